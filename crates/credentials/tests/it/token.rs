//! What people put where the token is asked for.

use credentials::{TokenMistake, TokenReading, Unusual, read_token};
use proptest::prelude::*;

const TOKEN: &str = "k3pt0k3pt0k3pt0k3pt0k3pt0k3pt0k";

fn token(text: &str) -> (String, Option<Unusual>) {
    match read_token(text.to_owned()) {
        TokenReading::Token { token, unusual } => (token.expose().to_owned(), unusual),
        TokenReading::Mistake(mistake) => panic!("{mistake:?}"),
    }
}

fn mistake(text: &str) -> TokenMistake {
    match read_token(text.to_owned()) {
        TokenReading::Mistake(mistake) => mistake,
        TokenReading::Token { .. } => panic!("{text:?} was taken for a token"),
    }
}

#[test]
fn a_token_is_taken_out_of_what_surrounds_it() {
    for text in [
        TOKEN.to_owned(),
        format!("  {TOKEN}\r\n"),
        format!("\"{TOKEN}\""),
        format!("'{TOKEN}'\n"),
        format!("<{TOKEN}>"),
        format!("`{TOKEN}`"),
        format!("\u{feff}{TOKEN}\u{a0}\u{200b}"),
    ] {
        assert_eq!(token(&text), (TOKEN.to_owned(), None));
    }
}

#[test]
fn an_unusual_length_is_remarked_on_and_not_refused() {
    for chars in [1, 30, 33, 40, 64, 4096] {
        let text = "z".repeat(chars);
        assert_eq!(token(&text), (text, Some(Unusual::Length { chars })));
    }
    assert_eq!(token(&"0a".repeat(16)).1, None);
}

#[test]
fn each_mistake_has_its_name() {
    let secret = "0a".repeat(32);
    let jwt = "eyJ0eXAiOiJKV1QifQ.eyJjaWQiOjF9.c2lnbmF0dXJl";
    for (text, expected) in [
        ("", TokenMistake::Empty),
        (" \"\" ", TokenMistake::Empty),
        (secret.as_str(), TokenMistake::ClientSecret),
        (secret.to_uppercase().as_str(), TokenMistake::ClientSecret),
        (jwt, TokenMistake::StorefrontToken),
        ("k3pt0k3pt0k3…", TokenMistake::CutOff),
        ("k3pt0...k3pt0", TokenMistake::CutOff),
        ("••••••••••••", TokenMistake::Masked),
        ("************", TokenMistake::Masked),
        (
            "https://api.bigcommerce.com/stores/abc123/v3/",
            TokenMistake::ApiPath,
        ),
        ("API.bigcommerce.com/stores/abc123", TokenMistake::ApiPath),
        ("store-abc123.mybigcommerce.com", TokenMistake::ApiPath),
        ("/stores/abc123", TokenMistake::ApiPath),
        ("k3pt0k3pt0 k3pt0k3pt0", TokenMistake::Whitespace),
        ("k3pt0k3pt0\nk3pt0k3pt0", TokenMistake::Whitespace),
        ("k3pt0k3pt0k3pt0é", TokenMistake::Characters),
        ("k3pt0\u{7}k3pt0", TokenMistake::Characters),
        ("z".repeat(4097).as_str(), TokenMistake::TooLong),
    ] {
        assert_eq!(mistake(text), expected, "{text:?}");
    }
}

proptest! {
    #[test]
    fn no_text_is_too_odd(text in any::<String>()) {
        let _ = read_token(text);
    }

    #[test]
    fn a_token_can_always_be_sent_in_a_header_and_never_prints(text in "[ \"a-zA-Z0-9._~+/=-]{0,80}") {
        let reading = read_token(text);
        if let TokenReading::Token { token, .. } = &reading {
            prop_assert!(!token.expose().is_empty());
            prop_assert!(token.expose().bytes().all(|b| b.is_ascii_graphic()));
            let printed = format!("{reading:?}");
            prop_assert!(printed.contains("[REDACTED]"));
        }
    }
}

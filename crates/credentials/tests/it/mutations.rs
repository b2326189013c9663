//! Credentials in every form are read as expected, and bent in every way that goes wrong.
//!
//! `PROPTEST_CASES` sets how many of each are tried.

use credentials::{
    Reading, StoreNamed, TextKind, TokenMistake, TokenReading, read_credentials, read_typed,
};
use proptest::prelude::*;

use crate::{
    account::Case,
    forms::{alone, any_form, file, json, look_alike, one_line, pop_up, request, settings},
};

fn is_as_expected(reading: &Reading, case: &Case) -> Result<(), TestCaseError> {
    let text = String::from_utf8_lossy(&case.bytes);
    match (&reading.token, &case.token) {
        (TokenReading::Token { token, .. }, Ok(expected)) => {
            prop_assert_eq!(token.expose(), expected, "{}", text);
        }
        (TokenReading::Mistake(found), Err(expected)) => {
            prop_assert_eq!(found, expected, "{}", text);
        }
        (found, expected) => prop_assert!(false, "{found:?}, not {expected:?}: {text}"),
    }
    prop_assert_eq!(&reading.store, &case.store, "{}", text);
    prop_assert_eq!(reading.kind, case.kind, "{}", text);
    Ok(())
}

/// The text of a file as somebody would type or paste it into a field.
fn as_typed(bytes: &[u8]) -> String {
    let units = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest
            .chunks_exact(2)
            .map(|pair| unit([pair[0], pair[1]]))
            .collect();
        String::from_utf16(&units).unwrap()
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => units(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => units(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).unwrap(),
        all => String::from_utf8(all.to_vec()).unwrap(),
    }
}

/// The same where a token is asked for: there a hash by itself is taken for one.
fn typed(case: Case) -> Case {
    match (&case.store, &case.token, case.kind) {
        (StoreNamed::One(hash), Err(TokenMistake::Missing), TextKind::Address) => Case {
            kind: TextKind::Token,
            token: Ok(hash.as_str().to_owned()),
            store: StoreNamed::None,
            ..case
        },
        _ => case,
    }
}

/// No piece of a secret is in what a reading prints.
fn prints_no_piece(reading: &Reading, secrets: &[String]) -> Result<(), TestCaseError> {
    const PIECE: usize = 12;
    // The rest of a token that was cut short may be as long as a hash is, and by itself is read as one.
    let printed = match reading.kind {
        TextKind::Address => format!("{:?} {:?}", reading.token, reading.client_name),
        _ => format!("{reading:?}"),
    };
    for secret in secrets {
        let signs: Vec<char> = secret.chars().collect();
        for piece in signs.windows(PIECE) {
            let piece: String = piece.iter().collect();
            // Words have no digits, and numbers no letters.
            let is_telling = piece.bytes().any(|b| b.is_ascii_digit())
                && piece.bytes().any(|b| b.is_ascii_alphabetic());
            prop_assert!(
                !is_telling || !printed.contains(&piece),
                "{}: {}",
                piece,
                printed
            );
        }
    }
    Ok(())
}

/// 1,000 of each, unless `PROPTEST_CASES` asks for another number.
pub(crate) fn cases() -> ProptestConfig {
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => ProptestConfig::default(),
        None => ProptestConfig::with_cases(1_000),
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_downloaded_file_in_every_dress(case in file()) {
        is_as_expected(&read_credentials(&case.bytes), &case)?;
    }

    #[test]
    fn the_downloaded_file_on_one_line(case in one_line()) {
        is_as_expected(&read_credentials(&case.bytes), &case)?;
    }

    #[test]
    fn the_pop_up_however_it_was_marked(case in pop_up()) {
        is_as_expected(&read_credentials(&case.bytes), &case)?;
    }

    #[test]
    fn settings_in_every_spelling(case in settings()) {
        is_as_expected(&read_credentials(&case.bytes), &case)?;
    }

    #[test]
    fn a_request_however_it_is_quoted(case in request()) {
        is_as_expected(&read_credentials(&case.bytes), &case)?;
    }

    #[test]
    fn json_in_any_order(case in json()) {
        is_as_expected(&read_credentials(&case.bytes), &case)?;
    }

    #[test]
    fn one_thing_by_itself(case in alone()) {
        is_as_expected(&read_credentials(&case.bytes), &case)?;
    }

    #[test]
    fn what_is_taken_for_an_access_token_by_its_looks(case in look_alike()) {
        is_as_expected(&read_credentials(&case.bytes), &case)?;
    }

    #[test]
    fn what_is_typed_into_the_field_is_read_as_if_it_came_in_a_file(case in any_form()) {
        let text = as_typed(&case.bytes);
        let reading = read_typed(text);
        prints_no_piece(&reading, &case.secrets)?;
        is_as_expected(&reading, &typed(case))?;
    }

    #[test]
    fn nothing_secret_is_in_what_a_reading_prints(case in any_form()) {
        let reading = read_credentials(&case.bytes);
        let printed = format!("{reading:?}");
        for secret in &case.secrets {
            prop_assert!(!printed.contains(secret.as_str()), "{}", printed);
        }
        prints_no_piece(&reading, &case.secrets)?;
    }

    #[test]
    fn a_text_cut_anywhere_gives_the_token_whole_or_with_a_word_about_it(
        case in any_form(), cut in 0.0..1.0_f64
    ) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a share of a short text")]
        let end = (case.bytes.len() as f64 * cut) as usize;
        let reading = read_credentials(&case.bytes[..end]);
        if let (TokenReading::Token { token, unusual: None }, Ok(expected)) = (&reading.token, &case.token) {
            prop_assert_eq!(token.expose(), expected);
        }
        prints_no_piece(&reading, &case.secrets)?;
    }

    #[test]
    fn with_bytes_changed_nothing_breaks_and_nothing_secret_is_printed(
        case in any_form(), changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12)
    ) {
        let mut bytes = case.bytes;
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        prints_no_piece(&read_credentials(&bytes), &case.secrets)?;
    }

    #[test]
    fn no_bytes_are_too_odd(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let _ = read_credentials(&bytes);
    }

    #[test]
    fn no_text_is_too_odd(text in any::<String>()) {
        let _ = read_credentials(text.as_bytes());
        let _ = read_typed(text);
    }

    #[test]
    fn no_mix_of_what_is_looked_for_is_too_odd(
        text in "(ACCESS TOKEN|CLIENT NAME|name|api path|X-Auth-Token|store_hash|export |:|=|:=|\"|'|`|\\{|,|\\||\\\\|\n|\r|\t| |#|//|stores/|https://|é|🛒|[a-z0-9]{1,40}){0,30}"
    ) {
        let _ = read_credentials(text.as_bytes());
        let _ = read_typed(text);
    }
}

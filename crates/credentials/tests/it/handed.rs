//! What a file, the clipboard or a field may hold, one example after another.

use commerce::{AccessToken, StoreHash};
use credentials::{
    HandedText, Reading, StoreNamed, TextKind, TokenMistake, TokenReading, Unusual, file_holds,
    read_credentials, read_file, read_typed,
};

const TOKEN: &str = "k3pt0k3pt0k3pt0k3pt0k3pt0k3pt0k";
const ID: &str = "c11ent1dc11ent1dc11ent1dc11ent1";
const SECRET: &str = "0a1b2c3d0a1b2c3d0a1b2c3d0a1b2c3d0a1b2c3d0a1b2c3d0a1b2c3d0a1b2c3d";
const JWT: &str = "eyJ0eXAiOiJKV1QifQ.eyJjaWQiOjF9.c2lnbmF0dXJl";

fn read(text: &str) -> Reading {
    read_credentials(text.as_bytes())
}

fn token(reading: &Reading) -> Result<&str, TokenMistake> {
    match &reading.token {
        TokenReading::Token { token, .. } => Ok(token.expose()),
        TokenReading::Mistake(mistake) => Err(*mistake),
    }
}

fn one(hash: &str) -> StoreNamed {
    StoreNamed::One(hash.parse::<StoreHash>().unwrap())
}

/// Token and hash are found, in a text of this kind.
fn whole(text: &str, kind: TextKind) -> Reading {
    let reading = read(text);
    assert_eq!(token(&reading), Ok(TOKEN), "{text}");
    assert_eq!(reading.store, one("abc123"), "{text}");
    assert_eq!(reading.kind, kind, "{text}");
    reading
}

fn mistake(text: &str, expected: TokenMistake) {
    assert_eq!(token(&read(text)), Err(expected), "{text}");
}

fn file() -> String {
    format!(
        "ACCESS TOKEN: {TOKEN}\nCLIENT NAME: Packing desk\nCLIENT ID: {ID}\nCLIENT SECRET: {SECRET}\n\
         NAME: Packing desk\nAPI PATH: https://api.bigcommerce.com/stores/abc123/v3/\n"
    )
}

#[test]
fn the_downloaded_file_is_read() {
    let reading = whole(&file(), TextKind::CredentialsFile);
    assert_eq!(reading.client_name.as_deref(), Some("Packing desk"));
    whole(&file().replace('\n', "\r\n"), TextKind::CredentialsFile);
    whole(&file().replace('\n', "\r"), TextKind::CredentialsFile);
    whole(&format!("\u{feff}{}", file()), TextKind::CredentialsFile);
    whole(&file().to_lowercase(), TextKind::CredentialsFile);
    let backwards: Vec<String> = file().lines().rev().map(str::to_owned).collect();
    whole(&backwards.join("\n"), TextKind::CredentialsFile);
}

#[test]
fn the_file_all_on_one_line_is_read() {
    let reading = whole(&file().replace('\n', " "), TextKind::CredentialsFile);
    assert_eq!(reading.client_name.as_deref(), Some("Packing desk"));
    whole(
        &format!("{}\n\n", file().trim().replace('\n', "  ")),
        TextKind::CredentialsFile,
    );
}

#[test]
fn an_older_file_without_a_name_is_read() {
    let text = format!(
        "CLIENT ID: {ID}\nCLIENT SECRET: {SECRET}\nACCESS TOKEN: {TOKEN}\n\
         API PATH: https://api.bigcommerce.com/stores/abc123/v2/\n"
    );
    assert_eq!(whole(&text, TextKind::CredentialsFile).client_name, None);
}

#[test]
fn a_file_of_another_encoding_is_read() {
    let le: Vec<u8> = std::iter::once(0xfeff_u16)
        .chain(file().encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let be: Vec<u8> = std::iter::once(0xfeff_u16)
        .chain(file().encode_utf16())
        .flat_map(u16::to_be_bytes)
        .collect();
    let mut latin = file().into_bytes();
    let at = file().find("Packing").unwrap();
    latin[at] = 0xe9;
    for bytes in [le, be, latin] {
        let reading = read_credentials(&bytes);
        assert_eq!(token(&reading), Ok(TOKEN));
        assert_eq!(reading.store, one("abc123"));
    }
}

#[test]
fn the_pop_up_s_text_is_read() {
    for text in [
        format!(
            "BigCommerce API credentials\nAPI path\nhttps://api.bigcommerce.com/stores/abc123/v3/\n\
             Client ID\n{ID}\nClient secret\n{SECRET}\nAccess token\n{TOKEN}\nDone\n"
        ),
        format!(
            "Access token\n\n  {TOKEN}\n\nAPI path\n\nhttps://api.bigcommerce.com/stores/abc123/v3/"
        ),
        format!(
            "Client ID\t{ID}\nAccess token\t{TOKEN}\nAPI path\thttps://api.bigcommerce.com/stores/abc123/v3/"
        ),
        format!(
            "Access token {TOKEN} Client ID {ID} API path https://api.bigcommerce.com/stores/abc123/v3/"
        ),
    ] {
        whole(&text, TextKind::PopUp);
    }
}

#[test]
fn settings_are_read() {
    for text in [
        format!("BIGCOMMERCE_STORE_HASH=abc123\nBIGCOMMERCE_ACCESS_TOKEN={TOKEN}\n"),
        format!(
            "export BIGCOMMERCE_ACCESS_TOKEN=\"{TOKEN}\"\nexport BIGCOMMERCE_STORE_HASH='abc123'\n"
        ),
        format!("BC_STORE_HASH = abc123 # our shop\nBC_API_TOKEN = {TOKEN} # do not share\n"),
        format!(
            "# old\n# BC_ACCESS_TOKEN=z0z0z0z0z0z0z0z0z0z0z0z0z0z0z0z\nBC_ACCESS_TOKEN={TOKEN}\nBC_STORE_HASH=ABC123"
        ),
        format!(
            "$env:BIGCOMMERCE_ACCESS_TOKEN = \"{TOKEN}\"\n$env:BIGCOMMERCE_STORE_HASH = \"abc123\""
        ),
        format!("set BC_STORE_HASH=abc123\r\nset BC_ACCESS_TOKEN={TOKEN}\r\n"),
        format!(
            "BIGCOMMERCE_STORE_API_URL=https://api.bigcommerce.com/stores/abc123\nBIGCOMMERCE_STORE_API_TOKEN={TOKEN}\nBIGCOMMERCE_STORE_API_CLIENT_ID={ID}\nBIGCOMMERCE_STORE_API_CLIENT_SECRET={SECRET}\nBIGCOMMERCE_STOREFRONT_API_TOKEN={JWT}\nSTRIPE_TOKEN=sk_live_0a0a0a0a0a0a0a0a"
        ),
        format!("access_token: {TOKEN}\nstore_hash: abc123\n"),
        format!("BIGCOMMERCE_STORE_HASH=abc123 BIGCOMMERCE_ACCESS_TOKEN={TOKEN} npm start"),
        format!("const accessToken = '{TOKEN}';\nconst storeHash = 'abc123';"),
    ] {
        whole(&text, TextKind::Settings);
    }
}

#[test]
fn a_request_is_read() {
    for text in [
        format!("curl -H 'X-Auth-Token: {TOKEN}' https://api.bigcommerce.com/stores/abc123/v2/time"),
        format!(
            "curl --request GET \\\n  --url https://api.bigcommerce.com/stores/abc123/v3/catalog/products \\\n  \
             --header 'accept: application/json' \\\n  --header 'x-auth-token: {TOKEN}'\n"
        ),
        format!("curl.exe \"https://api.bigcommerce.com/stores/abc123/v2/orders?limit=1\" -H \"X-Auth-Token: {TOKEN}\" -H \"Accept: application/json\""),
        format!("GET /stores/abc123/v2/time HTTP/1.1\nHost: api.bigcommerce.com\nX-Auth-Token: {TOKEN}\n")
            .replace("GET /stores", "GET https://api.bigcommerce.com/stores"),
        format!("fetch('https://api.bigcommerce.com/stores/abc123/v3/', {{ headers: {{ 'X-Auth-Token': '{TOKEN}' }} }})"),
    ] {
        whole(&text, TextKind::Request);
    }
}

#[test]
fn json_is_read() {
    for text in [
        format!("{{\"access_token\":\"{TOKEN}\",\"store_hash\":\"abc123\"}}"),
        format!("{{\n  \"storeHash\": \"abc123\",\n  \"accessToken\": \"{TOKEN}\"\n}}\n"),
        format!(
            "{{\"client_name\":\"a, b\",\"access_token\":\"{TOKEN}\",\"api_path\":\"https:\\/\\/api.bigcommerce.com\\/stores\\/abc123\\/v3\\/\"}}"
        ),
        format!(
            "{{\"access_token\": \"{TOKEN}\", \"scope\": \"store_v2_orders\", \"context\": \"stores/abc123\"}}"
        ),
        format!("{{ accessToken: '{TOKEN}', storeHash: 'abc123' }}"),
    ] {
        whole(&text, TextKind::Json);
    }
}

#[test]
fn one_thing_by_itself_is_read() {
    let alone = read(&format!("  {TOKEN}\n"));
    assert_eq!((token(&alone), alone.kind), (Ok(TOKEN), TextKind::Token));
    assert_eq!(alone.store, StoreNamed::None);

    let hash = read("abc123");
    assert_eq!((hash.kind, hash.store), (TextKind::Address, one("abc123")));
    mistake("abc123", TokenMistake::Missing);

    let path = read("https://api.bigcommerce.com/stores/abc123/v3/");
    assert_eq!((path.kind, path.store), (TextKind::Address, one("abc123")));
    mistake(
        "https://api.bigcommerce.com/stores/abc123/v3/",
        TokenMistake::ApiPath,
    );
    mistake("shop.example.com", TokenMistake::Missing);
}

#[test]
fn a_token_among_other_words_is_found_if_it_is_the_only_one() {
    let text = format!("Hi! It is {TOKEN} for https://store-abc123.mybigcommerce.com/manage, bye");
    let reading = read(&text);
    assert_eq!(token(&reading), Ok(TOKEN));
    assert_eq!(reading.store, one("abc123"));
    mistake(&format!("{TOKEN} {ID}"), TokenMistake::Several);
    mistake("please let me in, I am the owner", TokenMistake::Missing);
}

#[test]
fn two_tokens_are_not_chosen_between() {
    let other = TOKEN.replace('k', "z");
    mistake(
        &format!("{}\n{}", file(), file().replace(TOKEN, &other)),
        TokenMistake::Several,
    );
    // The same twice is one.
    whole(
        &format!("{}\n{}", file(), file()),
        TextKind::CredentialsFile,
    );
}

#[test]
fn two_stores_are_not_chosen_between() {
    let text = format!("{}STORE HASH: zzz999\n", file());
    let reading = read(&text);
    let both = ["abc123", "zzz999"].map(|hash| hash.parse().unwrap());
    assert_eq!(reading.store, StoreNamed::Several(both.to_vec()));
    assert_eq!(token(&reading), Ok(TOKEN));
}

#[test]
fn a_token_is_known_by_whose_its_name_says_it_is() {
    let other = TOKEN.replace('k', "z");
    for name in [
        "BIGCOMMERCE_ACCESS_TOKEN",
        "MY_BIGCOMMERCE_TOKEN",
        "BC_TOKEN",
        "NEXT_PUBLIC_BC_TOKEN",
        "bcAccessToken",
        "X-Auth-Token",
        "STORE_API_TOKEN",
        "ACCESS_TOKEN",
        "TOKEN",
        "NEW_TOKEN",
        "account_token",
        "SANDBOX_STORE_2_ACCESS_TOKEN",
        "credentials.accessToken",
    ] {
        let beside = format!(
            "SENTRY_AUTH_TOKEN={other}\n{name}={TOKEN}\nMAILCHIMP_TOKEN={other}\nVERCEL_TOKEN=v3rc3l\n"
        );
        assert_eq!(token(&read(&beside)), Ok(TOKEN), "{name}");
    }
    for name in [
        "SENTRY_AUTH_TOKEN",
        "BCRYPT_TOKEN",
        "TWILIO-AUTH-TOKEN",
        "vercelToken",
        "NORTHFOLD_ACCESS_TOKEN",
    ] {
        mistake(&format!("{name}={TOKEN}"), TokenMistake::UnknownService);
    }
}

#[test]
fn what_an_account_is_called_is_never_taken_for_anything_else() {
    for name in [
        "my access token",
        "access token: of the shop",
        "store hash: zzz999",
        "https://store-zzz999.mybigcommerce.com",
        "API PATH",
        "CLIENT ID",
        "BC_ACCESS_TOKEN=z0z0z0z0z0z0z0z0z0z0z0z0z0z0z0z",
    ] {
        whole(
            &file().replace("Packing desk", name),
            TextKind::CredentialsFile,
        );
    }
}

#[test]
fn nothing_that_may_be_a_secret_is_ever_a_name() {
    for name in [TOKEN, SECRET, JWT, "sk_live_0a0a0a0a0a0a0a0a"] {
        let reading = read(&file().replace("Packing desk", name));
        assert_eq!(reading.client_name, None, "{name}");
    }
    // Damaged, with what it is called, on one line with the name.
    let damaged = TOKEN.replacen("k3pt0k", "k3pt0-k", 3);
    for (text, name) in [
        (format!("NAME: Desk ACCESS TOKEM: {damaged}"), Some("Desk")),
        (format!("NAME: Desk ACCESS TOKEM:{damaged}"), Some("Desk")),
        (
            format!("NAME: Desk 2 ACCESS T~KEN : {TOKEN}"),
            Some("Desk 2"),
        ),
        (format!("NAME: DESK ACCESS TOKEM: {damaged}"), None),
        (format!("name: Desk access tokem: {damaged}"), None),
        (format!("NAME: Desk {}", &TOKEN[..12]), None),
        (
            format!("NAME: Desk {}", &TOKEN[..11]),
            Some("Desk k3pt0k3pt0k"),
        ),
        (
            "NAME: test: please delete".to_owned(),
            Some("test: please delete"),
        ),
        ("NAME: SALE: winter".to_owned(), Some("SALE: winter")),
    ] {
        assert_eq!(read(&text).client_name.as_deref(), name, "{text}");
    }
    let long = read(&file().replace("Packing desk", &"ab ".repeat(200)));
    assert_eq!(long.client_name.map(|name| name.chars().count()), Some(80));
}

#[test]
fn each_mistake_has_its_name() {
    use TokenMistake as M;
    let with = |value: &str| file().replace(TOKEN, value);
    let shop = format!("shpat_{}", "0a".repeat(16));
    let cases = [
        ("".to_owned(), M::Empty),
        (" \u{feff}\n".to_owned(), M::Empty),
        (SECRET.to_owned(), M::ClientSecret),
        (with(SECRET), M::ClientSecret),
        (with(ID), M::ClientId),
        (format!("CLIENT ID: {ID}\n"), M::ClientId),
        (format!("CLIENT SECRET: {SECRET}\n"), M::ClientSecret),
        (format!("CLIENT ID: {ID}\nCLIENT SECRET: {SECRET}\n"), M::Missing),
        ("BIGCOMMERCE_STORE_HASH=abc123".to_owned(), M::Missing),
        ("BIGCOMMERCE_ACCESS_TOKEN=\nBIGCOMMERCE_STORE_HASH=abc123".to_owned(), M::Missing),
        (JWT.to_owned(), M::StorefrontToken),
        (with(JWT), M::StorefrontToken),
        (format!("BIGCOMMERCE_STOREFRONT_TOKEN={JWT}"), M::StorefrontToken),
        (format!("Storefront API token: {JWT}"), M::StorefrontToken),
        (format!("stencil init --url https://store-abc123.mybigcommerce.com --token {TOKEN}"), M::StencilToken),
        (format!("Stencil-CLI token: {TOKEN}"), M::StencilToken),
        (format!("{{\"accessToken\":\"{TOKEN}\",\"normalStoreUrl\":\"https://store-abc123.mybigcommerce.com\",\"port\":3000}}"), M::StencilToken),
        (shop.clone(), M::Shopify),
        (with(&shop), M::Shopify),
        ("sk_live_0a0a0a0a0a0a0a0a0a0a".to_owned(), M::Stripe),
        (format!("ck_{}", "0a".repeat(20)), M::WooCommerce),
        ("sq0atp-0a0a0a0a0a0a0a0a0a0a0a".to_owned(), M::Square),
        ("ghp_0a0a0a0a0a0a0a0a0a0a0a0a0a0a".to_owned(), M::OtherService),
        (format!("BIGCOMMERCE_STORE_HASH=abc123\nSENTRY_AUTH_TOKEN={TOKEN}"), M::UnknownService),
        (format!("{{\"store_hash\":\"abc123\",\"mailchimpToken\":\"{TOKEN}\"}}"), M::UnknownService),
        (format!("BC_ACCESS_TOKEN=your_access_token\nVERCEL_TOKEN={TOKEN}"), M::Placeholder),
        (format!("BC_ACCESS_TOKEN={TOKEN}\nACCESS_TOKEN={}", TOKEN.replace('k', "z")), M::Several),
        (with("k3pt0k3pt0k3…"), M::CutOff),
        ("k3pt0k3pt0k3pt0k3pt0k3pt...".to_owned(), M::CutOff),
        (with("••••••••••••"), M::Masked),
        (with("xxxxxxxxxxxxxxxx"), M::Masked),
        (with("https://api.bigcommerce.com/stores/abc123/v3/"), M::ApiPath),
        (with("<your token>"), M::Placeholder),
        ("curl -H 'X-Auth-Token: {{ACCESS_TOKEN}}' https://api.bigcommerce.com/stores/abc123/v2/time".to_owned(), M::Placeholder),
        ("curl -H \"X-Auth-Token: $BC_TOKEN\" https://api.bigcommerce.com/stores/abc123/v2/time".to_owned(), M::Placeholder),
        ("BC_ACCESS_TOKEN=your_access_token".to_owned(), M::Placeholder),
        ("/home/ada/Downloads/BigCommerceAPI-credentials-1.txt".to_owned(), M::FilePath),
        ("\"C:\\Users\\Ada B\\Downloads\\credentials.txt\"".to_owned(), M::FilePath),
        ("file:///home/ada/credentials.txt".to_owned(), M::FilePath),
        ("~/Downloads/BigCommerceAPI-credentials-1.txt".to_owned(), M::FilePath),
        ("BigCommerceAPI-credentials-store-1.txt".to_owned(), M::FilePath),
        (with("two words"), M::Whitespace),
        (with("k3pt0k3pt0k3pt0é"), M::Characters),
        ("x".repeat(64 * 1024 + 1), M::TooLong),
    ];
    for (text, expected) in cases {
        mistake(&text, expected);
    }
    for bytes in [
        &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..],
        b"PK\x03\x04\x14\0",
        b"\x7fELF\x02",
    ] {
        assert_eq!(token(&read_credentials(bytes)), Err(M::Binary));
    }
}

#[test]
fn a_mistake_still_tells_which_store_and_what_kind_of_text() {
    let reading = read(&file().replace(TOKEN, SECRET));
    assert_eq!(reading.store, one("abc123"));
    assert_eq!(reading.kind, TextKind::CredentialsFile);
}

#[test]
fn an_unusual_length_is_remarked_on_wherever_the_token_was() {
    let reading = read(&file().replace(TOKEN, "0a0a0a0a0a"));
    assert!(matches!(
        reading.token,
        TokenReading::Token {
            unusual: Some(Unusual::Length { chars: 10 }),
            ..
        }
    ));
}

#[test]
fn in_the_token_s_own_field_one_word_is_a_token_however_short() {
    assert_eq!(token(&read_typed("abc123".to_owned())), Ok("abc123"));
    assert_eq!(token(&read_typed(format!(" {TOKEN} "))), Ok(TOKEN));
    assert_eq!(token(&read_typed(file())), Ok(TOKEN));
    assert_eq!(token(&read_typed(file().replace('\n', " "))), Ok(TOKEN));
    assert_eq!(
        token(&read_typed(
            "https://api.bigcommerce.com/stores/abc123/v3/".to_owned()
        )),
        Err(TokenMistake::ApiPath)
    );
    assert_eq!(token(&read_typed(String::new())), Err(TokenMistake::Empty));
    assert_eq!(
        token(&read_typed("x".repeat(70_000))),
        Err(TokenMistake::TooLong)
    );
}

#[test]
fn a_file_is_read_and_known_by_its_token_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("BigCommerceAPI-credentials-1.txt");
    std::fs::write(&path, file()).unwrap();
    assert_eq!(token(&read_file(&path).unwrap()), Ok(TOKEN));
    let (this, other) = (
        AccessToken::new(TOKEN.to_owned()),
        AccessToken::new(TOKEN.replace('k', "z")),
    );
    assert!(file_holds(&path, &this).unwrap());
    assert!(!file_holds(&path, &other).unwrap());

    std::fs::write(&path, "x".repeat(10_000_000)).unwrap();
    assert_eq!(
        token(&read_file(&path).unwrap()),
        Err(TokenMistake::TooLong)
    );
    assert!(read_file(folder.path()).is_err(), "a folder is no file");
    assert!(read_file(&folder.path().join("gone.txt")).is_err());
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&path).status();
    assert!(made.unwrap().success());
    assert!(read_file(&path).is_err());
}

#[test]
fn a_text_that_was_handed_over_never_prints_itself() {
    let text = HandedText::new(file());
    assert_eq!(format!("{text:?}"), "[REDACTED]");
    assert_eq!(token(&text.read()), Ok(TOKEN));
    assert!(text.holds(&AccessToken::new(TOKEN.to_owned())));
    assert!(!text.holds(&AccessToken::new(TOKEN.replace('k', "z"))));
    assert!(!HandedText::new(String::new()).holds(&AccessToken::new(String::new())));
}

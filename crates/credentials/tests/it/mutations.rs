//! Credentials as people have them, made by chance in every form with its expected reading, and
//! bent in every way that goes wrong.
//!
//! Written from what BigCommerce, shells and people make of credentials, not from the reader.
//! `PROPTEST_CASES` sets how many of each are tried.

use credentials::{
    Reading, StoreNamed, TextKind, TokenMistake, TokenReading, read_credentials, read_typed,
};
use proptest::{prelude::*, sample::select};

/// What is true of an account.
#[derive(Clone, Debug)]
struct Account {
    hash: String,
    token: String,
    id: String,
    secret: String,
    name: String,
}

fn account() -> impl Strategy<Value = Account> {
    // Words that people call accounts by; some of them on purpose near to what is looked for.
    let names = select(vec![
        "Stockroom",
        "Packing desk 2",
        "Ünïcode & Söhne",
        "my access token",
        "Client ID",
        "test: please delete",
        "a=b",
        "O'Brien's \"shop\"",
        "日本の店",
        "#1",
        "// old",
    ]);
    (
        "[a-z0-9]{6,10}",
        // At least one digit and one letter, as a hash of 31 signs always has.
        "[a-z][0-9][a-z0-9]{29}",
        "[a-z][0-9][a-z0-9]{28,29}",
        "[0-9a-f]{64}",
        names,
    )
        .prop_filter(
            "a secret without a letter or a token like the ID",
            |(_, token, id, secret, _)| token != id && secret.bytes().any(|b| b.is_ascii_digit()),
        )
        .prop_map(|(hash, token, id, secret, name)| Account {
            hash,
            token,
            id,
            secret,
            name: name.to_owned(),
        })
}

/// What stands in the token's place.
#[derive(Clone, Debug)]
enum InPlace {
    Token,
    /// Something else, and what it is.
    Wrong(String, TokenMistake),
    /// Its line is not there.
    Gone,
}

fn in_place() -> impl Strategy<Value = InPlace> {
    use TokenMistake as M;
    let wrong = |text: &'static str, mistake| {
        proptest::string::string_regex(text)
            .unwrap()
            .prop_map(move |text| InPlace::Wrong(text, mistake))
    };
    prop_oneof![
        8 => Just(InPlace::Token),
        1 => Just(InPlace::Gone),
        1 => wrong("[0-9a-f]{63}[0-9]", M::ClientSecret),
        1 => wrong("eyJ[A-Za-z0-9_-]{10,40}\\.[A-Za-z0-9_-]{10,90}\\.[A-Za-z0-9_-]{20,43}", M::StorefrontToken),
        1 => wrong("shp(at|ca|pa|ss)_[0-9a-f]{32}", M::Shopify),
        1 => wrong("(sk|rk|pk)_(live|test)_[A-Za-z0-9]{24}", M::Stripe),
        1 => wrong("(ck|cs)_[0-9a-f]{40}", M::WooCommerce),
        1 => wrong("sq0(atp|csp)-[A-Za-z0-9_-]{22,43}", M::Square),
        1 => wrong("(gh[po]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9]{22}|glpat-[A-Za-z0-9]{20}|xox[bp]-[0-9]{10,13}-[A-Za-z0-9]{24}|AIza[A-Za-z0-9_-]{35})", M::OtherService),
        1 => wrong("(/home|/Users|/tmp|~)/[a-z]{2,8}/[A-Za-z0-9-]{3,20}\\.(txt|env|json)", M::FilePath),
        1 => wrong("[a-z0-9]{8,20}(…|\\.\\.\\.)", M::CutOff),
        1 => wrong("[a-z0-9]{4,8}(…|\\.\\.\\.)[a-z0-9]{4,8}", M::CutOff),
        1 => wrong("(•{8,31}|\\*{8,31}|x{8,31})", M::Masked),
        1 => wrong("https://api\\.bigcommerce\\.com/stores/[a-z0-9]{6,10}/v[23]/?", M::ApiPath),
        1 => wrong("(YOUR_ACCESS_TOKEN|your-token-here|\\$BC_TOKEN|\\{\\{ACCESS_TOKEN\\}\\})", M::Placeholder),
    ]
}

/// A text and what has to be read out of it.
#[derive(Clone)]
struct Case {
    bytes: Vec<u8>,
    kind: TextKind,
    token: Result<String, TokenMistake>,
    store: StoreNamed,
    /// What must be nowhere in what the reading prints.
    secrets: Vec<String>,
}

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = String::from_utf8_lossy(&self.bytes);
        write!(
            f,
            "{text:?}: {:?}, {:?}, {:?}",
            self.kind, self.token, self.store
        )
    }
}

fn named(hash: &str) -> StoreNamed {
    StoreNamed::One(hash.parse().unwrap())
}

fn case(
    text: &str,
    dress: Dress,
    kind: TextKind,
    account: &Account,
    place: &InPlace,
    store: StoreNamed,
) -> Case {
    let (token, wrong) = match place {
        InPlace::Token => (Ok(account.token.clone()), None),
        InPlace::Wrong(text, mistake) => (Err(*mistake), Some(text.clone())),
        InPlace::Gone => (Err(TokenMistake::Missing), None),
    };
    // An address in the token's place names a store of its own.
    let store = match place {
        InPlace::Wrong(text, TokenMistake::ApiPath) if !text.is_empty() => {
            let other = text.split('/').nth(4).unwrap();
            if store == StoreNamed::None || store == named(other) {
                named(other)
            } else {
                let StoreNamed::One(first) = store else {
                    unreachable!("a case names one store")
                };
                let mut both = vec![first, other.parse().unwrap()];
                both.sort_by(|a: &commerce::StoreHash, b| a.as_str().cmp(b.as_str()));
                StoreNamed::Several(both)
            }
        }
        _ => store,
    };
    let mut secrets = vec![
        account.token.clone(),
        account.secret.clone(),
        account.id.clone(),
    ];
    secrets.extend(wrong.filter(|text| text.len() > 15 && !text.contains("bigcommerce")));
    Case {
        bytes: dress.put_on(text),
        kind,
        token,
        store,
        secrets,
    }
}

/// How a text is written down, which changes nothing about what it says.
#[derive(Clone, Copy, Debug)]
struct Dress {
    line_end: &'static str,
    encoding: Encoding,
    trailing: &'static str,
}

#[derive(Clone, Copy, Debug)]
enum Encoding {
    Utf8,
    Utf8WithMark,
    Utf16Le,
    Utf16Be,
}

fn dress() -> impl Strategy<Value = Dress> {
    let encoding = select(vec![
        Encoding::Utf8,
        Encoding::Utf8,
        Encoding::Utf8WithMark,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
    ]);
    (
        select(vec!["\n", "\r\n", "\r"]),
        encoding,
        select(vec!["", "\n", "\n\n", "  \n", "\u{1a}"]),
    )
        .prop_map(|(line_end, encoding, trailing)| Dress {
            line_end,
            encoding,
            trailing,
        })
}

impl Dress {
    fn put_on(self, text: &str) -> Vec<u8> {
        let text = format!("{text}{}", self.trailing).replace('\n', self.line_end);
        let marked = format!("\u{feff}{text}");
        match self.encoding {
            Encoding::Utf8 => text.into_bytes(),
            Encoding::Utf8WithMark => marked.into_bytes(),
            Encoding::Utf16Le => marked.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Encoding::Utf16Be => marked.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        }
    }
}

fn placed(account: &Account, place: &InPlace) -> Option<String> {
    match place {
        InPlace::Token => Some(account.token.clone()),
        InPlace::Wrong(text, _) => Some(text.clone()),
        InPlace::Gone => None,
    }
}

/// A permutation by its number.
fn shuffled<T: Clone>(items: &[T], mut seed: usize) -> Vec<T> {
    let mut rest = items.to_vec();
    let mut out = Vec::new();
    while !rest.is_empty() {
        let at = seed % rest.len();
        seed = seed / rest.len() + 7 * at;
        out.push(rest.remove(at));
    }
    out
}

#[derive(Clone, Copy, Debug)]
enum Case3 {
    Upper,
    Lower,
    Sentence,
}

fn written(label: &str, how: Case3) -> String {
    match how {
        Case3::Upper => label.to_uppercase(),
        Case3::Lower => label.to_lowercase(),
        Case3::Sentence => {
            let lower = label.to_lowercase();
            lower[..1].to_uppercase() + &lower[1..]
        }
    }
}

fn cases3() -> impl Strategy<Value = Case3> {
    select(vec![Case3::Upper, Case3::Lower, Case3::Sentence])
}

/// The downloaded file.
fn file() -> impl Strategy<Value = Case> {
    (
        account(),
        in_place(),
        dress(),
        any::<usize>(),
        cases3(),
        select(vec![":", ": ", " : ", ":\t"]),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(
            |(account, place, dress, seed, how, colon, older, blank_lines)| {
                let path = format!("https://api.bigcommerce.com/stores/{}/v3/", account.hash);
                let mut lines = vec![
                    ("client id", account.id.clone()),
                    ("client secret", account.secret.clone()),
                    ("api path", path),
                ];
                if let Some(token) = placed(&account, &place) {
                    lines.push(("access token", token));
                }
                if !older {
                    lines.push(("client name", account.name.clone()));
                    lines.push(("name", account.name.clone()));
                }
                let lines: Vec<String> = shuffled(&lines, seed)
                    .into_iter()
                    .map(|(label, value)| format!("{}{colon}{value}", written(label, how)))
                    .collect();
                let text = lines.join(if blank_lines { "\n\n" } else { "\n" });
                let store = named(&account.hash);
                case(
                    &text,
                    dress,
                    TextKind::CredentialsFile,
                    &account,
                    &place,
                    store,
                )
            },
        )
}

/// The downloaded file with all of it on one line. What an account is called is harmless here:
/// nothing says where it ends.
fn one_line() -> impl Strategy<Value = Case> {
    (
        account(),
        in_place(),
        dress(),
        any::<usize>(),
        select(vec![" ", "  ", "\t"]),
    )
        .prop_map(|(account, place, dress, seed, gap)| {
            let path = format!("https://api.bigcommerce.com/stores/{}/v3/", account.hash);
            let mut parts = vec![
                format!("CLIENT ID: {}", account.id),
                format!("CLIENT SECRET: {}", account.secret),
                format!("API PATH: {path}"),
                "CLIENT NAME: Packing desk".to_owned(),
                "NAME: Packing desk".to_owned(),
            ];
            if let Some(token) = placed(&account, &place) {
                parts.push(format!("ACCESS TOKEN: {token}"));
            }
            let text = shuffled(&parts, seed).join(gap);
            let store = named(&account.hash);
            case(
                &text,
                dress,
                TextKind::CredentialsFile,
                &account,
                &place,
                store,
            )
        })
}

/// The pop-up, marked with the mouse from somewhere to somewhere.
fn pop_up() -> impl Strategy<Value = Case> {
    (
        account(),
        in_place(),
        dress(),
        any::<usize>(),
        select(vec!["\n", "\n\n", "\n  ", "\t"]),
        select(vec![
            "",
            "BigCommerce API credentials\n",
            "Copy these now. They are shown once.\n\n",
        ]),
        select(vec![
            "",
            "\nDone",
            "\nBigCommerceAPI-credentials-1.txt\nDone",
        ]),
    )
        .prop_map(|(account, place, dress, seed, apart, head, foot)| {
            let path = format!("https://api.bigcommerce.com/stores/{}/v3/", account.hash);
            let mut parts = vec![
                ("API path", path),
                ("Client ID", account.id.clone()),
                ("Client secret", account.secret.clone()),
            ];
            if let Some(token) = placed(&account, &place) {
                parts.push(("Access token", token));
            }
            let parts: Vec<String> = shuffled(&parts, seed)
                .into_iter()
                .map(|(label, value)| format!("{label}{apart}{value}"))
                .collect();
            let text = format!("{head}{}{foot}", parts.join("\n"));
            let store = named(&account.hash);
            case(&text, dress, TextKind::PopUp, &account, &place, store)
        })
}

/// An `.env` file with other things in it.
fn settings() -> impl Strategy<Value = Case> {
    let keys = select(vec![
        ("BIGCOMMERCE_STORE_HASH", "BIGCOMMERCE_ACCESS_TOKEN"),
        ("BC_STORE_HASH", "BC_ACCESS_TOKEN"),
        ("BIGCOMMERCE_HASH", "BIGCOMMERCE_TOKEN"),
        ("STORE_HASH", "X_AUTH_TOKEN"),
        ("BIGCOMMERCE_STORE_HASH", "BIGCOMMERCE_AUTH_TOKEN"),
        ("store_hash", "access_token"),
        ("NEXT_BIGCOMMERCE_STORE_HASH", "NEXT_BIGCOMMERCE_API_TOKEN"),
        ("bigcommerce.storeHash", "bigcommerce.accessToken"),
    ]);
    let lead = select(vec!["", "export ", "  ", "set ", "$env:"]);
    // What stands beside, and whether a token by the name of another service is among it.
    let other = select(vec![
        ("", false),
        ("NODE_ENV=production\n", false),
        (
            "# BIGCOMMERCE_ACCESS_TOKEN=0ldt0ken0ldt0ken0ldt0ken0ldt0ke\n",
            false,
        ),
        (
            "STRIPE_TOKEN=sk_live_0a0a0a0a0a0a0a0a0a0a0a0a\nPORT=3000\n",
            false,
        ),
        (
            "BIGCOMMERCE_CHANNEL_ID=1\nSHOPIFY_ACCESS_TOKEN=shpat_0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a\n",
            false,
        ),
        (
            "SENTRY_AUTH_TOKEN=s3ntrys3ntrys3ntrys3ntrys3ntrys\nVERCEL_TOKEN=v3rc3lv3rc3lv3rc3lv3rc3l\n",
            true,
        ),
        (
            "export MAILCHIMP_TOKEN=\"ma1lch1mpma1lch1mpma1lch1mpma1l\"\nTWILIO_AUTH_TOKEN=0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a\n",
            true,
        ),
        (
            "klaviyoToken = k1av1y0k1av1y0k1av1y0k1av1y0 # mails\nCI=1\n",
            true,
        ),
    ]);
    let quote = select(vec!["", "\"", "'"]);
    let comment = select(vec!["", " # the shop", "\t# don't commit", ";"]);
    let equals = select(vec!["=", " = "]);
    (
        account(),
        in_place(),
        dress(),
        keys,
        lead,
        other,
        quote,
        comment,
        equals,
        any::<bool>(),
    )
        .prop_map(
            |(
                account,
                place,
                dress,
                (hash, token),
                lead,
                (other, has_other_token),
                quote,
                comment,
                equals,
                hash_first,
            )| {
                let hash = format!(
                    "{lead}{hash}{equals}{quote}{}{quote}{comment}",
                    account.hash
                );
                let token = match placed(&account, &place) {
                    Some(value) => format!("{lead}{token}{equals}{quote}{value}{quote}{comment}"),
                    None => format!("{lead}{token}{equals}"),
                };
                let text = if hash_first {
                    format!("{other}{hash}\n{token}")
                } else {
                    format!("{token}\n{hash}\n{other}")
                };
                let store = named(&account.hash);
                // With none of our own there the other one is not taken for it.
                let place = match place {
                    InPlace::Gone if has_other_token => {
                        InPlace::Wrong(String::new(), TokenMistake::UnknownService)
                    }
                    place => place,
                };
                case(&text, dress, TextKind::Settings, &account, &place, store)
            },
        )
}

/// A curl command from a page, a terminal or a program's log.
fn request() -> impl Strategy<Value = Case> {
    (
        account(),
        in_place(),
        dress(),
        any::<usize>(),
        select(vec!["-H", "--header"]),
        select(vec!["'", "\""]),
        select(vec!["X-Auth-Token", "x-auth-token", "X-AUTH-TOKEN"]),
        select(vec![" ", " \\\n  ", " \\\n"]),
        select(vec![
            "v2/time",
            "v3/catalog/products?limit=1",
            "v2/orders/118",
            "v3/",
        ]),
        select(vec!["", "$ ", "> "]),
    )
        .prop_map(
            |(account, place, dress, seed, flag, quote, name, join, path, prompt)| {
                let mut parts = vec![
                    format!("{flag} {quote}Accept: application/json{quote}"),
                    format!("https://api.bigcommerce.com/stores/{}/{path}", account.hash),
                    "-X GET".to_owned(),
                ];
                if let Some(token) = placed(&account, &place) {
                    parts.push(format!("{flag} {quote}{name}: {token}{quote}"));
                }
                let text = format!("{prompt}curl{join}{}", shuffled(&parts, seed).join(join));
                let store = named(&account.hash);
                case(&text, dress, TextKind::Request, &account, &place, store)
            },
        )
}

/// JSON of a program's settings, or the answer to an app's authorisation.
fn json() -> impl Strategy<Value = Case> {
    let keys = select(vec![
        ("store_hash", "access_token"),
        ("storeHash", "accessToken"),
        ("bigcommerceStoreHash", "bigcommerceAccessToken"),
        ("hash", "token"),
    ]);
    (
        account(),
        in_place(),
        dress(),
        keys,
        any::<usize>(),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(
            |(account, place, dress, (hash, token), seed, pretty, as_path)| {
                let quoted = |text: &str| serde_json::Value::from(text).to_string();
                let mut parts = vec![
                    format!("\"client_id\":{}", quoted(&account.id)),
                    "\"port\":3000".to_owned(),
                    format!("\"name\":{}", quoted(&account.name.replace('"', ""))),
                ];
                parts.push(if as_path {
                    format!(
                        "\"api_path\":\"https:\\/\\/api.bigcommerce.com\\/stores\\/{}\\/v3\\/\"",
                        account.hash
                    )
                } else {
                    format!("\"{hash}\":\"{}\"", account.hash)
                });
                parts.push("\"client_secret\":\"\"".to_owned());
                if let Some(value) = placed(&account, &place) {
                    parts.push(format!("\"{token}\":{}", quoted(&value)));
                }
                let parts = shuffled(&parts, seed);
                let text = if pretty {
                    format!("{{\n  {}\n}}", parts.join(",\n  ").replace("\":", "\": "))
                } else {
                    format!("{{{}}}", parts.join(","))
                };
                let place = match place {
                    InPlace::Gone => InPlace::Wrong(String::new(), TokenMistake::ClientId),
                    other => other,
                };
                let store = named(&account.hash);
                case(&text, dress, TextKind::Json, &account, &place, store)
            },
        )
}

/// One thing by itself.
fn alone() -> impl Strategy<Value = Case> {
    let around = select(vec![
        ("", ""),
        (" ", "\n"),
        ("\"", "\""),
        ("<", ">"),
        ("`", "`"),
        ("\u{200b}", "\u{a0}"),
    ]);
    (
        account(),
        in_place(),
        dress(),
        around,
        select(vec![0_usize, 1, 2, 3, 4]),
    )
        .prop_map(|(account, place, dress, (before, after), which)| {
            let hash = &account.hash;
            let (core, kind, place, store) = match which {
                0 => (hash.clone(), TextKind::Address, InPlace::Gone, named(hash)),
                1 => (
                    format!("https://api.bigcommerce.com/stores/{hash}/v3/"),
                    TextKind::Address,
                    InPlace::Wrong(String::new(), TokenMistake::ApiPath),
                    named(hash),
                ),
                2 => (
                    format!("https://store-{hash}-2.mybigcommerce.com/"),
                    TextKind::Address,
                    InPlace::Wrong(String::new(), TokenMistake::ApiPath),
                    named(hash),
                ),
                _ => match (&place, placed(&account, &place)) {
                    (InPlace::Wrong(_, TokenMistake::ApiPath), Some(core)) => {
                        (core, TextKind::Address, place, StoreNamed::None)
                    }
                    (InPlace::Wrong(..), Some(core)) => {
                        (core, TextKind::Unclear, place, StoreNamed::None)
                    }
                    _ => (
                        account.token.clone(),
                        TextKind::Token,
                        InPlace::Token,
                        StoreNamed::None,
                    ),
                },
            };
            let mut case = case(
                &format!("{before}{core}{after}"),
                dress,
                kind,
                &account,
                &place,
                store.clone(),
            );
            if store != StoreNamed::None {
                case.store = store;
            }
            case
        })
}

/// What belongs to an account, or to one of another kind, and is no access token of the API: by what
/// stands around it, as it has no shape of its own.
fn look_alike() -> impl Strategy<Value = Case> {
    (account(), dress(), 0..9_usize, cases3(), any::<bool>()).prop_map(
        |(account, dress, which, how, with_path)| {
            let Account {
                hash,
                token,
                id,
                secret,
                ..
            } = &account;
            let line = |label: &str, value: &str| format!("{}: {value}", written(label, how));
            let shop = format!("https://store-{hash}.mybigcommerce.com");
            let mut is_named = true;
            let (mut text, kind, mistake) = match which {
                0 => (
                    format!("stencil init --url {shop} --token {token}"),
                    TextKind::PopUp,
                    TokenMistake::StencilToken,
                ),
                1 => (
                    format!(r#"{{"normalStoreUrl":"{shop}","accessToken":"{token}","port":3000}}"#),
                    TextKind::Json,
                    TokenMistake::StencilToken,
                ),
                2 => (
                    format!(r#"{{"port":"3000","accessToken":"{token}","customLayouts":{{}},"normalStoreUrl":"{shop}"}}"#),
                    TextKind::Json,
                    TokenMistake::StencilToken,
                ),
                3 => {
                    is_named = false;
                    (
                        line("stencil-cli token", token),
                        TextKind::Settings,
                        TokenMistake::StencilToken,
                    )
                }
                4 => {
                    is_named = false;
                    (
                        line("client id", id),
                        TextKind::CredentialsFile,
                        TokenMistake::ClientId,
                    )
                }
                5 => {
                    is_named = false;
                    (
                        [line("client id", id), line("access token", id)].join("\n"),
                        TextKind::CredentialsFile,
                        TokenMistake::ClientId,
                    )
                }
                6 => {
                    is_named = false;
                    (
                        line("client secret", secret),
                        TextKind::CredentialsFile,
                        TokenMistake::ClientSecret,
                    )
                }
                7 => (
                    format!("BIGCOMMERCE_STORE_HASH={hash}\nSENTRY_AUTH_TOKEN={token}"),
                    TextKind::Settings,
                    TokenMistake::UnknownService,
                ),
                _ => {
                    is_named = false;
                    (
                        [line("access token", secret), line("client id", id)].join("\n"),
                        TextKind::CredentialsFile,
                        TokenMistake::ClientSecret,
                    )
                }
            };
            if with_path && which >= 4 && which != 7 {
                let path = format!("https://api.bigcommerce.com/stores/{hash}/v3/");
                text = format!("{text}\n{}", line("api path", &path));
                is_named = true;
            }
            let store = if is_named {
                named(hash)
            } else {
                StoreNamed::None
            };
            let place = InPlace::Wrong(String::new(), mistake);
            case(&text, dress, kind, &account, &place, store)
        },
    )
}

fn any_form() -> impl Strategy<Value = Case> {
    prop_oneof![
        file(),
        one_line(),
        pop_up(),
        settings(),
        request(),
        json(),
        alone(),
        look_alike()
    ]
}

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

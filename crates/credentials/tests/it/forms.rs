//! Credentials as people have them, made by chance in every form with its expected reading.
//!
//! Written from what BigCommerce, shells and people make of credentials, not from the reader.

use credentials::{StoreNamed, TextKind, TokenMistake};
use proptest::{prelude::*, sample::select};

use crate::account::{
    Account, Case, InPlace, account, case, cases3, dress, in_place, named, placed, shuffled,
    written,
};

/// The downloaded file.
pub(crate) fn file() -> impl Strategy<Value = Case> {
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
pub(crate) fn one_line() -> impl Strategy<Value = Case> {
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
pub(crate) fn pop_up() -> impl Strategy<Value = Case> {
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
pub(crate) fn settings() -> impl Strategy<Value = Case> {
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
pub(crate) fn request() -> impl Strategy<Value = Case> {
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
pub(crate) fn json() -> impl Strategy<Value = Case> {
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
pub(crate) fn alone() -> impl Strategy<Value = Case> {
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
pub(crate) fn look_alike() -> impl Strategy<Value = Case> {
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

pub(crate) fn any_form() -> impl Strategy<Value = Case> {
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

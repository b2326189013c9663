//! Tokens of the storefront's GraphQL API: which kind one is, and how long it lasts.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use commerce::AccessToken;
use secrecy::zeroize::Zeroizing;
use serde_json::Value;

use super::{token, unwrapped};
use crate::TokenMistake;

/// The three kinds of tokens that the storefront's GraphQL API takes.
///
/// Source: BigCommerce REST reference, "GraphQL Storefront API tokens".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorefrontKind {
    /// A storefront token: for pages in a browser, on the sites that it names.
    Browser,
    /// A private token: for programs, with scopes.
    Private,
    /// A customer impersonation token: for programs, in the name of one customer at a time.
    Impersonation,
    /// The token doesn't say.
    Unsaid,
}

/// What a storefront token says of itself. Nothing of it is proof: only the storefront knows
/// whether the token is good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorefrontReading {
    /// Its last four characters, as [`AccessToken::last_4`] has them.
    pub last_4: String,
    /// Which kind it is.
    pub kind: StorefrontKind,
    /// When it was made, in seconds since 1970.
    pub made_at: Option<i64>,
    /// When it ends, in seconds since 1970.
    pub expires_at: Option<i64>,
    /// Sites on whose pages a browser may use it, as their addresses.
    pub sites: Vec<String>,
}

/// Reads a storefront token that was typed or pasted by itself. The text is wiped from memory
/// afterwards.
///
/// The members are those that tokens are seen to have: `cid`, `cors`, `eat`, `iat`, `iss`, `sid`, `sub`,
/// `sub_type` and `token_type`, which was 1 for pages in a browser, also with an empty `cors`, and 2 for
/// customer impersonation. `sub_type` is not the kind. No reference lists them, so each may be missing.
///
/// # Errors
/// What it is instead. A token that opens the store's API is [`TokenMistake::Missing`]: it was
/// understood, and is none for the storefront.
pub fn read_storefront(text: String) -> Result<StorefrontReading, TokenMistake> {
    let text = Zeroizing::new(text);
    let core = unwrapped(&text);
    match token::mistake(core) {
        Some(TokenMistake::StorefrontToken) => {}
        Some(mistake) => return Err(mistake),
        None => return Err(TokenMistake::Missing),
    }
    let claims = core.split('.').nth(1).unwrap_or_default();
    let claims = BASE64_URL_SAFE_NO_PAD.decode(claims.trim_end_matches('='));
    let claims: Value = claims
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .ok_or(TokenMistake::CutOff)?;
    let time = |names: &[&str]| names.iter().find_map(|name| claims[*name].as_i64());
    let texts = |name: &str| -> Vec<String> {
        let items = claims[name].as_array().into_iter().flatten();
        items
            .filter_map(|item| Some(item.as_str()?.to_owned()))
            .collect()
    };
    let sites: Vec<String> = [
        "cors",
        "corsOrigins",
        "cors_origins",
        "allowed_cors_origins",
    ]
    .into_iter()
    .flat_map(texts)
    .collect();
    let kind = match claims["token_type"].as_i64() {
        Some(1) => StorefrontKind::Browser,
        Some(2) => StorefrontKind::Impersonation,
        _ if !sites.is_empty() => StorefrontKind::Browser,
        _ if !texts("scopes").is_empty() => StorefrontKind::Private,
        _ => StorefrontKind::Unsaid,
    };
    Ok(StorefrontReading {
        last_4: AccessToken::new(core.to_owned()).last_4(),
        kind,
        made_at: time(&["iat"]),
        expires_at: time(&["exp", "eat"]),
        sites,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn jwt(claims: &Value) -> String {
        let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        let head = json!({ "typ": "JWT", "alg": "ES256" });
        // The head of a token begins with `{"`.
        format!("{}.{}.c2lnbmF0dXJl", part(&head), part(claims))
    }

    /// A token as they are seen, for invented people. The claims that tell the kinds apart come with it.
    fn seen(token_type: u64, cors: &[&str]) -> String {
        jwt(&json!({
            "cid": 1, "cors": cors, "eat": 1_900_000_000, "iat": 1_790_000_000, "iss": "BC",
            "sid": 1_001_234_567, "sub": "a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a", "sub_type": 2,
            "token_type": token_type,
        }))
    }

    #[test]
    fn a_token_says_which_kind_it_is_and_how_long_it_lasts() {
        let browser = seen(1, &["https://shop.example.com"]);
        let read = read_storefront(format!(" \"{browser}\"\n")).unwrap();
        assert_eq!(read.kind, StorefrontKind::Browser);
        assert_eq!(read.sites, ["https://shop.example.com"]);
        assert_eq!(
            (read.made_at, read.expires_at),
            (Some(1_790_000_000), Some(1_900_000_000))
        );
        // Without the quotes that it came in.
        assert_eq!(read.last_4, browser[browser.len() - 4..]);

        for (token_type, kind) in [
            (1, StorefrontKind::Browser),
            (2, StorefrontKind::Impersonation),
            (3, StorefrontKind::Unsaid),
        ] {
            let read = read_storefront(seen(token_type, &[])).unwrap();
            assert_eq!((read.kind, read.sites.len()), (kind, 0), "{token_type}");
        }

        let private = jwt(&json!({ "scopes": ["Unauthenticated"], "exp": 1_900_000_000 }));
        let read = read_storefront(private).unwrap();
        assert_eq!(read.kind, StorefrontKind::Private);
        assert_eq!((read.made_at, read.expires_at), (None, Some(1_900_000_000)));

        for claims in [
            json!({}),
            json!([]),
            json!({ "cors": "none", "iat": "now", "token_type": "1" }),
        ] {
            let read = read_storefront(jwt(&claims)).unwrap();
            assert_eq!(read.kind, StorefrontKind::Unsaid, "{claims}");
            assert_eq!((read.made_at, read.expires_at), (None, None));
        }
    }

    #[test]
    fn what_is_no_storefront_token_is_named() {
        for (text, mistake) in [
            ("", TokenMistake::Empty),
            ("t0t0t0t0t0t0t0t0t0t0t0t0t0t0t0t", TokenMistake::Missing),
            ("eyJ0eXAi.eyJjaWQiOjEsImNv.c2ln", TokenMistake::CutOff),
            ("eyJ0eXAi.!!!.c2ln", TokenMistake::CutOff),
            ("shpat_0a0a0a0a0a0a0a0a", TokenMistake::Shopify),
        ] {
            assert_eq!(read_storefront(text.to_owned()), Err(mistake), "{text}");
        }
    }
}

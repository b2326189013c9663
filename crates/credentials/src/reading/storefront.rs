//! Tokens of the storefront's GraphQL API: which kind one is, and how long it lasts.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
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
    /// The token doesn't say. Customer impersonation tokens are among these.
    Unsaid,
}

/// What a storefront token says of itself. Nothing of it is proof: only the storefront knows
/// whether the token is good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorefrontReading {
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
/// The members are those that tokens are seen to have (RFC 7519 names `iat` and `exp`; BigCommerce
/// also writes `eat`); no reference lists them, so each may be missing.
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
    let sites: Vec<String> = ["corsOrigins", "cors_origins", "allowed_cors_origins"]
        .into_iter()
        .flat_map(texts)
        .collect();
    let kind = if !sites.is_empty() {
        StorefrontKind::Browser
    } else if texts("scopes").is_empty() {
        StorefrontKind::Unsaid
    } else {
        StorefrontKind::Private
    };
    Ok(StorefrontReading {
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

    #[test]
    fn a_token_says_which_kind_it_is_and_how_long_it_lasts() {
        let browser = jwt(&json!({
            "cid": 1, "corsOrigins": ["https://shop.example.com"], "eat": 1_900_000_000, "iat": 1_790_000_000,
        }));
        let read = read_storefront(format!(" \"{browser}\"\n")).unwrap();
        assert_eq!(read.kind, StorefrontKind::Browser);
        assert_eq!(read.sites, ["https://shop.example.com"]);
        assert_eq!(
            (read.made_at, read.expires_at),
            (Some(1_790_000_000), Some(1_900_000_000))
        );

        let private = jwt(&json!({ "scopes": ["Unauthenticated"], "exp": 1_900_000_000 }));
        let read = read_storefront(private).unwrap();
        assert_eq!(read.kind, StorefrontKind::Private);
        assert_eq!((read.made_at, read.expires_at), (None, Some(1_900_000_000)));

        for claims in [
            json!({}),
            json!([]),
            json!({ "corsOrigins": "none", "iat": "now" }),
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

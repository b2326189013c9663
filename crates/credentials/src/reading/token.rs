use commerce::AccessToken;
use secrecy::zeroize::Zeroizing;

use super::{is_blank, unwrapped};

/// Lengths that tokens are known to have: 31 in every real one seen, 32 in older documentation.
const USUAL_CHARS: std::ops::RangeInclusive<usize> = 31..=32;
/// No HTTP header would take more.
const MOST_CHARS: usize = 4096;

/// What a text is, where an access token is expected.
#[derive(Clone, Debug)]
pub enum TokenReading {
    /// It can be one. Only the store knows whether it is.
    Token {
        /// The token.
        token: AccessToken,
        /// What is unusual about it, which is worth a word but no refusal.
        unusual: Option<Unusual>,
    },
    /// It can't be one, and this is what it looks like instead.
    Mistake(TokenMistake),
}

/// Something that tokens usually don't have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusual {
    /// Another length than all tokens seen so far.
    Length {
        /// Its characters.
        chars: usize,
    },
}

/// What was handed over in place of an access token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenMistake {
    /// Nothing.
    Empty,
    /// The client secret: 64 hexadecimal digits.
    ClientSecret,
    /// A storefront token (JWT), which the API does not take.
    StorefrontToken,
    /// A token that some window or page cut short with "…".
    CutOff,
    /// Dots or stars in the token's place.
    Masked,
    /// An address, most likely the API path.
    ApiPath,
    /// Several words or lines.
    Whitespace,
    /// Characters that no token holds.
    Characters,
    /// Far too much text.
    TooLong,
}

/// Reads a token that was typed or pasted by itself.
///
/// Blanks, quotes and brackets around it are taken off. Its shape is nowhere documented, so an
/// unusual length is only remarked on. The text is wiped from memory afterwards; nothing of it is
/// in a mistake.
#[must_use]
pub fn read_token(text: String) -> TokenReading {
    let text = Zeroizing::new(text);
    let core = unwrapped(&text);
    if let Some(mistake) = mistake(core) {
        return TokenReading::Mistake(mistake);
    }
    let chars = core.len();
    TokenReading::Token {
        token: AccessToken::new(core.to_owned()),
        unusual: (!USUAL_CHARS.contains(&chars)).then_some(Unusual::Length { chars }),
    }
}

fn mistake(core: &str) -> Option<TokenMistake> {
    if core.is_empty() {
        return Some(TokenMistake::Empty);
    }
    if core.len() > MOST_CHARS {
        return Some(TokenMistake::TooLong);
    }
    if core
        .chars()
        .all(|c| matches!(c, '•' | '●' | '∙' | '·' | '*' | '.'))
    {
        return Some(TokenMistake::Masked);
    }
    if is_address(core) {
        return Some(TokenMistake::ApiPath);
    }
    if core.chars().any(is_blank) {
        return Some(TokenMistake::Whitespace);
    }
    if core.contains('…') || core.contains("...") {
        return Some(TokenMistake::CutOff);
    }
    if is_jwt(core) {
        return Some(TokenMistake::StorefrontToken);
    }
    if core.len() == 64 && core.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Some(TokenMistake::ClientSecret);
    }
    if !core.bytes().all(|b| b.is_ascii_graphic()) {
        return Some(TokenMistake::Characters);
    }
    None
}

fn is_address(core: &str) -> bool {
    let lower = Zeroizing::new(core.to_ascii_lowercase());
    !lower.contains(is_blank)
        && (lower.contains("://")
            || lower.contains("bigcommerce.com")
            || lower.starts_with("/stores/")
            || lower.starts_with("stores/"))
}

/// Three parts, the first of which is a JSON object in base64 (`{"` is `eyJ`).
fn is_jwt(core: &str) -> bool {
    core.starts_with("eyJ") && core.split('.').count() == 3
}

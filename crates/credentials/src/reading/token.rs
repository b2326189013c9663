use commerce::AccessToken;
use secrecy::zeroize::Zeroizing;

use super::{is_blank, labels, unwrapped};

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
    /// The client ID.
    ClientId,
    /// A token of a Stencil CLI account, which opens themes and nothing else.
    StencilToken,
    /// A storefront token (JWT), which the API does not take.
    StorefrontToken,
    /// A token of Shopify.
    Shopify,
    /// A key of Stripe.
    Stripe,
    /// A key of WooCommerce.
    WooCommerce,
    /// A token of Square.
    Square,
    /// A token or key of some other service.
    OtherService,
    /// A token that could be one by its looks, and goes by a name that isn't known.
    UnknownService,
    /// A token that some window or page cut short with "…".
    CutOff,
    /// Dots or stars in the token's place.
    Masked,
    /// A name that a program or a page puts where the token goes.
    Placeholder,
    /// An address, most likely the API path.
    ApiPath,
    /// The path of a file in place of what is in it.
    FilePath,
    /// Several words or lines.
    Whitespace,
    /// Characters that no token holds.
    Characters,
    /// Far too much text.
    TooLong,
    /// No text at all: a picture, a program, a packed file.
    Binary,
    /// Two or more tokens, and nothing says which.
    Several,
    /// The text was understood, and no token is in it.
    Missing,
}

/// Reads a token that was typed or pasted by itself.
///
/// Blanks, quotes and brackets around it are taken off. Its shape is nowhere documented, so an
/// unusual length is only remarked on. The text is wiped from memory afterwards; nothing of it is
/// in a mistake.
#[must_use]
pub fn read_token(text: String) -> TokenReading {
    let text = Zeroizing::new(text);
    judged(unwrapped(&text))
}

/// A text by itself, where a token is expected.
pub(super) fn judged(core: &str) -> TokenReading {
    if let Some(mistake) = mistake(core) {
        return TokenReading::Mistake(mistake);
    }
    let chars = core.len();
    TokenReading::Token {
        token: AccessToken::new(core.to_owned()),
        unusual: (!USUAL_CHARS.contains(&chars)).then_some(Unusual::Length { chars }),
    }
}

pub(super) fn mistake(core: &str) -> Option<TokenMistake> {
    if core.is_empty() {
        return Some(TokenMistake::Empty);
    }
    // A path may be long; what it names is short.
    if is_file_path(core) {
        return Some(TokenMistake::FilePath);
    }
    if core.len() > MOST_CHARS {
        return Some(TokenMistake::TooLong);
    }
    if is_masked(core) {
        return Some(TokenMistake::Masked);
    }
    if is_address(core) {
        return Some(TokenMistake::ApiPath);
    }
    if is_placeholder(core) {
        return Some(TokenMistake::Placeholder);
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
    if let Some(service) = other_service(core) {
        return Some(service);
    }
    if core.len() == 64 && core.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Some(TokenMistake::ClientSecret);
    }
    if !core.bytes().all(|b| b.is_ascii_graphic()) {
        return Some(TokenMistake::Characters);
    }
    None
}

/// Dots, stars or a row of `x`.
fn is_masked(core: &str) -> bool {
    core.chars()
        .all(|c| matches!(c, '•' | '●' | '∙' | '·' | '*' | '.' | '…'))
        || (core.len() > 3 && core.bytes().all(|b| b.eq_ignore_ascii_case(&b'x')))
}

fn is_address(core: &str) -> bool {
    let lower = Zeroizing::new(core.to_ascii_lowercase());
    !lower.contains(is_blank)
        && (lower.contains("://")
            || lower.contains("bigcommerce.com")
            || lower.starts_with("/stores/")
            || lower.starts_with("stores/"))
}

/// `/home/…`, `~/…`, `C:\…`, `\\server\…`, `file:…`, or a bare name that a file has.
fn is_file_path(core: &str) -> bool {
    /// What people keep such things in.
    const ENDINGS: [&str; 8] = [
        ".txt", ".env", ".json", ".csv", ".md", ".rtf", ".pdf", ".docx",
    ];
    if core.contains(['\n', '\r']) || core.len() > 4 * 1024 {
        return false;
    }
    let lower = Zeroizing::new(core.to_ascii_lowercase());
    if lower.starts_with("http:")
        || lower.starts_with("https:")
        || lower.contains("bigcommerce.com")
    {
        return false;
    }
    let drive = lower.as_bytes();
    let on_drive = drive.len() > 3
        && drive[0].is_ascii_alphabetic()
        && drive[1] == b':'
        && matches!(drive[2], b'\\' | b'/');
    let rooted = [
        "/home/",
        "/users/",
        "/tmp/",
        "/mnt/",
        "/media/",
        "/var/",
        "/volumes/",
        "~/",
    ];
    on_drive
        || lower.starts_with("file:")
        || lower.starts_with("\\\\")
        || lower.starts_with("bigcommerceapi-credentials")
        || rooted.iter().any(|root| lower.starts_with(root))
        || (ENDINGS.iter().any(|end| lower.ends_with(end)) && !core.contains(['=', '"']))
}

/// `$TOKEN`, `{{access_token}}`, `%TOKEN%`, `process.env.TOKEN`, `your-access-token`.
fn is_placeholder(core: &str) -> bool {
    if core.len() > 80 {
        return false;
    }
    let lower = Zeroizing::new(core.to_ascii_lowercase());
    let marked = core.starts_with('$')
        || (core.len() > 2 && core.starts_with('%') && core.ends_with('%'))
        || lower.starts_with("process.env")
        || lower.starts_with("env.")
        || lower.starts_with("os.environ");
    let named = lower.contains("your") && (lower.contains("token") || lower.contains("key"));
    marked || named || labels::label(core).is_some()
}

/// Three parts, the first of which is a JSON object in base64 (`{"` is `eyJ`).
fn is_jwt(core: &str) -> bool {
    core.starts_with("eyJ") && core.split('.').count() == 3
}

/// Whose key it is, by the way that service begins its keys.
///
/// Source: what the services say of their keys: Shopify "Access tokens", Stripe "API keys",
/// WooCommerce "REST API", Square "Access tokens", GitHub "Token formats", and their like.
fn other_service(core: &str) -> Option<TokenMistake> {
    const BEGINNINGS: [(&str, TokenMistake); 24] = [
        ("shpat_", TokenMistake::Shopify),
        ("shpca_", TokenMistake::Shopify),
        ("shppa_", TokenMistake::Shopify),
        ("shpss_", TokenMistake::Shopify),
        ("shpua_", TokenMistake::Shopify),
        ("shptka_", TokenMistake::Shopify),
        ("sk_live_", TokenMistake::Stripe),
        ("sk_test_", TokenMistake::Stripe),
        ("pk_live_", TokenMistake::Stripe),
        ("pk_test_", TokenMistake::Stripe),
        ("rk_live_", TokenMistake::Stripe),
        ("rk_test_", TokenMistake::Stripe),
        ("whsec_", TokenMistake::Stripe),
        ("ck_", TokenMistake::WooCommerce),
        ("cs_", TokenMistake::WooCommerce),
        ("sq0atp-", TokenMistake::Square),
        ("sq0csp-", TokenMistake::Square),
        ("ghp_", TokenMistake::OtherService),
        ("gho_", TokenMistake::OtherService),
        ("github_pat_", TokenMistake::OtherService),
        ("glpat-", TokenMistake::OtherService),
        ("xoxb-", TokenMistake::OtherService),
        ("xoxp-", TokenMistake::OtherService),
        ("AIza", TokenMistake::OtherService),
    ];
    let found = BEGINNINGS
        .iter()
        .find(|(begins, _)| core.starts_with(begins));
    found.map(|(_, service)| *service)
}

//! What a whole text says: a file, the clipboard, whatever was put into the token's field.

use commerce::{AccessToken, StoreHash};
use secrecy::zeroize::Zeroizing;

use super::{
    address::{self, AddressReading, read_address},
    is_blank,
    labels::{Join, Label, Labelled, label, labelled},
    text::{self, NoText},
    token::{TokenMistake, TokenReading, judged},
    unwrapped,
};

/// What a text that was handed over says.
#[derive(Clone, Debug)]
pub struct Reading {
    /// What kind of text it is.
    pub kind: TextKind,
    /// Which store it names.
    pub store: StoreNamed,
    /// The token, or what is in its place.
    pub token: TokenReading,
    /// What the API account is called, where the text says so; at most 80 characters, and never
    /// anything that may be a secret.
    pub client_name: Option<String>,
}

/// Kinds of text that people have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// Nothing there.
    Empty,
    /// The file that BigCommerce downloads when an API account is saved.
    CredentialsFile,
    /// The text of the pop-up that it shows at the same time.
    PopUp,
    /// Settings: lines of an `.env` file and their like.
    Settings,
    /// A request: a curl command, or the headers of one.
    Request,
    /// JSON.
    Json,
    /// A token by itself.
    Token,
    /// A hash or an address by itself.
    Address,
    /// Something else.
    Unclear,
}

/// Which store a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreNamed {
    /// None.
    None,
    /// This one.
    One(StoreHash),
    /// Several, in the order of the alphabet; nothing says which is meant.
    Several(Vec<StoreHash>),
}

/// Fewer signs are a store hash rather than a token, if they stand by themselves.
const FEWEST_OF_TOKEN: usize = 21;
/// Most characters of a name.
const MOST_OF_NAME: usize = 80;

/// Reads what a file or the clipboard holds.
///
/// Understands the downloaded credentials file, with its lines in any order or all on one, in
/// UTF-8 or UTF-16; the pop-up's text; `.env` lines; a curl command; JSON; a token, a hash or an
/// address by itself. Never fails: what is wrong is in the reading. Nothing of the text is in
/// there but hash, name and, in its secret type, the token. What is in `bytes` is the caller's to
/// wipe.
///
/// Source: BigCommerce documentation, "API accounts", and files that it made.
#[must_use]
pub fn read_credentials(bytes: &[u8]) -> Reading {
    match text::decode(bytes) {
        Ok(text) => read_text(&text),
        Err(NoText::TooLarge) => nothing(TextKind::Unclear, TokenMistake::TooLong),
        Err(NoText::Binary) => nothing(TextKind::Unclear, TokenMistake::Binary),
    }
}

/// Reads what was put into a field that asks for a token.
///
/// As [`read_credentials`], but one word by itself is taken for a token however short it is: that
/// is what was asked for. The text is wiped from memory afterwards.
#[must_use]
pub fn read_typed(text: String) -> Reading {
    typed(&Zeroizing::new(text))
}

pub(super) fn typed(text: &str) -> Reading {
    if text.len() > text::MOST_BYTES {
        return nothing(TextKind::Unclear, TokenMistake::TooLong);
    }
    let reading = read_text(text);
    let core = unwrapped(text);
    let short = match reading.kind {
        TextKind::Address | TextKind::Unclear => !core.contains(is_blank),
        _ => false,
    };
    if !short {
        return reading;
    }
    let token = judged(core);
    match &token {
        TokenReading::Token { .. } => Reading {
            kind: TextKind::Token,
            store: StoreNamed::None,
            token,
            client_name: None,
        },
        TokenReading::Mistake(_) => Reading { token, ..reading },
    }
}

fn nothing(kind: TextKind, mistake: TokenMistake) -> Reading {
    Reading {
        kind,
        store: StoreNamed::None,
        token: TokenReading::Mistake(mistake),
        client_name: None,
    }
}

fn read_text(text: &str) -> Reading {
    if unwrapped(text).is_empty() {
        return nothing(TextKind::Empty, TokenMistake::Empty);
    }
    let found = labelled(text);
    let values = found.iter().filter(|one| !one.value.is_empty()).count();
    if values == 0 {
        return unlabelled(text);
    }
    let token = token(text, &found);
    Reading {
        kind: kind(text, &found),
        store: store(text, &found),
        client_name: client_name(&found, &token),
        token,
    }
}

/// A text without any name that is known.
fn unlabelled(text: &str) -> Reading {
    let core = unwrapped(text);
    let store = store(text, &[]);
    if let Some(mistake) = only_a_path(core) {
        return nothing(TextKind::Unclear, mistake);
    }
    let words: Vec<&str> = core
        .split(|c: char| is_blank(c) || matches!(c, ',' | ';' | '|'))
        .map(unwrapped)
        .filter(|word| !word.is_empty())
        .collect();
    if let [word] = words.as_slice() {
        return one_word(word, store);
    }
    if mentions_stencil(text) {
        return Reading {
            store,
            ..nothing(TextKind::Unclear, TokenMistake::StencilToken)
        };
    }
    let readings = words
        .iter()
        .filter(|word| looks_secret(word))
        .map(|word| judged(word));
    let kind = if is_request(text) {
        TextKind::Request
    } else {
        TextKind::Unclear
    };
    Reading {
        kind,
        store,
        token: chosen(readings),
        client_name: None,
    }
}

fn only_a_path(core: &str) -> Option<TokenMistake> {
    match judged(core) {
        TokenReading::Mistake(mistake @ TokenMistake::FilePath) => Some(mistake),
        TokenReading::Mistake(_) | TokenReading::Token { .. } => None,
    }
}

fn one_word(word: &str, store: StoreNamed) -> Reading {
    let reading = |kind, store, token| Reading {
        kind,
        store,
        token,
        client_name: None,
    };
    let missing = TokenReading::Mistake(TokenMistake::Missing);
    if is_assignment(word) {
        return reading(TextKind::Settings, store, missing);
    }
    match judged(word) {
        TokenReading::Mistake(TokenMistake::ApiPath) => reading(
            TextKind::Address,
            store,
            TokenReading::Mistake(TokenMistake::ApiPath),
        ),
        TokenReading::Mistake(mistake) => {
            reading(TextKind::Unclear, store, TokenReading::Mistake(mistake))
        }
        token @ TokenReading::Token { .. } if word.len() >= FEWEST_OF_TOKEN => {
            reading(TextKind::Token, StoreNamed::None, token)
        }
        TokenReading::Token { .. } => match read_address(word) {
            AddressReading::Hash { hash, .. } => {
                reading(TextKind::Address, StoreNamed::One(hash), missing)
            }
            AddressReading::NoHash { .. } => reading(TextKind::Address, store, missing),
            AddressReading::Empty | AddressReading::Secret | AddressReading::Unclear => {
                reading(TextKind::Unclear, store, missing)
            }
        },
    }
}

/// `NAME=value`, of something that has no name here. A sign of equality at the end only fills up
/// what is written in base64.
fn is_assignment(word: &str) -> bool {
    let (name, value) = word.split_once('=').unwrap_or_default();
    let is_name = !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'));
    is_name && !value.trim_matches('=').is_empty()
}

/// Letters and digits in a row as only tokens and their like have them, or what begins or ends as
/// some secret does.
fn looks_secret(word: &str) -> bool {
    let plain = (28..=64).contains(&word.len())
        && word.bytes().all(|b| b.is_ascii_alphanumeric())
        && word.bytes().any(|b| b.is_ascii_digit());
    plain
        || matches!(
            judged(word),
            TokenReading::Mistake(
                TokenMistake::StorefrontToken
                    | TokenMistake::Shopify
                    | TokenMistake::Stripe
                    | TokenMistake::WooCommerce
                    | TokenMistake::Square
                    | TokenMistake::OtherService
            )
        )
}

/// The one token among several readings, or the first thing that is wrong.
fn chosen(readings: impl Iterator<Item = TokenReading>) -> TokenReading {
    let mut token: Option<TokenReading> = None;
    let mut mistake = None;
    for reading in readings {
        match (&reading, &token) {
            (TokenReading::Mistake(TokenMistake::Empty), _) => {}
            (TokenReading::Mistake(found), _) => mistake = mistake.or(Some(*found)),
            (TokenReading::Token { .. }, None) => token = Some(reading),
            (
                TokenReading::Token { token: new, .. },
                Some(TokenReading::Token { token: old, .. }),
            ) => {
                if new.expose() != old.expose() {
                    return TokenReading::Mistake(TokenMistake::Several);
                }
            }
            (TokenReading::Token { .. }, Some(TokenReading::Mistake(_))) => {}
        }
    }
    token.unwrap_or(TokenReading::Mistake(
        mistake.unwrap_or(TokenMistake::Missing),
    ))
}

fn token(text: &str, found: &[Labelled<'_>]) -> TokenReading {
    let has = |label| {
        found
            .iter()
            .any(|one| one.label == label && !one.value.is_empty())
    };
    let client_ids: Vec<&str> = found
        .iter()
        .filter(|one| one.label == Label::ClientId && !one.value.is_empty())
        .map(|one| one.value)
        .collect();
    let readings = found
        .iter()
        .filter(|one| one.label == Label::Token)
        .map(|one| {
            let value = token_value(one);
            if client_ids.contains(&value) {
                TokenReading::Mistake(TokenMistake::ClientId)
            } else {
                judged(value)
            }
        });
    let chosen = chosen(readings);
    match chosen {
        TokenReading::Token { .. } if is_stencil_file(text) => {
            TokenReading::Mistake(TokenMistake::StencilToken)
        }
        TokenReading::Mistake(TokenMistake::Missing) => {
            TokenReading::Mistake(match (has(Label::ClientId), has(Label::ClientSecret)) {
                _ if has(Label::Stencil) => TokenMistake::StencilToken,
                _ if has(Label::Storefront) => TokenMistake::StorefrontToken,
                // Never used: it would be sent to somebody whom it is not for.
                _ if has(Label::OtherToken) => TokenMistake::UnknownService,
                (true, false) => TokenMistake::ClientId,
                (false, true) => TokenMistake::ClientSecret,
                (true, true) | (false, false) => TokenMistake::Missing,
            })
        }
        other => other,
    }
}

/// A value that stands apart ends with its first word: what follows is the next column. So does an
/// assignment before a command, unless what is in front of the blank is too short for a token.
fn token_value<'a>(one: &Labelled<'a>) -> &'a str {
    let first = unwrapped(one.value.split(is_blank).next().unwrap_or_default());
    match one.join {
        Join::Apart => first,
        Join::Equals if first.len() >= FEWEST_OF_TOKEN => first,
        Join::Equals | Join::Colon => one.value,
    }
}

/// The settings of Stencil CLI, which name its token as if it were an API account's.
fn is_stencil_file(text: &str) -> bool {
    let lower = Zeroizing::new(text.to_ascii_lowercase());
    ["normalstoreurl", "customlayouts"]
        .iter()
        .any(|key| lower.contains(key))
        || mentions_stencil(text)
}

/// `stencil init --token …`
fn mentions_stencil(text: &str) -> bool {
    let lower = Zeroizing::new(text.to_ascii_lowercase());
    [
        "stencil init",
        "stencil push",
        "stencil start",
        "stencil pull",
        "stencil-cli ",
    ]
    .iter()
    .any(|command| lower.contains(command))
}

fn is_request(text: &str) -> bool {
    text.split(is_blank)
        .any(|word| unwrapped(word).eq_ignore_ascii_case("curl") || unwrapped(word) == "curl.exe")
}

fn kind(text: &str, found: &[Labelled<'_>]) -> TextKind {
    let header = found
        .iter()
        .any(|one| one.name.eq_ignore_ascii_case("x-auth-token"));
    if header || is_request(text) {
        return TextKind::Request;
    }
    if text.trim_start_matches(is_blank).starts_with(['{', '[']) {
        return TextKind::Json;
    }
    let says = |one: &&Labelled<'_>| !one.value.is_empty() && !one.label.is_a_name();
    let most_telling = found
        .iter()
        .filter(says)
        .find(|one| one.label == Label::Token)
        .or_else(|| found.iter().find(says));
    match most_telling {
        None => TextKind::Unclear,
        Some(one) => match one.join {
            Join::Equals => TextKind::Settings,
            Join::Colon if one.name.contains(['_', '-']) => TextKind::Settings,
            Join::Colon => TextKind::CredentialsFile,
            Join::Apart => TextKind::PopUp,
        },
    }
}

fn store(text: &str, found: &[Labelled<'_>]) -> StoreNamed {
    let mut hashes: Vec<StoreHash> = Vec::new();
    let mut add = |hash: StoreHash| {
        if !hashes.contains(&hash) {
            hashes.push(hash);
        }
    };
    for one in found {
        let named = match one.label {
            Label::Hash => true,
            // `store` may be anything; what is no address of BigCommerce's says nothing.
            Label::Address => one.value.contains(['/', '.']),
            Label::Token
            | Label::OtherToken
            | Label::Stencil
            | Label::Storefront
            | Label::ClientId
            | Label::ClientSecret
            | Label::ClientName
            | Label::Name => false,
        };
        if let (true, AddressReading::Hash { hash, .. }) = (named, read_address(&plain(one.value)))
        {
            add(hash);
        }
    }
    for hash in address::all_in(&plain(&without_names(text, found))) {
        add(hash);
    }
    hashes.sort_unstable_by(|a, b| a.as_str().cmp(b.as_str()));
    match hashes.len() {
        0 => StoreNamed::None,
        1 => hashes.pop().map_or(StoreNamed::None, StoreNamed::One),
        _ => StoreNamed::Several(hashes),
    }
}

/// JSON may write a slash as `\/`.
fn plain(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.replace("\\/", "/"))
}

/// The text without what accounts are called: a name may mention any store.
fn without_names(text: &str, found: &[Labelled<'_>]) -> Zeroizing<String> {
    let mut rest = Zeroizing::new(String::with_capacity(text.len()));
    let mut from = 0;
    for one in found.iter().filter(|one| one.label.is_a_name()) {
        if let Some(before) = text.get(from..one.at) {
            rest.push_str(before);
            rest.push(' ');
            from = one.at + one.value.len();
        }
    }
    rest.push_str(text.get(from..).unwrap_or_default());
    rest
}

fn client_name(found: &[Labelled<'_>], token: &TokenReading) -> Option<String> {
    let of = |label| {
        found
            .iter()
            .find(|one| one.label == label && !one.value.is_empty())
            .map(|one| one.value)
    };
    let name = before_label(of(Label::ClientName).or_else(|| of(Label::Name))?);
    let holds = |token: &AccessToken| name.contains(token.expose());
    let secret = name
        .split(is_blank)
        .any(|word| looks_secret(unwrapped(word)) || may_be_of_a_secret(word))
        || matches!(token, TokenReading::Token { token, .. } if holds(token));
    if secret || label(name).is_some() {
        return None;
    }
    let fits: String = name
        .chars()
        .filter(|c| !c.is_control())
        .take(MOST_OF_NAME)
        .collect();
    (!fits.is_empty()).then_some(fits)
}

/// A name up to where a `LABEL:` that is not known begins behind it: one that is damaged, on one line with the name. What
/// is in small letters may be a word of the name, and so may what begins it.
fn before_label(name: &str) -> &str {
    let is_capital = |word: &str| {
        word.chars().any(char::is_uppercase)
            && !word.chars().any(|c| c.is_lowercase() || c.is_ascii_digit())
    };
    let (mut at, mut label) = (0, None);
    for word in name.split_inclusive(is_blank) {
        let core = word.trim_end_matches(is_blank);
        let (head, is_joined) = core
            .split_once(':')
            .map_or((core, false), |(head, _)| (head, true));
        if is_capital(head) {
            label = label.or(Some(at));
        } else if !(core.is_empty() || is_joined && head.is_empty()) {
            label = None;
        }
        if is_joined && let Some(begins) = label.take().filter(|begins| *begins > 0) {
            return name[..begins].trim_end_matches(is_blank);
        }
        at += word.len();
    }
    name
}

/// Signs in a row as a piece of a secret may have them, also of one that is damaged.
fn may_be_of_a_secret(word: &str) -> bool {
    const FEWEST_OF_PIECE: usize = 12;
    word.chars().count() >= FEWEST_OF_PIECE
        && word.bytes().any(|b| b.is_ascii_digit())
        && word.bytes().any(|b| b.is_ascii_alphabetic())
}

//! Names of credentials in a text, and what stands behind them.

use super::is_blank;

/// What a name says of the value behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// An access token of an API account.
    Token,
    /// A token by the name of something that is not known here.
    OtherToken,
    /// The token of another kind of account: Stencil CLI.
    Stencil,
    /// A token for the storefront, or for a shopper's place in it.
    Storefront,
    /// A store hash.
    Hash,
    /// An address that may hold the hash.
    Address,
    /// The client ID.
    ClientId,
    /// The client secret.
    ClientSecret,
    /// The name of the API account.
    ClientName,
    /// A name, if nothing better is there.
    Name,
}

/// How a name and its value are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    /// `ACCESS TOKEN: value`
    Colon,
    /// `ACCESS_TOKEN=value`
    Equals,
    /// The value stands in the next column or on the next line, as in the pop-up.
    Apart,
}

/// A name with its value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Labelled<'a> {
    pub(super) label: Label,
    pub(super) join: Join,
    /// The name as written.
    pub(super) name: &'a str,
    /// What stands behind it, without quotes, comment and blanks. May be empty.
    pub(super) value: &'a str,
    /// Where the value starts in the text.
    pub(super) at: usize,
}

/// Most words that a name has: "API account name".
const MOST_WORDS: usize = 4;
/// Fewer signs behind a name and a blank are more likely prose than a token.
const FEWEST_APART: usize = 20;

/// Every known name in the text, in order, with its value.
pub(super) fn labelled(text: &str) -> Vec<Labelled<'_>> {
    let one_line = text
        .split(['\n', '\r'])
        .filter(|line| !line.trim_matches(is_blank).is_empty())
        .count()
        == 1;
    let mut found = Vec::new();
    for line in lines(text) {
        let body = line.text.trim_start_matches(is_blank);
        if body.starts_with('#') || body.starts_with("//") {
            continue;
        }
        in_line(text, line, one_line, &mut found);
    }
    found
}

#[derive(Clone, Copy)]
struct Line<'a> {
    text: &'a str,
    at: usize,
}

fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut at = 0;
    text.split(['\n', '\r']).map(move |text| {
        let line = Line { text, at };
        at += text.len() + 1;
        line
    })
}

/// A name by its place in a line.
#[derive(Clone, Copy)]
struct Name {
    label: Label,
    join: Join,
    start: usize,
    end: usize,
    value: usize,
    /// The quote before it, inside of which it and its value stand: `'X-Auth-Token: …'`.
    quote: Option<char>,
}

fn in_line<'a>(text: &'a str, line: Line<'a>, one_line: bool, found: &mut Vec<Labelled<'a>>) {
    let names = names(line.text, one_line);
    for (place, name) in names.iter().enumerate() {
        let ends = names
            .get(place + 1)
            .map_or(line.text.len(), |next| next.start);
        let raw = &line.text[name.value.min(ends)..ends];
        let mut value = inner(raw, name.quote);
        let mut at = line.at + place_in(line.text, value);
        let last = place + 1 == names.len();
        // An assignment that ends with its line is empty; a label above its value is not.
        let nothing = raw.trim_matches(is_blank).is_empty();
        if nothing && last && name.join != Join::Equals {
            let below = below(text, line.at + line.text.len());
            value = below;
            at = place_in(text, below);
        }
        found.push(Labelled {
            label: name.label,
            join: if at >= line.at + line.text.len() {
                Join::Apart
            } else {
                name.join
            },
            name: &line.text[name.start..name.end],
            value,
            at,
        });
    }
}

/// Where `part` starts in `whole`, of which it is a part.
fn place_in(whole: &str, part: &str) -> usize {
    (part.as_ptr() as usize)
        .saturating_sub(whole.as_ptr() as usize)
        .min(whole.len())
}

/// The next line with something on it, unless that has names of its own.
fn below(text: &str, from: usize) -> &str {
    let rest = text.get(from..).unwrap_or_default();
    let next = rest
        .split(['\n', '\r'])
        .find(|line| !line.trim_matches(is_blank).is_empty())
        .unwrap_or_default();
    if names(next, false).is_empty() {
        inner(next, None)
    } else {
        &next[..0]
    }
}

fn names(line: &str, one_line: bool) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    let mut from = 0;
    let mut may_begin = true;
    // What an account is called may hold any words, up to the end of its line.
    let mut free = true;
    while let Some(c) = line.get(from..).and_then(|rest| rest.chars().next()) {
        let name = (begins_word(line, from) && (may_begin || free))
            .then(|| name_at(line, from))
            .flatten()
            .filter(|name| {
                // In the middle of a line only words head what follows; `BC_TOKEN` is a value.
                let words = one_line && !line[name.start..name.end].contains('_');
                may_begin || words || name.join != Join::Apart
            });
        if let Some(name) = name {
            let quoted = quoted_len(&line[name.value..]).filter(|_| name.quote.is_none());
            free = one_line || quoted.is_some() || !name.label.is_a_name();
            from = name.value + quoted.unwrap_or(0);
            may_begin = false;
            names.push(name);
            continue;
        }
        let lead = lead_word(line, from);
        if may_begin && lead > 0 {
            from += lead;
            continue;
        }
        may_begin = match c {
            '{' | ',' | ';' | '"' | '\'' | '`' | '(' | '|' | '[' => free,
            c if is_blank(c) || matches!(c, '-' | '*' | '•' | '>' | '\\') => may_begin,
            _ => false,
        };
        from += c.len_utf8();
    }
    names
}

/// How long a value in quotes is, with blanks and the quote before it.
fn quoted_len(text: &str) -> Option<usize> {
    let opened = text.trim_start_matches(is_blank);
    let quote = opened.chars().next().filter(|c| is_quote(*c))?;
    let inside = &opened[quote.len_utf8()..];
    let end = inside.find(quote)?;
    Some(text.len() - inside.len() + end)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`')
}

/// Words that stand before names: `export`, `set`, `const`, and PowerShell's `$env:`.
fn lead_word(line: &str, from: usize) -> usize {
    const LEADS: [&str; 7] = [
        "export ", "set ", "setx ", "const ", "let ", "var ", "$env:",
    ];
    let rest = &line[from..];
    LEADS
        .iter()
        .find(|lead| {
            rest.get(..lead.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(lead))
        })
        .map_or(0, |lead| lead.len())
}

fn begins_word(line: &str, at: usize) -> bool {
    let before = line[..at].chars().next_back();
    !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '/'))
        || line[..at].ends_with(" -")
}

/// The longest name that starts at `at`, if something is joined to it.
fn name_at(line: &str, at: usize) -> Option<Name> {
    let quote = line[..at].chars().next_back().filter(|c| is_quote(*c));
    let mut ends = Vec::with_capacity(MOST_WORDS);
    let mut end = at;
    while ends.len() < MOST_WORDS {
        let word = word_len(&line[end..]);
        if word == 0 {
            break;
        }
        end += word;
        ends.push(end);
        match line[end..].chars().next() {
            Some(c @ (' ' | '\u{a0}')) => end += c.len_utf8(),
            _ => break,
        }
    }
    ends.iter().rev().find_map(|&end| {
        let name = &line[at..end];
        let label = label(name)?;
        let (join, value, quote) = joined(line, name, end, quote)?;
        Some(Name {
            label,
            join,
            start: at,
            end,
            value,
            quote,
        })
    })
}

fn word_len(text: &str) -> usize {
    text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')))
        .unwrap_or(text.len())
}

/// How a value is joined to the `name` that ends at `end`, where it starts, and the quote around
/// both.
fn joined(
    line: &str,
    name: &str,
    end: usize,
    quote: Option<char>,
) -> Option<(Join, usize, Option<char>)> {
    let mut rest = &line[end..];
    // A name in quotes of its own: `"access_token": "…"`.
    let own = quote.is_some_and(|quote| rest.trim_start_matches('\\').starts_with(quote));
    let around = if own { None } else { quote };
    if own {
        rest = rest
            .trim_start_matches('\\')
            .trim_start_matches(['"', '\'', '`']);
    }
    let spaced = rest.trim_start_matches(is_blank);
    let gap = &rest[..rest.len() - spaced.len()];
    let at = |rest: &str| line.len() - rest.len();
    if let Some(rest) = spaced.strip_prefix(':') {
        // `token://` and `Bearer::` are something else, but `:=` assigns.
        if let Some(rest) = rest.strip_prefix('=') {
            return Some((Join::Equals, at(rest), around));
        }
        return (!rest.starts_with("//")).then(|| (Join::Colon, at(rest), around));
    }
    if let Some(rest) = spaced.strip_prefix('=') {
        let rest = rest.strip_prefix('>').unwrap_or(rest);
        return (!rest.starts_with('=')).then(|| (Join::Equals, at(rest), around));
    }
    if let Some(rest) = spaced.strip_prefix('|') {
        return Some((Join::Apart, at(rest), around));
    }
    // `BC_ACCESS_TOKEN` by itself heads nothing: it stands where a token would.
    if spaced.is_empty() {
        let heads = !name.contains('_') && around.is_none();
        return heads.then(|| (Join::Apart, at(spaced), around));
    }
    if gap.contains('\t') {
        return Some((Join::Apart, at(spaced), around));
    }
    let word = spaced.split(is_blank).next().unwrap_or_default();
    let fits = !gap.is_empty() && (word.len() >= FEWEST_APART || word.contains("stores/"));
    fits.then(|| (Join::Apart, at(spaced), around))
}

/// The value without what surrounds it.
fn inner(raw: &str, around: Option<char>) -> &str {
    let raw = raw.trim_matches(is_blank);
    if let Some(quote) = around {
        return super::unwrapped(
            raw.split(quote)
                .next()
                .unwrap_or_default()
                .trim_end_matches('\\'),
        );
    }
    let opened = raw.trim_start_matches('\\');
    if let Some(quote) = opened.chars().next().filter(|c| is_quote(*c)) {
        let inside = opened[quote.len_utf8()..]
            .split(quote)
            .next()
            .unwrap_or_default();
        return super::unwrapped(inside.trim_end_matches('\\'));
    }
    let end = [" #", "\t#", " //", "\t//"]
        .iter()
        .filter_map(|comment| raw.find(comment))
        .min();
    let value = &raw[..end.unwrap_or(raw.len())];
    let is_end = |c: char| is_blank(c) || matches!(c, ',' | ';' | '|' | '\\');
    super::unwrapped(value.trim_end_matches(is_end))
}

impl Label {
    /// What follows is chosen by a person and may be any words.
    pub(super) const fn is_a_name(self) -> bool {
        match self {
            Self::ClientName | Self::Name => true,
            Self::Token
            | Self::OtherToken
            | Self::Stencil
            | Self::Storefront
            | Self::Hash
            | Self::Address
            | Self::ClientId
            | Self::ClientSecret => false,
        }
    }
}

/// What a name means: `Access token`, `BC_ACCESS_TOKEN`, `accessToken`, `X-Auth-Token`.
///
/// Several words have to be known as they are, or a value and the name behind it would be taken
/// for one; one word may have anything in front: `NORTHFOLD_CLIENT_ID`. Only what ends with `token` has to be
/// BigCommerce's by its name, or nobody's, to be sent there: see [`Label::OtherToken`].
pub(super) fn label(name: &str) -> Option<Label> {
    const MOST_CHARS: usize = 64;
    if name.len() > MOST_CHARS {
        return None;
    }
    let key: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    if name.contains(is_blank) {
        phrase_label(&key)
    } else {
        word_label(name, &key)
    }
}

fn phrase_label(key: &str) -> Option<Label> {
    Some(match key {
        "accesstoken"
        | "apiaccesstoken"
        | "apitoken"
        | "authtoken"
        | "xauthtoken"
        | "bigcommerceaccesstoken"
        | "bigcommerceapitoken" => Label::Token,
        "stencilclitoken" | "stenciltoken" => Label::Stencil,
        "storefronttoken" | "storefrontapitoken" | "customerimpersonationtoken" => {
            Label::Storefront
        }
        "storehash" | "bigcommercestorehash" => Label::Hash,
        "apipath" | "apiurl" | "storeurl" | "apibaseurl" => Label::Address,
        "clientid" => Label::ClientId,
        "clientsecret" => Label::ClientSecret,
        "clientname" | "apiaccountname" | "accountname" => Label::ClientName,
        _ => return None,
    })
}

fn word_label(name: &str, key: &str) -> Option<Label> {
    /// Programs that people also have tokens of, and tokens that open nothing.
    const OTHERS: [&str; 14] = [
        "shopify", "stripe", "github", "gitlab", "slack", "google", "facebook", "amazon", "paypal",
        "refresh", "csrf", "session", "npm", "square",
    ];
    if OTHERS.iter().any(|other| key.contains(other)) {
        return None;
    }
    let ends = |ends: &[&str]| ends.iter().any(|end| key.ends_with(end));
    let is = |all: &[&str]| all.contains(&key);
    if ends(&["token"]) {
        return Some(token_label(name, key));
    }
    if ends(&["storehash", "shophash"]) || is(&["hash", "bchash", "bigcommercehash"]) {
        return Some(Label::Hash);
    }
    if ends(&["clientid", "xauthclient"]) {
        return Some(Label::ClientId);
    }
    if ends(&["clientsecret"]) {
        return Some(Label::ClientSecret);
    }
    if ends(&["clientname", "apiaccountname"]) {
        return Some(Label::ClientName);
    }
    let address = [
        "apipath",
        "apiurl",
        "apiendpoint",
        "baseurl",
        "storeurl",
        "storepath",
    ];
    if ends(&address) || is(&["context", "url", "path", "endpoint", "store", "host"]) {
        return Some(Label::Address);
    }
    is(&["name"]).then_some(Label::Name)
}

fn token_label(name: &str, key: &str) -> Label {
    if key.contains("stencil") || key.contains("themecli") {
        Label::Stencil
    } else if key.contains("storefront") || key.contains("impersonation") || key.contains("graphql")
    {
        Label::Storefront
    } else if is_ours(name, key) || says_nothing(key) {
        Label::Token
    } else {
        Label::OtherToken
    }
}

/// Whether a name says that what it names is BigCommerce's: `BIGCOMMERCE_STORE_API_TOKEN`, `NEXT_BC_TOKEN`,
/// `bcAccessToken`.
fn is_ours(name: &str, key: &str) -> bool {
    let mut words = name.split(|c: char| !c.is_ascii_alphanumeric());
    key.contains("bigcommerce")
        || key.contains("stockroom")
        || words.any(|word| word.eq_ignore_ascii_case("bc"))
        || key.strip_prefix("bc").is_some_and(says_nothing)
}

/// Whether a name of a token is made of such words and digits only as any token may be called by:
/// `X-Auth-Token`, `STORE_API_TOKEN`, `NEW_TOKEN_2`. `SENTRY_AUTH_TOKEN` is not.
fn says_nothing(key: &str) -> bool {
    const WORDS: [&str; 29] = [
        "access",
        "account",
        "admin",
        "api",
        "app",
        "auth",
        "config",
        "credentials",
        "current",
        "dev",
        "live",
        "my",
        "new",
        "oauth",
        "old",
        "production",
        "prod",
        "rest",
        "sandbox",
        "settings",
        "shop",
        "staging",
        "store",
        "test",
        "the",
        "token",
        "v2",
        "v3",
        "x",
    ];
    let mut rest = key.trim_start_matches(|c: char| c.is_ascii_digit());
    while let Some(after) = WORDS.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    rest.is_empty()
}

use commerce::StoreHash;
use secrecy::zeroize::Zeroizing;

use super::{ends_here, is_blank, unwrapped, unwrapped_start};

/// The host of every store's API.
const API_HOST: &str = "api.bigcommerce.com";
/// What follows the hash in a store's own address.
const CANONICAL_DOMAIN: &str = ".mybigcommerce.com";
/// Lengths at which a bare word is taken for a hash. Those seen have 6 to 10 characters; a longer
/// hash, should there be one, is still read out of an address.
const BARE_HASH: std::ops::RangeInclusive<usize> = 4..=20;
/// Lengths at which a bare word is far more likely a token, a client ID or a client secret.
const BARE_SECRET: std::ops::RangeInclusive<usize> = 28..=64;

/// What a text says about which store is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressReading {
    /// Nothing there.
    Empty,
    /// It holds a store hash.
    Hash {
        /// The hash, in lower case.
        hash: StoreHash,
        /// What kind of text it was found in.
        found_in: FoundIn,
        /// Where the hash starts in the text as given, in UTF-16 code units.
        start: usize,
        /// Where it ends.
        end: usize,
    },
    /// An address that names no hash: a shop's own domain, or a name chosen at BigCommerce.
    NoHash {
        /// The host, in lower case, without port.
        host: String,
    },
    /// Rather an access token, or another secret, than a store's name. Held back on purpose:
    /// it must not be shown or kept as a hash.
    Secret,
    /// Something else, or not yet enough.
    Unclear,
}

/// What a store hash was found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundIn {
    /// By itself.
    Bare,
    /// `https://api.bigcommerce.com/stores/HASH/v3/`
    ApiPath,
    /// `https://store-HASH.mybigcommerce.com/manage`
    ControlPanel,
    /// `https://store-HASH-2.mybigcommerce.com`: the address of one of its channels.
    ChannelAddress,
}

/// Reads which store a text means.
///
/// Takes a bare hash, the API path, the control-panel address or a channel's address, in any case,
/// with or without scheme, path and slashes at its ends, among blanks, quotes or other words. A
/// canonical address that is still being typed (`store-abc123.mybig`) is read already. Never fails.
///
/// Source: BigCommerce documentation, "API accounts" (API path) and "Channels" (canonical domains).
#[must_use]
pub fn read_address(text: &str) -> AddressReading {
    let core = unwrapped(text);
    if core.is_empty() {
        return AddressReading::Empty;
    }
    // The pop-up's whole text, for one: it names the store, too, but may not stay where it is.
    if core.split(is_blank).any(|word| is_secret(unwrapped(word))) {
        return AddressReading::Secret;
    }
    // Only ASCII letters change, so that places in `lower` are places in `text`.
    let lower = Zeroizing::new(text.to_ascii_lowercase());
    if let Some(found) = api_path(&lower).or_else(|| canonical(&lower)) {
        return found.reading(text);
    }
    if core.chars().any(is_blank) || core.contains('@') {
        return AddressReading::Unclear;
    }
    // A slash at either end is what was left of an address.
    let word = core.trim_matches('/');
    if word.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return bare(text, word);
    }
    match host(core) {
        Some(host) => AddressReading::NoHash { host },
        None => AddressReading::Unclear,
    }
}

/// Every hash that stands in an address of BigCommerce's somewhere in the text, once each.
pub(super) fn all_in(text: &str) -> Vec<StoreHash> {
    let lower = Zeroizing::new(text.to_ascii_lowercase());
    let mut hashes = Vec::new();
    let words =
        lower.split(|c: char| is_blank(c) || matches!(c, '"' | '\'' | '`' | '<' | '>' | '|'));
    for word in words {
        let found = api_path(word).or_else(|| canonical(word));
        let hash = found.and_then(|found| word[found.start..found.end].parse().ok());
        hashes.extend(hash.filter(|hash| !hashes.contains(hash)));
    }
    hashes
}

/// A hash by the place of its bytes.
struct Found {
    start: usize,
    end: usize,
    found_in: FoundIn,
}

impl Found {
    fn reading(&self, text: &str) -> AddressReading {
        let Ok(hash) = text[self.start..self.end].parse() else {
            return AddressReading::Unclear;
        };
        let units = |upto: usize| text[..upto].encode_utf16().count();
        AddressReading::Hash {
            hash,
            found_in: self.found_in,
            start: units(self.start),
            end: units(self.end),
        }
    }
}

/// A word among others that no address has, but a token and its like.
fn is_secret(word: &str) -> bool {
    BARE_SECRET.contains(&word.len())
        && word.bytes().all(|b| b.is_ascii_alphanumeric())
        && word.bytes().any(|b| b.is_ascii_digit())
}

fn bare(text: &str, word: &str) -> AddressReading {
    if BARE_SECRET.contains(&word.len()) {
        return AddressReading::Secret;
    }
    if !BARE_HASH.contains(&word.len()) {
        return AddressReading::Unclear;
    }
    let start = text.len() - unwrapped_start(text).trim_start_matches('/').len();
    Found {
        start,
        end: start + word.len(),
        found_in: FoundIn::Bare,
    }
    .reading(text)
}

/// `api.bigcommerce.com/stores/HASH`, or just `/stores/HASH` at the start of the text.
fn api_path(lower: &str) -> Option<Found> {
    let with_host = places(lower, API_HOST)
        .filter(|&at| starts_name(lower, at))
        .map(|at| at + API_HOST.len())
        .find_map(|at| after_stores(lower, skip_port(lower, at)));
    with_host.or_else(|| after_stores(lower, lower.len() - unwrapped_start(lower).len()))
}

/// The hash after `stores/` (or `/stores/`) at `at`.
fn after_stores(lower: &str, at: usize) -> Option<Found> {
    let rest = lower[at..].trim_start_matches('/');
    let rest = rest.strip_prefix("stores/")?.trim_start_matches('/');
    let start = lower.len() - rest.len();
    let end = start + word_len(rest);
    // `stores/abc-def` is somebody else's path.
    let whole = !lower[end..].starts_with(['-', '_', '.', '%']);
    ((1..=32).contains(&(end - start)) && whole).then_some(Found {
        start,
        end,
        found_in: FoundIn::ApiPath,
    })
}

/// `store-HASH.mybigcommerce.com` or `store-HASH-2.mybigcommerce.com`, also while it is typed.
fn canonical(lower: &str) -> Option<Found> {
    const LEAD: &str = "store-";
    places(lower, LEAD)
        .filter(|&at| starts_name(lower, at))
        .find_map(|at| {
            let start = at + LEAD.len();
            let end = start + word_len(&lower[start..]);
            if !(1..=32).contains(&(end - start)) {
                return None;
            }
            let rest = &lower[end..];
            let digits = rest
                .strip_prefix('-')
                .map(|rest| rest.bytes().take_while(u8::is_ascii_digit).count());
            let (rest, found_in) = match digits {
                None => (rest, FoundIn::ControlPanel),
                Some(count) => (&rest[1 + count..], FoundIn::ChannelAddress),
            };
            let domain_ends = rest
                .find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_')))
                .unwrap_or(rest.len());
            // A dot at the very end closes a sentence or roots the name.
            let domain = &rest[..domain_ends];
            let known = domain.strip_suffix('.').unwrap_or(domain) == CANONICAL_DOMAIN
                || (ends_here(&rest[domain_ends..]) && CANONICAL_DOMAIN.starts_with(domain));
            known.then_some(Found {
                start,
                end,
                found_in,
            })
        })
}

/// The host of an address, if the text is one.
fn host(text: &str) -> Option<String> {
    let rest = match text.split_once("://") {
        Some((scheme, rest)) => {
            let fits = ["http", "https"]
                .iter()
                .any(|s| scheme.eq_ignore_ascii_case(s));
            fits.then_some(rest)?
        }
        None => text.trim_start_matches('/'),
    };
    let end = rest.find(['/', '?', '#', ':', '\\']).unwrap_or(rest.len());
    let host = rest[..end].trim_end_matches('.').to_lowercase();
    let label_fits = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let fits = host.len() <= 253 && host.contains('.') && host.split('.').all(label_fits);
    fits.then_some(host)
}

/// Every place where `needle` stands.
fn places<'a>(text: &'a str, needle: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.match_indices(needle).map(|(at, _)| at)
}

/// Whether a host name can start at `at`: nothing of a longer name stands before it.
fn starts_name(text: &str, at: usize) -> bool {
    !text[..at]
        .chars()
        .next_back()
        .is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_'))
}

fn skip_port(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    match rest.strip_prefix(':') {
        Some(port) => at + 1 + port.bytes().take_while(u8::is_ascii_digit).count(),
        None => at,
    }
}

/// How many letters and digits the text starts with.
fn word_len(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_alphanumeric).count()
}

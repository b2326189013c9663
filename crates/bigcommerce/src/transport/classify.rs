//! What an answer's status and body mean.

use std::time::Duration;

use super::{HttpResponse, quota::Told};
use crate::{
    Clash, Error, FieldError, NetworkKind, Request, StoreTrouble,
    wire::refusal::{self, Cleaner},
};

/// An answer that is not a success.
pub(crate) enum Refused {
    /// The store wants fewer requests; it did nothing.
    TooMany,
    /// It may go better in a moment; whether anything was done is open.
    Trouble {
        error: Error,
        pause: Option<Duration>,
    },
    /// It stays that way.
    For(Error),
}

/// What an answer of another status than 2xx means for this request.
pub(crate) fn refused<T>(
    request: &Request<T>,
    response: &HttpResponse,
    host: &str,
    cleaner: Cleaner<'_>,
) -> Refused {
    let refusal = refusal::read(&response.body, cleaner);
    let message = refusal.message;
    let retry_after = Told::read(&response.headers).retry_after;
    let unavailable = |kind| Error::StoreUnavailable {
        status: response.status,
        kind,
        retry_after,
    };
    let network = |kind, lost| Error::Network {
        kind,
        host: host.to_owned(),
        detail: String::new(),
        lost,
    };
    Refused::For(match response.status {
        429 => return Refused::TooMany,
        401 => Error::Unauthorized,
        402 => unavailable(StoreTrouble::Suspended),
        403 if speaks_of_scopes(&message) => Error::MissingScope {
            needs: request.needs(),
        },
        403 if speaks_of_limits(&message) => Error::LimitReached { message },
        403 | 451 => Error::Forbidden { message },
        404 | 410 => Error::NotFound,
        407 => network(NetworkKind::Proxy, false),
        409 => conflict(refusal.fields, message),
        413 => Error::TooLarge { message },
        423 => unavailable(StoreTrouble::Locked),
        // A limit of the platform stays one. Source: BigCommerce documentation, "API status codes".
        507 => Error::LimitReached { message },
        503 if message.to_ascii_lowercase().contains("suspend") => {
            unavailable(StoreTrouble::Suspended)
        }
        // Whatever else went wrong on the store's side may be over in a moment.
        status @ (408 | 425 | 500..=599) => {
            let kind = if status == 503 {
                StoreTrouble::Maintenance
            } else {
                StoreTrouble::ServerTrouble
            };
            return Refused::Trouble {
                error: unavailable(kind),
                pause: retry_after,
            };
        }
        422 if says_taken(&refusal.fields, &message) => conflict(refusal.fields, message),
        status @ 400..=499 => Error::Invalid {
            status,
            fields: refusal.fields,
            message,
        },
        // "See other" is said of what was done: its outcome is to be read elsewhere. All others mean
        // that nothing was done here. Source: RFC 9110, section 15.4.
        303 => network(NetworkKind::Redirected, true),
        300..=399 => network(NetworkKind::Redirected, false),
        status => Error::UnexpectedAnswer {
            path: "$".to_owned(),
            what: format!("status {status}"),
        },
    })
}

/// BigCommerce's sentence: `You don't have a required scope to access the endpoint`.
fn speaks_of_scopes(message: &str) -> bool {
    words(message).any(|word| matches!(word.as_str(), "scope" | "scopes"))
}

/// A limit of the platform may come as 403. Source: BigCommerce documentation, "API status codes".
fn speaks_of_limits(message: &str) -> bool {
    let words: Vec<String> = words(message).collect();
    words
        .iter()
        .any(|word| matches!(word.as_str(), "limit" | "limits"))
        || words
            .windows(2)
            .any(|pair| pair[0] == "maximum" && pair[1] == "number")
}

/// Customers' e-mail addresses that are in use come as 422.
fn says_taken(fields: &[FieldError], message: &str) -> bool {
    let messages = fields.iter().map(|field| field.message.as_str());
    messages
        .chain([message])
        .any(|text| text.to_ascii_lowercase().contains("already in use"))
}

fn conflict(fields: Vec<FieldError>, message: String) -> Error {
    // Where a field is named, that says it. In a sentence the first word that names one does: what
    // is taken comes behind it, and may hold anything.
    let by_path = fields.iter().find_map(|field| {
        let mut parts = field.path.rsplit('.');
        parts.find_map(|part| match part.to_ascii_lowercase().as_str() {
            "key" => Some(Clash::Key),
            name => clash(name),
        })
    });
    let messages = fields.iter().map(|field| field.message.as_str());
    let by_word = || {
        messages
            .chain([message.as_str()])
            .find_map(|text| words(text).find_map(|word| clash(&word)))
    };
    let which = by_path.or_else(by_word).unwrap_or(Clash::Other);
    Error::Conflict {
        which,
        fields,
        message,
    }
}

/// What a field's name, in small letters, says is taken.
fn clash(name: &str) -> Option<Clash> {
    Some(match name {
        "namespace" => Clash::Key,
        "email" | "e-mail" => Clash::Email,
        "sku" => Clash::Sku,
        "url" | "custom_url" => Clash::Url,
        "name" => Clash::Name,
        _ => return None,
    })
}

/// The words of a sentence in small letters, without what stands in quotes: that is somebody's own
/// text. What is joined by a hyphen, a point or an `@` is one word.
fn words(text: &str) -> impl Iterator<Item = String> {
    let joins = |letter: char| letter.is_alphanumeric() || "_-.@".contains(letter);
    let unquoted = without_quotes(text).to_lowercase();
    let words: Vec<String> = unquoted
        .split(|letter| !joins(letter))
        .map(|word| word.trim_matches(['.', '-', '_', '@']).to_owned())
        .filter(|word| !word.is_empty())
        .collect();
    words.into_iter()
}

/// An apostrophe inside a word opens nothing, and a quote without its end is none.
fn without_quotes(text: &str) -> String {
    const ENDS: [(char, char); 7] = [
        ('"', '"'),
        ('\'', '\''),
        ('`', '`'),
        ('“', '”'),
        ('„', '“'),
        ('‘', '’'),
        ('«', '»'),
    ];
    let letters: Vec<char> = text.chars().collect();
    let is_in_word = |at: Option<usize>| {
        at.and_then(|at| letters.get(at))
            .is_some_and(|letter| letter.is_alphanumeric())
    };
    let closing = |from: usize, end: char| {
        let rest = letters.iter().enumerate().skip(from + 1);
        rest.filter(|(at, letter)| **letter == end && !is_in_word(Some(at + 1)))
            .map(|(at, _)| at)
            .next()
    };
    let mut kept = String::new();
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        let end = ENDS.iter().find(|(begin, _)| begin == letter);
        let end = end.filter(|_| !is_in_word(at.checked_sub(1)));
        match end.and_then(|(_, end)| closing(at, *end)) {
            Some(closed_at) => {
                kept.push(' ');
                at = closed_at + 1;
            }
            None => {
                kept.push(*letter);
                at += 1;
            }
        }
    }
    kept
}

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
    let network = |kind| Error::Network {
        kind,
        host: host.to_owned(),
        detail: String::new(),
        lost: false,
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
        407 => network(NetworkKind::Proxy),
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
        400..=499 => Error::Invalid {
            fields: refusal.fields,
            message,
        },
        300..=399 => network(NetworkKind::Redirected),
        status => Error::UnexpectedAnswer {
            path: "$".to_owned(),
            what: format!("status {status}"),
        },
    })
}

/// BigCommerce's sentence: `You don't have a required scope to access the endpoint`.
fn speaks_of_scopes(message: &str) -> bool {
    message.to_ascii_lowercase().contains("scope")
}

/// A limit of the platform may come as 403. Source: BigCommerce documentation, "API status codes".
fn speaks_of_limits(message: &str) -> bool {
    let message = message.to_ascii_lowercase();
    message.contains("limit") || message.contains("maximum number")
}

/// Customers' e-mail addresses that are in use come as 422.
fn says_taken(fields: &[FieldError], message: &str) -> bool {
    texts(fields, message).any(|text| text.contains("already in use"))
}

fn conflict(fields: Vec<FieldError>, message: String) -> Error {
    // A key's namespace holds a name, and an e-mail address may hold anything.
    let by_word = [
        ("namespace", Clash::Key),
        ("email", Clash::Email),
        ("sku", Clash::Sku),
        ("url", Clash::Url),
        ("name", Clash::Name),
    ];
    let found = by_word
        .into_iter()
        .find(|(word, _)| texts(&fields, &message).any(|text| text.contains(word)));
    let which = found.map_or(Clash::Other, |(_, which)| which);
    Error::Conflict {
        which,
        fields,
        message,
    }
}

/// All that a refusal says, in small letters.
fn texts<'a>(fields: &'a [FieldError], message: &'a str) -> impl Iterator<Item = String> + 'a {
    fields
        .iter()
        .flat_map(|field| [field.path.as_str(), field.message.as_str()])
        .chain([message])
        .map(str::to_ascii_lowercase)
}

use std::{fmt, time::Duration};

use commerce::{Access, Scope};

use crate::{Request, transport::WaitReason};

/// Why a call to the store did not give its answer.
///
/// Texts from the store are cleaned of control characters, cut to 300 characters and never hold
/// the access token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The access token is wrong, revoked or not a token at all (401). Says nothing of the store
    /// hash: BigCommerce looks at the token first.
    #[error("the store refused the access token")]
    Unauthorized,
    /// The token lacks a scope (403 with BigCommerce's sentence about scopes).
    #[error("the access token lacks the scope {}", scope_text(*needs))]
    MissingScope {
        /// What the call needs, where one scope decides it.
        needs: Option<(Scope, Access)>,
    },
    /// Refused for another reason (403): most often a token of another store.
    #[error("the store forbids this: {message}")]
    Forbidden {
        /// The store's words; may be empty.
        message: String,
    },
    /// What was asked for does not exist (404, 410).
    #[error("not found")]
    NotFound,
    /// The store refused what was sent (400, 422 and their kin). Nothing was changed.
    #[error("the store refused the data: {}", invalid_text(fields, message))]
    Invalid {
        /// The HTTP status.
        status: u16,
        /// What is wrong with which field, where the store says so.
        fields: Vec<FieldError>,
        /// The store's words for the whole; may be empty.
        message: String,
    },
    /// It clashes with something that exists (409, and 422 for customers' e-mail addresses).
    /// Nothing was changed.
    #[error("the store reports a conflict: {message}")]
    Conflict {
        /// What is taken.
        which: Clash,
        /// Where in what was sent, where the store says so.
        fields: Vec<FieldError>,
        /// The store's words; may be empty.
        message: String,
    },
    /// The body is larger, or holds more items, than the store takes (413).
    #[error("too large for the store: {message}")]
    TooLarge {
        /// The store's words; may be empty.
        message: String,
    },
    /// A limit of the platform or the plan is reached (507, and 403 that says so).
    #[error("a limit of the store is reached: {message}")]
    LimitReached {
        /// The store's words; may be empty.
        message: String,
    },
    /// The quota is used up, or the store asked to wait, and the wait would pass the deadline.
    #[error("the store asked us to wait {} s", retry_after.as_secs())]
    RateLimited {
        /// How long from now until it can go on.
        retry_after: Duration,
        /// An earlier try went out and stayed without an answer.
        lost: bool,
    },
    /// The store can't serve now: 5xx, 423, 402. For a write that [may be repeated], see
    /// [`Error::leaves_open`].
    ///
    /// [may be repeated]: crate::Kind::Idempotent
    #[error("the store is unavailable ({kind}, status {status})")]
    StoreUnavailable {
        /// The HTTP status.
        status: u16,
        /// What it means.
        kind: StoreTrouble,
        /// When the store says it may be back.
        retry_after: Option<Duration>,
    },
    /// No answer, for a reason on the way.
    #[error("no connection to {host}: {kind}{}", after_colon(detail))]
    Network {
        /// What went wrong.
        kind: NetworkKind,
        /// The host that was asked.
        host: String,
        /// The innermost cause in the words of the system; for reports. May be empty.
        detail: String,
        /// Something went out and stayed without an answer.
        lost: bool,
    },
    /// An answer came that is not shaped as the reference says.
    #[error("unexpected answer at `{path}`: {what}")]
    UnexpectedAnswer {
        /// Where it differs, as a JSON path.
        path: String,
        /// What was found, without its value.
        what: String,
    },
    /// A write went out, and nothing says what became of it: a [`Kind::Once`](crate::Kind::Once) request
    /// without an answer, or a [`Kind::Idempotent`](crate::Kind::Idempotent) one whose first try stayed
    /// without an answer and whose next was refused. Look for its effect; never send it again unseen.
    #[error("sent, but it is not known what became of it: {cause}")]
    Unknown {
        /// Why there is no answer, or why the last try was refused.
        cause: Box<Error>,
    },
    /// The caller's deadline passed first.
    #[error("the time for this ran out")]
    DeadlinePassed {
        /// What it was waiting for, if not for the answer.
        waiting: Option<WaitReason>,
        /// Where the answer should have come from.
        host: String,
        /// Something went out and stayed without an answer.
        lost: bool,
    },
    /// Its [permit](crate::Permit) was taken back before it went out, or before it went out again.
    #[error("it was not to be sent any more")]
    Withdrawn {
        /// An earlier try went out and stayed without an answer.
        lost: bool,
    },
}

/// What the store holds against one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// Dotted path, with the index first in a batch (`0.name`). Empty where the store names none.
    pub path: String,
    /// The store's words, or its code for them (`error.path.missing`).
    pub message: String,
}

impl FieldError {
    /// Which item of a batch it is about, counted from 0, and the path inside that item.
    #[must_use]
    pub fn item(&self) -> Option<(usize, &str)> {
        let (first, rest) = self.path.split_once('.').unwrap_or((&self.path, ""));
        Some((first.parse().ok()?, rest))
    }
}

/// What is taken already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Clash {
    /// A name that has to be the only one.
    Name,
    /// A stock keeping unit, of a product or a variant.
    Sku,
    /// An address on the storefront.
    Url,
    /// A customer's e-mail address.
    Email,
    /// Namespace and key of a metafield.
    Key,
    /// The store doesn't say, or something else.
    Other,
}

/// Why there was no connection, or why it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NetworkKind {
    /// The host's name gave no address: most often there is no network.
    Dns,
    /// Nobody answers at the address: refused or unreachable.
    Refused,
    /// This computer has no certificates of authorities, so nobody outside of it can be trusted. Nothing was asked.
    NoAuthorities,
    /// The certificate or the handshake was not accepted.
    Tls,
    /// The proxy did not let us through.
    Proxy,
    /// No answer in time.
    TimedOut,
    /// The connection broke off.
    Reset,
    /// We were sent elsewhere, and did not follow: the token goes to the API only.
    Redirected,
    /// Something else.
    Other,
}

/// What keeps a store from serving.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StoreTrouble {
    /// Down for maintenance (503).
    Maintenance,
    /// Suspended by BigCommerce, or not paid for (503 that says so, 402).
    Suspended,
    /// Locked, for instance while it is moved or exported (423).
    Locked,
    /// Trouble at the server (other 5xx, 408).
    ServerTrouble,
}

impl Error {
    /// A stable name of the kind of error, in camel case.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unauthorized => "unauthorized",
            Self::MissingScope { .. } => "missingScope",
            Self::Forbidden { .. } => "forbidden",
            Self::NotFound => "notFound",
            Self::Invalid { .. } => "invalid",
            Self::Conflict { .. } => "conflict",
            Self::TooLarge { .. } => "tooLarge",
            Self::LimitReached { .. } => "limitReached",
            Self::RateLimited { .. } => "rateLimited",
            Self::StoreUnavailable { .. } => "storeUnavailable",
            Self::Network { .. } => "network",
            Self::UnexpectedAnswer { .. } => "unexpectedAnswer",
            Self::Unknown { .. } => "unknown",
            Self::DeadlinePassed { .. } => "deadlinePassed",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }

    /// Whether a write may have taken effect all the same.
    ///
    /// `false` means that the store refused it or that nothing went out. `true` means: look, or,
    /// for [`Kind::Idempotent`](crate::Kind::Idempotent), send it again.
    #[must_use]
    pub const fn leaves_open(&self) -> bool {
        match self {
            Self::Unknown { .. }
            | Self::UnexpectedAnswer { .. }
            | Self::StoreUnavailable {
                kind: StoreTrouble::ServerTrouble | StoreTrouble::Maintenance,
                ..
            } => true,
            Self::RateLimited { lost, .. }
            | Self::Network { lost, .. }
            | Self::DeadlinePassed { lost, .. }
            | Self::Withdrawn { lost } => *lost,
            Self::Unauthorized
            | Self::MissingScope { .. }
            | Self::Forbidden { .. }
            | Self::NotFound
            | Self::Invalid { .. }
            | Self::Conflict { .. }
            | Self::TooLarge { .. }
            | Self::LimitReached { .. }
            | Self::StoreUnavailable {
                kind: StoreTrouble::Suspended | StoreTrouble::Locked,
                ..
            } => false,
        }
    }

    /// Whether the same question may be answered a moment later, without anybody having changed a thing.
    pub(crate) const fn may_pass(&self) -> bool {
        match self {
            Self::RateLimited { .. }
            | Self::StoreUnavailable { .. }
            | Self::Network { .. }
            | Self::UnexpectedAnswer { .. }
            | Self::Unknown { .. }
            | Self::DeadlinePassed { .. }
            | Self::Withdrawn { .. } => true,
            Self::Unauthorized
            | Self::MissingScope { .. }
            | Self::Forbidden { .. }
            | Self::NotFound
            | Self::Invalid { .. }
            | Self::Conflict { .. }
            | Self::TooLarge { .. }
            | Self::LimitReached { .. } => false,
        }
    }

    /// The same, knowing that an earlier try of a write stayed without an answer. That this one was refused
    /// says nothing of that.
    pub(crate) fn with_lost(mut self, earlier: bool) -> Self {
        if let Self::RateLimited { lost, .. }
        | Self::Network { lost, .. }
        | Self::DeadlinePassed { lost, .. }
        | Self::Withdrawn { lost } = &mut self
        {
            *lost |= earlier;
        } else if earlier && !self.leaves_open() {
            return Self::Unknown {
                cause: Box::new(self),
            };
        }
        self
    }

    /// What the error leaves of a request whose repetition is or is not allowed.
    pub(crate) fn of<T>(self, request: &Request<T>) -> Self {
        let once = matches!(request.kind(), crate::Kind::Once);
        if once && self.leaves_open() && !matches!(self, Self::Unknown { .. }) {
            Self::Unknown {
                cause: Box::new(self),
            }
        } else {
            self
        }
    }
}

impl fmt::Display for NetworkKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Dns => "the name could not be found",
            Self::Refused => "nobody answers there",
            Self::NoAuthorities => "this computer has no certificates of authorities",
            Self::Tls => "the connection is not trusted",
            Self::Proxy => "the proxy refused",
            Self::TimedOut => "no answer in time",
            Self::Reset => "the connection broke off",
            Self::Redirected => "the answer pointed elsewhere and was not followed",
            Self::Other => "the connection failed",
        })
    }
}

impl fmt::Display for StoreTrouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Maintenance => "down for maintenance",
            Self::Suspended => "suspended",
            Self::Locked => "locked",
            Self::ServerTrouble => "server trouble",
        })
    }
}

fn scope_text(needs: Option<(Scope, Access)>) -> String {
    match needs {
        Some((scope, Access::Read)) => format!("{scope} (read-only)"),
        Some((scope, Access::Modify)) => format!("{scope} (modify)"),
        None => "it needs".to_owned(),
    }
}

fn invalid_text(fields: &[FieldError], message: &str) -> String {
    let mut parts: Vec<String> = fields
        .iter()
        .map(|field| {
            if field.path.is_empty() {
                field.message.clone()
            } else {
                format!("{}: {}", field.path, field.message)
            }
        })
        .collect();
    if parts.is_empty() {
        parts.push(message.to_owned());
    }
    parts.join("; ")
}

fn after_colon(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!(": {text}")
    }
}

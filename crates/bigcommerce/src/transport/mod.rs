//! Sending, pacing, retrying, and telling failures apart.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
};

use commerce::AccessToken;
use futures::future::BoxFuture;

use crate::Method;

mod classify;
mod form;
mod http;
mod outside;
mod pacer;
mod quota;
mod send;
mod sizes;

pub(crate) use classify::Refused;
pub use http::{HttpTransport, HttpTransportError};
pub(crate) use outside::{Outside, on_this_computer};
pub use pacer::{Lane, Pacing, Wait, WaitReason};
pub(crate) use pacer::{Pacer, Room};
pub use quota::Quota;
pub(crate) use send::{Sender, Sent, TRIES_MAX};
pub(crate) use sizes::PageSizes;

/// The way to the network, handed in by the host.
///
/// Does exactly one exchange: no retry, no redirect, no timeout of its own. Dropping the future
/// ends the exchange.
pub trait Transport: Send + Sync + 'static {
    /// Sends the request and reads the whole answer.
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>>;
}

/// Randomness, handed in by the host; used to spread waits.
pub trait Randomness: Send + Sync + 'static {
    /// A number from 0.0 (included) to 1.0 (excluded).
    fn unit(&self) -> f64;
}

/// One HTTP exchange to be made.
#[derive(Clone)]
pub struct HttpRequest {
    /// The method.
    pub method: Method,
    /// The whole address, encoded already.
    pub url: String,
    /// Headers to send. The token is not among them.
    pub headers: Vec<(&'static str, String)>,
    /// Goes into the header that [`HttpRequest::token_in`] names, marked as sensitive.
    pub token: AccessToken,
    /// Where the token goes.
    pub token_in: TokenHeader,
    /// One more header whose value is a secret, marked as sensitive.
    pub secret: Option<(&'static str, AccessToken)>,
    /// The body, if there is one.
    pub body: Option<Vec<u8>>,
    /// The largest answer to read, in bytes after decompression.
    pub answer_max_bytes: usize,
    /// Where the exchange has got to, for whoever gives up waiting for it.
    pub progress: Progress,
}

/// The header that carries the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenHeader {
    /// `X-Auth-Token`: the REST API.
    XAuthToken,
    /// `Authorization: Bearer`: the storefront's GraphQL API.
    Bearer,
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest")
            .field("method", &self.method)
            .field("url", &self.url.split('?').next().unwrap_or_default())
            .field("token", &self.token)
            .field("body_bytes", &self.body.as_ref().map(Vec::len))
            .finish_non_exhaustive()
    }
}

/// Says, of an exchange given up, whether anything can have gone out.
///
/// A transport that never touches it is taken to have sent everything.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<AtomicU8>);

const CONNECTING: u8 = 1;
const SENDING: u8 = 2;

impl Progress {
    /// Nothing has gone out yet, and [`Progress::sending`] will be called before anything does.
    pub fn connecting(&self) {
        self.0.store(CONNECTING, Ordering::SeqCst);
    }

    /// From now on something may have gone out.
    pub fn sending(&self) {
        self.0.store(SENDING, Ordering::SeqCst);
    }

    /// Whether something may have gone out.
    #[must_use]
    pub fn may_have_sent(&self) -> bool {
        self.0.load(Ordering::SeqCst) != CONNECTING
    }
}

/// Headers of an answer, in the order they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers(Vec<(String, String)>);

impl Headers {
    /// The first header of that name, in any case of letters.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(given, _)| given.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Headers {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        Self(
            pairs
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}

/// A whole answer.
#[derive(Clone)]
pub struct HttpResponse {
    /// The status, 100 to 599.
    pub status: u16,
    /// Its headers.
    pub headers: Headers,
    /// The body, decompressed. Empty where there is none.
    pub body: Vec<u8>,
}

/// Bodies hold what customers wrote.
impl fmt::Debug for HttpResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpResponse")
            .field("status", &self.status)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// Why an exchange gave no whole answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind:?}: {detail}")]
pub struct TransportError {
    /// What happened.
    pub kind: TransportErrorKind,
    /// Whether anything of the request may have gone out. If in doubt, `true`.
    pub sent: bool,
    /// The innermost cause in the words of the system. May be empty.
    pub detail: String,
}

/// What can happen to an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "explained at NetworkKind")]
#[non_exhaustive]
pub enum TransportErrorKind {
    Dns,
    Refused,
    NoAuthorities,
    Tls,
    Proxy,
    TimedOut,
    Reset,
    /// The answer is larger than the request allows.
    AnswerTooLarge,
    Other,
}

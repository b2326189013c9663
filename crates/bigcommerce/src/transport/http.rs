//! The real way to the network.

use std::{
    convert::Infallible,
    error::Error as StdError,
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use futures::future::BoxFuture;
use http_body::{Body, Frame, SizeHint};
use reqwest::header::{HeaderName, HeaderValue};
use url::{Host, Url};

use super::{
    Headers, HttpRequest, HttpResponse, Outside, Progress, TokenHeader, Transport, TransportError,
    TransportErrorKind, on_this_computer,
};
use crate::Method;

const IDLE_CONNECTION_KEPT: Duration = Duration::from_secs(20);
/// At most so much room is made for an answer on its own word.
const BODY_FIRST_BYTES: usize = 1024 * 1024;

/// HTTP over rustls, compressed, through the system's proxy except on this computer.
///
/// The system's proxy is, on every system, the one that the environment names: `HTTPS_PROXY`, else
/// `ALL_PROXY`, except for the hosts of `NO_PROXY`, by an address with `http`, `https`, `socks4`, `socks4a`,
/// `socks5` or `socks5h` (`socks4a` and `socks5h` leave it to the proxy to find the host). Where it names none, macOS
/// and Windows are asked for the proxy of their settings. Scripts that choose a proxy (PAC) are
/// not run anywhere, and the settings of a Linux desktop are not read. All of this is looked up when
/// it starts.
///
/// It follows no redirect, keeps no cookie, and has no timeout of its own. The system's
/// certificates decide whom it trusts: where it has none, only this computer can be reached.
#[derive(Clone, Debug)]
pub struct HttpTransport {
    outside: Outside,
    loopback: reqwest::Client,
}

/// The HTTP library could not start.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the network can't be used: {0}")]
pub struct HttpTransportError(String);

impl HttpTransportError {
    pub(crate) fn new(error: &reqwest::Error) -> Self {
        Self(innermost(error))
    }
}

impl HttpTransport {
    /// Ready to send as `user_agent` (name and version, as `Stockroom/0.1`).
    ///
    /// # Errors
    /// [`HttpTransportError`] if the library can't start or the name can't stand in a header.
    pub fn new(user_agent: &str) -> Result<Self, HttpTransportError> {
        let user_agent = user_agent.to_owned();
        let builder = move || {
            reqwest::Client::builder()
                .user_agent(user_agent.as_str())
                .redirect(reqwest::redirect::Policy::none())
                .referer(false)
                // Three at a time need no multiplexing, and a connection that died while the
                // computer slept goes with the one request that finds out.
                .http1_only()
                // A write should not meet a connection that the other side is just closing.
                .pool_idle_timeout(IDLE_CONNECTION_KEPT)
                .retry(reqwest::retry::never())
        };
        Ok(Self {
            loopback: on_this_computer(&builder)?,
            outside: Outside::new(builder),
        })
    }

    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let unsent = |detail: &str| TransportError {
            kind: TransportErrorKind::Other,
            sent: false,
            detail: detail.to_owned(),
        };
        let url = Url::parse(&request.url).map_err(|_| unsent("not a web address"))?;
        let client = match url.host() {
            Some(Host::Ipv4(address)) if address.is_loopback() => &self.loopback,
            Some(Host::Ipv6(address)) if address.is_loopback() => &self.loopback,
            Some(Host::Domain("localhost")) => &self.loopback,
            Some(_) | None => self.outside.client().map_err(|error| TransportError {
                kind: TransportErrorKind::NoAuthorities,
                sent: false,
                detail: error.0,
            })?,
        };
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Delete => reqwest::Method::DELETE,
        };
        let secret = |text: &str| {
            let mut value = HeaderValue::from_str(text)
                .map_err(|_| unsent("the token can't stand in a header"))?;
            value.set_sensitive(true);
            Ok(value)
        };
        let token = request.token.expose();
        let builder = client.request(method, url);
        let mut builder = match request.token_in {
            TokenHeader::XAuthToken => {
                builder.header(HeaderName::from_static("x-auth-token"), secret(token)?)
            }
            TokenHeader::Bearer => builder.header(
                reqwest::header::AUTHORIZATION,
                secret(&format!("Bearer {token}"))?,
            ),
        };
        if let Some((name, value)) = &request.secret {
            builder = builder.header(*name, secret(value.expose())?);
        }
        for (name, value) in request.headers {
            builder = builder.header(name, value);
        }
        request.progress.connecting();
        builder = builder.body(reqwest::Body::wrap(Watched {
            data: request.body.map(Bytes::from),
            progress: request.progress,
        }));
        let mut response = builder.send().await.map_err(|error| classify(&error))?;
        let status = response.status().as_u16();
        let headers: Headers = response
            .headers()
            .iter()
            .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
            .collect();
        let told = response.content_length().unwrap_or(0);
        let told = usize::try_from(told).unwrap_or(usize::MAX);
        let mut body = Vec::with_capacity(told.min(BODY_FIRST_BYTES).min(request.answer_max_bytes));
        while let Some(chunk) = response.chunk().await.map_err(|error| classify(&error))? {
            if body.len() + chunk.len() > request.answer_max_bytes {
                return Err(TransportError {
                    kind: TransportErrorKind::AnswerTooLarge,
                    sent: true,
                    detail: String::new(),
                });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(HttpResponse {
            status,
            headers,
            body,
        })
    }
}

impl Transport for HttpTransport {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(self.exchange(request))
    }
}

/// A body that tells when it is first asked for, which is after the connection stands: a store
/// can't act on a write whose body it has not got.
///
/// One of nothing, as every read has it, is never asked for its data, only whether it is at its end:
/// hyper does so when it writes the head to a connection that stands, and not before. The tests of a
/// server that never shakes hands and of one that never answers hold it to that. No header speaks of
/// such a body.
struct Watched {
    data: Option<Bytes>,
    progress: Progress,
}

impl Body for Watched {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.progress.sending();
        Poll::Ready(self.data.take().map(|data| Ok(Frame::data(data))))
    }

    fn is_end_stream(&self) -> bool {
        let is_at_end = self.data.is_none();
        if is_at_end {
            self.progress.sending();
        }
        is_at_end
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.data.as_ref().map_or(0, |data| data.len() as u64))
    }
}

/// Tells kinds of failure apart by what lies at the bottom of the library's error.
fn classify(error: &reqwest::Error) -> TransportError {
    let connecting = error.is_connect();
    TransportError {
        kind: kind(error, connecting),
        sent: !connecting && !error.is_builder(),
        detail: innermost(error),
    }
}

fn kind(error: &reqwest::Error, connecting: bool) -> TransportErrorKind {
    // What the HTTP library says itself names the address, in which any of these words may stand.
    let says = |wanted: &[&str]| {
        let mut causes = chain(error).filter(|cause| !cause.is::<reqwest::Error>());
        causes.any(|cause| {
            let text = cause.to_string().to_ascii_lowercase();
            wanted.iter().any(|word| text.contains(word))
        })
    };
    // The library keeps its proxy errors to itself; their words are all there is. This is the host's
    // name, which some proxies want found before they are asked.
    if connecting && error.is_dns() && says(&["resolving for socks"]) {
        return TransportErrorKind::Dns;
    }
    if connecting && says(&["proxy", "tunnel", "socks"]) {
        return TransportErrorKind::Proxy;
    }
    if error.is_dns() {
        return TransportErrorKind::Dns;
    }
    if says(&["certificate"]) {
        return TransportErrorKind::Tls;
    }
    let deepest = chain(error)
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .last()
        .map(innermost_kind);
    match deepest {
        Some(io::ErrorKind::TimedOut) => TransportErrorKind::TimedOut,
        Some(
            io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::UnexpectedEof
            | io::ErrorKind::NotConnected,
        ) => TransportErrorKind::Reset,
        // What rustls holds against the other side arrives as bad data.
        Some(io::ErrorKind::InvalidData) if connecting => TransportErrorKind::Tls,
        Some(_) | None if connecting => TransportErrorKind::Refused,
        // hyper's "connection closed before message completed" has no system error below it.
        None if error.is_request() || error.is_body() || error.is_decode() => {
            TransportErrorKind::Reset
        }
        Some(_) | None => TransportErrorKind::Other,
    }
}

/// System errors wrap each other without naming each other as their cause.
fn innermost_kind(error: &io::Error) -> io::ErrorKind {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
    inner.map_or_else(|| error.kind(), innermost_kind)
}

/// An error and all its causes, outermost first.
fn chain(error: &reqwest::Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    let mut next: Option<&(dyn StdError + 'static)> = Some(error);
    std::iter::from_fn(move || {
        let cause = next?;
        next = cause.source();
        Some(cause)
    })
}

/// The words of the deepest cause: those above it name addresses.
fn innermost(error: &reqwest::Error) -> String {
    chain(error)
        .last()
        .filter(|cause| !cause.is::<reqwest::Error>())
        .map(ToString::to_string)
        .unwrap_or_default()
}

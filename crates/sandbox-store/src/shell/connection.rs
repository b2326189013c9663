//! TCP connections with HTTP/1.1 on them, and the ways they can break.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http_body_util::BodyExt;
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::Sleep;
use tokio_rustls::TlsAcceptor;

use crate::http::{Request, Response};

/// What goes over the connection.
pub(super) enum Outcome {
    /// The answer, whole and at once.
    Answer(Response),
    /// The answer's head, half of its body, then the end of the connection.
    Half(Response),
    /// The answer, one byte at a time with this pause before each.
    Slow(Response, Duration),
    /// Nothing: the connection is reset.
    Cut,
}

/// What a connection is to suffer: an end in a reset instead of a farewell, or bytes that drip.
#[derive(Clone, Debug, Default)]
pub(super) struct Cut(Arc<Suffering>);

#[derive(Debug, Default)]
struct Suffering {
    cut: AtomicBool,
    /// Milliseconds before each byte; 0 is none.
    drip: AtomicU64,
}

impl Cut {
    pub(super) fn now(&self) {
        self.0.cut.store(true, Ordering::SeqCst);
    }

    fn is_wanted(&self) -> bool {
        self.0.cut.load(Ordering::SeqCst)
    }

    /// From here to the next request each byte that goes out waits this long, the head's too.
    pub(super) fn drip(&self, pause: Duration) {
        let millis = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX);
        self.0.drip.store(millis, Ordering::SeqCst);
    }

    fn pause_per_byte(&self) -> Option<Duration> {
        let millis = self.0.drip.load(Ordering::SeqCst);
        (millis > 0).then(|| Duration::from_millis(millis))
    }
}

/// A listener that is never closed for a while.
pub(super) fn always() -> watch::Receiver<bool> {
    watch::Sender::new(true).subscribe()
}

/// Serves connections until it is closing, or the task is aborted; then all of them end. While `is_listening` says
/// false nobody is there: new connections are refused by the system, and those that are open end. One
/// that `admits` does not let in is reset before anything is read from it.
pub(super) async fn accept<D, F, A>(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    (mut is_listening, mut closing): (watch::Receiver<bool>, watch::Receiver<bool>),
    admits: D,
    answer: F,
) where
    D: Fn() -> bool,
    F: Fn(Request, Cut) -> A + Clone + Send + 'static,
    A: Future<Output = Outcome> + Send + 'static,
{
    let Ok(address) = listener.local_addr() else {
        return;
    };
    let mut listener = Some(listener);
    let mut open = JoinSet::new();
    let mut may_change = true;
    loop {
        if *closing.borrow() {
            open.shutdown().await;
            return;
        }
        if !*is_listening.borrow_and_update() {
            listener = None;
            open.abort_all();
        } else if listener.is_none() {
            // The port was this store's: it is free again, if only after a moment.
            match TcpListener::bind(address).await {
                Ok(again) => listener = Some(again),
                Err(_taken) => tokio::time::sleep(Duration::from_millis(10)).await,
            }
            continue;
        }
        let accepted = async {
            match &listener {
                Some(listener) => listener.accept().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            // Also if whoever could say it is gone.
            () = async { drop(closing.wait_for(|is_closing| *is_closing).await) } => {
                open.shutdown().await;
                return;
            }
            accepted = accepted => match accepted {
                Ok((stream, _peer)) if !admits() => {
                    // Where the system refuses, the close is orderly: still nothing was read.
                    let _best_effort = stream.set_zero_linger();
                }
                Ok((stream, _peer)) => {
                    open.spawn(one(stream, tls.clone(), answer.clone()));
                }
                // Out of file handles, most likely: the next one may be free again.
                Err(_error) => tokio::time::sleep(Duration::from_millis(20)).await,
            },
            changed = is_listening.changed(), if may_change => may_change = changed.is_ok(),
            Some(_done) = open.join_next() => {}
        }
    }
}

async fn one<F, A>(stream: TcpStream, tls: Option<TlsAcceptor>, answer: F)
where
    F: Fn(Request, Cut) -> A + Clone + Send + 'static,
    A: Future<Output = Outcome> + Send + 'static,
{
    // Small answers should not wait for more to say.
    let _best_effort = stream.set_nodelay(true);
    let cut = Cut::default();
    let connection = Cuttable {
        stream,
        cut: cut.clone(),
        timer: None,
    };
    match tls {
        None => serve(connection, cut, answer).await,
        Some(tls) => {
            // Who does not trust the certificate leaves here.
            if let Ok(connection) = tls.accept(connection).await {
                serve(connection, cut, answer).await;
            }
        }
    }
}

async fn serve<S, F, A>(connection: S, cut: Cut, answer: F)
where
    S: AsyncRead + AsyncWrite + Unpin,
    F: Fn(Request, Cut) -> A + Clone + Send + 'static,
    A: Future<Output = Outcome> + Send + 'static,
{
    let service = service_fn(move |incoming: hyper::Request<Incoming>| {
        let answer = answer.clone();
        let cut = cut.clone();
        async move {
            cut.drip(Duration::ZERO);
            let Ok(request) = read(incoming).await else {
                cut.now();
                return Err(Gone);
            };
            match answer(request, cut.clone()).await {
                Outcome::Answer(response) => Ok(write(response, Pace::Whole)),
                // An orderly end in the middle: a reset could take back what was sent before it.
                Outcome::Half(response) => Ok(write(response, Pace::Half)),
                Outcome::Slow(response, pause) => Ok(write(response, Pace::Slow(pause))),
                Outcome::Cut => {
                    cut.now();
                    Err(Gone)
                }
            }
        }
    });
    // A client that leaves early, or a cut: nobody is left to tell.
    let _over = hyper::server::conn::http1::Builder::new()
        .serve_connection(TokioIo::new(connection), service)
        .await;
}

/// The connection ends without an answer.
#[derive(Debug, thiserror::Error)]
#[error("the connection is cut")]
struct Gone;

async fn read(incoming: hyper::Request<Incoming>) -> Result<Request, hyper::Error> {
    let (head, body) = incoming.into_parts();
    let headers = head
        .headers
        .iter()
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        })
        .collect();
    Ok(Request {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or("").to_owned(),
        headers,
        body: body.collect().await?.to_bytes().to_vec(),
    })
}

#[derive(Clone, Copy)]
enum Pace {
    Whole,
    Half,
    Slow(Duration),
}

fn write(response: Response, pace: Pace) -> hyper::Response<Out> {
    let length = response.body.len();
    let mut builder = hyper::Response::builder().status(response.status);
    for (name, value) in &response.headers {
        builder = builder.header(name, value);
    }
    if !matches!(response.status, 204 | 304) {
        builder = builder.header("Content-Length", length);
    }
    let body = Bytes::from(response.body);
    let out = match pace {
        Pace::Whole => Out::Whole(Some(body)),
        Pace::Half => Out::Half {
            first: Some(body.slice(0..length / 2)),
            is_flushed: false,
        },
        Pace::Slow(pause) => Out::Slow {
            left: body,
            pause,
            timer: Box::pin(tokio::time::sleep(pause)),
        },
    };
    builder.body(out).unwrap_or_else(|_error| {
        let mut broken = hyper::Response::new(Out::Whole(None));
        *broken.status_mut() = hyper::StatusCode::INTERNAL_SERVER_ERROR;
        broken
    })
}

/// A body on its way out.
enum Out {
    Whole(Option<Bytes>),
    /// What is still sent before the end.
    Half {
        first: Option<Bytes>,
        is_flushed: bool,
    },
    Slow {
        left: Bytes,
        pause: Duration,
        timer: Pin<Box<Sleep>>,
    },
}

impl Body for Out {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        match self.get_mut() {
            Self::Whole(body) => Poll::Ready(body.take().map(|bytes| Ok(Frame::data(bytes)))),
            Self::Half { first, is_flushed } => {
                if let Some(bytes) = first.take() {
                    return Poll::Ready(Some(Ok(Frame::data(bytes))));
                }
                if !*is_flushed {
                    // A pause lets what is buffered go out before the connection ends.
                    *is_flushed = true;
                    context.waker().wake_by_ref();
                    return Poll::Pending;
                }
                Poll::Ready(Some(Err(io::ErrorKind::UnexpectedEof.into())))
            }
            Self::Slow { left, pause, timer } => {
                if left.is_empty() {
                    return Poll::Ready(None);
                }
                ready!(timer.as_mut().poll(context));
                *timer = Box::pin(tokio::time::sleep(*pause));
                Poll::Ready(Some(Ok(Frame::data(left.split_to(1)))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Whole(body) => body.as_ref().is_none_or(Bytes::is_empty),
            Self::Half { .. } => false,
            Self::Slow { left, .. } => left.is_empty(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(body) => SizeHint::with_exact(body.as_ref().map_or(0, Bytes::len) as u64),
            Self::Half { .. } | Self::Slow { .. } => SizeHint::default(),
        }
    }
}

/// A stream that can end in a reset: when it is dropped with the cut set, the other side gets no
/// orderly end.
struct Cuttable {
    stream: TcpStream,
    cut: Cut,
    /// Of the byte that waits to go out.
    timer: Option<Pin<Box<Sleep>>>,
}

impl Drop for Cuttable {
    fn drop(&mut self) {
        if self.cut.is_wanted() {
            // Where the system refuses, the close is orderly: still no answer.
            let _best_effort = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Cuttable {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Cuttable {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let Some(pause) = self.cut.pause_per_byte() else {
            self.timer = None;
            return Pin::new(&mut self.stream).poll_write(context, bytes);
        };
        let timer = self
            .timer
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(pause)));
        ready!(timer.as_mut().poll(context));
        let first = &bytes[..bytes.len().min(1)];
        let written = ready!(Pin::new(&mut self.stream).poll_write(context, first));
        self.timer = None;
        Poll::Ready(written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.cut.is_wanted() {
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

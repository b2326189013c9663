//! What is said of a connection that doesn't come about, or breaks off.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use bigcommerce::{
    ApiOrigin, BoxFuture, Error, HttpRequest, HttpResponse, HttpTransport, Lane, NetworkKind,
    Transport, TransportError, TransportErrorKind, request,
};
use commerce::{AccessToken, Clock, Sleep, Tick};
use jiff::Timestamp;

use crate::{
    http::{LONG, Plan, Server},
    support::{Stage, Step, TOKEN, answer, asking, client, fail, simulated, time},
};

/// How asking for products with these words fails.
async fn failure(origin: &str, words: &str) -> TransportError {
    let transport = HttpTransport::new("test/0.1").unwrap();
    let request = asking(format!(
        "{origin}/stores/tins42/v3/catalog/products?keyword={words}"
    ));
    let answer = tokio::time::timeout(LONG, transport.send(request)).await;
    answer.unwrap().unwrap_err()
}

#[tokio::test]
async fn what_is_looked_for_says_nothing_of_why_it_was_not_found() {
    let server = Server::start(Plan::Hang).await;
    for words in ["socks", "proxy", "tunnel", "certificate"] {
        let error = failure("http://127.0.0.1:1", words).await;
        assert_eq!(
            (error.kind, error.sent),
            (TransportErrorKind::Refused, false),
            "{words}"
        );
        let error = failure(&server.origin, words).await;
        assert_eq!(
            (error.kind, error.sent),
            (TransportErrorKind::Reset, true),
            "{words}"
        );
    }
}

/// A clock on which a minute takes a second.
struct Hasty(tokio::time::Instant);

const HASTE: u32 = 60;

impl Clock for Hasty {
    fn now(&self) -> Tick {
        Tick::at(self.0.elapsed() * HASTE)
    }

    fn wall(&self) -> Timestamp {
        unreachable!("the client never looks at the calendar")
    }

    fn sleep_until(&self, deadline: Tick) -> Sleep<'_> {
        let at = self.0 + deadline.since(Tick::default()) / HASTE;
        Box::pin(tokio::time::sleep_until(at))
    }
}

/// The real way to the network, and how often it was taken.
struct Counting {
    way: HttpTransport,
    tries: AtomicUsize,
}

impl Transport for Counting {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        self.tries.fetch_add(1, Ordering::SeqCst);
        self.way.send(request)
    }
}

#[tokio::test]
async fn who_connects_once_asks_once_where_nobody_shakes_hands() {
    // Accepts, and then says nothing.
    let server = Server::start(Plan::Deaf).await;
    let way = Arc::new(Counting {
        way: HttpTransport::new("test/0.1").unwrap(),
        tries: AtomicUsize::new(0),
    });
    let clock = Arc::new(Hasty(tokio::time::Instant::now()));
    let origin = ApiOrigin::loopback(&server.origin.replace("http:", "https:")).unwrap();
    let client = client(origin, way.clone(), clock.clone(), 1).connecting_once();
    let deadline = clock.now() + Duration::from_secs(600);
    let asked = client.send(&request::time(), Lane::Person, deadline).await;
    let error = asked.unwrap_err();
    assert!(
        matches!(
            error,
            Error::Network {
                kind: NetworkKind::TimedOut,
                lost: false,
                ..
            }
        ),
        "{error:?}"
    );
    assert_eq!(way.tries.load(Ordering::SeqCst), 1);
}

#[test]
fn who_connects_once_hears_at_once_that_nobody_is_there_and_everything_else_is_tried_again() {
    for (fault, tries) in [
        (fail(TransportErrorKind::Dns, false), 1),
        (fail(TransportErrorKind::Refused, false), 1),
        (fail(TransportErrorKind::TimedOut, false), 1),
        (Step::StuckConnecting, 1),
        (fail(TransportErrorKind::Reset, false), 2),
        (fail(TransportErrorKind::Reset, true), 2),
        (fail(TransportErrorKind::TimedOut, true), 2),
        (Step::Silence, 2),
        (answer(502, "<html>"), 2),
        (answer(429, ""), 2),
    ] {
        simulated(async {
            let stage = Stage::new([fault.clone(), time()]);
            let client = stage.client.clone().connecting_once();
            let read = client
                .send(&request::time(), Lane::Person, stage.within(3600))
                .await;
            assert_eq!(read.is_ok(), tries > 1, "{fault:?}: {read:?}");
            assert_eq!(stage.script.times().len(), tries, "{fault:?}");
        });
    }
}

#[test]
fn who_tries_twice_hears_of_a_store_that_stumbles_within_two_seconds() {
    for fault in [
        answer(502, "<html>"),
        answer(503, "<html>"),
        fail(TransportErrorKind::Reset, true),
        fail(TransportErrorKind::Refused, false),
    ] {
        simulated(async {
            let stage = Stage::new([fault.clone(), fault.clone(), time()]);
            let client = stage.client.clone().trying_twice();
            // So it is in another line, and with another token.
            let line = stage.client.line();
            let client = client
                .standing_in(&line)
                .with_token(AccessToken::new(TOKEN.to_owned()));
            let began = stage.clock.now();
            let read = client
                .send(&request::time(), Lane::Person, stage.within(3600))
                .await;
            assert!(read.is_err(), "{fault:?}: {read:?}");
            assert_eq!(stage.script.times().len(), 2, "{fault:?}");
            let took = stage.clock.now().since(began);
            assert!(took <= Duration::from_secs(2), "{fault:?}: {took:?}");
        });
    }
    // What is over by then is no trouble.
    simulated(async {
        let stage = Stage::new([answer(502, "<html>"), time()]);
        let client = stage.client.clone().trying_twice();
        let time = request::time();
        let read = client.send(&time, Lane::Person, stage.within(3600));
        assert!(read.await.is_ok());
    });
}

#[test]
fn a_client_that_connects_once_stays_so_in_another_line_and_with_another_token() {
    simulated(async {
        let stage = Stage::new([fail(TransportErrorKind::Refused, false)]);
        let once = stage.client.clone().connecting_once();
        let line = stage.client.line();
        let ways = [
            once.clone().standing_in(&line),
            once.with_token(AccessToken::new(TOKEN.to_owned())),
        ];
        let request = request::time();
        for (way, sent) in ways.into_iter().zip(1..) {
            let read = way.send(&request, Lane::Person, stage.within(3600));
            assert!(read.await.is_err());
            assert_eq!(stage.script.times().len(), sent);
        }
    });
}

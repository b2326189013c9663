//! Over real sockets of this computer, in real time.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use bigcommerce::{
    ApiOrigin, Client, Error, HttpTransport, Kind, Lane, NetworkKind, Transport,
    TransportErrorKind, request,
    request::orders::{OrderUpdate, OrdersQuery},
};
use commerce::{Clock, OrderId, StatusId};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::support::{TOKEN, TestClock, asking, client, order};

/// What the server does with each connection, after reading one request from it.
#[derive(Clone)]
pub(crate) enum Plan {
    /// Sends these bytes and closes.
    Send(Vec<u8>),
    /// Sends these bytes, then one more byte every 50 ms without end.
    Trickle(Vec<u8>),
    /// Closes without a word.
    Hang,
    /// Sends these bytes without listening first.
    Blurt(Vec<u8>),
    /// Reads nothing and says nothing, for ever.
    Deaf,
}

/// A server on this computer that keeps what it was asked. Ends with the runtime.
pub(crate) struct Server {
    pub(crate) origin: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// As errors name it.
    fn host(&self) -> String {
        self.origin.trim_start_matches("http://").to_owned()
    }

    pub(crate) async fn start(plan: Plan) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let keep = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, plan.clone(), Arc::clone(&keep)));
            }
        });
        Self { origin, asked }
    }

    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

async fn serve(mut stream: TcpStream, plan: Plan, asked: Arc<Mutex<Vec<String>>>) {
    if matches!(plan, Plan::Deaf) {
        tokio::time::sleep(Duration::from_secs(60)).await;
        return;
    }
    if let Plan::Blurt(bytes) = &plan {
        let _ = stream.write_all(bytes).await;
        let _ = stream.read(&mut [0; 4096]).await;
        return;
    }
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let Ok(read) = stream.read(&mut buffer).await else {
            return;
        };
        request.extend_from_slice(&buffer[..read]);
        let text = String::from_utf8_lossy(&request);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = header(head, "content-length").map_or(0, |length| length.parse().unwrap());
            if body.len() >= length {
                break;
            }
        }
        if read == 0 {
            return;
        }
    }
    asked
        .lock()
        .unwrap()
        .push(String::from_utf8_lossy(&request).into_owned());
    match plan {
        Plan::Send(bytes) => {
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
        }
        Plan::Trickle(bytes) => {
            let mut sent = stream.write_all(&bytes).await;
            while sent.is_ok() {
                tokio::time::sleep(Duration::from_millis(50)).await;
                sent = stream.write_all(b" ").await;
            }
        }
        Plan::Hang | Plan::Deaf | Plan::Blurt(_) => {}
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (given, value) = line.split_once(':')?;
        given.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

pub(crate) fn http(status: &str, headers: &str, body: &str) -> Plan {
    let length = body.len();
    Plan::Send(
        format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n{headers}\r\n{body}")
            .into_bytes(),
    )
}

fn connect(origin: &str) -> (Client, Arc<TestClock>) {
    let clock = TestClock::new();
    let transport = Arc::new(HttpTransport::new("Stockroom/0.1 (test)").unwrap());
    let origin = ApiOrigin::loopback(origin).unwrap();
    (client(origin, transport, clock.clone(), 1), clock)
}

pub(crate) async fn ask(origin: &str, within: Duration) -> Result<jiff::Timestamp, Error> {
    let (client, clock) = connect(origin);
    let deadline = clock.now() + within;
    let answer = client.send(&request::time(), Lane::Person, deadline).await;
    answer.map(|answer| answer.value)
}

pub(crate) fn kind(result: Result<jiff::Timestamp, Error>) -> NetworkKind {
    match result {
        Err(Error::Network { kind, .. }) => kind,
        other => panic!("expected a failure of the network, not {other:?}"),
    }
}

const SHORT: Duration = Duration::from_millis(400);
pub(crate) const LONG: Duration = Duration::from_secs(20);

#[tokio::test]
async fn a_read_goes_out_as_the_store_wants_it() {
    let server = Server::start(http("200 OK", "Content-Type: application/json\r\n", "[]")).await;
    let (client, clock) = connect(&server.origin);
    let list = request::orders::list(
        &OrdersQuery::new().modified_since("2026-06-18T12:05:04Z".parse().unwrap()),
    );
    let page = client
        .send(&list, Lane::Refresh, clock.now() + LONG)
        .await
        .unwrap();
    assert_eq!(page.value.received, 0);
    let asked = server.asked();
    let (line, _) = asked[0].split_once("\r\n").unwrap();
    assert_eq!(
        line,
        "GET /stores/tins42/v2/orders?min_date_modified=2026-06-18T12%3A05%3A04%2B00%3A00\
         &sort=id%3Aasc&page=1&limit=250 HTTP/1.1"
    );
    assert_eq!(header(&asked[0], "x-auth-token"), Some(TOKEN));
    assert_eq!(header(&asked[0], "accept"), Some("application/json"));
    assert_eq!(
        header(&asked[0], "user-agent"),
        Some("Stockroom/0.1 (test)")
    );
    assert!(
        header(&asked[0], "accept-encoding")
            .unwrap()
            .contains("gzip")
    );
    for speaks_of_a_body in ["content-type", "content-length", "transfer-encoding"] {
        assert_eq!(header(&asked[0], speaks_of_a_body), None);
    }
}

#[tokio::test]
async fn a_write_carries_its_json_whole() {
    let body = order(7).to_string();
    let server = Server::start(http("200 OK", "", &body)).await;
    let (client, clock) = connect(&server.origin);
    let update = OrderUpdate {
        status_id: Some(StatusId(2)),
        staff_notes: Some("für Ada".to_owned()),
        ..OrderUpdate::default()
    };
    let update = request::orders::update(OrderId(7), &update);
    client
        .send(&update, Lane::Edit, clock.now() + LONG)
        .await
        .unwrap();
    let asked = server.asked();
    assert!(
        asked[0].starts_with("PUT /stores/tins42/v2/orders/7 HTTP/1.1\r\n"),
        "{}",
        asked[0]
    );
    assert_eq!(header(&asked[0], "content-type"), Some("application/json"));
    assert_eq!(header(&asked[0], "transfer-encoding"), None);
    let (_, sent) = asked[0].split_once("\r\n\r\n").unwrap();
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(sent).unwrap(),
        *update.body().unwrap()
    );
}

#[tokio::test]
async fn a_compressed_answer_is_read() {
    // {"time": 1781784304}, compressed by gzip.
    let zipped: &[u8] = &[
        0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xab, 0x56, 0x2a, 0xc9, 0xcc,
        0x4d, 0x55, 0xb2, 0x52, 0x30, 0x34, 0xb7, 0x00, 0x22, 0x13, 0x63, 0x03, 0x93, 0x5a, 0x00,
        0xc0, 0x13, 0x0b, 0x05, 0x14, 0x00, 0x00, 0x00,
    ];
    let mut bytes = format!(
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
        zipped.len()
    )
    .into_bytes();
    bytes.extend_from_slice(zipped);
    let server = Server::start(Plan::Send(bytes)).await;
    assert_eq!(
        ask(&server.origin, LONG).await.unwrap().as_second(),
        1_781_784_304
    );
}

#[tokio::test]
async fn nobody_is_followed_elsewhere_with_the_token() {
    let elsewhere = Server::start(http("200 OK", "", "{\"time\": 1}")).await;
    for status in ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"] {
        let location = format!("Location: {}/\r\n", elsewhere.origin);
        let server = Server::start(http(status, &location, "")).await;
        assert_eq!(
            kind(ask(&server.origin, LONG).await),
            NetworkKind::Redirected
        );
        assert_eq!(server.asked().len(), 1);
    }
    assert!(elsewhere.asked().is_empty());
}

#[tokio::test]
async fn cookies_are_not_kept() {
    let server = Server::start(http(
        "200 OK",
        "Set-Cookie: a=b; Path=/\r\n",
        "{\"time\": 1}",
    ))
    .await;
    let (client, clock) = connect(&server.origin);
    for _ in 0..2 {
        client
            .send(&request::time(), Lane::Person, clock.now() + LONG)
            .await
            .unwrap();
    }
    assert_eq!(header(&server.asked()[1], "cookie"), None);
}

#[tokio::test]
async fn a_port_nobody_listens_at_refuses() {
    assert_eq!(
        kind(ask("http://127.0.0.1:1", SHORT).await),
        NetworkKind::Refused
    );
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_is_not_trusted() {
    let server = Server::start(Plan::Blurt(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec())).await;
    let origin = server.origin.replace("http:", "https:");
    let result = tokio::time::timeout(LONG, ask(&origin, LONG))
        .await
        .unwrap();
    assert_eq!(kind(result), NetworkKind::Tls);
}

#[tokio::test]
async fn an_answer_cut_short_is_a_broken_connection() {
    for bytes in [
        &b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"time\":"[..],
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"tim",
        b"HTTP/1.1 200 O",
        b"",
    ] {
        let server = Server::start(Plan::Send(bytes.to_vec())).await;
        let kind = kind(ask(&server.origin, SHORT).await);
        assert_eq!(
            kind,
            NetworkKind::Reset,
            "{:?}",
            String::from_utf8_lossy(bytes)
        );
    }
}

#[tokio::test]
async fn a_write_the_store_swallowed_is_unknown_and_sent_once() {
    let server = Server::start(Plan::Hang).await;
    let (client, clock) = connect(&server.origin);
    let status = OrderUpdate {
        status_id: Some(StatusId(2)),
        ..OrderUpdate::default()
    };
    let update = request::orders::update(OrderId(7), &status);
    let error = client
        .send(&update, Lane::Edit, clock.now() + LONG)
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Unknown { .. }), "{error:?}");
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn a_write_that_never_got_a_connection_is_not_unknown() {
    // Accepts, and then never shakes hands.
    let server = Server::start(Plan::Deaf).await;
    let (client, clock) = connect(&server.origin.replace("http:", "https:"));
    let status = OrderUpdate {
        status_id: Some(StatusId(2)),
        ..OrderUpdate::default()
    };
    let update = request::orders::update(OrderId(7), &status);
    let error = client
        .send(&update, Lane::Edit, clock.now() + SHORT)
        .await
        .unwrap_err();
    assert_eq!(
        error,
        Error::DeadlinePassed {
            waiting: None,
            host: server.host(),
            lost: false
        }
    );
}

/// Every sort of write: with a body and without one.
fn writes() -> [bigcommerce::Request<()>; 3] {
    let note = OrderUpdate {
        staff_notes: Some("noted".to_owned()),
        ..OrderUpdate::default()
    };
    [
        request::orders::update(OrderId(7), &note).map(|_| ()),
        request::payments::capture(OrderId(7)).map(|_| ()),
        request::orders::archive(OrderId(7)),
    ]
}

#[tokio::test]
async fn a_write_of_any_sort_that_never_got_a_connection_is_known_to_be_unsent() {
    // Accepts, and then never shakes hands.
    let server = Server::start(Plan::Deaf).await;
    for write in writes() {
        let (client, clock) = connect(&server.origin.replace("http:", "https:"));
        let deadline = clock.now() + SHORT;
        let error = client.send(&write, Lane::Edit, deadline).await.unwrap_err();
        let unsent = Error::DeadlinePassed {
            waiting: None,
            host: server.host(),
            lost: false,
        };
        assert_eq!(error, unsent, "{write:?}");
    }
}

#[tokio::test]
async fn a_write_of_any_sort_that_nobody_answered_may_have_been_done() {
    // Takes the connection, and whatever is sent on it, without a word.
    let server = Server::start(Plan::Deaf).await;
    for write in writes() {
        let (client, clock) = connect(&server.origin);
        // Long enough for a busy machine to connect and to write.
        let deadline = clock.now() + Duration::from_secs(3);
        let error = client.send(&write, Lane::Edit, deadline).await.unwrap_err();
        let lost = Error::DeadlinePassed {
            waiting: None,
            host: server.host(),
            lost: true,
        };
        let lost = match write.kind() {
            Kind::Once => Error::Unknown {
                cause: Box::new(lost),
            },
            Kind::Read | Kind::Idempotent => lost,
        };
        assert_eq!(error, lost, "{write:?}");
    }
}

#[tokio::test]
async fn a_write_without_a_body_says_that_it_has_none() {
    for write in &writes()[1..] {
        let server = Server::start(http("204 No Content", "", "")).await;
        let (client, clock) = connect(&server.origin);
        let deadline = clock.now() + LONG;
        client.send(write, Lane::Edit, deadline).await.unwrap();
        let asked = server.asked();
        assert_eq!(header(&asked[0], "transfer-encoding"), None, "{}", asked[0]);
        let length = header(&asked[0], "content-length");
        assert!(matches!(length, None | Some("0")), "{}", asked[0]);
    }
}

#[tokio::test]
async fn bytes_that_trickle_in_do_not_outlive_the_deadline() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{";
    let server = Server::start(Plan::Trickle(head.to_vec())).await;
    let result = tokio::time::timeout(LONG, ask(&server.origin, SHORT))
        .await
        .unwrap();
    assert_eq!(
        result,
        Err(Error::DeadlinePassed {
            waiting: None,
            host: server.host(),
            lost: true
        })
    );
}

#[tokio::test]
async fn an_answer_without_end_is_cut_off() {
    let head = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n0123456789";
    let server = Server::start(Plan::Trickle(head.to_vec())).await;
    let transport = HttpTransport::new("Stockroom/0.1").unwrap();
    let request = asking(server.origin.clone());
    let error = tokio::time::timeout(LONG, transport.send(request))
        .await
        .unwrap()
        .unwrap_err();
    assert_eq!(error.kind, TransportErrorKind::AnswerTooLarge);
}

#[tokio::test]
async fn a_web_page_instead_of_an_answer_is_told_as_such() {
    let page = "<!doctype html><title>Sign in to the network</title>";
    let server = Server::start(http("200 OK", "Content-Type: text/html\r\n", page)).await;
    let error = ask(&server.origin, LONG).await.unwrap_err();
    assert!(
        matches!(&error, Error::UnexpectedAnswer { path, .. } if path == "$"),
        "{error:?}"
    );
}

#[test]
fn a_user_agent_that_fits_in_no_header_is_refused() {
    assert!(HttpTransport::new("two\nlines").is_err());
}

#[tokio::test]
async fn a_store_that_answers_in_xml_is_told_from_one_that_answers_in_json() {
    let store = sandbox_store::Strict::serve(sandbox_store::Config {
        token: Some(sandbox_store::Token::new(TOKEN)),
        ..sandbox_store::Config::default()
    })
    .await
    .unwrap();
    let list = request::orders::list(&OrdersQuery::new().limit(3));
    let url = format!(
        "{}/stores/{}{}?{}",
        store.origin,
        store.store_hash,
        list.path(),
        list.query()
    );
    let plain = reqwest::Client::builder().no_proxy().build().unwrap();
    let asked = plain.get(url).header("X-Auth-Token", TOKEN);
    // Version 2 answers like that unless JSON is asked for.
    let answer = asked.send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let xml = answer.bytes().await.unwrap();
    assert!(xml.starts_with(b"<?xml"), "{xml:?}");
    let Err(Error::UnexpectedAnswer { path, what }) = list.read(&xml) else {
        panic!("XML is no list of orders");
    };
    assert_eq!(path, "$");
    assert_eq!(what, "a web page or XML instead of JSON");

    // The same through the client, whoever sends it.
    let server = Server::start(http(
        "200 OK",
        "Content-Type: application/xml; charset=utf-8\r\n",
        std::str::from_utf8(&xml).unwrap(),
    ))
    .await;
    let (client, clock) = connect(&server.origin);
    let error = client
        .send(&list, Lane::Refresh, clock.now() + LONG)
        .await
        .unwrap_err();
    assert_eq!(error, Error::UnexpectedAnswer { path, what });
    assert_eq!(server.asked().len(), 1, "it would not get better");
    store.stop().await;
}

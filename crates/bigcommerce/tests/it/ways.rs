//! The way to the network as the system has it: proxies, names, certificates.
//!
//! Proxies and certificates are read from the environment, so each test runs itself once more in an environment of
//! its own.

use std::{
    io,
    sync::{Arc, Mutex},
};

use bigcommerce::{
    ApiOrigin, Error, HttpTransport, Lane, NetworkKind, PictureError, PictureSource, Pictures,
    Transport, TransportErrorKind, request,
};
use commerce::Clock;
use sandbox_store::{Config, Strict};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::{
    http::{LONG, Server, ask, http, kind},
    support::{TOKEN, TestClock, asking, client},
};

/// Set in the environment of the second run.
const AGAIN: &str = "STOCKROOM_TEST_AGAIN";
const NOBODY: &str = "http://127.0.0.1:1";
const PROXIES: [&str; 6] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
];

fn is_again() -> bool {
    std::env::var_os(AGAIN).is_some()
}

/// Runs a test of this file once more, with that proxy or with none.
async fn again(test: &str, proxy: Option<&str>) {
    again_with(test, proxy, &[]).await;
}

/// The same, with these variables besides.
async fn again_with(test: &str, proxy: Option<&str>, variables: &[(&str, &str)]) {
    let mut run = std::process::Command::new(std::env::current_exe().unwrap());
    run.args(["--exact", &format!("ways::{test}")])
        .env(AGAIN, "1");
    for name in PROXIES {
        match proxy {
            Some(proxy) => run.env(name, proxy),
            None => run.env_remove(name),
        };
    }
    run.env_remove("NO_PROXY").env_remove("no_proxy");
    run.envs(variables.iter().copied());
    let output = tokio::task::spawn_blocking(move || run.output());
    let output = output.await.unwrap().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}"
    );
}

#[tokio::test]
async fn this_computer_is_never_asked_through_the_systems_proxy() {
    if is_again() {
        let server = Server::start(http("200 OK", "", "{\"time\": 1}")).await;
        ask(&server.origin, LONG).await.unwrap();
        return;
    }
    let test = "this_computer_is_never_asked_through_the_systems_proxy";
    again(test, Some(NOBODY)).await;
}

#[tokio::test]
async fn the_store_is_asked_through_the_systems_proxy_which_is_named_when_it_refuses() {
    if is_again() {
        let clock = TestClock::new();
        let transport = Arc::new(HttpTransport::new("test/0.1").unwrap());
        let client = client(ApiOrigin::bigcommerce(), transport, clock.clone(), 1);
        let deadline = clock.now() + LONG;
        let answer = client.send(&request::time(), Lane::Person, deadline).await;
        let Err(Error::Network { lost, .. }) = &answer else {
            panic!("the proxy lets nobody through: {answer:?}");
        };
        assert!(!lost, "nothing has gone out to the store");
        assert_eq!(kind(answer.map(|answer| answer.value)), NetworkKind::Proxy);
        return;
    }
    let test = "the_store_is_asked_through_the_systems_proxy_which_is_named_when_it_refuses";
    for refusal in ["502 Bad Gateway", "407 Proxy Authentication Required"] {
        let proxy = Server::start(http(refusal, "", "")).await;
        again(test, Some(&proxy.origin)).await;
        let asked = proxy.asked();
        assert_eq!(asked.len(), 1, "{refusal}");
        assert!(
            asked[0].starts_with("CONNECT api.bigcommerce.com:443 "),
            "{}",
            asked[0]
        );
        assert!(!asked[0].contains(TOKEN), "the token is the store's alone");
    }
    // One that isn't there is told from a store that isn't there.
    again(test, Some(NOBODY)).await;
}

/// As in an office, whose proxy has a name that leads into its own network.
#[tokio::test]
async fn pictures_are_asked_for_through_a_proxy_whose_name_is_of_a_private_network() {
    if is_again() {
        let pictures = Pictures::new("test/0.1", TestClock::new()).unwrap();
        let shop = PictureSource::of(&ApiOrigin::bigcommerce(), "");
        let address = "https://cdn11.bigcommerce.com/a.png";
        let fetched = pictures.fetch(&shop, address).await;
        // This proxy lets nobody through.
        assert_eq!(fetched, Err(PictureError::Network));
        return;
    }
    if std::net::ToSocketAddrs::to_socket_addrs("localhost:80").is_err() {
        return testkit::not_tried("a name of this computer, for here it has none");
    }
    let test = "pictures_are_asked_for_through_a_proxy_whose_name_is_of_a_private_network";
    let proxy = Server::start(http("502 Bad Gateway", "", "")).await;
    let named = proxy.origin.replace("127.0.0.1", "localhost");
    again(test, Some(&named)).await;
    let asked = proxy.asked();
    assert_eq!(asked.len(), 1, "{asked:?}");
    assert!(
        asked[0].starts_with("CONNECT cdn11.bigcommerce.com:443 "),
        "{}",
        asked[0]
    );
}

/// A SOCKS proxy on this computer. Ends with the runtime. Source: RFC 1928.
struct Socks {
    /// Host and port.
    place: String,
    asked: Arc<Mutex<Vec<Wanted>>>,
}

/// What a SOCKS proxy was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Wanted {
    /// A connection to that host, by name or by number.
    Host(Vec<u8>, u16),
    /// That this be sent on.
    Sent(Vec<u8>),
}

const GRANTED: u8 = 0;
const NOT_ALLOWED: u8 = 2;

impl Socks {
    /// One that answers everybody with that.
    async fn start(reply: u8) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let place = listener.local_addr().unwrap().to_string();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let keep = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                serve_socks(stream, reply, &keep).await.unwrap();
            }
        });
        Self { place, asked }
    }

    fn asked(&self) -> Vec<Wanted> {
        self.asked.lock().unwrap().clone()
    }
}

/// What comes is noted before it is answered, so that whoever has the answer finds it.
async fn serve_socks(
    mut stream: TcpStream,
    reply: u8,
    asked: &Mutex<Vec<Wanted>>,
) -> io::Result<()> {
    const BY_NAME: u8 = 3;
    let mut ways = [0; 3];
    stream.read_exact(&mut ways).await?;
    assert_eq!(
        ways,
        [5, 1, 0],
        "one way, which is to say nothing of oneself"
    );
    stream.write_all(&[5, 0]).await?;
    let mut head = [0; 4];
    stream.read_exact(&mut head).await?;
    let mut host = if head[3] == BY_NAME {
        vec![0; stream.read_u8().await?.into()]
    } else {
        vec![0; 4]
    };
    stream.read_exact(&mut host).await?;
    let port = stream.read_u16().await?;
    asked.lock().unwrap().push(Wanted::Host(host, port));
    stream
        .write_all(&[5, reply, 0, 1, 0, 0, 0, 0, 0, 0])
        .await?;
    let mut sent = [0; 4096];
    // Whoever was refused hangs up.
    if let Ok(length @ 1..) = stream.read(&mut sent).await {
        let sent = Wanted::Sent(sent[..length].to_vec());
        asked.lock().unwrap().push(sent);
    }
    Ok(())
}

#[tokio::test]
async fn a_socks_proxy_is_asked_and_named_when_it_refuses() {
    if is_again() {
        let transport = HttpTransport::new("test/0.1").unwrap();
        let asking = asking("https://api.bigcommerce.com/".to_owned());
        let error = transport.send(asking).await.unwrap_err();
        assert_eq!(error.kind, TransportErrorKind::Proxy, "{error:?}");
        assert!(!error.sent);
        return;
    }
    let test = "a_socks_proxy_is_asked_and_named_when_it_refuses";
    let proxy = Socks::start(NOT_ALLOWED).await;
    again(test, Some(&format!("socks5h://{}", proxy.place))).await;
    let store = Wanted::Host(b"api.bigcommerce.com".to_vec(), 443);
    assert_eq!(proxy.asked(), [store]);
    // One that isn't there.
    again(test, Some("socks5h://127.0.0.1:1")).await;
}

#[tokio::test]
async fn what_goes_through_a_socks_proxy_is_for_the_store_alone() {
    /// Nobody's. Source: RFC 5737, section 3.
    const ADDRESS: [u8; 4] = [192, 0, 2, 1];
    if is_again() {
        let transport = HttpTransport::new("test/0.1").unwrap();
        let asking = asking("https://192.0.2.1/".to_owned());
        let error = transport.send(asking).await.unwrap_err();
        assert_eq!(error.kind, TransportErrorKind::Reset, "{error:?}");
        assert!(!error.sent);
        return;
    }
    let test = "what_goes_through_a_socks_proxy_is_for_the_store_alone";
    for scheme in ["socks5", "socks5h"] {
        let proxy = Socks::start(GRANTED).await;
        again(test, Some(&format!("{scheme}://{}", proxy.place))).await;
        let asked = proxy.asked();
        assert_eq!(asked[0], Wanted::Host(ADDRESS.to_vec(), 443), "{scheme}");
        // The beginning of a handshake. Source: RFC 8446, section 5.1.
        let Some(Wanted::Sent(sent)) = asked.get(1) else {
            panic!("{scheme}: {asked:?}");
        };
        assert_eq!(sent[..2], [22, 3], "{scheme}");
        assert_eq!(asked.len(), 2, "{scheme}");
    }
}

#[tokio::test]
async fn a_name_that_nobody_has_is_not_the_fault_of_a_proxy_that_wants_its_number() {
    if !is_again() {
        let test = "a_name_that_nobody_has_is_not_the_fault_of_a_proxy_that_wants_its_number";
        return again(test, Some("socks5://127.0.0.1:1")).await;
    }
    let transport = HttpTransport::new("test/0.1").unwrap();
    let asking = asking("https://stockroom.invalid/".to_owned());
    let error = transport.send(asking).await.unwrap_err();
    assert_eq!(error.kind, TransportErrorKind::Dns, "{error:?}");
    assert!(!error.sent);
}

#[tokio::test]
async fn a_name_that_nobody_has_is_told_from_a_store_that_does_not_answer() {
    if !is_again() {
        let test = "a_name_that_nobody_has_is_told_from_a_store_that_does_not_answer";
        return again(test, None).await;
    }
    let transport = HttpTransport::new("test/0.1").unwrap();
    let error = transport
        // Never given to anybody. Source: RFC 6761, section 6.4.
        .send(asking("https://stockroom.invalid/".to_owned()))
        .await
        .unwrap_err();
    assert_eq!(error.kind, TransportErrorKind::Dns, "{error:?}");
    assert!(!error.sent);
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_not_trusted() {
    let store = Strict::serve(Config {
        tls_self_signed: true,
        ..Config::default()
    })
    .await
    .unwrap();
    assert_eq!(kind(ask(&store.origin, LONG).await), NetworkKind::Tls);
    store.stop().await;
}

/// Elsewhere the system itself says whom to trust, and no variable empties its list.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn without_certificates_this_computer_is_reached_and_a_store_says_what_is_missing() {
    let test = "without_certificates_this_computer_is_reached_and_a_store_says_what_is_missing";
    if !is_again() {
        let nothing = [("SSL_CERT_FILE", "/dev/null"), ("SSL_CERT_DIR", "")];
        return again_with(test, None, &nothing).await;
    }
    let server = Server::start(http("200 OK", "", "{\"time\": 1}")).await;
    ask(&server.origin, LONG).await.unwrap();

    let clock = TestClock::new();
    let transport = Arc::new(HttpTransport::new("test/0.1").unwrap());
    let client = client(ApiOrigin::bigcommerce(), transport, clock.clone(), 1);
    let deadline = clock.now() + LONG;
    let answer = client.send(&request::time(), Lane::Person, deadline).await;
    let Err(Error::Network { lost, .. }) = &answer else {
        panic!("nobody can be trusted: {answer:?}");
    };
    assert!(!lost, "nothing has gone out to the store");
    let kind = kind(answer.map(|answer| answer.value));
    assert_eq!(kind, NetworkKind::NoAuthorities);
    // Pictures of stores are missing then, and nothing else.
    Pictures::new("test/0.1", clock).unwrap();
    // A name that can't stand in a header is an error still.
    assert!(HttpTransport::new("test\n").is_err());
}

//! Pictures over real sockets of this computer.

use std::sync::{Arc, Mutex};

use bigcommerce::{
    ApiOrigin, PICTURE_MAX_BYTES, PictureError, PictureKind, PictureSource, Pictures,
};
use commerce::{Clock, Sleep, Tick};
use jiff::Timestamp;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nand so on";

/// A clock on which every wait is over at once, or never ends.
struct Waits(bool);

impl Clock for Waits {
    fn now(&self) -> Tick {
        Tick::default()
    }

    fn wall(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    fn sleep_until(&self, _: Tick) -> Sleep<'_> {
        if self.0 {
            Box::pin(std::future::ready(()))
        } else {
            Box::pin(std::future::pending())
        }
    }
}

/// A server that gives every connection the same answer, and keeps what it was asked.
async fn server(answer: Vec<u8>) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let keep = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                let mut byte = [0; 1];
                if stream.read_exact(&mut byte).await.is_err() {
                    break;
                }
                request.push(byte[0]);
            }
            keep.lock()
                .unwrap()
                .push(String::from_utf8_lossy(&request).into_owned());
            // Whoever has seen enough hangs up.
            let _ = stream.write_all(&answer).await;
        }
    });
    (origin, asked)
}

fn answer(head: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!(
        "HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )
    .into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

fn pictures(never_waits: bool) -> Pictures {
    Pictures::new("Stockroom-tests/0", Arc::new(Waits(never_waits))).unwrap()
}

fn at(origin: &str) -> PictureSource {
    PictureSource::of(&ApiOrigin::loopback(origin).unwrap(), "")
}

async fn fetched(bytes: Vec<u8>) -> Result<PictureKind, PictureError> {
    let (origin, _) = server(bytes).await;
    let address = format!("{origin}/p/1.png");
    let fetched = pictures(false).fetch(&at(&origin), &address).await?;
    Ok(fetched.kind)
}

#[tokio::test]
async fn a_picture_comes_without_the_token_and_whatever_it_is_called() {
    let (origin, asked) = server(answer("200 OK\r\nContent-Type: text/html", PNG)).await;
    let address = format!("{origin}/p/1.jpg?c=2");
    let fetched = pictures(false).fetch(&at(&origin), &address).await.unwrap();
    assert_eq!(
        (fetched.kind, fetched.bytes.as_slice()),
        (PictureKind::Png, PNG)
    );
    let asked = asked.lock().unwrap().join("");
    assert!(asked.starts_with("GET /p/1.jpg?c=2 HTTP/1.1"), "{asked}");
    assert!(!asked.to_lowercase().contains("x-auth-token"), "{asked}");
}

#[tokio::test]
async fn what_is_no_picture_is_not_given_whatever_it_says_it_is() {
    for body in [
        &b"<html>"[..],
        b"",
        b"{}",
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    ] {
        let page = answer("200 OK\r\nContent-Type: image/png", body);
        assert_eq!(fetched(page).await, Err(PictureError::NoPicture));
    }
}

#[tokio::test]
async fn a_picture_that_moved_is_not_followed() {
    let (elsewhere, asked_elsewhere) = server(answer("200 OK", PNG)).await;
    for status in ["301 Moved", "302 Found", "307 Temporary Redirect"] {
        let moved = answer(&format!("{status}\r\nLocation: {elsewhere}/a.png"), b"");
        assert_eq!(fetched(moved).await, Err(PictureError::Moved));
    }
    assert!(asked_elsewhere.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_picture_may_be_as_large_as_a_store_takes_them_and_no_larger() {
    let mut body = PNG.to_vec();
    body.resize(PICTURE_MAX_BYTES, 0);
    assert_eq!(fetched(answer("200 OK", &body)).await, Ok(PictureKind::Png));
    body.push(0);
    assert_eq!(
        fetched(answer("200 OK", &body)).await,
        Err(PictureError::TooLarge)
    );
}

#[tokio::test]
async fn refusals_and_broken_answers_give_no_picture() {
    assert_eq!(
        fetched(answer("404 Not Found", b"")).await,
        Err(PictureError::Refused { status: 404 })
    );
    let mut half = answer("200 OK", PNG);
    half.truncate(half.len() - 3);
    assert_eq!(fetched(half).await, Err(PictureError::Network));
}

#[tokio::test]
async fn a_picture_that_never_comes_is_given_up() {
    // Listens, and never accepts.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let address = format!("{origin}/a.png");
    assert_eq!(
        pictures(true).fetch(&at(&origin), &address).await,
        Err(PictureError::TimedOut)
    );
}

#[tokio::test]
async fn a_real_store_gets_no_picture_from_this_computer_and_a_local_one_none_from_elsewhere() {
    let (origin, asked) = server(answer("200 OK", PNG)).await;
    let real = PictureSource::of(&ApiOrigin::bigcommerce(), "localhost");
    for address in [
        format!("{origin}/a.png"),
        origin.replace("http", "https") + "/a.png",
        origin.replace("127.0.0.1", "localhost") + "/a.png",
    ] {
        assert_eq!(
            pictures(false).fetch(&real, &address).await,
            Err(PictureError::NotAllowed)
        );
    }
    assert_eq!(
        pictures(false)
            .fetch(&at(&origin), "https://cdn11.bigcommerce.com/a.png")
            .await,
        Err(PictureError::NotAllowed)
    );
    assert!(asked.lock().unwrap().is_empty());
}

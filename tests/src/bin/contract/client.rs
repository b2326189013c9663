//! Every request of the client, as it leaves this computer.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::to_bytes,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue},
};
use bigcommerce::{ApiOrigin, Client, ClientParts, HttpTransport, Lane};
use commerce::{AccessToken, Clock as _};
use testkit::{
    NoChance, RealClock,
    samples::{Ids, samples},
};

use crate::{Problem, judge::Wire};

type Written = Arc<Mutex<Vec<Wire>>>;

/// Room for the largest request there is: a picture.
const ROOM: usize = 16 << 20;

/// Sends every sample with the real client to a server that writes down what comes.
pub(crate) async fn requests() -> Result<Vec<Wire>, Problem> {
    let written = Written::default();
    let router = Router::new()
        .fallback(write_down)
        .with_state(written.clone());
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    let origin = format!("http://{}", listener.local_addr()?);
    let server = tokio::spawn(async move { axum::serve(listener, router).await });

    let clock = Arc::new(RealClock::default());
    let client = Client::new(ClientParts {
        origin: ApiOrigin::loopback(&origin).map_err(|error| Problem(error.to_string()))?,
        hash: "contract".parse().map_err(|_| "a hash is letters")?,
        token: AccessToken::new("contract".to_owned()),
        transport: Arc::new(
            HttpTransport::new("contract/0.1").map_err(|error| Problem(error.to_string()))?,
        ),
        clock: clock.clone(),
        randomness: Arc::new(NoChance),
    });
    for sample in samples(&Ids::default()) {
        let before = count(&written);
        let deadline = clock.now() + Duration::from_secs(60);
        // The answer fits few of them. What was asked is all that counts.
        let _ = client.send(&sample.request, Lane::Person, deadline).await;
        if count(&written) != before + 1 {
            return Err(Problem(format!(
                "{:?} was sent {} times, and not once",
                sample.request,
                count(&written) - before
            )));
        }
    }
    server.abort();
    Ok(std::mem::take(
        &mut *written.lock().map_err(|_| "nothing panicked")?,
    ))
}

fn count(written: &Written) -> usize {
    written.lock().map_or(0, |written| written.len())
}

/// Answers everything with an empty object and plenty of quota.
async fn write_down(State(written): State<Written>, request: Request) -> (HeaderMap, &'static str) {
    let (parts, body) = request.into_parts();
    let target = parts
        .uri
        .path_and_query()
        .map_or("", |target| target.as_str());
    let wire = Wire {
        method: parts.method.to_string(),
        target: target.trim_start_matches("/stores/contract").to_owned(),
        headers: parts
            .headers
            .iter()
            .filter(|(name, _)| {
                !matches!(name.as_str(), "host" | "content-length" | "accept-encoding")
            })
            .map(|(name, value)| {
                (
                    name.to_string(),
                    String::from_utf8_lossy(value.as_bytes()).into_owned(),
                )
            })
            .collect(),
        body: to_bytes(body, ROOM)
            .await
            .map(Vec::from)
            .unwrap_or_default(),
    };
    if let Ok(mut written) = written.lock() {
        written.push(wire);
    }
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("content-type", "application/json"),
        ("x-rate-limit-requests-quota", "100000"),
        ("x-rate-limit-requests-left", "100000"),
        ("x-rate-limit-time-window-ms", "30000"),
        ("x-rate-limit-time-reset-ms", "30000"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    (headers, "{}")
}

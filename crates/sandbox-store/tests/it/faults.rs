//! Things that go wrong, on the real wire.

use std::time::Duration;

use sandbox_store::{Running, serve};
use serde_json::{Value, json};

use crate::wire::{ask, config, control, get};

async fn open(rules: Value) -> Running {
    let store = serve(config()).await.unwrap();
    control(&store, "POST", "/faults", json!({ "rules": rules })).await;
    store
}

async fn newest(store: &Running) -> u64 {
    get(store, "/v2/orders?limit=1&sort=id:desc").await[0]["id"]
        .as_u64()
        .unwrap()
}

fn note(store: &Running, id: u64) -> reqwest::RequestBuilder {
    ask(store, "PUT", &format!("/v2/orders/{id}"))
        .header("Content-Type", "application/json")
        .body(r#"{"staff_notes":"reached","status_id":9}"#)
}

async fn notes_of(store: &Running, id: u64) -> Value {
    control(store, "GET", &format!("/orders/{id}"), Value::Null).await["staffNotes"].clone()
}

#[tokio::test]
async fn a_rule_hits_what_it_matches_as_often_as_it_says() {
    let rule = json!([{
        "match": { "method": "PUT", "path": "/v2/orders/*" },
        "times": 1,
        "fault": { "kind": "status", "status": 503, "body": "{\"a\":1}", "headers": { "X-Why": "test" } },
    }]);
    let store = open(rule).await;
    let id = newest(&store).await;
    let hit = note(&store, id).send().await.unwrap();
    assert_eq!(
        (
            hit.status().as_u16(),
            hit.headers()["x-why"].to_str().unwrap()
        ),
        (503, "test")
    );
    assert_ne!(notes_of(&store, id).await, "reached");
    assert_eq!(note(&store, id).send().await.unwrap().status(), 200);
    assert_eq!(notes_of(&store, id).await, "reached");
}

#[tokio::test]
async fn a_reset_before_changes_nothing_and_a_reset_after_everything() {
    for (kind, reached) in [("resetBefore", false), ("resetAfter", true)] {
        let store =
            open(json!([{ "match": { "method": "PUT" }, "times": 1, "fault": { "kind": kind } }]))
                .await;
        let id = newest(&store).await;
        assert!(note(&store, id).send().await.is_err(), "{kind}");
        assert_eq!(notes_of(&store, id).await == "reached", reached, "{kind}");
        let mails = control(&store, "GET", "/emails", Value::Null).await;
        assert_eq!(
            mails.as_array().unwrap().len(),
            usize::from(reached),
            "{kind}"
        );
        let log = control(&store, "GET", "/log", Value::Null).await;
        let last = log.as_array().unwrap().last().unwrap().clone();
        assert_eq!(
            (&last["status"], &last["changed"]),
            (&Value::Null, &reached.into()),
            "{kind}"
        );
    }
}

#[tokio::test]
async fn a_cut_connection_really_is_reset() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let store = open(json!([{ "fault": { "kind": "resetBefore" } }])).await;
    let host = store.origin.strip_prefix("http://").unwrap();
    let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
    let text = format!("GET /stores/northfold/v2/time HTTP/1.1\r\nHost: {host}\r\n\r\n");
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    let end = stream.read_to_end(&mut bytes).await;
    assert_eq!(bytes, b"");
    assert_eq!(end.unwrap_err().kind(), std::io::ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn half_a_body_is_an_error_and_not_a_short_list() {
    let store = open(json!([{ "fault": { "kind": "halfBody" } }])).await;
    let response = ask(&store, "GET", "/v2/orders").send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(response.bytes().await.is_err());
}

#[tokio::test]
async fn slow_bytes_arrive_in_the_end() {
    let store = open(json!([{ "fault": { "kind": "slowBytes", "msPerByte": 1 } }])).await;
    let response = ask(&store, "GET", "/v2/time").send().await.unwrap();
    assert!(response.text().await.unwrap().starts_with("{\"time\":"));
}

#[tokio::test]
async fn no_answer_means_none_however_long_one_waits() {
    let store = open(json!([{ "times": 1, "fault": { "kind": "never", "applied": true } }])).await;
    let id = 48219;
    let waited = note(&store, id)
        .timeout(Duration::from_millis(150))
        .send()
        .await;
    assert!(waited.unwrap_err().is_timeout());
    assert_eq!(notes_of(&store, id).await, "reached");
    assert_eq!(
        ask(&store, "GET", "/v2/time")
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
}

#[tokio::test]
async fn refusals_of_a_busy_or_shut_store_look_as_on_the_wire() {
    let cases = [
        (
            json!({ "kind": "html502" }),
            502,
            "text/html; charset=UTF-8",
        ),
        (
            json!({ "kind": "maintenance" }),
            503,
            "text/html; charset=UTF-8",
        ),
        (json!({ "kind": "suspended" }), 503, "application/json"),
        (json!({ "kind": "locked" }), 423, "application/json"),
        (
            json!({ "kind": "rateLimited", "resetMs": 3000 }),
            429,
            "application/json",
        ),
    ];
    for (fault, status, kind) in cases {
        let store = open(json!([{ "fault": fault }])).await;
        let response = ask(&store, "GET", "/v2/orders").send().await.unwrap();
        assert_eq!(response.status(), status, "{fault}");
        assert_eq!(response.headers()["content-type"], kind, "{fault}");
        if status == 429 {
            assert_eq!(response.headers()["x-rate-limit-time-reset-ms"], "3000");
        }
    }
    let store = open(json!([{ "fault": { "kind": "rateLimitedBare" } }])).await;
    let bare = ask(&store, "GET", "/v2/orders").send().await.unwrap();
    assert_eq!(bare.status(), 429);
    assert!(bare.headers().get("x-rate-limit-time-reset-ms").is_none());
}

#[tokio::test]
async fn a_revoked_token_stays_revoked_until_the_faults_are_cleared() {
    let store = open(json!([{ "times": 1, "fault": { "kind": "revokeToken" } }])).await;
    for _again in 0..2 {
        assert_eq!(
            ask(&store, "GET", "/v2/time")
                .send()
                .await
                .unwrap()
                .status(),
            401
        );
    }
    control(&store, "DELETE", "/faults", Value::Null).await;
    assert_eq!(
        ask(&store, "GET", "/v2/time")
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
}

#[tokio::test]
async fn an_answer_can_be_bent_in_one_place() {
    let bent = |pointer: &str, value: Value| json!([{ "match": { "path": "/v2/orders" }, "fault": { "kind": "patch", "pointer": pointer, "value": value } }]);
    let store = open(bent("/0/billing_address", Value::Null)).await;
    let orders = get(&store, "/v2/orders?limit=2").await;
    assert!(orders[0]["billing_address"].is_null() && orders[1]["billing_address"].is_object());
    let store = open(bent("/1/brand_new", json!({ "x": [1] }))).await;
    assert_eq!(
        get(&store, "/v2/orders?limit=2").await[1]["brand_new"]["x"][0],
        1
    );
}

#[tokio::test]
async fn somebody_else_can_work_in_the_same_store() {
    let store = serve(config()).await.unwrap();
    control(
        &store,
        "POST",
        "/clock",
        json!({ "now": "2026-11-20T08:00:00Z" }),
    )
    .await;
    let ids = control(&store, "POST", "/orders", json!({ "count": 3 })).await;
    assert_eq!(ids["ids"], json!([48220, 48221, 48222]));
    assert_eq!(newest(&store).await, 48222);
    let edited = control(
        &store,
        "POST",
        "/orders/48200",
        json!({ "status_id": 5, "staffNotes": "by phone" }),
    )
    .await;
    assert_eq!(
        (&edited["statusId"], &edited["staffNotes"]),
        (&5.into(), &"by phone".into())
    );
    let since = get(&store, "/v2/orders?min_date_modified=2026-11-20T07:59:00Z").await;
    assert_eq!(since.as_array().unwrap().len(), 4);
    assert_eq!(
        control(&store, "GET", "/emails", Value::Null).await,
        json!([])
    );
}

#[tokio::test]
async fn the_clock_of_the_store_can_be_wrong() {
    let store = serve(config()).await.unwrap();
    let before = get(&store, "/v2/time").await["time"].as_i64().unwrap();
    control(
        &store,
        "POST",
        "/clock",
        json!({ "offsetSeconds": -86_400 }),
    )
    .await;
    let after = get(&store, "/v2/time").await["time"].as_i64().unwrap();
    assert!((before - after - 86_400).abs() < 60, "{before} {after}");
    // Also where HTTP itself tells the time.
    let answer = ask(&store, "GET", "/v2/time").send().await.unwrap();
    let date = answer.headers()["date"].to_str().unwrap();
    let date = jiff::fmt::rfc2822::DateTimeParser::new()
        .parse_timestamp(date)
        .unwrap();
    assert!((date.as_second() - after).abs() < 60, "{date} {after}");
}

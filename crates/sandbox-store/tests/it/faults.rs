//! Things that go wrong, on the real wire.

use std::time::Duration;

use sandbox_store::{Running, serve};
use serde_json::{Value, json};

use crate::bends::product_ids;
use crate::wire::{ask, config, control, get};

pub(crate) async fn open(rules: Value) -> Running {
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
async fn a_change_may_be_made_only_some_time_after_its_connection_was_reset() {
    let fault = json!({ "kind": "resetThenApplied", "ms": 3000 });
    let store = open(json!([{ "match": { "method": "PUT" }, "times": 1, "fault": fault }])).await;
    let id = newest(&store).await;
    let sent = std::time::Instant::now();
    assert!(note(&store, id).send().await.is_err());
    assert_ne!(notes_of(&store, id).await, "reached");
    while notes_of(&store, id).await != "reached" {
        assert!(sent.elapsed().as_secs() < 60, "it is never made");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(sent.elapsed().as_millis() >= 3000);
    let mails = control(&store, "GET", "/emails", Value::Null).await;
    assert_eq!(mails.as_array().unwrap().len(), 1, "it is made once");
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

#[tokio::test]
async fn every_answer_tells_the_stores_own_time_and_has_a_name() {
    let rule = |path: &str, fault: Value| json!({ "match": { "path": path }, "fault": fault });
    let store = open(json!([
        rule("/v2/orders", json!({ "kind": "html502" })),
        rule("/v2/store", json!({ "kind": "rateLimitedBare" })),
        rule("/v2/currencies", json!({ "kind": "maintenance" })),
        rule("/v2/countries", json!({ "kind": "locked" })),
        rule(
            "/v2/tax_classes",
            json!({ "kind": "status", "status": 418 })
        ),
    ]))
    .await;
    let clock = json!({ "offsetSeconds": -86_400 });
    control(&store, "POST", "/clock", clock).await;
    let mut names = std::collections::BTreeSet::new();
    let mut look = async |target: &str, status: u16| {
        let answer = ask(&store, "GET", target).send().await.unwrap();
        assert_eq!(answer.status(), status, "{target}");
        let date = answer.headers()["date"].to_str().unwrap();
        let parser = jiff::fmt::rfc2822::DateTimeParser::new();
        let date = parser.parse_timestamp(date).unwrap();
        let behind = jiff::Timestamp::now().as_second() - date.as_second();
        assert!(
            (86_400 - 60..86_400 + 60).contains(&behind),
            "{target}: {behind}"
        );
        let name = answer.headers()["x-request-id"]
            .to_str()
            .unwrap()
            .to_owned();
        assert!(names.insert(name), "{target}");
    };
    look("/v2/time", 200).await;
    look("/v2/orders", 502).await;
    look("/v2/store", 429).await;
    look("/v2/currencies", 503).await;
    look("/v2/countries", 423).await;
    look("/v2/tax_classes", 418).await;
    look("/nowhere", 404).await;
    for (state, status) in [("maintenance", 503), ("suspended", 503), ("locked", 423)] {
        control(&store, "POST", "/state", json!({ "state": state })).await;
        look("/v2/time", status).await;
    }
}

#[tokio::test]
async fn a_gateways_page_says_nothing_of_whether_the_change_was_made() {
    for applied in [false, true] {
        let fault = json!({ "kind": "html502", "applied": applied });
        let store =
            open(json!([{ "match": { "method": "PUT" }, "times": 1, "fault": fault }])).await;
        let id = newest(&store).await;
        let answer = note(&store, id).send().await.unwrap();
        assert_eq!(answer.status(), 502);
        assert!(answer.text().await.unwrap().contains("<title>502"));
        assert_eq!(notes_of(&store, id).await == "reached", applied);
    }
}

#[tokio::test]
async fn half_of_an_empty_answer_is_none() {
    let store = open(json!([{ "fault": { "kind": "halfBody" } }])).await;
    assert!(
        ask(&store, "GET", "/v2/orders?page=50")
            .send()
            .await
            .is_err()
    );
    let gone = ask(&store, "DELETE", "/v2/orders/48219").send().await;
    assert!(gone.is_err());
    control(&store, "DELETE", "/faults", Value::Null).await;
    // Done all the same, and no word of it.
    assert_eq!(get(&store, "/v2/orders/48219").await["is_deleted"], true);
}

#[tokio::test]
async fn what_cannot_be_saved_in_part_is_left_alone_by_that_fault() {
    let store = open(json!([{ "times": 1, "fault": { "kind": "partly", "failed": "url" } }])).await;
    for target in [
        "/v2/orders",
        "/v3/catalog/products?limit=2",
        "/v3/customers",
        "/v2/time",
    ] {
        let answer = ask(&store, "GET", target).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{target}");
    }
    assert_eq!(note(&store, 48219).send().await.unwrap().status(), 200);
    let saved = ask(&store, "PUT", "/v3/catalog/products/111")
        .header("Content-Type", "application/json")
        .body(r#"{"custom_url":{"url":"/mine/","is_customized":true}}"#);
    assert_eq!(
        saved.send().await.unwrap().status(),
        207,
        "it waited for this"
    );
}

/// A connection on which requests are made one after the other.
struct Line(tokio::net::TcpStream, String);

impl Line {
    async fn to(store: &Running) -> Self {
        let host = store.origin.strip_prefix("http://").unwrap();
        let stream = tokio::net::TcpStream::connect(host).await.unwrap();
        Self(stream, host.to_owned())
    }

    /// All that comes back for the time of the store, and how long that took by the clock of this
    /// process, which only moves while everybody waits for it.
    async fn time(&mut self) -> (String, Duration) {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let text = format!(
            "GET /stores/northfold/v2/time HTTP/1.1\r\nHost: {}\r\nX-Auth-Token: wiretoken\r\nAccept: application/json\r\n\r\n",
            self.1
        );
        tokio::time::pause();
        let start = tokio::time::Instant::now();
        self.0.write_all(text.as_bytes()).await.unwrap();
        let mut answer = String::new();
        while !answer.ends_with('}') {
            let byte = self.0.read_u8().await.unwrap();
            answer.push(char::from(byte));
        }
        let took = start.elapsed();
        tokio::time::resume();
        (answer, took)
    }
}

#[tokio::test]
async fn each_byte_waits_its_turn_the_heads_too_if_asked() {
    for head in [false, true] {
        let slow = json!({ "kind": "slowBytes", "msPerByte": 60_000, "head": head });
        let store = open(json!([{ "times": 1, "fault": slow }])).await;
        let mut line = Line::to(&store).await;
        let (text, took) = line.time().await;
        let (_head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(body.starts_with("{\"time\":"), "{text}");
        let bytes = if head { text.len() } else { body.len() };
        let least = Duration::from_secs(60) * u32::try_from(bytes).unwrap();
        assert!(took >= least, "{took:?} for {bytes} bytes, head: {head}");
        let (_text, took) = line.time().await;
        assert!(
            took < Duration::from_secs(60),
            "the next one is quick: {took:?}"
        );
    }
}

#[tokio::test]
async fn a_product_can_be_saved_all_but_its_stock_or_its_address() {
    let send = async |store: &Running, method: &str, target: &str, body: Value| {
        let request = ask(store, method, &format!("/v3/catalog/products{target}"))
            .header("Content-Type", "application/json")
            .body(body.to_string());
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let text = response.text().await.unwrap();
        (status, serde_json::from_str::<Value>(&text).unwrap())
    };
    let rule = |failed: &str| json!([{ "match": { "path": "/v3/catalog/products*" }, "times": 1, "fault": { "kind": "partly", "failed": failed } }]);
    let new = json!({
        "name": "Half Saved", "type": "physical", "weight": 1, "price": 2,
        "inventory_tracking": "product", "inventory_level": 7,
        "custom_url": { "url": "/mine/", "is_customized": true },
    });
    for (failed, level, url) in [("inventory", 0, "/mine/"), ("url", 7, "/half-saved/")] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.jsonl");
        let config = sandbox_store::Config {
            data_file: Some(path),
            ..config()
        };
        let store = serve(config.clone()).await.unwrap();
        control(&store, "POST", "/faults", json!({ "rules": rule(failed) })).await;
        let (status, body) = send(&store, "POST", "", new.clone()).await;
        assert_eq!(
            (status, &body["errors"]["status"]),
            (207, &json!(207)),
            "{failed}"
        );
        let id = body["data"]["id"].as_u64().unwrap();
        let saved = |body: &Value| {
            (
                body["inventory_level"].clone(),
                body["custom_url"]["url"].clone(),
            )
        };
        assert_eq!(saved(&body["data"]), (json!(level), json!(url)));
        let got = get(&store, &format!("/v3/catalog/products/{id}")).await;
        assert_eq!(saved(&got["data"]), (json!(level), json!(url)));
        let log = control(&store, "GET", "/log", Value::Null).await;
        assert_eq!(
            (&log[0]["status"], &log[0]["fault"]),
            (&json!(207), &json!("partly"))
        );
        assert_eq!(log[0]["body"], new, "what was asked is in the log");
        let (status, body) = send(&store, "PUT", &format!("/{id}"), json!({ "price": 3 })).await;
        assert_eq!(
            (status, &body["data"]["price"]),
            (200, &json!(3)),
            "the rule was for once"
        );
        store.stop().await;
        let again = serve(config).await.unwrap();
        let got = get(&again, &format!("/v3/catalog/products/{id}")).await;
        assert_eq!(
            saved(&got["data"]),
            (json!(level), json!(url)),
            "and so it stays"
        );
    }
    let store = open(rule("url")).await;
    let (status, body) = send(&store, "PUT", "/9", json!({ "price": 3 })).await;
    assert_eq!(
        (status, &body["status"]),
        (404, &json!(404)),
        "a refusal stays one"
    );
}

#[tokio::test]
async fn somebody_else_edits_and_deletes_products() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.jsonl");
    let config = sandbox_store::Config {
        data_file: Some(path),
        ..config()
    };
    let store = serve(config.clone()).await.unwrap();
    let edited = control(
        &store,
        "POST",
        "/products/111",
        json!({ "price": 99.5, "name": "By phone" }),
    )
    .await;
    assert_eq!(
        (&edited["price"], &edited["name"]),
        (&json!(99.5), &json!("By phone"))
    );
    assert_eq!(edited["variants"][0]["product_id"], 111);
    control(&store, "DELETE", "/products/112", Value::Null).await;
    for (path, body, status) in [
        ("/products/113", json!({ "name": "by PHONE" }), 409),
        ("/products/113", json!({ "price": -1 }), 422),
        ("/products/112", json!({ "price": 1 }), 404),
    ] {
        let url = format!("{}{path}", store.control_origin.as_ref().unwrap());
        let refused = crate::wire::client()
            .post(url)
            .body(body.to_string())
            .send()
            .await
            .unwrap();
        assert_eq!(refused.status(), status, "{path} {body}");
    }
    store.stop().await;
    let again = serve(config).await.unwrap();
    let list = get(&again, "/v3/catalog/products?limit=3").await;
    assert_eq!(product_ids(&list), [Some(111), Some(113), Some(114)]);
    assert_eq!(list["data"][0]["price"], 99.5);
}

//! Other apps, too many at once, shut doors, chance; what changed; TLS and gzip.

use std::time::Duration;

use jiff::ToSpan;
use sandbox_store::{Blueprint, Condition, Config, Plan, ServeError, Store, serve, step};
use serde_json::{Value, json};

use crate::support::{blueprint, noon, request};
use crate::wire::{ask, client, config, control, get};

#[test]
fn another_app_uses_its_share_of_the_quota() {
    let mut store = Store::open(&Blueprint {
        plan: Plan::Standard,
        competitor_permille: 500,
        ..blueprint()
    });
    let mut left_after = |milliseconds: i64| -> i64 {
        let now = noon().checked_add(milliseconds.milliseconds()).unwrap();
        let answer = step(&mut store, request("GET", "/v2/time"), now);
        answer
            .header("X-Rate-Limit-Requests-Left")
            .unwrap()
            .parse()
            .unwrap()
    };
    // One of ours and one of theirs; half of the quota is theirs by the end.
    assert_eq!(left_after(0), 148);
    assert_eq!(left_after(15_000), 150 - 2 - 38);
    assert_eq!(left_after(29_999), 150 - 3 - 75);
    assert_eq!(left_after(30_000), 148);
}

#[test]
fn who_asks_evenly_gets_what_the_other_app_leaves() {
    let mut store = Store::open(&Blueprint {
        plan: Plan::Standard,
        competitor_permille: 500,
        ..blueprint()
    });
    // 150 in 30 seconds, one after the other: after two thirds of the window both have used it up.
    let mut granted = 0;
    for at in 0..150 {
        let now = noon().checked_add((at * 200).milliseconds()).unwrap();
        let answer = step(&mut store, request("GET", "/v2/time"), now);
        granted += i32::from(answer.status == 200);
    }
    assert!((98..=101).contains(&granted), "{granted}");
}

#[tokio::test]
async fn too_many_at_once_get_a_429_with_nothing_to_go_by() {
    let store = serve(Config {
        latency: Duration::from_millis(400),
        plan: Plan::Standard,
        ..config()
    })
    .await
    .unwrap();
    let tree = || async {
        let answer = ask(&store, "GET", "/v3/catalog/trees/1/categories")
            .send()
            .await
            .unwrap();
        let has_headers = answer
            .headers()
            .keys()
            .any(|name| name.as_str().starts_with("x-rate"));
        (answer.status().as_u16(), has_headers)
    };
    let (first, second) = tokio::join!(tree(), tree());
    let mut both = [first, second];
    both.sort_unstable();
    assert_eq!(both, [(200, true), (429, false)]);
    assert_eq!(tree().await.0, 200);
    let log = control(&store, "GET", "/log", Value::Null).await;
    let faults = log
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["fault"] == "concurrency");
    assert_eq!(faults.count(), 1);
}

#[tokio::test]
async fn a_shut_store_says_so_to_everybody() {
    let cases = [
        (Condition::Maintenance, 503, "text/html; charset=UTF-8"),
        (Condition::Suspended, 503, "application/json"),
        (Condition::Locked, 423, "application/json"),
    ];
    for (condition, status, kind) in cases {
        let store = serve(Config {
            condition,
            ..config()
        })
        .await
        .unwrap();
        let answer = ask(&store, "GET", "/v2/time").send().await.unwrap();
        assert_eq!(answer.status(), status);
        assert_eq!(answer.headers()["content-type"], kind);
        control(&store, "POST", "/state", json!({ "state": "open" })).await;
        assert_eq!(
            ask(&store, "GET", "/v2/time")
                .send()
                .await
                .unwrap()
                .status(),
            200
        );
    }
}

#[tokio::test]
async fn while_it_does_not_listen_connections_are_refused() {
    let store = serve(config()).await.unwrap();
    control(&store, "POST", "/listening", json!({ "open": false })).await;
    // The listener goes a moment after the answer.
    let mut refused = false;
    for _try in 0..200 {
        match ask(&store, "GET", "/v2/time").send().await {
            Err(error) if error.is_connect() => {
                refused = true;
                break;
            }
            Ok(_) | Err(_) => tokio::task::yield_now().await,
        }
    }
    assert!(refused);
    control(&store, "POST", "/listening", json!({ "open": true })).await;
    let mut is_back = false;
    for _try in 0..400 {
        if ask(&store, "GET", "/v2/time").send().await.is_ok() {
            is_back = true;
            break;
        }
        tokio::task::yield_now().await;
    }
    assert!(is_back);
}

#[tokio::test]
async fn faults_by_chance_are_the_same_for_a_seed() {
    let hit = |seed: u64| async move {
        let store = serve(Config {
            seed,
            faults: Some("html502=30%, locked=10%".to_owned()),
            ..config()
        })
        .await
        .unwrap();
        let mut statuses = Vec::new();
        for _request in 0..40 {
            let answer = ask(&store, "GET", "/v2/time").send().await.unwrap();
            statuses.push(answer.status().as_u16());
        }
        statuses
    };
    let (once, again, other) = (hit(3).await, hit(3).await, hit(4).await);
    assert_eq!(once, again);
    assert_ne!(once, other);
    for status in [200, 502, 423] {
        assert!(once.contains(&status), "{status}: {once:?}");
    }
    for wrong in ["html502", "nonsense=1%", "html502=lots", "{\"rules\":7}"] {
        let refused = serve(Config {
            faults: Some(wrong.to_owned()),
            ..config()
        })
        .await;
        assert!(matches!(refused, Err(ServeError::Faults(_))), "{wrong}");
    }
}

#[tokio::test]
async fn rows_move_marks_appear_and_waits_are_told_in_every_way() {
    let store = serve(config()).await.unwrap();
    let rule = |fault: Value| json!({ "rules": [{ "times": 1, "fault": fault }] });
    let plain = get(&store, "/v2/orders?limit=250").await;
    control(
        &store,
        "POST",
        "/faults",
        rule(json!({ "kind": "reordered" })),
    )
    .await;
    let moved = get(&store, "/v2/orders?limit=250").await;
    assert_ne!(moved, plain);
    let ids = |list: &Value| {
        let mut ids: Vec<u64> = list
            .as_array()
            .unwrap()
            .iter()
            .map(|each| each["id"].as_u64().unwrap())
            .collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!(ids(&moved), ids(&plain));
    control(&store, "POST", "/faults", rule(json!({ "kind": "bom" }))).await;
    let bytes = ask(&store, "GET", "/v2/time")
        .send()
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    assert!(bytes.starts_with(b"\xef\xbb\xbf{"));
    let waits = [
        (
            json!({ "kind": "rateLimited", "resetMs": 500 }),
            Some("500"),
            None,
        ),
        (
            json!({ "kind": "rateLimited", "resetMs": 500, "retryAfter": 3 }),
            Some("500"),
            Some("3"),
        ),
        (
            json!({ "kind": "retryAfter", "seconds": 2 }),
            None,
            Some("2"),
        ),
        (json!({ "kind": "rateLimitedBare" }), None, None),
    ];
    for (fault, reset, retry) in waits {
        control(&store, "POST", "/faults", rule(fault)).await;
        let answer = ask(&store, "GET", "/v2/time").send().await.unwrap();
        assert_eq!(answer.status(), 429);
        let header = |name: &str| {
            answer
                .headers()
                .get(name)
                .map(|value| value.to_str().unwrap())
        };
        assert_eq!(header("x-rate-limit-time-reset-ms"), reset);
        assert_eq!(header("x-retry-after"), retry);
    }
}

#[tokio::test]
async fn things_move_from_page_to_page_while_somebody_reads() {
    let rules =
        json!({ "rules": [{ "match": { "query": "page=" }, "fault": { "kind": "reordered" } }] });
    for (list, pointer) in [
        ("/v2/orders?sort=id:asc&", ""),
        ("/v3/catalog/products?", "/data"),
    ] {
        let store = serve(config()).await.unwrap();
        control(&store, "POST", "/faults", rules.clone()).await;
        let ids = |body: &Value| -> Vec<u64> {
            let things = body.pointer(pointer).unwrap().as_array().unwrap();
            things
                .iter()
                .map(|each| each["id"].as_u64().unwrap())
                .collect()
        };
        let all = ids(&get(&store, &format!("{list}limit=250")).await);
        let mut pages = Vec::new();
        for page in 1..=all.len().div_ceil(4) {
            pages.push(ids(
                &get(&store, &format!("{list}limit=4&page={page}")).await
            ));
        }
        let sorted = |page: &[u64]| {
            let mut page = page.to_vec();
            page.sort_unstable();
            page
        };
        // On by one, back by one, on by one; and none of them in its own order.
        assert_eq!(sorted(&pages[0]), all[1..5], "{list}");
        assert_eq!(sorted(&pages[1]), all[3..7], "{list}");
        assert_eq!(sorted(&pages[2]), all[9..13], "{list}");
        assert_ne!(pages[0], all[1..5], "{list}");
        let mut met = pages.concat();
        assert_eq!(met.len(), all.len(), "pages are as long as ever");
        met.sort_unstable();
        met.dedup();
        assert!(
            met.len() < all.len() && met.iter().all(|id| all.contains(id)),
            "{list}"
        );
        let quota = control(&store, "GET", "/counts", Value::Null).await;
        assert_eq!(
            quota["requests"],
            1 + pages.len(),
            "what is looked up for it counts for nobody"
        );
    }
}

#[tokio::test]
async fn a_refused_connection_is_reset_before_anything_is_read() {
    use tokio::io::AsyncReadExt;
    let store = serve(config()).await.unwrap();
    let host = store.origin.strip_prefix("http://").unwrap();
    let rules = json!({ "rules": [{ "after": 1, "times": 1, "fault": { "kind": "refuse" } }] });
    control(&store, "POST", "/faults", rules).await;
    let answer = ask(&store, "GET", "/v2/time").send().await.unwrap();
    assert_eq!(
        answer.headers()["connection"],
        "close",
        "no way around the door"
    );
    // Nothing is sent: the end comes all the same.
    let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
    let end = stream.read_to_end(&mut Vec::new()).await;
    assert_eq!(end.unwrap_err().kind(), std::io::ErrorKind::ConnectionReset);
    let answer = ask(&store, "GET", "/v2/time").send().await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), answer.headers().get("connection")),
        (200, None)
    );
    let counts = control(&store, "GET", "/counts", Value::Null).await;
    assert_eq!(
        (&counts["requests"], &counts["refusedConnections"]),
        (&json!(2), &json!(1))
    );
    let rules =
        json!({ "rules": [{ "match": { "method": "PUT" }, "fault": { "kind": "refuse" } }] });
    let refused = client()
        .post(format!("{}/faults", store.control_origin.as_ref().unwrap()))
        .body(rules.to_string());
    let refused = refused.send().await.unwrap();
    assert_eq!(refused.status(), 400);
    assert!(refused.text().await.unwrap().contains("leave out `match`"));
}

#[tokio::test]
async fn a_share_of_all_connections_is_refused_also_of_a_client_that_keeps_them() {
    let store = serve(Config {
        faults: Some("refuse=30%".to_owned()),
        ..config()
    })
    .await
    .unwrap();
    let keeps = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = format!("{}/stores/northfold/v2/time", store.origin);
    let mut failed = 0_u64;
    for _request in 0..60 {
        let ask = keeps.get(&url).header("X-Auth-Token", store.token.expose());
        failed += u64::from(ask.send().await.is_err());
    }
    assert!((8..=30).contains(&failed), "{failed} of 60");
    let counts = control(&store, "GET", "/counts", Value::Null).await;
    assert_eq!(
        (&counts["refusedConnections"], &counts["requests"]),
        (&json!(failed), &json!(60 - failed))
    );
}

#[tokio::test]
async fn what_changed_since_a_snapshot_is_told_field_by_field() {
    let store = serve(config()).await.unwrap();
    control(&store, "POST", "/snapshot", Value::Null).await;
    let nothing = control(&store, "GET", "/diff", Value::Null).await;
    assert_eq!(nothing, json!({ "things": {}, "emails": 0 }));
    let id = get(&store, "/v2/orders?limit=1").await[0]["id"].clone();
    let send = |method: &'static str, target: String, body: Value| {
        let store = &store;
        async move {
            let ask = ask(store, method, &target).header("Content-Type", "application/json");
            let status = ask.body(body.to_string()).send().await.unwrap().status();
            assert!(status.is_success(), "{method} {target}: {status}");
        }
    };
    send(
        "PUT",
        format!("/v2/orders/{id}"),
        json!({ "status_id": 2, "staff_notes": "gone" }),
    )
    .await;
    send(
        "PUT",
        "/v3/catalog/products/111".to_owned(),
        json!({ "price": 1.5 }),
    )
    .await;
    send("DELETE", "/v3/catalog/products/112".to_owned(), Value::Null).await;
    send(
        "POST",
        "/v3/catalog/brands".to_owned(),
        json!({ "name": "New" }),
    )
    .await;
    let diff = control(&store, "GET", "/diff", Value::Null).await;
    let things = &diff["things"];
    assert_eq!(diff["emails"], 1);
    assert_eq!(
        things["orders"][id.to_string()]["changed"]["staffNotes"][1],
        "gone"
    );
    let product = &things["products"]["111"]["changed"];
    assert_eq!(product["price"][1], json!(1.5));
    let mut fields: Vec<&String> = product.as_object().unwrap().keys().collect();
    fields
        .retain(|name| !["calculated_price", "variants", "date_modified"].contains(&name.as_str()));
    assert_eq!(fields, ["price"]);
    assert_eq!(things["products"]["112"], json!({ "gone": true }));
    assert_eq!(things["brands"].as_object().unwrap().len(), 1);
    let counts = control(&store, "GET", "/counts", Value::Null).await;
    assert_eq!(
        (&counts["requests"], &counts["changes"], &counts["emails"]),
        (&json!(5), &json!(4), &json!(1))
    );
    assert_eq!(counts["refused"], 0);
}

#[tokio::test]
async fn it_speaks_tls_with_a_certificate_of_its_own() {
    let store = serve(Config {
        tls_self_signed: true,
        ..config()
    })
    .await
    .unwrap();
    assert!(store.origin.starts_with("https://127.0.0.1:"));
    let url = format!("{}/stores/northfold/v2/orders?limit=1", store.origin);
    assert!(
        client().get(&url).send().await.is_err(),
        "nobody trusts it unasked"
    );
    let pem = store.certificate_pem.clone().unwrap();
    let trusting = reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([reqwest::Certificate::from_pem(pem.as_bytes()).unwrap()])
        .build()
        .unwrap();
    let answer = trusting
        .get(&url)
        .header("X-Auth-Token", store.token.expose())
        .header("Accept", "application/json")
        .send()
        .await
        .unwrap();
    let orders: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    let link = orders[0]["products"]["url"].as_str().unwrap();
    assert!(link.starts_with(&store.origin), "{link}");
}

#[tokio::test]
async fn answers_are_zipped_where_that_is_asked_for() {
    let store = serve(Config {
        gzip: true,
        ..config()
    })
    .await
    .unwrap();
    let plain = ask(&store, "GET", "/v3/catalog/products").header("Accept-Encoding", "identity");
    let plain = plain.send().await.unwrap();
    assert!(plain.headers().get("content-encoding").is_none());
    let plain = plain.bytes().await.unwrap();
    let zipped = ask(&store, "GET", "/v3/catalog/products").header("Accept-Encoding", "gzip");
    let zipped = zipped.send().await.unwrap();
    let bytes = if zipped.headers().contains_key("content-encoding") {
        let bytes = zipped.bytes().await.unwrap();
        assert!(bytes.len() * 3 < plain.len() && bytes.starts_with(&[0x1f, 0x8b]));
        return;
    } else {
        // The client library may have unpacked it already.
        zipped.bytes().await.unwrap()
    };
    assert_eq!(bytes, plain);
}

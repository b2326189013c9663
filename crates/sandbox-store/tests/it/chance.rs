//! Every kind of fault, by rule and by chance: which requests it hits is for the seed to say, whichever way it
//! was asked for.

use std::time::Duration;

use sandbox_store::{Config, Plan, Running, serve};
use serde_json::{Value, json};

use crate::wire::{ask, client, config, control};

/// One of each kind.
fn faults() -> Vec<Value> {
    vec![
        json!({ "kind": "status", "status": 418 }),
        json!({ "kind": "html502" }),
        json!({ "kind": "rateLimited", "resetMs": 5 }),
        json!({ "kind": "retryAfter", "seconds": 1 }),
        json!({ "kind": "rateLimitedBare" }),
        json!({ "kind": "quotaGone" }),
        json!({ "kind": "resetBefore" }),
        json!({ "kind": "resetAfter" }),
        json!({ "kind": "resetThenApplied", "ms": 0 }),
        json!({ "kind": "never" }),
        json!({ "kind": "halfBody" }),
        json!({ "kind": "slowBytes", "msPerByte": 1 }),
        json!({ "kind": "latency", "ms": 1 }),
        json!({ "kind": "maintenance" }),
        json!({ "kind": "suspended" }),
        json!({ "kind": "locked" }),
        json!({ "kind": "revokeToken" }),
        json!({ "kind": "partly", "failed": "url" }),
        json!({ "kind": "patch", "pointer": "/time", "value": 1 }),
        json!({ "kind": "nulls" }),
        json!({ "kind": "unreadable" }),
        json!({ "kind": "extraFields" }),
        json!({ "kind": "reordered" }),
        json!({ "kind": "bom" }),
    ]
}

/// Kinds that need to be told more than how often, or whose requests stand in the log only later.
const NOT_BY_NAME: &[&str] = &["status", "partly", "patch", "resetThenApplied"];

const ASKED: u64 = 14;

/// Which of some requests are hit from here on, as the log tells.
async fn hits(store: &Running, kind: &str) -> Vec<bool> {
    // Long enough for everything that is answered at all, and soon.
    let is_endless = matches!(kind, "never" | "slowBytes");
    let patience = if is_endless { 100 } else { 5_000 };
    // One for all: to make a client takes longer than to ask.
    let client = client();
    let url = format!(
        "{}/stores/{}/v3/catalog/products/111",
        store.origin, store.store_hash
    );
    for at in 0..ASKED {
        // A change of a product, which everything can befall.
        let _unanswered = client
            .put(&url)
            .header("X-Auth-Token", store.token.expose())
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .body(json!({ "price": at + 1 }).to_string())
            .timeout(Duration::from_millis(patience))
            .send()
            .await;
    }
    let log = control(store, "GET", "/log", Value::Null).await;
    let log = log.as_array().unwrap();
    let newest = log.iter().rev().take(usize::try_from(ASKED).unwrap());
    newest
        .rev()
        .map(|entry| entry["fault"].is_string())
        .collect()
}

async fn by_rule(store: &Running, fault: &Value, seed: u64) -> Vec<bool> {
    control(store, "DELETE", "/faults", Value::Null).await;
    let rules = json!({ "rules": [{ "permille": 400, "fault": fault }], "seed": seed });
    control(store, "POST", "/faults", rules).await;
    hits(store, fault["kind"].as_str().unwrap()).await
}

async fn by_name(kind: &str, seed: u64) -> Vec<bool> {
    let store = serve(Config {
        seed,
        faults: Some(format!("{kind}=40%")),
        ..config()
    })
    .await
    .unwrap();
    let hits = hits(&store, kind).await;
    store.stop().await;
    hits
}

#[tokio::test]
async fn every_kind_of_fault_hits_what_its_seed_says() {
    let store = serve(config()).await.unwrap();
    for fault in faults() {
        let kind = fault["kind"].as_str().unwrap();
        let once = by_rule(&store, &fault, 7).await;
        assert_eq!(once, by_rule(&store, &fault, 7).await, "{kind}");
        assert_ne!(once, by_rule(&store, &fault, 9).await, "{kind}");
        assert!(
            once.contains(&true) && once.contains(&false),
            "{kind}: {once:?}"
        );
        if !NOT_BY_NAME.contains(&kind) {
            assert_eq!(by_name(kind, 7).await, once, "{kind}");
        }
    }
}

#[tokio::test]
async fn a_run_is_repeated_from_its_seed_by_the_same_store() {
    let store = serve(Config {
        seed: 7,
        ..config()
    })
    .await
    .unwrap();
    let rules = json!({ "rules": [{ "permille": 400, "fault": { "kind": "html502" } }] });
    control(&store, "POST", "/faults", rules.clone()).await;
    let first = hits(&store, "html502").await;
    assert!(first.contains(&true) && first.contains(&false), "{first:?}");
    // Starting over also starts chance over, with the seed the store was opened with.
    control(&store, "POST", "/reset", Value::Null).await;
    control(&store, "POST", "/faults", rules.clone()).await;
    assert_eq!(hits(&store, "html502").await, first);
    // And so does saying the seed, with the rules that are in force.
    control(&store, "POST", "/faults", json!({ "rules": [], "seed": 7 })).await;
    assert_eq!(hits(&store, "html502").await, first);
}

#[tokio::test]
async fn a_share_that_would_become_another_one_is_refused() {
    for (share, is_fine) in [
        ("0.1", true),
        ("2.50%", true),
        ("100%", true),
        ("0.05%", false),
        ("1.25%", false),
        ("0", false),
        ("101%", false),
        ("-1", false),
        ("1.%", false),
        ("much", false),
    ] {
        let opened = serve(Config {
            faults: Some(format!("html502={share}")),
            ..config()
        })
        .await;
        assert_eq!(opened.is_ok(), is_fine, "{share}");
    }
}

#[tokio::test]
async fn a_quota_that_others_used_up_is_a_429_until_the_window_ends() {
    let store = serve(Config {
        plan: Plan::Standard,
        ..config()
    })
    .await
    .unwrap();
    let rules = json!({ "rules": [{ "times": 1, "fault": { "kind": "quotaGone" } }] });
    control(&store, "POST", "/faults", rules).await;
    for _again in 0..2 {
        let answer = ask(&store, "GET", "/v2/time").send().await.unwrap();
        assert_eq!(answer.status(), 429);
        assert_eq!(answer.headers()["x-rate-limit-requests-left"], "0");
    }
    control(&store, "POST", "/clock", json!({ "offsetSeconds": 31 })).await;
    let answer = ask(&store, "GET", "/v2/time").send().await.unwrap();
    assert_eq!(answer.status(), 200, "the next window is a new one");
}

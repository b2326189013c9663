//! How long a check takes: as long as the slowest answer, and it says what it waits for.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::Bridge, desktop::KeychainKind, sandbox::SandboxOptions, wait, world::World,
};

use crate::connecting::{line, world};

/// Every report on an attempt that was told so far, as the check went on.
fn told(bridge: &Bridge, attempt: &str) -> Vec<Value> {
    bridge
        .events()
        .lines()
        .filter_map(|line| serde_json::from_str(line.strip_prefix("data:")?).ok())
        .map(|event: Value| event["report"].clone())
        .filter(|report| report["attempt"] == attempt)
        .collect()
}

#[test]
fn a_check_asks_everything_at_once_and_lasts_as_long_as_its_slowest_answer() {
    /// How long the store takes for any answer.
    const ANSWER: Duration = Duration::from_secs(3);
    let world = World::on(
        KeychainKind::NoBus,
        SandboxOptions {
            latency_ms: ANSWER.as_millis().try_into().unwrap(),
            ..SandboxOptions::default()
        },
    );
    let bridge = world.bridge(&[]);
    let attempt = bridge.begin(&world.sandbox);
    let asked = Instant::now();
    let report = bridge.check(&attempt);
    let took = asked.elapsed();
    assert_eq!(report["canSave"], true, "{report:#}");
    assert!(took < ANSWER + Duration::from_secs(2), "{took:?}");
}

#[test]
fn a_check_reports_each_answer_as_it_comes_and_ends_with_the_slowest() {
    /// How long the store takes to say whether customers may be read.
    const SLOWEST: Duration = Duration::from_secs(3);
    let world = world("all");
    world.sandbox.misbehave(json!({
        "match": { "path": "/v3/customers" },
        "fault": { "kind": "latency", "ms": u64::try_from(SLOWEST.as_millis()).unwrap() },
    }));
    let bridge = world.bridge(&[]);
    let attempt = bridge.begin(&world.sandbox);
    let asked = Instant::now();
    let report = bridge.check(&attempt);
    let took = asked.elapsed();
    assert_eq!(report["canSave"], true, "{report:#}");
    assert!(took >= SLOWEST, "{took:?}");
    assert!(took < SLOWEST + Duration::from_secs(2), "{took:?}");

    let told = wait::until("the end to be told", || {
        let told = told(&bridge, &attempt);
        told.iter()
            .any(|report| report["finished"] == true)
            .then_some(told)
    });
    let is_granted = |scope: &Value| scope["read"] == "granted";
    let is_slowest = |scope: &Value| scope["scope"] == "customers";
    let scopes = |report: &Value| report["scopes"].as_array().unwrap().clone();
    let slowest = told.iter().position(|report| {
        let scopes = scopes(report);
        scopes
            .iter()
            .any(|scope| is_slowest(scope) && is_granted(scope))
    });
    let before = &told[slowest.expect("the slowest answer is told") - 1];
    for step in ["reached", "token", "store"] {
        assert_eq!(line(before, step)["state"], "ok", "{before:#}");
    }
    assert_eq!(line(before, "scopes")["state"], "running", "{before:#}");
    assert_eq!(before["finished"], false);
    for scope in scopes(before) {
        assert_ne!(is_granted(&scope), is_slowest(&scope), "{before:#}");
    }
}

#[test]
fn demand_05_a_token_without_use_is_recognised_as_fast_as_a_good_one() {
    /// How long the store takes for any answer.
    const ANSWER: Duration = Duration::from_secs(3);
    for (scopes, code) in [
        ("none", "noScopes"),
        ("store_channel_settings", "otherScopes"),
    ] {
        let world = World::on(
            KeychainKind::NoBus,
            SandboxOptions {
                scopes: scopes.to_owned(),
                latency_ms: ANSWER.as_millis().try_into().unwrap(),
                ..SandboxOptions::default()
            },
        );
        let bridge = world.bridge(&[]);
        let attempt = bridge.begin(&world.sandbox);
        let asked = Instant::now();
        let report = bridge.check(&attempt);
        let took = asked.elapsed();
        assert_eq!(
            line(&report, "scopes")["problem"]["code"],
            code,
            "{report:#}"
        );
        assert!(took < ANSWER + Duration::from_secs(2), "{took:?}");
    }
}

#[test]
fn demand_33_a_check_that_other_apps_keep_waiting_says_for_how_long() {
    let world = world("all");
    world.sandbox.misbehave(json!({
        "times": 5, "fault": { "kind": "rateLimited", "resetMs": 8000 },
    }));
    let bridge = world.bridge(&[]);
    let attempt = bridge.begin(&world.sandbox);
    let asked = Instant::now();
    let report = bridge.check(&attempt);
    assert!(asked.elapsed() > Duration::from_secs(7), "it waited");
    assert_eq!(report["canSave"], true, "{report:#}");
    assert_eq!(report["waiting"], Value::Null);
    assert_eq!(line(&report, "scopes")["state"], "ok");

    let told: Vec<Value> = told(&bridge, &attempt)
        .into_iter()
        .map(|report| report["waiting"].clone())
        .collect();
    let waits: Vec<&Value> = told.iter().filter(|waiting| !waiting.is_null()).collect();
    let first = waits.first().expect("the wait is told");
    assert_eq!(
        first["because"], "quotaUsedUp",
        "the store said that none is left"
    );
    let seconds = first["seconds"].as_u64().unwrap();
    assert!((7..=9).contains(&seconds), "{waits:?}");
    assert_eq!(told.last(), Some(&Value::Null), "and its end");
    // Nothing was asked for but what the check is about.
    assert!(
        world.sandbox.log().len() <= 11,
        "{:#?}",
        world.sandbox.log()
    );
}

#[test]
fn a_check_that_gets_no_answer_can_be_stopped_and_its_token_is_forgotten() {
    let world = world("all");
    world
        .sandbox
        .misbehave(json!({ "fault": { "kind": "never" } }));
    let bridge = world.bridge(&[]);
    let attempt = bridge.begin(&world.sandbox);
    std::thread::scope(|threads| {
        let check = json!({ "attempt": attempt });
        let checking = threads.spawn(|| bridge.call("connect_check", check));
        wait::until("the store to be asked", || {
            bridge.events().contains("running").then_some(())
        });
        let stopped = Instant::now();
        bridge.tell("connect_forget", json!({}));
        let end = checking.join().unwrap().unwrap_err();
        assert_eq!(end["code"], "cancelled");
        assert!(stopped.elapsed() < Duration::from_secs(2));
    });
    let again = json!({ "address": "", "preset": "everything", "from": { "kind": "again" } });
    let gone = bridge.call("connect_begin", again).unwrap_err();
    assert_eq!(gone["code"], "attemptGone");
}

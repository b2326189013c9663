//! A check that does not get as far as the store: no network, a store that is shut, somebody else's page.

use serde_json::{Value, json};
use stockroom_tests::bridge::{Bridge, text};

use crate::connecting::{line, world};

#[test]
fn without_a_network_the_check_names_the_host_that_refuses() {
    let world = world("all");
    let home = world.desktop.stockroom_home();
    let bridge = Bridge::start(&world.desktop, &home, Some("http://127.0.0.1:1"), &[]);
    let report = bridge.check(&bridge.begin(&world.sandbox));
    assert_eq!(
        line(&report, "reached")["problem"],
        json!({ "code": "network", "trouble": "refused", "host": report["host"] }),
        "{report:#}"
    );
    assert!(text(&report["host"]).contains("127.0.0.1"));
    assert_eq!(line(&report, "token")["state"], "skipped");
    assert_eq!(report["canSave"], false);
}

#[test]
fn a_store_that_is_locked_or_shut_is_named() {
    let world = world("all");
    let bridge = world.bridge(&[]);
    for (fault, trouble, status) in [
        ("maintenance", "unavailable", 503),
        ("suspended", "unavailable", 503),
        ("locked", "locked", 423),
        ("html502", "serverTrouble", 502),
    ] {
        world
            .sandbox
            .misbehave(json!({ "fault": { "kind": fault } }));
        let report = bridge.check(&bridge.begin(&world.sandbox));
        assert_eq!(
            line(&report, "reached")["problem"],
            json!({ "code": "storeUnavailable", "trouble": trouble, "status": status }),
            "{fault}: {report:#}"
        );
        world.sandbox.behave();
    }
    let report = bridge.check(&bridge.begin(&world.sandbox));
    assert_eq!(report["canSave"], true);
}

#[test]
fn a_check_of_a_store_that_fails_at_once_asks_it_twice_and_says_so() {
    let world = world("all");
    let bridge = world.bridge(&[]);
    for fault in [
        json!({ "kind": "html502" }),
        json!({ "kind": "status", "status": 503, "body": "{}" }),
    ] {
        let before = world.sandbox.log().len();
        world.sandbox.misbehave(json!({ "fault": fault }));
        let report = bridge.check(&bridge.begin(&world.sandbox));
        assert_eq!(line(&report, "reached")["state"], "bad", "{report:#}");
        let log = world.sandbox.log();
        let reaches = |request: &&Value| text(&request["path"]).ends_with("/v2/time");
        let times = log[before..].iter().filter(reaches).count();
        assert_eq!(times, 2, "{fault}");
        world.sandbox.behave();
    }
}

#[test]
fn a_web_page_in_the_place_of_the_api_is_no_store() {
    let world = world("all");
    let bridge = world.bridge(&[]);
    world.sandbox.misbehave(json!({
        "fault": { "kind": "status", "status": 200, "body": "<html>Sign in to Café Wi-Fi</html>" },
    }));
    let report = bridge.check(&bridge.begin(&world.sandbox));
    let problem = &line(&report, "reached")["problem"];
    assert_eq!(problem["code"], "unexpectedAnswer", "{report:#}");
    assert!(
        !report.to_string().contains("Wi-Fi"),
        "its text stays outside"
    );
    assert_eq!(report["canSave"], false);
}

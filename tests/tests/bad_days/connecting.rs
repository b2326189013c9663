//! Connecting when something is wrong: the check names what.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    desktop::KeychainKind,
    sandbox::SandboxOptions,
    wait,
    world::{Wish, World, some_order},
};

/// One line of a report.
fn line<'a>(report: &'a Value, step: &str) -> &'a Value {
    let lines = report["lines"].as_array().expect("lines");
    let found = lines.iter().find(|line| line["step"] == step);
    found.expect("the report has all four")
}

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

/// A world without a keychain: nothing is saved here.
fn world(scopes: &str) -> World {
    World::on(
        KeychainKind::NoBus,
        SandboxOptions {
            scopes: scopes.to_owned(),
            ..SandboxOptions::default()
        },
    )
}

fn checked(world: &World) -> (Bridge, String, Value) {
    let bridge = world.bridge(&[]);
    let attempt = bridge.begin(&world.sandbox);
    let report = bridge.check(&attempt);
    assert_eq!(report["finished"], true);
    (bridge, attempt, report)
}

#[test]
fn a_good_token_says_which_store_it_is_for() {
    let world = world("all");
    let (_, _, report) = checked(&world);
    for step in ["reached", "token", "store", "scopes"] {
        assert_eq!(line(&report, step)["state"], "ok", "{report:#}");
    }
    assert_eq!(report["canSave"], true);
    assert!(!text(&report["store"]["name"]).is_empty(), "{report:#}");
    assert_eq!(report["clockAheadSeconds"], Value::Null);
}

#[test]
fn demand_01_all_missing_scopes_are_named_at_once() {
    let world = world("store_v2_products");
    let (_, _, report) = checked(&world);
    let scopes: Vec<(String, &Value, &Value)> = report["scopes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|scope| (text(&scope["label"]), &scope["read"], &scope["write"]))
        .collect();
    let (granted, missing) = (json!("granted"), json!("missing"));
    let (not_needed, not_checked) = (json!("notNeeded"), json!("notChecked"));
    assert_eq!(
        scopes,
        [
            ("Customers".to_owned(), &missing, &not_needed),
            ("Information & settings".to_owned(), &missing, &not_needed),
            ("Orders".to_owned(), &missing, &missing),
            ("Products".to_owned(), &granted, &not_checked),
        ]
    );
}

#[test]
fn demand_01_a_store_saved_with_less_knows_what_it_lacks() {
    let world = World::with(SandboxOptions {
        scopes: "store_v2_orders,store_v2_products,store_v2_customers".to_owned(),
        ..SandboxOptions::default()
    });
    let (bridge, attempt, report) = checked(&world);
    let problem = &line(&report, "scopes")["problem"];
    assert_eq!(problem["code"], "missingScope", "{report:#}");
    assert_eq!(problem["needs"]["label"], "Information & settings");
    assert_eq!(report["canSave"], true);

    let saved = bridge.save(&attempt, "askRisky", false).unwrap();

    assert_eq!(
        saved["missingScopes"],
        json!([
            { "label": "Information & settings", "level": "readOnly", "readable": false },
            // No preset asks for it; the settings name the storefronts where they may.
            { "label": "Channel settings", "level": "readOnly", "readable": false },
        ])
    );
    // Orders are there all the same.
    let store = text(&saved["key"]);
    bridge.wait_for_rest(&store);
    assert!(!bridge.orders(&store).is_empty());
}

#[test]
fn demand_04_kinds_of_token_addresses_and_a_revoked_token_are_told_apart() {
    let world = world("all");
    let bridge = world.bridge(&[]);
    let mistake = |address: &str, token: &str| {
        let typed = json!({ "kind": "typed", "token": token });
        let handed = bridge.hand(address, "everything", typed);
        assert_eq!(handed["attempt"], Value::Null, "{handed:#}");
        handed["mistakes"][0].clone()
    };
    let token_mistake = |mistake: &str| json!({ "code": "token", "mistake": mistake });
    let (hash, token) = (world.sandbox.hash(), world.sandbox.token());

    let secret = mistake(hash, &"0123456789abcdef".repeat(4));
    assert_eq!(secret, token_mistake("clientSecret"));
    let storefront = mistake(
        hash,
        "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJCQyJ9.c2ln",
    );
    assert_eq!(storefront, token_mistake("storefrontToken"));
    assert_eq!(mistake(hash, "abc123…"), token_mistake("cutOff"));
    let other = mistake(hash, &format!("shpat_{}", "0a".repeat(16)));
    assert_eq!(other, token_mistake("shopify"));
    let path = mistake(hash, "https://api.bigcommerce.com/stores/abc123/v3/");
    assert_eq!(path, token_mistake("apiPath"));
    let vanity = mistake("https://shop.example.com", token);
    assert_eq!(vanity, json!({ "code": "noStore" }));

    let unknown = bridge.check(&bridge.begin_with(hash, "unknownunknownunknownunknown123"));
    assert_eq!(line(&unknown, "reached")["state"], "ok");
    assert_eq!(line(&unknown, "token")["problem"]["code"], "unauthorized");
    assert_eq!(line(&unknown, "store")["state"], "skipped");
    assert_eq!(unknown["canSave"], false);

    let elsewhere = bridge.check(&bridge.begin_with("another1", token));
    assert_eq!(
        line(&elsewhere, "store")["problem"]["code"],
        "wrongStore",
        "{elsewhere:#}"
    );
    assert_eq!(elsewhere["canSave"], false);

    world
        .sandbox
        .misbehave(json!({ "times": 1, "fault": { "kind": "revokeToken" } }));
    let revoked = bridge.check(&bridge.begin(&world.sandbox));
    assert_eq!(line(&revoked, "token")["problem"]["code"], "unauthorized");
}

#[test]
fn what_a_check_refused_cannot_be_saved() {
    let world = world("all");
    let bridge = world.bridge(&[]);
    let attempt = bridge.begin_with(world.sandbox.hash(), "unknownunknownunknownunknown123");
    assert_eq!(
        bridge.save(&attempt, "askRisky", true).unwrap_err()["code"],
        "badInput"
    );
    bridge.check(&attempt);
    assert_eq!(
        bridge.save(&attempt, "askRisky", true).unwrap_err()["code"],
        "badInput"
    );
    assert_eq!(bridge.get("app_state", json!({}))["stores"], json!([]));
}

#[test]
fn demand_05_a_token_without_any_scope_is_recognised() {
    let world = world("none");
    let (_, _, report) = checked(&world);
    assert_eq!(line(&report, "token")["state"], "ok");
    assert_eq!(
        line(&report, "scopes")["problem"]["code"],
        "noScopes",
        "{report:#}"
    );
    assert_eq!(report["canSave"], false);
}

#[test]
fn demand_05_a_token_for_something_else_is_not_called_one_without_scopes() {
    let world = world("store_channel_settings");
    let (_, _, report) = checked(&world);
    assert_eq!(
        line(&report, "scopes")["problem"],
        json!({ "code": "otherScopes", "labels": ["Channel settings"] }),
        "{report:#}"
    );
    assert_eq!(report["canSave"], false);
}

#[test]
fn a_token_that_may_only_read_orders_has_its_change_refused_in_words() {
    let world = World::with(SandboxOptions {
        scopes: "store_v2_information_read_only,store_v2_orders_read_only".to_owned(),
        ..SandboxOptions::default()
    });
    let (bridge, store) = world.connected(&[]);
    let order = some_order(&bridge, &store);
    let before = bridge.order(&store, order);
    let wished = Wish::Status.of(&before);

    let entry = bridge.change(&store, order, &wished);
    let refused = bridge.wait_for_entry(&store, &entry, &["refused", "done", "notApplied"]);

    assert_eq!(refused["row"]["state"], "refused", "{refused:#}");
    assert_eq!(
        refused["row"]["said"]["reason"],
        json!({ "kind": "missingScope", "needs": { "label": "Orders", "level": "modify" } })
    );
    assert_eq!(refused["row"]["canRetry"], true);
    assert_eq!(bridge.state(&store)["changesToLookAt"], 1);
    assert_eq!(
        bridge.state(&store)["trouble"],
        Value::Null,
        "only this one"
    );
    assert_eq!(world.effective_puts(), 0);
    world.agree(&bridge, &store, order);
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
    let is_slowest = |scope: &Value| scope["label"] == "Customers";
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

#[test]
fn demand_01_writing_is_checked_with_consent_and_creates_nothing() {
    let world = world(
        "store_v2_information,store_v2_customers,store_v2_orders,store_v2_products_read_only",
    );
    let (bridge, attempt, report) = checked(&world);
    let write = |report: &Value, label: &str| {
        let scopes = report["scopes"].as_array().unwrap();
        let line = scopes.iter().find(|scope| scope["label"] == label);
        line.unwrap()["write"].clone()
    };
    assert_eq!(write(&report, "Orders"), "notChecked");
    assert!(
        world
            .sandbox
            .log()
            .iter()
            .all(|request| request["method"] == "GET")
    );

    let report = bridge.get("connect_check_writes", json!({ "attempt": attempt }));

    assert_eq!(write(&report, "Orders"), "granted");
    assert_eq!(write(&report, "Products"), "missing");
    assert_eq!(
        line(&report, "scopes")["problem"],
        json!({ "code": "missingScope", "needs": { "label": "Products", "level": "modify" } })
    );
    let posts = world.sandbox.requests("POST");
    assert_eq!(posts.len(), 2);
    for post in posts {
        assert_ne!(post["changed"], true, "{post}");
    }
}

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

#[test]
fn a_clock_that_is_off_is_said_and_costs_no_change() {
    let world = World::new();
    world.sandbox.clock_off_by(3 * 3600);
    let bridge = world.bridge(&[]);
    let report = bridge.check(&bridge.begin(&world.sandbox));
    let ahead = report["clockAheadSeconds"].as_i64().unwrap();
    assert!((ahead + 3 * 3600).abs() < 60, "{ahead}");

    let store = bridge.connect(&world.sandbox);
    bridge.wait_for_rest(&store);
    let order = some_order(&bridge, &store);
    world
        .sandbox
        .edit(order, json!({ "staff_notes": "From the future" }));
    bridge.tell("refresh", json!({ "store": store }));
    wait::until("the change made elsewhere", || {
        (bridge.order(&store, order)["staffNotes"] == "From the future").then_some(())
    });
}

#[test]
fn whatever_the_clocks_say_no_change_after_the_first_pull_is_missed() {
    // Seconds by which the store is ahead of this computer. The token may read nothing but orders,
    // so that nobody ever asked the store what time it is.
    for ahead in [3600, -3600, 20 * 3600, -20 * 3600] {
        let world = World::with(SandboxOptions {
            scopes: "store_v2_orders".to_owned(),
            ..SandboxOptions::default()
        });
        world.sandbox.clock_off_by(ahead);
        let (bridge, store) = world.connected(&[]);
        let order = some_order(&bridge, &store);

        world.sandbox.edit(order, json!({ "staff_notes": "Later" }));
        let placed = world.sandbox.new_orders(1);
        bridge.tell("refresh", json!({ "store": store }));

        wait::until("the change made elsewhere", || {
            (bridge.order(&store, order)["staffNotes"] == "Later").then_some(())
        });
        wait::until("the order placed since", || {
            let rows = bridge.orders(&store);
            let number = placed[0].to_string();
            rows.iter().any(|row| row["id"] == number).then_some(())
        });
        bridge.wait_for_rest(&store);
        assert_eq!(bridge.state(&store)["trouble"], Value::Null, "{ahead}");
    }
}

#[test]
fn demand_04_a_hash_that_names_no_store_grants_nothing_and_cannot_be_saved() {
    let world = world("all");
    // A wrong hash with a token that BigCommerce knows is said to be answered so, for every path.
    let body = r#"{"status":404,"title":"Not found","type":"","detail":""}"#;
    world.sandbox.misbehave(json!({
        "times": 1000, "fault": { "kind": "status", "status": 404, "body": body },
    }));
    let (bridge, attempt, report) = checked(&world);
    assert_eq!(line(&report, "reached")["state"], "ok", "{report:#}");
    assert_eq!(line(&report, "store")["problem"]["code"], "wrongStore");
    assert_eq!(line(&report, "scopes")["state"], "skipped");
    for scope in report["scopes"].as_array().unwrap() {
        assert_ne!(scope["read"], "granted", "{scope:#}");
    }
    assert_eq!(report["canSave"], false);
    let refused = bridge.save(&attempt, "askRisky", true);
    assert_eq!(refused.unwrap_err()["code"], "badInput");
}

#[test]
fn a_404_of_one_thing_says_nothing_against_the_store() {
    for path in ["/v2/time", "/v2/store"] {
        let world = world("all");
        world.sandbox.misbehave(json!({
            "match": { "path": path }, "times": 1, "fault": { "kind": "status", "status": 404, "body": "" },
        }));
        let (_, _, report) = checked(&world);
        assert_eq!(report["canSave"], true, "{path}: {report:#}");
    }
}

/// The addresses that the browser was told to open so far.
fn opened(bridge: &Bridge) -> Vec<String> {
    let said = bridge.said();
    let lines = said.lines().filter(|line| line.starts_with("{\"open\":"));
    lines
        .map(|line| {
            let line: Value = serde_json::from_str(line).expect("it speaks JSON");
            text(&line["open"])
        })
        .collect()
}

#[test]
fn bigcommerces_list_of_accounts_is_that_of_the_store_which_was_named() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    let page = |page: &str, store: Option<&str>, hash: Option<&str>| {
        let input = json!({ "store": store, "page": page, "id": null, "hash": hash });
        bridge.call("open_page", input)
    };
    let opens = |store, hash| page("apiAccounts", store, hash).expect("it is opened");
    let _ = opens(None, None);
    let _ = opens(None, Some("abc123"));
    // Of a store that is connected the backend knows the hash itself.
    let _ = opens(Some(&store), Some("abc123"));

    for hash in ["abc123.example.com", "example.com/?", "abc123/../x", ""] {
        let refused = page("apiAccounts", None, Some(hash)).expect_err("it is no hash");
        assert_eq!(refused["code"], "badInput", "{hash}");
        assert_eq!(refused["field"], "hash");
    }
    for other in ["order", "product", "customer", "parcel", "storefront"] {
        let refused = page(other, None, Some("abc123")).expect_err("it is not connected");
        assert_eq!(refused["code"], "notFound", "{other}");
    }

    let at = |hash: &str| {
        format!("https://store-{hash}.mybigcommerce.com/manage/settings/auth/api-accounts")
    };
    let wanted = [
        "https://login.bigcommerce.com/deep-links/settings/auth/api-accounts".to_owned(),
        at("abc123"),
        at(world.sandbox.hash()),
    ];
    wait::until("the browser to be told", || {
        (opened(&bridge).len() >= wanted.len()).then_some(())
    });
    assert_eq!(opened(&bridge), wanted);
}

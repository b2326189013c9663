//! Connecting when something is wrong: the check names what.

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    desktop::KeychainKind,
    sandbox::SandboxOptions,
    wait,
    world::{Wish, World, some_order},
};

/// One line of a report.
pub(crate) fn line<'a>(report: &'a Value, step: &str) -> &'a Value {
    let lines = report["lines"].as_array().expect("lines");
    let found = lines.iter().find(|line| line["step"] == step);
    found.expect("the report has all four")
}

/// A world without a keychain: nothing is saved here.
pub(crate) fn world(scopes: &str) -> World {
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
        .map(|scope| (text(&scope["scope"]), &scope["read"], &scope["write"]))
        .collect();
    let (granted, missing) = (json!("granted"), json!("missing"));
    let (not_needed, not_checked) = (json!("notNeeded"), json!("notChecked"));
    assert_eq!(
        scopes,
        [
            ("customers".to_owned(), &missing, &not_needed),
            ("information".to_owned(), &missing, &not_needed),
            ("orders".to_owned(), &missing, &missing),
            ("products".to_owned(), &granted, &not_checked),
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
    assert_eq!(problem["needs"]["scope"], "information");
    assert_eq!(report["canSave"], true);

    let saved = bridge.save(&attempt, "askRisky", false).unwrap();

    assert_eq!(
        saved["missingScopes"],
        json!([
            { "scope": "information", "level": "readOnly", "readable": false },
            // No preset asks for it; the settings name the storefronts where they may.
            { "scope": "channelSettings", "level": "readOnly", "readable": false },
        ])
    );
    // Orders are there all the same.
    let store = text(&saved["key"]);
    bridge.wait_for_rest(&store);
    assert!(!bridge.orders(&store).is_empty());
}

#[test]
fn a_check_names_the_field_that_is_odd_or_missing_and_keeps_what_else_it_found() {
    let world = world("all");
    let bridge = world.bridge(&[]);
    let with = |path: &str, pointer: &str, value: Value| {
        world.sandbox.misbehave(json!({
            "match": { "path": path },
            "fault": { "kind": "patch", "pointer": pointer, "value": value },
        }));
        let report = bridge.check(&bridge.begin(&world.sandbox));
        world.sandbox.behave();
        report
    };
    let odd = |path: &str| json!({ "code": "unexpectedAnswer", "path": path });

    let report = with("/v2/store", "/name", json!(["Northfold"]));
    for step in ["store", "scopes"] {
        assert_eq!(line(&report, step)["problem"], odd("$.name"), "{report:#}");
    }
    assert_eq!(line(&report, "token")["state"], "ok", "{report:#}");
    assert_eq!(report["canSave"], true, "{report:#}");
    let scopes = report["scopes"].as_array().expect("scopes");
    let orders = scopes.iter().find(|scope| scope["scope"] == "orders");
    assert_eq!(orders.expect("it is asked")["read"], "granted");

    let report = with("/v2/time", "/time", Value::Null);
    assert_eq!(line(&report, "reached")["problem"], odd("$.time"));
    assert_eq!(report["canSave"], false, "{report:#}");
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
        json!({ "code": "otherScopes", "scopes": ["channelSettings"] }),
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
        json!({ "kind": "missingScope", "needs": { "scope": "orders", "level": "modify" } })
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
fn demand_01_writing_is_checked_with_consent_and_creates_nothing() {
    let world = world(
        "store_v2_information,store_v2_customers,store_v2_orders,store_v2_products_read_only",
    );
    let (bridge, attempt, report) = checked(&world);
    let write = |report: &Value, name: &str| {
        let scopes = report["scopes"].as_array().unwrap();
        let line = scopes.iter().find(|scope| scope["scope"] == name);
        line.unwrap()["write"].clone()
    };
    assert_eq!(write(&report, "orders"), "notChecked");
    assert!(
        world
            .sandbox
            .log()
            .iter()
            .all(|request| request["method"] == "GET")
    );

    let report = bridge.get("connect_check_writes", json!({ "attempt": attempt }));

    assert_eq!(write(&report, "orders"), "granted");
    assert_eq!(write(&report, "products"), "missing");
    assert_eq!(
        line(&report, "scopes")["problem"],
        json!({ "code": "missingScope", "needs": { "scope": "products", "level": "modify" } })
    );
    let posts = world.sandbox.requests("POST");
    assert_eq!(posts.len(), 2);
    for post in posts {
        assert_ne!(post["changed"], true, "{post}");
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

//! The token is in the keychain and nowhere else.

use serde_json::json;
use stockroom_tests::{
    bridge::{Bridge, text},
    desktop::files_with,
    world::{Wish, World, some_order},
};

const ANOTHER: &str = "anotheranotheranotheranother123";
const WRONG: &str = "wrongwrongwrongwrongwrongwrong1";

fn assert_nowhere(world: &World, bridge: &Bridge, said: &str, token: &str) {
    // Everything of the session: the home, its log, what the processes said, the keyring's own files.
    let found = files_with(world.desktop.root(), token);
    assert!(found.is_empty(), "{found:?}");
    let said_now = bridge.said();
    assert!(!said_now.is_empty(), "it logs something");
    assert!(!said_now.contains(token), "on its output");
    assert!(!bridge.events().contains(token), "in an event");
    assert!(!said.contains(token), "in an answer");
}

#[test]
fn demand_06_the_token_is_in_no_file_no_log_no_event_and_no_answer() {
    let mut world = World::new();
    let first = world.sandbox.token().to_owned();
    let bridge = world.bridge(&[]);
    let mut said = String::new();

    // A day with everything in it that could make it slip.
    let wrong = bridge.check(&bridge.begin_with(world.sandbox.hash(), WRONG));
    said += &wrong.to_string();
    let typed = |token: &str| json!({ "kind": "typed", "token": token });
    let odd =
        json!({ "address": first, "preset": "everything", "from": typed(&format!("{first}…")) });
    said += &format!("{:?}", bridge.call("connect_begin", odd));
    said += &format!(
        "{:?}",
        bridge.call("read_address", json!({ "text": first }))
    );
    let wrong_shape = json!({ "address": 1, "preset": first, "from": typed(&first) });
    said += &format!("{:?}", bridge.call("connect_begin", wrong_shape));
    // By file and by clipboard, too.
    let path = format!(
        "NAME: {first}\nACCESS TOKEN: {first}\nAPI PATH: https://api.bigcommerce.com/stores/{}/v3/",
        world.sandbox.hash()
    );
    bridge.happens(json!({ "copy": path }));
    said += &bridge
        .hand("", "lookOnly", json!({ "kind": "clipboard" }))
        .to_string();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("credentials.txt");
    std::fs::write(&file, &path).unwrap();
    bridge.happens(json!({ "drop": file }));
    said += &bridge
        .hand("other9", "lookOnly", json!({ "kind": "dropped" }))
        .to_string();
    bridge.happens(json!({ "copy": "" }));
    let store = bridge.connect(&world.sandbox);
    said += &bridge.wait_for_rest(&store).to_string();
    let order = some_order(&bridge, &store);
    let entry = bridge.change(&store, order, &Wish::Notes.of(&json!({})));
    said += &bridge.wait_for_entry(&store, &entry, &["done"]).to_string();
    // A store that repeats the token in its refusals.
    world.sandbox.misbehave(json!({
        "times": 3,
        "fault": {
            "kind": "status", "status": 422,
            "body": format!(r#"{{"status":422,"title":"no {first}","errors":{{"{first}":"{first}"}}}}"#),
        },
    }));
    bridge.tell("refresh", json!({ "store": store }));
    let troubled = bridge.wait_for(&store, "the refusal", |state| !state["trouble"].is_null());
    said += &troubled.to_string();
    world.sandbox.behave();
    world.sandbox.misbehave(json!({
        "match": { "method": "PUT" }, "times": 1,
        "fault": { "kind": "status", "status": 400, "body": format!(r#"[{{"status":400,"message":"{first}"}}]"#) },
    }));
    let entry = bridge.change(&store, order, &json!({ "staffNotes": "Refused" }));
    said += &bridge
        .wait_for_entry(&store, &entry, &["refused"])
        .to_string();
    world.sandbox.replace_token(ANOTHER);
    bridge.tell("refresh", json!({ "store": store }));
    bridge.wait_for(&store, "the refusal", |state| {
        state["trouble"]["code"] == "unauthorized"
    });
    let give = json!({ "store": store, "token": ANOTHER, "untilQuit": false });
    said += &bridge.get("give_token", give).to_string();
    bridge.wait_for(&store, "the trouble to be over", |state| {
        state["trouble"].is_null()
    });
    said += &bridge.get("app_state", json!({})).to_string();
    said += &bridge.get("keychain", json!({})).to_string();

    for token in [&first, ANOTHER, WRONG] {
        assert_nowhere(&world, &bridge, &said, token);
    }
    let kept = world.desktop.kept_in_keyring("dev.stockroom.Stockroom");
    assert!(kept.contains(ANOTHER), "the keychain has it");
    assert!(!kept.contains(&first), "and the old one is gone");
    let log = world.desktop.stockroom_home().join("stockroom.log");
    assert!(
        log.metadata().unwrap().len() > 0,
        "there is a log to look into"
    );
}

#[test]
fn demand_06_a_removed_store_leaves_no_token_behind() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    let kept = || world.desktop.kept_in_keyring("dev.stockroom.Stockroom");
    assert!(kept().contains(world.sandbox.token()));
    bridge.tell("remove_store", json!({ "store": store }));
    assert!(!kept().contains(world.sandbox.token()));
    assert_eq!(bridge.get("app_state", json!({}))["stores"], json!([]));
    assert!(
        !world
            .desktop
            .stockroom_home()
            .join("stores")
            .join(&store)
            .exists()
    );
}

#[test]
fn a_token_from_the_environment_is_offered_by_its_last_four_and_never_told() {
    let world = World::new();
    let token = world.sandbox.token().to_owned();
    let bridge = world.bridge(&[
        ("BIGCOMMERCE_STORE_HASH", "northfold"),
        ("BIGCOMMERCE_ACCESS_TOKEN", &token),
    ]);
    let app = bridge.get("app_state", json!({}));
    assert_eq!(app["environment"]["hash"], "northfold");
    assert_eq!(text(&app["environment"]["last4"]), token[token.len() - 4..]);
    let attempt = bridge.get("connect_environment", json!({}));
    let report = bridge.check(&text(&attempt["attempt"]));
    assert_eq!(report["canSave"], true, "{report:#}");
    let saved = bridge
        .save(&text(&attempt["attempt"]), "askRisky", false)
        .unwrap();
    let said = format!("{app}{attempt}{report}{saved}");
    assert_nowhere(&world, &bridge, &said, &token);
}

#[test]
fn only_who_has_the_key_may_ask_the_bridge() {
    let world = World::new();
    let bridge = world.bridge(&[]);
    let page = bridge.page();
    let (origin, key) = page.split_once("/#key=").unwrap();
    let ask = |headers: &[(&str, &str)]| {
        stockroom_tests::http::send("POST", origin, "/call/app_state", headers, Some("{}"))
            .unwrap()
            .status
    };
    assert_eq!(ask(&[]), 401);
    assert_eq!(ask(&[("x-stockroom-bridge", "0")]), 401);
    assert_eq!(
        ask(&[
            ("x-stockroom-bridge", key),
            ("Origin", "https://evil.example")
        ]),
        403
    );
    assert_eq!(ask(&[("x-stockroom-bridge", key)]), 200);
}

//! A token that stops working while the store is in use.

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::text,
    world::{Wish, World, some_order},
};

const SERVICE: &str = "dev.stockroom.Stockroom";

#[test]
fn demand_04_a_revoked_token_keeps_rows_and_changes_until_there_is_another() {
    let mut world = World::new();
    let (bridge, store) = world.connected(&[]);
    let rows = bridge.orders(&store);
    let order = some_order(&bridge, &store);
    let wished = Wish::Status.of(&bridge.order(&store, order));

    world
        .sandbox
        .misbehave(json!({ "times": 1, "fault": { "kind": "revokeToken" } }));
    bridge.tell("refresh", json!({ "store": store }));
    bridge.wait_for(&store, "the trouble to be named", |state| {
        state["trouble"]["code"] == "unauthorized" && state["phase"] == "stopped"
    });
    assert_eq!(bridge.orders(&store), rows);

    let entry = bridge.change(&store, order, &wished);
    bridge.wait_for(&store, "the change to wait", |state| {
        state["changesWaiting"] == 1 && state["trouble"]["code"] == "unauthorized"
    });
    assert_eq!(bridge.entry(&store, &entry)["row"]["state"], "waiting");
    assert_eq!(
        bridge.order(&store, order)["pending"][0]["wanted"]["statusId"],
        wished["statusId"],
        "shown as on its way"
    );

    // Another wrong one is refused, and nothing is lost by it.
    let give = |token: &str| {
        let input = json!({ "store": store, "token": token, "untilQuit": false });
        bridge.call("give_token", input)
    };
    let wrong = give("stillwrongstillwrongstillwrong1").unwrap_err();
    assert_eq!(wrong["code"], "unauthorized");
    assert_eq!(bridge.state(&store)["changesWaiting"], 1);

    let another = "anotheranotheranotheranother123";
    world.sandbox.replace_token(another);
    give(another).unwrap();
    bridge.wait_for_entry(&store, &entry, &["done"]);
    let state = bridge.wait_for(&store, "the trouble to be over", |state| {
        state["phase"] == "idle" && state["changesWaiting"] == 0
    });

    assert_eq!(state["trouble"], Value::Null);
    assert_eq!(world.effective_puts(), 1);
    world.agree(&bridge, &store, order);
    let kept = world.desktop.kept_in_keyring(SERVICE);
    assert!(kept.contains(another), "the keychain has the new one");
    let app = bridge.get("app_state", json!({}));
    assert_eq!(text(&app["stores"][0]["tokenLast4"]), "r123");
}

#[test]
fn demand_10_a_keychain_that_forgot_everything_costs_the_token_and_nothing_else() {
    let mut world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    let rows = bridge.orders(&store);
    let order = some_order(&bridge, &store);
    let entry = bridge.change(&store, order, &json!({ "staffNotes": "Kept" }));
    bridge.wait_for_entry(&store, &entry, &["done"]);
    bridge.stop();
    drop(bridge);

    world.desktop.stop_keyring();
    std::fs::remove_dir_all(world.desktop.root().join("data/keyrings")).unwrap();
    world.desktop.start_keyring();
    let bridge = world.bridge(&[]);
    let state = bridge.wait_for(&store, "the missing token to be noticed", |state| {
        state["token"] == "missing"
    });

    assert_eq!(state["trouble"]["code"], "keychainNoEntry", "{state:#}");
    assert_eq!(bridge.orders(&store).len(), rows.len());
    assert_eq!(bridge.order(&store, order)["staffNotes"], "Kept");
    assert_eq!(bridge.activity(&store).len(), 1);
    let app = bridge.get("app_state", json!({}));
    assert_eq!(app["stores"][0]["name"], "Northfold");

    let token = world.sandbox.token();
    bridge.tell(
        "give_token",
        json!({ "store": store, "token": token, "untilQuit": false }),
    );
    bridge.wait_for_rest(&store);
    assert!(world.desktop.kept_in_keyring(SERVICE).contains(token));
}

#[test]
fn two_tokens_in_the_keychain_for_one_store_are_named_and_another_takes_their_place() {
    let world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    let rows = bridge.orders(&store).len();
    bridge.stop();
    drop(bridge);
    let names = world.desktop.names_in_keyring(SERVICE);
    assert_eq!(names.len(), 1, "{names:?}");
    let other = "otherotherotherotherotherother1";
    world
        .desktop
        .keep_beside_in_keyring(SERVICE, &names[0], other);

    let bridge = world.bridge(&[]);
    let state = bridge.wait_for(&store, "the two to be noticed", |state| {
        state["token"] == "missing"
    });
    assert_eq!(state["trouble"]["code"], "keychainAmbiguous", "{state:#}");
    assert_eq!(bridge.orders(&store).len(), rows, "rows stay readable");

    // The way out that the window offers.
    let token = world.sandbox.token();
    let give = json!({ "store": store, "token": token, "untilQuit": false });
    bridge.tell("give_token", give);
    bridge.wait_for_rest(&store);
    let kept = world.desktop.kept_in_keyring(SERVICE);
    assert!(kept.contains(token) && !kept.contains(other), "{kept}");
    assert_eq!(world.desktop.names_in_keyring(SERVICE).len(), 1);
}

#[test]
fn demand_05_a_token_that_opens_nothing_of_use_does_not_take_the_place_of_another() {
    let mut world = World::new();
    let old = world.sandbox.token().to_owned();
    let (bridge, store) = world.connected(&[]);
    for (scopes, code) in [
        ("none", "noScopes"),
        ("store_channel_settings", "otherScopes"),
    ] {
        let useless = "uselessuselessuselessuseless123";
        world.sandbox.replace_token(useless);
        world.sandbox.allow(scopes);
        let give = json!({ "store": store, "token": useless, "untilQuit": false });
        let refused = bridge.call("give_token", give).unwrap_err();
        assert_eq!(refused["code"], code, "{refused:#}");
        let kept = world.desktop.kept_in_keyring(SERVICE);
        assert!(kept.contains(&old) && !kept.contains(useless), "{kept}");
    }
    world.sandbox.replace_token(&old);
    world.sandbox.allow("all");
    bridge.tell("refresh", json!({ "store": store }));
    bridge.wait_for(&store, "the old token to work on", |state| {
        state["phase"] == "idle" && state["trouble"].is_null()
    });
    let app = bridge.get("app_state", json!({}));
    assert_eq!(app["stores"][0]["missingScopes"], json!([]));
}

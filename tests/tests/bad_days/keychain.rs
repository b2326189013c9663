//! No keychain, a locked one, and one that asks.

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::text,
    desktop::{KeychainKind, files_with},
    sandbox::SandboxOptions,
    wait,
    world::{Wish, World, some_order},
};

fn world(keychain: KeychainKind) -> World {
    World::on(keychain, SandboxOptions::default())
}

#[test]
fn demand_06_without_a_keychain_nothing_is_saved_unless_until_quitting() {
    for kind in [KeychainKind::NoBus, KeychainKind::None] {
        let world = world(kind);
        let mut bridge = world.bridge(&[]);
        assert_eq!(bridge.get("keychain", json!({}))["available"], false);
        let attempt = bridge.begin(&world.sandbox);
        bridge.check(&attempt);

        let refused = bridge.save(&attempt, "askRisky", false).unwrap_err();
        assert_eq!(refused["code"], "keychainAbsent", "{kind:?}");
        assert_eq!(bridge.get("app_state", json!({}))["stores"], json!([]));

        // The attempt is still there: nothing has to be typed again.
        let saved = bridge.save(&attempt, "askRisky", true).unwrap();
        assert_eq!(saved["tokenHome"], "untilQuit");
        let store = text(&saved["key"]);
        bridge.wait_for_rest(&store);
        let order = some_order(&bridge, &store);
        let wished = Wish::Status.of(&bridge.order(&store, order));
        let entry = bridge.change(&store, order, &wished);
        bridge.wait_for_entry(&store, &entry, &["done"]);
        let rows = bridge.orders(&store);
        let found = files_with(world.desktop.root(), world.sandbox.token());
        assert!(found.is_empty(), "{found:?}");

        bridge.stop();
        let found = files_with(world.desktop.root(), world.sandbox.token());
        assert!(found.is_empty(), "{found:?}");
        drop(bridge);
        let bridge = world.bridge(&[]);
        assert_eq!(bridge.orders(&store), rows);
        let state = bridge.wait_for(&store, "the missing token to be noticed", |state| {
            state["token"] == "missing"
        });
        assert_eq!(state["phase"], "stopped");
        assert_eq!(state["trouble"]["code"], "keychainNoEntry");
        // And it can be given again.
        bridge.tell(
            "give_token",
            json!({ "store": store, "token": world.sandbox.token(), "untilQuit": true }),
        );
        bridge.wait_for_rest(&store);
        let found = files_with(world.desktop.root(), world.sandbox.token());
        assert!(found.is_empty(), "{found:?}");
    }
}

#[test]
fn demand_07_where_the_token_is_can_be_seen() {
    let world = World::new();
    let (bridge, _) = world.connected(&[]);
    let keychain = bridge.get("keychain", json!({}));
    assert_eq!(
        keychain,
        json!({ "available": true, "locked": false, "name": "GNOME Keyring" })
    );
    let app = bridge.get("app_state", json!({}));
    let store = &app["stores"][0];
    assert_eq!(store["tokenHome"], "keychain");
    assert_eq!(store["tokenEntry"], "Stockroom, store northfold");
    assert!(
        world
            .sandbox
            .token()
            .ends_with(store["tokenLast4"].as_str().unwrap())
    );
    // Under that very name another program finds it.
    let kept = world.desktop.kept_in_keyring("dev.stockroom.Stockroom");
    assert!(kept.contains("Stockroom, store northfold"), "{kept}");
    assert!(kept.contains(world.sandbox.token()));
}

#[test]
fn demand_08_a_keychain_that_went_away_leaves_everything_readable() {
    let mut world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    let rows = bridge.orders(&store);
    bridge.stop();
    drop(bridge);

    world.desktop.stop_keyring();
    let bridge = world.bridge(&[]);
    assert_eq!(bridge.orders(&store), rows);
    let state = bridge.wait_for(&store, "the missing keychain to be noticed", |state| {
        state["token"] == "noKeychain"
    });
    assert_eq!(state["phase"], "stopped");
    assert_eq!(state["trouble"]["code"], "keychainAbsent");
    assert_eq!(bridge.get("keychain", json!({}))["available"], false);

    // It comes back while the app runs.
    world.desktop.start_keyring();
    bridge.tell("unlock", json!({ "store": store }));
    bridge.wait_for_rest(&store);
    assert_eq!(bridge.state(&store)["token"], "ready");
}

#[test]
fn demand_08_demand_09_a_locked_keychain_leaves_rows_readable_and_asks_nobody() {
    let mut world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    let rows = bridge.orders(&store);
    bridge.stop();
    drop(bridge);
    world.desktop.lock_keyring();
    world.desktop.watch_prompts();
    let asked = world.sandbox.log().len();

    let bridge = world.bridge(&[]);
    assert_eq!(bridge.orders(&store), rows);
    let state = bridge.wait_for(&store, "the lock to be noticed", |state| {
        state["token"] == "locked"
    });
    assert_eq!(state["trouble"]["code"], "keychainLocked");
    let state = bridge.wait_for(&store, "the refresh to stop", |state| {
        state["phase"] == "stopped"
    });
    assert_eq!(state["orders"], rows.len());
    assert_eq!(bridge.get("keychain", json!({}))["locked"], true);
    // A wish to refresh and a change are no reason to ask either: both wait.
    bridge.tell("refresh", json!({ "store": store }));
    let order = some_order(&bridge, &store);
    let wished = Wish::Status.of(&bridge.order(&store, order));
    let entry = bridge.change(&store, order, &wished);
    bridge.wait_for(&store, "the change to wait", |state| {
        state["changesWaiting"] == 1 && state["trouble"]["code"] == "keychainLocked"
    });
    assert_eq!(world.desktop.prompts(), 0);
    assert_eq!(
        world.sandbox.log().len(),
        asked,
        "no request without a token"
    );

    world.desktop.unlock_keyring();
    let state = bridge.get("unlock", json!({ "store": store }));
    assert_eq!(state["token"], "ready");
    bridge.wait_for_entry(&store, &entry, &["done"]);
    let state = bridge.wait_for(&store, "the refresh", |state| {
        state["phase"] == "idle" && state["trouble"].is_null()
    });
    assert_eq!(state["changesWaiting"], 0);
    assert_eq!(world.desktop.prompts(), 0, "it was unlocked already");
    assert_eq!(world.puts(), 1);
    world.agree(&bridge, &store, order);
}

#[test]
fn demand_09_only_unlocking_asks_the_person() {
    let mut world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    bridge.stop();
    drop(bridge);
    world.desktop.lock_keyring();
    world.desktop.watch_prompts();
    let bridge = world.bridge(&[]);
    bridge.tell("select_store", json!({ "store": store }));
    bridge.wait_for(&store, "the lock to be noticed", |state| {
        state["token"] == "locked"
    });
    assert_eq!(world.desktop.prompts(), 0);

    std::thread::scope(|threads| {
        let unlocking = threads.spawn(|| bridge.call("unlock", json!({ "store": store })));
        wait::until("the keyring to be asked", || {
            (world.desktop.prompts() > 0).then_some(())
        });
        // Nobody can answer: this desktop has no one who asks for passwords.
        bridge.tell("cancel_unlock", json!({ "store": store }));
        assert!(unlocking.join().unwrap().is_err());
    });
    let state = bridge.wait_for(&store, "the waiting to end", |state| {
        state["token"] != "unlocking"
    });
    assert_eq!(state["token"], "locked", "{state:#}");
    assert_ne!(state["orders"], 0);
}

#[test]
fn demand_08_the_app_starts_whatever_the_keychain_is_like() {
    for (kind, available, locked) in [
        (KeychainKind::Unlocked, true, false),
        (KeychainKind::Locked, true, true),
        (KeychainKind::None, false, false),
        (KeychainKind::NoBus, false, false),
    ] {
        let world = world(kind);
        let bridge = world.bridge(&[]);
        assert_eq!(bridge.get("app_state", json!({}))["stores"], json!([]));
        let keychain: Value = bridge.get("keychain", json!({}));
        assert_eq!(keychain["available"], available, "{kind:?}");
        assert_eq!(keychain["locked"], locked, "{kind:?}");
    }
}

//! SIGKILL at each step of removing a store, and a new start on the same home.

use std::{fs, os::unix::process::ExitStatusExt as _};

use host::Milestone;
use serde_json::json;
use stockroom_tests::{
    bridge::Bridge,
    world::{World, some_order},
};

const SERVICE: &str = "dev.stockroom.Stockroom";

/// Names below `stores` in the home.
fn folders(world: &World) -> Vec<String> {
    let stores = world.desktop.stockroom_home().join("stores");
    let folders = fs::read_dir(stores).expect("a store was connected");
    folders
        .flatten()
        .map(|folder| folder.file_name().to_string_lossy().into_owned())
        .collect()
}

/// A store with a change in its journal, killed at that step of its removal: the world, and the
/// backend of the next start.
fn killed_at(milestone: Milestone) -> (World, Bridge, String) {
    let world = World::new();
    let (mut bridge, store) = world.connected(&[("STOCKROOM_KILL_AT", milestone.name())]);
    let order = some_order(&bridge, &store);
    let entry = bridge.change(
        &store,
        order,
        &json!({ "staffNotes": "Kept until removed" }),
    );
    bridge.wait_for_entry(&store, &entry, &["done"]);

    let _ = bridge.ask("remove_store", json!({ "store": store }));
    let end = bridge.wait_for_end();
    assert_eq!(end.signal(), Some(9), "{end}");
    drop(bridge);
    let kept = world.desktop.kept_in_keyring(SERVICE);
    assert!(!kept.contains(world.sandbox.token()), "{kept}");

    let bridge = world.bridge(&[]);
    (world, bridge, store)
}

/// Nothing of the store is left, and it can be connected as if it had never been here.
fn is_gone(world: &World, bridge: &Bridge, store: &str) {
    assert_eq!(bridge.get("app_state", json!({}))["stores"], json!([]));
    assert_eq!(folders(world), Vec::<String>::new());
    let selected = bridge.call("select_store", json!({ "store": store }));
    assert_eq!(selected.expect_err("it is gone")["code"], "storeGone");

    let store = bridge.connect(&world.sandbox);
    bridge.wait_for_rest(&store);
    assert_eq!(bridge.activity(&store), Vec::<serde_json::Value>::new());
    assert_eq!(bridge.orders(&store).len(), world.sandbox.listed().len());
}

kills! {
    a_removal_killed_before_the_files_went_leaves_a_store_that_asks_for_its_token: TokenForgotten
        => asks_for_its_token;
    a_removal_killed_once_the_files_were_set_aside_is_ended_by_the_next_start: SetAside | ProfileRemoved
        => is_ended;
}

fn asks_for_its_token(milestone: Milestone) {
    let (world, bridge, store) = killed_at(milestone);
    assert_eq!(bridge.activity(&store).len(), 1, "the journal is there");
    let state = bridge.wait_for(&store, "the missing token to be noticed", |state| {
        state["token"] == "missing"
    });
    assert_eq!(state["trouble"]["code"], "keychainNoEntry");
    // And it can be removed for good.
    bridge.tell("remove_store", json!({ "store": store }));
    is_gone(&world, &bridge, &store);
}

fn is_ended(milestone: Milestone) {
    let (world, bridge, store) = killed_at(milestone);
    is_gone(&world, &bridge, &store);
}

#[test]
fn what_a_removal_left_behind_does_not_take_the_store_that_is_connected_anew() {
    let (world, mut bridge, old) = killed_at(Milestone::ProfileRemoved);
    let store = bridge.connect(&world.sandbox);
    assert_eq!(store, old, "it has the same key");
    bridge.wait_for_rest(&store);
    bridge.stop();
    drop(bridge);
    // As if the first start could not delete it.
    let stores = world.desktop.stockroom_home().join("stores");
    fs::create_dir(stores.join(format!("removed_{store}_1700000000000"))).unwrap();

    let bridge = world.bridge(&[]);
    bridge.wait_for_rest(&store);
    assert_eq!(folders(&world), [store]);
}

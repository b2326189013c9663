//! SIGKILL at each step of connecting a store for the first time, and a new start on the same home.

use host::Milestone;
use serde_json::json;
use stockroom_tests::{bridge::Bridge, wait, world::World};

const SERVICE: &str = "dev.stockroom.Stockroom";

/// A world in which saving was killed at that step.
fn killed_at(milestone: Milestone) -> World {
    let world = World::new();
    let mut bridge = world.bridge(&[("STOCKROOM_KILL_AT", milestone.name())]);
    let attempt = bridge.begin(&world.sandbox);
    bridge.check(&attempt);
    bridge.is_killed_saving(&attempt);
    drop(bridge);
    world
}

fn stores(bridge: &Bridge) -> usize {
    let app = bridge.get("app_state", json!({}));
    app["stores"].as_array().expect("stores").len()
}

/// It can be connected, and its token outlives the next starts.
fn connects(world: &World, mut bridge: Bridge) {
    let store = bridge.connect(&world.sandbox);
    bridge.wait_for_rest(&store);
    bridge.stop();
    drop(bridge);
    keeps_its_token(world, &store);
}

fn keeps_its_token(world: &World, store: &str) {
    for _ in 0..2 {
        let mut bridge = world.bridge(&[]);
        bridge.wait_for_rest(store);
        bridge.wait_for(store, "the token to be used", |state| {
            state["token"] == "ready" && state["trouble"].is_null()
        });
        bridge.stop();
    }
    let kept = world.desktop.kept_in_keyring(SERVICE);
    assert!(kept.contains(world.sandbox.token()), "{kept}");
}

kills! {
    a_connection_killed_before_the_keychain_took_the_token_leaves_nothing: EntryNoted => leaves_nothing;
    a_connection_killed_once_the_keychain_has_the_token_leaves_no_entry_that_no_store_names: TokenSwapped
        => leaves_no_entry;
    a_connection_killed_at_its_end_leaves_a_store_that_keeps_its_token: StoreAdded => leaves_a_store;
}

fn leaves_nothing(milestone: Milestone) {
    let world = killed_at(milestone);
    assert!(world.desktop.names_in_keyring(SERVICE).is_empty());
    let bridge = world.bridge(&[]);
    assert_eq!(stores(&bridge), 0);
    connects(&world, bridge);
}

fn leaves_no_entry(milestone: Milestone) {
    let world = killed_at(milestone);
    let kept = world.desktop.kept_in_keyring(SERVICE);
    assert!(kept.contains(world.sandbox.token()), "what this is about");

    let bridge = world.bridge(&[]);
    wait::until("the entry to go", || {
        let names = world.desktop.names_in_keyring(SERVICE);
        names.is_empty().then_some(())
    });
    assert_eq!(stores(&bridge), 0);
    connects(&world, bridge);
}

fn leaves_a_store(milestone: Milestone) {
    let world = killed_at(milestone);
    let mut bridge = world.bridge(&[]);
    assert_eq!(stores(&bridge), 1);
    let store =
        stockroom_tests::bridge::text(&bridge.get("app_state", json!({}))["stores"][0]["key"]);
    bridge.wait_for_rest(&store);
    bridge.stop();
    drop(bridge);
    keeps_its_token(&world, &store);
}

//! The computer sleeps, and the network is another when it wakes.

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::text,
    sandbox::SandboxOptions,
    wait,
    world::{Wish, World, some_order},
};

#[test]
fn a_pull_that_slept_goes_on_by_itself_and_says_nothing_of_it() {
    let mut world = World::with(SandboxOptions {
        orders: 1100,
        latency_ms: 150,
        ..SandboxOptions::default()
    });
    let bridge = world.bridge(&[]);
    let store = bridge.connect(&world.sandbox);
    bridge.wait_for(&store, "the first page", |state| state["orders"] != 0);

    bridge.sleep();
    // Every connection dies meanwhile, the one with the question under way too.
    world.sandbox.close();
    world.sandbox.open_again();
    bridge.wake();

    bridge.wait_for_rest(&store);
    let rows = bridge.orders(&store);
    let numbers: Vec<u64> = rows
        .iter()
        .map(|row| text(&row["id"]).parse().unwrap())
        .collect();
    assert_eq!(
        numbers,
        world.sandbox.listed(),
        "all of them, and each once"
    );
    bridge.told_of_no_trouble();
}

#[test]
fn a_status_that_slept_on_its_way_is_sent_once() {
    let mut world = World::new();
    let (bridge, store) = world.connected(&[]);
    let order = some_order(&bridge, &store);
    let wished = Wish::Status.of(&bridge.order(&store, order));
    world.sandbox.misbehave(json!({
        "match": { "method": "PUT" }, "times": 1,
        "fault": { "kind": "never", "applied": true },
    }));
    let entry = bridge.change(&store, order, &wished);
    world.wait_for_put();

    bridge.sleep();
    world.sandbox.close();
    world.sandbox.open_again();
    bridge.wake();

    bridge.wait_for_entry(&store, &entry, &["doneFound"]);
    assert_eq!(world.puts(), 1);
    assert_eq!(world.sandbox.emails().len(), 1);
    bridge.wait_for(&store, "the trouble to be over", |state| {
        state["trouble"].is_null() && state["changesWaiting"] == 0
    });
    world.agree(&bridge, &store, order);
}

#[test]
fn a_store_that_slept_at_rest_sees_what_was_ordered_meanwhile() {
    let mut world = World::new();
    let (bridge, store) = world.connected(&[]);
    let here = bridge.orders(&store).len();
    bridge.sleep();
    world.sandbox.close();
    world.sandbox.open_again();
    let new = world.sandbox.new_orders(3);
    bridge.wake();

    bridge.tell("refresh", json!({ "store": store }));
    wait::until("the new orders", || {
        (bridge.orders(&store).len() == here + new.len()).then_some(())
    });
    assert_eq!(bridge.state(&store)["trouble"], Value::Null);
    bridge.told_of_no_trouble();
}

//! Clocks that disagree: the store's and this computer's.

use serde_json::{Value, json};
use stockroom_tests::{
    sandbox::SandboxOptions,
    wait,
    world::{World, some_order},
};

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

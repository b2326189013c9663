//! The quota is used up, by us or by others.

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::Bridge,
    sandbox::SandboxOptions,
    world::{Wish, World, some_order, state},
};

/// A first pull whose second page meets `fault` so many times, and the state that shows the wait.
fn kept_waiting(times: u32, fault: &Value) -> (World, Bridge, String, Value) {
    let world = World::with(SandboxOptions {
        orders: 600,
        ..SandboxOptions::default()
    });
    let bridge = world.bridge(&[]);
    world.sandbox.misbehave(json!({
        "match": { "path": "/v2/orders", "query": "sort=id" }, "after": 1, "times": times,
        "fault": fault,
    }));
    let store = bridge.connect(&world.sandbox);
    let waiting = bridge.wait_for(&store, "the wait to be shown", |state| {
        !state["waiting"].is_null()
    });
    (world, bridge, store, waiting)
}

fn goes_on_by_itself(world: &World, bridge: &Bridge, store: &str) {
    bridge.wait_for_rest(store);
    assert_eq!(bridge.orders(store).len(), world.sandbox.listed().len());
    assert_eq!(bridge.state(store)["waiting"], Value::Null);
    bridge.told_of_no_trouble();
}

#[test]
fn demand_33_a_429_is_waited_out_and_shown_as_a_wait() {
    let fault = json!({ "kind": "rateLimited", "resetMs": 1500 });
    let (world, bridge, store, waiting) = kept_waiting(2, &fault);
    assert!(
        (1..=3).contains(&waiting["waiting"]["seconds"].as_u64().unwrap()),
        "{waiting:#}"
    );
    assert_eq!(waiting["trouble"], Value::Null);
    goes_on_by_itself(&world, &bridge, &store);
}

#[test]
fn demand_33_a_store_that_asks_for_a_pause_is_said_to_have_asked() {
    for (times, fault) in [
        (1, json!({ "kind": "retryAfter", "seconds": 2 })),
        // It says nothing but that it is too much.
        (4, json!({ "kind": "rateLimitedBare" })),
    ] {
        let (world, bridge, store, waiting) = kept_waiting(times, &fault);
        assert_eq!(waiting["waiting"]["because"], "storeAsked", "{waiting:#}");
        goes_on_by_itself(&world, &bridge, &store);
    }
}

#[test]
fn demand_33_a_change_met_by_429_is_sent_by_itself_and_once() {
    for fault in [
        json!({ "kind": "rateLimited", "resetMs": 1000 }),
        json!({ "kind": "rateLimitedBare" }),
    ] {
        let world = World::new();
        let (bridge, store) = world.connected(&[]);
        let order = some_order(&bridge, &store);
        let wished = Wish::Status.of(&bridge.order(&store, order));
        world.sandbox.misbehave(json!({
            "match": { "method": "PUT" }, "times": 2, "fault": fault,
        }));

        let entry = bridge.change(&store, order, &wished);
        let settled = bridge.wait_for_entry(
            &store,
            &entry,
            &["done", "doneFound", "refused", "notApplied"],
        );

        assert_eq!(state(&settled), "done", "{settled:#}");
        assert_eq!(world.puts(), 3, "refused twice, then taken");
        assert_eq!(world.effective_puts(), 1);
        assert_eq!(world.sandbox.emails().len(), 1);
        bridge.told_of_no_trouble();
        world.agree(&bridge, &store, order);
    }
}

#[test]
fn demand_33_a_check_met_by_429_goes_on_by_itself() {
    let world = World::new();
    for fault in [
        json!({ "kind": "rateLimited", "resetMs": 800 }),
        json!({ "kind": "rateLimitedBare" }),
    ] {
        let bridge = world.bridge(&[]);
        world
            .sandbox
            .misbehave(json!({ "times": 2, "fault": fault }));
        let report = bridge.check(&bridge.begin(&world.sandbox));
        assert_eq!(report["canSave"], true, "{report:#}");
        let lines = report["lines"].as_array().unwrap();
        assert!(lines.iter().all(|line| line["state"] == "ok"), "{report:#}");
    }
}

#[test]
fn demand_33_a_store_whose_quota_others_use_up_is_pulled_all_the_same() {
    let world = World::with(SandboxOptions {
        plan: "standard".to_owned(),
        orders: 600,
        ..SandboxOptions::default()
    });
    world.sandbox.misbehave(json!({
        "match": { "path": "/v2/orders", "query": "sort=id" }, "after": 1, "times": 1,
        "fault": { "kind": "quotaGone" },
    }));
    let bridge = world.bridge(&[]);
    let store = bridge.connect(&world.sandbox);
    let waiting = bridge.wait_for(&store, "the wait to be shown", |state| {
        !state["waiting"].is_null()
    });
    assert_eq!(waiting["trouble"], Value::Null);
    assert!(
        waiting["waiting"]["seconds"].as_u64().unwrap() <= 31,
        "{waiting:#}"
    );
    // What has come so far can be used meanwhile.
    assert!(!bridge.orders(&store).is_empty());

    bridge.wait_for_rest(&store);
    assert_eq!(bridge.orders(&store).len(), world.sandbox.listed().len());
    bridge.told_of_no_trouble();
}

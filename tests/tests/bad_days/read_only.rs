//! A store that must not be written to isn't.

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    sandbox::SandboxOptions,
    wait,
    world::{Wish, World, some_order, state},
};

fn set_safety(bridge: &Bridge, store: &str, safety: &str) {
    bridge.tell(
        "edit_store",
        json!({ "store": store, "name": "Northfold", "color": "spruce", "safety": safety }),
    );
}

fn methods(world: &World) -> Vec<String> {
    let log = world.sandbox.log();
    let mut methods: Vec<String> = log.iter().map(|request| text(&request["method"])).collect();
    methods.sort_unstable();
    methods.dedup();
    methods
}

/// How often the store was asked what changed: the last request of every refresh.
fn refreshes(world: &World) -> usize {
    let log = world.sandbox.log();
    let asks = |request: &&Value| text(&request["query"]).contains("min_date_modified");
    log.iter().filter(asks).count()
}

#[test]
fn demand_36_read_only_blocks_below_the_window() {
    let world = World::new();
    let mut bridge = world.bridge(&[]);
    let attempt = bridge.begin(&world.sandbox);
    bridge.check(&attempt);
    let saved = bridge.save(&attempt, "readOnly", false).unwrap();
    let store = text(&saved["key"]);
    bridge.wait_for_rest(&store);
    let order = some_order(&bridge, &store);
    let before = world.sandbox.order(order);

    for wish in [Wish::Status, Wish::Notes] {
        let plan = bridge.plan(&store, order, &wish.of(&bridge.order(&store, order)));
        assert_eq!(plan["readOnly"], true);
        assert_eq!(bridge.apply(&plan).unwrap_err()["code"], "readOnly");
    }
    // Nor after another start.
    bridge.stop();
    drop(bridge);
    let bridge = world.bridge(&[]);
    bridge.wait_for_rest(&store);
    let wished = Wish::Status.of(&bridge.order(&store, order));
    let plan = bridge.plan(&store, order, &wished);
    assert_eq!(bridge.apply(&plan).unwrap_err()["code"], "readOnly");

    assert_eq!(bridge.activity(&store), Vec::<Value>::new());
    assert_eq!(methods(&world), ["GET"]);
    assert_eq!(world.sandbox.order(order), before);
}

#[test]
fn demand_36_a_plan_made_before_the_store_became_read_only_is_blocked() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    let order = some_order(&bridge, &store);
    let plan = bridge.plan(
        &store,
        order,
        &Wish::Status.of(&bridge.order(&store, order)),
    );
    set_safety(&bridge, &store, "readOnly");
    assert_eq!(bridge.apply(&plan).unwrap_err()["code"], "readOnly");
    assert_eq!(methods(&world), ["GET"]);
}

#[test]
fn demand_36_a_change_that_waits_is_held_while_the_store_is_read_only() {
    let mut world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    let order = some_order(&bridge, &store);
    let wished = Wish::Status.of(&bridge.order(&store, order));
    world.sandbox.close();
    let entry = bridge.change(&store, order, &wished);
    set_safety(&bridge, &store, "readOnly");
    bridge.stop();
    drop(bridge);
    world.sandbox.open_again();

    let bridge = world.bridge(&[]);
    bridge.wait_for_rest(&store);
    let held = bridge.entry(&store, &entry);
    assert_eq!(state(&held), "waiting", "{held:#}");
    assert_eq!(bridge.state(&store)["changesWaiting"], 1);
    assert_eq!(methods(&world), ["GET"]);

    set_safety(&bridge, &store, "askRisky");
    bridge.wait_for_entry(&store, &entry, &["done"]);
    assert_eq!(world.puts(), 1);
    world.agree(&bridge, &store, order);
}

#[test]
fn demand_36_a_store_made_read_only_in_the_middle_of_a_job_stops_it_there() {
    const CHANGES: usize = 12;
    let world = World::with(SandboxOptions {
        latency_ms: 150,
        ..SandboxOptions::default()
    });
    let (bridge, store) = world.connected(&[]);
    let changes: Vec<Value> = bridge
        .orders(&store)
        .iter()
        .filter(|row| row["statusId"] != 10)
        .take(CHANGES)
        .map(|row| json!({ "order": row["id"], "statusId": 10, "staffNotes": null }))
        .collect();
    let plan = bridge.get(
        "plan_change",
        json!({ "store": store, "wanted": { "kind": "orders", "changes": changes } }),
    );
    bridge.apply(&plan).unwrap();
    wait::until("the job to be under way", || {
        (world.puts() >= 2).then_some(())
    });

    set_safety(&bridge, &store, "readOnly");
    // What was out already ends; then nothing more goes.
    wait::until("what was being sent to end", || {
        let rows = bridge.activity(&store);
        rows.iter()
            .all(|row| row["state"] != "sending")
            .then_some(())
    });
    let sent = world.puts();
    // Refreshes take longer than a change does: time enough for several, if they went on.
    for _ in 0..6 {
        let before = refreshes(&world);
        bridge.tell("refresh", json!({ "store": store }));
        wait::until("a whole refresh", || {
            (refreshes(&world) > before && bridge.state(&store)["phase"] == "idle").then_some(())
        });
    }

    assert!(sent < CHANGES, "switched too late: {sent}");
    assert!(
        world.puts() <= sent + 1,
        "one may have been between its reading and its sending: {sent}, then {}",
        world.puts()
    );
    let held = bridge.state(&store)["changesWaiting"].as_u64().unwrap();
    assert_eq!(held, (CHANGES - world.puts()) as u64, "the rest waits");

    set_safety(&bridge, &store, "askRisky");
    bridge.wait_for(&store, "the rest to be sent", |state| {
        state["changesWaiting"] == 0
    });
    assert_eq!(world.puts(), CHANGES, "each once");
    assert_eq!(world.sandbox.emails().len(), CHANGES);
}

//! The store, or the way to it, goes away and comes back.

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    wait,
    world::{Wish, World, some_order, state, way},
};

fn refresh(bridge: &Bridge, store: &str) {
    bridge.tell("refresh", json!({ "store": store }));
}

#[test]
fn demand_22_a_change_made_offline_lands_by_itself_once_and_visibly() {
    let mut world = World::new();
    let (bridge, store) = world.connected(&[]);
    let rows = bridge.orders(&store);
    let order = some_order(&bridge, &store);
    let wished = Wish::Status.of(&bridge.order(&store, order));

    world.sandbox.close();
    let entry = bridge.change(&store, order, &wished);
    let state_then = bridge.wait_for(&store, "the trouble to be named", |state| {
        !state["trouble"].is_null()
    });
    assert_eq!(state_then["trouble"]["code"], "network", "{state_then:#}");
    assert!(text(&state_then["trouble"]["host"]).contains("127.0.0.1"));
    assert_eq!(state_then["changesWaiting"], 1);
    assert_eq!(bridge.orders(&store).len(), rows.len());
    assert_eq!(
        bridge.order(&store, order)["pending"][0]["state"],
        "waiting",
        "shown as on its way"
    );
    let heard = bridge.events().len();

    world.sandbox.open_again();
    // Nobody does anything now.
    let landed = bridge.wait_for_entry(&store, &entry, &["done", "doneFound", "notApplied"]);

    assert_eq!(state(&landed), "done", "{landed:#}");
    assert_eq!(world.puts(), 1);
    assert_eq!(world.sandbox.emails().len(), 1);
    // Visibly: the order and the list of changes are told to look again, and both say so.
    wait::until("the window to be told", || {
        let events = bridge.events().split_off(heard);
        (events.contains("orders") && events.contains("activity")).then_some(())
    });
    let here = bridge.order(&store, order);
    assert_eq!(here["history"][0]["state"], "done");
    assert_eq!(bridge.activity(&store)[0]["state"], "done");
    world.agree(&bridge, &store, order);
    bridge.wait_for(&store, "the trouble to be over", |state| {
        state["trouble"].is_null() && state["changesWaiting"] == 0
    });
}

#[test]
fn a_change_made_offline_survives_a_night_and_is_sent_once() {
    let mut world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    let order = some_order(&bridge, &store);
    let wished = Wish::Status.of(&bridge.order(&store, order));
    world.sandbox.close();
    let entry = bridge.change(&store, order, &wished);
    bridge.stop();
    drop(bridge);

    // Still away in the morning.
    let mut bridge = world.bridge(&[]);
    assert_eq!(
        bridge.order(&store, order)["pending"][0]["wanted"]["statusId"],
        wished["statusId"],
        "shown from the first moment"
    );
    assert_eq!(bridge.state(&store)["changesWaiting"], 1);
    bridge.stop();
    drop(bridge);
    world.sandbox.open_again();
    let bridge = world.bridge(&[]);
    bridge.tell("select_store", json!({ "store": store }));
    bridge.wait_for_entry(&store, &entry, &["done"]);

    assert_eq!(world.puts(), 1);
    assert_eq!(world.sandbox.emails().len(), 1);
    world.agree(&bridge, &store, order);
}

#[test]
fn rows_are_there_before_any_request() {
    let mut world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    let rows = bridge.orders(&store);
    let order = some_order(&bridge, &store);
    let detail = bridge.order(&store, order);
    bridge.stop();
    drop(bridge);
    world.sandbox.close();

    let bridge = world.bridge(&[]);
    let app = bridge.get("app_state", json!({}));
    assert_eq!(app["current"], json!(store));
    assert_eq!(bridge.orders(&store), rows);
    assert_eq!(bridge.order(&store, order), detail);
    let statuses = bridge.get("statuses", json!({ "store": store }));
    assert!(!statuses["statuses"].as_array().unwrap().is_empty());
}

#[test]
fn a_store_that_never_answers_keeps_nobody_waiting_for_rows() {
    let world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    let rows = bridge.orders(&store);
    bridge.stop();
    drop(bridge);
    world
        .sandbox
        .misbehave(json!({ "fault": { "kind": "never" } }));
    let asked = world.sandbox.log().len();

    let mut bridge = world.bridge(&[]);
    assert_eq!(bridge.orders(&store), rows);
    wait::until("a request that gets no answer", || {
        (world.sandbox.log().len() > asked).then_some(())
    });
    assert_eq!(bridge.orders(&store), rows);
    assert_eq!(bridge.state(&store)["orders"], rows.len());
    // And it can be left at any time.
    let ended = bridge.stop();
    assert!(ended.success(), "{ended}");
}

#[test]
fn a_store_that_is_shut_is_named_and_what_was_pulled_stays() {
    for (fault, trouble, status) in [("suspended", "unavailable", 503), ("locked", "locked", 423)] {
        let world = World::new();
        let (bridge, store) = world.connected(&[]);
        let rows = bridge.orders(&store);
        let order = some_order(&bridge, &store);
        let wished = Wish::Status.of(&bridge.order(&store, order));

        world
            .sandbox
            .misbehave(json!({ "fault": { "kind": fault } }));
        refresh(&bridge, &store);
        let shut = bridge.wait_for(&store, "the trouble to be named", |state| {
            !state["trouble"].is_null()
        });
        assert_eq!(
            shut["trouble"],
            json!({ "code": "storeUnavailable", "trouble": trouble, "status": status })
        );
        assert_eq!(bridge.orders(&store), rows);
        let entry = bridge.change(&store, order, &wished);
        bridge.wait_for(&store, "the change to wait", |state| {
            state["changesWaiting"] == 1
        });

        world.sandbox.behave();
        refresh(&bridge, &store);
        bridge.wait_for_entry(&store, &entry, &["done"]);
        bridge.wait_for(&store, "the trouble to be over", |state| {
            state["trouble"].is_null() && state["phase"] == "idle"
        });
        assert_eq!(world.puts(), 1);
        world.agree(&bridge, &store, order);
    }
}

#[test]
fn maintenance_is_named_at_once_and_what_was_pulled_stays() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    let rows = bridge.orders(&store);

    // It says when it will be back: in 60 seconds.
    world
        .sandbox
        .misbehave(json!({ "fault": { "kind": "maintenance" } }));
    refresh(&bridge, &store);
    let state = bridge.wait_for(&store, "the trouble to be named", |state| {
        !state["trouble"].is_null()
    });

    assert_eq!(state["trouble"]["code"], "storeUnavailable");
    assert_eq!(bridge.orders(&store), rows);
}

#[test]
fn a_status_sent_into_a_gateway_error_is_not_sent_again() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    let order = some_order(&bridge, &store);
    let wished = Wish::Status.of(&bridge.order(&store, order));
    world.sandbox.misbehave(json!({
        "match": { "method": "PUT" }, "fault": { "kind": "html502" },
    }));

    let entry = bridge.change(&store, order, &wished);
    let settled = bridge.wait_for_entry(&store, &entry, &["done", "doneFound", "notApplied"]);

    assert_eq!(state(&settled), "notApplied", "{settled:#}");
    assert_eq!(
        way(&settled),
        [
            "written",
            "readAgain",
            "sent",
            "noAnswer",
            "notFoundInStore"
        ]
    );
    assert_eq!(world.puts(), 1);
    assert_eq!(world.sandbox.emails(), Vec::<Value>::new());
    world.agree(&bridge, &store, order);
}

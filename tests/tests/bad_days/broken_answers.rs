//! Answers that are not what the reference says.

use std::{
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    sandbox::SandboxOptions,
    wait,
    world::{Wish, World, some_order},
};

/// A first pull in which one order of the page is broken so.
fn pulled_with(pointer: &str, value: Value) -> (World, Bridge, String, Value) {
    let world = World::new();
    world.sandbox.misbehave(json!({
        "match": { "path": "/v2/orders", "query": "sort=id" }, "times": 1,
        "fault": { "kind": "patch", "pointer": pointer, "value": value },
    }));
    let (bridge, store) = world.connected(&[]);
    let state = bridge.state(&store);
    (world, bridge, store, state)
}

#[test]
fn demand_34_one_broken_order_is_named_and_the_others_are_there() {
    for (field, value) in [
        ("status_id", Value::Null),
        ("status_id", json!("eleven")),
        ("total_inc_tax", json!("a lot")),
        ("date_created", json!(12)),
        ("billing_address", json!("unknown")),
    ] {
        let (world, bridge, store, state) = pulled_with(&format!("/3/{field}"), value.clone());
        let mut listed = world.sandbox.listed();
        listed.sort_unstable();
        // Newest first, so the fourth from the end.
        let broken = listed.remove(listed.len() - 4);

        let here: Vec<u64> = bridge
            .orders(&store)
            .iter()
            .map(|row| text(&row["id"]).parse().unwrap())
            .collect();
        assert_eq!(here, listed, "{field} {value}");
        let unreadable = state["unreadable"].as_array().unwrap();
        assert_eq!(unreadable.len(), 1, "{field} {value}: {state:#}");
        assert_eq!(unreadable[0]["id"], broken.to_string());
        assert!(
            text(&unreadable[0]["path"]).contains(field),
            "{unreadable:#?}"
        );
        assert!(!text(&unreadable[0]["reason"]).is_empty());
        assert_eq!(state["trouble"], Value::Null);
    }
}

#[test]
fn demand_34_an_order_that_is_mended_appears_and_is_no_longer_named() {
    let (world, bridge, store, _) = pulled_with("/3/status_id", Value::Null);
    let mut listed = world.sandbox.listed();
    listed.sort_unstable();
    let mended = listed[listed.len() - 4];

    world
        .sandbox
        .edit(mended, json!({ "staff_notes": "Mended" }));
    bridge.tell("refresh", json!({ "store": store }));
    bridge.wait_for(&store, "it to be readable", |state| {
        state["unreadable"] == json!([])
    });

    assert_eq!(bridge.orders(&store).len(), listed.len());
    assert_eq!(bridge.order(&store, mended)["staffNotes"], "Mended");
}

#[test]
fn fields_that_nobody_knows_and_empty_ones_cost_nothing() {
    for (pointer, value) in [
        ("/2/brand_new_field", json!({ "deeply": ["nested", 1e300] })),
        ("/2/staff_notes", Value::Null),
        ("/2/customer_message", Value::Null),
        ("/2/payment_method", Value::Null),
    ] {
        let (world, bridge, store, state) = pulled_with(pointer, value);
        assert_eq!(state["unreadable"], json!([]), "{pointer}");
        assert_eq!(bridge.orders(&store).len(), world.sandbox.listed().len());
    }
}

#[test]
fn a_web_page_for_an_answer_is_named_and_what_was_pulled_stays() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    let rows = bridge.orders(&store);

    world.sandbox.misbehave(json!({
        "fault": { "kind": "status", "status": 200, "body": "<html>Sign in to Café Wi-Fi</html>" },
    }));
    bridge.tell("refresh", json!({ "store": store }));
    let state = bridge.wait_for(&store, "the trouble to be named", |state| {
        !state["trouble"].is_null()
    });
    assert_eq!(state["trouble"]["code"], "unexpectedAnswer", "{state:#}");
    assert!(!state.to_string().contains("Wi-Fi"));
    assert_eq!(bridge.orders(&store), rows);

    world.sandbox.behave();
    bridge.tell("refresh", json!({ "store": store }));
    bridge.wait_for(&store, "the trouble to be over", |state| {
        state["trouble"].is_null() && state["phase"] == "idle"
    });
}

#[test]
fn a_web_page_for_the_answer_to_a_write_is_looked_behind() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    let order = some_order(&bridge, &store);
    world.sandbox.misbehave(json!({
        "match": { "method": "PUT" }, "times": 1,
        "fault": { "kind": "status", "status": 200, "body": "<html></html>", "applied": true },
    }));
    let before = bridge.order(&store, order);
    let wished = Wish::Status.of(&before);
    let entry = bridge.change(&store, order, &wished);
    bridge.wait_for_entry(&store, &entry, &["doneFound"]);
    assert_eq!(world.puts(), 1);
    assert_eq!(world.sandbox.emails().len(), 1);
    world.agree(&bridge, &store, order);
}

#[test]
fn half_an_answer_to_a_pull_is_asked_for_again() {
    let world = World::new();
    world.sandbox.misbehave(json!({
        "match": { "path": "/v2/orders", "query": "sort=id" }, "times": 2,
        "fault": { "kind": "halfBody" },
    }));
    let (bridge, store) = world.connected(&[]);
    assert_eq!(bridge.orders(&store).len(), world.sandbox.listed().len());
    assert_eq!(bridge.state(&store)["trouble"], Value::Null);
}

#[test]
fn an_answer_that_drips_is_waited_for() {
    let world = World::with(SandboxOptions {
        orders: 3,
        ..SandboxOptions::default()
    });
    world.sandbox.misbehave(json!({
        "match": { "path": "/v2/orders", "query": "sort=id" }, "times": 1,
        "fault": { "kind": "slowBytes", "msPerByte": 1 },
    }));
    let bridge = world.bridge(&[]);
    let store = bridge.connect(&world.sandbox);
    bridge.wait_for(&store, "the pull to begin", |state| {
        state["phase"] == "firstPull"
    });
    bridge.wait_for_rest(&store);
    assert_eq!(bridge.orders(&store).len(), world.sandbox.listed().len());
    let log = world.sandbox.log();
    let tries = log.iter().filter(|request| request["fault"] == "slowBytes");
    assert_eq!(tries.count(), 1);
}

/// What takes no answer of the store's may take so long: far less than a try of a request is waited for.
const AT_ONCE: Duration = Duration::from_secs(10);

#[test]
fn a_store_that_answers_a_byte_a_second_keeps_nobody_from_working_and_is_named_to_who_asks_it() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    let rows = bridge.orders(&store);
    let order = some_order(&bridge, &store);
    let wished = Wish::Status.of(&bridge.order(&store, order));
    let dripping = || {
        let mut log = world.sandbox.log();
        log.retain(|request| request["fault"] == "slowBytes");
        log.len()
    };
    world.sandbox.misbehave(json!({
        "times": null, "fault": { "kind": "slowBytes", "msPerByte": 1000, "head": true },
    }));

    let entry = thread::scope(|threads| {
        let asking = threads.spawn(|| bridge.get("examine", json!({ "store": store })));
        wait::until("the store to be asked", || (dripping() > 0).then_some(()));
        let asked = dripping();
        bridge.tell("refresh", json!({ "store": store }));
        wait::until("the refresh to wait for the store", || {
            (dripping() > asked).then_some(())
        });

        // What was pulled is there, and a change is planned and under way, while both of them wait.
        let began = Instant::now();
        assert_eq!(bridge.orders(&store), rows);
        let entry = bridge.change(&store, order, &wished);
        let state = bridge.state(&store);
        assert!(began.elapsed() < AT_ONCE, "{:?}", began.elapsed());
        assert!(!asking.is_finished());
        assert_eq!(state["changesWaiting"], 1, "{state:#}");

        // Who asked the store itself is told when it was asked long enough.
        let found = asking.join().unwrap();
        assert_eq!(found["problem"]["code"], "network", "{found:#}");
        assert_eq!(found["problem"]["trouble"], "timedOut", "{found:#}");
        assert_eq!(found["answeredInMs"], Value::Null);
        world.sandbox.behave();
        entry
    });

    // All that waited goes on by itself.
    bridge.wait_for_entry(&store, &entry, &["done"]);
    bridge.wait_for(&store, "the refresh to end", |state| {
        state["phase"] == "idle" && state["trouble"].is_null()
    });
    assert_eq!(world.puts(), 1);
    assert_eq!(world.sandbox.emails().len(), 1);
    world.agree(&bridge, &store, order);
}

#[test]
fn an_answer_that_never_comes_is_asked_for_again() {
    let world = World::new();
    world.sandbox.misbehave(json!({
        "match": { "path": "/v2/orders", "query": "sort=id" }, "times": 1,
        "fault": { "kind": "never" },
    }));
    let (bridge, store) = world.connected(&[]);
    assert_eq!(bridge.orders(&store).len(), world.sandbox.listed().len());
    assert_eq!(bridge.state(&store)["trouble"], Value::Null);
}

#[test]
fn demand_20_renamed_and_even_duplicate_status_labels_are_respected() {
    let world = World::with(SandboxOptions {
        labels: [9, 11].map(|id| (id, "Pick & pack".to_owned())).to_vec(),
        ..SandboxOptions::default()
    });
    let (bridge, store) = world.connected(&[]);
    let answer = bridge.get("statuses", json!({ "store": store }));
    let mut alike: Vec<(u64, String)> = answer["statuses"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|status| status["label"] == "Pick & pack")
        .map(|status| {
            (
                status["statusId"].as_u64().unwrap(),
                text(&status["systemLabel"]),
            )
        })
        .collect();
    alike.sort_unstable();
    assert_eq!(
        alike,
        [
            (9, "Awaiting Shipment".to_owned()),
            (11, "Awaiting Fulfillment".to_owned())
        ]
    );

    // Each is its own status, whatever it is called.
    let order = some_order(&bridge, &store);
    for id in [9, 11] {
        let entry = bridge.change(&store, order, &json!({ "statusId": id }));
        let done = bridge.wait_for_entry(&store, &entry, &["done"]);
        assert_eq!(done["row"]["fields"][0]["after"]["label"], "Pick & pack");
        assert_eq!(world.sandbox.order(order)["statusId"], id);
        assert_eq!(bridge.order(&store, order)["statusLabel"], "Pick & pack");
    }
}

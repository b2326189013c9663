//! What only a person can decide, and every kind of request that must not be sent twice.

use std::os::unix::process::ExitStatusExt as _;

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    jobs::effects_by_path,
    world::{Wish, World, only_entry, some_order, state, way},
};

fn making(bridge: &Bridge, store: &str) -> Value {
    let values = json!({ "name": "Enamel pot", "price": "24.50", "isVisible": false });
    bridge.get(
        "plan_change",
        json!({ "store": store, "wanted": { "kind": "newProduct", "values": values } }),
    )
}

/// Products of that name that were made.
fn made(world: &World) -> usize {
    effects_by_path(world, "POST").values().sum()
}

fn making_killed_at(milestone: &str, ends: &str, made_then: usize) {
    let world = World::new();
    let (mut bridge, store) = world.connected(&[("STOCKROOM_KILL_AT", milestone)]);
    let plan = making(&bridge, &store);
    let _ = bridge.ask_apply(&plan);
    let end = bridge.wait_for_end();
    assert_eq!(end.signal(), Some(9), "{end}");
    drop(bridge);
    assert_eq!(made(&world), made_then);

    let bridge = world.bridge(&[]);
    let entry = only_entry(&bridge, &store);
    let settled = bridge.wait_for_entry(&store, &entry, &["done", "doneFound", "notApplied"]);
    assert_eq!(state(&settled), ends, "{settled:#}");
    if ends == "notApplied" {
        let plan = bridge.get("plan_retry", json!({ "store": store, "entries": [entry] }));
        let again = bridge.apply(&plan).expect("it is offered again");
        bridge.wait_for_entry(&store, &again[0], &["done"]);
    } else {
        // It is known which one it is, so it can be put back.
        assert_eq!(settled["row"]["subject"]["kind"], "product", "{settled:#}");
        assert_eq!(settled["row"]["canUndo"], true);
    }
    assert_eq!(made(&world), 1);
}

#[test]
fn a_product_about_to_be_made_is_offered_again_after_a_kill() {
    making_killed_at("sending", "notApplied", 0);
}

#[test]
fn a_product_just_made_is_found_after_a_kill() {
    making_killed_at("answered", "doneFound", 1);
}

#[test]
fn a_product_in_the_mirror_is_found_after_a_kill() {
    making_killed_at("mirrored", "doneFound", 1);
}

/// A status whose answer got lost, while somebody else gives the order a third one.
fn unclear() -> (World, Bridge, String, u64, String) {
    let world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    let order = some_order(&bridge, &store);
    let wished = Wish::Status.of(&bridge.order(&store, order));
    world.sandbox.misbehave(json!({
        "match": { "method": "PUT" }, "times": 1, "fault": { "kind": "never", "applied": true },
    }));
    let entry = bridge.change(&store, order, &wished);
    world.wait_for_put();
    bridge.kill();
    drop(bridge);
    let theirs = if wished["statusId"] == 5 { 4 } else { 5 };
    world.sandbox.edit(order, json!({ "status_id": theirs }));
    let bridge = world.bridge(&[]);
    let settled = bridge.wait_for_entry(&store, &entry, &["unclear", "conflict", "doneFound"]);
    assert_eq!(state(&settled), "unclear", "{settled:#}");
    assert_eq!(settled["row"]["canDecide"], true);
    assert_eq!(
        settled["found"][0]["value"]["statusId"], theirs,
        "all we know is said"
    );
    (world, bridge, store, order, entry)
}

#[test]
fn a_change_whose_order_cannot_be_read_waits_for_a_person_and_holds_up_no_other() {
    let world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    let order = some_order(&bridge, &store);
    let wished = Wish::Notes.of(&bridge.order(&store, order));
    world.sandbox.misbehave(json!({
        "match": { "method": "PUT" }, "times": 1, "fault": { "kind": "never", "applied": true },
    }));
    let entry = bridge.change(&store, order, &wished);
    world.wait_for_put();
    bridge.kill();
    drop(bridge);
    world.sandbox.misbehave(json!({
        "match": { "method": "GET", "path": format!("/v2/orders/{order}") },
        "fault": { "kind": "unreadable", "field": "status_id", "value": { "a": 1 } },
    }));

    let bridge = world.bridge(&[]);
    let settled = bridge.wait_for_entry(&store, &entry, &["unclear", "refused", "doneFound"]);
    assert_eq!(state(&settled), "unclear", "{settled:#}");
    assert_eq!(settled["row"]["canDecide"], true);
    let last = settled["steps"].as_array().and_then(|steps| steps.last());
    let reason = &last.expect("steps")["said"]["reason"];
    assert_eq!(reason["kind"], "unreadable", "it says why: {settled:#}");
    assert!(
        text(&reason["path"]).contains("status_id"),
        "and where: {reason}"
    );
    let rows = bridge.orders(&store);
    let other = rows
        .iter()
        .find(|row| text(&row["id"]) != order.to_string());
    let other: u64 = text(&other.expect("another order")["id"])
        .parse()
        .expect("an order's number");
    let wished = Wish::Status.of(&bridge.order(&store, other));
    let next = bridge.change(&store, other, &wished);
    bridge.wait_for_entry(&store, &next, &["done"]);
    world.agree(&bridge, &store, other);
    assert_eq!(world.puts(), 2, "each is sent once");
}

#[test]
fn a_person_who_knows_that_it_was_done_ends_it() {
    let (world, bridge, store, _, entry) = unclear();
    bridge.tell(
        "decide",
        json!({ "store": store, "entry": entry, "done": true }),
    );
    let ended = bridge.entry(&store, &entry);
    assert_eq!(state(&ended), "doneFound");
    assert_eq!(way(&ended).last().map(String::as_str), Some("saidDone"));
    assert_eq!(bridge.state(&store)["changesToLookAt"], 0);
    assert_eq!(world.puts(), 1, "nothing more is sent");
}

#[test]
fn a_person_who_knows_that_it_was_not_done_may_try_it_again() {
    let (world, bridge, store, order, entry) = unclear();
    bridge.tell(
        "decide",
        json!({ "store": store, "entry": entry, "done": false }),
    );
    assert_eq!(state(&bridge.entry(&store, &entry)), "notApplied");
    assert_eq!(world.puts(), 1, "nothing is sent unseen");
    let plan = bridge.get("plan_retry", json!({ "store": store, "entries": [entry] }));
    let again = bridge.apply(&plan).unwrap();
    bridge.wait_for_entry(&store, &again[0], &["done"]);
    world.agree(&bridge, &store, order);
    let twice = bridge.call(
        "decide",
        json!({ "store": store, "entry": entry, "done": true }),
    );
    assert_eq!(twice.unwrap_err()["code"], "entryMoved");
}

/// Name, price and visibility of a product, two of which somebody else changes after the plan.
fn conflict() -> (World, Bridge, String, u64, String) {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    let rows = stockroom_tests::jobs::products(&bridge, &store);
    let id: u64 = text(&rows[3]["id"]).parse().expect("an order's number");
    let values = json!({ "name": "Ours", "price": "12.00", "costPrice": "3.00" });
    let change = json!({ "product": id.to_string(), "values": values });
    let wanted = json!({ "kind": "products", "changes": [change] });
    let plan = bridge.get("plan_change", json!({ "store": store, "wanted": wanted }));
    world
        .sandbox
        .edit_product(id, json!({ "name": "Theirs", "price": 7 }));
    let entries = bridge.apply(&plan).expect("the plan is applied");
    let met = bridge.wait_for_entry(&store, &entries[0], &["conflict", "done"]);
    assert_eq!(state(&met), "conflict", "{met:#}");
    assert_eq!(world.puts(), 0);
    (world, bridge, store, id, entries[0].clone())
}

#[test]
fn a_conflict_is_decided_field_by_field() {
    let (world, bridge, store, id, entry) = conflict();
    let shown = bridge.entry(&store, &entry);
    let found = |field: &str| {
        let all = shown["found"].as_array().unwrap();
        all.iter()
            .find(|one| one["field"] == field)
            .map(|one| one["value"].clone())
    };
    assert_eq!(found("name").unwrap()["text"], "Theirs", "{shown:#}");
    let before = shown["row"]["fields"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["field"] == "price")
        .map(|one| text(&one["before"]["amount"]))
        .unwrap();

    let choices = json!([
        { "field": "name", "choice": "theirs" },
        { "field": "price", "choice": "before" },
        { "field": "costPrice", "choice": "ours" },
    ]);
    let plan = bridge.get(
        "plan_resolve",
        json!({ "store": store, "entry": entry, "choices": choices }),
    );
    let again = bridge.apply(&plan).unwrap();
    bridge.wait_for_entry(&store, &again[0], &["done"]);

    let there = world.sandbox.product(id);
    assert_eq!(there["name"], "Theirs", "not overwritten");
    let price = there["price"].to_string().parse::<f64>().unwrap();
    assert!(
        (price - before.parse::<f64>().unwrap()).abs() < 0.001,
        "{there:#}"
    );
    assert_eq!(there["cost_price"].to_string().parse::<f64>().unwrap(), 3.0);
    let body = &world.sandbox.requests("PUT")[0]["body"];
    assert_eq!(body.get("name"), None, "what was not chosen is not sent");
    assert_eq!(state(&bridge.entry(&store, &entry)), "dropped");
    assert_eq!(bridge.state(&store)["changesToLookAt"], 0);
}

#[test]
fn a_field_that_the_store_leaves_out_is_not_taken_for_an_empty_one() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    let rows = stockroom_tests::jobs::products(&bridge, &store);
    let id: u64 = text(&rows[3]["id"]).parse().unwrap();
    let change = json!({ "product": id.to_string(), "values": { "costPrice": "3.00" } });
    let wanted = json!({ "kind": "products", "changes": [change] });
    let plan = bridge.get("plan_change", json!({ "store": store, "wanted": wanted }));
    // An answer without any cost at all, as if there were none.
    let bare = json!({ "data": { "id": id, "name": "x", "price": 1 }, "meta": {} });
    world.sandbox.misbehave(json!({
        "match": { "method": "GET", "path": format!("/v3/catalog/products/{id}") }, "times": 1,
        "fault": { "kind": "status", "status": 200, "body": bare.to_string() },
    }));
    let entries = bridge.apply(&plan).unwrap();
    let ended = bridge.wait_for_entry(&store, &entries[0], &["refused", "done", "conflict"]);
    assert_eq!(state(&ended), "refused", "{ended:#}");
    assert_eq!(
        ended["row"]["said"],
        json!({ "reason": { "kind": "notSaid", "fields": ["costPrice"] }, "words": "" })
    );
    assert_eq!(world.puts(), 0);
}

//! Jobs of many changes: planning them, and what became of them in the store.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    bridge::{Bridge, text},
    world::World,
};

/// Every product here, by number: rows of the list.
///
/// # Panics
/// If the list can't be read.
#[must_use]
pub fn products(bridge: &Bridge, store: &str) -> Vec<Value> {
    let view = bridge.get(
        "open_products",
        json!({
            "store": store, "search": "", "visibility": "all", "stock": "all", "sort": "id",
            "descending": false,
        }),
    );
    let count = view["count"].as_u64().expect("it says how many");
    let mut rows = Vec::new();
    while (rows.len() as u64) < count {
        let question = json!({ "view": view["view"], "from": rows.len(), "to": rows.len() + 500 });
        let answer = bridge.get("product_rows", question);
        let some = answer["rows"].as_array().expect("rows").clone();
        assert!(!some.is_empty(), "row {} of {count} is missing", rows.len());
        rows.extend(some);
    }
    rows
}

/// Plans status 10 for the first `count` orders that have another.
///
/// # Panics
/// If the shop has fewer.
#[must_use]
pub fn plan_statuses(bridge: &Bridge, store: &str, count: usize) -> Value {
    let changes: Vec<Value> = bridge
        .orders(store)
        .iter()
        .filter(|row| row["statusId"] != 10)
        .take(count)
        .map(|row| json!({ "order": row["id"], "statusId": 10, "staffNotes": null }))
        .collect();
    assert_eq!(changes.len(), count, "the shop has enough orders");
    bridge.get(
        "plan_change",
        json!({ "store": store, "wanted": { "kind": "orders", "changes": changes } }),
    )
}

/// Plans prices one percent higher for the first `count` products.
///
/// # Panics
/// If the shop has fewer.
#[must_use]
pub fn plan_prices(bridge: &Bridge, store: &str, count: usize) -> Value {
    let products: Vec<Value> = products(bridge, store)
        .iter()
        .take(count)
        .map(|row| row["id"].clone())
        .collect();
    assert_eq!(products.len(), count, "the shop has enough products");
    bridge.get(
        "plan_change",
        json!({ "store": store, "wanted": {
            "kind": "prices", "products": products,
            "change": { "kind": "by", "amount": "1" },
            "rounding": { "kind": "places", "places": 2 },
        } }),
    )
}

/// Plans this staff note for the first `count` orders.
///
/// # Panics
/// If the shop has fewer.
#[must_use]
pub fn plan_notes(bridge: &Bridge, store: &str, count: usize, note: &str) -> Value {
    let changes: Vec<Value> = bridge
        .orders(store)
        .iter()
        .take(count)
        .map(|row| json!({ "order": row["id"], "statusId": null, "staffNotes": note }))
        .collect();
    assert_eq!(changes.len(), count, "the shop has enough orders");
    bridge.get(
        "plan_change",
        json!({ "store": store, "wanted": { "kind": "orders", "changes": changes } }),
    )
}

/// Plans a product of that name.
#[must_use]
pub fn plan_making(bridge: &Bridge, store: &str, name: &str) -> Value {
    let values = json!({ "name": name, "price": "9.50", "isVisible": false });
    bridge.get(
        "plan_change",
        json!({ "store": store, "wanted": { "kind": "newProduct", "values": values } }),
    )
}

/// The rows of the list of changes that the question finds, all of them.
///
/// # Panics
/// If the list can't be read.
#[must_use]
pub fn activity(bridge: &Bridge, store: &str, question: &Value) -> Vec<Value> {
    try_activity(bridge, store, question)
        .unwrap_or_else(|error| panic!("open_activity {question}: {error}"))
}

/// The same where the list may not be there.
///
/// # Errors
/// As the command.
///
/// # Panics
/// If the bridge is gone.
pub fn try_activity(bridge: &Bridge, store: &str, question: &Value) -> Result<Vec<Value>, Value> {
    let mut asked = json!({ "store": store, "filter": "all", "search": "", "job": null });
    if let (Some(asked), Some(question)) = (asked.as_object_mut(), question.as_object()) {
        asked.extend(question.clone());
    }
    let view = bridge.call("open_activity", asked)?;
    let count = view["count"].as_u64().expect("it says how many");
    let mut rows = Vec::new();
    while (rows.len() as u64) < count {
        let question = json!({ "view": view["view"], "from": rows.len(), "to": rows.len() + 500 });
        let answer = bridge.call("activity_rows", question)?;
        rows.extend(answer["rows"].as_array().expect("rows").clone());
    }
    Ok(rows)
}

/// How many changes are in each state.
#[must_use]
pub fn states(rows: &[Value]) -> BTreeMap<String, usize> {
    let mut states = BTreeMap::new();
    for row in rows {
        *states.entry(text(&row["state"])).or_default() += 1;
    }
    states
}

/// How often each path was written to with an effect.
#[must_use]
pub fn effects_by_path(world: &World, method: &str) -> BTreeMap<String, usize> {
    let mut paths = BTreeMap::new();
    for request in world.sandbox.requests(method) {
        if request["changed"] == true {
            *paths.entry(text(&request["path"])).or_default() += 1;
        }
    }
    paths
}

/// Waits until nothing is on its way.
pub fn wait_for_end(bridge: &Bridge, store: &str) {
    let _ = bridge.wait_for(store, "all of them to land", |state| {
        state["changesWaiting"] == 0
    });
}

//! Products with nothing in them, and one that can't be read, among good ones.

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    world::World,
};

/// From a shop in which one product has nulls wherever there may be some, and another one a price that
/// is no number. Both stay so: each answer about them is bent.
struct Broken {
    world: World,
    bridge: Bridge,
    store: String,
    nulls: u64,
    unreadable: u64,
    all: Vec<u64>,
}

fn shop_with_broken_products() -> Broken {
    let world = World::new();
    let mut all: Vec<u64> = world
        .sandbox
        .products()
        .iter()
        .filter_map(|product| product["id"].as_u64())
        .collect();
    all.sort_unstable();
    let (nulls, unreadable) = (all[3], all[6]);
    give_nulls(&world, nulls, &[]);
    for path in PATHS {
        world.sandbox.misbehave(json!({
            "match": { "method": "GET", "path": path },
            "fault": { "kind": "unreadable", "id": unreadable, "field": "price", "value": { "a": 1 } },
        }));
    }
    let (bridge, store) = world.connected(&[]);
    Broken {
        world,
        bridge,
        store,
        nulls,
        unreadable,
        all,
    }
}

const PATHS: [&str; 2] = ["/v3/catalog/products", "/v3/catalog/products/*"];

/// From now on answers have null for all of that product but its number, and these.
fn give_nulls(world: &World, product: u64, but: &[&str]) {
    let mut keep = vec!["id"];
    keep.extend(but);
    for path in PATHS {
        world.sandbox.misbehave(json!({
            "match": { "method": "GET", "path": path },
            "fault": { "kind": "nulls", "id": product, "keep": keep },
        }));
    }
    // The answer to a change shows what was changed.
    keep.extend(["cost_price", "description"]);
    world.sandbox.misbehave(json!({
        "match": { "method": "PUT", "path": PATHS[1] },
        "fault": { "kind": "nulls", "id": product, "keep": keep },
    }));
}

#[test]
fn demand_34_good_products_are_listed_one_of_nulls_opens_and_the_unreadable_one_is_named() {
    let broken = shop_with_broken_products();
    let (bridge, store) = (&broken.bridge, &broken.store);
    let listed: Vec<u64> = bridge
        .products(store)
        .iter()
        .map(|row| text(&row["id"]).parse().expect("numbers are digits"))
        .collect();
    let mut good = broken.all.clone();
    good.retain(|id| *id != broken.unreadable);
    assert_eq!(listed, good);

    let detail = bridge.product(store, broken.nulls);
    for (field, nothing) in [
        ("name", json!("")),
        ("weight", json!("0")),
        ("createdAt", Value::Null),
        ("modifiedAt", Value::Null),
        ("sku", json!("")),
        ("description", json!("")),
        ("costPrice", Value::Null),
        ("salePrice", Value::Null),
        ("retailPrice", Value::Null),
        ("picture", Value::Null),
        ("categories", json!([])),
        ("stock", json!("uncounted")),
    ] {
        assert_eq!(detail[field], nothing, "{field}: {detail:#}");
    }

    let state = bridge.state(store);
    let named = state["unreadable"].as_array().expect("a list");
    assert_eq!(named.len(), 1, "{state:#}");
    assert_eq!(named[0]["area"], "products");
    assert_eq!(named[0]["id"], broken.unreadable.to_string());
    assert!(text(&named[0]["path"]).contains("price"), "{named:#?}");
    assert!(!text(&named[0]["reason"]).is_empty(), "{named:#?}");
    assert_eq!(state["trouble"], Value::Null, "the rest is well");
    assert_eq!(state["phase"], "idle");
}

#[test]
fn a_product_of_nulls_is_edited_and_put_back_without_a_value_that_nobody_gave() {
    let broken = shop_with_broken_products();
    let Broken {
        world,
        bridge,
        store,
        nulls,
        ..
    } = &broken;
    let (id, store) = (*nulls, store.as_str());
    let before = bridge.product(store, id);

    let plan = bridge.plan_product(
        store,
        id,
        &json!({ "description": "<p>Not much.</p>", "costPrice": "4.20" }),
    );
    let entry = bridge.apply(&plan).expect("it may be changed").remove(0);
    let done = bridge.wait_for_entry(store, &entry, &["done"]);
    let fields: Vec<String> = done["row"]["fields"]
        .as_array()
        .expect("fields")
        .iter()
        .map(|field| text(&field["field"]))
        .collect();
    assert_eq!(fields, ["costPrice", "description"]);
    let sent = world.sandbox.requests("PUT");
    assert_eq!(sent.len(), 1, "{sent:#?}");
    assert_eq!(
        sent[0]["body"].to_string(),
        r#"{"cost_price":4.20,"description":"<p>Not much.</p>"}"#
    );

    // What was set is given from now on, as in the real store; the rest is still null.
    world.sandbox.behave();
    give_nulls(world, id, &["cost_price", "description"]);
    let now = bridge.product(store, id);
    assert_eq!(
        text(&now["costPrice"]["amount"]).trim_end_matches('0'),
        "4.2",
        "{now:#}"
    );

    let undo = bridge.get("plan_undo", json!({ "store": store, "entries": [entry] }));
    let back = bridge.apply(&undo).expect("it may be put back").remove(0);
    bridge.wait_for_entry(store, &back, &["done"]);
    let sent = world.sandbox.requests("PUT");
    // The API's word for a cost that isn't given is 0.
    assert_eq!(
        sent[1]["body"],
        json!({ "description": "", "cost_price": 0 })
    );
    let after = bridge.product(store, id);
    for field in before.as_object().expect("fields").keys() {
        if !["history", "modifiedAt"].contains(&field.as_str()) {
            assert_eq!(after[field], before[field], "{field}");
        }
    }
}

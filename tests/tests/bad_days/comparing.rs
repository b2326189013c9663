//! A token that is about to take another's place, and what it may take away: said as far as anybody
//! knows, and no further.

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    sandbox::Sandbox,
    world::{World, some_order},
};

const NEW: &str = "newnewnewnewnewnewnewnewnewnew1";

/// A new token is handed over and checked, nothing more.
fn checked(bridge: &Bridge, shop: &Sandbox, preset: &str) -> (String, Value) {
    let typed = json!({ "kind": "typed", "token": shop.token() });
    let handed = bridge.hand(shop.hash(), preset, typed);
    let attempt = text(&handed["attempt"]["attempt"]);
    let report = bridge.check(&attempt);
    (attempt, report)
}

fn changing(scope: &str, doubt: &str) -> Value {
    json!({ "scope": scope, "onlyModify": true, "doubt": doubt })
}

fn scopes_line(report: &Value) -> Value {
    report["lines"][3]["state"].clone()
}

#[test]
fn what_the_old_token_was_seen_to_change_is_not_lost_without_a_word() {
    let mut world = World::new();
    let (bridge, store) = world.connected(&[]);
    // The store has let this token change an order. Nobody knows about products.
    let order = some_order(&bridge, &store);
    let entry = bridge.change(&store, order, &json!({ "staffNotes": "Packed" }));
    bridge.wait_for_entry(&store, &entry, &["done"]);

    world.sandbox.replace_token(NEW);
    world
        .sandbox
        .allow("store_v2_information_read_only,store_v2_orders_read_only,store_v2_products");
    let asked = world.sandbox.log().len();
    let (attempt, report) = checked(&bridge, &world.sandbox, "everything");
    assert_eq!(
        report["losses"],
        json!([
            { "scope": "customers", "onlyModify": false, "doubt": "lost" },
            changing("orders", "newUnchecked"),
            changing("products", "neitherChecked"),
        ]),
        "{report:#}"
    );
    let log = world.sandbox.log();
    let writes = log[asked..].iter().filter(|one| one["method"] != "GET");
    assert_eq!(writes.count(), 0, "nothing is tried without consent");

    let report = bridge.get("connect_check_writes", json!({ "attempt": attempt }));
    assert_eq!(
        report["losses"],
        json!([
            { "scope": "customers", "onlyModify": false, "doubt": "lost" },
            changing("orders", "lost"),
        ]),
        "{report:#}"
    );

    // What was agreed to be looked at counts for the next one.
    bridge.save(&attempt, "askRisky", false).unwrap();
    world
        .sandbox
        .replace_token("lastlastlastlastlastlastlastl12");
    let (_, report) = checked(&bridge, &world.sandbox, "everything");
    assert_eq!(
        report["losses"],
        json!([changing("products", "newUnchecked")])
    );
}

#[test]
fn a_smaller_preset_says_so_too_and_finds_it_no_fault() {
    let mut world = World::new();
    let (bridge, _) = world.connected(&[]);
    world.sandbox.replace_token(NEW);
    world.sandbox.allow(
        "store_v2_information_read_only,store_v2_customers_read_only,store_v2_orders_read_only,\
         store_v2_products_read_only",
    );
    let (attempt, report) = checked(&bridge, &world.sandbox, "lookOnly");
    let neither = ["orders", "products"].map(|scope| changing(scope, "neitherChecked"));
    assert_eq!(report["losses"], json!(neither), "{report:#}");

    let report = bridge.get("connect_check_writes", json!({ "attempt": attempt }));
    let unproven = ["orders", "products"].map(|scope| changing(scope, "oldUnproven"));
    assert_eq!(report["losses"], json!(unproven), "{report:#}");
    assert_eq!(scopes_line(&report), "ok", "the preset does without");
}

#[test]
fn the_same_token_once_more_loses_nothing() {
    let world = World::new();
    let (bridge, _) = world.connected(&[]);
    let (_, report) = checked(&bridge, &world.sandbox, "everything");
    assert_eq!(report["losses"], json!([]), "{report:#}");
}

//! Fees of an order: what they cost, and which of them stay.

use std::collections::BTreeSet;

use sandbox_store::{Blueprint, FeesWithoutId, Store};
use serde_json::{Value, json};

use crate::order_writes::{ORDERS, address, changed, created, line, refused};
use crate::support::{blueprint, cents, get, post, put, read, shop};

/// Without a word of it: the harder of the two is what a client is held against.
#[test]
fn a_fee_without_an_id_is_added_again_and_again() {
    let mut store = shop();
    let body = json!({ "billing_address": address(), "products": [line("Tarp", 1, 20.0, 20.0)] });
    let order = created(&post(&mut store, ORDERS, &body));
    let target = format!("{ORDERS}/{}", order["id"]);
    let fees = |store: &mut Store| {
        let all = get(store, &format!("{target}/fees")).body_json();
        all.unwrap_or_default()
            .as_array()
            .cloned()
            .unwrap_or_default()
    };
    let rush = json!({ "fees": [{ "cost_ex_tax": 2, "cost_inc_tax": 2 }] });
    for round in 1..=3 {
        let order = changed(&put(&mut store, &target, &rush));
        assert_eq!(cents(&order["total_inc_tax"]), 2_000 + 200 * round);
    }
    let before = fees(&mut store);
    assert_eq!(before.len(), 3);
    // One that is named is changed once, however often that is said.
    let named = json!({ "fees": [{ "id": before[1]["id"], "cost_ex_tax": 5, "cost_inc_tax": 5 }] });
    for _again in 0..2 {
        let order = changed(&put(&mut store, &target, &named));
        assert_eq!(cents(&order["total_inc_tax"]), 2_000 + 200 + 500 + 200);
    }
    assert_eq!(fees(&mut store).len(), 3);
    changed(&put(&mut store, &target, &json!({ "fees": [] })));
    assert_eq!(fees(&mut store), Vec::<Value>::new());
}

#[test]
fn fees_given_are_all_there_are_to_be_where_the_store_is_told_so() {
    let mut store = Store::open(&Blueprint {
        fees_without_id: FeesWithoutId::Replace,
        ..blueprint()
    });
    let body = json!({ "billing_address": address(), "products": [line("Tarp", 1, 20.0, 20.0)] });
    let order = created(&post(&mut store, ORDERS, &body));
    let target = format!("{ORDERS}/{}", order["id"]);
    let rush = json!({ "fees": [{ "cost_ex_tax": 2, "cost_inc_tax": 2 }] });
    let mut seen = BTreeSet::new();
    for _round in 0..3 {
        let order = changed(&put(&mut store, &target, &rush));
        assert_eq!(cents(&order["total_inc_tax"]), 2_000 + 200);
        // It is new each time.
        let fees = read(&mut store, &format!("{target}/fees"));
        assert_eq!(fees.as_array().unwrap().len(), 1);
        assert!(seen.insert(fees[0]["id"].as_u64().unwrap()), "{seen:?}");
    }
    let fees = read(&mut store, &format!("{target}/fees"));
    let both =
        json!({ "fees": [{ "id": fees[0]["id"] }, { "cost_ex_tax": "1", "cost_inc_tax": "1" }] });
    changed(&put(&mut store, &target, &both));
    let kept = read(&mut store, &format!("{target}/fees"));
    assert_eq!(
        (kept.as_array().unwrap().len(), &kept[0]["id"]),
        (2, &fees[0]["id"])
    );
    let named = json!({ "fees": [{ "id": kept[1]["id"] }] });
    changed(&put(&mut store, &target, &named));
    let left = read(&mut store, &format!("{target}/fees"));
    assert_eq!(left, json!([kept[1]]), "one that is not named goes");
    changed(&put(&mut store, &target, &json!({ "fees": [] })));
    assert_eq!(get(&mut store, &format!("{target}/fees")).status, 204);
}

#[test]
fn two_of_the_three_costs_of_a_fee_say_it_all() {
    let mut store = shop();
    let body = json!({ "billing_address": address(), "products": [line("Tarp", 1, 20.0, 20.0)] });
    let order = created(&post(&mut store, ORDERS, &body));
    let target = format!("{ORDERS}/{}", order["id"]);
    for costs in [
        json!({ "cost_ex_tax": 10, "cost_inc_tax": "11" }),
        json!({ "cost_ex_tax": "10.0000", "cost_tax": 1 }),
        json!({ "cost_inc_tax": 11, "cost_tax": "1" }),
        json!({ "cost_ex_tax": 10, "cost_inc_tax": 11, "cost_tax": 1 }),
    ] {
        changed(&put(&mut store, &target, &json!({ "fees": [] })));
        changed(&put(&mut store, &target, &json!({ "fees": [costs] })));
        let fee = read(&mut store, &format!("{target}/fees"))[0].clone();
        let told = ["cost_ex_tax", "cost_inc_tax", "cost_tax"].map(|name| cents(&fee[name]));
        assert_eq!(told, [1_000, 1_100, 100], "{costs}");
    }
    let before = read(&mut store, &format!("{target}/fees"));
    let own = before[0]["id"].clone();
    for (fee, told) in [
        (json!({}), "fees.cost_ex_tax"),
        (json!({ "cost_ex_tax": 10 }), "fees.cost_inc_tax"),
        (json!({ "cost_inc_tax": 10 }), "fees.cost_ex_tax"),
        (json!({ "id": own, "cost_tax": 10 }), "fees.cost_ex_tax"),
        (
            json!({ "cost_ex_tax": 10, "cost_inc_tax": 11, "cost_tax": 2 }),
            "fees.cost_tax",
        ),
        (
            json!({ "cost_ex_tax": 11, "cost_inc_tax": 10 }),
            "fees.cost_inc_tax",
        ),
        (
            json!({ "cost_inc_tax": 1, "cost_tax": 2 }),
            "fees.cost_inc_tax",
        ),
        // One letter too many, as in an example of the reference.
        (
            json!({ "id": own, "cost_exc_tax": 10, "cost_inc_tax": 11 }),
            "fees.cost_exc_tax",
        ),
        (json!({ "id": own, "base_cost": 10 }), "fees.base_cost"),
        (json!({ "id": own, "type": "rush_fee" }), "fees.type"),
        (json!({ "id": "first" }), "fees.id"),
        (json!({ "id": own, "source": 5 }), "fees.source"),
        (
            json!({ "id": own, "tax_class_id": "none" }),
            "fees.tax_class_id",
        ),
    ] {
        let answer = refused(&mut store, &target, "fees", &fee);
        let named = format!("'{told}'");
        assert!(
            answer.0 == 400 && answer.1.contains(&named),
            "{fee}: {answer:?}"
        );
    }
    assert_eq!(read(&mut store, &format!("{target}/fees")), before);
}

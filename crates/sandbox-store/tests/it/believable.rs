//! What the sample shop tells of an order is what can have happened to it.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use jiff::fmt::rfc2822;
use sandbox_store::{Blueprint, Sizes, Store, step};
use serde_json::{Value, json};

use crate::support::{all_of, blueprint, delete, get, post, put, read, request, shop};

const REFUNDS: &str = "/v3/orders/payment_actions/refunds";
const CALLED_OFF: &str = "Called off before it was sent";
const SENT_BACK: &str = "Sent back";

/// So many orders that some of them are refunded as a whole.
fn busy_shop() -> Store {
    Store::open(&Blueprint {
        sizes: Sizes {
            products: 25,
            orders: 1_000,
            customers: 15,
        },
        ..blueprint()
    })
}

#[test]
fn some_orders_are_called_off_before_they_are_sent_and_some_are_sent_back() {
    let mut store = busy_shop();
    let all = all_of(&mut store, REFUNDS);
    let why = |reason: &str| all.iter().filter(|each| each["reason"] == reason).count();
    let (called_off, sent_back) = (why(CALLED_OFF), why(SENT_BACK));
    assert!(
        called_off > 3 && sent_back > 3,
        "{called_off} called off, {sent_back} sent back"
    );
    // What goes out afterwards was not the reason.
    let mut refunds = all.iter();
    let refund = refunds.find(|each| each["reason"] == CALLED_OFF).unwrap();
    let order = format!("/v2/orders/{}", refund["order_id"]);
    let line = read(&mut store, &format!("{order}/products"))[0].clone();
    let parcel = json!({
        "order_address_id": line["order_address_id"],
        "items": [{ "order_product_id": line["id"], "quantity": 1 }],
    });
    let sent = post(&mut store, &format!("{order}/shipments"), &parcel);
    assert_eq!(sent.status, 201);
    let again = read(&mut store, &format!("{REFUNDS}/{}", refund["id"]));
    assert_eq!(again["data"], *refund);
}

#[test]
fn a_parcel_that_is_taken_back_leaves_the_reason_of_a_refund() {
    let mut store = busy_shop();
    let all = all_of(&mut store, REFUNDS);
    let mut refunds = all.iter();
    let refund = refunds.find(|each| each["reason"] == SENT_BACK).unwrap();
    let parcels = format!("/v2/orders/{}/shipments", refund["order_id"]);
    assert_eq!(get(&mut store, &parcels).status, 200);
    assert_eq!(delete(&mut store, &parcels).status, 204);
    assert_eq!(get(&mut store, &parcels).status, 204);
    let again = read(&mut store, &format!("{REFUNDS}/{}", refund["id"]));
    assert_eq!(again["data"], *refund);
}

#[test]
fn nobody_asks_about_an_order_what_it_gives_no_cause_for() {
    let mut store = shop();
    let orders = read(&mut store, "/v2/orders?limit=250");
    let mut seen = 0;
    for order in orders.as_array().unwrap() {
        let own = format!("/v2/orders/{}", order["id"]);
        let talk = get(&mut store, &format!("{own}/messages"));
        let Some(talk) = talk.body_json() else {
            continue;
        };
        seen += 1;
        let is_placed = ["Incomplete", "Pending", "Cancelled", "Declined"]
            .iter()
            .all(|status| order["status"] != *status);
        assert!(is_placed, "{order}");
        let subject = talk[0]["subject"].as_str().unwrap();
        let fits = match subject {
            "Delivery" => {
                let sent = read(&mut store, &format!("{own}/shipping_addresses"));
                sent[0]["shipping_method"] != "In-store Pickup"
            }
            "Size" => {
                let lines = read(&mut store, &format!("{own}/products"));
                let mut lines = lines.as_array().unwrap().iter();
                lines.any(comes_in_l)
            }
            "Invoice" => order["billing_address"]["company"] != "",
            other => other == "Receipt",
        };
        assert!(fits, "{subject}: {order}");
    }
    assert!(seen > 5, "only {seen} orders are talked about");
}

#[test]
fn what_somebody_wrote_stays_whatever_becomes_of_the_order() {
    let mut store = shop();
    let orders = read(&mut store, "/v2/orders?limit=250");
    let mut subjects = BTreeSet::new();
    for order in orders.as_array().unwrap() {
        let own = format!("/v2/orders/{}", order["id"]);
        let messages = format!("{own}/messages");
        let Some(before) = get(&mut store, &messages).body_json() else {
            continue;
        };
        subjects.insert(before[0]["subject"].to_string());
        let has_company = order["billing_address"]["company"] != "";
        let change = json!({
            "status_id": 5,
            "customer_id": 0,
            "date_created": "2025-03-01T12:00:00Z",
            "billing_address": {
                "company": if has_company { "" } else { "Holt & Sons" },
                "zip": "98101",
            },
            "products": [{
                "name": "Custom tent", "quantity": 1,
                "price_ex_tax": 100, "price_inc_tax": 110,
            }],
        });
        assert_eq!(put(&mut store, &own, &change).status, 200);
        let to = read(&mut store, &format!("{own}/shipping_addresses"))[0]["id"].clone();
        let fetched = json!({ "shipping_method": "In-store Pickup" });
        let moved = put(
            &mut store,
            &format!("{own}/shipping_addresses/{to}"),
            &fetched,
        );
        assert_eq!(moved.status, 200);
        assert_eq!(read(&mut store, &messages), before);
    }
    assert!(subjects.len() > 1, "only {subjects:?}");
}

#[test]
fn nothing_is_written_before_its_time() {
    let mut store = shop();
    let orders = read(&mut store, "/v2/orders?limit=250");
    let mut orders = orders.as_array().unwrap().iter();
    let (messages, talk) = orders
        .find_map(|order| {
            let messages = format!("/v2/orders/{}/messages", order["id"]);
            let talk = get(&mut store, &messages).body_json()?;
            Some((messages, talk)).filter(|(_, talk)| talk.as_array().unwrap().len() == 2)
        })
        .unwrap();
    let at = talk[0]["date_created"].as_str().unwrap();
    let at = rfc2822::DateTimeParser::new().parse_timestamp(at).unwrap();
    // A store that nobody has asked anything later.
    let mut store = shop();
    let ask = request("GET", &messages);
    let before = step(&mut store, ask.clone(), at - SignedDuration::from_secs(1));
    assert_eq!(before.status, 204);
    let then = step(&mut store, ask, at).body_json().unwrap();
    let mut question = talk[0].clone();
    // Nobody has answered it yet.
    question["status"] = "unread".into();
    assert_eq!(then, json!([question]));
}

#[test]
fn nobody_writes_about_an_order_that_the_shop_entered_itself() {
    let mut store = shop();
    let body = json!({
        "billing_address": {
            "first_name": "Ada", "last_name": "Holt", "street_1": "1 Pier", "city": "Seattle",
            "state": "Washington", "zip": "98101", "country": "United States",
            "email": "ada@example.com",
        },
        "products": [{
            "name": "Custom tent", "quantity": 1, "price_ex_tax": 100, "price_inc_tax": 110,
        }],
    });
    for _each in 0..40 {
        let made = post(&mut store, "/v2/orders", &body);
        assert_eq!(made.status, 201);
        let id = made.body_json().unwrap()["id"].clone();
        let messages = get(&mut store, &format!("/v2/orders/{id}/messages"));
        assert_eq!(messages.status, 204, "{id}");
    }
}

fn comes_in_l(line: &Value) -> bool {
    let mut options = line["product_options"].as_array().unwrap().iter();
    options.any(|option| option["display_name"] == "Size" && option["display_value"] == "L")
}

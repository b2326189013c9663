//! What the sample shop tells of an order is what can have happened to it.

use sandbox_store::{Blueprint, Sizes, Store};
use serde_json::json;

use crate::support::{all_of, blueprint, post, read};

const REFUNDS: &str = "/v3/orders/payment_actions/refunds";
const CALLED_OFF: &str = "Called off before it was sent";

#[test]
fn some_orders_are_called_off_before_they_are_sent_and_some_are_sent_back() {
    let mut store = Store::open(&Blueprint {
        sizes: Sizes {
            products: 25,
            orders: 1_000,
            customers: 15,
        },
        ..blueprint()
    });
    let all = all_of(&mut store, REFUNDS);
    let why = |reason: &str| all.iter().filter(|each| each["reason"] == reason).count();
    let (called_off, sent_back) = (why(CALLED_OFF), why("Sent back"));
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

//! Changes to orders.

use serde_json::json;

use crate::support::{get, ids, put, read, shop};

/// An order that waits to be packed.
fn waiting(store: &mut sandbox_store::Store) -> u64 {
    ids(store, "/v2/orders?status_id=11&limit=1")[0]
}

#[test]
fn a_new_status_is_kept_dated_and_mailed() {
    let mut store = shop();
    let id = waiting(&mut store);
    let before = read(&mut store, &format!("/v2/orders/{id}"));
    let response = put(
        &mut store,
        &format!("/v2/orders/{id}"),
        &json!({ "status_id": 9 }),
    );
    assert_eq!(response.status, 200);
    assert!(response.effects.changed && response.effects.emailed);
    let after = read(&mut store, &format!("/v2/orders/{id}"));
    assert_eq!(response.body_json().unwrap(), after);
    assert_eq!(after["status"], "Awaiting Shipment");
    assert_eq!(after["date_modified"], "Tue, 17 Nov 2026 20:00:00 +0000");
    assert_eq!(after["date_created"], before["date_created"]);
    assert_eq!(after["total_inc_tax"], before["total_inc_tax"]);
    assert_eq!(
        after["payment_status"], before["payment_status"],
        "a status moves no money"
    );
    let mails = store.emails();
    assert_eq!(mails.len(), 1);
    let about = sandbox_store::Subject::Order {
        order_id: id,
        status_id: 9,
        status: "Awaiting Shipment".to_owned(),
        shipment_id: None,
    };
    assert_eq!(mails[0].subject, about);
    assert_eq!(
        mails[0].to,
        after["billing_address"]["email"].as_str().unwrap()
    );
}

#[test]
fn the_same_status_sent_again_is_mailed_again() {
    let mut store = shop();
    let id = waiting(&mut store);
    for _again in 0..2 {
        put(
            &mut store,
            &format!("/v2/orders/{id}"),
            &json!({ "status_id": 11 }),
        );
    }
    assert_eq!(store.emails().len(), 2);
}

#[test]
fn notes_alone_send_no_mail_and_touch_nothing_else() {
    let mut store = shop();
    let id = waiting(&mut store);
    let before = read(&mut store, &format!("/v2/orders/{id}"));
    let body = json!({ "staff_notes": "Ünïcode, “quotes” & <tags>", "customer_message": null });
    let response = put(&mut store, &format!("/v2/orders/{id}"), &body);
    assert!(response.effects.changed && !response.effects.emailed);
    let mut after = response.body_json().unwrap();
    assert_eq!(after["staff_notes"], "Ünïcode, “quotes” & <tags>");
    assert!(after["customer_message"].is_null());
    for field in ["staff_notes", "customer_message", "date_modified"] {
        after[field] = before[field].clone();
    }
    assert_eq!(after, before);
}

#[test]
fn a_changed_order_is_the_newest_change() {
    let mut store = shop();
    let id = ids(&mut store, "/v2/orders?limit=1")[0];
    put(
        &mut store,
        &format!("/v2/orders/{id}"),
        &json!({ "staff_notes": "x" }),
    );
    let since = "2026-11-17T20:00:00Z";
    assert_eq!(
        ids(&mut store, &format!("/v2/orders?min_date_modified={since}")),
        [id]
    );
    assert_eq!(
        ids(&mut store, "/v2/orders?sort=date_modified:desc&limit=1"),
        [id]
    );
}

#[test]
fn read_only_fields_refuse_the_whole_change_with_the_words_of_the_wire() {
    let mut store = shop();
    let id = waiting(&mut store);
    for field in [
        "id",
        "status",
        "date_modified",
        "payment_status",
        "total_tax",
    ] {
        let body = json!({ "staff_notes": "lost", field: "x" });
        let response = put(&mut store, &format!("/v2/orders/{id}"), &body);
        assert_eq!(response.status, 400, "{field}");
        let message = response.body_json().unwrap()[0]["message"].clone();
        let expected = format!("The field '{field}' cannot be written to. Please remove it");
        assert!(
            message.as_str().unwrap().starts_with(&expected),
            "{message}"
        );
        assert!(!response.effects.changed);
    }
    assert!(read(&mut store, &format!("/v2/orders/{id}"))["staff_notes"] != "lost");
}

#[test]
fn what_cannot_be_taken_changes_nothing() {
    let mut store = shop();
    let id = waiting(&mut store);
    let target = format!("/v2/orders/{id}");
    let before = read(&mut store, &target);
    let refused = [
        json!({ "status_id": 15 }),
        json!({ "status_id": "shipped" }),
        json!({ "status_id": null }),
        json!({ "staff_notes": 7 }),
        json!({ "staff_notes": "x".repeat(65_536) }),
        json!({ "colour": "red" }),
        json!([{ "status_id": 2 }]),
    ];
    for body in refused {
        let response = put(&mut store, &target, &body);
        assert_eq!(
            response.status,
            400,
            "{}",
            body.to_string().chars().take(60).collect::<String>()
        );
        assert!(response.body_json().unwrap().is_array());
    }
    let pickups = json!({ "consignments": { "pickups": [] } });
    assert_eq!(put(&mut store, &target, &pickups).status, 501);
    assert_eq!(
        put(&mut store, "/v2/orders/1", &json!({ "status_id": 2 })).status,
        404
    );
    assert_eq!(read(&mut store, &target), before);
    assert!(store.emails().is_empty());
}

#[test]
fn shipped_without_a_shipment_only_sets_the_date() {
    let mut store = shop();
    let id = waiting(&mut store);
    let order = put(
        &mut store,
        &format!("/v2/orders/{id}"),
        &json!({ "status_id": 2 }),
    );
    let order = order.body_json().unwrap();
    assert_eq!(order["date_shipped"], "Tue, 17 Nov 2026 20:00:00 +0000");
    assert_eq!(order["items_shipped"], 0);
}

#[test]
fn an_empty_change_is_answered_and_changes_nothing() {
    let mut store = shop();
    let id = waiting(&mut store);
    let before = read(&mut store, &format!("/v2/orders/{id}"));
    let response = put(&mut store, &format!("/v2/orders/{id}"), &json!({}));
    assert_eq!(response.body_json().unwrap(), before);
    assert!(!response.effects.changed);
    assert_eq!(get(&mut store, "/v2/orders/count").status, 200);
}

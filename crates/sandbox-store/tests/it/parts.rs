//! What belongs to an order, and that it agrees with the order.

use std::collections::BTreeMap;

use proptest::prelude::*;
use sandbox_store::{Blueprint, Sizes, Store, step};
use serde_json::{Value, json};

use crate::support::{
    all_of, blueprint, cents, data, delete, get, ids, ids_in, noon, post, put, read, refusal,
    request, shop,
};

fn shop_of(seed: u64, orders: u32) -> Store {
    Store::open(&Blueprint {
        seed,
        sizes: Sizes {
            products: 25,
            orders,
            customers: 15,
        },
        ..blueprint()
    })
}

/// A v2 list; a 204 is an empty one.
fn list(store: &mut Store, target: &str) -> Vec<Value> {
    let response = get(store, target);
    match response.status {
        204 => Vec::new(),
        200 => response.body_json().unwrap().as_array().unwrap().clone(),
        other => panic!("{target} answered {other}"),
    }
}

fn orders(store: &mut Store) -> Vec<Value> {
    list(store, "/v2/orders?limit=250")
}

fn part(store: &mut Store, order: &Value, what: &str) -> Vec<Value> {
    list(store, &format!("/v2/orders/{}/{what}", order["id"]))
}

/// A v3 amount as whole cents.
fn v3_cents(value: &Value) -> i64 {
    let cents = value.as_f64().unwrap() * 100.0;
    assert!(
        (cents - cents.round()).abs() < 0.000_1,
        "{value} is finer than a cent"
    );
    #[expect(clippy::cast_possible_truncation, reason = "amounts of a small shop")]
    let cents = cents.round() as i64;
    cents
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn every_part_agrees_with_its_order_for_any_seed(seed in any::<u64>()) {
        let mut store = shop_of(seed, 60);
        for order in orders(&mut store) {
            let amount = |field: &str| cents(&order[field]);
            let lines = part(&mut store, &order, "products");
            let line_ids: Vec<&Value> = lines.iter().map(|line| &line["id"]).collect();

            let addresses = part(&mut store, &order, "shipping_addresses");
            prop_assert_eq!(&order["shipping_address_count"], &json!(addresses.len()));
            let sum = |field: &str| addresses.iter().map(|each| cents(&each[field])).sum::<i64>();
            prop_assert_eq!(sum("cost_ex_tax"), amount("shipping_cost_ex_tax"));
            prop_assert_eq!(sum("cost_inc_tax"), amount("shipping_cost_inc_tax"));
            prop_assert_eq!(sum("cost_tax"), amount("shipping_cost_tax"));
            let pieces = |field: &str| -> u64 {
                addresses.iter().map(|each| each[field].as_u64().unwrap()).sum()
            };
            prop_assert_eq!(Some(pieces("items_total")), order["items_total"].as_u64());
            prop_assert_eq!(Some(pieces("items_shipped")), order["items_shipped"].as_u64());
            prop_assert!(lines.iter().all(|line| line["order_address_id"] == addresses[0]["id"]));

            let taxes = part(&mut store, &order, "taxes?details=true");
            let taxed: i64 = taxes.iter().map(|row| cents(&row["line_amount"])).sum();
            prop_assert_eq!(taxed, amount("total_tax"));
            for line in &lines {
                let own = line["id"].to_string();
                let rows = taxes.iter().filter(|row| row["order_product_id"] == own);
                let tax: i64 = rows.map(|row| cents(&row["line_amount"])).sum();
                prop_assert_eq!(tax, cents(&line["total_tax"]));
            }

            let coupons = part(&mut store, &order, "coupons");
            let taken: i64 = coupons.iter().map(|coupon| v3_cents(&coupon["discount"])).sum();
            prop_assert_eq!(taken, amount("coupon_discount"));

            let mut shipped: BTreeMap<u64, u64> = BTreeMap::new();
            let shipments = part(&mut store, &order, "shipments");
            for shipment in &shipments {
                prop_assert_eq!(&shipment["order_address_id"], &addresses[0]["id"]);
                prop_assert_eq!(&shipment["shipping_address"]["street_1"], &addresses[0]["street_1"]);
                let items = shipment["items"].as_array().unwrap();
                prop_assert!(!items.is_empty());
                for item in items {
                    prop_assert!(line_ids.contains(&&item["order_product_id"]));
                    *shipped.entry(item["order_product_id"].as_u64().unwrap()).or_default() +=
                        item["quantity"].as_u64().unwrap();
                }
            }
            for line in &lines {
                let sent = shipped.get(&line["id"].as_u64().unwrap()).copied().unwrap_or(0);
                prop_assert_eq!(line["quantity_shipped"].as_u64(), Some(sent));
                prop_assert!(sent <= line["quantity"].as_u64().unwrap());
            }
            let count = read(&mut store, &format!("/v2/orders/{}/shipments/count", order["id"]));
            prop_assert_eq!(&count["count"], &json!(shipments.len()));
            let total = order["items_total"].as_u64().unwrap();
            let sent: u64 = shipped.values().sum();
            match order["status_id"].as_u64().unwrap() {
                3 => prop_assert!(0 < sent && sent < total),
                2 | 10 => prop_assert_eq!(sent, total),
                1 | 7 | 11 => prop_assert_eq!(sent, 0),
                4 => prop_assert!(sent == 0 || sent == total),
                _other => {}
            }

            let target = format!("/v3/orders/{}/payment_actions/refunds", order["id"]);
            let refunds = read(&mut store, &target)["data"].as_array().unwrap().clone();
            prop_assert_eq!(refunds.is_empty(), ![4, 14].contains(&order["status_id"].as_u64().unwrap()));
            let mut back: BTreeMap<u64, u64> = BTreeMap::new();
            for refund in &refunds {
                prop_assert_eq!(&refund["order_id"], &order["id"]);
                let reason = match (order["status_id"] == 4, sent) {
                    (false, _) => "Arrived damaged",
                    (true, 0) => "Called off before it was sent",
                    (true, _) => "Sent back",
                };
                prop_assert_eq!(refund["reason"].as_str(), Some(reason));
                let items = refund["items"].as_array().unwrap();
                let asked: i64 = items.iter().map(|item| v3_cents(&item["requested_amount"])).sum();
                prop_assert_eq!(asked, v3_cents(&refund["total_amount"]));
                let payments = refund["payments"].as_array().unwrap();
                let paid: i64 = payments.iter().map(|payment| v3_cents(&payment["amount"])).sum();
                prop_assert_eq!(paid, asked);
                prop_assert_eq!(asked == amount("total_inc_tax"), order["status_id"] == 4);
                prop_assert!(v3_cents(&refund["total_tax"]) <= amount("total_tax"));
                for item in items.iter().filter(|item| item["item_type"] == "PRODUCT") {
                    *back.entry(item["item_id"].as_u64().unwrap()).or_default() +=
                        item["quantity"].as_u64().unwrap();
                }
            }
            for line in &lines {
                let sent_back = back.get(&line["id"].as_u64().unwrap()).copied().unwrap_or(0);
                prop_assert_eq!(line["quantity_refunded"].as_u64(), Some(sent_back));
            }
            let money = get(&mut store, &format!("/v3/orders/{}/transactions", order["id"]));
            if let Some(moved) = money.body_json() {
                let moved = moved["data"].as_array().unwrap().clone();
                let returned = moved.iter().filter(|each| each["event"] == "refund");
                let returned: i64 = returned.map(|each| v3_cents(&each["amount"])).sum();
                let expected: i64 =
                    refunds.iter().map(|refund| v3_cents(&refund["total_amount"])).sum();
                prop_assert_eq!(returned, expected);
                for (refund, each) in refunds.iter().zip(moved.iter().skip(1)) {
                    prop_assert_eq!(&refund["payments"][0]["transaction_id"], &json!(each["id"].to_string()));
                    prop_assert_eq!(&refund["created"], &each["date_created"]);
                }
            }
        }
    }
}

#[test]
fn every_kind_of_part_occurs_and_an_empty_one_is_a_204() {
    let mut store = shop();
    let all = orders(&mut store);
    for what in [
        "products",
        "shipping_addresses",
        "shipments",
        "coupons",
        "taxes",
        "messages",
    ] {
        let lengths: Vec<usize> = all
            .iter()
            .map(|order| part(&mut store, order, what).len())
            .collect();
        assert!(lengths.iter().any(|length| *length > 0), "{what}");
        let always = ["products", "shipping_addresses"].contains(&what);
        assert_eq!(lengths.contains(&0), !always, "{what}");
    }
    let fees = get(&mut store, &format!("/v2/orders/{}/fees", all[0]["id"]));
    assert_eq!((fees.status, fees.body.len()), (204, 0));
    let two = all
        .iter()
        .any(|order| part(&mut store, order, "shipments").len() == 2);
    assert!(two, "some orders leave in two parcels");
}

#[test]
fn parts_come_in_pages_and_one_by_one() {
    let mut store = shop();
    for what in ["products", "shipping_addresses", "shipments"] {
        let mut seen = 0;
        for order in orders(&mut store) {
            let all = part(&mut store, &order, what);
            let mut paged = Vec::new();
            for page in 1..=all.len() + 1 {
                paged.extend(part(
                    &mut store,
                    &order,
                    &format!("{what}?limit=1&page={page}"),
                ));
            }
            assert_eq!(paged, all, "{what}");
            for each in &all {
                let target = format!("/v2/orders/{}/{what}/{}", order["id"], each["id"]);
                assert_eq!(read(&mut store, &target), *each);
                seen += 1;
            }
        }
        assert!(seen > 50);
        for target in [
            format!("/v2/orders/48219/{what}/1"),
            format!("/v2/orders/1/{what}"),
            format!("/v2/orders/48219/{what}/x"),
        ] {
            assert_eq!(get(&mut store, &target).status, 404, "{target}");
        }
    }
    for what in ["coupons", "taxes", "messages", "fees", "shipments/count"] {
        assert_eq!(
            get(&mut store, &format!("/v2/orders/1/{what}")).status,
            404,
            "{what}"
        );
    }
}

#[test]
fn quotes_of_shipping_are_none_for_an_address_and_not_there_for_another() {
    let mut store = shop();
    let order = "/v2/orders/48219";
    let own = list(&mut store, &format!("{order}/shipping_addresses"))[0]["id"].clone();
    for place in ["shipping_addresses", "consignments/shipping"] {
        for (id, status) in [(&own, 204), (&json!(987_654), 404), (&json!("x"), 404)] {
            let id = id.to_string();
            let target = format!("{order}/{place}/{}/shipping_quotes", id.trim_matches('"'));
            assert_eq!(get(&mut store, &target).status, status, "{target}");
        }
    }
}

#[test]
fn a_page_of_no_lines_is_refused_and_one_past_the_end_is_empty() {
    let mut store = shop();
    let pages_of_nothing = get(&mut store, "/v2/orders/48219/products?limit=0");
    assert_eq!(pages_of_nothing.status, 400);
    assert_eq!(get(&mut store, "/v2/orders/48219/taxes?page=2").status, 204);
}

#[test]
fn taxes_say_what_for_only_if_they_are_asked() {
    let mut store = shop();
    let all = orders(&mut store);
    let taxed = all
        .iter()
        .find(|order| cents(&order["total_tax"]) > 0)
        .unwrap();
    let plain = part(&mut store, taxed, "taxes");
    assert!(plain.iter().all(|row| row.get("line_item_type").is_none()));
    let state = taxed["billing_address"]["state"].as_str().unwrap();
    assert_eq!(plain[0]["name"], format!("{state} sales tax"));
    assert!(plain[0]["rate"].as_str().unwrap().parse::<f64>().unwrap() > 1.0);
    let kinds: Vec<Value> = all
        .iter()
        .flat_map(|order| part(&mut store, order, "taxes?details=true"))
        .map(|row| row["line_item_type"].clone())
        .collect();
    assert!(kinds.contains(&json!("item")) && kinds.contains(&json!("shipping")));
}

#[test]
fn messages_can_be_narrowed() {
    let mut store = shop();
    let all = orders(&mut store);
    let mut seen = 0;
    for order in &all {
        let messages = part(&mut store, order, "messages");
        for (filter, fits) in [
            (
                "status=unread",
                (|m: &Value| m["status"] == "unread") as fn(&Value) -> bool,
            ),
            ("is_flagged=true", |m| m["is_flagged"] == true),
            ("customer_id=0", |m| m["customer_id"] == 0),
            ("min_date_created=2100-01-01", |_m| false),
            ("min_date_created=never", |_m| true),
        ] {
            let expected: Vec<Value> = messages.iter().filter(|each| fits(each)).cloned().collect();
            assert_eq!(
                part(&mut store, order, &format!("messages?{filter}")),
                expected,
                "{filter}"
            );
            seen += expected.len();
        }
        if let [question, answer] = messages.as_slice() {
            let min = format!("messages?min_id={}", answer["id"]);
            assert_eq!(
                part(&mut store, order, &min).as_slice(),
                std::slice::from_ref(answer)
            );
            let max = format!("messages?max_id={}", question["id"]);
            assert_eq!(
                part(&mut store, order, &max).as_slice(),
                std::slice::from_ref(question)
            );
            assert_eq!(question["customer"].is_null(), question["customer_id"] == 0);
        }
    }
    assert!(seen > 10);
}

#[test]
fn refunds_of_all_orders_are_a_list_with_filters() {
    let mut store = shop();
    const LIST: &str = "/v3/orders/payment_actions/refunds";
    let mut expected = Vec::new();
    for order in orders(&mut store) {
        let target = format!("/v3/orders/{}/payment_actions/refunds", order["id"]);
        expected.extend(
            read(&mut store, &target)["data"]
                .as_array()
                .unwrap()
                .clone(),
        );
    }
    let archived = ids(&mut store, "/v2/orders?is_deleted=true");
    let mut all = all_of(&mut store, &format!("{LIST}?limit=3"));
    all.retain(|refund| !archived.contains(&refund["order_id"].as_u64().unwrap()));
    assert!(all.len() > 5);
    assert_eq!(all, expected);
    let (one, other) = (all[1].clone(), all[3].clone());
    let found =
        |store: &mut Store, filter: String| ids_in(&all_of(store, &format!("{LIST}?{filter}")));
    let id = one["id"].as_u64().unwrap();
    assert_eq!(found(&mut store, format!("id:in={id}")), [id]);
    assert_eq!(
        found(
            &mut store,
            format!("order_id:in={},{}", one["order_id"], other["order_id"])
        )
        .len(),
        2
    );
    let from = one["created"].as_str().unwrap().replace('+', "%2B");
    let later = found(&mut store, format!("created:min={from}"));
    let earlier = found(&mut store, format!("created:max={from}"));
    assert!(later.contains(&id) && earlier.contains(&id));
    let everything = all_of(&mut store, LIST);
    assert_eq!(later.len() + earlier.len(), everything.len() + 1);
    let by_gateway = all
        .iter()
        .find(|refund| refund["payments"][0]["offline"] == false)
        .unwrap();
    let transaction = by_gateway["payments"][0]["transaction_id"]
        .as_str()
        .unwrap();
    let by_transaction = found(&mut store, format!("transaction_id={transaction}"));
    assert_eq!(by_transaction, [by_gateway["id"].as_u64().unwrap()]);
    assert_eq!(read(&mut store, &format!("{LIST}/{id}"))["data"], one);
    assert_eq!(get(&mut store, &format!("{LIST}/1")).status, 404);
    assert_eq!(
        get(&mut store, "/v3/orders/1/payment_actions/refunds").status,
        404
    );
    let unknown = get(&mut store, &format!("{LIST}?status=done"));
    assert_eq!(refusal(&unknown).0, 422);
    // Later edits of the order do not date its refund anew.
    let order = &one["order_id"];
    put(
        &mut store,
        &format!("/v2/orders/{order}"),
        &json!({ "staff_notes": "x" }),
    );
    assert_eq!(read(&mut store, &format!("{LIST}/{id}"))["data"], one);
}

/// An order of several pieces that waits to be packed.
fn waiting(store: &mut Store) -> Value {
    let mut all = list(store, "/v2/orders?limit=250&status_id=11").into_iter();
    all.find(|order| order["items_total"].as_u64() > Some(1))
        .unwrap()
}

fn piece(line: &Value, quantity: u64) -> Value {
    json!({ "order_product_id": line["id"], "quantity": quantity })
}

#[test]
fn a_shipment_moves_pieces_and_status_and_is_mailed() {
    let mut store = shop();
    let order = waiting(&mut store);
    let (id, total) = (&order["id"], order["items_total"].as_u64().unwrap());
    let target = format!("/v2/orders/{id}/shipments");
    let address = part(&mut store, &order, "shipping_addresses")[0]["id"].clone();
    let lines = part(&mut store, &order, "products");
    let body = json!({
        "order_address_id": address, "tracking_number": "1Z999", "shipping_provider": "ups",
        "comments": "Mind the dög", "merchant_shipping_cost": "4.5000", "items": [piece(&lines[0], 1)],
    });
    let response = post(&mut store, &target, &body);
    assert_eq!(
        response.status,
        201,
        "{}",
        String::from_utf8_lossy(&response.body)
    );
    assert!(response.effects.changed && response.effects.emailed);
    let made = response.body_json().unwrap();
    assert_eq!(made["items"][0]["product_id"], lines[0]["product_id"]);
    assert_eq!(
        (
            &made["shipping_provider_display_name"],
            &made["tracking_link"]
        ),
        (&json!("UPS"), &json!(""))
    );
    assert!(
        made["generated_tracking_link"]
            .as_str()
            .unwrap()
            .ends_with("/ups/1Z999")
    );
    assert_eq!(
        (&made["merchant_shipping_cost"], &made["comments"]),
        (&json!("4.5000"), &json!("Mind the dög"))
    );
    assert_eq!(
        part(&mut store, &order, "shipments").as_slice(),
        std::slice::from_ref(&made)
    );
    let now = read(&mut store, &format!("/v2/orders/{id}"));
    assert_eq!(
        (&now["status_id"], &now["items_shipped"]),
        (&json!(3), &json!(1))
    );
    assert_eq!(now["date_shipped"], "Tue, 17 Nov 2026 20:00:00 +0000");
    assert_eq!(now["date_modified"], now["date_shipped"]);
    assert_eq!(
        part(&mut store, &order, "products")[0]["quantity_shipped"],
        1
    );
    let rest: Vec<Value> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            piece(
                line,
                line["quantity"].as_u64().unwrap() - u64::from(at == 0),
            )
        })
        .filter(|item| item["quantity"] != 0)
        .collect();
    let rest = json!({ "order_address_id": address, "items": rest });
    assert_eq!(post(&mut store, &target, &rest).status, 201);
    let now = read(&mut store, &format!("/v2/orders/{id}"));
    assert_eq!(
        (&now["status_id"], &now["items_shipped"]),
        (&json!(2), &json!(total))
    );
    let mails: Vec<(Option<u64>, u8)> = store
        .emails()
        .iter()
        .map(|mail| match mail.subject {
            sandbox_store::Subject::Order {
                shipment_id,
                status_id,
                ..
            } => (shipment_id, status_id),
            ref other => panic!("{other:?}"),
        })
        .collect();
    let (first, second) = (
        made["id"].as_u64().unwrap(),
        made["id"].as_u64().unwrap() + 1,
    );
    assert_eq!(mails, [(Some(first), 3), (Some(second), 2)]);
    assert_eq!(
        now["payment_status"], order["payment_status"],
        "no money moves"
    );
    assert_eq!(
        post(&mut store, &target, &rest).status,
        400,
        "nothing is left"
    );
}

#[test]
fn what_cannot_be_sent_is_refused_and_sends_nothing() {
    let mut store = shop();
    let order = waiting(&mut store);
    let target = format!("/v2/orders/{}/shipments", order["id"]);
    let address = part(&mut store, &order, "shipping_addresses")[0]["id"].clone();
    let line = part(&mut store, &order, "products")[0].clone();
    let too_many = line["quantity"].as_u64().unwrap() + 1;
    let good = json!({ "order_address_id": address, "items": [piece(&line, 1)] });
    let with = |field: &str, value: Value| {
        let mut body = good.clone();
        body[field] = value;
        body
    };
    let cases = [
        (
            json!({ "items": [piece(&line, 1)] }),
            "order_address_id' is invalid",
        ),
        (
            with("order_address_id", json!(7)),
            "order_address_id' is invalid",
        ),
        (json!({ "order_address_id": address }), "items' is invalid"),
        (with("items", json!([])), "items' is invalid"),
        (
            with("items", json!([piece(&line, too_many)])),
            "quantity' is invalid",
        ),
        (
            with(
                "items",
                json!([piece(&line, 1), piece(&line, too_many - 1)]),
            ),
            "quantity' is invalid",
        ),
        (
            with("items", json!([piece(&line, 0)])),
            "quantity' is invalid",
        ),
        (
            with(
                "items",
                json!([{ "order_product_id": line["product_id"], "quantity": 1 }]),
            ),
            "order_product_id' is invalid",
        ),
        (
            with(
                "items",
                json!([{ "order_product_id": line["id"], "product_id": 1, "quantity": 1 }]),
            ),
            "product_id' cannot be written to",
        ),
        (
            with("tracking_number", json!("x".repeat(51))),
            "tracking_number' is invalid",
        ),
        (
            with("tracking_link", json!("x".repeat(501))),
            "tracking_link' is invalid",
        ),
        (
            with("shipping_provider", json!("pigeon")),
            "shipping_provider' is invalid",
        ),
        (
            with("comments", json!("x".repeat(65_536))),
            "comments' is invalid",
        ),
        (
            with("date_created", json!("now")),
            "date_created' cannot be written to",
        ),
        (with("colour", json!("red")), "colour' is not supported"),
    ];
    for (body, words) in cases {
        let refused = post(&mut store, &target, &body);
        assert_eq!(refused.status, 400, "{body}");
        let message = refused.body_json().unwrap()[0]["message"].clone();
        assert!(
            message.as_str().unwrap().contains(words),
            "{words}: {message}"
        );
        assert!(!refused.effects.changed && !refused.effects.emailed);
    }
    assert_eq!(
        post(&mut store, "/v2/orders/1/shipments", &good).status,
        404
    );
    assert_eq!(
        read(&mut store, &format!("/v2/orders/{}", order["id"])),
        order
    );
    assert!(store.emails().is_empty());
    for provider in ["", "upsonline", "carrier_12"] {
        let body = with("shipping_provider", json!(provider));
        assert_eq!(post(&mut shop(), &target, &body).status, 201, "{provider}");
    }
}

#[test]
fn a_shipment_can_be_corrected_but_not_repacked_and_taken_back() {
    let mut store = shop();
    let all = orders(&mut store);
    let order = all.iter().find(|order| order["status_id"] == 2).unwrap();
    let shipment = part(&mut store, order, "shipments")[0].clone();
    let target = format!("/v2/orders/{}/shipments/{}", order["id"], shipment["id"]);
    let body = json!({ "tracking_number": "NEW", "tracking_link": "https://example.com/t", "tracking_carrier": "dhl" });
    let response = put(&mut store, &target, &body);
    assert!(response.effects.changed && !response.effects.emailed);
    let changed = response.body_json().unwrap();
    assert_eq!(
        (
            &changed["tracking_number"],
            &changed["generated_tracking_link"]
        ),
        (&json!("NEW"), &json!(""))
    );
    assert_eq!(changed["items"], shipment["items"]);
    let repacked = put(&mut store, &target, &json!({ "items": [] }));
    let message = repacked.body_json().unwrap()[0]["message"].clone();
    assert!(
        message
            .as_str()
            .unwrap()
            .starts_with("The field 'items' cannot be written to.")
    );
    assert_eq!(delete(&mut store, &target).status, 204);
    assert_eq!(get(&mut store, &target).status, 404);
    let now = read(&mut store, &format!("/v2/orders/{}", order["id"]));
    assert_eq!(now["status_id"], 2, "the status stays");
    assert!(now["items_shipped"].as_u64() < order["items_shipped"].as_u64());
}

#[test]
fn reading_money_and_sending_parcels_need_their_scopes() {
    let cases = [
        (
            "GET",
            "/v2/orders/48219/shipping_addresses",
            "store_v2_orders_read_only",
            true,
        ),
        (
            "GET",
            "/v3/orders/payment_actions/refunds",
            "store_v2_orders_read_only",
            true,
        ),
        (
            "GET",
            "/v3/orders/payment_actions/refunds",
            "store_v2_transactions_read_only",
            true,
        ),
        (
            "GET",
            "/v3/orders/48219/payment_actions/refunds",
            "store_v2_products",
            false,
        ),
        (
            "POST",
            "/v2/orders/48219/shipments",
            "store_v2_orders_read_only",
            false,
        ),
        (
            "POST",
            "/v2/orders/48219/shipments",
            "store_v2_orders",
            true,
        ),
        (
            "DELETE",
            "/v2/orders/48219/shipments/1",
            "store_v2_orders_read_only",
            false,
        ),
    ];
    for (method, target, scope, allowed) in cases {
        let mut store = Store::open(&Blueprint {
            scopes: scope.parse().unwrap(),
            ..blueprint()
        });
        let body = json!({});
        let response = step(&mut store, request(method, target).with_json(&body), noon());
        assert_eq!(
            response.status != 403,
            allowed,
            "{method} {target} with {scope}"
        );
    }
}

#[test]
fn what_was_sent_back_does_not_depend_on_what_the_status_says() {
    let mut store = shop();
    let order = waiting(&mut store);
    put(
        &mut store,
        &format!("/v2/orders/{}", order["id"]),
        &json!({ "status_id": 4 }),
    );
    let target = format!("/v3/orders/{}/payment_actions/refunds", order["id"]);
    assert_eq!(
        data(&get(&mut store, &target)),
        json!([]),
        "a status moves no money"
    );
}

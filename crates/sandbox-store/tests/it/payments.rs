//! Money: captured, let go, quoted, paid back.

use jiff::{Timestamp, ToSpan};
use sandbox_store::{Response, Store, step};
use serde_json::{Value, json};

use crate::support::{cents, get, ids, noon, post, read, request, shop};

fn later(seconds: i64) -> Timestamp {
    noon().checked_add(seconds.seconds()).unwrap()
}

/// The newest order with that payment status, and one that is paid by a gateway.
fn paid_by(store: &mut Store, status: &str) -> u64 {
    for id in ids(store, "/v2/orders?limit=250&sort=id:desc") {
        let order = read(store, &format!("/v2/orders/{id}"));
        if order["payment_status"] == status && order["payment_provider_id"].is_string() {
            return id;
        }
    }
    panic!("no order is {status}");
}

fn order_at(store: &mut Store, id: u64, now: Timestamp) -> Value {
    let ask = request("GET", &format!("/v2/orders/{id}"));
    step(store, ask, now).body_json().unwrap()
}

fn quote(store: &mut Store, id: u64, items: &Value) -> Response {
    let target = format!("/v3/orders/{id}/payment_actions/refund_quotes");
    post(store, &target, &json!({ "items": items }))
}

fn quoted(store: &mut Store, id: u64, items: &Value) -> Value {
    let response = quote(store, id, items);
    let text = String::from_utf8_lossy(&response.body);
    assert_eq!(response.status, 201, "{text}");
    response.body_json().unwrap()["data"].clone()
}

fn refund(store: &mut Store, id: u64, items: &Value, payments: &Value, now: Timestamp) -> Response {
    let target = format!("/v3/orders/{id}/payment_actions/refunds");
    let body = json!({ "items": items, "payments": payments, "reason": "sent back" });
    step(store, request("POST", &target).with_json(&body), now)
}

fn payment(method: &Value) -> Value {
    json!([{ "provider_id": method["provider_id"], "amount": method["amount"], "offline": method["offline"] }])
}

#[test]
fn a_capture_is_pending_before_it_is_done_and_cannot_be_done_twice() {
    let mut store = shop();
    let id = paid_by(&mut store, "authorized");
    let target = format!("/v3/orders/{id}/payment_actions/capture");
    let done = post(&mut store, &target, &json!({}));
    assert_eq!((done.status, done.effects.changed), (201, true));
    assert_eq!(
        order_at(&mut store, id, noon())["payment_status"],
        "capture pending"
    );
    assert_eq!(post(&mut store, &target, &json!({})).status, 422);
    assert_eq!(
        order_at(&mut store, id, later(2))["payment_status"],
        "captured"
    );
    let moves = read(&mut store, &format!("/v3/orders/{id}/transactions"))["data"].clone();
    let events: Vec<&Value> = moves
        .as_array()
        .unwrap()
        .iter()
        .map(|each| &each["event"])
        .collect();
    assert_eq!(events, ["authorization", "capture"]);
    assert_eq!(moves[1]["reference_transaction_id"], moves[0]["id"]);
    assert!(moves[0]["gateway"] == "braintree" || moves[0]["gateway"] == "paypalexpress");
    let void = format!("/v3/orders/{id}/payment_actions/void");
    assert_eq!(post(&mut store, &void, &json!({})).status, 422);
    assert_eq!(
        post(&mut store, "/v3/orders/1/payment_actions/void", &json!({})).status,
        404
    );
}

#[test]
fn a_void_lets_the_money_go() {
    let mut store = shop();
    let id = paid_by(&mut store, "authorized");
    let target = format!("/v3/orders/{id}/payment_actions/void");
    // The reference asks for no body: none is fine too.
    assert_eq!(
        step(&mut store, request("POST", &target), noon()).status,
        201
    );
    assert_eq!(
        order_at(&mut store, id, noon())["payment_status"],
        "void pending"
    );
    assert_eq!(order_at(&mut store, id, later(2))["payment_status"], "void");
}

#[test]
fn all_pieces_and_the_shipping_are_all_there_is() {
    let mut store = shop();
    let id = paid_by(&mut store, "captured");
    let order = read(&mut store, &format!("/v2/orders/{id}"));
    let lines = read(&mut store, &format!("/v2/orders/{id}/products"));
    let address = read(&mut store, &format!("/v2/orders/{id}/shipping_addresses"))[0].clone();
    let mut items: Vec<Value> = lines
        .as_array()
        .unwrap()
        .iter()
        .map(|line| json!({ "item_type": "PRODUCT", "item_id": line["id"], "quantity": line["quantity"] }))
        .collect();
    if cents(&address["cost_inc_tax"]) > 0 {
        items.push(json!({ "item_type": "SHIPPING", "item_id": address["id"], "amount": address["cost_inc_tax"] }));
    }
    let items = Value::from(items);
    let quote = quoted(&mut store, id, &items);
    let total = quote["total_refund_amount"].as_f64().unwrap();
    assert_eq!(
        format!("{total:.2}00"),
        order["total_inc_tax"].as_str().unwrap()
    );
    let tax = quote["total_refund_tax_amount"].as_f64().unwrap();
    assert_eq!(format!("{tax:.2}00"), order["total_tax"].as_str().unwrap());
    let method = quote["refund_methods"][0][0].clone();
    let made = refund(&mut store, id, &items, &payment(&method), noon());
    assert_eq!(made.status, 201);
    let made = made.body_json().unwrap()["data"].clone();
    assert_eq!(made["total_amount"], quote["total_refund_amount"]);
    let after = order_at(&mut store, id, later(2));
    assert_eq!(
        (&after["status_id"], &after["payment_status"]),
        (&json!(4), &json!("refunded"))
    );
    assert_eq!(after["refunded_amount"], "0.0000");
    assert!(lines_refunded(&mut store, id));
    let listed = read(
        &mut store,
        &format!("/v3/orders/{id}/payment_actions/refunds"),
    );
    assert_eq!(listed["data"], json!([made]));
    assert_eq!(
        read(
            &mut store,
            &format!("/v3/orders/payment_actions/refunds/{}", made["id"])
        )["data"],
        made
    );
    let found = read(
        &mut store,
        &format!("/v3/orders/payment_actions/refunds?order_id:in={id}"),
    );
    assert_eq!(found["data"], json!([made]));
    assert_eq!(quote_status(&mut store, id, &items), 422, "nothing is left");
}

fn lines_refunded(store: &mut Store, id: u64) -> bool {
    let lines = read(store, &format!("/v2/orders/{id}/products"));
    lines
        .as_array()
        .unwrap()
        .iter()
        .all(|line| line["quantity_refunded"] == line["quantity"] && line["is_refunded"] == true)
}

fn quote_status(store: &mut Store, id: u64, items: &Value) -> u16 {
    quote(store, id, items).status
}

#[test]
fn what_is_paid_back_has_to_be_what_was_quoted() {
    let mut store = shop();
    let id = paid_by(&mut store, "captured");
    let items = json!([{ "item_type": "ORDER", "item_id": id, "amount": 5 }]);
    let quote = quoted(&mut store, id, &items);
    assert_eq!(
        (
            &quote["total_refund_amount"],
            &quote["total_refund_tax_amount"]
        ),
        (&json!(5), &json!(0))
    );
    assert_eq!(quote["order_level_refund_amount"], 5);
    let method = &quote["refund_methods"][0][0];
    let mut wrong = payment(method);
    wrong[0]["amount"] = json!(4.99);
    let refused = refund(&mut store, id, &items, &wrong, noon());
    assert_eq!(refused.status, 422);
    // Inside `data`, as nowhere else.
    let body = refused.body_json().unwrap();
    assert!(body["data"][0]["errors"]["payments"].is_string(), "{body}");
    let mut other = payment(method);
    other[0]["provider_id"] = json!("somebody");
    assert_eq!(refund(&mut store, id, &items, &other, noon()).status, 422);
    assert_eq!(
        refund(&mut store, id, &items, &payment(method), noon()).status,
        201
    );
    // Two at once are not supported.
    assert_eq!(
        refund(&mut store, id, &items, &payment(method), noon()).status,
        503
    );
    assert_eq!(
        refund(&mut store, id, &items, &payment(method), later(2)).status,
        201
    );
    let after = order_at(&mut store, id, later(4));
    assert_eq!(
        (&after["status_id"], &after["payment_status"]),
        (&json!(14), &json!("partially refunded"))
    );
    let moves = read(&mut store, &format!("/v3/orders/{id}/transactions"))["data"].clone();
    let refunds = moves
        .as_array()
        .unwrap()
        .iter()
        .filter(|each| each["event"] == "refund");
    assert_eq!(refunds.count(), 2);
}

/// Pieces of a product and of each of its variants.
fn stock(store: &mut Store, product: &Value) -> Vec<Value> {
    let target = format!("/v3/catalog/products/{product}?include=variants");
    let product = read(store, &target)["data"].clone();
    let variants = product["variants"].as_array().unwrap().iter();
    let levels = variants.map(|each| each["inventory_level"].clone());
    std::iter::once(product["inventory_level"].clone())
        .chain(levels)
        .collect()
}

#[test]
fn what_is_paid_back_is_not_back_on_the_shelf() {
    let mut store = shop();
    let counted = "/v3/catalog/products?limit=250";
    let products = read(&mut store, counted)["data"].clone();
    let is_counted = |id: &Value| {
        let mut products = products.as_array().unwrap().iter();
        products.any(|each| each["id"] == *id && each["inventory_tracking"] != "none")
    };
    for id in ids(&mut store, "/v2/orders?limit=250&sort=id:desc") {
        let order = read(&mut store, &format!("/v2/orders/{id}"));
        let line = read(&mut store, &format!("/v2/orders/{id}/products"))[0].clone();
        if order["payment_status"] != "captured" || !is_counted(&line["product_id"]) {
            continue;
        }
        let before = stock(&mut store, &line["product_id"]);
        let items = json!([{ "item_type": "PRODUCT", "item_id": line["id"], "quantity": 1 }]);
        let quote = quoted(&mut store, id, &items);
        let paid = payment(&quote["refund_methods"][0][0]);
        assert_eq!(refund(&mut store, id, &items, &paid, noon()).status, 201);
        let after = order_at(&mut store, id, later(60));
        assert!(
            after["payment_status"] != "captured",
            "it is through: {after}"
        );
        let line = read(&mut store, &format!("/v2/orders/{id}/products"))[0].clone();
        assert_eq!(line["quantity_refunded"], 1);
        assert_eq!(stock(&mut store, &line["product_id"]), before);
        return;
    }
    panic!("no order of something that is counted was paid");
}

#[test]
fn a_quote_refuses_what_is_not_there_or_not_paid() {
    let mut store = shop();
    let id = paid_by(&mut store, "captured");
    let line = read(&mut store, &format!("/v2/orders/{id}/products"))[0].clone();
    let too_many = line["quantity"].as_u64().unwrap() + 1;
    let cases = [
        (
            json!([{ "item_type": "PRODUCT", "item_id": line["id"], "quantity": too_many }]),
            "items.0.quantity",
        ),
        (
            json!([{ "item_type": "PRODUCT", "item_id": line["product_id"], "quantity": 1 }]),
            "items.0.item_id",
        ),
        (
            json!([{ "item_type": "PRODUCT", "item_id": line["id"] }]),
            "items.0.quantity",
        ),
        (
            json!([{ "item_type": "SHIPPING", "item_id": 1, "amount": 1 }]),
            "items.0.item_id",
        ),
        (
            json!([{ "item_type": "ORDER", "item_id": id, "amount": 1_000_000 }]),
            "items.0.amount",
        ),
        (
            json!([{ "item_type": "SOUL", "item_id": 1, "amount": 1 }]),
            "items.0.item_type",
        ),
        (json!([]), "items"),
    ];
    for (items, path) in cases {
        let refused = quote(&mut store, id, &items);
        assert_eq!(refused.status, 422, "{items}");
        assert!(
            refused.body_json().unwrap()["errors"][path].is_string(),
            "{items}"
        );
    }
    let held = paid_by(&mut store, "authorized");
    let items = json!([{ "item_type": "ORDER", "item_id": held, "amount": 1 }]);
    assert_eq!(
        quote_status(&mut store, held, &items),
        422,
        "nothing was captured yet"
    );
}

#[test]
fn pieces_refunded_one_by_one_add_up_to_the_line() {
    let mut store = shop();
    for id in ids(&mut store, "/v2/orders?limit=250&sort=id:desc&status_id=10") {
        let order = read(&mut store, &format!("/v2/orders/{id}"));
        let lines = read(&mut store, &format!("/v2/orders/{id}/products"));
        let Some(line) = lines
            .as_array()
            .unwrap()
            .iter()
            .find(|line| line["quantity"].as_u64() >= Some(3))
        else {
            continue;
        };
        if order["payment_status"] != "captured" {
            continue;
        }
        let items = |pieces: u64| json!([{ "item_type": "PRODUCT", "item_id": line["id"], "quantity": pieces }]);
        let quantity = line["quantity"].as_u64().unwrap();
        let whole = quoted(&mut store, id, &items(quantity))["total_refund_amount"]
            .as_f64()
            .unwrap();
        let mut sum = 0.0;
        for each in 0..quantity {
            let now = later(i64::try_from(each).unwrap() * 5);
            let quote = quoted(&mut store, id, &items(1));
            let made = refund(
                &mut store,
                id,
                &items(1),
                &payment(&quote["refund_methods"][0][0]),
                now,
            );
            assert_eq!(made.status, 201);
            sum += quote["total_refund_amount"].as_f64().unwrap();
        }
        assert_eq!(format!("{sum:.2}"), format!("{whole:.2}"));
        return;
    }
    panic!("no order has a line of three pieces");
}

#[test]
fn store_credit_is_given_to_who_has_an_account() {
    let mut store = shop();
    for id in ids(&mut store, "/v2/orders?limit=250&sort=id:desc&status_id=10") {
        let order = read(&mut store, &format!("/v2/orders/{id}"));
        if order["customer_id"] == 0 || order["payment_status"] != "captured" {
            continue;
        }
        let items = json!([{ "item_type": "ORDER", "item_id": id, "amount": 7.5 }]);
        let quote = quoted(&mut store, id, &items);
        let methods = quote["refund_methods"].as_array().unwrap().clone();
        let credit = methods
            .iter()
            .find(|method| method[0]["provider_id"] == "storecredit")
            .unwrap();
        assert_eq!(
            refund(&mut store, id, &items, &payment(&credit[0]), noon()).status,
            201
        );
        let target = format!(
            "/v3/customers?id:in={}&include=storecredit",
            order["customer_id"]
        );
        assert_eq!(
            read(&mut store, &target)["data"][0]["store_credit_amounts"][0]["amount"],
            json!(7.5)
        );
        return;
    }
    panic!("nobody with an account has paid");
}

/// Cents as an amount: `12.05`.
fn text(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// The providers of a quoted way and their amounts, in their order.
fn steps(way: &Value) -> Vec<(String, String)> {
    let steps = way.as_array().unwrap().iter();
    steps
        .map(|step| {
            let amount = step["amount"].as_f64().unwrap();
            let provider = step["provider_id"].as_str().unwrap();
            (provider.to_owned(), format!("{amount:.2}"))
        })
        .collect()
}

#[test]
fn what_was_paid_in_two_ways_goes_back_in_two() {
    let mut store = shop();
    let orders = read(&mut store, "/v2/orders?limit=250");
    let mut orders = orders.as_array().unwrap().iter();
    let order = orders
        .find(|order| order["store_credit_amount"] != "0.0000")
        .unwrap();
    let id = order["id"].as_u64().unwrap();
    let (total, credit) = (
        cents(&order["total_inc_tax"]),
        cents(&order["store_credit_amount"]),
    );
    let paid = total - credit;
    let transactions = format!("/v3/orders/{id}/transactions");
    let came = read(&mut store, &transactions)["data"].clone();
    let came = came.as_array().unwrap().iter();
    let came: Vec<(&Value, String)> = came
        .map(|each| {
            let amount = each["amount"].as_f64().unwrap();
            (&each["method"], format!("{amount:.2}"))
        })
        .collect();
    assert_eq!(came.len(), 2);
    assert_eq!(came[0].1, text(paid));
    assert_eq!(came[1], (&json!("store_credit"), text(credit)));

    // A small amount fits into what the gateway took.
    let some = json!([{ "item_type": "ORDER", "item_id": id, "amount": "1.00" }]);
    let quote = quoted(&mut store, id, &some);
    let ways: Vec<_> = quote["refund_methods"]
        .as_array()
        .unwrap()
        .iter()
        .map(steps)
        .collect();
    assert!(ways.iter().all(|way| way.len() == 1), "{ways:?}");
    let gateway = ways[0][0].0.clone();
    assert!(ways[1][0].0 == "storecredit" && ways[2][0].0 == "custom");
    let method = payment(&quote["refund_methods"][0][0]);
    assert_eq!(refund(&mut store, id, &some, &method, noon()).status, 201);

    // All the rest is more than that: what is left there, and the store credit.
    let rest = json!([{ "item_type": "ORDER", "item_id": id, "amount": text(total - 100) }]);
    let quote = quoted(&mut store, id, &rest);
    let methods = quote["refund_methods"].as_array().unwrap();
    let whole = |provider: &str| vec![(provider.to_owned(), text(total - 100))];
    let parts = |by_gateway: i64, to_credit: i64| {
        vec![
            (gateway.clone(), text(by_gateway)),
            ("storecredit".to_owned(), text(to_credit)),
        ]
    };
    assert_eq!(
        methods.iter().map(steps).collect::<Vec<_>>(),
        [
            whole("storecredit"),
            whole("custom"),
            parts(paid - 100, credit)
        ]
    );

    // None but those, step by step.
    let as_asked = |steps: Vec<(String, String)>| {
        let steps = steps.into_iter();
        let all: Vec<Value> = steps
            .map(|(provider, amount)| json!({ "provider_id": provider, "amount": amount }))
            .collect();
        Value::from(all)
    };
    let moved = as_asked(parts(paid - 101, credit + 1));
    let refused = refund(&mut store, id, &rest, &moved, later(2));
    assert_eq!(refused.status, 422);
    let errors = refused.body_json().unwrap()["data"][0]["errors"].clone();
    assert!(errors["payments.0.amount"].is_string(), "{errors}");
    assert!(errors["payments.1.amount"].is_string(), "{errors}");
    for steps in [
        whole(&gateway),
        parts(paid - 100, credit)[..1].to_vec(),
        [whole("storecredit"), whole("custom")].concat(),
    ] {
        let asked = as_asked(steps);
        let refused = refund(&mut store, id, &rest, &asked, later(2));
        assert_eq!(refused.status, 422, "{asked}");
    }
    let asked = as_asked(parts(paid - 100, credit));
    let made = refund(&mut store, id, &rest, &asked, later(2));
    let told = String::from_utf8_lossy(&made.body).into_owned();
    assert_eq!(made.status, 201, "{told}");
    let made = made.body_json().unwrap()["data"].clone();
    assert_eq!(steps(&made["payments"]), parts(paid - 100, credit));

    assert_eq!(order_at(&mut store, id, later(4))["status_id"], 4);
    let moves = read(&mut store, &transactions)["data"].clone();
    let moves = moves.as_array().unwrap().iter();
    let back: f64 = moves
        .filter(|each| each["event"] == "refund")
        .map(|each| each["amount"].as_f64().unwrap())
        .sum();
    assert_eq!(format!("{back:.2}"), text(paid));
    let target = format!(
        "/v3/customers?id:in={}&include=storecredit",
        order["customer_id"]
    );
    let customer = read(&mut store, &target)["data"][0].clone();
    let given = customer["store_credit_amounts"][0]["amount"].as_f64();
    assert_eq!(format!("{:.2}", given.unwrap()), text(credit));
}

#[test]
fn ways_to_pay_are_told_for_one_order() {
    let mut store = shop();
    assert_eq!(get(&mut store, "/v3/payments/methods").status, 400);
    assert_eq!(
        get(&mut store, "/v3/payments/methods?order_id=1").status,
        404
    );
    let all = read(&mut store, "/v3/payments/methods?order_id=48219")["data"].clone();
    assert_eq!(all[0]["id"], "bigcommerce_payments.card");
    assert_eq!(
        read(&mut store, "/v2/payments/methods")[0]["code"],
        "bigcommerce_payments"
    );
}

#[test]
fn money_moves_without_a_body_but_not_with_half_of_one() {
    let mut store = shop();
    let id = paid_by(&mut store, "authorized");
    for what in ["capture", "void"] {
        let target = format!("/v3/orders/{id}/payment_actions/{what}");
        let mut half = request("POST", &target).with_header("Content-Type", "application/json");
        half.body = b"{\"half\":".to_vec();
        let refused = step(&mut store, half, noon());
        assert_eq!((refused.status, refused.effects.changed), (400, false));
    }
    let target = format!("/v3/orders/{id}/payment_actions/capture");
    assert_eq!(
        step(&mut store, request("POST", &target), noon()).status,
        201
    );
}

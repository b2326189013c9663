//! Orders made, edited and put away by an integration.

use sandbox_store::{Response, Store};
use serde_json::{Value, json};

use crate::support::{cents, data, delete, get, ids, post, put, read, shop};

pub(crate) const ORDERS: &str = "/v2/orders";

pub(crate) fn address() -> Value {
    json!({
        "first_name": "Ada", "last_name": "Holt", "street_1": "1 Pier", "city": "Seattle",
        "state": "Washington", "zip": "98101", "country": "United States", "email": "ada@example.com",
    })
}

pub(crate) fn line(name: &str, quantity: u32, ex: f64, inc: f64) -> Value {
    json!({ "name": name, "quantity": quantity, "price_ex_tax": ex, "price_inc_tax": inc })
}

pub(crate) fn created(response: &Response) -> Value {
    let text = String::from_utf8_lossy(&response.body);
    assert_eq!(response.status, 201, "{text}");
    assert!(!response.effects.emailed, "nobody is mailed");
    response.body_json().unwrap()
}

pub(crate) fn changed(response: &Response) -> Value {
    let text = String::from_utf8_lossy(&response.body);
    assert_eq!(response.status, 200, "{text}");
    response.body_json().unwrap()
}

fn lines(store: &mut Store, order: &Value) -> Vec<Value> {
    let target = format!("{ORDERS}/{}/products", order["id"]);
    read(store, &target).as_array().unwrap().clone()
}

/// A line with a coupon on it, in an order nothing has left of.
fn with_coupon(store: &mut Store) -> (u64, Vec<Value>) {
    for id in ids(store, "/v2/orders?limit=250&status_id=10") {
        let order = read(store, &format!("{ORDERS}/{id}"));
        let lines = read(store, &format!("{ORDERS}/{id}/products"));
        let lines = lines.as_array().unwrap().clone();
        if cents(&order["coupon_discount"]) > 0 && lines.len() > 1 {
            return (id, lines);
        }
    }
    panic!("the sample shop has coupons");
}

#[test]
fn a_new_order_adds_up_and_nobody_is_mailed() {
    let mut store = shop();
    let body = json!({
        "billing_address": address(),
        "products": [line("Custom tent", 2, 100.0, 110.25), { "product_id": 112, "quantity": 1, "variant_id": null }],
        "shipping_cost_ex_tax": "12.5", "shipping_cost_inc_tax": "13.75",
        "fees": [{ "type": "custom_fee", "display_name_customer": "Rush", "cost_ex_tax": 5, "cost_inc_tax": "5.50" }],
        "external_source": "POS", "staff_notes": "by phone",
    });
    let with_options = post(&mut store, ORDERS, &body);
    assert_eq!(
        with_options.body_json().unwrap()[0]["message"],
        "The options of one or more products are invalid."
    );
    let mut body = body;
    let variants = read(&mut store, "/v3/catalog/products/112/variants")["data"].clone();
    body["products"][1]["variant_id"] = variants[0]["id"].clone();
    let order = created(&post(&mut store, ORDERS, &body));
    assert_eq!(
        (
            &order["status_id"],
            &order["customer_id"],
            &order["order_source"],
            &order["payment_method"]
        ),
        (&json!(1), &json!(0), &json!("external"), &json!("Manual"))
    );
    assert_eq!(
        (&order["external_source"], &order["cart_id"]),
        (&json!("POS"), &Value::Null)
    );
    let lines = lines(&mut store, &order);
    assert_eq!(
        (&lines[0]["product_id"], &lines[1]["product_id"]),
        (&json!(0), &json!(112))
    );
    assert_eq!(lines[0]["price_inc_tax"], "110.2500");
    let products: i64 = lines.iter().map(|line| cents(&line["total_inc_tax"])).sum();
    assert_eq!(cents(&order["total_inc_tax"]), products + 1_375 + 550);
    assert_eq!(
        cents(&order["total_inc_tax"]) - cents(&order["total_ex_tax"]),
        cents(&order["total_tax"])
    );
    assert_eq!(
        read(&mut store, &format!("{ORDERS}/{}", order["id"])),
        order
    );
    assert_eq!(
        ids(&mut store, "/v2/orders?sort=id:desc&limit=1"),
        [order["id"].as_u64().unwrap()]
    );
}

/// There is nothing by which a store could know a request that it has had already.
#[test]
fn a_post_that_is_repeated_is_done_again() {
    let mut store = shop();
    let before = read(&mut store, "/v2/orders/count")["count"]
        .as_u64()
        .unwrap();
    let body = json!({ "billing_address": address(), "products": [line("Tent", 4, 1.0, 1.0)], "status_id": 11 });
    let first = created(&post(&mut store, ORDERS, &body));
    let second = created(&post(&mut store, ORDERS, &body));
    assert_ne!(first["id"], second["id"]);
    assert_eq!(read(&mut store, "/v2/orders/count")["count"], before + 2);

    let own = format!("{ORDERS}/{}", first["id"]);
    let to = read(&mut store, &format!("{own}/shipping_addresses"))[0]["id"].clone();
    let items = json!([{ "order_product_id": lines(&mut store, &first)[0]["id"], "quantity": 2 }]);
    let parcel = json!({ "order_address_id": to, "tracking_number": "1Z9", "items": items });
    for shipments in 1..=2 {
        let sent = post(&mut store, &format!("{own}/shipments"), &parcel);
        assert_eq!(
            (sent.status, sent.effects.emailed),
            (201, true),
            "mailed each time"
        );
        let all = read(&mut store, &format!("{own}/shipments"));
        assert_eq!(all.as_array().unwrap().len(), shipments);
    }
}

#[test]
fn a_new_order_says_what_it_lacks() {
    let mut store = shop();
    let before = read(&mut store, "/v2/orders/count")["count"].clone();
    let good = json!({ "billing_address": address(), "products": [line("A", 1, 1.0, 1.0)] });
    let cases: Vec<(&str, Value, &str)> = vec![
        ("billing_address", Value::Null, "billing_address"),
        ("products", json!([]), "products"),
        (
            "products",
            json!([{ "product_id": 9_999_999, "quantity": 1 }]),
            "product_id",
        ),
        ("products", json!([line("A", 0, 1.0, 1.0)]), "quantity"),
        (
            "products",
            json!([{ "name": "A", "quantity": 1 }]),
            "price_inc_tax",
        ),
        (
            "products",
            json!([{ "name": "A", "quantity": 1, "price_ex_tax": 1 }]),
            "price_inc_tax",
        ),
        ("status_id", json!(99), "status_id"),
        ("customer_id", json!(99_999), "customer_id"),
        ("payment_status", json!("paid"), "payment_status"),
        ("id", json!(5), "id"),
        ("channel_id", json!(2), "channel_id"),
        ("shipping_cost_ex_tax", json!("-1"), "shipping_cost_ex_tax"),
    ];
    for (field, value, named) in cases {
        let mut body = good.clone();
        body[field] = value;
        let refused = post(&mut store, ORDERS, &body);
        let answer = refused.body_json().unwrap();
        assert_eq!(refused.status, 400, "{field}");
        assert!(
            answer[0]["message"].as_str().unwrap().contains(named),
            "{field}: {answer}"
        );
    }
    for (field, value) in [
        ("zip", json!("1")),
        ("country", json!("Atlantis")),
        ("planet", json!("Mars")),
    ] {
        let mut body = good.clone();
        body["billing_address"][field] = value;
        assert_eq!(post(&mut store, ORDERS, &body).status, 400, "{field}");
    }
    for missing in ["billing_address", "products"] {
        let mut body = good.clone();
        body.as_object_mut().unwrap().remove(missing);
        assert_eq!(
            post(&mut store, ORDERS, &body).body_json().unwrap()[0]["message"],
            format!("The required field '{missing}' was not supplied.")
        );
    }
    assert_eq!(read(&mut store, "/v2/orders/count")["count"], before);
}

#[test]
fn a_line_without_an_id_is_added_again_and_again() {
    let mut store = shop();
    let body = json!({ "billing_address": address(), "products": [line("Tarp", 1, 20.0, 20.0)] });
    let order = created(&post(&mut store, ORDERS, &body));
    let target = format!("{ORDERS}/{}", order["id"]);
    let more = json!({ "products": [line("Pegs", 4, 1.0, 1.1)] });
    for round in 1..=3_usize {
        let order = changed(&put(&mut store, &target, &more));
        assert_eq!(lines(&mut store, &order).len(), 1 + round);
        assert_eq!(
            cents(&order["total_inc_tax"]),
            2_000 + 440 * i64::try_from(round).unwrap()
        );
    }
}

/// What the store says against a body with that line or that fee alone.
pub(crate) fn refused(store: &mut Store, target: &str, list: &str, item: &Value) -> (u16, String) {
    let answer = put(store, target, &json!({ list: [item] }));
    assert!(!answer.effects.changed, "{item}");
    let body = answer.body_json().unwrap();
    let told = if answer.status == 501 {
        &body["missing"]
    } else {
        &body[0]["message"]
    };
    let told = told.as_str().unwrap_or_default().to_owned();
    (answer.status, told)
}

#[test]
fn no_field_of_a_line_is_passed_over_in_silence() {
    /// Of a line that is read, and taken back as it was.
    const WRITABLE: &[&str] = &[
        "id",
        "name",
        "name_customer",
        "price_ex_tax",
        "price_inc_tax",
        "product_id",
        "quantity",
        "sku",
        "upc",
        "variant_id",
        "wrapping_id",
    ];
    const NOT_HERE: &[&str] = &[
        "name_merchant",
        "wrapping_cost_ex_tax",
        "wrapping_cost_inc_tax",
        "wrapping_message",
        "wrapping_name",
    ];
    let mut store = shop();
    let body = json!({ "billing_address": address(), "products": [line("Tarp", 2, 20.0, 22.0)] });
    let order = created(&post(&mut store, ORDERS, &body));
    let target = format!("{ORDERS}/{}", order["id"]);
    let own = lines(&mut store, &order)[0].clone();
    let mut all = json!({ "product_options": [] });
    for (name, value) in own.as_object().unwrap() {
        if WRITABLE.contains(&name.as_str()) {
            all[name] = value.clone();
            continue;
        }
        if name == "product_options" {
            continue;
        }
        let mut edit = json!({ "id": own["id"] });
        edit[name] = value.clone();
        let (status, told) = refused(&mut store, &target, "products", &edit);
        if NOT_HERE.contains(&name.as_str()) {
            assert_eq!(status, 501, "{name}: {told}");
        } else {
            let start = format!("The field 'products.{name}' cannot be written to.");
            assert!(status == 400 && told.starts_with(&start), "{name}: {told}");
        }
    }
    changed(&put(&mut store, &target, &json!({ "products": [all] })));
    assert_eq!(lines(&mut store, &order)[0], own);
}

#[test]
fn a_line_says_what_it_cannot_be() {
    let mut store = shop();
    let body = json!({ "billing_address": address(), "products": [line("Tarp", 2, 20.0, 22.0)] });
    let order = created(&post(&mut store, ORDERS, &body));
    let target = format!("{ORDERS}/{}", order["id"]);
    let own = lines(&mut store, &order)[0]["id"].clone();
    let variants = read(&mut store, "/v3/catalog/products/112/variants")["data"].clone();
    let variant = variants[0]["id"].clone();
    let choice = |at: usize| {
        let values = variants[at]["option_values"].as_array().unwrap().iter();
        let chosen = values.map(|each| json!({ "id": each["option_id"], "value": each["id"] }));
        Value::from(chosen.collect::<Vec<_>>())
    };
    let stranger = json!([{ "id": 987_654_321, "value": 1 }]);
    let named = json!([{ "id": 1, "value": 1, "display_name": "Colour" }]);
    let cases = [
        (
            json!({ "id": own, "planet": "Mars" }),
            400,
            "products.planet",
        ),
        (
            json!({ "name": "A", "quantity": 1, "planet": "Mars" }),
            400,
            "products.planet",
        ),
        (json!({ "id": own, "name": "" }), 400, "name"),
        (
            json!({ "id": own, "name": "A", "name_customer": "B" }),
            400,
            "name_customer",
        ),
        (
            json!({ "id": own, "name": "A", "name_merchant": "B" }),
            501,
            "for the merchant",
        ),
        (json!({ "id": own, "sku": 5 }), 400, "sku"),
        (
            json!({ "id": own, "product_id": 112 }),
            501,
            "another product",
        ),
        (
            json!({ "id": own, "variant_id": variant }),
            501,
            "another product",
        ),
        (
            json!({ "id": own, "product_options": choice(0) }),
            501,
            "another product",
        ),
        (json!({ "id": own, "wrapping_id": 1 }), 501, "wrapping"),
        (
            json!({ "product_id": 112, "quantity": 1, "variant_id": "x" }),
            400,
            "variant_id",
        ),
        (
            json!({ "product_id": 112, "quantity": 1, "variant_id": variant, "sku": "X" }),
            400,
            "products.sku",
        ),
        (
            json!({ "product_id": 112, "quantity": 1, "variant_id": variant, "product_options": choice(1) }),
            400,
            "options",
        ),
        (
            json!({ "product_id": 112, "quantity": 1, "variant_id": variant, "product_options": stranger }),
            400,
            "options",
        ),
        (
            json!({ "product_id": 112, "quantity": 1, "product_options": named }),
            501,
            "name of its own",
        ),
    ];
    for (item, status, told) in cases {
        let answer = refused(&mut store, &target, "products", &item);
        assert!(
            answer.0 == status && answer.1.contains(told),
            "{item}: {answer:?}"
        );
    }
    let engraving = json!({ "display_name": "Engraving", "type": "text", "required": false });
    let modifier = data(&post(
        &mut store,
        "/v3/catalog/products/112/modifiers",
        &engraving,
    ));
    let engraved = json!([{ "id": modifier["id"], "value": "Ada" }]);
    let item = json!({ "product_id": 112, "quantity": 1, "variant_id": variant, "product_options": engraved });
    let answer = refused(&mut store, &target, "products", &item);
    assert_eq!(answer.0, 501, "{answer:?}");

    let rope =
        json!({ "name_merchant": "Rope", "quantity": 1, "price_ex_tax": 1, "price_inc_tax": 1 });
    let chosen = json!({ "product_id": 112, "quantity": 1, "product_options": choice(1) });
    changed(&put(
        &mut store,
        &target,
        &json!({ "products": [rope, chosen] }),
    ));
    let all = lines(&mut store, &order);
    assert_eq!(all[1]["name"], "Rope");
    assert_eq!(all[2]["variant_id"], variants[1]["id"]);
}

#[test]
fn amounts_past_all_bounds_are_refused_before_anything_is_changed() {
    let mut store = shop();
    let order = json!({ "billing_address": address(), "products": [line("Tent", 2, 100_000.0, 110_000.0)] });
    let order = created(&post(&mut store, ORDERS, &order));
    let target = format!("{ORDERS}/{}", order["id"]);
    let before = lines(&mut store, &order);
    let own = before[0]["id"].clone();
    let most = 4_000_000_000_u32;
    for products in [
        json!([{ "id": own, "quantity": most }]),
        json!([{ "id": own, "price_ex_tax": 9_999_999_999_999_u64, "price_inc_tax": 9_999_999_999_999_u64 }]),
        json!([{ "id": own, "quantity": 3_000_000, "price_ex_tax": 90_000, "price_inc_tax": 90_000 }]),
        json!([line("Too many", most, 1_000.0, 1_000.0)]),
        json!([{ "product_id": 112, "quantity": most }]),
    ] {
        let answer = put(&mut store, &target, &json!({ "products": products }));
        assert_eq!(answer.status, 400, "{products}");
        assert_eq!(lines(&mut store, &order), before, "{products}");
    }
    let much = json!({ "shipping_cost_ex_tax": "9999999999999", "shipping_cost_inc_tax": "9999999999999" });
    assert_eq!(put(&mut store, &target, &much).status, 400);
    // What is large and fine adds up.
    let body = json!({ "products": [{ "id": own, "quantity": 900_000 }] });
    let large = changed(&put(&mut store, &target, &body));
    assert_eq!(cents(&large["subtotal_ex_tax"]), 900_000 * 10_000_000);
}

#[test]
fn an_edited_line_loses_its_discount_and_the_others_keep_theirs() {
    let mut store = shop();
    let (id, before) = with_coupon(&mut store);
    let order = read(&mut store, &format!("{ORDERS}/{id}"));
    let taken = |line: &Value| -> i64 {
        let all = line["applied_discounts"].as_array().unwrap();
        all.iter()
            .filter(|each| each["id"] == "coupon")
            .map(|each| cents(&each["amount"]))
            .sum()
    };
    let edit = json!({ "products": [{ "id": before[0]["id"], "quantity": before[0]["quantity"].as_u64().unwrap() + 1 }] });
    let after = changed(&put(&mut store, &format!("{ORDERS}/{id}"), &edit));
    let lines = lines(&mut store, &after);
    assert_eq!(lines[0]["applied_discounts"], json!([]));
    assert_eq!(
        lines[1]["applied_discounts"],
        before[1]["applied_discounts"]
    );
    assert_eq!(
        cents(&after["coupon_discount"]),
        cents(&order["coupon_discount"]) - taken(&before[0])
    );
    let parts: i64 = lines.iter().map(taken).sum();
    assert_eq!(cents(&after["coupon_discount"]), parts);
}

#[test]
fn a_quantity_of_nothing_takes_a_line_out_but_never_the_last() {
    let mut store = shop();
    let body = json!({ "billing_address": address(), "products": [line("A", 1, 3.0, 3.0), line("B", 2, 5.0, 5.0)] });
    let order = created(&post(&mut store, ORDERS, &body));
    let target = format!("{ORDERS}/{}", order["id"]);
    let all = lines(&mut store, &order);
    let gone = json!({ "products": [{ "id": all[0]["id"], "quantity": 0 }] });
    let order = changed(&put(&mut store, &target, &gone));
    assert_eq!(cents(&order["total_inc_tax"]), 1_000);
    assert_eq!(
        put(&mut store, &target, &gone).status,
        400,
        "it is gone already"
    );
    let last = json!({ "products": [{ "id": all[1]["id"], "quantity": 0 }] });
    assert_eq!(put(&mut store, &target, &last).status, 400);
    let half = json!({ "products": [{ "id": all[1]["id"], "price_inc_tax": 9 }] });
    assert_eq!(
        put(&mut store, &target, &half).status,
        400,
        "one price alone"
    );
    let price =
        json!({ "products": [{ "id": all[1]["id"], "price_inc_tax": 9, "price_ex_tax": "8" }] });
    assert_eq!(
        cents(&changed(&put(&mut store, &target, &price))["total_tax"]),
        200
    );
}

#[test]
fn sums_that_are_said_hold_until_something_moves_them() {
    let mut store = shop();
    let body = json!({
        "billing_address": address(), "products": [line("A", 1, 3.0, 3.0)],
        "total_ex_tax": "100", "total_inc_tax": "108.80",
    });
    let order = created(&post(&mut store, ORDERS, &body));
    assert_eq!(
        (cents(&order["total_ex_tax"]), cents(&order["total_tax"])),
        (10_000, 880)
    );
    let target = format!("{ORDERS}/{}", order["id"]);
    let noted = changed(&put(&mut store, &target, &json!({ "staff_notes": "x" })));
    assert_eq!(cents(&noted["total_inc_tax"]), 10_880);
    let shipped = changed(&put(
        &mut store,
        &target,
        &json!({ "shipping_cost_ex_tax": 4 }),
    ));
    assert_eq!(cents(&shipped["total_inc_tax"]), 700);
}

#[test]
fn an_address_moves_nothing_but_the_address() {
    let mut store = shop();
    let order = read(&mut store, "/v2/orders?limit=1&sort=id:desc")[0].clone();
    let list = format!("{ORDERS}/{}/shipping_addresses", order["id"]);
    let before = read(&mut store, &list)[0].clone();
    let target = format!("{list}/{}", before["id"]);
    let moved = json!({ "city": "Portland", "state": "Oregon", "country_iso2": "us" });
    let after = changed(&put(&mut store, &target, &moved));
    assert_eq!(
        (&after["city"], &after["country"]),
        (&json!("Portland"), &json!("United States"))
    );
    for same in ["cost_inc_tax", "cost_tax", "street_1", "items_total"] {
        assert_eq!(after[same], before[same], "{same}");
    }
    let now = read(&mut store, &format!("{ORDERS}/{}", order["id"]));
    assert_eq!(now["billing_address"], order["billing_address"]);
    assert_eq!(now["total_inc_tax"], order["total_inc_tax"]);
    assert_eq!(
        put(&mut store, &target, &json!({ "order_id": 1 })).status,
        400
    );
    assert_eq!(put(&mut store, &format!("{list}/1"), &moved).status, 404);
    let by_order = json!({ "shipping_addresses": [{ "id": before["id"], "phone": "555" }] });
    changed(&put(
        &mut store,
        &format!("{ORDERS}/{}", order["id"]),
        &by_order,
    ));
    assert_eq!(read(&mut store, &target)["phone"], "555");
    let nameless = json!({ "shipping_addresses": [{ "phone": "556" }] });
    assert_eq!(
        put(&mut store, &format!("{ORDERS}/{}", order["id"]), &nameless).status,
        400
    );
}

#[test]
fn an_archived_order_is_in_no_list_and_still_there() {
    let mut store = shop();
    // Nobody says which ones a limit would spare.
    let some = delete(&mut store, "/v2/orders?limit=1");
    assert_eq!((some.status, some.effects.changed), (501, false));
    let all = ids(&mut store, "/v2/orders?limit=250");
    let target = format!("{ORDERS}/{}", all[3]);
    assert_eq!(delete(&mut store, &target).status, 204);
    assert!(!ids(&mut store, "/v2/orders?limit=250").contains(&all[3]));
    assert_eq!(read(&mut store, &target)["is_deleted"], true);
    let again = delete(&mut store, &target);
    assert_eq!((again.status, again.effects.changed), (204, false));
    let back = changed(&put(&mut store, &target, &json!({ "is_deleted": false })));
    assert_eq!(back["is_deleted"], false);
    assert_eq!(ids(&mut store, "/v2/orders?limit=250"), all);
    // Without an id, all of them: nobody should ever send this.
    assert_eq!(delete(&mut store, ORDERS).status, 204);
    assert_eq!(get(&mut store, ORDERS).status, 204);
    assert_eq!(read(&mut store, "/v2/orders/count")["count"], 0);
}

#[test]
fn more_than_fifty_lines_come_with_a_warning_inside_and_in_pages_outside() {
    let mut store = shop();
    let products: Vec<Value> = (0..60)
        .map(|at| line(&format!("L{at}"), 1, 1.0, 1.0))
        .collect();
    let order = created(&post(
        &mut store,
        ORDERS,
        &json!({ "billing_address": address(), "products": products }),
    ));
    assert!(
        order["consignments"]["url"]
            .as_str()
            .unwrap()
            .ends_with("/consignments")
    );
    let query = "include=consignments.line_items,fees&consignment_structure=object";
    let whole = read(&mut store, &format!("{ORDERS}/{}?{query}", order["id"]));
    let shipping = &whole["consignments"]["shipping"][0];
    assert_eq!(shipping["line_items"].as_array().unwrap().len(), 50);
    assert!(
        shipping["__warning__"]["message"]
            .as_str()
            .unwrap()
            .contains("only 50 are included")
    );
    assert_eq!(whole["fees"], json!([]));
    let older = read(
        &mut store,
        &format!("{ORDERS}/{}?include=consignments", order["id"]),
    );
    assert!(older["consignments"].is_array());
    let links = &older["consignments"][0]["shipping"][0];
    assert_eq!(links["line_items"].as_array().unwrap().len(), 60);
    assert!(links.get("__warning__").is_none());
    let alone = read(
        &mut store,
        &format!("{ORDERS}/{}/consignments", order["id"]),
    );
    assert_eq!(alone["shipping"][0]["id"], links["id"]);
    assert_eq!(lines(&mut store, &order).len(), 50);
    let rest = read(
        &mut store,
        &format!("{ORDERS}/{}/products?page=2", order["id"]),
    );
    assert_eq!(rest.as_array().unwrap().len(), 10);
    assert_eq!(get(&mut store, "/v2/orders?include=products").status, 400);
}

#[test]
fn the_counts_follow_the_filters_of_the_list() {
    let mut store = shop();
    let all = read(&mut store, "/v2/orders?customer_id=12&limit=250");
    let counted = read(&mut store, "/v2/orders/count?customer_id=12");
    assert_eq!(counted["count"], all.as_array().unwrap().len());
}

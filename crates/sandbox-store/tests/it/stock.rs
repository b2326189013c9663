//! Stock: set, counted up and down, settled later; and the settings of the store.

use std::time::Duration;

use jiff::{Timestamp, ToSpan};
use sandbox_store::{Blueprint, Response, Store, step};
use serde_json::{Value, json};

use crate::support::{blueprint, data, get, noon, post, put, read, refusal, request, shop};

const ABSOLUTE: &str = "/v3/inventory/adjustments/absolute";
const RELATIVE: &str = "/v3/inventory/adjustments/relative";

fn later(seconds: i64) -> Timestamp {
    noon().checked_add(seconds.seconds()).unwrap()
}

fn product_tracking(store: &mut Store, tracking: &str) -> Value {
    let page = read(store, "/v3/catalog/products?limit=250&include=variants");
    let all = page["data"].as_array().unwrap();
    all.iter()
        .find(|each| each["inventory_tracking"] == tracking)
        .unwrap()
        .clone()
}

fn level(store: &mut Store, variant: &Value, now: Timestamp) -> u64 {
    let target = format!("/v3/inventory/items?variant_id:in={variant}");
    let answer = step(store, request("GET", &target), now);
    data(&answer)[0]["locations"][0]["total_inventory_onhand"]
        .as_u64()
        .unwrap()
}

fn set(store: &mut Store, item: &Value, quantity: i64) -> Response {
    let mut item = item.clone();
    item["location_id"] = 1.into();
    item["quantity"] = quantity.into();
    put(
        store,
        ABSOLUTE,
        &json!({ "reason": "count", "items": [item] }),
    )
}

fn count(store: &mut Store, item: &Value, by: i64) -> Response {
    let mut item = item.clone();
    item["location_id"] = 1.into();
    item["quantity"] = by.into();
    post(store, RELATIVE, &json!({ "items": [item] }))
}

#[test]
fn stock_is_answered_now_and_there_later() {
    let mut store = shop();
    let product = product_tracking(&mut store, "variant");
    let variant = product["variants"][0].clone();
    let by_id = json!({ "variant_id": variant["id"] });
    let before = level(&mut store, &variant["id"], noon());
    let done = set(&mut store, &by_id, 77);
    assert_eq!(done.status, 200);
    // Not in `data`, as everything else is.
    assert!(done.body_json().unwrap()["transaction_id"].is_string());
    assert_eq!(
        level(&mut store, &variant["id"], noon()),
        before,
        "not settled yet"
    );
    assert_eq!(level(&mut store, &variant["id"], later(2)), 77);
    let by_sku = json!({ "sku": variant["sku"].as_str().unwrap().to_lowercase() });
    assert_eq!(count(&mut store, &by_sku, -7).status, 200);
    assert_eq!(count(&mut store, &by_sku, 2).status, 200);
    assert_eq!(level(&mut store, &variant["id"], later(4)), 72);
    let target = format!(
        "/v3/catalog/products/{}/variants/{}",
        product["id"], variant["id"]
    );
    assert_eq!(read(&mut store, &target)["data"]["inventory_level"], 72);
}

#[test]
fn stock_that_is_set_with_its_product_is_there_as_late_as_the_store_is_told() {
    let mut store = Store::open(&Blueprint {
        stock_lag: Duration::from_secs(3_600),
        ..blueprint()
    });
    let product = product_tracking(&mut store, "product");
    let target = format!("/v3/catalog/products/{}", product["id"]);
    let level = |store: &mut Store, at: Timestamp| {
        let answer = step(store, request("GET", &target), at);
        data(&answer)["inventory_level"].clone()
    };
    let before = level(&mut store, noon());
    assert_ne!(before, 77);
    let body = json!({ "inventory_level": 77, "price": 21.43 });
    let done = put(&mut store, &target, &body);
    assert_eq!(done.status, 200);
    let answer = data(&done);
    assert_eq!(
        (&answer["price"], &answer["inventory_level"]),
        (&json!(21.43), &before)
    );
    // Of a batch that is refused nothing is booked later, either.
    let id = &product["id"];
    let batch = json!([
        { "id": id, "inventory_level": 78 },
        { "id": 112, "brand_id": 999_999 },
    ]);
    assert_eq!(put(&mut store, "/v3/catalog/products", &batch).status, 409);
    assert_eq!(level(&mut store, later(3_599)), before);
    assert_eq!(level(&mut store, later(3_601)), 77);
}

#[test]
fn what_settles_sooner_is_done_sooner_whether_or_not_somebody_looks_between() {
    let levels = [true, false].map(|looks| {
        let mut store = Store::open(&Blueprint {
            stock_lag: Duration::from_secs(3_600),
            ..blueprint()
        });
        let product = product_tracking(&mut store, "product");
        let target = format!("/v3/catalog/products/{}", product["id"]);
        // Asked for first and due last.
        let slow = put(&mut store, &target, &json!({ "inventory_level": 77 }));
        assert_eq!(slow.status, 200);
        let by_id = json!({ "product_id": product["id"] });
        assert_eq!(set(&mut store, &by_id, 41).status, 200);
        let variant = &product["variants"][0]["id"];
        if looks {
            assert_eq!(level(&mut store, variant, later(2)), 41);
        }
        level(&mut store, variant, later(3_601))
    });
    assert_eq!(levels, [77, 77]);
}

#[test]
fn what_settles_late_holds_up_nothing_behind_it() {
    let mut store = shop();
    let product = product_tracking(&mut store, "variant");
    let variant = |at: usize| product["variants"][at].clone();
    // Counted while the store's clock was an hour ahead, then it was set back.
    let item = json!({ "variant_id": variant(0)["id"], "location_id": 1, "quantity": 41 });
    let body = json!({ "reason": "count", "items": [item] });
    let early = request("PUT", "/v3/inventory/adjustments/absolute").with_json(&body);
    assert_eq!(step(&mut store, early, later(3_600)).status, 200);
    let by_id = json!({ "variant_id": variant(1)["id"] });
    assert_eq!(set(&mut store, &by_id, 77).status, 200);
    assert_eq!(level(&mut store, &variant(1)["id"], later(2)), 77);
    assert_ne!(level(&mut store, &variant(0)["id"], later(2)), 41);
    assert_eq!(level(&mut store, &variant(0)["id"], later(3_602)), 41);
}

#[test]
fn what_is_not_counted_so_is_refused() {
    let mut store = shop();
    let by_variant = product_tracking(&mut store, "variant");
    let by_product = product_tracking(&mut store, "product");
    let all = read(
        &mut store,
        "/v3/catalog/products?limit=1&sort=id&direction=desc",
    )["data"]
        .clone();
    let untracked = all[0].clone();
    let target = format!("/v3/catalog/products/{}", untracked["id"]);
    put(
        &mut store,
        &target,
        &json!({ "inventory_tracking": "none" }),
    );
    let variant = json!({ "variant_id": by_variant["variants"][0]["id"] });
    let reason = |response: &Response| {
        let (status, _, errors) = refusal(response);
        assert_eq!(status, 422);
        errors
            .as_object()
            .unwrap()
            .values()
            .next()
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert!(
        reason(&set(
            &mut store,
            &json!({ "product_id": untracked["id"] }),
            1
        ))
        .contains("not tracked")
    );
    assert!(reason(&count(&mut store, &variant, -1_000_000)).contains("less than nothing"));
    assert!(reason(&set(&mut store, &json!({ "sku": "no such" }), 1)).contains("not found"));
    assert_eq!(reason(&set(&mut store, &variant, -1)), "error.min");
    assert_eq!(
        set(&mut store, &json!({ "product_id": by_product["id"] }), 3).status,
        200
    );
    let elsewhere = json!({ "items": [{ "location_id": 2, "variant_id": 301, "quantity": 1 }] });
    assert_eq!(put(&mut store, ABSOLUTE, &elsewhere).status, 422);
    let many: Vec<Value> = (0..2_001)
        .map(|_| json!({ "location_id": 1, "variant_id": 301, "quantity": 1 }))
        .collect();
    assert_eq!(
        put(&mut store, ABSOLUTE, &json!({ "items": many })).status,
        413
    );
}

/// The title of a refusal that says all in it.
fn titled(response: &Response) -> String {
    let (status, title, errors) = refusal(response);
    assert_eq!((status, errors), (422, json!({})), "{title}");
    title
}

#[test]
fn stock_is_adjusted_as_it_is_counted_by_product_or_by_variant() {
    let mut store = shop();
    let product = product_tracking(&mut store, "variant");
    let (id, variant) = (product["id"].clone(), product["variants"][0].clone());
    let by_product = json!({ "product_id": id });
    let by_id = json!({ "variant_id": variant["id"] });
    let by_sku = json!({ "sku": variant["sku"] });
    assert_eq!(
        titled(&set(&mut store, &by_product, 1)),
        format!(
            "[Item with product_id {id} is tracked by variant, please update stock by variant id]"
        )
    );
    let target = format!("/v3/catalog/products/{id}");
    let whole = json!({ "inventory_tracking": "product", "inventory_level": 9 });
    assert_eq!(put(&mut store, &target, &whole).status, 200);
    let refused = format!(
        "[Item with variant_id {} is tracked by product, please update stock by product id]",
        variant["id"]
    );
    assert_eq!(titled(&set(&mut store, &by_id, 1)), refused);
    assert_eq!(titled(&count(&mut store, &by_id, 1)), refused);
    let sku = variant["sku"].as_str().unwrap();
    assert_eq!(
        titled(&set(&mut store, &by_sku, 1)),
        format!("[Item with sku {sku} is tracked by product, please update stock by product id]")
    );
    assert_eq!(set(&mut store, &by_product, 4).status, 200);
    let after = step(&mut store, request("GET", &target), later(2));
    assert_eq!(data(&after)["inventory_level"], 4, "nothing else was taken");
}

#[test]
fn the_first_adjustment_of_a_new_product_is_an_absolute_one() {
    let mut store = shop();
    let body = json!({ "name": "Stove", "type": "physical", "weight": 1, "price": 9, "inventory_tracking": "product" });
    let product = data(&post(&mut store, "/v3/catalog/products", &body));
    let item = json!({ "product_id": product["id"] });
    let refused = count(&mut store, &item, 5);
    assert_eq!(
        titled(&refused),
        format!(
            "Items with identity: [product_id {}] requires absolute adjustment before relative",
            product["id"]
        )
    );
    assert_eq!(set(&mut store, &item, 5).status, 200);
    let after = step(
        &mut store,
        request("GET", &format!("/v3/catalog/products/{}", product["id"])),
        later(2),
    );
    assert_eq!(data(&after)["inventory_level"], 5);
    assert_eq!(count(&mut store, &item, 2).status, 200);
}

#[test]
fn stock_is_listed_by_item_and_by_place_a_thousand_at_a_time() {
    let mut store = shop();
    let all = read(&mut store, "/v3/inventory/items?limit=1000");
    let variants = read(&mut store, "/v3/catalog/variants?limit=1");
    assert_eq!(
        all["meta"]["pagination"]["total"],
        variants["meta"]["pagination"]["total"]
    );
    assert_eq!(
        get(&mut store, "/v3/inventory/items?limit=1001").status,
        422
    );
    let here = read(&mut store, "/v3/inventory/locations/1/items?limit=2");
    assert_eq!(here["data"][0]["identity"], all["data"][0]["identity"]);
    assert_eq!(
        get(&mut store, "/v3/inventory/locations/2/items").status,
        404
    );
    assert_eq!(
        read(&mut store, "/v3/inventory/items?location_id:in=2")["data"],
        json!([])
    );
    let setting = json!({ "settings": [{ "identity": { "variant_id": 301 }, "safety_stock": 2, "warning_level": 9, "bin_picking_number": "A1" }] });
    assert_eq!(
        put(&mut store, "/v3/inventory/locations/1/items", &setting).status,
        200
    );
    let item = read(
        &mut store,
        "/v3/inventory/locations/1/items?variant_id:in=301",
    )["data"][0]
        .clone();
    assert_eq!(
        (
            &item["settings"]["safety_stock"],
            &item["settings"]["warning_level"],
            &item["settings"]["bin_picking_number"]
        ),
        (&json!(2), &json!(9), &json!("A1"))
    );
    let left = item["total_inventory_onhand"]
        .as_u64()
        .unwrap()
        .saturating_sub(2);
    assert_eq!(item["available_to_sell"], left);
}

#[test]
fn the_store_knows_its_money_its_taxes_and_the_world() {
    let mut store = shop();
    let currencies = read(&mut store, "/v2/currencies");
    assert_eq!(currencies[0]["currency_code"], "USD");
    assert_eq!(read(&mut store, "/v2/currencies/3")["decimal_places"], 0);
    let euro = json!({
        "currency_code": "EUR", "currency_exchange_rate": "0.92", "token_location": "right", "token": "€",
        "decimal_token": ",", "thousands_token": ".", "decimal_places": 2, "name": "Euro",
    });
    let made = post(&mut store, "/v2/currencies", &euro);
    assert_eq!(made.status, 200);
    assert_eq!(post(&mut store, "/v2/currencies", &euro).status, 409);
    for (field, value) in [
        ("currency_code", json!("GBP")),
        ("is_default", json!(false)),
    ] {
        let refused = put(&mut store, "/v2/currencies/1", &json!({ field: value }));
        assert_eq!(refused.status, 400, "{field}");
    }
    let other = put(
        &mut store,
        "/v2/currencies/2",
        &json!({ "is_default": true }),
    );
    assert_eq!(other.status, 200);
    assert_eq!(read(&mut store, "/v2/currencies/1")["is_default"], false);
    let classes = read(&mut store, "/v2/tax_classes");
    assert_eq!(classes[2]["id"], "2");
    assert!(
        classes[2]["created_at"]
            .as_str()
            .unwrap()
            .ends_with("+00:00")
    );
    let here = read(&mut store, "/v2/countries?country_iso2=US");
    let states = format!("/v2/countries/{}/states", here[0]["id"]);
    assert_eq!(
        read(&mut store, &format!("{states}?limit=250"))
            .as_array()
            .unwrap()
            .len(),
        51
    );
    assert_eq!(
        read(&mut store, &format!("{states}?state_abbreviation=wa"))[0]["state"],
        "Washington"
    );
    let none = read(&mut store, "/v2/countries?country_iso2=FR");
    assert_eq!(
        get(
            &mut store,
            &format!("/v2/countries/{}/states", none[0]["id"])
        )
        .status,
        204
    );
    assert_eq!(read(&mut store, "/v2/countries/count")["count"], 249);
}

#[test]
fn language_and_units_can_be_set() {
    let mut store = shop();
    let units = "/v3/settings/store/units-of-measurement";
    let metric = json!({ "weight_measurement": "KGS", "length_measurement": "Centimeters" });
    assert_eq!(
        data(&put(&mut store, units, &metric))["weight_measurement"],
        "KGS"
    );
    let now = read(&mut store, units)["data"].clone();
    assert_eq!(
        (&now["length_measurement"], &now["decimal_places"]),
        (&json!("Centimeters"), &json!(2))
    );
    let stones = put(
        &mut store,
        units,
        &json!({ "weight_measurement": "Stones" }),
    );
    assert_eq!(
        refusal(&stones).2,
        json!({ "weight_measurement": "error.expected.validenumvalue" })
    );
    let locale = "/v3/settings/store/locale";
    assert_eq!(put(&mut store, locale, &json!({})).status, 422);
    put(
        &mut store,
        locale,
        &json!({ "default_shopper_language": "fr" }),
    );
    assert_eq!(
        read(&mut store, locale)["data"]["default_shopper_language"],
        "fr"
    );
}

//! Options, values and variants: made, inherited from, taken away.

use sandbox_store::Store;
use serde_json::{Value, json};

use crate::support::{data, delete, get, post, put, read, refusal, shop};

const PRODUCTS: &str = "/v3/catalog/products";

/// A new simple product at 40 dollars.
fn plain(store: &mut Store, name: &str) -> u64 {
    let body = json!({ "name": name, "type": "physical", "weight": 1, "price": 40, "sku": format!("{name}-0") });
    data(&post(store, PRODUCTS, &body))["id"].as_u64().unwrap()
}

fn option(store: &mut Store, product: u64, name: &str, labels: &[&str]) -> Value {
    let values: Vec<Value> = labels
        .iter()
        .zip(0..)
        .map(|(label, place)| json!({ "label": label, "sort_order": place }))
        .collect();
    let body = json!({ "display_name": name, "type": "dropdown", "option_values": values });
    data(&post(
        store,
        &format!("{PRODUCTS}/{product}/options"),
        &body,
    ))
}

fn choice(option: &Value, at: usize) -> Value {
    json!({ "option_id": option["id"], "id": option["option_values"][at]["id"] })
}

fn variant(store: &mut Store, product: u64, sku: &str, choices: &[Value]) -> Value {
    let body = json!({ "sku": sku, "option_values": choices });
    data(&post(
        store,
        &format!("{PRODUCTS}/{product}/variants"),
        &body,
    ))
}

fn variants(store: &mut Store, product: u64) -> Vec<Value> {
    let target = format!("{PRODUCTS}/{product}/variants");
    read(store, &target)["data"].as_array().unwrap().clone()
}

#[test]
fn the_base_variant_gives_way_to_real_ones_and_comes_back() {
    let mut store = shop();
    let product = plain(&mut store, "Lantern");
    let base = variants(&mut store, product)[0].clone();
    assert_eq!(base["option_values"], json!([]));
    let target = format!("{PRODUCTS}/{product}");
    assert_eq!(
        read(&mut store, &target)["data"]["base_variant_id"],
        base["id"]
    );
    let color = option(&mut store, product, "Color", &["Red", "Blue"]);
    // Options alone change nothing.
    assert_eq!(variants(&mut store, product), std::slice::from_ref(&base));
    let red = variant(&mut store, product, "LAN-RED", &[choice(&color, 0)]);
    assert_eq!(red["option_values"][0]["label"], "Red");
    assert_eq!(variants(&mut store, product), std::slice::from_ref(&red));
    assert_eq!(
        read(&mut store, &target)["data"]["base_variant_id"],
        Value::Null
    );
    let gone = delete(&mut store, &format!("{target}/variants/{}", red["id"]));
    assert_eq!(gone.status, 204);
    let back = variants(&mut store, product);
    assert_eq!((back.len(), &back[0]["option_values"]), (1, &json!([])));
    let refused = delete(&mut store, &format!("{target}/variants/{}", back[0]["id"]));
    assert_eq!(refused.status, 422);
}

#[test]
fn a_variant_inherits_the_price_until_it_has_one_and_zero_is_none() {
    let mut store = shop();
    let product = plain(&mut store, "Kettle");
    let size = option(&mut store, product, "Size", &["S", "L"]);
    let small = variant(&mut store, product, "KET-S", &[choice(&size, 0)]);
    let large = variant(&mut store, product, "KET-L", &[choice(&size, 1)]);
    let target = |each: &Value| format!("{PRODUCTS}/{product}/variants/{}", each["id"]);
    assert_eq!(
        (&small["price"], &small["calculated_price"]),
        (&Value::Null, &json!(40))
    );
    let put_large = put(&mut store, &target(&large), &json!({ "price": 55.5 }));
    assert_eq!(data(&put_large)["calculated_price"], json!(55.5));
    put(
        &mut store,
        &format!("{PRODUCTS}/{product}"),
        &json!({ "price": 42 }),
    );
    let prices: Vec<Value> = variants(&mut store, product)
        .iter()
        .map(|each| each["calculated_price"].clone())
        .collect();
    assert_eq!(prices, [json!(42), json!(55.5)]);
    let zero = data(&put(&mut store, &target(&large), &json!({ "price": 0 })));
    assert_eq!(
        (&zero["price"], &zero["calculated_price"]),
        (&json!(0), &json!(42))
    );
    let none = data(&put(
        &mut store,
        &target(&large),
        &json!({ "price": null, "sale_price": 30 }),
    ));
    assert_eq!(
        (&none["price"], &none["calculated_price"]),
        (&Value::Null, &json!(30))
    );
}

#[test]
fn what_is_written_to_the_base_variant_is_the_products() {
    let mut store = shop();
    let product = plain(&mut store, "Mug");
    let base = variants(&mut store, product)[0]["id"].clone();
    let body = json!({ "price": 12.5, "sku": "MUG-1", "upc": "123", "mpn": "M-1" });
    let changed = data(&put(
        &mut store,
        &format!("{PRODUCTS}/{product}/variants/{base}"),
        &body,
    ));
    assert_eq!(changed["price"], json!(12.5));
    let whole = read(&mut store, &format!("{PRODUCTS}/{product}"))["data"].clone();
    assert_eq!(
        (&whole["price"], &whole["sku"], &whole["upc"], &whole["mpn"]),
        (&json!(12.5), &json!("MUG-1"), &json!("123"), &json!("M-1"))
    );
}

#[test]
fn the_same_choice_twice_a_taken_sku_and_half_a_choice_are_refused() {
    let mut store = shop();
    let product = plain(&mut store, "Rope");
    let color = option(&mut store, product, "Color", &["Red", "Blue"]);
    let length = option(&mut store, product, "Length", &["30 m", "60 m"]);
    let both = [choice(&color, 0), choice(&length, 0)];
    variant(&mut store, product, "ROPE-R30", &both);
    let target = format!("{PRODUCTS}/{product}/variants");
    let again = post(&mut store, &target, &json!({ "option_values": both }));
    assert_eq!(again.status, 409);
    let other = [choice(&color, 1), choice(&length, 0)];
    let taken = post(
        &mut store,
        &target,
        &json!({ "sku": "rope-r30", "option_values": other }),
    );
    assert_eq!(refusal(&taken).1, "The product sku is a duplicate");
    let half = post(
        &mut store,
        &target,
        &json!({ "option_values": [choice(&color, 1)] }),
    );
    assert_eq!(half.status, 422);
    let none = post(&mut store, &target, &json!({ "sku": "X" }));
    assert_eq!(
        refusal(&none).2,
        json!({ "option_values": "error.path.missing" })
    );
    assert_eq!(variants(&mut store, product).len(), 1);
    let twin = post(
        &mut store,
        &format!("{PRODUCTS}/{product}/options"),
        &json!({ "display_name": "color", "type": "swatch" }),
    );
    assert_eq!(twin.status, 409);
}

#[test]
fn variants_go_with_the_value_or_the_option_they_were_made_of() {
    let mut store = shop();
    let product = plain(&mut store, "Sock");
    let size = option(&mut store, product, "Size", &["S", "M", "L"]);
    for (at, sku) in ["SOCK-S", "SOCK-M", "SOCK-L"].iter().enumerate() {
        variant(&mut store, product, sku, &[choice(&size, at)]);
    }
    let options = format!("{PRODUCTS}/{product}/options/{}", size["id"]);
    let label = put(
        &mut store,
        &format!("{options}/values/{}", size["option_values"][0]["id"]),
        &json!({ "label": "Small" }),
    );
    assert_eq!(data(&label)["label"], "Small");
    assert_eq!(
        variants(&mut store, product)[0]["option_values"][0]["label"],
        "Small"
    );
    let gone = delete(
        &mut store,
        &format!("{options}/values/{}", size["option_values"][1]["id"]),
    );
    assert_eq!(gone.status, 204);
    let left: Vec<Value> = variants(&mut store, product)
        .iter()
        .map(|each| each["sku"].clone())
        .collect();
    assert_eq!(left, ["SOCK-S", "SOCK-L"]);
    // A SKU that went is free again.
    let other = plain(&mut store, "Other");
    let free = put(
        &mut store,
        &format!("{PRODUCTS}/{other}"),
        &json!({ "sku": "SOCK-M" }),
    );
    assert_eq!(free.status, 200);
    assert_eq!(delete(&mut store, &options).status, 204);
    let base = variants(&mut store, product);
    assert_eq!((base.len(), &base[0]["option_values"]), (1, &json!([])));
}

#[test]
fn fifty_variants_of_several_products_change_at_once_or_none() {
    let mut store = shop();
    let all = read(&mut store, "/v3/catalog/variants?limit=60")["data"].clone();
    let all = all.as_array().unwrap();
    let body = |count: usize| -> Value {
        all[..count]
            .iter()
            .map(|each| json!({ "id": each["id"], "bin_picking_number": "B-7" }))
            .collect()
    };
    let changed = data(&put(&mut store, "/v3/catalog/variants", &body(50)));
    assert!(
        changed
            .as_array()
            .unwrap()
            .iter()
            .all(|each| each["bin_picking_number"] == "B-7")
    );
    let products: std::collections::BTreeSet<String> = changed
        .as_array()
        .unwrap()
        .iter()
        .map(|each| each["product_id"].to_string())
        .collect();
    assert!(products.len() > 1);
    assert_eq!(
        put(&mut store, "/v3/catalog/variants", &body(51)).status,
        413
    );
    let mut wrong = body(2);
    wrong[1]["id"] = json!(99_999_999);
    wrong[0]["bin_picking_number"] = json!("B-8");
    let refused = put(&mut store, "/v3/catalog/variants", &wrong);
    assert_eq!(refused.status, 422);
    let errors = refused.body_json().unwrap()["batch_errors"].clone();
    assert_eq!(
        errors[0]["errors"],
        json!({ "1.id": "The variant was not found" })
    );
    let first = format!("/v3/catalog/variants?id={}", all[0]["id"]);
    assert_eq!(
        read(&mut store, &first)["data"][0]["bin_picking_number"],
        "B-7"
    );
}

#[test]
fn a_product_is_made_with_its_variants_in_one_go() {
    let mut store = shop();
    let variant = |color: &str, size: &str, sku: &str| {
        json!({ "sku": sku, "option_values": [
            { "option_display_name": "Color", "label": color },
            { "option_display_name": "Size", "label": size },
        ]})
    };
    let body = json!({
        "name": "Windbreaker", "type": "physical", "weight": 1, "price": 90,
        "variants": [variant("Red", "S", "WB-RS"), variant("Red", "L", "WB-RL"), variant("Blue", "L", "WB-BL")],
    });
    let made = data(&post(&mut store, PRODUCTS, &body));
    assert_eq!(made["variants"].as_array().unwrap().len(), 3);
    assert_eq!(made["options"].as_array().unwrap().len(), 2);
    assert_eq!(
        made["options"][1]["option_values"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert_eq!(made["base_variant_id"], Value::Null);
    let found = read(&mut store, "/v3/catalog/variants?sku=wb-bl")["data"].clone();
    assert_eq!(found[0]["product_id"], made["id"]);
    let mut clash = body.clone();
    clash["name"] = "Another".into();
    clash["variants"][0]["sku"] = "NEW-1".into();
    assert_eq!(post(&mut store, PRODUCTS, &clash).status, 409);
    let by_name = format!("{PRODUCTS}?name=Another");
    assert_eq!(read(&mut store, &by_name)["data"], json!([]));
}

#[test]
fn a_page_with_options_has_ten_products() {
    let mut store = shop();
    for include in ["options", "modifiers"] {
        let page = read(
            &mut store,
            &format!("{PRODUCTS}?limit=50&include={include}"),
        );
        assert_eq!(page["data"].as_array().unwrap().len(), 10, "{include}");
    }
    assert_eq!(
        get(&mut store, &format!("{PRODUCTS}?include=option")).status,
        422
    );
}

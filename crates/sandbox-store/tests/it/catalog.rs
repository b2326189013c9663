//! Products and customers, to read.

use std::collections::BTreeSet;

use sandbox_store::{Request, Store, operations, step};
use serde_json::{Value, json};

use crate::support::{data, get, ids, ids_in, noon, post, read, refusal, shop};

fn names(body: &Value) -> Vec<String> {
    let all = body["data"].as_array().unwrap();
    all.iter()
        .map(|product| product["name"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn unknown_filters_are_refused_by_name() {
    let mut store = shop();
    let response = get(&mut store, "/v3/catalog/products?foo=1&limit=5");
    assert_eq!(response.status, 422);
    let body = response.body_json().unwrap();
    assert_eq!(
        body["title"],
        "The filter(s): foo are not valid filter parameter(s)."
    );
    assert_eq!(body["errors"], serde_json::json!({}));
    let several = get(&mut store, "/v3/catalog/products?foo=1&limit=5&bar=2");
    assert_eq!(
        several.body_json().unwrap()["title"],
        "The filter(s): foo, bar are not valid filter parameter(s)."
    );
    assert_eq!(get(&mut store, "/v3/catalog/products?&limit=5").status, 422);
    assert_eq!(get(&mut store, "/v3/customers?email=x").status, 422);
}

/// All that can be read in v3, with things of the sample shop in the path. What belongs to them need not
/// be there: it is looked for later than at the filters.
fn readable(store: &mut Store) -> Vec<String> {
    let product = "/v3/catalog/products/111";
    let engraving = json!({ "display_name": "Engraving", "type": "text", "required": false });
    let modifier = data(&post(store, &format!("{product}/modifiers"), &engraving));
    let mut first = |list: &str| read(store, list)["data"][0]["id"].to_string();
    let mut owners = vec![
        ("products", "111".to_owned()),
        ("modifiers", modifier["id"].to_string()),
        ("variants", first(&format!("{product}/variants"))),
        ("brands", first("/v3/catalog/brands")),
        ("categories", first("/v3/catalog/categories")),
        ("customers", first("/v3/customers")),
    ];
    owners.push(("orders", ids(store, "/v2/orders?limit=1")[0].to_string()));
    let reads = operations().filter(|(method, path)| *method == "GET" && path.starts_with("v3/"));
    reads
        .map(|(_, pattern)| {
            let (mut path, mut list) = (String::new(), "");
            for piece in pattern.split('/') {
                let owner = owners.iter().find(|(name, _)| *name == list);
                let id = owner.map_or("1", |(_, id)| id.as_str());
                path.push('/');
                path.push_str(if piece == "*" { id } else { piece });
                list = piece;
            }
            path
        })
        .collect()
}

#[test]
fn whatever_can_be_read_refuses_a_filter_it_does_not_have() {
    let mut store = shop();
    let all = readable(&mut store);
    assert!(all.len() > 60, "{all:?}");
    for path in all {
        for (query, name) in [("planet=mars", "planet"), ("&", "")] {
            let answer = get(&mut store, &format!("{path}?{query}"));
            assert_eq!(answer.status, 422, "{path}?{query}");
            let title = format!("The filter(s): {name} are not valid filter parameter(s).");
            assert_eq!(refusal(&answer), (422, title, json!({})), "{path}?{query}");
        }
    }
}

#[test]
fn pages_are_counted_and_linked() {
    let mut store = shop();
    let page = read(&mut store, "/v3/catalog/products?limit=15&page=2");
    let meta = &page["meta"]["pagination"];
    assert_eq!(
        (&meta["total"], &meta["count"], &meta["total_pages"]),
        (&40.into(), &15.into(), &3.into())
    );
    assert_eq!(meta["links"]["next"], "?page=3&limit=15");
    let past = read(&mut store, "/v3/catalog/products?limit=15&page=9");
    assert_eq!(past["data"], serde_json::json!([]));
    assert_eq!(
        get(&mut store, "/v3/catalog/products?limit=251").status,
        422
    );
    let customers = read(&mut store, "/v3/customers?limit=5");
    assert!(customers["meta"]["pagination"].get("links").is_none());
}

#[test]
fn products_are_found_by_words_and_put_in_order() {
    let mut store = shop();
    let jackets = names(&read(&mut store, "/v3/catalog/products?keyword=jacket"));
    assert!(jackets.contains(&"Fjell 3L Shell Jacket".to_owned()));
    assert!(jackets.len() < 40);
    assert_eq!(
        names(&read(&mut store, "/v3/catalog/products?name=tarn%20bottle")),
        ["Tarn Bottle"]
    );
    let sorted = read(
        &mut store,
        "/v3/catalog/products?sort=price&direction=desc&limit=250",
    );
    let prices: Vec<f64> = sorted["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|product| product["price"].as_f64().unwrap())
        .collect();
    assert!(prices.is_sorted_by(|a, b| a >= b));
    assert_eq!(
        get(&mut store, "/v3/catalog/products?is_visible=yes").status,
        422
    );
}

#[test]
fn sentinels_and_nulls_are_as_nasty_as_on_the_wire() {
    let mut store = shop();
    let all = read(
        &mut store,
        "/v3/catalog/products?limit=250&include=variants",
    );
    for product in all["data"].as_array().unwrap() {
        assert_eq!(product["related_products"], serde_json::json!([-1]));
        assert_eq!(product["preorder_message"], "0");
        assert!(product["date_last_imported"].is_null());
        assert!(
            product["date_created"]
                .as_str()
                .unwrap()
                .ends_with("+00:00")
        );
        let variants = product["variants"].as_array().unwrap();
        let has_options = !variants[0]["option_values"].as_array().unwrap().is_empty();
        assert_eq!(product["base_variant_id"].is_null(), has_options);
    }
    let customers = read(&mut store, "/v3/customers?limit=250");
    assert!(customers["data"][0]["channel_ids"].is_null());
    assert!(
        customers["data"][0]["date_created"]
            .as_str()
            .unwrap()
            .ends_with('Z')
    );
}

#[test]
fn no_two_things_on_the_shelf_share_a_sku() {
    let mut store = shop();
    let all = read(
        &mut store,
        "/v3/catalog/products?limit=250&include=variants",
    );
    let mut skus = BTreeSet::new();
    for product in all["data"].as_array().unwrap() {
        for variant in product["variants"].as_array().unwrap() {
            let sku = variant["sku"].as_str().unwrap().to_lowercase();
            assert!(skus.insert(sku.clone()), "{sku} twice");
        }
    }
}

#[test]
fn options_inline_make_pages_of_ten() {
    let mut store = shop();
    let all = read(&mut store, "/v3/catalog/products?limit=50")["data"].clone();
    let all = ids_in(all.as_array().unwrap());
    assert_eq!(all.len(), 40);
    for what in ["options", "modifiers", "variants,modifiers"] {
        for (number, expected) in (1..).zip(all.chunks(10)) {
            let target = format!("/v3/catalog/products?include={what}&limit=50&page={number}");
            let page = read(&mut store, &target);
            let found = ids_in(page["data"].as_array().unwrap());
            assert_eq!(found, expected, "{target}");
            let meta = &page["meta"]["pagination"];
            let told = ["per_page", "count", "total", "total_pages", "current_page"]
                .map(|name| &meta[name]);
            assert_eq!(json!(told), json!([10, 10, 40, 4, number]), "{target}");
        }
    }
}

#[test]
fn the_picture_of_a_product_is_where_its_address_says() {
    let mut store = shop();
    let product = read(&mut store, "/v3/catalog/products/111?include=images");
    let address = product["data"]["images"][0]["url_tiny"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = address.strip_prefix("http://shop.test").unwrap();
    let response = step(&mut store, Request::new("GET", path), noon());
    assert_eq!(response.header("Content-Type"), Some("image/png"));
    assert_eq!(response.body[..8], *b"\x89PNG\r\n\x1a\n");
    for wrong in [
        "/product_images/1/tent-spr.9999.9999.png",
        "/product_images/../x",
        "/product_images/",
    ] {
        assert_eq!(
            step(&mut store, Request::new("GET", wrong), noon()).status,
            404,
            "{wrong}"
        );
    }
}

#[test]
fn customers_are_found_by_id_and_mail() {
    let mut store = shop();
    let all = read(&mut store, "/v3/customers?limit=250");
    let customer = &all["data"][3];
    let id = read(
        &mut store,
        &format!("/v3/customers?id:in={}", customer["id"]),
    );
    let mail = read(
        &mut store,
        &format!(
            "/v3/customers?email:in={}",
            customer["email"].as_str().unwrap()
        ),
    );
    assert_eq!(id["data"], serde_json::json!([customer]));
    assert_eq!(id["data"], mail["data"]);
}

#[test]
fn no_sample_person_can_be_reached() {
    let mut store = shop();
    let all = read(&mut store, "/v3/customers?limit=250");
    for customer in all["data"].as_array().unwrap() {
        assert!(
            customer["email"]
                .as_str()
                .unwrap()
                .ends_with("@example.com")
        );
        let phone: String = customer["phone"].as_str().unwrap().replace(' ', "");
        assert!(phone.is_empty() || phone.contains("55501"), "{phone}");
    }
}

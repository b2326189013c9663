//! The filters of the product list, held against a plain look through all of it.

use std::collections::BTreeMap;

use proptest::prelude::*;
use sandbox_store::Store;
use serde_json::{Value, json};

use crate::support::{all_of, get, ids_in, post, put, read, shop};

/// A shop in which every filter has something to find.
fn varied() -> Store {
    let mut store = shop();
    let brand = json!({ "name": "Vindfang" });
    assert_eq!(post(&mut store, "/v3/catalog/brands", &brand).status, 200);
    let used = json!({
        "name": "Worn Tarn Bottle", "type": "physical", "weight": 1.2345, "price": 19.9575,
        "mpn": "MPN-7", "upc": "850000000000", "condition": "Used", "availability": "preorder",
        "brand_name": "vindfang", "categories": [21, 24], "is_visible": false,
        "inventory_tracking": "product", "inventory_level": 3, "inventory_warning_level": 3,
        "description": "<p>Søn of a bottle</p>", "is_free_shipping": true,
    });
    let book = json!({
        "name": "Trail Guide", "type": "digital", "weight": 0, "price": "12.00",
        "condition": "Refurbished", "availability": "disabled", "sku": "GUIDE-1",
        "inventory_tracking": "product", "inventory_level": 0, "categories": [24],
    });
    for body in [used, book] {
        let response = post(&mut store, "/v3/catalog/products", &body);
        assert_eq!(
            response.status,
            200,
            "{}",
            String::from_utf8_lossy(&response.body)
        );
    }
    let low = json!({ "inventory_tracking": "product", "inventory_level": 2 });
    assert_eq!(
        put(&mut store, "/v3/catalog/products/120", &low).status,
        200
    );
    store
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn lower(value: &Value) -> String {
    value.as_str().unwrap().to_lowercase()
}

type Fits = Box<dyn Fn(&Value) -> bool>;

#[test]
fn every_filter_finds_what_a_plain_scan_finds() {
    let mut store = varied();
    let all = all_of(
        &mut store,
        "/v3/catalog/products?limit=250&include=variants,channels",
    );
    // What was made through the API is sold nowhere yet.
    assert!(all.iter().any(|product| product["channels"] == json!([])));
    let brands: BTreeMap<u64, String> = all_of(&mut store, "/v3/catalog/brands")
        .iter()
        .map(|brand| (brand["id"].as_u64().unwrap(), lower(&brand["name"])))
        .collect();
    let level = |product: &Value| product["inventory_level"].as_u64().unwrap();
    let tracked = |product: &Value| product["inventory_tracking"] != "none";
    let modified = |product: &Value| product["date_modified"].as_str().unwrap().to_owned();
    let middle = {
        let mut dates: Vec<String> = all.iter().map(modified).collect();
        dates.sort();
        dates[dates.len() / 2].clone()
    };
    let escaped = middle.replace('+', "%2B");
    let at = middle.clone();
    let (from, until) = (middle.clone(), middle);
    let words = move |product: &Value, word: &str| {
        let brand = product["brand_id"].as_u64().unwrap();
        ["name", "sku", "description"]
            .iter()
            .any(|field| lower(&product[*field]).contains(word))
            || brands.get(&brand).is_some_and(|name| name.contains(word))
    };
    let shown = words.clone();
    let by_brand = words.clone();
    let cases: Vec<(String, Fits)> = vec![
        ("id=115".into(), Box::new(|p| p["id"] == 115)),
        (
            "id:in=115,117,9".into(),
            Box::new(|p| p["id"] == 115 || p["id"] == 117),
        ),
        (
            "id:not_in=115,117".into(),
            Box::new(|p| p["id"] != 115 && p["id"] != 117),
        ),
        ("id:min=140".into(), Box::new(|p| number(&p["id"]) >= 140.0)),
        ("id:max=140".into(), Box::new(|p| number(&p["id"]) <= 140.0)),
        (
            "id:greater=140".into(),
            Box::new(|p| number(&p["id"]) > 140.0),
        ),
        ("id:less=140".into(), Box::new(|p| number(&p["id"]) < 140.0)),
        (
            "name=tarn%20bottle".into(),
            Box::new(|p| p["name"] == "Tarn Bottle"),
        ),
        (
            "name:like=tarn".into(),
            Box::new(|p| lower(&p["name"]).contains("tarn")),
        ),
        (
            "name:like=%25bottle%25".into(),
            Box::new(|p| lower(&p["name"]).contains("bottle")),
        ),
        ("sku=guide-1".into(), Box::new(|p| p["sku"] == "GUIDE-1")),
        (
            "sku:in=GUIDE-1,nf-fjl".into(),
            Box::new(|p| p["sku"] == "GUIDE-1" || p["sku"] == "NF-FJL"),
        ),
        (
            "upc=850000000000".into(),
            Box::new(|p| p["upc"] == "850000000000"),
        ),
        ("mpn=MPN-7".into(), Box::new(|p| p["mpn"] == "MPN-7")),
        ("price=12".into(), Box::new(|p| number(&p["price"]) == 12.0)),
        (
            "price:min=59".into(),
            Box::new(|p| number(&p["price"]) >= 59.0),
        ),
        (
            "price:max=59".into(),
            Box::new(|p| number(&p["price"]) <= 59.0),
        ),
        (
            "price:greater=59".into(),
            Box::new(|p| number(&p["price"]) > 59.0),
        ),
        (
            "price:less=19.9576".into(),
            Box::new(|p| number(&p["price"]) < 19.9576),
        ),
        (
            "weight=1.2345".into(),
            Box::new(|p| number(&p["weight"]) == 1.2345),
        ),
        ("brand_id=35".into(), Box::new(|p| p["brand_id"] == 35)),
        (
            "categories:in=24,25".into(),
            Box::new(|p| {
                p["categories"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .any(|id| *id == 24 || *id == 25)
            }),
        ),
        (
            "categories=24".into(),
            Box::new(|p| p["categories"] == json!([24])),
        ),
        ("keyword=TARN".into(), Box::new(move |p| words(p, "tarn"))),
        (
            "keyword=vindfang".into(),
            Box::new(move |p| by_brand(p, "vindfang")),
        ),
        (
            "keyword=bottle&keyword_context=shopper".into(),
            Box::new(move |p| shown(p, "bottle") && p["is_visible"] == true),
        ),
        (
            "is_visible=false".into(),
            Box::new(|p| p["is_visible"] == false),
        ),
        (
            "is_featured=1".into(),
            Box::new(|p| p["is_featured"] == true),
        ),
        (
            "is_free_shipping=1".into(),
            Box::new(|p| p["is_free_shipping"] == true),
        ),
        (
            "is_free_shipping=0".into(),
            Box::new(|p| p["is_free_shipping"] == false),
        ),
        (
            "availability=preorder".into(),
            Box::new(|p| p["availability"] == "preorder"),
        ),
        (
            "condition=used".into(),
            Box::new(|p| p["condition"] == "Used"),
        ),
        ("type=digital".into(), Box::new(|p| p["type"] == "digital")),
        ("inventory_level=0".into(), Box::new(move |p| level(p) == 0)),
        (
            "inventory_level:in=2,3".into(),
            Box::new(move |p| (2..=3).contains(&level(p))),
        ),
        (
            "inventory_level:not_in=0".into(),
            Box::new(move |p| level(p) != 0),
        ),
        (
            "inventory_level:min=40".into(),
            Box::new(move |p| level(p) >= 40),
        ),
        (
            "inventory_level:max=3".into(),
            Box::new(move |p| level(p) <= 3),
        ),
        (
            "inventory_level:greater=40".into(),
            Box::new(move |p| level(p) > 40),
        ),
        (
            "inventory_level:less=3".into(),
            Box::new(move |p| level(p) < 3),
        ),
        (
            "inventory_low=1".into(),
            Box::new(move |p| match p["inventory_tracking"].as_str() {
                Some("product") => level(p) <= p["inventory_warning_level"].as_u64().unwrap(),
                Some("variant") => p["variants"].as_array().unwrap().iter().any(|variant| {
                    number(&variant["inventory_level"])
                        <= number(&variant["inventory_warning_level"])
                }),
                _untracked => false,
            }),
        ),
        (
            "out_of_stock=1".into(),
            Box::new(move |p| tracked(p) && level(p) == 0),
        ),
        (
            format!("date_modified={escaped}"),
            Box::new(move |p| modified(p) == at),
        ),
        (
            format!("date_modified:min={escaped}"),
            Box::new(move |p| modified(p) >= from),
        ),
        (
            format!("date_modified:max={escaped}"),
            Box::new(move |p| modified(p) <= until),
        ),
        (
            "date_last_imported:min=2020-01-01".into(),
            Box::new(|_p| false),
        ),
        (
            "channel_id:in=1".into(),
            Box::new(|p| p["channels"] == json!([1])),
        ),
        (
            "channel_id:in=2,1".into(),
            Box::new(|p| p["channels"] == json!([1])),
        ),
        ("channel_id:in=2".into(), Box::new(|_p| false)),
        (
            "price:min=20&price:max=60&is_visible=true".into(),
            Box::new(|p| (20.0..=60.0).contains(&number(&p["price"])) && p["is_visible"] == true),
        ),
    ];
    let mut idle = Vec::new();
    for (filter, fits) in cases {
        let target = format!("/v3/catalog/products?limit=250&{filter}");
        let found = all_of(&mut store, &target);
        let expected: Vec<u64> = ids_in(
            &all.iter()
                .filter(|product| fits(product))
                .cloned()
                .collect::<Vec<_>>(),
        );
        assert_eq!(ids_in(&found), expected, "{filter}");
        if expected.is_empty() {
            idle.push(filter);
        }
    }
    assert_eq!(
        idle,
        ["date_last_imported:min=2020-01-01", "channel_id:in=2"]
    );
}

#[test]
fn what_a_filter_cannot_be_is_refused() {
    let mut store = shop();
    for filter in [
        "id=x",
        "price:min=cheap",
        "is_visible=1",
        "is_featured=true",
        "availability=gone",
        "condition=New",
        "type=service",
        "keyword_context=nobody",
        "date_modified:min=yesterday",
        "inventory_level:in=1,x",
        "sort=weight",
        "sort=id&direction=up",
        "include=everything",
    ] {
        let response = get(&mut store, &format!("/v3/catalog/products?{filter}"));
        assert_eq!(response.status, 422, "{filter}");
    }
}

#[test]
fn the_number_of_a_variant_is_found_among_variants_alone() {
    let mut store = shop();
    let products = all_of(
        &mut store,
        "/v3/catalog/products?limit=250&include=variants",
    );
    let varied = products
        .iter()
        .find(|product| product["base_variant_id"].is_null());
    let (own, variant) = (&varied.unwrap()["sku"], &varied.unwrap()["variants"][0]);
    assert_ne!(*own, variant["sku"]);
    let sku = variant["sku"].as_str().unwrap();
    for filter in ["sku", "sku:in"] {
        let target = format!("/v3/catalog/products?{filter}={sku}");
        assert_eq!(read(&mut store, &target)["data"], json!([]), "{filter}");
    }
    let found = read(&mut store, &format!("/v3/catalog/variants?sku={sku}"));
    assert_eq!(found["data"][0]["id"], variant["id"]);
    assert_eq!(found["data"].as_array().unwrap().len(), 1);
}

#[test]
fn fields_that_are_not_asked_for_stay_away() {
    let mut store = shop();
    let few = get(
        &mut store,
        "/v3/catalog/products/111?include_fields=name,price&include=images",
    );
    let few = few.body_json().unwrap()["data"].clone();
    let names: Vec<&String> = few.as_object().unwrap().keys().collect();
    assert_eq!(names, ["id", "images", "name", "price"]);
    let many = get(
        &mut store,
        "/v3/catalog/products/111?exclude_fields=description",
    );
    let many = many.body_json().unwrap()["data"].clone();
    assert!(many.get("description").is_none() && many.get("name").is_some());
}

#[test]
fn sub_resources_come_along_when_they_are_asked_for() {
    let mut store = shop();
    let target =
        "/v3/catalog/products?limit=250&include=primary_image,images,variants,custom_fields";
    let all = all_of(&mut store, target);
    let mut fields = 0;
    for product in &all {
        let images = product["images"].as_array().unwrap();
        assert_eq!(product["primary_image"].is_null(), images.is_empty());
        let thumbs = images.iter().filter(|image| image["is_thumbnail"] == true);
        assert_eq!(thumbs.count(), usize::from(!images.is_empty()));
        assert!(!product["variants"].as_array().unwrap().is_empty());
        fields += product["custom_fields"].as_array().unwrap().len();
    }
    assert!(fields > 2 && fields < all.len(), "{fields} custom fields");
    let plain = all_of(&mut store, "/v3/catalog/products?limit=250");
    assert!(plain.iter().all(|product| product.get("images").is_none()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn pages_of_any_size_and_order_give_every_product_once(
        limit in 1_usize..=250,
        sort in prop::sample::select(vec![
            "id", "name", "sku", "price", "date_modified", "inventory_level", "is_visible",
            "total_sold", "calculated_price", "date_last_imported",
        ]),
        direction in prop::sample::select(vec!["asc", "desc"]),
    ) {
        let mut store = shop();
        let target = format!("/v3/catalog/products?sort={sort}&direction={direction}&limit={limit}");
        let all = all_of(&mut store, &target);
        let mut seen = ids_in(&all);
        seen.sort_unstable();
        let expected: Vec<u64> = (111..151).collect();
        prop_assert_eq!(seen, expected);
        let key = |product: &Value| match &product[sort] {
            Value::String(text) => (0.0, text.to_lowercase()),
            Value::Bool(yes) => (f64::from(u8::from(*yes)), String::new()),
            other => (other.as_f64().unwrap_or(0.0), String::new()),
        };
        let mut keys: Vec<(f64, String)> = all.iter().map(key).collect();
        if direction == "desc" {
            keys.reverse();
        }
        prop_assert!(keys.is_sorted());
    }
}

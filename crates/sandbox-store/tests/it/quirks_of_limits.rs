//! How much of everything the wire takes, named as the tests in `quirks.rs` are.

use sandbox_store::{Blueprint, Store, Token, step};
use serde_json::{Value, json};

use crate::support::{blueprint, data, noon, post, put, read, refusal, request, shop};

const PRODUCT: &str = "/v3/catalog/products/111";

fn simple(store: &mut Store, name: &str) -> String {
    let body = json!({ "name": name, "type": "physical", "weight": 1, "price": 1 });
    let id = data(&post(store, "/v3/catalog/products", &body))["id"].clone();
    format!("/v3/catalog/products/{id}")
}

/// So many can be made, and not one more.
/// The status of that one.
fn one_more_than(store: &mut Store, list: &str, most: usize, body: impl Fn(usize) -> Value) -> u16 {
    for at in 0..most {
        let made = post(store, list, &body(at));
        let text = String::from_utf8_lossy(&made.body);
        assert_eq!(made.status, 200, "{list} {at}: {text}");
    }
    let one_more = post(store, list, &body(most));
    assert!(!one_more.effects.changed, "{list}");
    one_more.status
}

#[test]
fn section_3_a_product_holds_so_many_things_and_not_one_more() {
    let mut store = Store::open(&Blueprint {
        more_tokens: vec![(Token::new("other"), "all".parse().unwrap())],
        ..blueprint()
    });
    let own = simple(&mut store, "Crowded");
    let status = one_more_than(
        &mut store,
        &format!("{own}/custom-fields"),
        200,
        |at| json!({ "name": "Field", "value": at.to_string() }),
    );
    assert_eq!(status, 422);
    let status = one_more_than(&mut store, &format!("{own}/bulk-pricing-rules"), 50, |at| {
        let from = 2 + at * 10;
        json!({ "quantity_min": from, "quantity_max": from + 9, "type": "percent", "amount": 1 })
    });
    assert_eq!(status, 422);
    let status = one_more_than(
        &mut store,
        &format!("{own}/metafields"),
        250,
        |at| json!({ "permission_set": "read", "namespace": "n", "key": at.to_string(), "value": "1" }),
    );
    assert_eq!(status, 422);
    // Another account has as many of its own.
    let mut theirs = request("POST", &format!("{own}/metafields"));
    theirs.headers.retain(|(name, _)| name != "X-Auth-Token");
    let theirs = theirs.with_header("X-Auth-Token", "other").with_json(
        &json!({ "permission_set": "read", "namespace": "n", "key": "250", "value": "1" }),
    );
    assert_eq!(step(&mut store, theirs, noon()).status, 200);
    let status = one_more_than(
        &mut store,
        &format!("{own}/images"),
        1_000,
        |at| json!({ "image_url": format!("https://example.com/{at}.png") }),
    );
    assert_eq!(status, 422);
    let related: Vec<u64> = (111..=150).chain(1..=11).collect();
    let refused = put(&mut store, &own, &json!({ "related_products": related }));
    assert_eq!(refused.status, 422);
}

#[test]
fn section_3_an_option_has_250_values_and_a_product_600_variants() {
    let mut store = shop();
    let own = simple(&mut store, "Manifold");
    let option = |name: &str, count: usize| {
        let values: Vec<Value> = (0..count)
            .map(|at| json!({ "label": format!("{name} {at}"), "sort_order": at }))
            .collect();
        json!({ "display_name": name, "type": "dropdown", "option_values": values })
    };
    let list = format!("{own}/options");
    assert_eq!(post(&mut store, &list, &option("Color", 251)).status, 422);
    let color = data(&post(&mut store, &list, &option("Color", 250)));
    let values = format!("{list}/{}/values", color["id"]);
    let one_more = post(
        &mut store,
        &values,
        &json!({ "label": "x", "sort_order": 1 }),
    );
    assert_eq!(one_more.status, 422);
    let size = data(&post(&mut store, &list, &option("Size", 3)));
    let choice = |option: &Value, at: usize| json!({ "option_id": option["id"], "id": option["option_values"][at]["id"] });
    let status = one_more_than(
        &mut store,
        &format!("{own}/variants"),
        600,
        |at| json!({ "sku": format!("M-{at}"), "option_values": [choice(&color, at / 3), choice(&size, at % 3)] }),
    );
    assert_eq!(status, 507);
}

#[test]
fn section_3_a_batch_that_is_too_large_is_a_413_with_its_number() {
    let mut store = shop();
    let cases = [
        ("POST", "/v3/customers", 10),
        ("PUT", "/v3/customers", 10),
        ("PUT", "/v3/customers/attribute-values", 10),
        ("POST", "/v3/customers/attributes", 10),
        ("PUT", "/v3/customers/attributes", 10),
        ("POST", "/v3/customers/addresses", 10),
        ("PUT", "/v3/customers/addresses", 10),
        ("PUT", "/v3/catalog/products", 10),
        ("PUT", "/v3/catalog/variants", 50),
        ("POST", "/v3/catalog/trees/categories", 50),
        ("PUT", "/v3/catalog/trees/categories", 50),
        ("POST", "/v3/catalog/products/metafields", 50),
        ("PUT", "/v3/customers/metafields", 50),
    ];
    for (method, target, most) in cases {
        let mut status = |count: usize| {
            let ask = request(method, target).with_json(&json!(vec![json!({}); count]));
            step(&mut store, ask, noon())
        };
        let refused = refusal(&status(most + 1));
        assert_eq!(refused.0, 413, "{method} {target}");
        assert_eq!(
            refused.1,
            format!(
                "The request payload is too large. The maximum items allowed in the array is {most}"
            )
        );
        assert_ne!(status(most).status, 413, "{method} {target}");
    }
    for (method, kind) in [("PUT", "absolute"), ("POST", "relative")] {
        let target = format!("/v3/inventory/adjustments/{kind}");
        let mut status = |count: usize| {
            let body = json!({ "reason": "count", "items": vec![json!({}); count] });
            step(
                &mut store,
                request(method, &target).with_json(&body),
                noon(),
            )
        };
        let refused = refusal(&status(2_001));
        assert_eq!(refused.0, 413, "{target}");
        assert!(refused.1.ends_with("in the array is 2000"), "{}", refused.1);
        assert_eq!(status(2_000).status, 422, "{target}");
    }
}

#[test]
fn section_3_a_store_has_fifty_attributes_of_customers() {
    let mut store = shop();
    let list = "/v3/customers/attributes";
    let known = read(&mut store, list)["data"].as_array().unwrap().len();
    let body = |at: usize| json!([{ "name": format!("Attribute {at}"), "type": "string" }]);
    assert_eq!(one_more_than(&mut store, list, 50 - known, body), 422);
}

#[test]
fn section_3_a_product_has_so_many_relatives_and_categories() {
    let mut store = shop();
    let ids = |most: usize| (0..most).map(|_| 1).collect::<Vec<u64>>();
    let status = |store: &mut Store, field: &str, many: usize| {
        put(store, PRODUCT, &json!({ field: ids(many) })).status
    };
    assert_eq!(status(&mut store, "related_products", 50), 200);
    assert_eq!(status(&mut store, "related_products", 51), 422);
    assert_eq!(status(&mut store, "categories", 1_001), 422);
}

#[test]
fn section_3_so_many_products_are_deleted_at_once() {
    let mut store = shop();
    let list = |most: u64| {
        let ids: Vec<String> = (1..=most).map(|id| (900_000 + id).to_string()).collect();
        format!("/v3/catalog/products?id:in={}", ids.join(","))
    };
    assert_eq!(crate::support::delete(&mut store, &list(250)).status, 204);
    assert_eq!(crate::support::delete(&mut store, &list(251)).status, 422);
    // And none without a filter.
    let all = crate::support::delete(&mut store, "/v3/catalog/products");
    assert_eq!((all.status, all.effects.changed), (422, false));
}

#[test]
fn section_3_texts_are_so_long_and_not_one_letter_longer() {
    let mut store = shop();
    let metafield = json!({ "permission_set": "read", "namespace": "n", "key": "k", "value": "1" });
    let field = json!({ "name": "Fabric", "value": "Nylon" });
    let category = json!({ "name": "Long", "tree_id": 1 });
    for (list, body, name, most) in [
        (
            "/v3/catalog/products/111/metafields",
            &metafield,
            "namespace",
            64,
        ),
        ("/v3/catalog/products/111/metafields", &metafield, "key", 64),
        (
            "/v3/catalog/products/111/metafields",
            &metafield,
            "value",
            65_535,
        ),
        (
            "/v3/catalog/products/111/custom-fields",
            &field,
            "name",
            250,
        ),
        (
            "/v3/catalog/products/111/custom-fields",
            &field,
            "value",
            250,
        ),
        ("/v3/catalog/trees/categories", &category, "name", 50),
        (
            "/v3/catalog/trees/categories",
            &category,
            "description",
            65_535,
        ),
    ] {
        let mut status = |length: usize| {
            let mut item = body.clone();
            item[name] = "é".repeat(length).into();
            let is_batch = list.ends_with("categories");
            let item = if is_batch { json!([item]) } else { item };
            post(&mut store, list, &item).status
        };
        assert_eq!(status(most + 1), 422, "{list} {name}");
        assert!(matches!(status(most), 200 | 201), "{list} {name}");
    }
}

#[test]
fn section_3_pictures_are_so_large_and_of_these_kinds() {
    const MOST: usize = 8 * 1024 * 1024;
    let mut store = shop();
    let mut sent = |start: &[u8], length: usize| {
        let mut bytes = start.to_vec();
        bytes.resize(length, 0);
        let form = crate::pictures::form(&[("image_file", Some("tent"), &bytes)]);
        step(&mut store, form, noon()).status
    };
    for start in [
        &b"\x89PNG"[..],
        b"\xff\xd8\xff",
        b"GIF89a",
        b"BM",
        b"RIFF\x24\0\0\0WEBPVP8 ",
        b"#define tent_width 16\n#define tent_height 16\n",
        b"\0\0\x10\x81\x00",
    ] {
        assert_eq!(sent(start, 200), 200, "{start:?}");
    }
    // A document, a drawing, an XPM, a sound, a program's source, an icon, a film.
    for start in [
        &b"%PDF"[..],
        b"<svg",
        b"/* XPM */",
        b"RIFF\x24\0\0\0WAVEfmt ",
        b"#define TENT 1\n",
        b"\0\0\x01\0",
        b"\0\0\0\x18ftypmp42",
    ] {
        assert_eq!(sent(start, 200), 422, "{start:?}");
    }
    assert_eq!(sent(b"GIF89a", MOST), 200);
    assert_eq!(sent(b"GIF89a", MOST + 1), 413);
}

//! Products made, changed and deleted.

use proptest::prelude::*;
use sandbox_store::{Blueprint, Request, Store, step};
use serde_json::{Value, json};

use crate::support::{
    all_of, blueprint, data, delete, get, ids_in, noon, post, put, read, refusal, request, shop,
};

const PRODUCTS: &str = "/v3/catalog/products";

fn minimal(name: &str) -> Value {
    json!({ "name": name, "type": "physical", "weight": 0.5, "price": 10 })
}

/// A product with one variant, and one with many.
const SIMPLE: u64 = 120;
const MANY: u64 = 111;

fn product(store: &mut Store, id: u64) -> Value {
    let target = format!("{PRODUCTS}/{id}?include=variants,images,custom_fields,channels");
    read(store, &target)["data"].clone()
}

fn change(store: &mut Store, id: u64, body: &Value) -> Value {
    data(&put(store, &format!("{PRODUCTS}/{id}"), body))
}

#[test]
fn a_new_product_has_what_it_was_given_and_the_stores_own_habits() {
    let mut store = shop();
    let response = post(&mut store, PRODUCTS, &minimal("Rype Camp Chair"));
    assert!(response.effects.changed);
    let made = data(&response);
    assert_eq!(made["id"], 151);
    assert_eq!(
        (&made["price"], &made["weight"], &made["is_visible"]),
        (&json!(10), &json!(0.5), &json!(true))
    );
    assert_eq!(made["channels"], json!([]), "it is sold nowhere yet");
    assert_eq!(
        made["custom_url"],
        json!({ "url": "/rype-camp-chair/", "is_customized": false })
    );
    assert_eq!(made["inventory_tracking"], "none");
    assert_eq!(made["related_products"], json!([-1]));
    assert_eq!(made["date_created"], "2026-11-17T20:00:00+00:00");
    assert_eq!(made["primary_image"], Value::Null);
    let variant = &made["variants"][0];
    assert_eq!(made["base_variant_id"], variant["id"]);
    assert_eq!(
        (&variant["price"], &variant["weight"]),
        (&json!(10), &Value::Null)
    );
    let found = all_of(&mut store, "/v3/catalog/products?name=rype%20camp%20chair");
    assert_eq!(found.len(), 1);
}

#[test]
fn what_is_missing_is_named_all_at_once() {
    let mut store = shop();
    let refused = post(
        &mut store,
        PRODUCTS,
        &json!({ "name": "x", "weight": "heavy" }),
    );
    let (status, title, errors) = refusal(&refused);
    assert_eq!(
        (status, title.as_str()),
        (422, "JSON data is missing or invalid")
    );
    let expected = json!({
        "type": "error.path.missing",
        "price": "error.path.missing",
        "weight": "error.expected.jsnumber",
    });
    assert_eq!(errors, expected);
    assert!(!refused.effects.changed);
}

#[test]
fn limits_hold_to_the_letter_and_the_number() {
    let mut store = shop();
    let text = |count: usize| json!("é".repeat(count));
    let cases = [
        ("name", text(250), text(251)),
        ("name", text(1), text(0)),
        ("sku", text(255), text(256)),
        ("upc", text(14), text(15)),
        ("gtin", text(14), text(15)),
        ("page_title", text(255), text(256)),
        ("warranty", text(65_535), text(65_536)),
        ("search_keywords", text(65_535), text(65_536)),
        ("meta_description", text(65_535), text(65_536)),
        ("bin_picking_number", text(255), text(256)),
        ("availability_description", text(255), text(256)),
        ("preorder_message", text(255), text(256)),
        ("price", json!(0), json!(-0.01)),
        ("sale_price", json!("9.99"), json!("-1")),
        ("weight", json!(9_999_999_999_u64), json!(9_999_999_999.5)),
        ("width", json!(9_999_999_999_u64), json!(10_000_000_000_u64)),
        (
            "inventory_level",
            json!(2_147_483_647),
            json!(2_147_483_648_u64),
        ),
        (
            "order_quantity_minimum",
            json!(1_000_000_000),
            json!(1_000_000_001),
        ),
        ("inventory_tracking", json!("product"), json!("stock")),
        ("condition", json!("Refurbished"), json!("refurbished")),
        ("availability", json!("disabled"), json!("sold out")),
        ("type", json!("digital"), json!("service")),
        ("is_visible", json!(false), json!("false")),
        ("categories", json!([21]), json!(21)),
        ("description", json!(""), Value::Null),
        ("meta_keywords", json!(["a"]), json!("a")),
        ("preorder_release_date", Value::Null, json!("soon")),
        (
            "custom_url",
            json!({ "url": format!("/{}/", "a".repeat(253)) }),
            json!({ "url": format!("/{}/", "a".repeat(254)) }),
        ),
        (
            "custom_url",
            json!({ "url": "/a/" }),
            json!({ "url": "/zoë/" }),
        ),
        (
            "custom_fields",
            json!([{ "name": "n", "value": "v" }]),
            json!([{ "name": "n", "value": "" }]),
        ),
    ];
    for (field, good, bad) in cases {
        let target = format!("{PRODUCTS}/{SIMPLE}");
        let refused = put(
            &mut store,
            &target,
            &json!({ "mpn": "untouched", field: bad }),
        );
        assert_eq!(refused.status, 422, "{field}");
        assert_eq!(product(&mut store, SIMPLE)["mpn"], "", "{field}");
        let taken = put(&mut store, &target, &json!({ field: good }));
        assert_eq!(
            taken.status,
            200,
            "{field}: {}",
            String::from_utf8_lossy(&taken.body)
        );
    }
}

#[test]
fn names_and_skus_are_given_once_whatever_their_case() {
    let mut store = shop();
    let with = |field: &str, value: &str| {
        let mut body = minimal("Nothing Like It");
        body[field] = value.into();
        body
    };
    let many = product(&mut store, MANY);
    let variant = many["variants"][3]["sku"].as_str().unwrap().to_lowercase();
    let product_sku = many["sku"].as_str().unwrap().to_lowercase();
    let simple_sku = product(&mut store, SIMPLE)["sku"]
        .as_str()
        .unwrap()
        .to_owned();
    for (body, title) in [
        (
            with("name", " tarn BOTTLE "),
            "The product name is a duplicate",
        ),
        (with("sku", &variant), "The product sku is a duplicate"),
        (with("sku", &product_sku), "The product sku is a duplicate"),
        (with("sku", &simple_sku), "The product sku is a duplicate"),
    ] {
        let refused = post(&mut store, PRODUCTS, &body);
        assert_eq!(
            refusal(&refused),
            (409, title.to_owned(), json!({})),
            "{body}"
        );
    }
    // Its own it may keep, but not that of one of its variants.
    let target = format!("{PRODUCTS}/{MANY}");
    let same = json!({ "name": many["name"], "sku": product_sku.to_uppercase() });
    assert_eq!(put(&mut store, &target, &same).status, 200);
    assert_eq!(
        put(&mut store, &target, &json!({ "sku": variant })).status,
        409
    );
    let simple = format!("{PRODUCTS}/{SIMPLE}");
    assert_eq!(
        put(&mut store, &simple, &json!({ "sku": simple_sku })).status,
        200
    );
    // No SKU is no duplicate.
    for name in ["One Without", "Two Without"] {
        assert_eq!(post(&mut store, PRODUCTS, &minimal(name)).status, 200);
    }
}

#[test]
fn an_address_that_is_taken_gets_a_suffix_unless_it_was_asked_for() {
    let mut store = shop();
    let first = data(&post(&mut store, PRODUCTS, &minimal("Lyng Mat")));
    let second = data(&post(&mut store, PRODUCTS, &minimal("Lyng, Mat!")));
    let url = second["custom_url"]["url"].as_str().unwrap();
    assert!(
        url.starts_with("/lyng-mat-") && url.ends_with('/') && url.len() == 17,
        "{url}"
    );
    let mut asked = minimal("Lyng Mat III");
    for taken in [
        "/Lyng-Mat/",
        "/lyng-mat",
        "/clothing/",
        "/brands/northfold/",
    ] {
        asked["custom_url"] = json!({ "url": taken });
        let refused = post(&mut store, PRODUCTS, &asked);
        assert_eq!(refused.status, 409, "{taken}");
    }
    asked["custom_url"] = json!({ "url": "mats/third", "is_customized": true });
    let third = data(&post(&mut store, PRODUCTS, &asked));
    assert_eq!(
        third["custom_url"],
        json!({ "url": "/mats/third", "is_customized": true })
    );
    let own = json!({ "custom_url": first["custom_url"], "name": "Lyng Mat, renamed" });
    let kept = change(&mut store, first["id"].as_u64().unwrap(), &own);
    assert_eq!(kept["custom_url"]["url"], "/lyng-mat/");
    let mut urls = ["Rype", "Rype!", "Rype?"].map(|name| {
        let made = post(&mut store, "/v3/catalog/brands", &json!({ "name": name }));
        data(&made)["custom_url"]["url"].to_string()
    });
    urls.sort();
    assert!(urls.windows(2).all(|two| two[0] != two[1]), "{urls:?}");
    let kanji = data(&post(&mut store, PRODUCTS, &minimal("山")));
    assert_eq!(
        kanji["custom_url"]["url"],
        format!("/product-{}/", kanji["id"])
    );
}

#[test]
fn what_a_product_points_to_has_to_be_there() {
    let mut store = shop();
    let target = format!("{PRODUCTS}/{SIMPLE}");
    for body in [
        json!({ "brand_id": 999 }),
        json!({ "categories": [21, 999] }),
    ] {
        assert_eq!(put(&mut store, &target, &body).status, 409, "{body}");
    }
    let free = change(
        &mut store,
        SIMPLE,
        &json!({ "brand_id": 0, "categories": [] }),
    );
    assert_eq!(
        (&free["brand_id"], &free["categories"]),
        (&json!(0), &json!([]))
    );
    let made = change(&mut store, SIMPLE, &json!({ "brand_name": "Vindfang" }));
    let again = change(&mut store, MANY, &json!({ "brand_name": "VINDFANG" }));
    assert_eq!(made["brand_id"], again["brand_id"]);
    let brands = all_of(&mut store, "/v3/catalog/brands?name=vindfang");
    assert_eq!(brands[0]["id"], made["brand_id"]);
}

#[test]
fn a_price_is_hidden_only_where_nothing_can_be_bought() {
    let mut store = shop();
    let target = format!("{PRODUCTS}/{SIMPLE}");
    let hide = json!({ "is_price_hidden": true });
    assert_eq!(put(&mut store, &target, &hide).status, 422);
    let both = json!({ "is_price_hidden": true, "availability": "disabled" });
    assert_eq!(change(&mut store, SIMPLE, &both)["is_price_hidden"], true);
    let sell = json!({ "availability": "available" });
    assert_eq!(put(&mut store, &target, &sell).status, 422);
}

#[test]
fn only_what_is_sent_changes_and_the_date() {
    let mut store = shop();
    let before = product(&mut store, MANY);
    let description = "<p>\u{feff}Ünï \r\n\t<b>x</B>&nbsp;\u{200b}\"'\\ </p >\n";
    let mut after = change(&mut store, MANY, &json!({ "description": description }));
    assert_eq!(
        after["description"].as_str().unwrap().as_bytes(),
        description.as_bytes()
    );
    assert_eq!(after["date_modified"], "2026-11-17T20:00:00+00:00");
    let now = product(&mut store, MANY);
    for (name, value) in after.as_object().unwrap() {
        assert_eq!(*value, now[name], "{name}");
    }
    for name in ["description", "date_modified"] {
        after[name] = before[name].clone();
    }
    for (name, value) in after.as_object().unwrap() {
        assert_eq!(*value, before[name], "{name}");
    }
}

#[test]
fn what_only_the_store_writes_is_passed_over() {
    let mut store = shop();
    let before = product(&mut store, MANY);
    let body = json!({
        "id": 7, "calculated_price": 1, "date_created": "2020-01-01T00:00:00Z",
        "date_modified": "2020-01-01T00:00:00Z", "base_variant_id": 3, "total_sold": 9,
        "option_set_id": 4, "reviews_count": 3, "no_such_field": { "a": 1 },
    });
    let response = put(&mut store, &format!("{PRODUCTS}/{MANY}"), &body);
    assert!(!response.effects.changed, "none of it is a change");
    assert_eq!(product(&mut store, MANY), before);
    assert!(data(&response).get("no_such_field").is_none());
}

#[test]
fn the_one_variant_of_a_simple_product_follows_it() {
    let mut store = shop();
    let body = json!({
        "price": 33.25, "sku": "MIRROR-1", "upc": "123", "mpn": "M", "gtin": "G",
        "inventory_tracking": "product", "inventory_level": 9, "inventory_warning_level": 2,
    });
    change(&mut store, SIMPLE, &body);
    let now = product(&mut store, SIMPLE);
    assert_eq!(now["variants"].as_array().unwrap().len(), 1);
    let variant = &now["variants"][0];
    for name in [
        "price",
        "sku",
        "upc",
        "mpn",
        "gtin",
        "inventory_level",
        "inventory_warning_level",
    ] {
        assert_eq!(variant[name], now[name], "{name}");
    }
    assert_eq!(variant["id"], now["base_variant_id"]);
    let by_sku = all_of(&mut store, "/v3/catalog/variants?sku=mirror-1");
    assert_eq!(by_sku.as_slice(), std::slice::from_ref(variant));
}

#[test]
fn a_variant_with_a_price_of_its_own_keeps_it() {
    let mut store = shop();
    let all = all_of(
        &mut store,
        "/v3/catalog/products?limit=250&include=variants",
    );
    let has_own = |product: &&Value| {
        let variants = product["variants"].as_array().unwrap();
        let own = variants
            .iter()
            .filter(|variant| !variant["price"].is_null());
        product["base_variant_id"].is_null() && (1..variants.len()).contains(&own.count())
    };
    let before = all.iter().find(has_own).unwrap();
    let id = before["id"].as_u64().unwrap();
    change(&mut store, id, &json!({ "price": 1234, "sale_price": 0 }));
    let after = product(&mut store, id);
    for (old, new) in before["variants"]
        .as_array()
        .unwrap()
        .iter()
        .zip(after["variants"].as_array().unwrap())
    {
        assert_eq!(old["price"], new["price"]);
        let expected = if old["price"].is_null() {
            json!(1234)
        } else {
            old["price"].clone()
        };
        assert_eq!(new["calculated_price"], expected);
    }
}

#[test]
fn a_level_counts_only_where_it_is_tracked() {
    let mut store = shop();
    let level = |store: &mut Store, id: u64, body: Value| {
        change(store, id, &body)["inventory_level"]
            .as_u64()
            .unwrap()
    };
    let before = product(&mut store, SIMPLE)["inventory_level"].clone();
    let none = json!({ "inventory_tracking": "none", "inventory_level": 5 });
    assert_eq!(level(&mut store, SIMPLE, none), 0);
    let again = json!({ "inventory_tracking": "product" });
    assert_eq!(
        json!(level(&mut store, SIMPLE, again)),
        before,
        "the 5 is lost"
    );
    let tracked = json!({ "inventory_level": 6, "inventory_tracking": "product" });
    assert_eq!(level(&mut store, SIMPLE, tracked), 6);
    assert_eq!(
        level(&mut store, SIMPLE, json!({ "inventory_tracking": "none" })),
        0
    );
    assert_eq!(
        level(
            &mut store,
            SIMPLE,
            json!({ "inventory_tracking": "product" })
        ),
        6
    );
    let many = product(&mut store, MANY);
    assert_eq!(many["inventory_tracking"], "variant");
    let sum: u64 = many["variants"]
        .as_array()
        .unwrap()
        .iter()
        .map(|variant| variant["inventory_level"].as_u64().unwrap())
        .sum();
    assert_eq!(
        level(&mut store, MANY, json!({ "inventory_level": 9_999 })),
        sum
    );
}

#[test]
fn custom_fields_are_replaced_whole_and_keep_their_ids() {
    let mut store = shop();
    let two = json!({ "custom_fields": [
        { "name": "Made in", "value": "Estonia" }, { "name": "Fits", "value": "all" },
    ] });
    change(&mut store, SIMPLE, &two);
    let fields = product(&mut store, SIMPLE)["custom_fields"].clone();
    let one = json!({ "custom_fields": [
        { "id": fields[1]["id"], "name": "Fits", "value": "most" },
    ] });
    change(&mut store, SIMPLE, &one);
    let left = product(&mut store, SIMPLE)["custom_fields"].clone();
    assert_eq!(
        left,
        json!([{ "id": fields[1]["id"], "name": "Fits", "value": "most" }])
    );
    change(&mut store, SIMPLE, &json!({ "name": "Other name" }));
    assert_eq!(product(&mut store, SIMPLE)["custom_fields"], left);
}

#[test]
fn a_batch_changes_all_or_nothing() {
    let mut store = shop();
    let good = json!([{ "id": MANY, "price": 1 }, { "id": SIMPLE, "price": 2 }]);
    let changed = data(&put(&mut store, PRODUCTS, &good));
    assert_eq!(
        (
            &changed[0]["id"],
            &changed[0]["price"],
            &changed[1]["price"]
        ),
        (&json!(MANY), &json!(1), &json!(2))
    );
    let before = all_of(&mut store, "/v3/catalog/products?limit=250");
    let eleven: Vec<Value> = (111..122)
        .map(|id| json!({ "id": id, "price": 5 }))
        .collect();
    let cases = [
        (json!(eleven), 413),
        (json!([{ "id": MANY, "price": 5 }, { "price": 5 }]), 422),
        (
            json!([{ "id": MANY, "price": 5 }, { "id": SIMPLE, "price": -5 }]),
            422,
        ),
        (
            json!([{ "id": MANY, "price": 5 }, { "id": 9, "price": 5 }]),
            404,
        ),
        (
            json!([{ "id": MANY, "name": "Same" }, { "id": SIMPLE, "name": "same" }]),
            409,
        ),
        (json!({ "id": MANY, "price": 5 }), 422),
        // What the first item makes besides is not made either.
        (
            json!([
                { "id": MANY, "brand_name": "Ur", "custom_fields": [{ "name": "n", "value": "v" }],
                  "images": [{ "image_url": "https://example.com/a.png" }] },
                { "id": MANY, "brand_name": "Urd" },
                { "id": SIMPLE, "brand_id": 999 },
            ]),
            409,
        ),
    ];
    let brands = all_of(&mut store, "/v3/catalog/brands?limit=250");
    for (body, status) in cases {
        let refused = put(&mut store, PRODUCTS, &body);
        assert_eq!(refused.status, status, "{body}");
        assert!(!refused.effects.changed);
        assert_eq!(
            all_of(&mut store, "/v3/catalog/products?limit=250"),
            before,
            "{body}"
        );
        let now = all_of(&mut store, "/v3/catalog/brands?limit=250");
        assert_eq!(now, brands, "{body}");
    }
    // Nor are the numbers of what was not made used up, or its addresses taken.
    let mut untouched = shop();
    put(&mut untouched, PRODUCTS, &good);
    let mut next = minimal("After all that");
    next["brand_name"] = "Urban".into();
    next["custom_fields"] = json!([{ "name": "n", "value": "v" }]);
    next["images"] = json!([{ "image_url": "https://example.com/b.png" }]);
    next["custom_url"] = json!({ "url": "/brands/ur/" });
    let made = data(&post(&mut store, PRODUCTS, &next));
    assert_eq!(made, data(&post(&mut untouched, PRODUCTS, &next)));
    let too_many = put(&mut store, PRODUCTS, &json!(eleven));
    let title = "The request payload is too large. The maximum items allowed in the array is 10";
    assert_eq!(refusal(&too_many).1, title);
    let paths = put(
        &mut store,
        PRODUCTS,
        &json!([{ "id": MANY }, { "meta_keywords": 1 }]),
    );
    let errors =
        json!({ "1.id": "error.path.missing", "1.meta_keywords": "error.expected.jsarray" });
    assert_eq!(refusal(&paths).2, errors);
}

#[test]
fn a_deleted_product_is_gone_and_its_orders_stay() {
    let mut store = shop();
    let orders = read(&mut store, "/v2/orders?limit=250");
    assert_eq!(delete(&mut store, "/v3/catalog/products/111").status, 204);
    let gone = get(&mut store, "/v3/catalog/products/111");
    assert_eq!(
        refusal(&gone).1,
        "A product was not found with an id of 111"
    );
    assert_eq!(delete(&mut store, "/v3/catalog/products/111").status, 404);
    assert_eq!(read(&mut store, "/v2/orders?limit=250"), orders);
    let made = data(&post(&mut store, PRODUCTS, &minimal("After It")));
    assert_eq!(made["id"], 151, "ids are not given out again");
    assert_eq!(delete(&mut store, "/v3/catalog/products/151").status, 204);
    let made = data(&post(&mut store, PRODUCTS, &minimal("After It")));
    assert_eq!(made["id"], 152);
}

#[test]
fn many_are_deleted_by_filter_and_never_without_one() {
    let mut store = shop();
    let response = delete(&mut store, "/v3/catalog/products?id:in=112,113,9");
    assert_eq!((response.status, response.effects.changed), (204, true));
    let left = ids_in(&all_of(&mut store, "/v3/catalog/products?limit=250"));
    assert!(!left.contains(&112) && !left.contains(&113) && left.len() == 38);
    let many: Vec<String> = (1..=251).map(|id| id.to_string()).collect();
    for target in [
        PRODUCTS.to_owned(),
        format!("{PRODUCTS}?id:in="),
        format!("{PRODUCTS}?id:in={}", many.join(",")),
        format!("{PRODUCTS}?id:min=1"),
    ] {
        assert_eq!(delete(&mut store, &target).status, 422, "{target}");
    }
    assert_eq!(
        all_of(&mut store, "/v3/catalog/products?limit=250").len(),
        38
    );
}

#[test]
fn unknown_ids_are_a_404_with_every_method() {
    let mut store = shop();
    for id in ["9", "abc", "99999999999999999999"] {
        let target = format!("{PRODUCTS}/{id}");
        assert_eq!(get(&mut store, &target).status, 404);
        assert_eq!(put(&mut store, &target, &json!({ "price": 1 })).status, 404);
        assert_eq!(delete(&mut store, &target).status, 404);
        assert_eq!(get(&mut store, &format!("{target}/images")).status, 404);
        assert_eq!(get(&mut store, &format!("{target}/variants")).status, 404);
    }
}

#[test]
fn every_way_of_writing_needs_the_scope_to_modify() {
    let writes = [
        ("POST", PRODUCTS, minimal("X")),
        ("PUT", PRODUCTS, json!([])),
        ("DELETE", "/v3/catalog/products?id:in=111", Value::Null),
        ("PUT", "/v3/catalog/products/111", json!({ "price": 1 })),
        ("DELETE", "/v3/catalog/products/111", Value::Null),
        ("POST", "/v3/catalog/products/111/images", json!({})),
        ("PUT", "/v3/catalog/products/111/images/311", json!({})),
        ("DELETE", "/v3/catalog/products/111/images/311", Value::Null),
        ("PUT", "/v3/catalog/products/channel-assignments", json!([])),
        (
            "DELETE",
            "/v3/catalog/products/channel-assignments",
            Value::Null,
        ),
        ("POST", "/v3/catalog/brands", json!({ "name": "X" })),
    ];
    for (method, target, body) in writes {
        for (scope, allowed) in [
            ("store_v2_products_read_only", false),
            ("store_v2_products", true),
        ] {
            let mut store = Store::open(&Blueprint {
                scopes: scope.parse().unwrap(),
                plan: sandbox_store::Plan::Standard,
                ..blueprint()
            });
            let response = step(&mut store, request(method, target).with_json(&body), noon());
            assert_eq!(
                response.status != 403,
                allowed,
                "{method} {target} with {scope}"
            );
            assert_eq!(response.header("X-Rate-Limit-Requests-Left"), Some("149"));
        }
    }
}

#[test]
fn a_body_that_is_no_json_is_refused() {
    let mut store = shop();
    for target in [PRODUCTS.to_owned(), format!("{PRODUCTS}/{MANY}")] {
        for (body, status) in [("{", 400), ("[]", 422), ("7", 422), ("", 400)] {
            let method = if target == PRODUCTS { "POST" } else { "PUT" };
            let mut ask: Request =
                request(method, &target).with_header("Content-Type", "application/json");
            ask.body = body.as_bytes().to_vec();
            assert_eq!(
                step(&mut store, ask, noon()).status,
                status,
                "{method} {body}"
            );
        }
    }
}

#[test]
fn a_new_product_is_sold_once_it_is_in_a_channel() {
    let mut store = shop();
    let id = data(&post(&mut store, PRODUCTS, &minimal("Rype Stool")))["id"].clone();
    let target = "/v3/catalog/products/channel-assignments";
    let of_it = format!("{target}?product_id:in={id}");
    assert_eq!(all_of(&mut store, &of_it), Vec::<Value>::new());
    assert_eq!(sold(&mut store, &id), (false, false));
    let assign = json!([{ "product_id": id, "channel_id": 1 }]);
    assert_eq!(put(&mut store, target, &assign).status, 204);
    assert!(
        !put(&mut store, target, &assign).effects.changed,
        "once is enough"
    );
    assert_eq!(
        all_of(&mut store, &of_it),
        [json!({ "product_id": id, "channel_id": 1 })]
    );
    assert_eq!(sold(&mut store, &id), (true, true));
    let nowhere = json!([{ "product_id": id, "channel_id": 7 }]);
    assert_eq!(put(&mut store, target, &nowhere).status, 422);
    assert_eq!(delete(&mut store, target).status, 422);
    assert_eq!(delete(&mut store, &of_it).status, 204);
    assert_eq!(all_of(&mut store, &of_it), Vec::<Value>::new());
    assert_eq!(sold(&mut store, &id), (false, false));
    assert_eq!(all_of(&mut store, target).len(), 40);
}

/// Whether the filter by channel finds a product, and whether a shopper does.
fn sold(store: &mut Store, id: &Value) -> (bool, bool) {
    let listed = all_of(store, &format!("{PRODUCTS}?channel_id:in=1&id={id}"));
    let body = json!({
        "channel_ids": [1], "expires_at": noon().as_second() + 3_600, "scopes": ["Unauthenticated"],
    });
    let token = data(&post(store, "/v3/storefront/api-token-private", &body))["token"].clone();
    let query = format!("{{ site {{ product(entityId: {id}) {{ name }} }} }}");
    let ask = Request::new("POST", "/graphql")
        .with_header("Host", "shop.test")
        .with_header(
            "Authorization",
            &format!("Bearer {}", token.as_str().unwrap()),
        )
        .with_json(&json!({ "query": query }));
    let answer = step(store, ask, noon()).body_json().unwrap();
    assert!(answer.get("errors").is_none(), "{answer}");
    let is_seen = !answer["data"]["site"]["product"].is_null();
    (ids_in(&listed) == [id.as_u64().unwrap()], is_seen)
}

/// A value for some of the plain fields.
fn some_fields() -> impl Strategy<Value = Value> {
    let text = "[ -~äøЖ\n]{0,40}";
    let amount = (0_i64..9_999_999_999).prop_map(|ten_thousandths| {
        let text = format!(
            "{}.{:04}",
            ten_thousandths / 10_000,
            ten_thousandths % 10_000
        );
        serde_json::from_str::<Value>(&text).unwrap()
    });
    (
        (
            prop::option::of(text),
            prop::option::of(text),
            prop::option::of(text),
        ),
        (
            prop::option::of(amount.clone()),
            prop::option::of(amount.clone()),
            prop::option::of(amount),
        ),
        (any::<Option<bool>>(), any::<Option<bool>>()),
        prop::option::of(0_u32..=2_147_483_647),
        prop::option::of(prop::sample::subsequence(vec![21, 22, 23, 24, 25], 0..5)),
        prop::option::of(prop::sample::select(vec!["New", "Used", "Refurbished"])),
    )
        .prop_map(|(texts, amounts, flags, count, categories, condition)| {
            let mut body = json!({
                "description": texts.0, "page_title": texts.1, "warranty": texts.2,
                "price": amounts.0, "sale_price": amounts.1, "weight": amounts.2,
                "is_visible": flags.0, "is_condition_shown": flags.1,
                "inventory_level": count, "categories": categories, "condition": condition,
            });
            body.as_object_mut()
                .unwrap()
                .retain(|_, value| !value.is_null());
            body
        })
}

/// Equal as the wire means it: `24.5000` and `24.5` are the same number.
fn means_the_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (one, other) => one == other,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_put_is_what_is_got(bodies in prop::collection::vec(some_fields(), 1..4)) {
        let mut store = shop();
        let tracked = json!({ "inventory_tracking": "product" });
        put(&mut store, "/v3/catalog/products/120", &tracked);
        let mut expected = product(&mut store, SIMPLE);
        for body in bodies {
            let answered = change(&mut store, SIMPLE, &body);
            for (name, value) in body.as_object().unwrap() {
                expected[name.as_str()] = value.clone();
            }
            let got = product(&mut store, SIMPLE);
            for (name, value) in body.as_object().unwrap() {
                prop_assert!(means_the_same(&got[name], value), "{}: {} is {}", name, value, got[name]);
            }
            for (name, value) in answered.as_object().unwrap() {
                prop_assert_eq!(&got[name], value, "{}", name);
                let follows = ["calculated_price", "date_modified"].contains(&name.as_str());
                prop_assert!(follows || means_the_same(&expected[name], value), "{} moved", name);
            }
            let sale = got["sale_price"].as_f64().unwrap();
            let pays = if sale > 0.0 { sale } else { got["price"].as_f64().unwrap() };
            prop_assert_eq!(got["calculated_price"].as_f64(), Some(pays));
        }
    }
}

#[test]
fn a_change_of_a_product_changes_and_adds_variants_and_leaves_the_others() {
    let mut store = shop();
    let path = format!("{PRODUCTS}/{MANY}");
    let before = product(&mut store, MANY);
    let first = &before["variants"][0];
    let change = json!({ "variants": [{ "id": first["id"], "price": 77.5 }] });
    let answer = put(&mut store, &path, &change);
    assert!(answer.effects.changed);
    let after = product(&mut store, MANY);
    assert_eq!(after["variants"][0]["price"], 77.5);
    for at in 1..before["variants"].as_array().unwrap().len() {
        assert_eq!(after["variants"][at], before["variants"][at]);
    }

    let mut chosen = Vec::new();
    let options = read(&mut store, &format!("{path}/options"))["data"].clone();
    for option in options.as_array().unwrap() {
        let values = format!("{path}/options/{}/values", option["id"]);
        let value = json!({ "label": "Quite new", "sort_order": 90 });
        let value = data(&post(&mut store, &values, &value));
        chosen.push(json!({ "option_id": option["id"], "id": value["id"] }));
    }
    let more = json!({ "variants": [{ "sku": "QUITE-NEW", "option_values": chosen }] });
    assert_eq!(put(&mut store, &path, &more).status, 200);
    let longer = product(&mut store, MANY);
    let count = |product: &Value| product["variants"].as_array().unwrap().len();
    assert_eq!(count(&longer), count(&before) + 1);
    let found = read(&mut store, "/v3/catalog/variants?sku=quite-new");
    assert_eq!(found["data"].as_array().unwrap().len(), 1);

    let twin = json!({ "variants": [{ "option_values": chosen }] });
    let taken = json!({ "variants": [{ "id": first["id"], "sku": "quite-NEW" }] });
    for (body, status, place) in [
        (twin, 409, None),
        (taken, 409, None),
        (
            json!({ "variants": [{ "id": 1 }] }),
            422,
            Some("variants.0.id"),
        ),
        (
            json!({ "variants": [{}] }),
            422,
            Some("variants.0.option_values"),
        ),
    ] {
        let mut whole = body.clone();
        whole["name"] = "Not to be seen".into();
        let refused = put(&mut store, &path, &whole);
        assert_eq!(refused.status, status, "{body}");
        if let Some(place) = place {
            assert!(refusal(&refused).2[place].is_string(), "{body}");
        }
        let one = json!([{ "id": MANY, "name": "Not to be seen", "variants": body["variants"] }]);
        assert_eq!(put(&mut store, PRODUCTS, &one).status, status, "{body}");
        assert_eq!(product(&mut store, MANY), longer, "{body}");
    }
}

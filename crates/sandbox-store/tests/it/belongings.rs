//! What belongs to products: modifiers, videos, rules, fields, reviews; and metafields of everything.

use sandbox_store::{Blueprint, Store, Token, step};
use serde_json::{Value, json};

use crate::support::{blueprint, data, delete, get, noon, post, put, read, refusal, request, shop};

const PRODUCT: &str = "/v3/catalog/products/111";

/// Made, read, listed, changed, taken away.
fn whole_life(store: &mut Store, list: &str, body: &Value, change: &Value, missing: &str) {
    let before = read(store, list)["data"].as_array().unwrap().len();
    let refused = post(store, list, &json!({}));
    assert_eq!(refusal(&refused).2[missing], "error.path.missing", "{list}");
    let made = data(&post(store, list, body));
    for (name, value) in body.as_object().unwrap() {
        assert_eq!(made[name], *value, "{list} {name}");
    }
    let one = format!("{list}/{}", made["id"]);
    assert_eq!(read(store, &one)["data"], made);
    assert_eq!(
        read(store, list)["data"].as_array().unwrap().len(),
        before + 1
    );
    let changed = data(&put(store, &one, change));
    for (name, value) in change.as_object().unwrap() {
        assert_eq!(changed[name], *value, "{list} {name}");
    }
    assert_eq!(read(store, &one)["data"], changed);
    assert_eq!(delete(store, &one).status, 204);
    for (method, target) in [("GET", &one), ("DELETE", &one)] {
        assert_eq!(
            step(store, request(method, target), noon()).status,
            404,
            "{target}"
        );
    }
    assert_eq!(read(store, list)["data"].as_array().unwrap().len(), before);
}

#[test]
fn every_small_thing_of_a_product_has_a_whole_life() {
    let mut store = shop();
    let cases = [
        (
            "videos",
            json!({ "video_id": "z3fRu9pkuXE", "title": "Pitching it", "sort_order": 1 }),
            json!({ "title": "How to pitch it" }),
            "video_id",
        ),
        (
            "bulk-pricing-rules",
            json!({ "quantity_min": 10, "quantity_max": 19, "type": "percent", "amount": 10 }),
            json!({ "quantity_max": 0 }),
            "quantity_min",
        ),
        (
            "custom-fields",
            json!({ "name": "Fabric", "value": "Nylon" }),
            json!({ "value": "Cotton" }),
            "name",
        ),
        (
            "modifiers",
            json!({ "display_name": "Engraving", "type": "text", "required": false }),
            json!({ "required": true }),
            "display_name",
        ),
    ];
    for (list, body, change, missing) in cases {
        whole_life(
            &mut store,
            &format!("{PRODUCT}/{list}"),
            &body,
            &change,
            missing,
        );
    }
}

#[test]
fn reviews_are_a_204_until_there_is_one() {
    let mut store = shop();
    let list = format!("{PRODUCT}/reviews");
    assert_eq!(get(&mut store, &list).status, 204);
    let body = json!({ "title": "Good", "date_reviewed": "2026-11-01T10:00:00Z", "rating": 4, "status": "approved" });
    let made = data(&post(&mut store, &list, &body));
    assert_eq!(read(&mut store, PRODUCT)["data"]["reviews_rating_sum"], 4);
    assert_eq!(get(&mut store, &format!("{list}?status=0")).status, 204);
    let approved = read(&mut store, &format!("{list}?status=1"));
    assert_eq!(approved["data"], json!([made]));
}

#[test]
fn rules_that_meet_or_make_no_sense_are_refused() {
    let mut store = shop();
    let list = format!("{PRODUCT}/bulk-pricing-rules");
    let rule = |min: u64, max: u64, kind: &str, amount: u64| json!({ "quantity_min": min, "quantity_max": max, "type": kind, "amount": amount });
    assert_eq!(
        post(&mut store, &list, &rule(10, 19, "price", 5)).status,
        200
    );
    assert_eq!(
        post(&mut store, &list, &rule(15, 0, "price", 5)).status,
        409
    );
    assert_eq!(
        post(&mut store, &list, &rule(30, 20, "price", 5)).status,
        422
    );
    assert_eq!(
        post(&mut store, &list, &rule(30, 40, "percent", 101)).status,
        422
    );
    assert_eq!(
        post(&mut store, &list, &rule(20, 0, "fixed", 5)).status,
        200
    );
    // In the product's own body they are all there are to be.
    put(
        &mut store,
        PRODUCT,
        &json!({ "bulk_pricing_rules": [rule(5, 9, "percent", 3)] }),
    );
    let left = read(&mut store, &format!("{PRODUCT}?include=bulk_pricing_rules"));
    assert_eq!(
        left["data"]["bulk_pricing_rules"].as_array().unwrap().len(),
        1
    );
}

#[test]
fn values_of_modifiers_have_adjusters() {
    let mut store = shop();
    let list = format!("{PRODUCT}/modifiers");
    let body = json!({
        "display_name": "Gift box", "type": "dropdown", "required": false,
        "option_values": [{ "label": "Plain", "sort_order": 0 }],
    });
    let made = data(&post(&mut store, &list, &body));
    assert_eq!(made["option_values"][0]["adjusters"]["price"], Value::Null);
    let values = format!("{list}/{}/values", made["id"]);
    let price = json!({ "adjuster": "relative", "adjuster_value": 5 });
    let fancy = json!({ "label": "Fancy", "sort_order": 1, "adjusters": { "price": price } });
    let value = data(&post(&mut store, &values, &fancy));
    assert_eq!(value["adjusters"]["price"], price);
    let one = format!("{values}/{}", value["id"]);
    assert_eq!(
        data(&put(&mut store, &one, &json!({ "label": "Very fancy" })))["label"],
        "Very fancy"
    );
    let inside =
        read(&mut store, &format!("{PRODUCT}?include=modifiers"))["data"]["modifiers"].clone();
    assert_eq!(inside[0]["option_values"][1]["label"], "Very fancy");
    assert_eq!(delete(&mut store, &one).status, 204);
    assert_eq!(
        read(&mut store, &values)["data"].as_array().unwrap().len(),
        1
    );
}

#[test]
fn what_an_option_asks_for_is_looked_at_field_by_field() {
    let mut store = shop();
    let own = post(
        &mut store,
        "/v3/catalog/products",
        &json!({ "name": "Asking", "type": "physical", "weight": 1, "price": 1 }),
    );
    let own = format!("/v3/catalog/products/{}", data(&own)["id"]);
    let config = json!({
        "default_value": 3, "checkbox_label": "Wrap it", "date_limit_mode": "range",
        "date_earliest_value": "2026-11-17T00:00:00+00:00", "file_types_mode": "specific",
        "file_types_supported": ["images"], "file_max_size": 524_288, "text_max_length": 40,
        "number_lowest_value": -1.5, "number_integers_only": false,
        "product_list_shipping_calc": "package",
    });
    let cases = [
        ("default_value", json!(["x"]), "error.expected.jsstring"),
        (
            "checked_by_default",
            json!("yes"),
            "error.expected.jsboolean",
        ),
        ("checkbox_label", json!(1), "error.expected.jsstring"),
        ("date_limited", json!(1), "error.expected.jsboolean"),
        (
            "date_limit_mode",
            json!("never"),
            "error.expected.validenumvalue",
        ),
        (
            "date_earliest_value",
            json!("soon"),
            "error.expected.date.isoformat",
        ),
        (
            "date_latest_value",
            json!(7),
            "error.expected.date.isoformat",
        ),
        (
            "file_types_mode",
            json!("some"),
            "error.expected.validenumvalue",
        ),
        (
            "file_types_supported",
            json!("images"),
            "error.expected.jsarray",
        ),
        ("file_types_other", json!({}), "error.expected.jsarray"),
        ("file_max_size", json!(524_289), "error.max"),
        (
            "text_characters_limited",
            json!("no"),
            "error.expected.jsboolean",
        ),
        ("text_min_length", json!(-1), "error.min"),
        ("text_max_length", json!("40"), "error.expected.jsnumber"),
        ("text_lines_limited", json!(0), "error.expected.jsboolean"),
        ("text_max_lines", json!(1.5), "error.expected.int"),
        ("number_limited", json!([]), "error.expected.jsboolean"),
        (
            "number_limit_mode",
            json!("most"),
            "error.expected.validenumvalue",
        ),
        (
            "number_lowest_value",
            json!("low"),
            "error.expected.jsnumber",
        ),
        (
            "number_highest_value",
            json!(true),
            "error.expected.jsnumber",
        ),
        (
            "number_integers_only",
            json!("true"),
            "error.expected.jsboolean",
        ),
        (
            "product_list_adjusts_inventory",
            json!(1),
            "error.expected.jsboolean",
        ),
        (
            "product_list_adjusts_pricing",
            json!(1),
            "error.expected.jsboolean",
        ),
        (
            "product_list_shipping_calc",
            json!("free"),
            "error.expected.validenumvalue",
        ),
    ];
    for (list, kind) in [("options", "dropdown"), ("modifiers", "text")] {
        let list = format!("{own}/{list}");
        let with = |name: &str, config: &Value| json!({ "display_name": name, "type": kind, "required": false, "config": config });
        let made = data(&post(&mut store, &list, &with("First", &config)));
        assert_eq!(made["config"], config, "{list}");
        let target = format!("{list}/{}", made["id"]);
        for (field, value, code) in &cases {
            let body = json!({ "config": { *field: value } });
            let refused = put(&mut store, &target, &body);
            let path = format!("config.{field}");
            assert_eq!(
                (refusal(&refused).0, refusal(&refused).2),
                (422, json!({ path: code })),
                "{list}"
            );
        }
        for config in [json!("none"), json!(["x"])] {
            let refused = post(&mut store, &list, &with("Second", &config));
            assert_eq!(
                refusal(&refused).2,
                json!({ "config": "error.expected.jsobject" })
            );
        }
        let kept = read(&mut store, &target)["data"]["config"].clone();
        assert_eq!(kept, config, "{list}");
    }
}

#[test]
fn what_a_value_of_a_modifier_does_is_looked_at_and_there_are_250_of_them() {
    let mut store = shop();
    let list = format!("{PRODUCT}/modifiers");
    let of = |count: usize| {
        let values: Vec<Value> = (0..count)
            .map(|at| json!({ "label": format!("Value {at}"), "sort_order": at }))
            .collect();
        json!({ "display_name": "Engraving", "type": "dropdown", "required": false, "option_values": values })
    };
    assert_eq!(post(&mut store, &list, &of(251)).status, 422);
    let made = data(&post(&mut store, &list, &of(250)));
    let values = format!("{list}/{}/values", made["id"]);
    let one_more = json!({ "label": "One more", "sort_order": 1 });
    let refused = post(&mut store, &values, &one_more);
    assert_eq!(
        refusal(&refused).2,
        json!({ "option_values": "error.maxLength" })
    );
    let one = format!("{values}/{}", made["option_values"][0]["id"]);
    let whole = json!({
        "price": { "adjuster": "percentage", "adjuster_value": -2.5 },
        "weight": { "adjuster": null, "adjuster_value": 1 },
        "image_url": "https://example.com/a.png",
        "purchasing_disabled": { "status": true, "message": "Not now" },
    });
    let changed = data(&put(&mut store, &one, &json!({ "adjusters": whole })));
    assert_eq!(changed["adjusters"], whole);
    for (adjusters, path, code) in [
        (json!([]), "adjusters", "error.expected.jsobject"),
        (
            json!({ "price": 5 }),
            "adjusters.price",
            "error.expected.jsobject",
        ),
        (
            json!({ "price": { "adjuster": "twice" } }),
            "adjusters.price.adjuster",
            "error.expected.validenumvalue",
        ),
        (
            json!({ "weight": { "adjuster_value": "1" } }),
            "adjusters.weight.adjuster_value",
            "error.expected.jsnumber",
        ),
        (
            json!({ "image_url": 1 }),
            "adjusters.image_url",
            "error.expected.jsstring",
        ),
        (
            json!({ "purchasing_disabled": { "status": 1 } }),
            "adjusters.purchasing_disabled.status",
            "error.expected.jsboolean",
        ),
    ] {
        let refused = put(&mut store, &one, &json!({ "adjusters": adjusters }));
        assert_eq!(
            (refusal(&refused).0, refusal(&refused).2),
            (422, json!({ path: code }))
        );
    }
    assert_eq!(read(&mut store, &one)["data"]["adjusters"], whole);
}

fn note(key: &str, permission: &str) -> Value {
    json!({ "permission_set": permission, "namespace": "stock", "key": key, "value": "1" })
}

#[test]
fn everything_that_has_metafields_keeps_them_apart() {
    let mut store = shop();
    let things = [
        PRODUCT.to_owned(),
        format!("{PRODUCT}/variants/301"),
        "/v3/catalog/brands/36".to_owned(),
        "/v3/catalog/categories/23".to_owned(),
        "/v3/orders/48219".to_owned(),
        "/v3/customers/12".to_owned(),
        "/v3/inventory/locations/1".to_owned(),
        "/v3/channels/1".to_owned(),
    ];
    for (at, thing) in things.iter().enumerate() {
        let list = format!("{thing}/metafields");
        if get(&mut store, &list).status == 404 {
            panic!("{thing} is not in the sample shop");
        }
        whole_life(
            &mut store,
            &list,
            &note("shelf", "write"),
            &json!({ "value": "2" }),
            "key",
        );
        post(&mut store, &list, &note("kept", "read"));
        let again = post(&mut store, &list, &note("kept", "read"));
        assert_eq!(again.status, 409, "{list}");
        for (other, thing) in things.iter().enumerate().skip(at + 1) {
            let none = read(&mut store, &format!("{thing}/metafields"));
            assert_eq!(none["data"], json!([]), "{at} {other}");
        }
    }
}

#[test]
fn metafields_go_with_what_they_belong_to() {
    let mut store = shop();
    // A product with real variants, so that one can go.
    let products = read(
        &mut store,
        "/v3/catalog/products?include=variants&limit=250",
    )["data"]
        .clone();
    let many = products.as_array().unwrap().iter();
    let mut many = many.filter(|product| product["variants"].as_array().unwrap().len() > 1);
    let (first, second) = (many.next().unwrap(), many.next().unwrap());
    let variant = &first["variants"][0]["id"];
    let things = [
        (
            "/v3/catalog/variants/metafields",
            format!("/v3/catalog/products/{}/variants/{variant}", first["id"]),
            None,
        ),
        // All variants go with their product.
        (
            "/v3/catalog/variants/metafields",
            format!(
                "/v3/catalog/products/{}/variants/{}",
                second["id"], second["variants"][0]["id"]
            ),
            Some(format!("/v3/catalog/products/{}", second["id"])),
        ),
        ("/v3/catalog/products/metafields", PRODUCT.to_owned(), None),
        (
            "/v3/catalog/brands/metafields",
            "/v3/catalog/brands/36".to_owned(),
            None,
        ),
        (
            "/v3/catalog/categories/metafields",
            "/v3/catalog/categories/23".to_owned(),
            Some("/v3/catalog/trees/categories?category_id:in=23".to_owned()),
        ),
        (
            "/v3/customers/metafields",
            "/v3/customers/12".to_owned(),
            Some("/v3/customers?id:in=12".to_owned()),
        ),
    ];
    for (all, thing, gone) in things {
        let made = post(
            &mut store,
            &format!("{thing}/metafields"),
            &note("kept", "read"),
        );
        assert_eq!(made.status, 200, "{thing}");
        assert_eq!(
            read(&mut store, all)["data"].as_array().unwrap().len(),
            1,
            "{thing}"
        );
        let gone = gone.unwrap_or(thing);
        let answer = delete(&mut store, &gone);
        assert!(
            matches!(answer.status, 202 | 204),
            "{gone}: {}",
            answer.status
        );
        assert_eq!(read(&mut store, all)["data"], json!([]), "{gone}");
    }
}

#[test]
fn another_account_sees_and_writes_what_the_owner_lets_it() {
    let other = Token::new("other");
    let mut store = Store::open(&Blueprint {
        more_tokens: vec![(other, "all".parse().unwrap())],
        ..blueprint()
    });
    let list = format!("{PRODUCT}/metafields");
    let mut made = Vec::new();
    for permission in ["app_only", "read", "write"] {
        made.push(data(&post(
            &mut store,
            &list,
            &note(permission, permission),
        )));
    }
    let as_other = |method: &str, target: &str| {
        let mut ask = request(method, target);
        ask.headers.retain(|(name, _)| name != "X-Auth-Token");
        ask.with_header("X-Auth-Token", "other")
    };
    let seen = step(&mut store, as_other("GET", &list), noon());
    assert_eq!(data(&seen), json!([made[1], made[2]]));
    for (at, status) in [(0, 404), (1, 403), (2, 200)] {
        let one = format!("{list}/{}", made[at]["id"]);
        let ask = as_other("PUT", &one).with_json(&json!({ "value": "theirs" }));
        assert_eq!(step(&mut store, ask, noon()).status, status, "{at}");
    }
    // The same key is free to the other account.
    let ask = as_other("POST", &list).with_json(&note("read", "read"));
    assert_eq!(step(&mut store, ask, noon()).status, 200);
}

#[test]
fn a_batch_of_metafields_is_done_in_part() {
    let mut store = shop();
    let all = "/v3/catalog/products/metafields";
    let item = |product: u64, key: &str| {
        let mut body = note(key, "read");
        body["resource_id"] = product.into();
        body
    };
    let sent = json!([item(111, "a"), item(112, "a"), item(99_999, "a")]);
    let answer = post(&mut store, all, &sent);
    let body = answer.body_json().unwrap();
    assert_eq!(answer.status, 422);
    assert_eq!(
        body["meta"],
        json!({ "total": 3, "success": 2, "failed": 1 })
    );
    assert_eq!(body["data"].as_array().unwrap().len(), 2);
    let found = read(&mut store, &format!("{all}?key:in=a,b&limit=1"));
    assert_eq!(found["meta"]["pagination"]["total"], 2);
    let after = found["meta"]["cursor_pagination"]["end_cursor"]
        .as_str()
        .unwrap();
    let next = read(
        &mut store,
        &format!("{all}?limit=1&after={}", after.replace('=', "%3D")),
    );
    assert_eq!(next["data"][0]["resource_id"], 112);
    let ids: Vec<Value> = body["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|each| each["id"].clone())
        .collect();
    let ask = request("DELETE", all).with_json(&json!(ids));
    assert_eq!(step(&mut store, ask, noon()).status, 200);
    assert_eq!(read(&mut store, all)["data"], json!([]));
}

#[test]
fn what_cannot_be_read_as_metafields_is_a_400_and_what_is_no_list_of_them_a_422() {
    let mut store = shop();
    for owner in ["catalog/brands", "catalog/products", "orders", "customers"] {
        let all = format!("/v3/{owner}/metafields");
        for method in ["POST", "PUT", "DELETE"] {
            for (body, status) in [("[{\"id\":", 400), ("", 400), ("{}", 422), ("7", 422)] {
                let mut ask = request(method, &all).with_header("Content-Type", "application/json");
                ask.body = body.into();
                let refused = step(&mut store, ask, noon());
                assert_eq!(refusal(&refused).0, status, "{method} {all} {body}");
            }
        }
        for (filter, code) in [
            ("resource_id:in", "error.expected.jsnumber"),
            ("date_created:min", "error.expected.date.isoformat"),
        ] {
            let (status, title, errors) =
                refusal(&get(&mut store, &format!("{all}?{filter}=none")));
            assert_eq!((status, &*title), (400, "Input is invalid"), "{all}");
            assert_eq!(errors[filter], code);
        }
        // That it is no filter at all is said as everywhere.
        assert_eq!(get(&mut store, &format!("{all}?planet=mars")).status, 422);
    }
}

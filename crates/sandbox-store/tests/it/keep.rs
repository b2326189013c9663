//! What is changed is kept.

use std::io::Write;
use std::path::Path;

use sandbox_store::{Config, DataFileError, FeesWithoutId, Running, ServeError, reset, serve};
use serde_json::{Value, json};

use crate::wire::{ask, config, control, get};

async fn open(path: &Path) -> Running {
    serve(Config {
        data_file: Some(path.to_owned()),
        ..config()
    })
    .await
    .unwrap()
}

async fn change(store: &Running, id: u64, body: Value) {
    let request = ask(store, "PUT", &format!("/v2/orders/{id}"))
        .header("Content-Type", "application/json")
        .body(body.to_string());
    assert_eq!(request.send().await.unwrap().status(), 200);
}

/// All there is to see, links made comparable.
pub(crate) async fn everything(store: &Running) -> String {
    const LISTS: &[&str] = &[
        "/v2/orders?limit=250",
        "/v2/orders/count",
        "/v3/orders/payment_actions/refunds?limit=250",
        "/v3/catalog/products?limit=250&include=images,variants,custom_fields,channels,videos,bulk_pricing_rules",
        "/v3/catalog/products?limit=250&include=options,modifiers",
        "/v3/catalog/brands",
        "/v3/catalog/trees",
        "/v3/catalog/trees/categories?limit=250",
        "/v3/catalog/products/channel-assignments?limit=250",
        "/v3/customers?limit=250&include=addresses,storecredit,attributes,formfields",
        "/v3/customers/attributes",
        "/v2/customer_groups",
        "/v3/inventory/items?limit=1000",
        "/v3/settings/store/locale",
        "/v3/settings/store/units-of-measurement",
        "/v2/currencies",
        "/v3/catalog/products/metafields",
        "/v3/catalog/variants/metafields",
        "/v3/catalog/brands/metafields",
        "/v3/catalog/categories/metafields",
        "/v3/orders/metafields",
        "/v3/customers/metafields",
        "/v3/inventory/locations/metafields",
        "/v3/channels/metafields",
    ];
    let client = crate::wire::client();
    let mut all = String::new();
    for target in LISTS {
        let url = format!("{}/stores/{}{target}", store.origin, store.store_hash);
        let asked = client
            .get(url)
            .header("X-Auth-Token", store.token.expose())
            .header("Accept", "application/json");
        let answer = asked.send().await.unwrap();
        let status = answer.status().as_u16();
        assert!(matches!(status, 200 | 204), "{target}: {status}");
        let text = answer.text().await.unwrap();
        all.push_str(&format!("{target}: {}\n", text.replace(&store.origin, "")));
    }
    let emails = control(store, "GET", "/emails", Value::Null).await;
    all.push_str(&emails.to_string());
    all
}

#[tokio::test]
async fn what_fees_without_an_id_did_stays_whatever_they_are_to_do_from_now_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.jsonl");
    let store = serve(Config {
        data_file: Some(path.clone()),
        fees_without_id: FeesWithoutId::Replace,
        ..config()
    })
    .await
    .unwrap();
    let orders = get(&store, "/v2/orders?limit=1").await;
    let order = orders[0]["id"].as_u64().unwrap();
    let fee = json!({ "fees": [{ "type": "custom_fee", "display_name_customer": "Rush",
        "display_name_merchant": "Rush", "cost_ex_tax": 5, "cost_inc_tax": 5 }] });
    for _ in 0..2 {
        change(&store, order, fee.clone()).await;
    }
    let fees = format!("/v2/orders/{order}/fees");
    let before = get(&store, &fees).await;
    assert_eq!(before.as_array().unwrap().len(), 1);
    store.stop().await;
    // The file says what was meant when it was made; this says nothing of it.
    let store = open(&path).await;
    assert_eq!(get(&store, &fees).await, before);
    store.stop().await;
    // A file of before there was a choice was made with this one.
    let text = std::fs::read_to_string(&path).unwrap();
    let older = text.replacen(r#","feesWithoutId":"replace""#, "", 1);
    assert_ne!(older, text);
    std::fs::write(&path, older).unwrap();
    let store = open(&path).await;
    assert_eq!(get(&store, &fees).await, before);
    store.stop().await;
}

#[tokio::test]
async fn a_new_file_is_made_with_fees_that_are_added_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.jsonl");
    open(&path).await.stop().await;
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(r#""feesWithoutId":"add""#), "{text}");
}

#[tokio::test]
async fn a_store_that_is_opened_again_is_as_it_was_left() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.jsonl");
    let store = open(&path).await;
    change(
        &store,
        48219,
        json!({ "status_id": 2, "staff_notes": "säck" }),
    )
    .await;
    change(&store, 48219, json!({ "status_id": 2 })).await;
    control(&store, "POST", "/orders", json!({ "count": 2 })).await;
    change(&store, 48221, json!({ "customer_message": null })).await;
    control(&store, "POST", "/orders/48210", json!({ "status_id": 10 })).await;
    let before = everything(&store).await;
    store.stop().await;
    let again = open(&path).await;
    assert_eq!(everything(&again).await, before);
    assert!(
        !std::fs::read_to_string(&path)
            .unwrap()
            .contains("wiretoken")
    );
}

async fn catalog(store: &Running, method: &str, target: &str, body: Value) -> Value {
    let request = ask(store, method, &format!("/v3/catalog{target}"))
        .header("Content-Type", "application/json")
        .body(body.to_string());
    let response = request.send().await.unwrap();
    assert!(response.status().is_success(), "{method} {target}");
    serde_json::from_str(&response.text().await.unwrap()).unwrap_or_default()
}

#[tokio::test]
async fn a_catalog_that_is_opened_again_is_as_it_was_left() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.jsonl");
    let store = open(&path).await;
    let made = json!({
        "name": "Rype Chair", "type": "physical", "weight": 1.25, "price": 24.99,
        "description": "<p>\u{feff}ä\r\n</p>", "brand_name": "Vindfang",
        "images": [{ "image_url": "https://example.com/chair.jpg" }],
    });
    let made = catalog(&store, "POST", "/products", made).await["data"].clone();
    let own = format!("/products/{}", made["id"]);
    catalog(
        &store,
        "PUT",
        &own,
        json!({ "price": "19.9", "width": 0.1 }),
    )
    .await;
    let batch = json!([{ "id": 112, "sale_price": 1.5 }, { "id": 113, "name": "Renamed" }]);
    catalog(&store, "PUT", "/products", batch).await;
    catalog(
        &store,
        "POST",
        &format!("{own}/images"),
        json!({ "image_url": "https://example.com/b.png" }),
    )
    .await;
    catalog(
        &store,
        "PUT",
        "/products/channel-assignments",
        json!([{ "product_id": made["id"], "channel_id": 1 }]),
    )
    .await;
    catalog(&store, "DELETE", "/products?id:in=114,115", Value::Null).await;
    catalog(&store, "DELETE", "/products/116", Value::Null).await;
    control(&store, "POST", "/orders", json!({ "count": 3 })).await;
    let before = everything(&store).await;
    assert!(before.contains("19.9") && before.contains("Vindfang"));
    store.stop().await;
    assert_eq!(everything(&open(&path).await).await, before);
}

#[tokio::test]
async fn a_batch_that_was_refused_leaves_nothing_that_another_start_would_not_know() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.jsonl");
    let store = open(&path).await;
    let batch = json!([
        { "id": 112, "brand_name": "Vindfang", "custom_fields": [{ "name": "n", "value": "v" }] },
        { "id": 113, "brand_id": 999 },
    ]);
    let refused = ask(&store, "PUT", "/v3/catalog/products")
        .header("Content-Type", "application/json")
        .body(batch.to_string());
    assert_eq!(refused.send().await.unwrap().status(), 409);
    let after = json!({ "brand_name": "Vidde", "custom_fields": [{ "name": "n", "value": "v" }] });
    catalog(&store, "PUT", "/products/114", after).await;
    let before = everything(&store).await;
    assert!(before.contains("Vidde") && !before.contains("Vindfang"));
    store.stop().await;
    assert_eq!(everything(&open(&path).await).await, before);
}

#[tokio::test]
async fn customers_are_kept_whoever_changed_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.jsonl");
    let store = open(&path).await;
    let send = async |method: &str, target: &str, body: Value| {
        let request = ask(&store, method, &format!("/v3/customers{target}"))
            .header("Content-Type", "application/json")
            .body(body.to_string());
        let status = request.send().await.unwrap().status();
        assert!(status.is_success(), "{method} {body}: {status}");
    };
    let address = json!({
        "first_name": "A", "last_name": "B", "address1": "1 Way", "city": "Bend",
        "country_code": "US",
    });
    let made = json!([{
        "email": "a@example.com", "first_name": "A", "last_name": "B", "addresses": [address],
        "store_credit_amounts": [{ "amount": 12.25 }],
    }]);
    send("POST", "", made).await;
    send("PUT", "", json!([{ "id": 12, "notes": "ä\n" }])).await;
    send("DELETE", "?id:in=13", Value::Null).await;
    let edited = control(
        &store,
        "POST",
        "/customers/14",
        json!({ "phone": "555-0142" }),
    )
    .await;
    assert_eq!(edited["phone"], "555-0142");
    assert_eq!(edited["addresses"][0]["customer_id"], 14);
    control(&store, "POST", "/orders", json!({ "count": 20 })).await;
    let before = everything(&store).await;
    assert!(before.contains("12.25") && before.contains("555-0142"));
    store.stop().await;
    assert_eq!(everything(&open(&path).await).await, before);
}

#[tokio::test]
async fn shipments_are_kept_with_their_mails() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.jsonl");
    let store = open(&path).await;
    let order = get(&store, "/v2/orders?status_id=11&limit=1").await[0]["id"].clone();
    let own = format!("/v2/orders/{order}");
    let line = get(&store, &format!("{own}/products")).await[0].clone();
    let body = json!({
        "order_address_id": line["order_address_id"], "tracking_number": "1Z9",
        "items": [{ "order_product_id": line["id"], "quantity": 1 }],
    });
    let send = async |method: &str, target: &str, body: &Value| {
        let request = ask(&store, method, target)
            .header("Content-Type", "application/json")
            .body(body.to_string());
        let response = request.send().await.unwrap();
        assert!(response.status().is_success(), "{method} {target}");
        let text = response.text().await.unwrap();
        serde_json::from_str::<Value>(&text).unwrap_or_default()
    };
    let made = send("POST", &format!("{own}/shipments"), &body).await;
    let target = format!("{own}/shipments/{}", made["id"]);
    send("PUT", &target, &json!({ "comments": "corrected" })).await;
    let gone = get(&store, "/v2/orders?status_id=2&limit=1").await[0]["id"].clone();
    let parcels = get(&store, &format!("/v2/orders/{gone}/shipments")).await;
    let back = format!("/v2/orders/{gone}/shipments/{}", parcels[0]["id"]);
    send("DELETE", &back, &Value::Null).await;
    let before = (everything(&store).await, get(&store, &target).await);
    assert!(before.0.contains("\"shipmentId\":"), "{}", before.0);
    store.stop().await;
    let again = open(&path).await;
    assert_eq!(
        (everything(&again).await, get(&again, &target).await),
        before
    );
    assert_eq!(
        ask(&again, "GET", &back).send().await.unwrap().status(),
        404
    );
}

/// What the storefront answers to that token.
async fn opens(store: &Running, token: &str) -> u16 {
    let asked = crate::wire::client()
        .post(format!("{}/graphql", store.origin))
        .header("Authorization", format!("Bearer {token}"))
        .header("Content-Type", "application/json")
        .body(json!({ "query": "{ site { settings { storeName } } }" }).to_string());
    asked.send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn tokens_for_the_storefront_are_kept_and_those_revoked_stay_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.jsonl");
    let store = open(&path).await;
    let body = json!({
        "channel_ids": [1], "scopes": ["Unauthenticated"],
        "expires_at": jiff::Timestamp::now().as_second() + 3_600,
    });
    let mut tokens = Vec::new();
    for _each in 0..3 {
        let made = ask(&store, "POST", "/v3/storefront/api-token-private")
            .header("Content-Type", "application/json")
            .body(body.to_string());
        let made = made.send().await.unwrap().text().await.unwrap();
        let made: Value = serde_json::from_str(&made).unwrap();
        tokens.push(made["data"]["token"].as_str().unwrap().to_owned());
    }
    // Once more changes nothing, and one that nobody gave out neither.
    for token in [&*tokens[1], &*tokens[1], "somebody.elses.token"] {
        let revoked =
            ask(&store, "DELETE", "/v3/storefront/api-token").header("Sf-Api-Token", token);
        assert_eq!(revoked.send().await.unwrap().status(), 200);
    }
    let seen = async |store: &Running| {
        let mut all = Vec::new();
        for token in &tokens {
            all.push(opens(store, token).await);
        }
        all
    };
    assert_eq!(seen(&store).await, [200, 401, 200]);
    store.stop().await;
    let file = std::fs::read_to_string(&path).unwrap();
    assert!(tokens.iter().all(|token| !file.contains(&**token)));
    assert_eq!(file.lines().count(), 1 + 3 + 1, "{file}");
    let again = open(&path).await;
    assert_eq!(seen(&again).await, [200, 401, 200]);
}

#[tokio::test]
async fn the_file_decides_what_the_shop_is_made_from() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.jsonl");
    let store = open(&path).await;
    let before = everything(&store).await;
    store.stop().await;
    let other = Config {
        seed: 9,
        data_file: Some(path),
        ..config()
    };
    assert_eq!(everything(&serve(other).await.unwrap()).await, before);
}

#[tokio::test]
async fn refused_and_empty_changes_leave_no_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.jsonl");
    let store = open(&path).await;
    change(&store, 48219, json!({})).await;
    get(&store, "/v2/orders").await;
    assert_eq!(std::fs::read_to_string(&path).unwrap().lines().count(), 1);
}

#[tokio::test]
async fn a_torn_last_line_is_forgotten_and_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.jsonl");
    let store = open(&path).await;
    change(&store, 48219, json!({ "staff_notes": "kept" })).await;
    let before = everything(&store).await;
    store.stop().await;
    let mut file = std::fs::OpenOptions::new()
        .append(true)
        .open(&path)
        .unwrap();
    file.write_all(br#"{"at":"2026-11-17T20:00:00Z","request":{"meth"#)
        .unwrap();
    let again = open(&path).await;
    assert_eq!(everything(&again).await, before);
    change(&again, 48219, json!({ "staff_notes": "after the tear" })).await;
    again.stop().await;
    let third = open(&path).await;
    assert_eq!(
        get(&third, "/v2/orders/48219").await["staff_notes"],
        "after the tear"
    );
}

#[tokio::test]
async fn a_file_that_is_open_or_foreign_or_broken_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.jsonl");
    let store = open(&path).await;
    let with = |path: &Path| {
        serve(Config {
            data_file: Some(path.to_owned()),
            ..config()
        })
    };
    let refused = with(&path).await;
    assert!(
        matches!(refused, Err(ServeError::DataFile(DataFileError::InUse))),
        "{refused:?}"
    );
    store.stop().await;
    std::fs::write(&path, "{\"format\":99}\n").unwrap();
    let refused = with(&path).await;
    assert!(matches!(
        refused,
        Err(ServeError::DataFile(DataFileError::Format {
            found: 99,
            known: 4
        }))
    ));
    reset(&path).unwrap();
    open(&path).await.stop().await;
    reset(&path).unwrap();
    open(&path).await.stop().await;
    let mut text = std::fs::read_to_string(&path).unwrap();
    text.push_str("not json\n");
    std::fs::write(&path, text).unwrap();
    let refused = with(&path).await;
    assert!(matches!(
        refused,
        Err(ServeError::DataFile(DataFileError::Line { line: 2 }))
    ));
}

#[tokio::test]
async fn a_file_of_a_format_before_is_refused_and_stays_until_it_is_started_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.jsonl");
    let store = open(&path).await;
    change(&store, 48219, json!({ "staff_notes": "mine" })).await;
    store.stop().await;
    let text = std::fs::read_to_string(&path).unwrap();
    for before in [2_u64, 3] {
        let older = text.replacen(r#"{"format":4,"#, &format!(r#"{{"format":{before},"#), 1);
        assert_ne!(older, text);
        std::fs::write(&path, &older).unwrap();
        let refused = serve(Config {
            data_file: Some(path.clone()),
            ..config()
        })
        .await;
        assert!(
            matches!(
                refused,
                Err(ServeError::DataFile(DataFileError::Format { found, known: 4 })) if found == before
            ),
            "{refused:?}"
        );
        assert_eq!(std::fs::read_to_string(&path).unwrap(), older);
    }
    reset(&path).unwrap();
    let fresh = open(&path).await;
    assert_ne!(get(&fresh, "/v2/orders/48219").await["staff_notes"], "mine");
}

#[tokio::test]
async fn a_file_of_somebody_elses_is_neither_changed_nor_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    let long = "x".repeat(9_000);
    for foreign in [
        "buy milk",
        "buy milk\n",
        "one\ntwo\nthree without an end",
        "\n",
        "\n\nbuy milk",
        r#"{"format":2}"#,
        r#"{"format":"letter","seed":1}"#,
        "{\"format\":\"letter\"}\nDear Ada",
        "{}\n{}",
        long.as_str(),
    ] {
        std::fs::write(&path, foreign).unwrap();
        let refused = serve(Config {
            data_file: Some(path.clone()),
            ..config()
        })
        .await;
        assert!(
            matches!(refused, Err(ServeError::DataFile(DataFileError::Foreign))),
            "{foreign:?}: {refused:?}"
        );
        assert!(
            matches!(reset(&path), Err(DataFileError::Foreign)),
            "{foreign:?}"
        );
        assert_eq!(std::fs::read_to_string(&path).unwrap(), foreign);
    }
    // A file of ours with one bad line keeps all of them, the torn one too.
    std::fs::remove_file(&path).unwrap();
    open(&path).await.stop().await;
    let mut text = std::fs::read_to_string(&path).unwrap();
    text.push_str("not json\n{\"at\":");
    std::fs::write(&path, &text).unwrap();
    let refused = serve(Config {
        data_file: Some(path.clone()),
        ..config()
    })
    .await;
    assert!(matches!(
        refused,
        Err(ServeError::DataFile(DataFileError::Line { line: 2 }))
    ));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}

#[tokio::test]
async fn a_first_line_that_was_torn_is_written_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.jsonl");
    open(&path).await.stop().await;
    let whole = std::fs::read_to_string(&path).unwrap();
    for length in [0, 1, 5, 11, whole.len() - 2] {
        std::fs::write(&path, &whole[..length]).unwrap();
        open(&path).await.stop().await;
        assert_eq!(std::fs::read_to_string(&path).unwrap(), whole, "{length}");
    }
}

#[tokio::test]
async fn what_a_store_has_open_is_not_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.jsonl");
    let store = open(&path).await;
    assert!(matches!(reset(&path), Err(DataFileError::InUse)));
    change(&store, 48219, json!({ "staff_notes": "kept" })).await;
    store.stop().await;
    let again = open(&path).await;
    assert_eq!(get(&again, "/v2/orders/48219").await["staff_notes"], "kept");
    again.stop().await;
    reset(&path).unwrap();
    assert!(!path.exists());
    reset(&path).unwrap();
}

#[tokio::test]
async fn the_clock_that_was_set_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.jsonl");
    let store = open(&path).await;
    let clock = json!({ "offsetSeconds": -86_400 });
    control(&store, "POST", "/clock", clock).await;
    store.stop().await;
    let again = open(&path).await;
    let clock = control(&again, "GET", "/clock", Value::Null).await;
    assert_eq!(clock["offsetSeconds"], -86_400);
    control(&again, "POST", "/reset", Value::Null).await;
    again.stop().await;
    let fresh = open(&path).await;
    let clock = control(&fresh, "GET", "/clock", Value::Null).await;
    assert_eq!(clock["offsetSeconds"], 0);
}

#[tokio::test]
async fn starting_over_forgets_every_change() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.jsonl");
    let store = open(&path).await;
    let fresh = everything(&store).await;
    change(&store, 48219, json!({ "status_id": 5 })).await;
    control(&store, "POST", "/reset", Value::Null).await;
    assert_eq!(everything(&store).await, fresh);
    change(&store, 48218, json!({ "staff_notes": "new life" })).await;
    let before = everything(&store).await;
    store.stop().await;
    assert_eq!(everything(&open(&path).await).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_was_stopped_has_let_go_of_its_file_whoever_is_still_connected() {
    let folder = tempfile::tempdir().unwrap();
    let config = || sandbox_store::Config {
        data_file: Some(folder.path().join("shop")),
        ..crate::wire::config()
    };
    // A client that keeps its connections, and many of them.
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    for _again in 0..5 {
        let store = serve(config()).await.unwrap();
        let asked = (0..8).map(|_| {
            let url = format!("{}/stores/{}/v2/time", store.origin, store.store_hash);
            let ask = client
                .get(url)
                .header("X-Auth-Token", store.token.expose())
                .header("Accept", "application/json");
            tokio::spawn(ask.send())
        });
        for answer in asked.collect::<Vec<_>>() {
            assert_eq!(answer.await.unwrap().unwrap().status(), 200);
        }
        store.stop().await;
    }
}

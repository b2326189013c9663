//! The storefront's GraphQL, and the tokens that open it.

use jiff::{Timestamp, ToSpan};
use sandbox_store::{Request, Response, Store, step};
use serde_json::{Value, json};

use crate::support::{data, noon, post, put, read, refusal, request, shop};

const PRIVATE: &str = "/v3/storefront/api-token-private";

fn later(seconds: i64) -> Timestamp {
    noon().checked_add(seconds.seconds()).unwrap()
}

fn body(scopes: &[&str]) -> Value {
    json!({ "channel_ids": [1], "expires_at": later(3_600).as_second(), "scopes": scopes })
}

fn private(store: &mut Store, scopes: &[&str]) -> String {
    let made = data(&post(store, PRIVATE, &body(scopes)));
    made["token"].as_str().unwrap().to_owned()
}

fn query(token: &str, text: &str) -> Request {
    Request::new("POST", "/graphql")
        .with_header("Host", "shop.test")
        .with_header("Authorization", &format!("Bearer {token}"))
        .with_json(&json!({ "query": text }))
}

fn asked(store: &mut Store, token: &str, text: &str) -> Response {
    step(store, query(token, text), noon())
}

fn found(store: &mut Store, token: &str, text: &str) -> Value {
    let response = asked(store, token, text);
    assert_eq!(response.status, 200);
    let body = response.body_json().unwrap();
    assert!(body.get("errors").is_none(), "{body}");
    body["data"].clone()
}

fn error(response: &Response) -> Value {
    response.body_json().unwrap()["errors"][0].clone()
}

#[test]
fn a_private_token_opens_the_site_until_it_expires_or_is_revoked() {
    let mut store = shop();
    let token = private(&mut store, &["Unauthenticated"]);
    assert_eq!(
        token.split('.').count(),
        3,
        "it looks like a JSON Web Token"
    );
    let text = "{ site { settings { storeName storeHash url { cdnUrl } } } }";
    let settings = found(&mut store, &token, text)["site"]["settings"].clone();
    assert_eq!(
        settings,
        json!({ "storeName": "Northfold Supply", "storeHash": "northfold", "url": { "cdnUrl": "http://shop.test" } })
    );
    assert_eq!(
        step(&mut store, query(&token, text), later(3_601)).status,
        401
    );
    let revoke = request("DELETE", "/v3/storefront/api-token").with_header("Sf-Api-Token", &token);
    assert_eq!(step(&mut store, revoke, noon()).status, 200);
    assert_eq!(asked(&mut store, &token, text).status, 401);
    assert_eq!(asked(&mut store, "somebody.elses.token", text).status, 401);
    let none = Request::new("POST", "/graphql").with_json(&json!({ "query": text }));
    assert_eq!(step(&mut store, none, noon()).status, 401);
}

#[test]
fn a_token_says_what_it_lacks() {
    let mut store = shop();
    let cases = [
        ("expires_at", json!(noon().as_second()), "expires_at"),
        ("expires_at", Value::Null, "expires_at"),
        ("scopes", json!(["Everything"]), "scopes"),
        ("channel_ids", json!([]), "channel_ids"),
        ("channel_ids", json!([7]), "channel_ids"),
        ("channel_id", json!(1), "channel_ids"),
    ];
    for (field, value, path) in cases {
        let mut body = body(&["Unauthenticated"]);
        body[field] = value;
        let refused = post(&mut store, PRIVATE, &body);
        assert!(refusal(&refused).2[path].is_string(), "{field}");
    }
    for missing in ["scopes", "expires_at", "channel_ids"] {
        let mut body = body(&["Unauthenticated"]);
        body.as_object_mut().unwrap().remove(missing);
        assert_eq!(post(&mut store, PRIVATE, &body).status, 422, "{missing}");
    }
}

#[test]
fn a_scope_that_is_missing_is_named_by_its_code() {
    let mut store = shop();
    let everybody = private(&mut store, &["Unauthenticated"]);
    let customers = private(&mut store, &["Customer"]);
    let customer = "{ customer { entityId email } }";
    let refused = asked(&mut store, &everybody, customer);
    assert_eq!(refused.status, 200);
    assert_eq!(
        error(&refused)["extensions"]["code"],
        "INSUFFICIENT_ACCESS_SCOPE"
    );
    let site = asked(
        &mut store,
        &customers,
        "{ site { settings { storeName } } }",
    );
    assert_eq!(
        error(&site)["extensions"]["code"],
        "INSUFFICIENT_ACCESS_SCOPE"
    );
    let ask = query(&customers, customer).with_header("X-Bc-Customer-Id", "12");
    let found = step(&mut store, ask, noon()).body_json().unwrap();
    assert_eq!(found["data"]["customer"]["entityId"], 12);
    assert_eq!(
        asked(&mut store, &customers, customer).body_json().unwrap()["data"]["customer"],
        Value::Null
    );
}

#[test]
fn tokens_for_browsers_and_for_servers_are_not_mixed_up() {
    let mut store = shop();
    let text = "{ site { settings { storeName } } }";
    let server = private(&mut store, &["Unauthenticated"]);
    let from = |token: &str, origin: &str| query(token, text).with_header("Origin", origin);
    assert_eq!(
        step(
            &mut store,
            from(&server, "https://shop.example.com"),
            noon()
        )
        .status,
        403
    );
    let body = json!({
        "channel_id": 1, "expires_at": later(60).as_second(),
        "allowed_cors_origins": ["https://shop.example.com"],
    });
    let made = data(&post(&mut store, "/v3/storefront/api-token", &body));
    let browser = made["token"].as_str().unwrap().to_owned();
    assert_eq!(asked(&mut store, &browser, text).status, 403);
    assert_eq!(
        step(
            &mut store,
            from(&browser, "https://elsewhere.example.com"),
            noon()
        )
        .status,
        403
    );
    assert_eq!(
        step(
            &mut store,
            from(&browser, "https://shop.example.com"),
            noon()
        )
        .status,
        200
    );
}

#[test]
fn who_speaks_for_a_customer_asks_as_one_and_needs_the_scope_for_it() {
    let mut store = shop();
    let body = json!({ "channel_id": 1, "expires_at": later(60).as_second() });
    let made = data(&post(
        &mut store,
        "/v3/storefront/api-token-customer-impersonation",
        &body,
    ));
    let token = made["token"].as_str().unwrap().to_owned();
    let text = "{ site { settings { storeName } } customer { entityId email } }";
    let customer = read(&mut store, "/v3/customers?id:in=12")["data"][0].clone();
    let ask = query(&token, text).with_header("X-Bc-Customer-Id", "12");
    let body = step(&mut store, ask, noon()).body_json().unwrap();
    assert_eq!(
        body["data"]["customer"]["email"], customer["email"],
        "{body}"
    );
    // Nobody is nobody.
    assert_eq!(found(&mut store, &token, text)["customer"], Value::Null);
    let browser = query(&token, text).with_header("Origin", "https://shop.example.com");
    assert_eq!(step(&mut store, browser, noon()).status, 403);
    // It takes a scope of its own, which the one for other tokens is not.
    let mut lesser = sandbox_store::Store::open(&sandbox_store::Blueprint {
        scopes: "store_storefront_api".parse().unwrap(),
        ..crate::support::blueprint()
    });
    let target = "/v3/storefront/api-token-customer-impersonation";
    assert_eq!(post(&mut lesser, target, &json!({})).status, 403);
}

#[test]
fn pages_go_backwards_too_and_queries_only_so_deep() {
    let mut store = shop();
    let token = private(&mut store, &["Unauthenticated"]);
    let ids = |store: &mut Store, arguments: &str| -> Vec<u64> {
        let text =
            format!("{{ site {{ products({arguments}) {{ edges {{ node {{ entityId }} }} }} }} }}");
        let edges = found(store, &token, &text)["site"]["products"]["edges"].clone();
        let edges = edges.as_array().unwrap().clone();
        edges
            .iter()
            .map(|edge| edge["node"]["entityId"].as_u64().unwrap())
            .collect()
    };
    let first = ids(&mut store, "first: 50");
    let at = first[10];
    assert_eq!(
        ids(&mut store, &format!("last: 4, before: \"id:{at}\"")),
        first[6..10]
    );
    assert_eq!(
        ids(
            &mut store,
            &format!("first: 4, before: \"id:{}\"", first[2])
        ),
        first[..2]
    );
    assert_eq!(
        ids(&mut store, &format!("first: 3, after: \"id:{at}\"")),
        first[11..14]
    );
    let deep = format!("{}{}", "{ a ".repeat(40), "}".repeat(40));
    let answer = asked(&mut store, &token, &deep);
    assert!(error(&answer)["message"].is_string());
}

#[test]
fn products_come_in_pages_of_what_shoppers_see() {
    let mut store = shop();
    let token = private(&mut store, &["Unauthenticated"]);
    put(
        &mut store,
        "/v3/catalog/products/111",
        &json!({ "is_visible": false }),
    );
    let all = read(&mut store, "/v3/catalog/products?limit=250&is_visible=true")["data"].clone();
    let expected: Vec<Value> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|each| each["id"].clone())
        .collect();
    let mut seen: Vec<Value> = Vec::new();
    let mut after = String::new();
    loop {
        let text = format!(
            "{{ site {{ products(first: 7{after}) {{ pageInfo {{ hasNextPage endCursor }} \
             edges {{ node {{ entityId name sku prices {{ price {{ value currencyCode }} }} \
             brand {{ name }} categories {{ edges {{ node {{ entityId }} }} }} \
             defaultImage {{ url(width: 220) }} variants(first: 3) {{ edges {{ node {{ sku }} }} }} }} }} }} }} }}"
        );
        let page = found(&mut store, &token, &text)["site"]["products"].clone();
        let nodes = page["edges"].as_array().unwrap();
        seen.extend(nodes.iter().map(|edge| edge["node"]["entityId"].clone()));
        for edge in nodes {
            let own = all
                .as_array()
                .unwrap()
                .iter()
                .find(|each| each["id"] == edge["node"]["entityId"])
                .unwrap();
            assert_eq!(
                edge["node"]["prices"]["price"]["value"],
                own["calculated_price"]
            );
        }
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = format!(", after: {}", page["pageInfo"]["endCursor"]);
    }
    assert_eq!(seen, expected);
    let one = found(
        &mut store,
        &token,
        "{ site { product(entityId: 111) { name } } }",
    );
    assert_eq!(one["site"]["product"], Value::Null, "it is hidden");
    // The shop is as it was: nothing was lost while it was lent.
    assert_eq!(
        read(&mut store, "/v3/catalog/products?limit=250&is_visible=true")["data"],
        all
    );
}

#[test]
fn categories_are_a_tree_and_hold_products() {
    let mut store = shop();
    let token = private(&mut store, &["Unauthenticated"]);
    let text = "{ site { categoryTree { entityId name path hasChildren children { name } } } }";
    let tree = found(&mut store, &token, text)["site"]["categoryTree"].clone();
    let first = tree[0].clone();
    let text = format!(
        "{{ site {{ category(entityId: {}) {{ name products(first: 50) {{ edges {{ node {{ entityId }} }} }} }} }} }}",
        first["entityId"]
    );
    let category = found(&mut store, &token, &text)["site"]["category"].clone();
    assert_eq!(category["name"], first["name"]);
    let target = format!(
        "/v3/catalog/products?limit=250&is_visible=true&categories:in={}",
        first["entityId"]
    );
    let expected = read(&mut store, &target)["data"].as_array().unwrap().len();
    assert_eq!(
        category["products"]["edges"].as_array().unwrap().len(),
        expected.min(50)
    );
}

#[test]
fn no_query_however_deep_and_wide_takes_the_catalog_away() {
    let mut store = shop();
    let token = private(&mut store, &["Unauthenticated"]);
    let most = i32::MAX;
    let inner = "{ edges { node { categories { edges { node { products(first: 2147483647) { edges { node { name } } } } } } } } }";
    let deep = format!("products(first: {most}) {inner}");
    let wide: String = (0..20).map(|at| format!("a{at}: {deep} ")).collect();
    for text in [deep, wide] {
        let answer = asked(&mut store, &token, &format!("{{ site {{ {text} }} }}"));
        assert_eq!(answer.status, 200);
        assert!(error(&answer).is_object(), "too complex");
        let text = "{ site { products(first: 1) { edges { node { name } } } } }";
        let found = found(&mut store, &token, text);
        assert_eq!(
            found["site"]["products"]["edges"].as_array().unwrap().len(),
            1
        );
    }
}

#[test]
fn what_is_too_much_or_no_query_is_refused() {
    let mut store = shop();
    let token = private(&mut store, &["Unauthenticated"]);
    let many = asked(
        &mut store,
        &token,
        "{ site { products(first: 51) { edges { node { name } } } } }",
    );
    assert!(error(&many)["message"].as_str().unwrap().contains("50"));
    let complex = "{ site { products(first: 50) { edges { node { \
        categories { edges { node { products(first: 50) { edges { node { name sku } } } } } } } } } } }";
    assert!(
        error(&asked(&mut store, &token, complex))["message"]
            .as_str()
            .unwrap()
            .contains("complex")
    );
    let unknown = asked(&mut store, &token, "{ site { secrets } }");
    assert!(
        error(&unknown)["message"]
            .as_str()
            .unwrap()
            .contains("secrets")
    );
    let change = asked(&mut store, &token, "mutation { deleteEverything }");
    assert!(change.body_json().unwrap()["errors"].is_array());
    // What the real schema may have is told from what is refused there, too.
    assert!(unknown.unbuilt.is_some() && change.unbuilt.is_some());
    let argument = asked(
        &mut store,
        &token,
        "{ site { products(first: 1, hideOutOfStock: true) { edges { node { name } } } } }",
    );
    assert!(argument.unbuilt.unwrap().contains("hideOutOfStock"));
    assert!(many.unbuilt.is_none(), "{:?}", many.unbuilt);
    let unfinished = asked(&mut store, &token, "{ site {");
    assert!(error(&unfinished).is_object() && unfinished.unbuilt.is_none());
    let mut broken = query(&token, "");
    broken.body = b"not json".to_vec();
    assert_eq!(step(&mut store, broken, noon()).status, 400);
    let get = Request::new("GET", "/graphql");
    assert_eq!(step(&mut store, get, noon()).status, 404);
}

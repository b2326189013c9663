//! How much one request carries: refused before it is sent, and split where there is more.

use std::collections::BTreeSet;

use bigcommerce::{
    Method, Request,
    request::{Few, FewError, products, together, variants},
};
use commerce::{ProductEdit, ProductFields, ProductId, VariantEdit, VariantId};
use sandbox_store::{Config, Plan, Sizes, Strict, Token};
use serde_json::Value;

use crate::support::TOKEN;

fn product(id: u64) -> (ProductId, ProductEdit) {
    let edit = ProductEdit {
        warranty: Some("Two years".to_owned()),
        ..ProductEdit::default()
    };
    (ProductId(id), edit)
}

fn variant(id: u64) -> (VariantId, VariantEdit) {
    let edit = VariantEdit {
        upc: Some("0123456789012".to_owned()),
        ..VariantEdit::default()
    };
    (VariantId(id), edit)
}

/// One more than fits is refused, and what is more goes out in as many parts as it takes, all of
/// it once. `carried` says which numbers a request carries.
fn holds<T: Clone, A, const MAX: usize>(
    documented: usize,
    thing: impl Fn(u64) -> T,
    request: impl Fn(&Few<T, MAX>) -> Request<A>,
    carried: impl Fn(&Request<A>) -> Vec<u64>,
) {
    assert_eq!(MAX, documented);
    let count = u64::try_from(MAX).unwrap();
    let some = |count: u64| (1..=count).map(&thing).collect::<Vec<T>>();
    let refused = Few::<T, MAX>::try_from(some(count + 1)).err();
    assert_eq!(
        refused,
        Some(FewError::TooMany {
            given: MAX + 1,
            max: MAX
        })
    );
    assert_eq!(
        Few::<T, MAX>::try_from(Vec::new()).err(),
        Some(FewError::None)
    );
    let whole = Few::<T, MAX>::try_from(some(count)).ok().unwrap();
    assert_eq!(carried(&request(&whole)).len(), MAX);

    let requests: Vec<_> = Few::<T, MAX>::parts(some(count * 2 + 1))
        .map(|part| carried(&request(&part)))
        .collect();
    let lengths: Vec<usize> = requests.iter().map(Vec::len).collect();
    assert_eq!(lengths, [MAX, MAX, 1]);
    let all: Vec<u64> = requests.concat();
    assert_eq!(all, (1..=count * 2 + 1).collect::<Vec<u64>>());
}

fn in_body<A>(request: &Request<A>) -> Vec<u64> {
    let items = request.body().unwrap().as_array().unwrap();
    items
        .iter()
        .map(|item| item["id"].as_u64().unwrap())
        .collect()
}

fn in_query<A>(request: &Request<A>) -> Vec<u64> {
    let query = request.query();
    let ids = query.strip_prefix("id:in=").unwrap();
    ids.split(',').map(|id| id.parse().unwrap()).collect()
}

#[test]
fn a_batch_of_products_carries_ten() {
    holds(10, product, products::edit_batch, in_body);
    let update = |id| {
        let fields = ProductFields {
            name: Some("Copper kettle".to_owned()),
            ..ProductFields::default()
        };
        (ProductId(id), products::ProductUpdate::from(fields))
    };
    holds(10, update, together::update, in_body);
}

#[test]
fn a_batch_of_variants_carries_fifty() {
    holds(50, variant, variants::update_batch, in_body);
}

#[test]
fn a_deletion_of_products_carries_two_hundred_and_fifty() {
    holds(250, ProductId, products::delete_batch, in_query);
}

async fn shop() -> Strict {
    Strict::serve(Config {
        token: Some(Token::new(TOKEN)),
        plan: Plan::Enterprise,
        sizes: Sizes {
            products: 300,
            orders: 0,
            customers: 0,
        },
        ..Config::default()
    })
    .await
    .unwrap()
}

/// What a store answers to a request that is sent as it is, past the client.
async fn status_of(store: &Strict, method: Method, path: &str, body: Option<Value>) -> u16 {
    let url = format!("{}/stores/{}{path}", store.origin, store.store_hash);
    let method = reqwest::Method::from_bytes(method.as_str().as_bytes()).unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut asked = client
        .request(method, url)
        .header("X-Auth-Token", TOKEN)
        .header("Accept", "application/json");
    if let Some(body) = body {
        asked = asked
            .header("Content-Type", "application/json")
            .body(body.to_string());
    }
    asked.send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn what_fits_into_one_request_is_what_a_store_takes_and_not_one_more() {
    let store = shop().await;
    let list = "/v3/catalog/products?limit=250&include_fields=id&include=variants";
    let url = format!("{}/stores/{}{list}", store.origin, store.store_hash);
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let asked = client.get(url).header("X-Auth-Token", TOKEN);
    let text = asked.send().await.unwrap().text().await.unwrap();
    let page: Value = serde_json::from_str(&text).unwrap();
    let products: Vec<u64> = page["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|product| product["id"].as_u64().unwrap())
        .collect();
    let variants: BTreeSet<u64> = page["data"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|product| product["variants"].as_array().unwrap())
        .map(|variant| variant["id"].as_u64().unwrap())
        .collect();

    for (ids, most, path, member) in [
        (
            products.clone(),
            products::BATCH_MAX,
            "/v3/catalog/products",
            "warranty",
        ),
        (
            variants.into_iter().collect(),
            variants::BATCH_MAX,
            "/v3/catalog/variants",
            "upc",
        ),
    ] {
        for (count, taken) in [(most, true), (most + 1, false)] {
            let items: Value = ids
                .iter()
                .take(count)
                .map(|id| serde_json::json!({"id": id, member: "0123456789012"}))
                .collect();
            assert_eq!(items.as_array().unwrap().len(), count);
            let status = status_of(&store, Method::Put, path, Some(items)).await;
            let expected = if taken { 200 } else { 413 };
            assert_eq!(status, expected, "{count} at {path}");
        }
    }
    // Numbers that nothing has: that is not held against anybody.
    for (count, expected) in [(products::DELETE_MAX, 204), (products::DELETE_MAX + 1, 422)] {
        let ids: Vec<String> = (0..count)
            .map(|id| (987_654_000 + id).to_string())
            .collect();
        let path = format!("/v3/catalog/products?id:in={}", ids.join(","));
        let status = status_of(&store, Method::Delete, &path, None).await;
        assert_eq!(status, expected, "{count} deletions");
    }
    store.stop().await;
}

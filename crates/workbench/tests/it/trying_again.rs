//! Changes that are tried again, when it may well be that the store has them.

use bigcommerce::{HttpRequest, Method};
use commerce::{ProductFields, ProductId};
use journal::{EntryId, State};
use serde_json::json;
use testkit::LeapingClock;
use workbench::{Draft, LeftOutBecause, ProductDraft};

use crate::{
    slow::leap_until,
    stumbling::{self, BAD_PRODUCT, over, products},
    world::{World, straight},
};

fn kettle() -> Draft {
    Draft::NewProduct(ProductFields {
        name: Some("Field kettle".into()),
        price: Some("19.90".parse().unwrap()),
        ..ProductFields::default()
    })
}

/// Confirms it, and waits until it is over.
async fn ended(world: &World, clock: &LeapingClock, draft: Draft) -> EntryId {
    let applied = world.begin(draft).await;
    leap_until(world, clock, |state| state.changes_waiting == 0).await;
    applied.entries[0].clone()
}

/// Why it isn't tried again.
async fn left_out(world: &World, id: &EntryId) -> LeftOutBecause {
    let again = Draft::Retry(vec![id.clone()]);
    let plan = world.bench.plan(&world.store, again).await.unwrap();
    assert!(plan.items.is_empty(), "{:?}", plan.items);
    plan.left_out[0].because
}

/// The product of that name in the store, if there is one.
async fn named(world: &World, name: &str) -> Option<ProductId> {
    let path = format!("/v3/catalog/products?name={}", name.replace(' ', "%20"));
    let found = world.elsewhere("GET", &path, "").await;
    found["data"][0]["id"].as_u64().map(ProductId)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_another_product_has_by_now_is_no_trace_of_a_rename() {
    let path = format!("/products/{BAD_PRODUCT}?");
    let is_it =
        move |request: &HttpRequest| request.method == Method::Put && request.url.contains(&path);
    let (world, clock) = stumbling::world(over(is_it)).await;
    let rename = Draft::Products(vec![ProductDraft {
        product: ProductId(BAD_PRODUCT),
        wanted: ProductFields {
            name: Some("Much wanted".into()),
            ..ProductFields::default()
        },
    }]);
    let id = ended(&world, &clock, rename).await;
    assert_eq!(world.entry(&id).await.entry.state, State::NotApplied);
    let mut others = products(&world).await.into_iter();
    let other = others.find(|id| id.0 != BAD_PRODUCT).unwrap();
    let there = format!("/v3/catalog/products/{other}");
    let name = r#"{"name":"Much wanted"}"#;
    world.elsewhere("PUT", &there, name).await;
    let refreshed = world.bench.refresh_product(&world.store, other).await;
    refreshed.unwrap();
    // Looking for it in the store would only say once more that it isn't there.
    assert_eq!(left_out(&world, &id).await, LeftOutBecause::NameTaken);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_that_was_made_after_all_is_looked_for_and_not_made_again() {
    let (world, clock) = stumbling::world(straight()).await;
    let late = json!({ "kind": "resetThenApplied", "ms": 3_000 });
    world
        .faults(json!([{ "match": { "method": "POST" }, "times": 1, "fault": late }]))
        .await;
    let id = ended(&world, &clock, kettle()).await;
    assert_eq!(world.entry(&id).await.entry.state, State::NotApplied);
    world
        .until_so(async |world| named(world, "Field kettle").await.is_some())
        .await;
    let made = named(&world, "Field kettle").await.unwrap();
    let refreshed = world.bench.refresh_product(&world.store, made).await;
    refreshed.unwrap();
    assert_eq!(left_out(&world, &id).await, LeftOutBecause::LookAgain);
    world.bench.look_for(&world.store, &id).await.unwrap();
    let found = world.entry(&id).await.entry;
    assert_eq!((found.state, found.made), (State::DoneFound, Some(made)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_that_was_deleted_after_all_is_looked_for_and_found_gone() {
    let is_it = |request: &HttpRequest| request.method == Method::Delete;
    let (world, clock) = stumbling::world(over(is_it)).await;
    let made = ended(&world, &clock, kettle()).await;
    let product = world.entry(&made).await.entry.made.unwrap();
    let id = ended(&world, &clock, Draft::Undo(vec![made.clone()])).await;
    assert_eq!(world.entry(&id).await.entry.state, State::NotApplied);
    let there = format!("/v3/catalog/products/{product}");
    world.elsewhere("DELETE", &there, "").await;
    let gone = world.bench.refresh_product(&world.store, product).await;
    assert_eq!(gone, Err(workbench::Error::NotFound));
    assert_eq!(left_out(&world, &id).await, LeftOutBecause::LookAgain);
    world.bench.look_for(&world.store, &id).await.unwrap();
    assert_eq!(world.entry(&id).await.entry.state, State::DoneFound);
    assert_eq!(world.entry(&made).await.entry.undone_by, Some(id));
}

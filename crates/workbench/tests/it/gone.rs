//! What is deleted in the store goes here as well, and nothing else does.

use std::sync::Arc;

use commerce::CustomerId;
use mirror::{Area, CustomersQuery, ProductSort, ProductsQuery};
use workbench::{Error, StoreState};

use crate::world::{Bend, World, asked, control, sandbox, straight};

fn is_complete(state: &StoreState) -> bool {
    state.refreshed_at.is_some() && state.areas.iter().all(|area| area.is_complete)
}

fn here(state: &StoreState, area: Area) -> u32 {
    state
        .areas
        .iter()
        .find(|one| one.area == area)
        .unwrap()
        .here
}

async fn products(world: &World) -> Vec<u64> {
    let query = ProductsQuery {
        sort: ProductSort::Id,
        ..ProductsQuery::default()
    };
    let (_, view) = world.bench.open_list(&world.store, query).await.unwrap();
    view.iter().map(|id| id.0).collect()
}

async fn customers(world: &World) -> Vec<CustomerId> {
    let query = CustomersQuery::default();
    let (_, view) = world.bench.open_list(&world.store, query).await.unwrap();
    view.to_vec()
}

/// Refreshes by hand, and waits until one more refresh has begun and ended.
async fn refreshed(world: &World) {
    let rounds = async || {
        let all = asked(&world.control).await;
        all.iter()
            .filter(|line| line.contains("/order_statuses"))
            .count()
    };
    let before = rounds().await;
    world.bench.refresh_now(&world.store).await.unwrap();
    world.until_so(async |_| rounds().await > before).await;
    world
        .until(|state| state.phase != workbench::Phase::Refreshing)
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_colleague_deletes_goes_with_the_next_refresh_and_nothing_else_does() {
    let world = World::start(sandbox(20).await, straight()).await;
    world.until(is_complete).await;
    let (all, people) = (products(&world).await, customers(&world).await);
    let orders = world.orders().await;
    for product in [all[3], all[17]] {
        let path = format!("/products/{product}");
        control(&world.control, "DELETE", &path, "").await;
    }
    let path = format!("/v3/customers?id:in={}", people[5]);
    world.elsewhere("DELETE", &path, "").await;
    let path = format!("/v2/orders/{}", orders[2]);
    world.elsewhere("DELETE", &path, "").await;

    world.bench.refresh_now(&world.store).await.unwrap();
    world
        .until(|state| here(state, Area::Products) == 28 && here(state, Area::Customers) == 39)
        .await;
    let mut left = all.clone();
    left.retain(|id| ![all[3], all[17]].contains(id));
    assert_eq!(products(&world).await, left);
    let mut left = people.clone();
    left.retain(|id| *id != people[5]);
    assert_eq!(customers(&world).await, left);
    let mut left = orders.clone();
    left.retain(|id| *id != orders[2]);
    world
        .until_so(async |world| world.orders().await == left)
        .await;
    // The same again finds nothing more.
    refreshed(&world).await;
    assert_eq!(products(&world).await.len(), 28);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_fails_while_it_is_asked_takes_nothing_away() {
    let world = World::start(sandbox(20).await, straight()).await;
    world.until(is_complete).await;
    let orders = world.orders().await;
    for path in ["/v3/catalog/products", "/v3/customers", "/v2/orders"] {
        let rule = format!(
            r#"{{"rules":[{{"match":{{"path":"{path}"}},"fault":{{"kind":"status","status":500}}}}]}}"#
        );
        control(&world.control, "POST", "/faults", &rule).await;
    }
    world.bench.refresh_now(&world.store).await.unwrap();
    world.until(|state| state.trouble.is_some()).await;
    assert_eq!(products(&world).await.len(), 30);
    assert_eq!(customers(&world).await.len(), 40);
    assert_eq!(world.orders().await, orders);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_who_was_deleted_goes_when_a_person_asks_for_them() {
    let world = World::start(sandbox(20).await, straight()).await;
    world.until(is_complete).await;
    let people = customers(&world).await;
    let (bench, store) = (&world.bench, &world.store);
    bench.refresh_customer(store, people[1]).await.unwrap();
    let path = format!("/v3/customers?id:in={}", people[1]);
    world.elsewhere("DELETE", &path, "").await;
    assert!(matches!(
        bench.refresh_customer(store, people[1]).await,
        Err(Error::NotFound)
    ));
    assert!(!customers(&world).await.contains(&people[1]));
    assert_eq!(customers(&world).await.len(), 39);
}

/// Only what the store denies when it is asked about it alone is gone.
#[tokio::test(flavor = "multi_thread")]
async fn an_empty_answer_where_there_was_plenty_takes_nothing_away_that_exists() {
    let nobody: Bend = Arc::new(|mut request| {
        for name in ["id%3Ain=", "id:in="] {
            // What was asked for comes second, and the store looks at neither.
            if let Some((before, asked)) = request.url.split_once(name) {
                let rest = asked.split_once('&').map_or("", |(_, rest)| rest);
                request.url = format!("{before}id:in=999999999&{rest}");
                break;
            }
        }
        Box::pin(async { request })
    });
    let world = World::start(sandbox(20).await, nobody).await;
    world.until(is_complete).await;
    let all = products(&world).await;
    let people = customers(&world).await;
    let path = format!("/products/{}", all[3]);
    control(&world.control, "DELETE", &path, "").await;
    let path = format!("/v3/customers?id:in={}", people[5]);
    world.elsewhere("DELETE", &path, "").await;
    refreshed(&world).await;
    world.until(|state| here(state, Area::Products) < 30).await;
    refreshed(&world).await;
    let mut left = all.clone();
    left.remove(3);
    assert_eq!(products(&world).await, left);
    assert_eq!(customers(&world).await, people);
}

//! The examples, run against a store in a box.

#![expect(
    clippy::duplicate_mod,
    reason = "each is a program of its own and brings what they share along"
)]

use std::{sync::Arc, time::Duration};

use bigcommerce::{
    ApiOrigin, Client, ClientParts, HttpTransport, Lane,
    request::{ListQuery, filters::VariantFilter, variants},
};
use commerce::{AccessToken, Clock};
use sandbox_store::{Config, Plan, Sizes, Strict, Token};
use testkit::RealClock;

use crate::support::{Dice, TOKEN};

#[expect(dead_code, reason = "as a program it has a beginning of its own")]
#[path = "../../examples/orders.rs"]
mod orders;
#[expect(dead_code, reason = "as a program it has a beginning of its own")]
#[path = "../../examples/prices.rs"]
mod prices;
#[expect(dead_code, reason = "as a program it has a beginning of its own")]
#[path = "../../examples/storefront.rs"]
mod storefront;

async fn shop() -> (Client, Arc<RealClock>, Strict) {
    let store = Strict::serve(Config {
        token: Some(Token::new(TOKEN)),
        plan: Plan::Enterprise,
        sizes: Sizes {
            products: 20,
            orders: 60,
            customers: 20,
        },
        ..Config::default()
    })
    .await
    .unwrap();
    let clock = Arc::new(RealClock::default());
    let client = Client::new(ClientParts {
        origin: ApiOrigin::loopback(&store.origin).unwrap(),
        hash: store.store_hash.parse().unwrap(),
        token: AccessToken::new(TOKEN.to_owned()),
        transport: Arc::new(HttpTransport::new("test/0.1").unwrap()),
        clock: clock.clone(),
        randomness: Dice::new(1),
    });
    (client, clock, store)
}

#[tokio::test]
async fn the_example_of_orders_prints_them_all() {
    let (client, clock, store) = shop().await;
    let mut printed = Vec::new();
    orders::print_waiting(&client, &mut printed).await.unwrap();
    let printed = String::from_utf8(printed).unwrap();
    let waiting = bigcommerce::request::orders::OrdersQuery::new()
        .status(commerce::StatusId::AWAITING_FULFILLMENT);
    let list = bigcommerce::request::orders::list(&waiting);
    let deadline = clock.now() + Duration::from_secs(60);
    let found = client.send(&list, Lane::Person, deadline).await.unwrap();
    assert!(!found.value.items.is_empty());
    let (lines, heads): (Vec<_>, Vec<_>) = printed.lines().partition(|line| line.starts_with("  "));
    let expected: Vec<String> = found
        .value
        .items
        .iter()
        .map(|order| format!("{} {} {}", order.id, order.customer_name(), order.total))
        .collect();
    assert_eq!(heads, expected);
    assert!(lines.len() >= heads.len(), "{printed}");
    assert!(lines.iter().all(|line| line.contains(" × ")), "{printed}");
    store.stop().await;
}

#[tokio::test]
async fn the_example_of_prices_sets_them() {
    let (client, clock, store) = shop().await;
    let some = async |query: ListQuery<VariantFilter>| {
        let deadline = clock.now() + Duration::from_secs(60);
        let list = variants::across(&query);
        let found = client.send(&list, Lane::Person, deadline).await;
        found.unwrap().value.items
    };
    let skus: Vec<String> = some(ListQuery::new().limit(3))
        .await
        .into_iter()
        .map(|variant| variant.sku)
        .collect();
    let asked = skus.iter().map(|sku| format!("{sku}=4.90"));
    prices::set(&client, &*clock, asked).await.unwrap();
    for sku in skus {
        let found = some(ListQuery::new().with(VariantFilter::Sku(sku))).await;
        assert_eq!(found[0].price, Some("4.90".parse().unwrap()));
    }
    // A price that is none, and a thing that isn't there, are said.
    for wrong in ["KET-1", "no-such-sku=1.00"] {
        let asked = [wrong.to_owned()];
        assert!(
            prices::set(&client, &*clock, asked).await.is_err(),
            "{wrong}"
        );
    }
    store.stop().await;
}

#[tokio::test]
async fn the_example_of_the_storefront_asks_as_a_guest() {
    let (client, clock, store) = shop().await;
    let mut printed = Vec::new();
    storefront::ask(&client, &*clock, &mut printed)
        .await
        .unwrap();
    let said: serde_json::Value = serde_json::from_slice(&printed).unwrap();
    assert_eq!(said["site"]["settings"]["storeName"], "Northfold Supply");
    let products = said["site"]["products"]["edges"].as_array().unwrap();
    assert_eq!(products.len(), 3);
    store.stop().await;
}

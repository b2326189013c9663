//! What went back of orders, which is asked for after them.

use commerce::StatusId;
use mirror::OrdersQuery;
use rust_decimal::Decimal;
use serde_json::json;
use workbench::{Period, SalesFigures};

use crate::world::{World, control, sandbox, straight};

/// What is made of the last twelve months' sales.
async fn figures(world: &World) -> SalesFigures {
    let period = Period::Months12;
    let sales = world.bench.sales_over_time(&world.store, period).await;
    let mut figures = sales.unwrap().figures;
    assert_eq!(figures.len(), 1, "{figures:?}");
    figures.remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_went_back_of_a_year_of_orders_is_what_each_of_them_says() {
    let world = World::start(sandbox(400).await, straight()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    let (bench, store) = (&world.bench, &world.store);
    let year = bench
        .sales_over_time(store, Period::Months12)
        .await
        .unwrap();
    let first = year.whole.days.first;
    let placed = bench.days_between(store, Some(first), None).await.unwrap();
    let of = async |status: u32| {
        let query = OrdersQuery {
            status: Some(StatusId(status)),
            placed: Some(placed),
            ..OrdersQuery::default()
        };
        let (_, view) = bench.open_list(store, query).await.unwrap();
        view.ids.clone()
    };
    let (in_full, in_part) = (of(4).await, of(14).await);
    assert!(!in_full.is_empty() && !in_part.is_empty());
    let mut back = Decimal::ZERO;
    for order in in_full {
        back += bench.order(store, order).await.unwrap().order.total.amount;
    }
    for order in in_part {
        bench.refresh_order(store, order).await.unwrap();
        let parts = bench.order(store, order).await.unwrap().parts.unwrap();
        let refunds = parts.parts.refunds;
        assert!(!refunds.is_empty());
        back += refunds.iter().map(|one| one.amount.amount).sum::<Decimal>();
    }
    let told = figures(&world).await;
    assert_eq!(told.refunded.map(|money| money.amount), Some(back));
    assert!(told.refunded_thousandths.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn refunds_that_the_store_does_not_tell_keep_nothing_else_away_and_are_asked_for_again() {
    let running = sandbox(400).await;
    let not_there = json!({ "rules": [{
        "match": { "path": "/v3/orders/payment_actions/refunds" },
        "fault": { "kind": "status", "status": 404, "body": "{}" },
    }] });
    let origin = running.control_origin.clone().unwrap();
    control(&origin, "POST", "/faults", &not_there.to_string()).await;
    let world = World::start(running, straight()).await;
    let refreshed = world.until(|state| state.refreshed_at.is_some()).await;
    assert_eq!(refreshed.trouble, None);
    let untold = figures(&world).await;
    assert!(untold.average.is_some());
    assert_eq!((untold.refunded, untold.refunded_thousandths), (None, None));

    world.no_faults().await;
    world.bench.refresh_now(&world.store).await.unwrap();
    world
        .until_so(async |world| figures(world).await.refunded.is_some())
        .await;
}

//! What went back of orders, which is asked for after them.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use commerce::StatusId;
use mirror::OrdersQuery;
use rust_decimal::Decimal;
use serde_json::json;
use testkit::LeapingClock;
use tokio::sync::Notify;
use workbench::{Period, Phase, SalesFigures};

use crate::{
    slow::leap_until,
    world::{Bend, World, asked, control, elsewhere, sandbox, straight},
};

/// What is made of the last twelve months' sales.
async fn figures(world: &World) -> SalesFigures {
    let period = Period::Months12;
    let sales = world.bench.sales_over_time(&world.store, period).await;
    let mut figures = sales.unwrap().figures;
    assert_eq!(figures.len(), 1, "{figures:?}");
    figures.remove(0)
}

/// Waits until what went back is known.
async fn until_known(world: &World) {
    world
        .until_so(async |world| figures(world).await.refunded.is_some())
        .await;
}

const REFUNDS: &str = "/v3/orders/payment_actions/refunds";

fn is_of_refunds(url: &str) -> bool {
    url.contains(REFUNDS)
}

/// How often the store was asked for refunds of all orders.
async fn times(world: &World) -> usize {
    let asked = asked(&world.control).await;
    asked.iter().filter(|line| line.contains(REFUNDS)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_went_back_of_a_year_of_orders_is_what_each_of_them_says() {
    let world = World::start(sandbox(400).await, straight()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    until_known(&world).await;
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
    assert_eq!(told.refunded_unknown, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn refunds_that_the_store_does_not_tell_keep_nothing_else_away_and_are_asked_for_again() {
    let running = sandbox(400).await;
    let not_there = json!({ "rules": [{
        "match": { "path": REFUNDS },
        "fault": { "kind": "status", "status": 404, "body": "{}" },
    }] });
    let origin = running.control_origin.clone().unwrap();
    control(&origin, "POST", "/faults", &not_there.to_string()).await;
    let world = World::start(running, straight()).await;
    let refreshed = world
        .until(|state| state.refreshed_at.is_some() && state.phase == Phase::Idle)
        .await;
    assert_eq!(refreshed.trouble, None);
    let untold = figures(&world).await;
    assert!(untold.average.is_some());
    assert_eq!((untold.refunded, untold.refunded_thousandths), (None, None));

    world.no_faults().await;
    world.bench.refresh_now(&world.store).await.unwrap();
    until_known(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_does_not_tell_refunds_is_asked_once_in_many_rounds_and_again_with_a_new_token()
 {
    let running = sandbox(400).await;
    let forbidden = json!({ "rules": [{
        "match": { "path": REFUNDS },
        "fault": { "kind": "status", "status": 403, "body": "{}" },
    }] });
    let origin = running.control_origin.clone().unwrap();
    control(&origin, "POST", "/faults", &forbidden.to_string()).await;
    let (world, clock) = World::leaping(running, straight()).await;
    let first = world
        .until(|state| state.refreshed_at.is_some() && state.phase == Phase::Idle)
        .await;
    assert_eq!(times(&world).await, 1);
    let mut last = first.refreshed_at;
    for _ in 0..3 {
        let state = leap_until(&world, &clock, |state| {
            state.refreshed_at > last && state.phase == Phase::Idle
        })
        .await;
        assert_eq!(state.trouble, None);
        last = state.refreshed_at;
    }
    assert_eq!(times(&world).await, 1);

    world.no_faults().await;
    world.give_token().await;
    until_known(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refunds_that_the_store_never_answers_keep_no_refresh_from_ending() {
    let is_asked = Arc::new(Notify::new());
    let bend: Bend = {
        let is_asked = Arc::clone(&is_asked);
        Arc::new(move |request| {
            let is_asked = Arc::clone(&is_asked);
            Box::pin(async move {
                if request.url.contains(REFUNDS) {
                    is_asked.notify_one();
                    std::future::pending::<()>().await;
                }
                request
            })
        })
    };
    let world = World::start(sandbox(400).await, bend).await;
    is_asked.notified().await;
    let state = world.bench.state(&world.store).await.unwrap();
    assert!(state.refreshed_at.is_some());
    assert_eq!(state.trouble, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_that_can_not_be_read_leaves_one_order_unknown_and_no_other() {
    let running = sandbox(400).await;
    let all = elsewhere(&running.origin, "GET", &format!("{REFUNDS}?limit=250"), "").await;
    let mut found = None;
    // Of a late order, which was refunded in part.
    for refund in all["data"].as_array().unwrap().iter().rev() {
        let path = format!("/v2/orders/{}", refund["order_id"]);
        let order = elsewhere(&running.origin, "GET", &path, "").await;
        if order["status_id"] == 14 {
            found = Some(refund["id"].clone());
            break;
        }
    }
    let unreadable = json!({ "rules": [{
        "match": { "path": REFUNDS },
        "fault": { "kind": "unreadable", "id": found.unwrap(), "field": "total_amount", "value": {} },
    }] });
    let origin = running.control_origin.clone().unwrap();
    control(&origin, "POST", "/faults", &unreadable.to_string()).await;
    let before = asked(&origin).await.len();
    let world = World::start(running, straight()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    until_known(&world).await;
    let told = figures(&world).await;
    assert_eq!(
        (told.refunded_unknown, told.refunded_thousandths),
        (1, None)
    );
    let log = asked(&world.control).await.split_off(before);
    let times = log.iter().filter(|line| line.contains(REFUNDS)).count();
    // Once for all, and both halves each time.
    assert!(times > 2 && times <= 1 + 2 * 8, "{times}");
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_are_looked_for_while_it_is_found_out_whose_refund_can_not_be_read() {
    let running = sandbox(1000).await;
    // The first one of each answer.
    let unreadable = json!({ "rules": [{
        "match": { "path": REFUNDS },
        "fault": { "kind": "unreadable", "field": "total_amount", "value": {} },
    }] });
    let origin = running.control_origin.clone().unwrap();
    control(&origin, "POST", "/faults", &unreadable.to_string()).await;
    let clock = Arc::new(LeapingClock::default());
    let urls = Arc::new(Mutex::new(Vec::<String>::new()));
    let bend: Bend = {
        let (clock, urls) = (Arc::clone(&clock), Arc::clone(&urls));
        Arc::new(move |request| {
            if is_of_refunds(&request.url) {
                clock.leap(Duration::from_secs(25));
            }
            urls.lock().unwrap().push(request.url.clone());
            Box::pin(async { request })
        })
    };
    let world = World::leaping_by(running, bend, clock).await;
    world
        .until_so(async |_| {
            let urls = urls.lock().unwrap();
            urls.iter().filter(|url| is_of_refunds(url)).count() > 4
        })
        .await;
    let urls = urls.lock().unwrap().clone();
    let places: Vec<_> = (0..urls.len())
        .filter(|place| is_of_refunds(&urls[*place]))
        .collect();
    // More than a minute and a half, and not yet down to a single order.
    let meanwhile = &urls[places[0]..places[4]];
    let is_look = |url: &String| url.contains("/v2/orders?") && url.contains("min_date_modified");
    assert!(meanwhile.iter().any(is_look), "{meanwhile:?}");
}

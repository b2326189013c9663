//! The next page is asked for while one is looked at, and calls that are given up lose nothing.

use std::{sync::Arc, time::Duration};

use bigcommerce::{ApiOrigin, Lane, TransportErrorKind, Walk, request::orders};
use commerce::{Clock, Order};
use proptest::prelude::*;
use serde_json::Value;

use super::shop::{Counter, Shop, Sort, Version, once_each, order};
use crate::support::{self, Stage, Step, answer, client, fail, simulated};

/// Pages of two orders each, then the end.
fn three_pages_of_orders() -> Stage {
    let page = |ids: std::ops::Range<u64>| {
        answer(
            200,
            Value::Array(ids.map(support::order).collect::<Vec<_>>()),
        )
    };
    Stage::new([page(1..3), page(3..5), answer(204, "")])
}

fn orders_by_two() -> Walk<Order> {
    Walk::orders(orders::OrdersQuery::new().limit(2))
}

async fn ids_of(walker: &mut bigcommerce::Walker<Order>) -> Vec<u64> {
    let page = walker.next().await.unwrap().unwrap().value;
    page.items.iter().map(|order| order.id.0).collect()
}

/// Waits until so many requests are under way, whoever asked for them.
async fn under_way(stage: &Stage, count: u32) {
    let mut pacing = stage.client.pacing();
    let there = pacing.wait_for(|pacing| pacing.in_flight == count).await;
    there.unwrap();
}

#[test]
fn the_next_page_is_on_its_way_while_one_is_looked_at() {
    simulated(async {
        let stage = three_pages_of_orders();
        let patience = Duration::from_secs(9);
        let mut walker = stage
            .client
            .walk(orders_by_two(), Lane::FirstPull, patience);
        assert_eq!(ids_of(&mut walker).await, [1, 2]);
        // Nobody asks the walker for anything.
        under_way(&stage, 0).await;
        assert_eq!(stage.script.requests().len(), 2);
        assert!(stage.script.requests()[1].url.contains("min_id=3"));
        let before = stage.clock.now();
        assert_eq!(ids_of(&mut walker).await, [3, 4]);
        assert_eq!(stage.clock.now(), before, "it was there already");
        assert_eq!(ids_of(&mut walker).await, [0; 0]);
        assert!(walker.next().await.is_none());
        assert_eq!(stage.script.requests().len(), 3, "nothing was asked twice");
    });
}

#[test]
fn what_kept_a_page_from_coming_ahead_is_no_error_of_who_asks_for_it_later() {
    simulated(async {
        let stage = Stage::new([
            answer(200, Value::Array((1..=2).map(support::order).collect())),
            fail(TransportErrorKind::Tls, false),
            answer(200, Value::Array((3..=3).map(support::order).collect())),
        ]);
        let patience = Duration::from_secs(9);
        let mut walker = stage
            .client
            .walk(orders_by_two(), Lane::FirstPull, patience);
        assert_eq!(ids_of(&mut walker).await, [1, 2]);
        under_way(&stage, 0).await;
        assert_eq!(
            stage.script.requests().len(),
            2,
            "it was asked for, and failed"
        );
        assert_eq!(ids_of(&mut walker).await, [3]);
    });
}

#[test]
fn a_store_that_never_answers_takes_no_more_than_the_patience_of_a_call() {
    for step in [Step::Silence, Step::StuckConnecting, answer(503, "")] {
        // Asked for at once, and in the middle of what is asked ahead.
        for pause in [0, 4] {
            simulated(async {
                let page = Value::Array((1..3).map(support::order).collect());
                let stage = Stage::new([answer(200, page), step.clone()]);
                let patience = Duration::from_secs(9);
                let mut walker = stage
                    .client
                    .walk(orders_by_two(), Lane::FirstPull, patience);
                assert_eq!(ids_of(&mut walker).await, [1, 2]);
                tokio::time::sleep(Duration::from_secs(pause)).await;
                let until = stage.within(9);
                let error = walker.next().await.unwrap().unwrap_err();
                let codes = ["deadlinePassed", "network", "storeUnavailable"];
                assert!(codes.contains(&error.code()), "{step:?}: {error:?}");
                assert!(
                    stage.clock.now() <= until + Duration::from_millis(1),
                    "{step:?}"
                );
            });
        }
    }
}

#[test]
fn what_a_store_refused_ahead_is_not_asked_again_to_be_refused_again() {
    for (status, code) in [
        (401, "unauthorized"),
        (403, "forbidden"),
        (404, "notFound"),
        (422, "invalid"),
    ] {
        simulated(async {
            let page = Value::Array((1..3).map(support::order).collect());
            let stage = Stage::new([answer(200, page), answer(status, ""), answer(204, "")]);
            let patience = Duration::from_secs(9);
            let mut walker = stage
                .client
                .walk(orders_by_two(), Lane::FirstPull, patience);
            assert_eq!(ids_of(&mut walker).await, [1, 2]);
            under_way(&stage, 0).await;
            let error = walker.next().await.unwrap().unwrap_err();
            assert_eq!(error.code(), code);
            assert_eq!(stage.script.requests().len(), 2, "{status} was sent once");
            // Whoever asks all the same, asks.
            assert_eq!(ids_of(&mut walker).await, [0; 0]);
            assert_eq!(stage.script.requests().len(), 3);
        });
    }
}

/// Pages of two orders each, after the first of which nothing may be sent for half a minute.
fn a_page_and_a_wait() -> Stage {
    let page = |ids: std::ops::Range<u64>| Value::Array(ids.map(support::order).collect());
    let used_up = [
        ("X-Rate-Limit-Requests-Quota", "150"),
        ("X-Rate-Limit-Requests-Left", "0"),
        ("X-Rate-Limit-Time-Window-Ms", "30000"),
        ("X-Rate-Limit-Time-Reset-Ms", "30000"),
    ];
    Stage::new([
        support::answer_with(200, &used_up, page(1..3)),
        answer(200, page(3..5)),
    ])
}

/// Waits until the first in line is of that lane.
async fn first_in_line(stage: &Stage, lane: Lane) {
    let mut pacing = stage.client.pacing();
    let of_lane =
        |pacing: &bigcommerce::Pacing| pacing.waiting.is_some_and(|waiting| waiting.lane == lane);
    let wait = tokio::time::timeout(Duration::from_secs(20), pacing.wait_for(of_lane));
    let there = wait
        .await
        .expect("somebody of that lane comes to stand first");
    there.unwrap();
}

#[test]
fn what_a_person_walks_ahead_of_stands_behind_people_until_they_ask_for_it() {
    simulated(async {
        let stage = a_page_and_a_wait();
        let patience = Duration::from_secs(90);
        let mut walker = stage.client.walk(orders_by_two(), Lane::Person, patience);
        assert_eq!(ids_of(&mut walker).await, [1, 2]);
        first_in_line(&stage, Lane::Refresh).await;
        let mut asked = std::pin::pin!(ids_of(&mut walker));
        assert!(futures::poll!(&mut asked).is_pending());
        first_in_line(&stage, Lane::Person).await;
        assert_eq!(asked.await, [3, 4]);
        let urls = stage.script.requests().into_iter().map(|sent| sent.url);
        let pages = urls.filter(|url| url.contains("min_id=3")).count();
        assert_eq!(pages, 1, "what stood in line was not sent as well");
    });
}

#[test]
fn who_stops_walking_leaves_nothing_on_its_way() {
    simulated(async {
        let page = Value::Array((1..3).map(support::order).collect());
        let stage = Stage::new([answer(200, page), Step::Silence]);
        let patience = Duration::from_secs(9);
        let mut walker = stage
            .client
            .walk(orders_by_two(), Lane::FirstPull, patience);
        assert_eq!(ids_of(&mut walker).await, [1, 2]);
        under_way(&stage, 1).await;
        let before = stage.clock.now();
        drop(walker);
        under_way(&stage, 0).await;
        assert_eq!(stage.clock.now(), before, "at once");
        assert_eq!(
            *stage.client.pacing().borrow(),
            bigcommerce::Pacing::default()
        );
    });
}

/// Walks as somebody does who gives up most calls, at any point of them.
async fn walked_restlessly<T: Send + 'static>(
    shop: &Arc<Shop>,
    walk: Walk<T>,
    row: fn(&T) -> Version,
) -> Vec<Version> {
    let transport = Arc::new(Counter(Arc::clone(shop)));
    let client = client(ApiOrigin::bigcommerce(), transport, shop.clock.clone(), 1);
    let mut walker = client.walk(walk, Lane::Refresh, Duration::from_secs(60));
    let mut given = Vec::new();
    loop {
        let mut page = None;
        if shop.dice.below(3) == 0 {
            page = Some(walker.next().await);
        } else {
            let mut call = std::pin::pin!(walker.next());
            for _ in 0..shop.dice.below(6) {
                if let std::task::Poll::Ready(ready) = futures::poll!(&mut call) {
                    page = Some(ready);
                    break;
                }
                tokio::task::yield_now().await;
            }
        }
        match page {
            None => {}
            Some(None) => break,
            Some(Some(page)) => given.extend(page.unwrap().value.items.iter().map(row)),
        }
    }
    let idle = |pacing: &bigcommerce::Pacing| pacing.in_flight == 0;
    client.pacing().wait_for(idle).await.unwrap();
    given
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_call_given_up_at_any_point_neither_loses_nor_doubles_a_thing(
        seed in any::<u32>(), count in 0_u64..60, bustle in 0_u64..6,
    ) {
        let shop = Shop::new(u64::from(seed), Sort::Orders, count, 250, bustle, true);
        simulated(async {
            let walk = super::orders_by(orders::OrdersSort::IdAscending);
            once_each(&walked_restlessly(&shop, walk, order).await, &shop)
        })?;
    }
}

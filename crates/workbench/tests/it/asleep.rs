//! Computers that sleep between a look at the store and the write that rests on it. What counts time stands still
//! meanwhile.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use bigcommerce::Method;
use commerce::{OrderId, ProductId};
use journal::{EntryId, State, StepKind};
use mirror::ProductsQuery;
use serde_json::json;
use testkit::LeapingClock;
use tokio::sync::Notify;

use crate::{
    drafts::{notes, prices},
    world::{Bend, World, asked, control, sandbox, straight},
};

const NIGHT: Duration = Duration::from_secs(8 * 60 * 60);

async fn world(bend: Bend) -> (World, Arc<LeapingClock>) {
    let (world, clock) = World::leaping(sandbox(20).await, bend).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    (world, clock)
}

async fn products(world: &World, count: usize) -> Vec<ProductId> {
    let query = ProductsQuery {
        sort: mirror::ProductSort::Id,
        ..ProductsQuery::default()
    };
    let (_, view) = world.bench.open_list(&world.store, query).await.unwrap();
    view.iter().copied().take(count).collect()
}

async fn writes(world: &World) -> usize {
    let asked = asked(&world.control).await;
    asked.iter().filter(|line| line.starts_with("PUT")).count()
}

async fn states(world: &World, entries: &[EntryId]) -> Vec<State> {
    let mut states = Vec::new();
    for id in entries {
        states.push(world.entry(id).await.entry.state);
    }
    states
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_waits_through_a_night_is_compared_with_the_store_anew() {
    for (together, is_set_back) in [(false, false), (true, false), (true, true)] {
        let (world, clock) = world(straight()).await;
        // Not before half a minute.
        let full = json!({ "kind": "status", "status": 429, "body": "{}",
            "headers": { "X-Rate-Limit-Time-Reset-Ms": "30000" } });
        world
            .faults(json!([{ "match": { "method": "PUT" }, "times": 1, "fault": full }]))
            .await;
        let order = OrderId(*world.orders().await.last().unwrap());
        let products = products(&world, 3).await;
        let (draft, path, theirs) = if together {
            let path = format!("/products/{}", products[0]);
            (prices(&products), path, r#"{"price":9.5}"#)
        } else {
            let path = format!("/orders/{order}");
            (notes(&[order]), path, r#"{"staff_notes":"Theirs"}"#)
        };
        let applied = world.begin(draft).await;
        world.until_so(async |world| writes(world).await == 1).await;
        world.until(|state| state.waiting.is_some()).await;
        if is_set_back {
            clock.set_back(NIGHT);
        } else {
            clock.sleep_through(NIGHT);
        }
        control(&world.control, "POST", &path, theirs).await;
        clock.leap(Duration::from_secs(40));
        world.until(|state| state.changes_waiting == 0).await;
        let mut wanted = vec![State::Done; applied.entries.len()];
        wanted[0] = State::Conflict;
        let states = states(&world, &applied.entries).await;
        assert_eq!(states, wanted, "{together} {is_set_back}");
        let sent = if together { 2 } else { 1 };
        assert_eq!(writes(&world).await, sent, "{together} {is_set_back}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rest_of_what_was_read_before_a_night_is_read_again_before_it_is_sent() {
    let (sends, wakes) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let bend: Bend = {
        let (sends, wakes) = (Arc::clone(&sends), Arc::clone(&wakes));
        let is_first = AtomicBool::new(true);
        Arc::new(move |request| {
            let sleeps = request.method == Method::Put && is_first.swap(false, Ordering::SeqCst);
            let (sends, wakes) = (Arc::clone(&sends), Arc::clone(&wakes));
            Box::pin(async move {
                if sleeps {
                    sends.notify_one();
                    wakes.notified().await;
                }
                request
            })
        })
    };
    let (world, clock) = world(bend).await;
    // Read at once, and sent ten at a time.
    let products = products(&world, 12).await;
    let applied = world.begin(prices(&products)).await;
    sends.notified().await;
    clock.sleep_through(NIGHT);
    let path = format!("/products/{}", products[11]);
    control(&world.control, "POST", &path, r#"{"price":9.5}"#).await;
    wakes.notify_one();
    world.until(|state| state.changes_waiting == 0).await;
    let mut wanted = [State::Done; 12];
    wanted[11] = State::Conflict;
    assert_eq!(states(&world, &applied.entries).await, wanted);
    let path = format!("/v3/catalog/products/{}", products[11]);
    let there = world.elsewhere("GET", &path, "").await;
    assert_eq!(there["data"]["price"], 9.5, "theirs stands");
    let met = world.entry(&applied.entries[11]).await;
    let mut kinds = met.steps.iter().map(|step| step.kind);
    assert!(
        kinds.all(|kind| kind != StepKind::Postponed),
        "it was not even begun: {:?}",
        met.steps
    );
}

//! Stores that answer so slowly that it is no answer, and computers that slept meanwhile.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use bigcommerce::{Error as Api, NetworkKind};
use commerce::{OrderFields, OrderId, StatusId};
use journal::State;
use mirror::OrdersQuery;
use testkit::LeapingClock;
use workbench::{Applied, Draft, Error, OrderDraft, StoreState};

use crate::world::{Bend, World, asked, control, sandbox, straight};

/// Time that passes between two looks: so little that a request which is answered at once is not
/// cut off by it.
const STEP: Duration = Duration::from_secs(5);
/// What a look takes of real time.
const MOMENT: Duration = Duration::from_millis(50);

/// Lets time pass a hundred times as fast until the store's state is as wanted.
pub(crate) async fn leap_until(
    world: &World,
    clock: &LeapingClock,
    wanted: impl Fn(&StoreState) -> bool,
) -> StoreState {
    let wait = async {
        loop {
            let state = world.bench.state(&world.store).await.unwrap();
            if wanted(&state) {
                return state;
            }
            tokio::time::sleep(MOMENT).await;
            clock.leap(STEP);
        }
    };
    tokio::time::timeout(Duration::from_secs(60), wait)
        .await
        .expect("the store comes to the wanted state within an hour and a half of its own")
}

fn timed_out(state: &StoreState) -> bool {
    matches!(
        state.trouble,
        Some(Error::Api(Api::Network {
            kind: NetworkKind::TimedOut,
            ..
        }))
    )
}

async fn state_of(world: &World, applied: &Applied) -> State {
    let detail = world
        .bench
        .activity_entry(&world.store, &applied.entries[0])
        .await;
    detail.unwrap().entry.state
}

/// Writes that reached the store.
async fn writes(world: &World) -> usize {
    let log = asked(&world.control).await;
    let writes = log.iter().filter(|request| request.starts_with("PUT"));
    writes.count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_answers_a_byte_a_second_is_named_and_keeps_nobody_from_working() {
    let (world, clock) = World::leaping(sandbox(60).await, straight()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    let orders = world.orders().await;
    let order = OrderId(orders[30]);
    let drip = r#"{"rules":[{"times":null,"fault":{"kind":"slowBytes","msPerByte":1000}}]}"#;
    control(&world.control, "POST", "/faults", drip).await;

    world.bench.refresh_now(&world.store).await.unwrap();
    let state = leap_until(&world, &clock, timed_out).await;
    assert_eq!(state.orders as usize, orders.len());
    // Lists, an order and a change: nothing of it waits for the store.
    assert_eq!(world.orders().await, orders);
    let detail = world.bench.order(&world.store, order).await.unwrap();
    let wanted = if detail.order.status_id == StatusId(10) {
        2
    } else {
        10
    };
    let draft = Draft::Orders(vec![OrderDraft {
        order,
        wanted: OrderFields {
            status_id: Some(StatusId(wanted)),
            staff_notes: None,
        },
    }]);
    let plan = world.bench.plan(&world.store, draft).await.unwrap();
    let applied = world
        .bench
        .apply(&plan.id, &plan.digest, true, false)
        .await
        .unwrap();
    assert_eq!(
        world
            .bench
            .state(&world.store)
            .await
            .unwrap()
            .changes_waiting,
        1
    );

    control(&world.control, "DELETE", "/faults", "").await;
    // Nobody does anything but wait.
    leap_until(&world, &clock, |state| {
        state.trouble.is_none() && state.changes_waiting == 0
    })
    .await;
    assert_eq!(state_of(&world, &applied).await, State::Done);
    assert_eq!(writes(&world).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn how_many_requests_stand_in_line_is_known_for_as_long_as_they_do() {
    let world = World::start(sandbox(20).await, straight()).await;
    let settled = world.until(|state| state.refreshed_at.is_some()).await;
    assert_eq!(settled.in_line, 0);
    let order = OrderId(world.orders().await[5]);
    let drip = serde_json::json!([
        { "times": null, "fault": { "kind": "slowBytes", "msPerByte": 1000 } }
    ]);
    world.faults(drip).await;

    // The order and its six parts, of which three may be under way.
    tokio::select! {
        asked = world.bench.refresh_order(&world.store, order) => panic!("it is slow: {asked:?}"),
        state = world.until(|state| state.in_line >= 4) => assert_eq!(state.waiting, None),
    }
    world.until(|state| state.in_line == 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_status_whose_answer_drips_is_looked_for_and_not_sent_again() {
    let (world, clock) = World::leaping(sandbox(60).await, straight()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    let query = OrdersQuery {
        status: Some(StatusId(11)),
        ..OrdersQuery::default()
    };
    let (_, view) = world.bench.open_list(&world.store, query).await.unwrap();
    let draft = Draft::Orders(vec![OrderDraft {
        order: view.ids[0],
        wanted: OrderFields {
            status_id: Some(StatusId(9)),
            staff_notes: None,
        },
    }]);
    let drip = r#"{"rules":[{"match":{"method":"PUT"},"times":1,
        "fault":{"kind":"slowBytes","msPerByte":1000}}]}"#;
    control(&world.control, "POST", "/faults", drip).await;
    let plan = world.bench.plan(&world.store, draft).await.unwrap();
    let applied = world
        .bench
        .apply(&plan.id, &plan.digest, true, false)
        .await
        .unwrap();
    world.until_so(async |world| writes(world).await > 0).await;

    leap_until(&world, &clock, |state| state.changes_waiting == 0).await;

    assert_eq!(state_of(&world, &applied).await, State::DoneFound);
    assert_eq!(writes(&world).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_night_of_sleep_in_the_middle_of_a_pull_costs_nothing() {
    let running = sandbox(430).await;
    let pages = Arc::new(AtomicU32::new(0));
    let asleep = Arc::new(tokio::sync::Notify::new());
    let bend: Bend = {
        let (pages, asleep) = (Arc::clone(&pages), Arc::clone(&asleep));
        Arc::new(move |mut request| {
            request.url = request.url.replace("limit=250", "limit=50");
            let is_page = request.url.contains("limit=50") && request.url.contains("/v2/orders");
            let held = is_page && pages.fetch_add(1, Ordering::SeqCst) == 3;
            let asleep = Arc::clone(&asleep);
            Box::pin(async move {
                if held {
                    // The connection dies with the network; nobody tells us.
                    asleep.notify_one();
                    std::future::pending::<()>().await;
                }
                request
            })
        })
    };
    let (world, clock) = World::leaping(running, bend).await;
    asleep.notified().await;
    let before = world.bench.state(&world.store).await.unwrap();
    assert!(before.orders > 0, "it is in the middle");
    assert_eq!(before.refreshed_at, None);

    clock.leap(Duration::from_secs(8 * 60 * 60));

    let state = leap_until(&world, &clock, |state| {
        state.refreshed_at.is_some() && state.trouble.is_none()
    })
    .await;
    let orders = world.orders().await;
    let mut once = orders.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(orders.len(), once.len(), "each once");
    assert_eq!(state.orders_in_store, u32::try_from(orders.len()).ok());
}

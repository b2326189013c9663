//! What happens to a change, and to its store, while it is on its way.

use std::sync::{Arc, atomic::Ordering};

use commerce::{SafetyMode, StoreColor};
use journal::State;
use workbench::{Draft, Error, RemoveAs};

use super::{awaiting, notes, to, world, written_there};
use crate::world::{Bend, World, control, sandbox};

/// Holds every request to an order back until it is let go, and counts writes.
struct Gate {
    held: Arc<tokio::sync::Semaphore>,
    asked: Arc<tokio::sync::Semaphore>,
    closed: Arc<std::sync::atomic::AtomicBool>,
    writes: Arc<std::sync::atomic::AtomicU32>,
}

impl Gate {
    fn new() -> Self {
        Self {
            held: Arc::new(tokio::sync::Semaphore::new(0)),
            asked: Arc::new(tokio::sync::Semaphore::new(0)),
            closed: Arc::default(),
            writes: Arc::default(),
        }
    }

    fn bend(&self) -> Bend {
        let (held, asked) = (Arc::clone(&self.held), Arc::clone(&self.asked));
        let (closed, writes) = (Arc::clone(&self.closed), Arc::clone(&self.writes));
        Arc::new(move |request| {
            let (held, asked) = (Arc::clone(&held), Arc::clone(&asked));
            let (closed, writes) = (Arc::clone(&closed), Arc::clone(&writes));
            Box::pin(async move {
                if request.method == bigcommerce::Method::Put {
                    writes.fetch_add(1, Ordering::SeqCst);
                }
                if closed.load(Ordering::SeqCst) && request.url.contains("/v2/orders/") {
                    asked.add_permits(1);
                    held.acquire().await.unwrap().forget();
                }
                request
            })
        })
    }

    async fn until_asked(&self) {
        self.asked.acquire().await.unwrap().forget();
    }
}

async fn gated() -> (World, Gate) {
    let gate = Gate::new();
    let world = World::start(sandbox(60).await, gate.bend()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    gate.closed.store(true, Ordering::SeqCst);
    (world, gate)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_made_read_only_while_a_change_is_under_way_gets_no_write() {
    let (world, gate) = gated().await;
    let order = awaiting(&world, 1).await[0];
    let draft = Draft::Orders(vec![to(order, 10)]);
    let applied = world.begin(draft).await;
    gate.until_asked().await;
    world
        .bench
        .edit(
            &world.store,
            "World",
            StoreColor::Moss,
            SafetyMode::ReadOnly,
        )
        .unwrap();
    gate.held.add_permits(100);
    // The edit makes the loop look again; once it has, the change still waits.
    world.bench.refresh_now(&world.store).await.unwrap();
    world.until(|state| state.changes_waiting == 1).await;
    let entry = world
        .bench
        .activity_entry(&world.store, &applied.entries[0])
        .await
        .unwrap()
        .entry;
    assert_eq!(entry.state, State::Waiting);
    assert_eq!(gate.writes.load(Ordering::SeqCst), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_read_before_a_write_never_overwrites_the_writes_answer() {
    let (world, gate) = gated().await;
    let order = awaiting(&world, 1).await[0];
    let (bench, store) = (world.bench.clone(), world.store.clone());
    let slow = tokio::spawn(async move { bench.refresh_order(&store, order).await });
    gate.until_asked().await;
    gate.closed.store(false, Ordering::SeqCst);
    let draft = Draft::Orders(vec![notes(order, "ours")]);
    world.begin(draft).await;
    world.until(|state| state.changes_waiting == 0).await;
    // Whatever the slow read brings, it was asked for before.
    written_there(&world, order, "as it was read").await;
    gate.held.add_permits(1);
    slow.await.unwrap().unwrap();
    let detail = world.bench.order(&world.store, order).await.unwrap();
    assert_eq!(detail.order.staff_notes, "ours");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_is_being_removed_is_not_opened_again_by_a_reader() {
    let (world, gate) = gated().await;
    let order = awaiting(&world, 1).await[0];
    let draft = Draft::Orders(vec![notes(order, "never sent")]);
    world.begin(draft).await;
    // The change loop waits for an answer, so closing takes its time.
    gate.until_asked().await;
    let (bench, store) = (world.bench.clone(), world.store.clone());
    let removing = tokio::spawn(async move { bench.remove(&store, RemoveAs::default()).await });
    while world.bench.state_if_open(&world.store).await.is_some() {
        tokio::task::yield_now().await;
    }
    let read = world.bench.statuses(&world.store).await;
    assert_eq!(read.err(), Some(Error::StoreGone));
    removing.await.unwrap().unwrap();
    assert!(world.bench.state_if_open(&world.store).await.is_none());
    assert!(
        !world
            .bench
            .home()
            .join("stores")
            .join(world.store.as_str())
            .exists()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_from_something_on_the_way_refuses_no_change() {
    let world = world().await;
    let order = awaiting(&world, 1).await[0];
    let portal = r#"{"rules":[{"match":{"method":"GET","path":"/v2/orders/*"},"times":null,
        "fault":{"kind":"status","status":200,"body":"<html>Welcome to our network</html>",
        "headers":{"Content-Type":"text/html"}}}]}"#;
    control(&world.control, "POST", "/faults", portal).await;
    let draft = Draft::Orders(vec![notes(order, "call first")]);
    world.begin(draft).await;
    let state = world.until(|state| state.trouble.is_some()).await;
    assert_eq!((state.changes_waiting, state.changes_to_look_at), (1, 0));
    control(&world.control, "DELETE", "/faults", "").await;
    world.bench.refresh_now(&world.store).await.unwrap();
    world
        .until(|state| state.changes_waiting == 0 && state.trouble.is_none())
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_given_up_without_an_answer_is_said_to_be_in_the_store_perhaps() {
    let world = world().await;
    let order = awaiting(&world, 1).await[0];
    // Somebody else's status stands there when it is looked for.
    let lost = serde_json::json!([{ "match": { "method": "PUT" }, "times": 1,
        "fault": { "kind": "resetBefore" } }]);
    world.faults(lost).await;
    let now = world.bench.order(&world.store, order).await.unwrap();
    let other = if now.order.status_id.0 == 10 { 2 } else { 10 };
    let applied = world.begin(Draft::Orders(vec![to(order, other)])).await;
    let id = applied.entries[0].clone();
    world
        .until_so(async |world| world.entry(&id).await.entry.state == State::Unknown)
        .await;
    let path = format!("/v2/orders/{order}");
    world.elsewhere("PUT", &path, r#"{"status_id":3}"#).await;
    world.until(|state| state.changes_waiting == 0).await;
    assert_eq!(world.entry(&id).await.entry.state, State::Unclear);
    world.bench.drop_change(&world.store, &id).await.unwrap();
    let given_up = world.entry(&id).await.entry;
    assert_eq!(given_up.state, State::Dropped);
    assert!(given_up.was_sent());
    assert_eq!(given_up.said.reason, Some(journal::Reason::MayBeDone));
}

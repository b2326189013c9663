//! Stores that take a change only some time after they have dropped the connection.

use std::sync::Arc;

use commerce::{Change, OrderFields, OrderId, StatusId};
use journal::{EntryId, State, StepKind};
use serde_json::json;
use testkit::LeapingClock;
use workbench::{Draft, LeftOutBecause, OrderDraft};

use crate::{
    slow::leap_until,
    world::{World, asked, sandbox, straight},
};

fn status(order: OrderId, to: u32) -> Draft {
    Draft::Orders(vec![OrderDraft {
        order,
        wanted: OrderFields {
            status_id: Some(StatusId(to)),
            ..OrderFields::default()
        },
    }])
}

async fn takes_it_after(world: &World, ms: u32) {
    let fault = json!({ "kind": "resetThenApplied", "ms": ms });
    let rule = json!([{ "match": { "method": "PUT" }, "times": 1, "fault": fault }]);
    world.faults(rule).await;
}

/// An order, and another status for it.
async fn some_order(world: &World) -> (OrderId, u32) {
    let order = OrderId(*world.orders().await.last().unwrap());
    let now = world.bench.order(&world.store, order).await.unwrap();
    let to = if now.order.status_id.0 == 10 { 2 } else { 10 };
    (order, to)
}

async fn stands_at(world: &World, order: OrderId) -> u64 {
    let path = format!("/v2/orders/{order}");
    world.elsewhere("GET", &path, "").await["status_id"]
        .as_u64()
        .unwrap()
}

async fn writes(world: &World) -> usize {
    let asked = asked(&world.control).await;
    asked.iter().filter(|line| line.starts_with("PUT")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_lands_seconds_after_its_answer_was_lost_is_found_by_itself() {
    // Before the first look, and between the first and the last.
    for ms in [2_000, 5_000] {
        let world = World::start(sandbox(5).await, straight()).await;
        world.until(|state| state.refreshed_at.is_some()).await;
        let (order, to) = some_order(&world).await;
        takes_it_after(&world, ms).await;
        let applied = world.begin(status(order, to)).await;
        world.until(|state| state.changes_waiting == 0).await;
        let found = world.entry(&applied.entries[0]).await;
        assert_eq!(found.entry.state, State::DoneFound, "{ms}: {found:#?}");
        assert!(found.entry.can_be_undone());
        assert_eq!(writes(&world).await, 1, "{ms}: sent once");
    }
}

/// An order whose change was told to have left no trace, and has landed since.
async fn told_too_early() -> (World, Arc<LeapingClock>, OrderId, u32, EntryId) {
    let (world, clock) = World::leaping(sandbox(5).await, straight()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    let (order, to) = some_order(&world).await;
    takes_it_after(&world, 3_000).await;
    let applied = world.begin(status(order, to)).await;
    leap_until(&world, &clock, |state| state.changes_waiting == 0).await;
    let lost = world.entry(&applied.entries[0]).await.entry;
    assert_eq!(lost.state, State::NotApplied, "{lost:#?}");
    (world, clock, order, to, lost.id)
}

async fn landed(world: &World, order: OrderId, to: u32) {
    world
        .until_so(async |world| stands_at(world, order).await == u64::from(to))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_told_to_have_left_no_trace_is_found_when_it_is_looked_for_again_and_put_back() {
    let (world, clock, order, to, id) = told_too_early().await;
    // Too early still: that is said again, and nothing else.
    world.bench.look_for(&world.store, &id).await.unwrap();
    assert_eq!(world.entry(&id).await.entry.state, State::NotApplied);
    landed(&world, order, to).await;
    world.bench.look_for(&world.store, &id).await.unwrap();
    let found = world.entry(&id).await;
    assert_eq!(found.entry.state, State::DoneFound);
    assert_eq!(found.steps.last().unwrap().kind, StepKind::FoundInStore);
    world.begin(Draft::Undo(vec![id.clone()])).await;
    leap_until(&world, &clock, |state| state.changes_waiting == 0).await;
    assert_ne!(stands_at(&world, order).await, u64::from(to));
    assert!(world.entry(&id).await.entry.undone_by.is_some());
    assert_eq!(writes(&world).await, 2, "once there and once back");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unclear_change_is_settled_by_another_look() {
    let (world, _clock, order, to, id) = told_too_early().await;
    landed(&world, order, to).await;
    let Change::Order { before, .. } = world.entry(&id).await.entry.change else {
        panic!("a change of an order");
    };
    let was = before.status_id.unwrap().0;
    let other = [3, 9, 11].into_iter().find(|one| *one != was).unwrap();
    let body = |status: u32| format!(r#"{{"status_id":{status}}}"#);
    let path = format!("/v2/orders/{order}");
    world.elsewhere("PUT", &path, &body(other)).await;
    world.bench.look_for(&world.store, &id).await.unwrap();
    let unclear = world.entry(&id).await.entry;
    assert_eq!(unclear.state, State::Unclear);
    assert!(unclear.found.is_some());
    world.elsewhere("PUT", &path, &body(to)).await;
    world.bench.look_for(&world.store, &id).await.unwrap();
    assert_eq!(world.entry(&id).await.entry.state, State::DoneFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn trying_again_what_has_landed_meanwhile_says_to_look_again() {
    let (world, _clock, order, to, id) = told_too_early().await;
    landed(&world, order, to).await;
    world
        .bench
        .refresh_order(&world.store, order)
        .await
        .unwrap();
    let plan = world.bench.plan(&world.store, Draft::Retry(vec![id])).await;
    let plan = plan.unwrap();
    assert!(plan.items.is_empty());
    assert_eq!(plan.left_out[0].because, LeftOutBecause::LookAgain);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_try_that_finds_what_the_first_has_done_sends_nothing_and_can_be_put_back() {
    let (world, clock, order, to, id) = told_too_early().await;
    let draft = Draft::Retry(vec![id]);
    let plan = world.bench.plan(&world.store, draft).await.unwrap();
    assert_eq!(plan.items.len(), 1, "the copy has not heard of it");
    landed(&world, order, to).await;
    let applied = world.bench.apply(&plan.id, &plan.digest, true, true).await;
    let again = applied.unwrap().entries[0].clone();
    leap_until(&world, &clock, |state| state.changes_waiting == 0).await;
    let found = world.entry(&again).await.entry;
    assert_eq!(found.state, State::DoneFound, "{found:#?}");
    assert_eq!(writes(&world).await, 1, "sent once");
    world.begin(Draft::Undo(vec![again])).await;
    leap_until(&world, &clock, |state| state.changes_waiting == 0).await;
    assert_ne!(stands_at(&world, order).await, u64::from(to));
}

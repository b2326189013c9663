//! Stores that take a change only some time after they have dropped the connection.

use std::{sync::Arc, time::Duration};

use commerce::{Change, OrderFields, OrderId, StatusId};
use journal::{EntryId, JobId, Reason, State, StepKind};
use serde_json::json;
use testkit::LeapingClock;
use tokio::sync::broadcast::{Receiver, error::TryRecvError};
use workbench::{Draft, LeftOutBecause, Notice, OrderDraft};

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

async fn never_arrives(world: &World) {
    let fault = json!({ "kind": "resetBefore" });
    let rule = json!([{ "match": { "method": "PUT" }, "times": 1, "fault": fault }]);
    world.faults(rule).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_was_set_back_keeps_no_change_of_unknown_fate_waiting() {
    let (world, clock) = World::leaping(sandbox(5).await, straight()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    let (order, to) = some_order(&world).await;
    never_arrives(&world).await;
    let applied = world.begin(status(order, to)).await;
    let id = applied.entries[0].clone();
    world
        .until_so(async |world| world.entry(&id).await.entry.state == State::Unknown)
        .await;
    clock.set_back(Duration::from_secs(7 * 24 * 60 * 60));
    leap_until(&world, &clock, |state| state.changes_waiting == 0).await;
    let lost = world.entry(&id).await.entry;
    assert_eq!(lost.state, State::NotApplied, "{lost:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_partly_there_is_not_said_to_have_left_no_trace() {
    let (world, clock) = World::leaping(sandbox(5).await, straight()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    let (order, to) = some_order(&world).await;
    never_arrives(&world).await;
    let wanted = OrderFields {
        status_id: Some(StatusId(to)),
        staff_notes: Some("ring twice".into()),
    };
    let draft = Draft::Orders(vec![OrderDraft { order, wanted }]);
    let id = world.begin(draft).await.entries[0].clone();
    world
        .until_so(async |world| world.entry(&id).await.entry.state == State::Unknown)
        .await;
    let path = format!("/v2/orders/{order}");
    let note = r#"{"staff_notes":"ring twice"}"#;
    world.elsewhere("PUT", &path, note).await;
    leap_until(&world, &clock, |state| state.changes_waiting == 0).await;
    let partly = world.entry(&id).await.entry;
    assert_eq!(partly.state, State::Unclear, "{partly:#?}");
    assert_eq!(partly.said.reason, Some(Reason::OnlyPart));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stood_back_for_an_undecided_change_goes_as_soon_as_that_is_decided() {
    let world = World::start(sandbox(5).await, straight()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    let (order, to) = some_order(&world).await;
    // Sent into nowhere, and from then on the token may not even look at the order.
    let path = format!("/v2/orders/{order}");
    let lost = json!({ "kind": "resetBefore" });
    let hidden =
        json!({ "kind": "status", "status": 403, "body": "[{\"message\":\"Not for you\"}]" });
    world
        .faults(json!([
            { "match": { "method": "PUT" }, "times": 1, "fault": lost },
            { "match": { "method": "GET", "path": path }, "after": 1, "times": null, "fault": hidden },
        ]))
        .await;
    let id = world.begin(status(order, to)).await.entries[0].clone();
    let looks = async |world: &World| {
        let asked = asked(&world.control).await;
        let look = format!("GET /stores/w0rld{path}?");
        asked.iter().filter(|line| line.starts_with(&look)).count()
    };
    // Read before it was sent, and looked for in vain.
    world.until_so(async |world| looks(world).await >= 2).await;
    world.until(|state| state.changes_waiting == 1).await;
    assert_eq!(world.entry(&id).await.entry.state, State::Unknown);
    let note = OrderFields {
        staff_notes: Some("ring twice".into()),
        ..OrderFields::default()
    };
    let behind = Draft::Orders(vec![OrderDraft {
        order,
        wanted: note,
    }]);
    let behind = world.begin(behind).await.entries[0].clone();
    // It is looked for once more before the other would have its turn.
    world.until_so(async |world| looks(world).await >= 3).await;
    assert_eq!(world.entry(&behind).await.entry.state, State::Waiting);
    world.no_faults().await;
    world.bench.decide(&world.store, &id, false).await.unwrap();
    // Nothing else happens that would wake it.
    world
        .until_so(async |world| world.entry(&behind).await.entry.state == State::Done)
        .await;
    assert_eq!(world.entry(&id).await.entry.state, State::NotApplied);
}

/// How often the job was told to have ended since this was asked last.
fn ends(notices: &mut Receiver<Notice>, job: &JobId) -> usize {
    let mut ends = 0;
    loop {
        match notices.try_recv() {
            Ok(Notice::JobEnded { job: ended, .. }) => ends += usize::from(ended == *job),
            Ok(_) => {}
            Err(TryRecvError::Empty) => return ends,
            Err(error) => panic!("{error}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_ends_once_however_often_it_is_looked_at_and_decided() {
    let (world, clock) = World::leaping(sandbox(5).await, straight()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    let (order, to) = some_order(&world).await;
    takes_it_after(&world, 3_000).await;
    let mut notices = world.bench.notices();
    let applied = world.begin(status(order, to)).await;
    let id = applied.entries[0].clone();
    leap_until(&world, &clock, |state| state.changes_waiting == 0).await;
    let mut ended = 0;
    world
        .until_so(async |_| {
            ended += ends(&mut notices, &applied.job);
            ended > 0
        })
        .await;
    assert_eq!(ended, 1);
    // As it was; then found.
    world.bench.look_for(&world.store, &id).await.unwrap();
    assert_eq!(world.entry(&id).await.entry.state, State::NotApplied);
    landed(&world, order, to).await;
    world.bench.look_for(&world.store, &id).await.unwrap();
    assert_eq!(world.entry(&id).await.entry.state, State::DoneFound);
    assert_eq!(ends(&mut notices, &applied.job), 0, "it had ended before");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_put_back_counts_once_it_is_found_to_be_so() {
    let (world, clock) = World::leaping(sandbox(5).await, straight()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    let (order, to) = some_order(&world).await;
    let to_put_back = async |world: &World, job: &JobId| {
        let progress = world.bench.job(&world.store, job).await.unwrap();
        progress.job.to_put_back
    };
    let applied = world.begin(status(order, to)).await;
    leap_until(&world, &clock, |state| state.changes_waiting == 0).await;
    assert_eq!(to_put_back(&world, &applied.job).await, 1);
    takes_it_after(&world, 3_000).await;
    let undo = world.begin(Draft::UndoJob(applied.job.clone())).await;
    leap_until(&world, &clock, |state| state.changes_waiting == 0).await;
    // No trace of it: for all we know the change stands.
    let lost = undo.entries[0].clone();
    assert_eq!(world.entry(&lost).await.entry.state, State::NotApplied);
    assert_eq!(to_put_back(&world, &applied.job).await, 1);
    world
        .until_so(async |world| stands_at(world, order).await != u64::from(to))
        .await;
    for _ in 0..2 {
        let looked = world.bench.look_for(&world.store, &lost).await;
        let is_settled = matches!(looked, Ok(()) | Err(workbench::Error::EntryMoved));
        assert!(is_settled, "{looked:?}");
        assert_eq!(to_put_back(&world, &applied.job).await, 0);
    }
    assert_eq!(to_put_back(&world, &undo.job).await, 1);
}

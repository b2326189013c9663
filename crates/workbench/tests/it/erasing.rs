//! Names and notes are erased after a while, and never because a clock is wrong.

use std::time::Duration;

use commerce::OrderFields;
use journal::EntryId;
use workbench::{Draft, OrderDraft};

use crate::world::{World, control, sandbox, straight};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// What the person has chosen.
const DAYS: u32 = 90;

/// A change that is over.
async fn noted(world: &World) -> EntryId {
    world.until(|state| state.refreshed_at.is_some()).await;
    let order = commerce::OrderId(world.orders().await[0]);
    let wanted = OrderFields {
        staff_notes: Some("ring twice".into()),
        ..OrderFields::default()
    };
    let draft = Draft::Orders(vec![OrderDraft { order, wanted }]);
    let id = world.begin(draft).await.entries[0].clone();
    world.until(|state| state.changes_waiting == 0).await;
    id
}

/// Erases what is due now.
async fn erase(world: &World) {
    let chosen = world.bench.erase_after(&world.store, Some(DAYS));
    chosen.await.unwrap();
}

async fn is_erased(world: &World, id: &EntryId) -> bool {
    world.entry(id).await.entry.is_erased
}

async fn store_is_ahead(world: &World, by: Duration) {
    let clock = format!(r#"{{"offsetSeconds":{}}}"#, by.as_secs());
    control(&world.control, "POST", "/clock", &clock).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_set_forward_erases_nothing() {
    let (world, clock) = World::leaping(sandbox(5).await, straight()).await;
    let id = noted(&world).await;
    clock.set_forward(365 * DAY);
    erase(&world).await;
    assert!(
        !is_erased(&world, &id).await,
        "by the computer's date alone"
    );

    // The store has come as far: the time has passed.
    store_is_ahead(&world, 100 * DAY).await;
    world.bench.refresh_now(&world.store).await.unwrap();
    world
        .until_so(async |world| {
            erase(world).await;
            is_erased(world, &id).await
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_whose_clock_is_ahead_erases_nothing() {
    let (world, clock) = World::leaping(sandbox(5).await, straight()).await;
    let id = noted(&world).await;
    // So that the next refresh shows: its moment is kept in seconds.
    clock.set_forward(Duration::from_secs(2));
    let before = world.bench.state(&world.store).await.unwrap().refreshed_at;
    store_is_ahead(&world, 365 * DAY).await;
    world.bench.refresh_now(&world.store).await.unwrap();
    world.until(|state| state.refreshed_at > before).await;
    erase(&world).await;
    assert!(!is_erased(&world, &id).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_erased_before_the_store_has_answered_and_then_by_itself() {
    let (world, clock) = World::leaping(sandbox(5).await, straight()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    clock.set_back(100 * DAY);
    let id = noted(&world).await;
    let world = world.reopened_without_token(straight()).await;
    erase(&world).await;
    assert!(
        !is_erased(&world, &id).await,
        "nobody has said what day it is"
    );

    world.give_token().await;
    world
        .until_so(async |world| is_erased(world, &id).await)
        .await;
}

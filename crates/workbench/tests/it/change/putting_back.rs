//! What was done is put back, unless somebody has changed it since.

use std::collections::BTreeSet;

use commerce::OrderId;
use journal::State;
use mirror::OrdersQuery;
use workbench::{Draft, LeftOutBecause};

use super::{awaiting, notes, to, world, written_there};
use crate::world::{asked, control};

#[tokio::test(flavor = "multi_thread")]
async fn many_orders_are_changed_in_order_and_put_back_together() {
    let world = world().await;
    let orders = awaiting(&world, 5).await;
    let drafts = orders.iter().map(|order| notes(*order, "packed")).collect();
    let plan = world
        .bench
        .plan(&world.store, Draft::Orders(drafts))
        .await
        .unwrap();
    assert_eq!(plan.items.len(), 5);
    let applied = world
        .bench
        .apply(&plan.id, &plan.digest, true, false)
        .await
        .unwrap();
    world.until(|state| state.changes_waiting == 0).await;
    let written: Vec<String> = asked(&world.control)
        .await
        .into_iter()
        .filter(|line| line.starts_with("PUT"))
        .collect();
    let wanted: Vec<String> = orders
        .iter()
        .map(|order| format!("PUT /stores/w0rld/v2/orders/{order}?"))
        .collect();
    assert_eq!(written, wanted);
    let undo = world
        .bench
        .plan(&world.store, Draft::Undo(applied.entries.clone()))
        .await
        .unwrap();
    assert_eq!(undo.items.len(), 5);
    world
        .bench
        .apply(&undo.id, &undo.digest, true, false)
        .await
        .unwrap();
    world.until(|state| state.changes_waiting == 0).await;
    for entry in &applied.entries {
        let entry = world
            .bench
            .activity_entry(&world.store, entry)
            .await
            .unwrap()
            .entry;
        assert_eq!(entry.state, State::Done);
        assert!(entry.undone_by.is_some());
    }
    // Nothing is left to put back.
    let again = world
        .bench
        .plan(&world.store, Draft::Undo(applied.entries))
        .await
        .unwrap();
    assert!(again.items.is_empty());
    assert!(
        again
            .left_out
            .iter()
            .all(|out| out.because == LeftOutBecause::NotUndoable)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_somebody_else_changed_since_is_not_put_back() {
    let world = world().await;
    let order = awaiting(&world, 1).await[0];
    let plan = world
        .bench
        .plan(&world.store, Draft::Orders(vec![notes(order, "ours")]))
        .await
        .unwrap();
    let applied = world
        .bench
        .apply(&plan.id, &plan.digest, true, false)
        .await
        .unwrap();
    world.until(|state| state.changes_waiting == 0).await;
    written_there(&world, order, "theirs").await;
    world
        .bench
        .refresh_order(&world.store, order)
        .await
        .unwrap();
    let undo = world
        .bench
        .plan(&world.store, Draft::Undo(applied.entries))
        .await
        .unwrap();
    assert!(undo.items.is_empty());
    assert_eq!(undo.left_out[0].because, LeftOutBecause::ChangedSince);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_whose_line_ends_the_store_writes_its_own_way_can_be_put_back() {
    let world = world().await;
    let order = awaiting(&world, 1).await[0];
    let draft = Draft::Orders(vec![notes(order, "two\nlines\n")]);
    let applied = world.begin(draft).await;
    world.until(|state| state.changes_waiting == 0).await;
    written_there(&world, order, "two\r\nlines").await;
    world
        .bench
        .refresh_order(&world.store, order)
        .await
        .unwrap();
    let undo = world
        .bench
        .plan(&world.store, Draft::Undo(applied.entries))
        .await
        .unwrap();
    assert_eq!(undo.items.len(), 1, "{:?}", undo.left_out);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_changes_of_one_order_are_put_back_together_where_they_touch_other_fields() {
    let world = world().await;
    let order = awaiting(&world, 1).await[0];
    let path = format!("/v2/orders/{order}");
    let before = world.elsewhere("GET", &path, "").await;
    let other = if before["status_id"] == 10 { 2 } else { 10 };
    let mut entries = Vec::new();
    for draft in [to(order, other), notes(order, "ring twice")] {
        let applied = world.begin(Draft::Orders(vec![draft])).await;
        world.until(|state| state.changes_waiting == 0).await;
        entries.extend(applied.entries);
    }
    world.begin(Draft::Undo(entries.clone())).await;
    world.until(|state| state.changes_waiting == 0).await;
    for id in &entries {
        assert!(world.entry(id).await.entry.undone_by.is_some());
    }
    let after = world.elsewhere("GET", &path, "").await;
    assert_eq!(after["status_id"], before["status_id"]);
    let note = |order: &serde_json::Value| order["staff_notes"].as_str().unwrap_or("").to_owned();
    assert_eq!(note(&after), note(&before));
    // Of two of the same field the later goes first, and the other is told.
    let mut twice = Vec::new();
    for text in ["one", "two"] {
        let applied = world.begin(Draft::Orders(vec![notes(order, text)])).await;
        world.until(|state| state.changes_waiting == 0).await;
        twice.extend(applied.entries);
    }
    twice.reverse();
    let undo = world.bench.plan(&world.store, Draft::Undo(twice)).await;
    let undo = undo.unwrap();
    assert_eq!((undo.items.len(), undo.left_out.len()), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unfinished_checkout_that_was_given_a_status_is_one_again() {
    let world = world().await;
    let open = async |show_incomplete| {
        let query = OrdersQuery {
            show_incomplete,
            ..OrdersQuery::default()
        };
        let (_, view) = world.bench.open_list(&world.store, query).await.unwrap();
        view.ids.iter().copied().collect::<BTreeSet<OrderId>>()
    };
    let order = *open(true)
        .await
        .difference(&open(false).await)
        .next()
        .unwrap();
    let status = async || {
        let order = control(&world.control, "GET", &format!("/orders/{order}"), "").await;
        let (_, body) = order.split_once("\r\n\r\n").unwrap();
        serde_json::from_str::<serde_json::Value>(body).unwrap()["status"].clone()
    };
    assert_eq!(status().await, "Incomplete");

    let draft = Draft::Orders(vec![to(order, 11)]);
    let plan = world.bench.plan(&world.store, draft).await.unwrap();
    let applied = world.bench.apply(&plan.id, &plan.digest, true, false).await;
    world.until(|state| state.changes_waiting == 0).await;
    assert_eq!(status().await, "Awaiting Fulfillment");

    let draft = Draft::Undo(applied.unwrap().entries);
    let undo = world.bench.plan(&world.store, draft).await.unwrap();
    assert_eq!((undo.items.len(), undo.left_out.len()), (1, 0));
    let applied = world.bench.apply(&undo.id, &undo.digest, true, false).await;
    applied.unwrap();
    world.until(|state| state.changes_waiting == 0).await;
    assert_eq!(status().await, "Incomplete");
}

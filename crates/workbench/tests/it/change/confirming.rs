//! What is planned, shown and confirmed, and nothing else, is applied.

use commerce::{SafetyMode, StoreColor};
use workbench::{AskTwice, Draft, Error};

use super::{awaiting, notes, to, world};
use crate::world::{World, sandbox, straight};

#[tokio::test(flavor = "multi_thread")]
async fn equal_drafts_make_equal_digests_and_another_value_another() {
    let world = world().await;
    let order = awaiting(&world, 1).await[0];
    let plan = async |text| {
        world
            .bench
            .plan(&world.store, Draft::Orders(vec![notes(order, text)]))
            .await
            .unwrap()
    };
    let (a, b, c) = (plan("a").await, plan("a").await, plan("c").await);
    assert_eq!(a.digest, b.digest);
    assert_ne!(a.id, b.id);
    assert_ne!(a.digest, c.digest);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_applied_but_the_plan_that_was_shown() {
    let world = world().await;
    let order = awaiting(&world, 1).await[0];
    let draft = Draft::Orders(vec![notes(order, "call first")]);
    let plan = world.bench.plan(&world.store, draft).await.unwrap();
    let other = world
        .bench
        .apply(&plan.id, "another digest", true, false)
        .await;
    assert_eq!(other, Err(Error::PlanGone));
    world
        .bench
        .apply(&plan.id, &plan.digest, true, false)
        .await
        .unwrap();
    let again = world.bench.apply(&plan.id, &plan.digest, true, false).await;
    assert_eq!(again, Err(Error::PlanGone));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_email_a_shopper_waits_for_a_person_and_a_note_does_not() {
    let world = world().await;
    let order = awaiting(&world, 1).await[0];
    let status = Draft::Orders(vec![to(order, 10)]);
    let plan = world.bench.plan(&world.store, status).await.unwrap();
    let unasked = world
        .bench
        .apply(&plan.id, &plan.digest, false, false)
        .await;
    assert_eq!(unasked, Err(Error::NeedsConfirmation));
    let note = Draft::Orders(vec![notes(order, "gift wrap")]);
    let plan = world.bench.plan(&world.store, note).await.unwrap();
    assert!(!plan.must_confirm);
    world
        .bench
        .apply(&plan.id, &plan.digest, false, false)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_made_read_only_after_the_preview_is_read_only() {
    let world = world().await;
    let order = awaiting(&world, 1).await[0];
    let plan = world
        .bench
        .plan(&world.store, Draft::Orders(vec![to(order, 10)]))
        .await
        .unwrap();
    world
        .bench
        .edit(
            &world.store,
            "World",
            StoreColor::Moss,
            SafetyMode::ReadOnly,
        )
        .unwrap();
    let refused = world.bench.apply(&plan.id, &plan.digest, true, true).await;
    assert_eq!(refused, Err(Error::ReadOnly));
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_a_hundred_orders_are_asked_about_twice() {
    let world = World::start(sandbox(300).await, straight()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    let orders = awaiting(&world, 101).await;
    let plan = async |count: usize| {
        let drafts = orders[..count].iter().map(|order| notes(*order, "sale"));
        let draft = Draft::Orders(drafts.collect());
        world.bench.plan(&world.store, draft).await.unwrap()
    };
    assert_eq!(plan(100).await.ask_twice, []);
    let plan = plan(101).await;
    assert_eq!(plan.ask_twice, [AskTwice::ManyThings]);
    assert!(plan.must_confirm);
    let once = world.bench.apply(&plan.id, &plan.digest, true, false).await;
    assert_eq!(once, Err(Error::NeedsConfirmation));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_that_is_too_long_is_refused_before_anything_is_planned() {
    let world = world().await;
    let order = awaiting(&world, 1).await[0];
    let long = "x".repeat(commerce::STAFF_NOTES_MAX + 1);
    let draft = Draft::Orders(vec![notes(order, &long)]);
    let refused = world.bench.plan(&world.store, draft).await;
    assert_eq!(refused.err(), Some(Error::BadInput("staffNotes")));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_everything_is_asked_about_not_even_a_note_goes_unconfirmed() {
    let world = world().await;
    let order = awaiting(&world, 1).await[0];
    let (name, color) = ("World", StoreColor::Moss);
    let edit = |safety| world.bench.edit(&world.store, name, color, safety);
    let plan = async |text| {
        let draft = Draft::Orders(vec![notes(order, text)]);
        world.bench.plan(&world.store, draft).await.unwrap()
    };
    edit(SafetyMode::AskAlways).unwrap();
    let asked = plan("unseen").await;
    assert!(asked.must_confirm);
    let unseen = world
        .bench
        .apply(&asked.id, &asked.digest, false, true)
        .await;
    assert_eq!(unseen, Err(Error::NeedsConfirmation));
    // The mode counts that is chosen now, not the one of when the plan was made.
    edit(SafetyMode::AskRisky).unwrap();
    let early = plan("early").await;
    assert!(!early.must_confirm);
    edit(SafetyMode::AskAlways).unwrap();
    let late = world
        .bench
        .apply(&early.id, &early.digest, false, false)
        .await;
    assert_eq!(late, Err(Error::NeedsConfirmation));
    let seen = world
        .bench
        .apply(&early.id, &early.digest, true, false)
        .await;
    seen.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn plans_that_nobody_confirms_make_room_and_say_so() {
    let world = world().await;
    let order = awaiting(&world, 1).await[0];
    let mut plans = Vec::new();
    for n in 0..40 {
        let draft = Draft::Orders(vec![notes(order, &format!("note {n}"))]);
        plans.push(world.bench.plan(&world.store, draft).await.unwrap());
    }
    let kept = |plan: &std::sync::Arc<workbench::Plan>| world.bench.kept_plan(&plan.id).is_ok();
    assert!(plans.iter().filter(|plan| kept(plan)).count() <= 16);
    let newest = plans.last().unwrap();
    assert!(kept(newest), "the one that is on the screen stays");
    let gone = plans.iter().find(|plan| !kept(plan)).unwrap();
    let applied = world.bench.apply(&gone.id, &gone.digest, true, true).await;
    assert_eq!(applied, Err(Error::PlanGone));
}

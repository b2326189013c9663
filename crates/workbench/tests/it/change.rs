//! The road of a change, where the window plays no part.

use std::sync::{Arc, atomic::Ordering};

use commerce::{OrderFields, OrderId, SafetyMode, StatusId, StoreColor};
use journal::State;
use mirror::OrdersQuery;
use workbench::{AskTwice, Draft, Error, LeftOutBecause, OrderDraft, RemoveAs};

use crate::world::{Bend, World, asked, control, sandbox, straight};

async fn world() -> World {
    let world = World::start(sandbox(60).await, straight()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    world
}

async fn awaiting(world: &World, count: usize) -> Vec<OrderId> {
    let query = OrdersQuery {
        descending: true,
        ..OrdersQuery::default()
    };
    let (_, view) = world.bench.open_list(&world.store, query).await.unwrap();
    view.ids.iter().copied().take(count).collect()
}

fn to(order: OrderId, status: u32) -> OrderDraft {
    OrderDraft {
        order,
        wanted: OrderFields {
            status_id: Some(StatusId(status)),
            staff_notes: None,
        },
    }
}

fn notes(order: OrderId, text: &str) -> OrderDraft {
    OrderDraft {
        order,
        wanted: OrderFields {
            status_id: None,
            staff_notes: Some(text.into()),
        },
    }
}

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
    let path = format!("/orders/{order}");
    control(&world.control, "POST", &path, r#"{"staff_notes":"theirs"}"#).await;
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
async fn a_note_that_is_too_long_is_refused_before_anything_is_planned() {
    let world = world().await;
    let order = awaiting(&world, 1).await[0];
    let long = "x".repeat(commerce::STAFF_NOTES_MAX + 1);
    let draft = Draft::Orders(vec![notes(order, &long)]);
    let refused = world.bench.plan(&world.store, draft).await;
    assert_eq!(refused.err(), Some(Error::BadInput("staffNotes")));
}

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
    let plan = world.bench.plan(&world.store, draft).await.unwrap();
    let applied = world
        .bench
        .apply(&plan.id, &plan.digest, true, false)
        .await
        .unwrap();
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
    let plan = world.bench.plan(&world.store, draft).await.unwrap();
    world
        .bench
        .apply(&plan.id, &plan.digest, true, false)
        .await
        .unwrap();
    world.until(|state| state.changes_waiting == 0).await;
    // Whatever the slow read brings, it was asked for before.
    let path = format!("/orders/{order}");
    control(
        &world.control,
        "POST",
        &path,
        r#"{"staff_notes":"as it was read"}"#,
    )
    .await;
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
    let plan = world.bench.plan(&world.store, draft).await.unwrap();
    world
        .bench
        .apply(&plan.id, &plan.digest, true, false)
        .await
        .unwrap();
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

async fn noted(world: &World) {
    let order = awaiting(world, 1).await[0];
    let draft = Draft::Orders(vec![notes(order, "ring twice")]);
    let plan = world.bench.plan(&world.store, draft).await.unwrap();
    let applied = world.bench.apply(&plan.id, &plan.digest, true, false).await;
    applied.unwrap();
    world.until(|state| state.changes_waiting == 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_stores_journal_stays_as_a_table_if_the_person_wants_it() {
    for is_wanted in [true, false] {
        let world = world().await;
        noted(&world).await;
        let home = world.bench.home();
        let how = RemoveAs {
            keep_journal: is_wanted,
            ..RemoveAs::default()
        };
        let removed = world.bench.remove(&world.store, how).await;
        removed.unwrap();
        assert!(world.bench.profiles().unwrap().is_empty());
        let kept = std::fs::read_dir(home.join("archive"));
        let kept: Vec<_> = kept.into_iter().flatten().flatten().collect();
        assert_eq!(kept.len(), usize::from(is_wanted));
        for file in kept {
            let name = file.file_name().into_string().unwrap();
            assert!(name.starts_with("World w0rld 20"), "{name}");
            let table = std::fs::read_to_string(file.path()).unwrap();
            let [head, row] = table.lines().collect::<Vec<_>>()[..] else {
                panic!("{table}")
            };
            assert!(
                head.contains("before") && row.contains("ring twice"),
                "{table}"
            );
            assert!(row.contains(",done,"), "{table}");
            // Its whole way as well.
            let (_, way) = row.rsplit_once(',').unwrap();
            let way: Vec<&str> = way.split("; ").collect();
            assert!(head.ends_with(",way (UTC)"), "{table}");
            assert!(way[0].ends_with("Z written"), "{table}");
            assert!(way.last().unwrap().ends_with("Z store-done"), "{table}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_whose_journal_cannot_be_kept_is_not_removed() {
    let world = world().await;
    noted(&world).await;
    std::fs::write(world.bench.home().join("archive"), "in the way").unwrap();
    let how = RemoveAs {
        keep_journal: true,
        ..RemoveAs::default()
    };
    let refused = world.bench.remove(&world.store, how).await;
    assert!(matches!(refused, Err(Error::NotWritten(_))), "{refused:?}");
    assert_eq!(world.bench.profiles().unwrap().len(), 1);
    noted_again(&world).await;
}

/// The store has its token, and works.
async fn noted_again(world: &World) {
    let order = awaiting(world, 2).await[1];
    let draft = Draft::Orders(vec![notes(order, "leave it with the neighbour")]);
    let plan = world.bench.plan(&world.store, draft).await.unwrap();
    let applied = world.bench.apply(&plan.id, &plan.digest, true, false).await;
    let id = applied.unwrap().entries[0].clone();
    world.until(|state| state.changes_waiting == 0).await;
    let detail = world.bench.activity_entry(&world.store, &id).await;
    assert_eq!(detail.unwrap().entry.state, State::Done);
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
    let plan = world.bench.plan(&world.store, draft).await.unwrap();
    world
        .bench
        .apply(&plan.id, &plan.digest, true, false)
        .await
        .unwrap();
    let state = world.until(|state| state.trouble.is_some()).await;
    assert_eq!((state.changes_waiting, state.changes_to_look_at), (1, 0));
    control(&world.control, "DELETE", "/faults", "").await;
    world.bench.refresh_now(&world.store).await.unwrap();
    world
        .until(|state| state.changes_waiting == 0 && state.trouble.is_none())
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_whose_line_ends_the_store_writes_its_own_way_can_be_put_back() {
    let world = world().await;
    let order = awaiting(&world, 1).await[0];
    let draft = Draft::Orders(vec![notes(order, "two\nlines\n")]);
    let plan = world.bench.plan(&world.store, draft).await.unwrap();
    let applied = world
        .bench
        .apply(&plan.id, &plan.digest, true, false)
        .await
        .unwrap();
    world.until(|state| state.changes_waiting == 0).await;
    let path = format!("/orders/{order}");
    control(
        &world.control,
        "POST",
        &path,
        r#"{"staff_notes":"two\r\nlines"}"#,
    )
    .await;
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

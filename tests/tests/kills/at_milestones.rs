//! SIGKILL at each milestone of a change, and a new start on the same home.

use std::os::unix::process::ExitStatusExt as _;

use host::Milestone;
use serde_json::{Value, json};

use stockroom_tests::{
    bridge::Bridge,
    wait,
    world::{Wish, World, only_entry, some_order, state, way},
};

/// What has to be true after the second start.
struct Fate {
    /// Writes that had reached the store when the process died.
    before: usize,
    /// The entry's state.
    state: &'static str,
    /// Writes in all.
    writes: usize,
}

fn fate(milestone: Milestone, wish: Wish) -> Fate {
    let (before, state, writes) = match (milestone, wish) {
        // It was confirmed and not sent: it is sent now.
        (Milestone::Journalled | Milestone::ReadAgain, _) => (0, "done", 1),
        // Nobody can know whether it was sent. A status is looked for and offered again.
        (Milestone::Sending, Wish::Status) => (0, "notApplied", 0),
        (Milestone::Sending, Wish::Notes) => (0, "done", 1),
        // It was done, and is found.
        (Milestone::Answered | Milestone::Mirrored, _) => (1, "doneFound", 1),
        (Milestone::Settled, _) => (1, "done", 1),
        (other, _) => panic!("{other:?} is not on the way of a change"),
    };
    Fate {
        before,
        state,
        writes,
    }
}

macro_rules! changes {
    ($($name:ident: $milestone:ident $wish:ident;)*) => {
        $(
            #[test]
            fn $name() {
                killed_at(Milestone::$milestone, Wish::$wish);
            }
        )*

        /// At which milestones of a change that goes through this file kills.
        pub(crate) const TRIED_OF_A_CHANGE: &[Milestone] = &[$(Milestone::$milestone),*];

        #[test]
        fn every_milestone_is_tried_with_every_kind_of_change() {
            let tried = [$((Milestone::$milestone, Wish::$wish)),*];
            for milestone in Milestone::OF_A_CHANGE {
                for wish in [Wish::Status, Wish::Notes] {
                    assert!(tried.contains(&(milestone, wish)), "{milestone:?} {wish:?}");
                }
            }
        }
    };
}

changes! {
    a_status_in_the_journal_survives_a_kill: Journalled Status;
    a_note_in_the_journal_survives_a_kill: Journalled Notes;
    a_status_read_again_survives_a_kill: ReadAgain Status;
    a_note_read_again_survives_a_kill: ReadAgain Notes;
    a_status_about_to_be_sent_survives_a_kill: Sending Status;
    a_note_about_to_be_sent_survives_a_kill: Sending Notes;
    a_status_just_answered_survives_a_kill: Answered Status;
    a_note_just_answered_survives_a_kill: Answered Notes;
    a_status_in_the_mirror_survives_a_kill: Mirrored Status;
    a_note_in_the_mirror_survives_a_kill: Mirrored Notes;
    a_settled_status_survives_a_kill: Settled Status;
    a_settled_note_survives_a_kill: Settled Notes;
}

fn killed_at(milestone: Milestone, wish: Wish) {
    let fate = fate(milestone, wish);
    let world = World::new();
    let (bridge, store) = world.connected(&[("STOCKROOM_KILL_AT", milestone.name())]);
    let order = some_order(&bridge, &store);
    let before = world.sandbox.order(order);
    let wished = wish.of(&bridge.order(&store, order));
    let plan = bridge.plan(&store, order, &wished);

    dies_applying(bridge, &plan);
    assert_eq!(world.puts(), fate.before, "at the time of death");

    let bridge = world.bridge(&[]);
    let entry = only_entry(&bridge, &store);
    let settled = bridge.wait_for_entry(&store, &entry, &["done", "doneFound", "notApplied"]);
    bridge.wait_for(&store, "nothing to be on its way", |state| {
        state["changesWaiting"] == 0
    });
    bridge.wait_for_rest(&store);

    assert_eq!(state(&settled), fate.state, "{settled:#}");
    assert_eq!(world.puts(), fate.writes);
    assert_eq!(world.effective_puts(), fate.writes);
    assert_eq!(world.sandbox.emails().len(), wish.emails(fate.writes));
    let there = world.sandbox.order(order);
    assert_eq!(wish.is_true_of(&wished, &there), fate.writes == 1);
    world.agree(&bridge, &store, order);
    if fate.writes == 0 {
        assert_eq!(there, before, "the store is as it was");
        offered_again(&world, &bridge, &store, &entry, wish, order, &wished);
    }
    only_looks_after_another_start(&world, bridge, &store);
}

fn dies_applying(mut bridge: Bridge, plan: &Value) {
    // The answer may be cut off by the end of the process.
    let _ = bridge.ask_apply(plan);
    let end = bridge.wait_for_end();
    assert_eq!(end.signal(), Some(9), "{end}");
}

kills! {
    a_status_whose_answer_was_lost_survives_a_kill_while_it_is_looked_for: Unanswered | LookedFor | Found
        => killed_while_looking;
    a_change_that_the_store_refuses_survives_a_kill: Answered | Refused => refused_and_killed_at;
    a_change_that_meets_another_one_survives_a_kill: Conflicting | AlreadySo => killed_meeting_another;
    a_status_of_which_only_a_person_can_tell_survives_a_kill: Unclear => killed_when_nobody_can_tell;
    a_change_that_waits_again_survives_a_kill_and_is_sent_once: WaitsAgain => killed_waiting_again;
}

fn killed_while_looking(milestone: Milestone) {
    for (fault, state, writes) in [
        ("resetAfter", "doneFound", 1),
        ("resetBefore", "notApplied", 0),
    ] {
        killed_while_looking_after(milestone, fault, state, writes);
    }
}

fn killed_while_looking_after(milestone: Milestone, fault: &str, ends: &str, writes: usize) {
    let place = format!("{milestone:?} after {fault}");
    let wish = Wish::Status;
    let world = World::new();
    let (bridge, store) = world.connected(&[("STOCKROOM_KILL_AT", milestone.name())]);
    let order = some_order(&bridge, &store);
    let before = world.sandbox.order(order);
    let wished = wish.of(&bridge.order(&store, order));
    let plan = bridge.plan(&store, order, &wished);
    world.sandbox.misbehave(json!({
        "match": { "method": "PUT" }, "times": 1, "fault": { "kind": fault },
    }));

    dies_applying(bridge, &plan);

    let bridge = world.bridge(&[]);
    let entry = only_entry(&bridge, &store);
    let settled = bridge.wait_for_entry(&store, &entry, &["done", "doneFound", "notApplied"]);
    bridge.wait_for_rest(&store);
    assert_eq!(state(&settled), ends, "{place}: {settled:#}");
    assert_eq!(world.puts(), 1, "{place}: it is never sent again by itself");
    assert_eq!(world.effective_puts(), writes, "{place}");
    assert_eq!(world.sandbox.emails().len(), wish.emails(writes), "{place}");
    world.agree(&bridge, &store, order);
    if writes == 0 {
        assert_eq!(world.sandbox.order(order), before, "{place}");
        offered_again(&world, &bridge, &store, &entry, wish, order, &wished);
    }
    only_looks_after_another_start(&world, bridge, &store);
}

fn refused_and_killed_at(milestone: Milestone) {
    for wish in [Wish::Status, Wish::Notes] {
        let (ends, effective) = match (milestone, wish) {
            (Milestone::Refused, _) => ("refused", 0),
            // Nobody can know what the answer was. A status is looked for and offered again.
            (_, Wish::Status) => ("notApplied", 0),
            (_, Wish::Notes) => ("done", 1),
        };
        for status in [403, 422] {
            let place = format!("{milestone:?} {wish:?} {status}");
            let kill = [("STOCKROOM_KILL_AT", milestone.name())];
            let (world, bridge, store, order, wished) = wishing(wish, &kill);
            world.sandbox.misbehave(json!({
                "match": { "method": "PUT" }, "times": 1,
                "fault": { "kind": "status", "status": status, "body": "[{\"message\":\"No.\"}]" },
            }));
            let plan = bridge.plan(&store, order, &wished);
            dies_applying(bridge, &plan);

            let bridge = world.bridge(&[]);
            let entry = only_entry(&bridge, &store);
            let settled = bridge.wait_for_entry(&store, &entry, &["done", "refused", "notApplied"]);
            bridge.wait_for_rest(&store);
            assert_eq!(state(&settled), ends, "{place}: {settled:#}");
            assert_eq!(world.effective_puts(), effective, "{place}");
            assert_eq!(world.puts(), 1 + effective, "{place}");
            world.agree(&bridge, &store, order);
            if effective == 0 {
                offered_again(&world, &bridge, &store, &entry, wish, order, &wished);
            }
            only_looks_after_another_start(&world, bridge, &store);
        }
    }
}

fn killed_meeting_another(milestone: Milestone) {
    let ends = match milestone {
        Milestone::AlreadySo => "alreadySo",
        _ => "conflict",
    };
    for wish in [Wish::Status, Wish::Notes] {
        let kill = [("STOCKROOM_KILL_AT", milestone.name())];
        let (world, bridge, store, order, wished) = wishing(wish, &kill);
        let plan = bridge.plan(&store, order, &wished);
        let theirs = match (wish, milestone) {
            (Wish::Status, Milestone::AlreadySo) => json!({ "status_id": wished["statusId"] }),
            (Wish::Notes, Milestone::AlreadySo) => {
                json!({ "staff_notes": wished["staffNotes"] })
            }
            (Wish::Status, _) => json!({ "status_id": 7 }),
            (Wish::Notes, _) => json!({ "staff_notes": "Theirs" }),
        };
        world.sandbox.edit(order, theirs);
        let there = world.sandbox.order(order);
        dies_applying(bridge, &plan);

        let bridge = world.bridge(&[]);
        let entry = only_entry(&bridge, &store);
        let settled = bridge.wait_for_entry(&store, &entry, &[ends, "done"]);
        bridge.wait_for_rest(&store);
        assert_eq!(state(&settled), ends, "{wish:?}: {settled:#}");
        assert_eq!(world.puts(), 0, "{wish:?} {ends}");
        assert_eq!(world.sandbox.order(order), there, "theirs is left alone");
        only_looks_after_another_start(&world, bridge, &store);
    }
}

fn killed_when_nobody_can_tell(milestone: Milestone) {
    let kill = [("STOCKROOM_KILL_AT", milestone.name())];
    let (world, bridge, store, order, wished) = wishing(Wish::Status, &kill);
    let plan = bridge.plan(&store, order, &wished);
    world.sandbox.misbehave(json!({
        "match": { "method": "PUT" }, "times": 1, "fault": { "kind": "resetBefore" },
    }));
    std::thread::scope(|threads| {
        let dying = threads.spawn(|| dies_applying(bridge, &plan));
        // Somebody sets a third one before its effect is looked for.
        wait::until("the write to be lost", || (world.puts() == 1).then_some(()));
        world.sandbox.edit(order, json!({ "status_id": 7 }));
        dying.join().expect("it dies");
    });

    let bridge = world.bridge(&[]);
    let entry = only_entry(&bridge, &store);
    let settled = bridge.wait_for_entry(&store, &entry, &["unclear", "done", "notApplied"]);
    bridge.wait_for_rest(&store);
    assert_eq!(state(&settled), "unclear", "{settled:#}");
    assert_eq!(settled["row"]["canDecide"], true);
    assert_eq!(settled["row"]["said"]["reason"]["kind"], "otherValues");
    assert_eq!((world.puts(), world.effective_puts()), (1, 0));
    only_looks_after_another_start(&world, bridge, &store);
}

fn killed_waiting_again(milestone: Milestone) {
    let told_off = json!({ "kind": "status", "status": 401, "body": "{}" });
    for (wish, fault) in [
        // Nothing was done, and it is sent when the store listens again.
        (Wish::Status, &told_off),
        (Wish::Notes, &told_off),
        // It may have gone out. The same note once more is no other note.
        (Wish::Notes, &json!({ "kind": "resetBefore" })),
    ] {
        let place = format!("{wish:?} after {fault}");
        let kill = [("STOCKROOM_KILL_AT", milestone.name())];
        let (world, bridge, store, order, wished) = wishing(wish, &kill);
        let plan = bridge.plan(&store, order, &wished);
        world.sandbox.misbehave(json!({
            "match": { "method": "PUT" }, "times": null, "fault": fault,
        }));
        dies_applying(bridge, &plan);
        assert_eq!(world.effective_puts(), 0, "{place}");
        world.sandbox.behave();

        let bridge = world.bridge(&[]);
        let entry = only_entry(&bridge, &store);
        let settled = bridge.wait_for_entry(&store, &entry, &["done", "refused", "notApplied"]);
        bridge.wait_for_rest(&store);
        assert_eq!(state(&settled), "done", "{place}: {settled:#}");
        assert_eq!(world.effective_puts(), 1, "{place}");
        assert_eq!(world.sandbox.emails().len(), wish.emails(1), "{place}");
        assert!(wish.is_true_of(&wished, &world.sandbox.order(order)));
        world.agree(&bridge, &store, order);
        only_looks_after_another_start(&world, bridge, &store);
    }
}

#[test]
fn an_undo_survives_a_kill_at_every_milestone() {
    for milestone in Milestone::OF_A_CHANGE {
        for wish in [Wish::Status, Wish::Notes] {
            undo_killed_at(milestone, wish);
        }
    }
}

fn undo_killed_at(milestone: Milestone, wish: Wish) {
    let place = format!("{milestone:?} {wish:?}");
    let fate = fate(milestone, wish);
    let (world, mut bridge, store, order, wished) = wishing(wish, &[]);
    let before = bridge.order(&store, order);
    let entry = bridge.change(&store, order, &wished);
    bridge.wait_for_entry(&store, &entry, &["done"]);
    bridge.stop();
    drop(bridge);

    let bridge = world.bridge(&[("STOCKROOM_KILL_AT", milestone.name())]);
    bridge.wait_for_rest(&store);
    let undo = json!({ "store": store, "entries": [entry] });
    let plan = bridge.get("plan_undo", undo.clone());
    dies_applying(bridge, &plan);
    assert_eq!(
        world.puts(),
        1 + fate.before,
        "{place}: at the time of death"
    );

    let bridge = world.bridge(&[]);
    bridge.wait_for(&store, "nothing to be on its way", |state| {
        state["changesWaiting"] == 0
    });
    bridge.wait_for_rest(&store);
    let undoing = bridge.activity(&store);
    let undoing = undoing.iter().find(|row| row["entry"] != entry);
    let undoing = undoing.unwrap_or_else(|| panic!("{place}: it is in the journal"));
    assert_eq!(undoing["state"], fate.state, "{place}: {undoing:#}");
    assert_eq!(world.puts(), 1 + fate.writes, "{place}");
    assert_eq!(world.effective_puts(), 1 + fate.writes, "{place}");
    let is_as_wished = wish.is_true_of(&wished, &world.sandbox.order(order));
    assert_eq!(is_as_wished, fate.writes == 0, "{place}");
    world.agree(&bridge, &store, order);
    if fate.writes == 0 {
        // What was not put back can be, still.
        let plan = bridge.get("plan_undo", undo);
        let again = bridge.apply(&plan).expect("it is offered again");
        bridge.wait_for_entry(&store, &again[0], &["done"]);
    }
    let after = bridge.order(&store, order);
    for field in ["statusId", "staffNotes"] {
        assert_eq!(after[field], before[field], "{place}: {field}");
    }
    assert_eq!(world.effective_puts(), 2, "{place}");
}

/// A world with one order that something is wished for.
fn wishing(wish: Wish, more: &[(&str, &str)]) -> (World, Bridge, String, u64, Value) {
    let world = World::new();
    let (bridge, store) = world.connected(more);
    let order = some_order(&bridge, &store);
    let wished = wish.of(&bridge.order(&store, order));
    (world, bridge, store, order, wished)
}

/// What was not applied is kept for the person, who may have it sent: once.
fn offered_again(
    world: &World,
    bridge: &Bridge,
    store: &str,
    entry: &str,
    wish: Wish,
    order: u64,
    wished: &Value,
) {
    let offered = bridge.entry(store, entry);
    assert_eq!(offered["row"]["canRetry"], true, "{offered:#}");
    let plan = bridge.get("plan_retry", json!({ "store": store, "entries": [entry] }));
    let again = bridge.apply(&plan).expect("it is offered again");
    bridge.wait_for_entry(store, &again[0], &["done"]);

    assert_eq!(world.effective_puts(), 1);
    assert_eq!(world.sandbox.emails().len(), wish.emails(1));
    assert!(wish.is_true_of(wished, &world.sandbox.order(order)));
    assert_eq!(state(&bridge.entry(store, entry)), "dropped");
    world.agree(bridge, store, order);
}

fn only_looks_after_another_start(world: &World, mut bridge: Bridge, store: &str) {
    let entries = bridge.activity(store);
    let (puts, emails) = (world.puts(), world.sandbox.emails().len());
    bridge.stop();
    drop(bridge);
    let bridge = world.bridge(&[]);
    bridge.wait_for_rest(store);
    assert_eq!(bridge.state(store)["changesWaiting"], 0);
    assert_eq!(bridge.activity(store), entries);
    assert_eq!((world.puts(), world.sandbox.emails().len()), (puts, emails));
}

#[test]
fn a_change_goes_through_the_journal_before_it_is_sent() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    let order = some_order(&bridge, &store);
    let wished = Wish::Status.of(&bridge.order(&store, order));

    let entry = bridge.change(&store, order, &wished);
    let done = bridge.wait_for_entry(&store, &entry, &["done"]);

    assert_eq!(way(&done), ["written", "readAgain", "sent", "storeDone"]);
    let log = world.sandbox.log();
    let touched = format!("/stores/northfold/v2/orders/{order}");
    let touching: Vec<_> = log
        .iter()
        .filter(|request| request["path"] == touched)
        .map(|request| request["method"].clone())
        .collect();
    assert_eq!(touching, ["GET", "PUT"], "read again, then written once");
    let put = &world.sandbox.requests("PUT")[0];
    assert_eq!(
        put["body"],
        json!({ "status_id": wished["statusId"] }),
        "the smallest body"
    );
    world.agree(&bridge, &store, order);
}

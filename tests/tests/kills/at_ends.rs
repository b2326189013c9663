//! SIGKILL around the ends that a change comes to without being sent or without a plain answer: just before
//! the journal has it, and before anything else knows.

use std::{os::unix::process::ExitStatusExt as _, time::Duration};

use host::Milestone;
use serde_json::json;
use stockroom_tests::{
    bridge::{Bridge, text},
    jobs::plan_notes,
    world::{NOTE, Wish, World, only_entry, some_order, state},
};

use crate::at_decisions::{Stage, answers_otherwise, dies, fault};

kills! {
    a_change_of_what_cannot_be_read_survives_a_kill: Weighed | Refused => read_refused;
    a_lost_change_that_is_found_before_it_is_sent_again_survives_a_kill: Weighed | DoneFound
        => lost_and_found;
    a_lost_change_that_meets_another_survives_a_kill: Weighed | Unclear => lost_and_met;
    a_lost_change_of_what_cannot_be_read_survives_a_kill: Weighed | Unclear => lost_and_unreadable;
    an_answer_that_shows_something_else_survives_a_kill: Mirrored | Weighed | Unclear
        => answered_otherwise;
    what_the_store_stumbles_over_each_time_survives_a_kill: Weighed | NotApplied => stumbled;
}

fn read_refused(milestone: Milestone) {
    for fault in [
        json!({ "kind": "status", "status": 403, "body": "{}" }),
        json!({ "kind": "status", "status": 404, "body": "{}" }),
        json!({ "kind": "unreadable", "field": "status_id", "value": { "a": 1 } }),
    ] {
        let place = format!("{milestone:?} {fault}");
        let world = World::new();
        let kill = [("STOCKROOM_KILL_AT", milestone.name())];
        let (mut bridge, store) = world.connected(&kill);
        let order = some_order(&bridge, &store);
        let before = world.sandbox.order(order);
        let plan = bridge.plan(
            &store,
            order,
            &Wish::Status.of(&bridge.order(&store, order)),
        );
        world.sandbox.misbehave(json!({
            "match": { "method": "GET", "path": format!("/v2/orders/{order}") },
            "times": null, "fault": fault,
        }));
        let _ = bridge.ask_apply(&plan);
        dies(&mut bridge);
        drop(bridge);

        let bridge = world.bridge(&[]);
        let entry = only_entry(&bridge, &store);
        let ended = bridge.wait_for_entry(&store, &entry, &["refused", "done", "unclear"]);
        assert_eq!(state(&ended), "refused", "{place}: {ended:#}");
        assert_eq!(world.puts(), 0, "{place}");
        assert_eq!(world.sandbox.order(order), before, "{place}");
        let stage = Stage {
            world,
            store,
            order,
            entry,
            stands: "refused",
        };
        stage.stays(bridge, &place);
    }
}

/// A note that the store took, without an answer, then killed; then something happens, and the next start
/// is killed at that milestone. The start after that.
fn lost_then(milestone: Milestone, meddle: impl FnOnce(&World, u64)) -> (Stage, Bridge) {
    let world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    let order = some_order(&bridge, &store);
    let never = json!({ "kind": "never", "applied": true });
    fault(&world, "PUT", json!(1), &never);
    let entry = bridge.change(&store, order, &json!({ "staffNotes": NOTE }));
    world.wait_for_put();
    bridge.kill();
    drop(bridge);
    meddle(&world, order);
    // The first that comes to be known is that the answer was lost.
    let kill_at = match milestone {
        Milestone::Weighed => "weighed:2",
        other => other.name(),
    };
    let home = world.desktop.stockroom_home();
    let origin = Some(world.sandbox.origin());
    let kill = [("STOCKROOM_KILL_AT", kill_at)];
    // It begins by itself, so it may be over before anybody is served.
    let end = match Bridge::try_start(&world.desktop, &home, origin, &kill) {
        Ok(mut bridge) => bridge.wait_for_end(),
        Err(refused) => refused.status,
    };
    assert_eq!(end.signal(), Some(9), "{end}");
    let bridge = world.bridge(&[]);
    let stage = Stage {
        world,
        store,
        order,
        entry,
        stands: "waiting",
    };
    (stage, bridge)
}

fn lost_and_found(milestone: Milestone) {
    let (stage, bridge) = lost_then(milestone, |_, _| {});
    let ended = bridge.wait_for_entry(&stage.store, &stage.entry, &["doneFound", "done"]);
    assert_eq!(state(&ended), "doneFound", "{milestone:?}: {ended:#}");
    assert_eq!(ended["row"]["canUndo"], true);
    stage.world.agree(&bridge, &stage.store, stage.order);
    stage.stays(bridge, "lost and found");
    assert_eq!(stage.world.puts(), 1, "never sent again");
}

fn lost_and_met(milestone: Milestone) {
    let (stage, bridge) = lost_then(milestone, |world, order| {
        world
            .sandbox
            .edit(order, json!({ "staff_notes": "Theirs" }));
    });
    let ended = bridge.wait_for_entry(&stage.store, &stage.entry, &["unclear", "conflict"]);
    assert_eq!(state(&ended), "unclear", "{milestone:?}: {ended:#}");
    let said = &ended["row"]["said"]["reason"]["kind"];
    assert_eq!(said, "otherValues", "{ended:#}");
    let there = stage.world.sandbox.order(stage.order);
    assert_eq!(there["staffNotes"], "Theirs", "not overwritten");
    stage.stays(bridge, "lost and met another");
    assert_eq!(stage.world.puts(), 1, "never sent again");
}

fn lost_and_unreadable(milestone: Milestone) {
    let (stage, bridge) = lost_then(milestone, |world, order| {
        world.sandbox.misbehave(json!({
            "match": { "method": "GET", "path": format!("/v2/orders/{order}") }, "times": null,
            "fault": { "kind": "unreadable", "field": "status_id", "value": { "a": 1 } },
        }));
    });
    let ended = bridge.wait_for_entry(&stage.store, &stage.entry, &["unclear", "refused"]);
    assert_eq!(state(&ended), "unclear", "{milestone:?}: {ended:#}");
    let said = &ended["row"]["said"]["reason"]["kind"];
    assert_eq!(said, "unreadable", "{ended:#}");
    stage.stays(bridge, "lost and unreadable");
    assert_eq!(stage.world.puts(), 1, "never sent again");
}

fn answered_otherwise(milestone: Milestone) {
    // The first that comes to be known is that it may be sent.
    let kill_at = match milestone {
        Milestone::Weighed => "weighed:2",
        other => other.name(),
    };
    let world = World::new();
    let (mut bridge, store) = world.connected(&[("STOCKROOM_KILL_AT", kill_at)]);
    let order = some_order(&bridge, &store);
    let wished = Wish::Status.of(&bridge.order(&store, order));
    let plan = bridge.plan(&store, order, &wished);
    answers_otherwise(&world);
    let _ = bridge.ask_apply(&plan);
    dies(&mut bridge);
    drop(bridge);

    let bridge = world.bridge(&[]);
    let entry = only_entry(&bridge, &store);
    let ended = bridge.wait_for_entry(&store, &entry, &["unclear", "doneFound", "notApplied"]);
    // Where the journal knows nothing of the answer, the store is asked, and has it.
    let ends = match milestone {
        Milestone::Unclear => "unclear",
        _ => "doneFound",
    };
    assert_eq!(state(&ended), ends, "{milestone:?}: {ended:#}");
    assert!(Wish::Status.is_true_of(&wished, &world.sandbox.order(order)));
    let stage = Stage {
        world,
        store,
        order,
        entry,
        stands: "sending",
    };
    stage.stays(bridge, "an answer with something else");
    assert_eq!(
        (stage.world.puts(), stage.world.sandbox.emails().len()),
        (1, 1)
    );
}

fn stumbled(milestone: Milestone) {
    // Each try is known to begin and to be lost, and so is all of the other change.
    let kill_at = match milestone {
        Milestone::Weighed => "weighed:9",
        other => other.name(),
    };
    let world = World::new();
    let (mut bridge, store) = world.connected(&[("STOCKROOM_KILL_AT", kill_at)]);
    let plan = plan_notes(&bridge, &store, 2, NOTE);
    let orders = bridge.orders(&store);
    let order: u64 = text(&orders[0]["id"]).parse().expect("a number");
    world.sandbox.misbehave(json!({
        "match": { "method": "PUT", "path": format!("/v2/orders/{order}") }, "times": null,
        "fault": { "kind": "status", "status": 500, "body": "{}" },
    }));
    let _ = bridge.ask_apply(&plan);
    let end = bridge.ends_within(Duration::from_secs(180));
    let end = end.expect("it is given up after three tries");
    assert_eq!(end.signal(), Some(9), "{end}");
    drop(bridge);

    let number = order.to_string();
    let of_it = |bridge: &Bridge| {
        let rows = bridge.activity(&store);
        let row = rows.iter().find(|row| row["subject"]["order"] == number);
        text(&row.expect("it is in the journal")["entry"])
    };
    let bridge = world.bridge(&[]);
    let entry = of_it(&bridge);
    let stands = state(&bridge.entry(&store, &entry));
    if milestone == Milestone::NotApplied {
        assert_eq!(stands, "notApplied");
    } else {
        // The ninth is that it is given up; where the rounds fell otherwise, it is that it is sent once more.
        assert!(
            ["waiting", "sending"].contains(&stands.as_str()),
            "{stands}"
        );
        world.sandbox.behave();
        bridge.tell("refresh", json!({ "store": store }));
        bridge.wait_for_entry(&store, &entry, &["done"]);
        world.agree(&bridge, &store, order);
    }
    let effects = world.effective_puts();
    assert_eq!(
        effects,
        1 + usize::from(milestone != Milestone::NotApplied),
        "each at most once"
    );
    let stage = Stage {
        world,
        store: store.clone(),
        order,
        entry,
        stands: "waiting",
    };
    stage.stays(bridge, "stumbled over");
    assert_eq!(stage.world.effective_puts(), effects);
}

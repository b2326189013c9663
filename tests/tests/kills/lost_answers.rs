//! Answers that get lost, people who get in between, and plans that are used twice.

use serde_json::{Value, json};
use stockroom_tests::bridge::Bridge;

use stockroom_tests::world::{Wish, World, some_order, state, way};

/// A change during which the store misbehaves once: the world after it, the entry as it settled.
fn with_fault(fault: Value, ends: &[&str]) -> (World, Bridge, String, u64, Value) {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    let order = some_order(&bridge, &store);
    let wished = Wish::Status.of(&bridge.order(&store, order));
    world.sandbox.misbehave(json!({
        "match": { "method": "PUT" }, "times": 1, "fault": fault,
    }));
    let entry = bridge.change(&store, order, &wished);
    let settled = bridge.wait_for_entry(&store, &entry, ends);
    (world, bridge, store, order, settled)
}

#[test]
fn a_status_whose_answer_was_cut_off_is_found_and_not_sent_again() {
    let fault = json!({ "kind": "resetAfter" });
    let (world, bridge, store, order, settled) = with_fault(fault, &["doneFound", "notApplied"]);
    assert_eq!(state(&settled), "doneFound", "{settled:#}");
    assert_eq!(
        way(&settled),
        ["written", "readAgain", "sent", "noAnswer", "foundInStore"]
    );
    assert_eq!(world.puts(), 1);
    assert_eq!(world.sandbox.emails().len(), 1);
    world.agree(&bridge, &store, order);
}

#[test]
fn a_status_answered_by_a_broken_gateway_is_found_and_not_sent_again() {
    let fault = json!({ "kind": "html502", "applied": true });
    let (world, bridge, store, order, settled) = with_fault(fault, &["doneFound", "notApplied"]);
    assert_eq!(state(&settled), "doneFound", "{settled:#}");
    assert_eq!(world.puts(), 1);
    assert_eq!(world.sandbox.emails().len(), 1);
    world.agree(&bridge, &store, order);
}

#[test]
fn a_status_answered_by_half_a_body_is_found_and_not_sent_again() {
    let fault = json!({ "kind": "halfBody" });
    let (world, bridge, store, order, settled) = with_fault(fault, &["doneFound", "notApplied"]);
    assert_eq!(state(&settled), "doneFound", "{settled:#}");
    assert_eq!(world.puts(), 1);
    assert_eq!(world.sandbox.emails().len(), 1);
    world.agree(&bridge, &store, order);
}

#[test]
fn a_note_whose_answer_was_lost_is_not_called_refused_when_the_next_try_is() {
    for refusal in [401, 403, 404, 422, 423] {
        let world = World::new();
        let (bridge, store) = world.connected(&[]);
        let order = some_order(&bridge, &store);
        for fault in [
            json!({ "kind": "html502", "applied": true }),
            json!({ "kind": "status", "status": refusal, "body": "<html>" }),
        ] {
            world.sandbox.misbehave(json!({
                "match": { "method": "PUT" }, "times": 1, "fault": fault,
            }));
        }
        let entry = bridge.change(&store, order, &json!({ "staffNotes": "Ribbon" }));
        let settled = bridge.wait_for_entry(&store, &entry, &["done", "doneFound", "refused"]);
        assert_eq!(state(&settled), "doneFound", "{refusal}: {settled:#}");
        assert!(
            way(&settled).contains(&"noAnswer".to_owned()),
            "{refusal}: {settled:#}"
        );
        assert_eq!(world.effective_puts(), 1, "{refusal}");
        world.agree(&bridge, &store, order);
    }
}

#[test]
fn a_status_that_never_arrived_is_offered_again_and_then_happens_once() {
    let fault = json!({ "kind": "resetBefore" });
    let (world, bridge, store, order, settled) = with_fault(fault, &["doneFound", "notApplied"]);
    assert_eq!(state(&settled), "notApplied", "{settled:#}");
    assert_eq!(world.effective_puts(), 0);
    assert_eq!(world.sandbox.emails().len(), 0);
    assert_eq!(bridge.state(&store)["changesToLookAt"], 1);

    let entry = &settled["row"]["entry"];
    let plan = bridge.get("plan_retry", json!({ "store": store, "entries": [entry] }));
    let again = bridge.apply(&plan).unwrap();
    bridge.wait_for_entry(&store, &again[0], &["done"]);

    assert_eq!(world.effective_puts(), 1);
    assert_eq!(world.sandbox.emails().len(), 1);
    assert_eq!(bridge.state(&store)["changesToLookAt"], 0);
    world.agree(&bridge, &store, order);
}

#[test]
fn what_somebody_else_changed_after_the_plan_is_a_conflict_and_nothing_is_sent() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    let order = some_order(&bridge, &store);
    let before = bridge.order(&store, order);
    let wished = Wish::Status.of(&before);
    let plan = bridge.plan(&store, order, &wished);
    let theirs = if before["statusId"] == 5 { 4 } else { 5 };

    world.sandbox.edit(order, json!({ "status_id": theirs }));
    let entries = bridge.apply(&plan).unwrap();
    let settled = bridge.wait_for_entry(&store, &entries[0], &["conflict", "done"]);

    assert_eq!(state(&settled), "conflict", "{settled:#}");
    assert_eq!(world.puts(), 0);
    assert_eq!(world.sandbox.emails().len(), 0);
    assert_eq!(world.sandbox.order(order)["statusId"], theirs);
    world.agree(&bridge, &store, order);
}

#[test]
fn somebody_elses_note_is_no_conflict_for_a_status() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    let order = some_order(&bridge, &store);
    let wished = Wish::Status.of(&bridge.order(&store, order));
    let plan = bridge.plan(&store, order, &wished);

    world
        .sandbox
        .edit(order, json!({ "staff_notes": "Theirs" }));
    let entries = bridge.apply(&plan).unwrap();
    bridge.wait_for_entry(&store, &entries[0], &["done"]);

    let there = world.sandbox.order(order);
    assert_eq!(there["statusId"], wished["statusId"]);
    assert_eq!(there["staffNotes"], "Theirs", "not overwritten");
    world.agree(&bridge, &store, order);
}

#[test]
fn what_somebody_else_did_already_is_not_sent_and_mails_nobody() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    let order = some_order(&bridge, &store);
    let wished = Wish::Status.of(&bridge.order(&store, order));
    let plan = bridge.plan(&store, order, &wished);

    world
        .sandbox
        .edit(order, json!({ "status_id": wished["statusId"] }));
    let entries = bridge.apply(&plan).unwrap();
    let settled = bridge.wait_for_entry(&store, &entries[0], &["alreadySo"]);
    assert_eq!(settled["row"]["canUndo"], false, "it is not ours");

    assert_eq!(world.puts(), 0);
    assert_eq!(world.sandbox.emails().len(), 0);
    world.agree(&bridge, &store, order);
}

#[test]
fn an_undone_change_is_back_and_shown_as_undone() {
    for wish in [Wish::Status, Wish::Notes] {
        let world = World::new();
        let (bridge, store) = world.connected(&[]);
        let order = some_order(&bridge, &store);
        let before = bridge.order(&store, order);
        let entry = bridge.change(&store, order, &wish.of(&before));
        bridge.wait_for_entry(&store, &entry, &["done"]);

        let plan = bridge.get("plan_undo", json!({ "store": store, "entries": [entry] }));
        assert_eq!(plan["isUndo"], true);
        let undo = bridge.apply(&plan).unwrap();
        bridge.wait_for_entry(&store, &undo[0], &["done"]);

        let after = bridge.order(&store, order);
        assert_eq!(after["statusId"], before["statusId"]);
        assert_eq!(after["staffNotes"], before["staffNotes"]);
        let undone = bridge.entry(&store, &entry);
        assert_eq!(state(&undone), "undone", "{undone:#}");
        assert_eq!(undone["row"]["canUndo"], false);
        assert_eq!(world.puts(), 2);
        assert_eq!(world.sandbox.emails().len(), wish.emails(2));
        world.agree(&bridge, &store, order);
    }
}

#[test]
fn a_plan_is_applied_once_however_often_it_is_asked_for() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    let order = some_order(&bridge, &store);
    let wished = Wish::Status.of(&bridge.order(&store, order));
    let plan = bridge.plan(&store, order, &wished);

    let answers: Vec<Result<Vec<String>, Value>> = std::thread::scope(|threads| {
        let asked: Vec<_> = (0..6)
            .map(|_| threads.spawn(|| bridge.apply(&plan)))
            .collect();
        asked.into_iter().map(|one| one.join().unwrap()).collect()
    });

    let (worked, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    assert_eq!(worked.len(), 1, "{worked:?}");
    for one in refused {
        assert_eq!(one.unwrap_err()["code"], "planGone");
    }
    let entry = &worked[0].as_ref().unwrap()[0];
    bridge.wait_for_entry(&store, entry, &["done"]);
    assert_eq!(bridge.apply(&plan).unwrap_err()["code"], "planGone");
    assert_eq!(bridge.activity(&store).len(), 1);
    assert_eq!(world.puts(), 1);
    assert_eq!(world.sandbox.emails().len(), 1);
}

#[test]
fn a_plan_is_applied_only_as_it_was_shown_and_confirmed() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    let order = some_order(&bridge, &store);
    let wished = Wish::Status.of(&bridge.order(&store, order));
    let plan = bridge.plan(&store, order, &wished);
    let apply = |digest: &Value, confirmed: bool| {
        bridge.call(
            "apply",
            json!({
                "plan": plan["plan"], "digest": digest,
                "confirmed": confirmed, "confirmedTwice": false,
            }),
        )
    };

    assert_eq!(
        apply(&json!("another"), true).unwrap_err()["code"],
        "planGone"
    );
    assert_eq!(
        apply(&plan["digest"], false).unwrap_err()["code"],
        "needsConfirmation"
    );
    assert_eq!(bridge.activity(&store), Vec::<Value>::new());
    assert_eq!(world.puts(), 0);
}

#[test]
fn demand_29_a_bulk_edit_is_undone_as_a_whole() {
    const MANY: usize = 8;
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    let rows = bridge.orders(&store);
    let before: Vec<&Value> = rows
        .iter()
        .filter(|row| row["statusId"] != 10)
        .take(MANY)
        .collect();
    let changes: Vec<Value> = before
        .iter()
        .map(|row| json!({ "order": row["id"], "statusId": 10, "staffNotes": null }))
        .collect();
    let plan = bridge.get(
        "plan_change",
        json!({ "store": store, "wanted": { "kind": "orders", "changes": changes } }),
    );
    let entries = bridge.apply(&plan).unwrap();
    assert_eq!(entries.len(), MANY);
    for entry in &entries {
        bridge.wait_for_entry(&store, entry, &["done"]);
    }

    let plan = bridge.get("plan_undo", json!({ "store": store, "entries": entries }));
    assert_eq!(plan["items"].as_array().unwrap().len(), MANY, "{plan:#}");
    for undo in bridge.apply(&plan).unwrap() {
        bridge.wait_for_entry(&store, &undo, &["done"]);
    }

    let after = bridge.orders(&store);
    for row in before {
        let now = after.iter().find(|now| now["id"] == row["id"]).unwrap();
        assert_eq!(now, row, "as it was");
        let number = row["id"].as_str().unwrap().parse().unwrap();
        world.agree(&bridge, &store, number);
    }
    for entry in &entries {
        assert_eq!(state(&bridge.entry(&store, entry)), "undone");
    }
    assert_eq!(world.puts(), 2 * MANY);
}

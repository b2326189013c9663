//! A job is killed and its disk fails as well: the power goes, or the end of the journal is damaged.

use std::os::unix::process::ExitStatusExt as _;

use host::Milestone;
use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    damage::{spoil_last_frame, spoil_last_page},
    jobs::{activity, effects_by_path, plan_statuses, wait_for_end},
    power_cut,
    sandbox::SandboxOptions,
    wait,
    world::{World, way},
};

const SIZE: usize = 30;

fn shop() -> World {
    World::with(SandboxOptions {
        orders: 80,
        ..SandboxOptions::default()
    })
}

/// A job of changed statuses, killed there: the store's key.
fn killed_at(world: &World, milestone: Milestone, times: u32) -> String {
    let kill_at = format!("{}:{times}", milestone.name());
    let (mut bridge, store) = world.connected(&[("STOCKROOM_KILL_AT", &kill_at)]);
    let plan = plan_statuses(&bridge, &store, SIZE);
    let _ = bridge.ask_apply(&plan);
    let end = bridge.wait_for_end();
    assert_eq!(end.signal(), Some(9), "{end}");
    store
}

/// Each order was changed at most once, and each shopper told of it once.
fn nothing_is_doubled(world: &World) -> usize {
    let effects = effects_by_path(world, "PUT");
    assert!(effects.values().all(|times| *times == 1), "{effects:#?}");
    assert_eq!(world.sandbox.emails().len(), effects.len());
    effects.len()
}

/// The orders of which the journal knows that a change was sent.
fn noted_as_sent(bridge: &Bridge, store: &str) -> Vec<String> {
    let rows = activity(bridge, store, &json!({}));
    assert_eq!(rows.len(), SIZE, "what was confirmed is in the journal");
    rows.iter()
        .filter(|row| {
            let entry = bridge.entry(store, &text(&row["entry"]));
            way(&entry).iter().any(|step| step == "sent")
        })
        .map(|row| text(&row["subject"]["order"]))
        .collect()
}

#[test]
fn a_power_cut_at_any_place_of_a_job_loses_nothing_and_doubles_nothing() {
    for (milestone, times) in [
        (Milestone::Journalled, 1),
        (Milestone::ReadAgain, 1),
        (Milestone::Sending, 1),
        (Milestone::Sending, 9),
        (Milestone::Answered, 1),
        (Milestone::Answered, 17),
        (Milestone::Mirrored, 5),
        (Milestone::Settled, 21),
    ] {
        let world = shop();
        if !power_cut::can_be_seen(world.desktop.root()) {
            return;
        }
        let store = killed_at(&world, milestone, times);
        power_cut::cut_power(&world.desktop.stockroom_home());
        let reached = effects_by_path(&world, "PUT");

        let bridge = world.bridge(&[]);
        let noted = noted_as_sent(&bridge, &store);
        for path in reached.keys() {
            let known = noted
                .iter()
                .any(|order| path.ends_with(&format!("/{order}")));
            assert!(known, "{milestone:?} {times}: {path} was sent unnoted");
        }
        wait_for_end(&bridge, &store);
        // What was about to be sent is offered again, never sent again by itself.
        let left = activity(&bridge, &store, &json!({ "filter": "toLookAt" }));
        assert!(left.len() <= 1, "{left:#?}");
        let done = nothing_is_doubled(&world);
        assert_eq!(done + left.len(), SIZE, "{milestone:?} {times}");
    }
}

#[test]
fn a_damaged_end_of_the_journals_log_costs_one_step_and_nothing_else() {
    for milestone in [Milestone::Sending, Milestone::Answered, Milestone::Settled] {
        let world = shop();
        let store = killed_at(&world, milestone, 12);
        let stores = world.desktop.stockroom_home().join("stores");
        assert!(spoil_last_frame(
            &stores.join(&store).join("journal.sqlite")
        ));

        let bridge = world.bridge(&[]);
        wait_for_end(&bridge, &store);
        assert_eq!(activity(&bridge, &store, &json!({})).len(), SIZE);
        assert_eq!(nothing_is_doubled(&world), SIZE, "{milestone:?}");
    }
}

#[test]
fn a_damaged_last_page_of_the_journal_is_named_and_sends_nothing_twice() {
    let world = shop();
    let store = killed_at(&world, Milestone::Answered, 12);
    let stores = world.desktop.stockroom_home().join("stores");
    spoil_last_page(&stores.join(&store).join("journal.sqlite"));

    let damaged = json!({ "code": "damagedFile", "file": "journal" });
    for _ in 0..2 {
        let bridge = world.bridge(&[]);
        wait::until("the damage to be named", || {
            let state = bridge.call("store_state", json!({ "store": store }));
            let named: Value = state.map_or_else(|error| error, |state| state["trouble"].clone());
            (named == damaged).then_some(())
        });
    }
    assert!(nothing_is_doubled(&world) < SIZE);
}

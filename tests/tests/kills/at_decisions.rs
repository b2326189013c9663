//! SIGKILL around what a person decides about a change: just before the journal has it, and before anything
//! else knows.

use std::{collections::BTreeMap, os::unix::process::ExitStatusExt as _};

use host::Milestone;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    damage::tamper,
    jobs::{plan_statuses, products, states},
    wait,
    world::{NOTE, Wish, World, some_order, state, way},
};

kills! {
    what_is_given_up_before_it_was_sent_survives_a_kill: Weighed | Dropped => waiting_given_up;
    what_is_given_up_and_may_be_done_survives_a_kill: Weighed | Unclear => lost_given_up;
    what_is_given_up_after_a_look_survives_a_kill: Weighed | Dropped => looked_at_given_up;
    a_job_that_is_stopped_survives_a_kill: Weighed | Stopped => job_stopped;
    a_stop_of_what_may_be_done_survives_a_kill: Weighed | Stopped => lost_stopped;
    what_a_person_says_was_done_survives_a_kill: Weighed | DoneFound => said_done;
    what_a_person_says_was_not_done_survives_a_kill: Weighed | NotApplied => said_not_done;
    a_look_that_finds_it_survives_a_kill: LookedFor | Weighed | DoneFound | Found => looked_and_found;
    a_look_that_finds_nothing_survives_a_kill: LookedFor | Weighed | NotApplied | Found
        => looked_in_vain;
    a_look_that_finds_something_else_survives_a_kill: LookedFor | Weighed | Unclear | Found
        => looked_and_unclear;
    what_is_tried_again_survives_a_kill: Confirmed | Journalled => tried_again;
    a_conflict_that_is_decided_survives_a_kill: Confirmed | Journalled => resolved;
    what_nobody_decides_about_survives_a_kill: Weighed | LeftAsItWas => left_alone;
}

/// A store with one change that is not on its way any more, or can't be: nobody has it open.
pub(crate) struct Stage {
    pub(crate) world: World,
    pub(crate) store: String,
    pub(crate) order: u64,
    pub(crate) entry: String,
    pub(crate) stands: &'static str,
}

impl Stage {
    /// A change of an order, once it stands there.
    fn with(wish: Wish, stands: &'static str, meddle: impl FnOnce(&World, u64)) -> Self {
        let world = World::new();
        let (mut bridge, store) = world.connected(&[]);
        let order = some_order(&bridge, &store);
        let plan = bridge.plan(&store, order, &wish.of(&bridge.order(&store, order)));
        meddle(&world, order);
        let entry = bridge.apply(&plan).expect("it is applied").remove(0);
        bridge.wait_for_entry(&store, &entry, &[stands]);
        bridge.stop();
        drop(bridge);
        Self {
            world,
            store,
            order,
            entry,
            stands,
        }
    }

    fn refused() -> Self {
        Self::with(Wish::Status, "refused", |world, _| {
            let no = json!({ "kind": "status", "status": 422, "body": "[{\"message\":\"No.\"}]" });
            fault(world, "PUT", json!(1), &no);
        })
    }

    fn conflict() -> Self {
        Self::with(Wish::Notes, "conflict", |world, order| {
            world
                .sandbox
                .edit(order, json!({ "staff_notes": "Theirs" }));
        })
    }

    /// Done, and the store's answer shows another status.
    fn unclear() -> Self {
        Self::with(Wish::Status, "unclear", |world, _| answers_otherwise(world))
    }

    /// Nothing of it is in the store, as the person has said.
    fn not_applied() -> Self {
        let mut before = Value::Null;
        let mut stage = Self::with(Wish::Status, "unclear", |world, order| {
            before = world.sandbox.order(order)["statusId"].clone();
            answers_otherwise(world);
        });
        stage
            .world
            .sandbox
            .edit(stage.order, json!({ "status_id": before }));
        let mut bridge = stage.world.bridge(&[]);
        bridge.tell("decide", stage.named(&json!({ "done": false })));
        bridge.stop();
        stage.stands = "notApplied";
        stage
    }

    /// Never sent, because nobody answers.
    fn waiting() -> Self {
        Self::with(Wish::Notes, "waiting", |world, _| nobody_answers(world))
    }

    /// Sent without an answer. It waits to be sent again, and nobody answers any more.
    fn lost() -> Self {
        let world = World::new();
        let (mut bridge, store) = world.connected(&[]);
        let order = some_order(&bridge, &store);
        fault(
            &world,
            "PUT",
            Value::Null,
            &json!({ "kind": "resetBefore" }),
        );
        let entry = bridge.change(&store, order, &json!({ "staffNotes": NOTE }));
        wait::until("it to be lost", || {
            let entry = bridge.entry(&store, &entry);
            let is_lost = way(&entry).contains(&"noAnswer".to_owned());
            (is_lost && state(&entry) == "waiting").then_some(())
        });
        bridge.kill();
        drop(bridge);
        // Whatever the kill has cut short is put in order.
        nobody_answers(&world);
        let mut bridge = world.bridge(&[]);
        bridge.wait_for_entry(&store, &entry, &["waiting"]);
        bridge.stop();
        Self {
            world,
            store,
            order,
            entry,
            stands: "waiting",
        }
    }

    /// Names the change, with more to say.
    fn named(&self, more: &Value) -> Value {
        let mut input = json!({ "store": self.store, "entry": self.entry });
        let more = more.as_object().expect("fields").clone();
        input.as_object_mut().expect("fields").extend(more);
        input
    }

    /// The person decides, and the process dies there; what has come of it by the next start.
    fn killed(&self, milestone: Milestone, command: &str, input: &Value) -> Bridge {
        let mut bridge = self
            .world
            .bridge(&[("STOCKROOM_KILL_AT", milestone.name())]);
        let _ = bridge.ask(command, input.clone());
        dies(&mut bridge);
        drop(bridge);
        self.world.bridge(&[])
    }

    /// The decision is made and killed, made once more if nothing of it was kept, and stands.
    fn decides(&self, milestone: Milestone, command: &str, more: &Value, to: &str) {
        let place = format!("{command} of {} at {milestone:?}", self.stands);
        let writes = self.world.puts();
        let input = self.named(more);
        let bridge = self.killed(milestone, command, &input);
        let kept = !matches!(milestone, Milestone::Weighed | Milestone::LookedFor);
        let then = bridge.entry(&self.store, &self.entry);
        let expected = if kept { to } else { self.stands };
        assert_eq!(state(&then), expected, "{place}: {then:#}");
        let waits = usize::from(!kept && self.stands == "waiting");
        assert_eq!(shown_on_their_way(&bridge, &self.store), waits, "{place}");
        if !kept {
            bridge.tell(command, input);
            let now = bridge.entry(&self.store, &self.entry);
            assert_eq!(state(&now), to, "{place}: {now:#}");
        }
        self.stays(bridge, &place);
        assert_eq!(self.world.puts(), writes, "{place}: nothing is sent");
    }

    /// It is as it is also after another start, with a store that answers.
    pub(crate) fn stays(&self, mut bridge: Bridge, place: &str) {
        assert_eq!(shown_on_their_way(&bridge, &self.store), 0, "{place}");
        let entries = bridge.activity(&self.store);
        bridge.stop();
        drop(bridge);
        self.world.sandbox.behave();
        let bridge = self.world.bridge(&[]);
        bridge.wait_for_rest(&self.store);
        assert_eq!(bridge.state(&self.store)["changesWaiting"], 0, "{place}");
        assert_eq!(bridge.activity(&self.store), entries, "{place}");
        assert_eq!(shown_on_their_way(&bridge, &self.store), 0, "{place}");
    }
}

pub(crate) fn fault(world: &World, method: &str, times: Value, fault: &Value) {
    world.sandbox.misbehave(json!({
        "match": { "method": method }, "times": times, "fault": fault,
    }));
}

fn nobody_answers(world: &World) {
    world
        .sandbox
        .misbehave(json!({ "match": {}, "times": null, "fault": { "kind": "resetBefore" } }));
}

/// The store does what it is told, and its answer shows another status.
pub(crate) fn answers_otherwise(world: &World) {
    let otherwise = json!({ "kind": "patch", "pointer": "/status_id", "value": 7 });
    fault(world, "PUT", json!(1), &otherwise);
}

pub(crate) fn dies(bridge: &mut Bridge) {
    let end = bridge.wait_for_end();
    assert_eq!(end.signal(), Some(9), "{end}");
}

/// Orders that the list shows with a change on its way.
fn shown_on_their_way(bridge: &Bridge, store: &str) -> usize {
    let on_its_way = |change: &Value| {
        ["waiting", "sending", "unknown"].contains(&text(&change["state"]).as_str())
    };
    let rows = bridge.orders(store);
    let with_one = rows.iter().filter(|row| {
        let pending = row["pending"].as_array().expect("changes");
        pending.iter().any(on_its_way)
    });
    with_one.count()
}

fn waiting_given_up(milestone: Milestone) {
    Stage::waiting().decides(milestone, "drop_change", &json!({}), "dropped");
}

fn lost_given_up(milestone: Milestone) {
    Stage::lost().decides(milestone, "drop_change", &json!({}), "unclear");
}

fn looked_at_given_up(milestone: Milestone) {
    for stage in [Stage::refused(), Stage::conflict(), Stage::unclear()] {
        stage.decides(milestone, "drop_change", &json!({}), "dropped");
    }
}

fn said_done(milestone: Milestone) {
    Stage::unclear().decides(milestone, "decide", &json!({ "done": true }), "doneFound");
}

fn said_not_done(milestone: Milestone) {
    Stage::unclear().decides(milestone, "decide", &json!({ "done": false }), "notApplied");
}

fn looked_and_found(milestone: Milestone) {
    Stage::unclear().decides(milestone, "look_for", &json!({}), "doneFound");
}

fn looked_in_vain(milestone: Milestone) {
    Stage::not_applied().decides(milestone, "look_for", &json!({}), "notApplied");
}

fn looked_and_unclear(milestone: Milestone) {
    let stage = Stage::unclear();
    stage
        .world
        .sandbox
        .edit(stage.order, json!({ "status_id": 7 }));
    stage.decides(milestone, "look_for", &json!({}), "unclear");
}

fn job_stopped(milestone: Milestone) {
    const SIZE: usize = 5;
    let world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    let plan = plan_statuses(&bridge, &store, SIZE);
    nobody_answers(&world);
    let entries = bridge.apply(&plan).expect("it is applied");
    let job = bridge.entry(&store, &entries[0])["row"]["job"].clone();
    bridge.stop();
    drop(bridge);
    let the_job = json!({ "store": store, "job": job });
    let mut bridge = world.bridge(&[("STOCKROOM_KILL_AT", milestone.name())]);
    let _ = bridge.ask("stop_job", the_job.clone());
    dies(&mut bridge);
    drop(bridge);

    let bridge = world.bridge(&[]);
    // All of it or nothing.
    let waiting = if milestone == Milestone::Weighed {
        SIZE
    } else {
        0
    };
    assert_eq!(
        bridge.get("job", the_job.clone())["waiting"],
        waiting,
        "{milestone:?}"
    );
    assert_eq!(
        shown_on_their_way(&bridge, &store),
        waiting,
        "{milestone:?}"
    );
    if waiting > 0 {
        bridge.tell("stop_job", the_job);
    }
    let found = states(&bridge.activity(&store));
    assert_eq!(
        found,
        BTreeMap::from([("dropped".to_owned(), SIZE)]),
        "{milestone:?}"
    );
    let stage = Stage {
        world,
        store,
        order: 0,
        entry: entries[0].clone(),
        stands: "dropped",
    };
    stage.stays(bridge, "stop_job");
    assert_eq!(stage.world.puts(), 0, "nothing is sent");
}

fn lost_stopped(milestone: Milestone) {
    let stage = Stage::lost();
    let mut bridge = stage.world.bridge(&[]);
    let job = bridge.entry(&stage.store, &stage.entry)["row"]["job"].clone();
    bridge.stop();
    drop(bridge);
    let the_job = json!({ "store": stage.store, "job": job });
    let bridge = stage.killed(milestone, "stop_job", &the_job);
    let stands = state(&bridge.entry(&stage.store, &stage.entry));
    if milestone == Milestone::Weighed {
        assert_eq!(stands, "waiting");
        bridge.tell("stop_job", the_job);
    } else {
        assert_eq!(stands, "unclear");
    }
    assert_eq!(state(&bridge.entry(&stage.store, &stage.entry)), "unclear");
    stage.stays(bridge, "stop_job of what may be done");
    assert_eq!(stage.world.effective_puts(), 0, "nothing is sent");
}

/// The earlier change ends and the later one begins, or neither: never are both to be decided about.
fn taken_up(stage: &Stage, milestone: Milestone, plan: &dyn Fn(&Bridge) -> Value) {
    let place = format!("{} at {milestone:?}", stage.stands);
    let effects = stage.world.effective_puts();
    let mut bridge = stage
        .world
        .bridge(&[("STOCKROOM_KILL_AT", milestone.name())]);
    let planned = plan(&bridge);
    let _ = bridge.ask_apply(&planned);
    dies(&mut bridge);
    drop(bridge);

    let bridge = stage.world.bridge(&[]);
    let old = state(&bridge.entry(&stage.store, &stage.entry));
    let entries = bridge.activity(&stage.store);
    if milestone == Milestone::Confirmed {
        assert_eq!((old.as_str(), entries.len()), (stage.stands, 1), "{place}");
        bridge.apply(&plan(&bridge)).expect("it is offered again");
    } else {
        assert_eq!((old.as_str(), entries.len()), ("dropped", 2), "{place}");
    }
    let entries = bridge.activity(&stage.store);
    let new = entries.iter().find(|row| row["entry"] != stage.entry);
    let new = text(&new.expect("a later change")["entry"]);
    let done = bridge.wait_for_entry(&stage.store, &new, &["done", "conflict", "refused"]);
    assert_eq!(state(&done), "done", "{place}: {done:#}");
    assert_eq!(
        stage.world.effective_puts(),
        effects + 1,
        "{place}: sent once"
    );
    assert_eq!(bridge.state(&stage.store)["changesToLookAt"], 0, "{place}");
    stage.stays(bridge, &place);
}

fn tried_again(milestone: Milestone) {
    for stage in [Stage::refused(), Stage::conflict(), Stage::not_applied()] {
        let which = json!({ "store": stage.store, "entries": [stage.entry] });
        let order = json!({ "store": stage.store, "order": stage.order.to_string() });
        taken_up(&stage, milestone, &|bridge| {
            // As it is now: what the answer showed is not what the store has.
            bridge.tell("refresh_order", order.clone());
            bridge.get("plan_retry", which.clone())
        });
        stage
            .world
            .agree(&stage.world.bridge(&[]), &stage.store, stage.order);
    }
}

fn resolved(milestone: Milestone) {
    let world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    let product = text(&products(&bridge, &store)[3]["id"])
        .parse()
        .expect("a number");
    let plan = bridge.plan_product(
        &store,
        product,
        &json!({ "name": "Ours", "price": "12.00" }),
    );
    let theirs = json!({ "name": "Theirs", "price": 7 });
    world.sandbox.edit_product(product, theirs);
    let entry = bridge.apply(&plan).expect("it is applied").remove(0);
    bridge.wait_for_entry(&store, &entry, &["conflict"]);
    bridge.stop();
    drop(bridge);
    let choices = json!([
        { "field": "name", "choice": "theirs" }, { "field": "price", "choice": "ours" },
    ]);
    let question = json!({ "store": store, "entry": entry, "choices": choices });
    let stage = Stage {
        world,
        store,
        order: 0,
        entry,
        stands: "conflict",
    };
    taken_up(&stage, milestone, &|bridge| {
        bridge.get("plan_resolve", question.clone())
    });
    let there = stage.world.sandbox.product(product);
    assert_eq!(there["name"], "Theirs", "not overwritten");
    let price: Decimal = there["price"].to_string().parse().expect("a price");
    assert_eq!(price, Decimal::from(12), "{there:#}");
}

fn left_alone(milestone: Milestone) {
    for stage in [Stage::refused(), Stage::conflict(), Stage::not_applied()] {
        let place = format!("{} at {milestone:?}", stage.stands);
        let stores = stage.world.desktop.stockroom_home().join("stores");
        // Three days ago.
        tamper(
            &stores.join(&stage.store).join("journal.sqlite"),
            "UPDATE entries SET state_at = state_at - 259200000",
        );
        let writes = stage.world.puts();
        let keeping = json!({ "store": stage.store, "eraseAfterDays": 1 });
        let bridge = stage.killed(milestone, "set_activity_keeping", &keeping);
        // What was chosen is kept, and done at the next start if it was not before.
        let left = bridge.wait_for_entry(&stage.store, &stage.entry, &["leftAsItWas"]);
        assert_eq!(left["row"]["isErased"], true, "{place}: {left:#}");
        assert_eq!(bridge.state(&stage.store)["changesToLookAt"], 0, "{place}");
        stage.stays(bridge, &place);
        assert_eq!(stage.world.puts(), writes, "{place}: nothing is sent");
    }
}

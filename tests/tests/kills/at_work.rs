//! Killed while a request is under way, and in the middle of a first pull.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    sandbox::SandboxOptions,
    wait,
};

use stockroom_tests::world::{Wish, World, only_entry, some_order, state, way};

#[test]
fn a_status_that_the_store_took_is_found_after_a_kill() {
    killed_while_waiting(true, Wish::Status, "doneFound", 1);
}

#[test]
fn a_status_that_the_store_never_saw_is_offered_again_after_a_kill() {
    killed_while_waiting(false, Wish::Status, "notApplied", 0);
}

#[test]
fn a_note_that_the_store_took_is_found_after_a_kill() {
    killed_while_waiting(true, Wish::Notes, "doneFound", 1);
}

#[test]
fn a_note_that_the_store_never_saw_is_sent_after_a_kill() {
    killed_while_waiting(false, Wish::Notes, "done", 1);
}

#[test]
fn a_status_that_the_store_has_waiting_is_offered_again_after_a_kill() {
    let killed = killed_while_told_to_wait(Wish::Status, "notApplied", 0);
    killed.is_offered_again();
}

#[test]
fn a_note_that_the_store_has_waiting_is_sent_once_after_a_kill() {
    killed_while_told_to_wait(Wish::Notes, "done", 1);
}

/// The request is out, no answer comes, and the process dies.
fn killed_while_waiting(applied: bool, wish: Wish, ends: &str, effects: usize) {
    let fault = json!({ "kind": "never", "applied": applied });
    killed_after(&fault, |_, _| (), wish, ends, effects);
}

/// The store has told the request to come back in half a minute, and the process dies before that.
fn killed_while_told_to_wait(wish: Wish, ends: &str, effects: usize) -> Killed {
    let waits = |bridge: &Bridge, store: &str| {
        let state = bridge.wait_for(store, "the wait to be kept", |state| {
            state["waiting"]["because"] == "storeAsked"
        });
        let seconds = state["waiting"]["seconds"].as_u64();
        assert!(seconds.is_some_and(|seconds| seconds > 20), "{state:#}");
        assert_eq!(state["changesWaiting"], 1, "{state:#}");
    };
    let fault = json!({ "kind": "retryAfter", "seconds": 30 });
    killed_after(&fault, waits, wish, ends, effects)
}

/// A change after a kill and another start.
struct Killed {
    bridge: Bridge,
    world: World,
    store: String,
    entry: String,
}

impl Killed {
    /// What was not applied is kept for the person, who may have it sent: once.
    fn is_offered_again(&self) {
        let refs = json!({ "store": self.store, "entries": [self.entry] });
        let plan = self.bridge.get("plan_retry", refs);
        let again = self.bridge.apply(&plan).expect("it is offered again");
        self.bridge
            .wait_for_entry(&self.store, &again[0], &["done"]);
        assert_eq!(self.world.effective_puts(), 1);
        assert_eq!(self.world.sandbox.emails().len(), 1);
    }
}

/// The request met that fault and waits; then the process dies.
fn killed_after(
    fault: &Value,
    waits: impl Fn(&Bridge, &str),
    wish: Wish,
    ends: &str,
    effects: usize,
) -> Killed {
    let world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    let order = some_order(&bridge, &store);
    let wished = wish.of(&bridge.order(&store, order));
    world.sandbox.misbehave(json!({
        "match": { "method": "PUT" }, "times": 1, "fault": fault,
    }));

    let entry = bridge.change(&store, order, &wished);
    world.wait_for_put();
    waits(&bridge, &store);
    bridge.kill();
    drop(bridge);
    assert_eq!(world.puts(), 1, "at the time of death");
    let bridge = world.bridge(&[]);
    assert_eq!(only_entry(&bridge, &store), entry);
    let settled = bridge.wait_for_entry(&store, &entry, &["done", "doneFound", "notApplied"]);

    assert_eq!(state(&settled), ends, "{settled:#}");
    assert!(
        way(&settled).contains(&"noAnswer".to_owned()),
        "{settled:#}"
    );
    assert_eq!(world.effective_puts(), effects);
    assert_eq!(world.sandbox.emails().len(), wish.emails(effects));
    bridge.wait_for_rest(&store);
    world.agree(&bridge, &store, order);
    Killed {
        bridge,
        world,
        store,
        entry,
    }
}

#[test]
fn a_first_pull_that_is_killed_goes_on_where_it_was() {
    const ORDERS: u32 = 1100;
    const KILLS: usize = 3;
    let world = World::with(SandboxOptions {
        orders: ORDERS,
        latency_ms: 150,
        ..SandboxOptions::default()
    });
    // 250 a page, and a last one that says that there are no more.
    let pages = world.sandbox.listed().len().div_ceil(250) + 1;

    let mut bridge = world.bridge(&[]);
    let store = bridge.connect(&world.sandbox);
    let mut here = 0;
    for _ in 0..KILLS {
        let asked = pulled(&world).len();
        // One page more has arrived, and the next is under way.
        wait::until("the next page", || {
            (pulled(&world).len() >= asked + 2).then_some(())
        });
        bridge.kill();
        drop(bridge);
        bridge = world.bridge(&[]);
        let kept = bridge.orders(&store).len();
        assert!(
            kept >= here,
            "rows that were here are gone: {kept} of {here}"
        );
        here = kept;
    }
    assert!(
        here > 0 && here < ORDERS as usize,
        "killed too late: {here}"
    );
    bridge.wait_for_rest(&store);

    let rows = bridge.orders(&store);
    let numbers: Vec<u64> = rows
        .iter()
        .map(|row| text(&row["id"]).parse().unwrap())
        .collect();
    assert_eq!(
        numbers,
        world.sandbox.listed(),
        "all of them, and each once"
    );
    let asked = pulled(&world);
    assert!(
        asked.len() <= pages + KILLS,
        "each kill may cost one page: {asked:#?}"
    );
    let mut times: HashMap<&str, usize> = HashMap::new();
    for query in &asked {
        *times.entry(query).or_default() += 1;
    }
    assert!(times.values().all(|times| *times <= 2), "{asked:#?}");
}

/// Pages of the first pull that were asked for.
fn pulled(world: &World) -> Vec<String> {
    let log = world.sandbox.log();
    let lists = |request: &&Value| {
        text(&request["path"]).ends_with("/v2/orders")
            && text(&request["query"]).contains("sort=id%3Adesc")
    };
    log.iter()
        .filter(lists)
        .map(|r| text(&r["query"]))
        .collect()
}

#[test]
fn many_changes_cut_short_by_a_kill_all_happen_once() {
    const CHANGES: usize = 12;
    let world = World::new();
    let (mut bridge, store) = world.connected(&[("STOCKROOM_KILL_AT", "answered:5")]);
    let rows = bridge.orders(&store);
    let changes: Vec<Value> = rows
        .iter()
        .filter(|row| row["statusId"] != 10)
        .take(CHANGES)
        .map(|row| json!({ "order": row["id"], "statusId": 10, "staffNotes": null }))
        .collect();
    assert_eq!(changes.len(), CHANGES, "the shop has enough orders");
    let plan = bridge.get(
        "plan_change",
        json!({ "store": store, "wanted": { "kind": "orders", "changes": changes } }),
    );

    let _ = bridge.ask_apply(&plan);
    bridge.wait_for_end();
    drop(bridge);
    assert_eq!(world.puts(), 5);
    let bridge = world.bridge(&[]);
    bridge.wait_for(&store, "all of them to land", |state| {
        state["changesWaiting"] == 0
    });

    let entries = bridge.activity(&store);
    assert_eq!(entries.len(), CHANGES, "none is lost");
    assert!(
        entries
            .iter()
            .all(|e| e["state"] == "done" || e["state"] == "doneFound"),
        "{entries:#?}"
    );
    let paths: HashSet<String> = world
        .sandbox
        .requests("PUT")
        .iter()
        .map(|put| text(&put["path"]))
        .collect();
    assert_eq!(world.puts(), CHANGES);
    assert_eq!(paths.len(), CHANGES, "each order once");
    assert_eq!(world.sandbox.emails().len(), CHANGES);
}

//! One job, its kills and faults, and what became of it.

use std::{collections::BTreeMap, fmt, ops::AddAssign, time::Duration};

use host::Milestone;
use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    jobs::{activity, effects_by_path, plan_prices, plan_statuses, products, wait_for_end},
    sandbox::SandboxOptions,
    wait,
    world::World,
};

use crate::chance::Chance;

/// What happened so far.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    jobs: u64,
    kills: u64,
    faults: u64,
    lost: u64,
    doubled: u64,
}

impl Tally {
    pub(crate) const fn is_clean(self) -> bool {
        self.lost == 0 && self.doubled == 0
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, more: Self) {
        self.jobs += more.jobs;
        self.kills += more.kills;
        self.faults += more.faults;
        self.lost += more.lost;
        self.doubled += more.doubled;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            jobs,
            kills,
            faults,
            lost,
            doubled,
        } = self;
        write!(
            f,
            "{jobs} jobs, {kills} kills, {faults} faults, {lost} lost, {doubled} doubled"
        )
    }
}

pub(crate) fn play(seed: u64) -> Tally {
    let mut chance = Chance(seed);
    let world = World::with(SandboxOptions {
        orders: 120,
        products: 90,
        ..SandboxOptions::default()
    });
    let size = usize::try_from(chance.between(1, 80)).expect("a small number");
    let of_orders = chance.between(0, 1) == 0;
    let mut tally = Tally {
        jobs: 1,
        faults: misbehave(&world, &mut chance),
        ..Tally::default()
    };
    let (mut bridge, store) = world.connected(&kill_at(&mut chance, size).as_pairs());
    let plan = if of_orders {
        plan_statuses(&bridge, &store, size)
    } else {
        plan_prices(&bridge, &store, size)
    };
    let before = prices(&bridge, &store);
    let _ = bridge.ask_apply(&plan);
    for _ in 0..chance.between(1, 3) {
        // It may end by itself at its place, or live on until the job is over.
        if killed(&mut bridge, &store) {
            tally.kills += 1;
        }
        drop(bridge);
        bridge = world.bridge(&kill_at(&mut chance, size).as_pairs());
    }
    drop(bridge);
    let bridge = world.bridge(&[]);
    bridge.wait_for_rest(&store);
    // A job that was not even written down never happened, and the person knows.
    if activity(&bridge, &store, &json!({})).is_empty() {
        return tally;
    }
    wait_for_end(&bridge, &store);
    try_the_rest_again(&bridge, &store);
    if of_orders {
        let effects = effects_by_path(&world, "PUT");
        tally.lost += (size - effects.len()) as u64;
        tally.doubled += effects.values().filter(|times| **times > 1).count() as u64;
        if world.sandbox.emails().len() > size {
            tally.doubled += 1;
        }
    } else {
        let after = prices(&bridge, &store);
        for item in plan["items"].as_array().expect("items") {
            let id = text(&item["subject"]["product"]);
            match after[&id].checked_sub(before[&id]) {
                Some(100) => {}
                Some(0) => tally.lost += 1,
                _ => tally.doubled += 1,
            }
        }
    }
    tally
}

/// Ends it where it is told to, or kills it once the job is over. Gives whether it ended by itself.
fn killed(bridge: &mut Bridge, store: &str) -> bool {
    let by_itself = wait::within(wait::PATIENCE, || {
        if bridge.ends_within(Duration::ZERO).is_some() {
            return Some(true);
        }
        let state = bridge.ask("store_state", json!({ "store": store }));
        let is_over = matches!(state, Ok(Ok(state)) if state["changesWaiting"] == 0);
        is_over.then_some(false)
    });
    let by_itself = by_itself.expect("a job ends, or its process does");
    bridge.kill();
    by_itself
}

struct KillAt(String);

impl KillAt {
    fn as_pairs(&self) -> [(&'static str, &str); 1] {
        [("STOCKROOM_KILL_AT", &self.0)]
    }
}

fn kill_at(chance: &mut Chance, size: usize) -> KillAt {
    let milestone = chance.one_of(&Milestone::OF_A_CHANGE).name();
    let times = match milestone {
        "journalled" => 1,
        _ => chance.between(1, size as u64),
    };
    KillAt(format!("{milestone}:{times}"))
}

/// Gives how many faults were arranged.
fn misbehave(world: &World, chance: &mut Chance) -> u64 {
    let faults = [
        json!({ "kind": "rateLimited", "resetMs": 150 }),
        json!({ "kind": "rateLimitedBare" }),
        json!({ "kind": "resetAfter" }),
        json!({ "kind": "resetBefore" }),
        json!({ "kind": "halfBody" }),
        json!({ "kind": "html502", "applied": true }),
        json!({ "kind": "html502", "applied": false }),
        json!({ "kind": "latency", "ms": 120 }),
    ];
    let count = chance.between(0, 5);
    for _ in 0..count {
        world.sandbox.misbehave(json!({
            "match": { "method": chance.one_of(&["PUT", "PUT", "GET"]) },
            "after": chance.between(0, 40), "times": 1, "fault": chance.one_of(&faults),
        }));
    }
    count
}

/// Every product's price in cents.
fn prices(bridge: &Bridge, store: &str) -> BTreeMap<String, u64> {
    let cents = |row: &Value| {
        let amount = text(&row["price"]["amount"]);
        let (whole, rest) = amount.split_once('.').expect("cents");
        whole.parse::<u64>().expect("digits") * 100 + rest[..2].parse::<u64>().expect("digits")
    };
    let rows = products(bridge, store);
    rows.iter()
        .map(|row| (text(&row["id"]), cents(row)))
        .collect()
}

/// What was not applied is tried again by the person.
fn try_the_rest_again(bridge: &Bridge, store: &str) {
    for _ in 0..5 {
        let rows = activity(bridge, store, &json!({ "filter": "toLookAt" }));
        let Some(job) = rows.first().map(|row| row["job"].clone()) else {
            return;
        };
        let plan = bridge.get("plan_retry_job", json!({ "store": store, "job": job }));
        bridge.apply(&plan).expect("it is offered again");
        wait_for_end(bridge, store);
    }
}

//! A job, and what became of it by the store's own books.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    jobs::{
        effects_by_path, plan_making, plan_notes, plan_prices, plan_statuses, try_activity,
        wait_for_end,
    },
    world::{World, way},
};

use crate::chance::Chance;

pub(crate) struct Job {
    pub(crate) plan: Value,
    is_undo: bool,
    size: usize,
    kind: Kind,
}

/// What a job is to be about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wish {
    pub(crate) size: usize,
    of: Of,
}

/// What changes. A status and a product that is made are sent once at most; the others may be sent
/// again.
#[derive(Clone, Copy, Debug)]
enum Of {
    Statuses,
    Notes,
    Prices,
    Making,
    /// Prices that were raised before are put back.
    PricesBack,
    /// A product that was made before is deleted again.
    Deleting,
}

/// What the orders' notes say afterwards.
const NOTE: &str = "Seen by the soak";
/// What the product that is made is called.
const MADE: &str = "Made by the soak";

impl Wish {
    pub(crate) fn any(chance: &mut Chance) -> Self {
        let size = usize::try_from(chance.between(1, 80)).expect("a small number");
        let of = *chance.one_of(&[
            Of::Statuses,
            Of::Statuses,
            Of::Prices,
            Of::Prices,
            Of::Notes,
            Of::Making,
            Of::PricesBack,
            Of::Deleting,
        ]);
        let is_one = matches!(of, Of::Making | Of::Deleting);
        Self {
            size: if is_one { 1 } else { size },
            of,
        }
    }

    /// How many requests change something, if all goes well: products go ten at a time.
    pub(crate) const fn writes(self) -> u64 {
        let size = self.size as u64;
        match self.of {
            Of::Statuses | Of::Notes | Of::Making | Of::Deleting => size,
            Of::Prices | Of::PricesBack => size.div_ceil(10),
        }
    }

    /// It puts something back, which has to be done first.
    pub(crate) const fn is_undo(self) -> bool {
        matches!(self.of, Of::PricesBack | Of::Deleting)
    }

    /// What is put back, done in peace. Gives the job, and what it was before.
    pub(crate) fn prepare(self, world: &World, bridge: &Bridge, store: &str) -> Prepared {
        let (plan, kind) = match self.of {
            Of::PricesBack => {
                let plan = plan_prices(bridge, store, self.size);
                let before = prices(world, &plan);
                (plan, Kind::PricesBack(before))
            }
            Of::Deleting => (plan_making(bridge, store, MADE), Kind::Deleting),
            Of::Statuses | Of::Notes | Of::Prices | Of::Making => {
                unreachable!("nothing to put back")
            }
        };
        let applied = bridge.ask_apply(&plan).expect("the bridge is there");
        let job = text(&applied.expect("nothing is in the way")["job"]);
        wait_for_end(bridge, store);
        Prepared { job, kind }
    }
}

/// What a job of the soak puts back.
pub(crate) struct Prepared {
    job: String,
    kind: Kind,
}

enum Kind {
    Statuses,
    Notes,
    /// What each product cost before.
    Prices(BTreeMap<String, Decimal>),
    Making,
    /// What each product cost before it was raised.
    PricesBack(BTreeMap<String, Decimal>),
    Deleting,
}

/// What is wrong with a job.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// Not done, though the app says that nothing is left to do.
    pub(crate) undone: u64,
    pub(crate) doubled: u64,
}

impl Job {
    pub(crate) fn planned(
        world: &World,
        bridge: &Bridge,
        store: &str,
        wish: Wish,
        prepared: Option<Prepared>,
    ) -> Self {
        let Wish { size, of } = wish;
        if let Some(Prepared { job, kind }) = prepared {
            let plan = bridge.get("plan_undo_job", json!({ "store": store, "job": job }));
            assert_eq!(plan["count"], size, "all of it can be put back: {plan:#}");
            return Self {
                plan,
                is_undo: true,
                size,
                kind,
            };
        }
        let (plan, kind) = match of {
            Of::Statuses => (plan_statuses(bridge, store, size), Kind::Statuses),
            Of::Notes => (plan_notes(bridge, store, size, NOTE), Kind::Notes),
            Of::Making => (plan_making(bridge, store, MADE), Kind::Making),
            Of::Prices => {
                let plan = plan_prices(bridge, store, size);
                let before = prices(world, &plan);
                (plan, Kind::Prices(before))
            }
            Of::PricesBack | Of::Deleting => unreachable!("it was prepared"),
        };
        Self {
            plan,
            is_undo: false,
            size,
            kind,
        }
    }

    /// Somebody else changes the first order of it before it is sent, so that it meets their change.
    /// Gives whether it is about orders at all.
    pub(crate) fn meddle(&self, world: &World) -> bool {
        let first = &self.plan["items"][0]["subject"]["order"];
        let order = first.as_str().and_then(|id| id.parse().ok());
        let theirs = match &self.kind {
            Kind::Statuses => json!({ "status_id": 9 }),
            Kind::Notes => json!({ "staff_notes": "Somebody else was here" }),
            Kind::Prices(_) | Kind::Making | Kind::PricesBack(_) | Kind::Deleting => return false,
        };
        let Some(order) = order else {
            return false;
        };
        world.sandbox.edit(order, theirs);
        true
    }

    /// Rows of the list of changes that are of this job or of a new try of it.
    pub(crate) fn rows(
        &self,
        bridge: &Bridge,
        store: &str,
        filter: &str,
    ) -> Result<Vec<Value>, Value> {
        let mut rows = try_activity(bridge, store, &json!({ "filter": filter }))?;
        rows.retain(|row| row["undoes"].is_null() != self.is_undo);
        Ok(rows)
    }

    /// By the store's own state, requests and e-mails.
    pub(crate) fn wrong(&self, world: &World) -> Wrong {
        let mut wrong = Wrong::default();
        match &self.kind {
            Kind::Statuses => {
                let effects = effects_by_path(world, "PUT");
                wrong.undone = (self.size - effects.len()) as u64;
                wrong.doubled = effects.values().filter(|times| **times > 1).count() as u64;
                if world.sandbox.emails().len() > effects.len() {
                    wrong.doubled += 1;
                }
            }
            // A note that is written again is the same note; that it was taken twice tells
            // `taken_again`.
            Kind::Notes => {
                let items = self.plan["items"].as_array().expect("items");
                let lacks = |item: &&Value| !self.is_done(world, &item["subject"]);
                wrong.undone = items.iter().filter(lacks).count() as u64;
            }
            Kind::Deleting => {
                let deleted = effects_by_path(world, "DELETE").values().sum::<usize>() as u64;
                wrong.undone = u64::from(deleted == 0);
                wrong.doubled = deleted.saturating_sub(1);
            }
            Kind::PricesBack(before) => {
                for (id, before) in before {
                    let above = price(world, id) - before;
                    if above == Decimal::ONE {
                        wrong.undone += 1;
                    } else if above != Decimal::ZERO {
                        wrong.doubled += 1;
                    }
                }
            }
            Kind::Making => {
                let made = made(world);
                wrong.undone = u64::from(made == 0);
                wrong.doubled = made.saturating_sub(1);
            }
            Kind::Prices(before) => {
                for (id, before) in before {
                    // Planned is one more.
                    let rise = price(world, id) - before;
                    if rise == Decimal::ZERO {
                        wrong.undone += 1;
                    } else if rise != Decimal::ONE {
                        wrong.doubled += 1;
                    }
                }
            }
        }
        wrong
    }

    /// Notes that the store was asked to write once more though it had answered that they are written: each
    /// needs a kill or a fault that kept the answer from being read or noted.
    pub(crate) fn taken_again(&self, world: &World) -> u64 {
        if !matches!(self.kind, Kind::Notes) {
            return 0;
        }
        let mut answered: BTreeMap<String, u64> = BTreeMap::new();
        for put in world.sandbox.requests("PUT") {
            if put["status"] == 200 {
                *answered.entry(text(&put["path"])).or_default() += 1;
            }
        }
        answered.values().map(|times| times - 1).sum()
    }

    /// How many of it the store has done.
    pub(crate) fn done(&self, world: &World) -> u64 {
        self.size as u64 - self.wrong(world).undone
    }

    /// How many the store has done without the journal knowing that they were sent.
    pub(crate) fn sent_unnoted(
        &self,
        world: &World,
        bridge: &Bridge,
        store: &str,
    ) -> Result<u64, Value> {
        let mut noted = BTreeSet::new();
        for row in self.rows(bridge, store, "all")? {
            let asked = json!({ "store": store, "entry": row["entry"] });
            let entry = bridge.call("activity_entry", asked)?;
            if way(&entry).iter().any(|step| step == "sent") {
                // A product that was made has its number by now.
                let subject = match &self.kind {
                    Kind::Making => json!({ "kind": "newProduct" }),
                    Kind::Statuses
                    | Kind::Notes
                    | Kind::Prices(_)
                    | Kind::PricesBack(_)
                    | Kind::Deleting => row["subject"].clone(),
                };
                noted.insert(subject.to_string());
            }
        }
        let items = self.plan["items"].as_array().expect("items");
        let subjects = items.iter().map(|item| &item["subject"]);
        let unnoted = subjects.filter(|subject| {
            self.is_done(world, subject) && !noted.contains(&subject.to_string())
        });
        Ok(unnoted.count() as u64)
    }

    fn is_done(&self, world: &World, subject: &Value) -> bool {
        match &self.kind {
            Kind::Statuses => {
                let order = text(&subject["order"]).parse().expect("a number");
                world.sandbox.order(order)["statusId"] == 10
            }
            Kind::Notes => {
                let order = text(&subject["order"]).parse().expect("a number");
                world.sandbox.order(order)["staffNotes"] == NOTE
            }
            Kind::Making => made(world) > 0,
            Kind::Deleting => !effects_by_path(world, "DELETE").is_empty(),
            Kind::Prices(before) => {
                let id = text(&subject["product"]);
                price(world, &id) != before[&id]
            }
            Kind::PricesBack(before) => {
                let id = text(&subject["product"]);
                price(world, &id) == before[&id]
            }
        }
    }
}

/// What each product of a plan costs now.
fn prices(world: &World, plan: &Value) -> BTreeMap<String, Decimal> {
    let items = plan["items"].as_array().expect("items");
    let ids = items.iter().map(|item| text(&item["subject"]["product"]));
    ids.map(|id| (id.clone(), price(world, &id))).collect()
}

/// How many products were made.
fn made(world: &World) -> u64 {
    effects_by_path(world, "POST").values().sum::<usize>() as u64
}

fn price(world: &World, id: &str) -> Decimal {
    let product = world.sandbox.product(id.parse().expect("a number"));
    let price = product["price"].to_string();
    price.trim_matches('"').parse().expect("an amount")
}

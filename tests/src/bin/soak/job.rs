//! A job, and what became of it by the store's own books.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    jobs::{effects_by_path, plan_making, plan_notes, plan_prices, plan_statuses, try_activity},
    world::{World, way},
};

use crate::chance::Chance;

pub(crate) struct Job {
    pub(crate) plan: Value,
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
        ]);
        Self {
            size: if matches!(of, Of::Making) { 1 } else { size },
            of,
        }
    }

    /// How many requests change something, if all goes well: products go ten at a time.
    pub(crate) const fn writes(self) -> u64 {
        let size = self.size as u64;
        match self.of {
            Of::Statuses | Of::Notes | Of::Making => size,
            Of::Prices => size.div_ceil(10),
        }
    }
}

enum Kind {
    Statuses,
    Notes,
    /// What each product cost before.
    Prices(BTreeMap<String, Decimal>),
    Making,
}

/// What is wrong with a job.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// Not done, though the app says that nothing is left to do.
    pub(crate) undone: u64,
    pub(crate) doubled: u64,
}

impl Job {
    pub(crate) fn planned(world: &World, bridge: &Bridge, store: &str, wish: Wish) -> Self {
        let Wish { size, of } = wish;
        let (plan, kind) = match of {
            Of::Statuses => (plan_statuses(bridge, store, size), Kind::Statuses),
            Of::Notes => (plan_notes(bridge, store, size, NOTE), Kind::Notes),
            Of::Making => (plan_making(bridge, store, MADE), Kind::Making),
            Of::Prices => {
                let plan = plan_prices(bridge, store, size);
                let items = plan["items"].as_array().expect("items");
                let before = items
                    .iter()
                    .map(|item| text(&item["subject"]["product"]))
                    .map(|id| (id.clone(), price(world, &id)))
                    .collect();
                (plan, Kind::Prices(before))
            }
        };
        Self { plan, size, kind }
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
            // A note that is written again is the same note.
            Kind::Notes => {
                let items = self.plan["items"].as_array().expect("items");
                let lacks = |item: &&Value| !self.is_done(world, &item["subject"]);
                wrong.undone = items.iter().filter(lacks).count() as u64;
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
        for row in try_activity(bridge, store, &json!({}))? {
            let asked = json!({ "store": store, "entry": row["entry"] });
            let entry = bridge.call("activity_entry", asked)?;
            if way(&entry).iter().any(|step| step == "sent") {
                // A product that was made has its number by now.
                let subject = match &self.kind {
                    Kind::Making => json!({ "kind": "newProduct" }),
                    Kind::Statuses | Kind::Notes | Kind::Prices(_) => row["subject"].clone(),
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
            Kind::Prices(before) => {
                let id = text(&subject["product"]);
                price(world, &id) != before[&id]
            }
        }
    }
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

//! A job, and what became of it by the store's own books.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    jobs::{effects_by_path, plan_prices, plan_statuses, try_activity},
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
    /// Statuses of orders; else prices of products.
    of_orders: bool,
}

impl Wish {
    pub(crate) fn any(chance: &mut Chance) -> Self {
        Self {
            size: usize::try_from(chance.between(1, 80)).expect("a small number"),
            of_orders: chance.between(0, 1) == 0,
        }
    }

    /// How many requests change something, if all goes well: products go ten at a time.
    pub(crate) const fn writes(self) -> u64 {
        let size = self.size as u64;
        if self.of_orders {
            size
        } else {
            size.div_ceil(10)
        }
    }
}

enum Kind {
    Statuses,
    /// What each product cost before.
    Prices(BTreeMap<String, Decimal>),
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
        let Wish { size, of_orders } = wish;
        if of_orders {
            return Self {
                plan: plan_statuses(bridge, store, size),
                size,
                kind: Kind::Statuses,
            };
        }
        let plan = plan_prices(bridge, store, size);
        let items = plan["items"].as_array().expect("items");
        let before = items
            .iter()
            .map(|item| text(&item["subject"]["product"]))
            .map(|id| (id.clone(), price(world, &id)))
            .collect();
        Self {
            plan,
            size,
            kind: Kind::Prices(before),
        }
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
                noted.insert(row["subject"].to_string());
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
            Kind::Prices(before) => {
                let id = text(&subject["product"]);
                price(world, &id) != before[&id]
            }
        }
    }
}

fn price(world: &World, id: &str) -> Decimal {
    let product = world.sandbox.product(id.parse().expect("a number"));
    let price = product["price"].to_string();
    price.trim_matches('"').parse().expect("an amount")
}

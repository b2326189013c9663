//! A desktop, a store and a backend together, and what became of a change.

use crate::{
    bridge::{Bridge, text},
    desktop::{Desktop, KeychainKind},
    sandbox::{Sandbox, SandboxOptions},
    wait,
};
use serde_json::{Value, json};

/// A desktop and a store.
#[derive(Debug)]
pub struct World {
    /// The desktop.
    pub desktop: Desktop,
    /// The store.
    pub sandbox: Sandbox,
}

/// A kind of change, by what a lost answer means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// A status: the shopper may get an e-mail, so it is never sent twice.
    Status,
    /// A staff note: sending it again changes nothing.
    Notes,
}

/// A note that no sample order has, with characters of more than one byte.
pub const NOTE: &str = "Rang the bell twice — nobody in ☂";

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

impl World {
    /// An unlocked keyring and a small shop.
    #[must_use]
    pub fn new() -> Self {
        Self::with(SandboxOptions::default())
    }

    /// An unlocked keyring and a shop as wanted.
    #[must_use]
    pub fn with(options: SandboxOptions) -> Self {
        Self::on(KeychainKind::Unlocked, options)
    }

    /// Another keychain, and a shop as wanted.
    #[must_use]
    pub fn on(keychain: KeychainKind, options: SandboxOptions) -> Self {
        Self {
            desktop: Desktop::start(keychain),
            sandbox: Sandbox::start(options),
        }
    }

    /// A backend for this store, always with the same home.
    #[must_use]
    pub fn bridge(&self, extra: &[(&str, &str)]) -> Bridge {
        let home = self.desktop.stockroom_home();
        Bridge::start(&self.desktop, &home, Some(self.sandbox.origin()), extra)
    }

    /// A bridge with the store connected and pulled.
    #[must_use]
    pub fn connected(&self, extra: &[(&str, &str)]) -> (Bridge, String) {
        let bridge = self.bridge(extra);
        let store = bridge.connect(&self.sandbox);
        bridge.wait_for_rest(&store);
        (bridge, store)
    }

    /// Writes that reached the store.
    #[must_use]
    pub fn puts(&self) -> usize {
        self.sandbox.requests("PUT").len()
    }

    /// Writes of any kind that the store was asked for.
    #[must_use]
    pub fn writes(&self) -> usize {
        self.puts() + self.sandbox.requests("POST").len()
    }

    /// Writes that had an effect, whether or not an answer went out.
    #[must_use]
    pub fn effective_puts(&self) -> usize {
        let mut puts = self.sandbox.requests("PUT");
        puts.retain(|put| put["changed"] == true);
        puts.len()
    }

    /// Waits until a write has reached the store.
    pub fn wait_for_put(&self) {
        wait::until("a write to reach the store", || {
            (self.puts() > 0).then_some(())
        });
    }

    /// Fails unless the store, the mirror and the list agree about an order, and nothing is on its way.
    ///
    /// # Panics
    /// If they don't.
    pub fn agree(&self, bridge: &Bridge, store: &str, order: u64) {
        let there = self.sandbox.order(order);
        let here = bridge.order(store, order);
        assert_eq!(*status_there(&there), here["statusId"], "{here:#}");
        assert_eq!(notes_there(&there), text(&here["staffNotes"]));
        assert_eq!(on_its_way(&here), 0, "{here:#}");
        let rows = bridge.orders(store);
        let number = order.to_string();
        let row = rows.iter().find(|row| row["id"] == number);
        let row = row.expect("the order is in the list");
        assert_eq!(row["statusId"], here["statusId"]);
        assert_eq!(on_its_way(row), 0, "{row:#}");
    }
}

impl Wish {
    /// What to ask for, so that it is a change.
    #[must_use]
    pub fn of(self, before: &Value) -> Value {
        match self {
            Self::Status if before["statusId"] == 10 => json!({ "statusId": 2 }),
            Self::Status => json!({ "statusId": 10 }),
            Self::Notes => json!({ "staffNotes": NOTE }),
        }
    }

    /// E-mails that so many effective writes cause.
    #[must_use]
    pub fn emails(self, writes: usize) -> usize {
        match self {
            Self::Status => writes,
            Self::Notes => 0,
        }
    }

    /// Whether an order is as wished.
    #[must_use]
    pub fn is_true_of(self, wished: &Value, there: &Value) -> bool {
        match self {
            Self::Status => *status_there(there) == wished["statusId"],
            Self::Notes => notes_there(there) == NOTE,
        }
    }
}

/// Any order; the same one every time.
///
/// # Panics
/// If the shop has none.
#[must_use]
pub fn some_order(bridge: &Bridge, store: &str) -> u64 {
    let rows = bridge.orders(store);
    let row = rows.get(rows.len() / 2).expect("the shop has orders");
    text(&row["id"]).parse().expect("numbers are digits")
}

/// Opens the sample store, changes an order's staff notes there to "Tried out", and types others without sending them.
/// Answers the store and the order.
///
/// # Panics
/// If that is not possible.
#[must_use]
pub fn tried_out(bridge: &Bridge) -> (String, u64) {
    let sample = text(&bridge.get("open_sample", json!({}))["key"]);
    bridge.wait_for_rest(&sample);
    let order = some_order(bridge, &sample);
    let entry = bridge.change(&sample, order, &json!({ "staffNotes": "Tried out" }));
    bridge.wait_for_entry(&sample, &entry, &["done"]);
    bridge.tell(
        "draft_notes",
        json!({ "store": sample, "order": order.to_string(), "text": "A draft" }),
    );
    (sample, order)
}

/// The state of an entry.
#[must_use]
pub fn state(entry: &Value) -> String {
    text(&entry["row"]["state"])
}

/// The way of an entry, step by step.
///
/// # Panics
/// If it is no entry.
#[must_use]
pub fn way(entry: &Value) -> Vec<String> {
    let steps = entry["steps"].as_array().expect("steps");
    steps.iter().map(|step| text(&step["kind"])).collect()
}

/// The only change there is.
///
/// # Panics
/// If there is another number of them.
#[must_use]
pub fn only_entry(bridge: &Bridge, store: &str) -> String {
    let entries = bridge.activity(store);
    assert_eq!(entries.len(), 1, "the journal has not exactly one change");
    text(&entries[0]["entry"])
}

fn status_there(there: &Value) -> &Value {
    &there["statusId"]
}

fn notes_there(there: &Value) -> String {
    there["staffNotes"].as_str().unwrap_or_default().to_owned()
}

/// How many changes of an order are still on their way. What was refused stays visible on the order
/// until somebody looks at it, and doesn't count.
fn on_its_way(order: &Value) -> usize {
    let pending = order["pending"].as_array().map_or(&[][..], Vec::as_slice);
    let states = ["waiting", "sending", "unknown"];
    let moving = |change: &&Value| states.iter().any(|state| change["state"] == *state);
    pending.iter().filter(moving).count()
}

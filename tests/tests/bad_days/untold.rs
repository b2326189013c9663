//! What a write changes and the window is not told: it would go on showing what was.

use std::{collections::BTreeMap, time::Duration};

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    jobs::plan_statuses,
    wait,
    world::{World, some_order},
};
use surface::commands::COMMANDS;

/// What is typed is ahead of what is kept, so the window puts it into its own cache.
const PUT_THERE_BY_THE_WINDOW: [(&str, &str); 4] = [
    ("set_layout", "layout"),
    ("draft_notes", "order"),
    ("draft_product", "product"),
    ("draft_product", "product_draft"),
];

/// Has no tag, or one that would ask for what is being typed: the window drops it with the store that is removed,
/// so a store that comes to its key later begins without it; and with the sample store as that was.
const DROPPED_BY_THE_WINDOW: [(&str, &str); 3] = [
    ("connect_save", "layout"),
    ("connect_save", "product_draft"),
    ("reset_sample", "product_draft"),
];

/// What the window may have kept, by the command that answers it.
type Answers = BTreeMap<&'static str, Value>;

/// A store, and what of it is looked at.
struct Look<'a> {
    bridge: &'a Bridge,
    store: &'a str,
    order: u64,
    product: u64,
}

impl<'a> Look<'a> {
    /// At a store, with some order and some product of it.
    fn at(bridge: &'a Bridge, store: &'a str) -> Self {
        let product = text(&bridge.products(store)[0]["id"]);
        Self {
            bridge,
            store,
            order: some_order(bridge, store),
            product: product.parse().expect("a number"),
        }
    }

    /// What is there whichever stores there are.
    fn of_the_app(&self) -> Answers {
        let read = |command| (command, self.bridge.get(command, json!({})));
        [read("app_state"), read("keychain")].into()
    }

    /// All of it.
    fn all(&self) -> Answers {
        let bridge = self.bridge;
        // A store that has only just begun does not have it yet.
        let said = |command, input| bridge.call(command, input).unwrap_or_else(|error| error);
        let of_store = json!({ "store": self.store });
        let with = |more: &Value| {
            let mut input = of_store.clone();
            let more = more.as_object().expect("fields").clone();
            input.as_object_mut().expect("fields").extend(more);
            input
        };
        let order = with(&json!({ "order": self.order.to_string() }));
        let product = with(&json!({ "product": self.product.to_string() }));
        let customers = with(&json!({ "search": "", "sort": "name", "descending": false }));
        let customers = bridge.get("open_customers", customers);
        let some = json!({ "view": customers["view"], "from": 0, "to": 50 });
        let mut jobs = bridge.get("jobs", of_store.clone());
        for job in jobs["jobs"].as_array_mut().expect("jobs") {
            // It goes down by itself, and the window asks for it from time to time.
            job["secondsLeft"] = Value::Null;
        }
        let found = with(&json!({ "search": self.order.to_string() }));
        let layout = with(&json!({ "name": "walk" }));
        // What it says of the moment in which it was counted is another moment's.
        let mut home = bridge.get("home", of_store.clone());
        for of_now in ["now", "yesterday", "monthBefore"] {
            home[of_now] = Value::Null;
        }
        let of_store = [
            ("layout", bridge.get("layout", layout)),
            (
                "storefront_access",
                bridge.get("storefront_access", of_store.clone()),
            ),
            ("statuses", bridge.get("statuses", of_store.clone())),
            ("order_rows", json!(bridge.orders(self.store))),
            ("order", said("order", order)),
            ("product_rows", json!(bridge.products(self.store))),
            ("product", said("product", product.clone())),
            ("product_draft", bridge.get("product_draft", product)),
            ("makings", bridge.get("makings", of_store.clone())),
            ("customer_rows", bridge.get("customer_rows", some)),
            ("find", bridge.get("find", found)),
            ("home", home),
            ("activity_rows", json!(bridge.activity(self.store))),
            ("jobs", jobs),
            ("activity_keeping", bridge.get("activity_keeping", of_store)),
        ];
        self.of_the_app().into_iter().chain(of_store).collect()
    }

    /// Writes, and holds what has changed since against what the window is told.
    fn writes(&self, command: &str, input: Value) {
        self.tells(command, input, &self.all(), Self::all);
    }

    /// Writes, and holds what is no longer as it was `before` against what the window is told: by the tags of the
    /// command, or by an event.
    fn tells(
        &self,
        command: &str,
        input: Value,
        before: &Answers,
        look: impl Fn(&Self) -> Answers,
    ) {
        let without_tags = || PUT_THERE_BY_THE_WINDOW.iter().chain(&DROPPED_BY_THE_WINDOW);
        // Only whole lines are behind it.
        let heard = self.bridge.events().rfind('\n').map_or(0, |at| at + 1);
        self.bridge.tell(command, input);
        let after = look(self);
        let changed: Vec<&str> = after
            .iter()
            .filter(|(read, answer)| before[*read] != **answer)
            .map(|(read, _)| *read)
            .filter(|read| !without_tags().any(|known| *known == (command, *read)))
            .collect();
        let has_no_tags = without_tags().any(|(write, _)| *write == command);
        assert!(
            !changed.is_empty() || has_no_tags,
            "{command} changes nothing"
        );
        let untold = || {
            let mut told = tags(command);
            for line in self.bridge.events()[heard..].lines() {
                // The last one may not be whole yet.
                let event = line
                    .strip_prefix("data:")
                    .map(serde_json::from_str::<Value>);
                if let Some(Ok(event)) = event
                    && event["kind"] == "stale"
                {
                    told.extend(event["tags"].as_array().expect("tags").iter().map(text));
                }
            }
            let is_told = |read: &&&str| tags(read).iter().any(|tag| told.contains(tag));
            let untold = changed.iter().filter(|read| !is_told(read));
            untold.copied().map(str::to_owned).collect::<Vec<_>>()
        };
        let all_told = wait::within(Duration::from_secs(10), || {
            untold().is_empty().then_some(())
        });
        assert!(
            all_told.is_some(),
            "{command} changes {:?} untold",
            untold()
        );
    }
}

/// The tags of a command, as they cross the wall.
fn tags(command: &str) -> Vec<String> {
    let known = COMMANDS.iter().find(|known| known.name == command);
    let known = known.unwrap_or_else(|| panic!("there is no command {command}"));
    let tags = known.tags.iter();
    tags.map(|tag| text(&json!(tag))).collect()
}

#[test]
fn whatever_a_write_changes_the_window_is_told() {
    let mut world = World::new();
    let (bridge, store) = world.connected(&[]);
    let look = Look::at(&bridge, &store);
    let (order, product) = (look.order, look.product);
    let number = order.to_string();

    let mut preferences = bridge.get("app_state", json!({}))["preferences"].clone();
    preferences["theme"] = json!("dark");
    look.writes("set_preferences", preferences);
    look.writes(
        "edit_store",
        json!({ "store": store, "name": "Southfold", "color": "spruce", "safety": "askRisky" }),
    );
    look.writes(
        "set_layout",
        json!({ "store": store, "name": "walk", "value": "1" }),
    );
    look.writes(
        "draft_notes",
        json!({ "store": store, "order": number, "text": "A draft" }),
    );
    look.writes(
        "draft_product",
        json!({ "store": store, "product": product.to_string(), "text": "{}" }),
    );
    look.writes(
        "set_activity_keeping",
        json!({ "store": store, "eraseAfterDays": 30 }),
    );
    look.writes("make_storefront_token", storefront_wish(&store));
    look.writes(
        "revoke_storefront_token",
        json!({ "store": store, "which": "current", "onlyForget": false }),
    );
    world
        .sandbox
        .edit(order, json!({ "staff_notes": "Theirs" }));
    look.writes("refresh_order", json!({ "store": store, "order": number }));

    // From here on nothing is sent, so that what is changed stays where it is.
    world.sandbox.close();
    let plan = plan_statuses(&bridge, &store, 3);
    look.writes(
        "apply",
        json!({
            "plan": plan["plan"], "digest": plan["digest"], "confirmed": true,
            "confirmedTwice": true,
        }),
    );
    let row = bridge.activity(&store)[0].clone();
    let the_job = json!({ "store": store, "job": row["job"] });
    look.writes("pause_job", the_job.clone());
    look.writes("resume_job", the_job.clone());
    look.writes(
        "drop_change",
        json!({ "store": store, "entry": row["entry"] }),
    );
    look.writes("stop_job", the_job);
    look.writes("open_sample", json!({}));
}

#[test]
fn a_store_that_comes_to_the_key_of_a_removed_one_is_told_with_all_that_is_its_own() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    let look = Look::at(&bridge, &store);
    work_in(&look);
    let draft = json!({ "store": store, "product": look.product.to_string(), "text": "{}" });
    bridge.tell("draft_product", draft);
    let token = world.sandbox.token();
    let give = json!({ "store": store, "token": token, "untilQuit": true });
    look.writes("give_token", give);

    let before = look.all();
    let remove = json!({ "store": store });
    look.tells("remove_store", remove, &look.of_the_app(), Look::of_the_app);
    let attempt = bridge.begin(&world.sandbox);
    let report = bridge.check(&attempt);
    assert_eq!(report["canSave"], true, "{report:#}");
    let save = json!({
        "attempt": attempt, "name": "Northfold", "color": "spruce", "safety": "askRisky",
        "untilQuit": false,
    });
    look.tells("connect_save", save, &before, Look::all);
    let app = bridge.get("app_state", json!({}));
    assert_eq!(text(&app["stores"][0]["key"]), store, "what this is about");
    assert_ne!(before["activity_rows"], json!([]), "what this is about");
    assert_eq!(bridge.activity(&store), Vec::<Value>::new());
}

#[test]
fn a_sample_store_that_begins_anew_is_told_with_all_that_was_done_in_it() {
    let world = World::new();
    let bridge = world.bridge(&[]);
    let store = text(&bridge.get("open_sample", json!({}))["key"]);
    bridge.wait_for_rest(&store);
    let look = Look::at(&bridge, &store);
    work_in(&look);
    let before = look.all();
    bridge.tell("remove_store", json!({ "store": store }));
    look.tells("open_sample", json!({}), &before, Look::all);

    bridge.wait_for_rest(&store);
    work_in(&look);
    let draft = json!({ "store": store, "product": look.product.to_string(), "text": "{}" });
    bridge.tell("draft_product", draft);
    look.writes("reset_sample", json!({}));
    let product = json!({ "store": store, "product": look.product.to_string() });
    assert_eq!(bridge.get("product_draft", product)["text"], Value::Null);
}

/// Leaves something in its journal, and a token for its storefront.
fn work_in(look: &Look<'_>) {
    let (bridge, store) = (look.bridge, look.store);
    let entry = bridge.change(store, look.order, &json!({ "staffNotes": "By the door" }));
    bridge.wait_for_entry(store, &entry, &["done"]);
    bridge.tell("make_storefront_token", storefront_wish(store));
}

fn storefront_wish(store: &str) -> Value {
    json!({
        "store": store, "channels": ["1"], "scopes": ["unauthenticated"], "days": 90,
        "untilQuit": false,
    })
}

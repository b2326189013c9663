//! Ways in which a store that is connected can fail to serve: what a person reads then, and how it ends.

use serde_json::{Value, json};
use stockroom_tests::window::{Look as _, Window};

use crate::support::{Connected, go_to};

/// What the store does instead of answering, and the words that say so.
struct Trouble {
    name: &'static str,
    fault: fn() -> Value,
    cause: &'static str,
    more: &'static str,
}

const ALL: &[Trouble] = &[
    Trouble {
        name: "maintenance",
        fault: || json!({ "kind": "maintenance" }),
        cause: "The store is not available.",
        more: "It is down, suspended or in maintenance.",
    },
    Trouble {
        name: "locked",
        fault: || json!({ "kind": "locked" }),
        cause: "The store is locked.",
        more: "BigCommerce has locked it.",
    },
    Trouble {
        name: "gateway",
        fault: || json!({ "kind": "html502" }),
        cause: "BigCommerce has trouble answering.",
        more: "Its server failed.",
    },
    Trouble {
        name: "web-page",
        fault: || json!({ "kind": "status", "status": 200, "body": "<html>Sign in</html>" }),
        cause: "Something other than the store answered.",
        more: "of a network that wants you to sign in",
    },
];

/// Asks the store for what changed, as a person does.
fn refresh(window: &Window<'_>) {
    window.thing_about("button", "Up to date").click();
    let details = window.thing("dialog", "How the store is doing");
    details.button("Refresh now").click();
    window.press("Escape");
    details.goes();
}

#[test]
fn every_trouble_of_a_connected_store_names_its_cause_and_ends_with_it() {
    let connected = Connected::usual();
    let shop = &connected.shop;
    let window = connected.app().open();
    go_to(&window, "Orders");
    let mut findings = Vec::new();
    for trouble in ALL {
        window.thing_about("button", "Up to date").appears();
        shop.misbehave(json!({ "fault": (trouble.fault)() }));
        refresh(&window);
        window.sees(trouble.cause);
        window.sees(trouble.more);
        // What was pulled before is there to be read.
        window.grid("Orders").only("row").appears();
        window.picture(&format!("store-{}", trouble.name));
        let found = window.accessibility_findings();
        findings.extend(found.iter().map(|line| format!("{}: {line}", trouble.name)));
        shop.behave();
        window.button("Try again").click();
        window.sees_no_more(trouble.cause);
    }
    assert_eq!(findings, Vec::<String>::new());
}

#[test]
fn a_store_that_asks_to_wait_without_a_word_is_told_as_that_and_not_as_other_apps() {
    let connected = Connected::usual();
    let shop = &connected.shop;
    let window = connected.app().open();
    window.thing_about("button", "Up to date").appears();
    // Each one is waited for twice as long as the one before.
    shop.misbehave(json!({ "times": 4, "fault": { "kind": "rateLimitedBare" } }));
    refresh(&window);
    window.sees("The store asked us to wait, goes on in ");
    assert!(!window.text().contains("Other apps"), "{}", window.text());
    window.picture("store-asks-to-wait");
    assert_eq!(window.accessibility_findings(), Vec::<String>::new());
    // Nobody presses anything.
    window.thing_about("button", "Up to date").appears();
}

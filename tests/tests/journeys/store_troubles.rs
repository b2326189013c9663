//! Ways in which a store that is connected can fail to serve: what a person reads then, and how it ends.

use serde_json::{Value, json};
use stockroom_tests::window::{Look as _, Window};

use crate::{
    keyboard::tab_to,
    looking::{LOOKS, findings_in, reads_well},
    support::{Connected, rows, sees_all_orders, shop},
};

/// What the store does instead of answering, and the words that say so.
struct Trouble {
    name: &'static str,
    fault: fn() -> Value,
    cause: &'static str,
    more: &'static str,
    offers: &'static [&'static str],
}

const ALL: &[Trouble] = &[
    Trouble {
        name: "maintenance",
        fault: || json!({ "kind": "maintenance" }),
        cause: "The store is not available.",
        more: "It is down, suspended or in maintenance.",
        offers: &["Try again"],
    },
    Trouble {
        name: "locked",
        fault: || json!({ "kind": "locked" }),
        cause: "The store is locked.",
        more: "BigCommerce has locked it.",
        offers: &["Try again"],
    },
    Trouble {
        name: "gateway",
        fault: || json!({ "kind": "html502" }),
        cause: "BigCommerce has trouble answering.",
        more: "Its server failed.",
        offers: &["Try again"],
    },
    Trouble {
        name: "web-page",
        fault: || json!({ "kind": "status", "status": 200, "body": "<html>Sign in</html>" }),
        cause: "Something other than the store answered.",
        more: "of a network that wants you to sign in",
        offers: &["Try again", "Copy a report"],
    },
];

/// Goes to a button by keys, from the search at the top of the window.
fn tab_from_the_top(window: &Window<'_>, button: &str) {
    window.press("Control+f");
    window.waits("the search has the focus", || {
        window.focus().1 == "Search orders"
    });
    tab_to(window, "button", button);
}

#[test]
fn every_trouble_of_a_connected_store_names_its_cause_and_ends_with_it() {
    let connected = Connected::usual();
    let shop = &connected.shop;
    let window = connected.app().open();
    sees_all_orders(&window);
    let mut findings = Vec::new();
    for trouble in ALL {
        window.thing_about("button", "Up to date").appears();
        shop.misbehave(json!({ "fault": (trouble.fault)() }));
        window.press("Control+r");
        window.sees(trouble.cause);
        window.sees(trouble.more);
        for step in trouble.offers {
            window.button(step).appears();
        }
        // What was pulled before is there to be read.
        window.grid("Orders").only("row").appears();
        window.picture(&format!("store-{}", trouble.name));
        findings.extend(findings_in(&window, &LOOKS, trouble.name));
        shop.behave();
        tab_from_the_top(&window, "Try again");
        window.press("Enter");
        window.sees_no_more(trouble.cause);
    }
    assert_eq!(findings, Vec::<String>::new());
}

#[test]
fn one_broken_order_is_named_below_the_list_that_keeps_the_others() {
    let shop = shop();
    let mut listed = shop.listed();
    listed.sort_unstable();
    // The newest come first.
    let broken = listed.remove(listed.len() - 4);
    shop.misbehave(json!({
        "match": { "path": "/v2/orders", "query": "sort=id" }, "times": 1,
        "fault": { "kind": "patch", "pointer": "/3/total_inc_tax", "value": "a lot" },
    }));
    let connected = Connected::to(shop);
    let window = connected.app().open();
    window.thing_about("button", "Up to date").appears();

    let foot = "1 order could not be read";
    window.button(foot).appears();
    let finished = |order: &u64| connected.shop.order(*order)["statusId"] != 0;
    let newest = listed.iter().rev().copied();
    let others: Vec<u64> = newest.filter(finished).take(8).collect();
    window.waits("the other orders are in the list", || {
        let shown = numbers(&window);
        others.iter().all(|order| shown.contains(order))
    });
    assert!(!numbers(&window).contains(&broken));

    tab_from_the_top(&window, foot);
    window.press("Enter");
    let note = window.thing("dialog", foot);
    note.sees(&format!("Order {broken} total_inc_tax"));
    note.sees("Everything else is here.");
    window.picture("store-one-broken-order");
    reads_well(&window, "one-broken-order");
    tab_to(&window, "button", "Copy for a report");
    window.press("Enter");
    note.button("Copied").appears();
    window.press("Escape");
    note.goes();
}

/// The orders of the rows in sight.
fn numbers(window: &Window<'_>) -> Vec<u64> {
    let shown = rows(window, "Orders").into_iter();
    shown
        .filter_map(|row| row.split(' ').next()?.parse().ok())
        .collect()
}

#[test]
fn a_store_that_asks_to_wait_without_a_word_is_told_as_that_and_not_as_other_apps() {
    let connected = Connected::usual();
    let shop = &connected.shop;
    let window = connected.app().open();
    window.thing_about("button", "Up to date").appears();
    // Each one is waited for twice as long as the one before.
    shop.misbehave(json!({ "times": 4, "fault": { "kind": "rateLimitedBare" } }));
    window.press("Control+r");
    window.sees("The store asked us to wait, goes on in ");
    assert!(!window.text().contains("Other apps"), "{}", window.text());
    window.picture("store-asks-to-wait");
    let findings = findings_in(&window, &LOOKS, "asks-to-wait");
    assert_eq!(findings, Vec::<String>::new());
    // Nobody presses anything.
    window.thing_about("button", "Up to date").appears();
}

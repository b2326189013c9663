//! How the window looks, which store is in it, and how that one is doing: kept, and said.

use stockroom_tests::{
    sandbox::{Sandbox, SandboxOptions},
    window::{Look as _, Window},
};

use crate::support::{Connected, go_to, reaches_the_disk, rows, tab_to};

fn worn(window: &Window<'_>, what: &str) -> String {
    let script = "return document.documentElement.dataset[arguments[0]] ?? ''";
    let worn = window.script(script, &[what.into()]);
    worn.as_str().unwrap_or_default().to_owned()
}

fn row_height(window: &Window<'_>) -> u64 {
    let script = "return Math.round([...document.querySelectorAll('[role=row]')].at(-1)?.getBoundingClientRect().height ?? 0)";
    window.script(script, &[]).as_u64().unwrap_or_default()
}

#[test]
fn density_theme_and_contrast_are_chosen_at_once_and_kept() {
    let connected = Connected::usual();
    let app = connected.app();
    let window = app.open();
    window.grid("Orders").row("Awaiting").appears();
    window.waits("rows are compact", || row_height(&window) == 32);
    go_to(&window, "Settings");
    for (group, choice) in [
        ("Theme", "Dark"),
        ("Contrast", "High"),
        ("Rows", "Comfortable"),
    ] {
        window
            .thing("radiogroup", group)
            .thing("radio", choice)
            .click();
    }
    window.waits("the window wears them", || {
        worn(&window, "theme") == "dark"
            && worn(&window, "contrast") == "high"
            && worn(&window, "density") == "comfortable"
    });
    window.picture("looks-settings");
    go_to(&window, "Orders");
    window.waits("rows are comfortable", || row_height(&window) == 40);
    window.quit();

    let window = app.open();
    // From its first frame on: nothing flashes.
    assert_eq!(worn(&window, "theme"), "dark");
    assert_eq!(worn(&window, "contrast"), "high");
    window.waits("rows are comfortable", || row_height(&window) == 40);
    window.picture("looks-high-contrast");
}

#[test]
fn demand_12_each_of_several_stores_keeps_its_place_while_another_is_open() {
    let connected = Connected::usual().and_the_sample();
    let app = connected.app();
    let window = app.open();
    let pressed = |window: &Window<'_>, tab: &str| {
        let tab = window.thing_about("button", tab);
        tab.attribute("aria-pressed").as_deref() == Some("true")
    };
    window.thing_about("button", "Awaiting Payment").click();
    window.waits("the tab is chosen", || pressed(&window, "Awaiting Payment"));
    reaches_the_disk(app.home(), "/orders?status=7");

    window.press("Control+2");
    window.thing_about("button", "Sample").appears();
    go_to(&window, "Products");
    window.thing_about("button", "Hidden").click();
    window.waits("the tab is chosen", || pressed(&window, "Hidden"));

    window.press("Control+1");
    window.thing_about("button", "Store: Northfold").appears();
    window.waits("orders awaiting payment are still what is shown", || {
        pressed(&window, "Awaiting Payment")
            && rows(&window, "Orders")
                .iter()
                .all(|row| row.contains("Awaiting Payment"))
    });
    // By the list of stores: there with the mouse, and back with keys alone.
    window.thing_about("button", "Store: Northfold").click();
    let sample = window.thing_about("menuitem", "Sample");
    sample.appears();
    window.picture("looks-stores");
    sample.click();
    window.waits("hidden products are still what is shown", || {
        pressed(&window, "Hidden")
    });
    tab_to(&window, &window.thing_about("button", "Store: ").heard().1);
    window.press("Enter");
    window.waits("the list has the focus", || window.focus().0 == "menuitem");
    window.press("Home");
    window.waits("the first store has the focus", || {
        let (role, name) = window.focus();
        role == "menuitem" && !name.contains("Sample")
    });
    window.press("Enter");
    window.waits("orders awaiting payment are still what is shown", || {
        pressed(&window, "Awaiting Payment")
    });
    window.press("Control+2");
    window.waits("hidden products are still what is shown", || {
        pressed(&window, "Hidden")
    });

    // Also after a restart.
    window.quit();
    let window = app.open();
    window.waits("hidden products are still what is shown", || {
        pressed(&window, "Hidden")
    });
    window.press("Control+1");
    window.waits("orders awaiting payment are still what is shown", || {
        pressed(&window, "Awaiting Payment")
    });
}

#[test]
fn the_pill_tells_the_quota_the_last_refresh_and_what_is_here() {
    let connected = Connected::to(Sandbox::start(SandboxOptions {
        plan: "plus".to_owned(),
        ..SandboxOptions::default()
    }));
    let app = connected.app();
    let window = app.open();
    let pill = window.thing_about("button", "Up to date");
    pill.sees("of 150 requests left");
    pill.click();
    let details = window.thing("dialog", "How the store is doing");
    details.sees("of 150 every 30 seconds, for all apps together");
    details.sees("Last refresh");
    details.sees("20 products, 20 customers");
    window.picture("looks-pill");
}

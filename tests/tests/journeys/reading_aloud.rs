//! What axe has to say about each screen, in light, in dark, in high contrast, and at twice the size.

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::Bridge,
    sandbox::Sandbox,
    window::{App, Look as _, Window},
};

use crate::{
    looking::{DARK, Dress, LIGHT, LOOKS, findings_in},
    support::{Connected, Scene, an_order, go_to, open_order, rows, sees_all_orders, shop},
};

/// What was found, with the screen and the look it was found in.
struct Findings {
    /// What pictures of this walk are called by.
    walk: &'static str,
    dresses: &'static [Dress],
    found: Vec<String>,
}

impl Findings {
    fn of(walk: &'static str, dresses: &'static [Dress]) -> Self {
        Self {
            walk,
            dresses,
            found: Vec::new(),
        }
    }

    fn look(&mut self, window: &Window<'_>, screen: &str) {
        let found = findings_in(window, self.dresses, screen);
        self.found.extend(found);
        window.picture(&format!("aloud-{}-{}", self.walk, screen.replace(' ', "-")));
    }

    fn are_none(self) {
        let Self { walk, found, .. } = self;
        assert!(
            found.is_empty(),
            "{} findings in {walk}:\n{}",
            found.len(),
            found.join("\n")
        );
    }
}

/// Gives a home the look, before its window is opened for the first time.
fn dress(scene: &Scene, preferences: Value) {
    let home = scene.desktop.stockroom_home();
    let mut bridge = Bridge::start(&scene.desktop, &home, None, &[]);
    bridge.tell("set_preferences", preferences);
    bridge.stop();
}

/// Every screen behind the wizard, and what comes over them.
fn works(app: &App<'_>, mut findings: Findings) {
    let window = app.open();
    // An address that leads nowhere, as of a screen that there was once.
    sees_all_orders(&window);
    window.script("location.hash = '#/nowhere'; return true", &[]);
    window.sees("This screen does not exist");
    findings.look(&window, "nowhere");
    window.script("location.hash = '#/'; return true", &[]);
    window.grid("Orders").row("Awaiting").appears();
    orders(&mut findings, &window);
    products(&mut findings, &window);
    go_to(&window, "Customers");
    let grid = window.grid("Customers");
    grid.row("@").appears();
    findings.look(&window, "customers");
    let listed = rows(&window, "Customers");
    let email = listed[0].split(' ').find(|word| word.contains('@'));
    grid.row(email.expect("they have one")).click();
    window.sees("Newest orders");
    findings.look(&window, "customer");
    window
        .field("Search customers")
        .type_("nobody of that name");
    window.sees("No customer matches");
    findings.look(&window, "nobody found");

    home(&mut findings, &window);
    go_to(&window, "Activity");
    window.grid("Changes").row("to Shipped").appears();
    findings.look(&window, "activity");
    window.grid("Changes").row("to Shipped").click();
    window.sees("Store says done");
    findings.look(&window, "a change");
    go_to(&window, "Settings");
    findings.look(&window, "settings");
    window.button("Remove this store…").click();
    window.thing_about("alertdialog", "Remove").appears();
    findings.look(&window, "removing");
    window.press("Escape");
    window.button("What is the token I have?").click();
    window.sees("Which kind of token is it?");
    findings.look(&window, "kinds of tokens");
    window.press("Escape");
    window.thing_about("button", "Store: Northfold").click();
    window.choice("Connect a store…").appears();
    findings.look(&window, "stores");
    window.press("Escape");
    window.thing_about("button", "Up to date").click();
    window.thing("dialog", "How the store is doing").appears();
    findings.look(&window, "how it is doing");
    window.press("Escape");
    window.press("?");
    window.sheet("Keyboard shortcuts").appears();
    findings.look(&window, "keys");
    findings.are_none();
}

/// What is on its way, and what can be wrong.
fn is_busy(app: &App<'_>, shop: &mut Sandbox, mut findings: Findings) {
    let window = app.open();
    sees_all_orders(&window);
    many(&mut findings, &window, shop);
    troubles(&mut findings, &window, shop);
    findings.are_none();
}

/// Many changes at once, from the preview to where they are stopped.
fn many(findings: &mut Findings, window: &Window<'_>, shop: &Sandbox) {
    window.grid("Orders").row("Awaiting").appears();
    window.tick_box("Select all").click();
    let ticked = window.thing("region", "Ticked orders");
    ticked.button("Change status…").click();
    window.choice("Completed").click();
    let preview = window.thing_about("dialog", "Change status of");
    preview.thing_about("button", "Change ").appears();
    findings.look(window, "preview of many");
    shop.misbehave(json!({
        "match": { "method": "PUT" }, "fault": { "kind": "latency", "ms": 3000 },
    }));
    preview.thing_about("button", "Change ").click();
    preview.goes();
    let strip = window.thing("status", "Last change");
    strip.button("Pause").appears();
    findings.look(window, "a job on its way");
    strip.button("Pause").click();
    strip.sees("Paused");
    strip.button("Close").click();
    go_to(window, "Activity");
    let jobs = window.thing("region", "On their way");
    jobs.sees("Paused");
    findings.look(window, "a paused job");
    let newest = rows(window, "Changes").swap_remove(0);
    let (_, number) = newest.split_once("of order ").expect("it is one of them");
    let number = number.split(' ').next().expect("a number");
    let change = format!("Status of order {number} to Completed");
    window.grid("Changes").row(&change).click();
    window.sees("Changed together");
    findings.look(window, "a change of a job");
    jobs.button("Stop").click();
    jobs.goes();
    window.grid("Changes").row("Given up").appears();
    findings.look(window, "a stopped job");
    shop.behave();
}

/// What stands below the top bar when something is wrong.
fn troubles(findings: &mut Findings, window: &Window<'_>, shop: &mut Sandbox) {
    let revoked = json!({ "fault": { "kind": "revokeToken" } });
    for (name, fault, words) in [
        (
            "token revoked",
            revoked,
            "BigCommerce doesn’t know this token",
        ),
        (
            "maintenance",
            json!({ "fault": { "kind": "maintenance" } }),
            "The store is not available",
        ),
    ] {
        shop.misbehave(fault);
        window.press("Control+r");
        window.sees(words);
        findings.look(window, name);
        shop.behave();
    }
    shop.close();
    window.press("Control+r");
    window.sees("Nobody answers at 127.0.0.1");
    findings.look(window, "offline");
    window.thing_about("button", "Offline").click();
    window.thing("dialog", "How the store is doing").appears();
    findings.look(window, "how it is doing offline");
}

fn home(findings: &mut Findings, window: &Window<'_>) {
    go_to(window, "Home");
    window.thing("group", "Sales per day").appears();
    findings.look(window, "home");
    window.button("Show as table").click();
    window.button("Show as chart").appears();
    findings.look(window, "home as a table");
    // Home has a way to the activities as well.
    go_to(window, "Customers");
}

fn orders(findings: &mut Findings, window: &Window<'_>) {
    let order = an_order(window, "Awaiting Fulfillment");
    let panel = open_order(window, order);
    panel.sees("Items");
    findings.look(window, "order");
    panel.button("More actions").click();
    let more = window.choice("Refresh this order");
    more.appears();
    findings.look(window, "more of an order");
    window.press("Escape");
    more.goes();
    window.tick_box(&format!("Select order {order}")).click();
    window.thing("region", "Ticked orders").appears();
    findings.look(window, "ticked orders");
    panel.button("Change status…").click();
    window.choice("Shipped").appears();
    findings.look(window, "statuses");
    window.choice("Shipped").click();
    let preview = window.sheet(&format!("Change status of order {order}"));
    preview.button("Change to Shipped").appears();
    findings.look(window, "preview");
    preview.button("Change to Shipped").click();
    preview.goes();
    window.thing("status", "Last change").sees("Done");
    findings.look(window, "after a change");
    window.press("Control+k");
    window.thing("dialog", "Commands").appears();
    findings.look(window, "commands");
    window.press("Escape");
    window.thing("dialog", "Commands").goes();
    let ticked = window.thing("region", "Ticked orders");
    ticked.thing_about("button", "Clear").click();
    ticked.goes();
    window.field("Search orders").type_("nothing of that name");
    window.sees("No order matches");
    findings.look(window, "no order found");
}

fn products(findings: &mut Findings, window: &Window<'_>) {
    go_to(window, "Products");
    let grid = window.grid("Products");
    grid.row("$").appears();
    findings.look(window, "products");
    window.tick_box("Select product Glo Canister Stove").click();
    let ticked = window.thing("region", "Ticked products");
    ticked.appears();
    findings.look(window, "ticked products");
    ticked.thing_about("button", "Clear").click();
    ticked.goes();
    // Of a simple kind: its form has every field in use.
    grid.row("Glo Canister Stove").click();
    window.button("Edit").appears();
    findings.look(window, "product");
    window.button("More actions").click();
    let more = window.choice("Refresh this product");
    more.appears();
    findings.look(window, "more of a product");
    window.press("Escape");
    more.goes();
    window.button("Edit").click();
    window.field("Description, HTML source").appears();
    findings.look(window, "product form");
    window.field("Name").clear();
    window.field("Default price").clear();
    window.press("Tab");
    window.sees("A product needs a name.");
    findings.look(window, "product form with mistakes");
    window.button("Discard…").click();
    window.thing_about("alertdialog", "Discard").appears();
    findings.look(window, "discarding");
    window.thing_about("button", "Discard 2 changes").click();
    window.button("Back to products").click();
    window.button("New product").click();
    window.heading("New product").appears();
    findings.look(window, "new product");
    window.press("Escape");
}

/// What a desktop does for those who need everything large; the smallest window then fills it.
fn twice_the_size() -> Connected {
    Connected::on_screen(shop(), 1600, 1120)
}

#[test]
fn a_desktop_in_dark_opens_a_dark_window_that_reads_well() {
    let scene = Scene::usual();
    // How a desktop says that it is dark.
    let app = scene.app().with("GTK_THEME", "Adwaita:dark");
    let window = app.open();
    window.button("Connect your store").appears();
    let worn = window.script("return document.documentElement.dataset.theme", &[]);
    assert_eq!(worn, "dark");
    let mut findings = Findings::of("dark-desktop", &[DARK]);
    findings.look(&window, "welcome");
    window.press("Control+k");
    window.thing("dialog", "Commands").appears();
    findings.look(&window, "commands at the welcome");
    findings.are_none();
}

#[test]
fn axe_finds_nothing_at_work_in_any_look() {
    let connected = Connected::usual();
    works(&connected.app(), Findings::of("usual", &LOOKS));
}

#[test]
fn axe_finds_nothing_at_work_in_comfortable_rows() {
    let connected = Connected::usual();
    dress(
        &connected.scene,
        json!({ "theme": "dark", "density": "comfortable" }),
    );
    let window = connected.app().open();
    sees_all_orders(&window);
    let mut findings = Findings::of("comfortable", &[DARK]);
    findings.look(&window, "orders");
    for list in ["Products", "Customers"] {
        go_to(&window, list);
        window
            .grid(list)
            .row(if list == "Products" { "$" } else { "@" })
            .appears();
        findings.look(&window, list);
    }
    findings.are_none();
}

#[test]
fn axe_finds_nothing_at_work_at_twice_the_size() {
    let connected = twice_the_size();
    let app = connected.app().with("GDK_SCALE", "2");
    works(&app, Findings::of("large", &[LIGHT]));
}

#[test]
fn axe_finds_nothing_in_jobs_and_troubles_in_any_look() {
    let mut connected = Connected::usual();
    let app = connected.scene.app_beside(&connected.shop);
    is_busy(&app, &mut connected.shop, Findings::of("usual", &LOOKS));
}

#[test]
fn axe_finds_nothing_in_jobs_and_troubles_at_twice_the_size() {
    let mut connected = twice_the_size();
    let app = connected.scene.app_beside(&connected.shop);
    let app = app.with("GDK_SCALE", "2");
    is_busy(&app, &mut connected.shop, Findings::of("large", &[LIGHT]));
}

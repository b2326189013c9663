//! What axe has to say about each screen, in light, in dark, in high contrast, and at twice the size.

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::Bridge,
    sandbox::Sandbox,
    window::{App, Look as _, Window},
};

use crate::support::{Connected, Scene, an_order, go_to, open_order, rows, sees_all_orders, shop};

/// What was found, with the screen it was found on.
struct Findings {
    look: String,
    found: Vec<String>,
}

impl Findings {
    fn of(look: &str) -> Self {
        Self {
            look: look.to_owned(),
            found: Vec::new(),
        }
    }

    fn look(&mut self, window: &Window<'_>, screen: &str) {
        // Roles, names and sizes are those of the light look.
        let found = match self.look.as_str() {
            "light" | "large" => window.accessibility_findings(),
            _ => window.findings_of_colors(),
        };
        self.found
            .extend(found.into_iter().map(|line| format!("{screen}: {line}")));
        window.picture(&format!("aloud-{}-{}", self.look, screen.replace(' ', "-")));
    }

    fn are_none(self) {
        let Self { look, found } = self;
        assert!(
            found.is_empty(),
            "{} findings in {look}:\n{}",
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

/// From the welcome to a connected store.
fn connects(app: &App<'_>, shop: &Sandbox, look: &str) {
    let mut findings = Findings::of(look);
    let window = app.open();
    window.button("Connect your store").appears();
    findings.look(&window, "welcome");
    window.press("Control+k");
    let commands = window.thing("dialog", "Commands");
    commands.appears();
    findings.look(&window, "commands at the welcome");
    window.press("Escape");
    commands.goes();
    window.button("Connect your store").click();
    window
        .field("Address, API path or store hash")
        .type_(shop.hash());
    window.sees(&format!("Store hash {}", shop.hash()));
    findings.look(&window, "which store");
    window.button("Continue").click();
    window.heading("What may Stockroom do?").appears();
    window.row("Orders").appears();
    findings.look(&window, "what may Stockroom do");
    window.button("I have the credentials").click();
    window.field("Access token").appears();
    findings.look(&window, "credentials");
    window.field("Access token").type_(shop.token());
    window.button("Check it").click();
    window.sees("Checked. Everything is in order.");
    findings.look(&window, "check");
    window.button("Continue").click();
    window.sees("GNOME Keyring");
    findings.look(&window, "name it");
    window.button("Save and start the first pull").click();
    sees_all_orders(&window);
    findings.look(&window, "orders");
    findings.are_none();
}

/// Every screen behind the wizard, and what comes over them.
fn works(app: &App<'_>, shop: &mut Sandbox, look: &str) {
    let mut findings = Findings::of(look);
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
    window.press("Escape");
    many(&mut findings, &window, shop);
    troubles(&mut findings, &window, shop);
    findings.are_none();
}

/// Many changes at once, from the preview to where they are stopped.
fn many(findings: &mut Findings, window: &Window<'_>, shop: &Sandbox) {
    go_to(window, "Orders");
    window.field("Search orders").clear();
    window.grid("Orders").row("Awaiting").appears();
    window.tick_box("Select all").click();
    let ticked = window.thing("region", "Ticked orders");
    ticked.button("Change status…").click();
    window.choice("Completed").click();
    let preview = window.thing_about("dialog", "Change status of");
    preview.thing_about("button", "Change ").appears();
    findings.look(window, "preview of many");
    shop.misbehave(json!({
        "match": { "method": "PUT" }, "fault": { "kind": "latency", "ms": 1500 },
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

fn connect_in(look: &str, preferences: Value) {
    let (scene, shop) = (Scene::usual(), shop());
    dress(&scene, preferences);
    let app = scene.app_beside(&shop);
    connects(&app, &shop, look);
}

fn work_in(look: &str, preferences: Value) {
    let mut connected = Connected::usual();
    dress(&connected.scene, preferences);
    let app = connected.scene.app_beside(&connected.shop);
    works(&app, &mut connected.shop, look);
}

#[test]
fn axe_finds_nothing_in_the_wizard_in_light() {
    connect_in("light", json!({ "theme": "light" }));
}

#[test]
fn axe_finds_nothing_in_the_wizard_in_dark() {
    let (scene, shop) = (Scene::usual(), shop());
    // How a desktop says that it is dark.
    let app = scene.app_beside(&shop).with("GTK_THEME", "Adwaita:dark");
    let window = app.open();
    window.button("Connect your store").appears();
    let worn = window.script("return document.documentElement.dataset.theme", &[]);
    assert_eq!(worn, "dark");
    window.quit();
    connects(&app, &shop, "dark");
}

#[test]
fn axe_finds_nothing_in_the_wizard_in_high_contrast() {
    connect_in(
        "light-high",
        json!({ "theme": "light", "contrast": "high" }),
    );
    connect_in("dark-high", json!({ "theme": "dark", "contrast": "high" }));
}

#[test]
fn axe_finds_nothing_at_work_in_light() {
    work_in("light", json!({ "theme": "light" }));
}

#[test]
fn axe_finds_nothing_at_work_in_dark() {
    work_in("dark", json!({ "theme": "dark", "density": "comfortable" }));
}

#[test]
fn axe_finds_nothing_at_work_in_high_contrast() {
    work_in(
        "light-high",
        json!({ "theme": "light", "contrast": "high" }),
    );
    work_in("dark-high", json!({ "theme": "dark", "contrast": "high" }));
}

#[test]
fn axe_finds_nothing_at_work_at_twice_the_size() {
    // What a desktop does for those who need everything large; the smallest window then fills it.
    let mut connected = Connected::on_screen(shop(), 1600, 1120);
    let app = connected.scene.app_beside(&connected.shop);
    let app = app.with("GDK_SCALE", "2");
    works(&app, &mut connected.shop, "large");
}

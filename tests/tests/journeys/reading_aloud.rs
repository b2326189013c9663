//! What axe has to say about each screen, in light and in dark.

use stockroom_tests::window::{App, Look as _, Window};

use crate::support::{Scene, an_order, go_to, open_order, sees_all_orders, shop};

/// What was found, with the screen it was found on.
struct Findings(Vec<String>);

impl Findings {
    fn look(&mut self, window: &Window<'_>, screen: &str) {
        let found = window.accessibility_findings();
        self.0
            .extend(found.into_iter().map(|line| format!("{screen}: {line}")));
    }
}

fn walk(app: &App<'_>, shop: &stockroom_tests::sandbox::Sandbox, theme: &str) {
    let mut findings = Findings(Vec::new());
    let window = app.open();
    window.button("Connect your store").appears();
    let worn = window.script("return document.documentElement.dataset.theme", &[]);
    assert_eq!(worn, theme);
    findings.look(&window, "welcome");
    window.picture(&format!("aloud-{theme}-welcome"));

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
    window.picture(&format!("aloud-{theme}-scopes"));
    window.button("I have the credentials").click();
    window.field("Access token").appears();
    findings.look(&window, "credentials");
    window.picture(&format!("aloud-{theme}-credentials"));
    window.field("Access token").type_(shop.token());
    window.button("Check it").click();
    window.sees("Checked. Everything is in order.");
    findings.look(&window, "check");
    window.button("Continue").click();
    window.sees("GNOME Keyring");
    findings.look(&window, "name it");
    window.picture(&format!("aloud-{theme}-name"));
    window.button("Save and start the first pull").click();

    sees_all_orders(&window);
    findings.look(&window, "orders");
    let order = an_order(&window, "Awaiting Fulfillment");
    let panel = open_order(&window, order);
    panel.field("Staff notes").appears();
    findings.look(&window, "order");
    panel.button("Change status…").click();
    window.choice("Shipped").appears();
    findings.look(&window, "statuses");
    window.choice("Shipped").click();
    let preview = window.sheet(&format!("Change status of order {order}"));
    preview.button("Change to Shipped").appears();
    findings.look(&window, "preview");
    window.picture(&format!("aloud-{theme}-preview"));
    preview.button("Change to Shipped").click();
    preview.goes();
    window.thing("status", "Last change").sees("Done");
    findings.look(&window, "after a change");
    window.press("Control+k");
    window.thing("dialog", "Commands").appears();
    findings.look(&window, "commands");
    window.press("Escape");
    window.thing("dialog", "Commands").goes();
    go_to(&window, "Activity");
    window.grid("Changes").row("to Shipped").appears();
    findings.look(&window, "activity");
    window.grid("Changes").row("to Shipped").click();
    window.panel(&format!("Change of order {order}")).appears();
    findings.look(&window, "a change");
    window.picture(&format!("aloud-{theme}-activity"));
    go_to(&window, "Settings");
    findings.look(&window, "settings");
    window.picture(&format!("aloud-{theme}-settings"));

    let Findings(found) = findings;
    assert!(
        found.is_empty(),
        "{} findings:\n{}",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn axe_finds_nothing_serious_in_light() {
    let (scene, shop) = (Scene::usual(), shop());
    let app = scene.app_beside(&shop);
    walk(&app, &shop, "light");
}

#[test]
fn axe_finds_nothing_serious_in_dark() {
    let (scene, shop) = (Scene::usual(), shop());
    // How a desktop says that it is dark.
    let app = scene.app_beside(&shop).with("GTK_THEME", "Adwaita:dark");
    walk(&app, &shop, "dark");
}

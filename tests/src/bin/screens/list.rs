//! The screens, and how each is reached. A new one is a line.

use stockroom_tests::window::{Look as _, Thing};

use crate::tour::Stage;

/// A picture of the documentation.
pub(crate) struct Screen {
    /// Its file's name, without `.png`.
    pub(crate) name: &'static str,
    /// Brings it into the window, and waits until it is whole.
    pub(crate) reach: fn(&Stage<'_>),
}

const fn screen(name: &'static str, reach: fn(&Stage<'_>)) -> Screen {
    Screen { name, reach }
}

/// Before a store is connected. Each begins where the one before ended; after the last the store can be
/// saved.
pub(crate) const BEFORE: &[Screen] = &[
    screen("welcome", |stage| {
        stage.window.button("Connect your store").appears();
    }),
    screen("connect-1-store", |stage| {
        stage.window.button("Connect your store").click();
        let address = format!(
            "https://store-{}.mybigcommerce.com/manage/dashboard",
            stage.shop.hash()
        );
        stage
            .window
            .field("Address, API path or store hash")
            .type_(&address);
        stage
            .window
            .sees(&format!("Store hash {}", stage.shop.hash()));
    }),
    screen("connect-2-credentials", |stage| {
        stage.window.button("Continue").click();
        stage.window.field("Access token").type_(stage.shop.token());
    }),
    screen("connect-3-check", |stage| {
        stage.window.button("Check it").click();
        stage.window.sees("Checked. Everything is in order.");
    }),
    screen("connect-4-name", |stage| {
        stage.window.button("Continue").click();
        stage.window.heading("Name it").appears();
        stage.window.sees("GNOME Keyring");
    }),
];

/// With a store that is connected and pulled. Each begins at the plain list of its orders.
pub(crate) const WITH_STORE: &[Screen] = &[
    screen("home", |stage| {
        stage.go("/home");
        stage.window.thing("group", "Sales per day").appears();
    }),
    screen("orders", |stage| {
        open_order(stage);
    }),
    screen("orders-list", |_| {}),
    screen("preview", |stage| {
        let panel = open_order(stage);
        panel.button("Change status…").click();
        stage.window.choice("Shipped").click();
        stage.window.button("Change to Shipped").appears();
    }),
    screen("palette", |stage| {
        stage.window.press("Control+k");
        stage.window.thing("dialog", "Commands").appears();
    }),
    screen("activity", |stage| {
        change_some(stage);
        stage.go("/activity");
        stage.window.grid("Changes").row("to Shipped").click();
    }),
    screen("settings", |stage| {
        stage.go("/settings");
        stage.window.heading("Settings").appears();
    }),
];

/// Opens the first order that waits to be packed, beside the list.
fn open_order<'a>(stage: &'a Stage<'a>) -> Thing<'a> {
    let row = stage.window.row("Awaiting Fulfillment");
    row.appears();
    let text = row.texts().into_iter().next().unwrap_or_default();
    let number = text.split(' ').next().unwrap_or_default().to_owned();
    stage.window.row(&number).click();
    let panel = stage.window.panel(&format!("Order {number}"));
    panel.field("Staff notes").appears();
    panel
}

/// Some changes, so that there is something to tell about.
fn change_some(stage: &Stage<'_>) {
    for status in ["Awaiting Shipment", "Completed", "Shipped"] {
        stage.start_over();
        let panel = open_order(stage);
        panel.button("Change status…").click();
        stage.window.choice(status).click();
        stage.window.button(&format!("Change to {status}")).click();
        stage.window.thing("status", "Last change").sees("Done");
    }
}

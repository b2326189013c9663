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
    screen("connect-2-scopes", |stage| {
        stage.window.button("Continue").click();
        stage.window.button("I have the credentials").appears();
    }),
    screen("connect-3-credentials", |stage| {
        stage.window.button("I have the credentials").click();
        stage.window.field("Access token").type_(stage.shop.token());
    }),
    screen("connect-4-check", |stage| {
        stage.window.button("Check it").click();
        stage.window.sees("Checked. Everything is in order.");
    }),
    screen("connect-5-name", |stage| {
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
    screen("orders-ticked", |stage| {
        for number in waiting_orders(stage).iter().take(3) {
            stage.window.row(number).only("checkbox").click();
        }
        stage.window.sees("Change status…");
    }),
    screen("preview", |stage| {
        let panel = open_order(stage);
        panel.button("Change status…").click();
        stage.window.choice("Shipped").click();
        stage.window.button("Change to Shipped").appears();
    }),
    screen("products", |stage| {
        open_first(stage, "Products", "Product", is_sku);
    }),
    screen("product-form", |stage| {
        let panel = open_first(stage, "Products", "Product", is_sku);
        panel.button("Edit").click();
        stage.window.field("Name").appears();
    }),
    screen("customers", |stage| {
        open_first(stage, "Customers", "Customer", |word| word.contains('@'));
    }),
    screen("palette", |stage| {
        stage.window.press("Control+k");
        stage.window.thing("dialog", "Commands").appears();
    }),
    screen("activity", |stage| {
        change_some(stage);
        stage.open("Activity");
        stage.window.grid("Changes").row("to Shipped").click();
        stage.window.sees("Store says done");
    }),
    screen("settings", |stage| {
        stage.open("Settings");
    }),
];

fn is_sku(word: &str) -> bool {
    word.len() > 4
        && word.contains('-')
        && word.contains(|c: char| c.is_ascii_digit())
        && word
            .chars()
            .all(|c| c == '-' || c.is_ascii_digit() || c.is_ascii_uppercase())
}

/// Opens the first row of a list beside it; `tells` says which word of a row no other row has.
fn open_first<'a>(
    stage: &'a Stage<'a>,
    list: &str,
    panel: &str,
    tells: fn(&str) -> bool,
) -> Thing<'a> {
    stage.open(list);
    let mut word = None;
    stage.window.waits(&format!("{list} has rows"), || {
        let rows = stage.window.grid(list).only("row").texts();
        let mut words = rows.iter().flat_map(|row| row.split(' '));
        word = words.find(|word| tells(word)).map(str::to_owned);
        word.is_some()
    });
    stage.window.row(&word.unwrap_or_default()).click();
    let panel = stage.window.thing_about("complementary", panel);
    panel.appears();
    panel
}

/// The numbers of the orders in sight that wait to be packed.
fn waiting_orders(stage: &Stage<'_>) -> Vec<String> {
    let row = stage.window.row("Awaiting Fulfillment");
    row.appears();
    let rows = row.texts();
    let numbers = rows.iter().filter_map(|row| row.split(' ').next());
    numbers.map(str::to_owned).collect()
}

/// Opens the first order that waits to be packed, beside the list.
fn open_order<'a>(stage: &'a Stage<'a>) -> Thing<'a> {
    let number = waiting_orders(stage).into_iter().next().unwrap_or_default();
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

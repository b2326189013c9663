//! The screens, and how each is reached. A new one is a line here, and a picture in `docs/pictures.md`.

use serde_json::json;
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
    screen("status", |stage| {
        stage.window.thing_about("button", "Up to date").click();
        let details = stage.window.thing("dialog", "How the store is doing");
        details.sees("Last refresh");
    }),
    screen("activity", |stage| {
        change_some(stage);
        stage.open("Activity");
        stage.window.grid("Changes").row("to Shipped").click();
        stage.window.sees("Store says done");
    }),
    screen("conflict", |stage| {
        let number = change_what_somebody_else_changed(stage);
        stage.open("Activity");
        let change = format!("order {number}");
        stage.window.grid("Changes").row(&change).click();
        let change = stage.window.panel(&format!("Change of {change}"));
        change.sees("Choose field by field");
    }),
    screen("settings", |stage| {
        // What is told of the change before is seen, and no part of what comes now.
        let strip = stage.window.thing("status", "Last change");
        if strip.is_there() {
            strip.button("Close").click();
        }
        stage.open("Settings");
    }),
    screen("storefront-access", |stage| {
        // Asked for in the address, it is brought into view.
        stage.go("/settings?show=storefront");
        let part = stage.window.thing("region", "Storefront access");
        part.button("Make a token…").click();
        stage.window.button("Make it").click();
        part.sees("Tried out");
        part.sees("good until");
    }),
    // With the token of the one before.
    screen("storefront", |stage| {
        stage.go("/storefront");
        stage.window.heading("Ask the storefront").appears();
        stage.window.button("Examples").click();
        stage.window.choice("Ten products with prices").click();
        let question = stage.window.thing("region", "Question");
        stage.window.waits("the example is there", || {
            let typed = "return document.querySelector('[data-editor]').shadowRoot
                .querySelector('.cm-content').innerText";
            let typed = stage.window.script(typed, &[]);
            typed
                .as_str()
                .is_some_and(|typed| typed.contains("query Products"))
        });
        question.thing_about("button", "Ask").click();
        let answer = stage.window.thing("region", "Answer");
        answer.sees("\"currencyCode\"");
    }),
    screen("job", |stage| {
        pause_many(stage);
        stage.open("Activity");
        stage.window.sees("All changes");
    }),
    screen("store-switcher", |stage| {
        give_up_what_is_paused(stage);
        stage.add_sample();
        stage.window.thing_about("button", "Store: ").click();
        stage.window.thing_about("menuitem", "Sample").appears();
    }),
];

/// After a new start with the keychain locked: what was pulled is there all the same.
pub(crate) const LOCKED: &[Screen] = &[screen("keychain-locked", |stage| {
    stage.window.grid("Orders").row("example.com").appears();
    stage.window.sees("The keychain is locked.");
    let unlock = stage.window.thing_about("button", "Unlock GNOME Keyring");
    unlock.appears();
})];

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

/// A change of an order that somebody else changes meanwhile: the order's number.
fn change_what_somebody_else_changed(stage: &Stage<'_>) -> String {
    const AWAITING_SHIPMENT: u32 = 9;
    let number = waiting_orders(stage).into_iter().next().unwrap_or_default();
    open_order(stage).button("Change status…").click();
    stage.window.choice("Shipped").click();
    let preview = stage
        .window
        .sheet(&format!("Change status of order {number}"));
    preview.appears();
    let id = number.parse().expect("an order's number is one");
    stage
        .shop
        .edit(id, json!({ "status_id": AWAITING_SHIPMENT }));
    preview.button("Change to Shipped").click();
    preview.goes();
    number
}

/// Many changes at once that are paused when some are through. The store takes its time for each, so that there are
/// some left to pause; that ends with [`give_up_what_is_paused`].
fn pause_many(stage: &Stage<'_>) {
    stage.shop.misbehave(json!({
        "match": { "method": "PUT" }, "fault": { "kind": "latency", "ms": 3000 },
    }));
    only_waiting(stage);
    for number in waiting_orders(stage).iter().take(12) {
        stage.window.row(number).only("checkbox").click();
    }
    let ticked = stage.window.thing("region", "Ticked orders");
    ticked.button("Change status…").click();
    stage.window.choice("Completed").click();
    let preview = stage.window.thing_about("dialog", "Change status of");
    preview.thing_about("button", "Change ").click();
    preview.goes();
    let strip = stage.window.thing("status", "Last change");
    strip.button("Pause").click();
    strip.sees("Paused");
}

/// Ends what [`pause_many`] has begun.
fn give_up_what_is_paused(stage: &Stage<'_>) {
    stage.shop.behave();
    stage.open("Activity");
    // Told in the strip below, as long as that is open.
    let strip = stage.window.thing("status", "Last change");
    strip.button("Stop").click();
    stage.window.sees("On the way 0");
}

/// Narrows the list down to the orders that wait to be packed.
fn only_waiting(stage: &Stage<'_>) {
    stage.go("/orders?status=11");
    stage.window.waits("only orders that wait are listed", || {
        let rows = stage.window.grid("Orders").only("row").texts();
        // The first is the head.
        let rows = rows.get(1..).unwrap_or_default();
        !rows.is_empty() && rows.iter().all(|row| row.contains("Awaiting Fulfillment"))
    });
}

#[cfg(test)]
mod tests {
    use crate::tour::names;

    #[test]
    fn the_documentation_shows_every_screen_once_in_each_theme() {
        let page = include_str!("../../../../docs/pictures.md");
        let shown = |ending: &str| -> Vec<&str> {
            let attributes = page
                .split('"')
                .filter_map(|it| it.strip_prefix("pictures/"));
            attributes
                .filter_map(|file| file.strip_suffix(".png"))
                .filter(|name| name.ends_with("-dark") == (ending == "-dark"))
                .filter_map(|name| name.strip_suffix(ending))
                .collect()
        };
        let mut known: Vec<&str> = names().collect();
        known.sort_unstable();
        for ending in ["", "-dark"] {
            let mut shown = shown(ending);
            shown.sort_unstable();
            assert_eq!(shown, known, "pictures ending in `{ending}.png`");
        }
    }
}

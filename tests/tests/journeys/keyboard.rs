//! The same without a mouse, and as a screen reader hears it.

use stockroom_tests::window::{Look as _, Window};

use crate::support::{
    COMMANDS, Connected, an_order, go_to, open_order, reaches_the_disk, sees_all_orders,
};

/// Tab, until the focus is on the thing of that name.
pub(crate) fn tab_to(window: &Window<'_>, role: &str, name: &str) {
    for _ in 0..60 {
        let (at, called) = window.focus();
        if at == role && called == name {
            return;
        }
        window.press("Tab");
    }
    panic!(
        "Tab never comes to the {role} “{name}”; now at {:?}",
        window.focus()
    );
}

fn arrow_down_to(window: &Window<'_>, name: &str) {
    for _ in 0..30 {
        if window.focus().1.starts_with(name) {
            return;
        }
        window.press("ArrowDown");
    }
    panic!("no arrow leads to “{name}”; now at {:?}", window.focus());
}

/// From anywhere: to the search, and on to the rows.
fn into_the_list(window: &Window<'_>) {
    window.press("Control+f");
    window.waits("the search has the focus", || {
        window.focus().1 == "Search orders"
    });
    window.press("Enter");
    window.waits("a row has the focus", || window.focus().0 == "row");
}

#[test]
fn demand_38_an_order_is_found_opened_and_changed_by_keys_alone() {
    let connected = Connected::usual();
    let (app, shop) = (connected.app(), &connected.shop);
    let window = app.open();
    sees_all_orders(&window);

    // What a screen reader hears of the grid, from WebKit's own tree.
    let grid = window.grid("Orders");
    window.waits("a grid of orders is heard", || {
        grid.heard() == ("grid".to_owned(), "Orders".to_owned())
    });
    let shown = window.text();
    let count = shown
        .split(" orders, ")
        .next()
        .and_then(|text| text.rsplit(' ').next());
    let count: usize = count
        .and_then(|count| count.parse().ok())
        .expect("the list is counted");
    assert_eq!(
        grid.attribute("aria-rowcount"),
        Some((count + 1).to_string()),
        "the head is a row, too"
    );
    assert_eq!(
        grid.thing("columnheader", "Placed")
            .attribute("aria-sort")
            .as_deref(),
        Some("descending")
    );

    // Into the list, two rows down.
    into_the_list(&window);
    window.press("ArrowDown");
    window.press("ArrowDown");
    window.press("End");
    window.press("Home");
    window.press("ArrowDown");
    let rows = grid.only("row").texts();
    let order: u64 = rows[2]
        .split(' ')
        .next()
        .and_then(|id| id.parse().ok())
        .expect("a row begins with its number");
    window.waits("the second order has the focus", || {
        window.focused_text().contains(&order.to_string())
    });
    window.press("Enter");
    let panel = window.panel(&format!("Order {order}"));
    panel.appears();

    let before = shop.order(order)["statusId"].clone();
    tab_to(&window, "button", "Change status…");
    window.press("Enter");
    window.waits("the menu has the focus", || window.focus().0 == "menuitem");
    arrow_down_to(&window, "Completed");
    window.picture("keyboard-1-menu");
    window.press("Enter");

    let preview = window.sheet(&format!("Change status of order {order}"));
    preview.appears();
    // Enter alone sends nothing.
    tab_to(&window, "button", "Change to Completed");
    assert_eq!(shop.order(order)["statusId"], before);
    window.press("Enter");
    preview.goes();
    grid.row(&order.to_string()).sees("Completed");
    window.waits("the store has it", || shop.order(order)["statusId"] == 10);

    into_the_list(&window);
    window.press("Escape");
    panel.goes();
    window.waits("the row has the focus again", || {
        window.focus().0 == "row" && window.focused_text().contains(&order.to_string())
    });
    window.picture("keyboard-2-back-in-the-list");
}

#[test]
fn who_confirms_a_change_by_keys_is_still_in_the_panel() {
    let connected = Connected::usual();
    let app = connected.app();
    let window = app.open();
    sees_all_orders(&window);
    let order = an_order(&window, "Awaiting Fulfillment");
    let panel = open_order(&window, order);

    tab_to(&window, "button", "Change status…");
    window.press("Enter");
    window.waits("the menu has the focus", || window.focus().0 == "menuitem");
    arrow_down_to(&window, "Completed");
    window.press("Enter");
    let preview = window.sheet(&format!("Change status of order {order}"));
    preview.appears();
    tab_to(&window, "button", "Change to Completed");
    window.press("Enter");
    preview.goes();
    window.thing("status", "Last change").sees("Done");

    // Else Esc, Tab and the arrows would begin at the top of the window.
    let inside = "return document.activeElement.closest('aside')?.getAttribute('aria-label') ?? ''";
    window.waits("the focus is in the panel", || {
        window.script(inside, &[]) == format!("Order {order}").as_str()
    });
    window.press("Escape");
    panel.goes();
}

#[test]
fn a_command_is_found_by_its_name_and_the_way_back_goes_through_the_screens() {
    let connected = Connected::usual();
    let app = connected.app();
    let window = app.open();
    sees_all_orders(&window);

    window.press("Control+k");
    window.waits("the field of commands has the focus", || {
        window.focus().1 == COMMANDS
    });
    window.types("dark");
    window.thing_about("option", "Theme: dark").appears();
    window.picture("palette");
    window.press("Enter");

    window.waits("the window is dark", || {
        window.script("return document.documentElement.dataset.theme", &[]) == "dark"
    });
    window.picture("orders-dark");

    // Through the screens and back, by keys and by the mouse.
    go_to(&window, "Customers");
    go_to(&window, "Activity");
    window.press("Alt+ArrowLeft");
    window.heading("Customers").appears();
    window.mouse_back();
    window.heading("Orders").appears();
    window.press("Alt+ArrowRight");
    window.heading("Customers").appears();
    // Not behind what has come over the window.
    window.press("?");
    window.sheet("Keyboard shortcuts").appears();
    window.mouse_forward();
    window.press("Alt+ArrowLeft");
    window.press("Escape");
    window.sheet("Keyboard shortcuts").goes();
    window.heading("Customers").appears();
    window.mouse_forward();
    window.heading("Activity").appears();
    window.mouse_back();
    window.heading("Customers").appears();
    window.mouse_back();
    window.heading("Orders").appears();
    reaches_the_disk(app.home(), "\"/orders");
    window.quit();

    let window = app.open();
    window.grid("Orders").appears();
    window.waits("the window is dark again", || {
        window.script("return document.documentElement.dataset.theme", &[]) == "dark"
    });
}

//! Found from anywhere: an order by its number, a product by its name.

use stockroom_tests::window::{Look as _, Window};

use crate::{
    looking::reads_well,
    support::{COMMANDS, Connected, an_order, go_to, sees_all_orders},
};

/// Types into the list of commands, which opens for that.
fn look_for(window: &Window<'_>, text: &str) {
    window.press("Control+k");
    window.waits("the field of commands has the focus", || {
        window.focus().1 == COMMANDS
    });
    window.types(text);
}

#[test]
fn an_order_and_a_product_are_found_from_any_screen_and_opened_by_enter() {
    let connected = Connected::usual();
    let products = connected.shop.products();
    let names: Vec<&str> = products
        .iter()
        .filter_map(|product| product["name"].as_str())
        .collect();
    let is_alone = |name: &str| names.iter().filter(|other| other.contains(name)).count() == 1;
    let product = names
        .iter()
        .find(|name| is_alone(name))
        .expect("a name that is in no other");
    let app = connected.app();
    let window = app.open();
    sees_all_orders(&window);
    let order = an_order(&window, "Awaiting Fulfillment");

    go_to(&window, "Activity");
    look_for(&window, &order.to_string());
    window
        .thing("group", "Orders")
        .thing_about("option", &order.to_string())
        .appears();
    window.picture("finding-1-order");
    reads_well(&window, "found-an-order");
    window.press("Enter");
    window.panel(&format!("Order {order}")).appears();
    window.heading("Orders").appears();

    go_to(&window, "Customers");
    look_for(&window, product);
    window
        .thing("group", "Products")
        .thing_about("option", product)
        .appears();
    window.picture("finding-2-product");
    window.press("Enter");
    window.panel(&format!("Product {product}")).appears();
    window.heading("Products").appears();

    look_for(&window, "nobody and nothing");
    window.sees("No order, product or customer on this computer holds “nobody and nothing”");
    window.picture("finding-3-nothing");
    reads_well(&window, "found-nothing");
    window.press("Escape");
    window.panel(&format!("Product {product}")).appears();
}

//! Customers: found, shown, and the way to their orders.

use std::collections::BTreeMap;

use serde_json::Value;
use stockroom_tests::{sandbox::Sandbox, window::Look as _};

use crate::{
    looking::reads_well,
    support::{Connected, go_to, rows},
};

/// A customer with orders: as the API gives them, and the numbers of those orders, newest last.
fn with_orders(shop: &Sandbox) -> (Value, Vec<u64>) {
    let orders = shop.asked("/v2/orders?limit=250&sort=id");
    let mut of = BTreeMap::<u64, Vec<u64>>::new();
    for order in orders.as_array().expect("a list") {
        // Checkouts that were never finished don't count.
        if order["status_id"] != 0 {
            let customer = order["customer_id"].as_u64().expect("a number");
            of.entry(customer)
                .or_default()
                .push(order["id"].as_u64().expect("a number"));
        }
    }
    of.remove(&0);
    let (id, mut orders) = of
        .into_iter()
        .max_by_key(|(_, orders)| orders.len())
        .expect("one ordered");
    orders.sort_unstable();
    let mut customers = shop.customers().into_iter();
    let customer = customers
        .find(|one| one["id"] == id)
        .expect("they registered");
    (customer, orders)
}

#[test]
fn a_customer_is_found_by_e_mail_shown_and_leads_to_their_orders() {
    let connected = Connected::usual();
    let (customer, orders) = with_orders(&connected.shop);
    let text = |field: &str| customer[field].as_str().unwrap_or_default().to_owned();
    let name = format!("{} {}", text("first_name"), text("last_name"));
    let app = connected.app();
    let window = app.open();
    go_to(&window, "Customers");
    window.grid("Customers").row(&name).appears();
    window.picture("customers-1-list");
    window.field("Search customers").type_(&text("email"));
    window.waits("only they are listed", || {
        let rows = rows(&window, "Customers");
        rows.len() == 1 && rows[0].contains(&name)
    });
    window
        .grid("Customers")
        .row(&name)
        .sees(&orders.len().to_string());

    window.grid("Customers").row(&name).click();
    let panel = window.panel(&format!("Customer {name}"));
    panel.sees(&text("email"));
    panel.sees(&text("phone"));
    panel.sees(&format!("Newest orders {}", orders.len()));
    for order in orders.iter().rev().take(20) {
        panel.thing_about("button", &order.to_string()).appears();
    }
    window.picture("customers-2-panel");

    let newest = orders.last().expect("there is one").to_string();
    panel.thing_about("button", &newest).click();
    let order = window.panel(&format!("Order {newest}"));
    order.sees(&name);
    window.waits("only their orders are listed", || {
        rows(&window, "Orders").len() == orders.len()
    });
    window.picture("customers-3-orders");
    reads_well(&window, "orders-of-a-customer");
    // And back from there.
    order.button(&name).click();
    window.panel(&format!("Customer {name}")).appears();
}

//! An order with all that belongs to it.

use serde_json::{Value, json};
use stockroom_tests::{sandbox::Sandbox, wait, window::Look as _};

use crate::support::{Connected, open_order, sees_all_orders, sees_pictures};

/// An order that went out in a parcel: as the API gives it, with the parcel.
fn shipped(shop: &Sandbox) -> (Value, Value) {
    let orders = shop.asked("/v2/orders?limit=250&sort=id:desc&status_id=2");
    for order in orders.as_array().expect("a list") {
        let parcels = shop.asked(&format!("/v2/orders/{}/shipments", order["id"]));
        let parcel = &parcels[0];
        if parcel["tracking_number"]
            .as_str()
            .is_some_and(|number| !number.is_empty())
        {
            return (order.clone(), parcel.clone());
        }
    }
    panic!("the shop has shipped nothing");
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value} is no text"))
        .to_owned()
}

/// As the window writes an amount that the API gives with four decimals.
fn dollars(amount: &Value) -> String {
    let text = text(amount);
    let (whole, part) = text.split_once('.').unwrap_or((&text, "00"));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("${grouped}.{}", &part[..2])
}

#[test]
fn an_order_shows_its_items_addresses_totals_parcels_and_history() {
    let connected = Connected::usual();
    let (order, parcel) = shipped(&connected.shop);
    let number = order["id"].as_u64().expect("a number");
    let lines = connected
        .shop
        .asked(&format!("/v2/orders/{number}/products"));
    let app = connected.app();
    let window = app.open();
    window.field("Search orders").type_(&number.to_string());
    // Until then rows still move under the pointer.
    window.sees("1–1 of 1");
    let panel = open_order(&window, number);

    panel.sees("Items");
    for line in lines.as_array().expect("a list") {
        panel.sees(&text(&line["name"]));
        panel.sees(&text(&line["sku"]));
    }
    sees_pictures(&window, "aside");
    for (name, field) in [
        ("Subtotal", "subtotal_ex_tax"),
        ("Shipping", "shipping_cost_ex_tax"),
        ("Grand total", "total_inc_tax"),
    ] {
        panel.sees(&format!("{name} {}", dollars(&order[field])));
    }
    let address = &order["billing_address"];
    for field in ["street_1", "zip", "country"] {
        panel.sees(&text(&address[field]));
    }
    panel.sees("Shipments");
    panel.sees(&text(&parcel["tracking_number"]));
    panel.sees("History");
    panel.sees("Order placed");
    window.picture("order-panel");
    window.script("document.querySelector('aside [class*=history], aside section:last-of-type')?.scrollIntoView()", &[]);
    window.picture("order-panel-end");

    // The whole address goes into the clipboard, as it is written on a parcel.
    panel.button("Copy address").click();
    panel.button("Copied").appears();
    let search = window.field("Search orders");
    search.clear();
    window.press("Control+v");
    window.waits("the address was copied", || {
        let pasted = search.value();
        pasted.contains(&text(&address["street_1"])) && pasted.contains(&text(&address["zip"]))
    });
}

#[test]
fn who_steps_through_many_orders_asks_the_store_for_few() {
    let connected = Connected::usual();
    let app = connected.app();
    let window = app.open();
    sees_all_orders(&window);
    let mut rows = Vec::new();
    window.waits("orders are listed", || {
        rows = crate::support::rows(&window, "Orders");
        !rows.is_empty()
    });
    let first: u64 = rows[0]
        .split(' ')
        .next()
        .and_then(|id| id.parse().ok())
        .expect("a number");
    open_order(&window, first);
    let asked_of = || {
        let log = connected.shop.log();
        let mut of: Vec<String> = log
            .iter()
            .filter_map(|request| {
                let path = request["path"].as_str()?;
                let (_, rest) = path.split_once("/v2/orders/")?;
                rest.strip_suffix("/products").map(str::to_owned)
            })
            .collect();
        of.dedup();
        of
    };
    wait::until("the first to be asked for", || {
        (!asked_of().is_empty()).then_some(())
    });
    for _ in 0..20 {
        window.press("j");
    }
    let open = "return document.querySelector('aside[aria-label^=\"Order \"]')?.ariaLabel ?? ''";
    let mut last = String::new();
    window.waits("another order is open", || {
        last = text(&window.script(open, &[])).replace("Order ", "");
        !last.is_empty() && last != first.to_string()
    });
    wait::until("the last to be asked for", || {
        asked_of().contains(&last).then_some(())
    });
    let asked = asked_of();
    assert!(asked.len() <= 7, "{asked:?}");
    // Going back over the same ones asks for none of those again.
    let before = connected.shop.requests("GET").len();
    window.press("k");
    window.press("j");
    window.panel(&format!("Order {last}")).sees("Items");
    window.waits("nothing more is asked for than the one stepped on", || {
        connected.shop.requests("GET").len() <= before + 7
    });
    let again = asked_of().iter().filter(|id| **id == last).count();
    assert_eq!(again, 1, "{:?}", json!(asked_of()));
}

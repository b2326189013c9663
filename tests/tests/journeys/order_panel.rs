//! An order with all that belongs to it.

use serde_json::{Value, json};
use stockroom_tests::{
    sandbox::Sandbox,
    wait,
    window::{Look as _, Window},
};

use crate::{
    looking::reads_well,
    support::{Connected, an_order, open_order, rows, sees_all_orders, sees_pictures},
};

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

/// An amount as the window writes it: `−$1,047.70`.
fn cents(amount: &str) -> i64 {
    let digits: String = amount.chars().filter(char::is_ascii_digit).collect();
    let cents: i64 = digits.parse().expect("an amount has digits");
    if amount.starts_with('−') {
        -cents
    } else {
        cents
    }
}

#[test]
fn an_order_shows_its_items_addresses_totals_parcels_and_history() {
    let connected = Connected::usual();
    let (order, parcel) = shipped(&connected.shop);
    let number = order["id"].as_u64().expect("a number");
    let path = format!("/v2/orders/{number}");
    // What few orders have.
    connected.shop.put(
        &path,
        &json!({
            "handling_cost_ex_tax": "4.00", "handling_cost_inc_tax": "4.00",
            "wrapping_cost_ex_tax": "2.50", "wrapping_cost_inc_tax": "2.50",
        }),
    );
    let order = connected.shop.asked(&path);
    let lines = connected.shop.asked(&format!("{path}/products"));
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
        ("Handling", "handling_cost_ex_tax"),
        ("Gift wrapping", "wrapping_cost_ex_tax"),
        ("Grand total", "total_inc_tax"),
    ] {
        panel.sees(&format!("{name} {}", dollars(&order[field])));
    }
    assert_ne!(text(&order["handling_cost_ex_tax"]), "0.0000");
    let totals = window.script(
        "return [...document.querySelectorAll('dl[aria-label=Totals] > div')].map((line) =>
            [line.querySelector('dt').textContent, line.querySelector('dd').textContent])",
        &[],
    );
    let totals: Vec<(String, String)> = serde_json::from_value(totals).expect("names and amounts");
    let grand = totals.iter().position(|(name, _)| name == "Grand total");
    let (named, rest) = totals.split_at(grand.expect("it is there"));
    let sum: i64 = named.iter().map(|(_, amount)| cents(amount)).sum();
    assert_eq!(
        sum,
        cents(&rest[0].1),
        "the lines make up the total: {totals:?}"
    );
    let address = &order["billing_address"];
    for field in ["street_1", "zip", "country"] {
        panel.sees(&text(&address[field]));
    }
    panel.sees("Shipments");
    panel.sees(&text(&parcel["tracking_number"]));
    panel.sees("History");
    panel.sees("Order placed");
    window.picture("order-panel");
    reads_well(&window, "order-panel");

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

    // What is changed here joins what the store tells, and is put back from there.
    search.clear();
    search.type_(&number.to_string());
    window.sees("1–1 of 1");
    panel.button("Change status…").click();
    window.choice("Completed").click();
    let preview = window.sheet(&format!("Change status of order {number}"));
    preview.button("Change to Completed").click();
    preview.goes();
    let history = panel.thing("region", "History");
    history.sees("Shipped → Completed");
    history.sees("you");
    let lines = || plain_lines(&window);
    window.waits("the newest is above, and the parcel between", || {
        let lines = lines();
        lines.len() >= 3
            && lines[0].contains("Shipped → Completed")
            && lines[0].contains("Done")
            && lines[1..]
                .iter()
                .any(|line| line.contains("Shipped, ") && line.contains("the store"))
            && lines
                .last()
                .is_some_and(|line| line.contains("Order placed"))
    });
    window.script(
        "document.querySelector('aside section:last-of-type').scrollIntoView()",
        &[],
    );
    window.picture("order-panel-history");
    history.thing_about("button", "Undo").click();
    let undo = window.thing_about("dialog", "Undo");
    undo.thing_about("button", "Put ").click();
    undo.goes();
    wait::until("it to be put back", || {
        (connected.shop.order(number)["statusId"] == 2).then_some(())
    });
    history.sees("Completed → Shipped");
    window.waits("what was put back offers no more undo", || {
        history.thing_about("button", "Undo").count() == 0
    });
    window.picture("order-panel-history-undone");
}

/// The lines of the open order's history, the newest first.
fn plain_lines(window: &Window<'_>) -> Vec<String> {
    let script = "return [...document.querySelectorAll('aside section:last-of-type li')]
        .map((line) => line.innerText.replaceAll(/\\s+/g, ' '))";
    let lines = window.script(script, &[]);
    let lines = lines.as_array().cloned().unwrap_or_default();
    lines.iter().map(text).collect()
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
    // The order, its refunds, and five lists, each perhaps with a page that tells that there is no more.
    window.waits("nothing more is asked for than the one stepped on", || {
        connected.shop.requests("GET").len() <= before + 12
    });
    let again = asked_of().iter().filter(|id| **id == last).count();
    assert_eq!(again, 1, "{:?}", json!(asked_of()));
}

/// Where something stands in the window, from above, in pixels.
fn top(window: &Window<'_>, selector: &str) -> f64 {
    let script = "return document.querySelector(arguments[0])?.getBoundingClientRect().top ?? -1";
    let top = window.script(script, &[selector.into()]);
    top.as_f64().expect("a number")
}

#[test]
fn a_note_is_saved_by_the_click_that_was_meant_for_it_while_items_and_pictures_come_in_above() {
    is_saved_by_its_click((1000, 700), "note");
}

#[test]
fn a_note_is_saved_by_its_click_also_where_the_window_is_so_tall_that_an_order_hardly_scrolls() {
    is_saved_by_its_click((1440, 900), "note-tall");
}

/// Points at the button that saves a note, in a window of that size, and presses there once all has come in above it.
fn is_saved_by_its_click((width, height): (u32, u32), pictures: &str) {
    let connected = Connected::usual();
    let shop = &connected.shop;
    let app = connected.app();
    let window = app.open();
    window.resize(width, height);
    let dark = "document.documentElement.dataset.theme = 'dark'";
    sees_all_orders(&window);
    let mut listed = Vec::new();
    window.waits("orders are listed", || {
        listed = rows(&window, "Orders");
        listed.len() > 6
    });
    let orders = listed
        .iter()
        .filter_map(|row| row.split(' ').next()?.parse().ok());
    // The pointer has to be there before the items are: on a slow machine they are let come later still.
    let waits = [4_000, 12_000, 24_000];
    for (order, ms) in orders.zip(waits) {
        let order: u64 = order;
        shop.misbehave(json!({
            "match": { "method": "GET", "path": "/v2/orders/*/products" }, "times": null,
            "fault": { "kind": "latency", "ms": ms },
        }));
        let panel = open_order(&window, order);
        panel.field("Staff notes").type_("Ring twice");
        window.script(dark, &[]);
        let save = panel.button("Save note");
        save.point();
        let before = top(&window, "aside textarea");
        let is_late = panel.text().contains("Asking the store for items");
        window.picture(&format!("{pictures}-1-pointed-at"));
        shop.behave();
        panel.button("Copy address").appears();
        if !is_late {
            continue;
        }
        window.waits("all of it is there", || {
            !panel.text().contains("Asking the store for items")
        });
        sees_pictures(&window, "aside");
        window.picture(&format!("{pictures}-2-all-came-in"));
        let moved = top(&window, "aside textarea") - before;
        assert!(
            moved.abs() < 1.0,
            "what is typed into moved by {moved} pixels"
        );

        window.press_here();
        wait::until("the note to be saved", || {
            let notes = text(&shop.order(order)["staffNotes"]);
            notes.ends_with("Ring twice").then_some(())
        });
        window.picture(&format!("{pictures}-3-saved"));
        return;
    }
    panic!("the items came before the pointer, however late they came");
}

#[test]
fn a_note_that_the_store_refuses_is_told_below_the_order_by_the_fields_own_name() {
    let connected = Connected::usual();
    let app = connected.app();
    let window = app.open();
    sees_all_orders(&window);
    let order = an_order(&window, "Awaiting Fulfillment");
    let body = json!({ "status": 422, "title": "Unprocessable",
        "errors": { "staff_notes": "holds a word that is not allowed" } });
    connected.shop.misbehave(json!({
        "match": { "method": "PUT", "path": "/v2/orders/*" },
        "fault": { "kind": "status", "status": 422, "body": body.to_string(),
            "headers": { "Content-Type": "application/json" } },
    }));
    let panel = open_order(&window, order);
    panel.field("Staff notes").type_("Ring twice");
    panel.button("Save note").click();
    let strip = window.thing("status", "Last change");
    strip.sees("Refused: Staff notes: holds a word that is not allowed");
    assert!(!window.text().contains("staff_notes"), "{}", window.text());
    for theme in ["light", "dark"] {
        let script = "document.documentElement.dataset.theme = arguments[0]";
        window.script(script, &[theme.into()]);
        window.picture(&format!("note-refused-{theme}"));
    }
}

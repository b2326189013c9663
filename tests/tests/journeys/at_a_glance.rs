//! What Home says of a store, and the lists that its numbers lead to.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    sandbox::SandboxOptions,
    window::Look as _,
    world::World,
};

use crate::support::{Connected, go_to};

/// Cancelled, declined or refunded in full: ordered, but not sold.
const NO_SALE: [u64; 3] = [4, 5, 6];

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().expect("it is a number")).expect("it is a small one")
}

/// Every row of a list.
fn listed(bridge: &Bridge, kind: &str, mut query: Value, more: &Value) -> Vec<Value> {
    for (name, value) in more.as_object().expect("fields") {
        query[name] = value.clone();
    }
    let view = bridge.get(&format!("open_{kind}s"), query);
    let count = number(&view["count"]);
    let mut rows = Vec::new();
    while rows.len() < count {
        let question = json!({ "view": view["view"], "from": rows.len(), "to": rows.len() + 500 });
        let some = bridge.get(&format!("{kind}_rows"), question);
        rows.extend(some["rows"].as_array().expect("rows").clone());
    }
    rows
}

fn orders(bridge: &Bridge, store: &str, more: &Value) -> Vec<Value> {
    let query = json!({
        "store": store, "statusId": null, "customer": null, "search": "", "showIncomplete": false,
        "sort": "placed", "descending": true,
    });
    listed(bridge, "order", query, more)
}

fn products(bridge: &Bridge, store: &str, more: &Value) -> Vec<Value> {
    let query = json!({
        "store": store, "search": "", "visibility": "all", "stock": "all", "sort": "name",
        "descending": false,
    });
    listed(bridge, "product", query, more)
}

/// Amounts by currency, without what came to nothing.
fn sums<'a>(amounts: impl Iterator<Item = &'a Value>) -> BTreeMap<String, Decimal> {
    let mut sums = BTreeMap::new();
    for money in amounts {
        let amount: Decimal = text(&money["amount"]).parse().expect("a decimal");
        *sums.entry(text(&money["currency"])).or_default() += amount;
    }
    sums.retain(|_, sum: &mut Decimal| !sum.is_zero());
    sums
}

/// A number of sales is what the list that it leads to shows.
fn agrees(bridge: &Bridge, store: &str, sales: &Value, to: &Value) {
    let rows = orders(
        bridge,
        store,
        &json!({ "placedFrom": sales["from"], "placedTo": to }),
    );
    assert_eq!(number(&sales["orders"]), rows.len(), "{sales:#}");
    let sold = rows
        .iter()
        .filter(|row| !NO_SALE.contains(&row["statusId"].as_u64().expect("a status")));
    let said = sales["amounts"].as_array().expect("amounts");
    assert_eq!(
        sums(said.iter()),
        sums(sold.map(|row| &row["total"])),
        "{sales:#}"
    );
}

#[test]
fn every_number_of_home_is_what_the_list_behind_it_shows() {
    let world = World::with(SandboxOptions {
        orders: 900,
        products: 80,
        customers: 60,
        ..SandboxOptions::default()
    });
    let (bridge, store) = world.connected(&[]);
    let state = bridge.wait_for_rest(&store);
    assert!(
        state["areas"]
            .as_array()
            .expect("areas")
            .iter()
            .all(|area| area["isComplete"] == true),
        "{state:#}"
    );
    // Today is among them.
    let had = number(&state["orders"]);
    let placed = world.sandbox.new_orders(4).len();
    bridge.tell("refresh", json!({ "store": store }));
    bridge.wait_for(&store, "the new orders", |state| {
        number(&state["orders"]) == had + placed && state["phase"] == "idle"
    });

    let home = bridge.get("home", json!({ "store": store }));
    assert!(number(&home["today"]["orders"]) >= placed, "{home:#}");
    for sales in [
        &home["today"],
        &home["month"],
        &home["sinceYesterday"]["sales"],
    ] {
        agrees(&bridge, &store, sales, &Value::Null);
    }
    for period in ["days7", "days30", "months12"] {
        let sales = bridge.get("sales", json!({ "store": store, "period": period }));
        for bar in sales["bars"].as_array().expect("bars") {
            agrees(&bridge, &store, &bar["now"], &bar["now"]["to"]);
            agrees(&bridge, &store, &bar["before"], &bar["before"]["to"]);
        }
        agrees(&bridge, &store, &sales["whole"], &Value::Null);
    }
    for status in home["statuses"].as_array().expect("statuses") {
        let rows = orders(&bridge, &store, &json!({ "statusId": status["statusId"] }));
        assert_eq!(number(&status["count"]), rows.len(), "{status:#}");
    }
    let waiting = orders(
        &bridge,
        &store,
        &json!({ "statusId": 11, "descending": false }),
    );
    assert_eq!(home["oldestAwaiting"]["order"], waiting[0]["id"]);
    let from = &home["sinceYesterday"]["sales"]["from"];
    let waiting = orders(
        &bridge,
        &store,
        &json!({ "statusId": 11, "placedFrom": from }),
    );
    assert_eq!(
        number(&home["sinceYesterday"]["awaitingFulfillment"]),
        waiting.len()
    );

    for (name, rows, list) in [
        (
            "outOfStock",
            "outOfStockRows",
            json!({ "stock": "out", "sort": "modified", "descending": true }),
        ),
        (
            "lowStock",
            "lowStockRows",
            json!({ "stock": "low", "sort": "stock" }),
        ),
        (
            "hidden",
            "hiddenRows",
            json!({ "visibility": "hidden", "sort": "stock", "descending": true }),
        ),
        ("products", "", json!({})),
    ] {
        let listed = products(&bridge, &store, &list);
        assert_eq!(number(&home[name]), listed.len(), "{name}");
        if let Some(named) = home[rows].as_array() {
            assert_eq!(named[..], listed[..listed.len().min(4)], "{name}");
        }
    }
    let touched = products(&bridge, &store, &json!({ "modifiedFrom": from }));
    assert_eq!(number(&home["sinceYesterday"]["products"]), touched.len());
    let query = json!({ "store": store, "search": "", "sort": "registered", "descending": true });
    let people = listed(&bridge, "customer", query.clone(), &json!({}));
    assert_eq!(number(&home["customers"]), people.len());
    let new = listed(
        &bridge,
        "customer",
        query,
        &json!({ "registeredFrom": from }),
    );
    assert_eq!(number(&home["sinceYesterday"]["customers"]), new.len());
}

#[test]
fn a_day_that_is_none_is_refused_by_name() {
    let world = World::with(SandboxOptions {
        orders: 3,
        products: 2,
        customers: 2,
        ..SandboxOptions::default()
    });
    let (bridge, store) = world.connected(&[]);
    for (command, query, field) in [
        (
            "open_orders",
            json!({
                "store": store, "statusId": null, "customer": null, "search": "", "sort": "placed",
                "showIncomplete": false, "descending": true, "placedFrom": "2026-02-30",
            }),
            "placedFrom",
        ),
        (
            "open_products",
            json!({
                "store": store, "search": "", "visibility": "all", "stock": "all", "sort": "name",
                "descending": false, "modifiedFrom": "yesterday",
            }),
            "modifiedFrom",
        ),
        (
            "open_customers",
            json!({
                "store": store, "search": "", "sort": "name", "descending": false,
                "registeredFrom": "",
            }),
            "registeredFrom",
        ),
    ] {
        let refused = bridge.call(command, query).expect_err("it is no day");
        assert_eq!(refused["code"], "badInput", "{refused:#}");
        assert_eq!(refused["field"], field, "{refused:#}");
    }
}

/// The numbers of Home: words of the link, what stands behind its number there, the list that it leads to, and what
/// that list's address says.
const NUMBERS: [(&str, &str, &str, &str); 10] = [
    ("Sales today", " order", "Orders", "from="),
    ("Sales this month", " order", "Orders", "from="),
    ("Oldest:", " Oldest", "Orders", "status=11"),
    ("Awaiting Payment", " order", "Orders", "status=7"),
    (" new order", " new order", "Orders", "from="),
    (" of them awaiting", " of them", "Orders", "status=11"),
    (" changed", " product", "Products", "from="),
    (" low", " low", "Products", "show=low"),
    (" out", " out", "Products", "show=out"),
    ("All ", "", "Products", "show=hidden"),
];

/// The number before these words; with none, the one at the end.
fn number_before(text: &str, behind: &str) -> Option<usize> {
    let before = if behind.is_empty() {
        text
    } else {
        text.split_once(behind)?.0
    };
    let number = before.split_whitespace().last()?.replace(',', "");
    number.parse().ok()
}

#[test]
fn in_the_window_each_number_leads_to_a_list_of_as_many() {
    let connected = Connected::usual();
    let shop = &connected.shop;
    // So that something came today, and something is changed and hidden.
    let newest = shop.new_orders(4)[0];
    shop.edit(newest, json!({ "status_id": 11 }));
    let changed = shop.products()[0]["id"].as_u64().expect("it has a number");
    shop.edit_product(changed, json!({ "is_visible": false }));
    // And so that something is sold out.
    let products = shop.asked("/v3/catalog/products?limit=250");
    let products = products["data"].as_array().expect("a list");
    let plenty = products
        .iter()
        .find(|product| {
            product["inventory_tracking"] == "product"
                && product["id"] != changed
                && product["inventory_level"].as_i64() > Some(20)
        })
        .expect("something is in stock");
    shop.edit_product(
        plenty["id"].as_u64().expect("it has a number"),
        json!({ "inventory_level": 0 }),
    );
    let app = connected.app();
    let window = app.open();
    window.grid("Orders").row(&newest.to_string()).appears();
    let main = window.thing("main", "Home");
    for (words, behind, list, place) in NUMBERS {
        go_to(&window, "Home");
        window.thing("group", "Sales per day").appears();
        let mut found = None;
        window.waits(&format!("a number “{words}” leads on"), || {
            let links = main.only("link").texts();
            found = links.into_iter().find_map(|text| {
                let number = number_before(&text, behind)?;
                text.contains(words).then_some((text, number))
            });
            found.is_some()
        });
        let (text, number) = found.expect("it was found");
        assert!(number > 0, "{text}");
        // Of products and statuses there are links with the same words.
        let link = if words == behind || behind.is_empty() {
            main.thing("link", &text)
        } else {
            main.thing_about("link", words)
        };
        link.click();
        window.heading(list).appears();
        let rows = (number + 1).to_string();
        window.waits(&format!("the list behind “{text}” has as many"), || {
            window.grid(list).attribute("aria-rowcount").as_deref() == Some(rows.as_str())
        });
        let address = window.script("return location.hash", &[]);
        let address = address.as_str().unwrap_or_default();
        assert!(address.contains(place), "{text}: {address}");
    }
    window.picture("home-led-to-products");
}

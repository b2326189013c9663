//! Orders and statuses, to read.

use sandbox_store::{Blueprint, Sizes, Store};
use serde_json::Value;

use crate::support::{blueprint, get, ids, read, shop};

#[test]
fn orders_come_in_order_of_id_fifty_at_a_time() {
    let mut store = shop();
    let first = ids(&mut store, "/v2/orders");
    assert_eq!(first.len(), 50);
    assert!(first.is_sorted());
    assert_eq!(
        ids(&mut store, "/v2/orders?limit=1000").len(),
        ids(&mut store, "/v2/orders?limit=250").len()
    );
    let sizes = Sizes {
        orders: 400,
        ..blueprint().sizes
    };
    let mut larger = Store::open(&Blueprint {
        sizes,
        ..blueprint()
    });
    assert_eq!(ids(&mut larger, "/v2/orders?limit=251").len(), 250);
}

#[test]
fn a_page_past_the_end_is_a_204_without_a_body() {
    let mut store = shop();
    let response = get(&mut store, "/v2/orders?page=99");
    assert_eq!((response.status, response.body.len()), (204, 0));
    assert_eq!(response.header("Content-Type"), None);
}

#[test]
fn pages_of_nothing_are_refused() {
    let mut store = shop();
    for target in [
        "/v2/orders?limit=0",
        "/v2/orders?page=0",
        "/v2/orders?limit=ten",
        "/v2/orders?sort=name:asc",
    ] {
        let response = get(&mut store, target);
        assert_eq!(response.status, 400, "{target}");
        let message = response.body_json().unwrap()[0]["message"].clone();
        assert!(
            message.as_str().unwrap().ends_with("is invalid."),
            "{message}"
        );
    }
}

#[test]
fn an_invalid_email_is_refused_with_the_words_of_the_wire() {
    let mut store = shop();
    let response = get(&mut store, "/v2/orders?email=nobody");
    let body = response.body_json().unwrap();
    assert_eq!(
        body,
        serde_json::json!([{ "status": 400, "message": "The field 'email' is invalid." }])
    );
}

#[test]
fn filters_narrow_the_list_and_all_of_them_hold() {
    let mut store = shop();
    let all = read(&mut store, "/v2/orders?limit=250");
    let all = all.as_array().unwrap().clone();
    let expect = |fits: &dyn Fn(&Value) -> bool| -> Vec<u64> {
        all.iter()
            .filter(|order| fits(order))
            .map(|order| order["id"].as_u64().unwrap())
            .collect()
    };
    let total = |order: &Value| {
        order["total_inc_tax"]
            .as_str()
            .unwrap()
            .parse::<f64>()
            .unwrap()
    };
    let email = all[7]["billing_address"]["email"]
        .as_str()
        .unwrap()
        .to_owned();
    let cart = all
        .iter()
        .find_map(|order| order["cart_id"].as_str())
        .unwrap()
        .to_owned();
    let customer = all
        .iter()
        .find_map(|order| order["customer_id"].as_u64().filter(|id| *id > 0))
        .unwrap();
    type Fits = Box<dyn Fn(&Value) -> bool>;
    let cases: Vec<(String, Fits)> = vec![
        (
            "status_id=11".into(),
            Box::new(|order| order["status_id"] == 11),
        ),
        (
            "status_id=0".into(),
            Box::new(|order| order["status_id"] == 0),
        ),
        (
            "min_id=48150&max_id=48160".into(),
            Box::new(|order| (48150..=48160).contains(&order["id"].as_u64().unwrap())),
        ),
        (
            "min_total=300".into(),
            Box::new(move |order| total(order) >= 300.0),
        ),
        (
            "max_total=50.00&status_id=10".into(),
            Box::new(move |order| total(order) <= 50.0 && order["status_id"] == 10),
        ),
        (
            "payment_method=PayPal".into(),
            Box::new(|order| order["payment_method"] == "PayPal"),
        ),
        (
            "customer_id=0".into(),
            Box::new(|order| order["customer_id"] == 0),
        ),
        (
            format!("customer_id={customer}"),
            Box::new(move |order| order["customer_id"] == customer),
        ),
        (
            format!("email={email}"),
            Box::new(move |order| order["billing_address"]["email"] == email),
        ),
        (
            format!("cart_id={cart}"),
            Box::new(move |order| order["cart_id"] == cart),
        ),
        ("channel_id=1".into(), Box::new(|_order| true)),
        ("channel_id=2".into(), Box::new(|_order| false)),
    ];
    for (filter, fits) in cases {
        let found = ids(&mut store, &format!("/v2/orders?limit=250&{filter}"));
        assert_eq!(found, expect(&fits), "{filter}");
    }
    assert!(!expect(&|order| order["status_id"] == 11).is_empty());
}

#[test]
fn dates_filter_in_both_spellings() {
    let mut store = shop();
    let iso = ids(
        &mut store,
        "/v2/orders?limit=250&min_date_created=2026-11-01T00:00:00%2B00:00",
    );
    let old = ids(
        &mut store,
        "/v2/orders?limit=250&min_date_created=Sun,%2001%20Nov%202026%2000:00:00%20%2B0000",
    );
    assert!(!iso.is_empty() && iso.len() < 190);
    assert_eq!(iso, old);
    let before = ids(
        &mut store,
        "/v2/orders?limit=250&max_date_created=2026-10-31T23:59:59Z",
    );
    assert_eq!(
        before.len() + iso.len(),
        ids(&mut store, "/v2/orders?limit=250").len()
    );
}

#[test]
fn a_date_that_was_encoded_twice_or_not_at_all_is_silently_no_filter() {
    let mut store = shop();
    let all = ids(&mut store, "/v2/orders?limit=250");
    for date in [
        "2026-11-01T00%253A00%253A00%252B00%253A00",
        "2026-11-01T00:00:00+00:00",
    ] {
        let target = format!("/v2/orders?limit=250&min_date_modified={date}");
        assert_eq!(ids(&mut store, &target), all, "{date}");
    }
}

#[test]
fn archived_orders_are_out_of_lists_and_counts_but_can_be_read() {
    let mut store = shop();
    let archived = ids(&mut store, "/v2/orders?is_deleted=true");
    assert!(!archived.is_empty());
    let listed = ids(&mut store, "/v2/orders?limit=250");
    assert!(archived.iter().all(|id| !listed.contains(id)));
    let order = read(&mut store, &format!("/v2/orders/{}", archived[0]));
    assert_eq!(order["is_deleted"], true);
    let count = read(&mut store, "/v2/orders/count");
    assert_eq!(count["count"], listed.len());
}

#[test]
fn the_count_agrees_with_the_lists_status_by_status() {
    let mut store = shop();
    let count = read(&mut store, "/v2/orders/count");
    for status in count["statuses"].as_array().unwrap() {
        let target = format!("/v2/orders?limit=250&status_id={}", status["id"]);
        assert_eq!(
            status["count"],
            ids(&mut store, &target).len(),
            "{}",
            status["name"]
        );
    }
    assert_eq!(
        count["statuses"][0]["id"], 0,
        "incomplete orders are counted too"
    );
}

#[test]
fn sorting_by_change_goes_both_ways_and_keeps_everything() {
    let mut store = shop();
    let up = ids(&mut store, "/v2/orders?limit=250&sort=date_modified:asc");
    let mut down = ids(&mut store, "/v2/orders?limit=250&sort=date_modified:desc");
    down.reverse();
    assert_eq!(up, down);
    let listed = read(&mut store, "/v2/orders?limit=250&sort=date_modified:asc");
    let changed = |order: &Value| {
        jiff::fmt::rfc2822::parse(order["date_modified"].as_str().unwrap()).unwrap()
    };
    assert!(listed.as_array().unwrap().is_sorted_by_key(changed));
    assert!(
        !up.is_sorted(),
        "orders change in another order than they come"
    );
}

#[test]
fn every_sort_of_the_reference_sorts_and_ties_stay_in_order_of_number() {
    let mut store = shop();
    let text = |order: &Value, field: &str| match &order[field] {
        Value::Number(number) => format!("{:>20}", number),
        other => other.as_str().unwrap_or_default().to_owned(),
    };
    for field in [
        "id",
        "customer_id",
        "date_created",
        "status_id",
        "channel_id",
        "external_id",
    ] {
        let target = |way: &str| format!("/v2/orders?limit=250&sort={field}:{way}");
        let key = |order: &Value| {
            let number = order["id"].as_u64().unwrap();
            let value = match field {
                "date_created" => {
                    let date = order[field].as_str().unwrap();
                    let date = jiff::fmt::rfc2822::parse(date).unwrap();
                    format!("{:>20}", date.timestamp().as_second())
                }
                _ => text(order, field),
            };
            (value, number)
        };
        let up = read(&mut store, &target("asc"));
        let up = up.as_array().unwrap();
        assert!(up.len() > 100 && up.is_sorted_by_key(key), "{field}");
        let down = read(&mut store, &target("desc"));
        let mut down = down.as_array().unwrap().clone();
        down.reverse();
        assert!(down.is_sorted_by_key(key), "{field} desc");
    }
    assert_eq!(get(&mut store, "/v2/orders?sort=planet:asc").status, 400);
}

#[test]
fn links_point_back_to_the_host_that_was_asked() {
    let mut store = shop();
    let order = read(&mut store, "/v2/orders/48219");
    assert_eq!(
        order["products"]["url"],
        "http://shop.test/stores/northfold/v2/orders/48219/products"
    );
    assert_eq!(order["products"]["resource"], "/orders/48219/products");
    let lines = read(&mut store, "/v2/orders/48219/products");
    // A line without an event has no date of one, rather than an empty text in place of a date.
    assert!(lines[0]["event_date"].is_null());
    assert_eq!(lines[0]["order_id"], 48219);
}

#[test]
fn lines_of_an_order_come_in_pages_too() {
    let mut store = shop();
    let all = read(&mut store, "/v2/orders?limit=250");
    let long = all
        .as_array()
        .unwrap()
        .iter()
        .map(|order| order["id"].as_u64().unwrap());
    let (id, lines) = long
        .map(|id| (id, ids(&mut store, &format!("/v2/orders/{id}/products"))))
        .max_by_key(|(_, lines)| lines.len())
        .unwrap();
    assert!(lines.len() >= 3);
    let mut paged = Vec::new();
    for page in 1..=lines.len() + 1 {
        paged.extend(ids(
            &mut store,
            &format!("/v2/orders/{id}/products?limit=1&page={page}"),
        ));
    }
    assert_eq!(paged, lines);
}

#[test]
fn an_order_nobody_placed_is_a_404_array() {
    let mut store = shop();
    for target in [
        "/v2/orders/1",
        "/v2/orders/abc",
        "/v2/orders/1/products",
        "/v2/order_statuses/15",
    ] {
        let response = get(&mut store, target);
        assert_eq!(response.status, 404, "{target}");
        assert_eq!(response.body_json().unwrap()[0]["status"], 404);
    }
}

#[test]
fn the_merchants_own_label_shows_beside_the_systems() {
    let mut store = Store::open(&Blueprint {
        custom_labels: [(11, "Pick and pack".to_owned())].into(),
        ..blueprint()
    });
    let status = read(&mut store, "/v2/order_statuses/11");
    assert_eq!(status["custom_label"], "Pick and pack");
    assert_eq!(status["system_label"], "Awaiting Fulfillment");
    assert_eq!(status["order"], 3);
    let waiting = read(&mut store, "/v2/orders?status_id=11&limit=1");
    assert_eq!(waiting[0]["status"], "Awaiting Fulfillment");
    assert_eq!(waiting[0]["custom_status"], "Pick and pack");
    let others = read(&mut store, "/v2/order_statuses");
    assert_eq!(others.as_array().unwrap().len(), 15);
    assert_eq!(others[2]["custom_label"], "Shipped");
}

#[test]
fn what_was_never_paid_online_has_no_transactions() {
    let mut store = shop();
    let all = read(&mut store, "/v2/orders?limit=250");
    let mut seen = (false, false);
    for order in all.as_array().unwrap() {
        let response = get(
            &mut store,
            &format!("/v3/orders/{}/transactions", order["id"]),
        );
        if order["payment_provider_id"].is_null() {
            assert_eq!((response.status, response.body.len()), (204, 0));
            seen.0 = true;
        } else {
            let body = response.body_json().unwrap();
            assert_eq!(body["data"][0]["order_id"], order["id"].to_string());
            seen.1 = true;
        }
    }
    assert_eq!(seen, (true, true));
}

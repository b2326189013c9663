//! The sample shop: the same for a seed, believable, and true to the cent.

use std::collections::BTreeMap;

use jiff::{Timestamp, fmt::rfc2822};
use proptest::prelude::*;
use sandbox_store::{Blueprint, Sizes, Store, step};
use serde_json::{Value, json};

use crate::support::{blueprint, cents, get, ids, noon, read, request, shop};

fn shop_of(seed: u64, orders: u32) -> Store {
    Store::open(&Blueprint {
        seed,
        sizes: Sizes {
            products: 25,
            orders,
            customers: 15,
        },
        ..blueprint()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn totals_add_up_for_any_seed(seed in any::<u64>()) {
        let mut store = shop_of(seed, 60);
        let orders = read(&mut store, "/v2/orders?limit=250");
        for order in orders.as_array().unwrap() {
            let amount = |field: &str| cents(&order[field]);
            let lines = read(&mut store, &format!("/v2/orders/{}/products", order["id"]));
            let lines = lines.as_array().unwrap();
            let sum = |field: &str| lines.iter().map(|line| cents(&line[field])).sum::<i64>();
            let taken = amount("discount_amount") + amount("coupon_discount");
            prop_assert_eq!(sum("total_ex_tax"), amount("subtotal_ex_tax"));
            prop_assert_eq!(sum("total_tax"), amount("subtotal_tax"));
            prop_assert_eq!(sum("total_inc_tax"), amount("subtotal_inc_tax"));
            prop_assert_eq!(
                amount("subtotal_ex_tax") + amount("shipping_cost_ex_tax") - taken,
                amount("total_ex_tax")
            );
            prop_assert_eq!(
                amount("subtotal_tax") + amount("shipping_cost_tax"),
                amount("total_tax")
            );
            prop_assert_eq!(amount("total_ex_tax") + amount("total_tax"), amount("total_inc_tax"));
            let discounts: i64 = lines
                .iter()
                .flat_map(|line| line["applied_discounts"].as_array().unwrap())
                .map(|discount| cents(&discount["amount"]))
                .sum();
            prop_assert_eq!(discounts, taken);
            prop_assert!(amount("total_inc_tax") > 0);
            let pieces: u64 = lines.iter().map(|line| line["quantity"].as_u64().unwrap()).sum();
            prop_assert_eq!(Some(pieces), order["items_total"].as_u64());
            let shipped: u64 = lines.iter().map(|line| line["quantity_shipped"].as_u64().unwrap()).sum();
            prop_assert_eq!(Some(shipped), order["items_shipped"].as_u64());
            let partly = order["status_id"] == 3;
            prop_assert!(!partly || (0 < shipped && shipped < pieces), "order {}", order["id"]);
        }
    }

    #[test]
    fn nobody_orders_before_they_came_and_nothing_is_sold_before_it_was_there(seed in any::<u64>()) {
        let mut store = shop_of(seed, 60);
        let began = |list: &Value| -> BTreeMap<u64, Timestamp> {
            let things = list["data"].as_array().unwrap().iter();
            things
                .map(|thing| {
                    let text = thing["date_created"].as_str().unwrap();
                    (thing["id"].as_u64().unwrap(), text.parse().unwrap())
                })
                .collect()
        };
        let customers = began(&read(&mut store, "/v3/customers?limit=250"));
        let products = began(&read(&mut store, "/v3/catalog/products?limit=250"));
        let orders = read(&mut store, "/v2/orders?limit=250");
        for order in orders.as_array().unwrap() {
            let placed = order["date_created"].as_str().unwrap();
            let placed = rfc2822::parse(placed).unwrap().timestamp();
            if let Some(registered) = customers.get(&order["customer_id"].as_u64().unwrap()) {
                prop_assert!(*registered < placed, "{} {registered}", order["id"]);
            }
            let lines = read(&mut store, &format!("/v2/orders/{}/products", order["id"]));
            for line in lines.as_array().unwrap() {
                let there = products[&line["product_id"].as_u64().unwrap()];
                prop_assert!(there < placed, "{} {there}", order["id"]);
            }
        }
    }

    #[test]
    fn any_page_size_gives_every_order_once(limit in 1_usize..=250, orders in 0_u32..160) {
        let mut store = shop_of(3, orders);
        for sort in ["id:asc", "date_modified:desc", "status_id:asc"] {
            let mut seen = Vec::new();
            for page in 1.. {
                let some = ids(&mut store, &format!("/v2/orders?sort={sort}&limit={limit}&page={page}"));
                if some.is_empty() {
                    break;
                }
                seen.extend(some);
            }
            seen.sort_unstable();
            prop_assert_eq!(seen, ids(&mut store, "/v2/orders?limit=250"), "{}", sort);
        }
    }
}

#[test]
fn a_seed_always_gives_the_same_shop_and_another_seed_another() {
    let everything = |seed: u64| {
        let mut store = shop_of(seed, 120);
        [
            read(&mut store, "/v2/orders?limit=250"),
            read(
                &mut store,
                "/v3/catalog/products?limit=250&include=variants",
            ),
            read(&mut store, "/v3/customers?limit=250&include=addresses"),
        ]
    };
    assert_eq!(everything(1), everything(1));
    assert_ne!(everything(1), everything(2));
}

#[test]
fn every_status_occurs_even_in_a_small_shop() {
    let mut store = shop();
    let count = read(&mut store, "/v2/orders/count");
    for status in count["statuses"].as_array().unwrap() {
        assert!(
            status["count"].as_u64().unwrap() > 0,
            "no order is {}",
            status["name"]
        );
    }
}

#[test]
fn the_newest_order_came_on_the_last_day_and_has_a_number_with_a_past() {
    let mut store = shop();
    let newest = read(&mut store, "/v2/orders?sort=id:desc&limit=1");
    assert_eq!(newest[0]["id"], 48219);
    let created = newest[0]["date_created"].as_str().unwrap();
    assert!(
        created.starts_with("Mon, 16 Nov 2026") || created.starts_with("Sun, 15 Nov 2026"),
        "{created}"
    );
    let all = read(&mut store, "/v2/orders?limit=250");
    let nobody_ordered_after_it_was_changed = |order: &Value| {
        let at = |field: &str| {
            let text = order[field].as_str().unwrap().to_owned();
            jiff::fmt::rfc2822::parse(&text).unwrap().timestamp()
        };
        at("date_created") <= at("date_modified")
    };
    assert!(
        all.as_array()
            .unwrap()
            .iter()
            .all(nobody_ordered_after_it_was_changed)
    );
}

/// 250,000 orders hold about 750,000 lines, however few products there are.
#[test]
fn a_large_shop_has_about_three_lines_an_order_and_now_and_then_more_than_come_along() {
    let orders = 10_000;
    let mut store = Store::open(&Blueprint {
        sizes: Sizes {
            products: 200,
            orders,
            customers: 300,
        },
        ..blueprint()
    });
    let mut lines_of: BTreeMap<usize, u32> = BTreeMap::new();
    let mut cut = Vec::new();
    // Every fourth page stands for the rest.
    for page in (1..=orders / 250).step_by(4) {
        let with_lines = "include=consignments.line_items&consignment_structure=object";
        let path = format!("/v2/orders?limit=250&page={page}&{with_lines}");
        let page = get(&mut store, &path);
        // The last one is empty where enough orders were put away.
        for order in page
            .body_json()
            .iter()
            .flat_map(|page| page.as_array().unwrap().iter())
        {
            let at = |kind: &str| order["consignments"][kind].as_array().unwrap().clone();
            let parts: Vec<Value> = [at("shipping"), at("downloads")].concat();
            if parts.iter().any(|part| part.get("__warning__").is_some()) {
                cut.push(order["id"].clone());
            }
            let count = |part: &Value| part["line_items"].as_array().unwrap().len();
            let count = parts.iter().map(count).sum();
            *lines_of.entry(count).or_default() += 1;
        }
    }
    let seen: u32 = lines_of.values().sum();
    let lines: usize = lines_of
        .iter()
        .map(|(lines, orders)| lines * *orders as usize)
        .sum();
    let mean = lines as f64 / f64::from(seen);
    assert!(
        seen > 2_400 && (2.9..3.25).contains(&mean),
        "{mean} in {seen} orders"
    );
    // One or two lines are still the most common, and nobody has none.
    let few: u32 = (1..=3).map(|lines| lines_of[&lines]).sum();
    assert!(
        few * 10 > seen * 6 && !lines_of.contains_key(&0),
        "{lines_of:?}"
    );
    assert!((1..15).contains(&cut.len()), "{cut:?}");
    for order in cut {
        let whole = read(&mut store, &format!("/v2/orders/{order}"));
        let lines = read(
            &mut store,
            &format!("/v2/orders/{order}/products?limit=250"),
        );
        let lines = lines.as_array().unwrap();
        assert!(lines.len() > 50, "{order}: {}", lines.len());
        let sum: i64 = lines.iter().map(|line| cents(&line["total_inc_tax"])).sum();
        assert_eq!(sum, cents(&whole["subtotal_inc_tax"]), "{order}");
    }
}

#[test]
fn an_empty_shop_is_a_shop() {
    let mut store = Store::open(&Blueprint {
        sizes: Sizes {
            products: 0,
            orders: 500,
            customers: 0,
        },
        ..blueprint()
    });
    assert_eq!(ids(&mut store, "/v2/orders"), Vec::<u64>::new());
    assert_eq!(read(&mut store, "/v2/orders/count")["count"], 0);
    assert_eq!(
        read(&mut store, "/v3/customers")["data"],
        serde_json::json!([])
    );
}

#[test]
fn tax_is_on_what_is_left_after_discounts_at_the_rate_of_the_place() {
    let rates = [
        ("Vermont", 70),
        ("Idaho", 60),
        ("Michigan", 60),
        ("Wisconsin", 55),
        ("Oregon", 0),
    ];
    let mut seen = 0;
    for seed in 0..6 {
        let mut store = shop_of(seed, 240);
        let orders = read(&mut store, "/v2/orders?limit=250");
        for order in orders.as_array().unwrap() {
            let state = &order["billing_address"]["state"];
            let Some((_, per_mille)) = rates.iter().find(|(name, _)| state == name) else {
                continue;
            };
            let lines = read(&mut store, &format!("/v2/orders/{}/products", order["id"]));
            for line in lines.as_array().unwrap() {
                let discounts = line["applied_discounts"].as_array().unwrap();
                let taken: i64 = discounts.iter().map(|each| cents(&each["amount"])).sum();
                let net = cents(&line["total_ex_tax"]) - taken;
                assert_eq!(cents(&line["total_tax"]), (net * per_mille + 500) / 1000);
                seen += usize::from(taken > 0 && *per_mille > 0);
            }
        }
    }
    assert!(seen > 20, "only {seen} taxed lines with a discount");
}

#[test]
fn orders_span_two_years_with_a_high_season_and_some_sent_in_part_or_refunded() {
    let mut store = shop_of(1, 3_000);
    let mut days = Vec::new();
    let (mut partly, mut refunded) = (0, 0);
    for page in 1..=12 {
        let path = format!("/v2/orders?limit=250&page={page}&is_deleted=false");
        let orders = read(&mut store, &path);
        for order in orders.as_array().unwrap() {
            let created = order["date_created"].as_str().unwrap();
            let at = jiff::fmt::rfc2822::parse(created).unwrap();
            days.push(at.date());
            partly += usize::from(order["status_id"] == 3);
            refunded += usize::from(order["status_id"] == 4 || order["status_id"] == 14);
        }
    }
    assert!(days.len() > 2_900, "{}", days.len());
    let (first, last) = (days.iter().min().unwrap(), days.iter().max().unwrap());
    let span = last.since(*first).unwrap().get_days();
    assert!((715..=731).contains(&span), "{span} days");
    let in_month = |month| days.iter().filter(|day| day.month() == month).count();
    // The weeks before the holidays against the quietest ones.
    assert!(
        in_month(11) > 2 * in_month(2),
        "{} {}",
        in_month(11),
        in_month(2)
    );
    assert!(
        partly > 3 && refunded > 30,
        "{partly} sent in part, {refunded} refunded"
    );
}

/// An answer as it came: status, headers, body.
type Answered = (u16, Vec<(String, String)>, Vec<u8>);

/// What a run answers: reads, changes, refusals, and time that passes between them.
fn run(seed: u64) -> Vec<Answered> {
    let mut store = shop_of(seed, 60);
    let order = ids(&mut store, "/v2/orders?status_id=11&limit=1")[0];
    let kettle = json!({ "name": "Kettle", "type": "physical", "weight": 1, "price": 9.5 });
    let private = json!({ "channel_ids": [1], "scopes": ["Unauthenticated"], "expires_at": 4_102_444_800_u64 });
    let shipped = json!({ "status_id": 2 });
    let asked = [
        ("GET", "/v2/orders?limit=20".to_owned(), None),
        ("POST", "/v3/catalog/products".to_owned(), Some(&kettle)),
        ("POST", "/v3/catalog/products".to_owned(), Some(&kettle)),
        ("PUT", format!("/v2/orders/{order}"), Some(&shipped)),
        (
            "POST",
            "/v3/storefront/api-token-private".to_owned(),
            Some(&private),
        ),
        (
            "GET",
            "/v3/catalog/products?include=variants".to_owned(),
            None,
        ),
        ("GET", "/v3/customers?planet=mars".to_owned(), None),
        ("DELETE", "/v2/orders".to_owned(), None),
        ("GET", "/v2/orders".to_owned(), None),
    ];
    let mut now = noon();
    let mut answers = Vec::new();
    for (method, target, body) in asked {
        now += jiff::SignedDuration::from_millis(700);
        let request = request(method, &target);
        let request = match body {
            Some(body) => request.with_json(body),
            None => request,
        };
        let answer = step(&mut store, request, now);
        answers.push((answer.status, answer.headers.clone(), answer.body.clone()));
    }
    answers
}

#[test]
fn a_run_is_replayed_to_the_byte_by_its_seed_its_requests_and_their_times() {
    let once = run(5);
    let statuses: Vec<u16> = once.iter().map(|(status, ..)| *status).collect();
    assert_eq!(statuses, [200, 200, 409, 200, 200, 200, 422, 204, 204]);
    assert_eq!(once, run(5));
    assert_ne!(once, run(6));
}

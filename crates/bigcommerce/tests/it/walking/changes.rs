//! Changes, oldest first, while others are made.

use std::{collections::BTreeSet, time::Duration};

use bigcommerce::{
    Lane, Walk,
    request::{orders, products},
};
use commerce::{Order, OrderId};
use futures::StreamExt;
use jiff::Timestamp;
use proptest::{prelude::*, test_runner::TestCaseResult};
use serde_json::Value;

use super::{
    orders_by,
    shop::{Came, Shop, Sort, at, came, customer, last_versions, order, product, walked},
};
use crate::support::{self, Stage, simulated};

/// How a walk is told from when on.
#[derive(Clone, Copy, Debug)]
enum Told {
    BySetter,
    ByCondition,
}

/// All three lists of changes, with these things in them and so much going on meanwhile.
fn changes(seed: u64, count: u64, bustle: u64) -> TestCaseResult {
    changes_told(seed, count, bustle, Told::BySetter)?;
    changes_told(seed, count, bustle, Told::ByCondition)
}

fn changes_told(seed: u64, count: u64, bustle: u64, told: Told) -> TestCaseResult {
    use bigcommerce::request::{
        customers::{CustomersQuery, CustomersSort},
        filters::{CustomerFilter, OrderFilter, ProductFilter},
    };
    // Told by a condition, also the first walk has one: from before everything.
    let told = move |from: Option<Timestamp>| match (from, told) {
        (None, Told::BySetter) => None,
        (from, Told::BySetter) => from.map(|from| (from, told)),
        (from, Told::ByCondition) => Some((from.unwrap_or(at(0)), told)),
    };
    let shop = |sort| Shop::new(seed, sort, count, 250, bustle, true);
    simulated(async {
        let orders = |from: Option<Timestamp>| {
            let query = orders::OrdersQuery::new().limit(7);
            let query = query.sort(orders::OrdersSort::ModifiedAscending);
            Walk::orders(match told(from) {
                Some((from, Told::BySetter)) => query.modified_since(from),
                Some((from, Told::ByCondition)) => query.with(OrderFilter::ModifiedSince(from)),
                None => query,
            })
        };
        last_versions(&shop(Sort::Orders), orders, order).await?;
        let products = |from: Option<Timestamp>| {
            let query = products::ProductsQuery::new().limit(7);
            let query = query.sort(products::ProductsSort::ModifiedAscending);
            Walk::products(match told(from) {
                Some((from, Told::BySetter)) => query.modified_since(from),
                Some((from, Told::ByCondition)) => query.with(ProductFilter::ModifiedSince(from)),
                None => query,
            })
        };
        last_versions(&shop(Sort::Products), products, product).await?;
        let customers = |from: Option<Timestamp>| {
            let query = CustomersQuery::new().limit(7);
            let query = query.sort(CustomersSort::ModifiedAscending);
            Walk::customers(match told(from) {
                Some((from, Told::BySetter)) => query.modified_since(from),
                Some((from, Told::ByCondition)) => query.with(CustomerFilter::ModifiedSince(from)),
                None => query,
            })
        };
        last_versions(&shop(Sort::Customers), customers, customer).await
    })
}

#[test]
fn a_change_in_the_very_second_in_which_a_walk_ends_comes_with_the_next_one() {
    // Found by the property below: a thing moves onto the first page of the last second while its
    // second page is read.
    changes(1_578_625_436, 37, 2).unwrap();
}

#[test]
fn a_second_change_within_the_second_in_which_the_first_was_read_is_given() {
    let first: Timestamp = "2026-06-19T08:00:00Z".parse().unwrap();
    let later = |seconds| first + jiff::SignedDuration::from_secs(seconds);
    let written = |at: Timestamp| at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string();
    let changed = |id, at, message: &str| {
        let mut order = support::order(id);
        order["date_modified"] = written(at).into();
        order["customer_message"] = message.into();
        order
    };
    let given = |first_page_read_at: Option<Timestamp>| {
        simulated(async {
            let page = |read_at: Option<Timestamp>, orders: Vec<Value>| {
                let date = read_at.map(written);
                let headers = date.as_deref().map(|date| ("Date", date));
                support::answer_with(200, headers.as_slice(), Value::Array(orders))
            };
            let once = [changed(1, first, "once"), changed(2, first, "once")];
            let twice = [changed(1, first, "once"), changed(2, first, "twice")];
            let last = [changed(3, later(5), "once")];
            let stage = Stage::new([
                page(first_page_read_at, once.into()),
                page(Some(later(9)), twice.into()),
                page(Some(later(9)), last.into()),
            ]);
            let query = orders::OrdersQuery::new().limit(2);
            let walk = Walk::orders(query.sort(orders::OrdersSort::ModifiedAscending));
            let pages = stage
                .client
                .walk(walk, Lane::Refresh, Duration::from_secs(9))
                .pages();
            let pages: Vec<Vec<_>> = pages
                .map(|page| {
                    let orders = page.unwrap().value.items.into_iter();
                    let told = orders.map(|order| (order.id.0, order.customer_message));
                    told.collect::<Vec<_>>()
                })
                .collect()
                .await;
            pages.concat()
        })
    };
    let said = |all: &[(u64, &str)]| -> Vec<(u64, String)> {
        let all = all.iter();
        all.map(|(id, message)| (*id, (*message).to_owned()))
            .collect()
    };
    // Read while the second may have gone on.
    for read_at in [first, later(1)] {
        assert_eq!(
            given(Some(read_at)),
            said(&[
                (1, "once"),
                (2, "once"),
                (1, "once"),
                (2, "twice"),
                (3, "once")
            ])
        );
    }
    // Read when it was over, or nobody knows when: what is told by its time comes once.
    for read_at in [Some(later(2)), None] {
        assert_eq!(
            given(read_at),
            said(&[(1, "once"), (2, "once"), (3, "once")])
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn changes_made_while_changes_are_walked_are_neither_missed_nor_doubled(
        seed in any::<u32>(), count in 0_u64..60, bustle in 0_u64..3,
    ) {
        changes(u64::from(seed), count, bustle)?;
    }

    #[test]
    fn of_a_change_that_can_not_be_read_word_comes_once(
        seed in any::<u32>(), count in 0_u64..60, bustle in 0_u64..3, broken_in in 1_u64..6,
    ) {
        let shop = Shop::new(u64::from(seed), Sort::Orders, count, 250, bustle, true);
        shop.state.lock().unwrap().broken_in = broken_in;
        simulated(async {
            let walk = orders_by(orders::OrdersSort::ModifiedAscending);
            let mut told = BTreeSet::new();
            for came in came(&shop, walk, order).await {
                if let Came::Told(number) = came {
                    prop_assert!(told.insert(number), "{} was told of twice", number);
                }
            }
            Ok(())
        })?;
    }
}

#[test]
fn what_changes_are_told_by_comes_along_whatever_fields_are_wanted() {
    use products::{ProductsQuery, ProductsSort};
    let asked = |query: ProductsQuery| {
        let request = products::list_full(&query);
        let text = request.query();
        let pairs = url::form_urlencoded::parse(text.as_bytes()).into_owned();
        let fields = pairs.filter(|(name, _)| name.ends_with("_fields"));
        fields.map(|(_, value)| value).collect::<Vec<_>>()
    };
    let by_change = || ProductsQuery::new().sort(ProductsSort::ModifiedAscending);
    assert_eq!(
        asked(by_change().only_fields(["name"])),
        ["name,date_modified"]
    );
    assert_eq!(
        asked(by_change().only_fields(["date_modified", "name"])),
        ["date_modified,name"]
    );
    assert_eq!(
        asked(by_change().without_fields(["date_modified", "name"])),
        ["name"]
    );
    assert_eq!(
        asked(by_change().without_fields(["date_modified"])),
        [""; 0]
    );
    assert_eq!(asked(ProductsQuery::new().only_fields(["name"])), ["name"]);
    assert_eq!(
        asked(ProductsQuery::new().without_fields(["date_modified"])),
        ["date_modified"]
    );
}

#[test]
fn a_condition_never_holds_a_walk_to_where_it_began() {
    use bigcommerce::request::filters::{OrderFilter, ProductFilter};
    use orders::{OrdersQuery, OrdersSort};
    use products::{ProductsQuery, ProductsSort};
    simulated(async {
        let requests = async |walk: Walk<Order>| {
            let shop = Shop::new(1, Sort::Orders, 40, 250, 0, true);
            assert_eq!(walked(&shop, walk, order).await.len(), 40);
            let state = shop.state.lock().unwrap();
            state.requests
        };
        let query = OrdersQuery::new().limit(7);
        let up = query.clone().with(OrderFilter::MinId(OrderId(1)));
        assert_eq!(requests(Walk::orders(up)).await, 6);
        let down = query.sort(OrdersSort::IdDescending);
        let down = down.with(OrderFilter::MaxId(OrderId(1000)));
        assert_eq!(requests(Walk::orders(down)).await, 6);

        let requests = async |walk: Walk<commerce::Product>| {
            let shop = Shop::new(1, Sort::Products, 40, 250, 0, true);
            assert_eq!(walked(&shop, walk, product).await.len(), 40);
            let state = shop.state.lock().unwrap();
            state.requests
        };
        let query = ProductsQuery::new().limit(7);
        let up = query
            .clone()
            .with(ProductFilter::IdMin(commerce::ProductId(1)));
        assert_eq!(requests(Walk::products(up)).await, 6);
        let down = query.sort(ProductsSort::IdDescending);
        let down = down.with(ProductFilter::IdMax(commerce::ProductId(1000)));
        assert_eq!(requests(Walk::products(down)).await, 6);
    });
}

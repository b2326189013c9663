//! Lists that change while they are read.

mod ahead;
mod changes;
mod lines;
mod shop;

use std::{sync::Arc, time::Duration};

use bigcommerce::{
    ApiOrigin, Lane, TransportErrorKind, Walk,
    request::{ListQuery, orders, products},
};
use commerce::{Order, OrderId};
use futures::StreamExt;
use proptest::{prelude::*, test_runner::TestCaseResult};
use serde_json::{Value, json};

use crate::support::{self, Stage, answer, client, data, fail, simulated};
use shop::{
    Counter, EARLIER, Shop, Sort, came, customer, once_each, once_each_or_told, order, product,
    variant, walked,
};

/// A list with nothing but pages of so many, while so much is deleted from it and, if so, made.
fn by_pages(seed: u64, count: u64, limit: u32, bustle: u64, makes: bool) -> TestCaseResult {
    simulated(async {
        let shop = Shop::new(seed, Sort::Variants, count, 250, bustle, makes);
        let walk = Walk::variants(ListQuery::new().limit(limit));
        once_each(&walked(&shop, walk, variant).await, &shop)
    })
}

#[test]
fn a_gap_that_moved_up_by_more_than_a_page_is_closed() {
    // Found by the property below: what is known lies on both sides of what was passed over.
    by_pages(2_320_010_733, 47, 7, 5, false).unwrap();
}

fn orders_by(sort: orders::OrdersSort) -> Walk<Order> {
    Walk::orders(orders::OrdersQuery::new().limit(7).sort(sort))
}

fn products_by(sort: products::ProductsSort) -> Walk<commerce::Product> {
    Walk::products(products::ProductsQuery::new().limit(7).sort(sort))
}

fn customers_by(sort: bigcommerce::request::customers::CustomersSort) -> Walk<commerce::Customer> {
    let query = bigcommerce::request::customers::CustomersQuery::new();
    Walk::customers(query.limit(7).sort(sort))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn changes_never_make_a_walk_by_number_or_cursor_miss_or_double_a_thing(
        seed in any::<u32>(), count in 0_u64..60, bustle in 0_u64..6,
    ) {
        use bigcommerce::request::customers::CustomersSort;
        let shop = |sort| Shop::new(u64::from(seed), sort, count, 250, bustle, true);
        simulated(async {
            let orders = shop(Sort::Orders);
            once_each(&walked(&orders, orders_by(orders::OrdersSort::IdAscending), order).await, &orders)?;
            let orders = shop(Sort::Orders);
            once_each(&walked(&orders, orders_by(orders::OrdersSort::IdDescending), order).await, &orders)?;
            let products = shop(Sort::Products);
            once_each(&walked(&products, products_by(products::ProductsSort::IdAscending), product).await, &products)?;
            let products = shop(Sort::Products);
            once_each(&walked(&products, products_by(products::ProductsSort::IdDescending), product).await, &products)?;
            let customers = shop(Sort::Customers);
            once_each(&walked(&customers, customers_by(CustomersSort::StoresOwn), customer).await, &customers)
        })?;
    }

    #[test]
    fn a_list_with_nothing_but_pages_loses_nothing_to_what_is_deleted(
        seed in any::<u32>(), count in 0_u64..60, bustle in 0_u64..6,
    ) {
        by_pages(u64::from(seed), count, 7, bustle, false)?;
    }

    #[test]
    fn a_list_with_nothing_but_pages_loses_nothing_to_what_is_deleted_and_made(
        seed in any::<u32>(), count in 0_u64..600, limit in 40_u32..60, bustle in 0_u64..16,
    ) {
        by_pages(u64::from(seed), count, limit, bustle, true)?;
    }

    #[test]
    fn what_can_not_be_read_at_times_is_told_once_and_given_as_soon_as_it_can_be(
        seed in any::<u32>(), count in 0_u64..60, bustle in 0_u64..6, broken_in in 1_u64..6,
    ) {
        let shop = |sort| {
            let shop = Shop::new(u64::from(seed), sort, count, 250, bustle, false);
            shop.state.lock().unwrap().broken_in = broken_in;
            shop
        };
        simulated(async {
            let variants = shop(Sort::Variants);
            let walk = Walk::variants(ListQuery::new().limit(7));
            once_each_or_told(&came(&variants, walk, variant).await, &variants)?;
            let orders = shop(Sort::Orders);
            let walk = orders_by(orders::OrdersSort::IdAscending);
            once_each_or_told(&came(&orders, walk, order).await, &orders)?;
            let customers = shop(Sort::Customers);
            customers.state.lock().unwrap().cursors = Some(1);
            let walk = customers_by(bigcommerce::request::customers::CustomersSort::StoresOwn);
            once_each_or_told(&came(&customers, walk, customer).await, &customers)
        })?;
    }

    #[test]
    fn walking_by_pages_takes_the_requests_that_were_foretold(
        count in 0_u64..600, limit in 10_u32..=250,
    ) {
        simulated(async {
            let shop = Shop::new(1, Sort::Variants, count, 250, 0, true);
            let walk = Walk::variants(ListQuery::new().limit(limit));
            once_each(&walked(&shop, walk, variant).await, &shop)?;
            let took = shop.state.lock().unwrap().requests as u64;
            prop_assert_eq!(took, bigcommerce::floor::by_pages(count, limit));
            Ok(())
        })?;
    }

    #[test]
    fn a_store_that_gives_less_than_it_gave_is_walked_to_the_end(
        count in 0_u64..400, before in 50_usize..200, after in 50_usize..300, from in 1_usize..4,
    ) {
        use orders::{OrdersSort, OrdersSortKey};
        let by_time = OrdersSort::By { key: OrdersSortKey::Placed, descending: false };
        for sort in [OrdersSort::IdAscending, by_time] {
            simulated(async {
                let shop = Shop::new(1, Sort::Orders, count, before, 0, true);
                shop.state.lock().unwrap().most_from = Some((from, after));
                let walk = Walk::orders(orders::OrdersQuery::new().sort(sort));
                once_each(&walked(&shop, walk, order).await, &shop)
            })?;
        }
    }

    #[test]
    fn the_size_of_pages_that_nobody_documents_is_found_out(
        count in 0_u64..500, most in 1_usize..300,
    ) {
        simulated(async {
            let shop = Shop::new(1, Sort::Orders, count, most, 0, true);
            let all = || Walk::orders(orders::OrdersQuery::new());
            once_each(&walked(&shop, all(), order).await, &shop)
        })?;
    }
}

/// How many requests walks through so many orders take, one after another, by one client.
fn requests_of_walks(counts: &[u64], most: usize) -> Vec<usize> {
    simulated(async {
        let shop = Shop::new(1, Sort::Orders, 0, most, 0, true);
        let transport = Arc::new(Counter(Arc::clone(&shop)));
        let client = client(ApiOrigin::bigcommerce(), transport, shop.clock.clone(), 1);
        let mut requests = Vec::new();
        for count in counts {
            let before = {
                let mut state = shop.state.lock().unwrap();
                state.rows = (1..=*count).map(|id| (id, EARLIER)).collect();
                state.requests
            };
            let walk = Walk::orders(orders::OrdersQuery::new());
            let pages = client
                .walk(walk, Lane::Refresh, Duration::from_secs(60))
                .pages();
            let pages: Vec<_> = pages.collect().await;
            let given: usize = pages
                .iter()
                .map(|page| page.as_ref().unwrap().value.items.len())
                .sum();
            assert_eq!(given as u64, *count);
            requests.push(shop.state.lock().unwrap().requests - before);
        }
        requests
    })
}

#[test]
fn a_short_page_that_may_be_all_a_store_gives_costs_one_more_request() {
    // 60 of 250 asked may be the end, or all that the store gives now, whatever it gave before.
    assert_eq!(requests_of_walks(&[60], 250), [2]);
    assert_eq!(requests_of_walks(&[250, 60], 250), [2, 2]);
    assert_eq!(requests_of_walks(&[100, 60, 160], 100), [2, 2, 3]);
    // So may be 49, as long as no page of this list held more.
    assert_eq!(requests_of_walks(&[49], 250), [2]);
    assert_eq!(requests_of_walks(&[20, 19, 20], 250), [2, 1, 2]);
    assert_eq!(requests_of_walks(&[49, 100, 49], 250), [2, 2, 1]);
    assert_eq!(requests_of_walks(&[0], 250), [1]);
}

#[test]
fn a_store_that_puts_few_on_a_page_is_walked_to_the_end() {
    // One page of so many looks like the last one of a store that gives more.
    assert_eq!(requests_of_walks(&[75, 70, 7], 30), [3, 3, 1]);
    assert_eq!(requests_of_walks(&[3], 1), [4]);
}

#[test]
fn a_store_that_heeds_neither_size_nor_number_of_a_page_is_left() {
    for things in [1, 2, 20] {
        let same = answer(
            200,
            Value::Array((1..=things).map(support::order_line).collect()),
        );
        simulated(async {
            let stage = Stage::new([same]);
            let walk = Walk::lines(OrderId(7), "GBP".parse().unwrap());
            let pages = stage
                .client
                .walk(walk, Lane::Refresh, Duration::from_secs(9))
                .pages();
            let pages: Vec<_> = pages
                .take(20)
                .map(|page| page.unwrap().value)
                .collect()
                .await;
            let given: usize = pages.iter().map(|page| page.items.len()).sum();
            assert_eq!(given as u64, things);
            assert!(pages.len() < 8, "{things}: {}", pages.len());
        });
    }
}

#[test]
fn a_list_without_cursors_is_counted_through_from_its_first_page() {
    use bigcommerce::request::customers::{CustomersQuery, CustomersSort};
    for seed in 0..60 {
        let shop = Shop::new(seed, Sort::Customers, 300, 250, 8, true);
        shop.state.lock().unwrap().cursors = Some(usize::try_from(seed % 3).unwrap());
        simulated(async {
            let query = CustomersQuery::new()
                .limit(50)
                .sort(CustomersSort::StoresOwn);
            let given = walked(&shop, Walk::customers(query), customer).await;
            once_each(&given, &shop).unwrap();
        });
    }
}

#[test]
fn a_page_that_failed_is_asked_again_by_the_same_walker() {
    simulated(async {
        let stage = Stage::new([
            answer(200, Value::Array((1..=2).map(support::order).collect())),
            // Ahead, and once more when somebody waits for it.
            fail(TransportErrorKind::Tls, false),
            fail(TransportErrorKind::Tls, false),
            answer(204, ""),
        ]);
        let walk = Walk::orders(orders::OrdersQuery::new().limit(2));
        let mut walker = stage
            .client
            .walk(walk, Lane::Person, Duration::from_secs(9));
        assert_eq!(walker.next().await.unwrap().unwrap().value.items.len(), 2);
        walker.next().await.unwrap().unwrap_err();
        assert_eq!(walker.next().await.unwrap().unwrap().value.items.len(), 0);
        assert!(walker.next().await.is_none());
        let urls: Vec<_> = stage
            .script
            .requests()
            .into_iter()
            .map(|sent| sent.url)
            .collect();
        assert!(urls[1].contains("min_id=3"), "{urls:?}");
        assert_eq!(urls.len(), 4);
        assert!(urls[1..].iter().all(|url| *url == urls[1]), "{urls:?}");
    });
}

#[test]
fn options_and_modifiers_make_pages_of_ten_whatever_the_store_says_of_them() {
    use products::{ProductInclude, ProductsQuery};
    simulated(async {
        let page = |ids: std::ops::Range<u64>| {
            let mut body = data(ids.map(support::product).collect::<Vec<_>>());
            body["meta"]["pagination"]["per_page"] = json!(250);
            answer(200, body)
        };
        let stage = Stage::new([page(1..11), page(11..14)]);
        let query = ProductsQuery::new().include([ProductInclude::Options]);
        let walk = Walk::products_full(query);
        let pages = stage
            .client
            .walk(walk, Lane::Refresh, Duration::from_secs(9))
            .pages();
        let pages: Vec<_> = pages.collect().await;
        assert_eq!(pages.len(), 2);
        let urls: Vec<_> = stage
            .script
            .requests()
            .into_iter()
            .map(|sent| sent.url)
            .collect();
        assert!(urls[0].contains("limit=10"), "{urls:?}");
        assert!(urls[1].contains("id:min=11"), "{urls:?}");
    });
}

#[test]
fn a_page_that_is_shorter_than_the_store_says_is_not_taken_for_the_end() {
    simulated(async {
        let page = |ids: std::ops::Range<u64>, total: u64| {
            let mut body = data(ids.map(support::product).collect::<Vec<_>>());
            body["meta"]["pagination"]["total"] = json!(total);
            answer(200, body)
        };
        let stage = Stage::new([page(1..11, 13), page(11..14, 3)]);
        let walk = Walk::products(products::ProductsQuery::new());
        let pages = stage
            .client
            .walk(walk, Lane::Refresh, Duration::from_secs(9))
            .pages();
        assert_eq!(pages.count().await, 2);
    });
}

#[test]
fn a_first_page_that_is_shorter_than_the_total_is_followed_by_its_cursor() {
    use bigcommerce::request::customers::CustomersQuery;
    simulated(async {
        let page = |ids: std::ops::Range<u64>, cursor: &str| {
            let mut body = data(ids.map(support::customer).collect::<Vec<_>>());
            body["meta"]["pagination"]["total"] = json!(13);
            body["meta"]["cursor_pagination"] = json!({"per_page": 250, "end_cursor": cursor});
            answer(200, body)
        };
        let stage = Stage::new([page(1..11, "c10"), page(11..14, "c13")]);
        let walk = Walk::customers(CustomersQuery::new());
        let pages = stage
            .client
            .walk(walk, Lane::Refresh, Duration::from_secs(9))
            .pages();
        let counts: Vec<_> = pages
            .map(|page| page.unwrap().value.items.len())
            .collect()
            .await;
        assert_eq!(counts, [10, 3]);
        let requests = stage.script.requests();
        assert_eq!(requests.len(), 2);
        assert!(requests[1].url.contains("after=c10"), "{requests:?}");
    });
}

#[test]
fn a_page_of_which_nothing_can_be_read_does_not_stop_the_walk() {
    simulated(async {
        let broken: Vec<Value> = (1..=2).map(|_| json!({"id": "?"})).collect();
        let stage = Stage::new([
            answer(200, Value::Array(broken)),
            answer(200, Value::Array((3..=4).map(support::order).collect())),
            answer(204, ""),
        ]);
        let walk = Walk::orders(orders::OrdersQuery::new().limit(2));
        let pages = stage
            .client
            .walk(walk, Lane::Refresh, Duration::from_secs(9))
            .pages();
        let pages: Vec<_> = pages.map(|page| page.unwrap().value).collect().await;
        assert_eq!(pages[0].broken.len(), 2);
        let ids: Vec<_> = pages[1].items.iter().map(|order| order.id).collect();
        assert_eq!(ids, [OrderId(3), OrderId(4)]);
    });
}

#[test]
fn whatever_a_walk_meets_it_comes_to_an_end() {
    simulated(async {
        // A store that ignores where it is asked to begin.
        let same = answer(200, Value::Array((1..=2).map(support::order).collect()));
        let stage = Stage::new([same.clone(), same.clone(), same, answer(204, "")]);
        let walk = Walk::orders(orders::OrdersQuery::new().limit(2));
        let pages = stage
            .client
            .walk(walk, Lane::Refresh, Duration::from_secs(9))
            .pages();
        let pages: Vec<_> = pages
            .map(|page| page.unwrap().value.items.len())
            .collect()
            .await;
        assert_eq!(pages, [2, 0, 0, 0], "nothing comes twice");
        // A cursor that leads nowhere.
        let mut body = data(vec![support::customer(1)]);
        body["meta"]["cursor_pagination"] = json!({"per_page": 1, "end_cursor": "x"});
        let stage = Stage::new([answer(200, body)]);
        let query = bigcommerce::request::customers::CustomersQuery::new().limit(1);
        let walk = Walk::customers(query);
        let pages = stage
            .client
            .walk(walk, Lane::Refresh, Duration::from_secs(9))
            .pages();
        assert_eq!(pages.count().await, 2);
    });
}

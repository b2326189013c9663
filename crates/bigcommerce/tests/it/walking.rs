//! Lists that change while they are read.

mod ahead;
mod shop;

use std::{sync::Arc, time::Duration};

use bigcommerce::{
    ApiOrigin, Lane, TransportErrorKind, Walk,
    request::{ListQuery, orders, products},
};
use commerce::{Order, OrderId};
use futures::StreamExt;
use jiff::Timestamp;
use proptest::{prelude::*, test_runner::TestCaseResult};
use serde_json::{Value, json};

use crate::{
    support::{self, Stage, answer, client, data, fail, simulated},
    things,
};
use shop::{
    Counter, EARLIER, Shop, Sort, at, customer, last_versions, once_each, order, product, variant,
    walked,
};

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

#[test]
fn a_change_in_the_very_second_in_which_a_walk_ends_comes_with_the_next_one() {
    // Found by the property below: a thing moves onto the first page of the last second while its
    // second page is read.
    changes(1_578_625_436, 37, 2).unwrap();
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
    fn changes_made_while_changes_are_walked_are_neither_missed_nor_doubled(
        seed in any::<u32>(), count in 0_u64..60, bustle in 0_u64..3,
    ) {
        changes(u64::from(seed), count, bustle)?;
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
fn lines_that_were_cut_are_asked_for_by_themselves() {
    simulated(async {
        let mut cut = things::full_order(7);
        cut["consignments"]["shipping"][0]["__warning__"] = json!({"message": "only 50"});
        // Two pieces of each line: what came is all, and nothing more has to be asked for.
        let mut told = cut.clone();
        told["items_total"] = json!(120);
        let lines: Vec<Value> = (1..=60).map(support::order_line).collect();
        let stage = Stage::new([
            answer(200, json!([things::full_order(6), told, cut])),
            answer(200, Value::Array(lines.clone())),
            answer(200, Value::Array(lines)),
            // Whether 60 are all only the next page tells, which begins with the last of them.
            answer(200, json!([support::order_line(60)])),
        ]);
        let query = orders::OrdersQuery::new().include([orders::OrderInclude::Lines]);
        let list = stage
            .send(orders::list_full(&query), Lane::Refresh, 9)
            .await
            .unwrap();
        let patience = Duration::from_secs(9);
        let mut counts = Vec::new();
        for order in &list.value.items {
            let (lines, broken) = stage
                .client
                .lines_of(order, Lane::Refresh, patience)
                .await
                .unwrap();
            assert!(broken.is_empty());
            counts.push(lines.len());
        }
        assert_eq!(counts, [3, 60, 60]);
        let urls: Vec<_> = stage
            .script
            .requests()
            .into_iter()
            .map(|sent| sent.url)
            .collect();
        assert!(urls[0].contains("include=consignments.line_items&consignment_structure=object"));
        assert!(
            urls[1].contains("/v2/orders/7/products?page=1&limit=250"),
            "{urls:?}"
        );
        assert_eq!(urls.len(), 4, "the first order's lines were all there");
        assert!(urls[3].contains("page=2&limit=59"), "{urls:?}");
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

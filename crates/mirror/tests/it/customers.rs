//! Customers, and what they have ordered.

use std::collections::BTreeMap;

use commerce::{Address, Customer, CustomerId, Money, Order, OrderId, StatusId};
use mirror::{CustomerSort, CustomersQuery, Mirror, Ordered, OrdersQuery, Query as _, Sales};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::{at, open, order, put, usd};

pub(crate) fn customer(id: u64) -> Customer {
    Customer {
        id: CustomerId(id),
        email: format!("p{id}@example.com"),
        first_name: "Ines".into(),
        last_name: format!("Maro {id}"),
        company: String::new(),
        phone: String::new(),
        notes: String::new(),
        group_id: None,
        store_credit: Decimal::ZERO,
        addresses: Vec::new().into(),
        accepts_marketing: false,
        created_at: at(i64::try_from(id).unwrap()),
        modified_at: at(0),
    }
}

fn of(customer: u64, id: u64, status: u32, total: &str, currency: &str) -> Order {
    Order {
        customer_id: Some(CustomerId(customer)),
        total: Money::new(total.parse().unwrap(), currency.parse().unwrap()),
        ..order(id, status, 0)
    }
}

fn found(mirror: &Mirror, query: &CustomersQuery) -> Vec<u64> {
    query.view(mirror).unwrap().iter().map(|id| id.0).collect()
}

#[test]
fn search_finds_by_name_company_mail_and_phone_however_it_is_written() {
    let (_folder, mirror) = open();
    let known = Customer {
        email: "Lena@Solberg.example".into(),
        first_name: "Lena".into(),
        last_name: "Ødegård".into(),
        company: "Tind AS".into(),
        phone: "+47 22 33 44 55".into(),
        addresses: vec![Address {
            phone: "(360) 555-0148".into(),
            ..Address::default()
        }]
        .into(),
        ..customer(1)
    };
    put(&mirror, &[known, customer(2)]);
    for text in [
        "lena ødegård",
        "ØDEGÅRD",
        "tind",
        "solberg.EX",
        "4722334455",
        "22 33",
        "3605550148",
    ] {
        let query = CustomersQuery {
            search: text.into(),
            ..CustomersQuery::default()
        };
        assert_eq!(found(&mirror, &query), [1], "{text}");
    }
}

#[test]
fn what_was_ordered_counts_by_currency_and_without_what_came_to_nothing() {
    let (_folder, mirror) = open();
    put(&mirror, &[customer(1), customer(2), customer(3)]);
    let archived = Order {
        is_archived: true,
        ..of(1, 9, 2, "1000", "USD")
    };
    put(
        &mirror,
        &[
            of(1, 1, 11, "10.10", "USD"),
            of(1, 2, 2, "0.0001", "USD"),
            of(1, 3, 10, "7", "EUR"),
            of(1, 4, 0, "500", "USD"),
            of(1, 5, 5, "500", "USD"),
            of(1, 6, 6, "500", "USD"),
            of(1, 7, 4, "500", "USD"),
            of(2, 8, 11, "8", "USD"),
            archived,
        ],
    );
    let all = [1, 2, 3].map(CustomerId);
    let ordered = mirror.ordered_by(all).unwrap();
    let eur = commerce::Money::new(Decimal::from(7), "EUR".parse().unwrap());
    assert_eq!(
        ordered[&CustomerId(1)],
        Ordered {
            orders: 6,
            spent: vec![usd("10.1001"), eur],
        }
    );
    assert_eq!(ordered[&CustomerId(2)].spent, [usd("8")]);
    assert_eq!(ordered.get(&CustomerId(3)), None);
    assert_eq!(
        mirror.newest_orders_of(CustomerId(1), 3).unwrap(),
        [7, 6, 5].map(OrderId)
    );
    let by = |sort, currency: Option<&str>| {
        let query = CustomersQuery {
            sort,
            currency: currency.map(|code| code.parse().unwrap()),
            descending: true,
            ..CustomersQuery::default()
        };
        found(&mirror, &query)
    };
    assert_eq!(by(CustomerSort::Orders, None), [1, 2, 3]);
    assert_eq!(by(CustomerSort::Spent, Some("USD")), [1, 2, 3]);
    assert_eq!(by(CustomerSort::Spent, Some("EUR")), [1, 3, 2]);
    assert_eq!(by(CustomerSort::Registered, None), [3, 2, 1]);
    assert_eq!(by(CustomerSort::Email, None), [3, 2, 1]);
}

#[test]
fn sales_are_those_of_the_stretch_asked_for() {
    let (_folder, mirror) = open();
    // Orders are placed at the second of their number.
    put(
        &mirror,
        &[
            of(1, 99, 11, "1", "USD"),
            of(1, 100, 11, "2.5", "USD"),
            of(1, 150, 5, "4", "USD"),
            of(1, 199, 2, "8.25", "USD"),
            of(1, 200, 2, "16", "USD"),
        ],
    );
    let sales = mirror
        .sales(&[(at(100), at(200)), (at(201), at(300))])
        .unwrap();
    assert_eq!(sales[0].orders, 3);
    assert_eq!(sales[0].amounts, [usd("10.75")]);
    assert_eq!(sales[1], Sales::default());
    assert_eq!(
        mirror.usual_currency().unwrap(),
        Some("USD".parse().unwrap())
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// What all customers spent is what all orders that are sales come to, to the last digit.
    #[test]
    fn no_amount_is_lost_between_customers(
        orders in prop::collection::vec((1u64..6, 0u32..15, 0i64..99_999_999), 1..40),
    ) {
        let (_folder, mirror) = open();
        let kept: Vec<Order> = (1..)
            .zip(&orders)
            .map(|(id, (customer, status, e4))| {
                of(*customer, id, *status, &Decimal::new(*e4, 4).to_string(), "USD")
            })
            .collect();
        put(&mirror, &kept);
        let ordered = mirror.ordered_by((1..6).map(CustomerId)).unwrap();
        let spent: Decimal = ordered.values().flat_map(|o| &o.spent).map(|m| m.amount).sum();
        let wanted: Decimal = kept
            .iter()
            .filter(|order| ![0, 4, 5, 6].contains(&order.status_id.0))
            .map(|order| order.total.amount)
            .sum();
        prop_assert_eq!(spent, wanted);
        let sales = mirror.sales(&[(at(0), at(1_000))]).unwrap().remove(0);
        let sold: Decimal = sales.amounts.iter().map(|m| m.amount).sum();
        prop_assert_eq!(sold, wanted);
        let counted: u32 = ordered.values().map(|o| o.orders).sum();
        prop_assert_eq!(counted, sales.orders);
    }
}

#[test]
fn amounts_of_several_currencies_are_never_added_together() {
    let (_folder, mirror) = open();
    put(
        &mirror,
        &[
            of(1, 100, 11, "1", "USD"),
            of(1, 101, 11, "2", "EUR"),
            of(1, 102, 11, "4", "EUR"),
            of(1, 103, 5, "8", "GBP"),
            of(1, 200, 11, "16", "USD"),
        ],
    );
    let sales = mirror
        .sales(&[(at(100), at(200)), (at(200), at(300))])
        .unwrap();
    let amount =
        |text: &str, currency: &str| Money::new(text.parse().unwrap(), currency.parse().unwrap());
    assert_eq!(sales[0].orders, 4);
    // The commonest first. Pounds were ordered, and came to nothing.
    assert_eq!(
        sales[0].amounts,
        [amount("6", "EUR"), amount("0", "GBP"), usd("1")]
    );
    assert_eq!(sales[1].amounts, [usd("16")]);
}

#[test]
fn the_oldest_order_of_a_status_and_those_since_a_moment_are_found() {
    let (_folder, mirror) = open();
    let archived = Order {
        is_archived: true,
        ..of(1, 90, 11, "1", "USD")
    };
    put(
        &mirror,
        &[
            archived,
            of(1, 120, 11, "1", "USD"),
            of(1, 110, 11, "1", "USD"),
            of(1, 100, 2, "1", "USD"),
        ],
    );
    let (awaiting, pending) = (StatusId(11), StatusId(1));
    let oldest = mirror.oldest_in_status(awaiting).unwrap();
    assert_eq!(oldest, Some((OrderId(110), at(110))));
    assert_eq!(mirror.oldest_in_status(pending).unwrap(), None);
    assert_eq!(mirror.count_in_status(awaiting, at(110)).unwrap(), 2);
    assert_eq!(mirror.count_in_status(awaiting, at(111)).unwrap(), 1);
}

#[test]
fn those_who_registered_since_a_moment_are_listed_and_counted() {
    let (_folder, mirror) = open();
    // Customers register at the second of their number.
    put(&mirror, &[customer(1), customer(2), customer(3)]);
    let since = |second| {
        let query = CustomersQuery {
            registered_since: Some(at(second)),
            sort: CustomerSort::Registered,
            ..CustomersQuery::default()
        };
        let listed = found(&mirror, &query);
        let counted = mirror.customers_since(at(second)).unwrap();
        assert_eq!(counted as usize, listed.len());
        listed
    };
    assert_eq!(since(2), [2, 3]);
    assert_eq!(since(4), [0; 0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// However a stretch is cut, its parts make up the whole, in each currency.
    #[test]
    fn parts_of_a_stretch_make_up_the_whole(
        orders in prop::collection::vec((0u32..15, 0i64..99_999_999, 0usize..3, any::<bool>()), 1..40),
        mut cuts in prop::collection::vec(1i64..41, 0..6),
    ) {
        let (_folder, mirror) = open();
        let kept: Vec<Order> = (1..)
            .zip(&orders)
            .map(|(id, (status, e4, currency, is_archived))| Order {
                is_archived: *is_archived,
                ..of(1, id, *status, &Decimal::new(*e4, 4).to_string(), ["USD", "EUR", "GBP"][*currency])
            })
            .collect();
        put(&mirror, &kept);
        cuts.extend([0, 41]);
        cuts.sort_unstable();
        let mut stretches = vec![(at(0), at(41))];
        stretches.extend(cuts.windows(2).map(|cut| (at(cut[0]), at(cut[1]))));
        let sales = mirror.sales(&stretches).unwrap();
        let (whole, parts) = sales.split_first().unwrap();
        prop_assert_eq!(parts.iter().map(|part| part.orders).sum::<u32>(), whole.orders);
        let sum = |of: &[Sales]| {
            let mut sums: BTreeMap<String, Decimal> = BTreeMap::new();
            for amount in of.iter().flat_map(|part| &part.amounts) {
                *sums.entry(amount.currency.to_string()).or_default() += amount.amount;
            }
            sums
        };
        prop_assert_eq!(sum(parts), sum(std::slice::from_ref(whole)));
        // And the whole is what the list of those orders holds.
        let listed = OrdersQuery {
            placed: Some((at(0), at(41))),
            ..OrdersQuery::default()
        };
        prop_assert_eq!(listed.view(&mirror).unwrap().ids.len(), whole.orders as usize);
    }
}

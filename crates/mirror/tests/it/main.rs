//! The mirror as its users see it, over real files.
#![expect(clippy::unwrap_used, reason = "tests say what they expect by failing")]

mod customers;
mod find;
mod order_parts;
mod products;
mod refunds;
mod size;

use commerce::{
    Address, Change, CustomerId, Money, Order, OrderFields, OrderId, OrderStatus, StatusId, Subject,
};
use jiff::Timestamp;
use mirror::{Area, Item, Marks, Mirror, OrderSort, OrdersQuery, Pending, Query as _, Unreadable};
use proptest::prelude::*;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + seconds).unwrap()
}

fn usd(text: &str) -> Money {
    Money::new(text.parse().unwrap(), "USD".parse().unwrap())
}

fn order(id: u64, status: u32, modified: i64) -> Order {
    Order {
        id: OrderId(id),
        status_id: StatusId(status),
        placed_at: at(i64::try_from(id).unwrap()),
        modified_at: at(modified),
        shipped_at: None,
        customer_id: Some(CustomerId(id % 3)),
        billing: Address {
            first_name: "Ingrid".into(),
            last_name: format!("Solberg {id}"),
            email: format!("ingrid{id}@example.com"),
            phone: "+1 (360) 555-0148".into(),
            ..Address::default()
        },
        item_count: 2,
        subtotal: usd("10.0000"),
        discount: usd("0.0000"),
        shipping: usd("1.0000"),
        handling: None,
        wrapping: None,
        tax: usd("0.1000"),
        store_credit: None,
        gift_certificates: None,
        total: usd("11.1000"),
        payment_method: "Manual".into(),
        payment_status: "captured".into(),
        staff_notes: String::new(),
        customer_message: String::new(),
        channel_id: None,
        source: "www".into(),
        is_archived: false,
    }
}

fn ids(mirror: &Mirror, query: &OrdersQuery) -> Vec<u64> {
    query
        .view(mirror)
        .unwrap()
        .ids
        .iter()
        .map(|id| id.0)
        .collect()
}

fn open() -> (tempfile::TempDir, Mirror) {
    let folder = tempfile::tempdir().unwrap();
    let mirror = Mirror::open(&folder.path().join("mirror.sqlite")).unwrap();
    (folder, mirror)
}

fn put<T: Item>(mirror: &Mirror, items: &[T]) {
    let asked = mirror.stamp();
    mirror
        .put_page(asked, items, &[], |_| Marks::default())
        .unwrap();
}

#[test]
fn a_page_asked_for_before_a_write_was_answered_never_overwrites_the_answer() {
    let (_folder, mirror) = open();
    put(&mirror, &[order(1, 11, 0)]);
    let asked = mirror.stamp();
    mirror.put_answer(&order(1, 2, 5)).unwrap();
    let report = mirror
        .put_page(asked, &[order(1, 11, 3)], &[], |report| Marks {
            changes_since: report.left_alone_since,
            ..Marks::default()
        })
        .unwrap();
    assert_eq!(
        mirror.order(OrderId(1)).unwrap().unwrap().status_id,
        StatusId(2)
    );
    assert_eq!(report.left_alone_since, Some(at(3)));
    assert_eq!(
        mirror.marks(Area::Orders).unwrap().changes_since,
        Some(at(3))
    );
}

#[test]
fn a_page_asked_for_after_a_restart_still_counts_as_later() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mirror.sqlite");
    let mirror = Mirror::open(&path).unwrap();
    for _ in 0..50 {
        mirror.put_answer(&order(1, 2, 5)).unwrap();
    }
    drop(mirror);
    let mirror = Mirror::open(&path).unwrap();
    put(&mirror, &[order(1, 10, 9)]);
    assert_eq!(
        mirror.order(OrderId(1)).unwrap().unwrap().status_id,
        StatusId(10)
    );
}

fn status(id: u32) -> OrderFields {
    OrderFields {
        status_id: Some(StatusId(id)),
        staff_notes: None,
    }
}

#[test]
fn a_change_on_its_way_is_what_lists_show_filter_and_count_by() {
    let (_folder, mirror) = open();
    put(&mirror, &[order(1, 11, 0), order(2, 11, 0)]);
    let pending = Pending {
        entry: "e".into(),
        change: Change::Order {
            id: OrderId(1),
            before: status(11),
            after: status(2),
        },
    };
    mirror.put_pending(&[pending]).unwrap();
    let shipped = OrdersQuery {
        status: Some(StatusId(2)),
        ..OrdersQuery::default()
    };
    assert_eq!(ids(&mirror, &shipped), [1]);
    // A refresh that still has the old status doesn't make it jump back.
    put(&mirror, &[order(1, 11, 1)]);
    assert_eq!(ids(&mirror, &shipped), [1]);
    assert_eq!(
        mirror.counts_by_status().unwrap(),
        [(StatusId(2), 1), (StatusId(11), 1)]
    );
    mirror
        .remove_pending("e", Subject::Order(OrderId(1)))
        .unwrap();
    assert!(ids(&mirror, &shipped).is_empty());
}

#[test]
fn search_finds_by_number_name_mail_and_phone_however_it_is_written() {
    let (_folder, mirror) = open();
    put(&mirror, &[order(48207, 11, 0), order(5, 11, 0)]);
    for text in ["48207", "SOLBERG 48207", "ingrid48207@", "solberg  48207"] {
        let query = OrdersQuery {
            search: text.into(),
            ..OrdersQuery::default()
        };
        assert_eq!(ids(&mirror, &query), [48207], "{text}");
    }
    let phone = OrdersQuery {
        search: "3605550148".into(),
        ..OrdersQuery::default()
    };
    assert_eq!(ids(&mirror, &phone).len(), 2);
}

#[test]
fn unfinished_checkouts_stay_hidden_unless_asked_for() {
    let (_folder, mirror) = open();
    put(&mirror, &[order(1, 0, 0), order(2, 11, 0)]);
    assert_eq!(ids(&mirror, &OrdersQuery::default()), [2]);
    let all = OrdersQuery {
        show_incomplete: true,
        ..OrdersQuery::default()
    };
    assert_eq!(ids(&mirror, &all), [1, 2]);
}

#[test]
fn a_stretch_of_time_holds_its_beginning_and_not_its_end() {
    let (_folder, mirror) = open();
    put(
        &mirror,
        &[order(1, 11, 0), order(2, 11, 0), order(3, 11, 0)],
    );
    let placed = |id| order(id, 11, 0).placed_at;
    let stretch = |from, to| OrdersQuery {
        placed: Some((from, to)),
        ..OrdersQuery::default()
    };
    assert_eq!(ids(&mirror, &stretch(placed(2), placed(3))), [2]);
    assert!(ids(&mirror, &stretch(placed(2), placed(2))).is_empty());
    let ever = stretch(jiff::Timestamp::MIN, jiff::Timestamp::MAX);
    assert_eq!(ids(&mirror, &ever).len(), 3);
}

#[test]
fn placed_orders_are_counted_without_unfinished_checkouts() {
    let (_folder, mirror) = open();
    put(&mirror, &[order(1, 0, 0), order(2, 11, 0)]);
    assert_eq!(mirror.placed_orders().unwrap(), 1);
    // Somebody finished theirs.
    put(&mirror, &[order(1, 11, 1)]);
    assert_eq!(mirror.placed_orders().unwrap(), 2);
}

#[test]
fn statuses_sort_as_the_control_panel_lists_them_not_by_number() {
    let (_folder, mirror) = open();
    let status = |id, position| OrderStatus {
        id: StatusId(id),
        label: "Same".into(),
        system_label: id.to_string(),
        position,
    };
    mirror
        .put_statuses(&[status(11, 3), status(2, 8), status(7, 2)])
        .unwrap();
    put(&mirror, &[order(1, 2, 0), order(2, 11, 0), order(3, 7, 0)]);
    let query = OrdersQuery {
        sort: OrderSort::Status,
        ..OrdersQuery::default()
    };
    assert_eq!(ids(&mirror, &query), [3, 2, 1]);
}

#[test]
fn an_order_that_could_not_be_read_is_named_until_it_can() {
    let (_folder, mirror) = open();
    let broken = Unreadable {
        id: "7".into(),
        path: "date_created".into(),
        reason: "not a date".into(),
    };
    let asked = mirror.stamp();
    mirror
        .put_page(
            asked,
            &[order(1, 11, 0)],
            std::slice::from_ref(&broken),
            |_| Marks::default(),
        )
        .unwrap();
    assert_eq!(mirror.unreadable(20).unwrap(), [(Area::Orders, broken)]);
    put(&mirror, &[order(7, 11, 0)]);
    assert!(mirror.unreadable(20).unwrap().is_empty());
}

#[test]
fn a_damaged_mirror_is_set_aside_and_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mirror.sqlite");
    std::fs::write(&path, vec![b'x'; 4096]).unwrap();
    assert!(matches!(Mirror::open(&path), Err(mirror::Error::Damaged)));
    let aside = Mirror::set_aside(&path, "damaged-1").unwrap();
    assert!(aside.exists());
    assert_eq!(Mirror::open(&path).unwrap().order_count().unwrap(), 0);
}

#[test]
fn a_mirror_found_damaged_in_use_is_set_aside_and_goes_on_empty() {
    let (folder, mirror) = open();
    put(&mirror, &[order(3, 11, 0), order(4, 11, 0)]);
    let (before, stamp) = (mirror.generation(), mirror.stamp());
    let query = OrdersQuery::default();
    let version = OrdersQuery::version(&mirror);

    mirror.start_over("damaged").unwrap();

    assert_ne!(mirror.generation(), before);
    assert_ne!(OrdersQuery::version(&mirror), version, "lists are told");
    assert!(mirror.stamp() > stamp);
    assert_eq!(mirror.order_count().unwrap(), 0);
    assert_eq!(mirror.marks(Area::Orders).unwrap(), Marks::default());
    put(&mirror, &[order(5, 11, 0)]);
    assert_eq!(ids(&mirror, &query), [5]);
    drop(mirror);
    let path = folder.path().join("mirror.sqlite");
    assert_eq!(Mirror::open(&path).unwrap().order_count().unwrap(), 1);
    let aside = folder.path().join("mirror.sqlite.damaged");
    assert_eq!(Mirror::open(&aside).unwrap().order_count().unwrap(), 2);
}

#[cfg(unix)]
#[test]
fn a_mirror_that_could_not_be_started_over_is_empty_until_it_can() {
    let (folder, mirror) = open();
    put(&mirror, &[order(3, 11, 0)]);
    let before = mirror.generation();
    let path = folder.path().join("mirror.sqlite");
    // Nothing can take the place of a folder that is not empty.
    let in_the_way = folder.path().join("mirror.sqlite.damaged");
    std::fs::create_dir(&in_the_way).unwrap();
    std::fs::write(in_the_way.join("x"), "x").unwrap();

    assert!(mirror.start_over("damaged").is_err());
    assert_eq!(mirror.generation(), before);
    assert_eq!(mirror.order_count().unwrap(), 0);

    std::fs::remove_dir_all(&in_the_way).unwrap();
    mirror.start_over("damaged").unwrap();
    put(&mirror, &[order(5, 11, 0)]);
    drop(mirror);
    assert_eq!(Mirror::open(&path).unwrap().order_count().unwrap(), 1);
}

#[test]
fn a_customers_orders_are_a_list_of_their_own() {
    let (_folder, mirror) = open();
    put(&mirror, &[order(3, 11, 0), order(4, 11, 0), order(6, 2, 0)]);
    let of_zero = OrdersQuery {
        customer: Some(CustomerId(0)),
        descending: true,
        ..OrdersQuery::default()
    };
    assert_eq!(ids(&mirror, &of_zero), [6, 3]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Any order of pages gives the same mirror, and every total is in the sum to the cent.
    #[test]
    fn any_order_of_pages_gives_the_same_mirror(
        numbers in prop::collection::vec(1u64..40, 1..60),
        shuffle in any::<u64>(),
        page in 1usize..9,
    ) {
        let orders: Vec<Order> = numbers.iter().map(|id| order(*id, 11, 0)).collect();
        let mut shuffled = orders.clone();
        let len = shuffled.len();
        for i in 0..len {
            let j = usize::try_from(shuffle.rotate_left(u32::try_from(i).unwrap()) % 97).unwrap() % len;
            shuffled.swap(i, j);
        }
        let (_a, first) = open();
        let (_b, second) = open();
        for page in orders.chunks(page) { put(&first, page); }
        for page in shuffled.chunks(3) { put(&second, page); }
        let query = OrdersQuery::default();
        let view = query.view(&first).unwrap();
        prop_assert_eq!(&view, &query.view(&second).unwrap());
        let count = i64::try_from(view.ids.len()).unwrap();
        prop_assert_eq!(view.totals[0].amount, rust_decimal::Decimal::new(111 * count, 1));
        prop_assert_eq!(first.orders(&view.ids).unwrap(), second.orders(&view.ids).unwrap());
    }
}

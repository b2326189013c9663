//! Lists and single things, as the window reads them.

use commerce::{CustomerId, Money, OrderId, OrderLineId, StatusId};
use mirror::{
    CustomerSort, CustomersQuery, OrdersQuery, ProductSort, ProductsQuery, StockIs, VisibilityIs,
};
use rust_decimal::Decimal;
use serde_json::json;
use workbench::{Error, Period, Span};

use crate::world::{World, control, sandbox, straight};

async fn started(orders: u32) -> World {
    let world = World::start(sandbox(orders).await, straight()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    world
}

async fn misbehave(world: &World, path: &str, fault: serde_json::Value) {
    let rules = json!({ "rules": [{ "match": { "path": path }, "fault": fault }] });
    control(&world.control, "POST", "/faults", &rules.to_string()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_of_a_list_stand_where_the_list_says() {
    let world = started(20).await;
    let (bench, store) = (&world.bench, &world.store);
    let (view, ids) = bench
        .open_list(store, ProductsQuery::default())
        .await
        .unwrap();
    let page = bench.product_rows(&view, 10, 15).await.unwrap();
    assert_eq!(page.from, 10);
    let shown: Vec<_> = page
        .rows
        .iter()
        .flatten()
        .map(|row| row.product.id)
        .collect();
    assert_eq!(shown, ids[10..15]);
    for (place, id) in ids.iter().enumerate() {
        let found = bench.place_in_list::<ProductsQuery>(&view, *id).unwrap();
        assert_eq!(found, Some(place));
    }
    // A list of products is none of orders, whatever is asked of it.
    assert!(matches!(
        bench.place_in_list::<OrdersQuery>(&view, OrderId(1)),
        Err(Error::ViewGone)
    ));
    assert!(matches!(
        bench.customer_rows(&view, 0, 1).await,
        Err(Error::ViewGone)
    ));
    // An unchanged list is the same one.
    let (again, _) = bench
        .open_list(store, ProductsQuery::default())
        .await
        .unwrap();
    assert_eq!(again, view);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_comes_with_their_orders_and_what_they_come_to() {
    let world = started(200).await;
    let (bench, store) = (&world.bench, &world.store);
    let query = CustomersQuery {
        sort: CustomerSort::Orders,
        descending: true,
        ..CustomersQuery::default()
    };
    let (view, ids) = bench.open_list(store, query).await.unwrap();
    let best: CustomerId = ids[0];
    let detail = bench.customer(store, best).await.unwrap();
    let of_theirs = OrdersQuery {
        customer: Some(best),
        descending: true,
        ..OrdersQuery::default()
    };
    let (_, orders) = bench.open_list(store, of_theirs).await.unwrap();
    assert!(!orders.ids.is_empty());
    assert_eq!(detail.row.orders as usize, orders.ids.len());
    let newest: Vec<OrderId> = detail.newest.iter().map(|(order, _)| order.id).collect();
    assert_eq!(newest, orders.ids[..newest.len()]);
    let own = detail.row.spent.currency;
    let mut spent = Money::new(Decimal::ZERO, own);
    for id in &orders.ids {
        let order = bench.order(store, *id).await.unwrap().order;
        if ![4, 5, 6].contains(&order.status_id.0) && order.total.currency == own {
            spent = spent.plus(order.total).unwrap();
        }
    }
    assert_eq!(detail.row.spent.amount, spent.amount.normalize());
    let page = bench.customer_rows(&view, 0, 1).await.unwrap();
    assert_eq!(page.rows, [Some(detail.row)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_was_asked_for_has_its_lines_and_what_else_belongs_to_it() {
    let world = started(40).await;
    let (bench, store) = (&world.bench, &world.store);
    let order = OrderId(*world.orders().await.last().unwrap());
    assert_eq!(bench.order(store, order).await.unwrap().parts, None);
    bench.refresh_order(store, order).await.unwrap();
    let detail = bench.order(store, order).await.unwrap();
    let read = detail.parts.unwrap();
    assert!(
        read.parts.unreadable.is_empty(),
        "{:?}",
        read.parts.unreadable
    );
    let pieces: Decimal = read.parts.lines.iter().map(|line| line.quantity).sum();
    assert_eq!(pieces, Decimal::from(detail.order.item_count));
    let lines: Decimal = read.parts.lines.iter().map(|line| line.total.amount).sum();
    assert_eq!(lines, detail.order.subtotal.amount);
    assert!(!read.parts.shipping_addresses.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_of_a_parcel_is_named_and_the_parcel_stays() {
    let world = started(40).await;
    let (bench, store) = (&world.bench, &world.store);
    let order = OrderId(*world.orders().await.last().unwrap());
    let parcel = json!([{ "id": 5, "items": [
        { "order_product_id": 11, "quantity": 1 },
        { "order_product_id": 12, "quantity": "many" },
    ] }]);
    let answer = json!({ "kind": "status", "status": 200, "body": parcel.to_string() });
    misbehave(&world, "/v2/orders/*/shipments", answer).await;
    bench.refresh_order(store, order).await.unwrap();
    let read = bench.order(store, order).await.unwrap().parts.unwrap();
    let [parcel] = &read.parts.shipments[..] else {
        panic!("{:?}", read.parts.shipments);
    };
    assert_eq!(parcel.items.items, [(OrderLineId(11), Decimal::ONE)]);
    let [named] = &read.parts.unreadable[..] else {
        panic!("{:?}", read.parts.unreadable);
    };
    assert!(
        named.starts_with("shipments $[0].items[1].quantity: "),
        "{named}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_of_a_choice_is_named_and_its_line_stays() {
    let world = started(40).await;
    let (bench, store) = (&world.bench, &world.store);
    let order = OrderId(*world.orders().await.last().unwrap());
    let line = json!([{ "id": 5, "quantity": 1, "product_options": [
        { "display_name": "Size", "display_value": "Large" },
        { "display_name": { "en": "Engraving" }, "display_value": "For Ada" },
    ] }]);
    let answer = json!({ "kind": "status", "status": 200, "body": line.to_string() });
    misbehave(&world, "/v2/orders/*/products", answer).await;
    bench.refresh_order(store, order).await.unwrap();
    let read = bench.order(store, order).await.unwrap().parts.unwrap();
    let [line] = &read.parts.lines[..] else {
        panic!("{:?}", read.parts.lines);
    };
    let chosen = [("Size".to_owned(), "Large".to_owned())];
    assert_eq!(line.options.items, chosen);
    let [named] = &read.parts.unreadable[..] else {
        panic!("{:?}", read.parts.unreadable);
    };
    assert!(
        named.starts_with("lines $[0].product_options[1].display_name: "),
        "{named}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_fails_is_named_and_loses_neither_the_others_nor_what_was_known() {
    let world = started(40).await;
    let (bench, store) = (&world.bench, &world.store);
    let order = OrderId(*world.orders().await.last().unwrap());
    bench.refresh_order(store, order).await.unwrap();
    let before = bench
        .order(store, order)
        .await
        .unwrap()
        .parts
        .unwrap()
        .parts;
    let refused = json!({ "kind": "status", "status": 422, "body": "{}" });
    misbehave(&world, "/v2/orders/*/products", refused).await;
    bench.refresh_order(store, order).await.unwrap();
    let after = bench
        .order(store, order)
        .await
        .unwrap()
        .parts
        .unwrap()
        .parts;
    assert_eq!(after.lines, before.lines);
    assert_eq!(after.shipping_addresses, before.shipping_addresses);
    let [named] = &after.unreadable[..] else {
        panic!("{:?}", after.unreadable);
    };
    assert!(named.starts_with("lines: "), "{named}");
    // Once it works again nothing is named any more.
    control(&world.control, "DELETE", "/faults", "").await;
    bench.refresh_order(store, order).await.unwrap();
    let last = bench
        .order(store, order)
        .await
        .unwrap()
        .parts
        .unwrap()
        .parts;
    assert_eq!(last, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_look_counts_what_the_lists_show() {
    let world = started(60).await;
    let (bench, store) = (&world.bench, &world.store);
    let before = bench.home_numbers(store).await.unwrap();
    let products = ProductsQuery::default();
    let low = ProductsQuery {
        stock: StockIs::Low,
        sort: ProductSort::Stock,
        ..products.clone()
    };
    let out = ProductsQuery {
        stock: StockIs::Out,
        sort: ProductSort::Modified,
        descending: true,
        ..products.clone()
    };
    let hidden = ProductsQuery {
        visibility: VisibilityIs::Hidden,
        sort: ProductSort::Stock,
        descending: true,
        ..products.clone()
    };
    for (count, named, query) in [
        (before.products.all, None, products),
        (before.products.low_stock, Some(&before.low_stock), low),
        (
            before.products.out_of_stock,
            Some(&before.out_of_stock),
            out,
        ),
        (before.products.hidden, Some(&before.hidden), hidden),
    ] {
        let (_, ids) = bench.open_list(store, query.clone()).await.unwrap();
        assert_eq!(ids.len(), count as usize, "{query:?}");
        if let Some(named) = named {
            let named: Vec<_> = named.iter().map(|row| row.product.id).collect();
            assert_eq!(named, ids[..ids.len().min(4)], "{query:?}");
        }
    }
    assert_eq!(before.customers, 40);
    assert!(before.month.days.first <= before.today.days.first);
    // What is ordered now is ordered today.
    control(&world.control, "POST", "/orders", r#"{"count":3}"#).await;
    bench.refresh_now(store).await.unwrap();
    let had = world.orders().await.len();
    world.until(|state| state.orders as usize >= had + 3).await;
    let after = bench.home_numbers(store).await.unwrap();
    assert_eq!(after.today.sales.orders, before.today.sales.orders + 3);
    assert_eq!(after.month.sales.orders, before.month.sales.orders + 3);
    let (new, old) = (&after.since_yesterday, &before.since_yesterday);
    assert_eq!(new.span.sales.orders, old.span.sales.orders + 3);
    // And it stands in the lists of those days, with what it comes to.
    for (span, until) in [
        (&after.today, None),
        (&after.month, None),
        (&new.span, None),
        (&after.today, Some(after.today.days.last)),
    ] {
        let (from, to) = bench
            .days_between(store, Some(span.days.first), until)
            .await
            .unwrap();
        let listed = OrdersQuery {
            placed: Some((from, to)),
            ..OrdersQuery::default()
        };
        let (_, orders) = bench.open_list(store, listed).await.unwrap();
        assert_eq!(orders.ids.len(), span.sales.orders as usize, "{span:?}");
        let mut sold = Decimal::ZERO;
        for id in &orders.ids {
            let order = bench.order(store, *id).await.unwrap().order;
            if ![4, 5, 6].contains(&order.status_id.0) {
                sold += order.total.amount;
            }
        }
        let said: Decimal = span.sales.amounts.iter().map(|m| m.amount).sum();
        assert_eq!(said, sold, "{span:?}");
    }
    let oldest = OrdersQuery {
        status: Some(StatusId::AWAITING_FULFILLMENT),
        ..OrdersQuery::default()
    };
    let (_, waiting) = bench.open_list(store, oldest).await.unwrap();
    assert_eq!(
        after.oldest_awaiting.map(|(id, _)| id),
        waiting.ids.first().copied()
    );
    let since = bench
        .days_between(store, Some(new.span.days.first), None)
        .await
        .unwrap();
    let (_, waiting) = bench
        .open_list(
            store,
            OrdersQuery {
                status: Some(StatusId::AWAITING_FULFILLMENT),
                placed: Some(since),
                ..OrdersQuery::default()
            },
        )
        .await
        .unwrap();
    assert_eq!(new.awaiting as usize, waiting.ids.len());
    let (_, people) = bench
        .open_list(
            store,
            CustomersQuery {
                registered_since: Some(since.0),
                ..CustomersQuery::default()
            },
        )
        .await
        .unwrap();
    assert_eq!(new.customers as usize, people.len());
    let (_, touched) = bench
        .open_list(
            store,
            ProductsQuery {
                modified_since: Some(since.0),
                ..ProductsQuery::default()
            },
        )
        .await
        .unwrap();
    assert_eq!(new.products as usize, touched.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn sales_of_all_days_and_months_make_up_the_whole_and_agree_with_the_lists() {
    // As many as two years of a shop hold some of in every month.
    let world = started(400).await;
    let (bench, store) = (&world.bench, &world.store);
    for (period, count) in [
        (Period::Days7, 7),
        (Period::Days30, 30),
        (Period::Months12, 12),
    ] {
        let sales = bench.sales_over_time(store, period).await.unwrap();
        assert_eq!(sales.bars.len(), count);
        let orders: u32 = sales.bars.iter().map(|(now, _)| now.sales.orders).sum();
        assert_eq!(orders, sales.whole.sales.orders, "{period:?}");
        let sum = |spans: &mut dyn Iterator<Item = &Span>| -> Decimal {
            spans
                .flat_map(|span| &span.sales.amounts)
                .map(|amount| amount.amount)
                .sum()
        };
        assert_eq!(
            sum(&mut sales.bars.iter().map(|(now, _)| now)),
            sum(&mut std::iter::once(&sales.whole)),
        );
        // Those of a year before as well, but for what was still to come on the last of them.
        let ago = |count: usize| {
            let spans = sales.bars.iter().map(|(_, before)| before).take(count);
            spans.map(|span| span.sales.orders).sum::<u32>()
        };
        let as_late = sales.before.sales.orders;
        assert!(
            (ago(count - 1)..=ago(count)).contains(&as_late),
            "{period:?}"
        );
        for (now, before) in &sales.bars {
            for span in [now, before] {
                let placed = bench
                    .days_between(store, Some(span.days.first), Some(span.days.last))
                    .await
                    .unwrap();
                let listed = OrdersQuery {
                    placed: Some(placed),
                    ..OrdersQuery::default()
                };
                let (_, listed) = bench.open_list(store, listed).await.unwrap();
                assert_eq!(listed.ids.len(), span.sales.orders as usize, "{span:?}");
            }
        }
        if period == Period::Months12 {
            assert!(orders > 100, "only {orders} orders in a year");
            assert!(sales.before.sales.orders > 50, "{:?}", sales.before);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_about_a_product_is_kept_until_it_is_thrown_away() {
    let world = started(5).await;
    let store = world.store.clone();
    let (_, ids) = world
        .bench
        .open_list(&store, ProductsQuery::default())
        .await
        .unwrap();
    let id = ids[0];
    let typed = json!({ "name": "Half a na" });
    let new = json!({ "name": "Quite new", "price": "12.30" });
    for (product, draft) in [(Some(id), &typed), (None, &new)] {
        let draft = Some(draft.clone());
        world
            .bench
            .draft_product(&store, product, draft)
            .await
            .unwrap();
    }
    let world = world.reopened(straight()).await;
    let detail = world.bench.product(&store, id).await.unwrap();
    assert_eq!(detail.draft, Some(typed));
    assert_eq!(
        world.bench.product_draft(&store, None).await.unwrap(),
        Some(new)
    );
    world.bench.draft_product(&store, None, None).await.unwrap();
    assert_eq!(world.bench.product_draft(&store, None).await.unwrap(), None);
}

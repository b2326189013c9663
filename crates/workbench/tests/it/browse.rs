//! Lists and single things, as the window reads them.

use commerce::{CustomerId, Money, OrderId};
use mirror::{CustomerSort, CustomersQuery, OrdersQuery, ProductsQuery, StockIs, VisibilityIs};
use rust_decimal::Decimal;
use serde_json::json;
use workbench::Error;

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
    for (count, stock, visibility) in [
        (before.products.all, StockIs::Any, VisibilityIs::Any),
        (before.products.low_stock, StockIs::Low, VisibilityIs::Any),
        (
            before.products.out_of_stock,
            StockIs::Out,
            VisibilityIs::Any,
        ),
        (before.products.hidden, StockIs::Any, VisibilityIs::Hidden),
    ] {
        let query = ProductsQuery {
            stock,
            visibility,
            ..ProductsQuery::default()
        };
        let (_, ids) = bench.open_list(store, query).await.unwrap();
        assert_eq!(ids.len(), count as usize, "{stock:?} {visibility:?}");
    }
    assert_eq!(before.customers, 40);
    assert!(before.month.from <= before.today.from);
    // What is ordered now is ordered today.
    control(&world.control, "POST", "/orders", r#"{"count":3}"#).await;
    bench.refresh_now(store).await.unwrap();
    let had = world.orders().await.len();
    world.until(|state| state.orders as usize >= had + 3).await;
    let after = bench.home_numbers(store).await.unwrap();
    assert_eq!(after.today.sales.orders, before.today.sales.orders + 3);
    assert_eq!(after.month.sales.orders, before.month.sales.orders + 3);
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

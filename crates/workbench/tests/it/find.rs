//! A search across all lists at once.

use commerce::{
    Change, Customer, Order, OrderFields, OrderId, OrderStatus, Product, ProductFields, StatusId,
};
use desk::ProfileKey;
use mirror::{Area, CustomersQuery, OrdersQuery, Pending, ProductsQuery};
use workbench::{FoundCustomers, FoundOrders, FoundProducts, Workbench};

use crate::world::{World, sandbox, sandbox_for, straight};

async fn started() -> World {
    let world = World::start(sandbox(60).await, straight()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    world
        .until(|state| state.areas.iter().all(|area| area.is_complete))
        .await;
    world
}

/// What holds the text, where every kind can be searched.
async fn find(
    bench: &Workbench,
    store: &ProfileKey,
    text: &str,
) -> (FoundOrders, FoundProducts, FoundCustomers) {
    let found = bench.find(store, text).await.unwrap();
    (
        found.orders.unwrap().unwrap(),
        found.products.unwrap().unwrap(),
        found.customers.unwrap().unwrap(),
    )
}

/// How many their lists hold for the same search.
async fn listed(bench: &Workbench, store: &ProfileKey, text: &str) -> [usize; 3] {
    let orders = OrdersQuery {
        search: text.into(),
        ..OrdersQuery::default()
    };
    let products = ProductsQuery {
        search: text.into(),
        ..ProductsQuery::default()
    };
    let customers = CustomersQuery {
        search: text.into(),
        ..CustomersQuery::default()
    };
    [
        bench.open_list(store, orders).await.unwrap().1.ids.len(),
        bench.open_list(store, products).await.unwrap().1.len(),
        bench.open_list(store, customers).await.unwrap().1.len(),
    ]
}

async fn an_order(world: &World) -> Order {
    let all = OrdersQuery::default();
    let (_, view) = world.bench.open_list(&world.store, all).await.unwrap();
    let id = *view.ids.first().unwrap();
    world.bench.order(&world.store, id).await.unwrap().order
}

async fn a_product(world: &World) -> Product {
    let all = ProductsQuery::default();
    let (view, _) = world.bench.open_list(&world.store, all).await.unwrap();
    let page = world.bench.product_rows(&view, 0, 30).await.unwrap();
    let mut products = page.rows.into_iter().flatten().map(|row| row.product);
    products.find(|product| !product.sku.is_empty()).unwrap()
}

async fn a_customer(world: &World) -> (Customer, u32) {
    let all = CustomersQuery::default();
    let (view, _) = world.bench.open_list(&world.store, all).await.unwrap();
    let page = world.bench.customer_rows(&view, 0, 40).await.unwrap();
    let rows = page.rows.into_iter().flatten();
    let row = rows.max_by_key(|row| row.orders).unwrap();
    (row.customer, row.orders)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_thing_is_found_by_what_a_person_knows_it_by_without_asking_the_store() {
    let world = started().await;
    let order = an_order(&world).await;
    let product = a_product(&world).await;
    let (customer, ordered) = a_customer(&world).await;
    // Without a token nothing can be asked.
    let world = world.reopened_without_token(straight()).await;
    let (bench, store) = (&world.bench, &world.store);

    let (orders, ..) = find(bench, store, &order.id.to_string()).await;
    assert_eq!(orders.best.first(), Some(&order));
    let label = |status: &OrderStatus| status.id == order.status_id;
    assert!(orders.statuses.iter().any(label));
    let (orders, ..) = find(bench, store, &order.billing.email).await;
    let same = |other: &Order| other.billing.email == order.billing.email;
    assert!(!orders.best.is_empty() && orders.best.iter().all(same));

    let (_, products, _) = find(bench, store, &product.sku.to_lowercase()).await;
    assert_eq!(products.best.first(), Some(&product));
    let (_, products, _) = find(bench, store, &product.name).await;
    assert!(products.best.contains(&product));

    let (_, _, customers) = find(bench, store, &customer.email).await;
    assert_eq!(customers.best.first(), Some(&(customer, ordered)));
    assert!(ordered > 0, "somebody ordered");
}

#[tokio::test(flavor = "multi_thread")]
async fn few_come_of_many_and_all_are_counted_as_in_the_lists() {
    let world = started().await;
    let (bench, store) = (&world.bench, &world.store);
    for text in ["@", "a", " an ", "no such words anywhere"] {
        let (orders, products, customers) = find(bench, store, text).await;
        let counted = [orders.count, products.count, customers.count];
        let counted = counted.map(|n| usize::try_from(n).unwrap());
        assert_eq!(counted, listed(bench, store, text.trim()).await, "{text}");
        let given = [orders.best.len(), products.best.len(), customers.best.len()];
        assert_eq!(given, counted.map(|n| n.min(5)), "{text}");
    }
    // What is in everything is no answer.
    let (orders, products, customers) = find(bench, store, "  ").await;
    assert_eq!([orders.count, products.count, customers.count], [0; 3]);
    assert!(orders.best.is_empty() && products.best.is_empty() && customers.best.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_checkout_that_was_never_finished_is_found_by_its_whole_number_alone() {
    let world = started().await;
    let (bench, store) = (&world.bench, &world.store);
    let mut order = an_order(&world).await;
    let (number, email) = (order.id.to_string(), order.billing.email.clone());
    let holds = |orders: &FoundOrders, id: OrderId| orders.best.iter().any(|one| one.id == id);
    let before = find(bench, store, &number).await.0;
    assert!(holds(&before, order.id));
    order.status_id = StatusId::INCOMPLETE;
    world.copy().put_answer(&order).unwrap();
    let orders = find(bench, store, &number).await.0;
    assert_eq!(orders.best.first(), Some(&order));
    assert_eq!(orders.count, before.count - 1, "its list leaves it out");
    assert!(!holds(&find(bench, store, &email).await.0, order.id));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_found_is_shown_with_the_changes_that_are_on_their_way() {
    let world = started().await;
    let (bench, store) = (&world.bench, &world.store);
    let (order, product) = (an_order(&world).await, a_product(&world).await);
    let wanted = StatusId(if order.status_id == StatusId(2) {
        11
    } else {
        2
    });
    let status = |id| OrderFields {
        status_id: Some(id),
        staff_notes: None,
    };
    let changes = [
        Change::Order {
            id: order.id,
            before: status(order.status_id),
            after: status(wanted),
        },
        Change::Product {
            id: product.id,
            before: ProductFields::default(),
            after: ProductFields {
                name: Some("Zirconium samovar".into()),
                ..ProductFields::default()
            },
        },
    ];
    let pending = ["e", "f"].into_iter().zip(changes);
    let pending: Vec<Pending> = pending
        .map(|(entry, change)| Pending {
            entry: entry.into(),
            change,
        })
        .collect();
    world.copy().put_pending(&pending).unwrap();
    let (orders, ..) = find(bench, store, &order.id.to_string()).await;
    assert_eq!(orders.best.first().map(|one| one.status_id), Some(wanted));
    let (_, products, _) = find(bench, store, "zirconium").await;
    let names: Vec<&str> = products.best.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Zirconium samovar"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_store_can_t_give_just_now_is_looked_for_in_what_is_here() {
    let world = started().await;
    let product = a_product(&world).await;
    // Somebody in between lets nothing through; the token may read it all the same.
    let refusal = serde_json::json!({ "kind": "status", "status": 403, "body": "{}",
        "headers": { "Content-Type": "application/json" } });
    world
        .faults(
            serde_json::json!([{ "match": { "path": "/v3/catalog/products" }, "times": null,
            "fault": refusal }]),
        )
        .await;
    world.bench.refresh_now(&world.store).await.unwrap();
    world
        .until(|state| {
            let mut areas = state.areas.iter();
            areas.any(|one| one.area == Area::Products && one.out_of_reach.is_some())
        })
        .await;
    let (_, products, _) = find(&world.bench, &world.store, &product.sku).await;
    assert_eq!(products.best.first(), Some(&product));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_token_may_not_read_is_no_kind_to_be_found() {
    let scopes = "store_v2_orders,store_v2_customers,store_v2_information";
    let world = World::start(sandbox_for(20, scopes).await, straight()).await;
    world
        .until(|state| {
            let mut areas = state.areas.iter();
            state.refreshed_at.is_some()
                && areas.any(|one| one.area == Area::Products && one.out_of_reach.is_some())
        })
        .await;
    let number = an_order(&world).await.id.to_string();
    let found = world.bench.find(&world.store, &number).await.unwrap();
    assert_eq!(found.products, None);
    assert!(matches!(found.orders, Some(Ok(orders)) if orders.count > 0));
    assert!(matches!(found.customers, Some(Ok(_))));
}

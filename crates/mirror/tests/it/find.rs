//! The best few of what holds a text, kind by kind.

use commerce::{Address, Customer, CustomerId, Order, OrderId, Product, ProductId};
use mirror::{CustomersQuery, OrdersQuery, ProductsQuery, Query as _};

use crate::{customers::customer, open, order, products::product, put};

#[test]
fn the_order_of_that_number_comes_first_and_then_the_newest() {
    let (_folder, mirror) = open();
    let by_phone = Order {
        billing: Address {
            phone: "+1 360 555 0102".into(),
            ..order(7, 11, 0).billing
        },
        ..order(7, 11, 0)
    };
    put(
        &mirror,
        &[
            order(102, 11, 0),
            by_phone,
            order(1021, 11, 0),
            order(9, 11, 0),
        ],
    );
    let found = mirror.find_orders(" 102 ", 5).unwrap();
    assert_eq!(found.best, [OrderId(102), OrderId(1021), OrderId(7)]);
    assert_eq!(found.count, 3);
}

#[test]
fn of_many_no_more_come_than_asked_for_and_all_are_counted() {
    let (_folder, mirror) = open();
    let many: Vec<Order> = (1..=12).map(|id| order(id, 11, 0)).collect();
    put(&mirror, &many);
    let found = mirror.find_orders("ingrid SOLBERG", 5).unwrap();
    let newest: Vec<OrderId> = (8..=12).rev().map(OrderId).collect();
    assert_eq!(found.best, newest);
    assert_eq!(found.count, 12);
    let none = mirror.find_orders("ingrid nobody", 5).unwrap();
    assert_eq!((none.best, none.count), (Vec::new(), 0));
}

#[test]
fn unfinished_checkouts_and_archived_orders_are_left_out_as_in_the_list() {
    let (_folder, mirror) = open();
    let archived = Order {
        is_archived: true,
        ..order(3, 11, 0)
    };
    put(&mirror, &[order(1, 0, 0), order(2, 11, 0), archived]);
    let found = mirror.find_orders("solberg", 5).unwrap();
    assert_eq!(found.best, [OrderId(2)]);
    assert_eq!(found.count, 1);
}

#[test]
fn a_sku_and_the_beginning_of_a_name_go_before_what_else_holds_the_text() {
    let (_folder, mirror) = open();
    let named = |id, name: &str, sku: &str| Product {
        name: name.into(),
        sku: sku.into(),
        ..product(id)
    };
    put(
        &mirror,
        &[
            named(1, "A lid for mugs", "L-1"),
            named(2, "Mug, enamel", "M-2"),
            named(3, "Zebra", "MUG"),
            named(4, "Kettle", "K-4"),
            named(5, "Émaillé", "E-5"),
        ],
    );
    let found = mirror.find_products("mug", 5).unwrap();
    assert_eq!(found.best, [ProductId(3), ProductId(2), ProductId(1)]);
    assert_eq!(found.count, 3);
    // However it is written.
    let found = mirror.find_products("ÉMAILLÉ", 5).unwrap();
    assert_eq!(found.best, [ProductId(5)]);
}

#[test]
fn whose_address_or_name_it_is_goes_before_others() {
    let (_folder, mirror) = open();
    let named = |id, first: &str, email: &str| Customer {
        first_name: first.into(),
        email: email.into(),
        ..customer(id)
    };
    put(
        &mirror,
        &[
            named(1, "Ada", "ada.lena@example.com"),
            named(2, "Lena", "l@example.com"),
            named(3, "Zoe", "Lena"),
        ],
    );
    let found = mirror.find_customers("lena", 5).unwrap();
    let wanted = [CustomerId(3), CustomerId(2), CustomerId(1)];
    assert_eq!(found.best, wanted);
    assert_eq!(found.count, 3);
}

#[test]
fn as_many_are_counted_as_the_lists_hold() {
    let (_folder, mirror) = open();
    let orders: Vec<Order> = (1..=30)
        .map(|id| order(id, u32::try_from(id % 4).unwrap(), 0))
        .collect();
    let products: Vec<Product> = (1..=30).map(product).collect();
    let customers: Vec<Customer> = (1..=30).map(customer).collect();
    put(&mirror, &orders);
    put(&mirror, &products);
    put(&mirror, &customers);
    for text in [
        "1",
        "12",
        "kettle",
        "ke-0012",
        "example",
        "ines maro",
        "it's %_?1",
    ] {
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
        let listed = [
            orders.view(&mirror).unwrap().ids.len(),
            products.view(&mirror).unwrap().len(),
            customers.view(&mirror).unwrap().len(),
        ];
        let counted = [
            mirror.find_orders(text, 2).unwrap().count,
            mirror.find_products(text, 2).unwrap().count,
            mirror.find_customers(text, 2).unwrap().count,
        ];
        assert_eq!(listed.map(|n| u32::try_from(n).unwrap()), counted, "{text}");
    }
}

//! The best few of what holds a text, kind by kind.

use commerce::{
    Address, Change, Customer, CustomerId, Order, OrderFields, OrderId, Product, ProductFields,
    ProductId, StatusId,
};
use mirror::{CustomersQuery, OrdersQuery, Pending, ProductsQuery, Query as _};
use rust_decimal::Decimal;

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
fn an_unfinished_checkout_is_given_for_its_whole_number_alone_and_never_counted() {
    let (_folder, mirror) = open();
    let archived = Order {
        is_archived: true,
        ..order(1024, 0, 0)
    };
    let others = [
        order(102, 0, 0),
        order(1021, 11, 0),
        order(1022, 0, 0),
        archived,
    ];
    put(&mirror, &others);
    let found = mirror.find_orders(" 102 ", 5).unwrap();
    assert_eq!(found.best, [OrderId(102), OrderId(1021)]);
    assert_eq!(found.count, 1);
    let found = mirror.find_orders("1022", 5).unwrap();
    assert_eq!((found.best, found.count), (vec![OrderId(1022)], 0));
    // No list has what is archived.
    let found = mirror.find_orders("1024", 5).unwrap();
    assert_eq!((found.best, found.count), (Vec::new(), 0));
}

#[test]
fn what_was_found_can_be_shown_with_what_is_on_its_way() {
    let (_folder, mirror) = open();
    put(&mirror, &[order(1, 11, 0), order(2, 11, 0)]);
    put(&mirror, &[product(1), product(2)]);
    let status = |id| OrderFields {
        status_id: Some(StatusId(id)),
        staff_notes: None,
    };
    let shipped = Change::Order {
        id: OrderId(1),
        before: status(11),
        after: status(2),
    };
    let renamed = Change::Product {
        id: ProductId(1),
        before: ProductFields::default(),
        after: ProductFields {
            name: Some("Samovar".into()),
            price: Some(Decimal::new(500, 1)),
            ..ProductFields::default()
        },
    };
    let pending = |entry: &str, change| Pending {
        entry: entry.into(),
        change,
    };
    mirror
        .put_pending(&[pending("e", shipped), pending("f", renamed)])
        .unwrap();
    let missing = OrderId(9);
    let orders = mirror.orders_shown(&[OrderId(2), missing, OrderId(1)]);
    assert_eq!(orders.unwrap(), [order(2, 11, 0), order(1, 2, 0)]);
    let found = mirror.find_products("samovar", 5).unwrap();
    let new = Product {
        name: "Samovar".into(),
        price: Decimal::new(500, 1),
        ..product(1)
    };
    assert_eq!(mirror.products_shown(&found.best).unwrap(), [new]);
    let both = mirror.products_shown(&[ProductId(9), ProductId(2)]);
    assert_eq!(both.unwrap(), [product(2)]);
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
fn customers_without_a_name_go_by_their_company_or_their_address() {
    let (_folder, mirror) = open();
    let known = |id, last: &str, company: &str, email: &str| Customer {
        first_name: String::new(),
        last_name: last.into(),
        company: company.into(),
        email: email.into(),
        ..customer(id)
    };
    put(
        &mirror,
        &[
            known(1, "Ager", "Ørsted", "a@example.com"),
            known(2, "", "Zeta, once Ørsted", "b@example.com"),
            known(3, "", "ØRSTED AS", "c@example.com"),
            known(4, "", "", "ørsted.shop@example.com"),
            known(5, "Ørsted", "", "e@example.com"),
        ],
    );
    let found = mirror.find_customers("ørsted", 5).unwrap();
    let begins = &found.best[..3];
    for id in [3, 4, 5] {
        assert!(begins.contains(&CustomerId(id)), "{begins:?}");
    }
    assert_eq!(found.best[3..], [CustomerId(1), CustomerId(2)]);
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

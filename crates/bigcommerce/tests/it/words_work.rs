//! What the words of the reference's do that requests can send: lists come in the sequence that was asked for, and
//! what was asked to come along comes along. That a store in a box understands each is shown in `words`.

use std::fmt::Debug;

use bigcommerce::request::{
    Few,
    customers::{self, CustomerInclude, CustomersQuery, CustomersSort},
    orders::{self, OrderInclude, OrdersQuery, OrdersSort, OrdersSortKey},
    products::{self, ProductInclude, ProductsQuery, ProductsSort, ProductsSortKey},
};
use commerce::{
    Aside, Customer, CustomerEdit, FullCustomer, FullOrder, FullProduct, Order, Parts, StatusId,
};
use jiff::Timestamp;
use rust_decimal::Decimal;
use sandbox_store::{Scopes, Sizes};

use crate::{
    sandbox::Shop,
    words::{CUSTOMER_INCLUDES, CUSTOMERS_SORTS, ORDER_INCLUDES, orders_sorts, products_sorts},
};

/// Fewer than there are of anything, so that a page is not all of it.
const PAGE: u32 = 50;

async fn open() -> Shop {
    let sizes = Sizes {
        orders: 120,
        ..Sizes::default()
    };
    Shop::open(Scopes::All, sizes).await
}

/// What a thing is sorted by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(Decimal),
    Text(String),
    Time(Timestamp),
    Flag(bool),
    /// Everything here has the same, or nothing.
    Same,
}

fn number(number: impl Into<Decimal>) -> Key {
    Key::Number(number.into())
}

/// In what case of letters a store sorts isn't documented.
fn text(text: &str) -> Key {
    Key::Text(text.to_lowercase())
}

fn of_order(order: &Order, sort: OrdersSort) -> Key {
    use OrdersSortKey::{Channel, Customer, ExternalId, Placed, Status};
    match sort {
        OrdersSort::IdAscending | OrdersSort::IdDescending => number(order.id.0),
        OrdersSort::ModifiedAscending | OrdersSort::ModifiedDescending => {
            Key::Time(order.modified_at)
        }
        OrdersSort::By { key, .. } => match key {
            Customer => number(order.customer_id.map_or(0, |id| id.0)),
            Placed => Key::Time(order.placed_at),
            Status => number(order.status_id.0),
            Channel | ExternalId => Key::Same,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

fn of_product(full: &FullProduct, sort: ProductsSort) -> Key {
    use ProductsSortKey::{
        CalculatedPrice, InventoryLevel, IsVisible, LastImported, Name, Price, Sku, TotalSold,
    };
    let product = &full.product;
    match sort {
        ProductsSort::IdAscending | ProductsSort::IdDescending => number(product.id.0),
        ProductsSort::ModifiedAscending | ProductsSort::ModifiedDescending => {
            Key::Time(product.modified_at)
        }
        ProductsSort::By { key, .. } => match key {
            Name => text(&product.name),
            Sku => text(&product.sku),
            Price => number(product.price),
            InventoryLevel => number(product.inventory_level),
            IsVisible => Key::Flag(product.is_visible),
            TotalSold => number(full.total_sold),
            CalculatedPrice => number(product.calculated_price),
            LastImported => Key::Same,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

fn of_customer(customer: &Customer, sort: CustomersSort) -> Key {
    use CustomersSort::{
        LastNameAscending, LastNameDescending, ModifiedAscending, ModifiedDescending,
        RegisteredAscending, RegisteredDescending, StoresOwn,
    };
    match sort {
        StoresOwn => number(customer.id.0),
        ModifiedAscending | ModifiedDescending => Key::Time(customer.modified_at),
        RegisteredAscending | RegisteredDescending => Key::Time(customer.created_at),
        LastNameAscending | LastNameDescending => text(&customer.last_name),
        other => panic!("{other:?}"),
    }
}

/// The first key of a page, whose keys have to come in sequence.
fn first_of(keys: &[Key], is_from_behind: bool, sort: impl Debug) -> Key {
    assert_eq!(keys.len(), PAGE as usize, "{sort:?}");
    let is_in_sequence = if is_from_behind {
        keys.iter().rev().is_sorted()
    } else {
        keys.is_sorted()
    };
    assert!(is_in_sequence, "{sort:?}: {keys:?}");
    keys[0].clone()
}

/// A list sorted both ways: each page begins at its own end.
fn begins_at_both_ends(firsts: &[Key], sorts: impl Debug) {
    let [first, last] = firsts else {
        panic!("two ways");
    };
    let has_ends = *first != Key::Same;
    assert!(!has_ends || first < last, "{sorts:?}: {firsts:?}");
}

#[tokio::test]
async fn lists_come_in_the_sequence_that_was_asked_for() {
    let shop = open().await;
    for sorts in orders_sorts() {
        let mut firsts = Vec::new();
        for (is_from_behind, sort) in [false, true].into_iter().zip(sorts) {
            let query = OrdersQuery::new().limit(PAGE).sort(sort);
            let orders = shop.first_page(orders::list(&query)).await;
            let keys: Vec<Key> = orders.iter().map(|order| of_order(order, sort)).collect();
            firsts.push(first_of(&keys, is_from_behind, sort));
        }
        begins_at_both_ends(&firsts, sorts);
    }
    for sorts in products_sorts() {
        let mut firsts = Vec::new();
        for (is_from_behind, sort) in [false, true].into_iter().zip(sorts) {
            let query = ProductsQuery::new().limit(PAGE).sort(sort);
            let products = shop.first_page(products::list_full(&query)).await;
            let keys: Vec<Key> = products.iter().map(|one| of_product(one, sort)).collect();
            firsts.push(first_of(&keys, is_from_behind, sort));
        }
        begins_at_both_ends(&firsts, sorts);
    }
    let customers = async |is_from_behind: bool, sort: CustomersSort| {
        let query = CustomersQuery::new().limit(PAGE).sort(sort);
        let customers = shop.first_page(customers::list(&query)).await;
        let keys: Vec<Key> = customers.iter().map(|one| of_customer(one, sort)).collect();
        first_of(&keys, is_from_behind, sort)
    };
    customers(false, CustomersSort::StoresOwn).await;
    for sorts in CUSTOMERS_SORTS {
        let firsts = [
            customers(false, sorts[0]).await,
            customers(true, sorts[1]).await,
        ];
        begins_at_both_ends(&firsts, sorts);
    }
    shop.stop().await;
}

fn holds_any<T>(parts: Option<&Parts<T>>) -> bool {
    parts.is_some_and(|parts| !parts.items.is_empty())
}

fn holds_member(aside: &Aside, name: &str) -> bool {
    let member = format!("\"{name}\":");
    aside.as_str().is_some_and(|text| text.contains(&member))
}

/// Whether that came along with an order.
fn came_with_order(order: &FullOrder, include: OrderInclude) -> bool {
    let consignments = order.consignments.as_ref();
    match include {
        OrderInclude::Consignments => holds_any(consignments),
        OrderInclude::Lines => consignments.is_some_and(|all| {
            let mut lines = all.items.iter().map(|one| one.lines.as_ref());
            lines.any(holds_any)
        }),
        // No order here has any.
        OrderInclude::Fees => order.fees.is_some(),
        other => panic!("{other:?}"),
    }
}

fn came_with_product(product: &FullProduct, include: ProductInclude) -> bool {
    match include {
        ProductInclude::Variants => holds_any(product.variants.as_ref()),
        ProductInclude::Images => holds_any(product.images.as_ref()),
        ProductInclude::PrimaryImage => product.product.picture.is_some(),
        ProductInclude::CustomFields => holds_any(product.custom_fields.as_ref()),
        ProductInclude::BulkPricingRules => holds_any(product.bulk_pricing_rules.as_ref()),
        ProductInclude::Options => holds_any(product.options.as_ref()),
        ProductInclude::Modifiers => holds_any(product.modifiers.as_ref()),
        ProductInclude::Videos => holds_any(product.videos.as_ref()),
        ProductInclude::Channels => holds_any(product.channels.as_ref()),
        // No product here has any.
        ProductInclude::Reviews | ProductInclude::ParentRelations => {
            holds_member(&product.aside, include.as_str())
        }
        other => panic!("{other:?}"),
    }
}

fn came_with_customer(full: &FullCustomer, include: CustomerInclude) -> bool {
    match include {
        CustomerInclude::Addresses => holds_any(full.addresses.as_ref()),
        CustomerInclude::StoreCredit => !full.customer.store_credit.is_zero(),
        // No customer here has any.
        CustomerInclude::Attributes => full.attributes.is_some(),
        CustomerInclude::FormFields => full.form_fields.is_some(),
        CustomerInclude::ShopperProfileId => holds_member(&full.aside, "shopper_profile_id"),
        CustomerInclude::SegmentIds => holds_member(&full.aside, "segment_ids"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_was_asked_to_come_along_does_and_unasked_it_does_not() {
    let shop = open().await;
    let ids = shop.ids(StatusId::AWAITING_FULFILLMENT).await;

    let query = OrdersQuery::new().limit(PAGE);
    let bare = shop.first_page(orders::list_full(&query)).await;
    for include in ORDER_INCLUDES {
        assert!(
            !bare.iter().any(|one| came_with_order(one, include)),
            "{include:?}"
        );
        let query = query.clone().include([include]);
        let orders = shop.first_page(orders::list_full(&query)).await;
        assert!(
            orders.iter().any(|one| came_with_order(one, include)),
            "{include:?}"
        );
        let one = shop.send(&orders::one_full(ids.order, &[include])).await;
        assert!(came_with_order(&one.unwrap(), include), "{include:?}");
    }

    // One has pictures, the other whatever else there is.
    let furnished = shop.furnish(ids).await.product;
    let query = ProductsQuery::new().ids([ids.product, furnished]);
    let bare = shop.first_page(products::list_full(&query)).await;
    assert_eq!(bare.len(), 2);
    for include in ProductInclude::ALL.iter().copied() {
        assert!(
            !bare.iter().any(|one| came_with_product(one, include)),
            "{include:?}"
        );
        let query = query.clone().include([include]);
        let products = shop.first_page(products::list_full(&query)).await;
        assert!(
            products.iter().any(|one| came_with_product(one, include)),
            "{include:?}"
        );
        let mut came = false;
        for id in [ids.product, furnished] {
            let one = shop.send(&products::one_full(id, &[include])).await;
            came |= came_with_product(&one.unwrap(), include);
        }
        assert!(came, "{include:?}");
    }

    let credit = CustomerEdit {
        store_credit: Some("10.50".parse().unwrap()),
        ..CustomerEdit::default()
    };
    let credit = customers::update(&Few::from((ids.customer, credit)));
    shop.send(&credit).await.unwrap();
    let query = CustomersQuery::new().limit(PAGE);
    let bare = shop.first_page(customers::list_full(&query)).await;
    assert!(bare.iter().any(|one| one.customer.id == ids.customer));
    for include in CUSTOMER_INCLUDES {
        assert!(
            !bare.iter().any(|one| came_with_customer(one, include)),
            "{include:?}"
        );
        let query = query.clone().include([include]);
        let customers = shop.first_page(customers::list_full(&query)).await;
        assert!(
            customers.iter().any(|one| came_with_customer(one, include)),
            "{include:?}"
        );
    }
    shop.stop().await;
}

//! What somebody wants changed of many things at once.

use commerce::{OrderFields, OrderId, ProductFields, ProductId};
use workbench::{Draft, OrderDraft, ProductDraft};

/// A note for each of these orders.
pub(crate) fn notes(orders: &[OrderId]) -> Draft {
    let draft = |order: &OrderId| OrderDraft {
        order: *order,
        wanted: OrderFields {
            staff_notes: Some("packed".into()),
            ..OrderFields::default()
        },
    };
    Draft::Orders(orders.iter().map(draft).collect())
}

/// A price for each of these products.
pub(crate) fn prices(products: &[ProductId]) -> Draft {
    let draft = |product: &ProductId| ProductDraft {
        product: *product,
        wanted: ProductFields {
            price: Some("21.43".parse().unwrap()),
            ..ProductFields::default()
        },
    };
    Draft::Products(products.iter().map(draft).collect())
}

//! Reading things again just before they are changed, and changing products several at a time.
//!
//! What is read here says of each thing which members its answer left out: a member that is not
//! there tells nothing, unlike one that is null.

use commerce::{Field, Order, OrderId, Product, ProductId};
use serde_json::{Map, Value};

use super::{
    Page, Request, op, orders,
    products::{self, ProductUpdate, ProductsQuery},
};
use crate::wire;

/// A thing as the store has it, and what its answer did not speak of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen<T> {
    /// The thing. Fields that were left out hold what stands for nothing.
    pub thing: T,
    /// Fields that the answer left out.
    pub left_out: Vec<Field>,
}

/// These products, at most [`PAGE_LIMIT_MAX`](products::PAGE_LIMIT_MAX) of them. What isn't in the
/// store any more is left out.
///
/// Source: BigCommerce REST reference, "Get all products", filter `id:in`.
#[must_use]
pub fn read(ids: impl IntoIterator<Item = ProductId>) -> Request<Page<Seen<Product>>> {
    products::list(&ProductsQuery::new().ids(ids)).reading(wire::together::products)
}

/// One product. [`Error::NotFound`](crate::Error::NotFound) if it isn't in the store any more.
#[must_use]
pub fn read_one(id: ProductId) -> Request<Seen<Product>> {
    products::one(id).reading(wire::together::product)
}

/// One order.
#[must_use]
pub fn read_order(id: OrderId) -> Request<Seen<Order>> {
    orders::one(id).reading(wire::together::order)
}

/// Changes several products, at most [`BATCH_MAX`](products::BATCH_MAX); answers with them as they are now, without
/// pictures. Only the fields given are sent.
///
/// [`Kind::Idempotent`](super::Kind::Idempotent). A refusal has changed none of them; where the store says which product it
/// is about, the path of a field error begins with its place (`3.name`). With
/// [remarks](crate::Answer::remarks) (207) some were changed and others not, or not wholly.
///
/// Source: BigCommerce REST reference, "Update products (batch)".
#[must_use]
pub fn update(products: &[(ProductId, ProductUpdate)]) -> Request<Page<Product>> {
    let body = products
        .iter()
        .map(|(id, update)| {
            let mut item = Map::new();
            item.insert("id".to_owned(), Value::from(id.0));
            if let Value::Object(fields) = update.body() {
                item.extend(fields);
            }
            Value::Object(item)
        })
        .collect();
    Request::to(&op::PRODUCTS_EDIT, &[], wire::products::list).carrying(body)
}

//! Reading things again just before they are changed, changing them, and changing products several
//! at a time.
//!
//! What is answered here says of each thing which members the answer left out: a member that is not
//! there tells nothing, unlike one that is null.

use commerce::{Field, Order, OrderId, Product, ProductId};
use serde_json::{Map, Value};

use super::{
    Few, Page, Request, op,
    orders::{self, OrderUpdate},
    products::{self, BATCH_MAX, NewProduct, ProductUpdate, ProductsQuery},
};
use crate::wire;

/// A thing as the store has it, and what its answer did not speak of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen<T> {
    /// The thing. Fields that were left out hold what stands for nothing.
    pub thing: T,
    /// Fields that the answer left out.
    pub left_out: Vec<Field>,
    /// Everything that the answer left out, fields included.
    pub lacks: Lacks,
}

/// What an answer left out of a thing, where it can be taken from what was known of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lacks(pub(crate) Vec<&'static str>);

impl Lacks {
    /// The answer spoke of everything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes from `known` what the answer left out of the product.
    pub fn fill_product(&self, product: &mut Product, known: &Product) {
        wire::together::fill_product(product, &self.0, known);
    }

    /// Takes from `known` what the answer left out of the order.
    pub fn fill_order(&self, order: &mut Order, known: &Order) {
        wire::together::fill_order(order, &self.0, known);
    }
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

/// The product of that name, which no two have. One whose answer can't be read is among
/// [`Page::broken`](Page::broken).
///
/// Source: BigCommerce REST reference, "Get all products", filter `name`.
#[must_use]
pub fn named(name: impl Into<String>) -> Request<Page<Seen<Product>>> {
    products::list(&ProductsQuery::new().name(name)).reading(wire::together::products)
}

/// One order.
#[must_use]
pub fn read_order(id: OrderId) -> Request<Seen<Order>> {
    orders::one(id).reading(wire::together::order)
}

/// Changes an order, as [`orders::update`] does.
#[must_use]
pub fn update_order(id: OrderId, update: &OrderUpdate) -> Request<Seen<Order>> {
    orders::update(id, update).reading(wire::together::order)
}

/// Changes one product, as [`products::update`] does.
#[must_use]
pub fn update_one(id: ProductId, update: &ProductUpdate) -> Request<Seen<Product>> {
    products::update(id, update).reading(wire::together::product)
}

/// Makes a product, as [`products::create`] does.
#[must_use]
pub fn create(product: &NewProduct) -> Request<Seen<Product>> {
    products::create(product).reading(wire::together::product)
}

/// Changes several products; answers with them as they are now, without pictures. Only the fields
/// given are sent.
///
/// [`Kind::Idempotent`](super::Kind::Idempotent). A refusal has changed none of them; where the store says which product it
/// is about, the path of a field error begins with its place (`3.name`). With
/// [remarks](crate::Answer::remarks) (207) some were changed and others not, or not wholly.
///
/// Source: BigCommerce REST reference, "Update products (batch)".
#[must_use]
pub fn update(
    products: &Few<(ProductId, ProductUpdate), BATCH_MAX>,
) -> Request<Page<Seen<Product>>> {
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
    Request::to(&op::PRODUCTS_EDIT, &[], wire::together::products).carrying(body)
}

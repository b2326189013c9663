//! Metafields: values that apps keep with things in the store.

use commerce::{
    BrandId, CategoryId, CustomerId, Metafield, MetafieldEdit, MetafieldId, OrderId, ProductId,
    VariantId,
};

use super::{ListQuery, Operation, Page, Request, filters::MetafieldFilter, op};
use crate::wire::{self, Write};

/// What metafields belong to. A thing has at most 250 of one account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// An order.
    Order(OrderId),
    /// A product.
    Product(ProductId),
    /// A variant of a product.
    Variant(ProductId, VariantId),
    /// A category.
    Category(CategoryId),
    /// A brand.
    Brand(BrandId),
    /// A customer.
    Customer(CustomerId),
}

/// The calls for one kind of owner.
struct Calls {
    list: &'static Operation,
    one: &'static Operation,
    create: &'static Operation,
    update: &'static Operation,
    delete: &'static Operation,
}

macro_rules! calls {
    ($list:ident $one:ident $create:ident $update:ident $delete:ident) => {
        Calls {
            list: &op::$list,
            one: &op::$one,
            create: &op::$create,
            update: &op::$update,
            delete: &op::$delete,
        }
    };
}

impl Owner {
    fn calls(self) -> Calls {
        match self {
            Self::Order(_) => {
                calls!(METAFIELDS_OF_ORDER METAFIELD_OF_ORDER METAFIELD_OF_ORDER_CREATE METAFIELD_OF_ORDER_UPDATE METAFIELD_OF_ORDER_DELETE)
            }
            Self::Product(_) => {
                calls!(METAFIELDS_OF_PRODUCT METAFIELD_OF_PRODUCT METAFIELD_OF_PRODUCT_CREATE METAFIELD_OF_PRODUCT_UPDATE METAFIELD_OF_PRODUCT_DELETE)
            }
            Self::Variant(..) => {
                calls!(METAFIELDS_OF_VARIANT METAFIELD_OF_VARIANT METAFIELD_OF_VARIANT_CREATE METAFIELD_OF_VARIANT_UPDATE METAFIELD_OF_VARIANT_DELETE)
            }
            Self::Category(_) => {
                calls!(METAFIELDS_OF_CATEGORY METAFIELD_OF_CATEGORY METAFIELD_OF_CATEGORY_CREATE METAFIELD_OF_CATEGORY_UPDATE METAFIELD_OF_CATEGORY_DELETE)
            }
            Self::Brand(_) => {
                calls!(METAFIELDS_OF_BRAND METAFIELD_OF_BRAND METAFIELD_OF_BRAND_CREATE METAFIELD_OF_BRAND_UPDATE METAFIELD_OF_BRAND_DELETE)
            }
            Self::Customer(_) => {
                calls!(METAFIELDS_OF_CUSTOMER METAFIELD_OF_CUSTOMER METAFIELD_OF_CUSTOMER_CREATE METAFIELD_OF_CUSTOMER_UPDATE METAFIELD_OF_CUSTOMER_DELETE)
            }
        }
    }

    fn numbers(self) -> Vec<u64> {
        match self {
            Self::Order(id) => vec![id.0],
            Self::Product(id) => vec![id.0],
            Self::Variant(product, id) => vec![product.0, id.0],
            Self::Category(id) => vec![id.0],
            Self::Brand(id) => vec![id.0],
            Self::Customer(id) => vec![id.0],
        }
    }

    fn numbers_and(self, id: MetafieldId) -> Vec<u64> {
        let mut numbers = self.numbers();
        numbers.push(id.0);
        numbers
    }
}

/// One page of the metafields of a thing.
///
/// Source: BigCommerce REST reference, "Get metafields" of each.
#[must_use]
pub fn list(owner: Owner, query: &ListQuery<MetafieldFilter>) -> Request<Page<Metafield>> {
    let read = wire::data_list("id");
    query.of(Request::to(owner.calls().list, &owner.numbers(), read))
}

/// One metafield.
///
/// Source: BigCommerce REST reference, "Get a metafield" of each.
#[must_use]
pub fn one(owner: Owner, id: MetafieldId) -> Request<Metafield> {
    Request::to(owner.calls().one, &owner.numbers_and(id), wire::data_one)
}

/// Adds a metafield. It needs namespace, key, value and permission set.
///
/// [`Error::Conflict`](crate::Error::Conflict) if the thing has one of this namespace and key.
/// Without an answer look for it by these.
///
/// Source: BigCommerce REST reference, "Create a metafield" of each.
#[must_use]
pub fn create(owner: Owner, metafield: &MetafieldEdit) -> Request<Metafield> {
    Request::to(owner.calls().create, &owner.numbers(), wire::data_one).carrying(metafield.write())
}

/// Changes a metafield. One of another account is refused with
/// [`Error::Forbidden`](crate::Error::Forbidden).
///
/// Source: BigCommerce REST reference, "Update a metafield" of each.
#[must_use]
pub fn update(owner: Owner, id: MetafieldId, metafield: &MetafieldEdit) -> Request<Metafield> {
    Request::to(owner.calls().update, &owner.numbers_and(id), wire::data_one)
        .carrying(metafield.write())
}

/// Deletes a metafield. One of another account is refused with
/// [`Error::Forbidden`](crate::Error::Forbidden).
///
/// Source: BigCommerce REST reference, "Delete a metafield" of each.
#[must_use]
pub fn delete(owner: Owner, id: MetafieldId) -> Request<()> {
    Request::to(owner.calls().delete, &owner.numbers_and(id), wire::nothing)
}

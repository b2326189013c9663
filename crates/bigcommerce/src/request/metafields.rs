//! Metafields: values that apps keep with things in the store.

use commerce::{
    BrandId, CategoryId, CustomerId, Metafield, MetafieldEdit, MetafieldId, OrderId, ProductId,
    VariantId,
};

use super::{ListQuery, Page, Request, filters::MetafieldFilter, op, operation::MetafieldCalls};
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

impl Owner {
    const fn calls(self) -> &'static MetafieldCalls {
        match self {
            Self::Order(_) => &op::METAFIELDS_OF_ORDER,
            Self::Product(_) => &op::METAFIELDS_OF_PRODUCT,
            Self::Variant(..) => &op::METAFIELDS_OF_VARIANT,
            Self::Category(_) => &op::METAFIELDS_OF_CATEGORY,
            Self::Brand(_) => &op::METAFIELDS_OF_BRAND,
            Self::Customer(_) => &op::METAFIELDS_OF_CUSTOMER,
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
    query.of(Request::to(&owner.calls().list, &owner.numbers(), read))
}

/// One metafield.
///
/// Source: BigCommerce REST reference, "Get a metafield" of each.
#[must_use]
pub fn one(owner: Owner, id: MetafieldId) -> Request<Metafield> {
    Request::to(&owner.calls().one, &owner.numbers_and(id), wire::data_one)
}

/// Adds a metafield. It needs namespace, key, value and permission set.
///
/// [`Error::Conflict`](crate::Error::Conflict) if the thing has one of this namespace and key.
/// Without an answer look for it by these.
///
/// Source: BigCommerce REST reference, "Create a metafield" of each.
#[must_use]
pub fn create(owner: Owner, metafield: &MetafieldEdit) -> Request<Metafield> {
    Request::to(&owner.calls().create, &owner.numbers(), wire::data_one).carrying(metafield.write())
}

/// Changes a metafield. One of another account is refused with
/// [`Error::Forbidden`](crate::Error::Forbidden).
///
/// Source: BigCommerce REST reference, "Update a metafield" of each.
#[must_use]
pub fn update(owner: Owner, id: MetafieldId, metafield: &MetafieldEdit) -> Request<Metafield> {
    Request::to(
        &owner.calls().update,
        &owner.numbers_and(id),
        wire::data_one,
    )
    .carrying(metafield.write())
}

/// Deletes a metafield. One of another account is refused with
/// [`Error::Forbidden`](crate::Error::Forbidden).
///
/// Source: BigCommerce REST reference, "Delete a metafield" of each.
#[must_use]
pub fn delete(owner: Owner, id: MetafieldId) -> Request<()> {
    Request::to(&owner.calls().delete, &owner.numbers_and(id), wire::nothing)
}

//! Options of a product and their values: what tells variants apart.

use commerce::{
    OptionEdit, OptionId, OptionValue, OptionValueEdit, OptionValueId, ProductId, ProductOption,
};

use super::{ListQuery, Page, Request, filters::NoFilter, op};
use crate::wire::{self, Write};

/// One page of a product's options with their values.
///
/// Source: BigCommerce REST reference, "Get all product options".
#[must_use]
pub fn list(product: ProductId, query: &ListQuery<NoFilter>) -> Request<Page<ProductOption>> {
    query.of(Request::to(
        &op::OPTIONS,
        &[product.0],
        wire::data_list("id"),
    ))
}

/// One option with its values.
///
/// Source: BigCommerce REST reference, "Get a product option".
#[must_use]
pub fn one(product: ProductId, id: OptionId) -> Request<ProductOption> {
    Request::to(&op::OPTION, &[product.0, id.0], wire::data_one)
}

/// Makes an option, with its values or without.
///
/// [`Error::Conflict`](crate::Error::Conflict) if the product has one of this name. Without an
/// answer look in the [`list`].
///
/// Source: BigCommerce REST reference, "Create a product option".
#[must_use]
pub fn create(product: ProductId, option: &OptionEdit) -> Request<ProductOption> {
    Request::to(&op::OPTION_CREATE, &[product.0], wire::data_one).carrying(option.write())
}

/// Changes an option. Its values, if given, take the place of those it has.
///
/// [`Kind::Once`](super::Kind::Once) if one of the values has no number yet.
///
/// Source: BigCommerce REST reference, "Update a product option".
#[must_use]
pub fn update(product: ProductId, id: OptionId, option: &OptionEdit) -> Request<ProductOption> {
    let mut values = option.option_values.iter().flatten();
    let adds = values.any(|value| value.id.is_none());
    Request::to(&op::OPTION_UPDATE, &[product.0, id.0], wire::data_one)
        .carrying(option.write())
        .once_if(adds)
}

/// Deletes an option, and with it the variants that it makes.
///
/// Source: BigCommerce REST reference, "Delete a product option".
#[must_use]
pub fn delete(product: ProductId, id: OptionId) -> Request<()> {
    Request::to(&op::OPTION_DELETE, &[product.0, id.0], wire::nothing)
}

/// One page of an option's values.
///
/// Source: BigCommerce REST reference, "Get all product option values".
#[must_use]
pub fn values(
    product: ProductId,
    id: OptionId,
    query: &ListQuery<NoFilter>,
) -> Request<Page<OptionValue>> {
    query.of(Request::to(
        &op::OPTION_VALUES,
        &[product.0, id.0],
        wire::data_list("id"),
    ))
}

/// Adds a value. It needs a label and a place.
///
/// Without an answer look among the [`values`].
///
/// Source: BigCommerce REST reference, "Create a product option value".
#[must_use]
pub fn create_value(
    product: ProductId,
    id: OptionId,
    value: &OptionValueEdit,
) -> Request<OptionValue> {
    Request::to(&op::OPTION_VALUE_CREATE, &[product.0, id.0], wire::data_one)
        .carrying(value.write())
}

/// Changes a value.
///
/// Source: BigCommerce REST reference, "Update a product option value".
#[must_use]
pub fn update_value(
    product: ProductId,
    id: OptionId,
    value_id: OptionValueId,
    value: &OptionValueEdit,
) -> Request<OptionValue> {
    let values = [product.0, id.0, value_id.0];
    Request::to(&op::OPTION_VALUE_UPDATE, &values, wire::data_one).carrying(value.write())
}

/// Deletes a value.
///
/// Source: BigCommerce REST reference, "Delete a product option value".
#[must_use]
pub fn delete_value(product: ProductId, id: OptionId, value_id: OptionValueId) -> Request<()> {
    let values = [product.0, id.0, value_id.0];
    Request::to(&op::OPTION_VALUE_DELETE, &values, wire::nothing)
}

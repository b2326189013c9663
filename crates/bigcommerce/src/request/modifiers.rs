//! Modifiers of a product and their values: what shoppers choose or fill in.

use commerce::{
    Modifier, ModifierEdit, ModifierId, ModifierValue, ModifierValueEdit, ModifierValueId,
    ProductId,
};

use super::{ListQuery, Page, Request, filters::NoFilter, op};
use crate::wire::{self, Write};

/// One page of a product's modifiers with their values.
///
/// Source: BigCommerce REST reference, "Get all product modifiers".
#[must_use]
pub fn list(product: ProductId, query: &ListQuery<NoFilter>) -> Request<Page<Modifier>> {
    query.of(Request::to(
        &op::MODIFIERS,
        &[product.0],
        wire::data_list("id"),
    ))
}

/// One modifier with its values.
///
/// Source: BigCommerce REST reference, "Get a product modifier".
#[must_use]
pub fn one(product: ProductId, id: ModifierId) -> Request<Modifier> {
    Request::to(&op::MODIFIER, &[product.0, id.0], wire::data_one)
}

/// Makes a modifier, with its values or without.
///
/// [`Error::Conflict`](crate::Error::Conflict) if the product has one of this name. Without an
/// answer look in the [`list`].
///
/// Source: BigCommerce REST reference, "Create a product modifier".
#[must_use]
pub fn create(product: ProductId, modifier: &ModifierEdit) -> Request<Modifier> {
    Request::to(&op::MODIFIER_CREATE, &[product.0], wire::data_one).carrying(modifier.write())
}

/// Changes a modifier. Its values, if given, take the place of those it has.
///
/// [`Kind::Once`](super::Kind::Once) if one of the values has no number yet.
///
/// Source: BigCommerce REST reference, "Update a product modifier".
#[must_use]
pub fn update(product: ProductId, id: ModifierId, modifier: &ModifierEdit) -> Request<Modifier> {
    let mut values = modifier.option_values.iter().flatten();
    let adds = values.any(|value| value.id.is_none());
    Request::to(&op::MODIFIER_UPDATE, &[product.0, id.0], wire::data_one)
        .carrying(modifier.write())
        .once_if(adds)
}

/// Deletes a modifier.
///
/// Source: BigCommerce REST reference, "Delete a product modifier".
#[must_use]
pub fn delete(product: ProductId, id: ModifierId) -> Request<()> {
    Request::to(&op::MODIFIER_DELETE, &[product.0, id.0], wire::nothing)
}

/// One page of a modifier's values.
///
/// Source: BigCommerce REST reference, "Get all product modifier values".
#[must_use]
pub fn values(
    product: ProductId,
    id: ModifierId,
    query: &ListQuery<NoFilter>,
) -> Request<Page<ModifierValue>> {
    query.of(Request::to(
        &op::MODIFIER_VALUES,
        &[product.0, id.0],
        wire::data_list("id"),
    ))
}

/// Adds a value. It needs a label and a place.
///
/// Without an answer look among the [`values`].
///
/// Source: BigCommerce REST reference, "Create a product modifier value".
#[must_use]
pub fn create_value(
    product: ProductId,
    id: ModifierId,
    value: &ModifierValueEdit,
) -> Request<ModifierValue> {
    Request::to(
        &op::MODIFIER_VALUE_CREATE,
        &[product.0, id.0],
        wire::data_one,
    )
    .carrying(value.write())
}

/// Changes a value.
///
/// Source: BigCommerce REST reference, "Update a product modifier value".
#[must_use]
pub fn update_value(
    product: ProductId,
    id: ModifierId,
    value_id: ModifierValueId,
    value: &ModifierValueEdit,
) -> Request<ModifierValue> {
    let values = [product.0, id.0, value_id.0];
    Request::to(&op::MODIFIER_VALUE_UPDATE, &values, wire::data_one).carrying(value.write())
}

/// Deletes a value.
///
/// Source: BigCommerce REST reference, "Delete a product modifier value".
#[must_use]
pub fn delete_value(product: ProductId, id: ModifierId, value_id: ModifierValueId) -> Request<()> {
    let values = [product.0, id.0, value_id.0];
    Request::to(&op::MODIFIER_VALUE_DELETE, &values, wire::nothing)
}

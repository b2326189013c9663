//! Custom fields of a product.

use commerce::{CustomField, CustomFieldEdit, CustomFieldId, ProductId};

use super::{ListQuery, Page, Request, filters::NoFilter, op};
use crate::wire::{self, Write};

/// One page of a product's custom fields.
///
/// Source: BigCommerce REST reference, "Get custom fields".
#[must_use]
pub fn list(product: ProductId, query: &ListQuery<NoFilter>) -> Request<Page<CustomField>> {
    query.of(Request::to(
        &op::CUSTOM_FIELDS,
        &[product.0],
        wire::data_list("id"),
    ))
}

/// Adds a custom field. It needs name and value; a product has at most 200.
///
/// Without an answer look in the [`list`].
///
/// Source: BigCommerce REST reference, "Create a custom field".
#[must_use]
pub fn create(product: ProductId, field: &CustomFieldEdit) -> Request<CustomField> {
    Request::to(&op::CUSTOM_FIELD_CREATE, &[product.0], wire::data_one).carrying(field.write())
}

/// Changes a custom field.
///
/// Source: BigCommerce REST reference, "Update a custom field".
#[must_use]
pub fn update(
    product: ProductId,
    id: CustomFieldId,
    field: &CustomFieldEdit,
) -> Request<CustomField> {
    Request::to(&op::CUSTOM_FIELD_UPDATE, &[product.0, id.0], wire::data_one)
        .carrying(field.write())
}

/// Deletes a custom field.
///
/// Source: BigCommerce REST reference, "Delete a custom field".
#[must_use]
pub fn delete(product: ProductId, id: CustomFieldId) -> Request<()> {
    Request::to(&op::CUSTOM_FIELD_DELETE, &[product.0, id.0], wire::nothing)
}

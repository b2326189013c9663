//! Variants: of one product, and across products.

use commerce::{ProductId, Variant, VariantEdit, VariantId};
use serde_json::Value;

use super::{
    Few, ListQuery, Page, Request,
    filters::{NoFilter, VariantFilter},
    op,
};
use crate::wire::{self, Write};

/// The most variants that one request changes.
///
/// Source: BigCommerce REST reference, "Update variants (batch)": above it answers 413.
pub const BATCH_MAX: usize = 50;

/// One page of a product's variants; a product has at most 600.
///
/// Source: BigCommerce REST reference, "Get all product variants".
#[must_use]
pub fn list(product: ProductId, query: &ListQuery<NoFilter>) -> Request<Page<Variant>> {
    query.of(Request::to(
        &op::VARIANTS,
        &[product.0],
        wire::data_list("id"),
    ))
}

/// One page of the variants of all products. Finds a variant by its SKU, which the list of
/// products doesn't.
///
/// Source: BigCommerce REST reference, "Get all variants".
#[must_use]
pub fn across(query: &ListQuery<VariantFilter>) -> Request<Page<Variant>> {
    query.of(Request::to(
        &op::VARIANTS_ACROSS,
        &[],
        wire::data_list("id"),
    ))
}

/// One variant.
///
/// Source: BigCommerce REST reference, "Get a product variant".
#[must_use]
pub fn one(product: ProductId, id: VariantId) -> Request<Variant> {
    Request::to(&op::VARIANT, &[product.0, id.0], wire::data_one)
}

/// Makes a variant of choices that there is none of yet. It needs a SKU and
/// [`VariantEdit::option_values`].
///
/// Without an answer look for its SKU [across](across()) products.
///
/// Source: BigCommerce REST reference, "Create a product variant".
#[must_use]
pub fn create(product: ProductId, variant: &VariantEdit) -> Request<Variant> {
    Request::to(&op::VARIANT_CREATE, &[product.0], wire::data_one).carrying(variant.write())
}

/// Changes a variant.
///
/// Source: BigCommerce REST reference, "Update a product variant".
#[must_use]
pub fn update(product: ProductId, id: VariantId, variant: &VariantEdit) -> Request<Variant> {
    Request::to(&op::VARIANT_UPDATE, &[product.0, id.0], wire::data_one).carrying(variant.write())
}

/// Changes variants of any products. All or none: a refusal names the wrong one by its index.
///
/// Source: BigCommerce REST reference, "Update variants (batch)".
#[must_use]
pub fn update_batch(variants: &Few<(VariantId, VariantEdit), BATCH_MAX>) -> Request<Page<Variant>> {
    let body: Value = variants
        .iter()
        .map(|(id, edit)| wire::with_id("id", id.0, edit.write()))
        .collect();
    Request::to(&op::VARIANTS_UPDATE, &[], wire::data_list("id")).carrying(body)
}

/// Deletes a variant.
///
/// Source: BigCommerce REST reference, "Delete a product variant".
#[must_use]
pub fn delete(product: ProductId, id: VariantId) -> Request<()> {
    Request::to(&op::VARIANT_DELETE, &[product.0, id.0], wire::nothing)
}

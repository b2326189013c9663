//! Bulk pricing rules of a product.

use commerce::{BulkPricingRule, BulkPricingRuleEdit, BulkPricingRuleId, ProductId};

use super::{Page, Request, op};
use crate::wire::{self, Write};

/// A product's bulk pricing rules, all on one page.
///
/// Source: BigCommerce REST reference, "Get bulk pricing rules". It names no paging, and unknown
/// parameters are refused.
#[must_use]
pub fn list(product: ProductId) -> Request<Page<BulkPricingRule>> {
    Request::to(&op::BULK_PRICING, &[product.0], wire::data_list("id"))
}

/// Adds a bulk pricing rule. It needs every field but the number; a product has at most 50, which must not overlap.
///
/// Without an answer look in the [`list`].
///
/// Source: BigCommerce REST reference, "Create a bulk pricing rule".
#[must_use]
pub fn create(product: ProductId, rule: &BulkPricingRuleEdit) -> Request<BulkPricingRule> {
    Request::to(&op::BULK_PRICING_CREATE, &[product.0], wire::data_one).carrying(rule.write())
}

/// Changes a bulk pricing rule.
///
/// Source: BigCommerce REST reference, "Update a bulk pricing rule".
#[must_use]
pub fn update(
    product: ProductId,
    id: BulkPricingRuleId,
    rule: &BulkPricingRuleEdit,
) -> Request<BulkPricingRule> {
    Request::to(&op::BULK_PRICING_UPDATE, &[product.0, id.0], wire::data_one).carrying(rule.write())
}

/// Deletes a bulk pricing rule.
///
/// Source: BigCommerce REST reference, "Delete a bulk pricing rule".
#[must_use]
pub fn delete(product: ProductId, id: BulkPricingRuleId) -> Request<()> {
    Request::to(&op::BULK_PRICING_DELETE, &[product.0, id.0], wire::nothing)
}

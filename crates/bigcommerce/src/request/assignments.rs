//! Which products stand in which categories, and on which channels they are sold.
//!
//! Assigning adds and takes nothing away, so that it can be done twice; setting a product's
//! categories by [`ProductEdit::categories`](commerce::ProductEdit::categories) takes the place of
//! all.

use commerce::{CategoryAssignment, CategoryId, ChannelAssignment, ChannelId, ProductId};
use serde_json::{Value, json};

use super::{
    Few, ListQuery, Page, Request,
    filters::{CategoryAssignmentFilter, ChannelAssignmentFilter},
    op, query,
};
use crate::wire;

/// The most assignments that one request makes, and the most products, categories or channels that
/// one request names. Ours: the reference names no number.
pub const BATCH_MAX: usize = 250;

/// One page of which products stand in which categories.
///
/// Source: BigCommerce REST reference, "Get products category assignments".
#[must_use]
pub fn of_categories(
    query: &ListQuery<CategoryAssignmentFilter>,
) -> Request<Page<CategoryAssignment>> {
    let read = wire::data_list("product_id");
    query.of(Request::to(&op::CATEGORY_ASSIGNMENTS, &[], read))
}

/// Puts products into categories, besides those they stand in.
///
/// Source: BigCommerce REST reference, "Create products category assignments".
#[must_use]
pub fn assign_categories(assignments: &Few<CategoryAssignment, BATCH_MAX>) -> Request<()> {
    let body: Value = assignments
        .iter()
        .map(|to| json!({"product_id": to.product_id.0, "category_id": to.category_id.0}))
        .collect();
    Request::to(&op::CATEGORY_ASSIGN, &[], wire::nothing).carrying(body)
}

/// Takes each of these products out of each of these categories.
///
/// Source: BigCommerce REST reference, "Delete products category assignments".
#[must_use]
pub fn unassign_categories(
    products: &Few<ProductId, BATCH_MAX>,
    categories: &Few<CategoryId, BATCH_MAX>,
) -> Request<()> {
    Request::to(&op::CATEGORY_UNASSIGN, &[], wire::nothing)
        .asking(
            "product_id:in",
            query::numbers(products.iter().map(|id| id.0)),
        )
        .asking(
            "category_id:in",
            query::numbers(categories.iter().map(|id| id.0)),
        )
}

/// One page of which products are sold on which channels.
///
/// Source: BigCommerce REST reference, "Get products channel assignments".
#[must_use]
pub fn of_channels(query: &ListQuery<ChannelAssignmentFilter>) -> Request<Page<ChannelAssignment>> {
    let read = wire::data_list("product_id");
    query.of(Request::to(&op::CHANNEL_ASSIGNMENTS, &[], read))
}

/// Sells products on channels, besides those they are sold on.
///
/// Source: BigCommerce REST reference, "Create products channel assignments".
#[must_use]
pub fn assign_channels(assignments: &Few<ChannelAssignment, BATCH_MAX>) -> Request<()> {
    let body: Value = assignments
        .iter()
        .map(|to| json!({"product_id": to.product_id.0, "channel_id": to.channel_id.0}))
        .collect();
    Request::to(&op::CHANNEL_ASSIGN, &[], wire::nothing).carrying(body)
}

/// Takes each of these products off each of these channels.
///
/// Source: BigCommerce REST reference, "Delete products channel assignments".
#[must_use]
pub fn unassign_channels(
    products: &Few<ProductId, BATCH_MAX>,
    channels: &Few<ChannelId, BATCH_MAX>,
) -> Request<()> {
    Request::to(&op::CHANNEL_UNASSIGN, &[], wire::nothing)
        .asking(
            "product_id:in",
            query::numbers(products.iter().map(|id| id.0)),
        )
        .asking(
            "channel_id:in",
            query::numbers(channels.iter().map(|id| id.0)),
        )
}

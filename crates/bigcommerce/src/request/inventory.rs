//! Stock by place.
//!
//! The store takes adjustments over time: what was set shows after a moment. The first adjustment
//! of a thing at a place has to be absolute.

use commerce::{Location, LocationId, StockAdjustment, StockItem};
use serde_json::{Value, json};

use super::{
    Few, ListQuery, Page, Request,
    filters::{LocationFilter, StockAtFilter, StockFilter},
    op,
};
use crate::wire::{self, Write};

/// The most adjustments in one request.
///
/// Source: BigCommerce REST reference, "Inventory adjustments".
pub const BATCH_MAX: usize = 2_000;

/// The most things of which stock is told on a page.
///
/// Source: BigCommerce REST reference, "Inventory".
pub const PAGE_LIMIT_MAX: u32 = 1_000;

/// One page of the places that hold stock.
///
/// Source: BigCommerce REST reference, "List locations".
#[must_use]
pub fn locations(query: &ListQuery<LocationFilter>) -> Request<Page<Location>> {
    query.of(Request::to(&op::LOCATIONS, &[], wire::data_list("id")))
}

/// One page of stock at all places.
///
/// Source: BigCommerce REST reference, "Get inventory at locations".
#[must_use]
pub fn items(query: &ListQuery<StockFilter>) -> Request<Page<StockItem>> {
    query.of(Request::to(
        &op::STOCK,
        &[],
        wire::data_list(wire::inventory::NUMBER),
    ))
}

/// One page of stock at one place.
///
/// Source: BigCommerce REST reference, "Get inventory at a location".
#[must_use]
pub fn items_at(
    location: LocationId,
    query: &ListQuery<StockAtFilter>,
) -> Request<Page<StockItem>> {
    query.of(Request::to(&op::STOCK_AT, &[location.0], |answer| {
        wire::data_page(
            answer,
            wire::inventory::NUMBER,
            wire::inventory::at_location,
        )
        .map(Into::into)
    }))
}

/// Sets stock to so many pieces. Answers with the store's name for the adjustment.
///
/// Source: BigCommerce REST reference, "Create absolute adjustment".
#[must_use]
pub fn adjust_absolute(reason: &str, items: &Few<StockAdjustment, BATCH_MAX>) -> Request<String> {
    Request::to(&op::STOCK_ABSOLUTE, &[], wire::transaction_id).carrying(body(reason, items))
}

/// Changes stock by so many pieces. Answers with the store's name for the adjustment.
///
/// [`Kind::Once`](super::Kind::Once), and without an answer nothing tells whether it was done: a
/// person has to decide.
///
/// Source: BigCommerce REST reference, "Create relative adjustment".
#[must_use]
pub fn adjust_relative(reason: &str, items: &Few<StockAdjustment, BATCH_MAX>) -> Request<String> {
    Request::to(&op::STOCK_RELATIVE, &[], wire::transaction_id).carrying(body(reason, items))
}

fn body(reason: &str, items: &Few<StockAdjustment, BATCH_MAX>) -> Value {
    let items: Value = items.iter().map(Write::write).collect();
    json!({"reason": reason, "items": items})
}

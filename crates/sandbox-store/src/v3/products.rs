//! The catalog, to read.
//!
//! Source: BigCommerce REST reference, "Catalog products"; error bodies observed on the wire.

use serde_json::json;

use super::product_body::ProductBody;
use super::product_filter::{Filter, KNOWN, sort};
use super::wanted::Wanted;
use super::{Page, done, listing, only_known, product_of};
use crate::gate::Call;
use crate::http::Response;
use crate::state::Store;

pub(crate) fn list(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, KNOWN)?;
    let wanted = Wanted::read(&call.query)?;
    let filter = Filter::read(&call.query, call.now)?;
    let mut page = Page::read(&call.query)?;
    // With options or modifiers a page shrinks to ten. Source: BigCommerce REST reference.
    if wanted.shortens_pages() {
        page.limit = page.limit.min(10);
    }
    let mut products = filter.find(&store.world.products, &store.world.brands);
    sort(&call.query, &mut products)?;
    let slice = page.slice(&products);
    let data: Vec<ProductBody<'_>> = slice
        .iter()
        .map(|product| ProductBody {
            product,
            wanted: &wanted,
            origin: &call.origin,
        })
        .collect();
    let mut pagination = page.meta(products.len(), data.len(), true);
    pagination["too_many"] = false.into();
    Ok(listing(&data, json!({ "pagination": pagination })))
}

pub(crate) fn one(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    const TAKES: &[&str] = &["include", "include_fields", "exclude_fields"];
    only_known(&call.query, TAKES)?;
    let wanted = Wanted::read(&call.query)?;
    let product = product_of(store, call)?;
    Ok(done(&ProductBody {
        product,
        wanted: &wanted,
        origin: &call.origin,
    }))
}

//! The catalog, to read.
//!
//! Source: BigCommerce REST reference, "Catalog products"; error bodies observed on the wire.

use serde_json::{Value, json};

use super::product_body::{Wanted, body};
use super::product_filter::{Filter, KNOWN, sort};
use super::{Page, listing, only_known};
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::state::Store;
use crate::state::catalog::Product;

pub(crate) fn list(store: &Store, call: &Call<'_>) -> Response {
    answer(store, call).unwrap_or_else(|refused| *refused)
}

fn answer(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, KNOWN)?;
    let wanted = Wanted::read(&call.query)?;
    let filter = Filter::read(&call.query)?;
    let mut page = Page::read(&call.query)?;
    // With options or modifiers a page shrinks to ten. Source: BigCommerce REST reference.
    if wanted.shortens_pages() {
        page.limit = page.limit.min(10);
    }
    let mut products: Vec<&Product> = store
        .world
        .products
        .iter()
        .filter(|product| filter.takes(product))
        .collect();
    sort(&call.query, &mut products)?;
    let slice = page.slice(&products);
    let data: Vec<Value> = slice
        .iter()
        .map(|product| body(product, &wanted, &call.origin))
        .collect();
    let mut pagination = page.meta(products.len(), data.len(), true);
    pagination["too_many"] = false.into();
    Ok(listing(&data, json!({ "pagination": pagination })))
}

pub(crate) fn one(store: &Store, call: &Call<'_>) -> Response {
    const TAKES: &[&str] = &["include", "include_fields", "exclude_fields"];
    let wanted = only_known(&call.query, TAKES).and_then(|()| Wanted::read(&call.query));
    let wanted = match wanted {
        Ok(wanted) => wanted,
        Err(refused) => return *refused,
    };
    let id: Option<u64> = call.ids.first().and_then(|id| id.parse().ok());
    let product = store
        .world
        .products
        .iter()
        .find(|product| Some(product.id) == id);
    match product {
        Some(product) => {
            let body = json!({ "data": body(product, &wanted, &call.origin), "meta": {} });
            Response::json(200, &body)
        }
        None => refusals::v3_not_found("A product was not found with an id of the request"),
    }
}

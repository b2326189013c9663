//! Variants, to read.
//!
//! Source: BigCommerce REST reference, "Product variants".

use serde_json::{Value, json};

use super::product_body::{self, Wanted};
use super::{Page, done, ids, listing, only_known, product_of};
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::state::Store;
use crate::state::catalog::{Product, Variant};

/// Of one product.
pub(crate) fn list(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    const TAKES: &[&str] = &["page", "limit", "include_fields", "exclude_fields"];
    only_known(&call.query, TAKES)?;
    let product = product_of(store, call)?;
    let all: Vec<(&Product, &Variant)> = product
        .variants
        .iter()
        .map(|variant| (product, variant))
        .collect();
    page_of(call, &all)
}

/// Of one product, by id.
pub(crate) fn one(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, &["include_fields", "exclude_fields"])?;
    let wanted = Wanted::read(&call.query)?;
    let product = product_of(store, call)?;
    let id: Option<u64> = call.ids.get(1).and_then(|id| id.parse().ok());
    let variant = product.variants.iter().find(|each| Some(each.id) == id);
    let variant =
        variant.ok_or_else(|| Box::new(refusals::v3_not_found("The variant was not found")))?;
    let body = product_body::variant(product, variant, &call.origin);
    Ok(done(&wanted.only(body)))
}

/// Of all products: the way to find one by the SKU of a variant.
pub(crate) fn all(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    const TAKES: &[&str] = &[
        "id",
        "sku",
        "upc",
        "product_id:in",
        "page",
        "limit",
        "include_fields",
        "exclude_fields",
    ];
    only_known(&call.query, TAKES)?;
    let id = ids(&call.query, "id")?;
    let products = ids(&call.query, "product_id:in")?;
    let text = |name: &str| call.query.get(name).filter(|text| !text.is_empty());
    let (sku, upc) = (text("sku").map(str::to_lowercase), text("upc"));
    let found: Vec<(&Product, &Variant)> = store
        .world
        .products
        .iter()
        .flat_map(|product| {
            product
                .variants
                .iter()
                .map(move |variant| (product, variant))
        })
        .filter(|(product, variant)| {
            id.as_ref().is_none_or(|ids| ids.contains(&variant.id))
                && products
                    .as_ref()
                    .is_none_or(|ids| ids.contains(&product.id))
                && sku
                    .as_ref()
                    .is_none_or(|sku| product.sku_of(variant).to_lowercase() == *sku)
                && upc.is_none_or(|upc| &**product.upc_of(variant) == upc)
        })
        .collect();
    page_of(call, &found)
}

fn page_of(call: &Call<'_>, all: &[(&Product, &Variant)]) -> Result<Response, Box<Response>> {
    let wanted = Wanted::read(&call.query)?;
    let page = Page::read(&call.query)?;
    let data: Vec<Value> = page
        .slice(all)
        .iter()
        .map(|(product, variant)| product_body::variant(product, variant, &call.origin))
        .map(|body| wanted.only(body))
        .collect();
    let pagination = page.meta(all.len(), data.len(), true);
    Ok(listing(&data, json!({ "pagination": pagination })))
}

//! Variants, to read.
//!
//! Source: BigCommerce REST reference, "Product variants".

use serde_json::json;

use super::variant_body::VariantBody;
use super::wanted::Wanted;
use super::{Page, done, ids, listing, only_known, product_of};
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::seed::catalog::{Counters, take};
use crate::state::Store;
use crate::state::catalog::{Product, Variant};
use crate::state::orders::Chosen;

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
    let variant = variant_of(product, call)?;
    Ok(done(&VariantBody {
        product,
        variant,
        wanted: &wanted,
        origin: &call.origin,
    }))
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
        .filter(|product| {
            products
                .as_ref()
                .is_none_or(|ids| ids.contains(&product.id))
        })
        .flat_map(|product| {
            product
                .variants
                .iter()
                .map(move |variant| (product, variant))
        })
        .filter(|(product, variant)| {
            id.as_ref().is_none_or(|ids| ids.contains(&variant.id))
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
    let data: Vec<VariantBody<'_>> = page
        .slice(all)
        .iter()
        .map(|(product, variant)| VariantBody {
            product,
            variant,
            wanted: &wanted,
            origin: &call.origin,
        })
        .collect();
    let pagination = page.meta(all.len(), data.len(), true);
    Ok(listing(&data, json!({ "pagination": pagination })))
}

/// The variant whose id is the second in the path.
pub(super) fn variant_of<'a>(
    product: &'a Product,
    call: &Call<'_>,
) -> Result<&'a Variant, Box<Response>> {
    let id: Option<u64> = call.ids.get(1).and_then(|id| id.parse().ok());
    let mut variants = product.variants.iter();
    variants
        .find(|variant| Some(variant.id) == id)
        .ok_or_else(|| Box::new(refusals::v3_not_found("The variant was not found")))
}

/// After options or values changed: variants take their new labels, and those whose option or value
/// is gone go too. With the last of them the one variant of a simple product comes back.
pub(super) fn follow_options(product: &mut Product, next: &mut Counters) {
    let options = &product.options;
    let label = |chosen: &Chosen| {
        let option = options.iter().find(|each| each.id == chosen.option_id)?;
        let value = option
            .values
            .iter()
            .find(|each| each.id == chosen.value_id)?;
        Some(Chosen {
            option_id: option.id,
            name: option.name.clone(),
            value: value.label.clone(),
            value_id: value.id,
        })
    };
    product.variants.retain_mut(|variant| {
        let chosen: Option<Vec<Chosen>> = variant.chosen.iter().map(label).collect();
        let is_whole = chosen.is_some();
        variant.chosen = chosen.unwrap_or_default().into();
        is_whole
    });
    if product.variants.is_empty() {
        product.variants.push(bare(take(&mut next.variant)));
    }
}

/// The one variant of a simple product.
pub(super) fn bare(id: u64) -> Variant {
    Variant {
        id,
        sku: "".into(),
        upc: "".into(),
        price: None,
        level: 0,
        warning_level: 0,
        chosen: [].into(),
        color: None,
        is_stocked: false,
        others: None,
    }
}

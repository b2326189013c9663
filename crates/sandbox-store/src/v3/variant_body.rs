//! A variant as v3 writes it.
//!
//! Source: BigCommerce REST reference, "Product variants"; which fields are null observed on the wire.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::wanted::{Fields, Wanted};
use crate::decimal::Decimal;
use crate::pictures::{self, Drawing};
use crate::state::catalog::{Product, Tracking, Variant};

/// A variant on its way out. The one of a simple product repeats the product's price, numbers and
/// stock; a real one inherits by saying nothing. Weights and sizes are null in both until they are put.
pub(super) struct VariantBody<'a> {
    pub(super) product: &'a Product,
    pub(super) variant: &'a Variant,
    pub(super) wanted: &'a Wanted,
    pub(super) origin: &'a str,
}

impl Serialize for VariantBody<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self {
            product, variant, ..
        } = *self;
        let mirrors = product.is_simple();
        let mirrored = |name: &str| {
            let set = product.others.get(name).filter(|_field| mirrors);
            set.and_then(Value::as_str).unwrap_or("")
        };
        let level = match product.tracking {
            Tracking::None => 0,
            Tracking::Product => product.level,
            Tracking::Variant => variant.level,
        };
        let warning = if mirrors {
            product.warning_level
        } else {
            variant.warning_level
        };
        let mut to = Fields {
            map: serializer.serialize_map(None)?,
            wanted: self.wanted,
            others: variant.others.as_deref(),
        };
        to.put("id", &variant.id)?;
        to.put("product_id", &product.id)?;
        to.put("sku", product.sku_of(variant))?;
        to.put("sku_id", &(variant.id + 40))?;
        to.put("price", &variant.price.or(mirrors.then_some(product.price)))?;
        to.put("calculated_price", &product.price_of(variant))?;
        for price in ["sale_price", "retail_price", "map_price"] {
            to.put(price, &())?;
        }
        to.put("weight", &())?;
        to.put("calculated_weight", &weight_of(product, variant))?;
        for size in ["width", "height", "depth"] {
            to.put(size, &())?;
        }
        to.put("is_free_shipping", &false)?;
        to.put("fixed_cost_shipping_price", &())?;
        to.put("purchasing_disabled", &false)?;
        to.put("purchasing_disabled_message", "")?;
        to.put("image_url", &image_url(product, variant, self.origin))?;
        to.put("cost_price", &product.cost)?;
        to.put("upc", product.upc_of(variant))?;
        to.put("mpn", mirrored("mpn"))?;
        to.put("gtin", mirrored("gtin"))?;
        to.put("inventory_level", &level)?;
        to.put("inventory_warning_level", &warning)?;
        to.put("bin_picking_number", mirrored("bin_picking_number"))?;
        let chosen: Vec<Value> = variant
            .chosen
            .iter()
            .map(|chosen| {
                json!({
                    "id": chosen.value_id,
                    "label": chosen.value,
                    "option_id": chosen.option_id,
                    "option_display_name": chosen.name,
                })
            })
            .collect();
        to.put("option_values", &chosen)?;
        to.map.end()
    }
}

/// Its own weight, or the product's.
fn weight_of(product: &Product, variant: &Variant) -> Decimal {
    variant.amount("weight").unwrap_or(product.weight)
}

/// The picture of the variant in its own colour; empty where it has none.
fn image_url(product: &Product, variant: &Variant, origin: &str) -> String {
    match (product.kind, variant.color) {
        (Some(kind), Some(color)) if !product.images.is_empty() && !product.is_simple() => {
            let shape = kind.shape;
            pictures::variant_url(origin, variant.id, Drawing { shape, color })
        }
        (Some(_) | None, Some(_) | None) => String::new(),
    }
}

//! A product as v3 writes it, with the sentinels the wire has.
//!
//! Source: BigCommerce REST reference, "Catalog products"; `related_products`, `preorder_message` and
//! `price_hidden_label` observed on the wire.

use serde_json::{Map, Value, json};

use super::images;
use crate::dates::Iso;
use crate::gate::refusals;
use crate::http::Response;
use crate::pictures::{self, Drawing};
use crate::query::Query;
use crate::state::catalog::{Product, Tracking, Variant};

/// What is sent besides the plain fields, and which of those.
#[derive(Default)]
pub(super) struct Wanted {
    include: Vec<String>,
    only: Option<Vec<String>>,
    without: Vec<String>,
}

/// Sub-resources that can come inline.
const INCLUDES: &[&str] = &[
    "variants",
    "images",
    "primary_image",
    "custom_fields",
    "bulk_pricing_rules",
    "options",
    "modifiers",
    "reviews",
    "videos",
    "channels",
    "parent_relations",
];

impl Wanted {
    pub(super) fn read(query: &Query) -> Result<Self, Box<Response>> {
        let list = |name: &str| -> Option<Vec<String>> {
            let text = query.get(name).filter(|text| !text.is_empty())?;
            Some(text.split(',').map(|part| part.trim().to_owned()).collect())
        };
        let include = list("include").unwrap_or_default();
        if let Some(unknown) = include
            .iter()
            .find(|name| !INCLUDES.contains(&name.as_str()))
        {
            let reason = format!("{unknown} is not a sub-resource");
            return Err(Box::new(refusals::v3_invalid("include", &reason)));
        }
        Ok(Self {
            include,
            only: list("include_fields"),
            without: list("exclude_fields").unwrap_or_default(),
        })
    }

    /// As after a product was made: with all that belongs to it.
    pub(super) fn and_everything(mut self) -> Self {
        self.include = INCLUDES.iter().map(|name| (*name).to_owned()).collect();
        self
    }

    /// All there is.
    pub(super) fn everything() -> Self {
        Self::default().and_everything()
    }

    /// Leaves only the fields that were asked for.
    pub(super) fn only(&self, body: Value) -> Value {
        match body {
            Value::Object(mut fields) => {
                self.keep(&mut fields);
                Value::Object(fields)
            }
            other => other,
        }
    }

    pub(super) fn shortens_pages(&self) -> bool {
        self.has("options") || self.has("modifiers")
    }

    fn has(&self, name: &str) -> bool {
        self.include.iter().any(|included| included == name)
    }

    fn keep(&self, body: &mut Map<String, Value>) {
        if let Some(only) = &self.only {
            body.retain(|name, _| name == "id" || only.contains(name));
        }
        body.retain(|name, _| name == "id" || !self.without.contains(name));
    }
}

pub(super) fn body(product: &Product, wanted: &Wanted, origin: &str) -> Value {
    let zero = 0;
    let fields = json!({
        "id": product.id,
        "name": product.name,
        "type": product.form.name(),
        "sku": product.sku,
        "description": product.description,
        "weight": product.weight,
        "width": zero,
        "depth": zero,
        "height": zero,
        "price": product.price,
        "cost_price": product.cost,
        "retail_price": product.retail,
        "sale_price": product.sale,
        "map_price": zero,
        "tax_class_id": zero,
        "product_tax_code": "",
        "calculated_price": product.calculated_price(),
        "categories": product.categories,
        "brand_id": product.brand_id,
        "option_set_id": null,
        "option_set_display": "right",
        "inventory_level": product.stock(),
        "inventory_warning_level": product.warning_level,
        "inventory_tracking": product.tracking.name(),
        "reviews_rating_sum": zero,
        "reviews_count": zero,
        "total_sold": product.total_sold,
        "fixed_cost_shipping_price": zero,
        "is_free_shipping": product.is_free_shipping,
        "is_visible": product.is_visible,
        "is_featured": product.is_featured,
        // -1: the store picks related products by itself.
        "related_products": [-1],
        "warranty": "",
        "bin_picking_number": "",
        "layout_file": "product.html",
        "upc": product.upc,
        "mpn": "",
        "gtin": "",
        "date_last_imported": null,
        "search_keywords": "",
        "availability": product.availability.name(),
        "availability_description": "",
        "gift_wrapping_options_type": "any",
        "gift_wrapping_options_list": [],
        "sort_order": zero,
        "condition": product.condition.name(),
        "is_condition_shown": false,
        "order_quantity_minimum": zero,
        "order_quantity_maximum": zero,
        "page_title": "",
        "meta_keywords": [],
        "meta_description": "",
        "date_created": Iso::Offset(product.created),
        "date_modified": Iso::Offset(product.modified),
        "view_count": product.view_count,
        "preorder_release_date": null,
        "preorder_message": "0",
        "is_preorder_only": false,
        "is_price_hidden": false,
        "price_hidden_label": "0",
        "custom_url": { "url": product.url.path, "is_customized": product.url.is_customized },
        // Null once there are real variants.
        "base_variant_id": if product.is_simple() {
            product.variants.first().map(|variant| variant.id)
        } else {
            None
        },
        "open_graph_type": "product",
        "open_graph_title": "",
        "open_graph_description": "",
        "open_graph_use_meta_description": true,
        "open_graph_use_product_name": true,
        "open_graph_use_image": true,
    });
    let Value::Object(mut fields) = fields else {
        return fields;
    };
    for (name, value) in &product.others {
        fields.insert(name.clone(), value.clone());
    }
    wanted.keep(&mut fields);
    for name in &wanted.include {
        fields.insert(name.clone(), included(product, name, origin));
    }
    Value::Object(fields)
}

fn included(product: &Product, name: &str, origin: &str) -> Value {
    match name {
        "variants" => product
            .variants
            .iter()
            .map(|each| variant(product, each, origin))
            .collect(),
        "images" => product
            .images
            .iter()
            .map(|image| images::body(product, image, origin))
            .collect(),
        "primary_image" => product
            .thumbnail()
            .map_or(Value::Null, |image| images::body(product, image, origin)),
        "custom_fields" => product
            .custom_fields
            .iter()
            .map(|field| json!({ "id": field.id, "name": field.name, "value": field.value }))
            .collect(),
        "options" => product
            .options
            .iter()
            .enumerate()
            .map(|(place, option)| {
                let values: Vec<Value> = option
                    .values
                    .iter()
                    .enumerate()
                    .map(|(place, (id, label, color))| {
                        json!({
                            "id": id,
                            "label": label,
                            "sort_order": place,
                            "value_data": color.map(|color| json!({ "colors": [color] })),
                            "is_default": false,
                        })
                    })
                    .collect();
                json!({
                    "id": option.id,
                    "product_id": product.id,
                    "name": format!("{}{}", option.name, option.id),
                    "display_name": option.name,
                    "type": option.style,
                    "sort_order": place,
                    "option_values": values,
                    "config": [],
                })
            })
            .collect(),
        "channels" => json!(product.channels),
        // Sub-resources the sample shop has none of.
        _empty => json!([]),
    }
}

/// A variant. The one of a simple product repeats the product's price, numbers and stock; a real one
/// inherits by saying nothing. Weights and sizes are null in both. Source: observed on the wire.
pub(super) fn variant(product: &Product, variant: &Variant, origin: &str) -> Value {
    let mirrors = product.is_simple();
    let text = |name: &str| {
        let set = product.others.get(name).filter(|_field| mirrors);
        set.and_then(Value::as_str).unwrap_or("").to_owned()
    };
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
    let level = match product.tracking {
        Tracking::None => 0,
        Tracking::Product => product.level,
        Tracking::Variant => variant.level,
    };
    json!({
        "id": variant.id,
        "product_id": product.id,
        "sku": product.sku_of(variant),
        "sku_id": variant.id + 40,
        "price": variant.price.or(mirrors.then_some(product.price)),
        "calculated_price": product.price_of(variant),
        "sale_price": null,
        "retail_price": null,
        "map_price": null,
        "weight": null,
        "calculated_weight": product.weight,
        "width": null,
        "height": null,
        "depth": null,
        "is_free_shipping": false,
        "fixed_cost_shipping_price": null,
        "purchasing_disabled": false,
        "purchasing_disabled_message": "",
        "image_url": image_url(product, variant, origin),
        "cost_price": product.cost,
        "upc": product.upc_of(variant),
        "mpn": text("mpn"),
        "gtin": text("gtin"),
        "inventory_level": level,
        "inventory_warning_level": if mirrors { product.warning_level } else { variant.warning_level },
        "bin_picking_number": text("bin_picking_number"),
        "option_values": chosen,
    })
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

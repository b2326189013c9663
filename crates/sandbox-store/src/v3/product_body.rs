//! A product as v3 writes it, with the sentinels the wire has.
//!
//! Source: BigCommerce REST reference, "Catalog products"; `related_products`, `preorder_message` and
//! `price_hidden_label` observed on the wire.

use serde_json::{Map, Value, json};

use super::super::gate::refusals;
use crate::dates::Iso;
use crate::http::Response;
use crate::money::{Cents, Plain};
use crate::pictures;
use crate::query::Query;
use crate::seed::kinds::FIRST_BRAND;
use crate::state::catalog::{Product, Tracking, Variant};

/// What is sent besides the plain fields, and which of those.
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
        "type": "physical",
        "sku": product.sku,
        "description": product.description,
        "weight": Plain(Cents(i64::from(product.weight_lb_hundredths))),
        "width": zero,
        "depth": zero,
        "height": zero,
        "price": Plain(product.price),
        "cost_price": Plain(product.cost),
        "retail_price": Plain(product.retail),
        "sale_price": Plain(product.sale),
        "map_price": zero,
        "tax_class_id": zero,
        "product_tax_code": "",
        "calculated_price": Plain(product.calculated_price()),
        "categories": product.categories,
        "brand_id": FIRST_BRAND + product.brand as u64,
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
        "availability": "available",
        "availability_description": "",
        "gift_wrapping_options_type": "any",
        "gift_wrapping_options_list": [],
        "sort_order": zero,
        "condition": "New",
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
        "custom_url": { "url": format!("/{}/", product.slug), "is_customized": false },
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
        "images" => image(product, origin).into_iter().collect(),
        "primary_image" => image(product, origin).unwrap_or(Value::Null),
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
        "channels" => json!([1]),
        // Sub-resources the sample shop has none of.
        _empty => json!([]),
    }
}

fn variant(product: &Product, variant: &Variant, origin: &str) -> Value {
    let price = variant.price;
    // The one variant of a simple product repeats the product's price; real ones may inherit.
    let own = if product.is_simple() {
        Some(product.price)
    } else {
        price
    };
    let weight = Plain(Cents(i64::from(product.weight_lb_hundredths)));
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
    let image_url = match (&product.picture, variant.color) {
        (Some(_), Some(color)) if !product.is_simple() => {
            pictures::variant_url(origin, product, variant.id, color)
        }
        (Some(_) | None, Some(_) | None) => String::new(),
    };
    json!({
        "id": variant.id,
        "product_id": product.id,
        "sku": variant.sku,
        "sku_id": variant.id + 40,
        "price": own.map(Plain),
        "calculated_price": Plain(product.price_of(variant)),
        "sale_price": null,
        "retail_price": null,
        "map_price": null,
        "weight": null,
        "calculated_weight": weight,
        "width": null,
        "height": null,
        "depth": null,
        "is_free_shipping": false,
        "fixed_cost_shipping_price": null,
        "purchasing_disabled": false,
        "purchasing_disabled_message": "",
        "image_url": image_url,
        "cost_price": Plain(product.cost),
        "upc": variant.upc,
        "mpn": "",
        "gtin": "",
        "inventory_level": level,
        "inventory_warning_level": variant.warning_level,
        "bin_picking_number": "",
        "option_values": chosen,
    })
}

fn image(product: &Product, origin: &str) -> Option<Value> {
    product.picture?;
    let url = |width: u32, height: u32| pictures::url(origin, product, width, height);
    Some(json!({
        "id": product.id + 200,
        "product_id": product.id,
        "is_thumbnail": true,
        "sort_order": 0,
        "description": "",
        "image_file": pictures::file_of(product),
        "url_zoom": url(1280, 1280),
        "url_standard": url(386, 513),
        "url_thumbnail": url(220, 290),
        "url_tiny": url(44, 58),
        "date_modified": Iso::Offset(product.modified),
    }))
}

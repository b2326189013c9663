//! A product as v3 writes it, with the sentinels the wire has.
//!
//! Source: BigCommerce REST reference, "Catalog products"; `related_products`, `preorder_message` and
//! `price_hidden_label` observed on the wire.

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::images::ImageBody;
use super::options;
use super::variant_body::VariantBody;
use super::wanted::{Fields, Wanted};
use crate::dates::Iso;
use crate::state::catalog::{Product, Url};

/// A product on its way out: what is wanted of it.
pub(super) struct ProductBody<'a> {
    pub(super) product: &'a Product,
    pub(super) wanted: &'a Wanted,
    pub(super) origin: &'a str,
}

impl Serialize for ProductBody<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const NONE: [u8; 0] = [];
        let Self {
            product, wanted, ..
        } = *self;
        let mut to = Fields {
            map: serializer.serialize_map(None)?,
            wanted,
            others: Some(&product.others),
        };
        to.put("id", &product.id)?;
        to.put("name", &product.name)?;
        to.put("type", product.form.name())?;
        to.put("sku", &product.sku)?;
        to.put("description", &product.description)?;
        to.put("weight", &product.weight)?;
        for size in ["width", "depth", "height"] {
            to.put(size, &0)?;
        }
        to.put("price", &product.price)?;
        to.put("cost_price", &product.cost)?;
        to.put("retail_price", &product.retail)?;
        to.put("sale_price", &product.sale)?;
        to.put("map_price", &0)?;
        to.put("tax_class_id", &0)?;
        to.put("product_tax_code", "")?;
        to.put("calculated_price", &product.calculated_price())?;
        to.put("categories", &product.categories)?;
        to.put("brand_id", &product.brand_id)?;
        to.put("option_set_id", &())?;
        to.put("option_set_display", "right")?;
        to.put("inventory_level", &product.stock())?;
        to.put("inventory_warning_level", &product.warning_level)?;
        to.put("inventory_tracking", product.tracking.name())?;
        let (ratings, count) = ratings(&product.parts.reviews);
        to.put("reviews_rating_sum", &ratings)?;
        to.put("reviews_count", &count)?;
        to.put("total_sold", &product.total_sold)?;
        to.put("fixed_cost_shipping_price", &0)?;
        to.put("is_free_shipping", &product.is_free_shipping)?;
        to.put("is_visible", &product.is_visible)?;
        to.put("is_featured", &product.is_featured)?;
        // -1: the store picks related products by itself.
        to.put("related_products", &[-1])?;
        to.put("warranty", "")?;
        to.put("bin_picking_number", "")?;
        to.put("layout_file", "product.html")?;
        to.put("upc", &product.upc)?;
        to.put("mpn", "")?;
        to.put("gtin", "")?;
        to.put("date_last_imported", &())?;
        to.put("search_keywords", "")?;
        to.put("availability", product.availability.name())?;
        to.put("availability_description", "")?;
        to.put("gift_wrapping_options_type", "any")?;
        to.put("gift_wrapping_options_list", &NONE)?;
        to.put("sort_order", &0)?;
        to.put("condition", product.condition.name())?;
        to.put("is_condition_shown", &false)?;
        to.put("order_quantity_minimum", &0)?;
        to.put("order_quantity_maximum", &0)?;
        to.put("page_title", "")?;
        to.put("meta_keywords", &NONE)?;
        to.put("meta_description", "")?;
        to.put("date_created", &Iso::Offset(product.created))?;
        to.put("date_modified", &Iso::Offset(product.modified))?;
        to.put("view_count", &product.view_count)?;
        to.put("preorder_release_date", &())?;
        to.put("preorder_message", "0")?;
        to.put("is_preorder_only", &false)?;
        to.put("is_price_hidden", &false)?;
        to.put("price_hidden_label", "0")?;
        to.put("custom_url", &CustomUrl::of(&product.url))?;
        // Null once there are real variants.
        let base = product.variants.first();
        let base = base.filter(|_| product.is_simple());
        to.put("base_variant_id", &base.map(|variant| variant.id))?;
        to.put("open_graph_type", "product")?;
        to.put("open_graph_title", "")?;
        to.put("open_graph_description", "")?;
        to.put("open_graph_use_meta_description", &true)?;
        to.put("open_graph_use_product_name", &true)?;
        to.put("open_graph_use_image", &true)?;
        let mut map = to.map;
        for name in wanted.included() {
            let included = Included {
                product,
                name,
                origin: self.origin,
            };
            map.serialize_entry(name, &included)?;
        }
        map.end()
    }
}

/// `{url, is_customized}` of products and brands.
#[derive(Serialize)]
pub(super) struct CustomUrl<'a> {
    url: &'a str,
    is_customized: bool,
}

impl<'a> CustomUrl<'a> {
    pub(super) fn of(url: &'a Url) -> Self {
        Self {
            url: &url.path,
            is_customized: url.is_customized,
        }
    }
}

/// Sum and number.
fn ratings(reviews: &[Map<String, Value>]) -> (u64, usize) {
    let each = reviews
        .iter()
        .filter_map(|review| review["rating"].as_u64());
    (each.sum(), reviews.len())
}

/// A sub-resource that comes inline.
struct Included<'a> {
    product: &'a Product,
    name: &'a str,
    origin: &'a str,
}

impl Serialize for Included<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self {
            product, origin, ..
        } = *self;
        match self.name {
            "variants" => {
                let wanted = Wanted::default();
                let mut list = serializer.serialize_seq(Some(product.variants.len()))?;
                for variant in &product.variants {
                    list.serialize_element(&VariantBody {
                        product,
                        variant,
                        wanted: &wanted,
                        origin,
                    })?;
                }
                list.end()
            }
            "images" => serializer.collect_seq(product.images.iter().map(|image| ImageBody {
                product,
                image,
                origin,
            })),
            "primary_image" => product
                .thumbnail()
                .map(|image| ImageBody {
                    product,
                    image,
                    origin,
                })
                .serialize(serializer),
            "custom_fields" => {
                serializer.collect_seq(product.custom_fields.iter().map(
                    |field| json!({ "id": field.id, "name": field.name, "value": field.value }),
                ))
            }
            "options" => serializer.collect_seq(
                product
                    .options
                    .iter()
                    .map(|option| options::body(product, option)),
            ),
            "modifiers" => product.parts.modifiers.serialize(serializer),
            "videos" => product.parts.videos.serialize(serializer),
            "reviews" => product.parts.reviews.serialize(serializer),
            "bulk_pricing_rules" => product.parts.bulk_pricing_rules.serialize(serializer),
            "channels" => product.channels.serialize(serializer),
            // Sub-resources this shop has none of.
            _empty => [0_u8; 0].serialize(serializer),
        }
    }
}

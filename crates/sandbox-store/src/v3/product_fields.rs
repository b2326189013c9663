//! The fields of a product that may be written, and what writing them does.
//!
//! Source: BigCommerce REST reference, "Create a product" and "Update a product".

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::fields::{Field, Shape, Wrong, field, read};
use super::variant_write;
use super::{images, parts};
use crate::decimal::Decimal;
use crate::seed::catalog::{Counters, take};
use crate::state::catalog::{Availability, Condition, CustomField, Form, Product, Tracking, Url};

const INT_MAX: i64 = 2_147_483_647;

/// Every plain field.
const FIELDS: &[Field] = &[
    field("name", Shape::Text(1, 250)),
    field("type", Shape::OneOf(Form::NAMES)),
    field("sku", Shape::Text(0, 255)),
    field("description", Shape::Text(0, usize::MAX)),
    field("weight", Shape::Measure),
    field("width", Shape::Measure),
    field("depth", Shape::Measure),
    field("height", Shape::Measure),
    field("price", Shape::Amount),
    field("cost_price", Shape::Amount),
    field("retail_price", Shape::Amount),
    field("sale_price", Shape::Amount),
    field("map_price", Shape::Amount),
    field("tax_class_id", Shape::Count(0, 255)),
    field("product_tax_code", Shape::Text(0, 255)),
    field("categories", Shape::Ids(1_000)),
    field("brand_id", Shape::Count(0, 1_000_000_000)),
    field("brand_name", Shape::Text(0, 255)),
    field("inventory_level", Shape::Count(0, INT_MAX)),
    field("inventory_warning_level", Shape::Count(0, INT_MAX)),
    field("inventory_tracking", Shape::OneOf(Tracking::NAMES)),
    field("fixed_cost_shipping_price", Shape::Amount),
    field("is_free_shipping", Shape::Flag),
    field("is_visible", Shape::Flag),
    field("is_featured", Shape::Flag),
    field("related_products", Shape::Ids(50)),
    field("warranty", Shape::Text(0, 65_535)),
    field("bin_picking_number", Shape::Text(0, 255)),
    field("layout_file", Shape::Text(0, 500)),
    field("upc", Shape::Text(0, 14)),
    field("mpn", Shape::Text(0, 255)),
    field("gtin", Shape::Text(0, 14)),
    field("search_keywords", Shape::Text(0, 65_535)),
    field("availability", Shape::OneOf(Availability::NAMES)),
    field("availability_description", Shape::Text(0, 255)),
    field(
        "gift_wrapping_options_type",
        Shape::OneOf(&["any", "none", "list"]),
    ),
    field("gift_wrapping_options_list", Shape::Ids(1_000)),
    field("sort_order", Shape::Count(-INT_MAX - 1, INT_MAX)),
    field("condition", Shape::OneOf(Condition::NAMES)),
    field("is_condition_shown", Shape::Flag),
    field("order_quantity_minimum", Shape::Count(0, 1_000_000_000)),
    field("order_quantity_maximum", Shape::Count(0, 1_000_000_000)),
    field("page_title", Shape::Text(0, 255)),
    field("meta_keywords", Shape::Texts),
    field("meta_description", Shape::Text(0, 65_535)),
    field("view_count", Shape::Count(0, 1_000_000_000)),
    field("preorder_release_date", Shape::Date),
    field("preorder_message", Shape::Text(0, 255)),
    field("is_preorder_only", Shape::Flag),
    field("is_price_hidden", Shape::Flag),
    field("price_hidden_label", Shape::Text(0, 200)),
    field("custom_url", Shape::Url),
    field(
        "open_graph_type",
        Shape::OneOf(&[
            "product", "album", "book", "drink", "food", "game", "movie", "song", "tv_show",
        ]),
    ),
    field("open_graph_title", Shape::Text(0, 255)),
    field("open_graph_description", Shape::Text(0, 65_535)),
    field("open_graph_use_meta_description", Shape::Flag),
    field("open_graph_use_product_name", Shape::Flag),
    field("open_graph_use_image", Shape::Flag),
];

/// Most custom fields of one product. Source: BigCommerce platform limits.
const MOST_CUSTOM_FIELDS: usize = 200;

/// A body, read and checked.
#[derive(Debug)]
pub(crate) struct Change {
    /// In one spelling, by API name.
    pub(super) fields: Map<String, Value>,
    /// All custom fields there are to be.
    pub(super) custom_fields: Option<Vec<WantedField>>,
    /// Pictures to add or to change.
    pub(super) images: Vec<images::Change>,
    /// All videos and bulk pricing rules there are to be.
    parts: [Option<Vec<Map<String, Value>>>; 2],
    /// Variants of a new product; of one that is there, those to add or to change.
    pub(super) variants: Vec<variant_write::Change>,
}

/// Small things that a body may hold, in the order of [`Change::parts`].
const PARTS: [&parts::Kind; 2] = [&parts::VIDEOS, &parts::BULK_PRICING_RULES];

/// A custom field as a body gives it.
#[derive(Debug)]
pub(super) struct WantedField {
    /// One that is there already.
    id: Option<u64>,
    name: Arc<str>,
    value: Arc<str>,
}

impl Change {
    /// Reads a body; what is wrong with it is noted in `wrong`.
    pub(super) fn read(body: &Map<String, Value>, prefix: &str, wrong: &mut Wrong) -> Self {
        let custom_fields = body
            .get("custom_fields")
            .map(|value| custom_fields(value, prefix, wrong));
        let images = match body.get("images") {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(items)) => items
                .iter()
                .enumerate()
                .filter_map(|(at, item)| {
                    images::Change::read(item, &format!("{prefix}images.{at}"), wrong)
                })
                .collect(),
            Some(_other) => {
                wrong.add(format!("{prefix}images"), "error.expected.jsarray");
                Vec::new()
            }
        };
        Self {
            fields: read(body, FIELDS, prefix, wrong),
            custom_fields,
            images,
            parts: PARTS.map(|kind| kind.in_body(body, prefix, wrong)),
            variants: variants(body, prefix, wrong),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty()
            && self.custom_fields.is_none()
            && self.images.is_empty()
            && self.parts.iter().all(Option::is_none)
            && self.variants.is_empty()
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.fields.get(name).and_then(Value::as_str)
    }

    pub(super) fn number(&self, name: &str) -> Option<u64> {
        self.fields.get(name).and_then(Value::as_u64)
    }

    pub(super) fn ids(&self, name: &str) -> Option<Vec<u64>> {
        let items = self.fields.get(name)?.as_array()?;
        Some(items.iter().filter_map(Value::as_u64).collect())
    }

    /// The path in the storefront, if the body has one.
    pub(super) fn url(&self) -> Option<Url> {
        let fields = self.fields.get("custom_url")?;
        Some(Url {
            path: fields["url"].as_str()?.to_owned(),
            is_customized: fields["is_customized"] == true,
        })
    }

    /// Writes everything into the product; brands, pictures, variants and whether it may be done at
    /// all are the caller's.
    pub(super) fn apply(&self, product: &mut Product, next: &mut Counters, now: Timestamp) {
        // What is tracked decides what a level means, wherever it stands in the body.
        if let Some(tracking) = self.text("inventory_tracking").and_then(Tracking::read) {
            product.tracking = tracking;
        }
        for (name, value) in &self.fields {
            set(product, name, value);
        }
        if let Some(url) = self.url() {
            product.url = url;
        }
        if let Some(wanted) = &self.custom_fields {
            let known: Vec<u64> = product.custom_fields.iter().map(|field| field.id).collect();
            product.custom_fields = wanted
                .iter()
                .map(|wanted| CustomField {
                    id: wanted
                        .id
                        .filter(|id| known.contains(id))
                        .unwrap_or_else(|| take(&mut next.custom_field)),
                    name: Arc::clone(&wanted.name),
                    value: Arc::clone(&wanted.value),
                })
                .collect();
        }
        for (kind, items) in PARTS.iter().zip(&self.parts) {
            if let Some(items) = items {
                kind.replace(product, next, items);
            }
        }
        product.modified = now;
    }
}

/// Variants, each with what it is of the options.
fn variants(
    body: &Map<String, Value>,
    prefix: &str,
    wrong: &mut Wrong,
) -> Vec<variant_write::Change> {
    let path = format!("{prefix}variants");
    let items = match body.get("variants") {
        None | Some(Value::Null) => return Vec::new(),
        Some(Value::Array(items)) if items.len() <= 600 => items,
        Some(Value::Array(_)) => {
            wrong.add(path, "error.maxLength");
            return Vec::new();
        }
        Some(_other) => {
            wrong.add(path, "error.expected.jsarray");
            return Vec::new();
        }
    };
    let mut all = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let path = format!("{path}.{at}");
        let Value::Object(item) = item else {
            wrong.add(path, "error.expected.jsobject");
            continue;
        };
        let change = variant_write::Change::read(item, &format!("{path}."), wrong);
        if change.id.is_none() && !change.has_choices() {
            wrong.add(format!("{path}.option_values"), "error.path.missing");
        }
        all.push(change);
    }
    all
}

fn set(product: &mut Product, name: &str, value: &Value) {
    let text = || Arc::<str>::from(value.as_str().unwrap_or(""));
    let word = || value.as_str().unwrap_or("");
    let flag = || value == true;
    let amount = || Decimal::read(value).unwrap_or_default();
    let count = || u32::try_from(value.as_u64().unwrap_or(0)).unwrap_or(u32::MAX);
    match name {
        "name" => product.name = text(),
        "type" => product.form = Form::read(word()).unwrap_or(product.form),
        "sku" => product.sku = text(),
        "upc" => product.upc = text(),
        "description" => product.description = text(),
        "weight" => product.weight = amount(),
        "price" => product.price = amount(),
        "cost_price" => product.cost = amount(),
        "retail_price" => product.retail = amount(),
        "sale_price" => product.sale = amount(),
        "categories" => {
            let ids = value.as_array().map(Vec::as_slice).unwrap_or_default();
            product.categories = ids.iter().filter_map(Value::as_u64).collect();
        }
        // Without tracking by product a level is taken and changes nothing. Source: REST reference.
        "inventory_level" => {
            if product.tracking == Tracking::Product {
                product.level = count();
                for variant in &mut product.variants {
                    variant.is_stocked = true;
                }
            }
        }
        "inventory_warning_level" => product.warning_level = count(),
        "is_visible" => product.is_visible = flag(),
        "is_featured" => product.is_featured = flag(),
        "is_free_shipping" => product.is_free_shipping = flag(),
        "availability" => {
            product.availability = Availability::read(word()).unwrap_or(product.availability);
        }
        "condition" => product.condition = Condition::read(word()).unwrap_or(product.condition),
        "view_count" => product.view_count = u64::from(count()),
        // Written by the caller, or before.
        "brand_id" | "brand_name" | "custom_url" | "inventory_tracking" => {}
        plain => {
            product.others.insert(plain.to_owned(), value.clone());
        }
    }
}

fn custom_fields(value: &Value, prefix: &str, wrong: &mut Wrong) -> Vec<WantedField> {
    const KNOWN: &[Field] = &[
        field("id", Shape::Count(1, i64::MAX)),
        field("name", Shape::Text(1, 250)),
        field("value", Shape::Text(1, 250)),
    ];
    let Value::Array(items) = value else {
        wrong.add(format!("{prefix}custom_fields"), "error.expected.jsarray");
        return Vec::new();
    };
    if items.len() > MOST_CUSTOM_FIELDS {
        wrong.add(format!("{prefix}custom_fields"), "error.maxLength");
        return Vec::new();
    }
    let mut wanted = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let path = format!("{prefix}custom_fields.{at}");
        let Value::Object(item) = item else {
            wrong.add(path, "error.expected.jsobject");
            continue;
        };
        super::fields::require(item, &["name", "value"], &format!("{path}."), wrong);
        let fields = read(item, KNOWN, &format!("{path}."), wrong);
        let text = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or("");
        wanted.push(WantedField {
            id: fields.get("id").and_then(Value::as_u64),
            name: text("name").into(),
            value: text("value").into(),
        });
    }
    wanted
}

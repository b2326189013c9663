//! A product with all that the store says of it.

use commerce::{FullProduct, ProductEdit, TaxClassId};
use serde_json::{Map, Value, json};

use super::{Misfit, Node, Read, Write, products, write::put};

/// What [`products::product`] and [`full`] read.
const KNOWN: &[&str] = &[
    "id",
    "type",
    "name",
    "sku",
    "price",
    "cost_price",
    "retail_price",
    "sale_price",
    "calculated_price",
    "weight",
    "is_visible",
    "description",
    "inventory_tracking",
    "inventory_level",
    "inventory_warning_level",
    "upc",
    "mpn",
    "brand_id",
    "categories",
    "base_variant_id",
    "primary_image",
    "date_created",
    "date_modified",
    "width",
    "depth",
    "height",
    "map_price",
    "tax_class_id",
    "product_tax_code",
    "fixed_cost_shipping_price",
    "is_free_shipping",
    "is_featured",
    "related_products",
    "warranty",
    "bin_picking_number",
    "layout_file",
    "gtin",
    "search_keywords",
    "availability",
    "availability_description",
    "sort_order",
    "condition",
    "is_condition_shown",
    "order_quantity_minimum",
    "order_quantity_maximum",
    "page_title",
    "meta_keywords",
    "meta_description",
    "view_count",
    "total_sold",
    "reviews_rating_sum",
    "reviews_count",
    "preorder_release_date",
    "preorder_message",
    "is_preorder_only",
    "is_price_hidden",
    "price_hidden_label",
    "date_last_imported",
    "channels",
    "variants",
    "images",
    "custom_fields",
    "bulk_pricing_rules",
    "options",
    "modifiers",
    "videos",
];

impl Read for FullProduct {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        fn get<T: Read>(node: &Node<'_>, name: &'static str) -> Result<T, Misfit> {
            T::read(&node.field(name))
        }
        // Nobody decides by these: what can't be read is left out.
        fn lax<T: Read + Default>(node: &Node<'_>, name: &'static str) -> T {
            T::read(&node.field(name)).unwrap_or_default()
        }
        Ok(Self {
            product: products::product(node)?,
            width: get(node, "width")?,
            depth: get(node, "depth")?,
            height: get(node, "height")?,
            map_price: get(node, "map_price")?,
            tax_class_id: tax_class(node)?,
            product_tax_code: get(node, "product_tax_code")?,
            fixed_cost_shipping_price: get(node, "fixed_cost_shipping_price")?,
            is_free_shipping: get(node, "is_free_shipping")?,
            is_featured: get(node, "is_featured")?,
            related_products: get(node, "related_products")?,
            warranty: get(node, "warranty")?,
            bin_picking_number: get(node, "bin_picking_number")?,
            layout_file: lax(node, "layout_file"),
            gtin: get(node, "gtin")?,
            search_keywords: get(node, "search_keywords")?,
            availability: get(node, "availability")?,
            availability_description: get(node, "availability_description")?,
            sort_order: get(node, "sort_order")?,
            condition: get(node, "condition")?,
            is_condition_shown: get(node, "is_condition_shown")?,
            order_quantity_minimum: get(node, "order_quantity_minimum")?,
            order_quantity_maximum: get(node, "order_quantity_maximum")?,
            page_title: get(node, "page_title")?,
            meta_keywords: get(node, "meta_keywords")?,
            meta_description: get(node, "meta_description")?,
            view_count: lax(node, "view_count"),
            total_sold: lax(node, "total_sold"),
            reviews_rating_sum: lax(node, "reviews_rating_sum"),
            reviews_count: lax(node, "reviews_count"),
            preorder_release_date: get(node, "preorder_release_date")?,
            preorder_message: unless_zero(get(node, "preorder_message")?),
            is_preorder_only: get(node, "is_preorder_only")?,
            is_price_hidden: get(node, "is_price_hidden")?,
            price_hidden_label: unless_zero(get(node, "price_hidden_label")?),
            url_is_customized: lax(&node.field("custom_url"), "is_customized"),
            date_last_imported: get(node, "date_last_imported")?,
            channels: get(node, "channels")?,
            variants: get(node, "variants")?,
            images: get(node, "images")?,
            custom_fields: get(node, "custom_fields")?,
            bulk_pricing_rules: get(node, "bulk_pricing_rules")?,
            options: get(node, "options")?,
            modifiers: get(node, "modifiers")?,
            videos: get(node, "videos")?,
            aside: node.aside_within(KNOWN, &[("custom_url", &["url", "is_customized"])]),
        })
    }
}

/// 0 is a class of its own, the default one.
pub(super) fn tax_class(node: &Node<'_>) -> Result<Option<TaxClassId>, Misfit> {
    let class = node.field("tax_class_id");
    if class.is_blank() {
        return Ok(None);
    }
    class.whole().map(|id| Some(TaxClassId(id)))
}

/// Stores write `"0"` for a message that nobody set.
fn unless_zero(text: String) -> String {
    if text == "0" { String::new() } else { text }
}

impl Write for ProductEdit {
    fn write(&self) -> Value {
        let Self {
            basic,
            retail_price,
            map_price,
            width,
            depth,
            height,
            brand_id,
            categories,
            tax_class_id,
            product_tax_code,
            inventory_warning_level,
            fixed_cost_shipping_price,
            is_free_shipping,
            is_featured,
            related_products,
            warranty,
            bin_picking_number,
            layout_file,
            upc,
            mpn,
            gtin,
            search_keywords,
            availability,
            availability_description,
            sort_order,
            condition,
            is_condition_shown,
            order_quantity_minimum,
            order_quantity_maximum,
            page_title,
            meta_keywords,
            meta_description,
            preorder_release_date,
            preorder_message,
            is_preorder_only,
            is_price_hidden,
            price_hidden_label,
            url,
            create_redirect,
            images,
            custom_fields,
            bulk_pricing_rules,
            videos,
            variants,
        } = self;
        let mut body = match basic.as_ref().map(products::body) {
            Some(Value::Object(members)) => members,
            _ => Map::new(),
        };
        macro_rules! puts {
            ($($field:ident)*) => {$(put(&mut body, stringify!($field), $field.as_ref());)*};
        }
        puts! {
            retail_price map_price width depth height brand_id categories tax_class_id
            product_tax_code inventory_warning_level fixed_cost_shipping_price is_free_shipping
            is_featured related_products warranty bin_picking_number layout_file upc mpn gtin
            search_keywords availability availability_description sort_order condition
            is_condition_shown order_quantity_minimum order_quantity_maximum page_title
            meta_keywords meta_description preorder_release_date preorder_message is_preorder_only
            is_price_hidden price_hidden_label images custom_fields bulk_pricing_rules videos
            variants
        }
        if let Some(url) = url {
            let mut custom_url = json!({"url": url, "is_customized": true});
            if let Some(create) = create_redirect {
                custom_url["create_redirect"] = (*create).into();
            }
            body.insert("custom_url".to_owned(), custom_url);
        }
        Value::Object(body)
    }
}

//! What belongs to products: version 3.

use commerce::{
    BrandEdit, BulkPricingRule, BulkPricingRuleEdit, CategoryAssignment, CategoryEdit,
    CategoryNode, CategoryTree, ChannelAssignment, CustomField, CustomFieldEdit, FullBrand,
    FullCategory, ImageEdit, Metafield, MetafieldEdit, Modifier, ModifierEdit, ModifierValue,
    ModifierValueEdit, OptionEdit, OptionValue, OptionValueEdit, ProductImage, ProductOption,
    ProductVideo, Variant, VariantChoice, VariantChoiceEdit, VariantEdit, VideoEdit,
};
use serde_json::{Map, Value, json};

use super::{
    Misfit, Node, Read, Write,
    read::{reads, reads_aside},
    write::{along, put, writes, writes_aside},
};

reads_aside! {
    Variant {
        id, product_id, sku, price, sale_price, retail_price, map_price, cost_price,
        calculated_price, weight, calculated_weight, width, height, depth, is_free_shipping,
        fixed_cost_shipping_price, purchasing_disabled, purchasing_disabled_message, image_url,
        upc, mpn, gtin, inventory_level, inventory_warning_level, bin_picking_number,
        option_values,
    }
    ProductOption { id, product_id, name, display_name, kind: "type", sort_order, option_values }
    OptionValue { id, label, sort_order, is_default }
    Modifier {
        id, product_id, name, display_name, kind: "type", required, sort_order, option_values,
    }
    ModifierValue { id, label, sort_order, is_default }
    ProductImage {
        id, product_id, is_thumbnail, sort_order, description, image_file, url_zoom, url_standard,
        url_thumbnail, url_tiny, date_modified,
    }
    ProductVideo { id, product_id, title, description, sort_order, kind: "type", video_id, length }
    CustomField { id, name, value }
    BulkPricingRule { id, quantity_min, quantity_max, kind: "type", amount }
    Metafield {
        id, namespace, key, value, description, permission_set, resource_type, resource_id,
        owner_client_id, date_created, date_modified,
    }
    CategoryTree { id, name, channels }
    VariantChoice { id, option_id, option_display_name, label }
    CategoryNode { id, parent_id, depth, name, is_visible, url, children }
}

reads! {
    CategoryAssignment { product_id, category_id }
    ChannelAssignment { product_id, channel_id }
}

impl Read for FullBrand {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        node.object()?;
        let url = node.field("custom_url");
        Ok(Self {
            id: Read::read(&node.field("id"))?,
            name: Read::read(&node.field("name"))?,
            page_title: Read::read(&node.field("page_title"))?,
            meta_keywords: Read::read(&node.field("meta_keywords"))?,
            meta_description: Read::read(&node.field("meta_description"))?,
            search_keywords: Read::read(&node.field("search_keywords"))?,
            image_url: Read::read(&node.field("image_url"))?,
            url: Read::read(&url.field("url"))?,
            url_is_customized: Read::read(&url.field("is_customized"))?,
            aside: node.aside_within(
                &[
                    "id",
                    "name",
                    "page_title",
                    "meta_keywords",
                    "meta_description",
                    "search_keywords",
                    "image_url",
                ],
                &[("custom_url", &["url", "is_customized"])],
            ),
        })
    }
}

impl Read for FullCategory {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        node.object()?;
        let url = node.field("url");
        Ok(Self {
            category_id: Read::read(&node.field("category_id"))?,
            category_uuid: Read::read(&node.field("category_uuid"))?,
            tree_id: Read::read(&node.field("tree_id"))?,
            parent_id: Read::read(&node.field("parent_id"))?,
            name: Read::read(&node.field("name"))?,
            description: Read::read(&node.field("description"))?,
            views: Read::read(&node.field("views"))?,
            sort_order: Read::read(&node.field("sort_order"))?,
            page_title: Read::read(&node.field("page_title"))?,
            meta_keywords: Read::read(&node.field("meta_keywords"))?,
            meta_description: Read::read(&node.field("meta_description"))?,
            layout_file: Read::read(&node.field("layout_file"))?,
            image_url: Read::read(&node.field("image_url"))?,
            is_visible: Read::read(&node.field("is_visible"))?,
            search_keywords: Read::read(&node.field("search_keywords"))?,
            default_product_sort: Read::read(&node.field("default_product_sort"))?,
            path: Read::read(&url.field("path"))?,
            path_is_customized: Read::read(&url.field("is_customized"))?,
            aside: node.aside_within(
                &[
                    "category_id",
                    "category_uuid",
                    "tree_id",
                    "parent_id",
                    "name",
                    "description",
                    "views",
                    "sort_order",
                    "page_title",
                    "meta_keywords",
                    "meta_description",
                    "layout_file",
                    "image_url",
                    "is_visible",
                    "search_keywords",
                    "default_product_sort",
                ],
                &[("url", &["path", "is_customized"])],
            ),
        })
    }
}

writes! {
    VariantEdit {
        sku, price, sale_price, retail_price, map_price, cost_price, weight, width, height, depth,
        is_free_shipping, fixed_cost_shipping_price, purchasing_disabled,
        purchasing_disabled_message, image_url, upc, mpn, gtin, inventory_level,
        inventory_warning_level, bin_picking_number, option_values,
    }
    MetafieldEdit { namespace, key, value, description, permission_set }
}

writes_aside! {
    VariantChoiceEdit { id, option_id, option_display_name, label }
    ImageEdit { id, image_url, is_thumbnail, sort_order, description }
    CustomFieldEdit { id, name, value }
    BulkPricingRuleEdit { id, quantity_min, quantity_max, kind: "type", amount }
    OptionEdit { display_name, kind: "type", sort_order, option_values }
    OptionValueEdit { id, label, sort_order, is_default }
    ModifierEdit { display_name, kind: "type", required, sort_order, option_values }
    ModifierValueEdit { id, label, sort_order, is_default }
}

impl Write for VideoEdit {
    fn write(&self) -> Value {
        let Self {
            id,
            title,
            description,
            sort_order,
            video_id,
            aside,
        } = self;
        let mut body = Map::new();
        put(&mut body, "id", id.as_ref());
        put(&mut body, "title", title.as_ref());
        put(&mut body, "description", description.as_ref());
        put(&mut body, "sort_order", sort_order.as_ref());
        if let Some(video_id) = video_id {
            body.insert("video_id".to_owned(), video_id.as_str().into());
            // There is no other kind.
            body.insert("type".to_owned(), "youtube".into());
        }
        along(&mut body, aside.as_ref());
        Value::Object(body)
    }
}

impl Write for CategoryEdit {
    fn write(&self) -> Value {
        let Self {
            tree_id,
            parent_id,
            name,
            description,
            sort_order,
            page_title,
            meta_keywords,
            meta_description,
            layout_file,
            image_url,
            is_visible,
            search_keywords,
            default_product_sort,
            path,
        } = self;
        let mut body = Map::new();
        put(&mut body, "tree_id", tree_id.as_ref());
        put(&mut body, "parent_id", parent_id.as_ref());
        put(&mut body, "name", name.as_ref());
        put(&mut body, "description", description.as_ref());
        put(&mut body, "sort_order", sort_order.as_ref());
        put(&mut body, "page_title", page_title.as_ref());
        put(&mut body, "meta_keywords", meta_keywords.as_ref());
        put(&mut body, "meta_description", meta_description.as_ref());
        put(&mut body, "layout_file", layout_file.as_ref());
        put(&mut body, "image_url", image_url.as_ref());
        put(&mut body, "is_visible", is_visible.as_ref());
        put(&mut body, "search_keywords", search_keywords.as_ref());
        put(
            &mut body,
            "default_product_sort",
            default_product_sort.as_ref(),
        );
        if let Some(path) = path {
            body.insert(
                "url".to_owned(),
                json!({"path": path, "is_customized": true}),
            );
        }
        Value::Object(body)
    }
}

impl Write for BrandEdit {
    fn write(&self) -> Value {
        let Self {
            name,
            page_title,
            meta_keywords,
            meta_description,
            search_keywords,
            image_url,
            url,
        } = self;
        let mut body = Map::new();
        put(&mut body, "name", name.as_ref());
        put(&mut body, "page_title", page_title.as_ref());
        put(&mut body, "meta_keywords", meta_keywords.as_ref());
        put(&mut body, "meta_description", meta_description.as_ref());
        put(&mut body, "search_keywords", search_keywords.as_ref());
        put(&mut body, "image_url", image_url.as_ref());
        if let Some(url) = url {
            body.insert(
                "custom_url".to_owned(),
                json!({"url": url, "is_customized": true}),
            );
        }
        Value::Object(body)
    }
}

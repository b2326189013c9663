//! Products of version 3.
//!
//! Nothing but the number has to be there. What a person decides by or edits (name, SKU, amounts,
//! stock) must be readable where it is given, because a wrong value shown is worse than a product
//! named as unreadable. Everything else that can't be read is left out.

use commerce::{
    BrandId, CategoryId, InventoryTracking, Parts, Picture, Product, ProductFields, ProductId,
    ProductKind, VariantId,
};
use jiff::Timestamp;
use serde_json::{Map, Value};

use super::{Decoded, Misfit, Node, write::number};
use crate::Page;

pub(crate) fn list(answer: Option<&Value>) -> Result<Decoded<Page<Product>>, Misfit> {
    super::data_page(answer, "id", product).map(Decoded::from)
}

pub(crate) fn one(answer: Option<&Value>) -> Result<Decoded<Product>, Misfit> {
    super::data(answer, product).map(Decoded::from)
}

pub(super) fn product(node: &Node<'_>) -> Result<Product, Misfit> {
    node.object()?;
    let words = |name| node.field(name).text();
    let words_if_readable = |name| node.field(name).text().unwrap_or_default();
    let amount = |name| node.field(name).amount();
    let pieces = |name| {
        let field = node.field(name);
        if field.is_blank() {
            Ok(0)
        } else {
            field.signed()
        }
    };
    let (created_at, modified_at) = lifetime(node);
    let price = amount("price")?;
    let calculated = node.field("calculated_price");
    Ok(Product {
        id: ProductId(node.field("id").whole()?),
        kind: kind(node),
        name: words("name")?,
        sku: words("sku")?,
        price,
        cost_price: amount("cost_price")?,
        retail_price: amount("retail_price")?,
        sale_price: amount("sale_price")?,
        calculated_price: if calculated.is_blank() {
            price
        } else {
            calculated.decimal()?
        },
        weight: amount("weight")?,
        is_visible: node.field("is_visible").truth()?,
        description: words("description")?,
        inventory_tracking: tracking(node),
        inventory_level: pieces("inventory_level")?,
        inventory_warning_level: pieces("inventory_warning_level").unwrap_or_default(),
        upc: words_if_readable("upc"),
        mpn: words_if_readable("mpn"),
        brand_id: number_if_readable(node, "brand_id").map(BrandId),
        category_ids: categories(node),
        base_variant_id: number_if_readable(node, "base_variant_id").map(VariantId),
        url: node
            .field("custom_url")
            .field("url")
            .text()
            .unwrap_or_default(),
        picture: picture(&node.field("primary_image")),
        created_at,
        modified_at,
    })
}

/// When a thing was made and last touched; each stands in for the other.
pub(super) fn lifetime(node: &Node<'_>) -> (Timestamp, Timestamp) {
    let date = |name| node.field(name).date_if_any().ok().flatten();
    let created = date("date_created");
    let modified = date("date_modified");
    (
        created.or(modified).unwrap_or(Timestamp::UNIX_EPOCH),
        modified.or(created).unwrap_or(Timestamp::UNIX_EPOCH),
    )
}

fn number_if_readable(node: &Node<'_>, name: &'static str) -> Option<u64> {
    node.field(name).id_if_any().ok().flatten()
}

fn kind(node: &Node<'_>) -> ProductKind {
    match node.field("type").text().as_deref() {
        Ok("digital") => ProductKind::Digital,
        _ => ProductKind::Physical,
    }
}

/// `simple` and `sku` are version 2's words, which outlive it here and there.
fn tracking(node: &Node<'_>) -> InventoryTracking {
    match node.field("inventory_tracking").text().as_deref() {
        Ok("product" | "simple") => InventoryTracking::Product,
        Ok("variant" | "sku") => InventoryTracking::Variant,
        _ => InventoryTracking::None,
    }
}

/// Without those that are none.
fn categories(node: &Node<'_>) -> Parts<CategoryId> {
    let found = node
        .field("categories")
        .parts_if_any(|item| Ok(item.id_if_any()?.map(CategoryId)));
    Parts {
        items: found.items.into_iter().flatten().collect(),
        unreadable: found.unreadable,
        is_cut: found.is_cut,
    }
}

fn picture(node: &Node<'_>) -> Option<Picture> {
    let address = |name| {
        let text = node.field(name).text().unwrap_or_default();
        text.trim().to_owned()
    };
    let picture = Picture {
        thumbnail: address("url_thumbnail"),
        standard: address("url_standard"),
        description: node.field("description").text().unwrap_or_default(),
    };
    (!picture.thumbnail.is_empty() || !picture.standard.is_empty()).then_some(picture)
}

/// What is set of a product that lists show.
pub(crate) fn body(fields: &ProductFields) -> Value {
    // Taken apart by name, so that a new field can't be forgotten.
    let ProductFields {
        name,
        sku,
        kind,
        price,
        cost_price,
        sale_price,
        weight,
        is_visible,
        description,
        inventory_tracking,
        inventory_level,
    } = fields;
    let mut body = Map::new();
    let mut set = |member: &str, value: Option<Value>| {
        body.extend(value.map(|value| (member.to_owned(), value)));
    };
    let words = |text: &Option<String>| text.as_deref().map(Value::from);
    set("name", words(name));
    set("sku", words(sku));
    set("type", kind.map(kind_text).map(Value::from));
    set("price", price.map(number));
    set("cost_price", cost_price.map(number));
    set("sale_price", sale_price.map(number));
    set("weight", weight.map(number));
    set("is_visible", is_visible.map(Value::from));
    set("description", words(description));
    let tracking = inventory_tracking.map(tracking_text);
    set("inventory_tracking", tracking.map(Value::from));
    set("inventory_level", inventory_level.map(Value::from));
    Value::Object(body)
}

const fn kind_text(kind: ProductKind) -> &'static str {
    match kind {
        ProductKind::Physical => "physical",
        ProductKind::Digital => "digital",
    }
}

const fn tracking_text(tracking: InventoryTracking) -> &'static str {
    match tracking {
        InventoryTracking::None => "none",
        InventoryTracking::Product => "product",
        InventoryTracking::Variant => "variant",
    }
}

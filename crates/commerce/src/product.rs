//! Products as the shop sees them.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{BrandId, CategoryId, Parts, ProductId, VariantId};

/// What a product is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProductKind {
    /// Something that is shipped.
    #[default]
    Physical,
    /// Something that is downloaded.
    Digital,
}

/// At which level stock is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InventoryTracking {
    /// Not at all: it can always be sold.
    #[default]
    None,
    /// One level for the product.
    Product,
    /// One level for each variant; the product's own is their sum.
    Variant,
}

/// A product's picture as the store's image host serves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Address of a small one, about 220 pixels wide. May be empty.
    pub thumbnail: String,
    /// Address of a large one, about 1280 pixels wide. May be empty.
    pub standard: String,
    /// What it shows, for those who can't see it. May be empty.
    pub description: String,
}

/// One product. Amounts are in the store's default currency and exact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Number.
    pub id: ProductId,
    /// What it is.
    pub kind: ProductKind,
    /// Name. Unique in the store.
    pub name: String,
    /// Stock keeping unit, or empty. Unique in the store, letter case aside, over variants too.
    pub sku: String,
    /// Price before any sale.
    pub price: Decimal,
    /// What it costs the shop. 0 where not given.
    pub cost_price: Decimal,
    /// The manufacturer's suggested price. 0 where not given.
    pub retail_price: Decimal,
    /// Price during a sale. 0 means there is none.
    pub sale_price: Decimal,
    /// Price as the storefront shows it, sales taken into account.
    pub calculated_price: Decimal,
    /// Weight, in the store's own unit.
    pub weight: Decimal,
    /// Shown on the storefront.
    pub is_visible: bool,
    /// HTML, to the byte as the store keeps it.
    pub description: String,
    /// How stock is counted.
    pub inventory_tracking: InventoryTracking,
    /// Pieces in stock; means nothing where stock isn't counted.
    pub inventory_level: i64,
    /// At or below this the stock is low. 0 where not given.
    pub inventory_warning_level: i64,
    /// Universal product code, or empty.
    pub upc: String,
    /// Manufacturer's part number, or empty.
    pub mpn: String,
    /// Brand.
    pub brand_id: Option<BrandId>,
    /// Categories it stands in.
    #[serde(
        serialize_with = "crate::aside::list_if_whole",
        deserialize_with = "crate::aside::parts_or_list"
    )]
    pub category_ids: Parts<CategoryId>,
    /// The variant that stands for the product itself; `None` where it has real variants.
    pub base_variant_id: Option<VariantId>,
    /// Address on the storefront, beginning with `/`. May be empty.
    pub url: String,
    /// Its picture in lists.
    pub picture: Option<Picture>,
    /// When it was made. The epoch (1970) where the store gives no date at all.
    pub created_at: Timestamp,
    /// When the store last touched it. Whole seconds. The same.
    pub modified_at: Timestamp,
}

impl Product {
    /// Stock is counted and there is none.
    #[must_use]
    pub fn is_out_of_stock(&self) -> bool {
        self.inventory_tracking != InventoryTracking::None && self.inventory_level <= 0
    }

    /// Stock is counted, there is some, and it has come down to the level the shop set.
    #[must_use]
    pub fn is_low_in_stock(&self) -> bool {
        self.inventory_tracking != InventoryTracking::None
            && self.inventory_level > 0
            && self.inventory_level <= self.inventory_warning_level
    }
}

/// A brand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brand {
    /// Number.
    pub id: BrandId,
    /// Name.
    pub name: String,
}

/// A category of the catalog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// Number.
    pub id: CategoryId,
    /// The category it stands in, `None` at the top.
    pub parent_id: Option<CategoryId>,
    /// Name.
    pub name: String,
}

//! Stock, by place.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Aside, LocationId, Parts, ProductId, VariantId};

/// A place that holds stock. A store has at most 100 in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// Number.
    pub id: LocationId,
    /// Short name. Unique in the store.
    pub code: String,
    /// Name.
    pub label: String,
    /// Description.
    pub description: String,
    /// `PHYSICAL` or `VIRTUAL`.
    pub type_id: String,
    /// In use.
    pub enabled: bool,
    /// Another system keeps its stock.
    pub managed_by_external_source: bool,
    /// Shoppers see it.
    pub storefront_visibility: bool,
    /// IANA time-zone name. May be empty.
    pub time_zone: String,
    /// Where it is.
    pub address: Option<LocationAddress>,
    /// When it was made, where the store says so.
    pub created_at: Option<Timestamp>,
    /// When it was last touched, where the store says so.
    pub updated_at: Option<Timestamp>,
    /// What this version doesn't know, opening hours included.
    pub aside: Aside,
}

/// Where a location is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocationAddress {
    /// Street and number.
    pub address1: String,
    /// Floor or similar.
    pub address2: String,
    /// City.
    pub city: String,
    /// State or province.
    pub state: String,
    /// Postal code.
    pub zip: String,
    /// ISO 3166-1 alpha-2.
    pub country_code: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
    /// What this version doesn't know, coordinates included.
    pub aside: Aside,
}

/// What is counted: a variant, by which a product without options is counted as well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockIdentity {
    /// Stock keeping unit. May be empty.
    pub sku: String,
    /// Variant.
    pub variant_id: Option<VariantId>,
    /// Product.
    pub product_id: Option<ProductId>,
    /// What this version doesn't know.
    #[serde(default)]
    pub aside: Aside,
}

/// Stock of one thing at all places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockItem {
    /// What.
    pub identity: StockIdentity,
    /// How much, where.
    pub locations: Parts<StockLevel>,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// Stock of one thing at one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockLevel {
    /// Place; `None` where the list is of one place anyhow.
    pub location_id: Option<LocationId>,
    /// Short name of the place. May be empty.
    pub location_code: String,
    /// Name of the place. May be empty.
    pub location_name: String,
    /// Pieces that may be sold: those there less safety stock and reservations.
    pub available_to_sell: i64,
    /// Pieces there.
    pub total_inventory_onhand: i64,
    /// Pieces held back.
    pub safety_stock: i64,
    /// At or below this the stock is low.
    pub warning_level: i64,
    /// It may be sold there.
    pub is_in_stock: bool,
    /// Where it lies there.
    pub bin_picking_number: String,
    /// What this version doesn't know.
    #[serde(default)]
    pub aside: Aside,
}

/// What a stock adjustment is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum StockTarget {
    /// A variant.
    Variant(VariantId),
    /// A product that counts its stock as one. For one that counts by variant it is refused.
    Product(ProductId),
    /// A stock keeping unit.
    Sku(String),
}

/// One thing at one place, and a number of pieces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockAdjustment {
    /// Where.
    pub location_id: LocationId,
    /// What.
    pub target: StockTarget,
    /// How many: to be there (absolute), or more and fewer (relative).
    pub quantity: i64,
}

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{ActivityRow, MoneyDto, PendingField, TrackingDto};

/// Columns a product list can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ProductsSort {
    /// Name.
    #[default]
    Name,
    /// SKU.
    Sku,
    /// Price before any sale.
    Price,
    /// Pieces in stock; those that aren't counted come last in either direction.
    Stock,
    /// When the store last touched it.
    Modified,
    /// Number.
    Id,
}

/// Products by whether the storefront shows them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum VisibilityFilter {
    /// Either way.
    #[default]
    All,
    /// Shown.
    Visible,
    /// Not shown.
    Hidden,
}

/// Products by their stock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum StockFilter {
    /// Whatever it is.
    #[default]
    All,
    /// Some is left, but no more than the level the shop set.
    Low,
    /// None is left.
    Out,
}

/// Which products, in which order.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProductsQuery {
    /// The store.
    pub store: String,
    /// Words that all have to be in its name, SKU, UPC, part number, brand or description. Empty
    /// for all.
    pub search: String,
    /// On the storefront or not.
    pub visibility: VisibilityFilter,
    /// By stock.
    pub stock: StockFilter,
    /// Only those that the store touched on this day or later, as `2026-11-16` in the store's time
    /// zone.
    #[serde(default)]
    pub modified_from: Option<String>,
    /// Column.
    pub sort: ProductsSort,
    /// Largest first.
    pub descending: bool,
}

/// Products that are yet to be made: they are in no list.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Makings {
    /// Those that nothing has been sent of yet.
    pub waiting: u32,
    /// Those that are being made, or may have been made.
    pub under_way: u32,
    /// The change that makes the first of them.
    pub entry: Option<String>,
    /// What the first will be called.
    pub name: String,
}

/// How a product's stock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum StockState {
    /// It isn't counted.
    Uncounted,
    /// There is enough.
    Enough,
    /// Some is left, but no more than the level the shop set.
    Low,
    /// None is left.
    Out,
}

/// A product's picture. The backend fetches it; the window asks for it by product and size.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PictureDto {
    /// Another one for every other picture: part of its address in the window.
    pub version: String,
    /// What it shows, for those who can't see it. May be empty.
    pub description: String,
}

/// Rows of a stretch, in the view's order.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProductRows {
    /// Place of the first.
    pub from: u32,
    /// The rows; one that has left the store since keeps its place as `null`.
    pub rows: Vec<Option<ProductRow>>,
}

/// A product in a list.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProductRow {
    /// Number.
    pub id: String,
    /// Name.
    pub name: String,
    /// SKU, or empty.
    pub sku: String,
    /// Its brand's name, or empty.
    pub brand: String,
    /// Price before any sale.
    pub price: MoneyDto,
    /// Price during a sale; `null` where there is none.
    pub sale_price: Option<MoneyDto>,
    /// Shown on the storefront.
    pub is_visible: bool,
    /// How its stock stands.
    pub stock: StockState,
    /// Pieces in stock; means nothing where stock isn't counted.
    pub inventory_level: i32,
    /// It is sold in variants.
    pub has_variants: bool,
    /// When the store last touched it; `null` where the store doesn't say.
    pub modified_at: Option<String>,
    /// Its picture.
    pub picture: Option<PictureDto>,
    /// Changes on their way.
    pub pending: Vec<PendingField>,
}

/// Names a product.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProductRef {
    /// The store.
    pub store: String,
    /// The product's number.
    pub product: String,
}

/// A category by its names from the top down.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CategoryPath {
    /// The names; its own is the last.
    pub names: Vec<String>,
}

/// A product in full, as far as it is on this computer. Amounts are in the store's currency.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProductDetail {
    /// Number.
    pub id: String,
    /// Name.
    pub name: String,
    /// SKU, or empty.
    pub sku: String,
    /// It is downloaded, not shipped.
    pub is_digital: bool,
    /// Price before any sale.
    pub price: MoneyDto,
    /// What it costs the shop; `null` where that isn't given.
    pub cost_price: Option<MoneyDto>,
    /// Price during a sale; `null` where there is none.
    pub sale_price: Option<MoneyDto>,
    /// The manufacturer's suggested price; `null` where that isn't given.
    pub retail_price: Option<MoneyDto>,
    /// Price as the storefront shows it.
    pub calculated_price: MoneyDto,
    /// Weight as a decimal text, in the store's own unit.
    pub weight: String,
    /// Shown on the storefront.
    pub is_visible: bool,
    /// HTML, to the byte as the store keeps it.
    pub description: String,
    /// How stock is counted.
    pub inventory_tracking: TrackingDto,
    /// Pieces in stock; means nothing where stock isn't counted.
    pub inventory_level: i32,
    /// At or below this the stock is low; 0 where that isn't given.
    pub inventory_warning_level: i32,
    /// How its stock stands.
    pub stock: StockState,
    /// Universal product code, or empty.
    pub upc: String,
    /// Manufacturer's part number, or empty.
    pub mpn: String,
    /// Its brand's name, or empty.
    pub brand: String,
    /// The categories it stands in.
    pub categories: Vec<CategoryPath>,
    /// It is sold in variants.
    pub has_variants: bool,
    /// Address on the storefront, beginning with `/`. May be empty.
    pub url: String,
    /// Its picture.
    pub picture: Option<PictureDto>,
    /// When it was made; `null` where the store doesn't say.
    pub created_at: Option<String>,
    /// When the store last touched it; `null` where the store doesn't say.
    pub modified_at: Option<String>,
    /// Changes on their way.
    pub pending: Vec<PendingField>,
    /// What was typed in its form and not applied, as it was handed over.
    pub draft: Option<String>,
    /// What Stockroom changed about it, newest first.
    pub history: Vec<ActivityRow>,
}

/// A product's form as it is being filled in.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProductDraft {
    /// The store.
    pub store: String,
    /// The product; `null` for a new one.
    pub product: Option<String>,
    /// JSON text of at most 1 MiB; `null` where there is none, or to throw it away.
    pub text: Option<String>,
}

/// Asks for what was typed in a product's form.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProductDraftQuestion {
    /// The store.
    pub store: String,
    /// The product; `null` for a new one.
    pub product: Option<String>,
}

//! What belongs to a product, and a product with all of it.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    Aside, BrandId, BulkPricingRuleId, CategoryId, ChannelId, CustomFieldId, ImageId, MetafieldId,
    Modifier, Parts, Product, ProductId, ProductOption, TaxClassId, TreeId, Variant, VideoId,
};

/// A picture of a product. A product has at most 1,000.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductImage {
    /// Number.
    pub id: ImageId,
    /// Its product, where the store names it.
    pub product_id: Option<ProductId>,
    /// The one that lists show.
    pub is_thumbnail: bool,
    /// Place among the pictures.
    pub sort_order: i64,
    /// What it shows, for those who can't see it.
    pub description: String,
    /// Path of the file in the store.
    pub image_file: String,
    /// Largest size. May be empty.
    pub url_zoom: String,
    /// Size of a product's page. May be empty.
    pub url_standard: String,
    /// Size of a list. May be empty.
    pub url_thumbnail: String,
    /// Smallest size. May be empty.
    pub url_tiny: String,
    /// When it was last touched, where the store says so.
    pub date_modified: Option<Timestamp>,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// A video of a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductVideo {
    /// Number.
    pub id: VideoId,
    /// Its product, where the store names it.
    pub product_id: Option<ProductId>,
    /// Title.
    pub title: String,
    /// Description.
    pub description: String,
    /// Place among the videos.
    pub sort_order: i64,
    /// Where it is: `youtube`.
    pub kind: String,
    /// Its name there.
    pub video_id: String,
    /// Length as `minutes:seconds`. May be empty.
    pub length: String,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// A name and a value on a product's page. A product has at most 200; both at most 250 characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomField {
    /// Number.
    pub id: CustomFieldId,
    /// Name.
    pub name: String,
    /// Value.
    pub value: String,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// A lower price for whoever buys many. A product has at most 50.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkPricingRule {
    /// Number.
    pub id: BulkPricingRuleId,
    /// From so many pieces.
    pub quantity_min: u64,
    /// To so many; 0 is without end.
    pub quantity_max: u64,
    /// `price` (off each piece), `percent` (off each piece) or `fixed` (the price of a piece).
    pub kind: String,
    /// How much.
    pub amount: Decimal,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// A value that an app keeps with a thing in the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metafield {
    /// Number.
    pub id: MetafieldId,
    /// Whose it is, by the app's choice. At most 64 characters.
    pub namespace: String,
    /// Name. At most 64 characters; unique in the namespace of a thing.
    pub key: String,
    /// Value. At most 65,535 characters.
    pub value: String,
    /// What it is for.
    pub description: String,
    /// Who may see and change it: `app_only`, `read`, `write`, `read_and_sf_access` or
    /// `write_and_sf_access`. Another account's is refused with 403.
    pub permission_set: String,
    /// `product`, `order`, …
    pub resource_type: String,
    /// Number of the thing.
    pub resource_id: u64,
    /// The account that made it. May be empty.
    pub owner_client_id: String,
    /// When it was made, where the store says so.
    pub date_created: Option<Timestamp>,
    /// When it was last touched, where the store says so.
    pub date_modified: Option<Timestamp>,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// A product with everything that the store says of it.
///
/// Of parts, `None` is "not asked for". Where only some fields were asked for, the others are as if
/// the store had left them empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the store has as many switches"
)]
pub struct FullProduct {
    /// What lists show.
    pub product: Product,
    /// Width, in the store's own unit.
    pub width: Decimal,
    /// Depth, the same.
    pub depth: Decimal,
    /// Height, the same.
    pub height: Decimal,
    /// Least advertised price. 0 where not given.
    pub map_price: Decimal,
    /// Tax class; 0 is the default one.
    pub tax_class_id: Option<TaxClassId>,
    /// Code for a tax service.
    pub product_tax_code: String,
    /// Shipping at a fixed cost. 0 where it has none.
    pub fixed_cost_shipping_price: Decimal,
    /// Ships for nothing.
    pub is_free_shipping: bool,
    /// Featured on the storefront.
    pub is_featured: bool,
    /// Related products; -1 alone means that the store chooses.
    pub related_products: Parts<i64>,
    /// Warranty.
    pub warranty: String,
    /// Where it lies.
    pub bin_picking_number: String,
    /// Template of its page.
    pub layout_file: String,
    /// Global trade item number.
    pub gtin: String,
    /// Words that find it.
    pub search_keywords: String,
    /// `available`, `disabled` or `preorder`.
    pub availability: String,
    /// When it ships, for shoppers.
    pub availability_description: String,
    /// Place in lists.
    pub sort_order: i64,
    /// `New`, `Used` or `Refurbished`.
    pub condition: String,
    /// The condition is shown.
    pub is_condition_shown: bool,
    /// Least to be bought at once; 0 is no limit.
    pub order_quantity_minimum: u64,
    /// Most to be bought at once; 0 is no limit.
    pub order_quantity_maximum: u64,
    /// Title of its page.
    pub page_title: String,
    /// Words for search engines.
    pub meta_keywords: Parts<String>,
    /// Description for search engines.
    pub meta_description: String,
    /// How often it was looked at.
    pub view_count: u64,
    /// How many were sold.
    pub total_sold: u64,
    /// Sum of all stars given.
    pub reviews_rating_sum: u64,
    /// How many gave stars.
    pub reviews_count: u64,
    /// When a preorder is to be released.
    pub preorder_release_date: Option<Timestamp>,
    /// What shoppers are told of the release.
    pub preorder_message: String,
    /// Becomes available by itself on the release date if false.
    pub is_preorder_only: bool,
    /// The price is hidden. Needs availability `disabled`.
    pub is_price_hidden: bool,
    /// What stands in its place.
    pub price_hidden_label: String,
    /// The address was given by a person.
    pub url_is_customized: bool,
    /// When an import last touched it.
    pub date_last_imported: Option<Timestamp>,
    /// Channels it is assigned to; new products have none.
    pub channels: Option<Parts<ChannelId>>,
    /// Variants.
    pub variants: Option<Parts<Variant>>,
    /// Pictures.
    pub images: Option<Parts<ProductImage>>,
    /// Custom fields.
    pub custom_fields: Option<Parts<CustomField>>,
    /// Bulk pricing rules.
    pub bulk_pricing_rules: Option<Parts<BulkPricingRule>>,
    /// Options.
    pub options: Option<Parts<ProductOption>>,
    /// Modifiers.
    pub modifiers: Option<Parts<Modifier>>,
    /// Videos.
    pub videos: Option<Parts<ProductVideo>>,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// A brand with everything that the store says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FullBrand {
    /// Number.
    pub id: BrandId,
    /// Name. Unique in the store.
    pub name: String,
    /// Title of its page.
    pub page_title: String,
    /// Words for search engines.
    pub meta_keywords: Parts<String>,
    /// Description for search engines.
    pub meta_description: String,
    /// Words that find it.
    pub search_keywords: String,
    /// Address of its picture. May be empty.
    pub image_url: String,
    /// Address on the storefront. May be empty.
    pub url: String,
    /// The address was given by a person.
    pub url_is_customized: bool,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// A category tree. A channel shows one tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryTree {
    /// Number.
    pub id: TreeId,
    /// Name.
    pub name: String,
    /// Channels that show it.
    pub channels: Parts<ChannelId>,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// A category with everything that the store says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FullCategory {
    /// Number.
    pub category_id: CategoryId,
    /// Another name for it that other trees don't share.
    pub category_uuid: String,
    /// Its tree.
    pub tree_id: Option<TreeId>,
    /// The category it stands in, `None` at the top.
    pub parent_id: Option<CategoryId>,
    /// Name. At most 50 characters.
    pub name: String,
    /// HTML. At most 65,535 characters.
    pub description: String,
    /// How often it was looked at.
    pub views: u64,
    /// Place among its neighbours.
    pub sort_order: i64,
    /// Title of its page.
    pub page_title: String,
    /// Words for search engines.
    pub meta_keywords: Parts<String>,
    /// Description for search engines.
    pub meta_description: String,
    /// Template of its page.
    pub layout_file: String,
    /// Address of its picture. May be empty.
    pub image_url: String,
    /// Shown on the storefront.
    pub is_visible: bool,
    /// Words that find it.
    pub search_keywords: String,
    /// How its products are sorted.
    pub default_product_sort: String,
    /// Path on the storefront. May be empty.
    pub path: String,
    /// The path was given by a person.
    pub path_is_customized: bool,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// One place in a tree, with what stands below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryNode {
    /// Number.
    pub id: CategoryId,
    /// The category it stands in, `None` at the top.
    pub parent_id: Option<CategoryId>,
    /// How deep it stands; 0 is the top.
    pub depth: u32,
    /// Name.
    pub name: String,
    /// Shown on the storefront.
    pub is_visible: bool,
    /// Path on the storefront.
    pub url: String,
    /// Categories in it.
    pub children: Parts<CategoryNode>,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// A product stands in a category. Says nothing but that, so nothing is kept aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CategoryAssignment {
    /// Product.
    pub product_id: ProductId,
    /// Category.
    pub category_id: CategoryId,
}

/// A product is sold on a channel. Without any it is nowhere to be seen. Says nothing but that, so
/// nothing is kept aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ChannelAssignment {
    /// Product.
    pub product_id: ProductId,
    /// Channel.
    pub channel_id: ChannelId,
}

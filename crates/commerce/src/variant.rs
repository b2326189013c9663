//! What makes a product more than one thing: options, variants, modifiers.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    Aside, ModifierId, ModifierValueId, OptionId, OptionValueId, Parts, ProductId, VariantId,
};

/// One combination of a product's options; a product without options has one, its base variant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// Number.
    pub id: VariantId,
    /// Its product.
    pub product_id: ProductId,
    /// Stock keeping unit. Unique in the store, letter case aside.
    pub sku: String,
    /// Price of its own; `None` means the product's. A 0 was seen to mean the same, so
    /// [`Variant::calculated_price`] is what to show.
    pub price: Option<Decimal>,
    /// Price during a sale; `None` means the product's.
    pub sale_price: Option<Decimal>,
    /// Suggested price; `None` means the product's.
    pub retail_price: Option<Decimal>,
    /// Least advertised price; `None` means the product's.
    pub map_price: Option<Decimal>,
    /// What it costs the shop. 0 where not given.
    pub cost_price: Decimal,
    /// Price as the storefront shows it, sales and option rules taken into account.
    pub calculated_price: Option<Decimal>,
    /// Weight of its own in the store's unit; `None` means the product's.
    pub weight: Option<Decimal>,
    /// The same with option rules taken into account.
    pub calculated_weight: Option<Decimal>,
    /// Width of its own; `None` means the product's.
    pub width: Option<Decimal>,
    /// Height of its own; `None` means the product's.
    pub height: Option<Decimal>,
    /// Depth of its own; `None` means the product's.
    pub depth: Option<Decimal>,
    /// Ships for nothing.
    pub is_free_shipping: bool,
    /// Shipping at a fixed cost, if it has one.
    pub fixed_cost_shipping_price: Option<Decimal>,
    /// Can't be bought.
    pub purchasing_disabled: bool,
    /// Why not, for the shopper.
    pub purchasing_disabled_message: String,
    /// Address of its picture. May be empty.
    pub image_url: String,
    /// Universal product code. May be empty.
    pub upc: String,
    /// Manufacturer's part number. May be empty.
    pub mpn: String,
    /// Global trade item number. May be empty.
    pub gtin: String,
    /// Pieces in stock; means something where the product counts stock by variant. May lag.
    pub inventory_level: i64,
    /// At or below this the stock is low.
    pub inventory_warning_level: i64,
    /// Where it lies. May be empty.
    pub bin_picking_number: String,
    /// The choices that make it. Empty for a base variant.
    pub option_values: Parts<VariantChoice>,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// One choice that makes a variant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariantChoice {
    /// The value.
    pub id: OptionValueId,
    /// Its option.
    pub option_id: OptionId,
    /// What the option is called: `Size`.
    pub option_display_name: String,
    /// What the value is called: `Large`.
    pub label: String,
    /// What this version doesn't know.
    #[serde(default)]
    pub aside: Aside,
}

/// What tells variants apart: size, color.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductOption {
    /// Number.
    pub id: OptionId,
    /// Its product, where the store names it.
    pub product_id: Option<ProductId>,
    /// Name inside the store.
    pub name: String,
    /// Name for shoppers.
    pub display_name: String,
    /// `radio_buttons`, `rectangles`, `dropdown`, `product_list`, `product_list_with_images` or
    /// `swatch`.
    pub kind: String,
    /// Place among the options.
    pub sort_order: i64,
    /// Values. At most 250 each.
    pub option_values: Parts<OptionValue>,
    /// What this version doesn't know, `config` included.
    pub aside: Aside,
}

/// One value of an option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionValue {
    /// Number.
    pub id: OptionValueId,
    /// Name.
    pub label: String,
    /// Place among the values.
    pub sort_order: i64,
    /// Chosen first.
    pub is_default: bool,
    /// What this version doesn't know, `value_data` (colors of a swatch, products) included.
    pub aside: Aside,
}

/// What a shopper chooses or fills in without making another variant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Modifier {
    /// Number.
    pub id: ModifierId,
    /// Its product, where the store names it.
    pub product_id: Option<ProductId>,
    /// Name inside the store.
    pub name: String,
    /// Name for shoppers.
    pub display_name: String,
    /// As [`ProductOption::kind`], and `date`, `checkbox`, `file`, `text`, `multi_line_text`,
    /// `numbers_only_text`.
    pub kind: String,
    /// Has to be filled in.
    pub required: bool,
    /// Place among the modifiers.
    pub sort_order: i64,
    /// Values; none for a text or a date.
    pub option_values: Parts<ModifierValue>,
    /// What this version doesn't know, `config` included.
    pub aside: Aside,
}

/// One value of a modifier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModifierValue {
    /// Number.
    pub id: ModifierValueId,
    /// Name.
    pub label: String,
    /// Place among the values.
    pub sort_order: i64,
    /// Chosen first.
    pub is_default: bool,
    /// What this version doesn't know, `adjusters` and `value_data` included.
    pub aside: Aside,
}

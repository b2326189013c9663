//! Products, options, variants, pictures; brands and categories.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::orders::Chosen;
use crate::decimal::Decimal;
use crate::pictures::Drawing;
use crate::seed::kinds::{Color, Kind};

/// A product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Product {
    pub(crate) id: u64,
    /// What the sample shop knows about it; `None` for one that came through the API.
    pub(crate) kind: Option<&'static Kind>,
    pub(crate) name: Arc<str>,
    pub(crate) form: Form,
    pub(crate) sku: Arc<str>,
    pub(crate) upc: Arc<str>,
    /// HTML, to the byte as it was put.
    pub(crate) description: Arc<str>,
    pub(crate) url: Url,
    pub(crate) price: Decimal,
    pub(crate) cost: Decimal,
    /// 0: none.
    pub(crate) sale: Decimal,
    /// 0: none.
    pub(crate) retail: Decimal,
    pub(crate) weight: Decimal,
    pub(crate) categories: Vec<u64>,
    /// 0: none.
    pub(crate) brand_id: u64,
    pub(crate) is_visible: bool,
    pub(crate) is_featured: bool,
    pub(crate) is_free_shipping: bool,
    pub(crate) availability: Availability,
    pub(crate) condition: Condition,
    pub(crate) tracking: Tracking,
    pub(crate) level: u32,
    pub(crate) warning_level: u32,
    pub(crate) created: Timestamp,
    pub(crate) modified: Timestamp,
    pub(crate) options: Vec<ProductOption>,
    /// Never empty: a simple product has one, without options.
    pub(crate) variants: Vec<Variant>,
    /// In the order they were added.
    pub(crate) images: Vec<Image>,
    pub(crate) custom_fields: Vec<CustomField>,
    pub(crate) parts: Parts,
    /// Where it is sold. Empty: nowhere, whatever `is_visible` says.
    pub(crate) channels: Vec<u64>,
    pub(crate) total_sold: u64,
    pub(crate) view_count: u64,
    /// Plain fields that nothing in the store depends on, as they were put, by their API name.
    pub(crate) others: Map<String, Value>,
}

/// Whether it has to be carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Physical,
    Digital,
}

impl Form {
    pub(crate) const NAMES: &[&str] = &["physical", "digital"];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Physical => "physical",
            Self::Digital => "digital",
        }
    }

    pub(crate) fn read(text: &str) -> Option<Self> {
        [Self::Physical, Self::Digital]
            .into_iter()
            .find(|form| form.name() == text)
    }
}

/// Whether it can be bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Availability {
    Available,
    Disabled,
    Preorder,
}

impl Availability {
    pub(crate) const NAMES: &[&str] = &["available", "disabled", "preorder"];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::Disabled => "disabled",
            Self::Preorder => "preorder",
        }
    }

    pub(crate) fn read(text: &str) -> Option<Self> {
        [Self::Available, Self::Disabled, Self::Preorder]
            .into_iter()
            .find(|availability| availability.name() == text)
    }
}

/// Whether somebody had it before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Condition {
    New,
    Used,
    Refurbished,
}

impl Condition {
    pub(crate) const NAMES: &[&str] = &["New", "Used", "Refurbished"];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::New => "New",
            Self::Used => "Used",
            Self::Refurbished => "Refurbished",
        }
    }

    /// As a body spells it, with a capital.
    pub(crate) fn read(text: &str) -> Option<Self> {
        [Self::New, Self::Used, Self::Refurbished]
            .into_iter()
            .find(|condition| condition.name() == text)
    }
}

/// How stock is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tracking {
    None,
    Product,
    Variant,
}

impl Tracking {
    pub(crate) const NAMES: &[&str] = &["none", "product", "variant"];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Product => "product",
            Self::Variant => "variant",
        }
    }

    pub(crate) fn read(text: &str) -> Option<Self> {
        [Self::None, Self::Product, Self::Variant]
            .into_iter()
            .find(|tracking| tracking.name() == text)
    }
}

/// Where it is in the storefront.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Url {
    /// With a slash at the start.
    pub(crate) path: String,
    pub(crate) is_customized: bool,
}

/// A picture of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Image {
    pub(crate) id: u64,
    pub(crate) drawing: Drawing,
    /// The one that stands for the product. One of its pictures always is.
    pub(crate) is_thumbnail: bool,
    pub(crate) sort_order: i64,
    pub(crate) description: Arc<str>,
    pub(crate) modified: Timestamp,
}

/// A name and a value the merchant added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CustomField {
    pub(crate) id: u64,
    pub(crate) name: Arc<str>,
    pub(crate) value: Arc<str>,
}

/// What belongs to a product and nothing else in the store depends on: whole, by API name, each with
/// its `id`, in the order they were added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) videos: Vec<Map<String, Value>>,
    pub(crate) bulk_pricing_rules: Vec<Map<String, Value>>,
    pub(crate) reviews: Vec<Map<String, Value>>,
    /// With their `option_values`.
    pub(crate) modifiers: Vec<Map<String, Value>>,
}

/// Something to choose about a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProductOption {
    pub(crate) id: u64,
    /// `Color`, `Size` …
    pub(crate) name: Cow<'static, str>,
    /// `swatch`, `rectangles` …
    pub(crate) style: Cow<'static, str>,
    /// Place among the product's options, lowest first.
    pub(crate) sort_order: i64,
    pub(crate) values: Vec<OptionValue>,
    /// As it was put; the sample shop has none.
    pub(crate) config: Option<Box<Value>>,
}

/// One thing that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OptionValue {
    pub(crate) id: u64,
    pub(crate) label: Arc<str>,
    pub(crate) sort_order: i64,
    pub(crate) is_default: bool,
    pub(crate) data: ValueData,
}

/// What a value shows besides its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ValueData {
    None,
    /// `#rrggbb`, of a swatch.
    Color(&'static str),
    /// As it was put.
    Put(Box<Value>),
}

/// What is really in a box on the shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Variant {
    pub(crate) id: u64,
    /// Of a simple product: see [`Product::sku_of`].
    pub(crate) sku: Arc<str>,
    pub(crate) upc: Arc<str>,
    /// `None`: the product's price.
    pub(crate) price: Option<Decimal>,
    pub(crate) level: u32,
    pub(crate) warning_level: u32,
    pub(crate) chosen: Arc<[Chosen]>,
    pub(crate) color: Option<&'static Color>,
    /// Stock was set once: before that it cannot be counted up or down.
    pub(crate) is_stocked: bool,
    /// Plain fields as they were put, by their API name. Null where none ever were.
    pub(crate) others: Option<Box<Map<String, Value>>>,
}

impl Variant {
    /// A plain field, if it was ever put and is not null.
    pub(crate) fn other(&self, name: &str) -> Option<&Value> {
        let value = self.others.as_ref()?.get(name)?;
        (!value.is_null()).then_some(value)
    }

    /// An amount among the plain fields that is more than nothing.
    pub(crate) fn amount(&self, name: &str) -> Option<Decimal> {
        Decimal::read(self.other(name)?).filter(|amount| *amount > Decimal::ZERO)
    }
}

/// A brand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Brand {
    pub(crate) id: u64,
    pub(crate) name: Arc<str>,
    pub(crate) url: Url,
    /// Plain fields as they were put, by their API name.
    pub(crate) others: Map<String, Value>,
}

/// A tree that categories grow on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tree {
    pub(crate) id: u64,
    pub(crate) name: Arc<str>,
    pub(crate) channels: Vec<u64>,
}

/// A category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Category {
    pub(crate) id: u64,
    /// 0: at the top.
    pub(crate) parent_id: u64,
    pub(crate) tree_id: u64,
    pub(crate) name: Arc<str>,
    pub(crate) url: Url,
    pub(crate) is_visible: bool,
    /// Place among its siblings.
    pub(crate) sort_order: i64,
    /// Plain fields as they were put, by their API name.
    pub(crate) others: Map<String, Value>,
}

impl Product {
    /// What a shopper pays for that variant. A price of nothing inherits as no price does. Source:
    /// observed on the wire.
    pub(crate) fn price_of(&self, variant: &Variant) -> Decimal {
        variant
            .amount("sale_price")
            .or_else(|| variant.price.filter(|price| *price > Decimal::ZERO))
            .unwrap_or_else(|| self.calculated_price())
    }

    pub(crate) fn calculated_price(&self) -> Decimal {
        if self.sale > Decimal::ZERO {
            self.sale
        } else {
            self.price
        }
    }

    /// Pieces on the shelf, over all variants where they are counted apart.
    pub(crate) fn stock(&self) -> u64 {
        match self.tracking {
            Tracking::None => 0,
            Tracking::Product => u64::from(self.level),
            Tracking::Variant => self
                .variants
                .iter()
                .map(|variant| u64::from(variant.level))
                .sum(),
        }
    }

    /// It has one variant only, which mirrors it: options without variants change nothing yet.
    pub(crate) fn is_simple(&self) -> bool {
        matches!(self.variants.as_slice(), [only] if only.chosen.is_empty())
    }

    pub(crate) fn sku_of<'a>(&'a self, variant: &'a Variant) -> &'a Arc<str> {
        if self.is_simple() {
            &self.sku
        } else {
            &variant.sku
        }
    }

    pub(crate) fn upc_of<'a>(&'a self, variant: &'a Variant) -> &'a Arc<str> {
        if self.is_simple() {
            &self.upc
        } else {
            &variant.upc
        }
    }

    /// The picture that stands for it.
    pub(crate) fn thumbnail(&self) -> Option<&Image> {
        self.images
            .iter()
            .find(|image| image.is_thumbnail)
            .or_else(|| self.images.first())
    }

    /// The sample shop's shoppers order it.
    pub(crate) fn is_for_sale(&self) -> bool {
        self.is_visible
            && self.kind.is_some()
            && self.availability == Availability::Available
            && !self.channels.is_empty()
            && self.price.cents() > crate::money::Cents::ZERO
    }
}

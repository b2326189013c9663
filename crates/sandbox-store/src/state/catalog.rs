//! Products, options and variants.

use std::sync::Arc;

use jiff::Timestamp;

use super::orders::Chosen;
use crate::money::Cents;
use crate::seed::kinds::{Color, Kind};

/// A product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Product {
    pub(crate) id: u64,
    pub(crate) kind: &'static Kind,
    pub(crate) name: Arc<str>,
    pub(crate) sku: Arc<str>,
    pub(crate) upc: Arc<str>,
    pub(crate) description: String,
    pub(crate) slug: String,
    pub(crate) price: Cents,
    pub(crate) cost: Cents,
    /// 0: none.
    pub(crate) sale: Cents,
    /// 0: none.
    pub(crate) retail: Cents,
    pub(crate) weight_lb_hundredths: u32,
    pub(crate) categories: Vec<u64>,
    pub(crate) brand: usize,
    pub(crate) is_visible: bool,
    pub(crate) is_featured: bool,
    pub(crate) is_free_shipping: bool,
    pub(crate) tracking: Tracking,
    pub(crate) level: u32,
    pub(crate) warning_level: u32,
    pub(crate) created: Timestamp,
    pub(crate) modified: Timestamp,
    pub(crate) options: Vec<ProductOption>,
    /// Never empty: a simple product has one, without options.
    pub(crate) variants: Vec<Variant>,
    /// What the picture shows; `None` is a product without one.
    pub(crate) picture: Option<&'static Color>,
    pub(crate) total_sold: u64,
    pub(crate) view_count: u64,
}

/// How stock is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tracking {
    None,
    Product,
    Variant,
}

impl Tracking {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Product => "product",
            Self::Variant => "variant",
        }
    }
}

/// Something to choose about a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProductOption {
    pub(crate) id: u64,
    /// `Color`, `Size` …
    pub(crate) name: &'static str,
    /// `swatch` or `rectangles`.
    pub(crate) style: &'static str,
    /// Id, label and, for a swatch, the colour as `#rrggbb`.
    pub(crate) values: Vec<(u64, Arc<str>, Option<&'static str>)>,
}

/// What is really in a box on the shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Variant {
    pub(crate) id: u64,
    pub(crate) sku: Arc<str>,
    pub(crate) upc: Arc<str>,
    /// `None`: the product's price.
    pub(crate) price: Option<Cents>,
    pub(crate) level: u32,
    pub(crate) warning_level: u32,
    pub(crate) chosen: Arc<[Chosen]>,
    pub(crate) color: Option<&'static Color>,
}

impl Product {
    /// What a shopper pays for that variant.
    pub(crate) fn price_of(&self, variant: &Variant) -> Cents {
        variant.price.unwrap_or_else(|| self.calculated_price())
    }

    pub(crate) fn calculated_price(&self) -> Cents {
        if self.sale > Cents::ZERO {
            self.sale
        } else {
            self.price
        }
    }

    /// Pieces on the shelf, over all variants where they are counted apart.
    pub(crate) fn stock(&self) -> u32 {
        match self.tracking {
            Tracking::None => 0,
            Tracking::Product => self.level,
            Tracking::Variant => self.variants.iter().map(|variant| variant.level).sum(),
        }
    }

    pub(crate) fn is_simple(&self) -> bool {
        self.options.is_empty()
    }
}

use serde::{Deserialize, Serialize};

use crate::{CurrencyCode, StoreHash};

/// What a store weighs its products in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum WeightUnit {
    /// Avoirdupois pounds.
    Pounds,
    /// Avoirdupois ounces.
    Ounces,
    /// Kilograms.
    Kilograms,
    /// Grams.
    Grams,
    /// Metric tonnes.
    Tonnes,
}

/// What a store says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreInfo {
    /// The store's hash, where it says it.
    pub hash: Option<StoreHash>,
    /// Name.
    pub name: String,
    /// The shop's address on the web, host only where it is one.
    pub domain: String,
    /// Control-panel address. May be empty.
    pub control_panel_url: String,
    /// Postal address in one line.
    pub address: String,
    /// The currency prices are kept in.
    pub currency: Option<CurrencyCode>,
    /// IANA time-zone name. May be empty.
    pub time_zone: String,
    /// The plan, in the store's words.
    pub plan: String,
    /// What it weighs its products in; `None` where it hasn't said so, or where it was written down
    /// before anybody asked.
    #[serde(default)]
    pub weight_unit: Option<WeightUnit>,
}

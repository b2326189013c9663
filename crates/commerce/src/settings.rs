//! How a store is set up: currencies, taxes, countries, channels, units, ways of paying.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{Aside, ChannelId, CountryId, CurrencyCode, CurrencyId, Parts, StateId, TaxClassId};

/// A currency of the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Currency {
    /// Number.
    pub id: CurrencyId,
    /// ISO 4217 code.
    pub currency_code: CurrencyCode,
    /// Name.
    pub name: String,
    /// How much of it makes one of the default currency.
    pub currency_exchange_rate: Decimal,
    /// The one that prices are kept in.
    pub is_default: bool,
    /// In use.
    pub enabled: bool,
    /// Shoppers pay in it; otherwise it is only shown.
    pub is_transactional: bool,
    /// Sign, as `$`.
    pub token: String,
    /// Where the sign stands: `left` or `right`.
    pub token_location: String,
    /// Sign before the decimals.
    pub decimal_token: String,
    /// Sign between thousands.
    pub thousands_token: String,
    /// Decimals shown, and to which amounts are rounded.
    pub decimal_places: u32,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// A class that decides how products are taxed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxClass {
    /// Number. 0 is the default class.
    pub id: TaxClassId,
    /// Name.
    pub name: String,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// A country that addresses may name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Country {
    /// Number.
    pub id: CountryId,
    /// Name as orders write it.
    pub country: String,
    /// ISO 3166-1 alpha-2.
    pub country_iso2: String,
    /// ISO 3166-1 alpha-3.
    pub country_iso3: String,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// A state or province of a country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Number.
    pub id: StateId,
    /// Country.
    pub country_id: CountryId,
    /// Name as orders write it.
    pub state: String,
    /// Abbreviation, which orders must not use: it breaks tax documents.
    pub state_abbreviation: String,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// A place where the shop sells: a storefront, a marketplace, a point of sale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// Number. 1 is the first storefront.
    pub id: ChannelId,
    /// Name.
    pub name: String,
    /// `storefront`, `marketplace`, `pos` or `marketing`.
    pub kind: String,
    /// What runs it: `bigcommerce`, `wordpress`, `amazon`, …
    pub platform: String,
    /// `active`, `prelaunch`, `inactive`, `connected`, …
    pub status: String,
    /// Its number at the platform. May be empty.
    pub external_id: String,
    /// Shown in the control panel.
    pub is_visible: bool,
    /// The control panel can list products on it.
    pub is_listable_from_ui: bool,
    /// When it was made, where the store says so.
    pub date_created: Option<Timestamp>,
    /// When it was last touched, where the store says so.
    pub date_modified: Option<Timestamp>,
    /// Currencies, where they were asked for.
    pub currencies: Option<ChannelCurrencies>,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// Currencies of a channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelCurrencies {
    /// Those in use there.
    pub enabled_currencies: Vec<String>,
    /// The one that is chosen first.
    pub default_currency: String,
}

/// Units the store measures in, and how it writes them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreUnits {
    /// `LBS`, `Ounces`, `KGS`, `Grams` or `Tonnes`.
    pub weight_measurement: String,
    /// `Inches` or `Centimeters`.
    pub length_measurement: String,
    /// Sign before the decimals.
    pub decimal_token: String,
    /// Sign between thousands.
    pub thousands_token: String,
    /// Decimals shown.
    pub decimal_places: u32,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// Language and country of a store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreLocale {
    /// Language of the storefront, as `en`.
    pub default_shopper_language: String,
    /// `browser` or `default_shopper_language`.
    pub shopper_language_selection_method: String,
    /// Country, written out.
    pub store_country: String,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// A way of paying that a shopper may choose for an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentMethod {
    /// Name in requests, as `stripe.card`.
    pub id: String,
    /// Name in the store.
    pub name: String,
    /// No money moves.
    pub test_mode: bool,
    /// What it is (`card`, …). May be empty.
    pub kind: String,
    /// Cards and accounts it takes.
    pub supported_instruments: Parts<PaymentInstrument>,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// A kind of card or account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentInstrument {
    /// `VISA`, `MASTERCARD`, …
    pub instrument_type: String,
    /// Asks for the code on the back.
    pub verification_value_required: bool,
}

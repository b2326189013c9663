use serde::{Deserialize, Serialize};
use specta::Type;

use super::{MoneyDto, ProductRow, StatusTab};

/// What was ordered in a stretch of the store's calendar.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SalesDto {
    /// Its first day, as `2026-11-16`.
    pub from: String,
    /// Its last day. That may be today, or one that was counted only as far as it had come.
    pub to: String,
    /// Orders that were placed, without checkouts that were never finished.
    pub orders: u32,
    /// What they come to, one amount for each currency, the commonest first, without those that were
    /// cancelled, declined or refunded in full. Empty without orders.
    pub amounts: Vec<MoneyDto>,
}

/// What came since the beginning of yesterday.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SinceYesterdayDto {
    /// What was ordered; its first day is yesterday.
    pub sales: SalesDto,
    /// Orders of these that are awaiting fulfillment.
    pub awaiting_fulfillment: u32,
    /// Customers that registered.
    pub customers: u32,
    /// Products that the store touched.
    pub products: u32,
}

/// The order that has been waiting for longest.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OldestOrder {
    /// Number.
    pub order: String,
    /// When it was placed.
    pub placed_at: String,
}

/// What a first look at a store shows, as far as it is on this computer.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HomeNumbers {
    /// The time zone that days and months are counted in: the store's, or UTC where that isn't
    /// known.
    pub time_zone: String,
    /// When they were counted.
    pub now: String,
    /// Since midnight there.
    pub today: SalesDto,
    /// Yesterday, until it was as late as now.
    pub yesterday: SalesDto,
    /// Since the first of the month there.
    pub month: SalesDto,
    /// The same days of the month before, until it was as late on the last of them as now; all of
    /// that month where it is too short.
    pub month_before: SalesDto,
    /// Since yesterday's midnight there.
    pub since_yesterday: SinceYesterdayDto,
    /// All of the store's statuses, with counts.
    pub statuses: Vec<StatusTab>,
    /// The order that has been awaiting fulfillment for longest.
    pub oldest_awaiting: Option<OldestOrder>,
    /// Products.
    pub products: u32,
    /// Products of which some is left, but no more than the level the shop set.
    pub low_stock: u32,
    /// Products of which none is left.
    pub out_of_stock: u32,
    /// Products that the storefront doesn't show.
    pub hidden: u32,
    /// Products that the storefront doesn't show though some is left.
    pub hidden_in_stock: u32,
    /// Some products are counted by their variants: how they stand is judged by the sum of those.
    pub some_by_variant: bool,
    /// At most four that are low: as the list of them begins when it is sorted by stock, least first.
    pub low_stock_rows: Vec<ProductRow>,
    /// At most four that have run out: as the list begins when it is sorted by when they were
    /// touched, the last first.
    pub out_of_stock_rows: Vec<ProductRow>,
    /// At most four that are hidden: as the list begins when it is sorted by stock, most first.
    pub hidden_rows: Vec<ProductRow>,
    /// Customers.
    pub customers: u32,
}

/// What is told by itself in sales over time, and how far back that goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SalesPeriod {
    /// The last 7 days.
    Days7,
    /// The last 30 days.
    Days30,
    /// This month and the eleven before.
    Months12,
}

/// Asks for sales over time.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SalesQuestion {
    /// The store.
    pub store: String,
    /// How far back, and in what steps.
    pub period: SalesPeriod,
}

/// A day or a month.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SalesBar {
    /// What was ordered.
    pub now: SalesDto,
    /// The same day of the week 52 weeks before, or the same month a year before; all of it.
    pub before: SalesDto,
}

/// What is made of some sales, in one currency.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SalesFigures {
    /// ISO 4217 code.
    pub currency: String,
    /// What an order came to on average, of those that the amount is of; `null` without any.
    pub average: Option<MoneyDto>,
    /// What is known to have gone back of these and of those refunded in full; `null` while the store has not
    /// been asked about one of them.
    pub refunded: Option<MoneyDto>,
    /// Orders of which the store can't tell how much went back: it is that much more.
    pub refunded_unknown: u32,
    /// How much that is of what was sold before anything went back, in thousandths; `null` where it isn't
    /// known of each of them, or nothing was sold.
    pub refunded_thousandths: Option<u32>,
}

/// Sales of days or months one after the other, as far as they are on this computer.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SalesOverTime {
    /// The time zone that they are counted in.
    pub time_zone: String,
    /// Oldest first; the last one has not ended yet.
    pub bars: Vec<SalesBar>,
    /// All of them together.
    pub whole: SalesDto,
    /// Those of a year before together, up to when it was as late there as now.
    pub before: SalesDto,
    /// What is made of the whole, one for each of its amounts.
    pub figures: Vec<SalesFigures>,
}

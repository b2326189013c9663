use serde::{Deserialize, Serialize};
use specta::Type;

use super::{MoneyDto, StatusTab};

/// What was ordered in a stretch of the store's calendar.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SalesDto {
    /// Its first day, as `2026-11-16`.
    pub from: String,
    /// Orders that were placed, without checkouts that were never finished.
    pub orders: u32,
    /// What they come to, one amount for each currency, without those that were cancelled, declined
    /// or refunded in full. Empty without orders.
    pub amounts: Vec<MoneyDto>,
}

/// What a first look at a store shows, as far as it is on this computer.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HomeNumbers {
    /// The time zone that days and months are counted in: the store's, or UTC where that isn't
    /// known.
    pub time_zone: String,
    /// Since midnight there.
    pub today: SalesDto,
    /// Since the first of the month there.
    pub month: SalesDto,
    /// The last 30 days by themselves, oldest first; the last one is today.
    pub days: Vec<SalesDto>,
    /// All of the store's statuses, with counts.
    pub statuses: Vec<StatusTab>,
    /// Products.
    pub products: u32,
    /// Products of which some is left, but no more than the level the shop set.
    pub low_stock: u32,
    /// Products of which none is left.
    pub out_of_stock: u32,
    /// Products that the storefront doesn't show.
    pub hidden: u32,
    /// Customers.
    pub customers: u32,
}

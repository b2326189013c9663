use serde::{Deserialize, Serialize};
use specta::Type;

use super::{AddressDto, MoneyDto, OrderRow};

/// Columns a customer list can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CustomersSort {
    /// Name.
    #[default]
    Name,
    /// E-mail address.
    Email,
    /// When they registered.
    Registered,
    /// Orders on this computer.
    Orders,
    /// What those come to, in the store's currency.
    Spent,
}

/// Which customers, in which order.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CustomersQuery {
    /// The store.
    pub store: String,
    /// Words that all have to be in a name, company, e-mail address or phone number. Empty for all.
    pub search: String,
    /// Only those who registered on this day or later, as `2026-11-16` in the store's time zone.
    #[serde(default)]
    pub registered_from: Option<String>,
    /// Column.
    pub sort: CustomersSort,
    /// Largest first.
    pub descending: bool,
}

/// Rows of a stretch, in the view's order.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CustomerRows {
    /// Place of the first.
    pub from: u32,
    /// The rows; one that has left the store since keeps its place as `null`.
    pub rows: Vec<Option<CustomerRow>>,
}

/// A customer in a list.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CustomerRow {
    /// Number.
    pub id: String,
    /// The person, else the company, else the e-mail address.
    pub name: String,
    /// Company. May be empty.
    pub company: String,
    /// E-mail address. May be empty.
    pub email: String,
    /// Telephone number. May be empty.
    pub phone: String,
    /// Orders on this computer, without checkouts that were never finished.
    pub orders: u32,
    /// What those come to in the store's currency, without those that were cancelled, declined or
    /// refunded in full.
    pub spent: MoneyDto,
    /// The same in each other currency.
    pub spent_otherwise: Vec<MoneyDto>,
    /// When they registered; `null` where the store doesn't say.
    pub registered_at: Option<String>,
}

/// Names a customer.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CustomerRef {
    /// The store.
    pub store: String,
    /// The customer's number.
    pub customer: String,
}

/// A customer in full, as far as they are on this computer.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CustomerDetail {
    /// As in a list.
    pub row: CustomerRow,
    /// For staff only. May be empty.
    pub notes: String,
    /// Store credit.
    pub store_credit: MoneyDto,
    /// Agreed to e-mails that ask for reviews and remind of an abandoned cart.
    pub accepts_marketing: bool,
    /// Addresses they have saved; the store sends ten at most.
    pub addresses: Vec<AddressDto>,
    /// When the store last touched the record; `null` where the store doesn't say.
    pub modified_at: Option<String>,
    /// Their newest orders, newest first, at most 20.
    pub newest: Vec<OrderRow>,
}

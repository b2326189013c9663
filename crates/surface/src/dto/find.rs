use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Area, MoneyDto};

/// A text that is looked for in all lists at once.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FindQuestion {
    /// The store.
    pub store: String,
    /// Words as for the lists' own searches. Blank for nothing.
    pub search: String,
}

/// What holds a text, kind by kind, as far as it is on this computer. A kind that the token may not read, or that
/// could not be searched, is `null`.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// Orders.
    pub orders: Option<FoundOrders>,
    /// Products.
    pub products: Option<FoundProducts>,
    /// Customers.
    pub customers: Option<FoundCustomers>,
    /// What could not be searched.
    pub failed: Vec<Area>,
}

/// Orders that hold a text. Checkouts that were never finished are left out, but for the one with that number.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FoundOrders {
    /// At most 5: the one with that number, then the newest.
    pub best: Vec<FoundOrder>,
    /// How many there are in all, without any checkout that was never finished.
    pub count: u32,
}

/// An order that holds a text.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FoundOrder {
    /// Number.
    pub id: String,
    /// Who ordered: the person, else the e-mail address, else the company. May be empty.
    pub customer: String,
    /// Status; one that is on its way counts.
    pub status_id: u32,
    /// The store's own label.
    pub status_label: String,
    /// Grand total.
    pub total: MoneyDto,
}

/// Products that hold a text.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FoundProducts {
    /// At most 5: the one with that SKU, then those whose name begins so, then by name.
    pub best: Vec<FoundProduct>,
    /// How many there are in all.
    pub count: u32,
}

/// A product that holds a text.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FoundProduct {
    /// Number.
    pub id: String,
    /// Name, as lists show it: with a change that is on its way.
    pub name: String,
    /// SKU, or empty.
    pub sku: String,
    /// Price, as lists show it; during a sale, that of the sale.
    pub price: MoneyDto,
}

/// Customers that hold a text.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FoundCustomers {
    /// At most 5: the one with that e-mail address, then those whose name begins so, then by name.
    pub best: Vec<FoundCustomer>,
    /// How many there are in all.
    pub count: u32,
}

/// A customer that holds a text.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FoundCustomer {
    /// Number.
    pub id: String,
    /// The person, else the company, else the e-mail address.
    pub name: String,
    /// E-mail address. May be empty.
    pub email: String,
    /// Orders on this computer, without checkouts that were never finished.
    pub orders: u32,
}

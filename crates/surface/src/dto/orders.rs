use serde::{Deserialize, Serialize};
use specta::Type;

use super::{ActivityRow, AddressDto, EntryState, Field, FieldValue, MoneyDto, OrderPartsDto};

/// Columns an order list can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum OrdersSort {
    /// Number.
    Number,
    /// When it was placed.
    #[default]
    Placed,
    /// Customer's name.
    Customer,
    /// Pieces.
    Items,
    /// Status, in the control panel's order.
    Status,
    /// Grand total.
    Total,
}

/// Which orders, in which order.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OrdersQuery {
    /// The store.
    pub store: String,
    /// Only this status; `null` for all.
    pub status_id: Option<u32>,
    /// Only this customer's; `null` for all.
    pub customer: Option<String>,
    /// Only those placed on this day or later, as `2026-11-16` in the store's time zone.
    #[serde(default)]
    pub placed_from: Option<String>,
    /// Only those placed on this day or earlier.
    #[serde(default)]
    pub placed_to: Option<String>,
    /// Part of a number, name, company, e-mail address or phone number. Empty for all.
    pub search: String,
    /// Show checkouts that were never finished as well.
    pub show_incomplete: bool,
    /// Column.
    pub sort: OrdersSort,
    /// Largest first.
    pub descending: bool,
}

/// A list whose ids are fixed. Rows are read from it by place.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ListView {
    /// Its id; another one for every version.
    pub view: String,
    /// How many rows it has.
    pub count: u32,
    /// How many there are without the search.
    pub count_without_search: u32,
}

/// An opened list of orders.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OrdersView {
    /// Its id; another one for every version.
    pub view: String,
    /// How many rows it has.
    pub count: u32,
    /// Sum of the totals, one amount for each currency.
    pub totals: Vec<MoneyDto>,
    /// How many there are without the search.
    pub count_without_search: u32,
}

/// A stretch of an opened list.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RowsQuestion {
    /// The view.
    pub view: String,
    /// First place, from 0.
    pub from: u32,
    /// Place after the last; at most 500 rows at once.
    pub to: u32,
}

/// Rows of a stretch, in the view's order.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OrderRows {
    /// Place of the first.
    pub from: u32,
    /// The rows; one that has left the store since is missing from `rows` but keeps its place as `null`.
    pub rows: Vec<Option<OrderRow>>,
}

/// A change on its way.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PendingField {
    /// The journal entry.
    pub entry: String,
    /// Which field.
    pub field: Field,
    /// The wanted value; nothing if the thing is to be deleted.
    pub wanted: Option<FieldValue>,
    /// How far it has come.
    pub state: EntryState,
}

/// An order in a list.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OrderRow {
    /// Number.
    pub id: String,
    /// When it was placed.
    pub placed_at: String,
    /// Who ordered. May be empty.
    pub customer: String,
    /// Company. May be empty.
    pub company: String,
    /// E-mail address. May be empty.
    pub email: String,
    /// Pieces.
    pub item_count: u32,
    /// Status.
    pub status_id: u32,
    /// The store's own label.
    pub status_label: String,
    /// Grand total.
    pub total: MoneyDto,
    /// Payment, in the store's words. May be empty.
    pub payment_status: String,
    /// Changes on their way.
    pub pending: Vec<PendingField>,
}

/// Asks for a row's place.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlaceQuestion {
    /// The view.
    pub view: String,
    /// The row.
    pub id: String,
}

/// A row's place.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// From 0; `null` if the row is not in the view.
    pub index: Option<u32>,
}

/// A status of the store.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StatusTab {
    /// What it means.
    pub status_id: u32,
    /// The store's own label.
    pub label: String,
    /// BigCommerce's own name for it: told apart by it where two labels are alike.
    pub system_label: String,
    /// Orders on this computer that have it.
    pub count: u32,
}

/// Statuses in the control panel's order, with counts.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Statuses {
    /// Orders on this computer, incomplete ones left out.
    pub total: u32,
    /// All of the store's statuses.
    pub statuses: Vec<StatusTab>,
}

/// Names an order.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OrderRef {
    /// The store.
    pub store: String,
    /// The order's number.
    pub order: String,
}

/// An order in full, as far as it is on this computer.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OrderDetail {
    /// Number.
    pub id: String,
    /// Status.
    pub status_id: u32,
    /// The store's own label.
    pub status_label: String,
    /// When it was placed.
    pub placed_at: String,
    /// When the store last touched it.
    pub modified_at: String,
    /// When it went out.
    pub shipped_at: Option<String>,
    /// Who ordered. May be empty.
    pub customer: String,
    /// Ordered without an account.
    pub is_guest: bool,
    /// The registered customer; `null` for a guest.
    pub customer_id: Option<String>,
    /// That customer's orders on this computer, this one included.
    pub customer_orders: u32,
    /// Who pays.
    pub billing: AddressDto,
    /// Pieces.
    pub item_count: u32,
    /// Lines without tax.
    pub subtotal: MoneyDto,
    /// Discounts and coupons, as a positive amount.
    pub discount: MoneyDto,
    /// Shipping without tax.
    pub shipping: MoneyDto,
    /// Tax.
    pub tax: MoneyDto,
    /// What makes up the total besides the lines that have a name here, such as fees. Negative if it takes away.
    pub other: MoneyDto,
    /// Handling, without tax; `None` where the copy is older than that was read.
    pub handling: Option<MoneyDto>,
    /// Gift wrapping, without tax; `None` likewise.
    pub wrapping: Option<MoneyDto>,
    /// How much of the total was paid with store credit.
    pub store_credit: Option<MoneyDto>,
    /// How much of the total was paid with gift certificates.
    pub gift_certificates: Option<MoneyDto>,
    /// Grand total.
    pub total: MoneyDto,
    /// Payment method, in the store's words.
    pub payment_method: String,
    /// Payment, in the store's words.
    pub payment_status: String,
    /// For staff only.
    pub staff_notes: String,
    /// What the shopper wrote.
    pub customer_message: String,
    /// Where it was placed, in the store's words.
    pub source: String,
    /// Archived in the control panel.
    pub is_archived: bool,
    /// Changes on their way.
    pub pending: Vec<PendingField>,
    /// A staff note that was typed and not applied yet.
    pub draft_staff_notes: Option<String>,
    /// What Stockroom changed about it, newest first.
    pub history: Vec<ActivityRow>,
    /// What belongs to it and is asked for by itself; `null` until it was.
    pub parts: Option<OrderPartsDto>,
}

/// A staff note as it is being typed.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NotesDraft {
    /// The store.
    pub store: String,
    /// The order.
    pub order: String,
    /// The text; `null` to throw the draft away.
    pub text: Option<String>,
}

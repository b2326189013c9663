//! The e-mails a store would have sent.

use serde::{Serialize, Serializer};

/// One e-mail to a shopper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Email {
    /// When, as ISO-8601 in UTC.
    #[serde(serialize_with = "as_text")]
    pub at: jiff::Timestamp,
    /// The address it goes to.
    pub to: String,
    /// What it is about.
    #[serde(flatten)]
    pub subject: Subject,
}

/// What an e-mail is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum Subject {
    /// The status of an order, or a shipment of it.
    Order {
        /// The order.
        order_id: u64,
        /// The status it tells.
        status_id: u8,
        /// What the shopper reads as the status: the merchant's own label.
        status: String,
        /// The shipment it tells of; `None` if it is about the status alone.
        shipment_id: Option<u64>,
    },
    /// An account that was made for them.
    Account {
        /// The customer.
        customer_id: u64,
    },
}

fn as_text<S: Serializer>(at: &jiff::Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(at)
}

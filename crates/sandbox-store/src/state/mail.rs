//! The e-mails a store would have sent.

use serde::{Serialize, Serializer};

/// One e-mail to a shopper: about the status of an order, or about a shipment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Email {
    /// When, as ISO-8601 in UTC.
    #[serde(serialize_with = "as_text")]
    pub at: jiff::Timestamp,
    /// The order it is about.
    pub order_id: u64,
    /// The address it goes to.
    pub to: String,
    /// The status it tells.
    pub status_id: u8,
    /// What the shopper reads as the status: the merchant's own label.
    pub status: String,
    /// The shipment it tells of; `None` if it is about the status alone.
    pub shipment_id: Option<u64>,
}

fn as_text<S: Serializer>(at: &jiff::Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(at)
}

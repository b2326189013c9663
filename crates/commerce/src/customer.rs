//! Customers as the shop sees them.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{Address, CustomerGroupId, CustomerId, Parts};

/// A registered customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// Number.
    pub id: CustomerId,
    /// E-mail address. Unique in the store.
    pub email: String,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Company, or empty.
    pub company: String,
    /// Telephone number as the customer wrote it, or empty.
    pub phone: String,
    /// For staff only.
    pub notes: String,
    /// The group that decides on prices and what may be seen.
    pub group_id: Option<CustomerGroupId>,
    /// Store credit, in the store's default currency.
    pub store_credit: Decimal,
    /// Addresses the customer has saved; the store sends ten at most.
    #[serde(
        serialize_with = "crate::aside::list_if_whole",
        deserialize_with = "crate::aside::parts_or_list"
    )]
    pub addresses: Parts<Address>,
    /// Agreed to e-mails that ask for reviews and remind of an abandoned cart.
    pub accepts_marketing: bool,
    /// When they registered. The epoch (1970) where the store gives no date at all.
    pub created_at: Timestamp,
    /// When the store last touched the record. Whole seconds. The same.
    pub modified_at: Timestamp,
}

impl Customer {
    /// The person's name, else the company, else the e-mail address.
    #[must_use]
    pub fn display_name(&self) -> String {
        let name = format!("{} {}", self.first_name.trim(), self.last_name.trim());
        [name.trim(), self.company.trim(), self.email.trim()]
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or_default()
            .to_owned()
    }
}

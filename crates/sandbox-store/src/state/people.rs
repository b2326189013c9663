//! Customers and addresses.

use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::decimal::Decimal;

/// A registered customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Customer {
    pub(crate) id: u64,
    /// Name, company, e-mail and telephone; and where the sample shop sends to.
    pub(crate) person: Arc<Address>,
    /// The address book, in the order the addresses were added.
    pub(crate) book: Vec<Entry>,
    /// 0: none.
    pub(crate) group_id: u64,
    pub(crate) notes: Arc<str>,
    pub(crate) created: Timestamp,
    pub(crate) modified: Timestamp,
    pub(crate) registration_ip: String,
    pub(crate) accepts_reminders: bool,
    pub(crate) tax_exempt_category: Arc<str>,
    pub(crate) must_reset_password: bool,
    pub(crate) store_credit: Decimal,
    /// The channels they are held to; `None`: not held to any.
    pub(crate) channels: Option<Vec<u64>>,
    /// Where the address is: an index into the seed's places. `None` for somebody who registered
    /// through the API; the sample shop draws no orders of theirs.
    pub(crate) place: Option<usize>,
    /// Values of form fields, by the field's name.
    pub(crate) form_fields: Map<String, Value>,
}

/// A customer group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) id: u64,
    pub(crate) name: Arc<str>,
    pub(crate) is_default: bool,
    pub(crate) is_for_guests: bool,
    /// `category_access` and `discount_rules` as they were put.
    pub(crate) category_access: Value,
    pub(crate) discount_rules: Value,
    pub(crate) created: Timestamp,
    pub(crate) modified: Timestamp,
}

/// Something to know about every customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attribute {
    pub(crate) id: u64,
    pub(crate) name: Arc<str>,
    /// `string`, `number` or `date`.
    pub(crate) kind: &'static str,
    pub(crate) created: Timestamp,
    pub(crate) modified: Timestamp,
}

/// What is known about one customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AttributeValue {
    pub(crate) id: u64,
    pub(crate) attribute_id: u64,
    pub(crate) customer_id: u64,
    pub(crate) value: Arc<str>,
    pub(crate) created: Timestamp,
    pub(crate) modified: Timestamp,
}

impl Customer {
    pub(crate) fn full_name(&self) -> String {
        format!("{} {}", self.person.first_name, self.person.last_name)
    }
}

/// An address in a customer's book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Entry {
    pub(crate) id: u64,
    pub(crate) address: Arc<Address>,
    pub(crate) is_commercial: bool,
    /// Values of form fields, by the field's name.
    pub(crate) form_fields: Map<String, Value>,
}

/// The ids handed out next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counters {
    pub(crate) customer: u64,
    pub(crate) address: u64,
    pub(crate) group: u64,
    pub(crate) attribute: u64,
    pub(crate) attribute_value: u64,
}

/// A postal address with the name and the ways to reach somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Address {
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) company: String,
    pub(crate) street_1: String,
    pub(crate) street_2: String,
    pub(crate) city: String,
    /// The full name, never an abbreviation.
    pub(crate) state: String,
    pub(crate) zip: String,
    pub(crate) country: Arc<str>,
    pub(crate) country_iso2: Arc<str>,
    pub(crate) phone: String,
    pub(crate) email: String,
}

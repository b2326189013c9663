//! Customers and addresses.

use std::sync::Arc;

use jiff::Timestamp;

/// A registered customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Customer {
    pub(crate) id: u64,
    pub(crate) address_id: u64,
    pub(crate) address: Arc<Address>,
    /// 0: none.
    pub(crate) group_id: u64,
    pub(crate) notes: &'static str,
    pub(crate) created: Timestamp,
    pub(crate) modified: Timestamp,
    pub(crate) registration_ip: String,
    pub(crate) accepts_reminders: bool,
    /// Where the address is: an index into the seed's places.
    pub(crate) place: usize,
}

/// A postal address with the name and the ways to reach somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    pub(crate) country: &'static str,
    pub(crate) country_iso2: &'static str,
    pub(crate) phone: String,
    pub(crate) email: String,
}

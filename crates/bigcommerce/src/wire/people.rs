//! Persons with their addresses, in the spellings of both versions.

use commerce::Address;

use super::{Misfit, Node};

/// What [`order_address`] reads.
pub(super) const ORDER_ADDRESS: &[&str] = &[
    "first_name",
    "last_name",
    "company",
    "street_1",
    "street_2",
    "city",
    "state",
    "zip",
    "country",
    "country_iso2",
    "phone",
    "email",
];

/// An address of an order (version 2).
pub(super) fn order_address(node: &Node<'_>) -> Result<Address, Misfit> {
    if node.is_blank() {
        return Ok(Address::default());
    }
    node.object()?;
    let words = |name| node.field(name).text();
    Ok(Address {
        first_name: words("first_name")?,
        last_name: words("last_name")?,
        company: words("company")?,
        street_1: words("street_1")?,
        street_2: words("street_2")?,
        city: words("city")?,
        state: words("state")?,
        postal_code: words("zip")?,
        country: words("country")?,
        country_code: words("country_iso2")?,
        phone: words("phone")?,
        email: words("email")?,
    })
}

/// A saved address of a customer (version 3). It has no e-mail address of its own.
pub(super) fn customer_address(node: &Node<'_>) -> Result<Address, Misfit> {
    node.object()?;
    let words = |name| node.field(name).text();
    Ok(Address {
        first_name: words("first_name")?,
        last_name: words("last_name")?,
        company: words("company")?,
        street_1: words("address1")?,
        street_2: words("address2")?,
        city: words("city")?,
        state: words("state_or_province")?,
        postal_code: words("postal_code")?,
        country: words("country")?,
        country_code: words("country_code")?,
        phone: words("phone")?,
        email: String::new(),
    })
}

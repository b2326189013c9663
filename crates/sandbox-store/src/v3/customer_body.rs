//! A customer and an address as v3 writes them.
//!
//! Source: BigCommerce REST reference, "Customers V3".

use serde_json::{Value, json};

use crate::dates::Iso;
use crate::seed::catalog::CHANNEL;
use crate::state::people::{Customer, Entry};

/// What can come inline.
pub(super) const INCLUDES: &[&str] = &[
    "addresses",
    "storecredit",
    "attributes",
    "formfields",
    "shopper_profile_id",
    "segment_ids",
];

/// Most addresses that come inline. Source: REST reference.
const MOST_ADDRESSES: usize = 10;

pub(super) fn body(customer: &Customer, include: &[&str]) -> Value {
    let person = &customer.person;
    let mut body = json!({
        "id": customer.id,
        "authentication": { "force_password_reset": customer.must_reset_password },
        "company": person.company,
        "customer_group_id": customer.group_id,
        "email": person.email,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "notes": customer.notes,
        "phone": person.phone,
        "registration_ip_address": customer.registration_ip,
        "tax_exempt_category": customer.tax_exempt_category,
        "date_created": Iso::Zulu(customer.created),
        "date_modified": Iso::Zulu(customer.modified),
        "accepts_product_review_abandoned_cart_emails": customer.accepts_reminders,
        "origin_channel_id": CHANNEL,
        // Null: not held to any channel.
        "channel_ids": customer.channels,
        "address_count": customer.book.len(),
        "attribute_count": 0,
    });
    for name in include {
        match *name {
            "addresses" => {
                body["addresses"] = customer
                    .book
                    .iter()
                    .take(MOST_ADDRESSES)
                    .map(|entry| address(customer, entry))
                    .collect();
            }
            "storecredit" => {
                body["store_credit_amounts"] = json!([{ "amount": customer.store_credit }]);
            }
            "attributes" => body["attributes"] = json!([]),
            "formfields" => body["form_fields"] = json!([]),
            "shopper_profile_id" => body["shopper_profile_id"] = Value::Null,
            "segment_ids" => body["segment_ids"] = json!([]),
            _unknown => {}
        }
    }
    body
}

pub(super) fn address(customer: &Customer, entry: &Entry) -> Value {
    let address = &entry.address;
    json!({
        "id": entry.id,
        "customer_id": customer.id,
        "first_name": address.first_name,
        "last_name": address.last_name,
        "company": address.company,
        "address1": address.street_1,
        "address2": address.street_2,
        "city": address.city,
        "state_or_province": address.state,
        "postal_code": address.zip,
        "country": address.country,
        "country_code": address.country_iso2,
        "phone": address.phone,
        "address_type": if entry.is_commercial { "commercial" } else { "residential" },
    })
}

//! A customer and an address as v3 writes them.
//!
//! Source: BigCommerce REST reference, "Customers V3".

use serde_json::{Map, Value, json};

use crate::dates::Iso;
use crate::seed::catalog::CHANNEL;
use crate::state::Store;
use crate::state::people::{AttributeValue, Customer, Entry};

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

pub(super) fn body(store: &Store, customer: &Customer, include: &[&str]) -> Value {
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
        "attribute_count": attributes_of(store, customer).count(),
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
            "attributes" => {
                body["attributes"] = attributes_of(store, customer).map(attribute).collect();
            }
            "formfields" => {
                body["form_fields"] =
                    form_fields(&customer.form_fields, ("customer_id", customer.id));
            }
            "shopper_profile_id" => body["shopper_profile_id"] = Value::Null,
            "segment_ids" => body["segment_ids"] = json!([]),
            _unknown => {}
        }
    }
    body
}

fn attributes_of<'a>(
    store: &'a Store,
    customer: &Customer,
) -> impl Iterator<Item = &'a AttributeValue> {
    let id = customer.id;
    let values = store.world.attribute_values.iter();
    values.filter(move |value| value.customer_id == id)
}

pub(crate) fn attribute(value: &AttributeValue) -> Value {
    json!({
        "id": value.id,
        "attribute_id": value.attribute_id,
        "attribute_value": value.value,
        "customer_id": value.customer_id,
        "date_created": Iso::Zulu(value.created),
        "date_modified": Iso::Zulu(value.modified),
    })
}

/// Each with the id of what it belongs to.
pub(super) fn form_fields(fields: &Map<String, Value>, (owner, id): (&str, u64)) -> Value {
    fields
        .iter()
        .map(|(name, value)| json!({ "name": name, "value": value, owner: id }))
        .collect()
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

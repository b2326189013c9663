//! Registered customers, to read.
//!
//! Source: BigCommerce REST reference, "Customers V3"; page links are missing here on the wire.

use serde_json::{Value, json};

use super::{Page, ids, listing, only_known};
use crate::dates::Iso;
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::query::Query;
use crate::state::Store;
use crate::state::people::Customer;

/// Every parameter of the real list.
const KNOWN: &[&str] = &[
    "page",
    "limit",
    "id:in",
    "company:in",
    "customer_group_id:in",
    "date_created",
    "date_created:max",
    "date_created:min",
    "date_modified",
    "date_modified:min",
    "date_modified:max",
    "email:in",
    "name:in",
    "name:like",
    "phone:in",
    "registration_ip_address:in",
    "include",
    "sort",
    "after",
    "before",
];

/// What this store takes of them.
const BUILT: &[&str] = &[
    "page",
    "limit",
    "id:in",
    "email:in",
    "name:like",
    "customer_group_id:in",
    "include",
];

pub(crate) fn list(store: &Store, call: &Call<'_>) -> Response {
    answer(store, call).unwrap_or_else(|refused| *refused)
}

fn answer(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let query = &call.query;
    only_known(query, KNOWN)?;
    if let Some(missing) = query.names().find(|name| !BUILT.contains(name)) {
        let what = format!("GET /v3/customers with `{missing}`");
        return Err(Box::new(refusals::not_built(&what)));
    }
    let include: Vec<&str> = query.get("include").unwrap_or("").split(',').collect();
    if let Some(missing) = include
        .iter()
        .find(|name| !matches!(**name, "" | "addresses"))
    {
        let what = format!("GET /v3/customers with include={missing}");
        return Err(Box::new(refusals::not_built(&what)));
    }
    let page = Page::read(query)?;
    let wanted_ids = ids(query, "id:in")?;
    let groups = ids(query, "customer_group_id:in")?;
    let emails = lower_list(query, "email:in");
    let name = query.get("name:like").map(str::to_lowercase);
    let found: Vec<&Customer> = store
        .world
        .customers
        .iter()
        .filter(|customer| {
            let person = &customer.address;
            wanted_ids
                .as_ref()
                .is_none_or(|ids| ids.contains(&customer.id))
                && groups
                    .as_ref()
                    .is_none_or(|ids| ids.contains(&customer.group_id))
                && emails
                    .as_ref()
                    .is_none_or(|all| all.contains(&person.email.to_lowercase()))
                && name.as_ref().is_none_or(|part| {
                    format!("{} {}", person.first_name, person.last_name)
                        .to_lowercase()
                        .contains(part)
                })
        })
        .collect();
    let with_addresses = include.contains(&"addresses");
    let data: Vec<Value> = page
        .slice(&found)
        .iter()
        .map(|customer| body(customer, with_addresses))
        .collect();
    let pagination = page.meta(found.len(), data.len(), false);
    Ok(listing(&data, json!({ "pagination": pagination })))
}

fn lower_list(query: &Query, name: &str) -> Option<Vec<String>> {
    let text = query.get(name).filter(|text| !text.is_empty())?;
    Some(text.split(',').map(str::to_lowercase).collect())
}

fn body(customer: &Customer, with_addresses: bool) -> Value {
    let person = &customer.address;
    let mut body = json!({
        "id": customer.id,
        "authentication": { "force_password_reset": false },
        "company": person.company,
        "customer_group_id": customer.group_id,
        "email": person.email,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "notes": customer.notes,
        "phone": person.phone,
        "registration_ip_address": customer.registration_ip,
        "tax_exempt_category": "",
        "date_created": Iso::Zulu(customer.created),
        "date_modified": Iso::Zulu(customer.modified),
        "accepts_product_review_abandoned_cart_emails": customer.accepts_reminders,
        "origin_channel_id": 1,
        // Null: not held to any channel.
        "channel_ids": null,
        "address_count": 1,
        "attribute_count": 0,
    });
    if with_addresses {
        body["addresses"] = json!([{
            "id": customer.address_id,
            "customer_id": customer.id,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "company": person.company,
            "address1": person.street_1,
            "address2": person.street_2,
            "city": person.city,
            "state_or_province": person.state,
            "postal_code": person.zip,
            "country": person.country,
            "country_code": person.country_iso2,
            "phone": person.phone,
            "address_type": "residential",
        }]);
    }
    body
}

//! Addresses in customers' books: added, changed, taken out.
//!
//! Source: BigCommerce REST reference, "Customer addresses"; one that is there already is passed over
//! in silence.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::customer_body::{self, form_fields as form_fields_body};
use super::customer_fields::{ADDRESS_FIELDS, address_from, form_fields};
use super::fields::{Wrong, objects, read, require};
use super::{ids, only_known, touched};
use crate::dates::whole_seconds;
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::seed::catalog::take;
use crate::state::Store;
use crate::state::people::{Address, Entry};
use crate::v2::countries;

/// Most addresses of one request: the reference gives no number, this is that of other batches here.
const MOST_AT_ONCE: usize = 10;

/// What an address cannot do without.
const REQUIRED: &[&str] = &[
    "customer_id",
    "first_name",
    "last_name",
    "address1",
    "city",
    "country_code",
    "state_or_province",
    "postal_code",
];

pub(crate) fn post(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let items = objects(&call.request.body, MOST_AT_ONCE)?;
    let mut wrong = Wrong::default();
    let mut all = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let prefix = format!("{at}.");
        require(item, REQUIRED, &prefix, &mut wrong);
        let customer = item.get("customer_id").and_then(Value::as_u64);
        let known = customer.is_some_and(|id| store.world.customer(id).is_some());
        if item.contains_key("customer_id") && !known {
            wrong.add(format!("{prefix}customer_id"), "invalid customer ID");
        }
        let fields = read(item, ADDRESS_FIELDS, &prefix, &mut wrong);
        check_country(&fields, &prefix, &mut wrong);
        let own = form_fields(item, &prefix, &mut wrong);
        all.push((customer.unwrap_or(0), fields, own));
    }
    refuse(wrong, "Create customer addresses failed.")?;
    let mut data = Vec::new();
    for (customer, fields, own) in all {
        let id = store.world.next_person.address;
        let Some(customer) = store.world.customer_mut(customer) else {
            continue;
        };
        let mut entry = Entry {
            id,
            address: Arc::new(address_from(&fields)),
            is_commercial: fields.get("address_type") == Some(&json!("commercial")),
            form_fields: own,
        };
        // Like the ones the store writes itself.
        Arc::make_mut(&mut entry.address)
            .email
            .clone_from(&customer.person.email);
        if customer.book.iter().any(|known| is_same(known, &entry)) {
            continue;
        }
        customer.modified = whole_seconds(call.now);
        customer.book.push(entry.clone());
        let customer = customer.id;
        take(&mut store.world.next_person.address);
        data.extend(body(store, customer, id));
    }
    Ok(answer(data))
}

pub(crate) fn put(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let items = objects(&call.request.body, MOST_AT_ONCE)?;
    let mut wrong = Wrong::default();
    let mut all = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let prefix = format!("{at}.");
        require(item, &["id"], &prefix, &mut wrong);
        let id = item.get("id").and_then(Value::as_u64);
        let owner = id.and_then(|id| owner_of(store, id));
        if item.contains_key("id") && owner.is_none() {
            wrong.add(format!("{prefix}id"), "invalid address ID");
        }
        let fields = read(item, ADDRESS_FIELDS, &prefix, &mut wrong);
        check_country(&fields, &prefix, &mut wrong);
        let own = form_fields(item, &prefix, &mut wrong);
        if let (Some(id), Some(owner)) = (id, owner) {
            all.push((owner, id, fields, own));
        }
    }
    refuse(wrong, "Update customer addresses failed.")?;
    let mut data = Vec::new();
    for (owner, id, fields, own) in all {
        let Some(customer) = store.world.customer_mut(owner) else {
            continue;
        };
        let Some(at) = customer.book.iter().position(|entry| entry.id == id) else {
            continue;
        };
        let mut changed = customer.book[at].clone();
        apply(&mut changed, &fields);
        changed.form_fields.extend(own);
        let others = customer.book.iter().filter(|entry| entry.id != id);
        if others.into_iter().any(|other| is_same(other, &changed)) {
            continue;
        }
        customer.book[at] = changed;
        customer.modified = whole_seconds(call.now);
        data.extend(body(store, owner, id));
    }
    Ok(answer(data))
}

pub(crate) fn delete(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, &["id:in"])?;
    let Some(ids) = ids(&call.query, "id:in")? else {
        return Err(Box::new(refusals::v3_invalid(
            "id:in",
            "error.path.missing",
        )));
    };
    let mut is_changed = false;
    for customer in &mut store.world.customers {
        let before = customer.book.len();
        customer.book.retain(|entry| !ids.contains(&entry.id));
        if customer.book.len() != before {
            customer.modified = whole_seconds(call.now);
            is_changed = true;
        }
    }
    let answer = Response::empty(204);
    Ok(if is_changed { touched(answer) } else { answer })
}

fn refuse(wrong: Wrong, title: &str) -> Result<(), Box<Response>> {
    match wrong.refuse() {
        Ok(()) => Ok(()),
        Err(refused) => {
            let body = refused.body_json().unwrap_or_default();
            let errors = body["errors"].as_object().cloned().unwrap_or_default();
            Err(Box::new(refusals::v3(422, title, errors)))
        }
    }
}

fn check_country(fields: &Map<String, Value>, prefix: &str, wrong: &mut Wrong) {
    let code = fields.get("country_code").and_then(Value::as_str);
    if code.is_some_and(|code| countries::name_of(code).is_none()) {
        wrong.add(format!("{prefix}country_code"), "invalid country code");
    }
}

/// What makes two addresses the same one. Source: REST reference.
fn is_same(one: &Entry, other: &Entry) -> bool {
    let parts = |entry: &Entry| {
        let address = &entry.address;
        let texts = [
            &address.first_name,
            &address.last_name,
            &address.company,
            &address.phone,
            &address.street_1,
            &address.street_2,
            &address.city,
            &address.state,
            &address.zip,
        ];
        let texts: Vec<String> = texts.iter().map(|text| text.to_lowercase()).collect();
        (
            texts,
            Arc::clone(&address.country_iso2),
            entry.is_commercial,
        )
    };
    parts(one) == parts(other)
}

fn apply(entry: &mut Entry, fields: &Map<String, Value>) {
    let address: &mut Address = Arc::make_mut(&mut entry.address);
    for (name, value) in fields {
        let text = value.as_str().unwrap_or("");
        let place = match name.as_str() {
            "first_name" => &mut address.first_name,
            "last_name" => &mut address.last_name,
            "company" => &mut address.company,
            "address1" => &mut address.street_1,
            "address2" => &mut address.street_2,
            "city" => &mut address.city,
            "state_or_province" => &mut address.state,
            "postal_code" => &mut address.zip,
            "phone" => &mut address.phone,
            "country_code" => {
                let code = text.to_uppercase();
                address.country = countries::name_of(&code).unwrap_or(&code).into();
                address.country_iso2 = code.into();
                continue;
            }
            "address_type" => {
                entry.is_commercial = text == "commercial";
                continue;
            }
            _unknown => continue,
        };
        text.clone_into(place);
    }
}

fn owner_of(store: &Store, id: u64) -> Option<u64> {
    let mut customers = store.world.customers.iter();
    let owner = customers.find(|customer| customer.book.iter().any(|entry| entry.id == id));
    owner.map(|customer| customer.id)
}

fn body(store: &Store, customer: u64, id: u64) -> Option<Value> {
    let customer = store.world.customer(customer)?;
    let entry = customer.book.iter().find(|entry| entry.id == id)?;
    let mut body = customer_body::address(customer, entry);
    body["form_fields"] = form_fields_body(&entry.form_fields, ("address_id", id));
    Some(body)
}

fn answer(data: Vec<Value>) -> Response {
    let is_changed = !data.is_empty();
    let answer = Response::json(200, &json!({ "data": data, "meta": {} }));
    if is_changed { touched(answer) } else { answer }
}

//! Customers as v2 has them. Deprecated, and still what older clients of BigCommerce ask for.
//!
//! Source: BigCommerce REST reference, "Customers V2". What is in them, and what is refused, is what v3
//! has and refuses: one registry behind two doors.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::order_body::Link;
use super::{invalid, list_of, object, page, page_of, parameter};
use crate::dates::{self, Rfc2822, whole_seconds};
use crate::decimal::Decimal;
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::query::Query;
use crate::state::Store;
use crate::state::people::{Customer, Entry};
use crate::v3::customer_write::{Change, remove};

/// Most customers that go at once where none is named. Source: REST reference.
const MOST_AT_ONCE: usize = 100;

/// What only the store writes. Source: REST reference.
const READ_ONLY: &[&str] = &[
    "id",
    "date_created",
    "date_modified",
    "accepts_marketing",
    "addresses",
    "form_fields",
];

/// What v3 calls by the same name.
const SHARED: &[&str] = &[
    "email",
    "first_name",
    "last_name",
    "company",
    "phone",
    "notes",
    "tax_exempt_category",
    "customer_group_id",
    "registration_ip_address",
];

pub(crate) fn list(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let (skip, take) = page(&call.query)?;
    let some: Vec<Value> = found(store, &call.query)?
        .into_iter()
        .skip(skip)
        .take(take)
        .map(|customer| body(store, customer, &call.origin))
        .collect();
    Ok(list_of(&some))
}

pub(crate) fn count(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let count = found(store, &call.query)?.len();
    Ok(Response::json(200, &json!({ "count": count })))
}

pub(crate) fn one(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let customer = expect(store, call)?;
    Ok(Response::json(200, &body(store, customer, &call.origin)))
}

pub(crate) fn post(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let fields = object(call)?;
    for name in ["first_name", "last_name", "email"] {
        if !fields.contains_key(name) {
            let message = format!("The required field '{name}' was not supplied.");
            return Err(Box::new(refusals::v2(400, &message)));
        }
    }
    let change = read(store, &fields, None)?;
    let id = store.register(&change, whole_seconds(call.now));
    answer(store, call, id)
}

pub(crate) fn put(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let id = expect(store, call)?.id;
    let change = read(store, &object(call)?, Some(id))?;
    store.update_customer(id, &change, whole_seconds(call.now));
    answer(store, call, id)
}

pub(crate) fn delete(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let id = expect(store, call)?.id;
    remove(store, &[id]);
    Ok(super::touched(Response::empty(204)))
}

/// Without a number: all of them, so many at a time.
pub(crate) fn delete_all(store: &mut Store) -> Response {
    let some = store.world.customers.iter().take(MOST_AT_ONCE);
    let ids: Vec<u64> = some.map(|customer| customer.id).collect();
    let answer = Response::empty(204);
    if remove(store, &ids) {
        super::touched(answer)
    } else {
        answer
    }
}

pub(crate) fn addresses(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let customer = expect(store, call)?;
    let all = customer.book.iter();
    let all: Vec<Value> = all.map(|entry| address(customer, entry)).collect();
    page_of(&call.query, &all)
}

pub(crate) fn address_count(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let count = expect(store, call)?.book.len();
    Ok(Response::json(200, &json!({ "count": count })))
}

pub(crate) fn one_address(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let customer = expect(store, call)?;
    let id: Option<u64> = call.ids.get(1).and_then(|id| id.parse().ok());
    let mut book = customer.book.iter();
    let entry = book
        .find(|entry| Some(entry.id) == id)
        .ok_or_else(|| Box::new(refusals::v2_not_found()))?;
    Ok(Response::json(200, &address(customer, entry)))
}

fn expect<'a>(store: &'a Store, call: &Call<'_>) -> Result<&'a Customer, Box<Response>> {
    let id: Option<u64> = call.ids.first().and_then(|id| id.parse().ok());
    id.and_then(|id| store.world.customer(id))
        .ok_or_else(|| Box::new(refusals::v2_not_found()))
}

fn found<'a>(store: &'a Store, query: &Query) -> Result<Vec<&'a Customer>, Box<Response>> {
    let min_id: Option<u64> = parameter(query, "min_id")?;
    let max_id: Option<u64> = parameter(query, "max_id")?;
    let group: Option<u64> = parameter(query, "customer_group_id")?;
    let text = |name: &str| query.get(name).filter(|text| !text.is_empty());
    let credit = match text("store_credit") {
        Some(text) => Some(Decimal::parse(text).ok_or_else(|| invalid("store_credit"))?),
        None => None,
    };
    let is = |name: &str, own: &str| text(name).is_none_or(|asked| asked.eq_ignore_ascii_case(own));
    // As in the list of orders, a date that cannot be read is no filter.
    let date = |name: &str| text(name).and_then(dates::parse);
    let within = |name: &str, at: Timestamp| {
        date(&format!("min_{name}")).is_none_or(|from| at >= from)
            && date(&format!("max_{name}")).is_none_or(|until| at <= until)
    };
    let all = store.world.customers.iter();
    let mut found: Vec<&Customer> = all
        .filter(|customer| {
            let person = &customer.person;
            is("first_name", &person.first_name)
                && is("last_name", &person.last_name)
                && is("company", &person.company)
                && is("email", &person.email)
                && is("phone", &person.phone)
                && is("tax_exempt_category", &customer.tax_exempt_category)
                && group.is_none_or(|group| customer.group_id == group)
                && credit.is_none_or(|credit| customer.store_credit == credit)
                && min_id.is_none_or(|id| customer.id >= id)
                && max_id.is_none_or(|id| customer.id <= id)
                && within("date_created", customer.created)
                && within("date_modified", customer.modified)
        })
        .collect();
    found.sort_by_key(|customer| customer.id);
    Ok(found)
}

/// What a body says, in the words of v3, checked as there. `id`: whom it is about, if they are there.
fn read(
    store: &Store,
    fields: &Map<String, Value>,
    id: Option<u64>,
) -> Result<Change, Box<Response>> {
    let mut said = Map::new();
    for (name, value) in fields {
        match name.as_str() {
            known if READ_ONLY.contains(&known) => {
                return Err(Box::new(refusals::v2_read_only(known)));
            }
            known if SHARED.contains(&known) => {
                said.insert(name.clone(), value.clone());
            }
            "store_credit" => {
                // An amount is a text here, or a number.
                said.insert(
                    "store_credit_amounts".to_owned(),
                    json!([{ "amount": value }]),
                );
            }
            "reset_pass_on_login" if value.is_boolean() => {
                said.insert(
                    "authentication".to_owned(),
                    json!({ "force_password_reset": value }),
                );
            }
            "_authentication" if value.is_object() => {
                // Nobody logs in here: whether a password was changed nobody could see.
                for name in ["password", "password_confirmation"] {
                    if value.get(name).is_some() {
                        let what = format!("`_authentication.{name}` of a customer");
                        return Err(Box::new(refusals::not_built(&what)));
                    }
                }
                if let Some(force) = value.get("force_reset") {
                    said.insert(
                        "authentication".to_owned(),
                        json!({ "force_password_reset": force }),
                    );
                }
            }
            "reset_pass_on_login" | "_authentication" => return Err(invalid(name)),
            other => return Err(Box::new(refusals::v2_unsupported(other))),
        }
    }
    Change::of_one(store, &said, id).map_err(|path| {
        if path.starts_with(".customer_") {
            let email = fields.get("email").and_then(Value::as_str).unwrap_or("");
            return Box::new(refusals::v2(409, &format!("email {email} already in use")));
        }
        match path.split('.').next().unwrap_or_default() {
            "store_credit_amounts" => invalid("store_credit"),
            "authentication" => invalid("_authentication"),
            field => invalid(field),
        }
    })
}

fn answer(store: &Store, call: &Call<'_>, id: u64) -> Result<Response, Box<Response>> {
    let customer = store
        .world
        .customer(id)
        .ok_or_else(|| Box::new(refusals::v2_not_found()))?;
    let body = body(store, customer, &call.origin);
    Ok(super::touched(Response::json(200, &body)))
}

fn body(store: &Store, customer: &Customer, origin: &str) -> Value {
    let person = &customer.person;
    let form_fields: Vec<Value> = customer
        .form_fields
        .iter()
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect();
    json!({
        "id": customer.id,
        "company": person.company,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "email": person.email,
        "phone": person.phone,
        "form_fields": if form_fields.is_empty() { Value::Null } else { json!(form_fields) },
        "date_created": Rfc2822(customer.created),
        "date_modified": Rfc2822(customer.modified),
        "store_credit": customer.store_credit.four_decimals(),
        "registration_ip_address": customer.registration_ip,
        "customer_group_id": customer.group_id,
        "notes": customer.notes,
        "tax_exempt_category": customer.tax_exempt_category,
        "reset_pass_on_login": customer.must_reset_password,
        "accepts_marketing": customer.accepts_reminders,
        "addresses": Link::to(store, origin, format!("/customers/{}/addresses", customer.id)),
    })
}

fn address(customer: &Customer, entry: &Entry) -> Value {
    let address = &entry.address;
    json!({
        "id": entry.id,
        "customer_id": customer.id,
        "first_name": address.first_name,
        "last_name": address.last_name,
        "company": address.company,
        "street_1": address.street_1,
        "street_2": address.street_2,
        "city": address.city,
        "state": address.state,
        "zip": address.zip,
        "country": address.country,
        "country_iso2": address.country_iso2,
        "phone": address.phone,
        "address_type": if entry.is_commercial { "commercial" } else { "residential" },
    })
}

//! Customer attributes, their values, and the values of form fields.
//!
//! Source: BigCommerce REST reference, "Customer attributes", "Customer attribute values" and
//! "Customer form fields".

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::customer_body;
use super::fields::{Field, Shape, Wrong, field, objects, read, require};
use super::{Page, ids, listing, only_known, touched};
use crate::dates::{self, Iso, whole_seconds};
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::query::Query;
use crate::seed::catalog::take;
use crate::state::Store;
use crate::state::people::{Attribute, AttributeValue};

/// Most attributes of a store. Source: BigCommerce platform limits.
const MOST: usize = 50;

/// Most of one request. Source: REST reference.
const MOST_AT_ONCE: usize = 10;

const KINDS: &[&str] = &["string", "number", "date"];

pub(crate) fn list(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    const KNOWN: &[&str] = &[
        "page",
        "limit",
        "name",
        "name:like",
        "type",
        "date_created",
        "date_created:max",
        "date_created:min",
        "date_modified",
        "date_modified:max",
        "date_modified:min",
    ];
    let query = &call.query;
    only_known(query, KNOWN)?;
    let page = Page::read(query)?;
    let dates = (
        Dates::read(query, "date_created")?,
        Dates::read(query, "date_modified")?,
    );
    let text = |name: &str| query.get(name).filter(|text| !text.is_empty());
    let like = text("name:like").map(|part| part.trim_matches('%').to_lowercase());
    let found: Vec<Value> = store
        .world
        .attributes
        .iter()
        .filter(|attribute| {
            text("name").is_none_or(|name| *attribute.name == *name)
                && text("type").is_none_or(|kind| attribute.kind == kind)
                && like
                    .as_ref()
                    .is_none_or(|part| attribute.name.to_lowercase().contains(part))
                && dates.0.take(attribute.created)
                && dates.1.take(attribute.modified)
        })
        .map(body)
        .collect();
    let data = page.slice(&found);
    let pagination = page.meta(found.len(), data.len(), false);
    Ok(listing(data, json!({ "pagination": pagination })))
}

pub(crate) fn body(attribute: &Attribute) -> Value {
    json!({
        "id": attribute.id,
        "name": attribute.name,
        "type": attribute.kind,
        "date_created": Iso::Zulu(attribute.created),
        "date_modified": Iso::Zulu(attribute.modified),
    })
}

pub(crate) fn post(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    const FIELDS: &[Field] = &[
        field("name", Shape::Text(1, 255)),
        field("type", Shape::OneOf(KINDS)),
    ];
    let items = objects(&call.request.body, MOST_AT_ONCE)?;
    let mut wrong = Wrong::default();
    let mut names: Vec<String> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let prefix = format!("{at}.");
        require(item, &["name", "type"], &prefix, &mut wrong);
        let fields = read(item, FIELDS, &prefix, &mut wrong);
        let name = fields.get("name").and_then(Value::as_str).unwrap_or("");
        let known = store.world.attributes.iter();
        if known.into_iter().any(|known| *known.name == *name)
            || names.iter().any(|own| own == name)
        {
            wrong.add(format!("{prefix}name"), "The attribute name is a duplicate");
        }
        names.push(name.to_owned());
    }
    if store.world.attributes.len() + items.len() > MOST {
        wrong.add("", "A store cannot have more than 50 customer attributes");
    }
    wrong.refuse()?;
    let now = whole_seconds(call.now);
    let mut data = Vec::new();
    for item in &items {
        let text = |name: &str| item.get(name).and_then(Value::as_str).unwrap_or("");
        let attribute = Attribute {
            id: take(&mut store.world.next_person.attribute),
            name: text("name").into(),
            kind: KINDS
                .iter()
                .find(|kind| **kind == text("type"))
                .unwrap_or(&"string"),
            created: now,
            modified: now,
        };
        data.push(body(&attribute));
        store.world.attributes.push(attribute);
    }
    Ok(answer(data))
}

/// Only the name: the type is settled for good.
pub(crate) fn put(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    const FIELDS: &[Field] = &[field("name", Shape::Text(1, 255))];
    let items = objects(&call.request.body, MOST_AT_ONCE)?;
    let mut wrong = Wrong::default();
    for (at, item) in items.iter().enumerate() {
        let prefix = format!("{at}.");
        require(item, &["id", "name"], &prefix, &mut wrong);
        read(item, FIELDS, &prefix, &mut wrong);
        let id = item.get("id").and_then(Value::as_u64);
        let known = store.world.attributes.iter();
        if !known.into_iter().any(|known| Some(known.id) == id) {
            wrong.add(format!("{prefix}id"), "invalid attribute ID");
        }
        let mut others = store
            .world
            .attributes
            .iter()
            .filter(|each| Some(each.id) != id);
        if others.any(|other| item.get("name").and_then(Value::as_str) == Some(&other.name)) {
            wrong.add(format!("{prefix}name"), "The attribute name is a duplicate");
        }
    }
    wrong.refuse()?;
    let now = whole_seconds(call.now);
    let mut data = Vec::new();
    for item in &items {
        let id = item.get("id").and_then(Value::as_u64);
        let attributes = store.world.attributes.iter_mut();
        for attribute in attributes.filter(|each| Some(each.id) == id) {
            attribute.name = item["name"].as_str().unwrap_or("").into();
            attribute.modified = now;
            data.push(body(attribute));
        }
    }
    Ok(answer(data))
}

/// With all their values.
pub(crate) fn delete(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let ids = ids_to_delete(call)?;
    let before = store.world.attributes.len();
    store
        .world
        .attributes
        .retain(|each| !ids.contains(&each.id));
    store
        .world
        .attribute_values
        .retain(|value| !ids.contains(&value.attribute_id));
    let answer = Response::empty(204);
    let is_changed = store.world.attributes.len() != before;
    Ok(if is_changed { touched(answer) } else { answer })
}

fn ids_to_delete(call: &Call<'_>) -> Result<Vec<u64>, Box<Response>> {
    only_known(&call.query, &["id:in"])?;
    ids(&call.query, "id:in")?
        .ok_or_else(|| Box::new(refusals::v3_invalid("id:in", "error.path.missing")))
}

pub(crate) fn values(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    const KNOWN: &[&str] = &[
        "page",
        "limit",
        "customer_id:in",
        "attribute_id:in",
        "name",
        "date_created",
        "date_created:max",
        "date_created:min",
        "date_modified",
        "date_modified:max",
        "date_modified:min",
    ];
    let query = &call.query;
    only_known(query, KNOWN)?;
    let page = Page::read(query)?;
    let (customers, own) = (
        ids(query, "customer_id:in")?,
        ids(query, "attribute_id:in")?,
    );
    let dates = (
        Dates::read(query, "date_created")?,
        Dates::read(query, "date_modified")?,
    );
    let named = query
        .get("name")
        .filter(|text| !text.is_empty())
        .map(|name| {
            let attributes = store.world.attributes.iter();
            let ids = attributes
                .filter(|each| *each.name == *name)
                .map(|each| each.id);
            ids.collect::<Vec<u64>>()
        });
    let among = |ids: &Option<Vec<u64>>, id: u64| ids.as_ref().is_none_or(|ids| ids.contains(&id));
    let found: Vec<Value> = store
        .world
        .attribute_values
        .iter()
        .filter(|value| {
            among(&customers, value.customer_id)
                && among(&own, value.attribute_id)
                && among(&named, value.attribute_id)
                && dates.0.take(value.created)
                && dates.1.take(value.modified)
        })
        .map(customer_body::attribute)
        .collect();
    let data = page.slice(&found);
    let pagination = page.meta(found.len(), data.len(), false);
    Ok(listing(data, json!({ "pagination": pagination })))
}

/// Changed where they are there, made where they are not.
pub(crate) fn put_values(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    const FIELDS: &[Field] = &[
        field("attribute_id", Shape::Count(1, i64::MAX)),
        field("customer_id", Shape::Count(1, i64::MAX)),
        field("value", Shape::Text(0, 255)),
    ];
    let items = objects(&call.request.body, MOST_AT_ONCE)?;
    let mut wrong = Wrong::default();
    let mut all = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let prefix = format!("{at}.");
        require(
            item,
            &["attribute_id", "customer_id", "value"],
            &prefix,
            &mut wrong,
        );
        let fields = read(item, FIELDS, &prefix, &mut wrong);
        let id = |name: &str| fields.get(name).and_then(Value::as_u64).unwrap_or(0);
        let (attribute, customer) = (id("attribute_id"), id("customer_id"));
        let mut attributes = store.world.attributes.iter();
        let value = fields.get("value").and_then(Value::as_str).unwrap_or("");
        match attributes.find(|each| each.id == attribute) {
            None => wrong.add(format!("{prefix}attribute_id"), "invalid attribute ID"),
            Some(attribute) if !fits(attribute.kind, value) => {
                wrong.add(format!("{prefix}value"), "invalid attribute value");
            }
            Some(_) => {}
        }
        if store.world.customer(customer).is_none() {
            wrong.add(format!("{prefix}customer_id"), "invalid customer ID");
        }
        all.push((attribute, customer, Arc::<str>::from(value)));
    }
    wrong.refuse()?;
    let now = whole_seconds(call.now);
    let data = all
        .into_iter()
        .map(|(attribute, customer, value)| {
            let value = store.set_attribute(attribute, customer, value, now);
            customer_body::attribute(&value)
        })
        .collect();
    Ok(answer(data))
}

fn fits(kind: &str, value: &str) -> bool {
    match kind {
        "number" => value.trim().parse::<f64>().is_ok(),
        "date" => dates::parse(value).is_some(),
        _text => true,
    }
}

pub(crate) fn delete_values(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let ids = ids_to_delete(call)?;
    let before = store.world.attribute_values.len();
    let values = &mut store.world.attribute_values;
    values.retain(|value| !ids.contains(&value.id));
    let is_changed = values.len() != before;
    let answer = Response::empty(204);
    Ok(if is_changed { touched(answer) } else { answer })
}

pub(crate) fn form_fields(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    const KNOWN: &[&str] = &[
        "page",
        "limit",
        "customer_id",
        "address_id",
        "field_name",
        "field_type",
        "after",
        "before",
    ];
    let query = &call.query;
    only_known(query, KNOWN)?;
    let page = Page::read(query)?;
    let (customer, address) = (ids(query, "customer_id")?, ids(query, "address_id")?);
    let name = query.get("field_name").filter(|text| !text.is_empty());
    let rows = |fields: &Map<String, Value>, owner: (&str, u64)| -> Vec<Value> {
        let rows = customer_body::form_fields(fields, owner);
        rows.as_array().cloned().unwrap_or_default()
    };
    let mut found: Vec<Value> = Vec::new();
    for each in &store.world.customers {
        let is_wanted = customer.as_ref().is_none_or(|ids| ids.contains(&each.id));
        if is_wanted && address.is_none() {
            found.extend(rows(&each.form_fields, ("customer_id", each.id)));
        }
        if is_wanted && customer.is_none() {
            for entry in &each.book {
                if address.as_ref().is_none_or(|ids| ids.contains(&entry.id)) {
                    found.extend(rows(&entry.form_fields, ("address_id", entry.id)));
                }
            }
        }
    }
    found.retain(|row| name.is_none_or(|name| row["name"] == name));
    let data = page.slice(&found);
    let pagination = page.meta(found.len(), data.len(), false);
    Ok(listing(data, json!({ "pagination": pagination })))
}

/// Of a customer, or of an address.
pub(crate) fn put_form_fields(
    store: &mut Store,
    call: &Call<'_>,
) -> Result<Response, Box<Response>> {
    let items = objects(&call.request.body, MOST_AT_ONCE)?;
    let mut wrong = Wrong::default();
    for (at, item) in items.iter().enumerate() {
        let prefix = format!("{at}.");
        require(item, &["name", "value"], &prefix, &mut wrong);
        let id = |name: &str| item.get(name).and_then(Value::as_u64);
        let is_there = match (id("customer_id"), id("address_id")) {
            (Some(id), None) => store.world.customer(id).is_some(),
            (None, Some(id)) => {
                let mut customers = store.world.customers.iter();
                customers.any(|each| each.book.iter().any(|entry| entry.id == id))
            }
            (Some(_), Some(_)) | (None, None) => false,
        };
        if !is_there {
            wrong.add(format!("{prefix}customer_id"), "invalid customer ID");
        }
    }
    wrong.refuse()?;
    for item in &items {
        let id = |name: &str| item.get(name).and_then(Value::as_u64);
        let name = item["name"].as_str().unwrap_or("").to_owned();
        for each in &mut store.world.customers {
            if Some(each.id) == id("customer_id") {
                each.form_fields.insert(name.clone(), item["value"].clone());
            }
            for entry in &mut each.book {
                if Some(entry.id) == id("address_id") {
                    entry
                        .form_fields
                        .insert(name.clone(), item["value"].clone());
                }
            }
        }
    }
    Ok(answer(items.into_iter().map(Value::Object).collect()))
}

fn answer(data: Vec<Value>) -> Response {
    let is_changed = !data.is_empty();
    let answer = Response::json(200, &json!({ "data": data, "meta": {} }));
    if is_changed { touched(answer) } else { answer }
}

impl Store {
    /// What is known about a customer.
    pub(super) fn set_attribute(
        &mut self,
        attribute: u64,
        customer: u64,
        value: Arc<str>,
        now: Timestamp,
    ) -> AttributeValue {
        let mut values = self.world.attribute_values.iter_mut();
        let known =
            values.find(|each| each.attribute_id == attribute && each.customer_id == customer);
        if let Some(known) = known {
            known.value = value;
            known.modified = now;
            return known.clone();
        }
        let made = AttributeValue {
            id: take(&mut self.world.next_person.attribute_value),
            attribute_id: attribute,
            customer_id: customer,
            value,
            created: now,
            modified: now,
        };
        self.world.attribute_values.push(made.clone());
        made
    }
}

/// On a day, from one, until one.
struct Dates {
    at: Option<Timestamp>,
    from: Option<Timestamp>,
    until: Option<Timestamp>,
}

impl Dates {
    fn read(query: &Query, name: &str) -> Result<Self, Box<Response>> {
        let date = |suffix: &str| {
            let name = format!("{name}{suffix}");
            let Some(text) = query.get(&name).filter(|text| !text.is_empty()) else {
                return Ok(None);
            };
            dates::parse(text).map(Some).ok_or_else(|| {
                Box::new(refusals::v3_invalid(&name, "error.expected.date.isoformat"))
            })
        };
        Ok(Self {
            at: date("")?,
            from: date(":min")?,
            until: date(":max")?,
        })
    }

    fn take(&self, at: Timestamp) -> bool {
        self.at.is_none_or(|exactly| at == exactly)
            && self.from.is_none_or(|from| at >= from)
            && self.until.is_none_or(|until| at <= until)
    }
}

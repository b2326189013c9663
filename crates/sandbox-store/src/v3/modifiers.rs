//! Modifiers of a product and their values: what a shopper can ask for without another variant.
//!
//! Source: BigCommerce REST reference, "Product modifiers".

use serde_json::{Map, Value, json};

use super::fields::{Field, Shape, Wrong, field, object, read, require};
use super::option_config;
use super::options::{MOST_VALUES, VALUE_FIELDS, edit};
use super::wanted::Wanted;
use super::{Page, done, listing, only_known, product_of, touched};
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::seed::catalog::{Counters, take};
use crate::state::Store;
use crate::state::catalog::Product;

type Fields = Map<String, Value>;

const KINDS: &[&str] = &[
    "date",
    "checkbox",
    "file",
    "text",
    "multi_line_text",
    "numbers_only_text",
    "radio_buttons",
    "rectangles",
    "dropdown",
    "product_list",
    "product_list_with_images",
    "swatch",
];

const FIELDS: &[Field] = &[
    field("type", Shape::OneOf(KINDS)),
    field("required", Shape::Flag),
    field("sort_order", Shape::Count(-2_147_483_648, 2_147_483_647)),
    field("display_name", Shape::Text(1, 255)),
];

const LIST: &[&str] = &["page", "limit", "include_fields", "exclude_fields"];

pub(crate) fn list(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    page_of(call, &product_of(store, call)?.parts.modifiers)
}

pub(crate) fn one(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, &["include_fields", "exclude_fields"])?;
    let wanted = Wanted::read(&call.query)?;
    let modifier = modifier_of(product_of(store, call)?, call)?;
    Ok(done(&wanted.only(Value::Object(modifier.clone()))))
}

pub(crate) fn post(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let product = product_of(store, call)?;
    let id = product.id;
    let item = object(&call.request.body)?;
    let mut wrong = Wrong::default();
    require(&item, &["type", "required", "display_name"], "", &mut wrong);
    let change = Change::read(&item, &mut wrong);
    wrong.refuse()?;
    change.check(product, None)?;
    let made = edit(store, call, id, |product, next| {
        let own = take(&mut next.part);
        let name = change.fields["display_name"].as_str().unwrap_or("");
        let mut modifier = fields(json!({
            "id": own,
            "product_id": product.id,
            "name": format!("{name}{own}"),
            "sort_order": product.parts.modifiers.len(),
            "config": [],
            "option_values": [],
        }));
        change.apply(&mut modifier, next);
        product.parts.modifiers.push(modifier.clone());
        modifier
    })?;
    Ok(touched(done(&made)))
}

pub(crate) fn put(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let product = product_of(store, call)?;
    let (id, own) = (product.id, modifier_of(product, call)?["id"].clone());
    let item = object(&call.request.body)?;
    let mut wrong = Wrong::default();
    let change = Change::read(&item, &mut wrong);
    wrong.refuse()?;
    change.check(product, Some(&own))?;
    let changed = edit(store, call, id, |product, next| {
        let modifiers = product.parts.modifiers.iter_mut();
        let mut changed = Fields::new();
        for modifier in modifiers.filter(|each| each["id"] == own) {
            change.apply(modifier, next);
            changed = modifier.clone();
        }
        changed
    })?;
    Ok(touched(done(&changed)))
}

pub(crate) fn delete(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let product = product_of(store, call)?;
    let (id, own) = (product.id, modifier_of(product, call)?["id"].clone());
    edit(store, call, id, |product, _next| {
        product.parts.modifiers.retain(|each| each["id"] != own);
    })?;
    Ok(touched(Response::empty(204)))
}

pub(crate) fn values(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let modifier = modifier_of(product_of(store, call)?, call)?;
    page_of(call, &values_in(modifier))
}

pub(crate) fn value(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, &["include_fields", "exclude_fields"])?;
    let wanted = Wanted::read(&call.query)?;
    let modifier = modifier_of(product_of(store, call)?, call)?;
    let value = value_of(modifier, call)?;
    Ok(done(&wanted.only(Value::Object(value))))
}

pub(crate) fn post_value(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let product = product_of(store, call)?;
    let modifier = modifier_of(product, call)?;
    let (id, own, count) = (
        product.id,
        modifier["id"].clone(),
        values_in(modifier).len(),
    );
    let item = object(&call.request.body)?;
    let mut wrong = Wrong::default();
    require(&item, &["label", "sort_order"], "", &mut wrong);
    let change = read_value(&item, "", &mut wrong);
    if count >= MOST_VALUES {
        wrong.add("option_values", "error.maxLength");
    }
    wrong.refuse()?;
    let made = edit(store, call, id, |product, next| {
        let value = made_value(&change, &own, count, next);
        let modifiers = product.parts.modifiers.iter_mut();
        for modifier in modifiers.filter(|each| each["id"] == own) {
            if let Some(Value::Array(values)) = modifier.get_mut("option_values") {
                values.push(Value::Object(value.clone()));
            }
        }
        value
    })?;
    Ok(touched(done(&made)))
}

pub(crate) fn put_value(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let product = product_of(store, call)?;
    let modifier = modifier_of(product, call)?;
    let mut value = value_of(modifier, call)?;
    let (id, own) = (product.id, modifier["id"].clone());
    let item = object(&call.request.body)?;
    let mut wrong = Wrong::default();
    let mut change = read_value(&item, "", &mut wrong);
    wrong.refuse()?;
    change.remove("id");
    value.extend(change);
    edit(store, call, id, |product, _next| {
        for_values(product, &own, |values| {
            for known in values.iter_mut().filter(|known| known["id"] == value["id"]) {
                *known = Value::Object(value.clone());
            }
        });
    })?;
    Ok(touched(done(&value)))
}

pub(crate) fn delete_value(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let product = product_of(store, call)?;
    let modifier = modifier_of(product, call)?;
    let value = value_of(modifier, call)?["id"].clone();
    let (id, own) = (product.id, modifier["id"].clone());
    edit(store, call, id, |product, _next| {
        for_values(product, &own, |values| {
            values.retain(|known| known["id"] != value);
        });
    })?;
    Ok(touched(Response::empty(204)))
}

fn for_values(product: &mut Product, own: &Value, mut edit: impl FnMut(&mut Vec<Value>)) {
    let modifiers = product.parts.modifiers.iter_mut();
    for modifier in modifiers.filter(|each| each["id"] == *own) {
        if let Some(Value::Array(values)) = modifier.get_mut("option_values") {
            edit(values);
        }
    }
}

fn page_of(call: &Call<'_>, all: &[Fields]) -> Result<Response, Box<Response>> {
    only_known(&call.query, LIST)?;
    let wanted = Wanted::read(&call.query)?;
    let page = Page::read(&call.query)?;
    let data: Vec<Value> = page
        .slice(all)
        .iter()
        .map(|each| wanted.only(Value::Object(each.clone())))
        .collect();
    let pagination = page.meta(all.len(), data.len(), true);
    Ok(listing(&data, json!({ "pagination": pagination })))
}

fn modifier_of<'a>(product: &'a Product, call: &Call<'_>) -> Result<&'a Fields, Box<Response>> {
    let id: Option<u64> = call.ids.get(1).and_then(|id| id.parse().ok());
    let mut modifiers = product.parts.modifiers.iter();
    modifiers
        .find(|modifier| modifier["id"].as_u64() == id)
        .ok_or_else(|| Box::new(refusals::v3_not_found("The modifier was not found")))
}

fn values_in(modifier: &Fields) -> Vec<Fields> {
    let values = modifier["option_values"].as_array();
    let objects = values.into_iter().flatten().filter_map(Value::as_object);
    objects.cloned().collect()
}

fn value_of(modifier: &Fields, call: &Call<'_>) -> Result<Fields, Box<Response>> {
    let id: Option<u64> = call.ids.get(2).and_then(|id| id.parse().ok());
    values_in(modifier)
        .into_iter()
        .find(|value| value["id"].as_u64() == id)
        .ok_or_else(|| Box::new(refusals::v3_not_found("The modifier value was not found")))
}

fn fields(value: Value) -> Fields {
    match value {
        Value::Object(fields) => fields,
        _other => Fields::new(),
    }
}

/// A modifier as a body gives it, read and checked.
struct Change {
    fields: Fields,
    config: Option<Value>,
    values: Option<Vec<Fields>>,
}

impl Change {
    fn read(item: &Fields, wrong: &mut Wrong) -> Self {
        let values = match item.get("option_values") {
            None | Some(Value::Null) => None,
            Some(Value::Array(items)) if items.len() > MOST_VALUES => {
                wrong.add("option_values", "error.maxLength");
                None
            }
            Some(Value::Array(items)) => {
                let mut values = Vec::new();
                for (at, item) in items.iter().enumerate() {
                    let path = format!("option_values.{at}");
                    match item {
                        Value::Object(item) => {
                            values.push(read_value(item, &format!("{path}."), wrong));
                        }
                        _other => wrong.add(path, "error.expected.jsobject"),
                    }
                }
                Some(values)
            }
            Some(_other) => {
                wrong.add("option_values", "error.expected.jsarray");
                None
            }
        };
        Self {
            fields: read(item, FIELDS, "", wrong),
            config: option_config::config(item, "", wrong),
            values,
        }
    }

    /// Two modifiers of one product have two names.
    fn check(&self, product: &Product, own: Option<&Value>) -> Result<(), Box<Response>> {
        let Some(name) = self.fields.get("display_name").and_then(Value::as_str) else {
            return Ok(());
        };
        let mut others = product.parts.modifiers.iter();
        let is_twin = others.any(|other| {
            Some(&other["id"]) != own
                && other["display_name"]
                    .as_str()
                    .is_some_and(|known| known.eq_ignore_ascii_case(name))
        });
        if is_twin {
            let title = format!("The modifier display name {name} is a duplicate");
            return Err(Box::new(refusals::v3_conflict(&title)));
        }
        Ok(())
    }

    /// Values given are all there are to be: those without an id are new.
    fn apply(&self, modifier: &mut Fields, next: &mut Counters) {
        modifier.extend(self.fields.clone());
        if let Some(config) = &self.config {
            modifier.insert("config".to_owned(), config.clone());
        }
        let Some(values) = &self.values else { return };
        let known = values_in(modifier);
        let own = modifier["id"].clone();
        let values: Vec<Value> = values
            .iter()
            .enumerate()
            .map(|(place, change)| {
                let old = known
                    .iter()
                    .find(|value| change.get("id").is_some_and(|id| *id == value["id"]));
                let value = match old {
                    Some(value) => {
                        let mut value = value.clone();
                        value.extend(change.clone());
                        value
                    }
                    None => made_value(change, &own, place, next),
                };
                Value::Object(value)
            })
            .collect();
        modifier.insert("option_values".to_owned(), values.into());
    }
}

fn made_value(change: &Fields, modifier: &Value, place: usize, next: &mut Counters) -> Fields {
    let mut value = fields(json!({
        "id": take(&mut next.option_value),
        "option_id": modifier,
        "label": "",
        "sort_order": place,
        "value_data": null,
        "is_default": false,
        "adjusters": {
            "price": null,
            "weight": null,
            "image_url": "",
            "purchasing_disabled": { "status": false, "message": "" },
        },
    }));
    let mut change = change.clone();
    change.remove("id");
    value.extend(change);
    value
}

fn read_value(item: &Fields, prefix: &str, wrong: &mut Wrong) -> Fields {
    let mut value = read(item, VALUE_FIELDS, prefix, wrong);
    match item.get("value_data") {
        None => {}
        Some(data @ (Value::Object(_) | Value::Null)) => {
            value.insert("value_data".to_owned(), data.clone());
        }
        Some(_other) => wrong.add(format!("{prefix}value_data"), "error.expected.jsobject"),
    }
    if let Some(adjusters) = option_config::adjusters(item, prefix, wrong) {
        value.insert("adjusters".to_owned(), adjusters);
    }
    value
}

//! Options of a product and their values: what its variants are made of.
//!
//! Source: BigCommerce REST reference, "Product variant options". What happens to variants when an
//! option or a value goes is not documented; here they go with it.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::fields::{Field, Shape, Wrong, field, object, read, require};
use super::option_config;
use super::variants;
use super::wanted::Wanted;
use super::{Page, done, listing, only_known, product_of, touched};
use crate::dates::whole_seconds;
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::seed::catalog::{Counters, take};
use crate::state::Store;
use crate::state::catalog::{OptionValue, Product, ProductOption, ValueData};

/// Kinds of options that make variants.
pub(super) const KINDS: &[&str] = &[
    "radio_buttons",
    "rectangles",
    "dropdown",
    "product_list",
    "product_list_with_images",
    "swatch",
];

/// Most values of one option or modifier. Source: BigCommerce platform limits.
pub(super) const MOST_VALUES: usize = 250;

const FIELDS: &[Field] = &[
    field("display_name", Shape::Text(1, 255)),
    field("type", Shape::OneOf(KINDS)),
    field("sort_order", Shape::Count(-2_147_483_648, 2_147_483_647)),
];

pub(super) const VALUE_FIELDS: &[Field] = &[
    field("id", Shape::Count(1, i64::MAX)),
    field("label", Shape::Text(1, 255)),
    field("sort_order", Shape::Count(-2_147_483_648, 2_147_483_647)),
    field("is_default", Shape::Flag),
];

const LIST: &[&str] = &["page", "limit", "include_fields", "exclude_fields"];

pub(super) fn body(product: &Product, option: &ProductOption) -> Value {
    let values: Vec<Value> = option.values.iter().map(value_body).collect();
    json!({
        "id": option.id,
        "product_id": product.id,
        "name": format!("{}{}", option.name, option.id),
        "display_name": option.name,
        "type": option.style,
        "sort_order": option.sort_order,
        "option_values": values,
        "config": option.config.as_deref().cloned().unwrap_or_else(|| json!([])),
    })
}

fn value_body(value: &OptionValue) -> Value {
    let data = match &value.data {
        ValueData::None => Value::Null,
        ValueData::Color(color) => json!({ "colors": [color] }),
        ValueData::Put(data) => (**data).clone(),
    };
    json!({
        "id": value.id,
        "label": value.label,
        "sort_order": value.sort_order,
        "value_data": data,
        "is_default": value.is_default,
    })
}

pub(crate) fn list(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, LIST)?;
    let wanted = Wanted::read(&call.query)?;
    let page = Page::read(&call.query)?;
    let product = product_of(store, call)?;
    let data: Vec<Value> = page
        .slice(&product.options)
        .iter()
        .map(|option| wanted.only(body(product, option)))
        .collect();
    let pagination = page.meta(product.options.len(), data.len(), true);
    Ok(listing(&data, json!({ "pagination": pagination })))
}

pub(crate) fn one(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, &["include_fields", "exclude_fields"])?;
    let wanted = Wanted::read(&call.query)?;
    let product = product_of(store, call)?;
    let option = option_of(product, call)?;
    Ok(done(&wanted.only(body(product, option))))
}

pub(crate) fn post(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let product = product_of(store, call)?;
    let id = product.id;
    let item = object(&call.request.body)?;
    let mut wrong = Wrong::default();
    require(&item, &["display_name", "type"], "", &mut wrong);
    let change = Change::read(&item, "", &mut wrong);
    wrong.refuse()?;
    change.check(product, None)?;
    let option = edit(store, call, id, |product, next| {
        let option = change.create(next, product.options.len());
        let id = option.id;
        product.options.push(option);
        in_order(product);
        id
    })?;
    answer(store, id, option)
}

pub(crate) fn put(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let product = product_of(store, call)?;
    let (id, option) = (product.id, option_of(product, call)?.id);
    let item = object(&call.request.body)?;
    let mut wrong = Wrong::default();
    let change = Change::read(&item, "", &mut wrong);
    wrong.refuse()?;
    change.check(product, Some(option))?;
    edit(store, call, id, |product, next| {
        if let Some(known) = product.options.iter_mut().find(|each| each.id == option) {
            change.apply(known, next);
        }
        in_order(product);
        variants::follow_options(product, next);
    })?;
    answer(store, id, option)
}

pub(crate) fn delete(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let product = product_of(store, call)?;
    let (id, option) = (product.id, option_of(product, call)?.id);
    edit(store, call, id, |product, next| {
        product.options.retain(|each| each.id != option);
        variants::follow_options(product, next);
    })?;
    Ok(touched(Response::empty(204)))
}

pub(crate) fn values(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, LIST)?;
    let wanted = Wanted::read(&call.query)?;
    let page = Page::read(&call.query)?;
    let option = option_of(product_of(store, call)?, call)?;
    let data: Vec<Value> = page
        .slice(&option.values)
        .iter()
        .map(|value| wanted.only(value_body(value)))
        .collect();
    let pagination = page.meta(option.values.len(), data.len(), true);
    Ok(listing(&data, json!({ "pagination": pagination })))
}

pub(crate) fn value(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, &["include_fields", "exclude_fields"])?;
    let wanted = Wanted::read(&call.query)?;
    let option = option_of(product_of(store, call)?, call)?;
    let value = value_of(option, call)?;
    Ok(done(&wanted.only(value_body(value))))
}

pub(crate) fn post_value(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let product = product_of(store, call)?;
    let option = option_of(product, call)?;
    let (id, option_id, count) = (product.id, option.id, option.values.len());
    let item = object(&call.request.body)?;
    let mut wrong = Wrong::default();
    require(&item, &["label", "sort_order"], "", &mut wrong);
    let change = ValueChange::read(&item, "", &mut wrong);
    if count >= MOST_VALUES {
        wrong.add("option_values", "error.maxLength");
    }
    wrong.refuse()?;
    no_twin(option, &change, None)?;
    let value = edit(store, call, id, |product, next| {
        let mut options = product.options.iter_mut();
        let option = options.find(|each| each.id == option_id)?;
        let value = change.create(next, count);
        let id = value.id;
        option.values.push(value);
        Some(id)
    })?;
    answer_value(store, id, option_id, value)
}

pub(crate) fn put_value(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let product = product_of(store, call)?;
    let option = option_of(product, call)?;
    let value = value_of(option, call)?.id;
    let (id, option_id) = (product.id, option.id);
    let item = object(&call.request.body)?;
    let mut wrong = Wrong::default();
    let change = ValueChange::read(&item, "", &mut wrong);
    wrong.refuse()?;
    no_twin(option, &change, Some(value))?;
    edit(store, call, id, |product, next| {
        for option in product
            .options
            .iter_mut()
            .filter(|each| each.id == option_id)
        {
            for known in option.values.iter_mut().filter(|each| each.id == value) {
                change.apply(known);
            }
        }
        variants::follow_options(product, next);
    })?;
    answer_value(store, id, option_id, Some(value))
}

pub(crate) fn delete_value(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let product = product_of(store, call)?;
    let option = option_of(product, call)?;
    let value = value_of(option, call)?.id;
    let (id, option_id) = (product.id, option.id);
    edit(store, call, id, |product, next| {
        for option in product
            .options
            .iter_mut()
            .filter(|each| each.id == option_id)
        {
            option.values.retain(|each| each.id != value);
        }
        variants::follow_options(product, next);
    })?;
    Ok(touched(Response::empty(204)))
}

/// Changes a product and notes when.
pub(super) fn edit<R>(
    store: &mut Store,
    call: &Call<'_>,
    id: u64,
    edit: impl FnOnce(&mut Product, &mut Counters) -> R,
) -> Result<R, Box<Response>> {
    let now = whole_seconds(call.now);
    let edited = store.world.edit_product(id, |product, next| {
        product.modified = now;
        edit(product, next)
    });
    edited.ok_or_else(|| super::no_product(id))
}

fn answer(store: &Store, product: u64, option: u64) -> Result<Response, Box<Response>> {
    let product = store.world.product(product);
    let found = product.and_then(|product| {
        let mut options = product.options.iter();
        Some((product, options.find(|each| each.id == option)?))
    });
    let (product, option) = found.ok_or_else(no_option)?;
    Ok(touched(done(&body(product, option))))
}

fn answer_value(
    store: &Store,
    product: u64,
    option: u64,
    value: Option<u64>,
) -> Result<Response, Box<Response>> {
    let product = store.world.product(product).ok_or_else(no_option)?;
    let mut options = product.options.iter();
    let option = options
        .find(|each| each.id == option)
        .ok_or_else(no_option)?;
    let mut values = option.values.iter();
    let value = values
        .find(|each| Some(each.id) == value)
        .ok_or_else(no_value)?;
    Ok(touched(done(&value_body(value))))
}

fn option_of<'a>(
    product: &'a Product,
    call: &Call<'_>,
) -> Result<&'a ProductOption, Box<Response>> {
    let id: Option<u64> = call.ids.get(1).and_then(|id| id.parse().ok());
    let mut options = product.options.iter();
    options
        .find(|option| Some(option.id) == id)
        .ok_or_else(no_option)
}

fn value_of<'a>(
    option: &'a ProductOption,
    call: &Call<'_>,
) -> Result<&'a OptionValue, Box<Response>> {
    let id: Option<u64> = call.ids.get(2).and_then(|id| id.parse().ok());
    let mut values = option.values.iter();
    values
        .find(|value| Some(value.id) == id)
        .ok_or_else(no_value)
}

fn no_option() -> Box<Response> {
    Box::new(refusals::v3_not_found("The option was not found"))
}

fn no_value() -> Box<Response> {
    Box::new(refusals::v3_not_found("The option value was not found"))
}

/// Two values of one option have two labels.
fn no_twin(
    option: &ProductOption,
    change: &ValueChange,
    own: Option<u64>,
) -> Result<(), Box<Response>> {
    let Some(label) = change.text("label") else {
        return Ok(());
    };
    let mut others = option.values.iter().filter(|value| Some(value.id) != own);
    if others.any(|value| value.label.eq_ignore_ascii_case(label)) {
        let title = format!("The option value label {label} is a duplicate");
        return Err(Box::new(refusals::v3_conflict(&title)));
    }
    Ok(())
}

fn in_order(product: &mut Product) {
    product.options.sort_by_key(|option| option.sort_order);
}

/// An option as a body gives it, read and checked.
#[derive(Debug)]
pub(super) struct Change {
    fields: Map<String, Value>,
    config: Option<Value>,
    values: Option<Vec<ValueChange>>,
}

impl Change {
    pub(super) fn read(item: &Map<String, Value>, prefix: &str, wrong: &mut Wrong) -> Self {
        let values = match item.get("option_values") {
            None | Some(Value::Null) => None,
            Some(Value::Array(values)) if values.len() <= MOST_VALUES => {
                Some(read_values(values, prefix, wrong))
            }
            Some(Value::Array(_)) => {
                wrong.add(format!("{prefix}option_values"), "error.maxLength");
                None
            }
            Some(_other) => {
                wrong.add(format!("{prefix}option_values"), "error.expected.jsarray");
                None
            }
        };
        Self {
            fields: read(item, FIELDS, prefix, wrong),
            config: option_config::config(item, prefix, wrong),
            values,
        }
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.fields.get(name).and_then(Value::as_str)
    }

    /// Two options of one product have two names.
    fn check(&self, product: &Product, own: Option<u64>) -> Result<(), Box<Response>> {
        let mut others = product.options.iter().filter(|each| Some(each.id) != own);
        let Some(name) = self.text("display_name") else {
            return Ok(());
        };
        if others.any(|option| option.name.eq_ignore_ascii_case(name)) {
            let title = format!("The option display name {name} is a duplicate");
            return Err(Box::new(refusals::v3_conflict(&title)));
        }
        Ok(())
    }

    fn create(&self, next: &mut Counters, place: usize) -> ProductOption {
        let mut option = ProductOption {
            id: take(&mut next.option),
            name: "".into(),
            style: "dropdown".into(),
            sort_order: i64::try_from(place).unwrap_or(0),
            values: Vec::new(),
            config: None,
        };
        self.apply(&mut option, next);
        option
    }

    /// Values given are all there are to be: those without an id are new.
    fn apply(&self, option: &mut ProductOption, next: &mut Counters) {
        if let Some(name) = self.text("display_name") {
            option.name = name.to_owned().into();
        }
        if let Some(kind) = self.text("type") {
            option.style = kind.to_owned().into();
        }
        if let Some(place) = self.fields.get("sort_order").and_then(Value::as_i64) {
            option.sort_order = place;
        }
        if let Some(config) = &self.config {
            option.config = Some(Box::new(config.clone()));
        }
        let Some(values) = &self.values else { return };
        let known = std::mem::take(&mut option.values);
        for (place, change) in values.iter().enumerate() {
            let id = change.fields.get("id").and_then(Value::as_u64);
            let old = known.iter().find(|value| Some(value.id) == id);
            let value = match old {
                Some(value) => {
                    let mut value = value.clone();
                    change.apply(&mut value);
                    value
                }
                None => change.create(next, place),
            };
            option.values.push(value);
        }
    }
}

fn read_values(values: &[Value], prefix: &str, wrong: &mut Wrong) -> Vec<ValueChange> {
    let mut all: Vec<ValueChange> = Vec::new();
    for (at, item) in values.iter().enumerate() {
        let path = format!("{prefix}option_values.{at}");
        let Value::Object(item) = item else {
            wrong.add(path, "error.expected.jsobject");
            continue;
        };
        let inside = format!("{path}.");
        if !item.contains_key("id") {
            require(item, &["label", "sort_order"], &inside, wrong);
        }
        let change = ValueChange::read(item, &inside, wrong);
        let label = change.text("label").map(str::to_lowercase);
        let is_twin = all
            .iter()
            .any(|other| label.is_some() && other.text("label").map(str::to_lowercase) == label);
        if is_twin {
            wrong.add(format!("{inside}label"), "The label is a duplicate");
        }
        all.push(change);
    }
    all
}

/// A value as a body gives it.
#[derive(Debug)]
struct ValueChange {
    fields: Map<String, Value>,
    data: Option<Value>,
}

impl ValueChange {
    fn read(item: &Map<String, Value>, prefix: &str, wrong: &mut Wrong) -> Self {
        let data = match item.get("value_data") {
            None => None,
            Some(data @ (Value::Object(_) | Value::Null)) => Some(data.clone()),
            // PHP's empty object.
            Some(Value::Array(items)) if items.is_empty() => Some(Value::Null),
            Some(_other) => {
                wrong.add(format!("{prefix}value_data"), "error.expected.jsobject");
                None
            }
        };
        Self {
            fields: read(item, VALUE_FIELDS, prefix, wrong),
            data,
        }
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.fields.get(name).and_then(Value::as_str)
    }

    fn create(&self, next: &mut Counters, place: usize) -> OptionValue {
        let mut value = OptionValue {
            id: take(&mut next.option_value),
            label: Arc::from(""),
            sort_order: i64::try_from(place).unwrap_or(0),
            is_default: false,
            data: ValueData::None,
        };
        self.apply(&mut value);
        value
    }

    fn apply(&self, value: &mut OptionValue) {
        if let Some(label) = self.text("label") {
            value.label = label.into();
        }
        if let Some(place) = self.fields.get("sort_order").and_then(Value::as_i64) {
            value.sort_order = place;
        }
        if let Some(yes) = self.fields.get("is_default").and_then(Value::as_bool) {
            value.is_default = yes;
        }
        match &self.data {
            None => {}
            Some(Value::Null) => value.data = ValueData::None,
            Some(data) => value.data = ValueData::Put(Box::new(data.clone())),
        }
    }
}

//! Custom fields of a product, one by one.
//!
//! Source: BigCommerce REST reference, "Product custom fields".

use serde_json::{Value, json};

use super::fields::{Field, Shape, Wrong, field, object, read, require};
use super::options::edit;
use super::wanted::Wanted;
use super::{Page, done, listing, only_known, product_of, touched};
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::seed::catalog::take;
use crate::state::Store;
use crate::state::catalog::{CustomField, Product};

/// Most of one product. Source: BigCommerce platform limits.
const MOST: usize = 200;

const FIELDS: &[Field] = &[
    field("name", Shape::Text(1, 250)),
    field("value", Shape::Text(1, 250)),
];

pub(crate) fn list(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    const TAKES: &[&str] = &["page", "limit", "include_fields", "exclude_fields"];
    only_known(&call.query, TAKES)?;
    let wanted = Wanted::read(&call.query)?;
    let page = Page::read(&call.query)?;
    let all = &product_of(store, call)?.custom_fields;
    let data: Vec<Value> = page
        .slice(all)
        .iter()
        .map(|field| wanted.only(body(field)))
        .collect();
    let pagination = page.meta(all.len(), data.len(), true);
    Ok(listing(&data, json!({ "pagination": pagination })))
}

pub(crate) fn one(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, &["include_fields", "exclude_fields"])?;
    let wanted = Wanted::read(&call.query)?;
    let field = field_of(product_of(store, call)?, call)?;
    Ok(done(&wanted.only(body(field))))
}

pub(crate) fn post(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let product = product_of(store, call)?;
    let (id, count) = (product.id, product.custom_fields.len());
    let item = object(&call.request.body)?;
    let mut wrong = Wrong::default();
    require(&item, &["name", "value"], "", &mut wrong);
    let fields = read(&item, FIELDS, "", &mut wrong);
    if count >= MOST {
        wrong.add("", "error.maxLength");
    }
    wrong.refuse()?;
    let text = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or("");
    let made = edit(store, call, id, |product, next| {
        let field = CustomField {
            id: take(&mut next.custom_field),
            name: text("name").into(),
            value: text("value").into(),
        };
        product.custom_fields.push(field.clone());
        field
    })?;
    Ok(touched(done(&body(&made))))
}

pub(crate) fn put(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let product = product_of(store, call)?;
    let mut changed = field_of(product, call)?.clone();
    let id = product.id;
    let item = object(&call.request.body)?;
    let mut wrong = Wrong::default();
    let fields = read(&item, FIELDS, "", &mut wrong);
    wrong.refuse()?;
    if let Some(name) = fields.get("name").and_then(Value::as_str) {
        changed.name = name.into();
    }
    if let Some(value) = fields.get("value").and_then(Value::as_str) {
        changed.value = value.into();
    }
    edit(store, call, id, |product, _next| {
        for known in &mut product.custom_fields {
            if known.id == changed.id {
                known.clone_from(&changed);
            }
        }
    })?;
    Ok(touched(done(&body(&changed))))
}

pub(crate) fn delete(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let product = product_of(store, call)?;
    let (id, field) = (product.id, field_of(product, call)?.id);
    edit(store, call, id, |product, _next| {
        product.custom_fields.retain(|known| known.id != field);
    })?;
    Ok(touched(Response::empty(204)))
}

fn body(field: &CustomField) -> Value {
    json!({ "id": field.id, "name": field.name, "value": field.value })
}

fn field_of<'a>(product: &'a Product, call: &Call<'_>) -> Result<&'a CustomField, Box<Response>> {
    let id: Option<u64> = call.ids.get(1).and_then(|id| id.parse().ok());
    let mut fields = product.custom_fields.iter();
    fields
        .find(|field| Some(field.id) == id)
        .ok_or_else(|| Box::new(refusals::v3_not_found("The custom field was not found")))
}

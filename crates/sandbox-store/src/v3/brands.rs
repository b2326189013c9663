//! Brands: read and made.
//!
//! Source: BigCommerce REST reference, "Brands".

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::fields::{Field, Shape, Wrong, field, object, read, require};
use super::product_body::Wanted;
use super::{Page, done, listing, only_known, touched};
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::seed::catalog::{slug, take};
use crate::state::Store;
use crate::state::catalog::{Brand, Url};

const KNOWN: &[&str] = &[
    "id",
    "id:in",
    "id:not_in",
    "id:min",
    "id:max",
    "id:greater",
    "id:less",
    "name",
    "name:like",
    "page_title",
    "page",
    "limit",
    "include_fields",
    "exclude_fields",
    "sort",
    "direction",
];

const FIELDS: &[Field] = &[
    field("name", Shape::Text(1, 255)),
    field("page_title", Shape::Text(0, 255)),
    field("meta_keywords", Shape::Texts),
    field("meta_description", Shape::Text(0, 65_535)),
    field("search_keywords", Shape::Text(0, 65_535)),
    field("image_url", Shape::Text(0, 255)),
    field("custom_url", Shape::Url),
];

pub(crate) fn list(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let query = &call.query;
    only_known(query, KNOWN)?;
    let wanted = Wanted::read(query)?;
    let page = Page::read(query)?;
    let filter = super::Ids::read(query, "id")?;
    let text = |name: &str| query.get(name).filter(|text| !text.is_empty());
    let name = text("name").map(str::to_lowercase);
    let like = text("name:like").map(|part| part.trim_matches('%').to_lowercase());
    let mut found: Vec<&Brand> = store
        .world
        .brands
        .iter()
        .filter(|brand| {
            let own = brand.name.to_lowercase();
            filter.takes(brand.id)
                && name.as_ref().is_none_or(|name| own == *name)
                && like.as_ref().is_none_or(|part| own.contains(part))
                && text("page_title").is_none_or(|title| {
                    brand.others.get("page_title").and_then(Value::as_str) == Some(title)
                })
        })
        .collect();
    match query.get("sort") {
        None | Some("") => {}
        Some("name") => found.sort_by_key(|brand| brand.name.to_lowercase()),
        Some(_other) => return Err(no_such("sort")),
    }
    match query.get("direction") {
        None | Some("" | "asc") => {}
        Some("desc") => found.reverse(),
        Some(_other) => return Err(no_such("direction")),
    }
    let data: Vec<Value> = page
        .slice(&found)
        .iter()
        .map(|brand| wanted.only(body(brand)))
        .collect();
    let pagination = page.meta(found.len(), data.len(), true);
    Ok(listing(&data, json!({ "pagination": pagination })))
}

fn no_such(name: &str) -> Box<Response> {
    Box::new(refusals::v3_invalid(name, "error.expected.validenumvalue"))
}

pub(crate) fn one(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, &["include_fields", "exclude_fields"])?;
    let wanted = Wanted::read(&call.query)?;
    let text = call.ids.first().copied().unwrap_or("");
    let brand = text.parse().ok().and_then(|id| store.world.brand(id));
    match brand {
        Some(brand) => Ok(done(&wanted.only(body(brand)))),
        None => {
            let title = format!("A brand was not found with an id of {text}");
            Err(Box::new(refusals::v3_not_found(&title)))
        }
    }
}

pub(crate) fn post(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let body_fields = object(&call.request.body)?;
    let mut wrong = Wrong::default();
    require(&body_fields, &["name"], "", &mut wrong);
    let fields = read(&body_fields, FIELDS, "", &mut wrong);
    wrong.refuse()?;
    let name = fields.get("name").and_then(Value::as_str).unwrap_or("");
    if named(store, name).is_some() {
        return Err(Box::new(refusals::v3_conflict(
            "The brand name is a duplicate",
        )));
    }
    let id = create(store, name, fields.clone());
    let brand = store.world.brand(id).map(body);
    Ok(touched(done(&brand)))
}

/// The brand of that name, made if there is none.
pub(super) fn find_or_create(store: &mut Store, name: &str) -> u64 {
    match named(store, name) {
        Some(id) => id,
        None => create(store, name, Map::new()),
    }
}

fn named(store: &Store, name: &str) -> Option<u64> {
    let name = name.trim().to_lowercase();
    let mut brands = store.world.brands.iter();
    let brand = brands.find(|brand| brand.name.to_lowercase() == name);
    brand.map(|brand| brand.id)
}

fn create(store: &mut Store, name: &str, mut fields: Map<String, Value>) -> u64 {
    let id = take(&mut store.world.next.brand);
    let url = fields.remove("custom_url");
    let path = url
        .as_ref()
        .and_then(|url| url["url"].as_str())
        .map_or_else(|| format!("/brands/{}/", slug(name)), str::to_owned);
    fields.remove("name");
    store.world.brands.push(Brand {
        id,
        name: Arc::from(name.trim()),
        url: Url {
            path,
            is_customized: url.is_some_and(|url| url["is_customized"] == true),
        },
        others: fields,
    });
    id
}

fn body(brand: &Brand) -> Value {
    let mut body = json!({
        "id": brand.id,
        "name": brand.name,
        "page_title": "",
        "meta_keywords": [""],
        "meta_description": "",
        "search_keywords": "",
        "image_url": "",
        "custom_url": { "url": brand.url.path, "is_customized": brand.url.is_customized },
    });
    for (name, value) in &brand.others {
        body[name.as_str()] = value.clone();
    }
    body
}

//! Brands: read, made, changed and deleted.
//!
//! Source: BigCommerce REST reference, "Brands".

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::fields::{Field, Shape, Wrong, field, object, read, require};
use super::product_body::CustomUrl;
use super::wanted::Wanted;
use super::{Page, done, images, listing, only_known, touched};
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::seed::catalog::{slug, take};
use crate::seed::rng::Rng;
use crate::state::Store;
use crate::state::catalog::{Brand, Url};
use crate::state::index::Owner;

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
    let brand = brand.ok_or_else(|| no_brand(text))?;
    Ok(done(&wanted.only(body(brand))))
}

fn no_brand(id: &str) -> Box<Response> {
    let title = format!("A brand was not found with an id of {id}");
    Box::new(refusals::v3_not_found(&title))
}

/// The id of the brand in the path.
fn brand_of(store: &Store, call: &Call<'_>) -> Result<u64, Box<Response>> {
    let text = call.ids.first().copied().unwrap_or("");
    let brand = text.parse().ok().and_then(|id| store.world.brand(id));
    brand.map(|brand| brand.id).ok_or_else(|| no_brand(text))
}

pub(crate) fn put(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let id = brand_of(store, call)?;
    let body_fields = object(&call.request.body)?;
    let mut wrong = Wrong::default();
    let fields = read(&body_fields, FIELDS, "", &mut wrong);
    wrong.refuse()?;
    let name = fields.get("name").and_then(Value::as_str);
    if name
        .and_then(|name| named(store, name))
        .is_some_and(|other| other != id)
    {
        return Err(Box::new(refusals::v3_conflict(
            "The brand name is a duplicate",
        )));
    }
    free_url(store, &fields, Some(id))?;
    change(store, id, fields);
    let brand = store.world.brand(id).map(body);
    Ok(touched(done(&brand)))
}

/// An address that is given has to be free.
fn free_url(
    store: &Store,
    fields: &Map<String, Value>,
    own: Option<u64>,
) -> Result<(), Box<Response>> {
    let path = fields.get("custom_url").and_then(|url| url["url"].as_str());
    let owner = path.and_then(|path| store.world.index.at_url(path));
    if owner.is_some_and(|owner| Some(owner) != own.map(Owner::Brand)) {
        return Err(Box::new(refusals::v3_conflict(
            "The brand url is a duplicate",
        )));
    }
    Ok(())
}

fn change(store: &mut Store, id: u64, mut fields: Map<String, Value>) {
    let world = &mut store.world;
    let Some(brand) = world.brands.iter_mut().find(|brand| brand.id == id) else {
        return;
    };
    if let Some(url) = fields.remove("custom_url") {
        world.index.remove_url(&brand.url.path, Owner::Brand(id));
        brand.url = Url {
            path: url["url"].as_str().unwrap_or("").to_owned(),
            is_customized: url["is_customized"] == true,
        };
        world.index.add_url(&brand.url.path, Owner::Brand(id));
    }
    if let Some(Value::String(name)) = fields.remove("name") {
        brand.name = Arc::from(name.trim());
    }
    brand.others.extend(fields);
}

pub(crate) fn delete(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let id = brand_of(store, call)?;
    remove(store, &[id]);
    Ok(touched(Response::empty(204)))
}

/// Those that the filter finds. Without one nothing is deleted: the real store is said to delete all.
pub(crate) fn delete_many(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, &["id:in", "name", "page_title"])?;
    let ids = super::ids(&call.query, "id:in")?;
    let text = |name: &str| call.query.get(name).filter(|text| !text.is_empty());
    if ids.is_none() && text("name").is_none() && text("page_title").is_none() {
        let title = "A filter is required to delete brands";
        return Err(Box::new(refusals::v3(422, title, Map::new())));
    }
    let brands = store.world.brands.iter();
    let found: Vec<u64> = brands
        .filter(|brand| {
            let title = brand.others.get("page_title").and_then(Value::as_str);
            ids.as_ref().is_none_or(|ids| ids.contains(&brand.id))
                && text("name").is_none_or(|name| brand.name.eq_ignore_ascii_case(name))
                && text("page_title").is_none_or(|wanted| title == Some(wanted))
        })
        .map(|brand| brand.id)
        .collect();
    remove(store, &found);
    let answer = Response::empty(204);
    Ok(if found.is_empty() {
        answer
    } else {
        touched(answer)
    })
}

/// Products stay, without a brand.
fn remove(store: &mut Store, ids: &[u64]) {
    let world = &mut store.world;
    for brand in world.brands.iter().filter(|brand| ids.contains(&brand.id)) {
        world
            .index
            .remove_url(&brand.url.path, Owner::Brand(brand.id));
    }
    world.brands.retain(|brand| !ids.contains(&brand.id));
    for product in &mut world.products {
        if ids.contains(&product.brand_id) {
            product.brand_id = 0;
        }
    }
}

/// A picture sent as a file: looked at, not kept; the name stands for it.
pub(crate) fn post_image(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let id = brand_of(store, call)?;
    let name = images::sent(call)?
        .ok_or_else(|| Box::new(refusals::v3_invalid("image_file", "error.path.missing")))?;
    let url = format!("{}/product_images/brands/{id}/{name}", call.origin);
    let fields = Map::from_iter([("image_url".to_owned(), url.clone().into())]);
    change(store, id, fields);
    Ok(touched(done(&json!({ "image_url": url }))))
}

pub(crate) fn delete_image(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let id = brand_of(store, call)?;
    let fields = Map::from_iter([("image_url".to_owned(), "".into())]);
    change(store, id, fields);
    Ok(touched(Response::empty(204)))
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
    free_url(store, &fields, None)?;
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
        .map_or_else(|| free_path(store, name, id), str::to_owned);
    fields.remove("name");
    store.world.index.add_url(&path, Owner::Brand(id));
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

/// As with products: a path that is taken gets something random behind it.
fn free_path(store: &Store, name: &str, id: u64) -> String {
    let slug = slug(name);
    let mut rng = Rng::for_thing(store.seed(), "brand url", id);
    let mut path = format!("/brands/{slug}/");
    while store.world.index.at_url(&path).is_some() {
        path = format!("/brands/{slug}-{:06x}/", rng.next() >> 40);
    }
    path
}

/// Takes out all but the first ones, as if the others had never been made.
pub(super) fn keep_first(store: &mut Store, count: usize) {
    let world = &mut store.world;
    for brand in world.brands.iter().skip(count) {
        world
            .index
            .remove_url(&brand.url.path, Owner::Brand(brand.id));
    }
    world.brands.truncate(count);
}

pub(crate) fn body(brand: &Brand) -> Value {
    let mut body = json!({
        "id": brand.id,
        "name": brand.name,
        "page_title": "",
        "meta_keywords": [""],
        "meta_description": "",
        "search_keywords": "",
        "image_url": "",
        "custom_url": CustomUrl::of(&brand.url),
    });
    for (name, value) in &brand.others {
        body[name.as_str()] = value.clone();
    }
    body
}

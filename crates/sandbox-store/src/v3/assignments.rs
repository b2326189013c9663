//! In which channels products are sold, and in which categories they stand.
//!
//! Source: BigCommerce REST reference, "Products channel assignments" and "Products category
//! assignments".

use serde_json::{Value, json};

use super::fields::{Field, Shape, Wrong, field, objects, read, require};
use super::{Page, ids, listing, only_known, touched};
use crate::dates::whole_seconds;
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::seed::catalog::CHANNEL;
use crate::state::Store;
use crate::state::catalog::Product;

/// Most assignments of one request.
const MOST: usize = 1_000;

/// What products are assigned to.
pub(crate) struct Kind {
    field: Field,
    filters: &'static [&'static str],
    missing: &'static str,
    is_there: fn(&Store, u64) -> bool,
    of: fn(&Product) -> &Vec<u64>,
    of_mut: fn(&mut Product) -> &mut Vec<u64>,
}

pub(crate) const CHANNELS: Kind = Kind {
    field: field("channel_id", Shape::Count(1, i64::MAX)),
    filters: &["product_id:in", "channel_id:in"],
    missing: "Channel does not exist.",
    is_there: |_store, id| id == CHANNEL,
    of: |product| &product.channels,
    of_mut: |product| &mut product.channels,
};

pub(crate) const CATEGORIES: Kind = Kind {
    field: field("category_id", Shape::Count(1, i64::MAX)),
    filters: &["product_id:in", "category_id:in"],
    missing: "Category does not exist.",
    is_there: |store, id| store.world.category(id).is_some(),
    of: |product| &product.categories,
    of_mut: |product| &mut product.categories,
};

pub(crate) fn list(store: &Store, call: &Call<'_>, kind: &Kind) -> Result<Response, Box<Response>> {
    only_known(&call.query, &[kind.filters, &["page", "limit"]].concat())?;
    let page = Page::read(&call.query)?;
    let products = ids(&call.query, "product_id:in")?;
    let others = ids(&call.query, kind.filters[1])?;
    let all: Vec<(u64, u64)> = store
        .world
        .products
        .iter()
        .filter(|product| {
            products
                .as_ref()
                .is_none_or(|ids| ids.contains(&product.id))
        })
        .flat_map(|product| (kind.of)(product).iter().map(|other| (product.id, *other)))
        .filter(|(_, other)| others.as_ref().is_none_or(|ids| ids.contains(other)))
        .collect();
    let name = kind.field.name;
    let data: Vec<Value> = page
        .slice(&all)
        .iter()
        .map(|(product, other)| json!({ "product_id": product, name: other }))
        .collect();
    let pagination = page.meta(all.len(), data.len(), true);
    Ok(listing(&data, json!({ "pagination": pagination })))
}

/// Adds; what is assigned already stays.
pub(crate) fn put(
    store: &mut Store,
    call: &Call<'_>,
    kind: &Kind,
) -> Result<Response, Box<Response>> {
    let fields = [field("product_id", Shape::Count(1, i64::MAX)), kind.field];
    let name = kind.field.name;
    let mut wrong = Wrong::default();
    let mut pairs = Vec::new();
    for (at, item) in objects(&call.request.body, MOST)?.iter().enumerate() {
        let prefix = format!("{at}.");
        require(item, &["product_id", name], &prefix, &mut wrong);
        let fields = read(item, &fields, &prefix, &mut wrong);
        let id = |name: &str| fields.get(name).and_then(Value::as_u64);
        let (Some(product), Some(other)) = (id("product_id"), id(name)) else {
            continue;
        };
        if store.world.product(product).is_none() {
            wrong.add(format!("{prefix}product_id"), "Product does not exist.");
        }
        if !(kind.is_there)(store, other) {
            wrong.add(format!("{prefix}{name}"), kind.missing);
        }
        pairs.push((product, other));
    }
    wrong.refuse()?;
    let mut is_changed = false;
    for (product, other) in pairs {
        if let Some(product) = store.world.product_mut(product)
            && !(kind.of)(product).contains(&other)
        {
            (kind.of_mut)(product).push(other);
            product.modified = whole_seconds(call.now);
            is_changed = true;
        }
    }
    Ok(left(store, is_changed))
}

/// Takes away what both filters find; at least one of them is needed.
pub(crate) fn delete(
    store: &mut Store,
    call: &Call<'_>,
    kind: &Kind,
) -> Result<Response, Box<Response>> {
    only_known(&call.query, kind.filters)?;
    let products = ids(&call.query, "product_id:in")?;
    let others = ids(&call.query, kind.filters[1])?;
    if products.is_none() && others.is_none() {
        let title = "At least one filter is required";
        let refused = refusals::v3(422, title, serde_json::Map::new());
        return Err(Box::new(refused));
    }
    let mut is_changed = false;
    for product in &mut store.world.products {
        if !products
            .as_ref()
            .is_none_or(|ids| ids.contains(&product.id))
        {
            continue;
        }
        let before = (kind.of)(product).len();
        (kind.of_mut)(product)
            .retain(|other| others.as_ref().is_some_and(|ids| !ids.contains(other)));
        if (kind.of)(product).len() != before {
            product.modified = whole_seconds(call.now);
            is_changed = true;
        }
    }
    Ok(left(store, is_changed))
}

fn left(store: &mut Store, is_changed: bool) -> Response {
    let answer = Response::empty(204);
    if !is_changed {
        return answer;
    }
    store.world.shelves_changed();
    touched(answer)
}

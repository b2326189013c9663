//! In which channels products are sold.
//!
//! Source: BigCommerce REST reference, "Products channel assignments".

use serde_json::{Value, json};

use super::fields::{Field, Shape, Wrong, field, objects, read, require};
use super::{Page, ids, listing, only_known, touched};
use crate::dates::whole_seconds;
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::seed::catalog::CHANNEL;
use crate::state::Store;

const FILTERS: &[&str] = &["product_id:in", "channel_id:in"];

/// Most assignments of one request.
const MOST: usize = 1_000;

pub(crate) fn list(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, &[FILTERS, &["page", "limit"]].concat())?;
    let page = Page::read(&call.query)?;
    let products = ids(&call.query, "product_id:in")?;
    let channels = ids(&call.query, "channel_id:in")?;
    let all: Vec<Value> = store
        .world
        .products
        .iter()
        .filter(|product| {
            products
                .as_ref()
                .is_none_or(|ids| ids.contains(&product.id))
        })
        .flat_map(|product| {
            product
                .channels
                .iter()
                .map(|channel| (product.id, *channel))
        })
        .filter(|(_, channel)| channels.as_ref().is_none_or(|ids| ids.contains(channel)))
        .map(|(product, channel)| json!({ "product_id": product, "channel_id": channel }))
        .collect();
    let data = page.slice(&all);
    let pagination = page.meta(all.len(), data.len(), true);
    Ok(listing(data, json!({ "pagination": pagination })))
}

/// Adds; what is assigned already stays.
pub(crate) fn put(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    const FIELDS: &[Field] = &[
        field("product_id", Shape::Count(1, i64::MAX)),
        field("channel_id", Shape::Count(1, i64::MAX)),
    ];
    let mut wrong = Wrong::default();
    let mut pairs = Vec::new();
    for (at, item) in objects(&call.request.body, MOST)?.iter().enumerate() {
        let prefix = format!("{at}.");
        require(item, &["product_id", "channel_id"], &prefix, &mut wrong);
        let fields = read(item, FIELDS, &prefix, &mut wrong);
        let id = |name: &str| fields.get(name).and_then(Value::as_u64);
        let (Some(product), Some(channel)) = (id("product_id"), id("channel_id")) else {
            continue;
        };
        if store.world.product(product).is_none() {
            wrong.add(format!("{prefix}product_id"), "Product does not exist.");
        }
        if channel != CHANNEL {
            wrong.add(format!("{prefix}channel_id"), "Channel does not exist.");
        }
        pairs.push((product, channel));
    }
    wrong.refuse()?;
    let mut is_changed = false;
    for (product, channel) in pairs {
        if let Some(product) = store.world.product_mut(product)
            && !product.channels.contains(&channel)
        {
            product.channels.push(channel);
            product.modified = whole_seconds(call.now);
            is_changed = true;
        }
    }
    Ok(left(store, is_changed))
}

/// Takes away what both filters find; at least one of them is needed.
pub(crate) fn delete(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, FILTERS)?;
    let products = ids(&call.query, "product_id:in")?;
    let channels = ids(&call.query, "channel_id:in")?;
    if products.is_none() && channels.is_none() {
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
        let before = product.channels.len();
        product
            .channels
            .retain(|channel| channels.as_ref().is_some_and(|ids| !ids.contains(channel)));
        if product.channels.len() != before {
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
    store.world.fill_the_shelves();
    touched(answer)
}

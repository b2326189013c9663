//! Customer groups, to read.
//!
//! Source: BigCommerce REST reference, "Customer groups V2".

use serde_json::{Value, json};

use super::{list_of, page};
use crate::dates::Rfc2822;
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::seed::people::GROUPS;
use crate::state::Store;

pub(crate) fn list(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let (skip, take) = page(&call.query)?;
    let text = |name: &str| call.query.get(name).filter(|text| !text.is_empty());
    let like = text("name:like").map(str::to_lowercase);
    let groups: Vec<Value> = GROUPS
        .iter()
        .filter(|(_, name)| text("name").is_none_or(|wanted| wanted.eq_ignore_ascii_case(name)))
        .filter(|(_, name)| {
            like.as_ref()
                .is_none_or(|part| name.to_lowercase().contains(part))
        })
        .skip(skip)
        .take(take)
        .map(|(id, name)| body(store, *id, name))
        .collect();
    Ok(list_of(&groups))
}

pub(crate) fn one(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let id: Option<u64> = call.ids.first().and_then(|id| id.parse().ok());
    match GROUPS.iter().find(|(known, _)| Some(*known) == id) {
        Some((id, name)) => Ok(Response::json(200, &body(store, *id, name))),
        None => Err(Box::new(refusals::v2_not_found())),
    }
}

fn body(store: &Store, id: u64, name: &str) -> Value {
    json!({
        "id": id,
        "name": name,
        "is_default": false,
        "category_access": { "type": "all" },
        "discount_rules": [],
        "is_group_for_guests": false,
        "date_created": Rfc2822(store.identity.opened),
        "date_modified": Rfc2822(store.identity.opened),
    })
}

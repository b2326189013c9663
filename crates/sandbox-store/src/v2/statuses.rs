//! Order statuses, and how many orders have each.
//!
//! Source: BigCommerce REST reference, "Order status" and "Get a count of orders".

use serde_json::{Value, json};

use super::orders;
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::state::Store;
use crate::state::statuses::Status;

pub(crate) fn list(store: &Store) -> Response {
    let all: Vec<Value> = Status::EVERY
        .iter()
        .map(|status| body(store, *status))
        .collect();
    Response::json(200, &all)
}

pub(crate) fn one(store: &Store, call: &Call<'_>) -> Response {
    let status = call
        .ids
        .first()
        .and_then(|id| id.parse().ok())
        .and_then(Status::from_id);
    match status {
        Some(status) => Response::json(200, &body(store, status)),
        None => refusals::v2_not_found(),
    }
}

/// Every status with its number of orders, archived ones left out; of those the filters find.
pub(crate) fn count(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let mut counts = [0_u64; Status::EVERY.len()];
    for order in orders::matching(store, &call.query)? {
        counts[usize::from(order.status.id())] += 1;
    }
    let statuses: Vec<Value> = Status::SHOWN
        .iter()
        .map(|status| {
            json!({
                "id": status.id(),
                "name": status.name(),
                "system_label": status.name(),
                "custom_label": store.label_of(*status),
                "system_description": status.description(),
                "count": counts[usize::from(status.id())],
                "sort_order": status.place(),
            })
        })
        .collect();
    let all: u64 = counts.iter().sum();
    Ok(Response::json(
        200,
        &json!({ "statuses": statuses, "count": all }),
    ))
}

fn body(store: &Store, status: Status) -> Value {
    json!({
        "id": status.id(),
        "name": status.name(),
        "system_label": status.name(),
        "custom_label": store.label_of(status),
        "system_description": status.description(),
        "order": status.place(),
    })
}

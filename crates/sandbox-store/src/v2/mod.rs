//! The older half of the API: orders, statuses, the store itself. Bare objects and arrays, money as
//! strings, lists that end in a 204.

pub(crate) mod change_order;
pub(crate) mod consignments;
pub(crate) mod countries;
pub(crate) mod create_order;
pub(crate) mod customer_groups;
pub(crate) mod customers;
pub(crate) mod money_settings;
mod order_body;
mod order_fees;
mod order_fields;
mod order_line_fields;
pub(crate) mod order_lines;
pub(crate) mod order_messages;
pub(crate) mod order_parts;
mod order_products;
pub(crate) mod orders;
pub(crate) mod profile;
pub(crate) mod shipments;
pub(crate) mod statuses;

use std::str::FromStr;

use serde_json::{Map, Value};

use crate::gate::{Call, refusals};
use crate::http::{Effects, Response};
use crate::query::Query;

/// Things of one page when nothing is asked.
const PAGE_LENGTH: usize = 50;

/// The longest page. A longer one that is asked for is cut to this, as the reference says of the
/// sibling resources.
const LONGEST_PAGE: usize = 250;

/// A parameter of a v2 list; `Err` is the refusal where it is there and cannot be read.
fn parameter<T: FromStr>(query: &Query, name: &str) -> Result<Option<T>, Box<Response>> {
    match query.get(name) {
        None | Some("") => Ok(None),
        Some(text) => match text.trim().parse() {
            Ok(value) => Ok(Some(value)),
            Err(_unreadable) => Err(Box::new(refusals::v2_invalid(name))),
        },
    }
}

/// The slice of a list that `page` and `limit` ask for: how many to skip, how many to take.
fn page(query: &Query) -> Result<(usize, usize), Box<Response>> {
    let page: usize = parameter(query, "page")?.unwrap_or(1);
    let limit: usize = parameter(query, "limit")?.unwrap_or(PAGE_LENGTH);
    if page == 0 {
        return Err(Box::new(refusals::v2_invalid("page")));
    }
    if limit == 0 {
        return Err(Box::new(refusals::v2_invalid("limit")));
    }
    let limit = limit.min(LONGEST_PAGE);
    Ok(((page - 1).saturating_mul(limit), limit))
}

/// The page of a list that is asked for.
fn page_of<T: serde::Serialize>(query: &Query, items: &[T]) -> Result<Response, Box<Response>> {
    let (skip, take) = page(query)?;
    let start = skip.min(items.len());
    let end = start.saturating_add(take).min(items.len());
    Ok(list_of(&items[start..end]))
}

/// A list as v2 sends it: nothing in it, no body.
fn list_of<T: serde::Serialize>(items: &[T]) -> Response {
    if items.is_empty() {
        Response::empty(204)
    } else {
        Response::json(200, items)
    }
}

/// The body as an object.
fn object(call: &Call<'_>) -> Result<Map<String, Value>, Box<Response>> {
    match serde_json::from_slice(&call.request.body) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) | Err(_) => {
            let message = "The request body could not be read as a JSON object.";
            Err(Box::new(refusals::v2(400, message)))
        }
    }
}

fn invalid(field: &str) -> Box<Response> {
    Box::new(refusals::v2_invalid(field))
}

/// The same answer, of a request that changed something.
fn touched(mut response: Response) -> Response {
    response.effects = Effects {
        changed: true,
        emailed: false,
    };
    response
}

//! The lines of an order: a list of its own, 50 at a time.

use serde_json::Value;

use super::{list_of, order_body, orders, page};
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::state::Store;

pub(crate) fn list(store: &Store, call: &Call<'_>) -> Response {
    let Some(order) = orders::order_of(store, call) else {
        return refusals::v2_not_found();
    };
    match page(&call.query) {
        Ok((skip, take)) => {
            let lines: Vec<Value> = order
                .lines
                .iter()
                .skip(skip)
                .take(take)
                .map(|line| order_body::line(order, line))
                .collect();
            list_of(&lines)
        }
        Err(refused) => *refused,
    }
}

/// One line, by its own id.
pub(crate) fn one(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let order = orders::expect(store, call)?;
    let id: Option<u64> = call.ids.get(1).and_then(|id| id.parse().ok());
    let line = order.lines.iter().find(|line| Some(line.id) == id);
    match line {
        Some(line) => Ok(Response::json(200, &order_body::line(order, line))),
        None => Err(Box::new(refusals::v2_not_found())),
    }
}

//! Captures and voids: taken now, done a little later.
//!
//! Source: BigCommerce REST reference, "Capture payment" and "Void payment"; the titles are made up.

use serde_json::{Map, json};

use super::fields::parse;
use crate::dates::whole_seconds;
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::seed::catalog::take;
use crate::state::Store;
use crate::state::later::Later;
use crate::state::orders::{Move, Order};

/// Takes the money that was put aside.
pub(crate) fn capture(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    act(store, call, "capture", ("capture pending", "captured"))
}

/// Lets the money go that was put aside.
pub(crate) fn void(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    act(store, call, "void", ("void pending", "void"))
}

fn act(
    store: &mut Store,
    call: &Call<'_>,
    event: &'static str,
    (now_is, then): (&'static str, &'static str),
) -> Result<Response, Box<Response>> {
    let order = order_of(store, call)?;
    let (id, amount) = (order.id, order.total_inc_tax());
    // None is needed; what is sent all the same has to be one.
    if !call.request.body.is_empty() {
        parse(&call.request.body)?;
    }
    if order.payment.status != "authorized" || order.payment.provider_id.is_none() {
        let title = format!("The order has no authorized payment to {event}");
        return Err(Box::new(refusals::v3(422, &title, Map::new())));
    }
    let at = whole_seconds(call.now);
    let transaction = take(&mut store.next.transaction);
    if let Some(order) = store.order_mut(id) {
        order.payment.status = now_is;
        order.modified = at;
        order.moves.push(Move {
            id: transaction,
            event,
            amount,
            at,
        });
    }
    let later = Later::Payment {
        order: id,
        status: then,
    };
    store.do_later(call.now, later);
    Ok(super::touched(Response::json(201, &json!({}))))
}

/// The order whose id is the first in the path.
pub(super) fn order_of<'a>(store: &'a Store, call: &Call<'_>) -> Result<&'a Order, Box<Response>> {
    let id = call.ids.first().and_then(|id| id.parse().ok());
    id.and_then(|id| store.order(id))
        .ok_or_else(|| Box::new(refusals::v3_not_found("The order was not found")))
}

//! A new order, entered by an integration.
//!
//! Source: BigCommerce REST reference, "Create an order"; that it is answered with 201, and that nobody
//! is mailed, observed on the wire. Stock is left alone here.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::order_body::{Including, OrderBody};
use super::{change_order, object};
use crate::dates::whole_seconds;
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::money::Cents;
use crate::seed::catalog::take;
use crate::state::Store;
use crate::state::orders::{Order, Payment, Sums};
use crate::state::people::Address;
use crate::state::statuses::Status;

pub(crate) fn post(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let including = Including::read(&call.query)?;
    let fields = object(call)?;
    if fields.contains_key("consignments") {
        let what = "an order with `consignments` in its body";
        return Err(Box::new(refusals::not_built(what)));
    }
    for name in ["billing_address", "products"] {
        if !fields.contains_key(name) {
            let message = format!("The required field '{name}' was not supplied.");
            return Err(Box::new(refusals::v2(400, &message)));
        }
    }
    let change = change_order::Change::read(store, &fields)?;
    change.check_new()?;
    let now = whole_seconds(call.now);
    let mut next = store.next;
    let id = take(&mut next.order);
    let mut order = blank(id, now);
    change_order::apply(&mut order, &change, &mut next);
    // What an integration says of the whole order is not spread over the lines.
    order.modified = now;
    store.next = next;
    store.orders.push(order);
    let order = store
        .order(id)
        .ok_or_else(|| Box::new(refusals::v2_not_found()))?;
    let answer = Response::json(201, &OrderBody::of(store, order, &call.origin, including));
    Ok(super::touched(answer))
}

/// An order before anything is written into it.
fn blank(id: u64, now: jiff::Timestamp) -> Order {
    Order {
        id,
        customer_id: 0,
        created: now,
        modified: now,
        shipped: None,
        status: Status::Pending,
        lines: Vec::new(),
        address_id: id + 1_912,
        billing: Arc::new(Address::default()),
        ship_to: None,
        shipping_method: "None".into(),
        shipping: Cents::ZERO,
        shipping_tax: Cents::ZERO,
        handling: (Cents::ZERO, Cents::ZERO),
        wrapping: (Cents::ZERO, Cents::ZERO),
        fees: Vec::new(),
        says: Sums::default(),
        discount: Cents::ZERO,
        coupon: None,
        store_credit: Cents::ZERO,
        payment: Payment {
            method: "Manual".into(),
            provider_id: None,
            status: "",
        },
        refunded: Cents::ZERO,
        refunded_at: None,
        refunds: Vec::new(),
        moves: Vec::new(),
        shipments: Vec::new(),
        source: "external".into(),
        staff_notes: None,
        customer_message: None,
        external_order_id: None,
        is_archived: false,
        wants_mail: false,
        // Nobody writes to the shop about an order that the shop entered itself.
        talk: None,
        others: BTreeMap::new(),
    }
}

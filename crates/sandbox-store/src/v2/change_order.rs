//! A change to an order: only the fields that are sent.
//!
//! Source: BigCommerce REST reference, "Update an order" and "Archive an order".

use std::sync::Arc;

use serde_json::Value;

use super::order_body::{Including, OrderBody};
use super::order_fields::{Destination, apply_address};
use super::{invalid, object, order_fees, order_products, orders};
use crate::dates;
use crate::gate::{Call, refusals};
use crate::http::{Effects, Response};
use crate::seed::orders::Counters;
use crate::state::orders::Order;
use crate::state::statuses::Status;
use crate::state::{Email, Store, Subject};

pub(crate) use super::order_fields::Change;

pub(crate) fn put(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let id = orders::expect(store, call)?.id;
    let including = Including::read(&call.query)?;
    let fields = object(call)?;
    let change = Change::read(store, &fields)?;
    let order = orders::expect(store, call)?;
    if let Some(lines) = &change.lines {
        order_products::check(order, lines)?;
    }
    check_destinations(order, &change.destinations)?;
    order_fees::check(order, change.fees.as_deref().unwrap_or_default())?;
    let effects = store.change_order(id, &change, call.now, true);
    let order = orders::expect(store, call)?;
    let mut response = Response::json(200, &OrderBody::of(store, order, &call.origin, including));
    response.effects = effects;
    Ok(response)
}

/// Only the one that is there can be changed.
fn check_destinations(order: &Order, destinations: &[Destination]) -> Result<(), Box<Response>> {
    let is_it = |each: &Destination| each.id == Some(order.address_id);
    if destinations.iter().all(is_it) {
        Ok(())
    } else {
        Err(invalid("shipping_addresses.id"))
    }
}

/// Puts the order away: it is still there, and in no list any more.
pub(crate) fn delete(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let id = orders::expect(store, call)?.id;
    archive(store, call, |order| order.id == id)
}

/// Puts every order away. The real store does this too, on the least of slips.
pub(crate) fn delete_all(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    if call.query.get("limit").is_some_and(|text| !text.is_empty()) {
        // The reference has it and says nothing of it: whoever counts on it is not to learn from a guess.
        return Err(Box::new(refusals::not_built(
            "`limit` of `DELETE /v2/orders`",
        )));
    }
    archive(store, call, |_order| true)
}

fn archive(
    store: &mut Store,
    call: &Call<'_>,
    takes: impl Fn(&Order) -> bool,
) -> Result<Response, Box<Response>> {
    let mut response = Response::empty(204);
    for order in store.orders.iter_mut().filter(|order| takes(order)) {
        if !order.is_archived {
            order.is_archived = true;
            order.modified = dates::whole_seconds(call.now);
            response.effects.changed = true;
        }
    }
    Ok(response)
}

/// Where the order goes; shipping and tax are not counted anew.
pub(crate) fn put_address(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let order = orders::expect(store, call)?;
    let (id, own) = (order.id, order.address_id);
    if call.ids.get(1).and_then(|id| id.parse().ok()) != Some(own) {
        return Err(Box::new(refusals::v2_not_found()));
    }
    let fields = object(call)?;
    const READ_ONLY: &[&str] = &["id", "order_id", "items_total", "items_shipped"];
    if let Some(name) = READ_ONLY.iter().find(|name| fields.contains_key(**name)) {
        return Err(Box::new(refusals::v2_read_only(name)));
    }
    let mut destination = super::order_fields::destination(&Value::Object(fields))?;
    destination.id = Some(own);
    let change = Change {
        destinations: vec![destination],
        ..Change::default()
    };
    let effects = store.change_order(id, &change, call.now, true);
    let mut response = super::order_parts::address(store, call)?;
    response.effects = effects;
    Ok(response)
}

impl Store {
    /// Makes the change. `mails`: the API mails the shopper whenever a body has a status, even the
    /// one the order already has.
    pub(crate) fn change_order(
        &mut self,
        id: u64,
        change: &Change,
        now: jiff::Timestamp,
        mails: bool,
    ) -> Effects {
        let mut next = self.next;
        let Some(order) = self.order_mut(id) else {
            return Effects::default();
        };
        if change.is_empty() {
            return Effects::default();
        }
        apply(order, change, &mut next);
        follow_status(order, change.status, now);
        order.modified = dates::whole_seconds(now);
        self.next = next;
        let emailed = mails && change.status.is_some();
        if emailed {
            self.mail_about(id, None, now);
        }
        Effects {
            changed: true,
            emailed,
        }
    }

    pub(crate) fn mail_about(&mut self, id: u64, shipment_id: Option<u64>, now: jiff::Timestamp) {
        let Some(order) = self.order(id) else { return };
        let email = Email {
            at: now,
            to: order.billing.email.clone(),
            subject: Subject::Order {
                order_id: id,
                status_id: order.status.id(),
                status: self.label_of(order.status).to_owned(),
                shipment_id,
            },
        };
        self.emails.push(email);
    }
}

/// Nothing is shipped by it and no money moves; the order only says so.
fn follow_status(order: &mut Order, status: Option<Status>, now: jiff::Timestamp) {
    let is_gone = matches!(status, Some(Status::Shipped | Status::Completed));
    if is_gone && order.shipped.is_none() {
        order.shipped = Some(dates::whole_seconds(now));
    }
}

/// Everything a body asks for, into an order that is there or is being made.
pub(super) fn apply(order: &mut Order, change: &Change, next: &mut Counters) {
    if change.moves_sums() {
        order.says = change.says;
    }
    if let Some(status) = change.status {
        order.status = status;
    }
    if let Some(notes) = &change.staff_notes {
        order.staff_notes.clone_from(notes);
    }
    if let Some(message) = &change.customer_message {
        order.customer_message.clone_from(message);
    }
    if let Some(reference) = &change.external_order_id {
        order.external_order_id.clone_from(reference);
    }
    order.customer_id = change.customer_id.unwrap_or(order.customer_id);
    order.created = change.created.map_or(order.created, dates::whole_seconds);
    order.is_archived = change.is_archived.unwrap_or(order.is_archived);
    if let Some(method) = &change.payment_method {
        order.payment.method = method.clone().into();
    }
    if let Some(provider) = &change.payment_provider_id {
        order.payment.provider_id.clone_from(provider);
    }
    if let Some(fields) = &change.billing {
        // Where it goes stays where it was.
        if order.ship_to.is_none() && !order.billing.street_1.is_empty() {
            order.ship_to = Some(Arc::clone(&order.billing));
        }
        apply_address(Arc::make_mut(&mut order.billing), fields);
    }
    for destination in &change.destinations {
        let mut address = (**order.destination()).clone();
        apply_address(&mut address, &destination.address);
        order.ship_to = Some(Arc::new(address));
        if let Some(method) = &destination.method {
            order.shipping_method = method.clone().into();
        }
    }
    let with = (order.shipping, order.shipping + order.shipping_tax);
    let (without, with) = change.shipping.over(with);
    (order.shipping, order.shipping_tax) = (without, with - without);
    order.handling = change.handling.over(order.handling);
    order.wrapping = change.wrapping.over(order.wrapping);
    for (name, value) in &change.others {
        order.others.insert(name, value.clone());
    }
    if let Some(lines) = &change.lines {
        order_products::apply(order, lines, next);
    }
    order.discount = change.discount.unwrap_or(order.discount);
    if let Some(fees) = &change.fees {
        order_fees::apply(order, fees, change.fees_without_id, next);
    }
}

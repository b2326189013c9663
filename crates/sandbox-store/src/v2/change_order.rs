//! A change to an order: only the fields that are sent.
//!
//! Source: BigCommerce REST reference, "Update an order"; refusal texts observed on the wire.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::order_body::OrderBody;
use crate::dates;
use crate::gate::{Call, refusals};
use crate::http::{Effects, Response};
use crate::state::orders::Order;
use crate::state::statuses::Status;
use crate::state::{Email, Store};

/// Most characters of staff notes. Source: BigCommerce REST reference.
const LONGEST_NOTE: usize = 65_535;

/// Fields the real store takes and this one does not, yet.
const NOT_BUILT: &[&str] = &[
    "base_handling_cost",
    "base_shipping_cost",
    "base_wrapping_cost",
    "billing_address",
    "channel_id",
    "consignments",
    "customer_id",
    "customer_locale",
    "date_created",
    "default_currency_code",
    "discount_amount",
    "ebay_order_id",
    "external_merchant_id",
    "external_source",
    "fees",
    "geoip_country",
    "geoip_country_iso2",
    "handling_cost_ex_tax",
    "handling_cost_inc_tax",
    "ip_address",
    "ip_address_v6",
    "is_deleted",
    "items_shipped",
    "items_total",
    "order_is_digital",
    "order_source",
    "payment_method",
    "payment_provider_id",
    "products",
    "refunded_amount",
    "shipping_addresses",
    "shipping_cost_ex_tax",
    "shipping_cost_inc_tax",
    "subtotal_ex_tax",
    "subtotal_inc_tax",
    "tax_provider_id",
    "total_ex_tax",
    "total_inc_tax",
    "wrapping_cost_ex_tax",
    "wrapping_cost_inc_tax",
];

/// Fields an order has that nobody but the store writes.
const READ_ONLY: &[&str] = &[
    "cart_id",
    "coupon_discount",
    "coupons",
    "credit_card_type",
    "currency_code",
    "currency_exchange_rate",
    "currency_id",
    "custom_status",
    "date_modified",
    "date_shipped",
    "default_currency_id",
    "external_id",
    "gift_certificate_amount",
    "handling_cost_tax",
    "handling_cost_tax_class_id",
    "id",
    "is_email_opt_in",
    "is_tax_inclusive_pricing",
    "payment_status",
    "shipping_address_count",
    "shipping_cost_tax",
    "shipping_cost_tax_class_id",
    "status",
    "store_credit_amount",
    "store_default_currency_code",
    "store_default_to_transactional_exchange_rate",
    "subtotal_tax",
    "total_tax",
    "wrapping_cost_tax",
    "wrapping_cost_tax_class_id",
];

/// What a body asks for, read and checked. `Some(None)` empties a text.
#[derive(Debug, Default)]
pub(crate) struct Change {
    pub(crate) status: Option<Status>,
    pub(crate) staff_notes: Option<Option<Arc<str>>>,
    pub(crate) customer_message: Option<Option<Arc<str>>>,
    pub(crate) external_order_id: Option<Option<Arc<str>>>,
}

pub(crate) fn put(store: &mut Store, call: &Call<'_>) -> Response {
    let Some(id) = call.ids.first().and_then(|id| id.parse().ok()) else {
        return refusals::v2_not_found();
    };
    if store.order(id).is_none() {
        return refusals::v2_not_found();
    }
    let fields = match serde_json::from_slice(&call.request.body) {
        Ok(Value::Object(fields)) => fields,
        Ok(
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_),
        )
        | Err(_) => {
            return refusals::v2(400, "The request body could not be read as a JSON object.");
        }
    };
    match Change::read(&fields) {
        Ok(change) => {
            let effects = store.change_order(id, &change, call.now, true);
            let mut response = match store.order(id) {
                Some(order) => Response::json(200, &OrderBody::of(store, order, &call.origin)),
                None => refusals::v2_not_found(),
            };
            response.effects = effects;
            response
        }
        Err(refused) => *refused,
    }
}

impl Change {
    /// Nothing is taken unless everything can be.
    fn read(fields: &Map<String, Value>) -> Result<Self, Box<Response>> {
        let mut change = Self::default();
        for (name, value) in fields {
            match name.as_str() {
                "status_id" => change.status = Some(status(value)?),
                "staff_notes" => change.staff_notes = Some(text(name, value)?),
                "customer_message" => change.customer_message = Some(text(name, value)?),
                "external_order_id" => change.external_order_id = Some(text(name, value)?),
                known if READ_ONLY.contains(&known) => {
                    return Err(Box::new(refusals::v2_read_only(known)));
                }
                known if NOT_BUILT.contains(&known) => {
                    let what = format!("PUT /v2/orders/* with `{known}`");
                    return Err(Box::new(refusals::not_built(&what)));
                }
                unknown => {
                    let message =
                        format!("The field '{unknown}' is not supported by this resource.");
                    return Err(Box::new(refusals::v2(400, &message)));
                }
            }
        }
        Ok(change)
    }

    fn is_empty(&self) -> bool {
        self.status.is_none()
            && self.staff_notes.is_none()
            && self.customer_message.is_none()
            && self.external_order_id.is_none()
    }
}

/// A number, or a number in a string, of a status there is.
fn status(value: &Value) -> Result<Status, Box<Response>> {
    let id = match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    id.and_then(Status::from_id)
        .ok_or_else(|| Box::new(refusals::v2_invalid("status_id")))
}

fn text(name: &str, value: &Value) -> Result<Option<Arc<str>>, Box<Response>> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) if text.chars().count() <= LONGEST_NOTE => {
            Ok(Some(text.as_str().into()))
        }
        Value::String(_)
        | Value::Bool(_)
        | Value::Number(_)
        | Value::Array(_)
        | Value::Object(_) => Err(Box::new(refusals::v2_invalid(name))),
    }
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
        let Some(order) = self.order_mut(id) else {
            return Effects::default();
        };
        if change.is_empty() {
            return Effects::default();
        }
        apply(order, change, now);
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
            order_id: id,
            to: order.billing.email.clone(),
            status_id: order.status.id(),
            status: self.label_of(order.status).to_owned(),
            shipment_id,
        };
        self.emails.push(email);
    }
}

fn apply(order: &mut Order, change: &Change, now: jiff::Timestamp) {
    let now = dates::whole_seconds(now);
    if let Some(status) = change.status {
        order.status = status;
        // Nothing is shipped by it and no money moves; the order only says so.
        if matches!(status, Status::Shipped | Status::Completed) && order.shipped.is_none() {
            order.shipped = Some(now);
        }
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
    order.modified = now;
}

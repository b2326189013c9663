//! Refunds, to read; made in [`super::refund_write`]. The money an order got back is the sum of these; the order itself says zero.
//!
//! Source: BigCommerce REST reference, "Order refunds".

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Page, done, ids, listing, only_known};
use crate::dates::{self, Iso};
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::money::{Cents, Plain};
use crate::state::Store;
use crate::state::orders::{Line, Order, Refund};

/// What lies between an order's number and that of its refund, so that nobody mixes them up.
const FIRST: u64 = 7_000;

/// Of one order; none is an empty list.
pub(crate) fn of_order(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, &["transaction_id"])?;
    let order = call.ids.first().and_then(|id| id.parse().ok());
    let order = order
        .and_then(|id| store.order(id))
        .ok_or_else(|| Box::new(refusals::v3_not_found("The order was not found")))?;
    let transaction = call.query.get("transaction_id");
    let all: Vec<Value> = refunds(order)
        .filter(|refund| has(refund, transaction))
        .collect();
    Ok(done(&all))
}

/// Of all orders.
pub(crate) fn list(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    const TAKES: &[&str] = &[
        "order_id:in",
        "id:in",
        "created:min",
        "created:max",
        "transaction_id",
        "page",
        "limit",
    ];
    let query = &call.query;
    only_known(query, TAKES)?;
    let page = Page::read(query)?;
    let (orders, own) = (ids(query, "order_id:in")?, ids(query, "id:in")?);
    let date = |name: &str| -> Result<Option<Timestamp>, Box<Response>> {
        match query.get(name).filter(|text| !text.is_empty()) {
            None => Ok(None),
            Some(text) => match dates::parse(text) {
                Some(at) => Ok(Some(at)),
                None => {
                    let code = "error.expected.date.isoformat";
                    Err(Box::new(refusals::v3_invalid(name, code)))
                }
            },
        }
    };
    let (from, until) = (date("created:min")?, date("created:max")?);
    let transaction = query.get("transaction_id");
    let mut found: Vec<Value> = store
        .orders
        .iter()
        .filter(|order| orders.as_ref().is_none_or(|ids| ids.contains(&order.id)))
        .filter(|order| order.refunded_at.is_some() || !order.refunds.is_empty())
        .flat_map(|order| {
            let sample = order.refunded_at;
            let made = order.refunds.iter().map(|refund| refund.created);
            sample.into_iter().chain(made).zip(refunds(order))
        })
        .filter(|(at, _)| {
            from.is_none_or(|from| *at >= from) && until.is_none_or(|until| *at <= until)
        })
        .map(|(_, refund)| refund)
        .filter(|refund| {
            own.as_ref()
                .is_none_or(|ids| refund["id"].as_u64().is_some_and(|id| ids.contains(&id)))
                && has(refund, transaction)
        })
        .collect();
    found.sort_by_key(|refund| refund["id"].as_u64());
    let data = page.slice(&found);
    let pagination = page.meta(found.len(), data.len(), true);
    Ok(listing(data, json!({ "pagination": pagination })))
}

pub(crate) fn one(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, &[])?;
    let id: Option<u64> = call.ids.first().and_then(|id| id.parse().ok());
    let found = store
        .orders
        .iter()
        .filter(|order| order.refunded_at.is_some() || !order.refunds.is_empty())
        .flat_map(refunds)
        .find(|refund| refund["id"].as_u64() == id);
    match found {
        Some(refund) => Ok(done(&refund)),
        None => Err(Box::new(refusals::v3_not_found("The refund was not found"))),
    }
}

/// What went back in the sample data, then what went back through the API.
fn refunds(order: &Order) -> impl Iterator<Item = Value> {
    let made = order.refunds.iter().map(|refund| body(order, refund));
    refund(order).into_iter().chain(made)
}

/// A refund that was made through the API.
pub(super) fn body(order: &Order, refund: &Refund) -> Value {
    let items: Vec<Value> = refund
        .items
        .iter()
        .map(|each| {
            let mut body = item(each.kind, each.id, u64::from(each.quantity), each.amount);
            body["reason"] = (&*each.reason).into();
            body
        })
        .collect();
    let payments: Vec<Value> = refund
        .payments
        .iter()
        .map(|payment| {
            json!({
                "id": payment.id,
                "provider_id": payment.provider,
                "amount": Plain(payment.amount),
                "offline": payment.is_offline,
                "is_declined": false,
                "declined_message": "",
                "transaction_id": payment.transaction_id.map(|id| id.to_string()),
            })
        })
        .collect();
    json!({
        "id": refund.id,
        "order_id": order.id,
        "user_id": 1,
        "created": Iso::Offset(refund.created),
        "reason": refund.reason,
        "total_amount": Plain(refund.total),
        "total_tax": Plain(refund.tax),
        "uses_merchant_override_values": refund.is_merchants_sum,
        "items": items,
        "payments": payments,
    })
}

fn has(refund: &Value, transaction: Option<&str>) -> bool {
    transaction.is_none_or(|wanted| {
        let mut payments = refund["payments"].as_array().into_iter().flatten();
        payments.any(|payment| payment["transaction_id"] == wanted)
    })
}

/// What went back for an order: all of it, or a piece of its first line.
fn refund(order: &Order) -> Option<Value> {
    let created = order.refunded_at?;
    let is_whole = order.refunded == order.total_inc_tax();
    let pieces = order.lines.iter().filter(|line| line.refunded > 0);
    let mut items: Vec<Value> = pieces
        .map(|line| {
            let amount = if is_whole { paid(line) } else { order.refunded };
            item("PRODUCT", line.id, u64::from(line.refunded), amount)
        })
        .collect();
    let shipping = order.shipping + order.shipping_tax;
    if is_whole && shipping > Cents::ZERO {
        items.push(item("SHIPPING", order.address_id, 1, shipping));
    }
    let tax = if is_whole {
        order.total_tax()
    } else {
        let mut lines = order.lines.iter().filter(|line| line.refunded > 0);
        lines.next().map_or(Cents::ZERO, |line| {
            Cents(line.tax.0 / i64::from(line.quantity.max(1)))
        })
    };
    // What has gone out since then says nothing of why, nor does a parcel that was taken back.
    let had_gone_out = order.shipped.is_some_and(|at| at <= created);
    let reason = match (is_whole, had_gone_out) {
        (false, _) => "Arrived damaged",
        (true, true) => "Sent back",
        (true, false) => "Called off before it was sent",
    };
    // Where no gateway was asked the money went back by hand.
    let is_offline = order.payment.provider_id.is_none();
    let transaction = (!is_offline).then(|| (order.id * 2 + 1).to_string());
    Some(json!({
        "id": order.id + FIRST,
        "order_id": order.id,
        "user_id": 1,
        "created": Iso::Offset(created),
        "reason": reason,
        "total_amount": Plain(order.refunded),
        "total_tax": Plain(tax),
        "uses_merchant_override_values": false,
        "items": items,
        "payments": [{
            "id": order.id + 2 * FIRST,
            "provider_id": if is_offline { "custom" } else { "bigcommerce_payments" },
            "amount": Plain(order.refunded),
            "offline": is_offline,
            "is_declined": false,
            "declined_message": "",
            "transaction_id": transaction,
        }],
    }))
}

/// What was paid for a line.
pub(super) fn paid(line: &Line) -> Cents {
    line.total_inc_tax() - line.coupon - line.discount
}

fn item(kind: &str, id: u64, quantity: u64, amount: Cents) -> Value {
    json!({
        "item_type": kind,
        "item_id": id,
        "reason": "",
        "quantity": quantity,
        "requested_amount": Plain(amount),
        "adjustments": [],
    })
}

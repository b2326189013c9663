//! Refunds, to read. The money an order got back is the sum of these; the order itself says zero.
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
use crate::state::orders::{Line, Order};

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
    let refund = refund(order).filter(|refund| has(refund, transaction));
    let all: Vec<Value> = refund.into_iter().collect();
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
    let found: Vec<Value> = store
        .orders
        .iter()
        .filter(|order| {
            orders.as_ref().is_none_or(|ids| ids.contains(&order.id))
                && own
                    .as_ref()
                    .is_none_or(|ids| ids.contains(&(order.id + FIRST)))
                && from.is_none_or(|from| order.refunded_at >= Some(from))
                && until.is_none_or(|until| order.refunded_at <= Some(until))
        })
        .filter_map(refund)
        .filter(|refund| has(refund, transaction))
        .collect();
    let data = page.slice(&found);
    let pagination = page.meta(found.len(), data.len(), true);
    Ok(listing(data, json!({ "pagination": pagination })))
}

pub(crate) fn one(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let id: Option<u64> = call.ids.first().and_then(|id| id.parse().ok());
    let order = id
        .and_then(|id| id.checked_sub(FIRST))
        .and_then(|id| store.order(id));
    match order.and_then(refund) {
        Some(refund) => Ok(done(&refund)),
        None => Err(Box::new(refusals::v3_not_found("The refund was not found"))),
    }
}

fn has(refund: &Value, transaction: Option<&str>) -> bool {
    transaction.is_none_or(|wanted| refund["payments"][0]["transaction_id"] == wanted)
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
    // Where no gateway was asked the money went back by hand.
    let is_offline = order.payment.provider_id.is_none();
    let transaction = (!is_offline).then(|| (order.id * 2 + 1).to_string());
    Some(json!({
        "id": order.id + FIRST,
        "order_id": order.id,
        "user_id": 1,
        "created": Iso::Offset(created),
        "reason": if is_whole { "Sent back" } else { "Arrived damaged" },
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
fn paid(line: &Line) -> Cents {
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

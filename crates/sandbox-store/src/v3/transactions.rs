//! What moved for an order, as far as a gateway told the store.
//!
//! Source: BigCommerce REST reference, "Order transactions"; `order_id` is a string on the wire.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{listing, only_known};
use crate::dates::Iso;
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::money::{Cents, Plain};
use crate::seed::later;
use crate::state::Store;
use crate::state::orders::Order;

/// 204 where no gateway was asked: orders paid by hand, and those never paid. All come at once, whatever
/// page of whatever length is asked for.
pub(crate) fn list(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    only_known(&call.query, &["page", "limit"])?;
    let order = call
        .ids
        .first()
        .and_then(|id| id.parse().ok())
        .and_then(|id| store.order(id))
        .ok_or_else(|| Box::new(refusals::v3_not_found("The order was not found")))?;
    let data = of(order);
    if data.is_empty() {
        return Ok(Response::empty(204));
    }
    let count = data.len();
    Ok(listing(
        &data,
        json!({
            "pagination": {
                "total": count,
                "count": count,
                "per_page": 50,
                "current_page": 1,
                "total_pages": 1,
                "links": {},
            },
        }),
    ))
}

fn of(order: &Order) -> Vec<Value> {
    let Some(provider_id) = order.payment.provider_id.as_deref() else {
        return Vec::new();
    };
    let id = order.id * 2;
    // What was captured or voided later was only authorized at first.
    let was_held = order.moves.iter().any(|each| each.event != "refund");
    let event = match order.payment.status {
        _any if was_held => "authorization",
        "authorized" | "held for review" | "void" => "authorization",
        _other => "purchase",
    };
    let status = if order.payment.status == "declined" {
        "error"
    } else {
        "ok"
    };
    let mut all = vec![transaction(
        order,
        id,
        event,
        status,
        order.total_inc_tax() - order.store_credit,
        later(order.created, 4),
        provider_id,
    )];
    if order.store_credit > Cents::ZERO {
        all.push(redeemed(order, id + 1));
    }
    if order.payment.status == "void" && !was_held {
        all.push(transaction(
            order,
            id + 1,
            "void",
            "ok",
            order.total_inc_tax(),
            later(order.created, 900),
            provider_id,
        ));
    } else if let Some(at) = order.refunded_at {
        all.push(transaction(
            order,
            id + 1,
            "refund",
            "ok",
            order.refunded,
            at,
            provider_id,
        ));
    }
    for each in &order.moves {
        let mut made = transaction(
            order,
            each.id,
            each.event,
            "ok",
            each.amount,
            each.at,
            provider_id,
        );
        made["reference_transaction_id"] = id.into();
        all.push(made);
    }
    all
}

/// The part that was paid out of store credit, of which nothing was left. Such orders of the sample have no
/// second transaction by a gateway, so that the number is free.
fn redeemed(order: &Order, id: u64) -> Value {
    let at = later(order.created, 4);
    let mut made = transaction(order, id, "purchase", "ok", order.store_credit, at, "");
    made["method"] = "store_credit".into();
    made["gateway"] = "storecredit".into();
    made["payment_method_id"] = "storecredit".into();
    made["reference_transaction_id"] = Value::Null;
    made["store_credit"] = json!({ "remaining_balance": 0 });
    if let Some(fields) = made.as_object_mut() {
        fields.remove("credit_card");
    }
    made
}

fn transaction(
    order: &Order,
    id: u64,
    event: &str,
    status: &str,
    amount: Cents,
    at: Timestamp,
    provider_id: &str,
) -> Value {
    let by_card = order.payment.method == "Credit Card";
    let card = by_card.then(|| {
        json!({
            "card_type": "visa",
            "card_iin": "424242",
            "card_last4": "4242",
            "card_expiry_month": 8,
            "card_expiry_year": 2029,
        })
    });
    json!({
        "id": id,
        "order_id": order.id.to_string(),
        "event": event,
        "method": if by_card { "credit_card" } else { "custom" },
        "amount": Plain(amount),
        "currency": "USD",
        // Of those that the reference lists for transactions; ways of paying have other names.
        "gateway": if by_card { "braintree" } else { "paypalexpress" },
        "gateway_transaction_id": provider_id,
        "payment_method_id": order.payment.method,
        "date_created": Iso::Offset(at),
        "test": false,
        "status": status,
        "fraud_review": order.payment.status == "held for review",
        "reference_transaction_id": if id % 2 == 1 { Some(id - 1) } else { None },
        "offline": null,
        "custom": null,
        "payment_instrument_token": null,
        "avs_result": {
            "code": "", "message": "", "street_match": "", "postal_match": "",
        },
        "cvv_result": { "code": "", "message": "" },
        "credit_card": card,
        "gift_certificate": null,
        "store_credit": null,
    })
}

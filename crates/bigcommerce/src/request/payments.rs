//! Money: transactions, capture and void, refunds.
//!
//! Amounts are in the order's currency. Capture, void and refund answer before the provider has
//! done it: [`Order::payment_status`](commerce::Order::payment_status) tells how it went.

use commerce::{
    OrderId, Refund, RefundId, RefundPayment, RefundQuote, RefundRequestItem, Transaction,
    TransactionId,
};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{Few, ListQuery, Page, Request, filters::RefundFilter, op};
use crate::wire::{self, Write, write::number};

/// What the payment providers did for an order, all at once. Without any the store answers 204.
///
/// Source: BigCommerce REST reference, "Get transactions".
#[must_use]
pub fn transactions(order: OrderId) -> Request<Page<Transaction>> {
    Request::to(&op::TRANSACTIONS, &[order.0], wire::data_list("id"))
}

/// Takes the money that was authorized for an order.
///
/// [`Kind::Once`](super::Kind::Once). Without an answer look at the [`transactions`].
///
/// Source: BigCommerce REST reference, "Capture order payment".
#[must_use]
pub fn capture(order: OrderId) -> Request<()> {
    Request::to(&op::CAPTURE, &[order.0], wire::nothing)
}

/// Gives up the money that was authorized for an order.
///
/// [`Kind::Once`](super::Kind::Once). Without an answer look at the [`transactions`].
///
/// Source: BigCommerce REST reference, "Void order payment".
#[must_use]
pub fn void(order: OrderId) -> Request<()> {
    Request::to(&op::VOID, &[order.0], wire::nothing)
}

/// The most things that one refund may be for. Ours: the reference names no number.
pub const REFUND_ITEMS_MAX: usize = 1000;

/// What a refund of these would come to, and on which ways the money could go back. Changes
/// nothing that anybody sees, and is all the same not repeated by itself, as all POST.
///
/// Source: BigCommerce REST reference, "Create a refund quote".
#[must_use]
pub fn refund_quote(
    order: OrderId,
    items: &Few<RefundRequestItem, REFUND_ITEMS_MAX>,
) -> Request<RefundQuote> {
    let items: Value = items.iter().map(Write::write).collect();
    Request::to(&op::REFUND_QUOTE, &[order.0], wire::data_one).carrying(json!({"items": items}))
}

/// A refund to be made: what was quoted, one of the quoted ways, and perhaps amounts set by a
/// person in place of the quoted ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRefund {
    /// What for, as it was quoted.
    pub items: Few<RefundRequestItem, REFUND_ITEMS_MAX>,
    /// One of [`RefundQuote::refund_methods`], as it came: the store refuses other amounts.
    pub payments: Few<RefundPayment, 50>,
    /// Total and tax that a person set.
    pub merchant_override: Option<(Decimal, Decimal)>,
}

/// Makes a refund. Nothing goes back into stock.
///
/// [`Kind::Once`](super::Kind::Once); of one order only one is ever under way. Without an answer
/// look among the [`refunds_of`] the order for its amount and reason.
///
/// Source: BigCommerce REST reference, "Create a refund".
#[must_use]
pub fn refund(order: OrderId, refund: &NewRefund) -> Request<Refund> {
    let items: Value = refund.items.iter().map(Write::write).collect();
    let payments: Value = refund.payments.iter().map(Write::write).collect();
    let mut body = json!({"items": items, "payments": payments});
    if let Some((total, tax)) = refund.merchant_override {
        body["merchant_calculated_override"] =
            json!({"total_amount": number(total), "total_tax": number(tax)});
    }
    Request::to(&op::REFUND, &[order.0], wire::data_one).carrying(body)
}

/// All refunds made on an order.
///
/// Source: BigCommerce REST reference, "Get refunds for order".
#[must_use]
pub fn refunds_of(order: OrderId) -> Request<Page<Refund>> {
    Request::to(&op::REFUNDS_OF, &[order.0], wire::data_list("id"))
}

/// The refunds made on an order that were paid back by this transaction.
///
/// Source: BigCommerce REST reference, "Get refunds for order".
#[must_use]
pub fn refunds_of_transaction(order: OrderId, transaction: TransactionId) -> Request<Page<Refund>> {
    refunds_of(order).asking("transaction_id", transaction.to_string())
}

/// One page of the refunds made on all orders.
///
/// Source: BigCommerce REST reference, "Get all refunds".
#[must_use]
pub fn refunds(query: &ListQuery<RefundFilter>) -> Request<Page<Refund>> {
    query.of(Request::to(&op::REFUNDS, &[], wire::data_list("id")))
}

/// One refund.
///
/// Source: BigCommerce REST reference, "Get a refund".
#[must_use]
pub fn refund_one(id: RefundId) -> Request<Refund> {
    Request::to(&op::REFUND_ONE, &[id.0], wire::data_one)
}

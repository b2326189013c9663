//! Transactions and refunds: version 3.

use commerce::{
    Refund, RefundDone, RefundExtent, RefundFor, RefundItem, RefundPayment, RefundQuote,
    RefundRequestItem, Transaction,
};
use serde_json::{Map, Value, json};

use super::{Misfit, Node, Read, Write, read::reads_aside, write::number};

reads_aside! {
    Transaction {
        id, order_id, event, method, amount, currency, gateway, gateway_transaction_id, status,
        test, fraud_review, reference_transaction_id, date_created,
    }
    RefundQuote {
        order_id, total_refund_amount, total_refund_tax_amount, order_level_refund_amount,
        tax_inclusive, refund_methods,
    }
    RefundPayment {
        provider_id, provider_description, amount, offline, offline_provider, offline_reason,
    }
    RefundItem { item_type, item_id, quantity, requested_amount, reason }
}

/// One that doesn't say how much is not one of nothing.
impl Read for Refund {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        node.object()?;
        Ok(Self {
            id: Read::read(&node.field("id"))?,
            order_id: Read::read(&node.field("order_id"))?,
            created: Read::read(&node.field("created"))?,
            reason: Read::read(&node.field("reason"))?,
            total_amount: node.field("total_amount").decimal()?,
            total_tax: Read::read(&node.field("total_tax"))?,
            uses_merchant_override_values: Read::read(
                &node.field("uses_merchant_override_values"),
            )?,
            items: Read::read(&node.field("items"))?,
            payments: Read::read(&node.field("payments"))?,
            aside: node.aside(REFUND_KNOWN),
        })
    }
}

const REFUND_KNOWN: &[&str] = &[
    "id",
    "order_id",
    "created",
    "reason",
    "total_amount",
    "total_tax",
    "uses_merchant_override_values",
    "items",
    "payments",
];

/// The same here: what was declined of a refund did not go back.
impl Read for RefundDone {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        node.object()?;
        Ok(Self {
            provider_id: Read::read(&node.field("provider_id"))?,
            amount: node.field("amount").decimal()?,
            offline: Read::read(&node.field("offline"))?,
            is_declined: Read::read(&node.field("is_declined"))?,
            declined_message: Read::read(&node.field("declined_message"))?,
            aside: node.aside(REFUND_DONE_KNOWN),
        })
    }
}

const REFUND_DONE_KNOWN: &[&str] = &[
    "provider_id",
    "amount",
    "offline",
    "is_declined",
    "declined_message",
];

impl Write for RefundRequestItem {
    fn write(&self) -> Value {
        let Self {
            item_type,
            item_id,
            extent,
            reason,
        } = self;
        let mut body = Map::new();
        let kind = match item_type {
            RefundFor::Product => "PRODUCT",
            RefundFor::GiftWrapping => "GIFT_WRAPPING",
            RefundFor::Shipping => "SHIPPING",
            RefundFor::Handling => "HANDLING",
            RefundFor::Order => "ORDER",
            RefundFor::Fee => "FEE",
            RefundFor::Tax => "TAX",
        };
        body.insert("item_type".to_owned(), kind.into());
        body.insert("item_id".to_owned(), (*item_id).into());
        match extent {
            RefundExtent::Pieces(pieces) => body.insert("quantity".to_owned(), (*pieces).into()),
            RefundExtent::Amount(amount) => body.insert("amount".to_owned(), number(*amount)),
        };
        if !reason.is_empty() {
            body.insert("reason".to_owned(), reason.as_str().into());
        }
        Value::Object(body)
    }
}

/// As a refund copies it from a quote.
impl Write for RefundPayment {
    fn write(&self) -> Value {
        json!({
            "provider_id": self.provider_id,
            "amount": number(self.amount),
            "offline": self.offline,
        })
    }
}

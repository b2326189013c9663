//! Money on the way: transactions, refunds, and what a refund would be.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{Aside, CurrencyCode, OrderId, Parts, RefundId, TransactionId};

/// Something that a payment provider did for an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transaction {
    /// Number.
    pub id: TransactionId,
    /// Order.
    pub order_id: OrderId,
    /// `purchase`, `authorization`, `capture`, `refund`, `void`, `pending` or `settled`.
    pub event: String,
    /// `credit_card`, `store_credit`, `offline`, …
    pub method: String,
    /// How much.
    pub amount: Decimal,
    /// In which currency, where the store says so.
    pub currency: Option<CurrencyCode>,
    /// The provider, in the store's words.
    pub gateway: String,
    /// The provider's name for it. May be empty.
    pub gateway_transaction_id: String,
    /// `ok` or `error`. May be empty.
    pub status: String,
    /// No money moved.
    pub test: bool,
    /// The provider wants a person to look at it.
    pub fraud_review: bool,
    /// The transaction it follows, as a capture follows an authorization.
    pub reference_transaction_id: Option<TransactionId>,
    /// When, where the store says so.
    pub date_created: Option<Timestamp>,
    /// What this version doesn't know, card and checks included.
    pub aside: Aside,
}

/// What a refund is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RefundFor {
    /// Pieces of a line; the number is the line's.
    Product,
    /// Their gift wrapping; the number is the line's.
    GiftWrapping,
    /// Shipping; the number is the shipping address's.
    Shipping,
    /// Handling; the number is the shipping address's.
    Handling,
    /// An amount off the whole order, its tax left as it is; the number is the order's.
    Order,
    /// A fee; the number is the fee's.
    Fee,
    /// Tax; the number is the order's.
    Tax,
}

/// One thing to be refunded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundRequestItem {
    /// What for.
    pub item_type: RefundFor,
    /// Its number; see [`RefundFor`].
    pub item_id: u64,
    /// How many pieces (products, gift wrapping), or how much (all others).
    pub extent: RefundExtent,
    /// Why, for the shop. At most 1,000 characters. May be empty.
    pub reason: String,
}

/// How much of a thing is refunded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RefundExtent {
    /// So many pieces.
    Pieces(u64),
    /// So much, in the order's currency.
    Amount(Decimal),
}

/// One way on which money would go back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundPayment {
    /// The provider.
    pub provider_id: String,
    /// What it is called. May be empty.
    pub provider_description: String,
    /// How much goes this way.
    pub amount: Decimal,
    /// The store only writes it down; a person has to give the money back.
    pub offline: bool,
    /// This provider never does it by itself.
    pub offline_provider: bool,
    /// Why it is offline. May be empty.
    pub offline_reason: String,
    /// What this version doesn't know. A refund copies none of it.
    #[serde(default)]
    pub aside: Aside,
}

/// What a refund would come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundQuote {
    /// Order.
    pub order_id: OrderId,
    /// All of it.
    pub total_refund_amount: Decimal,
    /// Tax in it.
    pub total_refund_tax_amount: Decimal,
    /// What is off the whole order in it.
    pub order_level_refund_amount: Decimal,
    /// Amounts hold the tax.
    pub tax_inclusive: bool,
    /// Ways to give it back. Each is a list of payments that go together; a refund copies one.
    pub refund_methods: Parts<Vec<RefundPayment>>,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// A refund that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// Number.
    pub id: RefundId,
    /// Order.
    pub order_id: OrderId,
    /// When, where the store says so.
    pub created: Option<Timestamp>,
    /// Why. May be empty.
    pub reason: String,
    /// All of it.
    pub total_amount: Decimal,
    /// Tax in it.
    pub total_tax: Decimal,
    /// A person set the amounts.
    pub uses_merchant_override_values: bool,
    /// What for.
    pub items: Parts<RefundItem>,
    /// On which ways.
    pub payments: Parts<RefundDone>,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// One thing that was refunded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundItem {
    /// `PRODUCT`, `SHIPPING`, …
    pub item_type: String,
    /// Its number.
    pub item_id: u64,
    /// Pieces; 0 where it isn't counted.
    pub quantity: u64,
    /// How much was asked for.
    pub requested_amount: Decimal,
    /// Why. May be empty.
    pub reason: String,
    /// What this version doesn't know.
    #[serde(default)]
    pub aside: Aside,
}

/// One way on which money went back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundDone {
    /// The provider.
    pub provider_id: String,
    /// How much.
    pub amount: Decimal,
    /// The store only wrote it down.
    pub offline: bool,
    /// The provider refused.
    pub is_declined: bool,
    /// Why it refused. May be empty.
    pub declined_message: String,
    /// What this version doesn't know.
    #[serde(default)]
    pub aside: Aside,
}

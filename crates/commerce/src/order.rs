//! Orders as the shop sees them.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{Address, ChannelId, CustomerId, Money, OrderId, StatusId};

/// The order in which the control panel lists statuses.
///
/// Source: BigCommerce REST reference, "Get order statuses" (member `order`).
pub const DISPLAY_ORDER: [StatusId; 15] = [
    StatusId(0),
    StatusId(1),
    StatusId(7),
    StatusId(11),
    StatusId(9),
    StatusId(8),
    StatusId(3),
    StatusId(10),
    StatusId(2),
    StatusId(5),
    StatusId(6),
    StatusId(4),
    StatusId(13),
    StatusId(12),
    StatusId(14),
];

/// One order, without its lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Number.
    pub id: OrderId,
    /// Where it stands.
    pub status_id: StatusId,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// When the store last touched it. Whole seconds.
    pub modified_at: Timestamp,
    /// When it went out, if it has.
    pub shipped_at: Option<Timestamp>,
    /// The registered customer, `None` for a guest.
    pub customer_id: Option<CustomerId>,
    /// Who pays.
    pub billing: Address,
    /// Pieces in all lines together.
    pub item_count: u32,
    /// Lines before discounts, shipping and tax; without tax.
    pub subtotal: Money,
    /// Discounts and coupons together, as a positive amount.
    pub discount: Money,
    /// Shipping without tax.
    pub shipping: Money,
    /// Handling without tax; `None` in copies from before it was read.
    #[serde(default)]
    pub handling: Option<Money>,
    /// Gift wrapping without tax; `None` in copies from before it was read.
    #[serde(default)]
    pub wrapping: Option<Money>,
    /// All tax.
    pub tax: Money,
    /// What the shopper owes in all.
    pub total: Money,
    /// How much of the total was paid with store credit.
    #[serde(default)]
    pub store_credit: Option<Money>,
    /// How much of the total was paid with gift certificates.
    #[serde(default)]
    pub gift_certificates: Option<Money>,
    /// How they pay, in the store's words.
    pub payment_method: String,
    /// How far the payment has come, in the store's words (`captured`, `paid`, …). May be empty.
    pub payment_status: String,
    /// For staff only.
    pub staff_notes: String,
    /// What the shopper wrote.
    pub customer_message: String,
    /// Where it was placed.
    pub channel_id: Option<ChannelId>,
    /// Where it was placed, in the store's words (`www`, `manual`, …).
    pub source: String,
    /// Archived in the control panel.
    pub is_archived: bool,
}

impl Order {
    /// What makes up the total besides lines, discount, shipping, handling, gift wrapping and tax: fees, and whatever
    /// the store adds that has no name here.
    #[must_use]
    pub fn other(&self) -> Money {
        let extra = |money: Option<Money>| money.map_or(Decimal::ZERO, |money| money.amount);
        let named = self.subtotal.amount - self.discount.amount
            + self.shipping.amount
            + extra(self.handling)
            + extra(self.wrapping)
            + self.tax.amount;
        Money::new(self.total.amount - named, self.total.currency)
    }

    /// Who ordered: the person, else the company, else the e-mail address. May be empty.
    #[must_use]
    pub fn customer_name(&self) -> String {
        let name = self.billing.name();
        if name.is_empty() {
            self.billing.email.clone()
        } else {
            name
        }
    }
}

/// A status with the store's own label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderStatus {
    /// What it means.
    pub id: StatusId,
    /// What this store calls it. Two statuses may carry the same label.
    pub label: String,
    /// BigCommerce's own name for it.
    pub system_label: String,
    /// Place in the control panel's list, lowest first.
    pub position: u32,
}

//! Orders and their lines. Totals are never stored: they are added up from the lines.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::people::Address;
use super::statuses::Status;
use crate::decimal::Decimal;
use crate::money::Cents;
use crate::seed::rng::Rng;

/// An order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Order {
    pub(crate) id: u64,
    /// 0 for a guest.
    pub(crate) customer_id: u64,
    #[serde(rename = "dateCreated")]
    pub(crate) created: Timestamp,
    #[serde(rename = "dateModified")]
    pub(crate) modified: Timestamp,
    #[serde(rename = "dateShipped")]
    pub(crate) shipped: Option<Timestamp>,
    pub(crate) status: Status,
    pub(crate) lines: Vec<Line>,
    /// The one address everything goes to.
    pub(crate) address_id: u64,
    pub(crate) billing: Arc<Address>,
    /// Where it goes, if not to the billing address.
    pub(crate) ship_to: Option<Arc<Address>>,
    pub(crate) shipping_method: Cow<'static, str>,
    pub(crate) shipping: Cents,
    pub(crate) shipping_tax: Cents,
    /// Handling and wrapping, each without and with tax.
    pub(crate) handling: (Cents, Cents),
    pub(crate) wrapping: (Cents, Cents),
    pub(crate) fees: Vec<Fee>,
    /// What an integration says the sums are, whatever the lines add up to.
    pub(crate) says: Sums,
    /// Taken off the whole order by an automatic promotion.
    pub(crate) discount: Cents,
    pub(crate) coupon: Option<Coupon>,
    /// The part that the customer paid out of store credit; `payment` is how the rest was paid.
    pub(crate) store_credit: Cents,
    pub(crate) payment: Payment,
    pub(crate) refunded: Cents,
    /// When; `None` if nothing was.
    pub(crate) refunded_at: Option<Timestamp>,
    /// Those that were made through the API.
    pub(crate) refunds: Vec<Refund>,
    /// What moved since, besides the payment itself.
    pub(crate) moves: Vec<Move>,
    /// In the order they left. Their pieces are those that the lines say are shipped.
    pub(crate) shipments: Vec<Shipment>,
    /// How it came in: `www`, `manual`, `checkout_api` …
    pub(crate) source: Cow<'static, str>,
    pub(crate) staff_notes: Option<Arc<str>>,
    pub(crate) customer_message: Option<Arc<str>>,
    pub(crate) external_order_id: Option<Arc<str>>,
    pub(crate) is_archived: bool,
    pub(crate) wants_mail: bool,
    /// What was written about it, now or later; drawn with it and never changed.
    #[serde(skip)]
    pub(crate) talk: Option<Arc<Talk>>,
    /// Plain fields as they were put, by their API name; of sample orders none.
    pub(crate) others: BTreeMap<&'static str, Value>,
}

/// What a shopper asked about an order, and what the shop answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Talk {
    /// Who asked; 0 for a guest.
    pub(crate) customer_id: u64,
    pub(crate) subject: &'static str,
    pub(crate) is_flagged: bool,
    pub(crate) question: Said,
    pub(crate) answer: Option<Said>,
}

/// What somebody wrote, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) text: &'static str,
    pub(crate) at: Timestamp,
}

/// A fee that an integration put on an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Fee {
    pub(crate) id: u64,
    pub(crate) name_customer: Arc<str>,
    pub(crate) name_merchant: Arc<str>,
    pub(crate) source: Arc<str>,
    pub(crate) cost: Cents,
    pub(crate) tax: Cents,
    pub(crate) tax_class_id: u64,
}

/// Sums that override what is added up. None is usual.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Sums {
    pub(crate) subtotal_ex_tax: Option<Cents>,
    pub(crate) subtotal_inc_tax: Option<Cents>,
    pub(crate) total_ex_tax: Option<Cents>,
    pub(crate) total_inc_tax: Option<Cents>,
}

/// Money that went back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Refund {
    pub(crate) id: u64,
    pub(crate) created: Timestamp,
    pub(crate) reason: Arc<str>,
    pub(crate) total: Cents,
    pub(crate) tax: Cents,
    pub(crate) is_merchants_sum: bool,
    pub(crate) items: Vec<RefundItem>,
    pub(crate) payments: Vec<RefundPayment>,
}

/// What money went back for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RefundItem {
    /// `PRODUCT`, `SHIPPING` …
    pub(crate) kind: &'static str,
    /// Of the line, the address, the fee or the order.
    pub(crate) id: u64,
    pub(crate) quantity: u32,
    pub(crate) amount: Cents,
    pub(crate) reason: Arc<str>,
}

/// How money went back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RefundPayment {
    pub(crate) id: u64,
    pub(crate) provider: Arc<str>,
    pub(crate) amount: Cents,
    pub(crate) is_offline: bool,
    pub(crate) transaction_id: Option<u64>,
}

/// A capture, a void or a refund, as the gateway told it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Move {
    pub(crate) id: u64,
    /// `capture`, `void`, `refund`.
    pub(crate) event: &'static str,
    pub(crate) amount: Cents,
    pub(crate) at: Timestamp,
}

/// One thing ordered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Line {
    /// The line's own id; not the product's.
    pub(crate) id: u64,
    pub(crate) product_id: u64,
    pub(crate) variant_id: u64,
    pub(crate) name: Arc<str>,
    pub(crate) sku: Arc<str>,
    pub(crate) brand: Arc<str>,
    pub(crate) upc: Arc<str>,
    /// Pounds, of one piece.
    pub(crate) weight: Decimal,
    pub(crate) price: Cents,
    pub(crate) cost: Cents,
    pub(crate) quantity: u32,
    pub(crate) shipped: u32,
    pub(crate) refunded: u32,
    /// This line's part of the coupon.
    pub(crate) coupon: Cents,
    /// This line's part of the order's discount.
    pub(crate) discount: Cents,
    /// Tax on the whole line after coupon and discount.
    pub(crate) tax: Cents,
    pub(crate) options: Arc<[Chosen]>,
    pub(crate) is_digital: bool,
}

/// An option of the product and what was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Chosen {
    pub(crate) option_id: u64,
    pub(crate) name: Cow<'static, str>,
    pub(crate) value: Arc<str>,
    pub(crate) value_id: u64,
}

/// What left together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Shipment {
    pub(crate) id: u64,
    pub(crate) created: Timestamp,
    /// Id of the line and how many pieces of it.
    pub(crate) items: Vec<(u64, u32)>,
    pub(crate) method: Arc<str>,
    /// `ups`, `usps` … or empty.
    pub(crate) provider: Arc<str>,
    pub(crate) tracking_number: Arc<str>,
    pub(crate) tracking_carrier: Arc<str>,
    /// The merchant's own; empty where there is none.
    pub(crate) tracking_link: Arc<str>,
    pub(crate) comments: Arc<str>,
    pub(crate) cost: Cents,
}

/// A coupon used on an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Coupon {
    pub(crate) code: &'static str,
    /// What it took off, all lines together.
    pub(crate) taken_off: Cents,
}

/// How an order is paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Payment {
    pub(crate) method: Cow<'static, str>,
    /// The provider's own id of the payment; manual methods have none.
    pub(crate) provider_id: Option<Arc<str>>,
    /// As the wire names it: `captured`, `authorized`, `refunded` … or empty.
    pub(crate) status: &'static str,
}

impl Line {
    /// Price times quantity, before anything is taken off.
    pub(crate) fn total_ex_tax(&self) -> Cents {
        self.price * self.quantity
    }

    pub(crate) fn total_inc_tax(&self) -> Cents {
        self.total_ex_tax() + self.tax
    }
}

impl Order {
    pub(crate) fn subtotal_ex_tax(&self) -> Cents {
        let sum = || self.lines.iter().map(Line::total_ex_tax).sum();
        self.says.subtotal_ex_tax.unwrap_or_else(sum)
    }

    pub(crate) fn subtotal_inc_tax(&self) -> Cents {
        let sum = || self.subtotal_ex_tax() + self.subtotal_tax();
        self.says.subtotal_inc_tax.unwrap_or_else(sum)
    }

    pub(crate) fn subtotal_tax(&self) -> Cents {
        self.lines.iter().map(|line| line.tax).sum()
    }

    pub(crate) fn total_tax(&self) -> Cents {
        match (self.says.total_ex_tax, self.says.total_inc_tax) {
            (Some(without), Some(with)) => with - without,
            (None, None) | (Some(_), None) | (None, Some(_)) => self.tax_added_up(),
        }
    }

    fn tax_added_up(&self) -> Cents {
        let fees: Cents = self.fees.iter().map(|fee| fee.tax).sum();
        self.subtotal_tax()
            + self.shipping_tax
            + (self.handling.1 - self.handling.0)
            + (self.wrapping.1 - self.wrapping.0)
            + fees
    }

    pub(crate) fn coupon_discount(&self) -> Cents {
        self.coupon
            .as_ref()
            .map_or(Cents::ZERO, |coupon| coupon.taken_off)
    }

    /// Products, shipping, handling, wrapping and fees, less what was taken off.
    pub(crate) fn total_ex_tax(&self) -> Cents {
        self.says.total_ex_tax.unwrap_or_else(|| {
            let fees: Cents = self.fees.iter().map(|fee| fee.cost).sum();
            self.subtotal_ex_tax() + self.shipping + self.handling.0 + self.wrapping.0 + fees
                - self.discount
                - self.coupon_discount()
        })
    }

    pub(crate) fn total_inc_tax(&self) -> Cents {
        let sum = || self.total_ex_tax() + self.tax_added_up();
        self.says.total_inc_tax.unwrap_or_else(sum)
    }

    /// Where it goes.
    pub(crate) fn destination(&self) -> &Arc<Address> {
        self.ship_to.as_ref().unwrap_or(&self.billing)
    }

    /// What has gone back so far.
    pub(crate) fn refunded_in_all(&self) -> Cents {
        let made: Cents = self.refunds.iter().map(|refund| refund.total).sum();
        self.refunded + made
    }

    /// Nothing of it has to be carried.
    pub(crate) fn is_digital(&self) -> bool {
        !self.lines.is_empty() && self.lines.iter().all(|line| line.is_digital)
    }

    /// Pieces, not lines.
    pub(crate) fn items_total(&self) -> u32 {
        self.lines.iter().map(|line| line.quantity).sum()
    }

    pub(crate) fn items_shipped(&self) -> u32 {
        self.lines.iter().map(|line| line.shipped).sum()
    }
}

impl Order {
    /// Takes note of what left.
    pub(crate) fn send(&mut self, shipment: Shipment) {
        for line in &mut self.lines {
            let pieces = shipment.items.iter().filter(|(id, _)| *id == line.id);
            line.shipped += pieces.map(|(_, pieces)| pieces).sum::<u32>();
        }
        self.shipments.push(shipment);
    }

    /// Forgets a shipment; its pieces are back on the shelf. False if there is none of that id.
    pub(crate) fn take_back(&mut self, id: u64) -> bool {
        let Some(at) = self.shipments.iter().position(|each| each.id == id) else {
            return false;
        };
        let shipment = self.shipments.remove(at);
        for line in &mut self.lines {
            let pieces = shipment.items.iter().filter(|(id, _)| *id == line.id);
            let back = pieces.map(|(_, pieces)| pieces).sum::<u32>();
            line.shipped = line.shipped.saturating_sub(back);
        }
        true
    }

    /// The cart it came from; orders entered by hand have none.
    pub(crate) fn cart_id(&self) -> Option<String> {
        (self.source != "manual" && self.source != "external").then(|| {
            let mut rng = Rng::for_thing(0, "cart", self.id);
            let (high, low) = (rng.next(), rng.next());
            format!(
                "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
                high >> 32,
                (high >> 16) & 0xffff,
                high & 0xfff,
                low >> 52,
                low & 0xffff_ffff_ffff
            )
        })
    }

    /// An address out of the ranges kept for documentation (RFC 5737).
    pub(crate) fn ip_address(&self) -> String {
        let mut rng = Rng::for_thing(0, "ip", self.id);
        let net = rng.pick(&["192.0.2", "198.51.100", "203.0.113"]);
        format!("{net}.{}", rng.between(1, 254))
    }
}

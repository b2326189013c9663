//! An order with what came along with it.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    Address, Aside, ConsignmentId, FeeId, MessageId, Money, Order, OrderAddressId, OrderId,
    OrderLine, OrderLineId, OrderTaxId, Parts, TaxClassId,
};

/// An order with what was asked for along with it. Of parts, `None` is "not asked for".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FullOrder {
    /// What lists show.
    pub order: Order,
    /// What goes out together, with its lines where those were asked for.
    pub consignments: Option<Parts<Consignment>>,
    /// Fees.
    pub fees: Option<Parts<OrderFee>>,
    /// What this version doesn't know.
    pub aside: Aside,
}

impl FullOrder {
    /// All lines that came along; `None` if some didn't, so that they have to be asked for by
    /// themselves: where the store says so, or where they are not as many pieces as the order has.
    ///
    /// Source: github.com/bigcommerce/dev-docs, issue 2052: lines are left out without a word.
    #[must_use]
    pub fn lines(&self) -> Option<Vec<&OrderLine>> {
        let consignments = self.consignments.as_ref().filter(|all| all.is_whole())?;
        let mut lines = Vec::new();
        for consignment in &consignments.items {
            let some = consignment.lines.as_ref().filter(|some| some.is_whole())?;
            lines.extend(&some.items);
        }
        let pieces = lines
            .iter()
            .try_fold(Decimal::ZERO, |sum, line| sum.checked_add(line.quantity))?;
        (pieces == Decimal::from(self.order.item_count)).then_some(lines)
    }
}

/// A part of an order that goes out together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consignment {
    /// Number; downloads have none.
    pub id: Option<ConsignmentId>,
    /// How it goes out.
    pub kind: ConsignmentKind,
    /// Where it goes; empty for what isn't shipped.
    pub address: Address,
    /// How it is shipped, in the store's words. May be empty.
    pub shipping_method: String,
    /// Its lines where they were asked for. The store sends along 50 at most, and says so.
    pub lines: Option<Parts<OrderLine>>,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// How a part of an order goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ConsignmentKind {
    /// By a carrier.
    Shipping,
    /// Fetched by the shopper.
    Pickup,
    /// Downloaded.
    Download,
    /// By e-mail, as gift certificates.
    Email,
}

/// A fee on an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderFee {
    /// Number.
    pub id: FeeId,
    /// `custom_fee`.
    pub kind: String,
    /// Name for shoppers.
    pub display_name_customer: String,
    /// Name for staff.
    pub display_name_merchant: String,
    /// Who set it.
    pub source: String,
    /// How much, without tax.
    pub cost_ex_tax: Money,
    /// How much, with tax.
    pub cost_inc_tax: Money,
    /// What this version doesn't know. Fees are replaced as a whole.
    pub aside: Aside,
}

/// One tax on one thing of an order, with what it is on. [`OrderTax`](crate::OrderTax) is the little of
/// it that is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FullOrderTax {
    /// Number.
    pub id: OrderTaxId,
    /// Order; `None` where taxes are worked out automatically.
    pub order_id: Option<OrderId>,
    /// Address it is for; `None` where taxes are worked out automatically.
    pub order_address_id: Option<OrderAddressId>,
    /// Way of picking up that it is for.
    pub order_pickup_method_id: Option<u64>,
    /// Line that it is on, if it is on one or its handling.
    pub order_product_id: Option<OrderLineId>,
    /// What it is on: `item`, `shipping`, `handling` or `gift-wrapping`. Empty where the store doesn't say.
    pub line_item_type: String,
    /// What the store, or whoever works out its taxes, calls the rate. May be empty.
    pub sales_tax_id: String,
    /// Class that it is of; 0 is the usual one.
    pub tax_class_id: Option<TaxClassId>,
    /// Name.
    pub name: String,
    /// Name of its class.
    pub class: String,
    /// Rate in percent.
    pub rate: Decimal,
    /// Which is added first, where there are several.
    pub priority: i64,
    /// What all taxes of this priority come to.
    pub priority_amount: Money,
    /// What this one comes to.
    pub line_amount: Money,
    /// What this version doesn't know.
    pub aside: Aside,
}

/// A message between shop and shopper. The API only reads them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderMessage {
    /// Number.
    pub id: MessageId,
    /// Order.
    pub order_id: OrderId,
    /// From staff, if not from the shopper.
    pub is_from_staff: bool,
    /// Subject. May be empty.
    pub subject: String,
    /// Text.
    pub message: String,
    /// `read` or `unread`.
    pub status: String,
    /// A person marked it.
    pub is_flagged: bool,
    /// When, where the store says so.
    pub date_created: Option<Timestamp>,
    /// What this version doesn't know.
    pub aside: Aside,
}

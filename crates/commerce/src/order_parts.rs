//! What belongs to an order and is asked for by itself.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{Address, Money, OrderAddressId, OrderLineId, ProductId, ShipmentId, VariantId};

/// One line of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    /// Number of the line; not the product's.
    pub id: OrderLineId,
    /// The product, `None` for a line typed by hand or a product that was deleted.
    pub product_id: Option<ProductId>,
    /// The variant.
    pub variant_id: Option<VariantId>,
    /// Name as it was sold.
    pub name: String,
    /// Stock keeping unit as it was sold, or empty.
    pub sku: String,
    /// Chosen options in the store's words, name and value.
    pub options: Vec<(String, String)>,
    /// Pieces ordered.
    pub quantity: Decimal,
    /// Pieces that have gone out.
    pub quantity_shipped: Decimal,
    /// Pieces that were refunded.
    pub quantity_refunded: Decimal,
    /// Price of one piece, without tax, before discounts.
    pub unit_price: Money,
    /// Of all pieces, without tax, after discounts on the line.
    pub total: Money,
    /// The address it goes to.
    pub address_id: Option<OrderAddressId>,
}

/// Where (a part of) an order goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShippingAddress {
    /// Number.
    pub id: OrderAddressId,
    /// Person and place.
    pub address: Address,
    /// How it is shipped, in the store's words. May be empty.
    pub method: String,
    /// What shipping there costs, without tax.
    pub cost: Money,
}

/// A parcel that has gone out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shipment {
    /// Number.
    pub id: ShipmentId,
    /// When it was entered.
    pub created_at: Timestamp,
    /// Tracking number, or empty.
    pub tracking_number: String,
    /// Address of a page that follows the parcel, as the store gives it, or empty.
    pub tracking_link: String,
    /// Carrier in the store's words, or empty.
    pub carrier: String,
    /// How it was shipped, in the store's words. May be empty.
    pub method: String,
    /// For the shopper. May be empty.
    pub comments: String,
    /// Lines in it and how many pieces of each.
    pub items: Vec<(OrderLineId, Decimal)>,
}

/// A coupon used on an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderCoupon {
    /// Its code.
    pub code: String,
    /// What it took off.
    pub discount: Money,
}

/// One tax on an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderTax {
    /// Its name, in the store's words.
    pub name: String,
    /// Rate in percent.
    pub rate: Decimal,
    /// Amount.
    pub amount: Money,
}

/// A refund made on an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRefund {
    /// When.
    pub created_at: Timestamp,
    /// Why, in the shop's words. May be empty.
    pub reason: String,
    /// Total.
    pub amount: Money,
}

/// Everything that belongs to one order and doesn't come with the list of orders.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderParts {
    /// Lines.
    pub lines: Vec<OrderLine>,
    /// Where it goes.
    pub shipping_addresses: Vec<ShippingAddress>,
    /// Parcels that have gone out.
    pub shipments: Vec<Shipment>,
    /// Coupons used.
    pub coupons: Vec<OrderCoupon>,
    /// Taxes, one for each name and rate.
    pub taxes: Vec<OrderTax>,
    /// Refunds.
    pub refunds: Vec<OrderRefund>,
    /// Parts that could not be read, each with the reason. Words for the details only.
    pub unreadable: Vec<String>,
}

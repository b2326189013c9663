use serde::{Deserialize, Serialize};
use specta::Type;

use super::{AddressDto, MoneyDto, PictureDto};

/// What the shopper chose or filled in.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OptionDto {
    /// What was asked.
    pub name: String,
    /// What was chosen.
    pub value: String,
}

/// One line of an order.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OrderLineDto {
    /// Number of the line.
    pub id: String,
    /// The product; `null` for a line typed by hand or a product that was deleted.
    pub product: Option<String>,
    /// Name as it was sold.
    pub name: String,
    /// SKU as it was sold, or empty.
    pub sku: String,
    /// Chosen options.
    pub options: Vec<OptionDto>,
    /// Pieces ordered, as a decimal text.
    pub quantity: String,
    /// Pieces that have gone out, as a decimal text.
    pub shipped: String,
    /// Pieces that were refunded, as a decimal text.
    pub refunded: String,
    /// Price of one piece, without tax, before discounts.
    pub unit_price: MoneyDto,
    /// Of all pieces, without tax and before discounts: all lines together make the subtotal.
    pub total: MoneyDto,
    /// What discounts take off this line, as a positive amount.
    pub discount: MoneyDto,
    /// The address it goes to.
    pub address: Option<String>,
    /// The product's picture, if the product is on this computer.
    pub picture: Option<PictureDto>,
}

/// Where (a part of) an order goes.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ShippingAddressDto {
    /// Number.
    pub id: String,
    /// Person and place.
    pub address: AddressDto,
    /// How it is shipped, in the store's words. May be empty.
    pub method: String,
    /// What shipping there costs, without tax.
    pub cost: MoneyDto,
}

/// Pieces of a line in a parcel.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ShipmentItemDto {
    /// Number of the line.
    pub line: String,
    /// Pieces, as a decimal text.
    pub quantity: String,
}

/// A parcel that has gone out.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ShipmentDto {
    /// Number.
    pub id: String,
    /// When it was entered; `null` where the store doesn't say.
    pub created_at: Option<String>,
    /// Tracking number, or empty.
    pub tracking_number: String,
    /// The store names a page that follows the parcel, and it is one that can be opened.
    pub can_follow: bool,
    /// Carrier in the store's words, or empty.
    pub carrier: String,
    /// How it was shipped, in the store's words. May be empty.
    pub method: String,
    /// For the shopper. May be empty.
    pub comments: String,
    /// What is in it.
    pub items: Vec<ShipmentItemDto>,
}

/// A coupon used on an order.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CouponDto {
    /// Its code.
    pub code: String,
    /// What it took off, as a positive amount.
    pub discount: MoneyDto,
}

/// One tax on an order.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TaxDto {
    /// Its name, in the store's words.
    pub name: String,
    /// Rate in percent, as a decimal text.
    pub rate: String,
    /// Amount.
    pub amount: MoneyDto,
}

/// A refund made on an order.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RefundDto {
    /// When; `null` where the store doesn't say.
    pub created_at: Option<String>,
    /// Why, in the shop's words. May be empty.
    pub reason: String,
    /// Total.
    pub amount: MoneyDto,
}

/// A part of an order that is asked for by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum OrderPart {
    /// What was ordered.
    Lines,
    /// Where it is sent.
    Addresses,
    /// What was sent.
    Shipments,
    /// Coupons.
    Coupons,
    /// Taxes.
    Taxes,
    /// Refunds.
    Refunds,
}

/// What belongs to an order and is asked for by itself.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OrderPartsDto {
    /// When the store was asked.
    pub read_at: String,
    /// Lines.
    pub lines: Vec<OrderLineDto>,
    /// Where it goes.
    pub shipping_addresses: Vec<ShippingAddressDto>,
    /// Parcels that have gone out.
    pub shipments: Vec<ShipmentDto>,
    /// Coupons used.
    pub coupons: Vec<CouponDto>,
    /// Taxes, one for each name and rate.
    pub taxes: Vec<TaxDto>,
    /// Refunds.
    pub refunds: Vec<RefundDto>,
    /// Of which parts something could not be read. What is shown of them may be older.
    pub unreadable: Vec<OrderPart>,
    /// What exactly, for a report.
    pub unreadable_details: String,
}

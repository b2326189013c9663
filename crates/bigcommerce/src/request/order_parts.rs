//! What belongs to one order: lines, shipping addresses, shipments, coupons, taxes, refunds.
//!
//! Except refunds, which come all at once, each list has pages of [`PAGE_SIZE`]: ask for the next
//! until [`Client::is_last`](crate::Client::is_last) says so. Amounts come without a currency; they are in the one of the
//! order's [total](commerce::Order::total), so it is handed in.

use commerce::{
    CurrencyCode, FullOrderTax, OrderAddressEdit, OrderAddressId, OrderCoupon, OrderId, OrderLine,
    OrderLineId, OrderMessage, OrderRefund, OrderTax, Shipment, ShipmentEdit, ShipmentId,
    ShippingAddress,
};
use serde_json::{Value, json};

use super::{Few, ListQuery, Page, Request, filters::MessageFilter, op, query};
use crate::wire::{self, Write};

/// How many things are asked for at a time. Without saying so a store sends 50 lines of an order
/// and keeps silent of the rest.
///
/// Source: BigCommerce REST reference, sibling resources of version 2; for these it is observed.
pub const PAGE_SIZE: u32 = 250;

/// One page of an order's lines. The page is counted from 1.
///
/// Source: BigCommerce REST reference, "Get all order products".
#[must_use]
pub fn lines(order: OrderId, currency: CurrencyCode, page: u32) -> Request<Page<OrderLine>> {
    let read = move |answer: Option<&_>| wire::order_parts::lines(answer, currency);
    paged(Request::to(&op::LINES, &[order.0], read), page)
}

/// One page of the addresses an order goes to. The page is counted from 1.
///
/// Source: BigCommerce REST reference, "Get all order shipping addresses".
#[must_use]
pub fn shipping_addresses(
    order: OrderId,
    currency: CurrencyCode,
    page: u32,
) -> Request<Page<ShippingAddress>> {
    let read = move |answer: Option<&_>| wire::order_parts::shipping_addresses(answer, currency);
    paged(Request::to(&op::SHIPPING_ADDRESSES, &[order.0], read), page)
}

/// One page of an order's shipments. The page is counted from 1.
///
/// Source: BigCommerce REST reference, "Get order shipments".
#[must_use]
pub fn shipments(order: OrderId, page: u32) -> Request<Page<Shipment>> {
    let read = wire::order_parts::shipments;
    paged(Request::to(&op::SHIPMENTS, &[order.0], read), page)
}

/// One page of the coupons used on an order. The page is counted from 1.
///
/// Source: BigCommerce REST reference, "Get all order coupons".
#[must_use]
pub fn coupons(order: OrderId, currency: CurrencyCode, page: u32) -> Request<Page<OrderCoupon>> {
    let read = move |answer: Option<&_>| wire::order_parts::coupons(answer, currency);
    paged(Request::to(&op::COUPONS, &[order.0], read), page)
}

/// One page of an order's taxes: one for each tax on each address or line, so several may have the
/// same name and rate; [`OrderTax::summed`] puts those together. The page is counted from 1.
///
/// Source: BigCommerce REST reference, "Get all order taxes".
#[must_use]
pub fn taxes(order: OrderId, currency: CurrencyCode, page: u32) -> Request<Page<OrderTax>> {
    let read = move |answer: Option<&_>| wire::order_parts::taxes(answer, currency);
    paged(Request::to(&op::TAXES, &[order.0], read), page)
}

/// The same with all that the store knows of them, and what each is on. The page is counted from 1.
///
/// Source: BigCommerce REST reference, "Get all order taxes", parameter `details`.
#[must_use]
pub fn taxes_full(
    order: OrderId,
    currency: CurrencyCode,
    page: u32,
) -> Request<Page<FullOrderTax>> {
    let read = move |answer: Option<&_>| wire::order_parts::taxes_full(answer, currency);
    let request = Request::to(&op::TAXES_FULL, &[order.0], read).asking("details", "true");
    paged(request, page)
}

/// All refunds made on an order, oldest first. Allowed with Order transactions as well as with
/// Orders.
///
/// Source: BigCommerce REST reference, "Get refunds for order".
#[must_use]
pub fn refunds(order: OrderId, currency: CurrencyCode) -> Request<Page<OrderRefund>> {
    Request::to(&op::ORDER_REFUNDS, &[order.0], move |answer| {
        wire::order_parts::refunds(answer, currency)
    })
}

/// Changes where (a part of) an order goes. Neither shipping nor tax is worked out anew.
///
/// Source: BigCommerce REST reference, "Update a shipping address".
#[must_use]
pub fn update_shipping_address(
    order: OrderId,
    currency: CurrencyCode,
    id: OrderAddressId,
    address: &OrderAddressEdit,
) -> Request<ShippingAddress> {
    let read = move |answer: Option<&_>| wire::order_parts::one_shipping_address(answer, currency);
    let mut body = address.write();
    if let Value::Object(members) = &mut body {
        members.remove("id");
    }
    Request::to(&op::SHIPPING_ADDRESS_UPDATE, &[order.0, id.0], read).carrying(body)
}

/// One shipment.
///
/// Source: BigCommerce REST reference, "Get a shipment".
#[must_use]
pub fn shipment(order: OrderId, id: ShipmentId) -> Request<Shipment> {
    let read = wire::order_parts::one_shipment;
    Request::to(&op::SHIPMENT, &[order.0, id.0], read)
}

/// Enters a shipment of so many pieces of these lines. The store may e-mail the shopper, and sets
/// the order's status.
///
/// [`Kind::Once`](super::Kind::Once). Without an answer look among the [`shipments`] for its
/// tracking number and lines.
///
/// Source: BigCommerce REST reference, "Create an order shipment".
#[must_use]
pub fn create_shipment(
    order: OrderId,
    shipment: &ShipmentEdit,
    items: &Few<(OrderLineId, u64), 1000>,
) -> Request<Shipment> {
    let mut body = shipment.write();
    body["items"] = items
        .iter()
        .map(|(line, quantity)| json!({"order_product_id": line.0, "quantity": quantity}))
        .collect();
    Request::to(
        &op::SHIPMENT_CREATE,
        &[order.0],
        wire::order_parts::one_shipment,
    )
    .carrying(body)
}

/// Changes a shipment. What is in it can't be changed.
///
/// Source: BigCommerce REST reference, "Update a shipment".
#[must_use]
pub fn update_shipment(
    order: OrderId,
    id: ShipmentId,
    shipment: &ShipmentEdit,
) -> Request<Shipment> {
    let read = wire::order_parts::one_shipment;
    Request::to(&op::SHIPMENT_UPDATE, &[order.0, id.0], read).carrying(shipment.write())
}

/// Deletes a shipment. The order's status stays.
///
/// Source: BigCommerce REST reference, "Delete an order shipment".
#[must_use]
pub fn delete_shipment(order: OrderId, id: ShipmentId) -> Request<()> {
    Request::to(&op::SHIPMENT_DELETE, &[order.0, id.0], wire::nothing)
}

/// One page of an order's messages. The API can't write any.
///
/// Source: BigCommerce REST reference, "Get order messages".
#[must_use]
pub fn messages(order: OrderId, query: &ListQuery<MessageFilter>) -> Request<Page<OrderMessage>> {
    query.of(Request::to(&op::MESSAGES, &[order.0], wire::bare_list))
}

fn paged<T>(request: Request<Page<T>>, page: u32) -> Request<Page<T>> {
    request
        .asking("page", query::page(page).to_string())
        .asking("limit", PAGE_SIZE.to_string())
}

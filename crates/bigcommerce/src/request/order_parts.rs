//! What belongs to one order: lines, shipping addresses, shipments, coupons, taxes, refunds.
//!
//! Except refunds, which come all at once, each list has pages of [`PAGE_SIZE`]: ask for the next
//! until [`Page::is_last`] says so. Amounts come without a currency; they are in the one of the
//! order's [total](commerce::Order::total), so it is handed in.

use commerce::{
    Access, CurrencyCode, OrderCoupon, OrderId, OrderLine, OrderRefund, OrderTax, Scope, Shipment,
    ShippingAddress,
};

use super::{Page, Request, query};
use crate::wire;

/// How many things are asked for at a time. Without saying so a store sends 50 lines of an order
/// and keeps silent of the rest.
///
/// Source: BigCommerce REST reference, sibling resources of version 2; for these it is observed.
pub const PAGE_SIZE: u32 = 250;

const READ: Option<(Scope, Access)> = Some((Scope::Orders, Access::Read));

/// One page of an order's lines. The page is counted from 1.
///
/// Source: BigCommerce REST reference, "Get all order products".
#[must_use]
pub fn lines(order: OrderId, currency: CurrencyCode, page: u32) -> Request<Page<OrderLine>> {
    let read = move |answer: Option<&_>| wire::order_parts::lines(answer, currency);
    paged(
        Request::get(format!("/v2/orders/{order}/products"), READ, read),
        page,
    )
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
    let path = format!("/v2/orders/{order}/shipping_addresses");
    paged(Request::get(path, READ, read), page)
}

/// One page of an order's shipments. The page is counted from 1.
///
/// Source: BigCommerce REST reference, "Get order shipments".
#[must_use]
pub fn shipments(order: OrderId, page: u32) -> Request<Page<Shipment>> {
    let path = format!("/v2/orders/{order}/shipments");
    paged(Request::get(path, READ, wire::order_parts::shipments), page)
}

/// One page of the coupons used on an order. The page is counted from 1.
///
/// Source: BigCommerce REST reference, "Get all order coupons".
#[must_use]
pub fn coupons(order: OrderId, currency: CurrencyCode, page: u32) -> Request<Page<OrderCoupon>> {
    let read = move |answer: Option<&_>| wire::order_parts::coupons(answer, currency);
    paged(
        Request::get(format!("/v2/orders/{order}/coupons"), READ, read),
        page,
    )
}

/// One page of an order's taxes: one for each tax on each address or line, so several may have the
/// same name and rate; [`OrderTax::summed`] puts those together. The page is counted from 1.
///
/// Source: BigCommerce REST reference, "Get all order taxes".
#[must_use]
pub fn taxes(order: OrderId, currency: CurrencyCode, page: u32) -> Request<Page<OrderTax>> {
    let read = move |answer: Option<&_>| wire::order_parts::taxes(answer, currency);
    paged(
        Request::get(format!("/v2/orders/{order}/taxes"), READ, read),
        page,
    )
}

/// All refunds made on an order, oldest first. Allowed with Order transactions as well as with
/// Orders.
///
/// Source: BigCommerce REST reference, "Get refunds for order".
#[must_use]
pub fn refunds(order: OrderId, currency: CurrencyCode) -> Request<Page<OrderRefund>> {
    Request::get(
        format!("/v3/orders/{order}/payment_actions/refunds"),
        READ,
        move |answer| wire::order_parts::refunds(answer, currency),
    )
}

fn paged<T>(mut request: Request<Page<T>>, page: u32) -> Request<Page<T>> {
    request.query = vec![
        ("page", query::page(page).to_string().into()),
        ("limit", PAGE_SIZE.to_string().into()),
    ];
    request
}

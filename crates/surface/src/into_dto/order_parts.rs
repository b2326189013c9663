use std::collections::HashMap;

use commerce::{
    OrderCoupon, OrderLine, OrderRefund, OrderTax, Picture, ProductId, Shipment, ShippingAddress,
};
use workbench::PartsRead;

use super::{address, instant, money, number, picture};
use crate::dto::*;

pub(crate) fn order_parts(read: &PartsRead) -> OrderPartsDto {
    let parts = &read.parts;
    OrderPartsDto {
        read_at: instant(read.at),
        lines: parts
            .lines
            .iter()
            .map(|line| order_line(line, &read.pictures))
            .collect(),
        shipping_addresses: parts
            .shipping_addresses
            .iter()
            .map(shipping_address)
            .collect(),
        shipments: parts.shipments.iter().map(shipment).collect(),
        coupons: parts.coupons.iter().map(coupon).collect(),
        taxes: parts.taxes.iter().map(tax).collect(),
        refunds: parts.refunds.iter().map(refund).collect(),
        unreadable: unreadable_parts(&parts.unreadable),
        unreadable_details: parts.unreadable.join("\n"),
    }
}

fn order_line(line: &OrderLine, pictures: &HashMap<ProductId, Picture>) -> OrderLineDto {
    let shown = line.product_id.and_then(|id| pictures.get(&id));
    OrderLineDto {
        id: line.id.to_string(),
        product: line.product_id.map(|id| id.to_string()),
        name: line.name.clone(),
        sku: line.sku.clone(),
        options: line
            .options
            .items
            .iter()
            .map(|(name, value)| OptionDto {
                name: name.clone(),
                value: value.clone(),
            })
            .collect(),
        quantity: number(line.quantity),
        shipped: number(line.quantity_shipped),
        refunded: number(line.quantity_refunded),
        unit_price: money(line.unit_price),
        total: money(line.total),
        discount: money(line.discount),
        address: line.address_id.map(|id| id.to_string()),
        picture: shown.map(picture),
    }
}

fn shipping_address(to: &ShippingAddress) -> ShippingAddressDto {
    ShippingAddressDto {
        id: to.id.to_string(),
        address: address(&to.address),
        method: to.method.clone(),
        cost: money(to.cost),
    }
}

fn shipment(shipment: &Shipment) -> ShipmentDto {
    ShipmentDto {
        id: shipment.id.to_string(),
        created_at: shipment.created_at.map(instant),
        tracking_number: shipment.tracking_number.clone(),
        can_follow: shipment.tracking_page().is_some(),
        carrier: shipment.carrier.clone(),
        method: shipment.method.clone(),
        comments: shipment.comments.clone(),
        items: shipment
            .items
            .items
            .iter()
            .map(|(line, pieces)| ShipmentItemDto {
                line: line.to_string(),
                quantity: number(*pieces),
            })
            .collect(),
    }
}

fn coupon(coupon: &OrderCoupon) -> CouponDto {
    CouponDto {
        code: coupon.code.clone(),
        discount: money(coupon.discount),
    }
}

fn tax(tax: &OrderTax) -> TaxDto {
    TaxDto {
        name: tax.name.clone(),
        rate: number(tax.rate),
        amount: money(tax.amount),
    }
}

fn refund(refund: &OrderRefund) -> RefundDto {
    RefundDto {
        created_at: refund.created_at.map(instant),
        reason: refund.reason.clone(),
        amount: money(refund.amount),
    }
}

/// Which parts are named, each once: what is told begins with the part's name.
fn unreadable_parts(told: &[String]) -> Vec<OrderPart> {
    let mut parts = Vec::new();
    for one in told {
        let part = match one.split([':', ' ']).next() {
            Some("lines") => OrderPart::Lines,
            Some("shipping") => OrderPart::Addresses,
            Some("shipments") => OrderPart::Shipments,
            Some("coupons") => OrderPart::Coupons,
            Some("taxes") => OrderPart::Taxes,
            Some("refunds") => OrderPart::Refunds,
            _ => continue,
        };
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts
}

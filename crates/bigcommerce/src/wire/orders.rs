//! Orders of version 2.

use commerce::{ChannelId, CurrencyCode, CustomerId, Money, Order, OrderId, OrderStatus, StatusId};
use serde_json::Value;

use super::{Decoded, Misfit, Node, people};
use crate::{Page, request::orders::OrderCounts};

pub(crate) fn list(answer: Option<&Value>) -> Result<Decoded<Page<Order>>, Misfit> {
    super::page(answer, order).map(Decoded::from)
}

pub(crate) fn one(answer: Option<&Value>) -> Result<Decoded<Order>, Misfit> {
    order(&Node::root(answer)).map(Decoded::from)
}

pub(crate) fn statuses(answer: Option<&Value>) -> Result<Decoded<Vec<OrderStatus>>, Misfit> {
    super::list(answer, status)
}

pub(crate) fn counts(answer: Option<&Value>) -> Result<Decoded<OrderCounts>, Misfit> {
    let root = Node::root(answer);
    root.object()?;
    let total = root.field("count").whole()?;
    let mut by_status = Vec::new();
    let mut remarks = Vec::new();
    for item in root.field("statuses").items()? {
        let counted = item
            .field("id")
            .small()
            .and_then(|id| Ok((StatusId(id), item.field("count").whole()?)));
        match counted {
            Ok(counted) => by_status.push(counted),
            Err(misfit) => remarks.push(format!("{}: {}", misfit.path, misfit.what)),
        }
    }
    Ok(Decoded {
        value: OrderCounts { total, by_status },
        remarks,
    })
}

pub(super) fn order(node: &Node<'_>) -> Result<Order, Misfit> {
    node.object()?;
    let currency = currency(node)?;
    let placed_at = node.field("date_created").date()?;
    let words = |name| node.field(name).text();
    let money =
        |name| -> Result<Money, Misfit> { Ok(Money::new(node.field(name).amount()?, currency)) };
    let discount = node
        .field("discount_amount")
        .amount()?
        .checked_add(node.field("coupon_discount").amount()?)
        .ok_or_else(|| node.field("coupon_discount").misfit("too large an amount"))?;
    Ok(Order {
        id: OrderId(node.field("id").whole()?),
        status_id: StatusId(node.field("status_id").small()?),
        placed_at,
        modified_at: node
            .field("date_modified")
            .date_if_any()?
            .unwrap_or(placed_at),
        shipped_at: node.field("date_shipped").date_if_any()?,
        customer_id: node.field("customer_id").id_if_any()?.map(CustomerId),
        billing: people::order_address(&node.field("billing_address"))?,
        item_count: if node.field("items_total").is_blank() {
            0
        } else {
            node.field("items_total").small()?
        },
        subtotal: money("subtotal_ex_tax")?,
        discount: Money::new(discount.abs(), currency),
        shipping: money("shipping_cost_ex_tax")?,
        handling: Some(money("handling_cost_ex_tax")?),
        wrapping: Some(money("wrapping_cost_ex_tax")?),
        tax: money("total_tax")?,
        total: Money::new(node.field("total_inc_tax").decimal()?, currency),
        store_credit: Some(money("store_credit_amount")?),
        gift_certificates: Some(money("gift_certificate_amount")?),
        payment_method: words("payment_method")?,
        payment_status: words("payment_status")?,
        staff_notes: words("staff_notes")?,
        customer_message: words("customer_message")?,
        channel_id: node.field("channel_id").id_if_any()?.map(ChannelId),
        source: words("order_source")?,
        is_archived: node.field("is_deleted").truth()?,
    })
}

/// What the shopper pays in. `currency_code` is only what prices were shown in.
fn currency(node: &Node<'_>) -> Result<CurrencyCode, Misfit> {
    for name in [
        "default_currency_code",
        "currency_code",
        "store_default_currency_code",
    ] {
        let field = node.field(name);
        if !field.is_blank() {
            return field
                .text()?
                .parse()
                .map_err(|_| field.misfit("not a currency code"));
        }
    }
    Err(node
        .field("default_currency_code")
        .misfit("a currency code was expected, nothing found"))
}

fn status(node: &Node<'_>) -> Result<OrderStatus, Misfit> {
    node.object()?;
    let mut system_label = node.field("system_label").text()?;
    if system_label.is_empty() {
        system_label = node.field("name").text()?;
    }
    let mut label = node.field("custom_label").text()?;
    if label.trim().is_empty() {
        label.clone_from(&system_label);
    }
    Ok(OrderStatus {
        id: StatusId(node.field("id").small()?),
        label,
        system_label,
        position: if node.field("order").is_blank() {
            0
        } else {
            node.field("order").small()?
        },
    })
}

/// As little of an order as can be read.
#[cfg(test)]
pub(super) fn least() -> Value {
    serde_json::json!({
        "id": 7,
        "status_id": 11,
        "date_created": "Thu, 18 Jun 2026 12:05:04 +0000",
        "total_inc_tax": "5.0000",
        "default_currency_code": "GBP"
    })
}

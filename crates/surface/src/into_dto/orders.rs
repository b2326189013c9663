use commerce::{Order, OrderStatus, StatusId};
use workbench::parts::journal::Entry;

use super::{Terms, instant, money, pending};
use crate::dto::*;

pub(crate) fn label(statuses: &[OrderStatus], id: StatusId) -> String {
    statuses
        .iter()
        .find(|status| status.id == id)
        .map_or_else(|| id.to_string(), |status| status.label.clone())
}

pub(crate) fn order_row(order: &Order, changes: &[Entry], statuses: &[OrderStatus]) -> OrderRow {
    OrderRow {
        id: order.id.to_string(),
        placed_at: instant(order.placed_at),
        customer: order.customer_name(),
        company: order.billing.company.clone(),
        email: order.billing.email.clone(),
        item_count: order.item_count,
        status_id: order.status_id.0,
        status_label: label(statuses, order.status_id),
        total: money(order.total),
        payment_status: order.payment_status.clone(),
        pending: pending(changes, Terms::of_orders(statuses)),
    }
}

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

pub(crate) fn status_tab(status: OrderStatus, count: u32) -> StatusTab {
    StatusTab {
        status_id: status.id.0,
        label: status.label,
        system_label: status.system_label,
        count,
    }
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

/// Of a thing's entries, newest first: those on their way, and the newest whatever became of it.
/// What ended otherwise than wanted is history once something came after it.
pub(crate) fn latest(entries: &[Entry]) -> Vec<Entry> {
    entries
        .iter()
        .enumerate()
        .filter(|(place, entry)| *place == 0 || entry.state.is_on_the_way())
        .map(|(_, entry)| entry.clone())
        .collect()
}

use commerce::Money;
use workbench::{CustomerDetail as Found, CustomerRow as Row};

use super::{address, known, money, order_row};
use crate::dto::*;

pub(crate) fn customer_row(row: &Row) -> CustomerRow {
    let customer = &row.customer;
    CustomerRow {
        id: customer.id.to_string(),
        name: customer.display_name(),
        company: customer.company.clone(),
        email: customer.email.clone(),
        phone: customer.phone.clone(),
        orders: row.orders,
        spent: money(row.spent),
        spent_otherwise: row.spent_otherwise.iter().copied().map(money).collect(),
        registered_at: known(customer.created_at),
    }
}

pub(crate) fn customer_detail(found: &Found) -> CustomerDetail {
    let customer = &found.row.customer;
    let own = found.row.spent.currency;
    CustomerDetail {
        notes: customer.notes.clone(),
        store_credit: money(Money::new(customer.store_credit, own)),
        accepts_marketing: customer.accepts_marketing,
        addresses: customer.addresses.items.iter().map(address).collect(),
        modified_at: known(customer.modified_at),
        newest: found
            .newest
            .iter()
            .map(|(order, changes)| order_row(order, changes, &found.statuses))
            .collect(),
        row: customer_row(&found.row),
    }
}

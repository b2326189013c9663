//! Orders, in and out.

use commerce::{CustomerId, Order, OrderId};
use database::{Connection, Error, params};
use jiff::Timestamp;

use crate::{
    Area, Mirror,
    item::{Row, digits, e4, search_text},
    refunds::may_have_refunds,
};

impl Row for Order {
    const AREA: Area = Area::Orders;

    fn key(&self) -> i64 {
        self.id.0.cast_signed()
    }

    fn modified_at(&self) -> Option<Timestamp> {
        Some(self.modified_at)
    }

    fn write(&self, connection: &Connection, body: &str) -> Result<(), Error> {
        let order = self;
        connection
        .prepare_cached(
            "INSERT INTO orders (id, status_id, shown_status, placed_at, modified_at, customer_id, \
             customer, search, item_count, total_e4, currency, archived, body, has_refunds) \
             VALUES (?1, ?2, coalesce((SELECT wanted_status FROM pending WHERE order_id = ?1 AND \
             wanted_status IS NOT NULL ORDER BY rowid DESC LIMIT 1), ?2), \
             ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) \
             ON CONFLICT (id) DO UPDATE SET status_id = excluded.status_id, \
             shown_status = excluded.shown_status, placed_at = excluded.placed_at, \
             modified_at = excluded.modified_at, customer_id = excluded.customer_id, \
             customer = excluded.customer, search = excluded.search, \
             item_count = excluded.item_count, total_e4 = excluded.total_e4, \
             currency = excluded.currency, archived = excluded.archived, body = excluded.body, \
             has_refunds = excluded.has_refunds OR coalesce(refunded_e4, 0) > 0",
        )?
        .execute(params![
            self.key(),
            order.status_id.0,
            order.placed_at.as_second(),
            order.modified_at.as_second(),
            order.customer_id.map(|id| id.0.cast_signed()),
            order.customer_name(),
            searched(order),
            order.item_count,
            e4(order.total.amount),
            order.total.currency.as_str(),
            order.is_archived,
            body,
            may_have_refunds(order),
        ])?;
        Ok(())
    }
}

impl Mirror {
    /// One order.
    ///
    /// # Errors
    /// [`Error`].
    pub fn order(&self, id: OrderId) -> Result<Option<Order>, Error> {
        self.one(id.0.cast_signed())
    }

    /// The orders with these numbers, in that order; `None` for one that isn't here.
    ///
    /// # Errors
    /// [`Error`].
    pub fn orders(&self, ids: &[OrderId]) -> Result<Vec<Option<Order>>, Error> {
        self.several(ids.iter().map(|id| id.0.cast_signed()))
    }

    /// How many orders a customer has here.
    ///
    /// # Errors
    /// [`Error`].
    pub fn orders_of_customer(&self, customer: CustomerId) -> Result<u32, Error> {
        Ok(self
            .reader()
            .prepare_cached("SELECT count(*) FROM orders WHERE customer_id = ?1")?
            .query_row([customer.0.cast_signed()], |row| row.get(0))?)
    }

    /// How many orders are here.
    ///
    /// # Errors
    /// [`Error`].
    pub fn order_count(&self) -> Result<u32, Error> {
        self.count(Area::Orders)
    }
}

fn searched(order: &Order) -> String {
    let billing = &order.billing;
    search_text([
        order.id.to_string(),
        billing.name(),
        billing.company.clone(),
        billing.email.clone(),
        billing.phone.clone(),
        digits(&billing.phone),
    ])
}

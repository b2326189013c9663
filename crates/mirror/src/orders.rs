//! Orders, in and out.

use commerce::{CustomerId, Money, Order, OrderId};
use database::{Connection, Error, OptionalExtension as _, params};
use jiff::Timestamp;
use rust_decimal::prelude::ToPrimitive as _;

use crate::{Marks, Mirror, Stamp, marks::write_marks};

/// An order of the store that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableOrder {
    /// Its number, or empty.
    pub id: String,
    /// The field.
    pub path: String,
    /// What was wrong.
    pub reason: String,
}

/// What became of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageReport {
    /// Orders that are new or differ from what was here.
    pub changed: u32,
    /// Orders that were not here before.
    pub new: u32,
    /// The earliest modification among orders that were left as they are, because a write's own
    /// answer is newer than the page. The mark must not move past it.
    pub left_alone_since: Option<Timestamp>,
}

impl Mirror {
    /// Keeps a page of orders that was asked for at `asked`, those of it that could not be read,
    /// and how far pulling has come with it: all or nothing.
    ///
    /// # Errors
    /// [`Error`]; then nothing of the page was kept.
    pub fn put_page(
        &self,
        asked: Stamp,
        orders: &[Order],
        unreadable: &[UnreadableOrder],
        marks: impl FnOnce(&PageReport) -> Marks,
    ) -> Result<PageReport, Error> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        let mut report = PageReport::default();
        for order in orders {
            put(&transaction, order, asked, &mut report)?;
        }
        for broken in unreadable {
            transaction.execute(
                "INSERT OR REPLACE INTO unreadable (id, path, reason) VALUES (?1, ?2, ?3)",
                params![broken.id, broken.path, broken.reason],
            )?;
        }
        write_marks(&transaction, &marks(&report))?;
        transaction.commit()?;
        drop(writer);
        if report.changed > 0 || !unreadable.is_empty() {
            self.changed();
        }
        Ok(report)
    }

    /// Keeps an order as a write's own answer gave it.
    /// Pages asked for before this moment will not overwrite it.
    ///
    /// # Errors
    /// [`Error`].
    pub fn put_answer(&self, order: &Order) -> Result<(), Error> {
        let stamp = self.stamp();
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        put(
            &transaction,
            order,
            Stamp(i64::MAX),
            &mut PageReport::default(),
        )?;
        transaction.execute(
            "UPDATE orders SET written_stamp = ?2 WHERE id = ?1",
            params![order.id.0.cast_signed(), stamp.0],
        )?;
        transaction.commit()?;
        drop(writer);
        self.changed();
        Ok(())
    }

    /// Keeps an order as it was read by itself, asked for at `asked`. It never overwrites a write's
    /// answer that came since; pages asked for before it never overwrite it.
    ///
    /// # Errors
    /// [`Error`].
    pub fn put_read(&self, asked: Stamp, order: &Order) -> Result<(), Error> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        let mut report = PageReport::default();
        put(&transaction, order, asked, &mut report)?;
        transaction.execute(
            "UPDATE orders SET written_stamp = max(written_stamp, ?2) WHERE id = ?1",
            params![order.id.0.cast_signed(), asked.0],
        )?;
        transaction.commit()?;
        drop(writer);
        if report.changed > 0 {
            self.changed();
        }
        Ok(())
    }

    /// One order.
    ///
    /// # Errors
    /// [`Error`].
    pub fn order(&self, id: OrderId) -> Result<Option<Order>, Error> {
        let reader = self.reader();
        one(&reader, id)
    }

    /// The orders with these numbers, in that order; `None` for one that isn't here.
    ///
    /// # Errors
    /// [`Error`].
    pub fn orders(&self, ids: &[OrderId]) -> Result<Vec<Option<Order>>, Error> {
        let reader = self.reader();
        ids.iter().map(|id| one(&reader, *id)).collect()
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
        Ok(self
            .reader()
            .prepare_cached("SELECT count(*) FROM orders")?
            .query_row([], |row| row.get(0))?)
    }

    /// Orders of the store that could not be read, at most `limit`.
    ///
    /// # Errors
    /// [`Error`].
    pub fn unreadable(&self, limit: u32) -> Result<Vec<UnreadableOrder>, Error> {
        let reader = self.reader();
        let mut statement = reader
            .prepare_cached("SELECT id, path, reason FROM unreadable ORDER BY id LIMIT ?1")?;
        let rows = statement.query_map([limit], |row| {
            Ok(UnreadableOrder {
                id: row.get(0)?,
                path: row.get(1)?,
                reason: row.get(2)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn one(connection: &Connection, id: OrderId) -> Result<Option<Order>, Error> {
    let body: Option<String> = connection
        .prepare_cached("SELECT body FROM orders WHERE id = ?1")?
        .query_row([id.0.cast_signed()], |row| row.get(0))
        .optional()?;
    body.map(|body| serde_json::from_str(&body).map_err(|_| Error::Damaged))
        .transpose()
}

fn put(
    connection: &Connection,
    order: &Order,
    asked: Stamp,
    report: &mut PageReport,
) -> Result<(), Error> {
    let id = order.id.0.cast_signed();
    let body = serde_json::to_string(order).map_err(|e| Error::Statement(e.to_string()))?;
    connection
        .prepare_cached("DELETE FROM unreadable WHERE id = ?1")?
        .execute([order.id.to_string()])?;
    let here: Option<(i64, String)> = connection
        .prepare_cached("SELECT written_stamp, body FROM orders WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match &here {
        Some((written, _)) if *written > asked.0 => {
            let earlier = report.left_alone_since.get_or_insert(order.modified_at);
            *earlier = (*earlier).min(order.modified_at);
            return Ok(());
        }
        Some((_, old)) if *old == body => return Ok(()),
        Some(_) => {}
        None => report.new += 1,
    }
    report.changed += 1;
    connection
        .prepare_cached(
            "INSERT INTO orders (id, status_id, shown_status, placed_at, modified_at, customer_id, \
             customer, search, item_count, total_e4, currency, archived, body) \
             VALUES (?1, ?2, coalesce((SELECT wanted_status FROM pending WHERE order_id = ?1 AND \
             wanted_status IS NOT NULL ORDER BY rowid DESC LIMIT 1), ?2), \
             ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) \
             ON CONFLICT (id) DO UPDATE SET status_id = excluded.status_id, \
             shown_status = excluded.shown_status, placed_at = excluded.placed_at, \
             modified_at = excluded.modified_at, customer_id = excluded.customer_id, \
             customer = excluded.customer, search = excluded.search, \
             item_count = excluded.item_count, total_e4 = excluded.total_e4, \
             currency = excluded.currency, archived = excluded.archived, body = excluded.body",
        )?
        .execute(params![
            id,
            order.status_id.0,
            order.placed_at.as_second(),
            order.modified_at.as_second(),
            order.customer_id.map(|id| id.0.cast_signed()),
            order.customer_name(),
            search_text(order),
            order.item_count,
            e4(order.total),
            order.total.currency.as_str(),
            order.is_archived,
            body,
        ])?;
    Ok(())
}

/// Everything a person may search an order by, folded, one thing a line so that no match runs
/// from one into the next.
fn search_text(order: &Order) -> String {
    let billing = &order.billing;
    let digits: String = billing.phone.chars().filter(char::is_ascii_digit).collect();
    [
        order.id.to_string(),
        billing.name(),
        billing.company.clone(),
        billing.email.clone(),
        billing.phone.clone(),
        digits,
    ]
    .join("\n")
    .to_lowercase()
}

fn e4(money: Money) -> i64 {
    (money.amount * rust_decimal::Decimal::from(10_000))
        .round()
        .to_i64()
        .unwrap_or_default()
}

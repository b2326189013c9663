//! Changes on their way, so that lists show, sort and filter by them.

use commerce::{Change, Order, OrderId, Product, ProductFields, ProductId, StatusId, Subject};
use database::{Connection, Error, OptionalExtension as _, params};

use crate::{
    Mirror,
    item::{Row as _, one},
};

/// A change on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// The journal's id for it.
    pub entry: String,
    /// What it changes.
    pub change: Change,
}

impl Mirror {
    /// Shows a change as being on its way.
    ///
    /// # Errors
    /// [`Error`].
    pub fn put_pending(&self, changes: &[Pending]) -> Result<(), Error> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        for pending in changes {
            put(&transaction, pending)?;
        }
        transaction.commit()?;
        drop(writer);
        self.changed();
        Ok(())
    }

    /// Shows these changes as being on their way, and no others.
    ///
    /// # Errors
    /// [`Error`].
    pub fn replace_pending(&self, changes: &[Pending]) -> Result<(), Error> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        clear(&transaction)?;
        transaction.commit()?;
        drop(writer);
        self.put_pending(changes)
    }

    /// No longer shows a change as being on its way.
    ///
    /// # Errors
    /// [`Error`].
    pub fn remove_pending(&self, entry: &str, subject: Subject) -> Result<(), Error> {
        self.remove_all_pending(&[(entry, subject)])
    }

    /// As [`Mirror::remove_pending`], for several in one transaction.
    ///
    /// # Errors
    /// [`Error`]; then all are still shown.
    pub fn remove_all_pending(&self, entries: &[(&str, Subject)]) -> Result<(), Error> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        for (entry, subject) in entries {
            transaction
                .prepare_cached("DELETE FROM pending WHERE entry = ?1")?
                .execute([entry])?;
            show(&transaction, *subject)?;
        }
        transaction.commit()?;
        drop(writer);
        self.changed();
        Ok(())
    }

    /// The orders with these numbers as lists show them, with a status that is on its way, in that order, without
    /// those that aren't here.
    ///
    /// # Errors
    /// [`Error`].
    pub fn orders_shown(&self, ids: &[OrderId]) -> Result<Vec<Order>, Error> {
        let reader = self.reader();
        // One snapshot, or what is done meanwhile might be neither on its way nor there.
        let snapshot = reader.unchecked_transaction()?;
        let mut status =
            snapshot.prepare_cached("SELECT shown_status FROM orders WHERE id = ?1")?;
        let mut shown = Vec::with_capacity(ids.len());
        for id in ids {
            let key = id.0.cast_signed();
            if let Some(order) = one::<Order>(&snapshot, key)? {
                let status_id = StatusId(status.query_row([key], |row| row.get(0))?);
                shown.push(Order { status_id, ..order });
            }
        }
        Ok(shown)
    }

    /// The products with these numbers as lists show them, with what is on its way already in them, in that order,
    /// without those that aren't here.
    ///
    /// # Errors
    /// [`Error`].
    pub fn products_shown(&self, ids: &[ProductId]) -> Result<Vec<Product>, Error> {
        let reader = self.reader();
        // One snapshot, as for orders.
        let snapshot = reader.unchecked_transaction()?;
        let mut shown = Vec::with_capacity(ids.len());
        for id in ids {
            if let Some(product) = one::<Product>(&snapshot, id.0.cast_signed())? {
                shown.push(as_shown(&snapshot, &product)?);
            }
        }
        Ok(shown)
    }
}

fn put(connection: &Connection, pending: &Pending) -> Result<(), Error> {
    match &pending.change {
        Change::Order { id, after, .. } => {
            connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO pending (entry, order_id, wanted_status) \
                     VALUES (?1, ?2, ?3)",
                )?
                .execute(params![
                    pending.entry,
                    id.0.cast_signed(),
                    after.status_id.map(|id| id.0),
                ])?;
        }
        Change::Product { id, after, .. } => {
            let wanted =
                serde_json::to_string(after).map_err(|e| Error::Statement(e.to_string()))?;
            connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO pending (entry, product_id, wanted) \
                     VALUES (?1, ?2, ?3)",
                )?
                .execute(params![pending.entry, id.0.cast_signed(), wanted])?;
        }
        // What isn't there yet, and what is only to go, is in no list in another way.
        Change::CreateProduct { .. } | Change::DeleteProduct { .. } => {}
    }
    show(connection, pending.change.subject())
}

/// Shows everything as the store has it.
pub(crate) fn clear(connection: &Connection) -> Result<(), Error> {
    let products = connection
        .prepare("SELECT DISTINCT product_id FROM pending WHERE product_id IS NOT NULL")?
        .query_map([], |row| row.get::<_, i64>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    connection.execute_batch(
        // Only what is on its way is shown otherwise, and a start should not read every order.
        "UPDATE orders SET shown_status = status_id WHERE id IN (SELECT order_id FROM pending); \
         DELETE FROM pending;",
    )?;
    for id in products {
        show_product(connection, ProductId(id.cast_unsigned()))?;
    }
    Ok(())
}

fn show(connection: &Connection, subject: Subject) -> Result<(), Error> {
    match subject {
        Subject::Order(id) => show_order(connection, id),
        Subject::Product(id) => show_product(connection, id),
        Subject::NewProduct => Ok(()),
    }
}

/// The product as lists show it: with what is on its way already in it.
pub(crate) fn as_shown(connection: &Connection, product: &Product) -> Result<Product, Error> {
    let mut statement = connection
        .prepare_cached("SELECT wanted FROM pending WHERE product_id = ?1 ORDER BY rowid")?;
    let wanted =
        statement.query_map([product.id.0.cast_signed()], |row| row.get::<_, String>(0))?;
    let mut shown = product.clone();
    for wanted in wanted {
        let fields: ProductFields = serde_json::from_str(&wanted?).map_err(|_| Error::Damaged)?;
        shown = fields.put_into(&shown);
    }
    Ok(shown)
}

fn show_product(connection: &Connection, id: ProductId) -> Result<(), Error> {
    let body: Option<String> = connection
        .prepare_cached("SELECT body FROM products WHERE id = ?1")?
        .query_row([id.0.cast_signed()], |row| row.get(0))
        .optional()?;
    let Some(body) = body else { return Ok(()) };
    let product: Product = serde_json::from_str(&body).map_err(|_| Error::Damaged)?;
    product.write(connection, &body)
}

fn show_order(connection: &Connection, order: OrderId) -> Result<(), Error> {
    connection
        .prepare_cached(
            "UPDATE orders SET shown_status = coalesce((SELECT wanted_status FROM pending WHERE \
             order_id = ?1 AND wanted_status IS NOT NULL ORDER BY rowid DESC LIMIT 1), status_id) \
             WHERE id = ?1",
        )?
        .execute([order.0.cast_signed()])?;
    Ok(())
}

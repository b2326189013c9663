//! Changes on their way, so that lists show, sort and filter by them.

use commerce::{OrderFields, OrderId};
use database::{Connection, Error, params};

use crate::Mirror;

/// A change on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// The journal's id for it.
    pub entry: String,
    /// The order.
    pub order: OrderId,
    /// Wanted values.
    pub wanted: OrderFields,
}

impl Mirror {
    /// Shows a change as being on its way.
    ///
    /// # Errors
    /// [`Error`].
    pub fn put_pending(&self, changes: &[Pending]) -> Result<(), Error> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        for change in changes {
            transaction.execute(
                "INSERT OR REPLACE INTO pending (entry, order_id, wanted_status, wanted_notes) \
                 VALUES (?1, ?2, ?3, ?4)",
                params![
                    change.entry,
                    change.order.0.cast_signed(),
                    change.wanted.status_id.map(|id| id.0),
                    change.wanted.staff_notes,
                ],
            )?;
            show(&transaction, change.order)?;
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
        self.writer().execute_batch(
            "BEGIN; UPDATE orders SET shown_status = status_id WHERE shown_status <> status_id; \
             DELETE FROM pending; COMMIT;",
        )?;
        self.put_pending(changes)
    }

    /// No longer shows a change as being on its way.
    ///
    /// # Errors
    /// [`Error`].
    pub fn remove_pending(&self, entry: &str, order: OrderId) -> Result<(), Error> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        transaction.execute("DELETE FROM pending WHERE entry = ?1", [entry])?;
        show(&transaction, order)?;
        transaction.commit()?;
        drop(writer);
        self.changed();
        Ok(())
    }
}

fn show(connection: &Connection, order: OrderId) -> Result<(), Error> {
    connection.execute(
        "UPDATE orders SET shown_status = coalesce((SELECT wanted_status FROM pending WHERE \
         order_id = ?1 AND wanted_status IS NOT NULL ORDER BY rowid DESC LIMIT 1), status_id) \
         WHERE id = ?1",
        [order.0.cast_signed()],
    )?;
    Ok(())
}

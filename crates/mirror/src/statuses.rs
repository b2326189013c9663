use commerce::{OrderStatus, StatusId};
use database::{Error, params};

use crate::{Area, Mirror};

pub(crate) const BY_STATUS: &str =
    "SELECT shown_status, count(*) FROM orders WHERE archived = 0 GROUP BY shown_status";

impl Mirror {
    /// Keeps the store's labels, replacing those kept before.
    ///
    /// # Errors
    /// [`Error`].
    pub fn put_statuses(&self, statuses: &[OrderStatus]) -> Result<(), Error> {
        if self.statuses()? == statuses {
            return Ok(());
        }
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        transaction.execute("DELETE FROM statuses", [])?;
        for status in statuses {
            transaction.execute(
                "INSERT OR REPLACE INTO statuses (id, label, system_label, position) VALUES (?1, ?2, ?3, ?4)",
                params![status.id.0, status.label, status.system_label, status.position],
            )?;
        }
        transaction.commit()?;
        drop(writer);
        self.changed_in(Area::Orders);
        Ok(())
    }

    /// The store's labels, in the control panel's order.
    ///
    /// # Errors
    /// [`Error`].
    pub fn statuses(&self) -> Result<Vec<OrderStatus>, Error> {
        let reader = self.reader();
        let mut statement = reader.prepare_cached(
            "SELECT id, label, system_label, position FROM statuses ORDER BY position, id",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(OrderStatus {
                id: StatusId(row.get(0)?),
                label: row.get(1)?,
                system_label: row.get(2)?,
                position: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many orders are here of each status, as lists show them.
    ///
    /// # Errors
    /// [`Error`].
    pub fn counts_by_status(&self) -> Result<Vec<(StatusId, u32)>, Error> {
        let reader = self.reader();
        let mut statement = reader.prepare_cached(BY_STATUS)?;
        let rows = statement.query_map([], |row| Ok((StatusId(row.get(0)?), row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

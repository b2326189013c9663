//! What may have been deleted in the store: which numbers to ask about, and forgetting them.

use commerce::{Customer, CustomerId, Order, OrderId};
use database::{Error, params};

use crate::{Area, Mirror, Stamp};

impl Mirror {
    /// The next numbers above `after` that the store is believed to list, lowest first, at most
    /// `limit`. Those that could not be read count, archived orders don't: no list has them.
    ///
    /// # Errors
    /// [`Error`].
    pub fn numbers_after(&self, area: Area, after: u64, limit: u32) -> Result<Vec<u64>, Error> {
        let sql = format!("{} ORDER BY 1 LIMIT ?3", believed(area));
        let reader = self.reader();
        let mut statement = reader.prepare_cached(&sql)?;
        let rows = statement
            .query_map(params![area.table(), after.cast_signed(), limit], |row| {
                row.get::<_, i64>(0).map(i64::cast_unsigned)
            })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many things the store is believed to list, counted as [`Mirror::numbers_after`] gives
    /// them.
    ///
    /// # Errors
    /// [`Error`].
    pub fn believed_count(&self, area: Area) -> Result<u32, Error> {
        let sql = format!("SELECT count(*) FROM ({})", believed(area));
        Ok(self
            .reader()
            .prepare_cached(&sql)?
            .query_row(params![area.table(), 0], |row| row.get(0))?)
    }

    /// As [`Mirror::remove_product`], for an order and what belongs to it.
    ///
    /// # Errors
    /// [`Error`].
    pub fn remove_order(&self, asked: Stamp, id: OrderId) -> Result<bool, Error> {
        self.remove::<Order>(asked, id.0.cast_signed())
    }

    /// As [`Mirror::remove_product`], for a customer. Their orders stay.
    ///
    /// # Errors
    /// [`Error`].
    pub fn remove_customer(&self, asked: Stamp, id: CustomerId) -> Result<bool, Error> {
        self.remove::<Customer>(asked, id.0.cast_signed())
    }
}

/// The area's name is ?1, the number above which to begin ?2.
fn believed(area: Area) -> String {
    let table = area.table();
    let listed = if area == Area::Orders {
        "AND archived = 0"
    } else {
        ""
    };
    format!(
        "SELECT id FROM {table} WHERE id > ?2 {listed} UNION SELECT CAST(id AS INTEGER) \
         FROM unreadable WHERE area = ?1 AND CAST(id AS INTEGER) > ?2"
    )
}

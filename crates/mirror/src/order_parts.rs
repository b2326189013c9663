//! What belongs to an order, in and out.

use commerce::{OrderId, OrderParts};
use database::{Error, OptionalExtension as _, params};
use jiff::Timestamp;

use crate::{Area, Mirror, Stamp};

impl Mirror {
    /// Keeps what belongs to an order, asked for at `asked` and read at `read_at` by the
    /// computer's clock. What was asked for later stays. Gives whether it differs from what was
    /// here.
    ///
    /// # Errors
    /// [`Error`].
    pub fn put_order_parts(
        &self,
        asked: Stamp,
        order: OrderId,
        parts: &OrderParts,
        read_at: Timestamp,
    ) -> Result<bool, Error> {
        let body = serde_json::to_string(parts).map_err(|e| Error::Statement(e.to_string()))?;
        let key = order.0.cast_signed();
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        let before: Option<String> = transaction
            .query_row(
                "SELECT body FROM order_parts WHERE order_id = ?1",
                [key],
                |row| row.get(0),
            )
            .optional()?;
        let kept = transaction.execute(
            "INSERT INTO order_parts (order_id, asked_stamp, read_at, body) \
             VALUES (?1, ?2, ?3, ?4) ON CONFLICT (order_id) DO UPDATE SET \
             asked_stamp = excluded.asked_stamp, read_at = excluded.read_at, \
             body = excluded.body WHERE excluded.asked_stamp > asked_stamp",
            params![key, asked.0, read_at.as_second(), body],
        )?;
        transaction.commit()?;
        drop(writer);
        let differs = kept > 0 && before.as_ref() != Some(&body);
        if differs {
            self.changed_in(Area::Orders);
        }
        Ok(differs)
    }

    /// What belongs to an order, and when it was read; `None` if it never was.
    ///
    /// # Errors
    /// [`Error`].
    pub fn order_parts(&self, order: OrderId) -> Result<Option<(OrderParts, Timestamp)>, Error> {
        let row: Option<(i64, String)> = self
            .reader()
            .prepare_cached("SELECT read_at, body FROM order_parts WHERE order_id = ?1")?
            .query_row([order.0.cast_signed()], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        row.map(|(read_at, body)| {
            let parts = serde_json::from_str(&body).map_err(|_| Error::Damaged)?;
            let read_at = Timestamp::from_second(read_at).map_err(|_| Error::Damaged)?;
            Ok((parts, read_at))
        })
        .transpose()
    }
}

//! How far pulling has come.

use database::{Connection, Error, params};
use jiff::Timestamp;

use crate::Mirror;

/// How far pulling has come. Moved last, in the transaction of the page it belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Everything the store changed before this moment is here; asked again from here on.
    pub changes_since: Option<Timestamp>,
    /// The first pull goes from the newest order down; orders from this number up are here.
    pub pulled_down_to: Option<u64>,
    /// The first pull has reached the oldest order.
    pub first_pull_done: bool,
    /// How many orders the store said it has.
    pub orders_in_store: Option<u32>,
    /// When the last refresh ended, by the computer's clock.
    pub refreshed_at: Option<Timestamp>,
}

impl Mirror {
    /// How far pulling has come.
    ///
    /// # Errors
    /// [`Error`].
    pub fn marks(&self) -> Result<Marks, Error> {
        let reader = self.reader();
        let mut statement = reader.prepare_cached("SELECT name, value FROM marks")?;
        let mut marks = Marks::default();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (name, value): (String, i64) = (row.get(0)?, row.get(1)?);
            match name.as_str() {
                "changes_since" => marks.changes_since = Timestamp::from_second(value).ok(),
                "pulled_down_to" => marks.pulled_down_to = Some(value.cast_unsigned()),
                "first_pull_done" => marks.first_pull_done = value != 0,
                "orders_in_store" => marks.orders_in_store = u32::try_from(value).ok(),
                "refreshed_at" => marks.refreshed_at = Timestamp::from_second(value).ok(),
                _ => {}
            }
        }
        Ok(marks)
    }

    /// Keeps how far pulling has come.
    ///
    /// # Errors
    /// [`Error`].
    pub fn set_marks(&self, marks: &Marks) -> Result<(), Error> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        write_marks(&transaction, marks)?;
        transaction.commit()?;
        Ok(())
    }
}

pub(crate) fn write_marks(connection: &Connection, marks: &Marks) -> Result<(), Error> {
    let values = [
        (
            "changes_since",
            marks.changes_since.map(Timestamp::as_second),
        ),
        ("pulled_down_to", marks.pulled_down_to.map(u64::cast_signed)),
        ("first_pull_done", Some(i64::from(marks.first_pull_done))),
        ("orders_in_store", marks.orders_in_store.map(i64::from)),
        ("refreshed_at", marks.refreshed_at.map(Timestamp::as_second)),
    ];
    for (name, value) in values {
        if let Some(value) = value {
            connection.execute(
                "INSERT INTO marks (name, value) VALUES (?1, ?2) \
                 ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                params![name, value],
            )?;
        } else {
            connection.execute("DELETE FROM marks WHERE name = ?1", [name])?;
        }
    }
    Ok(())
}

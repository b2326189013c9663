//! How far pulling has come.

use database::{Connection, Error, ToSql, params};
use jiff::Timestamp;

use crate::{Area, Mirror, Stamp};

/// How far pulling one kind of thing has come. Moved last, in the transaction of the page it
/// belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Everything the store changed before this moment is here; asked again from here on.
    pub changes_since: Option<Timestamp>,
    /// How far a first pull has come by number: orders from this one up are here, products up to
    /// this one.
    pub pulled_to: Option<u64>,
    /// How far a first pull has come where the store pages by a text of its own.
    pub cursor: Option<String>,
    /// The first pull has reached its end.
    pub first_pull_done: bool,
    /// How many the store said it has.
    pub in_store: Option<u32>,
    /// When the last refresh ended, by the computer's clock.
    pub refreshed_at: Option<Timestamp>,
    /// A list that is read from beginning to end each time is being read since then.
    pub reading_since: Option<Stamp>,
    /// How far it has been asked, number by number, whether the store still has what is here, while
    /// that is being asked.
    pub checked_to: Option<u64>,
    /// When that was asked to its end, by the computer's clock.
    pub checked_at: Option<Timestamp>,
}

impl Mirror {
    /// How far pulling has come.
    ///
    /// # Errors
    /// [`Error`].
    pub fn marks(&self, area: Area) -> Result<Marks, Error> {
        let reader = self.reader();
        let mut statement =
            reader.prepare_cached("SELECT name, value FROM marks WHERE area = ?1")?;
        let mut marks = Marks::default();
        let mut rows = statement.query([area.table()])?;
        while let Some(row) = rows.next()? {
            let name: String = row.get(0)?;
            if name == "cursor" {
                marks.cursor = row.get(1)?;
                continue;
            }
            let value: i64 = row.get(1)?;
            match name.as_str() {
                "changes_since" => marks.changes_since = Timestamp::from_second(value).ok(),
                "pulled_to" => marks.pulled_to = Some(value.cast_unsigned()),
                "first_pull_done" => marks.first_pull_done = value != 0,
                "in_store" => marks.in_store = u32::try_from(value).ok(),
                "refreshed_at" => marks.refreshed_at = Timestamp::from_second(value).ok(),
                "checked_to" => marks.checked_to = Some(value.cast_unsigned()),
                "checked_at" => marks.checked_at = Timestamp::from_second(value).ok(),
                "reading_since" => marks.reading_since = Some(Stamp(value)),
                _ => {}
            }
        }
        Ok(marks)
    }

    /// Keeps how far pulling has come.
    ///
    /// # Errors
    /// [`Error`].
    pub fn set_marks(&self, area: Area, marks: &Marks) -> Result<(), Error> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        write_marks(&transaction, area, marks)?;
        transaction.commit()?;
        Ok(())
    }
}

pub(crate) fn write_marks(connection: &Connection, area: Area, marks: &Marks) -> Result<(), Error> {
    let seconds = |at: Option<Timestamp>| at.map(Timestamp::as_second);
    let numbers = [
        ("changes_since", seconds(marks.changes_since)),
        ("pulled_to", marks.pulled_to.map(u64::cast_signed)),
        ("first_pull_done", Some(i64::from(marks.first_pull_done))),
        ("in_store", marks.in_store.map(i64::from)),
        ("refreshed_at", seconds(marks.refreshed_at)),
        ("checked_to", marks.checked_to.map(u64::cast_signed)),
        ("checked_at", seconds(marks.checked_at)),
        ("reading_since", marks.reading_since.map(|stamp| stamp.0)),
    ];
    for (name, value) in &numbers {
        write_mark(connection, area, name, value.as_ref())?;
    }
    write_mark(connection, area, "cursor", marks.cursor.as_ref())
}

fn write_mark(
    connection: &Connection,
    area: Area,
    name: &str,
    value: Option<&impl ToSql>,
) -> Result<(), Error> {
    if let Some(value) = value {
        connection
            .prepare_cached(
                "INSERT INTO marks (area, name, value) VALUES (?1, ?2, ?3) \
                 ON CONFLICT (area, name) DO UPDATE SET value = excluded.value",
            )?
            .execute(params![area.table(), name, value])?;
    } else {
        connection
            .prepare_cached("DELETE FROM marks WHERE area = ?1 AND name = ?2")?
            .execute([area.table(), name])?;
    }
    Ok(())
}

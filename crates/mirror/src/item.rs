//! What all mirrored things have in common: pages, answers and single reads, in and out.

use database::{Connection, Error, OptionalExtension as _, params};
use jiff::Timestamp;
use rust_decimal::{Decimal, prelude::ToPrimitive as _};
use serde::{Serialize, de::DeserializeOwned};

use crate::{Area, Marks, Mirror, Stamp, marks::write_marks};

/// Something the store sent that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
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
    /// Items that are new or differ from what was here.
    pub changed: u32,
    /// Items that were not here before.
    pub new: u32,
    /// The earliest modification among items that were left as they are, because a write's own
    /// answer is newer than the page. The mark must not move past it.
    pub left_alone_since: Option<Timestamp>,
}

/// How a thing lies in its table. The table has the columns `id`, `written_stamp` and `body`.
pub trait Row: Serialize + DeserializeOwned {
    /// Which kind of thing.
    const AREA: Area;

    /// Its list is read from beginning to end each time, and each page remembers that it was seen.
    const READ_WHOLE: bool = false;

    /// Its number.
    fn key(&self) -> i64;

    /// When the store last touched it, where the store says so.
    fn modified_at(&self) -> Option<Timestamp>;

    /// Writes it, new or in the place of what was there, but for `written_stamp`.
    ///
    /// # Errors
    /// [`Error`].
    fn write(&self, connection: &Connection, body: &str) -> Result<(), Error>;
}

/// A thing that a mirror holds: [`commerce::Order`], [`commerce::Product`], [`commerce::Brand`],
/// [`commerce::Category`] and [`commerce::Customer`].
pub trait Item: Row {}

impl<T: Row> Item for T {}

/// A thing whose list is read from beginning to end each time: [`commerce::Brand`] and
/// [`commerce::Category`].
pub trait ReadWhole: Item {}

impl Mirror {
    /// Keeps a page that was asked for at `asked`, what of it could not be read, and how far
    /// pulling has come with it: all or nothing.
    ///
    /// # Errors
    /// [`Error`]; then nothing of the page was kept.
    pub fn put_page<T: Item>(
        &self,
        asked: Stamp,
        items: &[T],
        unreadable: &[Unreadable],
        marks: impl FnOnce(&PageReport) -> Marks,
    ) -> Result<PageReport, Error> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        let mut report = PageReport::default();
        for item in items {
            put(&transaction, item, asked, &mut report)?;
            if T::READ_WHOLE {
                stamp::<T>(&transaction, item.key(), asked)?;
            }
        }
        for broken in unreadable {
            transaction.execute(
                "INSERT OR REPLACE INTO unreadable (area, id, path, reason) VALUES (?1, ?2, ?3, ?4)",
                params![T::AREA.table(), broken.id, broken.path, broken.reason],
            )?;
        }
        write_marks(&transaction, T::AREA, &marks(&report))?;
        transaction.commit()?;
        drop(writer);
        if report.changed > 0 || !unreadable.is_empty() {
            self.changed_in(T::AREA);
        }
        Ok(report)
    }

    /// Forgets everything of a kind that was in no page asked for at `since` or later. Gives how
    /// many that were.
    ///
    /// # Errors
    /// [`Error`].
    pub fn forget_unseen<T: ReadWhole>(&self, since: Stamp) -> Result<usize, Error> {
        let table = T::AREA.table();
        let gone = self.writer().execute(
            &format!("DELETE FROM {table} WHERE written_stamp < ?1"),
            [since.0],
        )?;
        if gone > 0 {
            self.changed_in(T::AREA);
        }
        Ok(gone)
    }

    /// Keeps a thing as a write's own answer gave it.
    /// Pages asked for before this moment will not overwrite it.
    ///
    /// # Errors
    /// [`Error`].
    pub fn put_answer<T: Item>(&self, item: &T) -> Result<(), Error> {
        self.put_answers(std::slice::from_ref(item))
    }

    /// As [`Mirror::put_answer`], for several in one transaction.
    ///
    /// # Errors
    /// [`Error`]; then none was kept.
    pub fn put_answers<T: Item>(&self, items: &[T]) -> Result<(), Error> {
        let now = self.stamp();
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        for item in items {
            put(
                &transaction,
                item,
                Stamp(i64::MAX),
                &mut PageReport::default(),
            )?;
            stamp::<T>(&transaction, item.key(), now)?;
        }
        transaction.commit()?;
        drop(writer);
        self.changed_in(T::AREA);
        Ok(())
    }

    /// Keeps a thing as it was read by itself, asked for at `asked`. It never overwrites a write's
    /// answer that came since; pages asked for before it never overwrite it.
    ///
    /// # Errors
    /// [`Error`].
    pub fn put_read<T: Item>(&self, asked: Stamp, item: &T) -> Result<(), Error> {
        self.put_reads(asked, std::slice::from_ref(item))
    }

    /// As [`Mirror::put_read`], for several in one transaction.
    ///
    /// # Errors
    /// [`Error`]; then none was kept.
    pub fn put_reads<T: Item>(&self, asked: Stamp, items: &[T]) -> Result<(), Error> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        let mut report = PageReport::default();
        for item in items {
            put(&transaction, item, asked, &mut report)?;
            stamp::<T>(&transaction, item.key(), asked)?;
        }
        transaction.commit()?;
        drop(writer);
        if report.changed > 0 {
            self.changed_in(T::AREA);
        }
        Ok(())
    }

    pub(crate) fn remove<T: Item>(&self, asked: Stamp, key: i64) -> Result<bool, Error> {
        let table = T::AREA.table();
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        let gone = transaction.execute(
            &format!("DELETE FROM {table} WHERE id = ?1 AND written_stamp <= ?2"),
            params![key, asked.0],
        )?;
        let left: u32 = transaction.query_row(
            &format!("SELECT count(*) FROM {table} WHERE id = ?1"),
            [key],
            |row| row.get(0),
        )?;
        if left == 0 {
            transaction.execute(
                "INSERT INTO removed (area, id, stamp) VALUES (?1, ?2, ?3) \
                 ON CONFLICT (area, id) DO UPDATE SET stamp = max(stamp, excluded.stamp)",
                params![table, key, asked.0],
            )?;
        }
        if left == 0 && T::AREA == Area::Orders {
            transaction.execute(
                "DELETE FROM order_parts WHERE order_id = ?1 AND asked_stamp <= ?2",
                params![key, asked.0],
            )?;
        }
        let unreadable = transaction
            .prepare_cached("DELETE FROM unreadable WHERE area = ?1 AND id = ?2")?
            .execute(params![table, key.to_string()])?;
        transaction.commit()?;
        drop(writer);
        if gone > 0 || unreadable > 0 {
            self.changed_in(T::AREA);
        }
        Ok(gone > 0)
    }

    pub(crate) fn one<T: Item>(&self, key: i64) -> Result<Option<T>, Error> {
        one(&self.reader(), key)
    }

    pub(crate) fn several<T: Item>(
        &self,
        keys: impl Iterator<Item = i64>,
    ) -> Result<Vec<Option<T>>, Error> {
        let reader = self.reader();
        keys.map(|key| one(&reader, key)).collect()
    }

    /// Everything there is of a kind, by number. For short lists.
    pub(crate) fn every<T: Item>(&self) -> Result<Vec<T>, Error> {
        let reader = self.reader();
        let mut statement =
            reader.prepare_cached(&format!("SELECT body FROM {} ORDER BY id", T::AREA.table()))?;
        let bodies = statement.query_map([], |row| row.get::<_, String>(0))?;
        bodies.map(|body| parsed(&body?)).collect()
    }

    /// How many things of a kind are here.
    ///
    /// # Errors
    /// [`Error`].
    pub fn count(&self, area: Area) -> Result<u32, Error> {
        Ok(self
            .reader()
            .prepare_cached(&format!("SELECT count(*) FROM {}", area.table()))?
            .query_row([], |row| row.get(0))?)
    }

    /// What the store sent and could not be read: of each kind at most `limit`, by number.
    ///
    /// # Errors
    /// [`Error`].
    pub fn unreadable(&self, limit: u32) -> Result<Vec<(Area, Unreadable)>, Error> {
        let reader = self.reader();
        let mut statement = reader.prepare_cached(
            "SELECT area, id, path, reason FROM (SELECT *, row_number() OVER \
             (PARTITION BY area ORDER BY id, path) AS place FROM unreadable) \
             WHERE place <= ?1 ORDER BY area, id, path",
        )?;
        let rows = statement.query_map([limit], |row| {
            let broken = Unreadable {
                id: row.get(1)?,
                path: row.get(2)?,
                reason: row.get(3)?,
            };
            Ok((row.get::<_, String>(0)?, broken))
        })?;
        rows.filter_map(|row| match row {
            Ok((area, broken)) => Some(Ok((Area::from_table(&area)?, broken))),
            Err(error) => Some(Err(error.into())),
        })
        .collect()
    }
}

pub(crate) fn one<T: Item>(connection: &Connection, key: i64) -> Result<Option<T>, Error> {
    let body: Option<String> = connection
        .prepare_cached(&format!(
            "SELECT body FROM {} WHERE id = ?1",
            T::AREA.table()
        ))?
        .query_row([key], |row| row.get(0))
        .optional()?;
    body.map(|body| parsed(&body)).transpose()
}

fn parsed<T: Item>(body: &str) -> Result<T, Error> {
    serde_json::from_str(body).map_err(|_| Error::Damaged)
}

fn put<T: Item>(
    connection: &Connection,
    item: &T,
    asked: Stamp,
    report: &mut PageReport,
) -> Result<(), Error> {
    let (key, table) = (item.key(), T::AREA.table());
    let body = serde_json::to_string(item).map_err(|e| Error::Statement(e.to_string()))?;
    connection
        .prepare_cached("DELETE FROM unreadable WHERE area = ?1 AND id = ?2")?
        .execute(params![table, key.to_string()])?;
    let here: Option<(i64, String)> = connection
        .prepare_cached(&format!(
            "SELECT written_stamp, body FROM {table} WHERE id = ?1"
        ))?
        .query_row([key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match &here {
        Some((written, _)) if *written > asked.0 => {
            if let Some(modified) = item.modified_at() {
                let earlier = report.left_alone_since.get_or_insert(modified);
                *earlier = (*earlier).min(modified);
            }
            return Ok(());
        }
        Some((_, old)) if *old == body => return Ok(()),
        Some(_) => {}
        None if removed_since(connection, table, key, asked)? => return Ok(()),
        None => report.new += 1,
    }
    report.changed += 1;
    item.write(connection, &body)
}

/// A removal that is older than the question is forgotten: the thing is there again.
fn removed_since(
    connection: &Connection,
    table: &str,
    key: i64,
    asked: Stamp,
) -> Result<bool, Error> {
    let removed: Option<i64> = connection
        .prepare_cached("SELECT stamp FROM removed WHERE area = ?1 AND id = ?2")?
        .query_row(params![table, key], |row| row.get(0))
        .optional()?;
    match removed {
        Some(removed) if removed > asked.0 => Ok(true),
        Some(_) => {
            connection.execute(
                "DELETE FROM removed WHERE area = ?1 AND id = ?2",
                params![table, key],
            )?;
            Ok(false)
        }
        None => Ok(false),
    }
}

fn stamp<T: Item>(connection: &Connection, key: i64, at: Stamp) -> Result<(), Error> {
    connection
        .prepare_cached(&format!(
            "UPDATE {} SET written_stamp = max(written_stamp, ?2) WHERE id = ?1",
            T::AREA.table()
        ))?
        .execute(params![key, at.0])?;
    Ok(())
}

/// What a person may search a thing by, folded, one thing a line so that no match runs from one
/// into the next.
pub(crate) fn search_text<const N: usize>(parts: [String; N]) -> String {
    parts.join("\n").to_lowercase()
}

/// A telephone number as people type it into a search: digits only.
pub(crate) fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// In ten-thousandths, for exact sums and for sorting. Amounts beyond ten million millions count as
/// that much, so that no sum of them can run over.
pub(crate) fn e4(amount: Decimal) -> i64 {
    const MOST: i64 = 100_000_000_000_000_000;
    let most = if amount.is_sign_negative() {
        -MOST
    } else {
        MOST
    };
    amount
        .checked_mul(Decimal::from(10_000))
        .and_then(|amount| amount.round().to_i64())
        .map_or(most, |e4| e4.clamp(-MOST, MOST))
}

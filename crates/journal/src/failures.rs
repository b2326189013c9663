//! Entries whose requests failed so that nobody could tell whose trouble it is: the store's, or theirs.

use database::params;
use jiff::Timestamp;

use crate::{
    EntryId, Error, Journal, State,
    read::states,
    row::{millis, timestamp, to_json},
};

/// An entry that has failed and is not over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// The entry.
    pub id: EntryId,
    /// How many requests for it failed, those for several together included.
    pub times: u32,
    /// When the first of them did.
    pub since: Timestamp,
}

impl Journal {
    /// A request for these entries failed once more. They stay where they are.
    ///
    /// # Errors
    /// [`Error::File`]; then nothing was written.
    pub fn has_failed(&self, ids: &[EntryId], at: Timestamp) -> Result<(), Error> {
        self.writer()
            .prepare_cached(
                "UPDATE entries SET failed = failed + 1, failed_at = coalesce(failed_at, ?2) \
                 WHERE id IN (SELECT value FROM json_each(?1))",
            )
            .and_then(|mut update| update.execute(params![to_json(&ids), millis(at)]))
            .map(drop)
            .map_err(Error::sql)
    }

    /// All that have failed and may still reach the store by themselves, or may have reached it.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn failed(&self) -> Result<Vec<Failed>, Error> {
        let connection = self.reader();
        let mut select = connection
            .prepare_cached(&format!(
                "SELECT id, failed, failed_at FROM entries WHERE failed > 0 AND {} \
                 AND failed_at IS NOT NULL ORDER BY number",
                states(State::is_on_the_way)
            ))
            .map_err(Error::sql)?;
        let rows = select
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .map_err(Error::sql)?;
        rows.map(|row| {
            let (id, times, since) = row.map_err(Error::sql)?;
            Ok(Failed {
                id: EntryId(id),
                times,
                since: timestamp(since)?,
            })
        })
        .collect()
    }
}

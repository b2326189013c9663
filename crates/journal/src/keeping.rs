//! Erasing personal data from what is over.

use database::params;
use jiff::Timestamp;

use crate::{
    Error, Journal, State,
    read::states,
    row::{COLUMNS, millis, read_entry, search_text, to_json},
};

/// Entries erased in one transaction.
const AT_ONCE: u32 = 500;

impl Journal {
    /// Erases personal data (names, notes, the store's words) from entries that are over and came
    /// to their end before `before`. What was changed, when and by whom stays. An erased entry
    /// can't be put back any more. Gives how many they were.
    ///
    /// The bytes are overwritten, in the file and in its log.
    ///
    /// # Errors
    /// [`Error::File`]; what was erased until then is.
    pub fn erase_personal_data(&self, before: Timestamp, at: Timestamp) -> Result<u32, Error> {
        let mut erased = 0;
        loop {
            let some = self.erase_some(before, at)?;
            erased += some;
            if some < AT_ONCE {
                break;
            }
        }
        if erased > 0 {
            // The log still holds pages from before. Source: SQLite, "PRAGMA wal_checkpoint".
            self.writer()
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
                .map_err(Error::sql)?;
        }
        Ok(erased)
    }

    fn erase_some(&self, before: Timestamp, at: Timestamp) -> Result<u32, Error> {
        let over = states(|state| match state {
            State::Done | State::DoneFound | State::Dropped => true,
            State::Waiting
            | State::Sending
            | State::Refused
            | State::Conflict
            | State::Unknown
            | State::NotApplied
            | State::Unclear => false,
        });
        let mut connection = self.writer();
        let transaction = connection.transaction().map_err(Error::sql)?;
        let entries = {
            let mut select = transaction
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM entries JOIN jobs ON jobs.id = entries.job \
                     WHERE {over} AND entries.erased_at IS NULL AND entries.state_at < ?1 \
                     ORDER BY entries.number LIMIT ?2"
                ))
                .map_err(Error::sql)?;
            let rows = select
                .query_map(params![millis(before), AT_ONCE], |row| Ok(read_entry(row)))
                .map_err(Error::sql)?;
            rows.map(|row| row.map_err(Error::sql)?)
                .collect::<Result<Vec<_>, Error>>()?
        };
        for entry in &entries {
            // A product's name is nobody's personal data, and tells which product it was.
            let name = match entry.change.subject() {
                commerce::Subject::Order(_) => "",
                commerce::Subject::Product(_) | commerce::Subject::NewProduct => &entry.name,
            };
            let change = entry.change.without_personal_data();
            let json = to_json(&change);
            transaction
                .prepare_cached(
                    "UPDATE entries SET change = ?2, name = ?3, search = ?4, store_words = '', \
                     found = NULL, refused = NULL, erased_at = ?5 WHERE id = ?1",
                )
                .and_then(|mut update| {
                    update.execute(params![
                        entry.id.0,
                        json,
                        name,
                        search_text(name, &change, &json),
                        millis(at),
                    ])
                })
                .map_err(Error::sql)?;
            transaction
                .prepare_cached("UPDATE steps SET words = '' WHERE entry = ?1 AND words <> ''")
                .and_then(|mut update| update.execute([&entry.id.0]))
                .map_err(Error::sql)?;
        }
        transaction.commit().map_err(Error::sql)?;
        Ok(u32::try_from(entries.len()).unwrap_or(u32::MAX))
    }
}

//! Erasing personal data from what is over.

use std::sync::atomic::Ordering;

use database::params;
use jiff::Timestamp;

use crate::{
    Error, Journal, Move, Reason, Said, State, StepKind,
    file::advance,
    read::states,
    row::{COLUMNS, millis, read_entry, search_text, to_json},
};

/// Entries erased in one transaction.
const AT_ONCE: u32 = 500;

/// It is over, and wants a look that it didn't get.
const fn is_undecided(state: State) -> bool {
    matches!(state, State::Refused | State::Conflict | State::NotApplied)
}

impl Journal {
    /// Erases personal data (names, notes, the store's words) from entries that have stood where they
    /// stand since before `before`. What was changed, when and by whom stays. An erased entry can't be
    /// put back or tried again any more. Gives how many they were.
    ///
    /// One that was refused, met somebody else's change or left no trace, and that nobody decided about
    /// for so long, ends as [`State::LeftAsItWas`], which still says where the store did a part of it. An unclear one keeps everything until a person has
    /// decided, who needs it for that; so does what may still reach the store.
    ///
    /// The bytes are overwritten, in the file and in its log. Where somebody reads the log just now,
    /// that is [owed](Journal::owes_emptying), and done by a later call.
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
        let forgotten = self.forget_why_held()?;
        if erased > 0 || forgotten {
            self.owes_emptying.store(true, Ordering::SeqCst);
        }
        if self.owes_emptying() {
            // The log still holds pages from before. The first column says whether somebody was in the
            // way. Source: SQLite, "PRAGMA wal_checkpoint".
            let is_busy = self
                .writer()
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
                .map_err(Error::sql)?;
            self.owes_emptying.store(is_busy, Ordering::SeqCst);
        }
        Ok(erased)
    }

    /// The log may still hold what was erased from the file.
    #[must_use]
    pub fn owes_emptying(&self) -> bool {
        self.owes_emptying.load(Ordering::SeqCst)
    }

    /// What the store said of a job of which nothing is left is of no use any more. Whether there was any.
    fn forget_why_held(&self) -> Result<bool, Error> {
        let forgotten = self
            .writer()
            .execute(
                &format!(
                    "UPDATE jobs SET held_because = '', held_about = '' \
                     WHERE (held_because <> '' OR held_about <> '') AND NOT EXISTS \
                     (SELECT 1 FROM entries INDEXED BY entries_by_state \
                     WHERE entries.number BETWEEN jobs.first AND jobs.first + jobs.size - 1 AND {})",
                    states(State::is_on_the_way)
                ),
                [],
            )
            .map_err(Error::sql)?;
        Ok(forgotten > 0)
    }

    fn erase_some(&self, before: Timestamp, at: Timestamp) -> Result<u32, Error> {
        let over = states(|state| !state.is_on_the_way() && state != State::Unclear);
        let undecided = states(is_undecided);
        let mut connection = self.writer();
        let transaction = connection.transaction().map_err(Error::sql)?;
        let entries = {
            let mut select = transaction
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM entries JOIN jobs ON jobs.id = entries.job \
                     WHERE {over} AND (entries.erased_at IS NULL OR {undecided}) \
                     AND entries.state_at < ?1 \
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
            if is_undecided(entry.state) {
                let (to, kind) = (State::LeftAsItWas, StepKind::LeftAsItWas);
                // A part of it is in the store, unless that was put back, and is not forgotten with the rest.
                let is_part = entry.undone_by.is_none()
                    && (entry.said.reason == Some(Reason::OnlyPart) || !entry.taken.is_empty());
                let why: Said = if is_part {
                    Reason::OnlyPart.into()
                } else {
                    Said::default()
                };
                advance(&transaction, &Move::new(&entry.id, to, kind, why), at)?;
            }
            // A product's name is nobody's personal data, and tells which product it was.
            let name = match entry.change.subject() {
                commerce::Subject::Order(_) => "",
                commerce::Subject::Product(_) | commerce::Subject::NewProduct => &entry.name,
            };
            let change = entry.change.without_personal_data();
            let labels: String = transaction
                .prepare_cached("SELECT labels FROM entries WHERE id = ?1")
                .and_then(|mut select| select.query_row([&entry.id.0], |row| row.get(0)))
                .map_err(Error::sql)?;
            transaction
                .prepare_cached(
                    "UPDATE entries SET change = ?2, name = ?3, search = ?4, store_words = '', \
                     about = '', found = NULL, refused = NULL, erased_at = ?5 WHERE id = ?1",
                )
                .and_then(|mut update| {
                    update.execute(params![
                        entry.id.0,
                        to_json(&change),
                        name,
                        search_text(name, &labels, &change),
                        millis(at),
                    ])
                })
                .map_err(Error::sql)?;
            transaction
                .prepare_cached(
                    "UPDATE steps SET words = '', about = '', found = NULL \
                     WHERE entry = ?1 AND (words <> '' OR about <> '' OR found IS NOT NULL)",
                )
                .and_then(|mut update| update.execute([&entry.id.0]))
                .map_err(Error::sql)?;
        }
        transaction.commit().map_err(Error::sql)?;
        Ok(u32::try_from(entries.len()).unwrap_or(u32::MAX))
    }
}

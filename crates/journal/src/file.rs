//! The file, and the only ways to write to it.

use std::{
    ops::Deref,
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError, atomic::AtomicBool},
};

use commerce::{Change, Field, Values};
use database::{
    Connection, Durability, M, Migrations, OptionalExtension as _, Transaction, params,
};
use jiff::Timestamp;

use crate::{
    EntryId, Move, NewJob, Reason, Said, State, StepKind,
    row::{
        add_words, from_json, kind_word, millis, parse, search_text, subject_number, subject_word,
        to_json,
    },
};

/// Why the journal could not do something.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file. Nothing was written.
    #[error(transparent)]
    File(#[from] database::Error),
    /// The entry is not where the caller thought it was, or may not move that way.
    #[error("the entry is {found}, which may not become {wanted}")]
    Moved {
        /// Where it is.
        found: &'static str,
        /// Where it was to go.
        wanted: &'static str,
    },
    /// No such entry, or no such job.
    #[error("there is no such entry")]
    Gone,
}

impl Error {
    pub(crate) fn sql(error: impl Into<database::Error>) -> Self {
        Self::File(error.into())
    }
}

/// A move touches four trees of the file and a few hundred bytes in each: a commit of small pages is sooner on the disk.
const PAGE: u16 = 1024;

/// More than there are ways to write.
const STATEMENTS: usize = 32;

/// One store's journal.
pub struct Journal {
    /// Of its own, so that looking never waits for a job that is being written. Closed before the
    /// writer: only that one, as the last, can bring the log home into the file.
    reader: Mutex<Connection>,
    writer: Mutex<Connection>,
    /// The log may still hold what was erased. Also at first: whoever erased it may have been killed
    /// before the log was emptied.
    pub(crate) owes_emptying: AtomicBool,
}

impl Journal {
    /// Opens the journal at `path`, made if it isn't there.
    ///
    /// # Errors
    /// As [`database::open`]. A damaged journal is never replaced.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let migrations = Migrations::new(vec![
            M::up(include_str!("schema.sql")),
            M::up(include_str!("jobs.sql")),
            M::up(include_str!("steps.sql")),
            M::up_with_hook(include_str!("sent.sql"), |transaction: &Transaction<'_>| {
                Ok(write_search_again(transaction)?)
            }),
            M::up(include_str!("held_for.sql")),
            M::up(include_str!("reason.sql")),
            M::up(include_str!("retries.sql")),
            M::up(include_str!("failed.sql")),
            M::up(include_str!("layout.sql")).foreign_key_check(),
        ]);
        let writer = database::open_in_pages_of(PAGE, path, &migrations, Durability::PowerCut)?;
        // A job writes the same few pages again and again.
        database::lengthen_log(&writer)?;
        writer.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(Self {
            writer: Mutex::new(writer),
            reader: Mutex::new(database::open_reader(path)?),
            owes_emptying: AtomicBool::new(true),
        })
    }

    /// Writes a job down with all its entries, each `waiting`, and ends the earlier ones that they try
    /// again, in one transaction: never are both to be decided about, nor neither. One of those that has
    /// ended since stays as it is. On the disk when this returns.
    ///
    /// # Errors
    /// [`Error::File`]; then nothing of the job was written.
    pub fn write(&self, job: &NewJob) -> Result<(), Error> {
        let connection = self.writer();
        let transaction = Together::begin(&connection)?;
        let at = millis(job.at);
        let size = i64::try_from(job.entries.len()).unwrap_or(i64::MAX);
        let first: i64 = transaction
            .prepare_cached("SELECT ifnull(max(number), 0) + 1 FROM entries")
            .and_then(|mut select| select.query_row([], |row| row.get(0)))
            .map_err(Error::sql)?;
        transaction
            .prepare_cached(
                "INSERT INTO jobs (id, at, who, digest, first, size) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )
            .and_then(|mut insert| {
                insert.execute(params![job.id.0, at, job.who, job.digest, first, size])
            })
            .map_err(Error::sql)?;
        {
            let mut insert = transaction
                .prepare_cached(
                    "INSERT INTO entries (id, job, subject, subject_id, change, kind, state, \
                     state_at, store_words, undoes, name, labels, search, sent, retries, number) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, '', ?9, ?10, ?11, ?12, '[]', ?13, ?14)",
                )
                .map_err(Error::sql)?;
            for (number, entry) in (first..).zip(&job.entries) {
                insert
                    .execute(params![
                        entry.id.0,
                        job.id.0,
                        subject_word(entry.change.subject()),
                        subject_number(entry.change.subject()),
                        to_json(&entry.change),
                        kind_word(entry.kind),
                        State::Waiting.word(),
                        at,
                        entry.undoes.as_ref().map(|id| &id.0),
                        entry.name,
                        entry.labels,
                        search_text(&entry.name, &entry.labels, &entry.change),
                        entry.retries.as_ref().map(|id| &id.0),
                        number,
                    ])
                    .map_err(Error::sql)?;
                add_step(
                    &transaction,
                    &entry.id,
                    1,
                    job.at,
                    StepKind::Written,
                    &Said::default(),
                    None,
                )?;
            }
        }
        for tried in job
            .entries
            .iter()
            .filter_map(|entry| entry.retries.as_ref())
        {
            let why = Reason::TriedAgain;
            let end = Move::new(tried, State::Dropped, StepKind::Dropped, why);
            match advance(&transaction, &end, job.at) {
                // Refused before anything was written.
                Err(Error::Moved { .. } | Error::Gone) => {}
                ended => ended?,
            }
        }
        transaction.commit()
    }

    /// Moves an entry and says why, in one transaction. On the disk when this returns.
    ///
    /// # Errors
    /// As [`Journal::advance_all`].
    pub fn advance(
        &self,
        id: &EntryId,
        to: State,
        at: Timestamp,
        kind: StepKind,
        words: &str,
    ) -> Result<(), Error> {
        self.advance_all(&[Move::new(id, to, kind, words)], at)
    }

    /// Moves entries and says why: all of them or none, in one transaction. On the disk when this
    /// returns.
    ///
    /// When an entry that undoes another becomes done, the other is marked as undone with it.
    ///
    /// # Errors
    /// [`Error::Moved`] if an entry may not go there from where it is, [`Error::Gone`],
    /// [`Error::File`]; then nothing was written.
    pub fn advance_all(&self, moves: &[Move], at: Timestamp) -> Result<(), Error> {
        let connection = self.writer();
        let transaction = Together::begin(&connection)?;
        for step in moves {
            advance(&transaction, step, at)?;
        }
        transaction.commit()
    }

    /// Notes a step that leaves the entry where it is.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn note(
        &self,
        id: &EntryId,
        at: Timestamp,
        kind: StepKind,
        words: &str,
    ) -> Result<(), Error> {
        let connection = self.writer();
        let transaction = Together::begin(&connection)?;
        let number = next_step(&transaction, id)?;
        add_step(&transaction, id, number, at, kind, &words.into(), None)?;
        transaction.commit()
    }

    pub(crate) fn writer(&self) -> MutexGuard<'_, Connection> {
        lock(&self.writer)
    }

    pub(crate) fn reader(&self) -> MutexGuard<'_, Connection> {
        lock(&self.reader)
    }
}

/// What is written together or not at all: undone when it is dropped without [`Together::commit`].
///
/// In place of the library's own, which has SQLite read the words that begin and end it anew each time.
struct Together<'a> {
    connection: &'a Connection,
    is_open: bool,
}

impl<'a> Together<'a> {
    fn begin(connection: &'a Connection) -> Result<Self, Error> {
        say(connection, "BEGIN IMMEDIATE")?;
        Ok(Self {
            connection,
            is_open: true,
        })
    }

    fn commit(mut self) -> Result<(), Error> {
        say(self.connection, "COMMIT")?;
        self.is_open = false;
        Ok(())
    }
}

impl Deref for Together<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
    }
}

impl Drop for Together<'_> {
    fn drop(&mut self) {
        // After some errors, such as a full disk, SQLite has undone it by itself.
        if self.is_open && !self.connection.is_autocommit() {
            let _ = say(self.connection, "ROLLBACK");
        }
    }
}

fn say(connection: &Connection, word: &str) -> Result<(), Error> {
    connection
        .prepare_cached(word)
        .and_then(|mut statement| statement.execute([]))
        .map(drop)
        .map_err(Error::sql)
}

/// A panic in between leaves SQLite's own transaction to be rolled back, so the connection is sound.
fn lock(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn advance(connection: &Connection, step: &Move, at: Timestamp) -> Result<(), Error> {
    let (number, from, undoes, sent): (i64, String, Option<String>, Option<String>) = connection
        .prepare_cached("SELECT number, state, undoes, sent FROM entries WHERE id = ?1")
        .and_then(|mut select| {
            select
                .query_row([&step.id.0], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                })
                .optional()
        })
        .map_err(Error::sql)?
        .ok_or(Error::Gone)?;
    let from = parse::<State>(&from)?;
    if !from.may_become(step.to) {
        return Err(Error::Moved {
            found: from.word(),
            wanted: step.to.word(),
        });
    }
    let nothing = Said::default();
    let why = step.steps.last().map_or(&nothing, |(_, said)| said);
    let sent = with_sent(sent, &step.sent)?;
    let refused = (!step.refused.is_empty()).then(|| to_json(&step.refused));
    let taken = (!step.taken.is_empty()).then(|| to_json(&step.taken));
    let mut said = String::new();
    add_words(&mut said, &why.words);
    for (_, words) in &step.refused {
        add_words(&mut said, words);
    }
    connection
        .prepare_cached(
            "UPDATE entries SET state = ?2, state_at = ?3, store_words = ?4, \
             made_id = coalesce(?5, made_id), found = ?6, refused = ?7, \
             made_as = coalesce(?8, made_as), sent = ?9, search = search || ?10, \
             reason = ?11, about = ?12, taken = coalesce(?13, taken) WHERE number = ?1",
        )
        .and_then(|mut update| {
            update.execute(params![
                number,
                step.to.word(),
                millis(at),
                why.words,
                step.made.map(|id| id.0.cast_signed()),
                step.found.as_ref().map(to_json),
                refused,
                step.made_as.as_ref().map(to_json),
                sent,
                said,
                why.reason.map(Reason::word),
                why.about,
                taken,
            ])
        })
        .map_err(Error::sql)?;
    let next = next_step(connection, &step.id)?;
    let last = step.steps.len().saturating_sub(1);
    for (place, (number, (kind, said))) in (next..).zip(&step.steps).enumerate() {
        let is_last = place == last;
        let found = step.found.as_ref().filter(|_| is_last);
        add_step(connection, &step.id, number, at, *kind, said, found)?;
    }
    if let (true, Some(undone)) = (step.to.is_done(), undoes) {
        let undone = EntryId(undone);
        connection
            .prepare_cached("UPDATE entries SET undone_by = ?2 WHERE id = ?1")
            .and_then(|mut update| update.execute(params![undone.0, step.id.0]))
            .map_err(Error::sql)?;
        let number = next_step(connection, &undone)?;
        add_step(
            connection,
            &undone,
            number,
            at,
            StepKind::Undone,
            &Said::default(),
            None,
        )?;
    }
    Ok(())
}

/// The fields that were ever sent, these included.
fn with_sent(sent: Option<String>, more: &[Field]) -> Result<Option<String>, Error> {
    let (Some(before), false) = (&sent, more.is_empty()) else {
        return Ok(sent);
    };
    let mut fields: Vec<Field> = from_json(before)?;
    fields.extend(more);
    fields.sort_unstable();
    fields.dedup();
    Ok(Some(to_json(&fields)))
}

/// What entries are found by, made anew from what is in them.
fn write_search_again(transaction: &Transaction<'_>) -> Result<(), database::SqlError> {
    let mut select = transaction.prepare("SELECT id, name, change, store_words FROM entries")?;
    let mut update = transaction.prepare("UPDATE entries SET search = ?2 WHERE id = ?1")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (id, name): (String, String) = (row.get(0)?, row.get(1)?);
        let (change, words): (String, String) = (row.get(2)?, row.get(3)?);
        // One that can't be read is told when it is looked at.
        let Ok(change) = from_json::<Change>(&change) else {
            continue;
        };
        let mut text = search_text(&name, "", &change);
        add_words(&mut text, &words);
        update.execute(params![id, text])?;
    }
    Ok(())
}

/// The number that the next step of an entry has.
fn next_step(connection: &Connection, id: &EntryId) -> Result<i64, Error> {
    connection
        .prepare_cached("SELECT ifnull(max(number), 0) + 1 FROM steps WHERE entry = ?1")
        .and_then(|mut select| select.query_row([&id.0], |row| row.get(0)))
        .map_err(Error::sql)
}

/// The number is given and not found out by the statement: SQLite would make a table for what it reads from the
/// one that it writes to, each time.
fn add_step(
    connection: &Connection,
    id: &EntryId,
    number: i64,
    at: Timestamp,
    kind: StepKind,
    said: &Said,
    found: Option<&Values>,
) -> Result<(), Error> {
    connection
        .prepare_cached(
            "INSERT INTO steps (entry, number, at, kind, words, reason, about, found) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )
        .and_then(|mut insert| {
            insert.execute(params![
                id.0,
                number,
                millis(at),
                kind.word(),
                said.words,
                said.reason.map(Reason::word),
                said.about,
                found.map(to_json),
            ])
        })
        .map_err(Error::sql)?;
    Ok(())
}

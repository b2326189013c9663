//! The file, and the only ways to write to it.

use std::{
    path::Path,
    str::FromStr,
    sync::{Mutex, MutexGuard, PoisonError},
};

use commerce::{Change, ProductId, Subject};
use database::{Connection, Durability, M, Migrations, OptionalExtension as _, Row, params};
use jiff::Timestamp;

use crate::{Entry, EntryId, JobId, NewJob, SendKind, State, Step, StepKind};

const COLUMNS: &str = "entries.id, entries.job, jobs.at, jobs.who, entries.change, entries.made_id, \
     entries.kind, entries.state, entries.state_at, entries.store_words, \
     entries.undoes, entries.undone_by";

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
    /// No such entry.
    #[error("there is no such entry")]
    Gone,
}

impl Error {
    fn sql(error: impl Into<database::Error>) -> Self {
        Self::File(error.into())
    }
}

/// Which entries to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// All.
    All,
    /// Those a person has to decide about.
    ToLookAt,
    /// Those that wait, are being sent, or have an unknown fate.
    OnTheWay,
    /// Those that were put back.
    Undone,
}

/// How many entries there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All.
    pub all: u32,
    /// To look at.
    pub to_look_at: u32,
    /// On the way.
    pub on_the_way: u32,
    /// Undone.
    pub undone: u32,
}

/// One store's journal.
pub struct Journal {
    connection: Mutex<Connection>,
}

impl Journal {
    /// Opens the journal at `path`, made if it isn't there.
    ///
    /// # Errors
    /// As [`database::open`]. A damaged journal is never replaced.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let migrations = Migrations::new(vec![M::up(include_str!("schema.sql"))]);
        let connection = database::open(path, &migrations, Durability::PowerCut)?;
        Ok(Self {
            connection: Mutex::new(connection),
        })
    }

    /// Writes a job down with all its entries, each `waiting`. On the disk when this returns.
    ///
    /// # Errors
    /// [`Error::File`]; then nothing of the job was written.
    pub fn write(&self, job: &NewJob) -> Result<(), Error> {
        let mut connection = self.lock();
        let transaction = connection.transaction().map_err(Error::sql)?;
        transaction
            .execute(
                "INSERT INTO jobs (id, at, who, digest) VALUES (?1, ?2, ?3, ?4)",
                params![job.id.0, millis(job.at), job.who, job.digest],
            )
            .map_err(Error::sql)?;
        for entry in &job.entries {
            transaction
                .execute(
                    "INSERT INTO entries (id, job, subject, subject_id, change, kind, state, \
                     state_at, store_words, undoes) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, '', ?9)",
                    params![
                        entry.id.0,
                        job.id.0,
                        subject_word(entry.change.subject()),
                        subject_number(entry.change.subject()),
                        to_json(&entry.change),
                        kind_word(entry.kind),
                        State::Waiting.word(),
                        millis(job.at),
                        entry.undoes.as_ref().map(|id| &id.0),
                    ],
                )
                .map_err(Error::sql)?;
            add_step(&transaction, &entry.id, job.at, StepKind::Written, "")?;
        }
        transaction.commit().map_err(Error::sql)
    }

    /// Moves an entry and says why, in one transaction. On the disk when this returns.
    ///
    /// When an entry that undoes another becomes done, the other is marked as undone with it.
    ///
    /// # Errors
    /// [`Error::Moved`] if the entry may not go there from where it is, [`Error::Gone`],
    /// [`Error::File`]; then nothing was written.
    pub fn advance(
        &self,
        id: &EntryId,
        to: State,
        at: Timestamp,
        kind: StepKind,
        words: &str,
    ) -> Result<(), Error> {
        self.advance_and_keep(id, to, at, kind, words, None)
    }

    /// As [`Journal::advance`], and keeps the number the store gave to the product that was made.
    ///
    /// # Errors
    /// As [`Journal::advance`].
    pub fn advance_made(
        &self,
        id: &EntryId,
        to: State,
        at: Timestamp,
        kind: StepKind,
        words: &str,
        made: ProductId,
    ) -> Result<(), Error> {
        self.advance_and_keep(id, to, at, kind, words, Some(made))
    }

    fn advance_and_keep(
        &self,
        id: &EntryId,
        to: State,
        at: Timestamp,
        kind: StepKind,
        words: &str,
        made: Option<ProductId>,
    ) -> Result<(), Error> {
        let mut connection = self.lock();
        let transaction = connection.transaction().map_err(Error::sql)?;
        let (from, undoes): (String, Option<String>) = transaction
            .query_row(
                "SELECT state, undoes FROM entries WHERE id = ?1",
                [&id.0],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()
            .map_err(Error::sql)?
            .ok_or(Error::Gone)?;
        let from = parse::<State>(&from)?;
        if !from.may_become(to) {
            return Err(Error::Moved {
                found: from.word(),
                wanted: to.word(),
            });
        }
        let store_words = match kind {
            StepKind::StoreRefused | StepKind::StoreDone => words,
            _ => "",
        };
        transaction
            .execute(
                "UPDATE entries SET state = ?2, state_at = ?3, store_words = ?4, \
                 made_id = coalesce(?5, made_id) WHERE id = ?1",
                params![
                    id.0,
                    to.word(),
                    millis(at),
                    store_words,
                    made.map(|id| id.0.cast_signed()),
                ],
            )
            .map_err(Error::sql)?;
        add_step(&transaction, id, at, kind, words)?;
        if let (true, Some(undone)) = (to.is_done(), undoes) {
            let undone = EntryId(undone);
            transaction
                .execute(
                    "UPDATE entries SET undone_by = ?2 WHERE id = ?1",
                    params![undone.0, id.0],
                )
                .map_err(Error::sql)?;
            add_step(&transaction, &undone, at, StepKind::Undone, "")?;
        }
        transaction.commit().map_err(Error::sql)
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
        add_step(&self.lock(), id, at, kind, words)
    }

    /// One entry.
    ///
    /// # Errors
    /// [`Error::Gone`], [`Error::File`].
    pub fn entry(&self, id: &EntryId) -> Result<Entry, Error> {
        let found = self.select("WHERE entries.id = ?1", &id.0)?;
        found.into_iter().next().ok_or(Error::Gone)
    }

    /// The way an entry has come, oldest step first.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn steps(&self, id: &EntryId) -> Result<Vec<Step>, Error> {
        let connection = self.lock();
        let mut statement = connection
            .prepare_cached("SELECT at, kind, words FROM steps WHERE entry = ?1 ORDER BY number")
            .map_err(Error::sql)?;
        let rows = statement
            .query_map([&id.0], |row| {
                Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?))
            })
            .map_err(Error::sql)?;
        rows.map(|row| {
            let (at, kind, words) = row.map_err(Error::sql)?;
            Ok(Step {
                at: timestamp(at)?,
                kind: parse(&kind)?,
                words,
            })
        })
        .collect()
    }

    /// Entries in `state`, in the order they were confirmed.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn in_state(&self, state: State) -> Result<Vec<Entry>, Error> {
        self.select(
            "WHERE entries.state = ?1 ORDER BY entries.number",
            state.word(),
        )
    }

    /// The next entry to send: the one confirmed first of those that wait.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn next_waiting(&self) -> Result<Option<Entry>, Error> {
        let found = self.select(
            "WHERE entries.state = ?1 ORDER BY entries.number LIMIT 1",
            State::Waiting.word(),
        )?;
        Ok(found.into_iter().next())
    }

    /// Entries that may still reach the store, or may have reached it.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn on_the_way(&self) -> Result<Vec<Entry>, Error> {
        self.select(
            &format!("WHERE {} AND ?1 = ?1 ORDER BY entries.number", on_the_way()),
            "",
        )
    }

    /// Entries that ended otherwise than wanted, and that nothing was done about since: no later
    /// change of the same thing.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn left_open(&self) -> Result<Vec<Entry>, Error> {
        let rest = format!(
            "WHERE {} AND NOT {} AND ?1 = ?1 AND NOT EXISTS (SELECT 1 FROM entries AS later \
             WHERE later.subject = entries.subject AND \
             later.subject_id = entries.subject_id AND later.number > entries.number) \
             ORDER BY entries.number",
            states(State::wants_a_look),
            on_the_way(),
        );
        self.select(&rest, "")
    }

    /// Everything that was ever changed about a thing, newest first; for a product that was made
    /// from here, its making too.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn about(&self, subject: Subject) -> Result<Vec<Entry>, Error> {
        let made = match subject {
            Subject::Product(_) => "entries.made_id = ?1 OR ",
            Subject::Order(_) | Subject::NewProduct => "",
        };
        self.select(
            &format!(
                "WHERE {made}(entries.subject = '{}' AND entries.subject_id IS ?1) \
                 ORDER BY entries.number DESC",
                subject_word(subject),
            ),
            subject_number(subject),
        )
    }

    /// Ids of the entries of a job, in order.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn of_job(&self, job: &JobId) -> Result<Vec<Entry>, Error> {
        self.select("WHERE entries.job = ?1 ORDER BY entries.number", &job.0)
    }

    /// Ids of entries, newest first.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn ids(&self, filter: Filter) -> Result<Vec<EntryId>, Error> {
        let connection = self.lock();
        let mut statement = connection
            .prepare(&format!(
                "SELECT id FROM entries WHERE {} ORDER BY number DESC",
                condition(filter)
            ))
            .map_err(Error::sql)?;
        let rows = statement
            .query_map([], |row| row.get(0).map(EntryId))
            .map_err(Error::sql)?;
        rows.map(|row| row.map_err(Error::sql)).collect()
    }

    /// How many entries there are of each kind.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn counts(&self) -> Result<Counts, Error> {
        self.lock()
            .query_row(
                &format!(
                    "SELECT count(*), count(*) FILTER (WHERE {}), count(*) FILTER (WHERE {}), \
                     count(*) FILTER (WHERE {}) FROM entries",
                    condition(Filter::ToLookAt),
                    condition(Filter::OnTheWay),
                    condition(Filter::Undone),
                ),
                [],
                |row| {
                    Ok(Counts {
                        all: row.get(0)?,
                        to_look_at: row.get(1)?,
                        on_the_way: row.get(2)?,
                        undone: row.get(3)?,
                    })
                },
            )
            .map_err(Error::sql)
    }

    fn select(&self, rest: &str, parameter: impl database::ToSql) -> Result<Vec<Entry>, Error> {
        let connection = self.lock();
        let mut statement = connection
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM entries JOIN jobs ON jobs.id = entries.job {rest}"
            ))
            .map_err(Error::sql)?;
        let rows = statement
            .query_map([parameter], |row| Ok(read_entry(row)))
            .map_err(Error::sql)?;
        rows.map(|row| row.map_err(Error::sql)?).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        // A panic in between leaves SQLite's own transaction to be rolled back, so the connection
        // is sound.
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

fn add_step(
    connection: &Connection,
    id: &EntryId,
    at: Timestamp,
    kind: StepKind,
    words: &str,
) -> Result<(), Error> {
    connection
        .execute(
            "INSERT INTO steps (entry, at, kind, words) VALUES (?1, ?2, ?3, ?4)",
            params![id.0, millis(at), kind.word(), words],
        )
        .map_err(Error::sql)?;
    Ok(())
}

fn condition(filter: Filter) -> String {
    match filter {
        Filter::All => "1".to_owned(),
        Filter::ToLookAt => states(State::wants_a_look),
        Filter::OnTheWay => on_the_way(),
        Filter::Undone => "entries.undone_by IS NOT NULL".to_owned(),
    }
}

fn on_the_way() -> String {
    states(State::is_on_the_way)
}

fn states(matches: fn(State) -> bool) -> String {
    let words: Vec<String> = State::ALL
        .iter()
        .filter(|state| matches(**state))
        .map(|state| format!("'{}'", state.word()))
        .collect();
    format!("entries.state IN ({})", words.join(", "))
}

fn read_entry(row: &Row<'_>) -> Result<Entry, Error> {
    let text = |at: usize| row.get::<_, String>(at).map_err(Error::sql);
    let number = |at: usize| row.get::<_, i64>(at).map_err(Error::sql);
    let maybe = |at: usize| {
        row.get::<_, Option<String>>(at)
            .map(|id| id.map(EntryId))
            .map_err(Error::sql)
    };
    Ok(Entry {
        id: EntryId(text(0)?),
        job: JobId(text(1)?),
        at: timestamp(number(2)?)?,
        who: text(3)?,
        change: from_json(&text(4)?)?,
        made: row
            .get::<_, Option<i64>>(5)
            .map_err(Error::sql)?
            .map(|id| ProductId(id.cast_unsigned())),
        kind: if text(6)? == kind_word(SendKind::Once) {
            SendKind::Once
        } else {
            SendKind::Idempotent
        },
        state: parse(&text(7)?)?,
        state_at: timestamp(number(8)?)?,
        store_words: text(9)?,
        undoes: maybe(10)?,
        undone_by: maybe(11)?,
    })
}

const fn kind_word(kind: SendKind) -> &'static str {
    match kind {
        SendKind::Idempotent => "idempotent",
        SendKind::Once => "once",
    }
}

fn millis(at: Timestamp) -> i64 {
    at.as_millisecond()
}

fn timestamp(millis: i64) -> Result<Timestamp, Error> {
    Timestamp::from_millisecond(millis).map_err(|_| database::Error::Damaged.into())
}

fn parse<T: FromStr>(word: &str) -> Result<T, Error> {
    word.parse().map_err(|_| database::Error::Damaged.into())
}

const fn subject_word(subject: Subject) -> &'static str {
    match subject {
        Subject::Order(_) => "order",
        Subject::Product(_) => "product",
        Subject::NewProduct => "new-product",
    }
}

fn subject_number(subject: Subject) -> Option<i64> {
    match subject {
        Subject::Order(id) => Some(id.0.cast_signed()),
        Subject::Product(id) => Some(id.0.cast_signed()),
        Subject::NewProduct => None,
    }
}

fn to_json(change: &Change) -> String {
    serde_json::to_string(change).expect("numbers and texts always have a JSON form")
}

fn from_json(text: &str) -> Result<Change, Error> {
    serde_json::from_str(text).map_err(|_| database::Error::Damaged.into())
}

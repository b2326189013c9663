//! Looking into the journal. Nothing here waits for what is being written.

use commerce::{Field, Subject};
use database::{Connection, OptionalExtension as _, ToSql, params, params_from_iter};

use crate::{
    Entry, EntryId, Error, JobId, Journal, Said, State, Step, StepKind,
    row::{
        COLUMNS, from_json, parse, read_entry, subject_number, subject_word, timestamp, to_json,
    },
};

/// Which entries to list, by how far they have come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// All.
    #[default]
    All,
    /// Those a person has to decide about.
    ToLookAt,
    /// Those that wait, are being sent, or have an unknown fate.
    OnTheWay,
    /// Those that were put back.
    Undone,
}

/// Which entries to list. All conditions have to hold together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// How far they have come.
    pub filter: Filter,
    /// Words that all stand in the thing's number, its name, or a value before or after. Letter
    /// case doesn't count. Empty for any.
    pub search: String,
    /// Of this job only.
    pub job: Option<JobId>,
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

impl Journal {
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
        let connection = self.reader();
        let mut statement = connection
            .prepare_cached(
                "SELECT at, kind, words, reason, about, found FROM steps WHERE entry = ?1 ORDER BY number",
            )
            .map_err(Error::sql)?;
        let rows = statement
            .query_map([&id.0], |row| {
                Ok((
                    row.get(0)?,
                    row.get::<_, String>(1)?,
                    row.get(2)?,
                    row.get::<_, Option<String>>(3)?,
                    row.get(4)?,
                    row.get::<_, Option<String>>(5)?,
                ))
            })
            .map_err(Error::sql)?;
        rows.map(|row| {
            let (at, kind, words, reason, about, found) = row.map_err(Error::sql)?;
            let reason = reason.map(|word| parse(&word)).transpose()?;
            Ok(Step {
                at: timestamp(at)?,
                kind: parse(&kind)?,
                said: Said {
                    reason,
                    about,
                    words,
                },
                found: found.map(|json| from_json(&json)).transpose()?,
            })
        })
        .collect()
    }

    /// Whether the entry was sent once and no answer came.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn was_lost(&self, id: &EntryId) -> Result<bool, Error> {
        was_lost(&self.reader(), id)
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

    /// Whether the entry, or one that it tries again, was sent without an answer; if so, the fields that
    /// went out then.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn lost_before(&self, id: &EntryId) -> Result<Option<Vec<Field>>, Error> {
        let connection = self.reader();
        let mut select = connection
            .prepare_cached(
                "WITH RECURSIVE tries (id, sent, retries) AS (\
                 SELECT id, sent, retries FROM entries WHERE id = ?1 UNION \
                 SELECT entries.id, entries.sent, entries.retries FROM entries \
                 JOIN tries ON entries.id = tries.retries) \
                 SELECT sent FROM tries WHERE EXISTS \
                 (SELECT 1 FROM steps WHERE entry = tries.id AND kind = ?2)",
            )
            .map_err(Error::sql)?;
        let rows = select
            .query_map(params![id.0, StepKind::NoAnswer.word()], |row| {
                row.get::<_, Option<String>>(0)
            })
            .map_err(Error::sql)?;
        let mut lost: Option<Vec<Field>> = None;
        for row in rows {
            let sent = row.map_err(Error::sql)?;
            let fields: Vec<Field> = sent
                .map(|json| from_json(&json))
                .transpose()?
                .unwrap_or_default();
            lost.get_or_insert_default().extend(fields);
        }
        Ok(lost)
    }

    /// The next entry to send: the one confirmed first of those that wait, whose job is neither held
    /// nor stopped, and of whose thing nothing is of unknown fate.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn next_waiting(&self) -> Result<Option<Entry>, Error> {
        Ok(self.next_waiting_up_to(1, &[])?.into_iter().next())
    }

    /// The next entries to send, in order, at most `limit`: none of those `but_for`, nor another change of
    /// the same things, unless the one that fails is in a job that is held or stopped: that may take for ever.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn next_waiting_up_to(&self, limit: u32, but_for: &[EntryId]) -> Result<Vec<Entry>, Error> {
        if but_for.is_empty() {
            return self.select(
                &format!("{} ORDER BY entries.number LIMIT ?1", may_be_sent()),
                limit,
            );
        }
        let rest = format!(
            "{} AND NOT EXISTS (SELECT 1 FROM entries AS aside JOIN jobs AS its ON its.id = aside.job \
             WHERE aside.id IN (SELECT value FROM json_each(?2)) AND (aside.id = entries.id OR \
             (aside.subject = entries.subject AND aside.subject_id = entries.subject_id \
             AND its.held_at IS NULL AND its.stopped_at IS NULL))) ORDER BY entries.number LIMIT ?1",
            may_be_sent()
        );
        self.select_with(&rest, &[&limit, &to_json(&but_for)])
    }

    /// Those of these entries that may be sent, in the order they were confirmed.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn waiting_among(&self, ids: &[EntryId]) -> Result<Vec<Entry>, Error> {
        self.select(
            &format!(
                "{} AND entries.id IN (SELECT value FROM json_each(?1)) ORDER BY entries.number",
                may_be_sent()
            ),
            to_json(&ids),
        )
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

    /// Products that are yet to be made, or are being made, in the order they were confirmed. They are in no list.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn to_be_made(&self) -> Result<Vec<Entry>, Error> {
        self.select(
            &format!(
                "WHERE entries.subject = ?1 AND {} ORDER BY entries.number",
                on_the_way()
            ),
            subject_word(Subject::NewProduct),
        )
    }

    /// Whether anything may still reach the store, or may have reached it.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn has_anything_on_the_way(&self) -> Result<bool, Error> {
        self.reader()
            .prepare_cached(&format!(
                "SELECT EXISTS (SELECT 1 FROM entries WHERE {})",
                on_the_way()
            ))
            .and_then(|mut select| select.query_row([], |row| row.get(0)))
            .map_err(Error::sql)
    }

    /// What concerns these things and isn't over: on its way, or ended otherwise than wanted with
    /// no later change of the same thing. In the order they were confirmed.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn open_about(&self, subjects: &[Subject]) -> Result<Vec<Entry>, Error> {
        let rest = format!(
            "WHERE entries.subject = ?1 AND entries.subject_id = ?2 AND ({} OR ({} AND NOT EXISTS \
             (SELECT 1 FROM entries AS later WHERE later.subject = entries.subject AND \
             later.subject_id = entries.subject_id AND later.number > entries.number))) \
             ORDER BY entries.number",
            on_the_way(),
            states(State::wants_a_look),
        );
        let mut found = Vec::new();
        for subject in subjects {
            let (word, number) = (subject_word(*subject), subject_number(*subject));
            found.extend(self.select_with(&rest, &[&word, &number])?);
        }
        Ok(found)
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

    /// The entries of a job, in order.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn of_job(&self, job: &JobId) -> Result<Vec<Entry>, Error> {
        self.select(&format!("WHERE {IN_JOB} ORDER BY entries.number"), &job.0)
    }

    /// Ids of entries, newest first.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn ids(&self, query: &Query) -> Result<Vec<EntryId>, Error> {
        let mut conditions = vec![condition(query.filter)];
        let mut values = Vec::new();
        if let Some(job) = &query.job {
            values.push(job.0.clone());
            conditions.push(IN_JOB.to_owned());
        }
        for word in query.search.split_whitespace() {
            // What a person types is no pattern.
            values.push(word.to_lowercase());
            conditions.push(format!("instr(entries.search, ?{}) > 0", values.len()));
        }
        let connection = self.reader();
        let mut statement = connection
            .prepare(&format!(
                "SELECT id FROM entries WHERE {} ORDER BY number DESC",
                conditions.join(" AND ")
            ))
            .map_err(Error::sql)?;
        let rows = statement
            .query_map(params_from_iter(values), |row| row.get(0).map(EntryId))
            .map_err(Error::sql)?;
        rows.map(|row| row.map_err(Error::sql)).collect()
    }

    /// How many entries there are of each kind.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn counts(&self) -> Result<Counts, Error> {
        let connection = self.reader();
        // The index alone answers this, however long the entries are.
        let mut statement = connection
            .prepare_cached("SELECT state, count(*) FROM entries GROUP BY state")
            .map_err(Error::sql)?;
        let rows = statement
            .query_map([], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, u32>(1)?))
            })
            .map_err(Error::sql)?;
        let mut counts = Counts::default();
        for row in rows {
            let (state, count) = row.map_err(Error::sql)?;
            let state: State = parse(&state)?;
            counts.all += count;
            counts.to_look_at += if state.wants_a_look() { count } else { 0 };
            counts.on_the_way += if state.is_on_the_way() { count } else { 0 };
        }
        counts.undone = connection
            .prepare_cached("SELECT count(*) FROM entries WHERE undone_by IS NOT NULL")
            .and_then(|mut select| select.query_row(params![], |row| row.get(0)).optional())
            .map_err(Error::sql)?
            .unwrap_or_default();
        // Of what was taken in part and put back, nothing is left to look at.
        let put_back: u32 = connection
            .prepare_cached(&format!(
                "SELECT count(*) FROM entries WHERE undone_by IS NOT NULL AND {}",
                states(State::wants_a_look)
            ))
            .and_then(|mut select| select.query_row(params![], |row| row.get(0)))
            .map_err(Error::sql)?;
        counts.to_look_at -= put_back;
        Ok(counts)
    }

    pub(crate) fn select(&self, rest: &str, parameter: impl ToSql) -> Result<Vec<Entry>, Error> {
        self.select_with(rest, &[&parameter])
    }

    fn select_with(&self, rest: &str, parameters: &[&dyn ToSql]) -> Result<Vec<Entry>, Error> {
        let connection = self.reader();
        let mut statement = connection
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM entries JOIN jobs ON jobs.id = entries.job {rest}"
            ))
            .map_err(Error::sql)?;
        let rows = statement
            .query_map(parameters, |row| Ok(read_entry(row)))
            .map_err(Error::sql)?;
        rows.map(|row| row.map_err(Error::sql)?).collect()
    }
}

/// Of the job ?1. Its entries were written together, so they are found by their numbers alone.
pub(crate) const IN_JOB: &str = "entries.number BETWEEN (SELECT first FROM jobs AS its WHERE its.id = ?1) \
     AND (SELECT first + size - 1 FROM jobs AS its WHERE its.id = ?1)";

/// It waits, nobody holds its job, and nothing of its thing is of unknown fate: what that was would
/// be hard to tell with another change on top.
fn may_be_sent() -> String {
    format!(
        "WHERE entries.state = '{}' AND jobs.held_at IS NULL AND jobs.stopped_at IS NULL \
         AND NOT EXISTS (SELECT 1 FROM entries AS open WHERE open.state = '{}' \
         AND open.subject = entries.subject AND open.subject_id = entries.subject_id)",
        State::Waiting.word(),
        State::Unknown.word()
    )
}

fn condition(filter: Filter) -> String {
    match filter {
        Filter::All => "1".to_owned(),
        Filter::ToLookAt => {
            let wants_a_look = states(State::wants_a_look);
            format!("({wants_a_look} AND entries.undone_by IS NULL)")
        }
        Filter::OnTheWay => on_the_way(),
        Filter::Undone => "entries.undone_by IS NOT NULL".to_owned(),
    }
}

fn on_the_way() -> String {
    states(State::is_on_the_way)
}

pub(crate) fn states(matches: fn(State) -> bool) -> String {
    let words: Vec<String> = State::ALL
        .iter()
        .filter(|state| matches(**state))
        .map(|state| format!("'{}'", state.word()))
        .collect();
    format!("entries.state IN ({})", words.join(", "))
}

pub(crate) fn was_lost(connection: &Connection, id: &EntryId) -> Result<bool, Error> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM steps WHERE entry = ?1 AND kind = ?2)")
        .and_then(|mut select| {
            select.query_row(params![id.0, StepKind::NoAnswer.word()], |row| row.get(0))
        })
        .map_err(Error::sql)
}

//! Jobs: how they stand, holding them, and giving up what is left of them.

use commerce::Scope;
use database::{OptionalExtension as _, params};
use jiff::Timestamp;

use crate::{
    Entry, EntryId, Error, Job, JobId, Journal, Reason, Said, State,
    giving_up::give_up,
    read::{IN_JOB, states},
    row::{COLUMNS, millis, parse, read_entry, timestamp, to_json},
};

impl Journal {
    /// How a job stands.
    ///
    /// # Errors
    /// [`Error::Gone`], [`Error::File`].
    pub fn job(&self, id: &JobId) -> Result<Job, Error> {
        let connection = self.reader();
        let row = connection
            .prepare_cached(
                "SELECT at, who, size, held_at, stopped_at, held_because, held_reason, held_about \
                 FROM jobs WHERE id = ?1",
            )
            .and_then(|mut select| {
                select
                    .query_row([&id.0], |row| {
                        Ok((
                            row.get::<_, i64>(0)?,
                            row.get(1)?,
                            row.get(2)?,
                            row.get::<_, Option<i64>>(3)?,
                            row.get::<_, Option<i64>>(4)?,
                            row.get(5)?,
                            row.get::<_, Option<String>>(6)?,
                            row.get(7)?,
                        ))
                    })
                    .optional()
            })
            .map_err(Error::sql)?;
        let (at, who, size, held_at, stopped_at, words, reason, about) = row.ok_or(Error::Gone)?;
        let reason = reason.map(|word| parse(&word)).transpose()?;
        let mut job = Job {
            id: id.clone(),
            at: timestamp(at)?,
            who,
            size,
            held_at: held_at.map(timestamp).transpose()?,
            held_because: Said {
                reason,
                about,
                words,
            },
            stopped_at: stopped_at.map(timestamp).transpose()?,
            products_left: 0,
            waiting: 0,
            under_way: 0,
            done: 0,
            to_put_back: 0,
            to_look_at: 0,
            dropped: 0,
        };
        let mut counts = connection
            .prepare_cached(&format!(
                "SELECT state, count(*) FROM entries INDEXED BY entries_by_state \
                 WHERE {} AND {IN_JOB} GROUP BY state",
                states(|_| true)
            ))
            .map_err(Error::sql)?;
        let rows = counts
            .query_map([&id.0], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, u32>(1)?))
            })
            .map_err(Error::sql)?;
        for row in rows {
            let (state, count) = row.map_err(Error::sql)?;
            *match parse::<State>(&state)? {
                State::Waiting => &mut job.waiting,
                State::Sending | State::Unknown => &mut job.under_way,
                State::Done | State::DoneFound | State::AlreadySo => &mut job.done,
                State::Refused | State::Conflict | State::NotApplied | State::Unclear => {
                    &mut job.to_look_at
                }
                State::Dropped | State::LeftAsItWas => &mut job.dropped,
            } += count;
        }
        // A change begins with what it is, and is not read any further for it: a job is looked at often.
        job.products_left = connection
            .prepare_cached(&format!(
                "SELECT count(*) FROM entries INDEXED BY entries_by_state WHERE {IN_JOB} AND {} \
                 AND change GLOB '{{\"what\":\"product\",*'",
                states(State::is_on_the_way)
            ))
            .and_then(|mut select| select.query_row([&id.0], |row| row.get(0)))
            .map_err(Error::sql)?;
        // As `Entry::can_be_undone` says of each.
        job.to_put_back = connection
            .prepare_cached(&format!(
                "SELECT count(*) FROM entries WHERE {IN_JOB} AND undone_by IS NULL \
                 AND erased_at IS NULL AND change ->> '$.what' <> 'delete_product' \
                 AND ({} OR taken IS NOT NULL)",
                states(State::may_be_ours)
            ))
            .and_then(|mut select| select.query_row([&id.0], |row| row.get(0)))
            .map_err(Error::sql)?;
        Ok(job)
    }

    /// Jobs of which something is still on its way, oldest first.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn open_jobs(&self) -> Result<Vec<Job>, Error> {
        let ids: Vec<JobId> = {
            let connection = self.reader();
            let mut select = connection.prepare_cached(&open()).map_err(Error::sql)?;
            let rows = select
                .query_map([], |row| row.get(0).map(JobId))
                .map_err(Error::sql)?;
            rows.collect::<Result<_, _>>().map_err(Error::sql)?
        };
        ids.iter().map(|id| self.job(id)).collect()
    }

    /// Holds a job: nothing more of it is sent until it is let go. What is under way ends.
    ///
    /// # Errors
    /// [`Error::Gone`], [`Error::File`].
    pub fn hold(&self, id: &JobId, at: Timestamp) -> Result<(), Error> {
        self.set_held(id, Some(millis(at)))
    }

    /// The same, not by the person but because of what the store said. One that is held stays as it is.
    ///
    /// # Errors
    /// [`Error::Gone`], [`Error::File`].
    pub fn hold_because(&self, id: &JobId, at: Timestamp, said: &Said) -> Result<(), Error> {
        self.hold_unless_held(id, at, said, None)
    }

    /// The same for want of a scope, until the token has it; see [`Journal::let_go_but_for`].
    ///
    /// # Errors
    /// [`Error::Gone`], [`Error::File`].
    pub fn hold_for(
        &self,
        id: &JobId,
        at: Timestamp,
        scope: Scope,
        said: &Said,
    ) -> Result<(), Error> {
        self.hold_unless_held(id, at, said, Some(scope))
    }

    /// Lets a held job go on.
    ///
    /// # Errors
    /// [`Error::Gone`], [`Error::File`].
    pub fn let_go(&self, id: &JobId) -> Result<(), Error> {
        self.set_held(id, None)
    }

    /// Lets those go on that are held for want of a scope, but for these. Whether there was any.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn let_go_but_for(&self, lacks: &[Scope]) -> Result<bool, Error> {
        let lacks: Vec<String> = lacks.iter().map(to_json).collect();
        let let_go = self
            .writer()
            .execute(
                "UPDATE jobs SET held_at = NULL, held_because = '', held_for = NULL, \
                 held_reason = NULL, held_about = '' WHERE held_for IS NOT NULL \
                 AND held_for NOT IN (SELECT value FROM json_each(?1))",
                [to_json(&lacks)],
            )
            .map_err(Error::sql)?;
        Ok(let_go > 0)
    }

    /// A person's hold is theirs to end, so it is not made into one of ours.
    fn hold_unless_held(
        &self,
        id: &JobId,
        at: Timestamp,
        said: &Said,
        scope: Option<Scope>,
    ) -> Result<(), Error> {
        self.writer()
            .execute(
                "UPDATE jobs SET held_at = ?2, held_because = ?3, held_for = ?4, \
                 held_reason = ?5, held_about = ?6 WHERE id = ?1 AND held_at IS NULL",
                params![
                    id.0,
                    millis(at),
                    said.words,
                    scope.as_ref().map(to_json),
                    said.reason.map(Reason::word),
                    said.about
                ],
            )
            .map(drop)
            .map_err(Error::sql)
    }

    fn set_held(&self, id: &JobId, at: Option<i64>) -> Result<(), Error> {
        let found = self
            .writer()
            .execute(
                "UPDATE jobs SET held_at = ?2, held_because = '', held_for = NULL, \
                 held_reason = NULL, held_about = '' WHERE id = ?1",
                params![id.0, at],
            )
            .map_err(Error::sql)?;
        if found == 0 { Err(Error::Gone) } else { Ok(()) }
    }

    /// Whether the person holds a job, or has stopped it.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn is_held(&self, id: &JobId) -> Result<bool, Error> {
        self.reader()
            .prepare_cached(
                "SELECT held_at IS NOT NULL OR stopped_at IS NOT NULL FROM jobs WHERE id = ?1",
            )
            .and_then(|mut select| select.query_row([&id.0], |row| row.get(0)).optional())
            .map(Option::unwrap_or_default)
            .map_err(Error::sql)
    }

    /// Stops a job for good: what of it waits is given up, in one transaction, and given here. What is
    /// under way may still come to wait again; see [`Journal::stopped_and_waiting`].
    ///
    /// # Errors
    /// [`Error::Gone`], [`Error::File`]; then nothing was written.
    pub fn stop(&self, id: &JobId, at: Timestamp) -> Result<Vec<Entry>, Error> {
        let mut connection = self.writer();
        let transaction = connection.transaction().map_err(Error::sql)?;
        let found = transaction
            .execute(
                "UPDATE jobs SET stopped_at = ?2 WHERE id = ?1",
                params![id.0, millis(at)],
            )
            .map_err(Error::sql)?;
        if found == 0 {
            return Err(Error::Gone);
        }
        let waiting = {
            let mut select = transaction
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM entries JOIN jobs ON jobs.id = entries.job \
                     WHERE {IN_JOB} AND entries.state = '{}' ORDER BY entries.number",
                    State::Waiting.word()
                ))
                .map_err(Error::sql)?;
            let rows = select
                .query_map([&id.0], |row| Ok(read_entry(row)))
                .map_err(Error::sql)?;
            rows.map(|row| row.map_err(Error::sql)?)
                .collect::<Result<Vec<_>, Error>>()?
        };
        for entry in &waiting {
            give_up(&transaction, &entry.id, at)?;
        }
        transaction.commit().map_err(Error::sql)?;
        Ok(waiting)
    }

    /// Entries of stopped jobs that came to wait again after the stop.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn stopped_and_waiting(&self) -> Result<Vec<Entry>, Error> {
        self.select(
            "WHERE entries.state = ?1 AND jobs.stopped_at IS NOT NULL ORDER BY entries.number",
            State::Waiting.word(),
        )
    }

    /// Ids of the entries of a job in these states, last one first.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn ids_of_job(
        &self,
        id: &JobId,
        matches: fn(State) -> bool,
    ) -> Result<Vec<EntryId>, Error> {
        self.ids_of_job_where(id, &states(matches))
    }

    /// Ids of those entries of a job that the store has, or has a part of, last one first.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn done_of_job(&self, id: &JobId) -> Result<Vec<EntryId>, Error> {
        let done = states(State::is_done);
        self.ids_of_job_where(id, &format!("({done} OR entries.taken IS NOT NULL)"))
    }

    fn ids_of_job_where(&self, id: &JobId, condition: &str) -> Result<Vec<EntryId>, Error> {
        let connection = self.reader();
        let mut select = connection
            .prepare(&format!(
                "SELECT id FROM entries WHERE {IN_JOB} AND {condition} ORDER BY number DESC"
            ))
            .map_err(Error::sql)?;
        let rows = select
            .query_map([&id.0], |row| row.get(0).map(EntryId))
            .map_err(Error::sql)?;
        rows.map(|row| row.map_err(Error::sql)).collect()
    }
}

/// From what is on its way, which is little, to its jobs: of those there are ever more.
fn open() -> String {
    format!(
        "SELECT id FROM jobs WHERE id IN (SELECT job FROM entries WHERE {}) ORDER BY at, id",
        states(State::is_on_the_way)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_that_are_over_are_not_looked_through_for_those_that_are_open() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::open(&folder.path().join("journal.sqlite")).unwrap();
        let reader = journal.reader();
        let mut explain = reader
            .prepare(&format!("EXPLAIN QUERY PLAN {}", open()))
            .unwrap();
        let steps = explain.query_map([], |row| row.get("detail")).unwrap();
        let steps: Vec<String> = steps.map(|step| step.unwrap()).collect();
        let searches = |table: &str| {
            let search = format!("SEARCH {table} ");
            steps.iter().any(|step| step.starts_with(&search))
        };
        assert!(searches("jobs") && searches("entries"), "{steps:?}");
        let scans = |step: &String| step.starts_with("SCAN");
        assert!(!steps.iter().any(scans), "{steps:?}");
    }
}

//! Table `draft`: what was typed and not yet applied.

use database::{OptionalExtension, Row, params};
use jiff::Timestamp;
use serde_json::Value;

use crate::{Desk, Error, ProfileKey, Result, error::points_nowhere};

pub(crate) const TABLE: &str = "
CREATE TABLE draft (
    store   TEXT NOT NULL REFERENCES profile (key) ON DELETE CASCADE,
    subject TEXT NOT NULL,
    body    TEXT NOT NULL,
    at      TEXT NOT NULL,
    PRIMARY KEY (store, subject)
) STRICT;
";

/// What was typed and not yet applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// What it is about, in the caller's words: `order/118/staff-notes`.
    pub subject: String,
    /// What was typed.
    pub body: Value,
    /// When it was last typed at.
    pub at: Timestamp,
}

impl Desk {
    /// The draft about `subject`.
    ///
    /// # Errors
    /// [`Error::Damaged`] if it can't be understood.
    pub fn draft(&self, store: &ProfileKey, subject: &str) -> Result<Option<Draft>> {
        self.connection()
            .prepare_cached("SELECT * FROM draft WHERE store = ?1 AND subject = ?2")?
            .query_row([store.as_str(), subject], |row| Ok(read(row)))
            .optional()?
            .transpose()
    }

    /// All drafts of a store, the latest first.
    ///
    /// # Errors
    /// [`Error::Damaged`] if one can't be understood.
    pub fn drafts(&self, store: &ProfileKey) -> Result<Vec<Draft>> {
        let connection = self.connection();
        let mut statement =
            connection.prepare_cached("SELECT * FROM draft WHERE store = ?1 ORDER BY subject")?;
        let rows = statement.query_map([store.as_str()], |row| Ok(read(row)))?;
        let mut drafts: Vec<Draft> = rows.map(|row| row?).collect::<Result<_>>()?;
        drafts.sort_by_key(|draft| std::cmp::Reverse(draft.at));
        Ok(drafts)
    }

    /// Keeps a draft, in place of the one before about the same `subject`.
    ///
    /// # Errors
    /// [`Error::NoProfile`] if the store has no profile.
    pub fn set_draft(
        &self,
        store: &ProfileKey,
        subject: &str,
        body: &Value,
        at: Timestamp,
    ) -> Result<()> {
        let set = self
            .connection()
            .prepare_cached(
                "INSERT INTO draft (store, subject, body, at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (store, subject) DO UPDATE SET body = excluded.body, at = excluded.at",
            )?
            .execute(params![
                store.as_str(),
                subject,
                body.to_string(),
                at.to_string()
            ]);
        match set {
            Err(error) if points_nowhere(&error) => Err(Error::NoProfile),
            result => result.map(drop).map_err(Error::from),
        }
    }

    /// Drops a draft, once it is applied or given up. Fine if there is none.
    ///
    /// # Errors
    /// If the file can't be written.
    pub fn remove_draft(&self, store: &ProfileKey, subject: &str) -> Result<()> {
        self.connection().execute(
            "DELETE FROM draft WHERE store = ?1 AND subject = ?2",
            [store.as_str(), subject],
        )?;
        Ok(())
    }

    /// Drops all drafts of a store. Fine if there is none.
    ///
    /// # Errors
    /// If the file can't be written.
    pub fn remove_drafts(&self, store: &ProfileKey) -> Result<()> {
        self.connection()
            .execute("DELETE FROM draft WHERE store = ?1", [store.as_str()])?;
        Ok(())
    }
}

fn read(row: &Row<'_>) -> Result<Draft> {
    let text = |column: &str| row.get::<_, String>(column);
    Ok(Draft {
        subject: text("subject")?,
        body: serde_json::from_str(&text("body")?).map_err(|_| Error::Damaged)?,
        at: text("at")?.parse().map_err(|_| Error::Damaged)?,
    })
}

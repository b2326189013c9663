//! Table `setting`: layouts and other small values, by store or for the whole app.

use database::{OptionalExtension, params};
use serde_json::Value;

use crate::{Desk, Error, ProfileKey, Result, error::points_nowhere};

pub(crate) const TABLE: &str = "
CREATE TABLE setting (
    store TEXT REFERENCES profile (key) ON DELETE CASCADE, -- NULL: the whole app
    name  TEXT NOT NULL,
    value TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX setting_name ON setting (ifnull(store, ''), name);
CREATE INDEX setting_store ON setting (store);
";

/// What a setting holds for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The whole app.
    App,
    /// One store; goes with its profile.
    Store(ProfileKey),
}

impl Scope {
    fn store(&self) -> Option<&str> {
        match self {
            Self::App => None,
            Self::Store(key) => Some(key.as_str()),
        }
    }
}

impl Desk {
    /// The value of that name. One that can't be understood counts as not set.
    ///
    /// # Errors
    /// If the file can't be read.
    pub fn setting(&self, scope: &Scope, name: &str) -> Result<Option<Value>> {
        let text: Option<String> = self
            .connection()
            .prepare_cached("SELECT value FROM setting WHERE ifnull(store, '') = ?1 AND name = ?2")?
            .query_row(params![scope.store().unwrap_or_default(), name], |row| {
                row.get(0)
            })
            .optional()?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// Keeps a value under that name, in place of the one before.
    ///
    /// # Errors
    /// [`Error::NoProfile`] for a store that has none.
    pub fn set_setting(&self, scope: &Scope, name: &str, value: &Value) -> Result<()> {
        let set = self
            .connection()
            .prepare_cached(
                "INSERT INTO setting (store, name, value) VALUES (?1, ?2, ?3)
                 ON CONFLICT (ifnull(store, ''), name) DO UPDATE SET value = excluded.value",
            )?
            .execute(params![scope.store(), name, value.to_string()]);
        match set {
            Err(error) if points_nowhere(&error) => Err(Error::NoProfile),
            result => result.map(drop).map_err(Error::from),
        }
    }

    /// Goes back to not having that value. Fine if there is none.
    ///
    /// # Errors
    /// If the file can't be written.
    pub fn remove_setting(&self, scope: &Scope, name: &str) -> Result<()> {
        self.connection().execute(
            "DELETE FROM setting WHERE ifnull(store, '') = ?1 AND name = ?2",
            params![scope.store().unwrap_or_default(), name],
        )?;
        Ok(())
    }

    /// What is kept for one store besides its profile: bytes of settings and drafts, and how many
    /// drafts those are.
    ///
    /// # Errors
    /// If the file can't be read.
    pub fn held(&self, store: &ProfileKey) -> Result<(u64, u32)> {
        let (bytes, drafts): (i64, u32) = self.connection().query_row(
            "SELECT (SELECT ifnull(sum(length(name) + length(value)), 0) FROM setting
                     WHERE store = ?1)
                  + (SELECT ifnull(sum(length(subject) + length(body)), 0) FROM draft
                     WHERE store = ?1),
                    (SELECT count(*) FROM draft WHERE store = ?1)",
            [store.as_str()],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        Ok((u64::try_from(bytes).unwrap_or_default(), drafts))
    }
}

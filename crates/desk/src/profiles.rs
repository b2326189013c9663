//! Table `profile`: the stores a person has connected.

use std::{fmt, str::FromStr};

use commerce::{Access, ChannelId, Preset, SafetyMode, Scope, StoreColor, StoreHash, StoreInfo};
use database::{Connection, OptionalExtension, Row, params};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    Desk, Error, Result,
    error::is_taken,
    words::{meant, word},
};

pub(crate) const TABLE: &str = "
CREATE TABLE profile (
    key            TEXT PRIMARY KEY NOT NULL
                   CHECK (length(key) BETWEEN 1 AND 64 AND key NOT GLOB '*[^a-z0-9-]*'),
    hash           TEXT NOT NULL,
    origin         TEXT NOT NULL,
    is_sample      INTEGER NOT NULL,
    name           TEXT NOT NULL,
    color          TEXT NOT NULL,
    safety         TEXT NOT NULL,
    channel_id     INTEGER,
    token_home     TEXT NOT NULL,
    token_last_4   TEXT NOT NULL,
    added_at       TEXT NOT NULL,
    position       INTEGER NOT NULL,
    info           TEXT,
    missing_scopes TEXT NOT NULL
) STRICT;
";

/// What the person wanted Stockroom to do; older profiles did not say.
pub(crate) const PRESET: &str =
    "ALTER TABLE profile ADD COLUMN preset TEXT NOT NULL DEFAULT 'everything'";

/// What the token was seen to change; of older profiles nobody wrote it down.
pub(crate) const PROVEN: &str =
    "ALTER TABLE profile ADD COLUMN proven_writes TEXT NOT NULL DEFAULT '[]'";

/// Which of its tokens a store has; older profiles did not count.
pub(crate) const TOKEN_NUMBER: &str =
    "ALTER TABLE profile ADD COLUMN token_number INTEGER NOT NULL DEFAULT 0";

/// What tells profiles apart for good: 1 to 64 of `a`–`z`, `0`–`9` and `-`.
///
/// It also names the store's folder, so names that Windows keeps for itself (`con`, `com1`) are
/// refused.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ProfileKey(String);

/// A text that can't be a profile's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a profile's key has 1 to 64 of a-z, 0-9 and -, and isn't a name that Windows keeps")]
pub struct ProfileKeyError;

impl ProfileKey {
    /// The key for the only profile of a store: `store-abc123`.
    #[must_use]
    pub fn of_store(hash: &StoreHash) -> Self {
        Self(format!("store-{hash}"))
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ProfileKey {
    type Err = ProfileKeyError;

    fn from_str(text: &str) -> Result<Self, ProfileKeyError> {
        let fits = (1..=64).contains(&text.len())
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        let numbered = |lead: &str| {
            text.strip_prefix(lead)
                .is_some_and(|rest| rest.len() == 1 && rest != "-")
        };
        let reserved =
            matches!(text, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt");
        if fits && !reserved {
            Ok(Self(text.to_owned()))
        } else {
            Err(ProfileKeyError)
        }
    }
}

impl TryFrom<String> for ProfileKey {
    type Error = ProfileKeyError;

    fn try_from(text: String) -> Result<Self, ProfileKeyError> {
        text.parse()
    }
}

impl From<ProfileKey> for String {
    fn from(key: ProfileKey) -> Self {
        key.0
    }
}

impl fmt::Display for ProfileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a profile's token is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TokenHome {
    /// In the system's keychain.
    #[default]
    Keychain,
    /// In memory, until the app quits; after a restart it has to be handed over again.
    Session,
    /// The same, while the keychain still holds the one that it replaced: it was locked, and could
    /// not be told to forget it.
    SessionOverOlder,
    /// Nowhere: the sample store makes one for each run.
    Sample,
}

/// A store as the person keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// What tells it apart for good.
    pub key: ProfileKey,
    /// The store.
    pub hash: StoreHash,
    /// Where its API is, fixed when it was connected: `https://api.bigcommerce.com`.
    pub origin: String,
    /// The sample store.
    pub is_sample: bool,
    /// What the person calls it.
    pub name: String,
    /// Its accent.
    pub color: StoreColor,
    /// What has to happen before a change is sent.
    pub safety: SafetyMode,
    /// The channel it is seen through, if not the store's first.
    pub channel_id: Option<ChannelId>,
    /// Where its token is.
    pub token_home: TokenHome,
    /// The token's last four characters, or empty.
    pub token_last_4: String,
    /// When it was connected.
    pub added_at: Timestamp,
    /// Its place in the list, lowest first.
    pub position: u32,
    /// What the store last said of itself.
    pub info: Option<StoreInfo>,
    /// What Stockroom is to do there, which decides the scopes that are asked for.
    pub preset: Preset,
    /// Scopes that Stockroom has a use for, and that the token was last seen to lack, each with the
    /// lowest level that it lacks. Some may be outside of what the preset asks for.
    pub missing_scopes: Vec<(Scope, Access)>,
    /// Scopes under which the store has let the token change something, or has said that it would.
    pub proven_writes: Vec<Scope>,
    /// Which of the tokens it has had this one is, counted from 0: what was learned with one says
    /// nothing of the next, also where their last characters are the same.
    pub token_number: u32,
}

impl Desk {
    /// All profiles, by their place in the list.
    ///
    /// # Errors
    /// [`Error::Damaged`] if one has no readable key, store or date.
    pub fn profiles(&self) -> Result<Vec<Profile>> {
        let connection = self.connection();
        let mut statement =
            connection.prepare_cached("SELECT * FROM profile ORDER BY position, added_at, key")?;
        let rows = statement.query_map([], |row| Ok(read(row)))?;
        rows.map(|row| row?).collect()
    }

    /// The profile with this key.
    ///
    /// # Errors
    /// As [`Desk::profiles`].
    pub fn profile(&self, key: &ProfileKey) -> Result<Option<Profile>> {
        one(&self.connection(), key)
    }

    /// Adds a profile.
    ///
    /// # Errors
    /// [`Error::ProfileExists`] if the key is taken; that profile stays as it is.
    pub fn add_profile(&self, profile: &Profile) -> Result<()> {
        let added = write(
            &self.connection(),
            "INSERT INTO profile (key, hash, origin, is_sample, name, color, safety, channel_id,
                 token_home, token_last_4, added_at, position, info, missing_scopes, preset,
                 proven_writes, token_number)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
            profile,
        );
        match added {
            Err(error) if is_taken(&error) => Err(Error::ProfileExists),
            result => result.map(drop).map_err(Error::from),
        }
    }

    /// Changes a profile, and gives it as it is then. Nobody writes between what `change` is given and
    /// what it leaves; it must not ask the desk for anything. The key stays what it is.
    ///
    /// # Errors
    /// [`Error::NoProfile`] if there is none; as [`Desk::profiles`].
    pub fn change_profile(
        &self,
        key: &ProfileKey,
        change: impl FnOnce(&mut Profile),
    ) -> Result<Profile> {
        let mut connection = self.connection();
        let transaction = connection.transaction()?;
        let before = one(&transaction, key)?.ok_or(Error::NoProfile)?;
        let mut profile = before.clone();
        change(&mut profile);
        profile.key = before.key.clone();
        if profile == before {
            return Ok(profile);
        }
        write(
            &transaction,
            "UPDATE profile SET hash = ?2, origin = ?3, is_sample = ?4, name = ?5, color = ?6,
                 safety = ?7, channel_id = ?8, token_home = ?9, token_last_4 = ?10,
                 added_at = ?11, position = ?12, info = ?13, missing_scopes = ?14,
                 preset = ?15, proven_writes = ?16, token_number = ?17
             WHERE key = ?1",
            &profile,
        )?;
        transaction.commit()?;
        Ok(profile)
    }

    /// Takes a profile out, with its settings, layouts and drafts. Fine if there is none.
    ///
    /// # Errors
    /// If the file can't be written.
    pub fn remove_profile(&self, key: &ProfileKey) -> Result<()> {
        self.connection()
            .execute("DELETE FROM profile WHERE key = ?1", [key.as_str()])?;
        Ok(())
    }
}

fn one(connection: &Connection, key: &ProfileKey) -> Result<Option<Profile>> {
    connection
        .prepare_cached("SELECT * FROM profile WHERE key = ?1")?
        .query_row([key.as_str()], |row| Ok(read(row)))
        .optional()?
        .transpose()
}

fn write(connection: &Connection, sql: &str, profile: &Profile) -> rusqlite::Result<usize> {
    let json = |value: serde_json::Result<String>| {
        value.map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
    };
    let info = profile
        .info
        .as_ref()
        .map(|info| json(serde_json::to_string(info)))
        .transpose()?;
    let channel = profile
        .channel_id
        .map(|ChannelId(id)| i64::try_from(id))
        .transpose()
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    connection.prepare_cached(sql)?.execute(params![
        profile.key.as_str(),
        profile.hash.as_str(),
        profile.origin,
        profile.is_sample,
        profile.name,
        word(&profile.color),
        word(&profile.safety),
        channel,
        word(&profile.token_home),
        profile.token_last_4,
        profile.added_at.to_string(),
        profile.position,
        info,
        json(serde_json::to_string(&profile.missing_scopes))?,
        word(&profile.preset),
        json(serde_json::to_string(&profile.proven_writes))?,
        profile.token_number,
    ])
}

/// Reads a profile. What only colours it falls back: an unknown safety mode to the safest,
/// anything else to its default.
fn read(row: &Row<'_>) -> Result<Profile> {
    let text = |column: &str| row.get::<_, String>(column);
    let info: Option<String> = row.get("info")?;
    let proven: Vec<String> = serde_json::from_str(&text("proven_writes")?).unwrap_or_default();
    let missing: Vec<Value> = serde_json::from_str(&text("missing_scopes")?).unwrap_or_default();
    Ok(Profile {
        key: text("key")?.parse().map_err(|_| Error::Damaged)?,
        hash: text("hash")?.parse().map_err(|_| Error::Damaged)?,
        origin: text("origin")?,
        is_sample: row.get("is_sample")?,
        name: text("name")?,
        color: meant(&text("color")?).unwrap_or_default(),
        safety: meant(&text("safety")?).unwrap_or(SafetyMode::ReadOnly),
        channel_id: row
            .get::<_, Option<i64>>("channel_id")?
            .and_then(|id| u64::try_from(id).ok())
            .map(ChannelId),
        token_home: meant(&text("token_home")?).unwrap_or_default(),
        token_last_4: text("token_last_4")?,
        added_at: text("added_at")?.parse().map_err(|_| Error::Damaged)?,
        position: row.get("position")?,
        info: info.and_then(|info| serde_json::from_str(&info).ok()),
        preset: meant(&text("preset")?).unwrap_or_default(),
        missing_scopes: missing.into_iter().filter_map(lacked).collect(),
        proven_writes: proven.iter().filter_map(|scope| meant(scope)).collect(),
        token_number: row.get("token_number")?,
    })
}

/// A scope with its level, or, as it was written before levels were, by itself.
fn lacked(value: Value) -> Option<(Scope, Access)> {
    match value {
        Value::String(scope) => Some((meant(&scope)?, Access::Read)),
        pair => serde_json::from_value(pair).ok(),
    }
}

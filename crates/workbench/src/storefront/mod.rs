//! Access to the storefront's GraphQL API: a private token for it, and questions with it.
//!
//! A token is no change of the shop, and nothing of it could be undone or looked for: it is not in
//! the journal. The desk notes each one, with its place in the keychain, from the moment it is known
//! until it is revoked. There are two places. A new token is put into the free one and tried out;
//! then one write says which of the two is in use, and the other is revoked. So a power cut at any
//! point leaves one that works, and nothing that nobody knows of but a token whose making was never
//! answered: that one ends by itself.

mod access;
mod ask;
mod pasted;
mod schema;
mod trying;

use std::{
    collections::HashMap,
    pin::pin,
    sync::{Arc, Mutex},
};

use bigcommerce::{Storefront, request::storefront::NotAQuery};
use commerce::{ChannelId, StorefrontScope};
use credentials::{Opens, TokenKey};
use desk::{Profile, Scope as SettingScope};
use futures::future::{AbortHandle, Either, select};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Error, Inner, Notice, What};

pub use access::StorefrontWish;
pub use ask::{QUESTION_MAX, StorefrontAnswer, StorefrontQuestion};
pub use pasted::{PastedToken, ServesPrograms};
pub use trying::StorefrontTried;

const SETTING: &str = "storefront-access";

/// What a store lets us do with its storefront.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StorefrontAccess {
    /// The token in use.
    pub current: Option<StorefrontAccessToken>,
    /// One that is not in use and could not be revoked yet.
    pub spare: Option<StorefrontAccessToken>,
    /// Those that others took the place of, and that could not be revoked, as nobody had them any more.
    /// They work until they end. Oldest first.
    pub lost: Vec<StorefrontAccessToken>,
}

/// What is known of a token for the storefront.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorefrontAccessToken {
    /// Its last four characters.
    pub last_4: String,
    /// Channels it is good for.
    pub channels: Vec<ChannelId>,
    /// What it may ask about.
    pub scopes: Vec<StorefrontScope>,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// From when on the person is to be reminded of that.
    pub remind_at: Timestamp,
    /// What the keychain's own program lists it as; `None` if it is in memory only.
    pub entry: Option<String>,
    /// Nobody has it any more: it was in memory only, and that is over, or it was not found in the
    /// keychain when it was looked for last.
    pub is_gone: bool,
    /// The storefront has refused it since.
    pub is_refused: bool,
}

/// Which of the tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The one in use.
    Current,
    /// The one that is not.
    Spare,
    /// All that are lost; they can only be forgotten.
    Lost,
}

/// Why the storefront could not be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StorefrontTrouble {
    /// There is no token for it.
    NoToken,
    /// The token is nowhere any more: it was in memory until the app quit, or somebody took it out of
    /// the keychain.
    Gone,
    /// The token has ended.
    Expired,
    /// The storefront does not know the token (any more).
    Refused,
    /// The token is not for that channel, or not for programs.
    NotAllowed,
    /// Nothing answers for that channel: it has no site.
    NoSite,
    /// The storefront answered, and said this instead of what was asked.
    Said(String),
}

/// A place for a token in the keychain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Slot {
    One,
    Two,
}

impl Slot {
    const fn name(self) -> &'static str {
        match self {
            Self::One => "storefront-1",
            Self::Two => "storefront-2",
        }
    }

    const fn other(self) -> Self {
        match self {
            Self::One => Self::Two,
            Self::Two => Self::One,
        }
    }
}

/// What the desk keeps of a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    slot: Slot,
    last_4: String,
    channels: Vec<u64>,
    scopes: Vec<StorefrontScope>,
    made_at: Timestamp,
    expires_at: Timestamp,
    until_quit: bool,
    #[serde(default)]
    is_refused: bool,
    /// The keychain had no entry of it when it was looked for last.
    #[serde(default)]
    is_gone: bool,
}

impl Record {
    /// Whether both are about one token.
    fn is_same(&self, other: &Self) -> bool {
        self.slot == other.slot && self.made_at == other.made_at && self.last_4 == other.last_4
    }

    /// Two weeks before its end; for one that was made for less than two months, later.
    fn remind_at(&self) -> Timestamp {
        let lasts = self.expires_at.duration_since(self.made_at);
        let before = SignedDuration::from_hours(14 * 24).min(lasts / 4);
        self.expires_at - before
    }
}

/// All that the desk keeps, written in one step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Kept {
    current: Option<Record>,
    spare: Option<Record>,
    lost: Vec<Record>,
}

/// How a token came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ended {
    /// The store knows it no more, or its time is over.
    Over,
    /// The store has revoked it, and somebody stopped what was left to be done.
    OverAndStopped,
    /// It is nowhere any more, so it can't be revoked, and works until its time is over.
    Lost,
}

impl Kept {
    /// Takes the spare one off the record, now that it has come to an end.
    fn spare_ended(&mut self, ended: Ended) {
        let record = self.spare.take();
        if ended == Ended::Lost {
            self.lost.extend(record);
        }
    }

    fn free_slot(&self) -> Slot {
        self.current
            .as_ref()
            .map_or(Slot::One, |record| record.slot.other())
    }

    /// The token in a place; `None` for those that have none any more.
    fn of(&mut self, which: Which) -> Option<&mut Option<Record>> {
        match which {
            Which::Current => Some(&mut self.current),
            Which::Spare => Some(&mut self.spare),
            Which::Lost => None,
        }
    }
}

/// What an open store has at hand for its storefront.
#[derive(Default)]
pub(crate) struct Counter {
    /// Held while tokens are made and revoked.
    turn: tokio::sync::Mutex<()>,
    /// Tells who waits for that to wait no longer.
    stopped: tokio::sync::Notify,
    /// Each with the token that it is signed with.
    ways: Mutex<HashMap<ChannelId, (Record, Storefront)>>,
    schemas: Mutex<HashMap<ChannelId, Arc<str>>>,
    /// Questions that can be stopped, by their names.
    asking: Mutex<HashMap<String, AbortHandle>>,
}

impl Counter {
    /// Until it is dropped no token is made or revoked.
    pub(crate) async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    /// The same, for as long as nobody stops it. Who has the turn is not disturbed by those who wait.
    ///
    /// # Errors
    /// [`Error::Cancelled`] after [`Counter::stop_waiting`].
    async fn turn_unless_stopped(&self) -> Result<tokio::sync::MutexGuard<'_, ()>, Error> {
        let stopped = pin!(self.stopped.notified());
        let turn = pin!(self.turn());
        let came = select(turn, stopped).await;
        match came {
            Either::Left((turn, _)) => Ok(turn),
            Either::Right(_) => Err(Error::Cancelled),
        }
    }

    /// Nobody waits for a turn any longer.
    pub(crate) fn stop_waiting(&self) {
        self.stopped.notify_waiters();
    }

    /// The ways are signed with a token that is not the one in use any more.
    pub(crate) fn forget_ways(&self) {
        crate::lock(&self.ways).clear();
    }
}

impl Inner {
    fn storefront_kept(&self, profile: &Profile) -> Result<Kept, Error> {
        let scope = SettingScope::Store(profile.key.clone());
        let kept = self.desk.setting(&scope, SETTING)?;
        Ok(kept
            .and_then(|kept| serde_json::from_value(kept).ok())
            .unwrap_or_default())
    }

    /// Changes what is kept. Whatever else was noted meanwhile stays: between reading and writing nobody
    /// else writes.
    fn change_storefront<T>(
        &self,
        profile: &Profile,
        change: impl FnOnce(&mut Kept) -> T,
    ) -> Result<T, Error> {
        let _turn = crate::lock(&self.storefronts);
        let mut kept = self.storefront_kept(profile)?;
        let before = kept.clone();
        let given = change(&mut kept);
        if kept != before {
            self.keep_storefront(profile, &kept)?;
        }
        Ok(given)
    }

    fn keep_storefront(&self, profile: &Profile, kept: &Kept) -> Result<(), Error> {
        let scope = SettingScope::Store(profile.key.clone());
        if *kept == Kept::default() {
            self.desk.remove_setting(&scope, SETTING)?;
        } else {
            // A struct of strings, numbers and lists is always JSON.
            let kept = serde_json::to_value(kept).unwrap_or_default();
            self.desk.set_setting(&scope, SETTING, &kept)?;
        }
        self.notify(Notice::Stale {
            store: Some(profile.key.clone()),
            what: vec![What::Storefront],
        });
        Ok(())
    }

    fn storefront_key(&self, profile: &Profile, slot: Slot) -> TokenKey {
        let key = self.token_key(profile);
        TokenKey {
            store: format!("{}/{}", key.store, slot.name()),
            hash: key.hash,
            opens: Opens::Storefront,
        }
    }

    /// Whether a store has, or had, tokens for its storefront that were made here and not forgotten.
    pub(crate) fn uses_storefront(&self, profile: &Profile) -> Result<bool, Error> {
        let mut kept = self.storefront_kept(profile)?;
        let now = self.clock.wall();
        kept.lost.retain(|record| record.expires_at > now);
        Ok(kept != Kept::default())
    }

    /// Places in the keychain where tokens for a store's storefront may be, and whether one is known
    /// to be there.
    pub(crate) fn storefront_keys(
        &self,
        profile: &Profile,
    ) -> Result<Vec<(TokenKey, bool)>, Error> {
        let kept = self.storefront_kept(profile)?;
        let records = [kept.current, kept.spare].into_iter().flatten();
        Ok(records
            .map(|record| {
                let key = self.storefront_key(profile, record.slot);
                (key, !record.until_quit)
            })
            .collect())
    }

    /// The storefront has forgotten its tokens: so do we. For the sample store, which makes its
    /// storefront anew.
    pub(crate) async fn forget_storefront(&self, profile: &Profile) -> Result<(), Error> {
        for (key, _) in self.storefront_keys(profile)? {
            // They are in memory only, whatever the keychain says.
            let _ = self.vault.forget(&key, credentials::Prompt::Never).await;
        }
        self.change_storefront(profile, |kept| *kept = Kept::default())
    }

    fn storefront_token(&self, profile: &Profile, record: Record) -> StorefrontAccessToken {
        let key = self.storefront_key(profile, record.slot);
        StorefrontAccessToken {
            remind_at: record.remind_at(),
            is_gone: record.is_gone || (record.until_quit && !self.vault.is_session_only(&key)),
            last_4: record.last_4,
            channels: record.channels.into_iter().map(ChannelId).collect(),
            scopes: record.scopes,
            made_at: record.made_at,
            expires_at: record.expires_at,
            entry: (!record.until_quit).then(|| self.vault.entry(&key)),
            is_refused: record.is_refused,
        }
    }
}

impl From<NotAQuery> for Error {
    fn from(error: NotAQuery) -> Self {
        Self::NotAQuery(error)
    }
}

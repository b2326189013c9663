//! From a store's address and a token to a store that is kept.

mod check;
mod compare;
mod hand;
mod questions;
mod report;
mod verdict;

use std::sync::{Arc, Mutex};

use bigcommerce::Client;
use commerce::{Access, AccessToken, Preset, SafetyMode, Scope, StoreColor, StoreHash};
use credentials::Prompt;
use desk::{Profile, ProfileKey, TokenHome};
use futures::future::{AbortHandle, Abortable};

use crate::{Error, Inner, Workbench, keeping::Along, lock, store::new_client, stores::name_fits};

pub use compare::{Doubt, Loss};
pub use hand::{ConnectWish, HandMistake, Handed, HandedFrom, HandedOver, LeftOver};
pub(crate) use hand::{Held, which_store};
pub(crate) use questions::{
    STOREFRONTS, is_good_for_something, missing_scopes, most_at_once, readable_scopes,
};
pub use report::{CheckLine, CheckReport, CheckState, CheckStep, Grant, ScopeLine};
use report::{blank, missing, proven};

/// A token in memory while it is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Its id.
    pub id: String,
    /// The store.
    pub hash: StoreHash,
    /// The token's last four characters.
    pub last_4: String,
    /// The token's length, if it is unusual.
    pub unusual_length: Option<usize>,
    /// The store is connected already: saving replaces its token.
    pub connected_as: Option<ProfileKey>,
    /// What it is to be good for.
    pub preset: Preset,
    /// And whether it is to make tokens for the storefront, too.
    pub storefront: bool,
}

impl Attempt {
    /// How far a scope is wanted; `None` if it isn't.
    #[must_use]
    pub fn level(&self, scope: Scope) -> Option<Access> {
        let storefront = scope.for_storefront().filter(|_| self.storefront);
        self.preset.level(scope).max(storefront)
    }
}

/// How to save an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveAs {
    /// Name, 1 to 80 characters.
    pub name: String,
    /// Accent.
    pub color: StoreColor,
    /// Safety mode.
    pub safety: SafetyMode,
    /// Keep the token in memory only.
    pub until_quit: bool,
}

pub(crate) struct Pending {
    attempt: Attempt,
    token: AccessToken,
    from: HandedFrom,
    client: Client,
    report: Mutex<CheckReport>,
    running: Mutex<Option<AbortHandle>>,
}

impl Pending {
    fn new(bench: &Inner, attempt: Attempt, token: AccessToken, from: HandedFrom) -> Self {
        let origin = bench.origin.clone();
        let host = origin.host().to_owned();
        let client = new_client(bench, origin, attempt.hash.clone(), token.clone());
        // A person waits, and a store that fails at once is told at once.
        let client = client.connecting_once().trying_twice();
        Self {
            client: client.with_room_for(most_at_once()),
            report: Mutex::new(blank(host, &attempt)),
            running: Mutex::default(),
            attempt,
            token,
            from,
        }
    }

    fn stop(&self) {
        if let Some(running) = lock(&self.running).take() {
            running.abort();
        }
    }
}

impl Workbench {
    /// Stops an attempt's check and forgets its token.
    pub fn cancel_attempt(&self, attempt: &str) {
        lock(&self.inner.held).take();
        if let Some(pending) = lock(&self.inner.attempts).remove(attempt) {
            pending.stop();
        }
    }

    /// Saves a checked attempt: token first, then the profile, then it opens. The attempt is
    /// forgotten only once all of it has worked.
    ///
    /// # Errors
    /// [`Error::AttemptGone`], [`Error::BadInput`], [`Error::Keychain`], [`Error::DiskFull`].
    pub async fn save(&self, attempt: &str, save_as: &SaveAs) -> Result<Profile, Error> {
        let pending = self.attempt(attempt)?;
        let report = lock(&pending.report).clone();
        if !report.can_save {
            return Err(Error::BadInput("attempt"));
        }
        let name = name_fits(&save_as.name)?.to_owned();
        let hash = &pending.attempt.hash;
        let before = self.same_store(hash)?;
        let profile = Profile {
            key: match &before {
                Some(profile) => profile.key.clone(),
                None => self.free_key(hash)?,
            },
            hash: hash.clone(),
            origin: self.inner.origin.as_str().to_owned(),
            is_sample: false,
            name,
            color: save_as.color,
            safety: save_as.safety,
            channel_id: before.as_ref().and_then(|profile| profile.channel_id),
            token_home: TokenHome::Keychain,
            token_last_4: pending.token.last_4(),
            added_at: before
                .as_ref()
                .map_or_else(|| self.inner.clock.wall(), |profile| profile.added_at),
            position: match &before {
                Some(profile) => profile.position,
                None => self.inner.next_position()?,
            },
            // What could not be read now is still what it was.
            info: report
                .store
                .clone()
                .or_else(|| before.as_ref().and_then(|profile| profile.info.clone())),
            preset: pending.attempt.preset,
            missing_scopes: missing(&report).collect(),
            proven_writes: proven(&report, before.as_ref(), &pending.token),
            token_number: 0,
        };
        let (handle, registration) = AbortHandle::new_pair();
        if let Some(check) = lock(&pending.running).replace(handle) {
            check.abort();
        }
        let keep = self.keep_token(&profile, &pending.token, save_as.until_quit, Along::All);
        // Cancelling the attempt also takes back a question of the keychain. Once a profile names the token
        // it is saved, and nothing stops it any more.
        let profile = match (Abortable::new(keep, registration).await, &before) {
            (Ok(kept), _) => self.tidy_up(kept?).await,
            // The answer may just have been given. Then the store has another token, and that is what is said.
            (Err(_), Some(before)) => {
                if !self.is_in_place(before, &pending.token).await? {
                    return Err(Error::Cancelled);
                }
                self.inner
                    .desk
                    .profile(&before.key)?
                    .ok_or(Error::StoreGone)?
            }
            (Err(_), None) => {
                // Nothing stays behind that no store names.
                let token = self.inner.token_key(&profile);
                if let Err(error) = self.inner.vault.forget(&token, Prompt::Never).await {
                    tracing::warn!(%error, "a token that was not saved may be in the keychain");
                }
                return Err(Error::Cancelled);
            }
        };
        let open = self.inner.open_stores().get(&profile.key).cloned();
        if let Some(store) = open {
            store.forget_client();
            store.kick_refresh.notify_one();
            store.kick_changes.notify_one();
        }
        self.select(&profile.key).await?;
        self.cancel_attempt(attempt);
        *lock(&self.inner.left_over) = Some(pending.left_over());
        self.inner.stale_app();
        Ok(profile)
    }

    fn attempt(&self, id: &str) -> Result<Arc<Pending>, Error> {
        lock(&self.inner.attempts)
            .get(id)
            .cloned()
            .ok_or(Error::AttemptGone)
    }

    /// The profile of the same store at the same API.
    fn same_store(&self, hash: &StoreHash) -> Result<Option<Profile>, Error> {
        let profiles = self.inner.desk.profiles()?;
        Ok(profiles.into_iter().find(|profile| {
            !profile.is_sample
                && profile.hash == *hash
                && profile.origin == self.inner.origin.as_str()
        }))
    }

    /// A key that no profile has. The hash alone, unless a store of another API has it.
    fn free_key(&self, hash: &StoreHash) -> Result<ProfileKey, Error> {
        let base = ProfileKey::of_store(hash);
        let mut key = base.clone();
        let mut number = 2;
        while self.inner.desk.profile(&key)?.is_some() || key.as_str() == "sample" {
            key = format!("{base}-{number}")
                .parse()
                .map_err(|_| Error::BadInput("hash"))?;
            number += 1;
        }
        Ok(key)
    }
}

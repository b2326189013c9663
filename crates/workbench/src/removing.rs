//! Removing stores, also where a removal was cut short.

use std::{
    path::PathBuf,
    sync::{Arc, atomic::Ordering},
};

use credentials::{KeychainError, Prompt, TokenKey};
use desk::{Desk, Profile, ProfileKey, TokenHome};

use crate::{
    Error, Home, Inner, Milestone, Workbench, change, lock, on_disk,
    store::{OpenStore, folder_error},
};

impl Workbench {
    /// Removes a store: tokens, copy, journal and all that was arranged for it. Nothing is removed
    /// if the keychain refuses, or if [`Workbench::cancel_unlock`] ends the waiting for it.
    ///
    /// # Errors
    /// [`Error::Keychain`], [`Error::Cancelled`], [`Error::File`]; to keep the journal
    /// [`Error::DiskFull`], [`Error::NotWritten`] and what keeps it from being read.
    pub async fn remove(&self, key: &ProfileKey, how: RemoveAs) -> Result<(), Error> {
        let profile = self.inner.desk.profile(key)?.ok_or(Error::StoreGone)?;
        let open = self.inner.open_stores().get(key).cloned();
        let opening = async {
            // A token that is being made comes to its place first, or nobody would know of it.
            let turn = match &open {
                Some(store) => Some(store.counter.turn().await),
                None => None,
            };
            let tokens = self.inner.token_places(&profile)?;
            if !how.leave_token_behind {
                self.open_places(&tokens).await?;
            }
            Ok((turn, tokens))
        };
        let (_turn, tokens) = self.asking(key, opening).await?;
        let archive = if how.keep_journal {
            self.archive(&profile).await?
        } else {
            None
        };
        // Nothing opens this store meanwhile, or it would work on files that are about to go. The keychain
        // may have somebody asked once more: the other stores don't wait for that.
        let turn = self.inner.turn(key).await;
        if self.inner.closing.load(Ordering::SeqCst) {
            return Err(Error::Stopping);
        }
        self.inner.close_store(key).await;
        let table = archive.as_ref().map(|(_, file)| file.clone());
        let forgetting = async {
            // What came to its end since is in it, too. Until that is written, no token goes.
            if let Some((store, file)) = archive {
                on_disk(move || change::archive(&store, &file)).await?;
            }
            self.forget_tokens(key, tokens, how.leave_token_behind)
                .await
        };
        if let Err(error) = forgetting.await {
            drop(turn);
            // All of it is in the journal still, and the next try writes another.
            if let Some(table) = table {
                put_away(table).await;
            }
            // It stays, and what waits in it is to be sent.
            if let Err(error) = self.inner.open_store(key).await {
                tracing::warn!(store = %key, %error, "a store that was not removed could not be opened again");
            }
            return Err(error);
        }
        lock(&self.inner.asking).remove(key);
        self.inner.milestones.reached(Milestone::TokenForgotten);
        let mark = Removal::of(&profile).mark();
        let aside = if profile.is_sample {
            self.inner.set_sample_aside(key, &mark).await?
        } else {
            self.inner.home.discard(key, &mark).map_err(folder_error)?
        };
        self.inner.milestones.reached(Milestone::SetAside);
        self.inner.desk.remove_profile(key)?;
        self.inner.milestones.reached(Milestone::ProfileRemoved);
        drop(turn);
        self.inner.look_for_leftovers();
        delete(aside).await?;
        self.inner.stale_app();
        Ok(())
    }

    /// Has every place opened first, so that a keychain that gives one and not the other leaves both.
    async fn open_places(&self, tokens: &[(TokenKey, Prompt)]) -> Result<(), Error> {
        for (token, prompt) in tokens {
            if *prompt == Prompt::Never {
                continue;
            }
            // Whatever else is wrong with it, deleting may do.
            if let Err(error @ (KeychainError::Locked | KeychainError::Refused)) =
                self.inner.vault.opens(token, *prompt).await
            {
                return Err(error.into());
            }
        }
        Ok(())
    }

    /// Takes a store's tokens out of the keychain. Once one of them is gone, or if they may be left
    /// behind, what can't be taken out is written down and goes as soon as the keychain lets us. So it is
    /// with what need not be in there: those are in memory, and come last, as from there they go for good.
    async fn forget_tokens(
        &self,
        key: &ProfileKey,
        mut tokens: Vec<(TokenKey, Prompt)>,
        may_stay: bool,
    ) -> Result<(), Error> {
        tokens.sort_by_key(|(_, prompt)| *prompt == Prompt::Never);
        let mut may_stay = may_stay;
        let asks_nobody = may_stay;
        for (token, prompt) in tokens {
            let now = if asks_nobody { Prompt::Never } else { prompt };
            let forget = async { Ok(self.inner.vault.forget(&token, now).await?) };
            match self.asking(key, forget).await {
                Ok(()) => {
                    self.inner.strike_leftover(&token)?;
                    may_stay = true;
                }
                Err(Error::Keychain(KeychainError::Absent | KeychainError::Locked))
                    if prompt == Prompt::Never => {}
                // It is in there, and goes as soon as the keychain answers again.
                Err(Error::Keychain(KeychainError::Absent)) => self.inner.note_leftover(&token)?,
                Err(error)
                    if may_stay
                        || (prompt == Prompt::Never && matches!(error, Error::Keychain(_))) =>
                {
                    tracing::warn!(store = %key, %error, "a token stays in the keychain for now");
                    self.inner.note_leftover(&token)?;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Puts a store's journal where it outlives the store; `None` if nothing was ever changed.
    async fn archive(&self, profile: &Profile) -> Result<Option<(Arc<OpenStore>, PathBuf)>, Error> {
        let store = self.inner.open_store(&profile.key).await?;
        let kept = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
        let name: String = profile.name.chars().filter(|c| kept(*c)).take(60).collect();
        let day = self.inner.clock.wall().strftime("%Y-%m-%d");
        let name = format!("{} {} {day}", name.trim(), profile.hash);
        let bench = Arc::clone(&self.inner);
        on_disk(move || {
            if store.journal.counts()?.all == 0 {
                return Ok(None);
            }
            let file = bench
                .home
                .archive(name.trim())
                .map_err(change::not_written)?;
            change::archive(&store, &file)?;
            Ok(Some((store, file)))
        })
        .await
    }
}

/// How to remove a store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RemoveAs {
    /// Puts the journal into a table in the home's folder `archive` first, where it stays. Nothing is
    /// removed if that can't be written.
    pub keep_journal: bool,
    /// Does without a keychain that stays closed: nobody is asked, and what it does not give without
    /// asking goes as soon as it is open.
    pub leave_token_behind: bool,
}

/// A removal that was begun, told by the name of the folder that it set aside.
///
/// The moment a store was connected tells it from a later one of the same key.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Removal {
    key: ProfileKey,
    connected_ms: i64,
}

impl Removal {
    fn of(profile: &Profile) -> Self {
        Self {
            key: profile.key.clone(),
            connected_ms: profile.added_at.as_millisecond(),
        }
    }

    fn mark(&self) -> String {
        format!("{}_{}", self.key, self.connected_ms)
    }

    fn read(mark: &str) -> Option<Self> {
        let (key, connected_ms) = mark.split_once('_')?;
        Some(Self {
            key: key.parse().ok()?,
            connected_ms: connected_ms.parse().ok()?,
        })
    }
}

/// Ends removals that the end of the app cut short: what was begun with a store's files set aside
/// is done to its profile, and then the files go.
pub(crate) fn finish_removals(home: &Home, desk: &Desk) {
    let removals = home.set_aside().into_iter().filter_map(|mark| {
        let removal = Removal::read(&mark)?;
        let profile = desk.profile(&removal.key).ok()??;
        (Removal::of(&profile) == removal).then_some(removal)
    });
    for removal in removals {
        // Something may have opened it again, if the start before could not end the removal.
        let again = home.discard(&removal.key, &removal.mark()).map(drop);
        let ended = again
            .map_err(folder_error)
            .and_then(|()| Ok(desk.remove_profile(&removal.key)?));
        if let Err(error) = ended {
            tracing::warn!(store = %removal.key, %error, "a removal could not be ended");
            // What was set aside tells the next start to try again.
            return;
        }
    }
    home.sweep();
}

impl Inner {
    /// Where a store's tokens are, and whether the person may be asked to open that.
    fn token_places(&self, profile: &Profile) -> Result<Vec<(TokenKey, Prompt)>, Error> {
        // Also where it was kept until quitting: somebody may have put one into the keychain. Only
        // for one that we left there ourselves is the person asked to unlock it.
        let ours = match profile.token_home {
            TokenHome::Keychain | TokenHome::SessionOverOlder => Some(Prompt::Allowed),
            TokenHome::Session => Some(Prompt::Never),
            TokenHome::Sample => None,
        };
        let storefront = self.storefront_keys(profile)?.into_iter();
        let storefront = storefront.map(|(key, is_kept)| {
            let prompt = if is_kept {
                Prompt::Allowed
            } else {
                Prompt::Never
            };
            (key, prompt)
        });
        let ours = ours.map(|prompt| (self.token_key(profile), prompt));
        Ok(ours.into_iter().chain(storefront).collect())
    }
}

async fn put_away(table: PathBuf) {
    let done = on_disk(move || std::fs::remove_file(table).map_err(change::not_written)).await;
    if let Err(error) = done {
        tracing::warn!(%error, "the table of a store that was not removed stays");
    }
}

pub(crate) async fn delete(folder: Option<PathBuf>) -> Result<(), Error> {
    on_disk(move || {
        if let Some(folder) = folder
            && let Err(error) = std::fs::remove_dir_all(folder)
        {
            // Out of the way already; the next start tries again.
            tracing::warn!(%error, "what is left of a store could not be deleted");
        }
        Ok(())
    })
    .await
}

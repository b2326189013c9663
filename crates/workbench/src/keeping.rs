//! Keeping a store's token: where the person wants it, and said so in the profile.

use std::{sync::atomic::Ordering, time::Duration};

use bigcommerce::{Lane, request};
use commerce::{Access, AccessToken};
use credentials::{Prompt, TokenReading, read_typed};
use desk::{Profile, ProfileKey, TokenHome};
use futures::future::{AbortHandle, AbortRegistration, Abortable};

use crate::{Error, Milestone, Workbench, connect, lock, store::new_client};

/// A token that a profile names; what is left to do is to tidy up behind it.
pub(crate) struct Kept {
    profile: Profile,
    until_quit: bool,
    /// The profile named an entry in the keychain before.
    named_an_entry: bool,
}

/// What goes into the profile of a known store along with another token.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Along {
    /// Only what the token says.
    Nothing,
    /// All that the person has just been asked for.
    All,
}

impl Workbench {
    /// Gives a store another token, after the store has accepted it.
    ///
    /// # Errors
    /// [`Error::Token`], [`Error::WrongStore`] also if the text names another store, [`Error::NoScopes`], [`Error::OtherScopes`],
    /// [`Error::Api`], [`Error::Keychain`], [`Error::Cancelled`] after [`Workbench::cancel_unlock`]; then
    /// the old one stays.
    pub async fn give_token(
        &self,
        key: &ProfileKey,
        text: String,
        until_quit: bool,
    ) -> Result<(), Error> {
        let reading = read_typed(text);
        let token = match reading.token {
            TokenReading::Token { token, .. } => token,
            TokenReading::Mistake(mistake) => return Err(Error::Token(mistake)),
        };
        let profile = self.inner.desk.profile(key)?.ok_or(Error::StoreGone)?;
        // The store would only say that it doesn't know the token, which is true and no help.
        if connect::which_store(profile.hash.as_str(), &reading.store).is_err() {
            return Err(Error::WrongStore);
        }
        if !self.may_connect(&profile) || profile.is_sample {
            return Err(Error::OtherOrigin);
        }
        let (handle, registration) = AbortHandle::new_pair();
        if let Some(before) = lock(&self.inner.giving).insert(key.clone(), handle) {
            before.abort();
        }
        let taking = self.take_token(profile.clone(), &token, until_quit);
        match Abortable::new(taking, registration).await {
            Ok(taken) => {
                self.tidy_up(taken?).await;
            }
            // Too late to be stopped: then it is kept, and is to be used.
            Err(_) if self.is_in_place(&profile, &token).await? => {}
            Err(_) => return Err(Error::Cancelled),
        }
        let store = self.inner.open_store(key).await?;
        store.forget_client();
        store.kick_refresh.notify_one();
        store.kick_changes.notify_one();
        self.inner.stale_app();
        Ok(())
    }

    /// Whether a token took the place of the profile's, although somebody gave that up: the keychain may
    /// have taken it in the very moment, and then it is what the store is asked with from now on.
    pub(crate) async fn is_in_place(
        &self,
        before: &Profile,
        token: &AccessToken,
    ) -> Result<bool, Error> {
        let store = self.inner.open_store(&before.key).await?;
        store.forget_client();
        // Whoever reads a token sees whether it was exchanged, and writes that down. One that can't be read
        // without asking is read, and settled, later.
        let _ = store.client(Prompt::Never).await;
        let now = self.inner.desk.profile(&before.key)?;
        Ok(now.is_some_and(|now| {
            now.token_number != before.token_number && now.token_last_4 == token.last_4()
        }))
    }

    /// Asks the store about a token, and keeps it in place of the profile's.
    async fn take_token(
        &self,
        profile: Profile,
        token: &AccessToken,
        until_quit: bool,
    ) -> Result<Kept, Error> {
        let client = new_client(
            &self.inner,
            self.inner.origin.clone(),
            profile.hash.clone(),
            token.clone(),
        )
        .with_room_for(connect::most_at_once());
        let deadline = self.inner.clock.now() + Duration::from_secs(30);
        match client
            .send(&request::time(), Lane::Person, deadline)
            .await
            .map(drop)
        {
            Ok(()) | Err(bigcommerce::Error::MissingScope { .. }) => {}
            Err(bigcommerce::Error::Forbidden { .. } | bigcommerce::Error::NotFound) => {
                return Err(Error::WrongStore);
            }
            Err(error) => return Err(error.into()),
        }
        let missing_scopes = connect::missing_scopes(&self.inner, &client).await;
        if let Some(missing) = &missing_scopes {
            connect::is_good_for_something(&self.inner, &client, missing).await?;
        }
        // Where it could not be asked, what the one before might not write says nothing of this one.
        let mut unread = profile.missing_scopes.clone();
        unread.retain(|(_, level)| *level == Access::Read);
        let profile = Profile {
            missing_scopes: missing_scopes.unwrap_or(unread),
            // The same once more stays as good as it was.
            proven_writes: if token.last_4() == profile.token_last_4 {
                profile.proven_writes
            } else {
                Vec::new()
            },
            ..profile
        };
        self.keep_token(&profile, token, until_quit, Along::Nothing)
            .await
    }

    /// Puts the token where the person wants it, then says so in the profile: in that of a store that
    /// is new here all of `profile`, else what goes `along`.
    ///
    /// Dropped while it waits, it has written nothing into a profile; from the moment that it has, it waits
    /// for nothing more. What it gives is for [`Workbench::tidy_up`].
    pub(crate) async fn keep_token(
        &self,
        profile: &Profile,
        token: &AccessToken,
        until_quit: bool,
        along: Along,
    ) -> Result<Kept, Error> {
        let key = self.inner.token_key(profile);
        let mut profile = profile.clone();
        profile.token_last_4 = token.last_4();
        let before = self.inner.desk.profile(&profile.key)?;
        let replaces = before.is_some();
        let names_an_entry = before.is_some_and(|before| {
            matches!(
                before.token_home,
                TokenHome::Keychain | TokenHome::SessionOverOlder
            )
        });
        // Until the profile says where its token is, nobody takes that out as nobody's.
        let _coming = self.inner.expect_token(&key).await;
        if until_quit {
            // What it replaces stays until the profile says that it is not the one in use any more.
            profile.token_home = if names_an_entry {
                TokenHome::SessionOverOlder
            } else {
                TokenHome::Session
            };
        } else {
            if replaces {
                self.inner.note_replacement(&profile)?;
                self.inner.milestones.reached(Milestone::ReplacementNoted);
            }
            if names_an_entry {
                self.inner.strike_leftover(&key)?;
            } else {
                // If this ends before a store names the entry, the entry goes.
                self.inner.note_leftover(&key)?;
                self.inner.milestones.reached(Milestone::EntryNoted);
            }
            let save = self.inner.vault.save(&key, token, Prompt::Allowed);
            self.asking(&profile.key, async { Ok(save.await?) }).await?;
            self.inner.milestones.reached(Milestone::TokenSwapped);
            profile.token_home = TokenHome::Keychain;
        }
        if replaces {
            // Waiting for the keychain may have taken minutes: what the person set meanwhile stays.
            profile = self.inner.change_profile(&profile.key, |now| {
                let token_number = now.token_number.wrapping_add(1);
                let before = std::mem::replace(now, profile.clone());
                now.token_number = token_number;
                if along == Along::Nothing {
                    now.name = before.name;
                    now.color = before.color;
                    now.safety = before.safety;
                    now.channel_id = before.channel_id;
                    now.position = before.position;
                    now.info = before.info;
                }
            })?;
            self.inner.forget_replacement(&profile)?;
            self.inner.milestones.reached(Milestone::TokenReplaced);
        } else {
            self.inner.desk.add_profile(&profile)?;
            self.inner.milestones.reached(Milestone::StoreAdded);
        }
        if until_quit {
            self.inner.vault.keep_until_quit(&key, token.clone());
        } else if let Err(error) = self.inner.strike_leftover(&key) {
            // An entry that a store names stays, also if this can't be written down.
            tracing::warn!(store = %profile.key, %error, "a note about its token stays");
        }
        Ok(Kept {
            profile,
            until_quit,
            named_an_entry: names_an_entry,
        })
    }

    /// Takes out of the keychain what a token that is kept has made superfluous, as far as that asks nobody.
    /// What stays is noted, or is taken out with its store.
    pub(crate) async fn tidy_up(&self, kept: Kept) -> Profile {
        let Kept {
            profile,
            until_quit,
            named_an_entry,
        } = kept;
        if !until_quit {
            self.inner.forget_leftovers().await;
            return profile;
        }
        // The one it replaces has no business in the keychain any more. A locked one keeps it
        // until the store is removed; it is not read again, unless somebody asks for it once this one is gone.
        let key = self.inner.token_key(&profile);
        match self.inner.vault.forget_kept(&key, Prompt::Never).await {
            Ok(()) if named_an_entry => {
                let written = self.inner.change_profile(&profile.key, |now| {
                    now.token_home = TokenHome::Session;
                });
                match written {
                    Ok(written) => return written,
                    // The new token is in use, and what was written last says so.
                    Err(error) => {
                        tracing::warn!(store = %profile.key, %error, "an entry that is gone is still named");
                    }
                }
            }
            Err(error) if named_an_entry => {
                tracing::warn!(store = %profile.key, %error, "an older token is in the keychain");
            }
            _ => {}
        }
        profile
    }

    /// Waits for a keychain that may be asking the person, until [`Workbench::cancel_unlock`].
    pub(crate) async fn asking<T>(
        &self,
        key: &ProfileKey,
        question: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let stop = self.may_be_stopped(key)?;
        Abortable::new(question, stop)
            .await
            .map_err(|_| Error::Cancelled)?
    }

    /// What [`Workbench::cancel_unlock`] stops from now on. A question that is put with it later ends at
    /// once if it was stopped before.
    ///
    /// # Errors
    /// [`Error::Cancelled`] if the app ends.
    pub(crate) fn may_be_stopped(&self, key: &ProfileKey) -> Result<AbortRegistration, Error> {
        let (handle, registration) = AbortHandle::new_pair();
        if let Some(before) = lock(&self.inner.asking).insert(key.clone(), handle) {
            before.abort();
        }
        if self.inner.closing.load(Ordering::SeqCst) {
            return Err(Error::Cancelled);
        }
        Ok(registration)
    }
}

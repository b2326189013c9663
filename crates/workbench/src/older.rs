//! An older token that is still in the keychain, after the one that took its place was to be kept until
//! quitting and is gone.

use credentials::{KeychainError, Prompt};
use desk::{Profile, ProfileKey, TokenHome};

use crate::{Error, Inner, Workbench, connect, store::new_client};

impl Workbench {
    /// Takes the older token into use again, as one that is kept in the keychain. Only now is the keychain asked for
    /// it, and a locked one may ask the person. What the token may not do is asked of the store, as far as that
    /// answers. Where there is no older one, or a newer one is at hand, this is [`Workbench::unlock`].
    ///
    /// # Errors
    /// [`Error::StoreGone`], [`Error::OtherOrigin`], [`Error::Keychain`], [`Error::Cancelled`] after
    /// [`Workbench::cancel_unlock`]; then the store is without a token as before.
    pub async fn take_older_token(&self, key: &ProfileKey) -> Result<(), Error> {
        let before = self.inner.desk.profile(key)?.ok_or(Error::StoreGone)?;
        let entry = self.inner.token_key(&before);
        let vault = &self.inner.vault;
        if before.token_home != TokenHome::SessionOverOlder || vault.is_session_only(&entry) {
            return self.unlock(key).await;
        }
        if !self.may_connect(&before) {
            return Err(Error::OtherOrigin);
        }
        let asked = self
            .asking(key, async {
                // One that is given at this very moment is not the older one.
                let token = vault.load_kept(&entry, Prompt::Allowed).await?;
                let client = new_client(
                    &self.inner,
                    self.inner.origin.clone(),
                    before.hash.clone(),
                    token.clone(),
                )
                .with_room_for(connect::most_at_once());
                let missing = connect::missing_scopes(&self.inner, &client).await;
                Ok((token, missing))
            })
            .await;
        let (token, missing) = match asked {
            // Somebody took it out: there is none to be named any more.
            Err(Error::Keychain(KeychainError::NoEntry)) => {
                self.inner.change_if_older(&before, |now| {
                    now.token_home = TokenHome::Session;
                })?;
                self.inner.stale_app();
                return Err(KeychainError::NoEntry.into());
            }
            asked => asked?,
        };
        let store = self.inner.open_store(key).await?;
        let last_4 = token.last_4();
        let named = || {
            self.inner.change_if_older(&before, |now| {
                now.token_home = TokenHome::Keychain;
                now.token_number = now.token_number.wrapping_add(1);
                now.token_last_4 = last_4;
                now.proven_writes = Vec::new();
                // What the other one lacked says nothing of this one: what it is refused is noted as it comes.
                now.missing_scopes = missing.unwrap_or_default();
            })
        };
        store.sign_from_now_on(token, named).await?;
        store.kick_refresh.notify_one();
        store.kick_changes.notify_one();
        self.inner.stale_app();
        Ok(())
    }
}

impl Inner {
    /// Changes a profile whose older token is still all that there is, and gives it then: one that was given meanwhile
    /// stays.
    fn change_if_older(
        &self,
        before: &Profile,
        change: impl FnOnce(&mut Profile),
    ) -> Result<Option<Profile>, Error> {
        let entry = self.token_key(before);
        let mut is_older = false;
        let now = self.change_profile(&before.key, |now| {
            is_older = now.token_number == before.token_number
                && now.token_home == TokenHome::SessionOverOlder
                && !self.vault.is_session_only(&entry);
            if is_older {
                change(now);
            }
        })?;
        Ok(is_older.then_some(now))
    }
}

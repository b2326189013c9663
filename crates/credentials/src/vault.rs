use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use commerce::AccessToken;

use crate::{Keychain, KeychainError, KeychainPlace, KeychainState, Prompt, TokenKey};

/// Where a store's token is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// In the system's keychain.
    Keychain,
    /// In memory, until the app quits.
    Session,
}

/// The home of all stores' tokens: the keychain, or memory until the app quits.
#[derive(Debug)]
pub struct Vault {
    keychain: Keychain,
    session: Mutex<HashMap<TokenKey, AccessToken>>,
}

impl Vault {
    /// A vault that keeps in `keychain` what is to outlive the app.
    #[must_use]
    pub fn new(keychain: Keychain) -> Self {
        Self {
            keychain,
            session: Mutex::default(),
        }
    }

    /// Keeps the token in memory only. It comes before one in the keychain, which stays there.
    pub fn keep_until_quit(&self, key: &TokenKey, token: AccessToken) {
        self.session().insert(key.clone(), token);
    }

    /// As [`Keychain::entry`].
    #[must_use]
    pub fn entry(&self, key: &TokenKey) -> String {
        self.keychain.entry(key)
    }

    /// As [`Keychain::collection`].
    pub async fn collection(&self, key: Option<&TokenKey>) -> Option<String> {
        self.keychain.collection(key).await
    }

    /// Puts the token into the keychain. A copy in memory only is dropped once it is in there.
    ///
    /// # Errors
    /// As [`Keychain::save`]. One in memory stays then. In the keychain lies what was there, of several for this key
    /// perhaps only one; or, where only the reading back failed, what it made of the new one.
    pub async fn save(
        &self,
        key: &TokenKey,
        token: &AccessToken,
        prompt: Prompt,
    ) -> Result<KeychainPlace, KeychainError> {
        let place = self.keychain.save(key, token, prompt).await?;
        self.session().remove(key);
        Ok(place)
    }

    /// The token: from memory if it is only there, else from the keychain.
    ///
    /// # Errors
    /// As [`Keychain::load`].
    pub async fn load(&self, key: &TokenKey, prompt: Prompt) -> Result<AccessToken, KeychainError> {
        let session = self.session().get(key).cloned();
        match session {
            Some(token) => Ok(token),
            None => self.keychain.load(key, prompt).await,
        }
    }

    /// The token in the keychain, also where one in memory comes before it.
    ///
    /// # Errors
    /// As [`Keychain::load`].
    pub async fn load_kept(
        &self,
        key: &TokenKey,
        prompt: Prompt,
    ) -> Result<AccessToken, KeychainError> {
        self.keychain.load(key, prompt).await
    }

    /// Drops the token from memory and from the keychain. Fine if there is none.
    ///
    /// # Errors
    /// As [`Keychain::delete`]; it is gone from memory all the same.
    pub async fn forget(&self, key: &TokenKey, prompt: Prompt) -> Result<(), KeychainError> {
        self.session().remove(key);
        self.keychain.delete(key, prompt).await
    }

    /// Drops a token from the keychain only. One in memory stays.
    ///
    /// # Errors
    /// As [`Keychain::delete`].
    pub async fn forget_kept(&self, key: &TokenKey, prompt: Prompt) -> Result<(), KeychainError> {
        self.keychain.delete(key, prompt).await
    }

    /// Has the keychain opened as far as this key's entry needs it, and tells what keeps it closed.
    ///
    /// # Errors
    /// As [`Keychain::load`].
    pub async fn opens(&self, key: &TokenKey, prompt: Prompt) -> Result<(), KeychainError> {
        self.load_kept(key, prompt).await.map(drop)
    }

    /// Where this key's token would be loaded from.
    #[must_use]
    pub fn home(&self, key: &TokenKey) -> Home {
        if self.is_session_only(key) {
            Home::Session
        } else {
            Home::Keychain
        }
    }

    /// Whether the token is in memory only, and gone when the app quits.
    #[must_use]
    pub fn is_session_only(&self, key: &TokenKey) -> bool {
        self.session().contains_key(key)
    }

    /// Whether there is a keychain and whether it is open. Never asks the person anything.
    pub async fn keychain_state(&self) -> KeychainState {
        self.keychain.state().await
    }

    fn session(&self) -> MutexGuard<'_, HashMap<TokenKey, AccessToken>> {
        // A map of whole values is in order wherever a thread stopped.
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

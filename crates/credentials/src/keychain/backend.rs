use commerce::AccessToken;
use tokio::sync::watch;

use super::{KeychainError, KeychainPlace, KeychainState, TokenKey};

/// Whether the person may be asked to unlock their keychain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prompt {
    /// No: a locked keychain is an answer of its own.
    Never,
    /// Yes, and the call waits for them as long as it takes.
    Allowed,
}

/// What a call may ask of the person, and whether anybody still waits for its answer.
#[derive(Clone, Debug)]
pub struct Ask {
    prompt: Prompt,
    waiting: watch::Receiver<()>,
}

impl Ask {
    pub(super) fn new(prompt: Prompt, waiting: watch::Receiver<()>) -> Self {
        Self { prompt, waiting }
    }

    /// Whether the person may be asked.
    #[must_use]
    pub fn prompt(&self) -> Prompt {
        self.prompt
    }

    /// Whether the caller has given up.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.waiting.has_changed().is_err()
    }

    /// Resolves when the caller gives up. Needs no runtime.
    pub async fn cancelled(&self) {
        let mut waiting = self.waiting.clone();
        while waiting.changed().await.is_ok() {}
    }
}

/// A place that can keep tokens. Calls may block; [`super::Keychain`] gives each its own thread.
pub trait Backend: Send + Sync + 'static {
    /// Whether it is there and open. Never asks the person.
    fn state(&self) -> KeychainState;

    /// The collection in which the entry for `key` lies, or, without one, to which a new entry would
    /// go; `None` where there is only one. Never asks the person.
    fn collection(&self, _key: Option<&TokenKey>) -> Option<String> {
        None
    }

    /// What the keychain's own program lists the entry for `key` as. Never asks the person, nor the keychain.
    fn entry(&self, key: &TokenKey) -> String {
        key.label()
    }

    /// Keeps `token` under `key`, in place of any other.
    ///
    /// # Errors
    /// Any [`KeychainError`] but [`KeychainError::NoEntry`].
    fn save(
        &self,
        key: &TokenKey,
        token: &AccessToken,
        ask: &Ask,
    ) -> Result<KeychainPlace, KeychainError>;

    /// The token under `key`.
    ///
    /// # Errors
    /// Any [`KeychainError`].
    fn load(&self, key: &TokenKey, ask: &Ask) -> Result<AccessToken, KeychainError>;

    /// Takes out whatever is kept under `key`.
    ///
    /// # Errors
    /// Any [`KeychainError`]; [`KeychainError::NoEntry`] if nothing was.
    fn delete(&self, key: &TokenKey, ask: &Ask) -> Result<(), KeychainError>;
}

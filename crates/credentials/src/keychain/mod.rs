//! Tokens in the operating system's keychain.

mod backend;
mod core;
#[cfg(any(not(target_os = "linux"), test))]
mod direct;
#[cfg(target_os = "linux")]
mod secret_service;

use std::{future::Future, sync::Arc};

use commerce::{AccessToken, StoreHash};
use tokio::sync::{oneshot, watch};

pub use backend::{Ask, Backend, Prompt};

/// Which token is meant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TokenKey {
    /// Unique, and stable for the profile's life.
    pub store: String,
    /// The store, by which people recognise the entry in a keychain that has labels.
    pub hash: StoreHash,
    /// What it opens.
    pub opens: Opens,
}

/// What a token opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Opens {
    /// The store's API.
    Api,
    /// The storefront's GraphQL API.
    Storefront,
}

impl TokenKey {
    /// What a keychain shows the entry as that has labels; see [`Keychain::entry`].
    #[must_use]
    pub fn label(&self) -> String {
        match self.opens {
            Opens::Api => format!("Stockroom, store {}", self.hash),
            Opens::Storefront => format!("Stockroom, storefront of {}", self.hash),
        }
    }
}

/// Where a token was put, in words that lead a person there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeychainPlace {
    /// The keychain, such as `GNOME Keyring`, `macOS Keychain`, `Windows Credential Manager`.
    pub name: String,
    /// The collection within it, where it has several: `Login`.
    pub collection: Option<String>,
    /// The entry, as the keychain's own program lists it: `Stockroom, store abc123`.
    pub entry: String,
}

/// Whether there is a keychain, and whether it would answer without asking the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeychainState {
    /// None on this system, or none that is running.
    Absent,
    /// There is one that keeps nothing yet: the first save asks for a password for it.
    NotSetUp {
        /// What it is called.
        name: String,
    },
    /// It has to be unlocked first.
    Locked {
        /// What it is called.
        name: String,
    },
    /// It is open.
    Ready {
        /// What it is called.
        name: String,
    },
}

/// Why the keychain did not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeychainError {
    /// There is none on this system, or none that is running. Keeping the token until the app
    /// quits is still possible.
    #[error("there is no keychain on this system")]
    Absent,
    /// It is locked (or has no password yet), and asking the person was not allowed.
    #[error("the keychain is locked")]
    Locked,
    /// The person, or the system on their behalf, said no.
    #[error("access to the keychain was refused")]
    Refused,
    /// It holds no token for this store.
    #[error("the keychain holds no token for this store")]
    NoEntry,
    /// It holds several different tokens for this store. Saving a new one puts that right.
    #[error("the keychain holds several tokens for this store")]
    Ambiguous,
    /// Anything else. Never holds a secret.
    #[error("the keychain failed: {what}")]
    Failed {
        /// What is known of it.
        what: KeychainTrouble,
    },
}

/// What went wrong with the keychain itself.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeychainTrouble {
    /// What was put in was not there afterwards, or was something else.
    #[error("it did not keep the token")]
    NotKept,
    /// Its entry holds something that is no token.
    #[error("the entry is not a token")]
    NotAToken,
    /// Its own data can't be read.
    #[error("its data is damaged")]
    Damaged,
    /// It takes no such entry, or can't do that with it.
    #[error("it does not take this entry")]
    NotTaken,
    /// Nobody says.
    #[error("for a reason unknown to us")]
    Unknown,
    /// What the system says of it.
    #[error("{0}")]
    Said(String),
}

impl KeychainError {
    /// A short name that never changes, for matching and for reports.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Absent => "keychainAbsent",
            Self::Locked => "keychainLocked",
            Self::Refused => "keychainRefused",
            Self::NoEntry => "keychainNoEntry",
            Self::Ambiguous => "keychainAmbiguous",
            Self::Failed { .. } => "keychainFailed",
        }
    }

    /// In the system's words.
    fn failed(what: impl ToString) -> Self {
        KeychainTrouble::Said(what.to_string()).into()
    }
}

impl From<KeychainTrouble> for KeychainError {
    fn from(what: KeychainTrouble) -> Self {
        Self::Failed { what }
    }
}

/// Keeps tokens in the operating system's keychain.
///
/// Each call runs on a thread of its own, because a keychain may ask the person and wait for them.
/// Dropping a call's future stops the waiting at once, and nothing is saved or read afterwards for a
/// question that was still open. The question itself may stay on the screen until the person closes it.
#[derive(Clone)]
pub struct Keychain {
    backend: Arc<dyn Backend>,
}

impl std::fmt::Debug for Keychain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keychain")
    }
}

impl Keychain {
    /// This system's keychain. `service` keeps our entries apart from those of other programs, and
    /// must never change: `dev.stockroom.Stockroom`.
    ///
    /// Touches nothing yet. Each call looks for the keychain anew, so that one which starts, is
    /// restarted or is unlocked later is found.
    #[must_use]
    pub fn system(service: &str) -> Self {
        Self::with_backend(core::system(service))
    }

    /// A keychain of the caller's own making.
    #[must_use]
    pub fn with_backend(backend: Arc<dyn Backend>) -> Self {
        Self { backend }
    }

    /// Puts the token in, in place of any other for this key, and reads it back to be sure.
    ///
    /// # Errors
    /// [`KeychainError::Locked`] if the person would have to be asked and must not be.
    pub async fn save(
        &self,
        key: &TokenKey,
        token: &AccessToken,
        prompt: Prompt,
    ) -> Result<KeychainPlace, KeychainError> {
        let (key, token) = (key.clone(), token.clone());
        self.on_thread("keychain-save", prompt, move |backend, ask| {
            let place = backend.save(&key, &token, ask)?;
            let kept = backend.load(&key, ask).map_err(|error| match error {
                KeychainError::NoEntry => KeychainError::from(KeychainTrouble::NotKept),
                error => error,
            })?;
            if kept.expose() == token.expose() {
                Ok(place)
            } else {
                Err(KeychainTrouble::NotKept.into())
            }
        })
        .await
    }

    /// The token for this key.
    ///
    /// # Errors
    /// [`KeychainError::Locked`] if the person would have to be asked and must not be, also where
    /// it can't be known whether a locked keychain holds the token at all.
    pub async fn load(&self, key: &TokenKey, prompt: Prompt) -> Result<AccessToken, KeychainError> {
        let key = key.clone();
        self.on_thread("keychain-load", prompt, move |backend, ask| {
            backend.load(&key, ask)
        })
        .await
    }

    /// Takes the token for this key out. Fine if there is none.
    ///
    /// # Errors
    /// As [`Keychain::load`], without [`KeychainError::NoEntry`].
    pub async fn delete(&self, key: &TokenKey, prompt: Prompt) -> Result<(), KeychainError> {
        let key = key.clone();
        self.on_thread("keychain-delete", prompt, move |backend, ask| match backend
            .delete(&key, ask)
        {
            Err(KeychainError::NoEntry) => Ok(()),
            result => result,
        })
        .await
    }

    /// Whether there is a keychain and whether it is open. Never asks the person anything.
    pub async fn state(&self) -> KeychainState {
        self.on_thread("keychain-state", Prompt::Never, |backend, _| {
            Ok(backend.state())
        })
        .await
        .unwrap_or(KeychainState::Absent)
    }

    /// What the keychain's own program lists the entry for `key` as, whether it is there or not: a label where entries
    /// have labels, else the names that tell it apart. Never asks the person anything.
    #[must_use]
    pub fn entry(&self, key: &TokenKey) -> String {
        self.backend.entry(key)
    }

    /// The collection in which the entry for `key` lies, or, without one, to which a new entry would
    /// go; `None` where the keychain has no such thing. Never asks the person anything.
    pub async fn collection(&self, key: Option<&TokenKey>) -> Option<String> {
        let key = key.cloned();
        self.on_thread("keychain-collection", Prompt::Never, move |backend, _| {
            Ok(backend.collection(key.as_ref()))
        })
        .await
        .ok()?
    }

    /// Runs `work` on a named thread of its own.
    ///
    /// Not on the runtime's blocking pool: leaving the app would wait there for a question that
    /// nobody answers.
    fn on_thread<T: Send + 'static>(
        &self,
        name: &str,
        prompt: Prompt,
        work: impl FnOnce(&dyn Backend, &Ask) -> Result<T, KeychainError> + Send + 'static,
    ) -> impl Future<Output = Result<T, KeychainError>> + Send + 'static {
        let backend = Arc::clone(&self.backend);
        let name = name.to_owned();
        async move {
            // Lives as long as somebody waits for the answer.
            let (_waiting, cancelled) = watch::channel(());
            let (answer, answered) = oneshot::channel();
            std::thread::Builder::new()
                .name(name)
                .spawn(move || {
                    let ask = Ask::new(prompt, cancelled);
                    // Nobody waits any more: nothing to tell.
                    let _ = answer.send(work(&*backend, &ask));
                })
                .map_err(KeychainError::failed)?;
            answered
                .await
                .unwrap_or_else(|_| Err(KeychainTrouble::Unknown.into()))
        }
    }
}

//! Entries in the keychain that no store names: tokens that stayed in a keychain which did not answer
//! when their store was removed, and those that were put there for a store which was not kept after all.
//!
//! What is written down are the names of keychain entries, never what is in them.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use credentials::{KeychainError, Opens, Prompt, TokenKey};
use desk::{Scope, TokenHome};
use futures::future::select;
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::{Error, Inner, Workbench, lock};

const NAME: &str = "tokens-to-forget";
/// Between two tries, while something is to be forgotten and the keychain does not let us.
const BETWEEN: Duration = Duration::from_secs(30);

/// What keeps forgetting and keeping apart.
#[derive(Default)]
pub(crate) struct Leftovers {
    /// Held while an entry is taken out, and while another is announced.
    turn: tokio::sync::Mutex<()>,
    /// Held while the list is changed.
    writing: Mutex<()>,
    /// Entries that a token is being put into.
    coming: Mutex<Vec<TokenKey>>,
    noted: Notify,
}

/// A token is being put into this entry, which is nobody's to take out.
pub(crate) struct Coming<'a> {
    leftovers: &'a Leftovers,
    key: TokenKey,
}

impl Drop for Coming<'_> {
    fn drop(&mut self) {
        let mut coming = lock(&self.leftovers.coming);
        if let Some(at) = coming.iter().position(|key| *key == self.key) {
            coming.swap_remove(at);
        }
        // It may not have come about.
        self.leftovers.noted.notify_one();
    }
}

impl Inner {
    /// A token is about to be put into this entry. Whatever is written down about it, it is left alone
    /// until what this gives is dropped.
    pub(crate) async fn expect_token(&self, key: &TokenKey) -> Coming<'_> {
        let _turn = self.leftovers.turn.lock().await;
        lock(&self.leftovers.coming).push(key.clone());
        Coming {
            leftovers: &self.leftovers,
            key: key.clone(),
        }
    }

    /// Whether a token is being put into this entry.
    pub(crate) fn expects_token(&self, key: &TokenKey) -> bool {
        lock(&self.leftovers.coming).contains(key)
    }

    /// Writes down that this entry is to go, as long as no store names it.
    pub(crate) fn note_leftover(&self, key: &TokenKey) -> Result<(), Error> {
        let _writing = lock(&self.leftovers.writing);
        let mut left = self.noted_leftovers();
        if !left.contains(key) {
            left.push(key.clone());
            self.set_leftovers(&left)?;
        }
        self.look_for_leftovers();
        Ok(())
    }

    /// Something that is written down may be nobody's from now on.
    pub(crate) fn look_for_leftovers(&self) {
        self.leftovers.noted.notify_one();
    }

    /// The entry is gone, or is a store's again.
    pub(crate) fn strike_leftover(&self, key: &TokenKey) -> Result<(), Error> {
        let _writing = lock(&self.leftovers.writing);
        let mut left = self.noted_leftovers();
        if !left.contains(key) {
            return Ok(());
        }
        left.retain(|other| other != key);
        self.set_leftovers(&left)
    }

    /// Forgets what is to be forgotten, as far as the keychain lets us without asking anybody. Whether
    /// that was all of it.
    pub(crate) async fn forget_leftovers(&self) -> bool {
        let mut is_all = true;
        for key in self.noted_leftovers() {
            let _turn = self.leftovers.turn.lock().await;
            match self.is_left_over(&key) {
                Ok(true) => {}
                // What a store names is seen to when that store is removed.
                Ok(false) => continue,
                Err(error) => {
                    tracing::warn!(%error, "it is not known what is in the keychain in vain");
                    return false;
                }
            }
            let forgotten = match self.vault.forget_kept(&key, Prompt::Never).await {
                Ok(()) => self.strike_leftover(&key),
                Err(KeychainError::Absent | KeychainError::Locked) => {
                    is_all = false;
                    Ok(())
                }
                Err(error) => Err(error.into()),
            };
            if let Err(error) = forgotten {
                is_all = false;
                tracing::warn!(%error, "a token that no store names is still in the keychain");
            }
        }
        is_all
    }

    /// Meanwhile its store may have been connected again under the same name, or is about to be; and
    /// a removal that was begun may not have come about.
    fn is_left_over(&self, key: &TokenKey) -> Result<bool, Error> {
        if self.expects_token(key) || !self.noted_leftovers().contains(key) {
            return Ok(false);
        }
        for profile in self.desk.profiles()? {
            let is_kept = matches!(
                profile.token_home,
                TokenHome::Keychain | TokenHome::SessionOverOlder
            );
            let storefront = self.storefront_keys(&profile)?;
            let is_named = (is_kept && self.token_key(&profile) == *key)
                || storefront.contains(&(key.clone(), true));
            if is_named {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn noted_leftovers(&self) -> Vec<TokenKey> {
        let kept = self.desk.setting(&Scope::App, NAME).ok().flatten();
        let kept = kept.as_ref().and_then(Value::as_array);
        kept.into_iter()
            .flatten()
            .filter_map(|entry| {
                Some(TokenKey {
                    store: entry["store"].as_str()?.to_owned(),
                    hash: entry["hash"].as_str()?.parse().ok()?,
                    opens: match entry["opens"].as_str() {
                        Some("storefront") => Opens::Storefront,
                        _ => Opens::Api,
                    },
                })
            })
            .collect()
    }

    fn set_leftovers(&self, left: &[TokenKey]) -> Result<(), Error> {
        if left.is_empty() {
            return Ok(self.desk.remove_setting(&Scope::App, NAME)?);
        }
        let left: Vec<Value> = left
            .iter()
            .map(|key| {
                let opens = match key.opens {
                    Opens::Api => "api",
                    Opens::Storefront => "storefront",
                };
                json!({ "store": key.store, "hash": key.hash.to_string(), "opens": opens })
            })
            .collect();
        Ok(self
            .desk
            .set_setting(&Scope::App, NAME, &Value::Array(left))?)
    }
}

impl Workbench {
    /// Forgets tokens that no store names, if the keychain answers, and else again and again until it
    /// does; for as long as there is this workbench. Asks nobody anything; without such tokens the
    /// keychain isn't touched.
    pub fn forget_leftovers(&self) -> impl Future<Output = ()> + Send + use<> {
        let bench = Arc::downgrade(&self.inner);
        let (clock, leftovers) = (
            Arc::clone(&self.inner.clock),
            Arc::clone(&self.inner.leftovers),
        );
        async move {
            while let Some(bench) = bench.upgrade() {
                let is_all = bench.forget_leftovers().await;
                drop(bench);
                let noted = leftovers.noted.notified();
                if is_all {
                    noted.await;
                } else {
                    let until = clock.now() + BETWEEN;
                    select(Box::pin(noted), clock.sleep_until(until)).await;
                }
            }
        }
    }
}

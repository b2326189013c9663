//! Tokens that stayed in a keychain which did not answer when their store was removed.
//!
//! What is written down are the names of keychain entries, never what is in them.

use credentials::{KeychainError, Opens, Prompt, TokenKey};
use desk::Scope;
use serde_json::{Value, json};

use crate::{Error, Inner, Workbench};

const NAME: &str = "tokens-to-forget";

impl Inner {
    /// Writes down that this entry is to go.
    pub(crate) fn note_leftover(&self, key: &TokenKey) -> Result<(), Error> {
        let mut left = self.leftovers();
        if !left.contains(key) {
            left.push(key.clone());
        }
        self.set_leftovers(&left)
    }

    /// The entry is gone, or is a store's again.
    pub(crate) fn strike_leftover(&self, key: &TokenKey) -> Result<(), Error> {
        let mut left = self.leftovers();
        if !left.contains(key) {
            return Ok(());
        }
        left.retain(|other| other != key);
        self.set_leftovers(&left)
    }

    /// Forgets what is to be forgotten, as far as the keychain lets us without asking anybody.
    pub(crate) async fn forget_leftovers(&self) {
        for key in self.leftovers() {
            // Meanwhile its store may have been connected again, under the same name.
            if !self.leftovers().contains(&key) {
                continue;
            }
            let forgotten = match self.vault.forget_kept(&key, Prompt::Never).await {
                Ok(()) => self.strike_leftover(&key),
                Err(KeychainError::Absent | KeychainError::Locked) => Ok(()),
                Err(error) => Err(error.into()),
            };
            if let Err(error) = forgotten {
                tracing::warn!(%error, "the token of a removed store is still in the keychain");
            }
        }
    }

    fn leftovers(&self) -> Vec<TokenKey> {
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
    /// Forgets tokens of stores that were removed while no keychain answered, if one does now. Asks
    /// nobody anything; without such tokens the keychain isn't touched.
    pub async fn forget_leftovers(&self) {
        self.inner.forget_leftovers().await;
    }
}

//! How a store and its token are, asked on purpose; and what this computer holds of it.

use std::{path::Path, time::Duration};

use bigcommerce::{Error as Api, Lane, request};
use commerce::{Access, Scope};
use credentials::{KeychainError, KeychainState, Prompt};
use desk::{ProfileKey, TokenHome};
use jiff::Timestamp;
use journal::{Filter, Query, State};

use crate::{
    Error, Workbench,
    connect::{self, STOREFRONTS},
    on_disk,
};

/// How many refusals are looked back at.
const REFUSALS: usize = 10;
/// How long the store may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// What was found. Holds no secret, no customer's data and no words of the store's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Examination {
    /// The keychain, asked without a prompt.
    pub keychain: KeychainState,
    /// The host that was asked.
    pub host: String,
    /// How long it took to answer; `None` if it didn't.
    pub answered_in: Option<Duration>,
    /// How far this computer's clock is ahead of the store's, in seconds.
    pub clock_ahead: Option<i64>,
    /// Scopes that Stockroom has a use for and the token lacks, each with the lowest level that it
    /// lacks: as the store said now, or else when it was asked last.
    pub missing: Vec<(Scope, Access)>,
    /// Whether the store said so now.
    pub asked_now: bool,
    /// Why it could not be asked; or, where it answered, what is wrong with the token's entry in the
    /// keychain.
    pub problem: Option<Error>,
    /// What the store refused last, newest first, at most ten.
    pub refusals: Vec<Refusal>,
    /// When it was.
    pub at: Timestamp,
}

/// Something that the store refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// When.
    pub at: Timestamp,
    /// What was to be changed: `order`, `product`, `create_product`, as [`Change`] names it.
    ///
    /// [`Change`]: commerce::Change
    pub what: String,
    /// How it ended.
    pub state: State,
}

/// What this computer holds of a store, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holdings {
    /// The copy of its orders, products and customers.
    pub copy: u64,
    /// Every change that was made from here.
    pub journal: u64,
    /// How many those are.
    pub changes: u32,
    /// Those that wait or are being sent.
    pub changes_waiting: u32,
    /// Pictures of products.
    pub pictures: u64,
    /// What the person arranged for it: columns, filters, and what was typed and not applied.
    pub desk: u64,
    /// How much of that was typed and not applied.
    pub drafts: u32,
}

impl Workbench {
    /// Looks at a store, its token and its keychain. Nothing is changed in the store, and nobody is
    /// asked for a password. What the token lacks is written down, as after a check.
    ///
    /// # Errors
    /// [`Error::StoreGone`], [`Error::File`]. What is wrong with the store is in the examination.
    pub async fn examine(&self, key: &ProfileKey) -> Result<Examination, Error> {
        let bench = &self.inner;
        let store = bench.open_store(key).await?;
        let profile = store.profile();
        let reader = std::sync::Arc::clone(&store);
        let refusals = on_disk(move || {
            let mut refusals = Vec::new();
            // Whatever was refused is to be looked at: the rest of a long journal is not read.
            let to_look_at = Query {
                filter: Filter::ToLookAt,
                ..Query::default()
            };
            for id in reader.journal.ids(&to_look_at)? {
                if refusals.len() == REFUSALS {
                    break;
                }
                let entry = reader.journal.entry(&id)?;
                if matches!(entry.state, State::Refused | State::Conflict) {
                    refusals.push(Refusal {
                        at: entry.state_at,
                        what: named(&entry.change),
                        state: entry.state,
                    });
                }
            }
            Ok(refusals)
        });
        // What names the storefronts is told to be missing to those who ask the storefront, or were refused
        // a token for it.
        let asks_of_it = bench.uses_storefront(&profile)?
            || profile
                .missing_scopes
                .iter()
                .any(|(scope, _)| *scope == Scope::StorefrontTokens);
        let told = |missing: Vec<(Scope, Access)>| -> Vec<(Scope, Access)> {
            let is_told = |(scope, _): &(Scope, Access)| asks_of_it || *scope != STOREFRONTS;
            missing.into_iter().filter(is_told).collect()
        };
        let mut found = Examination {
            keychain: self.keychain_state().await,
            host: if profile.is_sample {
                String::new()
            } else {
                bench.origin.host().to_owned()
            },
            answered_in: None,
            clock_ahead: None,
            missing: told(profile.missing_scopes),
            asked_now: false,
            problem: None,
            refusals: refusals.await?,
            at: bench.clock.wall(),
        };
        let client = match store.signed(Prompt::Never).await {
            Ok(client) => client,
            Err(error) => {
                found.problem = Some(error);
                return Ok(found);
            }
        };
        let (time, asked) = (request::time(), bench.clock.now());
        let answer = client.send(&time, Lane::Person, asked + PATIENCE).await;
        let took = bench.clock.now().since(asked);
        match answer {
            Ok(answer) => {
                let ahead = bench.clock.wall().as_second() - answer.value.as_second();
                (found.answered_in, found.clock_ahead) = (Some(took), Some(ahead));
            }
            // It knows the token; only this one call is out of its reach.
            Err(Api::MissingScope { .. }) => found.answered_in = Some(took),
            Err(error) => {
                found.problem = Some(Error::from(error).of_what_every_store_has());
                return Ok(found);
            }
        }
        // What the store is not for here is no business of its token's, and asking would be refused.
        let wanted = profile.preset.needs().map(|(scope, _)| scope);
        let wanted = wanted.chain(asks_of_it.then_some(STOREFRONTS));
        if let Some(said) = connect::readable_scopes(bench, &client, wanted).await {
            found.missing = told(store.says_lacks(client.token_number, &said)?);
            found.asked_now = true;
        }
        // Another program may have taken the token out since it was read: all works, until the next start.
        let profile = store.profile();
        if profile.token_home == TokenHome::Keychain {
            let entry = bench.token_key(&profile);
            let is_there = bench.vault.opens(&entry, Prompt::Never).await;
            if let Err(gone @ (KeychainError::NoEntry | KeychainError::Ambiguous)) = is_there {
                found.problem = Some(gone.into());
            }
        }
        Ok(found)
    }

    /// What this computer holds of a store: all that goes if it is removed.
    ///
    /// # Errors
    /// [`Error::StoreGone`], [`Error::File`].
    pub async fn holdings(&self, key: &ProfileKey) -> Result<Holdings, Error> {
        let store = self.inner.open_store(key).await?;
        let folder = self
            .inner
            .home
            .store(key)
            .map_err(crate::store::folder_error)?;
        let (desk, drafts) = self.inner.desk.held(key)?;
        on_disk(move || {
            let counts = store.journal.counts()?;
            Ok(Holdings {
                copy: file_size(&folder, "mirror.sqlite"),
                journal: file_size(&folder, "journal.sqlite"),
                changes: counts.all,
                changes_waiting: counts.on_the_way,
                pictures: folder_size(&folder.join("pictures")),
                desk,
                drafts,
            })
        })
        .await
    }
}

fn named(change: &commerce::Change) -> String {
    let json = serde_json::to_value(change).unwrap_or_default();
    json["what"].as_str().unwrap_or_default().to_owned()
}

/// A database with the files beside it, and what was set aside of it.
fn file_size(folder: &Path, name: &str) -> u64 {
    sizes(folder, |file| file.starts_with(name))
}

fn folder_size(folder: &Path) -> u64 {
    sizes(folder, |_| true)
}

/// What can't be read counts nothing: this is for showing.
fn sizes(folder: &Path, counts: impl Fn(&str) -> bool) -> u64 {
    let Ok(files) = std::fs::read_dir(folder) else {
        return 0;
    };
    files
        .flatten()
        .filter(|file| counts(&file.file_name().to_string_lossy()))
        .filter_map(|file| file.metadata().ok())
        .map(|about| about.len())
        .sum()
}

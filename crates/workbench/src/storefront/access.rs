//! Making, renewing and revoking a token.

use std::{sync::Arc, time::Duration};

use bigcommerce::{
    Client, Error as Api, FieldError, Lane,
    request::{self, Few, ListQuery, storefront},
};
use commerce::{Access, ChannelId, SafetyMode, Scope, StorefrontScope, Tick};
use credentials::{KeychainError, Prompt};
use desk::{Profile, ProfileKey, TokenHome};
use futures::future::Abortable;
use jiff::{SignedDuration, Timestamp};

use super::{
    Ended, Kept, Record, StorefrontAccess, StorefrontAccessToken, StorefrontTried,
    StorefrontTrouble, Which,
};
use crate::{Error, Inner, Milestone, Workbench, connect::STOREFRONTS, store::OpenStore};

/// How long the store may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// Longest life of a token, in days: ten years.
const DAYS_MAX: u32 = 3660;

/// What a token is to be good for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorefrontWish {
    /// On which channels, 1 to 100.
    pub channels: Vec<ChannelId>,
    /// What it may ask about; at least one.
    pub scopes: Vec<StorefrontScope>,
    /// How many days it is to last, 1 to 3660.
    pub days: u32,
    /// Keep it in memory only.
    pub until_quit: bool,
}

impl Workbench {
    /// What is known of a store's tokens for its storefront. Asks neither the store nor the keychain.
    ///
    /// # Errors
    /// [`Error::StoreGone`], [`Error::File`].
    pub fn storefront_access(&self, key: &ProfileKey) -> Result<StorefrontAccess, Error> {
        let profile = self.inner.desk.profile(key)?.ok_or(Error::StoreGone)?;
        let now = self.inner.clock.wall();
        let Kept {
            current,
            spare,
            lost,
        } = self.inner.storefront_kept(&profile)?;
        let token = |record: Option<Record>| {
            let token = self.inner.storefront_token(&profile, record?);
            // The sample store forgets its tokens with each start.
            (!(profile.is_sample && token.is_gone)).then_some(token)
        };
        Ok(StorefrontAccess {
            current: token(current),
            spare: token(spare),
            lost: lost
                .into_iter()
                .filter(|record| record.expires_at > now)
                .filter_map(|record| token(Some(record)))
                .map(|token| StorefrontAccessToken {
                    is_gone: true,
                    ..token
                })
                .collect(),
        })
    }

    /// In which of the keychain's collections the token in use lies; `None` where there is none, or where
    /// the keychain has none or does not say. Asks nobody anything.
    ///
    /// # Errors
    /// [`Error::StoreGone`], [`Error::File`].
    pub async fn storefront_collection(&self, key: &ProfileKey) -> Result<Option<String>, Error> {
        let profile = self.inner.desk.profile(key)?.ok_or(Error::StoreGone)?;
        let kept = self.inner.storefront_kept(&profile)?;
        let Some(record) = kept.current.filter(|record| !record.until_quit) else {
            return Ok(None);
        };
        let slot = self.inner.storefront_key(&profile, record.slot);
        Ok(self.inner.vault.collection(Some(&slot)).await)
    }

    /// The store's channels: number and name. Asks nobody for a password, and doesn't ask the store
    /// what it has refused the token before.
    ///
    /// # Errors
    /// As [`Workbench::select`]; [`Error::Api`].
    pub async fn storefront_channels(
        &self,
        key: &ProfileKey,
    ) -> Result<Vec<(ChannelId, String)>, Error> {
        let store = self.inner.open_store(key).await?;
        let client = store.signed(Prompt::Never).await?;
        if store.is_known_to_lack(STOREFRONTS) {
            let needs = Some((STOREFRONTS, Access::Read));
            return Err(Api::MissingScope { needs }.into());
        }
        let list = request::settings::channels(&ListQuery::new());
        let page = client
            .send(&list, Lane::Person, self.patience())
            .await
            .inspect_err(|error| store.note_lack(client.token_number, error))?;
        let mut channels: Vec<_> = page
            .value
            .items
            .into_iter()
            .filter(|channel| channel.kind == "storefront")
            .map(|channel| (channel.id, channel.name))
            .collect();
        channels.sort_unstable();
        Ok(channels)
    }

    /// Makes a token for the storefront, keeps it, tries it out, and uses it from then on. The one
    /// before is revoked afterwards; if that can't be done now, it is the spare one, and if nobody has it
    /// any more, it is one of the lost.
    ///
    /// # Errors
    /// [`Error::ReadOnly`], [`Error::BadInput`], [`Error::Api`], [`Error::Keychain`],
    /// [`Error::Storefront`], [`Error::Cancelled`] after [`Workbench::cancel_unlock`]. The one before is
    /// in use then, and the new one is revoked, or the spare one.
    pub async fn make_storefront_token(
        &self,
        key: &ProfileKey,
        wish: &StorefrontWish,
    ) -> Result<StorefrontTried, Error> {
        let bench = &self.inner;
        let store = bench.open_store(key).await?;
        let profile = writable(&store)?;
        let (expires_at, make) = self.request_for(wish)?;
        let _turn = store.counter.turn_unless_stopped().await?;
        let client = self.asking(key, store.signed(Prompt::Allowed)).await?;
        let now = bench.clock.wall();
        let (spare, slot) = bench.change_storefront(&profile, |kept| {
            kept.lost.retain(|record| record.expires_at > now);
            (kept.spare.clone(), kept.free_slot())
        })?;
        // There is room for two.
        if let Some(spare) = spare {
            let ended = self.end_token(&client, &profile, &spare).await?;
            bench.change_storefront(&profile, |kept| kept.spare_ended(ended))?;
            if ended == Ended::OverAndStopped {
                bench.look_for_leftovers();
                return Err(Error::Cancelled);
            }
        }
        // Who stops it while the store makes one waits until that is known, which is then revoked.
        let stop = self.may_be_stopped(key)?;
        let token = client
            .send(&make, Lane::Person, self.patience())
            .await
            .inspect_err(|error| store.note_lack(client.token_number, error))?
            .value;
        if let Err(error) = store.may_write(client.token_number, Scope::StorefrontTokens) {
            tracing::warn!(store = %profile.key, %error, "what the token may do could not be written down");
        }
        let record = Record {
            slot,
            last_4: token.token().last_4(),
            channels: wish.channels.iter().map(|id| id.0).collect(),
            scopes: wish.scopes.clone(),
            made_at: bench.clock.wall(),
            expires_at,
            // What is not in the keychain itself opens nothing that is.
            until_quit: wish.until_quit || profile.token_home != TokenHome::Keychain,
            is_refused: false,
            is_gone: false,
        };
        let noted = bench.change_storefront(&profile, |kept| kept.spare = Some(record.clone()));
        let tried = match noted {
            Ok(()) => {
                let trying = self.keep_and_try(&store, &client, &record, &token);
                let tried = Abortable::new(trying, stop).await;
                tried.unwrap_or(Err(Error::Cancelled))
            }
            Err(error) => Err(error),
        };
        let tried = match tried {
            Ok(tried) => tried,
            Err(error) => {
                self.take_back(&profile, &client, &record, &token).await?;
                return Err(error);
            }
        };
        let before = bench.change_storefront(&profile, |kept| {
            kept.spare = kept.current.replace(record);
            kept.spare.clone()
        })?;
        bench.milestones.reached(Milestone::StorefrontSwapped);
        store.counter.forget_ways();
        if let Some(before) = before {
            match self.end_token(&client, &profile, &before).await {
                Ok(ended) => {
                    bench.change_storefront(&profile, |kept| kept.spare_ended(ended))?;
                    bench.look_for_leftovers();
                }
                Err(error) => {
                    tracing::warn!(store = %profile.key, %error, "a storefront token was replaced and not revoked");
                }
            }
        }
        Ok(tried)
    }

    /// Revokes a token that is not to be used after all. If that can't be done now, it is the spare one.
    async fn take_back(
        &self,
        profile: &Profile,
        client: &Client,
        record: &Record,
        token: &storefront::StorefrontToken,
    ) -> Result<(), Error> {
        let bench = &self.inner;
        let revoke = storefront::revoke_token(token);
        let revoked = client.send(&revoke, Lane::Person, self.patience()).await;
        if revoked.is_err() {
            return Ok(());
        }
        bench.forget_dead(profile, record).await?;
        bench.change_storefront(profile, |kept| kept.spare = None)?;
        bench.look_for_leftovers();
        Ok(())
    }

    async fn keep_and_try(
        &self,
        store: &OpenStore,
        client: &Client,
        record: &Record,
        token: &storefront::StorefrontToken,
    ) -> Result<StorefrontTried, Error> {
        let bench = &self.inner;
        let profile = store.profile();
        bench.milestones.reached(Milestone::StorefrontNoted);
        let slot = bench.storefront_key(&profile, record.slot);
        if record.until_quit {
            bench.vault.keep_until_quit(&slot, token.token().clone());
        } else {
            bench.strike_leftover(&slot)?;
            bench
                .vault
                .save(&slot, token.token(), Prompt::Allowed)
                .await?;
        }
        bench.milestones.reached(Milestone::StorefrontKept);
        self.try_fresh(&profile, client, record, token).await
    }

    /// Revokes a token, and forgets it. `only_forget` leaves out the first: for one that nobody has
    /// any more.
    ///
    /// # Errors
    /// [`Error::ReadOnly`], [`Error::Storefront`] if there is none to revoke, [`Error::Api`],
    /// [`Error::Keychain`], [`Error::Cancelled`] after [`Workbench::cancel_unlock`]; then it is still there.
    /// Who stops it while the store revokes it comes too late.
    pub async fn revoke_storefront_token(
        &self,
        key: &ProfileKey,
        which: Which,
        only_forget: bool,
    ) -> Result<(), Error> {
        let bench = &self.inner;
        let store = bench.open_store(key).await?;
        let _turn = store.counter.turn_unless_stopped().await?;
        let profile = store.profile();
        let mut kept = bench.storefront_kept(&profile)?;
        let Some(place) = kept.of(which) else {
            if !only_forget {
                return Err(Error::Storefront(StorefrontTrouble::Gone));
            }
            return bench.change_storefront(&profile, |kept| kept.lost.clear());
        };
        let record = place.take();
        let record = record.ok_or(Error::Storefront(StorefrontTrouble::NoToken))?;
        if only_forget {
            let forgetting = async {
                let slot = bench.storefront_key(&profile, record.slot);
                let prompt = if record.until_quit {
                    Prompt::Never
                } else {
                    Prompt::Allowed
                };
                match bench.vault.forget(&slot, prompt).await {
                    Err(error) if !record.until_quit => Err(Error::from(error)),
                    _ => Ok(()),
                }
            };
            self.asking(key, forgetting).await?;
        } else {
            let opening = async {
                writable(&store)?;
                let client = store.client(Prompt::Allowed).await?;
                if bench.is_gone(&profile, &record).await? {
                    return Err(Error::Storefront(StorefrontTrouble::Gone));
                }
                Ok(client)
            };
            let client = self.asking(key, opening).await?;
            self.end_token(&client, &profile, &record).await?;
        }
        bench.change_storefront(&profile, |kept| {
            if let Some(place) = kept.of(which) {
                *place = None;
            }
        })?;
        bench.look_for_leftovers();
        store.counter.forget_ways();
        Ok(())
    }

    /// Revokes a token unless it has ended, and forgets it. Fine if nobody has it any more: then it
    /// ends by itself, which the answer says.
    ///
    /// Only what asks the person can be stopped: what the store was asked to revoke may be revoked, and is
    /// waited for.
    async fn end_token(
        &self,
        client: &Client,
        profile: &Profile,
        record: &Record,
    ) -> Result<Ended, Error> {
        let bench = &self.inner;
        let mut stop = self.may_be_stopped(&profile.key)?;
        let has_ended = record.expires_at <= bench.clock.wall();
        if !has_ended {
            let loading = bench.storefront_load(profile, record, Prompt::Allowed);
            let loaded = Abortable::new(loading, stop).await;
            let Some(token) = loaded.map_err(|_| Error::Cancelled)?? else {
                // A token that the storefront has refused since was revoked elsewhere.
                return Ok(if record.is_refused {
                    Ended::Over
                } else {
                    Ended::Lost
                });
            };
            // Who stops it while the store revokes it is not asked to let it out of the keychain.
            stop = self.may_be_stopped(&profile.key)?;
            let revoke = storefront::revoke_token(&token);
            match client.send(&revoke, Lane::Person, self.patience()).await {
                Ok(_) => {}
                Err(Api::Invalid {
                    fields, message, ..
                }) if names_the_token(&fields, &message) => {}
                Err(error) => return Err(Error::from(error).of_what_every_store_has()),
            }
            bench.milestones.reached(Milestone::StorefrontRevoked);
        }
        let slot = bench.storefront_key(profile, record.slot);
        let forgetting = bench.vault.forget(&slot, Prompt::Allowed);
        match Abortable::new(forgetting, stop).await {
            Ok(Err(error)) if !record.until_quit => Err(error.into()),
            Ok(_) => Ok(Ended::Over),
            Err(_) if has_ended => Err(Error::Cancelled),
            Err(_) => {
                bench.forget_dead(profile, record).await?;
                Ok(Ended::OverAndStopped)
            }
        }
    }

    fn request_for(
        &self,
        wish: &StorefrontWish,
    ) -> Result<(Timestamp, request::Request<storefront::StorefrontToken>), Error> {
        let channels = Few::try_from(wish.channels.clone());
        let channels = channels.map_err(|_| Error::BadInput("channels"))?;
        let scopes = Few::try_from(wish.scopes.clone()).map_err(|_| Error::BadInput("scopes"))?;
        if !(1..=DAYS_MAX).contains(&wish.days) {
            return Err(Error::BadInput("days"));
        }
        let lasts = SignedDuration::from_hours(24 * i64::from(wish.days));
        let now = Timestamp::from_second(self.inner.clock.wall().as_second());
        let expires_at = now.map_err(|_| Error::BadInput("days"))? + lasts;
        let make = storefront::create_token(&channels, &scopes, expires_at);
        Ok((expires_at, make))
    }

    pub(super) fn patience(&self) -> Tick {
        self.inner.clock.now() + PATIENCE
    }
}

/// The profile of a store that may be written to.
fn writable(store: &Arc<OpenStore>) -> Result<Profile, Error> {
    let profile = store.profile();
    if profile.safety == SafetyMode::ReadOnly {
        return Err(Error::ReadOnly);
    }
    Ok(profile)
}

impl Inner {
    /// The token in use.
    pub(super) async fn storefront_in_use(
        &self,
        profile: &Profile,
        prompt: Prompt,
    ) -> Result<(Record, storefront::StorefrontToken), Error> {
        let kept = self.storefront_kept(profile)?;
        let record = kept
            .current
            .ok_or(Error::Storefront(StorefrontTrouble::NoToken))?;
        if record.expires_at <= self.clock.wall() {
            return Err(Error::Storefront(StorefrontTrouble::Expired));
        }
        let token = self.storefront_load(profile, &record, prompt).await?;
        let token = token.ok_or(Error::Storefront(StorefrontTrouble::Gone))?;
        Ok((record, token))
    }

    /// The token of a record; `None` if it is nowhere any more. Whether the keychain has it is written
    /// down.
    async fn storefront_load(
        &self,
        profile: &Profile,
        record: &Record,
        prompt: Prompt,
    ) -> Result<Option<storefront::StorefrontToken>, Error> {
        let slot = self.storefront_key(profile, record.slot);
        // What was to be kept only until quitting is never looked for in the keychain.
        if record.until_quit && !self.vault.is_session_only(&slot) {
            return Ok(None);
        }
        match self.vault.load(&slot, prompt).await {
            Ok(token) => {
                self.note_gone(profile, record, false)?;
                Ok(Some(storefront::StorefrontToken::new(token)))
            }
            Err(KeychainError::NoEntry) => {
                self.note_gone(profile, record, true)?;
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Writes down whether the keychain has a token, if that is not known yet.
    fn note_gone(&self, profile: &Profile, of: &Record, is_gone: bool) -> Result<(), Error> {
        self.change_storefront(profile, |kept| {
            let known = [&mut kept.current, &mut kept.spare].into_iter().flatten();
            for record in known.filter(|record| record.is_same(of)) {
                record.is_gone = is_gone;
            }
        })
    }

    async fn is_gone(&self, profile: &Profile, record: &Record) -> Result<bool, Error> {
        if record.expires_at <= self.clock.wall() {
            return Ok(false);
        }
        let token = self.storefront_load(profile, record, Prompt::Allowed);
        Ok(token.await?.is_none())
    }

    /// Forgets a token that opens nothing any more, and asks nobody: its entry goes as soon as the keychain
    /// lets us.
    async fn forget_dead(&self, profile: &Profile, record: &Record) -> Result<(), Error> {
        let slot = self.storefront_key(profile, record.slot);
        let forgotten = self.vault.forget(&slot, Prompt::Never).await;
        let may_stay =
            !record.until_quit && !matches!(forgotten, Ok(()) | Err(KeychainError::Absent));
        if may_stay {
            self.note_leftover(&slot)?;
        }
        Ok(())
    }

    /// Writes down whether the storefront takes a token, if that is the one in use.
    pub(super) fn note_refusal(
        &self,
        profile: &Profile,
        of: &Record,
        error: Option<&Error>,
    ) -> Result<(), Error> {
        let is_refused = match error {
            None => false,
            Some(Error::Storefront(StorefrontTrouble::Refused)) => true,
            Some(_) => return Ok(()),
        };
        self.change_storefront(profile, |kept| {
            let current = kept.current.as_mut();
            if let Some(record) = current.filter(|record| record.is_same(of)) {
                record.is_refused = is_refused;
            }
        })
    }
}

/// Whether the store says of a token that was to be revoked that it is none (any more). A refusal that
/// speaks of something else leaves it as good as it was.
///
/// Source: BigCommerce REST reference, "Revoke a token": 422, "Invalid JWT Token provided".
fn names_the_token(fields: &[FieldError], message: &str) -> bool {
    let words = fields
        .iter()
        .flat_map(|field| [field.path.as_str(), field.message.as_str()]);
    words
        .chain([message])
        .any(|words| words.to_ascii_lowercase().contains("token"))
}

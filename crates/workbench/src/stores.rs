//! Opening and editing stores.

use std::{
    path::PathBuf,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use bigcommerce::{Lane, request};
use commerce::{ChannelId, Preset, SafetyMode, StoreColor};
use credentials::KeychainState;
use desk::{Profile, ProfileKey, Scope as SettingScope, TokenHome};
use journal::Journal;
use mirror::{Mirror, Pending};
use serde_json::Value;
use tokio::sync::OwnedMutexGuard;

use crate::{
    Error, Inner, Notice, StoreState, What, Workbench, change, lock, on_disk, refresh,
    removing::delete,
    store::{OpenStore, folder_error, new_client},
};

/// How long closing waits for a change that is being sent.
const CLOSING: Duration = Duration::from_secs(5);

impl Workbench {
    /// Connected stores, in the person's order.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn profiles(&self) -> Result<Vec<Profile>, Error> {
        Ok(self.inner.desk.profiles()?)
    }

    /// The store that was open last, if it is still there.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn current(&self) -> Result<Option<ProfileKey>, Error> {
        let value = self.inner.desk.setting(&SettingScope::App, "current")?;
        let key: Option<ProfileKey> = value
            .as_ref()
            .and_then(Value::as_str)
            .and_then(|text| text.parse().ok());
        match key {
            Some(key) => Ok(self.inner.desk.profile(&key)?.map(|profile| profile.key)),
            None => Ok(None),
        }
    }

    /// Whether requests may be made for a profile, or it opens offline only.
    #[must_use]
    pub fn may_connect(&self, profile: &Profile) -> bool {
        profile.is_sample || profile.origin == self.inner.origin.as_str()
    }

    /// What the keychain's own program lists a store's token as; `None` where none of its tokens is in there. Of a store
    /// whose token is in memory it is the older one's that it took the place of. Asks nobody anything.
    #[must_use]
    pub fn token_entry(&self, profile: &Profile) -> Option<String> {
        match profile.token_home {
            TokenHome::Keychain | TokenHome::SessionOverOlder => {
                Some(self.inner.vault.entry(&self.inner.token_key(profile)))
            }
            TokenHome::Session | TokenHome::Sample => None,
        }
    }

    /// Opens a store, starts its background work and makes it the current one. Its rows can be
    /// read as soon as this returns, before any request. The person looks at it now: its new orders
    /// are seen.
    ///
    /// # Errors
    /// [`Error::StoreGone`], [`Error::File`] and its kin.
    pub async fn select(&self, key: &ProfileKey) -> Result<StoreState, Error> {
        let store = self.inner.open_store(key).await?;
        self.inner.desk.set_setting(
            &SettingScope::App,
            "current",
            &Value::String(key.to_string()),
        )?;
        self.orders_seen(key);
        on_disk(move || store.state()).await
    }

    /// The person has seen that orders came in, or wants to hear no more of these: those that come in
    /// from now on are counted anew.
    pub fn orders_seen(&self, key: &ProfileKey) {
        if let Some(store) = self.inner.open_stores().get(key) {
            store.unseen_orders.store(0, Ordering::SeqCst);
        }
    }

    /// Opens every store, so that what waits in one is sent and what is new in it is told, whichever is
    /// looked at. Asks nobody for anything. The sample store waits until somebody looks at it.
    pub async fn open_all(&self) {
        let profiles = match self.profiles() {
            Ok(profiles) => profiles,
            Err(error) => {
                tracing::warn!(%error, "the stores could not be listed");
                return;
            }
        };
        for profile in profiles.into_iter().filter(|profile| !profile.is_sample) {
            if let Err(error) = self.inner.open_store(&profile.key).await {
                // Whoever looks at it is told.
                tracing::warn!(store = %profile.key, %error, "a store could not be opened");
            }
        }
    }

    /// How a store is doing. Opens it if it isn't open.
    ///
    /// # Errors
    /// As [`Workbench::select`].
    pub async fn state(&self, key: &ProfileKey) -> Result<StoreState, Error> {
        let store = self.inner.open_store(key).await?;
        on_disk(move || store.state()).await
    }

    /// How a store is doing, if it is open.
    pub async fn state_if_open(&self, key: &ProfileKey) -> Option<StoreState> {
        let store = self.inner.open_stores().get(key).cloned()?;
        on_disk(move || store.state()).await.ok()
    }

    /// Asks the store now for what changed.
    ///
    /// # Errors
    /// As [`Workbench::select`].
    pub async fn refresh_now(&self, key: &ProfileKey) -> Result<(), Error> {
        let store = self.inner.open_store(key).await?;
        store.reach_again();
        store.compared.again();
        store.refunds_unanswered.again();
        store.troubles().now(self.inner.clock.now());
        store.kick_refresh.notify_one();
        store.kick_changes.notify_one();
        Ok(())
    }

    /// Asks the keychain for the token. A locked one may ask the person, and this waits for them.
    ///
    /// # Errors
    /// [`Error::Keychain`], [`Error::Cancelled`].
    pub async fn unlock(&self, key: &ProfileKey) -> Result<(), Error> {
        self.inner.open_store(key).await?.unlock().await
    }

    /// Stops waiting for the keychain, whether a token was to be read or to be kept. One that is
    /// being given, or an older one that is being taken, is given up altogether, also while the store is still asked
    /// about it.
    pub fn cancel_unlock(&self, key: &ProfileKey) {
        if let Some(giving) = lock(&self.inner.giving).remove(key) {
            giving.abort();
        }
        if let Some(asking) = lock(&self.inner.asking).remove(key) {
            asking.abort();
        }
        if let Some(store) = self.inner.open_stores().get(key) {
            store.cancel_unlock();
        }
    }

    /// Changes what the person may change about a store.
    ///
    /// # Errors
    /// [`Error::BadInput`], [`Error::StoreGone`].
    pub fn edit(
        &self,
        key: &ProfileKey,
        name: &str,
        color: StoreColor,
        safety: SafetyMode,
    ) -> Result<Profile, Error> {
        let name = name_fits(name)?;
        let profile = self.inner.change_profile(key, |profile| {
            name.clone_into(&mut profile.name);
            profile.color = color;
            profile.safety = safety;
        })?;
        if let Some(store) = self.inner.open_stores().get(key) {
            store.kick_changes.notify_one();
        }
        self.inner.stale_app();
        Ok(profile)
    }

    /// Says which of a store's channels is meant where one is to be chosen; without it the first.
    ///
    /// # Errors
    /// [`Error::StoreGone`], [`Error::File`].
    pub fn prefer_channel(&self, key: &ProfileKey, channel: ChannelId) -> Result<Profile, Error> {
        let profile = self.inner.change_profile(key, |profile| {
            profile.channel_id = (channel != ChannelId(1)).then_some(channel);
        })?;
        self.inner.stale_app();
        Ok(profile)
    }

    /// Opens the built-in sample store, connected on the first time.
    ///
    /// # Errors
    /// [`Error::Sample`], [`Error::File`]; [`Error::SampleOutdated`] and [`Error::SampleNewer`] of a sample store
    /// that was kept without its profile. Of one with a profile its state says so.
    pub async fn open_sample(&self) -> Result<Profile, Error> {
        let key: ProfileKey = "sample".parse().map_err(|_| Error::StoreGone)?;
        if let Some(profile) = self.inner.desk.profile(&key)? {
            self.select(&key).await?;
            return Ok(profile);
        }
        let folder = self.inner.home.store(&key).map_err(folder_error)?;
        let sample = self.inner.sample.start(&folder).await?;
        let client = new_client(
            &self.inner,
            sample.origin,
            sample.hash.clone(),
            sample.token,
        );
        let deadline = self.inner.clock.now() + Duration::from_secs(30);
        let info = client
            .send(&request::store(), Lane::Person, deadline)
            .await?
            .value;
        let profile = Profile {
            key: key.clone(),
            hash: sample.hash,
            origin: "sample".to_owned(),
            is_sample: true,
            name: info.name.clone(),
            color: StoreColor::Slate,
            safety: SafetyMode::AskRisky,
            channel_id: None,
            token_home: TokenHome::Sample,
            token_last_4: String::new(),
            added_at: self.inner.clock.wall(),
            position: self.inner.next_position()?,
            info: Some(info),
            preset: Preset::Everything,
            missing_scopes: Vec::new(),
            proven_writes: Vec::new(),
            token_number: 0,
        };
        self.inner.desk.add_profile(&profile)?;
        self.select(&key).await?;
        self.inner.stale_app();
        Ok(profile)
    }

    /// Puts the sample store back to how it was, with its copy, its journal and what was typed in it. Also one
    /// that can't be opened, and what is left of one without its profile.
    ///
    /// # Errors
    /// As [`Workbench::open_sample`]. Where something of it can't be thrown away the shop, its copy and its journal
    /// stay together.
    pub async fn reset_sample(&self) -> Result<Profile, Error> {
        let key: ProfileKey = "sample".parse().map_err(|_| Error::StoreGone)?;
        let turn = self.inner.turn(&key).await;
        self.inner.close_store(&key).await;
        let forgotten = self.inner.forget_sample(&key).await;
        drop(turn);
        let aside = match forgotten {
            Ok(aside) => aside,
            Err(error) => {
                self.inner.sample_stays(&key).await;
                return Err(error);
            }
        };
        delete(aside).await?;
        self.inner.notify(Notice::Stale {
            store: Some(key),
            what: vec![
                What::Orders,
                What::Products,
                What::Customers,
                What::Activity,
            ],
        });
        self.open_sample().await
    }

    /// Whether there is a keychain, asked without a prompt.
    pub async fn keychain_state(&self) -> KeychainState {
        self.inner.vault.keychain_state().await
    }

    /// In which of the keychain's collections a store's token lies, or a new store's would; `None` where
    /// the keychain has none, or does not say. Asks nobody anything.
    ///
    /// # Errors
    /// [`Error::StoreGone`], [`Error::File`].
    pub async fn keychain_collection(
        &self,
        key: Option<&ProfileKey>,
    ) -> Result<Option<String>, Error> {
        let token = match key {
            None => None,
            Some(key) => {
                let profile = self.inner.desk.profile(key)?.ok_or(Error::StoreGone)?;
                Some(self.inner.token_key(&profile))
            }
        };
        Ok(self.inner.vault.collection(token.as_ref()).await)
    }

    /// Ends the background work of all stores where it stands well; waits a few seconds for a
    /// change that is being sent.
    pub async fn close(&self) {
        self.inner.closing.store(true, Ordering::SeqCst);
        // Nobody is there to answer a keychain any more, and who waits for one holds up the end.
        for (_, asking) in lock(&self.inner.asking).drain() {
            asking.abort();
        }
        // Whatever is being opened or removed comes to its end first; nothing is opened after that.
        let turns: Vec<_> = lock(&self.inner.turns).values().cloned().collect();
        for turn in turns {
            drop(turn.lock().await);
        }
        let keys: Vec<ProfileKey> = self.inner.open_stores().keys().cloned().collect();
        futures::future::join_all(keys.iter().map(|key| self.inner.close_store(key))).await;
    }
}

impl Workbench {
    /// Has whoever listens read anew what concerns the app as a whole.
    pub fn tell_stale_app(&self) {
        self.inner.stale_app();
    }
}

impl Inner {
    pub(crate) fn stale_app(&self) {
        self.notify(Notice::Stale {
            store: None,
            what: vec![What::App],
        });
    }

    /// Changes a profile on the desk, and in the store if that is open.
    ///
    /// # Errors
    /// [`Error::StoreGone`], [`Error::File`] and its kin.
    pub(crate) fn change_profile(
        &self,
        key: &ProfileKey,
        change: impl FnOnce(&mut Profile),
    ) -> Result<Profile, Error> {
        let _turn = lock(&self.profiles);
        let profile = self.desk.change_profile(key, change)?;
        if let Some(store) = self.open_stores().get(key) {
            store.set_profile(profile.clone());
        }
        Ok(profile)
    }

    pub(crate) fn next_position(&self) -> Result<u32, Error> {
        let profiles = self.desk.profiles()?;
        Ok(profiles.iter().map(|p| p.position + 1).max().unwrap_or(0))
    }

    /// Waits until nobody else opens, resets or removes this store. Other stores are not held up, however
    /// long that takes.
    pub(crate) async fn turn(&self, key: &ProfileKey) -> OwnedMutexGuard<()> {
        let turn = Arc::clone(lock(&self.turns).entry(key.clone()).or_default());
        turn.lock_owned().await
    }

    /// The open store, opened if it isn't.
    pub(crate) async fn open_store(
        self: &Arc<Self>,
        key: &ProfileKey,
    ) -> Result<Arc<OpenStore>, Error> {
        if let Some(store) = self.open_stores().get(key) {
            return Ok(Arc::clone(store));
        }
        let _turn = self.turn(key).await;
        if self.closing.load(Ordering::SeqCst) {
            return Err(Error::Stopping);
        }
        if let Some(store) = self.open_stores().get(key) {
            return Ok(Arc::clone(store));
        }
        let profile = self.desk.profile(key)?.ok_or(Error::StoreGone)?;
        let bench = Arc::clone(self);
        let store = on_disk(move || bench.open_files(profile)).await?;
        let store = Arc::new(store);
        self.open_stores().insert(key.clone(), Arc::clone(&store));
        // Its files took their time, and the person may have changed something about it meanwhile.
        if let Err(error) = self.change_profile(key, |_| {}) {
            self.open_stores().remove(key);
            return Err(error);
        }
        store.add_task(tokio::spawn(refresh::run(Arc::clone(&store))));
        store.add_task(tokio::spawn(change::run(Arc::clone(&store))));
        Ok(store)
    }

    /// Drops what there is of the sample store, but for its profile. Gives what is to be deleted.
    ///
    /// # Errors
    /// [`Error::DiskFull`], [`Error::File`] and its kin.
    async fn forget_sample(&self, key: &ProfileKey) -> Result<Option<PathBuf>, Error> {
        // First what may find no room, and can be done again: without it the shop is still the one that its copy and its
        // journal are of.
        if let Some(profile) = self.desk.profile(key)? {
            self.forget_storefront(&profile).await?;
            // Name, color and safety mode are the person's, and stay. What was typed was about things that are
            // about to go.
            self.desk.remove_drafts(key)?;
        }
        let mark = self.new_id();
        self.set_sample_aside(key, &mark).await
    }

    /// It was not started over, and goes on saying how it is doing.
    async fn sample_stays(self: &Arc<Self>, key: &ProfileKey) {
        match self.open_store(key).await {
            // Of one without a profile nothing was open.
            Ok(_) | Err(Error::StoreGone) => {}
            Err(error) => {
                tracing::warn!(store = %key, %error, "a sample store that stays could not be opened again");
            }
        }
    }

    fn open_files(self: &Arc<Self>, profile: Profile) -> Result<OpenStore, Error> {
        let folder = self.home.store(&profile.key).map_err(folder_error)?;
        let path = folder.join("mirror.sqlite");
        let journal = Journal::open(&folder.join("journal.sqlite"))?;
        let pending: Vec<Pending> = journal.on_the_way()?.iter().map(change::pending).collect();
        let open = || {
            let mirror = Mirror::open(&path)?;
            mirror.put_pending(&pending)?;
            Ok(mirror)
        };
        let (mirror, is_new) = match open() {
            Err(mirror::Error::Damaged) => {
                // It can be pulled again, and the old file is kept for whoever wants to look.
                Mirror::set_aside(&path, refresh::SET_ASIDE)?;
                (open()?, true)
            }
            other => (other?, false),
        };
        let store = OpenStore::new(self, profile, mirror, journal);
        if is_new {
            store.is_pulled_again();
        }
        Ok(store)
    }

    pub(crate) async fn close_store(&self, key: &ProfileKey) {
        let Some(store) = self.open_stores().remove(key) else {
            return;
        };
        let tasks = store.close();
        let aborts: Vec<_> = tasks
            .iter()
            .map(tokio::task::JoinHandle::abort_handle)
            .collect();
        let all = Box::pin(futures::future::join_all(tasks));
        let deadline = self.clock.now() + CLOSING;
        futures::future::select(all, self.clock.sleep_until(deadline)).await;
        for task in aborts {
            task.abort();
        }
        lock(&self.views).forget(key);
    }
}

pub(crate) fn name_fits(name: &str) -> Result<&str, Error> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 80 {
        return Err(Error::BadInput("name"));
    }
    Ok(name)
}

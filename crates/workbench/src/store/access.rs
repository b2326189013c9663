//! The way to a store: its client, signed with the token from wherever that is kept.

use std::{ops::Deref, sync::Arc};

use bigcommerce::{ApiOrigin, Client, ClientParts};
use commerce::{AccessToken, StoreHash};
use credentials::{KeychainError, Opens, Prompt, TokenKey};
use desk::{Profile, TokenHome};

use super::{OpenStore, TokenState, folder_error};
use crate::{Error, Inner, Notice, lock};

/// A client, and which of the store's tokens it signs with: what the store says to one is not held
/// against another.
#[derive(Clone)]
pub(crate) struct Signed {
    client: Client,
    pub(crate) token_number: u32,
}

impl Deref for Signed {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl OpenStore {
    /// As [`OpenStore::signed`], for what learns nothing of the token.
    ///
    /// # Errors
    /// As [`OpenStore::signed`].
    pub(crate) async fn client(&self, prompt: Prompt) -> Result<Client, Error> {
        Ok(self.signed(prompt).await?.client)
    }

    /// The client, made with the token from wherever it is kept.
    ///
    /// # Errors
    /// [`Error::OtherOrigin`], [`Error::Keychain`]; [`Error::Sample`] and its kin; [`Error::Stopping`] of a store that
    /// closes, unless it has one already.
    pub(crate) async fn signed(&self, prompt: Prompt) -> Result<Signed, Error> {
        let here = || {
            let signed = lock(&self.client).clone();
            signed.filter(|signed| self.signs_with(signed.token_number))
        };
        if let Some(client) = here() {
            return Ok(client);
        }
        let _turn = self.signing.lock().await;
        if let Some(client) = here() {
            return Ok(client);
        }
        // Its files may be about to go. A sample store that is started now would keep them open, or begin new ones.
        if self.is_closing() {
            return Err(Error::Stopping);
        }
        let bench = self.bench()?;
        let profile = self.profile();
        let made = self.sign(&bench, &profile, prompt).await;
        let token_state = match &made {
            Ok(_) => TokenState::Ready,
            Err(Error::Keychain(KeychainError::Absent)) => TokenState::NoKeychain,
            Err(Error::Keychain(KeychainError::NoEntry | KeychainError::Ambiguous)) => {
                TokenState::Missing
            }
            Err(Error::Keychain(_)) => TokenState::Locked,
            Err(_) => TokenState::NotAsked,
        };
        if let Ok(signed) = &made {
            self.keep_client(signed);
        }
        // Told last, as forgetting does it first: what is kept is never said to be not there.
        self.set_doing(|doing| {
            // A try that asks nobody says nothing of the question that the person is looking at.
            let is_asked = doing.token == Some(TokenState::Unlocking) && prompt == Prompt::Never;
            if !is_asked || made.is_ok() {
                doing.token = Some(token_state);
            }
        });
        made
    }

    async fn sign(
        &self,
        bench: &Inner,
        profile: &Profile,
        prompt: Prompt,
    ) -> Result<Signed, Error> {
        if profile.is_sample {
            let folder = bench.home.store(&profile.key).map_err(folder_error)?;
            let sample = bench.sample.start(&folder).await?;
            return Ok(Signed {
                client: new_client(bench, sample.origin, sample.hash, sample.token),
                token_number: profile.token_number,
            });
        }
        if profile.origin != bench.origin.as_str() {
            return Err(Error::OtherOrigin);
        }
        let key = bench.token_key(profile);
        // What was to be kept only until quitting is never looked for in the keychain. An older one there is
        // nobody's to use before the person says so.
        let is_kept = match profile.token_home {
            TokenHome::Session | TokenHome::SessionOverOlder => bench.vault.is_session_only(&key),
            TokenHome::Keychain | TokenHome::Sample => true,
        };
        if !is_kept {
            return Err(KeychainError::NoEntry.into());
        }
        let token = bench.vault.load(&key, prompt).await?;
        Ok(self.sign_with(bench, profile, token).await)
    }

    /// Signs with a token that was read from where the profile says that it is.
    async fn sign_with(&self, bench: &Inner, profile: &Profile, token: AccessToken) -> Signed {
        bench.forget_leftovers().await;
        // Read before the token was, so never the number of a later one.
        let mut token_number = profile.token_number;
        if bench.settle_replacement(self, profile, &token) {
            token_number = self.profile().token_number;
            bench.stale_app();
            // Another token may do what a job waits for.
            self.kick_changes.notify_one();
        }
        let client = new_client(bench, bench.origin.clone(), profile.hash.clone(), token);
        Signed {
            client,
            token_number,
        }
    }

    /// Signs from now on with a token that was just read, once `named` has made it the profile's and gives that
    /// profile. Whoever needs it next reads it no second time: a keychain may ask the person about each.
    ///
    /// # Errors
    /// Those of `named`.
    pub(crate) async fn sign_from_now_on(
        &self,
        token: AccessToken,
        named: impl FnOnce() -> Result<Option<Profile>, Error>,
    ) -> Result<(), Error> {
        let _turn = self.signing.lock().await;
        let bench = self.bench()?;
        let profile = named()?;
        self.forget_client();
        if let Some(profile) = profile {
            let signed = self.sign_with(&bench, &profile, token).await;
            self.keep_client(&signed);
            self.set_doing(|doing| doing.token = Some(TokenState::Ready));
        }
        Ok(())
    }

    /// Keeps a client for whoever asks next. One whose token was replaced while that was fetched is not kept: the next
    /// to ask signs with the new one.
    fn keep_client(&self, signed: &Signed) {
        if self.signs_with(signed.token_number) {
            *lock(&self.client) = Some(signed.clone());
            self.watch_pacing(signed);
        }
    }

    /// Signs with another token from now on.
    pub(crate) fn forget_client(&self) {
        self.set_doing(|doing| {
            doing.token = None;
            doing.out_of_reach.clear();
            doing.told_of_itself = false;
            doing.refresh_trouble = None;
            doing.change_trouble = None;
        });
        *lock(&self.client) = None;
        self.refunds_unanswered.again();
        self.counter.forget_ways();
    }

    /// Tells the window when sending has to wait, and when it goes on.
    fn watch_pacing(&self, client: &Client) {
        let mut pacing = client.pacing();
        let (bench, key) = (self.bench.clone(), self.key.clone());
        let mut was_waiting = false;
        let watcher = tokio::spawn(async move {
            while pacing.changed().await.is_ok() {
                let is_waiting = pacing.borrow_and_update().waiting.is_some();
                let Some(bench) = bench.upgrade() else { return };
                if is_waiting || was_waiting != is_waiting {
                    bench.notify(Notice::State(key.clone()));
                }
                was_waiting = is_waiting;
            }
        });
        if let Some(before) = lock(&self.watcher).replace(watcher.abort_handle()) {
            before.abort();
        }
    }

    /// Waits for the keychain's prompt in a way that can be stopped.
    pub(crate) async fn unlock(self: &Arc<Self>) -> Result<(), Error> {
        self.set_doing(|doing| doing.token = Some(TokenState::Unlocking));
        let store = Arc::clone(self);
        let task = tokio::spawn(async move { store.client(Prompt::Allowed).await.map(drop) });
        *lock(&self.unlocking) = Some(task.abort_handle());
        let done = task.await;
        *lock(&self.unlocking) = None;
        match done {
            Ok(result) => {
                if result.is_ok() {
                    self.kick_refresh.notify_one();
                    self.kick_changes.notify_one();
                }
                result
            }
            Err(_) => {
                self.set_doing(|doing| doing.token = Some(TokenState::Locked));
                Err(Error::Cancelled)
            }
        }
    }

    pub(crate) fn cancel_unlock(&self) {
        if let Some(task) = lock(&self.unlocking).take() {
            task.abort();
        }
        self.counter.stop_waiting();
    }
}

impl Inner {
    /// Under which name a profile's token is kept. Homes have names of their own: a token that was
    /// given to one is out of the others' reach, whatever address those send requests to.
    pub(crate) fn token_key(&self, profile: &Profile) -> TokenKey {
        TokenKey {
            store: format!("{}/{}", self.home_id, profile.key),
            hash: profile.hash.clone(),
            opens: Opens::Api,
        }
    }
}

pub(crate) fn new_client(
    bench: &Inner,
    origin: ApiOrigin,
    hash: StoreHash,
    token: AccessToken,
) -> Client {
    let store = (origin.to_string(), hash.clone());
    let client = Client::new(ClientParts {
        origin,
        hash,
        token,
        transport: Arc::clone(&bench.transport),
        clock: Arc::clone(&bench.clock),
        randomness: Arc::clone(&bench.randomness),
    });
    // The store counts its quota for all tokens together: that of an open store, one that is being
    // tried, and one that takes another's place.
    let mut lines = lock(&bench.lines);
    let line = lines.entry(store).or_insert_with(|| client.line());
    let line = line.clone();
    drop(lines);
    client.standing_in(&line)
}

#[cfg(test)]
mod tests {
    use std::{
        path::Path,
        sync::atomic::{AtomicU32, Ordering},
    };

    use bigcommerce::{BoxFuture, HttpTransport, Pictures};
    use commerce::{Preset, SafetyMode, StoreColor};
    use credentials::Keychain;
    use jiff::Timestamp;
    use testkit::{NoChance, NoKeychain, RealClock};

    use super::*;
    use crate::{Home, NoMilestones, Parts, SampleAddress, SampleError, SampleStore, Workbench};

    #[derive(Default)]
    struct Counted(AtomicU32);

    impl SampleStore for Counted {
        fn start<'a>(&'a self, _: &'a Path) -> BoxFuture<'a, Result<SampleAddress, SampleError>> {
            self.0.fetch_add(1, Ordering::SeqCst);
            Box::pin(async { Err(SampleError::Older) })
        }

        fn stop(&self) -> BoxFuture<'_, ()> {
            Box::pin(async {})
        }

        fn reset<'a>(&'a self, _: &'a Path) -> BoxFuture<'a, Result<(), SampleError>> {
            Box::pin(async { Ok(()) })
        }
    }

    fn sample() -> Profile {
        Profile {
            key: "sample".parse().unwrap(),
            hash: "sample".parse().unwrap(),
            origin: "sample".into(),
            is_sample: true,
            name: "Northfold".into(),
            color: StoreColor::Slate,
            safety: SafetyMode::AskRisky,
            channel_id: None,
            token_home: TokenHome::Sample,
            token_last_4: String::new(),
            added_at: Timestamp::UNIX_EPOCH,
            position: 0,
            info: None,
            preset: Preset::Everything,
            missing_scopes: Vec::new(),
            proven_writes: Vec::new(),
            token_number: 0,
        }
    }

    #[tokio::test]
    async fn whoever_still_has_a_store_that_closes_starts_no_sample_store_any_more() {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(RealClock::default());
        let counted = Arc::new(Counted::default());
        let bench = Workbench::open(Parts {
            home: Home::open(&folder.path().join("home")).unwrap(),
            origin: ApiOrigin::bigcommerce(),
            transport: Arc::new(HttpTransport::new("Stockroom-tests/0").unwrap()),
            pictures: Pictures::new("Stockroom-tests/0", clock.clone()).unwrap(),
            clock,
            randomness: Arc::new(NoChance),
            keychain: Keychain::with_backend(Arc::new(NoKeychain)),
            sample: counted.clone(),
            environment: None,
            milestones: Arc::new(NoMilestones),
        })
        .unwrap();
        let profile = sample();
        bench.desk().add_profile(&profile).unwrap();
        let store = bench.inner.open_store(&profile.key).await.unwrap();
        let asked = store.client(Prompt::Never).await.map(drop);
        assert_eq!(asked, Err(Error::SampleOutdated));

        bench.inner.close_store(&profile.key).await;

        let starts = counted.0.load(Ordering::SeqCst);
        let asked = store.client(Prompt::Never).await.map(drop);
        assert_eq!(asked, Err(Error::Stopping));
        assert_eq!(counted.0.load(Ordering::SeqCst), starts);
    }
}

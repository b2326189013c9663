//! Who gives up while the keychain is slow hears what became of it; and a keychain that is slow about one
//! store holds up no other.

use std::{
    collections::HashMap,
    sync::{Arc, Condvar, Mutex},
    time::Duration,
};

use commerce::{AccessToken, Preset};
use credentials::{
    Ask, Backend, HandedText, KeychainError, KeychainPlace, KeychainState, TokenKey,
};
use desk::{Profile, ProfileKey, TokenHome};
use tokio::time::timeout;
use workbench::{Error, Handed, Phase, RemoveAs, SaveAs, Workbench};

use crate::world::{self, TOKEN, sandbox, save_as};

const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    /// A token was put in, and nobody has been told.
    Saved,
    /// A token is about to be taken out.
    Deleting,
}

/// A keychain that stops at a moment until the test lets it go on.
#[derive(Default)]
struct Slow {
    kept: Mutex<HashMap<TokenKey, AccessToken>>,
    stop_at: Mutex<Option<Moment>>,
    is_stopped: Mutex<bool>,
    changed: Condvar,
}

impl Slow {
    fn stop_at(&self, moment: Moment) {
        *self.stop_at.lock().unwrap() = Some(moment);
    }

    fn go_on(&self) {
        *self.is_stopped.lock().unwrap() = false;
        self.changed.notify_all();
    }

    fn comes_to(&self, moment: Moment) {
        let is_meant = self.stop_at.lock().unwrap().take_if(|at| *at == moment);
        if is_meant.is_none() {
            return;
        }
        let mut is_stopped = self.is_stopped.lock().unwrap();
        *is_stopped = true;
        let go_on = self.changed.wait_while(is_stopped, |stopped| *stopped);
        drop(go_on.unwrap());
    }

    async fn stops(&self) {
        let stopped = async {
            while !*self.is_stopped.lock().unwrap() {
                tokio::task::yield_now().await;
            }
        };
        timeout(PATIENCE, stopped).await.unwrap();
    }

    fn tokens(&self) -> Vec<String> {
        let kept = self.kept.lock().unwrap();
        kept.values().map(|it| it.expose().to_owned()).collect()
    }
}

impl Backend for Slow {
    fn state(&self) -> KeychainState {
        KeychainState::Ready {
            name: "Slow".into(),
        }
    }

    fn save(
        &self,
        key: &TokenKey,
        token: &AccessToken,
        _: &Ask,
    ) -> Result<KeychainPlace, KeychainError> {
        let before = self.kept.lock().unwrap().insert(key.clone(), token.clone());
        drop(before);
        self.comes_to(Moment::Saved);
        Ok(KeychainPlace {
            name: "Slow".into(),
            collection: None,
            entry: key.label(),
        })
    }

    fn load(&self, key: &TokenKey, _: &Ask) -> Result<AccessToken, KeychainError> {
        let kept = self.kept.lock().unwrap();
        kept.get(key).cloned().ok_or(KeychainError::NoEntry)
    }

    fn delete(&self, key: &TokenKey, _: &Ask) -> Result<(), KeychainError> {
        self.comes_to(Moment::Deleting);
        let removed = self.kept.lock().unwrap().remove(key);
        removed.map(drop).ok_or(KeychainError::NoEntry)
    }
}

async fn checked(bench: &Workbench, preset: Preset) -> String {
    let typed = Handed::Typed(HandedText::new(TOKEN.to_owned()));
    let over = bench.hand_over(typed, "w0rld", preset).await;
    let attempt = over.unwrap().attempt.unwrap();
    let report = bench.check(&attempt.id).await.unwrap();
    assert!(report.can_save, "{report:?}");
    attempt.id
}

fn saving(
    bench: &Workbench,
    attempt: &str,
    until_quit: bool,
) -> tokio::task::JoinHandle<Result<Profile, Error>> {
    let (bench, attempt) = (bench.clone(), attempt.to_owned());
    let kept = SaveAs {
        until_quit,
        ..save_as()
    };
    tokio::spawn(async move { bench.save(&attempt, &kept).await })
}

async fn refreshes(bench: &Workbench, store: &ProfileKey) {
    let rests = async {
        loop {
            let state = bench.state(store).await.unwrap();
            if state.phase == Phase::Idle && state.refreshed_at.is_some() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(PATIENCE, rests).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_was_saved_before_somebody_gave_up_is_said_to_be_and_keeps_its_token() {
    for until_quit in [true, false] {
        let running = sandbox(3).await;
        let keychain = Arc::new(Slow::default());
        let (bench, _folder) = world::bench_keeping(&running, Arc::clone(&keychain) as _);
        let attempt = checked(&bench, Preset::Everything).await;
        // With nothing to take out the other way waits for nothing once it has a profile.
        let moment = if until_quit {
            Moment::Deleting
        } else {
            Moment::Saved
        };
        keychain.stop_at(moment);
        let saving = saving(&bench, &attempt, until_quit);
        keychain.stops().await;
        let is_saved = !bench.profiles().unwrap().is_empty();
        assert_eq!(is_saved, until_quit);

        bench.cancel_attempt(&attempt);
        if until_quit {
            keychain.go_on();
        }
        let said = timeout(PATIENCE, saving).await.unwrap().unwrap();
        keychain.go_on();

        if until_quit {
            let store = said.expect("it is saved").key;
            refreshes(&bench, &store).await;
        } else {
            assert_eq!(said, Err(Error::Cancelled));
            assert_eq!(bench.profiles().unwrap(), []);
            assert_eq!(keychain.tokens(), Vec::<String>::new(), "nothing is left");
        }
        bench.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_the_keychain_took_before_somebody_gave_up_is_said_to_be_in_use() {
    let running = sandbox(3).await;
    let keychain = Arc::new(Slow::default());
    let (bench, _folder) = world::bench_keeping(&running, Arc::clone(&keychain) as _);
    let attempt = checked(&bench, Preset::Everything).await;
    let store = saving(&bench, &attempt, false).await.unwrap().unwrap().key;
    refreshes(&bench, &store).await;

    // The same token, for something else.
    let attempt = checked(&bench, Preset::LookOnly).await;
    keychain.stop_at(Moment::Saved);
    let saving = saving(&bench, &attempt, false);
    keychain.stops().await;
    bench.cancel_attempt(&attempt);
    let said = timeout(PATIENCE, saving).await.unwrap().unwrap();
    keychain.go_on();

    let profile = said.expect("the store has the new token");
    assert_eq!(
        (profile.preset, profile.token_number),
        (Preset::LookOnly, 1)
    );
    assert_eq!(profile.token_home, TokenHome::Keychain);
    assert_eq!(keychain.tokens(), [TOKEN]);
    bench.refresh_now(&store).await.unwrap();
    refreshes(&bench, &store).await;
    assert_eq!(bench.state(&store).await.unwrap().trouble, None);
    bench.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keychain_that_asks_about_a_store_to_be_removed_holds_up_no_other_store() {
    let running = sandbox(3).await;
    let keychain = Arc::new(Slow::default());
    let (bench, _folder) = world::bench_keeping(&running, Arc::clone(&keychain) as _);
    let attempt = checked(&bench, Preset::Everything).await;
    let profile = saving(&bench, &attempt, false).await.unwrap().unwrap();
    let store = profile.key.clone();
    // Another store, which nobody has opened yet.
    let other = Profile {
        key: "0ther".parse().unwrap(),
        hash: "0ther".parse().unwrap(),
        position: profile.position + 1,
        ..profile
    };
    bench.desk().add_profile(&other).unwrap();

    keychain.stop_at(Moment::Deleting);
    let (remover, key) = (bench.clone(), store.clone());
    let removing = tokio::spawn(async move { remover.remove(&key, RemoveAs::default()).await });
    keychain.stops().await;
    let opened = timeout(PATIENCE, bench.select(&other.key)).await;
    opened.expect("it opens meanwhile").unwrap();
    assert_eq!(bench.current().unwrap().as_ref(), Some(&other.key));

    // The one that is about to go is opened by nobody.
    let looking = bench.state(&store);
    let mut looking = std::pin::pin!(looking);
    let soon = timeout(Duration::from_millis(50), &mut looking).await;
    assert!(soon.is_err(), "{soon:?}");
    keychain.go_on();
    timeout(PATIENCE, removing).await.unwrap().unwrap().unwrap();
    let gone = timeout(PATIENCE, looking).await.unwrap();
    assert!(matches!(gone, Err(Error::StoreGone)), "{gone:?}");
    assert_eq!(bench.profiles().unwrap().len(), 1);
    bench.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_app_ends_while_the_keychain_asks_about_a_store_to_be_removed() {
    let running = sandbox(3).await;
    let keychain = Arc::new(Slow::default());
    let (bench, _folder) = world::bench_keeping(&running, Arc::clone(&keychain) as _);
    let attempt = checked(&bench, Preset::Everything).await;
    let store = saving(&bench, &attempt, false).await.unwrap().unwrap().key;
    keychain.stop_at(Moment::Deleting);
    let remover = bench.clone();
    let removing = tokio::spawn(async move { remover.remove(&store, RemoveAs::default()).await });
    keychain.stops().await;

    timeout(PATIENCE, bench.close()).await.expect("it ends");
    let said = timeout(PATIENCE, removing).await.unwrap().unwrap();
    assert_eq!(said, Err(Error::Cancelled));
    assert_eq!(bench.profiles().unwrap().len(), 1, "it is still there");
    keychain.go_on();
}

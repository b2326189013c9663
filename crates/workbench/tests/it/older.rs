//! A start without the token that was kept until quitting, while the one before it is still in the keychain.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};

use bigcommerce::HttpRequest;
use commerce::{AccessToken, Preset};
use credentials::{
    Ask, Backend, HandedText, KeychainError, KeychainPlace, KeychainState, TokenKey,
};
use desk::{Profile, ProfileKey, TokenHome};
use tokio::{sync::Notify, time::timeout};
use workbench::{Error, Handed, SaveAs, Workbench};

use crate::world::{self, Bend, TOKEN, sandbox, save_as};

const PATIENCE: Duration = Duration::from_secs(20);

/// A keychain that can be locked, and that nobody opens then.
#[derive(Default)]
struct Drawer {
    kept: Mutex<Option<AccessToken>>,
    is_locked: AtomicBool,
    looked: AtomicU32,
}

impl Drawer {
    fn lock(&self, is_locked: bool) {
        self.is_locked.store(is_locked, Ordering::SeqCst);
    }

    fn open(&self) -> Result<(), KeychainError> {
        if self.is_locked.load(Ordering::SeqCst) {
            Err(KeychainError::Locked)
        } else {
            Ok(())
        }
    }
}

impl Backend for Drawer {
    fn state(&self) -> KeychainState {
        KeychainState::Ready {
            name: "Drawer".into(),
        }
    }

    fn save(
        &self,
        key: &TokenKey,
        token: &AccessToken,
        _: &Ask,
    ) -> Result<KeychainPlace, KeychainError> {
        self.open()?;
        *self.kept.lock().unwrap() = Some(token.clone());
        Ok(KeychainPlace {
            name: "Drawer".into(),
            collection: None,
            entry: key.label(),
        })
    }

    fn load(&self, _: &TokenKey, _: &Ask) -> Result<AccessToken, KeychainError> {
        self.looked.fetch_add(1, Ordering::SeqCst);
        self.open()?;
        let kept = self.kept.lock().unwrap();
        kept.clone().ok_or(KeychainError::NoEntry)
    }

    fn delete(&self, _: &TokenKey, _: &Ask) -> Result<(), KeychainError> {
        self.open()?;
        *self.kept.lock().unwrap() = None;
        Ok(())
    }
}

fn profile(bench: &Workbench) -> Profile {
    bench.profiles().unwrap().remove(0)
}

/// Connects a store, keeps another token until quitting while the keychain is locked, and ends.
async fn left_behind(bench: Workbench, keychain: &Drawer) -> ProfileKey {
    let typed = Handed::Typed(HandedText::new(TOKEN.to_owned()));
    let over = bench.hand_over(typed, "w0rld", Preset::Everything).await;
    let attempt = over.unwrap().attempt.unwrap();
    bench.check(&attempt.id).await.unwrap();
    let kept = SaveAs {
        until_quit: false,
        ..save_as()
    };
    let store = bench.save(&attempt.id, &kept).await.unwrap().key;
    keychain.lock(true);
    bench.give_token(&store, TOKEN.into(), true).await.unwrap();
    assert_eq!(profile(&bench).token_home, TokenHome::SessionOverOlder);
    bench.close().await;
    store
}

#[tokio::test(flavor = "multi_thread")]
async fn the_older_token_is_looked_for_only_when_it_is_to_be_used_and_is_the_store_s_from_then_on()
{
    let running = sandbox(5).await;
    let keychain = Arc::new(Drawer::default());
    let (bench, folder) = world::bench_keeping(&running, Arc::clone(&keychain) as _);
    let store = left_behind(bench, &keychain).await;
    let looked = keychain.looked.load(Ordering::SeqCst);
    let bench = world::bench_again(&running, folder.path(), Arc::clone(&keychain) as _);
    bench.select(&store).await.unwrap();
    let unlocked = bench.unlock(&store).await;
    assert!(
        matches!(unlocked, Err(Error::Keychain(KeychainError::NoEntry))),
        "{unlocked:?}"
    );
    assert_eq!(keychain.looked.load(Ordering::SeqCst), looked);

    let before = profile(&bench);
    let taken = bench.take_older_token(&store).await;
    assert!(
        matches!(taken, Err(Error::Keychain(KeychainError::Locked))),
        "{taken:?}"
    );
    assert_eq!(profile(&bench).token_home, before.token_home);

    keychain.lock(false);
    bench.take_older_token(&store).await.unwrap();
    let now = profile(&bench);
    assert_eq!(now.token_home, TokenHome::Keychain);
    assert_eq!(now.token_number, before.token_number + 1);
    assert_eq!(now.token_last_4, TOKEN[TOKEN.len() - 4..]);
    assert_eq!(now.missing_scopes, []);
    bench.unlock(&store).await.unwrap();
    // Refused once, then read once: a keychain that asks each time asks no third time.
    assert_eq!(keychain.looked.load(Ordering::SeqCst), looked + 2);
    bench.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn taking_it_can_be_stopped_while_the_store_says_nothing_and_leaves_all_as_it_was() {
    let running = sandbox(5).await;
    let keychain = Arc::new(Drawer::default());
    let (bench, folder) = world::bench_keeping(&running, Arc::clone(&keychain) as _);
    let store = left_behind(bench, &keychain).await;
    keychain.lock(false);
    let asked = Arc::new(Notify::new());
    let is_asked = Arc::clone(&asked);
    let silent: Bend = Arc::new(move |_| {
        is_asked.notify_one();
        Box::pin(std::future::pending::<HttpRequest>())
    });
    let bench =
        world::bench_again_over(&running, folder.path(), Arc::clone(&keychain) as _, silent);
    let before = profile(&bench);
    assert_eq!(before.token_home, TokenHome::SessionOverOlder);

    let taking = bench.take_older_token(&store);
    let stopped = async {
        tokio::join!(taking, async {
            asked.notified().await;
            bench.cancel_unlock(&store);
        })
    };
    let (taken, ()) = timeout(PATIENCE, stopped).await.unwrap();

    assert!(matches!(taken, Err(Error::Cancelled)), "{taken:?}");
    assert_eq!(profile(&bench), before);
    bench.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_token_that_somebody_took_out_is_not_named_any_more() {
    let running = sandbox(5).await;
    let keychain = Arc::new(Drawer::default());
    let (bench, folder) = world::bench_keeping(&running, Arc::clone(&keychain) as _);
    let store = left_behind(bench, &keychain).await;
    keychain.lock(false);
    *keychain.kept.lock().unwrap() = None;
    let bench = world::bench_again(&running, folder.path(), Arc::clone(&keychain) as _);

    let taken = bench.take_older_token(&store).await;

    assert!(
        matches!(taken, Err(Error::Keychain(KeychainError::NoEntry))),
        "{taken:?}"
    );
    let now = profile(&bench);
    assert_eq!(now.token_home, TokenHome::Session);
    assert_eq!(bench.token_entry(&now), None);
    bench.close().await;
}

//! Who is asked by the keychain while a token for the storefront is made, tried or revoked may say no, or
//! stop: what the store made is taken back, and nothing that works is left without a name.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use commerce::{AccessToken, ChannelId, Preset, StorefrontScope};
use credentials::{
    Ask, Backend, HandedText, KeychainError, KeychainPlace, KeychainState, Prompt, TokenKey,
};
use desk::ProfileKey;
use tokio::time::timeout;
use workbench::{Error, Handed, SaveAs, StorefrontAccess, StorefrontWish, Which, Workbench};

use crate::{
    storefront::held_once,
    world::{self, TOKEN, World, asked, sandbox, save_as},
};

const PATIENCE: Duration = Duration::from_secs(20);

/// A keychain that can be locked. Then it asks, and somebody says no, or looks away until nobody waits any
/// more.
#[derive(Default)]
struct Shy {
    kept: Mutex<HashMap<TokenKey, AccessToken>>,
    is_locked: AtomicBool,
    /// Locks itself as soon as it has kept something.
    locks_itself: AtomicBool,
    is_refused: AtomicBool,
    is_asking: AtomicBool,
}

impl Shy {
    fn set(what: &AtomicBool, so: bool) {
        what.store(so, Ordering::SeqCst);
    }

    fn open(&self, ask: &Ask) -> Result<(), KeychainError> {
        if !self.is_locked.load(Ordering::SeqCst) {
            return Ok(());
        }
        if ask.prompt() == Prompt::Never {
            return Err(KeychainError::Locked);
        }
        Self::set(&self.is_asking, true);
        let is_refused = || self.is_refused.load(Ordering::SeqCst);
        while !is_refused() && !ask.is_cancelled() {
            std::thread::yield_now();
        }
        Self::set(&self.is_asking, false);
        Err(KeychainError::Refused)
    }

    async fn asks(&self) {
        let asking = async {
            while !self.is_asking.load(Ordering::SeqCst) {
                tokio::task::yield_now().await;
            }
        };
        timeout(PATIENCE, asking).await.unwrap();
    }

    fn count(&self) -> usize {
        self.kept.lock().unwrap().len()
    }
}

impl Backend for Shy {
    fn state(&self) -> KeychainState {
        KeychainState::Ready { name: "Shy".into() }
    }

    fn save(
        &self,
        key: &TokenKey,
        token: &AccessToken,
        ask: &Ask,
    ) -> Result<KeychainPlace, KeychainError> {
        self.open(ask)?;
        let before = self.kept.lock().unwrap().insert(key.clone(), token.clone());
        drop(before);
        if self.locks_itself.load(Ordering::SeqCst) {
            Self::set(&self.is_locked, true);
        }
        Ok(KeychainPlace {
            name: "Shy".into(),
            collection: None,
            entry: key.label(),
        })
    }

    fn load(&self, key: &TokenKey, ask: &Ask) -> Result<AccessToken, KeychainError> {
        self.open(ask)?;
        let kept = self.kept.lock().unwrap();
        kept.get(key).cloned().ok_or(KeychainError::NoEntry)
    }

    fn delete(&self, key: &TokenKey, ask: &Ask) -> Result<(), KeychainError> {
        self.open(ask)?;
        let removed = self.kept.lock().unwrap().remove(key);
        removed.map(drop).ok_or(KeychainError::NoEntry)
    }
}

/// A store whose token is in the keychain and was read from there.
async fn connect(bench: &Workbench) -> ProfileKey {
    let typed = Handed::Typed(HandedText::new(TOKEN.to_owned()));
    let over = bench.hand_over(typed, "w0rld", Preset::Everything).await;
    let attempt = over.unwrap().attempt.unwrap();
    bench.check(&attempt.id).await.unwrap();
    let kept = SaveAs {
        until_quit: false,
        ..save_as()
    };
    let store = bench.save(&attempt.id, &kept).await.unwrap().key;
    bench.unlock(&store).await.unwrap();
    store
}

fn wish() -> StorefrontWish {
    StorefrontWish {
        channels: vec![ChannelId(1)],
        scopes: vec![StorefrontScope::Unauthenticated],
        days: 90,
        until_quit: false,
    }
}

/// How many tokens for its storefront the store was asked to make, and how many to revoke.
async fn made_and_revoked(control: &str) -> (usize, usize) {
    let asked = asked(control).await;
    let count = |of: &str| asked.iter().filter(|line| line.starts_with(of)).count();
    (
        count("POST /stores/w0rld/v3/storefront/api-token-private"),
        count("DELETE /stores/w0rld/v3/storefront/api-token"),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_whose_making_is_stopped_while_the_keychain_asks_is_revoked_again() {
    let running = sandbox(3).await;
    let control = running.control_origin.clone().unwrap();
    let keychain = Arc::new(Shy::default());
    let (bench, _folder) = world::bench_keeping(&running, Arc::clone(&keychain) as _);
    let store = connect(&bench).await;
    Shy::set(&keychain.is_locked, true);

    let wish = wish();
    let making = bench.make_storefront_token(&store, &wish);
    let (made, ()) = tokio::join!(making, async {
        keychain.asks().await;
        bench.cancel_unlock(&store);
    });

    assert_eq!(made, Err(Error::Cancelled));
    assert_eq!(made_and_revoked(&control).await, (1, 1));
    assert_eq!(
        bench.storefront_access(&store).unwrap(),
        StorefrontAccess::default()
    );
    assert_eq!(keychain.count(), 1, "only the access token");
    // And another try is not in its way.
    Shy::set(&keychain.is_locked, false);
    bench.make_storefront_token(&store, &wish).await.unwrap();
    assert_eq!(keychain.count(), 2);
    bench.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_the_keychain_was_not_allowed_to_keep_is_not_said_to_work_still() {
    let running = sandbox(3).await;
    let control = running.control_origin.clone().unwrap();
    let keychain = Arc::new(Shy::default());
    let (bench, _folder) = world::bench_keeping(&running, Arc::clone(&keychain) as _);
    let store = connect(&bench).await;
    Shy::set(&keychain.is_refused, true);

    // Locked before it is put in, and then between that and being read once more: one that is in there can't be
    // taken out without asking.
    for locks_itself in [false, true] {
        Shy::set(&keychain.is_locked, !locks_itself);
        Shy::set(&keychain.locks_itself, locks_itself);
        let made = bench.make_storefront_token(&store, &wish()).await;
        assert_eq!(made, Err(Error::Keychain(KeychainError::Refused)));
        assert_eq!(
            bench.storefront_access(&store).unwrap(),
            StorefrontAccess::default(),
            "it is revoked"
        );
        assert_eq!(keychain.count(), 1 + usize::from(locks_itself));
    }
    assert_eq!(made_and_revoked(&control).await, (2, 2));

    // What is left of it goes once the keychain is open.
    Shy::set(&keychain.is_locked, false);
    let gone = async {
        while keychain.count() > 1 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        () = bench.forget_leftovers() => panic!("it goes on as long as the workbench"),
        gone = timeout(PATIENCE, gone) => gone.unwrap(),
    }
    bench.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_whose_trying_or_revoking_is_stopped_while_the_keychain_asks_stays() {
    let running = sandbox(3).await;
    let control = running.control_origin.clone().unwrap();
    let keychain = Arc::new(Shy::default());
    let (bench, _folder) = world::bench_keeping(&running, Arc::clone(&keychain) as _);
    let store = connect(&bench).await;
    bench.make_storefront_token(&store, &wish()).await.unwrap();
    let before = bench.storefront_access(&store).unwrap();
    Shy::set(&keychain.is_locked, true);

    let stops = async || {
        keychain.asks().await;
        bench.cancel_unlock(&store);
    };
    let (tried, ()) = tokio::join!(bench.try_storefront_token(&store), stops());
    assert_eq!(tried, Err(Error::Cancelled));
    for only_forget in [false, true] {
        // The thread of the question before is at its end as soon as it sees that nobody waits.
        while keychain.is_asking.load(Ordering::SeqCst) {
            tokio::task::yield_now().await;
        }
        let revoking = bench.revoke_storefront_token(&store, Which::Current, only_forget);
        let (revoked, ()) = tokio::join!(revoking, stops());
        assert_eq!(revoked, Err(Error::Cancelled));
    }

    assert_eq!(bench.storefront_access(&store).unwrap(), before);
    assert_eq!(made_and_revoked(&control).await, (1, 0));
    assert_eq!(keychain.count(), 2);
    Shy::set(&keychain.is_locked, false);
    bench.try_storefront_token(&store).await.unwrap();
    bench.close().await;
}

#[tokio::test]
async fn a_token_whose_revoking_is_stopped_while_the_store_does_it_is_not_said_to_work_still() {
    let (bend, is_armed, gate) = held_once("/v3/storefront/api-token");
    let world = World::start(sandbox(3).await, bend).await;
    let in_memory = StorefrontWish {
        until_quit: true,
        ..wish()
    };
    let (bench, store) = (&world.bench, &world.store);
    bench
        .make_storefront_token(store, &in_memory)
        .await
        .unwrap();

    is_armed.store(true, Ordering::SeqCst);
    let revoking = bench.revoke_storefront_token(store, Which::Current, false);
    let (revoked, ()) = tokio::join!(revoking, async {
        while is_armed.load(Ordering::SeqCst) {
            tokio::task::yield_now().await;
        }
        bench.cancel_unlock(store);
        // Whoever was dropped is so before the store gets anything.
        tokio::task::yield_now().await;
        gate.notify_one();
    });

    assert_eq!(revoked, Ok(()));
    assert_eq!(made_and_revoked(&world.control).await, (1, 1));
    assert_eq!(
        bench.storefront_access(store).unwrap(),
        StorefrontAccess::default()
    );
}

#[tokio::test]
async fn who_waits_until_another_token_is_made_may_stop_too() {
    let (bend, is_armed, gate) = held_once("/api-token-private");
    let world = World::start(sandbox(3).await, bend).await;
    let in_memory = StorefrontWish {
        until_quit: true,
        ..wish()
    };
    let (bench, store) = (&world.bench, &world.store);

    is_armed.store(true, Ordering::SeqCst);
    let making = bench.make_storefront_token(store, &in_memory);
    let (made, ()) = tokio::join!(making, async {
        while is_armed.load(Ordering::SeqCst) {
            tokio::task::yield_now().await;
        }
        let others = async {
            tokio::join!(
                bench.make_storefront_token(store, &in_memory),
                bench.revoke_storefront_token(store, Which::Current, false),
            )
        };
        let waiting = async {
            tokio::join!(others, async {
                tokio::task::yield_now().await;
                bench.cancel_unlock(store);
            })
        };
        let ((second, third), ()) = timeout(PATIENCE, waiting).await.unwrap();
        assert_eq!(second, Err(Error::Cancelled));
        assert_eq!(third, Err(Error::Cancelled));
        gate.notify_one();
    });

    assert_eq!(made, Err(Error::Cancelled), "all of them were stopped");
    assert_eq!(made_and_revoked(&world.control).await, (1, 1));
    // And who waits without being stopped disturbs nobody.
    let (first, second) = tokio::join!(
        bench.make_storefront_token(store, &in_memory),
        bench.make_storefront_token(store, &in_memory),
    );
    first.unwrap();
    second.unwrap();
}

//! Removing a store whose keychain gives one token and not the other, which no keyring on a test's
//! desktop can be made to do.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use commerce::{AccessToken, ChannelId, OrderFields, Preset, StorefrontScope};
use credentials::{
    Ask, Backend, HandedText, KeychainError, KeychainPlace, KeychainState, KeychainTrouble, Opens,
    TokenKey,
};
use desk::ProfileKey;
use mirror::OrdersQuery;
use workbench::{Draft, Error, Handed, OrderDraft, RemoveAs, SaveAs, StorefrontWish, Workbench};

use crate::world::{self, TOKEN, sandbox, save_as};

/// What it says no to, where the storefront's token is meant; the last two say no to whatever is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Refuses {
    #[default]
    Nothing,
    Everything,
    Deleting,
    DeletingAny,
    /// Its data is damaged.
    AllOfAnyone,
}

#[derive(Default)]
struct Choosy {
    kept: Mutex<HashMap<TokenKey, AccessToken>>,
    refuses: Mutex<Refuses>,
    /// What happens as soon as a token is taken out.
    at_deleting: Mutex<Option<Box<dyn FnOnce() + Send>>>,
}

impl Choosy {
    fn refuse(&self, what: Refuses) {
        *self.refuses.lock().unwrap() = what;
    }

    fn count(&self) -> usize {
        self.kept.lock().unwrap().len()
    }

    fn may(&self, key: &TokenKey, is_deleting: bool) -> Result<(), KeychainError> {
        let refuses = *self.refuses.lock().unwrap();
        let is_refused = match refuses {
            Refuses::Nothing => false,
            Refuses::Everything => true,
            Refuses::Deleting | Refuses::DeletingAny => is_deleting,
            Refuses::AllOfAnyone => {
                return Err(KeychainTrouble::Damaged.into());
            }
        };
        let is_meant = refuses == Refuses::DeletingAny || key.opens == Opens::Storefront;
        if is_refused && is_meant {
            return Err(KeychainError::Refused);
        }
        Ok(())
    }
}

impl Backend for Choosy {
    fn state(&self) -> KeychainState {
        KeychainState::Ready {
            name: "Choosy".into(),
        }
    }

    fn entry(&self, key: &TokenKey) -> String {
        format!("chosen for {}", key.store)
    }

    fn save(
        &self,
        key: &TokenKey,
        token: &AccessToken,
        _: &Ask,
    ) -> Result<KeychainPlace, KeychainError> {
        let mut kept = self.kept.lock().unwrap();
        kept.insert(key.clone(), token.clone());
        Ok(KeychainPlace {
            name: "Choosy".into(),
            collection: None,
            entry: self.entry(key),
        })
    }

    fn load(&self, key: &TokenKey, _: &Ask) -> Result<AccessToken, KeychainError> {
        self.may(key, false)?;
        let kept = self.kept.lock().unwrap();
        kept.get(key).cloned().ok_or(KeychainError::NoEntry)
    }

    fn delete(&self, key: &TokenKey, _: &Ask) -> Result<(), KeychainError> {
        self.may(key, true)?;
        if let Some(happens) = self.at_deleting.lock().unwrap().take() {
            happens();
        }
        let removed = self.kept.lock().unwrap().remove(key);
        removed.map(drop).ok_or(KeychainError::NoEntry)
    }
}

/// A store whose token is in the keychain.
async fn connect(bench: &Workbench) -> ProfileKey {
    connect_as(bench, false).await
}

async fn connect_as(bench: &Workbench, until_quit: bool) -> ProfileKey {
    let typed = Handed::Typed(HandedText::new(TOKEN.to_owned()));
    let over = bench.hand_over(typed, "w0rld", Preset::Everything).await;
    let attempt = over.unwrap().attempt.unwrap();
    bench.check(&attempt.id).await.unwrap();
    let kept = SaveAs {
        until_quit,
        ..save_as()
    };
    bench.save(&attempt.id, &kept).await.unwrap().key
}

/// Comes once something is so.
async fn until(mut is_so: impl AsyncFnMut() -> bool) {
    let wait = async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), wait)
        .await
        .unwrap();
}

/// A change that has come to its end.
async fn note_an_order(bench: &Workbench, store: &ProfileKey, note: &str) {
    until(async || bench.state(store).await.unwrap().refreshed_at.is_some()).await;
    let (_, view) = bench
        .open_list(store, OrdersQuery::default())
        .await
        .unwrap();
    let wanted = OrderFields {
        staff_notes: Some(note.into()),
        ..OrderFields::default()
    };
    let order = view.ids[0];
    let draft = Draft::Orders(vec![OrderDraft { order, wanted }]);
    let plan = bench.plan(store, draft).await.unwrap();
    let applied = bench.apply(&plan.id, &plan.digest, true, false).await;
    let job = applied.unwrap().job;
    until(async || bench.job(store, &job).await.unwrap().job.done == 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_journal_that_is_to_be_kept_is_written_before_any_token_goes() {
    let running = sandbox(3).await;
    let keychain = Arc::new(Choosy::default());
    let (bench, folder) = world::bench_keeping(&running, Arc::clone(&keychain) as _);
    let store = connect(&bench).await;
    note_an_order(&bench, &store, "kept for the tax office").await;
    let archive = folder.path().join("home/archive");
    let (there, elsewhere) = (archive.clone(), folder.path().join("elsewhere"));
    // From the moment that a token goes, nothing can be written there any more.
    *keychain.at_deleting.lock().unwrap() = Some(Box::new(move || {
        std::fs::rename(&there, elsewhere).unwrap();
        std::fs::write(&there, "").unwrap();
    }));
    let keeping = RemoveAs {
        keep_journal: true,
        ..RemoveAs::default()
    };

    bench.remove(&store, keeping).await.unwrap();

    assert_eq!(keychain.count(), 0);
    assert_eq!(bench.profiles().unwrap(), []);
    let mut kept = std::fs::read_dir(folder.path().join("elsewhere")).unwrap();
    let kept = std::fs::read_to_string(kept.next().unwrap().unwrap().path()).unwrap();
    assert!(kept.contains("kept for the tax office"), "{kept}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_whose_journal_cannot_be_kept_keeps_its_token_and_goes_on() {
    let running = sandbox(3).await;
    let keychain = Arc::new(Choosy::default());
    let (bench, folder) = world::bench_keeping(&running, Arc::clone(&keychain) as _);
    let store = connect(&bench).await;
    note_an_order(&bench, &store, "kept for the tax office").await;
    std::fs::write(folder.path().join("home/archive"), "").unwrap();
    let keeping = RemoveAs {
        keep_journal: true,
        ..RemoveAs::default()
    };
    let refused = bench.remove(&store, keeping).await;
    assert!(matches!(refused, Err(Error::NotWritten(_))), "{refused:?}");
    assert_eq!(keychain.count(), 1);
    assert!(bench.state_if_open(&store).await.is_some());
    note_an_order(&bench, &store, "and goes on").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_is_not_removed_after_all_leaves_no_table_of_its_journal() {
    let running = sandbox(3).await;
    let keychain = Arc::new(Choosy::default());
    let (bench, folder) = world::bench_keeping(&running, Arc::clone(&keychain) as _);
    let store = connect(&bench).await;
    note_an_order(&bench, &store, "kept for the tax office").await;
    keychain.refuse(Refuses::DeletingAny);
    let keeping = RemoveAs {
        keep_journal: true,
        ..RemoveAs::default()
    };
    let refused = bench.remove(&store, keeping).await;
    assert_eq!(refused, Err(Error::Keychain(KeychainError::Refused)));
    let archive = std::fs::read_dir(folder.path().join("home/archive")).unwrap();
    assert_eq!(archive.count(), 0);
    note_an_order(&bench, &store, "and goes on").await;

    keychain.refuse(Refuses::Nothing);
    bench.remove(&store, keeping).await.unwrap();
    let archive = std::fs::read_dir(folder.path().join("home/archive")).unwrap();
    assert_eq!(archive.count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keychain_that_gives_one_token_and_not_the_other_loses_neither_or_both() {
    let running = sandbox(3).await;
    let keychain = Arc::new(Choosy::default());
    let (bench, _folder) = world::bench_keeping(&running, Arc::clone(&keychain) as _);
    let store = connect(&bench).await;
    let wish = StorefrontWish {
        channels: vec![ChannelId(1)],
        scopes: vec![StorefrontScope::Unauthenticated],
        days: 90,
        until_quit: false,
    };
    bench.make_storefront_token(&store, &wish).await.unwrap();
    assert_eq!(keychain.count(), 2);
    // Before that, a person can look for what is going to go.
    let profiles = bench.profiles().unwrap();
    let entry = bench.token_entry(&profiles[0]).unwrap();
    assert!(entry.starts_with("chosen for "), "{entry}");
    assert!(entry.ends_with(&format!("/{store}")), "{entry}");
    let token = bench.storefront_access(&store).unwrap().current.unwrap();
    assert_eq!(token.entry, Some(format!("{entry}/storefront-1")));

    // Asked for both before either is taken out.
    keychain.refuse(Refuses::Everything);
    let refused = bench.remove(&store, RemoveAs::default()).await;
    assert_eq!(refused, Err(Error::Keychain(KeychainError::Refused)));
    assert_eq!(keychain.count(), 2);
    assert_eq!(bench.profiles().unwrap().len(), 1);

    // With one of them gone there is no way back: the other goes later.
    keychain.refuse(Refuses::Deleting);
    bench.remove(&store, RemoveAs::default()).await.unwrap();
    assert_eq!(keychain.count(), 1);
    assert_eq!(bench.profiles().unwrap(), []);
    all_is_forgotten(&bench, &keychain).await;
}

/// The keychain lets us again, and what is left in it goes.
async fn all_is_forgotten(bench: &Workbench, keychain: &Choosy) {
    keychain.refuse(Refuses::Nothing);
    let forgetting = bench.forget_leftovers();
    let gone = async {
        while keychain.count() > 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::select! {
        () = forgetting => panic!("it goes on as long as the workbench"),
        gone = tokio::time::timeout(Duration::from_secs(30), gone) => gone.unwrap(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_whose_token_is_in_memory_goes_whatever_is_wrong_with_the_keychain() {
    let running = sandbox(3).await;
    let keychain = Arc::new(Choosy::default());
    let (bench, _folder) = world::bench_keeping(&running, Arc::clone(&keychain) as _);
    let store = connect(&bench).await;
    let entries = keychain.kept.lock().unwrap().clone();
    bench.remove(&store, RemoveAs::default()).await.unwrap();

    let store = connect_as(&bench, true).await;
    assert_eq!(bench.token_entry(&bench.profiles().unwrap()[0]), None);
    // Somebody has put one there.
    keychain.kept.lock().unwrap().extend(entries);
    keychain.refuse(Refuses::AllOfAnyone);
    bench.remove(&store, RemoveAs::default()).await.unwrap();
    assert_eq!(bench.profiles().unwrap(), []);
    assert_eq!(keychain.count(), 1);
    all_is_forgotten(&bench, &keychain).await;
}

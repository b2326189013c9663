//! Removing a store whose keychain gives one token and not the other, which no keyring on a test's
//! desktop can be made to do.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use commerce::{AccessToken, ChannelId, Preset, StorefrontScope};
use credentials::{
    Ask, Backend, HandedText, KeychainError, KeychainPlace, KeychainState, Opens, TokenKey,
};
use workbench::{Error, Handed, RemoveAs, SaveAs, StorefrontWish};

use crate::world::{self, TOKEN, sandbox, save_as};

/// What it says no to, where the storefront's token is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Refuses {
    #[default]
    Nothing,
    Everything,
    Deleting,
}

#[derive(Default)]
struct Choosy {
    kept: Mutex<HashMap<TokenKey, AccessToken>>,
    refuses: Mutex<Refuses>,
}

impl Choosy {
    fn refuse(&self, what: Refuses) {
        *self.refuses.lock().unwrap() = what;
    }

    fn count(&self) -> usize {
        self.kept.lock().unwrap().len()
    }

    fn may(&self, key: &TokenKey, is_deleting: bool) -> Result<(), KeychainError> {
        let is_refused = match *self.refuses.lock().unwrap() {
            Refuses::Nothing => false,
            Refuses::Everything => true,
            Refuses::Deleting => is_deleting,
        };
        if is_refused && key.opens == Opens::Storefront {
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
            entry: key.label(),
        })
    }

    fn load(&self, key: &TokenKey, _: &Ask) -> Result<AccessToken, KeychainError> {
        self.may(key, false)?;
        let kept = self.kept.lock().unwrap();
        kept.get(key).cloned().ok_or(KeychainError::NoEntry)
    }

    fn delete(&self, key: &TokenKey, _: &Ask) -> Result<(), KeychainError> {
        self.may(key, true)?;
        let removed = self.kept.lock().unwrap().remove(key);
        removed.map(drop).ok_or(KeychainError::NoEntry)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keychain_that_gives_one_token_and_not_the_other_loses_neither_or_both() {
    let running = sandbox(3).await;
    let keychain = Arc::new(Choosy::default());
    let (bench, _folder) = world::bench_keeping(&running, Arc::clone(&keychain) as _);
    let typed = Handed::Typed(HandedText::new(TOKEN.to_owned()));
    let over = bench.hand_over(typed, "w0rld", Preset::Everything).await;
    let attempt = over.unwrap().attempt.unwrap();
    bench.check(&attempt.id).await.unwrap();
    let kept = SaveAs {
        until_quit: false,
        ..save_as()
    };
    let store = bench.save(&attempt.id, &kept).await.unwrap().key;
    let wish = StorefrontWish {
        channels: vec![ChannelId(1)],
        scopes: vec![StorefrontScope::Unauthenticated],
        days: 90,
        until_quit: false,
    };
    bench.make_storefront_token(&store, &wish).await.unwrap();
    assert_eq!(keychain.count(), 2);

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

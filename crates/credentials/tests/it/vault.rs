//! The vault and the keychain's own rules, over a keychain made for the test.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use commerce::AccessToken;
use credentials::{
    Ask, Backend, Home, Keychain, KeychainError, KeychainPlace, KeychainState, KeychainTrouble,
    Opens, Prompt, TokenKey, Vault,
};

/// Does as it is told.
#[derive(Default)]
struct Drawer {
    tokens: Mutex<HashMap<TokenKey, AccessToken>>,
    fails_with: Mutex<Option<KeychainError>>,
    forgets: bool,
    garbles: bool,
    panics: bool,
}

impl Drawer {
    fn check(&self) -> Result<(), KeychainError> {
        assert!(!self.panics, "as told");
        self.fails_with.lock().unwrap().clone().map_or(Ok(()), Err)
    }
}

impl Backend for Drawer {
    fn state(&self) -> KeychainState {
        let name = "Drawer".to_owned();
        match self.check() {
            Ok(()) => KeychainState::Ready { name },
            Err(_) => KeychainState::Locked { name },
        }
    }

    fn save(
        &self,
        key: &TokenKey,
        token: &AccessToken,
        _ask: &Ask,
    ) -> Result<KeychainPlace, KeychainError> {
        self.check()?;
        let token = if self.garbles {
            AccessToken::new("something else".to_owned())
        } else {
            token.clone()
        };
        if !self.forgets {
            self.tokens.lock().unwrap().insert(key.clone(), token);
        }
        Ok(KeychainPlace {
            name: "Drawer".to_owned(),
            collection: None,
            entry: key.label(),
        })
    }

    fn load(&self, key: &TokenKey, _ask: &Ask) -> Result<AccessToken, KeychainError> {
        self.check()?;
        let tokens = self.tokens.lock().unwrap();
        tokens.get(key).cloned().ok_or(KeychainError::NoEntry)
    }

    fn delete(&self, key: &TokenKey, _ask: &Ask) -> Result<(), KeychainError> {
        self.check()?;
        let token = self.tokens.lock().unwrap().remove(key);
        token.map(drop).ok_or(KeychainError::NoEntry)
    }
}

fn key() -> TokenKey {
    TokenKey {
        store: "store-one".to_owned(),
        hash: "abc123".parse().unwrap(),
        opens: Opens::Api,
    }
}

fn token(text: &str) -> AccessToken {
    AccessToken::new(text.to_owned())
}

fn vault() -> (Arc<Drawer>, Vault) {
    let drawer = Arc::new(Drawer::default());
    let backend: Arc<dyn Backend> = drawer.clone();
    (drawer, Vault::new(Keychain::with_backend(backend)))
}

#[tokio::test]
async fn a_token_in_memory_comes_first_and_saving_moves_it_out() {
    let (_drawer, vault) = vault();
    vault
        .save(&key(), &token("old"), Prompt::Never)
        .await
        .unwrap();
    assert_eq!(vault.home(&key()), Home::Keychain);

    vault.keep_until_quit(&key(), token("new"));
    assert!(vault.is_session_only(&key()));
    let loaded = vault.load(&key(), Prompt::Never).await.unwrap();
    assert_eq!(loaded.expose(), "new");

    vault
        .save(&key(), &token("new"), Prompt::Never)
        .await
        .unwrap();
    assert!(!vault.is_session_only(&key()));
    let loaded = vault.load(&key(), Prompt::Never).await.unwrap();
    assert_eq!(loaded.expose(), "new");
}

#[tokio::test]
async fn the_kept_token_is_never_the_one_in_memory() {
    let (_drawer, vault) = vault();
    vault.keep_until_quit(&key(), token("new"));
    let kept = vault.load_kept(&key(), Prompt::Never).await;
    assert_eq!(kept.unwrap_err(), KeychainError::NoEntry);

    vault
        .save(&key(), &token("old"), Prompt::Never)
        .await
        .unwrap();
    vault.keep_until_quit(&key(), token("new"));
    let kept = vault.load_kept(&key(), Prompt::Never).await.unwrap();
    assert_eq!(kept.expose(), "old");
}

#[tokio::test]
async fn a_save_that_fails_leaves_the_token_in_memory() {
    let (drawer, vault) = vault();
    vault.keep_until_quit(&key(), token("new"));
    *drawer.fails_with.lock().unwrap() = Some(KeychainError::Refused);
    let saved = vault.save(&key(), &token("new"), Prompt::Allowed).await;
    assert_eq!(saved, Err(KeychainError::Refused));
    let loaded = vault.load(&key(), Prompt::Never).await.unwrap();
    assert_eq!(loaded.expose(), "new");
}

#[tokio::test]
async fn forgetting_empties_memory_and_keychain() {
    let (drawer, vault) = vault();
    vault
        .save(&key(), &token("old"), Prompt::Never)
        .await
        .unwrap();
    vault.keep_until_quit(&key(), token("new"));
    vault.forget(&key(), Prompt::Never).await.unwrap();
    assert!(drawer.tokens.lock().unwrap().is_empty());
    let loaded = vault.load(&key(), Prompt::Never).await;
    assert_eq!(loaded.unwrap_err(), KeychainError::NoEntry);
    vault.forget(&key(), Prompt::Never).await.unwrap();
}

#[tokio::test]
async fn what_no_keychain_could_be_told_to_forget_is_gone_from_memory_all_the_same() {
    for trouble in [KeychainError::Absent, KeychainError::Locked] {
        let (drawer, vault) = vault();
        *drawer.fails_with.lock().unwrap() = Some(trouble.clone());
        vault.keep_until_quit(&key(), token("new"));
        assert_eq!(vault.forget(&key(), Prompt::Never).await, Err(trouble));
        assert!(!vault.is_session_only(&key()));
    }
}

#[tokio::test]
async fn a_token_in_memory_stays_when_the_kept_one_is_forgotten() {
    let (drawer, vault) = vault();
    vault
        .save(&key(), &token("old"), Prompt::Never)
        .await
        .unwrap();
    vault.keep_until_quit(&key(), token("new"));
    vault.forget_kept(&key(), Prompt::Never).await.unwrap();
    assert!(drawer.tokens.lock().unwrap().is_empty());
    let loaded = vault.load(&key(), Prompt::Never).await.unwrap();
    assert_eq!(loaded.expose(), "new");
}

#[tokio::test]
async fn a_keychain_that_does_not_keep_what_it_took_is_found_out() {
    let forgets = Drawer {
        forgets: true,
        ..Drawer::default()
    };
    let garbles = Drawer {
        garbles: true,
        ..Drawer::default()
    };
    let panics = Drawer {
        panics: true,
        ..Drawer::default()
    };
    for (drawer, trouble) in [
        (forgets, KeychainTrouble::NotKept),
        (garbles, KeychainTrouble::NotKept),
        (panics, KeychainTrouble::Unknown),
    ] {
        let keychain = Keychain::with_backend(Arc::new(drawer));
        let saved = keychain.save(&key(), &token("k3pt"), Prompt::Never).await;
        assert_eq!(saved, Err(KeychainError::Failed { what: trouble }));
    }
}

#[tokio::test]
async fn nothing_that_prints_shows_a_token() {
    let (_drawer, vault) = vault();
    vault.keep_until_quit(&key(), token("k3pt0k3pt0"));
    assert!(!format!("{vault:?}").contains("k3pt0"));
}

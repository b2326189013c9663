//! Any keychain that the keyring crates know.

use std::{collections::HashMap, sync::Arc};

use commerce::AccessToken;
use keyring_core::{CredentialStore, Entry, Error};

use super::{Backend, KeychainError, KeychainPlace, KeychainTrouble, TokenKey};
#[cfg(any(not(target_os = "linux"), test))]
use super::{
    KeychainState,
    direct::{Hush, Keeps},
};

/// Opens the system's credential store.
///
/// Once per attempt: a store that could not reach its keychain stays that way for its whole life.
type Open = fn() -> keyring_core::Result<Arc<CredentialStore>>;

/// What a system's own program lists the entry of a service for a key as.
type Listed = fn(&str, &TokenKey) -> String;

/// The credential store of the system, seen through `keyring_core`.
pub(super) struct Core {
    service: String,
    name: &'static str,
    /// What each entry is made with, besides a label where labels are known.
    modifiers: &'static [(&'static str, &'static str)],
    has_labels: bool,
    listed: Listed,
    open: Open,
}

/// This system's keychain.
pub(super) fn system(service: &str) -> Arc<dyn Backend> {
    #[cfg(target_os = "linux")]
    return Arc::new(super::secret_service::SecretService::new(Core {
        service: service.to_owned(),
        name: "Secret Service",
        modifiers: &[],
        has_labels: true,
        listed: by_label,
        open: || Ok(zbus_secret_service_keyring_store::Store::new()?),
    }));
    #[cfg(target_os = "macos")]
    return Arc::new(super::direct::Direct::new(Core {
        service: service.to_owned(),
        name: "macOS Keychain",
        modifiers: &[],
        has_labels: false,
        listed: by_account,
        open: || Ok(apple_native_keyring_store::keychain::Store::new()?),
    }));
    #[cfg(target_os = "windows")]
    return Arc::new(super::direct::Direct::new(Core {
        service: service.to_owned(),
        name: "Windows Credential Manager",
        // Stays on this computer instead of travelling with the person's profile.
        modifiers: &[("persistence", "Local")],
        has_labels: false,
        listed: by_target,
        open: || Ok(windows_native_keyring_store::Store::new()?),
    }));
    #[cfg(not(any(target_os = "linux", target_os = "macos", target_os = "windows")))]
    return Arc::new(super::direct::Direct::new(Core {
        service: service.to_owned(),
        name: "",
        modifiers: &[],
        has_labels: false,
        listed: by_label,
        open: || Err(Error::NoDefaultStore),
    }));
}

#[cfg(any(not(any(target_os = "macos", target_os = "windows")), test))]
fn by_label(_service: &str, key: &TokenKey) -> String {
    key.label()
}

/// macOS: Keychain Access has the service for a name, and the account beside it. Its search finds either.
#[cfg(any(target_os = "macos", test))]
fn by_account(service: &str, key: &TokenKey) -> String {
    format!("{service} ({})", key.store)
}

/// Windows: the target's name, which `windows-native-keyring-store` makes of user and service.
#[cfg(any(target_os = "windows", test))]
fn by_target(service: &str, key: &TokenKey) -> String {
    format!("{}.{service}", key.store)
}

impl Core {
    /// What tells our entry for `key` apart from all others.
    #[cfg(target_os = "linux")]
    pub(super) fn attributes<'a>(&'a self, key: &'a TokenKey) -> HashMap<&'a str, &'a str> {
        HashMap::from([("service", self.service.as_str()), ("username", &key.store)])
    }

    fn entry(&self, key: &TokenKey) -> Result<Entry, KeychainError> {
        let store = (self.open)().map_err(|error| match error {
            Error::PlatformFailure(_) | Error::NoDefaultStore => KeychainError::Absent,
            error => understood(error),
        })?;
        let label = key.label();
        let mut modifiers: HashMap<&str, &str> = self.modifiers.iter().copied().collect();
        if self.has_labels {
            modifiers.insert("label", &label);
        }
        store
            .build(&self.service, &key.store, Some(&modifiers))
            .map_err(understood)
    }

    /// What the system's own program lists the entry for `key` as.
    pub(super) fn listed_as(&self, key: &TokenKey) -> String {
        (self.listed)(&self.service, key)
    }

    /// Keeps `token` under `key`, in place of any other.
    pub(super) fn put(
        &self,
        key: &TokenKey,
        token: &AccessToken,
    ) -> Result<KeychainPlace, KeychainError> {
        let entry = self.entry(key)?;
        match entry.set_password(token.expose()) {
            // Ours by service and profile, so all of them may go. The spares first: wherever this ends, the new
            // token never lies beside an older one, of which nobody could tell which is right.
            Err(Error::Ambiguous(same)) => {
                let mut same = same.into_iter();
                let kept = same.next().ok_or(KeychainError::Ambiguous)?;
                for spare in same {
                    spare.delete_credential().map_err(understood)?;
                }
                kept.set_password(token.expose()).map_err(understood)?;
            }
            result => result.map_err(understood)?,
        }
        Ok(KeychainPlace {
            name: self.name.to_owned(),
            collection: None,
            entry: self.listed_as(key),
        })
    }

    /// The token under `key`.
    pub(super) fn get(&self, key: &TokenKey) -> Result<AccessToken, KeychainError> {
        match self.entry(key)?.get_password() {
            Err(Error::Ambiguous(same)) => {
                let mut tokens = same
                    .iter()
                    .map(|entry| entry.get_password().map(AccessToken::new));
                let first = tokens
                    .next()
                    .ok_or(KeychainError::Ambiguous)?
                    .map_err(understood)?;
                for other in tokens {
                    if other.map_err(understood)?.expose() != first.expose() {
                        return Err(KeychainError::Ambiguous);
                    }
                }
                Ok(first)
            }
            result => result.map(AccessToken::new).map_err(understood),
        }
    }

    /// Takes out whatever is kept under `key`.
    pub(super) fn take_out(&self, key: &TokenKey) -> Result<(), KeychainError> {
        match self.entry(key)?.delete_credential() {
            Err(Error::Ambiguous(same)) => same
                .iter()
                .try_for_each(Entry::delete_credential)
                .map_err(understood),
            result => result.map_err(understood),
        }
    }
}

#[cfg(any(not(target_os = "linux"), test))]
impl Keeps for Core {
    fn state(&self) -> KeychainState {
        let name = self.name.to_owned();
        match (self.open)() {
            Ok(_) => KeychainState::Ready { name },
            Err(_) => KeychainState::Absent,
        }
    }

    fn listed_as(&self, key: &TokenKey) -> String {
        self.listed_as(key)
    }

    fn put(&self, key: &TokenKey, token: &AccessToken) -> Result<KeychainPlace, KeychainError> {
        self.put(key, token)
    }

    fn get(&self, key: &TokenKey) -> Result<AccessToken, KeychainError> {
        self.get(key)
    }

    fn take_out(&self, key: &TokenKey) -> Result<(), KeychainError> {
        self.take_out(key)
    }

    fn hush(&self) -> Result<Hush, KeychainError> {
        #[cfg(target_os = "macos")]
        let hush: Hush = Box::new(
            security_framework::os::macos::keychain::SecKeychain::disable_user_interaction()
                .map_err(KeychainError::failed)?,
        );
        // Windows asks nobody.
        #[cfg(not(target_os = "macos"))]
        let hush: Hush = Box::new(());
        Ok(hush)
    }
}

/// A keychain's error in our words. Several of them carry the secret: those texts stay behind.
fn understood(error: Error) -> KeychainError {
    match error {
        Error::NoEntry => KeychainError::NoEntry,
        Error::Ambiguous(_) => KeychainError::Ambiguous,
        Error::NoDefaultStore => KeychainError::Absent,
        #[cfg(target_os = "macos")]
        Error::PlatformFailure(cause) => understood_by_code(&*cause),
        #[cfg(not(target_os = "macos"))]
        Error::PlatformFailure(cause) => KeychainError::failed(cause),
        // Windows: no logon session. macOS: no such keychain. Linux: locked in the meantime.
        Error::NoStorageAccess(_) if cfg!(target_os = "linux") => KeychainError::Locked,
        Error::NoStorageAccess(_) => KeychainError::Absent,
        Error::BadEncoding(_) | Error::BadDataFormat(..) => KeychainTrouble::NotAToken.into(),
        Error::BadStoreFormat(_) => KeychainTrouble::Damaged.into(),
        Error::TooLong(..) | Error::Invalid(..) | Error::NotSupportedByStore(_) => {
            KeychainTrouble::NotTaken.into()
        }
        _ => KeychainTrouble::Unknown.into(),
    }
}

/// Source: Apple, `SecBase.h` and `MacErrors.h`.
#[cfg(target_os = "macos")]
fn understood_by_code(cause: &(dyn std::error::Error + Send + Sync + 'static)) -> KeychainError {
    const USER_CANCELED: i32 = -128;
    const AUTH_FAILED: i32 = -25293;
    const INTERACTION_NOT_ALLOWED: i32 = -25308;
    match cause
        .downcast_ref::<security_framework::base::Error>()
        .map(|error| error.code())
    {
        Some(USER_CANCELED | AUTH_FAILED) => KeychainError::Refused,
        Some(INTERACTION_NOT_ALLOWED) => KeychainError::Locked,
        _ => KeychainError::failed(cause),
    }
}

#[cfg(test)]
mod tests {
    use std::{any::Any, cell::RefCell, collections::BTreeMap};

    use keyring_core::{
        api::{CredentialApi, CredentialStoreApi},
        mock,
    };

    use super::*;
    use crate::Opens;

    thread_local! {
        /// What a drawer holds by the items' numbers, and what it held after each thing that was done to it.
        static HELD: RefCell<BTreeMap<usize, Vec<u8>>> = const { RefCell::new(BTreeMap::new()) };
        static STEPS: RefCell<Vec<Vec<String>>> = const { RefCell::new(Vec::new()) };
    }

    fn held() -> Vec<String> {
        let text = |secret: &Vec<u8>| String::from_utf8(secret.clone()).unwrap();
        HELD.with_borrow(|held| held.values().map(text).collect())
    }

    fn step(change: impl FnOnce(&mut BTreeMap<usize, Vec<u8>>)) {
        HELD.with_borrow_mut(change);
        STEPS.with_borrow_mut(|steps| steps.push(held()));
    }

    /// One item of the drawer.
    struct Item(usize);

    impl CredentialApi for Item {
        fn set_secret(&self, secret: &[u8]) -> keyring_core::Result<()> {
            step(|held| drop(held.insert(self.0, secret.to_vec())));
            Ok(())
        }

        fn get_secret(&self) -> keyring_core::Result<Vec<u8>> {
            let secret = HELD.with_borrow(|held| held.get(&self.0).cloned());
            secret.ok_or(Error::NoEntry)
        }

        fn delete_credential(&self) -> keyring_core::Result<()> {
            step(|held| drop(held.remove(&self.0)));
            Ok(())
        }

        fn get_credential(&self) -> keyring_core::Result<Option<Arc<keyring_core::Credential>>> {
            Ok(None)
        }

        fn get_specifiers(&self) -> Option<(String, String)> {
            None
        }

        fn as_any(&self) -> &dyn Any {
            self
        }
    }

    /// Whatever is in the drawer, as what is asked for matches all of it.
    struct Drawer;

    impl Drawer {
        fn only() -> keyring_core::Result<Item> {
            let items: Vec<usize> = HELD.with_borrow(|held| held.keys().copied().collect());
            match items.as_slice() {
                [] => Ok(Item(0)),
                [only] => Ok(Item(*only)),
                several => Err(Error::Ambiguous(
                    several
                        .iter()
                        .map(|item| Entry::new_with_credential(Arc::new(Item(*item))))
                        .collect(),
                )),
            }
        }
    }

    impl CredentialApi for Drawer {
        fn set_secret(&self, secret: &[u8]) -> keyring_core::Result<()> {
            Self::only()?.set_secret(secret)
        }

        fn get_secret(&self) -> keyring_core::Result<Vec<u8>> {
            Self::only()?.get_secret()
        }

        fn delete_credential(&self) -> keyring_core::Result<()> {
            Self::only()?.delete_credential()
        }

        fn get_credential(&self) -> keyring_core::Result<Option<Arc<keyring_core::Credential>>> {
            Ok(None)
        }

        fn get_specifiers(&self) -> Option<(String, String)> {
            None
        }

        fn as_any(&self) -> &dyn Any {
            self
        }
    }

    impl CredentialStoreApi for Drawer {
        fn vendor(&self) -> String {
            "Drawer".to_owned()
        }

        fn id(&self) -> String {
            "drawer".to_owned()
        }

        fn build(
            &self,
            _service: &str,
            _user: &str,
            _modifiers: Option<&HashMap<&str, &str>>,
        ) -> keyring_core::Result<Entry> {
            Ok(Entry::new_with_credential(Arc::new(Self)))
        }

        fn as_any(&self) -> &dyn Any {
            self
        }
    }

    fn key() -> TokenKey {
        TokenKey {
            store: "home/store-abc123".to_owned(),
            hash: "abc123".parse().unwrap(),
            opens: Opens::Api,
        }
    }

    #[test]
    fn a_new_token_never_lies_beside_an_older_one_wherever_putting_it_ends() {
        const OLD: &str = "an older token";
        const NEW: &str = "a newer token";
        let core = Core {
            service: "dev.stockroom.Test".to_owned(),
            name: "Drawer",
            modifiers: &[],
            has_labels: false,
            listed: by_label,
            open: || Ok(Arc::new(Drawer)),
        };
        for item in 0..3 {
            step(|held| drop(held.insert(item, OLD.as_bytes().to_vec())));
        }
        STEPS.with_borrow_mut(Vec::clear);

        core.put(&key(), &AccessToken::new(NEW.to_owned())).unwrap();

        let steps = STEPS.with_borrow(Clone::clone);
        assert_eq!(steps, [vec![OLD, OLD], vec![OLD], vec![NEW]]);
        assert_eq!(core.get(&key()).unwrap().expose(), NEW);
    }

    fn placed(listed: Listed) -> KeychainPlace {
        let core = Core {
            service: "dev.stockroom.Test".to_owned(),
            name: "Drawer",
            modifiers: &[],
            has_labels: false,
            listed,
            open: || Ok(mock::Store::new()?),
        };
        let place = core.put(&key(), &AccessToken::new("a token".to_owned()));
        let place = place.unwrap();
        assert_eq!(place.entry, core.listed_as(&key()));
        place
    }

    #[test]
    fn an_entry_is_named_as_the_system_s_own_program_lists_it() {
        assert_eq!(placed(by_label).entry, "Stockroom, store abc123");
        assert_eq!(
            placed(by_account).entry,
            "dev.stockroom.Test (home/store-abc123)"
        );
        assert_eq!(
            placed(by_target).entry,
            "home/store-abc123.dev.stockroom.Test"
        );
    }
}

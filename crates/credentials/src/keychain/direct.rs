//! macOS and Windows: keychains that ask the person by themselves, in the middle of a call.
//!
//! Nobody can find out beforehand whether one will. So whoever must not ask switches all questions off for as long as
//! their call takes, and what was saved for somebody who has gone meanwhile is taken back.

use std::{
    any::Any,
    sync::{Mutex, MutexGuard, PoisonError},
};

use commerce::AccessToken;

use super::{Ask, Backend, KeychainError, KeychainPlace, KeychainState, Prompt, TokenKey};

/// Nobody is asked anything while it lives.
pub(super) type Hush = Box<dyn Any>;

/// What keeps tokens, and asks the person where it wants to.
pub(super) trait Keeps: Send + Sync + 'static {
    /// Whether it is there. Never asks.
    fn state(&self) -> KeychainState;

    /// What the system's own program lists the entry for `key` as. Never asks.
    fn listed_as(&self, key: &TokenKey) -> String;

    /// Keeps `token` under `key`, in place of any other.
    fn put(&self, key: &TokenKey, token: &AccessToken) -> Result<KeychainPlace, KeychainError>;

    /// The token under `key`.
    fn get(&self, key: &TokenKey) -> Result<AccessToken, KeychainError>;

    /// Takes out whatever is kept under `key`.
    fn take_out(&self, key: &TokenKey) -> Result<(), KeychainError>;

    /// Has it answer [`KeychainError::Locked`] instead of asking, in all of this process.
    fn hush(&self) -> Result<Hush, KeychainError>;
}

/// A keychain that asks by itself. One for a process, as what switches its questions off holds for all of that.
pub(super) struct Direct<K> {
    keeps: K,
    /// Held while questions are switched off; how often they were.
    hushed: Mutex<u64>,
}

impl<K: Keeps> Direct<K> {
    pub(super) fn new(keeps: K) -> Self {
        Self {
            keeps,
            hushed: Mutex::new(0),
        }
    }

    /// Runs `work`, with no question to anybody unless `ask` allows one.
    fn with<T>(
        &self,
        ask: &Ask,
        work: impl Fn(&K) -> Result<T, KeychainError>,
    ) -> Result<T, KeychainError> {
        loop {
            if ask.is_cancelled() {
                return Err(KeychainError::Refused);
            }
            if ask.prompt() == Prompt::Never {
                return self.quietly(work);
            }
            let before = *self.hushed();
            match work(&self.keeps) {
                // Somebody who must not ask has switched the question off for this one, too.
                Err(KeychainError::Locked) if *self.hushed() != before => {}
                result => return result,
            }
        }
    }

    /// Runs `work` with no question to anybody.
    fn quietly<T>(
        &self,
        work: impl FnOnce(&K) -> Result<T, KeychainError>,
    ) -> Result<T, KeychainError> {
        // One after the other: whoever is done first would switch them on again for the rest.
        let mut hushed = self.hushed();
        *hushed += 1;
        let _hush = self.keeps.hush()?;
        work(&self.keeps)
    }

    fn hushed(&self) -> MutexGuard<'_, u64> {
        // A number is in order wherever a thread stopped.
        self.hushed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Keeps> Backend for Direct<K> {
    fn state(&self) -> KeychainState {
        self.keeps.state()
    }

    fn entry(&self, key: &TokenKey) -> String {
        self.keeps.listed_as(key)
    }

    fn save(
        &self,
        key: &TokenKey,
        token: &AccessToken,
        ask: &Ask,
    ) -> Result<KeychainPlace, KeychainError> {
        // Also because only what is known can be put back: the question for a token that is there comes up here.
        let before = match self.with(ask, |keeps| keeps.get(key)) {
            Ok(token) => Some(token),
            // What can't be read is no token; a new one puts that right.
            Err(
                KeychainError::NoEntry | KeychainError::Ambiguous | KeychainError::Failed { .. },
            ) => None,
            Err(
                error @ (KeychainError::Absent | KeychainError::Locked | KeychainError::Refused),
            ) => return Err(error),
        };
        let place = self.with(ask, |keeps| keeps.put(key, token))?;
        if ask.is_cancelled() {
            // Nobody is there any more to be asked, or to be told that it didn't work.
            let _ = self.quietly(|keeps| match &before {
                Some(before) => keeps.put(key, before).map(drop),
                None => keeps.take_out(key),
            });
            return Err(KeychainError::Refused);
        }
        Ok(place)
    }

    fn load(&self, key: &TokenKey, ask: &Ask) -> Result<AccessToken, KeychainError> {
        self.with(ask, |keeps| keeps.get(key))
    }

    fn delete(&self, key: &TokenKey, ask: &Ask) -> Result<(), KeychainError> {
        self.with(ask, |keeps| keeps.take_out(key))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering::SeqCst},
    };

    use tokio::sync::watch;

    use super::*;
    use crate::Opens;

    type Moment = Mutex<Option<Box<dyn FnOnce() + Send>>>;

    /// A keychain with room for one token, which asks for its password as macOS does: not before it has to.
    #[derive(Default)]
    struct Drawer {
        token: Mutex<Option<AccessToken>>,
        is_locked: AtomicBool,
        is_hushed: Arc<AtomicBool>,
        questions: AtomicU32,
        /// What happens while a person reads the question, who then answers it.
        at_question: Moment,
        /// What happens when a token was just put in.
        at_put: Moment,
    }

    /// Switches the drawer's questions on again.
    struct Hushed(Arc<AtomicBool>);

    impl Drop for Hushed {
        fn drop(&mut self) {
            self.0.store(false, SeqCst);
        }
    }

    fn comes(moment: &Moment) {
        let happens = moment.lock().unwrap().take();
        if let Some(happens) = happens {
            happens();
        }
    }

    impl Drawer {
        fn with(token: &str) -> Self {
            Self {
                token: Mutex::new(Some(token_of(token))),
                ..Self::default()
            }
        }

        fn locked(self) -> Self {
            self.is_locked.store(true, SeqCst);
            self
        }

        fn opened(&self) -> Result<(), KeychainError> {
            if !self.is_locked.load(SeqCst) {
                return Ok(());
            }
            if self.is_hushed.load(SeqCst) {
                return Err(KeychainError::Locked);
            }
            self.questions.fetch_add(1, SeqCst);
            comes(&self.at_question);
            self.is_locked.store(false, SeqCst);
            Ok(())
        }

        fn held(&self) -> Option<String> {
            let token = self.token.lock().unwrap();
            token.as_ref().map(|token| token.expose().to_owned())
        }
    }

    impl Keeps for Drawer {
        fn state(&self) -> KeychainState {
            KeychainState::Absent
        }

        fn listed_as(&self, key: &TokenKey) -> String {
            format!("in the drawer: {}", key.store)
        }

        fn put(&self, key: &TokenKey, token: &AccessToken) -> Result<KeychainPlace, KeychainError> {
            self.opened()?;
            *self.token.lock().unwrap() = Some(token.clone());
            comes(&self.at_put);
            Ok(KeychainPlace {
                name: "Drawer".to_owned(),
                collection: None,
                entry: self.listed_as(key),
            })
        }

        fn get(&self, _: &TokenKey) -> Result<AccessToken, KeychainError> {
            // Whether there is one is no secret.
            if self.held().is_none() {
                return Err(KeychainError::NoEntry);
            }
            self.opened()?;
            let token = self.token.lock().unwrap().clone();
            token.ok_or(KeychainError::NoEntry)
        }

        fn take_out(&self, key: &TokenKey) -> Result<(), KeychainError> {
            self.get(key)?;
            *self.token.lock().unwrap() = None;
            Ok(())
        }

        fn hush(&self) -> Result<Hush, KeychainError> {
            let was_hushed = self.is_hushed.swap(true, SeqCst);
            assert!(!was_hushed, "one after the other");
            Ok(Box::new(Hushed(Arc::clone(&self.is_hushed))))
        }
    }

    fn key() -> TokenKey {
        TokenKey {
            store: "home/store-abc123".to_owned(),
            hash: "abc123".parse().unwrap(),
            opens: Opens::Api,
        }
    }

    fn token_of(text: &str) -> AccessToken {
        AccessToken::new(text.to_owned())
    }

    /// What a call may ask, and who waits for its answer as long as this lives.
    fn ask(prompt: Prompt) -> (watch::Sender<()>, Ask) {
        let (waiting, cancelled) = watch::channel(());
        (waiting, Ask::new(prompt, cancelled))
    }

    #[test]
    fn whoever_must_not_ask_is_told_that_it_is_locked() {
        let (_waiting, never) = ask(Prompt::Never);
        let direct = Direct::new(Drawer::with("old").locked());
        let saved = direct.save(&key(), &token_of("new"), &never);
        assert_eq!(saved.unwrap_err(), KeychainError::Locked);
        let loaded = direct.load(&key(), &never);
        assert_eq!(loaded.unwrap_err(), KeychainError::Locked);
        let deleted = direct.delete(&key(), &never);
        assert_eq!(deleted.unwrap_err(), KeychainError::Locked);
        assert_eq!(direct.keeps.questions.load(SeqCst), 0);
        assert_eq!(direct.keeps.held().as_deref(), Some("old"));

        // Where there is none yet, it is noticed later.
        let direct = Direct::new(Drawer::default().locked());
        let saved = direct.save(&key(), &token_of("new"), &never);
        assert_eq!(saved.unwrap_err(), KeychainError::Locked);
        assert_eq!(direct.keeps.questions.load(SeqCst), 0);
    }

    #[test]
    fn whoever_may_ask_is_asked_once_and_has_it_open() {
        let (_waiting, allowed) = ask(Prompt::Allowed);
        let direct = Direct::new(Drawer::with("old").locked());
        let place = direct.save(&key(), &token_of("new"), &allowed).unwrap();
        assert_eq!(place.entry, "in the drawer: home/store-abc123");
        assert_eq!(place.entry, direct.entry(&key()));
        assert_eq!(direct.keeps.questions.load(SeqCst), 1);

        let (_waiting, never) = ask(Prompt::Never);
        let loaded = direct.load(&key(), &never).unwrap();
        assert_eq!(loaded.expose(), "new");
        direct.delete(&key(), &never).unwrap();
        assert_eq!(direct.keeps.held(), None);
        // What switched the questions off has ended with the call.
        assert!(!direct.keeps.is_hushed.load(SeqCst));
    }

    #[test]
    fn a_question_that_was_answered_for_nobody_saves_nothing() {
        let direct = Direct::new(Drawer::with("old").locked());
        let (waiting, allowed) = ask(Prompt::Allowed);
        *direct.keeps.at_question.lock().unwrap() = Some(Box::new(move || drop(waiting)));
        let saved = direct.save(&key(), &token_of("new"), &allowed);
        assert_eq!(saved.unwrap_err(), KeychainError::Refused);
        assert_eq!(direct.keeps.held().as_deref(), Some("old"));

        // And where it comes up only when the token is put in.
        let direct = Direct::new(Drawer::default().locked());
        let (waiting, allowed) = ask(Prompt::Allowed);
        *direct.keeps.at_question.lock().unwrap() = Some(Box::new(move || drop(waiting)));
        let saved = direct.save(&key(), &token_of("new"), &allowed);
        assert_eq!(saved.unwrap_err(), KeychainError::Refused);
        assert_eq!(direct.keeps.held(), None);
    }

    #[test]
    fn what_was_saved_for_somebody_who_has_gone_gives_way_to_what_was_there_before() {
        let direct = Direct::new(Drawer::with("old"));
        let (waiting, allowed) = ask(Prompt::Allowed);
        *direct.keeps.at_put.lock().unwrap() = Some(Box::new(move || drop(waiting)));
        let saved = direct.save(&key(), &token_of("new"), &allowed);
        assert_eq!(saved.unwrap_err(), KeychainError::Refused);
        assert_eq!(direct.keeps.held().as_deref(), Some("old"));
    }

    #[test]
    fn for_somebody_who_has_gone_nothing_is_begun() {
        let direct = Direct::new(Drawer::with("old").locked());
        for prompt in [Prompt::Never, Prompt::Allowed] {
            let (waiting, gone) = ask(prompt);
            drop(waiting);
            let saved = direct.save(&key(), &token_of("new"), &gone);
            assert_eq!(saved.unwrap_err(), KeychainError::Refused);
            let loaded = direct.load(&key(), &gone);
            assert_eq!(loaded.unwrap_err(), KeychainError::Refused);
            let deleted = direct.delete(&key(), &gone);
            assert_eq!(deleted.unwrap_err(), KeychainError::Refused);
        }
        assert_eq!(direct.keeps.questions.load(SeqCst), 0);
        assert_eq!(direct.keeps.held().as_deref(), Some("old"));
    }

    #[test]
    fn a_question_that_others_switched_off_is_asked_after_them() {
        let (_waiting, allowed) = ask(Prompt::Allowed);
        let direct = Direct::new(Drawer::with("token").locked());
        let tries = AtomicU32::new(0);
        let loaded = direct.with(&allowed, |drawer| {
            if tries.fetch_add(1, SeqCst) > 0 {
                return drawer.get(&key());
            }
            // Somebody who must not ask is at it in this very moment.
            direct.quietly(|drawer| drawer.get(&key()))
        });
        assert_eq!(loaded.unwrap().expose(), "token");
        assert_eq!(tries.load(SeqCst), 2);
        assert_eq!(direct.keeps.questions.load(SeqCst), 1);

        // Where nobody did, it is locked, and that's that.
        tries.store(0, SeqCst);
        let loaded = direct.with(&allowed, |_| {
            tries.fetch_add(1, SeqCst);
            Err::<(), _>(KeychainError::Locked)
        });
        assert_eq!(loaded.unwrap_err(), KeychainError::Locked);
        assert_eq!(tries.load(SeqCst), 1);
    }
}

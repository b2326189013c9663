//! The real GNOME Keyring, in sessions of their own.

use std::{
    fs,
    time::{Duration, Instant},
};

use commerce::AccessToken;
use credentials::{KeychainError, KeychainState, Prompt, Vault};
use testkit::prompter::{Person, Prompter, SOON};
use tokio::time::timeout;

use crate::world::{PASSWORD, PATIENCE, in_own_session, key, keychain, until};

/// "At once", on a busy computer.
const AT_ONCE: Duration = Duration::from_secs(2);
const TOKEN: &str = "k3pt0k3pt0k3pt0k3pt0k3pt0k3pt0k";
const OTHER: &str = "0ther0ther0ther0ther0ther0ther0";

fn token(text: &str) -> AccessToken {
    AccessToken::new(text.to_owned())
}

fn gnome(state: fn(String) -> KeychainState) -> KeychainState {
    state("GNOME Keyring".to_owned())
}

/// Whether this process has a thread of that name.
fn is_running(thread: &str) -> bool {
    fs::read_dir("/proc/self/task").unwrap().any(|task| {
        let name = fs::read_to_string(task.unwrap().path().join("comm"));
        name.is_ok_and(|name| name.trim_end() == thread)
    })
}

#[test]
fn a_token_is_kept_replaced_and_taken_out() {
    in_own_session(
        "keyring::a_token_is_kept_replaced_and_taken_out",
        async |session| {
            let session = session.with_bus().with_open_keyring();
            let (keychain, key) = (keychain(), key("store-one"));
            assert_eq!(
                keychain.state().await,
                gnome(|name| KeychainState::Ready { name })
            );
            let missing = keychain.load(&key, Prompt::Never).await;
            assert_eq!(missing.unwrap_err(), KeychainError::NoEntry);

            let place = keychain
                .save(&key, &token(TOKEN), Prompt::Never)
                .await
                .unwrap();
            assert_eq!(place.name, "GNOME Keyring");
            assert_eq!(place.collection.as_deref(), Some("Login"));
            assert_eq!(place.entry, "Stockroom, store abc123");
            assert_eq!(session.seen_by_others(&key).as_deref(), Some(TOKEN));
            let described = session.described_by_others();
            assert!(
                described.contains("label = Stockroom, store abc123"),
                "{described}"
            );
            assert!(
                described.contains("attribute.username = store-one"),
                "{described}"
            );
            let loaded = keychain.load(&key, Prompt::Never).await.unwrap();
            assert_eq!(loaded.expose(), TOKEN);

            keychain
                .save(&key, &token(OTHER), Prompt::Never)
                .await
                .unwrap();
            let loaded = keychain.load(&key, Prompt::Never).await.unwrap();
            assert_eq!(loaded.expose(), OTHER);
            let described = session.described_by_others();
            assert_eq!(described.matches("label = ").count(), 1, "{described}");
            assert_eq!(session.files_with(OTHER), Vec::<std::path::PathBuf>::new());

            keychain.delete(&key, Prompt::Never).await.unwrap();
            assert_eq!(session.seen_by_others(&key), None);
            let gone = keychain.load(&key, Prompt::Never).await;
            assert_eq!(gone.unwrap_err(), KeychainError::NoEntry);
            keychain.delete(&key, Prompt::Never).await.unwrap();
        },
    );
}

#[test]
fn each_profile_has_its_own_entry() {
    in_own_session("keyring::each_profile_has_its_own_entry", async |session| {
        let _session = session.with_bus().with_open_keyring();
        let keychain = keychain();
        let (one, two) = (key("store-one"), key("store-two"));
        keychain
            .save(&one, &token(TOKEN), Prompt::Never)
            .await
            .unwrap();
        keychain
            .save(&two, &token(OTHER), Prompt::Never)
            .await
            .unwrap();
        keychain.delete(&one, Prompt::Never).await.unwrap();
        let left = keychain.load(&two, Prompt::Never).await.unwrap();
        assert_eq!(left.expose(), OTHER);
    });
}

#[test]
fn without_a_bus_there_is_no_keychain_but_the_session_s_memory() {
    in_own_session(
        "keyring::without_a_bus_there_is_no_keychain_but_the_session_s_memory",
        async |_session| nothing_but_memory().await,
    );
}

#[test]
fn without_a_service_there_is_no_keychain_but_the_session_s_memory() {
    in_own_session(
        "keyring::without_a_service_there_is_no_keychain_but_the_session_s_memory",
        async |session| {
            let _session = session.with_bus();
            nothing_but_memory().await;
        },
    );
}

async fn nothing_but_memory() {
    let (keychain, key) = (keychain(), key("store-one"));
    let start = Instant::now();
    assert_eq!(keychain.state().await, KeychainState::Absent);
    for prompt in [Prompt::Never, Prompt::Allowed] {
        let saved = keychain.save(&key, &token(TOKEN), prompt).await;
        assert_eq!(saved, Err(KeychainError::Absent));
        let loaded = keychain.load(&key, prompt).await;
        assert_eq!(loaded.unwrap_err(), KeychainError::Absent);
        let deleted = keychain.delete(&key, prompt).await;
        assert_eq!(deleted, Err(KeychainError::Absent));
    }
    assert!(start.elapsed() < AT_ONCE);

    let vault = Vault::new(keychain);
    vault.keep_until_quit(&key, token(TOKEN));
    let loaded = vault.load(&key, Prompt::Never).await.unwrap();
    assert_eq!(loaded.expose(), TOKEN);
    // It is forgotten; that no keychain was there is said all the same.
    let forgotten = vault.forget(&key, Prompt::Never).await;
    assert_eq!(forgotten, Err(KeychainError::Absent));
    assert!(vault.load(&key, Prompt::Never).await.is_err());
}

#[test]
fn a_locked_keyring_is_known_without_asking_anybody() {
    in_own_session(
        "keyring::a_locked_keyring_is_known_without_asking_anybody",
        async |session| {
            let session = session.with_bus().with_open_keyring();
            let seen = Prompter::here(Person::Ignores);
            let (keychain, key, unknown) = (keychain(), key("store-one"), key("store-two"));
            keychain
                .save(&key, &token(TOKEN), Prompt::Never)
                .await
                .unwrap();
            session.lock();

            let start = Instant::now();
            assert_eq!(
                keychain.state().await,
                gnome(|name| KeychainState::Locked { name })
            );
            for key in [&key, &unknown] {
                let loaded = keychain.load(key, Prompt::Never).await;
                assert_eq!(loaded.unwrap_err(), KeychainError::Locked);
                let saved = keychain.save(key, &token(OTHER), Prompt::Never).await;
                assert_eq!(saved, Err(KeychainError::Locked));
                let deleted = keychain.delete(key, Prompt::Never).await;
                assert_eq!(deleted, Err(KeychainError::Locked));
            }
            assert!(start.elapsed() < AT_ONCE);
            assert_eq!(seen.shown(), 0);

            session.unlock();
            let loaded = keychain.load(&key, Prompt::Never).await.unwrap();
            assert_eq!(loaded.expose(), TOKEN);
        },
    );
}

#[test]
fn a_person_who_says_no_is_taken_at_their_word() {
    in_own_session(
        "keyring::a_person_who_says_no_is_taken_at_their_word",
        async |session| {
            let session = session.with_bus().with_open_keyring();
            let seen = Prompter::here(Person::RefusesAfter(SOON));
            let (keychain, key) = (keychain(), key("store-one"));
            keychain
                .save(&key, &token(TOKEN), Prompt::Never)
                .await
                .unwrap();
            session.lock();

            let load = timeout(PATIENCE, keychain.load(&key, Prompt::Allowed));
            assert_eq!(load.await.unwrap().unwrap_err(), KeychainError::Refused);
            assert_eq!(seen.shown(), 1);
            let saved = timeout(
                PATIENCE,
                keychain.save(&key, &token(OTHER), Prompt::Allowed),
            )
            .await;
            assert_eq!(saved.unwrap(), Err(KeychainError::Refused));
            session.unlock();
            assert_eq!(session.seen_by_others(&key).as_deref(), Some(TOKEN));
        },
    );
}

#[test]
fn a_person_who_gives_the_password_is_asked_once_and_has_it_open() {
    in_own_session(
        "keyring::a_person_who_gives_the_password_is_asked_once_and_has_it_open",
        async |session| {
            let session = session.with_bus().with_open_keyring();
            let seen = Prompter::here(Person::Answers(PASSWORD));
            let (keychain, key) = (keychain(), key("store-one"));
            keychain
                .save(&key, &token(TOKEN), Prompt::Never)
                .await
                .unwrap();

            session.lock();
            let load = timeout(PATIENCE, keychain.load(&key, Prompt::Allowed));
            assert_eq!(load.await.unwrap().unwrap().expose(), TOKEN);
            assert_eq!(seen.shown(), 1);
            assert_eq!(
                keychain.state().await,
                gnome(|name| KeychainState::Ready { name })
            );

            session.lock();
            let saved = timeout(
                PATIENCE,
                keychain.save(&key, &token(OTHER), Prompt::Allowed),
            )
            .await;
            assert_eq!(saved.unwrap().unwrap().entry, "Stockroom, store abc123");
            assert_eq!(seen.shown(), 2);
            assert_eq!(session.seen_by_others(&key).as_deref(), Some(OTHER));
            let loaded = keychain.load(&key, Prompt::Never).await.unwrap();
            assert_eq!(loaded.expose(), OTHER);
            assert_eq!(seen.shown(), 2);
        },
    );
}

#[test]
fn giving_up_ends_the_waiting_at_once_and_saves_nothing() {
    in_own_session(
        "keyring::giving_up_ends_the_waiting_at_once_and_saves_nothing",
        async |session| {
            let session = session.with_bus().with_open_keyring();
            let seen = Prompter::here(Person::RefusesAfter(Duration::from_secs(1)));
            let (keychain, key) = (keychain(), key("store-one"));
            keychain
                .save(&key, &token(TOKEN), Prompt::Never)
                .await
                .unwrap();
            session.lock();

            let asking = tokio::spawn({
                let (keychain, key) = (keychain.clone(), key.clone());
                async move { keychain.save(&key, &token(OTHER), Prompt::Allowed).await }
            });
            until("the window is shown", || seen.shown() == 1);
            // Meanwhile everybody else gets an answer.
            let loaded = timeout(AT_ONCE, keychain.load(&key, Prompt::Never));
            assert_eq!(loaded.await.unwrap().unwrap_err(), KeychainError::Locked);
            assert!(!asking.is_finished());
            assert!(is_running("keychain-save"));

            asking.abort();
            let start = Instant::now();
            assert!(asking.await.unwrap_err().is_cancelled());
            assert!(start.elapsed() < AT_ONCE);
            until("its thread is gone", || !is_running("keychain-save"));
            assert_eq!(seen.answered(), 0);
            // The keyring survives that, and also the person's answer that nobody waits for.
            until("the person has answered", || seen.answered() == 1);
            tokio::time::sleep(10 * SOON).await;
            assert_eq!(
                keychain.state().await,
                gnome(|name| KeychainState::Locked { name })
            );

            session.unlock();
            assert_eq!(session.seen_by_others(&key).as_deref(), Some(TOKEN));
        },
    );
}

#[test]
fn the_app_can_quit_while_a_question_is_open() {
    in_own_session(
        "keyring::the_app_can_quit_while_a_question_is_open",
        async |session| {
            let session = session.with_bus().with_open_keyring();
            let seen = Prompter::here(Person::Ignores);
            let (keychain, key) = (keychain(), key("store-one"));
            keychain
                .save(&key, &token(TOKEN), Prompt::Never)
                .await
                .unwrap();
            session.lock();
            // Still open when the runtime is dropped, which the harness times.
            tokio::spawn(async move { keychain.load(&key, Prompt::Allowed).await });
            until("the window is shown", || seen.shown() == 1);
            (session, seen)
        },
    );
}

#[test]
fn a_keyring_that_dies_and_comes_back_is_found_again() {
    in_own_session(
        "keyring::a_keyring_that_dies_and_comes_back_is_found_again",
        async |session| {
            let mut session = session.with_bus().with_open_keyring();
            let (keychain, key) = (keychain(), key("store-one"));
            keychain
                .save(&key, &token(TOKEN), Prompt::Never)
                .await
                .unwrap();

            session.kill_keyring();
            assert_eq!(keychain.state().await, KeychainState::Absent);
            let loaded = keychain.load(&key, Prompt::Never).await;
            assert_eq!(loaded.unwrap_err(), KeychainError::Absent);

            session.start_keyring(true);
            let loaded = keychain.load(&key, Prompt::Never).await.unwrap();
            assert_eq!(loaded.expose(), TOKEN);
        },
    );
}

#[test]
fn a_keyring_that_dies_during_a_question_ends_the_waiting() {
    in_own_session(
        "keyring::a_keyring_that_dies_during_a_question_ends_the_waiting",
        async |session| {
            let mut session = session.with_bus().with_open_keyring();
            let seen = Prompter::here(Person::Ignores);
            let (keychain, key) = (keychain(), key("store-one"));
            keychain
                .save(&key, &token(TOKEN), Prompt::Never)
                .await
                .unwrap();
            session.lock();
            let asking = tokio::spawn(async move { keychain.load(&key, Prompt::Allowed).await });
            until("the window is shown", || seen.shown() == 1);
            session.kill_keyring();
            let answer = timeout(PATIENCE, asking).await.unwrap().unwrap();
            assert_eq!(answer.unwrap_err(), KeychainError::Absent);
        },
    );
}

#[test]
fn a_keyring_never_used_asks_only_when_it_may() {
    in_own_session(
        "keyring::a_keyring_never_used_asks_only_when_it_may",
        async |session| {
            let _session = session.with_bus().with_keyring_never_used();
            let seen = Prompter::here(Person::RefusesAfter(SOON));
            let (keychain, key) = (keychain(), key("store-one"));
            assert_eq!(
                keychain.state().await,
                gnome(|name| KeychainState::NotSetUp { name })
            );
            let loaded = keychain.load(&key, Prompt::Allowed).await;
            assert_eq!(loaded.unwrap_err(), KeychainError::NoEntry);
            let saved = keychain.save(&key, &token(TOKEN), Prompt::Never).await;
            assert_eq!(saved, Err(KeychainError::Locked));
            assert_eq!(seen.shown(), 0);
            let saved = timeout(
                PATIENCE,
                keychain.save(&key, &token(TOKEN), Prompt::Allowed),
            )
            .await;
            assert_eq!(saved.unwrap(), Err(KeychainError::Refused));
            assert_eq!(seen.shown(), 1);
        },
    );
}

#[test]
fn a_keyring_never_used_keeps_the_token_once_a_password_is_chosen_for_it() {
    in_own_session(
        "keyring::a_keyring_never_used_keeps_the_token_once_a_password_is_chosen_for_it",
        async |session| {
            let session = session.with_bus().with_keyring_never_used();
            let seen = Prompter::here(Person::Answers(PASSWORD));
            let (keychain, key) = (keychain(), key("store-one"));
            let saved = timeout(
                PATIENCE,
                keychain.save(&key, &token(TOKEN), Prompt::Allowed),
            )
            .await;
            assert_eq!(saved.unwrap().unwrap().name, "GNOME Keyring");
            assert_ne!(seen.shown(), 0);
            assert_eq!(
                keychain.state().await,
                gnome(|name| KeychainState::Ready { name })
            );
            assert_eq!(session.seen_by_others(&key).as_deref(), Some(TOKEN));
            assert_eq!(session.files_with(TOKEN), Vec::<std::path::PathBuf>::new());
        },
    );
}

#[test]
fn several_entries_for_one_store_are_put_right_by_saving() {
    in_own_session(
        "keyring::several_entries_for_one_store_are_put_right_by_saving",
        async |session| {
            let session = session.with_bus().with_open_keyring();
            let (keychain, key) = (keychain(), key("store-one"));
            session.put_beside(&key, TOKEN, "1");
            session.put_beside(&key, TOKEN, "2");
            let same = keychain.load(&key, Prompt::Never).await.unwrap();
            assert_eq!(same.expose(), TOKEN);

            session.put_beside(&key, OTHER, "3");
            let loaded = keychain.load(&key, Prompt::Never).await;
            assert_eq!(loaded.unwrap_err(), KeychainError::Ambiguous);

            keychain
                .save(&key, &token(OTHER), Prompt::Never)
                .await
                .unwrap();
            let loaded = keychain.load(&key, Prompt::Never).await.unwrap();
            assert_eq!(loaded.expose(), OTHER);
            let described = session.described_by_others();
            assert_eq!(described.matches("label = ").count(), 1, "{described}");

            session.put_beside(&key, OTHER, "4");
            keychain.delete(&key, Prompt::Never).await.unwrap();
            assert_eq!(session.seen_by_others(&key), None);
        },
    );
}

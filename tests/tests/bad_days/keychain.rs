//! No keychain, a locked one, and one that asks.

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    desktop::{KeychainKind, PASSWORD, files_with},
    sandbox::SandboxOptions,
    wait,
    world::{Wish, World, some_order},
};
use testkit::prompter::{Person, Prompter, SOON};

const SERVICE: &str = "dev.stockroom.Stockroom";

fn world(keychain: KeychainKind) -> World {
    World::on(keychain, SandboxOptions::default())
}

#[test]
fn demand_06_without_a_keychain_nothing_is_saved_unless_until_quitting() {
    for kind in [KeychainKind::NoBus, KeychainKind::None] {
        let world = world(kind);
        let mut bridge = world.bridge(&[]);
        assert_eq!(bridge.get("keychain", json!({}))["available"], false);
        let attempt = bridge.begin(&world.sandbox);
        bridge.check(&attempt);

        let refused = bridge.save(&attempt, "askRisky", false).unwrap_err();
        assert_eq!(refused["code"], "keychainAbsent", "{kind:?}");
        assert_eq!(bridge.get("app_state", json!({}))["stores"], json!([]));

        // The attempt is still there: nothing has to be typed again.
        let saved = bridge.save(&attempt, "askRisky", true).unwrap();
        assert_eq!(saved["tokenHome"], "untilQuit");
        let store = text(&saved["key"]);
        bridge.wait_for_rest(&store);
        let order = some_order(&bridge, &store);
        let wished = Wish::Status.of(&bridge.order(&store, order));
        let entry = bridge.change(&store, order, &wished);
        bridge.wait_for_entry(&store, &entry, &["done"]);
        let rows = bridge.orders(&store);
        let found = files_with(world.desktop.root(), world.sandbox.token());
        assert!(found.is_empty(), "{found:?}");

        bridge.stop();
        let found = files_with(world.desktop.root(), world.sandbox.token());
        assert!(found.is_empty(), "{found:?}");
        drop(bridge);
        let bridge = world.bridge(&[]);
        assert_eq!(bridge.orders(&store), rows);
        let state = bridge.wait_for(&store, "the missing token to be noticed", |state| {
            state["token"] == "missing"
        });
        assert_eq!(state["phase"], "stopped");
        assert_eq!(state["trouble"]["code"], "keychainNoEntry");
        // And it can be given again.
        bridge.tell(
            "give_token",
            json!({ "store": store, "token": world.sandbox.token(), "untilQuit": true }),
        );
        bridge.wait_for_rest(&store);
        let found = files_with(world.desktop.root(), world.sandbox.token());
        assert!(found.is_empty(), "{found:?}");
    }
}

#[test]
fn demand_07_where_the_token_is_can_be_seen() {
    let world = World::new();
    let (bridge, key) = world.connected(&[]);
    let keychain = bridge.get("keychain", json!({}));
    assert_eq!(
        keychain,
        json!({ "available": true, "locked": false, "isNew": false, "name": "GNOME Keyring" })
    );
    // Where it lies, and where another store's would.
    for store in [json!(key), Value::Null] {
        let collection = bridge.get("keychain_collection", json!({ "store": store }));
        assert_eq!(collection, json!({ "name": "Login" }));
    }
    let app = bridge.get("app_state", json!({}));
    let store = &app["stores"][0];
    assert_eq!(store["tokenHome"], "keychain");
    assert_eq!(store["tokenEntry"], "Stockroom, store northfold");
    assert!(
        world
            .sandbox
            .token()
            .ends_with(store["tokenLast4"].as_str().unwrap())
    );
    // Under that very name another program finds it.
    let kept = world.desktop.kept_in_keyring(SERVICE);
    assert!(kept.contains("Stockroom, store northfold"), "{kept}");
    assert!(kept.contains(world.sandbox.token()));
}

#[test]
fn demand_08_a_keychain_that_went_away_leaves_everything_readable() {
    let mut world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    let rows = bridge.orders(&store);
    bridge.stop();
    drop(bridge);

    world.desktop.stop_keyring();
    let bridge = world.bridge(&[]);
    assert_eq!(bridge.orders(&store), rows);
    let state = bridge.wait_for(&store, "the missing keychain to be noticed", |state| {
        state["token"] == "noKeychain"
    });
    assert_eq!(state["phase"], "stopped");
    assert_eq!(state["trouble"]["code"], "keychainAbsent");
    assert_eq!(bridge.get("keychain", json!({}))["available"], false);

    // It comes back while the app runs.
    world.desktop.start_keyring();
    bridge.tell("unlock", json!({ "store": store }));
    bridge.wait_for_rest(&store);
    assert_eq!(bridge.state(&store)["token"], "ready");
}

#[test]
fn a_keychain_that_starts_or_is_opened_later_is_found_without_anybodys_doing() {
    let mut world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    bridge.stop();
    drop(bridge);

    world.desktop.stop_keyring();
    let mut bridge = world.bridge(&[]);
    bridge.wait_for(&store, "the missing keychain to be noticed", |state| {
        state["token"] == "noKeychain" && state["phase"] == "stopped"
    });
    let is_new = world.sandbox.new_orders(1)[0].to_string();
    world.desktop.start_keyring();
    let is_there = |bridge: &Bridge| {
        let rows = bridge.orders(&store);
        rows.iter().any(|row| row["id"] == is_new.as_str())
    };
    wait::until("the order that came in meanwhile", || {
        is_there(&bridge).then_some(())
    });
    let state = bridge.wait_for(&store, "the refresh to end", |state| {
        state["phase"] == "idle"
    });
    assert_eq!(state["token"], "ready");
    assert_eq!(state["trouble"], Value::Null);
    bridge.stop();
    drop(bridge);

    // A change waits for it as well.
    world.desktop.lock_keyring();
    world.desktop.watch_prompts();
    let bridge = world.bridge(&[]);
    let order = some_order(&bridge, &store);
    let entry = bridge.change(&store, order, &json!({ "staffNotes": "Later" }));
    bridge.wait_for(&store, "the lock to be noticed", |state| {
        state["token"] == "locked" && state["phase"] == "stopped"
    });
    world.desktop.unlock_keyring();
    bridge.wait_for_entry(&store, &entry, &["done"]);
    assert_eq!(world.desktop.prompts(), 0, "nobody was asked");
}

#[test]
fn an_entry_that_another_program_deletes_while_the_app_runs_is_noticed_by_the_doctor_and_put_back()
{
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    let name = only(world.desktop.names_in_keyring(SERVICE));
    let examine = || bridge.get("examine", json!({ "store": store }));
    assert_eq!(examine()["problem"], Value::Null);

    world.desktop.clear_in_keyring(SERVICE, &name);
    // What it has in its hand it works with, and says that it won't after the next start.
    let is_new = world.sandbox.new_orders(1)[0].to_string();
    bridge.tell("refresh", json!({ "store": store }));
    wait::until("the new order", || {
        let rows = bridge.orders(&store);
        rows.iter()
            .any(|row| row["id"] == is_new.as_str())
            .then_some(())
    });
    let found = examine();
    assert_eq!(found["problem"]["code"], "keychainNoEntry", "{found:#}");
    assert!(found["answeredInMs"].is_number(), "{found:#}");
    assert_eq!(bridge.state(&store)["token"], "ready");

    // Given again it is there, under the same name.
    let token = world.sandbox.token();
    let give = json!({ "store": store, "token": token, "untilQuit": false });
    bridge.tell("give_token", give);
    assert!(world.desktop.kept_in_keyring(SERVICE).contains(token));
    assert_eq!(only(world.desktop.names_in_keyring(SERVICE)), name);
    assert_eq!(examine()["problem"], Value::Null);

    // And where it is gone once more, the store can be removed all the same.
    world.desktop.clear_in_keyring(SERVICE, &name);
    bridge.tell("remove_store", json!({ "store": store }));
    assert_eq!(bridge.get("app_state", json!({}))["stores"], json!([]));
}

#[test]
fn a_keychain_that_ends_and_starts_again_while_the_app_runs_is_used_again() {
    let mut world = World::new();
    let (bridge, store) = world.connected(&[]);
    let old = world.sandbox.token().to_owned();
    world.desktop.stop_keyring();
    // The token that it has read it goes on with.
    bridge.tell("refresh", json!({ "store": store }));
    bridge.wait_for_rest(&store);
    assert_eq!(bridge.get("keychain", json!({}))["available"], false);
    let new = "newnewnewnewnewnewnewnewnewnew1";
    world.sandbox.replace_token(new);
    let give = json!({ "store": store, "token": new, "untilQuit": false });
    let refused = bridge.call("give_token", give.clone()).unwrap_err();
    assert_eq!(refused["code"], "keychainAbsent");
    let last_4 = || bridge.get("app_state", json!({}))["stores"][0]["tokenLast4"].clone();
    assert_eq!(last_4(), json!(old[old.len() - 4..]));

    // By another process of the same name, in the same app.
    world.desktop.start_keyring();
    bridge.tell("give_token", give);
    bridge.wait_for_rest(&store);
    let kept = world.desktop.kept_in_keyring(SERVICE);
    assert!(kept.contains(new) && !kept.contains(&old), "{kept}");
    assert_eq!(last_4(), json!("new1"));
    bridge.tell("remove_store", json!({ "store": store }));
    let kept = world.desktop.kept_in_keyring(SERVICE);
    assert!(!kept.contains(new), "{kept}");
}

#[test]
fn demand_08_demand_09_a_locked_keychain_leaves_rows_readable_and_asks_nobody() {
    let mut world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    let rows = bridge.orders(&store);
    bridge.stop();
    drop(bridge);
    world.desktop.lock_keyring();
    world.desktop.watch_prompts();
    let asked = world.sandbox.log().len();

    let bridge = world.bridge(&[]);
    assert_eq!(bridge.orders(&store), rows);
    let state = bridge.wait_for(&store, "the lock to be noticed", |state| {
        state["token"] == "locked"
    });
    assert_eq!(state["trouble"]["code"], "keychainLocked");
    let state = bridge.wait_for(&store, "the refresh to stop", |state| {
        state["phase"] == "stopped"
    });
    assert_eq!(state["orders"], rows.len());
    assert_eq!(bridge.get("keychain", json!({}))["locked"], true);
    // A wish to refresh and a change are no reason to ask either: both wait.
    bridge.tell("refresh", json!({ "store": store }));
    let order = some_order(&bridge, &store);
    let wished = Wish::Status.of(&bridge.order(&store, order));
    let entry = bridge.change(&store, order, &wished);
    bridge.wait_for(&store, "the change to wait", |state| {
        state["changesWaiting"] == 1 && state["trouble"]["code"] == "keychainLocked"
    });
    assert_eq!(world.desktop.prompts(), 0);
    assert_eq!(
        world.sandbox.log().len(),
        asked,
        "no request without a token"
    );

    world.desktop.unlock_keyring();
    let state = bridge.get("unlock", json!({ "store": store }));
    assert_eq!(state["token"], "ready");
    bridge.wait_for_entry(&store, &entry, &["done"]);
    let state = bridge.wait_for(&store, "the refresh", |state| {
        state["phase"] == "idle" && state["trouble"].is_null()
    });
    assert_eq!(state["changesWaiting"], 0);
    assert_eq!(world.desktop.prompts(), 0, "it was unlocked already");
    assert_eq!(world.puts(), 1);
    world.agree(&bridge, &store, order);
}

#[test]
fn demand_09_only_unlocking_asks_the_person() {
    let mut world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    bridge.stop();
    drop(bridge);
    world.desktop.lock_keyring();
    world.desktop.watch_prompts();
    let bridge = world.bridge(&[]);
    bridge.tell("select_store", json!({ "store": store }));
    bridge.wait_for(&store, "the lock to be noticed", |state| {
        state["token"] == "locked"
    });
    assert_eq!(world.desktop.prompts(), 0);

    std::thread::scope(|threads| {
        let unlocking = threads.spawn(|| bridge.call("unlock", json!({ "store": store })));
        wait::until("the keyring to be asked", || {
            (world.desktop.prompts() > 0).then_some(())
        });
        bridge.tell("cancel_unlock", json!({ "store": store }));
        assert_eq!(unlocking.join().unwrap().unwrap_err()["code"], "cancelled");
    });
    let state = bridge.wait_for(&store, "the waiting to end", |state| {
        state["token"] != "unlocking"
    });
    assert_eq!(state["token"], "locked", "{state:#}");
    assert_ne!(state["orders"], 0);
}

#[test]
fn who_stops_giving_a_token_while_the_keychain_asks_has_given_none() {
    let mut world = World::new();
    let bridge = world.bridge(&[]);
    let attempt = bridge.begin(&world.sandbox);
    bridge.check(&attempt);
    let saved = bridge.save(&attempt, "askRisky", true).unwrap();
    let store = text(&saved["key"]);
    bridge.wait_for_rest(&store);
    let before = bridge.get("app_state", json!({}))["stores"][0]["tokenLast4"].clone();
    world.desktop.lock_keyring();
    world.desktop.watch_prompts();
    let new = "newnewnewnewnewnewnewnewnewnew1";
    world.sandbox.replace_token(new);
    let give = json!({ "store": store, "token": new, "untilQuit": false });

    // While the keychain asks.
    std::thread::scope(|threads| {
        let giving = threads.spawn(|| bridge.call("give_token", give.clone()));
        wait::until("the keyring to be asked", || {
            (world.desktop.prompts() > 0).then_some(())
        });
        bridge.tell("cancel_unlock", json!({ "store": store }));
        assert_eq!(giving.join().unwrap().unwrap_err()["code"], "cancelled");
    });
    // Somebody answers the question after all.
    world.desktop.unlock_keyring();
    assert!(!world.desktop.kept_in_keyring(SERVICE).contains(new));

    // While the store is asked.
    world
        .sandbox
        .misbehave(json!({ "fault": { "kind": "never" } }));
    let asked = world.sandbox.log().len();
    std::thread::scope(|threads| {
        let giving = threads.spawn(|| bridge.call("give_token", give.clone()));
        wait::until("the store to be asked", || {
            (world.sandbox.log().len() > asked).then_some(())
        });
        bridge.tell("cancel_unlock", json!({ "store": store }));
        assert_eq!(giving.join().unwrap().unwrap_err()["code"], "cancelled");
    });
    world.sandbox.behave();
    assert!(!world.desktop.kept_in_keyring(SERVICE).contains(new));
    let app = bridge.get("app_state", json!({}));
    assert_eq!(app["stores"][0]["tokenLast4"], before);

    // And it can still be given.
    bridge.tell("give_token", give);
    bridge.wait_for_rest(&store);
    assert!(world.desktop.kept_in_keyring(SERVICE).contains(new));
}

#[test]
fn who_refuses_the_keychain_loses_nothing_and_is_asked_again_only_when_they_want() {
    let world = world(KeychainKind::Locked);
    let refuser = Prompter::at(&world.desktop.bus_address(), Person::RefusesAfter(SOON));
    let mut bridge = world.bridge(&[]);
    let attempt = bridge.begin(&world.sandbox);
    bridge.check(&attempt);
    let refused = bridge.save(&attempt, "askRisky", false).unwrap_err();
    assert_eq!(refused["code"], "keychainRefused");
    assert_eq!(refuser.answered(), 1);
    assert_eq!(bridge.get("app_state", json!({}))["stores"], json!([]));
    world.desktop.unlock_keyring();
    assert!(
        !world
            .desktop
            .kept_in_keyring(SERVICE)
            .contains(world.sandbox.token())
    );

    // The attempt is still there.
    let saved = bridge.save(&attempt, "askRisky", false).unwrap();
    let store = text(&saved["key"]);
    bridge.wait_for_rest(&store);
    let rows = bridge.orders(&store);
    bridge.stop();
    drop(bridge);

    world.desktop.lock_keyring();
    let bridge = world.bridge(&[]);
    let unlock = || bridge.call("unlock", json!({ "store": store }));
    assert_eq!(unlock().unwrap_err()["code"], "keychainRefused");
    assert_eq!(
        refuser.answered(),
        2,
        "a start asks nobody, a wish to unlock does"
    );
    assert_eq!(bridge.orders(&store), rows);
    world.desktop.unlock_keyring();
    assert_eq!(unlock().unwrap()["token"], "ready");
    assert_eq!(refuser.answered(), 2);
}

#[test]
fn who_answers_a_locked_keychain_has_the_store_saved_in_it_and_opened_from_it() {
    let world = world(KeychainKind::Locked);
    let person = Prompter::at(&world.desktop.bus_address(), Person::Answers(PASSWORD));
    let mut bridge = world.bridge(&[]);
    let attempt = bridge.begin(&world.sandbox);
    bridge.check(&attempt);
    assert_eq!(person.shown(), 0, "a check needs no keychain");
    let saved = bridge.save(&attempt, "askRisky", false).unwrap();
    assert_eq!(saved["tokenHome"], "keychain");
    assert_eq!(person.shown(), 1);
    let store = text(&saved["key"]);
    bridge.wait_for_rest(&store);
    let kept = world.desktop.kept_in_keyring(SERVICE);
    assert!(kept.contains(world.sandbox.token()), "{kept}");
    assert_eq!(bridge.get("keychain", json!({}))["locked"], false);
    bridge.stop();
    drop(bridge);

    world.desktop.lock_keyring();
    let bridge = world.bridge(&[]);
    bridge.wait_for(&store, "the lock to be noticed", |state| {
        state["token"] == "locked"
    });
    assert_eq!(person.shown(), 1, "a start asks nobody");
    let state = bridge.get("unlock", json!({ "store": store }));
    assert_eq!(state["token"], "ready");
    bridge.wait_for_rest(&store);
    assert_eq!(person.shown(), 2);
}

#[test]
fn a_keychain_never_used_says_so_and_keeps_the_store_once_a_password_is_chosen() {
    let world = world(KeychainKind::NeverUsed);
    let person = Prompter::at(&world.desktop.bus_address(), Person::Answers(PASSWORD));
    let bridge = world.bridge(&[]);
    let fresh =
        json!({ "available": true, "locked": false, "isNew": true, "name": "GNOME Keyring" });
    assert_eq!(bridge.get("keychain", json!({})), fresh);
    let attempt = bridge.begin(&world.sandbox);
    bridge.check(&attempt);
    assert_eq!(person.shown(), 0);

    let saved = bridge.save(&attempt, "askRisky", false).unwrap();

    assert_eq!(saved["tokenHome"], "keychain");
    assert_ne!(person.shown(), 0);
    let kept = world.desktop.kept_in_keyring(SERVICE);
    assert!(kept.contains(world.sandbox.token()), "{kept}");
    let keychain = bridge.get("keychain", json!({}));
    assert_eq!(keychain["isNew"], false);
    assert_eq!(keychain["locked"], false);
    bridge.wait_for_rest(&text(&saved["key"]));
}

#[test]
fn demand_08_the_app_starts_whatever_the_keychain_is_like() {
    for (kind, available, locked, is_new) in [
        (KeychainKind::Unlocked, true, false, false),
        (KeychainKind::Locked, true, true, false),
        (KeychainKind::NeverUsed, true, false, true),
        (KeychainKind::None, false, false, false),
        (KeychainKind::NoBus, false, false, false),
    ] {
        let world = world(kind);
        let bridge = world.bridge(&[]);
        assert_eq!(bridge.get("app_state", json!({}))["stores"], json!([]));
        let keychain: Value = bridge.get("keychain", json!({}));
        assert_eq!(keychain["available"], available, "{kind:?}");
        assert_eq!(keychain["locked"], locked, "{kind:?}");
        assert_eq!(keychain["isNew"], is_new, "{kind:?}");
    }
}

fn only(mut names: Vec<String>) -> String {
    assert_eq!(names.len(), 1, "{names:?}");
    names.remove(0)
}

#[test]
fn a_token_kept_until_quitting_never_comes_from_the_keychain_and_leaves_none_there() {
    let world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    let kept = || world.desktop.kept_in_keyring(SERVICE);
    let rows = bridge.orders(&store);
    let order = some_order(&bridge, &store);
    let entry = bridge.change(&store, order, &json!({ "staffNotes": "Kept" }));
    bridge.wait_for_entry(&store, &entry, &["done"]);
    let name = only(world.desktop.names_in_keyring(SERVICE));

    // Connected once more, and this time until quitting: the older entry goes.
    let attempt = bridge.begin(&world.sandbox);
    bridge.check(&attempt);
    let saved = bridge.save(&attempt, "readOnly", true).unwrap();
    assert_eq!(saved["tokenHome"], "untilQuit");
    assert_eq!(saved["key"], json!(store), "it is the same store");
    assert!(!kept().contains(world.sandbox.token()));
    bridge.wait_for(&store, "the token in memory to be used", |state| {
        state["token"] == "ready" && state["phase"] == "idle"
    });
    bridge.stop();
    drop(bridge);

    // Even an entry under the store's own name is left alone.
    let token = world.sandbox.token();
    world.desktop.keep_in_keyring(SERVICE, &name, token);
    assert!(kept().contains(token));
    let asked = world.sandbox.log().len();
    let bridge = world.bridge(&[]);
    let state = bridge.wait_for(&store, "the missing token to be noticed", |state| {
        state["token"] == "missing" && state["phase"] == "stopped"
    });
    assert_eq!(state["trouble"]["code"], "keychainNoEntry");
    assert_eq!(world.sandbox.log().len(), asked, "no request was signed");
    assert_eq!(bridge.orders(&store).len(), rows.len());
    assert_eq!(bridge.order(&store, order)["staffNotes"], "Kept");
    assert_eq!(bridge.activity(&store).len(), 1);
    let app = bridge.get("app_state", json!({}));
    assert_eq!(app["stores"][0]["safety"], "readOnly");

    let give = json!({ "store": store, "token": token, "untilQuit": true });
    bridge.tell("give_token", give);
    bridge.wait_for_rest(&store);
    // Removing takes both: the one in memory, and whatever the keychain has under the name.
    world.desktop.keep_in_keyring(SERVICE, &name, token);
    bridge.tell("remove_store", json!({ "store": store }));
    assert!(!kept().contains(token), "{}", kept());
    let again = bridge.connect(&world.sandbox);
    assert_eq!(again, store);
}

#[test]
fn two_homes_on_one_keyring_never_see_each_others_token() {
    let mut world = World::new();
    let first = world.sandbox.token().to_owned();
    let (mut here, store) = world.connected(&[]);
    here.stop();
    drop(here);
    let name_here = only(world.desktop.names_in_keyring(SERVICE));

    // The same store in another home, with a token of its own.
    let second = "secondsecondsecondsecondsecond1";
    world.sandbox.replace_token(second);
    let elsewhere = world.desktop.root().join("another-home");
    let origin = world.sandbox.origin().to_owned();
    let open = |home: &std::path::Path| Bridge::start(&world.desktop, home, Some(&origin), &[]);
    let kept = || world.desktop.kept_in_keyring(SERVICE);
    let mut there = open(&elsewhere);
    let same = there.connect(&world.sandbox);
    assert_eq!(same, store, "both call it the same");
    there.wait_for_rest(&same);
    assert!(kept().contains(&first) && kept().contains(second));
    there.stop();
    drop(there);

    // Each finds its own again: the store knows only the second.
    let mut here = open(&world.desktop.stockroom_home());
    here.wait_for(&store, "the first token to be refused", |state| {
        state["trouble"]["code"] == "unauthorized"
    });
    here.stop();
    drop(here);
    let there = open(&elsewhere);
    there.wait_for(&store, "the second token to be used", |state| {
        state["token"] == "ready" && state["phase"] == "idle"
    });

    // Removing the store there leaves what belongs to the home here.
    there.tell("remove_store", json!({ "store": store }));
    assert!(!kept().contains(second), "{}", kept());
    assert!(kept().contains(&first), "{}", kept());
    // And with nothing of its own it doesn't take the other's.
    let attempt = there.begin(&world.sandbox);
    there.check(&attempt);
    there.save(&attempt, "askRisky", false).unwrap();
    drop(there);
    let mut names = world.desktop.names_in_keyring(SERVICE);
    names.retain(|name| *name != name_here);
    world.desktop.clear_in_keyring(SERVICE, &only(names));
    assert!(kept().contains(&first) && !kept().contains(second));
    let asked = world.sandbox.log().len();
    let there = open(&elsewhere);
    let state = there.wait_for(&store, "the missing token to be noticed", |state| {
        state["token"] == "missing"
    });
    assert_eq!(state["trouble"]["code"], "keychainNoEntry");
    assert_eq!(world.sandbox.log().len(), asked, "no request was signed");
}

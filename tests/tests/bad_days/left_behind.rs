//! What a removal takes along, and a token that a locked keychain could not be told to forget.

use std::{fs, path::Path, process::Command};

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    http, wait,
    world::{World, some_order},
};

use crate::pictures::some_product;

const SERVICE: &str = "dev.stockroom.Stockroom";

#[test]
fn removing_a_store_takes_the_older_token_too_that_a_locked_keychain_still_held() {
    let mut world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    let token = world.sandbox.token().to_owned();
    bridge.stop();
    drop(bridge);

    // With the keychain locked, the person gives the token for this run only.
    world.desktop.lock_keyring();
    let bridge = world.bridge(&[]);
    let give = json!({ "store": store, "token": token, "untilQuit": true });
    bridge.tell("give_token", give);
    bridge.wait_for_rest(&store);
    let kept = bridge.get("app_state", json!({}))["stores"][0].clone();
    assert_eq!(kept["tokenHome"], "untilQuit");
    assert_eq!(
        kept["tokenEntry"], "Stockroom, store northfold",
        "it is told"
    );

    // Removing needs the keychain now, so the person is asked. Until they answer nothing is removed,
    // whatever happens meanwhile.
    world.desktop.watch_prompts();
    std::thread::scope(|threads| {
        let removing = threads.spawn(|| bridge.ask("remove_store", json!({ "store": store })));
        wait::until("the keyring to be asked", || {
            (world.desktop.prompts() > 0).then_some(())
        });
        let killed = Command::new("kill")
            .args(["-KILL", &bridge.id().to_string()])
            .status();
        assert!(killed.expect("it is installed").success());
        assert!(
            removing.join().expect("it waits").is_err(),
            "it was answered"
        );
    });
    drop(bridge);
    let bridge = world.bridge(&[]);
    let stores = bridge.get("app_state", json!({}))["stores"].clone();
    assert_eq!(stores[0]["key"], json!(store), "{stores:#}");

    world.desktop.unlock_keyring();
    let kept = || world.desktop.kept_in_keyring(SERVICE);
    assert!(kept().contains(&token), "it is what this is about");
    bridge.tell("remove_store", json!({ "store": store }));
    assert!(!kept().contains(&token), "{}", kept());
    assert_eq!(bridge.get("app_state", json!({}))["stores"], json!([]));
}

#[test]
fn a_store_that_was_never_in_the_keychain_is_removed_without_a_question() {
    let mut world = World::new();
    world.desktop.lock_keyring();
    let bridge = world.bridge(&[]);
    let attempt = bridge.begin(&world.sandbox);
    bridge.check(&attempt);
    let saved = bridge
        .save(&attempt, "askRisky", true)
        .expect("it is kept in memory");
    assert_eq!(saved["tokenEntry"], "");
    world.desktop.watch_prompts();
    bridge.tell("remove_store", json!({ "store": saved["key"] }));
    assert_eq!(world.desktop.prompts(), 0);
}

#[test]
fn a_token_whose_keychain_was_away_when_its_store_was_removed_goes_once_that_answers() {
    let mut world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    let token = world.sandbox.token().to_owned();
    world.desktop.stop_keyring();
    bridge.tell("remove_store", json!({ "store": store }));
    assert_eq!(bridge.get("app_state", json!({}))["stores"], json!([]));
    bridge.stop();
    drop(bridge);
    // Another start without a keychain changes nothing.
    let mut bridge = world.bridge(&[]);
    bridge.stop();
    drop(bridge);

    world.desktop.start_keyring();
    let kept = |world: &World| world.desktop.kept_in_keyring(SERVICE);
    assert!(kept(&world).contains(&token), "it is what this is about");
    let mut bridge = world.bridge(&[]);
    wait::until("the token to be forgotten", || {
        (!kept(&world).contains(&token)).then_some(())
    });

    // A store that comes back under the same name keeps its token.
    let store = bridge.connect(&world.sandbox);
    bridge.stop();
    drop(bridge);
    let bridge = world.bridge(&[]);
    bridge.wait_for_rest(&store);
    assert!(kept(&world).contains(&token));
}

#[test]
fn a_removal_that_waits_for_the_keychain_can_be_stopped_and_the_store_stays() {
    let mut world = World::new();
    let (bridge, store) = world.connected(&[]);
    make_storefront_token(&bridge, &store);
    let names = world.desktop.names_in_keyring(SERVICE);
    assert_eq!(names.len(), 2, "{names:?}");
    let rows = bridge.orders(&store);
    world.desktop.lock_keyring();
    world.desktop.watch_prompts();
    std::thread::scope(|threads| {
        let removing = threads.spawn(|| bridge.call("remove_store", json!({ "store": store })));
        wait::until("the keyring to be asked", || {
            (world.desktop.prompts() > 0).then_some(())
        });
        bridge.tell("cancel_unlock", json!({ "store": store }));
        let end = removing.join().expect("it ends").unwrap_err();
        assert_eq!(end["code"], "cancelled");
    });
    assert_eq!(bridge.orders(&store), rows);
    world.desktop.unlock_keyring();
    assert_eq!(world.desktop.names_in_keyring(SERVICE), names);
    bridge.tell("refresh", json!({ "store": store }));
    bridge.wait_for_rest(&store);

    // And it can be begun again.
    bridge.tell("remove_store", json!({ "store": store }));
    let names = world.desktop.names_in_keyring(SERVICE);
    assert_eq!(names, Vec::<String>::new());
}

#[test]
fn a_store_whose_keychain_nobody_can_open_is_removed_and_its_tokens_go_once_it_is_open() {
    let mut world = World::new();
    let (bridge, store) = world.connected(&[]);
    make_storefront_token(&bridge, &store);
    world.desktop.lock_keyring();
    world.desktop.watch_prompts();
    let remove = json!({ "store": store, "leaveTokenBehind": true });
    bridge.tell("remove_store", remove);
    assert_eq!(world.desktop.prompts(), 0, "nobody was asked");
    assert_eq!(bridge.get("app_state", json!({}))["stores"], json!([]));
    let stores = world.desktop.stockroom_home().join("stores");
    let left: Vec<_> = fs::read_dir(stores).expect("it is there").collect();
    assert!(left.is_empty(), "{left:?}");
    let names = world.desktop.names_in_keyring(SERVICE);
    assert_eq!(names.len(), 2, "what this is about: {names:?}");

    // The same app, later that day.
    world.desktop.unlock_keyring();
    wait::until("the tokens to go", || {
        let names = world.desktop.names_in_keyring(SERVICE);
        names.is_empty().then_some(())
    });
    // The store can come back, and keeps its token then.
    let store = bridge.connect(&world.sandbox);
    bridge.wait_for_rest(&store);
    assert_eq!(world.desktop.names_in_keyring(SERVICE).len(), 1);
}

fn make_storefront_token(bridge: &Bridge, store: &str) {
    let wish = json!({
        "store": store, "channels": ["1"], "scopes": ["unauthenticated"], "days": 90,
        "untilQuit": false,
    });
    bridge.tell("make_storefront_token", wish);
}

/// Bytes in the files of a folder.
fn bytes_in(folder: &Path) -> u64 {
    let files = fs::read_dir(folder).expect("it is there").flatten();
    files
        .map(|file| file.metadata().expect("it is a file").len())
        .sum()
}

fn size_of(held: &Value, what: &str) -> u64 {
    text(&held[what]).parse().expect("bytes are digits")
}

#[test]
fn what_a_removal_takes_along_is_told_with_its_real_size_before_it_goes() {
    let mut world = World::new();
    let (bridge, store) = world.connected(&[]);
    bridge.wait_for(&store, "all products to be here", |state| {
        state["areas"][1]["isComplete"] == true
    });
    let holdings = || bridge.get("holdings", json!({ "store": store }));
    let before = holdings();
    for what in ["changes", "changesWaiting", "drafts"] {
        assert_eq!(before[what], 0, "{before:#}");
    }
    assert_eq!(size_of(&before, "pictures"), 0);

    let product = some_product(&bridge, &store);
    let page = bridge.page();
    let (origin, key) = page.split_once("/#key=").expect("the key is behind it");
    let address = format!("/picture/{store}/{product}/thumbnail?v=1");
    let key = [("x-stockroom-bridge", key)];
    let (status, picture) =
        http::send_bytes("GET", origin, &address, &key, None).expect("the bridge answers");
    assert_eq!(status, 200);
    let order = some_order(&bridge, &store);
    let note = "Half a sentence";
    let other = bridge.orders(&store)[0]["id"].clone();
    let draft = json!({ "store": store, "order": other, "text": note });
    bridge.tell("draft_notes", draft);
    let draft = json!({ "store": store, "product": product, "text": "{}" });
    bridge.tell("draft_product", draft);
    world.sandbox.close();
    let _ = bridge.change(&store, order, &json!({ "staffNotes": "Never sent" }));
    bridge.wait_for(&store, "the change to wait", |state| {
        state["changesWaiting"] == 1
    });

    let folder = world.desktop.stockroom_home().join("stores").join(&store);
    let least = |file: &str| fs::metadata(folder.join(file)).expect("it is there").len();
    let (mirror, journal) = (least("mirror.sqlite"), least("journal.sqlite"));
    let held = holdings();
    assert_eq!(held["changes"], 1, "{held:#}");
    assert_eq!(held["changesWaiting"], 1, "{held:#}");
    assert_eq!(held["drafts"], 2, "{held:#}");
    let pictures = size_of(&held, "pictures");
    assert_eq!(pictures, bytes_in(&folder.join("pictures")));
    assert!(pictures >= picture.len() as u64, "{held:#}");
    assert!(mirror > 0 && size_of(&held, "copy") >= mirror, "{held:#}");
    assert!(
        journal > 0 && size_of(&held, "journal") >= journal,
        "{held:#}"
    );
    let typed = size_of(&before, "desk") + note.len() as u64;
    assert!(size_of(&held, "desk") >= typed, "{held:#}");

    bridge.tell("remove_store", json!({ "store": store }));
    assert!(!folder.exists(), "its files went");
    let names = world.desktop.names_in_keyring(SERVICE);
    assert_eq!(names, Vec::<String>::new());
    let gone = bridge.call("holdings", json!({ "store": store }));
    assert_eq!(gone.expect_err("it is gone")["code"], "storeGone");
}

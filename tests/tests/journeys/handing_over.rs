//! Credentials handed over as a file and from the clipboard, which the window never reads.
//!
//! Over the bridge: without a display no hand drops a file. `dropping` has one.

use std::{fs, path::PathBuf};

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::text,
    desktop::{KeychainKind, files_with},
    sandbox::{Sandbox, SandboxOptions},
    wait,
    world::World,
};

const NAME: &str = "BigCommerceAPI-credentials-1.txt";

pub(crate) fn credentials(shop: &Sandbox) -> String {
    format!(
        "ACCESS TOKEN: {}\r\nCLIENT NAME: Stockroom\r\nCLIENT ID: c11ent1dc11ent1dc11ent1dc11ent1\r\n\
         CLIENT SECRET: {}\r\nNAME: Stockroom\r\nAPI PATH: https://api.bigcommerce.com/stores/{}/v3/\r\n",
        shop.token(),
        "0123456789abcdef".repeat(4),
        shop.hash()
    )
}

/// As after a download.
fn downloaded(world: &World, text: &str) -> PathBuf {
    let path = world.desktop.root().join("home").join(NAME);
    fs::write(&path, text).expect("the folder is ours");
    path
}

fn in_the_trash(world: &World) -> bool {
    let trash = world.desktop.root().join("data/Trash/files");
    trash.join(NAME).is_file()
}

#[test]
fn demand_03_what_is_asked_for_is_known_before_a_token_is() {
    let world = World::on(KeychainKind::NoBus, SandboxOptions::default());
    let bridge = world.bridge(&[]);
    let presets = bridge.get("presets", json!({}));
    let desk = &presets["presets"][1];
    assert_eq!(desk["preset"], "ordersDesk");
    let asked: Vec<(String, bool)> = desk["scopes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|scope| (text(&scope["scope"]), scope["level"] == "modify"))
        .collect();
    let asked: Vec<(&str, bool)> = asked
        .iter()
        .map(|(scope, modify)| (scope.as_str(), *modify))
        .collect();
    assert_eq!(
        asked,
        [
            ("customers", false),
            ("information", false),
            ("orders", true),
            ("products", false),
        ]
    );
    assert!(
        world.sandbox.log().is_empty(),
        "nothing was asked of the store"
    );
}

#[test]
fn a_store_is_connected_by_its_file_in_three_deeds_and_the_file_goes_to_the_trash() {
    let world = World::new();
    let bridge = world.bridge(&[]);
    let path = downloaded(&world, &credentials(&world.sandbox));

    // One: the file is dropped. The window hears its name, and no more.
    wait::until("the window hears that a file is held over it", || {
        bridge.happens(json!({ "hold": true }));
        bridge.events().contains("fileOver").then_some(())
    });
    bridge.happens(json!({ "drop": path }));
    let handed = bridge.hand("", "ordersDesk", json!({ "kind": "dropped" }));
    assert_eq!(handed["kind"], "credentialsFile");
    assert_eq!(handed["fileName"], NAME);
    assert_eq!(handed["clientName"], "Stockroom");
    assert_eq!(handed["hash"], world.sandbox.hash());
    let attempt = text(&handed["attempt"]["attempt"]);
    // Two: it is checked, three: saved.
    let report = bridge.check(&attempt);
    assert_eq!(report["canSave"], true, "{report:#}");
    let saved = bridge.save(&attempt, "askRisky", false).unwrap();
    assert_eq!(saved["preset"], "ordersDesk");

    assert!(!in_the_trash(&world), "not before it was told to");
    let tidied = bridge.get("connect_tidy", json!({ "clipboard": true, "file": true }));
    assert_eq!(tidied, json!({ "clipboard": "nothing", "file": "done" }));
    assert!(in_the_trash(&world) && !path.exists());
    bridge.wait_for_rest(&text(&saved["key"]));
    let events = wait::until("the window hears what was dropped", || {
        Some(bridge.events()).filter(|events| events.contains(NAME))
    });
    let answers = format!("{handed}{report}{saved}{tidied}");
    for said in [&events, &answers] {
        assert!(!said.contains(world.sandbox.token()), "{said}");
        assert!(!said.contains(&path.display().to_string()), "{said}");
    }
}

#[test]
fn the_pop_up_s_text_comes_from_the_clipboard_and_is_cleared_from_it() {
    let world = World::new();
    let bridge = world.bridge(&[]);
    let pop_up = format!(
        "API path\nhttps://api.bigcommerce.com/stores/{}/v3/\nClient ID\nc11ent1dc11ent1dc11ent1dc11ent1\n\
         Access token\n{}\nDone",
        world.sandbox.hash(),
        world.sandbox.token()
    );
    bridge.happens(json!({ "copy": pop_up }));
    let handed = bridge.hand("", "everything", json!({ "kind": "clipboard" }));
    assert_eq!(handed["kind"], "popUp");
    let attempt = text(&handed["attempt"]["attempt"]);
    bridge.check(&attempt);
    bridge.save(&attempt, "askRisky", false).unwrap();
    assert_eq!(bridge.clipboard(), pop_up, "not before it was told to");

    let tidied = bridge.get("connect_tidy", json!({ "clipboard": true, "file": true }));

    assert_eq!(tidied, json!({ "clipboard": "done", "file": "nothing" }));
    assert_eq!(bridge.clipboard(), "");
    let again = bridge.get("connect_tidy", json!({ "clipboard": true, "file": true }));
    assert_eq!(again, json!({ "clipboard": "nothing", "file": "nothing" }));
}

#[test]
fn what_no_longer_holds_the_token_is_left_alone() {
    let world = World::new();
    let bridge = world.bridge(&[]);
    let path = downloaded(&world, &credentials(&world.sandbox));
    bridge.happens(json!({ "choose": path }));
    let handed = bridge.hand("", "everything", json!({ "kind": "chosen" }));
    let attempt = text(&handed["attempt"]["attempt"]);
    bridge.check(&attempt);
    bridge.save(&attempt, "askRisky", false).unwrap();
    bridge.happens(json!({ "copy": "a poem" }));
    fs::write(&path, "another poem").unwrap();

    let tidied = bridge.get("connect_tidy", json!({ "clipboard": true, "file": true }));

    assert_eq!(tidied, json!({ "clipboard": "nothing", "file": "nothing" }));
    assert_eq!(bridge.clipboard(), "a poem");
    assert_eq!(fs::read_to_string(&path).unwrap(), "another poem");
}

#[test]
fn a_dialog_that_is_closed_and_a_token_without_a_store_cost_nothing() {
    let world = World::on(KeychainKind::NoBus, SandboxOptions::default());
    let bridge = world.bridge(&[]);
    let choose = json!({ "address": "", "preset": "everything", "from": { "kind": "chosen" } });
    bridge.happens(json!({ "choose": null }));
    assert_eq!(
        bridge.call("connect_begin", choose).unwrap_err()["code"],
        "cancelled"
    );

    bridge.happens(json!({ "copy": world.sandbox.token() }));
    let alone = bridge.hand("", "everything", json!({ "kind": "clipboard" }));
    assert_eq!(alone["mistakes"], json!([{ "code": "noStore" }]));
    bridge.happens(json!({ "copy": "something else by now" }));
    let named = bridge.hand(
        world.sandbox.hash(),
        "everything",
        json!({ "kind": "again" }),
    );
    let report = bridge.check(&text(&named["attempt"]["attempt"]));
    assert_eq!(report["canSave"], true, "{report:#}");
}

#[test]
fn demand_04_credentials_of_another_store_are_noticed_before_they_are_used() {
    let world = World::on(KeychainKind::NoBus, SandboxOptions::default());
    let bridge = world.bridge(&[]);
    bridge.happens(json!({ "copy": credentials(&world.sandbox) }));
    let handed = bridge.hand("an0ther", "everything", json!({ "kind": "clipboard" }));
    let other = json!({ "code": "otherStore", "wanted": "an0ther", "found": world.sandbox.hash() });
    assert_eq!(handed["mistakes"], json!([other]));
    assert_eq!(handed["attempt"], Value::Null);
    assert!(
        world.sandbox.log().is_empty(),
        "the token was not sent anywhere"
    );
}

#[test]
fn a_token_that_was_handed_over_and_not_saved_is_nowhere() {
    let world = World::new();
    let mut bridge = world.bridge(&[]);
    let path = downloaded(&world, &credentials(&world.sandbox));
    bridge.happens(json!({ "drop": path }));
    let handed = bridge.hand("", "everything", json!({ "kind": "dropped" }));
    bridge.check(&text(&handed["attempt"]["attempt"]));
    bridge.tell("connect_forget", json!({}));
    let again = json!({ "address": "", "preset": "everything", "from": { "kind": "again" } });
    assert_eq!(
        bridge.call("connect_begin", again).unwrap_err()["code"],
        "attemptGone"
    );
    bridge.stop();
    assert_eq!(
        files_with(world.desktop.root(), world.sandbox.token()),
        [path]
    );
}

//! Later, with a store that is connected: its token replaced, the store examined, and removed.

use std::fs;

use serde_json::{Value, json};
use stockroom_tests::{
    desktop::{KeychainKind, files_with},
    sandbox::SandboxOptions,
    window::Look as _,
    world::{World, some_order},
};

use crate::{
    looking::{light_large_and_dark_small, reads_well},
    support::{
        Connected, SERVICE, Scene, an_order, command, connect, open_order, press_on,
        sees_all_orders, shop, tab_to,
    },
};

const NEW: &str = "newnewnewnewnewnewnewnewnewnew1";

#[test]
fn a_token_is_replaced_after_a_check_and_what_the_old_account_takes_along_is_said() {
    let (scene, mut shop) = (Scene::usual(), shop());
    let old = shop.token().to_owned();
    let app = scene.app_beside(&shop);
    let window = app.open();
    connect(&window, &shop);
    command(&window, "Replace the token…");
    window.heading("Hand over the credentials").appears();

    // The new one may do less.
    shop.replace_token(NEW);
    shop.allow("store_v2_information_read_only,store_v2_orders,store_v2_products_read_only");
    tab_to(&window, "Access token");
    window.types(NEW);
    window.press("Enter");
    window.sees("The token in use can do more: Customers would be lost");
    window.sees("It isn’t checked whether the new token can do this, too: changing Orders");
    window.picture("replace-lost");
    reads_well(&window, "replace-losses");
    let kept = scene.desktop.kept_in_keyring(SERVICE);
    assert!(kept.contains(&old), "nothing is replaced yet");

    press_on(&window, "Check writing, too");
    window.row("Orders granted granted").appears();
    window.sees_no_more("It isn’t checked whether the new token");
    window.picture("replace-writes");
    press_on(&window, "Continue with less");
    // What the store said to the check says nothing of how the new token is used from now on.
    shop.misbehave(json!({
        "match": { "path": "/v2/time" },
        "fault": { "kind": "status", "status": 400, "body": "{\"title\":\"Not now\"}" },
    }));
    press_on(&window, "Save and use the new token");

    window.heading("The token is replaced").appears();
    window.sees("The store does not answer to it");
    window.sees_no_more("Tried out: the store answers to it");
    window.sees("Keep the old account for now");
    shop.behave();
    let swapped = shop.log().len();
    press_on(&window, "Try again");
    window.sees("Tried out: the store answers to it");
    window.sees_no_more("Keep the old account for now");
    let since = shop.log().split_off(swapped);
    let is_answered = |request: &&Value| {
        let path = request["path"].as_str().unwrap_or_default();
        path.ends_with("/v2/time") && request["status"] == 200
    };
    assert!(
        since.iter().any(|request| is_answered(&request)),
        "{since:#?}"
    );
    window.sees("Webhooks that it created: they stop for good.");
    window.picture("replaced");
    let kept = scene.desktop.kept_in_keyring(SERVICE);
    assert!(kept.contains(NEW) && !kept.contains(&old), "{kept}");
    assert_eq!(scene.desktop.names_in_keyring(SERVICE).len(), 1);
    press_on(&window, "Open the store");
    sees_all_orders(&window);
}

#[test]
fn an_older_token_is_taken_again_after_the_one_in_its_place_was_only_kept_until_quitting() {
    let (scene, mut shop) = (Scene::usual(), shop());
    let old = shop.token().to_owned();
    let app = scene.app_beside(&shop);
    let window = app.open();
    connect(&window, &shop);
    command(&window, "Replace the token…");
    window.heading("Hand over the credentials").appears();
    shop.replace_token(NEW);
    tab_to(&window, "Access token");
    window.types(NEW);
    window.press("Enter");
    press_on(&window, "Continue");
    press_on(&window, "Keep it until I quit instead");
    // Nobody is asked for a password to take the older one out, so it stays.
    scene.desktop.lock_keyring();
    press_on(&window, "Save and use the new token");
    window.heading("The token is replaced").appears();
    window.quit();
    scene.desktop.unlock_keyring();
    // The store knows both, as it does until somebody deletes the old account.
    shop.replace_token(&old);

    let window = app.open();
    window.resize(1440, 900);
    window.grid("Orders").row("Awaiting Payment").appears();
    command(&window, "Settings");
    let part = window.thing("region", "Access token");
    part.sees("An older one is in");
    part.button("Use the older one").appears();
    let findings = light_large_and_dark_small(&window, "token", "older");
    assert_eq!(findings, Vec::<String>::new());
    press_on(&window, "Use the older one");
    part.sees("at hand");
    part.button("Use the older one").goes();
    let last_4 = &old[old.len() - 4..];
    part.sees(&format!("Ends in {last_4}"));
    assert!(scene.desktop.kept_in_keyring(SERVICE).contains(&old));
    window.quit();

    // And so at the next start.
    let window = app.open();
    sees_all_orders(&window);
}

#[test]
fn the_doctor_says_how_things_are_and_its_report_holds_no_secret_and_no_customer() {
    let (scene, shop) = (Scene::usual(), shop());
    let app = scene.app_beside(&shop);
    let window = app.open();
    connect(&window, &shop);
    command(&window, "Examine this store");
    let doctor = window.thing("region", "Doctor");
    doctor.sees("GNOME Keyring, open");
    doctor.sees("answered in");
    doctor.sees("the same as the store’s");
    window.picture("doctor");
    reads_well(&window, "doctor");
    press_on(&window, "Copy a report");
    window.sees("Copied");
    // What it copied, as another program would paste it: into a field.
    let field = window.field("Name");
    field.clear();
    window.press("Control+v");
    let report = field.value();
    assert!(report.contains("Stockroom"), "{report}");
    assert!(report.contains("GNOME Keyring"), "{report}");
    assert!(!report.contains(shop.token()));
    assert!(!report.contains("Northfold"), "{report}");
    window.press("Escape");
}

#[test]
fn a_report_that_was_copied_holds_nothing_of_the_customer_whose_order_was_not_changed() {
    let connected = Connected::usual();
    let (app, shop) = (connected.app(), &connected.shop);
    let window = app.open();
    let order = an_order(&window, "Awaiting Fulfillment");
    let whole = shop.asked(&format!("/v2/orders/{order}"));
    let of_them = |field: &str| {
        let said = whole["billing_address"][field].as_str();
        said.filter(|said| !said.is_empty())
            .expect("it is there")
            .to_owned()
    };
    let (name, email, street) = (of_them("last_name"), of_them("email"), of_them("street_1"));
    let token = shop.token();
    let words = format!("{name} <{email}> of {street} may not, says {token}");
    shop.misbehave(json!({
        "match": { "method": "PUT" }, "times": 1,
        "fault": {
            "kind": "status", "status": 400,
            "body": json!([{ "status": 400, "message": words }]).to_string(),
        },
    }));
    let panel = open_order(&window, order);
    panel
        .field("Staff notes")
        .type_(&format!("Call {name} first"));
    panel.button("Save note").click();
    window.thing("status", "Last change").sees("Refused");

    command(&window, "Examine this store");
    let doctor = window.thing("region", "Doctor");
    doctor.sees("a change of an order, refused by the store");
    press_on(&window, "Copy a report");
    window.sees("Copied");
    let field = window.field("Name");
    field.clear();
    window.press("Control+v");
    let report = field.value();
    assert!(
        report.contains("a change of an order, refused by the store"),
        "{report}"
    );
    for private in [name, email, street, token.to_owned()] {
        assert!(!report.contains(&private), "{private} in {report}");
    }
    for private in ["may not", "Call"] {
        assert!(!report.contains(private), "{private} in {report}");
    }
    window.press("Escape");
}

#[test]
fn a_report_holds_nothing_of_a_customer_whatever_the_store_said() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    let order = some_order(&bridge, &store);
    let customer = bridge.order(&store, order);
    let name = customer["billing"]["name"]
        .as_str()
        .unwrap_or("Jane Doe")
        .to_owned();
    let token = world.sandbox.token();
    let words = format!("{name} <jane@example.com> may not, says {token}");
    world.sandbox.misbehave(json!({
        "match": { "method": "PUT" }, "times": 1,
        "fault": {
            "kind": "status", "status": 400,
            "body": json!([{ "status": 400, "message": words }]).to_string(),
        },
    }));
    let entry = bridge.change(
        &store,
        order,
        &json!({ "staffNotes": format!("Call {name}") }),
    );
    bridge.wait_for_entry(&store, &entry, &["refused"]);

    let found = bridge.get("examine", json!({ "store": store }));

    assert_eq!(found["refusals"][0]["what"], "order", "{found:#}");
    assert_eq!(found["refusals"][0]["state"], "refused");
    assert_eq!(found["askedNow"], true);
    assert_eq!(found["problem"], json!(null));
    let said = found.to_string();
    for private in [name.as_str(), "jane@example.com", token, "may not", "Call"] {
        assert!(!said.contains(private), "{private} in {said}");
    }
    let home = world.desktop.stockroom_home().display().to_string();
    assert!(!said.contains(&home), "{said}");
}

#[test]
fn a_report_says_what_is_in_the_way_without_asking_anybody_for_a_password() {
    let mut world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    bridge.stop();
    drop(bridge);
    world.desktop.lock_keyring();
    world.desktop.watch_prompts();
    let bridge = world.bridge(&[]);
    let found = bridge.get("examine", json!({ "store": store }));
    assert_eq!(found["keychain"]["locked"], true);
    assert_eq!(found["problem"]["code"], "keychainLocked", "{found:#}");
    assert_eq!(found["askedNow"], false);
    assert_eq!(world.desktop.prompts(), 0);
}

#[test]
fn a_store_is_removed_with_everything_named_its_journal_kept_if_wanted() {
    let world = World::on(KeychainKind::Unlocked, SandboxOptions::default());
    let (bridge, store) = world.connected(&[]);
    let order = some_order(&bridge, &store);
    let entry = bridge.change(&store, order, &json!({ "staffNotes": "=1+1, \"quoted\"" }));
    bridge.wait_for_entry(&store, &entry, &["done"]);

    let held = bridge.get("holdings", json!({ "store": store }));
    let size = |what: &str| held[what].as_str().expect("a size").parse::<u64>().unwrap();
    assert!(size("copy") > 10_000, "{held:#}");
    assert!(size("journal") > 1_000, "{held:#}");
    assert_eq!(held["changes"], 1);
    assert_eq!(held["changesWaiting"], 0);
    // Each size is that of the files.
    let folder = world.desktop.stockroom_home().join("stores").join(&store);
    let journal: u64 = fs::read_dir(&folder)
        .unwrap()
        .flatten()
        .filter(|file| {
            file.file_name()
                .to_string_lossy()
                .starts_with("journal.sqlite")
        })
        .map(|file| file.metadata().unwrap().len())
        .sum();
    assert_eq!(size("journal"), journal);

    let file = world.desktop.root().join("home/changes.csv");
    bridge.happens(json!({ "choose": file }));
    let all = json!({
        "which": { "store": store, "filter": "all", "search": null, "job": null },
        "form": "csv",
    });
    let exported = bridge.get("export_activity", all.clone());
    assert_eq!(exported, json!({ "file": "changes.csv", "count": 1 }));
    bridge.happens(json!({ "choose": null }));
    let stopped = bridge.get("export_activity", all.clone());
    assert_eq!(stopped, json!({ "file": null, "count": 0 }));
    let nowhere = world.desktop.root().join("no such folder/changes.csv");
    bridge.happens(json!({ "choose": nowhere }));
    let failed = bridge.call("export_activity", all);
    assert_eq!(failed.unwrap_err()["code"], "fileNotWritten");

    bridge.tell("remove_store", json!({ "store": store }));
    assert!(!folder.exists());
    assert_eq!(
        world.desktop.names_in_keyring(SERVICE),
        Vec::<String>::new()
    );
    let text = fs::read_to_string(&file).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert!(lines[1].contains(&order.to_string()), "{text}");
    assert!(
        lines[1].contains("staff_notes,,\"'=1+1, \"\"quoted\"\"\""),
        "{text}"
    );
    assert!(!text.contains(world.sandbox.token()));
    assert_eq!(
        files_with(world.desktop.root(), world.sandbox.token()),
        Vec::<std::path::PathBuf>::new()
    );
}

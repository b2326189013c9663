//! Files that are damaged or private.

use std::{fs, os::unix::fs::PermissionsExt as _, path::PathBuf};

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, Refused, text},
    damage::{read, sample_format, set_sample_format, set_version, spoil, spoil_part, version},
    sandbox::SandboxOptions,
    world::{World, some_order, tried_out},
};

#[test]
fn a_damaged_copy_is_pulled_again_and_the_changes_stay() {
    let world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    let rows = bridge.orders(&store);
    let order = some_order(&bridge, &store);
    let entry = bridge.change(&store, order, &json!({ "staffNotes": "Kept" }));
    bridge.wait_for_entry(&store, &entry, &["done"]);
    let other = text(&rows[3]["id"]);
    bridge.tell(
        "draft_notes",
        json!({ "store": store, "order": other, "text": "A draft" }),
    );
    let widths = json!({ "store": store, "name": "orders.widths" });
    let wide = json!({ "customer": 240 }).to_string();
    let mut arranged = widths.clone();
    arranged["value"] = json!(wide);
    bridge.tell("set_layout", arranged);
    bridge.stop();
    drop(bridge);
    let folder = world.desktop.stockroom_home().join("stores").join(&store);
    spoil(&folder.join("mirror.sqlite"));
    let spoiled = read(&folder.join("mirror.sqlite"));
    let journal = read(&folder.join("journal.sqlite"));

    let bridge = world.bridge(&[]);
    bridge.wait_for_rest(&store);

    assert_eq!(bridge.orders(&store).len(), rows.len());
    assert_eq!(bridge.activity(&store).len(), 1);
    // What is not the copy is as it was, and of the copy itself nothing is thrown away.
    assert_eq!(read(&folder.join("journal.sqlite")), journal);
    assert_eq!(read(&folder.join("mirror.sqlite.damaged")), spoiled);
    let other: u64 = other.parse().unwrap();
    assert_eq!(bridge.order(&store, other)["draftStaffNotes"], "A draft");
    assert_eq!(bridge.get("layout", widths)["value"], json!(wide));
    world.agree(&bridge, &store, order);
}

#[test]
fn a_copy_that_turns_out_damaged_in_use_is_read_until_it_can_be_pulled_again() {
    // What opening a copy doesn't look at: found by whoever asks for the list, or for the numbers.
    let cases = [
        ("orders_by_placed", "all"),
        ("orders_by_status", "store_v2_orders"),
    ];
    for (index, scopes) in cases {
        // Slow enough for the pull to be seen.
        let mut world = World::with(SandboxOptions {
            latency_ms: 200,
            scopes: scopes.to_owned(),
            ..SandboxOptions::default()
        });
        let (mut bridge, store) = world.connected(&[]);
        let rows = bridge.orders(&store);
        let order = some_order(&bridge, &store);
        let entry = bridge.change(&store, order, &json!({ "staffNotes": "Kept" }));
        bridge.wait_for_entry(&store, &entry, &["done"]);
        let other = text(&rows[3]["id"]);
        let draft = json!({ "store": store, "order": other, "text": "A draft" });
        bridge.tell("draft_notes", draft);
        bridge.stop();
        drop(bridge);
        let folder = world.desktop.stockroom_home().join("stores").join(&store);
        spoil_part(&folder.join("mirror.sqlite"), index);
        let journal = read(&folder.join("journal.sqlite"));

        // As long as nothing can take its place, what can be read of it is there.
        world.sandbox.close();
        let bridge = world.bridge(&[]);
        bridge.tell("select_store", json!({ "store": store }));
        bridge.wait_for(&store, "the store to be missed", |state| {
            state["trouble"]["code"] == "network"
        });
        if index == "orders_by_placed" {
            let refused = list_by_date(&bridge, &store).unwrap_err();
            assert_eq!(refused, json!({ "code": "damagedFile", "file": "mirror" }));
        }
        assert_eq!(bridge.order(&store, order)["staffNotes"], "Kept");
        assert_eq!(read(&folder.join("journal.sqlite")), journal);

        world.sandbox.open_again();
        bridge.tell("refresh", json!({ "store": store }));
        bridge.wait_for(&store, "the copy to be pulled again", |state| {
            state["pulledAgain"] == true && state["trouble"].is_null()
        });
        let state = bridge.wait_for(&store, "the copy to be whole", |state| {
            state["pulledAgain"] == false && state["phase"] == "idle"
        });
        assert_eq!(state["trouble"], Value::Null);
        assert_eq!(list_by_date(&bridge, &store).unwrap()["count"], rows.len());
        assert_eq!(bridge.orders(&store).len(), rows.len());
        assert_eq!(bridge.activity(&store).len(), 1);
        let other: u64 = other.parse().unwrap();
        assert_eq!(bridge.order(&store, other)["draftStaffNotes"], "A draft");
        assert!(folder.join("mirror.sqlite.damaged").exists());
        world.agree(&bridge, &store, order);
    }
}

#[test]
fn a_search_across_everything_finds_the_rest_where_one_kind_cannot_be_read() {
    let mut world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    let order = some_order(&bridge, &store).to_string();
    bridge.stop();
    drop(bridge);
    let folder = world.desktop.stockroom_home().join("stores").join(&store);
    spoil_part(&folder.join("mirror.sqlite"), "products");
    // As long as nothing can take its place.
    world.sandbox.close();
    let bridge = world.bridge(&[]);

    let found = bridge.get("find", json!({ "store": store, "search": order }));

    assert_eq!(found["failed"], json!(["products"]));
    assert_eq!(found["products"], Value::Null);
    assert_eq!(found["orders"]["best"][0]["id"], json!(order));
    assert!(found["customers"]["count"].is_number(), "{found:#}");
}

fn list_by_date(bridge: &Bridge, store: &str) -> Result<Value, Value> {
    bridge.call(
        "open_orders",
        json!({
            "store": store, "statusId": null, "search": "", "showIncomplete": true,
            "sort": "placed", "descending": true,
        }),
    )
}

#[test]
fn a_damaged_journal_is_named_and_left_alone() {
    let world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    bridge.stop();
    drop(bridge);
    let folder = world.desktop.stockroom_home().join("stores").join(&store);
    let journal = folder.join("journal.sqlite");
    spoil(&journal);
    let spoiled = read(&journal);

    let bridge = world.bridge(&[]);
    let refused = bridge
        .call("select_store", json!({ "store": store }))
        .unwrap_err();

    assert_eq!(refused, json!({ "code": "damagedFile", "file": "journal" }));
    assert_eq!(read(&journal), spoiled);
    // Nothing is written to a store whose journal can't be trusted.
    assert_eq!(world.sandbox.requests("PUT"), Vec::<Value>::new());
    assert_eq!(
        bridge.get("app_state", json!({}))["stores"][0]["key"],
        json!(store)
    );
}

#[test]
fn a_journal_found_damaged_in_use_sends_nothing_and_is_left_alone() {
    let world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    let order = some_order(&bridge, &store);
    let entry = bridge.change(&store, order, &json!({ "staffNotes": "Before" }));
    bridge.wait_for_entry(&store, &entry, &["done"]);
    bridge.stop();
    drop(bridge);
    let folder = world.desktop.stockroom_home().join("stores").join(&store);
    let journal = folder.join("journal.sqlite");
    // Where each change's way is written down, which opening doesn't read.
    spoil_part(&journal, "steps");
    let spoiled = read(&journal);
    let writes = world.puts();

    let bridge = world.bridge(&[]);
    bridge.tell("select_store", json!({ "store": store }));
    let plan = bridge.plan(&store, order, &json!({ "staffNotes": "After" }));
    let refused = bridge.apply(&plan).unwrap_err();

    assert_eq!(refused, json!({ "code": "damagedFile", "file": "journal" }));
    bridge.wait_for_rest(&store);
    assert_eq!(world.puts(), writes, "nothing was sent");
    assert_eq!(bridge.order(&store, order)["staffNotes"], "Before");
    assert_eq!(read(&journal), spoiled);
}

#[test]
fn a_damaged_desk_is_named_and_left_alone() {
    let world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    bridge.stop();
    drop(bridge);
    let desk = world.desktop.stockroom_home().join("desk.sqlite");
    let sound = read(&desk);
    spoil(&desk);
    let spoiled = read(&desk);

    let refused = try_start(&world).unwrap_err();
    assert!(refused.words.contains("Desk is damaged"), "{refused:?}");
    assert_eq!(read(&desk), spoiled);

    // And once it is restored everything is there.
    fs::write(&desk, sound).unwrap();
    let bridge = world.bridge(&[]);
    assert!(!bridge.orders(&store).is_empty());
}

#[test]
fn files_of_a_newer_app_are_named_and_left_alone() {
    let world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    let rows = bridge.orders(&store);
    bridge.stop();
    drop(bridge);
    let home = world.desktop.stockroom_home();
    let folder = home.join("stores").join(&store);

    for file in [folder.join("mirror.sqlite"), folder.join("journal.sqlite")] {
        let known = version(&file);
        set_version(&file, known + 1);
        let newer = read(&file);
        let mut bridge = world.bridge(&[]);
        let refused = bridge.call("select_store", json!({ "store": store }));
        assert_eq!(refused.unwrap_err(), json!({ "code": "newerFiles" }));
        bridge.stop();
        assert_eq!(read(&file), newer, "{}", file.display());
        set_version(&file, known);
    }
    let desk = home.join("desk.sqlite");
    let known = version(&desk);
    set_version(&desk, known + 1);
    let newer = read(&desk);
    let refused = try_start(&world).unwrap_err();
    assert!(
        refused.words.contains("written by a newer version"),
        "{refused:?}"
    );
    assert_eq!(read(&desk), newer);
    set_version(&desk, known);

    let bridge = world.bridge(&[]);
    assert_eq!(bridge.orders(&store), rows);
}

/// What was done in the sample store.
fn sample_file(world: &World) -> PathBuf {
    let stores = world.desktop.stockroom_home().join("stores");
    stores.join("sample").join("sample-store.jsonl")
}

#[test]
fn a_sample_store_of_an_earlier_version_says_so_and_starts_over_when_asked_to() {
    let world = World::new();
    let (mut bridge, own) = world.connected(&[]);
    let (sample, order) = tried_out(&bridge);
    bridge.stop();
    drop(bridge);
    let file = sample_file(&world);
    let format = sample_format(&file);
    set_sample_format(&file, format - 1);
    let older = read(&file);

    let bridge = world.bridge(&[]);
    bridge.tell("open_sample", json!({}));
    let outdated = |state: &Value| state["trouble"] == json!({ "code": "sampleOutdated" });
    bridge.wait_for(&sample, "the sample store to be outdated", outdated);
    // Asked again, it says the same.
    bridge.tell("refresh", json!({ "store": sample }));
    bridge.wait_for(&sample, "the sample store to be outdated", outdated);
    // Nothing of it is thrown away, what was pulled can be read, and other stores are not concerned.
    assert_eq!(read(&file), older);
    assert_eq!(bridge.order(&sample, order)["staffNotes"], "Tried out");
    let state = bridge.wait_for_rest(&own);
    assert_eq!(state["trouble"], Value::Null);
    assert!(!bridge.orders(&own).is_empty());

    bridge.tell("reset_sample", json!({}));
    let state = bridge.wait_for_rest(&sample);
    assert_eq!(state["trouble"], Value::Null);
    assert_eq!(sample_format(&file), format);
    assert_eq!(bridge.activity(&sample), Vec::<Value>::new());
    let fresh = bridge.order(&sample, order);
    assert_ne!(fresh["staffNotes"], "Tried out");
    assert_eq!(fresh["draftStaffNotes"], Value::Null);
    let entry = bridge.change(&sample, order, &json!({ "staffNotes": "Once more" }));
    bridge.wait_for_entry(&sample, &entry, &["done"]);
}

#[test]
fn a_sample_store_of_a_newer_version_is_not_called_an_earlier_ones() {
    let world = World::new();
    let mut bridge = world.bridge(&[]);
    let sample = text(&bridge.get("open_sample", json!({}))["key"]);
    bridge.wait_for_rest(&sample);
    bridge.stop();
    drop(bridge);
    let file = sample_file(&world);
    let format = sample_format(&file);
    set_sample_format(&file, format + 1);
    let newer = read(&file);

    let bridge = world.bridge(&[]);
    bridge.tell("select_store", json!({ "store": sample }));
    bridge.wait_for(&sample, "the sample store to be too new", |state| {
        state["trouble"] == json!({ "code": "sampleNewer" })
    });
    assert_eq!(read(&file), newer);
    bridge.tell("reset_sample", json!({}));
    bridge.wait_for_rest(&sample);
    assert_eq!(sample_format(&file), format);
}

#[test]
fn what_another_version_left_of_a_sample_store_is_named_and_starts_over_too() {
    for (left, code) in [
        ("{\"format\":1}\n", "sampleOutdated"),
        ("{\"format\":4711}\n", "sampleNewer"),
        // Nobody can read it.
        ("????\n", "internal"),
    ] {
        let world = World::new();
        let mut bridge = world.bridge(&[]);
        bridge.stop();
        drop(bridge);
        let file = sample_file(&world);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, left).unwrap();

        let bridge = world.bridge(&[]);
        let refused = bridge.call("open_sample", json!({})).unwrap_err();
        assert_eq!(refused["code"], code, "{refused:#}");
        assert_eq!(
            bridge.get("app_state", json!({}))["stores"],
            Value::Array(Vec::new())
        );
        let sample = text(&bridge.get("reset_sample", json!({}))["key"]);
        bridge.wait_for_rest(&sample);
    }
}

fn try_start(world: &World) -> Result<Bridge, Refused> {
    let home = world.desktop.stockroom_home();
    Bridge::try_start(&world.desktop, &home, Some(world.sandbox.origin()), &[])
}

#[test]
fn what_is_kept_is_for_nobody_else_to_read() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    let order = some_order(&bridge, &store);
    let entry = bridge.change(&store, order, &json!({ "staffNotes": "Private" }));
    bridge.wait_for_entry(&store, &entry, &["done"]);

    let mut folders = vec![world.desktop.stockroom_home()];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        let mode = fs::metadata(&folder).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o700, "{}", folder.display());
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
                continue;
            }
            let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, 0o600, "{}", entry.path().display());
            files += 1;
        }
    }
    assert!(files >= 4, "{files}");
}

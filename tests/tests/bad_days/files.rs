//! Files that are damaged or private.

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    sandbox::SandboxOptions,
    world::{World, some_order},
};

#[test]
fn a_damaged_copy_is_pulled_again_and_the_changes_stay() {
    let world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    let rows = bridge.orders(&store);
    let order = some_order(&bridge, &store);
    let entry = bridge.change(&store, order, &json!({ "staffNotes": "Kept" }));
    bridge.wait_for_entry(&store, &entry, &["done"]);
    bridge.stop();
    drop(bridge);
    let folder = world.desktop.stockroom_home().join("stores").join(&store);
    spoil(&folder.join("mirror.sqlite"));

    let bridge = world.bridge(&[]);
    bridge.wait_for_rest(&store);

    assert_eq!(bridge.orders(&store).len(), rows.len());
    assert_eq!(bridge.activity(&store).len(), 1);
    world.agree(&bridge, &store, order);
}

#[test]
fn a_copy_that_turns_out_damaged_in_use_is_read_until_it_can_be_pulled_again() {
    // What opening a copy doesn't look at: found by whoever asks for the list, or for the numbers.
    for index in ["orders_by_placed", "orders_by_status"] {
        // Slow enough for the pull to be seen.
        let mut world = World::with(SandboxOptions {
            latency_ms: 200,
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
        spoil_index(&folder.join("mirror.sqlite"), index);
        let journal = fs::read(folder.join("journal.sqlite")).unwrap();

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
        assert_eq!(fs::read(folder.join("journal.sqlite")).unwrap(), journal);

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

fn list_by_date(bridge: &Bridge, store: &str) -> Result<Value, Value> {
    bridge.call(
        "open_orders",
        json!({
            "store": store, "statusId": null, "search": "", "showIncomplete": true,
            "sort": "placed", "descending": true,
        }),
    )
}

/// The first page of an index becomes something else.
fn spoil_index(path: &Path, index: &str) {
    let file = database::Connection::open(path).expect("the app made it");
    let number = |sql: &str| -> u32 {
        let found = file.query_row(sql, [], |row| row.get(0));
        found.unwrap_or_else(|error| panic!("{sql}: {error}"))
    };
    let root = number(&format!(
        "SELECT rootpage FROM sqlite_schema WHERE name = '{index}'"
    ));
    let size = number("PRAGMA page_size") as usize;
    // Takes what is in the log along.
    drop(file);
    let mut bytes = fs::read(path).expect("it is there");
    let after = root as usize * size;
    bytes[after - size..after].fill(b'?');
    fs::write(path, bytes).expect("it is ours");
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
    let spoiled = fs::read(&journal).unwrap();

    let bridge = world.bridge(&[]);
    let refused = bridge
        .call("select_store", json!({ "store": store }))
        .unwrap_err();

    assert_eq!(refused, json!({ "code": "damagedFile", "file": "journal" }));
    assert_eq!(fs::read(&journal).unwrap(), spoiled);
    // Nothing is written to a store whose journal can't be trusted.
    assert_eq!(world.sandbox.requests("PUT"), Vec::<Value>::new());
    assert_eq!(
        bridge.get("app_state", json!({}))["stores"][0]["key"],
        json!(store)
    );
}

/// Its first page, where SQLite says what it is, becomes something else.
fn spoil(path: &Path) {
    let mut bytes = fs::read(path).expect("the app made it");
    let len = bytes.len().min(4096);
    bytes[..len].fill(b'?');
    fs::write(path, bytes).expect("it is ours");
    for beside in ["-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(beside);
        // Only there after a kill.
        let _ = fs::remove_file(name);
    }
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

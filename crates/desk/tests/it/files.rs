use std::{fs, sync::Arc, thread};

use commerce::{Access, Preset, SafetyMode, Scope as OauthScope, StoreColor};
use desk::{Desk, Error, Profile, Scope, TokenHome};
use rusqlite::Connection;
use serde_json::json;

use crate::{fresh, full};

/// The file as version 1 wrote it, spelled out. Never changes.
const VERSION_1: &str = r#"
CREATE TABLE profile (
    key TEXT PRIMARY KEY NOT NULL, hash TEXT NOT NULL, origin TEXT NOT NULL,
    is_sample INTEGER NOT NULL, name TEXT NOT NULL, color TEXT NOT NULL, safety TEXT NOT NULL,
    channel_id INTEGER, token_home TEXT NOT NULL, token_last_4 TEXT NOT NULL,
    added_at TEXT NOT NULL, position INTEGER NOT NULL, info TEXT, missing_scopes TEXT NOT NULL
) STRICT;
INSERT INTO profile VALUES (
    'one', 'abc123', 'https://api.bigcommerce.com', 0, 'Zoë''s ''Teahouse'' 🍵', 'heather',
    'askAlways', 664177, 'session', 'x7k2', '2026-03-01T09:30:00.123456789Z', 3,
    '{"hash":"abc123","name":"Teahouse","domain":"tea.example.com","control_panel_url":"","address":"1 Leaf Street","currency":"EUR","time_zone":"Europe/Berlin","plan":"Plus"}',
    '["orderTransactions","inventory"]'
);
PRAGMA user_version = 1;
"#;

#[test]
fn a_file_of_version_1_is_brought_on_with_all_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.sqlite");
    Connection::open(&path)
        .unwrap()
        .execute_batch(VERSION_1)
        .unwrap();

    let desk = Desk::open(&path).unwrap();

    // Version 1 did not ask what for, wrote down no proof, asked for no more than reading, did not
    // count tokens, and knew of no unit of weights.
    let mut as_it_was = Profile {
        preset: Preset::Everything,
        proven_writes: Vec::new(),
        token_number: 0,
        ..full("one")
    };
    for (_, level) in &mut as_it_was.missing_scopes {
        *level = Access::Read;
    }
    if let Some(info) = &mut as_it_was.info {
        info.weight_unit = None;
    }
    assert_eq!(desk.profiles().unwrap(), [as_it_was]);
    let scope = Scope::Store("one".parse().unwrap());
    desk.set_setting(&scope, "columns", &json!([1])).unwrap();
    assert_eq!(desk.setting(&scope, "columns").unwrap(), Some(json!([1])));
}

#[test]
fn a_file_of_a_newer_app_is_refused_and_not_touched() {
    let (folder, desk) = fresh();
    desk.add_profile(&full("one")).unwrap();
    drop(desk);
    let path = folder.path().join("desk.sqlite");
    let sql = Connection::open(&path).unwrap();
    sql.execute_batch("CREATE TABLE of_the_future (x); PRAGMA user_version = 4711;")
        .unwrap();
    drop(sql);
    let before = fs::read(&path).unwrap();

    let refused = Desk::open(&path).map(drop);

    let Err(Error::NewerFile { found: 4711, known }) = refused else {
        panic!("{refused:?}");
    };
    assert!(known < 4711);
    assert!(fs::read(&path).unwrap() == before, "the file was changed");
}

#[test]
fn what_can_not_be_understood_falls_back_and_stays_in_the_file() {
    let (folder, desk) = fresh();
    desk.add_profile(&full("one")).unwrap();
    desk.set_setting(&Scope::App, "theme", &json!("dark"))
        .unwrap();
    let sql = Connection::open(folder.path().join("desk.sqlite")).unwrap();
    sql.execute_batch(
        r#"UPDATE profile SET color = 'octarine', safety = 'yolo', token_home = 'sock',
             info = '{"half":', missing_scopes = '["orders","teleport"]', preset = 'juggle',
             proven_writes = '["teleport","orders"]';
           UPDATE setting SET value = '{'"#,
    )
    .unwrap();

    let profile = desk.profiles().unwrap().remove(0);

    assert_eq!(profile.color, StoreColor::default());
    assert_eq!(profile.safety, SafetyMode::ReadOnly);
    assert_eq!(profile.token_home, TokenHome::Keychain);
    assert_eq!(profile.info, None);
    assert_eq!(profile.preset, Preset::Everything);
    assert_eq!(profile.missing_scopes, [(OauthScope::Orders, Access::Read)]);
    assert_eq!(profile.proven_writes, [OauthScope::Orders]);
    assert_eq!(profile.name, full("one").name);
    assert_eq!(desk.setting(&Scope::App, "theme").unwrap(), None);
    let color: String = sql
        .query_row("SELECT color FROM profile", [], |row| row.get(0))
        .unwrap();
    assert_eq!(color, "octarine");
}

#[test]
fn a_key_that_could_not_name_a_folder_never_gets_into_the_file() {
    let (folder, desk) = fresh();
    desk.add_profile(&full("one")).unwrap();
    let sql = Connection::open(folder.path().join("desk.sqlite")).unwrap();
    for bad in ["../up", "A", ""] {
        assert!(sql.execute("UPDATE profile SET key = ?1", [bad]).is_err());
    }
}

#[cfg(unix)]
#[test]
fn nobody_else_on_the_computer_can_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let (folder, desk) = fresh();
    desk.add_profile(&full("one")).unwrap();
    let mut names = Vec::new();
    for entry in fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(
            entry.metadata().unwrap().permissions().mode() & 0o777,
            0o600
        );
        names.push(entry.file_name());
    }
    assert!(
        names.len() >= 2,
        "the write-ahead log is there too: {names:?}"
    );
}

#[test]
fn something_else_under_its_name_is_called_damaged_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.sqlite");
    let letter = "Dear diary, ".repeat(500);
    fs::write(&path, &letter).unwrap();
    let refused = Desk::open(&path).map(drop);
    assert!(matches!(refused, Err(Error::Damaged)), "{refused:?}");
    assert_eq!(fs::read_to_string(&path).unwrap(), letter);
}

#[test]
fn a_folder_that_is_not_there_is_said_and_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let refused = Desk::open(&folder.path().join("no/desk.sqlite")).map(drop);
    assert!(matches!(refused, Err(Error::Io { .. })), "{refused:?}");
    assert!(!folder.path().join("no").exists());
}

#[test]
fn a_full_disk_is_named_and_loses_nothing() {
    let (folder, desk) = fresh();
    desk.add_profile(&full("one")).unwrap();
    drop(desk);
    // The page limit is SQLite's own stand-in for a full disk, but it holds for one connection.
    // So fill the file through one that has it, and map its error as the desk would.
    let path = folder.path().join("desk.sqlite");
    let sql = Connection::open(&path).unwrap();
    let pages: i64 = sql
        .query_row("PRAGMA page_count", [], |row| row.get(0))
        .unwrap();
    sql.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))
        .unwrap();
    let full_disk = sql
        .execute(
            "INSERT INTO setting VALUES (NULL, 'big', ?1)",
            ["x".repeat(1 << 20)],
        )
        .unwrap_err();
    assert!(matches!(Error::from(full_disk), Error::Full));
    drop(sql);
    assert_eq!(
        Desk::open(&path).unwrap().profiles().unwrap(),
        [full("one")]
    );
}

#[test]
fn many_threads_may_ask_at_once() {
    let (_folder, desk) = fresh();
    let desk = Arc::new(desk);
    let threads: Vec<_> = (0..8)
        .map(|n| {
            let desk = Arc::clone(&desk);
            thread::spawn(move || {
                desk.add_profile(&full(&format!("store-{n}"))).unwrap();
                desk.profiles().unwrap().len()
            })
        })
        .collect();
    for thread in threads {
        assert!(thread.join().unwrap() >= 1);
    }
    assert_eq!(desk.profiles().unwrap().len(), 8);
}

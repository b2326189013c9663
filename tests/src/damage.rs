//! What bad disks, and other versions of the app, do to its files.

use std::{fs, path::Path};

use database::Connection;

use crate::power_cut::beside;

/// The first page of a database, where SQLite says what it is, becomes something else.
///
/// # Panics
/// If there is no such file.
pub fn spoil(path: &Path) {
    let mut bytes = read(path);
    let len = bytes.len().min(4096);
    bytes[..len].fill(b'?');
    fs::write(path, bytes).expect("it is ours");
    for ending in ["-wal", "-shm"] {
        // There only after an end that left it.
        let _ = fs::remove_file(beside(path, ending));
    }
}

/// The first page of a table or an index becomes something else: what is in it is found damaged by
/// whoever needs it.
///
/// # Panics
/// If there is no such file or no such part of it.
pub fn spoil_part(path: &Path, part: &str) {
    let file = open(path);
    let number = |sql: &str| -> u32 {
        let found = file.query_row(sql, [], |row| row.get(0));
        found.unwrap_or_else(|error| panic!("{sql}: {error}"))
    };
    let root = number(&format!(
        "SELECT rootpage FROM sqlite_schema WHERE name = '{part}'"
    ));
    let size = number("PRAGMA page_size") as usize;
    // Takes what is in the log along.
    drop(file);
    let mut bytes = read(path);
    let after = root as usize * size;
    bytes[after - size..after].fill(b'?');
    fs::write(path, bytes).expect("it is ours");
}

/// The last page of a database becomes something else, all that is in its log included before.
///
/// # Panics
/// If there is no such file.
pub fn spoil_last_page(path: &Path) {
    let file = open(path);
    let size: u32 = file
        .pragma_query_value(None, "page_size", |row| row.get(0))
        .expect("every file has one");
    // In so many words: a connection that has read no table doesn't look at the log.
    file.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .expect("nobody else has it open");
    drop(file);
    let mut bytes = read(path);
    let at = bytes.len() - size as usize;
    bytes[at..].fill(b'?');
    fs::write(path, bytes).expect("it is ours");
}

/// The page that was written last into a database's log becomes something else. Gives whether there
/// was one.
///
/// Source: SQLite, "WAL-mode File Format".
///
/// # Panics
/// If its log can't be written.
#[must_use]
pub fn spoil_last_frame(path: &Path) -> bool {
    const HEADER: usize = 32;
    const FRAME_HEADER: usize = 24;
    let log = beside(path, "-wal");
    let mut bytes = fs::read(&log).unwrap_or_default();
    let Some((header, frames)) = bytes.split_at_mut_checked(HEADER) else {
        return false;
    };
    let size = u32::from_be_bytes([header[8], header[9], header[10], header[11]]);
    let salts = &header[16..24];
    // What follows with other salts is left from before and no longer counts.
    let last = frames
        .chunks_exact_mut(FRAME_HEADER + size as usize)
        .take_while(|frame| &frame[8..16] == salts)
        .last();
    let Some(last) = last else {
        return false;
    };
    last[FRAME_HEADER..].fill(b'?');
    fs::write(&log, bytes).expect("it is ours");
    true
}

/// Changes what is in a database, behind the app's back.
///
/// # Panics
/// If the statement changes nothing.
pub fn tamper(path: &Path, statement: &str) {
    let changed = open(path).execute(statement, []);
    assert!(changed.is_ok_and(|rows| rows > 0), "{statement}");
}

/// How many migrations a database has seen.
///
/// # Panics
/// If there is no such file.
#[must_use]
pub fn version(path: &Path) -> u32 {
    open(path)
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .expect("every file has one")
}

/// As if an app that knows so many migrations had been here.
///
/// # Panics
/// If there is no such file.
pub fn set_version(path: &Path, version: u32) {
    open(path)
        .pragma_update(None, "user_version", version)
        .expect("it is ours");
}

/// In which format the sample store keeps what was done in it.
///
/// # Panics
/// If there is no such file.
#[must_use]
pub fn sample_format(path: &Path) -> u64 {
    at_its_format(path).0
}

/// As if a version with another sample store, which keeps it in this format, had been here.
///
/// # Panics
/// If there is no such file.
pub fn set_sample_format(path: &Path, format: u64) {
    let (_, rest) = at_its_format(path);
    fs::write(path, format!("{SAMPLE_BEGINNING}{format}{rest}")).expect("it is ours");
}

/// How each file of the sample store begins.
const SAMPLE_BEGINNING: &str = r#"{"format":"#;

/// The format of the sample store's file, and what stands behind it.
fn at_its_format(path: &Path) -> (u64, String) {
    let text = String::from_utf8(read(path)).expect("it is text");
    let behind = text.strip_prefix(SAMPLE_BEGINNING).expect("it is ours");
    let end = behind.find([',', '}']).expect("a number ends");
    let (format, rest) = behind.split_at(end);
    (format.parse().expect("it is a number"), rest.to_owned())
}

/// The bytes of a file.
///
/// # Panics
/// If there is none.
#[must_use]
pub fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn open(path: &Path) -> Connection {
    assert!(path.exists(), "{} is not there", path.display());
    Connection::open(path).expect("it can be opened")
}

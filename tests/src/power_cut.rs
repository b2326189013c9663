//! What a power cut leaves of the app's databases: what had reached the disk, and nothing else.
//!
//! A killed process leaves all it ever wrote, because the system still has it in memory. The system
//! knows which pages of a file it has not written to the disk, and tells (`cachestat`): exactly
//! those are taken away here. So a commit that nobody synced is gone, whatever SQLite was asked for.
//!
//! Not taken away are names and sizes of files, and what the system happened to write in time by
//! itself, which it does after half a minute; look soon.

mod log;

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::Write as _,
    os::{
        fd::AsRawFd as _,
        unix::fs::{FileExt as _, OpenOptionsExt as _},
    },
    path::{Path, PathBuf},
};

use log::{Found, Log};

/// Of the system's memory. [`can_be_seen`] says no where it is another.
const PAGE: u64 = 4096;

/// Whether this system tells what of a file in `folder` has not reached the disk; if not, a sentence
/// on standard error says why. It does from Linux 6.5 on, and on real disks only.
///
/// # Panics
/// If nothing can be written there.
#[must_use]
pub fn can_be_seen(folder: &Path) -> bool {
    let path = folder.join("power-cut-probe");
    let mut probe = OpenOptions::new();
    let probe = probe.create(true).truncate(true).write(true).read(true);
    let mut probe = probe.mode(0o600).open(&path).expect("a folder of ours");
    for _ in 0..3 {
        // As SQLite writes: what is written at once may be kept, and called unwritten, as one.
        probe.write_all(&[1; 4096]).expect("there is room");
    }
    probe.sync_all().expect("a disk can be synced");
    let synced = unsynced_pages(&probe, 3);
    probe.write_all_at(b"?", PAGE + 7).expect("it is ours");
    let written = unsynced_pages(&probe, 3);
    fs::remove_file(path).expect("it is ours");
    let told = synced.as_deref() == Some(&[]) && written.as_deref() == Some(&[1]);
    if !told {
        testkit::not_tried(
            "with the power cut, for this system doesn't tell what of a file has reached the disk",
        );
    }
    told
}

/// Cuts the power of whatever had its databases in `home`, which must have been killed just before.
/// Gives how many pages had not reached the disk.
///
/// # Panics
/// If the system doesn't tell; ask [`can_be_seen`] first.
pub fn cut_power(home: &Path) -> usize {
    databases(home)
        .iter()
        .map(|database| {
            // Shared memory, however it is kept.
            let _ = fs::remove_file(beside(database, "-shm"));
            let (of_log, found) = cut_log(&beside(database, "-wal"));
            of_log + tear(database, &found)
        })
        .sum()
}

/// Gives how many pages of the log had not reached the disk, and what SQLite finds in the rest.
fn cut_log(path: &Path) -> (usize, Found) {
    let Some(file) = open(path) else {
        return (0, Found::default());
    };
    let unsynced = pages(&file);
    let log = Log::read(&fs::read(path).expect("it is ours"));
    let Some(first) = unsynced.first() else {
        return (0, log.within(u64::MAX));
    };
    let end = kept(&log, *first);
    let len = file.metadata().expect("it is open").len();
    file.set_len(end.min(len)).expect("it is ours");
    (unsynced.len(), log.within(end))
}

/// How much of a log is left whose pages are on the disk up to the one at `first`.
///
/// What was synced ends with a transaction, in that page at the latest, and the system doesn't tell where in it:
/// small frames end there several times. So all transactions stay that end there. Of what was not synced, a power
/// cut may take any part, and may leave any.
fn kept(log: &Log, first: u64) -> u64 {
    let on_disk = first * PAGE;
    log.within(on_disk + PAGE).end.max(on_disk)
}

/// Pages of the database itself are half written. SQLite relies on none that it has not synced: as
/// long as one isn't, it stands in the log as well. The system may have several of them in one of its own, of
/// which only some were written; where none of them is in the log, somebody has relied on what was not synced.
fn tear(database: &Path, log: &Found) -> usize {
    let Some(file) = open(database) else {
        return 0;
    };
    let len = file.metadata().expect("it is open").len();
    let unsynced = pages(&file);
    for page in &unsynced {
        let written = page * PAGE..len.min((page + 1) * PAGE);
        let mut places = log.stands_for(&written);
        if places.is_empty() {
            places.push(written);
        }
        for place in places {
            let half = usize::try_from((place.end - place.start) / 2).expect("a page is small");
            file.write_all_at(&vec![b'?'; half], place.start)
                .expect("it is ours");
        }
    }
    unsynced.len()
}

fn open(path: &Path) -> Option<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).open(path).ok()
}

fn pages(file: &File) -> Vec<u64> {
    let len = file.metadata().expect("it is open").len();
    unsynced_pages(file, len.div_ceil(PAGE)).expect("asked before")
}

/// The places of pages that have not reached the disk. `None` if the system doesn't tell.
fn unsynced_pages(file: &File, count: u64) -> Option<Vec<u64>> {
    let mut unsynced = Vec::new();
    for page in 0..count {
        let seen = cache_of(file, page * PAGE)?;
        if seen.dirty + seen.writeback > 0 {
            unsynced.push(page);
        }
    }
    Some(unsynced)
}

/// `struct cachestat_range`. Source: Linux, `include/uapi/linux/mman.h`.
#[repr(C)]
struct Range {
    at: u64,
    len: u64,
}

/// `struct cachestat`, in pages. Source: as [`Range`].
#[repr(C)]
#[derive(Default)]
struct CacheStat {
    cache: u64,
    dirty: u64,
    writeback: u64,
    evicted: u64,
    recently_evicted: u64,
}

#[expect(
    unsafe_code,
    reason = "no library offers this call, and nothing else tells what is on the disk"
)]
fn cache_of(file: &File, at: u64) -> Option<CacheStat> {
    /// Source: Linux, `scripts/syscall.tbl`; the same on every machine we test on.
    const CACHESTAT: libc::c_long = 451;
    let range = Range { at, len: PAGE };
    let mut seen = CacheStat::default();
    // SAFETY: both are what the kernel declares and live until it returns; it writes to `seen` only.
    let failed = unsafe {
        libc::syscall(
            CACHESTAT,
            file.as_raw_fd(),
            &raw const range,
            &raw mut seen,
            0_u32,
        )
    };
    (failed == 0).then_some(seen)
}

/// Every database below a folder.
pub(crate) fn databases(home: &Path) -> Vec<PathBuf> {
    let (mut folders, mut found) = (vec![home.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "sqlite") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// `FILE-wal` and its like.
pub(crate) fn beside(database: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(database);
    name.push(ending);
    name.into()
}

#[cfg(test)]
mod tests {
    use database::{Connection, Durability, M, Migrations, open_in_pages_of};
    use tempfile::TempDir;

    use super::*;

    /// A database that is written to, and the folder that it is in. `None` where no power can be cut.
    fn database(page_size: u16, durability: Durability) -> Option<(Connection, TempDir)> {
        let folder = tempfile::tempdir().unwrap();
        if !can_be_seen(folder.path()) {
            return None;
        }
        let path = folder.path().join("a.sqlite");
        let tables = Migrations::new(vec![M::up("CREATE TABLE t (x INTEGER, y TEXT)")]);
        let writer = open_in_pages_of(page_size, &path, &tables, durability).unwrap();
        Some((writer, folder))
    }

    /// Commits so many rows, each by itself.
    fn add(writer: &Connection, rows: i64) {
        let filling = "some words ".repeat(40);
        for row in 0..rows {
            writer
                .execute("INSERT INTO t VALUES (?1, ?2)", (row, &filling))
                .unwrap();
        }
    }

    /// Commits a row of more than two pages of the system.
    fn add_long(writer: &Connection) {
        writer
            .execute("INSERT INTO t VALUES (-1, ?1)", ["a".repeat(9_000)])
            .unwrap();
    }

    fn sync(writer: &Connection, how: &str) {
        writer.pragma_update(None, "synchronous", how).unwrap();
    }

    /// Brings the log home.
    fn bring_home(writer: &Connection, how: &str) {
        let pragma = format!("PRAGMA wal_checkpoint({how})");
        let is_blocked: bool = writer.query_row(&pragma, [], |row| row.get(0)).unwrap();
        assert!(!is_blocked);
    }

    /// How many rows there are after the power was cut; `None` if the file is damaged.
    fn left((writer, folder): (Connection, TempDir)) -> Option<i64> {
        // As a killed process leaves it: nothing is tidied up when it is closed.
        let home = tempfile::tempdir().unwrap();
        std::mem::forget(writer);
        cut_power(folder.path());
        // SQLite remembers the file's locks by its place, so it looks at a copy.
        for name in ["a.sqlite", "a.sqlite-wal"] {
            fs::copy(folder.path().join(name), home.path().join(name)).unwrap();
        }
        let left = Connection::open(home.path().join("a.sqlite")).unwrap();
        let check = left.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0));
        if !check.is_ok_and(|said| said == "ok") {
            return None;
        }
        let counted = left.query_row("SELECT count(*) FROM t", [], |row| row.get(0));
        // Not even the table.
        Some(counted.unwrap_or(0))
    }

    #[test]
    fn what_was_synced_outlives_a_power_cut() {
        for page_size in [1024, 4096] {
            for rows in [1, 7, 300, 1500] {
                if let Some(opened) = database(page_size, Durability::PowerCut) {
                    add(&opened.0, rows);
                    assert_eq!(left(opened), Some(rows), "{page_size}");
                }
            }
        }
    }

    #[test]
    fn what_was_not_synced_is_gone_with_the_power() {
        if let Some(opened) = database(4096, Durability::Crash) {
            add(&opened.0, 50);
            assert_eq!(left(opened), Some(0));
        }
        if let Some(opened) = database(1024, Durability::Crash) {
            add(&opened.0, 50);
            // Frames that begin in the first page of the system, in which something may have been synced.
            assert!(left(opened).is_some_and(|rows| rows < 4));
        }
    }

    #[test]
    fn what_was_synced_stays_without_what_was_written_behind_it() {
        for rows in 1..12 {
            if let Some(opened) = database(1024, Durability::PowerCut) {
                add(&opened.0, rows);
                sync(&opened.0, "NORMAL");
                add_long(&opened.0);
                assert_eq!(left(opened), Some(rows));
            }
        }
    }

    #[test]
    fn what_was_not_synced_stays_with_what_was_synced_behind_it() {
        for rows in 1..12 {
            if let Some(opened) = database(1024, Durability::PowerCut) {
                sync(&opened.0, "NORMAL");
                add_long(&opened.0);
                sync(&opened.0, "FULL");
                add(&opened.0, rows);
                sync(&opened.0, "NORMAL");
                add_long(&opened.0);
                assert_eq!(left(opened), Some(1 + rows));
            }
        }
    }

    #[test]
    fn a_page_is_torn_without_those_beside_it_in_the_same_one_of_the_system() {
        for row in 0..8 {
            if let Some(opened) = database(1024, Durability::PowerCut) {
                add(&opened.0, 60);
                bring_home(&opened.0, "TRUNCATE");
                opened
                    .0
                    .execute("UPDATE t SET y = upper(y) WHERE x = ?1", [row * 6])
                    .unwrap();
                sync(&opened.0, "OFF");
                bring_home(&opened.0, "PASSIVE");
                assert_eq!(left(opened), Some(60));
            }
        }
    }

    #[test]
    fn a_page_that_was_not_synced_and_is_not_in_the_log_either_is_lost() {
        if let Some(opened) = database(1024, Durability::PowerCut) {
            add(&opened.0, 60);
            sync(&opened.0, "OFF");
            bring_home(&opened.0, "TRUNCATE");
            assert_eq!(left(opened), None);
        }
    }
}

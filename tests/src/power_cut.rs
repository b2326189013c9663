//! What a power cut leaves of the app's databases: what had reached the disk, and nothing else.
//!
//! A killed process leaves all it ever wrote, because the system still has it in memory. The system
//! knows which pages of a file it has not written to the disk, and tells (`cachestat`): exactly
//! those are taken away here. So a commit that nobody synced is gone, whatever SQLite was asked for.
//!
//! Not taken away are names and sizes of files, and what the system happened to write in time by
//! itself, which it does after half a minute; look soon.

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

/// Of the system's memory. [`can_be_seen`] says no where it is another.
const PAGE: u64 = 4096;
/// Source: SQLite, "WAL-mode File Format".
const WAL_HEADER: u64 = 32;
const FRAME_HEADER: u64 = 24;

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
            let log = beside(database, "-wal");
            // Shared memory, however it is kept.
            let _ = fs::remove_file(beside(database, "-shm"));
            cut_log(&log) + tear(database)
        })
        .sum()
}

/// The log ends where the first page that is not on the disk begins to differ from what is: behind
/// the frame that reaches into that page, which was there before, since its beginning is.
fn cut_log(log: &Path) -> usize {
    let Some(file) = open(log) else {
        return 0;
    };
    let unsynced = pages(&file);
    let Some(first) = unsynced.first() else {
        return 0;
    };
    let size = u64::from(page_size(&file));
    let whole = (first * PAGE).saturating_sub(WAL_HEADER);
    let frame = FRAME_HEADER + size;
    let end = match first {
        0 => 0,
        _ => WAL_HEADER + whole.div_ceil(frame) * frame,
    };
    let len = file.metadata().expect("it is open").len();
    file.set_len(end.min(len)).expect("it is ours");
    unsynced.len()
}

/// Pages of the database itself are half written. SQLite relies on none that it has not synced: as
/// long as one isn't, it stands in the log as well.
fn tear(database: &Path) -> usize {
    let Some(file) = open(database) else {
        return 0;
    };
    let unsynced = pages(&file);
    for page in &unsynced {
        file.write_all_at(&[b'?'; 2048], page * PAGE)
            .expect("it is ours");
    }
    unsynced.len()
}

fn open(path: &Path) -> Option<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).open(path).ok()
}

fn page_size(log: &File) -> u32 {
    let mut size = [0; 4];
    // Shorter than its header: nothing is in it.
    match log.read_exact_at(&mut size, 8) {
        Ok(()) => u32::from_be_bytes(size),
        Err(_) => 4096,
    }
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
    use database::{Connection, Durability, M, Migrations, open};

    use super::*;

    fn migrations() -> Migrations<'static> {
        Migrations::new(vec![M::up("CREATE TABLE t (x INTEGER, y TEXT)")])
    }

    /// Commits so many rows, each by itself, and gives how many there are after the power was cut.
    fn left_of(rows: i64, durability: Durability) -> Option<i64> {
        let folder = tempfile::tempdir().unwrap();
        if !can_be_seen(folder.path()) {
            return None;
        }
        let path = folder.path().join("a.sqlite");
        let writer = open(&path, &migrations(), durability).unwrap();
        let filling = "some words ".repeat(40);
        for row in 0..rows {
            writer
                .execute("INSERT INTO t VALUES (?1, ?2)", (row, &filling))
                .unwrap();
        }
        // As a killed process leaves it: nothing is tidied up when it is closed.
        let home = tempfile::tempdir().unwrap();
        std::mem::forget(writer);
        cut_power(folder.path());
        // SQLite remembers the file's locks by its place, so it looks at a copy.
        for name in ["a.sqlite", "a.sqlite-wal"] {
            fs::copy(folder.path().join(name), home.path().join(name)).unwrap();
        }
        let left = Connection::open(home.path().join("a.sqlite")).unwrap();
        let check: String = left
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(check, "ok");
        let counted = left.query_row("SELECT count(*) FROM t", [], |row| row.get(0));
        Some(counted.unwrap_or(0))
    }

    #[test]
    fn what_was_synced_outlives_a_power_cut() {
        for rows in [1, 7, 300, 1500] {
            if let Some(left) = left_of(rows, Durability::PowerCut) {
                assert_eq!(left, rows);
            }
        }
    }

    #[test]
    fn what_was_not_synced_is_gone_with_the_power() {
        if let Some(left) = left_of(50, Durability::Crash) {
            assert_eq!(left, 0);
        }
    }
}

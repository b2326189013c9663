use std::{
    path::{Path, PathBuf},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use database::{Connection, Durability, Error, M, Migrations};

/// A moment in the life of a mirror: later stamps are greater, also across restarts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp(pub(crate) i64);

/// One store's copy.
///
/// Reads and writes go over two connections, so that a list can be read while a page is written.
pub struct Mirror {
    path: PathBuf,
    writer: Mutex<Connection>,
    reader: Mutex<Connection>,
    last_stamp: AtomicI64,
    version: AtomicU64,
}

impl Mirror {
    /// Opens the mirror at `path`, made if it isn't there. Changes on their way are forgotten:
    /// they come from the journal.
    ///
    /// # Errors
    /// As [`database::open`]. A damaged mirror may be set aside with [`Mirror::set_aside`].
    pub fn open(path: &Path) -> Result<Self, Error> {
        let migrations = Migrations::new(vec![M::up(include_str!("schema.sql"))]);
        let writer = database::open(path, &migrations, Durability::Crash)?;
        writer.execute_batch(
            "UPDATE orders SET shown_status = status_id WHERE shown_status <> status_id; \
             DELETE FROM pending;",
        )?;
        let last: i64 = writer.query_row(
            "SELECT coalesce(max(written_stamp), 0) FROM orders",
            [],
            |row| row.get(0),
        )?;
        Ok(Self {
            path: path.to_owned(),
            reader: Mutex::new(database::open_reader(path)?),
            writer: Mutex::new(writer),
            last_stamp: AtomicI64::new(last),
            version: AtomicU64::new(1),
        })
    }

    /// Renames a mirror that can't be used, with its log, so that a new one can be pulled.
    /// Gives the new name of the file.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn set_aside(path: &Path, suffix: &str) -> Result<PathBuf, Error> {
        let aside = |path: &Path| {
            let mut name = path.as_os_str().to_owned();
            name.push(format!(".{suffix}"));
            PathBuf::from(name)
        };
        let target = aside(path);
        std::fs::rename(path, &target).map_err(|error| Error::Io(error.kind().to_string()))?;
        for log in ["-wal", "-shm"] {
            let mut name = path.as_os_str().to_owned();
            name.push(log);
            let name = PathBuf::from(name);
            // Without its database a log is worthless, and it may well not be there.
            let _ = std::fs::rename(&name, aside(&name));
        }
        Ok(target)
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Now, to be taken before a page is asked for.
    #[must_use]
    pub fn stamp(&self) -> Stamp {
        Stamp(self.last_stamp.fetch_add(1, Ordering::SeqCst) + 1)
    }

    /// Grows with every change, so that an unchanged list need not be computed again.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version.load(Ordering::SeqCst)
    }

    pub(crate) fn changed(&self) {
        self.version.fetch_add(1, Ordering::SeqCst);
    }

    pub(crate) fn writer(&self) -> MutexGuard<'_, Connection> {
        // SQLite rolls back what a panic left open, so the connection is sound.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn reader(&self) -> MutexGuard<'_, Connection> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

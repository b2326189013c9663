use std::{
    path::{Path, PathBuf},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use database::{Connection, Durability, Error, M, Migrations};

use crate::{Area, pending};

/// A moment in the life of a mirror: later stamps are greater, also across restarts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp(pub(crate) i64);

/// One store's copy.
///
/// Reads and writes go over two connections, so that a list can be read while a page is written.
pub struct Mirror {
    path: PathBuf,
    /// Closed before the writer: only that one, as the last, can bring the log home into the file.
    reader: Mutex<Connection>,
    writer: Mutex<Connection>,
    last_stamp: AtomicI64,
    versions: [AtomicU64; Area::ALL.len()],
    starts: AtomicU64,
}

/// Which file a mirror works on: another one after each [`Mirror::start_over`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Generation(u64);

/// What a file is opened with.
struct Opened {
    writer: Connection,
    reader: Connection,
    last_stamp: i64,
}

impl Mirror {
    /// Opens the mirror at `path`, made if it isn't there. Changes on their way are forgotten:
    /// they come from the journal.
    ///
    /// # Errors
    /// As [`database::open`]. A damaged mirror may be set aside with [`Mirror::set_aside`].
    pub fn open(path: &Path) -> Result<Self, Error> {
        let opened = open(path)?;
        Ok(Self {
            path: path.to_owned(),
            reader: Mutex::new(opened.reader),
            writer: Mutex::new(opened.writer),
            last_stamp: AtomicI64::new(opened.last_stamp),
            versions: std::array::from_fn(|_| AtomicU64::new(1)),
            starts: AtomicU64::new(0),
        })
    }

    /// Sets a file aside that was found damaged while it was in use, as [`Mirror::set_aside`], and
    /// goes on with an empty one in its place.
    ///
    /// If that fails the mirror is empty, and what is written to it is lost, until a later call
    /// succeeds.
    ///
    /// # Errors
    /// As [`Mirror::open`].
    pub fn start_over(&self, suffix: &str) -> Result<(), Error> {
        // Both at once, so that nobody reads one file and writes another.
        let mut writer = self.writer();
        let mut reader = self.reader();
        // Where a file in use can't be renamed, letting go of it comes first.
        *writer = database::in_memory(&migrations())?;
        *reader = database::in_memory(&migrations())?;
        if self.path.exists() {
            Self::set_aside(&self.path, suffix)?;
        }
        let opened = open(&self.path)?;
        *writer = opened.writer;
        *reader = opened.reader;
        self.starts.fetch_add(1, Ordering::SeqCst);
        drop((writer, reader));
        self.changed();
        Ok(())
    }

    /// Which file it works on now.
    #[must_use]
    pub fn generation(&self) -> Generation {
        Generation(self.starts.load(Ordering::SeqCst))
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

    /// Grows with every change in one of these areas, so that an unchanged list need not be
    /// computed again.
    #[must_use]
    pub fn version_of(&self, areas: &[Area]) -> u64 {
        areas
            .iter()
            .map(|area| self.versions[area.place()].load(Ordering::SeqCst))
            .sum()
    }

    pub(crate) fn changed_in(&self, area: Area) {
        self.versions[area.place()].fetch_add(1, Ordering::SeqCst);
    }

    /// Something changed that lists of any kind may show.
    pub(crate) fn changed(&self) {
        for area in Area::ALL {
            self.changed_in(area);
        }
    }

    pub(crate) fn writer(&self) -> MutexGuard<'_, Connection> {
        // SQLite rolls back what a panic left open, so the connection is sound.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn reader(&self) -> MutexGuard<'_, Connection> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn migrations() -> Migrations<'static> {
    Migrations::new(steps())
}

/// How a file came to be as it is, the oldest step first.
pub(crate) fn steps() -> Vec<M<'static>> {
    vec![
        M::up(include_str!("schema.sql")),
        M::up(include_str!("schema_2.sql")),
        M::up(include_str!("schema_3.sql")),
        M::up(include_str!("schema_4.sql")),
    ]
}

fn open(path: &Path) -> Result<Opened, Error> {
    let writer = database::open(path, &migrations(), Durability::Crash)?;
    pending::clear(&writer)?;
    Ok(Opened {
        reader: database::open_reader(path)?,
        last_stamp: last_stamp(&writer)?,
        writer,
    })
}

/// The greatest stamp that anything in the file bears.
fn last_stamp(connection: &Connection) -> Result<i64, Error> {
    let mut stamps: Vec<String> = Area::ALL
        .iter()
        .map(|area| {
            let table = area.table();
            // The condition lets the narrow index answer.
            format!("SELECT max(written_stamp) AS stamp FROM {table} WHERE written_stamp > 0")
        })
        .collect();
    stamps.push("SELECT max(stamp) FROM removed".to_owned());
    stamps.push("SELECT max(asked_stamp) FROM order_parts".to_owned());
    stamps.push("SELECT max(value) FROM marks WHERE name = 'reading_since'".to_owned());
    let all = stamps.join(" UNION ALL ");
    let sql = format!("SELECT coalesce(max(stamp), 0) FROM ({all})");
    Ok(connection.query_row(&sql, [], |row| row.get(0))?)
}

//! Opens Stockroom's SQLite files: private, durable, migrated, and with errors one can act on.
//!
//! What `mirror`, `desk` and `journal` have in common, and nothing of what they hold.

use std::{fs, path::Path, time::Duration};

use rusqlite::ffi;
pub use rusqlite::{
    Connection, Error as SqlError, OptionalExtension, Row, ToSql, Transaction, params,
    params_from_iter,
};
pub use rusqlite_migration::{M, Migrations};

/// Why a file could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No room left on the disk. Nothing of the transaction was kept.
    #[error("the disk is full")]
    Full,
    /// The file was written by a newer version of the app. It was left untouched.
    #[error("the file was written by a newer version")]
    Newer,
    /// The file is damaged, or isn't a database.
    #[error("the file is damaged")]
    Damaged,
    /// The file can't be reached: permissions, a missing folder, a broken disk.
    #[error("the file can't be used: {0}")]
    Io(String),
    /// A statement failed: a mistake of ours.
    #[error("a statement failed: {0}")]
    Statement(String),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let extended = error.sqlite_error().map(|error| error.extended_code);
        match error.sqlite_error_code() {
            // The file beside the log can't grow, which on a full disk is the first thing that
            // opening finds. Source: SQLite, "Result and Error Codes".
            Some(Code::SystemIoFailure) if extended == Some(ffi::SQLITE_IOERR_SHMSIZE) => {
                Self::Full
            }
            Some(Code::DiskFull) => Self::Full,
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => Self::Damaged,
            Some(
                Code::CannotOpen
                | Code::SystemIoFailure
                | Code::PermissionDenied
                | Code::ReadOnly
                | Code::FileLockingProtocolFailed,
            ) => Self::Io(error.to_string()),
            _ => Self::Statement(error.to_string()),
        }
    }
}

/// How much a committed transaction has to survive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// A power cut: every commit reaches the disk (`synchronous=FULL`, on macOS with `fullfsync`).
    PowerCut,
    /// A crash of the app; a power cut may cost the last moments (`synchronous=NORMAL`).
    Crash,
}

/// Opens `path` for reading and writing, makes it if it isn't there (mode 0600), and brings it to
/// the newest of `migrations`.
///
/// # Errors
/// [`Error::Newer`] if the file knows more migrations than we do, [`Error::Damaged`] if it isn't a
/// database or its first pages are damaged, [`Error::Full`] and [`Error::Io`] as they say.
pub fn open(
    path: &Path,
    migrations: &Migrations<'_>,
    durability: Durability,
) -> Result<Connection, Error> {
    open_in_pages_of(PAGE, path, migrations, durability)
}

/// The bytes of a page if nobody says otherwise. Source: SQLite, "PRAGMA `page_size`".
const PAGE: u16 = 4096;

/// The same for a file in pages of this many bytes, a power of two from 512. A file that is there already keeps
/// those it has. A commit writes whole pages: where each touches many of them and little in each, small ones are
/// written sooner.
///
/// # Errors
/// As [`open`].
pub fn open_in_pages_of(
    bytes: u16,
    path: &Path,
    migrations: &Migrations<'_>,
    durability: Durability,
) -> Result<Connection, Error> {
    make_private(path)?;
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    // Before anything is written, and before the log is there: afterwards it can't be changed.
    connection.pragma_update(None, "page_size", bytes)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // A migration that gives a table another shape takes the old one away. It looks for itself whether all
    // that is referred to is there. Source: SQLite, "Making Other Kinds Of Table Schema Changes".
    connection.pragma_update(None, "foreign_keys", false)?;
    connection.pragma_update(
        None,
        "synchronous",
        match durability {
            Durability::PowerCut => "FULL",
            Durability::Crash => "NORMAL",
        },
    )?;
    if durability == Durability::PowerCut {
        // On macOS `fsync` ends once the drive has the bytes, which may hold them back and lose them in a
        // power cut: only F_FULLFSYNC has them written, in the log and when the log is brought home.
        // Elsewhere these do nothing. Source: SQLite, "PRAGMA fullfsync" and "PRAGMA checkpoint_fullfsync".
        connection.pragma_update(None, "fullfsync", true)?;
        connection.pragma_update(None, "checkpoint_fullfsync", true)?;
        // What a person made, and may want gone: what is deleted is overwritten, not only forgotten, also by
        // a migration. Source: SQLite, "PRAGMA secure_delete".
        connection.pragma_update(None, "secure_delete", true)?;
    }
    migrations
        .to_latest(&mut connection)
        .map_err(|error| match error {
            rusqlite_migration::Error::MigrationDefinition(
                rusqlite_migration::MigrationDefinitionError::DatabaseTooFarAhead,
            ) => Error::Newer,
            rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
            other => Error::Statement(other.to_string()),
        })?;
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(connection)
}

/// For a file whose same few pages are written again and again: its log is brought home into it less
/// often, and most of them are brought home once. After 16 MiB of log instead of 4.
///
/// # Errors
/// [`Error::Io`].
///
/// Source: SQLite, "PRAGMA `wal_autocheckpoint`".
pub fn lengthen_log(connection: &Connection) -> Result<(), Error> {
    let page: i64 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
    connection.pragma_update(None, "wal_autocheckpoint", 4_000 * i64::from(PAGE) / page)?;
    Ok(())
}

/// A database in memory, brought to the newest of `migrations`: empty, and gone when it is dropped.
///
/// # Errors
/// [`Error::Statement`] if a migration is wrong.
pub fn in_memory(migrations: &Migrations<'_>) -> Result<Connection, Error> {
    let mut connection = Connection::open_in_memory()?;
    migrations
        .to_latest(&mut connection)
        .map_err(|error| Error::Statement(error.to_string()))?;
    Ok(connection)
}

/// A second connection to a file that [`open`] has prepared, for reading beside a writer.
///
/// # Errors
/// As [`open`].
pub fn open_reader(path: &Path) -> Result<Connection, Error> {
    let connection = Connection::open_with_flags(
        path,
        rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY | rusqlite::OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.busy_timeout(Duration::from_secs(5))?;
    Ok(connection)
}

/// SQLite gives its `-wal` and `-shm` files the mode of the main file, so setting it once is enough.
fn make_private(path: &Path) -> Result<(), Error> {
    let io = |error: std::io::Error| {
        if matches!(
            error.kind(),
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded
        ) {
            Error::Full
        } else {
            Error::Io(error.kind().to_string())
        }
    };
    let mut options = fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path).map_err(io)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one() -> Migrations<'static> {
        Migrations::new(vec![M::up("CREATE TABLE t (x INTEGER)")])
    }

    fn set_to(connection: &Connection, pragma: &str) -> i64 {
        let read = connection.pragma_query_value(None, pragma, |row| row.get(0));
        read.unwrap()
    }

    #[test]
    fn what_is_to_survive_a_power_cut_is_written_by_the_drive_itself() {
        let folder = tempfile::tempdir().unwrap();
        for (durability, is_so) in [(Durability::PowerCut, 1), (Durability::Crash, 0)] {
            let path = folder.path().join(format!("{durability:?}.sqlite"));
            let connection = open(&path, &one(), durability).unwrap();
            // 2 is FULL, 1 is NORMAL.
            assert_eq!(set_to(&connection, "synchronous"), 1 + is_so);
            assert_eq!(set_to(&connection, "fullfsync"), is_so, "{durability:?}");
            assert_eq!(set_to(&connection, "checkpoint_fullfsync"), is_so);
        }
    }

    #[test]
    fn a_log_can_be_made_longer() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.sqlite");
        let connection = open(&path, &one(), Durability::PowerCut).unwrap();
        lengthen_log(&connection).unwrap();
        assert_eq!(set_to(&connection, "wal_autocheckpoint"), 4_000);
    }

    #[test]
    fn a_file_keeps_the_pages_it_was_made_with_and_its_log_is_as_long() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.sqlite");
        for _ in 0..2 {
            let connection = open_in_pages_of(1024, &path, &one(), Durability::PowerCut).unwrap();
            lengthen_log(&connection).unwrap();
            assert_eq!(set_to(&connection, "wal_autocheckpoint"), 16_000);
        }
        let connection = open(&path, &one(), Durability::PowerCut).unwrap();
        assert_eq!(set_to(&connection, "page_size"), 1024);
        // What one table refers to in another is held to, once all is in place.
        assert_eq!(set_to(&connection, "foreign_keys"), 1);
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_the_file_or_its_log() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.sqlite");
        let connection = open(&path, &one(), Durability::PowerCut).unwrap();
        connection.execute("INSERT INTO t VALUES (1)", []).unwrap();
        for entry in fs::read_dir(folder.path()).unwrap() {
            let mode = entry.unwrap().metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0);
        }
    }

    #[test]
    fn a_file_of_a_newer_version_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.sqlite");
        let two = Migrations::new(vec![
            M::up("CREATE TABLE t (x INTEGER)"),
            M::up("CREATE TABLE u (x INTEGER)"),
        ]);
        drop(open(&path, &two, Durability::Crash).unwrap());
        let refused = open(&path, &one(), Durability::Crash);
        assert!(matches!(refused, Err(Error::Newer)));
        let again = open(&path, &two, Durability::Crash).unwrap();
        again.execute("INSERT INTO u VALUES (1)", []).unwrap();
    }

    #[test]
    fn a_file_that_is_no_database_is_called_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.sqlite");
        fs::write(&path, vec![b'x'; 8192]).unwrap();
        assert!(matches!(
            open(&path, &one(), Durability::Crash),
            Err(Error::Damaged)
        ));
    }
}

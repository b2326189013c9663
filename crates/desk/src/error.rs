use rusqlite::ErrorCode;

/// Why the desk could not be opened, read or changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A newer app wrote the file. It was left as it is.
    #[error("the file has version {found}, this app knows up to {known}")]
    NewerFile {
        /// The file's version.
        found: u32,
        /// The newest version known here.
        known: u32,
    },
    /// The file is damaged, or no file of ours.
    #[error("the file of profiles and layouts is damaged")]
    Damaged,
    /// No room left on the disk. Nothing of the change was kept, nothing else was lost.
    #[error("the disk is full")]
    Full,
    /// The file can't be reached, in the system's words.
    #[error("the file of profiles and layouts can't be used: {what}")]
    Io {
        /// What the system said.
        what: String,
    },
    /// There is no profile with this key.
    #[error("there is no such store profile")]
    NoProfile,
    /// There already is a profile with this key.
    #[error("there is such a store profile already")]
    ProfileExists,
    /// A mistake of ours.
    #[error("a statement failed: {what}")]
    Statement {
        /// What SQLite said.
        what: String,
    },
}

impl Error {
    /// A short name that never changes, for matching and for reports.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NewerFile { .. } => "deskNewerFile",
            Self::Damaged => "deskDamaged",
            Self::Full => "diskFull",
            Self::Io { .. } => "deskIo",
            Self::NoProfile => "noProfile",
            Self::ProfileExists => "profileExists",
            Self::Statement { .. } => "deskStatement",
        }
    }
}

impl From<database::Error> for Error {
    fn from(error: database::Error) -> Self {
        match error {
            database::Error::Full => Self::Full,
            database::Error::Damaged => Self::Damaged,
            database::Error::Io(what) => Self::Io { what },
            other => Self::Statement {
                what: other.to_string(),
            },
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        database::Error::from(error).into()
    }
}

/// Whether a foreign key pointed nowhere: the store's profile is gone.
pub(crate) fn points_nowhere(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation)
        && error
            .sqlite_error()
            .is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY)
}

/// Whether the key was taken.
pub(crate) fn is_taken(error: &rusqlite::Error) -> bool {
    error
        .sqlite_error()
        .is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY)
}

use std::time::Duration;

use bigcommerce::request::storefront::NotAQuery;
use commerce::Scope;
use credentials::{KeychainError, TokenMistake};

use crate::{SampleError, StorefrontTrouble};

/// A file of the home.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataFile {
    /// The copy of a store.
    Mirror,
    /// What the person made.
    Desk,
    /// Intended writes.
    Journal,
}

/// Why something could not be done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The store or the way to it.
    #[error(transparent)]
    Api(#[from] bigcommerce::Error),
    /// The keychain.
    #[error(transparent)]
    Keychain(#[from] KeychainError),
    /// No room left on the disk. Nothing was half written.
    #[error("the disk is full")]
    DiskFull,
    /// A file of a newer version. It was left alone.
    #[error("the {0:?} was written by a newer version")]
    NewerFile(DataFile),
    /// A damaged file.
    #[error("the {0:?} is damaged")]
    Damaged(DataFile),
    /// A file can't be used, for another reason.
    #[error("the {file:?} can't be used: {what}")]
    File {
        /// Which.
        file: DataFile,
        /// Why, in the system's words.
        what: String,
    },
    /// No store is named by that text.
    #[error("that text names no store")]
    NoHash,
    /// That is no access token.
    #[error("that is no access token")]
    Token(TokenMistake),
    /// The token was made without any scope.
    #[error("the token was made without any scope")]
    NoScopes,
    /// The token opens these, and nothing that Stockroom has a use for.
    #[error("the token was made for something else")]
    OtherScopes(Vec<Scope>),
    /// Hash and token don't belong together.
    #[error("hash and token don't belong together")]
    WrongStore,
    /// A field that was typed does not fit.
    #[error("`{0}` does not fit")]
    BadInput(&'static str),
    /// The store is read-only here.
    #[error("the store is read-only here")]
    ReadOnly,
    /// The store was connected to another API address; it opens offline only.
    #[error("the store was connected to another API address")]
    OtherOrigin,
    /// The plan is gone, was applied already, or isn't the one that was shown.
    #[error("the plan is gone or is not the one that was shown")]
    PlanGone,
    /// The plan wants a confirmation that it did not get.
    #[error("the plan wants a confirmation")]
    NeedsConfirmation,
    /// The list is gone; open it again.
    #[error("the list is gone")]
    ViewGone,
    /// There is no such store, or it is not open.
    #[error("there is no such store")]
    StoreGone,
    /// There is no such attempt.
    #[error("there is no such attempt")]
    AttemptGone,
    /// The change is no longer in a state that allows this.
    #[error("the change has moved on")]
    EntryMoved,
    /// There is no such order here.
    #[error("there is no such order here")]
    NotFound,
    /// The storefront could not be asked.
    #[error("the storefront could not be asked: {0:?}")]
    Storefront(StorefrontTrouble),
    /// That may not be sent to the storefront.
    #[error(transparent)]
    NotAQuery(NotAQuery),
    /// A file that the person asked for could not be written.
    #[error("the file could not be written: {0}")]
    NotWritten(String),
    /// The sample store did not start.
    #[error("the sample store did not start: {0}")]
    Sample(String),
    /// What was done in the sample store was kept by an earlier version, whose sample store was another.
    #[error("what was done in the sample store was kept by an earlier version")]
    SampleOutdated,
    /// What was done in the sample store was kept by a newer version. It was left alone.
    #[error("what was done in the sample store was kept by a newer version")]
    SampleNewer,
    /// Stopped by the person.
    #[error("stopped")]
    Cancelled,
    /// The app is closing.
    #[error("the app is closing")]
    Stopping,
}

impl Error {
    /// How long to leave the store alone before trying again by itself; `None` where only a person
    /// can help.
    pub(crate) fn pause(&self) -> Option<Duration> {
        match self {
            Self::Api(api) => api_pause(api),
            // Asking the disk costs little, and whoever makes room waits to see that it helped.
            Self::DiskFull => Some(Duration::from_secs(10)),
            Self::File { .. } | Self::Sample(_) => Some(Duration::from_secs(30)),
            // It may start, or be opened by somebody else, while the app runs. Asking it asks nobody.
            Self::Keychain(
                KeychainError::Absent | KeychainError::Locked | KeychainError::Failed { .. },
            ) => Some(Duration::from_secs(15)),
            Self::Keychain(
                KeychainError::Refused | KeychainError::NoEntry | KeychainError::Ambiguous,
            )
            | Self::NewerFile(_)
            | Self::Damaged(_)
            | Self::NoHash
            | Self::Token(_)
            | Self::NoScopes
            | Self::OtherScopes(_)
            | Self::WrongStore
            | Self::BadInput(_)
            | Self::ReadOnly
            | Self::OtherOrigin
            | Self::PlanGone
            | Self::NeedsConfirmation
            | Self::ViewGone
            | Self::StoreGone
            | Self::AttemptGone
            | Self::EntryMoved
            | Self::NotFound
            | Self::Storefront(_)
            | Self::NotAQuery(_)
            | Self::NotWritten(_)
            | Self::SampleOutdated
            | Self::SampleNewer
            | Self::Cancelled
            | Self::Stopping => None,
        }
    }

    /// The same, of a question about what every store has: if that is not there, the store isn't, or not
    /// for this token. It is nothing that somebody has deleted.
    pub(crate) fn of_what_every_store_has(self) -> Self {
        match self {
            Self::Api(bigcommerce::Error::NotFound) => Self::WrongStore,
            other => other,
        }
    }
}

fn api_pause(error: &bigcommerce::Error) -> Option<Duration> {
    use bigcommerce::Error as Api;
    match error {
        Api::Unauthorized | Api::MissingScope { .. } | Api::Forbidden { .. } => None,
        Api::RateLimited { retry_after, .. } => Some(*retry_after),
        Api::StoreUnavailable { retry_after, .. } => {
            Some(retry_after.unwrap_or(Duration::from_secs(30)))
        }
        Api::Network { .. } | Api::DeadlinePassed { .. } => Some(Duration::from_secs(15)),
        // Its effect is looked for once the store has had time to settle.
        Api::Unknown { .. } => Some(Duration::from_secs(3)),
        _ => Some(Duration::from_secs(60)),
    }
}

impl From<SampleError> for Error {
    fn from(error: SampleError) -> Self {
        match error {
            SampleError::Older => Self::SampleOutdated,
            SampleError::Newer => Self::SampleNewer,
            SampleError::Other(what) => Self::Sample(what),
        }
    }
}

impl From<desk::Error> for Error {
    fn from(error: desk::Error) -> Self {
        match error {
            desk::Error::NewerFile { .. } => Self::NewerFile(DataFile::Desk),
            desk::Error::Damaged => Self::Damaged(DataFile::Desk),
            desk::Error::Full => Self::DiskFull,
            desk::Error::NoProfile => Self::StoreGone,
            other => Self::File {
                file: DataFile::Desk,
                what: other.to_string(),
            },
        }
    }
}

impl From<mirror::Error> for Error {
    fn from(error: mirror::Error) -> Self {
        match error {
            mirror::Error::Full => Self::DiskFull,
            mirror::Error::Newer => Self::NewerFile(DataFile::Mirror),
            mirror::Error::Damaged => Self::Damaged(DataFile::Mirror),
            other => Self::File {
                file: DataFile::Mirror,
                what: other.to_string(),
            },
        }
    }
}

impl From<journal::Error> for Error {
    fn from(error: journal::Error) -> Self {
        match error {
            journal::Error::File(file) => match file {
                journal::FileError::Full => Self::DiskFull,
                journal::FileError::Newer => Self::NewerFile(DataFile::Journal),
                journal::FileError::Damaged => Self::Damaged(DataFile::Journal),
                other => Self::File {
                    file: DataFile::Journal,
                    what: other.to_string(),
                },
            },
            journal::Error::Moved { .. } => Self::EntryMoved,
            journal::Error::Gone => Self::NotFound,
            other => Self::File {
                file: DataFile::Journal,
                what: other.to_string(),
            },
        }
    }
}

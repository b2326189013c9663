//! What the person made: store profiles, layouts and drafts. Never thrown away.
//!
//! One SQLite file, `desk.sqlite`. It holds no secret: of a token only where it is kept and its
//! last four characters.
//!
//! *Invariant:* nothing in here is deleted unless the person asked for it. What can't be
//! understood is read as the careful default and left as it is in the file.

mod drafts;
mod error;
mod profiles;
mod settings;
mod words;

use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

use database::{Connection, Durability, M, Migrations};

pub use drafts::Draft;
pub use error::Error;
pub use profiles::{Profile, ProfileKey, ProfileKeyError, TokenHome};
pub use settings::Scope;

/// The result of asking the desk.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Each step brings the file one version on. Steps that were published never change.
const STEPS: &[M<'static>] = &[
    M::up(profiles::TABLE),
    M::up(settings::TABLE),
    M::up(drafts::TABLE),
    M::up(profiles::PRESET),
    M::up(profiles::PROVEN),
    M::up(profiles::TOKEN_NUMBER),
];

/// The open file. Calls may come from any thread and take turns; each is short.
#[derive(Debug)]
pub struct Desk {
    connection: Mutex<Connection>,
}

impl Desk {
    /// Opens the file at `path`, made if it isn't there (its folder must be), and brings it up to
    /// this version.
    ///
    /// # Errors
    /// [`Error::NewerFile`] if a newer app wrote it; it is left as it is.
    pub fn open(path: &Path) -> Result<Self> {
        let migrations = Migrations::from_slice(STEPS);
        let connection = match database::open(path, &migrations, Durability::PowerCut) {
            Ok(connection) => connection,
            Err(database::Error::Newer) => {
                return Err(Error::NewerFile {
                    found: version(path)?,
                    known: u32::try_from(STEPS.len()).unwrap_or(u32::MAX),
                });
            }
            Err(error) => return Err(error.into()),
        };
        Ok(Self {
            connection: Mutex::new(connection),
        })
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        // Each call is one statement or one transaction, so a thread that stopped midway left
        // nothing half done.
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// How many steps the file at `path` has been brought on.
fn version(path: &Path) -> Result<u32> {
    let connection = database::open_reader(path)?;
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

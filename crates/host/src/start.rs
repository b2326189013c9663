//! From the environment to a surface.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::Arc,
};

use bigcommerce::{HttpTransport, Pictures};
use credentials::Keychain;
use surface::{AppError, HomeTrouble, Host, Surface};
use workbench::{Home, HomeError, Milestones, Parts, Workbench};

use crate::{
    Environment, EnvironmentError, OsRandomness, SystemClock, keep_log, sample::InProcess,
};

/// Never changes: tokens are found under it.
const KEYCHAIN_SERVICE: &str = "dev.stockroom.Stockroom";

/// Why the app can't begin.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The home.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// What is in it.
    #[error(transparent)]
    Workbench(#[from] workbench::Error),
    /// The HTTP library.
    #[error("the network can't be used: {0}")]
    Http(String),
}

impl From<&StartError> for AppError {
    fn from(error: &StartError) -> Self {
        match error {
            StartError::Home(HomeError::Held { holder }) => Self::HomeHeld {
                process: holder.clone(),
            },
            StartError::Home(HomeError::Unusable { source, .. }) if is_full(source) => {
                Self::DiskFull
            }
            StartError::Home(HomeError::Unusable { source, .. }) => Self::HomeUnusable {
                trouble: trouble_of(source.kind()),
                message: source.kind().to_string(),
            },
            StartError::Workbench(error) => error.clone().into(),
            StartError::Http(message) => Self::Internal {
                message: message.clone(),
            },
        }
    }
}

/// Whether there is no room left, for anybody or for this person.
fn is_full(error: &std::io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded
    )
}

/// What keeps a folder from being made, entered or written to.
const fn trouble_of(kind: ErrorKind) -> HomeTrouble {
    match kind {
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => HomeTrouble::NotAFolder,
        ErrorKind::PermissionDenied => HomeTrouble::Forbidden,
        ErrorKind::ReadOnlyFilesystem => HomeTrouble::ReadOnlyDisk,
        ErrorKind::NotFound => HomeTrouble::NoPlace,
        _ => HomeTrouble::Other,
    }
}

/// Locks the home, begins the log and opens the workbench. No request is made and the keychain is
/// not touched.
///
/// # Errors
/// [`StartError`].
pub fn start(
    home: &Path,
    environment: Environment,
    host: Arc<dyn Host>,
    milestones: Arc<dyn Milestones>,
    open_sample: bool,
) -> Result<Surface, StartError> {
    let home = Home::open(home)?;
    keep_log(home.path());
    let agent = concat!("Stockroom/", env!("CARGO_PKG_VERSION"));
    let transport = HttpTransport::new(agent).map_err(|e| StartError::Http(e.to_string()))?;
    let clock = Arc::new(SystemClock::default());
    let pictures =
        Pictures::new(agent, clock.clone()).map_err(|e| StartError::Http(e.to_string()))?;
    let workbench = Workbench::open(Parts {
        home,
        origin: environment.origin,
        transport: Arc::new(transport),
        pictures,
        clock,
        randomness: Arc::new(OsRandomness),
        keychain: Keychain::system(KEYCHAIN_SERVICE),
        sample: Arc::new(InProcess::default()),
        environment: environment.store,
        milestones,
    })?;
    Ok(Surface::new(workbench, host, open_sample))
}

impl Environment {
    /// The home: `STOCKROOM_HOME`, else the folder `name` in the system's place for programs' data.
    ///
    /// # Errors
    /// [`EnvironmentError::NoHome`] if the system names no such place; its text is the sentence to show.
    pub fn home_or(&self, name: &str) -> Result<PathBuf, EnvironmentError> {
        home_of(self.home.clone(), dirs::data_local_dir(), name)
    }
}

/// Never a folder that just happens to be the one where the program was started.
fn home_of(
    said: Option<PathBuf>,
    of_programs: Option<PathBuf>,
    name: &str,
) -> Result<PathBuf, EnvironmentError> {
    said.or_else(|| of_programs.map(|folder| folder.join(name)))
        .filter(|home| home.is_absolute())
        .ok_or(EnvironmentError::NoHome)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn why_a_home_cannot_be_used_is_a_code() {
        let told = |kind: ErrorKind| {
            let path = PathBuf::from("/somewhere/private");
            let source = kind.into();
            AppError::from(&StartError::Home(HomeError::Unusable { path, source }))
        };
        for (kind, trouble) in [
            (ErrorKind::AlreadyExists, HomeTrouble::NotAFolder),
            (ErrorKind::NotADirectory, HomeTrouble::NotAFolder),
            (ErrorKind::PermissionDenied, HomeTrouble::Forbidden),
            (ErrorKind::ReadOnlyFilesystem, HomeTrouble::ReadOnlyDisk),
            (ErrorKind::NotFound, HomeTrouble::NoPlace),
            (ErrorKind::TimedOut, HomeTrouble::Other),
        ] {
            let message = kind.to_string();
            assert_eq!(told(kind), AppError::HomeUnusable { trouble, message });
        }
        assert_eq!(told(ErrorKind::StorageFull), AppError::DiskFull);
        assert_eq!(told(ErrorKind::QuotaExceeded), AppError::DiskFull);
    }

    #[test]
    fn a_file_in_the_homes_place_or_on_the_way_to_it_is_told_as_such() {
        let folder = tempfile::tempdir().expect("there is room");
        let taken = folder.path().join("taken");
        fs::write(&taken, "a poem").expect("the folder is ours");
        for home in [taken.clone(), taken.join("home")] {
            let refused = StartError::from(Home::open(&home).expect_err("it is a file"));
            let AppError::HomeUnusable { trouble, message } = AppError::from(&refused) else {
                panic!("{refused}");
            };
            assert_eq!(trouble, HomeTrouble::NotAFolder, "{message}");
            assert!(!message.contains("taken"), "{message}");
        }
    }

    #[test]
    fn a_home_is_what_was_said_or_the_systems_place_and_nothing_else() {
        let said = || Some(PathBuf::from("/said"));
        let system = || Some(PathBuf::from("/data"));
        let home = |said, system| home_of(said, system, "stockroom").ok();
        assert_eq!(home(said(), system()), said());
        assert_eq!(home(None, system()), Some(PathBuf::from("/data/stockroom")));
        assert_eq!(home(None, None), None);
        assert_eq!(home(None, Some(PathBuf::from("data"))), None);
        let refused = home_of(None, None, "stockroom").expect_err("there is none");
        assert!(refused.to_string().contains("set STOCKROOM_HOME"));
    }
}

//! From the environment to a surface.

use std::{path::Path, sync::Arc};

use bigcommerce::{HttpTransport, Pictures};
use credentials::Keychain;
use surface::{AppError, Host, Surface};
use workbench::{Home, HomeError, Milestones, Parts, Workbench};

use crate::{Environment, OsRandomness, SystemClock, keep_log, sample::InProcess};

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
    use std::io::ErrorKind;
    matches!(
        error.kind(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded
    )
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

/// Where everything is kept unless the environment says otherwise: the system's folder for
/// programs' data.
#[must_use]
pub(crate) fn default_home(name: &str) -> Option<std::path::PathBuf> {
    dirs::data_local_dir().map(|folder| folder.join(name))
}

impl Environment {
    /// The home: `STOCKROOM_HOME`, else the folder `name` in the system's place for programs'
    /// data; `None` if the system names no such place.
    #[must_use]
    pub fn home_or(&self, name: &str) -> Option<std::path::PathBuf> {
        self.home.clone().or_else(|| default_home(name))
    }
}

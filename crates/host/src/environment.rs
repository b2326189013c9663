//! What the environment says, read once before anything else runs.

use std::{env::VarError, path::PathBuf};

use bigcommerce::ApiOrigin;
use commerce::AccessToken;
use workbench::EnvironmentStore;

/// What the environment says.
#[derive(Clone)]
pub struct Environment {
    /// Where everything is kept, if `STOCKROOM_HOME` says so.
    pub home: Option<PathBuf>,
    /// Where the API is: BigCommerce's own, unless `STOCKROOM_API_ORIGIN` names this computer.
    pub origin: ApiOrigin,
    /// `BIGCOMMERCE_STORE_HASH` with `BIGCOMMERCE_ACCESS_TOKEN`.
    pub store: Option<EnvironmentStore>,
}

/// A setting that is refused.
#[derive(Debug, thiserror::Error)]
pub enum EnvironmentError {
    /// The API may be replaced by a server on this computer and by nothing else.
    #[error(
        "STOCKROOM_API_ORIGIN may only name a server on this computer, such as \
         http://127.0.0.1:4390: unset it to talk to BigCommerce"
    )]
    Origin,
    /// A variable that was to be filled in from another, which was empty: as if unset it would lead to the real
    /// BigCommerce.
    #[error(
        "STOCKROOM_API_ORIGIN is empty: leave it out to talk to BigCommerce, or name a server on this \
         computer, such as http://127.0.0.1:4390"
    )]
    EmptyOrigin,
    /// The same of the home: as if unset it would lead to the person's own stores.
    #[error(
        "STOCKROOM_HOME is empty: leave it out for the system's own place, or name a folder of your own \
         by its absolute path"
    )]
    EmptyHome,
    /// Not an absolute path.
    #[error("STOCKROOM_HOME has to be an absolute path")]
    Home,
    /// Nothing says where to keep anything.
    #[error(
        "This system names no folder for programs' data: set STOCKROOM_HOME to a folder of your own"
    )]
    NoHome,
}

const SECRETS: [&str; 3] = [
    "BIGCOMMERCE_ACCESS_TOKEN",
    "BIGCOMMERCE_STORE_HASH",
    "BIGCOMMERCE_CLIENT_SECRET",
];

impl Environment {
    /// Reads the environment and takes the token variables out of it, so that no child process and
    /// no later reader gets them.
    ///
    /// # Errors
    /// [`EnvironmentError`]; its text is the sentence to show.
    ///
    /// # Safety
    /// No other thread may be running: call it first thing in `main`.
    #[expect(
        unsafe_code,
        reason = "removing a variable is unsafe while other threads run"
    )]
    pub unsafe fn take() -> Result<Self, EnvironmentError> {
        let text = |name: &str| std::env::var(name).ok().filter(|text| !text.is_empty());
        let token = text("BIGCOMMERCE_ACCESS_TOKEN").map(AccessToken::new);
        let address = text("BIGCOMMERCE_STORE_HASH");
        for name in SECRETS {
            // SAFETY: the caller has promised that this is the only thread.
            unsafe { std::env::remove_var(name) };
        }
        // What is set and empty, or no text, is as wrong as any other text, and not as good as unset.
        let origin = match std::env::var("STOCKROOM_API_ORIGIN") {
            Ok(origin) if origin.is_empty() => return Err(EnvironmentError::EmptyOrigin),
            Ok(origin) => ApiOrigin::loopback(&origin).map_err(|_| EnvironmentError::Origin)?,
            Err(VarError::NotPresent) => ApiOrigin::bigcommerce(),
            Err(VarError::NotUnicode(_)) => return Err(EnvironmentError::Origin),
        };
        // A path need not be text.
        let home = std::env::var_os("STOCKROOM_HOME").map(PathBuf::from);
        if let Some(home) = &home {
            if home.as_os_str().is_empty() {
                return Err(EnvironmentError::EmptyHome);
            }
            if !home.is_absolute() {
                return Err(EnvironmentError::Home);
            }
        }
        Ok(Self {
            home,
            origin,
            store: token
                .zip(address)
                .map(|(token, address)| EnvironmentStore { address, token }),
        })
    }
}

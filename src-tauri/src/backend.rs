//! The surface, or why there is none.

use std::sync::{Mutex, MutexGuard, PoisonError};

use host::StartError;
use surface::{AppError, Surface};

/// Begins, each time it is called.
type Begin = Box<dyn Fn() -> Result<Surface, StartError> + Send + Sync>;

/// The surface, or why there is none: the window then shows that, instead of not opening.
pub(crate) struct Backend {
    begin: Begin,
    begun: Mutex<Result<Surface, AppError>>,
}

impl Backend {
    /// Begins.
    pub(crate) fn new(begin: Begin) -> Self {
        let begun = Mutex::new(tried(&begin));
        Self { begin, begun }
    }

    /// The surface, if there is one.
    pub(crate) fn surface(&self) -> Option<Surface> {
        self.begun().as_ref().ok().cloned()
    }

    /// The surface. Without one it begins anew: what was in the way, another Stockroom or a full
    /// disk, may be gone.
    pub(crate) fn surface_or_begin(&self) -> Result<Surface, AppError> {
        let mut begun = self.begun();
        if begun.is_err() {
            *begun = tried(&self.begin);
        }
        begun.clone()
    }

    fn begun(&self) -> MutexGuard<'_, Result<Surface, AppError>> {
        // Whatever panicked, what is in here is whole.
        self.begun.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn tried(begin: &Begin) -> Result<Surface, AppError> {
    begin().map_err(|error| {
        eprintln!("{error}.");
        AppError::from(&error)
    })
}

//! The system says for us that something came in, and tells when that is pressed.

#[cfg(target_os = "macos")]
mod macos;
#[cfg(target_os = "windows")]
mod windows;
#[cfg(all(unix, not(target_os = "macos")))]
mod xdg;

#[cfg(target_os = "macos")]
use macos as system;
#[cfg(target_os = "windows")]
use windows as system;
#[cfg(all(unix, not(target_os = "macos")))]
use xdg as system;

use std::{sync::Arc, thread};

use surface::Announcement;

/// Told which store's announcement was pressed.
pub(crate) type OnPress = Arc<dyn Fn(&str) + Send + Sync>;

/// Says announcements, one at a time for each store.
pub(crate) struct Announcer {
    system: Arc<system::System>,
}

impl Announcer {
    pub(crate) fn new(on_press: OnPress) -> Self {
        Self {
            system: Arc::new(system::System::new(on_press)),
        }
    }

    /// Hands an announcement to the system. Nobody waits for it: the service that shows it may take
    /// its time, or be missing.
    pub(crate) fn say(&self, announcement: Announcement) -> Result<(), String> {
        let system = Arc::clone(&self.system);
        let begun = thread::Builder::new()
            .name("announcement".to_owned())
            .spawn(move || {
                if let Err(error) = system.say(&announcement) {
                    tracing::warn!(store = %announcement.store, %error, "nothing announced");
                }
            });
        begun.map(drop).map_err(|error| error.to_string())
    }
}

//! The system says for us that something came in, and tells when that is pressed or put away.

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

/// What the person did with an announcement. One that goes by itself was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reply {
    /// They pressed it.
    Pressed,
    /// They put it away.
    PutAway,
}

/// Told what was done with which store's announcement.
pub(crate) type OnReply = Arc<dyn Fn(&str, Reply) + Send + Sync>;

/// Says announcements, one at a time for each store.
pub(crate) struct Announcer {
    system: Arc<system::System>,
}

impl Announcer {
    pub(crate) fn new(on_reply: OnReply) -> Self {
        Self {
            system: Arc::new(system::System::new(on_reply)),
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

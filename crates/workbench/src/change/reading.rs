//! How long what was read may be rested on.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use bigcommerce::Client;
use commerce::{Clock, Tick};
use jiff::Timestamp;

use crate::{Inner, lock};

/// What was read longer ago is read again before anything is sent that rests on it.
const FRESH_FOR: Duration = Duration::from_secs(60);

/// When something was read: when the read that was answered went out, whatever it had waited for before.
///
/// Told by the calendar as well, because ticks may stand still while the computer sleeps, and a night later
/// somebody else has changed what is to be written.
#[derive(Clone)]
pub(super) struct ReadAt {
    clock: Arc<dyn Clock>,
    noted: Arc<Mutex<(Tick, Timestamp)>>,
}

impl ReadAt {
    /// Of something that is about to be read.
    pub(super) fn soon(bench: &Inner) -> Self {
        let clock = Arc::clone(&bench.clock);
        let noted = Arc::new(Mutex::new((clock.now(), clock.wall())));
        Self { clock, noted }
    }

    /// The way on which each try of the read is noted.
    pub(super) fn noting(&self, client: &Client) -> Client {
        let noting = self.clone();
        client.with_permit(Arc::new(move || {
            *lock(&noting.noted) = (noting.clock.now(), noting.clock.wall());
            true
        }))
    }

    /// Whether it is too long ago for anything to rest on it. So it is where the calendar went back: nobody
    /// knows then how long it is.
    pub(super) fn is_stale(&self) -> bool {
        let (tick, wall) = *lock(&self.noted);
        let by_calendar = Duration::try_from(self.clock.wall().duration_since(wall));
        let is_fresh = by_calendar.is_ok_and(|passed| passed <= FRESH_FOR);
        !is_fresh || self.clock.now().since(tick) > FRESH_FOR
    }
}

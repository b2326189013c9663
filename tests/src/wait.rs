//! Waiting for things instead of sleeping.

use std::{
    thread,
    time::{Duration, Instant},
};

/// How long a test waits for something that should come soon. Generous: the machine may be busy,
/// and nobody waits this long unless something is wrong.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Between two looks: at least, and at most.
const BETWEEN: (Duration, Duration) = (Duration::from_millis(40), Duration::from_millis(250));

/// How long to leave alone what was just looked at: twice as long as the look took, so that most of the time of
/// whoever is looked at goes into getting there.
fn pause_after(look: Duration) -> Duration {
    (look * 4).clamp(BETWEEN.0, BETWEEN.1)
}

/// Looks until there is something, and gives it.
///
/// # Panics
/// If there is nothing after [`PATIENCE`]; `what` is in the sentence.
pub fn until<T>(what: &str, look: impl FnMut() -> Option<T>) -> T {
    within(PATIENCE, look).unwrap_or_else(|| panic!("waited in vain for {what}"))
}

/// Looks until there is something or the time is over.
pub fn within<T>(time: Duration, mut look: impl FnMut() -> Option<T>) -> Option<T> {
    let start = Instant::now();
    loop {
        // The time is read first: after it is over there is always one more look.
        let over = start.elapsed() >= time;
        let looked = Instant::now();
        if let Some(found) = look() {
            return Some(found);
        }
        if over {
            return None;
        }
        thread::sleep(pause_after(looked.elapsed()));
    }
}

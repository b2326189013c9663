//! Time as everything below the hosts sees it: handed in, never read from the system.

use std::{
    fmt,
    future::Future,
    ops::{Add, Sub},
    pin::Pin,
    time::Duration,
};

use jiff::Timestamp;

/// A point on a clock that only moves forward, counted from an arbitrary start.
///
/// Deadlines and pauses are ticks, so that a person or the network setting the computer's clock
/// neither shortens nor stretches them. Ticks may stand still while the computer sleeps: where hours of
/// sleep matter, ask the calendar as well.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Tick(Duration);

impl Tick {
    /// The tick `since_start` after the clock's own start.
    #[must_use]
    pub const fn at(since_start: Duration) -> Self {
        Self(since_start)
    }

    /// Time from `earlier` to this tick; zero if `earlier` lies after it.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        self.0.saturating_sub(earlier.0)
    }
}

impl fmt::Debug for Tick {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tick({:?})", self.0)
    }
}

impl Add<Duration> for Tick {
    type Output = Self;

    fn add(self, later: Duration) -> Self {
        Self(self.0.saturating_add(later))
    }
}

impl Sub<Duration> for Tick {
    type Output = Self;

    fn sub(self, earlier: Duration) -> Self {
        Self(self.0.saturating_sub(earlier))
    }
}

/// What [`Clock::sleep_until`] gives back.
pub type Sleep<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// The one source of time, handed in by the host.
///
/// A host gives the real one, a test gives one that it moves itself.
pub trait Clock: Send + Sync + 'static {
    /// Now, on a clock that never goes backwards, and that may stop while the computer sleeps.
    fn now(&self) -> Tick;

    /// Now, as the computer's calendar says it (UTC). May jump.
    fn wall(&self) -> Timestamp;

    /// Resolves at `deadline`, or at once if it has passed.
    fn sleep_until(&self, deadline: Tick) -> Sleep<'_>;
}

//! How fast changes go.

use std::time::Duration;

use commerce::Tick;

/// Changes that came to their end since sending began.
#[derive(Clone, Copy)]
pub(super) struct Pace {
    since: Tick,
    ended: u32,
}

impl Pace {
    /// Sending begins.
    pub(super) const fn since(since: Tick) -> Self {
        Self { since, ended: 0 }
    }

    /// So many more came to their end.
    pub(super) fn add(&mut self, ended: usize) {
        let ended = u32::try_from(ended).unwrap_or(u32::MAX);
        self.ended = self.ended.saturating_add(ended);
    }

    /// How long each took, on average; `None` before the first has ended.
    pub(super) fn each(self, now: Tick) -> Option<Duration> {
        now.since(self.since).checked_div(self.ended)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Tick {
        Tick::at(Duration::from_secs(seconds))
    }

    #[test]
    fn it_is_unknown_at_first_and_then_the_time_since_the_beginning_for_each() {
        let mut pace = Pace::since(at(100));
        assert_eq!(pace.each(at(160)), None);
        pace.add(10);
        assert_eq!(pace.each(at(120)), Some(Duration::from_secs(2)));
        // A wait counts, so what is left grows while nothing ends.
        assert_eq!(pace.each(at(150)), Some(Duration::from_secs(5)));
        pace.add(usize::MAX);
        assert!(pace.each(at(150)).is_some());
        assert_eq!(
            pace.each(at(0)),
            Some(Duration::ZERO),
            "and is never negative"
        );
    }
}

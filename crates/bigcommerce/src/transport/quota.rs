//! What the headers of an answer say about how much more may be sent.
//!
//! Source: BigCommerce documentation, "API rate limits": `X-Rate-Limit-*` on every answer, and
//! `X-Retry-After` on some 429. Stores without a limit send none.

use std::time::Duration;

use commerce::Tick;

use super::Headers;

/// Requests the store lets all apps together send, as far as the newest answer said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Quota {
    /// Requests per window.
    pub quota: u32,
    /// Requests left in this window. Other apps use them as well.
    pub left: u32,
    /// How long a window lasts.
    pub window: Duration,
    /// When the next window begins, a little margin included.
    pub resets_at: Tick,
}

impl Quota {
    /// For whoever speaks in a store's place.
    #[must_use]
    pub const fn new(quota: u32, left: u32, window: Duration, resets_at: Tick) -> Self {
        Self {
            quota,
            left,
            window,
            resets_at,
        }
    }
}

const USUAL_WINDOW: Duration = Duration::from_secs(30);
/// No wait the store asks for is taken to be longer: past that it is a mistake of the store's.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(15 * 60);

/// The headers as they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    pub(super) quota: Option<u32>,
    pub(super) left: Option<u32>,
    pub(super) window: Option<Duration>,
    pub(super) reset: Option<Duration>,
    pub(super) retry_after: Option<Duration>,
}

impl Told {
    pub(crate) fn read(headers: &Headers) -> Self {
        let number = |name| headers.get(name).and_then(whole);
        let millis = |name| {
            number(name)
                .map(Duration::from_millis)
                .map(|wait| wait.min(LONGEST_WAIT))
        };
        let count = |name| number(name).map(|count| u32::try_from(count).unwrap_or(u32::MAX));
        Self {
            quota: count("X-Rate-Limit-Requests-Quota"),
            left: count("X-Rate-Limit-Requests-Left"),
            window: millis("X-Rate-Limit-Time-Window-Ms"),
            reset: millis("X-Rate-Limit-Time-Reset-Ms"),
            retry_after: number("X-Retry-After")
                .or_else(|| number("Retry-After"))
                .map(Duration::from_secs)
                .map(|wait| wait.min(LONGEST_WAIT)),
        }
    }

    /// The quota as of an answer that came at `now`; `None` where the store names none.
    pub(super) fn quota_at(self, now: Tick, margin: Duration) -> Option<Quota> {
        let left = self.left?;
        let window = self.window.filter(|window| !window.is_zero());
        let window = window.unwrap_or(USUAL_WINDOW);
        // What says how long to wait says when there is something again.
        let reset = self.reset.or(self.retry_after).unwrap_or(window);
        Some(Quota {
            quota: self.quota.unwrap_or(left).max(1),
            left,
            window,
            resets_at: now + reset + margin,
        })
    }

    /// How long a 429 asks to wait: the longer of what it says, if it says anything.
    pub(crate) fn asked_wait(self) -> Option<Duration> {
        match (self.reset, self.retry_after) {
            (Some(reset), Some(retry)) => Some(reset.max(retry)),
            (reset, retry) => reset.or(retry),
        }
    }
}

/// A whole number; negative is zero, a fraction is rounded up.
fn whole(text: &str) -> Option<u64> {
    let text = text.trim();
    if let Ok(number) = text.parse::<u64>() {
        return Some(number);
    }
    let number: f64 = text
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the cast saturates, and fractions and signs were dealt with"
    )]
    Some(number.max(0.0).ceil() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(pairs: &[(&str, &str)]) -> Told {
        Told::read(&pairs.iter().copied().collect())
    }

    #[test]
    fn headers_are_found_in_any_case_and_odd_numbers_are_tamed() {
        let told = told(&[
            ("x-rate-limit-requests-left", "-3"),
            ("X-RATE-LIMIT-REQUESTS-QUOTA", "150"),
            ("x-rate-limit-time-reset-ms", "99999999999999"),
            ("x-retry-after", "1.2"),
        ]);
        assert_eq!(told.left, Some(0));
        assert_eq!(told.quota, Some(150));
        assert_eq!(told.reset, Some(LONGEST_WAIT));
        assert_eq!(told.retry_after, Some(Duration::from_secs(2)));
    }

    #[test]
    fn a_429_waits_for_the_longer_of_the_two_headers() {
        let reset = ("X-Rate-Limit-Time-Reset-Ms", "4000");
        let retry = ("X-Retry-After", "9");
        assert_eq!(told(&[reset]).asked_wait(), Some(Duration::from_secs(4)));
        assert_eq!(told(&[retry]).asked_wait(), Some(Duration::from_secs(9)));
        assert_eq!(
            told(&[reset, retry]).asked_wait(),
            Some(Duration::from_secs(9))
        );
        assert_eq!(told(&[]).asked_wait(), None);
    }

    #[test]
    fn a_quota_without_its_reset_is_over_when_the_wait_is() {
        let left = ("X-Rate-Limit-Requests-Left", "0");
        let window = ("X-Rate-Limit-Time-Window-Ms", "20000");
        let retry = ("X-Retry-After", "9");
        let reset = ("X-Rate-Limit-Time-Reset-Ms", "4000");
        let resets_at = |pairs: &[(&str, &str)]| {
            let quota = told(pairs).quota_at(Tick::default(), Duration::ZERO);
            quota.unwrap().resets_at.since(Tick::default())
        };
        assert_eq!(resets_at(&[left, window, retry]), Duration::from_secs(9));
        assert_eq!(resets_at(&[left, retry, reset]), Duration::from_secs(4));
        assert_eq!(resets_at(&[left, window]), Duration::from_secs(20));
        assert_eq!(resets_at(&[left]), USUAL_WINDOW);
    }

    #[test]
    fn absent_headers_are_no_quota_at_all() {
        assert_eq!(told(&[]).quota_at(Tick::default(), Duration::ZERO), None);
    }
}

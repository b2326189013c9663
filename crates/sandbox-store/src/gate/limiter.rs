//! The quota: so many requests per window of 30 seconds, shared by everybody who uses the store.
//!
//! Source: BigCommerce guide to rate limits; header names observed on the wire.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;

use crate::http::Response;

/// Length of a window in milliseconds.
const WINDOW_MS: i64 = 30_000;

/// The plan the store pays for. It decides the quota and the plan's name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Plan {
    /// 150 requests per 30 seconds.
    #[default]
    Standard,
    /// 150 requests per 30 seconds.
    Plus,
    /// 450 requests per 30 seconds.
    Pro,
    /// Unlimited: no rate headers at all.
    Enterprise,
}

impl Plan {
    /// As the store tells it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Standard => "Standard",
            Self::Plus => "Plus",
            Self::Pro => "Pro",
            Self::Enterprise => "Enterprise",
        }
    }

    /// Requests per window; `None` is unlimited.
    #[must_use]
    pub fn quota(self) -> Option<u32> {
        match self {
            Self::Standard | Self::Plus => Some(150),
            Self::Pro => Some(450),
            Self::Enterprise => None,
        }
    }
}

/// A plan name that BigCommerce does not sell.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not one of standard, plus, pro, enterprise")]
pub struct UnknownPlan(pub String);

impl FromStr for Plan {
    type Err = UnknownPlan;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "standard" => Ok(Self::Standard),
            "plus" => Ok(Self::Plus),
            "pro" => Ok(Self::Pro),
            "enterprise" => Ok(Self::Enterprise),
            other => Err(UnknownPlan(other.to_owned())),
        }
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Where the current window stands.
#[derive(Clone, Debug)]
pub(crate) struct Limiter {
    quota: Option<u32>,
    /// Opened by the first request after the last window ended.
    opened: Option<Timestamp>,
    used: u32,
    /// What another app of the store uses of the quota, in thousandths.
    competitor_permille: u32,
}

impl Limiter {
    pub(crate) fn new(plan: Plan, competitor_permille: u32) -> Self {
        Self {
            quota: plan.quota(),
            opened: None,
            used: 0,
            competitor_permille: competitor_permille.min(1_000),
        }
    }

    /// All that is used of this window: by those who ask here, and by the other app, which asks
    /// evenly over the window and as soon as it opens.
    fn used_by_all(&self, now: Timestamp) -> u32 {
        let (Some(quota), Some(left)) = (self.quota, self.reset_ms(now)) else {
            return 0;
        };
        let share = u64::from(quota) * u64::from(self.competitor_permille) / 1_000;
        let since = u64::try_from(WINDOW_MS - left).unwrap_or(0);
        let window = WINDOW_MS.unsigned_abs();
        let theirs = (share * since).div_ceil(window).max(share.min(1));
        self.used
            .saturating_add(u32::try_from(theirs).unwrap_or(u32::MAX))
    }

    /// Counts one request; false if the quota was used up before it.
    pub(crate) fn take(&mut self, now: Timestamp) -> bool {
        let Some(quota) = self.quota else { return true };
        self.roll(now);
        if self.used_by_all(now) >= quota {
            return false;
        }
        self.used += 1;
        true
    }

    /// Uses up what is left, as another app of the same store would.
    pub(crate) fn exhaust(&mut self, now: Timestamp) {
        if let Some(quota) = self.quota {
            self.roll(now);
            self.used = quota;
        }
    }

    fn roll(&mut self, now: Timestamp) {
        if self.reset_ms(now).is_none() {
            self.opened = Some(now);
            self.used = 0;
        }
    }

    /// Milliseconds until the window ends; `None` if none is open (or the clock went back).
    fn reset_ms(&self, now: Timestamp) -> Option<i64> {
        let since = now.as_millisecond() - self.opened?.as_millisecond();
        (0..WINDOW_MS).contains(&since).then(|| WINDOW_MS - since)
    }

    /// Writes the four headers; none on an unlimited plan.
    pub(crate) fn describe(&self, now: Timestamp, response: &mut Response) {
        let Some(quota) = self.quota else { return };
        let reset_ms = self.reset_ms(now);
        let used = self.used_by_all(now);
        let headers = [
            ("X-Rate-Limit-Requests-Quota", i64::from(quota)),
            (
                "X-Rate-Limit-Requests-Left",
                i64::from(quota.saturating_sub(used)),
            ),
            ("X-Rate-Limit-Time-Window-Ms", WINDOW_MS),
            ("X-Rate-Limit-Time-Reset-Ms", reset_ms.unwrap_or(WINDOW_MS)),
        ];
        for (name, value) in headers {
            response.set_header(name, &value.to_string());
        }
    }
}

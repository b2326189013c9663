//! Instants as the wire spells them, and as it reads them.

use std::fmt;

use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde::{Serialize, Serializer};

/// v2 orders: `Thu, 18 Jun 2026 12:05:04 +0000`, always UTC. Source: observed on the wire.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rfc2822(pub(crate) Timestamp);

impl fmt::Display for Rfc2822 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        const MONTHS: [&str; 12] = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        let at = utc(self.0);
        let day = DAYS[usize::from(at.weekday().to_monday_zero_offset().unsigned_abs() % 7)];
        let month = MONTHS[usize::from(at.month().unsigned_abs().saturating_sub(1) % 12)];
        write!(
            f,
            "{day}, {:02} {month} {:04} {:02}:{:02}:{:02} +0000",
            at.day(),
            at.year(),
            at.hour(),
            at.minute(),
            at.second()
        )
    }
}

impl Serialize for Rfc2822 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// v3 has two spellings of the same instant. Source: observed on the wire.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Iso {
    /// Products: `2026-06-18T12:05:04+00:00`.
    Offset(Timestamp),
    /// Customers and channels: `2026-06-18T12:05:04Z`.
    Zulu(Timestamp),
}

impl Serialize for Iso {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (at, zone) = match self {
            Self::Offset(at) => (utc(*at), "+00:00"),
            Self::Zulu(at) => (utc(*at), "Z"),
        };
        serializer.collect_str(&format_args!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{zone}",
            at.year(),
            at.month(),
            at.day(),
            at.hour(),
            at.minute(),
            at.second()
        ))
    }
}

fn utc(at: Timestamp) -> Zoned {
    at.to_zoned(TimeZone::UTC)
}

/// Whole seconds: the store keeps no finer parts.
pub(crate) fn whole_seconds(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

/// A date of a filter: RFC-2822, or ISO-8601 with or without a zone or a time (UTC if none is given).
/// `None` where the store would not understand it either, e.g. a `+` that arrived as a space.
pub(crate) fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(at);
    }
    if let Ok(at) = rfc2822::DateTimeParser::new().parse_timestamp(text) {
        return Some(at);
    }
    if let Ok(seconds) = text.parse::<i64>() {
        return Timestamp::from_second(seconds).ok();
    }
    if text.matches(':').count() > 2 {
        return None;
    }
    let civil: DateTime = text.parse().ok()?;
    civil
        .to_zoned(TimeZone::UTC)
        .ok()
        .map(|zoned| zoned.timestamp())
}

/// The same of a catalog filter: a date without a time gets the time of day of `now`. Source:
/// observed on the wire.
pub(crate) fn parse_with_time_of(text: &str, now: Timestamp) -> Option<Timestamp> {
    let Ok(date) = text.trim().parse::<Date>() else {
        return parse(text);
    };
    if text.contains([':', 'T', ' ']) {
        return parse(text);
    }
    let time = utc(whole_seconds(now)).time();
    let at = date.to_datetime(time).to_zoned(TimeZone::UTC).ok()?;
    Some(at.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_instant_is_read_from_both_spellings() {
        let at: Timestamp = "2026-06-18T12:05:04Z".parse().unwrap();
        assert_eq!(parse("Thu, 18 Jun 2026 12:05:04 +0000"), Some(at));
        assert_eq!(parse("2026-06-18T12:05:04+00:00"), Some(at));
        assert_eq!(parse("2026-06-18T12:05:04"), Some(at));
        assert_eq!(Rfc2822(at).to_string(), "Thu, 18 Jun 2026 12:05:04 +0000");
    }

    #[test]
    fn a_date_without_a_time_is_that_day_at_this_hour() {
        let now: Timestamp = "2026-11-17T20:05:04.7Z".parse().unwrap();
        let at: Timestamp = "2026-06-18T20:05:04Z".parse().unwrap();
        assert_eq!(parse_with_time_of("2026-06-18", now), Some(at));
        let exact: Timestamp = "2026-06-18T00:00:00Z".parse().unwrap();
        assert_eq!(parse_with_time_of("2026-06-18T00:00:00", now), Some(exact));
    }

    #[test]
    fn a_plus_that_became_a_space_is_not_understood() {
        assert_eq!(parse("2026-06-18T12:05:04 00:00"), None);
        assert_eq!(parse("Thu, 18 Jun 2026 12:05:04  0000"), None);
        assert_eq!(parse("Thu%2C 18 Jun 2026"), None);
    }
}

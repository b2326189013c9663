//! A store's own calendar: where its days and months begin and end.

use jiff::{Timestamp, ToSpan as _, Zoned, civil::Date, tz::TimeZone};

/// Whole days of a store's calendar; both belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first.
    pub first: Date,
    /// The last.
    pub last: Date,
}

/// What is told by itself in sales over time, and how far back that goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// The last 7 days.
    Days7,
    /// The last 30 days.
    Days30,
    /// This month and the eleven before.
    Months12,
}

/// Where the same day of the week was a year ago.
const WEEKS_A_YEAR: i64 = 52;

/// A store's calendar, and what time it is there.
#[derive(Clone, Debug)]
pub(super) struct Calendar {
    /// The time zone's name: the store's, or UTC where that isn't known.
    pub(super) zone: String,
    now: Zoned,
}

impl Calendar {
    pub(super) fn new(now: Timestamp, zone: &str) -> Self {
        match TimeZone::get(zone) {
            Ok(known) => Self {
                zone: zone.to_owned(),
                now: now.to_zoned(known),
            },
            Err(_) => Self {
                zone: "UTC".to_owned(),
                now: now.to_zoned(TimeZone::UTC),
            },
        }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.now.timestamp()
    }

    pub(super) fn today(&self) -> Date {
        self.now.date()
    }

    pub(super) fn yesterday(&self) -> Date {
        let today = self.today();
        today.yesterday().unwrap_or(today)
    }

    /// The first of this month up to today.
    pub(super) fn month(&self) -> Days {
        Days {
            first: self.today().first_of_month(),
            last: self.today(),
        }
    }

    /// As many days of the month before this one; all of them where it is too short.
    pub(super) fn month_before(&self) -> Days {
        let end = self.today().first_of_month().yesterday();
        let end = end.unwrap_or_else(|_| self.today());
        let day = self.today().day().min(end.day());
        Days {
            first: end.first_of_month(),
            last: end.with().day(day).build().unwrap_or(end),
        }
    }

    /// Midnight, or the first moment there is on a day whose midnight was skipped.
    pub(super) fn begin(&self, day: Date) -> Timestamp {
        self.now
            .time_zone()
            .to_zoned(day.at(0, 0, 0, 0))
            .and_then(|midnight| midnight.start_of_day())
            .map_or(Timestamp::UNIX_EPOCH, |start| start.timestamp())
    }

    /// From the first moment of some days to just after their last.
    pub(super) fn whole(&self, days: Days) -> (Timestamp, Timestamp) {
        (self.begin(days.first), self.begin(after(days.last)))
    }

    /// From the first moment of some days on, without an end: a store's clock may be ahead of this
    /// computer's.
    pub(super) fn since(&self, day: Date) -> (Timestamp, Timestamp) {
        (self.begin(day), Timestamp::MAX)
    }

    /// From the first moment of earlier days to when it was as late there, on the last of them, as it
    /// is now.
    pub(super) fn until_as_late(&self, days: Days) -> (Timestamp, Timestamp) {
        let (begin, end) = self.whole(days);
        let as_late = self
            .now
            .time_zone()
            .to_zoned(days.last.to_datetime(self.now.time()));
        let until = as_late.map_or(end, |moment| moment.timestamp());
        (begin, until.clamp(begin, end))
    }

    /// The month before, until it was as late in it as it is now; all of it where it had no such day.
    pub(super) fn month_before_as_late(&self) -> (Timestamp, Timestamp) {
        let days = self.month_before();
        if self.today().day() > days.last.day() {
            self.whole(days)
        } else {
            self.until_as_late(days)
        }
    }

    /// Days or months one after the other, the present one last, each with those of a year before.
    pub(super) fn bars(&self, period: Period) -> Vec<(Days, Days)> {
        let today = self.today();
        let day = |back: i64| {
            let day = today.checked_sub(back.days()).ok()?;
            let before = day.checked_sub(WEEKS_A_YEAR.weeks()).ok()?;
            let one = |day| Days {
                first: day,
                last: day,
            };
            Some((one(day), one(before)))
        };
        let month = |back: i64| {
            let first = today.first_of_month().checked_sub(back.months()).ok()?;
            let before = first.checked_sub(1.year()).ok()?;
            let whole = |first: Date| Days {
                first,
                last: first.last_of_month(),
            };
            let now = Days {
                first,
                last: first.last_of_month().min(today),
            };
            Some((now, whole(before)))
        };
        match period {
            Period::Days7 => (0..7).rev().filter_map(day).collect(),
            Period::Days30 => (0..30).rev().filter_map(day).collect(),
            Period::Months12 => (0..12).rev().filter_map(month).collect(),
        }
    }

    /// The days a year before that stand beside those of a period, up to the one that stands beside
    /// today.
    pub(super) fn year_before(&self, period: Period) -> Option<Days> {
        let bars = self.bars(period);
        let (_, first) = bars.first()?;
        let (_, last) = bars.last()?;
        let last = match period {
            Period::Days7 | Period::Days30 => last.last,
            Period::Months12 => self.today().checked_sub(1.year()).ok()?,
        };
        Some(Days {
            first: first.first,
            last,
        })
    }
}

fn after(day: Date) -> Date {
    day.tomorrow().unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn calendar(now: &str, zone: &str) -> Calendar {
        Calendar::new(at(now), zone)
    }

    #[test]
    fn days_and_months_begin_where_the_store_is() {
        let there = calendar("2026-03-01T04:30:00Z", "America/New_York");
        assert_eq!(there.zone, "America/New_York");
        // There it is still the last evening of February.
        assert_eq!(there.begin(there.today()), at("2026-02-28T05:00:00Z"));
        assert_eq!(there.begin(there.month().first), at("2026-02-01T05:00:00Z"));
    }

    #[test]
    fn a_day_whose_clocks_change_begins_at_its_own_midnight() {
        let there = calendar("2026-03-29T12:00:00Z", "Europe/Berlin");
        let (today, month) = (there.today(), there.month());
        assert_eq!(there.begin(today), at("2026-03-28T23:00:00Z"));
        assert_eq!(there.begin(month.first), at("2026-02-28T23:00:00Z"));
        // It has 23 hours.
        let (begin, end) = there.whole(Days {
            first: today,
            last: today,
        });
        assert_eq!(end.duration_since(begin).as_hours(), 23);
    }

    #[test]
    fn a_day_without_midnight_begins_with_its_first_moment() {
        // Clocks went from 23:59:59 to 01:00:00.
        let there = calendar("2024-04-26T12:00:00Z", "Africa/Cairo");
        assert_eq!(there.begin(there.today()), at("2024-04-25T22:00:00Z"));
    }

    #[test]
    fn a_zone_nobody_knows_counts_as_utc() {
        for name in ["", "Mars/Olympus"] {
            let there = calendar("2026-11-21T10:00:00Z", name);
            assert_eq!(there.zone, "UTC");
            assert_eq!(there.begin(there.today()), at("2026-11-21T00:00:00Z"));
        }
    }

    #[test]
    fn as_late_is_told_by_the_clock_on_the_wall_there() {
        // Summer time began in the night: 12:00 yesterday was an hour less ago than a day.
        let there = calendar("2026-03-29T10:00:00Z", "Europe/Berlin");
        let yesterday = there.yesterday();
        let (begin, until) = there.until_as_late(Days {
            first: yesterday,
            last: yesterday,
        });
        assert_eq!(begin, at("2026-03-27T23:00:00Z"));
        assert_eq!(until, at("2026-03-28T11:00:00Z"));
    }

    #[test]
    fn the_month_before_is_told_as_far_as_this_one_has_come() {
        let there = calendar("2026-11-17T10:30:00Z", "UTC");
        assert_eq!(
            there.month_before(),
            Days {
                first: day("2026-10-01"),
                last: day("2026-10-17")
            }
        );
        assert_eq!(
            there.month_before_as_late(),
            (at("2026-10-01T00:00:00Z"), at("2026-10-17T10:30:00Z"))
        );
    }

    #[test]
    fn a_month_before_that_is_too_short_is_told_as_a_whole() {
        for now in ["2026-03-29T10:30:00Z", "2026-03-31T23:00:00Z"] {
            let there = calendar(now, "UTC");
            assert_eq!(
                there.month_before_as_late(),
                (at("2026-02-01T00:00:00Z"), at("2026-03-01T00:00:00Z"))
            );
        }
        let there = calendar("2026-01-31T10:30:00Z", "UTC");
        let (begin, until) = there.month_before_as_late();
        assert_eq!(begin, at("2025-12-01T00:00:00Z"));
        assert_eq!(until, at("2025-12-31T10:30:00Z"));
    }

    #[test]
    fn days_stand_beside_the_same_day_of_the_week_a_year_before() {
        let there = calendar("2026-03-02T10:00:00Z", "UTC");
        let bars = there.bars(Period::Days7);
        assert_eq!(bars.len(), 7);
        assert_eq!(bars[0].0.first, day("2026-02-24"));
        assert_eq!(
            bars[6].0,
            Days {
                first: day("2026-03-02"),
                last: day("2026-03-02")
            }
        );
        for (now, before) in there.bars(Period::Days30) {
            assert_eq!(now.first.weekday(), before.first.weekday());
        }
        assert_eq!(
            there.year_before(Period::Days7),
            Some(Days {
                first: day("2025-02-25"),
                last: day("2025-03-03")
            })
        );
    }

    #[test]
    fn months_stand_beside_the_same_month_a_year_before() {
        let there = calendar("2028-02-29T10:00:00Z", "UTC");
        let bars = there.bars(Period::Months12);
        assert_eq!(bars.len(), 12);
        assert_eq!(
            bars[0].0,
            Days {
                first: day("2027-03-01"),
                last: day("2027-03-31")
            }
        );
        let (now, before) = bars[11];
        assert_eq!(
            now,
            Days {
                first: day("2028-02-01"),
                last: day("2028-02-29")
            }
        );
        assert_eq!(
            before,
            Days {
                first: day("2027-02-01"),
                last: day("2027-02-28")
            }
        );
        assert_eq!(
            there.year_before(Period::Months12),
            Some(Days {
                first: day("2026-03-01"),
                last: day("2027-02-28")
            })
        );
    }

    #[test]
    fn bars_touch_each_other_and_end_today() {
        for zone in ["UTC", "Africa/Cairo", "America/New_York", "Pacific/Apia"] {
            let there = calendar("2026-04-26T05:00:00Z", zone);
            for period in [Period::Days7, Period::Days30, Period::Months12] {
                let bars = there.bars(period);
                assert_eq!(bars.last().map(|(now, _)| now.last), Some(there.today()));
                for pair in bars.windows(2) {
                    assert_eq!(there.whole(pair[0].0).1, there.begin(pair[1].0.first));
                    assert!(pair[0].1.last < pair[1].1.first);
                }
            }
        }
    }
}

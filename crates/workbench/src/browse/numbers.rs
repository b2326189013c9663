//! What a first look at a store shows.

use commerce::OrderStatus;
use desk::ProfileKey;
use jiff::{Timestamp, ToSpan as _, Zoned, civil::Date, tz::TimeZone};
use mirror::{Area, ProductNumbers, Sales};

use crate::{Error, Workbench, on_files};

/// How many days are told one by one.
const DAYS: u32 = 30;

/// A stretch of the store's calendar up to now, and what was ordered in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its first day, in the store's time zone.
    pub from: Date,
    /// What was ordered since.
    pub sales: Sales,
}

/// What a first look at a store shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomeNumbers {
    /// The time zone that days and months are counted in: the store's, or UTC where that isn't
    /// known.
    pub time_zone: String,
    /// Today.
    pub today: Span,
    /// This month.
    pub month: Span,
    /// The last 30 days by themselves, oldest first; the last one is today.
    pub days: Vec<Span>,
    /// The store's statuses, with how many orders here are shown as having each.
    pub statuses: Vec<(OrderStatus, u32)>,
    /// Products that may want a look.
    pub products: ProductNumbers,
    /// Customers here.
    pub customers: u32,
}

impl Workbench {
    /// When a stretch of the store's calendar begins and ends: `None` for a day leaves that side
    /// open. Both days belong to it.
    ///
    /// # Errors
    /// [`Error::StoreGone`], [`Error::File`].
    pub async fn days_between(
        &self,
        key: &ProfileKey,
        first: Option<Date>,
        last: Option<Date>,
    ) -> Result<(Timestamp, Timestamp), Error> {
        let store = self.inner.open_store(key).await?;
        let named = store.profile().info.map(|info| info.time_zone);
        let (_, now) = zoned(self.inner.clock.wall(), &named.unwrap_or_default());
        let begin = |day| start_of_day(day, now.time_zone());
        Ok((
            first.map_or(Timestamp::MIN, begin),
            last.map_or(Timestamp::MAX, |day| begin(after(day))),
        ))
    }

    /// What a first look at a store shows.
    ///
    /// # Errors
    /// [`Error::StoreGone`], [`Error::File`].
    pub async fn home_numbers(&self, key: &ProfileKey) -> Result<HomeNumbers, Error> {
        let store = self.inner.open_store(key).await?;
        let statuses = self.statuses(key).await?;
        let named = store.profile().info.map(|info| info.time_zone);
        let (time_zone, now) = zoned(self.inner.clock.wall(), &named.unwrap_or_default());
        on_files(store.watched(), move || {
            let mirror = &store.mirror;
            let zone = now.time_zone();
            let span = |from: Date, to: Timestamp| -> Result<Span, Error> {
                let sales = mirror.sales(start_of_day(from, zone), to)?;
                Ok(Span { from, sales })
            };
            let today = now.date();
            let past = days_before(today, DAYS - 1)
                .map(|day| span(day, start_of_day(after(day), zone)))
                .collect::<Result<Vec<_>, _>>()?;
            // A store's clock may be ahead of this computer's.
            let since = |from| span(from, Timestamp::MAX);
            let today_alone = since(today)?;
            Ok(HomeNumbers {
                time_zone,
                days: past.into_iter().chain([today_alone.clone()]).collect(),
                today: today_alone,
                month: since(today.first_of_month())?,
                statuses,
                products: mirror.product_numbers()?,
                customers: mirror.count(Area::Customers)?,
            })
        })
        .await
    }
}

fn zoned(now: Timestamp, name: &str) -> (String, Zoned) {
    match TimeZone::get(name) {
        Ok(zone) => (name.to_owned(), now.to_zoned(zone)),
        Err(_) => ("UTC".to_owned(), now.to_zoned(TimeZone::UTC)),
    }
}

/// Midnight, or the first moment there is on a day whose midnight was skipped.
fn start_of_day(day: Date, zone: &TimeZone) -> Timestamp {
    zone.to_zoned(day.at(0, 0, 0, 0))
        .and_then(|midnight| midnight.start_of_day())
        .map_or(Timestamp::UNIX_EPOCH, |start| start.timestamp())
}

fn after(day: Date) -> Date {
    day.tomorrow().unwrap_or(day)
}

/// So many days before a day, oldest first.
fn days_before(day: Date, count: u32) -> impl Iterator<Item = Date> {
    (1..=i64::from(count))
        .rev()
        .filter_map(move |back| day.checked_sub(back.days()).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begins(now: &str, zone: &str) -> (String, Timestamp, Timestamp) {
        let (name, now) = zoned(now.parse().unwrap(), zone);
        let zone = now.time_zone();
        let today = now.date();
        let month = start_of_day(today.first_of_month(), zone);
        (name, start_of_day(today, zone), month)
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn days_and_months_begin_where_the_store_is() {
        let (zone, day, month) = begins("2026-03-01T04:30:00Z", "America/New_York");
        assert_eq!(zone, "America/New_York");
        // There it is still the last evening of February.
        assert_eq!(day, at("2026-02-28T05:00:00Z"));
        assert_eq!(month, at("2026-02-01T05:00:00Z"));
    }

    #[test]
    fn a_day_whose_clocks_change_begins_at_its_own_midnight() {
        let (_, day, month) = begins("2026-03-29T12:00:00Z", "Europe/Berlin");
        assert_eq!(day, at("2026-03-28T23:00:00Z"));
        assert_eq!(month, at("2026-02-28T23:00:00Z"));
    }

    #[test]
    fn a_zone_nobody_knows_counts_as_utc() {
        for name in ["", "Mars/Olympus"] {
            let (zone, day, month) = begins("2026-11-21T10:00:00Z", name);
            assert_eq!(zone, "UTC");
            assert_eq!(day, at("2026-11-21T00:00:00Z"));
            assert_eq!(month, at("2026-11-01T00:00:00Z"));
        }
    }

    #[test]
    fn days_before_a_day_come_one_after_the_other_across_months() {
        let days: Vec<String> = days_before("2026-03-02".parse().unwrap(), 3)
            .map(|day| day.to_string())
            .collect();
        assert_eq!(days, ["2026-02-27", "2026-02-28", "2026-03-01"]);
    }
}

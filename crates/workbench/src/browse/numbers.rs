//! What a first look at a store shows.

use commerce::OrderStatus;
use desk::ProfileKey;
use jiff::{Timestamp, Zoned, tz::TimeZone};
use mirror::{Area, ProductNumbers, Sales};

use crate::{Error, Workbench, on_files};

/// A stretch of the store's calendar, and what was ordered in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its beginning, in the store's time zone.
    pub from: Timestamp,
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
    /// The store's statuses, with how many orders here are shown as having each.
    pub statuses: Vec<(OrderStatus, u32)>,
    /// Products that may want a look.
    pub products: ProductNumbers,
    /// Customers here.
    pub customers: u32,
}

impl Workbench {
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
            let span = |from: Timestamp| -> Result<Span, Error> {
                Ok(Span {
                    from,
                    // A store's clock may be ahead of this computer's.
                    sales: mirror.sales(from, Timestamp::MAX)?,
                })
            };
            Ok(HomeNumbers {
                time_zone,
                today: span(start_of_day(&now))?,
                month: span(start_of_month(&now))?,
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
fn start_of_day(now: &Zoned) -> Timestamp {
    now.start_of_day()
        .map_or_else(|_| now.timestamp(), |start| start.timestamp())
}

fn start_of_month(now: &Zoned) -> Timestamp {
    now.first_of_month()
        .map_or_else(|_| now.timestamp(), |first| start_of_day(&first))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begins(now: &str, zone: &str) -> (String, Timestamp, Timestamp) {
        let (zone, now) = zoned(now.parse().unwrap(), zone);
        (zone, start_of_day(&now), start_of_month(&now))
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
}

//! What a first look at a store shows.

use commerce::{CurrencyCode, Money, OrderId, OrderStatus, ProductId, StatusId, WeightUnit};
use desk::ProfileKey;
use jiff::{Timestamp, civil::Date};
use mirror::{
    Area, ProductNumbers, ProductSort, ProductsQuery, Query as _, Refunds, Sales, StockIs,
    VisibilityIs,
};

use super::{Days, Period, ProductRow, calendar::Calendar, products::product_rows};
use crate::{Error, Workbench, on_files, store::OpenStore};

/// Products named of those that are low and of those that have run out, and of the hidden ones.
const NAMED: usize = 4;

/// A stretch of the store's calendar, and what was ordered in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its days, in the store's time zone.
    pub days: Days,
    /// What was ordered on them, as far as they have come.
    pub sales: Sales,
}

/// What came since the beginning of yesterday.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SinceYesterday {
    /// Yesterday and today, and what was ordered since.
    pub span: Span,
    /// Those of them that are awaiting fulfillment.
    pub awaiting: u32,
    /// Customers that registered.
    pub customers: u32,
    /// Products that the store touched.
    pub products: u32,
}

/// What a first look at a store shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomeNumbers {
    /// The time zone that days and months are counted in: the store's, or UTC where that isn't
    /// known.
    pub time_zone: String,
    /// When they were counted.
    pub now: Timestamp,
    /// Today.
    pub today: Span,
    /// Yesterday, until it was as late as now.
    pub yesterday: Span,
    /// This month.
    pub month: Span,
    /// The same days of the month before, until it was as late on the last of them as now; all of
    /// that month where it is too short.
    pub month_before: Span,
    /// What came since the beginning of yesterday.
    pub since_yesterday: SinceYesterday,
    /// The store's statuses, with how many orders here are shown as having each.
    pub statuses: Vec<(OrderStatus, u32)>,
    /// The order that has been awaiting fulfillment for longest, and when it was placed.
    pub oldest_awaiting: Option<(OrderId, Timestamp)>,
    /// Products that may want a look.
    pub products: ProductNumbers,
    /// Some that have run out, the last touched first.
    pub out_of_stock: Vec<ProductRow>,
    /// Some that are low, the lowest first.
    pub low_stock: Vec<ProductRow>,
    /// Some that are hidden, the one with the most in stock first.
    pub hidden: Vec<ProductRow>,
    /// The currency of those products' prices.
    pub currency: CurrencyCode,
    /// What they are weighed in, where known.
    pub weight_unit: Option<WeightUnit>,
    /// Customers here.
    pub customers: u32,
}

/// What is made of the sales of a stretch, in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SalesFigures {
    /// The currency.
    pub currency: CurrencyCode,
    /// What an order came to on average, of those that are sales; `None` without any.
    pub average: Option<Money>,
    /// What is known to have gone back of these and of those that were refunded in full; `None` while the store has not
    /// been asked about one of them.
    pub refunded: Option<Money>,
    /// Orders of which the store can't tell how much went back: it is that much more.
    pub refunded_unknown: u32,
    /// How much that is of what was sold before anything went back, in thousandths; `None` where it isn't known of each
    /// of them, or nothing was sold.
    pub refunded_thousandths: Option<u32>,
}

/// Sales of days or months one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SalesOverTime {
    /// The time zone that they are counted in.
    pub time_zone: String,
    /// Each beside those of a year before (the same day of the week, or the same month), oldest
    /// first; the last one has not ended yet.
    pub bars: Vec<(Span, Span)>,
    /// All of them together.
    pub whole: Span,
    /// Those of a year before together, up to when it was as late there as now.
    pub before: Span,
    /// What is made of the whole, one for each of its amounts.
    pub figures: Vec<SalesFigures>,
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
        let calendar = self.calendar(&store);
        let begin = first.map_or(Timestamp::MIN, |day| calendar.begin(day));
        let end = last.map_or(Timestamp::MAX, |last| {
            calendar.whole(Days { first: last, last }).1
        });
        Ok((begin, end))
    }

    /// What a first look at a store shows.
    ///
    /// # Errors
    /// [`Error::StoreGone`], [`Error::File`].
    pub async fn home_numbers(&self, key: &ProfileKey) -> Result<HomeNumbers, Error> {
        let store = self.inner.open_store(key).await?;
        let statuses = self.statuses(key).await?;
        let there = self.calendar(&store);
        on_files(store.watched(), move || {
            let mirror = &store.mirror;
            let (today, yesterday) = (there.today(), there.yesterday());
            let one = |day| Days {
                first: day,
                last: day,
            };
            let sales = mirror.sales(&[
                there.since(today),
                there.until_as_late(one(yesterday)),
                there.since(there.month().first),
                there.month_before_as_late(),
                there.since(yesterday),
            ])?;
            let mut sales = sales.into_iter();
            let mut span = |days| Span {
                days,
                sales: sales.next().unwrap_or_default(),
            };
            let since = there.begin(yesterday);
            Ok(HomeNumbers {
                now: there.now(),
                today: span(one(today)),
                yesterday: span(one(yesterday)),
                month: span(there.month()),
                month_before: span(there.month_before()),
                since_yesterday: SinceYesterday {
                    span: span(Days {
                        first: yesterday,
                        last: today,
                    }),
                    awaiting: mirror.count_in_status(StatusId::AWAITING_FULFILLMENT, since)?,
                    customers: mirror.customers_since(since)?,
                    products: mirror.products_since(since)?,
                },
                statuses,
                oldest_awaiting: mirror.oldest_in_status(StatusId::AWAITING_FULFILLMENT)?,
                products: mirror.product_numbers()?,
                out_of_stock: named(&store, &out_of_stock())?,
                low_stock: named(&store, &low_stock())?,
                hidden: named(&store, &hidden())?,
                currency: store.shown_currency()?,
                weight_unit: store.weight_unit(),
                customers: mirror.count(Area::Customers)?,
                time_zone: there.zone,
            })
        })
        .await
    }

    /// Sales of days or months one after the other.
    ///
    /// # Errors
    /// [`Error::StoreGone`], [`Error::File`].
    pub async fn sales_over_time(
        &self,
        key: &ProfileKey,
        period: Period,
    ) -> Result<SalesOverTime, Error> {
        let store = self.inner.open_store(key).await?;
        let there = self.calendar(&store);
        on_files(store.watched(), move || {
            let bars = there.bars(period);
            let today = there.today();
            let first = bars.first().map_or(today, |(now, _)| now.first);
            let all = Days { first, last: today };
            let before = there.year_before(period).unwrap_or(all);
            let stretch = |days: &Days| {
                if days.last == today {
                    there.since(days.first)
                } else {
                    there.whole(*days)
                }
            };
            let (now, ago): (Vec<_>, Vec<_>) = bars
                .iter()
                .map(|(now, before)| (stretch(now), stretch(before)))
                .unzip();
            let late = there.until_as_late(before);
            // The last of those a year before, as far as the present one has come.
            let (begin, _) = ago.last().copied().unwrap_or(late);
            let mut stretches = [now, ago, vec![(begin, late.1)]].concat();
            let mut sales = store.mirror.sales(&stretches)?;
            // Each order is added up once: of hundreds of thousands, twice would be felt.
            let sums = |sales: &[Sales]| {
                let (now, rest) = sales.split_at(bars.len());
                let (ago, as_late) = rest.split_at(bars.len());
                let but_last = ago.iter().take(bars.len().saturating_sub(1));
                Some((
                    Sales::together(now)?,
                    Sales::together(but_last.chain(as_late))?,
                ))
            };
            let (whole, as_late) = match sums(&sales) {
                Some(sums) => sums,
                None => {
                    stretches.extend([there.since(first), late]);
                    sales = store.mirror.sales(&stretches)?;
                    let mut sums = sales.drain(stretches.len() - 2..);
                    (
                        sums.next().unwrap_or_default(),
                        sums.next().unwrap_or_default(),
                    )
                }
            };
            let (now, ago) = sales.split_at(bars.len());
            let span = |days, sales: &Sales| Span {
                days,
                sales: sales.clone(),
            };
            let refunds = store.mirror.refunds(there.since(first))?;
            Ok(SalesOverTime {
                figures: figures(&whole, &refunds),
                bars: bars
                    .iter()
                    .zip(now.iter().zip(ago))
                    .map(|(bar, (now, ago))| (span(bar.0, now), span(bar.1, ago)))
                    .collect(),
                whole: span(all, &whole),
                before: span(before, &as_late),
                time_zone: there.zone,
            })
        })
        .await
    }

    fn calendar(&self, store: &OpenStore) -> Calendar {
        let zone = store.profile().info.map(|info| info.time_zone);
        Calendar::new(self.inner.clock.wall(), &zone.unwrap_or_default())
    }
}

fn figures(sales: &Sales, refunds: &[Refunds]) -> Vec<SalesFigures> {
    let of_one = |sum: &Money| {
        let currency = sum.currency;
        let back = refunds
            .iter()
            .find(|back| back.beside_sales.currency == currency)
            .copied()
            .unwrap_or_else(|| Refunds::none(currency));
        SalesFigures {
            currency,
            average: sales.average(currency),
            refunded: back.amount,
            refunded_unknown: back.unknown,
            refunded_thousandths: back.thousandths_of(*sum),
        }
    };
    sales.amounts.iter().map(of_one).collect()
}

fn out_of_stock() -> ProductsQuery {
    ProductsQuery {
        stock: StockIs::Out,
        sort: ProductSort::Modified,
        descending: true,
        ..ProductsQuery::default()
    }
}

fn low_stock() -> ProductsQuery {
    ProductsQuery {
        stock: StockIs::Low,
        sort: ProductSort::Stock,
        ..ProductsQuery::default()
    }
}

fn hidden() -> ProductsQuery {
    ProductsQuery {
        visibility: VisibilityIs::Hidden,
        sort: ProductSort::Stock,
        descending: true,
        ..ProductsQuery::default()
    }
}

/// The first products of a list.
fn named(store: &OpenStore, list: &ProductsQuery) -> Result<Vec<ProductRow>, Error> {
    let mut ids: Vec<ProductId> = list.view(&store.mirror)?;
    ids.truncate(NAMED);
    Ok(product_rows(store, &ids)?.into_iter().flatten().collect())
}

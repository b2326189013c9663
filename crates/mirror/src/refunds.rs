//! What of orders' totals went back to the shoppers.
//!
//! No list of orders tells it: the reference documents an order's `refunded_amount` as always 0. So it is asked for, of
//! those orders that may have something, and kept with them.

use commerce::{CurrencyCode, Money, Order, OrderId, StatusId};
use database::{Error, params};
use jiff::Timestamp;
use rust_decimal::{Decimal, prelude::ToPrimitive as _};

use crate::{
    Area, Mirror,
    customers::{NO_SALE, money},
    item::e4,
};

/// What went back is as the store has it: a change of a status that is on its way moves no money. What is in the sales,
/// or beside them, goes by what is shown, as they do.
fn sums() -> String {
    format!(
        "SELECT currency, sum(CASE WHEN shown_status IN {NO_SALE} THEN total_e4 ELSE 0 END), \
         sum(CASE WHEN status_id = 4 THEN total_e4 ELSE coalesce(refunded_e4, 0) END), \
         sum(status_id <> 4 AND refunded_e4 IS NULL AND refunds_of IS NOT NULL), \
         sum(status_id <> 4 AND refunded_e4 IS NULL AND refunds_of IS NULL) \
         FROM orders WHERE has_refunds = 1 AND \
         placed_at >= ?1 AND placed_at < ?2 AND archived = 0 AND status_id NOT IN (0, 5, 6) \
         GROUP BY currency ORDER BY currency"
    )
}

fn to_ask() -> String {
    format!(
        "SELECT id, modified_at FROM orders WHERE has_refunds = 1 AND placed_at >= ?1 AND \
         archived = 0 AND status_id NOT IN {NO_SALE} AND refunds_of IS NOT modified_at \
         ORDER BY placed_at DESC LIMIT ?2"
    )
}

/// What went back of the orders of a stretch of time, in one currency. Orders that were cancelled or declined, and
/// checkouts that were never finished, are left out, as they are of [`Sales`](crate::Sales).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refunds {
    /// What those of them came to that are in no sales: those refunded in full.
    pub beside_sales: Money,
    /// All that is known to have gone back, also of orders refunded in part; `None` while one of them has not been asked
    /// about.
    pub amount: Option<Money>,
    /// Orders that were asked about and of which nobody can tell how much went back: it is that much more.
    pub unknown: u32,
}

impl Refunds {
    /// Nothing went back.
    #[must_use]
    pub const fn none(currency: CurrencyCode) -> Self {
        let nothing = Money::new(Decimal::ZERO, currency);
        Self {
            beside_sales: nothing,
            amount: Some(nothing),
            unknown: 0,
        }
    }

    /// How much that is of what was sold before anything went back, in thousandths; `sales` is what the orders that
    /// are sales come to, in the same currency. `None` where it isn't known of each of them, or nothing was sold.
    #[must_use]
    pub fn thousandths_of(&self, sales: Money) -> Option<u32> {
        if self.unknown > 0 {
            return None;
        }
        let before = sales.plus(self.beside_sales).ok()?;
        let share = self.amount?.amount.checked_mul(Decimal::from(1000))?;
        share.checked_div(before.amount)?.round().to_u32()
    }
}

/// What the store has said of an order's refunds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refunded {
    /// Which order.
    pub order: OrderId,
    /// When it was last modified, as far as was known when the question was asked.
    pub as_of: Timestamp,
    /// What went back; `None` where the store can't tell.
    pub amount: Option<Decimal>,
}

/// Something of an order went back, or may have, by what the store says of it.
///
/// Source: BigCommerce REST reference, "Get order statuses", and "Get all orders" (member `payment_status`).
pub(crate) fn may_have_refunds(order: &Order) -> bool {
    const REFUNDED: [StatusId; 2] = [StatusId(4), StatusId(14)];
    REFUNDED.contains(&order.status_id)
        || ["refunded", "partially refunded"].contains(&order.payment_status.as_str())
}

impl Mirror {
    /// What went back of the orders of a stretch of time, from its first moment to just before its second, whenever it
    /// did; by currency. Archived orders don't count. A currency that is left out had no refunds.
    ///
    /// # Errors
    /// [`Error`].
    pub fn refunds(&self, (from, to): (Timestamp, Timestamp)) -> Result<Vec<Refunds>, Error> {
        let reader = self.reader();
        let mut statement = reader.prepare_cached(&sums())?;
        let mut rows = statement.query(params![from.as_second(), to.as_second()])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let Ok(currency) = row.get::<_, String>(0)?.parse::<CurrencyCode>() else {
                continue;
            };
            let unasked: u32 = row.get(4)?;
            let amount = money(row.get(2)?, currency);
            all.push(Refunds {
                beside_sales: money(row.get(1)?, currency),
                amount: (unasked == 0).then_some(amount),
                unknown: row.get(3)?,
            });
        }
        Ok(all)
    }

    /// Orders placed at `since` or later whose refunds are to be asked for, each with when it was last modified: they
    /// may have some, and were not asked about since. The newest first, at most `limit`. Those that count as refunded
    /// in full or as no sale need not be asked about.
    ///
    /// # Errors
    /// [`Error`].
    pub fn refunds_to_ask(
        &self,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<(OrderId, Timestamp)>, Error> {
        let reader = self.reader();
        let mut statement = reader.prepare_cached(&to_ask())?;
        let mut rows = statement.query(params![since.as_second(), limit])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let id = OrderId(row.get::<_, i64>(0)?.cast_unsigned());
            let modified_at = Timestamp::from_second(row.get(1)?).map_err(|_| Error::Damaged)?;
            all.push((id, modified_at));
        }
        Ok(all)
    }

    /// Keeps what the store has said of refunds. Gives whether that differs from what was here. What is known of an order
    /// stays where the store can't tell it any more, as long as the order has not changed.
    ///
    /// # Errors
    /// [`Error`]; then nothing was kept.
    pub fn put_refunded(&self, told: &[Refunded]) -> Result<bool, Error> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        let mut changed = 0;
        for one in told {
            let key = one.order.0.cast_signed();
            changed += transaction
                .prepare_cached(
                    "UPDATE orders SET refunded_e4 = ?2, has_refunds = \
                     has_refunds OR coalesce(?2, 0) > 0 WHERE id = ?1 AND \
                     (refunds_of IS NULL OR refunded_e4 IS NOT ?2) AND \
                     (?2 IS NOT NULL OR refunds_of IS NOT ?3)",
                )?
                .execute(params![key, one.amount.map(e4), one.as_of.as_second()])?;
            transaction
                .prepare_cached("UPDATE orders SET refunds_of = ?2 WHERE id = ?1")?
                .execute(params![key, one.as_of.as_second()])?;
        }
        transaction.commit()?;
        drop(writer);
        if changed > 0 {
            self.changed_in(Area::Orders);
        }
        Ok(changed > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_added_up_and_asked_for_is_read_from_an_index_of_few_orders_alone() {
        let folder = tempfile::tempdir().unwrap();
        let mirror = Mirror::open(&folder.path().join("mirror.sqlite")).unwrap();
        let reader = mirror.reader();
        for sql in [sums(), to_ask()] {
            let mut statement = reader
                .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
                .unwrap();
            let mut rows = statement.raw_query();
            let first: String = rows.next().unwrap().unwrap().get("detail").unwrap();
            assert!(first.starts_with("SEARCH"), "{first}");
            assert!(
                first.contains("COVERING INDEX orders_by_refunds"),
                "{first}"
            );
        }
    }

    #[test]
    fn a_share_is_of_what_was_sold_before_anything_went_back() {
        let usd = |text: &str| Money::new(text.parse().unwrap(), "USD".parse().unwrap());
        let refunds = |beside_sales, amount| Refunds {
            beside_sales: usd(beside_sales),
            amount: Some(usd(amount)),
            unknown: 0,
        };
        assert_eq!(refunds("0", "26").thousandths_of(usd("1000")), Some(26));
        assert_eq!(refunds("250", "250").thousandths_of(usd("750")), Some(250));
        assert_eq!(refunds("50", "50").thousandths_of(usd("0")), Some(1000));
        let none = Refunds::none("USD".parse().unwrap());
        assert_eq!(none.thousandths_of(usd("10")), Some(0));
        assert_eq!(none.thousandths_of(usd("0")), None, "nothing was sold");
        let unasked = Refunds {
            amount: None,
            ..refunds("50", "0")
        };
        assert_eq!(unasked.thousandths_of(usd("10")), None);
        let unknown = Refunds {
            unknown: 1,
            ..refunds("50", "50")
        };
        assert_eq!(unknown.thousandths_of(usd("10")), None, "it is more");
    }

    #[test]
    fn orders_that_were_here_before_it_was_asked_for_are_found() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mirror.sqlite");
        {
            let before =
                database::Migrations::new(crate::file::steps().into_iter().take(3).collect());
            let old = database::open(&path, &before, database::Durability::Crash).unwrap();
            for (id, status, payment) in [
                (1, 14, "captured"),
                (2, 10, "refunded"),
                (3, 10, "partially refunded"),
                (4, 10, "captured"),
            ] {
                let body = format!("{{\"payment_status\":\"{payment}\"}}");
                old.execute(
                    "INSERT INTO orders (id, status_id, shown_status, placed_at, modified_at, \
                     customer, search, item_count, total_e4, currency, archived, body) \
                     VALUES (?1, ?2, ?2, ?1, ?1, '', '', 1, 1, 'USD', 0, ?3)",
                    params![id, status, body],
                )
                .unwrap();
            }
        }
        let mirror = Mirror::open(&path).unwrap();
        let to_ask = mirror.refunds_to_ask(Timestamp::UNIX_EPOCH, 9).unwrap();
        let ids: Vec<u64> = to_ask.iter().map(|(id, _)| id.0).collect();
        assert_eq!(ids, [3, 2, 1]);
    }
}

//! What a first look at a store shows.

use commerce::{CurrencyCode, Money};
use database::{Error, params};
use jiff::Timestamp;

use crate::{
    Mirror,
    catalog::Stock,
    customers::{NO_SALE, money},
};

/// Orders of a stretch of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sales {
    /// Orders that were placed, without checkouts that were never finished.
    pub orders: u32,
    /// What they come to, exactly, one amount for each currency, the commonest first. Orders that
    /// were cancelled, declined or refunded in full are left out.
    pub amounts: Vec<Money>,
}

/// Products by what may want a look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProductNumbers {
    /// All of them.
    pub all: u32,
    /// Some is left, but no more than the level the shop set.
    pub low_stock: u32,
    /// None is left.
    pub out_of_stock: u32,
    /// Not on the storefront.
    pub hidden: u32,
}

impl Mirror {
    /// Orders placed from `from` to just before `to`, without archived ones.
    ///
    /// # Errors
    /// [`Error`].
    pub fn sales(&self, from: Timestamp, to: Timestamp) -> Result<Sales, Error> {
        let reader = self.reader();
        let mut statement = reader.prepare_cached(&format!(
            "SELECT currency, count(*), sum(CASE WHEN shown_status IN {NO_SALE} THEN 0 \
             ELSE total_e4 END) FROM orders WHERE placed_at >= ?1 AND placed_at < ?2 AND \
             archived = 0 AND shown_status <> 0 GROUP BY currency ORDER BY count(*) DESC, currency"
        ))?;
        let mut rows = statement.query(params![from.as_second(), to.as_second()])?;
        let mut sales = Sales::default();
        while let Some(row) = rows.next()? {
            sales.orders += row.get::<_, u32>(1)?;
            if let Ok(currency) = row.get::<_, String>(0)?.parse::<CurrencyCode>() {
                sales.amounts.push(money(row.get(2)?, currency));
            }
        }
        Ok(sales)
    }

    /// Orders here that were placed, without checkouts that were never finished. It never gets less.
    ///
    /// # Errors
    /// [`Error`].
    pub fn placed_orders(&self) -> Result<u32, Error> {
        let reader = self.reader();
        let mut statement =
            reader.prepare_cached("SELECT count(*) FROM orders WHERE shown_status <> 0")?;
        Ok(statement.query_row(params![], |row| row.get(0))?)
    }

    /// The currency most orders here are in; `None` without orders.
    ///
    /// # Errors
    /// [`Error`].
    pub fn usual_currency(&self) -> Result<Option<CurrencyCode>, Error> {
        let reader = self.reader();
        let mut statement = reader.prepare_cached(
            "SELECT currency FROM orders GROUP BY currency ORDER BY count(*) DESC LIMIT 1",
        )?;
        let mut rows = statement.query([])?;
        Ok(match rows.next()? {
            Some(row) => row.get::<_, String>(0)?.parse().ok(),
            None => None,
        })
    }

    /// How many products there are, and how many of them may want a look.
    ///
    /// # Errors
    /// [`Error`].
    pub fn product_numbers(&self) -> Result<ProductNumbers, Error> {
        let reader = self.reader();
        let mut statement = reader.prepare_cached(
            "SELECT stock, visible, count(*) FROM products GROUP BY stock, visible",
        )?;
        let mut rows = statement.query([])?;
        let mut numbers = ProductNumbers::default();
        while let Some(row) = rows.next()? {
            let (stock, visible, count): (i64, bool, u32) = (row.get(0)?, row.get(1)?, row.get(2)?);
            numbers.all += count;
            if stock == Stock::Low as i64 {
                numbers.low_stock += count;
            }
            if stock == Stock::Out as i64 {
                numbers.out_of_stock += count;
            }
            if !visible {
                numbers.hidden += count;
            }
        }
        Ok(numbers)
    }
}

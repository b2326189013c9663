//! What a first look at a store shows.

use commerce::{CurrencyCode, Money, OrderId, StatusId};
use database::{Connection, Error, params};
use jiff::Timestamp;
use rust_decimal::Decimal;

use crate::{
    Mirror,
    catalog::Stock,
    customers::{NO_SALE, money},
};

const IN_STATUS: &str =
    "SELECT count(*) FROM orders WHERE shown_status = ?1 AND archived = 0 AND placed_at >= ?2";
const OLDEST_IN_STATUS: &str = "SELECT id, placed_at FROM orders WHERE shown_status = ?1 AND archived = 0 \
     ORDER BY placed_at, id LIMIT 1";
const CUSTOMERS_SINCE: &str = "SELECT count(*) FROM customers WHERE registered_at >= ?1";
const PRODUCTS_SINCE: &str = "SELECT count(*) FROM products WHERE modified_at >= ?1";
const PRODUCTS: &str = "SELECT stock, visible, count(*) FROM products GROUP BY stock, visible";
/// The condition is that of the index, word by word.
const BY_VARIANT: &str = "SELECT EXISTS (SELECT 1 FROM products \
     WHERE instr(body, '\"inventory_tracking\":\"variant\"') > 0)";

/// Orders of a stretch of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sales {
    /// Orders that were placed, without checkouts that were never finished.
    pub orders: u32,
    /// What they come to, exactly, one amount for each currency, the commonest first. Orders that
    /// were cancelled, declined or refunded in full are left out.
    pub amounts: Vec<Money>,
    /// Of how many orders each of these amounts is, one after the other.
    pub counted: Vec<u32>,
}

impl Sales {
    /// Those of several stretches together; `None` if they are in several currencies: the commonest of
    /// all can't be told from the parts.
    #[must_use]
    pub fn together<'a>(parts: impl IntoIterator<Item = &'a Self>) -> Option<Self> {
        let mut all = Self::default();
        for part in parts {
            all.orders += part.orders;
            for (amount, counted) in part.amounts.iter().zip(&part.counted) {
                let first = (all.amounts.first_mut(), all.counted.first_mut());
                if let (Some(sum), Some(count)) = first {
                    *sum = sum.plus(*amount).ok()?;
                    *count += counted;
                } else {
                    all.push(*amount, *counted);
                }
            }
        }
        Some(all)
    }

    /// What an order comes to on average, to four decimals: of those that one of the amounts is of. `None` where it is
    /// of none.
    #[must_use]
    pub fn average(&self, currency: CurrencyCode) -> Option<Money> {
        let mut sums = self.amounts.iter().zip(&self.counted);
        let (sum, counted) = sums.find(|(sum, _)| sum.currency == currency)?;
        let average = sum.amount.checked_div(Decimal::from(*counted))?;
        Some(Money::new(average.round_dp(4).normalize(), currency))
    }

    fn push(&mut self, amount: Money, counted: u32) {
        self.amounts.push(amount);
        self.counted.push(counted);
    }
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
    /// Not on the storefront, though some is left.
    pub hidden_in_stock: u32,
    /// Some are counted by their variants, and judged here by the sum of those.
    pub some_by_variant: bool,
}

impl Mirror {
    /// What was ordered in each of some stretches of time: from its first moment to just before its
    /// second. All are read at one moment, so that parts and their whole agree even while a page is
    /// being written. Archived orders don't count.
    ///
    /// # Errors
    /// [`Error`].
    pub fn sales(&self, stretches: &[(Timestamp, Timestamp)]) -> Result<Vec<Sales>, Error> {
        let reader = self.reader();
        let snapshot = reader.unchecked_transaction()?;
        let mut all = Vec::with_capacity(stretches.len());
        for stretch in stretches {
            all.push(match sales_in_one_currency(&snapshot, *stretch)? {
                Some(sales) => sales,
                None => sales_by_currency(&snapshot, *stretch)?,
            });
        }
        Ok(all)
    }

    /// The orders of a status that were placed at a moment or later, as lists show them.
    ///
    /// # Errors
    /// [`Error`].
    pub fn count_in_status(&self, status: StatusId, since: Timestamp) -> Result<u32, Error> {
        let reader = self.reader();
        let mut statement = reader.prepare_cached(IN_STATUS)?;
        Ok(statement.query_row(params![status.0, since.as_second()], |row| row.get(0))?)
    }

    /// The order that has been longest in the store of those shown as having a status, and when it
    /// was placed.
    ///
    /// # Errors
    /// [`Error`].
    pub fn oldest_in_status(
        &self,
        status: StatusId,
    ) -> Result<Option<(OrderId, Timestamp)>, Error> {
        let reader = self.reader();
        let mut statement = reader.prepare_cached(OLDEST_IN_STATUS)?;
        let mut rows = statement.query([status.0])?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        let id = OrderId(row.get::<_, i64>(0)?.cast_unsigned());
        Ok(Timestamp::from_second(row.get(1)?).ok().map(|at| (id, at)))
    }

    /// Customers that registered at a moment or later.
    ///
    /// # Errors
    /// [`Error`].
    pub fn customers_since(&self, since: Timestamp) -> Result<u32, Error> {
        let reader = self.reader();
        let mut statement = reader.prepare_cached(CUSTOMERS_SINCE)?;
        Ok(statement.query_row([since.as_second()], |row| row.get(0))?)
    }

    /// Products that the store touched at a moment or later.
    ///
    /// # Errors
    /// [`Error`].
    pub fn products_since(&self, since: Timestamp) -> Result<u32, Error> {
        let reader = self.reader();
        let mut statement = reader.prepare_cached(PRODUCTS_SINCE)?;
        Ok(statement.query_row([since.as_second()], |row| row.get(0))?)
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
        let mut statement = reader.prepare_cached(PRODUCTS)?;
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
                if stock == Stock::Low as i64 || stock == Stock::Enough as i64 {
                    numbers.hidden_in_stock += count;
                }
            }
        }
        let mut by_variant = reader.prepare_cached(BY_VARIANT)?;
        numbers.some_by_variant = by_variant.query_row(params![], |row| row.get(0))?;
        Ok(numbers)
    }
}

/// How many orders there are between two moments, what those that are sales come to, and how many these are.
fn sold() -> String {
    format!(
        "count(*), coalesce(sum(CASE WHEN shown_status IN {NO_SALE} THEN 0 ELSE total_e4 END), 0), \
         coalesce(sum(shown_status NOT IN {NO_SALE}), 0) FROM orders WHERE placed_at >= ?1 AND \
         placed_at < ?2 AND archived = 0 AND shown_status <> 0"
    )
}

fn one_currency() -> String {
    format!("SELECT min(currency), max(currency), {}", sold())
}

/// Sales of a stretch whose orders are all in one currency; `None` if they are in several.
///
/// Most stores sell in one, and adding up takes half the time where nothing is sorted by it.
fn sales_in_one_currency(
    connection: &Connection,
    (from, to): (Timestamp, Timestamp),
) -> Result<Option<Sales>, Error> {
    let mut statement = connection.prepare_cached(&one_currency())?;
    let mut rows = statement.query(params![from.as_second(), to.as_second()])?;
    let mut sales = Sales::default();
    if let Some(row) = rows.next()? {
        let (first, last): (Option<String>, Option<String>) = (row.get(0)?, row.get(1)?);
        if first != last {
            return Ok(None);
        }
        sales.orders = row.get(2)?;
        if let Some(Ok(currency)) = first.map(|code| code.parse::<CurrencyCode>()) {
            sales.push(money(row.get(3)?, currency), row.get(4)?);
        }
    }
    Ok(Some(sales))
}

fn sales_by_currency(
    connection: &Connection,
    (from, to): (Timestamp, Timestamp),
) -> Result<Sales, Error> {
    let sql = format!(
        "SELECT currency, {} GROUP BY currency ORDER BY count(*) DESC, currency",
        sold()
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params![from.as_second(), to.as_second()])?;
    let mut sales = Sales::default();
    while let Some(row) = rows.next()? {
        sales.orders += row.get::<_, u32>(1)?;
        if let Ok(currency) = row.get::<_, String>(0)?.parse::<CurrencyCode>() {
            sales.push(money(row.get(2)?, currency), row.get(3)?);
        }
    }
    Ok(sales)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statuses::BY_STATUS;

    fn plan(mirror: &Mirror, sql: &str) -> Vec<String> {
        let reader = mirror.reader();
        let mut statement = reader
            .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
            .unwrap();
        let mut rows = statement.raw_query();
        let mut steps = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            steps.push(row.get("detail").unwrap());
        }
        steps
    }

    fn empty() -> (tempfile::TempDir, Mirror) {
        let folder = tempfile::tempdir().unwrap();
        let mirror = Mirror::open(&folder.path().join("mirror.sqlite")).unwrap();
        (folder, mirror)
    }

    #[test]
    fn what_home_asks_about_a_stretch_of_time_is_found_in_an_index_and_read_from_it_alone() {
        let (_folder, mirror) = empty();
        let sales = one_currency();
        for sql in [
            &sales,
            IN_STATUS,
            OLDEST_IN_STATUS,
            CUSTOMERS_SINCE,
            PRODUCTS_SINCE,
        ] {
            let plan = plan(&mirror, sql);
            assert_eq!(plan.len(), 1, "{sql}: {plan:?}");
            assert!(plan[0].starts_with("SEARCH"), "{sql}: {plan:?}");
            assert!(plan[0].contains("COVERING INDEX"), "{sql}: {plan:?}");
        }
    }

    #[test]
    fn what_home_counts_of_all_there_is_is_read_from_an_index_alone_and_in_its_order() {
        let (_folder, mirror) = empty();
        for sql in [BY_STATUS, PRODUCTS] {
            let plan = plan(&mirror, sql);
            assert_eq!(plan.len(), 1, "{sql}: {plan:?}");
            assert!(plan[0].contains("COVERING INDEX"), "{sql}: {plan:?}");
        }
        let by_variant = plan(&mirror, BY_VARIANT).join("; ");
        assert!(by_variant.contains("products_by_variant"), "{by_variant}");
        // Those that Home names: none of the wide rows is read but the few that are shown.
        for filter in ["stock = 3", "stock = 2", "visible = 0"] {
            for by in ["modified_at DESC, id DESC", "stock = 0, level, id"] {
                let sql = format!("SELECT id FROM products WHERE {filter} ORDER BY {by}");
                let plan = plan(&mirror, &sql);
                assert!(plan[0].contains("COVERING INDEX"), "{sql}: {plan:?}");
            }
        }
    }

    #[test]
    fn parts_of_one_currency_make_up_the_whole_and_parts_of_several_do_not() {
        let sales = |orders, amounts: &[(&str, &str)]| Sales {
            orders,
            counted: vec![orders; amounts.len()],
            amounts: amounts
                .iter()
                .map(|(amount, code)| Money::new(amount.parse().unwrap(), code.parse().unwrap()))
                .collect(),
        };
        let parts = [
            sales(2, &[("10.10", "USD")]),
            sales(0, &[]),
            sales(1, &[("0.20", "USD")]),
        ];
        assert_eq!(Sales::together(&parts), Some(sales(3, &[("10.30", "USD")])));
        assert_eq!(Sales::together([]), Some(Sales::default()));
        let other = sales(1, &[("5", "EUR")]);
        assert_eq!(Sales::together([&parts[0], &other]), None);
        let both = sales(2, &[("5", "USD"), ("1", "EUR")]);
        assert_eq!(Sales::together([&both]), None);
    }

    #[test]
    fn an_average_is_of_the_orders_that_the_amount_is_of() {
        let (usd, eur): (CurrencyCode, CurrencyCode) =
            ("USD".parse().unwrap(), "EUR".parse().unwrap());
        let money = |text: &str, currency| Money::new(text.parse().unwrap(), currency);
        let sales = Sales {
            orders: 9,
            amounts: vec![money("100", usd), money("7", eur)],
            counted: vec![3, 0],
        };
        assert_eq!(sales.average(usd), Some(money("33.3333", usd)));
        assert_eq!(sales.average(eur), None);
        assert_eq!(sales.average("GBP".parse().unwrap()), None);
    }
}

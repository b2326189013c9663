//! Which orders, in which order.

use commerce::{CurrencyCode, Money, OrderId, StatusId};
use database::{Error, ToSql, params_from_iter};
use rust_decimal::Decimal;

use crate::Mirror;

/// Columns an order list can be sorted by. The number decides between equals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OrderSort {
    /// Number.
    Number,
    /// When it was placed.
    #[default]
    Placed,
    /// Customer's name, letter case aside.
    Customer,
    /// Pieces.
    Items,
    /// Status, in the control panel's order.
    Status,
    /// Grand total.
    Total,
}

/// Which orders, in which order. Archived ones are never among them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct OrdersQuery {
    /// Only this status, as lists show it.
    pub status: Option<StatusId>,
    /// Part of a number, name, company, e-mail address or phone number. Empty for all.
    pub search: String,
    /// Checkouts that were never finished as well.
    pub show_incomplete: bool,
    /// Column.
    pub sort: OrderSort,
    /// Largest first.
    pub descending: bool,
}

/// The orders of a query, fixed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderView {
    /// Numbers, in the query's order.
    pub ids: Vec<OrderId>,
    /// Sum of their totals, one amount for each currency.
    pub totals: Vec<Money>,
}

impl Mirror {
    /// Computes the orders of a query.
    ///
    /// # Errors
    /// [`Error`].
    pub fn view(&self, query: &OrdersQuery) -> Result<OrderView, Error> {
        let mut conditions = vec!["archived = 0"];
        let mut values: Vec<Box<dyn ToSql>> = Vec::new();
        if let Some(status) = query.status {
            conditions.push("shown_status = ?");
            values.push(Box::new(status.0));
        } else if !query.show_incomplete {
            conditions.push("shown_status <> 0");
        }
        let words: Vec<String> = query
            .search
            .split_whitespace()
            .map(str::to_lowercase)
            .collect();
        for word in words {
            conditions.push("instr(search, ?) > 0");
            values.push(Box::new(word));
        }
        let direction = if query.descending { "DESC" } else { "ASC" };
        let by = match query.sort {
            OrderSort::Number => "orders.id",
            OrderSort::Placed => "placed_at",
            OrderSort::Customer => "customer COLLATE NOCASE",
            OrderSort::Items => "item_count",
            OrderSort::Status => "coalesce(statuses.position, 99)",
            OrderSort::Total => "total_e4",
        };
        let join = if query.sort == OrderSort::Status {
            "LEFT JOIN statuses ON statuses.id = orders.shown_status"
        } else {
            ""
        };
        let filter = conditions.join(" AND ");
        let reader = self.reader();
        // One snapshot for both statements, or the sum might not fit the rows.
        let snapshot = reader.unchecked_transaction()?;
        let ids = snapshot
            .prepare_cached(&format!(
                "SELECT orders.id FROM orders {join} WHERE {filter} \
                 ORDER BY {by} {direction}, orders.id {direction}"
            ))?
            .query_map(params_from_iter(&values), |row| {
                row.get::<_, i64>(0).map(|id| OrderId(id.cast_unsigned()))
            })?
            .collect::<Result<_, _>>()?;
        let totals = snapshot
            .prepare_cached(&format!(
                "SELECT currency, sum(total_e4) FROM orders WHERE {filter} \
                 GROUP BY currency ORDER BY count(*) DESC, currency"
            ))?
            .query_map(params_from_iter(&values), |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
            })?
            .filter_map(|row| match row {
                Ok((currency, e4)) => currency
                    .parse::<CurrencyCode>()
                    .ok()
                    .map(|currency| Ok(Money::new(Decimal::new(e4, 4).normalize(), currency))),
                Err(error) => Some(Err(error)),
            })
            .collect::<Result<_, _>>()?;
        Ok(OrderView { ids, totals })
    }
}

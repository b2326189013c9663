//! Orders, in which order.

use commerce::{CurrencyCode, CustomerId, Money, OrderId, StatusId};
use database::{Error, params_from_iter};
use jiff::Timestamp;

use super::{Filter, Query, direction};
use crate::{Area, Mirror, customers::money};

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
    /// Only this customer's.
    pub customer: Option<CustomerId>,
    /// Only those placed at the first moment or later, and before the second.
    pub placed: Option<(Timestamp, Timestamp)>,
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

impl AsRef<[OrderId]> for OrderView {
    fn as_ref(&self) -> &[OrderId] {
        &self.ids
    }
}

impl Query for OrdersQuery {
    type Id = OrderId;
    type View = OrderView;

    fn view(&self, mirror: &Mirror) -> Result<OrderView, Error> {
        let filter = self.filter();
        let direction = direction(self.descending);
        let by = match self.sort {
            OrderSort::Number => "orders.id",
            OrderSort::Placed => "placed_at",
            OrderSort::Customer => "customer COLLATE NOCASE",
            OrderSort::Items => "item_count",
            OrderSort::Status => "coalesce(statuses.position, 99)",
            OrderSort::Total => "total_e4",
        };
        let join = if self.sort == OrderSort::Status {
            "LEFT JOIN statuses ON statuses.id = orders.shown_status"
        } else {
            ""
        };
        let conditions = filter.text();
        let reader = mirror.reader();
        // One snapshot for both statements, or the sum might not fit the rows.
        let snapshot = reader.unchecked_transaction()?;
        let ids = filter.ids(
            &snapshot,
            &format!(
                "SELECT orders.id FROM orders {join} WHERE {conditions} \
                 ORDER BY {by} {direction}, orders.id {direction}"
            ),
        )?;
        let totals = snapshot
            .prepare_cached(&format!(
                "SELECT currency, sum(total_e4) FROM orders WHERE {conditions} \
                 GROUP BY currency ORDER BY count(*) DESC, currency"
            ))?
            .query_map(params_from_iter(&filter.values), |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
            })?
            .filter_map(|row| match row {
                Ok((currency, e4)) => currency
                    .parse::<CurrencyCode>()
                    .ok()
                    .map(|currency| Ok(money(e4, currency))),
                Err(error) => Some(Err(error)),
            })
            .collect::<Result<_, _>>()?;
        Ok(OrderView {
            ids: ids.into_iter().map(OrderId).collect(),
            totals,
        })
    }

    fn version(mirror: &Mirror) -> u64 {
        mirror.version_of(&[Area::Orders])
    }
}

impl OrdersQuery {
    pub(super) fn filter(&self) -> Filter {
        let mut filter = Filter::default();
        filter.is("archived = 0");
        if let Some(status) = self.status {
            filter.with("shown_status = ?", status.0);
        } else if !self.show_incomplete {
            filter.is("shown_status <> 0");
        }
        if let Some(customer) = self.customer {
            filter.with("customer_id = ?", customer.0.cast_signed());
        }
        if let Some((from, to)) = self.placed {
            filter.with("placed_at >= ?", from.as_second());
            filter.with("placed_at < ?", to.as_second());
        }
        filter.words(&self.search, "instr(search, ?1) > 0");
        filter
    }
}

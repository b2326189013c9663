//! Customers, in which order.

use commerce::{CurrencyCode, CustomerId};
use database::Error;
use jiff::Timestamp;

use super::{Filter, Query, direction};
use crate::{Area, Mirror, customers::NO_SALE};

/// Columns a customer list can be sorted by. The number decides between equals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CustomerSort {
    /// Name, letter case aside.
    #[default]
    Name,
    /// E-mail address, letter case aside.
    Email,
    /// When they registered.
    Registered,
    /// Orders here.
    Orders,
    /// What those come to, in the query's currency.
    Spent,
}

/// Which customers, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct CustomersQuery {
    /// Words that all have to be in a name, company, e-mail address or phone number. Empty for all.
    pub search: String,
    /// Only those who registered at this moment or later.
    pub registered_since: Option<Timestamp>,
    /// Column.
    pub sort: CustomerSort,
    /// The currency that decides when sorting by what was spent; `None` for the sum of all.
    pub currency: Option<CurrencyCode>,
    /// Largest first.
    pub descending: bool,
}

impl Query for CustomersQuery {
    type Id = CustomerId;
    type View = Vec<CustomerId>;

    fn view(&self, mirror: &Mirror) -> Result<Vec<CustomerId>, Error> {
        let filter = self.filter();
        let direction = direction(self.descending);
        let by = match self.sort {
            CustomerSort::Name => "name COLLATE NOCASE",
            CustomerSort::Email => "email COLLATE NOCASE",
            CustomerSort::Registered => "registered_at",
            CustomerSort::Orders | CustomerSort::Spent => "coalesce(ordered.amount, 0)",
        };
        let amount = match self.sort {
            CustomerSort::Orders => Some("count(*)".to_owned()),
            CustomerSort::Spent => {
                let other = self.currency.map_or_else(String::new, |currency| {
                    format!("OR currency <> '{}'", currency.as_str())
                });
                Some(format!(
                    "sum(CASE WHEN shown_status IN {NO_SALE} {other} THEN 0 ELSE total_e4 END)"
                ))
            }
            CustomerSort::Name | CustomerSort::Email | CustomerSort::Registered => None,
        };
        let join = amount.map_or_else(String::new, |amount| {
            format!(
                "LEFT JOIN (SELECT customer_id, {amount} AS amount FROM orders \
                 WHERE customer_id IS NOT NULL AND archived = 0 AND shown_status <> 0 \
                 GROUP BY customer_id) AS ordered ON ordered.customer_id = customers.id"
            )
        });
        let ids = filter.ids(
            &mirror.reader(),
            &format!(
                "SELECT customers.id FROM customers {join} WHERE {} \
                 ORDER BY {by} {direction}, customers.id {direction}",
                filter.text()
            ),
        )?;
        Ok(ids.into_iter().map(CustomerId).collect())
    }

    fn version(mirror: &Mirror) -> u64 {
        mirror.version_of(&[Area::Customers, Area::Orders])
    }
}

impl CustomersQuery {
    pub(super) fn filter(&self) -> Filter {
        let mut filter = Filter::default();
        if let Some(since) = self.registered_since {
            filter.with("registered_at >= ?", since.as_second());
        }
        filter.words(&self.search, "instr(search, ?1) > 0");
        filter
    }
}

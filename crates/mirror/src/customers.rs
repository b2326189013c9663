//! Customers, in and out, and what they have ordered.

use std::collections::HashMap;

use commerce::{CurrencyCode, Customer, CustomerId, Money, OrderId};
use database::{Connection, Error, params};
use jiff::Timestamp;
use rust_decimal::Decimal;

use crate::{
    Area, Mirror,
    item::{Row, digits, search_text},
};

/// What a customer has ordered, as far as it is here. Archived orders don't count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ordered {
    /// Orders, without checkouts that were never finished.
    pub orders: u32,
    /// What they come to, exactly, one amount for each currency, the commonest first. Orders that
    /// were cancelled, declined or refunded in full are left out.
    pub spent: Vec<Money>,
}

/// Orders in these statuses are no sales: incomplete, refunded, cancelled, declined.
///
/// Source: BigCommerce REST reference, "Get order statuses".
pub(crate) const NO_SALE: &str = "(0, 4, 5, 6)";

impl Row for Customer {
    const AREA: Area = Area::Customers;

    fn key(&self) -> i64 {
        self.id.0.cast_signed()
    }

    fn modified_at(&self) -> Option<Timestamp> {
        Some(self.modified_at)
    }

    fn write(&self, connection: &Connection, body: &str) -> Result<(), Error> {
        connection
            .prepare_cached(
                "INSERT INTO customers (id, name, email, registered_at, search, body) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
                 ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, \
                 registered_at = excluded.registered_at, search = excluded.search, \
                 body = excluded.body",
            )?
            .execute(params![
                self.key(),
                self.display_name(),
                self.email,
                self.created_at.as_second(),
                searched(self),
                body,
            ])?;
        Ok(())
    }
}

impl Mirror {
    /// One customer.
    ///
    /// # Errors
    /// [`Error`].
    pub fn customer(&self, id: CustomerId) -> Result<Option<Customer>, Error> {
        self.one(id.0.cast_signed())
    }

    /// The customers with these numbers, in that order; `None` for one that isn't here.
    ///
    /// # Errors
    /// [`Error`].
    pub fn customers(&self, ids: &[CustomerId]) -> Result<Vec<Option<Customer>>, Error> {
        self.several(ids.iter().map(|id| id.0.cast_signed()))
    }

    /// What each of these customers has ordered; nothing for those without orders.
    ///
    /// # Errors
    /// [`Error`].
    pub fn ordered_by(
        &self,
        customers: impl IntoIterator<Item = CustomerId>,
    ) -> Result<HashMap<CustomerId, Ordered>, Error> {
        let reader = self.reader();
        let mut statement = reader.prepare_cached(&format!(
            "SELECT currency, count(*), sum(CASE WHEN shown_status IN {NO_SALE} THEN 0 \
             ELSE total_e4 END) FROM orders WHERE customer_id = ?1 AND archived = 0 AND \
             shown_status <> 0 GROUP BY currency ORDER BY count(*) DESC, currency"
        ))?;
        let mut all = HashMap::new();
        for customer in customers {
            let mut ordered = Ordered::default();
            let mut rows = statement.query([customer.0.cast_signed()])?;
            while let Some(row) = rows.next()? {
                ordered.orders += row.get::<_, u32>(1)?;
                if let Ok(currency) = row.get::<_, String>(0)?.parse::<CurrencyCode>() {
                    ordered.spent.push(money(row.get(2)?, currency));
                }
            }
            if ordered.orders > 0 {
                all.insert(customer, ordered);
            }
        }
        Ok(all)
    }

    /// The newest orders of a customer, newest first, at most `limit`, without archived ones.
    ///
    /// # Errors
    /// [`Error`].
    pub fn newest_orders_of(
        &self,
        customer: CustomerId,
        limit: u32,
    ) -> Result<Vec<OrderId>, Error> {
        let reader = self.reader();
        let mut statement = reader.prepare_cached(
            "SELECT id FROM orders WHERE customer_id = ?1 AND archived = 0 AND shown_status <> 0 \
             ORDER BY placed_at DESC, id DESC LIMIT ?2",
        )?;
        let rows = statement.query_map(params![customer.0.cast_signed(), limit], |row| {
            row.get::<_, i64>(0).map(|id| OrderId(id.cast_unsigned()))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// An exact amount from its ten-thousandths.
pub(crate) fn money(e4: i64, currency: CurrencyCode) -> Money {
    Money::new(Decimal::new(e4, 4).normalize(), currency)
}

fn searched(customer: &Customer) -> String {
    let name = format!(
        "{} {}",
        customer.first_name.trim(),
        customer.last_name.trim()
    );
    let phones: Vec<String> = customer
        .addresses
        .items
        .iter()
        .flat_map(|address| [address.phone.clone(), digits(&address.phone)])
        .collect();
    let companies: Vec<String> = customer
        .addresses
        .items
        .iter()
        .map(|address| address.company.clone())
        .collect();
    search_text([
        name,
        customer.company.clone(),
        customer.email.clone(),
        customer.phone.clone(),
        digits(&customer.phone),
        companies.join("\n"),
        phones.join("\n"),
    ])
}

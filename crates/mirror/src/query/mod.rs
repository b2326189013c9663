//! Which things, in which order.

mod customers;
mod find;
mod orders;
mod products;

pub use customers::{CustomerSort, CustomersQuery};
pub use find::Hits;
pub use orders::{OrderSort, OrderView, OrdersQuery};
pub use products::{ProductSort, ProductsQuery, StockIs, VisibilityIs};

use database::{Connection, Error, ToSql, params_from_iter};

use crate::Mirror;

/// A question whose answer is a list of ids in a fixed order.
pub trait Query: Clone + PartialEq + Send + Sync + 'static {
    /// What the list holds.
    type Id: Copy + PartialEq + Send + Sync + 'static;
    /// The answer.
    type View: AsRef<[Self::Id]> + Send + Sync + 'static;

    /// Computes the answer.
    ///
    /// # Errors
    /// [`Error`].
    fn view(&self, mirror: &Mirror) -> Result<Self::View, Error>;

    /// Grows with every change that could make the answer another one.
    fn version(mirror: &Mirror) -> u64;
}

/// Conditions with their values, all of which have to hold.
#[derive(Default)]
struct Filter {
    conditions: Vec<String>,
    values: Vec<Box<dyn ToSql>>,
}

impl Filter {
    fn is(&mut self, condition: &str) {
        self.conditions.push(condition.to_owned());
    }

    fn with(&mut self, condition: &str, value: impl ToSql + 'static) {
        self.conditions.push(condition.to_owned());
        self.values.push(Box::new(value));
    }

    /// A value without a condition of its own. Gives its place in the statement.
    fn value(&mut self, value: impl ToSql + 'static) -> String {
        self.values.push(Box::new(value));
        format!("?{}", self.values.len())
    }

    /// Each word of a search, folded, in the place of the condition's every `?1`.
    fn words(&mut self, search: &str, condition: &str) {
        for word in search.split_whitespace() {
            let place = self.value(word.to_lowercase());
            self.conditions.push(condition.replace("?1", &place));
        }
    }

    fn text(&self) -> String {
        if self.conditions.is_empty() {
            "1".to_owned()
        } else {
            self.conditions.join(" AND ")
        }
    }

    fn ids(&self, connection: &Connection, sql: &str) -> Result<Vec<u64>, Error> {
        let mut statement = connection.prepare_cached(sql)?;
        let rows = statement.query_map(params_from_iter(&self.values), |row| {
            row.get::<_, i64>(0).map(i64::cast_unsigned)
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

const fn direction(descending: bool) -> &'static str {
    if descending { "DESC" } else { "ASC" }
}

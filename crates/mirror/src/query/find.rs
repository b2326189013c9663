//! The best few of what holds a text, for a search across all lists at once.

use commerce::{CustomerId, OrderId, ProductId};
use database::{Error, params_from_iter};

use super::{CustomersQuery, Filter, OrdersQuery, ProductsQuery};
use crate::Mirror;

/// Things that hold a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hits<Id> {
    /// The best of them, best first.
    pub best: Vec<Id>,
    /// All of them: as many as their list holds for the same search.
    pub count: u32,
}

impl Hits<u64> {
    fn of<Id>(self, id: impl Fn(u64) -> Id) -> Hits<Id> {
        Hits {
            best: self.best.into_iter().map(id).collect(),
            count: self.count,
        }
    }
}

impl Mirror {
    /// What a list of orders holds for this search, unfinished checkouts left out: the one with that number, then the
    /// newest, at most `most`.
    ///
    /// # Errors
    /// [`Error`].
    pub fn find_orders(&self, search: &str, most: u32) -> Result<Hits<OrderId>, Error> {
        let query = OrdersQuery {
            search: search.to_owned(),
            ..OrdersQuery::default()
        };
        let mut filter = query.filter();
        let number = filter.value(search.trim().parse::<i64>().ok());
        let by = format!("(orders.id IS {number}) DESC, placed_at DESC, orders.id DESC");
        Ok(self.hits(filter, "orders", &by, most)?.of(OrderId))
    }

    /// What a list of products holds for this search: the one with that SKU, then those whose name begins so, then by
    /// name, at most `most`.
    ///
    /// # Errors
    /// [`Error`].
    pub fn find_products(&self, search: &str, most: u32) -> Result<Hits<ProductId>, Error> {
        let query = ProductsQuery {
            search: search.to_owned(),
            ..ProductsQuery::default()
        };
        let mut filter = query.filter();
        let by = best_first(&mut filter, "products.sku", search);
        Ok(self.hits(filter, "products", &by, most)?.of(ProductId))
    }

    /// What a list of customers holds for this search: the one with that e-mail address, then those whose name begins
    /// so, then by name, at most `most`.
    ///
    /// # Errors
    /// [`Error`].
    pub fn find_customers(&self, search: &str, most: u32) -> Result<Hits<CustomerId>, Error> {
        let query = CustomersQuery {
            search: search.to_owned(),
            ..CustomersQuery::default()
        };
        let mut filter = query.filter();
        let by = best_first(&mut filter, "customers.email", search);
        Ok(self.hits(filter, "customers", &by, most)?.of(CustomerId))
    }

    fn hits(
        &self,
        mut filter: Filter,
        table: &str,
        by: &str,
        most: u32,
    ) -> Result<Hits<u64>, Error> {
        let most = filter.value(most);
        // Counted in the same pass: looking through all texts is what takes the time.
        let sql = format!(
            "SELECT {table}.id, count(*) OVER () FROM {table} WHERE {} ORDER BY {by} LIMIT {most}",
            filter.text()
        );
        let reader = self.reader();
        let mut statement = reader.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(&filter.values))?;
        let mut hits = Hits {
            best: Vec::new(),
            count: 0,
        };
        while let Some(row) = rows.next()? {
            hits.best.push(row.get::<_, i64>(0)?.cast_unsigned());
            hits.count = row.get(1)?;
        }
        Ok(hits)
    }
}

/// The one whose `own` column is just this, then those that the searched text begins with (it begins with the name), then
/// by name.
fn best_first(filter: &mut Filter, own: &str, search: &str) -> String {
    let text = filter.value(search.trim().to_lowercase());
    format!(
        "({own} = {text} COLLATE NOCASE) DESC, (instr(search, {text}) = 1) DESC, \
         name COLLATE NOCASE, id"
    )
}

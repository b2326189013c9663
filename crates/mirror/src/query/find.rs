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
    /// As many as their list holds for the same search.
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
    /// What a list of orders holds for this search: the one with that number, then the newest, at most `most`.
    /// Unfinished checkouts are left out and not counted. Only the one with that number is given: who types a number
    /// has it from somewhere.
    ///
    /// # Errors
    /// [`Error`].
    pub fn find_orders(&self, search: &str, most: u32) -> Result<Hits<OrderId>, Error> {
        let query = OrdersQuery {
            search: search.to_owned(),
            show_incomplete: true,
            ..OrdersQuery::default()
        };
        let mut filter = query.filter();
        let number = filter.value(search.trim().parse::<i64>().ok());
        filter.is(&format!("(shown_status <> 0 OR orders.id IS {number})"));
        let ranking = Ranking {
            columns: format!(
                "orders.id IS {number} AS own, placed_at, shown_status <> 0 AS listed"
            ),
            by: "own DESC, placed_at DESC, id DESC",
        };
        Ok(self.hits(filter, "orders", &ranking, most)?.of(OrderId))
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
        let ranking = best_first(&mut filter, "products.sku", search);
        Ok(self.hits(filter, "products", &ranking, most)?.of(ProductId))
    }

    /// What a list of customers holds for this search: the one with that e-mail address, then those whose name begins
    /// so, then by name, at most `most`. A customer without a name goes by company or e-mail address.
    ///
    /// # Errors
    /// [`Error`].
    pub fn find_customers(&self, search: &str, most: u32) -> Result<Hits<CustomerId>, Error> {
        let query = CustomersQuery {
            search: search.to_owned(),
            ..CustomersQuery::default()
        };
        let mut filter = query.filter();
        let ranking = best_first(&mut filter, "customers.email", search);
        Ok(self
            .hits(filter, "customers", &ranking, most)?
            .of(CustomerId))
    }

    fn hits(
        &self,
        mut filter: Filter,
        table: &str,
        ranking: &Ranking,
        most: u32,
    ) -> Result<Hits<u64>, Error> {
        let most = filter.value(most);
        let sql = question(table, ranking, &filter.text(), &most);
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

/// Which of the hits are the best.
struct Ranking {
    /// What the order is made of, short and each with a name, and `listed`: 1 for what its list holds as well, else 0.
    columns: String,
    /// The order, in those names and `id`.
    by: &'static str,
}

/// The one whose `own` column is just this, then those whose shown name begins so, then by name.
fn best_first(filter: &mut Filter, own: &str, search: &str) -> Ranking {
    let text = filter.value(search.trim().to_lowercase());
    Ranking {
        // The searched text is folded and begins with what a thing is called: for a customer the first of name,
        // company and e-mail address that isn't empty, each on a line of its own.
        columns: format!(
            "{own} = {text} COLLATE NOCASE AS own, \
             substr(ltrim(search, char(32, 10)), 1, length({text})) = {text} AS begins, \
             name, 1 AS listed"
        ),
        by: "own DESC, begins DESC, name COLLATE NOCASE, id",
    }
}

/// The best `most` of what is so, each with the count of all.
///
/// Counted in the same pass: looking through all texts is what takes the time. To count, SQLite sets every hit aside
/// with all that stands outside the inner question, so the texts themselves stay inside it.
fn question(table: &str, ranking: &Ranking, conditions: &str, most: &str) -> String {
    let Ranking { columns, by } = ranking;
    format!(
        "SELECT id, sum(listed) OVER () FROM (SELECT {table}.id AS id, {columns} FROM {table} \
         WHERE {conditions}) ORDER BY {by} LIMIT {most}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_that_is_looked_through_is_set_aside_to_count_the_hits() {
        let mut filter = CustomersQuery::default().filter();
        let ranking = best_first(&mut filter, "customers.email", "lena");
        let sql = question("customers", &ranking, "instr(search, 'lena') > 0", "5");
        let (before, rest) = sql.split_once("FROM (").unwrap();
        let (inside, after) = rest.rsplit_once(") ORDER BY").unwrap();
        assert!(inside.contains("search"), "{sql}");
        assert!(
            !before.contains("search") && !after.contains("search"),
            "{sql}"
        );
    }
}

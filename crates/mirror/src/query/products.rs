//! Products, in which order.

use commerce::ProductId;
use database::Error;
use jiff::Timestamp;

use super::{Filter, Query, direction};
use crate::{Area, Mirror, catalog::Stock};

/// Columns a product list can be sorted by. The number decides between equals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ProductSort {
    /// Name, letter case aside.
    #[default]
    Name,
    /// Stock keeping unit, letter case aside.
    Sku,
    /// Price before any sale.
    Price,
    /// Pieces in stock; those that aren't counted come after all others, in either direction.
    Stock,
    /// When the store last touched it.
    Modified,
    /// Number.
    Id,
}

/// Products by whether the storefront shows them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum VisibilityIs {
    /// Either way.
    #[default]
    Any,
    /// Shown.
    Visible,
    /// Not shown.
    Hidden,
}

/// Products by their stock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum StockIs {
    /// Whatever it is.
    #[default]
    Any,
    /// Some is left, but no more than the level the shop set.
    Low,
    /// None is left.
    Out,
}

/// Which products, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ProductsQuery {
    /// Words that all have to be in its name, SKU, UPC, part number, brand or description. Empty
    /// for all.
    pub search: String,
    /// On the storefront or not.
    pub visibility: VisibilityIs,
    /// By stock.
    pub stock: StockIs,
    /// Only those that the store touched at this moment or later.
    pub modified_since: Option<Timestamp>,
    /// Column.
    pub sort: ProductSort,
    /// Largest first.
    pub descending: bool,
}

impl Query for ProductsQuery {
    type Id = ProductId;
    type View = Vec<ProductId>;

    fn view(&self, mirror: &Mirror) -> Result<Vec<ProductId>, Error> {
        let filter = self.filter();
        let direction = direction(self.descending);
        let by = match self.sort {
            ProductSort::Name => format!("name COLLATE NOCASE {direction}, id {direction}"),
            ProductSort::Sku => format!("sku COLLATE NOCASE {direction}, id {direction}"),
            ProductSort::Price => format!("price_e4 {direction}, id {direction}"),
            ProductSort::Stock => {
                let uncounted = Stock::Uncounted as i64;
                format!("stock = {uncounted}, level {direction}, id {direction}")
            }
            ProductSort::Modified => format!("modified_at {direction}, id {direction}"),
            ProductSort::Id => format!("id {direction}"),
        };
        let ids = filter.ids(
            &mirror.reader(),
            &format!(
                "SELECT id FROM products WHERE {} ORDER BY {by}",
                filter.text()
            ),
        )?;
        Ok(ids.into_iter().map(ProductId).collect())
    }

    fn version(mirror: &Mirror) -> u64 {
        mirror.version_of(&[Area::Products, Area::Brands])
    }
}

impl ProductsQuery {
    pub(super) fn filter(&self) -> Filter {
        let mut filter = Filter::default();
        match self.visibility {
            VisibilityIs::Any => {}
            VisibilityIs::Visible => filter.is("visible = 1"),
            VisibilityIs::Hidden => filter.is("visible = 0"),
        }
        match self.stock {
            StockIs::Any => {}
            StockIs::Low => filter.with("stock = ?", Stock::Low as i64),
            StockIs::Out => filter.with("stock = ?", Stock::Out as i64),
        }
        if let Some(since) = self.modified_since {
            filter.with("modified_at >= ?", since.as_second());
        }
        filter.words(
            &self.search,
            "(instr(search, ?1) > 0 OR brand_id IN \
             (SELECT brands.id FROM brands WHERE instr(brands.search, ?1) > 0))",
        );
        filter
    }
}

//! Products: pulled from the lowest number up; new ones get higher numbers and come at the end.

use bigcommerce::{
    Page, Request,
    request::products::{self, ProductsQuery, ProductsSort},
};
use commerce::{Product, ProductId};
use jiff::Timestamp;
use mirror::{Area, Marks};

use super::{
    changes::Changing,
    first::{After, Pulled},
    numbers,
};
use crate::What;

pub(super) struct Products;

impl Pulled for Products {
    type Item = Product;
    const AREA: Area = Area::Products;
    const STALE: &'static [What] = &[What::Products];

    fn next(marks: &Marks, further: u32) -> Request<Page<Product>> {
        let mut query = ProductsQuery::new().page(1 + further);
        if let Some(highest) = marks.pulled_to {
            query = query.min_id(ProductId(highest.saturating_add(1)));
        }
        products::list(&query)
    }

    fn after(marks: &Marks, page: &Page<Product>, is_last: bool) -> After {
        let highest = numbers(page, |product| product.id.0).max();
        let is_higher = match (highest, marks.pulled_to) {
            (Some(highest), Some(before)) => highest > before,
            (highest, _) => highest.is_some(),
        };
        After {
            marks: is_higher.then(|| Marks {
                pulled_to: highest,
                ..marks.clone()
            }),
            is_last,
        }
    }
}

impl Changing for Products {
    fn changed(since: Timestamp, page: u32) -> Request<Page<Product>> {
        let query = ProductsQuery::new()
            .modified_since(since)
            .sort(ProductsSort::ModifiedAscending)
            .page(page);
        products::list(&query)
    }

    fn modified_at(product: &Product) -> Timestamp {
        product.modified_at
    }

    fn number(product: &Product) -> u64 {
        product.id.0
    }
}

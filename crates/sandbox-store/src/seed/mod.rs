//! Draws the sample shop. The same seed, day and sizes always give the same shop.

pub(crate) mod catalog;
mod fate;
pub(crate) mod kinds;
mod names;
pub(crate) mod orders;
pub(crate) mod people;
pub(crate) mod places;
pub(crate) mod rng;
mod shipments;

use std::sync::Arc;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, tz::TimeZone};

use crate::state::Sizes;
use crate::state::catalog::{Brand, Category, Product};
use crate::state::people::{self as persons, Customer};

/// Catalog and people: what orders are made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct World {
    pub(crate) seed: u64,
    /// The instant the sample data ends: 10:40 in the morning of the day in Los Angeles.
    pub(crate) today: Timestamp,
    /// Their ids rise.
    pub(crate) products: Vec<Product>,
    pub(crate) brands: Vec<Brand>,
    pub(crate) categories: Vec<Category>,
    pub(crate) next: catalog::Counters,
    /// Their ids rise.
    pub(crate) customers: Vec<Customer>,
    pub(crate) next_person: persons::Counters,
    /// Products a shopper can buy, the best sellers first.
    pub(crate) for_sale: Arc<[usize]>,
}

impl World {
    pub(crate) fn draw(seed: u64, as_of: Date, sizes: Sizes) -> Self {
        let today = as_of
            .at(18, 40, 0, 0)
            .to_zoned(TimeZone::UTC)
            .map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp());
        let (products, next) = catalog::draw_all(seed, today, sizes.products);
        let (customers, next_person) = people::draw_all(seed, today, sizes.customers);
        let mut world = Self {
            seed,
            today,
            products,
            brands: catalog::brands(),
            categories: catalog::categories_of_the_tree(),
            next,
            customers,
            next_person,
            for_sale: Arc::new([]),
        };
        world.fill_the_shelves();
        world
    }

    /// Finds out anew what can be bought. To be called after products changed.
    pub(crate) fn fill_the_shelves(&mut self) {
        self.for_sale = (0..self.products.len())
            .filter(|at| self.products[*at].is_for_sale())
            .collect();
    }

    pub(crate) fn customer(&self, id: u64) -> Option<&Customer> {
        let at = self
            .customers
            .binary_search_by_key(&id, |customer| customer.id);
        self.customers.get(at.ok()?)
    }

    pub(crate) fn customer_mut(&mut self, id: u64) -> Option<&mut Customer> {
        let at = self
            .customers
            .binary_search_by_key(&id, |customer| customer.id);
        self.customers.get_mut(at.ok()?)
    }

    pub(crate) fn brand(&self, id: u64) -> Option<&Brand> {
        self.brands.iter().find(|brand| brand.id == id)
    }

    pub(crate) fn product(&self, id: u64) -> Option<&Product> {
        let at = self
            .products
            .binary_search_by_key(&id, |product| product.id);
        self.products.get(at.ok()?)
    }

    pub(crate) fn product_mut(&mut self, id: u64) -> Option<&mut Product> {
        let at = self
            .products
            .binary_search_by_key(&id, |product| product.id);
        self.products.get_mut(at.ok()?)
    }

    /// The day the shop opened: a little more than two years before the data ends.
    pub(crate) fn opened(&self) -> Timestamp {
        back(self.today, 800 * 24)
    }
}

/// So many hours earlier.
pub(crate) fn back(from: Timestamp, hours: i64) -> Timestamp {
    from.checked_sub(hours.hours()).unwrap_or(from)
}

/// So many seconds later (or earlier, if negative).
pub(crate) fn later(from: Timestamp, seconds: i64) -> Timestamp {
    from.checked_add(seconds.seconds()).unwrap_or(from)
}

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
mod talks;
#[cfg(test)]
mod tests;
mod words;

use std::sync::Arc;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, tz::TimeZone};

use crate::state::Sizes;
use crate::state::catalog::{Brand, Category, Product, Tree};
use crate::state::index::{Index, Owner};
use crate::state::orders::Order;
use crate::state::people::{self as persons, Attribute, AttributeValue, Customer, Group};

/// Catalog and people: what orders are made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct World {
    pub(crate) seed: u64,
    /// The instant the sample data ends: 10:40 in the morning of the day in Los Angeles.
    pub(crate) today: Timestamp,
    /// It began with many products or many orders.
    pub(crate) is_large: bool,
    /// Their ids rise.
    pub(crate) products: Vec<Product>,
    pub(crate) brands: Vec<Brand>,
    pub(crate) categories: Vec<Category>,
    pub(crate) trees: Vec<Tree>,
    pub(crate) next: catalog::Counters,
    /// Their ids rise.
    pub(crate) customers: Vec<Customer>,
    pub(crate) next_person: persons::Counters,
    pub(crate) groups: Vec<Group>,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) attribute_values: Vec<AttributeValue>,
    pub(crate) index: Index,
    /// Products a shopper can buy, the best sellers first.
    pub(crate) for_sale: Arc<[usize]>,
    /// What is for sale has to be found out anew.
    is_stale: bool,
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
            is_large: is_large(sizes),
            products,
            brands: catalog::brands(),
            categories: catalog::categories_of_the_tree(),
            trees: catalog::trees(),
            next,
            customers,
            next_person,
            groups: people::groups(opened_before(today)),
            attributes: Vec::new(),
            attribute_values: Vec::new(),
            index: Index::default(),
            for_sale: Arc::new([]),
            is_stale: true,
        };
        world.fill_the_shelves();
        for product in &world.products {
            world.index.add(product);
        }
        for brand in &world.brands {
            world.index.add_url(&brand.url.path, Owner::Brand(brand.id));
        }
        for category in &world.categories {
            world
                .index
                .add_url(&category.url.path, Owner::Category(category.id));
        }
        for customer in &world.customers {
            world.index.add_email(&customer.person.email, customer.id);
        }
        world
    }

    /// Nobody orders before they have registered, and nothing is sold before it is on the shelf: whoever and whatever
    /// the orders name was there first.
    pub(crate) fn began_before(&mut self, orders: &[Order]) {
        for order in orders {
            if let Some(customer) = self.customer_mut(order.customer_id) {
                customer.created = customer.created.min(earlier(order.created, 1, order.id));
            }
            for line in &order.lines {
                if let Some(product) = self.product_mut(line.product_id) {
                    product.created = product.created.min(earlier(order.created, 24, line.id));
                }
            }
        }
    }

    /// To be called after products changed.
    pub(crate) fn shelves_changed(&mut self) {
        self.is_stale = true;
    }

    /// Finds out anew what can be bought, if products changed.
    pub(crate) fn fill_the_shelves(&mut self) {
        if !self.is_stale {
            return;
        }
        self.is_stale = false;
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

    /// A new product; its id is higher than all others.
    pub(crate) fn add_product(&mut self, product: Product) {
        self.index.add(&product);
        self.products.push(product);
        self.shelves_changed();
    }

    /// Changes a product, whatever of it. `None` if there is no such product.
    pub(crate) fn edit_product<R>(
        &mut self,
        id: u64,
        edit: impl FnOnce(&mut Product, &mut catalog::Counters) -> R,
    ) -> Option<R> {
        let at = self
            .products
            .binary_search_by_key(&id, |product| product.id)
            .ok()?;
        self.index.remove(&self.products[at]);
        let done = edit(&mut self.products[at], &mut self.next);
        self.index.add(&self.products[at]);
        self.shelves_changed();
        Some(done)
    }

    pub(crate) fn remove_products(&mut self, ids: &[u64]) {
        for id in ids {
            let at = self.products.binary_search_by_key(id, |product| product.id);
            if let Ok(at) = at {
                self.index.remove(&self.products[at]);
            }
        }
        self.products.retain(|product| !ids.contains(&product.id));
        self.shelves_changed();
    }

    pub(crate) fn category(&self, id: u64) -> Option<&Category> {
        self.categories.iter().find(|category| category.id == id)
    }

    pub(crate) fn category_mut(&mut self, id: u64) -> Option<&mut Category> {
        self.categories
            .iter_mut()
            .find(|category| category.id == id)
    }

    /// The product of a variant, and the variant's place in it.
    pub(crate) fn variant(&self, id: u64) -> Option<(&Product, usize)> {
        let product = self.product(self.index.product_of(id)?)?;
        let at = product
            .variants
            .iter()
            .position(|variant| variant.id == id)?;
        Some((product, at))
    }

    /// A product to change, but for its name, its SKUs, its address and which variants it has: those
    /// are for [`Self::edit_product`].
    pub(crate) fn product_mut(&mut self, id: u64) -> Option<&mut Product> {
        let at = self
            .products
            .binary_search_by_key(&id, |product| product.id);
        self.products.get_mut(at.ok()?)
    }

    /// The day the shop opened: a little more than two years before the data ends.
    pub(crate) fn opened(&self) -> Timestamp {
        opened_before(self.today)
    }
}

/// So many hours before a moment, and some minutes that go by a number.
fn earlier(at: Timestamp, hours: i64, number: u64) -> Timestamp {
    let minutes = hours * 60 + i64::try_from(number % 59).unwrap_or(0);
    later(at, -60 * minutes)
}

/// Whether people find so much in a shop that they put more into one order.
fn is_large(sizes: Sizes) -> bool {
    u64::from(sizes.products) > catalog::LARGE || sizes.orders >= orders::MANY
}

fn opened_before(today: Timestamp) -> Timestamp {
    back(today, 800 * 24)
}

/// So many hours earlier.
pub(crate) fn back(from: Timestamp, hours: i64) -> Timestamp {
    from.checked_sub(hours.hours()).unwrap_or(from)
}

/// So many seconds later (or earlier, if negative).
pub(crate) fn later(from: Timestamp, seconds: i64) -> Timestamp {
    from.checked_add(seconds.seconds()).unwrap_or(from)
}

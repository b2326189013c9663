//! A search across all lists at once, in what is here.

use std::sync::Arc;

use commerce::{CurrencyCode, Customer, Order, OrderStatus, Product};
use desk::ProfileKey;
use mirror::Area;

use crate::{Error, Workbench, on_files, store::OpenStore};

/// How many of a kind are given; their list has the rest.
const MOST: u32 = 5;

/// What holds a text, kind by kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Orders.
    pub orders: FoundOf<FoundOrders>,
    /// Products.
    pub products: FoundOf<FoundProducts>,
    /// Customers.
    pub customers: FoundOf<FoundCustomers>,
}

/// What was found of one kind, or why it could not be searched; `None` for what the token may not read.
pub type FoundOf<T> = Option<Result<T, Error>>;

/// Orders that hold a text, as lists show them. Unfinished checkouts are left out, but for the one with that number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundOrders {
    /// At most 5: the one with that number, then the newest.
    pub best: Vec<Order>,
    /// The store's statuses, for their labels.
    pub statuses: Vec<OrderStatus>,
    /// How many there are in all, without any unfinished checkout.
    pub count: u32,
}

/// Products that hold a text, as lists show them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundProducts {
    /// At most 5: the one with that SKU, then those whose name begins so, then by name.
    pub best: Vec<Product>,
    /// The currency of the store's prices.
    pub currency: CurrencyCode,
    /// How many there are in all.
    pub count: u32,
}

/// Customers that hold a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundCustomers {
    /// At most 5, each with the number of their orders here: the one with that e-mail address, then those whose name
    /// begins so, then by name.
    pub best: Vec<(Customer, u32)>,
    /// How many there are in all.
    pub count: u32,
}

impl Workbench {
    /// What holds a text: as many of each kind as its list holds when it is searched for the same, of which the best
    /// few are given, and an unfinished checkout for its whole number. A text that is blank is in nothing. What goes
    /// wrong with one kind hides no other.
    ///
    /// # Errors
    /// [`Error::StoreGone`], [`Error::File`] if the store can't be opened.
    pub async fn find(&self, key: &ProfileKey, text: &str) -> Result<Found, Error> {
        let store = self.inner.open_store(key).await?;
        Ok(Found {
            orders: found_in(&store, Area::Orders, text, orders).await,
            products: found_in(&store, Area::Products, text, products).await,
            customers: found_in(&store, Area::Customers, text, customers).await,
        })
    }
}

async fn found_in<T: Send + 'static>(
    store: &Arc<OpenStore>,
    area: Area,
    text: &str,
    look: fn(&OpenStore, &str, u32) -> Result<T, Error>,
) -> FoundOf<T> {
    // Whatever else keeps the store from giving more of it, what is here stays in its list, and so in this.
    let trouble = store.out_of_reach(area);
    if matches!(
        trouble,
        Some(Error::Api(bigcommerce::Error::MissingScope { .. }))
    ) {
        return None;
    }
    let (of, text) = (Arc::clone(store), text.trim().to_owned());
    // It would be in everything, and nobody has asked for that.
    let most = if text.is_empty() { 0 } else { MOST };
    Some(on_files(store.watched(), move || look(&of, &text, most)).await)
}

fn orders(store: &OpenStore, text: &str, most: u32) -> Result<FoundOrders, Error> {
    let hits = store.mirror.find_orders(text, most)?;
    Ok(FoundOrders {
        best: store.mirror.orders_shown(&hits.best)?,
        statuses: store.mirror.statuses()?,
        count: hits.count,
    })
}

fn products(store: &OpenStore, text: &str, most: u32) -> Result<FoundProducts, Error> {
    let hits = store.mirror.find_products(text, most)?;
    Ok(FoundProducts {
        best: store.mirror.products_shown(&hits.best)?,
        currency: store.shown_currency()?,
        count: hits.count,
    })
}

fn customers(store: &OpenStore, text: &str, most: u32) -> Result<FoundCustomers, Error> {
    let hits = store.mirror.find_customers(text, most)?;
    let best = store.mirror.customers(&hits.best)?;
    let ordered = store.mirror.ordered_by(hits.best)?;
    Ok(FoundCustomers {
        best: best
            .into_iter()
            .flatten()
            .map(|customer| {
                let orders = ordered.get(&customer.id).map_or(0, |of| of.orders);
                (customer, orders)
            })
            .collect(),
        count: hits.count,
    })
}

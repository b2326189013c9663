//! Customers: rows of a list, and one in full with their newest orders.

use std::sync::Arc;

use bigcommerce::{
    Lane,
    request::customers::{self, CustomersQuery as Asked},
};
use commerce::{CurrencyCode, Customer, CustomerId, Money, OrderStatus};
use credentials::Prompt;
use desk::ProfileKey;
use mirror::{CustomersQuery, Ordered};
use rust_decimal::Decimal;

use super::{ASKING, OrderInList, order_rows};
use crate::{Error, Notice, What, Workbench, on_files};

/// Newest orders that are shown with a customer.
const NEWEST: u32 = 20;

/// A customer in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerRow {
    /// The customer.
    pub customer: Customer,
    /// Orders here, without checkouts that were never finished.
    pub orders: u32,
    /// What those come to in the store's own currency, without those that came to nothing.
    pub spent: Money,
    /// The same in each other currency.
    pub spent_otherwise: Vec<Money>,
}

/// Rows of a list of customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomersPage {
    /// Place of the first.
    pub from: usize,
    /// The customers, `None` for one that isn't here any more.
    pub rows: Vec<Option<CustomerRow>>,
}

/// A customer in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerDetail {
    /// As in a list.
    pub row: CustomerRow,
    /// Their newest orders, newest first, at most 20, each with its changes as in a list.
    pub newest: Vec<OrderInList>,
    /// The store's statuses, for their labels.
    pub statuses: Vec<OrderStatus>,
}

impl Workbench {
    /// Rows `from..to` of an opened list of customers, at most 500.
    ///
    /// # Errors
    /// [`Error::ViewGone`], [`Error::File`].
    pub async fn customer_rows(
        &self,
        view: &str,
        from: usize,
        to: usize,
    ) -> Result<CustomersPage, Error> {
        let (store, from, ids) = self.stretch::<CustomersQuery>(view, from, to).await?;
        on_files(store.watched(), move || {
            let currency = store.shown_currency()?;
            let mut ordered = store.mirror.ordered_by(ids.iter().copied())?;
            let rows = store
                .mirror
                .customers(&ids)?
                .into_iter()
                .map(|customer| {
                    let customer = customer?;
                    let ordered = ordered.remove(&customer.id).unwrap_or_default();
                    Some(CustomerRow::new(customer, ordered, currency))
                })
                .collect();
            Ok(CustomersPage { from, rows })
        })
        .await
    }

    /// One customer with their newest orders.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::File`].
    pub async fn customer(
        &self,
        key: &ProfileKey,
        id: CustomerId,
    ) -> Result<CustomerDetail, Error> {
        let store = self.inner.open_store(key).await?;
        on_files(store.watched(), move || {
            let mirror = &store.mirror;
            let currency = store.shown_currency()?;
            let customer = mirror.customer(id)?.ok_or(Error::NotFound)?;
            let ordered = mirror.ordered_by([id])?.remove(&id).unwrap_or_default();
            let newest = mirror.newest_orders_of(id, NEWEST)?;
            Ok(CustomerDetail {
                row: CustomerRow::new(customer, ordered, currency),
                newest: order_rows(&store, &newest)?.into_iter().flatten().collect(),
                statuses: mirror.statuses()?,
            })
        })
        .await
    }

    /// Asks the store for one customer now, and keeps the answer. One who is not in the store any
    /// more goes from the lists.
    ///
    /// # Errors
    /// [`Error::NotFound`] if they aren't there, [`Error::Api`], [`Error::Keychain`],
    /// [`Error::OtherOrigin`].
    pub async fn refresh_customer(&self, key: &ProfileKey, id: CustomerId) -> Result<(), Error> {
        let store = self.inner.open_store(key).await?;
        let client = store.client(Prompt::Never).await?;
        let deadline = self.inner.clock.now() + ASKING;
        let asked = store.mirror.stamp();
        // There is no call for one customer.
        let question = customers::list(&Asked::new().ids([id]));
        let page = client.send(&question, Lane::Person, deadline).await?.value;
        if let Some(broken) = page.broken.into_iter().next() {
            let (path, what) = (broken.path, broken.reason);
            return Err(bigcommerce::Error::UnexpectedAnswer { path, what }.into());
        }
        let is_empty = page.received == 0;
        let there = page.items.into_iter().find(|customer| customer.id == id);
        if there.is_none() && !is_empty {
            // Others than we asked for say nothing of this one.
            let what = "another customer than asked for".to_owned();
            let path = "$.data".to_owned();
            return Err(bigcommerce::Error::UnexpectedAnswer { path, what }.into());
        }
        let writer = Arc::clone(&store);
        on_files(store.watched(), move || {
            match there {
                Some(customer) => writer.mirror.put_read(asked, &customer)?,
                None => drop(writer.mirror.remove_customer(asked, id)?),
            }
            Ok(())
        })
        .await?;
        self.inner.notify(Notice::Stale {
            store: Some(store.key.clone()),
            what: vec![What::Customers],
        });
        if is_empty {
            return Err(Error::NotFound);
        }
        Ok(())
    }

    /// The store's own currency, for sorting by amounts.
    ///
    /// # Errors
    /// [`Error::StoreGone`], [`Error::File`].
    pub async fn currency(&self, key: &ProfileKey) -> Result<CurrencyCode, Error> {
        let store = self.inner.open_store(key).await?;
        on_files(store.watched(), move || store.shown_currency()).await
    }
}

impl CustomerRow {
    fn new(customer: Customer, ordered: Ordered, own: CurrencyCode) -> Self {
        let (here, elsewhere): (Vec<Money>, Vec<Money>) = ordered
            .spent
            .into_iter()
            .partition(|amount| amount.currency == own);
        Self {
            customer,
            orders: ordered.orders,
            spent: here
                .first()
                .copied()
                .unwrap_or_else(|| Money::new(Decimal::ZERO, own)),
            spent_otherwise: elsewhere,
        }
    }
}

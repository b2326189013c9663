//! Orders: rows of a list, and one in full.

use std::{collections::HashMap, sync::Arc};

use commerce::{Order, OrderId, OrderStatus, StatusId, Subject};
use desk::ProfileKey;
use journal::Entry;
use mirror::OrdersQuery;
use serde_json::Value;

use super::{PartsRead, about, order_parts::parts_of, shown_changes};
use crate::{Error, Workbench, on_disk, on_files, store::OpenStore};

/// Rows of a list of orders, each with its changes that are on their way or ended otherwise than
/// wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrdersPage {
    /// The store's statuses, for their labels.
    pub statuses: Vec<OrderStatus>,
    /// Place of the first.
    pub from: usize,
    /// The orders, `None` for one that isn't here any more, each with its changes on their way.
    pub rows: Vec<Option<OrderInList>>,
}

/// An order with its changes that are on their way or ended otherwise than wanted.
pub type OrderInList = (Order, Vec<Entry>);

impl Workbench {
    /// Rows `from..to` of an opened list, at most 500.
    ///
    /// # Errors
    /// [`Error::ViewGone`], [`Error::File`].
    pub async fn order_rows(
        &self,
        view: &str,
        from: usize,
        to: usize,
    ) -> Result<OrdersPage, Error> {
        let (store, from, ids) = self.stretch::<OrdersQuery>(view, from, to).await?;
        on_files(store.watched(), move || {
            Ok(OrdersPage {
                statuses: store.mirror.statuses()?,
                from,
                rows: order_rows(&store, &ids)?,
            })
        })
        .await
    }

    /// One order, with everything the journal knows of it (newest first), its customer's number of
    /// orders, the store's statuses, a staff note that was typed and not applied, and what belongs
    /// to it as it was read last.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::File`].
    pub async fn order(&self, key: &ProfileKey, id: OrderId) -> Result<OrderDetail, Error> {
        let store = self.inner.open_store(key).await?;
        let draft = self.inner.desk.draft(key, &notes_subject(id));
        on_files(store.watched(), move || {
            let order = store.mirror.order(id)?.ok_or(Error::NotFound)?;
            Ok(OrderDetail {
                customer_orders: match order.customer_id {
                    Some(customer) => store.mirror.orders_of_customer(customer)?,
                    None => 1,
                },
                entries: store.journal.about(Subject::Order(id))?,
                statuses: store.mirror.statuses()?,
                parts: parts_of(&store, id)?,
                // A draft that can't be read is no reason to hide the order.
                draft_notes: draft
                    .ok()
                    .flatten()
                    .and_then(|draft| draft.body.as_str().map(str::to_owned)),
                order,
            })
        })
        .await
    }

    /// Keeps a staff note as it is being typed, or throws the draft away.
    ///
    /// # Errors
    /// [`Error::StoreGone`], [`Error::File`].
    pub async fn draft_notes(
        &self,
        key: &ProfileKey,
        id: OrderId,
        text: Option<String>,
    ) -> Result<(), Error> {
        let (bench, key) = (Arc::clone(&self.inner), key.clone());
        on_disk(move || {
            match text {
                Some(text) => bench.desk.set_draft(
                    &key,
                    &notes_subject(id),
                    &Value::String(text),
                    bench.clock.wall(),
                )?,
                None => bench.desk.remove_draft(&key, &notes_subject(id))?,
            }
            Ok(())
        })
        .await
    }

    /// The store's statuses, with how many orders here are shown as having each.
    ///
    /// # Errors
    /// [`Error::StoreGone`], [`Error::File`].
    pub async fn statuses(&self, key: &ProfileKey) -> Result<Vec<(OrderStatus, u32)>, Error> {
        let store = self.inner.open_store(key).await?;
        on_files(store.watched(), move || {
            let mut counts: HashMap<StatusId, u32> =
                store.mirror.counts_by_status()?.into_iter().collect();
            Ok(store
                .mirror
                .statuses()?
                .into_iter()
                .map(|status| {
                    let count = counts.remove(&status.id).unwrap_or(0);
                    (status, count)
                })
                .collect())
        })
        .await
    }
}

/// These orders with their changes, `None` for one that isn't here any more.
pub(super) fn order_rows(
    store: &OpenStore,
    ids: &[OrderId],
) -> Result<Vec<Option<OrderInList>>, Error> {
    let subjects: Vec<Subject> = ids.iter().copied().map(Subject::Order).collect();
    let changes = shown_changes(store, &subjects)?;
    let orders = store.mirror.orders(ids)?.into_iter();
    Ok(orders
        .map(|order| {
            let order = order?;
            let changes = about(&changes, Subject::Order(order.id));
            Some((order, changes))
        })
        .collect())
}

/// An order in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderDetail {
    /// The order.
    pub order: Order,
    /// Orders of the same customer here, this one included.
    pub customer_orders: u32,
    /// What the journal knows of it, newest first.
    pub entries: Vec<Entry>,
    /// The store's statuses.
    pub statuses: Vec<OrderStatus>,
    /// A staff note that was typed and not applied.
    pub draft_notes: Option<String>,
    /// What belongs to it and is asked for by itself; `None` until it was.
    pub parts: Option<PartsRead>,
}

pub(crate) fn notes_subject(order: OrderId) -> String {
    format!("order/{order}/staff-notes")
}

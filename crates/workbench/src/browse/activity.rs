//! The list of changes, and one with its whole way.

use std::sync::Arc;

use commerce::{Change, CurrencyCode, Order, OrderStatus, Subject, WeightUnit};
use desk::ProfileKey;
use journal::{Counts, Entry, EntryId, Query, Step};

use super::views::stretch;
use crate::{Error, JobProgress, Workbench, change::progress, lock, on_files, store::OpenStore};

/// An opened list of changes.
struct ActivityIds(Vec<EntryId>);

/// Rows of the list of changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityPage {
    /// The store's statuses, for their labels.
    pub statuses: Vec<OrderStatus>,
    /// The currency of the store's prices, where known.
    pub currency: Option<CurrencyCode>,
    /// What the store weighs its products in, where known.
    pub weight_unit: Option<WeightUnit>,
    /// Place of the first.
    pub from: usize,
    /// The entries, each with the name of the product it is about; empty for an order.
    pub rows: Vec<(Entry, String)>,
}

/// One change with its whole way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryDetail {
    /// The entry.
    pub entry: Entry,
    /// The job it was confirmed with.
    pub job: JobProgress,
    /// Its way, oldest step first.
    pub steps: Vec<Step>,
    /// The order it is about, if it is here.
    pub order: Option<Order>,
    /// Name of the product it is about; empty for an order.
    pub name: String,
    /// The store's statuses, for their labels.
    pub statuses: Vec<OrderStatus>,
    /// The currency of the store's prices, where known.
    pub currency: Option<CurrencyCode>,
    /// What the store weighs its products in, where known.
    pub weight_unit: Option<WeightUnit>,
}

impl Workbench {
    /// Opens the list of those changes that `query` finds, newest first.
    ///
    /// # Errors
    /// [`Error::StoreGone`], [`Error::File`].
    pub async fn open_activity(
        &self,
        key: &ProfileKey,
        query: Query,
    ) -> Result<(String, usize, Counts), Error> {
        let store = self.inner.open_store(key).await?;
        let (ids, counts) = on_files(store.watched(), move || {
            Ok((store.journal.ids(&query)?, store.journal.counts()?))
        })
        .await?;
        let (id, count) = (self.inner.new_id(), ids.len());
        lock(&self.inner.views).add(id.clone(), key.clone(), Arc::new(ActivityIds(ids)));
        Ok((id, count, counts))
    }

    /// Rows `from..to` of the list of changes, at most 500.
    ///
    /// # Errors
    /// [`Error::ViewGone`], [`Error::File`].
    pub async fn activity_rows(
        &self,
        view: &str,
        from: usize,
        to: usize,
    ) -> Result<ActivityPage, Error> {
        let kept = lock(&self.inner.views).get::<ActivityIds>(view);
        let (key, ids) = kept.ok_or(Error::ViewGone)?;
        let store = self.inner.open_store(&key).await?;
        on_files(store.watched(), move || {
            let (from, to) = stretch(from, to, ids.0.len());
            let rows = ids.0[from..to]
                .iter()
                .map(|id| {
                    let entry = store.journal.entry(id)?;
                    let name = product_name(&store, &entry)?;
                    Ok((entry, name))
                })
                .collect::<Result<_, Error>>()?;
            Ok(ActivityPage {
                statuses: store.mirror.statuses()?,
                currency: store.currency(),
                weight_unit: store.weight_unit(),
                from,
                rows,
            })
        })
        .await
    }

    /// One change with its whole way.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::File`].
    pub async fn activity_entry(
        &self,
        key: &ProfileKey,
        id: &EntryId,
    ) -> Result<EntryDetail, Error> {
        let store = self.inner.open_store(key).await?;
        let id = id.clone();
        on_files(store.watched(), move || {
            let entry = store.journal.entry(&id)?;
            let order = match entry.change.subject() {
                Subject::Order(id) => store.mirror.order(id)?,
                Subject::Product(_) | Subject::NewProduct => None,
            };
            Ok(EntryDetail {
                name: product_name(&store, &entry)?,
                job: progress(&store, store.journal.job(&entry.job)?),
                steps: store.journal.steps(&id)?,
                statuses: store.mirror.statuses()?,
                currency: store.currency(),
                weight_unit: store.weight_unit(),
                order,
                entry,
            })
        })
        .await
    }
}

/// What the product that a change is about is called now; if it isn't here, what the change says.
fn product_name(store: &OpenStore, entry: &Entry) -> Result<String, Error> {
    let said = match &entry.change {
        Change::Order { .. } => return Ok(String::new()),
        Change::Product { before, .. } => before.name.as_ref(),
        Change::DeleteProduct { before, .. } => before.fields.name.as_ref(),
        Change::CreateProduct { after } => after.name.as_ref(),
    };
    let here = match (entry.made, entry.change.subject()) {
        (Some(id), _) | (None, Subject::Product(id)) => store.mirror.product(id)?,
        (None, Subject::Order(_) | Subject::NewProduct) => None,
    };
    Ok(here.map_or_else(
        || said.unwrap_or(&entry.name).clone(),
        |product| product.name,
    ))
}

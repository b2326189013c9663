//! Lists whose ids are fixed when they are opened, and rows read by place.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use commerce::{Change, CurrencyCode, Order, OrderId, OrderStatus, ProductId, StatusId, Subject};
use desk::ProfileKey;
use journal::{Counts, Entry, EntryId, Filter, Step};
use mirror::{OrderView, OrdersQuery, Query as _};
use serde_json::Value;

use crate::{Error, Workbench, lock, on_disk, on_files, store::OpenStore};

/// Lists kept open at once; the one not read for longest is closed first.
const MOST_VIEWS: usize = 64;
/// Rows given at once.
const MOST_ROWS: usize = 500;

#[derive(Clone)]
enum Kept {
    Orders {
        query: OrdersQuery,
        version: u64,
        view: Arc<OrderView>,
    },
    Activity(Arc<Vec<EntryId>>),
}

#[derive(Default)]
pub(crate) struct Views {
    kept: HashMap<String, (ProfileKey, Kept)>,
    used: VecDeque<String>,
}

impl Views {
    fn add(&mut self, id: String, store: ProfileKey, kept: Kept) {
        self.kept.insert(id.clone(), (store, kept));
        self.used.push_back(id);
        while self.used.len() > MOST_VIEWS {
            if let Some(oldest) = self.used.pop_front() {
                self.kept.remove(&oldest);
            }
        }
    }

    fn get(&mut self, id: &str) -> Option<(ProfileKey, Kept)> {
        let found = self.kept.get(id)?.clone();
        self.used.retain(|other| other != id);
        self.used.push_back(id.to_owned());
        Some(found)
    }

    fn same(&self, store: &ProfileKey, query: &OrdersQuery, version: u64) -> Option<String> {
        self.kept
            .iter()
            .find_map(|(id, (kept_for, kept))| match kept {
                Kept::Orders {
                    query: q,
                    version: v,
                    ..
                } if kept_for == store && q == query && *v == version => Some(id.clone()),
                Kept::Orders { .. } | Kept::Activity(_) => None,
            })
    }

    pub(crate) fn forget(&mut self, store: &ProfileKey) {
        self.kept.retain(|_, (kept_for, _)| kept_for != store);
        self.used.retain(|id| self.kept.contains_key(id));
    }
}

/// Rows of a list of orders, each with its changes that are on their way or ended otherwise than
/// wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrdersPage {
    /// The store's statuses, for their labels.
    pub statuses: Vec<OrderStatus>,
    /// Place of the first.
    pub from: usize,
    /// The orders, `None` for one that isn't here any more, each with its changes on their way.
    pub rows: Vec<Option<(Order, Vec<Entry>)>>,
}

/// Rows of the list of changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityPage {
    /// The store's statuses, for their labels.
    pub statuses: Vec<OrderStatus>,
    /// The currency of the store's prices, where known.
    pub currency: Option<CurrencyCode>,
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
}

impl Workbench {
    /// Opens a list of orders. An unchanged list is not computed again.
    ///
    /// # Errors
    /// [`Error::StoreGone`], [`Error::File`].
    pub async fn open_orders(
        &self,
        key: &ProfileKey,
        query: OrdersQuery,
    ) -> Result<(String, Arc<OrderView>), Error> {
        let store = self.inner.open_store(key).await?;
        // Taken before the list is computed: a page that arrives meanwhile makes it out of date.
        let version = OrdersQuery::version(&store.mirror);
        let same = lock(&self.inner.views).same(key, &query, version);
        if let Some(id) = same
            && let Some((_, Kept::Orders { view, .. })) = lock(&self.inner.views).get(&id)
        {
            return Ok((id, view));
        }
        let (view, query) = on_files(store.watched(), move || {
            let view = query.view(&store.mirror)?;
            Ok((Arc::new(view), query))
        })
        .await?;
        let id = self.inner.new_id();
        let kept = Kept::Orders {
            query,
            version,
            view: Arc::clone(&view),
        };
        lock(&self.inner.views).add(id.clone(), key.clone(), kept);
        Ok((id, view))
    }

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
        let (store, view) = self.orders_view(view).await?;
        on_files(store.watched(), move || {
            let (from, to) = stretch(from, to, view.ids.len());
            let ids = &view.ids[from..to];
            let mut shown = store.journal.on_the_way()?;
            shown.extend(store.journal.left_open()?);
            let rows = store
                .mirror
                .orders(ids)?
                .into_iter()
                .map(|order| {
                    let order = order?;
                    let changes = shown
                        .iter()
                        .filter(|entry| entry.change.subject() == Subject::Order(order.id))
                        .cloned()
                        .collect();
                    Some((order, changes))
                })
                .collect();
            Ok(OrdersPage {
                statuses: store.mirror.statuses()?,
                from,
                rows,
            })
        })
        .await
    }

    /// Where an order stands in an opened list.
    ///
    /// # Errors
    /// [`Error::ViewGone`].
    pub async fn order_place(&self, view: &str, order: OrderId) -> Result<Option<usize>, Error> {
        let (_, view) = self.orders_view(view).await?;
        Ok(view.ids.iter().position(|id| *id == order))
    }

    async fn orders_view(&self, view: &str) -> Result<(Arc<OpenStore>, Arc<OrderView>), Error> {
        let kept = lock(&self.inner.views).get(view);
        match kept {
            Some((key, Kept::Orders { view, .. })) => {
                Ok((self.inner.open_store(&key).await?, view))
            }
            Some((_, Kept::Activity(_))) | None => Err(Error::ViewGone),
        }
    }

    /// One order, with everything the journal knows of it (newest first), its customer's number of
    /// orders, the store's statuses, and a staff note that was typed and not applied.
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

    /// Opens the list of changes, newest first.
    ///
    /// # Errors
    /// [`Error::StoreGone`], [`Error::File`].
    pub async fn open_activity(
        &self,
        key: &ProfileKey,
        filter: Filter,
    ) -> Result<(String, usize, Counts), Error> {
        let store = self.inner.open_store(key).await?;
        let (ids, counts) = on_files(store.watched(), move || {
            Ok((store.journal.ids(filter)?, store.journal.counts()?))
        })
        .await?;
        let (id, count) = (self.inner.new_id(), ids.len());
        lock(&self.inner.views).add(id.clone(), key.clone(), Kept::Activity(Arc::new(ids)));
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
        let kept = lock(&self.inner.views).get(view);
        let Some((key, Kept::Activity(ids))) = kept else {
            return Err(Error::ViewGone);
        };
        let store = self.inner.open_store(&key).await?;
        on_files(store.watched(), move || {
            let (from, to) = stretch(from, to, ids.len());
            let rows = ids[from..to]
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
                steps: store.journal.steps(&id)?,
                statuses: store.mirror.statuses()?,
                currency: store.currency(),
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
        Change::Product { before, .. } | Change::DeleteProduct { before, .. } => &before.name,
        Change::CreateProduct { after } => &after.name,
    };
    let here = match (entry.made, entry.change.subject()) {
        (Some(id), _) | (None, Subject::Product(id)) => store.mirror.product(id)?,
        (None, Subject::Order(_) | Subject::NewProduct) => None,
    };
    Ok(here.map_or_else(|| said.clone().unwrap_or_default(), |product| product.name))
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
}

pub(crate) fn notes_subject(order: OrderId) -> String {
    format!("order/{order}/staff-notes")
}

/// The draft of a product's form; without a number, of a new product's.
pub(crate) fn product_subject(product: Option<ProductId>) -> String {
    match product {
        Some(id) => format!("product/{id}"),
        None => "product/new".to_owned(),
    }
}

fn stretch(from: usize, to: usize, len: usize) -> (usize, usize) {
    let from = from.min(len);
    let to = to.clamp(from, len).min(from + MOST_ROWS);
    (from, to)
}

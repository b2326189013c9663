//! Opened lists, whatever they hold.

use std::{
    any::Any,
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use desk::ProfileKey;
use mirror::Query;

use crate::{Error, Workbench, lock, on_files, store::OpenStore};

/// Lists kept open at once; the one not read for longest is closed first.
const MOST_VIEWS: usize = 64;
/// Rows given at once.
const MOST_ROWS: usize = 500;

/// A list from the mirror, with what it was made from.
struct Listed<Q: Query> {
    query: Q,
    version: u64,
    view: Arc<Q::View>,
}

type Kept = Arc<dyn Any + Send + Sync>;

#[derive(Default)]
pub(crate) struct Views {
    kept: HashMap<String, (ProfileKey, Kept)>,
    used: VecDeque<String>,
}

impl Views {
    pub(super) fn add(&mut self, id: String, store: ProfileKey, kept: Kept) {
        self.kept.insert(id.clone(), (store, kept));
        self.used.push_back(id);
        while self.used.len() > MOST_VIEWS {
            if let Some(oldest) = self.used.pop_front() {
                self.kept.remove(&oldest);
            }
        }
    }

    /// An opened list, if it is one of this kind.
    pub(super) fn get<T: Any + Send + Sync>(&mut self, id: &str) -> Option<(ProfileKey, Arc<T>)> {
        let (store, kept) = self.kept.get(id)?.clone();
        let kept = kept.downcast().ok()?;
        self.used.retain(|other| other != id);
        self.used.push_back(id.to_owned());
        Some((store, kept))
    }

    fn same<Q: Query>(
        &mut self,
        store: &ProfileKey,
        query: &Q,
        version: u64,
    ) -> Option<(String, Arc<Q::View>)> {
        let id = self.kept.iter().find_map(|(id, (kept_for, kept))| {
            let listed = kept.downcast_ref::<Listed<Q>>()?;
            let same = kept_for == store && listed.version == version && listed.query == *query;
            same.then(|| id.clone())
        })?;
        let (_, listed) = self.get::<Listed<Q>>(&id)?;
        Some((id, Arc::clone(&listed.view)))
    }

    pub(crate) fn forget(&mut self, store: &ProfileKey) {
        self.kept.retain(|_, (kept_for, _)| kept_for != store);
        self.used.retain(|id| self.kept.contains_key(id));
    }
}

impl Workbench {
    /// Opens a list: of orders ([`mirror::OrdersQuery`]), of products ([`mirror::ProductsQuery`])
    /// or of customers ([`mirror::CustomersQuery`]). An unchanged list is not computed again.
    ///
    /// # Errors
    /// [`Error::StoreGone`], [`Error::File`].
    pub async fn open_list<Q: Query>(
        &self,
        key: &ProfileKey,
        query: Q,
    ) -> Result<(String, Arc<Q::View>), Error> {
        let store = self.inner.open_store(key).await?;
        // Taken before the list is computed: a page that arrives meanwhile makes it out of date.
        let version = Q::version(&store.mirror);
        if let Some(same) = lock(&self.inner.views).same(key, &query, version) {
            return Ok(same);
        }
        let (view, query) = on_files(store.watched(), move || {
            Ok((query.view(&store.mirror)?, query))
        })
        .await?;
        let (id, view) = (self.inner.new_id(), Arc::new(view));
        let listed = Listed {
            query,
            version,
            view: Arc::clone(&view),
        };
        lock(&self.inner.views).add(id.clone(), key.clone(), Arc::new(listed));
        Ok((id, view))
    }

    /// Where a thing stands in an opened list.
    ///
    /// # Errors
    /// [`Error::ViewGone`], also for a list of another kind of thing.
    pub fn place_in_list<Q: Query>(&self, view: &str, id: Q::Id) -> Result<Option<usize>, Error> {
        let (_, listed) = self.listed::<Q>(view)?;
        Ok(listed.view.as_ref().as_ref().iter().position(|i| *i == id))
    }

    fn listed<Q: Query>(&self, view: &str) -> Result<(ProfileKey, Arc<Listed<Q>>), Error> {
        lock(&self.inner.views).get(view).ok_or(Error::ViewGone)
    }

    /// The store of an opened list, the place of the first row and the ids of a stretch of it, at
    /// most 500.
    pub(super) async fn stretch<Q: Query>(
        &self,
        view: &str,
        from: usize,
        to: usize,
    ) -> Result<(Arc<OpenStore>, usize, Vec<Q::Id>), Error> {
        let (key, listed) = self.listed::<Q>(view)?;
        let ids = listed.view.as_ref().as_ref();
        let (from, to) = stretch(from, to, ids.len());
        let ids = ids[from..to].to_vec();
        Ok((self.inner.open_store(&key).await?, from, ids))
    }
}

pub(super) fn stretch(from: usize, to: usize, len: usize) -> (usize, usize) {
    let from = from.min(len);
    let to = to.clamp(from, len).min(from + MOST_ROWS);
    (from, to)
}

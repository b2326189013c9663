//! Finding out what became of a write that got no answer.

use std::{sync::Arc, time::Duration};

use bigcommerce::{Client, Lane};
use credentials::Prompt;
use desk::ProfileKey;
use journal::{Entry, EntryId, SendKind, State, StepKind};

use super::{
    apply::{step, step_made},
    things::{self, Standing},
};
use crate::{Error, Inner, Workbench, on_disk, store::OpenStore};

/// How long a store is given to finish a request whose answer was lost, before its effect is
/// looked for.
pub(super) const SETTLING: Duration = Duration::from_secs(3);

/// Looks for the effect of an entry of unknown fate.
///
/// # Errors
/// What keeps us from looking; the entry stays unknown.
pub(super) async fn look(
    store: &Arc<OpenStore>,
    bench: &Arc<Inner>,
    client: &Client,
    entry: &Entry,
) -> Result<(), Error> {
    let since = bench.clock.wall().duration_since(entry.state_at);
    let since = Duration::try_from(since).unwrap_or(Duration::ZERO);
    let wait = SETTLING.saturating_sub(since);
    if !wait.is_zero() {
        bench.clock.sleep_until(bench.clock.now() + wait).await;
    }
    let deadline = bench.clock.now() + Duration::from_secs(120);
    let asked = store.mirror.stamp();
    let fresh = match things::read(client, &entry.change, Lane::Edit, deadline).await {
        Ok(thing) => thing,
        Err(bigcommerce::Error::NotFound) => {
            let words = "it is no longer in the store";
            let (to, why) = (State::Conflict, StepKind::FoundChanged);
            return step(store, bench, entry, to, why, words).await;
        }
        Err(error) => return Err(error.into()),
    };
    let standing = things::standing(&entry.change, &fresh);
    let made = things::made(&entry.change, &fresh);
    things::keep_read(store, asked, &entry.change, fresh).await?;
    match standing {
        Standing::AsWanted => {
            let (to, why) = (State::DoneFound, StepKind::FoundInStore);
            step_made(store, bench, entry, to, why, "", made).await
        }
        Standing::AsBefore => {
            let next = match entry.kind {
                SendKind::Once => State::NotApplied,
                SendKind::Idempotent => State::Waiting,
            };
            step(store, bench, entry, next, StepKind::NotFoundInStore, "").await
        }
        Standing::Otherwise(words) => {
            let (to, why) = (State::Conflict, StepKind::FoundChanged);
            step(store, bench, entry, to, why, &words).await
        }
    }
}

impl Workbench {
    /// Asks the store now what became of a change that got no answer.
    ///
    /// # Errors
    /// [`Error::EntryMoved`] if its fate is known, [`Error::Api`], [`Error::Keychain`].
    pub async fn look_for(&self, key: &ProfileKey, id: &EntryId) -> Result<(), Error> {
        let store = self.inner.open_store(key).await?;
        let (reader, id) = (Arc::clone(&store), id.clone());
        let entry = on_disk(move || Ok(reader.journal.entry(&id)?)).await?;
        if entry.state != State::Unknown {
            return Err(Error::EntryMoved);
        }
        let client = store.client(Prompt::Never).await?;
        look(&store, &self.inner, &client, &entry).await?;
        store.kick_changes.notify_one();
        Ok(())
    }
}

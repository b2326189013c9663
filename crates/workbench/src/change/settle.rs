//! Finding out what became of a write that got no answer.

use std::{sync::Arc, time::Duration};

use bigcommerce::{Client, Lane, request::orders};
use commerce::OrderFields;
use credentials::Prompt;
use desk::ProfileKey;
use journal::{Entry, EntryId, SendKind, State, StepKind};

use super::apply::{keep_read, step};
use crate::{Error, Inner, Workbench, on_disk, store::OpenStore};

/// How long a store is given to finish a request whose answer was lost, before its effect is
/// looked for.
const SETTLING: Duration = Duration::from_secs(3);

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
    let found = client
        .send(&orders::one(entry.order), Lane::Edit, deadline)
        .await;
    let fresh = match found {
        Ok(answer) => answer.value,
        Err(bigcommerce::Error::NotFound) => {
            let words = "the order is no longer in the store";
            return step(
                store,
                bench,
                entry,
                State::Conflict,
                StepKind::FoundChanged,
                words,
            )
            .await;
        }
        Err(error) => return Err(error.into()),
    };
    let now = entry.after.as_in(&fresh);
    keep_read(store, asked, fresh).await?;
    if now.reads_like(&entry.after) {
        step(
            store,
            bench,
            entry,
            State::DoneFound,
            StepKind::FoundInStore,
            "",
        )
        .await
    } else if now.reads_like(&entry.before) {
        let next = match entry.kind {
            SendKind::Once => State::NotApplied,
            SendKind::Idempotent => State::Waiting,
        };
        step(store, bench, entry, next, StepKind::NotFoundInStore, "").await
    } else {
        let words = in_words(&now);
        step(
            store,
            bench,
            entry,
            State::Conflict,
            StepKind::FoundChanged,
            &words,
        )
        .await
    }
}

/// What was found instead, for the journal.
pub(super) fn in_words(fields: &OrderFields) -> String {
    let status = fields.status_id.map(|id| format!("status {id}"));
    let notes = fields
        .staff_notes
        .as_ref()
        .map(|notes| format!("staff notes “{notes}”"));
    [status, notes]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
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

//! What is done about requests that fail without saying whose trouble that is.

use std::{sync::Arc, time::Duration};

use bigcommerce::{Error as Api, Lane, request};
use jiff::Timestamp;
use journal::{Entry, EntryId};

use super::troubles::Asked;
use crate::{
    Error, Inner, on_disk,
    store::{OpenStore, Signed},
};

/// How long the store may take to answer something else.
const ANOTHER: Duration = Duration::from_secs(60);

/// What failed when the app ran before stands back from the start.
///
/// # Errors
/// [`Error::File`].
pub(super) async fn recall(store: &Arc<OpenStore>, bench: &Inner) -> Result<(), Error> {
    let reader = Arc::clone(store);
    let failed = on_disk(move || Ok(reader.journal.failed()?)).await?;
    let wall = bench.clock.wall();
    // A clock that was set back says nothing of how long it is ago.
    let ago = |since: Timestamp| Duration::try_from(wall.duration_since(since)).unwrap_or_default();
    let failed = failed
        .into_iter()
        .map(|one| (one.id, one.times, ago(one.since)));
    store.troubles().failed_before(failed, bench.clock.now());
    Ok(())
}

/// A request for these entries failed, and nobody can tell whose trouble it is. That is written down as
/// well: an app that is started often must not begin with them each time.
pub(super) async fn failed(
    store: &Arc<OpenStore>,
    bench: &Inner,
    ids: Vec<EntryId>,
    asked: Asked,
    error: &Api,
) {
    let now = bench.clock.now();
    store
        .troubles()
        .failed(&ids, asked, &error.clone().into(), now);
    let (writer, at) = (Arc::clone(store), bench.clock.wall());
    if let Err(error) = on_disk(move || Ok(writer.journal.has_failed(&ids, at)?)).await {
        // Only the order after another start rests on it.
        tracing::warn!(store = %store.key, %error, "that a change failed was not written down");
    }
}

/// A request for this entry alone failed. Whether it is to be tried no more.
pub(super) async fn stumbled(
    store: &Arc<OpenStore>,
    bench: &Inner,
    client: &Signed,
    entry: &Entry,
    asked: Asked,
    error: &Api,
) -> bool {
    let ids = vec![entry.id.clone()];
    failed(store, bench, ids, asked, error).await;
    let now = bench.clock.now();
    if store.troubles().gives_up(&entry.id, asked, now).is_some() {
        return true;
    }
    if asked != Asked::Read || !store.troubles().wants_another_asked(&entry.id, now) {
        return false;
    }
    // There may be no other change to compare with, now or ever.
    let time = client
        .send(&request::time(), Lane::Edit, now + ANOTHER)
        .await;
    match time {
        // An answer too: the token may not ask for the time.
        Ok(_) | Err(Api::MissingScope { .. } | Api::Forbidden { .. }) => {
            store.troubles().another_was_answered(&entry.id);
            true
        }
        Err(_) => false,
    }
}

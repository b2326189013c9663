//! Sending what is in the journal, one entry after the other.

use std::{sync::Arc, time::Duration};

use bigcommerce::{Client, Lane};
use commerce::{Change, ProductId, SafetyMode, Tick};
use credentials::Prompt;
use futures::future::select;
use journal::{Entry, SendKind, State, StepKind};
use mirror::Pending;

use super::{
    settle::{self, SETTLING},
    stale,
    things::{self, Answer, Standing},
};
use crate::{Error, Inner, Milestone, Notice, on_disk, store::OpenStore};

/// How long one request of a change may take, waiting for its turn included.
const PATIENCE: Duration = Duration::from_secs(5 * 60);

/// Applies and settles until the store is closed.
pub(crate) async fn run(store: Arc<OpenStore>) {
    while let Ok(bench) = store.bench() {
        if store.is_closing() {
            return;
        }
        let watched = store.watched();
        let pause = match work(&store, &bench).await {
            Ok(()) => {
                store.set_change_trouble(None);
                None
            }
            Err(Error::Stopping) => return,
            // A person looked for it or dropped it at the same moment.
            Err(Error::EntryMoved) => Some(Duration::from_secs(1)),
            Err(error) => {
                tracing::warn!(store = %store.key, %error, "changes wait");
                watched.met(&error);
                let pause = error.pause();
                store.set_change_trouble(Some(error));
                pause
            }
        };
        let kicked = store.kick_changes.notified();
        match pause {
            Some(pause) => {
                let until = bench.clock.now() + pause;
                select(Box::pin(kicked), bench.clock.sleep_until(until)).await;
            }
            None => kicked.await,
        }
    }
}

/// Does everything that can be done now.
async fn work(store: &Arc<OpenStore>, bench: &Arc<Inner>) -> Result<(), Error> {
    let reader = Arc::clone(store);
    let on_the_way = on_disk(move || Ok(reader.journal.on_the_way()?)).await?;
    show_on_the_way(store, &on_the_way).await?;
    // Without anything to do the keychain isn't touched.
    if on_the_way.is_empty() {
        return Ok(());
    }
    // Only this loop sends, so whatever stands at `sending` now lost its answer: the app was
    // killed, or the disk was full when it came.
    for entry in on_the_way.iter().filter(|e| e.state == State::Sending) {
        lost(store, bench, entry).await?;
    }
    if store.profile().safety == SafetyMode::ReadOnly {
        return settle_all(store, bench).await;
    }
    settle_all(store, bench).await?;
    loop {
        if store.is_closing() {
            return Err(Error::Stopping);
        }
        if store.profile().safety == SafetyMode::ReadOnly {
            return Ok(());
        }
        let reader = Arc::clone(store);
        let Some(entry) = on_disk(move || Ok(reader.journal.next_waiting()?)).await? else {
            return Ok(());
        };
        let client = store.client(Prompt::Never).await?;
        apply(store, bench, &client, &entry).await?;
    }
}

/// Shows in lists what the journal says is on its way, if that could not be shown before.
async fn show_on_the_way(store: &Arc<OpenStore>, on_the_way: &[Entry]) -> Result<(), Error> {
    if !store.take_pending_is_stale() {
        return Ok(());
    }
    let pending: Vec<Pending> = on_the_way.iter().map(pending).collect();
    let writer = Arc::clone(store);
    on_disk(move || {
        let shown = writer.mirror.replace_pending(&pending);
        if shown.is_err() {
            writer.pending_is_stale();
        }
        Ok(shown?)
    })
    .await
}

pub(crate) fn pending(entry: &Entry) -> Pending {
    Pending {
        entry: entry.id.0.clone(),
        change: entry.change.clone(),
    }
}

async fn settle_all(store: &Arc<OpenStore>, bench: &Arc<Inner>) -> Result<(), Error> {
    let reader = Arc::clone(store);
    let unknown = on_disk(move || Ok(reader.journal.in_state(State::Unknown)?)).await?;
    for entry in unknown {
        let client = store.client(Prompt::Never).await?;
        settle::look(store, bench, &client, &entry).await?;
    }
    Ok(())
}

async fn lost(store: &Arc<OpenStore>, bench: &Arc<Inner>, entry: &Entry) -> Result<(), Error> {
    match entry.kind {
        SendKind::Once => step(store, bench, entry, State::Unknown, StepKind::NoAnswer, "").await,
        SendKind::Idempotent => {
            step(store, bench, entry, State::Waiting, StepKind::NoAnswer, "").await
        }
    }
}

/// One entry, from waiting to its end, or back to waiting if it can't be sent for the moment.
///
/// # Errors
/// What keeps all entries from being sent. What concerns this entry only ends it.
async fn apply(
    store: &Arc<OpenStore>,
    bench: &Arc<Inner>,
    client: &Client,
    entry: &Entry,
) -> Result<(), Error> {
    let asked = store.mirror.stamp();
    let fresh = match things::read(client, &entry.change, Lane::Edit, soon(bench)).await {
        Ok(thing) => thing,
        Err(error) => return read_failed(store, bench, entry, error).await,
    };
    match things::standing(&entry.change, &fresh) {
        Standing::AsBefore => {}
        // Somebody else did it already. Sending it again might e-mail the shopper twice. A product
        // of the same name was there before, though: nothing of ours.
        Standing::AsWanted if !matches!(entry.change, Change::CreateProduct { .. }) => {
            things::keep_read(store, asked, &entry.change, fresh).await?;
            let (to, why) = (State::DoneFound, StepKind::FoundInStore);
            return step(store, bench, entry, to, why, "").await;
        }
        Standing::AsWanted => {
            things::keep_read(store, asked, &entry.change, fresh).await?;
            let words = "a product of that name is already in the store";
            let (to, why) = (State::Conflict, StepKind::FoundChanged);
            return step(store, bench, entry, to, why, words).await;
        }
        Standing::Otherwise(words) => {
            things::keep_read(store, asked, &entry.change, fresh).await?;
            let (to, why) = (State::Conflict, StepKind::FoundChanged);
            return step(store, bench, entry, to, why, &words).await;
        }
    }
    let (writer, id, at) = (Arc::clone(store), entry.id.clone(), bench.clock.wall());
    on_disk(move || Ok(writer.journal.note(&id, at, StepKind::ReadAgain, "")?)).await?;
    bench.milestones.reached(Milestone::ReadAgain);

    // Waiting for a turn may have taken minutes, and the person may have said stop meanwhile.
    if store.is_closing() {
        return Err(Error::Stopping);
    }
    if store.profile().safety == SafetyMode::ReadOnly {
        return Ok(());
    }
    step(store, bench, entry, State::Sending, StepKind::Sent, "").await?;
    bench.milestones.reached(Milestone::Sending);
    let answer = things::write(client, &entry.change, soon(bench)).await;
    bench.milestones.reached(Milestone::Answered);
    match answer {
        Ok(answer) => done(store, bench, client, entry, answer).await,
        Err(error) => write_failed(store, bench, entry, error).await,
    }
}

fn soon(bench: &Inner) -> Tick {
    bench.clock.now() + PATIENCE
}

/// The write's own answer is the read-back. Mirror first, journal last.
async fn done(
    store: &Arc<OpenStore>,
    bench: &Arc<Inner>,
    client: &Client,
    entry: &Entry,
    answer: Answer,
) -> Result<(), Error> {
    let Answer { mut thing, remarks } = answer;
    let mut standing = things::standing(&entry.change, &thing);
    if standing != Standing::AsWanted && remarks.is_empty() && things::sets_stock(&entry.change) {
        // Stock is booked after the answer, so a write's own answer may still show the old level.
        bench.clock.sleep_until(bench.clock.now() + SETTLING).await;
        // The change itself is made whatever becomes of this look.
        if let Ok(later) = things::read(client, &entry.change, Lane::Edit, soon(bench)).await {
            standing = things::standing(&entry.change, &later);
            thing = later;
        }
    }
    let made = things::made(&entry.change, &thing);
    things::keep_answer(store, &entry.change, thing).await?;
    bench.milestones.reached(Milestone::Mirrored);
    let words = match &standing {
        Standing::AsWanted | Standing::AsBefore => remarks,
        Standing::Otherwise(found) if remarks.is_empty() => found.clone(),
        Standing::Otherwise(found) => format!("{remarks} ({found})"),
    };
    match (made, standing) {
        // It was made, if not quite as wanted: making it again would make two.
        (Some(made), _) => {
            let (to, why) = (State::Done, StepKind::StoreDone);
            step_made(store, bench, entry, to, why, &words, Some(made)).await?;
        }
        (None, Standing::AsWanted) => {
            step(
                store,
                bench,
                entry,
                State::Done,
                StepKind::StoreDone,
                &words,
            )
            .await?;
        }
        (None, Standing::AsBefore | Standing::Otherwise(_)) => {
            let (to, why) = (State::Refused, StepKind::StoreRefused);
            step(store, bench, entry, to, why, &words).await?;
        }
    }
    bench.milestones.reached(Milestone::Settled);
    Ok(())
}

async fn read_failed(
    store: &Arc<OpenStore>,
    bench: &Arc<Inner>,
    entry: &Entry,
    error: bigcommerce::Error,
) -> Result<(), Error> {
    use bigcommerce::Error as Api;
    match error {
        // Something on the way answered in the store's place: no word of this order at all.
        Api::UnexpectedAnswer { ref path, .. } if path == "$" => Err(error.into()),
        Api::NotFound | Api::MissingScope { .. } | Api::UnexpectedAnswer { .. } => {
            note_lack(store, &error);
            let words = error.to_string();
            step(
                store,
                bench,
                entry,
                State::Refused,
                StepKind::StoreRefused,
                &words,
            )
            .await
        }
        error => Err(error.into()),
    }
}

async fn write_failed(
    store: &Arc<OpenStore>,
    bench: &Arc<Inner>,
    entry: &Entry,
    error: bigcommerce::Error,
) -> Result<(), Error> {
    use bigcommerce::Error as Api;
    let words = error.to_string();
    if error.leaves_open() {
        lost(store, bench, entry).await?;
        // The next round looks for its effect.
        return Err(error.into());
    }
    match error {
        // Nothing was done, and the same would happen to every other entry: all wait.
        Api::Unauthorized
        | Api::RateLimited { .. }
        | Api::Network { .. }
        | Api::StoreUnavailable { .. }
        | Api::DeadlinePassed { .. } => {
            step(
                store,
                bench,
                entry,
                State::Waiting,
                StepKind::Postponed,
                &words,
            )
            .await?;
            Err(error.into())
        }
        error => {
            note_lack(store, &error);
            step(
                store,
                bench,
                entry,
                State::Refused,
                StepKind::StoreRefused,
                &words,
            )
            .await
        }
    }
}

/// A scope that turns out to be missing: what needs it is greyed from here on.
fn note_lack(store: &OpenStore, error: &bigcommerce::Error) {
    if let bigcommerce::Error::MissingScope {
        needs: Some((scope, access)),
    } = error
        && let Err(error) = store.lacks(*scope, *access)
    {
        tracing::warn!(%error, "a missing scope could not be written down");
    }
}

/// Moves an entry, and shows it.
pub(super) async fn step(
    store: &Arc<OpenStore>,
    bench: &Arc<Inner>,
    entry: &Entry,
    to: State,
    kind: StepKind,
    words: &str,
) -> Result<(), Error> {
    step_made(store, bench, entry, to, kind, words, None).await
}

/// As [`step`], and keeps the number of the product that was made.
pub(super) async fn step_made(
    store: &Arc<OpenStore>,
    bench: &Arc<Inner>,
    entry: &Entry,
    to: State,
    kind: StepKind,
    words: &str,
    made: Option<ProductId>,
) -> Result<(), Error> {
    let subject = entry.change.subject();
    let (writer, id) = (Arc::clone(store), entry.id.clone());
    let (at, words) = (bench.clock.wall(), words.to_owned());
    on_disk(move || {
        match made {
            Some(made) => writer
                .journal
                .advance_made(&id, to, at, kind, &words, made)?,
            None => writer.journal.advance(&id, to, at, kind, &words)?,
        }
        if !to.is_on_the_way()
            && let Err(error) = writer.mirror.remove_pending(&id.0, subject)
        {
            // The journal has it right; the list follows as soon as there is room again.
            tracing::warn!(store = %writer.key, %error, "a settled change is still shown");
            writer.pending_is_stale();
        }
        Ok(())
    })
    .await?;
    bench.notify(stale(&store.key, &mut std::iter::once(subject)));
    bench.notify(Notice::State(store.key.clone()));
    Ok(())
}

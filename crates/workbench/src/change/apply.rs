//! Sending what is in the journal, in the order it was confirmed.

use std::{sync::Arc, time::Duration};

use bigcommerce::{Client, request::products::BATCH_MAX};
use commerce::{Change, SafetyMode, Scope, Tick};
use credentials::Prompt;
use futures::future::select;
use journal::{Entry, EntryId, Said, State};
use mirror::Pending;

use super::{
    keeping, one,
    reading::ReadAt,
    road::{Moving, give_up, go},
    settle::{self, Looked},
    stale, stumbles, together,
    troubles::{Turn, may_be_of_one_thing},
};
use crate::{
    Error, Inner, Notice, on_disk,
    store::{OpenStore, Signed},
};

/// How long one request of a change may take, waiting for its turn included.
const PATIENCE: Duration = Duration::from_secs(5 * 60);
/// How long one write may take. Past it what it rests on is read again, and whether it may go at all is
/// asked again.
const WRITE_PATIENCE: Duration = Duration::from_secs(60);
/// How often personal data whose time has come is looked for while nothing else is to do.
const TIDY_EVERY: Duration = Duration::from_secs(60 * 60);

/// Applies and settles until the store is closed.
pub(crate) async fn run(store: Arc<OpenStore>) {
    if let Ok(bench) = store.bench()
        && let Err(error) = stumbles::recall(&store, &bench).await
    {
        // Then what failed before goes first once more, and holds the others up for some time.
        tracing::warn!(store = %store.key, %error, "what failed before is not known");
    }
    while let Ok(bench) = store.bench() {
        if store.is_closing() {
            return;
        }
        let watched = store.watched();
        let done = work(&store, &bench).await;
        store.rest();
        let pause = match done {
            Ok(()) => {
                store.set_change_trouble(None);
                let next = store.troubles().next_look();
                next.map(|at| at.since(bench.clock.now()))
            }
            Err(Error::Stopping) => return,
            // A person looked for it or dropped it at the same moment.
            Err(Error::EntryMoved) => Some(Duration::from_secs(1)),
            Err(error) => {
                if !store.is_known(&error) {
                    tracing::warn!(store = %store.key, %error, "changes wait");
                }
                watched.met(&error);
                let pause = match &error {
                    Error::Api(api) if may_be_of_one_thing(api) => {
                        Some(store.troubles().pause(bench.clock.now()))
                    }
                    error => error.pause(),
                };
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
            None => {
                let until = bench.clock.now() + TIDY_EVERY;
                select(Box::pin(kicked), bench.clock.sleep_until(until)).await;
            }
        }
    }
}

/// Does everything that can be done now.
async fn work(store: &Arc<OpenStore>, bench: &Arc<Inner>) -> Result<(), Error> {
    show_on_the_way(store).await?;
    if let Err(error) = keeping::tidy(store, bench).await {
        // No reason for changes to wait.
        tracing::warn!(store = %store.key, %error, "personal data was not erased");
    }
    let reader = Arc::clone(store);
    let (anything, sending) = on_disk(move || {
        let anything = reader.journal.has_anything_on_the_way()?;
        Ok((anything, reader.journal.in_state(State::Sending)?))
    })
    .await?;
    // Without anything to do the keychain isn't touched.
    if !anything {
        return Ok(());
    }
    // Only this loop sends, so whatever stands at `sending` now lost its answer: the app was
    // killed, or the disk was full when it came.
    go(store, bench, sending.iter().map(Moving::lost).collect()).await?;
    give_up_stopped(store, bench).await?;
    go_on_allowed(store, bench).await?;
    let mut unseen = settle_all(store, bench).await?;
    store.begin(bench.clock.now());
    while may_send(store)? {
        let next_look = store.troubles().next_look();
        if next_look.is_some_and(|at| at <= bench.clock.now()) {
            unseen = settle_all(store, bench).await?;
        }
        let (run, at_most) = match next_run(store, bench.clock.now()).await? {
            Next::Run(run, at_most) => (run, at_most),
            Next::NotYet(error) => return Err(error),
            Next::Nothing => {
                give_up_stopped(store, bench).await?;
                return unseen.map_or(Ok(()), Err);
            }
        };
        let client = store.signed(Prompt::Never).await?;
        match run.as_slice() {
            // What it began with was dropped between two looks at the journal.
            [] => {}
            [only] => one::apply(store, bench, &client, only).await?,
            _ => together::apply(store, bench, &client, run, at_most).await?,
        }
    }
    Ok(())
}

/// What came back to waiting after its job was stopped is given up as well.
async fn give_up_stopped(store: &Arc<OpenStore>, bench: &Arc<Inner>) -> Result<(), Error> {
    let reader = Arc::clone(store);
    let left = on_disk(move || Ok(reader.journal.stopped_and_waiting()?)).await?;
    give_up(store, bench, left).await
}

/// Jobs that are held for want of a scope go on once the token has it.
async fn go_on_allowed(store: &Arc<OpenStore>, bench: &Arc<Inner>) -> Result<(), Error> {
    let lacks = store.profile().missing_scopes;
    let lacks: Vec<Scope> = lacks.into_iter().map(|(scope, _)| scope).collect();
    let writer = Arc::clone(store);
    let gone_on = on_disk(move || Ok(writer.journal.let_go_but_for(&lacks)?)).await?;
    if gone_on {
        bench.notify(stale(&store.key, &mut std::iter::empty()));
        bench.notify(Notice::State(store.key.clone()));
    }
    Ok(())
}

/// Whether the entry was sent once and no answer came.
pub(super) async fn was_lost(store: &Arc<OpenStore>, entry: &Entry) -> Result<bool, Error> {
    let (reader, id) = (Arc::clone(store), entry.id.clone());
    on_disk(move || Ok(reader.journal.was_lost(&id)?)).await
}

/// Whether the person lets anything be sent at this moment.
pub(super) fn may_send(store: &OpenStore) -> Result<bool, Error> {
    if store.is_closing() {
        return Err(Error::Stopping);
    }
    Ok(store.profile().safety != SafetyMode::ReadOnly)
}

/// The way on which what the entry's job sends goes out only as long as the person lets it, and as long as
/// what it rests on was read a moment ago: a request may wait a minute for its turn, or to be tried again, and
/// the computer may sleep meanwhile.
pub(super) fn gated(
    store: &Arc<OpenStore>,
    client: &Signed,
    entry: &Entry,
    read_at: &ReadAt,
) -> Client {
    let (store, job) = (Arc::clone(store), entry.job.clone());
    let read_at = read_at.clone();
    client.with_permit(Arc::new(move || store.may_go(&job) && !read_at.is_stale()))
}

/// Whether nothing of the entry's job is to be sent for now.
pub(super) async fn is_held(store: &Arc<OpenStore>, entry: &Entry) -> Result<bool, Error> {
    let (reader, job) = (Arc::clone(store), entry.job.clone());
    on_disk(move || Ok(reader.journal.is_held(&job)?)).await
}

/// What to send next.
enum Next {
    /// One, or several that can go together, at most so many in one request.
    Run(Vec<Entry>, usize),
    /// Only what failed before is left, and its time has not come.
    NotYet(Error),
    /// Nothing is left.
    Nothing,
}

/// What never failed goes first, so that one thing that the store stumbles over holds up no other.
async fn next_run(store: &Arc<OpenStore>, now: Tick) -> Result<Next, Error> {
    let reader = Arc::clone(store);
    on_disk(move || {
        let failed = reader.troubles().all();
        let first = reader.journal.next_waiting_up_to(1, &failed)?.pop();
        if let Some(first) = first {
            if !matches!(first.change, Change::Product { .. }) {
                return Ok(Next::Run(vec![first], 1));
            }
            let journal = &reader.journal;
            let next = journal.next_waiting_up_to(together::READ_AT_ONCE, &failed)?;
            return Ok(Next::Run(together::run_of(next), BATCH_MAX));
        }
        if failed.is_empty() {
            return Ok(Next::Nothing);
        }
        let mut waiting = reader.journal.waiting_among(&failed)?;
        let ids: Vec<EntryId> = waiting.iter().map(|entry| entry.id.clone()).collect();
        let turn = reader.troubles().turn(&ids, now);
        Ok(match turn {
            Turn::Nobody => Next::Nothing,
            Turn::NotYet(error) => Next::NotYet(error),
            Turn::Of(turn, at_most) => {
                waiting.retain(|entry| turn.contains(&entry.id));
                waiting.truncate(at_most);
                match together::run_of(waiting.clone()) {
                    // No change of a product: by itself, as ever.
                    run if run.is_empty() => {
                        waiting.truncate(1);
                        Next::Run(waiting, 1)
                    }
                    run => Next::Run(run, at_most.min(BATCH_MAX)),
                }
            }
        })
    })
    .await
}

/// Shows in lists what the journal says is on its way, if that could not be shown before.
async fn show_on_the_way(store: &Arc<OpenStore>) -> Result<(), Error> {
    if !store.take_pending_is_stale() {
        return Ok(());
    }
    let writer = Arc::clone(store);
    on_disk(move || {
        let show = || {
            let on_the_way = writer.journal.on_the_way()?;
            let pending: Vec<Pending> = on_the_way.iter().map(pending).collect();
            Ok::<_, Error>(writer.mirror.replace_pending(&pending)?)
        };
        let shown = show();
        if shown.is_err() {
            writer.pending_is_stale();
        }
        shown
    })
    .await
}

pub(crate) fn pending(entry: &Entry) -> Pending {
    Pending {
        entry: entry.id.0.clone(),
        change: entry.change.clone(),
    }
}

/// Reads that may fail in one go over those of unknown fate: more says nothing more of the store.
const FAILED_LOOKS: u32 = 2;

/// Looks for all whose time has come. One that can't be read holds up no other; gives why, if there was
/// any.
async fn settle_all(store: &Arc<OpenStore>, bench: &Arc<Inner>) -> Result<Option<Error>, Error> {
    let reader = Arc::clone(store);
    let mut unknown = on_disk(move || Ok(reader.journal.in_state(State::Unknown)?)).await?;
    unknown.sort_by_key(|entry| store.troubles().failures(&entry.id));
    let (mut unseen, mut failed) = (None, 0);
    for entry in unknown {
        let now = bench.clock.now();
        let settled = now + settle::settling(&entry, bench.clock.wall());
        let look_at = store.troubles().looks_at(&entry.id).unwrap_or(settled);
        if look_at > now {
            store.troubles().look_later(&entry.id, look_at);
            continue;
        }
        if let Some(error) = store.troubles().not_yet(&entry.id, now) {
            unseen = Some(error);
            continue;
        }
        if failed >= FAILED_LOOKS {
            break;
        }
        let client = store.signed(Prompt::Never).await?;
        let looked = settle::look(store, bench, &client, &entry).await?;
        store.troubles().looked_for(&entry.id);
        match looked {
            Looked::Settled | Looked::NotAllowed(_) => {}
            Looked::TooEarly(again) => {
                let at = bench.clock.now() + again;
                store.troubles().look_later(&entry.id, at);
            }
            Looked::Unseen(error) => {
                failed += 1;
                unseen = Some(error);
            }
        }
    }
    Ok(unseen)
}

pub(super) fn soon(bench: &Inner) -> Tick {
    bench.clock.now() + PATIENCE
}

/// Until when a write may wait for its turn and its answer.
pub(super) fn write_soon(bench: &Inner) -> Tick {
    bench.clock.now() + WRITE_PATIENCE
}

/// What an error of the store's means for the entries that were to be sent.
pub(super) enum Verdict {
    /// It may have been done.
    Open,
    /// It may have been done, and was withdrawn before it went out once more: others may go on, and it is
    /// compared anew when its turn comes.
    OpenAgain,
    /// Nothing was done, and the same would happen to every other entry: all wait.
    AllWait,
    /// It was withdrawn before it went out, or refused to a token that was replaced meanwhile: it waits
    /// again, and others may go on.
    Again,
    /// The token lacks a scope: nothing else that needs it has to be tried.
    NotAllowed,
    /// The store refused these.
    Refused,
}

pub(super) fn verdict(store: &OpenStore, client: &Signed, error: &bigcommerce::Error) -> Verdict {
    use bigcommerce::Error as Api;
    if error.leaves_open() {
        return match error {
            Api::Withdrawn { .. } => Verdict::OpenAgain,
            _ => Verdict::Open,
        };
    }
    if is_of_another_token(store, client, error) {
        return Verdict::Again;
    }
    match error {
        Api::Unauthorized
        | Api::RateLimited { .. }
        | Api::Network { .. }
        | Api::StoreUnavailable { .. }
        | Api::DeadlinePassed { .. } => Verdict::AllWait,
        Api::Withdrawn { .. } => Verdict::Again,
        Api::MissingScope { .. } => Verdict::NotAllowed,
        _ => Verdict::Refused,
    }
}

/// Something on the way answered in the store's place: no word of the thing at all.
pub(super) fn is_no_answer(error: &bigcommerce::Error) -> bool {
    matches!(error, bigcommerce::Error::UnexpectedAnswer { path, .. } if path == "$")
}

/// Whether the store refused a token that was replaced while the answer was on its way. The one that is
/// in use now may do it.
pub(super) fn is_of_another_token(
    store: &OpenStore,
    client: &Signed,
    error: &bigcommerce::Error,
) -> bool {
    use bigcommerce::Error as Api;
    matches!(
        error,
        Api::Unauthorized | Api::MissingScope { .. } | Api::Forbidden { .. }
    ) && !store.signs_with(client.token_number)
}

/// A scope that the client's token turns out to lack: what needs it is greyed from here on.
pub(super) fn note_lack(store: &OpenStore, client: &Signed, error: &bigcommerce::Error) {
    store.note_lack(client.token_number, error);
}

/// What the store holds against single fields, without the place in a batch.
pub(super) fn refused_fields(error: &bigcommerce::Error) -> Vec<(String, String)> {
    let bigcommerce::Error::Invalid { fields, .. } = error else {
        return Vec::new();
    };
    fields
        .iter()
        .filter(|field| !field.path.is_empty())
        .map(|field| (field.path.clone(), field.message.clone()))
        .collect()
}

/// The token lacks a scope that the entry needed. It has been told so; what becomes of the rest of its
/// job?
///
/// A merchant whose token can't change products doesn't want thousands of changes refused one by one, nor
/// all of them to be tried again by hand once another token is there: where all that is left needs the
/// same scope, the job is held, and goes on when the token has it, or when they say so. Where something
/// else is left, that goes on by itself, and what needs the scope is told for the same reason, without
/// being asked about.
pub(super) async fn lacks_scope(
    store: &Arc<OpenStore>,
    bench: &Arc<Inner>,
    entry: &Entry,
    said: &Said,
) -> Result<(), Error> {
    let rest = waiting_of_job(store, entry).await?;
    let (same, others): (Vec<Entry>, Vec<Entry>) =
        rest.into_iter().partition(|other| needs_as(entry, other));
    if same.is_empty() {
        return Ok(());
    }
    if others.is_empty() {
        let scope = scope_of(entry);
        // What isn't known to lack would let it go on at once, into the next refusal.
        let lacks = store.profile().missing_scopes;
        let is_known = lacks.iter().any(|(lacked, _)| *lacked == scope);
        return hold_for(store, bench, entry, is_known.then_some(scope), said).await;
    }
    let mut refused = Vec::new();
    for entry in &same {
        refused.push(one::unread(store, entry, said.clone()).await?);
    }
    go(store, bench, refused).await
}

/// Orders and products each have one scope for all that is done with them here.
pub(super) const fn scope_of(entry: &Entry) -> Scope {
    match entry.change {
        Change::Order { .. } => Scope::Orders,
        Change::Product { .. } | Change::CreateProduct { .. } | Change::DeleteProduct { .. } => {
            Scope::Products
        }
    }
}

fn needs_as(entry: &Entry, other: &Entry) -> bool {
    scope_of(entry) == scope_of(other)
}

async fn waiting_of_job(store: &Arc<OpenStore>, entry: &Entry) -> Result<Vec<Entry>, Error> {
    let (reader, job) = (Arc::clone(store), entry.job.clone());
    on_disk(move || {
        let mut entries = reader.journal.of_job(&job)?;
        entries.retain(|entry| entry.state == State::Waiting);
        Ok(entries)
    })
    .await
}

/// Refusals without a scope's name that a job may meet one after the other before it is held.
const FORBIDDEN_IN_A_ROW: u32 = 3;

/// The store forbade something without naming a scope. That may concern this one thing, so the others are
/// tried; but where it says so again and again, as to a token of another store, the job is held for a
/// person to look at.
pub(super) async fn is_forbidden(
    store: &Arc<OpenStore>,
    bench: &Arc<Inner>,
    entry: &Entry,
    said: &Said,
) -> Result<(), Error> {
    if store.forbidden_in_a_row(&entry.job) < FORBIDDEN_IN_A_ROW
        || waiting_of_job(store, entry).await?.is_empty()
    {
        return Ok(());
    }
    hold(store, bench, entry, said).await
}

/// Holds the entry's job, as a person does, and keeps why. Other jobs go on.
pub(super) async fn hold(
    store: &Arc<OpenStore>,
    bench: &Arc<Inner>,
    entry: &Entry,
    said: &Said,
) -> Result<(), Error> {
    hold_for(store, bench, entry, None, said).await
}

async fn hold_for(
    store: &Arc<OpenStore>,
    bench: &Arc<Inner>,
    entry: &Entry,
    scope: Option<Scope>,
    said: &Said,
) -> Result<(), Error> {
    let (writer, job) = (Arc::clone(store), entry.job.clone());
    let (at, said) = (bench.clock.wall(), said.clone());
    on_disk(move || {
        match scope {
            Some(scope) => writer.journal.hold_for(&job, at, scope, &said)?,
            None => writer.journal.hold_because(&job, at, &said)?,
        }
        Ok(())
    })
    .await?;
    bench.notify(stale(&store.key, &mut std::iter::empty()));
    bench.notify(Notice::State(store.key.clone()));
    Ok(())
}

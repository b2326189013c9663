//! Finding out what became of a write that got no answer.

use std::{sync::Arc, time::Duration};

use bigcommerce::Lane;
use commerce::{Change, MadeAs};
use credentials::Prompt;
use desk::ProfileKey;
use jiff::Timestamp;
use journal::{Entry, EntryId, Move, Reason, Said, SendKind, State, StepKind};

use super::{
    apply::{is_no_answer, is_of_another_token, note_lack},
    road::{Moving, go},
    said::{not_said, said},
    stumbles::stumbled,
    things::{self, Standing},
    troubles::{Asked, may_be_of_one_thing},
};
use crate::{
    Error, Inner, Milestone, Workbench, on_disk,
    store::{OpenStore, Signed},
};

/// How long a store is given to finish a request whose answer was lost, before its effect is
/// looked for.
pub(super) const SETTLING: Duration = Duration::from_secs(3);

/// For how long after its answer was lost an effect that is not to be seen may still show. Only then is it
/// told that there is no trace of it.
const LATEST: Duration = Duration::from_secs(10);

/// What came of a look.
pub(super) enum Looked {
    /// The journal says what became of it, or once more what it said.
    Settled,
    /// Nothing is to be seen yet; after so long it is looked for again.
    TooEarly(Duration),
    /// The token may not see it.
    NotAllowed(Error),
    /// It could not be read, and that may be about this one thing.
    Unseen(Error),
}

/// Since when the answer is missing.
fn since(entry: &Entry, wall: Timestamp) -> Duration {
    // A clock that was set back says nothing; what waited for it would wait for hours.
    Duration::try_from(wall.duration_since(entry.state_at)).unwrap_or(LATEST)
}

/// How long the store is still given to finish.
pub(super) fn settling(entry: &Entry, wall: Timestamp) -> Duration {
    SETTLING.saturating_sub(since(entry, wall))
}

/// Looks for the effect of an entry that was sent without an answer, whether its fate is unknown yet or
/// was told wrongly because the store took its time.
///
/// # Errors
/// What keeps us from looking for anything; the entry stays where it is.
pub(super) async fn look(
    store: &Arc<OpenStore>,
    bench: &Arc<Inner>,
    client: &Signed,
    entry: &Entry,
) -> Result<Looked, Error> {
    let wait = settling(entry, bench.clock.wall());
    if !wait.is_zero() {
        bench.clock.sleep_until(bench.clock.now() + wait).await;
    }
    let deadline = bench.clock.now() + Duration::from_secs(120);
    let asked = store.mirror.stamp();
    let unclear = |said: Said| Move::new(&entry.id, State::Unclear, StepKind::FoundUnclear, said);
    let fresh = match things::read(client, &entry.change, Lane::Edit, deadline).await {
        Ok(fresh) => fresh,
        Err(bigcommerce::Error::NotFound) => {
            let step = unclear(Reason::Gone.into());
            return ends(store, bench, entry, step).await;
        }
        // It is there, but what it says can't be read. Nothing else need wait for that.
        Err(error @ bigcommerce::Error::UnexpectedAnswer { .. }) if !is_no_answer(&error) => {
            let step = unclear(said(&error));
            return ends(store, bench, entry, step).await;
        }
        // It is looked for again with the token in use.
        Err(error) if is_of_another_token(store, client, &error) => {
            return Ok(Looked::NotAllowed(error.into()));
        }
        // The token can't see it. Another one may, so it stays open, and other changes go on.
        Err(
            error
            @ (bigcommerce::Error::MissingScope { .. } | bigcommerce::Error::Forbidden { .. }),
        ) => {
            note_lack(store, client, &error);
            return Ok(Looked::NotAllowed(error.into()));
        }
        Err(error) if may_be_of_one_thing(&error) => {
            // One that came to its end is looked for when a person wants it. It must not be taken for one
            // that waits, or later changes of the same thing would stand back for it.
            let is_open = entry.state == State::Unknown;
            if is_open && stumbled(store, bench, client, entry, Asked::Read, &error).await {
                return ends(store, bench, entry, unclear(said(&error))).await;
            }
            return Ok(Looked::Unseen(error.into()));
        }
        Err(error) => return Err(error.into()),
    };
    let ids = std::slice::from_ref(&entry.id);
    store.troubles().came_through(ids, Asked::Read);
    let standing = things::standing(&entry.change, &fresh);
    let made = things::made(&entry.change, &fresh.thing);
    let found_as = things::found_as(&entry.change, &fresh);
    things::keep_read(store, asked, &entry.change, fresh).await?;
    bench.milestones.reached(Milestone::LookedFor);
    let step = match standing {
        Standing::AsWanted => {
            let mut step = Move::new(&entry.id, State::DoneFound, StepKind::FoundInStore, "");
            step.made = made;
            step.made_as = found_as;
            step
        }
        Standing::AsBefore(fields) => {
            let whole = fields.len() == entry.change.fields().len();
            let is_unknown = entry.state == State::Unknown;
            let since = since(entry, bench.clock.wall());
            if is_unknown && whole && entry.kind == SendKind::Once && since < LATEST {
                return Ok(Looked::TooEarly(LATEST.saturating_sub(since)));
            }
            let next = match entry.kind {
                SendKind::Idempotent if is_unknown => Some(State::Waiting),
                SendKind::Idempotent | SendKind::Once if whole => Some(State::NotApplied),
                // Some of it is as wanted: by us, or by somebody else before?
                SendKind::Idempotent | SendKind::Once => None,
            };
            match next {
                Some(next) => Move::new(&entry.id, next, StepKind::NotFoundInStore, ""),
                None => unclear(Reason::OnlyPart.into()),
            }
        }
        Standing::Gone => unclear(Reason::Gone.into()),
        Standing::WorkedOn => unclear(Reason::WorkedOn.into()),
        Standing::Otherwise(found) => {
            let mut step = unclear(Reason::OtherValues.into());
            step.found = Some(found);
            step
        }
        Standing::NotSaid(fields) => unclear(not_said(&fields)),
    };
    let looked = ends(store, bench, entry, step).await?;
    bench.milestones.reached(Milestone::Found);
    Ok(looked)
}

async fn ends(
    store: &Arc<OpenStore>,
    bench: &Arc<Inner>,
    entry: &Entry,
    step: Move,
) -> Result<Looked, Error> {
    go(store, bench, vec![Moving::new(entry, step)]).await?;
    Ok(Looked::Settled)
}

impl Workbench {
    /// Asks the store now what became of a change that got no answer, also of one that left no trace when
    /// it was looked for before.
    ///
    /// # Errors
    /// [`Error::EntryMoved`] if its fate is known, [`Error::Api`], [`Error::Keychain`].
    pub async fn look_for(&self, key: &ProfileKey, id: &EntryId) -> Result<(), Error> {
        let store = self.inner.open_store(key).await?;
        let (reader, id) = (Arc::clone(&store), id.clone());
        let entry = on_disk(move || Ok(reader.journal.entry(&id)?)).await?;
        if !entry.state.may_be_looked_for() || entry.is_erased {
            return Err(Error::EntryMoved);
        }
        let client = store.signed(Prompt::Never).await?;
        let looked = look(&store, &self.inner, &client, &entry).await?;
        store.kick_changes.notify_one();
        match looked {
            Looked::Settled | Looked::TooEarly(_) => Ok(()),
            Looked::NotAllowed(error) | Looked::Unseen(error) => Err(error),
        }
    }

    /// A person says what became of a change whose fate nobody can find out: done, or not done. What
    /// was not done is offered again.
    ///
    /// # Errors
    /// [`Error::EntryMoved`] if its fate is known, [`Error::NotFound`], [`Error::File`].
    pub async fn decide(&self, key: &ProfileKey, id: &EntryId, done: bool) -> Result<(), Error> {
        let store = self.inner.open_store(key).await?;
        let (reader, id) = (Arc::clone(&store), id.clone());
        let (entry, made) = on_disk(move || {
            let entry = reader.journal.entry(&id)?;
            let made = match &entry.change {
                // The one they mean is the one of that name.
                Change::CreateProduct { after } if done => match &after.name {
                    Some(name) => reader.mirror.product_named(name)?,
                    None => None,
                },
                _ => None,
            };
            let made = match made {
                Some(id) => reader.mirror.product(id)?,
                None => None,
            };
            Ok((entry, made))
        })
        .await?;
        if !matches!(entry.state, State::Unknown | State::Unclear) {
            return Err(Error::EntryMoved);
        }
        let mut step = if done {
            // The store may write it its own way, and that is what there is to be put back.
            let mut step = Move::new(&entry.id, State::DoneFound, StepKind::SaidDone, "");
            step.found.clone_from(&entry.found);
            step
        } else {
            Move::new(&entry.id, State::NotApplied, StepKind::SaidNotDone, "")
        };
        step.made_as = made.as_ref().map(MadeAs::found_as);
        step.made = made.map(|product| product.id);
        go(&store, &self.inner, vec![Moving::new(&entry, step)]).await?;
        // A later change of the same thing may have stood back for it.
        store.kick_changes.notify_one();
        Ok(())
    }
}

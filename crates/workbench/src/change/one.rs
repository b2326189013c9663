//! Sending one entry by itself.

use std::sync::Arc;

use bigcommerce::Lane;
use commerce::{Change, Field, MadeAs, ProductId, Values};
use journal::{Entry, Move, Reason, Said, State, StepKind};

use super::{
    apply::{
        Verdict, gated, is_forbidden, is_held, is_no_answer, is_of_another_token, lacks_scope,
        may_send, note_lack, refused_fields, scope_of, soon, verdict, was_lost, write_soon,
    },
    reading::ReadAt,
    road::{Moving, go, step},
    said::{not_said, said},
    settle::SETTLING,
    stumbles::{failed, stumbled},
    things::{self, Answer, Fresh, Standing},
    troubles::{Asked, may_be_of_one_thing},
};
use crate::{
    Error, Inner, Milestone, on_disk,
    store::{OpenStore, Signed},
};

/// One entry, from waiting to its end, or back to waiting if it can't be sent for the moment.
///
/// # Errors
/// What keeps all entries from being sent. What concerns this entry only ends it.
pub(super) async fn apply(
    store: &Arc<OpenStore>,
    bench: &Arc<Inner>,
    client: &Signed,
    entry: &Entry,
) -> Result<(), Error> {
    let asked = store.mirror.stamp();
    let read_at = ReadAt::soon(bench);
    let reader = read_at.noting(client);
    let fresh = match things::read(&reader, &entry.change, Lane::Edit, soon(bench)).await {
        Ok(fresh) => fresh,
        Err(error) => return read_failed(store, bench, client, entry, error).await,
    };
    let standing = things::standing(&entry.change, &fresh);
    let ids = std::slice::from_ref(&entry.id);
    store.troubles().came_through(ids, Asked::Read);
    let Standing::AsBefore(to_send) = standing else {
        let made = things::made(&entry.change, &fresh.thing);
        let found_as = things::found_as(&entry.change, &fresh);
        things::keep_read(store, asked, &entry.change, fresh).await?;
        let end = not_sent(store, entry, standing, made.zip(found_as)).await?;
        return go(store, bench, vec![end]).await;
    };
    let gives_up = store
        .troubles()
        .gives_up(&entry.id, Asked::Write, bench.clock.now());
    if let Some(Error::Api(error)) = gives_up {
        things::keep_read(store, asked, &entry.change, fresh).await?;
        // Of several fields the store may have taken some each time, and stumbled over the rest.
        let is_partly_there = to_send.len() < entry.change.fields().len();
        let (to, kind, why) = if is_partly_there {
            let why = Said::because(Reason::OnlyPart, said(&error).words);
            (State::Unclear, StepKind::FoundUnclear, why)
        } else {
            (State::NotApplied, StepKind::NotFoundInStore, said(&error))
        };
        return step(store, bench, entry, to, kind, why).await;
    }
    bench.milestones.reached(Milestone::ReadAgain);

    // Waiting for a turn may have taken minutes, and the person may have said stop meanwhile.
    if !may_send(store)? || is_held(store, entry).await? {
        return Ok(());
    }
    go(store, bench, vec![sending(entry, &to_send)]).await?;
    bench.milestones.reached(Milestone::Sending);
    let gated = gated(store, client, entry, &read_at);
    let answer = things::write(&gated, &entry.change, &to_send, write_soon(bench)).await;
    bench.milestones.reached(Milestone::Answered);
    match answer {
        Ok(answer) => {
            store.troubles().came_through(ids, Asked::Write);
            let writing = Writing {
                read: fresh,
                sent: to_send,
                answer,
            };
            done(store, bench, client, entry, writing).await
        }
        Err(error) => write_failed(store, bench, client, entry, error).await,
    }
}

/// Read again, and these fields about to be sent.
pub(super) fn sending(entry: &Entry, fields: &[Field]) -> Moving {
    let mut step = Move::new(&entry.id, State::Sending, StepKind::ReadAgain, "");
    step.steps.push((StepKind::Sent, Said::default()));
    step.sent = fields.to_vec();
    Moving::new(entry, step)
}

/// The end of an entry that needs no sending, or must not be sent, by what was read.
pub(super) async fn not_sent(
    store: &Arc<OpenStore>,
    entry: &Entry,
    standing: Standing,
    made: Option<(ProductId, MadeAs)>,
) -> Result<Moving, Error> {
    let lost = lost_before(store, entry).await?;
    let found_changed =
        |why: Reason| Move::new(&entry.id, State::Conflict, StepKind::FoundChanged, why);
    let step = match standing {
        // An earlier try got no answer, and here is what it did: sending it again might e-mail the shopper
        // twice, or make two.
        Standing::AsWanted if lost.is_some() => {
            let mut step = Move::new(&entry.id, State::DoneFound, StepKind::FoundInStore, "");
            let touched = entry.change.fields();
            step.sent = lost.unwrap_or_default();
            step.sent.retain(|field| touched.contains(field));
            // Tries of old did not write down what went out.
            if step.sent.is_empty() {
                step.sent = touched;
            }
            (step.made, step.made_as) = made.unzip();
            step
        }
        // A product of the same name was there before: nothing of ours.
        Standing::AsWanted if matches!(entry.change, Change::CreateProduct { .. }) => {
            found_changed(Reason::NameTaken)
        }
        // Somebody else did it already: nothing of ours, so nothing for us to put back either.
        Standing::AsWanted => Move::new(&entry.id, State::AlreadySo, StepKind::AlreadySo, ""),
        Standing::Gone | Standing::WorkedOn | Standing::Otherwise(_) => {
            let (why, found) = match standing {
                Standing::Otherwise(found) => (Reason::OtherValues, Some(found)),
                Standing::WorkedOn => (Reason::WorkedOn, None),
                _ => (Reason::Gone, None),
            };
            let mut step = if was_lost(store, entry).await? {
                Move::new(&entry.id, State::Unclear, StepKind::FoundUnclear, why)
            } else {
                found_changed(why)
            };
            step.found = found;
            step
        }
        Standing::NotSaid(fields) => return unread(store, entry, not_said(&fields)).await,
        Standing::AsBefore(_) => Move::new(&entry.id, State::Waiting, StepKind::Postponed, ""),
    };
    Ok(Moving::new(entry, step))
}

/// Whether the entry or one that it tries again was sent without an answer, and what went out then.
async fn lost_before(store: &Arc<OpenStore>, entry: &Entry) -> Result<Option<Vec<Field>>, Error> {
    let (reader, id) = (Arc::clone(store), entry.id.clone());
    on_disk(move || Ok(reader.journal.lost_before(&id)?)).await
}

/// A write that was answered.
struct Writing {
    /// As the thing was read just before.
    read: Fresh,
    /// The fields that were sent.
    sent: Vec<Field>,
    answer: Answer,
}

/// The write's own answer is the read-back. Mirror first, journal last.
async fn done(
    store: &Arc<OpenStore>,
    bench: &Arc<Inner>,
    client: &Signed,
    entry: &Entry,
    writing: Writing,
) -> Result<(), Error> {
    let Answer { mut fresh, remarks } = writing.answer;
    let mut standing = things::standing(&entry.change, &fresh);
    let unsaid = matches!(standing, Standing::NotSaid(_));
    let lags =
        standing != Standing::AsWanted && remarks.is_empty() && things::sets_stock(&entry.change);
    if lags {
        // Stock is booked after the answer, so a write's own answer may still show the old level.
        bench.clock.sleep_until(bench.clock.now() + SETTLING).await;
    }
    if lags || unsaid {
        // The change itself is made whatever becomes of this look.
        let later = things::read_back(client, &entry.change, &fresh.thing, soon(bench)).await;
        if let Ok(later) = later {
            standing = things::standing(&entry.change, &later);
            fresh = later;
        }
    }
    let made = things::made(&entry.change, &fresh.thing);
    let made_as = things::made_as(&entry.change, &fresh);
    store.was_allowed(client.token_number, scope_of(entry));
    let mut step = answered(entry, &standing, &remarks, &writing.sent);
    let taken = if step.to == State::Done {
        writing.sent
    } else {
        Vec::new()
    };
    things::keep_answer(store, &entry.change, fresh, writing.read, taken).await?;
    bench.milestones.reached(Milestone::Mirrored);
    if made.is_some() {
        // It was made, if not quite as wanted: making it again would make two.
        step.to = State::Done;
        step.steps[0] = (StepKind::StoreDone, remarks.join("; ").into());
        step.refused = Vec::new();
        step.taken = Vec::new();
    }
    step.made = made;
    step.made_as = made_as;
    go(store, bench, vec![Moving::new(entry, step)]).await?;
    bench.milestones.reached(Milestone::Settled);
    Ok(())
}

/// Where an entry goes by the answer to its write.
pub(super) fn answered<R: AsRef<str>>(
    entry: &Entry,
    standing: &Standing,
    remarks: &[R],
    sent: &[Field],
) -> Move {
    let words: Vec<&str> = remarks.iter().map(AsRef::as_ref).collect();
    let words = words.join("; ");
    let to = |to: State, kind: StepKind| Move::new(&entry.id, to, kind, words.as_str());
    match standing {
        Standing::AsWanted => to(State::Done, StepKind::StoreDone),
        // The store said done, and doesn't show it, also when it was read again.
        Standing::NotSaid(_) if remarks.is_empty() => to(State::Done, StepKind::StoreDone),
        // It took only a part, and nobody can see which.
        Standing::NotSaid(_) => to(State::Unclear, StepKind::FoundUnclear),
        // The store said done, and shows something else: its own way of writing it, a sale meanwhile, or
        // only a part of it.
        Standing::Otherwise(found) if remarks.is_empty() => {
            let why = Reason::OtherValues;
            let mut step = Move::new(&entry.id, State::Unclear, StepKind::FoundUnclear, why);
            step.found = Some(found.clone());
            step
        }
        Standing::Gone | Standing::WorkedOn if remarks.is_empty() => Move::new(
            &entry.id,
            State::Unclear,
            StepKind::FoundUnclear,
            Reason::Gone,
        ),
        Standing::Otherwise(found) => {
            let why = Said::because(Reason::OnlyPart, words);
            let mut step = Move::new(&entry.id, State::Refused, StepKind::StoreRefused, why);
            step.refused = by_field(remarks);
            step.found = Some(found.clone());
            step.taken = taken(entry, found, sent);
            step
        }
        // The store said done, and shows what was there before, also when it was read again, or could not be
        // read: stock that it books late, or a field that it passes over. Nobody has refused anything.
        Standing::AsBefore(left) if remarks.is_empty() => {
            let taken = not_left(sent, left);
            let why = if taken.is_empty() {
                Reason::StillAsBefore
            } else {
                Reason::OnlyPart
            };
            let mut step = Move::new(&entry.id, State::Unclear, StepKind::FoundUnclear, why);
            step.taken = taken;
            step
        }
        Standing::AsBefore(_) | Standing::Gone | Standing::WorkedOn => {
            let is_part = |left: &Vec<Field>| left.len() < entry.change.fields().len();
            let why = match standing {
                Standing::AsBefore(left) if is_part(left) => Reason::OnlyPart,
                // Of several that went together, this one was not taken.
                _ => Reason::Invalid,
            };
            let why = Said::because(why, words);
            let mut step = Move::new(&entry.id, State::Refused, StepKind::StoreRefused, why);
            step.refused = by_field(remarks);
            if let Standing::AsBefore(left) = standing {
                step.taken = not_left(sent, left);
            }
            step
        }
    }
}

/// Of what was sent all but the fields that are left as they were before.
fn not_left(sent: &[Field], left: &[Field]) -> Vec<Field> {
    let sent = sent.iter().copied();
    sent.filter(|field| !left.contains(field)).collect()
}

/// Of what was sent the fields that stand in the store as wanted.
fn taken(entry: &Entry, found: &Values, sent: &[Field]) -> Vec<Field> {
    let is_so = |field: &Field| match (&entry.change, found) {
        (Change::Order { after, .. }, Values::Order(found)) => {
            let only = |other: Field| other == *field;
            after.only(only).reads_like(&found.only(only))
        }
        (Change::Product { after, .. }, Values::Product(found)) => {
            let only = |other: Field| other == *field;
            after.only(only).reads_like(&found.only(only))
        }
        _ => false,
    };
    sent.iter().copied().filter(is_so).collect()
}

/// The fields that remarks are about, and what they say of each.
fn by_field<R: AsRef<str>>(remarks: &[R]) -> Vec<(String, String)> {
    let of = |remark: &R| {
        let (path, words) = remark.as_ref().split_once(": ")?;
        let names_one = !path.is_empty() && !path.contains(char::is_whitespace);
        names_one.then(|| (path.to_owned(), words.to_owned()))
    };
    remarks.iter().filter_map(of).collect()
}

async fn read_failed(
    store: &Arc<OpenStore>,
    bench: &Arc<Inner>,
    client: &Signed,
    entry: &Entry,
    error: bigcommerce::Error,
) -> Result<(), Error> {
    use bigcommerce::Error as Api;
    note_lack(store, client, &error);
    match error {
        // Something on the way answered in the store's place: no word of this order at all.
        _ if is_no_answer(&error) => not_read(store, bench, client, entry, error).await,
        // It still waits, and is read again with the token in use.
        _ if is_of_another_token(store, client, &error) => Ok(()),
        Api::MissingScope { .. } => {
            let end = unread(store, entry, said(&error)).await?;
            go(store, bench, vec![end]).await?;
            lacks_scope(store, bench, entry, &said(&error)).await
        }
        Api::Forbidden { .. } => {
            let end = unread(store, entry, said(&error)).await?;
            go(store, bench, vec![end]).await?;
            is_forbidden(store, bench, entry, &said(&error)).await
        }
        Api::NotFound | Api::UnexpectedAnswer { .. } => {
            let end = unread(store, entry, said(&error)).await?;
            go(store, bench, vec![end]).await
        }
        error if may_be_of_one_thing(&error) => not_read(store, bench, client, entry, error).await,
        error => Err(error.into()),
    }
}

/// It was not read, and nobody can tell whose trouble that is. Others are tried, then it again; if they
/// come through and it does not, it ends here. So it does where there are none, but the store answers
/// something else.
async fn not_read(
    store: &Arc<OpenStore>,
    bench: &Arc<Inner>,
    client: &Signed,
    entry: &Entry,
    error: bigcommerce::Error,
) -> Result<(), Error> {
    if !stumbled(store, bench, client, entry, Asked::Read, &error).await {
        return Err(error.into());
    }
    let end = unread(store, entry, said(&error)).await?;
    go(store, bench, vec![end]).await
}

/// The end of an entry of which the store doesn't say how the thing is now. If it was sent before and
/// no answer came, it may be done: a person decides.
pub(super) async fn unread(
    store: &Arc<OpenStore>,
    entry: &Entry,
    said: Said,
) -> Result<Moving, Error> {
    let (to, why) = if was_lost(store, entry).await? {
        (State::Unclear, StepKind::FoundUnclear)
    } else {
        (State::Refused, StepKind::StoreRefused)
    };
    Ok(Moving::to(entry, to, why, said))
}

async fn write_failed(
    store: &Arc<OpenStore>,
    bench: &Arc<Inner>,
    client: &Signed,
    entry: &Entry,
    error: bigcommerce::Error,
) -> Result<(), Error> {
    let said = said(&error);
    let verdict = verdict(store, client, &error);
    let ids = std::slice::from_ref(&entry.id);
    if matches!(verdict, Verdict::Refused | Verdict::NotAllowed) {
        store.troubles().came_through(ids, Asked::Write);
    }
    match verdict {
        Verdict::Open => {
            go(store, bench, vec![Moving::lost(entry)]).await?;
            if may_be_of_one_thing(&error) {
                let ids = vec![entry.id.clone()];
                failed(store, bench, ids, Asked::Write, &error).await;
            }
            // The next round looks for its effect.
            Err(error.into())
        }
        Verdict::OpenAgain => go(store, bench, vec![Moving::lost(entry)]).await,
        Verdict::AllWait => {
            let (to, why) = (State::Waiting, StepKind::Postponed);
            step(store, bench, entry, to, why, said).await?;
            Err(error.into())
        }
        Verdict::Again => {
            let (to, why) = (State::Waiting, StepKind::Postponed);
            step(store, bench, entry, to, why, Said::default()).await
        }
        Verdict::NotAllowed => {
            note_lack(store, client, &error);
            let (to, why) = (State::Refused, StepKind::StoreRefused);
            step(store, bench, entry, to, why, said.clone()).await?;
            lacks_scope(store, bench, entry, &said).await
        }
        Verdict::Refused => {
            let (to, why) = (State::Refused, StepKind::StoreRefused);
            let mut refused = Move::new(&entry.id, to, why, said.clone());
            refused.refused = refused_fields(&error);
            go(store, bench, vec![Moving::new(entry, refused)]).await?;
            if matches!(error, bigcommerce::Error::Forbidden { .. }) {
                is_forbidden(store, bench, entry, &said).await?;
            }
            Ok(())
        }
    }
}

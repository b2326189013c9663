//! Earlier changes taken up again: put back, tried again, or decided field by field.

use commerce::{Change, Field, Subject};
use journal::{Entry, EntryId, State};

use super::{Choice, Earlier, LeftOutBecause, Planned, Present, orders, products};
use crate::Error;

/// The states from which a change may be tried again.
pub(super) const fn may_be_retried(state: State) -> bool {
    match state {
        State::Refused | State::Conflict | State::NotApplied | State::Unclear => true,
        State::Waiting
        | State::Sending
        | State::Unknown
        | State::Done
        | State::DoneFound
        | State::Dropped => false,
    }
}

pub(super) fn undo(present: &Present<'_>, id: &EntryId) -> Result<(Subject, Planned), Error> {
    let entry = present.store.journal.entry(id)?;
    let subject = entry
        .made
        .map_or_else(|| entry.change.subject(), Subject::Product);
    Ok((subject, put_back(present, entry)?))
}

fn put_back(present: &Present<'_>, entry: Entry) -> Result<Planned, Error> {
    if !entry.can_be_undone() {
        return Ok(Err(LeftOutBecause::NotUndoable));
    }
    let earlier = Earlier {
        undoes: Some(entry.id),
        retries: None,
    };
    match entry.change {
        Change::Order { id, before, after } => match present.store.mirror.order(id)? {
            None => Ok(Err(LeftOutBecause::NotHere)),
            Some(order) if !after.as_in(&order).reads_like(&after) => {
                Ok(Err(LeftOutBecause::ChangedSince))
            }
            Some(_) => orders::set(present, id, before, earlier),
        },
        Change::Product { id, before, after } => match present.store.mirror.product(id)? {
            None => Ok(Err(LeftOutBecause::NotHere)),
            Some(product) if !after.as_in(&product).reads_like(&after) => {
                Ok(Err(LeftOutBecause::ChangedSince))
            }
            Some(_) => products::set(present, id, before, earlier),
        },
        Change::CreateProduct { after } => match entry.made {
            Some(made) => products::delete(present, made, &after, earlier),
            None => Ok(Err(LeftOutBecause::NotUndoable)),
        },
        Change::DeleteProduct { .. } => Ok(Err(LeftOutBecause::NotUndoable)),
    }
}

pub(super) fn retry(present: &Present<'_>, id: &EntryId) -> Result<(Subject, Planned), Error> {
    let entry = present.store.journal.entry(id)?;
    if !may_be_retried(entry.state) {
        return Err(Error::EntryMoved);
    }
    let earlier = Earlier {
        undoes: entry.undoes,
        retries: Some(entry.id),
    };
    let subject = entry.change.subject();
    let planned = match entry.change {
        Change::Order { id, after, .. } => orders::set(present, id, after, earlier)?,
        Change::Product { id, after, .. } => products::set(present, id, after, earlier)?,
        Change::CreateProduct { after } => products::create(present, after, earlier)?,
        Change::DeleteProduct { id, before } => products::delete(present, id, &before, earlier)?,
    };
    Ok((subject, planned))
}

/// Each field gets what was chosen for it; a field without a choice keeps what stands in the store.
pub(super) fn resolve(
    present: &Present<'_>,
    id: &EntryId,
    choices: &[(Field, Choice)],
) -> Result<(Subject, Planned), Error> {
    let entry = present.store.journal.entry(id)?;
    if !matches!(entry.state, State::Conflict | State::Unclear) {
        return Err(Error::EntryMoved);
    }
    let touched = entry.change.fields();
    if choices.iter().any(|(field, _)| !touched.contains(field)) {
        return Err(Error::BadInput("choices"));
    }
    let chose = |wanted: Choice| {
        move |field: Field| {
            let of_it = |(other, choice): &(Field, Choice)| *other == field && *choice == wanted;
            choices.iter().any(of_it)
        }
    };
    // An undo that goes through as it was meant still puts back what it was to put back.
    let is_whole = touched.iter().all(|field| chose(Choice::Ours)(*field));
    let earlier = Earlier {
        undoes: entry.undoes.clone().filter(|_| is_whole),
        retries: Some(entry.id),
    };
    let subject = entry.change.subject();
    let planned = match entry.change {
        Change::Order { id, before, after } => {
            let wanted = before
                .only(chose(Choice::Before))
                .with(&after.only(chose(Choice::Ours)));
            orders::set(present, id, wanted, earlier)?
        }
        Change::Product { id, before, after } => {
            let wanted = before
                .only(chose(Choice::Before))
                .with(&after.only(chose(Choice::Ours)));
            products::set(present, id, wanted, earlier)?
        }
        Change::CreateProduct { .. } | Change::DeleteProduct { .. } => {
            Err(LeftOutBecause::ChangedSince)
        }
    };
    Ok((subject, planned))
}

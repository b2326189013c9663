//! Earlier changes taken up again: put back, tried again, or decided field by field.

use commerce::{
    Change, Field, FieldStanding, InventoryTracking, MadeAs, OrderFields, ProductFields, Subject,
    Values,
};
use jiff::{SignedDuration, Timestamp};
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
        | State::AlreadySo
        | State::Dropped
        | State::LeftAsItWas => false,
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
        return Ok(Err(match entry.state {
            State::AlreadySo => LeftOutBecause::NothingSent,
            _ => LeftOutBecause::NotUndoable,
        }));
    }
    let change = entry.what_was_sent();
    let found = entry.found;
    let earlier = Earlier {
        undoes: Some(entry.id),
        retries: None,
    };
    taken(match change {
        Change::Order { id, before, after } => match present.store.mirror.order(id)? {
            None => Ok(Err(LeftOutBecause::NotHere)),
            Some(order) => {
                let found = match found {
                    Some(Values::Order(found)) => found,
                    Some(Values::Product(_)) | None => OrderFields::default(),
                };
                if is_as_left(&after.standing(&found, &after.as_in(&order))) {
                    orders::set(present, id, before, earlier)
                } else {
                    Ok(Err(LeftOutBecause::ChangedSince))
                }
            }
        },
        Change::Product { id, before, after } => match present.store.mirror.product(id)? {
            None => Ok(Err(LeftOutBecause::NotHere)),
            Some(product) => {
                let found = match found {
                    Some(Values::Product(found)) => found,
                    Some(Values::Order(_)) | None => ProductFields::default(),
                };
                if !is_as_left(&after.standing(&found, &after.as_in(&product))) {
                    return Ok(Err(LeftOutBecause::ChangedSince));
                }
                // The store counts the variants' stock by itself once they are counted again.
                let counts_variants = before.inventory_tracking == Some(InventoryTracking::Variant);
                let is_wanted = |field| !counts_variants || field != Field::InventoryLevel;
                products::set(present, id, before.only(is_wanted), earlier)
            }
        },
        Change::CreateProduct { after } => match entry.made {
            // As it was when it was made, in every field, its brand, categories, picture and variants, and not
            // dated later by the store: what somebody has added since is not deleted with it.
            Some(made) => {
                let made_as = entry.made_as.unwrap_or_else(|| after.into());
                products::delete(present, made, dated(made_as, entry.state_at), earlier)
            }
            None => Ok(Err(LeftOutBecause::NotUndoable)),
        },
        Change::DeleteProduct { .. } => Ok(Err(LeftOutBecause::NotUndoable)),
    })
}

/// By how much the store's calendar may be ahead of this computer's.
const CALENDARS_APART: SignedDuration = SignedDuration::from_mins(1);

/// Where the store's own date of a making was not written down: nothing that it touched clearly later than the
/// answer came.
fn dated(made_as: MadeAs, answered_at: Timestamp) -> MadeAs {
    MadeAs {
        modified_at: made_as
            .modified_at
            .or_else(|| answered_at.checked_add(CALENDARS_APART).ok()),
        ..made_as
    }
}

/// Whether nobody has changed it since: each field is as it was sent, or as it was found to have been written
/// by the store.
fn is_as_left(fields: &[(Field, FieldStanding)]) -> bool {
    fields
        .iter()
        .all(|(_, standing)| *standing != FieldStanding::Otherwise)
}

/// One thing that the store would not take is left out, and the others go on.
fn taken(planned: Result<Planned, Error>) -> Result<Planned, Error> {
    match planned {
        Err(Error::BadInput(_)) => Ok(Err(LeftOutBecause::NotTaken)),
        planned => planned,
    }
}

pub(super) fn retry(present: &Present<'_>, id: &EntryId) -> Result<(Subject, Planned), Error> {
    let entry = present.store.journal.entry(id)?;
    let subject = entry.change.subject();
    // Since it was offered: somebody tried it again, or gave it up. Others of the selection go on.
    if !may_be_retried(entry.state) {
        return Ok((subject, Err(LeftOutBecause::MovedOn)));
    }
    let earlier = Earlier {
        undoes: entry.undoes,
        retries: Some(entry.id),
    };
    if entry.is_erased {
        return Ok((subject, Err(LeftOutBecause::Erased)));
    }
    let planned = taken(match entry.change.clone() {
        Change::Order { id, after, .. } => orders::set(present, id, after, earlier),
        Change::Product { id, after, .. } => products::set(present, id, after, earlier),
        Change::CreateProduct { after } => products::create(present, after, earlier),
        Change::DeleteProduct { id, before } => products::delete(present, id, before, earlier),
    })?;
    let is_there = |why: &LeftOutBecause| {
        use LeftOutBecause as Why;
        matches!(
            (why, &entry.change),
            (Why::AlreadySo, _)
                | (Why::NameTaken, Change::CreateProduct { .. })
                | (Why::NotHere, Change::DeleteProduct { .. })
        )
    };
    // It may well be this very change: the store took its time.
    let planned = planned.map_err(|why| match why {
        why if entry.state.may_be_looked_for() && is_there(&why) => LeftOutBecause::LookAgain,
        why => why,
    });
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
    let subject = entry.change.subject();
    if entry.is_erased {
        return Ok((subject, Err(LeftOutBecause::Erased)));
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

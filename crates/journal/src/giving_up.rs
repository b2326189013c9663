//! Giving up what is not to be sent, or not again.

use database::{Connection, OptionalExtension as _};
use jiff::Timestamp;

use crate::{
    EntryId, Error, Journal, Move, Reason, Said, State, StepKind, file::advance, read::was_lost,
    row::parse,
};

impl Journal {
    /// Gives entries up, all of them or none, in one transaction. Where each ends is decided there, by where it
    /// stands at that moment and not by what was seen of it before: what was sent without an answer may be
    /// done, so a person decides about it. Gives where each stood, and where it went.
    ///
    /// # Errors
    /// [`Error::Moved`] if one can't be given up where it stands, [`Error::Gone`], [`Error::File`]; then nothing
    /// was written.
    pub fn give_up(&self, ids: &[EntryId], at: Timestamp) -> Result<Vec<(State, State)>, Error> {
        let mut connection = self.writer();
        let transaction = connection.transaction().map_err(Error::sql)?;
        let mut moved = Vec::with_capacity(ids.len());
        for id in ids {
            moved.push(give_up(&transaction, id, at)?);
        }
        transaction.commit().map_err(Error::sql)?;
        Ok(moved)
    }
}

/// The same of one, within a transaction.
pub(crate) fn give_up(
    connection: &Connection,
    id: &EntryId,
    at: Timestamp,
) -> Result<(State, State), Error> {
    let (state, reason, has_taken): (String, Option<String>, bool) = connection
        .prepare_cached("SELECT state, reason, taken IS NOT NULL FROM entries WHERE id = ?1")
        .and_then(|mut select| {
            select
                .query_row([&id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .optional()
        })
        .map_err(Error::sql)?
        .ok_or(Error::Gone)?;
    let from = parse::<State>(&state)?;
    let reason = reason.map(|word| parse::<Reason>(&word)).transpose()?;
    let to = if from == State::Waiting && was_lost(connection, id)? {
        State::Unclear
    } else {
        State::Dropped
    };
    // What may be in the store, or partly is, is not forgotten with it.
    let why: Said = match (from, reason) {
        (State::Unclear, Some(Reason::OnlyPart)) if has_taken => Reason::OnlyPart.into(),
        (State::Unclear, _) => Reason::MayBeDone.into(),
        (State::Refused, Some(Reason::OnlyPart)) => Reason::OnlyPart.into(),
        _ => Said::default(),
    };
    advance(connection, &Move::new(id, to, StepKind::Dropped, why), at)?;
    Ok((from, to))
}

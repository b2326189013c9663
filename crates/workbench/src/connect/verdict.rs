//! What the answers to a check mean.

use bigcommerce::Error as Api;
use commerce::Scope;

use super::{
    Attempt, Pending,
    questions::Reached,
    report::{CheckState, CheckStep, blank},
};
use crate::{Error, Inner};

/// What was answered says nothing after all.
pub(super) fn forget_answers(bench: &Inner, pending: &Pending) {
    pending.update(bench, |report| {
        let nothing = blank(String::new(), &pending.attempt);
        (report.store, report.scopes) = (None, nothing.scopes);
        report.lists_storefronts = None;
    });
}

pub(super) fn is_refused(answer: &Result<(), Api>) -> bool {
    matches!(answer, Err(Api::MissingScope { .. }))
}

/// What a token is that opens nothing but these, and perhaps the list of storefronts.
pub(super) fn nothing_of_use(mut elsewhere: Vec<Scope>, storefronts: Option<Scope>) -> Error {
    elsewhere.extend(storefronts);
    elsewhere.sort_unstable();
    if elsewhere.is_empty() {
        Error::NoScopes
    } else {
        Error::OtherScopes(elsewhere)
    }
}

/// Tells a token without scopes from one for something else, one of another store, and one that
/// lacks some.
pub(super) fn judge(
    bench: &Inner,
    pending: &Pending,
    answers: &[(Scope, Result<(), Api>)],
    besides: Option<(Scope, Result<(), Api>)>,
    elsewhere: Vec<Scope>,
    reached: Reached,
) {
    let other_store = |(_, answer): &(_, Result<(), Api>)| {
        matches!(answer, Err(Api::Forbidden { .. } | Api::NotFound))
    };
    // Elsewhere a 404 says that there is none of a thing, and that it may be asked for. Not of the time,
    // and not of the store itself: those there are in every store.
    let no_store = (Scope::Information, Err(Api::NotFound));
    let nowhere = answers.iter().all(other_store)
        || reached == Reached::NoStore && answers.contains(&no_store);
    let problem = if answers.iter().all(|(_, answer)| is_refused(answer)) {
        let storefronts = besides.filter(|(_, answer)| answer.is_ok());
        Some(nothing_of_use(
            elsewhere,
            storefronts.map(|(scope, _)| scope),
        ))
    } else if nowhere {
        Some(Error::WrongStore)
    } else {
        // What only the storefront takes says nothing of the token as a whole, but may be what it lacks.
        let besides = besides.filter(|_| pending.attempt.storefront);
        let all: Vec<_> = answers.iter().cloned().chain(besides).collect();
        first_problem(&all, &pending.attempt)
    };
    if problem == Some(Error::WrongStore) {
        forget_answers(bench, pending);
        pending.set(bench, CheckStep::Store, CheckState::Bad(Error::WrongStore));
        pending.set(bench, CheckStep::Scopes, CheckState::Skipped);
    } else {
        let state = problem.map_or(CheckState::Ok, CheckState::Bad);
        pending.set(bench, CheckStep::Scopes, state);
    }
    let usable = !nowhere && answers.iter().any(|(_, answer)| answer.is_ok());
    pending.update(bench, |report| report.can_save = usable);
}

/// A scope that is wanted and the token lacks, or else whatever went wrong.
fn first_problem(answers: &[(Scope, Result<(), Api>)], attempt: &Attempt) -> Option<Error> {
    let wanted = |scope: &Scope| attempt.level(*scope).is_some();
    let errors = || {
        answers
            .iter()
            .filter_map(|(scope, answer)| Some((scope, answer.as_ref().err()?)))
    };
    let lacking =
        errors().find(|(scope, error)| wanted(scope) && matches!(error, Api::MissingScope { .. }));
    let other = errors().find(|(_, error)| !matches!(error, Api::MissingScope { .. }));
    lacking.or(other).map(|(_, error)| error.clone().into())
}

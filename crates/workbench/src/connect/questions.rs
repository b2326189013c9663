//! What the store is asked about a token: about each scope, which store it is, and what time it has.

use std::{pin::pin, time::Duration};

use bigcommerce::{Client, Error as Api, Lane, Request, request};
use commerce::{Access, Scope, Tick};
use futures::{
    future::{Either, join_all, select},
    stream::{FuturesUnordered, StreamExt as _},
};
use jiff::Timestamp;
use tokio::sync::Notify;

use super::{
    Pending,
    report::{CheckState, CheckStep, Grant},
    verdict::{is_refused, nothing_of_use},
};
use crate::{Error, Inner};

/// How long a check may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);
/// How long a store may say nothing until it is asked what else the token opens, lest that takes as
/// long once more.
const SLOW: Duration = Duration::from_secs(1);
/// Clocks that differ by less are called the same.
const SAME_CLOCK: i64 = 60;

/// What the storefronts are named under. No preset asks for it: they are named where they may be, and that
/// they may not is known from the check on, so that nobody asks in vain.
pub(crate) const STOREFRONTS: Scope = Scope::ChannelSettings;

/// Scopes that a preset has a use for.
fn used_scopes() -> impl Iterator<Item = Scope> {
    Scope::ALL
        .into_iter()
        .filter(|scope| scope.used().is_some())
}

/// Those that no preset has a use for, and that a safe request tells of; without what the settings have a
/// use for, which is asked of every token.
fn other_probes() -> impl Iterator<Item = (Scope, Request<()>)> {
    Scope::ALL
        .into_iter()
        .filter(|scope| scope.used().is_none() && *scope != STOREFRONTS)
        .filter_map(|scope| Some((scope, request::probe(scope)?)))
}

/// How many questions a check asks at once: about each scope, about the storefronts, and about the time.
pub(crate) fn most_at_once() -> u32 {
    u32::try_from(used_scopes().count() + other_probes().count() + 2).unwrap_or(u32::MAX)
}

/// Each of these scopes with whether a client's token may read it; `None` if the store did not say of each.
pub(crate) async fn readable_scopes(
    bench: &Inner,
    client: &Client,
    scopes: impl Iterator<Item = Scope> + Send,
) -> Option<Vec<(Scope, bool)>> {
    let deadline = bench.clock.now() + PATIENCE;
    let asked = scopes.map(async |scope| {
        let request = request::probe(scope)?;
        match client.send(&request, Lane::Person, deadline).await {
            Ok(_) => Some((scope, true)),
            Err(Api::MissingScope { .. }) => Some((scope, false)),
            Err(_) => None,
        }
    });
    join_all(asked).await.into_iter().collect()
}

/// Which of the scopes that Stockroom has a use for a client's token may not even read, those for the
/// storefronts included; `None` if the store did not say of each.
pub(crate) async fn missing_scopes(bench: &Inner, client: &Client) -> Option<Vec<(Scope, Access)>> {
    let scopes = used_scopes().chain([STOREFRONTS]);
    let said = readable_scopes(bench, client, scopes).await?;
    let unread = said.into_iter().filter(|(_, may_read)| !may_read);
    Some(unread.map(|(scope, _)| (scope, Access::Read)).collect())
}

/// Whether a client's token may read anything that Stockroom has a use for, as far as what it lacks
/// tells.
///
/// # Errors
/// [`Error::NoScopes`], [`Error::OtherScopes`].
pub(crate) async fn is_good_for_something(
    bench: &Inner,
    client: &Client,
    lacks: &[(Scope, Access)],
) -> Result<(), Error> {
    if used_scopes().any(|scope| !lacks.contains(&(scope, Access::Read))) {
        return Ok(());
    }
    let elsewhere = other_scopes(client, bench.clock.now() + PATIENCE).await;
    let storefronts = (!lacks.contains(&(STOREFRONTS, Access::Read))).then_some(STOREFRONTS);
    Err(nothing_of_use(elsewhere, storefronts))
}

/// Whether the storefronts may be listed. Whether tokens for them may be made no safe request tells.
pub(super) async fn ask_for_storefronts(
    bench: &Inner,
    pending: &Pending,
    deadline: Tick,
) -> Option<(Scope, Result<(), Api>)> {
    let (scope, answer) = probe(bench, pending, STOREFRONTS, deadline).await?;
    let may_list = match &answer {
        Ok(()) => Some(true),
        Err(Api::MissingScope { .. }) => Some(false),
        Err(_) => None,
    };
    pending.update(bench, |report| report.lists_storefronts = may_list);
    Some((scope, answer))
}

/// What the store says of each scope that a preset has a use for; and if it refuses all of them, what
/// else the token opens. That is asked as soon as it begins to look like it, so that it doesn't take
/// as long again.
pub(super) async fn what_it_opens(
    bench: &Inner,
    pending: &Pending,
    deadline: Tick,
) -> (Vec<(Scope, Result<(), Api>)>, Vec<Scope>) {
    let mut asked: FuturesUnordered<_> = used_scopes()
        .map(|scope| probe(bench, pending, scope, deadline))
        .collect();
    let two_refused = Notify::new();
    let slow = async {
        bench.clock.sleep_until(bench.clock.now() + SLOW).await;
        // While others use up the quota, asking for more would only make it longer.
        if pending.client.pacing().borrow().waiting.is_some() {
            futures::future::pending::<()>().await;
        }
    };
    let mut elsewhere = Some(Box::pin(async {
        select(pin!(two_refused.notified()), pin!(slow)).await;
        other_scopes(&pending.client, deadline).await
    }));
    let mut opens = None;
    let mut answers = Vec::new();
    loop {
        let answer = match &mut elsewhere {
            None => asked.next().await,
            Some(others) => match select(asked.next(), others).await {
                Either::Left((answer, _)) => answer,
                Either::Right((scopes, _)) => {
                    opens = Some(scopes);
                    elsewhere = None;
                    continue;
                }
            },
        };
        let Some(answer) = answer else { break };
        answers.extend(answer);
        if !answers.iter().all(|(_, answer)| is_refused(answer)) {
            (elsewhere, opens) = (None, Some(Vec::new()));
        } else if answers.len() >= 2 {
            two_refused.notify_one();
        }
    }
    let opens = match (opens, elsewhere) {
        (Some(opens), _) => opens,
        (None, Some(others)) => others.await,
        (None, None) => Vec::new(),
    };
    answers.sort_unstable_by_key(|(scope, _)| (*scope != Scope::Information, *scope));
    (answers, opens)
}

/// How far the first question came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reached {
    /// Nobody is there, or nobody knows the token.
    Not,
    /// The API knows the token.
    Api,
    /// The API answers, and has nothing at this address: there may be no such store.
    NoStore,
}

/// The API answers, and knows the token.
pub(super) async fn reach(bench: &Inner, pending: &Pending, deadline: Tick) -> Reached {
    let asked = bench.clock.now();
    let answer = pending
        .client
        .send(&request::time(), Lane::Person, deadline)
        .await;
    let took = bench.clock.now().since(asked);
    let mut reached = Reached::Api;
    match answer {
        Ok(answer) => {
            let ahead = clock_ahead(bench.clock.wall(), answer.value);
            pending.update(bench, |report| {
                report.answered_in = Some(took);
                report.clock_ahead = ahead;
            });
        }
        // It knows the token; only this one call is out of its reach, or it belongs elsewhere,
        // which the next calls tell.
        Err(error @ (Api::MissingScope { .. } | Api::Forbidden { .. } | Api::NotFound)) => {
            pending.update(bench, |report| report.answered_in = Some(took));
            if error == Api::NotFound {
                reached = Reached::NoStore;
            }
        }
        Err(Api::Unauthorized) => {
            pending.update(bench, |report| report.answered_in = Some(took));
            pending.set(bench, CheckStep::Reached, CheckState::Ok);
            pending.set(
                bench,
                CheckStep::Token,
                CheckState::Bad(Api::Unauthorized.into()),
            );
            return Reached::Not;
        }
        Err(error) => {
            pending.set(bench, CheckStep::Reached, CheckState::Bad(error.into()));
            pending.set(bench, CheckStep::Token, CheckState::Skipped);
            return Reached::Not;
        }
    }
    pending.set(bench, CheckStep::Reached, CheckState::Ok);
    pending.set(bench, CheckStep::Token, CheckState::Ok);
    reached
}

fn clock_ahead(here: Timestamp, there: Timestamp) -> Option<i64> {
    let ahead = here.as_second() - there.as_second();
    (ahead.abs() > SAME_CLOCK).then_some(ahead)
}

/// What the store says of itself, which also tells whether that scope is there.
async fn which_store(bench: &Inner, pending: &Pending, deadline: Tick) -> Result<(), Api> {
    let answer = pending
        .client
        .send(&request::store(), Lane::Person, deadline)
        .await;
    match answer {
        Ok(answer) => {
            grant(bench, pending, Scope::Information, Grant::Granted);
            pending.update(bench, |report| report.store = Some(answer.value));
            pending.set(bench, CheckStep::Store, CheckState::Ok);
            Ok(())
        }
        Err(error) => {
            if matches!(error, Api::MissingScope { .. }) {
                grant(bench, pending, Scope::Information, Grant::Missing);
            }
            pending.set(
                bench,
                CheckStep::Store,
                CheckState::Bad(error.clone().into()),
            );
            Err(error)
        }
    }
}

async fn probe(
    bench: &Inner,
    pending: &Pending,
    scope: Scope,
    deadline: Tick,
) -> Option<(Scope, Result<(), Api>)> {
    if scope == Scope::Information {
        return Some((scope, which_store(bench, pending, deadline).await));
    }
    let request = request::probe(scope)?;
    let answer = pending.client.send(&request, Lane::Person, deadline).await;
    match &answer {
        Ok(_) => grant(bench, pending, scope, Grant::Granted),
        Err(Api::MissingScope { .. }) => grant(bench, pending, scope, Grant::Missing),
        Err(_) => {}
    }
    Some((scope, answer.map(drop)))
}

fn grant(bench: &Inner, pending: &Pending, scope: Scope, grant: Grant) {
    pending.update(bench, |report| {
        if let Some(line) = report.scopes.iter_mut().find(|line| line.scope == scope) {
            line.read = grant;
            if grant == Grant::Missing && line.wants == Some(Access::Modify) {
                line.write = Grant::Missing;
            }
        }
    });
}

/// What a token opens that Stockroom has no use for, as far as a safe request tells: a token that
/// was made for something else is not one without scopes.
async fn other_scopes(client: &Client, deadline: Tick) -> Vec<Scope> {
    let asked = other_probes().map(async |(scope, request)| {
        let answer = client.send(&request, Lane::Person, deadline).await;
        answer.is_ok().then_some(scope)
    });
    join_all(asked).await.into_iter().flatten().collect()
}

//! Asking the store what a token may do.

use std::{pin::pin, sync::Arc, time::Duration};

use bigcommerce::{Client, Error as Api, Lane, Quota, Request, request};
use commerce::{Access, AccessToken, SafetyMode, Scope, StoreInfo, Tick};
use desk::Profile;
use futures::{
    future::{AbortHandle, Abortable, Either, join, join_all, select},
    stream::{FuturesUnordered, StreamExt as _},
};
use jiff::Timestamp;
use tokio::sync::Notify;

use super::{Attempt, Loss, Pending, compare::losses};
use crate::{Error, Inner, Notice, WaitState, Workbench, lock};

/// How long a check may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long a store may say nothing until it is asked what else the token opens, lest that takes as
/// long once more.
const SLOW: Duration = Duration::from_secs(1);
/// Clocks that differ by less are called the same.
const SAME_CLOCK: i64 = 60;

/// One thing the check looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckStep {
    /// The API answers.
    Reached,
    /// The token is accepted.
    Token,
    /// Which store it is.
    Store,
    /// The scopes.
    Scopes,
}

/// How one thing stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckState {
    /// Not reached yet.
    Waiting,
    /// Being looked at.
    Running,
    /// Fine.
    Ok,
    /// Not fine.
    Bad(Error),
    /// Could not be looked at, because something before it failed.
    Skipped,
}

/// One line of the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckLine {
    /// What.
    pub step: CheckStep,
    /// How it stands.
    pub state: CheckState,
}

/// Whether a level of a scope is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grant {
    /// The store answered.
    Granted,
    /// The store refused for want of it.
    Missing,
    /// Nothing tells yet, or no safe request can.
    NotChecked,
    /// The preset does without.
    NotNeeded,
}

/// One scope of the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeLine {
    /// Which.
    pub scope: Scope,
    /// How far it is wanted, for the preset or for the storefront; `None` if only other presets do.
    pub wants: Option<Access>,
    /// Reading.
    pub read: Grant,
    /// Writing.
    pub write: Grant,
}

/// A check, finished or under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckReport {
    /// The host that is asked.
    pub host: String,
    /// How long the first answer took.
    pub answered_in: Option<Duration>,
    /// Always four, in the order of [`CheckStep`].
    pub lines: Vec<CheckLine>,
    /// What the store says of itself, where it could be read.
    pub store: Option<StoreInfo>,
    /// Every scope that a preset has a use for, and those for the storefront where it is wanted, in the
    /// order of [`Scope::ALL`].
    pub scopes: Vec<ScopeLine>,
    /// What the token of a connected store can do and this one may not, once the check has ended.
    pub losses: Vec<Loss>,
    /// Quota, where the store names one.
    pub quota: Option<Quota>,
    /// How far this computer's clock is ahead of the store's, in seconds, if by over a minute.
    pub clock_ahead: Option<i64>,
    /// A pause in asking, while it runs.
    pub waiting: Option<WaitState>,
    /// Good enough to be saved.
    pub can_save: bool,
    /// Ended.
    pub finished: bool,
}

impl Workbench {
    /// Checks an attempt. The report grows while it runs; each step is a notice.
    ///
    /// # Errors
    /// [`Error::AttemptGone`], [`Error::Cancelled`]. What the check finds is in the report.
    pub async fn check(&self, attempt: &str) -> Result<CheckReport, Error> {
        let pending = self.attempt(attempt)?;
        let (handle, registration) = AbortHandle::new_pair();
        if let Some(before) = lock(&pending.running).replace(handle) {
            before.abort();
        }
        let host = lock(&pending.report).host.clone();
        *lock(&pending.report) = blank(host, &pending.attempt);
        let check = run(Arc::clone(&self.inner), Arc::clone(&pending));
        let check = telling_waits(&self.inner, &pending, check);
        Abortable::new(check, registration)
            .await
            .map_err(|_| Error::Cancelled)?;
        self.report_on(&pending)
    }

    /// Asks what a finished check left open: whether the token may also change what the preset
    /// wants changed, or what the token can change that it replaces. Each question is a write that names nothing to be made
    /// ([`request::probe_modify`]), so this is called only if the person has agreed. What no such
    /// question can tell stays not checked.
    ///
    /// # Errors
    /// [`Error::AttemptGone`], [`Error::Cancelled`], [`Error::BadInput`] before a check has ended.
    pub async fn check_writes(&self, attempt: &str) -> Result<CheckReport, Error> {
        let pending = self.attempt(attempt)?;
        if !lock(&pending.report).finished {
            return Err(Error::BadInput("attempt"));
        }
        self.may_be_written_to(&pending)?;
        let (handle, registration) = AbortHandle::new_pair();
        if let Some(before) = lock(&pending.running).replace(handle) {
            before.abort();
        }
        let open = open_questions(&self.report_on(&pending)?);
        let check = ask_writes(Arc::clone(&self.inner), Arc::clone(&pending), open);
        let check = telling_waits(&self.inner, &pending, check);
        Abortable::new(check, registration)
            .await
            .map_err(|_| Error::Cancelled)?;
        self.report_on(&pending)
    }

    /// The report, beside what the token in use can do.
    fn report_on(&self, pending: &Pending) -> Result<CheckReport, Error> {
        let mut report = lock(&pending.report).clone();
        let Some(key) = &pending.attempt.connected_as else {
            return Ok(report);
        };
        if report.can_save
            && report.finished
            && let Some(old) = self.inner.desk.profile(key)?
        {
            let uses_storefront = self.inner.uses_storefront(&old)?;
            report.losses = losses(&report, &old, &pending.attempt.last_4, uses_storefront);
        }
        Ok(report)
    }

    /// Not even with a request that has to be refused, if the store is read-only here.
    fn may_be_written_to(&self, pending: &Pending) -> Result<(), Error> {
        let Some(key) = &pending.attempt.connected_as else {
            return Ok(());
        };
        let profile = self.inner.desk.profile(key)?;
        if profile.is_some_and(|profile| profile.safety == SafetyMode::ReadOnly) {
            return Err(Error::ReadOnly);
        }
        Ok(())
    }

    /// How far a check has come.
    ///
    /// # Errors
    /// [`Error::AttemptGone`].
    pub fn check_report(&self, attempt: &str) -> Result<CheckReport, Error> {
        let pending = self.attempt(attempt)?;
        let mut report = self.report_on(&pending)?;
        let now = self.inner.clock.now();
        report.waiting = WaitState::of(&pending.client.pacing().borrow(), now);
        Ok(report)
    }
}

impl Pending {
    fn update(&self, bench: &Inner, change: impl FnOnce(&mut CheckReport)) {
        change(&mut lock(&self.report));
        bench.notify(Notice::Check(self.attempt.id.clone()));
    }

    fn set(&self, bench: &Inner, step: CheckStep, state: CheckState) {
        self.update(bench, |report| {
            if let Some(line) = report.lines.iter_mut().find(|line| line.step == step) {
                line.state = state;
            }
        });
    }
}

/// A report on nothing yet.
pub(super) fn blank(host: String, attempt: &Attempt) -> CheckReport {
    let line = |step| CheckLine {
        step,
        state: CheckState::Waiting,
    };
    CheckReport {
        host,
        answered_in: None,
        lines: vec![
            line(CheckStep::Reached),
            line(CheckStep::Token),
            line(CheckStep::Store),
            line(CheckStep::Scopes),
        ],
        store: None,
        scopes: Scope::ALL
            .into_iter()
            .filter(|scope| scope.used().is_some() || attempt.level(*scope).is_some())
            .map(|scope| ScopeLine {
                scope,
                wants: attempt.level(scope),
                read: match scope.oauth_names().read {
                    Some(_) => Grant::NotChecked,
                    None => Grant::NotNeeded,
                },
                write: match attempt.level(scope) {
                    None | Some(Access::Read) => Grant::NotNeeded,
                    Some(Access::Modify) => Grant::NotChecked,
                },
            })
            .collect(),
        losses: Vec::new(),
        quota: None,
        clock_ahead: None,
        waiting: None,
        can_save: false,
        finished: false,
    }
}

/// Scopes that a preset has a use for.
fn used_scopes() -> impl Iterator<Item = Scope> {
    Scope::ALL
        .into_iter()
        .filter(|scope| scope.used().is_some())
}

/// Those that no preset has a use for, and that a safe request tells of.
fn other_probes() -> impl Iterator<Item = (Scope, Request<()>)> {
    Scope::ALL
        .into_iter()
        .filter(|scope| scope.used().is_none())
        .filter_map(|scope| Some((scope, request::probe(scope)?)))
}

/// How many questions a check asks at once: about each scope, one more for the storefront, and about
/// the time.
pub(crate) fn most_at_once() -> u32 {
    u32::try_from(used_scopes().count() + other_probes().count() + 2).unwrap_or(u32::MAX)
}

/// Those that the store refused, whatever the preset, each with the lowest level that is missing.
pub(super) fn missing(report: &CheckReport) -> impl Iterator<Item = (Scope, Access)> + '_ {
    report
        .scopes
        .iter()
        .filter_map(|line| match (line.read, line.write) {
            (Grant::Missing, _) => Some((line.scope, Access::Read)),
            (_, Grant::Missing) => Some((line.scope, Access::Modify)),
            _ => None,
        })
}

/// Those that the store would let it change things under; or has let it, if it is the token in use.
pub(super) fn proven(
    report: &CheckReport,
    old: Option<&Profile>,
    token: &AccessToken,
) -> Vec<Scope> {
    let before = old.filter(|old| old.token_last_4 == token.last_4());
    let known = |scope| before.is_some_and(|old| old.proven_writes.contains(&scope));
    report
        .scopes
        .iter()
        .filter(|line| match line.write {
            Grant::Granted => true,
            Grant::Missing => false,
            Grant::NotChecked | Grant::NotNeeded => {
                line.read != Grant::Missing && known(line.scope)
            }
        })
        .map(|line| line.scope)
        .collect()
}

/// Each of the scopes that Stockroom has a use for, and those `besides`, with whether a client's token
/// may read it; `None` if the store did not say of each.
pub(crate) async fn readable_scopes(
    bench: &Inner,
    client: &Client,
    besides: Option<Scope>,
) -> Option<Vec<(Scope, bool)>> {
    let deadline = bench.clock.now() + PATIENCE;
    let asked = used_scopes().chain(besides).map(async |scope| {
        let request = request::probe(scope)?;
        match client.send(&request, Lane::Person, deadline).await {
            Ok(_) => Some((scope, true)),
            Err(Api::MissingScope { .. }) => Some((scope, false)),
            Err(_) => None,
        }
    });
    join_all(asked).await.into_iter().collect()
}

/// Which of the scopes that Stockroom has a use for a client's token may not even read; `None` if the
/// store did not say of each.
pub(crate) async fn missing_scopes(bench: &Inner, client: &Client) -> Option<Vec<(Scope, Access)>> {
    let said = readable_scopes(bench, client, None).await?;
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
    Err(nothing_of_use(elsewhere))
}

/// Does `work`, and tells meanwhile when asking has to wait.
async fn telling_waits(bench: &Inner, pending: &Pending, work: impl Future<Output = ()>) {
    let mut pacing = pending.client.pacing();
    let telling = async {
        let mut was_waiting = false;
        while pacing.changed().await.is_ok() {
            let is_waiting = pacing.borrow_and_update().waiting.is_some();
            if is_waiting || was_waiting {
                bench.notify(Notice::Check(pending.attempt.id.clone()));
            }
            was_waiting = is_waiting;
        }
        futures::future::pending::<()>().await;
    };
    select(pin!(work), pin!(telling)).await;
}

/// Asks everything at once, so that the check lasts as long as its slowest answer.
async fn run(bench: Arc<Inner>, pending: Arc<Pending>) {
    let deadline = bench.clock.now() + PATIENCE;
    for step in [
        CheckStep::Reached,
        CheckStep::Token,
        CheckStep::Store,
        CheckStep::Scopes,
    ] {
        pending.set(&bench, step, CheckState::Running);
    }
    let reach = Box::pin(reach(&bench, &pending, deadline));
    let rest = Box::pin(join(
        what_it_opens(&bench, &pending, deadline),
        ask_for_storefront(&bench, &pending, deadline),
    ));
    let answers = match select(reach, rest).await {
        // Nobody is there, or nobody knows the token: what else was asked is not waited for.
        Either::Left((Reached::Not, _)) => None,
        Either::Left((reached, rest)) => Some((reached, rest.await)),
        Either::Right((answers, reach)) => match reach.await {
            Reached::Not => None,
            reached => Some((reached, answers)),
        },
    };
    if let Some((reached, ((answers, elsewhere), besides))) = answers {
        judge(&bench, &pending, &answers, besides, elsewhere, reached);
    } else {
        forget_answers(&bench, &pending);
        pending.set(&bench, CheckStep::Store, CheckState::Skipped);
        pending.set(&bench, CheckStep::Scopes, CheckState::Skipped);
    }
    let quota = pending.client.quota();
    pending.update(&bench, |report| {
        report.quota = quota;
        report.finished = true;
    });
}

/// What was answered says nothing after all.
fn forget_answers(bench: &Inner, pending: &Pending) {
    pending.update(bench, |report| {
        let nothing = blank(String::new(), &pending.attempt);
        (report.store, report.scopes) = (None, nothing.scopes);
    });
}

/// Whether the storefronts may be listed, where that is wanted. Whether tokens for them may be made no
/// safe request tells.
async fn ask_for_storefront(
    bench: &Inner,
    pending: &Pending,
    deadline: Tick,
) -> Option<(Scope, Result<(), Api>)> {
    if !pending.attempt.storefront {
        return None;
    }
    probe(bench, pending, Scope::ChannelSettings, deadline).await
}

/// What the store says of each scope that a preset has a use for; and if it refuses all of them, what
/// else the token opens. That is asked as soon as it begins to look like it, so that it doesn't take
/// as long again.
async fn what_it_opens(
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

/// Scopes that may be read and are wanted for more, or would be missed: what reading can't tell.
fn open_questions(report: &CheckReport) -> Vec<Scope> {
    let missed = |scope| report.losses.iter().any(|loss| loss.scope == scope);
    report
        .scopes
        .iter()
        .filter(|line| line.read == Grant::Granted)
        .filter(|line| match line.write {
            Grant::NotChecked => true,
            Grant::NotNeeded => missed(line.scope),
            Grant::Granted | Grant::Missing => false,
        })
        .map(|line| line.scope)
        .collect()
}

async fn ask_writes(bench: Arc<Inner>, pending: Arc<Pending>, open: Vec<Scope>) {
    let deadline = bench.clock.now() + PATIENCE;
    let asked = open.into_iter().map(async |scope| {
        let request = request::probe_modify(scope)?;
        let answer = pending.client.send(&request, Lane::Person, deadline).await;
        let grant = match answer {
            Err(Api::Invalid { .. }) => Grant::Granted,
            Err(Api::MissingScope { .. }) => Grant::Missing,
            // Nothing is made of nothing; whatever else this is, it says nothing of the scope.
            Ok(_) | Err(_) => return None,
        };
        pending.update(&bench, |report| {
            if let Some(line) = report.scopes.iter_mut().find(|line| line.scope == scope) {
                line.write = grant;
            }
        });
        Some((scope, grant))
    });
    let mut answers = join_all(asked).await.into_iter().flatten();
    let is_missed = |(scope, grant): &(Scope, Grant)| {
        *grant == Grant::Missing && pending.attempt.level(*scope) == Some(Access::Modify)
    };
    if let Some((scope, _)) = answers.find(is_missed) {
        let needs = Some((scope, Access::Modify));
        let problem = CheckState::Bad(Api::MissingScope { needs }.into());
        pending.update(&bench, |report| {
            let line = report
                .lines
                .iter_mut()
                .find(|line| line.step == CheckStep::Scopes);
            if let Some(line) = line.filter(|line| line.state == CheckState::Ok) {
                line.state = problem;
            }
        });
    }
}

/// How far the first question came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reached {
    /// Nobody is there, or nobody knows the token.
    Not,
    /// The API knows the token.
    Api,
    /// The API answers, and has nothing at this address: there may be no such store.
    NoStore,
}

/// The API answers, and knows the token.
async fn reach(bench: &Inner, pending: &Pending, deadline: Tick) -> Reached {
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

fn is_refused(answer: &Result<(), Api>) -> bool {
    matches!(answer, Err(Api::MissingScope { .. }))
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

/// What a token is that opens nothing but these.
fn nothing_of_use(elsewhere: Vec<Scope>) -> Error {
    if elsewhere.is_empty() {
        Error::NoScopes
    } else {
        Error::OtherScopes(elsewhere)
    }
}

/// Tells a token without scopes from one for something else, one of another store, and one that
/// lacks some.
fn judge(
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
        Some(nothing_of_use(elsewhere))
    } else if nowhere {
        Some(Error::WrongStore)
    } else {
        // What only the storefront takes says nothing of the token as a whole, but may be what it lacks.
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

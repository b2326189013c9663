//! Asking the store what a token may do.

use std::{pin::pin, sync::Arc};

use bigcommerce::{Error as Api, Lane, request};
use commerce::{Access, SafetyMode, Scope};
use futures::future::{AbortHandle, Abortable, Either, join, join_all, select};

use super::{
    Pending,
    compare::losses,
    questions::{PATIENCE, Reached, ask_for_storefronts, reach, what_it_opens},
    report::{CheckReport, CheckState, CheckStep, Grant, blank},
    verdict::{forget_answers, judge},
};
use crate::{Error, Inner, Notice, WaitState, Workbench, lock};

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
    pub(super) fn update(&self, bench: &Inner, change: impl FnOnce(&mut CheckReport)) {
        change(&mut lock(&self.report));
        bench.notify(Notice::Check(self.attempt.id.clone()));
    }

    pub(super) fn set(&self, bench: &Inner, step: CheckStep, state: CheckState) {
        self.update(bench, |report| {
            if let Some(line) = report.lines.iter_mut().find(|line| line.step == step) {
                line.state = state;
            }
        });
    }
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
        ask_for_storefronts(&bench, &pending, deadline),
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

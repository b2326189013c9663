//! From a store's address and a token to a store that is kept.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use bigcommerce::{Client, Error as Api, Lane, Quota, request};
use commerce::{Access, AccessToken, SafetyMode, Scope, StoreColor, StoreHash, StoreInfo, Tick};
use credentials::{AddressReading, Prompt, TokenReading, Unusual, read_address, read_typed};
use desk::{Profile, ProfileKey, TokenHome};
use futures::future::{AbortHandle, Abortable, join_all};
use jiff::Timestamp;

use crate::{Error, Inner, Notice, Workbench, lock, store::new_client, stores::name_fits};

/// The scopes that Stockroom uses, and how far.
pub const NEEDED_SCOPES: [(Scope, Access); 2] = [
    (Scope::Information, Access::Read),
    (Scope::Orders, Access::Modify),
];

/// How long a check may take.
const PATIENCE: Duration = Duration::from_secs(60);
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
    /// Stockroom doesn't use it.
    NotNeeded,
}

/// One scope of the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeLine {
    /// Which.
    pub scope: Scope,
    /// How far Stockroom uses it.
    pub wants: Access,
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
    /// The scopes of [`NEEDED_SCOPES`].
    pub scopes: Vec<ScopeLine>,
    /// Quota, where the store names one.
    pub quota: Option<Quota>,
    /// How far this computer's clock is ahead of the store's, in seconds, if by over a minute.
    pub clock_ahead: Option<i64>,
    /// Good enough to be saved.
    pub can_save: bool,
    /// Ended.
    pub finished: bool,
}

/// A token in memory while it is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Its id.
    pub id: String,
    /// The store.
    pub hash: StoreHash,
    /// The token's last four characters.
    pub last_4: String,
    /// The token's length, if it is unusual.
    pub unusual_length: Option<usize>,
    /// The store is connected already: saving replaces its token.
    pub connected_as: Option<ProfileKey>,
}

/// How to save an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveAs {
    /// Name, 1 to 80 characters.
    pub name: String,
    /// Accent.
    pub color: StoreColor,
    /// Safety mode.
    pub safety: SafetyMode,
    /// Keep the token in memory only.
    pub until_quit: bool,
}

pub(crate) struct Pending {
    attempt: Attempt,
    token: AccessToken,
    client: Client,
    report: Mutex<CheckReport>,
    running: Mutex<Option<AbortHandle>>,
}

impl Workbench {
    /// Takes an address and a token typed by hand into memory.
    ///
    /// # Errors
    /// [`Error::NoHash`], [`Error::Token`]; neither repeats what was typed.
    pub fn connect(&self, address: &str, token: String) -> Result<Attempt, Error> {
        let AddressReading::Hash { hash, .. } = read_address(address) else {
            return Err(Error::NoHash);
        };
        let (token, unusual) = match read_typed(token).token {
            TokenReading::Token { token, unusual } => (token, unusual),
            TokenReading::Mistake(mistake) => return Err(Error::Token(mistake)),
        };
        let id = self.inner.new_id();
        let connected_as = self.same_store(&hash)?.map(|profile| profile.key);
        let attempt = Attempt {
            id: id.clone(),
            hash: hash.clone(),
            last_4: token.last_4(),
            unusual_length: unusual.map(|Unusual::Length { chars }| chars),
            connected_as,
        };
        let origin = self.inner.origin.clone();
        let host = origin.host().to_owned();
        let pending = Pending {
            attempt: attempt.clone(),
            client: new_client(&self.inner, origin, hash, token.clone()),
            token,
            report: Mutex::new(blank(host)),
            running: Mutex::default(),
        };
        let mut attempts = lock(&self.inner.attempts);
        // A window works on one attempt; what it left behind goes, and its token with it.
        for (_, old) in attempts.drain() {
            old.stop();
        }
        attempts.insert(id, Arc::new(pending));
        Ok(attempt)
    }

    /// Takes the store and token of the environment.
    ///
    /// # Errors
    /// [`Error::AttemptGone`] if it named none, else as [`Workbench::connect`].
    pub fn connect_environment(&self) -> Result<Attempt, Error> {
        let named = self.inner.environment.as_ref().ok_or(Error::AttemptGone)?;
        self.connect(&named.address, named.token.expose().to_owned())
    }

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
        *lock(&pending.report) = blank(host);
        let check = run(Arc::clone(&self.inner), Arc::clone(&pending));
        Abortable::new(check, registration)
            .await
            .map_err(|_| Error::Cancelled)?;
        let report = lock(&pending.report).clone();
        Ok(report)
    }

    /// How far a check has come.
    ///
    /// # Errors
    /// [`Error::AttemptGone`].
    pub fn check_report(&self, attempt: &str) -> Result<CheckReport, Error> {
        Ok(lock(&self.attempt(attempt)?.report).clone())
    }

    /// Stops an attempt's check and forgets its token.
    pub fn cancel_attempt(&self, attempt: &str) {
        if let Some(pending) = lock(&self.inner.attempts).remove(attempt) {
            pending.stop();
        }
    }

    /// Saves a checked attempt: token first, then the profile, then it opens. The attempt is
    /// forgotten only once all of it has worked.
    ///
    /// # Errors
    /// [`Error::AttemptGone`], [`Error::BadInput`], [`Error::Keychain`], [`Error::DiskFull`].
    pub async fn save(&self, attempt: &str, save_as: &SaveAs) -> Result<Profile, Error> {
        let pending = self.attempt(attempt)?;
        let report = lock(&pending.report).clone();
        if !report.can_save {
            return Err(Error::BadInput("attempt"));
        }
        let name = name_fits(&save_as.name)?.to_owned();
        let hash = &pending.attempt.hash;
        let before = self.same_store(hash)?;
        let profile = Profile {
            key: match &before {
                Some(profile) => profile.key.clone(),
                None => self.free_key(hash)?,
            },
            hash: hash.clone(),
            origin: self.inner.origin.as_str().to_owned(),
            is_sample: false,
            name,
            color: save_as.color,
            safety: save_as.safety,
            channel_id: before.as_ref().and_then(|profile| profile.channel_id),
            token_home: TokenHome::Keychain,
            token_last_4: pending.token.last_4(),
            added_at: before
                .as_ref()
                .map_or_else(|| self.inner.clock.wall(), |profile| profile.added_at),
            position: match &before {
                Some(profile) => profile.position,
                None => self.inner.next_position()?,
            },
            info: report.store.clone(),
            missing_scopes: missing(&report).collect(),
        };
        let (handle, registration) = AbortHandle::new_pair();
        if let Some(check) = lock(&pending.running).replace(handle) {
            check.abort();
        }
        let keep = self.keep_token(&profile, &pending.token, save_as.until_quit);
        // Cancelling the attempt also takes back a question of the keychain.
        let Ok(kept) = Abortable::new(keep, registration).await else {
            if before.is_none() {
                // The answer may just have been given: nothing stays behind that no store names.
                let token = self.inner.token_key(&profile);
                if let Err(error) = self.inner.vault.forget(&token, Prompt::Never).await {
                    tracing::warn!(%error, "a token that was not saved may be in the keychain");
                }
            }
            return Err(Error::Cancelled);
        };
        let profile = kept?;
        let open = self.inner.open_stores().get(&profile.key).cloned();
        if let Some(store) = open {
            store.forget_client();
            store.kick_refresh.notify_one();
            store.kick_changes.notify_one();
        }
        self.select(&profile.key).await?;
        self.cancel_attempt(attempt);
        self.inner.stale_app();
        Ok(profile)
    }

    fn attempt(&self, id: &str) -> Result<Arc<Pending>, Error> {
        lock(&self.inner.attempts)
            .get(id)
            .cloned()
            .ok_or(Error::AttemptGone)
    }

    /// The profile of the same store at the same API.
    fn same_store(&self, hash: &StoreHash) -> Result<Option<Profile>, Error> {
        let profiles = self.inner.desk.profiles()?;
        Ok(profiles.into_iter().find(|profile| {
            !profile.is_sample
                && profile.hash == *hash
                && profile.origin == self.inner.origin.as_str()
        }))
    }

    /// A key that no profile has. The hash alone, unless a store of another API has it.
    fn free_key(&self, hash: &StoreHash) -> Result<ProfileKey, Error> {
        let base = ProfileKey::of_store(hash);
        let mut key = base.clone();
        let mut number = 2;
        while self.inner.desk.profile(&key)?.is_some() || key.as_str() == "sample" {
            key = format!("{base}-{number}")
                .parse()
                .map_err(|_| Error::BadInput("hash"))?;
            number += 1;
        }
        Ok(key)
    }
}

impl Pending {
    fn stop(&self) {
        if let Some(running) = lock(&self.running).take() {
            running.abort();
        }
    }

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

fn blank(host: String) -> CheckReport {
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
        scopes: NEEDED_SCOPES
            .iter()
            .map(|(scope, wants)| ScopeLine {
                scope: *scope,
                wants: *wants,
                read: Grant::NotChecked,
                write: match wants {
                    Access::Read => Grant::NotNeeded,
                    Access::Modify => Grant::NotChecked,
                },
            })
            .collect(),
        quota: None,
        clock_ahead: None,
        can_save: false,
        finished: false,
    }
}

fn missing(report: &CheckReport) -> impl Iterator<Item = Scope> + '_ {
    report
        .scopes
        .iter()
        .filter(|line| line.read == Grant::Missing)
        .map(|line| line.scope)
}

/// Which of the needed scopes a client's token lacks; `None` if the store did not say of each.
pub(crate) async fn missing_scopes(bench: &Inner, client: &Client) -> Option<Vec<Scope>> {
    let deadline = bench.clock.now() + PATIENCE;
    let mut missing = Vec::new();
    for (scope, _) in NEEDED_SCOPES {
        let request = request::probe(scope)?;
        match client.send(&request, Lane::Person, deadline).await {
            Ok(_) => {}
            Err(Api::MissingScope { .. }) => missing.push(scope),
            Err(_) => return None,
        }
    }
    Some(missing)
}

async fn run(bench: Arc<Inner>, pending: Arc<Pending>) {
    let deadline = bench.clock.now() + PATIENCE;
    let accepted = reach(&bench, &pending, deadline).await;
    if accepted {
        pending.set(&bench, CheckStep::Store, CheckState::Running);
        pending.set(&bench, CheckStep::Scopes, CheckState::Running);
        // All at once: the check lasts as long as its slowest answer.
        let scopes = NEEDED_SCOPES
            .iter()
            .filter(|(scope, _)| *scope != Scope::Information)
            .map(|(scope, _)| probe(&bench, &pending, *scope, deadline));
        let (store, scopes) =
            futures::join!(which_store(&bench, &pending, deadline), join_all(scopes));
        judge(
            &bench,
            &pending,
            store,
            scopes.into_iter().flatten().collect(),
        );
    } else {
        pending.set(&bench, CheckStep::Store, CheckState::Skipped);
        pending.set(&bench, CheckStep::Scopes, CheckState::Skipped);
    }
    let quota = pending.client.quota();
    pending.update(&bench, |report| {
        report.quota = quota;
        report.finished = true;
    });
}

/// The API answers, and knows the token. Says whether to go on.
async fn reach(bench: &Inner, pending: &Pending, deadline: Tick) -> bool {
    pending.set(bench, CheckStep::Reached, CheckState::Running);
    let asked = bench.clock.now();
    let answer = pending
        .client
        .send(&request::time(), Lane::Person, deadline)
        .await;
    let took = bench.clock.now().since(asked);
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
        Err(Api::MissingScope { .. } | Api::Forbidden { .. } | Api::NotFound) => {
            pending.update(bench, |report| report.answered_in = Some(took));
        }
        Err(Api::Unauthorized) => {
            pending.update(bench, |report| report.answered_in = Some(took));
            pending.set(bench, CheckStep::Reached, CheckState::Ok);
            pending.set(
                bench,
                CheckStep::Token,
                CheckState::Bad(Api::Unauthorized.into()),
            );
            return false;
        }
        Err(error) => {
            pending.set(bench, CheckStep::Reached, CheckState::Bad(error.into()));
            pending.set(bench, CheckStep::Token, CheckState::Skipped);
            return false;
        }
    }
    pending.set(bench, CheckStep::Reached, CheckState::Ok);
    pending.set(bench, CheckStep::Token, CheckState::Ok);
    true
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
) -> Option<Result<(), Api>> {
    let request = request::probe(scope)?;
    let answer = pending.client.send(&request, Lane::Person, deadline).await;
    match &answer {
        Ok(_) => grant(bench, pending, scope, Grant::Granted),
        Err(Api::MissingScope { .. }) => grant(bench, pending, scope, Grant::Missing),
        Err(_) => {}
    }
    Some(answer.map(drop))
}

fn grant(bench: &Inner, pending: &Pending, scope: Scope, grant: Grant) {
    pending.update(bench, |report| {
        if let Some(line) = report.scopes.iter_mut().find(|line| line.scope == scope) {
            line.read = grant;
            if grant == Grant::Missing && line.wants == Access::Modify {
                line.write = Grant::Missing;
            }
        }
    });
}

/// Tells a token without scopes from one of another store, from one that lacks some.
fn judge(bench: &Inner, pending: &Pending, store: Result<(), Api>, scopes: Vec<Result<(), Api>>) {
    let all: Vec<&Result<(), Api>> = std::iter::once(&store).chain(&scopes).collect();
    let any = |test: fn(&Api) -> bool| all.iter().any(|one| one.as_ref().is_err_and(test));
    let every = |test: fn(&Api) -> bool| all.iter().all(|one| one.as_ref().is_err_and(test));
    let scope_refused: fn(&Api) -> bool = |error| matches!(error, Api::MissingScope { .. });
    let elsewhere: fn(&Api) -> bool =
        |error| matches!(error, Api::Forbidden { .. } | Api::NotFound);
    let problem = if every(scope_refused) {
        Some(Error::NoScopes)
    } else if every(elsewhere) {
        Some(Error::WrongStore)
    } else if any(scope_refused) {
        all.iter().find_map(|one| match one {
            Err(error) if scope_refused(error) => Some(error.clone().into()),
            Err(_) | Ok(()) => None,
        })
    } else {
        all.iter()
            .find_map(|one| one.as_ref().err().cloned().map(Error::from))
    };
    let usable = all.iter().any(|one| one.is_ok());
    if problem == Some(Error::WrongStore) {
        pending.set(bench, CheckStep::Store, CheckState::Bad(Error::WrongStore));
        pending.set(bench, CheckStep::Scopes, CheckState::Skipped);
    } else {
        let state = problem.map_or(CheckState::Ok, CheckState::Bad);
        pending.set(bench, CheckStep::Scopes, state);
    }
    pending.update(bench, |report| report.can_save = usable);
}

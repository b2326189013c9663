//! What a check has found so far, line by line.

use std::time::Duration;

use bigcommerce::Quota;
use commerce::{Access, AccessToken, Scope, StoreInfo};
use desk::Profile;

use super::{Attempt, Loss, questions::STOREFRONTS};
use crate::{Error, WaitState};

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
    /// Whether the storefronts may be listed, which is known of each token and wanted by no preset; `None`
    /// where the store did not say.
    pub lists_storefronts: Option<bool>,
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
        lists_storefronts: None,
        losses: Vec::new(),
        quota: None,
        clock_ahead: None,
        waiting: None,
        can_save: false,
        finished: false,
    }
}

/// Those that the store refused, whatever the preset, each with the lowest level that is missing.
pub(super) fn missing(report: &CheckReport) -> impl Iterator<Item = (Scope, Access)> + '_ {
    let of_lines = report
        .scopes
        .iter()
        .filter_map(|line| match (line.read, line.write) {
            (Grant::Missing, _) => Some((line.scope, Access::Read)),
            (_, Grant::Missing) => Some((line.scope, Access::Modify)),
            _ => None,
        });
    let has_line = report.scopes.iter().any(|line| line.scope == STOREFRONTS);
    let lists_none = report.lists_storefronts == Some(false) && !has_line;
    of_lines.chain(lists_none.then_some((STOREFRONTS, Access::Read)))
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

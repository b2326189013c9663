use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Color, QuotaDto, Safety};
use crate::AppError;

/// A text that may name a store.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AddressQuestion {
    /// As typed or pasted.
    pub text: String,
}

/// What kind of text it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum AddressKind {
    /// Nothing typed.
    Empty,
    /// The hash alone.
    Bare,
    /// An API path.
    ApiPath,
    /// A control-panel address.
    ControlPanel,
    /// A channel's address.
    ChannelAddress,
    /// A web address without a hash in it.
    NoHash,
    /// Something that holds a secret and belongs in the next step, not here.
    Secret,
    /// Nothing that could be recognised.
    Unclear,
}

/// What a text says about which store is meant.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AddressAnswer {
    /// What it was.
    pub kind: AddressKind,
    /// The hash, where there is one.
    pub hash: Option<String>,
    /// The host, where the text names one without a hash.
    pub host: Option<String>,
    /// Where the hash starts in the text, in UTF-16 units.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
}

/// The system's keychain.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct KeychainInfo {
    /// One answers.
    pub available: bool,
    /// It is locked; using it will ask for a password.
    pub locked: bool,
    /// Its name, such as "GNOME Keyring".
    pub name: String,
}

/// Starts connecting a store by hand.
#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConnectBegin {
    /// Anything that names the store.
    pub address: String,
    /// The token as typed. It goes one way only.
    pub token: String,
}

/// A token held in memory while it is being checked.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Attempt {
    /// Its id.
    pub attempt: String,
    /// The store hash.
    pub hash: String,
    /// The token's last four characters.
    pub last4: String,
    /// The token's length, if it is unusual.
    pub unusual_length: Option<u32>,
    /// The store is already connected under this key: saving replaces its token.
    pub connected_as: Option<String>,
}

/// Names an attempt.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AttemptRef {
    /// Its id.
    pub attempt: String,
}

/// One thing the check looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CheckState {
    /// Not reached yet.
    Waiting,
    /// Being looked at.
    Running,
    /// Fine.
    Ok,
    /// Not fine; `problem` says why.
    Bad,
    /// Could not be looked at, because something before it failed.
    Skipped,
}

/// One line of the check.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CheckLine {
    /// What.
    pub step: CheckStep,
    /// How it stands.
    pub state: CheckState,
    /// Why it is not fine.
    pub problem: Option<AppError>,
}

/// Whether a level of a scope is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Grant {
    /// The store answered.
    Granted,
    /// The store refused for want of the scope.
    Missing,
    /// No safe request tells.
    NotChecked,
    /// Stockroom does not use it.
    NotNeeded,
}

/// One scope of the check.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ScopeLine {
    /// The control panel's name.
    pub label: String,
    /// The level Stockroom asks for: modify, or read-only.
    pub wants_modify: bool,
    /// Reading.
    pub read: Grant,
    /// Writing.
    pub write: Grant,
}

/// Which store it is.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StoreFacts {
    /// Name.
    pub name: String,
    /// Address on the web.
    pub domain: String,
    /// Postal address in one line.
    pub address: String,
    /// Currency.
    pub currency: String,
    /// Time zone.
    pub time_zone: String,
    /// Plan.
    pub plan: String,
}

/// A check, finished or under way.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CheckReport {
    /// The attempt.
    pub attempt: String,
    /// The host that was asked.
    pub host: String,
    /// Milliseconds the first answer took.
    pub answered_in_ms: Option<u32>,
    /// Four lines, always in the same order.
    pub lines: Vec<CheckLine>,
    /// Which store it is, where it could be read.
    pub store: Option<StoreFacts>,
    /// Scopes, in the control panel's order.
    pub scopes: Vec<ScopeLine>,
    /// Quota, where the store names one.
    pub quota: Option<QuotaDto>,
    /// How far this computer's clock is ahead of the store's, in seconds, if by more than a minute.
    pub clock_ahead_seconds: Option<i32>,
    /// Good enough to be saved.
    pub can_save: bool,
    /// Ended.
    pub finished: bool,
}

/// Saves a checked attempt.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConnectSave {
    /// The attempt.
    pub attempt: String,
    /// Name, 1 to 80 characters.
    pub name: String,
    /// Accent.
    pub color: Color,
    /// Safety mode.
    pub safety: Safety,
    /// Keep the token in memory only.
    pub until_quit: bool,
}

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{EntryState, KeychainInfo, MissingScope};
use crate::AppError;

/// How a store and its token are. Holds no secret, no customer's data and no words of the store's.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Examination {
    /// The keychain, asked without a prompt.
    pub keychain: KeychainInfo,
    /// The host that was asked. Empty for the sample store.
    pub host: String,
    /// Milliseconds until it answered; `null` if it didn't.
    pub answered_in_ms: Option<u32>,
    /// Seconds by which this computer's clock is ahead of the store's, where that could be asked.
    pub clock_ahead_seconds: Option<i32>,
    /// What the token lacks.
    pub missing: Vec<MissingScope>,
    /// The store said so now; else it is what it said last.
    pub asked_now: bool,
    /// Why it could not be asked; or, where it answered, what is wrong with the token's entry in the
    /// keychain.
    pub problem: Option<AppError>,
    /// What the store refused last, newest first, at most ten.
    pub refusals: Vec<Refusal>,
    /// When it was, ISO 8601 in UTC.
    pub at: String,
    /// This system: `linux x86_64`.
    pub system: String,
}

/// Something that the store refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Refusal {
    /// When, ISO 8601 in UTC.
    pub at: String,
    /// What was to be changed: `order`, `product`, `create_product`.
    pub what: String,
    /// How it ended.
    pub state: EntryState,
}

/// What this computer holds of a store. Sizes are bytes, as decimal numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Holdings {
    /// The copy of its orders, products and customers.
    pub copy: String,
    /// Every change that was made from here.
    pub journal: String,
    /// How many those are.
    pub changes: u32,
    /// Those that wait or are being sent.
    pub changes_waiting: u32,
    /// Pictures of products.
    pub pictures: String,
    /// Columns, filters, and what was typed and not applied.
    pub desk: String,
    /// How much of that was typed and not applied.
    pub drafts: u32,
}

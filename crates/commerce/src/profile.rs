//! How a person keeps a store in Stockroom.

use serde::{Deserialize, Serialize};

/// The accent that tells stores apart. The values live with the window's design tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are the colours")]
pub enum StoreColor {
    #[default]
    Spruce,
    Fjord,
    Heather,
    Berry,
    Rust,
    Ochre,
    Moss,
    Slate,
}

/// What has to happen before a change is sent. Enforced below the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SafetyMode {
    /// Nothing that could change the store is ever sent.
    ReadOnly,
    /// Each change is shown and waits for the person.
    AskAlways,
    /// Small edits that can be undone go at once; e-mails, money and bulk wait for the person.
    #[default]
    AskRisky,
}

//! Tokens for the storefront's GraphQL.

use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;

/// Every token that was given out in this run: they are not kept on disk.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tokens {
    pub(crate) given: Vec<Given>,
}

/// One token.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Given {
    /// Shown nowhere but in the answer that gives it out.
    #[serde(skip)]
    pub(crate) text: Arc<str>,
    pub(crate) kind: Kind,
    pub(crate) expires: Timestamp,
    /// Of private tokens: `Unauthenticated`, `Customer`, `B2B`.
    pub(crate) scopes: Vec<String>,
    /// Pages that browsers may use it on.
    pub(crate) origins: Vec<String>,
    pub(crate) is_revoked: bool,
}

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) enum Kind {
    /// For browsers.
    Storefront,
    /// From server to server.
    Private,
    /// From server to server, as a customer.
    Impersonation,
}

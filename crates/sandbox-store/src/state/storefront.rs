//! Tokens for the storefront's GraphQL.

use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;

use crate::http::Request;

/// Names the token that is to be revoked.
pub(crate) const HEADER: &str = "Sf-Api-Token";

/// Every token that was given out. A data file keeps that they were, and never their text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tokens {
    pub(crate) given: Vec<Given>,
}

impl Tokens {
    /// The place of the token that a request names in its header.
    pub(crate) fn named_in(&self, request: &Request) -> Option<usize> {
        let token = request.header(HEADER)?;
        self.given.iter().position(|given| *given.text == *token)
    }
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

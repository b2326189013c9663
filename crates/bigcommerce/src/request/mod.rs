//! What can be asked of a store, as plain values built without a network.

use std::fmt;

use commerce::{Access, Scope, StoreInfo};
use jiff::Timestamp;
use serde_json::Value;

use crate::wire::{self, Decoded, Misfit};

pub mod orders;
mod query;

/// What a lost answer means for a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Changes nothing: asked again without a thought.
    Read,
    /// Sets something to a value: sending it twice gives what sending it once gives.
    Idempotent,
    /// May do something a second time (an e-mail, a new thing): never sent again once anything of
    /// it went out, unless the store says that it did nothing.
    Once,
}

/// The HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are the methods")]
pub enum Method {
    Get,
    Post,
    Put,
    Delete,
}

impl Method {
    /// The method in capitals.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// One call, ready to be sent, that answers with a `T`.
pub struct Request<T> {
    method: Method,
    path: String,
    query: Vec<(&'static str, String)>,
    body: Option<Value>,
    kind: Kind,
    needs: Option<(Scope, Access)>,
    /// 404 is an answer as good as an empty one.
    absence_is_an_answer: bool,
    decode: fn(Option<&Value>) -> Result<Decoded<T>, Misfit>,
}

impl<T> Request<T> {
    /// A GET below `/stores/{hash}`.
    fn get(
        path: impl Into<String>,
        needs: Option<(Scope, Access)>,
        decode: fn(Option<&Value>) -> Result<Decoded<T>, Misfit>,
    ) -> Self {
        Self {
            method: Method::Get,
            path: path.into(),
            query: Vec::new(),
            body: None,
            kind: Kind::Read,
            needs,
            absence_is_an_answer: false,
            decode,
        }
    }

    /// The HTTP method.
    #[must_use]
    pub const fn method(&self) -> Method {
        self.method
    }

    /// The path below `/stores/{hash}`, with a slash first: `/v2/orders`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The query, percent-encoded once, without a question mark. Empty if there is none.
    #[must_use]
    pub fn query(&self) -> String {
        query::encode(&self.query)
    }

    /// The JSON body, if there is one.
    #[must_use]
    pub const fn body(&self) -> Option<&Value> {
        self.body.as_ref()
    }

    /// What a lost answer means.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The scope that decides whether the call is allowed, where there is one.
    #[must_use]
    pub const fn needs(&self) -> Option<(Scope, Access)> {
        self.needs
    }

    pub(crate) const fn absence_is_an_answer(&self) -> bool {
        self.absence_is_an_answer
    }

    /// Reads an answer's JSON; `None` is an answer without a body (204).
    pub(crate) fn decode(&self, answer: Option<&Value>) -> Result<Decoded<T>, Misfit> {
        (self.decode)(answer)
    }
}

impl<T> Clone for Request<T> {
    fn clone(&self) -> Self {
        Self {
            method: self.method,
            path: self.path.clone(),
            query: self.query.clone(),
            body: self.body.clone(),
            kind: self.kind,
            needs: self.needs,
            absence_is_an_answer: self.absence_is_an_answer,
            decode: self.decode,
        }
    }
}

/// Method, path and kind; bodies and queries may hold what customers wrote.
impl<T> fmt::Debug for Request<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {} ({:?})",
            self.method.as_str(),
            self.path,
            self.kind
        )
    }
}

/// One page of a list, in the store's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The items that could be read.
    pub items: Vec<T>,
    /// Those that could not, each by itself.
    pub broken: Vec<BrokenItem>,
    /// How many items the store sent, broken ones included: a page with fewer than were asked for
    /// is the last.
    pub received: usize,
}

/// An item of a list that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenItem {
    /// Its number, if at least that could be read.
    pub id: Option<String>,
    /// Where it is not as expected: `$[3].total_inc_tax`.
    pub path: String,
    /// What is wrong, without the value.
    pub reason: String,
}

/// The store's clock. Works with every valid token, so it is the call that tests one.
///
/// Source: BigCommerce REST reference, "Get system timestamp".
#[must_use]
pub fn time() -> Request<Timestamp> {
    Request::get("/v2/time", None, wire::store::time)
}

/// What the store says of itself. Needs Information & settings, read-only.
///
/// Source: BigCommerce REST reference, "Get store information".
#[must_use]
pub fn store() -> Request<StoreInfo> {
    Request::get(
        "/v2/store",
        Some((Scope::Information, Access::Read)),
        wire::store::info,
    )
}

/// One cheap GET that shows whether the token may read an area.
///
/// Sent through a client, `Ok` means granted (2xx, 204 and 404 alike) and
/// [`Error::MissingScope`](crate::Error::MissingScope) or
/// [`Error::Forbidden`](crate::Error::Forbidden) that it is not. `None` for
/// [`Scope::OrderTransactions`], which can't be read without an order's number.
///
/// No call lists a token's scopes. Source: BigCommerce documentation, "API accounts".
#[must_use]
pub fn probe(scope: Scope) -> Option<Request<()>> {
    let path = match scope {
        Scope::Information => "/v2/store",
        Scope::Orders => "/v2/orders",
        Scope::OrderTransactions => return None,
        Scope::Products => "/v3/catalog/products",
        Scope::Customers => "/v3/customers",
        Scope::Inventory => "/v3/inventory/items",
        Scope::Locations => "/v3/inventory/locations",
        Scope::ChannelSettings => "/v3/channels",
    };
    let mut request = Request::get(path, Some((scope, Access::Read)), wire::anything);
    request.absence_is_an_answer = true;
    if scope != Scope::Information {
        request.query.push(("limit", "1".to_owned()));
    }
    Some(request)
}

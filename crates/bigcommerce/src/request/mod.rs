//! What can be asked of a store, as plain values built without a network.

use std::{fmt, sync::Arc};

use commerce::{Access, AccessToken, Scope, StoreInfo};
use jiff::Timestamp;
use serde_json::Value;

use crate::wire::{self, Decoded, Misfit};

pub mod assignments;
pub mod bulk_pricing;
pub mod catalog;
pub mod custom_fields;
pub mod customers;
mod few;
pub mod filters;
pub mod images;
pub mod inventory;
mod list;
pub mod metafields;
pub mod modifiers;
mod operation;
pub mod options;
pub mod order_parts;
pub mod orders;
pub mod payments;
pub mod products;
mod products_query;
mod query;
pub mod settings;
pub mod storefront;
pub mod together;
pub mod variants;
pub mod videos;

pub use few::{Few, FewError};
pub use list::{ListQuery, PAGE_LIMIT_MAX};
use operation as op;
pub use operation::{Apart, Operation, operations};
use query::Pairs;

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
    operation: Option<&'static Operation>,
    method: Method,
    path: String,
    query: Pairs,
    body: Option<Body>,
    secret: Option<(&'static str, AccessToken)>,
    kind: Kind,
    needs: Option<(Scope, Access)>,
    absence: Absence,
    decode: Decode<T>,
}

/// What a request carries.
#[derive(Clone)]
pub(crate) enum Body {
    Json(Value),
    File(Arc<Upload>),
}

/// A file with the fields beside it.
pub(crate) struct Upload {
    /// Name and value of each field.
    pub(crate) fields: Vec<(&'static str, String)>,
    /// Name of the field that holds the file.
    pub(crate) field: &'static str,
    /// Name of the file.
    pub(crate) name: String,
    /// Its media type.
    pub(crate) media_type: &'static str,
    /// What is in it.
    pub(crate) bytes: Vec<u8>,
}

/// Reads an answer's JSON; `None` is an answer without a body (204).
type Decode<T> = Arc<dyn Fn(Option<&Value>) -> Result<Decoded<T>, Misfit> + Send + Sync>;

/// What "not found" (404, 410) means for a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Absence {
    /// An error.
    Error,
    /// An answer as good as an empty one.
    Answer,
    /// An error, unless an earlier try stayed without an answer: then that one has done it.
    DoneBefore,
}

impl<T> Request<T> {
    /// A request of that sort, with the values in its path.
    fn to(
        operation: &'static Operation,
        values: &[u64],
        decode: impl Fn(Option<&Value>) -> Result<Decoded<T>, Misfit> + Send + Sync + 'static,
    ) -> Self {
        Self {
            operation: Some(operation),
            method: operation.method,
            path: operation.path_with(values),
            query: Pairs::new(),
            body: None,
            secret: None,
            kind: operation.kind,
            needs: operation.needs,
            absence: match operation.method {
                Method::Delete => Absence::DoneBefore,
                Method::Get | Method::Post | Method::Put => Absence::Error,
            },
            decode: Arc::new(decode),
        }
    }

    /// The same with a body.
    fn carrying(mut self, body: Value) -> Self {
        self.body = Some(Body::Json(body));
        self
    }

    /// The same with one more parameter.
    fn asking(mut self, name: &'static str, value: impl Into<query::Term>) -> Self {
        self.query.push((name, value.into()));
        self
    }

    fn number_of(&self, parameter: &str) -> Option<usize> {
        let term = self.query.iter().find(|(name, _)| *name == parameter);
        term.and_then(|(_, term)| term.number())
    }

    /// How many things it asks for at a time.
    pub(crate) fn page_size(&self) -> usize {
        self.number_of("limit").unwrap_or(USUAL_PAGE)
    }

    /// Whether it asks for the beginning of a list: no cursor, and no page behind the first.
    pub(crate) fn is_for_the_beginning(&self) -> bool {
        self.parameters().all(|parameter| parameter != "after")
            && self.number_of("page").is_none_or(|page| page <= 1)
    }

    /// The same with so many on a page.
    pub(crate) fn with_limit(mut self, limit: u32) -> Self {
        self.query.retain(|(name, _)| *name != "limit");
        self.asking("limit", limit.to_string())
    }

    /// The same, never to be sent again unseen, if that is so.
    fn once_if(mut self, is_once: bool) -> Self {
        if is_once {
            self.kind = Kind::Once;
        }
        self
    }

    /// What sort of request it is; `None` for probes of scopes and for GraphQL.
    #[must_use]
    pub const fn operation(&self) -> Option<&'static Operation> {
        self.operation
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

    /// Names of the parameters in the query.
    pub fn parameters(&self) -> impl Iterator<Item = &'static str> {
        self.query.iter().map(|(name, _)| *name)
    }

    /// The JSON body, if there is one. A file is none.
    #[must_use]
    pub const fn body(&self) -> Option<&Value> {
        match &self.body {
            Some(Body::Json(body)) => Some(body),
            Some(Body::File(_)) | None => None,
        }
    }

    pub(crate) const fn carries(&self) -> Option<&Body> {
        self.body.as_ref()
    }

    /// A header besides the usual whose value is a secret.
    pub(crate) const fn secret(&self) -> Option<&(&'static str, AccessToken)> {
        self.secret.as_ref()
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

    /// The same question, its answer read in another way.
    fn reading<U>(
        self,
        decode: impl Fn(Option<&Value>) -> Result<Decoded<U>, Misfit> + Send + Sync + 'static,
    ) -> Request<U> {
        Request {
            operation: self.operation,
            method: self.method,
            path: self.path,
            query: self.query,
            body: self.body,
            secret: self.secret,
            kind: self.kind,
            needs: self.needs,
            absence: self.absence,
            decode: Arc::new(decode),
        }
    }

    pub(crate) const fn absence(&self) -> Absence {
        self.absence
    }

    /// Whether it asks the same, of the same place. Bodies are not looked at.
    pub(crate) fn is_the_same_as(&self, other: &Self) -> bool {
        self.method == other.method && self.path == other.path && self.query == other.query
    }

    /// What must not be under way at the same time.
    pub(crate) fn apart(&self) -> Apart {
        self.operation
            .map_or(Apart::Nothing, |operation| operation.apart)
    }

    /// The same request, of whose answer only something is wanted.
    #[must_use]
    pub fn map<U>(self, change: impl Fn(T) -> U + Send + Sync + 'static) -> Request<U>
    where
        T: 'static,
    {
        let decode = Arc::clone(&self.decode);
        self.reading(move |answer| {
            let Decoded { value, remarks } = decode(answer)?;
            Ok(Decoded {
                value: change(value),
                remarks,
            })
        })
    }

    /// Reads the body of a success as a client would: what was asked for, and remarks on what was
    /// left out of it. For answers that were kept.
    ///
    /// # Errors
    /// [`Error::UnexpectedAnswer`](crate::Error::UnexpectedAnswer).
    pub fn read(&self, body: &[u8]) -> Result<(T, Vec<String>), crate::Error> {
        let decoded = wire::parse(body).and_then(|json| self.decode(json.as_ref()));
        match decoded {
            Ok(Decoded { value, remarks }) => Ok((value, remarks)),
            Err(Misfit { path, what }) => Err(crate::Error::UnexpectedAnswer { path, what }),
        }
    }

    /// Reads an answer's JSON; `None` is an answer without a body (204).
    pub(crate) fn decode(&self, answer: Option<&Value>) -> Result<Decoded<T>, Misfit> {
        (self.decode)(answer)
    }
}

impl<T> Clone for Request<T> {
    fn clone(&self) -> Self {
        Self {
            operation: self.operation,
            method: self.method,
            path: self.path.clone(),
            query: self.query.clone(),
            body: self.body.clone(),
            secret: self.secret.clone(),
            kind: self.kind,
            needs: self.needs,
            absence: self.absence,
            decode: Arc::clone(&self.decode),
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
#[non_exhaustive]
pub struct Page<T> {
    /// The items that could be read.
    pub items: Vec<T>,
    /// Those that could not, each by itself.
    pub broken: Vec<BrokenItem>,
    /// How many items the store sent, broken ones included. See [`Page::is_last`].
    pub received: usize,
    /// How many there are on all pages, where the store says so (version 3). Things made or
    /// deleted meanwhile change it.
    pub total: Option<u64>,
    /// How many items the store puts on a page, where it says so (version 3).
    pub per_page: Option<usize>,
    /// Where the next page begins, where the store pages by cursor.
    pub after: Option<Cursor>,
}

impl<T> Page<T> {
    /// A page with nothing on it, to be filled by whoever answers in a store's place.
    #[must_use]
    pub const fn empty() -> Self {
        Self {
            items: Vec::new(),
            broken: Vec::new(),
            received: 0,
            total: None,
            per_page: None,
            after: None,
        }
    }

    /// Whether nothing comes after this page, `asked` items having been asked for.
    ///
    /// A store may put fewer on a page than it was asked for. Version 3 says how many; version 2
    /// doesn't, so there a page shorter than the 50 that are usual is taken for the last one.
    /// [`Client::is_last`](crate::Client::is_last) and a [`Walk`](crate::Walk) take that for granted
    /// only once the same list gave more at a time.
    #[must_use]
    pub fn is_last(&self, asked: usize) -> bool {
        self.is_last_of(asked, USUAL_PAGE)
    }

    /// The same where the list is known to have given `most_seen` on a page, this one included.
    pub(crate) fn is_last_of(&self, asked: usize, most_seen: usize) -> bool {
        let full = self.per_page.unwrap_or(most_seen.min(USUAL_PAGE));
        self.received == 0 || self.received < full.min(asked)
    }
}

/// How many items a page holds if nothing is said. Source: BigCommerce REST reference.
const USUAL_PAGE: usize = 50;

/// A place between two pages, as the store names it. Means nothing elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(String);

impl Cursor {
    /// The store's own text, to be kept and given back as it is.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for Cursor {
    fn from(text: String) -> Self {
        Self(text)
    }
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
    Request::to(&op::TIME, &[], wire::store::time)
}

/// What the store says of itself. Needs Information & settings, read-only.
///
/// Source: BigCommerce REST reference, "Get store information".
#[must_use]
pub fn store() -> Request<StoreInfo> {
    Request::to(&op::STORE, &[], wire::store::info)
}

/// One cheap GET that shows whether the token may read an area.
///
/// Sent through a client, `Ok` means granted (2xx, 204 and 404 alike) and
/// [`Error::MissingScope`](crate::Error::MissingScope) or
/// [`Error::Forbidden`](crate::Error::Forbidden) that it is not. `None` where there is nothing to
/// read, or only by a number that has to be known first.
///
/// No call lists a token's scopes. Source: BigCommerce documentation, "API accounts".
#[must_use]
pub fn probe(scope: Scope) -> Option<Request<()>> {
    let path = match scope {
        Scope::Information => "/v2/store",
        Scope::Orders => "/v2/orders",
        Scope::Products => "/v3/catalog/products",
        Scope::Customers => "/v3/customers",
        Scope::Inventory => "/v3/inventory/items",
        Scope::Locations => "/v3/inventory/locations",
        Scope::ChannelSettings => "/v3/channels",
        Scope::Content => "/v3/content/pages",
        Scope::CheckoutContent => "/v3/content/scripts",
        Scope::Marketing => "/v2/coupons",
        Scope::Themes => "/v3/themes",
        Scope::Sites => "/v3/sites",
        Scope::StoreLogs => "/v3/store/systemlogs",
        Scope::FulfillmentMethods => "/v3/pickup/methods",
        Scope::CustomersLogin
        | Scope::OrderTransactions
        | Scope::CreatePayments
        | Scope::PaymentMethods
        | Scope::StoredInstruments
        | Scope::Carts
        | Scope::Checkouts
        | Scope::ChannelListings
        | Scope::StorefrontTokens
        | Scope::StorefrontImpersonation
        | Scope::OrderFulfillment
        | Scope::Metafields
        | Scope::MetafieldOwnership => return None,
    };
    let mut query = Pairs::new();
    if scope != Scope::Information {
        query.push(("limit", "1".into()));
    }
    Some(Request {
        operation: None,
        method: Method::Get,
        path: path.to_owned(),
        query,
        body: None,
        secret: None,
        kind: Kind::Read,
        needs: Some((scope, Access::Read)),
        absence: Absence::Answer,
        decode: Arc::new(wire::anything),
    })
}

/// One POST without content that shows whether the token may change an area. It names nothing that
/// could be made, so the store refuses it either way: for want of its content
/// ([`Error::Invalid`](crate::Error::Invalid)) if the scope is there, else with
/// [`Error::MissingScope`](crate::Error::MissingScope).
///
/// It is a write by its method: send it only if the person has agreed. `None` where no such request
/// is known.
///
/// Source: Space48, `bigcommerce-token-validator`, which asks orders and products this way.
#[must_use]
pub fn probe_modify(scope: Scope) -> Option<Request<()>> {
    let path = match scope {
        Scope::Orders => "/v2/orders",
        Scope::Products => "/v3/catalog/products",
        _ => return None,
    };
    Some(Request {
        operation: None,
        method: Method::Post,
        path: path.to_owned(),
        query: Pairs::new(),
        body: Some(Body::Json(Value::Object(serde_json::Map::new()))),
        secret: None,
        kind: Kind::Once,
        needs: Some((scope, Access::Modify)),
        absence: Absence::Answer,
        decode: Arc::new(wire::anything),
    })
}

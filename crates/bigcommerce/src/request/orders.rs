//! Orders: list, read one, count, statuses, update.
//!
//! Orders live in version 2 of the API only, which has no totals: a list ends with a page that is
//! short or empty.

use commerce::{Access, CustomerId, Order, OrderId, OrderStatus, Scope, StatusId};
use jiff::Timestamp;
use serde_json::{Map, Value};

use super::{
    Kind, Method, Page, Request,
    query::{self, Pairs, Term},
};
use crate::wire;

/// The most orders one page may hold.
///
/// Source: the reference of sibling v2 resources; for orders it is observed, not documented.
pub const PAGE_LIMIT_MAX: u32 = 250;

/// Which orders, in which order, which page. All conditions have to hold together.
///
/// Without any: the first 250 orders by number. Unfinished checkouts (status 0) and, as far as the
/// store sends them, archived orders are included.
///
/// Source: BigCommerce REST reference, "Get all orders".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrdersQuery {
    modified_since: Option<Timestamp>,
    placed_since: Option<Timestamp>,
    min_id: Option<OrderId>,
    max_id: Option<OrderId>,
    status: Option<StatusId>,
    customer: Option<CustomerId>,
    page: u32,
    limit: u32,
    sort: OrdersSort,
}

/// How a list of orders is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OrdersSort {
    /// Lowest number first.
    #[default]
    IdAscending,
    /// Highest number first.
    IdDescending,
    /// Oldest change first.
    ModifiedAscending,
    /// Newest change first.
    ModifiedDescending,
}

impl OrdersSort {
    const fn as_str(self) -> &'static str {
        match self {
            Self::IdAscending => "id:asc",
            Self::IdDescending => "id:desc",
            Self::ModifiedAscending => "date_modified:asc",
            Self::ModifiedDescending => "date_modified:desc",
        }
    }
}

impl Default for OrdersQuery {
    fn default() -> Self {
        Self::new()
    }
}

impl OrdersQuery {
    /// All orders, page 1 of 250, lowest number first.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            modified_since: None,
            placed_since: None,
            min_id: None,
            max_id: None,
            status: None,
            customer: None,
            page: 1,
            limit: PAGE_LIMIT_MAX,
            sort: OrdersSort::IdAscending,
        }
    }

    /// Changed at or after this instant. The store counts whole seconds: finer parts are dropped,
    /// so that nothing is missed and a change may be seen twice.
    #[must_use]
    pub const fn modified_since(mut self, instant: Timestamp) -> Self {
        self.modified_since = Some(instant);
        self
    }

    /// Placed at or after this instant, in whole seconds.
    #[must_use]
    pub const fn placed_since(mut self, instant: Timestamp) -> Self {
        self.placed_since = Some(instant);
        self
    }

    /// This number or higher.
    #[must_use]
    pub const fn min_id(mut self, id: OrderId) -> Self {
        self.min_id = Some(id);
        self
    }

    /// This number or lower.
    #[must_use]
    pub const fn max_id(mut self, id: OrderId) -> Self {
        self.max_id = Some(id);
        self
    }

    /// With this status; the store takes one only.
    #[must_use]
    pub const fn status(mut self, status: StatusId) -> Self {
        self.status = Some(status);
        self
    }

    /// Of this customer.
    #[must_use]
    pub const fn customer(mut self, customer: CustomerId) -> Self {
        self.customer = Some(customer);
        self
    }

    /// The page, counted from 1; 0 is taken for 1.
    #[must_use]
    pub const fn page(mut self, page: u32) -> Self {
        self.page = query::page(page);
        self
    }

    /// Orders per page, brought into 1 to [`PAGE_LIMIT_MAX`].
    #[must_use]
    pub const fn limit(mut self, limit: u32) -> Self {
        self.limit = query::limit(limit, PAGE_LIMIT_MAX);
        self
    }

    /// The sequence.
    #[must_use]
    pub const fn sort(mut self, sort: OrdersSort) -> Self {
        self.sort = sort;
        self
    }

    /// How many orders a full page holds: fewer received means the last page.
    #[must_use]
    pub const fn page_size(&self) -> usize {
        self.limit as usize
    }

    fn pairs(&self) -> Pairs {
        let mut pairs = Pairs::new();
        let mut add = |name, value: Option<Term>| pairs.extend(value.map(|value| (name, value)));
        add("min_date_modified", self.modified_since.map(query::date));
        add("min_date_created", self.placed_since.map(query::date));
        add("min_id", self.min_id.map(|id| id.to_string().into()));
        add("max_id", self.max_id.map(|id| id.to_string().into()));
        add("status_id", self.status.map(|id| id.to_string().into()));
        add("customer_id", self.customer.map(|id| id.to_string().into()));
        add("sort", Some(self.sort.as_str().into()));
        add("page", Some(self.page.to_string().into()));
        add("limit", Some(self.limit.to_string().into()));
        pairs
    }
}

/// One page of orders. Past the end the page is empty.
#[must_use]
pub fn list(query: &OrdersQuery) -> Request<Page<Order>> {
    let mut request = Request::get(
        "/v2/orders",
        Some((Scope::Orders, Access::Read)),
        wire::orders::list,
    );
    request.query = query.pairs();
    request
}

/// One order.
#[must_use]
pub fn one(id: OrderId) -> Request<Order> {
    Request::get(
        format!("/v2/orders/{id}"),
        Some((Scope::Orders, Access::Read)),
        wire::orders::one,
    )
}

/// The store's order statuses with its own labels. A status that could not be read is left out and
/// named in [`Answer::remarks`](crate::Answer::remarks).
#[must_use]
pub fn statuses() -> Request<Vec<OrderStatus>> {
    Request::get(
        "/v2/order_statuses",
        Some((Scope::Orders, Access::Read)),
        wire::orders::statuses,
    )
}

/// How many orders there are, by status.
///
/// Source: BigCommerce REST reference, "Get a count of orders".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderCounts {
    /// All of them, unfinished checkouts included.
    pub total: u64,
    /// By status, in the store's sequence.
    pub by_status: Vec<(StatusId, u64)>,
}

/// How many orders there are. The store takes no conditions here.
#[must_use]
pub fn count() -> Request<OrderCounts> {
    Request::get(
        "/v2/orders/count",
        Some((Scope::Orders, Access::Read)),
        wire::orders::counts,
    )
}

/// What to change of an order. `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderUpdate {
    /// The new status. The store may e-mail the shopper; money is never moved.
    pub status_id: Option<StatusId>,
    /// Notes for staff, up to [`commerce::STAFF_NOTES_MAX`] characters.
    pub staff_notes: Option<String>,
    /// The shopper's message.
    pub customer_message: Option<String>,
}

/// Changes an order; answers with the order as it is now. Only the fields given are sent.
///
/// [`Kind::Once`] with a status, because the store may send an e-mail each time; otherwise
/// [`Kind::Idempotent`].
///
/// Source: BigCommerce REST reference, "Update an order".
#[must_use]
pub fn update(id: OrderId, update: &OrderUpdate) -> Request<Order> {
    let mut body = Map::new();
    if let Some(status) = update.status_id {
        body.insert("status_id".to_owned(), status.0.into());
    }
    if let Some(notes) = &update.staff_notes {
        body.insert("staff_notes".to_owned(), notes.as_str().into());
    }
    if let Some(message) = &update.customer_message {
        body.insert("customer_message".to_owned(), message.as_str().into());
    }
    let mut request = one(id);
    request.method = Method::Put;
    request.needs = Some((Scope::Orders, Access::Modify));
    request.kind = if update.status_id.is_some() {
        Kind::Once
    } else {
        Kind::Idempotent
    };
    request.body = Some(Value::Object(body));
    request
}

//! Orders: list, read one, count, statuses, create, update, archive.
//!
//! Orders live in version 2 of the API only, which has no totals: a list ends with a page that is
//! short or empty.

use commerce::{
    CustomerId, FullOrder, Order, OrderEdit, OrderId, OrderLineEdit, OrderStatus, StatusId,
};
use jiff::Timestamp;
use serde_json::{Map, Value};

use super::{
    Page, Request,
    filters::{Filter, OrderFilter, Parameter},
    op,
    query::{self, Pairs, Term},
};
use crate::wire::{self, Write};

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
    more: Vec<Parameter>,
    includes: Vec<OrderInclude>,
    page: u32,
    limit: u32,
    sort: OrdersSort,
}

/// What may come along with orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OrderInclude {
    /// What goes out together, without its lines.
    Consignments,
    /// The same with its lines: 50 of each at most, and word of it where there are more.
    Lines,
    /// Fees.
    Fees,
}

impl OrderInclude {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Consignments => "consignments",
            Self::Lines => "consignments.line_items",
            Self::Fees => "fees",
        }
    }
}

/// How a list of orders is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
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
    /// By something else.
    By {
        /// By what.
        key: OrdersSortKey,
        /// Highest, newest, last first.
        descending: bool,
    },
}

/// What else orders can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
#[non_exhaustive]
pub enum OrdersSortKey {
    Customer,
    Placed,
    Status,
    Channel,
    ExternalId,
}

impl OrdersSort {
    const fn as_str(self) -> &'static str {
        match self {
            Self::By { key, descending } => match (key, descending) {
                (OrdersSortKey::Customer, false) => "customer_id:asc",
                (OrdersSortKey::Customer, true) => "customer_id:desc",
                (OrdersSortKey::Placed, false) => "date_created:asc",
                (OrdersSortKey::Placed, true) => "date_created:desc",
                (OrdersSortKey::Status, false) => "status_id:asc",
                (OrdersSortKey::Status, true) => "status_id:desc",
                (OrdersSortKey::Channel, false) => "channel_id:asc",
                (OrdersSortKey::Channel, true) => "channel_id:desc",
                (OrdersSortKey::ExternalId, false) => "external_id:asc",
                (OrdersSortKey::ExternalId, true) => "external_id:desc",
            },
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
            more: Vec::new(),
            includes: Vec::new(),
            page: 1,
            limit: PAGE_LIMIT_MAX,
            sort: OrdersSort::IdAscending,
        }
    }

    /// Changed at or after this instant. The store counts whole seconds: finer parts are dropped,
    /// so that nothing is missed and a change may be seen twice.
    #[must_use]
    pub fn modified_since(mut self, instant: Timestamp) -> Self {
        query::overrule(&mut self.more, "min_date_modified");
        self.modified_since = Some(instant);
        self
    }

    /// Placed at or after this instant, in whole seconds.
    #[must_use]
    pub fn placed_since(mut self, instant: Timestamp) -> Self {
        query::overrule(&mut self.more, "min_date_created");
        self.placed_since = Some(instant);
        self
    }

    /// This number or higher.
    #[must_use]
    pub fn min_id(mut self, id: OrderId) -> Self {
        query::overrule(&mut self.more, "min_id");
        self.min_id = Some(id);
        self
    }

    /// This number or lower.
    #[must_use]
    pub fn max_id(mut self, id: OrderId) -> Self {
        query::overrule(&mut self.more, "max_id");
        self.max_id = Some(id);
        self
    }

    /// With this status; the store takes one only.
    #[must_use]
    pub fn status(mut self, status: StatusId) -> Self {
        query::overrule(&mut self.more, "status_id");
        self.status = Some(status);
        self
    }

    /// Of this customer.
    #[must_use]
    pub fn customer(mut self, customer: CustomerId) -> Self {
        query::overrule(&mut self.more, "customer_id");
        self.customer = Some(customer);
        self
    }

    /// Those for which this holds as well. Of two conditions on the same parameter the later one
    /// counts.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a condition is made to be given away"
    )]
    pub fn with(mut self, condition: OrderFilter) -> Self {
        let condition = condition.parameter();
        query::overrule(&mut self.more, condition.name);
        self.more.push(condition);
        self
    }

    /// What comes along, of [`list_full`] only.
    #[must_use]
    pub fn include(mut self, includes: impl IntoIterator<Item = OrderInclude>) -> Self {
        self.includes = includes.into_iter().collect();
        self
    }

    /// The page, counted from 1; 0 is taken for 1.
    #[must_use]
    pub fn page(mut self, page: u32) -> Self {
        self.page = query::page(page);
        self
    }

    /// Orders per page, brought into 1 to [`PAGE_LIMIT_MAX`].
    #[must_use]
    pub fn limit(mut self, limit: u32) -> Self {
        self.limit = query::limit(limit, PAGE_LIMIT_MAX);
        self
    }

    /// The sequence.
    #[must_use]
    pub fn sort(mut self, sort: OrdersSort) -> Self {
        self.sort = sort;
        self
    }

    /// The sequence that is asked for.
    #[must_use]
    pub const fn sorted(&self) -> OrdersSort {
        self.sort
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
        pairs.retain(|(name, _)| self.more.iter().all(|more| more.name != *name));
        pairs.extend(self.more.iter().map(|more| (more.name, more.term.clone())));
        let mut add = |name, value: Option<Term>| pairs.extend(value.map(|value| (name, value)));
        add("sort", Some(self.sort.as_str().into()));
        add("page", Some(self.page.to_string().into()));
        add("limit", Some(self.limit.to_string().into()));
        pairs
    }
}

/// One page of orders. Past the end the page is empty.
#[must_use]
pub fn list(query: &OrdersQuery) -> Request<Page<Order>> {
    let mut request = Request::to(&op::ORDERS, &[], wire::orders::list);
    request.query = query.pairs();
    request
}

/// One page of orders with what comes along with them. Past the end the page is empty.
///
/// Source: BigCommerce REST reference, "Get all orders".
#[must_use]
pub fn list_full(query: &OrdersQuery) -> Request<Page<FullOrder>> {
    let mut request = Request::to(&op::ORDERS_FULL, &[], wire::bare_list);
    request.query = query.pairs();
    request.query.extend(includes(&query.includes));
    request
}

fn includes(includes: &[OrderInclude]) -> Pairs {
    if includes.is_empty() {
        return Pairs::new();
    }
    let names = includes.iter().map(|include| include.as_str().to_owned());
    let mut pairs = vec![("include", Term::List(names.collect()))];
    if includes
        .iter()
        .any(|include| *include != OrderInclude::Fees)
    {
        pairs.push(("consignment_structure", "object".into()));
    }
    pairs
}

/// One order.
#[must_use]
pub fn one(id: OrderId) -> Request<Order> {
    Request::to(&op::ORDER, &[id.0], wire::orders::one)
}

/// One order with what comes along with it.
///
/// Source: BigCommerce REST reference, "Get an order".
#[must_use]
pub fn one_full(id: OrderId, with: &[OrderInclude]) -> Request<FullOrder> {
    let mut request = Request::to(&op::ORDER_FULL, &[id.0], wire::bare_one);
    request.query = includes(with);
    request
}

/// The store's order statuses with its own labels. A status that could not be read is left out and
/// named in [`Answer::remarks`](crate::Answer::remarks).
#[must_use]
pub fn statuses() -> Request<Vec<OrderStatus>> {
    Request::to(&op::ORDER_STATUSES, &[], wire::orders::statuses)
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

/// How many orders there are.
#[must_use]
pub fn count() -> Request<OrderCounts> {
    count_of([])
}

/// How many orders there are for which all of this holds. Of two conditions on the same parameter
/// the later one counts.
///
/// Source: BigCommerce REST reference, "Get a count of orders". That stores heed each of them is
/// documented, not observed.
#[must_use]
pub fn count_of(conditions: impl IntoIterator<Item = OrderFilter>) -> Request<OrderCounts> {
    let mut request = Request::to(&op::ORDER_COUNT, &[], wire::orders::counts);
    for condition in conditions {
        let Parameter { name, term } = condition.parameter();
        request.query.retain(|(old, _)| *old != name);
        request.query.push((name, term));
    }
    request
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
/// [`Kind::Once`](super::Kind::Once) with a status, because the store may send an e-mail each time;
/// otherwise [`Kind::Idempotent`](super::Kind::Idempotent).
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
    Request::to(&op::ORDER_UPDATE, &[id.0], wire::orders::one)
        .carrying(Value::Object(body))
        .once_if(update.status_id.is_some())
}

/// Changes an order; answers with the order as it is now. Only the fields given are sent.
///
/// [`Kind::Once`](super::Kind::Once) with a status (the store may send an e-mail each time) and
/// with lines, fees or addresses that have no number yet (each sending adds them); otherwise
/// [`Kind::Idempotent`](super::Kind::Idempotent).
///
/// Source: BigCommerce REST reference, "Update an order".
#[must_use]
pub fn edit(id: OrderId, edit: &OrderEdit) -> Request<Order> {
    let new = |line: &OrderLineEdit| line.id.is_none();
    let adds = edit.products.iter().flatten().any(new)
        || edit.fees.iter().flatten().any(|fee| fee.id.is_none())
        || edit
            .shipping_addresses
            .iter()
            .flatten()
            .any(|to| to.id.is_none());
    Request::to(&op::ORDER_EDIT, &[id.0], wire::orders::one)
        .carrying(edit.write())
        .once_if(edit.status_id.is_some() || adds)
}

/// An order to be made: who pays, and at least one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOrder(OrderEdit);

/// What an order can't be made without.
///
/// Source: BigCommerce REST reference, "Create an order".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum MissingPart {
    /// Somebody who pays.
    #[error("an order needs somebody who pays")]
    Billing,
    /// A line.
    #[error("an order needs at least one line")]
    Lines,
    /// A line is neither a product, nor a name with a quantity and both prices.
    #[error("line {0} is neither a product nor a name with a quantity and both prices")]
    Line(usize),
}

impl TryFrom<OrderEdit> for NewOrder {
    type Error = MissingPart;

    fn try_from(edit: OrderEdit) -> Result<Self, MissingPart> {
        if edit.billing_address.is_none() {
            return Err(MissingPart::Billing);
        }
        let lines = edit.products.as_deref().unwrap_or_default();
        if lines.is_empty() {
            return Err(MissingPart::Lines);
        }
        let is_whole = |line: &OrderLineEdit| {
            let by_hand =
                line.name.is_some() && line.price_ex_tax.is_some() && line.price_inc_tax.is_some();
            line.quantity.is_some() && (line.product_id.is_some() || by_hand)
        };
        match lines.iter().position(|line| !is_whole(line)) {
            Some(at) => Err(MissingPart::Line(at)),
            None => Ok(Self(edit)),
        }
    }
}

/// Makes an order; answers with it. The store sends no e-mail about it. Its status is 1 unless
/// another is given.
///
/// [`Kind::Once`](super::Kind::Once). Without an answer look for it by what only it has, as a
/// reference in the staff notes.
///
/// Source: BigCommerce REST reference, "Create an order"; it says 200, stores answer 201.
#[must_use]
pub fn create(order: &NewOrder) -> Request<Order> {
    Request::to(&op::ORDER_CREATE, &[], wire::orders::one).carrying(order.0.write())
}

/// Archives an order: out of the lists, not gone. [`Order::is_archived`] says so afterwards.
///
/// Source: BigCommerce REST reference, "Archive an order".
#[must_use]
pub fn archive(id: OrderId) -> Request<()> {
    Request::to(&op::ORDER_ARCHIVE, &[id.0], wire::nothing)
}

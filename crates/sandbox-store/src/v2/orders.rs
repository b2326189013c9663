//! Lists of orders, and one order.
//!
//! Source: BigCommerce REST reference, "Orders V2"; what an unreadable date does was observed on the
//! wire.

use jiff::Timestamp;

use super::order_body::{Including, OrderBody};
use super::{list_of, page, parameter};
use crate::dates;
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::money::Cents;
use crate::query::Query;
use crate::state::Store;
use crate::state::orders::Order;

pub(crate) fn list(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let including = Including::read(&call.query)?;
    let bodies: Vec<OrderBody<'_>> = find(store, &call.query)?
        .into_iter()
        .map(|order| OrderBody::of(store, order, &call.origin, including))
        .collect();
    Ok(list_of(&bodies))
}

/// One order, archived or not.
pub(crate) fn one(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let including = Including::read(&call.query)?;
    let order = expect(store, call)?;
    let body = OrderBody::of(store, order, &call.origin, including);
    Ok(Response::json(200, &body))
}

/// Those that the filters of the list find.
pub(super) fn matching<'a>(
    store: &'a Store,
    query: &Query,
) -> Result<impl Iterator<Item = &'a Order>, Box<Response>> {
    let filter = Filter::read(query)?;
    let orders = filter.by_id(&store.orders);
    Ok(orders.iter().filter(move |order| filter.takes(order)))
}

/// The order whose id is the first in the path.
pub(super) fn order_of<'a>(store: &'a Store, call: &Call<'_>) -> Option<&'a Order> {
    store.order(call.ids.first()?.parse().ok()?)
}

/// The same; without it there is nothing to answer.
pub(super) fn expect<'a>(store: &'a Store, call: &Call<'_>) -> Result<&'a Order, Box<Response>> {
    order_of(store, call).ok_or_else(|| Box::new(refusals::v2_not_found()))
}

fn find<'a>(store: &'a Store, query: &Query) -> Result<Vec<&'a Order>, Box<Response>> {
    let filter = Filter::read(query)?;
    let sort = Sort::read(query)?;
    let (skip, take) = page(query)?;
    let orders = filter.by_id(&store.orders);
    let wanted = |order: &&Order| filter.takes(order);
    // They lie in order of id: nothing behind the page has to be looked at.
    let by_id = matches!(sort.field, Field::Id | Field::Same);
    if by_id && sort.descending {
        let orders = orders.iter().rev().filter(wanted);
        return Ok(orders.skip(skip).take(take).collect());
    }
    if by_id {
        return Ok(orders.iter().filter(wanted).skip(skip).take(take).collect());
    }
    let mut orders: Vec<&Order> = orders.iter().filter(wanted).collect();
    sort.apply(&mut orders);
    Ok(orders.into_iter().skip(skip).take(take).collect())
}

/// All of these have to fit.
#[derive(Debug, Default)]
struct Filter {
    min_id: Option<u64>,
    max_id: Option<u64>,
    min_total: Option<Cents>,
    max_total: Option<Cents>,
    customer_id: Option<u64>,
    email: Option<String>,
    status_id: Option<u64>,
    cart_id: Option<String>,
    payment_method: Option<String>,
    channel_id: Option<u64>,
    external_order_id: Option<String>,
    created: (Option<Timestamp>, Option<Timestamp>),
    modified: (Option<Timestamp>, Option<Timestamp>),
    archived: bool,
}

impl Filter {
    fn read(query: &Query) -> Result<Self, Box<Response>> {
        let text = |name: &str| {
            query
                .get(name)
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
        };
        // A date that cannot be read is no filter at all: the answer is the whole list.
        let date = |name: &str| query.get(name).and_then(dates::parse);
        let amount = |name: &str| match query.get(name) {
            None | Some("") => Ok(None),
            Some(text) => match Cents::parse(text) {
                Some(amount) => Ok(Some(amount)),
                None => Err(Box::new(refusals::v2_invalid(name))),
            },
        };
        Ok(Self {
            min_id: parameter(query, "min_id")?,
            max_id: parameter(query, "max_id")?,
            min_total: amount("min_total")?,
            max_total: amount("max_total")?,
            customer_id: parameter(query, "customer_id")?,
            email: email(query)?,
            status_id: parameter(query, "status_id")?,
            cart_id: text("cart_id"),
            payment_method: text("payment_method"),
            channel_id: parameter(query, "channel_id")?,
            external_order_id: text("external_order_id"),
            created: (date("min_date_created"), date("max_date_created")),
            modified: (date("min_date_modified"), date("max_date_modified")),
            archived: matches!(query.get("is_deleted"), Some("true" | "1")),
        })
    }

    /// The orders between the ids that are asked for.
    fn by_id<'a>(&self, orders: &'a [Order]) -> &'a [Order] {
        let from = self.min_id.unwrap_or(0);
        let start = orders.partition_point(|order| order.id < from);
        let until = self.max_id.unwrap_or(u64::MAX);
        let end = orders.partition_point(|order| order.id <= until);
        orders.get(start..end).unwrap_or_default()
    }

    fn takes(&self, order: &Order) -> bool {
        let same = |wanted: &Option<String>, has: &str| {
            wanted
                .as_ref()
                .is_none_or(|wanted| wanted.eq_ignore_ascii_case(has))
        };
        order.is_archived == self.archived
            && self.min_id.is_none_or(|id| order.id >= id)
            && self.max_id.is_none_or(|id| order.id <= id)
            && self.customer_id.is_none_or(|id| order.customer_id == id)
            && self
                .status_id
                .is_none_or(|id| u64::from(order.status.id()) == id)
            && self.channel_id.is_none_or(|id| id == 1)
            && within(self.created, order.created)
            && within(self.modified, order.modified)
            && same(&self.email, &order.billing.email)
            && same(&self.payment_method, &order.payment.method)
            && self
                .external_order_id
                .as_ref()
                .is_none_or(|wanted| order.external_order_id.as_deref() == Some(wanted.as_str()))
            && self
                .cart_id
                .as_ref()
                .is_none_or(|wanted| order.cart_id().as_ref() == Some(wanted))
            && self
                .min_total
                .is_none_or(|least| order.total_inc_tax() >= least)
            && self
                .max_total
                .is_none_or(|most| order.total_inc_tax() <= most)
    }
}

fn within((from, until): (Option<Timestamp>, Option<Timestamp>), at: Timestamp) -> bool {
    from.is_none_or(|from| at >= from) && until.is_none_or(|until| at <= until)
}

/// An e-mail address has to look like one.
fn email(query: &Query) -> Result<Option<String>, Box<Response>> {
    match query.get("email") {
        None | Some("") => Ok(None),
        Some(text) if text.contains('@') => Ok(Some(text.to_owned())),
        Some(_other) => Err(Box::new(refusals::v2_invalid("email"))),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Id,
    CustomerId,
    Created,
    Modified,
    StatusId,
    /// The same for every order here; the list stays in order of id.
    Same,
}

#[derive(Clone, Copy, Debug)]
struct Sort {
    field: Field,
    descending: bool,
}

impl Sort {
    fn read(query: &Query) -> Result<Self, Box<Response>> {
        let refuse = || Box::new(refusals::v2_invalid("sort"));
        let Some(text) = query.get("sort").filter(|text| !text.is_empty()) else {
            return Ok(Self {
                field: Field::Id,
                descending: false,
            });
        };
        let (field, direction) = text.split_once(':').unwrap_or((text, "asc"));
        let field = match field {
            "id" => Field::Id,
            "customer_id" => Field::CustomerId,
            "date_created" => Field::Created,
            "date_modified" => Field::Modified,
            "status_id" => Field::StatusId,
            "channel_id" | "external_id" => Field::Same,
            _other => return Err(refuse()),
        };
        let descending = match direction {
            "asc" => false,
            "desc" => true,
            _other => return Err(refuse()),
        };
        Ok(Self { field, descending })
    }

    /// Equal ones stay in order of id, so that pages never overlap.
    fn apply(self, orders: &mut [&Order]) {
        match self.field {
            Field::Id => {}
            Field::CustomerId => orders.sort_by_key(|order| (order.customer_id, order.id)),
            Field::Created => orders.sort_by_key(|order| (order.created, order.id)),
            Field::Modified => orders.sort_by_key(|order| (order.modified, order.id)),
            Field::StatusId => orders.sort_by_key(|order| (order.status.id(), order.id)),
            Field::Same => {}
        }
        if self.descending {
            orders.reverse();
        }
    }
}

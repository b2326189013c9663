//! The way of a request through the store: route, token, quota, scope, then the answer itself.

mod known;
pub(crate) mod limiter;
pub(crate) mod refusals;
pub(crate) mod routes;
pub(crate) mod scopes;
mod xml;

use jiff::Timestamp;

use crate::http::{Request, Response};
use crate::query::Query;
use crate::state::Store;
use crate::{pictures, v2, v3};
use routes::{Ask, Route};

/// A request that has passed the gate.
pub(crate) struct Call<'a> {
    pub(crate) request: &'a Request,
    pub(crate) ids: Vec<&'a str>,
    pub(crate) query: Query,
    /// Scheme and host the caller used, e.g. `http://127.0.0.1:34567`: links point back to it.
    pub(crate) origin: String,
    pub(crate) now: Timestamp,
}

/// Answers one request.
///
/// Pure apart from `store`: the same store, request and `now` give the same answer and the same
/// changes. Nothing is read from a clock, a disk or a network.
pub fn step(store: &mut Store, request: Request, now: Timestamp) -> Response {
    let mut response = if request.path.starts_with("/product_images/") {
        pictures::answer(&request)
    } else {
        api(store, &request, now)
    };
    store.requests_seen += 1;
    let id = format!("{:016x}{:016x}", store.seed(), store.requests_seen);
    response.set_header("X-Request-Id", &id);
    response
}

fn api(store: &mut Store, request: &Request, now: Timestamp) -> Response {
    let Some(route) = routes::find(&request.method, &request.path) else {
        let mut response = refusals::no_route();
        store.limiter.describe(now, &mut response);
        return response;
    };
    let mut response = match admit(store, request, &route, now) {
        Ok(()) => answer(store, request, &route, now),
        Err(refused) => *refused,
    };
    if route.is_v2 {
        if response.status != 401 && xml::is_wanted(request) {
            xml::rewrite(&mut response, route.pattern);
        }
        response.set_header("X-BC-ApiLimit-Remaining", "2147483647");
        response.set_header("X-BC-Store-Version", "7.6.0");
    }
    store.limiter.describe(now, &mut response);
    response
}

/// Everything that is checked before the request itself is looked at, in the wire's order.
fn admit(
    store: &mut Store,
    request: &Request,
    route: &Route<'_>,
    now: Timestamp,
) -> Result<(), Box<Response>> {
    let Some(token) = request.header("X-Auth-Token") else {
        return Err(Box::new(refusals::token_missing()));
    };
    if !looks_like_a_token(token) {
        return Err(Box::new(refusals::token_malformed()));
    }
    if store.token_is_revoked || token != store.identity.token.expose() {
        return Err(Box::new(refusals::token_unknown()));
    }
    if route.hash != store.identity.hash {
        return Err(Box::new(refusals::other_store()));
    }
    if !store.limiter.take(now) {
        return Err(Box::new(refusals::too_many_requests()));
    }
    if !store.scopes.allow(route.area, route.writes) {
        return Err(Box::new(refusals::scope_missing()));
    }
    let says_json = request
        .header("Content-Type")
        .is_some_and(|kind| kind.to_ascii_lowercase().contains("json"));
    let is_file = route.ask.is_some_and(Ask::takes_files)
        && request
            .header("Content-Type")
            .is_some_and(|kind| kind.to_ascii_lowercase().starts_with("multipart/"));
    if !request.body.is_empty() && !says_json && !is_file {
        return Err(Box::new(refusals::not_json()));
    }
    Ok(())
}

/// The answer of a request that has been let in. Also the way back when a data file is replayed.
pub(crate) fn answer(
    store: &mut Store,
    request: &Request,
    route: &Route<'_>,
    now: Timestamp,
) -> Response {
    let Some(ask) = route.ask else {
        return refusals::not_built(&format!("{} /{}", request.method, route.pattern));
    };
    let call = Call {
        request,
        ids: route.ids.clone(),
        query: Query::parse(&request.query),
        origin: format!("http://{}", request.header("Host").unwrap_or("127.0.0.1")),
        now,
    };
    respond(store, &call, ask).unwrap_or_else(|refused| *refused)
}

fn respond(store: &mut Store, call: &Call<'_>, ask: Ask) -> Result<Response, Box<Response>> {
    match ask {
        Ask::Time => Ok(v2::profile::time(call)),
        Ask::StoreProfile => Ok(v2::profile::store(store)),
        Ask::Orders => Ok(v2::orders::list(store, call)),
        Ask::OrdersCount => Ok(v2::statuses::count(store)),
        Ask::Order => Ok(v2::orders::one(store, call)),
        Ask::ChangeOrder => Ok(v2::change_order::put(store, call)),
        Ask::OrderLines => Ok(v2::order_lines::list(store, call)),
        Ask::OrderLine => v2::order_lines::one(store, call),
        Ask::ShippingAddresses => v2::order_parts::addresses(store, call),
        Ask::ShippingAddress => v2::order_parts::address(store, call),
        Ask::Shipments => v2::shipments::list(store, call),
        Ask::ShipmentsCount => v2::shipments::count(store, call),
        Ask::Shipment => v2::shipments::one(store, call),
        Ask::CreateShipment => v2::shipments::post(store, call),
        Ask::ChangeShipment => v2::shipments::put(store, call),
        Ask::DeleteShipment => v2::shipments::delete(store, call),
        Ask::OrderCoupons => v2::order_parts::coupons(store, call),
        Ask::OrderTaxes => v2::order_parts::taxes(store, call),
        Ask::OrderMessages => v2::order_messages::list(store, call),
        Ask::OrderFees => v2::order_parts::fees(store, call),
        Ask::RefundsOfOrder => v3::refunds::of_order(store, call),
        Ask::Refunds => v3::refunds::list(store, call),
        Ask::Refund => v3::refunds::one(store, call),
        Ask::OrderStatuses => Ok(v2::statuses::list(store)),
        Ask::OrderStatus => Ok(v2::statuses::one(store, call)),
        Ask::Products => v3::products::list(store, call),
        Ask::Product => v3::products::one(store, call),
        Ask::CreateProduct => v3::product_write::post(store, call),
        Ask::ChangeProduct => v3::product_write::put(store, call),
        Ask::ChangeProducts => v3::product_write::put_batch(store, call),
        Ask::DeleteProduct => v3::product_write::delete(store, call),
        Ask::DeleteProducts => v3::product_write::delete_many(store, call),
        Ask::Images => v3::images::list(store, call),
        Ask::Image => v3::images::one(store, call),
        Ask::CreateImage => v3::images::post(store, call),
        Ask::ChangeImage => v3::images::put(store, call),
        Ask::DeleteImage => v3::images::delete(store, call),
        Ask::Variants => v3::variants::list(store, call),
        Ask::Variant => v3::variants::one(store, call),
        Ask::AllVariants => v3::variants::all(store, call),
        Ask::Assignments => v3::assignments::list(store, call),
        Ask::Assign => v3::assignments::put(store, call),
        Ask::Unassign => v3::assignments::delete(store, call),
        Ask::Brands => v3::brands::list(store, call),
        Ask::Brand => v3::brands::one(store, call),
        Ask::CreateBrand => v3::brands::post(store, call),
        Ask::Trees => v3::categories::trees(call),
        Ask::Tree => v3::categories::tree(store, call),
        Ask::Categories => v3::categories::list(store, call),
        Ask::OldCategories => v3::categories::old_list(store, call),
        Ask::OldCategory => v3::categories::old_one(store, call),
        Ask::Customers => v3::customers::list(store, call),
        Ask::CreateCustomers => v3::customer_write::post(store, call),
        Ask::ChangeCustomers => v3::customer_write::put(store, call),
        Ask::DeleteCustomers => v3::customer_write::delete(store, call),
        Ask::Addresses => v3::customers::addresses(store, call),
        Ask::CustomerGroups => v2::customer_groups::list(store, call),
        Ask::CustomerGroup => v2::customer_groups::one(store, call),
        Ask::Channels => Ok(v3::small::channels(store, call)),
        Ask::Locations => Ok(v3::small::locations(store, call)),
        Ask::Transactions => Ok(v3::transactions::list(store, call)),
    }
}

/// Letters, digits, `-` and `_`. Real tokens are 31 characters `[a-z0-9]`, but that is not promised.
pub(crate) fn looks_like_a_token(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    !text.is_empty() && text.len() <= 128 && text.bytes().all(fits)
}

//! The way of a request through the store: route, token, quota, scope, then the answer itself.

mod built;
pub(crate) mod caps;
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
use crate::{pictures, storefront};
use routes::Route;

/// A request that has passed the gate.
pub(crate) struct Call<'a> {
    pub(crate) request: &'a Request,
    pub(crate) ids: Vec<&'a str>,
    pub(crate) query: Query,
    /// Scheme and host the caller used, e.g. `http://127.0.0.1:34567`: links point back to it.
    pub(crate) origin: String,
    pub(crate) now: Timestamp,
    /// The client id of the API account that asks.
    pub(crate) client: &'a str,
}

/// Answers one request.
///
/// Pure apart from `store`: the same store, request and `now` give the same answer and the same
/// changes. Nothing is read from a clock, a disk or a network.
pub fn step(store: &mut Store, request: Request, now: Timestamp) -> Response {
    let mut response = if request.path.starts_with("/product_images/") {
        pictures::answer(&request)
    } else if request.path == storefront::PATH {
        store.settle(now);
        storefront::answer(store, &request, now)
    } else {
        api(store, &request, now)
    };
    let id = store.next_request_id();
    response.set_header("X-Request-Id", &id);
    response
}

fn api(store: &mut Store, request: &Request, now: Timestamp) -> Response {
    let Some(route) = routes::find(&request.method, &request.path) else {
        let mut response = refusals::no_route();
        store.limiter.describe(now, &mut response);
        return response;
    };
    store.settle(now);
    let mut response = match admit(store, request, &route, now) {
        Ok(account) => answer(store, request, &route, now, account),
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

/// Everything that is checked before the request itself is looked at, in the wire's order. Gives the
/// account that asks.
fn admit(
    store: &mut Store,
    request: &Request,
    route: &Route<'_>,
    now: Timestamp,
) -> Result<usize, Box<Response>> {
    let Some(token) = request.header("X-Auth-Token") else {
        return Err(Box::new(refusals::token_missing()));
    };
    if !looks_like_a_token(token) {
        return Err(Box::new(refusals::token_malformed()));
    }
    let mut accounts = store.accounts.iter();
    let account = accounts
        .position(|account| !account.is_revoked && account.token.expose() == token)
        .ok_or_else(|| Box::new(refusals::token_unknown()))?;
    if route.hash != store.identity.hash {
        return Err(Box::new(refusals::other_store()));
    }
    if !store.limiter.take(now) {
        return Err(Box::new(refusals::too_many_requests()));
    }
    let scopes = &store.accounts[account].scopes;
    if !scopes.allow(route.area, route.writes) {
        return Err(Box::new(refusals::scope_missing()));
    }
    let says_json = request
        .header("Content-Type")
        .is_some_and(|kind| kind.to_ascii_lowercase().contains("json"));
    let is_file = route.takes_files()
        && request
            .header("Content-Type")
            .is_some_and(|kind| kind.to_ascii_lowercase().starts_with("multipart/"));
    if !request.body.is_empty() && !says_json && !is_file {
        return Err(Box::new(refusals::not_json()));
    }
    Ok(account)
}

/// The answer of a request that has been let in. Also the way back when a data file is replayed.
pub(crate) fn answer(
    store: &mut Store,
    request: &Request,
    route: &Route<'_>,
    now: Timestamp,
    account: usize,
) -> Response {
    let Some(answer) = route.answer else {
        return refusals::not_built(&format!("{} /{}", request.method, route.pattern));
    };
    let client = store.accounts.get(account).or(store.accounts.first());
    let client = client.map(|account| account.client_id.clone());
    let call = Call {
        request,
        ids: route.ids.clone(),
        query: Query::parse(&request.query),
        origin: store.origin_for(request.header("Host").unwrap_or("127.0.0.1")),
        now,
        client: client.as_deref().unwrap_or(""),
    };
    let response = answer(store, &call).unwrap_or_else(|refused| *refused);
    if response.effects.changed {
        crate::v3::metafields::forget_orphans(store);
    }
    response
}

/// Letters, digits, `-` and `_`. Real tokens are 31 characters `[a-z0-9]`, but that is not promised.
pub(crate) fn looks_like_a_token(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    !text.is_empty() && text.len() <= 128 && text.bytes().all(fits)
}

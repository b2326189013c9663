//! Lists whose things move from page to page while somebody reads them.

use jiff::Timestamp;
use serde_json::Value;

use crate::gate::{self, routes};
use crate::http::{Request, Response};
use crate::query::Query;
use crate::state::Store;

/// A page as it is when the list has moved by one place: towards the start for the first read, towards
/// the end for the second, and so on. So who reads page after page meets some things twice and others
/// not at all. What leaves the list at one end comes in at the other.
///
/// Lists without page numbers, and those that one page holds, stay as they are.
pub(super) fn shift(
    store: &mut Store,
    request: &Request,
    response: &mut Response,
    now: Timestamp,
    reads: u64,
) {
    if request.method != "GET" || response.status != 200 {
        return;
    }
    let Some(mut body) = response.body_json() else {
        return;
    };
    let Some(page) = list_in(&mut body) else {
        return;
    };
    let all = whole_list(store, request, now);
    let first = page.first();
    let Some(start) = all.iter().position(|thing| Some(thing) == first) else {
        return;
    };
    if all.len() <= page.len() {
        return;
    }
    let start = if reads % 2 == 1 {
        start + 1
    } else {
        start + all.len() - 1
    };
    let count = page.len();
    *page = (start..start + count)
        .filter_map(|at| all.get(at % all.len()).cloned())
        .collect();
    response.body = body.to_string().into_bytes();
}

/// All that the request asks for, whatever the page.
fn whole_list(store: &mut Store, request: &Request, now: Timestamp) -> Vec<Value> {
    let query = Query::parse(&request.query);
    let has_cursor = query.get("after").is_some() || query.get("before").is_some();
    let Some(route) = routes::find(&request.method, &request.path).filter(|_| !has_cursor) else {
        return Vec::new();
    };
    let account = store.account_of(request);
    let is_about_pages = |piece: &&str| piece.starts_with("page=") || piece.starts_with("limit=");
    let kept: Vec<&str> = request
        .query
        .split('&')
        .filter(|piece| !piece.is_empty() && !is_about_pages(piece))
        .collect();
    let mut all = Vec::new();
    for page in 1_u32.. {
        let mut ask = request.clone();
        let own = format!("limit=250&page={page}");
        let pieces = kept.iter().copied().chain([own.as_str()]);
        ask.query = pieces.collect::<Vec<_>>().join("&");
        let answer = gate::answer(store, &ask, &route, now, account);
        let body = answer.body_json().filter(|_| answer.status == 200);
        let Some(mut body) = body else { break };
        let Some(things) = list_in(&mut body) else {
            break;
        };
        // A list that knows no pages gives the same again.
        if things.is_empty() || things.first() == all.first() {
            break;
        }
        all.append(things);
    }
    all
}

fn list_in(body: &mut Value) -> Option<&mut Vec<Value>> {
    match body {
        Value::Array(things) => Some(things),
        Value::Object(fields) => fields.get_mut("data")?.as_array_mut(),
        _other => None,
    }
}

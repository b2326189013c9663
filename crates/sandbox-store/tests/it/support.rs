//! A shop to ask things of.

use jiff::Timestamp;
use sandbox_store::{Blueprint, Request, Response, Sizes, Store, step};
use serde_json::Value;

/// A shop small enough to look through.
pub(crate) fn blueprint() -> Blueprint {
    Blueprint {
        sizes: Sizes {
            products: 40,
            orders: 200,
            customers: 60,
        },
        plan: sandbox_store::Plan::Enterprise,
        ..Blueprint::default()
    }
}

pub(crate) fn shop() -> Store {
    Store::open(&blueprint())
}

/// Noon in Los Angeles on the day after the sample data end.
pub(crate) fn noon() -> Timestamp {
    "2026-11-17T20:00:00Z".parse().unwrap()
}

/// A request of a well-behaved client; `target` starts at the version, e.g. `/v2/orders?limit=5`.
pub(crate) fn request(method: &str, target: &str) -> Request {
    Request::new(method, &format!("/stores/northfold{target}"))
        .with_header("X-Auth-Token", Blueprint::default().token.expose())
        .with_header("Accept", "application/json")
        .with_header("Host", "shop.test")
}

pub(crate) fn get(store: &mut Store, target: &str) -> Response {
    step(store, request("GET", target), noon())
}

/// The JSON of an answer that has to be a 200.
pub(crate) fn read(store: &mut Store, target: &str) -> Value {
    let response = get(store, target);
    let text = String::from_utf8_lossy(&response.body).into_owned();
    assert_eq!(response.status, 200, "{target}: {text}");
    response.body_json().unwrap()
}

pub(crate) fn put(store: &mut Store, target: &str, body: &Value) -> Response {
    step(store, request("PUT", target).with_json(body), noon())
}

pub(crate) fn post(store: &mut Store, target: &str, body: &Value) -> Response {
    step(store, request("POST", target).with_json(body), noon())
}

pub(crate) fn delete(store: &mut Store, target: &str) -> Response {
    step(store, request("DELETE", target), noon())
}

/// The `data` of an answer that has to be a 200.
pub(crate) fn data(response: &Response) -> Value {
    let text = String::from_utf8_lossy(&response.body);
    assert_eq!(response.status, 200, "{text}");
    response.body_json().unwrap()["data"].clone()
}

/// Everything on all pages of a v3 list, found page by page.
pub(crate) fn all_of(store: &mut Store, target: &str) -> Vec<Value> {
    let mut all = Vec::new();
    let mark = if target.contains('?') { '&' } else { '?' };
    for page in 1.. {
        let response = get(store, &format!("{target}{mark}page={page}"));
        let some = data(&response);
        let some = some.as_array().unwrap();
        if some.is_empty() {
            break;
        }
        all.extend(some.iter().cloned());
    }
    all
}

/// The ids in a v3 list, in its order.
pub(crate) fn ids_in(list: &[Value]) -> Vec<u64> {
    list.iter()
        .map(|thing| thing["id"].as_u64().unwrap())
        .collect()
}

/// Title and errors of a refusal.
pub(crate) fn refusal(response: &Response) -> (u16, String, Value) {
    let body = response.body_json().unwrap();
    let title = body["title"].as_str().unwrap_or_default().to_owned();
    assert_eq!(body["status"], response.status);
    (response.status, title, body["errors"].clone())
}

/// The ids of a v2 list; none for a 204.
pub(crate) fn ids(store: &mut Store, target: &str) -> Vec<u64> {
    let response = get(store, target);
    match response.status {
        204 => Vec::new(),
        200 => response
            .body_json()
            .unwrap()
            .as_array()
            .unwrap()
            .iter()
            .map(|thing| thing["id"].as_u64().unwrap())
            .collect(),
        other => panic!("{target} answered {other}"),
    }
}

/// A v2 amount as whole cents.
pub(crate) fn cents(value: &Value) -> i64 {
    let text = value.as_str().unwrap();
    let (whole, part) = text.split_once('.').unwrap();
    assert_eq!(part.len(), 4, "{text} has no four decimals");
    assert!(part.ends_with("00"), "{text} is finer than a cent");
    whole.parse::<i64>().unwrap() * 100 + part[..2].parse::<i64>().unwrap()
}

//! The control server: how a test makes the store misbehave, and sees what reached it.

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Condition;
use super::connection::Outcome;
use super::data_file::{Change, Elsewhere};
use super::host::{Host, Inner};
use super::rules::Rules;
use crate::http::{Request, Response};
use crate::state::statuses::Status;

/// New orders at once, at most.
const MOST_NEW_ORDERS: u32 = 10_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewOrders {
    #[serde(default = "one")]
    count: u32,
}

fn one() -> u32 {
    1
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Clock {
    /// Seconds the store is ahead of this machine; negative is behind.
    #[serde(default)]
    offset_seconds: Option<i64>,
    /// What the store's clock shows right now; it runs on from there.
    #[serde(default)]
    now: Option<Timestamp>,
}

/// Both spellings: the API's own, and the one of the rest of this server.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    #[serde(default, alias = "statusId")]
    status_id: Option<u8>,
    #[serde(default, alias = "staffNotes")]
    staff_notes: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct State {
    state: Condition,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listening {
    open: bool,
}

pub(super) fn answer(host: &Host, request: &Request) -> Outcome {
    if (request.method.as_str(), request.path.as_str()) == ("POST", "/listening") {
        return Outcome::Answer(match body::<Listening>(request) {
            Ok(Listening { open }) => {
                host.is_listening.send_replace(open);
                Response::json(200, &json!({ "open": open }))
            }
            Err(refused) => *refused,
        });
    }
    let mut inner = host.lock();
    let response = route(&mut inner, request).unwrap_or_else(|refused| *refused);
    let is_reset = (request.method.as_str(), request.path.as_str()) == ("POST", "/reset");
    if is_reset && response.status < 300 {
        host.start_counting_anew();
    }
    Outcome::Answer(response)
}

fn route(inner: &mut Inner, request: &Request) -> Result<Response, Box<Response>> {
    if let Some(id) = request.path.strip_prefix("/products/") {
        return product(inner, request, id);
    }
    if let Some(id) = request.path.strip_prefix("/customers/") {
        return customer(inner, request, id);
    }
    let order: Option<u64> = request
        .path
        .strip_prefix("/orders/")
        .and_then(|id| id.parse().ok());
    match (request.method.as_str(), request.path.as_str(), order) {
        ("GET", "/faults", _) => Ok(Response::json(200, &inner.rules)),
        ("POST", "/faults", _) => {
            let more: Rules = body(request)?;
            more.check().map_err(|why| bad(&why))?;
            inner.rules.rules.extend(more.rules);
            if more.seed != 0 {
                inner.rules.sow(more.seed);
            }
            Ok(Response::json(200, &inner.rules))
        }
        ("DELETE", "/faults", _) => {
            let seed = inner.rules.seed;
            inner.rules = Rules::default();
            inner.rules.seed = seed;
            inner.store.forgive();
            Ok(Response::empty(204))
        }
        ("GET", "/state", _) => Ok(Response::json(200, &json!({ "state": inner.condition }))),
        ("POST", "/state", _) => {
            let State { state } = body(request)?;
            inner.condition = state;
            Ok(Response::json(200, &json!({ "state": state })))
        }
        ("POST", "/snapshot", _) => {
            inner.snapshot = Some(Box::new(inner.store.clone()));
            Ok(Response::empty(204))
        }
        ("GET", "/diff", _) => match &inner.snapshot {
            Some(before) => Ok(Response::json(200, &inner.store.diff(before))),
            None => Err(bad(
                "there is no snapshot to compare with: POST /snapshot first",
            )),
        },
        ("GET", "/counts", _) => Ok(Response::json(200, &counts(inner))),
        ("GET", "/log", _) => {
            let entries: Vec<_> = inner.log.entries().collect();
            Ok(Response::json(200, &entries))
        }
        ("GET", "/emails", _) => Ok(Response::json(200, inner.store.emails())),
        ("GET", "/clock", _) => Ok(clock(inner)),
        ("POST", "/clock", _) => {
            let wanted: Clock = body(request)?;
            let offset = match (wanted.offset_seconds, wanted.now) {
                (Some(seconds), None) => SignedDuration::from_secs(seconds),
                (None, Some(at)) => at.duration_since(Timestamp::now()),
                (Some(_), Some(_)) | (None, None) => {
                    return Err(bad("give either offsetSeconds or now"));
                }
            };
            let offset_millis =
                i64::try_from(offset.as_millis()).map_err(|_error| bad("that is too far away"))?;
            let now = inner.now();
            remember(inner, now, Elsewhere::ClockSet { offset_millis })?;
            inner.clock_offset = SignedDuration::from_millis(offset_millis);
            Ok(clock(inner))
        }
        ("POST", "/orders", _) => {
            let NewOrders { count } = body(request)?;
            if count > MOST_NEW_ORDERS {
                return Err(bad("at most 10000 orders at once"));
            }
            let before = inner.store.orders.len();
            elsewhere(inner, Elsewhere::NewOrders { count })?;
            let ids: Vec<u64> = inner.store.orders[before..]
                .iter()
                .map(|order| order.id)
                .collect();
            Ok(Response::json(200, &json!({ "ids": ids })))
        }
        ("GET", _path, Some(id)) => raw(inner, id),
        ("POST", _path, Some(id)) => {
            let edit: Edit = body(request)?;
            if edit
                .status_id
                .is_some_and(|status| Status::from_id(i64::from(status)).is_none())
            {
                return Err(bad("there is no such status"));
            }
            let Edit {
                status_id,
                staff_notes,
            } = edit;
            elsewhere(
                inner,
                Elsewhere::OrderEdited {
                    id,
                    status_id,
                    staff_notes,
                },
            )?;
            raw(inner, id)
        }
        ("POST", "/reset", _) => match inner.reset() {
            Ok(()) => Ok(Response::empty(204)),
            Err(error) => Err(Box::new(Response::text(500, &error.to_string()))),
        },
        (_method, _path, _id) => Err(Box::new(Response::text(404, "no such control"))),
    }
}

/// A product as the API gives it with everything that belongs to it; edited or deleted as somebody
/// else would in the control panel. What the API refuses is refused here with its words.
fn product(inner: &mut Inner, request: &Request, id: &str) -> Result<Response, Box<Response>> {
    let unknown = || Box::new(Response::text(404, "no such product"));
    let id: u64 = id.parse().map_err(|_| unknown())?;
    if inner.store.product_as_json(id).is_none() {
        return Err(unknown());
    }
    match request.method.as_str() {
        "GET" => {}
        "POST" => {
            let fields: Map<String, Value> = body(request)?;
            let now = inner.now();
            inner.store.change_product(id, &fields, now)?;
            remember(inner, now, Elsewhere::ProductEdited { id, fields })?;
        }
        "DELETE" => {
            elsewhere(inner, Elsewhere::ProductDeleted { id })?;
            return Ok(Response::empty(204));
        }
        _other => return Err(Box::new(Response::text(404, "no such control"))),
    }
    let product = inner.store.product_as_json(id).ok_or_else(unknown)?;
    Ok(Response::json(200, &product))
}

/// The same of a customer, who cannot be deleted here.
fn customer(inner: &mut Inner, request: &Request, id: &str) -> Result<Response, Box<Response>> {
    let unknown = || Box::new(Response::text(404, "no such customer"));
    let id: u64 = id.parse().map_err(|_| unknown())?;
    if inner.store.customer_as_json(id).is_none() {
        return Err(unknown());
    }
    match request.method.as_str() {
        "GET" => {}
        "POST" => {
            let fields: Map<String, Value> = body(request)?;
            let now = inner.now();
            inner.store.edit_customer(id, &fields, now)?;
            remember(inner, now, Elsewhere::CustomerEdited { id, fields })?;
        }
        _other => return Err(Box::new(Response::text(404, "no such control"))),
    }
    let customer = inner.store.customer_as_json(id).ok_or_else(unknown)?;
    Ok(Response::json(200, &customer))
}

/// What has come and gone since the store was opened.
fn counts(inner: &Inner) -> Value {
    let mut by_status: Map<String, Value> = Map::new();
    for (status, count) in inner.log.by_status() {
        let name = status.map_or_else(|| "none".to_owned(), |status| status.to_string());
        by_status.insert(name, (*count).into());
    }
    json!({
        "requests": inner.log.seen(),
        "refused": inner.log.refused(),
        "refusedConnections": inner.refused_connections,
        "byStatus": by_status,
        "changes": inner.log.changes(),
        "emails": inner.store.emails().len(),
        "unbuilt": inner.log.unbuilt_requests(),
    })
}

fn clock(inner: &Inner) -> Response {
    let body = json!({
        "offsetSeconds": inner.clock_offset.as_secs(),
        "now": inner.now().to_string(),
    });
    Response::json(200, &body)
}

fn raw(inner: &Inner, id: u64) -> Result<Response, Box<Response>> {
    match inner.store.raw_order(id) {
        Some(order) => Ok(Response::json(200, &order)),
        None => Err(Box::new(Response::text(404, "no such order"))),
    }
}

/// Keeps a change that has been made.
fn remember(inner: &mut Inner, at: Timestamp, change: Elsewhere) -> Result<(), Box<Response>> {
    inner
        .keep(at, Change::Elsewhere(change))
        .map_err(|error| Box::new(Response::text(500, &error.to_string())))
}

fn elsewhere(inner: &mut Inner, change: Elsewhere) -> Result<(), Box<Response>> {
    match inner.elsewhere(change) {
        Ok(_effects) => Ok(()),
        Err(error) => Err(Box::new(Response::text(500, &error.to_string()))),
    }
}

fn body<'a, T: Deserialize<'a>>(request: &'a Request) -> Result<T, Box<Response>> {
    let bytes: &[u8] = if request.body.is_empty() {
        b"{}"
    } else {
        &request.body
    };
    serde_json::from_slice(bytes).map_err(|error| bad(&error.to_string()))
}

fn bad(why: &str) -> Box<Response> {
    Box::new(Response::json(400, &json!({ "error": why })))
}

//! Tokens for the storefront's GraphQL: given out and revoked.
//!
//! Source: BigCommerce REST reference, "Storefront tokens". Until when a token for browsers may be used
//! from a server is left open here.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::fields::{Field, Shape, Wrong, field, object, read, require};
use super::{done, touched};
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::seed::catalog::CHANNEL;
use crate::seed::rng::Rng;
use crate::state::Store;
use crate::state::storefront::{Given, HEADER, Kind};

const SCOPES: &[&str] = &["Unauthenticated", "Customer", "B2B"];

const FIELDS: &[Field] = &[
    field("expires_at", Shape::Count(0, i64::MAX)),
    field("channel_id", Shape::Count(1, i64::MAX)),
    field("channel_ids", Shape::Ids(1_000)),
    field("scopes", Shape::Texts),
    field("allowed_cors_origins", Shape::Texts),
];

pub(crate) fn storefront(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    give(store, call, Kind::Storefront)
}

pub(crate) fn private(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    give(store, call, Kind::Private)
}

pub(crate) fn impersonation(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    give(store, call, Kind::Impersonation)
}

fn give(store: &mut Store, call: &Call<'_>, kind: Kind) -> Result<Response, Box<Response>> {
    let item = object(&call.request.body)?;
    let mut wrong = Wrong::default();
    require(&item, &["expires_at"], "", &mut wrong);
    let fields = read(&item, FIELDS, "", &mut wrong);
    check_channels(&fields, &mut wrong);
    let expires = fields.get("expires_at").and_then(Value::as_i64);
    let expires = expires.and_then(|at| Timestamp::from_second(at).ok());
    if fields.contains_key("expires_at") && expires.is_none_or(|at| at <= call.now) {
        wrong.add("expires_at", "The expiry has to be in the future");
    }
    let scopes = texts(&fields, "scopes");
    if kind == Kind::Private {
        require(&item, &["scopes"], "", &mut wrong);
        if scopes.iter().any(|scope| !SCOPES.contains(&scope.as_str())) {
            wrong.add("scopes", "error.expected.validenumvalue");
        }
    }
    let origins = texts(&fields, "allowed_cors_origins");
    if kind == Kind::Storefront && origins.len() > 2 {
        wrong.add("allowed_cors_origins", "error.maxLength");
    }
    if origins.iter().any(|origin| !is_origin(origin)) {
        wrong.add("allowed_cors_origins", "error.pattern");
    }
    wrong.refuse()?;
    let expires = expires.unwrap_or(call.now);
    let number = store.storefront.given.len() as u64;
    let text = token(store, call, (kind, number), expires, &origins);
    store.storefront.given.push(Given {
        text: Arc::from(text.as_str()),
        kind,
        expires,
        scopes,
        origins,
        is_revoked: false,
    });
    Ok(touched(done(&json!({ "token": text }))))
}

/// One of the two ways to say where it is for; there is one channel.
fn check_channels(fields: &Map<String, Value>, wrong: &mut Wrong) {
    let one = fields.get("channel_id").and_then(Value::as_u64);
    let many = fields.get("channel_ids").and_then(Value::as_array);
    let many: Option<Vec<u64>> = many.map(|ids| ids.iter().filter_map(Value::as_u64).collect());
    let channels = match (one, many) {
        (Some(one), None) => vec![one],
        (None, Some(many)) if !many.is_empty() => many,
        (Some(_), Some(_)) => {
            wrong.add("channel_ids", "Give either channel_id or channel_ids");
            return;
        }
        (None, _) => {
            wrong.add("channel_ids", "error.path.missing");
            return;
        }
    };
    if channels.iter().any(|id| *id != CHANNEL) {
        wrong.add("channel_ids", "Channel does not exist.");
    }
}

fn texts(fields: &Map<String, Value>, name: &str) -> Vec<String> {
    let items = fields.get(name).and_then(Value::as_array);
    let texts = items.into_iter().flatten().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}

fn is_origin(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|host| !host.is_empty() && !host.contains('/'))
}

/// Looks like a JSON Web Token (RFC 7519), with the claims of those that were seen in the open; the
/// signature is only a random number. No private one was seen: what sets the other two apart is left out
/// of it.
fn token(
    store: &Store,
    call: &Call<'_>,
    (kind, number): (Kind, u64),
    expires: Timestamp,
    origins: &[String],
) -> String {
    let mut rng = Rng::for_thing(store.seed(), "storefront token", number);
    let mut rng = Rng::for_thing(rng.next(), "at", call.now.as_millisecond().unsigned_abs());
    let head = json!({ "typ": "JWT", "alg": "ES256" }).to_string();
    let mut body = json!({
        "cid": CHANNEL,
        "eat": expires.as_second(),
        "iat": call.now.as_second(),
        "iss": "BC",
        "sid": 1_001_000_000_u64 + store.seed() % 1_000_000,
        "sub": call.client,
        "sub_type": 2,
    });
    match kind {
        Kind::Storefront => {
            body["token_type"] = json!(1);
            body["cors"] = json!(origins);
        }
        Kind::Impersonation => {
            body["token_type"] = json!(2);
            body["cors"] = json!([]);
        }
        Kind::Private => {}
    }
    let signature: Vec<u8> = (0..8).flat_map(|_| rng.next().to_be_bytes()).collect();
    let part = super::cursor::base64_url;
    let (head, body) = (part(head.as_bytes()), part(body.to_string().as_bytes()));
    format!("{head}.{body}.{}", part(&signature))
}

/// The token stands in a header of its own. One nobody gave out is no error.
pub(crate) fn revoke(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    if call.request.header(HEADER).is_none() {
        let title = "The Sf-Api-Token header is required";
        return Err(Box::new(refusals::v3(422, title, Map::new())));
    }
    let answer = Response::json(200, &json!({ "data": {}, "meta": {} }));
    let place = store.storefront.named_in(call.request);
    let given = place.and_then(|at| store.storefront.given.get_mut(at));
    match given.filter(|given| !given.is_revoked) {
        Some(given) => {
            given.is_revoked = true;
            Ok(touched(answer))
        }
        None => Ok(answer),
    }
}

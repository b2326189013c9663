//! How the store says no. The texts are the wire's, since clients match on them.

use serde_json::{Map, Value, json};

use crate::http::Response;

/// Where a v3 error points to.
pub(crate) const STATUS_CODES: &str =
    "https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes";

/// An error object as v3 and the layer in front of it write it.
pub(crate) fn v3(status: u16, title: &str, errors: Map<String, Value>) -> Response {
    let body = json!({
        "status": status,
        "title": title,
        "type": STATUS_CODES,
        "errors": errors,
    });
    let mut response = Response::json(status, &body);
    response.set_header("Content-Type", "application/problem+json");
    response
}

/// An error as v2 writes it: an array with one entry.
pub(crate) fn v2(status: u16, message: &str) -> Response {
    Response::json(status, &json!([{ "status": status, "message": message }]))
}

/// v2: a parameter or a field that does not have the shape it needs.
pub(crate) fn v2_invalid(field: &str) -> Response {
    v2(400, &format!("The field '{field}' is invalid."))
}

/// v2: a field only the store may write.
pub(crate) fn v2_read_only(field: &str) -> Response {
    v2(
        400,
        &format!(
            "The field '{field}' cannot be written to. Please remove it from your request before trying again."
        ),
    )
}

/// v2: a field nobody has heard of.
pub(crate) fn v2_unsupported(field: &str) -> Response {
    let message = format!("The field '{field}' is not supported by this resource.");
    v2(400, &message)
}

/// v2: no such thing.
pub(crate) fn v2_not_found() -> Response {
    v2(404, "The requested resource was not found.")
}

/// v3: no such thing.
pub(crate) fn v3_not_found(title: &str) -> Response {
    v3(404, title, Map::new())
}

/// v3: parameters that are no filters here.
pub(crate) fn v3_unknown_filters(names: &[&str]) -> Response {
    let title = format!(
        "The filter(s): {} are not valid filter parameter(s).",
        names.join(", ")
    );
    v3(422, &title, Map::new())
}

/// v3: data that cannot be taken; `path` is dotted.
pub(crate) fn v3_invalid(path: &str, reason: &str) -> Response {
    let mut errors = Map::new();
    errors.insert(path.to_owned(), Value::from(reason));
    v3(422, "JSON data is missing or invalid", errors)
}

/// v3: no such category tree. The blank at the end is the wire's.
pub(crate) fn no_tree(id: &str) -> Response {
    v3_not_found(&format!("Entity with id tree [{id}] was not found "))
}

/// A route that BigCommerce does not have, for this method.
pub(crate) fn no_route() -> Response {
    Response::text(404, "The route is not found, check the URL")
}

/// A request without the token header.
pub(crate) fn token_missing() -> Response {
    Response::text(401, "X-Auth-Token header is required")
}

/// A token header that cannot be a token.
pub(crate) fn token_malformed() -> Response {
    Response::text(401, "X-Auth-Token header should have correct format")
}

/// A token nobody gave out, or one that was revoked. Says nothing about the store's hash.
pub(crate) fn token_unknown() -> Response {
    Response::json(
        401,
        &json!({ "status": 401, "title": "Unauthorized", "type": STATUS_CODES, "errors": {} }),
    )
}

/// A good token for another store.
pub(crate) fn other_store() -> Response {
    Response::json(
        403,
        &json!({ "status": 403, "title": "Forbidden", "type": STATUS_CODES, "errors": {} }),
    )
}

/// A token without the scope.
pub(crate) fn scope_missing() -> Response {
    Response::json(
        403,
        &json!({
            "status": 403,
            "title": "You don't have a required scope to access the endpoint",
            "type": STATUS_CODES,
            "errors": {},
        }),
    )
}

/// The quota is used up.
pub(crate) fn too_many_requests() -> Response {
    Response::json(
        429,
        &json!({
            "status": 429,
            "title": "You have made too many requests",
            "type": STATUS_CODES,
            "errors": {},
        }),
    )
}

/// A body that is not JSON, or does not say that it is.
pub(crate) fn not_json() -> Response {
    Response::json(
        415,
        &json!({
            "status": 415,
            "title": "Unsupported Media Type",
            "type": STATUS_CODES,
            "errors": {},
        }),
    )
}

/// BigCommerce has this; the sandbox does not, yet. Never sent by BigCommerce itself.
pub(crate) fn not_built(what: &str) -> Response {
    let mut response = Response::json(
        501,
        &json!({
            "status": 501,
            "title": format!("The sandbox store does not have this yet: {what}"),
            "missing": what,
        }),
    );
    response.unbuilt = Some(what.to_owned());
    response
}

/// The whole store is shut: suspended or locked.
pub(crate) fn store_shut(status: u16, title: &str) -> Response {
    Response::json(
        status,
        &json!({ "status": status, "title": title, "type": STATUS_CODES, "errors": {} }),
    )
}

/// v3: what is asked for is somebody else's already, or leads to nothing.
pub(crate) fn v3_conflict(title: &str) -> Response {
    v3(409, title, Map::new())
}

/// More things in one request than are taken.
pub(crate) fn too_many_items(most: usize) -> Response {
    let title = format!(
        "The request payload is too large. The maximum items allowed in the array is {most}"
    );
    v3(413, &title, Map::new())
}

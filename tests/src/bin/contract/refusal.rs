//! A judge of our own for refusals: the specification lists few of their statuses, and empty shells as bodies.
//!
//! What is held against is what was seen on the wire of all of them: who refuses decides the shape. The layer
//! in front of the API answers for tokens, scopes, quotas and the store's state, with an object or a sentence;
//! behind it v2 answers with a list of messages, v3 with an object.

use serde_json::Value;

/// A refusal as it came.
pub(crate) struct Refusal<'a> {
    pub(crate) is_v2: bool,
    pub(crate) status: u16,
    /// `Content-Type`, in small letters.
    pub(crate) kind: &'a str,
    pub(crate) text: &'a str,
}

/// What is refused by the layer in front, whatever the operation.
const IN_FRONT: &[u16] = &[401, 403, 415, 423, 429, 503];

/// The only refusals in plain text, each word as measured.
const SENTENCES: &[(u16, &str)] = &[
    (401, "X-Auth-Token header is required"),
    (401, "X-Auth-Token header should have correct format"),
    (404, "The route is not found, check the URL"),
];

/// What is wrong with a refusal, in a sentence.
pub(crate) fn judge(refusal: &Refusal<'_>) -> Option<String> {
    let Refusal { is_v2, status, .. } = *refusal;
    if !(400..600).contains(&status) {
        return Some("is no refusal".to_owned());
    }
    let is_bare = refusal.text.is_empty();
    if is_bare {
        // Overload, or too many at once: nothing to go by.
        return (status != 429).then(|| "a refusal has no body".to_owned());
    }
    if refusal.kind.starts_with("text/plain") {
        let is_known = SENTENCES.contains(&(status, refusal.text));
        return (!is_known).then(|| format!("says {:?} in plain text", refusal.text));
    }
    if refusal.kind.starts_with("text/html") {
        return (status < 500).then(|| "is a page for people".to_owned());
    }
    let Ok(body) = serde_json::from_str::<Value>(refusal.text) else {
        return Some("is no JSON, and says that it is nothing else".to_owned());
    };
    if !refusal.kind.contains("json") {
        return Some(format!("is JSON, and says that it is `{}`", refusal.kind));
    }
    // What v2 forbids by itself it lists.
    let is_own = !IN_FRONT.contains(&status) || status == 403 && body.is_array();
    if is_v2 && is_own {
        list(status, &body)
    } else {
        object(status, &body)
    }
}

/// `[{"status":400,"message":"The field 'email' is invalid."}]`
fn list(status: u16, body: &Value) -> Option<String> {
    let Some(items) = body.as_array().filter(|items| !items.is_empty()) else {
        return Some("v2 refuses with a list of what is wrong".to_owned());
    };
    for item in items {
        if item["status"] != status {
            return Some(format!("`status` is not the answer's: {item}"));
        }
        if !is_said(&item["message"]) {
            return Some(format!("`message` says nothing: {item}"));
        }
    }
    None
}

/// `{"status":422,"title":"…","type":"…","errors":{"0.price":"error.path.missing"}}`, or several of them, each in
/// a list of a name of its own.
fn object(status: u16, body: &Value) -> Option<String> {
    if body["meta"].get("failed").is_some() {
        return batch(status, body);
    }
    for inside in ["batch_errors", "data"] {
        // Batches, and refunds.
        let Some(items) = body.get(inside).and_then(Value::as_array) else {
            continue;
        };
        if items.is_empty() {
            return Some(format!("`{inside}` says nothing"));
        }
        return items.iter().find_map(|item| one(status, item));
    }
    one(status, body)
}

/// `{"data":[],"errors":…,"meta":{"total":2,"success":0,"failed":2}}`: a batch of which nothing, or not all, was done.
/// What is wrong is a list of refusals, by paths as elsewhere, or one refusal whole.
fn batch(status: u16, body: &Value) -> Option<String> {
    let [total, success, failed] =
        ["total", "success", "failed"].map(|name| body["meta"][name].as_u64());
    let adds_up = match (total, success, failed) {
        (Some(total), Some(success), Some(failed)) => failed > 0 && total == success + failed,
        _ => false,
    };
    if !adds_up {
        return Some(format!("its numbers don't add up: {body}"));
    }
    match &body["errors"] {
        Value::Array(all) if Some(all.len() as u64) == failed => all.iter().find_map(|each| {
            // Each has a status of its own.
            let own = each["status"]
                .as_u64()
                .and_then(|own| u16::try_from(own).ok());
            one(own.filter(|own| *own >= 400).unwrap_or(status), each)
        }),
        Value::Object(errors) if errors.contains_key("title") => one(status, &body["errors"]),
        Value::Object(errors) if !errors.is_empty() => {
            let is_said = errors.iter().all(|(_, reason)| is_said(reason));
            (!is_said).then(|| format!("an error is no text: {body}"))
        }
        _ => Some(format!("`errors` does not say what failed: {body}")),
    }
}

fn one(status: u16, body: &Value) -> Option<String> {
    if !body.is_object() {
        return Some(format!("v3 refuses with an object: {body}"));
    }
    if body["status"] != status {
        return Some(format!("`status` is not the answer's: {body}"));
    }
    // Payment actions call it so.
    if !is_said(&body["title"]) && !is_said(&body["error"]) {
        return Some(format!("`title` says nothing: {body}"));
    }
    if body
        .get("type")
        .is_some_and(|kind| !kind.as_str().is_some_and(|kind| kind.starts_with("http")))
    {
        return Some(format!("`type` is no address: {body}"));
    }
    let errors = match body.get("errors") {
        None => return None,
        Some(Value::Object(errors)) => errors,
        Some(_) => return Some(format!("`errors` is no object: {body}")),
    };
    let is_said = errors.iter().all(|(_, reason)| is_said(reason));
    (!is_said).then(|| format!("an error is no text: {body}"))
}

fn is_said(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(is_v2: bool, status: u16, kind: &str, text: &str) -> Option<String> {
        judge(&Refusal {
            is_v2,
            status,
            kind,
            text,
        })
    }

    const JSON: &str = "application/json";

    #[test]
    fn refusals_as_they_were_seen_on_the_wire_are_right() {
        for (is_v2, status, kind, text) in [
            (
                true,
                400,
                JSON,
                r#"[{"status":400,"message":"The field 'email' is invalid."}]"#,
            ),
            (
                false,
                422,
                "application/problem+json",
                r#"{"status":422,"title":"JSON data is missing or invalid","type":"https://a.example","errors":{"0.price":"error.path.missing"}}"#,
            ),
            (
                true,
                403,
                JSON,
                r#"{"status":403,"title":"You don't have a required scope to access the endpoint","errors":{}}"#,
            ),
            (
                true,
                403,
                JSON,
                r#"[{"status":403,"message":"The default currency cannot be deleted."}]"#,
            ),
            (true, 401, "text/plain", "X-Auth-Token header is required"),
            (
                false,
                404,
                "text/plain; charset=utf-8",
                "The route is not found, check the URL",
            ),
            (false, 503, "text/html", "<html>Down for maintenance</html>"),
            (true, 429, "", ""),
            (
                false,
                422,
                JSON,
                r#"{"data":[{"status":422,"title":"Refund amount does not match"}]}"#,
            ),
            (
                false,
                422,
                JSON,
                r#"{"data":[{"id":1}],"errors":[{"status":404,"title":"gone"}],"meta":{"total":2,"success":1,"failed":1}}"#,
            ),
        ] {
            assert_eq!(said(is_v2, status, kind, text), None, "{text}");
        }
    }

    #[test]
    fn a_refusal_of_another_shape_is_found() {
        for (is_v2, status, kind, text) in [
            (true, 400, JSON, r#"{"status":400,"message":"no list"}"#),
            (true, 400, JSON, "[]"),
            (true, 400, JSON, r#"[{"status":404,"message":"another"}]"#),
            (true, 400, JSON, r#"[{"status":400,"message":""}]"#),
            (false, 422, JSON, r#"[{"status":422,"message":"v2 in v3"}]"#),
            (false, 422, JSON, r#"{"status":409,"title":"another"}"#),
            (false, 422, JSON, r#"{"status":422}"#),
            (
                false,
                422,
                JSON,
                r#"{"status":422,"title":"x","errors":["listed"]}"#,
            ),
            (
                false,
                422,
                JSON,
                r#"{"status":422,"title":"x","errors":{"a":7}}"#,
            ),
            (
                false,
                422,
                JSON,
                r#"{"status":422,"title":"x","type":"wrong"}"#,
            ),
            (false, 422, JSON, r#"{"data":[]}"#),
            (
                false,
                422,
                JSON,
                r#"{"errors":[],"meta":{"total":2,"success":1,"failed":1}}"#,
            ),
            (
                false,
                422,
                JSON,
                r#"{"errors":{"0.name":"error.minLength"},"meta":{"total":2,"success":2,"failed":1}}"#,
            ),
            (false, 422, "text/html", "<html>"),
            (false, 422, "text/plain", "Something else"),
            (false, 422, JSON, "not JSON"),
            (false, 422, "image/png", r#"{"status":422,"title":"x"}"#),
            (false, 422, JSON, ""),
            (false, 200, JSON, "{}"),
        ] {
            assert!(said(is_v2, status, kind, text).is_some(), "{text}");
        }
    }
}

//! Faults: what can go wrong, and what that does to a request and its answer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::bends::{Bend, Which};
use crate::gate::refusals;
use crate::http::{Request, Response};

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub(super) enum Fault {
    /// This answer instead of the store's. With `applied` the change is made all the same.
    Status {
        status: u16,
        #[serde(default)]
        body: String,
        #[serde(default)]
        headers: BTreeMap<String, String>,
        #[serde(default)]
        applied: bool,
    },
    /// A gateway's HTML page. With `applied` the change is made all the same.
    Html502 {
        #[serde(default)]
        applied: bool,
    },
    /// 429 with the rate headers; with `retryAfter` also that many seconds in `X-Retry-After`.
    RateLimited {
        reset_ms: u64,
        #[serde(default)]
        retry_after: Option<u64>,
    },
    /// 429 with `X-Retry-After` alone.
    RetryAfter { seconds: u64 },
    /// 429 with nothing to go by: overload, or too many at once.
    RateLimitedBare,
    /// Another app of the store used the quota up.
    QuotaGone,
    /// A new connection is reset before anything is read from it.
    Refuse,
    /// The connection is reset before the store saw the request.
    ResetBefore,
    /// The change is made; the connection is reset instead of an answer.
    ResetAfter,
    /// The connection is reset; the change is made all the same, but only so long after that.
    ResetThenApplied { ms: u64 },
    /// No answer, ever. With `applied` the change is made all the same.
    Never {
        #[serde(default)]
        applied: bool,
    },
    /// Half of the body, then the connection ends.
    HalfBody,
    /// The body one byte at a time, with this pause before each; with `head` the head too.
    SlowBytes {
        ms_per_byte: u64,
        #[serde(default)]
        head: bool,
    },
    /// A pause before the store sees the request.
    Latency { ms: u64 },
    /// 503 while the store is being worked on.
    Maintenance,
    /// 503: the store is suspended.
    Suspended,
    /// 423: the store is locked.
    Locked,
    /// The token is revoked from now on, until the faults are cleared.
    RevokeToken,
    /// The product is made or changed but for its stock or its address: 207. Both are taken out of
    /// the body before the store sees it.
    Partly { failed: Part },
    /// The answer with one place changed: `value` is put at the JSON pointer, which may be new.
    Patch { pointer: String, value: Value },
    /// Null in every field of some things but those to `keep`.
    Nulls {
        #[serde(default)]
        id: Option<u64>,
        #[serde(default)]
        at: Option<usize>,
        #[serde(default = "kept_fields")]
        keep: Vec<String>,
    },
    /// One field of some things is of a type nobody expects; of the first one if it is not said which.
    Unreadable {
        #[serde(default)]
        id: Option<u64>,
        #[serde(default)]
        at: Option<usize>,
        #[serde(default = "id_field")]
        field: String,
        #[serde(default = "odd_value")]
        value: Value,
    },
    /// Fields nobody has heard of, in every thing.
    ExtraFields {
        #[serde(default = "odd_fields")]
        fields: Map<String, Value>,
    },
    /// The things of a list in another order, some of them on another page, as when they move while
    /// somebody reads.
    Reordered,
    /// A byte order mark before the JSON.
    Bom,
}

/// What of a product fails to be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Part {
    Inventory,
    Url,
}

impl Part {
    /// The fields of a body that have to do with it.
    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Inventory => &[
                "inventory_level",
                "inventory_warning_level",
                "inventory_tracking",
            ],
            Self::Url => &["custom_url"],
        }
    }

    /// The same request without what fails.
    pub(super) fn without(self, request: &Request) -> Request {
        let mut request = request.clone();
        let Ok(mut body) = serde_json::from_slice::<Value>(&request.body) else {
            return request;
        };
        let strip = |thing: &mut Value| {
            if let Value::Object(fields) = thing {
                fields.retain(|name, _| !self.fields().contains(&name.as_str()));
            }
        };
        match &mut body {
            Value::Array(things) => things.iter_mut().for_each(strip),
            one => strip(one),
        }
        request.body = body.to_string().into_bytes();
        request
    }

    /// Turns an answer that says it is done into one that says what is not.
    pub(super) fn missing_from(self, response: &mut Response) {
        let body = response.body_json().filter(|_| response.status == 200);
        let Some(mut body) = body.filter(Value::is_object) else {
            return;
        };
        let (title, field, reason) = match self {
            Self::Inventory => (
                "The product was saved, but its inventory was not",
                "inventory_level",
                "The inventory could not be updated",
            ),
            Self::Url => (
                "The product was saved, but its URL was not",
                "custom_url",
                "The URL could not be saved",
            ),
        };
        body["errors"] = json!({
            "status": 207,
            "title": title,
            "type": refusals::STATUS_CODES,
            "errors": { field: reason },
        });
        response.status = 207;
        response.body = body.to_string().into_bytes();
    }
}

/// What a product always has: the fields it cannot be made without, and when that was.
fn kept_fields() -> Vec<String> {
    const KEPT: &[&str] = &[
        "id",
        "name",
        "type",
        "price",
        "weight",
        "date_created",
        "date_modified",
    ];
    KEPT.iter().map(|name| (*name).to_owned()).collect()
}

fn id_field() -> String {
    "id".to_owned()
}

fn odd_value() -> Value {
    json!({ "unexpected": ["object"] })
}

fn odd_fields() -> Map<String, Value> {
    let odd = json!({
        "x_text": "new", "x_number": 1.5, "x_flag": true, "x_null": null,
        "x_list": [1, "two"], "x_object": { "deep": { "er": [] } },
    });
    match odd {
        Value::Object(fields) => fields,
        _other => Map::new(),
    }
}

impl Fault {
    /// Its name in rules and in the request log.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Status { .. } => "status",
            Self::Html502 { .. } => "html502",
            Self::RateLimited { .. } => "rateLimited",
            Self::RateLimitedBare => "rateLimitedBare",
            Self::QuotaGone => "quotaGone",
            Self::Refuse => "refuse",
            Self::ResetBefore => "resetBefore",
            Self::ResetAfter => "resetAfter",
            Self::ResetThenApplied { .. } => "resetThenApplied",
            Self::Never { .. } => "never",
            Self::HalfBody => "halfBody",
            Self::SlowBytes { .. } => "slowBytes",
            Self::Latency { .. } => "latency",
            Self::Maintenance => "maintenance",
            Self::Suspended => "suspended",
            Self::Locked => "locked",
            Self::RevokeToken => "revokeToken",
            Self::Partly { .. } => "partly",
            Self::Patch { .. } => "patch",
            Self::Nulls { .. } => "nulls",
            Self::Unreadable { .. } => "unreadable",
            Self::ExtraFields { .. } => "extraFields",
            Self::Reordered => "reordered",
            Self::Bom => "bom",
            Self::RetryAfter { .. } => "retryAfter",
        }
    }

    /// Whether such a request can suffer it at all.
    pub(super) fn can_meet(&self, method: &str, path: &str) -> bool {
        match self {
            // Of connections.
            Self::Refuse => false,
            Self::Partly { .. } => {
                let one = path.strip_prefix("/v3/catalog/products");
                let id = one.map(|rest| rest.trim_start_matches('/'));
                let is_product = id.is_some_and(|id| id.bytes().all(|byte| byte.is_ascii_digit()));
                is_product && matches!(method, "POST" | "PUT")
            }
            _other => true,
        }
    }

    /// The change inside the answer, if it is no more than that.
    pub(super) fn bend(&self) -> Option<Bend> {
        Some(match self.clone() {
            Self::Patch { pointer, value } => Bend::Patch { pointer, value },
            Self::Nulls { id, at, keep } => Bend::Nulls {
                which: Which { id, at },
                keep,
            },
            Self::Unreadable {
                id,
                at,
                field,
                value,
            } => Bend::Unreadable {
                which: Which { id, at },
                field,
                value,
            },
            Self::ExtraFields { fields } => Bend::Extra { fields },
            Self::Reordered => Bend::Reordered,
            Self::Bom => Bend::Bom,
            _other => return None,
        })
    }
}

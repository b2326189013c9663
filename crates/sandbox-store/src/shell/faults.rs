//! Faults by rule: what is to go wrong, for which requests, how often.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::gate::refusals;
use crate::http::{Request, Response};

/// Which requests, how often, and what.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Rule {
    #[serde(rename = "match", default)]
    matches: Matches,
    /// So many times; null is always.
    #[serde(default)]
    times: Option<u32>,
    /// Only after so many matching requests went through untouched.
    #[serde(default)]
    after: u32,
    fault: Fault,
}

/// An empty one fits everything.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Matches {
    #[serde(default)]
    method: Option<String>,
    /// Without `/stores/{hash}` and the query; `*` is anything but a slash, `**` anything.
    #[serde(default)]
    path: Option<String>,
    /// A piece of the query as it was sent, e.g. `page=3`.
    #[serde(default)]
    query: Option<String>,
}

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
    /// 429 with the rate headers.
    RateLimited { reset_ms: u64 },
    /// 429 with nothing to go by: overload, or too many at once.
    RateLimitedBare,
    /// Another app of the store used the quota up.
    QuotaGone,
    /// The connection is reset before the store saw the request.
    ResetBefore,
    /// The change is made; the connection is reset instead of an answer.
    ResetAfter,
    /// No answer, ever. With `applied` the change is made all the same.
    Never {
        #[serde(default)]
        applied: bool,
    },
    /// Half of the body, then the connection ends.
    HalfBody,
    /// The body one byte at a time.
    SlowBytes { ms_per_byte: u64 },
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
    /// The answer with one place changed: `value` is put at the JSON pointer, which may be new.
    Patch { pointer: String, value: Value },
}

/// The rules that are in force; the first that fits is used.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rules {
    pub(super) rules: Vec<Rule>,
}

impl Rules {
    /// The fault for this request, if one is due. Counts it.
    pub(super) fn take(&mut self, request: &Request) -> Option<Fault> {
        let path = without_store(&request.path);
        let mut due = None;
        for rule in &mut self.rules {
            if rule.times == Some(0) || !rule.matches.fits(request, path) {
                continue;
            }
            if rule.after > 0 {
                rule.after -= 1;
                continue;
            }
            if let Some(times) = &mut rule.times {
                *times -= 1;
            }
            due = Some(rule.fault.clone());
            break;
        }
        self.rules.retain(|rule| rule.times != Some(0));
        due
    }
}

impl Matches {
    fn fits(&self, request: &Request, path: &str) -> bool {
        self.method
            .as_ref()
            .is_none_or(|method| method.eq_ignore_ascii_case(&request.method))
            && self
                .path
                .as_ref()
                .is_none_or(|pattern| matches(pattern, path))
            && self
                .query
                .as_ref()
                .is_none_or(|piece| request.query.contains(piece.as_str()))
    }
}

/// `/stores/{hash}/v2/orders` → `/v2/orders`; anything else stays.
pub(super) fn without_store(path: &str) -> &str {
    path.strip_prefix("/stores/")
        .and_then(|rest| rest.find('/').map(|at| &rest[at..]))
        .unwrap_or(path)
}

fn matches(pattern: &str, path: &str) -> bool {
    if let Some(rest) = pattern.strip_prefix("**") {
        return (0..=path.len())
            .filter(|at| path.is_char_boundary(*at))
            .any(|at| matches(rest, &path[at..]));
    }
    if let Some(rest) = pattern.strip_prefix('*') {
        let end = path.find('/').unwrap_or(path.len());
        return (0..=end)
            .filter(|at| path.is_char_boundary(*at))
            .any(|at| matches(rest, &path[at..]));
    }
    match (pattern.chars().next(), path.chars().next()) {
        (None, None) => true,
        (Some(expected), Some(found)) if expected == found => {
            matches(&pattern[expected.len_utf8()..], &path[found.len_utf8()..])
        }
        (None | Some(_), Some(_) | None) => false,
    }
}

/// What a fault means for the way of a request.
pub(super) enum Course {
    /// This instead of the store's answer; `applied`: after the store did its part.
    Instead { response: Response, applied: bool },
    /// The store answers; then this is done to the answer.
    Answered(Ending),
    /// Nothing comes back; `applied`: after the store did its part.
    Silence { applied: bool, reset: bool },
    /// First this long a pause, then all is as usual.
    Late(Duration),
    /// Others have used the quota up.
    QuotaGone,
    /// The token stops being one.
    Revoked,
}

/// What is done to an answer.
pub(super) enum Ending {
    Half,
    Slow(Duration),
    Patched { pointer: String, value: Value },
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
            Self::ResetBefore => "resetBefore",
            Self::ResetAfter => "resetAfter",
            Self::Never { .. } => "never",
            Self::HalfBody => "halfBody",
            Self::SlowBytes { .. } => "slowBytes",
            Self::Latency { .. } => "latency",
            Self::Maintenance => "maintenance",
            Self::Suspended => "suspended",
            Self::Locked => "locked",
            Self::RevokeToken => "revokeToken",
            Self::Patch { .. } => "patch",
        }
    }

    pub(super) fn course(self) -> Course {
        let instead = |response| Course::Instead {
            response,
            applied: false,
        };
        match self {
            Self::Status {
                status,
                body,
                headers,
                applied,
            } => {
                let kind = if body.trim_start().starts_with(['{', '[']) {
                    "application/json"
                } else {
                    "text/plain; charset=utf-8"
                };
                let mut response = Response::bytes(status, kind, body.into_bytes());
                for (name, value) in headers {
                    response.set_header(&name, &value);
                }
                Course::Instead { response, applied }
            }
            Self::Html502 { applied } => Course::Instead {
                response: html(502, "502 Bad Gateway"),
                applied,
            },
            Self::RateLimited { reset_ms } => {
                let mut response = refusals::too_many_requests();
                response.set_header("X-Rate-Limit-Requests-Quota", "150");
                response.set_header("X-Rate-Limit-Requests-Left", "0");
                response.set_header("X-Rate-Limit-Time-Window-Ms", "30000");
                response.set_header("X-Rate-Limit-Time-Reset-Ms", &reset_ms.to_string());
                instead(response)
            }
            Self::RateLimitedBare => instead(Response::text(429, "")),
            Self::QuotaGone => Course::QuotaGone,
            Self::ResetBefore => Course::Silence {
                applied: false,
                reset: true,
            },
            Self::ResetAfter => Course::Silence {
                applied: true,
                reset: true,
            },
            Self::Never { applied } => Course::Silence {
                applied,
                reset: false,
            },
            Self::HalfBody => Course::Answered(Ending::Half),
            Self::SlowBytes { ms_per_byte } => {
                Course::Answered(Ending::Slow(Duration::from_millis(ms_per_byte)))
            }
            Self::Latency { ms } => Course::Late(Duration::from_millis(ms)),
            Self::Maintenance => {
                let mut response = html(503, "This store is down for maintenance");
                response.set_header("Retry-After", "60");
                instead(response)
            }
            Self::Suspended => instead(refusals::store_shut(503, "This store is suspended")),
            Self::Locked => instead(refusals::store_shut(423, "This store is locked")),
            Self::RevokeToken => Course::Revoked,
            Self::Patch { pointer, value } => Course::Answered(Ending::Patched { pointer, value }),
        }
    }
}

fn html(status: u16, title: &str) -> Response {
    let page = format!(
        "<!DOCTYPE html>\n<html><head><title>{title}</title></head>\n<body><center><h1>{title}</h1></center></body></html>\n"
    );
    Response::bytes(status, "text/html; charset=UTF-8", page.into_bytes())
}

/// Puts the value at the pointer; the last step may be a new field. Answers that are no JSON, and
/// pointers that lead nowhere, stay as they are.
pub(super) fn patch(response: &mut Response, pointer: &str, value: Value) {
    let Some(mut body) = response.body_json() else {
        return;
    };
    if let Some(place) = body.pointer_mut(pointer) {
        *place = value;
    } else if let Some((parent, field)) = pointer.rsplit_once('/')
        && let Some(Value::Object(fields)) = body.pointer_mut(parent)
    {
        fields.insert(field.replace("~1", "/").replace("~0", "~"), value);
    }
    response.body = body.to_string().into_bytes();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stops_at_a_slash_and_two_do_not() {
        assert!(matches("/v2/orders/*", "/v2/orders/12"));
        assert!(!matches("/v2/orders/*", "/v2/orders/12/products"));
        assert!(matches("/v2/**", "/v2/orders/12/products"));
        assert!(!matches("/v2/orders", "/v2/orders/12"));
        assert_eq!(without_store("/stores/abc/v2/time"), "/v2/time");
    }

    #[test]
    fn a_rule_waits_then_works_as_often_as_it_says() {
        let mut rules: Rules = serde_json::from_value(serde_json::json!({
            "rules": [{ "after": 1, "times": 2, "fault": { "kind": "locked" } }]
        }))
        .unwrap();
        let request = Request::new("GET", "/stores/abc/v2/time");
        let due: Vec<bool> = (0..5).map(|_| rules.take(&request).is_some()).collect();
        assert_eq!(due, [false, true, true, false, false]);
    }
}

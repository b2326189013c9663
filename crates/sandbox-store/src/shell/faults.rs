//! Faults by rule: what is to go wrong, for which requests, how often.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::bends::{Bend, Which};
use crate::gate::refusals;
use crate::http::{Request, Response};
use crate::seed::rng::Rng;

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
    /// Only so often, in thousandths: which ones is for the seed to say. Absent is always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    permille: Option<u32>,
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

/// The rules that are in force. Of those that bend an answer all that fit are used, of the others the
/// first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rules {
    pub(super) rules: Vec<Rule>,
    /// Decides about rules that only work so often; the same seed and requests give the same faults.
    #[serde(default)]
    pub(super) seed: u64,
    /// How often chance was asked.
    #[serde(skip)]
    asked: u64,
}

/// What is due for one request.
#[derive(Debug, Default)]
pub(super) struct Due {
    pub(super) fault: Option<Fault>,
    pub(super) bends: Vec<Bend>,
    /// The first of them, for the log.
    pub(super) name: Option<&'static str>,
}

impl Rules {
    /// Rules as a command line gives them: JSON as for the control server, the path of a file with
    /// such JSON, or names with a share of all requests, e.g. `resetAfter=1%,html502=0.5%`.
    pub(super) fn parse(spec: &str) -> Result<Self, String> {
        let spec = spec.trim();
        if spec.starts_with('{') {
            let rules: Self = serde_json::from_str(spec).map_err(|error| error.to_string())?;
            return rules.check().map(|()| rules);
        }
        if std::path::Path::new(spec).is_file() {
            let text = std::fs::read_to_string(spec).map_err(|error| error.to_string())?;
            let rules = serde_json::from_str(&text);
            let rules: Self = rules.map_err(|error| format!("{spec}: {error}"))?;
            return rules.check().map(|()| rules);
        }
        let rules = spec
            .split(',')
            .filter(|piece| !piece.trim().is_empty())
            .map(Rule::with_share)
            .collect::<Result<_, _>>()?;
        Ok(Self {
            rules,
            ..Self::default()
        })
    }

    /// Says what is wrong with rules that could never do what they say.
    pub(super) fn check(&self) -> Result<(), String> {
        let knows_too_much = |rule: &Rule| rule.fault == Fault::Refuse && !rule.matches.is_empty();
        if self.rules.iter().any(knows_too_much) {
            return Err(
                "`refuse` is about connections, of which no request is known yet: leave out `match`"
                    .to_owned(),
            );
        }
        Ok(())
    }

    /// The faults for this request. Counts them.
    pub(super) fn take(&mut self, request: &Request) -> Due {
        let path = without_store(&request.path);
        let mut due = Due::default();
        for rule in &mut self.rules {
            let bend = rule.fault.bend();
            let is_wanted = bend.is_some() || due.fault.is_none();
            let is_about_it = is_wanted && rule.fault.can_meet(&request.method, path);
            if !is_about_it || !rule.matches.fits(request, path) {
                continue;
            }
            if !rule.is_due(self.seed, &mut self.asked) {
                continue;
            }
            due.name = due.name.or(Some(rule.fault.name()));
            match bend {
                Some(bend) => due.bends.push(bend),
                None => due.fault = Some(rule.fault.clone()),
            }
        }
        self.rules.retain(|rule| rule.times != Some(0));
        due
    }

    /// Chance begins anew: the same seed and requests give the same faults from here on.
    pub(super) fn sow(&mut self, seed: u64) {
        self.seed = seed;
        self.asked = 0;
    }

    /// Whether the connection that has just come is to be refused. Counts it.
    pub(super) fn refuse(&mut self) -> bool {
        let mut is_refused = false;
        for rule in &mut self.rules {
            is_refused = rule.fault == Fault::Refuse && rule.is_due(self.seed, &mut self.asked);
            if is_refused {
                break;
            }
        }
        self.rules.retain(|rule| rule.times != Some(0));
        is_refused
    }

    /// Whether connections may be refused from here on.
    pub(super) fn may_refuse(&self) -> bool {
        self.rules.iter().any(|rule| rule.fault == Fault::Refuse)
    }
}

impl Rule {
    /// Whether its turn has come, for something it is about. Counts it.
    fn is_due(&mut self, seed: u64, asked: &mut u64) -> bool {
        if self.times == Some(0) {
            return false;
        }
        if self.after > 0 {
            self.after -= 1;
            return false;
        }
        if let Some(permille) = self.permille {
            *asked += 1;
            let mut rng = Rng::for_thing(seed, "fault", *asked);
            if !rng.chance(u64::from(permille)) {
                return false;
            }
        }
        if let Some(times) = &mut self.times {
            *times -= 1;
        }
        true
    }

    /// `resetAfter=1%`
    fn with_share(piece: &str) -> Result<Self, String> {
        let piece = piece.trim();
        let (kind, share) = piece
            .split_once('=')
            .ok_or_else(|| format!("`{piece}`: give a fault and its share, e.g. html502=1%"))?;
        let permille = permille(share.trim().trim_end_matches('%'))?;
        let mut fault = json!({ "kind": kind.trim() });
        // What these need to say; the others have defaults.
        match kind.trim() {
            "rateLimited" => fault["resetMs"] = 2_000.into(),
            "retryAfter" => fault["seconds"] = 2.into(),
            "latency" => fault["ms"] = 1_000.into(),
            "slowBytes" => fault["msPerByte"] = 1.into(),
            "resetThenApplied" => fault["ms"] = 2_000.into(),
            _other => {}
        }
        Ok(Self {
            matches: Matches::default(),
            times: None,
            after: 0,
            permille: Some(permille),
            fault: serde_json::from_value(fault)
                .map_err(|error| format!("`{kind}` is no fault for all requests: {error}"))?,
        })
    }
}

/// A share in percent with one decimal at most: what is finer would silently be another share.
fn permille(share: &str) -> Result<u32, String> {
    let wrong =
        || format!("`{share}` is not a share in percent, from 0.1 to 100, with one decimal");
    let (whole, part) = share.split_once('.').unwrap_or((share, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let tenth = part.trim_end_matches('0');
    if !is_number(whole) || !is_number(part) || tenth.len() > 1 {
        return Err(wrong());
    }
    let tenth = if tenth.is_empty() { "0" } else { tenth };
    let permille: u32 = format!("{whole}{tenth}")
        .parse()
        .map_err(|_error| wrong())?;
    if (1..=1_000).contains(&permille) {
        Ok(permille)
    } else {
        Err(wrong())
    }
}

impl Matches {
    fn is_empty(&self) -> bool {
        self.method.is_none() && self.path.is_none() && self.query.is_none()
    }

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
    /// The connection is reset, and the store does its part after so long.
    Afterwards(Duration),
    /// First this long a pause, then all is as usual.
    Late(Duration),
    /// Others have used the quota up.
    QuotaGone,
    /// The token stops being one.
    Revoked,
    /// The store does all but this.
    Partly(Part),
    /// The store answers as ever.
    Plain,
}

/// What is done to an answer.
pub(super) enum Ending {
    Half,
    Slow { pause: Duration, head: bool },
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
    fn can_meet(&self, method: &str, path: &str) -> bool {
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
    fn bend(&self) -> Option<Bend> {
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
            Self::RetryAfter { seconds } => {
                let mut response = refusals::too_many_requests();
                response.set_header("X-Retry-After", &seconds.to_string());
                instead(response)
            }
            Self::RateLimited {
                reset_ms,
                retry_after,
            } => {
                let mut response = refusals::too_many_requests();
                response.set_header("X-Rate-Limit-Requests-Quota", "150");
                response.set_header("X-Rate-Limit-Requests-Left", "0");
                response.set_header("X-Rate-Limit-Time-Window-Ms", "30000");
                response.set_header("X-Rate-Limit-Time-Reset-Ms", &reset_ms.to_string());
                if let Some(seconds) = retry_after {
                    response.set_header("X-Retry-After", &seconds.to_string());
                }
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
            Self::ResetThenApplied { ms } => Course::Afterwards(Duration::from_millis(ms)),
            Self::Never { applied } => Course::Silence {
                applied,
                reset: false,
            },
            Self::HalfBody => Course::Answered(Ending::Half),
            Self::SlowBytes { ms_per_byte, head } => Course::Answered(Ending::Slow {
                pause: Duration::from_millis(ms_per_byte),
                head,
            }),
            Self::Latency { ms } => Course::Late(Duration::from_millis(ms)),
            Self::Maintenance => {
                let mut response = html(503, "This store is down for maintenance");
                response.set_header("Retry-After", "60");
                instead(response)
            }
            Self::Suspended => instead(refusals::store_shut(503, "This store is suspended")),
            Self::Locked => instead(refusals::store_shut(423, "This store is locked")),
            Self::RevokeToken => Course::Revoked,
            Self::Partly { failed } => Course::Partly(failed),
            Self::Refuse
            | Self::Patch { .. }
            | Self::Nulls { .. }
            | Self::Unreadable { .. }
            | Self::ExtraFields { .. }
            | Self::Reordered
            | Self::Bom => Course::Plain,
        }
    }
}

fn html(status: u16, title: &str) -> Response {
    let page = format!(
        "<!DOCTYPE html>\n<html><head><title>{title}</title></head>\n<body><center><h1>{title}</h1></center></body></html>\n"
    );
    Response::bytes(status, "text/html; charset=UTF-8", page.into_bytes())
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
        let due: Vec<bool> = (0..5)
            .map(|_| rules.take(&request).fault.is_some())
            .collect();
        assert_eq!(due, [false, true, true, false, false]);
    }

    #[test]
    fn connections_are_refused_as_often_as_a_rule_says_and_requests_never() {
        let mut rules: Rules = serde_json::from_value(serde_json::json!({
            "rules": [{ "after": 1, "times": 2, "fault": { "kind": "refuse" } }]
        }))
        .unwrap();
        let request = Request::new("GET", "/stores/abc/v2/time");
        let mut refused = Vec::new();
        for _connection in 0..5 {
            assert!(rules.take(&request).fault.is_none());
            refused.push(rules.refuse());
        }
        assert_eq!(refused, [false, true, true, false, false]);
        assert!(!rules.may_refuse());
    }
}

//! Rules: for which requests something is to go wrong, and how often.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::bends::Bend;
use super::faults::Fault;
use crate::http::Request;
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

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::*;
    use crate::gate::limiter::Plan;
    use crate::gate::step;
    use crate::shell::bends::bend;
    use crate::shell::courses::Course;
    use crate::state::{Blueprint, Sizes, Store};

    /// What a request met, and its answer: status, headers, body.
    type Met = (Option<&'static str>, u16, Vec<(String, String)>, Vec<u8>);

    /// Some requests at some times, and what they meet where both store and chance have that seed.
    fn run(seed: u64) -> Vec<Met> {
        let mut rules = Rules::parse("html502=30%,nulls=40%").unwrap();
        rules.sow(seed);
        let blueprint = Blueprint {
            seed,
            plan: Plan::Enterprise,
            sizes: Sizes {
                products: 5,
                orders: 5,
                customers: 5,
            },
            ..Blueprint::default()
        };
        let mut store = Store::open(&blueprint);
        let mut now: Timestamp = "2026-11-17T20:00:00Z".parse().unwrap();
        let mut all = Vec::new();
        for at in 0..30 {
            now += SignedDuration::from_millis(700);
            let target = if at % 2 == 0 {
                "/v2/orders"
            } else {
                "/v3/catalog/products/111"
            };
            let request = Request::new("GET", &format!("/stores/{}{target}", blueprint.hash))
                .with_header("X-Auth-Token", blueprint.token.expose())
                .with_header("Accept", "application/json");
            let mut due = rules.take(&request);
            let mut answer = match due.fault.take().map(Fault::course) {
                Some(Course::Instead { response, .. }) => response,
                Some(_) | None => step(&mut store, request, now),
            };
            bend(&mut answer, due.bends);
            all.push((due.name, answer.status, answer.headers, answer.body));
        }
        all
    }

    #[test]
    fn a_run_with_faults_is_repeated_to_the_byte_by_its_seed_its_requests_and_their_times() {
        let once = run(7);
        for met in [None, Some("html502"), Some("nulls")] {
            assert!(once.iter().any(|(name, ..)| *name == met), "{met:?}");
        }
        assert_eq!(once, run(7));
        assert_ne!(once, run(9));
        // Chance is the seed's as well, not the shop's alone.
        let names = |run: Vec<Met>| run.into_iter().map(|(name, ..)| name).collect::<Vec<_>>();
        assert_ne!(names(once), names(run(9)));
    }

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

//! Prism with every file of the specification, and what it says.

use std::{
    fmt,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
};

use serde_json::{Value, json};

use crate::{
    Problem,
    defects::OVERLAPS,
    refusal::{self, Refusal},
};

/// What the types of Prism's own refusals start with.
const PRISM: &str = "https://stoplight.io/prism/errors#";

/// What Prism's message starts with where the specification does not list an answer's status.
const UNLISTED: &str = "Unable to match the returned status code";

/// A request as it goes over the wire.
#[derive(Clone, Debug)]
pub(crate) struct Wire {
    pub(crate) method: String,
    /// Below `/stores/{hash}`: `/v2/orders?limit=1`.
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Wire {
    /// A request of somebody who holds `token`.
    pub(crate) fn new(method: &str, target: &str, token: &str, body: Option<&Value>) -> Self {
        let mut headers = vec![
            ("x-auth-token".to_owned(), token.to_owned()),
            ("accept".to_owned(), "application/json".to_owned()),
        ];
        if body.is_some() {
            headers.push(("content-type".to_owned(), "application/json".to_owned()));
        }
        Self {
            method: method.to_owned(),
            target: target.to_owned(),
            headers,
            body: body
                .map(|body| body.to_string().into_bytes())
                .unwrap_or_default(),
        }
    }

    fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }
}

/// Which half of an exchange is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Half {
    Request,
    Answer,
}

/// Something that Prism finds wrong.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    /// `GET /v2/orders/{order_id}`, as the specification writes it.
    pub(crate) operation: String,
    pub(crate) half: Half,
    /// The answer's status.
    pub(crate) status: u16,
    /// Where, with dots, without numbers of places in lists: `body.data.*.name`.
    pub(crate) place: String,
    pub(crate) message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation,
            half,
            status,
            place,
            message,
        } = self;
        match half {
            Half::Request => write!(f, "{operation}: request, {place}: {message}"),
            Half::Answer if *status == 0 => write!(f, "{operation}: {message}"),
            Half::Answer => write!(f, "{operation}: answer {status}, {place}: {message}"),
        }
    }
}

/// What came back, and what is wrong with it.
#[derive(Debug)]
pub(crate) struct Judged {
    pub(crate) status: u16,
    pub(crate) body: Option<Value>,
    /// Whether the specification lists the status for the operation.
    pub(crate) is_listed: bool,
    pub(crate) findings: Vec<Finding>,
    /// `GET /v2/orders/{order_id}`, as the specification writes it.
    pub(crate) operation: String,
    /// The errors that the specification lists for it.
    pub(crate) errors: Vec<u16>,
}

/// An operation of the specification, and the two servers that know it.
struct Known {
    method: String,
    path: String,
    /// The errors that are listed for it.
    errors: Vec<u16>,
    mock: String,
    proxy: String,
}

/// Prism. It ends with this value, and with this program however that ends: its input closes.
pub(crate) struct Judge {
    child: Child,
    input: Option<ChildStdin>,
    known: Vec<Known>,
    http: reqwest::Client,
}

impl Judge {
    /// Starts it in `folder`, where its packages are installed. Its proxies pass on to `upstream`,
    /// which ends with the store's hash.
    pub(crate) fn start(
        folder: &Path,
        specification: &Path,
        upstream: &str,
    ) -> Result<Self, Problem> {
        let mut child = Command::new("node")
            .arg("judge.mjs")
            .args([specification.as_os_str(), upstream.as_ref()])
            .arg(
                json!(
                    OVERLAPS
                        .iter()
                        .map(|each| [each.operation, each.property])
                        .collect::<Vec<_>>()
                )
                .to_string(),
            )
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| Problem(format!("Node.js can't be started: {error}")))?;
        let input = child.stdin.take();
        let mut line = String::new();
        let output = child.stdout.take().ok_or("it has an output")?;
        BufReader::new(output).read_line(&mut line)?;
        let mut judge = Self {
            child,
            input,
            known: Vec::new(),
            // Prism ends what was idle for a few seconds, maybe just as the next request is under way.
            http: reqwest::Client::builder()
                .no_proxy()
                .pool_max_idle_per_host(0)
                .build()?,
        };
        let files: Vec<Value> = serde_json::from_str(&line).map_err(|_| {
            Problem(
                "Prism did not come up with the specification; what it said is above".to_owned(),
            )
        })?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        for file in &files {
            for operation in file["operations"].as_array().into_iter().flatten() {
                judge.known.push(Known {
                    method: text(&operation[0]),
                    path: text(&operation[1]),
                    errors: errors_in(&operation[2]),
                    mock: text(&file["mock"]),
                    proxy: text(&file["proxy"]),
                });
            }
        }
        if judge.known.is_empty() {
            return Err(Problem(format!(
                "{} holds no file with BigCommerce's operations",
                specification.display()
            )));
        }
        Ok(judge)
    }

    /// The operation that a request is about; the one with the most words in common where several fit.
    fn find(&self, wire: &Wire) -> Option<&Known> {
        self.known
            .iter()
            .filter(|known| known.method == wire.method)
            .filter_map(|known| Some((places_in_common(&known.path, wire.path())?, known)))
            .max_by_key(|(common, _)| *common)
            .map(|(_, known)| known)
    }

    /// Has a request judged, and an answer made up to it.
    pub(crate) async fn mock(&self, wire: &Wire) -> Result<Option<Judged>, Problem> {
        match self.find(wire) {
            None => Ok(None),
            Some(known) => self.ask(known, &known.mock, wire).await.map(Some),
        }
    }

    /// Has a request judged, and the sandbox's answer to it. `None`: the specification has no such operation.
    pub(crate) async fn proxy(&self, wire: &Wire) -> Result<Option<Judged>, Problem> {
        match self.find(wire) {
            None => Ok(None),
            Some(known) => self.ask(known, &known.proxy, wire).await.map(Some),
        }
    }

    async fn ask(&self, known: &Known, server: &str, wire: &Wire) -> Result<Judged, Problem> {
        // Prism serves no base path: `/v3/customers` is `/customers` there.
        let target = wire.target.splitn(3, '/').nth(2).unwrap_or_default();
        let mut request = self
            .http
            .request(wire.method.parse()?, format!("{server}/{target}"))
            .body(wire.body.clone());
        for (name, value) in &wire.headers {
            request = request.header(name, value);
        }
        let answer = request.send().await?;
        let status = answer.status().as_u16();
        let violations = answer
            .headers()
            .get("sl-violations")
            .map(|header| header.as_bytes().to_vec());
        let kind = answer
            .headers()
            .get("content-type")
            .and_then(|kind| kind.to_str().ok())
            .unwrap_or_default()
            .to_lowercase();
        let text = String::from_utf8_lossy(&answer.bytes().await?).into_owned();
        let body = serde_json::from_str::<Value>(&text).ok();
        let operation = format!("{} {}", known.method, known.path);
        // A mock that refuses says why in its answer, everything else in a header.
        let own = body.as_ref().filter(|body| {
            body["type"]
                .as_str()
                .is_some_and(|own| own.starts_with(PRISM))
        });
        let mut violations = violations_in(violations.as_deref())?;
        if let Some(own) = own {
            violations.extend(own["validation"].as_array().into_iter().flatten().cloned());
            if violations.is_empty() {
                violations.push(json!({ "severity": "Error", "message": own["title"] }));
            }
        }
        let mut findings: Vec<Finding> = violations
            .iter()
            // Prism only warns of a refusal whose status the specification does not list: it lists few.
            .filter(|violation| violation["severity"] == "Error")
            .map(|violation| finding(&operation, status, violation))
            .collect();
        let is_listed = !violations.iter().any(|violation| {
            let message = violation["message"].as_str().unwrap_or_default();
            message.starts_with(UNLISTED)
        });
        // A mock's refusals are Prism's own.
        if status >= 400 && server == known.proxy {
            let refusal = Refusal {
                is_v2: known.path.starts_with("/v2/"),
                status,
                kind: &kind,
                text: &text,
            };
            findings.extend(refusal::judge(&refusal).map(|message| Finding {
                operation: operation.clone(),
                half: Half::Answer,
                status,
                place: "body".to_owned(),
                message,
            }));
        }
        Ok(Judged {
            status,
            body,
            is_listed,
            findings,
            operation,
            errors: known.errors.clone(),
        })
    }
}

impl Drop for Judge {
    fn drop(&mut self) {
        drop(self.input.take());
        // It ends by itself; this is for one that doesn't.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The errors among the codes that are listed for an operation: `200`, `4XX`, `default`.
fn errors_in(codes: &Value) -> Vec<u16> {
    let codes = codes.as_array().into_iter().flatten();
    codes
        .filter_map(|code| code.as_str()?.parse::<u16>().ok())
        .filter(|status| *status >= 400)
        .collect()
}

/// What Prism's header says. Nothing is no violation; what can't be read is no judgement.
fn violations_in(header: Option<&[u8]>) -> Result<Vec<Value>, Problem> {
    let Some(header) = header else {
        return Ok(Vec::new());
    };
    serde_json::from_slice(header).map_err(|error| {
        let text = String::from_utf8_lossy(header);
        Problem(format!(
            "what Prism holds against it can't be read ({error}): {text}"
        ))
    })
}

/// How many places of a path are the very words of `pattern`; `None` if it does not fit.
fn places_in_common(pattern: &str, path: &str) -> Option<usize> {
    let (pattern, path): (Vec<_>, Vec<_>) = (
        pattern.trim_end_matches('/').split('/').collect(),
        path.split('/').collect(),
    );
    if pattern.len() != path.len() {
        return None;
    }
    let mut common = 0;
    for (expected, place) in pattern.iter().zip(path) {
        if *expected == place {
            common += 1;
        } else if !expected.starts_with('{') {
            return None;
        }
    }
    Some(common)
}

fn finding(operation: &str, status: u16, violation: &Value) -> Finding {
    let location: Vec<&str> = violation["location"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let (half, place) = match location.split_first() {
        Some((&"response", place)) => (Half::Answer, place),
        Some((_, place)) => (Half::Request, place),
        None => (Half::Request, &[] as &[&str]),
    };
    let message = violation["message"].as_str().unwrap_or_default();
    Finding {
        operation: operation.to_owned(),
        half,
        status,
        place: place
            .iter()
            .map(|part| unnumbered(part))
            .collect::<Vec<_>>()
            .join("."),
        // It repeats the place.
        message: message
            .split(' ')
            .map(|word| match word.contains('.') {
                true => word
                    .split('.')
                    .map(unnumbered)
                    .collect::<Vec<_>>()
                    .join("."),
                false => word.to_owned(),
            })
            .collect::<Vec<_>>()
            .join(" "),
    }
}

/// A place in a list is as good as any other.
fn unnumbered(part: &str) -> &str {
    if !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()) {
        "*"
    } else {
        part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_told_from_what_else_is_listed() {
        let codes = json!(["200", "207", "default", "4XX", "409", "422"]);
        assert_eq!(errors_in(&codes), [409, 422]);
        assert_eq!(errors_in(&Value::Null), [0_u16; 0]);
    }

    #[test]
    fn what_prism_says_and_nobody_can_read_is_no_clean_judgement() {
        let none = |header| violations_in(header).map(|all| all.len()).ok();
        assert_eq!(none(None), Some(0));
        assert_eq!(none(Some(b"[]")), Some(0));
        assert_eq!(none(Some(br#"[{"severity":"Error"}]"#)), Some(1));
        assert_eq!(none(Some(b"")), None);
        assert_eq!(none(Some(br#"[{"severity":"Err"#)), None);
        assert_eq!(none(Some(b"{}")), None);
    }
}

//! The sandbox store in a process of its own, as a test and somebody else in the shop use it.

use std::{path::PathBuf, process::Command};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    http,
    port::Port,
    process::{Running, built},
};

/// What the shop is like.
#[derive(Clone, Debug)]
pub struct SandboxOptions {
    /// Orders over the last two years.
    pub orders: u32,
    /// Products.
    pub products: u32,
    /// Registered customers.
    pub customers: u32,
    /// What the token may do: `all`, `none`, or OAuth scope names with commas between.
    pub scopes: String,
    /// `standard`, `plus`, `pro` or `enterprise`, which decides the quota.
    pub plan: String,
    /// Milliseconds every answer takes at least.
    pub latency_ms: u64,
    /// The day its orders end, `YYYY-MM-DD` or `today`; `None` for the usual one.
    pub as_of: Option<String>,
    /// Spoken to in TLS, with a certificate that nobody trusts.
    pub tls: bool,
    /// What the merchant calls a status.
    pub labels: Vec<(u8, String)>,
    /// Fields of the storefront that a test asks for to see how it goes with one that is not there: the test does not
    /// fail for them.
    pub nonsense: Vec<String>,
}

impl Default for SandboxOptions {
    fn default() -> Self {
        Self {
            orders: 60,
            products: 20,
            customers: 20,
            scopes: "all".to_owned(),
            // No quota: what a test waits for should be what it is about.
            plan: "enterprise".to_owned(),
            latency_ms: 0,
            as_of: None,
            tls: false,
            labels: Vec::new(),
            nonsense: Vec::new(),
        }
    }
}

/// A running store. It ends when this is dropped; then the test fails if the store was asked for what it
/// has not built, whatever fault was played on that answer.
#[derive(Debug)]
pub struct Sandbox {
    running: Option<Running>,
    options: SandboxOptions,
    origin: String,
    control: String,
    hash: String,
    token: String,
    folder: TempDir,
    /// Of its API and of its control: kept also while it is closed.
    ports: [Port; 2],
}

impl Sandbox {
    /// Opens a store.
    ///
    /// # Panics
    /// If its program is not built or does not start.
    #[must_use]
    pub fn start(options: SandboxOptions) -> Self {
        let folder = TempDir::with_prefix("sandbox-").expect("there is room for a test's folder");
        // Its own, so that a store that was closed and opened again takes the same.
        let token = format!("{:031x}", made_up(folder.path()));
        let mut sandbox = Self {
            running: None,
            options,
            origin: String::new(),
            control: String::new(),
            hash: "northfold".to_owned(),
            token,
            folder,
            ports: [Port::take(), Port::take()],
        };
        sandbox.open();
        sandbox
    }

    fn open(&mut self) {
        let options = &self.options;
        let mut command = Command::new(built("sandbox-store"));
        let [port, control_port] = self.ports.each_ref().map(|port| port.number().to_string());
        command.args(["serve", "--port", &port, "--control-port", &control_port]);
        command.args(["--store-hash", &self.hash, "--token", &self.token]);
        command.args(["--orders", &options.orders.to_string()]);
        command.args(["--products", &options.products.to_string()]);
        command.args(["--customers", &options.customers.to_string()]);
        command.args(["--scopes", &options.scopes, "--plan", &options.plan]);
        command.args(["--latency-ms", &options.latency_ms.to_string()]);
        if options.tls {
            command.arg("--tls-self-signed");
        }
        if let Some(day) = &options.as_of {
            command.args(["--as-of", day]);
        }
        for (id, label) in &options.labels {
            command.args(["--custom-label", &format!("{id}={label}")]);
        }
        command.arg("--data").arg(self.folder.path().join("shop"));
        command.arg("--request-log").arg(self.log_file());
        let mut running = Running::start("sandbox", &mut command, self.folder.path(), b"");
        let hello = running
            .line(|line| line.starts_with('{'))
            .unwrap_or_else(|status| panic!("sandbox-store ended: {status}\n{}", running.stderr()));
        let hello: Value = serde_json::from_str(&hello).expect("it speaks JSON");
        let text = |name: &str| hello[name].as_str().expect("it says so").to_owned();
        self.origin = text("origin");
        self.control = text("control");
        self.running = Some(running);
    }

    /// Where its API is: `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Its hash.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Its token.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Every request of all its runs, one JSON line each.
    #[must_use]
    pub fn log_file(&self) -> PathBuf {
        self.folder.path().join("requests.jsonl")
    }

    /// Every request that reached it, over all its runs, oldest first: `method`, `path`, `query`,
    /// `body`, `status`, `changed`, `emailed`, `fault`, `unbuilt`.
    ///
    /// # Panics
    /// If the log can't be read.
    #[must_use]
    pub fn log(&self) -> Vec<Value> {
        let log = std::fs::read(self.log_file()).expect("the store keeps a log");
        // The last line may be half written at this moment.
        log.split_inclusive(|byte| *byte == b'\n')
            .filter(|line| line.ends_with(b"\n"))
            .map(|line| serde_json::from_slice(line).expect("a line is JSON"))
            .collect()
    }

    /// The requests of one method.
    #[must_use]
    pub fn requests(&self, method: &str) -> Vec<Value> {
        let mut log = self.log();
        log.retain(|request| request["method"] == method);
        log
    }

    /// Makes it misbehave: `{"match": {...}, "after": 0, "times": 1, "fault": {"kind": ...}}`.
    ///
    /// # Panics
    /// If it doesn't know such a rule.
    pub fn misbehave(&self, rule: Value) {
        self.told("POST", "/faults", Some(json!({ "rules": [rule] })));
    }

    /// Makes it behave again; a revoked token works again.
    pub fn behave(&self) {
        self.told("DELETE", "/faults", None);
    }

    /// E-mails that shoppers got.
    #[must_use]
    pub fn emails(&self) -> Vec<Value> {
        match self.told("GET", "/emails", None) {
            Value::Array(emails) => emails,
            other => panic!("{other}"),
        }
    }

    /// The numbers of all orders that the API lists, in its order. Those requests are in the log
    /// too; they name no `sort`.
    ///
    /// # Panics
    /// If the API refuses.
    #[must_use]
    pub fn listed(&self) -> Vec<u64> {
        let headers = [
            ("X-Auth-Token", self.token.as_str()),
            ("Accept", "application/json"),
        ];
        let mut numbers = Vec::new();
        for page in 1.. {
            let path = format!("/stores/{}/v2/orders?limit=250&page={page}", self.hash);
            let answer = http::send("GET", &self.origin, &path, &headers, None)
                .unwrap_or_else(|error| panic!("{path}: {error}"));
            if answer.status == 204 {
                break;
            }
            assert_eq!(answer.status, 200, "{path}: {}", answer.body);
            let orders: Vec<Value> = serde_json::from_str(&answer.body).expect("a page is JSON");
            numbers.extend(orders.iter().filter_map(|order| order["id"].as_u64()));
        }
        numbers
    }

    /// Every product that the API lists, as it gives them; 250 at most. The request is in the log.
    ///
    /// # Panics
    /// If the API refuses.
    #[must_use]
    pub fn products(&self) -> Vec<Value> {
        self.asked("/v3/catalog/products?limit=250")["data"]
            .as_array()
            .expect("a list")
            .clone()
    }

    /// Every customer that the API lists; 250 at most. The request is in the log.
    ///
    /// # Panics
    /// If the API refuses.
    #[must_use]
    pub fn customers(&self) -> Vec<Value> {
        self.asked("/v3/customers?limit=250")["data"]
            .as_array()
            .expect("a list")
            .clone()
    }

    /// What the API answers to a GET of `path` behind the store's hash. The request is in the log.
    ///
    /// # Panics
    /// If it refuses.
    #[must_use]
    pub fn asked(&self, path: &str) -> Value {
        let headers = [
            ("X-Auth-Token", self.token.as_str()),
            ("Accept", "application/json"),
        ];
        let path = format!("/stores/{}{path}", self.hash);
        let answer = http::send("GET", &self.origin, &path, &headers, None)
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        serde_json::from_str(&answer.body).expect("an answer is JSON")
    }

    /// Another program changes something through the API, such as `/v2/orders/100`.
    ///
    /// # Panics
    /// If the store refuses.
    pub fn put(&self, path: &str, body: &Value) {
        let headers = [
            ("X-Auth-Token", self.token.as_str()),
            ("Accept", "application/json"),
            ("Content-Type", "application/json"),
        ];
        let path = format!("/stores/{}{path}", self.hash);
        let answer = http::send(
            "PUT",
            &self.origin,
            &path,
            &headers,
            Some(&body.to_string()),
        )
        .unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    }

    /// A product with everything that belongs to it.
    #[must_use]
    pub fn product(&self, id: u64) -> Value {
        self.told("GET", &format!("/products/{id}"), None)
    }

    /// Somebody else edits a product: `{"price": 9.5}`, fields as in the API.
    pub fn edit_product(&self, id: u64, fields: Value) {
        self.told("POST", &format!("/products/{id}"), Some(fields));
    }

    /// Somebody else edits a customer: `{"last_name": "…"}`, fields as in the API.
    pub fn edit_customer(&self, id: u64, fields: Value) {
        self.told("POST", &format!("/customers/{id}"), Some(fields));
    }

    /// An order as the store keeps it.
    #[must_use]
    pub fn order(&self, id: u64) -> Value {
        self.told("GET", &format!("/orders/{id}"), None)
    }

    /// Somebody else edits an order: `{"status_id": 2, "staff_notes": "…"}`. Nobody gets an e-mail.
    pub fn edit(&self, id: u64, fields: Value) {
        self.told("POST", &format!("/orders/{id}"), Some(fields));
    }

    /// Somebody else deletes a product.
    pub fn delete_product(&self, id: u64) {
        self.told("DELETE", &format!("/products/{id}"), None);
    }

    /// Orders come in; their numbers.
    #[must_use]
    pub fn new_orders(&self, count: u32) -> Vec<u64> {
        let answer = self.told("POST", "/orders", Some(json!({ "count": count })));
        let ids = answer["ids"].as_array().expect("it says which");
        ids.iter().filter_map(Value::as_u64).collect()
    }

    /// The store's clock goes wrong by so many seconds.
    pub fn clock_off_by(&self, seconds: i64) {
        self.told("POST", "/clock", Some(json!({ "offsetSeconds": seconds })));
    }

    /// Goes away: nobody answers at its address.
    pub fn close(&mut self) {
        if let Some(mut running) = self.running.take() {
            running.kill();
        }
    }

    /// Comes back at the same address, with everything as it was.
    ///
    /// # Panics
    /// If it does not start.
    pub fn open_again(&mut self) {
        self.close();
        self.open();
    }

    /// The token may do something else from now on; it comes back at once at the same address.
    pub fn allow(&mut self, scopes: &str) {
        scopes.clone_into(&mut self.options.scopes);
        self.open_again();
    }

    /// The store knows only this token from now on; it comes back at once at the same address.
    pub fn replace_token(&mut self, token: &str) {
        token.clone_into(&mut self.token);
        self.open_again();
    }

    fn told(&self, method: &str, path: &str, body: Option<Value>) -> Value {
        let body = body.map(|body| body.to_string());
        let answer = http::send(method, &self.control, path, &[], body.as_deref())
            .unwrap_or_else(|error| panic!("the sandbox's control {path}: {error}"));
        assert!(answer.status < 300, "{method} {path}: {answer:?}");
        if answer.body.is_empty() {
            return Value::Null;
        }
        serde_json::from_str(&answer.body).expect("it speaks JSON")
    }
}

impl Drop for Sandbox {
    /// # Panics
    /// If anybody asked for what the store has not built: what the test saw was no answer of
    /// BigCommerce's. A test that fails already says what it has to say.
    fn drop(&mut self) {
        self.close();
        let log = std::fs::read_to_string(self.log_file()).unwrap_or_default();
        let mut unbuilt = unbuilt(&log);
        let nonsense = &self.options.nonsense;
        unbuilt.retain(|what| {
            let mut words = nonsense.iter();
            !words.any(|word| what.contains(&format!("\"{word}\"")))
        });
        assert!(
            unbuilt.is_empty() || std::thread::panicking(),
            "the sandbox was asked for what it has not built, so it answered as BigCommerce never would: {unbuilt:?}"
        );
    }
}

/// The requests in a log that the store has not built, each with what of it.
fn unbuilt(log: &str) -> Vec<String> {
    log.lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|request| request["unbuilt"].is_string())
        .map(|request| {
            let text = |name: &str| request[name].as_str().unwrap_or_default().to_owned();
            format!("{} {}: {}", text("method"), text("path"), text("unbuilt"))
        })
        .collect()
}

/// A number that another folder's sandbox doesn't have.
fn made_up(folder: &std::path::Path) -> u128 {
    use std::hash::{BuildHasher as _, RandomState};
    let half = || u128::from(RandomState::new().hash_one(folder));
    // 31 hexadecimal digits, the first of them not zero.
    ((half() << 64 | half()) >> 4) | 1 << 123
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_store_has_not_built_is_found_in_its_log_under_any_fault_and_a_played_501_is_not() {
        let log = r#"{"method":"GET","path":"/stores/a/v2/time","status":200}
{"method":"GET","path":"/stores/a/v3/pricelists","status":501,"unbuilt":"GET /v3/pricelists"}
{"method":"POST","path":"/stores/a/v3/promotions","status":null,"fault":"resetAfter","unbuilt":"POST /v3/promotions"}
{"method":"GET","path":"/stores/a/v2/orders","status":501,"fault":"status"}
{"method":"PUT","path":"/stores/a/v2/orders/7","status":null,"fault":"never"}
{"method":"GET","path":"/stores/a/v3/si"#;
        let expected = [
            "GET /stores/a/v3/pricelists: GET /v3/pricelists",
            "POST /stores/a/v3/promotions: POST /v3/promotions",
        ];
        assert_eq!(unbuilt(log), expected);
        assert_eq!(unbuilt(""), [""; 0]);
    }
}

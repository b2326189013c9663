//! A sandbox store, and what is in it.

use sandbox_store::{Config, Plan, Running, Scopes, Sizes, Token};
use serde_json::{Value, json};

use crate::Problem;

/// Most paths that are tried for one operation.
const TRIES: usize = 60;
/// Most things of one list that are looked at for them.
const OF_EACH: usize = 3;

/// An open store. It ends with this program.
pub(crate) struct Shop {
    pub(crate) store: Running,
    /// The address that paths are below: `http://127.0.0.1:PORT/stores/HASH`.
    pub(crate) origin: String,
    http: reqwest::Client,
}

impl Shop {
    /// The token of whoever may do everything.
    pub(crate) const OWNER: &str = "contract0owner";
    /// The token of whoever may do nothing.
    pub(crate) const STRANGER: &str = "contract0stranger";

    /// Opens a store of that size.
    pub(crate) async fn open(sizes: Sizes) -> Result<Self, Problem> {
        Self::open_on(Plan::Enterprise, sizes).await
    }

    /// The same on a plan with a quota.
    pub(crate) async fn open_on(plan: Plan, sizes: Sizes) -> Result<Self, Problem> {
        let store = sandbox_store::serve(Config {
            token: Some(Token::new(Self::OWNER)),
            more_tokens: vec![(
                Token::new(Self::STRANGER),
                "store_v2_marketing".parse().map_err(|_| "it is a scope")?,
            )],
            scopes: Scopes::All,
            plan,
            sizes,
            control_port: Some(0),
            ..Config::default()
        })
        .await
        .map_err(|error| Problem(format!("the sandbox store: {error}")))?;
        Ok(Self {
            origin: format!("{}/stores/{}", store.origin, store.store_hash),
            http: reqwest::Client::builder().no_proxy().build()?,
            store,
        })
    }

    /// Has the next request meet a fault of the control server.
    pub(crate) async fn break_next(&self, fault: &Value) -> Result<(), Problem> {
        let control = self.store.control_origin.as_deref().ok_or("it has one")?;
        let rules = json!({ "rules": [{ "times": 1, "fault": fault }] });
        let answer = self
            .http
            .post(format!("{control}/faults"))
            .header("content-type", "application/json")
            .body(rules.to_string())
            .send()
            .await?;
        if answer.status().is_success() {
            return Ok(());
        }
        Err(Problem(format!(
            "the control server refuses {fault}: {}",
            answer.text().await?
        )))
    }

    /// What a path answers, past Prism; `Null` if that is nothing.
    pub(crate) async fn read(&self, target: &str) -> Result<Value, Problem> {
        self.call("GET", target, None).await
    }

    /// The same, of any call.
    pub(crate) async fn call(
        &self,
        method: &str,
        target: &str,
        body: Option<&Value>,
    ) -> Result<Value, Problem> {
        let mut request = self
            .http
            .request(method.parse()?, format!("{}{target}", self.origin))
            .header("x-auth-token", Self::OWNER)
            .header("accept", "application/json");
        if let Some(body) = body {
            request = request
                .header("content-type", "application/json")
                .body(body.to_string());
        }
        let answer = request.send().await?;
        if !answer.status().is_success() {
            return Ok(Value::Null);
        }
        let answer: Value = serde_json::from_slice(&answer.bytes().await?).unwrap_or_default();
        // v3 wraps what it says.
        Ok(match answer.get("data") {
            Some(data) => data.clone(),
            None => answer,
        })
    }

    /// Numbers of what a list holds.
    async fn numbers(&self, path: &str) -> Result<Vec<u64>, Problem> {
        let list = match path.strip_suffix("/shipping") {
            // Orders are listed in v2 alone.
            None if path == "/v3/orders" => self.read(&format!("/v2/orders?limit={TRIES}")).await?,
            Some(consignments) => self.read(consignments).await?["shipping"].clone(),
            None => self.read(&format!("{path}?limit={TRIES}")).await?,
        };
        let number = |item: &Value| match &item["id"] {
            Value::String(text) => text.parse().ok(),
            id => id.as_u64(),
        };
        Ok(list
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(number)
            .collect())
    }

    /// Paths that fit `pattern` and name things that are there: `v2/orders/*` gives `/v2/orders/100` and more.
    pub(crate) async fn paths(&self, pattern: &str) -> Result<Vec<String>, Problem> {
        let mut paths = vec![String::new()];
        let places: Vec<&str> = pattern.split('/').collect();
        let mut open = places.iter().filter(|place| **place == "*").count();
        for place in places {
            let mut longer = Vec::new();
            if place == "*" {
                open -= 1;
            }
            for path in &paths {
                if place != "*" {
                    longer.push(format!("{path}/{place}"));
                    continue;
                }
                let wanted = if path.matches('/').count() < 4 {
                    TRIES
                } else {
                    OF_EACH
                };
                let numbers = self.numbers(path).await?;
                longer.extend(
                    numbers
                        .iter()
                        .take(wanted)
                        .map(|number| format!("{path}/{number}")),
                );
                if open == 0 && longer.len() >= TRIES {
                    break;
                }
            }
            paths = longer;
        }
        paths.truncate(TRIES);
        Ok(paths)
    }
}

//! The shell: real HTTP on this machine.

use std::time::Duration;

use sandbox_store::{Config, Running, ServeError, Sizes, Strict, Token, serve};
use serde_json::Value;

/// A small store with a control server.
pub(crate) fn config() -> Config {
    Config {
        token: Some(Token::new("wiretoken")),
        plan: sandbox_store::Plan::Enterprise,
        sizes: Sizes {
            products: 20,
            orders: 60,
            customers: 10,
        },
        control_port: Some(0),
        ..Config::default()
    }
}

/// A client that tries once and does not look for a proxy.
pub(crate) fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .no_proxy()
        .pool_max_idle_per_host(0)
        .timeout(Duration::from_secs(20))
        .build()
        .unwrap()
}

pub(crate) fn ask(store: &Running, method: &str, target: &str) -> reqwest::RequestBuilder {
    let url = format!("{}/stores/{}{target}", store.origin, store.store_hash);
    client()
        .request(method.parse().unwrap(), url)
        .header("X-Auth-Token", store.token.expose())
        .header("Accept", "application/json")
}

pub(crate) async fn get(store: &Running, target: &str) -> Value {
    let text = ask(store, "GET", target)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    serde_json::from_str(&text).unwrap()
}

pub(crate) async fn control(store: &Running, method: &str, path: &str, body: Value) -> Value {
    let url = format!("{}{path}", store.control_origin.as_ref().unwrap());
    let request = client()
        .request(method.parse().unwrap(), url)
        .body(body.to_string());
    let response = request.send().await.unwrap();
    assert!(
        response.status().is_success(),
        "{method} {path}: {}",
        response.status()
    );
    serde_json::from_str(&response.text().await.unwrap()).unwrap_or(Value::Null)
}

#[tokio::test]
async fn a_store_answers_on_its_origin_until_it_is_stopped() {
    let store = serve(config()).await.unwrap();
    assert!(store.origin.starts_with("http://127.0.0.1:"));
    let response = ask(&store, "GET", "/v2/time").send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");
    let store_name = get(&store, "/v2/store").await["name"].clone();
    assert_eq!(store_name, "Northfold Supply");
    let url = format!("{}/stores/northfold/v2/time", store.origin);
    store.stop().await;
    assert!(client().get(url).send().await.is_err());
}

#[tokio::test]
async fn an_empty_page_has_no_body_and_no_type() {
    let store = serve(config()).await.unwrap();
    let response = ask(&store, "GET", "/v2/orders?page=50")
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 204);
    assert!(response.headers().get("content-type").is_none());
    assert_eq!(response.bytes().await.unwrap().len(), 0);
}

#[tokio::test]
async fn links_and_pictures_lead_back_to_the_same_origin() {
    let store = serve(config()).await.unwrap();
    let orders = get(&store, "/v2/orders?limit=1").await;
    let url = orders[0]["products"]["url"].as_str().unwrap().to_owned();
    assert!(url.starts_with(&store.origin), "{url}");
    let product = get(&store, "/v3/catalog/products?include=primary_image&limit=1").await;
    let picture = product["data"][0]["primary_image"]["url_thumbnail"]
        .as_str()
        .unwrap()
        .to_owned();
    let response = client().get(picture).send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "image/png");
}

#[tokio::test]
async fn a_token_of_its_own_is_made_when_none_is_given_and_never_printed() {
    let given = Config {
        token: None,
        ..config()
    };
    let store = serve(given.clone()).await.unwrap();
    let other = serve(given).await.unwrap();
    assert_eq!(store.token.expose().len(), 31);
    assert_ne!(store.token, other.token);
    assert_eq!(
        ask(&store, "GET", "/v2/time")
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
    assert!(!format!("{store:?}").contains(store.token.expose()));
}

#[tokio::test]
async fn what_is_no_store_is_refused_at_once() {
    let refused = serve(Config {
        store_hash: "Not A Hash".to_owned(),
        ..config()
    })
    .await;
    assert!(matches!(refused, Err(ServeError::StoreHash(_))));
    let refused = serve(Config {
        token: Some(Token::new("two words")),
        ..config()
    })
    .await;
    assert!(matches!(refused, Err(ServeError::Token)));
    let refused = serve(Config {
        custom_labels: [(15, String::new())].into(),
        ..config()
    })
    .await;
    assert!(matches!(refused, Err(ServeError::StatusLabel(15))));
    let taken = serve(config()).await.unwrap();
    let port = taken.origin.rsplit(':').next().unwrap().parse().unwrap();
    let refused = serve(Config { port, ..config() }).await;
    assert!(matches!(refused, Err(ServeError::Listen { .. })));
}

#[tokio::test]
async fn the_request_log_tells_everything_but_the_token() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("requests.jsonl");
    let store = serve(Config {
        request_log: Some(path.clone()),
        ..config()
    })
    .await
    .unwrap();
    let id = get(&store, "/v2/orders?limit=1&sort=id:desc").await[0]["id"].clone();
    let change = ask(&store, "PUT", &format!("/v2/orders/{id}"))
        .header("Content-Type", "application/json")
        .body(r#"{"status_id":2}"#);
    assert_eq!(change.send().await.unwrap().status(), 200);
    // On disk before the answer: no waiting here.
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains("wiretoken"));
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(
        (&lines[0]["seq"], &lines[0]["query"]),
        (&1.into(), &"limit=1&sort=id:desc".into())
    );
    assert_eq!(lines[1]["method"], "PUT");
    assert_eq!(lines[1]["body"]["status_id"], 2);
    assert_eq!(
        (&lines[1]["changed"], &lines[1]["emailed"]),
        (&true.into(), &true.into())
    );
    assert_eq!(
        control(&store, "GET", "/log", Value::Null)
            .await
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert_eq!(
        control(&store, "GET", "/emails", Value::Null).await[0]["statusId"],
        2
    );
}

#[tokio::test]
async fn what_was_asked_for_and_is_not_built_is_remembered_and_a_played_501_is_none_of_it() {
    let rules =
        r#"{"rules":[{"match":{"path":"/v2/store"},"fault":{"kind":"status","status":501}}]}"#;
    let store = Strict::serve(Config {
        faults: Some(rules.to_owned()),
        ..config()
    })
    .await
    .unwrap();
    let status = async |target: &str| ask(&store, "GET", target).send().await.unwrap().status();
    assert_eq!(status("/v2/store").await, 501);
    assert_eq!(status("/v2/no-such-thing").await, 404);
    assert!(store.unbuilt().is_empty(), "{:?}", store.unbuilt());
    // Nothing is held against the test that asked for this.
    store.stop().await;

    let store = serve(config()).await.unwrap();
    let asked = ask(&store, "GET", "/v3/pricelists?limit=3");
    assert_eq!(asked.send().await.unwrap().status(), 501);
    assert_eq!(store.unbuilt(), ["GET /stores/northfold/v3/pricelists"]);
}

#[tokio::test]
async fn what_is_not_built_is_remembered_whatever_fault_is_played_on_its_answer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("requests.jsonl");
    let rules = r#"{"rules":[
        {"match":{"path":"/v3/pricelists"},"fault":{"kind":"latency","ms":1}},
        {"match":{"path":"/v3/promotions"},"fault":{"kind":"resetAfter"}},
        {"match":{"path":"/v3/wishlists"},"fault":{"kind":"status","status":200,"applied":true}},
        {"match":{"path":"/v3/segments"},"fault":{"kind":"status","status":501}}
    ]}"#;
    let store = serve(Config {
        faults: Some(rules.to_owned()),
        request_log: Some(path.clone()),
        ..config()
    })
    .await
    .unwrap();
    let names = ["pricelists", "promotions", "wishlists", "segments"];
    let mut answered = Vec::new();
    for name in names {
        let asked = ask(&store, "GET", &format!("/v3/{name}")).send().await;
        answered.push(asked.ok().map(|answer| answer.status().as_u16()));
    }
    assert_eq!(answered, [Some(501), None, Some(200), Some(501)]);
    let expected: Vec<String> = names[..3]
        .iter()
        .map(|name| format!("GET /stores/northfold/v3/{name}"))
        .collect();
    assert_eq!(store.unbuilt(), expected);
    let counts = control(&store, "GET", "/counts", Value::Null).await;
    assert_eq!(counts["unbuilt"], 3);
    // Those who read the file see it too.
    let log = std::fs::read_to_string(&path).unwrap();
    let told = log.lines().map(|line| {
        let line: Value = serde_json::from_str(line).unwrap();
        (line["fault"].is_string(), line["unbuilt"].is_string())
    });
    assert_eq!(
        told.collect::<Vec<_>>(),
        [(true, true), (true, true), (true, true), (true, false)]
    );
}

#[tokio::test]
async fn a_field_that_only_the_real_storefront_may_know_is_remembered() {
    let store = serve(config()).await.unwrap();
    let body = serde_json::json!({
        "channel_ids": [1], "scopes": ["Unauthenticated"],
        "expires_at": jiff::Timestamp::now().as_second() + 3_600,
    });
    let made = ask(&store, "POST", "/v3/storefront/api-token-private")
        .header("Content-Type", "application/json")
        .body(body.to_string());
    let made = made.send().await.unwrap().text().await.unwrap();
    let made: Value = serde_json::from_str(&made).unwrap();
    for query in [
        "{ site { settings { storeName } } }",
        "{ site { settings { storeName locale } } }",
        "{ site { products(first: 51) { edges { node { name } } } } }",
    ] {
        let asked = client()
            .post(format!("{}/graphql", store.origin))
            .bearer_auth(made["data"]["token"].as_str().unwrap())
            .header("Content-Type", "application/json")
            .body(serde_json::json!({ "query": query }).to_string());
        assert_eq!(asked.send().await.unwrap().status(), 200, "{query}");
    }
    let unbuilt = store.unbuilt();
    let [one] = unbuilt.as_slice() else {
        panic!("{unbuilt:?}");
    };
    assert!(
        one.starts_with(r#"POST /graphql: Unknown field "locale" on type "Settings"."#),
        "{one}"
    );
}

#[tokio::test]
#[should_panic(expected = "has not built [\"GET /stores/northfold/v3/pricelists\"]")]
async fn a_strict_store_that_is_stopped_fails_a_test_that_met_what_is_not_built() {
    let store = Strict::serve(config()).await.unwrap();
    let _answer = ask(&store, "GET", "/v3/pricelists").send().await;
    store.stop().await;
}

#[tokio::test]
#[should_panic(expected = "has not built [\"GET /stores/northfold/v3/pricelists\"]")]
async fn a_strict_store_that_is_dropped_fails_a_test_that_met_what_is_not_built() {
    let store = Strict::serve(config()).await.unwrap();
    let _answer = ask(&store, "GET", "/v3/pricelists").send().await;
}

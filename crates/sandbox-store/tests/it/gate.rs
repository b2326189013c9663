//! Who is let in, and what is said to the others.

use jiff::{Timestamp, ToSpan};
use sandbox_store::{Blueprint, Plan, Request, Scopes, Store, step};
use serde_json::json;

use crate::support::{blueprint, get, noon, request, shop};

#[test]
fn a_request_without_a_token_is_told_so_in_plain_text() {
    let mut store = shop();
    let response = step(
        &mut store,
        Request::new("GET", "/stores/northfold/v2/time"),
        noon(),
    );
    assert_eq!(response.status, 401);
    assert_eq!(
        response.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    assert_eq!(response.body, b"X-Auth-Token header is required");
}

#[test]
fn an_empty_token_is_malformed_and_another_one_unknown() {
    let mut store = shop();
    let ask = |token: &str| {
        Request::new("GET", "/stores/northfold/v2/time").with_header("x-auth-token", token)
    };
    let empty = step(&mut store, ask(""), noon());
    assert_eq!(
        empty.body,
        b"X-Auth-Token header should have correct format"
    );
    let wrong = step(&mut store, ask("somebodyelsestoken"), noon());
    assert_eq!(wrong.status, 401);
    assert_eq!(wrong.body_json().unwrap()["title"], "Unauthorized");
}

#[test]
fn a_wrong_token_hides_whether_the_store_exists() {
    let mut store = shop();
    let ask = |hash: &str, token: &str| {
        Request::new("GET", &format!("/stores/{hash}/v2/time")).with_header("X-Auth-Token", token)
    };
    let good = Blueprint::default().token;
    assert_eq!(step(&mut store, ask("other", "wrong"), noon()).status, 401);
    assert_eq!(
        step(&mut store, ask("other", good.expose()), noon()).status,
        403
    );
}

#[test]
fn a_route_that_does_not_exist_is_refused_before_the_token_is_looked_at() {
    let mut store = shop();
    for (method, path) in [
        ("GET", "/v2/nothing"),
        ("POST", "/v2/time"),
        ("PATCH", "/v2/orders/1"),
    ] {
        let target = format!("/stores/northfold{path}");
        let response = step(&mut store, Request::new(method, &target), noon());
        assert_eq!(response.status, 404, "{method} {path}");
        assert_eq!(response.body, b"The route is not found, check the URL");
    }
}

#[test]
fn what_bigcommerce_has_and_the_sandbox_lacks_is_named() {
    let mut store = shop();
    let response = step(&mut store, request("GET", "/v3/promotions"), noon());
    assert_eq!(response.status, 501);
    assert_eq!(
        response.body_json().unwrap()["missing"],
        "GET /v3/promotions"
    );
}

#[test]
fn each_probe_needs_its_own_scope() {
    let probes = [
        ("/v2/time", "store_v2_information_read_only"),
        ("/v2/store", "store_v2_information_read_only"),
        ("/v2/orders?limit=1", "store_v2_orders_read_only"),
        ("/v2/order_statuses", "store_v2_orders_read_only"),
        (
            "/v3/catalog/products?limit=1",
            "store_v2_products_read_only",
        ),
        ("/v3/customers?limit=1", "store_v2_customers_read_only"),
        (
            "/v3/inventory/locations?limit=1",
            "store_locations_read_only",
        ),
        ("/v3/channels?limit=1", "store_channel_settings_read_only"),
        (
            "/v3/orders/48219/transactions",
            "store_v2_transactions_read_only",
        ),
    ];
    for (target, scope) in probes {
        for (_, granted) in probes {
            let mut store = Store::open(&Blueprint {
                scopes: granted.parse().unwrap(),
                ..blueprint()
            });
            let response = get(&mut store, target);
            if granted == scope {
                assert!(
                    response.status < 300,
                    "{target} with {granted}: {}",
                    response.status
                );
            } else {
                assert_eq!(response.status, 403, "{target} with {granted}");
                let title = response.body_json().unwrap()["title"].clone();
                assert_eq!(
                    title,
                    "You don't have a required scope to access the endpoint"
                );
            }
        }
    }
}

#[test]
fn reading_scope_does_not_let_anybody_write() {
    let mut store = Store::open(&Blueprint {
        scopes: "store_v2_orders_read_only".parse().unwrap(),
        ..blueprint()
    });
    let body = json!({ "staff_notes": "x" });
    let refused = step(
        &mut store,
        request("PUT", "/v2/orders/48219").with_json(&body),
        noon(),
    );
    assert_eq!(refused.status, 403);
    assert!(!refused.effects.changed);
}

#[test]
fn a_token_without_scopes_is_still_a_token() {
    let mut store = Store::open(&Blueprint {
        scopes: Scopes::Only([].into()),
        ..blueprint()
    });
    assert_eq!(get(&mut store, "/v2/time").status, 403);
}

fn limited() -> Store {
    Store::open(&Blueprint {
        plan: Plan::Standard,
        ..blueprint()
    })
}

fn at(store: &mut Store, seconds: i64) -> sandbox_store::Response {
    let now: Timestamp = noon().checked_add(seconds.seconds()).unwrap();
    step(store, request("GET", "/v2/time"), now)
}

#[test]
fn the_quota_counts_down_and_says_when_it_comes_back() {
    let mut store = limited();
    let first = at(&mut store, 0);
    assert_eq!(first.header("X-Rate-Limit-Requests-Quota"), Some("150"));
    assert_eq!(first.header("X-Rate-Limit-Requests-Left"), Some("149"));
    assert_eq!(first.header("X-Rate-Limit-Time-Window-Ms"), Some("30000"));
    let later = at(&mut store, 12);
    assert_eq!(later.header("X-Rate-Limit-Requests-Left"), Some("148"));
    assert_eq!(later.header("X-Rate-Limit-Time-Reset-Ms"), Some("18000"));
}

#[test]
fn the_request_after_the_last_one_is_refused_until_the_window_ends() {
    let mut store = limited();
    for _request in 0..150 {
        assert_eq!(at(&mut store, 0).status, 200);
    }
    let refused = at(&mut store, 29);
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("X-Rate-Limit-Requests-Left"), Some("0"));
    assert_eq!(refused.header("X-Rate-Limit-Time-Reset-Ms"), Some("1000"));
    assert_eq!(refused.body_json().unwrap()["status"], 429);
    assert_eq!(at(&mut store, 30).status, 200);
}

#[test]
fn strangers_do_not_use_up_the_quota() {
    let mut store = limited();
    for _request in 0..200 {
        step(
            &mut store,
            Request::new("GET", "/stores/northfold/v2/time"),
            noon(),
        );
    }
    assert_eq!(
        at(&mut store, 0).header("X-Rate-Limit-Requests-Left"),
        Some("149")
    );
}

#[test]
fn an_unlimited_plan_sends_no_rate_headers() {
    let mut store = shop();
    let response = get(&mut store, "/v2/time");
    let limits: Vec<_> = response
        .headers
        .iter()
        .filter(|(name, _)| name.starts_with("X-Rate-Limit"))
        .collect();
    assert_eq!(limits, Vec::<&(String, String)>::new());
}

#[test]
fn only_v2_carries_the_old_headers_and_all_answers_an_id() {
    let mut store = shop();
    let old = get(&mut store, "/v2/time");
    let new = get(&mut store, "/v3/channels");
    assert!(
        old.header("X-BC-Store-Version").is_some()
            && old.header("X-BC-ApiLimit-Remaining").is_some()
    );
    assert!(new.header("X-BC-Store-Version").is_none());
    assert!(new.header("X-Request-Id").is_some());
    assert_ne!(old.header("X-Request-Id"), new.header("X-Request-Id"));
}

#[test]
fn v2_speaks_xml_unless_json_is_asked_for() {
    let mut store = shop();
    let token = Blueprint::default().token;
    for accept in [None, Some("*/*"), Some("application/xml")] {
        let mut ask = Request::new("GET", "/stores/northfold/v2/orders?limit=2")
            .with_header("X-Auth-Token", token.expose());
        if let Some(accept) = accept {
            ask = ask.with_header("Accept", accept);
        }
        let response = step(&mut store, ask, noon());
        let text = String::from_utf8(response.body.clone()).unwrap();
        assert!(
            text.contains("<orders><order>") && text.contains("<id>48018</id>"),
            "{accept:?}: {text}"
        );
        assert_eq!(
            response.header("Content-Type"),
            Some("application/xml; charset=utf-8")
        );
    }
    let v3 = Request::new("GET", "/stores/northfold/v3/channels")
        .with_header("X-Auth-Token", token.expose());
    assert!(step(&mut store, v3, noon()).body_json().is_some());
}

#[test]
fn a_body_that_does_not_say_it_is_json_is_refused() {
    let mut store = shop();
    let mut ask = request("PUT", "/v2/orders/48219");
    ask.body = br#"{"status_id":2}"#.to_vec();
    assert_eq!(step(&mut store, ask, noon()).status, 415);
}

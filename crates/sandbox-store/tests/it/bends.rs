//! Answers that are bent inside: by one rule or several, alone or beside another fault.

use sandbox_store::Running;
use serde_json::{Value, json};

use crate::faults::open;
use crate::wire::{ask, control, get};

#[tokio::test]
async fn an_answer_can_be_bent_in_one_place() {
    let bent = |pointer: &str, value: Value| json!([{ "match": { "path": "/v2/orders" }, "fault": { "kind": "patch", "pointer": pointer, "value": value } }]);
    let store = open(bent("/0/billing_address", Value::Null)).await;
    let orders = get(&store, "/v2/orders?limit=2").await;
    assert!(orders[0]["billing_address"].is_null() && orders[1]["billing_address"].is_object());
    let store = open(bent("/1/brand_new", json!({ "x": [1] }))).await;
    assert_eq!(
        get(&store, "/v2/orders?limit=2").await[1]["brand_new"]["x"][0],
        1
    );
}

/// Ids of a list of products; null where one cannot be read.
pub(crate) fn product_ids(list: &Value) -> Vec<Option<u64>> {
    let things = list["data"].as_array().unwrap();
    things.iter().map(|thing| thing["id"].as_u64()).collect()
}

#[tokio::test]
async fn one_product_is_all_nulls_and_another_cannot_be_read_among_good_ones() {
    let store = open(json!([
        { "match": { "path": "/v3/catalog/products*" }, "fault": { "kind": "nulls", "id": 113 } },
        { "match": { "path": "/v3/catalog/products*" }, "fault": { "kind": "unreadable", "id": 115 } },
    ]))
    .await;
    let plain = open(json!([])).await;
    let target = "/v3/catalog/products?limit=6&include=variants,images";
    let bent = get(&store, target).await;
    let good = get(&plain, target).await;
    let expected = [Some(111), Some(112), Some(113), Some(114), None, Some(116)];
    assert_eq!(product_ids(&bent), expected);
    assert!(bent["data"][4]["id"].is_object());
    assert_eq!(bent["data"][4]["name"], good["data"][4]["name"]);
    let kept = [
        "id",
        "name",
        "type",
        "price",
        "weight",
        "date_created",
        "date_modified",
    ];
    for (name, value) in bent["data"][2].as_object().unwrap() {
        let expected = if kept.contains(&name.as_str()) {
            good["data"][2][name].clone()
        } else {
            Value::Null
        };
        assert_eq!(*value, expected, "{name}");
    }
    for at in [0, 1, 3, 5] {
        let text =
            |list: &Value, store: &Running| list["data"][at].to_string().replace(&store.origin, "");
        assert_eq!(text(&bent, &store), text(&good, &plain));
    }
    let other_page = get(&store, "/v3/catalog/products?limit=3&page=3").await;
    assert_eq!(product_ids(&other_page), [Some(117), Some(118), Some(119)]);
}

#[tokio::test]
async fn what_is_bent_can_be_said_to_the_field() {
    let store = open(json!([
        { "match": { "path": "/v2/orders" }, "fault": { "kind": "unreadable", "field": "total_inc_tax", "value": [1] } },
        { "match": { "path": "/v2/orders" }, "times": 1, "fault": { "kind": "nulls", "at": 1, "keep": ["id", "status_id"] } },
    ]))
    .await;
    let first = get(&store, "/v2/orders?limit=3").await;
    assert_eq!(
        first[0]["total_inc_tax"],
        json!([1]),
        "the first one if it is not said which"
    );
    assert!(first[1]["id"].is_u64() && first[1]["status_id"].is_u64());
    assert!(first[1]["total_inc_tax"].is_null() && first[1]["billing_address"].is_null());
    assert!(first[2]["total_inc_tax"].is_string());
    let second = get(&store, "/v2/orders?limit=3").await;
    assert!(
        second[1]["total_inc_tax"].is_string(),
        "the nulls were for once"
    );
    assert_eq!(second[0]["total_inc_tax"], json!([1]));
}

#[tokio::test]
async fn fields_nobody_has_heard_of_may_come_along() {
    let store = open(json!([
        { "match": { "path": "/v3/customers" }, "fault": { "kind": "extraFields" } },
        { "match": { "path": "/v3/catalog/products/*" }, "fault": { "kind": "extraFields", "fields": { "shiny": 1 } } },
    ]))
    .await;
    let customers = get(&store, "/v3/customers?limit=2").await;
    for customer in customers["data"].as_array().unwrap() {
        assert_eq!(customer["x_object"]["deep"]["er"], json!([]));
        assert!(customer["email"].is_string());
    }
    assert_eq!(
        get(&store, "/v3/catalog/products/111").await["data"]["shiny"],
        1
    );
    assert!(get(&store, "/v2/time").await["time"].is_u64());
}

#[tokio::test]
async fn bent_answers_can_be_late_and_refused_ones_stay_refused() {
    let store = open(json!([
        { "fault": { "kind": "latency", "ms": 1 } },
        { "fault": { "kind": "patch", "pointer": "/data/name", "value": 7 } },
    ]))
    .await;
    assert_eq!(
        get(&store, "/v3/catalog/products/111").await["data"]["name"],
        7
    );
    let refused = get(&store, "/v3/catalog/products/9").await;
    assert_eq!(refused["status"], 404);
    let log = control(&store, "GET", "/log", Value::Null).await;
    assert_eq!(log[0]["fault"], "latency");
}

#[tokio::test]
async fn an_answer_that_is_played_instead_of_the_stores_is_bent_too() {
    let refusal = json!({ "status": 409, "title": "Conflict" }).to_string();
    let played = json!({ "kind": "status", "status": 409, "body": refusal });
    let store = open(json!([
        { "times": 1, "fault": played },
        { "times": 1, "fault": { "kind": "patch", "pointer": "/title", "value": 7 } },
        { "times": 1, "fault": { "kind": "bom" } },
    ]))
    .await;
    let answer = ask(&store, "GET", "/v2/time").send().await.unwrap();
    assert_eq!(answer.status(), 409);
    let body = answer.bytes().await.unwrap();
    let marked = body.strip_prefix(b"\xef\xbb\xbf").unwrap();
    let bent: Value = serde_json::from_slice(marked).unwrap();
    assert_eq!(bent, json!({ "status": 409, "title": 7 }));
    // Each was played once, and all of them with that.
    let rules = control(&store, "GET", "/faults", Value::Null).await;
    assert_eq!(rules["rules"], json!([]));
    let time = get(&store, "/v2/time").await;
    assert!(time["time"].is_u64(), "{time}");
}

//! Errors that the specification lists for an operation, and that nothing brings about that is asked of all of them
//! alike: each is asked for by itself, and where no request is the cause, the store is told to fail.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    Problem, Verdict,
    answers::{NOBODY, PICTURE, form, wire},
    bodies::{self, With},
    judge::{Judge, Wire},
    shop::Shop,
};

/// Half of a body. The judge reads JSON, and hands on a text that stands in it as it is: what is half of a body comes
/// through inside of one.
pub(crate) const HALF: &str = "{\"half\":";

/// Has an operation refuse what it alone is asked.
pub(crate) async fn every_one(
    judge: &Judge,
    shop: &Shop,
    (method, pattern, path, with): (&str, &str, &str, &With),
    verdict: &mut Verdict,
) -> Result<(), Problem> {
    for (wire, status) in of(shop, (method, pattern, path), with).await? {
        let Some(judged) = judge.proxy(&wire).await? else {
            break;
        };
        verdict.answer(&judged);
        if judged.status != status {
            let operation = format!("{method} /{pattern}");
            let what = format!("answers {} instead of {status}", judged.status);
            verdict.fault(&operation, &what);
        }
    }
    Ok(())
}

/// What is asked of an operation, and the error it has to answer. `with` is what it was granted with.
async fn of(
    shop: &Shop,
    (method, pattern, path): (&str, &str, &str),
    with: &With,
) -> Result<Vec<(Wire, u16)>, Problem> {
    let asked = |query: &str, status: u16| {
        let with = With {
            query: query.to_owned(),
            ..With::default()
        };
        (wire(method, path, &with, Shop::OWNER), status)
    };
    let sent =
        |body: Value, status: u16| (wire(method, path, &With::body(body), Shop::OWNER), status);
    Ok(match (method, pattern) {
        ("GET", "v3/catalog/brands/metafields") => vec![asked("?id:in=none", 400)],
        ("GET", "v3/catalog/trees/categories") => vec![asked("?category_id:in=none", 400)],
        ("GET", "v3/payments/methods") => {
            vec![asked("", 400), asked(&format!("?order_id={NOBODY}"), 404)]
        }
        ("GET" | "DELETE", "v2/customer_groups/*") => {
            let nameless = "/v2/customer_groups/none";
            vec![(wire(method, nameless, with, Shop::OWNER), 400)]
        }
        ("DELETE", "v3/catalog/trees/categories") => {
            vec![asked("?category_id:in=none", 400), asked("", 422)]
        }
        ("DELETE", "v3/catalog/brands" | "v3/catalog/trees" | "v3/storefront/api-token") => {
            vec![asked("", 422)]
        }
        ("DELETE", "v3/customers") => vec![asked("?id:in=none", 422)],
        ("POST", "v3/catalog/brands/*/image") => {
            let whole = wire(method, path, with, Shop::OWNER);
            let mut half = whole.body.clone();
            half.truncate(half.len().saturating_sub(4));
            let sent = |body: Vec<u8>| Wire {
                body,
                ..whole.clone()
            };
            vec![
                (sent(half), 400),
                (sent(form("picture", PICTURE)), 422),
                (sent(form("image_file", "no picture")), 422),
            ]
        }
        ("POST", "v3/orders/*/payment_actions/capture" | "v3/orders/*/payment_actions/void") => {
            vec![sent(HALF.into(), 400)]
        }
        ("POST", "v3/orders/*/payment_actions/refunds") => to_a_guest(shop, path).await?,
        ("PUT", "v3/catalog/products") => {
            let own = with.body.as_ref().map(|body| body[0]["id"].clone());
            let own = own.unwrap_or_default();
            let name = taken(shop, &format!("{path}/{own}")).await?;
            let nobody: u64 = NOBODY.parse()?;
            vec![
                sent(json!([{ "id": nobody, "price": 1 }]), 404),
                sent(json!([{ "id": own, "name": name }]), 409),
            ]
        }
        ("PUT", "v3/catalog/products/*" | "v3/catalog/brands/*") => {
            vec![sent(json!({ "name": taken(shop, path).await? }), 409)]
        }
        ("PUT", "v3/catalog/products/*/options/*" | "v3/catalog/products/*/modifiers/*") => {
            let (list, _own) = path.rsplit_once('/').ok_or("it is in a list")?;
            let twin = bodies::with(shop, "POST", pattern.trim_end_matches("/*"), list).await?;
            let twin = twin.body.unwrap_or_default();
            shop.call("POST", list, Some(&twin)).await?;
            vec![
                sent(json!({ "display_name": twin["display_name"] }), 409),
                sent(json!({ "display_name": "" }), 422),
            ]
        }
        ("PUT", "v3/catalog/products/*/bulk-pricing-rules/*") => {
            let (list, _own) = path.rsplit_once('/').ok_or("it is in a list")?;
            let other = json!({
                "quantity_min": 4000, "quantity_max": 4999, "type": "percent", "amount": 5,
            });
            shop.call("POST", list, Some(&other)).await?;
            vec![
                sent(json!({ "quantity_min": 4500, "quantity_max": 4600 }), 409),
                sent(json!({ "type": "gift" }), 422),
            ]
        }
        _ => Vec::new(),
    })
}

/// A name that another thing has of the list in which the one of a path is.
async fn taken(shop: &Shop, path: &str) -> Result<Value, Problem> {
    let (list, own) = path.rsplit_once('/').ok_or("it is in a list")?;
    let all = shop.read(list).await?;
    let mut others = all.as_array().into_iter().flatten();
    let other = others.find(|each| each["id"].as_u64() != own.parse().ok());
    Ok(other.map_or(Value::Null, |other| other["name"].clone()))
}

/// A refund to the store credit of somebody who has no account. Not of the order of `path`: its money moves already.
async fn to_a_guest(shop: &Shop, path: &str) -> Result<Vec<(Wire, u16)>, Problem> {
    let orders = shop.read("/v2/orders?limit=250").await?;
    for order in orders.as_array().into_iter().flatten() {
        let refunds = format!("/v3/orders/{}/payment_actions/refunds", order["id"]);
        if order["customer_id"] != 0 || refunds == path {
            continue;
        }
        let items = bodies::refunded(shop, &refunds).await?;
        let quotes = refunds.replace("/refunds", "/refund_quotes");
        let quote = shop
            .call("POST", &quotes, Some(&json!({ "items": items })))
            .await?;
        // Nobody paid for it.
        if quote.is_null() {
            continue;
        }
        let refund = json!({
            "items": items,
            "payments": [{
                "provider_id": "storecredit", "amount": quote["total_refund_amount"], "offline": false,
            }],
        });
        let wire = wire("POST", &refunds, &With::body(refund), Shop::OWNER);
        return Ok(vec![(wire, 422)]);
    }
    Ok(Vec::new())
}

/// What is listed, and no request is the cause of: it is played, with a body that is written here.
const BEYOND_REQUESTS: &[(&str, &str, u16)] = &[
    ("GET", "v3/catalog/products/*/custom-fields", 405),
    ("POST", "v3/catalog/products/*/custom-fields", 405),
    ("GET", "v3/catalog/products/*/custom-fields/*", 405),
    ("PUT", "v3/catalog/products/*/custom-fields/*", 405),
    ("DELETE", "v3/catalog/products/*/custom-fields/*", 405),
    ("POST", "v3/catalog/products/*/variants/*/image", 500),
    ("POST", "v3/orders/*/payment_actions/capture", 504),
    ("POST", "v3/orders/*/payment_actions/void", 504),
    ("GET", "v3/catalog/variants", 404),
    ("POST", "v3/catalog/brands", 404),
];

/// Faults that have the store answer an operation with each of these, and which that is.
pub(crate) fn beyond_requests(method: &str, pattern: &str) -> impl Iterator<Item = (Value, u16)> {
    BEYOND_REQUESTS
        .iter()
        .filter(move |(of, at, _)| *of == method && *at == pattern)
        .map(|(_, _, status)| (fault(*status), *status))
}

/// Whether a fault's answer was written here: judging it says nothing of what the sandbox writes.
pub(crate) fn is_written_here(fault: &Value) -> bool {
    fault["kind"] == "status"
}

/// How many of the errors that are listed were so, and which, in a sentence.
pub(crate) fn told(played: &BTreeSet<String>) -> String {
    let all: Vec<&str> = played.iter().map(String::as_str).collect();
    format!(
        "{} of them were played, with a body of the judge's own: {}",
        all.len(),
        all.join(", ")
    )
}

/// A refusal as v3 writes it.
fn fault(status: u16) -> Value {
    let title = match status {
        404 => "The resource was not found",
        405 => "Method Not Allowed",
        504 => "Gateway Timeout",
        _ => "Internal Server Error",
    };
    let refusal = json!({
        "status": status, "title": title, "detail": title, "errors": {},
        "type": "https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes",
    });
    json!({
        "kind": "status", "status": status, "body": refusal.to_string(),
        "headers": { "Content-Type": "application/problem+json" },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_request_is_the_cause_of_is_played_for_operations_that_are_there() {
        for (method, pattern, status) in BEYOND_REQUESTS {
            assert!(
                sandbox_store::operations().any(|it| it == (*method, *pattern)),
                "{method} {pattern}"
            );
            let played: Vec<u16> = beyond_requests(method, pattern)
                .inspect(|(fault, _)| assert!(is_written_here(fault), "{fault}"))
                .map(|(_, status)| status)
                .collect();
            assert_eq!(played, [*status]);
        }
        assert_eq!(beyond_requests("GET", "v2/orders").count(), 0);
    }

    #[test]
    fn what_is_played_is_told_apart_from_what_the_sandbox_says_itself() {
        assert!(!is_written_here(&json!({ "kind": "html502" })));
        let played = ["GET /v3/kettles: 405", "PUT /v3/kettles: 500"];
        assert_eq!(
            told(&played.map(str::to_owned).into()),
            "2 of them were played, with a body of the judge's own: GET /v3/kettles: 405, PUT /v3/kettles: 500"
        );
    }
}

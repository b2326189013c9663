//! Every operation of the sandbox, granted and refused, and what Prism says of the answers.

use sandbox_store::Sizes;
use serde_json::{Value, json};

use crate::{
    Problem, Verdict,
    along::{self, ORDER_WHOLE, ORDERS_WHOLE},
    bodies::{self, With},
    judge::{Judge, Wire},
    provoked::{self, HALF},
    shop::Shop,
};

/// A number that nothing has.
pub(crate) const NOBODY: &str = "987654321";

/// A shop in which everything is to be found.
pub(crate) fn small() -> Sizes {
    Sizes {
        orders: 120,
        ..Sizes::default()
    }
}

/// What makes and changes comes first, so that there is something to read; what takes away comes last, the
/// parts of a thing before the thing.
fn in_order() -> Vec<(&'static str, &'static str)> {
    let mut all: Vec<_> = sandbox_store::operations().collect();
    all.sort_by_key(|(method, pattern)| {
        let depth = pattern.matches('/').count();
        let step = match *method {
            "POST" => (0, depth),
            "PUT" => (1, depth),
            "GET" => (2, depth),
            _ if pattern.contains("metafields") => (3, 0),
            // The same customers again: last, so that the newer operations find some.
            _ if pattern.starts_with("v2/customers") => (5, 100 - depth),
            _ => (4, 100 - depth),
        };
        (step, *pattern)
    });
    all
}

/// Has every operation grant something, with all that can come along, and refuse something; with `is_full`, refuse for every reason there is.
pub(crate) async fn every_operation(
    judge: &Judge,
    shop: &Shop,
    is_full: bool,
    verdict: &mut Verdict,
) -> Result<(), Problem> {
    for (method, pattern) in in_order() {
        let operation = format!("{method} /{pattern}");
        let granted = grant(judge, shop, (method, pattern), verdict).await?;
        let Some((path, with)) = granted else {
            continue;
        };
        along::every_one(judge, (method, pattern, &path), &with, verdict).await?;
        if is_full {
            let granted = (method, pattern, &*path, &with);
            meet_trouble(judge, shop, granted, verdict).await?;
            provoked::every_one(judge, shop, granted, verdict).await?;
        }
        let mut is_refused = false;
        let mut all = refusals(method, &path, &with, is_full);
        if is_full {
            all.extend(unheard(method, &path, &with));
        }
        for wire in all {
            let Some(judged) = judge.proxy(&wire).await? else {
                break;
            };
            verdict.answer(&judged);
            is_refused |= judged.status >= 400;
            // A second movement of money while the first settles is put off with a 503.
            if judged.status >= 500 && judged.status != 503 {
                verdict.fault(&operation, &format!("answers {}", judged.status));
            }
            if is_refused && !is_full {
                break;
            }
        }
        if !is_refused {
            verdict.fault(&operation, "was not brought to refuse anything");
        }
    }
    Ok(())
}

/// What can befall any request, and the status it is answered with.
fn troubles() -> [(Value, u16); 7] {
    [
        (json!({ "kind": "locked" }), 423),
        (json!({ "kind": "suspended" }), 503),
        (json!({ "kind": "maintenance" }), 503),
        (json!({ "kind": "rateLimited", "resetMs": 1000 }), 429),
        (json!({ "kind": "retryAfter", "seconds": 1 }), 429),
        (json!({ "kind": "rateLimitedBare" }), 429),
        (json!({ "kind": "html502" }), 502),
    ]
}

/// Has an operation meet a locked store, a quota that is used up and the like; and be done in part, where it can.
async fn meet_trouble(
    judge: &Judge,
    shop: &Shop,
    (method, pattern, path, with): (&str, &str, &str, &With),
    verdict: &mut Verdict,
) -> Result<(), Problem> {
    let mut all: Vec<(Value, u16, Wire)> = troubles()
        .into_iter()
        .map(|(fault, status)| (fault, status, wire(method, path, with, Shop::OWNER)))
        .collect();
    for (fault, status) in provoked::beyond_requests(method, pattern) {
        all.push((fault, status, wire(method, path, with, Shop::OWNER)));
    }
    if matches!(
        (method, pattern),
        ("POST", "v3/catalog/products") | ("PUT", "v3/catalog/products/*")
    ) {
        for failed in ["inventory", "url"] {
            let with = bodies::with(shop, method, pattern, path).await?;
            let fault = json!({ "kind": "partly", "failed": failed });
            all.push((fault, 207, wire(method, path, &with, Shop::OWNER)));
        }
    }
    let operation = format!("{method} /{pattern}");
    for (fault, status, wire) in all {
        shop.break_next(&fault).await?;
        let Some(judged) = judge.proxy(&wire).await? else {
            break;
        };
        verdict.answer(&judged);
        if provoked::is_written_here(&fault) {
            verdict.played.insert(format!("{operation}: {status}"));
        }
        if judged.status != status {
            verdict.fault(
                &operation,
                &format!("{fault} makes it answer {}", judged.status),
            );
        }
    }
    // A batch of which only a part can be done.
    let mut mixed = bodies::with(shop, method, pattern, path).await?;
    if let Some(Value::Array(items)) = &mut mixed.body {
        items.push(json!({ "name": "", "id": "none", "planet": 7 }));
        if let Some(judged) = judge
            .proxy(&wire(method, path, &mixed, Shop::OWNER))
            .await?
        {
            verdict.answer(&judged);
        }
    }
    Ok(())
}

/// Tries every operation in a shop in which nothing is but what was made there before. Says which of them
/// could be granted nothing.
pub(crate) async fn every_attempt(
    judge: &Judge,
    shop: &Shop,
    verdict: &mut Verdict,
) -> Result<(), Problem> {
    let mut granted = 0;
    let mut never = Vec::new();
    for (method, pattern) in in_order() {
        let mut is_granted = false;
        for path in shop.paths(pattern).await? {
            let with = bodies::with(shop, method, pattern, &path).await?;
            let Some(judged) = judge
                .proxy(&wire(method, &path, &with, Shop::OWNER))
                .await?
            else {
                break;
            };
            verdict.answer(&judged);
            is_granted = (200..300).contains(&judged.status);
            if is_granted {
                break;
            }
            if judged.status >= 500 {
                let operation = format!("{method} /{pattern}");
                verdict.fault(&operation, &format!("answers {}", judged.status));
            }
        }
        if is_granted {
            granted += 1;
        } else {
            never.push(format!("{method} /{pattern}"));
        }
    }
    println!(
        "In a shop that began empty {granted} operations were granted; for want of what they are about not: {}",
        never.join(", ")
    );
    Ok(())
}

/// Tries what is there until something is granted. Answers with what that was.
async fn grant(
    judge: &Judge,
    shop: &Shop,
    (method, pattern): (&str, &str),
    verdict: &mut Verdict,
) -> Result<Option<(String, With)>, Problem> {
    let operation = format!("{method} /{pattern}");
    let mut last = "there is nothing to try it on".to_owned();
    for path in shop.paths(pattern).await? {
        let with = bodies::with(shop, method, pattern, &path).await?;
        let wire = wire(method, &path, &with, Shop::OWNER);
        let Some(judged) = judge.proxy(&wire).await? else {
            verdict.fault(&operation, "stands in no file of the specification");
            return Ok(None);
        };
        verdict.answer(&judged);
        if (200..300).contains(&judged.status) {
            verdict.request(&judged);
            return Ok(Some((path, with)));
        }
        last = format!("{} {}", judged.status, judged.body.unwrap_or_default());
    }
    verdict.fault(
        &operation,
        &format!("was not brought to grant anything: {last}"),
    );
    Ok(None)
}

pub(crate) fn wire(method: &str, path: &str, with: &With, token: &str) -> Wire {
    let target = format!("{path}{}", with.query);
    let mut wire = Wire::new(method, &target, token, with.body.as_ref());
    if with.is_picture {
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        wire.headers.push(("content-type".to_owned(), kind));
        wire.body = form("image_file", PICTURE);
    }
    if let Some((name, value)) = &with.header {
        wire.headers.push(((*name).to_owned(), value.clone()));
    }
    wire
}

/// What parts of a form are kept apart by.
const BOUNDARY: &str = "contract";

/// A picture that is text, an X bitmap: the judge hands on nothing else unharmed.
pub(crate) const PICTURE: &str =
    "#define kettle_width 8\n#define kettle_height 1\nstatic char kettle_bits[] = { 0x18 };\n";

/// A form with one file.
pub(crate) fn form(name: &str, file: &str) -> Vec<u8> {
    format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"kettle.xbm\"\r\n\
         Content-Type: image/x-xbitmap\r\n\r\n{file}\r\n--{BOUNDARY}--\r\n"
    )
    .into_bytes()
}

/// Requests that have to be refused, the one that says most of the operation first.
fn refusals(method: &str, path: &str, with: &With, is_full: bool) -> Vec<Wire> {
    let mut all = Vec::new();
    let mut of = |path: &str, with: &With, token: &str| all.push(wire(method, path, with, token));

    let mut places: Vec<&str> = path.split('/').collect();
    let is_number =
        |place: &&str| !place.is_empty() && place.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(at) = places.iter().rposition(is_number) {
        places[at] = NOBODY;
        of(&places.join("/"), with, Shop::OWNER);
    }
    if let Some(body) = &with.body {
        let is_list = body.is_array();
        let wrong = |body: Value| With {
            body: Some(if is_list { json!([body]) } else { body }),
            ..with.clone()
        };
        of(
            path,
            &wrong(json!({ "name": "", "id": "none", "planet": 7 })),
            Shop::OWNER,
        );
        of(path, &wrong(json!({})), Shop::OWNER);
        of(path, &wrong(Value::Null), Shop::OWNER);
        if is_full {
            // What is there already.
            of(path, with, Shop::OWNER);
            let many = body
                .as_array()
                .and_then(|list| list.first())
                .map(|one| vec![one.clone(); 3000]);
            if let Some(many) = many {
                let many = With {
                    body: Some(Value::from(many)),
                    ..with.clone()
                };
                of(path, &many, Shop::OWNER);
            }
        }
    }
    if method == "GET" {
        for query in ["?planet=mars", "?limit=5000", "?page=none"] {
            let asked = With {
                query: query.to_owned(),
                ..with.clone()
            };
            of(path, &asked, Shop::OWNER);
        }
    }
    of(path, with, "contract0nobody");
    of(path, with, Shop::STRANGER);
    all
}

/// Requests that are refused before anybody looks at what they are about: without a token, with one of
/// no such form, with a body that is not said to be JSON, and with half of one.
fn unheard(method: &str, path: &str, with: &With) -> Vec<Wire> {
    let whole = wire(method, path, with, Shop::OWNER);
    let without = |name: &str| {
        let mut wire = whole.clone();
        wire.headers.retain(|(header, _)| header != name);
        wire
    };
    let mut all = vec![
        without("x-auth-token"),
        wire(method, path, with, "two words"),
    ];
    if with.body.is_some() && !with.is_picture {
        let mut said_otherwise = without("content-type");
        said_otherwise
            .headers
            .push(("content-type".to_owned(), "text/csv".to_owned()));
        all.push(said_otherwise);
        let half = With {
            body: Some(HALF.into()),
            ..with.clone()
        };
        all.push(wire(method, path, &half, Shop::OWNER));
    }
    all
}

/// A request of every operation.
pub(crate) async fn one_of_each(shop: &Shop) -> Result<Vec<Wire>, Problem> {
    let mut wires = Vec::new();
    for (method, pattern) in in_order() {
        let paths = shop.paths(pattern).await?;
        if let Some(path) = paths.first() {
            let with = bodies::with(shop, method, pattern, path).await?;
            wires.push(wire(method, path, &with, Shop::OWNER));
        }
    }
    Ok(wires)
}

/// Has every operation refused in the same way, whatever it is about.
pub(crate) async fn every_refusal(
    judge: &Judge,
    shop: &Shop,
    wires: &[Wire],
    (fault, status): (Option<&Value>, u16),
    verdict: &mut Verdict,
) -> Result<(), Problem> {
    for wire in wires {
        if let Some(fault) = fault {
            shop.break_next(fault).await?;
        }
        let Some(judged) = judge.proxy(wire).await? else {
            continue;
        };
        verdict.answer(&judged);
        if judged.status != status {
            let operation = format!("{} {}", wire.method, wire.target);
            let what = format!("answers {} instead of {status}", judged.status);
            verdict.fault(&operation, &what);
        }
    }
    Ok(())
}

/// Reads everything that there is in a shop of another size, also with all that can come along.
pub(crate) async fn every_reading(
    judge: &Judge,
    shop: &Shop,
    verdict: &mut Verdict,
) -> Result<(), Problem> {
    for (method, pattern) in in_order() {
        if method != "GET" {
            continue;
        }
        for path in shop.paths(pattern).await? {
            let mut with = bodies::with(shop, method, pattern, &path).await?;
            if with.query.is_empty() && !path.ends_with(|end: char| end.is_ascii_digit()) {
                "?limit=250".clone_into(&mut with.query);
            }
            let Some(judged) = judge
                .proxy(&wire(method, &path, &with, Shop::OWNER))
                .await?
            else {
                break;
            };
            verdict.answer(&judged);
            for along in along::of(method, pattern) {
                along.query.clone_into(&mut with.query);
                let wire = wire(method, &path, &with, Shop::OWNER);
                if let Some(judged) = judge.proxy(&wire).await? {
                    verdict.answer(&judged);
                }
            }
        }
    }
    Ok(())
}

/// Reads all orders of a large shop with their lines, and those that have more of them than come along in every other
/// way too. There has to be one.
pub(crate) async fn every_order(judge: &Judge, verdict: &mut Verdict) -> Result<(), Problem> {
    let mut long = Vec::new();
    for page in 1.. {
        let target = format!("/v2/orders{ORDERS_WHOLE}&page={page}");
        let Some(judged) = judge.proxy(&read(&target)).await? else {
            break;
        };
        verdict.answer(&judged);
        // Behind the last page there is no list.
        let Some(Value::Array(orders)) = judged.body else {
            break;
        };
        let cut = orders.iter().filter(|order| is_cut(order));
        long.extend(cut.filter_map(|order| order["id"].as_u64()));
    }
    if long.is_empty() {
        verdict.fault(
            "GET /v2/orders",
            "gave no order of the large shop with more lines than come along",
        );
    }
    for order in long {
        for way in [
            ORDER_WHOLE,
            "/consignments",
            "/consignments?include=consignments.line_items",
            "/products",
            "/products?limit=50&page=2",
            "/products?limit=250",
        ] {
            let target = format!("/v2/orders/{order}{way}");
            let Some(judged) = judge.proxy(&read(&target)).await? else {
                verdict.fault(&target, "stands in no file of the specification");
                continue;
            };
            verdict.answer(&judged);
            if judged.status != 200 {
                verdict.fault(&target, &format!("answers {}", judged.status));
            }
        }
    }
    Ok(())
}

fn read(target: &str) -> Wire {
    Wire::new("GET", target, Shop::OWNER, None)
}

/// Whether an order says that it has more lines than came along.
fn is_cut(order: &Value) -> bool {
    let consignments = &order["consignments"];
    ["shipping", "downloads"]
        .iter()
        .filter_map(|kind| consignments[*kind].as_array())
        .flatten()
        .any(|consignment| consignment.get("__warning__").is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_with_more_lines_than_came_along_is_told_from_others() {
        let order =
            |shipping: Value| json!({ "consignments": { "shipping": shipping, "downloads": [] } });
        assert!(is_cut(&order(
            json!([{ "line_items": [], "__warning__": { "message": "…" } }])
        )));
        assert!(!is_cut(&order(json!([{ "line_items": [] }]))));
        // Not asked for.
        assert!(!is_cut(
            &json!({ "consignments": { "resource": "/orders/7/consignments" } })
        ));
    }
}

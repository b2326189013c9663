//! v2 answers XML unless JSON is asked for. Source: observed on the wire.

use serde_json::Value;

use crate::http::{Request, Response};

/// True without an `Accept` header, or with one that names no JSON.
pub(super) fn is_wanted(request: &Request) -> bool {
    !request
        .header("Accept")
        .is_some_and(|accept| accept.to_ascii_lowercase().contains("json"))
}

/// Turns a JSON answer into XML; anything else stays as it is.
pub(super) fn rewrite(response: &mut Response, pattern: &str) {
    let Some(value) = response.body_json() else {
        return;
    };
    let (many, one) = if response.status >= 400 {
        ("errors", "error")
    } else {
        names(pattern)
    };
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    match &value {
        Value::Array(items) => {
            xml.push_str(&format!("<{many}>"));
            for item in items {
                element(&mut xml, one, item);
            }
            xml.push_str(&format!("</{many}>"));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            element(&mut xml, one, &value);
        }
    }
    response.body = xml.into_bytes();
    response.set_header("Content-Type", "application/xml; charset=utf-8");
}

/// What a list and one of its things are called.
fn names(pattern: &str) -> (&'static str, &'static str) {
    match pattern {
        "v2/orders" | "v2/orders/*" => ("orders", "order"),
        "v2/orders/*/products" | "v2/orders/*/products/*" => ("products", "product"),
        "v2/orders/*/shipments" | "v2/orders/*/shipments/*" => ("shipments", "shipment"),
        "v2/orders/*/shipping_addresses" | "v2/orders/*/shipping_addresses/*" => {
            ("addresses", "address")
        }
        "v2/orders/*/coupons" => ("coupons", "coupon"),
        "v2/orders/*/taxes" => ("taxes", "tax"),
        "v2/orders/*/messages" => ("messages", "message"),
        "v2/orders/*/fees" => ("fees", "fee"),
        "v2/currencies" | "v2/currencies/*" => ("currencies", "currency"),
        "v2/tax_classes" | "v2/tax_classes/*" => ("tax_classes", "tax_class"),
        "v2/countries" | "v2/countries/*" => ("countries", "country"),
        "v2/countries/states" | "v2/countries/*/states" | "v2/countries/*/states/*" => {
            ("states", "state")
        }
        "v2/customer_groups" | "v2/customer_groups/*" => ("customer_groups", "customer_group"),
        "v2/payments/methods" => ("methods", "method"),
        "v2/order_statuses" | "v2/order_statuses/*" => ("statuses", "status"),
        "v2/store" => ("stores", "store"),
        "v2/time" => ("times", "time"),
        _other => ("items", "item"),
    }
}

fn element(xml: &mut String, name: &str, value: &Value) {
    xml.push_str(&format!("<{name}>"));
    match value {
        Value::Null => {}
        Value::Bool(yes) => xml.push_str(if *yes { "true" } else { "false" }),
        Value::Number(number) => xml.push_str(&number.to_string()),
        Value::String(text) => escape(xml, text),
        Value::Array(items) => {
            for item in items {
                element(xml, "value", item);
            }
        }
        Value::Object(fields) => {
            for (field, inner) in fields {
                element(xml, field, inner);
            }
        }
    }
    xml.push_str(&format!("</{name}>"));
}

fn escape(xml: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '&' => xml.push_str("&amp;"),
            '"' => xml.push_str("&quot;"),
            other => xml.push(other),
        }
    }
}

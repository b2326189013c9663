//! Operations and parameters, held against BigCommerce's own OpenAPI files where
//! `BIGCOMMERCE_OPENAPI_DIR` names a folder with them. They are not part of this project.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use bigcommerce::{
    Method,
    request::{Operation, operations},
};

use crate::told_apart;

/// What the specification says of one call.
struct Call {
    parameters: BTreeSet<String>,
    /// Of answers that are no success.
    refusals: BTreeSet<u16>,
}

/// The calls of the specification, by method and path.
struct Specification(BTreeMap<(String, String), Call>);

impl Specification {
    /// From the folder that the environment names.
    fn read() -> Option<Self> {
        let folder = PathBuf::from(std::env::var_os("BIGCOMMERCE_OPENAPI_DIR")?);
        let mut all = BTreeMap::new();
        let mut folders = vec![folder];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                let is_spec = path
                    .extension()
                    .is_some_and(|ending| ending == "yml" || ending == "yaml");
                if path.is_dir() {
                    folders.push(path);
                } else if is_spec {
                    Self::read_file(&fs::read_to_string(&path).unwrap(), &mut all);
                }
            }
        }
        Some(Self(all))
    }

    /// The specification, or a word on why there is none.
    fn or_skip() -> Option<Self> {
        let specification = Self::read();
        if specification.is_none() {
            eprintln!(
                "skipped: BIGCOMMERCE_OPENAPI_DIR names no folder with BigCommerce's OpenAPI \
                 files, which are not part of this project"
            );
        }
        specification
    }

    fn call(&self, operation: &Operation) -> Option<&Call> {
        let method = operation.method.as_str().to_owned();
        self.0.get(&(method, operation.path.to_owned()))
    }

    fn read_file(text: &str, all: &mut BTreeMap<(String, String), Call>) {
        let file: serde_json::Value = serde_yaml_ng::from_str(text).unwrap();
        let server = file["servers"][0]["url"].as_str().unwrap_or_default();
        let version = server.rsplit('/').next().unwrap_or_default();
        let empty = serde_json::Map::new();
        for (path, item) in file["paths"].as_object().unwrap_or(&empty) {
            for method in ["get", "post", "put", "delete"] {
                let call = &item[method];
                if call.is_null() {
                    continue;
                }
                let lists = [&item["parameters"], &call["parameters"]];
                let parameters = lists
                    .iter()
                    .filter_map(|list| list.as_array())
                    .flatten()
                    .map(|parameter| resolved(&file, parameter))
                    .filter(|parameter| parameter["in"] == "query")
                    .filter_map(|parameter| parameter["name"].as_str().map(str::to_owned))
                    .collect();
                let plain: Vec<&str> = path
                    .trim_end_matches('/')
                    .split('/')
                    .map(|part| if part.starts_with('{') { "{}" } else { part })
                    .collect();
                let path = format!("/{version}{}", plain.join("/"));
                let statuses = call["responses"].as_object().unwrap_or(&empty).keys();
                let refusals = statuses
                    .filter_map(|status| status.parse().ok())
                    .filter(|status| *status >= 400)
                    .collect();
                let call = Call {
                    parameters,
                    refusals,
                };
                all.insert((method.to_uppercase(), path), call);
            }
        }
    }
}

fn resolved<'a>(
    file: &'a serde_json::Value,
    value: &'a serde_json::Value,
) -> &'a serde_json::Value {
    match value["$ref"].as_str() {
        Some(pointer) => file
            .pointer(&pointer[1..])
            .map_or(value, |value| resolved(file, value)),
        None => value,
    }
}

/// Parameters that the specification has and requests don't, each with its reason.
fn is_left_out(operation: &Operation, parameter: &str) -> bool {
    match operation.method {
        Method::Get => {}
        // What comes back of a write is always everything, and what is deleted is named by number.
        Method::Post | Method::Put | Method::Delete => return true,
    }
    let is_lean = matches!(
        operation.name,
        "orders::list"
            | "orders::one"
            | "products::one"
            | "catalog::brands"
            | "catalog::categories"
    );
    match parameter {
        // These ask for what lists show; their neighbours that end in `full` take everything.
        _ if is_lean => true,
        // Of a single thing all fields are wanted.
        "include_fields" | "exclude_fields" => {
            operation.path.ends_with("{}") || operation.name == "bulk_pricing::list"
        }
        // A way of paying is asked for an order, not for a cart.
        "checkout_id" => true,
        // Of one product's metafields it could only be that product.
        "resource_id:in" => true,
        // Names what the taxes are on; it adds lines that repeat sums.
        "details" => true,
        // All refunds of an order, not those of one transaction.
        "transaction_id" => operation.path == "/v3/orders/{}/payment_actions/refunds",
        // Nobody has confirmed that a count takes conditions; a group has its number.
        _ => matches!(operation.name, "orders::count" | "customers::group"),
    }
}

/// Parameters that requests have and the specification doesn't, each with its reason.
fn is_our_own(operation: &Operation, parameter: &str) -> bool {
    // One list of conditions serves all owners of metafields.
    operation.name.starts_with("metafields::list")
        // Seen to be taken; the specification names no paging there.
        || operation.name == "order_parts::messages" && parameter == "limit"
}

#[test]
fn every_operation_and_every_parameter_stands_in_the_specification_and_none_is_forgotten() {
    let Some(specification) = Specification::or_skip() else {
        return;
    };
    let mut wrong = Vec::new();
    for operation in operations() {
        let Some(Call {
            parameters: theirs, ..
        }) = specification.call(operation)
        else {
            wrong.push(format!("{} is no operation", operation.name));
            continue;
        };
        let ours: BTreeSet<String> = operation
            .parameters
            .concat()
            .into_iter()
            .map(str::to_owned)
            .collect();
        for name in theirs.difference(&ours) {
            if !is_left_out(operation, name) {
                wrong.push(format!("{}: {name} is forgotten", operation.name));
            }
        }
        for name in ours.difference(theirs) {
            if !is_our_own(operation, name) {
                wrong.push(format!("{}: {name} is no parameter", operation.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_refusal_that_the_specification_has_is_one_that_every_operation_is_tried_with() {
    let Some(specification) = Specification::or_skip() else {
        return;
    };
    let mut documented = 0;
    for operation in operations() {
        for status in &specification.call(operation).unwrap().refusals {
            documented += 1;
            assert!(
                told_apart::statuses().any(|tried| tried == *status),
                "{}: {status}",
                operation.name
            );
        }
    }
    println!("{documented} refusals are documented");
}

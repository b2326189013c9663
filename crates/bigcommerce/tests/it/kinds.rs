//! What every operation says of itself: method, path, scope, and what a lost answer means.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use bigcommerce::{
    Kind, Method,
    request::{self, Operation, operations, storefront},
};
use commerce::{Access, Scope};

use testkit::samples::{Ids, samples};

#[test]
fn every_operation_says_what_a_lost_answer_means() {
    for sample in samples(&Ids::default()) {
        let body = sample.request.body();
        assert_eq!(
            sample.request.kind(),
            sample.kind,
            "{:?} {body:?}",
            sample.request
        );
    }
}

#[test]
fn every_operation_of_the_table_is_made_by_some_request_and_says_what_it_says() {
    let mut made = BTreeSet::new();
    for sample in samples(&Ids::default()) {
        let request = sample.request;
        let operation = request.operation().expect("it stands in the table");
        made.insert(operation.name);
        assert_eq!(request.method(), operation.method, "{}", operation.name);
        assert_eq!(request.needs(), operation.needs, "{}", operation.name);
        assert!(fits(request.path(), operation.path), "{request:?}");
        if request.kind() != operation.kind {
            assert_eq!(request.kind(), Kind::Once, "{}", operation.name);
            assert!(operation.may_be_once, "{}", operation.name);
        }
        let known: Vec<&str> = operation.parameters.concat();
        for parameter in request.parameters() {
            let is_said = known.contains(&parameter) || parameter == "include";
            assert!(is_said, "{}: {parameter}", operation.name);
        }
    }
    let table: BTreeSet<&str> = operations()
        .iter()
        .map(|operation| operation.name)
        .collect();
    assert_eq!(table.len(), operations().len(), "names are unique");
    assert_eq!(made, table);
}

fn fits(path: &str, pattern: &str) -> bool {
    let (path, pattern): (Vec<_>, Vec<_>) =
        (path.split('/').collect(), pattern.split('/').collect());
    path.len() == pattern.len()
        && path
            .iter()
            .zip(pattern)
            .all(|(part, wanted)| wanted == "{}" && part.parse::<u64>().is_ok() || *part == wanted)
}

#[test]
fn reading_asks_for_no_more_than_reading_and_what_may_happen_twice_is_never_repeated() {
    for operation in operations() {
        let Operation { name, method, .. } = **operation;
        let expected = match method {
            Method::Get => Kind::Read,
            Method::Post => Kind::Once,
            Method::Put | Method::Delete => Kind::Idempotent,
        };
        assert_eq!(operation.kind, expected, "{name}");
        match operation.needs {
            Some((_, access)) => {
                assert_eq!(access == Access::Read, method == Method::Get, "{name}");
            }
            None => assert_eq!(operation.path, "/v2/time", "{name} needs a scope"),
        }
        if operation.may_be_once {
            assert_eq!(method, Method::Put, "{name}");
        }
    }
    // The one POST that changes nothing, because it can't.
    let query = storefront::query("{ site { id } }", serde_json::Value::Null).unwrap();
    assert_eq!((query.method(), query.kind()), (Method::Post, Kind::Read));
}

/// Which scope decides where. Source: BigCommerce documentation, "API accounts", table of scopes.
#[test]
fn the_scope_follows_from_where_a_call_goes() {
    let by_path = [
        ("/v2/time", None),
        ("/v2/store", Some(Scope::Information)),
        ("/v3/settings/", Some(Scope::Information)),
        ("/v2/currencies", Some(Scope::Information)),
        ("/v2/tax_classes", Some(Scope::Information)),
        ("/v2/countries", Some(Scope::Information)),
        ("/v3/channels", Some(Scope::ChannelSettings)),
        ("/v3/payments/methods", Some(Scope::PaymentMethods)),
        ("/v3/orders/{}/transactions", Some(Scope::OrderTransactions)),
        ("/v2/order", Some(Scope::Orders)),
        ("/v3/orders", Some(Scope::Orders)),
        ("/v3/catalog/", Some(Scope::Products)),
        ("/v3/inventory/locations/{}/items", Some(Scope::Inventory)),
        ("/v3/inventory/locations", Some(Scope::Locations)),
        ("/v3/inventory/", Some(Scope::Inventory)),
        ("/v3/customers", Some(Scope::Customers)),
        ("/v2/customer_groups", Some(Scope::Customers)),
        ("/v3/storefront/", Some(Scope::StorefrontTokens)),
    ];
    for operation in operations() {
        let (_, scope) = by_path
            .iter()
            .find(|(start, _)| operation.path.starts_with(start))
            .unwrap_or_else(|| panic!("{} goes somewhere new", operation.path));
        assert_eq!(
            operation.needs.map(|(scope, _)| scope),
            *scope,
            "{}",
            operation.name
        );
        let pays = operation.path.contains("/payment_actions/");
        let other = operation.or.map(|(scope, _)| scope);
        assert_eq!(
            other == Some(Scope::OrderTransactions),
            pays,
            "{}",
            operation.name
        );
        if let (Some((_, access)), Some((_, other))) = (operation.needs, operation.or) {
            assert_eq!(access, other, "{}", operation.name);
        }
    }
}

#[test]
fn nothing_deletes_without_saying_what() {
    for operation in operations() {
        if operation.method != Method::Delete {
            continue;
        }
        assert_ne!(operation.path, "/v2/orders");
        let names_one = operation.path.ends_with("/{}");
        let names_some = operation
            .parameters
            .concat()
            .iter()
            .any(|name| name.ends_with(":in"));
        let names_itself = operation.name == "storefront::revoke_token";
        assert!(
            names_one || names_some || names_itself,
            "{}",
            operation.name
        );
    }
    // And those that name some can't be built to name none.
    for sample in samples(&Ids::default()) {
        let request = sample.request;
        if request.method() == Method::Delete && !request.path().ends_with(char::is_numeric) {
            let query = request.query();
            let empty = query.split('&').any(|pair| pair.ends_with('='));
            assert!(
                !empty && (!query.is_empty() || request.path().contains("token")),
                "{request:?}"
            );
        }
    }
}

/// Reads the sources, so that a new function can't be forgotten in the table.
#[test]
fn no_function_that_makes_a_request_is_missing_from_the_table() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/request");
    let mut found = BTreeSet::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let module = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let source = fs::read_to_string(&path).unwrap();
        for function in source.split("\npub fn ").skip(1) {
            let head = function.split('{').next().unwrap();
            if head.contains("Request<") {
                let name: String = head
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                found.insert(format!("{module}::{name}"));
            }
        }
    }
    // Neither goes to a path of its own.
    for other in ["mod::probe", "mod::probe_modify", "storefront::query"] {
        assert!(found.remove(other), "{other}");
    }
    // The same operations, their answers read another way.
    found.retain(|name| !name.starts_with("together::"));
    let listed: BTreeSet<String> = operations()
        .iter()
        .map(|operation| operation.name.split(' ').next().unwrap().to_owned())
        .collect();
    assert_eq!(found, listed);
}

#[test]
fn a_question_about_writing_is_never_sent_twice_and_names_nothing() {
    let probes = Scope::ALL
        .into_iter()
        .filter_map(request::probe_modify)
        .collect::<Vec<_>>();
    assert!(!probes.is_empty());
    for probe in probes {
        assert_eq!((probe.method(), probe.kind()), (Method::Post, Kind::Once));
        assert!(matches!(probe.needs(), Some((_, Access::Modify))));
    }
}

#[test]
fn a_probe_reads_and_nothing_else() {
    for probe in Scope::ALL.into_iter().filter_map(request::probe) {
        assert_eq!(
            (probe.method(), probe.kind()),
            (Method::Get, Kind::Read),
            "{probe:?}"
        );
        assert!(probe.operation().is_none());
    }
}

/// Parameters and paths of the specification, by method and path.
struct Specification(BTreeMap<(String, String), BTreeSet<String>>);

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

    fn read_file(text: &str, all: &mut BTreeMap<(String, String), BTreeSet<String>>) {
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
                let names = lists
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
                all.insert((method.to_uppercase(), path), names);
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
    let Some(specification) = Specification::read() else {
        eprintln!(
            "skipped: BIGCOMMERCE_OPENAPI_DIR names no folder with BigCommerce's OpenAPI files, \
             which are not part of this project"
        );
        return;
    };
    let mut wrong = Vec::new();
    for operation in operations() {
        let key = (
            operation.method.as_str().to_owned(),
            operation.path.to_owned(),
        );
        let Some(theirs) = specification.0.get(&key) else {
            wrong.push(format!("{key:?} is no operation"));
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

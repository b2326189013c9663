//! What every operation says of itself: method, path, scope, and what a lost answer means.

use std::{collections::BTreeSet, fs, path::Path};

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
fn what_may_add_addresses_or_send_an_email_is_never_sent_again_unseen() {
    use commerce::{CustomerAddressEdit, CustomerEdit, CustomerId};
    let kind = |edits: Vec<CustomerEdit>| {
        let all: Vec<_> = (1..).map(CustomerId).zip(edits).collect();
        request::customers::update(&all.try_into().unwrap()).kind()
    };
    let nothing = CustomerEdit::default();
    let notice = |notice| CustomerEdit {
        trigger_account_created_notification: Some(notice),
        ..CustomerEdit::default()
    };
    let addresses = |addresses| CustomerEdit {
        addresses: Some(addresses),
        ..CustomerEdit::default()
    };
    let home = CustomerAddressEdit::default();
    assert_eq!(kind(vec![nothing.clone(), notice(true)]), Kind::Once);
    assert_eq!(
        kind(vec![nothing.clone(), addresses(vec![home])]),
        Kind::Once
    );
    assert_eq!(
        kind(vec![nothing, notice(false), addresses(vec![])]),
        Kind::Idempotent
    );
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
    // The same operation as `count`, with conditions.
    assert!(found.remove("orders::count_of"));
    assert!(found.remove("payments::refunds_of_transaction"));
    assert!(found.remove("settings::payment_methods_of_checkout"));
    // The same operations, their answers read another way: each is among what is tried all the same.
    let tried = include_str!("../../../testkit/src/samples.rs");
    let mut untried = found.clone();
    untried.retain(|name| name.starts_with("together::") && !tried.contains(&format!("{name}(")));
    assert!(untried.is_empty(), "{untried:?}");
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

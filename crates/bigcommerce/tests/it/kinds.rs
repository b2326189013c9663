//! Every operation with what a lost answer means for it. One that isn't listed here fails the test.

use std::{collections::BTreeSet, fs, path::Path};

use bigcommerce::{
    Kind, Method, Request,
    request::{self, catalog, customers, order_parts, orders, products},
};
use commerce::{
    Access, CurrencyCode, OrderId, ProductFields, ProductId, ProductKind, Scope, StatusId,
};

/// One way to ask, told without its answer's type.
struct Operation {
    /// Module and function.
    name: &'static str,
    method: Method,
    kind: Kind,
    needs: Option<(Scope, Access)>,
    path: String,
}

fn operation<T>(name: &'static str, request: &Request<T>) -> Operation {
    Operation {
        name,
        method: request.method(),
        kind: request.kind(),
        needs: request.needs(),
        path: request.path().to_owned(),
    }
}

fn operations() -> Vec<(Operation, Kind)> {
    const ORDER: OrderId = OrderId(100);
    const PRODUCT: ProductId = ProductId(7);
    let gbp: CurrencyCode = "GBP".parse().unwrap();
    let fields = ProductFields {
        name: Some("Tin".to_owned()),
        kind: Some(ProductKind::Physical),
        price: Some(5.into()),
        weight: Some(0.into()),
        ..ProductFields::default()
    };
    let new = products::NewProduct::try_from(&fields).unwrap();
    let change = products::ProductUpdate::from(&fields);
    let notes = orders::OrderUpdate {
        staff_notes: Some("fragile".to_owned()),
        ..orders::OrderUpdate::default()
    };
    let message = orders::OrderUpdate {
        customer_message: Some("soon".to_owned()),
        ..orders::OrderUpdate::default()
    };
    let status = orders::OrderUpdate {
        status_id: Some(StatusId(2)),
        ..notes.clone()
    };
    let all_products = products::ProductsQuery::new();
    let mut listed = vec![
        (operation("mod::time", &request::time()), Kind::Read),
        (operation("mod::store", &request::store()), Kind::Read),
        (
            operation("orders::list", &orders::list(&orders::OrdersQuery::new())),
            Kind::Read,
        ),
        (operation("orders::one", &orders::one(ORDER)), Kind::Read),
        (
            operation("orders::statuses", &orders::statuses()),
            Kind::Read,
        ),
        (operation("orders::count", &orders::count()), Kind::Read),
        (
            operation("orders::update", &orders::update(ORDER, &notes)),
            Kind::Idempotent,
        ),
        (
            operation("orders::update", &orders::update(ORDER, &message)),
            Kind::Idempotent,
        ),
        // The store may e-mail the shopper each time.
        (
            operation("orders::update", &orders::update(ORDER, &status)),
            Kind::Once,
        ),
        (
            operation("order_parts::lines", &order_parts::lines(ORDER, gbp, 1)),
            Kind::Read,
        ),
        (
            operation(
                "order_parts::shipping_addresses",
                &order_parts::shipping_addresses(ORDER, gbp, 1),
            ),
            Kind::Read,
        ),
        (
            operation("order_parts::shipments", &order_parts::shipments(ORDER, 1)),
            Kind::Read,
        ),
        (
            operation("order_parts::coupons", &order_parts::coupons(ORDER, gbp, 1)),
            Kind::Read,
        ),
        (
            operation("order_parts::taxes", &order_parts::taxes(ORDER, gbp, 1)),
            Kind::Read,
        ),
        (
            operation("order_parts::refunds", &order_parts::refunds(ORDER, gbp)),
            Kind::Read,
        ),
        (
            operation("products::list", &products::list(&all_products)),
            Kind::Read,
        ),
        (
            operation("products::one", &products::one(PRODUCT)),
            Kind::Read,
        ),
        (
            operation("products::update", &products::update(PRODUCT, &change)),
            Kind::Idempotent,
        ),
        (
            operation("products::create", &products::create(&new)),
            Kind::Once,
        ),
        (
            operation("products::delete", &products::delete(PRODUCT)),
            Kind::Idempotent,
        ),
        (
            operation("catalog::brands", &catalog::brands(1)),
            Kind::Read,
        ),
        (
            operation("catalog::categories", &catalog::categories(1)),
            Kind::Read,
        ),
        (
            operation(
                "customers::list",
                &customers::list(&customers::CustomersQuery::new()),
            ),
            Kind::Read,
        ),
    ];
    listed.extend(
        Scope::ALL
            .into_iter()
            .filter_map(request::probe)
            .map(|probe| (operation("mod::probe", &probe), Kind::Read)),
    );
    listed
}

#[test]
fn every_operation_says_what_a_lost_answer_means() {
    for (operation, kind) in operations() {
        assert_eq!(operation.kind, kind, "{}", operation.name);
    }
}

#[test]
fn only_what_changes_nothing_is_a_read_and_only_that_needs_no_more_than_reading() {
    for (operation, _) in operations() {
        let reads = operation.method == Method::Get;
        assert_eq!(operation.kind == Kind::Read, reads, "{}", operation.name);
        if let Some((_, access)) = operation.needs {
            assert_eq!(access == Access::Read, reads, "{}", operation.name);
        } else {
            assert_eq!(
                operation.path, "/v2/time",
                "{} needs a scope",
                operation.name
            );
        }
        if operation.method == Method::Post {
            assert_eq!(operation.kind, Kind::Once, "{}", operation.name);
        }
    }
}

#[test]
fn nothing_deletes_without_saying_what() {
    for (operation, _) in operations() {
        if operation.method == Method::Delete {
            let last = operation.path.rsplit('/').next().unwrap();
            assert!(last.parse::<u64>().is_ok(), "{}", operation.path);
        }
    }
}

/// Reads the sources, so that a new operation can't be forgotten above.
#[test]
fn no_operation_is_missing_from_the_list() {
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
    let listed: BTreeSet<String> = operations()
        .iter()
        .map(|(operation, _)| operation.name.to_owned())
        .collect();
    assert_eq!(found, listed);
}

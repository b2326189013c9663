//! Every parameter that the table gives an operation is one that some request can carry.

use std::collections::{BTreeMap, BTreeSet};

use bigcommerce::{
    Cursor, Page, Request,
    request::{
        ListQuery, assignments, catalog, custom_fields,
        customers::{self, CustomersQuery},
        filters::{
            CustomerFilter, Filter, MetafieldFilter, OrderFilter, ProductFilter, Selects,
            TreeFilter,
        },
        images, inventory, metafields, modifiers, operations, options, order_parts, payments,
        products::{self, ProductsQuery},
        settings, variants, videos,
    },
};
use commerce::TransactionId;
use testkit::samples::{Ids, samples};

use crate::words;

/// Names of parameters, by the operation that can carry them.
#[derive(Default)]
struct Carried(BTreeMap<&'static str, BTreeSet<&'static str>>);

impl Carried {
    fn by<T>(&mut self, request: &Request<T>) {
        let operation = request.operation().unwrap();
        let names = self.0.entry(operation.name).or_default();
        names.extend(request.parameters());
    }

    /// That each condition is sent is shown in `conditions`.
    fn by_conditions(&mut self, operation: &'static str, names: &[&'static str]) {
        let known = self.0.entry(operation).or_default();
        known.extend(names.iter().copied());
    }

    fn by_list<F: Filter, T>(&mut self, list: impl Fn(&ListQuery<F>) -> Request<Page<T>>) {
        let request = list(&ListQuery::new());
        self.by(&request);
        self.by_conditions(request.operation().unwrap().name, F::PARAMETERS);
    }

    /// The same of a list of which some fields can be asked for.
    fn by_list_of_fields<F: Filter + Selects, T>(
        &mut self,
        list: impl Fn(&ListQuery<F>) -> Request<Page<T>>,
    ) {
        self.by(&list(&ListQuery::new().only_fields(["id"])));
        self.by(&list(&ListQuery::new().without_fields(["id"])));
        self.by_list(list);
    }
}

fn lists(carried: &mut Carried, ids: Ids) {
    carried.by_list(settings::countries);
    carried.by_list(|query| settings::states(ids.country, query));
    carried.by_list(settings::channels);
    carried.by_list(|query| order_parts::messages(ids.order, query));
    carried.by_list(payments::refunds);
    carried.by_list(assignments::of_categories);
    carried.by_list(assignments::of_channels);
    carried.by_list(inventory::locations);
    carried.by_list(inventory::items);
    carried.by_list(|query| inventory::items_at(ids.location, query));
    carried.by_list(customers::addresses);
    carried.by_list(customers::attributes);
    carried.by_list(customers::attribute_values);
    carried.by_list(customers::groups);
    carried.by_list_of_fields(catalog::brands_full);
    carried.by_list_of_fields(catalog::categories_full);
    carried.by_list_of_fields(variants::across);
    let product = ids.product;
    carried.by_list_of_fields(|query| variants::list(product, query));
    carried.by_list_of_fields(|query| options::list(product, query));
    carried.by_list_of_fields(|query| options::values(product, ids.option, query));
    carried.by_list_of_fields(|query| modifiers::list(product, query));
    carried.by_list_of_fields(|query| modifiers::values(product, ids.modifier, query));
    carried.by_list_of_fields(|query| images::list(product, query));
    carried.by_list_of_fields(|query| videos::list(product, query));
    carried.by_list_of_fields(|query| custom_fields::list(product, query));
    for owner in ids.owners() {
        carried.by_list_of_fields(|query| metafields::list(owner, query));
        let onward = ListQuery::<MetafieldFilter>::new().after(cursor());
        carried.by(&metafields::list(owner, &onward));
    }
}

fn cursor() -> Cursor {
    Cursor::from("c10".to_owned())
}

#[test]
fn every_parameter_of_the_table_can_be_sent() {
    let ids = Ids::default();
    let mut carried = Carried::default();
    for sample in samples(&ids) {
        carried.by(&sample.request);
    }
    for request in words::requests(&ids) {
        carried.by(&request);
    }
    carried.by(&settings::payment_methods_of_checkout("a-checkout"));
    carried.by(&payments::refunds_of_transaction(
        ids.order,
        TransactionId(1),
    ));
    lists(&mut carried, ids);
    for orders in ["orders::list", "orders::list_full", "orders::count"] {
        carried.by_conditions(orders, OrderFilter::NAMES);
    }
    carried.by_conditions("catalog::trees", TreeFilter::NAMES);
    for query in [
        ProductsQuery::new().only_fields(["id"]),
        ProductsQuery::new().without_fields(["id"]),
    ] {
        carried.by(&products::list(&query));
        carried.by(&products::list_full(&query));
    }
    for products in ["products::list", "products::list_full"] {
        carried.by_conditions(products, ProductFilter::NAMES);
    }
    let onward = CustomersQuery::new().after(cursor());
    carried.by(&customers::list(&onward));
    carried.by(&customers::list_full(&onward));
    for customers in ["customers::list", "customers::list_full"] {
        carried.by_conditions(customers, CustomerFilter::NAMES);
    }
    let mut never = Vec::new();
    for operation in operations() {
        let names = carried.0.remove(operation.name).unwrap_or_default();
        let told = operation.parameters.concat();
        let missing = told.into_iter().filter(|name| !names.contains(name));
        never.extend(missing.map(|name| format!("{}: {name}", operation.name)));
    }
    assert!(never.is_empty(), "{never:#?}");
}

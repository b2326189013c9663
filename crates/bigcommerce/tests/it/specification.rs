//! Operations and parameters, held against BigCommerce's own OpenAPI files where
//! `BIGCOMMERCE_OPENAPI_DIR` names a folder with them. They are not part of this project.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use bigcommerce::request::{Operation, operations};

use testkit::samples::Ids;

use crate::{told_apart, words};

/// What the specification says of one call.
struct Call {
    /// Each with the values it may have, where they are listed.
    parameters: BTreeMap<String, BTreeSet<String>>,
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
            testkit::not_tried(
                "to hold requests against the specification, for BIGCOMMERCE_OPENAPI_DIR names no \
                 folder with BigCommerce's OpenAPI files, which are not part of this project",
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
                    .filter_map(|parameter| {
                        let name = parameter["name"].as_str()?.to_owned();
                        Some((name, values(&file, parameter)))
                    })
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

/// The values that a parameter may have, of a list those of each item.
fn values(file: &serde_json::Value, parameter: &serde_json::Value) -> BTreeSet<String> {
    let schema = resolved(file, &parameter["schema"]);
    let items = resolved(file, &schema["items"]);
    let listed = [schema, items]
        .into_iter()
        .find_map(|one| one["enum"].as_array());
    let text = |value: &serde_json::Value| match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.to_string(),
    };
    listed.into_iter().flatten().map(text).collect()
}

/// Parameters that the specification has for calls and requests don't, each with its reason.
const LEFT_OUT: &[(&[&str], &[&str])] = &[
    // What comes back of a write is always everything.
    (&["orders::create"], &["include", "consignment_structure"]),
    (
        &["products::update", "products::edit"],
        &["include", "include_fields"],
    ),
    (
        &[
            "products::edit_batch",
            "products::create",
            "products::create_full",
        ],
        &["include_fields"],
    ),
    (&["payments::refund"], &["transaction_id"]),
    // Conditions of the list that the specification has for the whole path.
    (
        &[
            "metafields::create of products",
            "metafields::create of categories",
        ],
        &[
            "page",
            "limit",
            "before",
            "after",
            "key",
            "key:in",
            "namespace",
            "namespace:in",
            "direction",
            "include_fields",
            "date_created:min",
            "date_created:max",
            "date_modified:min",
            "date_modified:max",
        ],
    ),
    // The number in the path, once more.
    (&["metafields::update of customers"], &["metafieldId"]),
    // What is deleted is named by number.
    (
        &["products::delete_batch"],
        &[
            "name",
            "sku",
            "price",
            "weight",
            "condition",
            "brand_id",
            "date_modified",
            "date_last_imported",
            "is_visible",
            "is_featured",
            "inventory_level",
            "total_sold",
            "type",
            "categories",
            "keyword",
        ],
    ),
    (
        &["catalog::delete_categories"],
        &["category_uuid:in", "parent_id:in", "tree_id:in"],
    ),
    // These ask for what lists show; their neighbours that end in `full` take everything.
    (&["order_parts::taxes"], &["details"]),
    (
        &["orders::list", "orders::one"],
        &["include", "consignment_structure"],
    ),
    (
        &["products::one"],
        &["include", "include_fields", "exclude_fields"],
    ),
    (
        &["catalog::brands"],
        &[
            "id",
            "id:in",
            "id:not_in",
            "id:min",
            "id:max",
            "id:greater",
            "id:less",
            "name",
            "name:like",
            "page_title",
            "sort",
            "direction",
            "include_fields",
            "exclude_fields",
        ],
    ),
    (
        &["catalog::categories"],
        &[
            "category_uuid:in",
            "category_uuid:not_in",
            "category_id:in",
            "category_id:not_in",
            "tree_id:in",
            "tree_id:not_in",
            "parent_id:in",
            "parent_id:not_in",
            "page_title",
            "page_title:like",
            "name",
            "name:like",
            "keyword",
            "is_visible",
            "include_fields",
            "exclude_fields",
        ],
    ),
    // Lists are gone through forwards, and a page says only where the next one begins.
    (
        &[
            "customers::list",
            "customers::list_full",
            "metafields::list of orders",
            "metafields::list of products",
            "metafields::list of variants",
            "metafields::list of categories",
            "metafields::list of brands",
            "metafields::list of customers",
        ],
        &["before"],
    ),
    // Of a single thing all fields are wanted.
    (
        &[
            "products::one_full",
            "metafields::one of products",
            "metafields::one of variants",
            "metafields::one of categories",
            "metafields::one of brands",
            "products::one_full",
            "variants::one",
            "options::one",
            "modifiers::one",
            "bulk_pricing::list",
            "catalog::brand",
        ],
        &["include_fields", "exclude_fields"],
    ),
    // Of one product's metafields it could only be that product.
    (&["metafields::list of products"], &["resource_id:in"]),
    // All refunds of an order; `payments::refunds_of_transaction` asks for those of one transaction.
    (&["order_parts::refunds"], &["transaction_id"]),
    // A group has its number.
    (
        &["customers::group"],
        &[
            "page",
            "limit",
            "name",
            "is_default",
            "date_created",
            "date_created:min",
            "date_created:max",
            "date_modified",
            "date_modified:min",
            "date_modified:max",
        ],
    ),
];

#[test]
fn every_operation_and_every_parameter_stands_in_the_specification_and_none_is_forgotten() {
    let Some(specification) = Specification::or_skip() else {
        return;
    };
    let mut wrong = Vec::new();
    let mut left_out = BTreeSet::new();
    for (names, parameters) in LEFT_OUT {
        for name in *names {
            left_out.extend(parameters.iter().map(|parameter| (*name, *parameter)));
        }
    }
    for operation in operations() {
        let Some(call) = specification.call(operation) else {
            wrong.push(format!("{} is no operation", operation.name));
            continue;
        };
        let ours: BTreeSet<&str> = operation.parameters.concat().into_iter().collect();
        let theirs: BTreeSet<&str> = call.parameters.keys().map(String::as_str).collect();
        for name in theirs.difference(&ours) {
            if !left_out.remove(&(operation.name, name)) {
                wrong.push(format!("{}: {name} is forgotten", operation.name));
            }
        }
        for name in ours.difference(&theirs) {
            wrong.push(format!("{}: {name} is no parameter", operation.name));
        }
    }
    let dead = left_out.iter().map(|(name, parameter)| {
        format!("{name}: {parameter} is left out, and there is no such parameter to leave out")
    });
    wrong.extend(dead);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_word_that_a_parameter_may_be_is_sent_and_no_other() {
    let Some(specification) = Specification::or_skip() else {
        return;
    };
    let mut sent: BTreeMap<(&str, String), BTreeSet<String>> = BTreeMap::new();
    for request in words::requests(&Ids::default()) {
        let name = request.operation().unwrap().name;
        for (parameter, value) in url::form_urlencoded::parse(request.query().as_bytes()) {
            let values = sent.entry((name, parameter.into_owned())).or_default();
            values.extend(value.split(',').map(str::to_owned));
        }
    }
    let mut wrong = Vec::new();
    for operation in operations() {
        let ours = operation.parameters.concat();
        for (parameter, theirs) in &specification.call(operation).unwrap().parameters {
            let is_chosen_freely = ["include_fields", "exclude_fields"].contains(&&**parameter);
            if theirs.is_empty() || is_chosen_freely || !ours.contains(&&**parameter) {
                continue;
            }
            let key = (operation.name, parameter.clone());
            let ours = sent.get(&key).cloned().unwrap_or_default();
            // Orders are sorted in a direction that is told apart with a colon. Source:
            // BigCommerce REST reference, "Get all orders", in words.
            let plain = |word: &String| match word.split_once(':') {
                Some((word, "asc" | "desc")) if !theirs.iter().any(|one| one.contains(':')) => {
                    word.to_owned()
                }
                _ => word.clone(),
            };
            let ours: BTreeSet<String> = ours.iter().map(plain).collect();
            // Of what lists show one thing is asked to come along, and always that.
            let is_fixed = FIXED.contains(&(operation.name, parameter));
            if is_fixed && ours.is_subset(theirs) && !ours.is_empty() {
                continue;
            }
            if ours != *theirs {
                wrong.push(format!(
                    "{}: {parameter} is {ours:?}, not {theirs:?}",
                    operation.name
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Parameters that are always sent in the same way.
const FIXED: &[(&str, &str)] = &[
    ("products::list", "include"),
    ("customers::list", "include"),
];

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

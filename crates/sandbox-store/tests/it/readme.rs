//! The README names a test for what it says of the wire; those tests are there.

use std::path::Path;

const README: &str = include_str!("../../README.md");

/// A row of the table of what is modelled.
struct Row {
    /// What is seen on the wire.
    wire: &'static str,
    /// What is seen here.
    here: &'static str,
    /// The tests that show it.
    names: Vec<&'static str>,
}

/// What somebody who knows the wire would look for, by the part of the API it is met in (1 access, 2 scopes,
/// 3 limits, 4 lists and filters, 5 data, 6 operations, 7 besides), in the words of its row.
#[rustfmt::skip]
const HABITS: &[(u8, &[&str])] = &[
    (1, &[
        "401 as text or JSON",
        "Route, then token",
        "`X-Auth-Client` beside the token",
        "the id of `/v2/store` is the hash",
        "403 for a scope",
        "400 as an array in v2, 422 in v3",
        "v2 answers XML",
        "that is taken: 409 or 422",
        "application/problem+json",
        "A platform's limit is a 403 or a 507",
        "refusals of a refund stand in `data[]`",
        "A body that does not say it is JSON",
        "headers of an older kind",
        "Customers are written as lists",
        "A 5xx of a gateway is a page",
        "down or suspended is a 503",
        "Answers are zipped",
    ]),
    (2, &[
        "shows by an invalid `POST`",
        "open to either of two scopes",
        "Scopes for metafields alone",
        "Each area has a scope of its own",
    ]),
    (3, &[
        "30-second quota by plan",
        "a `POST` that is repeated",
        "no headers on unlimited plans",
        "So many of some requests at once",
        "Bulk changes of stock beside bulk",
        "A line or a fee without an id is added again",
        "Batches too large: 413",
        "600 variants, 1,000 pictures",
        "50 customer attributes a store",
        "250 ids a deletion",
        "16,000 categories, eight deep",
        "30,000 brands",
        "A picture has 8 MB",
        "Texts are bounded",
        "Stock goes up to 2,147,483,647",
        "The address of a picture has 255",
        "A variant has one picture",
        "An `image_url` is a whole address",
    ]),
    (4, &[
        "`too_many`",
        "pages of customers have no links",
        "in pages or by cursors",
        "shortens product pages to ten",
        "`total_pages` is wrong",
        "204 without a body",
        "Sub-resources of orders come fifty",
        "Incomplete orders in lists",
        "`status_id=1,2` is a 400",
        "A date that cannot be read is no filter",
        "Sub-resources are links",
        "consignments and fees can come inside",
        "Unknown v2 parameters are ignored",
        "`categories` finds what is in that one alone",
        "are 1 or 0",
        "small in filters and capital in bodies",
        "A day without a time is that day at this hour",
        "a day alone is its midnight",
        "`name:like` narrows",
        "`external_order_id` finds",
        "`sku` finds products by their own number",
        "name every status, unfinished ones too",
        "Category lists refuse plain ids",
        "A separator too many",
        "Pages of stock have up to 1,000",
        "The list of variants has fifty",
        "Customers are found by `id:in`",
        "`keyword` looks in",
        "Fifty things on a page unless",
        "Metafields go by cursors",
    ]),
    (5, &[
        "Four-decimal strings in v2",
        "two spellings of ISO-8601",
        r#"`date_shipped` is `""`"#,
        "`related_products: [-1]`",
        "`logo: []`",
        "`weight` of an order's line",
        "a coupon's `amount` is a number",
        "A transaction's `order_id`",
        "Statuses are shown in an order",
        "`refunded_amount` is always zero",
        "`DELETE` archives, without an id all of them",
        "digital products have a weight",
        "price of null or 0 inherits",
        "The one variant of a simple product",
        "A stock level that is not tracked",
        "a first relative adjustment",
        "through Inventory settles later",
        "gets something random behind it",
        "`create_redirect`",
        "is in no channel",
        "(also of a variant, whatever its case)",
        "Price lists change",
        "A guest is customer 0",
        "How a payment stands",
        "full names of states",
        "one currency and pays in another",
        "`category-assignments` come on top",
        "the merchant's own name for a status",
        "A sale price of 0 is none",
        "`price_hidden_label` is",
        "`url: {path}`",
    ]),
    (6, &[
        "mails the shopper, even if it is the same",
        "An edited line loses its discounts",
        "a quantity of 0 takes it out",
        "`POST` of an order is a 201",
        "A shipment ships its pieces",
        "`tracking_carrier`",
        "Order messages can only be read",
        "Captures and voids are pending first",
        "refunds have to match a quote",
        "Handling, fees and tax are refunded",
        "Gift wrapping",
        "but for its stock or its address: 207",
        "all or nothing, of categories",
        "Categories go with their parent",
        "Another account's metafield",
        "An address of a customer that is there already",
        "Read-only fields are refused by name",
        "A new customer is mailed if the body asks",
        "An order's address is changed",
        "What carries a parcel",
        "has no transactions: 204",
        "Transactions have pages",
        "A reason to pay back has",
        "Options have six types",
        "`config` of an option",
        "A picture comes as a file or by its address",
        "An order goes to several addresses",
    ]),
    (7, &[
        "Storefront tokens",
        "Customers of v2",
    ]),
];

fn rows() -> Vec<Row> {
    let (_, section) = README.split_once("## What is modelled").unwrap();
    let (table, _) = section.split_once("\nNot known").unwrap();
    let lines = table.lines().filter(|line| line.starts_with("| "));
    lines
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
            let [wire, here, shown] = cells.as_slice() else {
                panic!("three cells: {line}");
            };
            let names = shown.split('`').skip(1).step_by(2);
            Row {
                wire: wire.trim(),
                here: here.trim(),
                names: names.collect(),
            }
        })
        .collect()
}

#[test]
fn every_test_the_readme_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for row in rows() {
        for name in row.names {
            let (file, test) = name.split_once("::").unwrap();
            let folder = match file {
                "caps" | "scopes" => root.join("src/gate"),
                "categories" => root.join("src/v3"),
                _other => root.join("tests/it"),
            };
            let source = std::fs::read_to_string(folder.join(format!("{file}.rs"))).unwrap();
            assert!(source.contains(&format!("fn {test}(")), "{name}");
        }
    }
}

#[test]
fn what_the_readme_says_is_modelled_names_a_test_and_what_is_not_a_reason() {
    let rows = rows();
    assert!(rows.len() > 45, "{}", rows.len());
    for Row { here, names, .. } in rows {
        let is_refused = here.starts_with("not modelled");
        assert!(is_refused || !names.is_empty(), "{here}");
        assert!(!is_refused || here.contains("because"), "{here}");
    }
}

#[test]
fn every_habit_of_the_wire_has_a_row_and_every_row_a_habit() {
    let rows = rows();
    let mut wanted: Vec<&Row> = rows.iter().collect();
    for (part, habits) in HABITS {
        for habit in *habits {
            let found = rows.iter().filter(|row| row.wire.contains(habit)).count();
            assert_eq!(found, 1, "{part}: {habit}");
            wanted.retain(|row| !row.wire.contains(habit));
        }
    }
    let left: Vec<&str> = wanted.iter().map(|row| row.wire).collect();
    assert!(left.is_empty(), "{left:#?}");
}

#[test]
fn every_test_of_a_habit_stands_in_a_row() {
    let rows = rows();
    let named: Vec<&str> = rows.iter().flat_map(|row| row.names.clone()).collect();
    for (file, source) in [
        ("quirks", include_str!("quirks.rs")),
        ("quirks_of_goods", include_str!("quirks_of_goods.rs")),
        ("quirks_of_limits", include_str!("quirks_of_limits.rs")),
    ] {
        for function in source.split("\nfn ").skip(1) {
            let name = function.split('(').next().unwrap();
            if name.starts_with("section_") {
                let name = format!("{file}::{name}");
                assert!(named.contains(&name.as_str()), "{name}");
            }
        }
    }
}

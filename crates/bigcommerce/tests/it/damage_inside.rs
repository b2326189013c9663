//! Whatever happens to one thing inside another: the outer one stays, and so does what is beside.

use bigcommerce::request::{
    self, customers::CustomersQuery, orders::OrdersQuery, products::ProductsQuery,
};
use commerce::{
    CategoryNode, FullCustomer, FullOrder, FullProduct, OrderId, Parts, RefundExtent, RefundFor,
    RefundRequestItem, TreeId,
};
use proptest::{prelude::*, test_runner::TestCaseResult};
use serde_json::{Value, json};

use crate::{
    damage::{Accident, accident, members, send, wound},
    support::{answer, data},
    things,
};

/// Damages one thing of the list at `place` (a JSON pointer), which `read` looks up in what became
/// of `body`.
fn survives<T: Clone + PartialEq + std::fmt::Debug>(
    body: &Value,
    place: &str,
    read: impl Fn(Value) -> Parts<T>,
    accident: &Accident,
) -> TestCaseResult {
    let whole = read(body.clone());
    prop_assert!(whole.is_whole());
    let count = body.pointer(place).unwrap().as_array().unwrap().len();
    prop_assert_eq!(whole.items.len(), count);
    let victim = accident.victim.index(count);
    let mut body = body.clone();
    let thing = body.pointer_mut(&format!("{place}/{victim}")).unwrap();
    let mut pointers = Vec::new();
    members(thing, "", &mut pointers);
    if pointers.is_empty() {
        *thing = json!({"what": "is this"});
    } else {
        for (which, damage) in &accident.wounds {
            wound(
                thing,
                &pointers[which.index(pointers.len())],
                damage.clone(),
            );
        }
    }
    if let Some(whole) = &accident.whole {
        *thing = whole.clone().unwrap_or(Value::Null);
    }

    let read = read(body);
    prop_assert_eq!(read.items.len() + read.unreadable.len(), count);
    let (mut expected, mut found) = (whole.items, read.items.clone());
    expected.remove(victim);
    if read.unreadable.is_empty() {
        found.remove(victim);
    }
    prop_assert_eq!(found, expected, "another one is lost or changed");
    // `/data/0/variants/2` is `$.data[0].variants[2]`.
    let path =
        place
            .split('/')
            .skip(1)
            .fold("$".to_owned(), |path, step| match step.parse::<usize>() {
                Ok(index) => format!("{path}[{index}]"),
                Err(_) => format!("{path}.{step}"),
            });
    for unreadable in &read.unreadable {
        prop_assert!(
            unreadable.path.starts_with(&format!("{path}[{victim}]")),
            "{}",
            unreadable.path
        );
    }
    Ok(())
}

macro_rules! lists_inside {
    ($($test:ident: $body:expr, $place:literal, $request:expr, $list:expr;)*) => {
        proptest! {
            #![proptest_config(ProptestConfig::with_cases(64))]
            $(
                #[test]
                fn $test(accident in accident()) {
                    let read = |body: Value| {
                        let page = send(&$request, answer(200, body)).unwrap();
                        assert_eq!(page.broken, [], "what it stands in is lost");
                        ($list)(page.items.into_iter().next().unwrap())
                    };
                    survives(&$body, $place, read, &accident)?;
                }
            )*
        }
    };
}

fn product() -> Value {
    let mut product = things::full_product(7);
    product["related_products"] = json!([3, 4, 5]);
    product["meta_keywords"] = json!(["tin", "kettle"]);
    product["channels"] = json!([1, 2, 3]);
    data(vec![product])
}

fn customer() -> Value {
    let mut customer = things::full_customer(7);
    customer["channel_ids"] = json!([1, 2]);
    data(vec![customer])
}

fn branches() -> Value {
    let mut top = things::node(1);
    let mut child = top["children"][0].clone();
    let leaf = |id: u64| {
        let mut leaf = child.clone();
        leaf["id"] = json!(id);
        leaf
    };
    let leaves = json!([leaf(8), leaf(9)]);
    child["children"] = leaves;
    let mut other = child.clone();
    other["id"] = json!(6);
    top["children"] = json!([child, other]);
    data(vec![top])
}

lists_inside! {
    damage_to_one_variant_of_a_product_is_all_that_is_lost:
        product(), "/data/0/variants", request::products::list_full(&ProductsQuery::new()),
        |product: FullProduct| product.variants.unwrap();
    damage_to_one_image_of_a_product_is_all_that_is_lost:
        product(), "/data/0/images", request::products::list_full(&ProductsQuery::new()),
        |product: FullProduct| product.images.unwrap();
    damage_to_one_custom_field_of_a_product_is_all_that_is_lost:
        product(), "/data/0/custom_fields", request::products::list_full(&ProductsQuery::new()),
        |product: FullProduct| product.custom_fields.unwrap();
    damage_to_one_option_of_a_product_is_all_that_is_lost:
        product(), "/data/0/options", request::products::list_full(&ProductsQuery::new()),
        |product: FullProduct| product.options.unwrap();
    damage_to_one_modifier_of_a_product_is_all_that_is_lost:
        product(), "/data/0/modifiers", request::products::list_full(&ProductsQuery::new()),
        |product: FullProduct| product.modifiers.unwrap();
    damage_to_one_related_product_is_all_that_is_lost:
        product(), "/data/0/related_products", request::products::list_full(&ProductsQuery::new()),
        |product: FullProduct| product.related_products;
    damage_to_one_keyword_of_a_product_is_all_that_is_lost:
        product(), "/data/0/meta_keywords", request::products::list_full(&ProductsQuery::new()),
        |product: FullProduct| product.meta_keywords;
    damage_to_one_channel_of_a_product_is_all_that_is_lost:
        product(), "/data/0/channels", request::products::list_full(&ProductsQuery::new()),
        |product: FullProduct| product.channels.unwrap();
    damage_to_one_address_of_a_customer_is_all_that_is_lost:
        customer(), "/data/0/addresses", request::customers::list_full(&CustomersQuery::new()),
        |customer: FullCustomer| customer.addresses.unwrap();
    damage_to_one_channel_of_a_customer_is_all_that_is_lost:
        customer(), "/data/0/channel_ids", request::customers::list_full(&CustomersQuery::new()),
        |customer: FullCustomer| customer.channel_ids.unwrap();
    damage_to_one_fee_of_an_order_is_all_that_is_lost:
        json!([things::full_order(7)]), "/0/fees", request::orders::list_full(&OrdersQuery::new()),
        |order: FullOrder| order.fees.unwrap();
    damage_to_one_branch_costs_no_branch_beside_it:
        branches(), "/data/0/children", request::catalog::tree(TreeId(1), None),
        |top: CategoryNode| top.children;
    damage_to_one_twig_costs_no_twig_beside_it:
        branches(), "/data/0/children/0/children", request::catalog::tree(TreeId(1), None),
        |top: CategoryNode| top.children.items.into_iter().next().unwrap().children;
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn damage_to_one_way_to_refund_is_all_that_is_lost(accident in accident()) {
        let way = |provider: &str, amount: &str| json!([
            {"provider_id": provider, "provider_description": "", "amount": amount,
             "offline": false, "offline_provider": false, "offline_reason": ""},
        ]);
        let body = json!({"data": {"order_id": 100, "total_refund_amount": 4.5,
            "total_refund_tax_amount": 0.75, "order_level_refund_amount": 0, "tax_inclusive": true,
            "refund_methods": [way("card", "4.50"), way("storecredit", "4.50")]}, "meta": {}});
        let item = RefundRequestItem {
            item_type: RefundFor::Shipping,
            item_id: 3,
            extent: RefundExtent::Amount("4.50".parse().unwrap()),
            reason: String::new(),
        };
        let quote = request::payments::refund_quote(OrderId(100), &item.into());
        let read = |body: Value| send(&quote, answer(200, body)).unwrap().refund_methods;
        survives(&body, "/data/refund_methods", read, &accident)?;
    }
}

#[test]
fn a_branch_keeps_what_is_not_known_of_it() {
    let mut body = branches();
    body["data"][0]["children"][0]["children"][1]["path"] = json!([1, 5, 9]);
    let page = send(&request::catalog::tree(TreeId(1), None), answer(200, body)).unwrap();
    let twig = &page.items[0].children.items[0].children.items[1];
    assert!(
        twig.aside
            .as_str()
            .is_some_and(|text| text.contains("\"path\":[1,5,9]")),
        "{:?}",
        twig.aside
    );
}

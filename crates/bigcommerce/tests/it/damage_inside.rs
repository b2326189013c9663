//! Whatever happens to one thing inside another: the outer one stays, and so does what is beside.

use bigcommerce::request::{
    self, ListQuery, customers::CustomersQuery, orders::OrdersQuery, products::ProductsQuery,
};
use commerce::{
    CategoryId, CategoryNode, Consignment, CurrencyCode, Customer, CustomerGroup, FullCustomer,
    FullOrder, FullProduct, Modifier, OrderId, OrderLine, Parts, ProductId, ProductOption, Refund,
    RefundExtent, RefundFor, RefundRequestItem, Shipment, StockItem, TreeId, Variant,
};
use proptest::{prelude::*, test_runner::TestCaseResult};
use serde_json::{Value, json};

use crate::{
    damage::{Accident, accident, damage, members, send, wound},
    support::{answer, data, order_line, shipment, shipping_address},
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

const ORDER: OrderId = OrderId(100);
const PRODUCT: ProductId = ProductId(7);

fn gbp() -> CurrencyCode {
    "GBP".parse().unwrap()
}

/// The list at `place` in the thing, grown to three that differ in a member.
fn with_three(mut thing: Value, place: &str, member: &str) -> Value {
    let list = thing.pointer_mut(place).unwrap().as_array_mut().unwrap();
    let one = list[0].clone();
    *list = [31, 32, 33]
        .map(|number| {
            let mut one = one.clone();
            one[member] = json!(number);
            one
        })
        .to_vec();
    thing
}

/// The thing without a member.
fn without(mut thing: Value, member: &str) -> Value {
    thing.as_object_mut().unwrap().remove(member).unwrap();
    thing
}

fn product() -> Value {
    let mut product = things::full_product(7);
    for part in [
        "images",
        "bulk_pricing_rules",
        "options",
        "modifiers",
        "videos",
    ] {
        product = with_three(product, &format!("/{part}"), "id");
    }
    product["related_products"] = json!([3, 4, 5]);
    product["meta_keywords"] = json!(["tin", "kettle"]);
    product["channels"] = json!([1, 2, 3]);
    data(vec![product])
}

fn customer() -> Value {
    let mut customer = things::full_customer(7);
    customer["channel_ids"] = json!([1, 2]);
    data(vec![with_three(customer, "/attributes", "id")])
}

/// An order of which three parts are shipped, the first with three lines.
fn order() -> Value {
    let mut order = things::full_order(7);
    let mut first = shipping_address(1);
    first["line_items"] = json!([order_line(51), order_line(52), order_line(53)]);
    let others = [2, 3].map(|id| {
        let mut other = shipping_address(id);
        other["line_items"] = json!([order_line(50 + id)]);
        other
    });
    order["consignments"] = json!({"shipping": [first, others[0], others[1]]});
    json!([order])
}

fn consignments(order: FullOrder) -> Parts<Consignment> {
    order.consignments.unwrap()
}

fn lines(order: FullOrder) -> Parts<OrderLine> {
    let first = consignments(order).items.into_iter().next().unwrap();
    first.lines.unwrap()
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
    damage_to_one_bulk_pricing_rule_of_a_product_is_all_that_is_lost:
        product(), "/data/0/bulk_pricing_rules",
        request::products::list_full(&ProductsQuery::new()),
        |product: FullProduct| product.bulk_pricing_rules.unwrap();
    damage_to_one_video_of_a_product_is_all_that_is_lost:
        product(), "/data/0/videos", request::products::list_full(&ProductsQuery::new()),
        |product: FullProduct| product.videos.unwrap();
    damage_to_one_choice_of_a_variant_is_all_that_is_lost:
        data(vec![with_three(things::variant(7), "/option_values", "id")]), "/data/0/option_values",
        request::variants::across(&ListQuery::new()),
        |variant: Variant| variant.option_values;
    damage_to_one_value_of_an_option_is_all_that_is_lost:
        data(vec![with_three(things::option(7), "/option_values", "id")]), "/data/0/option_values",
        request::options::list(PRODUCT, &ListQuery::new()),
        |option: ProductOption| option.option_values;
    damage_to_one_value_of_a_modifier_is_all_that_is_lost:
        data(vec![with_three(things::modifier(7), "/option_values", "id")]), "/data/0/option_values",
        request::modifiers::list(PRODUCT, &ListQuery::new()),
        |modifier: Modifier| modifier.option_values;
    damage_to_one_attribute_of_a_customer_is_all_that_is_lost:
        customer(), "/data/0/attributes", request::customers::list_full(&CustomersQuery::new()),
        |customer: FullCustomer| customer.attributes.unwrap();
    damage_to_one_form_field_of_a_customer_is_all_that_is_lost:
        customer(), "/data/0/form_fields", request::customers::list_full(&CustomersQuery::new()),
        |customer: FullCustomer| customer.form_fields.unwrap();
    damage_to_one_category_that_a_group_sees_is_all_that_is_lost:
        json!([things::group(7)]), "/0/category_access/categories",
        request::customers::groups(&ListQuery::new()),
        |group: CustomerGroup| group.category_access.categories;
    damage_to_one_discount_of_a_group_is_all_that_is_lost:
        json!([things::group(7)]), "/0/discount_rules",
        request::customers::groups(&ListQuery::new()),
        |group: CustomerGroup| group.discount_rules;
    damage_to_one_consignment_of_an_order_is_all_that_is_lost:
        order(), "/0/consignments/shipping", request::orders::list_full(&OrdersQuery::new()),
        consignments;
    damage_to_one_line_inside_an_order_is_all_that_is_lost:
        order(), "/0/consignments/shipping/0/line_items",
        request::orders::list_full(&OrdersQuery::new()),
        lines;
    damage_to_one_discount_of_a_line_inside_an_order_is_all_that_is_lost:
        order(), "/0/consignments/shipping/0/line_items/0/applied_discounts",
        request::orders::list_full(&OrdersQuery::new()),
        |order: FullOrder| lines(order).items.into_iter().next().unwrap().applied_discounts;
    damage_to_one_discount_of_a_line_is_all_that_is_lost:
        json!([order_line(7)]), "/0/applied_discounts",
        request::order_parts::lines(ORDER, gbp(), 1),
        |line: OrderLine| line.applied_discounts;
    damage_to_one_option_of_a_line_is_all_that_is_lost:
        json!([with_three(without(order_line(7), "configurable_fields"), "/product_options", "display_value")]),
        "/0/product_options", request::order_parts::lines(ORDER, gbp(), 1),
        |line: OrderLine| line.options;
    damage_to_one_field_that_was_filled_in_for_a_line_is_all_that_is_lost:
        json!([with_three(without(order_line(7), "product_options"), "/configurable_fields", "value")]),
        "/0/configurable_fields", request::order_parts::lines(ORDER, gbp(), 1),
        |line: OrderLine| line.options;
    damage_to_one_address_of_a_customer_in_a_list_is_all_that_is_lost:
        customer(), "/data/0/addresses", request::customers::list(&CustomersQuery::new()),
        |customer: Customer| customer.addresses;
    damage_to_one_thing_in_a_parcel_is_all_that_is_lost:
        json!([with_three(shipment(7), "/items", "order_product_id")]), "/0/items",
        request::order_parts::shipments(ORDER, 1),
        |shipment: Shipment| shipment.items;
    damage_to_one_thing_that_was_refunded_is_all_that_is_lost:
        data(vec![with_three(things::full_refund(7), "/items", "item_id")]), "/data/0/items",
        request::payments::refunds_of(ORDER),
        |refund: Refund| refund.items;
    damage_to_one_payment_of_a_refund_is_all_that_is_lost:
        data(vec![with_three(things::full_refund(7), "/payments", "amount")]), "/data/0/payments",
        request::payments::refunds_of(ORDER),
        |refund: Refund| refund.payments;
    damage_to_the_stock_of_one_location_is_all_that_is_lost:
        data(vec![with_three(things::stock(7), "/locations", "location_id")]), "/data/0/locations",
        request::inventory::items(&ListQuery::new()),
        |item: StockItem| item.locations;
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

/// Whether it is one of the ways to say that there is none.
fn is_none(value: &Value) -> bool {
    let is_zero = |text: &str| text.trim().is_empty() || text.trim().parse::<f64>() == Ok(0.0);
    value.is_null()
        || *value == json!([])
        || value.as_f64() == Some(0.0)
        || value.as_str().is_some_and(is_zero)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn damage_to_one_category_of_a_product_is_all_that_is_lost(
        victim in 0_usize..3, damage in damage(),
    ) {
        let damage = damage.unwrap_or(Value::Null);
        let mut body = product();
        body["data"][0]["categories"] = json!([18, 23, 31]);
        body["data"][0]["categories"][victim] = damage.clone();
        let list = request::products::list(&ProductsQuery::new());
        let page = send(&list, answer(200, body)).unwrap();
        prop_assert!(page.broken.is_empty(), "the product is lost");
        let mut found = page.items[0].category_ids.clone();
        let mut others = [18, 23, 31].map(CategoryId).to_vec();
        others.remove(victim);
        if found.items.len() == 3 {
            found.items.remove(victim);
        } else if !is_none(&damage) {
            let path = format!("$.data[0].categories[{victim}]");
            prop_assert_eq!(&found.unreadable[0].path, &path);
        }
        prop_assert_eq!(found.items, others);
    }
}

#[test]
fn a_line_tells_its_discounts_apart_and_adds_up_those_that_can_be_read() {
    let line = |line: Value| {
        let asked = request::order_parts::lines(ORDER, gbp(), 1);
        let page = send(&asked, answer(200, json!([line]))).unwrap();
        assert_eq!(page.broken, []);
        page.items.into_iter().next().unwrap()
    };
    let whole = line(order_line(7));
    let [coupon, by_hand] = &whole.applied_discounts.items[..] else {
        panic!("{:?}", whole.applied_discounts);
    };
    assert_eq!(
        (coupon.id.as_str(), coupon.code.as_str()),
        ("coupon", "FIVE")
    );
    assert_eq!(
        (
            by_hand.name.as_str(),
            by_hand.code.as_str(),
            by_hand.target.as_str()
        ),
        ("Manual Discount", "", "product")
    );
    assert_eq!(coupon.amount.amount, 5.into());
    assert_eq!(whole.discount.amount, "6.5".parse().unwrap());

    let mut damaged = order_line(7);
    damaged["applied_discounts"][0]["amount"] = json!("five");
    let damaged = line(damaged);
    assert_eq!(damaged.discount.amount, "1.5".parse().unwrap());
    assert_eq!(
        damaged.applied_discounts.unreadable[0].path,
        "$[0].applied_discounts[0].amount"
    );
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

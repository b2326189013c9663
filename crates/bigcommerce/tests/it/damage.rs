//! Whatever happens to one thing in a list: those beside it are not lost, and it is named.

use bigcommerce::{
    Error, Lane, Page, Request,
    request::{self, ListQuery, metafields::Owner},
};
use commerce::{
    CountryId, CurrencyCode, LocationId, ModifierId, OptionId, OrderId, ProductId, TreeId,
};
use proptest::{prelude::*, test_runner::TestCaseResult};
use serde_json::{Value, json};

use crate::support::{
    Stage, Step, answer, brand, category, coupon, customer, data, order, order_line, product,
    refund, shipment, shipping_address, simulated, tax,
};
use crate::things;

pub(crate) fn send<T>(request: &Request<T>, step: Step) -> Result<T, Error> {
    simulated(async {
        let stage = Stage::new([step]);
        let deadline = stage.within(60);
        let answer = stage.client.send(request, Lane::Refresh, deadline).await;
        answer.map(|answer| answer.value)
    })
}

/// What can be done to a member.
pub(crate) fn damage() -> impl Strategy<Value = Option<Value>> {
    prop_oneof![
        Just(None),
        Just(Some(Value::Null)),
        any::<bool>().prop_map(|truth| Some(json!(truth))),
        any::<i64>().prop_map(|number| Some(json!(number))),
        any::<f64>().prop_map(|number| Some(json!(number))),
        Just(Some(serde_json::from_str("1e999999999999").unwrap())),
        Just(Some(
            serde_json::from_str("123456789012345678901234567890123456789").unwrap()
        )),
        ".*".prop_map(|text| Some(json!(text))),
        Just(Some(json!("99999-99-99T99:99:99Z"))),
        Just(Some(json!([]))),
        Just(Some(json!([1, "two", null]))),
        Just(Some(json!([{}, {"amount": "a lot"}, []]))),
        Just(Some(json!({}))),
        Just(Some(json!({"url": {"deep": []}}))),
    ]
}

/// Every member of a thing, and of the things in it.
pub(crate) fn members(thing: &Value, above: &str, found: &mut Vec<String>) {
    let below: Vec<(String, &Value)> = match thing {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (format!("{above}/{name}"), value))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, value)| (format!("{above}/{index}"), value))
            .collect(),
        _ => Vec::new(),
    };
    for (pointer, value) in below {
        members(value, &pointer, found);
        found.push(pointer);
    }
}

pub(crate) fn wound(thing: &mut Value, pointer: &str, damage: Option<Value>) {
    match damage {
        Some(value) => {
            if let Some(place) = thing.pointer_mut(pointer) {
                *place = value;
            }
        }
        None => {
            let (parent, name) = pointer.rsplit_once('/').unwrap();
            if let Some(Value::Object(parent)) = thing.pointer_mut(parent) {
                parent.remove(name);
            }
        }
    }
}

/// One list of things with one of them damaged.
#[derive(Debug)]
pub(crate) struct Accident {
    count: usize,
    pub(crate) victim: prop::sample::Index,
    pub(crate) wounds: Vec<(prop::sample::Index, Option<Value>)>,
    /// Not even an object any more.
    pub(crate) whole: Option<Option<Value>>,
}

pub(crate) fn accident() -> impl Strategy<Value = Accident> {
    (
        1_usize..5,
        any::<prop::sample::Index>(),
        prop::collection::vec((any::<prop::sample::Index>(), damage()), 1..4),
        prop::option::weighted(0.1, damage()),
    )
        .prop_map(|(count, victim, wounds, whole)| Accident {
            count,
            victim,
            wounds,
            whole,
        })
}

/// How a list is wrapped, and where its items then stand.
#[derive(Clone, Copy)]
enum Wrapping {
    /// Version 2: the list itself.
    Bare,
    /// Version 3: `{data, meta}`.
    Data,
}

fn survives<T: Clone + PartialEq + std::fmt::Debug>(
    request: &Request<Page<T>>,
    wrapping: Wrapping,
    whole_thing: fn(u64) -> Value,
    accident: Accident,
) -> TestCaseResult {
    let wrap = |things: Vec<Value>| match wrapping {
        Wrapping::Bare => Value::Array(things),
        Wrapping::Data => data(things),
    };
    let victim = accident.victim.index(accident.count);
    let mut things: Vec<Value> = (0..accident.count as u64)
        .map(|at| whole_thing(100 + at))
        .collect();
    let good = send(request, answer(200, wrap(things.clone()))).unwrap();
    prop_assert_eq!((good.items.len(), &good.broken), (accident.count, &vec![]));

    let mut pointers = Vec::new();
    members(&things[victim], "", &mut pointers);
    for (which, damage) in accident.wounds {
        wound(
            &mut things[victim],
            &pointers[which.index(pointers.len())],
            damage,
        );
    }
    if let Some(whole) = accident.whole {
        things[victim] = whole.unwrap_or(Value::Null);
    }
    let page = send(request, answer(200, wrap(things))).unwrap();
    prop_assert_eq!(page.received, accident.count);
    prop_assert_eq!(page.items.len() + page.broken.len(), accident.count);
    let mut others = good.items;
    others.remove(victim);
    let mut found = page.items.clone();
    if page.broken.is_empty() {
        found.remove(victim);
    }
    prop_assert_eq!(found, others, "another one is lost or changed");
    for broken in &page.broken {
        let place = match wrapping {
            Wrapping::Bare => format!("$[{victim}]"),
            Wrapping::Data => format!("$.data[{victim}]"),
        };
        prop_assert!(broken.path.starts_with(&place), "{} {}", broken.path, place);
    }
    Ok(())
}

fn gbp() -> CurrencyCode {
    "GBP".parse().unwrap()
}

fn option_value(id: u64) -> Value {
    let mut value = things::option(7)["option_values"][0].clone();
    value["id"] = json!(id);
    value
}

fn modifier_value(id: u64) -> Value {
    let mut value = things::modifier(7)["option_values"][0].clone();
    value["id"] = json!(id);
    value
}

const ORDER: OrderId = OrderId(100);
const PRODUCT: ProductId = ProductId(7);

#[test]
fn damage_to_one_status_never_loses_another() {
    let status = |id: Value, name: &str| json!({"id": id, "name": name, "system_label": name, "custom_label": name});
    let body = json!([
        status(json!(1), "Pending"),
        status(json!([]), "Odd"),
        status(json!(2), "Shipped")
    ]);
    let statuses = send(&request::orders::statuses(), answer(200, body)).unwrap();
    let ids: Vec<_> = statuses.iter().map(|status| status.id.0).collect();
    assert_eq!(ids, [1, 2]);
}

/// Reads the sources: a new list can't be forgotten here.
#[test]
fn damage_is_tried_on_every_list() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/request");
    let own = include_str!("damage.rs");
    let mut lists = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let module = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let source = std::fs::read_to_string(&path).unwrap();
        for function in source.split("\npub fn ").skip(1) {
            let head = function.split('{').next().unwrap();
            let name: String = head
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            // What comes back of a write holds what was sent.
            let is_read = function.contains("asking(\"page\"")
                || head.contains("ListQuery<")
                || !function.split("\n}").next().unwrap().contains("carrying(");
            let same = ["refunds_of_transaction", "payment_methods_of_checkout"];
            let is_list = head.contains("Request<Page<") && is_read;
            if !is_list || same.contains(&name.as_str()) {
                continue;
            }
            lists += 1;
            let tried = format!("request::{module}::{name}(");
            assert!(own.contains(&tried), "nobody damages {tried}…)");
        }
    }
    assert!(lists > 35, "{lists}");
}

macro_rules! damage_to_one {
    ($($test:ident: $request:expr, $wrapping:expr, $thing:expr;)*) => {
        proptest! {
            #![proptest_config(ProptestConfig::with_cases(64))]
            $(
                #[test]
                fn $test(accident in accident()) {
                    survives(&$request, $wrapping, $thing, accident)?;
                }
            )*
        }
    };
}

damage_to_one! {
    damage_to_one_order_never_loses_another:
        request::orders::list(&request::orders::OrdersQuery::new()), Wrapping::Bare, order;
    damage_to_one_product_never_loses_another:
        request::products::list(&request::products::ProductsQuery::new()), Wrapping::Data, product;
    damage_to_one_product_that_is_read_again_never_loses_another:
        request::together::read([PRODUCT]), Wrapping::Data, product;
    damage_to_one_product_of_a_name_never_loses_another:
        request::together::named("Copper kettle"), Wrapping::Data, product;
    damage_to_one_brand_never_loses_another:
        request::catalog::brands(1), Wrapping::Data, brand;
    damage_to_one_category_never_loses_another:
        request::catalog::categories(1), Wrapping::Data, category;
    damage_to_one_customer_never_loses_another:
        request::customers::list(&request::customers::CustomersQuery::new()), Wrapping::Data, customer;
    damage_to_one_line_never_loses_another:
        request::order_parts::lines(ORDER, gbp(), 1), Wrapping::Bare, order_line;
    damage_to_one_shipping_address_never_loses_another:
        request::order_parts::shipping_addresses(ORDER, gbp(), 1), Wrapping::Bare, shipping_address;
    damage_to_one_shipment_never_loses_another:
        request::order_parts::shipments(ORDER, 1), Wrapping::Bare, shipment;
    damage_to_one_coupon_never_loses_another:
        request::order_parts::coupons(ORDER, gbp(), 1), Wrapping::Bare, coupon;
    damage_to_one_tax_never_loses_another:
        request::order_parts::taxes(ORDER, gbp(), 1), Wrapping::Bare, tax;
    damage_to_one_full_tax_never_loses_another:
        request::order_parts::taxes_full(ORDER, gbp(), 1), Wrapping::Bare, things::full_tax;
    damage_to_one_variant_never_loses_another:
        request::variants::across(&ListQuery::new()), Wrapping::Data, things::variant;
    damage_to_one_variant_of_a_product_never_loses_another:
        request::variants::list(PRODUCT, &ListQuery::new()), Wrapping::Data, things::variant;
    damage_to_one_option_never_loses_another:
        request::options::list(PRODUCT, &ListQuery::new()), Wrapping::Data, things::option;
    damage_to_one_modifier_never_loses_another:
        request::modifiers::list(PRODUCT, &ListQuery::new()), Wrapping::Data, things::modifier;
    damage_to_one_value_of_an_option_never_loses_another:
        request::options::values(PRODUCT, OptionId(1), &ListQuery::new()), Wrapping::Data, option_value;
    damage_to_one_value_of_a_modifier_never_loses_another:
        request::modifiers::values(PRODUCT, ModifierId(1), &ListQuery::new()), Wrapping::Data, modifier_value;
    damage_to_one_image_never_loses_another:
        request::images::list(PRODUCT, &ListQuery::new()), Wrapping::Data, things::image;
    damage_to_one_video_never_loses_another:
        request::videos::list(PRODUCT, &ListQuery::new()), Wrapping::Data, things::video;
    damage_to_one_custom_field_never_loses_another:
        request::custom_fields::list(PRODUCT, &ListQuery::new()), Wrapping::Data, things::custom_field;
    damage_to_one_bulk_pricing_rule_never_loses_another:
        request::bulk_pricing::list(PRODUCT), Wrapping::Data, things::rule;
    damage_to_one_metafield_never_loses_another:
        request::metafields::list(Owner::Product(PRODUCT), &ListQuery::new()), Wrapping::Data, things::metafield;
    damage_to_one_full_brand_never_loses_another:
        request::catalog::brands_full(&ListQuery::new()), Wrapping::Data, things::full_brand;
    damage_to_one_full_category_never_loses_another:
        request::catalog::categories_full(&ListQuery::new()), Wrapping::Data, things::full_category;
    damage_to_one_tree_never_loses_another:
        request::catalog::trees([]), Wrapping::Data, things::tree;
    damage_to_one_branch_never_loses_another:
        request::catalog::tree(TreeId(1), None), Wrapping::Data, things::node;
    damage_to_one_location_never_loses_another:
        request::inventory::locations(&ListQuery::new()), Wrapping::Data, things::location;
    damage_to_one_stock_item_never_loses_another:
        request::inventory::items(&ListQuery::new()), Wrapping::Data, things::stock;
    damage_to_one_stock_item_at_a_place_never_loses_another:
        request::inventory::items_at(LocationId(1), &ListQuery::new()), Wrapping::Data, things::stock_at;
    damage_to_one_category_assignment_never_loses_another:
        request::assignments::of_categories(&ListQuery::new()), Wrapping::Data, things::category_assignment;
    damage_to_one_channel_assignment_never_loses_another:
        request::assignments::of_channels(&ListQuery::new()), Wrapping::Data, things::channel_assignment;
    damage_to_one_customer_address_never_loses_another:
        request::customers::addresses(&ListQuery::new()), Wrapping::Data, things::customer_address;
    damage_to_one_attribute_never_loses_another:
        request::customers::attributes(&ListQuery::new()), Wrapping::Data, things::attribute;
    damage_to_one_attribute_value_never_loses_another:
        request::customers::attribute_values(&ListQuery::new()), Wrapping::Data, things::attribute_value;
    damage_to_one_group_never_loses_another:
        request::customers::groups(&ListQuery::new()), Wrapping::Bare, things::group;
    damage_to_one_transaction_never_loses_another:
        request::payments::transactions(ORDER), Wrapping::Data, things::transaction;
    damage_to_one_refund_of_an_order_never_loses_another:
        request::payments::refunds_of(ORDER), Wrapping::Data, things::full_refund;
    damage_to_one_full_refund_never_loses_another:
        request::payments::refunds(&ListQuery::new()), Wrapping::Data, things::full_refund;
    damage_to_one_message_never_loses_another:
        request::order_parts::messages(ORDER, &ListQuery::new()), Wrapping::Bare, things::message;
    damage_to_one_currency_never_loses_another:
        request::settings::currencies(&ListQuery::new()), Wrapping::Bare, things::currency;
    damage_to_one_tax_class_never_loses_another:
        request::settings::tax_classes(&ListQuery::new()), Wrapping::Bare, things::tax_class;
    damage_to_one_country_never_loses_another:
        request::settings::countries(&ListQuery::new()), Wrapping::Bare, things::country;
    damage_to_one_state_never_loses_another:
        request::settings::states(CountryId(1), &ListQuery::new()), Wrapping::Bare, things::state;
    damage_to_one_channel_never_loses_another:
        request::settings::channels(&ListQuery::new()), Wrapping::Data, things::channel;
    damage_to_one_payment_method_never_loses_another:
        request::settings::payment_methods(ORDER), Wrapping::Data, things::payment_method;
    damage_to_one_full_order_never_loses_another:
        request::orders::list_full(&request::orders::OrdersQuery::new()), Wrapping::Bare, things::full_order;
    damage_to_one_full_product_never_loses_another:
        request::products::list_full(&request::products::ProductsQuery::new()), Wrapping::Data, things::full_product;
    damage_to_one_full_customer_never_loses_another:
        request::customers::list_full(&request::customers::CustomersQuery::new()), Wrapping::Data, things::full_customer;
    damage_to_one_refund_never_loses_another:
        request::order_parts::refunds(ORDER, gbp()), Wrapping::Data, refund;
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn damage_around_a_list_never_makes_it_look_empty(
        which in any::<prop::sample::Index>(),
        damage in damage(),
    ) {
        let mut body = data(vec![product(1), product(2)]);
        let mut pointers = Vec::new();
        members(&body["meta"], "/meta", &mut pointers);
        pointers.extend(["/meta".to_owned(), "/data".to_owned()]);
        let pointer = which.get(&pointers).clone();
        let list = request::products::list(&request::products::ProductsQuery::new());
        let emptied = pointer == "/data" && damage == Some(json!([]));
        wound(&mut body, &pointer, damage);
        match send(&list, answer(200, body)) {
            Ok(page) if pointer == "/data" => prop_assert!(page.received > 0 || emptied),
            Ok(page) => prop_assert_eq!(page.items.len(), 2),
            Err(error) => {
                prop_assert_eq!(pointer, "/data", "{:?}", error);
            }
        }
    }

    #[test]
    fn any_bytes_at_all_are_read_or_refused(body in prop::collection::vec(any::<u8>(), 0..200)) {
        let body = String::from_utf8_lossy(&body);
        let orders = request::orders::list(&request::orders::OrdersQuery::new());
        let _ = send(&orders, answer(200, &body));
        let products = request::products::list(&request::products::ProductsQuery::new());
        let _ = send(&products, answer(200, &body));
        let product = request::products::one(commerce::ProductId(1));
        let _ = send(&product, answer(200, &body));
    }
}

//! Whatever happens to one thing in a list: those beside it are not lost, and it is named.

use bigcommerce::{Error, Lane, Page, Request, request};
use commerce::{CurrencyCode, OrderId};
use proptest::{prelude::*, test_runner::TestCaseResult};
use serde_json::{Value, json};

use crate::support::{
    Stage, Step, answer, brand, category, coupon, customer, data, order, order_line, product,
    refund, shipment, shipping_address, simulated, tax,
};

fn send<T>(request: &Request<T>, step: Step) -> Result<T, Error> {
    simulated(async {
        let stage = Stage::new([step]);
        let deadline = stage.within(60);
        let answer = stage.client.send(request, Lane::Refresh, deadline).await;
        answer.map(|answer| answer.value)
    })
}

/// What can be done to a member.
fn damage() -> impl Strategy<Value = Option<Value>> {
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
fn members(thing: &Value, above: &str, found: &mut Vec<String>) {
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

fn wound(thing: &mut Value, pointer: &str, damage: Option<Value>) {
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
struct Accident {
    count: usize,
    victim: prop::sample::Index,
    wounds: Vec<(prop::sample::Index, Option<Value>)>,
    /// Not even an object any more.
    whole: Option<Option<Value>>,
}

fn accident() -> impl Strategy<Value = Accident> {
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

const ORDER: OrderId = OrderId(100);

macro_rules! damage_to_one {
    ($($test:ident: $request:expr, $wrapping:expr, $thing:expr;)*) => {
        proptest! {
            #![proptest_config(ProptestConfig::with_cases(256))]
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

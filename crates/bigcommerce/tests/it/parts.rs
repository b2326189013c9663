//! What comes along with things, what nobody knows, and how both go back.

use bigcommerce::{
    Error, Lane, Request,
    request::{self, ListQuery, metafields::Owner},
};
use commerce::{
    Aside, Consignment, ConsignmentKind, CurrencyCode, CustomerAddressEdit, CustomerId, LocationId,
    OptionEdit, OptionId, OptionValueEdit, OrderId, OrderLine, ProductId, RefundFor, Setting,
    VariantEdit, VariantId,
};
use serde_json::{Value, json};

use crate::{
    support::{
        Stage, answer, coupon, data, order_line, refund, shipment, shipping_address, simulated,
    },
    things,
};

const PRODUCT: ProductId = ProductId(7);
const ORDER: OrderId = OrderId(100);

fn read<T>(request: &Request<T>, body: impl ToString) -> T {
    simulated(async {
        let stage = Stage::new([answer(200, body)]);
        let deadline = stage.within(60);
        let answer = stage.client.send(request, Lane::Refresh, deadline).await;
        answer.unwrap().value
    })
}

fn kept(aside: &Aside) -> Value {
    serde_json::from_str(aside.as_str().expect("something is kept")).unwrap()
}

fn gbp() -> CurrencyCode {
    "GBP".parse().unwrap()
}

fn lines(consignment: &Consignment) -> &[OrderLine] {
    &consignment.lines.as_ref().unwrap().items
}

#[test]
fn what_nobody_knows_is_kept_to_the_last_member() {
    let unknown = json!({"deep": [1, {"er": null}]});
    let query = ListQuery::new;
    macro_rules! keeps {
        ($($request:expr, $thing:expr;)*) => {$(
            let page = read(&$request, data(vec![$thing]));
            let aside = kept(&page.items[0].aside);
            assert_eq!(aside["added_without_notice"], unknown);
            assert!(aside.get("id").is_none(), "what is known is not kept twice");
        )*};
    }
    keeps! {
        request::variants::list(PRODUCT, &query()), things::variant(1);
        request::options::list(PRODUCT, &query()), things::option(1);
        request::modifiers::list(PRODUCT, &query()), things::modifier(1);
        request::images::list(PRODUCT, &query()), things::image(1);
        request::videos::list(PRODUCT, &query()), things::video(1);
        request::custom_fields::list(PRODUCT, &query()), things::custom_field(1);
        request::bulk_pricing::list(PRODUCT), things::rule(1);
        request::metafields::list(Owner::Order(ORDER), &ListQuery::new()), things::metafield(1);
        request::catalog::brands_full(&ListQuery::new()), things::full_brand(1);
        request::catalog::trees([]), things::tree(1);
        request::inventory::locations(&ListQuery::new()), things::location(1);
        request::customers::addresses(&ListQuery::new()), things::customer_address(1);
        request::customers::attributes(&ListQuery::new()), things::attribute(1);
        request::customers::attribute_values(&ListQuery::new()), things::attribute_value(1);
        request::payments::transactions(ORDER), things::transaction(1);
        request::payments::refunds_of(ORDER), things::full_refund(1);
        request::settings::channels(&ListQuery::new()), things::channel(1);
    }
    let unknown = json!({"deep": [1, 2, {"er": null}]});
    let products = request::products::list_full(&request::products::ProductsQuery::new());
    let page = read(&products, data(vec![things::full_product(7)]));
    let product = kept(&page.items[0].aside);
    assert_eq!(product["a_member_added_without_notice"], unknown);
    let orders = request::orders::list_full(&request::orders::OrdersQuery::new());
    let page = read(&orders, json!([things::full_order(7)]));
    let order = kept(&page.items[0].aside);
    assert_eq!(order["a_member_added_without_notice"], unknown);
    let customers = request::customers::list_full(&request::customers::CustomersQuery::new());
    let page = read(&customers, data(vec![things::full_customer(7)]));
    let customer = kept(&page.items[0].aside);
    assert_eq!(customer["a_member_added_without_notice"], unknown);
}

/// The thing, with a member that nobody knows at each of these places in it.
fn with_news(mut thing: Value, places: &[&str]) -> Value {
    for place in places {
        let inner = thing.pointer_mut(place).unwrap().as_object_mut().unwrap();
        inner.insert("news".to_owned(), json!({"deep": [1, {"er": null}]}));
    }
    thing
}

#[test]
fn what_nobody_knows_is_kept_wherever_it_stands() {
    macro_rules! keeps {
        ($($request:expr, $wrap:expr, $thing:expr, $($place:literal => |$item:ident| $aside:expr),+;)*) => {$(
            let places = [$($place),+];
            let page = read(&$request, $wrap(vec![with_news($thing, &places)]));
            assert!(page.broken.is_empty(), "{:?}", page.broken);
            $({
                let $item = &page.items[0];
                assert_eq!(kept(&$aside)["news"], json!({"deep": [1, {"er": null}]}), $place);
            })+
        )*};
    }
    let wrapped = |things: Vec<Value>| data(things);
    let bare = |things: Vec<Value>| Value::Array(things);
    keeps! {
        request::options::list(PRODUCT, &ListQuery::new()), wrapped, things::option(1),
            "/option_values/0" => |option| option.option_values.items[0].aside;
        request::modifiers::list(PRODUCT, &ListQuery::new()), wrapped, things::modifier(1),
            "/option_values/0" => |modifier| modifier.option_values.items[0].aside;
        request::catalog::categories_full(&ListQuery::new()), wrapped, things::full_category(1),
            "" => |category| category.aside;
        request::inventory::locations(&ListQuery::new()), wrapped, things::location(1),
            "/address" => |location| location.address.as_ref().unwrap().aside;
        request::inventory::items(&ListQuery::new()), wrapped, things::stock(1),
            "" => |item| item.aside;
        request::customers::groups(&ListQuery::new()), bare, things::group(1),
            "" => |group| group.aside,
            "/discount_rules/0" => |group| group.discount_rules.items[0].aside;
        request::order_parts::taxes_full(ORDER, gbp(), 1), bare, things::full_tax(1),
            "" => |tax| tax.aside;
        request::order_parts::messages(ORDER, &ListQuery::new()), bare, things::message(1),
            "" => |message| message.aside;
        request::order_parts::lines(ORDER, gbp(), 1), bare, order_line(1),
            "" => |line| line.aside;
        request::order_parts::shipping_addresses(ORDER, gbp(), 1), bare, shipping_address(1),
            "" => |address| address.aside;
        request::order_parts::shipments(ORDER, 1), bare, shipment(1),
            "" => |shipment| shipment.aside;
        request::order_parts::coupons(ORDER, gbp(), 1), bare, coupon(1),
            "" => |coupon| coupon.aside;
        request::order_parts::refunds(ORDER, gbp()), wrapped, refund(1),
            "" => |refund| refund.aside;
        request::orders::list_full(&request::orders::OrdersQuery::new()), bare, things::full_order(7),
            "/fees/0" => |order| order.fees.as_ref().unwrap().items[0].aside,
            "/consignments/shipping/0" => |order| order.consignments.as_ref().unwrap().items[0].aside,
            "/consignments/downloads/0" => |order| order.consignments.as_ref().unwrap().items[1].aside,
            "/consignments/shipping/0/line_items/0" =>
                |order| lines(&order.consignments.as_ref().unwrap().items[0])[0].aside;
        request::settings::currencies(&ListQuery::new()), bare, things::currency(1),
            "" => |currency| currency.aside;
        request::settings::tax_classes(&ListQuery::new()), bare, things::tax_class(1),
            "" => |class| class.aside;
        request::settings::countries(&ListQuery::new()), bare, things::country(1),
            "" => |country| country.aside;
        request::settings::states(commerce::CountryId(1), &ListQuery::new()), bare, things::state(1),
            "" => |state| state.aside;
        request::settings::payment_methods(ORDER), wrapped, things::payment_method(1),
            "" => |method| method.aside;
    }
    let units = with_news(
        json!({"weight_measurement": "KGS", "decimal_places": "2"}),
        &[""],
    );
    let units = read(
        &request::settings::units(None),
        json!({"data": units, "meta": {}}),
    );
    assert_eq!(units.decimal_places, 2);
    assert_eq!(kept(&units.aside)["news"]["deep"][0], 1);
    let locale = with_news(json!({"default_shopper_language": "en"}), &[""]);
    let locale = read(
        &request::settings::locale(),
        json!({"data": locale, "meta": {}}),
    );
    assert_eq!(kept(&locale.aside)["news"]["deep"][0], 1);
}

#[test]
fn of_the_parts_of_an_order_nothing_is_lost_and_nothing_kept_twice() {
    let all = |aside: &Aside| {
        let members = kept(aside).as_object().unwrap().clone();
        members
            .into_iter()
            .map(|(name, _)| name)
            .collect::<Vec<_>>()
    };
    let has = |aside: &Aside, kept: &[&str], known: &[&str]| {
        let names = all(aside);
        for name in kept {
            assert!(names.iter().any(|one| one == name), "{name} is lost");
        }
        for name in known {
            assert!(names.iter().all(|one| one != name), "{name} is kept twice");
        }
    };
    let page = read(
        &request::order_parts::lines(ORDER, gbp(), 1),
        json!([order_line(1)]),
    );
    has(
        &page.items[0].aside,
        &["total_inc_tax", "base_price", "upc", "name_merchant"],
        &["id", "price_ex_tax", "price_inc_tax", "sku", "quantity"],
    );
    let page = read(
        &request::order_parts::shipping_addresses(ORDER, gbp(), 1),
        json!([shipping_address(1)]),
    );
    has(
        &page.items[0].aside,
        &["cost_inc_tax", "shipping_zone_id", "form_fields"],
        &["id", "first_name", "email", "cost_ex_tax"],
    );
    let page = read(
        &request::order_parts::shipments(ORDER, 1),
        json!([shipment(1)]),
    );
    has(
        &page.items[0].aside,
        &["merchant_shipping_cost", "generated_tracking_link"],
        &["id", "shipping_provider", "order_address_id", "items"],
    );
    let page = read(
        &request::order_parts::coupons(ORDER, gbp(), 1),
        json!([coupon(1)]),
    );
    has(&page.items[0].aside, &["id", "type"], &["code", "discount"]);
    let page = read(
        &request::order_parts::refunds(ORDER, gbp()),
        data(vec![refund(1)]),
    );
    has(
        &page.items[0].aside,
        &["id", "total_tax", "payments"],
        &["reason", "total_amount"],
    );
    let orders = request::orders::list_full(&request::orders::OrdersQuery::new());
    let page = read(&orders, json!([things::full_order(7)]));
    let consignments = &page.items[0].consignments.as_ref().unwrap().items;
    has(
        &consignments[0].aside,
        &["cost_inc_tax", "form_fields"],
        &["id", "city", "shipping_method", "line_items"],
    );
    assert!(consignments[1].aside.is_empty(), "all of it is known");
}

#[test]
fn numbers_that_nobody_knows_keep_their_digits() {
    let text =
        r#"{"data": [{"id": 1, "name": "a", "value": "b", "new": 0.1234567890123456789012}]}"#;
    let page = read(
        &request::custom_fields::list(PRODUCT, &ListQuery::new()),
        text,
    );
    let kept = page.items[0].aside.as_str().unwrap();
    assert_eq!(kept, r#"{"new":0.1234567890123456789012}"#);
}

#[test]
fn what_was_kept_goes_back_where_a_thing_is_sent_as_a_whole() {
    let page = read(
        &request::options::list(PRODUCT, &ListQuery::new()),
        data(vec![things::option(11)]),
    );
    let option = &page.items[0];
    let values = option
        .option_values
        .items
        .iter()
        .map(|value| OptionValueEdit {
            id: Some(value.id),
            label: Some(value.label.to_uppercase()),
            sort_order: Some(value.sort_order),
            is_default: Some(value.is_default),
            aside: Some(value.aside.clone()),
        });
    let edit = OptionEdit {
        option_values: Some(values.collect()),
        aside: Some(option.aside.clone()),
        ..OptionEdit::default()
    };
    let request = request::options::update(PRODUCT, OptionId(11), &edit);
    let body = request.body().unwrap();
    assert_eq!(body["config"], json!({}));
    assert_eq!(body["added_without_notice"]["deep"][0], 1);
    assert_eq!(
        body["option_values"],
        json!([
            {"id": 1, "label": "RED", "sort_order": 0, "is_default": true,
             "value_data": {"colors": ["#ff0000"]}},
            {"id": 2, "label": "BLUE", "sort_order": 1, "is_default": false, "value_data": null}
        ])
    );
}

#[test]
fn what_is_given_wins_over_what_was_kept() {
    let edit = CustomerAddressEdit {
        city: Some("Leith".to_owned()),
        aside: Some(Aside::new(r#"{"city": "elsewhere", "form_fields": []}"#)),
        ..CustomerAddressEdit::default()
    };
    let request = request::customers::create_addresses(&(CustomerId(7), edit).into());
    assert_eq!(
        request.body().unwrap(),
        &json!([{"customer_id": 7, "city": "Leith", "form_fields": []}])
    );
}

#[test]
fn only_what_is_given_is_sent_and_cleared_is_null() {
    let edit = VariantEdit {
        price: Some(Setting::To("19.90".parse().unwrap())),
        sale_price: Some(Setting::Cleared),
        ..VariantEdit::default()
    };
    let request = request::variants::update(PRODUCT, VariantId(1), &edit);
    assert_eq!(
        request.body().unwrap().to_string(),
        r#"{"price":19.90,"sale_price":null}"#
    );
}

#[test]
fn a_product_with_all_its_parts_is_read_whole() {
    let list = request::products::list_full(&request::products::ProductsQuery::new());
    let product = read(&list, data(vec![things::full_product(7)]))
        .items
        .remove(0);
    assert_eq!(product.product.id, PRODUCT);
    assert_eq!(product.width, 20.into());
    assert_eq!(product.related_products.items, [-1]);
    // Sentinels for what nobody set.
    assert_eq!(
        (product.preorder_message, product.price_hidden_label),
        Default::default()
    );
    let variants = product.variants.unwrap();
    assert!(variants.is_whole());
    assert_eq!(variants.items[0].price, Some("12.5000".parse().unwrap()));
    assert_eq!(variants.items[0].weight, None);
    assert_eq!(variants.items[0].option_values.items[0].label, "Large");
    assert_eq!(
        product.bulk_pricing_rules.unwrap().items[0].amount,
        "7.5".parse().unwrap()
    );
    assert_eq!(product.custom_fields.unwrap().items.len(), 2);
    // What was not asked for is not "none".
    let lean = read(&list, data(vec![crate::support::product(7)]))
        .items
        .remove(0);
    assert_eq!(
        (lean.variants, lean.images, lean.channels),
        (None, None, None)
    );
}

#[test]
fn lines_that_came_along_are_told_from_links_and_from_a_cut_list() {
    let list = request::orders::list_full(&request::orders::OrdersQuery::new());
    let whole = read(&list, json!([things::full_order(7)])).items.remove(0);
    let ids: Vec<u64> = whole
        .lines()
        .unwrap()
        .iter()
        .map(|line| line.id.0)
        .collect();
    assert_eq!(ids, [51, 52, 53]);
    let consignments = whole.consignments.as_ref().unwrap();
    assert_eq!(consignments.items[0].kind, ConsignmentKind::Shipping);
    assert_eq!(consignments.items[0].address.city, "Leith");
    assert_eq!(consignments.items[1].kind, ConsignmentKind::Download);
    assert_eq!(whole.fees.unwrap().items[0].cost_inc_tax.amount, 6.into());

    let warning = json!({"message": "Not all line items of this consignment are returned."});
    let mut beside = things::full_order(7);
    beside["consignments"]["shipping"][0]["__warning__"] = warning.clone();
    let mut among = things::full_order(7);
    let lines = &mut among["consignments"]["shipping"][0]["line_items"];
    lines
        .as_array_mut()
        .unwrap()
        .push(json!({"__warning__": warning}));
    let mut links = things::full_order(7);
    links["consignments"]["shipping"][0]["line_items"] =
        json!([{"url": "https://api.example/1", "resource": "/orders/7/products/51"}]);
    let mut not_asked = things::full_order(7);
    not_asked["consignments"] =
        json!({"url": "https://api.example/c", "resource": "/orders/7/consignments"});
    let mut broken = things::full_order(7);
    broken["consignments"]["shipping"][0]["line_items"][1]["quantity"] = json!("many");
    for order in [beside, among, links, not_asked, broken] {
        let order = read(&list, json!([order])).items.remove(0);
        assert_eq!(order.lines(), None, "{order:?}");
    }
}

#[test]
fn an_order_of_the_older_shape_has_its_lines_too() {
    let mut order = things::full_order(7);
    order["consignments"] = json!([order["consignments"].clone()]);
    let list = request::orders::list_full(&request::orders::OrdersQuery::new());
    let order = read(&list, json!([order])).items.remove(0);
    assert_eq!(order.lines().unwrap().len(), 3);
}

#[test]
fn a_quote_gives_ways_as_lists_and_a_refund_copies_one() {
    let item = commerce::RefundRequestItem {
        item_type: RefundFor::Shipping,
        item_id: 3,
        extent: commerce::RefundExtent::Amount("4.50".parse().unwrap()),
        reason: String::new(),
    };
    let quote = request::payments::refund_quote(ORDER, &item.clone().into());
    assert_eq!(
        quote.body().unwrap().to_string(),
        r#"{"items":[{"amount":4.50,"item_id":3,"item_type":"SHIPPING"}]}"#
    );
    let answer = r#"{"data": {"order_id": 100, "total_refund_amount": 4.50,
        "total_refund_tax_amount": 0.75, "order_level_refund_amount": 0, "rounding": 0,
        "adjustment": 0, "tax_inclusive": true, "refund_methods": [
            [{"provider_id": "testgateway", "provider_description": "Card", "amount": 4.50,
              "offline": false, "offline_provider": false, "offline_reason": ""}],
            [{"provider_id": "storecredit", "amount": 4.50, "offline": false}]]}, "meta": {}}"#;
    let quoted = read(&quote, answer);
    assert_eq!(quoted.refund_methods.items.len(), 2);
    let refund = request::payments::refund(
        ORDER,
        &request::payments::NewRefund {
            items: item.into(),
            payments: quoted.refund_methods.items[0].clone().try_into().unwrap(),
            merchant_override: None,
        },
    );
    assert_eq!(
        refund.body().unwrap()["payments"].to_string(),
        r#"[{"amount":4.50,"offline":false,"provider_id":"testgateway"}]"#
    );
}

#[test]
fn stock_that_can_not_be_read_is_named_by_the_variant_it_is_of() {
    let all = request::inventory::items(&ListQuery::new());
    let one = request::inventory::items_at(LocationId(1), &ListQuery::new());
    for (list, mut stock) in [(all, things::stock(77)), (one, things::stock_at(1))] {
        stock["identity"]["product_id"] = json!({});
        let page = read(&list, data(vec![stock]));
        assert_eq!(page.broken[0].id.as_deref(), Some("77"));
        assert_eq!(page.broken[0].path, "$.data[0].identity.product_id");
    }
}

#[test]
fn stock_is_read_at_all_places_and_at_one() {
    let all = read(
        &request::inventory::items(&ListQuery::new()),
        data(vec![things::stock(77)]),
    );
    let one = read(
        &request::inventory::items_at(LocationId(1), &ListQuery::new()),
        data(vec![things::stock_at(1)]),
    );
    let (all, one) = (&all.items[0], &one.items[0]);
    assert_eq!(all.identity, one.identity);
    assert_eq!(all.locations.items[0].location_id, Some(LocationId(1)));
    assert_eq!(one.locations.items[0].location_id, None);
    for item in [all, one] {
        let level = &item.locations.items[0];
        assert_eq!((level.available_to_sell, level.safety_stock), (4, 1));
    }
}

#[test]
fn an_order_without_transactions_answers_with_nothing() {
    simulated(async {
        let stage = Stage::new([answer(204, "")]);
        let asked = request::payments::transactions(ORDER);
        let page = stage
            .client
            .send(&asked, Lane::Person, stage.within(9))
            .await;
        assert_eq!(page.unwrap().value.received, 0);
    });
}

#[test]
fn a_storefront_token_is_never_shown() {
    let channel = commerce::ChannelId(1);
    let ask = request::storefront::create_token(
        &channel.into(),
        &commerce::StorefrontScope::Unauthenticated.into(),
        jiff::Timestamp::UNIX_EPOCH,
    );
    let token = read(&ask, r#"{"data": {"token": "eyJ0eXAi.secret"}}"#);
    assert_eq!(token.token().expose(), "eyJ0eXAi.secret");
    assert!(!format!("{token:?}").contains("secret"));
    let revoke = request::storefront::revoke_token(&token);
    assert!(!format!("{revoke:?}").contains("secret"));
    simulated(async {
        let stage = Stage::new([answer(204, "")]);
        stage
            .client
            .send(&revoke, Lane::Person, stage.within(9))
            .await
            .unwrap();
        let sent = stage.script.requests().remove(0);
        assert_eq!(sent.secret.as_ref().unwrap().0, "Sf-Api-Token");
        assert!(!format!("{sent:?}").contains("secret"));
        let empty = Stage::new([answer(200, r#"{"data": {}}"#)]);
        let error = empty
            .client
            .send(&ask, Lane::Person, empty.within(9))
            .await
            .unwrap_err();
        assert!(matches!(error, Error::Unknown { .. }), "{error:?}");
    });
}

#[test]
fn a_mark_before_the_json_is_passed_over() {
    let body = format!("\u{feff}\r\n{}", data(vec![things::variant(1)]));
    let page = read(&request::variants::across(&ListQuery::new()), body);
    assert_eq!(page.items.len(), 1);
}

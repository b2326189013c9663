//! What nobody knows is kept aside, and goes back with what it came with.

use bigcommerce::request::{self, ListQuery, customers::CustomersQuery, metafields::Owner};
use commerce::{
    Aside, BulkPricingRuleEdit, CategoryAccessEdit, Consignment, CustomFieldEdit,
    CustomerAddressEdit, CustomerGroupEdit, CustomerId, ImageEdit, LocationId, ModifierEdit,
    ModifierValueEdit, OptionEdit, OptionId, OptionValueEdit, OrderEdit, OrderFeeEdit, OrderLine,
    ProductEdit, VariantChoiceEdit, VariantEdit, VideoEdit,
};
use serde_json::{Value, json};

use crate::{
    parts::{ORDER, PRODUCT, gbp, read},
    support::{coupon, data, order_line, refund, shipment, shipping_address},
    things,
};

fn kept(aside: &Aside) -> Value {
    serde_json::from_str(aside.as_str().expect("something is kept")).unwrap()
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
        request::variants::list(PRODUCT, &ListQuery::new()), wrapped, things::variant(1),
            "/option_values/0" => |variant| variant.option_values.items[0].aside;
        request::inventory::items(&ListQuery::new()), wrapped, things::stock(1),
            "" => |item| item.aside,
            "/identity" => |item| item.identity.aside,
            "/locations/0" => |item| item.locations.items[0].aside;
        request::inventory::items_at(LocationId(1), &ListQuery::new()), wrapped, things::stock_at(1),
            "" => |item| item.aside;
        request::payments::refunds_of(ORDER), wrapped, things::full_refund(1),
            "/items/0" => |refund| refund.items.items[0].aside,
            "/payments/0" => |refund| refund.payments.items[0].aside;
        request::customers::list_full(&CustomersQuery::new()), wrapped, things::full_customer(1),
            "/form_fields/0" => |customer| customer.form_fields.as_ref().unwrap().items[0].aside;
        request::customers::groups(&ListQuery::new()), bare, things::group(1),
            "" => |group| group.aside,
            "/category_access" => |group| group.category_access.aside,
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
fn an_option_goes_back_with_all_that_it_was_read_with() {
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
fn what_nobody_knows_inside_a_member_is_kept_under_its_name() {
    macro_rules! keeps {
        ($($request:expr, $wrap:expr, $thing:expr, $member:literal => |$item:ident| $aside:expr;)*) => {$(
            let place = concat!("/", $member);
            let page = read(&$request, $wrap(vec![with_news($thing, &[place])]));
            assert!(page.broken.is_empty(), "{:?}", page.broken);
            let $item = &page.items[0];
            assert_eq!(kept(&$aside)[$member], json!({"news": {"deep": [1, {"er": null}]}}), $member);
        )*};
    }
    let wrapped = |things: Vec<Value>| data(things);
    let bare = |things: Vec<Value>| Value::Array(things);
    let mut order = things::full_order(7);
    order["billing_address"]
        .as_object_mut()
        .unwrap()
        .remove("form_fields");
    keeps! {
        request::products::list_full(&request::products::ProductsQuery::new()), wrapped,
            things::full_product(7), "custom_url" => |product| product.aside;
        request::catalog::brands_full(&ListQuery::new()), wrapped, things::full_brand(1),
            "custom_url" => |brand| brand.aside;
        request::catalog::categories_full(&ListQuery::new()), wrapped, things::full_category(1),
            "url" => |category| category.aside;
        request::orders::list_full(&request::orders::OrdersQuery::new()), bare, order,
            "billing_address" => |order| order.aside;
        request::customers::list_full(&CustomersQuery::new()), wrapped, things::full_customer(7),
            "authentication" => |customer| customer.aside;
        request::inventory::items_at(LocationId(1), &ListQuery::new()), wrapped, things::stock_at(1),
            "settings" => |item| item.aside;
    }
    let stock = with_news(things::stock(1), &["/locations/0/settings"]);
    let items = request::inventory::items(&ListQuery::new());
    let page = read(&items, data(vec![stock]));
    let level = kept(&page.items[0].locations.items[0].aside);
    assert_eq!(level["settings"]["news"]["deep"][0], 1);
}

#[test]
fn what_was_kept_goes_back_wherever_a_list_is_sent_as_a_whole() {
    macro_rules! goes_back {
        ($($request:expr, $wrap:expr, $thing:expr, $place:literal => |$item:ident| $back:expr, $at:literal;)*) => {$(
            let page = read(&$request, $wrap(vec![with_news($thing, &[$place])]));
            assert!(page.broken.is_empty(), "{:?}", page.broken);
            let $item = &page.items[0];
            let request = $back;
            let back = request.body().unwrap().pointer(concat!($at, "/news"));
            assert_eq!(back, Some(&json!({"deep": [1, {"er": null}]})), "{}", request.path());
        )*};
    }
    let wrapped = |things: Vec<Value>| data(things);
    let bare = |things: Vec<Value>| Value::Array(things);
    let edited = |edit: ProductEdit| request::products::edit(PRODUCT, &edit);
    let group = |id, edit: CustomerGroupEdit| request::customers::update_group(id, &edit);
    goes_back! {
        request::options::list(PRODUCT, &ListQuery::new()), wrapped, things::option(1), "" => |option| {
            let edit = OptionEdit { aside: Some(option.aside.clone()), ..OptionEdit::default() };
            request::options::update(PRODUCT, option.id, &edit)
        }, "";
        request::options::list(PRODUCT, &ListQuery::new()), wrapped, things::option(1),
            "/option_values/0" => |option| {
            let value = OptionValueEdit {
                aside: Some(option.option_values.items[0].aside.clone()),
                ..OptionValueEdit::default()
            };
            let edit = OptionEdit { option_values: Some(vec![value]), ..OptionEdit::default() };
            request::options::update(PRODUCT, option.id, &edit)
        }, "/option_values/0";
        request::modifiers::list(PRODUCT, &ListQuery::new()), wrapped, things::modifier(1), "" => |modifier| {
            let edit = ModifierEdit { aside: Some(modifier.aside.clone()), ..ModifierEdit::default() };
            request::modifiers::update(PRODUCT, modifier.id, &edit)
        }, "";
        request::modifiers::list(PRODUCT, &ListQuery::new()), wrapped, things::modifier(1),
            "/option_values/0" => |modifier| {
            let value = ModifierValueEdit {
                aside: Some(modifier.option_values.items[0].aside.clone()),
                ..ModifierValueEdit::default()
            };
            let edit = ModifierEdit { option_values: Some(vec![value]), ..ModifierEdit::default() };
            request::modifiers::update(PRODUCT, modifier.id, &edit)
        }, "/option_values/0";
        request::variants::list(PRODUCT, &ListQuery::new()), wrapped, things::variant(1),
            "/option_values/0" => |variant| {
            let choice = VariantChoiceEdit {
                aside: Some(variant.option_values.items[0].aside.clone()),
                ..VariantChoiceEdit::default()
            };
            let edit = VariantEdit { option_values: Some(vec![choice]), ..VariantEdit::default() };
            request::variants::update(PRODUCT, variant.id, &edit)
        }, "/option_values/0";
        request::images::list(PRODUCT, &ListQuery::new()), wrapped, things::image(1), "" => |image| {
            let image = ImageEdit { aside: Some(image.aside.clone()), ..ImageEdit::default() };
            edited(ProductEdit { images: Some(vec![image]), ..ProductEdit::default() })
        }, "/images/0";
        request::videos::list(PRODUCT, &ListQuery::new()), wrapped, things::video(1), "" => |video| {
            let video = VideoEdit { aside: Some(video.aside.clone()), ..VideoEdit::default() };
            edited(ProductEdit { videos: Some(vec![video]), ..ProductEdit::default() })
        }, "/videos/0";
        request::custom_fields::list(PRODUCT, &ListQuery::new()), wrapped, things::custom_field(1),
            "" => |field| {
            let field = CustomFieldEdit { aside: Some(field.aside.clone()), ..CustomFieldEdit::default() };
            edited(ProductEdit { custom_fields: Some(vec![field]), ..ProductEdit::default() })
        }, "/custom_fields/0";
        request::bulk_pricing::list(PRODUCT), wrapped, things::rule(1), "" => |rule| {
            let rule = BulkPricingRuleEdit {
                aside: Some(rule.aside.clone()),
                ..BulkPricingRuleEdit::default()
            };
            edited(ProductEdit { bulk_pricing_rules: Some(vec![rule]), ..ProductEdit::default() })
        }, "/bulk_pricing_rules/0";
        request::customers::addresses(&ListQuery::new()), wrapped, things::customer_address(1),
            "" => |address| {
            let edit = CustomerAddressEdit {
                aside: Some(address.aside.clone()),
                ..CustomerAddressEdit::default()
            };
            request::customers::update_addresses(&(address.id, edit).into())
        }, "/0";
        request::customers::groups(&ListQuery::new()), bare, things::group(1), "/category_access" => |found| {
            let seen = CategoryAccessEdit {
                kind: found.category_access.kind.clone(),
                categories: found.category_access.categories.items.clone(),
                aside: found.category_access.aside.clone(),
            };
            group(found.id, CustomerGroupEdit { category_access: Some(seen), ..CustomerGroupEdit::default() })
        }, "/category_access";
        request::customers::groups(&ListQuery::new()), bare, things::group(1), "/discount_rules/0" => |found| {
            let rules = found.discount_rules.items.clone();
            group(found.id, CustomerGroupEdit { discount_rules: Some(rules), ..CustomerGroupEdit::default() })
        }, "/discount_rules/0";
    }
}

#[test]
fn a_fee_goes_back_with_its_tax_class_and_without_what_the_store_would_refuse() {
    let orders = request::orders::list_full(&request::orders::OrdersQuery::new());
    let mut order = things::full_order(7);
    order["fees"][0]["cost_exc_tax"] = json!("5.0000");
    order["fees"][0]["new_since_then"] = json!(true);
    let page = read(&orders, json!([order]));
    let fee = &page.items[0].fees.as_ref().unwrap().items[0];
    let back = OrderFeeEdit {
        id: Some(fee.id),
        display_name_customer: Some("Rush order".to_owned()),
        aside: Some(fee.aside.clone()),
        ..OrderFeeEdit::default()
    };
    let edit = OrderEdit {
        fees: Some(vec![back]),
        ..OrderEdit::default()
    };
    let request = request::orders::edit(ORDER, &edit);
    assert_eq!(
        request.body().unwrap()["fees"],
        json!([{
            "id": 4, "type": "custom_fee", "display_name_customer": "Rush order", "tax_class_id": 1
        }])
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

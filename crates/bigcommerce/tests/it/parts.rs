//! What comes along with things, and goes back.

use bigcommerce::{
    Error, Lane, Request,
    request::{self, ListQuery},
};
use commerce::{
    ConsignmentKind, CurrencyCode, LocationId, OrderId, ProductId, RefundFor, Setting, VariantEdit,
    VariantId,
};
use serde_json::json;

use crate::{
    support::{Stage, answer, data, simulated},
    things,
};

pub(crate) const PRODUCT: ProductId = ProductId(7);
pub(crate) const ORDER: OrderId = OrderId(100);

pub(crate) fn read<T>(request: &Request<T>, body: impl ToString) -> T {
    simulated(async {
        let stage = Stage::new([answer(200, body)]);
        let deadline = stage.within(60);
        let answer = stage.client.send(request, Lane::Refresh, deadline).await;
        answer.unwrap().value
    })
}

pub(crate) fn gbp() -> CurrencyCode {
    "GBP".parse().unwrap()
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

//! What belongs to an order, as the store sends it.

use bigcommerce::{
    Error, Kind, Lane, Page, Request,
    request::{
        ListQuery, order_parts,
        orders::{self, OrdersQuery},
        payments,
        products::{self, ProductsQuery},
    },
};
use commerce::{
    Access, CurrencyCode, Money, OrderAddressId, OrderId, OrderLine, OrderLineId, OrderTaxId,
    Parts, ProductId, Scope, ShipmentId, TaxClassId, VariantId,
};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::{
    support::{
        Stage, Step, answer, coupon, data, order_line, refund, shipment, shipping_address,
        simulated, tax,
    },
    things,
};

const ORDER: OrderId = OrderId(100);

fn gbp() -> CurrencyCode {
    "GBP".parse().unwrap()
}

fn money(text: &str) -> Money {
    Money::new(text.parse().unwrap(), gbp())
}

fn send<T>(request: &Request<T>, step: Step) -> Result<T, Error> {
    simulated(async {
        let stage = Stage::new([step]);
        let deadline = stage.within(60);
        let answer = stage.client.send(request, Lane::Person, deadline).await;
        answer.map(|answer| answer.value)
    })
}

fn lines(body: impl ToString) -> Page<OrderLine> {
    send(&order_parts::lines(ORDER, gbp(), 1), answer(200, body)).unwrap()
}

fn read_line(item: Value) -> OrderLine {
    let page = lines(json!([item]));
    assert_eq!(page.broken, []);
    page.items.into_iter().next().unwrap()
}

#[test]
fn a_line_says_what_the_store_says() {
    let line = read_line(order_line(11));
    assert_eq!(line.id, OrderLineId(11));
    assert_eq!(line.product_id, Some(ProductId(7)));
    assert_eq!(line.variant_id, Some(VariantId(77)));
    assert_eq!(line.address_id, Some(OrderAddressId(3)));
    assert_eq!(
        (line.name.as_str(), line.sku.as_str()),
        ("Copper kettle", "KET-1-L")
    );
    assert_eq!(line.quantity, Decimal::from(2));
    assert_eq!(line.quantity_shipped, Decimal::from(1));
    assert_eq!(line.quantity_refunded, Decimal::from(0));
    assert_eq!(line.unit_price, money("44.99"));
    assert_eq!(line.price_inc_tax, Some(money("53.988")));
    assert_eq!(line.total, money("89.98"));
    assert_eq!(line.discount, money("6.5"));
    let options: Vec<_> = line
        .options
        .items
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(
        options,
        [
            ("Size", "Large"),
            ("Engraving", "For Ada"),
            ("Ribbon", "red")
        ]
    );
}

#[test]
fn a_line_typed_by_hand_has_no_product() {
    let mut by_hand = order_line(11);
    for (name, value) in [
        ("product_id", json!(0)),
        ("variant_id", json!(0)),
        ("order_address_id", json!(0)),
        ("sku", Value::Null),
        ("quantity", json!("2.5")),
        ("product_options", Value::Null),
        ("configurable_fields", json!({})),
        ("applied_discounts", Value::Null),
        ("name", json!("")),
    ] {
        by_hand[name] = value;
    }
    let line = read_line(by_hand);
    assert_eq!(
        (line.product_id, line.variant_id, line.address_id),
        (None, None, None)
    );
    assert_eq!(line.quantity.to_string(), "2.5");
    assert_eq!(line.options, Parts::default());
    assert_eq!(line.discount, money("0"));
    assert_eq!(line.name, "Copper kettle", "as the shopper saw it");
}

#[test]
fn a_line_of_nothing_but_its_number_and_quantity_can_be_packed() {
    let line = read_line(json!({"id": "11", "quantity": 3}));
    assert_eq!(line.quantity, Decimal::from(3));
    assert_eq!((line.total, line.price_inc_tax), (money("0"), None));
    let page = lines(json!([{"id": 11}, {"id": 12, "quantity": 1}]));
    assert_eq!(page.items.len(), 1);
    assert_eq!(page.broken[0].path, "$[0].quantity");
    assert_eq!(page.broken[0].id.as_deref(), Some("11"));
}

#[test]
fn a_full_first_page_of_lines_is_not_the_last() {
    for (count, is_last) in [(49, true), (50, false), (250, false), (0, true)] {
        let items: Vec<Value> = (0..count).map(|at| order_line(at + 1)).collect();
        let page = lines(Value::Array(items));
        assert_eq!(page.items.len() as u64, count);
        assert_eq!(
            page.is_last(order_parts::PAGE_SIZE as usize),
            is_last,
            "{count}"
        );
    }
}

#[test]
fn nothing_is_an_empty_page() {
    for step in [answer(204, ""), answer(200, "[]")] {
        let page = send(&order_parts::shipments(ORDER, 1), step.clone()).unwrap();
        assert_eq!((page.received, page.is_last(250)), (0, true));
        let page = send(&order_parts::coupons(ORDER, gbp(), 1), step).unwrap();
        assert_eq!(page.items, []);
    }
    let refunds = order_parts::refunds(ORDER, gbp());
    for step in [answer(204, ""), answer(200, data(Vec::<Value>::new()))] {
        assert_eq!(send(&refunds, step).unwrap().received, 0);
    }
    let error = send(&order_parts::taxes(ORDER, gbp(), 1), answer(200, "{}")).unwrap_err();
    assert!(matches!(error, Error::UnexpectedAnswer { .. }), "{error:?}");
}

#[test]
fn an_address_says_where_and_how() {
    let request = order_parts::shipping_addresses(ORDER, gbp(), 1);
    let page = send(&request, answer(200, json!([shipping_address(3)]))).unwrap();
    let to = &page.items[0];
    assert_eq!(to.id, OrderAddressId(3));
    assert_eq!(to.address.name(), "Ada Tinker");
    assert_eq!(to.address.postal_code, "EH6 6AA");
    assert_eq!(to.address.country_code, "GB");
    assert_eq!(to.method, "Royal Mail");
    assert_eq!(to.cost, money("4.5"));
}

#[test]
fn a_shipment_says_what_went_out_and_where_to_follow_it() {
    let read = |item: Value| {
        let page = send(
            &order_parts::shipments(ORDER, 1),
            answer(200, json!([item])),
        )
        .unwrap();
        assert_eq!(page.broken, []);
        page.items.into_iter().next().unwrap()
    };
    let parcel = read(shipment(5));
    assert_eq!(parcel.id, ShipmentId(5));
    assert_eq!(
        parcel.created_at,
        Some("2026-06-19T08:00:00Z".parse().unwrap())
    );
    assert_eq!(parcel.tracking_number, "TIN123");
    assert_eq!(parcel.tracking_link, "https://track.example/TIN123");
    assert_eq!(parcel.carrier, "Royal Mail");
    assert_eq!(parcel.shipping_provider, "royalmail");
    assert_eq!(parcel.tracking_carrier, "royal-mail");
    assert_eq!(parcel.order_address_id, Some(OrderAddressId(3)));
    assert_eq!(parcel.method, "Second class");
    assert_eq!(parcel.comments, "Left with the neighbour");
    assert!(parcel.items.is_whole());
    assert_eq!(parcel.items.items, [(OrderLineId(11), Decimal::from(1))]);
    let mut own_link = shipment(5);
    own_link["tracking_link"] = json!("https://own.example/1");
    own_link["shipping_provider_display_name"] = Value::Null;
    assert_eq!(
        read(own_link.clone()).tracking_link,
        "https://own.example/1"
    );
    assert_eq!(read(own_link.clone()).carrier, "royalmail");
    own_link["shipping_provider"] = json!("");
    assert_eq!(read(own_link).carrier, "royal-mail");
    let bare = read(json!({"id": 5}));
    assert_eq!((bare.created_at, bare.items.items.len()), (None, 0));
}

#[test]
fn coupons_taxes_and_refunds_say_how_much() {
    let coupons = order_parts::coupons(ORDER, gbp(), 1);
    let mut nameless = coupon(2);
    nameless["code"] = Value::Null;
    nameless["discount"] = json!("-2.7000");
    let page = send(&coupons, answer(200, json!([coupon(1), nameless]))).unwrap();
    assert_eq!(
        (page.items[0].code.as_str(), page.items[0].discount),
        ("TENTH", money("8.5"))
    );
    assert_eq!(
        (page.items[1].code.as_str(), page.items[1].discount),
        ("", money("2.7"))
    );

    let taxes = order_parts::taxes(ORDER, gbp(), 1);
    let mut nameless = tax(2);
    nameless["name"] = json!("");
    let page = send(&taxes, answer(200, json!([tax(1), nameless]))).unwrap();
    assert_eq!(page.items[0].name, "VAT");
    assert_eq!(page.items[0].rate, Decimal::from(20));
    assert_eq!(page.items[0].amount, money("17.996"));
    assert_eq!(page.items[1].name, "Default Tax Class");

    let refunds = order_parts::refunds(ORDER, gbp());
    let mut unsaid = refund(2);
    unsaid["total_amount"] = Value::Null;
    let mut undated = refund(3);
    undated["created"] = Value::Null;
    undated["reason"] = Value::Null;
    let page = send(
        &refunds,
        answer(200, data(vec![refund(1), unsaid, undated])),
    )
    .unwrap();
    let first = &page.items[0];
    assert_eq!(
        first.created_at,
        Some("2026-06-20T09:30:00Z".parse().unwrap())
    );
    assert_eq!(first.reason, "Lid dented");
    assert_eq!(first.amount.amount.to_string(), "10.50");
    assert_eq!(page.broken[0].path, "$.data[1].total_amount");
    assert_eq!(page.broken[0].id.as_deref(), Some("2"));
    let whole = payments::refunds(&ListQuery::new());
    let mut unsaid = things::full_refund(2);
    unsaid["total_amount"] = Value::Null;
    let mut left_out = things::full_refund(3);
    left_out.as_object_mut().unwrap().remove("total_amount");
    let body = data(vec![things::full_refund(1), unsaid, left_out]);
    let full = send(&whole, answer(200, body)).unwrap();
    assert_eq!(full.items.len(), 1);
    let paths: Vec<&str> = full.broken.iter().map(|one| one.path.as_str()).collect();
    assert_eq!(paths, ["$.data[1].total_amount", "$.data[2].total_amount"]);
    assert_eq!(
        (page.items[1].created_at, page.items[1].reason.as_str()),
        (None, "")
    );
}

#[test]
fn a_way_of_a_refund_that_does_not_say_how_much_is_not_one_of_nothing() {
    for unsaid in [json!(null), json!("")] {
        let mut refund = things::full_refund(1);
        refund["payments"][0]["amount"] = unsaid;
        refund["payments"][0]["is_declined"] = json!(true);
        let list = payments::refunds(&ListQuery::new());
        let page = send(&list, answer(200, data(vec![refund]))).unwrap();
        let ways = &page.items[0].payments;
        assert!(!ways.is_whole());
        assert_eq!(ways.unreadable[0].path, "$.data[0].payments[0].amount");
    }
}

/// Every member that the reference has for a tax, the two that only `details` brings among them.
#[test]
fn a_full_tax_says_what_it_is_on_and_everything_else_that_the_store_knows_of_it() {
    let taxes = order_parts::taxes_full(ORDER, gbp(), 2);
    assert_eq!(taxes.path(), "/v2/orders/100/taxes");
    assert_eq!(taxes.query(), "details=true&page=2&limit=250");
    let automatic = json!({
        "id": "9", "tax_class_id": null, "name": "State", "class": "Automatic Tax",
        "rate": 5, "priority": null, "priority_amount": "1.2500", "line_amount": "1.2500",
        "order_pickup_method_id": 4, "order_product_id": null, "line_item_type": "shipping"
    });
    let page = send(&taxes, answer(200, json!([things::full_tax(8), automatic]))).unwrap();
    assert_eq!(page.broken, []);
    let [vat, state] = &page.items[..] else {
        panic!("{page:?}");
    };
    assert_eq!((vat.id, vat.order_id), (OrderTaxId(8), Some(ORDER)));
    assert_eq!(vat.order_address_id, Some(OrderAddressId(3)));
    assert_eq!(vat.order_product_id, Some(OrderLineId(11)));
    assert_eq!(
        (vat.line_item_type.as_str(), vat.sales_tax_id.as_str()),
        ("item", "VAT-20")
    );
    assert_eq!(vat.tax_class_id, Some(TaxClassId(0)), "0 is a class");
    assert_eq!(
        (vat.name.as_str(), vat.class.as_str()),
        ("VAT", "Default Tax Class")
    );
    assert_eq!((vat.rate, vat.priority), (Decimal::from(20), 1));
    assert_eq!(
        (vat.priority_amount, vat.line_amount),
        (money("17.996"), money("8.998"))
    );
    assert_eq!(vat.order_pickup_method_id, None);
    let kept: Value = serde_json::from_str(vat.aside.as_str().unwrap()).unwrap();
    assert_eq!(
        kept["tax_rate_id"], 1,
        "the old name of the rate is kept aside"
    );

    assert_eq!((state.order_id, state.order_address_id), (None, None));
    assert_eq!((state.tax_class_id, state.order_product_id), (None, None));
    assert_eq!(state.order_pickup_method_id, Some(4));
    assert_eq!((state.priority, state.line_amount), (0, money("1.25")));
}

#[test]
fn a_short_page_is_the_last_only_where_the_store_gave_more_of_its_kind() {
    fn page<T>(received: usize, per_page: Option<usize>, total: Option<u64>) -> Page<T> {
        let mut page = Page::empty();
        page.received = received;
        page.per_page = per_page;
        page.total = total;
        page
    }
    simulated(async {
        let stage = Stage::new([]);
        let client = &stage.client;
        let lines = order_parts::lines(ORDER, gbp(), 1);
        let given = |received| client.is_last(&lines, &page(received, None, None));
        assert!(given(0));
        assert!(!given(3), "it may be all that the store gives at a time");
        assert!(given(2));
        assert!(!given(3));
        // What belongs to an order is paged by one rule, and whoever stands in the same line knows it.
        let other = client.with_token(commerce::AccessToken::new("another0token".to_owned()));
        let coupons = order_parts::coupons(OrderId(9), gbp(), 1);
        assert!(other.is_last(&coupons, &page(1, None, None)));
        let orders = orders::list(&OrdersQuery::new());
        assert!(!client.is_last(&orders, &page(1, None, None)));
        // However much the store gives, no more than it was asked for.
        assert!(!given(250));
        assert!(
            given(49) && !given(50),
            "a page of the usual length may be full"
        );

        // Version 3 says how many it puts on a page; a total overrules what it only pretends.
        let products = |number| products::list(&ProductsQuery::new().page(number));
        let said = |number, total| client.is_last(&products(number), &page(50, Some(250), total));
        assert!(said(1, None) && said(1, Some(50)) && said(2, Some(430)));
        assert!(!said(1, Some(430)));
    });
}

#[test]
fn amounts_are_in_the_orders_currency() {
    let yen: CurrencyCode = "JPY".parse().unwrap();
    let request = order_parts::lines(ORDER, yen, 1);
    let page = send(&request, answer(200, json!([order_line(11)]))).unwrap();
    assert_eq!(page.items[0].total.currency, yen);
    assert_eq!(page.items[0].discount.currency, yen);
    let clone = request.clone();
    let page = send(&clone, answer(200, json!([order_line(11)]))).unwrap();
    assert_eq!(page.items[0].unit_price.currency, yen);
}

#[test]
fn each_part_is_asked_for_at_its_own_address() {
    fn told<T>(request: &Request<T>) -> (&str, String) {
        assert_eq!(request.kind(), Kind::Read);
        assert_eq!(request.needs(), Some((Scope::Orders, Access::Read)));
        (request.path(), request.query())
    }
    let page = "page=2&limit=250".to_owned();
    let lines = order_parts::lines(ORDER, gbp(), 2);
    assert_eq!(told(&lines), ("/v2/orders/100/products", page.clone()));
    let addresses = order_parts::shipping_addresses(ORDER, gbp(), 2);
    assert_eq!(
        told(&addresses),
        ("/v2/orders/100/shipping_addresses", page.clone())
    );
    let shipments = order_parts::shipments(ORDER, 2);
    assert_eq!(told(&shipments), ("/v2/orders/100/shipments", page.clone()));
    let coupons = order_parts::coupons(ORDER, gbp(), 2);
    assert_eq!(told(&coupons), ("/v2/orders/100/coupons", page.clone()));
    let taxes = order_parts::taxes(ORDER, gbp(), 2);
    assert_eq!(told(&taxes), ("/v2/orders/100/taxes", page));
    let refunds = order_parts::refunds(ORDER, gbp());
    assert_eq!(
        told(&refunds),
        ("/v3/orders/100/payment_actions/refunds", String::new())
    );
}

//! Products as the store sends them, and what is sent of them.

use bigcommerce::{
    Answer, Error, Kind, Lane, Method, Page, Request, TransportErrorKind, request,
    request::products::{MissingField, NewProduct, ProductUpdate, ProductsQuery, ProductsSort},
};
use commerce::{
    Access, BrandId, CategoryId, InventoryTracking, Parts, Product, ProductEdit, ProductFields,
    ProductId, ProductKind, Scope, VariantId,
};
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::support::{Stage, Step, answer, data, fail, product, simulated};

fn send<T>(
    request: &Request<T>,
    steps: impl IntoIterator<Item = Step>,
) -> Result<Answer<T>, Error> {
    simulated(async {
        let stage = Stage::new(steps);
        let deadline = stage.within(600);
        stage.client.send(request, Lane::Edit, deadline).await
    })
}

fn read(body: impl ToString) -> Result<Page<Product>, Error> {
    let list = request::products::list(&ProductsQuery::new());
    send(&list, [answer(200, body)]).map(|answer| answer.value)
}

fn read_one(item: Value) -> Product {
    let page = read(data(vec![item])).unwrap();
    assert_eq!(page.broken, []);
    page.items.into_iter().next().unwrap()
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn a_product_says_what_the_store_says() {
    let page = read(data(vec![product(7)])).unwrap();
    assert_eq!((page.received, page.total), (1, Some(1)));
    let product = &page.items[0];
    assert_eq!(product.id, ProductId(7));
    assert_eq!(product.kind, ProductKind::Physical);
    assert_eq!(product.name, "Copper kettle");
    assert_eq!(product.sku, "KET-1");
    assert_eq!(product.price.to_string(), "49.9500", "to the last digit");
    assert_eq!(product.cost_price, decimal("21.5"));
    assert_eq!(product.retail_price, decimal("59"));
    assert_eq!(product.sale_price, decimal("44.99"));
    assert_eq!(product.calculated_price, decimal("44.99"));
    assert_eq!(product.weight, decimal("1.25"));
    assert!(product.is_visible);
    assert_eq!(product.description, "<p>Boils &amp; sings</p>\r\n");
    assert_eq!(product.inventory_tracking, InventoryTracking::Product);
    assert_eq!(product.inventory_level, 7);
    assert_eq!(product.inventory_warning_level, 2);
    assert_eq!(product.upc, "0123456789012");
    assert_eq!(product.mpn, "CK-9");
    assert_eq!(product.brand_id, Some(BrandId(4)));
    assert_eq!(
        product.category_ids,
        Parts::from(vec![CategoryId(18), CategoryId(23)])
    );
    assert_eq!(product.base_variant_id, Some(VariantId(77)));
    assert_eq!(product.url, "/copper-kettle/");
    let picture = product.picture.as_ref().unwrap();
    assert_eq!(picture.thumbnail, "https://images.example/kettle.220.png");
    assert_eq!(picture.standard, "https://images.example/kettle.386.png");
    assert_eq!(picture.description, "A kettle on a stove");
    assert_eq!(product.created_at, "2026-03-02T09:15:00Z".parse().unwrap());
    assert_eq!(product.modified_at, "2026-06-19T08:00:00Z".parse().unwrap());
}

#[test]
fn a_product_with_nulls_everywhere_but_its_number_is_still_a_product() {
    let mut bare = product(7);
    for (name, value) in bare.as_object_mut().unwrap() {
        if name != "id" {
            *value = Value::Null;
        }
    }
    for bare in [bare, json!({"id": 7}), json!({"id": "7"})] {
        let product = read_one(bare);
        assert_eq!(product.id, ProductId(7));
        assert_eq!((product.name.as_str(), product.sku.as_str()), ("", ""));
        assert_eq!(product.price, Decimal::ZERO);
        assert!(!product.is_visible);
        assert_eq!(product.inventory_tracking, InventoryTracking::None);
        assert_eq!(product.brand_id, None);
        assert_eq!(product.picture, None);
        assert_eq!(product.modified_at, Timestamp::UNIX_EPOCH);
    }
}

#[test]
fn other_spellings_of_the_same_product_read_alike() {
    let mut other = product(7);
    for (name, value) in [
        ("id", json!("7")),
        ("price", json!("49.9500")),
        ("weight", json!("1.2500")),
        ("is_visible", json!("1")),
        ("inventory_level", json!("7")),
        ("inventory_tracking", json!("simple")),
        ("brand_id", json!("4")),
        ("categories", json!(["18", 23, null, 0])),
        ("date_created", json!("2026-03-02T09:15:00Z")),
    ] {
        other[name] = value;
    }
    assert_eq!(read_one(other), read_one(product(7)));
}

#[test]
fn what_can_be_left_out_never_hides_a_product() {
    for (name, value) in [
        ("custom_url", json!([])),
        ("custom_url", json!({"url": null})),
        ("primary_image", json!([])),
        (
            "primary_image",
            json!({"url_thumbnail": "", "url_standard": null}),
        ),
        ("primary_image", json!("none")),
        ("categories", json!({})),
        ("brand_id", json!("Tins & Co")),
        ("base_variant_id", json!([])),
        ("date_created", json!("the day before")),
        ("type", json!("a type added without notice")),
        ("inventory_tracking", json!("a way added without notice")),
        ("inventory_warning_level", json!("few")),
        ("upc", json!({})),
    ] {
        let mut odd = product(7);
        odd[name] = value;
        assert_eq!(read_one(odd).name, "Copper kettle", "{name}");
    }
}

#[test]
fn a_value_one_decides_by_is_never_made_up() {
    for (name, value) in [
        ("id", Value::Null),
        ("id", json!("kettle")),
        ("name", json!({"en": "Kettle"})),
        ("price", json!("a lot")),
        ("sale_price", json!([1])),
        ("is_visible", json!("perhaps")),
        ("description", json!({})),
        ("inventory_level", json!("plenty")),
    ] {
        let mut odd = product(7);
        odd[name] = value;
        let page = read(data(vec![product(6), odd, product(8)])).unwrap();
        assert_eq!(page.received, 3);
        let ids: Vec<_> = page.items.iter().map(|product| product.id.0).collect();
        assert_eq!(ids, [6, 8], "{name}");
        assert_eq!(page.broken[0].path, format!("$.data[1].{name}"));
        if name != "id" {
            assert_eq!(page.broken[0].id.as_deref(), Some("7"));
        }
    }
}

#[test]
fn a_stock_below_nothing_is_read_as_it_is() {
    let mut oversold = product(7);
    oversold["inventory_level"] = json!(-3);
    assert_eq!(read_one(oversold).inventory_level, -3);
}

#[test]
fn the_query_is_what_the_reference_asks_for() {
    let everything = ProductsQuery::new()
        .ids([ProductId(3), ProductId(5)])
        .min_id(ProductId(2))
        .max_id(ProductId(9))
        .name("Tea & \"tins\", large")
        .sku("A+B")
        .keyword("ket")
        .modified_since("2026-06-18T12:05:04.9Z".parse().unwrap())
        .is_visible(false)
        .sort(ProductsSort::ModifiedDescending)
        .page(3)
        .limit(1000);
    let list = request::products::list(&everything);
    assert_eq!(list.path(), "/v3/catalog/products");
    assert_eq!(
        list.query(),
        "id:in=3,5&id:min=2&id:max=9&name=Tea%20%26%20%22tins%22%2C%20large&sku=A%2BB\
         &keyword=ket&keyword_context=merchant\
         &date_modified:min=2026-06-18T12%3A05%3A04%2B00%3A00&is_visible=false\
         &include=primary_image&sort=date_modified&direction=desc&page=3&limit=250"
    );
    assert_eq!(list.needs(), Some((Scope::Products, Access::Read)));
    let plain = request::products::list(&ProductsQuery::new());
    assert_eq!(
        plain.query(),
        "include=primary_image&sort=id&direction=asc&page=1&limit=250"
    );
    let none = request::products::list(&ProductsQuery::new().ids([]));
    assert!(none.query().starts_with("id:in=0&"), "{}", none.query());
    let one = request::products::one(ProductId(7));
    assert_eq!(one.path(), "/v3/catalog/products/7");
    assert_eq!(one.query(), "include=primary_image");
}

#[test]
fn an_update_sends_the_touched_fields_and_every_digit() {
    let fields = ProductFields {
        price: Some(decimal("19.90")),
        weight: Some(decimal("0.1234567890123456789012345678")),
        sale_price: Some(Decimal::ZERO),
        is_visible: Some(false),
        ..ProductFields::default()
    };
    let request = request::products::update(ProductId(7), &ProductUpdate::from(&fields));
    assert_eq!(
        (request.method(), request.path()),
        (Method::Put, "/v3/catalog/products/7")
    );
    assert_eq!(request.kind(), Kind::Idempotent);
    assert_eq!(request.needs(), Some((Scope::Products, Access::Modify)));
    assert_eq!(
        request.query(),
        "include=primary_image",
        "or the answer would show a product without its picture"
    );
    let text = request.body().unwrap().to_string();
    let mut members: Vec<_> = text.trim_matches(['{', '}']).split(',').collect();
    members.sort_unstable();
    assert_eq!(
        members,
        [
            "\"is_visible\":false",
            "\"price\":19.90",
            "\"sale_price\":0",
            "\"weight\":0.1234567890123456789012345678",
        ]
    );
}

#[test]
fn every_field_has_its_name_in_the_body() {
    let fields = ProductFields {
        name: Some("Tin".to_owned()),
        sku: Some(String::new()),
        kind: Some(ProductKind::Digital),
        price: Some(decimal("5")),
        cost_price: Some(decimal("2.5")),
        sale_price: Some(decimal("4")),
        weight: Some(decimal("0")),
        is_visible: Some(true),
        description: Some("<b>\"Tin\"</b>".to_owned()),
        inventory_tracking: Some(InventoryTracking::Variant),
        inventory_level: Some(-1),
    };
    let request = request::products::create(&NewProduct::try_from(&fields).unwrap());
    assert_eq!(
        (request.method(), request.path(), request.query().as_str()),
        (Method::Post, "/v3/catalog/products", "")
    );
    assert_eq!(request.kind(), Kind::Once);
    assert_eq!(request.needs(), Some((Scope::Products, Access::Modify)));
    let expected: Value = serde_json::from_str(
        r#"{"name": "Tin", "sku": "", "type": "digital", "price": 5, "cost_price": 2.5,
            "sale_price": 4, "weight": 0, "is_visible": true, "description": "<b>\"Tin\"</b>",
            "inventory_tracking": "variant", "inventory_level": -1}"#,
    )
    .unwrap();
    assert_eq!(request.body(), Some(&expected));
}

#[test]
fn a_product_without_what_it_needs_is_not_sent() {
    let whole = ProductFields {
        name: Some("Tin".to_owned()),
        kind: Some(ProductKind::Physical),
        price: Some(decimal("5")),
        weight: Some(decimal("0")),
        ..ProductFields::default()
    };
    assert!(NewProduct::try_from(&whole).is_ok());
    let lacking = |change: fn(&mut ProductFields)| {
        let mut fields = whole.clone();
        change(&mut fields);
        NewProduct::try_from(fields).unwrap_err()
    };
    assert_eq!(lacking(|fields| fields.name = None), MissingField::Name);
    let blank = |fields: &mut ProductFields| fields.name = Some(" ".to_owned());
    assert_eq!(lacking(blank), MissingField::Name);
    assert_eq!(lacking(|fields| fields.kind = None), MissingField::Kind);
    assert_eq!(lacking(|fields| fields.price = None), MissingField::Price);
    assert_eq!(lacking(|fields| fields.weight = None), MissingField::Weight);
}

#[test]
fn one_product_comes_wrapped_bare_or_in_a_list_of_one() {
    let one = request::products::one(ProductId(7));
    for body in [
        json!({"data": product(7), "meta": {}}),
        json!({"data": [product(7)], "meta": {}}),
        product(7),
    ] {
        let answer = send(&one, [answer(200, body)]).unwrap();
        assert_eq!(answer.value, read_one(product(7)));
    }
    for body in [
        json!({"data": []}),
        json!({"data": null}),
        json!({}),
        json!([]),
    ] {
        let error = send(&one, [answer(200, &body)]).err().unwrap();
        assert!(
            matches!(error, Error::UnexpectedAnswer { .. }),
            "{body} {error:?}"
        );
    }
}

#[test]
fn a_product_saved_in_part_is_a_success_with_remarks() {
    let update = request::products::update(ProductId(7), &ProductUpdate::default());
    // Shape: BigCommerce REST reference, "Update a product", answer 207; invented words.
    let body = json!({
        "data": product(7),
        "errors": {
            "status": 207,
            "title": "Product saved, stock could not be",
            "type": "about:blank",
            "errors": {"inventory_level": "must not be negative"}
        },
        "meta": {}
    });
    let saved = send(&update, [answer(207, body)]).unwrap();
    assert_eq!(saved.value.id, ProductId(7));
    assert_eq!(
        saved.remarks,
        [
            "Product saved, stock could not be",
            "inventory_level: must not be negative"
        ]
    );
    let plain = json!({"data": [product(7)], "errors": {"custom_url": "taken"}});
    let saved = send(&update, [answer(207, plain)]).unwrap();
    assert_eq!(saved.remarks, ["custom_url: taken"]);
}

#[test]
fn a_deletion_whose_answer_was_lost_is_done_when_nothing_is_found() {
    let delete = request::products::delete(ProductId(7));
    assert_eq!(
        (delete.method(), delete.path()),
        (Method::Delete, "/v3/catalog/products/7")
    );
    assert_eq!(delete.kind(), Kind::Idempotent);
    assert_eq!(delete.needs(), Some((Scope::Products, Access::Modify)));
    assert!(send(&delete, [answer(204, "")]).is_ok());
    let not_found = || answer(404, json!({"status": 404, "title": "not there"}));
    assert_eq!(send(&delete, [not_found()]).err(), Some(Error::NotFound));
    for lost in [
        fail(TransportErrorKind::Reset, true),
        Step::Silence,
        answer(502, "<html>"),
    ] {
        assert!(send(&delete, [lost, not_found()]).is_ok());
    }
    let nothing_went_out = fail(TransportErrorKind::Refused, false);
    assert_eq!(
        send(&delete, [nothing_went_out, not_found()]).err(),
        Some(Error::NotFound)
    );
}

#[test]
fn a_new_path_takes_along_whether_the_old_one_leads_on_to_it() {
    let body = |edit: ProductEdit| {
        let request = request::products::edit(ProductId(7), &edit);
        request.body().unwrap().clone()
    };
    let moved = ProductEdit {
        url: Some("/kettle/".to_owned()),
        ..ProductEdit::default()
    };
    assert_eq!(
        body(moved.clone()),
        json!({"custom_url": {"url": "/kettle/", "is_customized": true}})
    );
    for create in [true, false] {
        let moved = ProductEdit {
            create_redirect: Some(create),
            ..moved.clone()
        };
        assert_eq!(
            body(moved),
            json!({"custom_url": {
                "url": "/kettle/", "is_customized": true, "create_redirect": create
            }})
        );
    }
    let alone = ProductEdit {
        create_redirect: Some(true),
        ..ProductEdit::default()
    };
    assert_eq!(body(alone), json!({}));
}

#[test]
fn a_creation_without_an_answer_is_never_sent_again() {
    let fields = ProductFields {
        name: Some("Tin".to_owned()),
        kind: Some(ProductKind::Physical),
        price: Some(decimal("5")),
        weight: Some(decimal("0")),
        ..ProductFields::default()
    };
    let create = request::products::create(&NewProduct::try_from(fields).unwrap());
    simulated(async {
        let stage = Stage::new([fail(TransportErrorKind::Reset, true), answer(200, "{}")]);
        let deadline = stage.within(600);
        let error = stage.client.send(&create, Lane::Edit, deadline).await;
        assert!(matches!(error, Err(Error::Unknown { .. })), "{error:?}");
        assert_eq!(stage.script.requests().len(), 1);
    });
    let half = json!({"data": null, "errors": {"status": 207, "title": "no"}});
    let error = send(&create, [answer(207, half)]).err().unwrap();
    assert!(matches!(error, Error::Unknown { .. }), "{error:?}");
}

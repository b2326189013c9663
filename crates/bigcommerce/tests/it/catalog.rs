//! Brands and categories, and where their lists end.

use bigcommerce::{Error, Kind, Lane, Page, Request, request};
use commerce::{Access, Brand, BrandId, Category, CategoryId, Scope};
use serde_json::{Value, json};

use crate::support::{Stage, Step, answer, brand, category, data, product, simulated};

fn send<T>(request: &Request<T>, step: Step) -> Result<T, Error> {
    simulated(async {
        let stage = Stage::new([step]);
        let deadline = stage.within(60);
        let answer = stage.client.send(request, Lane::FirstPull, deadline).await;
        answer.map(|answer| answer.value)
    })
}

#[test]
fn a_brand_has_a_name_and_a_category_its_place() {
    let page = send(
        &request::catalog::brands(1),
        answer(200, data(vec![brand(4)])),
    )
    .unwrap();
    assert_eq!(
        page.items,
        [Brand {
            id: BrandId(4),
            name: "Tins & Co".to_owned()
        }]
    );
    let mut top = category(18);
    top["parent_id"] = json!(0);
    top["name"] = Value::Null;
    let page = send(
        &request::catalog::categories(1),
        answer(
            200,
            data(vec![category(23), top, json!({"category_id": "x"})]),
        ),
    )
    .unwrap();
    assert_eq!(
        page.items,
        [
            Category {
                id: CategoryId(23),
                parent_id: Some(CategoryId(18)),
                name: "Kettles".to_owned()
            },
            Category {
                id: CategoryId(18),
                parent_id: None,
                name: String::new()
            },
        ]
    );
    assert_eq!(page.broken[0].path, "$.data[2].category_id");
}

#[test]
fn a_broken_category_is_named_by_its_own_number() {
    let mut odd = category(23);
    odd["name"] = json!({});
    let page = send(
        &request::catalog::categories(1),
        answer(200, data(vec![odd])),
    )
    .unwrap();
    assert_eq!(page.broken[0].id.as_deref(), Some("23"));
}

#[test]
fn a_list_of_version_3_is_never_taken_for_empty_by_mistake() {
    let brands = request::catalog::brands(1);
    for step in [
        answer(204, ""),
        answer(200, json!({"data": [], "meta": {}})),
    ] {
        let page = send(&brands, step).unwrap();
        assert_eq!((page.received, page.is_last(250)), (0, true));
    }
    for body in [
        json!({}),
        json!({"data": null}),
        json!({"data": {}}),
        json!({"meta": {}}),
        json!([]),
        json!([brand(1)]),
        json!("brands"),
    ] {
        let error = send(&brands, answer(200, &body)).unwrap_err();
        assert!(
            matches!(error, Error::UnexpectedAnswer { .. }),
            "{body} {error:?}"
        );
    }
    for body in ["", " \n", "null"] {
        let error = send(&brands, answer(200, body)).unwrap_err();
        assert!(
            matches!(error, Error::UnexpectedAnswer { .. }),
            "{body:?} {error:?}"
        );
    }
}

#[test]
fn pages_are_asked_for_by_number() {
    for (request, path) in [
        (describe(&request::catalog::brands(3)), "/v3/catalog/brands"),
        (
            describe(&request::catalog::categories(3)),
            "/v3/catalog/trees/categories",
        ),
    ] {
        assert_eq!(request, (path.to_owned(), "page=3&limit=250".to_owned()));
    }
    let first = request::catalog::brands(0);
    assert_eq!(first.query(), "page=1&limit=250");
    assert_eq!(first.kind(), Kind::Read);
    assert_eq!(first.needs(), Some((Scope::Products, Access::Read)));
}

fn describe<T>(request: &Request<T>) -> (String, String) {
    (request.path().to_owned(), request.query())
}

fn page_of(received: usize, per_page: Option<usize>) -> Page<u64> {
    let mut page = Page::empty();
    page.received = received;
    page.per_page = per_page;
    page
}

#[test]
fn a_list_ends_with_a_page_that_is_short_for_what_the_store_puts_on_one() {
    for (received, per_page, asked, is_last) in [
        (250, Some(250), 250, false),
        (249, Some(250), 250, true),
        // The store puts fewer on a page than it was asked for.
        (10, Some(10), 250, false),
        (9, Some(10), 250, true),
        // Version 2 doesn't say; a page of its usual length may be full.
        (250, None, 250, false),
        (50, None, 250, false),
        (49, None, 250, true),
        (10, None, 10, false),
        (9, None, 10, true),
        (0, None, 250, true),
        (0, Some(0), 250, true),
    ] {
        assert_eq!(
            page_of(received, per_page).is_last(asked),
            is_last,
            "{received} {per_page:?} {asked}"
        );
    }
}

#[test]
fn what_a_list_says_of_itself_may_be_missing_or_odd() {
    let list = request::products::list(&request::products::ProductsQuery::new());
    for meta in [
        json!(null),
        json!([]),
        json!({"pagination": null}),
        json!({"pagination": {"total": "many", "per_page": -1}}),
        json!({"pagination": {"total": [], "per_page": 0}, "cursor_pagination": "none"}),
    ] {
        let page = send(
            &list,
            answer(200, json!({"data": [product(1)], "meta": meta})),
        )
        .unwrap();
        assert_eq!(page.items.len(), 1);
        assert_eq!((page.total, page.per_page, page.after), (None, None, None));
    }
    let meta = json!({"pagination": {"total": "312", "per_page": "10"}});
    let page = send(
        &list,
        answer(200, json!({"data": [product(1)], "meta": meta})),
    )
    .unwrap();
    assert_eq!((page.total, page.per_page), (Some(312), Some(10)));
}

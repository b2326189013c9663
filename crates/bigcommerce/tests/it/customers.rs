//! Customers as the store sends them.

use bigcommerce::{
    Clash, Cursor, Error, Kind, Lane, Page, request,
    request::customers::{CustomersQuery, CustomersSort},
};
use commerce::{Access, Customer, CustomerEdit, CustomerGroupId, CustomerId, Scope};
use jiff::Timestamp;
use rust_decimal::Decimal;
use sandbox_store::{Scopes, Sizes};
use serde_json::{Value, json};

use crate::{
    sandbox::Shop,
    support::{Stage, answer, customer, data, simulated},
};

fn read(body: impl ToString) -> Result<Page<Customer>, Error> {
    simulated(async {
        let stage = Stage::new([answer(200, body)]);
        let list = request::customers::list(&CustomersQuery::new());
        let deadline = stage.within(60);
        let answer = stage.client.send(&list, Lane::Refresh, deadline).await;
        answer.map(|answer| answer.value)
    })
}

fn read_one(item: Value) -> Customer {
    let page = read(data(vec![item])).unwrap();
    assert_eq!(page.broken, []);
    page.items.into_iter().next().unwrap()
}

#[test]
fn a_customer_says_what_the_store_says() {
    let ada = read_one(customer(12));
    assert_eq!(ada.id, CustomerId(12));
    assert_eq!(ada.email, "ada@tins.example");
    assert_eq!(ada.display_name(), "Ada Tinker");
    assert_eq!(ada.company, "Tins & Co");
    assert_eq!(ada.phone, "+44 131 496 0000");
    assert_eq!(ada.notes, "Rings twice");
    assert_eq!(ada.group_id, Some(CustomerGroupId(2)));
    assert_eq!(ada.store_credit.to_string(), "12.3400");
    assert!(ada.accepts_marketing);
    assert_eq!(ada.created_at, "2026-02-01T10:00:00Z".parse().unwrap());
    assert_eq!(ada.modified_at, "2026-06-19T08:00:00Z".parse().unwrap());
    let home = &ada.addresses.items[0];
    assert_eq!(home.name(), "Ada Tinker");
    assert_eq!(
        (home.street_1.as_str(), home.street_2.as_str()),
        ("1 Kettle Row", "Flat 2")
    );
    assert_eq!(
        (home.city.as_str(), home.state.as_str()),
        ("Leith", "Midlothian")
    );
    assert_eq!(home.postal_code, "EH6 6AA");
    assert_eq!(
        (home.country.as_str(), home.country_code.as_str()),
        ("United Kingdom", "GB")
    );
}

#[test]
fn a_customer_with_nulls_everywhere_but_their_number_is_still_a_customer() {
    let mut bare = customer(12);
    for (name, value) in bare.as_object_mut().unwrap() {
        if name != "id" {
            *value = Value::Null;
        }
    }
    for bare in [bare, json!({"id": "12"})] {
        let somebody = read_one(bare);
        assert_eq!(somebody.id, CustomerId(12));
        assert_eq!(somebody.display_name(), "");
        assert_eq!(somebody.group_id, None);
        assert_eq!(somebody.store_credit, Decimal::ZERO);
        assert_eq!(somebody.addresses, commerce::Parts::default());
        assert_eq!(somebody.modified_at, Timestamp::UNIX_EPOCH);
    }
}

#[test]
fn one_date_stands_in_for_the_other() {
    let mut other = customer(12);
    other["date_modified"] = Value::Null;
    let somebody = read_one(other);
    assert_eq!(somebody.modified_at, somebody.created_at);
    let mut other = customer(12);
    other["date_created"] = json!("");
    let somebody = read_one(other);
    assert_eq!(somebody.created_at, somebody.modified_at);
    assert_ne!(somebody.created_at, Timestamp::UNIX_EPOCH);
}

#[test]
fn group_0_is_no_group_and_odd_addresses_hide_nobody() {
    let mut other = customer(12);
    other["customer_group_id"] = json!(0);
    let good = other["addresses"][0].clone();
    other["addresses"] = json!(["home", good, {"city": []}, {"city": {}}, null]);
    other["store_credit_amounts"] = json!([]);
    let somebody = read_one(other);
    assert_eq!(somebody.group_id, None);
    let addresses = somebody.addresses;
    let cities: Vec<_> = addresses.items.iter().map(|home| &home.city).collect();
    assert_eq!(
        cities,
        ["Leith", ""],
        "an empty list is PHP's way to say nothing"
    );
    let told: Vec<_> = addresses
        .unreadable
        .iter()
        .map(|one| one.path.as_str())
        .collect();
    assert_eq!(
        told,
        [
            "$.data[0].addresses[0]",
            "$.data[0].addresses[3].city",
            "$.data[0].addresses[4]"
        ]
    );
    let mut other = customer(12);
    other["addresses"] = json!("none");
    let addresses = read_one(other).addresses;
    assert_eq!(addresses.items, []);
    assert_eq!(addresses.unreadable[0].path, "$.data[0].addresses");
}

#[test]
fn the_query_is_what_the_reference_asks_for() {
    let list = request::customers::list(&CustomersQuery::new());
    assert_eq!(list.path(), "/v3/customers");
    assert_eq!(
        list.query(),
        "include=addresses,storecredit&page=1&limit=250"
    );
    assert_eq!(list.kind(), Kind::Read);
    assert_eq!(list.needs(), Some((Scope::Customers, Access::Read)));
    let list = request::customers::list(
        &CustomersQuery::new()
            .ids([CustomerId(3), CustomerId(5)])
            .modified_since("2026-06-18T12:05:04.9Z".parse().unwrap())
            .sort(CustomersSort::ModifiedAscending)
            .page(2)
            .limit(0),
    );
    assert_eq!(
        list.query(),
        "id:in=3,5&date_modified:min=2026-06-18T12:05:04Z&include=addresses,storecredit\
         &sort=date_modified:asc&page=2&limit=1"
    );
    let newest = CustomersQuery::new().sort(CustomersSort::ModifiedDescending);
    let newest = request::customers::list(&newest).query();
    assert!(newest.contains("&sort=date_modified:desc&"), "{newest}");
}

#[test]
fn a_cursor_goes_back_to_the_store_as_it_came() {
    let mut body = data(vec![customer(12)]);
    body["meta"]["cursor_pagination"] = json!({
        "count": 1, "per_page": 100, "start_cursor": "aWQ6MQ==", "end_cursor": "aWQ6MTI=",
        "links": {}
    });
    let page = read(&body).unwrap();
    assert_eq!(page.per_page, Some(100));
    let cursor = page.after.unwrap();
    assert_eq!(cursor.as_str(), "aWQ6MTI=");
    let next = CustomersQuery::new().page(4).after(cursor.clone());
    assert_eq!(
        request::customers::list(&next).query(),
        "include=addresses,storecredit&after=aWQ6MTI%3D&limit=250",
        "a page number beside a cursor would mean nothing"
    );
    assert_eq!(Cursor::from(cursor.as_str().to_owned()), cursor);
    for nothing in [json!(null), json!(""), json!([])] {
        body["meta"]["cursor_pagination"]["end_cursor"] = nothing;
        assert_eq!(read(&body).unwrap().after, None);
    }
}

#[tokio::test]
async fn a_second_account_for_an_address_is_a_conflict_over_it() {
    let sizes = Sizes {
        products: 3,
        orders: 0,
        customers: 3,
    };
    let shop = Shop::open(Scopes::All, sizes).await;
    let known = shop.first(request::customers::list(&CustomersQuery::new()));
    let twin = CustomerEdit {
        email: Some(known.await.unwrap().email),
        first_name: Some("Ada".to_owned()),
        last_name: Some("Tinker".to_owned()),
        ..CustomerEdit::default()
    };
    let create = request::customers::create(&twin.into());
    let error = shop.send(&create).await.unwrap_err();
    assert!(
        matches!(
            error,
            Error::Conflict {
                which: Clash::Email,
                ..
            }
        ),
        "{error:?}"
    );
    shop.stop().await;
}

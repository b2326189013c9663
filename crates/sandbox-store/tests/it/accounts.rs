//! What belongs to customers: addresses, attributes, form fields, groups.

use sandbox_store::Store;
use serde_json::{Value, json};

use crate::support::{data, delete, get, ids, post, put, read, refusal, shop};

const ADDRESSES: &str = "/v3/customers/addresses";
const ATTRIBUTES: &str = "/v3/customers/attributes";
const VALUES: &str = "/v3/customers/attribute-values";

fn address(customer: u64, street: &str) -> Value {
    json!({
        "customer_id": customer, "first_name": "Ada", "last_name": "Holt", "address1": street,
        "city": "Oslo", "country_code": "no", "state_or_province": "", "postal_code": "0150",
        "address_type": "commercial",
    })
}

fn customer(store: &mut Store, query: &str) -> Value {
    read(store, &format!("/v3/customers?{query}"))["data"][0].clone()
}

#[test]
fn an_address_that_is_there_already_is_passed_over_in_silence() {
    let mut store = shop();
    let before = customer(&mut store, "id:in=12");
    let made = data(&post(
        &mut store,
        ADDRESSES,
        &json!([address(12, "1 Quay"), address(12, "2 Quay")]),
    ));
    assert_eq!(
        (&made[0]["country"], &made[0]["country_code"]),
        (&json!("Norway"), &json!("NO"))
    );
    let again = post(
        &mut store,
        ADDRESSES,
        &json!([address(12, "1 QUAY"), address(12, "3 Quay")]),
    );
    let again = data(&again);
    assert_eq!(again.as_array().unwrap().len(), 1, "only the new one");
    let silent = post(&mut store, ADDRESSES, &json!([address(12, "1 Quay")]));
    assert_eq!((data(&silent), silent.effects.changed), (json!([]), false));
    let after = customer(&mut store, "id:in=12");
    let count = |each: &Value| each["address_count"].as_u64().unwrap();
    assert_eq!(count(&after), count(&before) + 3);
    assert!(after["date_modified"].as_str() > before["date_modified"].as_str());
    let clash = json!([{ "id": made[1]["id"], "address1": "1 Quay" }]);
    assert_eq!(data(&put(&mut store, ADDRESSES, &clash)), json!([]));
    let moved = json!([{ "id": made[1]["id"], "address1": "9 Quay", "country_code": "SE" }]);
    let moved = data(&put(&mut store, ADDRESSES, &moved));
    assert_eq!(
        (&moved[0]["address1"], &moved[0]["country"]),
        (&json!("9 Quay"), &json!("Sweden"))
    );
    let gone = delete(
        &mut store,
        &format!("{ADDRESSES}?id:in={},{}", made[0]["id"], made[1]["id"]),
    );
    assert_eq!(gone.status, 204);
    assert_eq!(count(&customer(&mut store, "id:in=12")), count(&before) + 1);
}

#[test]
fn an_address_says_what_it_lacks() {
    let mut store = shop();
    let refused = post(
        &mut store,
        ADDRESSES,
        &json!([{ "customer_id": 99_999, "country_code": "XX" }]),
    );
    let (status, title, errors) = refusal(&refused);
    assert_eq!(
        (status, title.as_str()),
        (422, "Create customer addresses failed.")
    );
    for path in [
        "0.first_name",
        "0.city",
        "0.postal_code",
        "0.customer_id",
        "0.country_code",
    ] {
        assert!(errors[path].is_string(), "{path}: {errors}");
    }
    let bare = post(&mut store, ADDRESSES, &address(12, "1 Quay"));
    assert_eq!(refusal(&bare).2, json!({ "": "error.expected.jsarray" }));
    assert_eq!(delete(&mut store, ADDRESSES).status, 422);
}

#[test]
fn attributes_are_defined_once_and_valued_for_each() {
    let mut store = shop();
    let defined = data(&post(
        &mut store,
        ATTRIBUTES,
        &json!([{ "name": "Size", "type": "number" }, { "name": "Nickname", "type": "string" }]),
    ));
    let (size, nick) = (&defined[0]["id"], &defined[1]["id"]);
    assert_eq!(
        post(
            &mut store,
            ATTRIBUTES,
            &json!([{ "name": "Size", "type": "date" }])
        )
        .status,
        422
    );
    let value = |attribute: &Value, text: &str| json!({ "attribute_id": attribute, "customer_id": 12, "value": text });
    let made = data(&put(
        &mut store,
        VALUES,
        &json!([value(size, "42"), value(nick, "Bear")]),
    ));
    let wrong = put(
        &mut store,
        VALUES,
        &json!([value(size, "large"), value(&json!(99), "x")]),
    );
    let errors = refusal(&wrong).2;
    assert!(
        errors["0.value"].is_string() && errors["1.attribute_id"].is_string(),
        "{errors}"
    );
    // Put again it is the same one, changed.
    let changed = data(&put(&mut store, VALUES, &json!([value(size, "43")])));
    assert_eq!(
        (&changed[0]["id"], &changed[0]["attribute_value"]),
        (&made[0]["id"], &json!("43"))
    );
    let with = customer(&mut store, "id:in=12&include=attributes");
    assert_eq!(
        (
            &with["attribute_count"],
            &with["attributes"][1]["attribute_value"]
        ),
        (&json!(2), &json!("Bear"))
    );
    let found = read(&mut store, &format!("{VALUES}?name=Size"))["data"].clone();
    assert_eq!(found, changed);
    let renamed = data(&put(
        &mut store,
        ATTRIBUTES,
        &json!([{ "id": nick, "name": "Alias" }]),
    ));
    assert_eq!(
        (&renamed[0]["name"], &renamed[0]["type"]),
        (&json!("Alias"), &json!("string"))
    );
    assert_eq!(
        delete(&mut store, &format!("{ATTRIBUTES}?id:in={nick}")).status,
        204
    );
    assert_eq!(
        customer(&mut store, "id:in=12")["attribute_count"],
        1,
        "values go with it"
    );
    assert_eq!(
        delete(&mut store, &format!("{VALUES}?id:in={}", made[0]["id"])).status,
        204
    );
    assert_eq!(read(&mut store, VALUES)["data"], json!([]));
    let many: Vec<Value> = (0..10)
        .map(|at| json!({ "name": format!("A{at}"), "type": "string" }))
        .collect();
    for round in 0..5 {
        let mut many = many.clone();
        for each in &mut many {
            each["name"] = format!("{}-{round}", each["name"].as_str().unwrap()).into();
        }
        let status = post(&mut store, ATTRIBUTES, &json!(many)).status;
        assert_eq!(status, if round < 4 { 200 } else { 422 }, "at most fifty");
    }
}

#[test]
fn a_new_customer_brings_attributes_and_form_fields() {
    let mut store = shop();
    let size = data(&post(
        &mut store,
        ATTRIBUTES,
        &json!([{ "name": "Size", "type": "number" }]),
    ))[0]["id"]
        .clone();
    let mut own = address(0, "1 Quay");
    own.as_object_mut().unwrap().remove("customer_id");
    own["form_fields"] = json!([{ "name": "Door code", "value": "1234" }]);
    let body = json!([{
        "email": "new@example.com", "first_name": "New", "last_name": "One",
        "attributes": [{ "attribute_id": size, "attribute_value": "7" }],
        "form_fields": [{ "name": "How did you find us", "value": "Friends" }],
        "addresses": [own],
    }]);
    let made = data(&post(&mut store, "/v3/customers", &body))[0].clone();
    let query = format!(
        "id:in={}&include=attributes,formfields,addresses",
        made["id"]
    );
    let whole = customer(&mut store, &query);
    assert_eq!(whole["attributes"][0]["attribute_value"], "7");
    assert_eq!(whole["form_fields"][0]["value"], "Friends");
    assert_eq!(whole["addresses"][0]["country"], "Norway");
    let rows = read(
        &mut store,
        "/v3/customers/form-field-values?field_name=Door%20code",
    )["data"]
        .clone();
    assert_eq!(
        (&rows[0]["value"], &rows[0]["address_id"]),
        (&json!("1234"), &whole["addresses"][0]["id"])
    );
    let change =
        json!([{ "name": "Door code", "value": "9", "address_id": whole["addresses"][0]["id"] }]);
    assert_eq!(
        put(&mut store, "/v3/customers/form-field-values", &change).status,
        200
    );
    let listed = read(
        &mut store,
        &format!(
            "{ADDRESSES}?customer_id:in={}&include=formfields",
            made["id"]
        ),
    );
    assert_eq!(listed["data"][0]["form_fields"][0]["value"], "9");
    let unknown = json!([{ "email": "b@example.com", "first_name": "B", "last_name": "B", "attributes": [{ "attribute_id": 99, "attribute_value": "7" }] }]);
    assert_eq!(post(&mut store, "/v3/customers", &unknown).status, 422);
}

#[test]
fn groups_are_made_changed_and_left_empty() {
    let mut store = shop();
    let groups = "/v2/customer_groups";
    let body = json!({ "name": "Guides", "is_default": true, "discount_rules": [{ "type": "all", "method": "percent", "amount": "5.0000" }] });
    let made = post(&mut store, groups, &body).body_json().unwrap();
    assert_eq!(
        (&made["name"], &made["is_default"]),
        (&json!("Guides"), &json!(true))
    );
    let target = format!("{groups}/{}", made["id"]);
    let twin = post(&mut store, groups, &json!({ "name": "guides" }));
    assert_eq!(twin.status, 409);
    for (field, value) in [
        ("id", json!(9)),
        ("name", json!("")),
        ("planet", json!("Mars")),
        ("category_access", json!({ "type": "some" })),
    ] {
        assert_eq!(
            put(&mut store, &target, &json!({ field: value })).status,
            400,
            "{field}"
        );
    }
    put(
        &mut store,
        "/v3/customers",
        &json!([{ "id": 12, "customer_group_id": made["id"] }]),
    );
    assert_eq!(
        customer(&mut store, "id:in=12")["customer_group_id"],
        made["id"]
    );
    let other = put(
        &mut store,
        &format!("{groups}/1"),
        &json!({ "is_default": true }),
    );
    assert_eq!(other.status, 200);
    assert_eq!(
        read(&mut store, &target)["is_default"],
        false,
        "there is one default"
    );
    assert_eq!(read(&mut store, &format!("{groups}/count"))["count"], 3);
    assert_eq!(delete(&mut store, &target).status, 204);
    assert_eq!(get(&mut store, &target).status, 404);
    assert_eq!(customer(&mut store, "id:in=12")["customer_group_id"], 0);
}

#[test]
fn older_clients_meet_the_same_customers_through_v2() {
    let mut store = shop();
    let all = read(&mut store, "/v3/customers?limit=250")["meta"]["pagination"]["total"].clone();
    assert_eq!(
        read(&mut store, "/v2/customers/count"),
        json!({ "count": all })
    );
    let twelve = customer(&mut store, "id:in=12&include=storecredit");
    let old = read(&mut store, "/v2/customers/12");
    for field in ["id", "email", "first_name", "notes", "customer_group_id"] {
        assert_eq!(old[field], twelve[field], "{field}");
    }
    let credit = old["store_credit"].as_str().unwrap();
    assert_eq!(credit.split_once('.').unwrap().1.len(), 4, "{credit}");
    assert!(old["date_created"].as_str().unwrap().ends_with("+0000"));
    assert_eq!(old["addresses"]["resource"], "/customers/12/addresses");
    let of_name = format!("/v2/customers?email={}", old["email"].as_str().unwrap());
    assert_eq!(read(&mut store, &of_name), json!([old]));
    assert_eq!(get(&mut store, "/v2/customers?page=9").status, 204);
    // Credit is found by its amount, however it is written.
    let rich = json!({ "store_credit": "431.5" });
    assert_eq!(put(&mut store, "/v2/customers/12", &rich).status, 200);
    for amount in ["431.5", "431.50", "431.5000"] {
        let target = format!("/v2/customers?store_credit={amount}");
        assert_eq!(ids(&mut store, &target), [12], "{amount}");
    }
    let target = "/v2/customers/count?store_credit=431.5";
    assert_eq!(read(&mut store, target)["count"], 1);
    assert_eq!(
        get(&mut store, "/v2/customers?store_credit=431").status,
        204
    );
    assert_eq!(
        get(&mut store, "/v2/customers?store_credit=much").status,
        400
    );

    let wanted = json!({
        "first_name": "Ada", "last_name": "Holt", "email": "ada.holt@example.com",
        "store_credit": "12.5", "_authentication": { "force_reset": true },
    });
    let made = post(&mut store, "/v2/customers", &wanted);
    assert_eq!((made.status, made.effects.changed), (200, true));
    let made = made.body_json().unwrap();
    assert_eq!(
        (&made["store_credit"], &made["reset_pass_on_login"]),
        (&json!("12.5000"), &json!(true))
    );
    let of_v3 = customer(&mut store, "email:in=ada.holt@example.com");
    assert_eq!(of_v3["id"], made["id"]);

    let path = format!("/v2/customers/{}", made["id"]);
    let changed = put(&mut store, &path, &json!({ "phone": "555-0101" }));
    assert_eq!(changed.body_json().unwrap()["phone"], "555-0101");
    assert_eq!(
        changed.body_json().unwrap()["store_credit"],
        "12.5000",
        "what is not said stays"
    );
    assert_eq!(delete(&mut store, &path).status, 204);
    assert_eq!(get(&mut store, &path).status, 404);
}

#[test]
fn v2_refuses_a_customer_in_the_words_of_v2() {
    let mut store = shop();
    let taken = read(&mut store, "/v2/customers/12")["email"].clone();
    let person = |email: Value| json!({ "first_name": "A", "last_name": "H", "email": email });
    for (body, status, message) in [
        (
            json!({ "first_name": "A", "last_name": "H" }),
            400,
            "The required field 'email' was not supplied.".to_owned(),
        ),
        (
            person(json!("nobody")),
            400,
            "The field 'email' is invalid.".to_owned(),
        ),
        (
            person(taken.clone()),
            409,
            format!("email {} already in use", taken.as_str().unwrap()),
        ),
        (
            json!({ "first_name": "A", "last_name": "H", "email": "a@b.example", "id": 7 }),
            400,
            "The field 'id' cannot be written to. Please remove it from your request before trying again."
                .to_owned(),
        ),
        (
            json!({ "first_name": "A", "last_name": "H", "email": "a@b.example", "store_credit": "much" }),
            400,
            "The field 'store_credit' is invalid.".to_owned(),
        ),
        (
            json!({ "first_name": "A", "last_name": "H", "email": "a@b.example", "customer_group_id": 987 }),
            400,
            "The field 'customer_group_id' is invalid.".to_owned(),
        ),
    ] {
        let refused = post(&mut store, "/v2/customers", &body);
        assert_eq!(refused.status, status, "{body}");
        assert_eq!(
            refused.body_json().unwrap(),
            json!([{ "status": status, "message": message }])
        );
    }
    let before = read(&mut store, "/v2/customers/count")["count"].clone();
    assert_eq!(before, 60, "nobody came in");
    let own = put(&mut store, "/v2/customers/12", &json!({ "email": taken }));
    assert_eq!(own.status, 200, "one's own address is free to oneself");
    assert_eq!(delete(&mut store, "/v2/customers").status, 204);
    assert_eq!(read(&mut store, "/v2/customers/count")["count"], 0);
    assert_eq!(get(&mut store, "/v2/customers").status, 204);
}

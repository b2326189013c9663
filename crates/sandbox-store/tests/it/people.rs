//! Customers: found, registered, changed, deleted; their addresses and groups.

use proptest::prelude::*;
use sandbox_store::{Blueprint, Store, step};
use serde_json::{Value, json};

use crate::support::{
    all_of, blueprint, data, delete, get, ids, ids_in, noon, post, put, read, refusal, request,
    shop,
};

const CUSTOMERS: &str = "/v3/customers";

fn everybody(store: &mut Store) -> Vec<Value> {
    all_of(
        store,
        "/v3/customers?limit=250&include=addresses,storecredit",
    )
}

fn text<'a>(customer: &'a Value, field: &str) -> &'a str {
    customer[field].as_str().unwrap()
}

fn full_name(customer: &Value) -> String {
    format!(
        "{} {}",
        text(customer, "first_name"),
        text(customer, "last_name")
    )
}

fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |mut all, byte| {
        all.push_str(&format!("%{byte:02X}"));
        all
    })
}

#[test]
fn every_filter_finds_what_a_plain_scan_finds() {
    let mut store = shop();
    let all = everybody(&mut store);
    let (one, other) = (all[7].clone(), all[21].clone());
    let company = all
        .iter()
        .map(|customer| text(customer, "company").to_owned())
        .find(|company| !company.is_empty())
        .unwrap();
    let phone = text(&one, "phone").to_owned();
    let created = text(&one, "date_created").to_owned();
    let modified = text(&other, "date_modified").to_owned();
    let names = (full_name(&one), full_name(&other));
    let emails = (
        text(&one, "email").to_owned(),
        text(&other, "email").to_owned(),
    );
    let ip = text(&one, "registration_ip_address").to_owned();
    let part = text(&one, "last_name").to_lowercase();
    let (from, until, at) = (created.clone(), modified.clone(), created.clone());
    type Fits = Box<dyn Fn(&Value) -> bool>;
    let cases: Vec<(String, Fits)> = vec![
        ("id:in=12,15,9999".into(), Box::new(|c| c["id"] == 12 || c["id"] == 15)),
        ("customer_group_id:in=2".into(), Box::new(|c| c["customer_group_id"] == 2)),
        ("customer_group_id:in=0".into(), Box::new(|c| c["customer_group_id"] == 0)),
        (format!("company:in={}", escaped(&company)), Box::new(move |c| text(c, "company") == company)),
        (
            format!("email:in={},{}", escaped(&emails.0.to_uppercase()), escaped(&emails.1)),
            Box::new(move |c| [emails.0.as_str(), emails.1.as_str()].contains(&text(c, "email"))),
        ),
        (
            format!("name:in={},{}", escaped(&names.0), escaped(&names.1)),
            Box::new(move |c| [&names.0, &names.1].contains(&&full_name(c))),
        ),
        (
            format!("name:like={}", escaped(&part)),
            Box::new(move |c| full_name(c).to_lowercase().contains(&part)),
        ),
        (format!("phone:in={}", escaped(&phone)), Box::new(move |c| text(c, "phone") == phone)),
        (
            format!("registration_ip_address:in={ip}"),
            Box::new(move |c| text(c, "registration_ip_address") == ip),
        ),
        (format!("date_created={at}"), Box::new(move |c| text(c, "date_created") == at)),
        (format!("date_created:min={from}"), Box::new(move |c| text(c, "date_created") >= from.as_str())),
        (format!("date_modified:max={until}"), Box::new(move |c| text(c, "date_modified") <= until.as_str())),
        (
            "date_created:min=2026-01-01&date_created:max=2026-06-30T23:59:59Z&customer_group_id:in=0".into(),
            Box::new(|c| {
                c["customer_group_id"] == 0
                    && ("2026-01-01".."2026-07-01").contains(&text(c, "date_created"))
            }),
        ),
    ];
    for (filter, fits) in cases {
        let expected: Vec<Value> = all.iter().filter(|each| fits(each)).cloned().collect();
        assert!(
            !expected.is_empty() && expected.len() < all.len(),
            "{filter}"
        );
        let target = format!("{CUSTOMERS}?include=addresses,storecredit&{filter}");
        assert_eq!(all_of(&mut store, &target), expected, "{filter}");
    }
}

#[test]
fn what_is_no_filter_of_customers_is_refused() {
    let mut store = shop();
    for filter in ["id=12", "email=x", "email:like=x", "name=x", "company=x"] {
        let refused = get(&mut store, &format!("{CUSTOMERS}?{filter}"));
        assert!(
            refusal(&refused)
                .1
                .ends_with("are not valid filter parameter(s).")
        );
    }
    for filter in [
        "id:in=x",
        "date_created:min=soon",
        "sort=email:asc",
        "sort=last_name",
        "include=orders",
        "after=7",
    ] {
        assert_eq!(
            get(&mut store, &format!("{CUSTOMERS}?{filter}")).status,
            422,
            "{filter}"
        );
    }
}

#[test]
fn what_belongs_to_a_customer_comes_along_when_it_is_asked_for() {
    let mut store = shop();
    let plain = all_of(&mut store, CUSTOMERS);
    assert!(
        plain
            .iter()
            .all(|customer| customer.get("addresses").is_none())
    );
    let target = "/v3/customers?include=addresses,storecredit,attributes,formfields,shopper_profile_id,segment_ids";
    let mut seen = (0, 0);
    for customer in all_of(&mut store, target) {
        let addresses = customer["addresses"].as_array().unwrap();
        assert_eq!(customer["address_count"], addresses.len());
        assert!(
            addresses
                .iter()
                .all(|address| address["customer_id"] == customer["id"])
        );
        assert_eq!(customer["store_credit_amounts"], json!([{ "amount": 0 }]));
        assert_eq!(customer["attributes"], json!([]));
        seen.0 += 1;
        seen.1 += addresses.len();
    }
    assert!(seen.1 > seen.0 + 3, "some have two: {seen:?}");
}

#[test]
fn addresses_are_a_list_of_their_own() {
    let mut store = shop();
    const LIST: &str = "/v3/customers/addresses";
    let inline: Vec<Value> = everybody(&mut store)
        .iter()
        .flat_map(|customer| customer["addresses"].as_array().unwrap().clone())
        .collect();
    let mut listed = all_of(&mut store, &format!("{LIST}?limit=7"));
    assert_eq!(listed, inline);
    let mut ids = ids_in(&listed);
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), listed.len(), "no id twice");
    let one = listed.remove(9);
    let of_them = all_of(
        &mut store,
        &format!("{LIST}?customer_id:in={}", one["customer_id"]),
    );
    assert!(
        of_them.contains(&one)
            && of_them
                .iter()
                .all(|a| a["customer_id"] == one["customer_id"])
    );
    let by_id = all_of(&mut store, &format!("{LIST}?id:in={}", one["id"]));
    assert_eq!(by_id.as_slice(), std::slice::from_ref(&one));
    let by_name = format!("{LIST}?name:in={}", escaped(&full_name(&one)));
    assert!(all_of(&mut store, &by_name).contains(&one));
    let forms = all_of(&mut store, &format!("{LIST}?include=formfields&limit=2"));
    assert_eq!(forms[0]["form_fields"], json!([]));
    assert_eq!(
        get(&mut store, &format!("{LIST}?customer_id=12")).status,
        422
    );
}

#[test]
fn customers_are_registered_and_found_again() {
    let mut store = shop();
    let body = json!([{
        "email": "New.Person@example.com", "first_name": "New", "last_name": "Person",
        "company": "N & P", "customer_group_id": 2, "store_credit_amounts": [{ "amount": 12.5 }],
        "authentication": { "force_password_reset": true },
        "addresses": [{
            "first_name": "New", "last_name": "Person", "address1": "1 Way", "city": "Bend",
            "state_or_province": "Oregon", "postal_code": "97701", "country_code": "us",
            "address_type": "commercial",
        }],
    }, { "email": "other@example.com", "first_name": "Other", "last_name": "One" }]);
    let response = post(&mut store, CUSTOMERS, &body);
    assert!(response.effects.changed);
    let made = data(&response);
    assert_eq!(ids_in(made.as_array().unwrap()), [71, 72]);
    assert_eq!(made[0]["store_credit_amounts"], json!([{ "amount": 12.5 }]));
    assert_eq!(made[0]["date_created"], "2026-11-17T20:00:00Z");
    let found = read(
        &mut store,
        "/v3/customers?email:in=new.person@example.com&include=addresses",
    );
    let found = &found["data"][0];
    assert_eq!(
        (&found["id"], &found["address_count"]),
        (&json!(71), &json!(1))
    );
    let address = &found["addresses"][0];
    assert_eq!(
        (&address["country"], &address["country_code"]),
        (&json!("United States"), &json!("US"))
    );
    assert_eq!(
        (&address["address1"], &address["address_type"]),
        (&json!("1 Way"), &json!("commercial"))
    );
    assert_eq!(found["authentication"]["force_password_reset"], true);
    assert!(found["channel_ids"].is_null());
}

#[test]
fn a_new_customer_is_told_of_the_account_if_the_body_says_so() {
    let mut store = shop();
    let one = |name: &str, told: Value| {
        json!({
            "email": format!("{name}@example.com"), "first_name": name, "last_name": "New",
            "trigger_account_created_notification": told,
        })
    };
    let quiet = json!([
        one("quiet", json!(false)),
        { "email": "silent@example.com", "first_name": "S", "last_name": "New" },
    ]);
    let made = post(&mut store, CUSTOMERS, &quiet);
    assert_eq!((made.status, made.effects.emailed), (200, false));
    assert!(store.emails().is_empty());
    let both = json!([one("quiet2", json!(false)), one("told", json!(true))]);
    let made = post(&mut store, CUSTOMERS, &both);
    assert_eq!((made.status, made.effects.emailed), (200, true));
    let [mail] = store.emails() else {
        panic!("{:?}", store.emails());
    };
    assert_eq!(mail.to, "told@example.com");
    let customer_id = data(&made)[1]["id"].as_u64().unwrap();
    let about = sandbox_store::Subject::Account { customer_id };
    assert_eq!(mail.subject, about);
    // Nobody is told twice, of what was refused, or of a change: the reference has no such field there.
    let again = post(&mut store, CUSTOMERS, &both);
    assert_eq!(again.status, 422);
    let unreadable = json!([one("third", json!("yes"))]);
    let refused = post(&mut store, CUSTOMERS, &unreadable);
    let errors = json!({ "0.trigger_account_created_notification": "error.expected.jsboolean" });
    assert_eq!(refusal(&refused).2, errors);
    let changed =
        json!([{ "id": customer_id, "notes": "n", "trigger_account_created_notification": true }]);
    let changed = put(&mut store, CUSTOMERS, &changed);
    assert_eq!((changed.status, changed.effects.emailed), (200, false));
    assert_eq!(store.emails().len(), 1);
}

#[test]
fn a_password_is_not_taken_as_if_it_were_kept() {
    let mut store = shop();
    let before = read(&mut store, "/v3/customers?limit=250");
    let login = json!({ "force_password_reset": true, "new_password": "Fjell 1 Fjord" });
    let made = json!([{
        "email": "new@example.com", "first_name": "N", "last_name": "N", "authentication": login,
    }]);
    let changed = json!([{ "id": 12, "authentication": login }]);
    for answer in [
        post(&mut store, CUSTOMERS, &made),
        put(&mut store, CUSTOMERS, &changed),
    ] {
        assert_eq!(answer.status, 501);
        assert!(answer.unbuilt.unwrap().contains("new_password"));
        assert!(!answer.effects.changed);
    }
    let old = json!({ "_authentication": { "password": "Fjell 1 Fjord" } });
    assert_eq!(put(&mut store, "/v2/customers/12", &old).status, 501);
    assert_eq!(read(&mut store, "/v3/customers?limit=250"), before);
    let word = json!([{ "id": 12, "authentication": { "force_password_reset": "yes" } }]);
    let refused = put(&mut store, CUSTOMERS, &word);
    let errors = json!({ "0.authentication.force_password_reset": "error.expected.jsboolean" });
    assert_eq!(refusal(&refused).2, errors);
}

#[test]
fn refusals_have_the_words_of_the_wire_and_change_nothing() {
    let mut store = shop();
    let before = everybody(&mut store);
    let taken = text(&before[3], "email").to_owned();
    let person = |email: &str| json!({ "email": email, "first_name": "A", "last_name": "B" });
    let in_use = |verb: &str, email: &str| {
        let ing = if verb == "create" {
            "creating"
        } else {
            "updating"
        };
        let mut errors = json!({});
        errors[format!(".customer_{verb}")] =
            format!("Error {ing} customers: email {email} already in use").into();
        errors
    };
    let invalid = "JSON data is missing or invalid";
    let cases = [
        (
            "POST",
            person("a@example.com"),
            invalid,
            json!({ "": "error.expected.jsarray" }),
        ),
        (
            "PUT",
            json!({ "id": 12 }),
            invalid,
            json!({ "": "error.expected.jsarray" }),
        ),
        (
            "POST",
            json!([7]),
            invalid,
            json!({ "0": "error.expected.jsobject" }),
        ),
        (
            "POST",
            json!([person("a@example.com"), { "first_name": "" }]),
            invalid,
            json!({
                "1.email": "error.path.missing", "1.last_name": "error.path.missing",
                "1.first_name": "error.minLength",
            }),
        ),
        (
            "POST",
            json!([person("nobody")]),
            invalid,
            json!({ "0.email": "error.email" }),
        ),
        (
            "PUT",
            json!([{ "first_name": "A" }]),
            invalid,
            json!({ "0.id": "error.path.missing" }),
        ),
        (
            "POST",
            json!([person("a@example.com"), person(&taken)]),
            "Create customers failed.",
            in_use("create", &taken),
        ),
        (
            "POST",
            json!([person("a@example.com"), person("A@EXAMPLE.com")]),
            "Create customers failed.",
            in_use("create", "A@EXAMPLE.com"),
        ),
        (
            "PUT",
            json!([{ "id": 12, "email": taken.to_uppercase() }]),
            "Update customers failed.",
            in_use("update", &taken.to_uppercase()),
        ),
        (
            "PUT",
            json!([{ "id": 12, "first_name": "Lost" }, { "id": 9999, "first_name": "A" }]),
            "Update customers failed.",
            json!({ "1.id": "invalid customer ID" }),
        ),
        (
            "PUT",
            json!([{ "id": 12, "customer_group_id": 77 }]),
            "Update customers failed.",
            json!({ "0.customer_group_id": "invalid customer group ID" }),
        ),
        (
            "PUT",
            json!([{ "id": 12, "phone": "5".repeat(51), "first_name": "é".repeat(101) }]),
            invalid,
            json!({ "0.phone": "error.maxLength", "0.first_name": "error.maxLength" }),
        ),
    ];
    for (method, body, title, errors) in cases {
        let response = step(
            &mut store,
            request(method, CUSTOMERS).with_json(&body),
            noon(),
        );
        assert_eq!(
            refusal(&response),
            (422, title.to_owned(), errors),
            "{method} {body}"
        );
        assert!(!response.effects.changed);
    }
    let eleven: Vec<Value> = (0..11)
        .map(|at| person(&format!("p{at}@example.com")))
        .collect();
    let refused = post(&mut store, CUSTOMERS, &json!(eleven));
    let title = "The request payload is too large. The maximum items allowed in the array is 10";
    assert_eq!(refusal(&refused), (413, title.to_owned(), json!({})));
    assert_eq!(everybody(&mut store), before);
}

#[test]
fn a_change_moves_only_what_was_sent_and_the_date() {
    let mut store = shop();
    let mut expected = everybody(&mut store);
    let orders = read(&mut store, "/v2/orders?limit=250");
    let reminded = |customer: &&Value| {
        customer["accepts_product_review_abandoned_cart_emails"] == true
            && customer["customer_group_id"] == 2
    };
    let one = expected.iter().find(reminded).unwrap().clone();
    let own = text(&one, "email").to_uppercase();
    let body = json!([
        { "id": one["id"], "email": own, "phone": "555-0199", "notes": "called", "channel_ids": [1] },
        { "id": 13, "accepts_product_review_abandoned_cart_emails": true, "store_credit_amounts": [{ "amount": "3" }] },
    ]);
    let changed = data(&put(&mut store, CUSTOMERS, &body));
    assert_eq!(changed[0]["id"], one["id"]);
    assert_ne!(one["id"], 13);
    for item in body.as_array().unwrap() {
        let place = expected
            .iter_mut()
            .find(|each| each["id"] == item["id"])
            .unwrap();
        for (name, value) in item.as_object().unwrap() {
            place[name.as_str()] = value.clone();
        }
        place["date_modified"] = "2026-11-17T20:00:00Z".into();
    }
    expected[2]["store_credit_amounts"] = json!([{ "amount": 3 }]);
    assert_eq!(everybody(&mut store), expected);
    assert_eq!(
        read(&mut store, "/v2/orders?limit=250"),
        orders,
        "orders keep what they were sent with"
    );
}

#[test]
fn deleted_customers_are_gone_and_their_orders_stay() {
    let mut store = shop();
    let orders = ids(&mut store, "/v2/orders?customer_id=12");
    assert_eq!(
        delete(&mut store, "/v3/customers?id:in=12,9999").status,
        204
    );
    assert_eq!(
        all_of(&mut store, "/v3/customers?id:in=12"),
        Vec::<Value>::new()
    );
    assert_eq!(ids(&mut store, "/v2/orders?customer_id=12"), orders);
    let before = all_of(&mut store, "/v3/customers?limit=250").len();
    let nobody = delete(&mut store, CUSTOMERS);
    assert_eq!((nobody.status, nobody.effects.changed), (204, false));
    assert_eq!(all_of(&mut store, "/v3/customers?limit=250").len(), before);
}

#[test]
fn groups_have_names() {
    let mut store = shop();
    let groups = read(&mut store, "/v2/customer_groups");
    let names: Vec<&str> = groups
        .as_array()
        .unwrap()
        .iter()
        .map(|group| text(group, "name"))
        .collect();
    assert_eq!(names, ["Friends of the house", "Wholesale"]);
    assert_eq!(read(&mut store, "/v2/customer_groups/2"), groups[1]);
    assert_eq!(get(&mut store, "/v2/customer_groups/3").status, 404);
    let invalid = json!([{ "status": 400, "message": "The field 'id' is invalid." }]);
    for refused in [
        get(&mut store, "/v2/customer_groups/none"),
        delete(&mut store, "/v2/customer_groups/none"),
    ] {
        assert_eq!(
            (refused.status, refused.body_json()),
            (400, Some(invalid.clone()))
        );
    }
    assert_eq!(get(&mut store, "/v2/customer_groups?page=2").status, 204);
}

#[test]
fn writing_customers_needs_the_scope_to_modify() {
    for (scope, allowed) in [
        ("store_v2_customers_read_only", false),
        ("store_v2_customers", true),
    ] {
        let mut store = Store::open(&Blueprint {
            scopes: scope.parse().unwrap(),
            ..blueprint()
        });
        for method in ["POST", "PUT"] {
            let response = step(
                &mut store,
                request(method, CUSTOMERS).with_json(&json!([])),
                noon(),
            );
            assert_eq!(response.status != 403, allowed, "{method} with {scope}");
        }
        assert_eq!(
            delete(&mut store, "/v3/customers?id:in=1").status != 403,
            allowed
        );
        assert_eq!(get(&mut store, "/v3/customers/addresses").status, 200);
    }
}

#[test]
fn an_unknown_cursor_is_refused_and_a_page_number_beside_one_ignored() {
    let mut store = shop();
    let first = read(&mut store, "/v3/customers?limit=5");
    let meta = &first["meta"]["cursor_pagination"];
    assert!(meta["links"].get("previous").is_none());
    let cursor = meta["end_cursor"].as_str().unwrap();
    let target = format!("/v3/customers?limit=5&page=9&after={}", escaped(cursor));
    let second = read(&mut store, &target);
    assert_eq!(second, read(&mut store, &target.replace("page=9&", "")));
    assert!(second["meta"].get("pagination").is_none());
    assert_eq!(
        second["data"],
        read(&mut store, "/v3/customers?limit=5&page=2")["data"]
    );
}

/// Everybody, by the links of the cursors.
fn by_cursor(store: &mut Store, filter: &str, limit: usize) -> Vec<Value> {
    let mut all = Vec::new();
    let mut target = format!("{CUSTOMERS}?limit={limit}&{filter}");
    loop {
        let page = read(store, &target);
        all.extend(page["data"].as_array().unwrap().iter().cloned());
        let links = &page["meta"]["cursor_pagination"]["links"];
        match links["next"].as_str() {
            Some(next) => target = format!("{CUSTOMERS}{next}&{filter}"),
            None => return all,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn pages_and_cursors_of_any_size_give_everybody_once(
        limit in 1_usize..80,
        field in prop::sample::select(vec!["date_created", "date_modified", "last_name"]),
        direction in prop::sample::select(vec!["asc", "desc"]),
    ) {
        let mut store = shop();
        let touch: Vec<Value> = [15, 33, 60].iter().map(|id| json!({ "id": id, "notes": "x" })).collect();
        prop_assert_eq!(put(&mut store, CUSTOMERS, &json!(touch)).status, 200);
        let sort = format!("sort={field}:{direction}");
        let all = all_of(&mut store, &format!("{CUSTOMERS}?limit=250&{sort}"));
        prop_assert_eq!(all.len(), 60);
        let key = |customer: &Value| text(customer, field).to_lowercase();
        let mut keys: Vec<String> = all.iter().map(key).collect();
        if direction == "desc" {
            keys.reverse();
        }
        prop_assert!(keys.is_sorted());
        prop_assert_eq!(&all_of(&mut store, &format!("{CUSTOMERS}?limit={limit}&{sort}")), &all);
        prop_assert_eq!(&by_cursor(&mut store, &sort, limit), &all);
    }

    #[test]
    fn what_is_put_is_what_is_got(
        first in "[A-Za-zäøéŁ]{1,100}", last in "[A-Za-z' -]{1,100}", company in ".{0,40}",
        notes in "[ -~\n]{0,80}", phone in "[0-9 +]{0,50}", group in prop::sample::select(vec![0, 1, 2]),
    ) {
        let mut store = shop();
        let body = json!({
            "id": 15, "first_name": first, "last_name": last, "company": company, "notes": notes,
            "phone": phone, "customer_group_id": group,
        });
        let answered = data(&put(&mut store, CUSTOMERS, &json!([body.clone()])))[0].clone();
        let got = read(&mut store, "/v3/customers?id:in=15&include=storecredit")["data"][0].clone();
        prop_assert_eq!(&answered, &got);
        for (name, value) in body.as_object().unwrap() {
            prop_assert_eq!(&got[name], value, "{}", name);
        }
    }
}

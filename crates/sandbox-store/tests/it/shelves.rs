//! Brands and categories.

use proptest::prelude::*;
use sandbox_store::Store;
use serde_json::{Value, json};

use crate::support::{all_of, data, get, ids_in, post, put, read, refusal, shop};

#[test]
fn brands_are_listed_found_and_made() {
    let mut store = shop();
    let all = all_of(&mut store, "/v3/catalog/brands?limit=2");
    assert_eq!(ids_in(&all), [35, 36, 37, 38, 39, 40]);
    assert_eq!(all[0]["name"], "Northfold");
    assert_eq!(read(&mut store, "/v3/catalog/brands/36")["data"], all[1]);
    let found = |store: &mut _, filter: &str| {
        ids_in(&all_of(store, &format!("/v3/catalog/brands?{filter}")))
    };
    assert_eq!(found(&mut store, "name=lowtide"), [38]);
    assert_eq!(found(&mut store, "name:like=works"), [39]);
    assert_eq!(found(&mut store, "id:in=35,40,99"), [35, 40]);
    assert_eq!(found(&mut store, "id:not_in=35,40&id:min=37"), [37, 38, 39]);
    assert_eq!(found(&mut store, "id:greater=37&id:less=40"), [38, 39]);
    assert_eq!(found(&mut store, "id:max=36"), [35, 36]);
    assert_eq!(
        found(&mut store, "sort=name&direction=desc&limit=250"),
        [36, 35, 38, 39, 37, 40]
    );
    let made = data(&post(
        &mut store,
        "/v3/catalog/brands",
        &json!({ "name": "Vindfang", "page_title": "Wind" }),
    ));
    assert_eq!(
        (&made["id"], &made["page_title"]),
        (&json!(41), &json!("Wind"))
    );
    assert_eq!(found(&mut store, "page_title=Wind"), [41]);
    let again = post(
        &mut store,
        "/v3/catalog/brands",
        &json!({ "name": " VINDFANG" }),
    );
    assert_eq!(refusal(&again).0, 409);
    assert_eq!(
        post(&mut store, "/v3/catalog/brands", &json!({})).status,
        422
    );
    assert_eq!(get(&mut store, "/v3/catalog/brands/9").status, 404);
    assert_eq!(get(&mut store, "/v3/catalog/brands?colour=red").status, 422);
}

#[test]
fn the_list_of_categories_takes_lists_of_ids_only() {
    let mut store = shop();
    const LIST: &str = "/v3/catalog/trees/categories";
    let all = all_of(&mut store, LIST);
    assert_eq!(all.len(), 10);
    for plain in ["category_id=21", "parent_id=0", "tree_id=1", "id:in=21"] {
        let refused = get(&mut store, &format!("{LIST}?{plain}"));
        let name = plain.split('=').next().unwrap();
        let title = format!("The filter(s): {name} are not valid filter parameter(s).");
        assert_eq!(refusal(&refused), (422, title, json!({})));
    }
    for list in ["category_id:in", "parent_id:not_in", "tree_id:in"] {
        let (status, _title, errors) = refusal(&get(&mut store, &format!("{LIST}?{list}=21,none")));
        assert_eq!(
            (status, &errors[list]),
            (400, &json!("error.expected.jsnumber"))
        );
    }
    type Fits = fn(&Value) -> bool;
    let cases: [(&str, Fits); 9] = [
        ("category_id:in=21,23", |c| {
            c["category_id"] == 21 || c["category_id"] == 23
        }),
        ("category_id:not_in=21,23", |c| {
            c["category_id"] != 21 && c["category_id"] != 23
        }),
        ("parent_id:in=0", |c| c["parent_id"] == 0),
        ("parent_id:in=24", |c| c["parent_id"] == 24),
        ("tree_id:in=1", |_c| true),
        ("tree_id:in=2", |_c| false),
        ("name=Clothing", |c| c["name"] == "Clothing"),
        ("name:like=clo", |c| c["name"] == "Clothing"),
        ("is_visible=false", |c| c["is_visible"] == false),
    ];
    for (filter, fits) in cases {
        let found = all_of(&mut store, &format!("{LIST}?{filter}"));
        let expected: Vec<Value> = all.iter().filter(|each| fits(each)).cloned().collect();
        assert_eq!(found, expected, "{filter}");
        assert!(!expected.is_empty() || filter == "tree_id:in=2");
    }
    let uuid = all[4]["category_uuid"].as_str().unwrap();
    let by_uuid = all_of(&mut store, &format!("{LIST}?category_uuid:in={uuid}"));
    assert_eq!(by_uuid, [all[4].clone()]);
    let few = all_of(&mut store, &format!("{LIST}?include_fields=name"));
    assert_eq!(few[0], json!({ "category_id": 21, "name": "Clothing" }));
}

#[test]
fn there_is_one_tree_and_its_links_lead_in_a_circle() {
    let mut store = shop();
    let trees = read(&mut store, "/v3/catalog/trees");
    assert_eq!(
        trees["data"],
        json!([{ "id": 1, "name": "Default catalog tree", "channels": [1] }])
    );
    let links = &trees["meta"]["pagination"]["links"];
    assert_eq!(
        links["next"], links["current"],
        "following them blindly never ends"
    );
    assert_eq!(
        all_of(&mut store, "/v3/catalog/trees?channel_id:in=2"),
        Vec::<Value>::new()
    );
    let missing = get(&mut store, "/v3/catalog/trees/42/categories");
    assert_eq!(
        refusal(&missing).1,
        "Entity with id tree [42] was not found "
    );
}

#[test]
fn the_tree_holds_every_category_once_in_its_place() {
    let mut store = shop();
    let tree = read(&mut store, "/v3/catalog/trees/1/categories")["data"].clone();
    let mut seen = Vec::new();
    let mut open: Vec<(Value, Vec<u64>)> = tree
        .as_array()
        .unwrap()
        .iter()
        .map(|top| (top.clone(), Vec::new()))
        .collect();
    while let Some((category, path)) = open.pop() {
        let id = category["id"].as_u64().unwrap();
        assert_eq!(category["depth"], path.len());
        assert_eq!(category["path"], json!(path));
        assert_eq!(
            category["parent_id"],
            json!(path.last().copied().unwrap_or(0))
        );
        let path: Vec<u64> = path.into_iter().chain([id]).collect();
        for child in category["children"].as_array().unwrap() {
            open.push((child.clone(), path.clone()));
        }
        seen.push(id);
    }
    seen.sort_unstable();
    let listed = all_of(&mut store, "/v3/catalog/categories");
    assert_eq!(seen, ids_in(&listed));
    let tops = read(&mut store, "/v3/catalog/trees/1/categories?depth=0")["data"].clone();
    assert!(
        tops.as_array()
            .unwrap()
            .iter()
            .all(|top| top["children"] == json!([]))
    );
}

#[test]
fn the_older_list_of_categories_still_answers_in_its_own_shape() {
    let mut store = shop();
    const LIST: &str = "/v3/catalog/categories";
    let old = all_of(&mut store, &format!("{LIST}?parent_id=24&sort=name"));
    let names: Vec<&Value> = old.iter().map(|category| &category["name"]).collect();
    assert_eq!(names, ["Rental", "Spare parts"]);
    assert_eq!(
        old[0]["custom_url"],
        json!({ "url": "/rental/", "is_customized": false })
    );
    let id = &old[1]["id"];
    assert_eq!(read(&mut store, &format!("{LIST}/{id}"))["data"], old[1]);
    assert_eq!(get(&mut store, &format!("{LIST}/9")).status, 404);
    assert_eq!(
        get(&mut store, &format!("{LIST}?category_id:in=1")).status,
        422
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn pages_of_any_size_give_every_brand_and_category_once(limit in 1_usize..20) {
        let mut store = shop();
        for target in ["/v3/catalog/brands", "/v3/catalog/categories"] {
            let all = all_of(&mut store, &format!("{target}?limit=250"));
            prop_assert_eq!(all_of(&mut store, &format!("{target}?limit={limit}")), all);
        }
    }
}

#[test]
fn categories_given_are_all_there_are_and_those_assigned_come_on_top() {
    const PRODUCT: &str = "/v3/catalog/products/112";
    let mut store = shop();
    let of_it = |store: &mut Store| {
        let product = read(store, PRODUCT);
        let all = product["data"]["categories"].as_array().unwrap().iter();
        let mut all: Vec<u64> = all.map(|id| id.as_u64().unwrap()).collect();
        all.sort_unstable();
        all
    };
    for given in [vec![21, 24], vec![24]] {
        let body = json!({ "categories": given });
        assert_eq!(put(&mut store, PRODUCT, &body).status, 200);
        assert_eq!(of_it(&mut store), given);
    }
    let assigned = json!([{ "product_id": 112, "category_id": 21 }]);
    let target = "/v3/catalog/products/category-assignments";
    assert_eq!(put(&mut store, target, &assigned).status, 204);
    assert_eq!(of_it(&mut store), [21, 24]);
}

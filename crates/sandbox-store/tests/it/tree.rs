//! Categories, trees, brands: made, moved, taken away.

use sandbox_store::Store;
use serde_json::{Value, json};

use crate::support::{all_of, data, delete, get, post, put, read, refusal, shop};

const CATEGORIES: &str = "/v3/catalog/trees/categories";

fn make(store: &mut Store, name: &str, parent: u64) -> Value {
    let body = json!([{ "name": name, "tree_id": 1, "parent_id": parent }]);
    let made = post(store, CATEGORIES, &body);
    assert_eq!(made.status, 201, "{}", String::from_utf8_lossy(&made.body));
    made.body_json().unwrap()["data"][0].clone()
}

fn id(category: &Value) -> u64 {
    category["category_id"].as_u64().unwrap()
}

#[test]
fn a_category_is_made_below_another_with_an_address_of_its_own() {
    let mut store = shop();
    let top = make(&mut store, "Winter", 0);
    let below = make(&mut store, "Ski", id(&top));
    assert_eq!(
        (&below["parent_id"], &below["tree_id"]),
        (&top["category_id"], &json!(1))
    );
    let other = make(&mut store, "Summer", 0);
    // The same name elsewhere is fine; its address gets something random behind it.
    let twin = make(&mut store, "Ski", id(&other));
    assert_eq!(below["url"]["path"], "/ski/");
    let path = twin["url"]["path"].as_str().unwrap();
    assert!(
        path.starts_with("/ski-") && path.len() > "/ski/".len() + 3,
        "{path}"
    );
    let tree = read(&mut store, "/v3/catalog/trees/1/categories")["data"].clone();
    let shown = tree
        .as_array()
        .unwrap()
        .iter()
        .find(|each| each["name"] == "Winter")
        .unwrap();
    assert_eq!(shown["children"][0]["id"], below["category_id"]);
}

#[test]
fn some_of_a_batch_are_made_and_the_others_are_named() {
    let mut store = shop();
    let top = make(&mut store, "Winter", 0);
    let batch = json!([
        { "name": "Good", "tree_id": 1 },
        { "name": "Winter", "tree_id": 1 },
        { "name": "x".repeat(51), "tree_id": 1 },
        { "name": "Lost", "parent_id": 99_999 },
        { "name": "Nowhere" },
        { "name": "Squatter", "tree_id": 1, "url": { "path": "/winter/" } },
    ]);
    let answer = post(&mut store, CATEGORIES, &batch);
    assert_eq!(answer.status, 207);
    let body = answer.body_json().unwrap();
    assert_eq!(
        body["meta"],
        json!({ "total": 6, "success": 1, "failed": 5 })
    );
    let errors = &body["errors"]["errors"];
    for path in ["1.name", "2.name", "3.parent_id", "4.tree_id", "5.url"] {
        assert!(errors[path].is_string(), "{path}: {errors}");
    }
    let none = post(
        &mut store,
        CATEGORIES,
        &json!([{ "name": "Winter", "tree_id": 1 }]),
    );
    assert_eq!((none.status, none.effects.changed), (422, false));
    let many: Vec<Value> = (0..51).map(|_| json!({ "name": "x" })).collect();
    assert_eq!(post(&mut store, CATEGORIES, &json!(many)).status, 413);
    assert_eq!(id(&top) + 1, id(&body["data"][0]));
}

#[test]
fn a_category_moves_but_not_below_itself_nor_too_deep() {
    let mut store = shop();
    let mut chain = vec![make(&mut store, "Level 1", 0)];
    for level in 2..=8 {
        let parent = id(&chain[level - 2]);
        chain.push(make(&mut store, &format!("Level {level}"), parent));
    }
    let ninth = json!([{ "name": "Level 9", "parent_id": id(&chain[7]) }]);
    assert_eq!(post(&mut store, CATEGORIES, &ninth).status, 422);
    let loops = json!([{ "category_id": id(&chain[0]), "parent_id": id(&chain[3]) }]);
    assert_eq!(put(&mut store, CATEGORIES, &loops).status, 422);
    // What is below comes along: two levels fit below the sixth, three do not.
    let top = make(&mut store, "Other 1", 0);
    let below = make(&mut store, "Other 2", id(&top));
    let fits = json!([{ "category_id": id(&top), "parent_id": id(&chain[5]) }]);
    assert_eq!(put(&mut store, CATEGORIES, &fits).status, 200);
    let back = json!([{ "category_id": id(&top), "parent_id": 0 }]);
    assert_eq!(put(&mut store, CATEGORIES, &back).status, 200);
    make(&mut store, "Other 3", id(&below));
    assert_eq!(put(&mut store, CATEGORIES, &fits).status, 422);
    let moved = json!([{ "category_id": id(&chain[3]), "parent_id": 0, "is_visible": false, "page_title": "Four" }]);
    let answer = put(&mut store, CATEGORIES, &moved);
    assert_eq!(
        answer.body_json().unwrap(),
        json!({ "meta": { "total": 1, "success": 1, "failed": 0 } })
    );
    let found = read(
        &mut store,
        &format!("{CATEGORIES}?category_id:in={}", id(&chain[3])),
    )["data"][0]
        .clone();
    assert_eq!(
        (
            &found["parent_id"],
            &found["is_visible"],
            &found["page_title"]
        ),
        (&json!(0), &json!(false), &json!("Four"))
    );
    assert_eq!(
        read(&mut store, &format!("{CATEGORIES}?page_title=four"))["data"],
        json!([found])
    );
}

#[test]
fn children_go_with_their_parent_and_products_stay() {
    let mut store = shop();
    let top = make(&mut store, "Winter", 0);
    let below = make(&mut store, "Ski", id(&top));
    let assigned = json!([{ "product_id": 111, "category_id": id(&below) }]);
    let target = "/v3/catalog/products/category-assignments";
    assert_eq!(put(&mut store, target, &assigned).status, 204);
    let again = put(&mut store, target, &assigned);
    assert_eq!((again.status, again.effects.changed), (204, false));
    let found = read(
        &mut store,
        &format!("{target}?category_id:in={}", id(&below)),
    );
    assert_eq!(found["data"], assigned);
    assert_eq!(
        delete(&mut store, CATEGORIES).status,
        422,
        "never everything"
    );
    let gone = delete(
        &mut store,
        &format!("{CATEGORIES}?category_id:in={}", id(&top)),
    );
    assert_eq!(gone.status, 202);
    let left = read(
        &mut store,
        &format!("{CATEGORIES}?category_id:in={},{}", id(&top), id(&below)),
    );
    assert_eq!(left["data"], json!([]));
    let product = read(&mut store, "/v3/catalog/products/111")["data"].clone();
    assert!(
        !product["categories"]
            .as_array()
            .unwrap()
            .contains(&below["category_id"])
    );
    // The address is free again.
    assert_eq!(make(&mut store, "Ski", 0)["url"]["path"], "/ski/");
}

#[test]
fn trees_are_made_and_go_with_all_that_grows_on_them() {
    let mut store = shop();
    let trees = "/v3/catalog/trees";
    let made = put(&mut store, trees, &json!([{ "name": "Outlet" }]));
    let outlet = made.body_json().unwrap()["data"][0].clone();
    assert_eq!(outlet["channels"], json!([]));
    let body = json!([{ "name": "Last season", "tree_id": outlet["id"] }]);
    assert_eq!(post(&mut store, CATEGORIES, &body).status, 201);
    let own = format!("{CATEGORIES}?tree_id:in={}", outlet["id"]);
    assert_eq!(read(&mut store, &own)["data"].as_array().unwrap().len(), 1);
    let channel = put(
        &mut store,
        trees,
        &json!([{ "id": outlet["id"], "channels": [1] }]),
    );
    assert_eq!(channel.status, 200);
    // A channel has one tree only.
    assert_eq!(
        read(&mut store, &format!("{trees}?channel_id:in=1"))["data"][0]["name"],
        "Outlet"
    );
    let unknown = put(&mut store, trees, &json!([{ "id": 99, "name": "x" }]));
    assert_eq!(
        refusal(&unknown),
        (
            422,
            "Please verify if all required fields are present in the request body and are filled with values correctly."
                .to_owned(),
            json!({ "0.tree_id": "Tree does not exist." })
        )
    );
    let several = format!("{trees}?id:in={},99", outlet["id"]);
    for target in [format!("{trees}?id:in=99"), several] {
        let refused = delete(&mut store, &target);
        assert_eq!(
            refusal(&refused),
            (
                404,
                "Entity with id tree [99] was not found ".to_owned(),
                json!({})
            )
        );
    }
    assert_eq!(
        read(&mut store, &own)["data"].as_array().unwrap().len(),
        1,
        "none of them is deleted"
    );
    assert_eq!(
        delete(&mut store, &format!("{trees}?id:in={}", outlet["id"])).status,
        204
    );
    assert_eq!(read(&mut store, &own)["data"], json!([]));
    assert_eq!(
        get(&mut store, &format!("{trees}/{}/categories", outlet["id"])).status,
        404
    );
}

#[test]
fn a_brand_is_renamed_and_leaves_its_products_behind() {
    let mut store = shop();
    let brands = "/v3/catalog/brands";
    let all = all_of(&mut store, brands);
    let product = read(&mut store, "/v3/catalog/products/111")["data"].clone();
    let target = format!("{brands}/{}", product["brand_id"]);
    let other = all
        .iter()
        .find(|each| each["id"] != product["brand_id"])
        .unwrap();
    let taken = put(&mut store, &target, &json!({ "name": other["name"] }));
    assert_eq!(refusal(&taken).1, "The brand name is a duplicate");
    let url = put(
        &mut store,
        &target,
        &json!({ "custom_url": { "url": other["custom_url"]["url"] } }),
    );
    assert_eq!(url.status, 409);
    let renamed = data(&put(
        &mut store,
        &target,
        &json!({ "name": "Fresh", "page_title": "Fresh things" }),
    ));
    assert_eq!(
        (&renamed["name"], &renamed["page_title"]),
        (&json!("Fresh"), &json!("Fresh things"))
    );
    assert_eq!(delete(&mut store, brands).status, 422, "never everything");
    assert_eq!(delete(&mut store, &target).status, 204);
    assert_eq!(get(&mut store, &target).status, 404);
    assert_eq!(
        read(&mut store, "/v3/catalog/products/111")["data"]["brand_id"],
        0
    );
}

#[test]
fn categories_are_not_deleted_by_what_cannot_be_read_or_by_nothing() {
    let mut store = shop();
    let before = read(&mut store, CATEGORIES);
    for (query, status) in [
        ("?category_id:in=none", 400),
        ("?parent_id:in=21,none", 400),
        ("?category_id=21", 422),
        ("", 422),
    ] {
        let refused = delete(&mut store, &format!("{CATEGORIES}{query}"));
        assert_eq!(refusal(&refused).0, status, "{query}");
    }
    assert_eq!(read(&mut store, CATEGORIES), before);
}

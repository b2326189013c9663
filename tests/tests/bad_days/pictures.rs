//! Pictures, by the address under which the window asks for them.

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    http,
    world::World,
};

/// A product that has a picture.
pub(crate) fn some_product(bridge: &Bridge, store: &str) -> String {
    let query = json!({
        "store": store, "search": "", "visibility": "all", "stock": "all", "sort": "id",
        "descending": false,
    });
    let view = bridge.get("open_products", query);
    let question = json!({ "view": view["view"], "from": 0, "to": 100 });
    let rows = bridge.get("product_rows", question);
    let rows: &Vec<Value> = rows["rows"].as_array().expect("rows");
    let row = rows
        .iter()
        .find(|row| !row["picture"].is_null())
        .expect("one has a picture");
    text(&row["id"])
}

#[test]
fn a_picture_goes_to_the_bridges_own_page_only_and_what_isnt_one_is_not_found() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    bridge.wait_for(&store, "all products to be here", |state| {
        state["areas"][1]["isComplete"] == true
    });
    let product = some_product(&bridge, &store);
    let page = bridge.page();
    let (origin, _) = page.split_once("/#key=").unwrap();
    let ask = |path: &str, headers: &[(&str, &str)]| {
        http::send_bytes("GET", origin, path, headers, None).unwrap()
    };
    let address = format!("/picture/{store}/{product}/thumbnail?v=1");
    for headers in [&[][..], &[("Sec-Fetch-Site", "same-origin")]] {
        let (status, bytes) = ask(&address, headers);
        assert_eq!(status, 200);
        assert!(bytes.starts_with(b"\x89PNG\r\n"));
    }
    let encoded = format!("/picture/{store}%2F{product}%2Fstandard");
    assert_eq!(ask(&encoded, &[]).0, 200);
    for headers in [
        &[("Sec-Fetch-Site", "cross-site")][..],
        &[("Sec-Fetch-Site", "same-site")],
        &[("Origin", "https://evil.example")],
    ] {
        assert_eq!(ask(&address, headers).0, 403, "{headers:?}");
    }
    for path in [
        format!("/picture/{store}/99999999/thumbnail"),
        format!("/picture/{store}/{product}/large"),
        format!("/picture/{store}/{product}/thumbnail/more"),
        format!("/picture/other/{product}/thumbnail"),
        "/picture/..%2F..%2Fdesk.sqlite/1/thumbnail".to_owned(),
        "/picture/x".to_owned(),
    ] {
        assert_eq!(ask(&path, &[]).0, 404, "{path}");
    }
}

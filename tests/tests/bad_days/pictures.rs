//! Pictures, by the address under which the window asks for them.

use std::io::Read as _;

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
    let (origin, key) = page.split_once("/#key=").unwrap();
    let cookie = cookie_of(origin, key);
    let cookie = ("Cookie", cookie.as_str());
    let key = ("x-stockroom-bridge", key);
    let ask = |path: &str, headers: &[(&str, &str)]| {
        http::send_bytes("GET", origin, path, headers, None).unwrap()
    };
    let address = format!("/picture/{store}/{product}/thumbnail?v=1");
    // Whoever else knows the way there: another program on this computer, and one that guesses.
    let name = cookie.1.split('=').next().unwrap();
    let guessed = ["", "0", key.1].map(|guess| format!("{name}={guess}"));
    for headers in [
        &[][..],
        &[("Sec-Fetch-Site", "same-origin")],
        &[("Cookie", guessed[0].as_str())],
        &[("Cookie", guessed[1].as_str())],
        &[("Cookie", guessed[2].as_str())],
        &[("x-stockroom-bridge", "0")],
    ] {
        assert_eq!(ask(&address, headers).0, 401, "{headers:?}");
    }
    let held = bridge.get("holdings", json!({ "store": store }));
    assert_eq!(text(&held["pictures"]), "0", "nothing was fetched");
    for headers in [
        &[cookie][..],
        &[cookie, ("Sec-Fetch-Site", "same-origin")],
        &[("Cookie", "other=1"), cookie],
        &[key],
    ] {
        let (status, bytes) = ask(&address, headers);
        assert_eq!(status, 200);
        assert!(bytes.starts_with(b"\x89PNG\r\n"));
    }
    let encoded = format!("/picture/{store}%2F{product}%2Fstandard");
    assert_eq!(ask(&encoded, &[cookie]).0, 200);
    for headers in [
        &[cookie, ("Sec-Fetch-Site", "cross-site")][..],
        &[cookie, ("Sec-Fetch-Site", "same-site")],
        &[cookie, ("Origin", "https://evil.example")],
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
        assert_eq!(ask(&path, &[cookie]).0, 404, "{path}");
    }
}

/// The cookie that the page gets with its first answer.
fn cookie_of(origin: &str, key: &str) -> String {
    let headers = [("x-stockroom-bridge", key)];
    let mut answer = http::open("POST", origin, "/call/app_state", &headers, Some("{}"))
        .expect("the bridge answers");
    let mut whole = String::new();
    answer.read_to_string(&mut whole).expect("it is text");
    let line = whole
        .lines()
        .find_map(|line| line.strip_prefix("set-cookie: "))
        .expect("it brings one");
    // No script reads it, no other site's page sends it, and nothing but pictures is asked for with it.
    assert!(line.ends_with("; Path=/picture; HttpOnly; SameSite=Strict"));
    assert!(
        !line.contains(key),
        "what opens everything else is not in it"
    );
    line.split(';').next().unwrap_or_default().to_owned()
}

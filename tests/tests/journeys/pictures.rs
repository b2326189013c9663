//! Pictures in the real window, under its own content security policy.

use serde_json::json;
use stockroom_tests::{http, wait, window::Look as _};

use crate::support::{Scene, sees_all_orders, shop};

/// Asks for a product with a picture, and shows it as the page does: by the app's own scheme.
const SHOW: &str = "
    window.seen = 'waiting';
    const { invoke, convertFileSrc } = window.__TAURI_INTERNALS__;
    const call = (command, input) => invoke('call', { command, input });
    const show = async () => {
        const { current: store } = await call('app_state', {});
        const { view } = await call('open_products', {
            store, search: '', visibility: 'all', stock: 'all', sort: 'id', descending: false,
        });
        const { rows } = await call('product_rows', { view, from: 0, to: 100 });
        const product = rows.find((row) => row.picture);
        if (!product) { window.seen = 'no product yet'; return; }
        const address = arguments[0] || convertFileSrc(`${store}/${product.id}/thumbnail`, 'picture');
        const picture = new Image();
        picture.onload = () => { window.seen = `picture ${picture.naturalWidth}`; };
        picture.onerror = () => { window.seen = 'none'; };
        picture.src = address;
    };
    show().catch((error) => { window.seen = String(error); });
";

#[test]
fn the_window_shows_the_stores_pictures_and_none_from_elsewhere() {
    let scene = Scene::usual();
    let window = scene.app().open();
    window.button("Open the sample store").click();
    sees_all_orders(&window);
    let shown = |address: &str| {
        wait::until("the picture to be there or not", || {
            window.script(SHOW, &[json!(address)]);
            let mut seen = String::new();
            window.waits("an answer", || {
                seen = window.script("return window.seen", &[]).to_string();
                seen != "\"waiting\""
            });
            (seen != "\"no product yet\"").then_some(seen)
        })
    };
    assert_eq!(shown(""), "\"picture 220\"");

    // A picture that is really there, and that anybody but this page may fetch.
    let elsewhere = shop();
    let products = elsewhere.asked("/v3/catalog/products?include=images&limit=10");
    let address = products["data"]
        .as_array()
        .expect("a list")
        .iter()
        .find_map(|product| product["images"][0]["url_thumbnail"].as_str())
        .expect("a product has a picture");
    let path = address
        .strip_prefix(elsewhere.origin())
        .expect("it lies at the shop's own address");
    let there = http::send_bytes("GET", elsewhere.origin(), path, &[], None);
    assert_eq!(there.expect("it answers").0, 200, "{address}");
    assert_eq!(shown(address), "\"none\"");
}

//! The first start of somebody who wants a look.

use stockroom_tests::window::Look as _;

use crate::support::{Scene, sees_all_orders};

#[test]
fn who_looks_around_sees_the_orders_of_the_sample_store() {
    let scene = Scene::usual();
    let window = scene.app().open();

    window.sees("Welcome. Where do you want to start?");
    assert_eq!(window.title(), "Stockroom");
    // Styles come in pieces and in any order; a control wins over the plain ground all the same.
    let height = window.script(
        "return getComputedStyle(document.querySelector('main button')).height",
        &[],
    );
    assert_eq!(height, "32px", "the window is dressed");
    window.picture("welcome");
    window.button("Open the sample store").click();

    // Rows are there while the rest is still being pulled.
    window.thing_about("button", "Pulling orders").appears();
    window.grid("Orders").row("example.com").appears();
    sees_all_orders(&window);
    let store = window.thing_about("button", "Northfold Supply");
    store.sees("Sample");
    window.picture("sample-store");

    // Its token is made for this run, and kept nowhere.
    assert_eq!(scene.desktop.kept_in_keyring(crate::support::SERVICE), "");
}

#[test]
fn demand_11_the_sample_store_needs_no_account_and_no_network() {
    let scene = Scene::usual();
    // Nobody is there for whoever wants to leave this computer.
    let app = scene.app().with("HTTPS_PROXY", "http://127.0.0.1:1");
    let window = app.open();

    window.sees("No account with us and no cloud.");
    window.button("Open the sample store").click();

    sees_all_orders(&window);
}

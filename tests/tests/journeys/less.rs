//! A store that is connected with less than its preset asks for: what is out of reach is greyed with its
//! reason, and the rest works.

use stockroom_tests::window::Look as _;

use crate::{
    looking::reads_well,
    support::{
        Scene, an_order, go_to, open_order, sees_all_orders, shop, tab_to, to_check_by_keys,
    },
};

#[test]
fn demand_01_what_a_token_lacks_is_named_at_once_and_greyed_with_its_reason() {
    let (scene, mut shop) = (Scene::usual(), shop());
    shop.allow("store_v2_information_read_only,store_v2_orders_read_only");
    let app = scene.app_beside(&shop);
    let window = app.open();
    to_check_by_keys(&window, &shop);
    window.sees("2 scopes are missing");
    tab_to(&window, "Check writing, too");
    window.press("Enter");
    window.sees("3 scopes are missing");
    window.sees("Orders can be read but not changed");
    window.sees("Products can’t be listed or changed");
    window.sees("Customers can’t be listed");
    window.picture("less-check");
    tab_to(&window, "Continue with less");
    window.press("Enter");
    window.heading("Name it").appears();
    window.press("Enter");
    sees_all_orders(&window);

    let order = an_order(&window, "Awaiting Payment");
    let panel = open_order(&window, order);
    let change = panel.thing_about("button", "Change status");
    change.appears();
    assert!(change.attribute("disabled").is_some(), "it is greyed");
    let why = change
        .attribute("aria-describedby")
        .expect("it has a reason");
    let reason = window.script(
        "return document.getElementById(arguments[0]).textContent",
        &[why.into()],
    );
    assert_eq!(reason, "Needs the scope Orders, modify.");
    window.picture("less-order");
    for (screen, words) in [
        ("Products", "This store’s token may not read products"),
        ("Customers", "This store’s token may not read customers"),
    ] {
        go_to(&window, screen);
        window.sees(words);
        window.button("Replace the token…").appears();
        window.picture(&format!("less-{screen}").to_lowercase());
        reads_well(&window, &format!("less-{screen}").to_lowercase());
    }
    let writes = shop.log().into_iter().filter(|one| one["method"] != "GET");
    let effective = writes.filter(|one| one["changed"] == true);
    assert_eq!(effective.count(), 0);
}

//! From the welcome to a store that is connected.

use serde_json::json;
use stockroom_tests::{copied::Copied, desktop::files_with, window::Look as _};

use crate::{
    looking::{DARK, LIGHT, LIGHT_HIGH, findings_in, reads_well},
    support::{SERVICE, Scene, go_to, hand_over, sees_all_orders, shop, tab_to},
};

#[test]
fn a_store_is_connected_by_its_address_and_a_token() {
    let (scene, shop) = (Scene::usual(), shop());
    let app = scene.app_beside(&shop);
    let window = app.open();

    window.button("Connect your store").click();
    let address = format!(
        "https://store-{}.mybigcommerce.com/manage/dashboard",
        shop.hash()
    );
    window
        .field("Address, API path or store hash")
        .type_(&address);
    window.sees(&format!("Store hash {}", shop.hash()));
    window.sees("Found in the control-panel address.");
    window.picture("connect-1-which-store");
    window.button("Continue").click();

    // What is asked for stands where it is asked for.
    window.sees("Orders modify");
    window.sees("Information & settings read-only");
    window.picture("connect-2-scopes");
    window.button("I have the credentials").click();
    window.field("Access token").type_(shop.token());
    window.picture("connect-3-credentials");
    window.button("Check it").click();

    window.sees("Checked. Everything is in order.");
    window.sees("API reached");
    window.sees(&format!(
        "ends in {}",
        &shop.token()[shop.token().len() - 4..]
    ));
    window.sees("Is this yours? Northfold Supply");
    window.sees("none of 4 is missing");
    window.picture("connect-4-check");
    window.button("Continue").click();

    assert_eq!(window.field("Name").value(), "Northfold Supply");
    window.sees("GNOME Keyring");
    window.field("Name").clear();
    window.field("Name").type_("Northfold, Ghent");
    window.picture("connect-5-name");
    window.button("Save and start the first pull").click();

    sees_all_orders(&window);
    window.thing_about("button", "Northfold, Ghent").appears();
    window.picture("connect-6-orders");
    assert!(
        shop.log().iter().all(|request| request["method"] == "GET"),
        "connecting has changed something in the store"
    );
}

#[test]
fn demand_03_the_scopes_stand_where_the_token_is_asked_for_all_by_keys_and_with_mistakes() {
    let (scene, shop) = (Scene::usual(), shop());
    let app = scene.app_beside(&shop);
    let window = app.open();
    window.button("Connect your store").appears();
    window.press("Enter");

    // Which store? First a name that holds no hash.
    window.heading("Which store?").appears();
    window.types("shop.example.com");
    window.press("Enter");
    window.sees("shop.example.com holds no store hash");
    // The person has the pop-up's text on the clipboard.
    let pop_up = format!(
        "Access token {} API path https://api.bigcommerce.com/stores/{}/v3/",
        shop.token(),
        shop.hash()
    );
    let copied = Copied::on(scene.desktop.display().expect("a screen"), &pop_up);
    // It does not belong here, and does not stay.
    window.press("Control+a");
    window.press("Control+v");
    window.sees("That looks like a secret, not like an address");
    window.waits("it is gone", || {
        !window.everything_held().contains(shop.token())
    });
    window.types(shop.hash());
    window.sees(&format!("Store hash {}", shop.hash()));
    window.press("Enter");

    // What may it do? By arrows to another preset; back and forth, and it is still chosen.
    window.heading("What may Stockroom do?").appears();
    window.sees("Orders modify");
    tab_to(&window, "What may Stockroom do?");
    window.press("Tab");
    window.press("ArrowRight");
    window.waits("the catalog editor is chosen", || {
        !window.row("Orders").is_there() && window.row("Products").is_there()
    });
    window.press("Escape");
    window.heading("Which store?").appears();
    assert_eq!(
        window.field("Address, API path or store hash").value(),
        shop.hash()
    );
    window.press("Enter");
    window.heading("What may Stockroom do?").appears();
    window.waits("the catalog editor is still chosen", || {
        !window.row("Orders").is_there() && window.row("Products").is_there()
    });
    window.press("Tab");
    window.press("ArrowRight");
    window.sees("Customers read-only");
    tab_to(&window, "I have the credentials");
    window.press("Enter");

    // The wrong thing is typed, and named.
    window.heading("Hand over the credentials").appears();
    tab_to(&window, "Access token");
    window.types(&"0123456789abcdef".repeat(4));
    window.press("Enter");
    window.sees("That is the client secret");
    reads_well(&window, "hand-mistake");
    window.waits("the cursor is in the field again", || {
        window.focus().1 == "Access token"
    });
    // Out of the field, and what lies on the clipboard instead.
    window.press("Shift+Tab");
    tab_to(&window, "Clear the clipboard");
    window.press("Control+v");

    window.heading("Check").appears();
    window.sees("Checked. Everything is in order.");
    window.sees("none of 4 is missing");
    assert!(!window.everything_held().contains(shop.token()));
    window.press("Escape");
    window.sees("is held in memory");
    reads_well(&window, "hand-held");
    window.press("Enter");
    window.heading("Check").appears();
    window.sees("Checked. Everything is in order.");
    window.press("Enter");

    window.heading("Name it").appears();
    window.press("Control+a");
    window.types("Northfold, Ghent");
    window.press("Enter");
    sees_all_orders(&window);
    window.thing_about("button", "Northfold, Ghent").appears();

    // The clipboard was cleared.
    assert!(!copied.is_held());
    window.press("Control+f");
    window.waits("the search has the focus", || {
        window.focus().1 == "Search orders"
    });
    window.types("x");
    window.press("Control+v");
    window.types("y");
    assert_eq!(window.field("Search orders").value(), "xy");
}

#[test]
fn the_boxes_to_tick_are_drawn_for_both_layouts_of_the_control_panel_in_light_and_in_dark() {
    let (scene, shop) = (Scene::usual(), shop());
    for theme in ["Adwaita", "Adwaita:dark"] {
        let app = scene.app_beside(&shop).with("GTK_THEME", theme);
        let window = app.open();
        window.button("Connect your store").appears();
        window.press("Enter");
        window.heading("Which store?").appears();
        window.types(shop.hash());
        window.sees(&format!("Store hash {}", shop.hash()));
        window.press("Enter");
        window.sees("Orders modify");
        let name = |what: &str| format!("scopes-{what}-{}", theme.replace(':', "-").to_lowercase());
        window.sees("Settings › API › Store-level API accounts › Create API account");
        window.picture(&name("new"));
        tab_to(&window, "Settings › API");
        window.press("ArrowRight");
        window.sees("Advanced Settings › API Accounts › Create API Account");
        window.picture(&name("old"));
        let dresses: &[_] = match theme {
            "Adwaita" => &[LIGHT, LIGHT_HIGH],
            _ => &[DARK],
        };
        let found = findings_in(&window, dresses, "scopes");
        assert_eq!(found, Vec::<String>::new());
        window.quit();
    }
}

#[test]
fn demand_07_the_token_is_where_the_window_says_and_nowhere_else() {
    let (scene, shop) = (Scene::usual(), shop());
    let app = scene.app_beside(&shop);
    let window = app.open();

    hand_over(&window, &shop);
    let held = window.everything_held();
    assert!(held.contains("Name it"));
    assert!(
        !held.contains(shop.token()),
        "the page holds the token after it was handed over"
    );
    window.sees("GNOME Keyring, Login");
    window.sees(&format!("As the token of store {}", shop.hash()));
    window.button("Save and start the first pull").click();
    sees_all_orders(&window);

    let kept = scene.desktop.kept_in_keyring(SERVICE);
    assert!(
        kept.contains(&format!("secret = {}", shop.token())),
        "{kept}"
    );
    assert!(!window.everything_held().contains(shop.token()));
    window.quit();
    // The home, what the web view has put down, what was said on any output: all of it.
    assert_eq!(
        files_with(scene.desktop.root(), shop.token()),
        Vec::<std::path::PathBuf>::new()
    );
}

#[test]
fn demand_02_a_wrong_token_is_named_and_the_right_one_works_without_starting_over() {
    let (scene, mut shop) = (Scene::usual(), shop());
    let app = scene.app_beside(&shop);
    let window = app.open();
    let wrong: String = shop.token().chars().rev().collect();

    window.button("Connect your store").click();
    window
        .field("Address, API path or store hash")
        .type_(shop.hash());
    window.sees(&format!("Store hash {}", shop.hash()));
    window.button("Continue").click();
    window.button("I have the credentials").click();
    window.field("Access token").type_(&wrong);
    window.button("Check it").click();

    window.sees("BigCommerce doesn’t know this token");
    window.sees("It was revoked, or a letter is missing; or ");
    window.sees(
        "Compare the hash and paste the token again. If that doesn’t help, create a new account.",
    );
    window.picture("wrong-token");
    assert_eq!(scene.desktop.kept_in_keyring(SERVICE), "");
    assert!(!window.everything_held().contains(&wrong));

    window.button("Paste the token again").click();
    assert_eq!(window.field("Store hash").value(), shop.hash());
    window.field("Access token").type_(shop.token());
    window.button("Check it").click();
    window.sees("Checked. Everything is in order.");
    window.button("Continue").click();
    // Nothing comes yet: the lists say so, each of its own.
    shop.misbehave(json!({
        "match": { "path": "/v2/orders", "query": "sort=id" }, "fault": { "kind": "never" },
    }));
    window.button("Save and start the first pull").click();
    for list in ["Orders", "Products", "Customers"] {
        go_to(&window, list);
        window.sees(&format!("{list} are on their way"));
        reads_well(&window, &format!("before-{list}").to_lowercase());
    }
    shop.behave();
    // Whoever waits for an answer need not wait until it is too late.
    shop.close();
    shop.open_again();
    go_to(&window, "Orders");
    sees_all_orders(&window);
    assert!(
        scene
            .desktop
            .kept_in_keyring(SERVICE)
            .contains(shop.token())
    );
}

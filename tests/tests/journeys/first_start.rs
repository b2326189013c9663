//! The first start of somebody who wants a look.

use std::path::Path;

use serde_json::json;
use stockroom_tests::{
    bridge::{Bridge, text},
    damage::{sample_format, set_sample_format},
    process::built,
    window::{App, Look as _},
};

use crate::{
    looking::reads_well,
    support::{Scene, go_to, sees_all_orders},
};

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

    go_to(&window, "Settings");
    window.button("Start over…").click();
    window
        .thing_about("alertdialog", "Put the sample store back")
        .appears();
    reads_well(&window, "sample-reset");
    window.press("Escape");

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

#[test]
fn who_asks_for_the_sample_store_is_not_asked_anything_and_what_is_done_there_stays() {
    let scene = Scene::usual();
    let app = scene.app().told("--sample");
    let window = app.open();
    sees_all_orders(&window);
    window
        .thing_about("button", "Northfold Supply")
        .sees("Sample");
    let first = window.grid("Orders").only("row").texts()[1].clone();
    window.quit();

    // A change behind the window's back: it goes the way of all changes.
    let mut bridge = Bridge::start(&scene.desktop, app.home(), None, &[]);
    let store = text(&bridge.get("app_state", json!({}))["current"]);
    let orders = bridge.orders(&store);
    let order = orders
        .iter()
        .find(|order| first.starts_with(&text(&order["id"])))
        .expect("the first line is an order of the list");
    let number = text(&order["id"]).parse().unwrap();
    let wished = json!({ "staffNotes": "Leave it at the shed" });
    let entry = bridge.change(&store, number, &wished);
    bridge.wait_for_entry(&store, &entry, &["done"]);
    bridge.stop();
    drop(bridge);

    // Asked for once more, it is the same store, not a second one, and as it was left.
    let window = app.open();
    sees_all_orders(&window);
    window.quit();
    let bridge = Bridge::start(&scene.desktop, app.home(), None, &[]);
    let state = bridge.get("app_state", json!({}));
    assert_eq!(state["stores"].as_array().unwrap().len(), 1, "{state:#}");
    bridge.wait_for_rest(&store);
    bridge.tell(
        "refresh_order",
        json!({ "store": store, "order": order["id"] }),
    );
    assert_eq!(
        bridge.order(&store, number)["staffNotes"],
        wished["staffNotes"]
    );
}

#[test]
fn who_looked_around_with_an_earlier_version_is_told_so_and_starts_over() {
    let scene = Scene::usual();
    let app = scene.app().told("--sample");
    let window = app.open();
    sees_all_orders(&window);
    window.quit();
    let file = app.home().join("stores/sample/sample-store.jsonl");
    let format = sample_format(&file);
    set_sample_format(&file, format - 1);

    let window = app.open();
    window.sees("The sample store here is of an earlier version");
    window.picture("sample-outdated");
    reads_well(&window, "sample-outdated");
    window.button("Start over…").click();
    let question = window.thing_about("alertdialog", "Put the sample store back");
    question.button("Start over").click();

    window.sees_no_more("The sample store here is of an earlier version");
    sees_all_orders(&window);
    assert_eq!(sample_format(&file), format);
}

#[test]
fn who_starts_it_again_gets_the_window_that_is_open_and_the_sample_store_if_asked_for() {
    let scene = Scene::usual();
    // Only a program that was told no folder is one of its kind.
    let home = scene.desktop.environment();
    let home = home.iter().find(|(name, _)| name == "XDG_DATA_HOME");
    let home = Path::new(&home.expect("a desktop has one").1).join("stockroom");
    let window = App::installed(&scene.desktop, &home).open();
    window.sees("Welcome. Where do you want to start?");
    assert!(
        home.join("desk.sqlite").exists(),
        "that is where it keeps things"
    );
    let again = |words: &[&str]| {
        let mut command = scene.desktop.command(built("stockroom"));
        command.args(words);
        let mut second = scene.desktop.run("second", &mut command, b"");
        assert!(second.wait_for_end().success(), "{}", second.stderr());
    };

    again(&[]);
    window.sees("Welcome. Where do you want to start?");

    again(&["--sample"]);
    sees_all_orders(&window);
    window
        .thing_about("button", "Northfold Supply")
        .sees("Sample");

    // What is open already is shown again, not opened anew.
    window.link("Products").click();
    window.grid("Products").appears();
    again(&["--sample"]);
    window
        .thing_about("button", "Northfold Supply")
        .sees("Sample");
}

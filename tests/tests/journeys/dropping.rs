//! A credentials file that is dropped on the window, as out of a file manager.

use std::fs;

use serde_json::json;
use stockroom_tests::{dragged::Dragged, window::Look as _};

use crate::{
    handing_over::credentials,
    looking::reads_well,
    support::{Scene, shop},
};

/// Counts how often the page says that a file can be let go.
const WATCH: &str = "
    window.timesOver = 0;
    let before = false;
    const look = () => {
        const now = document.body.innerText.includes('Let go to hand it over');
        if (now && !before) window.timesOver += 1;
        before = now;
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
    return true;";

#[test]
fn a_file_that_is_dropped_is_checked_and_a_link_is_taken_for_no_file() {
    let (scene, shop) = (Scene::usual(), shop());
    let file = scene
        .desktop
        .root()
        .join("home/BigCommerceAPI-credentials-1.txt");
    fs::write(&file, credentials(&shop)).expect("the folder is ours");
    let app = scene.app_beside(&shop);
    let window = app.open();
    window.button("Connect your store").click();
    window
        .field("Address, API path or store hash")
        .type_(shop.hash());
    window.sees(&format!("Store hash {}", shop.hash()));
    window.button("Continue").click();
    window.button("I have the credentials").click();
    window.sees("Drop BigCommerceAPI-credentials-….txt here");
    assert_eq!(window.script(WATCH, &[]), json!(true));
    let display = scene.desktop.display().expect("a screen");
    let middle = (720, 450);

    Dragged::link(display, "https://example.com/", middle).leave();
    // What is told of it comes before what is told of the next.
    let dragged = Dragged::file(display, &file, middle);
    window.sees("Let go to hand it over");
    window.picture("dropping-over");
    assert_eq!(window.script("return window.timesOver", &[]), json!(1));
    reads_well(&window, "dropping-over");
    dragged.leave();
    window.sees("Drop BigCommerceAPI-credentials-….txt here");

    Dragged::file(display, &file, middle).let_go();
    window.heading("Check").appears();
    window.sees("Checked. Everything is in order.");
    assert!(!window.everything_held().contains(shop.token()));
    assert!(file.exists(), "it goes nowhere before it is saved");
    window.picture("dropping-checked");
}

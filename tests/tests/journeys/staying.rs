//! What is there again after Stockroom was closed.

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::Bridge,
    window::{Look as _, Window},
};

use crate::support::{
    Connected, Scene, an_order, connect, go_to, open_order, reaches_the_disk, shop, tab_to,
};

#[test]
fn what_was_pulled_is_there_at_the_next_start_whatever_the_store_does() {
    let (scene, mut shop) = (Scene::usual(), shop());
    let app = scene.app_beside(&shop);
    let window = app.open();
    connect(&window, &shop);
    let tab = window.thing_about("button", "Awaiting Payment");
    tab.click();
    let rows = |window: &Window<'_>| {
        let rows = window.grid("Orders").only("row").texts();
        rows.into_iter().skip(1).collect::<Vec<_>>()
    };
    window.waits("only that status is listed", || {
        let rows = rows(&window);
        !rows.is_empty() && rows.iter().all(|row| row.contains("Awaiting Payment"))
    });
    let before = rows(&window);
    window.waits("the tab is chosen", || {
        window
            .thing_about("button", "Awaiting Payment")
            .attribute("aria-pressed")
            .as_deref()
            == Some("true")
    });
    // Which tab was chosen is part of the place that is remembered.
    reaches_the_disk(app.home(), "/orders?status=7");
    window.quit();
    // Nothing of it can come from the store any more.
    shop.close();

    let window = app.open();
    window.grid("Orders").row("Awaiting Payment").appears();
    window.waits("the rows are those of before", || rows(&window) == before);
    assert_eq!(window.title(), "Stockroom");
    let tab = window.thing_about("button", "Awaiting Payment");
    assert_eq!(tab.attribute("aria-pressed").as_deref(), Some("true"));
    window.sees("Offline");
    window.sees("Nobody answers at 127.0.0.1");
    window.picture("next-start-offline");

    // And once it is back, asking again is two presses away.
    shop.open_again();
    window.thing_about("button", "Offline").click();
    let details = window.thing("dialog", "How the store is doing");
    details.sees("On this computer");
    window.picture("next-start-offline-details");
    details.button("Refresh now").click();
    window.press("Escape");
    details.goes();
    window.thing_about("button", "Up to date").appears();
    window.sees_no_more("Nobody answers");
}

/// Places in a session where something else than Stockroom keeps its own, and what that is.
const OF_THE_SYSTEM: &[(&str, &str)] = &[
    (
        "bus",
        "the session's bus: its settings, and where it listens",
    ),
    ("data/keyrings/", "the keyring, with the token"),
    ("run/keyring/", "where the keyring listens"),
    ("cache/fontconfig/", "which fonts there are"),
    (
        "cache/mesa_shader_cache",
        "what the graphics driver has compiled",
    ),
];

#[test]
fn everything_that_is_kept_lies_in_the_folder_that_was_named() {
    let connected = Connected::usual();
    let app = connected.app();
    let window = app.open();
    go_to(&window, "Products");
    window.grid("Products").only("row").appears();
    window.quit();
    let root = connected.scene.desktop.root();
    let ours = [app.home().to_owned(), connected.scene.desktop.output()];
    let mut elsewhere = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)
            .expect("it can be read")
            .flatten()
        {
            let path = entry.path();
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                if !ours.contains(&path) {
                    folders.push(path);
                }
                continue;
            }
            let below = path.strip_prefix(root).expect("it is below");
            let below = below.to_string_lossy().into_owned();
            let is_known = |(place, _): &(&str, &str)| below.starts_with(place);
            if !OF_THE_SYSTEM.iter().any(is_known) {
                elsewhere.push(below);
            }
        }
    }
    assert_eq!(elsewhere, Vec::<String>::new());
    assert!(app.home().join("desk.sqlite").is_file());
}

#[test]
fn the_window_opens_where_it_was_also_after_a_crash_and_in_sight_where_its_screen_is_gone() {
    let scene = Scene::usual();
    let app = scene.app();
    let window = app.open();
    window.sees("Welcome.");
    window.resize(1100, 720);
    window.move_to(90, 60);
    reaches_the_disk(app.home(), "\"width\":1100,\"x\":90,");
    window.crash();

    let window = app.open();
    window.sees("Welcome.");
    window.waits("the window is where it was, and as large", || {
        (window.size(), window.corner()) == ((1100, 720), (90, 60))
    });
    window.move_to(200, 100);
    window.quit();

    // It was on a second screen, at the right of this one.
    let mut bridge = Bridge::start(&scene.desktop, app.home(), None, &[]);
    let kept = bridge.get("layout", json!({ "store": null, "name": "window" }));
    let mut place: Value =
        serde_json::from_str(kept["value"].as_str().expect("it is kept")).expect("it is JSON");
    assert_eq!((&place["x"], &place["y"]), (&json!(200), &json!(100)));
    place["x"] = json!(1440 + 300);
    bridge.tell(
        "set_layout",
        json!({ "store": null, "name": "window", "value": place.to_string() }),
    );
    bridge.stop();
    drop(bridge);
    let window = app.open();
    window.sees("Welcome.");
    window.waits("all of the window can be seen, as large as it was", || {
        let (x, y) = window.corner();
        window.size() == (1100, 720) && (0..=340).contains(&x) && (0..=180).contains(&y)
    });
}

#[test]
fn a_maximized_window_is_maximized_again_and_knows_the_size_to_go_back_to() {
    let scene = Scene::usual();
    let app = scene.app();
    let window = app.open();
    window.sees("Welcome.");
    window.resize(1100, 720);
    reaches_the_disk(app.home(), "\"width\":1100,");
    window.maximize();
    reaches_the_disk(app.home(), "\"maximized\":true");
    window.quit();

    let window = app.open();
    window.sees("Welcome.");
    window.waits("the window is maximized", || window.is_maximized());
    window.quit();
    let mut bridge = Bridge::start(&scene.desktop, app.home(), None, &[]);
    let kept = bridge.get("layout", json!({ "store": null, "name": "window" }));
    bridge.stop();
    let place: Value =
        serde_json::from_str(kept["value"].as_str().expect("it is kept")).expect("it is JSON");
    assert_eq!(
        (&place["maximized"], &place["width"], &place["height"]),
        (&json!(true), &json!(1100), &json!(720))
    );
}

#[test]
fn a_panel_that_was_made_wider_by_keys_is_as_wide_at_the_next_start() {
    let connected = Connected::usual();
    let app = connected.app();
    let window = app.open();
    let order = an_order(&window, "Awaiting Payment");
    open_order(&window, order);
    // What the edge says, and what is drawn.
    let width = |window: &Window<'_>| {
        let script = "
            const edge = document.querySelector('[role=separator]');
            const panel = [...document.querySelectorAll('aside')].at(-1);
            const { width } = panel.getBoundingClientRect();
            return [edge.getAttribute('aria-valuenow'), String(Math.round(width))]";
        let told = window.script(script, &[]);
        let number = |at: usize| told[at].as_str().and_then(|text| text.parse::<i64>().ok());
        (number(0).unwrap_or_default(), number(1).unwrap_or_default())
    };
    let before = width(&window);
    tab_to(&window, "Width of the panel");
    for _ in 0..4 {
        window.press("ArrowLeft");
    }
    let wider = (before.0 + 64, before.1 + 64);
    window.waits("the panel is wider, and its edge says so", || {
        width(&window) == wider
    });
    window.picture("panel-wider");
    window.quit();

    let window = app.open();
    let order = an_order(&window, "Awaiting Payment");
    open_order(&window, order);
    window.waits("the panel is as wide as it was", || width(&window) == wider);
}

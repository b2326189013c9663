//! The window's page in an ordinary browser, over the bridge.

use std::{fs, os::unix::fs::PermissionsExt as _};

use serde_json::json;
use stockroom_tests::{
    bridge::{Bridge, text},
    http,
    process::built,
    wait,
    window::{Look as _, Window},
};

use crate::support::{Connected, Scene, go_to, sees_pictures};

#[test]
fn the_bridge_hands_out_the_page_with_all_that_it_names() {
    let scene = Scene::usual();
    let bridge = Bridge::start(&scene.desktop, &scene.desktop.stockroom_home(), None, &[]);
    let page = bridge.page();
    let (origin, key) = page.split_once("/#key=").expect("the key is behind it");
    let get = |path: &str| http::send("GET", origin, path, &[], None).expect("it answers");
    let index = get("/");
    assert_eq!(index.status, 200);
    assert!(!index.body.contains(key), "the key is in no page");

    let named: Vec<&str> = index
        .body
        .split(['"', '\''])
        .filter(|part| part.ends_with(".js") || part.ends_with(".css"))
        .collect();
    assert!(named.iter().any(|path| path.ends_with(".js")), "{index:?}");
    for path in named {
        let path = path.trim_start_matches('.');
        let part = get(path);
        assert_eq!(part.status, 200, "{path}");
        assert!(!part.body.is_empty(), "{path}");
    }
    assert_eq!(get("/no-such-script.js").status, 404);
}

#[test]
fn the_page_shows_the_orders_in_an_ordinary_browser() {
    let connected = Connected::usual();
    let desktop = &connected.scene.desktop;
    let origin = Some(connected.shop.origin());
    let bridge = Bridge::start(desktop, &desktop.stockroom_home(), origin, &[]);
    let store = text(&bridge.get("app_state", json!({}))["current"]);
    bridge.wait_for_rest(&store);

    let window = Window::of_a_browser(desktop, &bridge.page());
    go_to(&window, "Orders");
    let orders = bridge.orders(&store);
    // One that was not finished is in no list unless somebody wants to see such.
    let newest = orders.iter().rfind(|order| order["statusId"] != 0);
    let newest = text(&newest.expect("the shop has orders")["id"]);
    window.grid("Orders").row(&newest).appears();
    window.picture("browser-orders");
    let address = window.script("return location.href", &[]);
    assert!(!text(&address).contains("key="), "{address}");

    // What happens at the store is told over the bridge.
    let new = connected.shop.new_orders(1)[0].to_string();
    bridge.tell("refresh", json!({ "store": store }));
    window.grid("Orders").row(&new).appears();
    // And the tab still has the key once it is loaded again.
    window.script("location.reload()", &[]);
    window.grid("Orders").row(&new).appears();

    // Pictures are asked for with the cookie that the answers before them brought.
    go_to(&window, "Products");
    sees_pictures(&window, "[role=grid]");
}

#[test]
fn whoever_starts_the_bridge_at_a_terminal_reads_a_sentence_and_gets_the_page_opened() {
    let scene = Scene::usual();
    let desktop = &scene.desktop;
    // Stands where the desktop's own does, and writes down what it is asked to open.
    let (folder, opened) = (desktop.root().join("tools"), desktop.root().join("opened"));
    fs::create_dir(&folder).expect("the desktop is ours");
    let opener = folder.join("xdg-open");
    let program = format!(
        "#!/bin/sh\nprintf '%s' \"$1\" > '{0}.part'\nmv '{0}.part' '{0}'\n",
        opened.display()
    );
    fs::write(&opener, program).expect("the desktop is ours");
    fs::set_permissions(&opener, fs::Permissions::from_mode(0o700)).expect("it is ours");
    let path = std::env::var("PATH").unwrap_or_default();
    let words = built("stockroom-bridge").display().to_string();

    // `script` gives it a terminal.
    let mut command = desktop.command("script");
    command.args(["-qefc", &words, "/dev/null"]);
    command.env("STOCKROOM_HOME", desktop.stockroom_home());
    command.env("PATH", format!("{}:{path}", folder.display()));
    let mut bridge = desktop.run("terminal", &mut command, b"");
    let line = bridge.line(|line| line.contains("http://127.0.0.1:"));
    let line = line.expect("it says where it is");
    assert!(
        line.starts_with("Stockroom opens in your browser."),
        "{line}"
    );
    let told = line.split_whitespace().last().expect("an address");
    let asked = wait::until("the page to be opened", || fs::read_to_string(&opened).ok());
    assert_eq!(asked, told);
    assert!(told.contains("/#key="), "{told}");
    bridge.stop();
}

//! Taking a store off this computer.

use std::fs;

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    window::{Look as _, Window},
};

use crate::{
    keyboard::tab_to,
    looking::reads_well,
    support::{COMMANDS, Connected, SERVICE},
};

/// Leaves a change that can't be sent and a draft in the store, whose API is away.
fn leave_something(connected: &Connected) {
    let desktop = &connected.scene.desktop;
    let home = desktop.stockroom_home();
    let mut bridge = Bridge::start(desktop, &home, Some(connected.shop.origin()), &[]);
    let store = text(&bridge.get("app_state", json!({}))["current"]);
    let rows = bridge.orders(&store);
    let order = text(&rows[0]["id"]).parse().expect("numbers are digits");
    let _ = bridge.change(&store, order, &json!({ "staffNotes": "Never sent" }));
    let draft = json!({ "store": store, "order": rows[1]["id"], "text": "Half a sentence" });
    bridge.tell("draft_notes", draft);
    bridge.wait_for(&store, "the change to wait", |state| {
        state["changesWaiting"] == 1
    });
    bridge.stop();
}

/// Each thing that goes, as the question names it.
fn goes(window: &Window<'_>) -> Vec<String> {
    let script = "return [...document.querySelectorAll('[role=alertdialog] li')]
        .map((line) => line.innerText.replace(/\\s+/g, ' ').trim())";
    let lines = window.script(script, &[]);
    let lines = lines.as_array().into_iter().flatten();
    lines.filter_map(Value::as_str).map(str::to_owned).collect()
}

#[test]
fn a_store_is_removed_by_keys_alone_after_all_that_goes_was_named() {
    let mut connected = Connected::usual();
    connected.shop.close();
    leave_something(&connected);
    let desktop = &connected.scene.desktop;
    let app = connected.app();
    let window = app.open();
    window.grid("Orders").only("row").appears();
    window.thing_about("button", "Store: Northfold").appears();
    assert_eq!(desktop.names_in_keyring(SERVICE).len(), 1);

    window.press("Control+k");
    window.waits("the field of commands has the focus", || {
        window.focus().1 == COMMANDS
    });
    window.types("remove this store");
    window.thing_about("option", "Remove this store…").appears();
    window.press("Enter");
    let question = "Remove Northfold from this computer?";
    let dialog = window.thing("alertdialog", question);
    dialog.sees("1 change has not been sent yet, and never will be");
    dialog.sees("The journal of everything changed from here: 1 change (a table of it stays)");
    let said = dialog.text();
    let place = |words: &str| {
        said.find(words)
            .unwrap_or_else(|| panic!("{words}: {said}"))
    };
    assert!(place("has not been sent yet") < place("This goes, and can’t be brought back"));
    // What goes, and behind it how large that is.
    let goes = goes(&window);
    let wanted: [(&str, &[&str]); 5] = [
        ("The keychain entry “Stockroom, store northfold”", &["”"]),
        ("The copy of the store: ", &["kB", "MB"]),
        ("Pictures of its products", &[" 0 bytes"]),
        (
            "The journal of everything changed from here: 1 change ",
            &["kB", "MB"],
        ),
        (
            "Columns and filters kept for it, and 1 draft that was not applied ",
            &["bytes", "kB"],
        ),
    ];
    for (what, sizes) in wanted {
        let line = goes.iter().find(|line| line.starts_with(what));
        let is_told = line.is_some_and(|line| sizes.iter().any(|size| line.ends_with(size)));
        assert!(is_told, "{what}: {goes:#?}");
    }
    dialog.button("Export the journal…").appears();
    window.picture("removing-a-store");
    reads_well(&window, "removing");

    tab_to(&window, "button", "Remove Northfold");
    window.press("Enter");
    window.button("Connect your store").appears();
    assert!(!window.thing_about("button", "Store: Northfold").is_there());
    assert_eq!(desktop.names_in_keyring(SERVICE), Vec::<String>::new());
    let kept = desktop.kept_in_keyring(SERVICE);
    assert!(!kept.contains(connected.shop.token()), "{kept}");
    let stores = app.home().join("stores");
    window.waits("its files are gone", || {
        fs::read_dir(&stores).is_ok_and(|left| left.count() == 0)
    });
    // Nobody had to ask for that.
    let mut archive = fs::read_dir(app.home().join("archive")).expect("a table stays");
    let table = archive.next().expect("a table").expect("a readable folder");
    let table = fs::read_to_string(table.path()).expect("a text");
    assert!(table.contains("Never sent"), "{table}");
    window.quit();
    let window = app.open();
    window.button("Connect your store").appears();
}

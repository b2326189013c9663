//! Days on which Stockroom's own files are not what they should be: what a person reads then.

use std::{
    fs,
    path::{Path, PathBuf},
};

use stockroom_tests::{
    bridge::Bridge,
    damage::{read, set_version, spoil, tamper, version},
    desktop::KeychainKind,
    sandbox::{Sandbox, SandboxOptions},
    small_disk::SmallDisk,
    window::{App, Look as _, Window},
};

use crate::{
    looking::reads_well,
    support::{SERVICE, Scene, an_order, connect, open_order, sees_all_orders, shop},
};

/// A picture of the only thing that can be read, which somebody who can't see has to hear as well.
fn is_told(window: &Window<'_>, name: &str) {
    window.picture(name);
    reads_well(window, name);
}

fn only_store(home: &Path) -> PathBuf {
    let mut stores = fs::read_dir(home.join("stores")).expect("a store was connected");
    let store = stores.next().expect("there is one");
    store.expect("it can be read").path()
}

#[test]
fn a_damaged_journal_a_damaged_desk_and_newer_files_are_named_with_what_to_do() {
    let (scene, shop) = (Scene::usual(), shop());
    let app = scene.app_beside(&shop);
    let window = app.open();
    connect(&window, &shop);
    window.quit();
    let journal = only_store(app.home()).join("journal.sqlite");
    let sound = read(&journal);
    spoil(&journal);

    let window = app.open();
    window.sees("The journal can’t be read");
    window.sees("Restore it from a backup, then open Stockroom again.");
    is_told(&window, "damaged-journal");
    window.quit();
    fs::write(&journal, sound).expect("it is ours");

    let own = version(&journal);
    set_version(&journal, own + 1);
    let window = app.open();
    window.sees("A newer Stockroom has been here");
    window.sees("Open the newer one.");
    is_told(&window, "newer-journal");
    window.quit();
    set_version(&journal, own);

    let desk = app.home().join("desk.sqlite");
    let own = version(&desk);
    set_version(&desk, own + 1);
    let window = app.open();
    window.sees("A newer Stockroom has been here");
    is_told(&window, "newer-desk");
    window.quit();
    set_version(&desk, own);

    // What was in its log is in there by now.
    let sound = read(&desk);
    spoil(&desk);
    let window = app.open();
    window.sees("Your own settings can’t be read");
    window.sees("desk.sqlite in Stockroom’s folder");
    is_told(&window, "damaged-desk");
    let welcome = window.button("Connect your store");
    assert!(!welcome.is_there(), "it doesn't pass for a first start");
    fs::write(&desk, sound).expect("it is ours");
    window.button("Try again").click();
    window.grid("Orders").row("Awaiting Fulfillment").appears();
    window.quit();
    let kept = scene.desktop.kept_in_keyring(SERVICE);
    assert!(kept.contains(shop.token()), "the token is where it was");
}

#[test]
fn a_copy_found_damaged_is_read_as_far_as_it_goes_and_pulled_again_before_ones_eyes() {
    let scene = Scene::usual();
    // Enough orders, slowly enough, for the pull to be seen.
    let mut shop = Sandbox::start(SandboxOptions {
        orders: 600,
        latency_ms: 400,
        ..SandboxOptions::default()
    });
    let app = scene.app_beside(&shop);
    let window = app.open();
    connect(&window, &shop);
    window.quit();
    tamper(
        &only_store(app.home()).join("mirror.sqlite"),
        "UPDATE orders SET body = '?' WHERE id = (SELECT min(id) FROM orders WHERE status_id = 2)",
    );
    shop.close();

    // Nothing can take its place yet: what is sound of it is shown, and what isn't ticks nothing.
    let window = app.open();
    window.grid("Orders").row("Awaiting Payment").appears();
    window.tick_box("Select all").click();
    window.sees("The selection is as it was: not all rows could be read");
    window.picture("not-ticked");
    reads_well(&window, "not-ticked");
    window.resize(820, 600);
    window.picture("not-ticked-small");
    window.resize(1440, 900);

    shop.open_again();
    // Nobody does anything now.
    window.sees("The copy of this store was damaged. It is being pulled again");
    window.picture("copy-pulled-again");
    reads_well(&window, "copy-pulled-again");
    sees_all_orders(&window);
    window.sees_no_more("was damaged");
    window.button("Try again").click();
    window.sees("589 of 589 orders");
}

#[test]
fn a_second_stockroom_on_the_same_folder_says_who_has_it() {
    let (scene, shop) = (Scene::usual(), shop());
    let app = scene.app_beside(&shop);
    let first = Bridge::start(&scene.desktop, app.home(), Some(shop.origin()), &[]);
    let window = app.open();
    window.sees("Stockroom is already open");
    window.sees(&format!("process {}", first.id()));
    window.sees("Close it, then try again.");
    is_told(&window, "already-open");

    drop(first);
    window.button("Try again").click();
    window.sees("Welcome.");
}

#[test]
fn a_full_disk_is_named_at_the_start_and_at_a_change_and_nothing_is_lost() {
    let scene = Scene::with(KeychainKind::NoBus);
    let home = scene.desktop.stockroom_home();
    let Some(disk) = SmallDisk::mount(&scene.desktop, &home, 96) else {
        return;
    };
    let app = scene.app().through(disk.through());
    disk.fill();
    let window = app.open();
    window.sees("The disk is full");
    window.sees("Make some room, then try again.");
    window.picture("disk-full-start");
    reads_well(&window, "disk-full-start");
    disk.make_room();
    window.button("Try again").click();
    window.sees("Welcome.");

    window.button("Open the sample store").click();
    sees_all_orders(&window);
    let order = an_order(&window, "Awaiting Payment");
    let panel = open_order(&window, order);
    panel.button("Change status…").click();
    window.choice("Awaiting Fulfillment").click();
    let sheet = window.sheet(&format!("Change status of order {order}"));
    disk.fill();
    sheet.button("Change to Awaiting Fulfillment").click();
    sheet.sees("The disk is full");
    sheet.sees("Nothing is lost.");
    window.picture("disk-full-change");
    reads_well(&window, "disk-full-change");
    disk.make_room();
    sheet.button("Change to Awaiting Fulfillment").click();
    sheet.goes();
    window.thing("status", "Last change").sees("Done");
}

#[test]
fn a_folder_that_cannot_be_used_is_named_in_light_and_in_dark_and_used_once_it_can_be() {
    let scene = Scene::usual();
    // Something else has its name.
    let home = scene.desktop.root().join("taken");
    for theme in ["Adwaita", "Adwaita:dark"] {
        fs::write(&home, "a poem").expect("the folder is ours");
        let app = App::new(&scene.desktop, &home).with("GTK_THEME", theme);
        let window = app.open();
        window.sees("Stockroom’s folder can’t be used");
        window.sees("Move that away or give it another name, then try again.");
        let name = theme.replace(':', "-").to_lowercase();
        is_told(&window, &format!("home-unusable-{name}"));
        fs::remove_file(&home).expect("it is ours");
        window.button("Try again").click();
        window.sees("Welcome.");
        window.quit();
        fs::remove_dir_all(&home).expect("it is ours");
    }
}

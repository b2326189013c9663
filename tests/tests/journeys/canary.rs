//! A token that was not typed is never in the processes that draw the page: not in their memory, not
//! in their environment. And whichever way it came, it is in no file.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use stockroom_tests::{
    copied::Copied,
    desktop::files_with,
    dragged::Dragged,
    memory,
    sandbox::Sandbox,
    window::{Look as _, Window},
};

use crate::{
    looking::reads_well,
    support::{Connected, SERVICE, Scene, choose_file, press_on, sees_all_orders, shop, tab_to},
};

const DOWNLOADED: &str = "BigCommerceAPI-credentials-1.txt";

/// The pop-up as somebody marks it with the mouse.
fn pop_up(shop: &Sandbox) -> String {
    format!(
        "BigCommerce API credentials\nAPI path\nhttps://api.bigcommerce.com/stores/{}/v3/\n\
         Client ID\nc11ent1dc11ent1dc11ent1dc11ent1\nClient secret\n{}\nAccess token\n{}\nDone",
        shop.hash(),
        "0123456789abcdef".repeat(4),
        shop.token()
    )
}

/// Looks through all of the page's processes. Says so where the system does not let us look.
fn is_not_in_the_page(window: &Window<'_>, token: &str) {
    let processes = window.processes_of_the_page();
    assert!(!processes.is_empty(), "the page has processes of its own");
    for process in processes {
        let name = fs::read_to_string(format!("/proc/{process}/comm")).unwrap_or_default();
        // Not even that there was one.
        let environment = fs::read(format!("/proc/{process}/environ")).unwrap_or_default();
        let is_told = String::from_utf8_lossy(&environment).contains("BIGCOMMERCE_");
        assert!(!is_told, "{} has a variable of ours", name.trim());
        match memory::holds(process, token) {
            Ok(places) => assert_eq!(places, Vec::<String>::new(), "in {}", name.trim()),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                testkit::not_tried("a page's memory, for nobody may look into another's");
            }
            // It has ended meanwhile, with all its memory.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => panic!("{}: {error}", name.trim()),
        }
    }
}

/// What BigCommerce's pop-up downloads, where the person finds it.
fn downloaded(scene: &Scene, shop: &Sandbox) -> PathBuf {
    let file = scene.desktop.root().join("home").join(DOWNLOADED);
    let credentials = format!(
        "ACCESS TOKEN: {}\nCLIENT NAME: Packing desk\nCLIENT ID: c11ent1dc11ent1dc11ent1dc11ent1\n\
         CLIENT SECRET: {}\nNAME: Packing desk\n\
         API PATH: https://api.bigcommerce.com/stores/{}/v3/\n",
        shop.token(),
        "0123456789abcdef".repeat(4),
        shop.hash()
    );
    fs::write(&file, credentials).expect("the folder is ours");
    file
}

/// From a check of the downloaded file to its place in the trash.
fn saves_and_puts_away(scene: &Scene, window: Window<'_>, shop: &Sandbox, file: &Path) {
    is_not_in_the_page(&window, shop.token());
    press_on(&window, "Continue");
    window
        .tick_box("Move BigCommerceAPI-credentials-1.txt to the trash")
        .appears();
    window.picture("name-file");
    press_on(&window, "Save and start the first pull");
    window.sees("BigCommerceAPI-credentials-1.txt is in the trash.");
    sees_all_orders(&window);
    assert!(!file.exists(), "it is in the trash");
    let trash = scene.desktop.root().join("data/Trash/files");
    ends_well(scene, window, shop, &[trash.join(DOWNLOADED)]);
}

/// From the welcome to a check of what the file holds.
fn hands_over(scene: &Scene, window: &Window<'_>, file: &Path) {
    press_on(window, "Connect your store");
    press_on(window, "I don’t know it, skip");
    press_on(window, "I have the credentials");
    press_on(window, "Choose the file…");
    choose_file(scene, window, file);
    window.sees("Checked. Everything is in order.");
}

/// On to the rows, and on the way the token is in the keychain and nowhere else.
fn ends_well(scene: &Scene, window: Window<'_>, shop: &Sandbox, elsewhere: &[PathBuf]) {
    sees_all_orders(&window);
    is_not_in_the_page(&window, shop.token());
    assert!(!window.everything_held().contains(shop.token()));
    let kept = scene.desktop.kept_in_keyring(SERVICE);
    assert!(kept.contains(shop.token()), "{kept}");
    window.quit();
    assert_eq!(files_with(scene.desktop.root(), shop.token()), elsewhere);
}

#[test]
fn a_fresh_start_comes_from_the_pop_up_to_a_verified_store_in_three_actions() {
    let (scene, shop) = (Scene::usual(), shop());
    let copied = Copied::on(scene.desktop.display().expect("a screen"), &pop_up(&shop));
    let app = scene.app_beside(&shop);
    let window = app.open();
    window.button("Connect your store").appears();

    let mut actions = 0;
    let mut act = |deed: &dyn Fn()| {
        deed();
        actions += 1;
    };
    act(&|| window.press("Control+v"));
    window.heading("Check").appears();
    window.sees("Checked. Everything is in order.");
    window.sees("Northfold Supply");
    is_not_in_the_page(&window, shop.token());
    act(&|| window.press("Enter"));
    window.heading("Name it").appears();
    assert!(
        copied.is_held(),
        "the clipboard is left alone until it is saved"
    );
    // What will be put away is said before it is.
    window.tick_box("Clear the clipboard").appears();
    window.picture("name-afterwards");
    act(&|| window.press("Enter"));

    assert_eq!(actions, 3);
    window.sees("The clipboard is cleared.");
    window.picture("put-away");
    sees_all_orders(&window);
    assert!(!copied.is_held(), "then it is cleared");
    ends_well(&scene, window, &shop, &[]);
}

#[test]
fn a_token_from_the_environment_is_not_handed_to_the_page() {
    let (scene, shop) = (Scene::usual(), shop());
    let app = scene
        .app_beside(&shop)
        .with("BIGCOMMERCE_STORE_HASH", shop.hash())
        .with("BIGCOMMERCE_ACCESS_TOKEN", shop.token());
    let window = app.open();
    window.sees("names a store");
    window.picture("environment");
    is_not_in_the_page(&window, shop.token());
    press_on(&window, "Use it");
    window.sees("Checked. Everything is in order.");
    press_on(&window, "Continue");
    press_on(&window, "Save and start the first pull");
    ends_well(&scene, window, &shop, &[]);
}

#[test]
fn a_token_from_a_chosen_file_is_not_handed_to_the_page_and_the_file_goes_to_the_trash() {
    let (scene, shop) = (Scene::usual(), shop());
    let file = downloaded(&scene, &shop);
    let app = scene.app_beside(&shop);
    let window = app.open();
    hands_over(&scene, &window, &file);
    saves_and_puts_away(&scene, window, &shop, &file);
}

#[test]
fn a_token_from_a_dropped_file_is_not_handed_to_the_page_and_the_file_goes_to_the_trash() {
    let (scene, shop) = (Scene::usual(), shop());
    let file = downloaded(&scene, &shop);
    let app = scene.app_beside(&shop);
    let window = app.open();
    press_on(&window, "Connect your store");
    window.heading("Which store?").appears();
    let display = scene.desktop.display().expect("a screen");
    Dragged::file(display, &file, (700, 500)).let_go();
    window.heading("Check").appears();
    window.sees("Checked. Everything is in order.");
    saves_and_puts_away(&scene, window, &shop, &file);
}

#[test]
fn a_file_that_is_the_person_s_own_stays_where_it_is() {
    let (scene, shop) = (Scene::usual(), shop());
    let file = scene.desktop.root().join("home/shop.env");
    let settings = format!(
        "BIGCOMMERCE_STORE_HASH={}\nBIGCOMMERCE_ACCESS_TOKEN={}\nPORT=3000\n",
        shop.hash(),
        shop.token()
    );
    fs::write(&file, settings).expect("the folder is ours");
    let app = scene.app_beside(&shop);
    let window = app.open();
    hands_over(&scene, &window, &file);
    press_on(&window, "Continue");
    window.tick_box("Move shop.env to the trash").appears();
    press_on(&window, "Save and start the first pull");
    ends_well(&scene, window, &shop, &[file]);
}

#[test]
fn the_search_through_memory_finds_what_was_typed() {
    // Or the tests above would prove nothing.
    let (scene, shop) = (Scene::usual(), shop());
    let window = scene.app_beside(&shop).open();
    press_on(&window, "Connect your store");
    let field = window.field("Address, API path or store hash");
    field.type_("yellow-bird-in-a-mine");
    let looks: Vec<_> = window
        .processes_of_the_page()
        .into_iter()
        .map(|process| memory::holds(process, "yellow-bird-in-a-mine"))
        .collect();
    let may_not = |look: &io::Result<_>| matches!(look, Err(error) if error.kind() == io::ErrorKind::PermissionDenied);
    let is_closed = looks.iter().any(may_not);
    let mut found = looks.into_iter().flatten();
    let is_found = found.any(|places| !places.is_empty());
    if is_closed && !is_found {
        testkit::not_tried("to find what was typed, for nobody may look into another's memory");
        return;
    }
    assert!(is_found);
}

#[test]
fn what_the_environment_names_is_offered_beside_other_stores_and_used_only_when_asked() {
    let connected = Connected::usual();
    let window = connected
        .app()
        .with("BIGCOMMERCE_STORE_HASH", "0therst0re")
        .with("BIGCOMMERCE_ACCESS_TOKEN", connected.shop.token())
        .open();
    sees_all_orders(&window);
    window.press("Control+k");
    window.types("connect");
    window.thing_about("option", "Connect").appears();
    window.press("Enter");
    window.heading("Which store?").appears();
    let offer = window.thing("region", "From this computer’s environment");
    offer.sees("names a store, 0therst0re");
    window.picture("environment-second");
    reads_well(&window, "environment");
    let asked = connected.shop.log().len();
    tab_to(&window, "Use it");
    window.press("Enter");
    window.heading("Check").appears();
    // It is the token of another store than its neighbour says.
    window.sees("Hash and token don’t belong together");
    assert!(connected.shop.log().len() > asked);
    is_not_in_the_page(&window, connected.shop.token());
}

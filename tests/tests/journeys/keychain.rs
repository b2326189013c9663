//! Days on which the keychain does not do what it should.

use std::path::PathBuf;

use stockroom_tests::{
    desktop::{KeychainKind, files_with},
    window::Look as _,
};
use testkit::prompter::{Person, Prompter, SOON};

use crate::{
    looking::reads_well,
    support::{SERVICE, Scene, connect, go_to, hand_over, press_on, sees_all_orders, shop, tab_to},
};

#[test]
fn demand_08_with_a_locked_keychain_everything_pulled_is_readable() {
    let (mut scene, shop) = (Scene::usual(), shop());
    {
        let app = scene.app_beside(&shop);
        let window = app.open();
        connect(&window, &shop);
        window.quit();
    }
    scene.desktop.lock_keyring();
    scene.desktop.watch_prompts();
    let app = scene.app_beside(&shop);

    let window = app.open();
    window.grid("Orders").row("Awaiting Payment").appears();
    window.sees("The keychain is locked. What was pulled before can be read.");
    let unlock = window.thing_about("button", "Unlock GNOME Keyring");
    unlock.appears();
    window.picture("keychain-locked");
    reads_well(&window, "keychain-locked");
    assert_eq!(scene.desktop.prompts(), 0, "a start asks nobody anything");

    // The keychain's question stands there, and nobody answers it.
    tab_to(&window, &unlock.heard().1);
    window.press("Enter");
    let stop = window.button("Stop waiting");
    stop.appears();
    window.picture("keychain-waiting");
    reads_well(&window, "keychain-waiting");
    press_on(&window, "Stop waiting");
    stop.goes();
    unlock.appears();

    scene.desktop.unlock_keyring();
    tab_to(&window, &unlock.heard().1);
    window.press("Enter");
    window.thing_about("button", "Up to date").appears();
    window.sees_no_more("The keychain is locked");
}

#[test]
fn demand_06_without_a_keychain_the_token_is_kept_until_quitting_and_in_no_file() {
    let (scene, shop) = (Scene::with(KeychainKind::None), shop());
    let app = scene.app_beside(&shop);
    let window = app.open();
    hand_over(&window, &shop);

    window.sees("No keychain answers on this system");
    window.sees("Stockroom never writes a token to a file.");
    let save = window.button("Save and start the first pull");
    assert_eq!(
        save.attribute("disabled"),
        Some(String::new()),
        "it waits for a decision"
    );
    window.picture("no-keychain");
    reads_well(&window, "no-keychain");
    tab_to(&window, "Keep it until I quit");
    window.press("Space");
    tab_to(&window, "Save and start the first pull");
    window.press("Enter");
    sees_all_orders(&window);
    assert_eq!(
        files_with(scene.desktop.root(), shop.token()),
        Vec::<PathBuf>::new()
    );
    window.quit();
    assert_eq!(
        files_with(scene.desktop.root(), shop.token()),
        Vec::<PathBuf>::new()
    );

    // Rows stay, the token does not.
    let window = app.open();
    window.grid("Orders").row("Awaiting Payment").appears();
    window.sees("The access token is missing.");
    window.button("Give the token…").appears();
    window.picture("no-keychain-next-start");
    reads_well(&window, "token-missing");

    go_to(&window, "Settings");
    let token = window.thing("region", "Access token");
    token.button("Give the token…").click();
    window.thing_about("alertdialog", "its token").appears();
    window.picture("no-keychain-give-token");
    reads_well(&window, "give-token");
}

#[test]
fn a_keychain_that_is_started_while_it_is_wanted_is_found_without_a_new_start() {
    let (scene, shop) = (Scene::with(KeychainKind::None), shop());
    let app = scene.app_beside(&shop);
    let window = app.open();
    hand_over(&window, &shop);
    window.sees("No keychain answers on this system");

    let _keyring = scene.desktop.keyring_started();
    window.sees_no_more("No keychain answers on this system");
    window.sees("GNOME Keyring");
    press_on(&window, "Save and start the first pull");
    sees_all_orders(&window);
    let kept = scene.desktop.kept_in_keyring(SERVICE);
    assert!(kept.contains(shop.token()), "it is in the keychain");
}

#[test]
fn who_dismisses_the_keychain_s_question_has_lost_nothing_of_what_was_entered() {
    let (scene, shop) = (Scene::with(KeychainKind::Locked), shop());
    let refuser = Prompter::at(&scene.desktop.bus_address(), Person::RefusesAfter(SOON));
    {
        let app = scene.app_beside(&shop);
        let window = app.open();
        hand_over(&window, &shop);
        window.sees("It is locked. Its password prompt may appear when you save.");
        // It has the focus, and what stands in it is typed over.
        window.press("Control+a");
        window.types("Northfold, Ghent");
        window.press("Enter");
        window.sees("The keychain stayed closed");
        window
            .sees("Nothing was saved, and all you entered is still here. Try again and answer it.");
        assert_eq!(refuser.answered(), 1);
        assert_eq!(window.field("Name").value(), "Northfold, Ghent");
        window.picture("keychain-refused");
        reads_well(&window, "keychain-refused");
        // Somebody who knows the password comes by.
        scene.desktop.unlock_keyring();
        tab_to(&window, "Try again");
        window.press("Enter");
        sees_all_orders(&window);
        assert_eq!(refuser.answered(), 1);
    }
    assert!(
        scene
            .desktop
            .kept_in_keyring(SERVICE)
            .contains(shop.token())
    );
}

#[test]
fn demand_10_a_keychain_that_lost_the_token_asks_for_it_again_and_keeps_everything_else() {
    let (scene, shop) = (Scene::usual(), shop());
    let app = scene.app_beside(&shop);
    let window = app.open();
    connect(&window, &shop);
    window.quit();
    let cleared = scene
        .desktop
        .command("secret-tool")
        .args(["clear", "service", SERVICE])
        .status();
    assert!(cleared.is_ok_and(|status| status.success()));

    let window = app.open();
    window.grid("Orders").row("Awaiting Payment").appears();
    window.sees("The access token is missing");
    window.picture("token-missing");
}

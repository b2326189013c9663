//! The storefront: a token made for it, questions asked, and the token revoked.

use stockroom_tests::{
    damage::tamper,
    sandbox::{Sandbox, SandboxOptions},
    window::{Look as _, Window},
};

use crate::{
    looking::reads_well,
    support::{COMMANDS, Connected, SERVICE, go_to, press_on, reaches_the_disk, sees_all_orders},
};

const EDITOR: &str = "document.querySelector('[data-editor]').shadowRoot";

/// Puts the cursor into the question, and types in place of what is there.
fn question(window: &Window<'_>, text: &str) {
    let focus = format!("{EDITOR}.querySelector('.cm-content').focus()");
    window.script(&focus, &[]);
    window.press("Control+a");
    window.press("Delete");
    window.types(text);
}

fn typed(window: &Window<'_>) -> String {
    let script = format!("return {EDITOR}.querySelector('.cm-content').innerText");
    let text = window.script(&script, &[]);
    text.as_str().unwrap_or_default().to_owned()
}

fn suggestions(window: &Window<'_>) -> String {
    let script = format!("return {EDITOR}.querySelector('[role=listbox]')?.innerText ?? ''");
    let text = window.script(&script, &[]);
    text.as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_token_is_made_the_storefront_is_asked_and_the_token_is_revoked() {
    let connected = Connected::to(Sandbox::start(SandboxOptions {
        nonsense: vec!["nothing".to_owned()],
        ..SandboxOptions::default()
    }));
    let (app, shop) = (connected.app(), &connected.shop);
    let desktop = &connected.scene.desktop;
    let window = app.open();
    sees_all_orders(&window);

    go_to(&window, "Settings");
    let part = window.thing("region", "Storefront access");
    part.sees("No token for the storefront");
    press_on(&window, "Make a token…");
    window.sees("Make a token for the storefront?");
    window.tick_box("BigCommerce").appears();
    window.picture("storefront-make");
    reads_well(&window, "storefront-make");
    press_on(&window, "Make it");
    part.sees("Tried out: Northfold Supply answered in");
    part.sees("good until");
    part.sees("Stockroom, storefront of northfold");
    window.picture("storefront-access");
    reads_well(&window, "storefront-access");
    let kept = desktop.kept_in_keyring(SERVICE);
    let token = kept
        .split_whitespace()
        .find(|word| word.starts_with("eyJ"))
        .expect("it is in the keyring")
        .to_owned();
    assert!(!window.everything_held().contains(&token));

    // Somebody who finds it there asks what it is.
    press_on(&window, "What is the token I have?");
    window.waits("the field for it has the focus", || {
        window.focus().1 == "A token for the storefront"
    });
    window.types(&token);
    window.press("Enter");
    window.sees("A private token, for programs.");
    window.press("Escape");
    window.sees_no_more("A private token, for programs.");

    press_on(&window, "Ask the storefront");
    window.heading("Ask the storefront").appears();
    let answer = window.thing("region", "Answer");
    window.thing_about("button", "Ask").click();
    answer.sees("\"storeName\": \"Northfold Supply\"");
    answer.sees("answered in");
    window.picture("storefront-answer");
    reads_well(&window, "storefront-answer");

    // What would change something is not sent.
    let asked = || shop.requests("POST").len();
    let before = asked();
    question(&window, "mutation { cart { createCart { id } } }");
    window.press("Control+Enter");
    window.sees("Only questions can be asked here");
    window.sees("It was not sent.");
    window.picture("storefront-mutation");
    reads_well(&window, "storefront-refused");
    assert_eq!(asked(), before);

    // Suggestions come from what this storefront says of itself.
    question(&window, "{ site { sett");
    window.waits("settings is suggested", || {
        suggestions(&window).contains("settings")
    });
    window.picture("storefront-suggestions");
    window.press("Enter");
    window.waits("it is taken", || typed(&window).contains("settings"));
    window.types(" { storeHash } nothing");
    window.press("Control+Enter");
    window.sees("The storefront has an objection");
    window.thing_about("button", "Line 1, column").appears();
    window.waits("what the storefront does not know is underlined", || {
        let script = format!("return {EDITOR}.querySelector('.cm-lintRange')?.innerText");
        window.script(&script, &[]) == "nothing"
    });
    window.picture("storefront-objection");
    reads_well(&window, "storefront-objection");

    // The keyboard is never caught: Esc leads to the button, Tab leads on.
    question(&window, "{ site { settings { storeHash } } }");
    window.press("Escape");
    window.press("Escape");
    window.waits("the button has the focus", || {
        let (role, name) = window.focus();
        role == "button" && name.starts_with("Ask")
    });
    window.press("Enter");
    answer.sees("\"storeHash\": \"northfold\"");
    // The window's own keys still work from the field, and letters are no shortcuts there.
    question(&window, "{ g");
    window.types("o");
    window.press("Control+k");
    window.waits("the list of commands has the focus", || {
        window.focus().1 == COMMANDS
    });
    window.types("storefront access");
    window.thing_about("option", "Storefront access").appears();
    window.press("Enter");

    press_on(&window, "Revoke…");
    window.sees("Revoke the token for the storefront?");
    window.picture("storefront-revoke");
    reads_well(&window, "storefront-revoke");
    press_on(&window, "Revoke it");
    part.sees("No token for the storefront");
    assert!(!desktop.kept_in_keyring(SERVICE).contains("eyJ"));
    assert_eq!(shop.requests("DELETE").len(), 1);
}

/// Pictures of the screen and of its part of the settings, in both themes.
fn pictures(width: u32, height: u32) {
    let connected = Connected::on_screen(crate::support::shop(), width, height);
    let app = connected.app();
    let window = app.open();
    sees_all_orders(&window);
    for theme in ["Light", "Dark"] {
        go_to(&window, "Settings");
        let themes = window.thing("radiogroup", "Theme");
        themes.thing("radio", theme).click();
        let part = window.thing("region", "Storefront access");
        if theme == "Light" {
            part.button("Make a token…").click();
            window.button("Make it").click();
        }
        part.sees("good until");
        let name = |what: &str| format!("storefront-{what}-{theme}-{width}").to_lowercase();
        part.button("Try it out").click();
        part.sees("Tried out");
        window.picture(&name("access"));
        part.button("Ask the storefront").click();
        window.heading("Ask the storefront").appears();
        window.button("Examples").click();
        window.choice("Ten products with prices").click();
        window.waits("the example is there", || {
            typed(&window).contains("query Products")
        });
        window.thing_about("button", "Ask").click();
        let answer = window.thing("region", "Answer");
        answer.sees("\"currencyCode\": \"USD\"");
        assert_eq!(window.accessibility_findings(), Vec::<String>::new());
        window.picture(&name("ask"));
        question(&window, "{ site { pro");
        window.waits("suggestions come", || {
            suggestions(&window).contains("products")
        });
        window.picture(&name("suggestions"));
        question(&window, "mutation { cart { createCart { id } } }");
        window.press("Control+Enter");
        window.sees("Only questions can be asked here");
        window.picture(&name("refused"));
    }
}

#[test]
fn the_screen_has_room_in_a_small_window() {
    pictures(1000, 700);
}

#[test]
fn the_screen_fills_a_large_window() {
    pictures(1440, 900);
}

#[test]
fn a_token_that_ends_soon_is_reminded_of_and_put_off_or_renewed() {
    let connected = Connected::usual();
    let desk = connected.scene.desktop.stockroom_home().join("desk.sqlite");
    let app = connected.app();
    let window = app.open();
    sees_all_orders(&window);
    go_to(&window, "Settings");
    let part = window.thing("region", "Storefront access");
    press_on(&window, "Make a token…");
    press_on(&window, "Make it");
    part.sees("good until");
    window.quit();

    // As if it had been made long ago.
    let ends = |days: &str| {
        tamper(
            &desk,
            &format!(
                "UPDATE setting SET value = json_set(value,
                     '$.current.madeAt', strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-80 days'),
                     '$.current.expiresAt', strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '{days} days'))
                 WHERE name = 'storefront-access'"
            ),
        );
    };
    ends("+5");
    let window = app.open();
    window.sees("The token for the storefront ends on");
    window.sees("Renew it to go on asking the storefront.");
    window.picture("storefront-reminder");
    reads_well(&window, "storefront-reminder");
    press_on(&window, "Not today");
    window.sees_no_more("The token for the storefront ends on");
    reaches_the_disk(app.home(), "storefront-reminder");
    window.quit();

    ends("-1");
    tamper(
        &desk,
        "DELETE FROM setting WHERE name LIKE '%storefront-reminder'",
    );
    let window = app.open();
    window.sees("The token for the storefront ended on");
    go_to(&window, "Orders");
    window.picture("storefront-reminder-over");
    reads_well(&window, "storefront-reminder-over");
    press_on(&window, "Renew…");
    press_on(&window, "Renew it");
    window.sees_no_more("The token for the storefront ended on");
    window
        .thing("region", "Storefront access")
        .sees("good until");
}

//! What the environment says wrong, told before anything is made.

use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _, process::Command};

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::Bridge,
    desktop::{Desktop, KeychainKind},
    process::built,
    sandbox::{Sandbox, SandboxOptions},
    world::{World, some_order},
};

#[test]
fn a_screen_that_cannot_be_opened_is_told_in_a_sentence() {
    let desktop = Desktop::start(KeychainKind::NoBus);
    let home = desktop.stockroom_home();
    let mut command = desktop.command(built("stockroom"));
    command
        .env("STOCKROOM_HOME", &home)
        .env("DISPLAY", ":987")
        .env_remove("WAYLAND_DISPLAY");
    let mut app = desktop.run("stockroom", &mut command, b"");
    let ended = app.wait_for_end();
    assert_eq!(ended.code(), Some(1), "{}", app.stderr());
    let words = app.stderr();
    assert!(words.contains("There is no display here"), "{words}");
    assert!(!words.contains("panicked"), "{words}");
    assert!(!home.exists(), "nothing was made");
}

#[test]
fn another_address_for_the_api_is_refused_with_a_sentence_whatever_is_started() {
    let desktop = Desktop::start(KeychainKind::NoBus);
    let home = desktop.stockroom_home();
    for program in ["stockroom", "stockroom-bridge"] {
        for origin in [
            &b"https://evil.example"[..],
            b"http://evil.example",
            b"http://127.0.0.1.evil.example",
            b"http://127.0.0.1@evil.example",
            b"http://192.168.0.1:4390",
            b"no address at all",
            // No text.
            b"http://127.0.0.1:1\xff",
        ] {
            let origin = OsStr::from_bytes(origin);
            let mut command = desktop.command(built(program));
            command.env("STOCKROOM_HOME", &home);
            command.env("STOCKROOM_API_ORIGIN", origin);
            let words = refused(&desktop, program, &mut command);
            assert!(
                words.contains("STOCKROOM_API_ORIGIN may only name a server on this computer"),
                "{program} {origin:?}: {words}"
            );
            assert!(!home.exists(), "nothing was made");
        }
    }
}

#[test]
fn a_home_that_depends_on_where_the_program_is_started_is_refused_with_a_sentence() {
    let desktop = Desktop::start(KeychainKind::NoBus);
    for program in ["stockroom", "stockroom-bridge"] {
        for home in ["stockroom", "./stockroom", "../stockroom"] {
            let mut command = desktop.command(built(program));
            command.env("STOCKROOM_HOME", home);
            let words = refused(&desktop, program, &mut command);
            let sentence = "STOCKROOM_HOME has to be an absolute path";
            assert!(words.contains(sentence), "{program} {home}: {words}");
            assert!(!desktop.root().join(home).exists(), "nothing was made");
        }
    }
}

#[test]
fn what_is_set_and_empty_is_refused_with_a_sentence_and_not_taken_for_unset() {
    let desktop = Desktop::start(KeychainKind::NoBus);
    let home = desktop.stockroom_home();
    for program in ["stockroom", "stockroom-bridge"] {
        let mut command = desktop.command(built(program));
        command.env("STOCKROOM_HOME", &home);
        command.env("STOCKROOM_API_ORIGIN", "");
        let words = refused(&desktop, program, &mut command);
        let sentence =
            "STOCKROOM_API_ORIGIN is empty: leave it out to talk to BigCommerce, or name";
        assert!(words.contains(sentence), "{program}: {words}");
        assert!(!home.exists(), "nothing was made");

        let mut command = desktop.command(built(program));
        command.env("STOCKROOM_HOME", "");
        let words = refused(&desktop, program, &mut command);
        let sentence = "STOCKROOM_HOME is empty: leave it out for the system's own place, or name";
        assert!(words.contains(sentence), "{program}: {words}");
    }
}

/// What a program says that would not start. There is no screen here, which it would complain about later.
fn refused(desktop: &Desktop, name: &str, command: &mut Command) -> String {
    let mut program = desktop.run(name, command, b"");
    let ended = program.line(|line| line.contains("\"url\""));
    let words = program.stderr();
    let ended = ended.expect_err("it starts");
    assert!(
        ended.code().is_some_and(|code| code > 0),
        "{ended}: {words}"
    );
    assert!(!words.contains("panicked"), "{words}");
    words
}

#[test]
fn a_home_whose_name_is_no_text_is_the_one_that_is_used() {
    let desktop = Desktop::start(KeychainKind::NoBus);
    let home = desktop.root().join(OsStr::from_bytes(b"caf\xe9"));
    let mut command = desktop.command(built("stockroom-bridge"));
    command.env("STOCKROOM_HOME", &home);
    let mut bridge = desktop.run("bridge", &mut command, b"");
    bridge.line(|line| line.contains("\"url\"")).unwrap();
    assert!(home.join("desk.sqlite").exists());
}

#[test]
fn a_store_of_another_api_address_is_shown_and_its_token_goes_nowhere() {
    let world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    let order = some_order(&bridge, &store);
    let rows = bridge.orders(&store).len();
    bridge.stop();
    drop(bridge);
    let elsewhere = Sandbox::start(SandboxOptions::default());
    let asked = world.sandbox.log().len();

    let home = world.desktop.stockroom_home();
    for origin in [Some(elsewhere.origin()), None] {
        let mut bridge = Bridge::start(&world.desktop, &home, origin, &[]);
        let state = bridge.get("app_state", json!({}));
        assert_eq!(state["stores"][0]["mayConnect"], false, "{state:#}");
        assert_eq!(bridge.orders(&store).len(), rows, "all is there to read");
        let refused = bridge.call(
            "refresh_order",
            json!({ "store": store, "order": order.to_string() }),
        );
        assert_eq!(refused.unwrap_err()["code"], "otherOrigin");
        bridge.stop();
    }
    assert_eq!(elsewhere.log(), Vec::<Value>::new());
    assert_eq!(world.sandbox.log().len(), asked);

    // At its own address it goes on as before.
    let bridge = world.bridge(&[]);
    bridge.tell(
        "refresh_order",
        json!({ "store": store, "order": order.to_string() }),
    );
    assert!(world.sandbox.log().len() > asked);
    bridge.told_of_no_trouble();
}

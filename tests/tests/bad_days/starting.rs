//! What the environment says wrong, told before anything is made.

use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _};

use stockroom_tests::{
    desktop::{Desktop, KeychainKind},
    process::built,
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
fn an_address_for_the_api_that_is_no_text_is_refused_like_any_other() {
    let desktop = Desktop::start(KeychainKind::NoBus);
    let home = desktop.stockroom_home();
    let mut command = desktop.command(built("stockroom-bridge"));
    command.env("STOCKROOM_HOME", &home).env(
        "STOCKROOM_API_ORIGIN",
        OsStr::from_bytes(b"http://127.0.0.1:1\xff"),
    );
    let mut bridge = desktop.run("bridge", &mut command, b"");
    let ended = bridge.line(|line| line.contains("\"url\"")).unwrap_err();
    assert!(!ended.success());
    let words = bridge.stderr();
    assert!(
        words.contains("STOCKROOM_API_ORIGIN may only name"),
        "{words}"
    );
    assert!(!home.exists(), "nothing was made");
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

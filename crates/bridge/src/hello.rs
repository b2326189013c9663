//! The first words: one line of JSON for a program, a sentence and an open page for a person.

use std::{
    ffi::OsStr,
    io::{self, IsTerminal as _, Write as _},
    process::{Command, Stdio},
    thread,
};

/// Says where the page is, and opens it where somebody sits before a screen.
pub(crate) fn say(url: &str) -> io::Result<()> {
    let mut out = io::stdout();
    if !out.is_terminal() {
        writeln!(out, "{}", serde_json::json!({ "url": url }))?;
        return out.flush();
    }
    if has_screen(std::env::consts::OS, |name| std::env::var_os(name)) && open(url) {
        writeln!(
            out,
            "Stockroom opens in your browser. Its address, as long as this runs: {url}"
        )?;
    } else {
        writeln!(
            out,
            "Open this address in a browser on this computer, as long as this runs: {url}"
        )?;
    }
    out.flush()
}

/// Whether a browser would have a place to appear.
fn has_screen<S: AsRef<OsStr>>(system: &str, variable: impl Fn(&str) -> Option<S>) -> bool {
    let is_set = |name| variable(name).is_some_and(|value| !value.as_ref().is_empty());
    matches!(system, "macos" | "windows") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// The command by which a system opens an address as the person would.
fn opener(system: &str) -> &'static [&'static str] {
    match system {
        "macos" => &["open"],
        // The first word in quotes would be taken for the title of a window.
        "windows" => &["cmd", "/C", "start", ""],
        _ => &["xdg-open"],
    }
}

/// Whether there was something to open it with.
fn open(url: &str) -> bool {
    let [program, words @ ..] = opener(std::env::consts::OS) else {
        return false;
    };
    let mut command = Command::new(program);
    command.args(words).arg(url);
    command.stdin(Stdio::null()).stdout(Stdio::null());
    let Ok(mut opening) = command.stderr(Stdio::null()).spawn() else {
        return false;
    };
    // It may become the browser itself, which runs for as long as the person likes.
    thread::spawn(move || {
        let _ = opening.wait();
    });
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_opens_an_address_in_its_own_way() {
        let programs = ["linux", "freebsd", "macos", "windows"].map(|system| opener(system)[0]);
        assert_eq!(programs, ["xdg-open", "xdg-open", "open", "cmd"]);
    }

    #[test]
    fn a_browser_needs_a_screen() {
        let nothing = |_: &str| None::<&str>;
        let empty = |_: &str| Some("");
        let wayland = |name: &str| (name == "WAYLAND_DISPLAY").then_some("wayland-0");
        assert!(!has_screen("linux", nothing) && !has_screen("linux", empty));
        assert!(has_screen("linux", wayland));
        assert!(has_screen("macos", nothing) && has_screen("windows", nothing));
    }
}

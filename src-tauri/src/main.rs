//! Stockroom: the surface in a window of its own. No business rules live here.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod announcer;
mod app;
mod backend;
mod context;
mod first;
mod rendering;
mod system;
mod window;

use std::process::ExitCode;

use host::Environment;

fn main() -> ExitCode {
    #[expect(
        unsafe_code,
        reason = "nothing else runs yet, which is what it asks for"
    )]
    // SAFETY: this is the only thread.
    let environment = unsafe {
        rendering::choose();
        Environment::take()
    };
    let begun = environment.and_then(|environment| {
        let home = environment.home_or("stockroom")?;
        Ok((environment, home))
    });
    let (environment, home) = match begun {
        Ok(begun) => begun,
        Err(refused) => {
            complain(&format!("{refused}."));
            return ExitCode::from(2);
        }
    };
    // Asked here, because the window library would panic. A name in DISPLAY says little: the screen
    // it names may be gone, or be somebody else's.
    #[cfg(target_os = "linux")]
    if gtk::init().is_err() {
        complain(
            "There is no display here to open a window on: set DISPLAY or WAYLAND_DISPLAY to one that \
             you may use, and start Stockroom again.",
        );
        return ExitCode::FAILURE;
    }
    let words: Vec<String> = std::env::args().collect();
    let sample = wants_sample(&words);
    match app::run(environment, home, sample) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("The window could not be opened: {error}."));
            ExitCode::FAILURE
        }
    }
}

/// Says why there is no window.
fn complain(words: &str) {
    eprintln!("{words}");
    // What is installed there has no console, and would end without a word.
    #[cfg(target_os = "windows")]
    rfd::MessageDialog::new()
        .set_title("Stockroom")
        .set_description(words)
        .set_level(rfd::MessageLevel::Error)
        .show();
}

/// Whether whoever started the app, be it a second time, wants to see the sample store.
fn wants_sample(words: &[String]) -> bool {
    words.iter().skip(1).any(|word| word == "--sample")
}

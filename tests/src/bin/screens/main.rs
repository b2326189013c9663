//! Takes the pictures of the documentation from the running app: every main screen, in light and dark.
//!
//! `screens FOLDER [NAME...]`: writes `FOLDER/NAME.png` and `FOLDER/NAME-dark.png`, all of them or those
//! named. What there is and how it is reached is the table in `list.rs`.

#[cfg(target_os = "linux")]
mod list;
#[cfg(target_os = "linux")]
mod tour;

use std::process::ExitCode;

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next() else {
        eprintln!("screens FOLDER [NAME...]");
        return ExitCode::from(2);
    };
    let names: Vec<String> = arguments.collect();
    let unknown = names
        .iter()
        .find(|name| !tour::names().any(|known| known == *name));
    if let Some(unknown) = unknown {
        let known: Vec<&str> = tour::names().collect();
        eprintln!("no screen `{unknown}`; known: {}", known.join(", "));
        return ExitCode::from(2);
    }
    tour::all(folder.as_ref(), &names);
    ExitCode::SUCCESS
}

#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    eprintln!("Pictures are taken on Linux, where the window can be given a screen of its own.");
    ExitCode::FAILURE
}

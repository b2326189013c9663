//! What Tauri puts into the program: the window's page, icons and configuration.

use tauri::Context;

/// All of it, for the program itself.
#[cfg(not(test))]
pub(crate) fn context() -> Context {
    tauri::generate_context!()
}

/// Nothing: a unit test opens no window.
///
/// Compiled for both at once, two compilers would press the page into the same files, and each takes a file that is there
/// for a finished one. The program would then, seldom, hold half a script, and its window would stay empty.
#[cfg(test)]
pub(crate) fn context() -> Context {
    unreachable!("no unit test opens a window")
}

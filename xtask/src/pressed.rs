//! What a build that was broken off has left of the window's page.
//!
//! While a program with a window is compiled, each file of its page is pressed into the build folder, and one that lies
//! there is taken for finished (tauri-codegen, `compress_file`). A build that ends in that moment leaves half a file: every later one would
//! take it in, and the window would stay empty until the page changes.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::Result;

use crate::project::Project;
use crate::run::executable;

/// Forgets what was pressed since its program was last finished: nothing says that it is whole. It is made again, within
/// a few seconds.
pub(crate) fn forget_unfinished(project: &Project) -> Result<()> {
    let target = project.members()?.target_directory;
    forget_below(&Project::profiles(&target));
    Ok(())
}

/// The same in each profile below `profiles`.
fn forget_below(profiles: &Path) {
    for profile in entries(profiles).filter(|entry| entry.join("build").is_dir()) {
        for made in entries(&profile.join("build")) {
            // Named after the package, which is the program's name, and what cargo tells its builds apart by.
            let name = made.file_name().and_then(OsStr::to_str).unwrap_or_default();
            let Some((program, _)) = name.rsplit_once('-') else {
                continue;
            };
            let finished = written(&profile.join(executable(program)));
            let pressed = entries(&made.join("out/tauri-codegen-assets"));
            for file in pressed.filter(|file| written(file) > finished) {
                // What can't be removed is at worst what it was.
                let _ = fs::remove_file(file);
            }
        }
    }
}

/// What lies in a folder; nothing where there is none.
fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.filter_map(|entry| Some(entry.ok()?.path()))
}

/// When a file was last written; before all times if there is none.
fn written(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).ok()?.modified().ok()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_was_pressed_after_the_app_was_finished_is_made_again() {
        let target = std::env::temp_dir().join(format!("xtask-pressed-{}", std::process::id()));
        let put = |name: &str, seconds: u64| {
            let file = target.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            let file = fs::File::create(file).unwrap();
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
            file.set_modified(time).unwrap();
        };
        put(&format!("debug/{}", executable("stockroom")), 50);
        put(&format!("debug/{}", executable("bare-window")), 70);
        // Each with when it was written, and whether it stays.
        let files = [
            (
                "debug/build/stockroom-1/out/tauri-codegen-assets/whole.js",
                40,
                true,
            ),
            (
                "debug/build/stockroom-2/out/tauri-codegen-assets/half.js",
                60,
                false,
            ),
            ("debug/build/stockroom-2/out/other.rs", 60, true),
            (
                "debug/build/bare-window-3/out/tauri-codegen-assets/page.html",
                60,
                true,
            ),
            (
                "release/build/stockroom-4/out/tauri-codegen-assets/first.js",
                10,
                false,
            ),
        ];
        for (name, seconds, _) in files {
            put(name, seconds);
        }

        forget_below(&target);

        for (name, _, stays) in files {
            assert_eq!(target.join(name).exists(), stays, "{name}");
        }
        fs::remove_dir_all(&target).unwrap();
        forget_below(&target);
    }
}

//! What a build that was broken off has left of the window's page.
//!
//! While a program with a window is compiled, each file of its page is pressed into the build folder, and one that lies
//! there is taken for finished (tauri-codegen 2.7.4, `compress_file`). A build that ends in that moment leaves half a file:
//! every later one would take it in, and the window would stay empty until the page changes.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::Result;

use crate::project::Project;

/// When each file that is whole was written, as tauri-codegen has it (`backdate`): at the beginning of 2000.
const WHOLE: Duration = Duration::from_secs(946_684_800);

/// Forgets what was pressed by half. It is made again at once.
pub(crate) fn forget_halves(project: &Project) -> Result<()> {
    let target = project.members()?.target_directory;
    forget_below(&Project::profiles(&target));
    Ok(())
}

/// The same in each profile below `profiles`.
fn forget_below(profiles: &Path) {
    let builds = entries(profiles).flat_map(|profile| entries(&profile.join("build")));
    let pressed = builds.flat_map(|build| entries(&build.join("out/tauri-codegen-assets")));
    for file in pressed.filter(|file| !is_whole(file)) {
        // What can't be removed is at worst what it was.
        let _ = fs::remove_file(file);
    }
}

/// What lies in a folder; nothing where there is none.
fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.filter_map(|entry| Some(entry.ok()?.path()))
}

fn is_whole(file: &Path) -> bool {
    let written = fs::metadata(file).and_then(|about| about.modified());
    written.is_ok_and(|written| written == SystemTime::UNIX_EPOCH + WHOLE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_pressed_by_half_is_made_again() {
        let target = std::env::temp_dir().join(format!("xtask-pressed-{}", std::process::id()));
        let put = |name: &str, time: SystemTime| {
            let file = target.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            let file = fs::File::create(file).unwrap();
            file.set_modified(time).unwrap();
        };
        let whole = SystemTime::UNIX_EPOCH + WHOLE;
        let now = SystemTime::now();
        // Each with when it was written, and whether it stays.
        let files = [
            (
                "debug/build/stockroom-1/out/tauri-codegen-assets/whole.js",
                whole,
                true,
            ),
            (
                "debug/build/stockroom-1/out/tauri-codegen-assets/half.js",
                now,
                false,
            ),
            (
                "release/build/stockroom-2/out/tauri-codegen-assets/half.css",
                now,
                false,
            ),
            ("debug/build/stockroom-1/out/other.rs", now, true),
            ("debug/stockroom", now, true),
        ];
        for (name, time, _) in files {
            put(name, time);
        }

        forget_below(&target);

        for (name, _, stays) in files {
            assert_eq!(target.join(name).exists(), stays, "{name}");
        }
        fs::remove_dir_all(&target).unwrap();
        forget_below(&target);
    }

    #[test]
    fn what_presses_the_page_is_the_version_that_was_looked_at() {
        let lock = include_str!("../../Cargo.lock");
        assert!(
            lock.contains("name = \"tauri-codegen\"\nversion = \"2.7.4\""),
            "does it still date what is whole back to the beginning of 2000 (`backdate`)?"
        );
    }
}

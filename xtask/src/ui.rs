//! The window's code: its packages and its production build, each done only when something changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};

use crate::hash::Hash;
use crate::project::Project;
use crate::steps::{self, Echo};

/// What npm is told: to install what the lock file names, and what builds the window too, whatever somebody's own settings
/// leave out (`omit=dev`).
pub(crate) const CLEAN_INSTALL: &[&str] = &["ci", "--include=dev", "--no-audit", "--no-fund"];

/// Installs the packages of the lock file, unless exactly these are installed.
///
/// Answers what it did, in a word.
pub(crate) fn packages(project: &Project, logs: &Path, until: Instant) -> Result<String> {
    let ui = project.ui();
    if !ui.join("package.json").is_file() {
        bail!("ui/package.json is missing");
    }
    install(
        &ui,
        &mut project.npm(CLEAN_INSTALL),
        &logs.join("npm-ci.log"),
        until,
    )
}

/// Installs with `npm` the packages of the lock file in `folder`, unless exactly these are installed.
pub(crate) fn install(
    folder: &Path,
    npm: &mut Command,
    log: &Path,
    until: Instant,
) -> Result<String> {
    let file = folder.join("package-lock.json");
    let lock = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
    let mut hash = Hash::new();
    hash.add(&lock);
    // Some packages bring programs of the system they were installed on.
    // What an npm that was told otherwise has left may lack a part.
    let wanted = format!(
        "{:016x} {} {} {}\n",
        hash.value(),
        std::env::consts::OS,
        std::env::consts::ARCH,
        CLEAN_INSTALL.join(" ")
    );
    let stamp = folder.join("node_modules/.stockroom-lock");
    if fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        return Ok("unchanged".to_owned());
    }
    steps::watch(npm, log, Echo::OnFailure, until)?.ok("npm ci")?;
    fs::write(&stamp, wanted).with_context(|| format!("writing {}", stamp.display()))?;
    Ok("installed".to_owned())
}

/// Whether `npm ci` has been here.
pub(crate) fn has_packages(project: &Project) -> bool {
    project.ui().join("node_modules").is_dir()
}

/// Builds `ui/dist`, unless what lies there was built from exactly these files.
///
/// Answers what it did, in a word.
pub(crate) fn build(project: &Project, logs: &Path, until: Instant) -> Result<String> {
    // Among the packages and not in `dist`: all of `dist` becomes part of the app.
    let stamp = project.ui().join("node_modules/.stockroom-dist");
    if let (Ok(found), Ok(current)) = (fs::read_to_string(&stamp), state(project))
        && found == current
    {
        return Ok("unchanged".to_owned());
    }
    steps::watch(
        &mut project.npm(&["run", "build"]),
        &logs.join("npm-build.log"),
        Echo::OnFailure,
        until,
    )?
    .ok("npm run build")?;
    // Taken afterwards: the build may itself write catalogues among the sources.
    let built = state(project).context("npm run build made no ui/dist/index.html")?;
    fs::write(&stamp, built).with_context(|| format!("writing {}", stamp.display()))?;
    Ok("built".to_owned())
}

/// What was built when, and from what: the sources by their content, the build by its time.
fn state(project: &Project) -> Result<String> {
    let page = fs::metadata(project.ui().join("dist/index.html"))?;
    let built_at = page.modified().unwrap_or(SystemTime::UNIX_EPOCH);
    let built_at = built_at
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_nanos();
    let mut files = Vec::new();
    sources(&project.ui(), &mut files)?;
    files.push(project.root.join("icons/stockroom.svg"));
    files.sort();
    let mut hash = Hash::new();
    for file in files {
        hash.add(file.to_string_lossy().as_bytes());
        hash.add(&fs::read(&file).unwrap_or_default());
    }
    Ok(format!("{:016x} {built_at}\n", hash.value()))
}

/// All files below `folder` that may shape the build.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    const NO_SOURCES: &[&str] = &["node_modules", "dist", "coverage"];
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') || name.ends_with(".tsbuildinfo") || NO_SOURCES.contains(&&*name) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            sources(&entry.path(), found)?;
        } else {
            found.push(entry.path());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_and_installed_is_no_source() {
        let folder = std::env::temp_dir().join(format!("xtask-ui-{}", std::process::id()));
        for file in [
            "src/app/App.tsx",
            "dist/index.html",
            "node_modules/a/index.js",
            ".cache",
            "index.html",
        ] {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file).unwrap();
        }
        let mut found = Vec::new();
        sources(&folder, &mut found).unwrap();
        found.sort();
        let expected = [folder.join("index.html"), folder.join("src/app/App.tsx")];
        fs::remove_dir_all(&folder).unwrap();

        assert_eq!(found, expected);
    }
}

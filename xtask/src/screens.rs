//! The pictures of the documentation, taken from the running app.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail};

use crate::project::{Project, tidy};
use crate::run::{self, executable};
use crate::steps;
use crate::system::For;

/// `cargo xtask screens [NAME...]`: writes `docs/pictures/`.
pub(crate) fn screens(project: &Project, names: &[String]) -> Result<ExitCode> {
    if !cfg!(target_os = "linux") {
        bail!("pictures are taken on Linux, where the window can be given a screen of its own");
    }
    let target = run::set_up(project, For::Tests)?;
    // Debug: what is drawn is the same, and the tests have built it already.
    for (name, what) in [
        ("Stockroom", ["-p", "stockroom", "--bin", "stockroom"]),
        (
            "Sandbox store",
            ["-p", "sandbox-store", "--bin", "sandbox-store"],
        ),
        (
            "Pictures' own program",
            ["-p", "stockroom-tests", "--bin", "screens"],
        ),
    ] {
        run::build(project, name, &what, &[])?;
    }
    let programs = Project::programs(&target, "debug");
    let raw = target.join("screens");
    if raw.exists() {
        fs::remove_dir_all(&raw).with_context(|| format!("emptying {}", raw.display()))?;
    }
    let pictures = project.root.join("docs/pictures");
    steps::step("Pictures", || {
        let mut screens = Command::new(programs.join(executable("screens")));
        tidy(&mut screens);
        screens
            .arg(&raw)
            .args(names)
            .env("STOCKROOM_BIN_DIR", &programs)
            .current_dir(&project.root)
            // What it prints is told below, when the pictures are in place.
            .stdout(Stdio::null());
        steps::shown(&mut screens)?;
        fs::create_dir_all(&pictures)?;
        let taken = taken(&raw)?;
        let mut bytes = 0;
        for picture in &taken {
            let name = picture.file_name().context("a picture has a name")?;
            bytes += shrink(picture, &pictures.join(name))?;
        }
        Ok(format!("{} of {} kB together", taken.len(), bytes / 1000))
    })?;
    Ok(ExitCode::SUCCESS)
}

fn taken(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .with_context(|| format!("reading {}", folder.display()))?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .collect();
    files.sort();
    if files.is_empty() {
        bail!("no picture was taken");
    }
    Ok(files)
}

/// Writes a picture with 256 colours, a fifth of its size and not told apart by eye: the window has few
/// hues. Answers its size in bytes.
fn shrink(from: &Path, to: &Path) -> Result<u64> {
    let output = Command::new("convert")
        .arg(from)
        .args(["-strip", "+dither", "-colors", "256"])
        .args(["-define", "png:compression-level=9"])
        .args(["-define", "png:exclude-chunks=date,time"])
        .arg(format!("PNG8:{}", to.display()))
        .output()
        .context("ImageMagick's convert does not start")?;
    if !output.status.success() {
        bail!(
            "{} can't be made smaller: {}",
            from.display(),
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(fs::metadata(to)?.len())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The pictures that a page shows, as they stand there: in an attribute or in a link, never between backticks.
    fn shown(page: &str) -> BTreeSet<&str> {
        page.split(['"', '(', ')'])
            .filter(|piece| piece.ends_with(".png") && !piece.contains([' ', ':', '`', '\n']))
            .collect()
    }

    /// The pages of documentation in a folder.
    fn pages(folder: &Path) -> Vec<PathBuf> {
        let files = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        files
            .filter(|file| file.extension().is_some_and(|end| end == "md"))
            .collect()
    }

    #[test]
    fn a_picture_is_found_in_a_page_however_it_is_shown() {
        let page = concat!(
            "<source srcset=\"pictures/a-dark.png\">\n<img src=\"pictures/a.png\">\n",
            "![A list](b.png), (`NAME.png`) and (https://example.com/c.png)",
        );
        assert_eq!(
            shown(page),
            BTreeSet::from(["pictures/a-dark.png", "pictures/a.png", "b.png"])
        );
    }

    #[test]
    fn every_picture_that_a_page_shows_is_there_and_none_is_kept_that_no_page_shows() {
        let root = Project::find().unwrap().root;
        let mut folders = vec![root.clone(), root.join("docs"), root.join("docs/decisions")];
        let crates = fs::read_dir(root.join("crates")).unwrap();
        folders.extend(crates.map(|entry| entry.unwrap().path()));
        folders.retain(|folder| folder.is_dir());
        let mut all_shown = BTreeSet::new();
        for folder in &folders {
            for page in pages(folder) {
                let text = fs::read_to_string(&page).unwrap();
                all_shown.extend(shown(&text).into_iter().map(|file| folder.join(file)));
            }
        }
        let kept: BTreeSet<PathBuf> = fs::read_dir(root.join("docs/pictures"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();

        let missing: Vec<&PathBuf> = all_shown.iter().filter(|file| !file.is_file()).collect();
        let unseen: Vec<&PathBuf> = kept.difference(&all_shown).collect();
        assert!(
            missing.is_empty() && unseen.is_empty(),
            "missing, which `cargo xtask screens` takes: {missing:?}; shown nowhere: {unseen:?}"
        );
    }
}

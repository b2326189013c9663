//! Whether everything type-checks for Windows, asked on another system.

use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::project::{Project, WITH_BRIDGE};
use crate::report::{Report, Row};
use crate::steps::{self, Echo};
use crate::system::{self, For};
use crate::test::{Work, window_build};

/// The kind of Windows whose libraries and C compiler can be had on other systems.
const TARGET: &str = "x86_64-pc-windows-gnu";

/// `cargo xtask check --windows`
pub(crate) fn check(project: &Project) -> Result<ExitCode> {
    if cfg!(windows) {
        bail!("this is Windows: `cargo xtask check` checks the same and more");
    }
    system::set_up(For::WindowsCheck)?;
    system::rust_components(project)?;
    steps::step("Rust's Windows library", standard_library)?;
    let until = Instant::now() + Duration::from_secs(60 * 60);
    let work = &Work::new(project, until, false)?;
    let mut report = Report::new();
    // Built as well: without it the app's own crate does not compile.
    let (rows, _) = window_build(work);
    rows.into_iter().for_each(|row| report.add(row));
    report.add(types(work));
    Ok(report.finish())
}

/// Clippy and not `check`: it sees the same types, and also what only Windows leaves unused.
fn types(work: &Work<'_>) -> Row {
    Row::live("types for Windows", || {
        let mut clippy = work.project.cargo(&[
            "clippy",
            "--workspace",
            "--all-targets",
            "--keep-going",
            "--target",
            TARGET,
        ]);
        clippy.args(WITH_BRIDGE).args(["--", "-D", "warnings"]);
        steps::watch(
            &mut clippy,
            &work.logs.join("windows.log"),
            Echo::Live,
            work.until,
        )?
        .ok("cargo clippy for Windows")
    })
}

/// Adds the standard library for Windows to the toolchain in use, unless it is there.
fn standard_library() -> Result<String> {
    let rustup = |arguments: &[&str]| {
        Command::new("rustup")
            .args(arguments)
            .stdin(Stdio::null())
            .output()
    };
    let Ok(listing) = rustup(&["target", "list", "--installed"]) else {
        bail!(
            "Rust's standard library for {TARGET} is brought by rustup, which is missing here; get it from \
             https://rustup.rs"
        );
    };
    if is_listed(&String::from_utf8_lossy(&listing.stdout)) {
        return Ok("here".to_owned());
    }
    match rustup(&["target", "add", TARGET]) {
        Ok(added) if added.status.success() => Ok("added with rustup".to_owned()),
        Ok(refused) => bail!(
            "Rust's standard library for {TARGET} could not be fetched (`rustup target add {TARGET}`): {}",
            last_line(&String::from_utf8_lossy(&refused.stderr))
        ),
        Err(error) => bail!("rustup does not start: {error}"),
    }
}

fn is_listed(listing: &str) -> bool {
    listing.lines().any(|line| line.trim() == TARGET)
}

fn last_line(text: &str) -> &str {
    text.lines()
        .rfind(|line| !line.trim().is_empty())
        .unwrap_or("no reason given")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_very_target_counts_as_installed() {
        assert!(is_listed(
            "x86_64-pc-windows-gnu\nx86_64-unknown-linux-gnu\n"
        ));
        assert!(!is_listed(
            "x86_64-pc-windows-gnullvm\nx86_64-unknown-linux-gnu\n"
        ));
        assert!(!is_listed(""));
    }

    #[test]
    fn why_rustup_failed_is_its_last_word() {
        let said = "info: downloading\nerror: could not download\n\n";
        assert_eq!(last_line(said), "error: could not download");
    }
}

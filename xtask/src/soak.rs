//! Killing jobs for as long as wanted.

use std::process::{ExitCode, Stdio};

use anyhow::{Context, Result};

use crate::project::Project;
use crate::run::{self, executable};
use crate::steps;
use crate::system::For;

/// Builds what is killed and what kills, and runs it with the arguments given. Standard output
/// belongs to it alone; its last line is `J jobs, K kills, F faults, L lost, D doubled`.
pub(crate) fn soak(project: &Project, arguments: &[String]) -> Result<ExitCode> {
    let target = project.members()?.target_directory.join("debug");
    run::set_up(project, For::Tests)?;
    steps::step("Soak", || {
        let build = |package: &str, what: &[&str]| {
            let mut cargo = project.cargo(&["build", "-p", package]);
            steps::shown(cargo.args(what))
        };
        build("sandbox-store", &["--bins"])?;
        build("bridge", &["--bins"])?;
        build("stockroom-tests", &["--bin", "soak"])?;
        Ok("built".to_owned())
    })?;
    let program = target.join(executable("soak"));
    let mut soak = std::process::Command::new(&program);
    crate::project::tidy(&mut soak);
    let status = soak
        .args(arguments)
        .env("STOCKROOM_BIN_DIR", &target)
        .current_dir(&project.root)
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("starting {}", program.display()))?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

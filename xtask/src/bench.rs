//! Measuring, on the program as it is released.

use std::process::{ExitCode, Stdio};

use anyhow::{Context, Result};

use crate::project::Project;
use crate::run::executable;
use crate::steps;

/// Builds the benchmarks and the sandbox store, and runs them with the arguments given.
///
/// Standard output belongs to the measurements alone: `name value unit limit holds|fails`, or JSON.
pub(crate) fn bench(project: &Project, arguments: &[String]) -> Result<ExitCode> {
    let target = project.members()?.target_directory.join("release");
    steps::step("Benchmarks", || {
        // Its test servers as programs, the benchmark itself, and nothing else of the tests.
        steps::shown(&mut project.cargo(&["build", "--release", "-p", "sandbox-store", "--bins"]))?;
        steps::shown(&mut project.cargo(&[
            "build",
            "--release",
            "-p",
            "stockroom-tests",
            "--bin",
            "bench",
        ]))?;
        Ok("built".to_owned())
    })?;
    let program = target.join(executable("bench"));
    let mut bench = std::process::Command::new(&program);
    crate::project::tidy(&mut bench);
    let status = bench
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

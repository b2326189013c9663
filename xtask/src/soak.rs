//! Killing jobs for as long as wanted, and what a test tries hundreds of times, thousands of times.

use std::process::{ExitCode, Stdio};

use anyhow::{Context, Result};

use crate::project::Project;
use crate::run::{self, executable};
use crate::steps;
use crate::system::For;

/// What is tried much oftener than in `test`, in an optimized build: the package, the tests of it,
/// and how often, in the variable that says so.
const OFTENER: &[(&str, &str, &str, &str)] = &[
    ("bigcommerce", "rival::", "STOCKROOM_SEEDS", "10000"),
    ("credentials", "mutations::", "PROPTEST_CASES", "100000"),
];

/// Leaves out what is tried oftener.
const ONLY_KILLS: &str = "--only-kills";

/// Runs [`OFTENER`], unless told otherwise. Then builds what is killed and what kills, and runs it with the
/// arguments given. Standard output belongs to it alone; its last line is `J jobs, K kills, F faults, L lost, D doubled`.
pub(crate) fn soak(project: &Project, arguments: &[String]) -> Result<ExitCode> {
    if !arguments.iter().any(|argument| argument == ONLY_KILLS) {
        for (package, tests, variable, times) in OFTENER {
            often(project, package, tests, variable, times)?;
        }
    }
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
        .args(arguments.iter().filter(|argument| *argument != ONLY_KILLS))
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

/// What these tests print goes to standard error.
fn often(project: &Project, package: &str, tests: &str, variable: &str, times: &str) -> Result<()> {
    steps::step(&format!("{package} {tests}"), || {
        let mut cargo = project.cargo(&["test", "--release", "-p", package, "--test", "it"]);
        cargo
            .args(["--", "--nocapture", tests])
            .env(variable, times)
            .stdout(std::io::stderr());
        steps::shown(&mut cargo)?;
        Ok(format!("{variable}={times}"))
    })
}

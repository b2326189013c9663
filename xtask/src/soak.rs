//! Killing jobs for as long as wanted, and what a test tries hundreds of times, thousands of times.

use std::process::{ExitCode, Stdio};

use anyhow::{Context, Result, bail};

use crate::project::{Project, WITH_BRIDGE};
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
    let target = Project::programs(&project.members()?.target_directory, "debug");
    run::set_up(project, For::Tests)?;
    steps::step("Soak", || {
        let build = |package: &str, what: &[&str], how: &[&str]| {
            let mut cargo = project.cargo(&["build", "-p", package]);
            steps::shown(cargo.args(what).args(how))
        };
        build("sandbox-store", &["--bins"], &[])?;
        build("bridge", &["--bins"], WITH_BRIDGE)?;
        build("stockroom-tests", &["--bin", "soak"], &[])?;
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
        let of_tests =
            || project.cargo(&["test", "--release", "-p", package, "--test", "it", "--"]);
        let mut list = of_tests();
        list.args(["--list", tests]).stderr(Stdio::inherit());
        let listed = list.output().context("cargo does not start")?;
        if !listed.status.success() {
            bail!(
                "the tests of {package} could not be listed ({})",
                listed.status
            );
        }
        are_any(package, tests, &String::from_utf8_lossy(&listed.stdout))?;
        let mut cargo = of_tests();
        cargo
            .args(["--nocapture", tests])
            .env(variable, times)
            .stdout(std::io::stderr());
        steps::shown(&mut cargo)?;
        Ok(format!("{variable}={times}"))
    })
}

/// An error unless some tests are `listed`: a runner that finds none of that name is content.
fn are_any(package: &str, tests: &str, listed: &str) -> Result<()> {
    if listed.lines().any(|line| line.ends_with(": test")) {
        return Ok(());
    }
    bail!(
        "no test of {package} has `{tests}` in its name, so nothing would be tried: if \
         they were renamed, name them in OFTENER of xtask/src/soak.rs as they are called now"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_no_test_has_is_an_error_with_a_way_out() {
        let some = "rival::nothing_is_sent: test\n\n1 test, 0 benchmarks\n";
        are_any("bigcommerce", "rival::", some).unwrap();
        let none = are_any("bigcommerce", "rivals::", "\n0 tests, 0 benchmarks\n");
        let sentence = none.unwrap_err().to_string();
        assert!(
            sentence.contains("no test of bigcommerce has `rivals::`"),
            "{sentence}"
        );
        assert!(sentence.contains("xtask/src/soak.rs"), "{sentence}");
    }

    #[test]
    fn whatever_is_tried_oftener_is_a_file_of_tests() {
        let root = Project::find().unwrap().root;
        for (package, tests, ..) in OFTENER {
            let file = format!(
                "crates/{package}/tests/it/{}.rs",
                tests.trim_end_matches("::")
            );
            assert!(root.join(&file).is_file(), "{file}");
        }
    }
}

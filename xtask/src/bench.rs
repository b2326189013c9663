//! Measuring, on the program as it is released.

use std::ffi::OsStr;
use std::fs;
use std::process::{ExitCode, Stdio};

use anyhow::{Context, Result, bail};

use crate::pressed;
use crate::project::{Project, WITH_BRIDGE};
use crate::run::{self, executable};
use crate::steps;
use crate::system::For;

/// The one benchmark that opens windows.
const WITH_WINDOWS: &str = "startup";

/// The bare window is what the app is measured against; the bridge prepares a home.
const PROGRAMS_WITH_WINDOWS: &[(&str, &[&str])] = &[
    ("stockroom", &[]),
    ("bare-window", &[]),
    ("bridge", WITH_BRIDGE),
];

/// Builds the benchmarks and what they start, and runs them with the arguments given.
///
/// Standard output belongs to the measurements alone: `name value unit limit holds|fails`, or JSON. One without a limit
/// ends `- -`, one that can't be measured here `- - - unknown`.
pub(crate) fn bench(project: &Project, arguments: &[String]) -> Result<ExitCode> {
    is_known(&names(project)?, arguments)?;
    let target = Project::programs(&project.members()?.target_directory, "release");
    let windows = opens_windows(arguments);
    if windows {
        run::set_up(project, For::Tests)?;
    }
    steps::step("Benchmarks", || {
        pressed::forget_halves(project)?;
        // Its test servers as programs, the benchmark itself, and nothing else of the tests.
        let build = |package: &str, what: &[&str], how: &[&str]| {
            let mut cargo = project.cargo(&["build", "--release", "-p", package]);
            steps::shown(cargo.args(what).args(how))
        };
        build("sandbox-store", &["--bins"], &[])?;
        build("stockroom-tests", &["--bin", "bench"], &[])?;
        if windows {
            for (program, how) in PROGRAMS_WITH_WINDOWS {
                build(program, &["--bins"], how)?;
            }
        }
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

/// The benchmarks there are: each is a file of its own.
fn names(project: &Project) -> Result<Vec<String>> {
    const OTHER_FILES: &[&str] = &["main", "report"];
    let folder = project.root.join("tests/src/bin/bench");
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_stem().and_then(OsStr::to_str).unwrap_or_default();
        if path.extension().is_some_and(|ending| ending == "rs") && !OTHER_FILES.contains(&name) {
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Says at once that there is no such benchmark: the build before it takes minutes.
fn is_known(names: &[String], arguments: &[String]) -> Result<()> {
    let mut asked = arguments.iter().filter(|word| !word.starts_with('-'));
    match asked.find(|word| !names.contains(word)) {
        Some(word) => bail!(
            "there is no benchmark `{word}`; known: {}",
            names.join(", ")
        ),
        None => Ok(()),
    }
}

/// Whether a benchmark that opens windows was asked for: by its name, or with all of them.
fn opens_windows(arguments: &[String]) -> bool {
    let mut names = arguments
        .iter()
        .filter(|argument| !argument.starts_with('-'));
    names.next().is_none_or(|name| name == WITH_WINDOWS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_benchmark_that_does_not_exist_is_refused_before_anything_is_built() {
        let names = names(&Project::find().unwrap()).unwrap();
        let asked = |word: &str| is_known(&names, &["--json".to_owned(), word.to_owned()]);
        for name in ["startup", "client", "changes", "sandbox", "pull", "browse"] {
            assert!(asked(name).is_ok(), "{name}");
        }
        for name in ["main", "start", "report"] {
            let said = asked(name).unwrap_err().to_string();
            assert!(said.contains("startup") && said.contains(name), "{said}");
        }
    }

    #[test]
    fn only_the_benchmark_of_the_start_needs_the_app() {
        let asked = |words: &[&str]| {
            opens_windows(
                &words
                    .iter()
                    .map(|word| (*word).to_owned())
                    .collect::<Vec<_>>(),
            )
        };
        assert!(asked(&[]));
        assert!(asked(&["--json"]));
        assert!(asked(&["--json", "startup"]));
        assert!(!asked(&["browse"]));
        assert!(!asked(&["pull", "--json"]));
    }
}

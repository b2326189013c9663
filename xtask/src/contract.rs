//! Client and sandbox held against BigCommerce's own OpenAPI files.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::clients;
use crate::project::{NPM, Project, tidy};
use crate::run::{self, executable};
use crate::rust_tests;
use crate::steps::{self, Echo};
use crate::test::Work;
use crate::ui;

/// The variable that names the folder with the files.
const FOLDER: &str = "BIGCOMMERCE_OPENAPI_DIR";

/// Why nothing is judged, in a sentence.
const SKIPPED: &str = "skipped: BIGCOMMERCE_OPENAPI_DIR names no folder with BigCommerce's OpenAPI files, \
                       which are not part of this project";

/// `cargo xtask contract [--full]`. In full it leads other people's clients to the sandbox first, which needs no files of
/// BigCommerce's, and says how many of those clients were not tried. In either form it ends
/// `N requests, M answers judged, K violations`.
pub(crate) fn contract(project: &Project, arguments: &[String]) -> Result<ExitCode> {
    match arguments {
        [] => {}
        [option] if option == "--full" => {}
        _ => bail!("`cargo xtask contract` knows --full, and nothing else"),
    }
    let target = project.members()?.target_directory;
    let far = Instant::now() + std::time::Duration::from_secs(60 * 60);
    let tried = if arguments.is_empty() {
        None
    } else {
        Some(clients::try_all(project, &target, far)?)
    };
    in_turn(
        tried.as_deref(),
        |tried| println!("{tried}"),
        || judge(project, arguments, &target, far),
    )
}

/// Says what came of other people's clients, whatever is judged then: the last word is the judge's.
fn in_turn(
    tried: Option<&str>,
    say: impl FnOnce(&str),
    judge: impl FnOnce() -> Result<ExitCode>,
) -> Result<ExitCode> {
    if let Some(tried) = tried {
        say(tried);
    }
    judge()
}

fn judge(project: &Project, arguments: &[String], target: &Path, far: Instant) -> Result<ExitCode> {
    if !is_at_hand() {
        println!("{SKIPPED}");
        return Ok(ExitCode::SUCCESS);
    }
    steps::step("Prism", || packages(project, &run::logs(target), far))?;
    steps::step("Contract", || {
        let mut cargo = project.cargo(&["build", "-p", "stockroom-tests", "--bin", "contract"]);
        steps::shown(&mut cargo)?;
        Ok("built".to_owned())
    })?;
    let program = target.join("debug").join(executable("contract"));
    let status = judging(&program, project)
        .args(arguments)
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("starting {}", program.display()))?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The short form, as a part of all tests: its last line, or why it was skipped.
pub(crate) fn short(work: &Work<'_>) -> Result<String> {
    if !is_at_hand() {
        return Ok(SKIPPED.to_owned());
    }
    packages(work.project, &work.logs, work.until)?;
    let program = work.programs.join(executable("contract"));
    let finished = steps::watch(
        &mut judging(&program, work.project),
        &work.logs.join("contract.log"),
        Echo::OnFailure,
        work.until,
    )?;
    let last = finished
        .output
        .lines()
        .last()
        .unwrap_or_default()
        .to_owned();
    finished.ok("cargo xtask contract")?;
    Ok(last)
}

/// The state of all that the short form stands on; `None` where it would be skipped.
pub(crate) fn inputs(work: &Work<'_>) -> Option<u64> {
    let folder = std::env::var_os(FOLDER).map(PathBuf::from)?;
    let is_there = folder.is_dir();
    is_there.then(|| rust_tests::inputs_of_the_judge(work, &[folder]))?
}

fn is_at_hand() -> bool {
    std::env::var_os(FOLDER).is_some_and(|folder| Path::new(&folder).is_dir())
}

fn judging(program: &Path, project: &Project) -> Command {
    let mut command = Command::new(program);
    tidy(&mut command);
    command.current_dir(&project.root);
    command
}

/// Prism, which only this needs: its packages lie apart, so that nobody else has to install them.
fn packages(project: &Project, logs: &Path, until: Instant) -> Result<String> {
    let mut npm = Command::new(NPM);
    npm.args(["ci", "--no-audit", "--no-fund"])
        .current_dir(project.contract());
    tidy(&mut npm);
    ui::install(
        &project.contract(),
        &mut npm,
        &logs.join("npm-ci-contract.log"),
        until,
    )
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    #[test]
    fn what_came_of_other_clients_is_said_before_it_is_judged_and_also_where_that_fails() {
        let said = RefCell::new(Vec::new());
        let judged = in_turn(
            Some("1 of 2 clients of others not tried"),
            |tried| said.borrow_mut().push(tried.to_owned()),
            || {
                let last = "3 requests, 2 answers judged, 1 violations";
                said.borrow_mut().push(last.to_owned());
                bail!("the contract could not be judged")
            },
        );
        assert!(judged.is_err());
        let expected = [
            "1 of 2 clients of others not tried",
            "3 requests, 2 answers judged, 1 violations",
        ];
        assert_eq!(said.into_inner(), expected);
    }
}

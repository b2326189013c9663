//! Client and sandbox held against BigCommerce's own OpenAPI files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::clients;
use crate::count::Tally;
use crate::project::{NPM, Project, tidy};
use crate::report::Row;
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
    let program = Project::programs(target, "debug").join(executable("contract"));
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

/// The short form, as a part of all tests: its last line. Without the files nothing is counted, and it says why.
pub(crate) fn short(work: &Work<'_>) -> Result<(Tally, String)> {
    counted(is_at_hand(), || judge_in_short(work))
}

/// What the judge's last line counts for. One that skips what lies at hand did not find it, which is no pass.
fn counted(at_hand: bool, judge: impl FnOnce() -> Result<String>) -> Result<(Tally, String)> {
    if !at_hand {
        return Ok((Tally::NOTHING, SKIPPED.to_owned()));
    }
    let last = judge()?;
    if last.starts_with("skipped") {
        bail!("{FOLDER} names a folder, and the judge says all the same: {last}");
    }
    Ok((Tally::PASSED, last))
}

fn judge_in_short(work: &Work<'_>) -> Result<String> {
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

/// A row that fails where the files are at hand and some of our tests did without them all the same: a build server
/// would lose those tests, and nobody would notice. It goes by what the tests of Rust have just said.
pub(crate) fn left_out(work: &Work<'_>) -> Option<Row> {
    let why = missed(is_at_hand(), &work.logs)?;
    Some(Row::failed("specification", why))
}

/// Which programs of tests say in `logs` that they did without files that are at hand.
fn missed(at_hand: bool, logs: &Path) -> Option<String> {
    let entries = fs::read_dir(logs).into_iter().flatten().flatten();
    let mut programs: Vec<String> = entries
        .map(|entry| entry.path())
        .filter(|file| at_hand && rust_tests::is_log(file))
        .filter(|file| {
            let said = fs::read(file).unwrap_or_default();
            String::from_utf8_lossy(&said).lines().any(does_without)
        })
        .filter_map(|file| Some(file.file_stem()?.to_string_lossy().into_owned()))
        .collect();
    programs.sort();
    (!programs.is_empty()).then(|| {
        format!(
            "{FOLDER} names a folder, and tests did without it all the same; see in target/xtask: {}",
            programs.join(", ")
        )
    })
}

/// Whether this line says that something can't be tried without the files.
fn does_without(line: &str) -> bool {
    line.split_once("not tried: ")
        .is_some_and(|(_, what)| what.contains(FOLDER) || what.contains("specification"))
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
    npm.args(ui::CLEAN_INSTALL).current_dir(project.contract());
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

    #[test]
    fn without_the_files_nothing_is_counted_and_nobody_judges() {
        let (tally, note) = counted(false, || bail!("it was asked")).unwrap();
        assert_eq!((tally, note.as_str()), (Tally::NOTHING, SKIPPED));
    }

    #[test]
    fn a_judge_that_skips_files_which_are_at_hand_is_no_pass() {
        let last = "3 requests, 2 answers judged, 0 violations";
        let judged = counted(true, || Ok(last.to_owned())).unwrap();
        assert_eq!(judged, (Tally::PASSED, last.to_owned()));

        let skipped = counted(true, || Ok(SKIPPED.to_owned())).unwrap_err();
        assert!(skipped.to_string().contains(SKIPPED), "{skipped}");
    }

    #[test]
    fn tests_that_do_without_files_which_are_at_hand_are_named() {
        let logs = std::env::temp_dir().join(format!("xtask-contract-{}", std::process::id()));
        let _ = fs::remove_dir_all(&logs);
        fs::create_dir_all(&logs).unwrap();
        let said = |file: &str, text: &str| fs::write(logs.join(file), text).unwrap();
        let other = "test a ... not tried: a name of this computer, for here it has none\nok\n";
        said("rust-tests-commerce-lib.log", other);
        said("contract.log", "not tried: the specification\n");
        assert_eq!(missed(true, &logs), None);

        let line = format!("{other}test b ... not tried: to hold, for {FOLDER} names no folder\n");
        said("rust-tests-bigcommerce-test-it.log", &line);
        assert_eq!(missed(false, &logs), None, "nobody has the files");
        let why = missed(true, &logs);
        fs::remove_dir_all(&logs).unwrap();
        let why = why.unwrap();
        assert!(why.ends_with(": rust-tests-bigcommerce-test-it"), "{why}");
    }

    #[test]
    fn what_the_tests_of_the_client_say_without_the_files_is_recognised() {
        let root = Project::find().unwrap().root;
        let file = root.join("crates/bigcommerce/tests/it/specification.rs");
        let text = fs::read_to_string(file).unwrap();
        let (_, after) = text.split_once("testkit::not_tried(").unwrap();
        let words = after.trim_start().lines().next().unwrap();
        assert!(does_without(&format!("not tried: {words}")), "{words}");
    }
}

//! Everything that must hold, and one line at the end that counts it.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::check::{rust_half, window_half};
use crate::contract;
use crate::count::{self, Tally};
use crate::kept::{Kept, Sources};
use crate::project::{Project, behind_others};
use crate::report::{Report, Row};
use crate::run::logs;
use crate::rust_tests::{self, JOURNEYS};
use crate::steps::{self, Echo};
use crate::system::{self, For};
use crate::ui;

/// `cargo xtask test`. Whatever happens, the last line is `N passed, M failed`.
pub(crate) fn test(arguments: &[String]) -> ExitCode {
    let mut report = Report::new();
    let ended = catch_unwind(AssertUnwindSafe(|| all(arguments, &mut report)));
    match ended {
        Ok(Ok(())) => {}
        // Set-up failed. Nothing else was tried, so nothing else is counted.
        Ok(Err(error)) => report.add(Row::failed("set-up", format!("{error:#}"))),
        Err(_) => report.add(Row::failed(
            "cargo xtask test",
            "it broke off; the message is above".to_owned(),
        )),
    }
    report.finish()
}

fn all(arguments: &[String], report: &mut Report) -> Result<()> {
    let options = Options::parse(arguments)?;
    let until = Instant::now() + options.limit;
    let project = &Project::find()?;
    system::set_up(For::Tests)?;
    system::rust_components(project)?;
    let work = &Work::new(project, until, options.anew)?;

    // npm waits for the network and the disk while the quick half is done.
    let has_window = thread::scope(|scope| {
        let window = scope.spawn(|| window_build(work));
        rust_half(work, report);
        if system::unattended() {
            report.add(lock_file(work));
        }
        let (rows, has_window) = window.join().expect("it returns its failures");
        rows.into_iter().for_each(|row| report.add(row));
        has_window
    });

    // The window's checks take one core for seconds, the compiler takes what is left for minutes.
    let built = thread::scope(|scope| {
        let checks = scope.spawn(|| window_half(work, has_window));
        let (row, built) = rust_tests::build(work);
        report.add(row);
        report.add(built.clippy());
        let checks = checks.join().expect("it returns its failures");
        checks.into_iter().for_each(|row| report.add(row));
        built
    });

    // The tests of Rust wait for windows, and for the pauses that a store is given. The window's tests wait for nothing
    // and don't look at the time, so they get what is left.
    thread::scope(|scope| {
        let behind = scope.spawn(|| {
            if has_window {
                window_tests(work)
            } else {
                not_run("window: tests")
            }
        });
        for row in rust_tests::run(work, &built) {
            report.add(row);
        }
        contract::left_out(work)
            .into_iter()
            .for_each(|row| report.add(row));
        if !built.lacks(JOURNEYS) {
            report.add(Row::kept(
                work,
                "contract",
                contract::inputs(work),
                |name| Row::timed(name, || contract::short(work)),
            ));
        }
        report.add(behind.join().expect("it returns its failures"));
    });
    Ok(())
}

/// What every part needs to know.
pub(crate) struct Work<'a> {
    /// The working copy.
    pub(crate) project: &'a Project,
    /// Where output is kept.
    pub(crate) logs: PathBuf,
    /// Where the programs are that tests start.
    pub(crate) programs: PathBuf,
    /// When the time is up.
    pub(crate) until: Instant,
    /// What passed before.
    pub(crate) kept: Kept,
    /// What it passed with.
    pub(crate) sources: Sources,
}

impl<'a> Work<'a> {
    /// In this working copy, until `until`; `anew` runs also what passed and has not changed.
    pub(crate) fn new(project: &'a Project, until: Instant, anew: bool) -> Result<Self> {
        let target = project.members()?.target_directory;
        let logs = logs(&target);
        fs::create_dir_all(&logs).with_context(|| format!("making {}", logs.display()))?;
        Ok(Self {
            project,
            kept: Kept::open(logs.join("passed"), !anew && !system::unattended()),
            sources: Sources::of(project),
            logs,
            programs: Project::programs(&target, "debug"),
            until,
        })
    }

    /// The state of the window's code.
    pub(crate) fn window_inputs(&self) -> Option<u64> {
        let packages = self.project.ui().join("node_modules/.stockroom-lock");
        self.sources
            .state(|file| file.starts_with("ui"), &[packages])
    }
}

/// A part that was not tried because what it stands on failed.
pub(crate) fn not_run(name: &str) -> Row {
    Row::failed(
        name,
        "not run: the window's packages could not be installed".to_owned(),
    )
}

/// What stands behind `cargo xtask test`.
#[derive(Debug, PartialEq, Eq)]
struct Options {
    /// After this nothing more is begun, and what runs is ended.
    limit: Duration,
    /// Whether to run also what passed and has not changed since.
    anew: bool,
}

impl Options {
    fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self {
            limit: Duration::from_secs(60 * 60),
            anew: false,
        };
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--anew" => options.anew = true,
                "--minutes" => {
                    let minutes = words.next().map_or("", String::as_str);
                    let minutes: u64 = minutes
                        .parse()
                        .with_context(|| format!("`{minutes}` is no number of minutes"))?;
                    options.limit = Duration::from_secs(60 * minutes);
                }
                _ => bail!("`cargo xtask test` knows --minutes N and --anew, and nothing else"),
            }
        }
        Ok(options)
    }
}

/// Packages and production build of the window, which the app's own build takes in.
pub(crate) fn window_build(work: &Work<'_>) -> (Vec<Row>, bool) {
    let packages = Row::quiet("window: packages", || {
        ui::packages(work.project, &work.logs, work.until)
    });
    if packages.has_failed() {
        return (vec![packages, not_run("window: build")], false);
    }
    let build = Row::quiet("window: build", || {
        ui::build(work.project, &work.logs, work.until)
    });
    (vec![packages, build], true)
}

/// Whether the committed lock file is current.
///
/// Cargo brings it along without a word, and did so before this program was started. On a build server,
/// where nobody edits, a difference is what was left out of a commit.
fn lock_file(work: &Work<'_>) -> Row {
    Row::timed("lock file", || {
        if !system::on_path("git") {
            return Ok((Tally::NOTHING, "not known: there is no git here".to_owned()));
        }
        let mut git = Command::new("git");
        git.args(["diff", "--quiet", "HEAD", "--", "Cargo.lock"])
            .current_dir(&work.project.root);
        let finished = steps::watch(
            &mut git,
            &work.logs.join("lock.log"),
            Echo::Never,
            work.until,
        )?;
        compared(finished.code)
    })
}

/// What counts of git's exit code.
fn compared(code: Option<i32>) -> Result<(Tally, String)> {
    match code {
        Some(0) => Ok((Tally::PASSED, String::new())),
        Some(1) => bail!("Cargo.lock is not what Cargo.toml asks for: build once and commit it"),
        _ => Ok((Tally::NOTHING, "not known: git does not answer".to_owned())),
    }
}

fn window_tests(work: &Work<'_>) -> Row {
    Row::kept(work, "window: tests", work.window_inputs(), |name| {
        Row::timed(name, || Ok((vitest(work)?, String::new())))
    })
}

fn vitest(work: &Work<'_>) -> Result<Tally> {
    let file = work.logs.join("vitest.json");
    let _ = fs::remove_file(&file);
    let mut npm = work.project.npm(&[
        "test",
        "--",
        "--run",
        "--reporter=default",
        "--reporter=json",
    ]);
    npm.arg(format!("--outputFile.json={}", file.display()));
    let finished = steps::watch(
        &mut behind_others(&npm),
        &work.logs.join("window-tests.log"),
        Echo::OnFailure,
        work.until,
    )?;
    let json: Value = fs::read(&file)
        .ok()
        .and_then(|json| serde_json::from_slice(&json).ok())
        .unwrap_or_default();
    Ok(count::vitest(&json, finished.success))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_file_of_which_git_knows_nothing_is_no_pass() {
        assert_eq!(compared(Some(0)).unwrap().0, Tally::PASSED);
        assert!(compared(Some(1)).is_err());
        for unknown in [Some(129), None] {
            assert_eq!(compared(unknown).unwrap().0, Tally::NOTHING);
        }
    }

    #[test]
    fn the_time_limit_is_in_minutes() {
        let parse = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            Options::parse(&words)
        };
        let of = |minutes: u64, anew| Options {
            limit: Duration::from_secs(60 * minutes),
            anew,
        };
        assert_eq!(parse(&[]).unwrap(), of(60, false));
        assert_eq!(parse(&["--anew", "--minutes", "24"]).unwrap(), of(24, true));
        assert!(parse(&["--minutes", "soon"]).is_err());
        assert!(parse(&["--minutes"]).is_err());
        assert!(parse(&["--fast"]).is_err());
    }
}

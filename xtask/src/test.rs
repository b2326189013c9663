//! Everything that must hold, and one line at the end that counts it.

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::check::{self, rust_half, window_half};
use crate::contract;
use crate::count::{self, Tally};
use crate::project::Project;
use crate::report::{Report, Row};
use crate::run::logs;
use crate::steps::{self, Echo};
use crate::system::{self, For};
use crate::ui;

/// The crates whose programs the journeys start.
const WITH_PROGRAMS: &[&str] = &["stockroom", "bridge", "sandbox-store"];

/// The crate of the journeys.
const JOURNEYS: &str = "stockroom-tests";

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
    let until = Instant::now() + time_limit(arguments)?;
    let project = &Project::find()?;
    system::set_up(For::Tests)?;
    system::rust_components(project)?;
    let target = project.members()?.target_directory;
    let work = &Work {
        project,
        logs: logs(&target),
        programs: target.join("debug"),
        until,
    };

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
    thread::scope(|scope| {
        let checks = scope.spawn(|| window_half(work, has_window));
        report.add(check::clippy(work));
        checks
            .join()
            .expect("it returns its failures")
            .into_iter()
            .for_each(|row| report.add(row));
    });
    let (row, broken) = build(work);
    report.add(row);

    // Tests get the computer to themselves: some look at the time.
    report.add(if has_window {
        window_tests(work)
    } else {
        not_run("window: tests")
    });
    for (name, reason) in &broken {
        report.add(Row::failed(&format!("tests of {name}"), reason.clone()));
    }
    report.add(rust_tests(work, &broken));
    if !broken.iter().any(|(name, _)| name == JOURNEYS) {
        report.add(Row::quiet("contract", || contract::short(work)));
    }
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
}

/// A part that was not tried because what it stands on failed.
pub(crate) fn not_run(name: &str) -> Row {
    Row::failed(
        name,
        "not run: the window's packages could not be installed".to_owned(),
    )
}

fn time_limit(arguments: &[String]) -> Result<Duration> {
    let minutes = match arguments {
        [] => 60,
        [option, minutes] if option == "--minutes" => minutes
            .parse()
            .with_context(|| format!("`{minutes}` is no number of minutes"))?,
        _ => bail!("`cargo xtask test` knows --minutes N, and nothing else"),
    };
    Ok(Duration::from_secs(60 * minutes))
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
    Row::quiet("lock file", || {
        let mut git = Command::new("git");
        git.args(["diff", "--quiet", "HEAD", "--", "Cargo.lock"])
            .current_dir(&work.project.root);
        let finished = steps::watch(
            &mut git,
            &work.logs.join("lock.log"),
            Echo::Never,
            work.until,
        )?;
        match finished.code {
            Some(0) => Ok(String::new()),
            Some(1) => {
                bail!("Cargo.lock is not what Cargo.toml asks for: build once and commit it")
            }
            _ => Ok("not known: git does not answer".to_owned()),
        }
    })
}

fn window_tests(work: &Work<'_>) -> Row {
    Row::counted("window: tests", || {
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
            &mut npm,
            &work.logs.join("window-tests.log"),
            Echo::Live,
            work.until,
        )?;
        let json: Value = fs::read(&file)
            .ok()
            .and_then(|json| serde_json::from_slice(&json).ok())
            .unwrap_or_default();
        Ok(count::vitest(&json, finished.success))
    })
}

// ── Rust ─────────────────────────────────────────────────────────────────────────────────────────────

/// This command itself is left out: it runs, and some systems lock a program that runs. Its tests are
/// built with the tests.
const BUILD: &[&str] = &[
    "build",
    "--workspace",
    "--exclude",
    "xtask",
    "--bins",
    "--tests",
    "--keep-going",
];

/// Builds programs and tests in one go, so that both share every crate. Answers what does not build, and
/// why its tests are not run.
fn build(work: &Work<'_>) -> (Row, Vec<(String, String)>) {
    let row = Row::live("build", || {
        steps::watch(
            &mut work.project.cargo(BUILD),
            &work.logs.join("build.log"),
            Echo::Live,
            work.until,
        )?
        .ok("cargo build")
    });
    if !row.has_failed() || Instant::now() >= work.until {
        return (row, Vec::new());
    }
    // Everything that can be built is built by now, so asking again what that was is quick.
    let mut command = work.project.cargo(BUILD);
    command.args(["--message-format=json", "--quiet"]);
    let built = steps::watch(
        &mut command,
        &work.logs.join("build.json"),
        Echo::Never,
        work.until,
    )
    .map(|finished| built_tests(&finished.output))
    .unwrap_or_default();
    let members = work
        .project
        .members()
        .map(|metadata| metadata.packages)
        .unwrap_or_default();
    let mut broken: Vec<(String, String)> = members
        .iter()
        .filter(|package| package.name != "xtask")
        .filter(|package| {
            package
                .targets
                .iter()
                .any(|test| !built.contains(&(package.id.clone(), test.clone())))
        })
        .map(|package| {
            (
                package.name.clone(),
                "not run: they do not build".to_owned(),
            )
        })
        .collect();
    let is_broken = |name: &str| broken.iter().any(|(package, _)| package == name);
    if WITH_PROGRAMS.iter().any(|name| is_broken(name)) && !is_broken(JOURNEYS) {
        broken.push((
            JOURNEYS.to_owned(),
            "not run: a program they start does not build".to_owned(),
        ));
    }
    (row, broken)
}

/// The test programs in cargo's messages: package id and name.
fn built_tests(messages: &str) -> BTreeSet<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| {
            message["reason"] == "compiler-artifact" && message["profile"]["test"] == true
        })
        .map(|message| {
            (
                text(&message["package_id"]),
                text(&message["target"]["name"]),
            )
        })
        .collect()
}

fn rust_tests(work: &Work<'_>, broken: &[(String, String)]) -> Row {
    Row::counted("Rust tests", || {
        let mut command = work
            .project
            .cargo(&["test", "--workspace", "--no-fail-fast"]);
        for (name, _) in broken {
            command.args(["--exclude", name]);
        }
        command.env("STOCKROOM_BIN_DIR", &work.programs);
        let finished = steps::watch(
            &mut command,
            &work.logs.join("rust-tests.log"),
            Echo::Live,
            work.until,
        )?;
        if !finished.success {
            println!("cargo test: {}", finished.status);
        }
        Ok::<Tally, _>(count::cargo_test(&finished.output, finished.success))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_programs_built_as_tests_count_as_built_tests() {
        let messages = r#"
{"reason":"compiler-artifact","package_id":"a","target":{"name":"it"},"profile":{"test":true}}
{"reason":"compiler-artifact","package_id":"a","target":{"name":"a"},"profile":{"test":false}}
{"reason":"build-finished","success":false}
warning: not a message
"#;
        assert_eq!(
            built_tests(messages),
            BTreeSet::from([("a".to_owned(), "it".to_owned())])
        );
    }

    #[test]
    fn the_time_limit_is_in_minutes() {
        let limit = |words: &[&str]| {
            time_limit(
                &words
                    .iter()
                    .map(|word| (*word).to_owned())
                    .collect::<Vec<_>>(),
            )
        };
        assert_eq!(
            limit(&["--minutes", "24"]).unwrap(),
            Duration::from_secs(24 * 60)
        );
        assert!(limit(&["--minutes", "soon"]).is_err());
        assert!(limit(&["--fast"]).is_err());
    }
}

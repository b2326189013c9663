//! The fast part of the tests: what to run before a commit.

use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::directions;
use crate::licences;
use crate::packed;
use crate::project::{Project, WITH_BRIDGE};
use crate::report::{Report, Row};
use crate::steps::{self, Echo};
use crate::system::{self, For};
use crate::test::{Work, not_run, window_build};

/// `cargo xtask check`
pub(crate) fn check(project: &Project) -> Result<ExitCode> {
    system::set_up(For::Check)?;
    system::rust_components(project)?;
    let until = Instant::now() + Duration::from_secs(60 * 60);
    let work = &Work::new(project, until, false)?;
    let mut report = Report::new();
    thread::scope(|scope| {
        let window = scope.spawn(|| {
            // Built as well: without it the app's own crate does not compile.
            let (mut rows, has_window) = window_build(work);
            rows.extend(window_half(work, has_window));
            rows
        });
        rust_half(work, &mut report);
        window
            .join()
            .expect("it returns its failures")
            .into_iter()
            .for_each(|row| report.add(row));
    });
    report.add(clippy(work));
    Ok(report.finish())
}

/// What takes a second: formatting, directions, licences, what the libraries are packed with.
pub(crate) fn rust_half(work: &Work<'_>, report: &mut Report) {
    report.add(Row::quiet("formatting", || {
        let mut fmt = work
            .project
            .cargo(&["fmt", "--all", "--check", "--", "--color=never"]);
        steps::watch(
            &mut fmt,
            &work.logs.join("fmt.log"),
            Echo::OnFailure,
            work.until,
        )?
        .ok("cargo fmt --all --check")?;
        Ok(String::new())
    }));
    report.add(Row::quiet("directions", || directions::rust(work.project)));
    report.add(Row::quiet("licences", || licences::check(work.project)));
    report.add(Row::quiet("packages of the libraries", || {
        packed::check(work.project)
    }));
}

/// Types, lint and directions of the window's code.
pub(crate) fn window_half(work: &Work<'_>, has_packages: bool) -> Vec<Row> {
    let scripts = ["types", "lint", "directions"];
    let one = |script: &str| {
        let name = format!("window: {script}");
        if !has_packages {
            return not_run(&name);
        }
        Row::kept(work, &name, work.window_inputs(), |name| {
            Row::quiet(name, || {
                let log = work.logs.join(format!("window-{script}.log"));
                steps::watch(
                    &mut work.project.npm(&["run", script]),
                    &log,
                    Echo::OnFailure,
                    work.until,
                )?
                .ok(&format!("npm run {script}"))?;
                Ok(String::new())
            })
        })
    };
    scripts.into_iter().map(one).collect()
}

/// Clippy, with every warning an error. Nothing is built, which is faster than what `test` does.
pub(crate) fn clippy(work: &Work<'_>) -> Row {
    Row::live("clippy", || {
        let mut clippy =
            work.project
                .cargo(&["clippy", "--workspace", "--all-targets", "--keep-going"]);
        clippy.args(WITH_BRIDGE).args(["--", "-D", "warnings"]);
        let log = work.logs.join("clippy.log");
        steps::watch(&mut clippy, &log, Echo::Live, work.until)?.ok("cargo clippy")
    })
}

//! The tests of every crate: built together, run one program at a time, each as cargo would.

mod prose;
mod remarks;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use serde_json::Value;

use crate::count::{self, Tally};
use crate::directions;
use crate::kept;
use crate::pressed;
use crate::project::{Metadata, WITH_BRIDGE, tidy};
use crate::report::Row;
use crate::run::executable;
use crate::steps::{self, Echo};
use crate::system;
use crate::test::Work;
use remarks::Remarks;

/// The crates whose programs the journeys start.
const WITH_PROGRAMS: &[&str] = &["stockroom", "bridge", "sandbox-store"];

/// The programs they start, as files.
const PROGRAMS: &[&str] = &["stockroom", "stockroom-bridge", "sandbox-store"];

/// The programs of the journeys' crate whose tests open no window, and what they start: a change of the window, or of the
/// host that shows it, is nothing to them.
const WITHOUT_WINDOW: &[(&str, &[&str])] = &[
    ("bad_days", &["stockroom-bridge", "sandbox-store"]),
    ("kills", &["stockroom-bridge", "sandbox-store"]),
];

/// The crate of the journeys.
pub(crate) const JOURNEYS: &str = "stockroom-tests";

/// How many tests a program of tests runs at once; it takes one per core by itself.
const THREADS: &str = "RUST_TEST_THREADS";

/// The programs of tests that mostly wait, for other programs or for the pauses that a store is given, and how many of
/// their tests run at once on a core. Windows take turns besides.
///
/// Measured on two cores, in seconds: kills 236 with two on a core and 148 with three and a half, `bad_days` 124 with two
/// and 85 with four, `workbench` 81 with two and 51 with four, `journeys` 698 with two windows at a time and 407 with three.
const WAITERS: &[(&str, &str, usize)] = &[
    (JOURNEYS, "journeys", 3),
    (JOURNEYS, "kills", 3),
    (JOURNEYS, "bad_days", 3),
    ("workbench", "it", 4),
];

const BUILD: &[&str] = &[
    "build",
    "--workspace",
    "--bins",
    "--tests",
    "--examples",
    "--keep-going",
];

/// Windows locks a program that runs, which this command does. Its tests are built with the tests.
const WITHOUT_ITSELF: &[&str] = if cfg!(windows) {
    &["--exclude", "xtask"]
} else {
    &[]
};

/// Everything is built by then (but on Windows this command's own tests); cargo says where it is, and what was said of it.
const LIST: &[&str] = &[
    "test",
    "--workspace",
    "--no-run",
    "--no-fail-fast",
    "--message-format=json",
    "--quiet",
];

/// The crate whose tests make the window's bindings and compare them with the file that stands there. No other
/// crate's tests read the window's code.
const SURFACE: &str = "surface";
const BINDINGS: &str = "ui/src/ipc/bindings.ts";

/// How the names of files with results begin.
const LOG: &str = "rust-tests-";

/// Whether these are the results of a program of tests.
pub(crate) fn is_log(file: &Path) -> bool {
    let name = file.file_name().and_then(OsStr::to_str).unwrap_or_default();
    name.starts_with(LOG) && name.ends_with(".log")
}

/// What can be run, and what can't.
pub(crate) struct Built {
    programs: Vec<TestProgram>,
    /// What the compiler had to say of it.
    remarks: Remarks,
    /// Crates whose tests are not run, and why.
    broken: Vec<(String, String)>,
}

impl Built {
    /// Whether the tests of this crate are left out.
    pub(crate) fn lacks(&self, package: &str) -> bool {
        self.broken.iter().any(|(name, _)| name == package)
    }

    /// Clippy's row: every warning is an error. The build had Clippy for a compiler.
    pub(crate) fn clippy(&self) -> Row {
        Row::quiet("clippy", || self.remarks.none())
    }
}

/// One program of tests.
#[derive(Debug, Clone, PartialEq, Eq)]
struct TestProgram {
    package: String,
    package_id: String,
    target: String,
    /// `lib`, `bin`, `test`…
    kind: String,
    file: PathBuf,
    /// Where it expects to be started.
    folder: PathBuf,
}

impl TestProgram {
    /// As cargo names it.
    fn name(&self) -> String {
        match self.kind.as_str() {
            "test" | "example" => format!("{} --{} {}", self.package, self.kind, self.target),
            "bin" => format!("{} --bin {}", self.package, self.target),
            _ => format!("{} --lib", self.package),
        }
    }

    /// The name of the file with its results.
    fn log(&self) -> String {
        let name = self.name().replace(" --", "-").replace(' ', "-");
        format!("{LOG}{name}.log")
    }

    /// As cargo starts it.
    fn command(&self, work: &Work<'_>) -> Command {
        let mut command = Command::new(&self.file);
        tidy(&mut command);
        command
            .current_dir(&self.folder)
            .env("CARGO_MANIFEST_DIR", &self.folder)
            .env("CARGO_PKG_NAME", &self.package)
            .env("STOCKROOM_BIN_DIR", &work.programs);
        let is_this = |(package, target, _): &&(&str, &str, usize)| {
            (*package, *target) == (self.package.as_str(), self.target.as_str())
        };
        if let Some((_, _, per_core)) = WAITERS.iter().find(is_this)
            && std::env::var_os(THREADS).is_none()
        {
            let cores = std::thread::available_parallelism().map_or(1, usize::from);
            command.env(THREADS, (per_core * cores).to_string());
        }
        command
    }

    /// The state of all it stands on: itself, what it starts, and what it may read while it runs.
    fn inputs(&self, work: &Work<'_>) -> Option<u64> {
        let mut others = vec![self.file.clone()];
        others.extend(std::env::var_os("BIGCOMMERCE_OPENAPI_DIR").map(PathBuf::from));
        if self.package == JOURNEYS {
            let mut few = WITHOUT_WINDOW.iter();
            let few = few.find(|(target, _)| *target == self.target);
            others.extend(programs_in(
                &work.programs,
                few.map_or(PROGRAMS, |(_, few)| few),
            ));
            if few.is_none() {
                others.push(work.project.ui().join("dist"));
            }
        }
        if self.package == SURFACE {
            others.push(work.project.root.join(BINDINGS));
        }
        let own = self
            .folder
            .strip_prefix(&work.project.root)
            .ok()?
            .to_owned();
        work.sources
            .state(|file| self.may_read(&own, file), &others)
    }

    /// Whether its tests may read `file` while they run; `own` is their crate's folder. Both are relative to the project.
    fn may_read(&self, own: &Path, file: &Path) -> bool {
        if file.starts_with("ui") {
            let is_known = directions::OF_THE_WINDOW
                .iter()
                .any(|known| file == Path::new(known));
            return is_known && self.package == "xtask";
        }
        if prose::is_prose(file) {
            return prose::is_read_by(&self.package, &self.target, file);
        }
        // This crate's own tests look through the sources of all.
        !kept::is_rust(file) || file.starts_with(own) || self.package == "xtask"
    }
}

/// These programs of ours, as files.
fn programs_in(folder: &Path, names: &[&str]) -> Vec<PathBuf> {
    let files = names.iter().map(|name| folder.join(executable(name)));
    files.collect()
}

/// The state of all that the judge of client and sandbox stands on, which is no program of tests.
pub(crate) fn inputs_of_the_judge(work: &Work<'_>, others: &[PathBuf]) -> Option<u64> {
    let mut all = programs_in(&work.programs, &["contract", "sandbox-store"]);
    all.extend(others.iter().cloned());
    let contract = work.project.contract();
    let folder = contract.strip_prefix(&work.project.root).ok()?;
    work.sources.state(|file| file.starts_with(folder), &all)
}

/// Builds programs and tests in one go, so that both share every crate, and finds what was built.
pub(crate) fn build(work: &Work<'_>) -> (Row, Built) {
    let row = Row::live("build", || {
        pressed::forget_halves(work.project)?;
        steps::watch(
            linting_cargo(work, BUILD)
                .args(WITH_BRIDGE)
                .args(WITHOUT_ITSELF),
            &work.logs.join("build.log"),
            Echo::Live,
            work.until,
        )?
        .ok("cargo build")
    });
    let log = work.logs.join("build.json");
    let mut list = linting_cargo(work, LIST);
    list.args(WITH_BRIDGE);
    let listed = steps::watch(&mut list, &log, Echo::Never, work.until)
        .map(|finished| finished.output)
        .unwrap_or_default();
    // The list of tests has no program that is built for itself alone.
    let mut repeat = linting_cargo(work, BUILD);
    repeat
        .args(WITH_BRIDGE)
        .args(WITHOUT_ITSELF)
        .args(["--message-format=json", "--quiet"]);
    let log = work.logs.join("remarks.json");
    let repeated = steps::watch(&mut repeat, &log, Echo::Never, work.until)
        .map(|finished| finished.output)
        .unwrap_or_default();
    let remarks = Remarks::read(&[&listed, &repeated]);
    let Ok(metadata) = work.project.members() else {
        let built = Built {
            programs: Vec::new(),
            remarks,
            broken: Vec::new(),
        };
        return (row, built);
    };
    let mut programs = test_programs(&listed, &metadata);
    let broken = broken(&programs, &metadata);
    programs.retain(|program| !broken.iter().any(|(name, _)| *name == program.package));
    let built = Built {
        programs,
        remarks,
        broken,
    };
    (row, built)
}

/// A cargo command that has Clippy for the compiler of our crates: it compiles as rustc does and lints besides. A
/// `cargo clippy` beside the build would check every crate of others a second time, for nothing but its types.
///
/// Each command of a run has to be made here: cargo keeps apart what either compiler made.
fn linting_cargo(work: &Work<'_>, arguments: &[&str]) -> Command {
    let mut command = work.project.cargo(arguments);
    command.env(
        "RUSTC_WORKSPACE_WRAPPER",
        system::clippy_driver(work.project),
    );
    command
}

/// What does not build, and what starts it.
fn broken(programs: &[TestProgram], metadata: &Metadata) -> Vec<(String, String)> {
    let built: BTreeSet<(&str, &str)> = programs
        .iter()
        .map(|program| (program.package_id.as_str(), program.target.as_str()))
        .collect();
    let mut broken: Vec<(String, String)> = metadata
        .packages
        .iter()
        .filter(|package| {
            let mut targets = package.targets.iter();
            targets.any(|target| !built.contains(&(package.id.as_str(), target.as_str())))
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
    broken
}

/// The test programs in cargo's messages, in the order of cargo.
fn test_programs(messages: &str, metadata: &Metadata) -> Vec<TestProgram> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut programs: Vec<TestProgram> = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| {
            message["reason"] == "compiler-artifact" && message["profile"]["test"] == true
        })
        .filter_map(|message| {
            let package_id = text(&message["package_id"]);
            let package = metadata
                .packages
                .iter()
                .find(|package| package.id == package_id)?;
            Some(TestProgram {
                package: package.name.clone(),
                package_id,
                target: text(&message["target"]["name"]),
                kind: text(&message["target"]["kind"][0]),
                file: PathBuf::from(message["executable"].as_str()?),
                folder: package.folder.clone(),
            })
        })
        .collect();
    programs.sort_by_key(TestProgram::name);
    programs
}

/// Runs all of the programs, one after the other: some look at the time.
pub(crate) fn run(work: &Work<'_>, built: &Built) -> Vec<Row> {
    forget_results_of_others(work, built);
    let mut rows: Vec<Row> = built
        .broken
        .iter()
        .map(|(name, reason)| Row::failed(&format!("tests of {name}"), reason.clone()))
        .collect();
    rows.push(Row::counted("Rust tests", || {
        let mut tally = Tally::default();
        let (mut unchanged, mut not_tried) = (0, 0);
        for program in &built.programs {
            match once(work, program)? {
                Once::Unchanged(counted) => {
                    tally += counted;
                    unchanged += 1;
                }
                Once::Ran(counted, left_out) => {
                    tally += counted;
                    not_tried += left_out;
                }
            }
        }
        let mut notes = Vec::new();
        if unchanged > 0 {
            notes.push(format!(
                "{unchanged} of {} programs unchanged since they passed; --anew runs them too",
                built.programs.len()
            ));
        }
        if not_tried > 0 {
            notes.push(format!(
                "{not_tried} times something can't be tried on this system: “not tried” above"
            ));
        }
        Ok((tally, notes.join("; ")))
    }));
    let may_be_shown = |file: &Path| {
        !file.starts_with("ui") && (!prose::is_prose(file) || prose::has_examples(file))
    };
    let inputs = work.sources.state(may_be_shown, &[]);
    rows.push(Row::kept(
        work,
        "examples in the documentation",
        inputs,
        |name| Row::counted(name, || Ok((documentation(work, built)?, String::new()))),
    ));
    rows
}

/// Removes results of programs that are no more: `demands` would believe them.
fn forget_results_of_others(work: &Work<'_>, built: &Built) {
    let ours: BTreeSet<PathBuf> = built
        .programs
        .iter()
        .map(|program| work.logs.join(program.log()))
        .collect();
    let entries = fs::read_dir(&work.logs).into_iter().flatten().flatten();
    let others = entries
        .map(|entry| entry.path())
        .filter(|file| is_log(file) && !ours.contains(file));
    for other in others {
        // One that stays is read once more, no worse.
        let _ = fs::remove_file(other);
    }
}

/// What came of a program of tests.
enum Once {
    /// It passed before, and nothing has changed since.
    Unchanged(Tally),
    /// Its count, and how often it says that something can't be tried here.
    Ran(Tally, usize),
}

/// Runs one program, unless it passed and nothing has changed since.
fn once(work: &Work<'_>, program: &TestProgram) -> Result<Once> {
    let name = program.name();
    let inputs = program.inputs(work);
    if let Some(tally) = work.kept.passed(&name, inputs) {
        return Ok(Once::Unchanged(tally));
    }
    println!("\n     Running {name}");
    let finished = steps::watch(
        &mut program.command(work),
        &work.logs.join(program.log()),
        Echo::Live,
        work.until,
    )?;
    let tally = count::test_program(&finished.output, finished.success);
    if tally.failed > 0 {
        println!("{name}: {}", finished.status);
    }
    let not_tried = count::not_tried(&finished.output);
    // What could not be tried is said in every run.
    work.kept
        .note(&name, inputs.filter(|_| not_tried == 0), tally);
    Ok(Once::Ran(tally, not_tried))
}

fn documentation(work: &Work<'_>, built: &Built) -> Result<Tally> {
    let mut command = linting_cargo(work, &["test", "--workspace", "--doc", "--no-fail-fast"]);
    for (name, _) in &built.broken {
        command.args(["--exclude", name]);
    }
    let log = work.logs.join("doc-tests.log");
    let finished = steps::watch(&mut command, &log, Echo::Live, work.until)?;
    Ok(count::cargo_test(&finished.output, finished.success))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Project;

    #[test]
    fn only_programs_built_as_tests_count_as_built_tests() {
        let metadata = Project::find().unwrap().members().unwrap();
        let desk = metadata
            .packages
            .iter()
            .find(|package| package.name == "desk")
            .unwrap();
        let message = |reason: &str, test: bool, kind: &str, executable: Option<&str>| {
            serde_json::json!({
                "reason": reason, "package_id": desk.id, "target": {"name": "it", "kind": [kind]},
                "profile": {"test": test}, "executable": executable,
            })
        };
        let messages = [
            message("compiler-artifact", true, "test", Some("deps/it-1")),
            message("compiler-artifact", false, "bin", Some("debug/it")),
            message("compiler-artifact", true, "test", None),
            message("build-script-executed", true, "test", Some("x")),
        ];
        let text = messages.map(|message| message.to_string()).join("\n");
        let programs = test_programs(&format!("warning: no JSON\n{text}\n"), &metadata);
        assert_eq!(programs.len(), 1);
        assert_eq!(programs[0].name(), "desk --test it");
        assert_eq!(programs[0].folder, desk.folder);

        // Its library's tests are missing, and those of everybody else.
        let broken = broken(&programs, &metadata);
        assert!(broken.iter().any(|(name, _)| name == "desk"));
        assert!(
            broken
                .iter()
                .any(|(name, why)| name == JOURNEYS && why.contains("build"))
        );
    }

    #[test]
    fn an_edited_page_runs_only_the_tests_that_read_it() {
        let reads = |package: &str, target: &str, file: &str| {
            let program = TestProgram {
                package: package.to_owned(),
                package_id: String::new(),
                target: target.to_owned(),
                kind: "test".to_owned(),
                file: PathBuf::new(),
                folder: PathBuf::new(),
            };
            program.may_read(&Path::new("crates").join(package), Path::new(file))
        };
        for page in ["CHANGELOG.md", "docs/pictures.md", "LICENSE-MIT"] {
            assert!(!reads("desk", "it", page), "{page}");
            assert!(!reads(JOURNEYS, "bad_days", page), "{page}");
            assert!(reads("xtask", "xtask", page), "{page}");
        }
        assert!(reads(JOURNEYS, "bad_days", "README.md"));
        assert!(!reads(JOURNEYS, "kills", "README.md"));
        // What is no page counts as before: it is not known who reads it.
        assert!(reads("desk", "it", "Cargo.lock"));
        assert!(reads("desk", "it", "crates/desk/src/lib.rs"));
        assert!(!reads("desk", "it", "crates/mirror/src/lib.rs"));
        assert!(reads("xtask", "xtask", "crates/mirror/src/lib.rs"));
        assert!(!reads("desk", "it", "ui/src/main.tsx"));
        assert!(!reads("desk", "it", "ui/tsconfig.json"));
        assert!(reads("xtask", "xtask", "ui/.dependency-cruiser.cjs"));
    }

    /// All that stands in the Rust sources below `folder`.
    fn all_sources(folder: &Path) -> String {
        let mut all = String::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                all.push_str(&all_sources(&path));
            } else if kept::is_rust(&path) {
                all.push_str(&fs::read_to_string(&path).unwrap());
            }
        }
        all
    }

    #[test]
    fn tests_that_are_said_to_open_no_window_start_only_what_is_said_of_them() {
        let project = Project::find().unwrap();
        let tests = project.root.join("tests/tests");
        assert!(all_sources(&tests.join("journeys")).contains("window::"));
        for (target, few) in WITHOUT_WINDOW {
            let all = all_sources(&tests.join(target));
            assert!(all.contains("bridge"), "{target} is somewhere else");
            let mut others = vec!["window::".to_owned(), "ui/".to_owned()];
            let not_said = PROGRAMS.iter().filter(|program| !few.contains(program));
            others.extend(not_said.map(|program| format!("\"{program}\"")));
            for other in others {
                assert!(
                    !all.contains(&other),
                    "{target} names {other}: WITHOUT_WINDOW of xtask/src/rust_tests.rs is wrong"
                );
            }
        }
    }
}

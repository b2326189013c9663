//! The whole script, with a cargo before the system's own that only writes down how it is called.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{Server, long_ago};
use crate::count;
use crate::project::Project;
use crate::system;

/// Writes a line of what [`Call`] holds, and ends as it was told to.
const CARGO: &str = r#"
lock="${CARGO_TARGET_DIR:-$HERE}/stockroom-lock" held=no
[ -e "$lock" ] && ! flock -n "$lock" true && held=yes
[ -e "/proc/$$/fd/9" ] && held=handed-on
echo "$*|${CARGO_TARGET_DIR-unset}|${BIGCOMMERCE_OPENAPI_DIR-unset}|$CI|$held" >> "$HERE/calls"
case "$1" in
    build) echo "the compiler's words" && exit "${BUILD_ENDS:-0}" ;;
    *) echo "12 passed, 0 failed" && exit "${TESTS_END:-0}" ;;
esac
"#;

const BUILD: &str = "build --quiet --package xtask";
const TESTS: &str = "xtask test --minutes 50";
const UNSET: &str = "unset";

/// How cargo was called.
#[derive(Debug, PartialEq, Eq)]
struct Call {
    arguments: String,
    target: String,
    specification: String,
    ci: String,
    /// Whether another run would find the target directory taken, or cargo could keep it so.
    held: String,
}

/// What came of a run.
struct Ended {
    code: Option<i32>,
    said: String,
    calls: Vec<Call>,
}

impl Ended {
    /// What cargo was given, which is the same for building and for the tests.
    fn given(&self, what: impl Fn(&Call) -> &str) -> &str {
        let arguments: Vec<&str> = self.calls.iter().map(|call| &*call.arguments).collect();
        assert_eq!(arguments, [BUILD, TESTS], "{}", self.said);
        assert_eq!(self.code, Some(0), "{}", self.said);
        let [to_build, to_test] = [&self.calls[0], &self.calls[1]].map(what);
        assert_eq!(to_build, to_test);
        to_test
    }
}

impl Server {
    /// One with the script in a small checkout, `project`.
    fn with_the_script(name: &str) -> Self {
        let server = Self::new(name);
        server.check_out("project", &[("a.rs", "A", long_ago(9))]);
        let script = Project::find().unwrap().root.join(".ci/run");
        fs::create_dir_all(server.folder.join("project/.ci")).unwrap();
        fs::copy(script, server.folder.join("project/.ci/run")).unwrap();
        server.has("cargo", CARGO);
        server
    }

    /// Puts a program before the system's own.
    fn has(&self, name: &str, script: &str) {
        let file = self.folder.join("bin").join(name);
        fs::create_dir_all(self.folder.join("bin")).unwrap();
        let text = format!("#!/bin/sh\nHERE='{}'\n{script}\n", self.folder.display());
        fs::write(&file, text).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Runs the script with these variables, and none of those that matter to it besides.
    fn runs(&self, variables: &[(&str, &Path)]) -> Ended {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let own = self.folder.join("bin");
        let paths = std::iter::once(own).chain(std::env::split_paths(&path));
        let path: OsString = std::env::join_paths(paths).unwrap();
        let calls = self.folder.join("calls");
        fs::write(&calls, "").unwrap();
        let mut bash = Command::new("bash");
        for variable in [
            "BASH_ENV",
            "BIGCOMMERCE_OPENAPI_DIR",
            "CARGO_TARGET_DIR",
            "CI",
            "STOCKROOM_CI_TARGET",
        ] {
            bash.env_remove(variable);
        }
        let output = bash
            .arg(self.folder.join("project/.ci/run"))
            .current_dir(&self.folder)
            .env("PATH", path)
            .env("HOME", self.home())
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let calls = fs::read_to_string(calls).unwrap();
        Ended {
            code: output.status.code(),
            said: String::from_utf8_lossy(&output.stdout).into_owned(),
            calls: calls.lines().map(call).collect(),
        }
    }

    fn home(&self) -> PathBuf {
        self.folder.join("home")
    }

    /// Where it keeps what it builds, unless it is told of another place.
    fn kept(&self) -> PathBuf {
        self.home().join(".cache/stockroom-ci-target")
    }
}

fn call(line: &str) -> Call {
    let words: Vec<String> = line.split('|').map(str::to_owned).collect();
    let [arguments, target, specification, ci, held]: [String; 5] = words.try_into().unwrap();
    Call {
        arguments,
        target,
        specification,
        ci,
        held,
    }
}

fn shown(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn the_specification_is_found_beside_the_project_and_one_that_is_named_is_kept() {
    let server = Server::with_the_script("specification");
    let specification = |variables: &[(&str, &Path)]| {
        let ended = server.runs(variables);
        ended.given(|call| &call.specification).to_owned()
    };
    assert_eq!(specification(&[]), UNSET);

    let beside = server.folder.join("shared/api/openapi");
    fs::create_dir_all(&beside).unwrap();
    assert_eq!(specification(&[]), shown(&beside));
    let named = |folder: &'static str| [("BIGCOMMERCE_OPENAPI_DIR", Path::new(folder))];
    assert_eq!(specification(&named("")), shown(&beside));
    assert_eq!(specification(&named("/elsewhere")), "/elsewhere");
}

#[test]
fn what_is_built_is_kept_where_the_computer_is_told_to() {
    let server = Server::with_the_script("target");
    let target = |variables: &[(&str, &Path)]| {
        let ended = server.runs(variables);
        let target = ended.given(|call| &call.target).to_owned();
        let known = Path::new(&target).join("stockroom-sources");
        assert!(known.is_file(), "the next run has to know these sources");
        target
    };
    assert_eq!(target(&[]), shown(&server.kept()));

    // A folder that is named from the project's own is still meant in cargo's.
    let ours = ("STOCKROOM_CI_TARGET", Path::new("../ours"));
    assert_eq!(target(&[ours]), shown(&server.folder.join("ours")));
    let cargo_s = server.folder.join("cargo's");
    let both = [ours, ("CARGO_TARGET_DIR", &*cargo_s)];
    assert_eq!(target(&both), shown(&cargo_s));
}

#[test]
fn where_nothing_can_be_kept_the_project_s_own_folder_does() {
    let server = Server::with_the_script("unkept");
    let file = server.folder.join("file");
    fs::write(&file, "").unwrap();
    let below_a_file = file.join("target");
    for variable in ["STOCKROOM_CI_TARGET", "CARGO_TARGET_DIR"] {
        let ended = server.runs(&[(variable, &*below_a_file)]);
        assert_eq!(ended.given(|call| &call.target), UNSET, "{variable}");
    }
}

#[test]
fn a_second_run_at_the_same_time_builds_in_the_project_s_own_folder() {
    if !system::on_path("flock") {
        return count::say_not_tried("two runs at the same time, for flock is not installed");
    }
    let server = Server::with_the_script("locked");
    let kept = server.kept();
    fs::create_dir_all(&kept).unwrap();
    let lock = fs::File::create(kept.join("stockroom-lock")).unwrap();
    lock.lock().unwrap();
    for variables in [&[][..], &[("CARGO_TARGET_DIR", &*kept)]] {
        let ended = server.runs(variables);
        assert_eq!(ended.given(|call| &call.target), UNSET);
    }
    let known = kept.join("stockroom-sources");
    assert!(!known.exists(), "it is the other run's, which is under way");

    // The first one has ended; this one keeps others off, and cargo can't do so any longer than that.
    lock.unlock().unwrap();
    let ended = server.runs(&[]);
    assert_eq!(ended.given(|call| &call.target), shown(&kept));
    assert_eq!(ended.given(|call| &call.held), "yes");
}

#[test]
fn what_has_grown_too_large_is_built_anew() {
    let server = Server::with_the_script("large");
    let old = server.kept().join("debug/old");
    for (megabytes, is_kept) in [(20_000, true), (20_001, false)] {
        fs::create_dir_all(&old).unwrap();
        server.has("du", &format!("printf '{megabytes}\\tall\\n'"));
        let ended = server.runs(&[]);
        assert_eq!(ended.given(|call| &call.target), shown(&server.kept()));
        assert_eq!(old.exists(), is_kept, "{megabytes} MB");
    }
}

#[test]
fn where_the_commands_do_not_build_the_last_line_counts_one_failure() {
    let server = Server::with_the_script("unbuilt");
    let ended = server.runs(&[("BUILD_ENDS", Path::new("101"))]);
    assert_eq!(ended.code, Some(1));
    assert!(
        ended.said.ends_with("\n0 passed, 1 failed\n"),
        "{}",
        ended.said
    );
    assert_eq!(ended.calls.len(), 1, "there is nothing to test with");
    assert_eq!(ended.calls[0].arguments, BUILD);
}

#[test]
fn how_the_tests_end_is_how_it_ends_and_their_last_line_is_its_own() {
    let server = Server::with_the_script("handed-on");
    for code in [0, 1, 101] {
        let ended = server.runs(&[("TESTS_END", Path::new(&code.to_string()))]);
        assert_eq!(ended.code, Some(code));
        assert!(
            ended.said.ends_with("12 passed, 0 failed\n"),
            "{}",
            ended.said
        );
    }
}

#[test]
fn everybody_is_told_that_nobody_watches() {
    let server = Server::with_the_script("unwatched");
    assert_eq!(server.runs(&[]).given(|call| &call.ci), "true");
    let named = server.runs(&[("CI", Path::new("woodpecker"))]);
    assert_eq!(named.given(|call| &call.ci), "woodpecker");
}

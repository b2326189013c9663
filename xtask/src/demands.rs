//! Which demands of the users are proven by a test that passed.
//!
//! Each demand has a number; a test that proves one carries it in its name, as `demand_13_…` in Rust and as
//! `demand 13: …` in the window's tests. What is read are the results of the last `cargo xtask test`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::project::Project;
use crate::run::logs;
use crate::rust_tests;

/// How many demands there are.
const DEMANDS: u32 = 38;

/// The number of a demand, and the tests that carry it and passed.
type Proofs = BTreeMap<u32, BTreeSet<String>>;

/// `cargo xtask demands`: each demand with its tests; the last line names those without any.
pub(crate) fn demands(project: &Project) -> Result<ExitCode> {
    let logs = logs(&project.members()?.target_directory);
    let proofs = proofs(&logs)?;
    for (number, tests) in &proofs {
        for test in tests {
            println!("{number:2}  {test}");
        }
    }
    println!("{}", open(&proofs));
    Ok(ExitCode::SUCCESS)
}

fn proofs(logs: &Path) -> Result<Proofs> {
    let mut passed = Vec::new();
    let entries = fs::read_dir(logs).with_context(|| format!("reading {}", logs.display()));
    for entry in entries.context("run `cargo xtask test` first: its results are read here")? {
        let file = entry?.path();
        if !rust_tests::is_log(&file) {
            continue;
        }
        let text =
            fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
        passed.extend(text.lines().filter_map(passed_in_rust).map(str::to_owned));
    }
    if let Ok(json) = fs::read(logs.join("vitest.json")) {
        let report: Value = serde_json::from_slice(&json).context("reading vitest.json")?;
        passed.extend(passed_in_window(&report));
    }
    if passed.is_empty() {
        bail!("no test has passed yet: run `cargo xtask test` first");
    }
    let mut proofs = Proofs::new();
    for test in passed {
        for number in numbers(&test) {
            proofs.entry(number).or_default().insert(test.clone());
        }
    }
    Ok(proofs)
}

/// The last line: `open: 14 15 16`, or `open: none`.
fn open(proofs: &Proofs) -> String {
    let missing: Vec<String> = (1..=DEMANDS)
        .filter(|number| !proofs.contains_key(number))
        .map(|number| number.to_string())
        .collect();
    match missing.as_slice() {
        [] => "open: none".to_owned(),
        some => format!("open: {}", some.join(" ")),
    }
}

/// `test jobs::demand_29_a_bulk_edit … ok`
fn passed_in_rust(line: &str) -> Option<&str> {
    line.strip_prefix("test ")?.strip_suffix(" ... ok")
}

fn passed_in_window(report: &Value) -> Vec<String> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let files = list(&report["testResults"]);
    let tests = files
        .iter()
        .flat_map(|file| list(&file["assertionResults"]));
    tests
        .filter(|test| test["status"] == "passed")
        .filter_map(|test| test["fullName"].as_str().map(str::to_owned))
        .collect()
}

/// The demands that a test's name carries, in either form; none that do not exist.
fn numbers(name: &str) -> Vec<u32> {
    let after = name.split("demand").skip(1);
    after
        .filter_map(|rest| {
            let rest = rest.strip_prefix(['_', ' '])?;
            let end = rest
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(rest.len());
            rest[..end].parse().ok()
        })
        .filter(|number| (1..=DEMANDS).contains(number))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_carries_its_demands_in_either_form() {
        assert_eq!(
            numbers("keychain::demand_08_demand_09_a_locked_one"),
            [8, 9]
        );
        assert_eq!(numbers("a product's form demand 25: Tab and blur"), [25]);
        assert!(numbers("what_they_demand_of_us").is_empty());
        assert!(numbers("demand_39_is_none").is_empty());
    }

    #[test]
    fn only_what_passed_proves_anything() {
        let folder = std::env::temp_dir().join(format!("xtask-demands-{}", std::process::id()));
        assert!(proofs(&folder).is_err(), "nothing was run");
        fs::create_dir_all(&folder).unwrap();

        let log = "test jobs::demand_29_whole ... ok\ntest jobs::demand_35_killed ... FAILED\n\
                   test of_38_demand ... ok\n";
        fs::write(folder.join("rust-tests-x.log"), log).unwrap();
        fs::write(folder.join("clippy.log"), "test demand_1_other ... ok\n").unwrap();
        let report = serde_json::json!({"testResults": [{"assertionResults": [
            {"status": "passed", "fullName": "a form demand 25: keeps"},
            {"status": "failed", "fullName": "a form demand 26: mixes"},
        ]}]});
        fs::write(folder.join("vitest.json"), report.to_string()).unwrap();

        let proofs = proofs(&folder).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(proofs.keys().copied().collect::<Vec<_>>(), [25, 29]);
        assert!(open(&proofs).starts_with("open: 1 2 3 "));
        assert!(open(&proofs).ends_with(" 35 36 37 38"));
        let all: Proofs = (1..=DEMANDS)
            .map(|number| (number, BTreeSet::new()))
            .collect();
        assert_eq!(open(&all), "open: none");
    }
}

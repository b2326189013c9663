//! Counting what test runners say.

use std::ops::AddAssign;

use serde_json::Value;

/// How many tests passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Tests that passed.
    pub(crate) passed: u64,
    /// Tests that failed, or that could not be run.
    pub(crate) failed: u64,
}

impl Tally {
    /// A step that was not tried: no pass, and no failure either.
    pub(crate) const NOTHING: Self = Self {
        passed: 0,
        failed: 0,
    };
    /// One step that passed.
    pub(crate) const PASSED: Self = Self {
        passed: 1,
        failed: 0,
    };
    /// One step that failed.
    pub(crate) const FAILED: Self = Self {
        passed: 0,
        failed: 1,
    };
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Counts the output of `cargo test --no-fail-fast`, both streams together.
///
/// A test program that dies has no result line of its own; cargo lists it at the end among the targets
/// that failed, and it counts as one failure. `success` is how cargo itself ended: a run that failed
/// never counts as all passed.
pub(crate) fn cargo_test(output: &str, success: bool) -> Tally {
    let mut tally = Tally::default();
    let mut programs_with_failures = 0;
    let mut failed_targets = 0;
    for line in output.lines() {
        if let Some((passed, failed)) = result_line(line) {
            tally += Tally { passed, failed };
            programs_with_failures += u64::from(failed > 0);
        } else if let Some(count) = failed_targets_line(line) {
            failed_targets = count;
        }
    }
    tally.failed += u64::saturating_sub(failed_targets, programs_with_failures);
    if !success && tally.failed == 0 {
        tally.failed = 1;
    }
    tally
}

/// Counts the output of one program of tests, both streams together: its last line of results, for a test
/// may run the program once more. One that dies before it has counted is one failure more than it told of.
pub(crate) fn test_program(output: &str, success: bool) -> Tally {
    let Some((passed, failed)) = output.lines().filter_map(result_line).next_back() else {
        return Tally::FAILED;
    };
    let unexplained = u64::from(!success && failed == 0);
    Tally {
        passed,
        failed: failed + unexplained,
    }
}

/// How many tests, or parts of them, say that they can't be tried on this system. Such a line may come while the runner
/// writes a line of its own.
pub(crate) fn not_tried(output: &str) -> usize {
    output.matches("not tried: ").count()
}

/// Says that a test of this crate can't be tried on this system, and why; past what keeps back the output of tests that
/// pass.
#[cfg(test)]
pub(crate) fn say_not_tried(why: &str) {
    use std::io::Write as _;

    // Nobody to tell is no reason to fail.
    let _ = writeln!(std::io::stderr(), "not tried: {why}");
}

/// `test result: FAILED. 3 passed; 1 failed; 0 ignored; …`
fn result_line(line: &str) -> Option<(u64, u64)> {
    let rest = line.strip_prefix("test result: ")?;
    let (_, counts) = rest.split_once(". ")?;
    let mut parts = counts.split("; ");
    let passed = parts.next()?.strip_suffix(" passed")?.parse().ok()?;
    let failed = parts.next()?.strip_suffix(" failed")?.parse().ok()?;
    Some((passed, failed))
}

/// `error: 2 targets failed:`
fn failed_targets_line(line: &str) -> Option<u64> {
    let rest = line.strip_prefix("error: ")?;
    let count = rest
        .strip_suffix(" targets failed:")
        .or_else(|| rest.strip_suffix(" target failed:"))?;
    count.parse().ok()
}

/// Counts the JSON report of vitest. A file that could not even be loaded holds no tests, and counts as
/// one failure. `success` is how npm ended.
pub(crate) fn vitest(report: &Value, success: bool) -> Tally {
    let number = |key: &str| report[key].as_u64().unwrap_or(0);
    let mut tally = Tally {
        passed: number("numPassedTests"),
        failed: number("numFailedTests"),
    };
    let files = report["testResults"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let not_loaded = files.iter().filter(|file| {
        let tests = file["assertionResults"]
            .as_array()
            .map_or(&[][..], Vec::as_slice);
        file["status"] == "failed" && !tests.iter().any(|test| test["status"] == "failed")
    });
    tally.failed += not_loaded.count() as u64;
    if tally.failed == 0 && (!success || tally.passed == 0) {
        // Something outside any test failed, or nothing was run at all.
        tally.failed = 1;
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_result_line_is_added_up() {
        let output = "\
running 2 tests
test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
   Doc-tests commerce
test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.10s
";
        assert_eq!(
            cargo_test(output, true),
            Tally {
                passed: 7,
                failed: 0
            }
        );
    }

    #[test]
    fn a_failing_program_is_not_counted_twice() {
        let output = "\
test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
error: test failed, to rerun pass `-p desk --lib`
error: 1 target failed:
    `-p desk --lib`
";
        assert_eq!(
            cargo_test(output, false),
            Tally {
                passed: 3,
                failed: 2
            }
        );
    }

    #[test]
    fn a_program_that_dies_counts_as_one_failure() {
        let output = "\
test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
error: 2 targets failed:
    `-p desk --lib`
    `-p mirror --test it`
";
        assert_eq!(
            cargo_test(output, false),
            Tally {
                passed: 3,
                failed: 2
            }
        );
    }

    #[test]
    fn a_run_that_ends_badly_without_saying_why_has_failed() {
        assert_eq!(cargo_test("", false), Tally::FAILED);
        let cut = "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n";
        assert_eq!(
            cargo_test(cut, false),
            Tally {
                passed: 3,
                failed: 1
            }
        );
    }

    #[test]
    fn a_program_is_counted_by_its_own_last_line() {
        let line = |passed, failed| {
            format!("test result: ok. {passed} passed; {failed} failed; 0 ignored; 0 measured\n")
        };
        let of = |passed, failed| Tally { passed, failed };
        let output = line(1, 0) + &line(9, 0);
        assert_eq!(test_program(&output, true), of(9, 0));
        assert_eq!(test_program(&line(9, 2), false), of(9, 2));
        assert_eq!(test_program(&line(1, 0), false), of(1, 1));
        assert_eq!(test_program("", false), Tally::FAILED);
        assert_eq!(test_program("", true), Tally::FAILED);
    }

    #[test]
    fn a_result_inside_other_text_is_no_result() {
        assert_eq!(
            cargo_test(
                "left: \"test result: ok. 3 passed; 0 failed; 0 ignored\"",
                true
            ),
            Tally::default()
        );
    }

    #[test]
    fn vitest_counts_files_that_do_not_load() {
        let report = serde_json::json!({
            "numPassedTests": 4, "numFailedTests": 1,
            "testResults": [
                {"status": "passed", "assertionResults": [{"status": "passed"}]},
                {"status": "failed", "assertionResults": [{"status": "failed"}]},
                {"status": "failed", "assertionResults": []},
            ],
        });
        assert_eq!(
            vitest(&report, false),
            Tally {
                passed: 4,
                failed: 2
            }
        );
    }

    #[test]
    fn vitest_without_any_test_has_failed() {
        assert_eq!(vitest(&serde_json::json!({}), true), Tally::FAILED);
        assert_eq!(
            vitest(&serde_json::json!({"numPassedTests": 2}), false),
            Tally {
                passed: 2,
                failed: 1
            }
        );
        assert_eq!(
            vitest(&serde_json::json!({"numPassedTests": 2}), true),
            Tally {
                passed: 2,
                failed: 0
            }
        );
    }
}

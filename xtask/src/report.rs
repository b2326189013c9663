//! The parts of a test run: a section each while they run, a table at the end, and one last line.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::count::Tally;
use crate::test::Work;

/// What a whole run should take at the most. Computers differ, so a longer one is told and no failure.
const SHOULD_TAKE: Duration = Duration::from_secs(25 * 60);

/// One part, after it ran.
pub(crate) struct Row {
    name: String,
    tally: Tally,
    time: Duration,
    note: String,
}

impl Row {
    /// Runs a part whose output is shown as it comes.
    pub(crate) fn live(name: &str, work: impl FnOnce() -> Result<()>) -> Self {
        Self::counted(name, || work().map(|()| (Tally::PASSED, String::new())))
    }

    /// Runs a part that counts its tests and may add a word, and whose output is shown as it comes.
    pub(crate) fn counted(name: &str, work: impl FnOnce() -> Result<(Tally, String)>) -> Self {
        say(&format!("\n── {name} ──\n"));
        Self::timed(name, work)
    }

    /// What `run` gives for a part, unless it passed with these `inputs` and that still counts.
    pub(crate) fn kept(
        work: &Work<'_>,
        name: &str,
        inputs: Option<u64>,
        run: impl FnOnce(&str) -> Self,
    ) -> Self {
        if let Some(tally) = work.kept.passed(name, inputs) {
            return Self::timed(name, || Ok((tally, "unchanged since it passed".to_owned())));
        }
        let row = run(name);
        work.kept.note(name, inputs, row.tally);
        row
    }

    /// Runs a part that says nothing unless it fails; others may run beside it.
    pub(crate) fn quiet(name: &str, work: impl FnOnce() -> Result<String>) -> Self {
        Self::timed(name, || work().map(|note| (Tally::PASSED, note)))
    }

    /// A part that failed without being run.
    pub(crate) fn failed(name: &str, why: String) -> Self {
        Self::timed(name, || anyhow::bail!(why))
    }

    /// Whether anything in it failed.
    pub(crate) fn has_failed(&self) -> bool {
        self.tally.failed > 0
    }

    /// Runs a part that counts its tests and may add a word; what it shows is its own affair. One that is not tried here
    /// counts nothing, and its word says why.
    pub(crate) fn timed(name: &str, work: impl FnOnce() -> Result<(Tally, String)>) -> Self {
        let started = Instant::now();
        let (tally, note) = match work() {
            Ok(done) => done,
            Err(error) => {
                say(&format!("\n✗ {name}: {error:#}\n"));
                (Tally::FAILED, String::new())
            }
        };
        let row = Self {
            name: name.to_owned(),
            tally,
            time: started.elapsed(),
            note,
        };
        say(&format!("{}\n", row.line()));
        row
    }

    fn line(&self) -> String {
        let seconds = self.time.as_secs_f64();
        let (mark, count) = match self.tally {
            // What was not tried is no pass; the note says why.
            Tally::NOTHING => ("–", "not tried".to_owned()),
            Tally { passed, failed: 0 } => ("✓", format!("{passed} passed")),
            Tally { passed, .. } => ("✗", format!("{passed} passed")),
        };
        let mut line = format!("{mark} {:<26} {count:>12}", self.name);
        if self.has_failed() {
            // Writing to a text cannot fail.
            let _ = write!(line, ", {} failed", self.tally.failed);
        }
        let _ = write!(line, "  {seconds:.1} s");
        if !self.note.is_empty() {
            let _ = write!(line, "  ({})", self.note);
        }
        line
    }
}

/// All parts of a run.
pub(crate) struct Report {
    rows: Vec<Row>,
    started: Instant,
}

impl Report {
    /// A report without parts.
    pub(crate) fn new() -> Self {
        Self {
            rows: Vec::new(),
            started: Instant::now(),
        }
    }

    /// Adds a part.
    pub(crate) fn add(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// Prints the table and, alone on the last line, the count.
    pub(crate) fn finish(self) -> ExitCode {
        let (text, total) = table(&self.rows, self.started.elapsed());
        say(&text);
        if total.failed == 0 && total.passed > 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}

/// The table of a run that took this long, with the count below it.
fn table(rows: &[Row], took: Duration) -> (String, Tally) {
    let mut total = Tally::default();
    let mut text = format!("\n── all, in {:.0} s ──\n", took.as_secs_f64());
    for row in rows {
        total += row.tally;
        text.push_str(&row.line());
        text.push('\n');
    }
    if took > SHOULD_TAKE {
        // Writing to a text cannot fail.
        let _ = writeln!(
            text,
            "! longer than the {} minutes it should take",
            SHOULD_TAKE.as_secs() / 60
        );
    }
    let _ = write!(text, "\n{} passed, {} failed\n", total.passed, total.failed);
    (text, total)
}

/// Prints in one piece: parts may run beside each other. A reader that went away is no reason to stop.
fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes());
    let _ = out.flush();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_what_failed() {
        let row = Row {
            name: "a".into(),
            tally: Tally {
                passed: 3,
                failed: 2,
            },
            time: Duration::ZERO,
            note: String::new(),
        };
        assert!(
            row.line().starts_with("✗ a") && row.line().contains("3 passed, 2 failed"),
            "{}",
            row.line()
        );
    }

    #[test]
    fn a_run_that_takes_too_long_is_told_and_fails_nothing() {
        let row = Row::quiet("a", || Ok(String::new()));
        let rows = [row];
        let (text, total) = table(&rows, SHOULD_TAKE);
        assert!(!text.contains("longer than"), "{text}");
        assert_eq!(total, Tally::PASSED);

        let (text, total) = table(&rows, SHOULD_TAKE + Duration::from_secs(1));
        assert!(
            text.contains("\n! longer than the 25 minutes it should take\n"),
            "{text}"
        );
        assert_eq!(total, Tally::PASSED);
        // The count has the last line for itself all the same.
        assert!(text.ends_with("\n\n1 passed, 0 failed\n"), "{text}");
    }

    #[test]
    fn what_was_not_tried_is_told_with_its_reason_and_counted_nowhere() {
        let rows = [
            Row::quiet("a", || Ok(String::new())),
            Row::timed("b", || Ok((Tally::NOTHING, "no files".to_owned()))),
        ];
        let (text, total) = table(&rows, Duration::ZERO);
        assert_eq!(total, Tally::PASSED);
        assert!(!rows[1].has_failed());
        let line = text.lines().find(|line| line.contains(" b ")).unwrap();
        assert!(
            line.starts_with("– b ") && line.contains(" not tried "),
            "{line}"
        );
        assert!(
            line.ends_with("(no files)") && !line.contains("passed"),
            "{line}"
        );
        assert!(text.ends_with("\n\n1 passed, 0 failed\n"), "{text}");
    }

    #[test]
    fn an_error_counts_as_one_failure() {
        let row = Row::quiet("a", || anyhow::bail!("no"));
        assert_eq!(row.tally, Tally::FAILED);
    }
}

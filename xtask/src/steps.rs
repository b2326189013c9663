//! Running other programs, and telling about it: one line per step, with its time.

use std::fs::{self, File};
use std::io::{IsTerminal, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// Prints an error with its causes.
pub(crate) fn complain(error: &anyhow::Error) {
    eprintln!("\n{error:#}");
}

/// Whether a person watches.
pub(crate) fn on_a_terminal() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Does one step of setting up and prints its line: the name, what the step says of itself, its time.
pub(crate) fn step(name: &str, work: impl FnOnce() -> Result<String>) -> Result<()> {
    let started = Instant::now();
    // A mark that something is under way; it is written over by the step's own line.
    let live = std::io::stderr().is_terminal();
    if live {
        eprint!("  … {name}\r");
    }
    let result = work();
    let seconds = started.elapsed().as_secs_f64();
    match result {
        Ok(note) => {
            eprintln!("  ✓ {name:<22} {note:<28} {seconds:>6.1} s");
            Ok(())
        }
        Err(error) => {
            eprintln!("  ✗ {name:<22} {:<28} {seconds:>6.1} s", "");
            Err(error)
        }
    }
}

/// Runs a program that tells a person about its progress by itself.
pub(crate) fn shown(command: &mut Command) -> Result<()> {
    let name = called(command);
    let status = command
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("{name} does not start"))?;
    if !status.success() {
        bail!("{name} failed ({status})");
    }
    Ok(())
}

/// When a program's output is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Echo {
    /// As it comes.
    Live,
    /// Only if the program fails.
    OnFailure,
    /// Not at all.
    Never,
}

/// How a program ended.
pub(crate) struct Finished {
    /// Whether it said that all is well.
    pub(crate) success: bool,
    /// How it ended, for a person.
    pub(crate) status: String,
    /// Its exit code, if it ended by itself.
    pub(crate) code: Option<i32>,
    /// All it wrote, both streams in the order of writing.
    pub(crate) output: String,
}

impl Finished {
    /// An error unless the program succeeded.
    pub(crate) fn ok(self, name: &str) -> Result<()> {
        if self.success {
            Ok(())
        } else {
            bail!("{name} failed ({})", self.status)
        }
    }
}

/// Runs a program until it ends or `until` has passed; its output goes through the file `log`.
///
/// A file and not a pipe: a test may leave a server behind, and a pipe would stay open as long as that
/// lives. Past `until` the program is ended together with everything it started.
pub(crate) fn watch(
    command: &mut Command,
    log: &Path,
    echo: Echo,
    until: Instant,
) -> Result<Finished> {
    let name = called(command);
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    }
    let file = File::create(log).with_context(|| format!("writing {}", log.display()))?;
    let mut reader = File::open(log)?;
    colours(command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file)
        .spawn()
        .with_context(|| format!("{name} does not start"))?;

    let mut output = Vec::new();
    let mut pause = Duration::from_millis(5);
    let ended = loop {
        let ended = child.try_wait()?;
        follow(&mut reader, &mut output, echo)?;
        if ended.is_some() || Instant::now() >= until {
            break ended;
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(100));
    };
    let (success, status, code) = match ended {
        Some(status) => (status.success(), status.to_string(), status.code()),
        None => {
            end_with_children(&mut child);
            follow(&mut reader, &mut output, echo)?;
            (false, "ended because the time was up".to_owned(), None)
        }
    };
    if !success && echo == Echo::OnFailure {
        std::io::stdout().write_all(&output)?;
    }
    Ok(Finished {
        success,
        status,
        code,
        output: without_colours(&String::from_utf8_lossy(&output)),
    })
}

/// Tells a program that writes into a file whether a person will see it in colours.
fn colours(command: &mut Command) {
    if std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none() {
        command
            .env("CARGO_TERM_COLOR", "always")
            .env("FORCE_COLOR", "1");
    } else {
        command
            .env("CARGO_TERM_COLOR", "never")
            .env("NO_COLOR", "1")
            .env_remove("FORCE_COLOR");
    }
}

fn follow(reader: &mut File, output: &mut Vec<u8>, echo: Echo) -> Result<()> {
    let from = output.len();
    reader.read_to_end(output)?;
    if echo == Echo::Live && output.len() > from {
        let mut out = std::io::stdout().lock();
        out.write_all(&output[from..])?;
        out.flush()?;
    }
    Ok(())
}

/// Ends a program and all that it started. Children of children are found in `/proc`, so elsewhere than
/// on Linux only the program itself is ended.
fn end_with_children(child: &mut Child) {
    let mut family = vec![child.id()];
    let parents: Vec<(u32, u32)> = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let pid: u32 = entry.file_name().to_str()?.parse().ok()?;
            Some((
                pid,
                parent_of(&fs::read_to_string(entry.path().join("stat")).ok()?)?,
            ))
        })
        .collect();
    let mut next = 0;
    while let Some(&parent) = family.get(next) {
        family.extend(
            parents
                .iter()
                .filter(|(_, of)| *of == parent)
                .map(|(pid, _)| *pid),
        );
        next += 1;
    }
    // Best effort: some may have ended by themselves meanwhile.
    if cfg!(unix) {
        let _ = Command::new("kill")
            .arg("-KILL")
            .args(family.iter().map(u32::to_string))
            .stderr(Stdio::null())
            .status();
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// The parent's id in a line of `/proc/<pid>/stat`. The program's name stands in brackets and may itself
/// hold brackets and spaces.
fn parent_of(stat: &str) -> Option<u32> {
    let (_, after_name) = stat.rsplit_once(')')?;
    after_name.split_whitespace().nth(1)?.parse().ok()
}

/// Text without terminal colours.
fn without_colours(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("\u{1b}[") {
        plain.push_str(&rest[..at]);
        let sequence = &rest[at + 2..];
        match sequence.find(|c: char| c.is_ascii_alphabetic()) {
            Some(end) => rest = &sequence[end + 1..],
            None => return plain,
        }
    }
    plain.push_str(rest);
    plain
}

/// A command as a person would type it, without its folder.
fn called(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_stem()
        .unwrap_or(command.get_program())
        .to_string_lossy();
    let arguments = command
        .get_args()
        .take(2)
        .map(|argument| argument.to_string_lossy());
    std::iter::once(program)
        .chain(arguments)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_taken_out() {
        assert_eq!(without_colours("a\u{1b}[1;32mb\u{1b}[0m c"), "ab c");
    }

    #[test]
    fn the_parent_is_found_behind_a_name_with_brackets() {
        assert_eq!(parent_of("12 (a) b) S 7 12 12 0"), Some(7));
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_hangs_is_ended_with_what_it_started() {
        let log = std::env::temp_dir().join(format!("xtask-watch-{}.log", std::process::id()));
        let mut command = Command::new("sh");
        command.args(["-c", "echo started; sleep 600 & echo $!; wait"]);
        let finished = watch(
            &mut command,
            &log,
            Echo::Never,
            Instant::now() + Duration::from_millis(300),
        )
        .unwrap();
        fs::remove_file(&log).unwrap();

        assert!(!finished.success);
        let grandchild = finished.output.lines().nth(1).unwrap().to_owned();
        // It was told to end; on a busy computer that takes a moment.
        let patience = Instant::now() + Duration::from_secs(20);
        let runs = || {
            fs::read_to_string(format!("/proc/{grandchild}/stat"))
                .is_ok_and(|stat| !stat.contains(") Z "))
        };
        while runs() && Instant::now() < patience {
            thread::sleep(Duration::from_millis(20));
        }
        assert!(!runs(), "the grandchild still runs");
    }

    #[cfg(unix)]
    #[test]
    fn a_server_left_behind_does_not_hold_up_the_rest() {
        let log = std::env::temp_dir().join(format!("xtask-left-{}.log", std::process::id()));
        let started = Instant::now();
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 20 & echo done"]);
        let finished = watch(
            &mut command,
            &log,
            Echo::Never,
            started + Duration::from_secs(30),
        )
        .unwrap();
        fs::remove_file(&log).unwrap();

        assert!(finished.success && finished.output == "done\n");
        assert!(started.elapsed() < Duration::from_secs(10));
    }
}

//! What passed here before, so that it is run again only when something it stands on has changed.
//!
//! What passed is believed for a day at most, never on a build server, and not with `--anew`: a test can
//! also depend on what is not seen here, like the system's own packages.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::count::Tally;
use crate::hash::Hash;
use crate::project::{Project, tidy};

/// How long a pass counts.
const BELIEVED_FOR: Duration = Duration::from_secs(24 * 60 * 60);

/// Variables that change what tests do; with a `_` at the end: all that begin so.
const VARIABLES: &[&str] = &[
    "BIGCOMMERCE_OPENAPI_DIR",
    "STOCKROOM_",
    "PROPTEST_",
    "TZ",
    "LANG",
    "LC_",
];

/// All parts that passed, by name.
pub(crate) struct Kept {
    file: PathBuf,
    believes: bool,
    passes: Mutex<BTreeMap<String, Pass>>,
}

/// One part that passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pass {
    inputs: u64,
    /// Seconds since 1970.
    at: u64,
    tests: u64,
}

impl Kept {
    /// What `file` tells of. One that `believes` nothing still notes what passes now.
    pub(crate) fn open(file: PathBuf, believes: bool) -> Self {
        let text = fs::read_to_string(&file).unwrap_or_default();
        Self {
            file,
            believes,
            passes: Mutex::new(text.lines().filter_map(read).collect()),
        }
    }

    /// How many tests of `part` passed with exactly these inputs, if that still counts.
    pub(crate) fn passed(&self, part: &str, inputs: Option<u64>) -> Option<Tally> {
        let pass = *self.passes.lock().ok()?.get(part)?;
        let age = now().checked_sub(pass.at)?;
        let counts = self.believes && Some(pass.inputs) == inputs && age < BELIEVED_FOR.as_secs();
        counts.then_some(Tally {
            passed: pass.tests,
            failed: 0,
        })
    }

    /// Notes how `part` ended. It must be asked for its inputs before it runs: what is edited meanwhile
    /// was not tested.
    pub(crate) fn note(&self, part: &str, inputs: Option<u64>, tally: Tally) {
        let Ok(mut passes) = self.passes.lock() else {
            return;
        };
        match inputs {
            Some(inputs) if tally.failed == 0 => {
                let pass = Pass {
                    inputs,
                    at: now(),
                    tests: tally.passed,
                };
                passes.insert(part.to_owned(), pass);
            }
            _ => {
                passes.remove(part);
            }
        }
        let text: String = passes
            .iter()
            .map(|(part, pass)| write(part, *pass))
            .collect();
        // Lost, it costs a run.
        let _ = fs::write(&self.file, text);
    }
}

fn write(part: &str, pass: Pass) -> String {
    format!("{:016x} {} {} {part}\n", pass.inputs, pass.at, pass.tests)
}

fn read(line: &str) -> Option<(String, Pass)> {
    let mut words = line.splitn(4, ' ');
    let pass = Pass {
        inputs: u64::from_str_radix(words.next()?, 16).ok()?,
        at: words.next()?.parse().ok()?,
        tests: words.next()?.parse().ok()?,
    };
    Some((words.next()?.to_owned(), pass))
}

fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs()
}

/// The project's own files, and what else every part stands on.
pub(crate) struct Sources {
    /// Relative to the project; `None` where nobody can tell, and then nothing is kept.
    files: Option<Vec<PathBuf>>,
    root: PathBuf,
    variables: Vec<String>,
}

impl Sources {
    /// All files that git knows or would take. Without git, or outside of its reach, all that are not made here.
    pub(crate) fn of(project: &Project) -> Self {
        let mut git = Command::new("git");
        git.args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .current_dir(&project.root);
        tidy(&mut git);
        let files = git
            .output()
            .ok()
            .filter(|output| output.status.success())
            .and_then(|output| String::from_utf8(output.stdout).ok())
            .map(|names| {
                let names = names.split_terminator('\0');
                names.map(PathBuf::from).collect()
            })
            .or_else(|| found_in(&project.root, Path::new("")));
        let mut variables: Vec<String> = std::env::vars_os()
            .filter(|(name, _)| name.to_str().is_some_and(matters))
            .map(|(name, value)| format!("{}={}", name.display(), value.display()))
            .collect();
        variables.sort();
        Self {
            files,
            root: project.root.clone(),
            variables,
        }
    }

    /// The state of the files that `wanted` chooses (their paths are relative to the project), and of `others`,
    /// files and whole folders. By their times, not their content: what was written again is tried again.
    pub(crate) fn state(&self, wanted: impl Fn(&Path) -> bool, others: &[PathBuf]) -> Option<u64> {
        let mut hash = Hash::new();
        for variable in &self.variables {
            hash.add(variable.as_bytes());
        }
        for file in self.files.as_ref()?.iter().filter(|file| wanted(file)) {
            add(&mut hash, &self.root.join(file));
        }
        for other in others {
            add_all(&mut hash, other);
        }
        Some(hash.value())
    }
}

/// What is made here, or is git's own.
const MADE: &[&str] = &[".git", "dist", "node_modules", "target"];

/// All files of `root` below `folder`, as paths from `root`, but those that are made.
fn found_in(root: &Path, folder: &Path) -> Option<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root.join(folder)).ok()? {
        let entry = entry.ok()?;
        let path = folder.join(entry.file_name());
        if MADE.iter().any(|made| path.ends_with(made)) {
            continue;
        }
        if entry.file_type().ok()?.is_dir() {
            found.extend(found_in(root, &path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Some(found)
}

fn matters(name: &str) -> bool {
    VARIABLES
        .iter()
        .any(|known| name == *known || (known.ends_with('_') && name.starts_with(known)))
}

/// Adds a file, or all files of a folder.
fn add_all(hash: &mut Hash, path: &Path) {
    let Ok(entries) = fs::read_dir(path) else {
        add(hash, path);
        return;
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        add_all(hash, &path);
    }
}

fn add(hash: &mut Hash, file: &Path) {
    hash.add(file.as_os_str().as_encoded_bytes());
    let found = fs::metadata(file).ok();
    let length = found.as_ref().map(fs::Metadata::len);
    let time = found
        .and_then(|found| found.modified().ok())
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    hash.add(format!("{length:?} {time:?}").as_bytes());
}

/// Whether `path` is a Rust source.
pub(crate) fn is_rust(path: &Path) -> bool {
    path.extension() == Some(OsStr::new("rs"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of a test's own.
    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-kept-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    const THREE: Tally = Tally {
        passed: 3,
        failed: 0,
    };

    #[test]
    fn a_pass_counts_until_its_inputs_change() {
        let file = folder("inputs").join("passed");
        Kept::open(file.clone(), true).note("desk: it", Some(7), THREE);

        let kept = Kept::open(file, true);
        assert_eq!(kept.passed("desk: it", Some(7)), Some(THREE));
        assert_eq!(kept.passed("desk: it", Some(8)), None);
        assert_eq!(kept.passed("desk: it", None), None);
        assert_eq!(kept.passed("desk", Some(7)), None);
    }

    #[test]
    fn what_failed_since_is_not_believed() {
        let file = folder("failed").join("passed");
        let kept = Kept::open(file.clone(), true);
        kept.note("a", Some(7), THREE);
        kept.note("a", Some(8), Tally::FAILED);
        assert_eq!(kept.passed("a", Some(7)), None);
        assert_eq!(Kept::open(file, true).passed("a", Some(7)), None);
    }

    #[test]
    fn nothing_is_believed_when_all_is_to_be_run_or_it_is_long_ago() {
        let file = folder("anew").join("passed");
        Kept::open(file.clone(), false).note("a", Some(7), THREE);
        assert_eq!(Kept::open(file.clone(), false).passed("a", Some(7)), None);
        assert_eq!(
            Kept::open(file.clone(), true).passed("a", Some(7)),
            Some(THREE)
        );

        let yesterday = now() - BELIEVED_FOR.as_secs() - 1;
        fs::write(&file, format!("{:016x} {yesterday} 3 a\n", 7)).unwrap();
        assert_eq!(Kept::open(file.clone(), true).passed("a", Some(7)), None);
        // Written by a clock that was ahead.
        fs::write(&file, format!("{:016x} {} 3 a\n", 7, now() + 1000)).unwrap();
        assert_eq!(Kept::open(file, true).passed("a", Some(7)), None);
    }

    #[test]
    fn a_file_that_is_written_added_or_removed_changes_the_state() {
        let root = folder("state");
        let sources = |names: &[&str]| Sources {
            files: Some(names.iter().map(PathBuf::from).collect()),
            root: root.clone(),
            variables: Vec::new(),
        };
        let all = |_: &Path| true;
        fs::write(root.join("a.rs"), "1").unwrap();
        fs::create_dir_all(root.join("spec/deep")).unwrap();
        let spec = [root.join("spec")];
        let before = sources(&["a.rs"]).state(all, &spec);
        assert_eq!(sources(&["a.rs"]).state(all, &spec), before);

        fs::write(root.join("spec/deep/b"), "").unwrap();
        let deep = sources(&["a.rs"]).state(all, &spec);
        assert_ne!(deep, before);
        assert_ne!(sources(&["a.rs", "b.rs"]).state(all, &spec), deep);
        assert_eq!(
            sources(&["a.rs", "b.rs"]).state(|file| file != Path::new("b.rs"), &spec),
            deep
        );
        fs::write(root.join("a.rs"), "22").unwrap();
        assert_ne!(sources(&["a.rs"]).state(all, &spec), deep);
    }

    #[test]
    fn without_git_all_is_looked_at_but_what_is_made_here() {
        let root = folder("without-git");
        for file in [
            "a.rs",
            "ui/src/b.ts",
            "ui/dist/c.js",
            "target/debug/d",
            "ui/node_modules/e/f.js",
        ] {
            let file = root.join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "").unwrap();
        }
        let found = found_in(&root, Path::new("")).unwrap();
        assert_eq!(found, ["a.rs", "ui/src/b.ts"].map(PathBuf::from));
        assert_eq!(found_in(&root.join("nowhere"), Path::new("")), None);
    }

    #[test]
    fn only_variables_that_tests_look_at_matter() {
        assert!(
            matters("STOCKROOM_SEED") && matters("TZ") && !matters("TZDIR") && !matters("PATH")
        );
    }
}

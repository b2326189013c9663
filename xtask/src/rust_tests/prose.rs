//! Pages of documentation and texts of licences: few tests read them, and nothing is edited more often.

use std::ffi::OsStr;
use std::path::Path;

/// The programs of tests that read such files while they run: package, target, and the only file they read, if it is
/// one. What is compiled into a program (`include_str!`) needs no line here: the program is another one then.
const READERS: &[(&str, &str, Option<&str>)] = &[
    ("stockroom-tests", "bad_days", Some("README.md")),
    ("xtask", "xtask", None),
];

/// Whether `file` is such a page or text.
pub(super) fn is_prose(file: &Path) -> bool {
    let name = file.file_name().and_then(OsStr::to_str).unwrap_or_default();
    name.starts_with("LICENSE") || file.extension() == Some(OsStr::new("md"))
}

/// Whether this program of tests reads `file` while it runs.
pub(super) fn is_read_by(package: &str, target: &str, file: &Path) -> bool {
    READERS.iter().any(|(known, its_target, only)| {
        (*known, *its_target) == (package, target)
            && only.is_none_or(|only| file == Path::new(only))
    })
}

/// Whether its examples are tried with those of the documentation: each library's page is a part of it.
pub(super) fn has_examples(file: &Path) -> bool {
    file.starts_with("crates")
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::*;
    use crate::kept;
    use crate::project::Project;

    /// All Rust sources below `folder`.
    fn sources(folder: &Path) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("node_modules") && !path.ends_with("target") {
                found.extend(sources(&path));
            } else if kept::is_rust(&path) {
                found.push(path);
            }
        }
        found
    }

    /// Whether this line names such a file, other than to have it compiled in.
    fn names_prose(line: &str) -> bool {
        let is_code = !line.trim_start().starts_with("//") && !line.contains("include_str!");
        // An ending alone (`".md"`) is the name of no file.
        let mut before = line.match_indices(".md\"").map(|(at, _)| &line[..at]);
        is_code
            && (before.any(|before| !before.ends_with('"'))
                || line.contains("\"md\"")
                || line.contains("\"LICENSE")
                || line.contains("LICENSE-"))
    }

    /// The target of a package that a file belongs to; its path is relative to the package.
    fn target(package: &str, file: &Path) -> String {
        let words: Vec<&str> = file.iter().filter_map(OsStr::to_str).collect();
        let name = match words.as_slice() {
            ["tests" | "examples", name, ..] | ["src", "bin", name, ..] => *name,
            _ => package,
        };
        name.trim_end_matches(".rs").to_owned()
    }

    #[test]
    fn whatever_reads_a_page_while_it_runs_is_on_the_list() {
        let project = Project::find().unwrap();
        let (mut unlisted, mut readers) = (Vec::new(), 0);
        for package in project.members().unwrap().packages {
            for file in sources(&package.folder) {
                if !fs::read_to_string(&file).unwrap().lines().any(names_prose) {
                    continue;
                }
                readers += 1;
                let target = target(&package.name, file.strip_prefix(&package.folder).unwrap());
                let mut known = READERS.iter();
                if !known.any(|(known, its, _)| {
                    (*known, *its) == (package.name.as_str(), target.as_str())
                }) {
                    unlisted.push(file);
                }
            }
        }
        assert!(readers > 1, "they are somewhere else");
        assert!(
            unlisted.is_empty(),
            "these name a page or a licence, and their tests have to be in READERS of \
             xtask/src/rust_tests/prose.rs to be run again when it changes: {unlisted:?}"
        );
    }

    #[test]
    fn a_name_of_a_page_is_told_from_an_ending_and_from_what_is_compiled_in() {
        for names in [
            r#"let file = root.join("../README.md");"#,
            r#"root.join(format!("{name}.md"))"#,
            r#"end == "md""#,
            r#""LICENSE-MIT","#,
            r#"root.join("../LICENSE-MIT")"#,
        ] {
            assert!(names_prose(names), "{names}");
        }
        for other in [
            r#"    // As in "README.md"."#,
            r#"const PAGE: &str = include_str!("../README.md");"#,
            r#"".txt", ".env", ".md","#,
        ] {
            assert!(!names_prose(other), "{other}");
        }
    }

    #[test]
    fn the_file_says_which_target_it_belongs_to() {
        let of = |file: &str| target("desk", Path::new(file));
        assert_eq!(of("tests/it/readme.rs"), "it");
        assert_eq!(of("tests/alone.rs"), "alone");
        assert_eq!(of("src/bin/screens/list.rs"), "screens");
        assert_eq!(of("src/shelf.rs"), "desk");
    }
}

//! Time is handed in: below the hosts, nothing reads a clock or waits by itself.
//!
//! A check of the text and not of the types, so it sees the plain ways only. That is enough against
//! forgetting; `ARCHITECTURE.md` has the reason.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::project::Package;

/// The crates that hand a clock to the others, or test them. Every other one is given it.
const HAVE_A_CLOCK: &[&str] = &[
    "host",
    "bridge",
    "stockroom",
    "sandbox-store",
    "testkit",
    "stockroom-tests",
    "bare-window",
    "xtask",
];

/// What they must not say, without spaces. `…::{` is the beginning of a list of imports.
const FORBIDDEN: &[&str] = &[
    "SystemTime::now",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "tokio::time::sleep",
    "tokio::time::timeout",
    "tokio::time::interval",
    "time::sleep(",
    "time::timeout(",
    "thread::sleep",
    "thread::park_timeout",
    "recv_timeout(",
    "wait_timeout(",
];

/// Lists of imports in which one of [`FORBIDDEN_NAMES`] is the same as writing it out.
const FORBIDDEN_LISTS: &[&str] = &["tokio::time::{", "thread::{"];

/// What waits by itself, in a list of imports.
const FORBIDDEN_NAMES: &[&str] = &[
    "sleep",
    "sleep_until",
    "timeout",
    "timeout_at",
    "interval",
    "interval_at",
    "park_timeout",
];

/// Every place below the hosts that reads a clock or sleeps, as sentences.
pub(crate) fn check(members: &[Package]) -> Result<Vec<String>> {
    let mut breaches = Vec::new();
    for package in members
        .iter()
        .filter(|package| !HAVE_A_CLOCK.contains(&package.name.as_str()))
    {
        let sources = package.folder.join("src");
        let mut files = Vec::new();
        rust_files(&sources, &mut files)?;
        files.sort();
        let mut found = Vec::new();
        let mut only_for_tests: Vec<PathBuf> = Vec::new();
        for file in &files {
            let text =
                fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
            let source = Source::read(&text);
            only_for_tests.extend(
                source
                    .test_modules
                    .iter()
                    .flat_map(|name| module_places(file, name)),
            );
            found.extend(
                source
                    .breaches()
                    .into_iter()
                    .map(|(line, word)| (file, line, word)),
            );
        }
        for (file, line, word) in found {
            if only_for_tests.iter().any(|place| file.starts_with(place)) {
                continue;
            }
            let shown = file.strip_prefix(&sources).unwrap_or(file).display();
            breaches.push(format!(
                "{}/src/{shown}:{line} says `{word}`: time is handed in from the host; take a `Clock`, or the moment \
                 as a parameter",
                package.name
            ));
        }
    }
    Ok(breaches)
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            rust_files(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    Ok(())
}

/// Where the module `name` declared in `file` may lie: its file, and the folder of its own modules.
fn module_places(file: &Path, name: &str) -> [PathBuf; 2] {
    let folder = file.parent().unwrap_or(Path::new(""));
    let stem = file.file_stem().unwrap_or_default();
    let folder = if ["lib", "main", "mod"].iter().any(|root| stem == *root) {
        folder.to_owned()
    } else {
        folder.join(stem)
    };
    [folder.join(format!("{name}.rs")), folder.join(name)]
}

/// A Rust file without comments, texts, spaces and what is compiled for tests only.
struct Source {
    /// What is left, one character after another, each with its line.
    code: Vec<(char, usize)>,
    /// Modules in other files that are compiled for tests only.
    test_modules: Vec<String>,
}

impl Source {
    fn read(text: &str) -> Self {
        let mut source = Self {
            code: without_spaces(&without_comments_and_texts(text)),
            test_modules: Vec::new(),
        };
        for mark in ["#[cfg(test)]", "#[cfg(all(test,"] {
            while let Some(start) = source.find(mark, 0) {
                source.cut_item(start);
            }
        }
        source
    }

    fn breaches(&self) -> Vec<(usize, &'static str)> {
        let mut breaches: Vec<(usize, &'static str)> = Vec::new();
        for word in FORBIDDEN {
            let mut from = 0;
            while let Some(at) = self.find(word, from) {
                breaches.push((self.code[at].1, word.trim_end_matches('(')));
                from = at + 1;
            }
        }
        for list in FORBIDDEN_LISTS {
            let mut from = 0;
            while let Some(at) = self.find(list, from) {
                let inside: String = self.code[at + list.len()..]
                    .iter()
                    .map(|(c, _)| *c)
                    .take_while(|c| *c != '}')
                    .collect();
                let named = FORBIDDEN_NAMES
                    .iter()
                    .find(|forbidden| inside.split(',').any(|name| name == **forbidden));
                if let Some(name) = named {
                    breaches.push((self.code[at].1, name));
                }
                from = at + 1;
            }
        }
        breaches.sort_unstable();
        breaches.dedup_by_key(|(line, _)| *line);
        breaches
    }

    /// The place of `word`, not as the end of a longer name.
    fn find(&self, word: &str, from: usize) -> Option<usize> {
        let word: Vec<char> = word.chars().collect();
        (from..self.code.len().saturating_sub(word.len() - 1)).find(|&at| {
            let fits = word
                .iter()
                .zip(&self.code[at..])
                .all(|(wanted, (found, _))| wanted == found);
            let starts_a_name = at == 0 || !is_name(self.code[at - 1].0) || !is_name(word[0]);
            fits && starts_a_name
        })
    }

    /// Cuts the item that begins at `start` with its attributes, up to its `;` or its closing brace.
    fn cut_item(&mut self, start: usize) {
        let mut depth = 0_usize;
        let mut end = self.code.len();
        for (at, &(c, _)) in self.code.iter().enumerate().skip(start) {
            match c {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 && c == '}' {
                        end = at + 1;
                        break;
                    }
                }
                ';' if depth == 0 => {
                    end = at + 1;
                    break;
                }
                _ => {}
            }
        }
        let item: String = self.code.drain(start..end).map(|(c, _)| c).collect();
        // `mod tests;`, after attributes and perhaps `pub` or `pub(crate)`.
        if let Some(declaration) = item.strip_suffix(';') {
            let plain = declaration.rsplit([']', ')']).next().unwrap_or(declaration);
            let plain = plain.strip_prefix("pub ").unwrap_or(plain);
            if let Some(name) = plain
                .strip_prefix("mod ")
                .filter(|name| name.chars().all(is_name))
            {
                self.test_modules.push(name.to_owned());
            }
        }
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Every character with its line; of spaces, only those that keep two words apart.
fn without_spaces(text: &str) -> Vec<(char, usize)> {
    let mut code: Vec<(char, usize)> = Vec::with_capacity(text.len());
    let mut after_space = false;
    for (line, text) in text.lines().enumerate() {
        for c in text.chars() {
            if c.is_whitespace() {
                after_space = true;
                continue;
            }
            if after_space && is_name(c) && code.last().is_some_and(|(last, _)| is_name(*last)) {
                code.push((' ', line + 1));
            }
            code.push((c, line + 1));
            after_space = false;
        }
        after_space = true;
    }
    code
}

/// The same text, line by line, with comments and the contents of texts left out.
fn without_comments_and_texts(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut plain = String::with_capacity(text.len());
    let mut at = 0;
    let starts = |at: usize, word: &str| {
        word.chars()
            .enumerate()
            .all(|(i, c)| chars.get(at + i) == Some(&c))
    };
    while at < chars.len() {
        let c = chars[at];
        let end = if starts(at, "//") {
            position(&chars, at, |i| chars[i] == '\n')
        } else if starts(at, "/*") {
            end_of_block_comment(&chars, at)
        } else if let Some(hashes) = raw_text_hashes(&chars, at) {
            let close: Vec<char> = std::iter::once('"')
                .chain(std::iter::repeat_n('#', hashes))
                .collect();
            let open = position(&chars, at, |i| chars[i] == '"') + 1;
            (position(&chars, open, |i| chars[i..].starts_with(&close)) + close.len())
                .min(chars.len())
        } else if c == '"' {
            end_of_text(&chars, at)
        } else if c == '\'' {
            end_of_character(&chars, at)
        } else {
            plain.push(c);
            at += 1;
            continue;
        };
        // A text becomes an empty text, a comment a space; the lines stay as they are.
        plain.push_str(if c == '/' { " " } else { "\"\"" });
        plain.extend(chars[at..end].iter().filter(|c| **c == '\n'));
        at = end;
    }
    plain
}

fn position(chars: &[char], from: usize, is: impl Fn(usize) -> bool) -> usize {
    (from..chars.len()).find(|&i| is(i)).unwrap_or(chars.len())
}

fn end_of_block_comment(chars: &[char], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0_usize);
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at.min(chars.len())
}

/// The number of `#` if a raw text (`r"`, `br#"`) begins here.
fn raw_text_hashes(chars: &[char], at: usize) -> Option<usize> {
    if at > 0 && is_name(chars[at - 1]) {
        return None;
    }
    let rest = &chars[at..];
    let rest = rest
        .strip_prefix(&['b'])
        .or_else(|| rest.strip_prefix(&['c']))
        .unwrap_or(rest);
    let rest = rest.strip_prefix(&['r'])?;
    let hashes = rest.iter().take_while(|c| **c == '#').count();
    (rest.get(hashes) == Some(&'"')).then_some(hashes)
}

fn end_of_text(chars: &[char], start: usize) -> usize {
    let mut at = start + 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

/// The end of `'a'` or `'\n'`; of a lifetime, only its mark.
fn end_of_character(chars: &[char], start: usize) -> usize {
    match (chars.get(start + 1), chars.get(start + 2)) {
        (Some('\\'), _) => (position(chars, start + 3, |i| chars[i] == '\'') + 1).min(chars.len()),
        (Some(_), Some('\'')) => start + 3,
        _ => start + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaches(text: &str) -> Vec<(usize, &'static str)> {
        Source::read(text).breaches()
    }

    #[test]
    fn the_plain_ways_to_a_clock_are_seen() {
        assert_eq!(
            breaches("fn a() {\n    let now = SystemTime::now();\n}"),
            [(2, "SystemTime::now")]
        );
        assert_eq!(breaches("std::time::Instant::now()"), [(1, "Instant::now")]);
        assert_eq!(
            breaches("jiff::Timestamp\n    ::now()"),
            [(1, "Timestamp::now")]
        );
        assert_eq!(
            breaches("tokio::time::sleep_until(then).await"),
            [(1, "tokio::time::sleep")]
        );
        assert_eq!(breaches("use tokio::time::{self, sleep};"), [(1, "sleep")]);
        assert_eq!(breaches("use std::thread::{sleep, spawn};"), [(1, "sleep")]);
        assert_eq!(
            breaches("use tokio::time::{Duration, timeout};"),
            [(1, "timeout")]
        );
        assert_eq!(
            breaches("tokio::time::interval(a).tick().await"),
            [(1, "tokio::time::interval")]
        );
        assert_eq!(
            breaches("let a = events.recv_timeout(b)"),
            [(1, "recv_timeout")]
        );
        assert_eq!(
            breaches("use tokio::time; time::sleep(a)"),
            [(1, "time::sleep")]
        );
    }

    #[test]
    fn what_only_looks_like_it_is_left_alone() {
        assert!(
            breaches("//! Never `SystemTime::now()`.\n/* Instant::now /* nested */ */").is_empty()
        );
        assert!(
            breaches(r##"let a = "SystemTime::now"; let b = r#"Instant::now " "#; let c = '"';"##)
                .is_empty()
        );
        assert!(breaches("clock.now(); clock.sleep_until(then)").is_empty());
        assert!(breaches("FakeInstant::now()").is_empty());
        assert_eq!(breaches("return Instant::now()").len(), 1);
        assert!(breaches("use tokio::time::{Duration, error::Elapsed};").is_empty());
        assert!(breaches("clock.timeout(a, b)").is_empty());
    }

    #[test]
    fn a_lifetime_does_not_swallow_the_code_behind_it() {
        assert_eq!(
            breaches("fn a<'a>(b: &'a str) { Instant::now(); }\nlet c = '\\'';").len(),
            1
        );
    }

    #[test]
    fn tests_may_read_the_clock() {
        let text = "\
fn a() {}
#[cfg(test)]
#[path = \"x.rs\"]
mod tests {
    fn b() { let c = [1; 2]; Instant::now(); }
}
fn d() { Zoned::now(); }
";
        assert_eq!(breaches(text), [(7, "Zoned::now")]);
    }

    #[test]
    fn a_test_module_in_its_own_file_is_known_by_name() {
        let source = Source::read(
            "#[cfg(test)]\npub(crate) mod testing;\n#[cfg(test)]\nmod tests;\n#[cfg(test)]\nuse a::b;",
        );
        assert_eq!(source.test_modules, ["testing", "tests"]);
        let places = module_places(Path::new("src/transport.rs"), "tests");
        assert_eq!(
            places,
            [
                PathBuf::from("src/transport/tests.rs"),
                PathBuf::from("src/transport/tests")
            ]
        );
        assert_eq!(
            module_places(Path::new("src/lib.rs"), "tests")[0],
            PathBuf::from("src/tests.rs")
        );
    }

    #[test]
    fn an_unclosed_text_ends_with_the_file() {
        assert!(breaches("let a = \"Instant::now").is_empty());
        assert!(breaches("let a = r#\"Instant::now").is_empty());
        assert!(breaches("/* Instant::now").is_empty());
    }
}

//! Who may depend on whom: our own crates by a table, other people's crates by walls.
//!
//! `ARCHITECTURE.md` says why. What this reads is what each `Cargo.toml` names, so a wall stands even
//! where nothing is used yet.

use std::fs;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::clock_words;
use crate::project::{Dependency, Kind, Package, Project};
use crate::steps;
use crate::ui;

/// What the directions of the window's code depend on, besides that code: tests of this crate read it.
pub(crate) const OF_THE_WINDOW: &[&str] = &[
    "ui/.dependency-cruiser.cjs",
    "ui/package-lock.json",
    "ui/tsconfig.json",
];

/// One of our crates and what it may use.
struct Rule {
    name: &'static str,
    /// In the product.
    uses: &'static [&'static str],
    /// In its tests, besides.
    tests_use: &'static [&'static str],
    /// Other people's crates that it may use in the product and to build it. Each is named, for a wall knows only the
    /// crates that somebody thought of.
    others: &'static [&'static str],
}

const TEST_HELP: &[&str] = &["testkit", "sandbox-store"];

const RULES: &[Rule] = &[
    Rule {
        name: "commerce",
        uses: &[],
        tests_use: TEST_HELP,
        others: &["jiff", "rust_decimal", "secrecy", "serde", "thiserror"],
    },
    Rule {
        name: "bigcommerce",
        uses: &["commerce"],
        tests_use: TEST_HELP,
        others: &[
            "bytes",
            "futures",
            "http-body",
            "jiff",
            "reqwest",
            "rust_decimal",
            "serde_json",
            "thiserror",
            "tokio",
            "tracing",
            "url",
        ],
    },
    Rule {
        name: "credentials",
        uses: &["commerce"],
        tests_use: TEST_HELP,
        others: &[
            "apple-native-keyring-store",
            "base64",
            "keyring-core",
            "secrecy",
            "security-framework",
            "serde_json",
            "thiserror",
            "tokio",
            "windows-native-keyring-store",
            "zbus",
            "zbus-secret-service-keyring-store",
        ],
    },
    Rule {
        name: "database",
        uses: &[],
        tests_use: &[],
        others: &["rusqlite", "rusqlite_migration", "thiserror"],
    },
    Rule {
        name: "mirror",
        uses: &["database", "commerce"],
        tests_use: TEST_HELP,
        others: &["jiff", "rust_decimal", "serde", "serde_json", "thiserror"],
    },
    Rule {
        name: "desk",
        uses: &["database", "commerce"],
        tests_use: TEST_HELP,
        others: &["jiff", "rusqlite", "serde", "serde_json", "thiserror"],
    },
    Rule {
        name: "journal",
        uses: &["database", "commerce"],
        tests_use: TEST_HELP,
        others: &["jiff", "serde", "serde_json", "thiserror"],
    },
    Rule {
        name: "workbench",
        uses: &[
            "bigcommerce",
            "credentials",
            "mirror",
            "desk",
            "journal",
            "commerce",
        ],
        tests_use: TEST_HELP,
        others: &[
            "csv",
            "fs4",
            "futures",
            "jiff",
            "rust_decimal",
            "serde",
            "serde_json",
            "sha2",
            "thiserror",
            "tokio",
            "tracing",
        ],
    },
    Rule {
        name: "surface",
        uses: &["workbench", "commerce"],
        tests_use: TEST_HELP,
        others: &[
            "jiff",
            "rust_decimal",
            "serde",
            "serde_json",
            "specta",
            "specta-serde",
            "specta-typescript",
            "tokio",
            "tracing",
        ],
    },
    Rule {
        name: "host",
        uses: &[
            "surface",
            "workbench",
            "credentials",
            "bigcommerce",
            "commerce",
            "sandbox-store",
        ],
        tests_use: TEST_HELP,
        others: &[
            "dirs",
            "jiff",
            "rand",
            "thiserror",
            "tokio",
            "tracing",
            "tracing-subscriber",
            "trash",
        ],
    },
    Rule {
        name: "bridge",
        uses: &["surface", "host", "commerce"],
        tests_use: TEST_HELP,
        others: &[
            "anyhow",
            "axum",
            "futures",
            "rand",
            "serde",
            "serde_json",
            "tokio",
            "tower-http",
        ],
    },
    Rule {
        name: "stockroom",
        uses: &["surface", "host", "commerce"],
        tests_use: TEST_HELP,
        others: &[
            "arboard",
            "gtk",
            "mac-notification-sys",
            "rfd",
            "serde",
            "serde_json",
            "tauri",
            "tauri-build",
            "tauri-plugin-dialog",
            "tauri-plugin-opener",
            "tauri-plugin-single-instance",
            "tauri-winrt-notification",
            "tokio",
            "tracing",
            "zbus",
        ],
    },
    // Written from the published reference alone: with our types, both could be wrong together.
    Rule {
        name: "sandbox-store",
        uses: &[],
        tests_use: &[],
        others: &[
            "async-graphql",
            "clap",
            "flate2",
            "futures",
            "http-body-util",
            "hyper",
            "hyper-util",
            "jiff",
            "rcgen",
            "serde",
            "serde_json",
            "thiserror",
            "tiny-skia",
            "tokio",
            "tokio-rustls",
        ],
    },
    Rule {
        name: "testkit",
        uses: &["bigcommerce", "commerce", "credentials"],
        tests_use: &[],
        others: &[
            "aes",
            "base64",
            "cbc",
            "hkdf",
            "jiff",
            "num-bigint",
            "rust_decimal",
            "sha2",
            "tokio",
            "zbus",
        ],
    },
    // Compiled before anything is shown.
    Rule {
        name: "xtask",
        uses: &[],
        tests_use: &[],
        others: &["anyhow", "serde_json", "spdx"],
    },
];

/// Crates that see everything: they check the whole, or are what it is measured against.
const UNBOUND: &[&str] = &["stockroom-tests", "bare-window"];

/// Other people's crates that only some of ours may know.
struct Wall {
    /// What lies behind it.
    what: &'static str,
    /// Names; a `*` stands for anything, at the beginning or the end.
    crates: &'static [&'static str],
    only: &'static [&'static str],
    instead: &'static str,
}

const WALLS: &[Wall] = &[
    Wall {
        what: "Tauri",
        crates: &["tauri", "tauri-*", "wry", "tao"],
        only: &["stockroom"],
        instead: "put what is asked of the window behind a command of the surface, or into src-tauri",
    },
    Wall {
        what: "the HTTP client",
        crates: &["reqwest", "reqwest-*", "hyper-rustls", "hyper-tls"],
        only: &["bigcommerce"],
        instead: "make it a request of bigcommerce",
    },
    Wall {
        // A client below reqwest, and in the sandbox store a server that can break off in mid-answer.
        what: "raw HTTP",
        crates: &["hyper", "hyper-*"],
        only: &["bigcommerce", "sandbox-store"],
        instead: "make it a request of bigcommerce",
    },
    Wall {
        what: "SQL",
        crates: &["rusqlite", "rusqlite_*", "rusqlite-*", "libsqlite3-sys"],
        only: &["database", "mirror", "desk", "journal"],
        instead: "ask mirror, desk or journal with a function that says what is wanted",
    },
    Wall {
        what: "the keychain",
        crates: &["keyring", "keyring-*", "*keyring-store"],
        only: &["credentials"],
        instead: "ask credentials",
    },
    Wall {
        // The keychain answers there, and so does whoever shows announcements. In tests the kit for them stands
        // where the keychain's own window is.
        what: "the session bus",
        crates: &["zbus", "zbus_*", "zbus-*", "dbus", "dbus-*"],
        only: &["credentials", "stockroom", "testkit"],
        instead: "ask credentials, or the surface's host",
    },
    Wall {
        what: "the clipboard",
        crates: &["arboard", "gtk"],
        only: &["stockroom"],
        instead: "ask the surface's host",
    },
    Wall {
        what: "the trash",
        crates: &["trash"],
        only: &["host"],
        instead: "ask the surface's host",
    },
    Wall {
        what: "the HTTP server",
        crates: &["axum", "axum-*"],
        only: &["sandbox-store", "bridge"],
        instead: "let host start the sandbox store, or the bridge serve the surface",
    },
    Wall {
        what: "the bindings' types",
        crates: &["specta", "specta-*", "tauri-specta"],
        only: &["surface"],
        instead: "give surface a shape of its own for what the window sees, and convert there",
    },
];

/// `cargo xtask directions`
pub(crate) fn directions(project: &Project) -> Result<ExitCode> {
    let rust = steps::step("Directions, Rust", || rust(project));
    if ui::has_packages(project) {
        let window = steps::step("Directions, window", || {
            steps::shown(&mut project.npm(&["run", "--silent", "directions"]))?;
            Ok("hold".to_owned())
        });
        // Both halves are tried, and each says what it found.
        if let Err(error) = window {
            rust.inspect_err(steps::complain).ok();
            return Err(error);
        }
    } else {
        eprintln!("  - The window's half needs its packages: cargo xtask check installs them");
    }
    rust.map(|()| ExitCode::SUCCESS)
}

/// The Rust half: dependencies, walls and clocks. Answers a word, or an error that names every breach.
pub(crate) fn rust(project: &Project) -> Result<String> {
    let members = project.members()?.packages;
    let mut breaches = check(&members);
    breaches.extend(clock_words::check(&members)?);
    for package in &members {
        let file = package.folder.join("Cargo.toml");
        let manifest =
            fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
        breaches.extend(lints(&package.name, &manifest));
    }
    if !breaches.is_empty() {
        let count = breaches.len();
        let noun = if count == 1 { "breach" } else { "breaches" };
        bail!(
            "{count} {noun} of the directions:\n  - {}",
            breaches.join("\n  - ")
        );
    }
    Ok(format!("{} crates", members.len()))
}

/// Every breach among our crates, as sentences.
fn check(members: &[Package]) -> Vec<String> {
    let mut breaches = Vec::new();
    for package in members {
        if UNBOUND.contains(&package.name.as_str()) {
            continue;
        }
        let Some(rule) = RULES.iter().find(|rule| rule.name == package.name) else {
            breaches.push(format!(
                "`{}` has no line in the table: decide what it may use, write it into xtask/src/directions.rs and \
                 say it in ARCHITECTURE.md",
                package.name
            ));
            continue;
        };
        for dependency in &package.dependencies {
            let ours = members.iter().any(|member| member.name == dependency.name);
            let breach = if ours {
                edge(rule, dependency)
            } else {
                wall(rule, dependency).or_else(|| stranger(rule, dependency))
            };
            breaches.extend(breach);
        }
    }
    breaches
}

/// Crates that can't forbid what is unsafe: they set variables before anything runs, or ask the system itself. Each
/// writes the workspace's lints out, with `unsafe_code` denied where nothing says why.
const OWN_LINTS: &[&str] = &["bridge", "host", "stockroom", "stockroom-tests"];

/// A crate whose `Cargo.toml` doesn't take the lints of the workspace.
fn lints(name: &str, manifest: &str) -> Option<String> {
    let lines: Vec<&str> = manifest.lines().map(str::trim).collect();
    let of = |table: &str| {
        let begin = lines.iter().position(|line| *line == table)?;
        let table = lines[begin + 1..].iter();
        Some(table.take_while(|line| !line.starts_with('[')).copied())
    };
    let takes =
        |table: &str, line: &str| of(table).is_some_and(|mut lines| lines.any(|l| l == line));
    let own = OWN_LINTS.contains(&name)
        && takes("[lints.rust]", "missing_docs = \"warn\"")
        && takes("[lints.rust]", "unsafe_code = \"deny\"");
    if own || takes("[lints]", "workspace = true") {
        return None;
    }
    Some(format!(
        "`{name}` does not take the workspace's lints: write `[lints]` and `workspace = true` into its Cargo.toml"
    ))
}

/// A dependency on one of our own crates.
fn edge(rule: &Rule, dependency: &Dependency) -> Option<String> {
    let (from, to) = (rule.name, dependency.name.as_str());
    let in_tests = dependency.kind == Kind::Dev;
    if rule.uses.contains(&to) || in_tests && rule.tests_use.contains(&to) {
        return None;
    }
    let may = match rule.uses {
        [] => "nothing of ours".to_owned(),
        some => format!("only {}", some.join(", ")),
    };
    let advice = match (from, to) {
        (_, "testkit") => "testkit is for tests: move the line to [dev-dependencies]",
        ("sandbox-store", _) => {
            "it is written from the published reference; give it a type of its own"
        }
        (_, "stockroom-tests" | "bare-window" | "xtask") => "nothing may depend on it",
        _ => {
            "move what both need down to commerce, or let a crate above bring the two together; a change of the \
             table in xtask/src/directions.rs is a decision for docs/decisions"
        }
    };
    let where_ = if in_tests { " in its tests" } else { "" };
    Some(format!(
        "`{from}` depends on `{to}`{where_}, and may use {may}: {advice}"
    ))
}

/// A dependency on somebody else's crate. Tests may look behind a wall.
fn wall(rule: &Rule, dependency: &Dependency) -> Option<String> {
    if dependency.kind == Kind::Dev {
        return None;
    }
    let wall = WALLS.iter().find(|wall| {
        wall.crates
            .iter()
            .any(|pattern| fits(pattern, &dependency.name))
    })?;
    if wall.only.contains(&rule.name) {
        return None;
    }
    Some(format!(
        "`{}` depends on `{}`, and only {} may know {}: {}",
        rule.name,
        dependency.name,
        wall.only.join(", "),
        wall.what,
        wall.instead
    ))
}

/// A dependency on a crate of somebody else's that this one of ours is not known to need. Tests may need any.
fn stranger(rule: &Rule, dependency: &Dependency) -> Option<String> {
    if dependency.kind == Kind::Dev || rule.others.contains(&dependency.name.as_str()) {
        return None;
    }
    Some(format!(
        "`{}` depends on `{}`, which is not among the crates it may use: if it belongs there, name it in \
         xtask/src/directions.rs; one that opens files, databases, connections or keychains has a room of its own",
        rule.name, dependency.name
    ))
}

fn fits(pattern: &str, name: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(end), _) => name.ends_with(end),
        (_, Some(start)) => name.starts_with(start),
        (None, None) => name == pattern,
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod window;

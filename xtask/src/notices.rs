//! The notices of everybody whose work is in the app, as their licences ask of whoever hands it on.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::project::Project;

/// The package that becomes the app.
const APP: &str = "stockroom";

/// How files begin in which a package says its licence.
const NAMES: &[&str] = &[
    "license",
    "licence",
    "copying",
    "notice",
    "unlicense",
    "copyright",
];

/// Somebody else's package in the app.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    /// Name and version.
    shown: String,
    /// Its SPDX licence expression.
    licence: String,
    folder: PathBuf,
}

/// Writes them all into the file `to`, each text once. Answers how many packages it names.
pub(crate) fn write(project: &Project, to: &Path) -> Result<String> {
    let mut parts = crates(project)?;
    parts.extend(modules(project)?);
    let text = tell(&parts)?;
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(to, text).with_context(|| format!("writing {}", to.display()))?;
    Ok(format!("{} packages", parts.len()))
}

// ── What is in the app ───────────────────────────────────────────────────────────────────────────────

/// What is linked into the app on this system.
fn crates(project: &Project) -> Result<Vec<Part>> {
    let host = host(project)?;
    let metadata = project.raw_metadata(&["--locked", "--filter-platform", &host])?;
    let linked = linked(&metadata, APP)?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    Ok(packages
        .filter(|package| linked.contains(text(&package["id"])))
        // Ours has no source; its licence stands beside this file.
        .filter(|package| !package["source"].is_null())
        .map(|package| Part {
            shown: format!("{} {}", text(&package["name"]), text(&package["version"])),
            licence: text(&package["license"]).to_owned(),
            folder: Path::new(text(&package["manifest_path"]))
                .parent()
                .unwrap_or(Path::new(""))
                .to_owned(),
        })
        .collect())
}

/// This computer's kind, as rustc names it.
fn host(project: &Project) -> Result<String> {
    let said = project.cargo(&["--version", "--verbose"]).output()?;
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    said.lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .context("cargo does not say what it builds for")
}

/// The ids of all packages that `app` is linked from. What only builds or only makes code is not in it.
fn linked(metadata: &Value, app: &str) -> Result<BTreeSet<String>> {
    let nodes: BTreeMap<&str, &Value> = metadata["resolve"]["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|node| (text(&node["id"]), node))
        .collect();
    let packages = || metadata["packages"].as_array().into_iter().flatten();
    let macros: BTreeSet<&str> = packages()
        .filter(|package| {
            let mut targets = package["targets"].as_array().into_iter().flatten();
            targets.any(|target| {
                let mut kinds = target["kind"].as_array().into_iter().flatten();
                kinds.any(|kind| kind == "proc-macro")
            })
        })
        .map(|package| text(&package["id"]))
        .collect();
    let Some(app) = packages().find(|package| package["name"] == app) else {
        bail!("cargo metadata knows no package `{app}`");
    };
    let mut found = BTreeSet::new();
    let mut next = vec![text(&app["id"])];
    while let Some(id) = next.pop() {
        if macros.contains(id) || !found.insert(id.to_owned()) {
            continue;
        }
        let uses = nodes
            .get(id)
            .and_then(|node| node["deps"].as_array())
            .into_iter()
            .flatten();
        next.extend(
            uses.filter(|used| {
                let mut kinds = used["dep_kinds"].as_array().into_iter().flatten();
                kinds.any(|kind| kind["kind"].is_null())
            })
            .map(|used| text(&used["pkg"])),
        );
    }
    Ok(found)
}

/// What the window's code may be bundled from: all that is not for development alone.
fn modules(project: &Project) -> Result<Vec<Part>> {
    let ui = project.ui();
    let lock = fs::read(ui.join("package-lock.json")).context("reading ui/package-lock.json")?;
    let lock: Value = serde_json::from_slice(&lock).context("ui/package-lock.json is no JSON")?;
    let packages = lock["packages"].as_object().into_iter().flatten();
    Ok(packages
        .filter(|(path, package)| !path.is_empty() && package["dev"] != true)
        .map(|(path, package)| Part {
            shown: format!(
                "{} {}",
                path.rsplit("node_modules/").next().unwrap_or(path),
                text(&package["version"])
            ),
            licence: text(&package["license"]).to_owned(),
            folder: ui.join(path),
        })
        .filter(|part| part.folder.is_dir())
        .collect())
}

// ── How it is told ───────────────────────────────────────────────────────────────────────────────────

/// Each text once, under the names of all who use it.
fn tell(parts: &[Part]) -> Result<String> {
    let mut texts: BTreeMap<String, BTreeSet<&Part>> = BTreeMap::new();
    let mut silent = BTreeSet::new();
    for part in parts {
        let found = files(&part.folder)?;
        if found.is_empty() {
            silent.insert(part);
        }
        for text in found {
            texts.entry(text).or_default().insert(part);
        }
    }
    let mut told = String::from(
        "Stockroom contains the work of others. These are their notices and licences.\n",
    );
    // Writing to a text cannot fail.
    for (text, users) in texts {
        let _ = write!(told, "\n{}\n\n", "─".repeat(79));
        for part in users {
            let _ = writeln!(told, "{}  ({})", part.shown, part.licence);
        }
        let _ = write!(told, "\n{text}\n");
    }
    if !silent.is_empty() {
        let _ = write!(
            told,
            "\n{}\n\nThese bring no text of their own; the standard text of their licence holds:\n\n",
            "─".repeat(79)
        );
        for part in silent {
            let _ = writeln!(told, "{}  ({})", part.shown, part.licence);
        }
    }
    Ok(told)
}

/// What a package says about its licence: the text of each such file, without trailing spaces.
fn files(folder: &Path) -> Result<Vec<String>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .with_context(|| format!("reading {}", folder.display()))?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.is_file() && is_notice(path))
        .collect();
    paths.sort();
    Ok(paths
        .iter()
        .filter_map(|path| fs::read(path).ok())
        .map(|bytes| {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
            lines.join("\n").trim_matches('\n').to_owned()
        })
        .filter(|text| !text.is_empty())
        .collect())
}

/// `LICENSE-MIT`, `license.txt`, `COPYING`, but no `license.rs`.
fn is_notice(path: &Path) -> bool {
    const TEXTS: &[&str] = &["", "txt", "md", "mit", "apache", "html"];
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().to_lowercase())
        .unwrap_or_default();
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase())
        .unwrap_or_default();
    // `LICENSE-APACHE-2.0` ends in no kind of file.
    let is_text = TEXTS.contains(&&*ending) || ending.parse::<u32>().is_ok();
    is_text && NAMES.iter().any(|start| name.starts_with(start))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_builds_tests_or_makes_code_is_not_in_the_app() {
        let dep = |pkg: &str, kind: Option<&str>| serde_json::json!({"pkg": pkg, "dep_kinds": [{"kind": kind}]});
        let package = |name: &str, kind: &str| serde_json::json!({"id": name, "name": name, "targets": [{"kind": [kind]}]});
        let metadata = serde_json::json!({
            "packages": [
                package("app", "bin"), package("a", "lib"), package("b", "lib"), package("derive", "proc-macro"),
                package("syn", "lib"), package("cc", "lib"), package("proptest", "lib"), package("else", "lib"),
            ],
            "resolve": {"nodes": [
                {"id": "app", "deps": [dep("a", None), dep("cc", Some("build")), dep("proptest", Some("dev"))]},
                {"id": "a", "deps": [dep("b", None), dep("derive", None)]},
                {"id": "derive", "deps": [dep("syn", None)]},
                {"id": "else", "deps": []},
            ]},
        });
        let found: Vec<String> = linked(&metadata, "app").unwrap().into_iter().collect();
        assert_eq!(found, ["a", "app", "b"]);
    }

    #[test]
    fn only_texts_are_notices() {
        for name in [
            "LICENSE",
            "LICENSE-MIT",
            "licence.md",
            "COPYING.txt",
            "LICENSE-APACHE-2.0",
            "NOTICE",
            "UNLICENSE",
        ] {
            assert!(is_notice(Path::new(name)), "{name}");
        }
        for name in ["license.rs", "README.md", "src", "licensed.toml"] {
            assert!(!is_notice(Path::new(name)), "{name}");
        }
    }

    #[test]
    fn a_text_that_many_share_is_told_once_under_all_their_names() {
        let folder = std::env::temp_dir().join(format!("xtask-notices-{}", std::process::id()));
        let part = |name: &str, text: Option<&str>| {
            let own = folder.join(name);
            fs::create_dir_all(&own).unwrap();
            if let Some(text) = text {
                fs::write(own.join("LICENSE"), text).unwrap();
            }
            Part {
                shown: format!("{name} 1.0.0"),
                licence: "MIT".to_owned(),
                folder: own,
            }
        };
        let parts = [
            part("a", Some("Copyright A\n")),
            part("b", Some("Copyright A")),
            part("c", Some("Copyright C")),
            part("d", None),
        ];
        let told = tell(&parts).unwrap();
        fs::remove_dir_all(&folder).unwrap();

        assert_eq!(told.matches("Copyright A").count(), 1);
        assert!(
            told.contains("a 1.0.0  (MIT)\nb 1.0.0  (MIT)\n\nCopyright A"),
            "{told}"
        );
        let silent = told.find("no text of their own").unwrap();
        assert!(told.find("d 1.0.0").unwrap() > silent);
        assert!(told.find("c 1.0.0").unwrap() < silent);
    }
}

//! What a library is published with: a manifest that says all that a registry asks for, and no file but its own. Nothing
//! is built for it, and nobody is asked.

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::project::Project;

/// What a registry wants to be told, or shows people who look for a library.
const SAID: &[&str] = &[
    "description",
    "license",
    "readme",
    "rust_version",
    "keywords",
    "categories",
];

/// A registry takes so many keywords, and so many categories.
const MOST_WORDS: usize = 5;
/// And none that is longer.
const LONGEST_KEYWORD: usize = 20;

/// Files beside the code without which it isn't whole.
const BESIDE: &[&str] = &[
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "src/lib.rs",
];

/// Those that cargo adds by itself.
const ADDED: &[&str] = &[".cargo_vcs_info.json", "Cargo.lock", "Cargo.toml.orig"];

/// Folders of what belongs to a library.
const FOLDERS: &[&str] = &["examples/", "src/"];

/// Checks every package that may be published. Answers how many files each holds, or an error that names every breach.
pub(crate) fn check(project: &Project) -> Result<String> {
    let metadata = project.raw_metadata(&["--no-deps"])?;
    let packages = list(&metadata["packages"]);
    let published: Vec<&Value> = packages
        .iter()
        .filter(|package| package["publish"].is_null())
        .collect();
    if published.is_empty() {
        bail!("none of the packages may be published");
    }
    let (mut breaches, mut held) = (Vec::new(), Vec::new());
    for package in &published {
        let name = text(&package["name"]);
        breaches.extend(manifest(package, &published));
        let files = files(project, name)?;
        breaches.extend(contents(name, &files));
        held.push(format!("{name} ({} files)", files.len()));
    }
    if !breaches.is_empty() {
        bail!(
            "packages of the libraries ({} to settle):\n  - {}",
            breaches.len(),
            breaches.join("\n  - ")
        );
    }
    Ok(held.join(", "))
}

/// What would be packed.
fn files(project: &Project, name: &str) -> Result<Vec<String>> {
    let list = |extra: &[&str]| {
        project
            .cargo(&["package", "--list", "--allow-dirty", "--package", name])
            .args(extra)
            .output()
            .context("cargo does not start")
    };
    // Without a network first: on most runs everything is already on this computer.
    let mut output = list(&["--offline"])?;
    if !output.status.success() {
        output = list(&[])?;
    }
    if !output.status.success() {
        bail!(
            "cargo package --list: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    let files = String::from_utf8_lossy(&output.stdout).replace('\\', "/");
    Ok(files.lines().map(str::to_owned).collect())
}

/// What is wrong with what a package's `Cargo.toml` says, as `cargo metadata` tells of it.
fn manifest(package: &Value, published: &[&Value]) -> Vec<String> {
    let name = text(&package["name"]);
    let mut breaches: Vec<String> = SAID
        .iter()
        .filter(|member| is_empty(&package[**member]))
        .map(|member| format!("{name} doesn't say its {member}"))
        .collect();
    for words in ["keywords", "categories"] {
        let words_of = list(&package[words]);
        if words_of.len() > MOST_WORDS {
            breaches.push(format!("{name} has more than {MOST_WORDS} {words}"));
        }
    }
    let long = list(&package["keywords"])
        .iter()
        .map(text)
        .filter(|word| word.len() > LONGEST_KEYWORD);
    breaches.extend(long.map(|word| format!("{name}: the keyword {word} is too long")));
    let dependencies = list(&package["dependencies"]);
    breaches.extend(
        dependencies
            .iter()
            .filter(|dependency| dependency["path"].is_string())
            .filter_map(|dependency| own_dependency(dependency, published))
            .map(|breach| format!("{name} {breach}")),
    );
    breaches
}

/// What is wrong with how a package depends on another one of ours.
fn own_dependency(dependency: &Value, published: &[&Value]) -> Option<String> {
    let (name, wanted) = (text(&dependency["name"]), text(&dependency["req"]));
    let has_version = wanted != "*";
    if dependency["kind"] == "dev" && !has_version {
        // Left out of what is packed.
        return None;
    }
    if !has_version {
        return Some(format!(
            "depends on {name} by its folder alone, without a version"
        ));
    }
    let Some(other) = published.iter().find(|other| other["name"] == name) else {
        return Some(format!("depends on {name}, which may not be published"));
    };
    let there_is = text(&other["version"]);
    (wanted != format!("^{there_is}"))
        .then(|| format!("depends on {name} {wanted}, and there is {there_is}"))
}

/// What is wrong with what would be packed.
fn contents(name: &str, files: &[String]) -> Vec<String> {
    let is_there = |wanted: &str| files.iter().any(|file| file == wanted);
    let lacks = BESIDE.iter().filter(|wanted| !is_there(wanted));
    let belongs = |file: &str| {
        BESIDE.contains(&file)
            || ADDED.contains(&file)
            || FOLDERS.iter().any(|folder| file.starts_with(folder))
    };
    let strange = files.iter().filter(|file| !belongs(file));
    lacks
        .map(|file| format!("{name} is packed without {file}"))
        .chain(strange.map(|file| format!("{name} is packed with {file}, which is not its own")))
        .collect()
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => true,
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn package(name: &str) -> Value {
        json!({
            "name": name, "version": "0.2.0", "description": "A library.", "license": "MIT",
            "readme": "README.md", "rust_version": "1.95", "keywords": ["shop"],
            "categories": ["api-bindings"], "dependencies": [],
        })
    }

    #[test]
    fn a_manifest_that_says_everything_is_fine() {
        let (words, mut client) = (package("words"), package("client"));
        client["dependencies"] = json!([
            {"name": "serde", "req": "^1", "kind": null},
            {"name": "words", "req": "^0.2.0", "kind": null, "path": "/words"},
            {"name": "helper", "req": "*", "kind": "dev", "path": "/helper"},
        ]);
        assert_eq!(manifest(&client, &[&words, &client]), [""; 0]);
    }

    #[test]
    fn what_a_registry_would_refuse_is_named() {
        let words = package("words");
        let mut client = package("client");
        client["description"] = json!(" ");
        client["readme"] = Value::Null;
        client["keywords"] = json!(["a", "b", "c", "d", "e", "a-keyword-of-many-letters"]);
        client["dependencies"] = json!([
            {"name": "words", "req": "*", "kind": null, "path": "/words"},
            {"name": "words", "req": "^0.1.0", "kind": null, "path": "/words"},
            {"name": "helper", "req": "^0.2.0", "kind": "dev", "path": "/helper"},
        ]);
        assert_eq!(
            manifest(&client, &[&words, &client]),
            [
                "client doesn't say its description",
                "client doesn't say its readme",
                "client has more than 5 keywords",
                "client: the keyword a-keyword-of-many-letters is too long",
                "client depends on words by its folder alone, without a version",
                "client depends on words ^0.1.0, and there is 0.2.0",
                "client depends on helper, which may not be published",
            ]
        );
    }

    #[test]
    fn what_is_missing_and_what_is_too_much_in_a_package_is_named() {
        let files = |names: &[&str]| -> Vec<String> {
            names.iter().map(|name| (*name).to_owned()).collect()
        };
        let whole = [BESIDE, ADDED, &["examples/a.rs", "src/deep/b.rs"]].concat();
        assert_eq!(contents("client", &files(&whole)), [""; 0]);
        let odd = [&BESIDE[1..], &["tests/it/main.rs", "notes.txt"]].concat();
        assert_eq!(
            contents("client", &files(&odd)),
            [
                "client is packed without Cargo.toml",
                "client is packed with tests/it/main.rs, which is not its own",
                "client is packed with notes.txt, which is not its own",
            ]
        );
    }
}

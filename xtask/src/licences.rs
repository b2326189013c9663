//! What everything we use is licensed under, and where it comes from. Reads lock files and manifests
//! only: no network where the packages are on this computer.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use spdx::{Expression, LicenseReq, ParseMode};

use crate::project::{Package, Project};
use crate::steps;

/// Licences under which a part may become part of Stockroom, or of its building, as it is.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BlueOak-1.0.0",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    // Lists of certificate authorities.
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    // Asks for the source of changed files only, and we change none.
    "MPL-2.0",
    // Fonts.
    "OFL-1.1",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Additions to a licence that allow more, and so are fine.
const ALLOWED_WITH: &[&str] = &["LLVM-exception"];

/// One package whose licence is fine for a reason of its own.
struct Exception {
    name: &'static str,
    licence: &'static str,
    #[expect(dead_code, reason = "the reason is for whoever reads the table")]
    reason: &'static str,
}

const CARGO_EXCEPTIONS: &[Exception] = &[];

const NPM_EXCEPTIONS: &[Exception] = &[
    Exception {
        name: "caniuse-lite",
        licence: "CC-BY-4.0",
        reason: "a table of browsers that the build reads; nothing of it is in the app",
    },
    Exception {
        name: "argparse",
        licence: "Python-2.0",
        reason: "as permissive as BSD; reads the command line of a build tool",
    },
];

/// Packages that name their licence in a way that lock files leave out (`licenses`, a list): MIT, all of
/// them. They need not be installed where the check runs.
const NPM_MIT_BY_LIST: &[&str] = &[
    "compute-gcd",
    "compute-lcm",
    "validate.io-function",
    "validate.io-integer",
    "validate.io-integer-array",
    "validate.io-number",
];

/// `cargo xtask licences`
pub(crate) fn licences(project: &Project) -> Result<ExitCode> {
    steps::step("Licences", || check(project))?;
    Ok(ExitCode::SUCCESS)
}

/// Checks all lock files. Answers how many packages they hold, or an error that names every breach.
pub(crate) fn check(project: &Project) -> Result<String> {
    let crates = project.all_packages()?.packages;
    let mut breaches: Vec<String> = crates
        .iter()
        .flat_map(|package| cargo_package(package, &project.root))
        .collect();
    let mut modules = 0;
    for folder in [project.ui(), project.contract(), project.clients()] {
        let file = folder.join("package-lock.json");
        let lock = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
        let lock: Value = serde_json::from_slice(&lock)
            .with_context(|| format!("{} is no JSON", file.display()))?;
        breaches.extend(npm_lock(&lock, &folder));
        modules += lock["packages"].as_object().map_or(0, serde_json::Map::len);
    }
    if !breaches.is_empty() {
        bail!(
            "licences and sources ({} to settle; the lists are in xtask/src/licences.rs):\n  - {}",
            breaches.len(),
            breaches.join("\n  - ")
        );
    }
    Ok(format!("{} crates, {modules} modules", crates.len()))
}

// ── Cargo ────────────────────────────────────────────────────────────────────────────────────────────

fn cargo_package(package: &Package, root: &Path) -> Vec<String> {
    let shown = format!("{} {}", package.name, package.version);
    let mut breaches = Vec::new();
    match package.source.as_deref() {
        Some(
            "registry+https://github.com/rust-lang/crates.io-index"
            | "sparse+https://index.crates.io/",
        ) => {}
        Some(elsewhere) => breaches.push(format!(
            "{shown} comes from {elsewhere}, and not from crates.io"
        )),
        None if package.folder.starts_with(root) => {}
        None => breaches.push(format!(
            "{shown} comes from a folder outside of the project"
        )),
    }
    breaches.extend(breach(
        &shown,
        &package.name,
        package.license.as_deref(),
        CARGO_EXCEPTIONS,
    ));
    breaches
}

// ── npm ──────────────────────────────────────────────────────────────────────────────────────────────

/// Every breach in a `package-lock.json`, which lies in `folder`.
fn npm_lock(lock: &Value, folder: &Path) -> Vec<String> {
    let Some(packages) = lock["packages"].as_object() else {
        return vec![
            "a package-lock.json lists no packages: it is older than version 2 of its format"
                .to_owned(),
        ];
    };
    let mut breaches = Vec::new();
    for (path, package) in packages.iter().filter(|(path, _)| !path.is_empty()) {
        let name = path.rsplit("node_modules/").next().unwrap_or(path);
        let shown = format!(
            "{name} {}",
            package["version"].as_str().unwrap_or("without a version")
        );
        if package["link"] == true || !path.starts_with("node_modules/") {
            breaches.push(format!("{shown} is a folder on somebody's computer"));
            continue;
        }
        match package["resolved"].as_str() {
            None => {}
            Some(address) if address.starts_with("https://registry.npmjs.org/") => {}
            // The address itself is not repeated: it may be a private one.
            Some(_) => breaches.push(format!("{shown} is not resolved from registry.npmjs.org")),
        }
        let licence = npm_licence(package).or_else(|| {
            let manifest = fs::read(folder.join(path).join("package.json")).ok()?;
            npm_licence(&serde_json::from_slice(&manifest).ok()?)
        });
        let listed = || NPM_MIT_BY_LIST.contains(&name).then(|| "MIT".to_owned());
        let licence = licence.or_else(listed);
        breaches.extend(breach(&shown, name, licence.as_deref(), NPM_EXCEPTIONS));
    }
    breaches
}

/// The licence of a `package.json`, in its present form or one of the two old ones.
fn npm_licence(package: &Value) -> Option<String> {
    let one = |value: &Value| {
        value
            .as_str()
            .or_else(|| value["type"].as_str())
            .map(str::to_owned)
    };
    one(&package["license"]).or_else(|| {
        let several: Vec<String> = package["licenses"]
            .as_array()?
            .iter()
            .filter_map(one)
            .collect();
        (!several.is_empty()).then(|| several.join(" OR "))
    })
}

// ── Both ─────────────────────────────────────────────────────────────────────────────────────────────

fn breach(
    shown: &str,
    name: &str,
    licence: Option<&str>,
    exceptions: &[Exception],
) -> Option<String> {
    let Some(licence) = licence else {
        return Some(format!("{shown} names no licence"));
    };
    if exceptions
        .iter()
        .any(|exception| exception.name == name && exception.licence == licence)
    {
        return None;
    }
    // Lax: old packages write `MIT/Apache-2.0` for "either".
    match Expression::parse_mode(licence, ParseMode::LAX) {
        Err(_) => Some(format!(
            "{shown}: `{licence}` is no SPDX licence expression"
        )),
        Ok(expression) if expression.evaluate(is_allowed) => None,
        Ok(_) => Some(format!(
            "{shown}: `{licence}` is not on the list of what we accept"
        )),
    }
}

fn is_allowed(wanted: &LicenseReq) -> bool {
    let licence = wanted
        .license
        .id()
        .is_some_and(|id| ALLOWED.contains(&id.name));
    let addition = wanted.addition.as_ref().is_none_or(|addition| {
        addition
            .id()
            .is_some_and(|id| ALLOWED_WITH.contains(&id.name))
    });
    licence && addition
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(licence: &str) -> bool {
        breach("a 1.0.0", "a", Some(licence), &[]).is_none()
    }

    #[test]
    fn permissive_expressions_are_accepted() {
        for licence in [
            "MIT",
            "MIT OR Apache-2.0",
            "MIT/Apache-2.0",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT",
            "GPL-3.0-only OR MIT",
            "MPL-2.0",
            "(MIT AND Zlib)",
        ] {
            assert!(accepted(licence), "{licence}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for licence in [
            "GPL-3.0-only",
            "MIT AND AGPL-3.0-or-later",
            "LGPL-2.1",
            "Apache-2.0 WITH Classpath-exception-2.0",
            "SEE LICENSE IN LICENSE",
            "UNLICENSED",
            "LicenseRef-ours",
            "",
        ] {
            assert!(!accepted(licence), "{licence}");
        }
    }

    #[test]
    fn an_exception_holds_for_one_package_and_one_licence() {
        let exceptions = [Exception {
            name: "a",
            licence: "GPL-3.0-only",
            reason: "",
        }];
        assert!(breach("a 1.0.0", "a", Some("GPL-3.0-only"), &exceptions).is_none());
        assert!(breach("b 1.0.0", "b", Some("GPL-3.0-only"), &exceptions).is_some());
        assert!(breach("a 1.0.0", "a", Some("GPL-2.0-only"), &exceptions).is_some());
    }

    #[test]
    fn a_crate_from_elsewhere_is_named() {
        let package = |source: Option<&str>, folder: &str| Package {
            id: String::new(),
            name: "a".to_owned(),
            version: "1.0.0".to_owned(),
            source: source.map(str::to_owned),
            license: Some("MIT".to_owned()),
            folder: folder.into(),
            dependencies: Vec::new(),
            targets: Vec::new(),
        };
        let root = Path::new("/project");
        let crates_io = "registry+https://github.com/rust-lang/crates.io-index";
        assert!(cargo_package(&package(Some(crates_io), "/cache/a"), root).is_empty());
        assert!(cargo_package(&package(None, "/project/crates/a"), root).is_empty());
        assert_eq!(cargo_package(&package(None, "/elsewhere/a"), root).len(), 1);
        assert_eq!(
            cargo_package(
                &package(Some("git+https://example.com/a"), "/cache/a"),
                root
            )
            .len(),
            1
        );
    }

    #[test]
    fn an_npm_lock_is_read_package_by_package() {
        let lock = serde_json::json!({"packages": {
            "": {"name": "ui"},
            "node_modules/good": {"version": "1.0.0", "license": "MIT", "resolved": "https://registry.npmjs.org/good"},
            "node_modules/plain": {"version": "1.0.0", "license": "ISC"},
            "node_modules/a/node_modules/@b/mirrored": {
                "version": "1.0.0", "license": "MIT", "resolved": "https://npm.example.com/mirrored",
            },
            "node_modules/bad": {"version": "2.0.0", "license": "GPL-3.0"},
            "node_modules/silent": {"version": "3.0.0"},
            "node_modules/linked": {"resolved": "../linked", "link": true},
        }});
        let breaches = npm_lock(&lock, Path::new("/nowhere"));
        assert_eq!(breaches.len(), 4, "{breaches:#?}");
        assert!(
            breaches
                .iter()
                .any(|breach| breach.starts_with("@b/mirrored 1.0.0 is not resolved"))
        );
        assert!(!breaches.concat().contains("example.com"));
        assert!(
            breaches
                .iter()
                .any(|breach| breach.starts_with("bad 2.0.0"))
        );
        assert!(
            breaches
                .iter()
                .any(|breach| breach.starts_with("silent 3.0.0 names no licence"))
        );
    }

    #[test]
    fn old_ways_to_name_a_licence_are_understood() {
        assert_eq!(
            npm_licence(&serde_json::json!({"license": {"type": "MIT"}})).unwrap(),
            "MIT"
        );
        let several = serde_json::json!({"licenses": [{"type": "MIT"}, {"type": "ISC"}]});
        assert_eq!(npm_licence(&several).unwrap(), "MIT OR ISC");
    }
}

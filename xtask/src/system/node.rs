//! Node.js, which builds the window's code: which versions of it will do.

use std::process::Command;

use anyhow::{Result, bail};

use super::{For, says};
use crate::project::NPM;

/// What is built in whichever way; the rule of [`runs_the_build`].
const FOR_THE_BUILD: &str = "Node.js 20.19 or newer (of version 22: 22.12 or newer; not 21)";
/// What is also checked and tested; the rule of [`runs_the_checks`].
const FOR_THE_CHECKS: &str = "Node.js 20.19 or newer (of version 22: 22.12 or newer; not 21 or 23)";

/// The version that is here, if it will do.
pub(super) fn found(purpose: For) -> Result<String> {
    let said = says(Command::new("node").arg("--version"));
    will_do(said.as_deref(), purpose)
}

/// Whether npm is here, which most bring along with Node.js: Debian has it as a package of its own.
pub(super) fn has_npm() -> bool {
    says(Command::new(NPM).arg("--version")).is_some()
}

/// Where there is still no npm after all was installed that could be.
pub(super) fn npm() -> Result<()> {
    if !has_npm() {
        bail!(
            "npm is missing. It comes with Node.js from https://nodejs.org; some systems have it as a package of its own, \
             called npm."
        );
    }
    Ok(())
}

fn advice(purpose: For) -> String {
    let (what, wanted) = if is_strict(purpose) {
        ("checked and tested", FOR_THE_CHECKS)
    } else {
        ("built", FOR_THE_BUILD)
    };
    format!(
        "Stockroom's window is {what} with {wanted}; get it from https://nodejs.org or with your system's package manager"
    )
}

/// The version of a Node.js that `said` this of itself.
fn will_do(said: Option<&str>, purpose: For) -> Result<String> {
    let Some(said) = said else {
        bail!("Node.js is missing. {}.", advice(purpose));
    };
    let version = said.trim().trim_start_matches('v');
    let is_new_enough = if is_strict(purpose) {
        runs_the_checks(version)
    } else {
        runs_the_build(version)
    };
    if !is_new_enough {
        bail!("Node.js {version} is not supported. {}.", advice(purpose));
    }
    Ok(version.to_owned())
}

/// Whether more is done with the window's code than building it.
fn is_strict(purpose: For) -> bool {
    match purpose {
        For::Browser | For::Window | For::WindowsCheck => false,
        For::Check | For::Tests => true,
    }
}

/// Whether the window can be built on this version: Vite's own rule, `^20.19.0 || >=22.12.0`.
fn runs_the_build(version: &str) -> bool {
    match major_and_minor(version) {
        (20, minor) => minor >= 19,
        (22, minor) => minor >= 12,
        (major, _) => major > 22,
    }
}

/// Whether its checks and tests run there as well: not on 23, which nobody maintains any more and dependency-cruiser
/// (`^20.12 || ^22 || >=24`) and vitest refuse. The `engines` of our packages say the same.
fn runs_the_checks(version: &str) -> bool {
    runs_the_build(version) && major_and_minor(version).0 != 23
}

fn major_and_minor(version: &str) -> (u32, u32) {
    let mut parts = version
        .split('.')
        .map(|part| part.parse::<u32>().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_build_tools_own_rule_decides_on_node() {
        for good in ["20.19.0", "20.20.2", "22.12.0", "24.1.0"] {
            assert!(runs_the_build(good) && runs_the_checks(good), "{good}");
        }
        for old in ["18.20.4", "20.18.1", "21.7.0", "22.11.0", "", "what"] {
            assert!(!runs_the_build(old) && !runs_the_checks(old), "{old}");
        }
    }

    #[test]
    fn who_only_opens_the_app_needs_no_more_than_vite() {
        let found = |purpose| will_do(Some("v23.11.0\n"), purpose);
        for building in [For::Window, For::Browser, For::WindowsCheck] {
            assert_eq!(found(building).unwrap(), "23.11.0");
        }
        for more in [For::Check, For::Tests] {
            let said = found(more).unwrap_err().to_string();
            assert!(
                said.contains("23.11.0") && said.contains("not 21 or 23"),
                "{said}"
            );
        }
        let said = will_do(None, For::Window).unwrap_err().to_string();
        assert!(
            said.contains("missing") && said.contains("not 21)"),
            "{said}"
        );
    }

    /// Whether npm takes this version for one of `rule`: ranges such as `^20.19.0` and `>=24.0.0`.
    fn npm_takes(rule: &str, version: (u32, u32)) -> bool {
        rule.split(" || ").any(|range| {
            let (is_one_major, least) = match range.strip_prefix('^') {
                Some(least) => (true, least),
                None => (false, range.strip_prefix(">=").unwrap()),
            };
            let mut numbers = least
                .split('.')
                .map(|number| number.parse::<u32>().unwrap());
            let least = (numbers.next().unwrap(), numbers.next().unwrap());
            assert_eq!(numbers.next(), Some(0), "{range}");
            version >= least && (!is_one_major || version.0 == least.0)
        })
    }

    #[test]
    fn npm_is_told_the_rule_that_everything_runs_by() {
        for package in [
            include_str!("../../../ui/package.json"),
            include_str!("../../../tests/contract/package.json"),
        ] {
            let package: serde_json::Value = serde_json::from_str(package).unwrap();
            let rule = package["engines"]["node"].as_str().unwrap();
            for version in (0..40).flat_map(|major| (0..40).map(move |minor| (major, minor))) {
                let (major, minor) = version;
                assert_eq!(
                    npm_takes(rule, version),
                    runs_the_checks(&format!("{major}.{minor}.0")),
                    "{major}.{minor} {rule}"
                );
            }
        }
    }
}

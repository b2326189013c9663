//! Node.js, which builds the window's code: which versions of it will do.

use std::process::Command;

use anyhow::{Result, bail};

use super::says;
use crate::project::NPM;

/// The version that is here, if it will do.
pub(super) fn found() -> Result<String> {
    const ADVICE: &str = "Stockroom's window is built with Node.js 20.19 or newer (of version 22: 22.12 or newer; not 21 or 23); \
                          get it from https://nodejs.org or with your system's package manager";
    let Some(said) = says(Command::new("node").arg("--version")) else {
        bail!("Node.js is missing. {ADVICE}.");
    };
    let version = said.trim().trim_start_matches('v');
    if !is_new_enough(version) {
        bail!("Node.js {version} is not supported. {ADVICE}.");
    }
    if says(Command::new(NPM).arg("--version")).is_none() {
        bail!("npm is missing, which comes with Node.js. {ADVICE}.");
    }
    Ok(version.to_owned())
}

/// Whether the window's build tools run on this version (Vite's own rule: `^20.19.0 || >=22.12.0`;
/// dependency-cruiser's: `^20.12 || ^22 || >=24`). The `engines` of our packages say the same.
fn is_new_enough(version: &str) -> bool {
    let mut parts = version
        .split('.')
        .map(|part| part.parse::<u32>().unwrap_or(0));
    match (parts.next().unwrap_or(0), parts.next().unwrap_or(0)) {
        (20, minor) => minor >= 19,
        (22, minor) => minor >= 12,
        // Not 21 or 23, which nobody maintains any more and some of the packages refuse.
        (major, _) => major > 23,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_build_tools_own_rule_decides_on_node() {
        for good in ["20.19.0", "20.20.2", "22.12.0", "24.1.0"] {
            assert!(is_new_enough(good), "{good}");
        }
        for old in [
            "18.20.4", "20.18.1", "21.7.0", "22.11.0", "23.11.0", "", "what",
        ] {
            assert!(!is_new_enough(old), "{old}");
        }
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
    fn npm_is_told_the_very_rule_that_is_enforced() {
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
                    is_new_enough(&format!("{major}.{minor}.0")),
                    "{major}.{minor} {rule}"
                );
            }
        }
    }
}

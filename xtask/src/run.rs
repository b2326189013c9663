//! From a fresh computer to the open app, and the same for an ordinary browser.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::pressed;
use crate::project::{Project, WITH_BRIDGE, forget_cargo_run};
use crate::steps;
use crate::system::{self, For};
use crate::ui;

/// What cargo builds for `run` and for packages.
pub(crate) const APP: [&str; 4] = ["-p", "stockroom", "--bin", "stockroom"];
/// What it builds for `bridge`, if it is told [`WITH_BRIDGE`] as well.
const BRIDGE: [&str; 4] = ["-p", "bridge", "--bin", "stockroom-bridge"];

/// What `cargo xtask run` was asked.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    sample: bool,
    release: bool,
}

impl Options {
    /// Reads what stands behind `run`.
    pub(crate) fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self::default();
        for argument in arguments {
            match argument.as_str() {
                "--sample" => options.sample = true,
                "--release" => options.release = true,
                unknown => {
                    bail!("`cargo xtask run` knows --sample and --release, and no `{unknown}`")
                }
            }
        }
        Ok(options)
    }
}

/// Sets up, builds and opens the app.
pub(crate) fn run(project: &Project, options: &Options) -> Result<ExitCode> {
    let target = set_up(project, For::Window)?;
    let (profile, folder): (&[&str], _) = if options.release {
        (&["--release"], "release")
    } else {
        (&[], "debug")
    };
    build(project, "Stockroom", &APP, profile)?;
    let program = Project::programs(&target, folder).join(executable("stockroom"));
    if !system::has_display() {
        eprintln!(
            "\nStockroom is built, but there is no display here to open its window on: set DISPLAY or WAYLAND_DISPLAY \
             and start this again, or use `cargo xtask bridge` for an ordinary browser."
        );
        return Ok(ExitCode::FAILURE);
    }
    eprintln!("\n  Opening Stockroom.");
    let mut app = Command::new(&program);
    if options.sample {
        app.arg("--sample");
    }
    become_it(app, &program)
}

/// Sets up, builds and starts the bridge, which says where to point a browser.
pub(crate) fn bridge(project: &Project, arguments: &[String]) -> Result<ExitCode> {
    let target = set_up(project, For::Browser)?;
    build(project, "Bridge", &BRIDGE, WITH_BRIDGE)?;
    let program = Project::programs(&target, "debug").join(executable("stockroom-bridge"));
    eprintln!();
    let mut bridge = Command::new(&program);
    bridge.args(arguments).current_dir(&project.root);
    become_it(bridge, &program)
}

/// Everything before the Rust build. Answers the target directory.
pub(crate) fn set_up(project: &Project, purpose: For) -> Result<PathBuf> {
    system::set_up(purpose)?;
    let target = project.members()?.target_directory;
    let logs = logs(&target);
    let until = Instant::now() + Duration::from_secs(30 * 60);
    steps::step("Window's packages", || ui::packages(project, &logs, until))?;
    steps::step("Window's code", || ui::build(project, &logs, until))?;
    Ok(target)
}

/// Where the output of quiet steps lies.
pub(crate) fn logs(target: &Path) -> PathBuf {
    target.join("xtask")
}

/// A program's file name on this system.
pub(crate) fn executable(name: &str) -> String {
    format!("{name}{}", std::env::consts::EXE_SUFFIX)
}

/// Builds programs, with cargo's own progress shown.
pub(crate) fn build(project: &Project, name: &str, what: &[&str], how: &[&str]) -> Result<()> {
    steps::step(name, || {
        pressed::forget_halves(project)?;
        steps::shown(project.cargo(&["build"]).args(what).args(how))?;
        Ok("built".to_owned())
    })
}

/// Hands over to the program, so that Ctrl-C and the exit code are its own.
///
/// Unlike a build, it gets the whole environment: a store's token there is meant for it.
fn become_it(mut command: Command, program: &Path) -> Result<ExitCode> {
    forget_cargo_run(&mut command);
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        Err(command.exec()).with_context(|| format!("starting {}", program.display()))
    }
    #[cfg(not(unix))]
    {
        let status = command
            .status()
            .with_context(|| format!("starting {}", program.display()))?;
        Ok(status
            .code()
            .and_then(|code| u8::try_from(code).ok())
            .map_or(ExitCode::FAILURE, ExitCode::from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_option_is_refused_by_name() {
        let error = Options::parse(&["--sampel".to_owned()]).unwrap_err();
        assert!(error.to_string().contains("--sampel"), "{error}");
    }

    #[test]
    fn the_bridge_is_asked_for_by_the_very_feature_that_it_needs_and_the_app_by_none() {
        let metadata = Project::find()
            .unwrap()
            .raw_metadata(&["--no-deps"])
            .unwrap();
        let needs = |[_, package, _, program]: [&str; 4]| {
            let mut packages = metadata["packages"].as_array().unwrap().iter();
            let found = packages.find(|it| it["name"] == package).unwrap();
            let mut targets = found["targets"].as_array().unwrap().iter();
            let target = targets
                .find(|it| it["name"] == program && it["kind"][0] == "bin")
                .unwrap();
            let features = target["required-features"].as_array();
            let features = features.into_iter().flatten();
            let named = features.map(|it| format!("{package}/{}", it.as_str().unwrap()));
            named.collect::<Vec<_>>().join(",")
        };
        assert_eq!(WITH_BRIDGE, ["--features", needs(BRIDGE).as_str()]);
        assert_eq!(needs(APP), "");
    }

    #[test]
    fn both_options_go_together() {
        let options = Options::parse(&["--release".to_owned(), "--sample".to_owned()]).unwrap();
        assert_eq!(
            options,
            Options {
                sample: true,
                release: true
            }
        );
    }
}

//! Where the project is, and what `cargo metadata` says about it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// Asks cargo for the bridge, which no build has otherwise. It changes no other crate: what is built with these
/// words is taken by commands without them.
pub(crate) const WITH_BRIDGE: &[&str] = &["--features", "bridge/development"];

/// The working copy that this command was started in.
pub(crate) struct Project {
    /// The folder of the workspace's `Cargo.toml`.
    pub(crate) root: PathBuf,
}

impl Project {
    /// Finds the working copy.
    ///
    /// The variable comes first: with a target directory shared by several working copies, the path
    /// compiled into this program may be another one's.
    pub(crate) fn find() -> Result<Self> {
        let own = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = own
            .parent()
            .context("xtask lies in the folder of the project")?;
        if !root.join("Cargo.toml").is_file() {
            bail!(
                "{} is not the folder of the project; start this as `cargo xtask`",
                root.display()
            );
        }
        Ok(Self {
            root: root.to_owned(),
        })
    }

    /// The folder of the window's code.
    pub(crate) fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// The folder of what judges by the published specification.
    pub(crate) fn contract(&self) -> PathBuf {
        self.root.join("tests/contract")
    }

    /// The folder of what leads other people's clients to the sandbox store.
    pub(crate) fn clients(&self) -> PathBuf {
        self.root.join("crates/sandbox-store/examples/clients")
    }

    /// A cargo command in the project's folder.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.args(arguments).current_dir(&self.root);
        tidy(&mut command);
        command
    }

    /// An npm command in the folder of the window's code.
    pub(crate) fn npm(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(NPM);
        command.args(arguments).current_dir(self.ui());
        tidy(&mut command);
        command
    }

    /// Where cargo puts the programs of a profile, `debug` or `release`.
    pub(crate) fn programs(target: &Path, profile: &str) -> PathBuf {
        Self::profiles(target).join(profile)
    }

    /// Where cargo has a folder for each profile: where it put this program. That is `target`, or below it for somebody
    /// whose cargo is told a target by name (`build.target`, `CARGO_BUILD_TARGET`).
    pub(crate) fn profiles(target: &Path) -> PathBuf {
        profiles_around(&std::env::current_exe().unwrap_or_default(), target)
    }

    /// The workspace's own packages, without what they depend on. Needs neither network nor lock file.
    pub(crate) fn members(&self) -> Result<Metadata> {
        self.metadata(&["--no-deps"])
    }

    /// Every package of the lock file, which must be current.
    pub(crate) fn all_packages(&self) -> Result<Metadata> {
        // Without a network first: on most runs every package is already on this computer.
        self.metadata(&["--all-features", "--locked", "--offline"])
            .or_else(|_| self.metadata(&["--all-features", "--locked"]))
    }

    fn metadata(&self, extra: &[&str]) -> Result<Metadata> {
        self.raw_metadata(extra).map(|json| Metadata::read(&json))
    }

    /// The answer of `cargo metadata`, as it comes.
    pub(crate) fn raw_metadata(&self, extra: &[&str]) -> Result<Value> {
        let output = self
            .cargo(&["metadata", "--format-version", "1"])
            .args(extra)
            .output()
            .context("cargo does not start")?;
        if !output.status.success() {
            bail!(
                "cargo metadata: {}",
                String::from_utf8_lossy(&output.stderr).trim()
            );
        }
        serde_json::from_slice(&output.stdout).context("the answer of cargo metadata")
    }
}

/// The folder with the profile that `this`, a program of ours, was built in.
fn profiles_around(this: &Path, target: &Path) -> PathBuf {
    // TARGET/debug/xtask, TARGET/TRIPLE/debug/xtask; a program of tests stands in `deps`.
    let mut folders = this.ancestors().skip(1);
    let profile = folders.find(|folder| !folder.ends_with("deps"));
    let profiles = profile.and_then(Path::parent);
    let ours = profiles.filter(|profiles| profiles.starts_with(target));
    ours.unwrap_or(target).to_owned()
}

#[cfg(windows)]
pub(crate) const NPM: &str = "npm.cmd";
#[cfg(not(windows))]
pub(crate) const NPM: &str = "npm";

/// Takes from a child's environment what is not meant for it: the store's token, which no compiler, test
/// or package script has to see, our own settings, what `cargo run` set for this program alone, and a word for Node.js
/// (`NODE_ENV`) that leaves out packages and makes the window another one than its tests are about.
pub(crate) fn tidy(command: &mut Command) {
    command
        .env_remove("BIGCOMMERCE_ACCESS_TOKEN")
        .env_remove("BIGCOMMERCE_STORE_HASH")
        .env_remove("BIGCOMMERCE_CLIENT_SECRET")
        .env_remove("NODE_ENV");
    forget(command, &["STOCKROOM_"]);
    forget_cargo_run(command);
}

/// The same command, for what gets only what others leave of the computer.
pub(crate) fn behind_others(command: &Command) -> Command {
    if cfg!(not(unix)) {
        let mut same = Command::new(command.get_program());
        take_over(&mut same, command);
        return same;
    }
    let mut nice = Command::new("nice");
    nice.args(["-n", "19"]).arg(command.get_program());
    take_over(&mut nice, command);
    nice
}

/// Arguments, folder and environment.
fn take_over(to: &mut Command, from: &Command) {
    to.args(from.get_args());
    if let Some(folder) = from.get_current_dir() {
        to.current_dir(folder);
    }
    for (name, value) in from.get_envs() {
        match value {
            Some(value) => to.env(name, value),
            None => to.env_remove(name),
        };
    }
}

/// Takes from a child's environment what `cargo run` set for this program alone.
pub(crate) fn forget_cargo_run(command: &mut Command) {
    forget(
        command,
        &[
            "CARGO_PKG_",
            "CARGO_MANIFEST_",
            "CARGO_BIN_",
            "CARGO_CRATE_",
            "CARGO_PRIMARY_",
        ],
    );
}

fn forget(command: &mut Command, prefixes: &[&str]) {
    for (name, _) in std::env::vars_os() {
        if name
            .to_str()
            .is_some_and(|name| prefixes.iter().any(|prefix| name.starts_with(prefix)))
        {
            command.env_remove(name);
        }
    }
}

/// What `cargo metadata` says, as far as it is asked here.
pub(crate) struct Metadata {
    /// Packages: only our own after [`Project::members`].
    pub(crate) packages: Vec<Package>,
    /// Where cargo puts what it builds; honours `CARGO_TARGET_DIR`.
    pub(crate) target_directory: PathBuf,
}

/// One package, ours or theirs.
#[derive(Debug)]
pub(crate) struct Package {
    /// Cargo's own id for it.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
    /// Its version.
    pub(crate) version: String,
    /// Where it comes from; `None` for a folder on this computer.
    pub(crate) source: Option<String>,
    /// Its SPDX licence expression.
    pub(crate) license: Option<String>,
    /// The folder of its `Cargo.toml`.
    pub(crate) folder: PathBuf,
    /// What its `Cargo.toml` names.
    pub(crate) dependencies: Vec<Dependency>,
    /// Names of the targets that are built when its tests are.
    pub(crate) targets: Vec<String>,
}

/// One line under `[dependencies]`, under its real name where it was renamed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dependency {
    /// The package's name.
    pub(crate) name: String,
    /// Which of the three tables it stands in.
    pub(crate) kind: Kind,
}

/// The table a dependency stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `[dependencies]`
    Normal,
    /// `[dev-dependencies]`
    Dev,
    /// `[build-dependencies]`
    Build,
}

impl Metadata {
    fn read(json: &Value) -> Self {
        Self {
            packages: list(json, "packages").iter().map(Package::read).collect(),
            target_directory: PathBuf::from(text(json, "target_directory")),
        }
    }
}

impl Package {
    fn read(json: &Value) -> Self {
        let manifest = PathBuf::from(text(json, "manifest_path"));
        Self {
            id: text(json, "id"),
            name: text(json, "name"),
            version: text(json, "version"),
            source: json["source"].as_str().map(str::to_owned),
            license: json["license"].as_str().map(str::to_owned),
            folder: manifest.parent().unwrap_or(Path::new("")).to_owned(),
            dependencies: list(json, "dependencies")
                .iter()
                .map(Dependency::read)
                .collect(),
            targets: list(json, "targets")
                .iter()
                .filter(|target| target["test"] == true)
                .map(|target| text(target, "name"))
                .collect(),
        }
    }
}

impl Dependency {
    fn read(json: &Value) -> Self {
        let kind = match json["kind"].as_str() {
            Some("dev") => Kind::Dev,
            Some("build") => Kind::Build,
            _ => Kind::Normal,
        };
        Self {
            name: text(json, "name"),
            kind,
        }
    }
}

fn text(json: &Value, key: &str) -> String {
    json[key].as_str().unwrap_or_default().to_owned()
}

fn list<'a>(json: &'a Value, key: &str) -> &'a [Value] {
    json[key].as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn programs_lie_where_cargo_put_this_one() {
        let target = Path::new("/shop/target");
        let around = |this: &str| profiles_around(Path::new(this), target);
        assert_eq!(around("/shop/target/debug/xtask"), target);
        assert_eq!(around("/shop/target/debug/deps/xtask-1"), target);
        let named = target.join("x86_64-unknown-linux-gnu");
        assert_eq!(
            around("/shop/target/x86_64-unknown-linux-gnu/debug/xtask"),
            named
        );
        assert_eq!(
            around("/shop/target/x86_64-unknown-linux-gnu/debug/deps/xtask-1"),
            named
        );
        // Copied somewhere else, it knows nothing.
        assert_eq!(around("/usr/bin/xtask"), target);
        assert_eq!(around("xtask"), target);
    }

    #[test]
    fn no_page_of_documentation_holds_what_a_merge_left() {
        let root = Project::find().unwrap().root;
        let mut pages = Vec::new();
        for folder in [root.clone(), root.join("docs"), root.join("docs/decisions")] {
            let files = fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().path());
            pages.extend(files.filter(|file| file.extension().is_some_and(|end| end == "md")));
        }
        assert!(pages.len() > 10, "they are somewhere else: {pages:?}");
        for page in pages {
            let text = fs::read_to_string(&page).unwrap();
            let left = text.lines().find(|line| {
                let mark = line.split(' ').next().unwrap_or_default();
                ["<<<<<<<", "=======", ">>>>>>>"].contains(&mark)
            });
            assert_eq!(left, None, "{}", page.display());
        }
    }

    #[test]
    fn a_command_behind_others_is_the_same_command() {
        let mut command = Command::new("sh");
        command
            .args([
                "-c",
                "echo \"$GIVEN ${TAKEN:-none} $(pwd) $1\"",
                "sh",
                "word",
            ])
            .env("GIVEN", "given")
            .env_remove("TAKEN")
            .current_dir("/");
        let said = behind_others(&command).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&said.stdout), "given none / word\n");
    }

    #[test]
    fn a_renamed_dependency_is_known_by_its_real_name() {
        let json = serde_json::json!({"name": "tauri", "rename": "harmless", "kind": null});
        assert_eq!(
            Dependency::read(&json),
            Dependency {
                name: "tauri".into(),
                kind: Kind::Normal
            }
        );
    }

    #[test]
    fn the_workspace_itself_can_be_read() {
        let metadata = Project::find().unwrap().members().unwrap();
        let xtask = metadata
            .packages
            .iter()
            .find(|package| package.name == "xtask")
            .unwrap();
        assert!(xtask.folder.ends_with("xtask") && xtask.source.is_none());
        assert!(xtask.targets.contains(&"xtask".to_owned()));
    }

    #[test]
    fn the_oldest_rust_that_we_promise_builds_every_package() {
        let project = Project::find().unwrap();
        let metadata = project
            .raw_metadata(&["--locked", "--offline"])
            .or_else(|_| project.raw_metadata(&["--locked"]))
            .unwrap();
        let version = |package: &Value| -> Option<Vec<u32>> {
            let text = package["rust_version"].as_str()?;
            text.split('.').map(|part| part.parse().ok()).collect()
        };
        let packages = metadata["packages"].as_array().unwrap();
        let is_ours = |package: &&Value| package["source"].is_null();
        let promised = packages.iter().filter(is_ours).filter_map(version).min();
        let newer: Vec<&Value> = packages
            .iter()
            .filter(|package| version(package) > promised)
            .map(|package| &package["name"])
            .collect();
        assert!(
            promised.is_some() && newer.is_empty(),
            "{promised:?} is too old for {newer:?}"
        );
    }
}

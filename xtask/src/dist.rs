//! The packages that people install.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::notices;
use crate::project::Project;
use crate::run::{self, executable};
use crate::steps;
use crate::system::For;

/// A kind of package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Deb,
    Rpm,
    /// Its tools are fetched from the network when it is first made.
    AppImage,
    Msi,
    Dmg,
}

impl Kind {
    const ALL: &[Self] = &[Self::Deb, Self::Rpm, Self::AppImage, Self::Msi, Self::Dmg];

    /// As the command line and Tauri name it. It is also the folder that Tauri puts it in.
    fn name(self) -> &'static str {
        match self {
            Self::Deb => "deb",
            Self::Rpm => "rpm",
            Self::AppImage => "appimage",
            Self::Msi => "msi",
            Self::Dmg => "dmg",
        }
    }

    /// The system it is for and made on.
    fn system(self) -> &'static str {
        match self {
            Self::Deb | Self::Rpm | Self::AppImage => "linux",
            Self::Msi => "windows",
            Self::Dmg => "macos",
        }
    }

    /// The kinds made on this system unless others are asked for: those that need no download.
    fn usual(system: &str) -> Vec<Self> {
        Self::ALL
            .iter()
            .copied()
            .filter(|kind| kind.system() == system && *kind != Self::AppImage)
            .collect()
    }

    fn parse(name: &str, system: &str) -> Result<Self> {
        let Some(kind) = Self::ALL.iter().find(|kind| kind.name() == name) else {
            let known: Vec<&str> = Self::ALL.iter().map(|kind| kind.name()).collect();
            bail!(
                "there is no kind of package `{name}`; known: {}",
                known.join(", ")
            );
        };
        if kind.system() != system {
            bail!(
                "a package of kind {name} can be made on {} only",
                kind.system()
            );
        }
        Ok(*kind)
    }

    /// What is in a package, if a program for looking into it is here: one path a line.
    fn contents(self, package: &Path) -> Option<String> {
        let said = |program: &str, arguments: &[&str]| {
            let output = Command::new(program)
                .args(arguments)
                .arg(package)
                .output()
                .ok()?;
            output
                .status
                .success()
                .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
        };
        match self {
            Self::Deb => said("dpkg-deb", &["--contents"]),
            Self::Rpm => said("rpm", &["--query", "--list", "--package"]),
            Self::AppImage | Self::Msi | Self::Dmg => None,
        }
    }
}

/// `cargo xtask dist [KIND...]`
pub(crate) fn dist(project: &Project, arguments: &[String]) -> Result<ExitCode> {
    let system = std::env::consts::OS;
    let kinds = match arguments {
        [] => Kind::usual(system),
        some => some
            .iter()
            .map(|name| Kind::parse(name, system))
            .collect::<Result<_>>()?,
    };
    if kinds.is_empty() {
        bail!("no kind of package is made on {system}");
    }
    let target = run::set_up(project, For::Window)?;
    run::build(project, "Stockroom", &run::APP, &["--release"])?;
    let notices = target.join("xtask").join("third-party.txt");
    steps::step("Notices of others", || notices::write(project, &notices))?;
    let programs = Project::programs(&target, "release");
    let bundles = programs.join("bundle");
    let libc = needed_libc(&programs.join(executable("stockroom")));
    for kind in kinds {
        let mut made = Vec::new();
        steps::step(&format!("Package: {}", kind.name()), || {
            let config = additions(kind, &notices, libc.as_deref());
            made = package(project, kind, &bundles, &config)?;
            Ok(made
                .iter()
                .map(|file| size(file))
                .collect::<Result<Vec<_>>>()?
                .join(", "))
        })?;
        for file in made {
            println!("{}", file.display());
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Makes one kind of package, and looks into it.
fn package(project: &Project, kind: Kind, bundles: &Path, config: &Value) -> Result<Vec<PathBuf>> {
    let folder = bundles.join(kind.name());
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("emptying {}", folder.display()))?;
    }
    let mut tauri = Command::new("node");
    tauri
        .arg(project.ui().join("node_modules/@tauri-apps/cli/tauri.js"))
        // The program is put into packages as cargo made it: nothing reads what would be patched in.
        .args([
            "bundle",
            "--ci",
            "--no-binary-patching",
            "--bundles",
            kind.name(),
        ])
        .args(["--config", &config.to_string()])
        .current_dir(project.root.join("src-tauri"));
    crate::project::tidy(&mut tauri);
    steps::shown(&mut tauri)?;
    let made = packages_in(&folder, kind)?;
    if made.is_empty() {
        bail!(
            "Tauri says that it is done, and {} is empty",
            folder.display()
        );
    }
    for file in &made {
        if let Some(contents) = kind.contents(file) {
            look_into(&contents).with_context(|| format!("in {}", file.display()))?;
        }
    }
    Ok(made)
}

/// What is known only after the build, to be added to `tauri.conf.json`: where the notices are, and
/// which C library the program needs.
fn additions(kind: Kind, notices: &Path, libc: Option<&str>) -> Value {
    let mut bundle = match kind {
        Kind::Deb | Kind::Rpm | Kind::AppImage => json!({ "linux": { (kind.name()): {
            "files": { "/usr/share/doc/stockroom/third-party.txt": notices },
        } } }),
        Kind::Msi | Kind::Dmg => {
            json!({ "resources": { (notices.to_string_lossy()): "third-party.txt" } })
        }
    };
    if let Some(version) = libc {
        match kind {
            Kind::Deb => {
                bundle["linux"]["deb"]["depends"] = json!([format!("libc6 (>= {version})")]);
            }
            Kind::Rpm => {
                let symbols = format!("libc.so.6(GLIBC_{version})(64bit)");
                bundle["linux"]["rpm"]["depends"] = json!([symbols]);
            }
            Kind::AppImage | Kind::Msi | Kind::Dmg => {}
        }
    }
    json!({ "bundle": bundle })
}

/// The oldest glibc that a program runs with, such as `2.34`; `None` where that can't be told.
///
/// Tauri adds the libraries of the window by itself, but not this one: on an older system the package
/// would be installed and not start.
fn needed_libc(program: &Path) -> Option<String> {
    let output = Command::new("objdump")
        .arg("--dynamic-syms")
        .arg(program)
        .output()
        .ok()?;
    newest_glibc(&String::from_utf8_lossy(&output.stdout))
}

fn newest_glibc(symbols: &str) -> Option<String> {
    let versions = symbols.split("GLIBC_").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.'))?;
        let parts: Vec<u32> = rest[..end]
            .split('.')
            .map(str::parse)
            .collect::<Result<_, _>>()
            .ok()?;
        Some(parts)
    });
    let newest: Vec<String> = versions.max()?.iter().map(u32::to_string).collect();
    Some(newest.join("."))
}

fn packages_in(folder: &Path, kind: Kind) -> Result<Vec<PathBuf>> {
    let ending = if kind == Kind::AppImage {
        "AppImage"
    } else {
        kind.name()
    };
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .with_context(|| format!("reading {}", folder.display()))?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .collect();
    files.sort();
    Ok(files)
}

/// The one program people get is the app: the bridge and the sandbox store are for development.
fn look_into(contents: &str) -> Result<()> {
    let programs: Vec<&str> = contents
        .lines()
        // A listing of dpkg-deb has the path at the end, one of rpm is the path.
        .filter_map(|line| line.split_whitespace().last())
        .map(|path| path.trim_start_matches("./").trim_start_matches('/'))
        .filter_map(|path| path.strip_prefix("usr/bin/"))
        .filter(|name| !name.is_empty())
        .collect();
    if programs != [executable("stockroom")] {
        bail!("the programs in it are {programs:?}, and should be Stockroom alone");
    }
    for part in ["bridge", "sandbox"] {
        if let Some(line) = contents.lines().find(|line| line.contains(part)) {
            bail!("it holds what is for development only: {}", line.trim());
        }
    }
    Ok(())
}

fn size(file: &Path) -> Result<String> {
    let bytes = fs::metadata(file)?.len();
    let tenths = bytes * 10 / (1024 * 1024);
    Ok(format!("{}.{} MiB", tenths / 10, tenths % 10))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const DEB: &str = "\
drwxr-xr-x 0/0       0 2026-01-01 00:00 usr/
drwxr-xr-x 0/0       0 2026-01-01 00:00 usr/bin/
-rwxr-xr-x 0/0 1234567 2026-01-01 00:00 usr/bin/stockroom
-rw-r--r-- 0/0     500 2026-01-01 00:00 usr/share/applications/Stockroom.desktop
";
    const RPM: &str = "/usr/bin/stockroom\n/usr/share/applications/Stockroom.desktop\n";

    #[test]
    fn a_package_with_the_app_alone_is_fine() {
        look_into(DEB).unwrap();
        look_into(RPM).unwrap();
    }

    #[test]
    fn a_program_for_development_is_found_in_a_package() {
        let deb = format!("{DEB}-rwxr-xr-x 0/0 9 2026-01-01 00:00 ./usr/bin/stockroom-bridge\n");
        assert!(look_into(&deb).is_err());
        let rpm = format!("{RPM}/usr/lib/Stockroom/sandbox-store\n");
        let refused = look_into(&rpm).unwrap_err().to_string();
        assert!(refused.contains("sandbox-store"), "{refused}");
    }

    #[test]
    fn a_package_without_the_app_is_none() {
        assert!(look_into("/usr/share/applications/Stockroom.desktop\n").is_err());
    }

    #[test]
    fn the_newest_version_of_the_c_library_decides() {
        let symbols = "\
0000 DF *UND* 0000 (GLIBC_2.4) memcpy
0000 DF *UND* 0000 (GLIBC_2.34) pthread_create
0000 DF *UND* 0000 (GLIBC_2.2.5) strlen
0000 DF *UND* 0000 (GLIBC_PRIVATE) hidden
";
        assert_eq!(newest_glibc(symbols).as_deref(), Some("2.34"));
        assert_eq!(newest_glibc(""), None);
    }

    #[test]
    fn a_build_that_does_not_ask_for_it_has_no_bridge() {
        let metadata = Project::find()
            .unwrap()
            .raw_metadata(&["--no-deps"])
            .unwrap();
        let packages = metadata["packages"].as_array().unwrap();
        let bridge = packages.iter().find(|package| package["name"] == "bridge");
        let bridge = bridge.unwrap();
        assert_eq!(bridge["features"], json!({ "development": [] }));
        for target in bridge["targets"].as_array().unwrap() {
            assert_eq!(target["required-features"], json!(["development"]));
        }
        // And nothing else asks for it along the way.
        let asks = |package: &&Value| {
            let mut needed = package["dependencies"].as_array().into_iter().flatten();
            needed.any(|needed| needed["name"] == "bridge")
        };
        assert_eq!(packages.iter().find(asks), None);
    }

    #[test]
    fn only_on_windows_are_the_pages_own_ways_web_addresses() {
        let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        let everywhere = read(include_str!("../../src-tauri/tauri.conf.json"));
        let on_windows = read(include_str!("../../src-tauri/tauri.windows.conf.json"));
        let policy = |config: &Value| {
            let policy = config["app"]["security"]["csp"].as_object().unwrap();
            let rules = policy.iter();
            rules
                .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
                .collect::<BTreeMap<_, _>>()
        };
        // Elsewhere anybody may answer under these names.
        let everywhere = policy(&everywhere);
        assert!(
            everywhere.values().all(|sources| !sources.contains("http")),
            "{everywhere:?}"
        );
        // There they stand beside what holds everywhere, which this file takes the place of.
        let with = |directive: &str, own: &str| {
            let sources = format!("{} {own}", everywhere[directive]);
            (directive.to_owned(), sources)
        };
        let wanted = BTreeMap::from([
            with("connect-src", "http://ipc.localhost"),
            with("img-src", "http://picture.localhost"),
        ]);
        assert_eq!(policy(&on_windows), wanted);
    }

    #[test]
    fn each_system_makes_its_own_packages() {
        assert_eq!(Kind::usual("linux"), [Kind::Deb, Kind::Rpm]);
        assert_eq!(Kind::usual("windows"), [Kind::Msi]);
        assert_eq!(Kind::usual("macos"), [Kind::Dmg]);
        assert!(Kind::parse("msi", "linux").is_err());
        assert!(Kind::parse("zip", "linux").is_err());
        assert_eq!(Kind::parse("appimage", "linux").unwrap(), Kind::AppImage);
    }
}

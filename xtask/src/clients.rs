//! Other people's clients, unmodified, against the sandbox store: whether it is as good as BigCommerce to somebody
//! who never heard of it.

use std::fs;
use std::io::{BufRead, BufReader, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::project::{NPM, Project, tidy};
use crate::run::{self, executable};
use crate::steps::{self, Echo};
use crate::ui;

/// What the store says of itself as it opens.
const HELLO: &str = "hello.json";

/// Its certificate.
const CERTIFICATE: &str = "store.pem";

/// What is said of a client that can't be tried here.
const NOT_TRIED: &str = "not tried";

/// What came of installing a client.
enum Installed {
    /// What runs its trial.
    Ready(Command),
    /// Why it can't be had on this computer, through no fault of its own.
    Unreachable(String),
}

/// What pip and npm say where they reach nobody.
const NO_NETWORK: &[&str] = &[
    "Failed to establish a new connection",
    "Temporary failure in name resolution",
    "Name or service not known",
    "Network is unreachable",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "ProxyError",
    "EAI_AGAIN",
    "ENOTFOUND",
    "ENETUNREACH",
    "ECONNREFUSED",
    "ECONNRESET",
    "ETIMEDOUT",
];

/// What they say where what came is not what was meant: never an excuse, whatever else they say.
const WRONG_HASH: &[&str] = &["DO NOT MATCH THE HASHES", "EINTEGRITY"];

/// A client of somebody else's.
struct Client {
    /// For a person.
    name: &'static str,
    /// What it does with the store.
    trial: &'static str,
    /// Installs it, by version and hash. An error is one of the client's or ours.
    install: fn(&Room) -> Result<Installed>,
}

const CLIENTS: &[Client] = &[
    Client {
        name: "Client in Python",
        trial: "trial.py",
        install: python,
    },
    Client {
        name: "Client in Node.js",
        trial: "trial.mjs",
        install: node,
    },
];

/// Where they are tried.
struct Room {
    /// The trials, and what names the packages.
    sources: PathBuf,
    /// Where packages are installed and the store is told of.
    folder: PathBuf,
    /// The store's program.
    store: PathBuf,
    logs: PathBuf,
    until: Instant,
}

/// Tries all of them, each against a store of its own. One that can't be had here is told as not tried. In the end how
/// many were not, in a sentence.
pub(crate) fn try_all(project: &Project, target: &Path, until: Instant) -> Result<String> {
    let store = ["-p", "sandbox-store", "--bin", "sandbox-store"];
    run::build(project, "Sandbox store", &store, &[])?;
    let room = Room {
        sources: project.clients(),
        folder: target.join("clients"),
        store: Project::programs(target, "debug").join(executable("sandbox-store")),
        logs: run::logs(target),
        until,
    };
    let mut left = 0;
    for client in CLIENTS {
        steps::step(client.name, || {
            let note = try_one(client, &room)?;
            left += usize::from(note == NOT_TRIED);
            Ok(note)
        })?;
    }
    let all = CLIENTS.len();
    Ok(format!("{left} of {all} clients of others not tried"))
}

/// The last line that the trial says.
fn try_one(client: &Client, room: &Room) -> Result<String> {
    fs::create_dir_all(&room.folder)
        .with_context(|| format!("making {}", room.folder.display()))?;
    let installed = (client.install)(room)
        .with_context(|| format!("installing what {} tries", client.trial))?;
    let mut command = match installed {
        Installed::Ready(command) => command,
        Installed::Unreachable(why) => {
            // The words of tests for what can't be tried; see `count::not_tried`.
            eprintln!(
                "{NOT_TRIED}: {}, which can't be had here: {why}",
                client.trial
            );
            return Ok(NOT_TRIED.to_owned());
        }
    };
    let _store = Store::open(room)?;
    tidy(&mut command);
    command
        .arg(room.sources.join(client.trial))
        .arg(room.folder.join(HELLO))
        // It is on this computer, and what the trial leaves behind stays together.
        .env("NO_PROXY", "127.0.0.1")
        .env("TMPDIR", &room.folder);
    let log = room.logs.join(format!("{}.log", client.trial));
    let finished = steps::watch(&mut command, &log, Echo::OnFailure, room.until)?;
    let last = finished
        .output
        .lines()
        .last()
        .unwrap_or_default()
        .to_owned();
    finished.ok(client.trial)?;
    Ok(last)
}

/// An open store, which ends with this.
struct Store(Child);

impl Store {
    /// Opens one that speaks TLS, as these clients insist on, and writes down what it says of itself.
    fn open(room: &Room) -> Result<Self> {
        let mut command = Command::new(&room.store);
        tidy(&mut command);
        let mut child = command
            .args(["serve", "--tls-self-signed", "--plan", "enterprise"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("starting {}", room.store.display()))?;
        let output = child.stdout.take();
        let store = Self(child);
        let mut hello = String::new();
        BufReader::new(output.context("it has an output")?).read_line(&mut hello)?;
        let said: Value =
            serde_json::from_str(&hello).context("the sandbox store does not say where it is")?;
        let certificate = said["certificate"].as_str().unwrap_or_default();
        fs::write(room.folder.join(HELLO), &hello)?;
        fs::write(room.folder.join(CERTIFICATE), certificate)?;
        Ok(store)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Whether a program is on this computer at all: the only thing about an interpreter that is no failure.
fn is_here(program: &str) -> Result<bool> {
    let mut command = Command::new(program);
    tidy(&mut command);
    match command.arg("--version").stdin(Stdio::null()).output() {
        Ok(output) if output.status.success() => Ok(true),
        Ok(output) => bail!("{program} --version failed ({})", output.status),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error).with_context(|| format!("{program} does not start")),
    }
}

/// Whether an installer failed because it reached nobody, by what it said.
fn reached_nobody(said: &str) -> bool {
    let says = |words: &[&str]| words.iter().any(|word| said.contains(word));
    says(NO_NETWORK) && !says(WRONG_HASH)
}

/// The client of `requirements.txt`, in an environment of its own.
fn python(room: &Room) -> Result<Installed> {
    let folder = room.folder.join("python");
    let (system, own) = if cfg!(windows) {
        ("python", "Scripts/python.exe")
    } else {
        ("python3", "bin/python")
    };
    if !is_here(system)? {
        return Ok(Installed::Unreachable(format!("there is no {system}")));
    }
    let interpreter = folder.join(own);
    let file = room.sources.join("requirements.txt");
    let wanted =
        fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    let stamp = folder.join(".stockroom-lock");
    // The interpreter leads to the system's, which may be another by now.
    let is_installed =
        interpreter.is_file() && fs::read_to_string(&stamp).is_ok_and(|found| found == wanted);
    if !is_installed {
        let mut venv = Command::new(system);
        venv.args(["-m", "venv", "--clear"]).arg(&folder);
        tidy(&mut venv);
        let log = room.logs.join("python-venv.log");
        steps::watch(&mut venv, &log, Echo::Never, room.until)?.ok("python -m venv")?;
        let mut pip = Command::new(&interpreter);
        pip.args(["-m", "pip", "install", "--disable-pip-version-check"])
            .args([
                "--require-hashes",
                "--only-binary",
                ":all:",
                "--requirement",
            ])
            .arg(&file);
        tidy(&mut pip);
        let log = room.logs.join("pip-install.log");
        let pip = steps::watch(&mut pip, &log, Echo::Never, room.until)?;
        if !pip.success && reached_nobody(&pip.output) {
            return Ok(Installed::Unreachable("pip reached nobody".to_owned()));
        }
        pip.ok("pip install")?;
        fs::write(&stamp, wanted).with_context(|| format!("writing {}", stamp.display()))?;
    }
    Ok(Installed::Ready(Command::new(interpreter)))
}

/// The client of `package-lock.json`.
fn node(room: &Room) -> Result<Installed> {
    for program in [NPM, "node"] {
        if !is_here(program)? {
            return Ok(Installed::Unreachable(format!("there is no {program}")));
        }
    }
    let folder = room.folder.join("node");
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    for file in ["package.json", "package-lock.json"] {
        let from = room.sources.join(file);
        fs::copy(&from, folder.join(file))
            .with_context(|| format!("copying {}", from.display()))?;
    }
    let mut npm = Command::new(NPM);
    npm.args(ui::CLEAN_INSTALL)
        .arg("--ignore-scripts")
        .current_dir(&folder);
    tidy(&mut npm);
    let log = room.logs.join("npm-ci-clients.log");
    if let Err(error) = ui::install(&folder, &mut npm, &log, room.until) {
        // It is there once npm has said anything.
        let said = fs::read_to_string(&log).unwrap_or_default();
        if reached_nobody(&said) {
            return Ok(Installed::Unreachable("npm reached nobody".to_owned()));
        }
        return Err(error);
    }
    let mut node = Command::new("node");
    node.current_dir(&folder)
        .env("NODE_EXTRA_CA_CERTS", room.folder.join(CERTIFICATE));
    Ok(Installed::Ready(node))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn project() -> Project {
        Project::find().unwrap()
    }

    #[test]
    fn what_cannot_be_had_is_not_tried_and_what_is_wrong_is_a_failure() {
        let folder = std::env::temp_dir().join(format!("xtask-clients-{}", std::process::id()));
        let room = Room {
            sources: project().clients(),
            folder: folder.clone(),
            store: folder.join("no-store"),
            logs: folder.clone(),
            until: Instant::now() + Duration::from_secs(60),
        };
        let mut client = Client {
            name: "Client of nobody",
            trial: "trial.none",
            install: |_| Ok(Installed::Unreachable("there is no python3".to_owned())),
        };
        let note = try_one(&client, &room);
        client.install = |_| bail!("pip install failed");
        let failed = try_one(&client, &room);
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(note.unwrap(), NOT_TRIED);
        let failed = format!("{:#}", failed.unwrap_err());
        assert!(
            failed.contains("trial.none") && failed.contains("pip install failed"),
            "{failed}"
        );
    }

    #[test]
    fn only_a_missing_network_or_interpreter_is_an_excuse() {
        for said in [
            "NewConnectionError('<pip._vendor…>: Failed to establish a new connection: [Errno 101] Network is unreachable')",
            "npm error code EAI_AGAIN\nnpm error request to https://registry.npmjs.org/x failed",
        ] {
            assert!(reached_nobody(said), "{said}");
        }
        for said in [
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
            "WARNING: Retrying after connection broken by 'ReadTimeoutError'\n\
             ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
            "npm error code EINTEGRITY\nnpm error sha512-… integrity checksum failed",
            "npm error code EUSAGE\nnpm error `npm ci` can only install packages when in sync",
            "ERROR: Could not find a version that satisfies the requirement bigcommerce==0.23.4 (from versions: 0.23.3)",
            "Error: ensurepip is not available",
        ] {
            assert!(!reached_nobody(said), "{said}");
        }
        assert!(!is_here("no-such-interpreter-of-anybody").unwrap());
    }

    #[test]
    fn a_store_that_does_not_start_is_a_failure() {
        let folder = std::env::temp_dir().join(format!("xtask-no-store-{}", std::process::id()));
        let room = Room {
            sources: project().clients(),
            folder: folder.clone(),
            store: folder.join("no-store"),
            logs: folder.clone(),
            until: Instant::now() + Duration::from_secs(60),
        };
        let client = Client {
            name: "Client of somebody",
            trial: "trial.some",
            install: |_| Ok(Installed::Ready(Command::new("somebody"))),
        };
        let note = try_one(&client, &room);
        fs::remove_dir_all(&folder).unwrap();
        assert!(note.unwrap_err().to_string().contains("no-store"));
    }

    #[test]
    fn each_package_is_named_by_version_and_hash_and_the_readme_names_the_same_clients() {
        let sources = project().clients();
        let read = |file: &str| fs::read_to_string(sources.join(file)).unwrap();
        let required = read("requirements.txt");
        let packages: Vec<&str> = required
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        for line in &packages {
            assert!(
                line.contains("==") && line.contains(" --hash=sha256:"),
                "{line}"
            );
        }
        let python = packages
            .iter()
            .find_map(|line| line.strip_prefix("bigcommerce=="))
            .and_then(|rest| rest.split(' ').next())
            .unwrap();
        let node: Value = serde_json::from_str(&read("package.json")).unwrap();
        let node = node["dependencies"]["node-bigcommerce"].as_str().unwrap();
        let lock: Value = serde_json::from_str(&read("package-lock.json")).unwrap();
        let modules = lock["packages"].as_object().unwrap();
        for (path, module) in modules.iter().filter(|(path, _)| !path.is_empty()) {
            assert!(module["integrity"].is_string(), "{path}");
        }
        assert_eq!(modules["node_modules/node-bigcommerce"]["version"], node);

        let readme = fs::read_to_string(sources.join("../../README.md")).unwrap();
        for client in [
            format!("`bigcommerce` {python} (PyPI), `trial.py`"),
            format!("`node-bigcommerce` {node} (npm), `trial.mjs`"),
        ] {
            assert!(readme.contains(&client), "{client}");
        }
        for client in CLIENTS {
            assert!(sources.join(client.trial).is_file(), "{}", client.trial);
        }
    }
}

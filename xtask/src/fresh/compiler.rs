//! Without a C compiler not even this program can be built: what the project's own linker does about that.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::Computer;

/// The linker of this project.
const CC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/cc.sh");

/// Where this system has a program.
fn system_s(name: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut places = std::env::split_paths(&path).map(|folder| folder.join(name));
    let found = places.find(|place| place.is_file());
    found.unwrap_or_else(|| panic!("every Debian has {name}"))
}

impl Computer {
    /// One that has no C compiler either, until one is installed. Only what is needed to find that out is there.
    fn without_a_compiler() -> Option<Self> {
        let computer = Self::lacking(&[])?;
        for name in ["sh", "env", "flock", "basename", "grep"] {
            let place = system_s(name);
            std::os::unix::fs::symlink(place, computer.folder.join("bin").join(name)).unwrap();
        }
        let installs = r#"echo "$(basename "$0") $*" >> "$HERE/done"
            case "$*" in *install*)
                printf '#!/bin/sh\necho "linked $*"\n' > "$HERE/bin/cc" && "$HERE/bin/chmod" +x "$HERE/bin/cc" ;;
            esac"#;
        std::os::unix::fs::symlink(system_s("chmod"), computer.folder.join("bin/chmod")).unwrap();
        computer.has("sudo", installs);
        computer.has("apt-get", installs);
        Some(computer)
    }

    /// The linker of this project, as cargo calls it here.
    fn linker(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", self.folder.join("bin"))
            .env("TMPDIR", &self.folder)
            .stderr(Stdio::piped());
        command
    }

    /// Links with nobody at the keyboard. Answers whether it was done, and all that was said.
    fn links(&self, variables: &[(&str, &str)]) -> (bool, String) {
        // Without the terminal that the tests may have been started on.
        let output = self
            .linker(&system_s("setsid").display().to_string())
            .args(["--wait", "sh", CC, "-o", "program"])
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said).into_owned();
        (output.status.success(), said)
    }

    /// Links on a terminal, where somebody types this. Answers all that is shown there.
    fn links_on_a_terminal(&self, typed: &str) -> String {
        let line = format!("sh '{CC}' -o program");
        let mut child = self
            .linker(&system_s("script").display().to_string())
            .args(["--quiet", "--return", "--command", &line, "/dev/null"])
            .env("SHELL", system_s("sh"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a terminal can be made");
        let mut keyboard = child.stdin.take().unwrap();
        keyboard.write_all(typed.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        drop(keyboard);
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

const COMPILER: &str = "apt-get install -y --no-install-recommends build-essential";
/// What a person can copy: it also works where no list of packages was ever fetched.
const BY_HAND: &str = "Run: sudo apt-get update && \
                       sudo apt-get install -y --no-install-recommends build-essential\n";

#[test]
fn where_nobody_can_be_asked_the_compiler_is_named_with_the_exact_command() {
    let Some(computer) = Computer::without_a_compiler() else {
        return;
    };
    for variables in [&[][..], &[("CI", "false")]] {
        let (linked, said) = computer.links(variables);
        assert!(!linked, "{said}");
        assert!(said.ends_with(BY_HAND), "{said}");
        assert_eq!(computer.done(), "");
    }
    fs::remove_file(computer.folder.join("bin/sudo")).unwrap();
    let (linked, said) = computer.links(&[("CI", "true")]);
    assert!(!linked, "{said}");
    let by_root = BY_HAND.replace("sudo ", "");
    let by_root = by_root.replace("Run: ", "Run as root (there is no sudo here): ");
    assert!(said.ends_with(&by_root), "{said}");
    assert_eq!(computer.done(), "");
}

#[test]
fn a_build_server_and_root_get_the_compiler_without_a_question() {
    let Some(server) = Computer::without_a_compiler() else {
        return;
    };
    let install = format!("env DEBIAN_FRONTEND=noninteractive {COMPILER}");
    let (linked, said) = server.links(&[("CI", "true")]);
    assert!(linked && said.contains("linked -o program"), "{said}");
    assert_eq!(
        server.done(),
        format!("sudo apt-get update\nsudo {install}\n")
    );
    // What is there is not installed again.
    let (linked, _) = server.links(&[("CI", "true")]);
    assert!(linked && server.done().lines().count() == 2);

    let root = Computer::without_a_compiler().unwrap();
    root.has("id", "echo 0");
    let (linked, said) = root.links(&[]);
    assert!(linked && said.contains("linked -o program"), "{said}");
    assert_eq!(root.done(), format!("apt-get update\n{COMPILER}\n"));
}

#[test]
fn a_compiler_that_could_not_be_installed_is_named_with_the_exact_command() {
    let Some(computer) = Computer::without_a_compiler() else {
        return;
    };
    for program in ["sudo", "apt-get"] {
        computer.has(program, "exit 100");
    }
    let (linked, said) = computer.links(&[("CI", "true")]);
    assert!(!linked, "{said}");
    let words = format!("The C compiler could not be installed. {BY_HAND}");
    assert!(said.ends_with(&words), "{said}");

    computer.has("id", "echo 0");
    let (linked, said) = computer.links(&[]);
    assert!(!linked, "{said}");
    assert!(said.ends_with(&words.replace("sudo ", "")), "{said}");
}

#[test]
fn somebody_at_a_terminal_is_asked_before_the_compiler_is_installed() {
    let Some(computer) = Computer::without_a_compiler() else {
        return;
    };
    let said = computer.links_on_a_terminal("n\n");
    assert!(said.contains("Install it now?"), "{said}");
    // A terminal ends its lines in its own way.
    let words = format!("Nothing was installed. {}", BY_HAND.trim_end());
    assert!(said.contains(&words), "{said}");
    assert_eq!(computer.done(), "");

    let said = computer.links_on_a_terminal("\n");
    assert!(said.contains("linked -o program"), "{said}");
    assert_eq!(computer.done().lines().count(), 2);
}

#[test]
fn every_rust_for_a_linux_with_glibc_links_with_it() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let config = fs::read_to_string(own.join("../.cargo/config.toml")).unwrap();
    // All that rustup has a Rust for.
    for system in [
        "aarch64-unknown-linux-gnu",
        "arm-unknown-linux-gnueabi",
        "arm-unknown-linux-gnueabihf",
        "armv7-unknown-linux-gnueabihf",
        "i686-unknown-linux-gnu",
        "loongarch64-unknown-linux-gnu",
        "powerpc-unknown-linux-gnu",
        "powerpc64-unknown-linux-gnu",
        "powerpc64le-unknown-linux-gnu",
        "riscv64gc-unknown-linux-gnu",
        "s390x-unknown-linux-gnu",
        "x86_64-unknown-linux-gnu",
    ] {
        let table = format!("[target.{system}]\nlinker = \"xtask/cc.sh\"\n");
        assert!(config.contains(&table), "{system}");
    }
    // With a second one, of the person's own, cargo would build nothing at all.
    assert!(!config.contains("[target.'cfg("), "{config}");
}

//! What somebody meets on a computer that lacks something: this program, with other programs put in front of the
//! system's own.

#![expect(clippy::unwrap_used, reason = "all of this is tests")]

mod compiler;

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::count;
use crate::project::Project;
use crate::system::{self, For};
use crate::ui;

/// Says to [`as_a_program`] what it is to do.
const TASK: &str = "XTASK_TASK";

/// The part of this program that the tests below start.
#[test]
#[ignore = "the tests beside it start it, as a program of its own"]
fn as_a_program() {
    let done = match std::env::var(TASK).expect("they say what to do").as_str() {
        "set up" => system::set_up(For::Window).map(|()| ExitCode::SUCCESS),
        "make the window ready" => window_made_ready().map(|()| ExitCode::SUCCESS),
        // What stands behind `cargo xtask`.
        words => {
            let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
            crate::dispatch(&words)
        }
    };
    match done {
        Ok(code) if code == ExitCode::SUCCESS => eprintln!("ALL IS WELL"),
        Ok(_) => {}
        Err(error) => eprintln!("\n{error:#}"),
    }
}

fn window_made_ready() -> Result<()> {
    let project = Project::find()?;
    let until = Instant::now() + Duration::from_secs(60);
    ui::packages(&project, &project.root, until)?;
    ui::build(&project, &project.root, until)?;
    Ok(())
}

/// A computer like this one, but for some programs.
struct Computer {
    folder: PathBuf,
}

impl Drop for Computer {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Computer {
    /// Debian, as a person who may use sudo, lacking these packages. `None` where the tests run on something else.
    fn lacking(packages: &[&str]) -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        if !system::is_debian() {
            count::say_not_tried("what a fresh Debian lacks, for this is none");
            return None;
        }
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("xtask-fresh-{}-{number}", std::process::id()));
        fs::create_dir_all(folder.join("bin")).unwrap();
        let computer = Self { folder };
        fs::write(computer.folder.join("missing"), packages.join("\n") + "\n").unwrap();
        fs::write(computer.folder.join("done"), "").unwrap();
        computer.has(
            "dpkg-query",
            r#"for word; do
                case "$word" in
                    -*) ;;
                    *) grep -qx -- "$word" "$HERE/missing" || echo "ii |$word" ;;
                esac
            done"#,
        );
        computer.has("id", "echo 1000");
        let installs = r#"[ "$1" = --version ] && exit
            echo "$(basename "$0") $*" >> "$HERE/done"
            case "$*" in *install*) : > "$HERE/missing" ;; esac"#;
        computer.has("sudo", installs);
        computer.has("apt-get", installs);
        Some(computer)
    }

    /// Puts a program before the system's own.
    fn has(&self, name: &str, script: &str) {
        let file = self.folder.join("bin").join(name);
        let text = format!("#!/bin/sh\nHERE='{}'\n{script}\n", self.folder.display());
        fs::write(&file, text).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// What was installed, and how: a line per command.
    fn done(&self) -> String {
        fs::read_to_string(self.folder.join("done")).unwrap()
    }

    fn set<'a>(&self, command: &'a mut Command, task: &str) -> &'a mut Command {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let own = self.folder.join("bin");
        let paths = std::iter::once(own).chain(std::env::split_paths(&path));
        let path: OsString = std::env::join_paths(paths).unwrap();
        command
            .env("PATH", path)
            .env(TASK, task)
            .env("NO_COLOR", "1")
            .env_remove("CI")
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
    }

    /// The least of a project that a window can be made of, and an npm that makes it.
    fn project(&self) -> PathBuf {
        let project = self.folder.join("project");
        for file in [
            "Cargo.toml",
            "icons/stockroom.svg",
            "ui/package.json",
            "ui/package-lock.json",
            "ui/src/main.tsx",
        ] {
            let file = project.join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "").unwrap();
        }
        self.has(
            "npm",
            r#"[ "$1" = --version ] && exec echo 10.9.0
            echo "npm $1" >> "$HERE/done"
            case $1 in
                ci) mkdir -p node_modules ;;
                run) mkdir -p dist && echo "$(wc -l < "$HERE/done")" > dist/index.html ;;
            esac"#,
        );
        project
    }

    /// A cargo for such a project, and an app that it has built in either way: each writes down how it was called.
    ///
    /// Answers the variables that let this program find the two, on a computer with a display.
    fn app(&self, project: &Path) -> [(&'static str, String); 4] {
        self.has("node", "echo v22.12.0");
        // What cargo was told, and in which surroundings: with other ones it would build again.
        self.has(
            "building",
            r#"[ "$1" = metadata ] && exec echo "{\"packages\": [], \"target_directory\": \"$HERE/target\"}"
            echo "cargo $* ($(env | grep -E '^(CARGO|RUST)' | sort | cksum))" >> "$HERE/done""#,
        );
        for profile in ["debug", "release"] {
            self.has(
                "stockroom",
                &format!(r#"echo {profile}/stockroom "$@" >> "$HERE/done""#),
            );
            let built = self.folder.join("target").join(profile);
            fs::create_dir_all(&built).unwrap();
            fs::rename(self.folder.join("bin/stockroom"), built.join("stockroom")).unwrap();
        }
        let text = |path: PathBuf| path.into_os_string().into_string().unwrap();
        [
            ("CARGO_MANIFEST_DIR", text(project.join("xtask"))),
            ("CARGO", text(self.folder.join("bin/building"))),
            ("CI", "true".to_owned()),
            ("DISPLAY", ":0".to_owned()),
        ]
    }

    /// Starts this program with nobody at the keyboard.
    fn starts(&self, task: &str, variables: &[(&str, &str)]) -> Output {
        let mut command = Command::new(this());
        command.args(ARGUMENTS);
        self.set(&mut command, task)
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }

    /// The same. Answers all it says.
    fn says(&self, task: &str, variables: &[(&str, &str)]) -> String {
        let output = self.starts(task, variables);
        String::from_utf8_lossy(&output.stderr).into_owned()
    }

    /// Starts this program on a terminal, where somebody types this. Answers all that is shown there.
    fn says_on_a_terminal(&self, typed: &str) -> String {
        let line = format!("'{}' {}", this().display(), ARGUMENTS.join(" "));
        let mut command = Command::new("script");
        command.args(["--quiet", "--return", "--command", &line, "/dev/null"]);
        let mut child = self
            .set(&mut command, "set up")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a terminal can be made");
        let mut keyboard = child.stdin.take().unwrap();
        keyboard.write_all(typed.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        drop(keyboard);
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

const ARGUMENTS: [&str; 4] = ["fresh::as_a_program", "--exact", "--ignored", "--nocapture"];

fn this() -> PathBuf {
    std::env::current_exe().unwrap()
}

const QUESTION: &str = "Install them now with sudo apt-get?";
const INSTALL: &str =
    "sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends libxdo-dev";

#[test]
fn what_is_missing_is_named_with_the_exact_command_where_nobody_can_be_asked() {
    let Some(computer) = Computer::lacking(&["libxdo-dev"]) else {
        return;
    };
    let said = computer.says("set up", &[]);
    assert!(said.contains("Missing here: libxdo-dev"), "{said}");
    assert!(said.contains("    sudo apt-get update\n"), "{said}");
    assert!(said.contains(&format!("    {INSTALL}\n")), "{said}");
    assert!(!said.contains(QUESTION) && !said.contains("ALL IS WELL"));
    assert_eq!(computer.done(), "");
}

#[test]
fn a_build_server_and_root_are_not_asked() {
    let Some(server) = Computer::lacking(&["libxdo-dev"]) else {
        return;
    };
    let said = server.says("set up", &[("CI", "true")]);
    assert!(said.contains("1 installed"), "{said}");
    assert!(said.contains("ALL IS WELL"), "{said}");
    assert_eq!(server.done(), format!("sudo apt-get update\n{INSTALL}\n"));

    let root = Computer::lacking(&["libxdo-dev", "file"]).unwrap();
    root.has("id", "echo 0");
    let said = root.says("set up", &[]);
    assert!(said.contains("2 installed"), "{said}");
    let installs = "apt-get install -y --no-install-recommends libxdo-dev file\n";
    assert_eq!(root.done(), format!("apt-get update\n{installs}"));
}

#[test]
fn somebody_at_a_terminal_is_asked_first() {
    let Some(computer) = Computer::lacking(&["libxdo-dev"]) else {
        return;
    };
    let said = computer.says_on_a_terminal("n\n");
    assert!(said.contains(QUESTION), "{said}");
    assert!(said.contains(INSTALL), "{said}");
    assert!(!said.contains("ALL IS WELL"), "{said}");
    assert_eq!(computer.done(), "");

    // Enter is a yes.
    let said = computer.says_on_a_terminal("\n");
    assert!(
        said.contains(QUESTION) && said.contains("ALL IS WELL"),
        "{said}"
    );
    assert_eq!(computer.done(), format!("sudo apt-get update\n{INSTALL}\n"));
}

#[test]
fn what_apt_get_tells_is_no_part_of_a_command_s_answer() {
    let Some(computer) = Computer::lacking(&["libxdo-dev"]) else {
        return;
    };
    computer.has(
        "sudo",
        r#"[ "$1" = --version ] && exit
        echo "Reading package lists..."
        case "$*" in *install*) : > "$HERE/missing" ;; esac"#,
    );
    let Output { stdout, stderr, .. } = computer.starts("set up", &[("CI", "true")]);
    let (answer, told) = (
        String::from_utf8_lossy(&stdout),
        String::from_utf8_lossy(&stderr),
    );
    assert!(told.contains("ALL IS WELL"), "{told}");
    assert_eq!(
        told.matches("Reading package lists...").count(),
        2,
        "{told}"
    );
    assert!(!answer.contains("Reading package lists"), "{answer}");
}

#[test]
fn what_is_still_missing_after_installing_is_said() {
    let Some(computer) = Computer::lacking(&["libxdo-dev"]) else {
        return;
    };
    computer.has("sudo", "exit 0");
    let said = computer.says("set up", &[("CI", "1")]);
    let words = "apt-get says that it is done, yet these are still missing: libxdo-dev";
    assert!(said.contains(words), "{said}");
}

#[test]
fn an_old_node_is_named_with_where_to_get_a_new_one() {
    let Some(computer) = Computer::lacking(&[]) else {
        return;
    };
    computer.has("node", "echo v18.20.4");
    let said = computer.says("set up", &[]);
    assert!(said.contains("Node.js 18.20.4 is not supported."), "{said}");
    assert!(said.contains("https://nodejs.org"), "{said}");
}

#[test]
fn an_npm_that_did_not_come_with_node_is_installed_with_the_rest() {
    let Some(computer) = Computer::lacking(&["libxdo-dev", "npm"]) else {
        return;
    };
    computer.has("node", "echo v22.12.0");
    // Debian's own Node.js leaves it out.
    computer.has("npm", r#"! grep -qx npm "$HERE/missing" && echo 10.9.0"#);
    let said = computer.says("set up", &[]);
    assert!(said.contains("Missing here: libxdo-dev npm"), "{said}");
    assert!(said.contains(&format!("    {INSTALL} npm\n")), "{said}");
    let said = computer.says("set up", &[("CI", "true")]);
    assert!(said.contains("ALL IS WELL"), "{said}");
    let installed = format!("sudo apt-get update\n{INSTALL} npm\n");
    assert_eq!(computer.done(), installed);

    // With it a system's own Node.js may have come, which is older.
    fs::write(computer.folder.join("missing"), "npm\n").unwrap();
    computer.has(
        "node",
        r#"grep -qx npm "$HERE/missing" && echo v22.12.0 || echo v18.20.4"#,
    );
    let said = computer.says("set up", &[("CI", "true")]);
    assert!(said.contains("Node.js 18.20.4 is not supported."), "{said}");

    // Installed by hand, without npm: what is here is not enough, and it says of what.
    computer.has("node", "echo v22.12.0");
    computer.has("npm", "exit 127");
    let said = computer.says("set up", &[("CI", "true")]);
    assert!(said.contains("npm is missing. It comes with"), "{said}");
    assert!(!said.contains("ALL IS WELL"), "{said}");
}

#[test]
fn what_leaves_out_packages_in_somebody_s_surroundings_is_no_part_of_the_build() {
    let Some(computer) = Computer::lacking(&[]) else {
        return;
    };
    let project = computer.project();
    computer.has(
        "npm",
        r#"[ "$1" = --version ] && exec echo 10.9.0
        echo "npm $* ${NODE_ENV-unset}" >> "$HERE/done"
        mkdir -p node_modules dist && echo > dist/index.html"#,
    );
    let own = project.join("xtask");
    let variables = [
        ("CARGO_MANIFEST_DIR", own.to_str().unwrap()),
        ("NODE_ENV", "production"),
    ];
    let said = computer.says("make the window ready", &variables);
    assert!(said.contains("ALL IS WELL"), "{said}");
    let done = computer.done();
    assert!(done.contains("npm ci --include=dev "), "{done}");
    assert!(done.contains("npm run build unset\n"), "{done}");
    assert_eq!(done.matches("unset").count(), 2, "{done}");
}

#[test]
fn without_a_display_it_says_so_and_how_to_go_on() {
    let Some(computer) = Computer::lacking(&[]) else {
        return;
    };
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    computer.has(
        "building",
        &format!("[ \"$1\" = metadata ] && exec '{cargo}' \"$@\"\nexit 0"),
    );
    let building = computer.folder.join("bin/building");
    let variables = [
        ("CARGO", building.to_str().unwrap()),
        ("CARGO_MANIFEST_DIR", own.to_str().unwrap()),
    ];
    let said = computer.says("run", &variables);
    let sentence = said.lines().find(|line| line.contains("no display"));
    let sentence = sentence.unwrap_or_else(|| panic!("{said}"));
    assert!(
        sentence.contains("set DISPLAY or WAYLAND_DISPLAY"),
        "{sentence}"
    );
    assert!(sentence.contains("cargo xtask bridge"), "{sentence}");
    assert!(!said.contains("Opening Stockroom"), "{said}");
}

#[test]
fn the_window_is_made_once_and_again_only_when_something_changed() {
    let Some(computer) = Computer::lacking(&[]) else {
        return;
    };
    let project = computer.project();
    let own = project.join("xtask");
    let variables = [("CARGO_MANIFEST_DIR", own.to_str().unwrap())];
    let made = || {
        fs::write(computer.folder.join("done"), "").unwrap();
        let said = computer.says("make the window ready", &variables);
        assert!(said.contains("ALL IS WELL"), "{said}");
        computer.done()
    };
    assert_eq!(made(), "npm ci\nnpm run\n");
    assert_eq!(made(), "", "nothing has changed");
    fs::write(project.join("ui/src/main.tsx"), "draw()").unwrap();
    assert_eq!(made(), "npm run\n");
    fs::write(project.join("ui/package-lock.json"), "{}").unwrap();
    // A lock file is among what may shape the build.
    assert_eq!(made(), "npm ci\nnpm run\n");
    fs::remove_file(project.join("ui/dist/index.html")).unwrap();
    assert_eq!(made(), "npm run\n");
    assert_eq!(made(), "");
}

#[test]
fn a_second_run_sets_nothing_up_again_and_opens_what_is_built() {
    let Some(computer) = Computer::lacking(&["libxdo-dev"]) else {
        return;
    };
    let variables = computer.app(&computer.project());
    let variables = variables.each_ref().map(|(name, value)| (*name, &**value));
    let runs = || {
        fs::write(computer.folder.join("done"), "").unwrap();
        let said = computer.says("run", &variables);
        assert!(said.contains("Opening Stockroom."), "{said}");
        computer.done()
    };
    let (first, again) = (runs(), runs());
    let set_up = format!("sudo apt-get update\n{INSTALL}\nnpm ci\nnpm run\n");
    // Nothing is asked of apt-get or npm any more, and of cargo the very same, which it has done.
    assert_eq!(first, set_up + &again);
    let (cargo, opened) = again.split_once('\n').unwrap();
    assert!(
        cargo.starts_with("cargo build -p stockroom --bin stockroom ("),
        "{again}"
    );
    assert_eq!(opened, "debug/stockroom\n");
}

#[test]
fn what_run_is_asked_for_is_what_is_built_and_how_it_is_opened() {
    let Some(computer) = Computer::lacking(&[]) else {
        return;
    };
    let variables = computer.app(&computer.project());
    let variables = variables.each_ref().map(|(name, value)| (*name, &**value));
    for (asked, built, opened) in [
        (
            "run --sample --release",
            " --release",
            "release/stockroom --sample",
        ),
        ("run --release", " --release", "release/stockroom"),
        ("run --sample", "", "debug/stockroom --sample"),
    ] {
        fs::write(computer.folder.join("done"), "").unwrap();
        let said = computer.says(asked, &variables);
        let done = computer.done();
        let begin = format!("cargo build -p stockroom --bin stockroom{built} (");
        assert!(done.contains(&begin), "{asked}: {done}{said}");
        assert!(
            done.ends_with(&format!(")\n{opened}\n")),
            "{asked}: {done}{said}"
        );
    }
}

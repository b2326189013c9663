//! What a computer must have: Node.js, system libraries, a display. What is missing is installed where
//! that can be asked or is plainly wanted, and named with the exact command elsewhere.

mod node;

use std::collections::BTreeSet;
use std::env::consts::EXE_SUFFIX;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::project::{Project, tidy};
use crate::steps;

/// What is going to be built or done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum For {
    /// The core and the window's code, for an ordinary browser.
    Browser,
    /// The app with its own window.
    Window,
    /// The same, and the fast part of the tests.
    Check,
    /// Every test, with the servers and drivers they need.
    Tests,
    /// The check of types for Windows.
    WindowsCheck,
}

const COMPILER: &[&str] = &["build-essential", "pkg-config"];

/// The authorities whose word for a server's certificate is taken: without them no store can be reached. What pulls
/// in the rest may leave them out (`--no-install-recommends`).
const NETWORK: &[&str] = &["ca-certificates"];

const WINDOW: &[&str] = &[
    "libssl-dev",
    "libwebkit2gtk-4.1-dev",
    "libgtk-3-dev",
    "librsvg2-dev",
    "libayatana-appindicator3-dev",
    "libxdo-dev",
    "file",
];

const TESTS: &[&str] = &[
    "xvfb",
    "dbus",
    "dbus-x11",
    "xauth",
    "gnome-keyring",
    "libsecret-tools",
    "webkit2gtk-driver",
    "imagemagick",
    "xdotool",
    "fonts-dejavu-core",
    "fonts-noto-core",
    "at-spi2-core",
];

/// SQLite and the TLS library are C, and their build scripts run even where only types are checked.
const WINDOWS_CHECK: &[&str] = &["gcc-mingw-w64-x86-64"];

/// Sets up what is missing: Node.js is checked, system packages are installed.
pub(crate) fn set_up(purpose: For) -> Result<()> {
    let mut has_npm = true;
    steps::step("Node.js", || {
        let version = node::found(purpose)?;
        has_npm = node::has_npm();
        Ok(version)
    })?;
    steps::step("System libraries", || {
        let libraries = libraries(purpose, has_npm)?;
        if !has_npm {
            node::npm()?;
            // With npm a system may have brought a Node.js of its own, an older one.
            node::found(purpose)?;
        }
        Ok(libraries)
    })
}

/// Checks that cargo has the two parts that `check` and `test` need; a minimal Rust lacks them.
pub(crate) fn rust_components(project: &Project) -> Result<()> {
    steps::step("rustfmt and clippy", || {
        let has = |part: &str| {
            project
                .cargo(&[part, "--version"])
                .output()
                .is_ok_and(|output| output.status.success())
        };
        if has("fmt") && has("clippy") {
            return Ok("here".to_owned());
        }
        let added = Command::new("rustup")
            .args(["component", "add", "rustfmt", "clippy"])
            .stdin(Stdio::null())
            .stdout(std::io::stderr())
            .status();
        match added {
            Ok(status) if status.success() => Ok("added with rustup".to_owned()),
            _ => bail!(
                "cargo lacks rustfmt or clippy; add them with: rustup component add rustfmt clippy"
            ),
        }
    })
}

/// Clippy's compiler. It stands beside rustc; a system may have put it elsewhere on the path.
pub(crate) fn clippy_driver(project: &Project) -> PathBuf {
    const NAME: &str = "clippy-driver";
    let mut rustc = Command::new("rustc");
    rustc
        .args(["--print", "sysroot"])
        .current_dir(&project.root);
    says(&mut rustc)
        .map(|sysroot| {
            Path::new(sysroot.trim())
                .join("bin")
                .join(format!("{NAME}{EXE_SUFFIX}"))
        })
        .filter(|driver| driver.is_file())
        .unwrap_or_else(|| PathBuf::from(NAME))
}

// ── Libraries ────────────────────────────────────────────────────────────────────────────────────────

fn libraries(purpose: For, has_npm: bool) -> Result<String> {
    if cfg!(target_os = "macos") {
        if purpose == For::WindowsCheck {
            mingw()?;
        }
        return macos();
    }
    if cfg!(windows) {
        return windows();
    }
    if is_debian() && says(Command::new("dpkg-query").arg("--version")).is_some() {
        return debian(purpose, has_npm);
    }
    other_linux(purpose)
}

fn debian(purpose: For, has_npm: bool) -> Result<String> {
    let mut wanted = wanted(purpose);
    if !has_npm {
        wanted.push("npm");
    }
    let missing = missing_packages(&wanted)?;
    if missing.is_empty() {
        return Ok("here".to_owned());
    }
    eprintln!("\n    Missing here: {}", missing.join(" "));
    let root = is_root();
    let commands = apt_commands(&missing, root);
    if !root {
        let by_hand = || {
            let lines: Vec<String> = commands
                .iter()
                .map(|command| format!("    {}", command.join(" ")))
                .collect();
            format!(
                "system packages are missing; install them with:\n{}\nand start this again",
                lines.join("\n")
            )
        };
        if says(Command::new("sudo").arg("--version")).is_none() {
            bail!(
                "{} (as root: there is no sudo here)",
                by_hand().replace("sudo ", "")
            );
        }
        let agreed = unattended()
            || steps::on_a_terminal() && agreed("    Install them now with sudo apt-get? [Y/n] ")?;
        if !agreed {
            bail!("{}", by_hand());
        }
    }
    for (at, words) in commands.iter().enumerate() {
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]);
        if root {
            command.env("DEBIAN_FRONTEND", "noninteractive");
            command.stdin(Stdio::null());
        }
        tidy(&mut command);
        // Standard output belongs to what a command answers: measurements, as JSON.
        let status = command
            .stdout(std::io::stderr())
            .status()
            .with_context(|| format!("{} does not start", words[0]))?;
        // An update can fail for somebody else's package source; whether ours install is what counts.
        let installing = at == commands.len() - 1;
        if installing && !status.success() {
            bail!(
                "`{}` failed ({status}). Stockroom needs WebKitGTK 4.1, which Debian has since 12 and Ubuntu since 22.04",
                words.join(" ")
            );
        }
    }
    let still = missing_packages(&wanted)?;
    if !still.is_empty() {
        bail!(
            "apt-get says that it is done, yet these are still missing: {}",
            still.join(" ")
        );
    }
    Ok(format!("{} installed", missing.len()))
}

fn missing_packages(wanted: &[&str]) -> Result<Vec<String>> {
    // Exits with 1 when it does not know one of the names; what it knows it says all the same.
    let output = Command::new("dpkg-query")
        .args(["--show", "--showformat=${db:Status-Abbrev}|${Package}\\n"])
        .args(wanted)
        .output()
        .context("dpkg-query does not start")?;
    Ok(not_installed(
        wanted,
        &String::from_utf8_lossy(&output.stdout),
    ))
}

/// The wanted packages that dpkg does not list as installed.
fn not_installed(wanted: &[&str], listing: &str) -> Vec<String> {
    let installed: BTreeSet<&str> = listing
        .lines()
        .filter_map(|line| line.split_once('|'))
        // Two letters: what is wanted (install, hold …) and what is (installed, config files …).
        .filter(|(state, _)| state.as_bytes().get(1) == Some(&b'i'))
        .map(|(_, package)| package.trim())
        .collect();
    wanted
        .iter()
        .filter(|package| !installed.contains(*package))
        .map(|package| (*package).to_owned())
        .collect()
}

fn wanted(purpose: For) -> Vec<&'static str> {
    let lists: &[&[&str]] = match purpose {
        For::Browser => &[COMPILER, NETWORK],
        For::Window | For::Check => &[COMPILER, NETWORK, WINDOW],
        For::Tests => &[COMPILER, NETWORK, WINDOW, TESTS],
        For::WindowsCheck => &[COMPILER, WINDOWS_CHECK],
    };
    lists.iter().flat_map(|list| list.iter().copied()).collect()
}

/// The two commands that bring `missing`, word by word.
fn apt_commands(missing: &[String], root: bool) -> [Vec<String>; 2] {
    let words = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let (update, mut install) = if root {
        (
            words("apt-get update"),
            words("apt-get install -y --no-install-recommends"),
        )
    } else {
        (
            words("sudo apt-get update"),
            words(
                "sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends",
            ),
        )
    };
    install.extend(missing.iter().cloned());
    [update, install]
}

fn other_linux(purpose: For) -> Result<String> {
    if purpose == For::WindowsCheck {
        return mingw();
    }
    let has = |library: &str| {
        Command::new("pkg-config")
            .args(["--exists", library])
            .status()
            .is_ok_and(|status| status.success())
    };
    if purpose == For::Browser || has("webkit2gtk-4.1") {
        if purpose == For::Tests {
            eprintln!(
                "\n    This system's packages are not known here. Tests need the programs of: {}",
                TESTS.join(" ")
            );
        }
        return Ok("found with pkg-config".to_owned());
    }
    bail!(
        "Stockroom's window needs WebKitGTK 4.1, which pkg-config does not find here. Install a C compiler, pkg-config \
         and the development files of WebKitGTK 4.1, GTK 3, librsvg 2, Ayatana AppIndicator 3, libxdo and OpenSSL with \
         your system's package manager. `cargo xtask bridge` needs none but the compiler"
    )
}

fn mingw() -> Result<String> {
    const COMPILER: &str = "x86_64-w64-mingw32-gcc";
    if on_path(COMPILER) {
        return Ok(COMPILER.to_owned());
    }
    bail!(
        "the C compiler for Windows, {COMPILER}, is missing; it comes with MinGW-w64, from your system's package \
         manager (on macOS: brew install mingw-w64)"
    )
}

fn macos() -> Result<String> {
    // A path may be set for tools that are no longer there, so the compiler itself is asked for.
    macos_has(says(Command::new("xcrun").args(["--find", "clang"])).as_deref())
}

/// What is said on macOS, where `xcrun` has named this compiler.
fn macos_has(clang: Option<&str>) -> Result<String> {
    if clang.is_none_or(|path| path.trim().is_empty()) {
        bail!("Apple's compiler is missing; install it with: xcode-select --install");
    }
    Ok("Xcode command line tools".to_owned())
}

/// What was found on a computer with Windows.
#[derive(Clone, Copy)]
struct OnWindows {
    /// Rust builds for Microsoft's tools, as Tauri needs it to.
    rust_is_msvc: bool,
    build_tools: bool,
    /// WebView2, which draws the window.
    web_view: bool,
}

fn windows() -> Result<String> {
    let installer =
        std::env::var("ProgramFiles(x86)").unwrap_or_else(|_| r"C:\Program Files (x86)".to_owned());
    let vswhere = Path::new(&installer).join(r"Microsoft Visual Studio\Installer\vswhere.exe");
    let found = says(Command::new(vswhere).args([
        "-latest",
        "-products",
        "*",
        "-requires",
        "Microsoft.VisualStudio.Component.VC.Tools.x86.x64",
        "-property",
        "installationPath",
    ]));
    let client = r"Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
    let keys = [
        r"HKLM\SOFTWARE\WOW6432Node",
        r"HKLM\SOFTWARE",
        r"HKCU\Software",
    ];
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    windows_has(OnWindows {
        rust_is_msvc: is_msvc(&says(Command::new(rustc).arg("-vV")).unwrap_or_default()),
        build_tools: found.is_some_and(|path| !path.trim().is_empty()) || on_path("cl.exe"),
        web_view: keys.iter().any(|key| {
            let query = ["query", &format!(r"{key}\{client}"), "/v", "pv"];
            says(Command::new("reg").args(query)).is_some()
        }),
    })
}

/// Whether a Rust that says this of itself (`rustc -vV`) builds for Microsoft's tools.
fn is_msvc(version: &str) -> bool {
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.is_some_and(|host| host.trim().ends_with("-msvc"))
}

fn windows_has(found: OnWindows) -> Result<String> {
    if !found.build_tools {
        bail!(
            "Microsoft's C++ build tools are missing; install \"Desktop development with C++\" from \
             https://visualstudio.microsoft.com/visual-cpp-build-tools/"
        );
    }
    if !found.rust_is_msvc {
        bail!(
            "this Rust is not the one for Microsoft's tools; get it with: \
             rustup default stable-msvc"
        );
    }
    if !found.web_view {
        bail!(
            "the WebView2 runtime is missing, which draws the window; install it from \
             https://developer.microsoft.com/microsoft-edge/webview2/"
        );
    }
    Ok("C++ build tools, WebView2".to_owned())
}

// ── Display ──────────────────────────────────────────────────────────────────────────────────────────

/// Whether a window can be shown here.
pub(crate) fn has_display() -> bool {
    let named = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || named("DISPLAY") || named("WAYLAND_DISPLAY")
}

// ── Small questions ──────────────────────────────────────────────────────────────────────────────────

/// Whether this is Debian, Ubuntu or a child of theirs.
pub(crate) fn is_debian() -> bool {
    is_debian_like(&fs::read_to_string("/etc/os-release").unwrap_or_default())
}

fn is_debian_like(release: &str) -> bool {
    release_values(release).any(|value| value == "debian" || value == "ubuntu")
}

/// The words of `ID` and `ID_LIKE` in `/etc/os-release`.
fn release_values(release: &str) -> impl Iterator<Item = &str> {
    release
        .lines()
        .filter_map(|line| {
            line.strip_prefix("ID=")
                .or_else(|| line.strip_prefix("ID_LIKE="))
        })
        .flat_map(|value| value.trim_matches(['"', '\'']).split_whitespace())
}

/// Whether this runs on a build server.
pub(crate) fn unattended() -> bool {
    std::env::var("CI").is_ok_and(|ci| !ci.is_empty() && ci != "false")
}

fn is_root() -> bool {
    says(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0")
}

/// What a program says, or `None` if it is missing or fails.
fn says(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program of this name can be started.
pub(crate) fn on_path(program: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| {
        std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
    })
}

fn agreed(question: &str) -> Result<bool> {
    eprint!("{question}");
    std::io::stderr().flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    // An end of input (Ctrl-D) is no answer, and so no yes; a bare Enter is.
    Ok(!answer.is_empty() && matches!(answer.trim().to_lowercase().as_str(), "" | "y" | "yes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_on_windows_is_named_one_after_the_other() {
        let all = OnWindows {
            rust_is_msvc: true,
            build_tools: true,
            web_view: true,
        };
        assert!(windows_has(all).is_ok());
        for (found, missing) in [
            (
                OnWindows {
                    build_tools: false,
                    ..all
                },
                "Desktop development with C++",
            ),
            (
                OnWindows {
                    rust_is_msvc: false,
                    ..all
                },
                "rustup default stable-msvc",
            ),
            (
                OnWindows {
                    web_view: false,
                    ..all
                },
                "WebView2",
            ),
        ] {
            let said = windows_has(found).unwrap_err().to_string();
            assert!(said.contains(missing), "{said}");
        }
    }

    #[test]
    fn the_kind_of_rust_is_read_from_what_it_says_of_itself() {
        let says =
            |host: &str| format!("rustc 1.90.0 (0)\nbinary: rustc\nhost: {host}\nrelease: 1\n");
        assert!(is_msvc(&says("x86_64-pc-windows-msvc")));
        assert!(!is_msvc(&says("x86_64-pc-windows-gnu")));
        assert!(!is_msvc(""));
    }

    #[test]
    fn on_macos_the_compiler_itself_has_to_be_there() {
        assert!(macos_has(Some("/usr/bin/clang\n")).is_ok());
        for none in [None, Some("\n")] {
            let said = macos_has(none).unwrap_err().to_string();
            assert!(said.contains("xcode-select --install"), "{said}");
        }
    }

    const DEBIAN: &str = "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\n";
    const MINT: &str = "NAME=\"Linux Mint\"\nID=linuxmint\nID_LIKE=\"ubuntu debian\"\n";
    const FEDORA: &str = "NAME=\"Fedora Linux\"\nID=fedora\n";

    #[test]
    fn debian_and_its_children_are_known() {
        assert!(is_debian_like(DEBIAN));
        assert!(is_debian_like(MINT));
        assert!(!is_debian_like(FEDORA));
        assert!(!is_debian_like(""));
    }

    #[test]
    fn only_installed_packages_count_as_here() {
        let listing = "ii |file\nhi |xvfb\nun |dbus\nrc |xauth\niU |xdotool\n";
        let missing = not_installed(
            &["file", "xvfb", "dbus", "xauth", "xdotool", "libgtk-3-dev"],
            listing,
        );
        // Held ones are installed; removed, half-installed and unheard-of ones are not.
        assert_eq!(missing, ["dbus", "xauth", "xdotool", "libgtk-3-dev"]);
    }

    #[test]
    fn without_an_answer_from_dpkg_everything_is_missing() {
        assert_eq!(not_installed(&["file"], ""), ["file"]);
    }

    #[test]
    fn the_browser_needs_no_webkit() {
        assert!(
            wanted(For::Browser)
                .iter()
                .all(|package| !package.contains("webkit"))
        );
        assert!(wanted(For::Window).contains(&"libwebkit2gtk-4.1-dev"));
        assert!(!wanted(For::Window).contains(&"xvfb"));
        assert!(wanted(For::Tests).contains(&"xvfb"));
        assert!(
            wanted(For::WindowsCheck)
                .iter()
                .all(|package| !package.contains("webkit"))
        );
    }

    #[test]
    fn whatever_can_connect_a_store_has_authorities_to_trust() {
        for purpose in [For::Browser, For::Window, For::Check, For::Tests] {
            assert!(wanted(purpose).contains(&"ca-certificates"), "{purpose:?}");
        }
    }

    #[test]
    fn root_installs_directly_and_others_through_sudo() {
        let missing = ["file".to_owned(), "xvfb".to_owned()];
        assert_eq!(
            apt_commands(&missing, true)[1].join(" "),
            "apt-get install -y --no-install-recommends file xvfb"
        );
        assert!(
            apt_commands(&missing, false)
                .iter()
                .all(|command| command[0] == "sudo")
        );
    }
}

//! A desktop session of a test's own: a bus, a keyring, a screen, and folders that go away.
//!
//! Nothing of the machine's own session gets in, and nothing of the test's gets out.

use std::{
    env,
    ffi::OsString,
    fs,
    io::{Read as _, Write as _},
    os::unix::{fs::PermissionsExt as _, net::UnixStream},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use memchr::memmem;
use tempfile::TempDir;
use testkit::prompter::{Person, Prompter};

use crate::{process::Running, wait};

/// The keyring's own password.
pub const PASSWORD: &str = "pw";
const PROGRAMS: [&str; 5] = [
    "dbus-daemon",
    "dbus-monitor",
    "dbus-send",
    "gnome-keyring-daemon",
    "secret-tool",
];

/// What the session has for secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeychainKind {
    /// GNOME Keyring, unlocked as by a login.
    Unlocked,
    /// GNOME Keyring, locked.
    Locked,
    /// GNOME Keyring that nobody logged in to: it has no password yet, and nothing to keep anything in.
    NeverUsed,
    /// A bus, and no keyring on it.
    None,
    /// Not even a bus.
    NoBus,
}

/// A desktop session. All of it ends when this is dropped.
#[derive(Debug)]
pub struct Desktop {
    // Before the folders, which they write to.
    screen: Option<(Running, String)>,
    keyring: Option<Running>,
    watch: Option<(Running, Prompter)>,
    bus: Option<Running>,
    root: TempDir,
}

impl Desktop {
    /// Starts one.
    ///
    /// # Panics
    /// If a program for it is not installed or does not start.
    #[must_use]
    pub fn start(keychain: KeychainKind) -> Self {
        for program in PROGRAMS {
            assert!(
                crate::process::is_installed(program),
                "{program} is not installed: apt-get install dbus gnome-keyring libsecret-tools"
            );
        }
        let root = TempDir::with_prefix("stockroom-").expect("there is room for a test's folder");
        for folder in ["home", "data", "config", "cache", "run", "out"] {
            fs::create_dir(root.path().join(folder)).expect("the folder is new");
        }
        let run = root.path().join("run");
        fs::set_permissions(run, fs::Permissions::from_mode(0o700)).expect("the folder is ours");
        let mut desktop = Self {
            screen: None,
            keyring: None,
            watch: None,
            bus: None,
            root,
        };
        match keychain {
            KeychainKind::NoBus => {}
            KeychainKind::None => desktop.start_bus(),
            KeychainKind::Unlocked => {
                desktop.start_bus();
                desktop.start_keyring();
            }
            KeychainKind::Locked => {
                desktop.start_bus();
                desktop.start_keyring();
                desktop.lock_keyring();
            }
            KeychainKind::NeverUsed => {
                desktop.start_bus();
                desktop.keyring = Some(desktop.keyring_begun(false));
            }
        }
        desktop
    }

    /// Adds a screen of that size, in pixels.
    ///
    /// # Panics
    /// If Xvfb is not installed or does not start.
    #[must_use]
    pub fn with_screen(mut self, width: u32, height: u32) -> Self {
        assert!(
            crate::process::is_installed("Xvfb"),
            "Xvfb is not installed: apt-get install xvfb"
        );
        let mut command = self.command("Xvfb");
        // It writes the number it took to its standard output.
        command.args(["-displayfd", "1", "-nolisten", "tcp", "-noreset"]);
        command.args(["-screen", "0", &format!("{width}x{height}x24")]);
        let mut screen = self.run("screen", &mut command, b"");
        let number = screen
            .line(|line| line.trim().parse::<u32>().is_ok())
            .unwrap_or_else(|status| panic!("Xvfb ended: {status}\n{}", screen.stderr()));
        self.screen = Some((screen, format!(":{}", number.trim())));
        self
    }

    /// The screen's name, as in `DISPLAY`.
    #[must_use]
    pub fn display(&self) -> Option<&str> {
        self.screen.as_ref().map(|(_, name)| name.as_str())
    }

    /// Everything of the session; all files of it lie in here.
    #[must_use]
    pub fn root(&self) -> &Path {
        self.root.path()
    }

    /// Where what the started programs say is kept.
    #[must_use]
    pub fn output(&self) -> PathBuf {
        self.root().join("out")
    }

    /// A place for one of the app's homes.
    #[must_use]
    pub fn stockroom_home(&self) -> PathBuf {
        self.root().join("stockroom")
    }

    /// The environment of the session, whole: nothing else belongs into a child's.
    #[must_use]
    pub fn environment(&self) -> Vec<(String, OsString)> {
        let inherited = ["PATH", "LD_LIBRARY_PATH", "TMPDIR", "RUST_BACKTRACE"];
        let mut environment: Vec<(String, OsString)> = inherited
            .into_iter()
            .filter_map(|name| Some((name.to_owned(), env::var_os(name)?)))
            .collect();
        let mut set = |name: &str, value: OsString| environment.push((name.to_owned(), value));
        let folder = |name: &str| self.root().join(name).into_os_string();
        set("HOME", folder("home"));
        set("XDG_DATA_HOME", folder("data"));
        set("XDG_CONFIG_HOME", folder("config"));
        set("XDG_CACHE_HOME", folder("cache"));
        set("XDG_RUNTIME_DIR", folder("run"));
        set("LANG", "C.UTF-8".into());
        set("GSETTINGS_BACKEND", "memory".into());
        // Also without a bus: an address where nobody is keeps libraries from starting one.
        set("DBUS_SESSION_BUS_ADDRESS", self.bus_address().into());
        if let Some(display) = self.display() {
            set("DISPLAY", display.into());
        }
        environment
    }

    /// A command with the session's environment and nothing else.
    #[must_use]
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().envs(self.environment());
        command.current_dir(self.root());
        command
    }

    /// Starts a command as [`Running`], with what it says kept under [`Desktop::output`].
    #[must_use]
    pub fn run(&self, name: &str, command: &mut Command, input: &[u8]) -> Running {
        Running::start(name, command, &self.output(), input)
    }

    /// Where the session's bus is.
    #[must_use]
    pub fn bus_address(&self) -> String {
        format!("unix:path={}", self.root().join("bus").display())
    }

    fn start_bus(&mut self) {
        // Of its own, so that nothing starts by itself: neither a keyring nor who asks passwords.
        let config = self.root().join("bus.conf");
        let text = format!(
            r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>{}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>"#,
            self.bus_address()
        );
        fs::write(&config, text).expect("the folder is ours");
        let mut command = self.command("dbus-daemon");
        command
            .arg(format!("--config-file={}", config.display()))
            .arg("--nofork");
        self.bus = Some(self.run("bus", &mut command, b""));
        wait::until("the bus", || {
            let names = self.bus_call(&[
                "org.freedesktop.DBus",
                "/",
                "org.freedesktop.DBus.ListNames",
            ]);
            names.status.success().then_some(())
        });
    }

    /// Starts the keyring, unlocked as by a login.
    ///
    /// # Panics
    /// If it doesn't start.
    pub fn start_keyring(&mut self) {
        self.keyring = Some(self.keyring_started());
    }

    /// Starts the keyring likewise, while something runs on this desktop. It ends when what is given back is dropped.
    ///
    /// # Panics
    /// If it doesn't start.
    #[must_use]
    pub fn keyring_started(&self) -> Running {
        self.keyring_begun(true)
    }

    fn keyring_begun(&self, unlocked: bool) -> Running {
        let mut command = self.command("gnome-keyring-daemon");
        command.args(["--foreground", "--components=secrets"]);
        if unlocked {
            command.arg("--unlock");
        }
        let keyring = self.run("keyring", &mut command, PASSWORD.as_bytes());
        wait::until("the keyring", || {
            let asked = self.bus_call(&[
                "org.freedesktop.DBus",
                "/",
                "org.freedesktop.DBus.NameHasOwner",
                "string:org.freedesktop.secrets",
            ]);
            String::from_utf8_lossy(&asked.stdout)
                .contains("true")
                .then_some(())
        });
        keyring
    }

    /// Takes the keyring away, as if it had crashed. What it kept is there when it starts again.
    pub fn stop_keyring(&mut self) {
        self.keyring = None;
    }

    /// Locks the keyring, as its owner does in its own window.
    ///
    /// # Panics
    /// If it refuses.
    pub fn lock_keyring(&self) {
        let locked = self.bus_call(&[
            "org.freedesktop.secrets",
            "/org/freedesktop/secrets",
            "org.freedesktop.Secret.Service.Lock",
            "array:objpath:/org/freedesktop/secrets/collection/login",
        ]);
        assert!(locked.status.success(), "{locked:?}");
    }

    /// Unlocks the keyring as a login does: with the password, past any prompt.
    ///
    /// Source: gnome-keyring, `pam/gkr-pam-client.c` and `daemon/control/gkd-control-codes.h`.
    ///
    /// # Panics
    /// If it refuses.
    pub fn unlock_keyring(&self) {
        const UNLOCK: u32 = 1;
        let control = self.root().join("run/keyring/control");
        let mut control = UnixStream::connect(control).expect("the keyring listens");
        let password = u32::try_from(PASSWORD.len()).expect("it is short");
        let mut message = vec![0];
        for number in [4 + 4 + 4 + password, UNLOCK, password] {
            message.extend(number.to_be_bytes());
        }
        message.extend(PASSWORD.as_bytes());
        control.write_all(&message).expect("the keyring listens");
        let mut answer = [0; 8];
        control
            .read_exact(&mut answer)
            .expect("the keyring answers");
        assert_eq!(
            answer,
            [0, 0, 0, 8, 0, 0, 0, 0],
            "the password was not taken"
        );
    }

    /// Everything the keyring holds under `service`, with secrets, as another program sees it.
    #[must_use]
    pub fn kept_in_keyring(&self, service: &str) -> String {
        let found = self
            .command("secret-tool")
            .args(["search", "--all", "service", service])
            .stdin(Stdio::null())
            .output()
            .expect("it is installed");
        String::from_utf8_lossy(&[found.stdout, found.stderr].concat()).into_owned()
    }

    /// The names of the entries that the keyring holds under `service`.
    #[must_use]
    pub fn names_in_keyring(&self, service: &str) -> Vec<String> {
        let kept = self.kept_in_keyring(service);
        kept.lines()
            .filter_map(|line| line.trim().strip_prefix("attribute.username = "))
            .map(str::to_owned)
            .collect()
    }

    /// Puts a secret into the keyring, as another program could.
    ///
    /// # Panics
    /// If the keyring refuses.
    pub fn keep_in_keyring(&self, service: &str, name: &str, secret: &str) {
        let mut command = self.command("secret-tool");
        command.args(["store", "--label", "Put there by a test"]);
        command.args(["service", service, "username", name]);
        let mut keeping = self.run("keeping", &mut command, secret.as_bytes());
        let kept = keeping.wait_for_end();
        assert!(kept.success(), "{kept}: {}", keeping.stderr());
    }

    /// Puts a second secret beside the first, under the same name.
    ///
    /// # Panics
    /// If the keyring refuses.
    pub fn keep_beside_in_keyring(&self, service: &str, name: &str, secret: &str) {
        let mut command = self.command("secret-tool");
        command.args(["store", "--label", "Put beside by a test"]);
        // One more attribute makes another entry of it, which is found by the rest all the same.
        command.args(["service", service, "username", name, "beside", "1"]);
        let mut keeping = self.run("keeping", &mut command, secret.as_bytes());
        let kept = keeping.wait_for_end();
        assert!(kept.success(), "{kept}: {}", keeping.stderr());
    }

    /// Takes an entry out of the keyring, as another program could.
    ///
    /// # Panics
    /// If the keyring refuses.
    pub fn clear_in_keyring(&self, service: &str, name: &str) {
        let cleared = self
            .command("secret-tool")
            .args(["clear", "service", service, "username", name])
            .stdin(Stdio::null())
            .status()
            .expect("it is installed");
        assert!(cleared.success(), "{cleared}");
    }

    /// From now on notes every time somebody lets the keyring ask the person, who sees the question and looks away:
    /// with nobody to show it, the keyring would say no by itself a moment later.
    ///
    /// # Panics
    /// Without a bus.
    pub fn watch_prompts(&mut self) {
        let mut command = self.command("dbus-monitor");
        command.args(["--address", &self.bus_address()]);
        command.args([
            "type='method_call',interface='org.freedesktop.Secret.Prompt'",
            "type='method_call',interface='org.freedesktop.Secret.Service',member='Unlock'",
            "type='method_call',interface='org.gnome.keyring.internal.Prompter'",
        ]);
        let mut watch = self.run("prompts", &mut command, b"");
        // It says its own signals (its name is lost when it becomes a monitor) before it hears others'.
        let listens = watch.line(|line| line.contains("NameLost"));
        assert!(listens.is_ok(), "dbus-monitor ended: {}", watch.stderr());
        let person = Prompter::at(&self.bus_address(), Person::Ignores);
        self.watch = Some((watch, person));
    }

    /// How often somebody has, since [`Desktop::watch_prompts`].
    ///
    /// # Panics
    /// If nobody watches.
    #[must_use]
    pub fn prompts(&self) -> usize {
        let (watch, _) = self.watch.as_ref().expect("watch_prompts was called");
        let said = watch.stdout();
        said.lines()
            .filter(|line| line.starts_with("method call"))
            .count()
    }

    fn bus_call(&self, call: &[&str]) -> Output {
        self.command("dbus-send")
            .args(["--session", "--print-reply", "--reply-timeout=20000"])
            .arg(format!("--dest={}", call[0]))
            .args(&call[1..])
            .stdin(Stdio::null())
            .output()
            .expect("it is installed")
    }
}

/// Files below `folder` that hold `text`, as plain bytes.
#[must_use]
pub fn files_with(folder: &Path, text: &str) -> Vec<PathBuf> {
    let finder = memmem::Finder::new(text);
    let holds = |bytes: &[u8]| !text.is_empty() && finder.find(bytes).is_some();
    let mut folders = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        // A folder or file that goes away while we look holds nothing any more.
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(path);
            } else if fs::read(&path).is_ok_and(|bytes| holds(&bytes)) {
                found.push(path);
            }
        }
    }
    found
}

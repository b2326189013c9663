//! A desktop session of a test's own: a bus, a keyring, and folders that go away.

use std::{
    env, fs,
    future::Future,
    io::{Read as _, Write as _},
    os::unix::{fs::PermissionsExt as _, net::UnixStream, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use credentials::{Keychain, Opens, TokenKey};

/// Set in the process that runs a scenario; says where its folders are.
const HERE: &str = "KEYRING_TEST_SESSION";
const PROGRAMS: [&str; 4] = [
    "dbus-daemon",
    "dbus-send",
    "gnome-keyring-daemon",
    "secret-tool",
];
/// The keyring's own.
pub(crate) const PASSWORD: &str = "pw";
pub(crate) const SERVICE: &str = "dev.stockroom.Test";
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// Runs `scenario` in a session of its own: in a second process, because the bus's address holds
/// for a whole process. `test` is the calling test's full name.
///
/// What the scenario gives back lives until the runtime is gone.
pub(crate) fn in_own_session<F: Future>(test: &str, scenario: impl FnOnce(Session) -> F) {
    if let Some(root) = env::var_os(HERE) {
        let root = PathBuf::from(root);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let kept = runtime.block_on(scenario(Session::at(&root)));
        // Leaving must not wait for a question nobody answered. If it does, the parent says so.
        drop(runtime);
        drop(kept);
        fs::write(root.join("done"), "").unwrap();
        return;
    }
    if let Some(missing) = PROGRAMS.iter().find(|name| !is_installed(name)) {
        // On a build server it would look as if it had been tried.
        assert!(env::var_os("CI").is_none(), "{missing} is not installed");
        testkit::not_tried(format_args!("{test}, for {missing} is not installed"));
        return;
    }
    let root = tempfile::tempdir().unwrap();
    for folder in ["data", "config", "cache", "run"] {
        fs::create_dir(root.path().join(folder)).unwrap();
    }
    fs::set_permissions(root.path().join("run"), fs::Permissions::from_mode(0o700)).unwrap();
    let mut child = Command::new(env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture"])
        .env(HERE, root.path())
        .env("DBUS_SESSION_BUS_ADDRESS", bus_address(root.path()))
        .env("XDG_DATA_HOME", root.path().join("data"))
        .env("XDG_CONFIG_HOME", root.path().join("config"))
        .env("XDG_CACHE_HOME", root.path().join("cache"))
        .env("XDG_RUNTIME_DIR", root.path().join("run"))
        .env("HOME", root.path())
        .env_remove("GNOME_KEYRING_CONTROL")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .process_group(0)
        .spawn()
        .unwrap();
    let status = waited(&mut child, 3 * PATIENCE);
    // The group is the scenario's own: it, its bus and its keyring, should any be left.
    let group = format!("-{}", child.id());
    let _ = Command::new("kill")
        .args(["-KILL", "--", &group])
        .stderr(Stdio::null())
        .status();
    let _ = child.wait();
    let status = status.unwrap_or_else(|| panic!("{test} hung"));
    assert!(status.success(), "{test} failed: {status}");
    assert!(
        root.path().join("done").exists(),
        "no test is called {test}"
    );
}

fn is_installed(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn bus_address(root: &Path) -> String {
    format!("unix:path={}", root.join("bus").display())
}

fn waited(child: &mut Child, patience: Duration) -> Option<std::process::ExitStatus> {
    let start = Instant::now();
    while start.elapsed() < patience {
        if let Some(status) = child.try_wait().unwrap() {
            return Some(status);
        }
        thread::sleep(Duration::from_millis(10));
    }
    None
}

/// Waits until `so`, and fails the test if it never is.
pub(crate) fn until(what: &str, mut so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !so() {
        assert!(start.elapsed() < PATIENCE, "waited in vain until {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// Ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The session, from within.
pub(crate) struct Session {
    root: PathBuf,
    keyring: Option<Running>,
    bus: Option<Running>,
}

impl Session {
    fn at(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            keyring: None,
            bus: None,
        }
    }

    /// With a bus on which nothing starts by itself.
    pub(crate) fn with_bus(mut self) -> Self {
        let config = self.root.join("bus.conf");
        let address = bus_address(&self.root);
        fs::write(
            &config,
            format!(
                r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>{address}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>"#
            ),
        )
        .unwrap();
        let bus = Command::new("dbus-daemon")
            .arg(format!("--config-file={}", config.display()))
            .arg("--nofork")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        self.bus = Some(Running(bus));
        until("the bus answers", || {
            self.bus_call(&[
                "org.freedesktop.DBus",
                "/",
                "org.freedesktop.DBus.ListNames",
            ])
            .status
            .success()
        });
        self
    }

    /// With an open keyring.
    pub(crate) fn with_open_keyring(mut self) -> Self {
        self.start_keyring(true);
        self
    }

    /// With a keyring that nobody logged in to: it has no collection to put anything into.
    pub(crate) fn with_keyring_never_used(mut self) -> Self {
        self.start_keyring(false);
        self
    }

    pub(crate) fn start_keyring(&mut self, unlock: bool) {
        let mut keyring = Command::new("gnome-keyring-daemon");
        keyring.args(["--foreground", "--components=secrets"]);
        if unlock {
            keyring.arg("--unlock");
        }
        let mut keyring = keyring
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut stdin = keyring.stdin.take().unwrap();
        stdin.write_all(PASSWORD.as_bytes()).unwrap();
        drop(stdin);
        self.keyring = Some(Running(keyring));
        until("the keyring is on the bus", || {
            let asked = self.bus_call(&[
                "org.freedesktop.DBus",
                "/",
                "org.freedesktop.DBus.NameHasOwner",
                "string:org.freedesktop.secrets",
            ]);
            String::from_utf8_lossy(&asked.stdout).contains("true")
        });
    }

    pub(crate) fn kill_keyring(&mut self) {
        self.keyring = None;
    }

    pub(crate) fn lock(&self) {
        let locked = self.bus_call(&[
            "org.freedesktop.secrets",
            "/org/freedesktop/secrets",
            "org.freedesktop.Secret.Service.Lock",
            "array:objpath:/org/freedesktop/secrets/collection/login",
        ]);
        assert!(locked.status.success(), "{locked:?}");
    }

    /// As a login would: with the password, past any prompt.
    ///
    /// Source: gnome-keyring, `pam/gkr-pam-client.c` and `daemon/control/gkd-control-codes.h`.
    pub(crate) fn unlock(&self) {
        const UNLOCK: u32 = 1;
        let mut control = UnixStream::connect(self.root.join("run/keyring/control")).unwrap();
        let mut message = vec![0];
        let length = 4 + 4 + 4 + PASSWORD.len();
        for number in [u32::try_from(length).unwrap(), UNLOCK] {
            message.extend(number.to_be_bytes());
        }
        message.extend(u32::try_from(PASSWORD.len()).unwrap().to_be_bytes());
        message.extend(PASSWORD.as_bytes());
        control.write_all(&message).unwrap();
        let mut answer = [0; 8];
        control.read_exact(&mut answer).unwrap();
        assert_eq!(
            answer,
            [0, 0, 0, 8, 0, 0, 0, 0],
            "the password was not taken"
        );
    }

    fn bus_call(&self, call: &[&str]) -> Output {
        Command::new("dbus-send")
            .arg("--session")
            .arg("--print-reply")
            .arg(format!("--dest={}", call[0]))
            .args(&call[1..])
            .output()
            .unwrap()
    }

    /// What another program finds: the secret, if exactly that is there.
    pub(crate) fn seen_by_others(&self, key: &TokenKey) -> Option<String> {
        let found = Command::new("secret-tool")
            .args(["lookup", "service", SERVICE, "username", &key.store])
            .output()
            .unwrap();
        found
            .status
            .success()
            .then(|| String::from_utf8(found.stdout).unwrap())
    }

    /// Everything there is under our service, as another program describes it.
    pub(crate) fn described_by_others(&self) -> String {
        let found = Command::new("secret-tool")
            .args(["search", "--all", "service", SERVICE])
            .output()
            .unwrap();
        let text = [found.stdout, found.stderr].concat();
        String::from_utf8(text).unwrap()
    }

    /// Puts an entry in beside ours that our search finds too.
    pub(crate) fn put_beside(&self, key: &TokenKey, secret: &str, mark: &str) {
        let mut tool = Command::new("secret-tool")
            .args(["store", "--label=Beside"])
            .args(["service", SERVICE, "username", &key.store, "mark", mark])
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = tool.stdin.take().unwrap();
        stdin.write_all(secret.as_bytes()).unwrap();
        drop(stdin);
        assert!(tool.wait().unwrap().success());
    }

    /// Files of the session that hold `text` as it is.
    pub(crate) fn files_with(&self, text: &str) -> Vec<PathBuf> {
        let mut folders = vec![self.root.clone()];
        let mut found = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let entry = entry.unwrap();
                if entry.file_type().unwrap().is_dir() {
                    folders.push(entry.path());
                } else if fs::read(entry.path()).is_ok_and(|bytes| {
                    bytes
                        .windows(text.len())
                        .any(|window| window == text.as_bytes())
                }) {
                    found.push(entry.path());
                }
            }
        }
        found
    }
}

pub(crate) fn keychain() -> Keychain {
    Keychain::system(SERVICE)
}

pub(crate) fn key(store: &str) -> TokenKey {
    TokenKey {
        store: store.to_owned(),
        hash: "abc123".parse().unwrap(),
        opens: Opens::Api,
    }
}

//! Processes that end with the test that started them.

use std::{
    env, fs,
    fs::File,
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use crate::wait;

/// The built program `name`: in `STOCKROOM_BIN_DIR`, else beside the running test.
///
/// # Panics
/// If it isn't built.
#[must_use]
pub fn built(name: &str) -> PathBuf {
    let folder = match env::var_os("STOCKROOM_BIN_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => env::current_exe()
            .ok()
            // target/debug/deps/kills-0123 → target/debug
            .and_then(|test| test.parent()?.parent().map(Path::to_owned))
            .expect("a test runs from a folder"),
    };
    let program = folder.join(name);
    assert!(
        program.is_file(),
        "{} is not built: run `cargo build --workspace --bins --features bridge/development`",
        program.display()
    );
    program
}

/// Whether a program of the system is installed.
#[must_use]
pub fn is_installed(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// A process in a group of its own. It and all it started end when this is dropped, and also when
/// the test itself is killed.
///
/// Its output goes to files: a pipe would be held open by whatever it leaves behind.
#[derive(Debug)]
pub struct Running {
    name: String,
    child: Child,
    watchdog: Child,
    ended: Option<ExitStatus>,
    stdout: PathBuf,
    stderr: PathBuf,
}

impl Running {
    /// Starts `command`; what it says goes to files of its own, `NAME-NUMBER.out` and
    /// `NAME-NUMBER.err` in `folder`. `input` is all that it can read.
    ///
    /// # Panics
    /// If it can't be started.
    #[must_use]
    pub fn start(name: &str, command: &mut Command, folder: &Path, input: &[u8]) -> Self {
        static STARTED: AtomicU32 = AtomicU32::new(1);
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let path = |ending: &str| folder.join(format!("{name}-{number}.{ending}"));
        let (said, stdout, stderr) = (path("in"), path("out"), path("err"));
        let file = |path: &Path| {
            File::create(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        };
        fs::write(&said, input).expect("a test can write into its own folder");
        let child = command
            .process_group(0)
            .stdin(File::open(&said).expect("it was just written"))
            .stdout(file(&stdout))
            .stderr(file(&stderr))
            .spawn()
            .unwrap_or_else(|error| panic!("{name} can't be started: {error}"));
        // Open in the child already; a secret need not lie about.
        let _ = fs::remove_file(said);
        Self {
            name: name.to_owned(),
            watchdog: watchdog(child.id()),
            child,
            ended: None,
            stdout,
            stderr,
        }
    }

    /// Its process number, which is its group's too.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// How it ended, if it has.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        if self.ended.is_none() {
            self.ended = self.child.try_wait().expect("it is our child");
        }
        self.ended
    }

    /// Waits until it ends by itself.
    ///
    /// # Panics
    /// If it doesn't.
    pub fn wait_for_end(&mut self) -> ExitStatus {
        let what = format!("the end of {}", self.name);
        wait::until(&what, || self.ended())
    }

    /// Asks it to end, and waits.
    ///
    /// # Panics
    /// If it doesn't.
    pub fn stop(&mut self) -> ExitStatus {
        if self.ended().is_none() {
            signal("TERM", &self.child.id().to_string());
        }
        self.wait_for_end()
    }

    /// Stops it where it is, as the sleep of the whole computer does, until [`Running::wake`].
    ///
    /// # Panics
    /// If it doesn't stop.
    pub fn sleep(&self) {
        let id = self.child.id();
        signal("STOP", &id.to_string());
        wait::until(&format!("{} to stand still", self.name), || {
            let status = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
            // The state stands behind the name, which is in parentheses.
            let (_, state) = status.rsplit_once(')')?;
            state.trim_start().starts_with('T').then_some(())
        });
    }

    /// Lets it go on.
    pub fn wake(&self) {
        signal("CONT", &self.child.id().to_string());
    }

    /// Strikes it dead, with all it started, and waits for nothing: somebody may still be talking to it.
    pub fn strike(&self) {
        signal("KILL", &format!("-{}", self.child.id()));
    }

    /// Ends it and all it started, at once and without asking.
    pub fn kill(&mut self) -> ExitStatus {
        // Before it is reaped the number can't be another's.
        if self.ended().is_none() {
            signal("KILL", &format!("-{}", self.child.id()));
        }
        self.wait_for_end()
    }

    /// All it has said on standard output.
    #[must_use]
    pub fn stdout(&self) -> String {
        read(&self.stdout)
    }

    /// All it has said on standard error.
    #[must_use]
    pub fn stderr(&self) -> String {
        read(&self.stderr)
    }

    /// The first whole line of standard output that `wanted` accepts, or how it ended without one.
    ///
    /// # Errors
    /// Its end.
    ///
    /// # Panics
    /// If neither comes.
    pub fn line(&mut self, wanted: impl Fn(&str) -> bool) -> Result<String, ExitStatus> {
        let what = format!("the first line of {}", self.name);
        wait::until(&what, || {
            // Asked first: after the end there is nothing more to come.
            let ended = self.ended();
            let said = self.stdout();
            let whole = said
                .rsplit_once('\n')
                .and_then(|(whole, _)| whole.lines().find(|line| wanted(line)).map(str::to_owned));
            match (whole, ended) {
                (Some(line), _) => Some(Ok(line)),
                (None, Some(status)) => Some(Err(status)),
                (None, None) => None,
            }
        })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // First of all, because from here on the number may become another's.
        let _ = self.watchdog.kill();
        let _ = self.watchdog.wait();
        // The group may have outlived its first process. Its number is nobody else's as long as
        // one of it lives.
        signal("KILL", &format!("-{}", self.child.id()));
        let _ = wait::within(Duration::from_secs(5), || self.ended());
    }
}

/// Ends the group when the pipe from this process closes, however this process ends.
fn watchdog(group: u32) -> Child {
    let watchdog = Command::new("sh")
        .args([
            "-c",
            "read -r _; kill -KILL -- \"-$1\"",
            "watchdog",
            &group.to_string(),
        ])
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    watchdog.expect("every Unix has sh")
}

fn signal(name: &str, whom: &str) {
    let sent = Command::new("kill")
        .args([&format!("-{name}"), "--", whom])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    // Whoever is gone already needs none.
    let _ = sent;
}

fn read(path: &Path) -> String {
    let bytes = fs::read(path).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

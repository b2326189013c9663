//! The whole backend behind its HTTP door, in a process of its own that can be killed.

mod shop;

use std::{
    ffi::OsStr,
    io::{self, Read as _},
    os::unix::process::ExitStatusExt as _,
    path::Path,
    process::{Command, ExitStatus},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Duration,
};

use serde_json::{Value, json};

use crate::{
    desktop::Desktop,
    http,
    process::{Running, built},
    sandbox::Sandbox,
    small_disk::SmallDisk,
    wait,
};

/// A running bridge. It ends when this is dropped.
#[derive(Debug)]
pub struct Bridge {
    running: Running,
    origin: String,
    key: String,
    events: Arc<Mutex<Vec<u8>>>,
}

/// A bridge that ended before it served.
#[derive(Debug)]
pub struct Refused {
    /// How.
    pub status: ExitStatus,
    /// What it said on standard error.
    pub words: String,
}

impl Bridge {
    /// Starts one with that home and, unless it is `None`, that API origin.
    ///
    /// # Panics
    /// If it isn't built or doesn't start.
    #[must_use]
    pub fn start(
        desktop: &Desktop,
        home: &Path,
        origin: Option<&str>,
        extra: &[(&str, &str)],
    ) -> Self {
        Self::try_start(desktop, home, origin, extra)
            .unwrap_or_else(|refused| panic!("the bridge did not start: {refused:?}"))
    }

    /// Starts one, or says why it would not.
    ///
    /// # Errors
    /// [`Refused`].
    ///
    /// # Panics
    /// If it isn't built.
    pub fn try_start(
        desktop: &Desktop,
        home: &Path,
        origin: Option<&str>,
        extra: &[(&str, &str)],
    ) -> Result<Self, Refused> {
        let command = desktop.command(built("stockroom-bridge"));
        Self::run(desktop, command, home, origin, extra)
    }

    /// Starts one whose home is a small disk, or says why it would not.
    ///
    /// # Errors
    /// [`Refused`].
    ///
    /// # Panics
    /// If it isn't built.
    pub fn try_start_on(
        disk: &SmallDisk,
        desktop: &Desktop,
        home: &Path,
        origin: &str,
        extra: &[(&str, &str)],
    ) -> Result<Self, Refused> {
        let command = disk.command(desktop, &built("stockroom-bridge"));
        Self::run(desktop, command, home, Some(origin), extra)
    }

    fn run(
        desktop: &Desktop,
        mut command: Command,
        home: &Path,
        origin: Option<&str>,
        extra: &[(&str, &str)],
    ) -> Result<Self, Refused> {
        command.env("STOCKROOM_HOME", home);
        // Everything it has to say, so that a secret would show.
        command.env("STOCKROOM_LOG", "trace");
        if let Some(origin) = origin {
            command.env("STOCKROOM_API_ORIGIN", origin);
        }
        command.envs(extra.iter().map(|(name, value)| (name, OsStr::new(value))));
        let mut running = desktop.run("bridge", &mut command, b"");
        let address = running.line(|line| line.contains("\"url\""));
        let hello = address.map_err(|status| Refused {
            status,
            words: running.stderr(),
        })?;
        let hello: Value = serde_json::from_str(&hello).expect("it speaks JSON");
        let url = hello["url"].as_str().expect("it says where it is");
        let (origin, key) = url.split_once("/#key=").expect("the key is behind it");
        let mut bridge = Self {
            origin: origin.to_owned(),
            key: key.to_owned(),
            events: Arc::default(),
            running,
        };
        bridge.listen();
        Ok(bridge)
    }

    /// Its page, with the key behind `#`.
    #[must_use]
    pub fn page(&self) -> String {
        format!("{}/#key={}", self.origin, self.key)
    }

    /// Keeps every event in memory until it ends.
    fn listen(&mut self) {
        let headers = [("x-stockroom-bridge", self.key.as_str())];
        let mut stream = match http::open("GET", &self.origin, "/events", &headers, None) {
            Ok(stream) => stream,
            // It may be made to end as soon as it has said where it is.
            Err(error) => {
                wait::until(&format!("the end of a bridge that says {error}"), || {
                    self.running.ended()
                });
                return;
            }
        };
        let events = Arc::clone(&self.events);
        // Ends when the bridge does.
        thread::spawn(move || {
            let mut some = [0; 4096];
            loop {
                match stream.read(&mut some) {
                    Ok(0) => return,
                    Ok(read) => events
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .extend(&some[..read]),
                    // It may be quiet for long.
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                    Err(_) => return,
                }
            }
        });
    }

    /// All events so far, as they came.
    #[must_use]
    pub fn events(&self) -> String {
        let events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&events).into_owned()
    }

    /// Fails if any event ever told of a trouble.
    ///
    /// # Panics
    /// Then.
    pub fn told_of_no_trouble(&self) {
        for line in self.events().lines() {
            let Some(event) = line.strip_prefix("data:") else {
                continue;
            };
            let event: Value = serde_json::from_str(event).expect("an event is JSON");
            assert_eq!(event["state"]["trouble"], Value::Null, "{event:#}");
        }
    }

    /// Calls a command: its answer, or the error the window would act on.
    ///
    /// # Errors
    /// The error as JSON, with its `code`.
    ///
    /// # Panics
    /// If the bridge is gone.
    pub fn call(&self, command: &str, input: Value) -> Result<Value, Value> {
        self.ask(command, input)
            .unwrap_or_else(|error| panic!("{command}: the bridge is gone: {error}"))
    }

    /// Calls a command during which the bridge may end.
    ///
    /// # Errors
    /// That it ended.
    ///
    /// # Panics
    /// If it answers something that is not JSON.
    pub fn ask(&self, command: &str, input: Value) -> io::Result<Result<Value, Value>> {
        let path = format!("/call/{command}");
        let headers = [("x-stockroom-bridge", self.key.as_str())];
        let input = input.to_string();
        let answer = http::send("POST", &self.origin, &path, &headers, Some(&input))?;
        let value =
            serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{command}: {answer:?}"));
        Ok(match answer.status {
            200 => Ok(value),
            _ => Err(value),
        })
    }

    /// Calls a command that has to work.
    ///
    /// # Panics
    /// If it doesn't.
    #[must_use]
    pub fn get(&self, command: &str, input: Value) -> Value {
        self.call(command, input.clone())
            .unwrap_or_else(|error| panic!("{command} {input}: {error}"))
    }

    /// Calls a command that has to work and answers nothing of interest.
    ///
    /// # Panics
    /// If it doesn't work.
    pub fn tell(&self, command: &str, input: Value) {
        let _ = self.get(command, input);
    }

    /// How a store is doing.
    #[must_use]
    pub fn state(&self, store: &str) -> Value {
        self.get("store_state", json!({ "store": store }))
    }

    /// Waits until a store is as wanted, and gives how it is doing then.
    ///
    /// # Panics
    /// If it never is; the last state is in the sentence.
    pub fn wait_for(&self, store: &str, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let mut last = Value::Null;
        let found = wait::within(wait::PATIENCE, || {
            last = self.state(store);
            wanted(&last).then(|| last.clone())
        });
        found.unwrap_or_else(|| panic!("waited in vain for {what}; last: {last:#}"))
    }

    /// Waits until a store is whole here and its background work rests.
    ///
    /// # Panics
    /// If it never does.
    pub fn wait_for_rest(&self, store: &str) -> Value {
        self.wait_for(store, "the pull to end", |state| {
            state["phase"] == "idle" && !state["refreshedAt"].is_null()
        })
    }

    /// Takes the sandbox's address and token into memory: the attempt.
    #[must_use]
    pub fn begin(&self, sandbox: &Sandbox) -> String {
        self.begin_with(sandbox.hash(), sandbox.token())
    }

    /// Takes an address and a token into memory: the attempt.
    ///
    /// # Panics
    /// If they are refused.
    #[must_use]
    pub fn begin_with(&self, address: &str, token: &str) -> String {
        let typed = json!({ "kind": "typed", "token": token });
        let handed = self.hand(address, "everything", typed);
        assert_eq!(handed["mistakes"], json!([]), "{handed:#}");
        text(&handed["attempt"]["attempt"])
    }

    /// Hands credentials over: what was found in them. `from` is `{"kind": "clipboard"}` and its
    /// like.
    ///
    /// # Panics
    /// If they could not even be read.
    #[must_use]
    pub fn hand(&self, address: &str, preset: &str, from: Value) -> Value {
        let begin = json!({ "address": address, "preset": preset, "from": from });
        self.get("connect_begin", begin)
    }

    /// Something happens at the desk where the browser stands: `{"copy": "…"}`, `{"choose": FILE}`,
    /// `{"hold": true}` or `{"drop": FILE}`.
    ///
    /// # Panics
    /// If the bridge doesn't know such a thing.
    pub fn happens(&self, deed: Value) {
        let answer = self.at_the_desk("POST", Some(deed.to_string()));
        assert_eq!(answer.status, 204, "{deed}: {answer:?}");
    }

    /// What the clipboard at that desk holds.
    #[must_use]
    pub fn clipboard(&self) -> String {
        self.at_the_desk("GET", None).body
    }

    fn at_the_desk(&self, method: &str, body: Option<String>) -> http::Answer {
        let headers = [("x-stockroom-bridge", self.key.as_str())];
        http::send(method, &self.origin, "/desk", &headers, body.as_deref())
            .unwrap_or_else(|error| panic!("the bridge is gone: {error}"))
    }

    /// Checks an attempt.
    pub fn check(&self, attempt: &str) -> Value {
        self.get("connect_check", json!({ "attempt": attempt }))
    }

    /// Saves a checked attempt.
    ///
    /// # Errors
    /// As the command.
    pub fn save(&self, attempt: &str, safety: &str, until_quit: bool) -> Result<Value, Value> {
        self.call(
            "connect_save",
            json!({
                "attempt": attempt, "name": "Northfold", "color": "spruce",
                "safety": safety, "untilQuit": until_quit,
            }),
        )
    }

    /// Saves a checked attempt, which is the end of a bridge that was started to be killed there.
    ///
    /// # Panics
    /// If it ends in another way.
    pub fn is_killed_saving(&mut self, attempt: &str) {
        self.is_killed_saving_as(attempt, false);
    }

    /// The same, where the token is to be kept in memory only.
    ///
    /// # Panics
    /// If it isn't.
    pub fn is_killed_saving_until_quit(&mut self, attempt: &str) {
        self.is_killed_saving_as(attempt, true);
    }

    fn is_killed_saving_as(&mut self, attempt: &str, until_quit: bool) {
        let save = json!({
            "attempt": attempt, "name": "Northfold", "color": "spruce", "safety": "askRisky",
            "untilQuit": until_quit,
        });
        let _ = self.ask("connect_save", save);
        let end = self.wait_for_end();
        assert_eq!(end.signal(), Some(9), "{end}");
    }

    /// Connects the sandbox in the usual way: the store's key. Its first pull has only begun.
    ///
    /// # Panics
    /// If that doesn't work.
    #[must_use]
    pub fn connect(&self, sandbox: &Sandbox) -> String {
        let attempt = self.begin(sandbox);
        let report = self.check(&attempt);
        assert_eq!(report["canSave"], true, "{report:#}");
        let saved = self.save(&attempt, "askRisky", false);
        text(&saved.unwrap_or_else(|error| panic!("connect_save: {error}"))["key"])
    }

    /// Asks it to end, and waits.
    pub fn stop(&mut self) -> ExitStatus {
        self.running.stop()
    }

    /// Stops it where it is, as the sleep of the whole computer does, until [`Bridge::wake`].
    pub fn sleep(&self) {
        self.running.sleep();
    }

    /// Lets it go on.
    pub fn wake(&self) {
        self.running.wake();
    }

    /// Kills it on the spot.
    pub fn kill(&mut self) -> ExitStatus {
        self.running.kill()
    }

    /// Kills it while somebody waits for its answer; [`Bridge::kill`] afterwards waits for its end.
    pub fn strike(&self) {
        self.running.strike();
    }

    /// Waits until it ends by itself.
    pub fn wait_for_end(&mut self) -> ExitStatus {
        self.running.wait_for_end()
    }

    /// Waits until it ends by itself, but no longer than that.
    pub fn ends_within(&mut self, time: Duration) -> Option<ExitStatus> {
        wait::within(time, || self.running.ended())
    }

    /// Its process number.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.running.id()
    }

    /// All it has said, on standard output and standard error.
    #[must_use]
    pub fn said(&self) -> String {
        self.running.stdout() + &self.running.stderr()
    }
}

/// A JSON text.
///
/// # Panics
/// If it is something else.
#[must_use]
pub fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value} is no text"))
        .to_owned()
}

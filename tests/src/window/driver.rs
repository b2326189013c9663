//! A thin WebDriver client, over the driver that WebKitGTK brings along.

use std::{fmt, fs, path::Path};

use serde_json::{Value, json};

use crate::{desktop::Desktop, http, port::Port, process::Running, wait};

/// The key under which WebDriver names an element.
///
/// Source: W3C WebDriver, "Elements".
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// An element of the page.
#[derive(Clone, Debug)]
pub(super) struct Element(String);

impl Element {
    /// As an argument for a script.
    pub(super) fn argument(&self) -> Value {
        json!({ ELEMENT: self.0 })
    }

    fn of(value: &Value) -> Option<Self> {
        Some(Self(value[ELEMENT].as_str()?.to_owned()))
    }
}

/// What the driver said no with: its code and its words.
#[derive(Debug)]
pub(super) struct Refused(String);

impl Refused {
    /// The element was there a moment ago.
    pub(super) fn is_stale(&self) -> bool {
        self.0.starts_with("stale element reference")
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A running driver with the program that it has opened. Both end with it.
pub(super) struct Driver {
    process: Running,
    origin: String,
    session: String,
    _port: Port,
}

impl Driver {
    /// Starts a driver and lets it open `program`, which inherits its environment.
    pub(super) fn open(
        desktop: &Desktop,
        program: &Path,
        arguments: &[String],
        variables: &[(String, std::ffi::OsString)],
    ) -> Self {
        let mut command = desktop.command("WebKitWebDriver");
        let port = Port::take();
        let number = port.number();
        command.args(["--host=127.0.0.1", &format!("--port={number}")]);
        command.env("TAURI_WEBVIEW_AUTOMATION", "true");
        // A page of a test lives for seconds; compiling its scripts for speed would take a fifth of what it takes in all.
        command.env("JSC_useDFGJIT", "0");
        command.envs(variables.iter().map(|(name, value)| (name, value)));
        let mut driver = Self {
            process: desktop.run("window", &mut command, b""),
            origin: format!("http://127.0.0.1:{number}"),
            session: String::new(),
            _port: port,
        };
        wait::until("the driver", || driver.ask("GET", "/status", None).ok());
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "webkitgtk:browserOptions": { "binary": program, "args": arguments },
        } } });
        let session = driver
            .ask("POST", "/session", Some(&wanted))
            .unwrap_or_else(|refused| {
                let said = driver.process.stderr();
                panic!("{} does not open: {refused}\n{said}", program.display())
            });
        let id = session["sessionId"].as_str();
        driver.session = format!("/session/{}", id.expect("a session has an id"));
        driver
    }

    /// The process id of the program, for as long as it runs.
    pub(super) fn program(&self) -> Option<u32> {
        let ours = format!("PPid:\t{}\n", self.process.id());
        let processes = fs::read_dir("/proc").expect("this is Linux");
        processes.filter_map(Result::ok).find_map(|entry| {
            let id: u32 = entry.file_name().to_str()?.parse().ok()?;
            let status = fs::read_to_string(entry.path().join("status")).ok()?;
            // One that has ended but was not waited for is gone, too.
            (status.contains(&ours) && !status.contains("State:\tZ")).then_some(id)
        })
    }

    /// Goes to an address, and waits until its page is loaded.
    pub(super) fn go_to(&self, address: &str) -> Result<(), Refused> {
        let body = json!({ "url": address });
        self.in_session("POST", "/url", Some(&body)).map(drop)
    }

    /// Runs a script in the page.
    pub(super) fn run(&self, script: &str, arguments: &[Value]) -> Result<Value, Refused> {
        let body = json!({ "script": script, "args": arguments });
        self.in_session("POST", "/execute/sync", Some(&body))
    }

    /// Runs a script that gives its answer to the function that it finds as its last argument.
    pub(super) fn run_later(&self, script: &str, arguments: &[Value]) -> Result<Value, Refused> {
        let body = json!({ "script": script, "args": arguments });
        self.in_session("POST", "/execute/async", Some(&body))
    }

    /// The elements that a script gives.
    pub(super) fn elements(
        &self,
        script: &str,
        arguments: &[Value],
    ) -> Result<Vec<Element>, Refused> {
        let found = self.run(script, arguments)?;
        let found = found.as_array().cloned().unwrap_or_default();
        Ok(found.iter().filter_map(Element::of).collect())
    }

    pub(super) fn click(&self, element: &Element) -> Result<(), Refused> {
        let path = format!("/element/{}/click", element.0);
        self.in_session("POST", &path, Some(&json!({}))).map(drop)
    }

    /// Types into an element, at the end of what is there.
    pub(super) fn type_into(&self, element: &Element, text: &str) -> Result<(), Refused> {
        let path = format!("/element/{}/value", element.0);
        let body = json!({ "text": text });
        self.in_session("POST", &path, Some(&body)).map(drop)
    }

    /// Role and name as WebKit's own accessibility tree has them.
    pub(super) fn role_and_name(&self, element: &Element) -> Result<(String, String), Refused> {
        let part = |what: &str| {
            let path = format!("/element/{}/{what}", element.0);
            let value = self.in_session("GET", &path, None)?;
            Ok(value.as_str().unwrap_or_default().to_owned())
        };
        Ok((part("computedrole")?, part("computedlabel")?))
    }

    /// Presses and releases keys, each while the ones before it are held; `Enter` and its like are
    /// WebDriver's code points.
    pub(super) fn press(&self, keys: &[String]) -> Result<(), Refused> {
        let down = keys
            .iter()
            .map(|key| json!({ "type": "keyDown", "value": key }));
        let up = keys
            .iter()
            .rev()
            .map(|key| json!({ "type": "keyUp", "value": key }));
        self.with_keyboard(down.chain(up).collect())
    }

    /// Presses and releases the key of each letter, one after the other.
    pub(super) fn press_one_by_one(&self, text: &str) -> Result<(), Refused> {
        let presses = text.chars().flat_map(|letter| {
            ["keyDown", "keyUp"].map(|way| json!({ "type": way, "value": letter }))
        });
        self.with_keyboard(presses.collect())
    }

    fn with_keyboard(&self, actions: Vec<Value>) -> Result<(), Refused> {
        let body = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] });
        self.in_session("POST", "/actions", Some(&body)).map(drop)
    }

    /// Moves the pointer to the middle of an element.
    ///
    /// Source: W3C WebDriver, "Pointer input source"; also of the two below.
    pub(super) fn point(&self, element: &Element) -> Result<(), Refused> {
        let to = json!({ "type": "pointerMove", "duration": 0, "x": 0, "y": 0,
            "origin": element.argument() });
        self.with_pointer(&json!([to]))
    }

    /// Presses the mouse where the pointer is, and lets go.
    pub(super) fn press_pointer(&self) -> Result<(), Refused> {
        let down = json!({ "type": "pointerDown", "button": 0 });
        let up = json!({ "type": "pointerUp", "button": 0 });
        self.with_pointer(&json!([down, up]))
    }

    fn with_pointer(&self, actions: &Value) -> Result<(), Refused> {
        let body = json!({ "actions": [{ "type": "pointer", "id": "mouse",
            "parameters": { "pointerType": "mouse" }, "actions": actions }] });
        self.in_session("POST", "/actions", Some(&body)).map(drop)
    }

    pub(super) fn resize(&self, width: u32, height: u32) -> Result<(), Refused> {
        let body = json!({ "width": width, "height": height });
        self.in_session("POST", "/window/rect", Some(&body))
            .map(drop)
    }

    fn in_session(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, Refused> {
        self.ask(method, &format!("{}{path}", self.session), body)
    }

    fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, Refused> {
        let body = body.map(ToString::to_string);
        let answer = http::send(method, &self.origin, path, &[], body.as_deref())
            .map_err(|error| Refused(format!("no answer from the driver: {error}")))?;
        let mut answer: Value = serde_json::from_str(&answer.body)
            .map_err(|_| Refused(format!("the driver speaks no JSON: {}", answer.body)))?;
        let value = answer["value"].take();
        match value["error"].as_str() {
            Some(code) => {
                let words = value["message"].as_str().unwrap_or_default();
                Err(Refused(format!("{code} {words}")))
            }
            None => Ok(value),
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The program first, or it would lose its screen before its end.
        if !self.session.is_empty() {
            let _ = self.ask("DELETE", &self.session, None);
        }
    }
}

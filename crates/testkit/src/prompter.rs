//! Stands where the desktop's window for passwords would be: shows nothing, counts, and does what a person may.
//!
//! Source: gcr, `gcr/org.gnome.keyring.Prompter.xml`.

mod secret;

use std::{
    collections::HashMap,
    env,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use zbus::{
    Connection, blocking,
    message::{Builder, Header, Message},
    zvariant::{OwnedObjectPath, OwnedValue, Value},
};

/// Later than our answer to the keyring's own call: it drops what comes before that.
pub const SOON: Duration = Duration::from_millis(50);

/// What the person does whom the keyring asks for a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Person {
    /// Looks away.
    Ignores,
    /// Presses *Cancel*, after a while; never before [`SOON`].
    RefusesAfter(Duration),
    /// Gives this password, or chooses it where a new one is asked for, after [`SOON`].
    Answers(&'static str),
}

/// Sits at a session's bus until it is dropped.
#[derive(Debug)]
pub struct Prompter {
    _bus: blocking::Connection,
    seen: Arc<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    shown: AtomicUsize,
    answered: AtomicUsize,
}

impl Prompter {
    /// Sits down at the bus of this address, such as `unix:path=/run/bus`.
    ///
    /// # Panics
    /// If there is no bus, or somebody sits there already.
    #[must_use]
    pub fn at(address: &str, person: Person) -> Self {
        let seen: Arc<Seen> = Arc::default();
        let window = Window {
            person,
            seen: Arc::clone(&seen),
        };
        let bus = blocking::connection::Builder::address(address)
            .and_then(|bus| bus.name("org.gnome.keyring.SystemPrompter"))
            .and_then(|bus| bus.serve_at("/org/gnome/keyring/Prompter", window))
            .and_then(blocking::connection::Builder::build)
            .expect("there is a bus, and nobody who asks for passwords");
        Self { _bus: bus, seen }
    }

    /// Sits down at the bus of the session that this program runs in.
    ///
    /// # Panics
    /// If there is none, or somebody sits there already.
    #[must_use]
    pub fn here(person: Person) -> Self {
        let address = env::var("DBUS_SESSION_BUS_ADDRESS").expect("this session has a bus");
        Self::at(&address, person)
    }

    /// How often the window came up.
    #[must_use]
    pub fn shown(&self) -> usize {
        self.seen.shown.load(Ordering::SeqCst)
    }

    /// How often the person answered it.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.seen.answered.load(Ordering::SeqCst)
    }
}

struct Window {
    person: Person,
    seen: Arc<Seen>,
}

#[zbus::interface(name = "org.gnome.keyring.internal.Prompter")]
impl Window {
    async fn begin_prompting(
        &self,
        callback: OwnedObjectPath,
        #[zbus(connection)] bus: &Connection,
        #[zbus(header)] header: Header<'_>,
    ) {
        let call = ready(&header, callback, "", "");
        send(bus, call, SOON, || {});
    }

    async fn perform_prompt(
        &self,
        callback: OwnedObjectPath,
        _kind: String,
        _properties: HashMap<String, OwnedValue>,
        exchange: String,
        #[zbus(connection)] bus: &Connection,
        #[zbus(header)] header: Header<'_>,
    ) {
        self.seen.shown.fetch_add(1, Ordering::SeqCst);
        let (call, a_while) = match self.person {
            Person::Ignores => return,
            Person::RefusesAfter(a_while) => {
                (ready(&header, callback, "no", &exchange), a_while.max(SOON))
            }
            Person::Answers(password) => {
                let told = secret::tell(password, &exchange);
                (ready(&header, callback, "yes", &told), SOON)
            }
        };
        let seen = Arc::clone(&self.seen);
        send(bus, call, a_while, move || {
            seen.answered.fetch_add(1, Ordering::SeqCst);
        });
    }

    async fn stop_prompting(
        &self,
        callback: OwnedObjectPath,
        #[zbus(connection)] bus: &Connection,
        #[zbus(header)] header: Header<'_>,
    ) {
        let call = callback_of(&header, callback, "PromptDone", |call| call.build(&()));
        send(bus, call, SOON, || {});
    }
}

fn ready(header: &Header<'_>, path: OwnedObjectPath, reply: &str, exchange: &str) -> Message {
    let mut properties: HashMap<&str, Value<'_>> = HashMap::new();
    if reply == "yes" {
        // Without it a new password is taken for an empty one, and the keyring asks again. gcr reads a value in a
        // value.
        let strength = Value::Value(Box::new(Value::I32(1)));
        properties.insert("password-strength", strength);
    }
    let body = (reply, properties, exchange);
    callback_of(header, path, "PromptReady", |call| call.build(&body))
}

/// A call of whoever called us.
fn callback_of(
    header: &Header<'_>,
    path: OwnedObjectPath,
    name: &str,
    build: impl FnOnce(Builder<'_>) -> zbus::Result<Message>,
) -> Message {
    let sender = header.sender().expect("a bus names who calls").to_owned();
    Message::method_call(path, name)
        .and_then(|call| call.destination(sender))
        .and_then(|call| call.interface("org.gnome.keyring.internal.Prompter.Callback"))
        .and_then(build)
        .expect("it is a call like any")
}

fn send(bus: &Connection, call: Message, after: Duration, sent: impl FnOnce() + Send + 'static) {
    let bus = bus.clone();
    thread::spawn(move || {
        // Part of what is pretended, as a person is never faster; no test waits by it.
        thread::sleep(after);
        // A keyring that has gone meanwhile needs no answer.
        if zbus::block_on(bus.send(&call)).is_ok() {
            sent();
        }
    });
}

//! Stands where the desktop's password window would be, and writes down when it is called.
//!
//! Source: gcr, `gcr/org.gnome.keyring.Prompter.xml`.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use zbus::{
    Connection,
    message::Header,
    zvariant::{OwnedObjectPath, OwnedValue, Value},
};

/// Later than our answer to the keyring's own call: it drops what comes before that.
pub(crate) const SOON: Duration = Duration::from_millis(50);

/// What the person does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Person {
    /// Looks away.
    Ignores,
    /// Presses *Cancel*, after a while.
    RefusesAfter(Duration),
}

/// How often a window came up and was answered.
#[derive(Clone, Default)]
pub(crate) struct Seen {
    pub(crate) shown: Arc<AtomicUsize>,
    pub(crate) answered: Arc<AtomicUsize>,
}

impl Seen {
    pub(crate) fn shown(&self) -> usize {
        self.shown.load(Ordering::SeqCst)
    }

    pub(crate) fn answered(&self) -> usize {
        self.answered.load(Ordering::SeqCst)
    }
}

struct Window {
    person: Person,
    seen: Seen,
}

type Properties = HashMap<String, OwnedValue>;

#[zbus::interface(name = "org.gnome.keyring.internal.Prompter")]
impl Window {
    async fn begin_prompting(
        &self,
        callback: OwnedObjectPath,
        #[zbus(connection)] bus: &Connection,
        #[zbus(header)] header: Header<'_>,
    ) {
        ready(bus, &header, callback, "", "", SOON, Arc::default());
    }

    async fn perform_prompt(
        &self,
        callback: OwnedObjectPath,
        _kind: String,
        _properties: Properties,
        exchange: String,
        #[zbus(connection)] bus: &Connection,
        #[zbus(header)] header: Header<'_>,
    ) {
        self.seen.shown.fetch_add(1, Ordering::SeqCst);
        if let Person::RefusesAfter(a_while) = self.person {
            let answered = Arc::clone(&self.seen.answered);
            ready(bus, &header, callback, "no", &exchange, a_while, answered);
        }
    }

    async fn stop_prompting(
        &self,
        callback: OwnedObjectPath,
        #[zbus(connection)] bus: &Connection,
        #[zbus(header)] header: Header<'_>,
    ) {
        call_back(
            bus,
            &header,
            callback,
            "PromptDone",
            &(),
            SOON,
            Arc::default(),
        );
    }
}

fn ready(
    bus: &Connection,
    header: &Header<'_>,
    callback: OwnedObjectPath,
    reply: &str,
    exchange: &str,
    after: Duration,
    sent: Arc<AtomicUsize>,
) {
    let properties: HashMap<&str, Value<'_>> = HashMap::new();
    let body = (reply, properties, exchange);
    call_back(bus, header, callback, "PromptReady", &body, after, sent);
}

/// Calls the keyring back.
fn call_back<B>(
    bus: &Connection,
    header: &Header<'_>,
    path: OwnedObjectPath,
    name: &str,
    body: &B,
    after: Duration,
    sent: Arc<AtomicUsize>,
) where
    B: serde::Serialize + zbus::zvariant::DynamicType,
{
    let message = zbus::Message::method_call(path, name)
        .unwrap()
        .destination(header.sender().unwrap().to_owned())
        .unwrap()
        .interface("org.gnome.keyring.internal.Prompter.Callback")
        .unwrap()
        .build(body)
        .unwrap();
    let bus = bus.clone();
    thread::spawn(move || {
        thread::sleep(after);
        zbus::block_on(bus.send(&message)).unwrap();
        sent.fetch_add(1, Ordering::SeqCst);
    });
}

/// Puts the window onto the session's bus for as long as the connection lives.
pub(crate) async fn sit(person: Person) -> (Connection, Seen) {
    let seen = Seen::default();
    let window = Window {
        person,
        seen: seen.clone(),
    };
    let bus = zbus::connection::Builder::session()
        .unwrap()
        .name("org.gnome.keyring.SystemPrompter")
        .unwrap()
        .serve_at("/org/gnome/keyring/Prompter", window)
        .unwrap()
        .build()
        .await
        .unwrap();
    (bus, seen)
}

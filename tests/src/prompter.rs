//! Somebody at the desk who presses *Cancel* whenever the keyring asks for a password.
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
    Connection, blocking,
    message::{Builder, Header, Message},
    zvariant::{OwnedObjectPath, OwnedValue, Value},
};

use crate::desktop::Desktop;

/// Later than our answer to the keyring's own call: it drops what comes before that.
const SOON: Duration = Duration::from_millis(50);

/// Sits there until it is dropped.
#[derive(Debug)]
pub struct Refuser {
    _bus: blocking::Connection,
    refused: Arc<AtomicUsize>,
}

impl Refuser {
    /// Sits down at this desktop.
    ///
    /// # Panics
    /// If it has no bus, or somebody sits there already.
    #[must_use]
    pub fn at(desktop: &Desktop) -> Self {
        let refused = Arc::default();
        let window = Window {
            refused: Arc::clone(&refused),
        };
        let bus = blocking::connection::Builder::address(desktop.bus_address().as_str())
            .and_then(|bus| bus.name("org.gnome.keyring.SystemPrompter"))
            .and_then(|bus| bus.serve_at("/org/gnome/keyring/Prompter", window))
            .and_then(blocking::connection::Builder::build)
            .expect("the desktop has a bus, and nobody who asks for passwords");
        Self { _bus: bus, refused }
    }

    /// How often *Cancel* was pressed.
    #[must_use]
    pub fn refused(&self) -> usize {
        self.refused.load(Ordering::SeqCst)
    }
}

struct Window {
    refused: Arc<AtomicUsize>,
}

#[zbus::interface(name = "org.gnome.keyring.internal.Prompter")]
impl Window {
    async fn begin_prompting(
        &self,
        callback: OwnedObjectPath,
        #[zbus(connection)] bus: &Connection,
        #[zbus(header)] header: Header<'_>,
    ) {
        ready(bus, &header, callback, "", "");
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
        self.refused.fetch_add(1, Ordering::SeqCst);
        ready(bus, &header, callback, "no", &exchange);
    }

    async fn stop_prompting(
        &self,
        callback: OwnedObjectPath,
        #[zbus(connection)] bus: &Connection,
        #[zbus(header)] header: Header<'_>,
    ) {
        call_back(bus, &header, callback, "PromptDone", |call| call.build(&()));
    }
}

fn ready(
    bus: &Connection,
    header: &Header<'_>,
    callback: OwnedObjectPath,
    reply: &str,
    exchange: &str,
) {
    let properties: HashMap<&str, Value<'_>> = HashMap::new();
    let body = (reply, properties, exchange);
    call_back(bus, header, callback, "PromptReady", |call| {
        call.build(&body)
    });
}

/// Calls the keyring back.
fn call_back(
    bus: &Connection,
    header: &Header<'_>,
    path: OwnedObjectPath,
    name: &str,
    build: impl FnOnce(Builder<'_>) -> zbus::Result<Message>,
) {
    let Some(sender) = header.sender() else {
        return;
    };
    let message = Message::method_call(path, name)
        .and_then(|call| call.destination(sender.to_owned()))
        .and_then(|call| call.interface("org.gnome.keyring.internal.Prompter.Callback"))
        .and_then(build)
        .expect("it is a call like any");
    let bus = bus.clone();
    thread::spawn(move || {
        // Part of what is pretended, as a person is never faster; no test waits for it.
        thread::sleep(SOON);
        // A keyring that has gone meanwhile needs no answer.
        let _ = zbus::block_on(bus.send(&message));
    });
}

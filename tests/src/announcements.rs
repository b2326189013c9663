//! What a desktop has for announcements: it takes them over the bus, and a test can press one.
//!
//! Source: freedesktop.org, "Desktop Notifications Specification", version 1.3.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use zbus::{
    blocking::{Connection, connection::Builder},
    zvariant::OwnedValue,
};

use crate::{desktop::Desktop, wait};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
/// Why an announcement is gone.
const BY_THE_PERSON: u32 = 2;

/// An announcement as it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// What it was called by the answer.
    pub id: u32,
    /// The one in whose place it was to be shown; 0 for none.
    pub replaces: u32,
    /// The program that says it.
    pub program: String,
    /// Its first line.
    pub title: String,
    /// Its text, in which the desktop may read markup.
    pub body: String,
    /// What can be pressed: a key and its label, in turn.
    pub actions: Vec<String>,
}

/// The service of a desktop that shows announcements. It ends when this is dropped.
pub struct Announcements {
    connection: Connection,
    taken: Arc<Mutex<Vec<Announcement>>>,
}

struct Service {
    taken: Arc<Mutex<Vec<Announcement>>>,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Service {
    fn get_capabilities(&self) -> Vec<String> {
        ["actions", "body", "body-markup"]
            .map(str::to_owned)
            .to_vec()
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        let own = ["a test", "Stockroom", "1", "1.3"].map(str::to_owned);
        own.into()
    }

    #[expect(clippy::too_many_arguments, reason = "the specification's own")]
    fn notify(
        &self,
        app_name: String,
        replaces_id: u32,
        _app_icon: String,
        summary: String,
        body: String,
        actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _expire_timeout: i32,
    ) -> u32 {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let next = u32::try_from(taken.len()).unwrap_or(u32::MAX) + 41;
        let id = if replaces_id == 0 { next } else { replaces_id };
        taken.push(Announcement {
            id,
            replaces: replaces_id,
            program: app_name,
            title: summary,
            body,
            actions,
        });
        id
    }

    fn close_notification(&self, _id: u32) {}
}

impl Announcements {
    /// Begins to show them on this desktop.
    ///
    /// # Panics
    /// Without a bus, or if somebody does already.
    #[must_use]
    pub fn on(desktop: &Desktop) -> Self {
        let taken = Arc::<Mutex<Vec<Announcement>>>::default();
        let service = Service {
            taken: Arc::clone(&taken),
        };
        let connection = Builder::address(desktop.bus_address().as_str())
            .and_then(|builder| builder.serve_at(PATH, service))
            .and_then(|builder| builder.name(NAME))
            .and_then(Builder::build);
        Self {
            connection: connection.expect("the desktop has a bus"),
            taken,
        }
    }

    /// All that came in so far.
    #[must_use]
    pub fn all(&self) -> Vec<Announcement> {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.clone()
    }

    /// Waits until so many have come in, and gives the last one.
    #[must_use]
    pub fn wait_for(&self, count: usize) -> Announcement {
        wait::until(&format!("announcement {count}"), || {
            let all = self.all();
            (all.len() >= count).then(|| all.last().cloned()).flatten()
        })
    }

    /// The person presses one.
    ///
    /// # Panics
    /// If the bus is gone.
    pub fn press(&self, announcement: &Announcement) {
        let pressed = (announcement.id, "default");
        self.connection
            .emit_signal(None::<&str>, PATH, NAME, "ActionInvoked", &pressed)
            .expect("the bus takes signals");
    }

    /// The person puts one away unpressed.
    ///
    /// # Panics
    /// If the bus is gone.
    pub fn put_away(&self, announcement: &Announcement) {
        let closed = (announcement.id, BY_THE_PERSON);
        self.connection
            .emit_signal(None::<&str>, PATH, NAME, "NotificationClosed", &closed)
            .expect("the bus takes signals");
    }
}

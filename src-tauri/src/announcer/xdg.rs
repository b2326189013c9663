//! Over the session bus.
//!
//! Source: freedesktop.org, "Desktop Notifications Specification", version 1.3.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    thread,
};

use surface::Announcement;
use zbus::{
    blocking::{Connection, Proxy},
    zvariant::Value,
};

use super::OnPress;

const SERVICE: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
/// The action that a press on the whole of it stands for.
const PRESS: &str = "default";
/// As long as the desktop shows such things.
const USUAL_TIME: i32 = -1;

pub(super) struct System {
    on_press: OnPress,
    /// What the service calls the announcement of each store.
    shown: Arc<Mutex<HashMap<String, u32>>>,
    proxy: OnceLock<Proxy<'static>>,
}

impl System {
    pub(super) fn new(on_press: OnPress) -> Self {
        Self {
            on_press,
            shown: Arc::default(),
            proxy: OnceLock::new(),
        }
    }

    /// Shows it in the place of an earlier one of the same store.
    pub(super) fn say(&self, announcement: &Announcement) -> zbus::Result<()> {
        let proxy = self.proxy()?;
        let earlier = locked(&self.shown).get(&announcement.store).copied();
        let hints: HashMap<&str, Value<'_>> = HashMap::from([
            ("desktop-entry", Value::from("Stockroom")),
            // Of normal urgency.
            ("urgency", Value::from(1_u8)),
        ]);
        let id: u32 = proxy.call(
            "Notify",
            &(
                "Stockroom",
                earlier.unwrap_or_default(),
                "stockroom",
                announcement.title.as_str(),
                without_markup(&announcement.body),
                vec![PRESS, announcement.press.as_str()],
                hints,
                USUAL_TIME,
            ),
        )?;
        locked(&self.shown).insert(announcement.store.clone(), id);
        Ok(())
    }

    /// The way to the service; from the first time on its signals are listened to.
    fn proxy(&self) -> zbus::Result<&Proxy<'static>> {
        if let Some(proxy) = self.proxy.get() {
            return Ok(proxy);
        }
        let connection = Connection::session()?;
        let proxy = Proxy::new(&connection, SERVICE, PATH, SERVICE)?;
        let presses = proxy.receive_signal("ActionInvoked")?;
        let (on_press, shown) = (Arc::clone(&self.on_press), Arc::clone(&self.shown));
        if self.proxy.set(proxy).is_ok() {
            // Ends with the connection.
            thread::spawn(move || {
                for press in presses {
                    let Ok((id, action)) = press.body().deserialize::<(u32, String)>() else {
                        continue;
                    };
                    let store = store_of(&locked(&shown), id);
                    if let (PRESS, Some(store)) = (action.as_str(), store) {
                        on_press(&store);
                    }
                }
            });
        }
        Ok(self
            .proxy
            .get()
            .expect("it was set just now, here or by another thread"))
    }
}

fn store_of(shown: &HashMap<String, u32>, id: u32) -> Option<String> {
    let mut shown = shown.iter();
    shown.find_map(|(store, of)| (*of == id).then(|| store.clone()))
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Services may read the body as HTML.
fn without_markup(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

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
    Message,
    blocking::{Connection, Proxy},
    zvariant::Value,
};

use super::{OnReply, Reply};

const SERVICE: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
/// The action that a press on the whole of it stands for.
const PRESS: &str = "default";
/// Why an announcement is gone: the person put it away.
const PUT_AWAY: u32 = 2;
/// As long as the desktop shows such things.
const USUAL_TIME: i32 = -1;

pub(super) struct System {
    on_reply: OnReply,
    /// What the service calls the announcement of each store.
    shown: Arc<Mutex<HashMap<String, u32>>>,
    proxy: OnceLock<Proxy<'static>>,
}

impl System {
    pub(super) fn new(on_reply: OnReply) -> Self {
        Self {
            on_reply,
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
        let signals = proxy.receive_all_signals()?;
        let (on_reply, shown) = (Arc::clone(&self.on_reply), Arc::clone(&self.shown));
        if self.proxy.set(proxy).is_ok() {
            // Ends with the connection.
            thread::spawn(move || {
                for signal in signals {
                    let Some((id, reply)) = reply_in(&signal) else {
                        continue;
                    };
                    let store = store_of(&locked(&shown), id);
                    if let Some(store) = store {
                        on_reply(&store, reply);
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

/// What was done with which announcement, of whatever program; `None` if the signal tells of something else.
fn reply_in(signal: &Message) -> Option<(u32, Reply)> {
    let (header, body) = (signal.header(), signal.body());
    match header.member()?.as_str() {
        "ActionInvoked" => {
            let (id, action): (u32, String) = body.deserialize().ok()?;
            (action == PRESS).then_some((id, Reply::Pressed))
        }
        "NotificationClosed" => {
            let (id, why): (u32, u32) = body.deserialize().ok()?;
            (why == PUT_AWAY).then_some((id, Reply::PutAway))
        }
        _ => None,
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A signal of the service's.
    fn signal<B>(name: &str, body: &B) -> Message
    where
        B: serde::Serialize + zbus::zvariant::DynamicType,
    {
        let signal = Message::signal(PATH, SERVICE, name).unwrap();
        signal.build(body).unwrap()
    }

    #[test]
    fn one_that_is_pressed_or_put_away_was_read_and_one_that_goes_by_itself_was_not() {
        let pressed = signal("ActionInvoked", &(7_u32, "default"));
        assert_eq!(reply_in(&pressed), Some((7, Reply::Pressed)));
        let put_away = signal("NotificationClosed", &(7_u32, 2_u32));
        assert_eq!(reply_in(&put_away), Some((7, Reply::PutAway)));
        for why in [1_u32, 3, 4] {
            let gone = signal("NotificationClosed", &(7_u32, why));
            assert_eq!(reply_in(&gone), None, "{why}");
        }
        let other = signal("ActionInvoked", &(7_u32, "other"));
        assert_eq!(reply_in(&other), None);
        let token = signal("ActivationToken", &(7_u32, "default"));
        assert_eq!(reply_in(&token), None);
    }
}

//! In the notification center.

use mac_notification_sys::{Notification, NotificationResponse, error::NotificationResult};
use surface::Announcement;

use super::{OnReply, Reply};

const BUNDLE: &str = "dev.stockroom.Stockroom";

pub(super) struct System {
    on_reply: OnReply,
}

impl System {
    pub(super) fn new(on_reply: OnReply) -> Self {
        // Outside of a bundle it is shown in the name of another program.
        if let Err(error) = mac_notification_sys::set_application(BUNDLE) {
            tracing::debug!(%error, "not in a bundle of our own");
        }
        Self { on_reply }
    }

    /// Waits until it is pressed or put away.
    pub(super) fn say(&self, announcement: &Announcement) -> NotificationResult<()> {
        let response = Notification::new()
            .title(&announcement.title)
            .message(&announcement.body)
            .wait_for_click(true)
            .send()?;
        let reply = match response {
            NotificationResponse::Click => Some(Reply::Pressed),
            NotificationResponse::CloseButton(_) => Some(Reply::PutAway),
            NotificationResponse::None
            | NotificationResponse::ActionButton(_)
            | NotificationResponse::Reply(_) => None,
        };
        if let Some(reply) = reply {
            (self.on_reply)(&announcement.store, reply);
        }
        Ok(())
    }
}

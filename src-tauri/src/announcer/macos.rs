//! In the notification center.

use mac_notification_sys::{Notification, NotificationResponse, error::NotificationResult};
use surface::Announcement;

use super::OnPress;

const BUNDLE: &str = "dev.stockroom.Stockroom";

pub(super) struct System {
    on_press: OnPress,
}

impl System {
    pub(super) fn new(on_press: OnPress) -> Self {
        // Outside of a bundle it is shown in the name of another program.
        if let Err(error) = mac_notification_sys::set_application(BUNDLE) {
            tracing::debug!(%error, "not in a bundle of our own");
        }
        Self { on_press }
    }

    /// Waits until it is pressed or put away.
    pub(super) fn say(&self, announcement: &Announcement) -> NotificationResult<()> {
        let response = Notification::new()
            .title(&announcement.title)
            .message(&announcement.body)
            .wait_for_click(true)
            .send()?;
        if response == NotificationResponse::Click {
            (self.on_press)(&announcement.store);
        }
        Ok(())
    }
}

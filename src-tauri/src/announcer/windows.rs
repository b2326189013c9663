//! As a toast.

use std::sync::Arc;

use surface::Announcement;
use tauri_winrt_notification::{Toast, ToastDismissalReason};

use super::{OnReply, Reply};

/// The name the installer gives the program in the start menu; toasts are shown for such names only.
const APP_ID: &str = "dev.stockroom.Stockroom";

pub(super) struct System {
    on_reply: OnReply,
}

impl System {
    pub(super) fn new(on_reply: OnReply) -> Self {
        Self { on_reply }
    }

    pub(super) fn say(
        &self,
        announcement: &Announcement,
    ) -> Result<(), tauri_winrt_notification::Error> {
        let (on_press, on_put_away) = (Arc::clone(&self.on_reply), Arc::clone(&self.on_reply));
        let (pressed, put_away) = (announcement.store.clone(), announcement.store.clone());
        Toast::new(APP_ID)
            .title(&announcement.title)
            .text1(&announcement.body)
            .on_activated(move |_| {
                on_press(&pressed, Reply::Pressed);
                Ok(())
            })
            .on_dismissed(move |why| {
                if why == Some(ToastDismissalReason::UserCanceled) {
                    on_put_away(&put_away, Reply::PutAway);
                }
                Ok(())
            })
            .show()
    }
}

//! As a toast.

use std::sync::Arc;

use surface::Announcement;
use tauri_winrt_notification::Toast;

use super::OnPress;

/// The name the installer gives the program in the start menu; toasts are shown for such names only.
const APP_ID: &str = "dev.stockroom.Stockroom";

pub(super) struct System {
    on_press: OnPress,
}

impl System {
    pub(super) fn new(on_press: OnPress) -> Self {
        Self { on_press }
    }

    pub(super) fn say(
        &self,
        announcement: &Announcement,
    ) -> Result<(), tauri_winrt_notification::Error> {
        let on_press = Arc::clone(&self.on_press);
        let store = announcement.store.clone();
        Toast::new(APP_ID)
            .title(&announcement.title)
            .text1(&announcement.body)
            .on_activated(move |_| {
                on_press(&store);
                Ok(())
            })
            .show()
    }
}

//! What the backend asks of the person's system: browser, announcements, clipboard, dialogs, trash.
//!
//! The window has no way to any of it. What is read here goes down into the backend, never up.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use surface::{Announcement, Event, HandedText, Host, Later};
use tauri::{AppHandle, Emitter as _, Manager as _};
use tauri_plugin_dialog::{DialogExt as _, FileDialogBuilder, FilePath};
use tauri_plugin_opener::OpenerExt as _;
use tokio::sync::oneshot;

use crate::{
    announcer::{Announcer, Reply},
    app::{EVENT, Soon},
    backend::Backend,
    window,
};

/// The system, by way of the app that runs on it.
pub(crate) struct System {
    app: Soon,
    announcer: Announcer,
}

impl System {
    pub(crate) fn new(app: Soon) -> Self {
        let on_reply = {
            let app = app.clone();
            move |store: &str, reply: Reply| {
                if let Some(app) = app.get() {
                    replied(app, store, reply);
                }
            }
        };
        Self {
            app,
            announcer: Announcer::new(Arc::new(on_reply)),
        }
    }

    fn app(&self) -> Result<&AppHandle, String> {
        self.app
            .get()
            .ok_or_else(|| "the app is still starting".to_owned())
    }

    /// A dialog of the system's that belongs to the window, and begins where downloads lie.
    fn dialog(&self) -> Result<FileDialogBuilder<tauri::Wry>, String> {
        let app = self.app()?;
        let mut dialog = app.dialog().file();
        if let Some(window) = app.get_webview_window(window::LABEL) {
            dialog = dialog.set_parent(&window);
        }
        Ok(match app.path().download_dir() {
            Ok(downloads) => dialog.set_directory(downloads),
            Err(_) => dialog,
        })
    }
}

/// What was chosen in a dialog.
async fn path(answered: oneshot::Receiver<Option<FilePath>>) -> Result<Option<PathBuf>, String> {
    let chosen = answered
        .await
        .map_err(|_| "the dialog was closed".to_owned())?;
    chosen
        .map(|chosen| chosen.into_path().map_err(|error| error.to_string()))
        .transpose()
}

/// Somebody has read the announcement of a store's orders.
fn replied(app: &AppHandle, store: &str, reply: Reply) {
    let backend = app.try_state::<Backend>();
    if let Some(surface) = backend.and_then(|backend| backend.surface()) {
        surface.orders_seen(store);
    }
    match reply {
        Reply::Pressed => show_orders(app, store),
        Reply::PutAway => {}
    }
}

/// Brings a store's orders to the front.
fn show_orders(app: &AppHandle, store: &str) {
    window::bring_to_front(app);
    let event = Event::ShowOrders {
        store: store.to_owned(),
    };
    if let Err(error) = app.emit(EVENT, event) {
        tracing::warn!(%error, "the window was not told which orders to show");
    }
}

impl Host for System {
    fn open_in_browser(&self, url: &str) -> Result<(), String> {
        let opened = self.app()?.opener().open_url(url, None::<&str>);
        opened.map_err(|error| error.to_string())
    }

    fn is_looked_at(&self) -> bool {
        self.app.get().is_some_and(window::is_looked_at)
    }

    fn announce(&self, announcement: Announcement) -> Result<(), String> {
        self.announcer.say(announcement)
    }

    fn clipboard(&self) -> Later<'_, Result<HandedText, String>> {
        Box::pin(async { clipboard::read(self.app()?).await })
    }

    fn clear_clipboard(&self) -> Later<'_, Result<(), String>> {
        Box::pin(async { clipboard::clear(self.app()?).await })
    }

    fn choose_file(&self) -> Later<'_, Result<Option<PathBuf>, String>> {
        Box::pin(async {
            let (answer, answered) = oneshot::channel();
            self.dialog()?.pick_file(move |chosen| {
                // Nobody waits any more if the app is closing.
                let _ = answer.send(chosen);
            });
            path(answered).await
        })
    }

    fn choose_place<'a>(&'a self, name: &'a str) -> Later<'a, Result<Option<PathBuf>, String>> {
        Box::pin(async move {
            let (answer, answered) = oneshot::channel();
            self.dialog()?.set_file_name(name).save_file(move |chosen| {
                let _ = answer.send(chosen);
            });
            path(answered).await
        })
    }

    fn move_to_trash<'a>(&'a self, file: &'a Path) -> Later<'a, Result<(), String>> {
        Box::pin(host::move_to_trash(file))
    }
}

/// Through the toolkit that the window is made of, which works under X11 and Wayland alike.
#[cfg(target_os = "linux")]
mod clipboard {
    use gtk::{Clipboard, gdk};
    use surface::HandedText;
    use tauri::AppHandle;
    use tokio::sync::oneshot;

    pub(super) async fn read(app: &AppHandle) -> Result<HandedText, String> {
        let (answer, answered) = oneshot::channel();
        on_main(app, move || {
            ours().request_text(move |_, text| {
                let _ = answer.send(HandedText::new(text.unwrap_or_default().to_owned()));
            });
        })?;
        // The program that has the text may take its time, or be gone.
        answered.await.map_err(|_| String::new())
    }

    pub(super) async fn clear(app: &AppHandle) -> Result<(), String> {
        let (answer, answered) = oneshot::channel();
        on_main(app, move || {
            // Another program's text can't be taken away, only replaced.
            ours().set_text("");
            ours().store();
            let _ = answer.send(());
        })?;
        answered.await.map_err(|_| String::new())
    }

    fn ours() -> Clipboard {
        Clipboard::get(&gdk::SELECTION_CLIPBOARD)
    }

    fn on_main(app: &AppHandle, work: impl FnOnce() + Send + 'static) -> Result<(), String> {
        app.run_on_main_thread(work)
            .map_err(|error| error.to_string())
    }
}

#[cfg(not(target_os = "linux"))]
mod clipboard {
    use arboard::{Clipboard, Error};
    use surface::HandedText;
    use tauri::{AppHandle, async_runtime::spawn_blocking};

    pub(super) async fn read(_: &AppHandle) -> Result<HandedText, String> {
        ask(|clipboard| match clipboard.get_text() {
            // A picture, or nothing at all.
            Err(Error::ContentNotAvailable) => Ok(HandedText::new(String::new())),
            read => read.map(HandedText::new),
        })
        .await
    }

    pub(super) async fn clear(_: &AppHandle) -> Result<(), String> {
        ask(Clipboard::clear).await
    }

    async fn ask<T: Send + 'static>(
        work: impl FnOnce(&mut Clipboard) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, String> {
        let asked = spawn_blocking(|| work(&mut Clipboard::new()?));
        let answer = asked.await.map_err(|error| error.to_string())?;
        answer.map_err(|error: Error| error.to_string())
    }
}

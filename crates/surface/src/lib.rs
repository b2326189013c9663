//! What a window may ask: commands, shapes, error codes and cache tags.
//!
//! One list in [`commands`] makes the dispatch for every host, the TypeScript bindings and the
//! table of tags. The crate knows no host.

mod announce;
pub mod bindings;
pub mod commands;
pub mod dto;
mod error;
mod event;
mod handlers;
mod into_dto;
mod tags;

pub use announce::Announcement;
pub use error::*;
pub use event::Event;
pub use handlers::PictureAnswer;
pub use tags::Tag;

use std::{
    path::{Path, PathBuf},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::sync::broadcast;
use workbench::{Notice, Workbench};

pub use workbench::parts::credentials::HandedText;

/// What comes later.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What only a host can do. Errors are in the system's words, without anything that was read, and empty where
/// it has none. What a host leaves out is not there, and says so.
pub trait Host: Send + Sync + 'static {
    /// Opens an address in the person's browser. Only addresses made in the backend come here.
    ///
    /// # Errors
    /// What the system says.
    fn open_in_browser(&self, url: &str) -> Result<(), String>;

    /// Whether the person has the window in front of them.
    fn is_looked_at(&self) -> bool;

    /// Says through the system that something came in. Pressing it brings the window to the front
    /// and tells it [`Event::ShowOrders`]. Whoever presses it or puts it away has read it, which the
    /// host says to [`Surface::orders_seen`].
    ///
    /// # Errors
    /// What the system says.
    fn announce(&self, announcement: Announcement) -> Result<(), String>;
    /// The text that the clipboard holds; empty if it holds none. It does not go to the window.
    ///
    /// # Errors
    /// What the system says.
    fn clipboard(&self) -> Later<'_, Result<HandedText, String>> {
        not_here()
    }

    /// Leaves the clipboard empty.
    ///
    /// # Errors
    /// What the system says.
    fn clear_clipboard(&self) -> Later<'_, Result<(), String>> {
        not_here()
    }

    /// Lets the person choose one file in a dialog of the system's; `None` if they don't.
    ///
    /// # Errors
    /// What the system says.
    fn choose_file(&self) -> Later<'_, Result<Option<PathBuf>, String>> {
        not_here()
    }

    /// Lets the person choose where a file of that name is to be written, in a dialog of the
    /// system's, which asks before a file is replaced; `None` if they don't.
    ///
    /// # Errors
    /// What the system says.
    fn choose_place<'a>(&'a self, _name: &'a str) -> Later<'a, Result<Option<PathBuf>, String>> {
        not_here()
    }

    /// Moves a file to the system's trash.
    ///
    /// # Errors
    /// What the system says.
    fn move_to_trash<'a>(&'a self, _file: &'a Path) -> Later<'a, Result<(), String>> {
        not_here()
    }
}

fn not_here<'a, T: Send + 'a>() -> Later<'a, Result<T, String>> {
    Box::pin(std::future::ready(Err("this host has none".to_owned())))
}

/// The backend as a window sees it. Cheap to clone.
#[derive(Clone)]
pub struct Surface {
    workbench: Workbench,
    host: Arc<dyn Host>,
    open_sample: Arc<AtomicBool>,
}

impl Surface {
    /// A surface over `workbench`. `open_sample` tells the window to begin with the sample store.
    #[must_use]
    pub fn new(workbench: Workbench, host: Arc<dyn Host>, open_sample: bool) -> Self {
        Self {
            workbench,
            host,
            open_sample: Arc::new(AtomicBool::new(open_sample)),
        }
    }

    /// What happens unasked, as long as somebody takes it. A host that falls behind gets one event
    /// that makes everything stale.
    #[must_use]
    pub fn events(&self) -> Events {
        Events {
            surface: self.clone(),
            notices: self.workbench.notices(),
        }
    }

    /// Goes on with what earlier runs had to leave, in every store: to be run once, beside everything else.
    /// It need not end.
    pub fn go_on(&self) -> impl Future<Output = ()> + Send + use<> {
        let workbench = self.workbench.clone();
        async move {
            workbench.open_all().await;
            let forgetting = workbench.forget_leftovers();
            drop(workbench);
            forgetting.await;
        }
    }

    /// Whoever started the app, perhaps a second time, wants to see the sample store.
    pub fn show_sample(&self) {
        self.open_sample.store(true, Ordering::Relaxed);
        self.workbench.tell_stale_app();
    }

    /// A file was dropped on the window. It is read if the window asks for it.
    pub fn file_dropped(&self, file: PathBuf) {
        self.workbench.file_dropped(file);
    }

    /// A file is held over the window, or no longer.
    pub fn file_over(&self, over: bool) {
        self.workbench.file_over(over);
    }

    /// The person has turned to the window, and sees what came in to the store that it shows.
    pub fn looked_at(&self) {
        match self.workbench.current() {
            Ok(Some(store)) => self.workbench.orders_seen(&store),
            Ok(None) => {}
            // Then more orders are announced than are new.
            Err(error) => tracing::warn!(%error, "which store is looked at could not be read"),
        }
    }

    /// The person knows that orders came in to a store: they have read what announced them.
    pub fn orders_seen(&self, store: &str) {
        // What is no store's key is no store, which has no orders.
        if let Ok(store) = store.parse() {
            self.workbench.orders_seen(&store);
        }
    }

    /// Ends the background work where it stands well.
    pub async fn close(&self) {
        self.workbench.close().await;
    }
}

/// A stream of events.
pub struct Events {
    surface: Surface,
    notices: broadcast::Receiver<Notice>,
}

impl Events {
    /// The next event; `None` once the backend is gone.
    pub async fn next(&mut self) -> Option<Event> {
        loop {
            match self.notices.recv().await {
                Ok(notice) => {
                    if let Some(event) = self.surface.event(notice).await {
                        return Some(event);
                    }
                }
                Err(broadcast::error::RecvError::Lagged(_)) => {
                    return Some(Event::Stale {
                        store: None,
                        tags: Tag::ALL.to_vec(),
                    });
                }
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    }
}

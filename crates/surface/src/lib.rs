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

use std::sync::Arc;

use tokio::sync::broadcast;
use workbench::{Notice, Workbench};

/// What only a host can do.
pub trait Host: Send + Sync + 'static {
    /// Opens an address in the person's browser. Only addresses made in the backend come here.
    ///
    /// # Errors
    /// What the system says.
    fn open_in_browser(&self, url: &str) -> Result<(), String>;

    /// Whether the person has the window in front of them.
    fn is_looked_at(&self) -> bool;

    /// Says through the system that something came in. Pressing it brings the window to the front
    /// and tells it [`Event::ShowOrders`].
    ///
    /// # Errors
    /// What the system says.
    fn announce(&self, announcement: Announcement) -> Result<(), String>;
}

/// The backend as a window sees it. Cheap to clone.
#[derive(Clone)]
pub struct Surface {
    workbench: Workbench,
    host: Arc<dyn Host>,
    open_sample: bool,
}

impl Surface {
    /// A surface over `workbench`. `open_sample` tells the window to begin with the sample store.
    #[must_use]
    pub fn new(workbench: Workbench, host: Arc<dyn Host>, open_sample: bool) -> Self {
        Self {
            workbench,
            host,
            open_sample,
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
                        tags: vec![
                            Tag::App,
                            Tag::StoreState,
                            Tag::Orders,
                            Tag::Products,
                            Tag::Customers,
                            Tag::Activity,
                        ],
                    });
                }
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    }
}

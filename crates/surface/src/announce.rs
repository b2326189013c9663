//! Orders that came in, said by the system.

use tokio::sync::broadcast::error::RecvError;
use workbench::{Notice, parts::desk::ProfileKey};

use crate::{
    Surface,
    dto::{Nothing, Preferences},
};

/// What the system is asked to say. Nothing about who ordered, or what: others may see the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// The store's key.
    pub store: String,
    /// How many orders, such as `3 new orders`.
    pub title: String,
    /// The person's name for the store.
    pub body: String,
}

impl Surface {
    /// Announces orders as they come in, until the backend is gone. Hosts run this once.
    ///
    /// Nothing is said if the person has switched it off, or has the store in front of them: then
    /// they see the list grow.
    pub fn announcements(&self) -> impl Future<Output = ()> + Send + use<> {
        let (surface, mut notices) = (self.clone(), self.workbench.notices());
        async move {
            loop {
                match notices.recv().await {
                    Ok(Notice::NewOrders { store, count }) => {
                        surface.announce(&store, count).await;
                    }
                    // Whoever falls behind misses an announcement; the lists have the orders.
                    Ok(
                        Notice::Stale { .. }
                        | Notice::State(_)
                        | Notice::Check(_)
                        | Notice::JobEnded { .. }
                        | Notice::FileOver(_)
                        | Notice::FileDropped(_),
                    )
                    | Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return,
                }
            }
        }
    }

    async fn announce(&self, store: &ProfileKey, count: u32) {
        let Some(announcement) = self.announcement(store, count).await else {
            return;
        };
        if let Err(error) = self.host.announce(announcement) {
            // Some systems have nobody to say it.
            tracing::warn!(%store, %error, "new orders were not announced");
        }
    }

    async fn announcement(&self, store: &ProfileKey, count: u32) -> Option<Announcement> {
        let state = self.app_state(Nothing {}).await.ok()?;
        let Preferences {
            announce_orders, ..
        } = state.preferences;
        let is_in_front = state.current.as_deref() == Some(store.as_str());
        if !announce_orders || (is_in_front && self.host.is_looked_at()) {
            return None;
        }
        let named = state
            .stores
            .into_iter()
            .find(|one| one.key == store.as_str())?;
        Some(Announcement {
            store: named.key,
            title: match count {
                1 => "1 new order".to_owned(),
                _ => format!("{count} new orders"),
            },
            body: named.name,
        })
    }
}

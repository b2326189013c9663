//! Orders that came in, said by the system.

use crate::{
    AppError, Surface,
    dto::{AnnounceOrders, Nothing},
};

/// What the system is asked to say. Nothing about who ordered, or what: others may see the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// The store's key.
    pub store: String,
    /// How many orders, in the window's words.
    pub title: String,
    /// The person's name for the store.
    pub body: String,
    /// What a press on it does, in the window's words.
    pub press: String,
}

impl Surface {
    /// Has the system say that orders came in.
    ///
    /// Nothing is said if the person has switched it off, or has the store in front of them: then
    /// they see the list grow. Either way these are not counted among those that come in later.
    pub(crate) async fn announce_orders(&self, input: AnnounceOrders) -> Result<Nothing, AppError> {
        let AnnounceOrders {
            store,
            title,
            press,
        } = input;
        let state = self.app_state(Nothing {}).await?;
        let is_in_front = state.current.as_ref() == Some(&store);
        if !state.preferences.announce_orders || (is_in_front && self.host.is_looked_at()) {
            self.orders_seen(&store);
            return Ok(Nothing {});
        }
        let Some(named) = state.stores.into_iter().find(|one| one.key == store) else {
            return Err(AppError::StoreGone);
        };
        let announced = self.host.announce(Announcement {
            store,
            title,
            body: named.name,
            press,
        });
        if let Err(error) = announced {
            // Some systems have nobody to say it.
            tracing::warn!(store = %named.key, %error, "new orders were not announced");
        }
        Ok(Nothing {})
    }
}

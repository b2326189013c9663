//! Metafields: what apps note about things, each app for itself or for others to see.

use std::sync::Arc;

use jiff::Timestamp;

/// One note about one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Metafield {
    pub(crate) id: u64,
    /// `product`, `order` …
    pub(crate) resource: &'static str,
    pub(crate) resource_id: u64,
    pub(crate) namespace: Arc<str>,
    pub(crate) key: Arc<str>,
    pub(crate) value: Arc<str>,
    pub(crate) description: Arc<str>,
    /// `app_only`, `read`, `write`, `read_and_sf_access`, `write_and_sf_access`.
    pub(crate) permission: Arc<str>,
    /// The client id of the account that made it.
    pub(crate) owner: Arc<str>,
    pub(crate) created: Timestamp,
    pub(crate) modified: Timestamp,
}

impl Metafield {
    pub(crate) fn is_seen_by(&self, client: &str) -> bool {
        *self.owner == *client || &*self.permission != "app_only"
    }

    pub(crate) fn is_written_by(&self, client: &str) -> bool {
        *self.owner == *client || self.permission.starts_with("write")
    }
}

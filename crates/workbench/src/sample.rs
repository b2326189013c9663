use std::path::Path;

use bigcommerce::{ApiOrigin, BoxFuture};
use commerce::{AccessToken, StoreHash};

/// Where the running sample store listens, and the token made for this run.
#[derive(Clone, Debug)]
pub struct SampleAddress {
    /// Loopback.
    pub origin: ApiOrigin,
    /// Its hash.
    pub hash: StoreHash,
    /// Good for this run only.
    pub token: AccessToken,
}

/// Why it did not start.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SampleError {
    /// What was done there was kept by an earlier version, whose sample store was another. It was left as
    /// it is, and goes with [`SampleStore::reset`].
    #[error("what was done in the sample store was kept by an earlier version")]
    Older,
    /// The same, by a newer version.
    #[error("what was done in the sample store was kept by a newer version")]
    Newer,
    /// Something else.
    #[error("{0}")]
    Other(String),
}

/// The built-in sample store, behind real HTTP on loopback. Started by the host, because only the
/// host may listen on the network.
pub trait SampleStore: Send + Sync + 'static {
    /// Starts it if it isn't running; what was done there before is kept in `folder`.
    fn start<'a>(&'a self, folder: &'a Path) -> BoxFuture<'a, Result<SampleAddress, SampleError>>;

    /// Stops it and puts it back to how it was.
    fn reset<'a>(&'a self, folder: &'a Path) -> BoxFuture<'a, Result<(), SampleError>>;
}

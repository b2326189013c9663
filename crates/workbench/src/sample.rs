use std::path::{Path, PathBuf};

use bigcommerce::{ApiOrigin, BoxFuture};
use commerce::{AccessToken, StoreHash};
use desk::ProfileKey;

use crate::{Error, Inner, store::folder_error};

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

    /// Stops it if it is running; what was done there stays.
    fn stop(&self) -> BoxFuture<'_, ()>;

    /// Stops it and puts it back to how it was. Also where `folder` is not there any more.
    fn reset<'a>(&'a self, folder: &'a Path) -> BoxFuture<'a, Result<(), SampleError>>;
}

impl Inner {
    /// Stops the sample store and sets its folder aside, to be deleted. What was done in the store lies in there beside
    /// its copy and its journal: all of it goes in one step or stays, so that wherever this ends early nothing of the
    /// old shop is found under a new one.
    ///
    /// # Errors
    /// [`Error::DiskFull`], [`Error::File`]: it is as it was, but stopped. [`Error::Sample`].
    pub(crate) async fn set_sample_aside(
        &self,
        key: &ProfileKey,
        mark: &str,
    ) -> Result<Option<PathBuf>, Error> {
        let folder = self.home.store(key).map_err(folder_error)?;
        // Not every system renames a folder in which a file is open.
        self.sample.stop().await;
        let aside = self.home.discard(key, mark).map_err(folder_error)?;
        // Who started it at that very moment did so with the file that has just gone, and what is done there from now on
        // would be kept nowhere.
        self.sample.reset(&folder).await?;
        Ok(aside)
    }
}

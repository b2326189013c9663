//! A store that fails the test in which it was asked for what it has not built.

use std::ops::Deref;

use super::{Config, Running, ServeError, serve};

/// A store for tests of a client.
///
/// What this store has not built it answers with 501, which BigCommerce never does: whatever a test makes of it, it
/// has seen nothing of the real API. No more has one that asks the storefront for a field that is not in this store's
/// schema, which the real one may well have. As this goes, stopped or dropped, it panics if there was such an answer,
/// however the client took it and whatever fault was played on it. A 501 that a fault plays is the test's own wish.
///
/// ```no_run
/// # async fn a_test() -> Result<(), sandbox_store::ServeError> {
/// let store = sandbox_store::Strict::serve(sandbox_store::Config::default()).await?;
/// println!("{}/stores/{}", store.origin, store.store_hash);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Strict(Running);

impl Strict {
    /// Opens a store as [`serve`] does.
    ///
    /// # Errors
    /// Those of [`serve`].
    pub async fn serve(config: Config) -> Result<Self, ServeError> {
        serve(config).await.map(Self)
    }

    /// Closes the store as [`Running::stop`] does.
    ///
    /// # Panics
    /// If it was asked for what it has not built.
    pub async fn stop(mut self) {
        self.0.close().await;
    }
}

impl Deref for Strict {
    type Target = Running;

    fn deref(&self) -> &Running {
        &self.0
    }
}

impl Drop for Strict {
    /// # Panics
    /// If the store was asked for what it has not built. A test that fails already says what it has to say.
    fn drop(&mut self) {
        let unbuilt = self.0.unbuilt();
        assert!(
            unbuilt.is_empty() || std::thread::panicking(),
            "the sandbox store has not built {unbuilt:?}"
        );
    }
}

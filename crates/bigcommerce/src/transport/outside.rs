//! The way to other computers, and what is left of the network without it.

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use reqwest::{Client, ClientBuilder};

use super::HttpTransportError;

/// The HTTP library's client for other computers, which needs the system's certificates of authorities.
///
/// Where the system has none there is no client, and everything on this computer works all the same. It is tried
/// again whenever it is needed: certificates may have been installed meanwhile. Clones share what came of it.
#[derive(Clone)]
pub(crate) struct Outside {
    builder: Arc<dyn Fn() -> ClientBuilder + Send + Sync>,
    made: Arc<OnceLock<Client>>,
}

impl fmt::Debug for Outside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outside").finish_non_exhaustive()
    }
}

impl Outside {
    /// As `builder` says, each time it is asked.
    pub(crate) fn new(builder: impl Fn() -> ClientBuilder + Send + Sync + 'static) -> Self {
        let outside = Self {
            builder: Arc::new(builder),
            made: Arc::default(),
        };
        // Reading certificates takes a moment, which no request has to wait for.
        let _ = outside.client();
        outside
    }

    /// The client, or why there is none.
    pub(crate) fn client(&self) -> Result<&Client, HttpTransportError> {
        if let Some(client) = self.made.get() {
            return Ok(client);
        }
        let made = (self.builder)().build();
        let made = made.map_err(|error| HttpTransportError::new(&error))?;
        Ok(self.made.get_or_init(|| made))
    }
}

/// A client for this computer alone. Where the system has no certificates it trusts none, as it does without TLS.
pub(crate) fn on_this_computer(
    builder: impl Fn() -> ClientBuilder,
) -> Result<Client, HttpTransportError> {
    let builder = || builder().no_proxy();
    builder()
        .build()
        .or_else(|_| builder().tls_certs_only([]).build())
        .map_err(|error| HttpTransportError::new(&error))
}

//! TLS with a certificate that nobody signed but the store itself.

use std::sync::Arc;

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use super::ServeError;

/// A certificate for this machine in PEM, and what speaks with it.
pub(super) fn self_signed() -> Result<(String, TlsAcceptor), ServeError> {
    // Some clients can be given no other address than the real one. Whoever points that name at this
    // machine, and trusts this certificate, has them talk to the store.
    let names = ["localhost", "127.0.0.1", "api.bigcommerce.com"].map(str::to_owned);
    let made = rcgen::generate_simple_self_signed(names)
        .map_err(|error| ServeError::Certificate(error.to_string()))?;
    let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
    // Named outright: another part of the program may have chosen another provider.
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| {
            builder
                .with_no_client_auth()
                .with_single_cert(vec![made.cert.der().clone()], key)
        })
        .map_err(|error| ServeError::Certificate(error.to_string()))?;
    Ok((made.cert.pem(), TlsAcceptor::from(Arc::new(config))))
}

//! The store behind HTTP on this machine: a shell round [`crate::step`] that adds the clock, the
//! files and the network, and everything that can go wrong with them.

mod bends;
mod connection;
mod control;
mod courses;
mod data_file;
mod faults;
mod host;
mod moving;
mod request_log;
mod rules;
mod strict;
mod tls;
mod traffic;

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::gate::limiter::Plan;
use crate::gate::looks_like_a_token;
use crate::gate::scopes::Scopes;
use crate::state::{Blueprint, FeesWithoutId, Sizes, Token};
use host::Host;

pub use data_file::DataFileError;
pub use strict::Strict;

/// How to run a store.
#[derive(Clone, Debug)]
pub struct Config {
    /// Port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// 1 to 32 of `[a-z0-9]`.
    pub store_hash: String,
    /// The one token that opens the store; `None` makes one for this run.
    pub token: Option<Token>,
    /// What the token may do.
    pub scopes: Scopes,
    /// Tokens of other API accounts, each with what it may do.
    pub more_tokens: Vec<(Token, Scopes)>,
    /// The part of the quota that another app of the store uses, in thousandths: 0 to 1000.
    pub competitor_permille: u32,
    /// How long stock, captures, voids and refunds take to settle after they were answered.
    pub settling: Duration,
    /// How long stock that comes with a product takes to be booked after it was answered.
    pub stock_lag: Duration,
    /// What fees without an id do in the change of an order.
    pub fees_without_id: FeesWithoutId,
    /// Plan: name and quota.
    pub plan: Plan,
    /// How much the shop holds. An existing data file overrides this.
    pub sizes: Sizes,
    /// Another seed, another shop. An existing data file overrides this.
    pub seed: u64,
    /// The day the sample data ends. An existing data file overrides this.
    pub as_of: Date,
    /// Labels the merchant gave to order statuses, by status id 0 to 14.
    pub custom_labels: BTreeMap<u8, String>,
    /// How long every answer takes at least.
    pub latency: Duration,
    /// By how much longer at most; the seed says by how much each.
    pub jitter: Duration,
    /// Answer with gzip where it is asked for.
    pub gzip: bool,
    /// Whether the store is open at all.
    pub condition: Condition,
    /// What is to go wrong: JSON as for the control server, the path of a file with it, or names of
    /// faults with the share of requests they hit, e.g. `resetAfter=1%,html502=0.5%`.
    pub faults: Option<String>,
    /// Speak TLS, with a certificate made for this run.
    pub tls_self_signed: bool,
    /// Where changes are kept; `None` forgets them.
    pub data_file: Option<PathBuf>,
    /// Port of the control server on 127.0.0.1; 0 takes any free one, `None` runs none.
    pub control_port: Option<u16>,
    /// Where every request is written down, one JSON line each; appended to.
    pub request_log: Option<PathBuf>,
}

impl Default for Config {
    fn default() -> Self {
        let blueprint = Blueprint::default();
        Self {
            port: 0,
            store_hash: blueprint.hash,
            token: None,
            scopes: blueprint.scopes,
            more_tokens: Vec::new(),
            competitor_permille: 0,
            settling: blueprint.settling,
            stock_lag: blueprint.stock_lag,
            fees_without_id: blueprint.fees_without_id,
            plan: blueprint.plan,
            sizes: blueprint.sizes,
            seed: blueprint.seed,
            as_of: blueprint.as_of,
            custom_labels: blueprint.custom_labels,
            latency: Duration::ZERO,
            jitter: Duration::ZERO,
            gzip: false,
            condition: Condition::Open,
            faults: None,
            tls_self_signed: false,
            data_file: None,
            control_port: None,
            request_log: None,
        }
    }
}

impl Config {
    fn scheme(&self) -> &'static str {
        if self.tls_self_signed {
            "https"
        } else {
            "http"
        }
    }
}

/// Whether a store is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Condition {
    /// As ever.
    #[default]
    Open,
    /// 503 with a page: the store is being worked on.
    Maintenance,
    /// 503: the merchant did not pay.
    Suspended,
    /// 423.
    Locked,
}

impl Condition {
    /// What everybody is told, and the name of it in the log.
    fn refusal(self) -> Option<(crate::Response, &'static str)> {
        let fault = match self {
            Self::Open => return None,
            Self::Maintenance => faults::Fault::Maintenance,
            Self::Suspended => faults::Fault::Suspended,
            Self::Locked => faults::Fault::Locked,
        };
        let name = fault.name();
        match fault.course() {
            courses::Course::Instead { response, .. } => Some((response, name)),
            _never => None,
        }
    }
}

impl std::str::FromStr for Condition {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "open" => Ok(Self::Open),
            "maintenance" => Ok(Self::Maintenance),
            "suspended" => Ok(Self::Suspended),
            "locked" => Ok(Self::Locked),
            other => Err(format!(
                "`{other}` is not one of open, maintenance, suspended, locked"
            )),
        }
    }
}

/// Why a store could not be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The hash could not stand in a path of the real API.
    #[error("a store hash is 1 to 32 of a-z and 0-9, not `{0}`")]
    StoreHash(String),
    /// The token would be refused as malformed by the store itself.
    #[error("a token is 1 to 128 letters, digits, `-` or `_`")]
    Token,
    /// A label for a status that does not exist.
    #[error("there is no order status {0}; they go from 0 to 14")]
    StatusLabel(u8),
    /// The port is taken or not allowed.
    #[error("127.0.0.1:{port} cannot be listened on")]
    Listen {
        /// The port asked for.
        port: u16,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The request log cannot be written.
    #[error("the request log cannot be opened")]
    RequestLog(#[source] io::Error),
    /// The faults cannot be read.
    #[error("the faults cannot be read: {0}")]
    Faults(String),
    /// No certificate could be made.
    #[error("no certificate can be made: {0}")]
    Certificate(String),
    /// The data file cannot be used.
    #[error("the data file cannot be used")]
    DataFile(#[from] DataFileError),
}

/// A store that is open. Dropping it without [`Running::stop`] closes it too, without waiting.
pub struct Running {
    /// Scheme, host and port, e.g. `http://127.0.0.1:34567`; what stands in for
    /// `https://api.bigcommerce.com`.
    pub origin: String,
    /// The same of the control server, if there is one.
    pub control_origin: Option<String>,
    /// The hash in every path.
    pub store_hash: String,
    /// What opens the store.
    pub token: Token,
    /// The certificate of this run in PEM, if the store speaks TLS: for clients to trust.
    pub certificate_pem: Option<String>,
    host: Arc<Host>,
    /// Says to the tasks that they are to end.
    closing: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Running {
    /// Closes the store: no more connections, and those that are open are cut. Changes that were
    /// answered are on disk already, and the data file is free for the next.
    pub async fn stop(mut self) {
        self.close().await;
    }

    /// What the store was asked for and has not built, each once, what came first before the others: `GET /stores/…`.
    /// It answered 501, which BigCommerce never does, or a storefront's query had a field or an argument that is not
    /// in this schema: `POST /graphql: Unknown field …`. So it is whatever a fault made of that answer; a 501 that a
    /// fault played is not among them.
    #[must_use]
    pub fn unbuilt(&self) -> Vec<String> {
        self.host.lock().log.unbuilt().to_vec()
    }

    async fn close(&mut self) {
        self.closing.send_replace(true);
        for task in self.tasks.drain(..) {
            // Done, with all its connections: none of them holds the store any more.
            let _over = task.await;
        }
    }
}

impl fmt::Debug for Running {
    /// Without all that is in the shop.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Running")
            .field("origin", &self.origin)
            .field("control_origin", &self.control_origin)
            .field("store_hash", &self.store_hash)
            .field("token", &self.token)
            .finish_non_exhaustive()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

/// Opens a store on 127.0.0.1 and serves it until it is stopped. Needs a Tokio runtime with I/O and
/// time.
///
/// # Errors
/// [`ServeError`] if the configuration does not make a store, a port is taken, or a file cannot be
/// used.
pub async fn serve(config: Config) -> Result<Running, ServeError> {
    check(&config)?;
    let token = config.token.clone().unwrap_or_else(fresh_token);
    let blueprint = Blueprint {
        hash: config.store_hash.clone(),
        token: token.clone(),
        scopes: config.scopes.clone(),
        more_tokens: config.more_tokens.clone(),
        plan: config.plan,
        competitor_permille: config.competitor_permille,
        settling: config.settling,
        stock_lag: config.stock_lag,
        fees_without_id: config.fees_without_id,
        sizes: config.sizes,
        seed: config.seed,
        as_of: config.as_of,
        custom_labels: config.custom_labels.clone(),
    };
    let host = Arc::new(Host::open(&config, blueprint)?);
    let tls = config.tls_self_signed.then(tls::self_signed).transpose()?;
    let (certificate_pem, acceptor) = tls.unzip();
    let (listener, origin) = listen(config.port, config.scheme()).await?;
    let closing = watch::Sender::new(false);
    let mut tasks = Vec::new();
    let mut control_origin = None;
    if let Some(port) = config.control_port {
        let (listener, origin) = listen(port, "http").await?;
        control_origin = Some(origin);
        let host = Arc::clone(&host);
        tasks.push(tokio::spawn(connection::accept(
            listener,
            None,
            (connection::always(), closing.subscribe()),
            || true,
            move |request, _cut| {
                let host = Arc::clone(&host);
                async move { control::answer(&host, &request) }
            },
        )));
    }
    let is_listening = host.is_listening.subscribe();
    let (door, counter) = (Arc::clone(&host), Arc::clone(&host));
    tasks.push(tokio::spawn(connection::accept(
        listener,
        acceptor,
        (is_listening, closing.subscribe()),
        move || door.admits(),
        move |request, cut| {
            let host = Arc::clone(&counter);
            async move { host.answer(request, &cut).await }
        },
    )));
    Ok(Running {
        origin,
        control_origin,
        store_hash: config.store_hash,
        token,
        certificate_pem,
        host,
        closing,
        tasks,
    })
}

/// Deletes a data file, so that the next start begins with fresh sample data. No file is fine.
///
/// # Errors
/// [`DataFileError`] if a store has the file open, if it is no data file, or if the system refuses.
/// Nothing is deleted then.
pub fn reset(data_file: &std::path::Path) -> Result<(), DataFileError> {
    data_file::DataFile::delete(data_file)
}

fn check(config: &Config) -> Result<(), ServeError> {
    let hash = &config.store_hash;
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    if hash.is_empty() || hash.len() > 32 || !hash.bytes().all(fits) {
        return Err(ServeError::StoreHash(hash.clone()));
    }
    let more = config.more_tokens.iter().map(|(token, _)| token);
    let mut tokens = config.token.iter().chain(more);
    if tokens.any(|token| !looks_like_a_token(token.expose())) {
        return Err(ServeError::Token);
    }
    match config.custom_labels.keys().find(|id| **id > 14) {
        Some(id) => Err(ServeError::StatusLabel(*id)),
        None => Ok(()),
    }
}

async fn listen(port: u16, scheme: &str) -> Result<(TcpListener, String), ServeError> {
    let refused = |source| ServeError::Listen { port, source };
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let listener = TcpListener::bind(address).await.map_err(refused)?;
    let origin = format!("{scheme}://{}", listener.local_addr().map_err(refused)?);
    Ok((listener, origin))
}

/// 31 of `[a-z0-9]`, as real tokens are; from the randomness the standard library seeds its maps
/// with, which is enough for a store that only this machine can reach.
fn fresh_token() -> Token {
    use std::hash::{BuildHasher, RandomState};
    const LETTERS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    let mut text = String::with_capacity(31);
    let mut left = 0_u64;
    for at in 0..31_u32 {
        if at % 8 == 0 {
            left = RandomState::new().hash_one(at);
        }
        let letter = usize::try_from(left % 36).unwrap_or(0);
        text.push(char::from(LETTERS[letter]));
        left /= 36;
    }
    Token::new(&text)
}

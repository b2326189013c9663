//! What the examples share: a client made from the environment, with the computer's own time.

use std::{
    env,
    error::Error,
    hash::{BuildHasher, RandomState},
    sync::Arc,
    time::{Duration, Instant},
};

use bigcommerce::{ApiOrigin, Client, ClientParts, HttpTransport, Randomness};
use commerce::{AccessToken, Clock, Sleep, Tick};
use jiff::Timestamp;

/// The computer's own time.
struct SystemClock(Instant);

impl Clock for SystemClock {
    fn now(&self) -> Tick {
        Tick::at(self.0.elapsed())
    }

    fn wall(&self) -> Timestamp {
        Timestamp::now()
    }

    fn sleep_until(&self, deadline: Tick) -> Sleep<'_> {
        Box::pin(tokio::time::sleep(deadline.since(self.now())))
    }
}

/// Spreads waits. Nothing secret hangs on it.
struct Spread;

impl Randomness for Spread {
    fn unit(&self) -> f64 {
        let random = u32::try_from(RandomState::new().hash_one(0_u8) >> 32).unwrap_or(0);
        f64::from(random) / (f64::from(u32::MAX) + 1.0)
    }
}

/// A client for the store that the environment names, and its clock.
///
/// `BIGCOMMERCE_STORE_HASH` and `BIGCOMMERCE_ACCESS_TOKEN`; with `BIGCOMMERCE_ORIGIN` a store on
/// this computer, as `http://127.0.0.1:4010`.
pub(crate) fn client() -> Result<(Client, Arc<dyn Clock>), Box<dyn Error>> {
    let variable = |name: &str| env::var(name).map_err(|_| format!("set {name}"));
    let clock: Arc<dyn Clock> = Arc::new(SystemClock(Instant::now()));
    let client = Client::new(ClientParts {
        origin: match env::var("BIGCOMMERCE_ORIGIN") {
            Ok(origin) => ApiOrigin::parse(&origin)?,
            Err(_) => ApiOrigin::bigcommerce(),
        },
        hash: variable("BIGCOMMERCE_STORE_HASH")?.parse()?,
        token: AccessToken::new(variable("BIGCOMMERCE_ACCESS_TOKEN")?),
        transport: Arc::new(HttpTransport::new("bigcommerce-example/0.1")?),
        clock: Arc::clone(&clock),
        randomness: Arc::new(Spread),
    });
    Ok((client, clock))
}

/// How long an example waits for one answer.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

//! Test doubles for what the hosts hand in, a keyring's window, and one request of every sort; only ever a development
//! dependency.

#[cfg(target_os = "linux")]
pub mod prompter;
pub mod samples;

use std::{
    fmt::Display,
    io::{self, Write as _},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use bigcommerce::Randomness;
use commerce::{
    AccessToken, Clock, InventoryTracking, Product, ProductId, ProductKind, Sleep, Tick,
};
use credentials::{Ask, Backend, KeychainError, KeychainPlace, KeychainState, TokenKey};
use jiff::Timestamp;
use rust_decimal::Decimal;
use tokio::sync::watch;

/// Says that a test, or a part of one, can't be tried on this system, and why. It goes past what keeps back the output
/// of tests that pass: a run counts these lines, so that what was not tried is not taken for what passed.
pub fn not_tried(why: impl Display) {
    // Nobody to tell is no reason to fail.
    let _ = writeln!(io::stderr(), "not tried: {why}");
}

/// Time as it passes.
#[derive(Clone, Copy, Debug)]
pub struct RealClock(Instant);

impl Default for RealClock {
    fn default() -> Self {
        Self(Instant::now())
    }
}

impl Clock for RealClock {
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

/// Time as it passes, and in leaps: a computer that slept, or a wait that a test has no time for. Ticks leap along
/// unless it is said otherwise.
#[derive(Debug)]
pub struct LeapingClock {
    real: RealClock,
    ahead: watch::Sender<Duration>,
    set_back: Mutex<Duration>,
    set_forward: Mutex<Duration>,
}

impl Default for LeapingClock {
    fn default() -> Self {
        Self {
            real: RealClock::default(),
            ahead: watch::Sender::new(Duration::ZERO),
            set_back: Mutex::default(),
            set_forward: Mutex::default(),
        }
    }
}

impl LeapingClock {
    /// So much time passes at once. Whoever sleeps wakes if it was time.
    pub fn leap(&self, time: Duration) {
        self.ahead.send_modify(|ahead| *ahead += time);
    }

    /// Somebody sets the computer's calendar back by so much. What only counts time knows nothing of it.
    pub fn set_back(&self, time: Duration) {
        *held(&self.set_back) += time;
    }

    /// Somebody sets it forward by so much.
    pub fn set_forward(&self, time: Duration) {
        *held(&self.set_forward) += time;
    }

    /// The computer sleeps for so long, and what counts time stands still meanwhile, as on Linux and macOS:
    /// only the calendar shows it afterwards. Nobody who sleeps here wakes by it.
    pub fn sleep_through(&self, time: Duration) {
        self.set_forward(time);
    }
}

fn held(time: &Mutex<Duration>) -> MutexGuard<'_, Duration> {
    time.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Clock for LeapingClock {
    fn now(&self) -> Tick {
        self.real.now() + *self.ahead.borrow()
    }

    fn wall(&self) -> Timestamp {
        let set = self.real.wall() + *held(&self.set_forward) - *held(&self.set_back);
        set + *self.ahead.borrow()
    }

    fn sleep_until(&self, deadline: Tick) -> Sleep<'_> {
        let mut ahead = self.ahead.subscribe();
        Box::pin(async move {
            loop {
                let left = deadline.since(self.now());
                if left.is_zero() {
                    return;
                }
                tokio::select! {
                    () = tokio::time::sleep(left) => {}
                    _ = ahead.changed() => {}
                }
            }
        })
    }
}

/// Always in the middle.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoChance;

impl Randomness for NoChance {
    fn unit(&self) -> f64 {
        0.5
    }
}

/// A system without a keychain.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoKeychain;

impl Backend for NoKeychain {
    fn state(&self) -> KeychainState {
        KeychainState::Absent
    }

    fn save(&self, _: &TokenKey, _: &AccessToken, _: &Ask) -> Result<KeychainPlace, KeychainError> {
        Err(KeychainError::Absent)
    }

    fn load(&self, _: &TokenKey, _: &Ask) -> Result<AccessToken, KeychainError> {
        Err(KeychainError::Absent)
    }

    fn delete(&self, _: &TokenKey, _: &Ask) -> Result<(), KeychainError> {
        Err(KeychainError::Absent)
    }
}

/// A product with nothing special about it: visible, at 10.00, its stock not counted.
#[must_use]
pub fn product(id: u64) -> Product {
    Product {
        id: ProductId(id),
        kind: ProductKind::Physical,
        name: format!("Product {id}"),
        sku: format!("SKU-{id}"),
        price: Decimal::TEN,
        cost_price: Decimal::ZERO,
        retail_price: Decimal::ZERO,
        sale_price: Decimal::ZERO,
        calculated_price: Decimal::TEN,
        weight: Decimal::ONE,
        is_visible: true,
        description: String::new(),
        inventory_tracking: InventoryTracking::None,
        inventory_level: 0,
        inventory_warning_level: 0,
        upc: String::new(),
        mpn: String::new(),
        brand_id: None,
        category_ids: Vec::new().into(),
        base_variant_id: None,
        url: String::new(),
        picture: None,
        created_at: Timestamp::UNIX_EPOCH,
        modified_at: Timestamp::UNIX_EPOCH,
    }
}

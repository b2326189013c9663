//! Test doubles for what the hosts hand in; only ever a development dependency.

use std::time::Instant;

use bigcommerce::Randomness;
use commerce::{AccessToken, Clock, Sleep, Tick};
use credentials::{Ask, Backend, KeychainError, KeychainPlace, KeychainState, TokenKey};
use jiff::Timestamp;

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

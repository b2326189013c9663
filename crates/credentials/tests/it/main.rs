//! Tokens in a real keyring, and out of whatever people paste.

#![expect(
    clippy::unwrap_used,
    reason = "a failed unwrap is how a test's helper fails the test"
)]

mod account;
mod address;
mod forms;
mod handed;
#[cfg(target_os = "linux")]
mod keyring;
mod mutations;
#[cfg(target_os = "linux")]
mod token;
mod vault;
#[cfg(target_os = "linux")]
mod world;

//! Journeys of a merchant through the real window: real keyring, real files, real HTTP.
//!
//! Pictures of them lie in `target/journeys/` afterwards, one of the last moment for each that failed.

mod bad_days;
mod changing;
mod connecting;
mod first_start;
mod keyboard;
mod keychain;
mod reading_aloud;
mod staying;
mod support;

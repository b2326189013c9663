//! Bad days, through the whole backend: a real sandbox store, a real keyring, real processes.
//!
//! Each asks the same: what does the person still have, what do they read, and what happens to
//! what they wanted?
#![cfg(target_os = "linux")]

mod asleep;
mod broken_answers;
mod checks_in_time;
mod clocks;
mod comparing;
mod connecting;
mod files;
mod full_disk;
mod keychain;
mod left_behind;
mod not_reached;
mod pictures;
mod presets;
mod products;
mod read_only;
mod secrets;
mod store_away;
mod storefront;
mod throttled;
mod token_lost;
mod untold;

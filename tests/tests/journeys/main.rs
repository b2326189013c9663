//! Journeys of a merchant through the real window, or, where that needs a hand, over the bridge: real
//! keyring, real files, real HTTP.
//!
//! Pictures of them lie in `target/journeys/` afterwards, one of the last moment for each that failed.
#![cfg(target_os = "linux")]

mod activity;
mod announcing;
mod at_a_glance;
mod bad_days;
mod browser;
mod canary;
mod changing;
mod connecting;
mod customers;
mod dropping;
mod every_trouble;
mod finding;
mod first_start;
mod handing_over;
mod jobs;
mod keyboard;
mod keychain;
mod less;
mod looking;
mod looks;
mod networks;
mod opening;
mod order_panel;
mod pictures;
mod products;
mod reading_aloud;
mod removing;
mod replacing;
mod starting;
mod staying;
mod store_troubles;
mod storefront;
mod support;
mod walls;
mod wizard_aloud;

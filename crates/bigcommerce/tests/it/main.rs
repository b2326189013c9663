//! The client from outside: over a scripted transport in simulated time, and over real HTTP on
//! this computer.

#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod http;
mod orders;
mod pacing;
mod products;
mod refusals;
mod retrying;
mod secrets;
mod support;

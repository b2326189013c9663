//! What the journeys, the bad days and the kills stand on: a desktop of a test's own, a sandbox
//! store and the bridge, each as a real process that ends with the test.
//!
//! Every piece panics with a sentence where a test can't go on: nothing here is for the app.
//!
//! Linux only: a display, a bus and a keyring of a test's own are to be had nowhere else.
#![cfg(target_os = "linux")]

pub mod announcements;
pub mod bridge;
pub mod copied;
pub mod damage;
pub mod desktop;
pub mod dragged;
pub mod http;
pub mod jobs;
pub mod memory;
pub mod port;
pub mod power_cut;
pub mod process;
pub mod proxy;
pub mod sandbox;
mod selection;
pub mod small_disk;
pub mod wait;
pub mod watch;
pub mod window;
pub mod world;

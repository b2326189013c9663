//! Jobs of random size, killed at random places while the store misbehaves at random, for as long as
//! wanted. In one round of four each the disk below the app gets full, loses with every kill what had
//! not reached it, as in a power cut, or gives back a damaged last page of the journal. Every round
//! prints its seed, and is made again with it.
//!
//! `soak --seconds S [--seed N]`: ends with `J jobs, K kills, F faults, L lost, D doubled`, and
//! fails if anything was lost or doubled. Where the system can't have a disk that gets full, or show what has
//! reached it, a line on standard error says behind that what was not tried.

#[cfg(target_os = "linux")]
mod chance;
#[cfg(target_os = "linux")]
mod job;
#[cfg(target_os = "linux")]
mod met;
#[cfg(target_os = "linux")]
mod place;
#[cfg(target_os = "linux")]
mod play;
#[cfg(target_os = "linux")]
mod round;
#[cfg(target_os = "linux")]
mod tally;

use std::process::ExitCode;

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    play::run()
}

#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    eprintln!("jobs are killed on Linux, where the system tells what has reached the disk");
    ExitCode::from(2)
}

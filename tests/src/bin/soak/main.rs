//! Jobs of random size, killed at random places while the store misbehaves at random, for as long as
//! wanted. In one round of four each the disk below the app gets full, loses with every kill what had
//! not reached it, as in a power cut, or gives back a damaged last page of the journal. Every round
//! prints its seed, and is made again with it.
//!
//! `soak --seconds S [--seed N]`: ends with `J jobs, K kills, F faults, L lost, D doubled`, and
//! fails if anything was lost or doubled.
#![cfg(target_os = "linux")]

mod chance;
mod job;
mod place;
mod round;
mod tally;

use std::{
    process::ExitCode,
    time::{Duration, Instant},
};

use tally::Tally;

fn main() -> ExitCode {
    let Some((seconds, seed)) = options() else {
        eprintln!("soak --seconds S [--seed N]");
        return ExitCode::from(2);
    };
    let until = Instant::now() + Duration::from_secs(seconds);
    let mut tally = Tally::default();
    let only = seed.is_some();
    let mut seed = seed.unwrap_or_else(chance::any_seed);
    loop {
        println!("seed {seed}");
        tally += round::play(seed);
        if only || Instant::now() >= until {
            break;
        }
        seed = chance::next_seed(seed);
    }
    println!("{}", tally.disks());
    println!("{tally}");
    if tally.is_clean() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn options() -> Option<(u64, Option<u64>)> {
    let (mut seconds, mut seed) = (None, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let number = arguments.next()?.parse().ok()?;
        match argument.as_str() {
            "--seconds" => seconds = Some(number),
            "--seed" => seed = Some(number),
            _ => return None,
        }
    }
    Some((seconds.or(seed.map(|_| 0))?, seed))
}

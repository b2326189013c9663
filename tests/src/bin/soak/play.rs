//! Round after round until the time is up.

use std::{
    process::ExitCode,
    time::{Duration, Instant},
};

use crate::{chance, round, tally::Tally};

/// Plays round after round, as the arguments say.
pub(super) fn run() -> ExitCode {
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
    // Behind everything else, where nobody looks past it; the last line on standard output stays the sum.
    for line in tally.not_tried() {
        eprintln!("{line}");
    }
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

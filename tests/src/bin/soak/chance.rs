//! Chance that can be repeated.

use std::hash::{BuildHasher as _, RandomState};

/// A seed that no other run has.
pub(crate) fn any_seed() -> u64 {
    RandomState::new().hash_one(std::process::id()) >> 16
}

/// The seed of the next round.
pub(crate) fn next_seed(seed: u64) -> u64 {
    Chance(seed).next() >> 16
}

/// SplitMix64. Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.next() % (high - low + 1)
    }

    pub(crate) fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        let place = self.next() % all.len() as u64;
        &all[usize::try_from(place).expect("a place in a list")]
    }
}

//! Many numbers in little room.

use std::collections::BTreeMap;

/// A set of numbers. Of a run of them, each one more than the one before, only the first and the last are kept:
/// numbers of a list come mostly in runs, in whatever sequence.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// The last of each run by its first. No two of them touch.
    runs: BTreeMap<u64, u64>,
    count: u64,
}

impl Numbers {
    /// The run that begins at this number or last before it.
    fn run_before(&self, number: u64) -> Option<(u64, u64)> {
        let (first, last) = self.runs.range(..=number).next_back()?;
        Some((*first, *last))
    }

    pub(super) fn contains(&self, number: u64) -> bool {
        self.run_before(number)
            .is_some_and(|(_, last)| number <= last)
    }

    pub(super) fn insert(&mut self, number: u64) {
        let before = self.run_before(number);
        if before.is_some_and(|(_, last)| number <= last) {
            return;
        }
        self.count += 1;
        let joined = before.filter(|(_, last)| last.checked_add(1) == Some(number));
        let first = joined.map_or(number, |(first, _)| first);
        let after = number.checked_add(1);
        let last = after.and_then(|after| self.runs.remove(&after));
        self.runs.insert(first, last.unwrap_or(number));
    }

    /// How many there are.
    pub(super) const fn count(&self) -> u64 {
        self.count
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    fn of(numbers: impl IntoIterator<Item = u64>) -> Numbers {
        let mut all = Numbers::default();
        for number in numbers {
            all.insert(number);
        }
        all
    }

    #[test]
    fn a_million_in_a_row_take_no_room_to_speak_of() {
        let all = of(1..=1_000_000);
        assert_eq!((all.count(), all.runs.len()), (1_000_000, 1));
        assert!(all.contains(1) && all.contains(1_000_000));
        assert!(!all.contains(0) && !all.contains(1_000_001));
    }

    #[test]
    fn a_run_is_one_in_whatever_sequence_it_came() {
        const MANY: u64 = 1_000;
        for all in [
            of((0..MANY).rev()),
            // What lies between comes later.
            of((0..MANY).step_by(2).chain((1..MANY).step_by(2))),
            of((0..MANY).chain(0..MANY)),
        ] {
            assert_eq!((all.count(), all.runs.len()), (MANY, 1));
        }
        let with_gaps = of((0..MANY).filter(|number| number % 100 != 0));
        assert_eq!(with_gaps.runs.len(), 10);
    }

    proptest! {
        #[test]
        fn it_is_a_set(
            numbers in prop::collection::vec(
                prop_oneof![0_u64..40, (0_u64..3).prop_map(|less| u64::MAX - less)],
                0..80,
            ),
        ) {
            let mut all = Numbers::default();
            let mut model = HashSet::new();
            for number in numbers {
                prop_assert_eq!(all.contains(number), model.contains(&number));
                all.insert(number);
                model.insert(number);
                prop_assert_eq!(all.count(), model.len() as u64);
            }
            for number in (0..42).chain(u64::MAX - 4..=u64::MAX) {
                prop_assert_eq!(all.contains(number), model.contains(&number));
            }
            let runs: Vec<(u64, u64)> = all.runs.into_iter().collect();
            for pair in runs.windows(2) {
                prop_assert!(pair[0].1 < pair[1].0 - 1, "{:?} touch", pair);
            }
        }
    }
}

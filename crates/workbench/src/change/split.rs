//! Sending many things a few at a time, so that one that is refused takes none of its neighbours
//! along.

use std::collections::VecDeque;

/// What is left to be sent, in order, and how it is cut.
///
/// A store refuses a batch as a whole. Where it says which item is wrong, that one is told and the
/// others are sent again together; where it doesn't, the batch is cut in halves until the wrong
/// one stands alone. Each item is given out again only after its batch was refused, and comes out
/// of here exactly once: taken with its batch, or refused alone.
pub(super) struct Splitter<T> {
    line: VecDeque<Vec<T>>,
}

impl<T> Splitter<T> {
    /// Batches of at most `at_most` items.
    pub(super) fn new(items: Vec<T>, at_most: usize) -> Self {
        let mut line = VecDeque::new();
        let mut items = items.into_iter().peekable();
        while items.peek().is_some() {
            line.push_back(items.by_ref().take(at_most.max(1)).collect());
        }
        Self { line }
    }

    /// The next batch to send.
    pub(super) fn next_batch(&mut self) -> Option<Vec<T>> {
        self.line.pop_front()
    }

    /// The store refused the batch and named what is wrong, each by its place in the batch. Gives
    /// those; the others go together once more.
    pub(super) fn named<W>(&mut self, batch: Vec<T>, wrong: Vec<(usize, W)>) -> Vec<(T, W)> {
        let mut wrong: Vec<Option<W>> = {
            let mut by_place: Vec<Option<W>> = batch.iter().map(|_| None).collect();
            for (place, words) in wrong {
                if let Some(slot) = by_place.get_mut(place)
                    && slot.is_none()
                {
                    *slot = Some(words);
                }
            }
            by_place
        };
        let mut told = Vec::new();
        let mut rest = Vec::new();
        for (item, words) in batch.into_iter().zip(wrong.drain(..)) {
            match words {
                Some(words) => told.push((item, words)),
                None => rest.push(item),
            }
        }
        if told.is_empty() {
            // A place that isn't there names nobody.
            self.halves(rest);
        } else if !rest.is_empty() {
            self.line.push_front(rest);
        }
        told
    }

    /// The store refused the batch without saying what is wrong. Gives the item if it stood alone.
    pub(super) fn unnamed(&mut self, mut batch: Vec<T>) -> Option<T> {
        if batch.len() > 1 {
            self.halves(batch);
            return None;
        }
        batch.pop()
    }

    /// The item goes alone, next.
    pub(super) fn alone(&mut self, item: T) {
        self.line.push_front(vec![item]);
    }

    fn halves(&mut self, mut batch: Vec<T>) {
        if batch.len() < 2 {
            // Not reached: whoever names nobody of one is asked as if it had named none.
            self.line.push_front(batch);
            return;
        }
        let second = batch.split_off(batch.len() / 2);
        self.line.push_front(second);
        self.line.push_front(batch);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    /// How a store tells what is wrong.
    #[derive(Clone, Copy, Debug)]
    enum Manner {
        /// By the place of every wrong one.
        All,
        /// By the place of the first.
        First,
        /// Not at all.
        None,
    }

    #[derive(Default)]
    struct Shop {
        requests: usize,
        done: Vec<u32>,
        told: Vec<u32>,
    }

    fn send(bad: &BTreeSet<u32>, manner: impl Fn(usize) -> Manner, count: u32) -> Shop {
        let mut shop = Shop::default();
        let mut splitter = Splitter::new((0..count).collect(), 10);
        while let Some(batch) = splitter.next_batch() {
            assert!(!batch.is_empty() && batch.len() <= 10);
            shop.requests += 1;
            assert!(shop.requests < 10_000, "it never ends");
            let wrong: Vec<(usize, ())> = batch
                .iter()
                .enumerate()
                .filter(|(_, item)| bad.contains(item))
                .map(|(place, _)| (place, ()))
                .collect();
            if wrong.is_empty() {
                shop.done.extend(batch);
                continue;
            }
            match manner(shop.requests) {
                Manner::All => {
                    let told = splitter.named(batch, wrong);
                    shop.told.extend(told.into_iter().map(|(item, ())| item));
                }
                Manner::First => {
                    let told = splitter.named(batch, wrong[..1].to_vec());
                    shop.told.extend(told.into_iter().map(|(item, ())| item));
                }
                Manner::None => shop.told.extend(splitter.unnamed(batch)),
            }
        }
        shop
    }

    proptest! {
        #[test]
        fn of_a_thousand_all_good_ones_are_done_once_and_all_bad_ones_told_once(
            bad in prop::collection::btree_set(0_u32..1000, 0..1000),
            manners in prop::collection::vec(0_u8..3, 1..20),
        ) {
            let manner = |request: usize| match manners[request % manners.len()] {
                0 => Manner::All,
                1 => Manner::First,
                _ => Manner::None,
            };
            let mut shop = send(&bad, manner, 1000);
            // In the order they were confirmed, but for what a refusal put apart.
            let good: Vec<u32> = (0..1000).filter(|item| !bad.contains(item)).collect();
            prop_assert_eq!(&shop.done, &good);
            shop.told.sort_unstable();
            let all_bad: Vec<u32> = bad.into_iter().collect();
            prop_assert_eq!(shop.told, all_bad);
        }
    }

    #[test]
    fn a_few_bad_ones_cost_few_requests() {
        let bad = BTreeSet::from([17, 500, 999]);
        assert_eq!(send(&BTreeSet::new(), |_| Manner::All, 1000).requests, 100);
        assert_eq!(send(&bad, |_| Manner::All, 1000).requests, 103);
        // Halving ten: at most four levels, two requests each.
        assert!(send(&bad, |_| Manner::None, 1000).requests <= 100 + 3 * 8);
    }

    #[test]
    fn a_place_that_is_not_in_the_batch_names_nobody() {
        let mut splitter = Splitter::new(vec!['a', 'b'], 10);
        let batch = splitter.next_batch().unwrap();
        assert_eq!(splitter.named(batch, vec![(7, ())]), []);
        assert_eq!(splitter.next_batch(), Some(vec!['a']));
        assert_eq!(splitter.next_batch(), Some(vec!['b']));
        assert_eq!(splitter.next_batch(), None);
    }
}

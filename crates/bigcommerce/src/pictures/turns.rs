//! Turns at something that only so many may do at a time; whoever came last goes first.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::oneshot;

/// A place for so many. Cheap to clone; clones are the same place.
///
/// The newest goes first because it is what somebody looks at now: a picture that was asked for while a list was
/// scrolled past may wait until those in sight have come.
#[derive(Clone)]
pub(super) struct Turns {
    inner: Arc<Mutex<Inner>>,
}

struct Inner {
    free: usize,
    /// The newest at the end.
    line: VecDeque<oneshot::Sender<Turn>>,
}

/// Somebody's turn. It is over when this is dropped.
pub(super) struct Turn {
    /// `None` once it was counted as free.
    turns: Option<Turns>,
}

impl Turns {
    /// For `at_once` at a time.
    pub(super) fn new(at_once: usize) -> Self {
        let inner = Inner {
            free: at_once,
            line: VecDeque::new(),
        };
        Self {
            inner: Arc::new(Mutex::new(inner)),
        }
    }

    /// Waits for a turn. Who gives up waiting costs nobody anything.
    pub(super) async fn mine(&self) -> Turn {
        let waiting = {
            let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
            if inner.free > 0 {
                inner.free -= 1;
                None
            } else {
                let (hand, waiting) = oneshot::channel();
                inner.line.push_back(hand);
                Some(waiting)
            }
        };
        let now = || Turn {
            turns: Some(self.clone()),
        };
        match waiting {
            None => now(),
            // A sender lives until it has given the turn away.
            Some(waiting) => waiting.await.unwrap_or_else(|_| now()),
        }
    }

    /// Gives a turn that is over to the newest who still waits.
    fn hand_on(&self) {
        let mut turn = Turn {
            turns: Some(self.clone()),
        };
        loop {
            let next = {
                let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
                let next = inner.line.pop_back();
                if next.is_none() {
                    inner.free += 1;
                }
                next
            };
            let Some(next) = next else {
                // It was counted as free: it must not end a second time.
                turn.turns = None;
                return;
            };
            match next.send(turn) {
                Ok(()) => return,
                // Whoever stood there has given up.
                Err(back) => turn = back,
            }
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(turns) = self.turns.take() {
            turns.hand_on();
        }
    }
}

#[cfg(test)]
mod tests {
    use futures::{FutureExt as _, executor::block_on};

    use super::*;

    #[test]
    fn whoever_came_last_goes_first_and_nobody_is_forgotten() {
        let turns = Turns::new(1);
        let first = block_on(turns.mine());
        let mut waiting: Vec<_> = (0..4).map(|_| Box::pin(turns.mine())).collect();
        for one in &mut waiting {
            assert!(one.now_or_never().is_none());
        }
        // The third has scrolled on.
        drop(waiting.remove(2));
        drop(first);
        let mut order = Vec::new();
        let mut numbers = vec![0, 1, 3];
        while !waiting.is_empty() {
            let ready = waiting
                .iter_mut()
                .map(|one| one.now_or_never())
                .collect::<Vec<_>>();
            let at = ready.iter().position(Option::is_some).expect("one may go");
            assert_eq!(ready.iter().flatten().count(), 1, "one at a time");
            order.push(numbers.remove(at));
            drop(waiting.remove(at));
        }
        assert_eq!(order, [3, 1, 0]);
        assert!(
            turns.mine().now_or_never().is_some(),
            "the place is free again"
        );
    }

    #[test]
    fn a_turn_that_nobody_waits_for_any_more_is_free() {
        let turns = Turns::new(2);
        let (one, two) = (block_on(turns.mine()), block_on(turns.mine()));
        let mut gives_up = Box::pin(turns.mine());
        assert!(gives_up.as_mut().now_or_never().is_none());
        drop(one);
        // It was handed over, and never taken.
        drop(gives_up);
        let again = turns.mine().now_or_never();
        assert!(again.is_some());
        assert!(turns.mine().now_or_never().is_none());
        drop(two);
        assert!(turns.mine().now_or_never().is_some());
    }
}

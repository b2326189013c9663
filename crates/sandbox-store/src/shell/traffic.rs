//! What is under way: how many requests of a kind, and how long an answer takes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::gate::caps::cap_of;
use crate::seed::rng::Rng;

use super::rules::without_store;

/// Requests that have no answer yet, by kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Traffic(Arc<Mutex<HashMap<&'static str, usize>>>);

/// A request under way; it is over when this is dropped.
#[derive(Debug)]
pub(super) struct UnderWay {
    traffic: Traffic,
    kind: Option<&'static str>,
}

impl Traffic {
    /// Lets a request in; `None` where too many of its kind are under way.
    pub(super) fn enter(&self, method: &str, path: &str) -> Option<UnderWay> {
        let Some((kind, most)) = cap_of(method, without_store(path)) else {
            return Some(UnderWay {
                traffic: self.clone(),
                kind: None,
            });
        };
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(kind).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(UnderWay {
            traffic: self.clone(),
            kind: Some(kind),
        })
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let Some(kind) = self.kind else { return };
        let mut counts = self
            .traffic
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(kind) {
            *count = count.saturating_sub(1);
        }
    }
}

/// How long an answer takes at least, and by how much more at most.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pace {
    pub(super) latency: Duration,
    pub(super) jitter: Duration,
    pub(super) seed: u64,
}

impl Pace {
    /// Of the request of that number: the same seed gives the same delays.
    pub(super) fn of(self, number: u64) -> Duration {
        let most = u64::try_from(self.jitter.as_micros()).unwrap_or(u64::MAX);
        if most == 0 {
            return self.latency;
        }
        let more = Rng::for_thing(self.seed, "jitter", number).below(most + 1);
        self.latency + Duration::from_micros(more)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_free_again_when_a_request_is_over() {
        let traffic = Traffic::default();
        let path = "/stores/abc/v3/customers";
        let open: Vec<UnderWay> = (0..3).filter_map(|_| traffic.enter("PUT", path)).collect();
        assert_eq!(open.len(), 3);
        assert!(traffic.enter("PUT", path).is_none());
        assert!(traffic.enter("GET", path).is_some());
        drop(open);
        assert!(traffic.enter("PUT", path).is_some());
    }

    #[test]
    fn jitter_stays_within_bounds_and_is_the_same_for_a_seed() {
        let pace = Pace {
            latency: Duration::from_millis(20),
            jitter: Duration::from_millis(10),
            seed: 7,
        };
        let delays: Vec<Duration> = (0..200).map(|number| pace.of(number)).collect();
        assert!(
            delays
                .iter()
                .all(|delay| (20..=30).contains(&delay.as_millis()))
        );
        assert!(delays.iter().any(|delay| *delay != delays[0]));
        assert_eq!(
            delays,
            (0..200).map(|number| pace.of(number)).collect::<Vec<_>>()
        );
    }
}

//! Stores that look at what is sent to them, and when.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use bigcommerce::{BoxFuture, HttpRequest, HttpResponse, Method, Transport, TransportError};
use commerce::{Clock, Tick};
use futures::FutureExt;
use serde_json::json;

use crate::support::{Dice, TestClock, response};

/// Takes a second for each, and answers 429 without a word to the first few.
pub(super) struct Busy {
    /// So many are told off.
    refused: usize,
    state: Mutex<BusyState>,
}

#[derive(Default)]
struct BusyState {
    begun: usize,
    under_way: u32,
    /// Together at most, of those that came after the first `since`.
    most: u32,
    since: usize,
}

impl Busy {
    /// Counts from the request after the first `since` on.
    pub(super) fn refusing(refused: usize, since: usize) -> Arc<Self> {
        let state = BusyState {
            since,
            ..BusyState::default()
        };
        Arc::new(Self {
            refused,
            state: Mutex::new(state),
        })
    }

    pub(super) fn most_together(&self) -> u32 {
        self.state.lock().unwrap().most
    }
}

impl Transport for Busy {
    fn send(&self, _: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let number = {
            let mut state = self.state.lock().unwrap();
            state.begun += 1;
            state.under_way += 1;
            if state.begun > state.since {
                state.most = state.most.max(state.under_way);
            }
            state.begun
        };
        async move {
            tokio::time::sleep(Duration::from_secs(1)).await;
            self.state.lock().unwrap().under_way -= 1;
            let status = if number <= self.refused { 429 } else { 200 };
            Ok(response(status, &[], json!({"time": 1})))
        }
        .boxed()
    }
}

/// A store with fixed windows, a rival that uses the same quota, and answers that overtake each
/// other. It checks every request against what the client can know.
pub(super) struct Shared {
    pub(super) clock: Arc<TestClock>,
    pub(super) dice: Arc<Dice>,
    pub(super) quota: u64,
    pub(super) window: Duration,
    pub(super) busy_rival: u64,
    pub(super) state: Mutex<SharedState>,
}

#[derive(Default)]
pub(super) struct SharedState {
    window_number: u128,
    used: u64,
    under_way: u64,
    /// Fewest left that the client was told in that window.
    told: Option<(u128, u64)>,
    /// Refused in this window.
    refused: u64,
}

impl Shared {
    fn window_number(&self) -> u128 {
        self.clock.now().since(Tick::default()).as_millis() / self.window.as_millis()
    }
}

impl Transport for Shared {
    fn send(&self, _: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let window = self.window_number();
        {
            let mut state = self.state.lock().unwrap();
            if let Some((told_window, left)) = state.told
                && told_window == window
            {
                assert!(
                    left > state.under_way,
                    "sent with {left} left and {} under way",
                    state.under_way
                );
            }
            state.under_way += 1;
        }
        let there = Duration::from_millis(self.dice.below(300));
        let back = Duration::from_millis(self.dice.below(300));
        async move {
            tokio::time::sleep(there).await;
            let now = self.clock.now().since(Tick::default());
            let window = self.window_number();
            let (status, left) = {
                let mut state = self.state.lock().unwrap();
                if state.window_number != window {
                    state.window_number = window;
                    state.used = 0;
                    state.refused = 0;
                }
                state.used = (state.used + self.dice.below(self.busy_rival + 1)).min(self.quota);
                if state.used < self.quota {
                    state.used += 1;
                    (200, self.quota - state.used)
                } else {
                    state.refused += 1;
                    assert!(state.refused <= 3, "went on after being refused");
                    (429, 0)
                }
            };
            let reset = self.window.as_millis() - now.as_millis() % self.window.as_millis();
            tokio::time::sleep(back).await;
            let mut state = self.state.lock().unwrap();
            state.under_way -= 1;
            state.told = match state.told {
                Some((told_window, told)) if told_window == window => {
                    Some((window, told.min(left)))
                }
                Some((told_window, told)) if told_window > window => Some((told_window, told)),
                Some(_) | None => Some((window, left)),
            };
            let headers = [
                ("x-rate-limit-requests-quota", self.quota.to_string()),
                ("x-rate-limit-requests-left", left.to_string()),
                (
                    "x-rate-limit-time-window-ms",
                    self.window.as_millis().to_string(),
                ),
                ("x-rate-limit-time-reset-ms", reset.to_string()),
            ];
            let headers: Vec<_> = headers
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            Ok(response(status, &headers, json!({"time": 1})))
        }
        .boxed()
    }
}

/// Takes its time for each, and notes when a person's request (for statuses) went out.
pub(super) struct Slow {
    pub(super) dice: Arc<Dice>,
    pub(super) clock: Arc<TestClock>,
    pub(super) persons: Mutex<Vec<Tick>>,
}

impl Transport for Slow {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let is_time = request.url.ends_with("/time");
        if !is_time {
            self.persons.lock().unwrap().push(self.clock.now());
        }
        let took = Duration::from_millis(self.dice.below(500));
        async move {
            tokio::time::sleep(took).await;
            let body = if is_time {
                json!({"time": 1})
            } else {
                json!([])
            };
            Ok(response(200, &[], body))
        }
        .boxed()
    }
}

/// A store that answers some time later, and looks at what is under way together.
pub(super) struct Watching {
    pub(super) dice: Arc<Dice>,
    pub(super) under_way: Mutex<Vec<(Method, String)>>,
    pub(super) most_writes: Mutex<usize>,
}

fn is_capped((method, path): &(Method, String)) -> bool {
    // Asking for a quote changes nothing.
    (*method != Method::Get && !path.ends_with("/refund_quotes"))
        || path.starts_with("/v3/customers")
}

fn is_refund((method, path): &(Method, String)) -> bool {
    *method == Method::Post && path.ends_with("/payment_actions/refunds")
}

fn is_tree((method, path): &(Method, String)) -> bool {
    let below = path.strip_prefix("/v3/catalog/trees/");
    *method == Method::Get && below.is_some_and(|below| below.ends_with("/categories"))
}

impl Transport for Watching {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let (_, path) = request.url.split_once("/stores/tins42").unwrap();
        let path = path.split('?').next().unwrap().to_owned();
        let this = (request.method, path);
        let took = Duration::from_millis(1 + self.dice.below(500));
        {
            let mut under_way = self.under_way.lock().unwrap();
            under_way.push(this.clone());
            let count = |what: fn(&(Method, String)) -> bool| {
                under_way.iter().filter(|one| what(one)).count()
            };
            assert!(count(is_capped) <= 3, "{under_way:?}");
            assert!(count(is_refund) <= 1, "{under_way:?}");
            assert!(count(is_tree) <= 1, "{under_way:?}");
            let writes = count(|(method, _)| *method != Method::Get);
            let mut most = self.most_writes.lock().unwrap();
            *most = (*most).max(writes);
        }
        async move {
            tokio::time::sleep(took).await;
            let mut under_way = self.under_way.lock().unwrap();
            let at = under_way.iter().position(|one| *one == this).unwrap();
            under_way.swap_remove(at);
            drop(under_way);
            Ok(response(204, &[], ""))
        }
        .boxed()
    }
}

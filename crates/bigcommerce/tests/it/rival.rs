//! A rival that nobody sees uses the same quota: nothing is sent when nothing is left, and what the
//! rival leaves is used.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use bigcommerce::{
    ApiOrigin, BoxFuture, HttpRequest, HttpResponse, Lane, Transport, TransportError, request,
};
use commerce::{Clock, Tick};
use futures::{FutureExt, future::join_all};
use serde_json::json;

use crate::support::{Dice, TestClock, client, response, simulated};

const WINDOW: Duration = Duration::from_secs(30);
/// Windows looked at; of the last one only the beginning is seen, so it doesn't count.
const WINDOWS: u64 = 4;

/// When the rival comes within a window.
#[derive(Clone, Copy, Debug)]
enum Habit {
    Evenly,
    AtTheBeginning,
    AtTheEnd,
    InBursts,
}

/// A store with fixed windows, and a rival in it.
struct Store {
    clock: Arc<TestClock>,
    dice: Arc<Dice>,
    seed: u64,
    quota: u64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    window: u64,
    used: u64,
    /// The rival's visits still to come in this window, last first.
    visits: Vec<Duration>,
    ours: u64,
    rivals: u64,
    under_way: u64,
    told: Option<(u64, u64)>,
    /// What was ours and what the rival left, by window.
    tally: Vec<(u64, u64)>,
}

impl Store {
    fn now(&self) -> Duration {
        self.clock.now().since(Tick::default())
    }

    fn window(&self) -> u64 {
        self.now().as_secs() / WINDOW.as_secs()
    }

    /// When the rival will come in a window.
    fn visits(&self, window: u64) -> Vec<Duration> {
        let dice = Dice::new(self.seed * 1_000 + window);
        let habits = [
            Habit::Evenly,
            Habit::AtTheBeginning,
            Habit::AtTheEnd,
            Habit::InBursts,
        ];
        let habit = habits[usize::try_from(dice.below(4)).unwrap()];
        let count = dice.below(self.quota * 9 / 10 + 1);
        let burst = dice.below(28_000);
        let mut visits: Vec<_> = (0..count)
            .map(|_| {
                let at = match habit {
                    Habit::Evenly => dice.below(30_000),
                    Habit::AtTheBeginning => dice.below(2_000),
                    Habit::AtTheEnd => 27_000 + dice.below(3_000),
                    Habit::InBursts => burst + dice.below(1_000),
                };
                WINDOW * u32::try_from(window).unwrap() + Duration::from_millis(at)
            })
            .collect();
        visits.sort_unstable();
        visits.reverse();
        visits
    }

    /// Brings the state up to now.
    fn pass(&self, state: &mut State) {
        let now = self.now();
        loop {
            while state.visits.last().is_some_and(|at| *at <= now) {
                state.visits.pop();
                if state.used < self.quota {
                    state.used += 1;
                    state.rivals += 1;
                }
            }
            if state.window == self.window() {
                return;
            }
            // The rest of the rival's visits were in the window that is over.
            while state.visits.pop().is_some() {
                if state.used < self.quota {
                    state.used += 1;
                    state.rivals += 1;
                }
            }
            state.tally.push((state.ours, self.quota - state.rivals));
            state.window += 1;
            (state.used, state.ours, state.rivals) = (0, 0, 0);
            state.visits = self.visits(state.window);
        }
    }
}

impl Transport for Store {
    fn send(&self, _: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        {
            let mut state = self.state.lock().unwrap();
            if let Some((told_in, left)) = state.told
                && told_in == self.window()
            {
                assert!(
                    left > state.under_way,
                    "seed {}: sent with {left} left and {} under way",
                    self.seed,
                    state.under_way
                );
            }
            state.under_way += 1;
        }
        let there = Duration::from_millis(10 + self.dice.below(120));
        let back = Duration::from_millis(10 + self.dice.below(120));
        async move {
            tokio::time::sleep(there).await;
            let (status, left, window) = {
                let mut state = self.state.lock().unwrap();
                self.pass(&mut state);
                let status = if state.used < self.quota {
                    state.used += 1;
                    state.ours += 1;
                    200
                } else {
                    429
                };
                (status, self.quota - state.used, state.window)
            };
            let over = u64::try_from(self.now().as_millis()).unwrap() % 30_000;
            let reset = 30_000 - over;
            tokio::time::sleep(back).await;
            let mut state = self.state.lock().unwrap();
            state.under_way -= 1;
            state.told = match state.told {
                Some((told_in, told)) if told_in == window => Some((window, told.min(left))),
                Some((told_in, told)) if told_in > window => Some((told_in, told)),
                Some(_) | None => Some((window, left)),
            };
            drop(state);
            let headers = [
                ("x-rate-limit-requests-quota", self.quota.to_string()),
                ("x-rate-limit-requests-left", left.to_string()),
                ("x-rate-limit-time-window-ms", "30000".to_owned()),
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

/// What share of what the rival left was used, over all whole windows.
fn share(seed: u64) -> f64 {
    simulated(async {
        let clock = TestClock::new();
        let dice = Dice::new(seed);
        let quota = 10 + dice.below(40);
        let store = Arc::new(Store {
            clock: clock.clone(),
            dice,
            seed,
            quota,
            state: Mutex::default(),
        });
        store.state.lock().unwrap().visits = store.visits(0);
        let client = client(ApiOrigin::bigcommerce(), store.clone(), clock.clone(), seed);
        let end = Tick::at(WINDOW * u32::try_from(WINDOWS).unwrap());
        join_all(
            [Lane::Edit, Lane::Refresh, Lane::FirstPull, Lane::Backfill].map(|lane| {
                let client = client.clone();
                let clock = Arc::clone(&clock);
                async move {
                    while clock.now() < end {
                        let deadline = end + Duration::from_secs(600);
                        client.send(&request::time(), lane, deadline).await.unwrap();
                    }
                }
            }),
        )
        .await;
        let state = store.state.lock().unwrap();
        let whole = &state.tally[..state.tally.len().min(usize::try_from(WINDOWS).unwrap() - 1)];
        let ours: u64 = whole.iter().map(|(ours, _)| ours).sum();
        let left: u64 = whole.iter().map(|(_, left)| left).sum();
        ours as f64 / left as f64
    })
}

/// 500 seeds; `STOCKROOM_SEEDS` asks for another number. One alone: `STOCKROOM_SEED`.
#[test]
fn what_a_hidden_rival_leaves_is_used_and_nothing_is_sent_when_nothing_is_left() {
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .and_then(|text| text.parse::<u64>().ok())
    };
    let seeds = match number("STOCKROOM_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("STOCKROOM_SEEDS").unwrap_or(500),
    };
    let next = AtomicU64::new(seeds.start);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let of_one_core = || {
        let (mut least, mut sum) = ((1.0, 0), 0.0);
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds.end {
                return (least, sum);
            }
            let share = share(seed);
            assert!(
                share >= 0.95,
                "seed {seed}: only {share:.3} of what was left was used"
            );
            sum += share;
            if share < least.0 {
                least = (share, seed);
            }
        }
    };
    let (least, sum) = std::thread::scope(|scope| {
        let all: Vec<_> = (0..cores).map(|_| scope.spawn(of_one_core)).collect();
        let all = all.into_iter().map(|one| one.join().unwrap());
        all.fold(((1.0, 0), 0.0), |(least, sum), (other, more)| {
            let least = if other.0 < least.0 { other } else { least };
            (least, sum + more)
        })
    });
    let count = seeds.end - seeds.start;
    println!(
        "{count} seeds: {:.4} of what was left was used on average, {:.4} at the least (seed {})",
        sum / count as f64,
        least.0,
        least.1
    );
}

//! A store and time that exist in memory only.

use std::{
    future::Future,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use bigcommerce::{
    BoxFuture, Headers, HttpRequest, HttpResponse, Method, Transport, TransportError,
};
use commerce::{Clock, Sleep, Tick};
use jiff::Timestamp;
use tokio::{runtime::Runtime, time::Instant};

use super::{
    QUOTA, WINDOW,
    made_up::{page_of_lines, page_of_orders, page_of_products},
};

/// From a request to its answer.
pub(super) const LATENCY: Duration = Duration::from_millis(120);

/// Time that passes when nobody has anything else to do, on a runtime as programs have it: what
/// the client does beside the one who asks goes on here as well.
pub(super) struct VirtualClock {
    runtime: Runtime,
    began: Instant,
}

impl VirtualClock {
    pub(super) fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .expect("a runtime");
        let began = runtime.block_on(async { Instant::now() });
        Self { runtime, began }
    }

    /// Since the beginning. Only within [`VirtualClock::run`].
    pub(super) fn now(&self) -> Duration {
        self.began.elapsed()
    }

    pub(super) fn tick(&self) -> Tick {
        Tick::at(self.now())
    }

    /// Runs to the end, and says how long that took. Whenever nothing goes on, time leaps to the
    /// next moment that somebody waits for.
    pub(super) fn run<T>(&self, work: impl Future<Output = T>) -> (T, Duration) {
        self.runtime.block_on(async {
            let before = self.now();
            let result = work.await;
            (result, self.now() - before)
        })
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> Tick {
        self.tick()
    }

    fn wall(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    fn sleep_until(&self, deadline: Tick) -> Sleep<'_> {
        let until = self.began + deadline.since(Tick::default());
        Box::pin(tokio::time::sleep_until(until))
    }
}

/// A store with so many products or orders, with or without a quota, and perhaps with a rival.
pub(super) struct Store {
    clock: Arc<VirtualClock>,
    count: u64,
    quota: Option<u64>,
    /// Requests of the rival in each window, spread evenly.
    rival: u64,
    window: Mutex<Window>,
    pub(super) requests: AtomicU64,
    /// Sent although the newest headers, less our own under way, left none.
    pub(super) self_made: AtomicU64,
}

#[derive(Default)]
struct Window {
    number: u64,
    ours: u64,
    rivals: u64,
    under_way: u64,
    /// The most that were under way at a time.
    most_under_way: u64,
    /// What our newest answer told, and of which window.
    told: Option<(u64, u64)>,
    /// Ours and what the rival left, summed over whole windows.
    used: u64,
    left: u64,
}

impl Store {
    pub(super) fn new(
        clock: Arc<VirtualClock>,
        count: u64,
        quota: Option<u64>,
        rival: u64,
    ) -> Self {
        Self {
            clock,
            count,
            quota,
            rival,
            window: Mutex::default(),
            requests: AtomicU64::new(0),
            self_made: AtomicU64::new(0),
        }
    }

    pub(super) fn used_of_what_was_left(&self) -> f64 {
        let window = self.lock();
        window.used as f64 / window.left as f64
    }

    pub(super) fn most_under_way(&self) -> u64 {
        self.lock().most_under_way
    }

    fn lock(&self) -> MutexGuard<'_, Window> {
        self.window.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn number(&self) -> u64 {
        self.clock.now().as_secs() / WINDOW.as_secs()
    }

    /// Counts a request; `None` if the quota is used up.
    fn admit(&self) -> (bool, u64) {
        let mut window = self.lock();
        let quota = self.quota.unwrap_or(u64::MAX);
        let number = self.number();
        if window.number != number {
            let rivals = self.rival.min(quota - window.ours);
            window.used += window.ours;
            window.left += quota - rivals;
            (window.number, window.ours, window.rivals) = (number, 0, 0);
        }
        let into = self.clock.now().as_millis() % WINDOW.as_millis();
        let come = u128::from(self.rival) * into / WINDOW.as_millis();
        window.rivals = u64::try_from(come).unwrap_or(0).min(quota - window.ours);
        let is_in = window.ours + window.rivals < quota;
        window.ours += u64::from(is_in);
        (is_in, quota - window.ours - window.rivals)
    }

    fn body(&self, request: &HttpRequest) -> Vec<u8> {
        let query = request.url.split_once('?').map_or("", |(_, query)| query);
        let number = |name: &str| {
            query.split('&').find_map(|pair| {
                pair.strip_prefix(name)?
                    .strip_prefix('=')?
                    .parse::<u64>()
                    .ok()
            })
        };
        let path = request.url.split('?').next().unwrap_or_default();
        if request.method == Method::Put {
            let body = request.body.as_deref().unwrap_or_default();
            let edits: serde_json::Value = serde_json::from_slice(body).expect("JSON");
            let ids = edits.as_array().expect("a batch");
            let id = |at: usize| ids[at]["id"].as_u64().expect("a number");
            return page_of_products(id(0)..=id(ids.len() - 1), 250);
        }
        if let Some(order) = path
            .strip_suffix("/products")
            .and_then(|path| path.rsplit('/').next()?.parse::<u64>().ok())
        {
            return page_of_lines_at(order, number("page").unwrap_or(1));
        }
        let first = number("id:min").or(number("min_id")).unwrap_or(1);
        let limit = number("limit").unwrap_or(50);
        let last = (first + limit - 1).min(self.count);
        if path.ends_with("/orders") {
            if first > self.count {
                return Vec::new();
            }
            return page_of_orders(first..=last);
        }
        page_of_products(first..=last, limit)
    }
}

fn page_of_lines_at(order: u64, page: u64) -> Vec<u8> {
    if page == 1 {
        page_of_lines(order)
    } else {
        Vec::new()
    }
}

impl Transport for Store {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        self.requests.fetch_add(1, Ordering::Relaxed);
        let number = self.number();
        {
            let mut window = self.lock();
            if let Some((told_in, left)) = window.told
                && told_in == number
                && left <= window.under_way
            {
                self.self_made.fetch_add(1, Ordering::Relaxed);
            }
            window.under_way += 1;
            window.most_under_way = window.most_under_way.max(window.under_way);
        }
        Box::pin(async move {
            self.clock
                .sleep_until(self.clock.tick() + LATENCY / 2)
                .await;
            let (is_in, left) = self.admit();
            let number = self.number();
            let into = self.clock.now().as_millis() % WINDOW.as_millis();
            let reset = WINDOW.as_millis() - into;
            self.clock
                .sleep_until(self.clock.tick() + LATENCY / 2)
                .await;
            let mut window = self.lock();
            window.under_way -= 1;
            window.told = Some((number, left));
            drop(window);
            let headers: Headers = if self.quota.is_some() {
                [
                    ("X-Rate-Limit-Requests-Quota", QUOTA.to_string()),
                    ("X-Rate-Limit-Requests-Left", left.to_string()),
                    (
                        "X-Rate-Limit-Time-Window-Ms",
                        WINDOW.as_millis().to_string(),
                    ),
                    ("X-Rate-Limit-Time-Reset-Ms", reset.to_string()),
                ]
                .into_iter()
                .collect()
            } else {
                Headers::default()
            };
            let body = if is_in {
                self.body(&request)
            } else {
                Vec::new()
            };
            let status = match (is_in, body.is_empty()) {
                (false, _) => 429,
                (true, true) => 204,
                (true, false) => 200,
            };
            Ok(HttpResponse {
                status,
                headers,
                body,
            })
        })
    }
}

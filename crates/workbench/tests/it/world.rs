//! A sandbox store, a home, and a way to the network that can be bent.

use std::{path::Path, sync::Arc, time::Duration};

use bigcommerce::{
    ApiOrigin, BoxFuture, HttpRequest, HttpResponse, HttpTransport, Pictures, Transport,
    TransportError,
};
use commerce::{Clock, Preset, SafetyMode, StoreColor};
use credentials::{Backend, HandedText, Keychain};
use desk::ProfileKey;
use sandbox_store::{Config, Running, Sizes, Strict, Token};
use testkit::{LeapingClock, NoChance, NoKeychain, RealClock};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use workbench::{
    Handed, Home, NoMilestones, Parts, SampleAddress, SampleError, SampleStore, SaveAs, StoreState,
    Workbench,
};

pub(crate) const TOKEN: &str = "t0t0t0t0t0t0t0t0t0t0t0t0t0t0t0t";

/// Sees each request before it goes out, and may change its address or do something first.
pub(crate) type Bend = Arc<dyn Fn(HttpRequest) -> BoxFuture<'static, HttpRequest> + Send + Sync>;

struct Bent {
    way: HttpTransport,
    bend: Bend,
}

impl Transport for Bent {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            let request = (self.bend)(request).await;
            self.way.send(request).await
        })
    }
}

fn bent(bend: Bend) -> Arc<Bent> {
    Arc::new(Bent {
        way: HttpTransport::new("Stockroom-tests/0").unwrap(),
        bend,
    })
}

/// A way without a bend.
pub(crate) fn straight() -> Bend {
    Arc::new(|request| Box::pin(async { request }))
}

struct NoSample;

impl SampleStore for NoSample {
    fn start<'a>(&'a self, _: &'a Path) -> BoxFuture<'a, Result<SampleAddress, SampleError>> {
        Box::pin(async { Err(SampleError::Other("none in this test".into())) })
    }

    fn stop(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }

    fn reset<'a>(&'a self, _: &'a Path) -> BoxFuture<'a, Result<(), SampleError>> {
        Box::pin(async { Ok(()) })
    }
}

pub(crate) struct World {
    pub(crate) bench: Workbench,
    pub(crate) control: String,
    pub(crate) store: ProfileKey,
    pub(crate) origin: String,
    running: Strict,
    folder: tempfile::TempDir,
}

pub(crate) async fn sandbox(orders: u32) -> Strict {
    sandbox_for(orders, "all").await
}

/// A store whose token may do this: `all`, `none`, or OAuth names with commas between.
pub(crate) async fn sandbox_for(orders: u32, scopes: &str) -> Strict {
    let config = Config {
        scopes: scopes.parse().unwrap(),
        ..small(orders)
    };
    Strict::serve(config).await.unwrap()
}

/// A store with so many orders, 30 products and 40 customers.
pub(crate) fn small(orders: u32) -> Config {
    Config {
        store_hash: "w0rld".into(),
        token: Some(Token::new(TOKEN)),
        plan: sandbox_store::Plan::Enterprise,
        sizes: Sizes {
            products: 30,
            orders,
            customers: 40,
        },
        control_port: Some(0),
        ..Config::default()
    }
}

fn open(home: &Path, running: &Running, transport: Arc<dyn Transport>) -> Workbench {
    open_at(home, running, transport, Arc::new(RealClock::default()))
}

fn open_at(
    home: &Path,
    running: &Running,
    transport: Arc<dyn Transport>,
    clock: Arc<dyn Clock>,
) -> Workbench {
    open_with(home, running, transport, clock, Arc::new(NoKeychain))
}

fn open_with(
    home: &Path,
    running: &Running,
    transport: Arc<dyn Transport>,
    clock: Arc<dyn Clock>,
    keychain: Arc<dyn Backend>,
) -> Workbench {
    open_all(
        home,
        running,
        transport,
        clock,
        keychain,
        Arc::new(NoSample),
    )
}

fn open_all(
    home: &Path,
    running: &Running,
    transport: Arc<dyn Transport>,
    clock: Arc<dyn Clock>,
    keychain: Arc<dyn Backend>,
    sample: Arc<dyn SampleStore>,
) -> Workbench {
    Workbench::open(Parts {
        pictures: Pictures::new("Stockroom-tests/0", clock.clone()).unwrap(),
        home: Home::open(home).unwrap(),
        origin: ApiOrigin::loopback(&running.origin).unwrap(),
        transport,
        clock,
        randomness: Arc::new(NoChance),
        keychain: Keychain::with_backend(keychain),
        sample,
        environment: None,
        milestones: Arc::new(NoMilestones),
    })
    .unwrap()
}

/// A workbench in a home of its own, before anything is connected.
pub(crate) fn bench(
    running: &Running,
    transport: Arc<dyn Transport>,
) -> (Workbench, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let bench = open(&folder.path().join("home"), running, transport);
    (bench, folder)
}

/// The same with a keychain, over an unbent way.
pub(crate) fn bench_keeping(
    running: &Running,
    keychain: Arc<dyn Backend>,
) -> (Workbench, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let bench = bench_again(running, folder.path(), keychain);
    (bench, folder)
}

/// The same in a folder that is there, once whoever had it has ended.
pub(crate) fn bench_again(
    running: &Running,
    folder: &Path,
    keychain: Arc<dyn Backend>,
) -> Workbench {
    bench_again_over(running, folder, keychain, straight())
}

/// The same over another way to the network.
pub(crate) fn bench_again_over(
    running: &Running,
    folder: &Path,
    keychain: Arc<dyn Backend>,
    bend: Bend,
) -> Workbench {
    let clock = Arc::new(RealClock::default());
    open_with(&folder.join("home"), running, bent(bend), clock, keychain)
}

/// A workbench with a sample store, in a home that nobody else has.
pub(crate) fn bench_showing(
    running: &Running,
    home: &Path,
    sample: Arc<dyn SampleStore>,
) -> Workbench {
    let (clock, keychain) = (Arc::new(RealClock::default()), Arc::new(NoKeychain));
    open_all(home, running, bent(straight()), clock, keychain, sample)
}

/// How the tests save a store.
pub(crate) fn save_as() -> SaveAs {
    SaveAs {
        name: "World".into(),
        color: StoreColor::Moss,
        safety: SafetyMode::AskRisky,
        until_quit: true,
    }
}

impl World {
    /// Connects and starts the first pull.
    pub(crate) async fn start(running: Strict, bend: Bend) -> Self {
        Self::over(running, bent(bend)).await
    }

    /// The same over another way to the network.
    pub(crate) async fn over(running: Strict, transport: Arc<dyn Transport>) -> Self {
        let clock = Arc::new(RealClock::default());
        Self::at(running, transport, clock).await
    }

    /// The same by a clock that the test moves.
    pub(crate) async fn leaping(running: Strict, bend: Bend) -> (Self, Arc<LeapingClock>) {
        let clock = Arc::new(LeapingClock::default());
        let world = Self::leaping_by(running, bend, clock.clone()).await;
        (world, clock)
    }

    /// The same by a clock that the bend knows, too.
    pub(crate) async fn leaping_by(running: Strict, bend: Bend, clock: Arc<LeapingClock>) -> Self {
        Self::at(running, bent(bend), clock).await
    }

    async fn at(running: Strict, transport: Arc<dyn Transport>, clock: Arc<dyn Clock>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let bench = open_at(&folder.path().join("home"), &running, transport, clock);
        let typed = Handed::Typed(HandedText::new(TOKEN.to_owned()));
        let over = bench
            .hand_over(typed, "w0rld", Preset::Everything)
            .await
            .unwrap();
        let attempt = over.attempt.unwrap();
        let report = bench.check(&attempt.id).await.unwrap();
        assert!(report.can_save, "{report:?}");
        let profile = bench.save(&attempt.id, &save_as()).await.unwrap();
        Self {
            bench,
            control: running.control_origin.clone().unwrap(),
            store: profile.key,
            origin: running.origin.clone(),
            running,
            folder,
        }
    }

    /// Ends the app and starts it again on the same home.
    pub(crate) async fn reopened(self, bend: Bend) -> Self {
        let world = self.reopened_without_token(bend).await;
        world.give_token().await;
        world
    }

    /// The same with a token that was kept only until the end: nothing is asked of the store.
    pub(crate) async fn reopened_without_token(self, bend: Bend) -> Self {
        let home = self.folder.path().join("home");
        self.bench.close().await;
        drop(self.bench);
        let bench = open(&home, &self.running, bent(bend));
        Self { bench, ..self }
    }

    /// Gives the app the store's token again.
    pub(crate) async fn give_token(&self) {
        let given = self.bench.give_token(&self.store, TOKEN.into(), true);
        given.await.unwrap();
    }

    /// Puts a product into the copy, behind the workbench's back.
    pub(crate) fn put(&self, product: &commerce::Product) {
        self.copy().put_answer(product).unwrap();
    }

    /// The copy of the store, past the workbench.
    pub(crate) fn copy(&self) -> mirror::Mirror {
        let stores = self.folder.path().join("home/stores");
        let file = stores.join(self.store.as_str()).join("mirror.sqlite");
        mirror::Mirror::open(&file).unwrap()
    }

    /// Waits until the store's state is as wanted.
    pub(crate) async fn until(&self, wanted: impl Fn(&StoreState) -> bool) -> StoreState {
        let mut notices = self.bench.notices();
        let wait = async {
            loop {
                let state = self.bench.state(&self.store).await.unwrap();
                if wanted(&state) {
                    return state;
                }
                let _ = tokio::time::timeout(Duration::from_millis(100), notices.recv()).await;
            }
        };
        let Ok(state) = tokio::time::timeout(Duration::from_secs(60), wait).await else {
            let state = self.bench.state(&self.store).await;
            let asked = asked(&self.control).await;
            panic!("a minute later the store is not as wanted: {state:#?}, asked {asked:#?}");
        };
        state
    }

    /// Has the sandbox play these rules.
    pub(crate) async fn faults(&self, rules: serde_json::Value) {
        let rules = serde_json::json!({ "rules": rules }).to_string();
        control(&self.control, "POST", "/faults", &rules).await;
    }

    /// Has the sandbox play no rule any more.
    pub(crate) async fn no_faults(&self) {
        control(&self.control, "DELETE", "/faults", "").await;
    }

    /// Plans and confirms.
    pub(crate) async fn begin(&self, draft: workbench::Draft) -> workbench::Applied {
        let plan = self.bench.plan(&self.store, draft).await.unwrap();
        assert!(plan.left_out.is_empty(), "{:?}", plan.left_out);
        let applied = self.bench.apply(&plan.id, &plan.digest, true, true).await;
        applied.unwrap()
    }

    /// A change with its whole way.
    pub(crate) async fn entry(&self, id: &journal::EntryId) -> workbench::EntryDetail {
        self.bench.activity_entry(&self.store, id).await.unwrap()
    }

    /// As [`elsewhere`].
    pub(crate) async fn elsewhere(
        &self,
        method: &str,
        path: &str,
        body: &str,
    ) -> serde_json::Value {
        elsewhere(&self.origin, method, path, body).await
    }

    /// Waits until something is so; looks again after each notice.
    pub(crate) async fn until_so(&self, mut is_so: impl AsyncFnMut(&Self) -> bool) {
        let mut notices = self.bench.notices();
        let wait = async {
            while !is_so(self).await {
                let _ = tokio::time::timeout(Duration::from_millis(100), notices.recv()).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), wait)
            .await
            .expect("it becomes so within a minute");
    }

    /// Numbers of all orders here, unfinished checkouts included.
    pub(crate) async fn orders(&self) -> Vec<u64> {
        let query = mirror::OrdersQuery {
            show_incomplete: true,
            sort: mirror::OrderSort::Number,
            ..mirror::OrdersQuery::default()
        };
        let (_, view) = self.bench.open_list(&self.store, query).await.unwrap();
        view.ids.iter().map(|id| id.0).collect()
    }
}

/// Everything the sandbox was asked so far: `METHOD path?query`.
pub(crate) async fn asked(origin: &str) -> Vec<String> {
    let answer = control(origin, "GET", "/log", "").await;
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    let entries: serde_json::Value = serde_json::from_str(body).unwrap();
    let text = |entry: &serde_json::Value, name: &str| entry[name].as_str().unwrap().to_owned();
    entries
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            let [method, path, query] = ["method", "path", "query"].map(|name| text(entry, name));
            format!("{method} {path}?{query}")
        })
        .collect()
}

/// Talks to the sandbox's control server.
pub(crate) async fn control(origin: &str, method: &str, path: &str, body: &str) -> String {
    exchange(origin, method, path, "", body).await
}

/// Asks the store at `origin` as another app would, past everything of ours. Gives the answer's JSON.
pub(crate) async fn elsewhere(
    origin: &str,
    method: &str,
    path: &str,
    body: &str,
) -> serde_json::Value {
    let head = format!("X-Auth-Token: {TOKEN}\r\nAccept: application/json\r\n");
    let path = format!("/stores/w0rld{path}");
    let answer = exchange(origin, method, &path, &head, body).await;
    let (_, json) = answer.split_once("\r\n\r\n").unwrap();
    serde_json::from_str(json).unwrap_or_default()
}

/// The smallest HTTP there is.
async fn exchange(origin: &str, method: &str, path: &str, head: &str, body: &str) -> String {
    let host = origin.trim_start_matches("http://");
    let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{head}\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 2"), "{answer}");
    answer
}

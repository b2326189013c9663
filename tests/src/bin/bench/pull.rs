//! The first pull of a store through the whole backend, against the fewest requests it can take.

use std::{path::Path, sync::Arc, time::Duration};

use bigcommerce::ApiOrigin;
use host::{Environment, NoMilestones};
use sandbox_store::{Config, Plan, Sizes};
use serde_json::{Value, json};
use surface::{Announcement, Host, Surface};

use crate::{Figure, Report};

const ORDERS: u32 = 10_000;
const TOKEN: &str = "bench0bench0bench0bench0bench00";
/// Statuses, the store's time, the count, refunds of those that may have some: asked once each.
const FIXED: u32 = 4;
/// Largest page.
const PAGE: u32 = 250;

struct NoBrowser;

impl Host for NoBrowser {
    fn open_in_browser(&self, _: &str) -> Result<(), String> {
        Err("there is no browser in a benchmark".to_owned())
    }

    fn is_looked_at(&self) -> bool {
        true
    }

    fn announce(&self, _: Announcement) -> Result<(), String> {
        Err("there is nobody to tell in a benchmark".to_owned())
    }
}

pub(crate) fn run(report: &mut Report) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(at_size(report, ORDERS));
    report.at_a_tenth(|report| runtime.block_on(at_size(report, ORDERS / 10)));
}

async fn at_size(report: &mut Report, orders: u32) {
    let folder = tempfile::tempdir().expect("a folder for the benchmark");
    let log = folder.path().join("requests.jsonl");
    let store = sandbox_store::serve(Config {
        store_hash: "bench".to_owned(),
        token: Some(sandbox_store::Token::new(TOKEN)),
        plan: Plan::Enterprise,
        sizes: Sizes {
            orders,
            ..Sizes::default()
        },
        request_log: Some(log.clone()),
        ..Config::default()
    })
    .await
    .expect("the sandbox store");
    let environment = Environment {
        home: None,
        origin: ApiOrigin::loopback(&store.origin).expect("loopback"),
        store: None,
    };
    let home = folder.path().join("home");
    let surface = host::start(
        &home,
        environment,
        Arc::new(NoBrowser),
        Arc::new(NoMilestones),
        false,
    )
    .expect("the backend");
    let before = connect(&surface, &log).await;
    let pulled = pulled(&surface).await;
    let requests = lines(&log) - before;
    // Each order once, and one page to see that nothing changed meanwhile.
    let floor = FIXED + pulled.div_ceil(PAGE) + 1;
    surface.close().await;
    store.stop().await;
    report.add(&Figure {
        name: "requests_ratio",
        value: f64::from(requests) / f64::from(floor),
        unit: "ratio",
        limit: if orders == ORDERS { 1.1 } else { 1.5 },
    });
}

/// Connects and gives the number of requests that the check alone took.
async fn connect(surface: &Surface, log: &Path) -> u32 {
    let begin = json!({
        "address": "store-bench.mybigcommerce.com", "preset": "everything",
        "from": { "kind": "typed", "token": TOKEN },
    });
    let handed = ask(surface, "connect_begin", begin).await;
    let attempt = handed["attempt"]["attempt"].clone();
    ask(surface, "connect_check", json!({ "attempt": attempt })).await;
    let before = lines(log);
    let save = json!({
        "attempt": attempt, "name": "Bench", "color": "spruce", "safety": "askRisky", "untilQuit": true,
    });
    ask(surface, "connect_save", save).await;
    before
}

/// Waits for the first pull and gives the number of orders here.
async fn pulled(surface: &Surface) -> u32 {
    let mut events = surface.events();
    let app = ask(surface, "app_state", json!({})).await;
    let store = json!({ "store": app["current"] });
    loop {
        let state = ask(surface, "store_state", store.clone()).await;
        assert!(
            state["trouble"].is_null(),
            "the pull stopped: {}",
            state["trouble"]
        );
        // Refunds are asked for at the very end.
        if !state["refreshedAt"].is_null() && state["phase"] == "idle" {
            return u32::try_from(state["orders"].as_u64().unwrap_or(0)).unwrap_or(0);
        }
        // Whatever comes first; the state is asked for again either way.
        let _ = tokio::time::timeout(Duration::from_millis(200), events.next()).await;
    }
}

async fn ask(surface: &Surface, command: &str, input: Value) -> Value {
    match surface.dispatch(command, input).await {
        Ok(answer) => answer,
        Err(error) => panic!("{command}: {error:?}"),
    }
}

fn lines(log: &Path) -> u32 {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    u32::try_from(text.lines().count()).unwrap_or(u32::MAX)
}

//! The road of a change: its requests against the fewest that the store's limits allow, the journal
//! against bare commits, a plan's growth with its size.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use bigcommerce::ApiOrigin;
use commerce::{Change, Field, OrderFields, OrderId, StatusId};
use database::{Connection, Durability, M, Migrations, params};
use host::{Environment, NoMilestones};
use jiff::Timestamp;
use journal::{EntryId, JobId, Journal, Move, NewEntry, NewJob, Said, SendKind, State, StepKind};
use mirror::{Mirror, Pending};
use sandbox_store::{Config, Plan, Running, Sizes};
use serde_json::{Value, json};
use surface::{Announcement, Host, Surface};

use crate::{
    Figure, Report,
    report::{best, time},
};

const TOKEN: &str = "bench0bench0bench0bench0bench00";
const ENTRIES: u32 = 100;
const STATUSES: usize = 1_000;
const PRODUCTS: usize = 20_000;
const FEWER: usize = 2_000;
const RUNS: usize = 5;

pub(crate) fn run(report: &mut Report) {
    let mut add = |name, value, unit, limit| {
        report.add(&Figure {
            name,
            value,
            unit,
            limit,
        });
    };
    let [usual, small] = journal_ratios(ENTRIES);
    add("journal_ratio", usual, "ratio", 1.5);
    // Tells what of it is the pages' and what is ours; nothing is too much.
    add("journal_ratio_small_pages", small, "ratio", f64::INFINITY);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let shop = Shop::open(6_000, 100).await;
        add(
            "first_effect_ratio",
            shop.first_effect_ratio().await,
            "ratio",
            2.0,
        );
        let requests = shop.statuses(STATUSES).await;
        add(
            "apply_requests_ratio",
            requests / (2 * STATUSES) as f64,
            "ratio",
            1.05,
        );
        shop.close().await;

        let shop = Shop::open(10, PRODUCTS).await;
        let ids = shop.products(PRODUCTS).await;
        let before = memory("VmRSS:");
        forget_peak();
        let plan = shop.plan(&ids).await;
        let peak = memory("VmHWM:").saturating_sub(before);
        shop.discard(&plan).await;
        // While it is made and first shown; applying it is `job_requests_ratio`'s, and has no figure.
        add("plan_memory_mb", peak as f64 / 1024.0, "MB", 250.0);
        let (mut plans, mut previews) = ([f64::MAX; 2], [f64::MAX; 2]);
        for _ in 0..RUNS {
            for (at, count) in [FEWER, PRODUCTS].into_iter().enumerate() {
                let (plan, preview) = shop.plan_and_preview(&ids[..count]).await;
                plans[at] = plans[at].min(plan.as_secs_f64() / count as f64);
                previews[at] = previews[at].min(preview.as_secs_f64() / count as f64);
            }
        }
        add("plan_growth", plans[1] / plans[0], "ratio", 1.5);
        add("preview_growth", previews[1] / previews[0], "ratio", 1.5);
        let requests = shop.prices(&ids).await;
        // Ten in a write, 250 in a read. Source: BigCommerce documentation, "API rate limits".
        let floor = PRODUCTS.div_ceil(10) + PRODUCTS.div_ceil(250);
        add("job_requests_ratio", requests / floor as f64, "ratio", 1.02);
        shop.close().await;
    });
}

/// Writing an entry down, sending it and ending it, which are three commits, against three bare ones. Compared is
/// commit with commit, each of a third of what the journal holds of one entry when it is over, without its
/// indexes: what a commit of ours costs beyond the least that is as durable, and not how many there are.
///
/// First against a bare file as SQLite makes it, in pages of 4 KiB. The journal is in pages of 1 KiB, so each page
/// that it writes is a quarter of one of those, and it is better off by that; then against a bare file in pages of
/// 1 KiB as well.
fn journal_ratios(entries: u32) -> [f64; 2] {
    let folder = tempfile::tempdir().expect("a folder for the benchmark");
    let journal = Journal::open(&folder.path().join("journal.sqlite")).expect("a fresh journal");
    let tables = Migrations::new(vec![M::up(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, body TEXT)",
    )]);
    let bare = |page: u16| {
        let path = folder.path().join(format!("bare-{page}.sqlite"));
        let bare = database::open_in_pages_of(page, &path, &tables, Durability::PowerCut)
            .expect("a fresh file");
        // Brought home as rarely as the journal's.
        database::lengthen_log(&bare).expect("a longer log");
        bare
    };
    let (usual, small) = (bare(4096), bare(1024));
    let at = Timestamp::from_second(1_790_000_000).expect("a date in range");
    let mut next = 1_u32;
    write(&journal, at, next);
    let body = "x".repeat(payload(&folder.path().join("journal.sqlite")) / 3);
    let commit = |bare: &Connection| {
        for _ in 0..entries * 3 {
            bare.execute("INSERT INTO t (body) VALUES (?1)", params![body])
                .expect("a commit");
        }
    };
    let mut ours = || {
        for _ in 0..entries {
            next += 1;
            write(&journal, at, next);
        }
    };
    let [usual, small, ours] = best(
        15,
        [&mut || commit(&usual), &mut || commit(&small), &mut ours],
    );
    [usual, small].map(|floor| ours / floor.max(1e-9))
}

/// The bytes of all values in a journal with one entry; numbers count as eight.
fn payload(journal: &Path) -> usize {
    let reader = database::open_reader(journal).expect("a journal");
    let bytes = |table: &str, columns: &str| -> usize {
        let columns: Vec<String> = columns
            .split(' ')
            .map(|column| format!("ifnull(length(CAST({column} AS BLOB)), 0)"))
            .collect();
        let sum = format!("SELECT sum(16 + {}) FROM {table}", columns.join(" + "));
        let sum = reader.query_row(&sum, [], |row| row.get::<_, i64>(0));
        usize::try_from(sum.expect("a sum")).expect("not negative")
    };
    bytes("jobs", "id who digest")
        + bytes(
            "entries",
            "id job subject change kind state store_words name labels search sent",
        )
        + bytes("steps", "entry kind words")
}

fn write(journal: &Journal, at: Timestamp, number: u32) {
    // As long as the workbench's own.
    let id = EntryId(format!("{number:024x}"));
    let fields = |status| OrderFields {
        status_id: Some(StatusId(status)),
        staff_notes: None,
    };
    let job = NewJob {
        id: JobId(format!("{number:024x}")),
        at,
        who: "you".into(),
        digest: "d".repeat(64),
        entries: vec![NewEntry {
            id: id.clone(),
            change: Change::Order {
                id: OrderId(u64::from(number)),
                before: fields(11),
                after: fields(2),
            },
            name: "Ada Example".into(),
            labels: "Awaiting Fulfillment\nShipped".into(),
            kind: SendKind::Once,
            undoes: None,
            retries: None,
        }],
    };
    journal.write(&job).expect("written");
    // As the road moves it: read again, and with the fields that are about to be sent.
    let mut sending = Move::new(&id, State::Sending, StepKind::ReadAgain, "");
    sending.steps.push((StepKind::Sent, Said::default()));
    sending.sent = vec![Field::Status];
    journal.advance_all(&[sending], at).expect("sent");
    journal
        .advance(&id, State::Done, at, StepKind::StoreDone, "")
        .expect("done");
}

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

/// A store and the whole backend, connected and pulled.
pub(crate) struct Shop {
    surface: Surface,
    running: Running,
    pub(crate) store: String,
    folder: tempfile::TempDir,
}

impl Shop {
    pub(crate) async fn open(orders: u32, products: usize) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the benchmark");
        let running = sandbox_store::serve(Config {
            store_hash: "bench".to_owned(),
            token: Some(sandbox_store::Token::new(TOKEN)),
            plan: Plan::Enterprise,
            sizes: Sizes {
                orders,
                products: u32::try_from(products).unwrap_or(u32::MAX),
                customers: 10,
            },
            request_log: Some(folder.path().join("requests.jsonl")),
            ..Config::default()
        })
        .await
        .expect("the sandbox store");
        let environment = Environment {
            home: None,
            origin: ApiOrigin::loopback(&running.origin).expect("loopback"),
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
        let begin = json!({
            "address": "store-bench.mybigcommerce.com", "preset": "everything",
            "from": { "kind": "typed", "token": TOKEN },
        });
        let handed = ask(&surface, "connect_begin", begin).await;
        let attempt = handed["attempt"]["attempt"].clone();
        ask(&surface, "connect_check", json!({ "attempt": attempt })).await;
        let save = json!({
            "attempt": attempt, "name": "Bench", "color": "spruce", "safety": "askRisky",
            "untilQuit": true,
        });
        let saved = ask(&surface, "connect_save", save).await;
        let store = saved["key"].as_str().expect("a key").to_owned();
        let shop = Self {
            surface,
            running,
            store,
            folder,
        };
        shop.until(|state| !state["refreshedAt"].is_null() && state["phase"] == "idle")
            .await;
        shop
    }

    pub(crate) async fn close(self) {
        self.surface.close().await;
        self.running.stop().await;
    }

    async fn until(&self, wanted: impl Fn(&Value) -> bool) {
        self.until_of(&self.store, wanted).await;
    }

    /// Waits until any store of this backend is as wanted.
    pub(crate) async fn until_of(&self, store: &str, wanted: impl Fn(&Value) -> bool) {
        let mut events = self.surface.events();
        loop {
            let state = self.ask("store_state", json!({ "store": store })).await;
            assert!(
                state["trouble"].is_null(),
                "it stopped: {}",
                state["trouble"]
            );
            if wanted(&state) {
                return;
            }
            // Whatever comes first; the state is asked for again either way.
            let _ = tokio::time::timeout(Duration::from_millis(500), events.next()).await;
        }
    }

    pub(crate) async fn ask(&self, command: &str, input: Value) -> Value {
        ask(&self.surface, command, input).await
    }

    async fn rows(&self, open: &str, rows: &str, query: Value, count: usize) -> Vec<Value> {
        let view = self.ask(open, query).await["view"].clone();
        let mut found: Vec<Value> = Vec::new();
        while found.len() < count {
            let question =
                json!({ "view": view, "from": found.len(), "to": (found.len() + 500).min(count) });
            let page = self.ask(rows, question).await;
            let some = page["rows"].as_array().expect("rows").clone();
            assert!(!some.is_empty(), "the shop is too small");
            found.extend(some);
        }
        found
    }

    async fn products(&self, count: usize) -> Vec<Value> {
        let query = json!({
            "store": self.store, "search": "", "visibility": "all", "stock": "all", "sort": "id",
            "descending": false,
        });
        let rows = self
            .rows("open_products", "product_rows", query, count)
            .await;
        rows.into_iter().map(|row| row["id"].clone()).collect()
    }

    pub(crate) fn orders_query(&self) -> Value {
        json!({
            "store": self.store, "statusId": null, "search": "", "showIncomplete": true,
            "sort": "number", "descending": false,
        })
    }

    async fn plan(&self, ids: &[Value]) -> Value {
        let wanted = json!({
            "kind": "prices", "products": ids, "change": { "kind": "byPercent", "percent": "5" },
            "rounding": { "kind": "places", "places": 2 },
        });
        self.ask(
            "plan_change",
            json!({ "store": self.store, "wanted": wanted }),
        )
        .await
    }

    async fn discard(&self, plan: &Value) {
        self.ask("discard_plan", json!({ "plan": plan["plan"] }))
            .await;
    }

    async fn plan_and_preview(&self, ids: &[Value]) -> (Duration, Duration) {
        let began = Instant::now();
        let plan = self.plan(ids).await;
        let planned = began.elapsed();
        let began = Instant::now();
        for from in (0..ids.len()).step_by(500) {
            let question = json!({ "view": plan["plan"], "from": from, "to": from + 500 });
            self.ask("plan_rows", question).await;
        }
        let previewed = began.elapsed();
        self.discard(&plan).await;
        (planned, previewed)
    }

    async fn apply(&self, plan: &Value) {
        let apply = json!({
            "plan": plan["plan"], "digest": plan["digest"],
            "confirmed": true, "confirmedTwice": true,
        });
        self.ask("apply", apply).await;
    }

    /// Requests that so many changes of statuses take.
    async fn statuses(&self, count: usize) -> f64 {
        let rows = self
            .rows("open_orders", "order_rows", self.orders_query(), 5_000)
            .await;
        let changes: Vec<Value> = rows
            .iter()
            .filter(|row| row["statusId"] != 10)
            .take(count)
            .map(|row| json!({ "order": row["id"], "statusId": 10 }))
            .collect();
        assert_eq!(changes.len(), count, "the shop is too small");
        let wanted = json!({ "kind": "orders", "changes": changes });
        let plan = self
            .ask(
                "plan_change",
                json!({ "store": self.store, "wanted": wanted }),
            )
            .await;
        let before = self.log().len();
        self.apply(&plan).await;
        self.until(|state| state["changesWaiting"] == 0).await;
        let log = self.log();
        // Looking for what is new goes on beside it.
        let of_it = |line: &&Value| {
            line["path"]
                .as_str()
                .is_some_and(|path| path.contains("/v2/orders/"))
        };
        log[before..].iter().filter(of_it).count() as f64
    }

    async fn prices(&self, ids: &[Value]) -> f64 {
        let plan = self.plan(ids).await;
        let before = self.log().len();
        self.apply(&plan).await;
        self.until(|state| state["changesWaiting"] == 0).await;
        let log = self.log();
        log[before..]
            .iter()
            .filter(|line| is_of_prices(line))
            .count() as f64
    }

    /// From the word to go until lists show it, against showing it without a journal: the mark in the
    /// copy, and the same reading of the list as the window does it.
    ///
    /// What the web view takes to paint it is left out. It is the same work for the same rows in both, and the app
    /// has no way to mark a row without the journal that a window could be made to go: none may exist. What comes on
    /// top of both only brings a ratio above one closer to one; without it this one is further from one, so its limit
    /// is harder to keep than the same limit for the painted change.
    async fn first_effect_ratio(&self) -> f64 {
        let bare = self.folder.path().join("home/stores").join(&self.store);
        let aside = self.folder.path().join("bare.sqlite");
        std::fs::copy(bare.join("mirror.sqlite"), &aside).expect("a copy of the copy");
        let mirror = Mirror::open(&aside).expect("a mirror");
        let rows = self
            .rows("open_orders", "order_rows", self.orders_query(), 50)
            .await;
        let [mut ours, mut marked, mut read] = [Duration::MAX; 3];
        for (at, row) in rows.iter().enumerate() {
            let id: u64 = row["id"]
                .as_str()
                .and_then(|id| id.parse().ok())
                .expect("digits");
            let text = format!("Note {at}");
            let pending = Pending {
                entry: at.to_string(),
                change: Change::Order {
                    id: OrderId(id),
                    before: OrderFields::default(),
                    after: OrderFields {
                        status_id: None,
                        staff_notes: Some(text.clone()),
                    },
                },
            };
            marked = marked.min(time(&mut || {
                mirror
                    .put_pending(std::slice::from_ref(&pending))
                    .expect("shown");
            }));
            let change = json!({ "order": row["id"], "staffNotes": text });
            let wanted = json!({ "kind": "orders", "changes": [change] });
            let plan = self
                .ask(
                    "plan_change",
                    json!({ "store": self.store, "wanted": wanted }),
                )
                .await;
            let began = Instant::now();
            self.apply(&plan).await;
            let applied = began.elapsed();
            self.rows("open_orders", "order_rows", self.orders_query(), 50)
                .await;
            ours = ours.min(began.elapsed());
            read = read.min(began.elapsed().saturating_sub(applied));
        }
        self.until(|state| state["changesWaiting"] == 0).await;
        ours.as_secs_f64() / (marked + read).as_secs_f64().max(1e-9)
    }

    fn log(&self) -> Vec<Value> {
        read_log(&self.folder.path().join("requests.jsonl"))
    }
}

/// Whatever is asked about products, but for looking for what is new, which goes on beside a job and asks by
/// date.
fn is_of_prices(request: &Value) -> bool {
    let path = request["path"].as_str().unwrap_or_default();
    let query = request["query"].as_str().unwrap_or_default();
    path.contains("/v3/catalog/products") && !query.contains("date_modified")
}

fn read_log(log: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    text.lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect()
}

async fn ask(surface: &Surface, command: &str, input: Value) -> Value {
    match surface.dispatch(command, input).await {
        Ok(answer) => answer,
        Err(error) => panic!("{command}: {error:?}"),
    }
}

/// A figure of this process, in kibibytes. Source: Linux, `Documentation/filesystems/proc.rst`.
fn memory(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok())
        .unwrap_or(0)
}

/// The most memory so far is counted anew from here. Source: the same, `clear_refs`.
fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_request_for_a_product_is_of_the_job_but_not_the_search_for_what_is_new() {
        let is_counted = |method: &str, path: &str, query: &str| {
            let path = format!("/stores/bench{path}");
            is_of_prices(&json!({ "method": method, "path": path, "query": query }))
        };
        assert!(is_counted("PUT", "/v3/catalog/products", ""));
        assert!(is_counted(
            "GET",
            "/v3/catalog/products",
            "id:in=1,2&limit=250"
        ));
        assert!(is_counted("GET", "/v3/catalog/products/7", ""), "alone");
        assert!(is_counted("GET", "/v3/catalog/products", "name=Mug"));
        let new = "date_modified%3Amin=2026-01-01T00%3A00%3A00Z&sort=date_modified";
        assert!(!is_counted("GET", "/v3/catalog/products", new));
        assert!(!is_counted("GET", "/v2/orders", ""));
    }
}

//! The sandbox store at its largest: how long it takes to be made, to be opened again, and to answer. It must
//! never be what another benchmark measures.
//!
//! These are no ratios, for what a test can wait for is a time; but for one: how many times as many pages the store
//! gives as the benchmark of the client asks for.

use std::time::{Duration, Instant};

use sandbox_store::{Config, Plan, Running, Sizes, Token};

use crate::{Figure, Report, client::most_asked_per_second};

const PRODUCTS: u32 = 100_000;
const ORDERS: u32 = 250_000;
const CUSTOMERS: u32 = 100_000;
const TOKEN: &str = "bench0bench0bench0bench0bench00";
/// What a first pull asks for, with all that it has come along.
const PULLED: &str = "/v3/catalog/products?limit=250&include=variants,images,custom_fields";

/// Pages asked of each list, spread over all of it; an odd number has a middle.
const ASKED: u32 = 41;

const LISTS: [(&str, &str); 4] = [
    ("page_of_products", "/v3/catalog/products?limit=250"),
    ("page_of_variants", "/v3/catalog/variants?limit=250"),
    ("page_of_customers", "/v3/customers?limit=250"),
    ("page_of_orders", "/v2/orders?limit=250"),
];

pub(crate) fn run(report: &mut Report) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    // The smaller first: memory that it gave back is not counted twice then.
    report.at_a_tenth(|report| runtime.block_on(at_size(report, 10)));
    runtime.block_on(at_size(report, 1));
}

/// At one part of all: 1, or 10 for a tenth.
async fn at_size(report: &mut Report, part: u32) {
    let folder = tempfile::tempdir().expect("a folder for the benchmark");
    let config = || Config {
        token: Some(Token::new(TOKEN)),
        plan: Plan::Enterprise,
        sizes: Sizes {
            products: PRODUCTS / part,
            orders: ORDERS / part,
            customers: CUSTOMERS / part,
        },
        data_file: Some(folder.path().join("shop.jsonl")),
        ..Config::default()
    };
    let before = memory();
    let (store, took) = open(config()).await;
    let held = before.zip(memory());
    match held.map(|(before, after)| (after - before).max(0.0)) {
        Some(value) => report.add(&Figure {
            name: "memory",
            value,
            unit: "MB",
            limit: 4_000.0,
        }),
        None => report.not_measured(
            "memory",
            "this system doesn't say how much memory a process holds",
        ),
    }
    let mut add = |name, value, unit, limit| {
        report.add(&Figure {
            name,
            value,
            unit,
            limit,
        });
    };
    add("made", took.as_secs_f64(), "s", 60.0);
    let http = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client");
    for (name, list) in LISTS {
        let mut took = Vec::new();
        for at in 0..ASKED {
            let target = format!("{list}&page={}", 1 + at * 9 / part);
            took.push(ask(&http, &store, &target).await);
        }
        took.sort_unstable();
        let median = took[took.len() / 2];
        // The page that tests read most; the others are looked through whole for each page.
        let limit = if list.contains("/products") {
            10.0
        } else {
            60.0
        };
        add(name, median.as_secs_f64() * 1e3, "ms", limit);
    }
    holds_what_it_says(&http, &store, part).await;
    store.stop().await;
    let (store, took) = open(config()).await;
    add("opened_again", took.as_secs_f64(), "s", 60.0);
    // Below 1 a pull from it would be held up by it.
    report.add_at_least(&Figure {
        name: "store_headroom_ratio",
        value: pages_per_second(&http, &store, part).await / most_asked_per_second(),
        unit: "ratio",
        limit: 1.5,
    });
    store.stop().await;
}

/// How many pages as a pull has them the store gives in a second, asked for by three at once: the most that a client has
/// under way.
async fn pages_per_second(http: &reqwest::Client, store: &Running, part: u32) -> f64 {
    let began = Instant::now();
    let every_third = async |first: u32| {
        for at in (first..ASKED).step_by(3) {
            let target = format!("{PULLED}&page={}", 1 + at * 9 / part);
            ask(http, store, &target).await;
        }
    };
    tokio::join!(every_third(0), every_third(1), every_third(2));
    f64::from(ASKED) / began.elapsed().as_secs_f64()
}

/// Three variants to a product at the least, and about three lines to an order: the first are
/// counted, the others over pages from all over the list.
async fn holds_what_it_says(http: &reqwest::Client, store: &Running, part: u32) {
    let json = async |target: String| -> serde_json::Value {
        let url = format!("{}/stores/{}{target}", store.origin, store.store_hash);
        let asked = http.get(url).header("X-Auth-Token", TOKEN);
        let asked = asked.header("Accept", "application/json");
        let answer = asked.send().await.expect("an answer");
        let body = answer.bytes().await.expect("a body");
        serde_json::from_slice(&body).expect("JSON")
    };
    let total = async |list: &str| {
        let page = json(format!("{list}?limit=1")).await;
        page["meta"]["pagination"]["total"]
            .as_u64()
            .expect("a total")
    };
    let least = |count: u32| u64::from(count / part);
    assert_eq!(total("/v3/catalog/products").await, least(PRODUCTS));
    assert_eq!(total("/v3/customers").await, least(CUSTOMERS));
    let variants = total("/v3/catalog/variants").await;
    assert!(variants >= 3 * least(PRODUCTS), "{variants} variants");
    let counted = json("/v2/orders/count".to_owned()).await;
    let orders = counted["count"].as_u64().expect("a count");
    // Those that were put away are not counted.
    assert!(orders >= least(ORDERS) * 98 / 100, "{orders} orders");
    let (mut seen, mut lines) = (0, 0);
    for at in 0..20 {
        let page = 1 + at * (ORDERS / part / 250) / 20;
        let list =
            "/v2/orders?limit=250&include=consignments.line_items&consignment_structure=object";
        let page = json(format!("{list}&page={page}")).await;
        for order in page.as_array().expect("a list") {
            seen += 1;
            let went = order["consignments"]["shipping"].as_array();
            let loaded = order["consignments"]["downloads"].as_array();
            let all = went.into_iter().chain(loaded).flatten();
            lines += all
                .filter_map(|one| one["line_items"].as_array())
                .map(Vec::len)
                .sum::<usize>();
        }
    }
    // What is cut after fifty lines is a hair of it.
    assert!(
        seen > 1_000 && (29..33).contains(&(lines * 10 / seen)),
        "{lines} lines in {seen} orders"
    );
}

async fn open(config: Config) -> (Running, Duration) {
    let began = Instant::now();
    let store = sandbox_store::serve(config).await.expect("the store");
    (store, began.elapsed())
}

/// How long a page took, its body read whole.
async fn ask(http: &reqwest::Client, store: &Running, target: &str) -> Duration {
    let url = format!("{}/stores/{}{target}", store.origin, store.store_hash);
    let began = Instant::now();
    let answer = http
        .get(&url)
        .header("X-Auth-Token", TOKEN)
        .header("Accept", "application/json")
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 200, "{target}");
    let body = answer.bytes().await.expect("a body");
    let took = began.elapsed();
    assert!(body.len() > 10_000, "{target}: a page of {}", body.len());
    took
}

/// What this process holds, in MB, where the system tells.
fn memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1e3)
}

//! How long a large shop takes: to be made, and to answer. Run it with `--release`.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use sandbox_store::{Blueprint, Plan, Request, Sizes, Store, step};

const PAGES: &[&str] = &[
    "/v3/catalog/products?limit=250",
    "/v3/catalog/products?limit=250&include=variants,images,custom_fields",
    "/v3/catalog/products?limit=250&include_fields=name,price",
    "/v3/catalog/products?limit=250&date_modified:min=2026-11-10",
    "/v3/catalog/variants?limit=250",
    "/v3/customers?limit=250",
    "/v2/orders?limit=250",
    "/v2/orders?limit=250&min_date_modified=2026-11-15&sort=date_modified:asc",
    "/v2/orders/count",
    "/v3/inventory/items?limit=1000",
];

/// Pages asked of each list, spread over all of it.
const ASKED: u32 = 41;

fn main() {
    let started = Instant::now();
    let blueprint = Blueprint {
        plan: Plan::Enterprise,
        sizes: Sizes {
            products: 100_000,
            orders: 250_000,
            customers: 100_000,
        },
        ..Blueprint::default()
    };
    let mut store = Store::open(&blueprint);
    println!("made in {:.1} s", started.elapsed().as_secs_f64());
    for list in [
        "/v3/catalog/products",
        "/v3/catalog/variants",
        "/v3/customers",
    ] {
        let total = ask(&mut store, &format!("{list}?limit=1")).1;
        println!("{list}: {total}");
    }
    println!("memory: {}", memory());
    for page in PAGES {
        let mark = if page.contains('?') { '&' } else { '?' };
        let mut took: Vec<Duration> = Vec::new();
        let mut bytes = 0;
        for at in 0..ASKED {
            let target = format!("{page}{mark}page={}", 1 + at * 9);
            let started = Instant::now();
            bytes = bytes.max(ask(&mut store, &target).0);
            took.push(started.elapsed());
        }
        took.sort_unstable();
        println!(
            "{page}: median {:.1} ms, longest {:.1} ms, {} kB",
            took[took.len() / 2].as_secs_f64() * 1e3,
            took[took.len() - 1].as_secs_f64() * 1e3,
            bytes / 1_000
        );
    }
}

/// Bytes of the answer, and the number of things in the whole list.
fn ask(store: &mut Store, target: &str) -> (usize, String) {
    let request = Request::new("GET", &format!("/stores/northfold{target}"))
        .with_header("X-Auth-Token", Blueprint::default().token.expose())
        .with_header("Accept", "application/json")
        .with_header("Host", "shop.test");
    let now: Timestamp = Timestamp::constant(1_795_000_000, 0);
    let answer = step(store, request, now);
    assert!(answer.status < 300, "{target}: {}", answer.status);
    let body = answer.body.len();
    let total = if target.ends_with("limit=1") {
        answer
            .body_json()
            .map(|body| body["meta"]["pagination"]["total"].to_string())
    } else {
        None
    };
    (body, total.unwrap_or_default())
}

/// What this process holds, where the system tells.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS"));
    line.map_or("unknown".to_owned(), |line| {
        line.trim_start_matches("VmRSS:").trim().to_owned()
    })
}

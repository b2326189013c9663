//! Opening a list of 50,000 orders and reading its rows, against the same statements in bare SQLite; going to
//! another store, against the same reading without that.

use std::time::{Duration, Instant};

use commerce::{Address, CustomerId, Money, Order, OrderId, StatusId};
use jiff::Timestamp;
use mirror::{Marks, Mirror, OrdersQuery, Query as _};

use serde_json::json;

use crate::{Figure, Report, changes::Shop, report::ratio};

const ORDERS: u64 = 50_000;
const RUNS: u32 = 7;
/// Of the store that is gone to.
const ORDERS_THERE: u32 = 10_000;

pub(crate) fn run(report: &mut Report) {
    at_size(report, ORDERS);
    report.at_a_tenth(|report| at_size(report, ORDERS / 10));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    report.add(&Figure {
        name: "switch_ratio",
        value: runtime.block_on(switch_ratio()),
        unit: "ratio",
        limit: 2.0,
    });
}

/// Choosing a store while another one is open, and then what the window shows of it first: the state of the app
/// and the first rows of its orders. Against the same of the store that is open.
async fn switch_ratio() -> f64 {
    let shop = Shop::open(ORDERS_THERE, 100).await;
    let sample = shop.ask("open_sample", json!({})).await;
    let other = sample["key"].as_str().expect("a key");
    // Neither does anything beside it.
    for store in [shop.store.as_str(), other] {
        shop.until_of(store, |state| {
            !state["refreshedAt"].is_null() && state["phase"] == "idle"
        })
        .await;
    }
    let choose = async |store: &str| {
        shop.ask("select_store", json!({ "store": store })).await;
    };
    let read = async || {
        shop.ask("app_state", json!({})).await;
        let view = shop.ask("open_orders", shop.orders_query()).await;
        let question = json!({ "view": view["view"], "from": 0, "to": 50 });
        shop.ask("order_rows", question).await;
    };
    let (mut best, mut floor) = (Duration::MAX, Duration::MAX);
    for _ in 0..RUNS * 3 {
        choose(&shop.store).await;
        // Which store is open is written down each time, however it came to be: both wait for the disk.
        let began = Instant::now();
        choose(&shop.store).await;
        read().await;
        floor = floor.min(began.elapsed());
        choose(other).await;
        let began = Instant::now();
        choose(&shop.store).await;
        read().await;
        best = best.min(began.elapsed());
    }
    shop.close().await;
    best.as_secs_f64() / floor.as_secs_f64().max(1e-9)
}

fn at_size(report: &mut Report, count: u64) {
    let folder = tempfile::tempdir().expect("a folder for the benchmark");
    let path = folder.path().join("mirror.sqlite");
    let mirror = Mirror::open(&path).expect("a fresh mirror");
    fill(&mirror, count);
    let bare = database::open_reader(&path).expect("a second connection");
    let ids = |sql: &str| -> Vec<i64> {
        let mut statement = bare.prepare_cached(sql).expect("a statement");
        let rows = statement.query_map([], |row| row.get(0)).expect("rows");
        rows.collect::<Result<_, _>>().expect("numbers")
    };

    let query = OrdersQuery {
        descending: true,
        ..OrdersQuery::default()
    };
    // The floor reads the ids in order and sums, nothing else.
    let value = ratio(
        RUNS,
        || drop(query.view(&mirror).expect("a view")),
        || {
            ids(
                "SELECT id FROM orders WHERE archived = 0 AND shown_status <> 0 \
                 ORDER BY placed_at DESC, id DESC",
            );
            ids(
                "SELECT sum(total_e4) FROM orders WHERE archived = 0 AND shown_status <> 0 \
                 GROUP BY currency",
            );
        },
    );
    report.add(&Figure {
        name: "open_ratio",
        value,
        unit: "ratio",
        limit: 1.5,
    });

    let query = OrdersQuery {
        search: "solberg 4".to_owned(),
        ..query
    };
    let value = ratio(
        RUNS,
        || drop(query.view(&mirror).expect("a view")),
        || {
            let found = "archived = 0 AND shown_status <> 0 AND instr(search, 'solberg') > 0 \
                         AND instr(search, '4') > 0";
            ids(&format!(
                "SELECT id FROM orders WHERE {found} ORDER BY placed_at DESC, id DESC"
            ));
            ids(&format!(
                "SELECT sum(total_e4) FROM orders WHERE {found} GROUP BY currency"
            ));
        },
    );
    report.add(&Figure {
        name: "search_ratio",
        value,
        unit: "ratio",
        limit: 1.5,
    });

    let middle: Vec<OrderId> = (count / 2..count / 2 + 100).map(OrderId).collect();
    let value = ratio(
        RUNS * 5,
        || drop(mirror.orders(&middle).expect("rows")),
        || {
            let mut statement = bare
                .prepare_cached("SELECT body FROM orders WHERE id = ?1")
                .expect("a statement");
            for id in &middle {
                let body: String = statement
                    .query_row([id.0.cast_signed()], |row| row.get(0))
                    .expect("a row");
                let _: serde_json::Value = serde_json::from_str(&body).expect("JSON");
            }
        },
    );
    report.add(&Figure {
        name: "rows_ratio",
        value,
        unit: "ratio",
        limit: 2.0,
    });
}

fn fill(mirror: &Mirror, count: u64) {
    let orders: Vec<Order> = (1..=count).map(order).collect();
    for page in orders.chunks(250) {
        let asked = mirror.stamp();
        mirror
            .put_page(asked, page, &[], |_| Marks::default())
            .expect("a page is kept");
    }
}

fn order(id: u64) -> Order {
    let at =
        Timestamp::from_second(1_700_000_000 + i64::try_from(id * 977 % 60_000_000).unwrap_or(0))
            .expect("a date in range");
    let cents = i64::try_from(id * 7919 % 90_000).unwrap_or(0) + 500;
    let usd = |cents: i64| {
        Money::new(
            rust_decimal::Decimal::new(cents, 2),
            "USD".parse().expect("a currency"),
        )
    };
    Order {
        id: OrderId(id),
        status_id: StatusId(u32::try_from(id % 15).unwrap_or(1)),
        placed_at: at,
        modified_at: at,
        shipped_at: None,
        customer_id: Some(CustomerId(id % 4_000)),
        billing: Address {
            first_name: "Ingrid".into(),
            last_name: format!("Solberg {}", id % 4_000),
            email: format!("ingrid.solberg{}@example.com", id % 4_000),
            phone: "+1 360 555 0148".into(),
            ..Address::default()
        },
        item_count: 3,
        subtotal: usd(cents),
        discount: usd(0),
        shipping: usd(0),
        handling: None,
        wrapping: None,
        tax: usd(0),
        store_credit: None,
        gift_certificates: None,
        total: usd(cents),
        payment_method: "Credit Card".into(),
        payment_status: "captured".into(),
        staff_notes: String::new(),
        customer_message: String::new(),
        channel_id: None,
        source: "www".into(),
        is_archived: false,
    }
}

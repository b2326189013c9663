//! Several stores, cut off and back: what waits in each goes out in its own order.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use bigcommerce::{
    BoxFuture, HttpRequest, HttpResponse, HttpTransport, Method, Transport, TransportError,
    TransportErrorKind,
};
use commerce::{OrderId, Preset, ProductId};
use credentials::HandedText;
use desk::ProfileKey;
use mirror::{OrdersQuery, ProductsQuery};
use sandbox_store::{Config, Strict};
use serde_json::Value;
use tokio::sync::Semaphore;
use workbench::{Draft, Handed, StoreState, Workbench};

use crate::{
    drafts::{notes, prices},
    world::{self, TOKEN, asked, save_as, small},
};

const HASHES: [&str; 2] = ["w0rld", "sec0nd"];

/// The way to two stores at one origin, as at BigCommerce's. It can be cut, and the first store's
/// answers to writes can be kept back.
struct Cable {
    way: HttpTransport,
    /// Where each store really is.
    origins: [String; 2],
    is_cut: AtomicBool,
    keeps_back: AtomicBool,
    let_go: Semaphore,
    /// Writes that were tried while it was cut.
    tried: Mutex<Vec<String>>,
}

struct Way(Arc<Cable>);

impl Transport for Way {
    fn send(
        &self,
        mut request: HttpRequest,
    ) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            let cable = &self.0;
            let is_write = request.method != Method::Get;
            if cable.is_cut.load(Ordering::SeqCst) {
                if is_write {
                    cable.tried.lock().unwrap().push(request.url);
                }
                return Err(TransportError {
                    kind: TransportErrorKind::Refused,
                    detail: "the cable is cut".into(),
                    sent: false,
                });
            }
            let store = usize::from(request.url.contains("/stores/sec0nd/"));
            let [first, second] = &cable.origins;
            if store == 1 {
                request.url = request.url.replace(first.as_str(), second);
            }
            let answer = cable.way.send(request).await;
            if is_write && store == 0 && cable.keeps_back.load(Ordering::SeqCst) {
                cable.let_go.acquire().await.unwrap().forget();
            }
            answer
        })
    }
}

struct Two {
    bench: Workbench,
    cable: Arc<Cable>,
    stores: [ProfileKey; 2],
    running: [Strict; 2],
    _folder: tempfile::TempDir,
}

impl Two {
    async fn start() -> Self {
        let serve = async |hash: &str| {
            let config = Config {
                store_hash: hash.into(),
                ..small(20)
            };
            Strict::serve(config).await.unwrap()
        };
        let running = [serve(HASHES[0]).await, serve(HASHES[1]).await];
        let cable = Arc::new(Cable {
            way: HttpTransport::new("Stockroom-tests/0").unwrap(),
            origins: [running[0].origin.clone(), running[1].origin.clone()],
            is_cut: AtomicBool::new(false),
            keeps_back: AtomicBool::new(false),
            let_go: Semaphore::new(0),
            tried: Mutex::default(),
        });
        let (bench, folder) = world::bench(&running[0], Arc::new(Way(Arc::clone(&cable))));
        let mut stores = Vec::new();
        for hash in HASHES {
            let typed = Handed::Typed(HandedText::new(TOKEN.to_owned()));
            let over = bench.hand_over(typed, hash, Preset::Everything).await;
            let attempt = over.unwrap().attempt.unwrap();
            let report = bench.check(&attempt.id).await.unwrap();
            assert!(report.can_save, "{report:?}");
            stores.push(bench.save(&attempt.id, &save_as()).await.unwrap().key);
        }
        let two = Self {
            bench,
            cable,
            stores: stores.try_into().unwrap(),
            running,
            _folder: folder,
        };
        for store in 0..2 {
            two.until(store, |state| state.refreshed_at.is_some()).await;
        }
        two
    }

    async fn until(&self, store: usize, wanted: impl Fn(&StoreState) -> bool) {
        let mut notices = self.bench.notices();
        let wait = async {
            while !wanted(&self.bench.state(&self.stores[store]).await.unwrap()) {
                let _ = tokio::time::timeout(Duration::from_millis(100), notices.recv()).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), wait)
            .await
            .expect("the store comes to the wanted state within a minute");
    }

    async fn orders(&self, store: usize) -> Vec<OrderId> {
        let query = OrdersQuery::default();
        let opened = self.bench.open_list(&self.stores[store], query).await;
        opened.unwrap().1.ids.to_vec()
    }

    async fn products(&self, store: usize) -> Vec<ProductId> {
        let query = ProductsQuery::default();
        let opened = self.bench.open_list(&self.stores[store], query).await;
        opened.unwrap().1.to_vec()
    }

    async fn apply(&self, store: usize, draft: Draft) {
        let plan = self.bench.plan(&self.stores[store], draft).await.unwrap();
        assert!(plan.left_out.is_empty(), "{:?}", plan.left_out);
        let applied = self.bench.apply(&plan.id, &plan.digest, true, true).await;
        applied.unwrap();
    }

    /// The paths of all writes that the store got, in order.
    async fn written(&self, store: usize) -> Vec<String> {
        let control = self.running[store].control_origin.clone().unwrap();
        let prefix = format!("PUT /stores/{}", HASHES[store]);
        let path =
            |line: String| Some(line.strip_prefix(&prefix)?.trim_end_matches('?').to_owned());
        asked(&control).await.into_iter().filter_map(path).collect()
    }
}

/// Confirms three jobs; gives the paths of the writes
/// that they take, in that order, and how many changes they are.
async fn three_jobs(two: &Two, store: usize) -> (Vec<String>, u32) {
    let (orders, products) = (two.orders(store).await, two.products(store).await);
    let (one, other) = (&orders[..2], &orders[2..5]);
    two.apply(store, notes(one)).await;
    two.apply(store, prices(&products[..3])).await;
    two.apply(store, notes(other)).await;
    let path = |order: &OrderId| format!("/v2/orders/{order}");
    let mut paths: Vec<String> = one.iter().map(path).collect();
    paths.push("/v3/catalog/products".to_owned());
    paths.extend(other.iter().map(path));
    (paths, 8)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waited_goes_out_in_the_order_it_was_confirmed_and_no_store_waits_for_another() {
    let two = Two::start().await;
    let cable = Arc::clone(&two.cable);
    cable.is_cut.store(true, Ordering::SeqCst);
    let mut wanted = Vec::new();
    for store in 0..2 {
        let (paths, count) = three_jobs(&two, store).await;
        two.until(store, |state| {
            state.changes_waiting == count && state.trouble.is_some()
        })
        .await;
        wanted.push(paths);
    }
    assert_eq!(*cable.tried.lock().unwrap(), Vec::<String>::new());

    // The first store answers no write for now.
    cable.keeps_back.store(true, Ordering::SeqCst);
    cable.is_cut.store(false, Ordering::SeqCst);
    for store in &two.stores {
        two.bench.refresh_now(store).await.unwrap();
    }
    two.until(1, |state| state.changes_waiting == 0).await;
    assert_eq!(two.written(1).await, wanted[1]);
    let first = two.written(0).await;
    assert!(first.len() <= 1, "one at a time: {first:?}");

    cable.keeps_back.store(false, Ordering::SeqCst);
    cable.let_go.add_permits(Semaphore::MAX_PERMITS / 2);
    two.until(0, |state| state.changes_waiting == 0).await;
    assert_eq!(two.written(0).await, wanted[0]);
    for store in 0..two.stores.len() {
        // What a refresh had met is over with the next one.
        two.until(store, |state| state.trouble.is_none()).await;
    }
    two.bench.close().await;
}

/// What the sandbox says of an order, to be sure that the two stores are two.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_one_store_is_none_of_another_with_an_order_of_the_same_number() {
    let two = Two::start().await;
    let order = two.orders(0).await[0];
    assert!(two.orders(1).await.contains(&order), "they are alike");
    two.apply(0, notes(&[order])).await;
    two.until(0, |state| state.changes_waiting == 0).await;
    let note = async |store: usize| {
        let origin = two.running[store].control_origin.clone().unwrap();
        let answer = world::control(&origin, "GET", &format!("/orders/{order}"), "").await;
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        let order: Value = serde_json::from_str(body).unwrap();
        order["staffNotes"].clone()
    };
    assert_eq!(note(0).await, "packed");
    assert_ne!(note(1).await, "packed");
    assert_eq!(two.written(1).await, Vec::<String>::new());
}

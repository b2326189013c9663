//! A token that is replaced while an answer to the one before is on its way.

use std::{
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};

use bigcommerce::{
    BoxFuture, HttpRequest, HttpResponse, HttpTransport, Method, Transport, TransportError,
};
use commerce::{
    AccessToken, OrderFields, OrderId, Preset, ProductFields, ProductId, SafetyMode, Scope,
    StoreColor,
};
use credentials::{
    Ask, Backend, HandedText, KeychainError, KeychainPlace, KeychainState, TokenKey,
};
use desk::{Profile, ProfileKey};
use journal::State;
use mirror::{OrdersQuery, ProductsQuery};
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use workbench::{Applied, Draft, Handed, OrderDraft, Phase, ProductDraft, SaveAs, Workbench};

use crate::world::{self, TOKEN, World, control, sandbox, save_as};

/// Holds an answer back, once the store has given it.
struct Holding {
    way: HttpTransport,
    /// Of the next answer to this method, at an address that ends so.
    next: Mutex<Option<(Method, String)>>,
    held: AtomicU32,
    let_go: Semaphore,
}

impl Holding {
    fn hold(&self, method: Method, path: &str) {
        *self.next.lock().unwrap() = Some((method, path.to_owned()));
    }

    fn is_holding(&self) -> bool {
        self.held.load(Ordering::SeqCst) == 1
    }
}

/// The one way, shared with the test.
struct Way(Arc<Holding>);

impl Transport for Way {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            let path = request.url.split('?').next().unwrap_or_default();
            let is_meant =
                self.0.next.lock().unwrap().take_if(|(method, end)| {
                    *method == request.method && path.ends_with(end.as_str())
                });
            let answer = self.0.way.send(request).await;
            if is_meant.is_some() {
                self.0.held.fetch_add(1, Ordering::SeqCst);
                self.0.let_go.acquire().await.unwrap().forget();
            }
            answer
        })
    }
}

async fn world() -> (World, Arc<Holding>) {
    let holding = Arc::new(Holding {
        way: HttpTransport::new("Stockroom-tests/0").unwrap(),
        next: Mutex::default(),
        held: AtomicU32::new(0),
        let_go: Semaphore::new(0),
    });
    let way = Arc::new(Way(Arc::clone(&holding)));
    let world = World::over(sandbox(20).await, way).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    (world, holding)
}

async fn a_note(world: &World) -> (Draft, String) {
    let query = OrdersQuery::default();
    let (_, view) = world.bench.open_list(&world.store, query).await.unwrap();
    let order: OrderId = view.ids[0];
    let wanted = OrderFields {
        staff_notes: Some("packed".into()),
        ..OrderFields::default()
    };
    let draft = Draft::Orders(vec![OrderDraft { order, wanted }]);
    (draft, format!("/v2/orders/{order}"))
}

/// Twelve, so a batch of ten and one of two.
async fn prices(world: &World) -> (Draft, String) {
    let query = ProductsQuery::default();
    let (_, view) = world.bench.open_list(&world.store, query).await.unwrap();
    let draft = |product: &ProductId| ProductDraft {
        product: *product,
        wanted: ProductFields {
            price: Some("21.43".parse().unwrap()),
            ..ProductFields::default()
        },
    };
    let drafts = view.iter().take(12).map(draft).collect();
    (Draft::Products(drafts), "/v3/catalog/products".into())
}

async fn apply(world: &World, draft: Draft) -> Applied {
    let plan = world.bench.plan(&world.store, draft).await.unwrap();
    let applied = world.bench.apply(&plan.id, &plan.digest, true, true).await;
    applied.unwrap()
}

fn profile(bench: &Workbench, key: &ProfileKey) -> Profile {
    bench.desk().profile(key).unwrap().unwrap()
}

async fn replace_the_token(world: &World) {
    let given = world
        .bench
        .give_token(&world.store, TOKEN.into(), true)
        .await;
    given.unwrap();
}

const SAID: [(u16, &str); 3] = [
    (
        403,
        "You don't have a required scope to access the endpoint",
    ),
    (403, "Not for you"),
    (401, "Unauthorized"),
];

#[tokio::test(flavor = "multi_thread")]
async fn what_an_old_token_was_refused_is_not_held_against_the_new_one_and_is_tried_with_it() {
    for method in [Method::Get, Method::Put] {
        for together in [false, true] {
            for (status, title) in SAID {
                let case = format!("{method:?} {together} {status} {title}");
                let (world, holding) = world().await;
                let (draft, path) = if together {
                    prices(&world).await
                } else {
                    a_note(&world).await
                };
                let body: Value = json!({ "status": status, "title": title });
                let rule = json!({ "times": 1, "fault": {
                        "kind": "status", "status": status, "body": body.to_string(),
                        "headers": { "Content-Type": "application/json" } },
                    "match": { "method": if method == Method::Get { "GET" } else { "PUT" },
                        "path": &path } });
                let rules = json!({ "rules": [rule] }).to_string();
                control(&world.control, "POST", "/faults", &rules).await;
                holding.hold(method, &path);
                let applied = apply(&world, draft).await;
                world.until_so(async |_| holding.is_holding()).await;
                replace_the_token(&world).await;
                holding.let_go.add_permits(1);
                world.until(|state| state.changes_waiting == 0).await;

                let job = world.bench.job(&world.store, &applied.job).await.unwrap();
                let count = applied.entries.len();
                assert_eq!(job.job.done as usize, count, "{case}: {:?}", job.job);
                assert_eq!(job.job.held_at, None, "{case}");
                let profile = profile(&world.bench, &world.store);
                assert_eq!(profile.missing_scopes, [], "{case}");
                assert_eq!(profile.token_number, 1, "{case}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_old_token_could_not_read_is_not_taken_to_be_out_of_the_new_one_s_reach() {
    let path = "/v3/customers";
    let (world, holding) = world().await;
    let rule = json!({ "times": 1, "match": { "method": "GET", "path": path },
        "fault": { "kind": "status", "status": 403, "body": "{}",
            "headers": { "Content-Type": "application/json" } } });
    let rules = json!({ "rules": [rule] }).to_string();
    control(&world.control, "POST", "/faults", &rules).await;
    holding.hold(Method::Get, path);
    world.bench.refresh_now(&world.store).await.unwrap();
    world.until_so(async |_| holding.is_holding()).await;
    replace_the_token(&world).await;
    holding.let_go.add_permits(1);

    let state = world.until(|state| state.phase == Phase::Idle).await;
    let is_in_reach = state.areas.iter().all(|area| area.out_of_reach.is_none());
    assert!(is_in_reach, "{:?}", state.areas);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_old_token_was_allowed_proves_nothing_of_the_new_one() {
    let (world, holding) = world().await;
    let (draft, path) = a_note(&world).await;
    holding.hold(Method::Put, &path);
    let applied = apply(&world, draft).await;
    world.until_so(async |_| holding.is_holding()).await;
    replace_the_token(&world).await;
    holding.let_go.add_permits(1);
    world.until(|state| state.changes_waiting == 0).await;
    let detail = world
        .bench
        .activity_entry(&world.store, &applied.entries[0]);
    assert_eq!(detail.await.unwrap().entry.state, State::Done);
    assert_eq!(profile(&world.bench, &world.store).proven_writes, []);

    let (draft, _) = prices(&world).await;
    apply(&world, draft).await;
    world.until(|state| state.changes_waiting == 0).await;
    let proven = profile(&world.bench, &world.store).proven_writes;
    assert_eq!(
        proven,
        [Scope::Products],
        "what this one was seen to change"
    );
}

/// A keychain that takes a token only when the person has answered.
#[derive(Default)]
struct Asking {
    kept: Mutex<Option<AccessToken>>,
    asks: AtomicBool,
    /// Somebody is asked; then answered.
    asked: Mutex<(bool, bool)>,
    changed: Condvar,
}

impl Asking {
    fn is_asked(&self) -> bool {
        self.asked.lock().unwrap().0
    }

    fn answer(&self) {
        self.asked.lock().unwrap().1 = true;
        self.changed.notify_all();
    }
}

impl Backend for Asking {
    fn state(&self) -> KeychainState {
        KeychainState::Ready {
            name: "Asking".into(),
        }
    }

    fn save(
        &self,
        key: &TokenKey,
        token: &AccessToken,
        _: &Ask,
    ) -> Result<KeychainPlace, KeychainError> {
        if self.asks.load(Ordering::SeqCst) {
            let mut asked = self.asked.lock().unwrap();
            asked.0 = true;
            let answered = self.changed.wait_while(asked, |(_, answered)| !*answered);
            drop(answered.unwrap());
        }
        *self.kept.lock().unwrap() = Some(token.clone());
        Ok(KeychainPlace {
            name: "Asking".into(),
            collection: None,
            entry: key.label(),
        })
    }

    fn load(&self, _: &TokenKey, _: &Ask) -> Result<AccessToken, KeychainError> {
        let kept = self.kept.lock().unwrap();
        kept.clone().ok_or(KeychainError::NoEntry)
    }

    fn delete(&self, _: &TokenKey, _: &Ask) -> Result<(), KeychainError> {
        *self.kept.lock().unwrap() = None;
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_made_read_only_while_the_keychain_asks_about_its_new_token_stays_read_only() {
    let running = sandbox(5).await;
    let keychain = Arc::new(Asking::default());
    let (bench, _folder) = world::bench_keeping(&running, Arc::clone(&keychain) as _);
    let typed = Handed::Typed(HandedText::new(TOKEN.to_owned()));
    let over = bench.hand_over(typed, "w0rld", Preset::Everything).await;
    let attempt = over.unwrap().attempt.unwrap();
    bench.check(&attempt.id).await.unwrap();
    let kept = SaveAs {
        until_quit: false,
        ..save_as()
    };
    let store = bench.save(&attempt.id, &kept).await.unwrap().key;

    keychain.asks.store(true, Ordering::SeqCst);
    let (giver, key) = (bench.clone(), store.clone());
    let giving = tokio::spawn(async move { giver.give_token(&key, TOKEN.into(), false).await });
    let asked = async {
        while !keychain.is_asked() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), asked)
        .await
        .unwrap();
    let safety = SafetyMode::ReadOnly;
    bench
        .edit(&store, "Renamed", StoreColor::Fjord, safety)
        .unwrap();
    keychain.answer();
    giving.await.unwrap().unwrap();

    let now = profile(&bench, &store);
    assert_eq!(now.safety, SafetyMode::ReadOnly);
    assert_eq!(
        (now.name.as_str(), now.color),
        ("Renamed", StoreColor::Fjord)
    );
    assert_eq!(now.token_number, 1);
    bench.close().await;
}

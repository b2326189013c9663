//! What the person, or the token's lack of a scope, keeps from going out.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use bigcommerce::{
    BoxFuture, HttpRequest, HttpResponse, HttpTransport, Method, Transport, TransportError,
};
use commerce::{OrderId, ProductId, SafetyMode, StoreColor};
use journal::{Entry, EntryId, JobId, Said, State, StepKind};
use mirror::{OrdersQuery, ProductsQuery};
use serde_json::{Value, json};
use testkit::LeapingClock;
use workbench::{Applied, Draft, LeftOutBecause};

use crate::{
    drafts::{notes, prices},
    world::{TOKEN, World, asked, control, sandbox, straight},
};

async fn world() -> (World, Arc<LeapingClock>) {
    let (world, clock) = World::leaping(sandbox(20).await, straight()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    (world, clock)
}

async fn orders(world: &World, count: usize) -> Vec<OrderId> {
    let query = OrdersQuery::default();
    let (_, view) = world.bench.open_list(&world.store, query).await.unwrap();
    view.ids.iter().copied().take(count).collect()
}

async fn products(world: &World, count: usize) -> Vec<ProductId> {
    let query = ProductsQuery {
        sort: mirror::ProductSort::Id,
        ..ProductsQuery::default()
    };
    let (_, view) = world.bench.open_list(&world.store, query).await.unwrap();
    view.iter().copied().take(count).collect()
}

async fn apply(world: &World, draft: Draft) -> Applied {
    let plan = world.bench.plan(&world.store, draft).await.unwrap();
    let applied = world.bench.apply(&plan.id, &plan.digest, true, true).await;
    applied.unwrap()
}

async fn entry(world: &World, id: &EntryId) -> Entry {
    let detail = world.bench.activity_entry(&world.store, id).await.unwrap();
    detail.entry
}

async fn states(world: &World, job: &Applied) -> Vec<State> {
    let mut states = Vec::new();
    for id in &job.entries {
        states.push(entry(world, id).await.state);
    }
    states
}

async fn faults(world: &World, rules: Value) {
    let rules = json!({ "rules": rules }).to_string();
    control(&world.control, "POST", "/faults", &rules).await;
}

/// The store says to writes: not before half a minute.
async fn full(world: &World, path: &str) {
    let fault = json!({ "kind": "status", "status": 429, "body": "{}",
        "headers": { "X-Rate-Limit-Time-Reset-Ms": "30000" } });
    let rule = json!({ "match": { "method": "PUT", "path": path }, "times": 1, "fault": fault });
    faults(world, json!([rule])).await;
}

async fn writes(world: &World) -> usize {
    let asked = asked(&world.control).await;
    asked.iter().filter(|line| line.starts_with("PUT")).count()
}

async fn has_step(world: &World, id: &EntryId, kind: StepKind) -> bool {
    let detail = world.bench.activity_entry(&world.store, id).await.unwrap();
    detail.steps.iter().any(|step| step.kind == kind)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_waits_while_the_store_is_made_read_only_is_not_sent() {
    for together in [false, true] {
        let (world, clock) = world().await;
        full(&world, "/v**").await;
        let draft = if together {
            prices(&products(&world, 3).await)
        } else {
            notes(&orders(&world, 1).await)
        };
        let applied = apply(&world, draft).await;
        let first = &applied.entries[0];
        world.until_so(async |world| writes(world).await == 1).await;
        world.until(|state| state.waiting.is_some()).await;
        let safety = SafetyMode::ReadOnly;
        let edited = world
            .bench
            .edit(&world.store, "World", StoreColor::Moss, safety);
        edited.unwrap();
        clock.leap(Duration::from_secs(40));
        let put_off = async |world: &World| has_step(world, first, StepKind::Postponed).await;
        world.until_so(put_off).await;
        assert_eq!(
            writes(&world).await,
            1,
            "only the one that was told to wait"
        );
        for state in states(&world, &applied).await {
            assert_eq!(state, State::Waiting);
        }
        assert!(
            !has_step(&world, first, StepKind::NoAnswer).await,
            "nothing went out"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_waits_while_its_job_is_stopped_is_given_up_unsent() {
    let (world, clock) = world().await;
    full(&world, "/v2/orders/*").await;
    let applied = apply(&world, notes(&orders(&world, 2).await)).await;
    world.until_so(async |world| writes(world).await == 1).await;
    world.until(|state| state.waiting.is_some()).await;
    world
        .bench
        .stop_job(&world.store, &applied.job)
        .await
        .unwrap();
    clock.leap(Duration::from_secs(40));
    world.until(|state| state.changes_waiting == 0).await;
    assert_eq!(states(&world, &applied).await, [State::Dropped; 2]);
    assert_eq!(writes(&world).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_waits_while_its_job_is_held_goes_out_once_the_job_goes_on() {
    let (world, clock) = world().await;
    full(&world, "/v2/orders/*").await;
    let applied = apply(&world, notes(&orders(&world, 1).await)).await;
    let first = &applied.entries[0];
    world.until_so(async |world| writes(world).await == 1).await;
    world.until(|state| state.waiting.is_some()).await;
    world
        .bench
        .pause_job(&world.store, &applied.job)
        .await
        .unwrap();
    clock.leap(Duration::from_secs(40));
    let put_off = async |world: &World| has_step(world, first, StepKind::Postponed).await;
    world.until_so(put_off).await;
    assert_eq!(writes(&world).await, 1);
    world
        .bench
        .resume_job(&world.store, &applied.job)
        .await
        .unwrap();
    world.until(|state| state.changes_waiting == 0).await;
    assert_eq!(states(&world, &applied).await, [State::Done]);
}

/// Counts how many writes are under way together, at most.
struct Counting {
    way: HttpTransport,
    now: AtomicU32,
    most: Arc<AtomicU32>,
}

impl Transport for Counting {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            if request.method == Method::Get {
                return self.way.send(request).await;
            }
            let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
            self.most.fetch_max(now, Ordering::SeqCst);
            let answered = self.way.send(request).await;
            self.now.fetch_sub(1, Ordering::SeqCst);
            answered
        })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn writes_to_a_store_go_one_at_a_time_in_the_order_they_were_confirmed() {
    let most = Arc::new(AtomicU32::new(0));
    let way = Counting {
        way: HttpTransport::new("Stockroom-tests/0").unwrap(),
        now: AtomicU32::new(0),
        most: Arc::clone(&most),
    };
    let world = World::over(sandbox(20).await, Arc::new(way)).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    let slow = json!({ "match": { "method": "PUT" }, "times": null,
        "fault": { "kind": "latency", "ms": 60 } });
    faults(&world, json!([slow])).await;
    let (all, some) = (orders(&world, 8).await, products(&world, 3).await);
    apply(&world, notes(&all[..4])).await;
    apply(&world, prices(&some)).await;
    apply(&world, notes(&all[4..])).await;
    world.until(|state| state.changes_waiting == 0).await;
    let written: Vec<String> = asked(&world.control)
        .await
        .into_iter()
        .filter(|line| line.starts_with("PUT"))
        .map(|line| {
            line.rsplit('/')
                .next()
                .unwrap()
                .trim_end_matches('?')
                .to_owned()
        })
        .collect();
    let mut wanted: Vec<String> = all[..4].iter().map(ToString::to_string).collect();
    wanted.push("products".to_owned());
    wanted.extend(all[4..].iter().map(ToString::to_string));
    assert_eq!(written, wanted);
    assert_eq!(most.load(Ordering::SeqCst), 1);
}

fn forbidding(method: &str, path: &str, words: &str) -> Value {
    let body = json!({ "status": 403, "title": words }).to_string();
    json!({ "match": { "method": method, "path": path }, "times": null,
        "fault": { "kind": "status", "status": 403, "body": body,
        "headers": { "Content-Type": "application/json" } } })
}

const NO_SCOPE: &str = "You don't have a required scope to access the endpoint";

async fn job(world: &World, id: &JobId) -> journal::Job {
    world.bench.job(&world.store, id).await.unwrap().job
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thing_that_is_forbidden_takes_none_of_its_job_along() {
    for method in ["GET", "PUT"] {
        let (world, _) = world().await;
        let orders = orders(&world, 4).await;
        let path = format!("/v2/orders/{}", orders[1]);
        faults(&world, json!([forbidding(method, &path, "Not this one")])).await;
        let applied = apply(&world, notes(&orders)).await;
        world.until(|state| state.changes_waiting == 0).await;
        let wanted = [State::Done, State::Refused, State::Done, State::Done];
        assert_eq!(states(&world, &applied).await, wanted, "{method}");
        let words = entry(&world, &applied.entries[1]).await.said.words;
        assert!(words.contains("Not this one"), "{words}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_whose_every_thing_is_forbidden_is_held_and_others_go_on() {
    let (world, _) = world().await;
    let all = forbidding("PUT", "/v2/orders/*", "Not for you");
    faults(&world, json!([all])).await;
    let held = apply(&world, notes(&orders(&world, 8).await)).await;
    let other = apply(&world, prices(&products(&world, 3).await)).await;
    world.until(|state| state.changes_waiting == 5).await;
    assert_eq!(states(&world, &other).await, [State::Done; 3]);
    let stands = job(&world, &held.job).await;
    assert!(stands.held_at.is_some() && stands.held_because.words == "Not for you");
    assert_eq!((stands.to_look_at, stands.waiting), (3, 5));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_lacks_a_scope_is_held_until_a_token_has_it() {
    for method in ["GET", "PUT"] {
        let (world, _) = world().await;
        let lacking = forbidding(method, "/v3/catalog/products", NO_SCOPE);
        faults(&world, json!([lacking])).await;
        // Twelve prices are one batch of ten and one of two; all are read at once.
        let held = apply(&world, prices(&products(&world, 12).await)).await;
        let other = apply(&world, notes(&orders(&world, 2).await)).await;
        let told = if method == "GET" { 12 } else { 10 };
        world
            .until(|state| state.changes_waiting == 12 - told)
            .await;
        assert_eq!(states(&world, &other).await, [State::Done; 2], "{method}");
        let stands = job(&world, &held.job).await;
        assert_eq!((stands.to_look_at, stands.waiting), (told, 12 - told));
        let said = entry(&world, &held.entries[0]).await.said;
        assert!(said.about.starts_with("store_v2_products"), "{said:?}");

        control(&world.control, "DELETE", "/faults", "").await;
        if method == "PUT" {
            assert!(
                stands.held_because.about == "store_v2_products",
                "{stands:?}"
            );
            let on = world.bench.resume_job(&world.store, &held.job).await;
            on.unwrap();
            world.until(|state| state.changes_waiting == 0).await;
        }
        let again = apply(&world, Draft::RetryJob(held.job.clone())).await;
        world.until(|state| state.changes_waiting == 0).await;
        let states = states(&world, &again).await;
        assert!(
            states.iter().all(|state| *state == State::Done),
            "{states:?}"
        );
    }
}

/// Twelve prices of which the first ten are refused for want of a scope, so the rest is held.
async fn held_for_a_scope(world: &World) -> Applied {
    let lacking = forbidding("PUT", "/v3/catalog/products", NO_SCOPE);
    faults(world, json!([lacking])).await;
    let held = apply(world, prices(&products(world, 12).await)).await;
    world.until(|state| state.changes_waiting == 2).await;
    world
        .until_so(async |world| job(world, &held.job).await.held_at.is_some())
        .await;
    held
}

async fn give_a_token_that_may(world: &World) {
    control(&world.control, "DELETE", "/faults", "").await;
    let given = world
        .bench
        .give_token(&world.store, TOKEN.into(), true)
        .await;
    given.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_a_person_holds_stays_held_when_it_turns_out_to_lack_a_scope() {
    let (world, clock) = world().await;
    let busy = json!({ "match": { "method": "GET", "path": "/v2/orders/*" }, "times": 1,
        "fault": { "kind": "status", "status": 429, "body": "{}",
        "headers": { "X-Rate-Limit-Time-Reset-Ms": "30000" } } });
    let lacking = forbidding("GET", "/v2/orders/*", NO_SCOPE);
    faults(&world, json!([busy, lacking])).await;
    let held = apply(&world, notes(&orders(&world, 2).await)).await;
    world.until(|state| state.waiting.is_some()).await;
    let paused = world.bench.pause_job(&world.store, &held.job).await;
    paused.unwrap();
    clock.leap(Duration::from_secs(40));
    world
        .until_so(async |world| states(world, &held).await[0] == State::Refused)
        .await;

    give_a_token_that_may(&world).await;
    let other = apply(&world, prices(&products(&world, 1).await)).await;
    world
        .until_so(async |world| states(world, &other).await == [State::Done])
        .await;
    assert!(job(&world, &held.job).await.held_at.is_some());
    assert_eq!(
        states(&world, &held).await,
        [State::Refused, State::Waiting]
    );
    let resumed = world.bench.resume_job(&world.store, &held.job).await;
    resumed.unwrap();
    world.until(|state| state.changes_waiting == 0).await;
    assert_eq!(states(&world, &held).await, [State::Refused, State::Done]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_held_for_want_of_a_scope_goes_on_by_itself_once_a_token_has_it() {
    let (world, _) = world().await;
    let held = held_for_a_scope(&world).await;
    // Being asked again changes nothing as long as the token is the same.
    world.bench.refresh_now(&world.store).await.unwrap();
    let other = apply(&world, notes(&orders(&world, 1).await)).await;
    world
        .until_so(async |world| states(world, &other).await == [State::Done])
        .await;
    assert!(job(&world, &held.job).await.held_at.is_some());

    give_a_token_that_may(&world).await;
    world.until(|state| state.changes_waiting == 0).await;
    let stands = job(&world, &held.job).await;
    assert_eq!((stands.done, stands.to_look_at), (2, 10));
    assert_eq!(
        (stands.held_at, stands.held_because),
        (None, Said::default())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_a_person_holds_waits_for_them_whatever_the_token_may_do() {
    let (world, _) = world().await;
    let held = held_for_a_scope(&world).await;
    let paused = world.bench.pause_job(&world.store, &held.job).await;
    paused.unwrap();
    give_a_token_that_may(&world).await;
    let other = apply(&world, notes(&orders(&world, 1).await)).await;
    world
        .until_so(async |world| states(world, &other).await == [State::Done])
        .await;
    let stands = job(&world, &held.job).await;
    assert!(stands.held_at.is_some());
    assert_eq!(stands.waiting, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_selection_to_be_tried_again_the_one_that_moved_on_is_told_and_the_others_go_on() {
    let (world, _) = world().await;
    let held = held_for_a_scope(&world).await;
    give_a_token_that_may(&world).await;
    world.until(|state| state.changes_waiting == 0).await;
    let chosen: Vec<EntryId> = held.entries[..4].to_vec();
    let dropped = world.bench.drop_change(&world.store, &chosen[1]).await;
    dropped.unwrap();

    let again = Draft::Retry(chosen.clone());
    let plan = world.bench.plan(&world.store, again).await.unwrap();
    assert_eq!(plan.items.len(), 3);
    assert_eq!(plan.left_out.len(), 1);
    assert_eq!(plan.left_out[0].because, LeftOutBecause::MovedOn);

    // And one more while the preview is on screen.
    let dropped = world.bench.drop_change(&world.store, &chosen[2]).await;
    dropped.unwrap();
    let applied = world.bench.apply(&plan.id, &plan.digest, true, true).await;
    let applied = applied.unwrap();
    world.until(|state| state.changes_waiting == 0).await;
    assert_eq!(states(&world, &applied).await, [State::Done; 3]);
    for old in &chosen {
        assert_eq!(
            entry(&world, old).await.state,
            State::Dropped,
            "none of them is offered once more"
        );
    }
}

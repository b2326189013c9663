//! One thing that the store stumbles over each time holds up none of the others, and a store that is in
//! trouble as a whole is waited for.

use std::{
    collections::HashSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use bigcommerce::{HttpRequest, Method};
use commerce::{OrderId, ProductId};
use journal::{EntryId, Reason, State, StepKind};
use mirror::{OrdersQuery, ProductsQuery};
use serde_json::{Value, json};
use testkit::LeapingClock;
use workbench::{Draft, EntryDetail};

use crate::{
    drafts::{notes, prices},
    slow::leap_until,
    world::{Bend, World, asked, control, sandbox, straight},
};

/// Where a request goes that the store is to stumble over.
const STUMBLE: &str = "/v3/stumble";

/// The store stumbles over the requests that are wanted, and over no others.
pub(crate) fn over(wanted: impl Fn(&HttpRequest) -> bool + Send + Sync + 'static) -> Bend {
    Arc::new(move |mut request| {
        if wanted(&request) {
            let (store, _) = request.url.split_once("/w0rld/").unwrap();
            request.url = format!("{store}/w0rld{STUMBLE}");
        }
        Box::pin(async { request })
    })
}

pub(crate) async fn world(bend: Bend) -> (World, Arc<LeapingClock>) {
    let (world, clock) = World::leaping(sandbox(20).await, bend).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    let page = json!({ "kind": "status", "status": 500, "body": "Oops" });
    world
        .faults(json!([{ "match": { "path": STUMBLE }, "times": null, "fault": page }]))
        .await;
    (world, clock)
}

/// The sandbox's numbers are the same at each start: this order and this product are in every store.
const BAD_ORDER: u64 = 48_203;
pub(crate) const BAD_PRODUCT: u64 = 113;

async fn orders(world: &World) -> Vec<OrderId> {
    let query = OrdersQuery {
        show_incomplete: true,
        sort: mirror::OrderSort::Number,
        ..OrdersQuery::default()
    };
    let (_, view) = world.bench.open_list(&world.store, query).await.unwrap();
    let ids = view.ids.to_vec();
    assert!(ids.contains(&OrderId(BAD_ORDER)), "{ids:?}");
    ids
}

pub(crate) async fn products(world: &World) -> Vec<ProductId> {
    let query = ProductsQuery {
        sort: mirror::ProductSort::Id,
        ..ProductsQuery::default()
    };
    let (_, view) = world.bench.open_list(&world.store, query).await.unwrap();
    let ids = view.to_vec();
    assert!(ids.contains(&ProductId(BAD_PRODUCT)), "{ids:?}");
    ids
}

/// Everything but the bad one is done, and that one is told once. Gives it.
async fn all_but_one_done(world: &World, entries: &[EntryId], to: State) -> EntryDetail {
    let mut told = Vec::new();
    for id in entries {
        let detail = world.entry(id).await;
        if detail.entry.state != State::Done {
            told.push(detail);
        }
    }
    assert_eq!(told.len(), 1, "{told:#?}");
    let one = told.remove(0);
    assert_eq!(one.entry.state, to, "{one:#?}");
    assert_eq!(one.entry.said.reason, Some(Reason::Unavailable));
    let kinds = [
        StepKind::NotFoundInStore,
        StepKind::StoreRefused,
        StepKind::FoundUnclear,
    ];
    let said = one.steps.iter().filter(|step| kinds.contains(&step.kind));
    assert_eq!(said.count(), 1, "told once: {:#?}", one.steps);
    one
}

/// How often each thing was changed in the store, by the paths of single ones and the bodies of batches.
async fn changes(world: &World) -> Vec<Value> {
    let answer = control(&world.control, "GET", "/log", "").await;
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    let log: Value = serde_json::from_str(body).unwrap();
    let log = log.as_array().unwrap().iter();
    log.filter(|entry| entry["method"] == "PUT" && entry["changed"] == true)
        .cloned()
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_with_one_product_that_always_fails_is_split_and_all_the_others_are_done_once() {
    let names_it = |request: &HttpRequest| {
        let body = request.body.as_deref().unwrap_or_default();
        let text = String::from_utf8_lossy(body);
        let path = format!("/products/{BAD_PRODUCT}?");
        request.method == Method::Put
            && (text.contains(&format!("\"id\":{BAD_PRODUCT},")) || request.url.contains(&path))
    };
    let (world, clock) = world(over(names_it)).await;
    let ids = products(&world).await;
    let job = world.begin(prices(&ids)).await;
    // Confirmed later, and not held up either.
    let later = world.begin(notes(&orders(&world).await[..3])).await;
    leap_until(&world, &clock, |state| state.changes_waiting == 0).await;
    let bad = all_but_one_done(&world, &job.entries, State::NotApplied).await;
    for id in &later.entries {
        assert_eq!(world.entry(id).await.entry.state, State::Done);
    }
    let price = |answer: Value| answer["data"]["price"].as_f64().unwrap();
    for id in ids {
        let there = world
            .elsewhere("GET", &format!("/v3/catalog/products/{id}"), "")
            .await;
        assert_eq!(price(there) == 21.43, id.0 != BAD_PRODUCT, "{id}");
    }

    // Once the store can, it is tried again like anything else.
    world.no_faults().await;
    let path = format!("/v3/catalog/products/{BAD_PRODUCT}");
    let again = world
        .bench
        .plan(&world.store, Draft::Retry(vec![bad.entry.id]))
        .await;
    assert_eq!(again.unwrap().items.len(), 1);
    assert_ne!(price(world.elsewhere("GET", &path, "").await), 21.43);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_whose_change_always_fails_is_told_and_those_behind_it_are_done_once() {
    let path = format!("/v2/orders/{BAD_ORDER}");
    let is_it =
        move |request: &HttpRequest| request.method == Method::Put && request.url.contains(&path);
    let (world, clock) = world(over(is_it)).await;
    let ids = orders(&world).await;
    let job = world.begin(notes(&ids)).await;
    leap_until(&world, &clock, |state| state.changes_waiting == 0).await;
    all_but_one_done(&world, &job.entries, State::NotApplied).await;
    assert_eq!(changes(&world).await.len(), ids.len() - 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_can_never_be_read_is_told_and_those_behind_it_are_done_once() {
    let path = format!("/v2/orders/{BAD_ORDER}");
    let (world, clock) = world(over(move |request| request.url.contains(&path))).await;
    let ids = orders(&world).await;
    let job = world.begin(notes(&ids)).await;
    leap_until(&world, &clock, |state| state.changes_waiting == 0).await;
    let bad = all_but_one_done(&world, &job.entries, State::Refused).await;
    assert!(!bad.entry.was_sent());
    assert_eq!(changes(&world).await.len(), ids.len() - 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_that_can_never_be_read_takes_none_along_that_is_read_with_it() {
    let is_it = |request: &HttpRequest| {
        let names = |piece: &str| piece.parse() == Ok(BAD_PRODUCT);
        request.method == Method::Get
            && request.url.contains("/catalog/products")
            && request.url.split(|c: char| !c.is_ascii_digit()).any(names)
    };
    let (world, clock) = world(over(is_it)).await;
    let ids = products(&world).await;
    let job = world.begin(prices(&ids)).await;
    leap_until(&world, &clock, |state| state.changes_waiting == 0).await;
    let bad = all_but_one_done(&world, &job.entries, State::Refused).await;
    assert!(!bad.entry.was_sent());
}

/// The store stumbles over looks at the bad order once a change of it has been sent.
fn over_looks(sent: &Arc<AtomicBool>) -> Bend {
    let (was_sent, path) = (Arc::clone(sent), format!("/v2/orders/{BAD_ORDER}"));
    over(move |request: &HttpRequest| {
        let is_it = request.url.contains(&path);
        if is_it && request.method == Method::Put {
            was_sent.store(true, Ordering::SeqCst);
        }
        is_it && request.method == Method::Get && was_sent.load(Ordering::SeqCst)
    })
}

/// Another status for the bad order, sent into nowhere.
async fn a_lost_status(world: &World) -> EntryId {
    let reset = json!({ "kind": "resetBefore" });
    world
        .faults(json!([{ "match": { "method": "PUT" }, "times": 1, "fault": reset }]))
        .await;
    let order = world.bench.order(&world.store, OrderId(BAD_ORDER)).await;
    let now = order.unwrap().order.status_id;
    let to = commerce::StatusId(if now.0 == 10 { 2 } else { 10 });
    let status = workbench::OrderDraft {
        order: OrderId(BAD_ORDER),
        wanted: commerce::OrderFields {
            status_id: Some(to),
            ..Default::default()
        },
    };
    let lost = world.begin(Draft::Orders(vec![status])).await;
    lost.entries[0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_unknown_fate_that_can_never_be_read_keeps_nothing_else_from_being_sent() {
    let sent = Arc::new(AtomicBool::new(false));
    let (world, clock) = world(over_looks(&sent)).await;
    let lost = a_lost_status(&world).await;
    let others: Vec<OrderId> = orders(&world).await;
    let others: Vec<OrderId> = others.into_iter().filter(|id| id.0 != BAD_ORDER).collect();
    let job = world.begin(notes(&others)).await;
    leap_until(&world, &clock, |state| state.changes_waiting == 0).await;
    for id in &job.entries {
        assert_eq!(world.entry(id).await.entry.state, State::Done);
    }
    let lost = world.entry(&lost).await;
    assert!(sent.load(Ordering::SeqCst));
    assert_eq!(lost.entry.state, State::Unclear, "{lost:#?}");
    let sendings = lost.steps.iter().filter(|step| step.kind == StepKind::Sent);
    assert_eq!(sendings.count(), 1, "it is never sent again");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_store_that_takes_no_change_at_all_nothing_is_told_and_everything_waits() {
    let ill = Arc::new(AtomicBool::new(true));
    let is_ill = Arc::clone(&ill);
    let takes_none =
        move |request: &HttpRequest| request.method == Method::Put && is_ill.load(Ordering::SeqCst);
    let (world, clock) = world(over(takes_none)).await;
    let ids = orders(&world).await;
    let job = world.begin(notes(&ids)).await;
    let in_trouble = |state: &workbench::StoreState| state.trouble.is_some();
    leap_until(&world, &clock, in_trouble).await;
    for _ in 0..40 {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        clock.leap(std::time::Duration::from_secs(5));
    }
    let state = world.bench.state(&world.store).await.unwrap();
    assert_eq!(state.changes_to_look_at, 0);
    assert_eq!(state.changes_waiting as usize, ids.len());
    ill.store(false, Ordering::SeqCst);
    leap_until(&world, &clock, |state| state.changes_waiting == 0).await;
    for id in &job.entries {
        assert_eq!(world.entry(id).await.entry.state, State::Done);
    }
    assert_eq!(changes(&world).await.len(), ids.len());
}

/// A note for the one order of which something fails.
async fn a_note(world: &World) -> EntryId {
    let applied = world.begin(notes(&[OrderId(BAD_ORDER)])).await;
    applied.entries[0].clone()
}

/// How often the store was asked something that it stumbles over.
async fn stumbled(world: &World) -> usize {
    let asked = asked(&world.control).await;
    asked.iter().filter(|line| line.contains(STUMBLE)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lone_order_that_can_never_be_read_is_told_once_the_store_answers_something_else() {
    let oops = json!({ "kind": "status", "status": 500, "body": "Oops" });
    let page = json!({ "kind": "status", "status": 200, "body": "<html>Welcome</html>" });
    for (fault, reason) in [(oops, Reason::Unavailable), (page, Reason::Unreadable)] {
        let path = format!("/v2/orders/{BAD_ORDER}");
        let (world, clock) = world(over(move |request| request.url.contains(&path))).await;
        world.no_faults().await;
        world
            .faults(json!([{ "match": { "path": STUMBLE }, "times": null, "fault": fault }]))
            .await;
        let id = a_note(&world).await;
        leap_until(&world, &clock, |state| state.changes_waiting == 0).await;
        let told = world.entry(&id).await.entry;
        assert_eq!(told.state, State::Refused, "{told:#?}");
        assert_eq!(told.said.reason, Some(reason));
        assert!(!told.was_sent());
        assert!(
            stumbled(&world).await > 3,
            "it was tried before it was told"
        );
        // A person decides: once the store can, it is tried again.
        let again = Draft::Retry(vec![id]);
        let again = world.bench.plan(&world.store, again).await.unwrap();
        assert_eq!(again.items.len(), 1, "{:?}", again.left_out);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_store_that_answers_nothing_not_even_a_lone_change_is_told() {
    let (world, clock) = world(straight()).await;
    let oops = json!({ "kind": "status", "status": 500, "body": "Oops" });
    world
        .faults(json!([{ "match": {}, "times": null, "fault": oops }]))
        .await;
    let id = a_note(&world).await;
    leap_until(&world, &clock, |state| state.trouble.is_some()).await;
    // Longer than it takes to tell one that fails alone.
    for _ in 0..200 {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        clock.leap(std::time::Duration::from_secs(5));
    }
    assert_eq!(world.entry(&id).await.entry.state, State::Waiting);
    world.no_faults().await;
    leap_until(&world, &clock, |state| state.changes_waiting == 0).await;
    assert_eq!(world.entry(&id).await.entry.state, State::Done);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_store_took_a_part_of_each_time_is_not_told_to_have_left_no_trace() {
    let path = format!("/products/{BAD_PRODUCT}?");
    let is_it =
        move |request: &HttpRequest| request.method == Method::Put && request.url.contains(&path);
    let (world, clock) = world(over(is_it)).await;
    let wanted = commerce::ProductFields {
        price: Some("21.43".parse().unwrap()),
        cost_price: Some("3.21".parse().unwrap()),
        ..Default::default()
    };
    let product = ProductId(BAD_PRODUCT);
    let draft = Draft::Products(vec![workbench::ProductDraft { product, wanted }]);
    let job = world.begin(draft).await;
    world
        .until_so(async |world| stumbled(world).await > 0)
        .await;
    // As if the store had taken the price before it stumbled.
    let there = format!("/v3/catalog/products/{BAD_PRODUCT}");
    world.elsewhere("PUT", &there, r#"{"price":21.43}"#).await;
    leap_until(&world, &clock, |state| state.changes_waiting == 0).await;
    let told = world.entry(&job.entries[0]).await;
    assert_eq!(told.entry.state, State::Unclear, "{told:#?}");
    assert_eq!(told.entry.said.reason, Some(Reason::OnlyPart));
    assert_eq!(told.entry.said.words, "", "of ours are none of the store's");
    assert_eq!(told.steps.last().unwrap().kind, StepKind::FoundUnclear);
    let no_trace = |step: &journal::Step| step.kind == StepKind::NotFoundInStore;
    assert!(!told.steps.iter().any(no_trace), "{told:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_failed_before_a_start_keeps_nothing_waiting_that_stands_behind_it() {
    const BAD: usize = 6;
    let bad: Arc<std::sync::Mutex<Vec<String>>> = Arc::default();
    let failed: Arc<std::sync::Mutex<HashSet<String>>> = Arc::default();
    let bend = |bad: &Arc<std::sync::Mutex<Vec<String>>>,
                failed: &Arc<std::sync::Mutex<HashSet<String>>>| {
        let (bad, failed) = (Arc::clone(bad), Arc::clone(failed));
        over(move |request| {
            let is_it = |path: &&String| request.url.contains(path.as_str());
            let bad = bad.lock().unwrap();
            let Some(path) = bad.iter().find(is_it) else {
                return false;
            };
            failed.lock().unwrap().insert(path.clone());
            true
        })
    };
    let (world, clock) = world(bend(&bad, &failed)).await;
    let ids = orders(&world).await;
    let (ill, well) = ids.split_at(BAD);
    *bad.lock().unwrap() = ill.iter().map(|id| format!("/v2/orders/{id}")).collect();
    let waiting = world.begin(notes(ill)).await;
    let all_failed = || failed.lock().unwrap().len() == BAD;
    leap_until(&world, &clock, |_| all_failed()).await;
    assert_eq!(waiting.entries.len(), BAD);

    // Trying them first once more would take minutes: the pause is longer after each.
    let world = world.reopened(bend(&bad, &failed)).await;
    let job = world.begin(notes(&well[..3])).await;
    world
        .until_so(async |world| {
            let mut done = true;
            for id in &job.entries {
                done &= world.entry(id).await.entry.state == State::Done;
            }
            done
        })
        .await;
    for id in &waiting.entries {
        assert_eq!(world.entry(id).await.entry.state, State::Waiting);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lone_one_of_unknown_fate_that_can_never_be_read_is_for_a_person_to_decide() {
    let sent = Arc::new(AtomicBool::new(false));
    let (world, clock) = world(over_looks(&sent)).await;
    let id = a_lost_status(&world).await;
    leap_until(&world, &clock, |state| state.changes_waiting == 0).await;
    let told = world.entry(&id).await;
    assert_eq!(told.entry.state, State::Unclear, "{told:#?}");
    assert_eq!(told.entry.said.reason, Some(Reason::Unavailable));
    let sendings = told.steps.iter().filter(|step| step.kind == StepKind::Sent);
    assert_eq!(sendings.count(), 1, "it is never sent again");
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_in_vain_for_what_is_over_keeps_no_later_change_of_the_same_from_being_sent() {
    let ill = Arc::new(AtomicBool::new(false));
    let (is_ill, path) = (Arc::clone(&ill), format!("/v2/orders/{BAD_ORDER}"));
    let is_it =
        move |request: &HttpRequest| request.url.contains(&path) && is_ill.load(Ordering::SeqCst);
    let (world, clock) = world(over(is_it)).await;
    let lost = a_lost_status(&world).await;
    leap_until(&world, &clock, |state| state.changes_waiting == 0).await;
    assert_eq!(world.entry(&lost).await.entry.state, State::NotApplied);
    ill.store(true, Ordering::SeqCst);
    let look = world.bench.look_for(&world.store, &lost);
    let looked = until_answered(&clock, look).await;
    assert!(looked.is_err(), "{looked:?}");
    ill.store(false, Ordering::SeqCst);
    let id = a_note(&world).await;
    leap_until(&world, &clock, |state| state.changes_waiting == 0).await;
    assert_eq!(world.entry(&id).await.entry.state, State::Done);
}

/// Lets time pass until it is answered: the client has pauses of its own.
async fn until_answered<T>(clock: &LeapingClock, asked: impl Future<Output = T>) -> T {
    tokio::pin!(asked);
    loop {
        let moment = tokio::time::sleep(std::time::Duration::from_millis(50));
        tokio::select! {
            answer = &mut asked => return answer,
            () = moment => clock.leap(std::time::Duration::from_secs(5)),
        }
    }
}

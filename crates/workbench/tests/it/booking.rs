//! Stores that say done and show it later, in part, or written their own way.

use std::{sync::Arc, time::Duration};

use bigcommerce::Method;
use commerce::{Field, InventoryTracking, ProductFields, ProductId, Values};
use journal::{Entry, EntryId, Reason, State};
use mirror::ProductsQuery;
use sandbox_store::{Config, Strict};
use serde_json::{Value, json};
use testkit::LeapingClock;
use workbench::{Draft, LeftOutBecause, ProductDraft};

use crate::{
    slow::leap_until,
    world::{Bend, World, control, sandbox, small, straight},
};

async fn products(world: &World) -> Vec<ProductId> {
    let query = ProductsQuery {
        sort: mirror::ProductSort::Id,
        ..ProductsQuery::default()
    };
    let (_, view) = world.bench.open_list(&world.store, query).await.unwrap();
    view.to_vec()
}

fn each(ids: &[ProductId], wanted: impl Fn(ProductId) -> ProductFields) -> Draft {
    let draft = |id: &ProductId| ProductDraft {
        product: *id,
        wanted: wanted(*id),
    };
    Draft::Products(ids.iter().map(draft).collect())
}

async fn entries(world: &World, ids: &[EntryId]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for id in ids {
        entries.push(world.entry(id).await.entry);
    }
    entries
}

async fn there(world: &World, id: ProductId) -> Value {
    let path = format!("/v3/catalog/products/{id}");
    world.elsewhere("GET", &path, "").await["data"].take()
}

/// A store that books stock an hour after it was set, and the products whose stock it counts.
async fn late() -> (World, Arc<LeapingClock>, Vec<ProductId>) {
    let config = Config {
        stock_lag: Duration::from_secs(60 * 60),
        ..small(5)
    };
    let running = Strict::serve(config).await.unwrap();
    let (world, clock) = World::leaping(running, straight()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    let mut counted = Vec::new();
    for id in products(&world).await {
        let product = world.bench.product(&world.store, id).await.unwrap().product;
        if product.inventory_tracking == InventoryTracking::Product {
            counted.push(id);
        }
    }
    assert!(counted.len() >= 3, "{counted:?}");
    (world, clock, counted)
}

/// The hour has passed.
async fn books(world: &World) {
    let ahead = r#"{"offsetSeconds":7200}"#;
    control(&world.control, "POST", "/clock", ahead).await;
}

fn stocked(price: Option<&str>) -> impl Fn(ProductId) -> ProductFields {
    move |_| ProductFields {
        price: price.map(|price| price.parse().unwrap()),
        inventory_level: Some(4_711),
        ..ProductFields::default()
    }
}

/// Nobody knows of any of them whether it came through, but that a price which was sent along did.
async fn are_unclear(world: &World, ids: &[EntryId], price: Option<&str>) {
    let (why, taken) = match price {
        None => (Reason::StillAsBefore, vec![]),
        Some(_) => (Reason::OnlyPart, vec![Field::Price]),
    };
    for entry in entries(world, ids).await {
        assert_eq!(entry.state, State::Unclear, "of {}: {entry:#?}", ids.len());
        assert_eq!((entry.said.reason, &entry.taken), (Some(why), &taken));
        assert_eq!(entry.can_be_undone(), price.is_some());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn stock_that_is_booked_late_is_not_said_to_be_refused_and_is_found_once_it_is_there() {
    for (count, price) in [(1, None), (3, None), (1, Some("21.43")), (3, Some("21.43"))] {
        let (world, clock, ids) = late().await;
        let ids = &ids[..count];
        let draft = each(ids, stocked(price));
        let applied = world.begin(draft).await;
        leap_until(&world, &clock, |state| state.changes_waiting == 0).await;
        are_unclear(&world, &applied.entries, price).await;
        // Too early: told so, and nothing else.
        clock.leap(Duration::from_secs(10));
        let first = &applied.entries[0];
        world.bench.look_for(&world.store, first).await.unwrap();
        let looked = world.entry(first).await.entry;
        assert!(looked.state.may_be_looked_for(), "{looked:#?}");

        books(&world).await;
        clock.leap(Duration::from_secs(10));
        for id in &applied.entries {
            world.bench.look_for(&world.store, id).await.unwrap();
        }
        for entry in entries(&world, &applied.entries).await {
            assert_eq!(entry.state, State::DoneFound, "{count}: {entry:#?}");
            assert!(entry.can_be_undone());
        }
        let undo = Draft::UndoJob(applied.job.clone());
        let undo = world.bench.plan(&world.store, undo).await.unwrap();
        assert_eq!(undo.items.len(), count, "{:?}", undo.left_out);
        for item in &undo.items {
            let fields = item.change.fields();
            assert!(fields.contains(&Field::InventoryLevel), "{fields:?}");
            assert_eq!(fields.contains(&Field::Price), price.is_some());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn stock_whose_second_look_fails_is_not_judged_by_the_answer_that_came_too_early() {
    let (world, clock, ids) = late().await;
    let path = format!("/v3/catalog/products/{}", ids[0]);
    // It is read once before it is written.
    let oops = json!({ "kind": "status", "status": 500, "body": "Oops" });
    world
        .faults(
            json!([{ "match": { "method": "GET", "path": path }, "after": 1, "times": null,
            "fault": oops }]),
        )
        .await;
    let applied = world.begin(each(&ids[..1], stocked(None))).await;
    let id = &applied.entries[0];
    leap_until(&world, &clock, |state| state.changes_waiting == 0).await;
    let unclear = world.entry(id).await.entry;
    assert_eq!(unclear.state, State::Unclear, "{unclear:#?}");
    assert_eq!(unclear.said.reason, Some(Reason::StillAsBefore));
    world.no_faults().await;
    books(&world).await;
    clock.leap(Duration::from_secs(10));
    world.bench.look_for(&world.store, id).await.unwrap();
    assert_eq!(world.entry(id).await.entry.state, State::DoneFound);
}

/// The store gets the things of each write to products as they are after this.
fn rewritten(rewrite: impl Fn(Method, &mut Value) + Send + Sync + 'static) -> Bend {
    Arc::new(move |mut request| {
        let is_write = matches!(request.method, Method::Put | Method::Post)
            && request.url.contains("/v3/catalog/products");
        if let (true, Some(body)) = (is_write, &mut request.body) {
            let mut json: Value = serde_json::from_slice(body).unwrap();
            let things: Vec<&mut Value> = match &mut json {
                Value::Array(things) => things.iter_mut().collect(),
                one => vec![one],
            };
            for thing in things {
                rewrite(request.method, thing);
            }
            *body = json.to_string().into_bytes();
        }
        Box::pin(async { request })
    })
}

fn renamed(price: Option<&str>) -> impl Fn(ProductId) -> ProductFields {
    move |id| ProductFields {
        name: Some(format!("Renamed {id}")),
        price: price.map(|price| price.parse().unwrap()),
        ..ProductFields::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_store_passes_over_without_a_word_keeps_the_rest_from_no_undo() {
    for (count, price) in [(1, Some("21.43")), (3, Some("21.43")), (1, None), (3, None)] {
        let passes_over = rewritten(|_, thing| {
            thing.as_object_mut().unwrap().remove("name");
        });
        let world = World::start(sandbox(5).await, passes_over).await;
        world.until(|state| state.refreshed_at.is_some()).await;
        let ids = products(&world).await[..count].to_vec();
        let mut before = Vec::new();
        for id in &ids {
            before.push(there(&world, *id).await["price"].clone());
        }
        let applied = world.begin(each(&ids, renamed(price))).await;
        world.until(|state| state.changes_waiting == 0).await;
        are_unclear(&world, &applied.entries, price).await;
        if price.is_none() {
            continue;
        }
        let undo = Draft::UndoJob(applied.job.clone());
        let undone = world.begin(undo).await;
        world.until(|state| state.changes_waiting == 0).await;
        for entry in entries(&world, &undone.entries).await {
            assert_eq!(entry.state, State::Done, "{count}: {entry:#?}");
            assert_eq!(entry.change.fields(), [Field::Price]);
        }
        for (id, before) in ids.iter().zip(before) {
            assert_eq!(there(&world, *id).await["price"], before);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_store_writes_its_own_way_can_be_put_back_once_it_is_said_to_be_done() {
    let shouts = rewritten(|_, thing| {
        let name = thing["name"].as_str().unwrap_or_default();
        if name.starts_with("Renamed") {
            thing["name"] = name.to_uppercase().into();
        }
    });
    let world = World::start(sandbox(5).await, shouts).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    let id = products(&world).await[0];
    let before = there(&world, id).await["name"].clone();
    let applied = world.begin(each(&[id], renamed(None))).await;
    let entry = &applied.entries[0];
    world.until(|state| state.changes_waiting == 0).await;
    assert_eq!(world.entry(entry).await.entry.state, State::Unclear);
    let written = format!("RENAMED {id}");
    assert_eq!(there(&world, id).await["name"], written);
    let decided = world.bench.decide(&world.store, entry, true).await;
    decided.unwrap();
    let done = world.entry(entry).await.entry;
    assert_eq!(done.state, State::DoneFound);
    let name = |name: &str| ProductFields {
        name: Some(name.to_owned()),
        ..ProductFields::default()
    };
    assert_eq!(done.found, Some(Values::Product(name(&written))));
    assert!(done.can_be_undone());

    // What somebody else writes over it is not put back.
    let here = format!("/products/{id}");
    for (theirs, is_left_out) in [("Theirs", true), (written.as_str(), false)] {
        let body = json!({ "name": theirs }).to_string();
        control(&world.control, "POST", &here, &body).await;
        let refreshed = world.bench.refresh_product(&world.store, id).await;
        refreshed.unwrap();
        let undo = Draft::Undo(vec![entry.clone()]);
        let undo = world.bench.plan(&world.store, undo).await.unwrap();
        let because = undo.left_out.first().map(|out| out.because);
        let wanted = is_left_out.then_some(LeftOutBecause::ChangedSince);
        assert_eq!(because, wanted, "{theirs}");
    }
    world.begin(Draft::Undo(vec![entry.clone()])).await;
    world.until(|state| state.changes_waiting == 0).await;
    assert_eq!(there(&world, id).await["name"], before);
    assert!(world.entry(entry).await.entry.undone_by.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_made_in_the_stores_own_way_can_be_deleted_once_it_is_said_to_be_the_one() {
    let rounds_up = rewritten(|method, thing| {
        if method == Method::Post {
            thing["price"] = json!(19.95);
        }
    });
    let (world, clock) = World::leaping(sandbox(5).await, rounds_up).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    let lost = json!({ "kind": "resetAfter" });
    world
        .faults(json!([{ "match": { "method": "POST" }, "times": 1, "fault": lost }]))
        .await;
    let kettle = Draft::NewProduct(ProductFields {
        name: Some("Field kettle".into()),
        price: Some("19.90".parse().unwrap()),
        ..ProductFields::default()
    });
    let applied = world.begin(kettle).await;
    let id = &applied.entries[0];
    leap_until(&world, &clock, |state| state.changes_waiting == 0).await;
    assert_eq!(world.entry(id).await.entry.state, State::Unclear);
    world.bench.decide(&world.store, id, true).await.unwrap();
    let made = world.entry(id).await.entry.made.unwrap();
    world.begin(Draft::Undo(vec![id.clone()])).await;
    leap_until(&world, &clock, |state| state.changes_waiting == 0).await;
    let entry = world.entry(id).await.entry;
    assert!(entry.undone_by.is_some(), "{entry:#?}");
    let all = products(&world).await;
    assert!(!all.contains(&made), "{all:?}");
}

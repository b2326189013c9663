//! Answers that say a part was done and a part was not (207).

use std::sync::{Arc, Mutex};

use bigcommerce::{
    BoxFuture, HttpRequest, HttpResponse, HttpTransport, Method, Transport, TransportError,
};
use commerce::{InventoryTracking, ProductFields, ProductId};
use journal::{Entry, Reason, State, StepKind};
use mirror::ProductsQuery;
use serde_json::{Value, json};
use workbench::{Applied, Draft, ProductDraft};

use crate::world::{World, control, sandbox};

/// What a store does with one thing of a batch, whatever becomes of the others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Does {
    /// Takes everything.
    Nothing,
    /// Does not take it, and says why.
    Refuse(u64),
    /// Does not take it, and does not speak of it at all.
    PassOver(u64),
}

/// A way to the store on which batches of products meet that. What is not taken does not reach the store.
struct Picky {
    way: HttpTransport,
    does: Mutex<Does>,
    /// The products of each write, as it was sent.
    sent: Mutex<Vec<Vec<u64>>>,
}

struct Way(Arc<Picky>);

fn products_of(request: &HttpRequest) -> Option<Vec<Value>> {
    let path = request.url.split('?').next()?;
    let is_batch = request.method == Method::Put && path.ends_with("/v3/catalog/products");
    let body = request.body.as_ref().filter(|_| is_batch)?;
    serde_json::from_slice(body).ok()
}

impl Transport for Way {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            let picky = &self.0;
            let Some(mut items) = products_of(&request) else {
                if request.method == Method::Put {
                    let path = request.url.split('?').next().unwrap_or_default();
                    let id = path.rsplit('/').next().and_then(|id| id.parse().ok());
                    picky.sent.lock().unwrap().push(id.into_iter().collect());
                }
                return picky.way.send(request).await;
            };
            let ids: Vec<u64> = items
                .iter()
                .map(|item| item["id"].as_u64().unwrap())
                .collect();
            picky.sent.lock().unwrap().push(ids.clone());
            let does = *picky.does.lock().unwrap();
            let (Does::Refuse(id) | Does::PassOver(id)) = does else {
                return picky.way.send(request).await;
            };
            let place = ids.iter().position(|one| *one == id).unwrap();
            items.remove(place);
            let mut taken = request.clone();
            taken.body = Some(Value::from(items).to_string().into_bytes());
            let mut answer = picky.way.send(taken).await?;
            let mut said: Value = serde_json::from_slice(&answer.body).unwrap();
            if does == Does::Refuse(id) {
                let mut look = request.clone();
                (look.method, look.body) = (Method::Get, None);
                look.url = format!("{}/{id}", request.url.split('?').next().unwrap());
                let as_it_is = picky.way.send(look).await?;
                let as_it_is: Value = serde_json::from_slice(&as_it_is.body).unwrap();
                let data = said["data"].as_array_mut().unwrap();
                data.insert(place, as_it_is["data"].clone());
                let path = format!("{place}.name");
                said["errors"] = json!({ "status": 207, "title": "Not all of them",
                    "errors": { path: "is taken by another product" } });
            }
            answer.status = 207;
            answer.body = said.to_string().into_bytes();
            Ok(answer)
        })
    }
}

async fn world() -> (World, Arc<Picky>, Vec<ProductId>) {
    let picky = Arc::new(Picky {
        way: HttpTransport::new("Stockroom-tests/0").unwrap(),
        does: Mutex::new(Does::Nothing),
        sent: Mutex::default(),
    });
    let way = Arc::new(Way(Arc::clone(&picky)));
    let world = World::over(sandbox(5).await, way).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    let query = ProductsQuery::default();
    let (_, view) = world.bench.open_list(&world.store, query).await.unwrap();
    let ids = view.iter().copied().take(4).collect();
    (world, picky, ids)
}

fn each(ids: &[ProductId], wanted: impl Fn(ProductId) -> ProductFields) -> Draft {
    let draft = |id: &ProductId| ProductDraft {
        product: *id,
        wanted: wanted(*id),
    };
    Draft::Products(ids.iter().map(draft).collect())
}

fn renamed(id: ProductId) -> ProductFields {
    ProductFields {
        name: Some(format!("Renamed {id}")),
        ..ProductFields::default()
    }
}

async fn settled(world: &World, draft: Draft) -> (Applied, Vec<Entry>) {
    let plan = world.bench.plan(&world.store, draft).await.unwrap();
    assert!(plan.left_out.is_empty(), "{:?}", plan.left_out);
    let applied = world.bench.apply(&plan.id, &plan.digest, true, true).await;
    world.until(|state| state.changes_waiting == 0).await;
    let applied = applied.unwrap();
    let mut entries = Vec::new();
    for id in &applied.entries {
        let detail = world.bench.activity_entry(&world.store, id).await.unwrap();
        let told = detail
            .steps
            .iter()
            .filter(|step| matches!(step.kind, StepKind::StoreRefused | StepKind::StoreDone));
        assert_eq!(told.count(), 1, "it is told once: {:?}", detail.steps);
        entries.push(detail.entry);
    }
    (applied, entries)
}

async fn there(world: &World, id: ProductId) -> Value {
    let path = format!("/v3/catalog/products/{id}");
    world.elsewhere("GET", &path, "").await["data"].clone()
}

fn numbers(ids: &[ProductId]) -> Vec<u64> {
    ids.iter().map(|id| id.0).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_batch_taken_in_part_the_good_are_done_once_and_the_refused_is_told_in_the_stores_words()
 {
    let (world, picky, ids) = world().await;
    let bad = ids[1];
    *picky.does.lock().unwrap() = Does::Refuse(bad.0);
    let (applied, entries) = settled(&world, each(&ids, renamed)).await;
    let states: Vec<State> = entries.iter().map(|entry| entry.state).collect();
    assert_eq!(
        states,
        [State::Done, State::Refused, State::Done, State::Done]
    );
    assert_eq!(*picky.sent.lock().unwrap(), [numbers(&ids)], "sent once");
    let said = &entries[1].said;
    assert_eq!(said.reason, Some(Reason::Invalid));
    assert!(
        said.words.contains("name: is taken by another product"),
        "{said:?}"
    );
    let held = ("name".to_owned(), "is taken by another product".to_owned());
    assert_eq!(entries[1].refused, [held]);
    for (id, entry) in ids.iter().zip(&entries) {
        let is_bad = *id == bad;
        assert_eq!(entry.said.words.contains("taken"), is_bad, "{entry:?}");
        let now = world
            .bench
            .product(&world.store, *id)
            .await
            .unwrap()
            .product;
        let stands = there(&world, *id).await;
        assert_eq!(stands["name"] != format!("Renamed {id}"), is_bad);
        assert_eq!(stands["name"], now.name, "the copy has what the store has");
    }
    let job = world
        .bench
        .job(&world.store, &applied.job)
        .await
        .unwrap()
        .job;
    assert_eq!((job.done, job.to_look_at), (3, 1));

    // Tried again, it goes alone.
    *picky.does.lock().unwrap() = Does::Nothing;
    let (_, again) = settled(&world, Draft::RetryJob(applied.job)).await;
    assert_eq!(again.len(), 1);
    assert_eq!(again[0].state, State::Done);
    let sent = picky.sent.lock().unwrap().clone();
    assert_eq!(sent, [numbers(&ids), vec![bad.0]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_answer_to_a_batch_does_not_speak_of_is_sent_again_alone_and_the_others_are_not() {
    let (world, picky, ids) = world().await;
    let bad = ids[2];
    *picky.does.lock().unwrap() = Does::PassOver(bad.0);
    let (_, entries) = settled(&world, each(&ids, renamed)).await;
    for entry in &entries {
        assert_eq!(entry.state, State::Done, "{entry:?}");
    }
    let sent = picky.sent.lock().unwrap().clone();
    assert_eq!(sent, [numbers(&ids), vec![bad.0]]);
    for id in ids {
        assert_eq!(there(&world, id).await["name"], format!("Renamed {id}"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_saved_all_but_its_stock_says_so_and_is_not_sent_again() {
    for count in [1, 3] {
        let (world, picky, ids) = world().await;
        let ids = &ids[..count];
        // The first only gets a price, of which nothing fails.
        let (priced, stocked) = ids.split_at(usize::from(count > 1));
        let rule = json!({ "rules": [{ "times": 1,
            "match": { "method": "PUT", "path": "/v3/catalog/products**" },
            "fault": { "kind": "partly", "failed": "inventory" } }] });
        control(&world.control, "POST", "/faults", &rule.to_string()).await;
        let wanted = |id: ProductId| {
            let level = stocked.contains(&id);
            ProductFields {
                price: Some("21.43".parse().unwrap()),
                inventory_tracking: level.then_some(InventoryTracking::Product),
                inventory_level: level.then_some(4_711),
                ..ProductFields::default()
            }
        };
        let (_, entries) = settled(&world, each(ids, wanted)).await;
        assert_eq!(
            *picky.sent.lock().unwrap(),
            [numbers(ids)],
            "{count}: sent once"
        );
        let (done, partly) = entries.split_at(priced.len());
        for entry in done {
            assert_eq!(entry.state, State::Done, "{count}: {entry:?}");
        }
        for entry in partly {
            assert_eq!(entry.state, State::Refused, "{count}: {entry:?}");
            assert_eq!(entry.said.reason, Some(Reason::OnlyPart), "{count}");
            let said = ("inventory_level", "The inventory could not be updated");
            let refused: Vec<_> = entry.refused.iter().map(|(a, b)| (&**a, &**b)).collect();
            assert_eq!(refused, [said], "{count}");
        }
        for id in ids {
            let (stands, now) = (
                there(&world, *id).await,
                world
                    .bench
                    .product(&world.store, *id)
                    .await
                    .unwrap()
                    .product,
            );
            assert_eq!(stands["price"], 21.43, "{count}");
            assert_ne!(stands["inventory_level"], 4_711, "{count}");
            assert_eq!(now.price, "21.43".parse().unwrap());
            assert_eq!(stands["inventory_level"], now.inventory_level, "{count}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_part_that_the_store_took_is_put_back_and_the_rest_is_left_alone() {
    for is_given_up in [false, true] {
        let (world, _, ids) = world().await;
        let id = ids[0];
        let before = there(&world, id).await;
        let rule = json!([{ "times": 1, "match": { "method": "PUT" },
            "fault": { "kind": "partly", "failed": "inventory" } }]);
        world.faults(rule).await;
        let wanted = |_| ProductFields {
            price: Some("21.43".parse().unwrap()),
            inventory_tracking: Some(InventoryTracking::Product),
            inventory_level: Some(4_711),
            ..ProductFields::default()
        };
        let (applied, entries) = settled(&world, each(&[id], wanted)).await;
        let partly = &entries[0];
        assert_eq!(partly.said.reason, Some(Reason::OnlyPart));
        assert!(partly.can_be_undone());
        let job = async || {
            let job = world.bench.job(&world.store, &applied.job).await;
            let job = job.unwrap().job;
            (job.done, job.to_put_back)
        };
        assert_eq!(
            job().await,
            (0, 1),
            "nothing is done, and a part can go back"
        );
        let file = world.bench.home().join("partly.csv");
        let (all, form) = (journal::Query::default(), workbench::ExportForm::Csv);
        let export = world
            .bench
            .export_activity(&world.store, all, form, file.clone());
        assert_eq!(export.await, Ok(1));
        let table = std::fs::read_to_string(file).unwrap();
        let of = |field: &str| {
            let mut rows = table
                .lines()
                .filter(|row| row.contains(&format!(",{field},")));
            rows.next().unwrap().to_owned()
        };
        let against = ",The inventory could not be updated,";
        assert!(of("inventory_level").contains(against), "{table}");
        assert!(!of("price").contains(against), "{table}");
        if is_given_up {
            let dropped = world.bench.drop_change(&world.store, &partly.id).await;
            dropped.unwrap();
            // It is not forgotten that a part of it is in the store.
            let dropped = world.entry(&partly.id).await.entry;
            assert_eq!(dropped.said.reason, Some(Reason::OnlyPart));
        }
        assert_eq!(job().await, (0, 1));
        let draft = if is_given_up {
            Draft::UndoJob(applied.job.clone())
        } else {
            Draft::Undo(applied.entries.clone())
        };
        let undo = world.bench.plan(&world.store, draft).await.unwrap();
        assert_eq!(undo.items.len(), 1, "{:?}", undo.left_out);
        assert!(
            !undo.items[0]
                .change
                .fields()
                .contains(&commerce::Field::InventoryLevel)
        );
        let done = world.bench.apply(&undo.id, &undo.digest, true, true).await;
        done.unwrap();
        world.until(|state| state.changes_waiting == 0).await;
        let after = there(&world, id).await;
        for field in ["price", "inventory_level", "inventory_tracking"] {
            assert_eq!(after[field], before[field], "{field}");
        }
        let undone = world.entry(&partly.id).await.entry;
        assert!(undone.undone_by.is_some() && !undone.can_be_undone());
        assert_eq!(job().await, (0, 0));
    }
}

//! Answers to writes that leave out what they should say, and lists with items nobody can read.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU32, Ordering},
};

use bigcommerce::{
    BoxFuture, HttpRequest, HttpResponse, HttpTransport, Method, Transport, TransportError,
};
use commerce::{OrderFields, OrderId, ProductFields, ProductId};
use journal::{Entry, State};
use mirror::{OrdersQuery, ProductsQuery};
use serde_json::{Value, json};
use workbench::{Draft, LeftOutBecause, OrderDraft, ProductDraft};

use crate::world::{World, control, sandbox};

/// What becomes of an answer on its way: the method asked, the address, the answer's JSON.
type Told = Arc<Mutex<Box<dyn Fn(Method, &str, &mut Value) + Send>>>;

/// Changes answers on their way.
struct Telling {
    way: HttpTransport,
    told: Told,
    writes: Arc<AtomicU32>,
}

impl Transport for Telling {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            let (method, url) = (request.method, request.url.clone());
            if method != Method::Get {
                self.writes.fetch_add(1, Ordering::SeqCst);
            }
            let mut response = self.way.send(request).await?;
            if let Ok(mut json) = serde_json::from_slice::<Value>(&response.body) {
                (self.told.lock().unwrap())(method, &url, &mut json);
                response.body = json.to_string().into_bytes();
            }
            Ok(response)
        })
    }
}

struct Teller {
    told: Told,
    writes: Arc<AtomicU32>,
}

impl Teller {
    fn tells(&self, change: impl Fn(Method, &str, &mut Value) + Send + 'static) {
        *self.told.lock().unwrap() = Box::new(change);
    }

    /// Answers to writes lack these members.
    fn leaves_out(&self, members: &'static [&'static str]) {
        self.leaves_out_where(members, |method, _| method != Method::Get);
    }

    /// Answers to what is read again before a write lack them, of one thing or of many.
    fn leaves_out_of_reads(&self, members: &'static [&'static str]) {
        self.leaves_out_where(members, |method, url| {
            let (path, query) = url.split_once('?').unwrap_or((url, ""));
            let names_one = path.rsplit('/').next().is_some_and(|last| {
                !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit())
            });
            method == Method::Get
                && (names_one || query.contains("id%3Ain") || query.contains("id:in"))
        });
    }

    fn leaves_out_where(
        &self,
        members: &'static [&'static str],
        concerns: impl Fn(Method, &str) -> bool + Send + 'static,
    ) {
        self.tells(move |method, url, json| {
            if !concerns(method, url) {
                return;
            }
            let wrapped = json.get("data").is_some();
            let data = if wrapped { &mut json["data"] } else { json };
            let items = match data {
                Value::Array(items) => items.iter_mut().collect(),
                one => vec![one],
            };
            for item in items {
                let Some(item) = item.as_object_mut() else {
                    continue;
                };
                for member in members {
                    item.remove(*member);
                }
            }
        });
    }
}

async fn world() -> (World, Teller) {
    let told: Told = Arc::new(Mutex::new(Box::new(|_, _, _| {})));
    let writes = Arc::new(AtomicU32::new(0));
    let telling = Telling {
        way: HttpTransport::new("Stockroom-tests/0").unwrap(),
        told: Arc::clone(&told),
        writes: Arc::clone(&writes),
    };
    let world = World::over(sandbox(5).await, Arc::new(telling)).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    (world, Teller { told, writes })
}

async fn settled(world: &World, draft: Draft) -> Vec<Entry> {
    let plan = world.bench.plan(&world.store, draft).await.unwrap();
    assert!(plan.left_out.is_empty(), "{:?}", plan.left_out);
    let applied = world.bench.apply(&plan.id, &plan.digest, true, true).await;
    world.until(|state| state.changes_waiting == 0).await;
    let mut entries = Vec::new();
    for id in applied.unwrap().entries {
        let detail = world.bench.activity_entry(&world.store, &id).await;
        entries.push(detail.unwrap().entry);
    }
    entries
}

async fn products(world: &World, count: usize) -> Vec<ProductId> {
    let query = ProductsQuery {
        sort: mirror::ProductSort::Id,
        ..ProductsQuery::default()
    };
    let (_, view) = world.bench.open_list(&world.store, query).await.unwrap();
    view.iter().copied().take(count).collect()
}

fn priced(ids: &[ProductId], price: &str) -> Draft {
    let wanted = ProductFields {
        price: Some(price.parse().unwrap()),
        ..ProductFields::default()
    };
    let drafts = ids.iter().map(|id| ProductDraft {
        product: *id,
        wanted: wanted.clone(),
    });
    Draft::Products(drafts.collect())
}

/// A product as the list shows it, but for what the write itself has changed.
async fn here(world: &World, id: ProductId) -> commerce::Product {
    let product = world.bench.product(&world.store, id).await.unwrap().product;
    commerce::Product {
        price: 0.into(),
        calculated_price: 0.into(),
        modified_at: jiff::Timestamp::UNIX_EPOCH,
        ..product
    }
}

const MOST: &[&str] = &[
    "name",
    "sku",
    "type",
    "cost_price",
    "retail_price",
    "sale_price",
    "weight",
    "is_visible",
    "description",
    "inventory_tracking",
    "inventory_level",
    "inventory_warning_level",
    "upc",
    "mpn",
    "brand_id",
    "categories",
    "base_variant_id",
    "custom_url",
    "primary_image",
    "date_created",
];

#[tokio::test(flavor = "multi_thread")]
async fn what_a_writes_answer_leaves_out_stays_as_it_was_known() {
    for count in [1, 3] {
        let (world, teller) = world().await;
        let ids = products(&world, count).await;
        let mut before = Vec::new();
        for id in &ids {
            before.push(here(&world, *id).await);
        }
        teller.leaves_out(MOST);
        for entry in settled(&world, priced(&ids, "21.43")).await {
            assert_eq!(entry.state, State::Done, "{count}: {entry:?}");
        }
        for (id, before) in ids.iter().zip(before) {
            assert_eq!(here(&world, *id).await, before);
            let now = world.bench.product(&world.store, *id).await.unwrap();
            assert_eq!(now.product.price, "21.43".parse().unwrap());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_read_before_a_write_leaves_out_stays_as_it_was_known() {
    for count in [1, 3] {
        let (world, teller) = world().await;
        let ids = products(&world, count).await;
        let mut before = Vec::new();
        for id in &ids {
            before.push(here(&world, *id).await);
            // Somebody is first, so nothing is sent and only the read is kept.
            let path = format!("/v3/catalog/products/{}", id.0);
            world.elsewhere("PUT", &path, r#"{"price":21.43}"#).await;
        }
        teller.leaves_out_of_reads(MOST);
        for entry in settled(&world, priced(&ids, "21.43")).await {
            assert_eq!(entry.state, State::AlreadySo, "{count}: {entry:?}");
        }
        assert_eq!(teller.writes.load(Ordering::SeqCst), 0);
        for (id, before) in ids.iter().zip(before) {
            assert_eq!(here(&world, *id).await, before);
            let now = world.bench.product(&world.store, *id).await.unwrap();
            assert_eq!(
                now.product.price,
                "21.43".parse().unwrap(),
                "what was said is kept"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_whose_answer_does_not_speak_of_what_was_sent_is_done_as_the_store_said() {
    for count in [1, 3] {
        let (world, teller) = world().await;
        let ids = products(&world, count).await;
        teller.leaves_out(&["price", "calculated_price", "sale_price"]);
        for entry in settled(&world, priced(&ids, "21.43")).await {
            assert_eq!(entry.state, State::Done, "{count}: {entry:?}");
        }
        for id in &ids {
            let now = world.bench.product(&world.store, *id).await.unwrap();
            assert_eq!(now.product.price, "21.43".parse().unwrap());
        }
        assert_eq!(teller.writes.load(Ordering::SeqCst), 1, "sent once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_orders_answer_that_leaves_most_out_costs_nothing_of_what_was_known() {
    let (world, teller) = world().await;
    let query = OrdersQuery::default();
    let (_, view) = world.bench.open_list(&world.store, query).await.unwrap();
    let id: OrderId = view.ids[0];
    let order = async || world.bench.order(&world.store, id).await.unwrap().order;
    let before = order().await;
    teller.leaves_out(&[
        "billing_address",
        "items_total",
        "subtotal_ex_tax",
        "discount_amount",
        "coupon_discount",
        "shipping_cost_ex_tax",
        "total_tax",
        "payment_method",
        "payment_status",
        "staff_notes",
        "customer_message",
        "channel_id",
        "order_source",
        "customer_id",
        "date_modified",
    ]);
    let wanted = OrderFields {
        staff_notes: Some("Gate code 12".into()),
        ..OrderFields::default()
    };
    let draft = Draft::Orders(vec![OrderDraft { order: id, wanted }]);
    let entries = settled(&world, draft).await;
    assert_eq!(entries[0].state, State::Done, "{entries:?}");
    let now = order().await;
    assert_eq!(now.staff_notes, "Gate code 12");
    let now = commerce::Order {
        staff_notes: before.staff_notes.clone(),
        modified_at: before.modified_at,
        ..now
    };
    assert_eq!(now, before);
}

fn kettle() -> Draft {
    Draft::NewProduct(ProductFields {
        name: Some("Field kettle".into()),
        price: Some("19.90".parse().unwrap()),
        weight: Some("0.6".parse().unwrap()),
        ..ProductFields::default()
    })
}

/// Found by name, it can't be read.
fn unreadable(method: Method, url: &str, json: &mut Value) {
    if method == Method::Get && url.contains("name=Field") {
        for item in json["data"].as_array_mut().into_iter().flatten() {
            item["price"] = json!({ "of": "another shape" });
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_making_whose_trace_cannot_be_read_is_for_a_person_to_decide() {
    let (world, teller) = world().await;
    teller.tells(unreadable);
    let rules = json!({ "rules": [{
        "match": { "method": "POST", "path": "/v3/catalog/products**" },
        "times": 1,
        "fault": { "kind": "resetAfter" },
    }] });
    control(&world.control, "POST", "/faults", &rules.to_string()).await;
    let entries = settled(&world, kettle()).await;
    assert_eq!(entries[0].state, State::Unclear, "{entries:?}");

    // What somebody did to it before the person decides is no part of its making.
    let list = "/v3/catalog/products?name=Field%20kettle";
    let there = world.elsewhere("GET", list, "").await;
    let made = ProductId(there["data"][0]["id"].as_u64().unwrap());
    control(&world.control, "POST", "/clock", r#"{"offsetSeconds": 60}"#).await;
    let path = format!("/v3/catalog/products/{made}");
    world.elsewhere("PUT", &path, r#"{"cost_price": 4}"#).await;
    world
        .bench
        .refresh_product(&world.store, made)
        .await
        .unwrap();
    let id = &entries[0].id;
    world.bench.decide(&world.store, id, true).await.unwrap();
    assert_eq!(world.entry(id).await.entry.made, Some(made));
    let undo = Draft::Undo(vec![id.clone()]);
    let plan = world.bench.plan(&world.store, undo).await.unwrap();
    assert!(plan.items.is_empty(), "{plan:?}");
    assert_eq!(plan.left_out[0].because, LeftOutBecause::ChangedSince);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_is_not_made_beside_one_of_its_name_that_cannot_be_read() {
    let (world, teller) = world().await;
    let theirs = json!({ "name": "Field kettle", "type": "physical", "weight": 1, "price": 5 });
    world
        .elsewhere("POST", "/v3/catalog/products", &theirs.to_string())
        .await;
    teller.tells(unreadable);
    let entries = settled(&world, kettle()).await;
    assert_eq!(entries[0].state, State::Refused, "{entries:?}");
    assert_eq!(teller.writes.load(Ordering::SeqCst), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_thing_that_cannot_be_put_back_stays_out_of_the_undo_of_its_job() {
    let (world, teller) = world().await;
    let ids = products(&world, 3).await;
    // A name that the store let in once, and takes from nobody now.
    let long = "x".repeat(commerce::PRODUCT_NAME_MAX + 1);
    let odd = world.bench.product(&world.store, ids[1]).await.unwrap();
    world.put(&commerce::Product {
        name: long.clone(),
        ..odd.product
    });
    let number = ids[1].0;
    teller.tells(move |method, _, json| {
        let items = json["data"].as_array_mut().into_iter().flatten();
        for item in items.filter(|item| item["id"] == number && method == Method::Get) {
            item["name"] = long.clone().into();
        }
    });
    let rename = |(at, id): (usize, &ProductId)| ProductDraft {
        product: *id,
        wanted: ProductFields {
            name: Some(format!("Other {at}")),
            ..ProductFields::default()
        },
    };
    let drafts = ids.iter().enumerate().map(rename).collect();
    let entries = settled(&world, Draft::Products(drafts)).await;
    let job = Draft::UndoJob(entries[0].job.clone());
    let undo = world.bench.plan(&world.store, job).await.unwrap();
    assert_eq!(undo.items.len(), 2, "{:?}", undo.left_out);
    assert_eq!(undo.left_out.len(), 1);
    assert_eq!(undo.left_out[0].subject, commerce::Subject::Product(ids[1]));
    assert_eq!(undo.left_out[0].because, LeftOutBecause::NotTaken);
}

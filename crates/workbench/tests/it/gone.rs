//! What is deleted in the store goes here as well, and nothing else does.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
    time::Duration,
};

use commerce::CustomerId;
use mirror::{Area, CustomersQuery, ProductSort, ProductsQuery};
use workbench::{Error, StoreState};

use sandbox_store::{Config, Sizes, Strict};

use crate::world::{Bend, World, asked, control, elsewhere, sandbox, small, straight};

fn is_complete(state: &StoreState) -> bool {
    state.refreshed_at.is_some() && state.areas.iter().all(|area| area.is_complete)
}

fn here(state: &StoreState, area: Area) -> u32 {
    state
        .areas
        .iter()
        .find(|one| one.area == area)
        .unwrap()
        .here
}

async fn products(world: &World) -> Vec<u64> {
    let query = ProductsQuery {
        sort: ProductSort::Id,
        ..ProductsQuery::default()
    };
    let (_, view) = world.bench.open_list(&world.store, query).await.unwrap();
    view.iter().map(|id| id.0).collect()
}

async fn customers(world: &World) -> Vec<CustomerId> {
    let query = CustomersQuery::default();
    let (_, view) = world.bench.open_list(&world.store, query).await.unwrap();
    view.to_vec()
}

/// Refreshes by hand, and waits until one more refresh has begun and ended.
async fn refreshed(world: &World) {
    let rounds = async || {
        let all = asked(&world.control).await;
        all.iter()
            .filter(|line| line.contains("/order_statuses"))
            .count()
    };
    let before = rounds().await;
    world.bench.refresh_now(&world.store).await.unwrap();
    world.until_so(async |_| rounds().await > before).await;
    world
        .until(|state| state.phase != workbench::Phase::Refreshing)
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_colleague_deletes_goes_with_the_next_refresh_and_nothing_else_does() {
    let world = World::start(sandbox(20).await, straight()).await;
    world.until(is_complete).await;
    let (all, people) = (products(&world).await, customers(&world).await);
    let orders = world.orders().await;
    for product in [all[3], all[17]] {
        let path = format!("/products/{product}");
        control(&world.control, "DELETE", &path, "").await;
    }
    let path = format!("/v3/customers?id:in={}", people[5]);
    world.elsewhere("DELETE", &path, "").await;
    let path = format!("/v2/orders/{}", orders[2]);
    world.elsewhere("DELETE", &path, "").await;

    world.bench.refresh_now(&world.store).await.unwrap();
    world
        .until(|state| here(state, Area::Products) == 28 && here(state, Area::Customers) == 39)
        .await;
    let mut left = all.clone();
    left.retain(|id| ![all[3], all[17]].contains(id));
    assert_eq!(products(&world).await, left);
    let mut left = people.clone();
    left.retain(|id| *id != people[5]);
    assert_eq!(customers(&world).await, left);
    let mut left = orders.clone();
    left.retain(|id| *id != orders[2]);
    world
        .until_so(async |world| world.orders().await == left)
        .await;
    // The same again finds nothing more.
    refreshed(&world).await;
    assert_eq!(products(&world).await.len(), 28);
}

/// What a whole round asks: one question for 250 things; where some are missing in an answer once more for
/// those, and once for each of them alone. At 50,000 products of which none is gone that is 200.
#[tokio::test(flavor = "multi_thread")]
async fn asking_about_everything_costs_one_question_for_250_things_and_few_for_what_is_missing() {
    for (count, gone) in [(250, 1), (251, 1), (1030, 1), (1030, 4)] {
        let config = Config {
            sizes: Sizes {
                products: count,
                ..small(5).sizes
            },
            ..small(5)
        };
        let running = Strict::serve(config).await.unwrap();
        let world = World::start(running, straight()).await;
        world.until(is_complete).await;
        let all = products(&world).await;
        assert_eq!(all.len(), count as usize);
        // All of them among the same 250.
        for product in &all[..gone] {
            let path = format!("/products/{product}");
            control(&world.control, "DELETE", &path, "").await;
        }
        let questions = async || {
            let all = asked(&world.control).await;
            let about_few =
                |line: &&String| line.contains("/v3/catalog/products?") && line.contains("id:in=");
            let alone = |line: &&String| line.contains("/v3/catalog/products/");
            (
                all.iter().filter(about_few).count(),
                all.iter().filter(alone).count(),
            )
        };
        let before = questions().await;
        refreshed(&world).await;
        let left = all.len() - gone;
        world
            .until_so(async |world| products(world).await.len() == left)
            .await;
        // The rest is asked about as well, before the round is over.
        let whole = all.len().div_ceil(250) + 1;
        world
            .until_so(async |_| questions().await.0 - before.0 >= whole)
            .await;
        refreshed(&world).await;
        let after = questions().await;
        assert_eq!(
            (after.0 - before.0, after.1 - before.1),
            (whole, gone),
            "{gone} of {count}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_fails_while_it_is_asked_takes_nothing_away() {
    let world = World::start(sandbox(20).await, straight()).await;
    world.until(is_complete).await;
    let orders = world.orders().await;
    for path in ["/v3/catalog/products", "/v3/customers", "/v2/orders"] {
        let rule = format!(
            r#"{{"rules":[{{"match":{{"path":"{path}"}},"fault":{{"kind":"status","status":500}}}}]}}"#
        );
        control(&world.control, "POST", "/faults", &rule).await;
    }
    world.bench.refresh_now(&world.store).await.unwrap();
    world.until(|state| state.trouble.is_some()).await;
    assert_eq!(products(&world).await.len(), 30);
    assert_eq!(customers(&world).await.len(), 40);
    assert_eq!(world.orders().await, orders);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_who_was_deleted_goes_when_a_person_asks_for_them() {
    let world = World::start(sandbox(20).await, straight()).await;
    world.until(is_complete).await;
    let people = customers(&world).await;
    let (bench, store) = (&world.bench, &world.store);
    bench.refresh_customer(store, people[1]).await.unwrap();
    let path = format!("/v3/customers?id:in={}", people[1]);
    world.elsewhere("DELETE", &path, "").await;
    assert!(matches!(
        bench.refresh_customer(store, people[1]).await,
        Err(Error::NotFound)
    ));
    assert!(!customers(&world).await.contains(&people[1]));
    assert_eq!(customers(&world).await.len(), 39);
}

/// Only what the store denies when it is asked about it alone is gone.
#[tokio::test(flavor = "multi_thread")]
async fn an_empty_answer_where_there_was_plenty_takes_nothing_away_that_exists() {
    let nobody: Bend = Arc::new(|mut request| {
        for name in ["id%3Ain=", "id:in="] {
            // What was asked for comes second, and the store looks at neither.
            if let Some((before, asked)) = request.url.split_once(name) {
                let rest = asked.split_once('&').map_or("", |(_, rest)| rest);
                request.url = format!("{before}id:in=999999999&{rest}");
                break;
            }
        }
        Box::pin(async { request })
    });
    let world = World::start(sandbox(20).await, nobody).await;
    world.until(is_complete).await;
    let all = products(&world).await;
    let people = customers(&world).await;
    let path = format!("/products/{}", all[3]);
    control(&world.control, "DELETE", &path, "").await;
    let path = format!("/v3/customers?id:in={}", people[5]);
    world.elsewhere("DELETE", &path, "").await;
    refreshed(&world).await;
    world.until(|state| here(state, Area::Products) < 30).await;
    refreshed(&world).await;
    let mut left = all.clone();
    left.remove(3);
    assert_eq!(products(&world).await, left);
    assert_eq!(customers(&world).await, people);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_deleted_goes_within_the_hour_without_anybody_asking() {
    let (world, clock) = World::leaping(sandbox(20).await, straight()).await;
    world.until(is_complete).await;
    let all = products(&world).await;
    control(
        &world.control,
        "DELETE",
        &format!("/products/{}", all[3]),
        "",
    )
    .await;
    let begun = Duration::from_secs(5 * 60);
    let mut passed = Duration::ZERO;
    while products(&world).await.len() == all.len() {
        assert!(passed < Duration::from_secs(2 * 60 * 60), "{passed:?}");
        clock.leap(begun);
        passed += begun;
        // What became due is done before more time passes.
        world
            .until(|state| state.phase != workbench::Phase::Refreshing)
            .await;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(passed >= Duration::from_secs(55 * 60), "{passed:?}");
    assert!(!products(&world).await.contains(&all[3]));
}

/// A colleague who deletes, makes and edits a product whenever products are asked for.
struct Meddler {
    origin: String,
    control: String,
    /// How often still.
    left: AtomicU32,
    chance: AtomicU64,
    /// Those that may be deleted, and are there.
    mortal: Mutex<Vec<u64>>,
}

impl Meddler {
    fn one_of(&self, count: usize) -> usize {
        // Marsaglia's xorshift, 64 bits.
        let next = |mut x: u64| {
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
            x
        };
        let before = self
            .chance
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |x| Some(next(x)));
        usize::try_from(next(before.unwrap()) % count as u64).unwrap()
    }

    async fn meddle(&self) {
        let less = |left: u32| left.checked_sub(1);
        if self
            .left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, less)
            .is_err()
        {
            return;
        }
        match self.one_of(3) {
            0 => {
                let name = format!("Made at {}", self.chance.load(Ordering::SeqCst));
                let body = format!(r#"{{"name":"{name}","type":"physical","weight":1,"price":2}}"#);
                let made = elsewhere(&self.origin, "POST", "/v3/catalog/products", &body).await;
                let made = made["data"]["id"].as_u64().unwrap();
                self.mortal.lock().unwrap().push(made);
            }
            what => {
                let product = {
                    let mut mortal = self.mortal.lock().unwrap();
                    let at = self.one_of(mortal.len());
                    if what == 1 {
                        mortal.swap_remove(at)
                    } else {
                        mortal[at]
                    }
                };
                let path = format!("/products/{product}");
                if what == 1 {
                    control(&self.control, "DELETE", &path, "").await;
                } else {
                    let body = format!(r#"{{"sort_order":{}}}"#, self.one_of(1000));
                    control(&self.control, "POST", &path, &body).await;
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_deleted_made_and_edited_meanwhile_the_copy_is_as_the_store_in_the_end() {
    for seed in [1_u64, 2, 3, 4] {
        let config = Config {
            sizes: Sizes {
                products: 600,
                ..small(20).sizes
            },
            ..small(20)
        };
        let running = Strict::serve(config).await.unwrap();
        let meddler = Arc::new(Meddler {
            origin: running.origin.clone(),
            control: running.control_origin.clone().unwrap(),
            left: AtomicU32::new(0),
            chance: AtomicU64::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)),
            mortal: Mutex::default(),
        });
        let colleague = Arc::clone(&meddler);
        let bend: Bend = Arc::new(move |request| {
            let colleague = Arc::clone(&colleague);
            Box::pin(async move {
                if request.url.contains("/v3/catalog/products") {
                    colleague.meddle().await;
                }
                request
            })
        });
        let world = World::start(running, bend).await;
        world.until(is_complete).await;
        let all = products(&world).await;
        assert_eq!(all.len(), 600);
        let (mortal, safe): (Vec<u64>, Vec<u64>) = all.iter().partition(|id| *id % 2 == 0);
        *meddler.mortal.lock().unwrap() = mortal;

        for _ in 0..4 {
            meddler.left.store(10, Ordering::SeqCst);
            refreshed(&world).await;
            let here = products(&world).await;
            let lost: Vec<_> = safe.iter().filter(|id| !here.contains(id)).collect();
            assert_eq!(lost, [&0; 0], "seed {seed}: nobody deleted these");
        }
        meddler.left.store(0, Ordering::SeqCst);
        refreshed(&world).await;
        let mut there = meddler.mortal.lock().unwrap().clone();
        there.extend(&safe);
        there.sort_unstable();
        world
            .until_so(async |world| products(world).await == there)
            .await;
    }
}

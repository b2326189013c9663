//! However pages fall, every order is here once.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use crate::world::{Bend, World, control, sandbox};

/// A store that gives smaller pages than it is asked for, as the reference leaves open.
fn smaller_pages() -> Bend {
    Arc::new(|mut request| {
        request.url = request.url.replace("limit=250", "limit=50");
        Box::pin(async { request })
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_with_smaller_pages_than_asked_for_loses_no_order() {
    let running = sandbox(430).await;
    let world = World::start(running, smaller_pages()).await;
    let state = world.until(|state| state.refreshed_at.is_some()).await;
    let orders = world.orders().await;
    assert_eq!(
        Some(u32::try_from(orders.len()).unwrap()),
        state.orders_in_store
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_placed_and_touched_during_the_first_pull_are_neither_lost_nor_doubled() {
    let running = sandbox(430).await;
    let origin = running.control_origin.clone().unwrap();
    let pages = Arc::new(AtomicU32::new(0));
    let bend: Bend = Arc::new(move |mut request| {
        let (origin, pages) = (origin.clone(), Arc::clone(&pages));
        Box::pin(async move {
            request.url = request.url.replace("limit=250", "limit=50");
            if request.url.contains("limit=50") {
                // Every page finds the store changed: two new orders, and an old one touched.
                let page = pages.fetch_add(1, Ordering::SeqCst);
                if page < 8 {
                    control(&origin, "POST", "/orders", r#"{"count":2}"#).await;
                    let touched = format!("/orders/{}", 48_219 - 30 * u64::from(page));
                    control(&origin, "POST", &touched, r#"{"staff_notes":"touched"}"#).await;
                }
            }
            request
        })
    });
    let world = World::start(running, bend).await;
    let counted_first = world
        .until(|state| state.refreshed_at.is_some())
        .await
        .orders_in_store
        .unwrap();
    world.bench.refresh_now(&world.store).await.unwrap();
    world
        .until(|state| state.orders == counted_first + 16)
        .await;

    let orders = world.orders().await;
    let mut once = orders.clone();
    once.dedup();
    assert_eq!(orders, once);
    let new: Vec<u64> = orders.iter().copied().filter(|id| *id > 48_219).collect();
    assert_eq!(new, (48_220..48_236).collect::<Vec<_>>());
}

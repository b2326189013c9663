//! Which orders are told of as having come in.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use tokio::sync::Semaphore;
use workbench::{Notice, Phase};

use crate::world::{Bend, World, control, sandbox};

/// New orders that were told of, until nothing more is told.
fn announced(notices: &mut tokio::sync::broadcast::Receiver<Notice>) -> Vec<u32> {
    let mut counts = Vec::new();
    while let Ok(notice) = notices.try_recv() {
        if let Notice::NewOrders { count, .. } = notice {
            counts.push(count);
        }
    }
    counts
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_are_new_when_they_came_in_since_the_last_refresh_and_never_in_a_first_pull() {
    let running = sandbox(60).await;
    let origin = running.control_origin.clone().unwrap();
    let asked = Arc::new(AtomicU32::new(0));
    let gate = Arc::new(Semaphore::new(0));
    let pull = Arc::clone(&gate);
    let bend: Bend = Arc::new(move |request| {
        let (origin, asked, gate) = (origin.clone(), Arc::clone(&asked), Arc::clone(&pull));
        Box::pin(async move {
            if request.url.contains("/v2/orders?") && request.url.contains("sort=id") {
                // Nothing is pulled before somebody listens.
                drop(gate.acquire().await.unwrap());
                // Two come in after the newest were pulled, and before the rest was.
                if asked.fetch_add(1, Ordering::SeqCst) == 1 {
                    control(&origin, "POST", "/orders", r#"{"count":2}"#).await;
                }
            }
            request
        })
    });
    let world = World::start(running, bend).await;
    let mut notices = world.bench.notices();
    gate.add_permits(1);
    let pulled = world
        .until(|state| state.refreshed_at.is_some())
        .await
        .orders;
    assert!(world.orders().await.contains(&48_221), "both are here");
    assert_eq!(announced(&mut notices), Vec::<u32>::new());

    let in_comes = async |body: &str, all: u32| {
        control(&world.control, "POST", "/orders", body).await;
        world.bench.refresh_now(&world.store).await.unwrap();
        world
            .until(|state| state.phase == Phase::Idle && state.orders == all)
            .await;
    };
    // Touching one makes it no newer.
    let note = r#"{"staff_notes":"touched"}"#;
    control(&world.control, "POST", "/orders/48200", note).await;
    in_comes(r#"{"count":3}"#, pulled + 3).await;
    assert_eq!(announced(&mut notices), [3]);
    // What nobody has seen is told of again, together with what is new.
    in_comes(r#"{"count":1}"#, pulled + 4).await;
    assert_eq!(announced(&mut notices), [4]);
    world.bench.orders_seen(&world.store);
    in_comes(r#"{"count":1}"#, pulled + 5).await;
    assert_eq!(announced(&mut notices), [1]);
    // Whoever turns to the store sees them, too.
    world.bench.select(&world.store).await.unwrap();
    in_comes(r#"{"count":2}"#, pulled + 7).await;
    assert_eq!(announced(&mut notices), [2]);
}

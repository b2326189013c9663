//! All who want something of one store stand in one line, whatever token they hold.

use bigcommerce::Error as ApiError;
use workbench::Error;

use crate::world::{TOKEN, World, asked, control, sandbox, straight};

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_tried_waits_for_what_the_store_told_the_one_before() {
    let world = World::start(sandbox(20).await, straight()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    let rules = r#"{"rules":[{"times":1,"fault":{"kind":"retryAfter","seconds":3600}}]}"#;
    control(&world.control, "POST", "/faults", rules).await;
    world.bench.refresh_now(&world.store).await.unwrap();
    // Whichever request was told so: the last one of the round before, or the first of the next.
    world
        .until(|state| state.trouble.is_some() || state.waiting.is_some())
        .await;
    // What tries a token first.
    let tried = async |world: &World| {
        let asked = asked(&world.control).await;
        asked.iter().filter(|one| one.contains("/v2/time")).count()
    };
    let before = tried(&world).await;
    // Within the half minute that a person waits for it nothing may be sent.
    let given = world
        .bench
        .give_token(&world.store, TOKEN.into(), true)
        .await;
    assert!(
        matches!(given, Err(Error::Api(ApiError::RateLimited { .. }))),
        "{given:?}"
    );
    assert_eq!(tried(&world).await, before);
}

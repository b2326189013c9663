//! Stores that put fewer products on a page than they were asked for.

use std::sync::Arc;

use commerce::ProductId;
use journal::{Reason, State};
use mirror::ProductsQuery;

use crate::{
    drafts::prices,
    world::{Bend, World, control, sandbox},
};

/// Whoever asks for some products by their numbers gets this page instead of the first 250.
fn giving(page: &'static str) -> Bend {
    Arc::new(move |mut request| {
        if ["id%3Ain=", "id:in="]
            .iter()
            .any(|name| request.url.contains(name))
        {
            request.url = request.url.replace("page=1&limit=250", page);
        }
        Box::pin(async { request })
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn products_that_a_short_page_leaves_for_the_next_one_are_not_taken_for_gone() {
    // Few at a time, and none at all as long as it is asked for several.
    for page in ["page=1&limit=4", "page=9&limit=250"] {
        let world = World::start(sandbox(5).await, giving(page)).await;
        world.until(|state| state.refreshed_at.is_some()).await;
        let query = ProductsQuery {
            sort: mirror::ProductSort::Id,
            ..ProductsQuery::default()
        };
        let (_, view) = world.bench.open_list(&world.store, query).await.unwrap();
        let ids: Vec<ProductId> = view.iter().copied().take(12).collect();
        let draft = prices(&ids);
        let plan = world.bench.plan(&world.store, draft).await.unwrap();
        let path = format!("/products/{}", ids[6]);
        control(&world.control, "DELETE", &path, "").await;
        let applied = world.bench.apply(&plan.id, &plan.digest, true, true).await;
        let applied = applied.unwrap();
        world.until(|state| state.changes_waiting == 0).await;
        for (place, id) in applied.entries.iter().enumerate() {
            let entry = world.entry(id).await.entry;
            if place == 6 {
                assert_eq!(entry.state, State::Refused, "{page}: {entry:#?}");
                assert_eq!(entry.said.reason, Some(Reason::Gone));
            } else {
                assert_eq!(entry.state, State::Done, "{page} {place}: {entry:#?}");
            }
        }
    }
}

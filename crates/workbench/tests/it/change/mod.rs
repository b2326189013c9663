//! The road of a change, where the window plays no part.

mod archive;
mod confirming;
mod putting_back;
mod under_way;

use commerce::{OrderFields, OrderId, StatusId};
use mirror::OrdersQuery;
use serde_json::json;
use workbench::OrderDraft;

use crate::world::{World, control, sandbox, straight};

async fn world() -> World {
    let world = World::start(sandbox(60).await, straight()).await;
    world.until(|state| state.refreshed_at.is_some()).await;
    world
}

async fn awaiting(world: &World, count: usize) -> Vec<OrderId> {
    let query = OrdersQuery {
        descending: true,
        ..OrdersQuery::default()
    };
    let (_, view) = world.bench.open_list(&world.store, query).await.unwrap();
    view.ids.iter().copied().take(count).collect()
}

fn to(order: OrderId, status: u32) -> OrderDraft {
    OrderDraft {
        order,
        wanted: OrderFields {
            status_id: Some(StatusId(status)),
            staff_notes: None,
        },
    }
}

fn notes(order: OrderId, text: &str) -> OrderDraft {
    OrderDraft {
        order,
        wanted: OrderFields {
            status_id: None,
            staff_notes: Some(text.into()),
        },
    }
}

/// Has somebody write an order's staff notes in the store.
async fn written_there(world: &World, order: OrderId, text: &str) {
    let path = format!("/orders/{order}");
    let body = json!({ "staff_notes": text }).to_string();
    control(&world.control, "POST", &path, &body).await;
}

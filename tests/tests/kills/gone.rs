//! Killed while the store is asked what of the copy it still has.

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    sandbox::SandboxOptions,
    wait,
    world::World,
};

/// Products that are asked about at a time.
const AT_A_TIME: usize = 250;

/// Questions about some products by their numbers alone.
fn questions(world: &World) -> Vec<String> {
    let log = world.sandbox.log();
    let about_few = |request: &&Value| {
        text(&request["path"]).ends_with("/v3/catalog/products")
            && text(&request["query"]).contains("id:in=")
            && text(&request["query"]).contains("include_fields=id")
    };
    log.iter()
        .filter(about_few)
        .map(|request| text(&request["query"]))
        .collect()
}

/// The numbers of the products that are here, the lowest first.
fn products(bridge: &Bridge, store: &str) -> Vec<u64> {
    let list = bridge.get(
        "open_products",
        json!({
            "store": store, "search": "", "visibility": "all", "stock": "all",
            "sort": "id", "descending": false,
        }),
    );
    let count = list["count"].as_u64().expect("they are counted");
    let rows = |from: u64| {
        let rows = json!({ "view": list["view"], "from": from, "to": (from + 250).min(count) });
        let answer = bridge.get("product_rows", rows);
        let rows = answer["rows"].as_array().expect("rows").clone();
        // One that went while the list was open is an empty row.
        rows.into_iter()
            .filter_map(|row| row["id"].as_str()?.parse().ok())
    };
    (0..count).step_by(250).flat_map(rows).collect()
}

#[test]
fn looking_for_what_was_deleted_goes_on_after_a_kill_and_takes_nothing_else_away() {
    const PRODUCTS: u32 = 1100;
    const KILLS: usize = 2;
    let world = World::with(SandboxOptions {
        orders: 20,
        products: PRODUCTS,
        latency_ms: 100,
        ..SandboxOptions::default()
    });
    let (mut bridge, store) = world.connected(&[]);
    let mut left = products(&bridge, &store);
    assert_eq!(left.len(), PRODUCTS as usize);
    // Some among the first that are asked about, some among the last.
    for at in [1090, 700, 3, 0] {
        world.sandbox.delete_product(left.remove(at));
    }

    bridge.tell("refresh", json!({ "store": store }));
    for _ in 0..KILLS {
        let asked = questions(&world).len();
        // Two are answered, the next is under way.
        wait::until("the next question", || {
            (questions(&world).len() >= asked + 3).then_some(())
        });
        bridge.kill();
        drop(bridge);
        bridge = world.bridge(&[]);
        let kept = products(&bridge, &store);
        let lost: Vec<_> = left.iter().filter(|id| !kept.contains(id)).collect();
        assert_eq!(lost, [&0; 0], "nobody deleted these");
    }
    wait::until("all that was deleted to be gone", || {
        (products(&bridge, &store) == left).then_some(())
    });
    bridge.wait_for_rest(&store);

    // Where it stood is kept with each answer: a kill costs one question at most, two where something is
    // missing in its answer.
    let asked = questions(&world);
    let batches = (PRODUCTS as usize).div_ceil(AT_A_TIME);
    let missing = 3;
    assert!(
        asked.len() <= batches + missing + 2 * KILLS,
        "{} questions: {asked:#?}",
        asked.len()
    );
}

//! One process per home.

use stockroom_tests::{
    bridge::Bridge,
    world::{Wish, World, some_order},
};

#[test]
fn a_second_backend_on_the_same_home_says_who_has_it() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    let home = world.desktop.stockroom_home();

    let second = Bridge::try_start(&world.desktop, &home, Some(world.sandbox.origin()), &[]);

    let refused = second.err().unwrap();
    assert!(!refused.status.success());
    let holder = bridge.id().to_string();
    assert!(
        refused.words.contains("already open") && refused.words.contains(&holder),
        "{}",
        refused.words
    );
    // The first one goes on as if nothing had happened.
    let order = some_order(&bridge, &store);
    let wished = Wish::Status.of(&bridge.order(&store, order));
    let entry = bridge.change(&store, order, &wished);
    bridge.wait_for_entry(&store, &entry, &["done"]);
    assert_eq!(world.puts(), 1);
}

#[test]
fn a_home_is_free_again_after_a_kill() {
    let world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    let orders = bridge.orders(&store);
    bridge.kill();
    drop(bridge);
    let bridge = world.bridge(&[]);
    assert_eq!(bridge.orders(&store), orders);
}

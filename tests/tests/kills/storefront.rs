//! SIGKILL at each step of renewing the token for the storefront, and a new start on the same home.

use std::{os::unix::process::ExitStatusExt as _, thread};

use host::Milestone;
use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    wait,
    world::World,
};

use crate::once::Fault;

const SERVICE: &str = "dev.stockroom.Stockroom";

fn wish(store: &str) -> Value {
    json!({
        "store": store, "channels": ["1"], "scopes": ["unauthenticated"], "days": 90,
        "untilQuit": false,
    })
}

fn access(bridge: &Bridge, store: &str) -> Value {
    bridge.get("storefront_access", json!({ "store": store }))
}

fn kept(world: &World) -> Vec<String> {
    let all = world.desktop.kept_in_keyring(SERVICE);
    let words = all.split(|c: char| c.is_whitespace() || c == '"');
    let tokens = words.filter(|word| word.starts_with("eyJ"));
    tokens.map(str::to_owned).collect()
}

fn asks(bridge: &Bridge, store: &str) {
    let question = json!({
        "store": store, "channel": "1", "document": "{ site { __typename } }", "variables": "",
        "id": "q",
    });
    let answer = bridge.get("ask_storefront", question);
    assert_eq!(answer["errors"], json!([]), "{answer:#}");
}

kills! {
    a_renewal_killed_anywhere_leaves_one_token_that_works_and_names_the_other:
        StorefrontNoted | StorefrontKept | StorefrontSwapped | StorefrontRevoked => leaves_one_that_works;
}

fn leaves_one_that_works(milestone: Milestone) {
    let world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    bridge.tell("make_storefront_token", wish(&store));
    let old = text(&access(&bridge, &store)["current"]["last4"]);
    bridge.stop();
    drop(bridge);

    let mut bridge = world.bridge(&[("STOCKROOM_KILL_AT", milestone.name())]);
    let _ = bridge.ask("make_storefront_token", wish(&store));
    let end = bridge.wait_for_end();
    assert_eq!(end.signal(), Some(9), "{milestone:?}: {end}");
    drop(bridge);

    let bridge = world.bridge(&[]);
    let told = access(&bridge, &store);
    let is_swapped = matches!(
        milestone,
        Milestone::StorefrontSwapped | Milestone::StorefrontRevoked
    );
    let current = text(&told["current"]["last4"]);
    assert_eq!(current != old, is_swapped, "{milestone:?}: {told:#}");
    assert_ne!(told["spare"], Value::Null, "{milestone:?}: {told:#}");
    asks(&bridge, &store);
    // It can be done again, which ends the one that is left over.
    bridge.tell("make_storefront_token", wish(&store));
    let told = access(&bridge, &store);
    assert_eq!(told["spare"], Value::Null, "{milestone:?}: {told:#}");
    let tokens = kept(&world);
    assert_eq!(tokens.len(), 1, "{milestone:?}");
    assert!(tokens[0].ends_with(&text(&told["current"]["last4"])));
    asks(&bridge, &store);
}

/// Requests that make a token.
fn makings(world: &World) -> Vec<Value> {
    let mut posts = world.sandbox.requests("POST");
    posts.retain(|post| text(&post["path"]).ends_with("/v3/storefront/api-token-private"));
    posts
}

#[test]
fn a_token_whose_making_met_a_fault_and_a_kill_is_made_anew_and_is_the_only_one_that_is_kept() {
    for fault in Fault::ALL {
        let world = World::new();
        let (mut bridge, store) = world.connected(&[]);
        world.sandbox.misbehave(fault.rule("POST", 30));
        thread::scope(|threads| {
            // It ends with an error, or with the process.
            let asking = threads.spawn(|| bridge.ask("make_storefront_token", wish(&store)));
            wait::until("the request to reach the store", || {
                (makings(&world).len() == 1).then_some(())
            });
            if fault == Fault::TooMany {
                // It waits for its time.
                bridge.strike();
            }
            let answer = asking.join().expect("it asks");
            assert!(!matches!(answer, Ok(Ok(_))), "{fault:?}: {answer:?}");
        });
        bridge.kill();
        drop(bridge);
        assert_eq!(kept(&world), [""; 0], "{fault:?}");

        let bridge = world.bridge(&[]);
        let told = access(&bridge, &store);
        assert_eq!(told["current"], Value::Null, "{fault:?}: {told:#}");
        assert_eq!(told["spare"], Value::Null, "{fault:?}: {told:#}");
        assert_eq!(makings(&world).len(), 1, "{fault:?}: not sent again unseen");
        bridge.tell("make_storefront_token", wish(&store));
        let told = access(&bridge, &store);
        assert_eq!(told["spare"], Value::Null, "{fault:?}: {told:#}");
        let tokens = kept(&world);
        assert_eq!(tokens.len(), 1, "{fault:?}");
        assert!(tokens[0].ends_with(&text(&told["current"]["last4"])));
        asks(&bridge, &store);
        // One that was made and that nobody has ends by itself.
        assert_eq!(makings(&world).len(), 2, "{fault:?}");
    }
}

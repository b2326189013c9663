//! SIGKILL at each step of replacing a store's token, and a new start on the same home.

use host::Milestone;
use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    jobs::plan_prices,
    wait,
    world::World,
};

const SERVICE: &str = "dev.stockroom.Stockroom";
const NEW: &str = "newnewnewnewnewnewnewnewnewnew1";
/// The new token may do less than the old one.
const LESS: &str = "store_v2_information_read_only,store_v2_orders";

/// Which of the two tokens is there in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    Old,
    New,
}

/// One of the two tokens works after the kill, and the app says which, with what it may do.
fn killed_at(milestone: Milestone, left: Left) {
    let mut world = World::new();
    let old = world.sandbox.token().to_owned();
    let (mut bridge, store) = world.connected(&[]);
    let rows = bridge.orders(&store).len();
    bridge.stop();
    drop(bridge);
    let mut bridge = world.bridge(&[("STOCKROOM_KILL_AT", milestone.name())]);

    world.sandbox.replace_token(NEW);
    world.sandbox.allow(LESS);
    let attempt = bridge.begin(&world.sandbox);
    bridge.check(&attempt);
    bridge.is_killed_saving(&attempt);
    drop(bridge);

    let kept = world.desktop.kept_in_keyring(SERVICE);
    let (there, gone) = match left {
        Left::Old => (old.as_str(), NEW),
        Left::New => (NEW, old.as_str()),
    };
    assert!(kept.contains(there) && !kept.contains(gone), "{kept}");
    // In BigCommerce both accounts are there until one is deleted; this store knows one at a time.
    if left == Left::Old {
        world.sandbox.replace_token(&old);
        world.sandbox.allow("all");
    }

    let bridge = world.bridge(&[]);
    works(&bridge, &store);
    assert_eq!(bridge.orders(&store).len(), rows);
    let app = bridge.get("app_state", json!({}));
    let stores = app["stores"].as_array().expect("stores");
    assert_eq!(stores.len(), 1, "{app:#}");
    assert_eq!(text(&stores[0]["tokenLast4"]), there[there.len() - 4..]);
    assert_eq!(
        missing(&stores[0]),
        match left {
            Left::Old => vec![],
            Left::New => ["customers", "products", "channelSettings"]
                .map(str::to_owned)
                .to_vec(),
        }
    );

    // And it can be done again, or undone.
    again(&bridge, &world, &store);
}

/// The token is taken from the keychain, and the store answers to it.
fn works(bridge: &Bridge, store: &str) {
    let state = bridge.wait_for(store, "the store to answer to its token", |state| {
        state["phase"] == "idle" && state["token"] == "ready"
    });
    assert_eq!(state["trouble"], Value::Null);
}

fn missing(store: &Value) -> Vec<String> {
    let scopes = store["missingScopes"].as_array().expect("scopes");
    scopes.iter().map(|scope| text(&scope["scope"])).collect()
}

fn again(bridge: &Bridge, world: &World, store: &str) {
    let attempt = bridge.begin(&world.sandbox);
    bridge.check(&attempt);
    let saved = bridge
        .save(&attempt, "askRisky", false)
        .expect("it is saved");
    assert_eq!(saved["key"], store);
    works(bridge, store);
}

kills! {
    a_replacement_killed_before_the_keychain_took_the_token_leaves_the_old_one: ReplacementNoted
        => leaves_the_old_one;
    a_replacement_killed_once_the_keychain_has_the_token_leaves_the_new_one: TokenSwapped | TokenReplaced
        => leaves_the_new_one;
}

fn leaves_the_old_one(milestone: Milestone) {
    killed_at(milestone, Left::Old);
}

fn leaves_the_new_one(milestone: Milestone) {
    killed_at(milestone, Left::New);
}

#[test]
fn a_replacement_until_quitting_that_is_killed_leaves_the_old_token_where_it_was() {
    let mut world = World::new();
    let old = world.sandbox.token().to_owned();
    let (mut bridge, store) = world.connected(&[]);
    bridge.stop();
    drop(bridge);
    let killed = Milestone::TokenReplaced.name();
    let mut bridge = world.bridge(&[("STOCKROOM_KILL_AT", killed)]);
    world.sandbox.replace_token(NEW);
    let attempt = bridge.begin(&world.sandbox);
    bridge.check(&attempt);
    // The new one was to be in memory only, so it ends with the app, however that ends.
    bridge.is_killed_saving_until_quit(&attempt);
    drop(bridge);

    let kept = world.desktop.kept_in_keyring(SERVICE);
    assert!(kept.contains(&old) && !kept.contains(NEW), "{kept}");
    let bridge = world.bridge(&[]);
    let state = bridge.wait_for(&store, "the missing token to be noticed", |state| {
        state["token"] == "missing"
    });
    assert_eq!(state["trouble"]["code"], "keychainNoEntry", "{state:#}");
    // The app says that the older one is there, and under which name.
    let app = bridge.get("app_state", json!({}));
    assert_eq!(app["stores"][0]["tokenHome"], "untilQuit", "{app:#}");
    assert!(!text(&app["stores"][0]["tokenEntry"]).is_empty(), "{app:#}");

    // It works as soon as the person says so. In BigCommerce its account is still there.
    world.sandbox.replace_token(&old);
    bridge.tell("take_older_token", json!({ "store": store }));
    works(&bridge, &store);
    let app = bridge.get("app_state", json!({}));
    assert_eq!(app["stores"][0]["tokenHome"], "keychain", "{app:#}");
    let last_4 = text(&app["stores"][0]["tokenLast4"]);
    assert_eq!(last_4, old[old.len() - 4..], "{app:#}");
    assert_eq!(missing(&app["stores"][0]), Vec::<String>::new());

    world.sandbox.replace_token(NEW);
    again(&bridge, &world, &store);
    let kept = world.desktop.kept_in_keyring(SERVICE);
    assert!(kept.contains(NEW) && !kept.contains(&old), "{kept}");
}

#[test]
fn a_token_kept_until_quitting_takes_the_one_it_replaces_out_of_the_keychain() {
    let mut world = World::new();
    let old = world.sandbox.token().to_owned();
    let (bridge, store) = world.connected(&[]);
    world.sandbox.replace_token(NEW);
    let attempt = bridge.begin(&world.sandbox);
    bridge.check(&attempt);
    let saved = bridge
        .save(&attempt, "askRisky", true)
        .expect("it is saved");
    assert_eq!(saved["tokenEntry"], "", "{saved:#}");
    let kept = world.desktop.kept_in_keyring(SERVICE);
    assert!(!kept.contains(&old) && !kept.contains(NEW), "{kept}");
    works(&bridge, &store);
}

/// All that is asked of a token when it is tried, but for writing to the catalog.
const NO_WRITES: &str = "store_v2_information_read_only,store_v2_orders,store_v2_customers_read_only,\
     store_v2_products_read_only";

/// What a job waited for comes with the new token, and nobody has to say so after the kill.
fn held_job_goes_on_after(milestone: Milestone) {
    let mut world = World::new();
    world.sandbox.allow(NO_WRITES);
    let (mut bridge, store) = world.connected(&[]);
    let plan = plan_prices(&bridge, &store, 12);
    let entries = bridge.apply(&plan).expect("it is applied");
    let job = bridge.entry(&store, &entries[0])["row"]["job"].clone();
    let stands = |bridge: &Bridge| bridge.get("job", json!({ "store": store, "job": job }));
    wait::until("the job to be held", || {
        (stands(&bridge)["isPaused"] == true).then_some(())
    });
    assert_eq!(
        stands(&bridge)["pausedBecause"]["reason"],
        json!({ "kind": "missingScope", "needs": { "scope": "products", "level": "modify" } })
    );
    bridge.stop();
    drop(bridge);
    let mut bridge = world.bridge(&[("STOCKROOM_KILL_AT", milestone.name())]);
    world.sandbox.replace_token(NEW);
    world.sandbox.allow("all");
    let attempt = bridge.begin(&world.sandbox);
    bridge.check(&attempt);
    bridge.is_killed_saving(&attempt);
    drop(bridge);

    let bridge = world.bridge(&[]);
    bridge.wait_for(&store, "the rest to be sent", |state| {
        state["changesWaiting"] == 0
    });
    bridge.wait_for_rest(&store);
    let stands = stands(&bridge);
    assert_eq!(
        (&stands["done"], &stands["toLookAt"]),
        (&json!(2), &json!(10)),
        "{stands:#}"
    );
    assert_eq!(stands["isPaused"], false);
}

#[test]
fn a_job_held_for_a_scope_goes_on_by_itself_after_a_kill_just_before_the_profile_knew() {
    held_job_goes_on_after(Milestone::TokenSwapped);
}

#[test]
fn a_job_held_for_a_scope_goes_on_by_itself_after_a_kill_at_the_end_of_the_replacement() {
    held_job_goes_on_after(Milestone::TokenReplaced);
}

#[test]
fn a_token_that_another_program_put_in_place_is_called_by_its_own_last_four() {
    let mut world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    bridge.stop();
    drop(bridge);
    let names = world.desktop.names_in_keyring(SERVICE);
    assert_eq!(names.len(), 1, "{names:?}");
    world.desktop.clear_in_keyring(SERVICE, &names[0]);
    world.desktop.keep_in_keyring(SERVICE, &names[0], NEW);
    world.sandbox.replace_token(NEW);

    let bridge = world.bridge(&[]);
    works(&bridge, &store);
    let app = bridge.get("app_state", json!({}));
    assert_eq!(text(&app["stores"][0]["tokenLast4"]), NEW[NEW.len() - 4..]);
}

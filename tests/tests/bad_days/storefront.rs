//! Access to the storefront: a private token in a real keyring, and questions with it.

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    desktop::files_with,
    sandbox::SandboxOptions,
    wait,
    world::World,
};

const SERVICE: &str = "dev.stockroom.Stockroom";
const ENTRY: &str = "Stockroom, storefront of northfold";

fn make(bridge: &Bridge, store: &str) -> Result<Value, Value> {
    bridge.call("make_storefront_token", wish(store, false))
}

fn wish(store: &str, until_quit: bool) -> Value {
    json!({
        "store": store, "channels": ["1"], "scopes": ["unauthenticated"], "days": 90,
        "untilQuit": until_quit,
    })
}

fn access(bridge: &Bridge, store: &str) -> Value {
    bridge.get("storefront_access", json!({ "store": store }))
}

fn ask(bridge: &Bridge, store: &str, document: &str) -> Result<Value, Value> {
    let question = json!({
        "store": store, "channel": "1", "document": document, "variables": "", "id": "q",
    });
    bridge.call("ask_storefront", question)
}

fn revoke(bridge: &Bridge, store: &str, which: &str) -> Result<Value, Value> {
    let input = json!({ "store": store, "which": which, "onlyForget": false });
    bridge.call("revoke_storefront_token", input)
}

/// The tokens for a storefront that the keyring holds.
fn kept(world: &World) -> Vec<String> {
    let all = world.desktop.kept_in_keyring(SERVICE);
    let words = all.split(|c: char| c.is_whitespace() || c == '"');
    let tokens = words.filter(|word| word.starts_with("eyJ"));
    tokens.map(str::to_owned).collect()
}

fn last_4(token: &str) -> &str {
    &token[token.len() - 4..]
}

/// What was sent besides questions about orders, products and customers.
fn sent(world: &World) -> Vec<String> {
    let log = world.sandbox.log();
    let sent = log.iter().filter(|request| request["method"] != "GET");
    sent.map(|request| format!("{} {}", text(&request["method"]), text(&request["path"])))
        .collect()
}

#[test]
fn a_token_for_the_storefront_is_made_kept_used_and_revoked() {
    let world = World::with(SandboxOptions {
        nonsense: vec!["nothing".to_owned()],
        ..SandboxOptions::default()
    });
    let (bridge, store) = world.connected(&[]);
    assert_eq!(
        access(&bridge, &store),
        json!({ "current": null, "spare": null, "lost": [] })
    );
    let none = ask(&bridge, &store, "{ site { settings { storeName } } }").unwrap_err();
    assert_eq!(none["trouble"], "noToken", "{none:#}");

    let tried = make(&bridge, &store).unwrap();
    assert_eq!(tried["shop"], "Northfold Supply", "{tried:#}");
    let tokens = kept(&world);
    assert_eq!(tokens.len(), 1, "{tokens:?}");
    let names = world.desktop.kept_in_keyring(SERVICE);
    assert!(names.contains(&format!("label = {ENTRY}\n")), "{names}");
    let told = access(&bridge, &store);
    let current = &told["current"];
    assert_eq!(current["last4"], last_4(&tokens[0]));
    assert_eq!(current["channels"], json!(["1"]));
    assert_eq!(current["scopes"], json!(["unauthenticated"]));
    assert_eq!(current["entry"], ENTRY);
    assert!(text(&current["remindAt"]) < text(&current["expiresAt"]));
    assert_eq!(told["spare"], Value::Null);

    let products =
        "query Some($n: Int) { site { products(first: $n) { edges { node { name } } } } }";
    let question = json!({
        "store": store, "channel": "1", "document": products, "variables": "{\"n\": 2}", "id": "q",
    });
    let answer = bridge.get("ask_storefront", question);
    let data: Value = serde_json::from_str(&text(&answer["data"])).expect("it is JSON");
    let edges = &data["site"]["products"]["edges"];
    assert_eq!(edges.as_array().map(Vec::len), Some(2), "{data:#}");
    assert_eq!(answer["errors"], json!([]));

    // What the shop holds against a question names the place.
    let answer = ask(&bridge, &store, "{\n  site { nothing }\n}").unwrap();
    assert_eq!(answer["data"], "null");
    assert_eq!(answer["errors"][0]["line"], 2, "{answer:#}");
    let answer = ask(&bridge, &store, "{ customer { email } }").unwrap();
    assert_eq!(answer["errors"][0]["code"], "INSUFFICIENT_ACCESS_SCOPE");

    let schema = bridge.get(
        "storefront_schema",
        json!({ "store": store, "channel": "1" }),
    );
    let schema = text(&schema["schema"]);
    assert!(schema.contains("type Site {"), "{schema}");
    assert!(schema.contains("products("), "{schema}");

    revoke(&bridge, &store, "current").unwrap();
    assert_eq!(kept(&world), Vec::<String>::new());
    assert_eq!(
        access(&bridge, &store),
        json!({ "current": null, "spare": null, "lost": [] })
    );
    let gone = ask(&bridge, &store, "{ site { __typename } }").unwrap_err();
    assert_eq!(gone["trouble"], "noToken");
    // Nothing of it is anywhere but in the keyring, where it was.
    assert!(!bridge.events().contains(&tokens[0]));
    assert!(!bridge.said().contains(&tokens[0]));
    let home = world.desktop.stockroom_home();
    assert_eq!(
        files_with(&home, &tokens[0]),
        Vec::<std::path::PathBuf>::new()
    );
    let asks = |of: &str| {
        sent(&world)
            .iter()
            .filter(|one| one.starts_with(of))
            .count()
    };
    assert_eq!(
        asks("POST /stores/northfold/v3/storefront/api-token-private"),
        1
    );
    assert_eq!(asks("DELETE /stores/northfold/v3/storefront/api-token"), 1);
}

#[test]
fn what_would_change_something_is_refused_before_anything_is_sent() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    make(&bridge, &store).unwrap();
    let before = world.sandbox.log().len();
    for (document, changes) in [
        ("mutation { cart { createCart { entityId } } }", true),
        ("query A { site { id } } mutation B { a }", true),
        ("subscription { a }", true),
        ("# mutation\n", false),
        ("hello", false),
    ] {
        let error = ask(&bridge, &store, document).unwrap_err();
        assert_eq!(error["code"], "notAQuery", "{document}: {error:#}");
        assert_eq!(error["changes"], changes, "{document}");
    }
    let long = format!("{{ a }} #{}", "x".repeat(70_000));
    let error = ask(&bridge, &store, &long).unwrap_err();
    assert_eq!(error["field"], "document", "{error:#}");
    for variables in ["[1]", "{", "nothing"] {
        let question = json!({
            "store": store, "channel": "1", "document": "{ a }", "variables": variables, "id": "q",
        });
        let error = bridge.call("ask_storefront", question).unwrap_err();
        assert_eq!(error["field"], "variables", "{error:#}");
    }
    assert_eq!(world.sandbox.log().len(), before);
}

#[test]
fn a_store_that_is_read_only_makes_no_token_and_revokes_none_and_may_be_asked() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    make(&bridge, &store).unwrap();
    let read_only = json!({ "store": store, "name": "N", "color": "moss", "safety": "readOnly" });
    bridge.tell("edit_store", read_only);
    let before = sent(&world).len();
    assert_eq!(make(&bridge, &store).unwrap_err()["code"], "readOnly");
    let error = revoke(&bridge, &store, "current").unwrap_err();
    assert_eq!(error["code"], "readOnly");
    ask(&bridge, &store, "{ site { __typename } }").unwrap();
    assert_eq!(sent(&world)[before..], ["POST /graphql"]);
}

#[test]
fn a_renewed_token_takes_the_place_of_the_one_before_which_is_revoked() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    make(&bridge, &store).unwrap();
    let first = kept(&world).remove(0);
    make(&bridge, &store).unwrap();
    let tokens = kept(&world);
    assert_eq!(tokens.len(), 1, "{tokens:?}");
    assert_ne!(tokens[0], first);
    assert_eq!(
        access(&bridge, &store)["current"]["last4"],
        last_4(&tokens[0])
    );
    ask(&bridge, &store, "{ site { __typename } }").unwrap();
    assert!(!answers(&world, &first), "the one before is revoked");
    assert!(answers(&world, &tokens[0]));
}

#[test]
fn a_token_that_could_not_be_revoked_is_named_until_it_can() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    make(&bridge, &store).unwrap();
    let first = kept(&world).remove(0);
    world.sandbox.misbehave(json!({
        "match": { "method": "DELETE" },
        "fault": { "kind": "status", "status": 403, "body": "{\"title\":\"No\"}" },
    }));
    make(&bridge, &store).unwrap();
    let told = access(&bridge, &store);
    assert_eq!(told["spare"]["last4"], last_4(&first), "{told:#}");
    assert_ne!(told["current"]["last4"], last_4(&first));
    ask(&bridge, &store, "{ site { __typename } }").unwrap();
    assert!(answers(&world, &first));
    // There is room for two: a third is not made while one of them can't be ended.
    make(&bridge, &store).unwrap_err();
    assert_eq!(kept(&world).len(), 2);

    world.sandbox.behave();
    revoke(&bridge, &store, "spare").unwrap();
    assert!(!answers(&world, &first));
    assert_eq!(access(&bridge, &store)["spare"], Value::Null);
    assert_eq!(kept(&world).len(), 1);
}

#[test]
fn a_token_that_is_not_good_is_revoked_again_and_the_one_before_stays() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    make(&bridge, &store).unwrap();
    let first = kept(&world);
    world.sandbox.misbehave(json!({
        "match": { "path": "/graphql" },
        "fault": { "kind": "status", "status": 401, "body": "{}" },
    }));
    let error = make(&bridge, &store).unwrap_err();
    assert_eq!(error["trouble"], "refused", "{error:#}");
    world.sandbox.behave();
    assert_eq!(kept(&world), first);
    let told = access(&bridge, &store);
    assert_eq!(told["current"]["last4"], last_4(&first[0]));
    assert_eq!(told["spare"], Value::Null);
    ask(&bridge, &store, "{ site { __typename } }").unwrap();
}

#[test]
fn a_token_whose_making_was_never_answered_is_not_made_a_second_time() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    world.sandbox.misbehave(json!({
        "match": { "method": "POST" }, "times": 1, "fault": { "kind": "resetAfter" },
    }));
    let error = make(&bridge, &store).unwrap_err();
    assert_eq!(error["code"], "network", "{error:#}");
    assert_eq!(
        sent(&world),
        ["POST /stores/northfold/v3/storefront/api-token-private"]
    );
    assert_eq!(
        access(&bridge, &store),
        json!({ "current": null, "spare": null, "lost": [] })
    );
}

#[test]
fn a_token_that_the_storefront_refuses_is_said_to_be_and_no_other_one_is_blamed() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    make(&bridge, &store).unwrap();
    let token = kept(&world).remove(0);
    // Revoked by somebody else.
    end(&world, &token);
    let error = ask(&bridge, &store, "{ site { __typename } }").unwrap_err();
    assert_eq!(
        (text(&error["code"]), text(&error["trouble"])),
        ("storefront".into(), "refused".into())
    );
    assert_eq!(access(&bridge, &store)["current"]["isRefused"], true);
    assert_eq!(bridge.state(&store)["trouble"], Value::Null);
    make(&bridge, &store).unwrap();
    assert_eq!(access(&bridge, &store)["current"]["isRefused"], false);
}

#[test]
fn an_account_without_the_scope_is_told_which_one_is_missing() {
    let world = World::with(SandboxOptions {
        scopes: "store_v2_orders,store_v2_information_read_only".to_owned(),
        ..SandboxOptions::default()
    });
    let (bridge, store) = world.connected(&[]);
    let error = make(&bridge, &store).unwrap_err();
    assert_eq!(error["code"], "missingScope", "{error:#}");
    assert_eq!(error["needs"]["scope"], "storefrontTokens");
    assert_eq!(access(&bridge, &store)["current"], Value::Null);
    // The window greys by this.
    let app = bridge.get("app_state", json!({}));
    let lacked = json!({ "scope": "storefrontTokens", "level": "manage", "readable": true });
    let greyed = app["stores"][0]["missingScopes"].as_array();
    assert!(
        greyed.is_some_and(|greyed| greyed.contains(&lacked)),
        "{app:#}"
    );
}

/// What the doctor says is missing.
fn missing(bridge: &Bridge, store: &str) -> Vec<String> {
    let found = bridge.get("examine", json!({ "store": store }));
    assert_eq!(found["askedNow"], true, "{found:#}");
    let missing = found["missing"].as_array().expect("scopes");
    missing.iter().map(|scope| text(&scope["scope"])).collect()
}

#[test]
fn the_doctor_goes_on_knowing_what_the_storefront_was_refused_for() {
    let world = World::with(SandboxOptions {
        scopes: "store_v2_orders,store_v2_information_read_only".to_owned(),
        ..SandboxOptions::default()
    });
    let (bridge, store) = world.connected(&[]);
    let of_storefront = |scopes: Vec<String>| -> Vec<String> {
        let is_one =
            |scope: &String| scope.starts_with("channel") || scope.starts_with("storefront");
        scopes.into_iter().filter(is_one).collect()
    };
    assert_eq!(
        of_storefront(missing(&bridge, &store)),
        Vec::<String>::new(),
        "nobody wanted anything of it"
    );
    let channels = bridge.call("storefront_channels", json!({ "store": store }));
    assert_eq!(channels.unwrap_err()["code"], "missingScope");
    make(&bridge, &store).unwrap_err();
    for _ in 0..2 {
        assert_eq!(
            of_storefront(missing(&bridge, &store)),
            ["channelSettings", "storefrontTokens"]
        );
    }
}

#[test]
fn the_doctor_asks_for_the_storefronts_of_a_store_that_has_a_token_for_them() {
    let world = World::with(SandboxOptions {
        scopes: "store_v2_orders,store_v2_information_read_only,store_storefront_api".to_owned(),
        ..SandboxOptions::default()
    });
    let (bridge, store) = world.connected(&[]);
    let channels = "channelSettings".to_owned();
    assert!(!missing(&bridge, &store).contains(&channels));
    make(&bridge, &store).unwrap();
    assert!(missing(&bridge, &store).contains(&channels));
}

#[test]
fn a_token_that_was_kept_until_quitting_is_said_to_be_gone_and_can_be_forgotten() {
    let world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    bridge
        .call("make_storefront_token", wish(&store, true))
        .unwrap();
    assert_eq!(kept(&world), Vec::<String>::new());
    assert_eq!(access(&bridge, &store)["current"]["entry"], "");
    ask(&bridge, &store, "{ site { __typename } }").unwrap();
    bridge.stop();
    drop(bridge);
    let bridge = world.bridge(&[]);
    assert_eq!(access(&bridge, &store)["current"]["isGone"], true);
    let error = ask(&bridge, &store, "{ site { __typename } }").unwrap_err();
    assert_eq!(error["trouble"], "gone");
    assert_eq!(
        revoke(&bridge, &store, "current").unwrap_err()["trouble"],
        "gone"
    );
    let forget = json!({ "store": store, "which": "current", "onlyForget": true });
    bridge.tell("revoke_storefront_token", forget);
    assert_eq!(access(&bridge, &store)["current"], Value::Null);
}

#[test]
fn a_token_that_another_program_took_out_of_the_keychain_is_said_to_be_gone_and_can_be_forgotten() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    let before = world.desktop.names_in_keyring(SERVICE);
    make(&bridge, &store).unwrap();
    let token = kept(&world).remove(0);
    let mut names = world.desktop.names_in_keyring(SERVICE);
    names.retain(|name| !before.contains(name));
    assert_eq!(names.len(), 1, "{names:?}");
    world.desktop.clear_in_keyring(SERVICE, &names[0]);

    let error = revoke(&bridge, &store, "current").unwrap_err();
    assert_eq!(error["trouble"], "gone", "{error:#}");
    assert_eq!(access(&bridge, &store)["current"]["isGone"], true);
    // Put back, it is found again.
    world.desktop.keep_in_keyring(SERVICE, &names[0], &token);
    ask(&bridge, &store, "{ site { __typename } }").unwrap();
    assert_eq!(access(&bridge, &store)["current"]["isGone"], false);

    world.desktop.clear_in_keyring(SERVICE, &names[0]);
    let error = ask(&bridge, &store, "{ site { __typename } }").unwrap_err();
    assert_eq!(error["trouble"], "gone", "{error:#}");
    assert_eq!(access(&bridge, &store)["current"]["isGone"], true);
    let forget = json!({ "store": store, "which": "current", "onlyForget": true });
    bridge.tell("revoke_storefront_token", forget);
    assert_eq!(access(&bridge, &store)["current"], Value::Null);
}

#[test]
fn a_token_survives_a_restart_and_goes_with_its_store() {
    let world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    make(&bridge, &store).unwrap();
    bridge.stop();
    drop(bridge);
    let bridge = world.bridge(&[]);
    ask(&bridge, &store, "{ site { __typename } }").unwrap();
    bridge.tell("remove_store", json!({ "store": store }));
    assert_eq!(
        world.desktop.names_in_keyring(SERVICE),
        Vec::<String>::new()
    );
}

#[test]
fn a_token_whose_keychain_was_away_when_its_store_was_removed_goes_later() {
    let mut world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    make(&bridge, &store).unwrap();
    world.desktop.stop_keyring();
    bridge.tell("remove_store", json!({ "store": store }));
    bridge.stop();
    drop(bridge);
    world.desktop.start_keyring();
    assert_eq!(kept(&world).len(), 1, "it is what this is about");
    let _bridge = world.bridge(&[]);
    wait::until("the keyring to be empty", || {
        world
            .desktop
            .names_in_keyring(SERVICE)
            .is_empty()
            .then_some(())
    });
}

#[test]
fn looking_at_the_storefronts_screens_asks_nobody_for_the_keychains_password() {
    let mut world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    make(&bridge, &store).unwrap();
    bridge.stop();
    drop(bridge);
    world.desktop.lock_keyring();
    world.desktop.watch_prompts();
    let bridge = world.bridge(&[]);
    // What is known of the token needs no keychain.
    assert_ne!(access(&bridge, &store)["current"], Value::Null);
    for (command, input) in [
        ("storefront_channels", json!({ "store": store })),
        (
            "storefront_schema",
            json!({ "store": store, "channel": "1" }),
        ),
    ] {
        let error = bridge.call(command, input).unwrap_err();
        assert_eq!(error["code"], "keychainLocked", "{command}: {error:#}");
    }
    assert_eq!(world.desktop.prompts(), 0);
    world.desktop.unlock_keyring();
    ask(&bridge, &store, "{ site { __typename } }").unwrap();
}

#[test]
fn who_stops_while_the_keychain_asks_about_the_storefronts_token_has_none_that_nobody_knows_of() {
    let mut world = World::new();
    let (bridge, store) = world.connected(&[]);
    world.desktop.lock_keyring();
    world.desktop.watch_prompts();
    let stops = |command: &str, input: Value| {
        let before = world.desktop.prompts();
        std::thread::scope(|threads| {
            let asking = threads.spawn(|| bridge.call(command, input));
            wait::until("the keyring to be asked", || {
                (world.desktop.prompts() > before).then_some(())
            });
            // What was heard may have been the end of the question before.
            wait::until("the waiting to end", || {
                bridge.tell("cancel_unlock", json!({ "store": store }));
                asking.is_finished().then_some(())
            });
            let end = asking.join().expect("it ends").unwrap_err();
            assert_eq!(end["code"], "cancelled", "{command}: {end:#}");
        });
    };
    stops("make_storefront_token", wish(&store, false));
    assert_eq!(
        sent(&world),
        [
            "POST /stores/northfold/v3/storefront/api-token-private",
            "DELETE /stores/northfold/v3/storefront/api-token",
        ]
    );
    assert_eq!(
        access(&bridge, &store),
        json!({ "current": null, "spare": null, "lost": [] })
    );
    world.desktop.unlock_keyring();
    assert_eq!(kept(&world), Vec::<String>::new());

    make(&bridge, &store).unwrap();
    let told = access(&bridge, &store);
    world.desktop.lock_keyring();
    stops("try_storefront_token", json!({ "store": store }));
    let current = json!({ "store": store, "which": "current", "onlyForget": false });
    stops("revoke_storefront_token", current);
    assert_eq!(access(&bridge, &store), told);
    world.desktop.unlock_keyring();
    assert_eq!(kept(&world).len(), 1);
    bridge.tell("try_storefront_token", json!({ "store": store }));
}

#[test]
fn the_sample_store_has_a_storefront_too_whose_token_goes_with_the_app() {
    let world = World::new();
    let mut bridge = world.bridge(&[]);
    let store = text(&bridge.get("open_sample", json!({}))["key"]);
    bridge.wait_for_rest(&store);
    make(&bridge, &store).unwrap();
    ask(&bridge, &store, "{ site { settings { storeName } } }").unwrap();
    assert_eq!(kept(&world), Vec::<String>::new());
    bridge.tell("reset_sample", json!({}));
    assert_eq!(access(&bridge, &store)["current"], Value::Null);
    make(&bridge, &store).unwrap();
    bridge.stop();
    drop(bridge);
    let bridge = world.bridge(&[]);
    assert_eq!(access(&bridge, &store)["current"], Value::Null);
    make(&bridge, &store).unwrap();
}

/// Whether the storefront takes a token.
fn answers(world: &World, token: &str) -> bool {
    let request = format!(
        "POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: 30\r\nConnection: close\r\n\r\n\
         {{\"query\":\"{{site{{__typename}}}}\"}}"
    );
    spoken(world, &request).starts_with("HTTP/1.1 200")
}

/// Revokes a token behind the app's back.
fn end(world: &World, token: &str) {
    let request = format!(
        "DELETE /stores/northfold/v3/storefront/api-token HTTP/1.1\r\nHost: 127.0.0.1\r\n\
         X-Auth-Token: {}\r\nSf-Api-Token: {token}\r\nAccept: application/json\r\n\
         Content-Length: 0\r\nConnection: close\r\n\r\n",
        world.sandbox.token()
    );
    let answer = spoken(world, &request);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

fn spoken(world: &World, request: &str) -> String {
    use std::io::{Read as _, Write as _};
    let address = world.sandbox.origin().trim_start_matches("http://");
    let mut way = std::net::TcpStream::connect(address).expect("the shop listens");
    way.write_all(request.as_bytes()).expect("it listens");
    let mut answer = String::new();
    way.read_to_string(&mut answer).expect("it answers");
    answer
}

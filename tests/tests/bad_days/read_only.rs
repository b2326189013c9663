//! A store that must not be written to isn't.

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    jobs,
    sandbox::SandboxOptions,
    wait,
    world::{Wish, World, some_order, state},
};
use surface::commands::{COMMANDS, Command};

fn set_safety(bridge: &Bridge, store: &str, safety: &str) {
    bridge.tell(
        "edit_store",
        json!({ "store": store, "name": "Northfold", "color": "spruce", "safety": safety }),
    );
}

fn methods(world: &World) -> Vec<String> {
    let log = world.sandbox.log();
    let mut methods: Vec<String> = log.iter().map(|request| text(&request["method"])).collect();
    methods.sort_unstable();
    methods.dedup();
    methods
}

/// How often the store was asked what changed: the last request of every refresh.
fn refreshes(world: &World) -> usize {
    let log = world.sandbox.log();
    let asks = |request: &&Value| text(&request["query"]).contains("min_date_modified");
    log.iter().filter(asks).count()
}

#[test]
fn demand_36_read_only_blocks_below_the_window() {
    let world = World::new();
    let mut bridge = world.bridge(&[]);
    let attempt = bridge.begin(&world.sandbox);
    bridge.check(&attempt);
    let saved = bridge.save(&attempt, "readOnly", false).unwrap();
    let store = text(&saved["key"]);
    bridge.wait_for_rest(&store);
    let order = some_order(&bridge, &store);
    let before = world.sandbox.order(order);

    for wish in [Wish::Status, Wish::Notes] {
        let plan = bridge.plan(&store, order, &wish.of(&bridge.order(&store, order)));
        assert_eq!(plan["readOnly"], true);
        assert_eq!(bridge.apply(&plan).unwrap_err()["code"], "readOnly");
    }
    // Nor after another start.
    bridge.stop();
    drop(bridge);
    let bridge = world.bridge(&[]);
    bridge.wait_for_rest(&store);
    let wished = Wish::Status.of(&bridge.order(&store, order));
    let plan = bridge.plan(&store, order, &wished);
    assert_eq!(bridge.apply(&plan).unwrap_err()["code"], "readOnly");

    assert_eq!(bridge.activity(&store), Vec::<Value>::new());
    assert_eq!(methods(&world), ["GET"]);
    assert_eq!(world.sandbox.order(order), before);
}

#[test]
fn demand_36_a_plan_made_before_the_store_became_read_only_is_blocked() {
    let world = World::new();
    let (bridge, store) = world.connected(&[]);
    let order = some_order(&bridge, &store);
    let plan = bridge.plan(
        &store,
        order,
        &Wish::Status.of(&bridge.order(&store, order)),
    );
    set_safety(&bridge, &store, "readOnly");
    assert_eq!(bridge.apply(&plan).unwrap_err()["code"], "readOnly");
    assert_eq!(methods(&world), ["GET"]);
}

#[test]
fn demand_36_a_change_that_waits_is_held_while_the_store_is_read_only() {
    let mut world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    let order = some_order(&bridge, &store);
    let wished = Wish::Status.of(&bridge.order(&store, order));
    world.sandbox.close();
    let entry = bridge.change(&store, order, &wished);
    set_safety(&bridge, &store, "readOnly");
    bridge.stop();
    drop(bridge);
    world.sandbox.open_again();

    let bridge = world.bridge(&[]);
    bridge.wait_for_rest(&store);
    let held = bridge.entry(&store, &entry);
    assert_eq!(state(&held), "waiting", "{held:#}");
    assert_eq!(bridge.state(&store)["changesWaiting"], 1);
    assert_eq!(methods(&world), ["GET"]);

    set_safety(&bridge, &store, "askRisky");
    bridge.wait_for_entry(&store, &entry, &["done"]);
    assert_eq!(world.puts(), 1);
    world.agree(&bridge, &store, order);
}

#[test]
fn demand_36_a_store_made_read_only_in_the_middle_of_a_job_stops_it_there() {
    const CHANGES: usize = 12;
    let world = World::with(SandboxOptions {
        latency_ms: 150,
        ..SandboxOptions::default()
    });
    let (bridge, store) = world.connected(&[]);
    let changes: Vec<Value> = bridge
        .orders(&store)
        .iter()
        .filter(|row| row["statusId"] != 10)
        .take(CHANGES)
        .map(|row| json!({ "order": row["id"], "statusId": 10, "staffNotes": null }))
        .collect();
    let plan = bridge.get(
        "plan_change",
        json!({ "store": store, "wanted": { "kind": "orders", "changes": changes } }),
    );
    bridge.apply(&plan).unwrap();
    wait::until("the job to be under way", || {
        (world.puts() >= 2).then_some(())
    });

    set_safety(&bridge, &store, "readOnly");
    // What was out already ends; then nothing more goes.
    wait::until("what was being sent to end", || {
        let rows = bridge.activity(&store);
        rows.iter()
            .all(|row| row["state"] != "sending")
            .then_some(())
    });
    let sent = world.puts();
    // Refreshes take longer than a change does: time enough for several, if they went on.
    for _ in 0..6 {
        let before = refreshes(&world);
        bridge.tell("refresh", json!({ "store": store }));
        wait::until("a whole refresh", || {
            (refreshes(&world) > before && bridge.state(&store)["phase"] == "idle").then_some(())
        });
    }

    assert!(sent < CHANGES, "switched too late: {sent}");
    assert!(
        world.puts() <= sent + 1,
        "one may have been between its reading and its sending: {sent}, then {}",
        world.puts()
    );
    let held = bridge.state(&store)["changesWaiting"].as_u64().unwrap();
    assert_eq!(held, (CHANGES - world.puts()) as u64, "the rest waits");

    set_safety(&bridge, &store, "askRisky");
    bridge.wait_for(&store, "the rest to be sent", |state| {
        state["changesWaiting"] == 0
    });
    assert_eq!(world.puts(), CHANGES, "each once");
    assert_eq!(world.sandbox.emails().len(), CHANGES);
}

/// What each command is given, by the type that it takes. A new command whose input isn't here fails
/// the walk, and gets one.
struct Known {
    store: String,
    order: String,
    product: String,
    entries: Vec<String>,
    job: String,
    plan: Value,
    hash: String,
    token: String,
}

impl Known {
    fn inputs(&self, bridge: &Bridge, command: &Command) -> Vec<Value> {
        let store = &self.store;
        let plain = |entry: &str| {
            json!({
                "store": store, "order": self.order, "product": self.product, "customer": "1",
                "view": "none", "from": 0, "to": 50, "id": self.order, "text": "A draft",
                "plan": self.plan["plan"], "digest": self.plan["digest"],
                "confirmed": true, "confirmedTwice": true, "entry": entry, "entries": [entry],
                "job": self.job, "done": true, "attempt": "none", "name": "walk", "value": null,
                "search": "", "descending": false, "clipboard": false, "file": false,
                "filter": "all", "token": self.token, "untilQuit": false, "choices": [],
                "channel": "1", "channels": ["1"], "scopes": ["unauthenticated"], "days": 90,
                "which": "current", "onlyForget": false, "variables": "",
            })
        };
        let with = |more: Value| {
            let mut input = plain(&self.entries[0]);
            if let (Some(input), Some(more)) = (input.as_object_mut(), more.as_object()) {
                input.extend(more.clone());
            }
            input
        };
        match command.takes {
            "Preferences" => vec![bridge.get("app_state", json!({}))["preferences"].clone()],
            "AnnounceOrders" => vec![with(json!({ "title": "2 orders", "press": "Show" }))],
            "OpenPage" => vec![with(json!({ "page": "order" }))],
            "ConnectBegin" => vec![with(json!({
                "address": "", "preset": "everything", "from": { "kind": "typed", "token": "x" },
            }))],
            "StoreEdit" | "ConnectSave" => vec![with(json!({
                "name": "Northfold", "color": "spruce", "safety": "readOnly",
            }))],
            "OrdersQuery" => vec![with(json!({ "showIncomplete": true, "sort": "number" }))],
            "ProductsQuery" => {
                vec![with(
                    json!({ "visibility": "all", "stock": "all", "sort": "id" }),
                )]
            }
            "CustomersQuery" => vec![with(json!({ "sort": "name" }))],
            "SalesQuestion" => vec![with(json!({ "period": "days7" }))],
            "StorefrontQuestion" => [
                "{ site { settings { storeName } } }",
                "mutation { cart { createCart { entityId } } }",
                "query A { site { __typename } } mutation B { a }",
            ]
            .into_iter()
            .map(|document| with(json!({ "document": document })))
            .collect(),
            // Anew: since the first one so many were made that it is gone, and would be refused for that.
            "ApplyPlan" => {
                let order = self.order.parse().expect("an order's number");
                let wished = Wish::Status.of(&bridge.order(store, order));
                let plan = bridge.plan(store, order, &wished);
                vec![with(
                    json!({ "plan": plan["plan"], "digest": plan["digest"] }),
                )]
            }
            "ExportQuestion" => vec![json!({ "which": with(json!({})), "form": "csv" })],
            "PlanQuestion" => {
                let order = json!({ "order": self.order, "statusId": 2 });
                let product = json!({ "product": self.product, "values": { "price": "3.00" } });
                let values = json!({ "name": "Walked", "price": "1.00", "isVisible": true });
                [
                    json!({ "kind": "orders", "changes": [order] }),
                    json!({ "kind": "products", "changes": [product] }),
                    json!({ "kind": "newProduct", "values": values }),
                    json!({
                        "kind": "prices", "products": [self.product],
                        "change": { "kind": "by", "amount": "1" },
                        "rounding": { "kind": "places", "places": 2 },
                    }),
                ]
                .into_iter()
                .map(|wanted| json!({ "store": store, "wanted": wanted }))
                .collect()
            }
            // Of the connected store, and checked: it has come as far as it can without a write.
            "AttemptRef" if command.name == "connect_check_writes" => {
                let attempt = bridge.begin_with(&self.hash, &self.token);
                bridge.check(&attempt);
                vec![with(json!({ "attempt": attempt }))]
            }
            _ => self.entries.iter().map(|entry| plain(entry)).collect(),
        }
    }
}

/// With what each input of a command is refused that would change the shop, ask whether it could be changed, or
/// let others in; the last one stands for all that follow, and `None` for an answer. A command that does none of
/// these has none.
fn refusals(command: &Command) -> Option<&'static [Option<&'static str>]> {
    match command.name {
        "apply" | "connect_check_writes" | "make_storefront_token" | "revoke_storefront_token" => {
            Some(&[Some("readOnly")])
        }
        // A question, which goes out, and two documents that are none.
        "ask_storefront" => Some(&[None, Some("notAQuery"), Some("notAQuery")]),
        _ => None,
    }
}

/// Fails unless what would change the shop was refused, for that reason, and nothing else was.
fn is_as_it_should(command: &Command, at: usize, answer: &Result<Value, Value>) {
    let code = answer.as_ref().err().map(|error| text(&error["code"]));
    let told = format!("`{}`, input {at}: {answer:?}", command.name);
    match refusals(command) {
        Some(wanted) => {
            let wanted = wanted.get(at).or(wanted.last());
            assert_eq!(code.as_deref(), *wanted.expect("at least one"), "{told}");
        }
        // It may miss what it is about, but not for want of leave.
        None => assert!(
            !matches!(code.as_deref(), Some("readOnly" | "notAQuery")),
            "{told}"
        ),
    }
}

#[test]
fn demand_36_no_command_sends_a_read_only_store_anything_but_gets() {
    /// Those that end what the others need, in this order.
    const LAST: [&str; 5] = [
        "give_token",
        "reset_sample",
        "open_sample",
        "select_store",
        "remove_store",
    ];
    let mut world = World::new();
    let (mut bridge, store) = world.connected(&[]);
    let order = some_order(&bridge, &store);
    // So that the storefront could be asked to change something.
    let access = json!({
        "store": store, "channels": ["1"], "scopes": ["unauthenticated"], "days": 90,
        "untilQuit": false,
    });
    bridge.tell("make_storefront_token", access);
    // One change of each kind of fate: done, met by another, refused, and still waiting.
    let done = bridge.change(&store, order, &Wish::Notes.of(&bridge.order(&store, order)));
    bridge.wait_for_entry(&store, &done, &["done"]);
    let plan = jobs::plan_statuses(&bridge, &store, 3);
    let met = text(&plan["items"][0]["subject"]["order"]).parse().unwrap();
    let other = if world.sandbox.order(met)["statusId"] == 5 {
        4
    } else {
        5
    };
    world.sandbox.edit(met, json!({ "status_id": other }));
    world.sandbox.misbehave(json!({
        "match": { "method": "PUT" }, "times": 1,
        "fault": { "kind": "status", "status": 400, "body": "[{\"status\":400,\"message\":\"No.\"}]" },
    }));
    let three = bridge.apply(&plan).unwrap();
    jobs::wait_for_end(&bridge, &store);
    world.sandbox.close();
    let wished = json!({ "staffNotes": "Never to be sent" });
    let waiting = bridge.change(&store, some_order(&bridge, &store), &wished);
    set_safety(&bridge, &store, "readOnly");
    bridge.stop();
    drop(bridge);
    world.sandbox.open_again();
    let bridge = world.bridge(&[]);
    bridge.wait_for_rest(&store);
    let product = text(&jobs::products(&bridge, &store)[0]["id"]);
    let known = Known {
        order: order.to_string(),
        job: text(&bridge.entry(&store, &three[0])["row"]["job"]),
        entries: [&[done, waiting.clone()], three.as_slice()].concat(),
        plan: bridge.plan(
            &store,
            order,
            &Wish::Status.of(&bridge.order(&store, order)),
        ),
        hash: world.sandbox.hash().to_owned(),
        token: world.sandbox.token().to_owned(),
        store: store.clone(),
        product,
    };
    let before = (world.sandbox.log().len(), world.sandbox.order(order));

    let (last, first): (Vec<&Command>, Vec<&Command>) = COMMANDS
        .iter()
        .partition(|command| LAST.contains(&command.name));
    let last = LAST
        .iter()
        .filter_map(|name| last.iter().find(|command| command.name == *name));
    let mut walked = 0;
    // What would give up the waiting change comes after everything that might send it.
    let (drops, others): (Vec<_>, Vec<_>) = first
        .into_iter()
        .partition(|command| ["drop_change", "stop_job"].contains(&command.name));
    for command in others.into_iter().chain(drops).chain(last.copied()) {
        for (at, input) in known.inputs(&bridge, command).into_iter().enumerate() {
            let answer = bridge.call(command.name, input);
            if let Err(error) = &answer {
                assert!(
                    error["code"] != "badInput" || error["field"] != command.takes,
                    "give `{}` an input of its own: {error}",
                    command.name
                );
            }
            is_as_it_should(command, at, &answer);
        }
        walked += 1;
    }
    assert_eq!(walked, COMMANDS.len());

    let log = world.sandbox.log();
    let mut questions = 0;
    for request in &log[before.0..] {
        // A question to the storefront is a POST, and the only one.
        if request["path"] == "/graphql" {
            let asked = text(&request["body"]["query"]);
            // The schema is asked for its `mutationType`, which is another word.
            let mut words = asked.split(|letter: char| !letter.is_alphanumeric());
            assert!(words.all(|word| word != "mutation"), "{request:#}");
            questions += 1;
        } else {
            assert_eq!(request["method"], "GET", "{request:#}");
        }
    }
    assert!(questions > 0, "the walk asked the storefront");
    assert_eq!(world.sandbox.order(order), before.1);
}

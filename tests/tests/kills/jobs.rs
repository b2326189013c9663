//! Jobs of many changes, killed at every place: each change happens once, none is lost.

use std::os::unix::process::ExitStatusExt as _;

use host::Milestone;
use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    jobs::{activity, effects_by_path, plan_prices, plan_statuses, products, states, wait_for_end},
    sandbox::SandboxOptions,
    wait,
    world::World,
};

const SIZE: usize = 60;

fn shop() -> World {
    World::with(SandboxOptions {
        orders: 150,
        products: 80,
        ..SandboxOptions::default()
    })
}

/// The store refuses for the quota, loses answers and breaks connections, now and then.
fn misbehave(world: &World, method: &str) {
    for (after, fault) in [
        (3, json!({ "kind": "rateLimited", "resetMs": 200 })),
        (9, json!({ "kind": "resetAfter" })),
        (14, json!({ "kind": "rateLimitedBare" })),
        (23, json!({ "kind": "halfBody" })),
    ] {
        world.sandbox.misbehave(json!({
            "match": { "method": method }, "after": after, "times": 1, "fault": fault,
        }));
    }
}

/// What was not applied is tried again by the person, until nothing of that kind is left.
fn try_the_rest_again(bridge: &Bridge, store: &str) {
    for _ in 0..5 {
        let rows = activity(bridge, store, &json!({ "filter": "toLookAt" }));
        let Some(job) = rows.first().map(|row| row["job"].clone()) else {
            return;
        };
        let plan = bridge.get("plan_retry_job", json!({ "store": store, "job": job }));
        bridge.apply(&plan).expect("it is offered again");
        wait_for_end(bridge, store);
    }
    panic!("five tries were not enough");
}

macro_rules! killed_at {
    ($($name:ident: $milestone:ident $times:literal;)*) => {
        $(
            #[test]
            fn $name() {
                statuses_killed_at(Milestone::$milestone, $times);
            }
        )*

        #[test]
        fn every_milestone_is_tried_early_and_late_in_a_job() {
            let tried = [$((Milestone::$milestone, $times > 1)),*];
            for milestone in Milestone::OF_A_CHANGE {
                for late in [false, true] {
                    // The whole job is journalled at one time.
                    let once = milestone == Milestone::Journalled;
                    assert!(tried.contains(&(milestone, late && !once)), "{milestone:?} {late}");
                }
            }
        }
    };
}

killed_at! {
    a_job_killed_once_it_is_in_the_journal_happens_once: Journalled 1;
    a_job_killed_at_its_first_reading_happens_once: ReadAgain 1;
    a_job_killed_in_the_middle_of_reading_happens_once: ReadAgain 33;
    a_job_killed_before_its_first_sending_happens_once: Sending 1;
    a_job_killed_before_a_later_sending_happens_once: Sending 27;
    a_job_killed_at_its_first_answer_happens_once: Answered 1;
    a_job_killed_at_a_later_answer_happens_once: Answered 48;
    a_job_killed_with_its_first_answer_in_the_mirror_happens_once: Mirrored 1;
    a_job_killed_with_a_later_answer_in_the_mirror_happens_once: Mirrored 39;
    a_job_killed_with_one_settled_happens_once: Settled 1;
    a_job_killed_with_many_settled_happens_once: Settled 52;
    a_job_killed_at_its_very_last_answer_happens_once: Answered 55;
}

fn statuses_killed_at(milestone: Milestone, times: u32) {
    let world = shop();
    let kill_at = format!("{}:{times}", milestone.name());
    let (mut bridge, store) = world.connected(&[("STOCKROOM_KILL_AT", &kill_at)]);
    let plan = plan_statuses(&bridge, &store, SIZE);
    misbehave(&world, "PUT");

    let _ = bridge.ask_apply(&plan);
    let end = bridge.wait_for_end();
    assert_eq!(end.signal(), Some(9), "{end}");
    drop(bridge);
    let bridge = world.bridge(&[]);
    wait_for_end(&bridge, &store);
    let first = activity(&bridge, &store, &json!({}));
    assert_eq!(first.len(), SIZE, "none is lost");
    try_the_rest_again(&bridge, &store);

    // Whatever else was asked for, the store did not take: a status is never sent twice.
    for put in world.sandbox.requests("PUT") {
        let is_explained = put["changed"] == true || put["status"] == 429;
        assert!(is_explained, "{put:#}");
    }
    let effects = effects_by_path(&world, "PUT");
    assert_eq!(effects.len(), SIZE, "each order was changed");
    assert!(effects.values().all(|times| *times == 1), "{effects:#?}");
    assert_eq!(
        world.sandbox.emails().len(),
        SIZE,
        "each shopper was told once"
    );
    let rows = activity(&bridge, &store, &json!({}));
    let states = states(&rows);
    let done = states.get("done").unwrap_or(&0) + states.get("doneFound").unwrap_or(&0);
    assert_eq!(done, SIZE, "{states:?}");
    for path in effects.keys() {
        let order = path
            .rsplit('/')
            .next()
            .and_then(|id| id.parse().ok())
            .expect("a path ends in a number");
        assert_eq!(world.sandbox.order(order)["statusId"], 10);
    }
}

#[test]
fn prices_killed_at_every_milestone_come_out_right_and_each_is_told_once() {
    for (milestone, times) in [
        (Milestone::Journalled, 1),
        (Milestone::ReadAgain, 1),
        (Milestone::Sending, 1),
        (Milestone::Sending, 4),
        (Milestone::Answered, 2),
        (Milestone::Answered, 6),
        (Milestone::Mirrored, 3),
        (Milestone::Settled, 5),
    ] {
        let world = shop();
        let kill_at = format!("{}:{times}", milestone.name());
        let (mut bridge, store) = world.connected(&[("STOCKROOM_KILL_AT", &kill_at)]);
        let plan = plan_prices(&bridge, &store, SIZE);
        assert_eq!(plan["count"], SIZE);
        let before = products(&bridge, &store);
        misbehave(&world, "PUT");

        let _ = bridge.ask_apply(&plan);
        let end = bridge.wait_for_end();
        assert_eq!(end.signal(), Some(9), "{end}");
        drop(bridge);
        let bridge = world.bridge(&[]);
        wait_for_end(&bridge, &store);

        // A batch goes out once; once more for each fault that it met, and for the kill.
        let puts = world.sandbox.requests("PUT");
        let met = puts.iter().filter(|put| put["fault"].is_string()).count();
        let most = SIZE / 10 + met + 1;
        assert!(puts.len() <= most, "{milestone:?} {times}: {puts:#?}");
        let rows = activity(&bridge, &store, &json!({}));
        let states = states(&rows);
        let done = states.get("done").unwrap_or(&0) + states.get("doneFound").unwrap_or(&0);
        assert_eq!(done, SIZE, "{milestone:?} {times}: {states:?}");
        let after = products(&bridge, &store);
        let cents = |row: &Value| {
            let amount = text(&row["price"]["amount"]);
            let (whole, rest) = amount.split_once('.').unwrap();
            whole.parse::<u64>().unwrap() * 100 + rest[..2].parse::<u64>().unwrap()
        };
        for (at, (before, after)) in before.iter().zip(&after).enumerate() {
            let rise = if at < SIZE { 100 } else { 0 };
            assert_eq!(
                cents(after),
                cents(before) + rise,
                "{milestone:?} {times}: {after:#}"
            );
            let id = text(&after["id"]).parse().unwrap();
            let there = text(&world.sandbox.product(id)["price"].to_string().into());
            assert_eq!(
                (there.parse::<f64>().unwrap() * 100.0).round() as u64,
                cents(after),
                "mirror and store agree"
            );
        }
    }
}

#[test]
fn products_go_ten_at_a_time_and_are_read_again_together() {
    let world = shop();
    let (bridge, store) = world.connected(&[]);
    let before = world.sandbox.log().len();
    let plan = plan_prices(&bridge, &store, SIZE);
    assert_eq!(plan["requests"], 1 + SIZE / 10);
    bridge.apply(&plan).unwrap();
    wait_for_end(&bridge, &store);

    let log = world.sandbox.log();
    let of_it: Vec<&Value> = log[before..]
        .iter()
        .filter(|request| {
            let named = |pair: &str| pair.starts_with("id:in=");
            request["method"] == "PUT" || text(&request["query"]).split('&').any(named)
        })
        .collect();
    assert_eq!(of_it.len(), 1 + SIZE / 10, "{of_it:#?}");
    let one = &of_it[1]["body"][0];
    let fields: Vec<&String> = one.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["id", "price"], "the smallest body");
}

#[test]
fn a_paused_job_stays_paused_over_a_kill_and_goes_on_when_told() {
    let world = World::with(SandboxOptions {
        orders: 150,
        latency_ms: 60,
        ..SandboxOptions::default()
    });
    let (mut bridge, store) = world.connected(&[]);
    let plan = plan_statuses(&bridge, &store, SIZE);
    bridge.apply(&plan).unwrap();
    wait::until("the job to be under way", || {
        (world.puts() >= 3).then_some(())
    });
    let jobs = bridge.get("jobs", json!({ "store": store }));
    let job = &jobs["jobs"][0];
    assert_eq!(job["size"], SIZE);
    assert!(job["secondsLeft"].as_u64().unwrap() >= 1, "{job:#}");
    let the_job = json!({ "store": store, "job": job["job"] });

    bridge.tell("pause_job", the_job.clone());
    wait::until("what was being sent to end", || {
        (bridge.get("job", the_job.clone())["underWay"] == 0).then_some(())
    });
    let sent = world.puts();
    assert!(sent < SIZE, "paused too late");
    bridge.kill();
    drop(bridge);
    let bridge = world.bridge(&[]);
    bridge.wait_for_rest(&store);
    let paused = bridge.get("job", the_job.clone());
    assert_eq!(paused["isPaused"], true);
    assert_eq!(paused["secondsLeft"], Value::Null);
    // Another change is not held up by it.
    let notes = json!({ "staffNotes": "Not part of it" });
    let other = bridge.orders(&store).last().unwrap()["id"].clone();
    let other = text(&other).parse().unwrap();
    let entry = bridge.change(&store, other, &notes);
    bridge.wait_for_entry(&store, &entry, &["done"]);
    assert!(world.puts() <= sent + 2, "nothing more of the job went out");

    bridge.tell("resume_job", the_job.clone());
    wait_for_end(&bridge, &store);
    let done = bridge.get("job", the_job);
    assert_eq!(done["done"], SIZE, "{done:#}");
    assert_eq!(world.sandbox.emails().len(), SIZE);
}

#[test]
fn a_stopped_job_leaves_what_was_done_and_gives_up_the_rest() {
    let world = World::with(SandboxOptions {
        orders: 150,
        latency_ms: 60,
        ..SandboxOptions::default()
    });
    let (bridge, store) = world.connected(&[]);
    let plan = plan_statuses(&bridge, &store, SIZE);
    bridge.apply(&plan).unwrap();
    wait::until("the job to be under way", || {
        (world.puts() >= 3).then_some(())
    });
    let jobs = bridge.get("jobs", json!({ "store": store }));
    let the_job = json!({ "store": store, "job": jobs["jobs"][0]["job"] });

    bridge.tell("stop_job", the_job.clone());
    wait_for_end(&bridge, &store);
    let job = bridge.get("job", the_job.clone());
    let (done, dropped) = (
        job["done"].as_u64().unwrap(),
        job["dropped"].as_u64().unwrap(),
    );
    assert_eq!(done + dropped, SIZE as u64, "{job:#}");
    assert!(dropped > 0, "stopped too late");
    assert_eq!(world.effective_puts() as u64, done);
    // Lists show nothing of what was given up, and the whole can be put back.
    let waiting = |row: &Value| row["pending"].as_array().is_some_and(|all| !all.is_empty());
    assert!(!bridge.orders(&store).iter().any(waiting));
    let undo = bridge.get("plan_undo_job", the_job);
    assert_eq!(undo["count"].as_u64().unwrap(), done);
    bridge.apply(&undo).unwrap();
    wait_for_end(&bridge, &store);
    assert_eq!(world.effective_puts() as u64, 2 * done);
}

#[test]
fn demand_22_a_change_made_offline_waits_in_sight_and_its_landing_is_told() {
    let world = shop();
    let (bridge, store) = world.connected(&[]);
    let plan = plan_statuses(&bridge, &store, 5);
    world
        .sandbox
        .misbehave(json!({ "match": {}, "fault": { "kind": "resetBefore" } }));
    bridge.apply(&plan).unwrap();
    bridge.wait_for(&store, "the store to be missed", |state| {
        state["trouble"]["code"] == "network"
    });
    assert_eq!(bridge.state(&store)["changesWaiting"], 5);
    let rows = bridge.orders(&store);
    let shown = rows
        .iter()
        .filter(|row| row["pending"] != json!([]))
        .count();
    assert_eq!(shown, 5, "lists show what waits");
    assert!(!bridge.events().contains("jobEnded"));
    // Somebody else is faster with one of them, and puts another away.
    let ids: Vec<u64> = plan["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| text(&item["subject"]["order"]).parse().unwrap())
        .collect();
    let other = if world.sandbox.order(ids[0])["statusId"] == 5 {
        4
    } else {
        5
    };
    world.sandbox.edit(ids[0], json!({ "status_id": other }));
    world.sandbox.behave();
    bridge.tell("refresh", json!({ "store": store }));

    wait_for_end(&bridge, &store);
    let rows = activity(&bridge, &store, &json!({}));
    let states = states(&rows);
    assert_eq!(states.get("done"), Some(&4), "{states:?}");
    assert_eq!(
        states.get("conflict"),
        Some(&1),
        "compared again before it was sent"
    );
    let ended = wait::until("the landing to be told", || {
        let events = bridge.events();
        let line = events.lines().find(|line| line.contains("jobEnded"));
        line.map(str::to_owned)
    });
    assert!(
        ended.contains("\"done\":4") && ended.contains("\"toLookAt\":1"),
        "{ended}"
    );
}

#[test]
fn demand_22_a_change_made_offline_lands_while_another_store_is_looked_at() {
    let world = shop();
    let (mut bridge, store) = world.connected(&[]);
    let plan = plan_statuses(&bridge, &store, 3);
    world
        .sandbox
        .misbehave(json!({ "match": {}, "fault": { "kind": "resetBefore" } }));
    bridge.apply(&plan).unwrap();
    bridge.wait_for(&store, "the store to be missed", |state| {
        state["trouble"]["code"] == "network"
    });
    let sample = bridge.get("open_sample", json!({}));
    bridge.tell("select_store", json!({ "store": sample["key"] }));
    bridge.stop();
    world.sandbox.behave();

    // Nobody asks for that store, and it gets what it was waiting for.
    let _bridge = world.bridge(&[]);
    wait::until("what waited to be sent", || {
        (world.effective_puts() == 3).then_some(())
    });
}

#[test]
fn demand_33_a_quota_that_runs_out_in_a_job_never_reaches_the_person() {
    let world = shop();
    let (bridge, store) = world.connected(&[]);
    let plan = plan_prices(&bridge, &store, SIZE);
    for after in [0, 2, 3] {
        world.sandbox.misbehave(json!({
            "match": { "method": "PUT" }, "after": after, "times": 1,
            "fault": { "kind": "rateLimited", "resetMs": 300 },
        }));
    }
    bridge.apply(&plan).unwrap();
    wait_for_end(&bridge, &store);
    let rows = activity(&bridge, &store, &json!({}));
    assert_eq!(states(&rows).get("done"), Some(&SIZE));
    bridge.told_of_no_trouble();
}

#[test]
fn demand_35_a_killed_job_goes_on_without_doubles_and_its_failures_come_as_a_file() {
    let world = shop();
    let (mut bridge, store) = world.connected(&[("STOCKROOM_KILL_AT", "answered:3")]);
    let plan = plan_prices(&bridge, &store, SIZE);
    // One of them is deleted behind our back before it is sent.
    let gone = text(&plan["items"][44]["subject"]["product"]);
    let name = text(&plan["items"][44]["about"]["name"]);
    let _ = bridge.ask_apply(&plan);
    bridge.wait_for_end();
    drop(bridge);
    world.sandbox.delete_product(gone.parse().unwrap());

    let bridge = world.bridge(&[]);
    wait_for_end(&bridge, &store);
    let rows = activity(&bridge, &store, &json!({}));
    let states = states(&rows);
    assert_eq!(states.get("refused"), Some(&1), "{states:?}");
    assert_eq!(rows.len(), SIZE);

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("failed.csv");
    bridge.happens(json!({ "choose": file }));
    let which = json!({ "store": store, "filter": "toLookAt", "search": "", "job": null });
    let exported = bridge.get("export_activity", json!({ "which": which, "form": "csv" }));
    assert_eq!(exported, json!({ "file": "failed.csv", "count": 1 }));
    let csv = std::fs::read_to_string(file).unwrap();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 2, "{csv}");
    assert!(lines[1].contains(&format!(",product,{gone},")), "{csv}");
    assert!(
        lines[1].contains(",price,") && lines[1].contains(",gone,"),
        "{csv}"
    );
    assert!(csv.contains(&name), "{csv}");

    let file = folder.path().join("failed.json");
    bridge.happens(json!({ "choose": file }));
    let exported = bridge.get("export_activity", json!({ "which": which, "form": "json" }));
    assert_eq!(exported, json!({ "file": "failed.json", "count": 1 }));
    let all: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let [one] = all.as_array().unwrap().as_slice() else {
        panic!("{all:#}");
    };
    assert_eq!(
        (&one["reason"], &one["storeWords"]),
        (&json!("gone"), &json!(""))
    );
    assert_eq!(
        (&one["number"], &one["state"]),
        (&json!(gone), &json!("refused"))
    );
    let way: Vec<&str> = one["way"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|step| step["what"].as_str())
        .collect();
    assert_eq!(way.first(), Some(&"written"));
    assert_eq!(way.last(), Some(&"store-refused"));
}

#[test]
fn a_refused_product_takes_none_of_its_batch_along() {
    let world = shop();
    let (bridge, store) = world.connected(&[]);
    let rows = products(&bridge, &store);
    // The store has two names more than we know of.
    for (at, name) in [(60, "Taken one"), (61, "Taken two")] {
        let id = text(&rows[at]["id"]).parse().unwrap();
        world.sandbox.edit_product(id, json!({ "name": name }));
    }
    let changes: Vec<Value> = rows[..40]
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let name = match at {
                7 => "Taken one".to_owned(),
                23 => "TAKEN TWO".to_owned(),
                _ => format!("Renamed {at}"),
            };
            json!({ "product": row["id"], "values": { "name": name } })
        })
        .collect();
    let wanted = json!({ "kind": "products", "changes": changes });
    let plan = bridge.get("plan_change", json!({ "store": store, "wanted": wanted }));
    assert_eq!(plan["count"], 40);
    bridge.apply(&plan).unwrap();
    wait_for_end(&bridge, &store);

    let entries = activity(&bridge, &store, &json!({}));
    let states = states(&entries);
    assert_eq!(states.get("done"), Some(&38), "{states:?}");
    assert_eq!(states.get("refused"), Some(&2), "{states:?}");
    for entry in entries.iter().filter(|entry| entry["state"] == "refused") {
        assert!(
            text(&entry["said"]["words"]).contains("duplicate"),
            "{entry:#}"
        );
    }
    for (at, row) in rows[..40].iter().enumerate() {
        let there = world.sandbox.product(text(&row["id"]).parse().unwrap());
        let renamed = there["name"] == format!("Renamed {at}");
        assert_eq!(renamed, at != 7 && at != 23, "{there:#}");
    }
}

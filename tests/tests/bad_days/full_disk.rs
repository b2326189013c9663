//! No room left while a database is being written: on a real file system that is really full.

use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, Refused, text},
    damage::{read, sample_format, set_sample_format},
    desktop::{Desktop, KeychainKind},
    http,
    process::built,
    sandbox::SandboxOptions,
    small_disk::SmallDisk,
    world::{Wish, World, some_order, state, tried_out},
};

/// A store, and a home on a small disk.
struct Small {
    // Ends before the desktop's folder goes.
    disk: SmallDisk,
    world: World,
}

impl Small {
    /// `None` where nothing can be mounted.
    fn with(options: SandboxOptions) -> Option<Self> {
        Self::of(32, options)
    }

    /// The same on a disk of so many MiB.
    fn of(mebibytes: u32, options: SandboxOptions) -> Option<Self> {
        // No keyring: it would not know who asks from behind another mount.
        let world = World::on(KeychainKind::NoBus, options);
        let disk = SmallDisk::mount(&world.desktop, &world.desktop.stockroom_home(), mebibytes)?;
        Some(Self { disk, world })
    }

    fn try_bridge(&self) -> Result<Bridge, Refused> {
        let home = self.world.desktop.stockroom_home();
        let origin = self.world.sandbox.origin();
        Bridge::try_start_on(&self.disk, &self.world.desktop, &home, origin, &[])
    }

    fn bridge(&self) -> Bridge {
        self.try_bridge()
            .unwrap_or_else(|refused| panic!("{refused:?}"))
    }

    fn begun(&self) -> (Bridge, String) {
        let bridge = self.bridge();
        let attempt = bridge.begin(&self.world.sandbox);
        let report = bridge.check(&attempt);
        assert_eq!(report["canSave"], true, "{report:#}");
        (bridge, attempt)
    }

    fn connected(&self) -> (Bridge, String) {
        let (bridge, attempt) = self.begun();
        let saved = bridge.save(&attempt, "askRisky", true);
        let store = text(&saved.expect("there is room")["key"]);
        bridge.wait_for_rest(&store);
        (bridge, store)
    }
}

fn disk_full() -> Value {
    json!({ "code": "diskFull" })
}

#[test]
fn a_change_that_cannot_be_written_down_is_not_sent_and_can_be_tried_again() {
    let Some(small) = Small::with(SandboxOptions::default()) else {
        return;
    };
    let (bridge, store) = small.connected();
    let order = some_order(&bridge, &store);
    let wished = Wish::Status.of(&bridge.order(&store, order));
    let plan = bridge.plan(&store, order, &wished);

    small.disk.fill();
    assert_eq!(bridge.apply(&plan).unwrap_err(), disk_full());
    assert_eq!(bridge.activity(&store), Vec::<Value>::new());
    assert_eq!(bridge.order(&store, order)["pending"], json!([]));
    assert_eq!(small.world.puts(), 0);

    small.disk.make_room();
    let entries = bridge.apply(&plan).unwrap();
    bridge.wait_for_entry(&store, &entries[0], &["done"]);
    assert_eq!(small.world.puts(), 1);
    assert_eq!(small.world.sandbox.emails().len(), 1);
    small.world.agree(&bridge, &store, order);
}

#[test]
fn an_answer_that_cannot_be_written_down_is_found_once_there_is_room() {
    let Some(small) = Small::with(SandboxOptions::default()) else {
        return;
    };
    let (bridge, store) = small.connected();
    let order = some_order(&bridge, &store);
    let wished = Wish::Status.of(&bridge.order(&store, order));
    // The store has done it; its answer takes a while to arrive.
    small.world.sandbox.misbehave(json!({
        "match": { "method": "PUT" }, "times": 1,
        "fault": { "kind": "slowBytes", "msPerByte": 1 },
    }));
    let entry = bridge.change(&store, order, &wished);
    small.world.wait_for_put();
    small.disk.fill();

    let full = bridge.wait_for(&store, "the full disk to be named", |state| {
        !state["trouble"].is_null()
    });
    assert_eq!(full["trouble"], disk_full());
    assert_eq!(full["changesWaiting"], 1);
    assert!(!bridge.orders(&store).is_empty(), "everything can be read");

    small.disk.make_room();
    // Nobody does anything now.
    let settled = bridge.wait_for_entry(&store, &entry, &["done", "doneFound", "notApplied"]);
    assert_eq!(state(&settled), "doneFound", "{settled:#}");
    bridge.wait_for(&store, "the trouble to be over", |state| {
        state["trouble"].is_null() && state["changesWaiting"] == 0
    });
    assert_eq!(small.world.puts(), 1);
    assert_eq!(small.world.sandbox.emails().len(), 1);
    small.world.agree(&bridge, &store, order);
}

#[test]
fn a_pull_that_finds_no_room_goes_on_once_there_is_some() {
    let options = SandboxOptions {
        orders: 600,
        latency_ms: 300,
        ..SandboxOptions::default()
    };
    let Some(small) = Small::with(options) else {
        return;
    };
    let (bridge, attempt) = small.begun();
    let store = text(&bridge.save(&attempt, "askRisky", true).unwrap()["key"]);
    bridge.wait_for(&store, "the first page", |state| state["orders"] != 0);
    small.disk.fill();

    let full = bridge.wait_for(&store, "the full disk to be named", |state| {
        !state["trouble"].is_null()
    });
    assert_eq!(full["trouble"], disk_full());
    let here = bridge.orders(&store).len();
    assert!(here > 0, "what has come can be read");
    let all = small.world.sandbox.listed();
    assert!(here < all.len(), "filled too late: {here}");

    small.disk.make_room();
    // Nobody does anything now.
    bridge.wait_for_rest(&store);
    let mut numbers: Vec<u64> = bridge
        .orders(&store)
        .iter()
        .map(|row| text(&row["id"]).parse().unwrap())
        .collect();
    numbers.sort_unstable();
    assert_eq!(numbers, all, "all of them, and each once");
    assert_eq!(bridge.state(&store)["trouble"], Value::Null);
}

#[test]
fn a_store_that_cannot_be_written_down_is_not_half_connected() {
    let Some(small) = Small::with(SandboxOptions::default()) else {
        return;
    };
    let (bridge, attempt) = small.begun();
    small.disk.fill();
    assert_eq!(
        bridge.save(&attempt, "askRisky", true).unwrap_err(),
        disk_full()
    );
    assert_eq!(bridge.get("app_state", json!({}))["stores"], json!([]));

    // The attempt is still there: nothing has to be typed again.
    small.disk.make_room();
    let saved = bridge.save(&attempt, "askRisky", true).unwrap();
    bridge.wait_for_rest(&text(&saved["key"]));
}

#[test]
fn what_a_person_arranges_on_a_full_disk_is_refused_and_what_was_stays() {
    let Some(small) = Small::with(SandboxOptions::default()) else {
        return;
    };
    let (bridge, store) = small.connected();
    let order = some_order(&bridge, &store).to_string();
    let before = bridge.get("app_state", json!({}));
    let rename = json!({
        "store": store, "name": "Renamed", "color": "moss", "safety": "readOnly",
    });
    let draft = json!({ "store": store, "order": order, "text": "Half a sent" });

    small.disk.fill();
    assert_eq!(
        bridge.call("edit_store", rename.clone()).unwrap_err(),
        disk_full()
    );
    assert_eq!(
        bridge.call("draft_notes", draft.clone()).unwrap_err(),
        disk_full()
    );
    assert_eq!(bridge.get("app_state", json!({})), before);

    small.disk.make_room();
    bridge.tell("edit_store", rename);
    bridge.tell("draft_notes", draft);
    let app = bridge.get("app_state", json!({}));
    assert_eq!(app["stores"][0]["name"], "Renamed");
    let question = json!({ "store": store, "order": order });
    assert_eq!(
        bridge.get("order", question)["draftStaffNotes"],
        "Half a sent"
    );
}

#[test]
fn a_sample_store_that_finds_no_room_to_start_over_is_as_it_was() {
    // The sample store has more orders than the others.
    let Some(small) = Small::of(128, SandboxOptions::default()) else {
        return;
    };
    let mut bridge = small.bridge();
    let (sample, order) = tried_out(&bridge);
    bridge.stop();
    drop(bridge);
    let kept = "stores/sample/sample-store.jsonl";
    let kept = small.disk.seen_from_outside(kept);
    set_sample_format(&kept, sample_format(&kept) - 1);
    let older = read(&kept);

    // Before anybody looks at it: what is open makes some room by being closed.
    let bridge = small.bridge();
    small.disk.fill();
    assert_eq!(
        bridge.call("reset_sample", json!({})).unwrap_err(),
        disk_full()
    );

    small.disk.make_room();
    assert_eq!(read(&kept), older);
    bridge.tell("open_sample", json!({}));
    bridge.wait_for(&sample, "the sample store to be outdated", |state| {
        state["trouble"]["code"] == "sampleOutdated"
    });
    assert_eq!(bridge.order(&sample, order)["staffNotes"], "Tried out");
    assert_eq!(bridge.activity(&sample).len(), 1);
    bridge.tell("reset_sample", json!({}));
    let state = bridge.wait_for_rest(&sample);
    assert_eq!(state["trouble"], Value::Null);
    assert_eq!(bridge.activity(&sample), Vec::<Value>::new());
}

#[test]
fn a_start_without_any_room_says_so_and_leaves_everything_as_it_is() {
    let Some(small) = Small::with(SandboxOptions::default()) else {
        return;
    };
    let (mut bridge, store) = small.connected();
    let rows = bridge.orders(&store);
    bridge.stop();
    drop(bridge);

    small.disk.fill();
    let refused = small.try_bridge().expect_err("there is no room to begin");
    assert!(refused.words.contains("the disk is full"), "{refused:?}");

    small.disk.make_room();
    let bridge = small.bridge();
    assert_eq!(bridge.orders(&store), rows);
}

#[test]
fn a_sandbox_s_file_that_was_cut_off_by_a_full_disk_is_whole_again_afterwards() {
    let desktop = Desktop::start(KeychainKind::NoBus);
    let Some(disk) = SmallDisk::mount(&desktop, &desktop.root().join("disk"), 8) else {
        return;
    };
    let file = desktop.root().join("disk/shop.jsonl");
    let serve = || {
        let mut command = disk.command(&desktop, &built("sandbox-store"));
        command.args(["serve", "--port", "0", "--store-hash", "northfold"]);
        command.args([
            "--token",
            "0123456789abcdef0123456789abcde",
            "--orders",
            "20",
        ]);
        command.arg("--data").arg(&file);
        let mut running = desktop.run("sandbox", &mut command, b"");
        let hello = running.line(|line| line.starts_with('{')).unwrap();
        let hello: Value = serde_json::from_str(&hello).unwrap();
        (running, text(&hello["origin"]))
    };
    let ask = |origin: &str, method: &str, path: &str, body: Option<&str>| {
        let headers = [
            ("X-Auth-Token", "0123456789abcdef0123456789abcde"),
            ("Accept", "application/json"),
            ("Content-Type", "application/json"),
        ];
        let path = format!("/stores/northfold/v2/{path}");
        http::send(method, origin, &path, &headers, body).unwrap()
    };
    let (running, origin) = serve();
    let listed: Value =
        serde_json::from_str(&ask(&origin, "GET", "orders?limit=1", None).body).unwrap();
    let order = format!("orders/{}", listed[0]["id"]);
    // Longer than what is left of the last piece of the file: a part of the line finds room.
    let note = |letter: &str| json!({ "staff_notes": letter.repeat(20_000) }).to_string();

    disk.fill();
    let refused = ask(&origin, "PUT", &order, Some(&note("a")));
    assert!(refused.status >= 500, "{}", refused.status);
    disk.make_room();
    assert_eq!(ask(&origin, "PUT", &order, Some(&note("b"))).status, 200);
    drop(running);

    let (_running, origin) = serve();
    let kept: Value = serde_json::from_str(&ask(&origin, "GET", &order, None).body).unwrap();
    assert_eq!(text(&kept["staff_notes"]), "b".repeat(20_000));
}

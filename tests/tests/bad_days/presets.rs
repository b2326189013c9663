//! Each preset with a token that has exactly its scopes: everything it is for works, and the store never
//! has to refuse anything once the check is over. With any one scope less, what needs it is named, greyed with
//! its reason, and the rest works.

use std::{collections::BTreeSet, fmt::Write as _, fs, iter, path::Path};

use commerce::{Level, Preset, Scope};
use serde_json::{Value, json};
use stockroom_tests::{
    bridge::{Bridge, text},
    desktop::KeychainKind,
    sandbox::SandboxOptions,
    world::{Wish, World, some_order},
};

/// What OAuth calls the scopes that presets ask for: ours, modify, read-only.
///
/// Source: BigCommerce documentation, "API accounts".
const NAMES: &[(&str, &str, &str)] = &[
    (
        "customers",
        "store_v2_customers",
        "store_v2_customers_read_only",
    ),
    (
        "information",
        "store_v2_information",
        "store_v2_information_read_only",
    ),
    ("orders", "store_v2_orders", "store_v2_orders_read_only"),
    (
        "products",
        "store_v2_products",
        "store_v2_products_read_only",
    ),
    (
        "channelSettings",
        "store_channel_settings",
        "store_channel_settings_read_only",
    ),
    ("storefrontTokens", "store_storefront_api", ""),
];

/// A scope as a preset asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked {
    scope: String,
    modify: bool,
}

impl Asked {
    fn oauth(&self) -> &'static str {
        let known = NAMES.iter().find(|(scope, ..)| *scope == self.scope);
        let (_, modify, read) = known.unwrap_or_else(|| panic!("{} has no name here", self.scope));
        if self.modify { modify } else { read }
    }
}

fn oauth(scopes: &[Asked]) -> String {
    if scopes.is_empty() {
        return "none".to_owned();
    }
    let names: Vec<&str> = scopes.iter().map(Asked::oauth).collect();
    names.join(",")
}

/// Every preset with its scopes, as the window is told.
fn presets() -> Vec<(String, Vec<Asked>)> {
    let told = told();
    let presets = told["presets"].as_array().expect("presets");
    presets
        .iter()
        .map(|preset| (text(&preset["preset"]), asked(&preset["scopes"])))
        .collect()
}

fn told() -> Value {
    let world = World::on(KeychainKind::NoBus, SandboxOptions::default());
    world.bridge(&[]).get("presets", json!({}))
}

fn asked(scopes: &Value) -> Vec<Asked> {
    let scopes = scopes.as_array().expect("scopes");
    scopes
        .iter()
        .map(|scope| Asked {
            scope: text(&scope["scope"]),
            modify: scope["level"] != "readOnly",
        })
        .collect()
}

/// Everything that is within reach is here: also where orders are not, which stops the refresh.
fn is_at_rest(state: &Value) -> bool {
    let areas = state["areas"].as_array().expect("areas");
    let rests = state["phase"] == "idle" || state["phase"] == "stopped";
    let done = |area: &Value| area["isComplete"] == true || !area["outOfReach"].is_null();
    rests && areas.iter().all(done)
}

/// A store connected for a preset, with a token of these scopes.
struct Walk {
    world: World,
    bridge: Bridge,
    store: String,
    saved: Value,
    report: Value,
    /// Requests of the check, which asks for more than the preset needs.
    before: usize,
}

impl Walk {
    fn with(preset: &str, scopes: &[Asked]) -> Self {
        let world = World::on(
            KeychainKind::NoBus,
            SandboxOptions {
                scopes: oauth(scopes),
                ..SandboxOptions::default()
            },
        );
        let bridge = world.bridge(&[]);
        let typed = json!({ "kind": "typed", "token": world.sandbox.token() });
        let handed = bridge.hand(world.sandbox.hash(), preset, typed);
        let attempt = text(&handed["attempt"]["attempt"]);
        let report = bridge.check(&attempt);
        let before = world.sandbox.log().len();
        let saved = bridge
            .save(&attempt, "askRisky", true)
            .unwrap_or_else(|error| panic!("{preset} {scopes:?}: {error}"));
        let store = text(&saved["key"]);
        bridge.wait_for(&store, "the pull to end", is_at_rest);
        Self {
            world,
            bridge,
            store,
            saved,
            report,
            before,
        }
    }

    /// Everything that these scopes open, feature by feature: looked at, refreshed, changed, put back.
    fn everything(&self, scopes: &[Asked]) {
        let (bridge, store) = (&self.bridge, self.store.as_str());
        let level = |scope: &str| scopes.iter().find(|asked| asked.scope == scope);
        bridge.tell("home", json!({ "store": store }));
        for period in ["days7", "days30", "months12"] {
            bridge.tell("sales", json!({ "store": store, "period": period }));
        }
        bridge.tell("refresh", json!({ "store": store }));
        if let Some(orders) = level("orders") {
            self.orders(orders.modify);
        }
        if let Some(products) = level("products") {
            self.products(products.modify);
        }
        if level("customers").is_some() {
            let customer = self.first("open_customers", "customer_rows");
            let wanted = json!({ "store": store, "customer": customer });
            bridge.tell("customer", wanted.clone());
            bridge.tell("refresh_customer", wanted);
        }
        let found = bridge.get("examine", json!({ "store": store }));
        assert_eq!(found["askedNow"], true, "{found:#}");
        assert_eq!(found["problem"], Value::Null, "{found:#}");
        self.storefronts();
        self.files();
        bridge.tell("jobs", json!({ "store": store }));
        for look in ["holdings", "activity_keeping"] {
            bridge.tell(look, json!({ "store": store }));
        }
        bridge.wait_for(store, "the refresh to end", is_at_rest);
    }

    fn orders(&self, may_change: bool) {
        let (bridge, store) = (&self.bridge, self.store.as_str());
        bridge.tell("statuses", json!({ "store": store }));
        assert!(!bridge.orders(store).is_empty());
        let order = some_order(bridge, store);
        let before = bridge.order(store, order);
        let wanted = json!({ "store": store, "order": order.to_string() });
        bridge.tell("refresh_order", wanted);
        if !may_change {
            return;
        }
        // Notes, then the status, which is put back.
        let notes = bridge.change(store, order, &json!({ "staffNotes": "By the window" }));
        bridge.wait_for_entry(store, &notes, &["done"]);
        let status = bridge.change(store, order, &Wish::Status.of(&before));
        bridge.wait_for_entry(store, &status, &["done"]);
        self.undone(&status);
        // Many at once are a job.
        let two = bridge
            .orders(store)
            .into_iter()
            .take(2)
            .map(|row| json!({ "order": row["id"], "staffNotes": "Both of them" }));
        let wanted = json!({ "kind": "orders", "changes": two.collect::<Vec<_>>() });
        let both = self.changed(&wanted, &["done"]);
        self.job(&both);
    }

    fn products(&self, may_change: bool) {
        let (bridge, store) = (&self.bridge, self.store.as_str());
        let product = self.first("open_products", "product_rows");
        let wanted = json!({ "store": store, "product": product });
        bridge.tell("product", wanted.clone());
        bridge.tell("refresh_product", wanted);
        if !may_change {
            return;
        }
        let values = json!({
            "price": "12.34", "costPrice": "5", "salePrice": "11", "isVisible": false,
            "description": "<p>By the window</p>",
        });
        let change = json!({ "product": product, "values": values });
        let one = self.changed(
            &json!({ "kind": "products", "changes": [change] }),
            &["done"],
        );
        self.undone(&one[0]);
        // Many prices alike go together.
        let wanted = json!({
            "kind": "prices", "products": self.some("open_products", "product_rows", 3),
            "change": { "kind": "byPercent", "percent": "3" },
            "rounding": { "kind": "endingIn", "end": "0.99" },
        });
        self.changed(&wanted, &["done", "alreadySo"]);
        // One is made, and deleted again.
        let values = json!({ "name": "Enamel mug", "price": "9.50", "weight": "0.3" });
        let made = self.changed(
            &json!({ "kind": "newProduct", "values": values }),
            &["done"],
        );
        self.undone(&made[0]);
    }

    /// The settings want to name the storefronts each time they are looked at, which no preset asks the
    /// scope for. What the check was refused is not asked for again.
    fn storefronts(&self) {
        for _ in 0..2 {
            let named = self
                .bridge
                .call("storefront_channels", json!({ "store": self.store }));
            let Err(error) = named else {
                panic!("without the scope for it: {named:?}");
            };
            assert_eq!(error["code"], "missingScope", "{error:#}");
            assert_eq!(error["needs"]["scope"], "channelSettings", "{error:#}");
        }
    }

    /// What was done, as a file in either form.
    fn files(&self) {
        let count = self.bridge.activity(&self.store).len();
        if count == 0 {
            return;
        }
        for form in ["csv", "json"] {
            let file = self.world.desktop.root().join(format!("done.{form}"));
            self.bridge.happens(json!({ "choose": file }));
            let which = json!({ "store": self.store, "filter": "all", "search": "", "job": null });
            let exported = self
                .bridge
                .get("export_activity", json!({ "which": which, "form": form }));
            assert_eq!(exported["count"], json!(count), "{exported:#}");
            let words = fs::read_to_string(file).expect("it is written");
            if form == "json" {
                let all: Vec<Value> = serde_json::from_str(&words).expect("it is a list");
                assert_eq!(all.len(), count);
            } else {
                assert!(words.lines().count() > count, "{words}");
            }
        }
    }

    /// What was confirmed together is told as one, and put back as one.
    fn job(&self, entries: &[String]) {
        let (bridge, store) = (&self.bridge, self.store.as_str());
        let entry = bridge.entry(store, &entries[0]);
        let job = json!({ "store": store, "job": entry["row"]["job"] });
        let of_job = bridge.get("job", job.clone());
        assert_eq!(of_job["done"], json!(entries.len()), "{of_job:#}");
        let plan = bridge.get("plan_undo_job", job);
        for entry in bridge.apply(&plan).expect("it is put back") {
            bridge.wait_for_entry(store, &entry, &["done", "alreadySo"]);
        }
    }

    /// Plans it, confirms it, and waits for the end of each part.
    fn changed(&self, wanted: &Value, ends: &[&str]) -> Vec<String> {
        let question = json!({ "store": self.store, "wanted": wanted });
        let plan = self.bridge.get("plan_change", question);
        let entries = self.bridge.apply(&plan).expect("it is applied");
        for entry in &entries {
            self.bridge.wait_for_entry(&self.store, entry, ends);
        }
        entries
    }

    fn undone(&self, entry: &str) {
        let question = json!({ "store": self.store, "entries": [entry] });
        let plan = self.bridge.get("plan_undo", question);
        let entries = self.bridge.apply(&plan).expect("it is undone");
        for entry in &entries {
            self.bridge.wait_for_entry(&self.store, entry, &["done"]);
        }
    }

    /// The first thing of a list.
    fn first(&self, open: &str, rows: &str) -> String {
        self.some(open, rows, 1).remove(0)
    }

    /// The first things of a list.
    fn some(&self, open: &str, rows: &str, count: u32) -> Vec<String> {
        let query = json!({
            "store": self.store, "search": "", "visibility": "all", "stock": "all",
            "sort": "name", "descending": false,
        });
        let view = self.bridge.get(open, query);
        let question = json!({ "view": view["view"], "from": 0, "to": count });
        let rows = self.bridge.get(rows, question);
        let rows = rows["rows"].as_array().expect("rows");
        rows.iter().map(|row| text(&row["id"])).collect()
    }

    /// What the store refused since the check.
    fn refusals(&self) -> Vec<String> {
        let log = self.world.sandbox.log();
        let since = log.iter().skip(self.before);
        since
            .filter(|request| request["status"] == 403)
            .map(|request| format!("{} {}", request["method"], request["path"]))
            .collect()
    }
}

#[test]
fn with_exactly_its_scopes_a_preset_meets_no_refusal() {
    for (preset, scopes) in presets() {
        let walk = Walk::with(&preset, &scopes);
        walk.everything(&scopes);
        assert_eq!(walk.refusals(), Vec::<String>::new(), "{preset}");
        // That the storefronts may not be named the check has found out.
        let app = walk.bridge.get("app_state", json!({}));
        let greyed = app["stores"][0]["missingScopes"].as_array();
        let lacked = json!({ "scope": "channelSettings", "level": "readOnly", "readable": false });
        assert!(
            greyed.is_some_and(|greyed| greyed.contains(&lacked)),
            "{preset}: {app:#}"
        );
        let state = walk.bridge.state(&walk.store);
        assert_eq!(state["trouble"], Value::Null, "{preset}: {state:#}");
        let wanted = |missing: &&Value| {
            let scope = text(&missing["scope"]);
            scopes.iter().any(|asked| asked.scope == scope)
        };
        let missing = walk.saved["missingScopes"].as_array().expect("scopes");
        assert_eq!(missing.iter().find(wanted), None, "{preset}");
    }
}

#[test]
fn with_what_the_storefront_takes_besides_it_is_asked_without_a_refusal() {
    let besides = asked(&told()["storefront"]);
    for (preset, mut scopes) in presets() {
        scopes.extend(besides.clone());
        let walk = Walk::with(&preset, &scopes);
        let (bridge, store) = (&walk.bridge, walk.store.as_str());
        let channels = bridge.get("storefront_channels", json!({ "store": store }));
        let first = text(&channels["channels"][0]["id"]);
        let wish = json!({
            "store": store, "channels": [first], "scopes": ["unauthenticated"], "days": 30,
            "untilQuit": true,
        });
        bridge.tell("make_storefront_token", wish);
        let document = "{ site { settings { storeName } } }";
        let question = json!({
            "store": store, "channel": first, "document": document, "variables": "", "id": "q",
        });
        let answer = bridge.get("ask_storefront", question);
        assert_eq!(answer["errors"], json!([]), "{preset}: {answer:#}");
        bridge.tell("examine", json!({ "store": store }));
        let revoke = json!({ "store": store, "which": "current", "onlyForget": false });
        bridge.tell("revoke_storefront_token", revoke);
        assert_eq!(walk.refusals(), Vec::<String>::new(), "{preset}");
    }
}

#[test]
fn with_one_scope_taken_away_what_needs_it_is_named_and_the_rest_works() {
    let mut tried = String::new();
    let presets = presets();
    let everything = presets.iter().find(|(name, _)| name == "everything");
    let everything = everything.expect("it is one of them").1.clone();
    for (preset, scopes) in presets {
        for gone in &scopes {
            let left: Vec<Asked> = scopes.iter().filter(|one| *one != gone).cloned().collect();
            if left.is_empty() {
                continue;
            }
            let _ = write!(tried, "{preset} without {}; ", gone.scope);
            let walk = Walk::with(&preset, &left);
            // All that is missing stands in the check, and it is exactly this.
            let missing: Vec<String> = walk.report["scopes"]
                .as_array()
                .expect("scopes")
                .iter()
                .filter(|line| line["wanted"] == true && line["read"] == "missing")
                .map(|line| text(&line["scope"]))
                .collect();
            assert_eq!(missing, [gone.scope.as_str()], "{preset}");
            // The window greys by this.
            let greyed = walk.saved["missingScopes"].as_array().expect("scopes");
            let about = greyed
                .iter()
                .find(|one| one["scope"] == gone.scope.as_str());
            let about = about.unwrap_or_else(|| panic!("{preset} without {gone:?}: {greyed:?}"));
            // How far any preset could make use of it; the window names the level that this one asks for.
            let used = everything.iter().find(|one| one.scope == gone.scope);
            let level = if used.is_some_and(|one| one.modify) {
                "modify"
            } else {
                "readOnly"
            };
            assert_eq!(
                (&about["level"], &about["readable"]),
                (&json!(level), &json!(false)),
                "{preset} without {gone:?}"
            );
            walk.everything(&left);
        }
    }
    assert!(tried.contains("ordersDesk without orders"), "{tried}");
}

#[test]
fn with_read_only_in_place_of_modify_the_first_refusal_greys_the_feature() {
    for (preset, scopes) in presets() {
        if preset == "lookOnly" {
            continue;
        }
        let less: Vec<Asked> = scopes
            .iter()
            .map(|asked| Asked {
                modify: false,
                ..asked.clone()
            })
            .collect();
        let walk = Walk::with(&preset, &less);
        let (bridge, store) = (&walk.bridge, walk.store.as_str());
        for asked in scopes.iter().filter(|asked| asked.modify) {
            let wanted = if asked.scope == "orders" {
                let order = some_order(bridge, store).to_string();
                let change = json!({ "order": order, "staffNotes": "By the window" });
                json!({ "kind": "orders", "changes": [change] })
            } else {
                let product = walk.first("open_products", "product_rows");
                let change = json!({ "product": product, "values": { "price": "12.34" } });
                json!({ "kind": "products", "changes": [change] })
            };
            let plan = bridge.get("plan_change", json!({ "store": store, "wanted": wanted }));
            let entries = bridge.apply(&plan).expect("it is applied");
            bridge.wait_for_entry(store, &entries[0], &["refused"]);
            let app = bridge.get("app_state", json!({}));
            let greyed = app["stores"][0]["missingScopes"]
                .as_array()
                .expect("scopes");
            let lacked = json!({ "scope": asked.scope, "level": "modify", "readable": true });
            assert!(greyed.contains(&lacked), "{preset} {asked:?}: {greyed:?}");
        }
    }
}

/// A preset and its levels, as a row of the README's table has them.
fn as_a_row(preset: Preset, scopes: &[Scope]) -> Vec<&'static str> {
    let name = match preset {
        Preset::LookOnly => "Look only",
        Preset::OrdersDesk => "Orders desk",
        Preset::CatalogEditor => "Catalog editor",
        Preset::Everything => "Everything",
    };
    let level = |scope: &Scope| match preset.level(*scope).map(|it| scope.level_name(it)) {
        Some(Level::ReadOnly) => "read-only",
        Some(Level::Modify) => "modify",
        Some(Level::Manage) => "manage",
        None => "–",
    };
    iter::once(name).chain(scopes.iter().map(level)).collect()
}

#[test]
fn the_readme_names_the_scopes_that_each_preset_asks_for() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let readme = fs::read_to_string(file).expect("it lies beside this folder");
    let table: Vec<Vec<&str>> = readme
        .lines()
        .map(str::trim)
        .skip_while(|line| !line.starts_with("| | Information"))
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let [head, _, rows @ ..] = table.as_slice() else {
        panic!("the README has a table of scopes: {table:?}");
    };
    let labelled = |label: &&str| Scope::ALL.into_iter().find(|it| it.label() == *label);
    let scopes: Vec<Scope> = head.iter().skip(1).filter_map(labelled).collect();
    let used = Scope::ALL.into_iter().filter(|it| it.used().is_some());
    assert_eq!(
        scopes.len() + 1,
        head.len(),
        "as the control panel calls them: {head:?}"
    );
    assert_eq!(
        scopes.iter().copied().collect::<BTreeSet<_>>(),
        used.collect::<BTreeSet<_>>()
    );
    let wanted = Preset::ALL.map(|preset| as_a_row(preset, &scopes));
    assert_eq!(rows, wanted);
}

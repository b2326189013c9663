//! What a bridge is asked about a store: its lists, its things, and changes of them.

use std::io;

use serde_json::{Value, json};

use super::{Bridge, text};
use crate::wait;

impl Bridge {
    /// Opens the list of all orders: every row.
    ///
    /// # Panics
    /// If that doesn't work.
    #[must_use]
    pub fn orders(&self, store: &str) -> Vec<Value> {
        let view = self.get(
            "open_orders",
            json!({
                "store": store, "statusId": null, "search": "", "showIncomplete": true,
                "sort": "number", "descending": false,
            }),
        );
        let count = view["count"].as_u64().expect("it says how many");
        let mut rows = Vec::new();
        while (rows.len() as u64) < count {
            let question =
                json!({ "view": view["view"], "from": rows.len(), "to": rows.len() + 500 });
            let answer = self.get("order_rows", question);
            let some = answer["rows"].as_array().expect("rows").clone();
            assert!(!some.is_empty(), "row {} of {count} is missing", rows.len());
            rows.extend(some);
        }
        rows
    }

    /// Opens the list of all products: every row.
    ///
    /// # Panics
    /// If that doesn't work.
    #[must_use]
    pub fn products(&self, store: &str) -> Vec<Value> {
        let view = self.get(
            "open_products",
            json!({
                "store": store, "search": "", "visibility": "all", "stock": "all",
                "sort": "id", "descending": false,
            }),
        );
        let rows = json!({ "view": view["view"], "from": 0, "to": 500 });
        let answer = self.get("product_rows", rows);
        answer["rows"].as_array().expect("rows").clone()
    }

    /// One product, in full.
    #[must_use]
    pub fn product(&self, store: &str, product: u64) -> Value {
        self.get(
            "product",
            json!({ "store": store, "product": product.to_string() }),
        )
    }

    /// Plans a change of one product: `{"price": "9.50"}`, as the window says it.
    ///
    /// # Panics
    /// If it can't be planned.
    #[must_use]
    pub fn plan_product(&self, store: &str, product: u64, values: &Value) -> Value {
        let mut said = json!({
            "name": null, "sku": null, "isDigital": null, "price": null, "costPrice": null,
            "salePrice": null, "weight": null, "isVisible": null, "description": null,
            "inventoryTracking": null, "inventoryLevel": null,
        });
        for (field, value) in values.as_object().expect("fields") {
            said[field] = value.clone();
        }
        let change = json!({ "product": product.to_string(), "values": said });
        self.get(
            "plan_change",
            json!({ "store": store, "wanted": { "kind": "products", "changes": [change] } }),
        )
    }

    /// One order, in full.
    #[must_use]
    pub fn order(&self, store: &str, order: u64) -> Value {
        self.get(
            "order",
            json!({ "store": store, "order": order.to_string() }),
        )
    }

    /// Plans a change of one order: `{"statusId": 2}` or `{"staffNotes": "…"}`.
    ///
    /// # Panics
    /// If it can't be planned.
    #[must_use]
    pub fn plan(&self, store: &str, order: u64, wanted: &Value) -> Value {
        let change = json!({
            "order": order.to_string(),
            "statusId": wanted["statusId"], "staffNotes": wanted["staffNotes"],
        });
        self.get(
            "plan_change",
            json!({ "store": store, "wanted": { "kind": "orders", "changes": [change] } }),
        )
    }

    /// Applies a plan, confirmed. The bridge may end meanwhile.
    ///
    /// # Errors
    /// That it ended.
    pub fn ask_apply(&self, plan: &Value) -> io::Result<Result<Value, Value>> {
        self.ask(
            "apply",
            json!({
                "plan": plan["plan"], "digest": plan["digest"],
                "confirmed": true, "confirmedTwice": true,
            }),
        )
    }

    /// Applies a plan, confirmed: the entries.
    ///
    /// # Errors
    /// As the command.
    ///
    /// # Panics
    /// If the bridge is gone.
    pub fn apply(&self, plan: &Value) -> Result<Vec<String>, Value> {
        let applied = self.ask_apply(plan).expect("the bridge is there")?;
        let entries = applied["entries"].as_array().expect("entries");
        Ok(entries.iter().map(text).collect())
    }

    /// Plans and applies a change of one order: its entry.
    ///
    /// # Panics
    /// If it is refused.
    #[must_use]
    pub fn change(&self, store: &str, order: u64, wanted: &Value) -> String {
        let plan = self.plan(store, order, wanted);
        let entries = self.apply(&plan);
        let mut entries = entries.unwrap_or_else(|error| panic!("apply: {error}"));
        assert_eq!(entries.len(), 1, "{plan:#}");
        entries.remove(0)
    }

    /// Every change, newest first.
    ///
    /// # Panics
    /// If the list can't be read.
    #[must_use]
    pub fn activity(&self, store: &str) -> Vec<Value> {
        let view = self.get("open_activity", json!({ "store": store, "filter": "all" }));
        let rows = self.get(
            "activity_rows",
            json!({ "view": view["view"], "from": 0, "to": 500 }),
        );
        rows["rows"].as_array().expect("rows").clone()
    }

    /// One change with its whole way: `row`, `steps`, `customer`.
    #[must_use]
    pub fn entry(&self, store: &str, entry: &str) -> Value {
        self.get("activity_entry", json!({ "store": store, "entry": entry }))
    }

    /// Waits until a change is in one of these states, and gives it.
    ///
    /// # Panics
    /// If it never is; the last state is in the sentence.
    pub fn wait_for_entry(&self, store: &str, entry: &str, states: &[&str]) -> Value {
        let mut last = Value::Null;
        let found = wait::within(wait::PATIENCE, || {
            last = self.entry(store, entry);
            let state = last["row"]["state"].as_str().unwrap_or_default();
            states.contains(&state).then(|| last.clone())
        });
        found.unwrap_or_else(|| panic!("waited in vain for {states:?}; last: {last:#}"))
    }
}

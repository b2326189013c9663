//! Whatever is written leaves a trace in `/diff`.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use sandbox_store::{Config, Running, serve};
use serde_json::{Value, json};

use crate::keep::everything;
use crate::wire::{client, config};

/// What is answered by a method other than GET and changes nothing.
const CHANGES_NOTHING: &[(&str, &str)] = &[
    // A quote is worked out, not kept.
    ("POST", "v3/orders/*/payment_actions/refund_quotes"),
];

/// Times that every change sets: no trace of what it was.
const TIMES: &[&str] = &["dateModified", "date_modified", "last_updated"];

/// A store that is written to, and what was.
struct Traces {
    store: Running,
    client: reqwest::Client,
    done: BTreeSet<(String, String)>,
    wrong: Vec<String>,
}

impl Traces {
    fn config(file: &Path) -> Config {
        Config {
            settling: Duration::ZERO,
            data_file: Some(file.to_owned()),
            ..config()
        }
    }

    async fn open(file: &Path) -> Self {
        let store = serve(Traces::config(file));
        Self {
            store: store.await.unwrap(),
            // One for all: to make one takes longer than what is asked with it.
            client: client(),
            done: BTreeSet::new(),
            wrong: Vec::new(),
        }
    }

    fn ask(&self, method: &str, target: &str) -> reqwest::RequestBuilder {
        let url = format!("{}/stores/northfold{target}", self.store.origin);
        self.client
            .request(method.parse().unwrap(), url)
            .header("X-Auth-Token", self.store.token.expose())
            .header("Accept", "application/json")
    }

    async fn get(&self, target: &str) -> Value {
        let answer = self.ask("GET", target).send().await.unwrap();
        serde_json::from_str(&answer.text().await.unwrap()).unwrap()
    }

    async fn snapshot(&self) {
        let url = format!("{}/snapshot", self.store.control_origin.as_ref().unwrap());
        let status = self.client.post(url).send().await.unwrap().status();
        assert_eq!(status, 204);
    }

    async fn diff(&self) -> Value {
        let url = format!("{}/diff", self.store.control_origin.as_ref().unwrap());
        let answer = self.client.get(url).send().await.unwrap();
        serde_json::from_str(&answer.text().await.unwrap()).unwrap()
    }

    async fn send(
        &mut self,
        method: &str,
        target: &str,
        body: Value,
        header: (&str, &str),
    ) -> Value {
        let mut request = self.ask(method, target).header(header.0, header.1);
        if !body.is_null() {
            request = request
                .header("Content-Type", "application/json")
                .body(body.to_string());
        }
        let response = request.send().await.unwrap();
        let status = response.status();
        let text = response.text().await.unwrap();
        if !status.is_success() {
            self.wrong
                .push(format!("{method} {target}: {status} {text}"));
        }
        let path = target.split('?').next().unwrap();
        let path = path.trim_start_matches('/').to_owned();
        self.done.insert((method.to_owned(), path));
        let answer: Value = serde_json::from_str(&text).unwrap_or_default();
        match answer.get("data") {
            Some(data) => data.clone(),
            None => answer,
        }
    }

    /// Writes, and finds what it did under `kind`. Gives the answer.
    async fn write(&mut self, method: &str, target: &str, body: Value, kind: &str) -> Value {
        self.with(method, target, body, kind, ("X-Nothing", "x"))
            .await
    }

    async fn with(
        &mut self,
        method: &str,
        target: &str,
        body: Value,
        kind: &str,
        header: (&str, &str),
    ) -> Value {
        self.snapshot().await;
        let answer = self.send(method, target, body, header).await;
        let diff = self.diff().await;
        let things = diff["things"][kind].as_object();
        let is_told = things.is_some_and(|things| {
            things.values().any(|thing| {
                thing["made"].is_object()
                    || thing["gone"] == true
                    || thing["changed"].as_object().is_some_and(|fields| {
                        fields.keys().any(|name| !TIMES.contains(&name.as_str()))
                    })
            })
        });
        if !is_told {
            self.wrong.push(format!(
                "{method} {target} left no trace among {kind}: {diff}"
            ));
        }
        answer
    }

    async fn order_with(&self, field: &str, value: &str) -> Value {
        let orders = self.get("/v2/orders?limit=250&sort=id:desc").await;
        let orders = orders.as_array().unwrap();
        let fits =
            |order: &&Value| order[field] == value && order["payment_provider_id"].is_string();
        orders.iter().find(fits).unwrap()["id"].clone()
    }

    /// Orders: made, edited, sent, paid, put away.
    async fn orders(&mut self) {
        let address = json!({
            "first_name": "Ada", "last_name": "Holt", "street_1": "1 Pier", "city": "Seattle",
            "state": "Washington", "zip": "98101", "country": "United States", "email": "ada@example.com",
        });
        let line =
            json!({ "name": "Tent", "quantity": 2, "price_ex_tax": 100, "price_inc_tax": 110 });
        let body = json!({ "billing_address": &address, "products": [line] });
        let made = self.write("POST", "/v2/orders", body, "orders").await;
        let own = format!("/v2/orders/{}", made["id"]);
        let lines = self.get(&format!("{own}/products")).await;
        let mut other = address.clone();
        other["street_1"] = "2 Pier".into();
        let edited = json!([{ "id": lines[0]["id"], "quantity": 1 }]);
        let fee = json!([{ "type": "custom_fee", "display_name_customer": "Rush", "cost_ex_tax": 5, "cost_inc_tax": 5 }]);
        for body in [
            json!({ "status_id": 2 }),
            json!({ "staff_notes": "x" }),
            json!({ "customer_message": "x" }),
            json!({ "external_order_id": "PO-7" }),
            json!({ "fees": fee }),
            json!({ "billing_address": other }),
            json!({ "products": edited }),
            json!({ "shipping_cost_ex_tax": 4, "shipping_cost_inc_tax": 5 }),
            json!({ "handling_cost_ex_tax": 4, "handling_cost_inc_tax": 5 }),
            json!({ "discount_amount": 3 }),
            json!({ "payment_method": "Cash" }),
            json!({ "ip_address": "192.0.2.7" }),
            json!({ "customer_id": 12 }),
        ] {
            self.write("PUT", &own, body, "orders").await;
        }
        let target = format!("{own}/shipping_addresses/{}", lines[0]["order_address_id"]);
        let street = json!({ "street_1": "3 Pier" });
        self.write("PUT", &target, street, "orders").await;
        let list = format!("{own}/shipments");
        let parcel = json!({
            "order_address_id": lines[0]["order_address_id"],
            "items": [{ "order_product_id": lines[0]["id"], "quantity": 1 }],
        });
        let sent = self.write("POST", &list, parcel.clone(), "orders").await;
        let one = format!("{list}/{}", sent["id"]);
        let number = json!({ "tracking_number": "1Z9" });
        self.write("PUT", &one, number, "orders").await;
        self.write("DELETE", &one, Value::Null, "orders").await;
        self.write("POST", &list, parcel, "orders").await;
        self.write("DELETE", &list, Value::Null, "orders").await;
        for act in ["capture", "void"] {
            let id = self.order_with("payment_status", "authorized").await;
            let target = format!("/v3/orders/{id}/payment_actions/{act}");
            self.write("POST", &target, json!({}), "orders").await;
        }
        let id = self.order_with("payment_status", "captured").await;
        let own_actions = format!("/v3/orders/{id}/payment_actions");
        let items = json!([{ "item_type": "ORDER", "item_id": id, "amount": 5 }]);
        let quote = format!("{own_actions}/refund_quotes");
        let quote = self
            .ask("POST", &quote)
            .header("Content-Type", "application/json");
        let quote = quote
            .body(json!({ "items": items }).to_string())
            .send()
            .await;
        let quote: Value = serde_json::from_str(&quote.unwrap().text().await.unwrap()).unwrap();
        let method = &quote["data"]["refund_methods"][0][0];
        let payment = json!({ "provider_id": method["provider_id"], "amount": method["amount"], "offline": method["offline"] });
        let body = json!({ "items": items, "payments": [payment] });
        let target = format!("{own_actions}/refunds");
        self.write("POST", &target, body, "orders").await;
        self.write("DELETE", &own, Value::Null, "orders").await;
        self.write("DELETE", "/v2/orders", Value::Null, "orders")
            .await;
    }

    /// Products with all that belongs to them.
    async fn products(&mut self) {
        const PRODUCTS: &str = "/v3/catalog/products";
        let body = json!({ "name": "Rype", "type": "physical", "weight": 1, "price": 4 });
        let made = self.write("POST", PRODUCTS, body, "products").await;
        let own = format!("{PRODUCTS}/{}", made["id"]);
        for body in [
            json!({ "description": "<p>x</p>" }),
            json!({ "categories": [23] }),
            json!({ "warranty": "x" }),
            json!({ "custom_url": { "url": "/x/", "is_customized": true } }),
            json!({ "inventory_tracking": "product", "inventory_level": 7 }),
            json!({ "is_visible": false }),
        ] {
            self.write("PUT", &own, body, "products").await;
        }
        let batch = json!([{ "id": made["id"], "price": 5 }]);
        self.write("PUT", PRODUCTS, batch, "products").await;
        let assigned = format!("{PRODUCTS}/channel-assignments");
        let body = json!([{ "product_id": made["id"], "channel_id": 1 }]);
        self.write("PUT", &assigned, body, "products").await;
        let some = format!("{assigned}?product_id:in={}", made["id"]);
        self.write("DELETE", &some, Value::Null, "products").await;
        let assigned = format!("{PRODUCTS}/category-assignments");
        let body = json!([{ "product_id": made["id"], "category_id": 24 }]);
        self.write("PUT", &assigned, body, "products").await;
        let some = format!("{assigned}?product_id:in={}", made["id"]);
        self.write("DELETE", &some, Value::Null, "products").await;
        for (part, body, change) in [
            (
                "images",
                json!({ "image_url": "https://example.com/a.png" }),
                json!({ "description": "x" }),
            ),
            (
                "videos",
                json!({ "video_id": "z3fRu9pkuXE" }),
                json!({ "title": "x" }),
            ),
            (
                "bulk-pricing-rules",
                json!({ "quantity_min": 10, "quantity_max": 19, "type": "percent", "amount": 10 }),
                json!({ "amount": 11 }),
            ),
            (
                "custom-fields",
                json!({ "name": "Fabric", "value": "Nylon" }),
                json!({ "value": "x" }),
            ),
            (
                "reviews",
                json!({ "title": "Good", "text": "Very", "status": "approved", "rating": 5, "name": "A", "email": "a@example.com", "date_reviewed": "2026-11-01T00:00:00+00:00" }),
                json!({ "rating": 4 }),
            ),
        ] {
            self.whole_life(&format!("{own}/{part}"), body, change, "products")
                .await;
        }
        for part in ["modifiers", "options"] {
            let list = format!("{own}/{part}");
            let body = json!({
                "display_name": "Color", "type": "dropdown", "required": false,
                "option_values": [{ "label": "Red", "sort_order": 0 }, { "label": "Blue", "sort_order": 1 }],
            });
            let choice = self.write("POST", &list, body, "products").await;
            let one = format!("{list}/{}", choice["id"]);
            let name = json!({ "display_name": "Hue" });
            self.write("PUT", &one, name, "products").await;
            let value = json!({ "label": "Green", "sort_order": 2 });
            self.whole_life(
                &format!("{one}/values"),
                value,
                json!({ "label": "x" }),
                "products",
            )
            .await;
            if part == "modifiers" {
                self.write("DELETE", &one, Value::Null, "products").await;
                continue;
            }
            self.variants(&own, &choice).await;
            self.write("DELETE", &one, Value::Null, "products").await;
        }
        self.write("DELETE", &own, Value::Null, "products").await;
        let some = format!("{PRODUCTS}?id:in=113");
        self.write("DELETE", &some, Value::Null, "products").await;
    }

    async fn variants(&mut self, own: &str, choice: &Value) {
        let list = format!("{own}/variants");
        let body = json!({ "sku": "RYPE-R", "option_values": [{ "option_id": choice["id"], "id": choice["option_values"][0]["id"] }] });
        let made = self.write("POST", &list, body, "products").await;
        let one = format!("{list}/{}", made["id"]);
        let price = json!({ "price": 9, "bin_picking_number": "A1" });
        self.write("PUT", &one, price, "products").await;
        let batch = json!([{ "id": made["id"], "upc": "123456789012" }]);
        self.write("PUT", "/v3/catalog/variants", batch, "products")
            .await;
        let image = json!({ "image_url": "https://example.com/r.png" });
        self.write("POST", &format!("{one}/image"), image, "products")
            .await;
        self.write("DELETE", &one, Value::Null, "products").await;
    }

    async fn whole_life(&mut self, list: &str, body: Value, change: Value, kind: &str) {
        let made = self.write("POST", list, body, kind).await;
        let one = format!("{list}/{}", made["id"]);
        self.write("PUT", &one, change, kind).await;
        self.write("DELETE", &one, Value::Null, kind).await;
    }

    async fn shelves(&mut self) {
        let brands = "/v3/catalog/brands";
        let made = self
            .write("POST", brands, json!({ "name": "Fresh" }), "brands")
            .await;
        let own = format!("{brands}/{}", made["id"]);
        let title = json!({ "page_title": "x" });
        self.write("PUT", &own, title, "brands").await;
        let picture = b"--xyz\r\nContent-Disposition: form-data; name=\"image_file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n\x1a\n\r\n--xyz--\r\n";
        self.snapshot().await;
        let target = format!("{own}/image");
        let sent = self
            .ask("POST", &target)
            .header("Content-Type", "multipart/form-data; boundary=xyz")
            .body(picture.to_vec());
        let sent = sent.send().await.unwrap();
        assert!(sent.status().is_success(), "{}", sent.text().await.unwrap());
        let diff = self.diff().await;
        assert!(diff["things"]["brands"].is_object(), "{diff}");
        self.done
            .insert(("POST".to_owned(), target[1..].to_owned()));
        self.write("DELETE", &target, Value::Null, "brands").await;
        self.write("DELETE", &own, Value::Null, "brands").await;
        let some = format!("{brands}?id:in=36");
        self.write("DELETE", &some, Value::Null, "brands").await;
        let trees = "/v3/catalog/trees";
        let tree = self
            .write("PUT", trees, json!([{ "name": "Outlet" }]), "trees")
            .await[0]["id"]
            .clone();
        let renamed = json!([{ "id": tree, "name": "Outlets" }]);
        self.write("PUT", trees, renamed, "trees").await;
        let list = "/v3/catalog/trees/categories";
        let body = json!([{ "name": "Last season", "tree_id": tree }]);
        let made = self.write("POST", list, body, "categories").await[0]["category_id"].clone();
        let body = json!([{ "category_id": made, "description": "x" }]);
        self.write("PUT", list, body, "categories").await;
        let some = format!("{list}?category_id:in={made}");
        self.write("DELETE", &some, Value::Null, "categories").await;
        let some = format!("{trees}?id:in={tree}");
        self.write("DELETE", &some, Value::Null, "trees").await;
    }

    async fn people(&mut self) {
        const CUSTOMERS: &str = "/v3/customers";
        let body = json!([{ "email": "a@example.com", "first_name": "A", "last_name": "B" }]);
        let made = self.write("POST", CUSTOMERS, body, "customers").await[0]["id"].clone();
        for field in ["notes", "phone", "company", "tax_exempt_category"] {
            let body = json!([{ "id": made, field: "x" }]);
            self.write("PUT", CUSTOMERS, body, "customers").await;
        }
        let list = format!("{CUSTOMERS}/addresses");
        let body = json!([{
            "customer_id": made, "first_name": "A", "last_name": "B", "address1": "1 Way", "city": "Bend",
            "country_code": "US", "state_or_province": "Oregon", "postal_code": "97701",
        }]);
        let address = self.write("POST", &list, body, "customers").await[0]["id"].clone();
        let body = json!([{ "id": address, "city": "Burns" }]);
        self.write("PUT", &list, body, "customers").await;
        let body = json!([{ "name": "Door code", "value": "9", "address_id": address }]);
        let target = format!("{CUSTOMERS}/form-field-values");
        self.write("PUT", &target, body, "customers").await;
        let some = format!("{list}?id:in={address}");
        self.write("DELETE", &some, Value::Null, "customers").await;
        let list = format!("{CUSTOMERS}/attributes");
        let body = json!([{ "name": "Size", "type": "number" }]);
        let size = self.write("POST", &list, body, "attributes").await[0]["id"].clone();
        let body = json!([{ "id": size, "name": "Sizes" }]);
        self.write("PUT", &list, body, "attributes").await;
        let values = format!("{CUSTOMERS}/attribute-values");
        let body = json!([{ "attribute_id": size, "customer_id": made, "value": "42" }]);
        let value = self.write("PUT", &values, body, "attributeValues").await[0]["id"].clone();
        let some = format!("{values}?id:in={value}");
        self.write("DELETE", &some, Value::Null, "attributeValues")
            .await;
        let some = format!("{list}?id:in={size}");
        self.write("DELETE", &some, Value::Null, "attributes").await;
        let some = format!("{CUSTOMERS}?id:in={made}");
        self.write("DELETE", &some, Value::Null, "customers").await;
        const OLD: &str = "/v2/customers";
        let body = json!({ "email": "c@example.com", "first_name": "C", "last_name": "D" });
        let change = json!({ "notes": "x" });
        self.whole_life(OLD, body, change, "customers").await;
        let group = json!({ "name": "Guides" });
        self.whole_life(
            "/v2/customer_groups",
            group,
            json!({ "name": "x" }),
            "groups",
        )
        .await;
    }

    async fn settings(&mut self) {
        let euro = json!({
            "currency_code": "EUR", "currency_exchange_rate": "0.92", "token_location": "right", "token": "€",
            "decimal_token": ",", "thousands_token": ".", "decimal_places": 2, "name": "Euro",
        });
        self.whole_life("/v2/currencies", euro, json!({ "name": "x" }), "currencies")
            .await;
        let body = json!({ "default_shopper_language": "fr" });
        self.write("PUT", "/v3/settings/store/locale", body, "locale")
            .await;
        let target = "/v3/settings/store/units-of-measurement";
        let body = json!({ "weight_measurement": "KGS" });
        self.write("PUT", target, body, "unitsOfMeasurement").await;
        let products = self
            .get("/v3/catalog/products?limit=250&include=variants")
            .await;
        let products = products["data"].as_array().unwrap().clone();
        let counted = |each: &&Value| each["inventory_tracking"] == "variant";
        let variant = products.iter().find(counted).unwrap()["variants"][0]["id"].clone();
        let target = "/v3/inventory/locations/1/items";
        let body =
            json!({ "settings": [{ "identity": { "variant_id": variant }, "safety_stock": 2 }] });
        self.write("PUT", target, body, "stockSettings").await;
        let item = |quantity: u64| json!({ "reason": "count", "items": [{ "location_id": 1, "variant_id": variant, "quantity": quantity }] });
        let target = "/v3/inventory/adjustments/absolute";
        self.write("PUT", target, item(4_711), "products").await;
        let target = "/v3/inventory/adjustments/relative";
        self.write("POST", target, item(3), "products").await;
    }

    async fn tokens(&mut self) {
        let expires = jiff::Timestamp::now().as_second() + 3_600;
        let mut given = Value::Null;
        for (target, more) in [
            (
                "api-token-private",
                json!({ "scopes": ["Unauthenticated"] }),
            ),
            ("api-token-customer-impersonation", json!({})),
            (
                "api-token",
                json!({ "allowed_cors_origins": ["https://shop.example.com"] }),
            ),
        ] {
            let mut body = more;
            body["channel_id"] = 1.into();
            body["expires_at"] = expires.into();
            let target = format!("/v3/storefront/{target}");
            given = self.write("POST", &target, body, "storefrontTokens").await["token"].clone();
            let diff = self.diff().await;
            assert!(
                !diff.to_string().contains(given.as_str().unwrap()),
                "no token is told"
            );
        }
        let header = ("Sf-Api-Token", given.as_str().unwrap());
        let target = "/v3/storefront/api-token";
        self.with("DELETE", target, Value::Null, "storefrontTokens", header)
            .await;
    }

    async fn metafields(&mut self) {
        let note =
            json!({ "permission_set": "write", "namespace": "stock", "key": "k", "value": "1" });
        for thing in [
            "/v3/catalog/products/111",
            "/v3/catalog/products/111/variants/301",
            "/v3/catalog/brands/37",
            "/v3/catalog/categories/23",
            "/v3/orders/48219",
            "/v3/customers/12",
            "/v3/inventory/locations/1",
            "/v3/channels/1",
        ] {
            let list = format!("{thing}/metafields");
            let change = json!({ "value": "2" });
            self.whole_life(&list, note.clone(), change, "metafields")
                .await;
            let owner = thing.rsplit('/').next().unwrap();
            let all = match thing.contains("/variants/") {
                true => "/v3/catalog/variants/metafields".to_owned(),
                false => format!("{}/metafields", thing.rsplit_once('/').unwrap().0),
            };
            let mut body = note.clone();
            body["resource_id"] = owner.parse::<u64>().unwrap().into();
            let made = self.write("POST", &all, json!([body]), "metafields").await;
            let body = json!([{ "id": made[0]["id"], "value": "3" }]);
            self.write("PUT", &all, body, "metafields").await;
            let body = json!([made[0]["id"]]);
            self.write("DELETE", &all, body, "metafields").await;
        }
    }

    /// One more of each kind that was taken away again, so that there is something to be kept.
    async fn leave(&mut self) {
        let note =
            json!({ "permission_set": "write", "namespace": "stock", "key": "left", "value": "1" });
        let list = "/v3/catalog/products/111/metafields";
        self.write("POST", list, note, "metafields").await;
        let group = json!({ "name": "Left" });
        self.write("POST", "/v2/customer_groups", group, "groups")
            .await;
        let category = json!([{ "name": "Left", "tree_id": 1, "parent_id": 0 }]);
        let list = "/v3/catalog/trees/categories";
        self.write("POST", list, category, "categories").await;
        let attribute = json!([{ "name": "Left", "type": "string" }]);
        let list = "/v3/customers/attributes";
        let attribute = self.write("POST", list, attribute, "attributes").await;
        let everybody = "/v2/customers";
        self.write("DELETE", everybody, Value::Null, "customers")
            .await;
        let body = json!([{ "email": "left@example.com", "first_name": "A", "last_name": "B" }]);
        let made = self.write("POST", "/v3/customers", body, "customers").await;
        let value = json!([{
            "attribute_id": attribute[0]["id"], "customer_id": made[0]["id"], "value": "42",
        }]);
        let list = "/v3/customers/attribute-values";
        self.write("PUT", list, value, "attributeValues").await;
        let video = json!({ "video_id": "z3fRu9pkuXE" });
        let list = "/v3/catalog/products/111/videos";
        self.write("POST", list, video, "products").await;
    }

    /// All that can be seen, and all orders whole: those that are put away as well.
    async fn all(store: &Running) -> String {
        let mut all = everything(store).await;
        let client = client();
        for id in 48_160..48_230 {
            let url = format!("{}/orders/{id}", store.control_origin.as_ref().unwrap());
            let order = client.get(url).send().await.unwrap();
            all.push_str(&order.text().await.unwrap());
        }
        all
    }
}

/// Every operation that is built and not a GET, as `gate/built.rs` lists them.
fn built() -> Vec<(&'static str, &'static str)> {
    let source = include_str!("../../src/gate/built.rs");
    let texts: Vec<&str> = source.split('"').skip(1).step_by(2).collect();
    let pairs = texts.windows(2).map(|pair| (pair[0], pair[1]));
    pairs
        .filter(|(method, path)| {
            ["POST", "PUT", "DELETE"].contains(method)
                && (path.starts_with("v2/") || path.starts_with("v3/"))
        })
        .collect()
}

fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<&str>, Vec<&str>) =
        (pattern.split('/').collect(), path.split('/').collect());
    pattern.len() == path.len()
        && pattern
            .iter()
            .zip(&path)
            .all(|(wanted, piece)| wanted == piece || *wanted == "*")
}

#[tokio::test]
async fn whatever_is_written_leaves_a_trace_among_its_kind_and_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop");
    let mut traces = Traces::open(&file).await;
    traces.metafields().await;
    traces.orders().await;
    traces.products().await;
    traces.shelves().await;
    traces.people().await;
    traces.settings().await;
    traces.tokens().await;
    traces.leave().await;
    assert!(traces.wrong.is_empty(), "{}", traces.wrong.join("\n"));
    let built = built();
    assert!(built.len() > 100, "{built:?}");
    for (method, pattern) in built {
        let is_done = |(other, path): &(String, String)| other == method && fits(pattern, path);
        assert!(
            traces.done.iter().any(is_done) || CHANGES_NOTHING.contains(&(method, pattern)),
            "{method} {pattern} was not tried"
        );
    }
    let before = Traces::all(&traces.store).await;
    assert!(before.contains("\"left\"") && before.contains("\"statusId\""));
    traces.store.stop().await;
    let again = serve(Traces::config(&file)).await.unwrap();
    assert_eq!(Traces::all(&again).await, before);
}

//! A clock that runs by itself when nothing else does, a transport that follows a script, and
//! small answers with invented people.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use bigcommerce::{
    Answer, ApiOrigin, BoxFuture, Client, ClientParts, Error, HttpRequest, HttpResponse, Lane,
    Method, Progress, Randomness, Request, TokenHeader, Transport, TransportError,
    TransportErrorKind,
};
use commerce::{AccessToken, Clock, Sleep, Tick};
use jiff::Timestamp;
use serde_json::{Value, json};

pub(crate) const TOKEN: &str = "k7c1v5x2m9q4w8e3r6t0y1u5i2o7p3a";

/// A question as a transport gets it, and at most nine bytes of its answer.
pub(crate) fn asking(url: String) -> HttpRequest {
    HttpRequest {
        method: Method::Get,
        url,
        headers: Vec::new(),
        token: AccessToken::new(TOKEN.to_owned()),
        token_in: TokenHeader::XAuthToken,
        secret: None,
        body: None,
        answer_max_bytes: 9,
        progress: Progress::default(),
    }
}

/// Time as tokio has it: simulated under a paused runtime, real otherwise.
pub(crate) struct TestClock(tokio::time::Instant);

impl TestClock {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self(tokio::time::Instant::now()))
    }
}

impl Clock for TestClock {
    fn now(&self) -> Tick {
        Tick::at(self.0.elapsed())
    }

    fn wall(&self) -> Timestamp {
        unreachable!("the client never looks at the calendar")
    }

    fn sleep_until(&self, deadline: Tick) -> Sleep<'_> {
        let at = self.0 + deadline.since(Tick::default());
        Box::pin(tokio::time::sleep_until(at))
    }
}

/// A small generator of numbers (xorshift), the same for the same seed.
pub(crate) struct Dice(Mutex<u64>);

impl Dice {
    pub(crate) fn new(seed: u64) -> Arc<Self> {
        Arc::new(Self(Mutex::new(
            seed.wrapping_mul(2).wrapping_add(0x9E37_79B9),
        )))
    }

    pub(crate) fn below(&self, end: u64) -> u64 {
        let mut state = self.0.lock().unwrap();
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        *state % end
    }
}

impl Randomness for Dice {
    fn unit(&self) -> f64 {
        self.below(1 << 20) as f64 / f64::from(1 << 20)
    }
}

/// What a scripted transport does with one request.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Answer(HttpResponse),
    Fail(TransportError),
    /// Never answers, the request being out.
    Silence,
    /// Never gets as far as sending.
    StuckConnecting,
}

/// Follows a script; after its end it repeats the last step. Each step takes 10 ms.
pub(crate) struct Script {
    clock: Arc<TestClock>,
    steps: Mutex<VecDeque<Step>>,
    seen: Mutex<Vec<(Tick, HttpRequest)>>,
}

impl Script {
    pub(crate) fn times(&self) -> Vec<Tick> {
        self.seen
            .lock()
            .unwrap()
            .iter()
            .map(|(at, _)| *at)
            .collect()
    }

    pub(crate) fn requests(&self) -> Vec<HttpRequest> {
        let seen = self.seen.lock().unwrap();
        seen.iter().map(|(_, request)| request.clone()).collect()
    }
}

impl Transport for Script {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let progress = request.progress.clone();
        self.seen.lock().unwrap().push((self.clock.now(), request));
        let mut steps = self.steps.lock().unwrap();
        let step = if steps.len() > 1 {
            steps.pop_front().unwrap()
        } else {
            steps[0].clone()
        };
        Box::pin(async move {
            tokio::time::sleep(Duration::from_millis(10)).await;
            match step {
                Step::Answer(response) => Ok(response),
                Step::Fail(error) => Err(error),
                Step::Silence => std::future::pending().await,
                Step::StuckConnecting => {
                    progress.connecting();
                    std::future::pending().await
                }
            }
        })
    }
}

/// A client over a script, in whatever time the runtime has.
pub(crate) struct Stage {
    pub(crate) client: Client,
    pub(crate) script: Arc<Script>,
    pub(crate) clock: Arc<TestClock>,
}

impl Stage {
    pub(crate) fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        let clock = TestClock::new();
        let script = Arc::new(Script {
            clock: Arc::clone(&clock),
            steps: Mutex::new(steps.into_iter().collect()),
            seen: Mutex::new(Vec::new()),
        });
        let client = client(ApiOrigin::bigcommerce(), script.clone(), clock.clone(), 1);
        Self {
            client,
            script,
            clock,
        }
    }

    /// Sends, with a deadline so many seconds from now.
    pub(crate) fn send<T>(
        &self,
        request: Request<T>,
        lane: Lane,
        seconds: u64,
    ) -> impl Future<Output = Result<Answer<T>, Error>> {
        let deadline = self.within(seconds);
        async move { self.client.send(&request, lane, deadline).await }
    }

    /// So many seconds from now.
    pub(crate) fn within(&self, seconds: u64) -> Tick {
        self.clock.now() + Duration::from_secs(seconds)
    }
}

pub(crate) fn client(
    origin: ApiOrigin,
    transport: Arc<dyn Transport>,
    clock: Arc<dyn Clock>,
    seed: u64,
) -> Client {
    Client::new(ClientParts {
        origin,
        hash: "tins42".parse().unwrap(),
        token: AccessToken::new(TOKEN.to_owned()),
        transport,
        clock,
        randomness: Dice::new(seed),
    })
}

/// Runs a case in simulated time.
pub(crate) fn simulated<T>(case: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap()
        .block_on(case)
}

pub(crate) fn response(status: u16, headers: &[(&str, &str)], body: impl ToString) -> HttpResponse {
    HttpResponse {
        status,
        headers: headers.iter().copied().collect(),
        body: body.to_string().into_bytes(),
    }
}

pub(crate) fn answer(status: u16, body: impl ToString) -> Step {
    Step::Answer(response(status, &[], body))
}

pub(crate) fn answer_with(status: u16, headers: &[(&str, &str)], body: impl ToString) -> Step {
    Step::Answer(response(status, headers, body))
}

pub(crate) fn fail(kind: TransportErrorKind, sent: bool) -> Step {
    Step::Fail(TransportError {
        kind,
        sent,
        detail: "the cable is out".to_owned(),
    })
}

pub(crate) fn time() -> Step {
    answer(200, json!({"time": 1_781_784_304}))
}

/// An order as `GET /v2/orders` sends it. Shape: BigCommerce REST reference, "Get all orders";
/// people and amounts are invented.
pub(crate) fn order(id: u64) -> Value {
    json!({
        "id": id,
        "customer_id": 7,
        "date_created": "Thu, 18 Jun 2026 12:05:04 +0000",
        "date_modified": "Fri, 19 Jun 2026 08:00:00 +0000",
        "date_shipped": "",
        "status_id": 11,
        "status": "Awaiting Fulfillment",
        "subtotal_ex_tax": "30.0000",
        "shipping_cost_ex_tax": "4.5000",
        "total_inc_tax": "37.9500",
        "total_tax": "3.4500",
        "items_total": 3,
        "payment_method": "Credit Card",
        "payment_status": "captured",
        "currency_code": "USD",
        "default_currency_code": "GBP",
        "staff_notes": null,
        "customer_message": "Ring twice",
        "discount_amount": "1.0000",
        "coupon_discount": "2.5000",
        "cart_id": null,
        "billing_address": {
            "first_name": "Ada", "last_name": "Tinker", "company": "", "street_1": "1 Kettle Row",
            "street_2": "", "city": "Leith", "state": "Midlothian", "zip": "EH6 6AA",
            "country": "United Kingdom", "country_iso2": "GB", "phone": "", "email": "ada@tins.example",
            "form_fields": []
        },
        "order_source": "www",
        "channel_id": 1,
        "is_deleted": false,
        "products": {"url": "https://api.example/products", "resource": "/orders/1/products"},
        "a_member_added_without_notice": {"deep": [1, 2, {"er": null}]}
    })
}

/// A product as `GET /v3/catalog/products` sends it. Shape: BigCommerce REST reference, "Get all
/// products"; the goods are invented.
pub(crate) fn product(id: u64) -> Value {
    // As text: a JSON macro would turn the amounts into floats.
    let text = r#"{
        "id": 0, "name": "Copper kettle", "type": "physical", "sku": "KET-1",
        "description": "<p>Boils &amp; sings</p>\r\n", "weight": 1.25, "width": 20, "depth": 18,
        "height": 22, "price": 49.9500, "cost_price": 21.5, "retail_price": 59, "sale_price": 44.99,
        "map_price": 0, "tax_class_id": 0, "product_tax_code": "", "calculated_price": 44.99,
        "categories": [18, 23], "brand_id": 4, "option_set_id": null,
        "option_set_display": "right", "inventory_level": 7, "inventory_warning_level": 2,
        "inventory_tracking": "product", "reviews_rating_sum": 0, "reviews_count": 0,
        "total_sold": 12, "is_free_shipping": false, "is_visible": true, "is_featured": false,
        "related_products": [-1], "warranty": "", "bin_picking_number": "", "layout_file": "",
        "upc": "0123456789012", "mpn": "CK-9", "gtin": "", "date_last_imported": null,
        "search_keywords": "", "availability": "available", "condition": "New",
        "is_condition_shown": false, "order_quantity_minimum": 0, "page_title": "",
        "meta_keywords": [], "date_created": "2026-03-02T09:15:00+00:00",
        "date_modified": "2026-06-19T08:00:00+00:00", "view_count": 3,
        "preorder_release_date": null, "preorder_message": "0", "is_price_hidden": false,
        "price_hidden_label": "0", "custom_url": {"url": "/copper-kettle/", "is_customized": false},
        "base_variant_id": 77, "open_graph_type": "product",
        "primary_image": {
            "id": 5, "product_id": 0, "is_thumbnail": true, "sort_order": 0,
            "description": "A kettle on a stove", "image_file": "k/190/kettle.png",
            "url_zoom": "https://images.example/kettle.1280.png",
            "url_standard": "https://images.example/kettle.386.png",
            "url_thumbnail": "https://images.example/kettle.220.png",
            "url_tiny": "https://images.example/kettle.44.png",
            "date_modified": "2026-03-02T09:15:00+00:00"
        },
        "a_member_added_without_notice": {"deep": [1, 2, {"er": null}]}
    }"#;
    let mut product: Value = serde_json::from_str(text).unwrap();
    product["id"] = json!(id);
    product
}

/// A customer as `GET /v3/customers` sends them. Shape: BigCommerce REST reference, "Get all
/// customers"; the person is invented.
pub(crate) fn customer(id: u64) -> Value {
    let text = r#"{
        "id": 0, "email": "ada@tins.example", "first_name": "Ada", "last_name": "Tinker",
        "company": "Tins & Co", "phone": "+44 131 496 0000", "notes": "Rings twice",
        "registration_ip_address": "", "tax_exempt_category": "", "customer_group_id": 2,
        "date_created": "2026-02-01T10:00:00Z", "date_modified": "2026-06-19T08:00:00Z",
        "address_count": 1, "attribute_count": 0,
        "authentication": {"force_password_reset": false},
        "addresses": [{
            "id": 9, "customer_id": 0, "first_name": "Ada", "last_name": "Tinker", "company": "",
            "address1": "1 Kettle Row", "address2": "Flat 2", "city": "Leith",
            "state_or_province": "Midlothian", "postal_code": "EH6 6AA", "country": "United Kingdom",
            "country_code": "GB", "phone": "", "address_type": "residential"
        }],
        "store_credit_amounts": [{"amount": 12.3400}],
        "accepts_product_review_abandoned_cart_emails": true,
        "origin_channel_id": 1, "channel_ids": null,
        "a_member_added_without_notice": {"deep": [1, 2, {"er": null}]}
    }"#;
    let mut customer: Value = serde_json::from_str(text).unwrap();
    customer["id"] = json!(id);
    customer
}

/// A line as `GET /v2/orders/{id}/products` sends it. Shape: BigCommerce REST reference, "Get all
/// order products"; the goods are invented.
pub(crate) fn order_line(id: u64) -> Value {
    json!({
        "id": id, "order_id": 100, "product_id": 7, "variant_id": 77, "order_pickup_method_id": 0,
        "order_address_id": 3, "name": "Copper kettle", "name_customer": "Copper kettle",
        "name_merchant": "Kettle (copper)", "sku": "KET-1-L", "upc": "", "type": "physical",
        "base_price": "44.9900", "price_ex_tax": "44.9900", "price_inc_tax": "53.9880",
        "price_tax": "8.9980", "base_total": "89.9800", "total_ex_tax": "89.9800",
        "total_inc_tax": "107.9760", "total_tax": "17.9960", "weight": "1.2500", "quantity": 2,
        "is_refunded": false, "quantity_refunded": 0, "refund_amount": "0.0000",
        "quantity_shipped": 1, "event_name": null, "external_id": null,
        "applied_discounts": [
            {"id": "coupon", "amount": "5.0000", "name": "Five off", "code": "FIVE", "target": "order"},
            {"id": "manual-discount", "amount": 1.5, "name": "Manual Discount", "code": null, "target": "product"}
        ],
        "product_options": [
            {"id": 1, "display_name": "Size", "display_value": "Large", "value": "104", "name": "Sizes"},
            {"id": 2, "display_name": "", "display_name_customer": "Engraving", "display_value": "", "value": "For Ada"}
        ],
        "configurable_fields": [{"name": "Ribbon", "value": "red"}],
        "a_member_added_without_notice": {"deep": [1, 2, {"er": null}]}
    })
}

/// A shipping address as `GET /v2/orders/{id}/shipping_addresses` sends it. Shape: BigCommerce
/// REST reference, "Get all order shipping addresses"; the person is invented.
pub(crate) fn shipping_address(id: u64) -> Value {
    json!({
        "id": id, "order_id": 100, "first_name": "Ada", "last_name": "Tinker", "company": "",
        "street_1": "1 Kettle Row", "street_2": "", "city": "Leith", "state": "Midlothian",
        "zip": "EH6 6AA", "country": "United Kingdom", "country_iso2": "GB", "phone": "",
        "email": "ada@tins.example", "items_total": 2, "items_shipped": 1,
        "shipping_method": "Royal Mail", "base_cost": "4.5000", "cost_ex_tax": "4.5000",
        "cost_inc_tax": "5.4000", "cost_tax": "0.9000", "shipping_zone_id": 1,
        "shipping_quotes": {"url": "https://api.example/quotes", "resource": "/quotes"},
        "form_fields": []
    })
}

/// A shipment as `GET /v2/orders/{id}/shipments` sends it. Shape: BigCommerce REST reference, "Get
/// order shipments"; invented values.
pub(crate) fn shipment(id: u64) -> Value {
    json!({
        "id": id, "order_id": 100, "customer_id": 7, "order_address_id": 3,
        "date_created": "Fri, 19 Jun 2026 08:00:00 +0000", "tracking_number": "TIN123",
        "merchant_shipping_cost": "0.0000", "shipping_method": "Second class",
        "comments": "Left with the neighbour", "shipping_provider": "royalmail",
        "shipping_provider_display_name": "Royal Mail", "tracking_carrier": "royal-mail",
        "tracking_link": "", "generated_tracking_link": "https://track.example/TIN123",
        "billing_address": {"first_name": "Ada"}, "shipping_address": {"first_name": "Ada"},
        "items": [{"order_product_id": 11, "product_id": 7, "quantity": 1}]
    })
}

/// A coupon as `GET /v2/orders/{id}/coupons` sends it. Shape: BigCommerce REST reference, "Get all
/// order coupons"; invented values.
pub(crate) fn coupon(id: u64) -> Value {
    json!({
        "id": id, "coupon_id": 5, "order_id": 100, "code": "TENTH", "amount": "10.0000", "type": 1,
        "discount": 8.5
    })
}

/// A tax as `GET /v2/orders/{id}/taxes` sends it. Shape: BigCommerce REST reference, "Get all order
/// taxes"; invented values.
pub(crate) fn tax(id: u64) -> Value {
    json!({
        "id": id, "order_id": 100, "order_address_id": 3, "tax_rate_id": 1, "tax_class_id": null,
        "name": "VAT", "class": "Default Tax Class", "rate": "20.0000", "priority": 0,
        "priority_amount": "17.9960", "line_amount": "17.9960", "order_product_id": null
    })
}

/// A refund as `GET /v3/orders/{id}/payment_actions/refunds` sends it. Shape: BigCommerce REST
/// reference, "Get refunds for order"; invented values.
pub(crate) fn refund(id: u64) -> Value {
    let text = r#"{
        "id": 0, "order_id": 100, "user_id": 12, "created": "2026-06-20T09:30:00+00:00",
        "reason": "Lid dented", "total_amount": 10.50, "total_tax": 1.75,
        "uses_merchant_override_values": false,
        "items": [{"item_type": "PRODUCT", "item_id": 11, "quantity": 1, "requested_amount": 10.50}],
        "payments": [{"id": 1, "provider_id": "testgateway", "amount": 10.50, "offline": false}]
    }"#;
    let mut refund: Value = serde_json::from_str(text).unwrap();
    refund["id"] = json!(id);
    refund
}

/// A brand as `GET /v3/catalog/brands` sends it. Shape: BigCommerce REST reference, "Get all
/// brands"; invented values.
pub(crate) fn brand(id: u64) -> Value {
    json!({
        "id": id, "name": "Tins & Co", "page_title": "", "meta_keywords": [""],
        "meta_description": "", "search_keywords": "", "image_url": "",
        "custom_url": {"url": "/tins-co/", "is_customized": false}
    })
}

/// A category as `GET /v3/catalog/trees/categories` sends it. Shape: BigCommerce REST reference,
/// "Get all categories"; invented values.
pub(crate) fn category(id: u64) -> Value {
    json!({
        "category_id": id, "category_uuid": "5f7c0a4e-6f0e-4c1e-9a57-0d3e6d2b9c11", "tree_id": 1,
        "parent_id": 18, "name": "Kettles", "description": "<p></p>", "views": 0, "sort_order": 3,
        "url": {"path": "/kettles/", "is_customized": false}, "is_visible": true
    })
}

/// A list of version 3 with what it says of itself.
pub(crate) fn data(items: impl Into<Value>) -> Value {
    let items = items.into();
    let count = items.as_array().map_or(0, Vec::len);
    json!({
        "data": items,
        "meta": {"pagination": {
            "total": count, "count": count, "per_page": 250, "current_page": 1, "total_pages": 1,
            "links": {"current": "?page=1&limit=250"}
        }}
    })
}

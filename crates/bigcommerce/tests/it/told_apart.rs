//! Every operation against everything that a store or the way to it can answer instead of a
//! success, over real HTTP, against a store in a box.
//!
//! Nothing waits here: on a clock that stands still a pause never ends, so what the client would sit
//! out with more time comes back at once, as the error that it is.

use std::{sync::Arc, time::Duration};

use bigcommerce::{
    ApiOrigin, Clash, Client, ClientParts, Error, FieldError, HttpTransport, Kind, Lane,
    NetworkKind, Request, StoreTrouble,
};
use commerce::{
    Access, AccessToken, AttributeId, AttributeValueId, BrandId, BulkPricingRuleId, CategoryId,
    ChannelId, Clock, CountryId, CustomFieldId, CustomerAddressId, CustomerGroupId, CustomerId,
    ImageId, LocationId, MetafieldId, ModifierId, ModifierValueId, OptionId, OptionValueId,
    OrderAddressId, OrderId, OrderLineId, ProductId, RefundId, Scope, ShipmentId, Sleep, Tick,
    TreeId, VariantId, VideoId,
};
use jiff::Timestamp;
use sandbox_store::{Condition, Config, Plan, Sizes, Strict, Token};
use serde_json::{Value, json};

use testkit::samples::{Ids, Sample, samples};

use crate::support::{Dice, TOKEN};

/// Not a question of fields: the method, the media type.
const OF_THE_WHOLE: [u16; 2] = [405, 415];
const OF_FIELDS: [u16; 2] = [400, 422];
/// The platform's limits come as either.
const OF_LIMITS: [u16; 2] = [403, 507];
const TROUBLES: [u16; 5] = [408, 500, 502, 503, 504];
/// Each with a test of its own.
const OTHERS: [u16; 6] = [401, 404, 409, 413, 423, 429];

/// Every status of a refusal that every operation is tried with here.
pub(crate) fn statuses() -> impl Iterator<Item = u16> {
    [OF_THE_WHOLE, OF_FIELDS, OF_LIMITS]
        .concat()
        .into_iter()
        .chain(TROUBLES)
        .chain(OTHERS)
}

/// Shorter than the shortest pause between two tries.
const PATIENCE: Duration = Duration::from_millis(100);
/// A store that doesn't answer at all fails the test instead of holding it up.
const LONG: Duration = Duration::from_secs(60);

/// A clock that stands still.
struct Still;

impl Clock for Still {
    fn now(&self) -> Tick {
        Tick::default()
    }

    fn wall(&self) -> Timestamp {
        unreachable!("the client never looks at the calendar")
    }

    fn sleep_until(&self, _: Tick) -> Sleep<'_> {
        Box::pin(std::future::pending())
    }
}

/// A store in a box with the way to it.
struct Shop {
    store: Strict,
    transport: Arc<HttpTransport>,
    token: &'static str,
    hash: String,
}

impl Shop {
    async fn open(config: Config) -> Self {
        let store = Strict::serve(Config {
            token: Some(Token::new(TOKEN)),
            plan: Plan::Enterprise,
            sizes: NOTHING,
            ..config
        })
        .await
        .unwrap();
        Self {
            hash: store.store_hash.clone(),
            store,
            transport: Arc::new(HttpTransport::new("test/0.1").unwrap()),
            token: TOKEN,
        }
    }

    /// A store that answers everything with this; version 2 and version 3 say it in their own shapes.
    async fn answering(status: u16, v2: &Value, v3: &Value) -> Self {
        let rule = |path: &str, body: &Value| {
            let fault = json!({"kind": "status", "status": status, "body": body.to_string()});
            json!({"match": {"path": path}, "fault": fault})
        };
        Self::with_faults(&json!([rule("/v2/**", v2), rule("/v3/**", v3)])).await
    }

    async fn with_fault(fault: &Value) -> Self {
        Self::with_faults(&json!([{ "fault": fault }])).await
    }

    async fn with_faults(rules: &Value) -> Self {
        Self::open(Config {
            faults: Some(json!({ "rules": rules }).to_string()),
            ..Config::default()
        })
        .await
    }

    /// The error of one try, with a pacer that knows nothing of what was answered before.
    async fn refuses<T: std::fmt::Debug>(&self, request: &Request<T>) -> Error {
        let client = Client::new(ClientParts {
            origin: ApiOrigin::loopback(&self.store.origin).unwrap(),
            hash: self.hash.parse().unwrap(),
            token: AccessToken::new(self.token.to_owned()),
            transport: self.transport.clone(),
            clock: Arc::new(Still),
            randomness: Dice::new(1),
        });
        let deadline = Tick::default() + PATIENCE;
        let asked = client.send(request, Lane::Person, deadline);
        let answer = tokio::time::timeout(LONG, asked).await;
        let result = answer.unwrap_or_else(|_| panic!("no answer to {request:?}"));
        result.expect_err("the store refuses everything")
    }

    /// Holds every operation's error against what it should be.
    async fn all_are_told(self, expected: impl Fn(&Sample) -> Error) {
        let mut wrong = Vec::new();
        for sample in samples(&Ids::default()) {
            let (error, expected) = (self.refuses(&sample.request).await, expected(&sample));
            if error != expected {
                wrong.push(format!("{:?}: {error:?}, not {expected:?}", sample.request));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        self.store.stop().await;
    }
}

const NOTHING: Sizes = Sizes {
    products: 0,
    orders: 0,
    customers: 0,
};

fn is_v2(sample: &Sample) -> bool {
    sample.request.path().starts_with("/v2/")
}

fn field(path: &str, message: &str) -> FieldError {
    FieldError {
        path: path.to_owned(),
        message: message.to_owned(),
    }
}

/// What may have been done all the same is, of what is never repeated, unknown.
fn open(sample: &Sample, cause: Error) -> Error {
    match sample.kind {
        Kind::Once => Error::Unknown {
            cause: Box::new(cause),
        },
        Kind::Read | Kind::Idempotent => cause,
    }
}

/// An array with one entry in version 2, an object in version 3. Source: what was seen on the wire.
fn both(status: u16, words: &str, errors: Value) -> (Value, Value) {
    (
        json!([{"status": status, "message": words}]),
        json!({"status": status, "title": words, "type": "about:blank", "errors": errors}),
    )
}

#[tokio::test]
async fn every_operation_says_that_the_token_is_wrong() {
    let mut shop = Shop::open(Config::default()).await;
    // Of the right form, and nobody's; the store's hash is looked at later, so it may be anything.
    shop.token = "nobodys0nobodys0nobodys0nobodys";
    shop.hash = "elsewhere7".to_owned();
    shop.all_are_told(|_| Error::Unauthorized).await;

    let shop = Shop::with_fault(&json!({"kind": "revokeToken"})).await;
    shop.all_are_told(|_| Error::Unauthorized).await;
}

#[tokio::test]
async fn every_operation_says_that_the_token_is_another_stores() {
    let mut shop = Shop::open(Config::default()).await;
    shop.hash = "elsewhere7".to_owned();
    shop.all_are_told(|_| Error::Forbidden {
        message: "Forbidden".to_owned(),
    })
    .await;
}

#[tokio::test]
async fn every_operation_says_exactly_what_a_token_without_scopes_lacks() {
    let shop = Shop::open(Config {
        scopes: "none".parse().unwrap(),
        ..Config::default()
    })
    .await;
    for sample in samples(&Ids::default()) {
        let Some(needs) = sample.request.needs() else {
            continue;
        };
        let needs: Option<(Scope, Access)> = Some(needs);
        let error = shop.refuses(&sample.request).await;
        assert_eq!(error, Error::MissingScope { needs }, "{:?}", sample.request);
    }
    shop.store.stop().await;
}

/// Numbers that nothing has.
fn nobodys() -> Ids {
    const ID: u64 = 987_654_321;
    Ids {
        order: OrderId(ID),
        line: OrderLineId(ID),
        order_address: OrderAddressId(ID),
        shipment: ShipmentId(ID),
        refund: RefundId(ID),
        product: ProductId(ID),
        variant: VariantId(ID),
        option: OptionId(ID),
        option_value: OptionValueId(ID),
        modifier: ModifierId(ID),
        modifier_value: ModifierValueId(ID),
        image: ImageId(ID),
        video: VideoId(ID),
        custom_field: CustomFieldId(ID),
        rule: BulkPricingRuleId(ID),
        metafield: MetafieldId(ID),
        brand: BrandId(ID),
        category: CategoryId(ID),
        tree: TreeId(ID),
        channel: ChannelId(ID),
        location: LocationId(ID),
        customer: CustomerId(ID),
        customer_address: CustomerAddressId(ID),
        attribute: AttributeId(ID),
        attribute_value: AttributeValueId(ID),
        group: CustomerGroupId(ID),
        country: CountryId(ID),
    }
}

#[tokio::test]
async fn every_operation_about_a_thing_says_that_there_is_no_such_thing() {
    let shop = Shop::open(Config::default()).await;
    let mut wrong = Vec::new();
    for sample in samples(&nobodys()) {
        let operation = sample.request.operation().unwrap();
        if !operation.path.contains("{}") {
            continue;
        }
        let error = shop.refuses(&sample.request).await;
        if error != Error::NotFound {
            wrong.push(format!("{:?}: {error:?}", sample.request));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    shop.store.stop().await;
}

#[tokio::test]
async fn every_operation_says_what_is_wrong_with_what_was_sent() {
    for status in OF_THE_WHOLE {
        let (v2, v3) = both(status, "Not like this", json!({}));
        let shop = Shop::answering(status, &v2, &v3).await;
        shop.all_are_told(|sample| Error::Invalid {
            status,
            fields: match is_v2(sample) {
                true => vec![field("", "Not like this")],
                false => vec![],
            },
            message: "Not like this".to_owned(),
        })
        .await;
    }
    // Version 2 names a field in its sentence, version 3 by its path, with a batch's index first.
    for status in OF_FIELDS {
        let sentence = "The field 'email' is invalid.";
        let v3 = json!({"status": status, "title": "JSON data is missing or invalid",
            "type": "about:blank", "errors": {"3.variants.0.sku": "error.path.missing"}});
        let shop = Shop::answering(
            status,
            &json!([{"status": status, "message": sentence}]),
            &v3,
        )
        .await;
        shop.all_are_told(|sample| match is_v2(sample) {
            true => Error::Invalid {
                status,
                fields: vec![field("email", sentence)],
                message: sentence.to_owned(),
            },
            false => Error::Invalid {
                status,
                fields: vec![field("3.variants.0.sku", "error.path.missing")],
                message: "JSON data is missing or invalid".to_owned(),
            },
        })
        .await;
    }
}

#[tokio::test]
async fn every_operation_says_what_is_taken_too_large_or_too_much() {
    let words = "The product sku is a duplicate";
    let (v2, v3) = both(409, words, json!({}));
    let shop = Shop::answering(409, &v2, &v3).await;
    shop.all_are_told(|sample| Error::Conflict {
        which: Clash::Sku,
        fields: match is_v2(sample) {
            true => vec![field("", words)],
            false => vec![],
        },
        message: words.to_owned(),
    })
    .await;

    let message = "The maximum items allowed in the array is 10".to_owned();
    let (v2, v3) = both(413, &message, json!({}));
    let shop = Shop::answering(413, &v2, &v3).await;
    shop.all_are_told(|_| Error::TooLarge {
        message: message.clone(),
    })
    .await;

    let message = "The maximum number of variants is reached".to_owned();
    for status in OF_LIMITS {
        let (v2, v3) = both(status, &message, json!({}));
        let shop = Shop::answering(status, &v2, &v3).await;
        shop.all_are_told(|_| Error::LimitReached {
            message: message.clone(),
        })
        .await;
    }
}

#[tokio::test]
async fn every_operation_says_how_long_a_store_that_has_enough_wants_it_to_wait() {
    let seconds = Duration::from_secs;
    let cases = [
        (json!({"kind": "rateLimited", "resetMs": 4000}), seconds(4)),
        (json!({"kind": "retryAfter", "seconds": 7}), seconds(7)),
        // Of both the longer, whichever it is.
        (
            json!({"kind": "rateLimited", "resetMs": 4000, "retryAfter": 9}),
            seconds(9),
        ),
        (
            json!({"kind": "rateLimited", "resetMs": 12000, "retryAfter": 9}),
            seconds(12),
        ),
        // Of neither: half a second at the least, and growing.
        (
            json!({"kind": "rateLimitedBare"}),
            Duration::from_millis(500),
        ),
    ];
    for (fault, least) in cases {
        let shop = Shop::with_fault(&fault).await;
        for sample in samples(&Ids::default()) {
            // The store did nothing, so nothing is unknown, not even of what is never repeated.
            let error = shop.refuses(&sample.request).await;
            let Error::RateLimited {
                retry_after,
                lost: false,
            } = error
            else {
                panic!("{:?}: {error:?}", sample.request);
            };
            let range = least..=least + Duration::from_millis(600);
            assert!(range.contains(&retry_after), "{fault}: {retry_after:?}");
        }
        shop.store.stop().await;
    }
}

#[tokio::test]
async fn every_operation_says_that_the_store_is_shut_and_why() {
    for (condition, status, kind, retry_after) in [
        (
            Condition::Maintenance,
            503,
            StoreTrouble::Maintenance,
            Some(Duration::from_secs(60)),
        ),
        (Condition::Suspended, 503, StoreTrouble::Suspended, None),
        (Condition::Locked, 423, StoreTrouble::Locked, None),
    ] {
        let shop = Shop::open(Config {
            condition,
            ..Config::default()
        })
        .await;
        shop.all_are_told(|sample| {
            let error = Error::StoreUnavailable {
                status,
                kind,
                retry_after,
            };
            // Who comes in while a store closes may have been served.
            match kind {
                StoreTrouble::Maintenance => open(sample, error),
                _ => error,
            }
        })
        .await;
    }
}

#[tokio::test]
async fn every_operation_says_that_the_store_has_trouble_and_what_that_leaves_open() {
    for status in TROUBLES {
        let words = json!({"status": status, "title": "Something went wrong"});
        let fault = match status {
            // A gateway answers with a page.
            502 => json!({"kind": "html502"}),
            _ => json!({"kind": "status", "status": status, "body": words.to_string()}),
        };
        let shop = Shop::with_fault(&fault).await;
        shop.all_are_told(|sample| {
            let kind = match status {
                503 => StoreTrouble::Maintenance,
                _ => StoreTrouble::ServerTrouble,
            };
            let error = Error::StoreUnavailable {
                status,
                kind,
                retry_after: None,
            };
            open(sample, error)
        })
        .await;
    }
}

#[tokio::test]
async fn every_operation_says_that_the_answer_got_lost_and_what_that_leaves_open() {
    for fault in ["resetBefore", "resetAfter"] {
        let shop = Shop::with_fault(&json!({ "kind": fault })).await;
        for sample in samples(&Ids::default()) {
            let error = shop.refuses(&sample.request).await;
            let inner = match (&error, sample.kind) {
                (Error::Unknown { cause }, Kind::Once) => cause,
                (error, Kind::Read | Kind::Idempotent) => error,
                _ => panic!("{:?}: {error:?}", sample.request),
            };
            let is_told = matches!(
                inner,
                Error::Network {
                    kind: NetworkKind::Reset,
                    lost: true,
                    ..
                }
            );
            assert!(is_told, "{:?}: {error:?}", sample.request);
        }
        shop.store.stop().await;
    }
}

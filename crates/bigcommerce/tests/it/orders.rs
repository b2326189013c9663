//! Orders as the store sends them, and what becomes of odd ones.

use bigcommerce::{
    Error, Kind, Lane, Method, Page, request,
    request::orders::{OrderUpdate, OrdersQuery, OrdersSort},
};
use commerce::{Access, Clock, Order, OrderId, Scope, StatusId};
use serde_json::{Value, json};

use crate::support::{Stage, Step, answer, order, response, simulated};

fn read(body: impl ToString) -> Result<Page<Order>, Error> {
    read_step(answer(200, body))
}

fn read_step(step: Step) -> Result<Page<Order>, Error> {
    simulated(async {
        let stage = Stage::new([step]);
        let list = request::orders::list(&OrdersQuery::new());
        let answer = stage
            .client
            .send(&list, Lane::Refresh, stage.within(60))
            .await;
        answer.map(|answer| answer.value)
    })
}

fn money(text: &str) -> commerce::Money {
    commerce::Money::new(text.parse().unwrap(), "GBP".parse().unwrap())
}

#[test]
fn an_order_says_what_the_store_says() {
    let page = read(json!([order(100)])).unwrap();
    assert_eq!(page.received, 1);
    let order = &page.items[0];
    assert_eq!(order.id, OrderId(100));
    assert_eq!(order.placed_at, "2026-06-18T12:05:04Z".parse().unwrap());
    assert_eq!(order.modified_at, "2026-06-19T08:00:00Z".parse().unwrap());
    assert_eq!(order.shipped_at, None);
    assert_eq!(
        order.total,
        money("37.9500"),
        "in what the shopper pays, not in what was shown"
    );
    assert_eq!(order.subtotal, money("30"));
    assert_eq!(order.discount, money("3.5"));
    assert_eq!(order.shipping, money("4.5"));
    assert_eq!(order.tax, money("3.45"));
    assert_eq!(order.item_count, 3);
    assert_eq!(order.staff_notes, "");
    assert_eq!(order.customer_message, "Ring twice");
    assert_eq!(order.customer_name(), "Ada Tinker");
    assert_eq!(order.billing.postal_code, "EH6 6AA");
    assert_eq!(order.source, "www");
}

#[test]
fn other_spellings_of_the_same_order_read_alike() {
    let mut other = order(100);
    for (name, value) in [
        ("id", json!("100")),
        ("customer_id", json!("7")),
        ("date_created", json!("2026-06-18T12:05:04+00:00")),
        ("date_modified", json!("2026-06-19T08:00:00Z")),
        ("date_shipped", json!(null)),
        ("status_id", json!("11")),
        ("items_total", json!("3")),
        ("is_deleted", json!("0")),
        ("staff_notes", json!("")),
        ("channel_id", json!("1")),
    ] {
        other[name] = value;
    }
    // Numbers with all their digits, which a JSON macro would turn into floats.
    let text = other
        .to_string()
        .replace("\"37.9500\"", "37.95")
        .replace("\"30.0000\"", "3e1");
    assert_eq!(
        read(format!("[{text}]")).unwrap().items,
        read(json!([order(100)])).unwrap().items
    );
}

#[test]
fn a_guest_has_no_customer_number() {
    let mut guest = order(1);
    guest["customer_id"] = json!(0);
    guest["billing_address"] = json!([]);
    guest["channel_id"] = Value::Null;
    let page = read(json!([guest])).unwrap();
    assert_eq!(page.items[0].customer_id, None);
    assert_eq!(page.items[0].channel_id, None);
    assert_eq!(page.items[0].customer_name(), "");
}

#[test]
fn nothing_is_an_empty_page() {
    for step in [answer(204, ""), answer(200, "[]")] {
        let page = read_step(step).unwrap();
        assert_eq!(
            (page.items.len(), page.broken.len(), page.received),
            (0, 0, 0)
        );
    }
}

#[test]
fn a_byte_order_mark_is_no_obstacle() {
    let page = read(format!("\u{feff}{}", json!([order(1)]))).unwrap();
    assert_eq!(page.items.len(), 1);
}

#[test]
fn what_is_not_a_list_of_orders_is_said_to_be_none() {
    for body in ["{}", "\"orders\"", "<html>", "[{]", "[1", "7"] {
        let error = read(body).unwrap_err();
        assert!(
            matches!(&error, Error::UnexpectedAnswer { path, .. } if path == "$"),
            "{body} {error:?}"
        );
    }
}

#[test]
fn json_nested_without_end_is_refused_and_does_not_crash() {
    assert!(read("[".repeat(100_000)).is_err());
}

#[test]
fn a_broken_order_is_named_beside_the_good_ones() {
    let mut broken = order(2);
    broken["total_inc_tax"] = json!("a lot");
    let page = read(json!([order(1), broken, order(3), "order"])).unwrap();
    assert_eq!(page.received, 4);
    let ids: Vec<_> = page.items.iter().map(|order| order.id.0).collect();
    assert_eq!(ids, [1, 3]);
    assert_eq!(page.broken[0].id.as_deref(), Some("2"));
    assert_eq!(page.broken[0].path, "$[1].total_inc_tax");
    assert!(!page.broken[0].reason.contains("a lot"));
    assert_eq!(
        (page.broken[1].id.as_deref(), page.broken[1].path.as_str()),
        (None, "$[3]")
    );
}

#[test]
fn the_query_is_what_the_reference_asks_for() {
    let request = request::orders::list(
        &OrdersQuery::new()
            .modified_since("2026-06-18T12:05:04.9Z".parse().unwrap())
            .min_id(OrderId(5))
            .sort(OrdersSort::ModifiedAscending)
            .page(3)
            .limit(1000),
    );
    assert_eq!(request.method(), Method::Get);
    assert_eq!(request.path(), "/v2/orders");
    assert_eq!(
        request.query(),
        "min_date_modified=2026-06-18T12%3A05%3A04%2B00%3A00&min_id=5\
         &sort=date_modified%3Aasc&page=3&limit=250"
    );
    assert_eq!(request.kind(), Kind::Read);
    assert_eq!(request.needs(), Some((Scope::Orders, Access::Read)));
}

#[test]
fn seconds_are_cut_off_and_never_rounded_up() {
    for (instant, sent) in [
        (
            "2026-06-18T12:05:04.999999999Z",
            "2026-06-18T12%3A05%3A04%2B00%3A00",
        ),
        (
            "1969-12-31T23:59:58.5Z",
            "1969-12-31T23%3A59%3A58%2B00%3A00",
        ),
    ] {
        let query = OrdersQuery::new().modified_since(instant.parse().unwrap());
        let query = request::orders::list(&query).query();
        assert!(
            query.contains(&format!("min_date_modified={sent}&")),
            "{query}"
        );
    }
}

#[test]
fn an_update_sends_only_what_changes() {
    let notes = OrderUpdate {
        staff_notes: Some("fragile \"tins\"".to_owned()),
        ..OrderUpdate::default()
    };
    let request = request::orders::update(OrderId(7), &notes);
    assert_eq!(
        request.body(),
        Some(&json!({"staff_notes": "fragile \"tins\""}))
    );
    assert_eq!(request.kind(), Kind::Idempotent);
    assert_eq!(request.needs(), Some((Scope::Orders, Access::Modify)));
    let status = OrderUpdate {
        status_id: Some(StatusId(2)),
        ..notes
    };
    let request = request::orders::update(OrderId(7), &status);
    assert_eq!(request.path(), "/v2/orders/7");
    assert_eq!(request.method(), Method::Put);
    assert_eq!(request.kind(), Kind::Once, "it may send an e-mail");
    assert_eq!(request.body().unwrap()["status_id"], json!(2));
}

#[test]
fn statuses_carry_the_stores_own_labels() {
    simulated(async {
        // Shape: BigCommerce REST reference, "Get order statuses".
        let stage = Stage::new([answer(
            200,
            json!([
                {"id": 11, "name": "Awaiting Fulfillment", "system_label": "Awaiting Fulfillment", "custom_label": "To pack", "order": 3},
                {"id": "2", "name": "Shipped", "custom_label": "", "order": "8"},
                {"name": "Lost"}
            ]),
        )]);
        let statuses = stage
            .client
            .send(&request::orders::statuses(), Lane::Refresh, stage.within(9))
            .await
            .unwrap();
        assert_eq!(statuses.value.len(), 2);
        assert_eq!(statuses.value[0].label, "To pack");
        assert_eq!(statuses.value[1].label, "Shipped");
        assert_eq!(statuses.value[1].position, 8);
        assert_eq!(statuses.remarks.len(), 1);
        assert!(statuses.remarks[0].starts_with("$[2].id"));
    });
}

#[test]
fn counts_add_up_by_status() {
    simulated(async {
        let stage = Stage::new([answer(
            200,
            json!({"statuses": [{"id": 0, "count": 2}, {"id": 11, "count": "40"}], "count": 42}),
        )]);
        let counts = stage
            .client
            .send(&request::orders::count(), Lane::Refresh, stage.within(9))
            .await
            .unwrap()
            .value;
        assert_eq!(counts.total, 42);
        assert_eq!(counts.by_status, [(StatusId(0), 2), (StatusId(11), 40)]);
    });
}

#[test]
fn an_answer_carries_the_stores_clock_and_its_own_name() {
    simulated(async {
        let headers = [
            ("date", "Thu, 18 Jun 2026 12:05:04 GMT"),
            ("x-request-id", "ab-12"),
        ];
        let stage = Stage::new([Step::Answer(response(200, &headers, order(1)))]);
        let asked_at = stage.clock.now();
        let answer = stage
            .client
            .send(
                &request::orders::one(OrderId(1)),
                Lane::Person,
                stage.within(9),
            )
            .await
            .unwrap();
        assert_eq!(
            answer.server_time,
            Some("2026-06-18T12:05:04Z".parse().unwrap())
        );
        assert_eq!(answer.request_id.as_deref(), Some("ab-12"));
        assert_eq!(answer.asked_at, asked_at);
    });
}

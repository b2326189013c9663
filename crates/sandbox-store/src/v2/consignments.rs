//! Consignments of an order: how its lines are fulfilled. On their own, or inside the order.
//!
//! Source: BigCommerce REST reference, "Order consignments"; the 50 lines and the warning observed on
//! the wire.

use serde_json::{Value, json};

use super::order_body::{Including, Link, line};
use super::{order_parts, orders};
use crate::gate::Call;
use crate::http::Response;
use crate::money::Plain;
use crate::state::Store;
use crate::state::orders::{Line, Order};

/// Most lines that come inline.
const MOST_INLINE: usize = 50;

pub(crate) fn list(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let order = orders::expect(store, call)?;
    let including = Including::read(&call.query)?;
    let body = body(store, order, &call.origin, including.has_line_items);
    Ok(Response::json(200, &body))
}

pub(super) fn body(store: &Store, order: &Order, origin: &str, has_lines: bool) -> Value {
    let (downloads, shipped): (Vec<&Line>, Vec<&Line>) =
        order.lines.iter().partition(|line| line.is_digital);
    let mut shipping = Vec::new();
    if !shipped.is_empty() {
        let mut one = shipping_body(store, order, origin);
        put_lines(store, order, origin, (&shipped, has_lines), &mut one);
        shipping.push(one);
    }
    let mut digital = Vec::new();
    if !downloads.is_empty() {
        let mut one = json!({ "recipient_email": order.billing.email });
        put_lines(store, order, origin, (&downloads, has_lines), &mut one);
        digital.push(one);
    }
    json!({
        "pickups": [],
        "shipping": shipping,
        "downloads": digital,
        "email": { "gift_certificates": [] },
    })
}

/// Links, or lines: then only so many, with a word about it.
fn put_lines(
    store: &Store,
    order: &Order,
    origin: &str,
    (lines, are_whole): (&[&Line], bool),
    body: &mut Value,
) {
    if !are_whole {
        let links = lines.iter().map(|line| {
            let resource = format!("/orders/{}/products/{}", order.id, line.id);
            json!(Link::to(store, origin, resource))
        });
        body["line_items"] = links.collect();
        return;
    }
    let some = lines.iter().take(MOST_INLINE);
    body["line_items"] = some.map(|each| line(order, each)).collect();
    if lines.len() > MOST_INLINE {
        body["__warning__"] = json!({
            "message": "Not all line items of this consignment are returned with this response, only 50 are included. Please use the `/v2/orders/{order_id}/products` endpoint to fetch all line items.",
        });
    }
}

fn shipping_body(store: &Store, order: &Order, origin: &str) -> Value {
    let resource = format!(
        "/orders/{}/consignments/shipping/{}/shipping_quotes",
        order.id, order.address_id
    );
    let (handling, with_tax) = order.handling;
    let mut body = json!({
        "id": order.address_id,
        "items_total": order.items_total(),
        "items_shipped": order.items_shipped(),
        "shipping_method": order.shipping_method,
        "base_cost": Plain(order.shipping),
        "cost_ex_tax": Plain(order.shipping),
        "cost_inc_tax": Plain(order.shipping + order.shipping_tax),
        "cost_tax": Plain(order.shipping_tax),
        "cost_tax_class_id": 2,
        "base_handling_cost": Plain(handling),
        "handling_cost_ex_tax": Plain(handling),
        "handling_cost_inc_tax": Plain(with_tax),
        "handling_cost_tax": Plain(with_tax - handling),
        "handling_cost_tax_class_id": 2,
        "shipping_zone_id": order_parts::zone_of(order),
        "shipping_zone_name": order.destination().country,
        "form_fields": [],
        "shipping_quotes": Link::to(store, origin, resource),
    });
    let address = order_parts::plain_address(order.destination());
    if let (Value::Object(body), Value::Object(person)) = (&mut body, address) {
        body.extend(person);
    }
    body
}

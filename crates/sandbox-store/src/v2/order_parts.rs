//! What belongs to an order: the address it goes to, coupons, taxes, fees.
//!
//! Source: BigCommerce REST reference, "Orders V2".

use serde_json::{Value, json};

use super::order_body::Link;
use super::{order_body, orders, page_of};
use crate::gate::{Call, refusals};
use crate::http::Response;
use crate::money::{Cents, Plain};
use crate::seed::places::tax_in;
use crate::state::Store;
use crate::state::orders::Order;
use crate::state::people::Address;

/// The one address everything goes to.
pub(crate) fn addresses(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let order = orders::expect(store, call)?;
    // What is downloaded goes nowhere.
    if order.is_digital() {
        return page_of::<Value>(&call.query, &[]);
    }
    page_of(&call.query, &[shipping_address(store, order, &call.origin)])
}

pub(crate) fn address(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let order = order_to(store, call)?;
    let body = shipping_address(store, order, &call.origin);
    Ok(Response::json(200, &body))
}

/// The order in the path, if it goes to the address, or is the consignment, behind it there: they share a number.
fn order_to<'a>(store: &'a Store, call: &Call<'_>) -> Result<&'a Order, Box<Response>> {
    let order = orders::expect(store, call)?;
    let id: Option<u64> = call.ids.get(1).and_then(|id| id.parse().ok());
    if id == Some(order.address_id) {
        Ok(order)
    } else {
        Err(Box::new(refusals::v2_not_found()))
    }
}

fn shipping_address(store: &Store, order: &Order, origin: &str) -> Value {
    let (handling, with_tax) = order.handling;
    let resource = format!(
        "/orders/{}/shipping_addresses/{}/shipping_quotes",
        order.id, order.address_id
    );
    let mut body = json!({
        "id": order.address_id,
        "order_id": order.id,
        "items_total": order.items_total(),
        "items_shipped": order.items_shipped(),
        "shipping_method": order.shipping_method,
        "base_cost": order.shipping,
        "cost_ex_tax": order.shipping,
        "cost_inc_tax": order.shipping + order.shipping_tax,
        "cost_tax": order.shipping_tax,
        "cost_tax_class_id": 2,
        "base_handling_cost": handling,
        "handling_cost_ex_tax": handling,
        "handling_cost_inc_tax": with_tax,
        "handling_cost_tax": with_tax - handling,
        "handling_cost_tax_class_id": 2,
        "shipping_zone_id": zone_of(order),
        "shipping_zone_name": order.destination().country,
        "form_fields": [],
        "shipping_quotes": Link::to(store, origin, resource),
    });
    if let (Value::Object(body), Value::Object(person)) =
        (&mut body, plain_address(order.destination()))
    {
        body.extend(person);
    }
    body
}

/// One zone at home, one for all the rest.
pub(super) fn zone_of(order: &Order) -> u8 {
    if &*order.destination().country_iso2 == "US" {
        1
    } else {
        2
    }
}

/// Always empty, as the link's own description says. Source: REST reference.
pub(crate) fn shipping_quotes(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    order_to(store, call)?;
    Ok(Response::empty(204))
}

/// Name and address as sub-resources repeat them.
pub(super) fn plain_address(address: &Address) -> Value {
    json!({
        "first_name": address.first_name,
        "last_name": address.last_name,
        "company": address.company,
        "street_1": address.street_1,
        "street_2": address.street_2,
        "city": address.city,
        "state": address.state,
        "zip": address.zip,
        "country": address.country,
        "country_iso2": address.country_iso2,
        "phone": address.phone,
        "email": address.email,
    })
}

/// At most one was used.
pub(crate) fn coupons(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let order = orders::expect(store, call)?;
    let all: Vec<Value> = order
        .coupon
        .iter()
        .map(|coupon| {
            // Percentages are type 1, amounts off the whole are type 2.
            let (coupon_id, kind, amount) = match coupon.code {
                "TRAIL10" => (4, 1, 10),
                "WELCOME15" => (5, 1, 15),
                _take_20 => (6, 2, 20),
            };
            json!({
                "id": order.id + 500,
                "coupon_id": coupon_id,
                "order_id": order.id,
                "code": coupon.code,
                "amount": amount,
                "type": kind,
                "discount": Plain(coupon.taken_off),
            })
        })
        .collect();
    page_of(&call.query, &all)
}

/// A row for each line that is taxed, and one for the shipping. With `details=true` they say for
/// what.
pub(crate) fn taxes(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let order = orders::expect(store, call)?;
    let has_details = call.query.get("details") == Some("true");
    let rows = order
        .lines
        .iter()
        .map(|line| (Some(line.id), line.tax))
        .chain([(None, order.shipping_tax)])
        .filter(|(_, tax)| *tax > Cents::ZERO)
        .zip(1..)
        .map(|((line, tax), number)| tax_row(order, line, tax, number, has_details));
    let rows: Vec<Value> = rows.collect();
    page_of(&call.query, &rows)
}

fn tax_row(order: &Order, line: Option<u64>, tax: Cents, number: u64, has_details: bool) -> Value {
    let address = order.destination();
    let rate = tax_in(&address.city, &address.state);
    let (class_id, class) = match line {
        Some(_) => (0, "Default Tax Class"),
        None => (2, "Shipping"),
    };
    let mut row = json!({
        "id": order.id * 20 + number,
        "order_id": order.id,
        "order_address_id": order.address_id,
        "tax_rate_id": 1,
        "tax_class_id": class_id,
        "name": format!("{} sales tax", address.state),
        "class": class,
        "rate": format!("{}.{:03}0", rate / 1_000, rate % 1_000),
        "priority": 0,
        "priority_amount": tax,
        "line_amount": tax,
        "order_pickup_method_id": 0,
        "sales_tax_id": "",
    });
    if has_details {
        // A string on the wire, though it is a line's id.
        row["order_product_id"] = line.map(|id| id.to_string()).into();
        row["line_item_type"] = if line.is_some() { "item" } else { "shipping" }.into();
    }
    row
}

/// The sample shop takes none; integrations may.
pub(crate) fn fees(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let order = orders::expect(store, call)?;
    let all: Vec<Value> = order.fees.iter().map(order_body::fee).collect();
    page_of(&call.query, &all)
}

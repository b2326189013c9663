//! Shipments of an order: read, sent, corrected, taken back.
//!
//! Source: BigCommerce REST reference, "Order shipments"; fields of items that may not be written
//! observed on the wire.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{invalid, object, order_parts, orders, page_of};
use crate::dates::{Rfc2822, whole_seconds};
use crate::gate::{Call, refusals};
use crate::http::{Effects, Response};
use crate::money::Cents;
use crate::state::Store;
use crate::state::orders::{Order, Shipment};
use crate::state::statuses::Status;

/// Who may carry it; besides these `carrier_` and a number.
const PROVIDERS: &[&str] = &[
    "",
    "auspost",
    "canadapost",
    "endicia",
    "usps",
    "fedex",
    "royalmail",
    "ups",
    "upsready",
    "upsonline",
    "shipperhq",
];

const READ_ONLY: &[&str] = &[
    "id",
    "order_id",
    "customer_id",
    "date_created",
    "billing_address",
    "shipping_address",
    "shipping_provider_display_name",
    "generated_tracking_link",
];

pub(crate) fn list(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let order = orders::expect(store, call)?;
    let all: Vec<Value> = order
        .shipments
        .iter()
        .map(|shipment| body(order, shipment))
        .collect();
    page_of(&call.query, &all)
}

pub(crate) fn count(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let order = orders::expect(store, call)?;
    let count = json!({ "count": order.shipments.len() });
    Ok(Response::json(200, &count))
}

pub(crate) fn one(store: &Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let order = orders::expect(store, call)?;
    let shipment = shipment_of(order, call)?;
    Ok(Response::json(200, &body(order, shipment)))
}

/// Sends pieces off: the order's status moves, and the shopper is told.
pub(crate) fn post(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let order = orders::expect(store, call)?;
    let fields = object(call)?;
    let change = Change::read(&fields, order)?;
    let items = items(&fields, order)?;
    if change.address.is_none() {
        return Err(invalid("order_address_id"));
    }
    let (order_id, id) = (order.id, store.next.shipment);
    let now = whole_seconds(call.now);
    let mut shipment = Shipment {
        id,
        created: now,
        items,
        method: Arc::from(&*order.shipping_method),
        provider: "".into(),
        tracking_number: "".into(),
        tracking_carrier: "".into(),
        tracking_link: "".into(),
        comments: "".into(),
        cost: Cents::ZERO,
    };
    change.apply(&mut shipment);
    store.next.shipment += 1;
    if let Some(order) = store.order_mut(order_id) {
        send(order, shipment, now);
    }
    store.mail_about(order_id, Some(id), now);
    let effects = Effects {
        changed: true,
        emailed: true,
    };
    answer(store, order_id, id, 201, effects)
}

/// Everything but what is in it.
pub(crate) fn put(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let order = orders::expect(store, call)?;
    let (order_id, id) = (order.id, shipment_of(order, call)?.id);
    let fields = object(call)?;
    if fields.contains_key("items") {
        return Err(Box::new(refusals::v2_read_only("items")));
    }
    let change = Change::read(&fields, order)?;
    if let Some(order) = store.order_mut(order_id) {
        let mut shipments = order.shipments.iter_mut();
        if let Some(shipment) = shipments.find(|shipment| shipment.id == id) {
            change.apply(shipment);
        }
        order.modified = whole_seconds(call.now);
    }
    let effects = Effects {
        changed: true,
        emailed: false,
    };
    answer(store, order_id, id, 200, effects)
}

/// The pieces are back; the status stays. Source: observed on the wire.
pub(crate) fn delete(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let order = orders::expect(store, call)?;
    let (order_id, id) = (order.id, shipment_of(order, call)?.id);
    let mut response = Response::empty(204);
    if let Some(order) = store.order_mut(order_id) {
        response.effects.changed = order.take_back(id);
        order.modified = whole_seconds(call.now);
    }
    Ok(response)
}

/// All of them.
pub(crate) fn delete_all(store: &mut Store, call: &Call<'_>) -> Result<Response, Box<Response>> {
    let id = orders::expect(store, call)?.id;
    let mut response = Response::empty(204);
    if let Some(order) = store.order_mut(id) {
        let all: Vec<u64> = order.shipments.iter().map(|shipment| shipment.id).collect();
        for shipment in &all {
            order.take_back(*shipment);
        }
        if !all.is_empty() {
            order.modified = whole_seconds(call.now);
            response.effects.changed = true;
        }
    }
    Ok(response)
}

fn send(order: &mut Order, shipment: Shipment, now: Timestamp) {
    order.send(shipment);
    order.status = if order.items_shipped() == order.items_total() {
        Status::Shipped
    } else {
        Status::PartiallyShipped
    };
    order.shipped.get_or_insert(now);
    order.modified = now;
}

fn answer(
    store: &Store,
    order_id: u64,
    id: u64,
    status: u16,
    effects: Effects,
) -> Result<Response, Box<Response>> {
    let order = store.order(order_id);
    let found = order.and_then(|order| {
        let mut shipments = order.shipments.iter();
        Some((order, shipments.find(|shipment| shipment.id == id)?))
    });
    let Some((order, shipment)) = found else {
        return Err(Box::new(refusals::v2_not_found()));
    };
    let mut response = Response::json(status, &body(order, shipment));
    response.effects = effects;
    Ok(response)
}

fn shipment_of<'a>(order: &'a Order, call: &Call<'_>) -> Result<&'a Shipment, Box<Response>> {
    let id: Option<u64> = call.ids.get(1).and_then(|id| id.parse().ok());
    let mut shipments = order.shipments.iter();
    shipments
        .find(|shipment| Some(shipment.id) == id)
        .ok_or_else(|| Box::new(refusals::v2_not_found()))
}

/// What a body says besides the items, read and checked.
#[derive(Debug, Default)]
struct Change {
    address: Option<u64>,
    method: Option<Arc<str>>,
    provider: Option<Arc<str>>,
    tracking_number: Option<Arc<str>>,
    tracking_carrier: Option<Arc<str>>,
    tracking_link: Option<Arc<str>>,
    comments: Option<Arc<str>>,
    cost: Option<Cents>,
}

impl Change {
    fn read(fields: &Map<String, Value>, order: &Order) -> Result<Self, Box<Response>> {
        let mut change = Self::default();
        for (name, value) in fields {
            let text = |most: usize| -> Result<Option<Arc<str>>, Box<Response>> {
                match value {
                    Value::String(text) if text.chars().count() <= most => {
                        Ok(Some(text.as_str().into()))
                    }
                    _other => Err(invalid(name)),
                }
            };
            match name.as_str() {
                "items" => {}
                "order_address_id" => {
                    let id = value.as_u64().filter(|id| *id == order.address_id);
                    change.address = Some(id.ok_or_else(|| invalid(name))?);
                }
                "shipping_method" => change.method = text(255)?,
                "shipping_provider" => {
                    let provider = text(255)?;
                    let is_known = provider.as_deref().is_some_and(is_provider);
                    change.provider = if is_known {
                        provider
                    } else {
                        return Err(invalid(name));
                    };
                }
                "tracking_number" => change.tracking_number = text(50)?,
                "tracking_carrier" => change.tracking_carrier = text(255)?,
                "tracking_link" => change.tracking_link = text(500)?,
                "comments" => change.comments = text(65_535)?,
                "merchant_shipping_cost" => {
                    let spelled = match value {
                        Value::String(text) => text.clone(),
                        other => other.to_string(),
                    };
                    let cost = Cents::parse(&spelled).filter(|cost| *cost >= Cents::ZERO);
                    change.cost = Some(cost.ok_or_else(|| invalid(name))?);
                }
                known if READ_ONLY.contains(&known) => {
                    return Err(Box::new(refusals::v2_read_only(known)));
                }
                unknown => return Err(Box::new(refusals::v2_unsupported(unknown))),
            }
        }
        Ok(change)
    }

    fn apply(&self, shipment: &mut Shipment) {
        let set = |place: &mut Arc<str>, text: &Option<Arc<str>>| {
            if let Some(text) = text {
                *place = Arc::clone(text);
            }
        };
        set(&mut shipment.method, &self.method);
        set(&mut shipment.provider, &self.provider);
        set(&mut shipment.tracking_number, &self.tracking_number);
        set(&mut shipment.tracking_carrier, &self.tracking_carrier);
        set(&mut shipment.tracking_link, &self.tracking_link);
        set(&mut shipment.comments, &self.comments);
        shipment.cost = self.cost.unwrap_or(shipment.cost);
    }
}

fn is_provider(text: &str) -> bool {
    let is_third_party = text
        .strip_prefix("carrier_")
        .is_some_and(|id| !id.is_empty());
    PROVIDERS.contains(&text) || is_third_party
}

/// `[{order_product_id, quantity}]`: lines of this order, and no more than is left of them.
fn items(fields: &Map<String, Value>, order: &Order) -> Result<Vec<(u64, u32)>, Box<Response>> {
    let items = match fields.get("items") {
        Some(Value::Array(items)) if !items.is_empty() => items,
        None | Some(_) => return Err(invalid("items")),
    };
    let mut wanted: Vec<(u64, u32)> = Vec::new();
    for item in items {
        let Value::Object(item) = item else {
            return Err(invalid("items"));
        };
        if let Some(name) = item
            .keys()
            .find(|name| !matches!(name.as_str(), "order_product_id" | "quantity"))
        {
            return Err(Box::new(refusals::v2_read_only(name)));
        }
        let id = item.get("order_product_id").and_then(Value::as_u64);
        let line = order.lines.iter().find(|line| Some(line.id) == id);
        let line = line.ok_or_else(|| invalid("order_product_id"))?;
        let quantity = item
            .get("quantity")
            .and_then(Value::as_u64)
            .and_then(|quantity| u32::try_from(quantity).ok())
            .filter(|quantity| *quantity > 0)
            .ok_or_else(|| invalid("quantity"))?;
        let before = wanted.iter().filter(|(id, _)| *id == line.id);
        let before: u32 = before.map(|(_, quantity)| quantity).sum();
        let left = line.quantity.saturating_sub(line.shipped + before);
        if quantity > left {
            return Err(invalid("quantity"));
        }
        wanted.push((line.id, quantity));
    }
    Ok(wanted)
}

fn body(order: &Order, shipment: &Shipment) -> Value {
    let items: Vec<Value> = shipment
        .items
        .iter()
        .map(|(id, quantity)| {
            let line = order.lines.iter().find(|line| line.id == *id);
            json!({
                "order_product_id": id,
                "product_id": line.map(|line| line.product_id),
                "quantity": quantity,
            })
        })
        .collect();
    let carrier = match (&*shipment.provider, &*shipment.tracking_carrier) {
        ("", carrier) => carrier,
        (provider, _carrier) => provider,
    };
    // A link is made only where both are known and the merchant gave none.
    let is_tracked = !shipment.tracking_number.is_empty() && !carrier.is_empty();
    let link = if is_tracked && shipment.tracking_link.is_empty() {
        let number = &shipment.tracking_number;
        format!("https://tracking.example.com/{carrier}/{number}")
    } else {
        String::new()
    };
    json!({
        "id": shipment.id,
        "order_id": order.id,
        "customer_id": order.customer_id,
        "order_address_id": order.address_id,
        "date_created": Rfc2822(shipment.created),
        "tracking_number": shipment.tracking_number,
        "merchant_shipping_cost": shipment.cost,
        "shipping_method": shipment.method,
        "comments": shipment.comments,
        "shipping_provider": shipment.provider,
        "shipping_provider_display_name": display_name(&shipment.provider),
        "tracking_carrier": shipment.tracking_carrier,
        "tracking_link": shipment.tracking_link,
        "generated_tracking_link": link,
        "billing_address": order_parts::plain_address(&order.billing),
        "shipping_address": order_parts::plain_address(order.destination()),
        "items": items,
    })
}

fn display_name(provider: &str) -> &str {
    match provider {
        "ups" | "upsready" | "upsonline" => "UPS",
        "usps" | "endicia" => "USPS",
        "fedex" => "FedEx",
        "auspost" => "Australia Post",
        "canadapost" => "Canada Post",
        "royalmail" => "Royal Mail",
        "shipperhq" => "ShipperHQ",
        other => other,
    }
}

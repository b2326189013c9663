//! The fields of a line in a body: which there are, and what they say.
//!
//! Source: BigCommerce REST reference, "Create an order" and "Update an order". That fields only the
//! store writes refuse the whole body is observed of orders; of their lines it is assumed.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::invalid;
use crate::gate::refusals;
use crate::http::Response;

/// Most characters of a name. Source: REST reference.
const LONGEST_NAME: usize = 250;

const WRITABLE: &[&str] = &[
    "id",
    "name",
    "name_customer",
    "name_merchant",
    "price_ex_tax",
    "price_inc_tax",
    "product_id",
    "product_options",
    "quantity",
    "sku",
    "upc",
    "variant_id",
];

/// Nothing is wrapped here.
const WRAPPING: &[&str] = &[
    "wrapping_cost_ex_tax",
    "wrapping_cost_inc_tax",
    "wrapping_id",
    "wrapping_message",
    "wrapping_name",
];

/// Fields a line has that nobody but the store writes.
const READ_ONLY: &[&str] = &[
    "applied_discounts",
    "base_cost_price",
    "base_price",
    "base_total",
    "base_wrapping_cost",
    "bin_picking_number",
    "brand",
    "configurable_fields",
    "cost_price_ex_tax",
    "cost_price_inc_tax",
    "cost_price_tax",
    "depth",
    "discounted_total_inc_tax",
    "ebay_item_id",
    "ebay_transaction_id",
    "event_date",
    "event_name",
    "external_id",
    "fixed_shipping_cost",
    "fulfillment_source",
    "gift_certificate_id",
    "height",
    "is_bundled_product",
    "is_refunded",
    "option_set_id",
    "order_address_id",
    "order_id",
    "order_pickup_method_id",
    "parent_order_product_id",
    "price_tax",
    "quantity_refunded",
    "quantity_shipped",
    "refund_amount",
    "return_id",
    "total_ex_tax",
    "total_inc_tax",
    "total_tax",
    "type",
    "weight",
    "width",
    "wrapping_cost_tax",
];

/// What the shopper and the merchant are shown of an option: here what the catalog calls it.
const DISPLAYED: &[&str] = &[
    "display_name",
    "display_name_customer",
    "display_name_merchant",
    "display_value",
    "display_value_customer",
    "display_value_merchant",
];

/// An option and the value that is chosen of it; `None` is a text of the shopper's own.
pub(super) type Choice = (u64, Option<u64>);

/// None is passed over in silence.
pub(super) fn check(fields: &Map<String, Value>) -> Result<(), Box<Response>> {
    for (name, value) in fields {
        let name = name.as_str();
        let wraps_nothing = name == "wrapping_id" && value.as_u64() == Some(0);
        if WRITABLE.contains(&name) || wraps_nothing {
            continue;
        }
        if WRAPPING.contains(&name) {
            return Err(not_built("gift wrapping of an order's line"));
        }
        let path = format!("products.{name}");
        return Err(Box::new(if READ_ONLY.contains(&name) {
            refusals::v2_read_only(&path)
        } else {
            refusals::v2_unsupported(&path)
        }));
    }
    Ok(())
}

/// A text; `longest` is in characters, and one that has a bound must not be empty.
fn bounded<'a>(
    fields: &'a Map<String, Value>,
    name: &str,
    longest: Option<usize>,
) -> Result<Option<&'a str>, Box<Response>> {
    let Some(value) = fields.get(name) else {
        return Ok(None);
    };
    let fits = |text: &&str| longest.is_none_or(|most| (1..=most).contains(&text.chars().count()));
    match value.as_str().filter(fits) {
        Some(text) => Ok(Some(text)),
        None => Err(invalid(name)),
    }
}

pub(super) fn text(
    fields: &Map<String, Value>,
    name: &str,
) -> Result<Option<Arc<str>>, Box<Response>> {
    Ok(bounded(fields, name, None)?.map(Arc::from))
}

/// What the line is called. Shoppers and the merchant call it the same here; `is_custom`: a line of
/// nothing in the catalog that is new may be named by either.
pub(super) fn name(
    fields: &Map<String, Value>,
    is_custom: bool,
) -> Result<Option<Arc<str>>, Box<Response>> {
    let read = |name| bounded(fields, name, Some(LONGEST_NAME));
    let (name, customer, merchant) = (
        read("name")?,
        read("name_customer")?,
        read("name_merchant")?,
    );
    if name
        .zip(customer)
        .is_some_and(|(name, customer)| name != customer)
    {
        return Err(invalid("name_customer"));
    }
    let shown = name.or(customer).or(merchant.filter(|_| is_custom));
    if merchant.is_some() && merchant != shown {
        return Err(not_built(
            "a line of an order with another name for the merchant",
        ));
    }
    Ok(shown.map(Arc::from))
}

/// A number of something; null is none.
pub(super) fn number(
    fields: &Map<String, Value>,
    name: &str,
) -> Result<Option<u64>, Box<Response>> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => value.as_u64().map(Some).ok_or_else(|| invalid(name)),
    }
}

/// What is chosen of the product's options.
pub(super) fn choices(fields: &Map<String, Value>) -> Result<Vec<Choice>, Box<Response>> {
    match fields.get("product_options") {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(items)) => items.iter().map(choice).collect(),
        Some(_other) => Err(wrong_options()),
    }
}

fn choice(item: &Value) -> Result<Choice, Box<Response>> {
    let Value::Object(fields) = item else {
        return Err(wrong_options());
    };
    for name in fields.keys() {
        match name.as_str() {
            "id" | "value" => {}
            shown if DISPLAYED.contains(&shown) => {
                return Err(not_built("an option of a line under a name of its own"));
            }
            other => {
                let path = format!("products.product_options.{other}");
                return Err(Box::new(refusals::v2_unsupported(&path)));
            }
        }
    }
    let id = fields.get("id").and_then(Value::as_u64);
    let value = match fields.get("value") {
        Some(Value::String(text)) => text.parse().ok(),
        Some(Value::Number(number)) => number.as_u64(),
        None | Some(_) => return Err(wrong_options()),
    };
    Ok((id.ok_or_else(wrong_options)?, value))
}

pub(super) fn wrong_options() -> Box<Response> {
    let message = "The options of one or more products are invalid.";
    Box::new(refusals::v2(400, message))
}

pub(super) fn not_built(what: &str) -> Box<Response> {
    Box::new(refusals::not_built(what))
}

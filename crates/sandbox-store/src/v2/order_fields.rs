//! What a body asks of an order, for a new one and for one that is there: read and checked.
//!
//! Source: BigCommerce REST reference, "Create an order" and "Update an order"; refusal texts observed
//! on the wire.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::order_fees::{self, FeeChange};
use super::order_products::LineChange;
use super::{countries, invalid};
use crate::dates;
use crate::gate::refusals;
use crate::http::Response;
use crate::money::{Cents, MOST_OF_A_LINE};
use crate::state::orders::Sums;
use crate::state::people::Address;
use crate::state::statuses::Status;
use crate::state::{FeesWithoutId, Store};

/// Most characters of staff notes. Source: BigCommerce REST reference.
const LONGEST_NOTE: usize = 65_535;

/// Fields that are kept as they are put, with the most characters of a text; 0 is no text.
const PLAIN: &[(&str, usize)] = &[
    ("customer_locale", 255),
    ("ebay_order_id", 255),
    ("external_merchant_id", 255),
    ("external_source", 255),
    ("geoip_country", 255),
    ("geoip_country_iso2", 2),
    ("ip_address", 30),
    ("ip_address_v6", 39),
    ("order_source", 255),
    ("tax_provider_id", 255),
    ("items_shipped", 0),
    ("items_total", 0),
    ("order_is_digital", 0),
    // Taken, and still documented as always zero.
    ("refunded_amount", 0),
];

/// Fields an order has that nobody but the store writes.
const READ_ONLY: &[&str] = &[
    "cart_id",
    "coupon_discount",
    "coupons",
    "credit_card_type",
    "currency_code",
    "currency_exchange_rate",
    "currency_id",
    "custom_status",
    "date_modified",
    "date_shipped",
    "default_currency_id",
    "external_id",
    "gift_certificate_amount",
    "handling_cost_tax",
    "handling_cost_tax_class_id",
    "id",
    "is_email_opt_in",
    "is_tax_inclusive_pricing",
    "payment_status",
    "shipping_address_count",
    "shipping_cost_tax",
    "shipping_cost_tax_class_id",
    "status",
    "store_credit_amount",
    "store_default_currency_code",
    "store_default_to_transactional_exchange_rate",
    "subtotal_tax",
    "total_tax",
    "wrapping_cost_tax",
    "wrapping_cost_tax_class_id",
];

/// A cost without tax, with tax, and before anything was made of it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cost {
    pub(super) base: Option<Cents>,
    pub(super) ex_tax: Option<Cents>,
    pub(super) inc_tax: Option<Cents>,
}

impl Cost {
    fn is_empty(self) -> bool {
        self.base.is_none() && self.ex_tax.is_none() && self.inc_tax.is_none()
    }

    /// What it is now, if it was this before: without and with tax.
    pub(super) fn over(self, (ex_tax, inc_tax): (Cents, Cents)) -> (Cents, Cents) {
        if self.is_empty() {
            return (ex_tax, inc_tax);
        }
        let ex_tax = self.ex_tax.or(self.base).or(self.inc_tax).unwrap_or(ex_tax);
        (ex_tax, self.inc_tax.unwrap_or(ex_tax).max(ex_tax))
    }
}

/// An address as a body gives it.
#[derive(Clone, Debug)]
pub(super) struct Destination {
    /// Of an address that is there.
    pub(super) id: Option<u64>,
    pub(super) address: Map<String, Value>,
    pub(super) method: Option<String>,
}

/// What a body asks for. `Some(None)` empties a text.
#[derive(Debug, Default)]
pub(crate) struct Change {
    pub(crate) status: Option<Status>,
    pub(crate) staff_notes: Option<Option<Arc<str>>>,
    pub(crate) customer_message: Option<Option<Arc<str>>>,
    pub(crate) external_order_id: Option<Option<Arc<str>>>,
    pub(super) customer_id: Option<u64>,
    pub(super) created: Option<Timestamp>,
    pub(super) is_archived: Option<bool>,
    pub(super) payment_method: Option<String>,
    pub(super) payment_provider_id: Option<Option<Arc<str>>>,
    pub(super) discount: Option<Cents>,
    pub(super) shipping: Cost,
    pub(super) handling: Cost,
    pub(super) wrapping: Cost,
    pub(super) says: Sums,
    pub(super) billing: Option<Map<String, Value>>,
    pub(super) destinations: Vec<Destination>,
    pub(super) lines: Option<Vec<LineChange>>,
    pub(super) fees: Option<Vec<FeeChange>>,
    pub(super) fees_without_id: FeesWithoutId,
    pub(super) others: BTreeMap<&'static str, Value>,
}

impl Change {
    /// What somebody in the control panel changes.
    pub(crate) fn by_hand(status: Option<Status>, staff_notes: Option<Arc<str>>) -> Self {
        Self {
            status,
            staff_notes: staff_notes.map(Some),
            ..Self::default()
        }
    }

    /// Nothing is taken unless everything can be.
    pub(super) fn read(store: &Store, fields: &Map<String, Value>) -> Result<Self, Box<Response>> {
        let mut change = Self {
            fees_without_id: store.fees_without_id,
            ..Self::default()
        };
        for (name, value) in fields {
            match name.as_str() {
                "status_id" => change.status = Some(status(value)?),
                "staff_notes" => change.staff_notes = Some(text(name, value)?),
                "customer_message" => change.customer_message = Some(text(name, value)?),
                "external_order_id" => change.external_order_id = Some(text(name, value)?),
                "payment_method" => {
                    change.payment_method = text(name, value)?.map(|t| t.to_string())
                }
                "payment_provider_id" => change.payment_provider_id = Some(id_text(name, value)?),
                "is_deleted" => change.is_archived = Some(flag(name, value)?),
                "customer_id" => change.customer_id = Some(customer(store, value)?),
                "channel_id" if value.as_u64() != Some(1) => return Err(invalid(name)),
                "channel_id" => {}
                "default_currency_code" if value != "USD" => return Err(invalid(name)),
                "default_currency_code" => {}
                "date_created" => {
                    let at = value.as_str().and_then(dates::parse);
                    change.created = Some(at.ok_or_else(|| invalid(name))?);
                }
                "discount_amount" => change.discount = Some(amount(name, value)?),
                "base_shipping_cost" => change.shipping.base = Some(amount(name, value)?),
                "shipping_cost_ex_tax" => change.shipping.ex_tax = Some(amount(name, value)?),
                "shipping_cost_inc_tax" => change.shipping.inc_tax = Some(amount(name, value)?),
                "base_handling_cost" => change.handling.base = Some(amount(name, value)?),
                "handling_cost_ex_tax" => change.handling.ex_tax = Some(amount(name, value)?),
                "handling_cost_inc_tax" => change.handling.inc_tax = Some(amount(name, value)?),
                "base_wrapping_cost" => change.wrapping.base = Some(amount(name, value)?),
                "wrapping_cost_ex_tax" => change.wrapping.ex_tax = Some(amount(name, value)?),
                "wrapping_cost_inc_tax" => change.wrapping.inc_tax = Some(amount(name, value)?),
                "subtotal_ex_tax" => change.says.subtotal_ex_tax = Some(amount(name, value)?),
                "subtotal_inc_tax" => change.says.subtotal_inc_tax = Some(amount(name, value)?),
                "total_ex_tax" => change.says.total_ex_tax = Some(amount(name, value)?),
                "total_inc_tax" => change.says.total_inc_tax = Some(amount(name, value)?),
                "billing_address" => change.billing = Some(billing(value)?),
                "shipping_addresses" => change.destinations = destinations(value)?,
                "products" => {
                    let lines = LineChange::read_all(store, value)?;
                    change.lines = Some(lines).filter(|lines| !lines.is_empty());
                }
                "fees" => change.fees = Some(order_fees::read_all(value)?),
                "consignments" => {
                    let what = "an order with `consignments` in its body";
                    return Err(Box::new(refusals::not_built(what)));
                }
                known if READ_ONLY.contains(&known) => {
                    return Err(Box::new(refusals::v2_read_only(known)));
                }
                other => {
                    let Some((name, most)) = PLAIN.iter().find(|(name, _)| *name == other) else {
                        return Err(Box::new(refusals::v2_unsupported(other)));
                    };
                    change.others.insert(name, plain(name, value, *most)?);
                }
            }
        }
        Ok(change)
    }

    /// What a new order cannot do without, or with.
    pub(super) fn check_new(&self) -> Result<(), Box<Response>> {
        let lines = self.lines.as_deref().unwrap_or_default();
        if lines.is_empty() {
            return Err(invalid("products"));
        }
        if lines.iter().any(|line| matches!(line, LineChange::Edit(_))) {
            return Err(Box::new(refusals::v2_read_only("products.id")));
        }
        if self.fees.iter().flatten().any(|fee| fee.id.is_some()) {
            return Err(Box::new(refusals::v2_read_only("fees.id")));
        }
        if self.destinations.len() > 1 {
            let what = "an order that goes to more than one address";
            return Err(Box::new(refusals::not_built(what)));
        }
        if self.destinations.iter().any(|each| each.id.is_some()) {
            return Err(Box::new(refusals::v2_read_only("shipping_addresses.id")));
        }
        Ok(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.status.is_none()
            && self.staff_notes.is_none()
            && self.customer_message.is_none()
            && self.external_order_id.is_none()
            && self.customer_id.is_none()
            && self.created.is_none()
            && self.is_archived.is_none()
            && self.payment_method.is_none()
            && self.payment_provider_id.is_none()
            && self.billing.is_none()
            && self.destinations.is_empty()
            && self.others.is_empty()
            && !self.moves_sums()
    }

    /// Sums that were said before no longer hold.
    pub(super) fn moves_sums(&self) -> bool {
        self.lines.is_some()
            || self.fees.is_some()
            || self.discount.is_some()
            || !self.shipping.is_empty()
            || !self.handling.is_empty()
            || !self.wrapping.is_empty()
            || self.says != Sums::default()
    }
}

/// A number, or a number in a string, of a status there is.
fn status(value: &Value) -> Result<Status, Box<Response>> {
    let id = match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    id.and_then(Status::from_id)
        .ok_or_else(|| invalid("status_id"))
}

fn text(name: &str, value: &Value) -> Result<Option<Arc<str>>, Box<Response>> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) if text.chars().count() <= LONGEST_NOTE => {
            Ok(Some(text.as_str().into()))
        }
        Value::String(_)
        | Value::Bool(_)
        | Value::Number(_)
        | Value::Array(_)
        | Value::Object(_) => Err(invalid(name)),
    }
}

/// A text or a number.
fn id_text(name: &str, value: &Value) -> Result<Option<Arc<str>>, Box<Response>> {
    match value {
        Value::Number(number) => Ok(Some(number.to_string().into())),
        other => text(name, other),
    }
}

fn flag(name: &str, value: &Value) -> Result<bool, Box<Response>> {
    match value {
        Value::Bool(yes) => Ok(*yes),
        Value::String(text) if text == "true" => Ok(true),
        Value::String(text) if text == "false" => Ok(false),
        _other => Err(invalid(name)),
    }
}

/// From 0, as a number or in a string.
pub(super) fn amount(name: &str, value: &Value) -> Result<Cents, Box<Response>> {
    let amount = match value {
        Value::Number(_) | Value::String(_) => crate::decimal::Decimal::read(value),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    amount
        .map(crate::decimal::Decimal::cents)
        .filter(|amount| (Cents::ZERO..=MOST_OF_A_LINE).contains(amount))
        .ok_or_else(|| invalid(name))
}

/// 0 is a guest.
fn customer(store: &Store, value: &Value) -> Result<u64, Box<Response>> {
    let id = value.as_u64().ok_or_else(|| invalid("customer_id"))?;
    if id > 0 && store.world.customer(id).is_none() {
        return Err(invalid("customer_id"));
    }
    Ok(id)
}

fn plain(name: &str, value: &Value, most: usize) -> Result<Value, Box<Response>> {
    let fits = match value {
        Value::String(text) => most == 0 || text.chars().count() <= most,
        Value::Number(_) | Value::Bool(_) => most == 0,
        Value::Null => most > 0,
        Value::Array(_) | Value::Object(_) => false,
    };
    if fits {
        Ok(value.clone())
    } else {
        Err(invalid(name))
    }
}

fn billing(value: &Value) -> Result<Map<String, Value>, Box<Response>> {
    let Value::Object(fields) = value else {
        return Err(invalid("billing_address"));
    };
    let zip = fields.get("zip").and_then(Value::as_str);
    if zip.is_none_or(|zip| zip.trim().chars().count() < 2) {
        return Err(invalid("billing_address.zip"));
    }
    check_address(fields)?;
    Ok(fields.clone())
}

/// Texts all, of a country that there is.
pub(super) fn check_address(fields: &Map<String, Value>) -> Result<(), Box<Response>> {
    for (name, value) in fields {
        let most = match name.as_str() {
            "first_name" | "last_name" | "company" | "street_1" | "street_2" | "email" => 255,
            "city" | "state" => 100,
            "zip" => 30,
            "phone" => 50,
            "country" => 255,
            "country_iso2" => 2,
            "form_fields" | "shipping_method" | "id" => continue,
            unknown => return Err(Box::new(refusals::v2_unsupported(unknown))),
        };
        let text = value.as_str().filter(|text| text.chars().count() <= most);
        let text = text.ok_or_else(|| invalid(name))?;
        let is_known = match name.as_str() {
            "country" => text.is_empty() || countries::code_of(text).is_some(),
            "country_iso2" => text.is_empty() || countries::name_of(text).is_some(),
            "email" => text.is_empty() || text.contains('@'),
            _any => true,
        };
        if !is_known {
            return Err(invalid(name));
        }
    }
    Ok(())
}

/// Writes the fields of a body into an address; country and code follow each other.
pub(super) fn apply_address(address: &mut Address, fields: &Map<String, Value>) {
    for (name, value) in fields {
        let text = value.as_str().unwrap_or("");
        let place = match name.as_str() {
            "first_name" => &mut address.first_name,
            "last_name" => &mut address.last_name,
            "company" => &mut address.company,
            "street_1" => &mut address.street_1,
            "street_2" => &mut address.street_2,
            "city" => &mut address.city,
            "state" => &mut address.state,
            "zip" => &mut address.zip,
            "phone" => &mut address.phone,
            "email" => &mut address.email,
            _country_or_other => continue,
        };
        text.clone_into(place);
    }
    let text = |name: &str| fields.get(name).and_then(Value::as_str);
    if let Some(code) = text("country_iso2").or(text("country").and_then(countries::code_of)) {
        let code = code.to_uppercase();
        address.country = countries::name_of(&code).unwrap_or("").into();
        address.country_iso2 = code.into();
    }
}

fn destinations(value: &Value) -> Result<Vec<Destination>, Box<Response>> {
    let Value::Array(items) = value else {
        return Err(invalid("shipping_addresses"));
    };
    items.iter().map(destination).collect()
}

pub(super) fn destination(item: &Value) -> Result<Destination, Box<Response>> {
    let Value::Object(fields) = item else {
        return Err(invalid("shipping_addresses"));
    };
    check_address(fields)?;
    let method = match fields.get("shipping_method") {
        None | Some(Value::Null) => None,
        Some(Value::String(method)) => Some(method.clone()),
        Some(_other) => return Err(invalid("shipping_method")),
    };
    Ok(Destination {
        id: fields.get("id").and_then(Value::as_u64),
        address: fields.clone(),
        method,
    })
}

//! Fees of an order: those that are named are changed, one without an id is added.
//!
//! Source: BigCommerce REST reference, "Update an order": a fee with an id is kept and changed, one
//! without is new. Of its three costs two have to be given. That a repeated request adds a fee without an id again is said
//! there as well as that the list takes the place of all there are: the first is done, the second is there to choose with
//! [`FeesWithoutId::Replace`].

use serde_json::{Map, Value};

use super::invalid;
use super::order_fields::amount;
use crate::gate::refusals;
use crate::http::Response;
use crate::money::Cents;
use crate::seed::catalog::take;
use crate::seed::orders::Counters;
use crate::state::FeesWithoutId;
use crate::state::orders::{Fee, Order};

/// A fee as a body gives it; without an id it is a new one.
#[derive(Clone, Debug)]
pub(super) struct FeeChange {
    pub(super) id: Option<u64>,
    /// Checked already.
    fields: Map<String, Value>,
    /// Without and with tax. `None`: as before.
    cost: Option<(Cents, Cents)>,
}

pub(super) fn read_all(value: &Value) -> Result<Vec<FeeChange>, Box<Response>> {
    let Value::Array(items) = value else {
        return Err(invalid("fees"));
    };
    items.iter().map(read).collect()
}

fn read(item: &Value) -> Result<FeeChange, Box<Response>> {
    let Value::Object(fields) = item else {
        return Err(invalid("fees"));
    };
    let mut id = None;
    for (name, value) in fields {
        let path = format!("fees.{name}");
        let fits = match name.as_str() {
            "id" => {
                id = value.as_u64();
                id.is_some()
            }
            "type" => value == "custom_fee",
            "display_name_customer" | "display_name_merchant" | "source" => value.is_string(),
            "tax_class_id" => value.is_null() || value.is_u64(),
            // Read with the sums they belong to.
            "cost_ex_tax" | "cost_inc_tax" | "cost_tax" => true,
            "base_cost" => return Err(Box::new(refusals::v2_read_only(&path))),
            _unknown => return Err(Box::new(refusals::v2_unsupported(&path))),
        };
        if !fits {
            return Err(invalid(&path));
        }
    }
    let cost = cost(fields)?;
    if id.is_none() && cost.is_none() {
        return Err(invalid("fees.cost_ex_tax"));
    }
    Ok(FeeChange {
        id,
        fields: fields.clone(),
        cost,
    })
}

/// Without and with tax. Two of the three costs say it, and a third has to agree.
fn cost(fields: &Map<String, Value>) -> Result<Option<(Cents, Cents)>, Box<Response>> {
    let read = |name: &str| match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => amount(&format!("fees.{name}"), value).map(Some),
    };
    let (without, with, tax) = (
        read("cost_ex_tax")?,
        read("cost_inc_tax")?,
        read("cost_tax")?,
    );
    let both = match (without, with, tax) {
        (None, None, None) => return Ok(None),
        (Some(without), Some(with), None) => (without, with),
        (Some(without), None, Some(tax)) => (without, without + tax),
        (None, Some(with), Some(tax)) => (with - tax, with),
        (Some(without), Some(with), Some(tax)) if without + tax == with => (without, with),
        (Some(_), Some(_), Some(_)) => return Err(invalid("fees.cost_tax")),
        (Some(_), None, None) => return Err(invalid("fees.cost_inc_tax")),
        (None, Some(_), None) | (None, None, Some(_)) => return Err(invalid("fees.cost_ex_tax")),
    };
    if both.0 < Cents::ZERO || both.1 < both.0 {
        return Err(invalid("fees.cost_inc_tax"));
    }
    Ok(Some(both))
}

/// Only those that are there can be kept.
pub(super) fn check(order: &Order, fees: &[FeeChange]) -> Result<(), Box<Response>> {
    let is_there = |id: u64| order.fees.iter().any(|fee| fee.id == id);
    if fees.iter().all(|fee| fee.id.is_none_or(is_there)) {
        Ok(())
    } else {
        Err(invalid("fees.id"))
    }
}

pub(super) fn apply(
    order: &mut Order,
    changes: &[FeeChange],
    without_id: FeesWithoutId,
    next: &mut Counters,
) {
    let is_named = |id: u64| changes.iter().any(|change| change.id == Some(id));
    let stays = |fee: &&Fee| match without_id {
        FeesWithoutId::Replace => false,
        FeesWithoutId::Add => !changes.is_empty() && !is_named(fee.id),
    };
    let mut fees: Vec<Fee> = order.fees.iter().filter(stays).cloned().collect();
    fees.extend(changes.iter().map(|fee| made(order, fee, next)));
    order.fees = fees;
}

/// With an id one that is there, without one a new one.
fn made(order: &Order, change: &FeeChange, next: &mut Counters) -> Fee {
    let known = order.fees.iter().find(|fee| Some(fee.id) == change.id);
    let mut fee = known.cloned().unwrap_or_else(|| Fee {
        id: take(&mut next.fee),
        name_customer: "".into(),
        name_merchant: "".into(),
        source: "".into(),
        cost: Cents::ZERO,
        tax: Cents::ZERO,
        tax_class_id: 0,
    });
    let text = |name: &str| change.fields.get(name).and_then(Value::as_str);
    for (place, text) in [
        (&mut fee.name_customer, text("display_name_customer")),
        (&mut fee.name_merchant, text("display_name_merchant")),
        (&mut fee.source, text("source")),
    ] {
        if let Some(text) = text {
            *place = text.into();
        }
    }
    if let Some((without, with)) = change.cost {
        (fee.cost, fee.tax) = (without, with - without);
    }
    if let Some(class) = change.fields.get("tax_class_id") {
        // None is the store's usual one.
        fee.tax_class_id = class.as_u64().unwrap_or(0);
    }
    fee
}

//! What a body may say of a customer besides plain fields: how they log in, credit, channels, attributes,
//! form fields and addresses.
//!
//! Source: BigCommerce REST reference, "Customers V3" and "Customer addresses".

use std::sync::Arc;

use serde_json::{Map, Value};

use super::fields::{Field, Shape, Wrong, field, read, require};
use crate::decimal::Decimal;
use crate::seed::catalog::CHANNEL;
use crate::state::people::Address;
use crate::v2::countries;

/// Most addresses of a new customer. Source: REST reference.
const MOST_ADDRESSES: usize = 10;

/// Of what they log in with.
const LOGIN: &[Field] = &[
    field("force_password_reset", Shape::Flag),
    field("new_password", Shape::Text(0, usize::MAX)),
];

/// Only of a new one, as the reference has it; an e-mail is nothing that is kept.
pub(super) const TOLD: &[Field] = &[field("trigger_account_created_notification", Shape::Flag)];

pub(super) const ADDRESS_FIELDS: &[Field] = &[
    field("first_name", Shape::Text(1, 255)),
    field("last_name", Shape::Text(1, 255)),
    field("company", Shape::Text(0, 255)),
    field("address1", Shape::Text(1, 255)),
    field("address2", Shape::Text(0, 255)),
    field("city", Shape::Text(0, 100)),
    field("state_or_province", Shape::Text(0, 100)),
    field("postal_code", Shape::Text(0, 30)),
    field("country_code", Shape::Text(2, 2)),
    field("phone", Shape::Text(0, 50)),
    field("address_type", Shape::OneOf(&["residential", "commercial"])),
];

/// `{"force_password_reset": true, "new_password": "…"}`
pub(super) fn login(
    item: &Map<String, Value>,
    prefix: &str,
    wrong: &mut Wrong,
) -> Map<String, Value> {
    match item.get("authentication") {
        None | Some(Value::Null) => Map::new(),
        Some(Value::Object(fields)) => {
            read(fields, LOGIN, &format!("{prefix}authentication."), wrong)
        }
        Some(_other) => {
            wrong.add(format!("{prefix}authentication"), "error.expected.jsobject");
            Map::new()
        }
    }
}

/// `[{"amount": 43.15}]`
pub(super) fn store_credit(
    item: &Map<String, Value>,
    prefix: &str,
    wrong: &mut Wrong,
) -> Option<Decimal> {
    let path = format!("{prefix}store_credit_amounts");
    match item.get("store_credit_amounts")? {
        Value::Array(amounts) => {
            let first = amounts.first()?;
            let amount = first.get("amount").and_then(Decimal::read);
            if amount.is_none() {
                wrong.add(format!("{path}.0.amount"), "error.expected.jsnumber");
            }
            amount
        }
        _other => {
            wrong.add(path, "error.expected.jsarray");
            None
        }
    }
}

/// `[{"attribute_id": 1, "attribute_value": "blue"}]`
pub(super) fn attributes(
    item: &Map<String, Value>,
    prefix: &str,
    wrong: &mut Wrong,
) -> Vec<(u64, Arc<str>)> {
    let path = format!("{prefix}attributes");
    let items = match item.get("attributes") {
        None | Some(Value::Null) => return Vec::new(),
        Some(Value::Array(items)) => items,
        Some(_other) => {
            wrong.add(path, "error.expected.jsarray");
            return Vec::new();
        }
    };
    let mut all = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let id = item.get("attribute_id").and_then(Value::as_u64);
        let value = item.get("attribute_value").and_then(Value::as_str);
        match (id, value) {
            (Some(id), Some(value)) if value.chars().count() <= 255 => all.push((id, value.into())),
            (None, _) => wrong.add(format!("{path}.{at}.attribute_id"), "error.path.missing"),
            (_, _) => wrong.add(
                format!("{path}.{at}.attribute_value"),
                "error.expected.jsstring",
            ),
        }
    }
    all
}

/// `[{"name": "Size", "value": "L"}]`, by name.
pub(super) fn form_fields(
    item: &Map<String, Value>,
    prefix: &str,
    wrong: &mut Wrong,
) -> Map<String, Value> {
    let path = format!("{prefix}form_fields");
    let items = match item.get("form_fields") {
        None | Some(Value::Null) => return Map::new(),
        Some(Value::Array(items)) => items,
        Some(_other) => {
            wrong.add(path, "error.expected.jsarray");
            return Map::new();
        }
    };
    let mut all = Map::new();
    for (at, item) in items.iter().enumerate() {
        let name = item.get("name").and_then(Value::as_str);
        match (name, item.get("value")) {
            (Some(name), Some(value)) => {
                all.insert(name.to_owned(), value.clone());
            }
            (None, _) => wrong.add(format!("{path}.{at}.name"), "error.path.missing"),
            (_, None) => wrong.add(format!("{path}.{at}.value"), "error.path.missing"),
        }
    }
    all
}

pub(super) fn channels(
    item: &Map<String, Value>,
    prefix: &str,
    wrong: &mut Wrong,
) -> Option<Option<Vec<u64>>> {
    match item.get("channel_ids")? {
        Value::Null => Some(None),
        Value::Array(ids) => {
            let ids: Option<Vec<u64>> = ids.iter().map(Value::as_u64).collect();
            if ids
                .as_ref()
                .is_none_or(|ids| ids.iter().any(|id| *id != CHANNEL))
            {
                wrong.add(format!("{prefix}channel_ids"), "invalid channel ID");
            }
            Some(ids)
        }
        _other => {
            wrong.add(format!("{prefix}channel_ids"), "error.expected.jsarray");
            None
        }
    }
}

pub(super) fn addresses(
    item: &Map<String, Value>,
    prefix: &str,
    wrong: &mut Wrong,
) -> Vec<Map<String, Value>> {
    const REQUIRED: &[&str] = &[
        "first_name",
        "last_name",
        "address1",
        "city",
        "country_code",
    ];
    let path = format!("{prefix}addresses");
    let addresses = match item.get("addresses") {
        None | Some(Value::Null) => return Vec::new(),
        Some(Value::Array(addresses)) if addresses.len() <= MOST_ADDRESSES => addresses,
        Some(Value::Array(_)) => {
            wrong.add(path, "error.maxLength");
            return Vec::new();
        }
        Some(_other) => {
            wrong.add(path, "error.expected.jsarray");
            return Vec::new();
        }
    };
    let mut read_ones = Vec::new();
    for (at, address) in addresses.iter().enumerate() {
        let inside = format!("{path}.{at}.");
        match address {
            Value::Object(address) => {
                require(address, REQUIRED, &inside, wrong);
                let mut fields = read(address, ADDRESS_FIELDS, &inside, wrong);
                let own = form_fields(address, &inside, wrong);
                fields.insert("form_fields".to_owned(), own.into());
                read_ones.push(fields);
            }
            _other => wrong.add(format!("{path}.{at}"), "error.expected.jsobject"),
        }
    }
    read_ones
}

/// A whole address out of the fields of a body.
pub(super) fn address_from(fields: &Map<String, Value>) -> Address {
    let text = |name: &str| {
        let text = fields.get(name).and_then(Value::as_str);
        text.unwrap_or("").to_owned()
    };
    let code = text("country_code").to_uppercase();
    Address {
        first_name: text("first_name"),
        last_name: text("last_name"),
        company: text("company"),
        street_1: text("address1"),
        street_2: text("address2"),
        city: text("city"),
        state: text("state_or_province"),
        zip: text("postal_code"),
        country: countries::name_of(&code).unwrap_or(&code).into(),
        country_iso2: code.into(),
        phone: text("phone"),
        email: String::new(),
    }
}

//! How an option or a modifier is asked for, and what choosing a value of a modifier does: checked field by field.
//!
//! Source: BigCommerce REST reference, "Product variant options" and "Product modifiers". Which fields go with which
//! type of modifier is not checked: nothing says that one too many is refused.

use serde_json::{Map, Value, json};

use super::fields::{Field, Shape, Wrong, field, read};

const INT_MAX: i64 = 2_147_483_647;

/// Largest file a shopper may send, in KB. Source: REST reference.
const LARGEST_FILE: i64 = 524_288;

const CONFIG: &[Field] = &[
    field("default_value", Shape::TextOrNumber),
    field("checked_by_default", Shape::Flag),
    field("checkbox_label", Shape::Text(0, usize::MAX)),
    field("date_limited", Shape::Flag),
    field(
        "date_limit_mode",
        Shape::OneOf(&["earliest", "range", "latest"]),
    ),
    field("date_earliest_value", Shape::Date),
    field("date_latest_value", Shape::Date),
    field("file_types_mode", Shape::OneOf(&["specific", "all"])),
    field("file_types_supported", Shape::Texts),
    field("file_types_other", Shape::Texts),
    field("file_max_size", Shape::Count(0, LARGEST_FILE)),
    field("text_characters_limited", Shape::Flag),
    field("text_min_length", Shape::Count(0, INT_MAX)),
    field("text_max_length", Shape::Count(0, INT_MAX)),
    field("text_lines_limited", Shape::Flag),
    field("text_max_lines", Shape::Count(0, INT_MAX)),
    field("number_limited", Shape::Flag),
    field(
        "number_limit_mode",
        Shape::OneOf(&["lowest", "highest", "range"]),
    ),
    field("number_lowest_value", Shape::Number),
    field("number_highest_value", Shape::Number),
    field("number_integers_only", Shape::Flag),
    field("product_list_adjusts_inventory", Shape::Flag),
    field("product_list_adjusts_pricing", Shape::Flag),
    field(
        "product_list_shipping_calc",
        Shape::OneOf(&["none", "weight", "package"]),
    ),
];

const ADJUSTER: &[Field] = &[
    field(
        "adjuster",
        Shape::OrNull(&Shape::OneOf(&["relative", "percentage"])),
    ),
    field("adjuster_value", Shape::Number),
];

const PURCHASING: &[Field] = &[
    field("status", Shape::Flag),
    field("message", Shape::Text(0, usize::MAX)),
];

const PICTURE: &[Field] = &[field("image_url", Shape::Text(0, 255))];

/// `config`, where a body has it. An empty list is PHP's empty object.
pub(super) fn config(item: &Map<String, Value>, prefix: &str, wrong: &mut Wrong) -> Option<Value> {
    match item.get("config") {
        None | Some(Value::Null) => None,
        Some(Value::Object(fields)) => {
            let inside = format!("{prefix}config.");
            Some(read(fields, CONFIG, &inside, wrong).into())
        }
        Some(Value::Array(items)) if items.is_empty() => Some(json!([])),
        Some(_other) => {
            wrong.add(format!("{prefix}config"), "error.expected.jsobject");
            None
        }
    }
}

/// `adjusters`, where a body has them. Null takes them away.
pub(super) fn adjusters(
    item: &Map<String, Value>,
    prefix: &str,
    wrong: &mut Wrong,
) -> Option<Value> {
    let path = format!("{prefix}adjusters");
    match item.get("adjusters") {
        None => None,
        Some(Value::Null) => Some(Value::Null),
        Some(Value::Object(fields)) => {
            let mut all = read(fields, PICTURE, &format!("{path}."), wrong);
            for (name, known) in [
                ("price", ADJUSTER),
                ("weight", ADJUSTER),
                ("purchasing_disabled", PURCHASING),
            ] {
                let inside = format!("{path}.{name}");
                match fields.get(name) {
                    None => {}
                    Some(Value::Null) => {
                        all.insert(name.to_owned(), Value::Null);
                    }
                    Some(Value::Object(fields)) => {
                        let own = read(fields, known, &format!("{inside}."), wrong);
                        all.insert(name.to_owned(), own.into());
                    }
                    Some(_other) => wrong.add(inside, "error.expected.jsobject"),
                }
            }
            Some(all.into())
        }
        Some(_other) => {
            wrong.add(path, "error.expected.jsobject");
            None
        }
    }
}
